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
use std::borrow::Cow;

/// No more pairs of relation and kind are worked out beforehand.
const MOST_PAIRS: usize = 1 << 20;

/// What is looked up for each row.
pub(super) struct Tables<'g> {
    graph: &'g ClaimGraph,
    /// By the closed words and whether it answers, what goes with them; and what is noted.
    words: Box<[Words; WORDS]>,
    notes: Box<[Noted; WORDS]>,
    /// By relation and kind, whether it may be the subject, and the object.
    ends: Vec<[bool; 2]>,
    kinds: usize,
    /// By relation, the marks of what may be turned.
    turns: Vec<u16>,
    /// The same where every kind that any entity has may be at both ends; [`NEVER`] for the others, and for what
    /// is no relation.
    open: Box<[u16; 1 << 16]>,
    /// By origin, whether a claim can come from there.
    origins: Vec<bool>,
    /// By period, the first day of what happens once; the least number for what may lie ahead.
    begins: Vec<i32>,
}

/// What no marks are.
const NEVER: u16 = u16::MAX;

/// How many the closed words can be, with whether a claim joins and answers.
const WORDS: usize = Marks::SYMMETRIC as usize;

/// Their place.
#[inline]
fn place_of_words(marks: Marks) -> usize {
    usize::from(marks.bits()) % WORDS
}

/// What goes with some words of a claim.
#[derive(Clone, Copy, Default)]
struct Words(u8);

impl Words {
    /// So much has its shape, and joins two entities or not as it is marked: with a statement.
    const STATED: u8 = 1;
    /// The same without a statement.
    const UNSTATED: u8 = 2;
    /// It tells of something as having happened.
    const TOLD: u8 = 4;

    #[inline]
    fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }
}

/// What is noted of a claim beside its row: a stance, and why.
#[derive(Clone, Copy, Default)]
pub(super) struct Noted(u8);

impl Noted {
    const BY_STANCE: u8 = 1 << 6;
    /// It is plain and answers a claim.
    const ANSWERS: u8 = 1 << 7;
    /// It answers claims and is not plain.
    const ANSWERS_RICHLY: u8 = 1 << 5;
    const NOTHING: Noted = Noted(0);

    /// Whether claims of its stance are noted.
    /// The same of a claim that is not plain.
    #[inline]
    fn of_rich(self) -> Self {
        Self(if self.0 & Self::ANSWERS == 0 { self.0 } else { self.0 ^ Self::ANSWERS | Self::ANSWERS_RICHLY })
    }

    pub(super) fn by_stance(self) -> bool {
        self.0 & Self::BY_STANCE != 0
    }

    /// Whether it is plain and answers a claim.
    pub(super) fn answers(self) -> bool {
        self.0 & Self::ANSWERS != 0
    }

    /// Of a claim of which anything is noted.
    pub(super) fn stance(self) -> Stance {
        Stance::ALL.get(usize::from(self.0 & 31)).copied().unwrap_or(Stance::Asserts)
    }
}

/// What came of the look at the rows.
pub(super) struct Seen {
    /// By claim, its row.
    pub(super) row_of: Vec<u32>,
    /// By claim, what is noted of it.
    pub(super) noted: Vec<Noted>,
    /// Rows that take the long way.
    pub(super) unsure: Vec<RowId>,
    /// Whose each [`Rich`](crate::held::Rich) is.
    pub(super) owners: Vec<ClaimId>,
    /// The days that are times of claims.
    pub(super) days: Days,
}

/// What goes with these bits, and what is noted of a plain claim.
fn words(bits: u16) -> (Words, Noted) {
    let Some(marks) = Marks::from_bits(bits) else { return Default::default() };
    let (stance, answers) = (marks.stance(), marks.has(Marks::ANSWERS));
    let joins = marked(marks, true, false, (false, false)).has(Marks::JOINS);
    let right = |stated: bool| is_shaped(stance, stated, answers) && marks.has(Marks::JOINS) == (stated && joins);
    let sum = |bits: &[(bool, u8)]| bits.iter().filter(|(holds, _)| *holds).fold(0, |sum, (_, bit)| sum | bit);
    let told = marks.modality() == Modality::Actual && stance.commits();
    let words = sum(&[(right(true), Words::STATED), (right(false), Words::UNSTATED), (told, Words::TOLD)]);
    let why = sum(&[(is_noted(stance), Noted::BY_STANCE), (answers, Noted::ANSWERS)]);
    (Words(words), if why == 0 { Noted::NOTHING } else { Noted(why | (bits & 31) as u8) })
}

