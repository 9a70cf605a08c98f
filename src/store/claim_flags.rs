//! The marks of a claim: stance, certainty, modality, prominence and four flags in sixteen bits. Insertion makes them;
//! the columns keep them, and views filter by them.

use crate::model::id::RelationId;
use crate::model::value::stance::{Certainty, Modality, Prominence, Stance};
use crate::model::vocabulary::Vocabulary;

/// | bits | |
/// |---|---|
/// | 0-4 | stance |
/// | 5-6 | certainty |
/// | 7-9 | modality |
/// | 10 | prominence |
/// | 11 | joins two entities where the filter does not name stance, modality or certainty |
/// | 12 | answers claims |
/// | 13 | the relation is symmetric |
/// | 14 | the relation is an inverse: its primary points the other way |
/// | 15 | the relation is a state |
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Marks(u16);

impl Marks {
    /// The marks of no claim; room in a column is filled with them.
    pub(crate) const NONE: Marks = Marks(0);
    pub(crate) const STANCE: u16 = 31;
    pub(crate) const JOINS: u16 = 1 << 11;
    pub(crate) const ANSWERS: u16 = 1 << 12;
    pub(crate) const SYMMETRIC: u16 = 1 << 13;
    pub(crate) const INVERSE: u16 = 1 << 14;
    pub(crate) const STATE: u16 = 1 << 15;
    /// The bits of claims whose arc can be read from the other side.
    pub(crate) const TURNS: u16 = Self::SYMMETRIC | Self::INVERSE;

    #[inline]
    pub(crate) fn new(
        stance: Stance,
        certainty: Certainty,
        modality: Modality,
        prominence: Prominence,
    ) -> Self {
        Self(
            stance as u16
                | (certainty as u16) << 5
                | (modality as u16) << 7
                | (prominence as u16) << 10,
        )
    }

    /// Returns the bits of a relation: whether a statement under it can be read from the other side, and whether it
    /// lasts.
    pub(crate) fn of_relation(vocabulary: &Vocabulary, relation: RelationId) -> u16 {
        Marks::NONE
            .with(Self::SYMMETRIC, vocabulary.relations.get(relation).symmetric)
            .with(Self::INVERSE, vocabulary.primary(relation).1)
            .with(Self::STATE, vocabulary.lasts(relation))
            .bits()
    }

    /// Makes marks of bits from a file. The caller checks that they [stand](Self::stand) for something.
    #[inline]
    pub(crate) fn unchecked(bits: u16) -> Self {
        Self(bits)
    }

    /// Returns whether the bits stand for something. It has no branch, because it is called for every row.
    #[inline]
    pub(crate) fn stand(self) -> bool {
        ((self.0 & Self::STANCE) < Stance::ALL.len() as u16)
            & ((self.0 >> 7 & 7) < Modality::ALL.len() as u16)
    }

    #[inline]
    pub(crate) fn bits(self) -> u16 {
        self.0
    }

    #[inline]
    pub(crate) fn with(self, bit: u16, set: bool) -> Self {
        Self(if set { self.0 | bit } else { self.0 & !bit })
    }

    #[inline]
    pub(crate) fn has(self, bit: u16) -> bool {
        self.0 & bit != 0
    }

    #[inline]
    pub(crate) fn stance(self) -> Stance {
        Stance::ALL[usize::from(self.0 & Self::STANCE)]
    }

    /// Returns the stance as one bit of a set of stances.
    #[inline]
    pub(crate) fn stance_bit(self) -> u32 {
        1 << (self.0 & 31)
    }

    #[inline]
    pub(crate) fn certainty(self) -> Certainty {
        Certainty::ALL[usize::from(self.0 >> 5 & 3)]
    }

    #[inline]
    pub(crate) fn modality(self) -> Modality {
        Modality::ALL[usize::from(self.0 >> 7 & 7)]
    }

    #[inline]
    pub(crate) fn prominence(self) -> Prominence {
        if self.has(1 << 10) { Prominence::Background } else { Prominence::Main }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_comes_back() {
        for &stance in Stance::ALL {
            for &certainty in Certainty::ALL {
                for &modality in Modality::ALL {
                    for &prominence in Prominence::ALL {
                        let marks = Marks::new(stance, certainty, modality, prominence)
                            .with(Marks::JOINS, true)
                            .with(Marks::ANSWERS, true)
                            .with(Marks::JOINS, false)
                            .with(Marks::INVERSE, true);
                        let back = (
                            marks.stance(),
                            marks.certainty(),
                            marks.modality(),
                            marks.prominence(),
                        );
                        assert_eq!(back, (stance, certainty, modality, prominence));
                        assert!(
                            marks.has(Marks::TURNS)
                                && marks.has(Marks::ANSWERS)
                                && !marks.has(Marks::JOINS)
                        );
                        assert!(marks.stand() && Marks::unchecked(marks.bits()) == marks);
                    }
                }
            }
        }
        assert_eq!([31, 7 << 7].map(|bits| Marks::unchecked(bits).stand()), [false; 2]);
    }
}
