//! Relations and roles as typed constants, which the compiler checks against the values they take.

use crate::model::id::{RelationId, RoleId};
use crate::model::vocabulary::kind::IsA;
use crate::model::vocabulary::slot::Any;
use std::fmt;
use std::marker::PhantomData;

/// Names a relation or role: by key until a graph has resolved it, by place afterwards.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Label<I> {
    Key(&'static str),
    Place(I),
}

impl<I> Label<I> {
    /// Returns the key of what no graph has resolved, for the declaration and for messages.
    pub(crate) const fn key(self) -> &'static str
    where
        I: Copy,
    {
        match self {
            Label::Key(key) => key,
            Label::Place(_) => "",
        }
    }
}

pub(crate) type RelationLabel = Label<RelationId>;
pub(crate) type RoleLabel = Label<RoleId>;

/// A relation that takes an `S` as subject and an `O` as object.
///
/// Constants come from [`vocabulary!`](macro@crate::vocabulary). `insert` checks the subject and object of a
/// `Relation<Any, Any>`, which comes from [`ClaimGraph::relation`](crate::ClaimGraph::relation).
pub struct Relation<S, O>(pub(crate) RelationLabel, PhantomData<fn(S, O)>);

impl<S, O> Relation<S, O> {
    /// Returns the relation with this key. [`vocabulary!`](macro@crate::vocabulary) declares it along with the
    /// constant.
    #[doc(hidden)]
    pub const fn named(key: &'static str) -> Self {
        Self(Label::Key(key), PhantomData)
    }

    /// Returns the same relation, with subject and object checked at run time.
    pub const fn untyped(self) -> Relation<Any, Any> {
        Relation(self.0, PhantomData)
    }

    /// Compiles if the relation that this one implies takes its subject and object.
    #[doc(hidden)]
    pub const fn implying<S2, O2>(self, _: Relation<S2, O2>)
    where
        S: IsA<S2>,
        O: IsA<O2>,
    {
    }

    /// Returns the key, for the declaration.
    #[doc(hidden)]
    pub const fn key(self) -> &'static str {
        self.0.key()
    }
}

impl Relation<Any, Any> {
    pub(crate) const fn placed(place: RelationId) -> Self {
        Self(Label::Place(place), PhantomData)
    }
}

impl<S, O> Clone for Relation<S, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, O> Copy for Relation<S, O> {}

impl<S, O> fmt::Debug for Relation<S, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Relation({:?})", self.0)
    }
}

/// A named further argument of a relation, whose values are `V`.
pub struct Role<V>(pub(crate) RoleLabel, PhantomData<fn(V)>);

impl<V> Role<V> {
    /// Returns the role with this key. [`vocabulary!`](macro@crate::vocabulary) declares it along with the constant.
    #[doc(hidden)]
    pub const fn named(key: &'static str) -> Self {
        Self(Label::Key(key), PhantomData)
    }

    /// Returns the key, for the declaration.
    #[doc(hidden)]
    pub const fn key(self) -> &'static str {
        self.0.key()
    }
}

impl Role<Any> {
    pub(crate) const fn placed(place: RoleId) -> Self {
        Self(Label::Place(place), PhantomData)
    }
}

impl<V> Clone for Role<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Role<V> {}

impl<V> fmt::Debug for Role<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Role({:?})", self.0)
    }
}
