//! What shifted between two views: which claims are contested, which stand on more than one source, and
//! where speakers stand.

use crate::change::affected_claims::{End, Topic, Touched};
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId, OriginId};
use crate::model::value::answer::Answer;
use crate::model::value::stance::{Certainty, Modality, Stance};
use crate::questions::contest::Contest;
use crate::questions::position::Position;
use crate::questions::statement::StatementQuery;
use crate::questions::statement::support::Backing;
use crate::view::View;
use crate::view::finding::{Finding, Proof};
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A claim that is contested in one of two views, or more surely in one.
#[derive(Clone, Debug)]
pub struct ContestShift<'g> {
    pub(crate) claim: ClaimRef<'g>,
    pub(crate) before: Vec<Contest<'g>>,
    pub(crate) after: Vec<Contest<'g>>,
}

fn surest(contests: &[Contest<'_>]) -> Answer {
    contests.iter().map(Contest::certain).max().unwrap_or(Answer::No)
}

impl<'g> ContestShift<'g> {
    /// The claim; that of the later graph, where it is in both.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Whether it was contested: `Unknown` in one reading of the text, `No` also where it was not there.
    pub fn before(&self) -> Answer {
        surest(&self.before)
    }

    /// Whether it is contested now.
    pub fn after(&self) -> Answer {
        surest(&self.after)
    }

    /// Who contested it, and how.
    pub fn contests_before(&self) -> &[Contest<'g>] {
        &self.before
    }

    /// Who contests it now, and how.
    pub fn contests(&self) -> &[Contest<'g>] {
        &self.after
    }

    /// Whether nobody contested it before.
    pub fn is_new(&self) -> bool {
        self.before.is_empty()
    }

    /// Whether nobody contests it any more.
    pub fn is_over(&self) -> bool {
        self.after.is_empty()
    }
}

/// Of the claims of an item, those of the graph that its main claim is of.
fn of_one_graph<'g>(
    main: ClaimRef<'g>,
    others: impl Iterator<Item = ClaimRef<'g>>,
) -> Vec<ClaimId> {
    let same = others.filter(|claim| std::ptr::eq(claim.graph(), main.graph())).map(ClaimRef::id);
    std::iter::once(main.id()).chain(same).collect()
}

impl Finding for ContestShift<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        of_one_graph(self.claim, self.before.iter().chain(&self.after).map(Contest::by))
    }

    fn support(&self, proof: &mut Proof<'_>) {
        let same = |c: &&Contest<'_>| std::ptr::eq(c.by().graph(), self.claim.graph());
        self.before
            .iter()
            .chain(&self.after)
            .filter(same)
            .for_each(|contest| contest.support(proof));
    }
}

/// "Seoul asserted that ...: Russia dismisses the claim".
impl fmt::Display for ContestShift<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.claim)?;
        if self.is_over() {
            return f.write_str(" nobody contests it any more");
        }
        for (place, contest) in self.after.iter().enumerate() {
            write!(f, "{} {contest}", if place > 0 { ";" } else { "" })?;
        }
        Ok(())
    }
}

/// A claim that stands on more than one independent source in one of two views only.
#[derive(Clone, Debug)]
pub struct CorroborationShift<'g> {
    pub(crate) claim: ClaimRef<'g>,
    pub(crate) before: usize,
    pub(crate) after: usize,
    /// Those that back it now, or did before.
    pub(crate) backing: Vec<Backing<'g>>,
}

impl<'g> CorroborationShift<'g> {
    /// The claim; that of the later graph, where it is in both.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// On how many independent sources it stood, itself included; none where it was not there.
    pub fn before(&self) -> usize {
        self.before
    }

    /// On how many it stands now.
    pub fn after(&self) -> usize {
        self.after
    }

    /// Whether it stands on more than one now.
    pub fn is_new(&self) -> bool {
        self.after > 1
    }

    /// Who else backs it, in the view where it stands on more than one.
    pub fn backing(&self) -> &[Backing<'g>] {
        &self.backing
    }
}

