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
}

/// A named further argument of a relation, whose values are `V`.
pub struct Role<V>(pub(crate) RoleLabel, PhantomData<fn(V)>);

/// Gives a label with types what does not depend on them.
macro_rules! labels {
    ($($name:ident<$($slot:ident),+>: $any:ty, $place:ty;)+) => {
        $(impl<$($slot),+> $name<$($slot),+> {
            /// Returns the constant with this key. [`vocabulary!`](macro@crate::vocabulary) declares the key too.
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

        impl $any {
            pub(crate) const fn placed(place: $place) -> Self {
                Self(Label::Place(place), PhantomData)
            }
        }

        impl<$($slot),+> Clone for $name<$($slot),+> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$($slot),+> Copy for $name<$($slot),+> {}

        impl<$($slot),+> fmt::Debug for $name<$($slot),+> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), self.0)
            }
        })+
    };
}

labels! {
    Relation<S, O>: Relation<Any, Any>, RelationId;
    Role<V>: Role<Any>, RoleId;
}
