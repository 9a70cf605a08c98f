//! The rows of claims: whether each is one that an insertion would have taken.
//!
//! Handles and order are checked for every row. Whether the claim is right is certain for most from a few
//! tables; the others are made claims again and go through the checks of `insert`.

use super::packing::claim_number;
use super::retelling::from;
use super::sections::{HEADS, InSection, MARKS, ORIGIN, RELATION, REPORTED, RICH, SUBJECTS};
use crate::columns::{Bare, Head};
use crate::days::Day;
use crate::graph::ClaimGraph;
use crate::ids::{ClaimId, EntityId, KindId, OriginId, RelationId};
use crate::ledger::{is_noted, marked};
use crate::marks::Marks;
use crate::origins::{ChainLink, Origins};
use crate::periods::Aspect;
use crate::rowsets::RowId;
use crate::shortcuts::{Shortcuts, is_shaped};
use crate::stances::{Modality, Stance};
use crate::times::{TimeCode, Times, Timing};

/// No more pairs of relation and kind are worked out beforehand.
const MOST_PAIRS: usize = 1 << 20;

/// What is looked up for each row.
pub(super) struct Tables<'g> {
    graph: &'g ClaimGraph,
    shortcuts: Shortcuts,
    /// By the closed words, what goes with them.
    words: Vec<Words>,
    /// By origin, whether a claim can come from there.
    origins: Vec<bool>,
    /// By period, the first day of what happens once; the least number for what may lie ahead.
    begins: Vec<i32>,
    rich: usize,
}

#[derive(Clone, Copy, Default)]
struct Words {
    /// Joins two entities.
    joins: bool,
    /// Tells of something as having happened.
    told: bool,
    /// A bit each for: neither a statement nor an answer, an answer, a statement, both. Whether a claim of so
    /// much has its shape.
    shaped: u8,
    /// Is noted by its stance.
    noted: bool,
}

/// What came of the look at the rows.
pub(super) struct Seen {
    /// By claim, its row.
    pub(super) row_of: Vec<u32>,
    /// Claims that are noted by their stance, above their rows.
    pub(super) noted: Vec<u64>,
    /// Rows that take the long way.
    pub(super) unsure: Vec<RowId>,
    /// Whose each [`Rich`] is.
    pub(super) owners: Vec<ClaimId>,
    /// The days that are times of claims.
    pub(super) days: Bits,
    /// How many plain claims answer one.
    pub(super) answering: usize,
}

fn words(bits: u16) -> Words {
    let Some(marks) = Marks::from_bits(bits) else { return Words::default() };
    let stance = marks.stance();
    Words {
        joins: marked(marks, true, false, (false, false)).has(Marks::JOINS),
        told: marks.modality() == Modality::Actual && stance.commits(),
        shaped: (0..4).fold(0, |bits, n| bits | u8::from(is_shaped(stance, n & 2 != 0, n & 1 != 0)) << n),
        noted: is_noted(stance),
    }
}

impl<'g> Tables<'g> {
    pub(super) fn of(graph: &'g ClaimGraph, origins: &Origins, times: &Times, rich: usize) -> Self {
        let mut shortcuts = Shortcuts::default();
        if graph.vocabulary.relations.len() * graph.vocabulary.kinds.len() <= MOST_PAIRS {
            shortcuts.update(&graph.vocabulary);
        }
        let possible = |(chain, document): (&[ChainLink], Option<EntityId>)| {
            let mut faults = Vec::new();
            let (said, read_in) = graph.checker().origin(&from(chain, document, Stance::Asserts), &mut faults);
            faults.is_empty() && said.as_deref() == Some(chain) && read_in.map(|(id, _)| id) == document
        };
        let begins = times.periods().map(|period| {
            let first = period.start.earliest.filter(|_| period.aspect() != Aspect::State);
            first.map_or(i32::MIN, Day::number)
        });
        Self {
            graph,
            shortcuts,
            words: (0..Marks::JOINS).map(words).collect(),
            origins: origins.all().map(possible).collect(),
            begins: begins.collect(),
            rich,
        }
    }

