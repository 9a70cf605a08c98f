//! The reach of a change: the claims whose standing it may alter, and the topics they speak of.
//!
//! A topic is a statement without its roles, figure and time: the relation and its two ends. Claims are
//! found from what was added and removed, by what that entails, answers or denies; never by going through
//! all of them.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::graph::statement_ref::Term;
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{ClaimId, EntityId, RelationId};
use crate::model::value::stance::{Bearing, Certainty, Stance};
use crate::questions::entailment::Proposition;
use crate::questions::entailment::candidates::ClaimSet;
use crate::view::View;
use indexmap::{IndexMap, IndexSet};
use std::borrow::Cow;
use std::slice;

/// An end of a topic.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum End {
    Entity(EntityId),
    Claim(ClaimId),
    /// A text or a figure, as written; nothing, where nothing stands.
    Words(String),
    NotStated,
}

impl End {
    fn entity(&self) -> Option<EntityId> {
        match self {
            End::Entity(entity) => Some(*entity),
            _ => None,
        }
    }

    fn claim(&self) -> Option<ClaimId> {
        match self {
            End::Claim(claim) => Some(*claim),
            _ => None,
        }
    }

    fn of(term: Term<'_>) -> Self {
        match term {
            Term::Entity(entity) => End::Entity(entity),
            Term::Claim(claim) => End::Claim(claim),
            Term::Text(text) => End::Words(format!("\u{201c}{text}\u{201d}")),
            Term::Quantity(quantity) => End::Words(quantity.to_string()),
            Term::Nothing | Term::Statement(_) => End::Words(String::new()),
            Term::NotStated => End::NotStated,
        }
    }
}

/// A relation and its two ends, in the direction of the primary relation.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Topic {
    pub(crate) relation: RelationId,
    pub(crate) subject: End,
    pub(crate) object: End,
}

impl ClaimGraph {
    /// Returns the topic of the proposition.
    fn topic(&self, said: &Proposition<'_>) -> Option<Topic> {
        let (relation, turned) = self.vocabulary.primary(said.relation);
        let (subject, object) = (End::of(said.subject?), End::of(said.object?));
        let (subject, object) = if turned { (object, subject) } else { (subject, object) };
        Some(self.in_order(Topic { relation, subject, object }))
    }

    /// The ends of a symmetric topic have an order of their own.
    fn in_order(&self, topic: Topic) -> Topic {
        let symmetric =
            self.vocabulary.relation_def(topic.relation).is_some_and(|def| def.symmetric);
        // By key, for it to be the same in every graph.
        let swapped = symmetric && self.place_of(&topic.object) < self.place_of(&topic.subject);
        let Topic { relation, subject, object } = topic;
        match swapped {
            true => Topic { relation, subject: object, object: subject },
            false => Topic { relation, subject, object },
        }
    }

