//! What speakers take sides on, and which side a claim takes.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::graph::claim_ref::Term;
use crate::model::id::{ClaimId, EntityId, RelationId, RoleId};
use crate::model::value::stance::{Basis, Certainty, Modality, Polarity, Stance};
use crate::store::stored_claim::HeldRef;
use crate::view::View;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// Which side somebody takes on a matter: the three values of stance detection, and of a roll call.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Says so, confirms it, wants it, praises it; yes.
    For,
    /// Denies it, dismisses the claim that says so, blames it; no.
    Against,
    /// Leaves it open: doubts it, holds it possible, praises and blames; abstention.
    Neutral,
}

impl Side {
    /// Every value, in the order of declaration.
    pub const ALL: &[Side] = &[Side::For, Side::Against, Side::Neutral];

    /// The side that a claim takes on what it speaks of; `None` where it takes none (a threat, a
    /// retraction).
    ///
    /// | stance | side |
    /// |---|---|
    /// | asserts, observes, estimates, confirms, acknowledges, presupposes, revises, projects | for; neutral where the speaker is less than probably sure |
    /// | demands, calls for | for |
    /// | assesses | by its polarity; mixed is neutral |
    /// | denies, dismisses | against; neutral where the speaker is less than probably sure |
    /// | doubts, speculates | neutral |
    /// | threatens, retracts | none |
    pub fn of(claim: ClaimRef<'_>) -> Option<Self> {
        use Stance::*;
        let side = match claim.stance() {
            Demands | CallsFor => return Some(Side::For),
            Doubts | Speculates => return Some(Side::Neutral),
            Threatens | Retracts => return None,
            Denies | Dismisses => Side::Against,
            Assesses => match claim.polarity() {
                Some(Polarity::Negative) => Side::Against,
                Some(Polarity::Mixed) => Side::Neutral,
                _ => Side::For,
            },
            _ => Side::For,
        };
        Some(if claim.certainty() <= Certainty::Probable { side } else { Side::Neutral })
    }

    pub(crate) fn place(self) -> usize {
        self as usize
    }

    /// The word used in sentences.
    pub const fn word(self) -> &'static str {
        match self {
            Side::For => "for",
            Side::Against => "against",
            Side::Neutral => "neutral",
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// By what matters are told apart.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Key {
    /// Subject, relation and object in the direction of the primary relation.
    Parties(EntityId, RelationId, Option<EntityId>, Modality),
    /// The statement with figure and roles, in canonical form.
    Content(Box<str>),
    Topic(EntityId),
    /// Under the name the caller gave it.
    Asked(Box<str>),
}

/// What speakers take sides on: a statement, a topic, or a question that was asked.
#[derive(Clone)]
pub struct Issue<'g> {
    graph: &'g ClaimGraph,
    pub(crate) key: Key,
    subject: Option<EntityId>,
    relation: Option<RelationId>,
    object: Option<EntityId>,
    /// What is to be printed where the key does not say it.
    words: Option<Box<str>>,
}

impl<'g> Issue<'g> {
    pub(crate) fn topic(graph: &'g ClaimGraph, topic: EntityId) -> Self {
        Self {
            graph,
            key: Key::Topic(topic),
            subject: None,
            relation: None,
            object: None,
            words: None,
        }
    }

    pub(crate) fn asked(graph: &'g ClaimGraph, name: &str) -> Self {
        let words = Some(name.into());
        Self {
            graph,
            key: Key::Asked(name.into()),
            subject: None,
            relation: None,
            object: None,
            words,
        }
    }

    /// The subject of the statement, if that is an entity.
    pub fn subject(&self) -> Option<EntityId> {
        self.subject
    }

    /// The key of the statement's relation, the primary one of an inverse.
    pub fn relation(&self) -> Option<&'g str> {
        self.relation.map(|relation| self.graph.vocabulary.relation_key(relation))
    }

    /// The object of the statement, if that is an entity.
    pub fn object(&self) -> Option<EntityId> {
        self.object
    }

    /// The topic, in a matrix by topics.
    pub fn as_topic(&self) -> Option<EntityId> {
        match self.key {
            Key::Topic(topic) => Some(topic),
            _ => None,
        }
    }

    /// By the keys of entities and relation: the same in every graph.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        let key = |entity: Option<EntityId>| entity.map(|entity| self.graph.key_of(entity));
        let parts = |m: &Self| (key(m.as_topic()), key(m.subject), m.relation(), key(m.object));
        let rest = |m: &Self| match &m.key {
            Key::Parties(.., modality) => (Some(*modality), None),
            Key::Content(text) | Key::Asked(text) => (None, Some(text.clone())),
            Key::Topic(_) => (None, None),
        };
        parts(self).cmp(&parts(other)).then_with(|| rest(self).cmp(&rest(other)))
    }
}

/// The statement in words, without who says it.
impl fmt::Display for Issue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(words) = &self.words {
            return f.write_str(words);
        }
        match self.key {
            Key::Topic(topic) => f.write_str(self.graph.name_of(topic)),
            Key::Parties(subject, relation, object, modality) => {
                write!(f, "{} {}", self.graph.name_of(subject), self.graph.verb(relation))?;
                object.map_or(Ok(()), |object| write!(f, " {}", self.graph.name_of(object)))?;
                if modality == Modality::Actual { Ok(()) } else { write!(f, " ({modality})") }
            }
            // Printed from their words.
            Key::Content(_) | Key::Asked(_) => Ok(()),
        }
    }
}