impl Finding for CorroborationShift<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        of_one_graph(self.claim, self.backing.iter().map(Backing::claim))
    }

    fn support(&self, proof: &mut Proof<'_>) {
        let same = |b: &&Backing<'_>| std::ptr::eq(b.claim().graph(), self.claim.graph());
        self.backing.iter().filter(same).for_each(|backing| backing.support(proof));
    }
}

/// "Seoul asserted that ...: 2 independent sources, 1 before".
impl fmt::Display for CorroborationShift<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.after == 1 { "" } else { "s" };
        write!(
            f,
            "{}: {} independent source{plural}, {} before",
            self.claim, self.after, self.before
        )
    }
}

/// A speaker who stands otherwise on a topic that both views speak of.
#[derive(Clone, Debug)]
pub struct PositionShift<'g> {
    pub(crate) speaker: Option<EntityId>,
    pub(crate) on: ClaimRef<'g>,
    pub(crate) before: Vec<Position<'g>>,
    pub(crate) after: Vec<Position<'g>>,
}

impl<'g> PositionShift<'g> {
    /// Who; `None` where nobody knows. A handle of the graph of [`on`](Self::on).
    pub fn speaker(&self) -> Option<EntityId> {
        self.speaker
    }

    /// A claim that states the topic.
    pub fn on(&self) -> ClaimRef<'g> {
        self.on
    }

    /// The latest positions in the earlier view; empty where there was none.
    pub fn before(&self) -> &[Position<'g>] {
        &self.before
    }

    /// The latest positions in the later view; empty where there is none any more.
    pub fn after(&self) -> &[Position<'g>] {
        &self.after
    }
}

impl Finding for PositionShift<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        of_one_graph(self.on, self.before.iter().chain(&self.after).map(Position::claim))
    }

    fn support(&self, proof: &mut Proof<'_>) {
        let same = |p: &&Position<'_>| std::ptr::eq(p.claim().graph(), self.on.graph());
        self.before
            .iter()
            .chain(&self.after)
            .filter(same)
            .for_each(|position| position.support(proof));
    }
}

/// "Russia on “North Korea deploys to Russia”: dismisses, then acknowledges".
impl fmt::Display for PositionShift<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name =
            self.speaker.map_or("somebody not named", |speaker| self.on.graph().name_of(speaker));
        let topic =
            self.on.statement().map(|statement| self.on.sentence(statement)).unwrap_or_default();
        let words = |positions: &[Position<'_>]| -> String {
            let words: IndexSet<String> = positions.iter().map(word).collect();
            let words: Vec<String> = words.into_iter().collect();
            if words.is_empty() { "nothing".to_owned() } else { words.join(" and ") }
        };
        write!(
            f,
            "{name} on \u{201c}{topic}\u{201d}: {} before, {} now",
            words(&self.before),
            words(&self.after)
        )
    }
}

fn word(position: &Position<'_>) -> String {
    let perhaps = if position.certain().is_yes() { "" } else { "perhaps " };
    format!("{perhaps}{}", position.stance())
}

