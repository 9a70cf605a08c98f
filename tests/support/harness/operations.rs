//! Operations on a graph, decoded from bytes, beside plain lists that say what the graph must answer.

use super::{holds, is_message};
use claimgraph::entity::Affiliation;
use claimgraph::reporting::*;
use claimgraph::sources::Lineage;
use claimgraph::vocabulary::{Any, RelationDef, Slot, Vocabulary};
use claimgraph::{
    Claim, ClaimGraph, ClaimId, ClaimRef, Date, Error, Id, Period, Quantity, Relation, Stance,
    View, claim::Link, claim::PlainClaim, date,
};

/// The most entities and claims. Each view asks all of them.
const ENTITIES: usize = 8;
const CLAIMS: usize = 40;

/// The relations, none of which is symmetric or has an inverse.
const RELATIONS: [&str; 3] = ["hires", "meets", "sues"];

/// Returns a graph without claims. Its vocabulary is small, so that it is written and read in no time.
fn empty() -> ClaimGraph {
    let mut words = Vocabulary::new();
    for key in RELATIONS {
        let actor = || Slot::Kind("Actor".to_owned());
        words.add_relation(RelationDef::new(key, actor(), actor())).unwrap();
    }
    ClaimGraph::with(&words).unwrap()
}

/// A claim, as the lists have it.
#[derive(Clone, PartialEq)]
struct Told {
    speaker: usize,
    stance: Stance,
    /// Subject, relation and object.
    said: Option<[usize; 3]>,
    target: Option<usize>,
    figure: Option<u8>,
    valid: Option<u8>,
    reported: u8,
}

/// The graph and the lists.
struct World {
    graph: ClaimGraph,
    entities: Vec<Id<Actor>>,
    claims: Vec<Told>,
    affiliations: usize,
    lineages: usize,
}

/// The bytes that are left. After the last of them come zeros.
struct Bytes<'d>(&'d [u8]);

impl Bytes<'_> {
    fn below(&mut self, most: usize) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first) % most.max(1)
    }

    fn day(&mut self) -> u8 {
        self.below(30) as u8 + 1
    }
}

fn on(day: u8) -> Date {
    date(2024, 6, day as i8)
}

/// Returns the numbers of claims in the order of insertion.
fn numbers<'g>(claims: impl IntoIterator<Item = ClaimRef<'g>>) -> Vec<usize> {
    let mut found: Vec<usize> = claims.into_iter().map(|claim| claim.id().index()).collect();
    found.sort_unstable();
    found
}

/// Carries out what the bytes say, and compares the graph with the lists. Returns whether there are more than ten claims.
pub fn operations(data: &[u8]) -> bool {
    let mut bytes = Bytes(data);
    let mut world = World {
        graph: empty(),
        entities: Vec::new(),
        claims: Vec::new(),
        affiliations: 0,
        lineages: 0,
    };
    world.add_entity();
    let mut earlier = None;
    while !bytes.0.is_empty() && world.claims.len() < CLAIMS {
        match bytes.below(16) {
            0 => world.add_entity(),
            1..=4 => world.tell(&mut bytes),
            5..=8 => world.answer(&mut bytes),
            9 => world.affiliate(&mut bytes),
            10 => world.copy(&mut bytes),
            11 => world.link(&mut bytes),
            12 => world.merge(&mut bytes),
            13 => world.graph.compact(),
            14 => earlier = Some((world.graph.clone(), world.graph.to_jsonl())),
            _ => world.ask(bytes.day()),
        }
    }
    world.ask(31);
    holds(&world.graph);
    let view = world.graph.view();
    view.contested().iter().for_each(|contest| drop(contest.to_string()));
    view.timeline().iter().for_each(|entry| drop(entry.to_string()));
    view.revisions().iter().for_each(|revision| drop(revision.to_string()));
    if let Some((graph, lines)) = earlier {
        assert_eq!(graph.to_jsonl(), lines, "a clone stays as it was");
        // What a graph grew out of adds no claim to it. If there are copies of a claim, a link of one may be added to
        // another, because equal claims are told apart by their numbers only. A second merge adds nothing.
        let claims = world.graph.len();
        world.graph.merge(&graph).unwrap();
        let once = world.graph.to_jsonl();
        world.graph.merge(&graph).unwrap();
        assert_eq!((world.graph.len(), world.graph.to_jsonl()), (claims, once));
    }
    world.claims.len() > 10
}

impl World {
    fn relation(&self, number: usize) -> Relation<Any, Any> {
        self.graph.relation(RELATIONS[number]).unwrap()
    }

    fn nth(&self, claim: usize) -> ClaimId {
        ClaimId::nth(claim).unwrap()
    }

    fn add_entity(&mut self) {
        // A key that is there already gives the same handle.
        let number = self.entities.len() % ENTITIES;
        let id = self.graph.add(Actor, format!("actor-{number}")).unwrap();
        match self.entities.get(number) {
            Some(known) => assert_eq!(*known, id),
            None => self.entities.push(id),
        }
    }

