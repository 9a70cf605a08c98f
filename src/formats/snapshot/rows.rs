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
use crate::rowsets::{RowId, all, bits};
use crate::shortcuts::{Shortcuts, is_shaped};
use crate::stances::{Modality, Stance};
use crate::times::{TimeCode, Times, Timing};

/// No more pairs of relation and kind are worked out beforehand.
const MOST_PAIRS: usize = 1 << 20;

/// What is looked up for each row.
pub(super) struct Tables<'g> {
    graph: &'g ClaimGraph,
    /// By the closed words, what goes with them.
    words: Vec<Words>,
    kinds: usize,
    /// By relation and kind, whether it may be the subject, and the object.
    ends: Vec<[bool; 2]>,
    /// By relation, the marks of what may be turned.
    turns: Vec<u16>,
    /// By origin, whether a claim can come from there.
    origins: Vec<bool>,
    /// How many origins from the first on are possible: nearly always all.
    possible: u32,
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
    /// Is noted by its stance: [`Noted::BY_STANCE`], or nothing.
    noted: u8,
}

/// What is noted of a claim beside its row: a stance, and why.
#[derive(Clone, Copy)]
pub(super) struct Noted(u8);

impl Noted {
    const BY_STANCE: u8 = 1 << 6;
    /// It is plain and answers a claim.
    const ANSWERS: u8 = 1 << 7;
    /// It answers claims and is not plain.
    const ANSWERS_RICHLY: u8 = 1 << 5;
    const NOTHING: Noted = Noted(0);

    /// Whether claims of its stance are noted.
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
    pub(super) days: Bits,
}

fn words(bits: u16) -> Words {
    let Some(marks) = Marks::from_bits(bits) else { return Words::default() };
    let stance = marks.stance();
    Words {
        joins: marked(marks, true, false, (false, false)).has(Marks::JOINS),
        told: marks.modality() == Modality::Actual && stance.commits(),
        shaped: (0..4).fold(0, |bits, n| bits | u8::from(is_shaped(stance, n & 2 != 0, n & 1 != 0)) << n),
        noted: if is_noted(stance) { Noted::BY_STANCE } else { 0 },
    }
}

/// A number of rows that are looked at together.
const BLOCK: usize = 64;

/// Some rows, column by column.
#[derive(Clone, Copy)]
struct Block<'r> {
    from: usize,
    heads: &'r [Head],
    origin: &'r [OriginId],
    reported: &'r [Day],
    relation: &'r [RelationId],
    marks: &'r [Marks],
}

impl<'r> Block<'r> {
    fn of(rows: &'r Bare<'_>, from: usize) -> Self {
        fn part<T>(column: &[T], from: usize) -> &[T] {
            let rest = column.get(from..).unwrap_or_default();
            rest.get(..BLOCK).unwrap_or(rest)
        }
        Self {
            from,
            heads: part(&rows.heads, from),
            origin: part(&rows.origin, from),
            reported: part(&rows.reported, from),
            relation: part(&rows.relation, from),
            marks: part(&rows.marks, from),
        }
    }
}

/// How far the look has come in the order of rows.
struct Cursor<'r> {
    offsets: &'r [u32],
    subject: usize,
    /// Where the rows of the subject end.
    end: u32,
    /// Relation, day and number of the row before as one number, if it has the same subject.
    before: u128,
}

impl Cursor<'_> {
    #[inline]
    fn end_of(&self, subject: usize) -> u32 {
        self.offsets.get(subject + 1).copied().unwrap_or(u32::MAX)
    }

    /// Goes on to the subject of this row.
    #[inline]
    fn reach(&mut self, row: u32) {
        while row >= self.end {
            self.subject += 1;
            (self.end, self.before) = (self.end_of(self.subject), 0);
        }
    }
}