    /// Returns what an end is ordered by, the same in every graph.
    pub(crate) fn place_of<'a>(&'a self, end: &'a End) -> (u8, Cow<'a, str>) {
        match end {
            End::Entity(entity) => (0, Cow::Borrowed(self.key_of(*entity))),
            End::Claim(claim) => (
                1,
                Cow::Owned(self.claim_key(*claim).map(|key| key.to_string()).unwrap_or_default()),
            ),
            End::Words(words) => (2, Cow::Borrowed(words)),
            End::NotStated => (3, Cow::Borrowed("?")),
        }
    }

    /// Returns the topics that a claim of this proposition backs: all it entails, about the same ends and those
    /// they belong to.
    fn topics_above(&self, said: &Proposition<'_>) -> Vec<Topic> {
        let above = |term: Option<Term<'_>>| -> Vec<End> {
            match term {
                Some(Term::Entity(entity)) => {
                    self.above(entity).into_iter().map(End::Entity).collect()
                }
                other => other.map(End::of).into_iter().collect(),
            }
        };
        let (subjects, objects) = (above(said.subject), above(said.object));
        let mut topics = Vec::new();
        for &(relation, swapped) in self.vocabulary.entailed(said.relation) {
            for (s, o) in
                subjects.iter().flat_map(|s| objects.iter().map(move |o| (s.clone(), o.clone())))
            {
                let (subject, object) = if swapped { (o, s) } else { (s, o) };
                topics.push(self.in_order(Topic { relation, subject, object }));
            }
        }
        topics
    }

    /// The claims whose own statement is this topic.
    fn stating(&self, topic: &Topic) -> Vec<ClaimId> {
        let same = |r: RelationId| self.vocabulary.primary(r).0 == topic.relation;
        let (subject, object) = (topic.subject.entity(), topic.object.entity());
        let mut found = ClaimSet::default();
        match [&topic.subject, &topic.object].into_iter().find_map(End::claim) {
            Some(claim) => found.extend(self.ledger.mentions(claim)),
            None if subject.is_none() && object.is_none() => {}
            None => {
                let (subjects, objects) =
                    (subject.as_ref().map(slice::from_ref), object.as_ref().map(slice::from_ref));
                let declared = self
                    .vocabulary
                    .entailing(topic.relation)
                    .iter()
                    .filter(|(relation, _)| same(*relation));
                for &(relation, swapped) in declared {
                    let (subjects, objects) =
                        if swapped { (objects, subjects) } else { (subjects, objects) };
                    self.ledger.gather(&mut found, subjects, relation, objects);
                }
            }
        }
        let states = |id: &ClaimId| {
            let claim = ClaimRef::new(self, *id);
            let statement =
                claim.filter(|c| c.relation_id().is_some_and(same)).and_then(ClaimRef::statement);
            statement.is_some_and(|statement| {
                self.topic(&statement.proposition()).as_ref() == Some(topic)
            })
        };
        found.into_iter().filter(states).collect()
    }
}

/// The reach of a change in one graph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Touched {
    /// Claims that may be contested now, or no longer.
    pub(crate) claims: IndexSet<ClaimId>,
    /// Topics on which somebody may stand otherwise, with the claims that state them.
    pub(crate) topics: IndexMap<Topic, Vec<ClaimId>>,
}

impl Touched {
    /// Returns the reach of these claims, which one of two views of a graph has and the other does not.
    /// The topics only where they are asked for: they take the longest to find.
    pub(crate) fn by_claims<'g>(
        views: [&View<'g>; 2],
        changed: impl IntoIterator<Item = ClaimId>,
        topics: bool,
    ) -> Self {
        let [before, after] = views;
        let graph = after.graph;
        let mut touched = Self::default();
        let changed: IndexSet<ClaimId> = changed.into_iter().collect();
        let by_affiliation = graph.about_newly_affiliated(before, after);
        let by_lineage = graph.said_by_newly_descended(before, after);
        let about = changed.iter().chain(&by_affiliation);
        for claim in about.clone().filter_map(|&id| ClaimRef::new(graph, id)) {
            touched.claims.insert(claim.id());
            if claim.stance().bearing() == Some(Bearing::Contests) {
                touched.claims.extend(claim.targets().map(|(target, _)| target));
            }
            for view in views.into_iter().filter(|view| view.contains(claim.id())) {
                let denied =
                    if claim.stance() == Stance::Denies { view.denied(claim) } else { None };
                if let Some(denied) = denied {
                    let meant = Some(claim.modality());
                    let entailing = view.entailing(&denied, meant, Certainty::Uncommitted);
                    touched.claims.extend(entailing.map(|(claim, _)| claim.id()));
                }
            }
        }
        if !topics {
            return touched;
        }
        for &id in about.chain(&by_lineage) {
            touched.add_matters(after, id);
        }
        // Who denies what a claim entails takes a position on that claim's topic.
        for id in touched.claims.clone() {
            touched.add_own_matter(after, id);
        }
        touched
    }