    /// Changes the graph. A refusal says why, and changes nothing.
    fn change<T>(&mut self, change: impl FnOnce(&mut ClaimGraph) -> Result<T, Error>) -> Option<T> {
        let before = self.graph.clone();
        match change(&mut self.graph) {
            Ok(made) => Some(made),
            Err(error) => {
                is_message(&error.to_string());
                assert_eq!(self.graph.to_jsonl(), before.to_jsonl());
                None
            }
        }
    }

    fn draw_statement(&self, bytes: &mut Bytes<'_>) -> [usize; 3] {
        let most = self.entities.len();
        [bytes.below(most), bytes.below(RELATIONS.len()), bytes.below(most)]
    }

    /// Inserts an assertion or a denial, as a plain claim or as any other. It is never refused.
    fn tell(&mut self, bytes: &mut Bytes<'_>) {
        let speaker = bytes.below(self.entities.len());
        let [s, r, o] = self.draw_statement(bytes);
        let (form, reported) = (bytes.below(4), bytes.day());
        let stance = if form % 2 == 0 { Stance::Asserts } else { Stance::Denies };
        let valid = Some(bytes.day()).filter(|day| *day <= reported);
        let [by, subject, object] = [speaker, s, o].map(|number| self.entities[number]);
        let relation = self.relation(r);
        let id = if form < 2 {
            let mut claim = PlainClaim::new(by, stance).about(subject, relation, object);
            if let Some(day) = valid {
                claim = claim.valid_on(on(day));
            }
            self.graph.insert(claim.reported(on(reported))).unwrap()
        } else {
            let mut claim = Claim::by(by).says(stance, subject, relation, object);
            if let Some(day) = valid {
                claim = claim.valid(Period::on(on(day)));
            }
            self.graph.insert(claim.reported(on(reported))).unwrap()
        };
        assert_eq!(id.index(), self.claims.len());
        let said = Some([s, r, o]);
        self.claims.push(Told {
            speaker,
            stance,
            said,
            target: None,
            figure: None,
            valid,
            reported,
        });
    }

    /// Inserts an answer, a revision or a retraction. It may be refused.
    fn answer(&mut self, bytes: &mut Bytes<'_>) {
        if self.claims.is_empty() {
            return;
        }
        let target = bytes.below(self.claims.len());
        // Every other speaker speaks of its own claim.
        let own = bytes.below(2) == 0;
        let other = bytes.below(self.entities.len());
        let speaker = if own { self.claims[target].speaker } else { other };
        let (of, by) = (self.nth(target), Claim::by(self.entities[speaker]));
        let (kind, reported) = (bytes.below(5), bytes.day());
        let figure = (kind == 3).then(|| bytes.day());
        let (stance, claim) = match kind {
            0 => (Stance::Confirms, by.confirms([of])),
            1 => (Stance::Dismisses, by.dismisses([of])),
            2 => (Stance::Doubts, by.doubts([of])),
            3 => {
                let figure = Quantity::stated(figure.unwrap_or_default(), "lawyers");
                (Stance::Revises, by.revises([of]).quantity(figure))
            }
            _ => (Stance::Retracts, by.retracts([of])),
        };
        let made = self.change(|graph| graph.insert(claim.reported(on(reported))));
        if stance == Stance::Retracts {
            let is_own = speaker == self.claims[target].speaker;
            assert!(is_own || made.is_none(), "only its speaker retracts a claim");
        }
        if let Some(id) = made {
            assert_eq!(id.index(), self.claims.len());
            let target = Some(target);
            self.claims.push(Told {
                speaker,
                stance,
                said: None,
                target,
                figure,
                valid: None,
                reported,
            });
        }
    }

    fn affiliate(&mut self, bytes: &mut Bytes<'_>) {
        let [part, whole] = [(); 2].map(|()| self.entities[bytes.below(self.entities.len())]);
        let affiliation = Affiliation::part_of(part, whole);
        let made = self.change(|graph| graph.add_affiliation(affiliation));
        self.affiliations = self.graph.affiliations().len();
        assert!(made.is_none_or(|id| self.graph.affiliation(id).is_some()));
    }

    /// Adds that one entity repeats another.
    fn copy(&mut self, bytes: &mut Bytes<'_>) {
        let [speaker, source] = [(); 2].map(|()| self.entities[bytes.below(self.entities.len())]);
        let made = self.change(|graph| graph.add_lineage(Lineage::new(speaker, source)));
        self.lineages = self.graph.lineages().len();
        assert!(made.is_none_or(|id| self.graph.lineage(id).is_some()));
    }

    fn link(&mut self, bytes: &mut Bytes<'_>) {
        if let Some(most) = self.claims.len().checked_sub(1) {
            let [part, whole] = [(); 2].map(|()| self.nth(bytes.below(most + 1)));
            self.change(|graph| graph.link(Link::part_of(part, whole)));
        }
    }

