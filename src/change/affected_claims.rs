//! The reach of a change: the claims that it may affect, and the topics that they speak of.
//!
//! A topic is a statement without its roles, figure and time: the relation and its two ends. Affected claims are
//! found from the added and removed claims, by what these entail, answer or deny. Other claims are not visited.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::graph::statement_ref::Term;
use crate::graph::topic::Topic;
use crate::model::affiliation::{Affiliation, AffiliationKind};
use crate::model::id::{ClaimId, EntityId, RelationId};
use crate::model::lineage::Lineage;
use crate::model::reached::reached;
use crate::model::value::stance::{Bearing, Certainty, Modality, Stance};
use crate::questions::entailment::Proposition;
use crate::questions::entailment::candidates::ClaimSet;
use crate::view::View;
use indexmap::{IndexMap, IndexSet};
use std::slice;

impl ClaimGraph {
    /// Returns the topic of the proposition.
    fn topic<'g>(&'g self, said: &Proposition<'g>) -> Option<Topic<'g>> {
        let (relation, turned) = self.vocabulary.primary(said.relation);
        Some(self.topic_of(relation, said.subject?, said.object?, turned))
    }

    /// Returns the topics about the same ends that a claim of this proposition backs: all that it entails.
    fn topics_backed<'g>(&'g self, said: &Proposition<'g>) -> Vec<Topic<'g>> {
        let (Some(subject), Some(object)) = (said.subject, said.object) else { return Vec::new() };
        let entailed = self.vocabulary.entailed(said.relation).iter();
        let topic = |&(relation, turned)| self.topic_of(relation, subject, object, turned);
        entailed.map(topic).collect()
    }

    /// Returns the topics of the same relation about what one of the ends directly belongs to.
    fn topics_above<'g>(&'g self, topic: Topic<'g>) -> Vec<Topic<'g>> {
        let [subject, object] = topic.ends;
        let wholes = |end: Term<'g>| {
            let wholes = end.entity().into_iter().flat_map(|entity| self.directly_above(entity));
            wholes.map(Term::Entity)
        };
        let of = |subject, object| self.topic_of(topic.relation, subject, object, false);
        let by_subject = wholes(subject).map(|whole| of(whole, object));
        by_subject.chain(wholes(object).map(|whole| of(subject, whole))).collect()
    }

    /// Returns the claims whose own statement is this topic.
    fn stating(&self, topic: &Topic<'_>) -> Vec<ClaimId> {
        let same = |r: RelationId| self.vocabulary.primary(r).0 == topic.relation;
        let entities = topic.ends.map(Term::entity);
        let mut found = ClaimSet::default();
        if let Some(claim) = topic.ends.into_iter().find_map(Term::claim) {
            found.extend(self.ledger.mentions(claim));
        } else {
            let [subjects, objects] =
                entities.each_ref().map(|end| end.as_ref().map(slice::from_ref));
            let declared = self.vocabulary.entailing(topic.relation).iter();
            for &(relation, turned) in declared.filter(|(relation, _)| same(*relation)) {
                let (subjects, objects) =
                    if turned { (objects, subjects) } else { (subjects, objects) };
                self.ledger.gather(&mut found, subjects, relation, objects);
            }
        }
        let states = |id: &ClaimId| {
            let claim = ClaimRef::new(self, *id);
            let claim = claim.filter(|claim| claim.relation_id().is_some_and(same));
            let statement = claim.and_then(ClaimRef::statement);
            statement.is_some_and(|s| self.topic(&s.proposition()).as_ref() == Some(topic))
        };
        found.into_iter().filter(states).collect()
    }
}

/// The reach of a change in one graph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Touched<'g> {
    /// Claims that may have become contested, or may no longer be.
    pub(crate) claims: IndexSet<ClaimId>,
    /// Topics on which a speaker may have changed its position, with the claims that state them.
    pub(crate) topics: IndexMap<Topic<'g>, Vec<ClaimId>>,
}

impl<'g> Touched<'g> {
    /// Returns the reach of these claims, which only one of two views of a graph has. Topics take the longest to
    /// find, so they are found only on request.
    pub(crate) fn by_claims(
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
        for word in graph.words_repeated(about.clone().copied()) {
            touched.claims.insert(word.id());
            if word.stance().bearing() == Some(Bearing::Contests) {
                touched.claims.extend(word.targets().map(|(target, _)| target));
            }
        }
        for view in views {
            let mut denied = IndexSet::new();
            let within = about.clone().copied().filter(|&id| view.contains(id));
            for word in graph.words_repeated(within) {
                touched.claims.extend(view.entailing_what_is_denied(word, &mut denied));
            }
        }
        if !topics {
            return touched;
        }
        touched.add_matters(after, about.chain(&by_lineage).copied());
        // A denial of what a claim entails is a position on the topic of that claim.
        for id in touched.claims.clone() {
            touched.add_own_matter(after, id);
        }
        touched
    }

    /// Returns all claims of a view, and their topics.
    pub(crate) fn all(view: &View<'g>) -> Self {
        let mut touched = Self::default();
        for claim in view.claims() {
            touched.claims.insert(claim.id());
            touched.add_own_matter(view, claim.id());
        }
        touched
    }