    /// Goes through all rows once.
    pub(super) fn look(&self, rows: &Bare<'_>) -> InSection<Seen> {
        let count = rows.heads.len();
        for (name, length) in [
            (ORIGIN, rows.origin.len()),
            (REPORTED, rows.reported.len()),
            (RELATION, rows.relation.len()),
            (MARKS, rows.marks.len()),
        ] {
            if length != count {
                return Err((name, format!("there are {length} cells for {count} claims")));
            }
        }
        let entities = subjects(&rows.offsets, count, self.graph.registry.len())?;
        let kinds = self.graph.registry.kinds().get(..entities).unwrap_or_default();
        let mut seen = Seen {
            row_of: vec![NOWHERE; count],
            noted: Vec::new(),
            unsure: Vec::new(),
            owners: Vec::new(),
            days: Bits::over(CALENDAR),
            answering: 0,
        };
        let mut owners: Vec<Option<ClaimId>> = vec![None; self.rich];
        let end_of = |subject: usize| rows.offsets.get(subject + 1).map_or(u32::MAX, |&end| end);
        let (mut subject, mut end, mut before) = (0, end_of(0), (0, 0));
        let columns = rows.heads.iter().zip(&*rows.origin).zip(&*rows.reported).zip(&*rows.relation).zip(&*rows.marks);
        for (((((head, &origin), &reported), &relation), &marks), row) in columns.zip(0u32..) {
            while row >= end {
                subject += 1;
                (end, before) = (end_of(subject), (0, 0));
            }
            let id = claim_number(head.id);
            match seen.row_of.get_mut(head.id.index()) {
                Some(place) if *place == NOWHERE => *place = row,
                _ => return wrong(HEADS, head.id, "its number is past the last, or there twice"),
            }
            // A relation and day in order as one number: above zero for all days of the calendar.
            let day = reported.number().wrapping_sub(i32::MIN) as u32;
            let place = ((relation.index() as u64) << u32::BITS | u64::from(day), id);
            if before >= place {
                return wrong(HEADS, head.id, "it does not come after the one before it");
            }
            before = place;
            let words = self.words.get(usize::from(marks.bits() & (Marks::JOINS - 1))).copied().unwrap_or_default();
            if words.noted {
                seen.noted.push(u64::from(id - 1) << u32::BITS | u64::from(row));
            }
            let begins = match head.time.timing() {
                Timing::Day(day) if seen.days.is_within(place_of(day)) => {
                    seen.days.set(place_of(day));
                    Some(day.number())
                }
                Timing::Table(place) => self.begins.get(place).copied(),
                Timing::Never if head.time == TimeCode::NEVER => Some(i32::MIN),
                _ => None,
            };
            let plain = head.time.rich().is_none();
            let answers = marks.has(Marks::ANSWERS);
            seen.answering += usize::from(answers && plain);
            let stated = relation != RelationId::NONE;
            let ends = match (kinds.get(subject), head.object) {
                (Some(&subject), Some(object)) => {
                    kinds.get(object.index()).is_some_and(|&object| self.fits(subject, relation, object, marks))
                }
                (about, object) => !stated && about.is_none() && object.is_none() && !marks.has(Marks::TURNS),
            };
            let shaped = words.shaped >> (u8::from(stated) << 1 | u8::from(answers)) & 1 == 1;
            let joins = marks.has(Marks::JOINS) == (words.joins && stated);
            let possible = self.origins.get(origin.index()).is_some_and(|&possible| possible);
            let in_time = begins.is_some_and(|begins| !words.told || begins <= reported.number());
            if in_time && possible && ends && shaped && joins && Day::in_calendar(reported.number()).is_some() {
                continue;
            }
            self.check_handles(head, origin, relation, reported, entities)?;
            if let Timing::Rich(place) = head.time.timing() {
                match owners.get_mut(place) {
                    Some(owner @ None) => *owner = Some(head.id),
                    _ => return wrong(HEADS, head.id, "what else it says is not there, or is another's"),
                }
            }
            seen.unsure.push(RowId(row));
        }
        seen.owners = owners.iter().flatten().copied().collect();
        if seen.owners.len() != self.rich || !seen.owners.is_sorted() {
            return Err((RICH, "not each belongs to a claim, in order of claims".to_owned()));
        }
        Ok(seen)
    }

