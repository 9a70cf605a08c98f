//! Reads statements back: a [`StatementRef`] returns the subject, relation, object and roles of a statement on record.
//! Questions and writers of files call it.

use crate::graph::ClaimGraph;
use crate::model::id::{ClaimId, EntityId, RelationId, RoleId};
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Basis;
use crate::model::vocabulary::RelationDef;
use crate::model::vocabulary::Slot;
use crate::model::vocabulary::relation::{Relation, Role, RoleLabel};
use crate::store::stored_claim::{HeldArgument, HeldRef, HeldStatement};
use std::fmt;

/// A term of a claim: its subject, its object or the value of a role.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Term<'g> {
    /// An entity.
    Entity(EntityId),
    /// A claim.
    Claim(ClaimId),
    /// A text.
    Text(&'g str),
    /// A quantity.
    Quantity(&'g Quantity),
    /// A statement that nobody asserts.
    Statement(StatementRef<'g>),
    /// Nothing, because the relation has one party.
    Nothing,
    /// Something that the text does not state.
    NotStated,
}

impl<'g> Term<'g> {
    pub(crate) fn of(graph: &'g ClaimGraph, held: HeldRef<'g>) -> Self {
        match held {
            HeldRef::Entity(entity) => Term::Entity(entity),
            HeldRef::Claim(claim) => Term::Claim(claim),
            HeldRef::Text(text) => Term::Text(text),
            HeldRef::Quantity(quantity) => Term::Quantity(quantity),
            HeldRef::Statement(statement) => Term::Statement(StatementRef {
                graph,
                said: Said::Held(statement, &statement.roles),
            }),
            HeldRef::Nothing => Term::Nothing,
            HeldRef::NotStated => Term::NotStated,
        }
    }

    /// Returns the entity, if the term is one.
    pub fn entity(self) -> Option<EntityId> {
        match self {
            Term::Entity(entity) => Some(entity),
            _ => None,
        }
    }

    /// Returns the claim, if the term is one.
    pub fn claim(self) -> Option<ClaimId> {
        match self {
            Term::Claim(claim) => Some(claim),
            _ => None,
        }
    }

    /// Returns the text, if the term is one.
    pub fn text(self) -> Option<&'g str> {
        match self {
            Term::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A statement on record: a subject, a relation, an object and roles.
#[derive(Clone, Copy)]
pub struct StatementRef<'g> {
    pub(super) graph: &'g ClaimGraph,
    pub(super) said: Said<'g>,
}

#[derive(Clone, Copy)]
pub(super) enum Said<'g> {
    /// Two entities that the text names, and no roles.
    Plain(EntityId, RelationId, EntityId),
    Held(&'g HeldStatement, &'g [(RoleId, HeldArgument)]),
}

impl<'g> StatementRef<'g> {
    pub(crate) fn held_subject(self) -> HeldRef<'g> {
        match self.said {
            Said::Plain(subject, _, _) => HeldRef::Entity(subject),
            Said::Held(statement, _) => statement.subject.held.borrow(),
        }
    }

    pub(crate) fn held_object(self) -> HeldRef<'g> {
        match self.said {
            Said::Plain(_, _, object) => HeldRef::Entity(object),
            Said::Held(statement, _) => statement.object.held.borrow(),
        }
    }

    pub(crate) fn held_roles(self) -> &'g [(RoleId, HeldArgument)] {
        match self.said {
            Said::Plain(..) => &[],
            Said::Held(_, roles) => roles,
        }
    }

    /// Returns the subject.
    pub fn subject(self) -> Term<'g> {
        Term::of(self.graph, self.held_subject())
    }

    /// Returns whether the text names the subject or a reader fills it in.
    pub fn subject_basis(self) -> Basis {
        match self.said {
            Said::Plain(..) => Basis::Stated,
            Said::Held(statement, _) => statement.subject.basis,
        }
    }

    /// Returns the definition of the relation.
    pub fn relation(self) -> &'g RelationDef {
        // The relation was checked when the claim was inserted, and the vocabulary only grows.
        self.graph.vocabulary.relation_def(self.relation_id()).unwrap_or(unknown_relation())
    }

    #[inline]
    pub(crate) fn relation_id(self) -> RelationId {
        match self.said {
            Said::Plain(_, relation, _) => relation,
            Said::Held(statement, _) => statement.relation,
        }
    }

    /// Returns whether the statement has this relation.
    pub fn is<S, O>(self, relation: Relation<S, O>) -> bool {
        self.graph.resolve_relation(relation).is_ok_and(|r| r == self.relation_id())
    }

    /// Returns the object.
    pub fn object(self) -> Term<'g> {
        Term::of(self.graph, self.held_object())
    }

    /// Returns whether the text names the object or a reader fills it in.
    pub fn object_basis(self) -> Basis {
        match self.said {
            Said::Plain(..) => Basis::Stated,
            Said::Held(statement, _) => statement.object.basis,
        }
    }

    /// Returns the roles: key, value, and whether the text states the value. They are sorted by key; the values of one
    /// role keep the order in which they were given.
    pub fn roles(self) -> impl Iterator<Item = (&'g str, Term<'g>, Basis)> {
        let graph = self.graph;
        self.held_roles().iter().map(move |(role, argument)| {
            (
                graph.vocabulary.role_key(*role),
                Term::of(graph, argument.held.borrow()),
                argument.basis,
            )
        })
    }

    /// Returns the values of one role.
    pub fn role<V>(self, role: Role<V>) -> impl Iterator<Item = Term<'g>> {
        values(self.graph, self.held_roles(), role.0)
    }
}

/// Shows subject, relation and object.
impl fmt::Debug for StatementRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {} {:?}", self.subject(), self.relation().key, self.object())
    }
}

pub(super) fn values<'g>(
    graph: &'g ClaimGraph,
    roles: &'g [(RoleId, HeldArgument)],
    label: RoleLabel,
) -> impl Iterator<Item = Term<'g>> {
    let wanted = graph.resolve_role(label).ok();
    roles
        .iter()
        .filter(move |(role, _)| Some(*role) == wanted)
        .map(move |(_, argument)| Term::of(graph, argument.held.borrow()))
}

fn unknown_relation() -> &'static RelationDef {
    static UNKNOWN: std::sync::OnceLock<RelationDef> = std::sync::OnceLock::new();
    UNKNOWN.get_or_init(|| RelationDef::new("?", Slot::Any, Slot::Any))
}