    fn add_own_matter(&mut self, view: &View<'g>, id: ClaimId) {
        let graph = view.graph;
        let said = ClaimRef::new(graph, id).and_then(|claim| view.proposition(claim));
        if let Some(topic) = said.and_then(|said| graph.topic(&said)) {
            self.add(graph, topic, Some(id));
        }
    }

    /// Adds the topics that the claims back, and those of the claims they answer.
    fn add_matters(&mut self, view: &View<'g>, claims: impl Iterator<Item = ClaimId>) {
        let graph = view.graph;
        let answered = |claim: ClaimRef<'g>| claim.targets().map(|(target, _)| target);
        let speaking =
            reached(claims, |id| ClaimRef::new(graph, id).into_iter().flat_map(answered));
        let mut backed: IndexMap<Topic<'g>, ClaimId> = IndexMap::new();
        for claim in speaking.into_iter().filter_map(|id| ClaimRef::new(graph, id)) {
            let said = view.proposition(claim);
            for topic in said.into_iter().flat_map(|said| graph.topics_backed(&said)) {
                backed.entry(topic).or_insert(claim.id());
            }
        }
        // Claims about parts of one whole back the same topics above.
        for topic in reached(backed.keys().copied(), |topic| graph.topics_above(topic)) {
            self.add(graph, topic, backed.get(&topic).copied());
        }
    }

    fn add(&mut self, graph: &'g ClaimGraph, topic: Topic<'g>, said_in: Option<ClaimId>) {
        if self.topics.contains_key(&topic) {
            return;
        }
        let mut stating = graph.stating(&topic);
        if stating.is_empty() {
            // Without an entity or a claim at its ends, a topic is found by the claim itself only.
            let claim = said_in.and_then(|id| ClaimRef::new(graph, id));
            let own = claim.and_then(ClaimRef::statement);
            let own = own.and_then(|statement| graph.topic(&statement.proposition()));
            stating.extend(said_in.filter(|_| own == Some(topic)));
        }
        self.topics.insert(topic, stating);
    }
}

/// A relation and its ends that are denied in a modality.
type Denied<'g> = (RelationId, [Option<Term<'g>>; 2], Modality);

impl<'g> View<'g> {
    /// Returns the claims that entail what a denial says is false, at any time and with any figure, unless the same was
    /// asked before.
    fn entailing_what_is_denied(
        &self,
        denial: ClaimRef<'g>,
        before: &mut IndexSet<Denied<'g>>,
    ) -> Vec<ClaimId> {
        let said = self.proposition(denial).filter(|_| denial.stance() == Stance::Denies);
        let Some(said) = said else { return Vec::new() };
        let denied = (said.relation, [said.subject, said.object], denial.modality());
        if said.roles.is_empty() && !before.insert(denied) {
            return Vec::new();
        }
        let any = self.pattern_of_content(Proposition { quantity: None, valid: None, ..said });
        let entailing = self.entailing(&any, Some(denial.modality()), Certainty::Uncommitted);
        entailing.map(|(claim, _)| claim.id()).collect()
    }
}

impl ClaimGraph {
    /// Returns these claims, and those that they confirm as a whole or revise, in any number of steps.
    fn words_repeated(
        &self,
        claims: impl IntoIterator<Item = ClaimId>,
    ) -> impl Iterator<Item = ClaimRef<'_>> {
        let repeats =
            |it: &ClaimRef<'_>| it.confirms_as_a_whole() || it.stance() == Stance::Revises;
        let repeated = reached(claims, |id| {
            let claim = ClaimRef::new(self, id).filter(repeats);
            claim.into_iter().flat_map(|it| it.targets().map(|(target, _)| target))
        });
        repeated.into_iter().filter_map(|id| ClaimRef::new(self, id))
    }

    /// Returns the claims about entities that belong to another in one view and not in the other.
    fn about_newly_affiliated(&self, before: &View<'_>, after: &View<'_>) -> IndexSet<ClaimId> {
        let turned = self
            .affiliation_ids()
            .filter(|&id| before.knows_affiliation(id) != after.knows_affiliation(id));
        let turned = turned.filter_map(|id| self.affiliation(id)).map(Affiliation::part);
        let rolls_up = |kind| matches!(kind, AffiliationKind::PartOf | AffiliationKind::LocatedIn);
        let parts = reached(turned, |whole| {
            let below = self.affiliated_with(whole).filter(|(_, a)| rolls_up(a.kind()));
            below.map(|(_, affiliation)| affiliation.part())
        });
        let at = |entity: &EntityId| {
            self.ledger.with_subject(*entity).chain(self.ledger.with_object(*entity))
        };
        parts.iter().flat_map(at).collect()
    }

    /// Returns the claims of speakers whose word comes from another in one view and not in the other.
    fn said_by_newly_descended(&self, before: &View<'_>, after: &View<'_>) -> IndexSet<ClaimId> {
        let turned = self.lineage_ids().filter(|&id| before.believes(id) != after.believes(id));
        let turned = turned.filter_map(|id| self.lineage(id)).map(Lineage::speaker);
        let speakers = reached(turned, |source| {
            let drawing = self.drawn_from.get(&source).into_iter().flatten();
            drawing.filter_map(|&id| self.lineage(id)).map(Lineage::speaker)
        });
        speakers.iter().flat_map(|&speaker| self.ledger.with_speaker(speaker)).collect()
    }
}
