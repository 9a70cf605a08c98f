//! What is short about a claim, in sixteen bits: its stance and the other closed words, and where the
//! rest of it is kept.

use crate::stances::{Certainty, Modality, Prominence, Stance};

/// Where the time of a claim is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Timing {
    /// There is none.
    None,
    /// It is one day, [`Period::on`](crate::Period::on), and stands in the column itself.
    Day,
    /// In the table of periods.
    Table,
    /// With all else that only few claims have.
    Rich,
}

/// | bits | |
/// |---|---|
/// | 0-4 | stance |
/// | 5-6 | certainty |
/// | 7-9 | modality |
/// | 10 | prominence |
/// | 11-12 | timing |
/// | 13 | joins two entities where the filter does not name stance, modality or certainty |
/// | 14 | answers claims |
/// | 15 | the relation is symmetric or an inverse |
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Marks(u16);

impl Marks {
    pub(crate) const JOINS: u16 = 1 << 13;
    pub(crate) const ANSWERS: u16 = 1 << 14;
    pub(crate) const TURNS: u16 = 1 << 15;

    pub(crate) fn new(stance: Stance, certainty: Certainty, modality: Modality, prominence: Prominence) -> Self {
        Self(stance as u16 | (certainty as u16) << 5 | (modality as u16) << 7 | (prominence as u16) << 10)
    }

    /// From a file: `None` where the bits stand for nothing.
    pub(crate) fn from_bits(bits: u16) -> Option<Self> {
        let marks = Self(bits);
        let known = usize::from(bits & 31) < Stance::ALL.len() && usize::from(bits >> 7 & 7) < Modality::ALL.len();
        known.then_some(marks)
    }

    pub(crate) fn bits(self) -> u16 {
        self.0
    }

    pub(crate) fn with(self, bit: u16, set: bool) -> Self {
        Self(if set { self.0 | bit } else { self.0 & !bit })
    }

    pub(crate) fn has(self, bit: u16) -> bool {
        self.0 & bit != 0
    }

    pub(crate) fn timed(self, timing: Timing) -> Self {
        Self(self.0 & !(3 << 11) | (timing as u16) << 11)
    }

    #[inline]
    pub(crate) fn timing(self) -> Timing {
        match self.0 >> 11 & 3 {
            0 => Timing::None,
            1 => Timing::Day,
            2 => Timing::Table,
            _ => Timing::Rich,
        }
    }

    #[inline]
    pub(crate) fn stance(self) -> Stance {
        Stance::ALL.get(usize::from(self.0 & 31)).copied().unwrap_or(Stance::Asserts)
    }

    #[inline]
    pub(crate) fn certainty(self) -> Certainty {
        Certainty::ALL.get(usize::from(self.0 >> 5 & 3)).copied().unwrap_or(Certainty::Uncommitted)
    }

    #[inline]
    pub(crate) fn modality(self) -> Modality {
        Modality::ALL.get(usize::from(self.0 >> 7 & 7)).copied().unwrap_or(Modality::Actual)
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
                        for timing in [Timing::None, Timing::Day, Timing::Table, Timing::Rich] {
                            let marks = Marks::new(stance, certainty, modality, prominence)
                                .with(Marks::JOINS, true)
                                .timed(timing)
                                .with(Marks::JOINS, false)
                                .with(Marks::TURNS, true);
                            let back = (marks.stance(), marks.certainty(), marks.modality(), marks.prominence());
                            assert_eq!(back, (stance, certainty, modality, prominence));
                            assert_eq!((marks.timing(), marks.has(Marks::JOINS)), (timing, false));
                            assert!(marks.has(Marks::TURNS) && !marks.has(Marks::ANSWERS));
                            assert_eq!(Marks::from_bits(marks.bits()), Some(marks));
                        }
                    }
                }
            }
        }
        assert_eq!((Marks::from_bits(31), Marks::from_bits(7 << 7)), (None, None));
    }
}