impl<'g> View<'g> {
    /// Those of these claims that somebody contests; by whom, in no order.
    pub(crate) fn contested_among(
        &self,
        claims: &IndexSet<ClaimId>,
    ) -> IndexMap<ClaimId, Vec<Contest<'g>>> {
        let in_view = claims.iter().filter_map(|&id| self.get(id));
        let contests = in_view.map(|claim| (claim.id(), self.contests_in_no_order(claim)));
        contests.filter(|(_, contests)| !contests.is_empty()).collect()
    }

    /// The claims that state these topics and stand on more than one independent source, with the number
    /// of sources, and the first that states the same. Claims count that their speakers are committed to.
    pub(crate) fn corroborated_among(
        &self,
        topics: &IndexMap<Topic, Vec<ClaimId>>,
    ) -> IndexMap<ClaimId, (usize, ClaimRef<'g>)> {
        let mut found = IndexMap::new();
        for (_, _, mut claims) in self.by_modality(topics) {
            claims.retain(|claim| claim.stance() != Stance::Denies);
            let Some(&first) = claims.first() else { continue };
            let supporters = self.supporters_of(first);
            let speaker = supporters.first().map(|claim| claim.speaker());
            // One speaker is one source at most.
            if supporters.iter().all(|claim| Some(claim.speaker()) == speaker) {
                continue;
            }
            let parties = self.single_parties(&supporters);
            if parties.is_none() {
                let all = self.independence_of(supporters.iter().map(|claim| claim.id()));
                // Fewer claims never stand on more sources, unless one shows that others are copies.
                if all.count() < 2 && all.copies.is_empty() {
                    continue;
                }
            }
            let backs: FxHashSet<ClaimId> = supporters.iter().map(|claim| claim.id()).collect();
            // Who adds no evidence stands on others alone, also where he said it himself elsewhere.
            let mut known: IndexMap<(OriginId, bool), usize> = IndexMap::new();
            for claim in claims {
                let named = claim.chain().iter().all(|link| link.source.is_some());
                let origin = self.graph.ledger.origin_of(claim.id()).filter(|_| named);
                let origin = origin.map(|origin| (origin, claim.stance().adds_evidence()));
                let count = match (origin.and_then(|origin| known.get(&origin)), &parties) {
                    (Some(&count), _) => count,
                    (None, Some(parties)) if backs.contains(&claim.id()) => {
                        let own = claim.speaker().is_some_and(|speaker| parties.contains(&speaker));
                        parties.len() - usize::from(own && !claim.stance().adds_evidence())
                    }
                    _ => self.sources_beside(claim, &supporters),
                };
                origin.into_iter().for_each(|origin| _ = known.insert(origin, count));
                if count > 1 {
                    found.insert(claim.id(), (count, first));
                }
            }
        }
        found
    }

    /// Who speaks in these claims, where everybody in them speaks for himself and nobody for another: as
    /// many sources as there are speakers.
    fn single_parties(&self, claims: &[ClaimRef<'g>]) -> Option<FxHashSet<EntityId>> {
        let adding: Vec<ClaimRef<'g>> =
            claims.iter().copied().filter(|claim| claim.stance().adds_evidence()).collect();
        let parties = self.paths(&adding, false).parties()?;
        let own = adding.iter().zip(&parties).all(|(claim, party)| claim.speaker() == Some(*party));
        (own && self.copies(&adding, &adding).is_empty()).then(|| parties.into_iter().collect())
    }

    /// On how many independent sources a claim stands, itself included.
    pub(crate) fn sources_of(&self, claim: ClaimRef<'g>) -> usize {
        match self.contains(claim.id()) {
            true => self.sources_beside(claim, &self.supporters_of(claim)),
            false => 0,
        }
    }

    /// The same, beside all claims that back what it states.
    fn sources_beside(&self, claim: ClaimRef<'g>, supporters: &[ClaimRef<'g>]) -> usize {
        let others = supporters.iter().filter(|other| other.speaker() != claim.speaker());
        self.independence_of(others.map(|other| other.id()).chain([claim.id()])).count()
    }

    /// What the claim states, roles, figure and time aside, as a question.
    fn topic_of(&self, claim: ClaimRef<'g>) -> Option<StatementQuery<'g>> {
        Some(self.inquire(claim.statement()?).without_roles().modality(claim.modality()))
    }

    /// The claims that back what the claim states, in no order.
    fn supporters_of(&self, claim: ClaimRef<'g>) -> Vec<ClaimRef<'g>> {
        let supporting = self.topic_of(claim).map(|asked| asked.supporting()).unwrap_or_default();
        supporting.into_iter().filter_map(|id| ClaimRef::new(self.graph, id)).collect()
    }

    /// Who backs what the claim states.
    pub(crate) fn backing_of(&self, claim: ClaimRef<'g>) -> Vec<Backing<'g>> {
        self.topic_of(claim).map(|asked| asked.backing().items).unwrap_or_default()
    }

    /// The claims of this view that state a topic, by how they are meant.
    fn by_modality<'m>(
        &self,
        topics: &'m IndexMap<Topic, Vec<ClaimId>>,
    ) -> Vec<(&'m Topic, Modality, Vec<ClaimRef<'g>>)> {
        let mut found = Vec::new();
        for (topic, claims) in topics {
            let mut by_modality: IndexMap<Modality, Vec<ClaimRef<'g>>> = IndexMap::new();
            let committed = |claim: &ClaimRef<'g>| {
                claim.certainty() <= Certainty::Probable && self.commitment(*claim).is_some()
                    || claim.stance() == Stance::Denies
            };
            for claim in claims.iter().filter_map(|&id| self.get(id)).filter(committed) {
                by_modality.entry(claim.modality()).or_default().push(claim);
            }
            found.extend(
                by_modality.into_iter().map(|(modality, claims)| (topic, modality, claims)),
            );
        }
        found
    }

    /// Where everybody stands on these topics, by the latest that each said; under names that are the
    /// same in every graph.
    pub(crate) fn standing_on(&self, touched: &Touched) -> IndexMap<String, Stand<'g>> {
        let mut found = IndexMap::new();
        for (topic, modality, claims) in self.by_modality(&touched.topics) {
            let Some(asked) = claims.iter().find_map(|&claim| self.topic_of(claim)) else {
                continue;
            };
            let stances = asked.latest_stances();
            let stances = stances
                .into_iter()
                .map(|(s, stances)| (s.map(|s| self.graph.key_of(s)), stances))
                .collect();
            found.insert(self.matter_name(topic, modality), Stand { claims, asked, stances });
        }
        found
    }

    fn matter_name(&self, topic: &Topic, modality: Modality) -> String {
        let side = |side: &End| match side {
            End::Entity(entity) => self.graph.key_of(*entity).to_owned(),
            End::Claim(claim) => {
                self.graph.claim_key(*claim).map(|key| key.to_string()).unwrap_or_default()
            }
            End::Words(words) => words.clone(),
            End::NotStated => "?".to_owned(),
        };
        let relation = self.graph.vocabulary.relation_key(topic.relation);
        let (subject, object) = (side(&topic.subject), side(&topic.object));
        format!("{relation}\u{0}{modality}\u{0}{}\u{0}{}", subject, object)
    }
}

