//! What a look at the rows has seen, and the ledger keeps beside them.

use super::places::Places;
use super::rules::Words;
use crate::ids::ClaimId;
use crate::ledger::NOTED;
use crate::marks::Marks;
use crate::rowsets::RowId;
use crate::stances::Stance;
use crate::times::TimeCode;

/// What is noted of claims beside their rows.
pub(super) struct Noted {
    /// The claims of the stances that are [noted](NOTED); last the plain claims that answer one.
    sets: [Places; NOTED.len() + 1],
}

impl Noted {
    fn of(claims: usize) -> Self {
        Self { sets: std::array::from_fn(|_| Places::below(claims)) }
    }

    #[inline]
    pub(super) fn note(&mut self, claim: ClaimId, time: TimeCode, marks: Marks, words: Words) {
        let (claim, stance) = (claim.index(), words.place_among_noted());
        let answers = marks.has(Marks::ANSWERS) & time.rich().is_none();
        let [.., answering] = &mut self.sets;
        answering.add_if(answers, claim);
        // For other stances nothing is added, to the last set: that takes less than to choose.
        self.sets.get_mut(stance).into_iter().for_each(|claims| claims.add_if(stance < NOTED.len(), claim));
    }

    /// Adds what was noted of other rows of the same claims.
    fn add_all(&mut self, other: &Self) {
        self.sets.iter_mut().zip(&other.sets).for_each(|(claims, more)| claims.add_all(more));
    }

    /// Plain claims that answer one.
    pub(super) fn answers(&self) -> &Places {
        let [.., answering] = &self.sets;
        answering
    }

    /// The claims of stances that are noted, those of one together and in order.
    pub(super) fn by_stance(&self) -> impl Iterator<Item = (ClaimId, Stance)> {
        let noted = NOTED.iter().zip(&self.sets);
        noted.flat_map(|(stance, claims)| claims.all().filter_map(ClaimId::nth).map(move |claim| (claim, *stance)))
    }
}

/// What came of the look at the rows.
pub(super) struct Seen {
    pub(super) noted: Noted,
    /// Rows that take the long way.
    pub(super) unsure: Vec<RowId>,
    /// Whose each [`Rich`](crate::held::Rich) is.
    pub(super) owners: Vec<ClaimId>,
}

impl Seen {
    pub(super) fn none(claims: usize) -> Self {
        Self { noted: Noted::of(claims), unsure: Vec::new(), owners: Vec::new() }
    }

    /// Adds what was seen in the rows after these.
    pub(super) fn append(&mut self, mut after: Self) {
        self.noted.add_all(&after.noted);
        self.unsure.append(&mut after.unsure);
    }
}