/// One row.
#[derive(Clone, Copy)]
struct Cells {
    subject: Option<KindId>,
    head: Head,
    origin: OriginId,
    reported: Day,
    relation: RelationId,
    marks: Marks,
}

impl<'g> Tables<'g> {
    pub(super) fn of(graph: &'g ClaimGraph, origins: &Origins, times: &Times) -> Self {
        let mut shortcuts = Shortcuts::default();
        let (relations, kinds) = (graph.vocabulary.relations.len(), graph.vocabulary.kinds.len());
        let (mut ends, mut turns, mut open) = (Vec::new(), Vec::new(), Box::new([NEVER; 1 << 16]));
        let mut used = vec![false; kinds];
        for kind in graph.registry.kinds() {
            used.get_mut(kind.index()).into_iter().for_each(|used| *used = true);
        }
        if relations * kinds <= MOST_PAIRS {
            shortcuts.update(&graph.vocabulary);
            for relation in (0..relations).filter_map(RelationId::at) {
                let from = ends.len();
                ends.extend((0..kinds).filter_map(KindId::at).map(|kind| shortcuts.may_be(relation, kind)));
                let (symmetric, inverse) = shortcuts.turns(relation).unwrap_or_default();
                let marks = Marks::NONE.with(Marks::SYMMETRIC, symmetric).with(Marks::INVERSE, inverse).bits();
                let mut used = ends.get(from..).unwrap_or_default().iter().zip(&used).filter(|(_, used)| **used);
                if used.all(|(ends, _)| *ends == [true; 2])
                    && let Some(open) = open.get_mut(relation.index())
                {
                    *open = marks;
                }
                turns.push(marks);
            }
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
        let (mut all_words, mut notes) = (Box::new([Words::default(); WORDS]), Box::new([Noted::NOTHING; WORDS]));
        for ((bits, to), note) in (0u16..).zip(all_words.iter_mut()).zip(notes.iter_mut()) {
            (*to, *note) = words(bits);
        }
        Self {
            graph,
            words: all_words,
            notes,
            ends,
            kinds,
            turns,
            open,
            origins: origins.all().map(possible).collect(),
            begins: begins.collect(),
        }
    }

    /// How many origins a claim can come from, from the first on: nearly always all.
    pub(super) fn possible(&self) -> u32 {
        self.origins.iter().take_while(|&&possible| possible).count() as u32
    }

    /// Whether the claim is certainly one that an insertion would have taken. Notes its day.
    fn is_right(&self, cells: Cells, kinds: &[KindId], days: &mut Days) -> bool {
        let Cells { subject, head, origin, reported, relation, marks } = cells;
        let words = self.words.get(place_of_words(marks)).copied().unwrap_or_default();
        let turns = marks.bits() & Marks::TURNS;
        let begins = match head.time.timing() {
            Timing::Day(day) => days.set(place_of(day)).then(|| day.number()),
            Timing::Table(place) => self.begins.get(place).copied(),
            Timing::Never if head.time == TimeCode::NEVER => Some(i32::MIN),
            _ => None,
        };
        let may_be =
            |kind: KindId| self.ends.get(relation.index() * self.kinds + kind.index()).copied().unwrap_or_default();
        let fits = match (subject, head.object) {
            (Some(subject), Some(object)) => kinds.get(object.index()).is_some_and(|&object| {
                let ([subject, _], [_, object]) = (may_be(subject), may_be(object));
                subject && object && self.turns.get(relation.index()) == Some(&turns)
            }),
            (subject, object) => relation == RelationId::NONE && subject.is_none() && object.is_none() && turns == 0,
        };
        fits && words.has(if relation == RelationId::NONE { Words::UNSTATED } else { Words::STATED })
            && begins.is_some_and(|begins| !words.has(Words::TOLD) || begins <= reported.number())
            && self.origins.get(origin.index()).is_some_and(|&possible| possible)
            && Day::in_calendar(reported.number()).is_some()
    }

    /// Refuses handles and days that stand for nothing, in a row that is not certainly right.
    fn check_handles(&self, cells: Cells, entities: usize) -> InSection<()> {
        let Cells { subject: _, head, origin, reported, relation, marks: _ } = cells;
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
}

/// No row.
const NOWHERE: u32 = u32::MAX;

/// The columns beside the heads.
pub(super) struct BesideHeads {
    pub(super) origin: Vec<OriginId>,
    pub(super) reported: Vec<Day>,
    pub(super) relation: Vec<RelationId>,
    pub(super) marks: Vec<Marks>,
    pub(super) offsets: Vec<u32>,
    /// Whether all origins are [possible](Tables::possible) and all days in the calendar.
    pub(super) in_range: bool,
}

impl BesideHeads {
    pub(super) fn with(self, heads: Vec<Head>) -> Bare<'static> {
        Bare {
            heads: Cow::Owned(heads),
            origin: Cow::Owned(self.origin),
            reported: Cow::Owned(self.reported),
            relation: Cow::Owned(self.relation),
            marks: Cow::Owned(self.marks),
            offsets: self.offsets,
        }
    }
}

/// A look at all rows, a piece of the heads after the other, while each is at hand.
pub(super) struct Look<'t, 'g> {
    tables: &'t Tables<'g>,
    beside: &'t BesideHeads,
    kinds: &'t [KindId],
    /// The next row, its subject and where the rows of that end.
    row: usize,
    subject: usize,
    end: usize,
    /// Relation, day and number of the row before as one number, if it has the same subject.
    before: u128,
    /// Which claim has what else it says where.
    owners: Vec<(usize, ClaimId)>,
    seen: Seen,
}

impl<'t, 'g> Look<'t, 'g> {
    pub(super) fn at(tables: &'t Tables<'g>, beside: &'t BesideHeads) -> InSection<Self> {
        let lengths = [
            (ORIGIN, beside.origin.len()),
            (REPORTED, beside.reported.len()),
            (RELATION, beside.relation.len()),
            (MARKS, beside.marks.len()),
        ];
        // If one has another length than the rest, it is that one.
        let mut sorted = lengths.map(|(_, length)| length);
        sorted.sort_unstable();
        let [_, count, ..] = sorted;
        for (name, length) in lengths {
            if length != count {
                return Err((name, format!("there are {length} cells for {count} claims")));
            }
        }
        let registry = &tables.graph.registry;
        let entities = subjects(&beside.offsets, count, registry.len())?;
        Ok(Self {
            tables,
            beside,
            kinds: registry.kinds().get(..entities).unwrap_or_default(),
            row: 0,
            subject: 0,
            end: beside.offsets.get(1).map_or(usize::MAX, |&end| end as usize),
            before: 0,
            owners: Vec::new(),
            seen: Seen {
                row_of: vec![NOWHERE; count],
                noted: vec![Noted::NOTHING; count],
                unsure: Vec::new(),
                owners: Vec::new(),
                days: Days::none(),
            },
        })
    }

