//! Kinds at compile time: what an entity is, and what may stand where.

use crate::model::id::{ClaimId, EntityId};
use crate::model::statement::{Argument, Statement, Value};
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Basis;
use crate::model::vocabulary::Slot;
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

    /// The handle without its kind.
    pub fn id(self) -> EntityId {
        self.0
    }

    /// The same entity as one of a wider kind.
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

/// Where anything may stand; as a value in a question, whatever stands there.
///
/// ```
/// use claimgraph::{date, reporting::*, vocabulary::Any, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
/// graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
/// assert_eq!(graph.statement(Any, DEPLOYS_TO, russia).backing().len(), 1);   // who deploys to Russia?
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Any;
/// Where a claim stands.
#[derive(Clone, Copy, Debug)]
pub struct AnyClaim;
/// Where a text stands.
#[derive(Clone, Copy, Debug)]
pub struct Text;
/// Where a [`Quantity`] stands.
#[derive(Clone, Copy, Debug)]
pub struct Number;
/// Where a [`Statement`] stands that nobody asserts: a condition.
#[derive(Clone, Copy, Debug)]
pub struct AnyStatement;
/// Where nothing stands, as in "the war began".
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

/// The text leaves this part open and no default is safe: "a demand, to whom is not said".
#[derive(Clone, Copy, Debug)]
pub struct NotStated;

/// The text leaves this part out, and a reader fills it in: `implicit(russia)`.
#[derive(Clone, Copy, Debug)]
pub struct Implicit<T>(T);

impl<T> Implicit<T> {
    pub(crate) fn into_inner(self) -> T {
        self.0
    }
}

/// Marks a subject, object or role value as filled in by the reader.
pub fn implicit<T>(value: T) -> Implicit<T> {
    Implicit(value)
}

macro_rules! marker_slots {
    ($($marker:ident => $slot:ident),+) => {
        $(
            impl Slotted for $marker {
                const SLOT: SlotConst = SlotConst::$slot;
            }
        )+
        $(marker_is_a!($marker);)+
    };
}

macro_rules! marker_is_a {
    (Any) => {};
    ($marker:ident) => {
        impl IsA<$marker> for $marker {}
    };
}

/// Anything fits where anything may stand.
impl<T> IsA<Any> for T {}

/// A kind or marker as a relation or role asks for it; known to [`vocabulary!`](macro@crate::vocabulary).
pub trait Slotted {
    #[doc(hidden)]
    const SLOT: SlotConst;
}

#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum SlotConst {
    Any,
    Kind(&'static str),
    Claim,
    Text,
    Number,
    Statement,
    Nothing,
}

impl From<SlotConst> for Slot {
    fn from(slot: SlotConst) -> Slot {
        match slot {
            SlotConst::Any => Slot::Any,
            SlotConst::Kind(key) => Slot::Kind(key.to_owned()),
            SlotConst::Claim => Slot::Claim,
            SlotConst::Text => Slot::Text,
            SlotConst::Number => Slot::Number,
            SlotConst::Statement => Slot::Statement,
            SlotConst::Nothing => Slot::Nothing,
        }
    }
}

impl<K: Kind> Slotted for K {
    const SLOT: SlotConst = SlotConst::Kind(K::KEY);
}

marker_slots!(Any => Any, AnyClaim => Claim, Text => Text, Number => Number, AnyStatement => Statement, Nothing => Nothing);

/// What may stand where a relation or a role asks for `K`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand where `{K}` is wanted",
    label = "wanted here: `{K}`",
    note = "entities stand for kinds, claims for `AnyClaim`, text for `Text`, a `Quantity` for `Number`, a `Statement` for `AnyStatement`, `()` for `Nothing`"
)]
pub trait Fills<K> {
    /// The value as it is handed to the graph.
    fn argument(self) -> Argument;
}

impl<T: IsA<K>, K: Kind> Fills<K> for Id<T> {
    fn argument(self) -> Argument {
        Argument::stated(Value::Entity(self.0))
    }
}

/// The kind of an untyped handle is checked by `insert`.
impl<K: Kind> Fills<K> for EntityId {
    fn argument(self) -> Argument {
        Argument::stated(Value::Entity(self))
    }
}

impl<T> Fills<Any> for Id<T> {
    fn argument(self) -> Argument {
        Argument::stated(Value::Entity(self.0))
    }
}

impl<K> Fills<K> for NotStated {
    fn argument(self) -> Argument {
        Argument::stated(Value::NotStated)
    }
}

impl<K> Fills<K> for Any {
    fn argument(self) -> Argument {
        Argument::stated(Value::Any)
    }
}

impl<K, T: Fills<K>> Fills<K> for Implicit<T> {
    fn argument(self) -> Argument {
        Argument { basis: Basis::Implicit, ..self.0.argument() }
    }
}

macro_rules! fills {
    ($($type:ty => [$($slot:ty),+], $make:expr;)+) => {
        $($(impl Fills<$slot> for $type {
            fn argument(self) -> Argument {
                #[allow(clippy::redundant_closure_call)]
                Argument::stated($make(self))
            }
        })+)+
    };
}

fills! {
    EntityId => [Any], Value::Entity;
    ClaimId => [AnyClaim, Any], Value::Claim;
    &str => [Text, Any], |text: &str| Value::Text(text.to_owned());
    String => [Text, Any], Value::Text;
    Quantity => [Number, Any], |quantity| Value::Quantity(Box::new(quantity));
    Statement => [AnyStatement, Any], |statement| Value::Statement(Box::new(statement));
    () => [Nothing, Any], |()| Value::Nothing;
}