    /// Refuses handles and days that stand for nothing, in a row that is not certainly right.
    fn check_handles(
        &self,
        head: &Head,
        origin: OriginId,
        relation: RelationId,
        reported: Day,
        entities: usize,
    ) -> InSection<()> {
        let refused = |section, problem| wrong(section, head.id, problem);
        if head.object.is_some_and(|object| object.index() >= entities) {
            return refused(HEADS, "its object is not there");
        }
        if origin.index() >= self.origins.len() {
            return refused(ORIGIN, "its origin is not there");
        }
        if relation != RelationId::NONE && relation.index() >= self.graph.vocabulary.relations.len() {
            return refused(RELATION, "its relation is not there");
        }
        if Day::in_calendar(reported.number()).is_none() {
            return refused(REPORTED, "its day is not in the calendar");
        }
        match head.time.timing() {
            Timing::Day(day) if Day::in_calendar(day.number()).is_none() => {
                refused(HEADS, "its time is not in the calendar")
            }
            Timing::Table(place) if place >= self.begins.len() => refused(HEADS, "its period is not there"),
            Timing::Never if head.time != TimeCode::NEVER => refused(HEADS, "its time stands for nothing"),
            _ => Ok(()),
        }
    }

    #[inline]
    fn fits(&self, subject: KindId, relation: RelationId, object: KindId, marks: Marks) -> bool {
        let turns = Some((marks.has(Marks::SYMMETRIC), marks.has(Marks::INVERSE)));
        self.shortcuts.fits(relation, subject, object) && self.shortcuts.turns(relation) == turns
    }
}

/// No row.
const NOWHERE: u32 = u32::MAX;

#[cold]
fn wrong<T>(section: &'static str, claim: ClaimId, problem: &str) -> InSection<T> {
    Err((section, format!("claim {}: {problem}", claim_number(claim))))
}

/// The offsets are some: how many entities they are of.
fn subjects(offsets: &[u32], rows: usize, entities: usize) -> InSection<usize> {
    let ends = offsets.first().zip(offsets.last());
    let within = ends.is_some_and(|(&first, &last)| first == 0 && last as usize <= rows);
    let count = offsets.len().wrapping_sub(1);
    if !within || !offsets.is_sorted() || count > entities {
        return Err((SUBJECTS, "the offsets do not rise from zero to a row, one for each entity".to_owned()));
    }
    Ok(count)
}

/// How many days the calendar has.
const CALENDAR: usize = Day::FIRST.abs_diff(Day::LAST) as usize + 1;

fn place_of(day: Day) -> usize {
    day.number().wrapping_sub(Day::FIRST) as u32 as usize
}

/// A bit each for so many.
pub(super) struct Bits {
    words: Vec<u64>,
    count: usize,
}

impl Bits {
    fn over(count: usize) -> Self {
        Self { words: vec![0; count.div_ceil(64)], count }
    }

    #[inline]
    fn is_within(&self, place: usize) -> bool {
        place < self.count
    }

    /// Whether it is within, and was not set.
    #[inline]
    fn set(&mut self, place: usize) -> bool {
        let word = self.words.get_mut(place / 64).filter(|_| place < self.count);
        word.is_some_and(|word| {
            let bit = 1 << (place % 64);
            let new = *word & bit == 0;
            *word |= bit;
            new
        })
    }

    /// As days of the calendar.
    pub(super) fn days(&self) -> impl Iterator<Item = Day> {
        let places = self.words.iter().zip(0usize..).flat_map(|(&word, at)| {
            let rest = |&word: &u64| Some(word & (word - 1)).filter(|&word| word != 0);
            std::iter::successors(Some(word).filter(|&word| word != 0), rest)
                .map(move |word| at * 64 + word.trailing_zeros() as usize)
        });
        places.map(|place| Day::of_number(place as i32 + Day::FIRST))
    }
}
