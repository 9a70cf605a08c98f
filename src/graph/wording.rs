//! Writes terms and statements in words. Sentences of claims, questions and answers are made of them.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::{ClaimRef, StatementRef, Term};
use crate::graph::entity_ref::EntityRef;
use crate::model::id::EntityId;
use crate::model::vocabulary::verb::{self, Mood};
use std::fmt::Write;

/// Returns the key of a role in words: "aid kind" for `aid-kind`.
pub(crate) fn role_in_words(role: &str) -> String {
    role.replace('-', " ")
}

/// Words after which "that" cannot follow: one responds to the claim that something is so.
const PREPOSITIONS: &[&str] = &[
    "about", "across", "against", "as", "at", "between", "by", "for", "from", "in", "into", "of",
    "on", "over", "through", "to", "towards", "under", "with",
];

impl<'g> StatementRef<'g> {
    /// Returns the subject, the relation and the object in words. If it is `deep`, so are claims at the ends.
    pub(crate) fn words(self, deep: bool) -> String {
        self.words_in(Mood::Indicative, deep)
    }

    /// Returns the same with the verb in that mood. The infinitive has no subject.
    pub(crate) fn words_in(self, mood: Mood, deep: bool) -> String {
        let subject = self.subject();
        let verb = self.relation().verb_in(mood, self.graph.is_plural(subject));
        let object = self.object_after(&verb, deep);
        let object = if object.is_empty() { object } else { format!(" {object}") };
        if mood == Mood::Infinitive {
            return format!("{verb}{object}");
        }
        match self.graph.clause(subject).filter(|_| deep && self.object().claim().is_none()) {
            // "It indicates weakness that ..." reads better than "that ... indicates weakness".
            Some(clause) => format!("it {verb}{object} {clause}"),
            None => format!("{} {verb}{object}", self.graph.word(subject, deep)),
        }
    }

    /// Returns the object in words, as it follows the verb.
    fn object_after(self, verb: &str, deep: bool) -> String {
        let object = self.object();
        let last = verb.rsplit(' ').next().unwrap_or_default();
        match self.graph.clause(object).filter(|_| deep && !PREPOSITIONS.contains(&last)) {
            Some(clause) => clause,
            None => self.graph.word(object, deep),
        }
    }

    /// Returns a statement that stands in a role in words, with its roles and its time, and without its negation.
    pub(crate) fn in_words(self, deep: bool) -> String {
        let mut text = self.words(deep);
        // Writing to a String does not fail.
        if let Some(period) = self.valid() {
            let _ = write!(text, " {period}");
        }
        for (role, value, _) in self.roles() {
            let _ = write!(text, ", {}: {}", role_in_words(role), self.graph.word(value, deep));
        }
        text
    }
}

impl ClaimGraph {
    /// Returns whether a verb that has the term as its subject is plural.
    pub(crate) fn is_plural(&self, term: Term<'_>) -> bool {
        term.entity().is_some_and(|entity| self.has_plural_name(entity))
    }

    /// Returns whether the name of the entity is plural.
    pub(crate) fn has_plural_name(&self, entity: EntityId) -> bool {
        self.entity(entity).is_ok_and(EntityRef::is_plural)
    }

    /// Returns the verb phrase as it agrees with the speaker: "says" or "say". A speaker that is not named is one.
    pub(crate) fn does(&self, speaker: Option<EntityId>, phrase: &str) -> String {
        match speaker.is_some_and(|speaker| self.has_plural_name(speaker)) {
            true => verb::plural(phrase),
            false => phrase.to_owned(),
        }
    }

    /// Returns a term in words: a name, a text in quotation marks, or the statement of a claim.
    pub(crate) fn word(&self, term: Term<'_>, deep: bool) -> String {
        match term {
            Term::Entity(entity) => self.name_of(entity).to_owned(),
            Term::Text(text) => format!("\u{201c}{text}\u{201d}"),
            Term::Quantity(quantity) => quantity.to_string(),
            Term::Nothing => String::new(),
            Term::NotStated => "somebody or something not named".to_owned(),
            Term::Claim(claim) => match (self.clause(term), ClaimRef::new(self, claim)) {
                (Some(clause), _) if deep => format!("the claim {clause}"),
                (None, Some(claim)) if deep => format!("what {}", claim.uttered()),
                _ => "a claim".to_owned(),
            },
            Term::Statement(statement) if statement.is_negated() => {
                format!("it is not so that {}", statement.in_words(false))
            }
            Term::Statement(statement) => statement.in_words(false),
        }
    }

    /// Returns a role with its value in words: "aid kind: “lethal”".
    pub(crate) fn role_with_value(&self, role: &str, value: Term<'_>) -> String {
        format!("{}: {}", role_in_words(role), self.word(value, true))
    }

    /// Returns the statement of a claim as a clause: "that Russia is allied with North Korea".
    fn clause(&self, term: Term<'_>) -> Option<String> {
        let claim = ClaimRef::new(self, term.claim()?)?;
        Some(format!("that {}", claim.statement()?.words_in(claim.mood(), false)))
    }
}