impl fmt::Debug for Issue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Matter({self})")
    }
}

impl PartialEq for Issue<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph) && self.key == other.key
    }
}

impl ClaimGraph {
    fn verb(&self, relation: RelationId) -> String {
        let label = self.vocabulary.relation_def(relation).and_then(|def| def.label.clone());
        label.unwrap_or_else(|| self.vocabulary.relation_key(relation).replace('-', " "))
    }
}

impl<'g> View<'g> {
    /// The claims whose statements a claim takes a side on, with the side: its own statement, or, where it
    /// has none, those of the claims it answers. Possible readings do not count, and dismissing a denial
    /// is no word on the fact.
    pub(crate) fn sides(&self, claim: ClaimRef<'g>) -> Vec<(ClaimRef<'g>, Side)> {
        let Some(side) = Side::of(claim) else { return Vec::new() };
        if self.proposition(claim).is_some() {
            return vec![(claim, side)];
        }
        let firm = claim.targets().filter(|(_, basis)| *basis != Basis::Possible);
        let told = firm.filter_map(|(target, _)| ClaimRef::new(self.graph, target));
        let on = told.filter_map(|target| {
            self.proposition(target)?;
            match (side, Side::of(target)?) {
                (Side::Neutral, _) | (Side::For, Side::Neutral) => Some((target, Side::Neutral)),
                (Side::For, theirs) => Some((target, theirs)),
                (Side::Against, Side::For) => Some((target, Side::Against)),
                (Side::Against, _) => None,
            }
        });
        on.collect()
    }

    /// What the claim's statement is about: the statement alone where it has two parties and no more, else
    /// with figure and roles.
    pub(crate) fn matter(&self, claim: ClaimRef<'g>) -> Option<Issue<'g>> {
        let said = self.proposition(claim)?;
        let vocabulary = &self.graph.vocabulary;
        let (relation, turned) = vocabulary.primary(said.relation);
        let (mut subject, mut object) = (said.subject?, said.object?);
        let entity = |held: HeldRef<'_>| match held {
            HeldRef::Entity(entity) => Some(entity),
            _ => None,
        };
        let symmetric = vocabulary.relation_def(relation).is_some_and(|def| def.symmetric);
        let unordered = symmetric
            && entity(subject)
                .zip(entity(object))
                .is_some_and(|(s, o)| self.graph.key_of(o) < self.graph.key_of(s));
        if turned || unordered {
            std::mem::swap(&mut subject, &mut object);
        }
        let modality = self.commitment(claim).unwrap_or(claim.modality());
        let roles: Vec<&(RoleId, _)> =
            said.roles.iter().filter(|(role, _)| self.graph.is_content(*role)).collect();
        let plain = roles.is_empty() && said.quantity.is_none();
        let (subject_entity, object_entity) = (entity(subject), entity(object));
        let matter = |key, words| Issue {
            graph: self.graph,
            key,
            subject: subject_entity,
            relation: Some(relation),
            object: object_entity,
            words,
        };
        match (subject_entity, object_entity, object) {
            (Some(s), Some(o), _) if plain => {
                return Some(matter(Key::Parties(s, relation, Some(o), modality), None));
            }
            (Some(s), None, HeldRef::Nothing) if plain => {
                return Some(matter(Key::Parties(s, relation, None, modality), None));
            }
            _ => {}
        }
        let name =
            |id: ClaimId| self.graph.claim_key(id).map(|key| key.to_string()).unwrap_or_default();
        let record = |held: HeldRef<'g>| self.graph.term_record(held, Basis::Stated, &name);
        let quantity = said.quantity.map(|quantity| {
            let mut quantity = self.graph.in_unit(quantity).into_owned();
            quantity.words = None;
            quantity
        });
        let mut told: Vec<(&str, String)> = roles
            .iter()
            .map(|(role, argument)| {
                let value =
                    serde_json::to_string(&record(argument.held.borrow())).unwrap_or_default();
                (vocabulary.role_key(*role), value)
            })
            .collect();
        told.sort();
        let content = (
            vocabulary.relation_key(relation),
            record(subject),
            record(object),
            &told,
            &quantity,
            modality,
        );
        let canonical = serde_json::to_string(&content).unwrap_or_default();

        let word = |held: HeldRef<'g>| self.graph.word(Term::of(self.graph, held), true);
        let mut words = format!("{} {} {}", word(subject), self.graph.verb(relation), word(object))
            .trim_end()
            .to_owned();
        quantity.iter().for_each(|quantity| words.push_str(&format!(": {quantity}")));
        for (role, argument) in roles {
            words.push_str(&format!(
                " ({}: {})",
                vocabulary.role_key(*role),
                word(argument.held.borrow())
            ));
        }
        if modality != Modality::Actual {
            words.push_str(&format!(" ({modality})"));
        }
        Some(matter(Key::Content(canonical.into()), Some(words.into())))
    }
}
