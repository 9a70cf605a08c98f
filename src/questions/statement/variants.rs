//! Questions made from a question: without its roles, under another relation, asked of another view. Also a question
//! in words.

use crate::graph::claim_ref::Term;
use crate::model::id::{RelationId, RoleId};
use crate::model::text::bracketed;
use crate::model::value::stance::Modality;
use crate::model::vocabulary::verb::Mood;
use crate::questions::statement::StatementQuery;
use crate::store::stored_claim::Held;
use crate::store::stored_claim::HeldArgument;
use crate::view::View;
use indexmap::IndexSet;
use std::fmt;

impl<'g> StatementQuery<'g> {
    /// Drops the roles of the statement it was made from.
    pub(crate) fn without_roles(mut self) -> Self {
        self.roles.clear();
        self.given.clear();
        self
    }

    /// Drops the roles, the figure and the time.
    pub(crate) fn without_particulars(mut self) -> Self {
        if matches!(self.object, Some(Held::Quantity(_))) {
            self.object = None;
        }
        (self.quantity, self.valid) = (None, None);
        self.without_roles()
    }

    /// Asks about the time that the other question asks about.
    pub(crate) fn at_the_time_of(self, other: &Self) -> Self {
        Self { valid: other.valid.clone(), throughout: other.throughout, ..self }
    }

    /// Returns, for each role that is asked for, the question about that role alone.
    pub(crate) fn each_role(&self) -> impl Iterator<Item = (&'g str, Self)> {
        let vocabulary = &self.view.graph.vocabulary;
        let wanted: IndexSet<RoleId> =
            self.roles.iter().map(|(role, _)| *role).chain(self.given.clone()).collect();
        wanted.into_iter().map(move |wanted| {
            let mut alone = self.clone().without_particulars();
            alone.roles.extend(self.roles.iter().filter(|(role, _)| *role == wanted).cloned());
            alone.given.extend(self.given.iter().copied().filter(|role| *role == wanted));
            (vocabulary.roles.key(wanted), alone)
        })
    }

    /// Asks about another relation, perhaps from the other side.
    pub(crate) fn under(mut self, relation: RelationId, swapped: bool) -> Self {
        self.relation = Some(relation);
        if swapped {
            std::mem::swap(&mut self.subject, &mut self.object);
        }
        self
    }

    /// Returns a text that differs between different questions.
    pub(crate) fn key(&self) -> String {
        let parts =
            (self.relation, &self.subject, &self.object, &self.roles, &self.quantity, &self.valid);
        format!("{parts:?} {:?}", self.modality)
    }

    /// Returns the same question, asked of another view.
    pub(crate) fn asked_of(&self, view: View<'g>) -> Self {
        Self { view, ..self.clone() }
    }
}

/// "North Korea deploys to Russia: 3,000 soldiers (by 2024-10-24) (planned)". An open end is "anything".
impl fmt::Display for StatementQuery<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let graph = self.view.graph;
        let word =
            |held: &Option<Held>| held.as_ref().map(|held| graph.word(Term::of(graph, held), true));
        let relation = self.relation.map(|relation| graph.vocabulary.relations.get(relation));
        let subject = self.subject.as_ref().map(|held| Term::of(graph, held));
        let plural = subject.is_some_and(|subject| graph.is_plural(subject));
        let mood = Mood::of(self.modality.unwrap_or(Modality::Actual));
        let verb = relation.map(|def| def.verb_in(mood, plural));
        let anything = || Some("anything".to_owned());
        let words =
            [word(&self.subject).or_else(anything), verb, word(&self.object).or_else(anything)];
        let words: Vec<String> =
            words.into_iter().flatten().filter(|word| !word.is_empty()).collect();
        f.write_str(&words.join(" "))?;
        if let Some(quantity) = &self.quantity {
            write!(f, ": {quantity}")?;
        }
        let role = |(role, value): &(RoleId, HeldArgument)| {
            graph.role_with_value(graph.vocabulary.roles.key(*role), Term::of(graph, &value.value))
        };
        let mut told: Vec<String> = self.roles.iter().map(role).collect();
        told.extend(self.valid.as_ref().map(ToString::to_string));
        match self.modality {
            Some(Modality::Actual) => {}
            Some(modality) => told.push(modality.to_string()),
            None => told.push("of any modality".to_owned()),
        }
        f.write_str(&bracketed(&told))
    }
}
