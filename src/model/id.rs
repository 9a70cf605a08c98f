//! Handles of a graph: small `Copy` numbers for entities, claims, links. `Option<EntityId>` takes no more room
//! than `EntityId`.
//!
//! The graph hands them out, and its methods take them. This file also checks the text of keys.

use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::text::excerpt;
use std::fmt;
use std::num::NonZeroU32;

macro_rules! id {
    ($(#[$meta:meta])* $vis:vis $name:ident, $word:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis struct $name(NonZeroU32);

        impl $name {
            /// Returns the handle of position `index`, or `None` past four billion.
            #[inline]
            pub(crate) fn at(index: usize) -> Option<Self> {
                let number = u32::try_from(index).ok()?.checked_add(1)?;
                NonZeroU32::new(number).map(Self)
            }

            /// Returns the handle with this number, counted from one.
            #[allow(dead_code)] // not every handle is in a column of its own
            #[inline]
            pub(crate) fn numbered(number: u32) -> Option<Self> {
                NonZeroU32::new(number).map(Self)
            }

            /// Returns its number, counted from one.
            #[inline]
            pub(crate) fn number(self) -> u32 {
                self.0.get()
            }

            /// Returns the position this handle stands for, counted from zero.
            #[inline]
            $vis fn index(self) -> usize {
                self.number() as usize - 1
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($word, "#{}"), self.0)
            }
        }
    };
}

id! {
    /// An entity of one [`ClaimGraph`](crate::ClaimGraph), whatever its kind.
    ///
    /// It is the position in order of adding. A handle belongs to the graph that gave it out. A handle of another
    /// graph is refused if it is out of range or of the wrong kind; otherwise it cannot be told apart, so keep
    /// the key.
    pub EntityId, "entity"
}
id! {
    /// A claim of one [`ClaimGraph`](crate::ClaimGraph): its position in order of insertion.
    ///
    /// A snapshot keeps it; other formats do not. All formats keep the [`ClaimKey`](crate::claim::ClaimKey).
    pub ClaimId, "claim"
}
id! {
    /// A [`Lineage`](crate::sources::Lineage) link of one graph.
    pub LineageId, "lineage"
}
id! {
    /// An [`Affiliation`](crate::entity::Affiliation) of one graph.
    pub AffiliationId, "affiliation"
}
id! {
    /// A [`Batch`](crate::record::Batch) of one graph.
    pub BatchId, "batch"
}
id! {
    /// A [`Judgement`](crate::identity::Judgement) of one graph.
    pub JudgementId, "judgement"
}
id! {
    /// A chain of speakers and a document, kept once.
    pub(crate) OriginId, "origin"
}

impl OriginId {
    /// The first origin of every graph.
    pub(crate) const FIRST: OriginId = OriginId(NonZeroU32::MIN);
}

impl EntityId {
    /// The last there can be.
    pub(crate) const LAST: EntityId = EntityId(NonZeroU32::MAX);

    /// Returns the handle of the entity at this position in order of adding, counted from zero; `None` past four
    /// billion.
    ///
    /// Useful when entities are added in a known order: the handle can be computed instead of stored. Inserting with a
    /// handle that the graph does not have is an error; queries about it return nothing.
    ///
    /// ```
    /// use claimgraph::{reporting::*, ClaimGraph, EntityId};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "russia")?.id();
    /// let belarus = graph.add(State, "belarus")?.id();
    /// assert_eq!([EntityId::nth(0), EntityId::nth(1)], [Some(russia), Some(belarus)]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[inline]
    pub fn nth(position: usize) -> Option<Self> {
        Self::at(position)
    }

    /// Returns the position as a number of 32 bits, as projections hold it.
    #[inline]
    pub(crate) fn place(self) -> u32 {
        self.number() - 1
    }
}

impl ClaimId {
    /// The first claim of every graph.
    pub(crate) const FIRST: ClaimId = ClaimId(NonZeroU32::MIN);

    /// The last there can be.
    pub(crate) const LAST: ClaimId = ClaimId(NonZeroU32::MAX);

    /// Returns the handle of the claim at this position in order of insertion, counted from zero; `None` past four
    /// billion. Whether a graph has so many claims is checked when the handle is used.
    #[inline]
    pub fn nth(position: usize) -> Option<Self> {
        Self::at(position)
    }
}