    /// Looks at the next rows.
    pub(super) fn go_on(&mut self, heads: &[Head]) -> InSection<()> {
        fn rest<T>(column: &[T], from: usize) -> std::slice::Iter<'_, T> {
            column.get(from..).unwrap_or_default().iter()
        }
        let Self { tables, beside, kinds, .. } = *self;
        let (origin, reported) = (rest(&beside.origin, self.row), rest(&beside.reported, self.row));
        let (relation, marks) = (rest(&beside.relation, self.row), rest(&beside.marks, self.row));
        let (mut row, mut subject, mut end, mut before) = (self.row, self.subject, self.end, self.before);
        if self.row + heads.len() > beside.marks.len() {
            return Err((HEADS, format!("there are more than {} cells", beside.marks.len())));
        }
        for ((((&head, &origin), &reported), &relation), &marks) in
            heads.iter().zip(origin).zip(reported).zip(relation).zip(marks)
        {
            while row >= end {
                subject += 1;
                (end, before) = (beside.offsets.get(subject + 1).map_or(usize::MAX, |&end| end as usize), 0);
            }
            // Above zero for all days of the calendar.
            let day = reported.number().wrapping_sub(i32::MIN) as u32;
            let place = (relation.index() as u128) << 64 | u128::from(day) << 32 | u128::from(claim_number(head.id));
            if before >= place {
                return wrong(HEADS, head.id, "it does not come after the one before it");
            }
            before = place;
            // Most are seen to be right by these few.
            let words = tables.words.get(place_of_words(marks)).copied().unwrap_or_default();
            let open = tables.open.get(relation.index()).copied().unwrap_or(NEVER) == marks.bits() & Marks::TURNS;
            let stated = words.has(Words::STATED);
            let in_time = !words.has(Words::TOLD) | (head.time.bits() <= reported.number());
            let ended = head.object.is_some_and(|object| object.index() < kinds.len()) & (subject < kinds.len());
            let sure = beside.in_range & open & stated & in_time & ended;
            if !(sure && self.seen.days.set(place_of_day(head.time))) {
                let subject = kinds.get(subject).copied();
                let cells = Cells { subject, head, origin, reported, relation, marks };
                self.doubt(cells, row)?;
            }
            row += 1;
        }
        self.note(heads);
        (self.row, self.subject, self.end, self.before) = (row, subject, end, before);
        Ok(())
    }

