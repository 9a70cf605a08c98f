//! Kinds at compile time: the type of an entity, and the kinds it is.

use crate::model::id::EntityId;
use crate::model::vocabulary::slot::{
    Any, AnyClaim, AnyStatement, Nothing, Number, Slot, Slotted, Text,
};
use std::fmt;
use std::marker::PhantomData;

/// An entity whose kind the program knows.
///
/// ```
/// use claimgraph::{reporting::*, ClaimGraph, Id};
/// let mut graph = ClaimGraph::new();
/// let russia: Id<State> = graph.add(State, "russia")?;
/// let actor: Id<Actor> = russia.up();                     // a state is an actor
/// assert_eq!(actor.id(), russia.id());
/// assert!(graph.typed::<Person>(russia.id()).is_err());   // and down again, checked
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub struct Id<K>(EntityId, PhantomData<fn() -> K>);

impl<K> Id<K> {
    pub(crate) fn new(entity: EntityId) -> Self {
        Self(entity, PhantomData)
    }

    /// Returns the handle without its kind.
    pub fn id(self) -> EntityId {
        self.0
    }

    /// Returns the same entity as one of a wider kind.
    pub fn up<P: Kind>(self) -> Id<P>
    where
        K: IsA<P>,
    {
        Id::new(self.0)
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Id<K> {}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K> Eq for Id<K> {}

impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<K> PartialEq<EntityId> for Id<K> {
    fn eq(&self, other: &EntityId) -> bool {
        self.0 == *other
    }
}

impl<K> PartialEq<Id<K>> for EntityId {
    fn eq(&self, other: &Id<K>) -> bool {
        *self == other.0
    }
}

impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", K::KEY, self.0.index() + 1)
    }
}

impl<K> From<Id<K>> for EntityId {
    fn from(id: Id<K>) -> Self {
        id.0
    }
}

/// A kind of entities, declared with [`vocabulary!`](macro@crate::vocabulary).
pub trait Kind: 'static {
    /// The key of the kind in the vocabulary.
    const KEY: &'static str;
    /// The keys of all kinds above it.
    const ABOVE: &'static [&'static str];
}

/// A kind is itself and each kind above it.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` is not a `{K}`",
    label = "this place takes a `{K}`",
    note = "declare it: `kind {Self}: {K}, ..;` in `vocabulary!`, or pass an `EntityId` to have the kind checked by `insert`"
)]
pub trait IsA<K> {}

impl<K: Kind> Slotted for K {
    fn slot() -> Slot {
        Slot::Kind(K::KEY.to_owned())
    }
}

/// Anything fits where anything may stand.
impl<T> IsA<Any> for T {}

macro_rules! only_itself {
    ($($marker:ident),+) => {
        $(impl IsA<$marker> for $marker {})+
    };
}

only_itself!(AnyClaim, Text, Number, AnyStatement, Nothing);
