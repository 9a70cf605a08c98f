//! What a name leads to.

/// The answer to a look-up by name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lookup<T> {
    /// Nobody of the wanted kind bears the name.
    Unknown,
    /// This one does.
    One(T),
    /// These do, in order of their keys.
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

    /// Returns the entity, where there is exactly one.
    pub fn one(self) -> Option<T> {
        match self {
            Lookup::One(one) => Some(one),
            _ => None,
        }
    }

    /// Whether nobody bears the name.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Lookup::Unknown)
    }

    /// Whether several do.
    pub fn is_ambiguous(&self) -> bool {
        matches!(self, Lookup::Ambiguous(_))
    }
}