impl<'g> Tables<'g> {
    pub(super) fn of(graph: &'g ClaimGraph, origins: &Origins, times: &Times, rich: usize) -> Self {
        let mut shortcuts = Shortcuts::default();
        let (relations, kinds) = (graph.vocabulary.relations.len(), graph.vocabulary.kinds.len());
        let (mut ends, mut turns) = (Vec::new(), Vec::new());
        if relations * kinds <= MOST_PAIRS {
            shortcuts.update(&graph.vocabulary);
            for relation in (0..relations).filter_map(RelationId::at) {
                let kinds = (0..kinds).filter_map(KindId::at);
                ends.extend(kinds.map(|kind| shortcuts.may_be(relation, kind)));
                let (symmetric, inverse) = shortcuts.turns(relation).unwrap_or_default();
                let marks = Marks::NONE.with(Marks::SYMMETRIC, symmetric).with(Marks::INVERSE, inverse);
                turns.push(marks.bits());
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
        let origins: Vec<bool> = origins.all().map(possible).collect();
        let possible = origins.iter().take_while(|&&possible| possible).count();
        Self {
            graph,
            words: (0..Marks::JOINS).map(words).collect(),
            kinds: graph.vocabulary.kinds.len(),
            ends,
            turns,
            possible: u32::try_from(possible).unwrap_or(u32::MAX),
            origins,
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
            row_of: row_of(&rows.heads)?,
            noted: vec![Noted::NOTHING; count],
            unsure: Vec::new(),
            owners: Vec::new(),
            days: Bits::over(CALENDAR),
        };
        let mut owners: Vec<Option<ClaimId>> = vec![None; self.rich];
        let mut cursor = Cursor { offsets: &rows.offsets, subject: 0, end: 0, before: 0 };
        cursor.end = cursor.end_of(0);
        for from in (0..count).step_by(BLOCK) {
            let block = Block::of(rows, from);
            // Each asks little of a few columns, and without a branch.
            let said = bits(block.origin, |origin| (origin.index() as u32) < self.possible);
            let dated = bits(block.reported, |day| place_of(*day) < CALENDAR);
            let worded = self.worded(block, &mut seen.noted);
            let timed = self.timed(block, &mut seen.days);
            let fitting = self.fitting(block, kinds, &mut cursor)?;
            let mut unsure = all(block.heads.len() as u32) & !(said & dated & worded & timed & fitting);
            while unsure != 0 {
                let n = unsure.trailing_zeros() as usize;
                unsure &= unsure - 1;
                self.check_handles(block, n, entities)?;
                let Some(head) = block.heads.get(n) else { continue };
                if let Timing::Rich(place) = head.time.timing() {
                    match owners.get_mut(place) {
                        Some(owner @ None) => *owner = Some(head.id),
                        _ => return wrong(HEADS, head.id, "what else it says is not there, or is another's"),
                    }
                }
                seen.unsure.push(RowId::of(from + n));
            }
        }
        seen.owners = owners.iter().flatten().copied().collect();
        if seen.owners.len() != self.rich || !seen.owners.is_sorted() {
            return Err((RICH, "not each belongs to a claim, in order of claims".to_owned()));
        }
        Ok(seen)
    }

    /// Which rows have the shape that goes with their words. Notes what is noted of them.
    #[inline]
    fn worded(&self, block: Block<'_>, noted: &mut [Noted]) -> u64 {
        let rows = block.marks.iter().zip(block.relation).zip(block.heads);
        rows.enumerate().fold(0, |mask, (n, ((marks, &relation), head))| {
            let bits = marks.bits();
            let words = self.words.get(usize::from(bits & (Marks::JOINS - 1))).copied().unwrap_or_default();
            let (stated, answers) = (relation != RelationId::NONE, marks.has(Marks::ANSWERS));
            let shaped = words.shaped >> (u8::from(stated) << 1 | u8::from(answers)) & 1 == 1;
            let joins = marks.has(Marks::JOINS) == (words.joins & stated);
            let answering = if head.time.rich().is_none() { Noted::ANSWERS } else { Noted::ANSWERS_RICHLY };
            let why = words.noted | if answers { answering } else { 0 };
            // Written for all: which they are cannot be foreseen, and a branch would cost more.
            let note = if why == 0 { Noted::NOTHING } else { Noted(why | (bits & 31) as u8) };
            noted.get_mut(head.id.index()).into_iter().for_each(|place| *place = note);
            mask | u64::from(shaped & joins) << n
        })
    }

    /// Which rows have a time that is certainly right. Notes the days.
    #[inline]
    fn timed(&self, block: Block<'_>, days: &mut Bits) -> u64 {
        let rows = block.heads.iter().zip(block.reported).zip(block.marks);
        rows.enumerate().fold(0, |mask, (n, ((head, reported), marks))| {
            let words = self.words.get(usize::from(marks.bits() & (Marks::JOINS - 1))).copied().unwrap_or_default();
            let begins = match head.time.timing() {
                Timing::Day(day) => days.set(place_of(day)).then(|| day.number()),
                Timing::Table(place) => self.begins.get(place).copied(),
                Timing::Never if head.time == TimeCode::NEVER => Some(i32::MIN),
                _ => None,
            };
            let timed = begins.is_some_and(|begins| !words.told | (begins <= reported.number()));
            mask | u64::from(timed) << n
        })
    }

    /// Which rows have ends that fit their relation. Refuses a row that is not in its place.
    #[inline]
    fn fitting(&self, block: Block<'_>, kinds: &[KindId], cursor: &mut Cursor<'_>) -> InSection<u64> {
        let mut mask = 0;
        let rows = block.heads.iter().zip(block.reported).zip(block.relation).zip(block.marks);
        for (n, (((head, reported), &relation), marks)) in rows.enumerate() {
            cursor.reach((block.from + n) as u32);
            // Above zero for all days of the calendar.
            let day = reported.number().wrapping_sub(i32::MIN) as u32;
            let place = (relation.index() as u128) << 64 | u128::from(day) << 32 | u128::from(claim_number(head.id));
            if cursor.before >= place {
                return wrong(HEADS, head.id, "it does not come after the one before it");
            }
            cursor.before = place;
            let may_be = |kind: KindId| {
                let ends = self.ends.get(relation.index() * self.kinds + kind.index());
                ends.copied().unwrap_or_default()
            };
            let turns = marks.bits() & Marks::TURNS;
            let fits = match (kinds.get(cursor.subject), head.object) {
                (Some(&subject), Some(object)) => kinds.get(object.index()).is_some_and(|&object| {
                    let ([subject, _], [_, object]) = (may_be(subject), may_be(object));
                    subject & object & (self.turns.get(relation.index()) == Some(&turns))
                }),
                (about, object) => relation == RelationId::NONE && about.is_none() && object.is_none() && turns == 0,
            };
            mask |= u64::from(fits) << n;
        }
        Ok(mask)
    }

    /// Refuses handles and days that stand for nothing, in a row that is not certainly right.
    fn check_handles(&self, block: Block<'_>, n: usize, entities: usize) -> InSection<()> {
        let cells = block.heads.get(n).zip(block.origin.get(n)).zip(block.reported.get(n)).zip(block.relation.get(n));
        let Some((((head, origin), reported), &relation)) = cells else { return Ok(()) };
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

/// By claim, its row; each has one. A loop of its own, so short that many far-off cells are on their way at a
/// time.
fn row_of(heads: &[Head]) -> InSection<Vec<u32>> {
    let mut row_of = vec![NOWHERE; heads.len()];
    for (head, row) in heads.iter().zip(0u32..) {
        row_of.get_mut(head.id.index()).into_iter().for_each(|place| *place = row);
    }
    // As many rows as claims: if one number is past the last or there twice, another is nowhere.
    match row_of.iter().position(|&row| row == NOWHERE) {
        None => Ok(row_of),
        Some(claim) => Err((HEADS, format!("no row is that of claim {}: another's number is wrong", claim + 1))),
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

    /// Sets one, if it is there.
    #[inline]
    fn set(&mut self, place: usize) -> bool {
        let word = self.words.get_mut(place / 64).filter(|_| place < self.count);
        word.is_some_and(|word| {
            *word |= 1 << (place % 64);
            true
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