    /// Merges a graph of one claim. If the lists have the claim, nothing is added.
    fn merge(&mut self, bytes: &mut Bytes<'_>) {
        let [s, r, o] = self.draw_statement(bytes);
        let reported = bytes.day();
        let mut other = empty();
        let [subject, object] =
            [s, o].map(|number| other.add(Actor, format!("actor-{number}")).unwrap());
        let relation = other.relation(RELATIONS[r]).unwrap();
        let claim = Claim::by(subject).says(Stance::Asserts, subject, relation, object);
        other.insert(claim.reported(on(reported))).unwrap();
        let told = Told {
            speaker: s,
            stance: Stance::Asserts,
            said: Some([s, r, o]),
            target: None,
            figure: None,
            valid: None,
            reported,
        };
        self.graph.merge(&other).unwrap();
        if !self.claims.contains(&told) {
            self.claims.push(told);
        }
        assert_eq!(self.graph.len(), self.claims.len());
        assert_eq!(self.graph.entity_count(), self.entities.len());
    }

    /// Returns whether a claim is taken back by a day. What takes it back came later, so this ends.
    fn is_withdrawn(&self, claim: usize, day: u8) -> bool {
        let takes_back = |(by, told): (usize, &Told)| {
            told.stance == Stance::Retracts
                && told.target == Some(claim)
                && told.reported <= day
                && !self.is_withdrawn(by, day)
        };
        self.claims.iter().enumerate().skip(claim + 1).any(takes_back)
    }

    /// Compares every claim with the list, and each question about rows with a loop over the list.
    fn ask(&self, day: u8) {
        let graph = &self.graph;
        assert_eq!((graph.len(), graph.entity_count()), (self.claims.len(), self.entities.len()));
        assert_eq!(graph.affiliations().len(), self.affiliations);
        assert_eq!(graph.lineages().len(), self.lineages);
        for (number, told) in self.claims.iter().enumerate() {
            let claim = graph.claim(self.nth(number)).unwrap();
            let entity = |number: usize| Some(self.entities[number].id());
            assert_eq!(claim.stance(), told.stance);
            assert_eq!(claim.speaker(), entity(told.speaker));
            assert_eq!(claim.reported(), on(told.reported));
            assert_eq!(claim.valid(), told.valid.map(|day| Period::on(on(day))));
            assert_eq!(claim.targets().next().map(|(id, _)| id.index()), told.target);
            let figure = told.figure.map(|figure| Quantity::stated(figure, "lawyers"));
            assert_eq!(claim.quantity(), figure.as_ref());
            if let Some([s, r, o]) = told.said {
                assert_eq!((claim.subject_entity(), claim.object_entity()), (entity(s), entity(o)));
                assert!(claim.is(self.relation(r)));
            }
            let key = graph.claim_key(claim.id()).unwrap();
            assert!(graph.claim_keyed(key).is_some());
        }
        let day = day.min(30);
        let view = graph.view().as_of(on(day));
        self.compare(&view, |number| {
            self.claims[number].reported <= day && !self.is_withdrawn(number, day)
        });
        let all = graph.view().including_retracted();
        self.compare(&all, |_| true);
        self.compare(&graph.view(), |number| !self.is_withdrawn(number, 30));
    }

    fn compare(&self, view: &View<'_>, passes: impl Fn(usize) -> bool) {
        let passing: Vec<bool> = (0..self.claims.len()).map(passes).collect();
        let passes = |number: usize| passing[number];
        let places = |wanted: &dyn Fn(&Told) -> bool| -> Vec<usize> {
            let all = 0..self.claims.len();
            all.filter(|&number| passes(number) && wanted(&self.claims[number])).collect()
        };
        assert_eq!(numbers(view.claims()), places(&|_| true));
        for (number, &id) in self.entities.iter().enumerate() {
            let says =
                |end: usize| move |told: &Told| told.said.is_some_and(|said| said[end] == number);
            assert_eq!(numbers(view.claims_with_subject(id)), places(&says(0)));
            assert_eq!(view.count_with_subject(id), places(&says(0)).len());
            assert_eq!(numbers(view.claims_with_object(id)), places(&says(2)));
            assert_eq!(
                numbers(view.claims_with_speaker(id)),
                places(&|told| told.speaker == number)
            );
            for place in 0..RELATIONS.len() {
                let under = view.claims_with_subject_under(id, self.relation(place));
                let wanted =
                    |told: &Told| told.said.is_some_and(|said| said[..2] == [number, place]);
                assert_eq!(numbers(under), places(&wanted));
            }
        }
        for stance in [Stance::Confirms, Stance::Dismisses, Stance::Revises] {
            let mut found: Vec<(usize, usize)> = view
                .responses_with_stance(stance)
                .map(|(target, by)| (target.index(), by.index()))
                .collect();
            found.sort_unstable();
            let all = self.claims.iter().enumerate();
            let mut wanted: Vec<(usize, usize)> = all
                .filter(|(_, told)| told.stance == stance)
                .filter_map(|(by, told)| Some((told.target?, by)))
                .filter(|&(target, by)| passes(target) && passes(by))
                .collect();
            wanted.sort_unstable();
            assert_eq!(found, wanted);
        }
    }
}