/// Where everybody stands on one topic.
pub(crate) struct Stand<'g> {
    /// The claims that state it.
    claims: Vec<ClaimRef<'g>>,
    asked: StatementQuery<'g>,
    /// The latest stances of the speakers by their keys, which are the same in every graph.
    stances: BTreeMap<Option<&'g str>, BTreeSet<(Stance, bool)>>,
}

impl<'g> Stand<'g> {
    /// The first claim that states it, as questions order claims.
    fn on(&self) -> Option<ClaimRef<'g>> {
        let ids: Vec<ClaimId> = self.claims.iter().map(|claim| claim.id()).collect();
        let graph = self.asked.view.graph;
        graph.first_finding(&ids).and_then(|id| ClaimRef::new(graph, id))
    }

    /// The latest positions of these speakers.
    fn latest(
        &self,
        of: &BTreeSet<Option<&'g str>>,
    ) -> BTreeMap<Option<&'g str>, Vec<Position<'g>>> {
        let mut latest: BTreeMap<Option<&'g str>, Vec<Position<'g>>> = BTreeMap::new();
        for position in self.asked.positions().latest() {
            let key = position.speaker().map(|speaker| self.asked.view.graph.key_of(speaker));
            if of.contains(&key) {
                latest.entry(key).or_default().push(position.clone());
            }
        }
        latest
    }

    /// Who stands otherwise than in an earlier stand on the same topic.
    pub(crate) fn shifts_since(&self, before: &Stand<'g>) -> Vec<PositionShift<'g>> {
        let speakers = self.stances.keys().chain(before.stances.keys()).copied();
        let shifted: BTreeSet<Option<&'g str>> =
            speakers.filter(|key| self.stances.get(key) != before.stances.get(key)).collect();
        if shifted.is_empty() {
            return Vec::new();
        }
        let (mut was, mut now) = (before.latest(&shifted), self.latest(&shifted));
        let shift = |key: Option<&'g str>| {
            let (earlier, later) =
                (was.remove(&key).unwrap_or_default(), now.remove(&key).unwrap_or_default());
            // Who says nothing any more is one of the earlier graph.
            let on = if later.is_empty() { before.on() } else { self.on() };
            let speaker = later.first().or(earlier.first()).and_then(Position::speaker);
            on.map(|on| PositionShift { speaker, on, before: earlier, after: later })
        };
        shifted.into_iter().filter_map(shift).collect()
    }
}