    /// Notes the rows of these claims, and what else is noted. For all: which it is of cannot be foreseen, and a
    /// branch would cost more. A loop of its own, so short that many far-off cells are on their way at a time.
    fn note(&mut self, heads: &[Head]) {
        let marks = self.beside.marks.get(self.row..).unwrap_or_default();
        let Seen { row_of, noted, .. } = &mut self.seen;
        for ((head, &marks), row) in heads.iter().zip(marks).zip(self.row as u32..) {
            let note = self.tables.notes.get(place_of_words(marks)).copied().unwrap_or_default();
            if let (Some(to), Some(of)) = (row_of.get_mut(head.id.index()), noted.get_mut(head.id.index())) {
                (*to, *of) = (row, note);
            }
        }
    }

    /// Looks more closely.
    #[inline(never)]
    fn doubt(&mut self, cells: Cells, row: usize) -> InSection<()> {
        if !self.tables.is_right(cells, self.kinds, &mut self.seen.days) {
            self.tables.check_handles(cells, self.kinds.len())?;
            if let Timing::Rich(place) = cells.head.time.timing() {
                self.owners.push((place, cells.head.id));
            }
            self.seen.unsure.push(RowId::of(row));
        }
        Ok(())
    }

    /// What was seen, where so many claims say more.
    pub(super) fn finish(mut self, rich: usize) -> InSection<Seen> {
        if self.row != self.beside.marks.len() {
            return Err((HEADS, format!("there are {} cells for {} claims", self.row, self.beside.marks.len())));
        }
        // As many rows as claims: if one number is past the last or there twice, another is nowhere.
        if let Some(claim) = self.seen.row_of.iter().position(|&row| row == NOWHERE) {
            return Err((HEADS, format!("no row is that of claim {}: another's number is wrong", claim + 1)));
        }
        self.owners.sort_unstable();
        if !self.owners.iter().map(|(place, _)| *place).eq(0..rich) || !self.owners.is_sorted_by_key(|(_, id)| *id) {
            return Err((RICH, "not each belongs to a claim, in order of claims".to_owned()));
        }
        self.seen.owners = self.owners.into_iter().map(|(_, id)| id).collect();
        for owner in &self.seen.owners {
            self.seen.noted.get_mut(owner.index()).into_iter().for_each(|note| *note = note.of_rich());
        }
        Ok(self.seen)
    }
}

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

/// The place of what may be a day; past the calendar where it is none.
#[inline]
fn place_of_day(time: TimeCode) -> usize {
    time.bits().wrapping_sub(Day::FIRST) as u32 as usize
}

#[inline]
fn place_of(day: Day) -> usize {
    day.number().wrapping_sub(Day::FIRST) as u32 as usize
}

/// Which days of the calendar there were. A byte each: a bit would have to be read to be written, and the next
/// row waits for it. Room that is not written to costs nothing.
pub(super) struct Days {
    seen: Vec<bool>,
    /// The first and last place.
    within: (usize, usize),
}

impl Days {
    fn none() -> Self {
        Self { seen: vec![false; CALENDAR], within: (usize::MAX, 0) }
    }

    /// Sets one, if the calendar has it.
    #[inline]
    fn set(&mut self, place: usize) -> bool {
        let (first, last) = self.within;
        let Some(seen) = self.seen.get_mut(place) else { return false };
        *seen = true;
        self.within = (first.min(place), last.max(place));
        true
    }

    pub(super) fn all(&self) -> impl Iterator<Item = Day> {
        let (first, last) = self.within;
        let seen = self.seen.get(first..=last).unwrap_or_default().iter().zip(first..);
        seen.filter(|(seen, _)| **seen).map(|(_, place)| Day::of_number(place as i32 + Day::FIRST))
    }
}
