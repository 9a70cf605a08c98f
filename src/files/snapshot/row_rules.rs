//! What a row is checked against, to be sure that an insertion would have taken its claim.

use crate::files::snapshot::recheck::from;
use crate::files::snapshot::row_block::Row;
use crate::files::snapshot::section::{InSection, ORIGIN, ROWS};
use crate::files::snapshot::varlen::claim_number;
use crate::graph::ClaimGraph;
use crate::graph::insert_rules::{InsertRules, is_shaped, tells};
use crate::model::id::{ClaimId, EntityId, KindId, OriginId, RelationId};
use crate::model::time::day::Day;
use crate::model::time::period::Aspect;
use crate::model::value::stance::Stance;
use crate::store::claim_flags::Marks;
use crate::store::ledger::{NOTED, marked};
use crate::store::origin_table::{Origins, SpeakerLink};
use crate::store::time_code::{TimeCode, Times, Timing};
use std::sync::LazyLock;

/// No more pairs of relation and kind are worked out beforehand.
const MOST_PAIRS: usize = 1 << 20;

/// What is looked up for each row.
pub(super) struct Rules<'g> {
    pub(super) graph: &'g ClaimGraph,
    /// By the closed words and whether it answers, what goes with them.
    words: &'static [Words; WORDS],
    /// Which kinds may be at the ends of relations; of nothing, where there are too many pairs.
    shortcuts: InsertRules,
    /// By relation, [`OPEN`] and the marks of what may be turned, where every kind that any entity has may be at both
    /// ends; zero for the others, and for what is no relation.
    open: Box<[u16; RELATIONS]>,
    /// By origin, whether a claim can come from there.
    origins: Vec<bool>,
    /// By period, the first day of what happens once; the least number for what may lie ahead.
    begins: Vec<i32>,
}

/// So many relations can be told apart.
const RELATIONS: usize = 1 << 16;

/// The relation takes whatever there is. A bit that neither [`Words`] have nor the marks [beside](BESIDE_WORDS) theirs.
const OPEN: u16 = 1 << 8;

/// How many the closed words can be, with whether a claim joins and answers.
const WORDS: usize = Marks::SYMMETRIC as usize;

/// The other bits: whether a claim may be turned, and what means nothing.
const BESIDE_WORDS: u16 = !(WORDS as u16 - 1);

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
    /// It is [noted](NOTED) for its stance, or it answers claims.
    const NOTED: u8 = 8;

    #[inline]
    fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }
}

/// What goes with these bits.
fn words(bits: u16) -> Words {
    let Some(marks) = Marks::from_bits(bits) else { return Words::default() };
    let (stance, answers) = (marks.stance(), marks.has(Marks::ANSWERS));
    let joins = marked(marks, true, false, (false, false)).has(Marks::JOINS);
    let right = |stated: bool| {
        is_shaped(stance, stated, answers) && marks.has(Marks::JOINS) == (stated && joins)
    };
    let told = tells(stance, marks.modality());
    let noted = NOTED.contains(&stance) || answers;
    let words = [
        (right(true), Words::STATED),
        (right(false), Words::UNSTATED),
        (told, Words::TOLD),
        (noted, Words::NOTED),
    ];
    Words(words.iter().filter(|(holds, _)| *holds).fold(0, |sum, (_, bit)| sum | bit))
}

/// The same for all that there can be, worked out once.
fn all_words() -> &'static [Words; WORDS] {
    static ALL: LazyLock<Box<[Words; WORDS]>> = LazyLock::new(|| {
        let mut all = Box::new([Words::default(); WORDS]);
        (0..).zip(all.iter_mut()).for_each(|(bits, to)| *to = words(bits));
        all
    });
    &ALL
}

/// Zero for each relation, without touching the memory.
fn zeros() -> Box<[u16; RELATIONS]> {
    vec![0; RELATIONS].try_into().unwrap_or_else(|_| Box::new([0; RELATIONS]))
}

/// What the marks of a claim with a subject say: the [`Words`], [`OPEN`] if the relation is, and above them a bit for
/// each mark that its relation does not go with.
#[derive(Clone, Copy, Default)]
pub(super) struct Says(u16);

impl Says {
    /// Whether they are surely right, whatever the ends.
    #[inline]
    pub(super) fn is_right(self) -> bool {
        let stated = u16::from(Words::STATED);
        self.0 & (BESIDE_WORDS | OPEN | stated) == OPEN | stated
    }

    /// Whether the claim is noted beside its row.
    #[inline]
    pub(super) fn is_noted(self) -> bool {
        self.0 & u16::from(Words::NOTED) != 0
    }
}

