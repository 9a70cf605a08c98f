//! Reads statements back: a [`StatementRef`] returns the subject, relation, object and roles of a statement on record.
//! Questions and writers of files call it.

use crate::graph::ClaimGraph;
use crate::model::id::{ClaimId, EntityId, RelationId, RoleId};
use crate::model::time::period::Period;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Basis;
use crate::model::vocabulary::RelationDef;
use crate::model::vocabulary::relation::{Relation, Role, RoleLabel};
use crate::store::stored_claim::{Held, HeldArgument, HeldStatement};
use std::fmt;
use std::hash::{Hash, Hasher};

/// A term of a claim: its subject, its object or the value of a role.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
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
    pub(crate) fn of(graph: &'g ClaimGraph, held: &'g Held) -> Self {
        match held {
            Held::Entity(entity) => Term::Entity(*entity),
            Held::Claim(claim) => Term::Claim(*claim),
            Held::Text(text) => Term::Text(text),
            Held::Quantity(quantity) => Term::Quantity(quantity),
            Held::Statement(statement) => {
                let said = Said::Held(statement, &statement.roles);
                Term::Statement(StatementRef { graph, said })
            }
            Held::Nothing => Term::Nothing,
            Held::NotStated => Term::NotStated,
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
    pub(crate) fn held_roles(self) -> &'g [(RoleId, HeldArgument)] {
        match self.said {
            Said::Plain(..) => &[],
            Said::Held(_, roles) => roles,
        }
    }

    pub(crate) fn to_held(self) -> HeldStatement {
        let stated = |entity| HeldArgument { value: Held::Entity(entity), basis: Basis::Stated };
        match self.said {
            Said::Plain(subject, relation, object) => {
                let (subject, object) = (stated(subject), stated(object));
                HeldStatement {
                    subject,
                    relation,
                    object,
                    roles: Vec::new(),
                    negated: false,
                    valid: None,
                }
            }
            Said::Held(statement, roles) => {
                HeldStatement { roles: roles.to_vec(), ..statement.clone() }
            }
        }
    }

    /// Returns the subject and the object, and whether the text names each.
    fn ends(self) -> [(Term<'g>, Basis); 2] {
        match self.said {
            Said::Plain(subject, _, object) => {
                [subject, object].map(|entity| (Term::Entity(entity), Basis::Stated))
            }
            Said::Held(statement, _) => [&statement.subject, &statement.object]
                .map(|argument| (Term::of(self.graph, &argument.value), argument.basis)),
        }
    }

    /// Returns the subject.
    pub fn subject(self) -> Term<'g> {
        let [(subject, _), _] = self.ends();
        subject
    }

    /// Returns whether the text names the subject or a reader fills it in.
    pub fn subject_basis(self) -> Basis {
        let [(_, basis), _] = self.ends();
        basis
    }

    /// Returns the definition of the relation.
    pub fn relation(self) -> &'g RelationDef {
        self.graph.vocabulary.relations.get(self.relation_id())
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
        let [_, (object, _)] = self.ends();
        object
    }

    /// Returns whether the text names the object or a reader fills it in.
    pub fn object_basis(self) -> Basis {
        let [_, (_, basis)] = self.ends();
        basis
    }

    /// Returns whether it is negated: a condition that begins with "unless". The statement of a claim never is.
    pub fn is_negated(self) -> bool {
        matches!(self.said, Said::Held(statement, _) if statement.negated)
    }

    /// Returns when it holds, if it stands in a role and the text says so. The time of a claim's own statement is
    /// [`ClaimRef::valid`](crate::ClaimRef::valid).
    pub fn valid(self) -> Option<&'g Period> {
        match self.said {
            Said::Plain(..) => None,
            Said::Held(statement, _) => statement.valid.as_deref(),
        }
    }

    /// Returns the roles: key, value, and whether the text states the value. They are sorted by key; the values of one
    /// role keep the order in which they were given.
    pub fn roles(self) -> impl Iterator<Item = (&'g str, Term<'g>, Basis)> {
        roles(self.graph, self.held_roles())
    }

    /// Returns the values of one role.
    pub fn role<V>(self, role: Role<V>) -> impl Iterator<Item = Term<'g>> {
        values(self.graph, self.held_roles(), role.0)
    }
}

/// Two statements are equal if they are of one graph and say the same with the same roles.
impl PartialEq for StatementRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph)
            && self.relation_id() == other.relation_id()
            && self.ends() == other.ends()
            && self.held_roles() == other.held_roles()
            && (self.is_negated(), self.valid()) == (other.is_negated(), other.valid())
    }
}

impl Eq for StatementRef<'_> {}

impl Hash for StatementRef<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.relation_id(), self.ends()).hash(state);
    }
}

/// Shows subject, relation and object.
impl fmt::Debug for StatementRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {} {:?}", self.subject(), self.relation().key, self.object())
    }
}

/// Returns the roles: key, value, and whether the text states the value.
pub(super) fn roles<'g>(
    graph: &'g ClaimGraph,
    roles: &'g [(RoleId, HeldArgument)],
) -> impl Iterator<Item = (&'g str, Term<'g>, Basis)> {
    roles.iter().map(move |(role, argument)| {
        (graph.vocabulary.roles.key(*role), Term::of(graph, &argument.value), argument.basis)
    })
}

/// Returns the values of one role.
pub(super) fn values<'g>(
    graph: &'g ClaimGraph,
    roles: &'g [(RoleId, HeldArgument)],
    label: RoleLabel,
) -> impl Iterator<Item = Term<'g>> {
    let wanted = graph.resolve_role(label).ok();
    roles
        .iter()
        .filter(move |(role, _)| Some(*role) == wanted)
        .map(move |(_, argument)| Term::of(graph, &argument.value))
}
