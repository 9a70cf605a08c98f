//! The answer to a look-up by name: one entity, several or none. [`ClaimGraph::lookup`](crate::ClaimGraph::lookup)
//! returns it.

/// The answer to a look-up by name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lookup<T> {
    /// No entity of the wanted kind has the name.
    Unknown,
    /// Exactly one entity has it.
    One(T),
    /// Several entities have it, in order of their keys.
    Ambiguous(Vec<T>),
}

impl<T> Lookup<T> {
    pub(crate) fn of(mut found: Vec<T>) -> Self {
        match (found.pop(), found.is_empty()) {
            (None, _) => Lookup::Unknown,
            (Some(one), true) => Lookup::One(one),
            (Some(last), false) => {
                found.push(last);
                Lookup::Ambiguous(found)
            }
        }
    }

    /// Returns the entity, if there is exactly one.
    pub fn one(self) -> Option<T> {
        match self {
            Lookup::One(one) => Some(one),
            _ => None,
        }
    }

    /// Returns whether no entity has the name.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Lookup::Unknown)
    }

    /// Returns whether several entities have the name.
    pub fn is_ambiguous(&self) -> bool {
        matches!(self, Lookup::Ambiguous(_))
    }
}