/// One claim is a list of one: `.confirms(dispatch)` and `.dismisses([a, b])` are the same method.
impl IntoIterator for ClaimId {
    type Item = ClaimId;
    type IntoIter = std::iter::Once<ClaimId>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self)
    }
}

macro_rules! symbol {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub(crate) struct $name(u16);

        impl $name {
            #[inline]
            pub(crate) fn at(index: usize) -> Option<Self> {
                u16::try_from(index).ok().filter(|&number| number != u16::MAX).map(Self)
            }

            #[inline]
            pub(crate) fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    };
}

symbol! {
    /// A kind, by its place in the vocabulary.
    KindId
}
symbol! {
    /// A relation, by its place in the vocabulary.
    RelationId
}
impl RelationId {
    /// Of a claim without a statement. No vocabulary has so many.
    pub(crate) const NONE: RelationId = RelationId(u16::MAX);
}

symbol! {
    /// A role, by its place in the vocabulary.
    RoleId
}

/// Returns what a handle leads to. The handle was checked when it came in, and what it leads to is never removed.
#[expect(clippy::expect_used, reason = "a default for a broken invariant would be a wrong answer")]
#[track_caller]
pub(crate) fn checked<T>(found: Option<T>) -> T {
    found.expect("the handle was checked when it came in")
}

/// The greatest length of a key.
pub(crate) const MOST_BYTES_OF_KEY: usize = 512;

/// Returns whether all eight are ASCII without controls, from the space to `~`, by one sum for all.
fn are_printable(eight: [u8; 8]) -> bool {
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    let bytes = u64::from_le_bytes(eight);
    // The first byte that is not has its highest bit set here: below it, nothing is borrowed or carried.
    (bytes | bytes.wrapping_sub(each(b' ')) | bytes.wrapping_add(each(0x7f - b'~'))) & each(0x80)
        == 0
}

/// Returns whether a byte is ASCII without controls.
#[inline]
pub(crate) fn is_printable(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

/// Returns whether a key does not begin or end with a space.
#[inline]
pub(crate) fn has_no_spaces_around(key: &[u8]) -> bool {
    key.first() != Some(&b' ') && key.last() != Some(&b' ')
}

/// Checks a key: 1 to 512 bytes, no control characters, no white space at its ends.
pub(crate) fn check_key(key: &str, part: FieldPath) -> Result<(), Error> {
    let (eights, rest) = key.as_bytes().as_chunks::<8>();
    let printable = eights.iter().all(|&eight| are_printable(eight))
        && rest.iter().all(|&byte| is_printable(byte));
    let plain = printable && has_no_spaces_around(key.as_bytes());
    let problem = if key.is_empty() {
        "it is empty"
    } else if plain && key.len() <= MOST_BYTES_OF_KEY {
        // Nearly all: no need to look for more.
        return Ok(());
    } else if key.len() > MOST_BYTES_OF_KEY {
        "it is longer than 512 bytes"
    } else if key.chars().any(char::is_control) {
        "it holds a control character"
    } else if key.trim() != key {
        "it begins or ends with white space"
    } else {
        return Ok(());
    };
    Err(Error::new(part, ErrorKind::BadText { text: excerpt(key), problem }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_optional_id_takes_no_extra_room() {
        assert_eq!(size_of::<Option<EntityId>>(), size_of::<u32>());
        assert_eq!(size_of::<Option<ClaimId>>(), size_of::<u32>());
    }

    #[test]
    fn an_id_past_the_range_is_none() {
        assert_eq!(EntityId::at(u32::MAX as usize), None);
        assert_eq!(EntityId::at(7).map(EntityId::index), Some(7));
        assert_eq!(format!("{:?}", ClaimId::at(1)), "Some(claim#2)");
    }

    #[test]
    fn eight_bytes_are_printable_when_each_is() {
        for byte in 0..=u8::MAX {
            for (place, other) in
                (0..8).flat_map(|place| [b'!', b'a', b'~', b' ', 0xff].map(|other| (place, other)))
            {
                let mut eight = [other; 8];
                eight[place] = byte;
                assert_eq!(
                    are_printable(eight),
                    eight.iter().all(|&byte| is_printable(byte)),
                    "{eight:?}"
                );
            }
        }
    }
}