impl<'g> Rules<'g> {
    pub(super) fn of(graph: &'g ClaimGraph, origins: &Origins, times: &Times) -> Self {
        let mut shortcuts = InsertRules::default();
        let (relations, kinds) = (graph.vocabulary.relations.len(), graph.vocabulary.kinds.len());
        if relations * kinds <= MOST_PAIRS {
            shortcuts.update(&graph.vocabulary, &graph.registry);
        }
        let mut open = zeros();
        for (relation, open) in (0..relations).filter_map(RelationId::at).zip(open.iter_mut()) {
            let turns = shortcuts.turns(relation).filter(|_| shortcuts.takes_all(relation));
            *open = turns.map_or(0, |turns| OPEN | turns);
        }
        let possible = |(chain, document): (&[SpeakerLink], Option<EntityId>)| {
            let mut faults = Vec::new();
            let (said, read_in) =
                graph.checker().origin(&from(chain, document, Stance::Asserts), &mut faults);
            faults.is_empty()
                && said.as_deref() == Some(chain)
                && read_in.map(|(id, _)| id) == document
        };
        let begins = times.periods().map(|period| {
            let first = period.start.earliest.filter(|_| period.aspect() != Aspect::State);
            first.map_or(i32::MIN, Day::number)
        });
        Self {
            graph,
            words: all_words(),
            shortcuts,
            open,
            origins: origins.all().map(possible).collect(),
            begins: begins.collect(),
        }
    }

    /// How many origins a claim can come from, from the first on: nearly always all.
    pub(super) fn possible(&self) -> u32 {
        self.origins.iter().take_while(|&&possible| possible).count() as u32
    }

    /// What goes with these words.
    #[inline]
    fn words(&self, marks: Marks) -> Words {
        self.words.get(place_of_words(marks)).copied().unwrap_or_default()
    }

    /// What the marks of a claim say.
    #[inline]
    pub(super) fn says(&self, relation: u16, marks: Marks) -> Says {
        let open = self.open.get(usize::from(relation)).copied().unwrap_or(0);
        Says(open ^ marks.bits() & BESIDE_WORDS | u16::from(self.words(marks).0))
    }

    /// Whether the claim is certainly one that an insertion would have taken.
    pub(super) fn is_right(
        &self,
        subject: Option<KindId>,
        row: Row,
        origin: OriginId,
        kinds: &[KindId],
    ) -> bool {
        let Row { head, reported, relation, marks } = row;
        let words = self.words(marks);
        let turns = marks.bits() & BESIDE_WORDS;
        let begins = match head.time.timing() {
            Timing::Day(day) => Day::in_calendar(day.number()).map(Day::number),
            Timing::Table(place) => self.begins.get(place).copied(),
            Timing::Never if head.time == TimeCode::NEVER => Some(i32::MIN),
            _ => None,
        };
        let fits = match (subject, head.object) {
            (Some(subject), Some(object)) => kinds.get(object.index()).is_some_and(|&object| {
                self.shortcuts.fits(relation, subject, object)
                    && self.shortcuts.turns(relation) == Some(turns)
            }),
            (subject, object) => {
                relation == RelationId::NONE && subject.is_none() && object.is_none() && turns == 0
            }
        };
        fits && words.has(if relation == RelationId::NONE {
            Words::UNSTATED
        } else {
            Words::STATED
        }) && begins.is_some_and(|begins| !words.has(Words::TOLD) || begins <= reported.number())
            && self.origins.get(origin.index()).is_some_and(|&possible| possible)
            && Day::in_calendar(reported.number()).is_some()
    }

    /// Refuses handles and days that stand for nothing, in a row that is not certainly right.
    pub(super) fn check_handles(
        &self,
        row: Row,
        origin: OriginId,
        entities: usize,
    ) -> InSection<()> {
        let Row { head, reported, relation, marks } = row;
        let refused = |section, problem| wrong(section, head.id, problem);
        if Marks::from_bits(marks.bits()).is_none() {
            return refused(ROWS, "its bits stand for nothing");
        }
        if head.object.is_some_and(|object| object.index() >= entities) {
            return refused(ROWS, "its object is not there");
        }
        if origin.index() >= self.origins.len() {
            return refused(ORIGIN, "its origin is not there");
        }
        if relation != RelationId::NONE && relation.index() >= self.graph.vocabulary.relations.len()
        {
            return refused(ROWS, "its relation is not there");
        }
        if Day::in_calendar(reported.number()).is_none() {
            return refused(ROWS, "its day is not in the calendar");
        }
        match head.time.timing() {
            Timing::Day(day) if Day::in_calendar(day.number()).is_none() => {
                refused(ROWS, "its time is not in the calendar")
            }
            Timing::Table(place) if place >= self.begins.len() => {
                refused(ROWS, "its period is not there")
            }
            Timing::Never if head.time != TimeCode::NEVER => {
                refused(ROWS, "its time stands for nothing")
            }
            _ => Ok(()),
        }
    }
}

#[cold]
pub(super) fn wrong<T>(section: &'static str, claim: ClaimId, problem: &str) -> InSection<T> {
    Err((section, format!("claim {}: {problem}", claim_number(claim))))
}