    /// Everything that the claims of a view are and speak of.
    pub(crate) fn all(view: &View<'_>) -> Self {
        let mut touched = Self::default();
        for claim in view.claims() {
            touched.claims.insert(claim.id());
            touched.add_own_matter(view, claim.id());
        }
        touched
    }

    fn add_own_matter(&mut self, view: &View<'_>, id: ClaimId) {
        let graph = view.graph;
        let said = ClaimRef::new(graph, id).and_then(|claim| view.proposition(claim));
        if let Some(topic) = said.and_then(|said| graph.topic(&said)) {
            self.add(graph, topic, id);
        }
    }

    /// Adds the topics that the claim backs, and those of the claims it answers.
    fn add_matters(&mut self, view: &View<'_>, id: ClaimId) {
        let graph = view.graph;
        let mut speaking = IndexSet::from([id]);
        let mut next = 0;
        while let Some(claim) = speaking.get_index(next).and_then(|&id| ClaimRef::new(graph, id)) {
            next += 1;
            if let Some(said) = view.proposition(claim) {
                graph
                    .topics_above(&said)
                    .into_iter()
                    .for_each(|topic| self.add(graph, topic, claim.id()));
            }
            speaking.extend(claim.targets().map(|(target, _)| target));
        }
    }

    fn add(&mut self, graph: &ClaimGraph, topic: Topic, said_in: ClaimId) {
        if self.topics.contains_key(&topic) {
            return;
        }
        let mut stating = graph.stating(&topic);
        if stating.is_empty() {
            // Nothing to find it by but the claim itself.
            let own = ClaimRef::new(graph, said_in)
                .and_then(ClaimRef::statement)
                .map(|s| s.proposition());
            stating.extend(
                own.and_then(|said| graph.topic(&said))
                    .filter(|own| *own == topic)
                    .map(|_| said_in),
            );
        }
        self.topics.insert(topic, stating);
    }
}

impl ClaimGraph {
    /// Claims about what belongs to something in one view and not in the other.
    fn about_newly_affiliated(&self, before: &View<'_>, after: &View<'_>) -> IndexSet<ClaimId> {
        let turned = self
            .affiliation_ids()
            .filter(|&id| before.knows_affiliation(id) != after.knows_affiliation(id));
        let mut parts: IndexSet<EntityId> = turned
            .filter_map(|id| self.affiliation(id))
            .map(|affiliation| affiliation.part())
            .collect();
        let mut next = 0;
        while let Some(&whole) = parts.get_index(next) {
            next += 1;
            let below = self.affiliated_with(whole);
            let rolls_up =
                |kind| matches!(kind, AffiliationKind::PartOf | AffiliationKind::LocatedIn);
            parts.extend(below.filter(|(_, a)| rolls_up(a.kind())).map(|(_, a)| a.part()));
        }
        let at = |entity: &EntityId| {
            self.ledger.with_subject(*entity).chain(self.ledger.with_object(*entity))
        };
        parts.iter().flat_map(at).collect()
    }

    /// Claims of those whose word comes from somebody in one view and not in the other.
    fn said_by_newly_descended(&self, before: &View<'_>, after: &View<'_>) -> IndexSet<ClaimId> {
        let turned = self.lineage_ids().filter(|&id| before.believes(id) != after.believes(id));
        let mut speakers: IndexSet<EntityId> =
            turned.filter_map(|id| self.lineage(id)).map(|l| l.speaker()).collect();
        let mut next = 0;
        while let Some(&source) = speakers.get_index(next) {
            next += 1;
            let drawing = self.drawn_from.get(&source).into_iter().flatten();
            speakers.extend(drawing.filter_map(|&id| self.lineage(id)).map(|l| l.speaker()));
        }
        speakers.iter().flat_map(|&speaker| self.ledger.with_speaker(speaker)).collect()
    }
}
