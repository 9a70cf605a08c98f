//! The sections of claims: chains of speakers, columns, and the parts that few claims have.

use crate::files::format::error::{ReadError, WriteError};
use crate::files::snapshot::Counts;
use crate::files::snapshot::section::{Reader, Writer, damaged};
use crate::graph::ClaimGraph;
use crate::model::claim::SpeakerLink;
use crate::model::id::{ClaimId, EntityId, OriginId, RelationId};
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::value::stance::Basis;
use crate::store::claim_flags::Marks;
use crate::store::columns::raw::Bare;
use crate::store::columns::{Head, raw};
use crate::store::ledger::{Kept, Ledger};
use crate::store::origin_table::Origins;
use crate::store::stored_claim::{Held, HeldArgument, HeldStatement, Rich, Time};
use crate::store::time_code::{TimeCode, TimeCodes, Times};
use std::borrow::Cow;
use std::io::{BufRead, Write};

const ORIGINS: &str = "origins";
const SPEAKERS: &str = "speakers";
const PERIODS: &str = "periods";
const SUBJECTS: &str = "subjects";
const ORIGIN: &str = "origin";
const REPORTED: &str = "reported";
const RELATION: &str = "relation";
const MARKS: &str = "marks";
const RICH: &str = "rich";
const HEADS: &str = "heads";
const TARGETS: &str = "targets";

/// Returns two numbers as one cell.
fn pair(first: u32, second: u32) -> [u8; 8] {
    (u64::from(second) << u32::BITS | u64::from(first)).to_le_bytes()
}

fn unpaired(cell: [u8; 8]) -> (u32, u32) {
    let both = u64::from_le_bytes(cell);
    (both as u32, (both >> u32::BITS) as u32)
}

/// Returns object, time and claim as one cell.
fn head_cell(head: Head) -> [u8; 12] {
    let mut cell = [0; 12];
    let numbers = [
        head.object.map_or(0, EntityId::number),
        head.time.bits().cast_unsigned(),
        head.id.number(),
    ];
    cell.as_chunks_mut::<4>().0.iter_mut().zip(numbers).for_each(|(to, n)| *to = n.to_le_bytes());
    cell
}

fn head_numbers(cell: &[u8; 12]) -> [u32; 3] {
    let [a, b, c, d, e, f, g, h, i, j, k, l] = *cell;
    [[a, b, c, d], [e, f, g, h], [i, j, k, l]].map(u32::from_le_bytes)
}

/// Writes the sections of claims. If there are recent rows, a copy has them among the others; the ledger does not
/// change.
pub(super) fn write_claims(
    writer: &mut Writer<impl Write>,
    ledger: &Ledger,
) -> Result<(), WriteError> {
    let number = |entity: Option<EntityId>| entity.map_or(0, EntityId::number);
    let origins: Vec<_> = ledger.origins().all().collect();
    let links: Vec<SpeakerLink> = origins.iter().flat_map(|(chain, _)| *chain).copied().collect();
    writer.column(ORIGINS, &origins, |(chain, document)| {
        pair(number(document), chain.len() as u32)
    })?;
    writer.column(SPEAKERS, &links, |link| {
        pair(number(link.source), link.basis as u32 | u32::from(link.direct) << 8)
    })?;
    writer.json(PERIODS, &ledger.times().periods().collect::<Vec<_>>())?;
    let Bare { heads, origin, reported, relation, marks, offsets } = ledger.bare_rows();
    writer.column(SUBJECTS, &offsets, u32::to_le_bytes)?;
    writer.column(ORIGIN, &origin, |origin| origin.number().to_le_bytes())?;
    writer.column(REPORTED, &reported, |day| day.number().to_le_bytes())?;
    writer.column(RELATION, &relation, |relation| (relation.index() as u16).to_le_bytes())?;
    writer.column(MARKS, &marks, |marks| marks.bits().to_le_bytes())?;
    writer.json(RICH, &ledger.riches().collect::<Vec<_>>())?;
    writer.column(HEADS, &heads, head_cell)?;
    let targets = ledger.plain_targets();
    writer.column(TARGETS, targets, |(by, target)| pair(by.number(), target.number()))?;
    Ok(())
}

/// Reads a column in which each cell must stand for a value. If one does not, the column is refused, whatever was made
/// of it. Two short loops over each piece let the compiler take many cells at a time.
fn values<T, const N: usize>(
    reader: &mut Reader<impl BufRead>,
    (name, problem): (&'static str, &'static str),
    stands: impl Fn([u8; N]) -> bool,
    of: impl Fn([u8; N]) -> T,
) -> Result<Vec<T>, ReadError> {
    reader.column(name, |values, cells| {
        let all = cells.iter().fold(true, |all, &cell| all & stands(cell));
        values.extend(cells.iter().map(|&cell| of(cell)));
        if all { Ok(()) } else { Err(problem) }
    })
}

/// Reads the sections of claims into a graph without claims.
pub(super) fn read_claims(
    reader: &mut Reader<impl BufRead>,
    graph: &mut ClaimGraph,
) -> Result<(), ReadError> {
    let mut counts = Counts::of(graph);
    let origins = read_origins(reader, &counts)?;
    let times = read_periods(reader)?;
    let offsets: Vec<u32> = values(reader, (SUBJECTS, ""), |_| true, u32::from_le_bytes)?;
    let known = origins.len() as u32;
    let origin = values(
        reader,
        (ORIGIN, "an origin is not there"),
        |cell| u32::from_le_bytes(cell).wrapping_sub(1) < known,
        |cell| OriginId::numbered(u32::from_le_bytes(cell)).unwrap_or(OriginId::FIRST),
    )?;
    counts.claims = origin.len();
    check_offsets(&offsets, &counts).map_err(|problem| damaged(SUBJECTS, problem))?;
    let reported = values(
        reader,
        (REPORTED, "a day is not in the calendar"),
        |cell| (Day::FIRST..=Day::LAST).contains(&i32::from_le_bytes(cell)),
        |cell| Day::of_number(i32::from_le_bytes(cell)),
    )?;
    let (known, none) = (counts.relations as u16, u16::MAX);
    let relation = values(
        reader,
        (RELATION, "a relation is not there"),
        |cell| (u16::from_le_bytes(cell) < known) | (u16::from_le_bytes(cell) == none),
        |cell| RelationId::at(u16::from_le_bytes(cell).into()).unwrap_or(RelationId::NONE),
    )?;
    let marks = values(
        reader,
        (MARKS, "bits stand for nothing"),
        |cell| Marks::unchecked(u16::from_le_bytes(cell)).stand(),
        |cell| Marks::unchecked(u16::from_le_bytes(cell)),
    )?;
    for (name, length) in
        [(REPORTED, reported.len()), (RELATION, relation.len()), (MARKS, marks.len())]
    {
        counts.check_length(name, length)?;
    }
    let rich: Vec<Rich> = reader.json(RICH)?;
    // An entity that is an object has its place among the subjects.
    let subjects = offsets.len().saturating_sub(1);
    let mut seen = Seen::of(&marks);
    let codes = TimeCodes::of(times.periods().len(), rich.len());
    let heads = reader.column(HEADS, |heads, cells| seen.heads(heads, cells, subjects, codes))?;
    counts.check_length(HEADS, heads.len())?;
    if !seen.all() {
        return Err(damaged(HEADS, "the number of a claim is not one, or is there twice"));
    }
    let answering = marks.iter().map(|marks| u32::from(marks.has(Marks::ANSWERS))).sum::<u32>();
    let Seen { mut owners, owners_answering, .. } = seen;
    let rows = Bare {
        heads: Cow::Owned(heads),
        origin: Cow::Owned(origin),
        reported: Cow::Owned(reported),
        relation: Cow::Owned(relation),
        marks: Cow::Owned(marks),
        offsets,
    };
    if !raw::are_in_order(&rows) {
        return Err(damaged(HEADS, "a row does not come after the one before it"));
    }
    let targets = read_targets(reader, counts.claims, answering as usize - owners_answering)?;
    owners.sort_unstable();
    let in_order = owners.is_sorted_by_key(|(_, claim)| *claim);
    if !in_order || !owners.iter().map(|(place, _)| *place).eq(0..rich.len()) {
        return Err(damaged(RICH, "not each belongs to a claim, in order of claims"));
    }
    let owners: Vec<ClaimId> = owners.into_iter().map(|(_, claim)| claim).collect();
    for (rich, &claim) in rich.iter().zip(&owners) {
        counts
            .check_rich(rich, claim)
            .map_err(|problem| damaged(RICH, format!("claim {}: {problem}", claim.number())))?;
    }
    graph.ledger = Ledger::of(Kept { rows, origins, times, rich, owners, targets });
    Ok(())
}

fn read_origins(reader: &mut Reader<impl BufRead>, counts: &Counts) -> Result<Origins, ReadError> {
    let cells = |values: &mut Vec<(u32, u32)>, cells: &[[u8; 8]]| {
        values.extend(cells.iter().map(|&cell| unpaired(cell)));
        Ok(())
    };
    let (listed, links) = (reader.column(ORIGINS, cells)?, reader.column(SPEAKERS, cells)?);
    let entity = |number: u32| (number > 0).then(|| counts.entity(number)).transpose();
    let link = |&(source, how): &(u32, u32)| {
        let basis = Basis::ALL.get((how & 0xff) as usize).filter(|_| how >> 9 == 0);
        let basis = *basis.ok_or_else(|| format!("no basis has number {how}"))?;
        Ok(SpeakerLink { source: entity(source)?, basis, direct: how >> 8 == 1 })
    };
    let links = links.iter().map(link).collect::<Result<Vec<SpeakerLink>, String>>();
    let mut rest = links.as_deref().map_err(|problem| damaged(SPEAKERS, problem))?;
    let mut origins = Origins::default();
    for (place, &(document, count)) in listed.iter().enumerate() {
        let document = entity(document).map_err(|problem| damaged(ORIGINS, problem))?;
        let (chain, after) = rest
            .split_at_checked(count as usize)
            .ok_or_else(|| damaged(SPEAKERS, "there are fewer than the origins have"))?;
        if origins.intern(chain, document).is_none_or(|origin| origin.index() != place) {
            return Err(damaged(ORIGINS, format!("origin {} is there twice", place + 1)));
        }
        rest = after;
    }
    match rest {
        [] => Ok(origins),
        _ => Err(damaged(SPEAKERS, "there are more than the origins have")),
    }
}

fn read_periods(reader: &mut Reader<impl BufRead>) -> Result<Times, ReadError> {
    let mut times = Times::default();
    for (place, period) in reader.json::<Vec<Period>>(PERIODS)?.into_iter().enumerate() {
        let lasts = !period.is_inverted() && period.single_day().is_none();
        let kept = lasts.then(|| times.keep(Time::Period(period)));
        if kept.flatten().is_none() || times.periods().len() != place + 1 {
            let problem = "is not more than one day, or is there twice";
            return Err(damaged(PERIODS, format!("period {place} {problem}")));
        }
    }
    Ok(times)
}

/// Checks that the offsets are the beginnings of subjects among the rows.
fn check_offsets(offsets: &[u32], counts: &Counts) -> Result<(), &'static str> {
    let ends = offsets.first().zip(offsets.last());
    let within = ends.is_some_and(|(&first, &last)| first == 0 && last as usize <= counts.claims);
    match within && offsets.is_sorted() && offsets.len() <= counts.entities + 1 {
        true => Ok(()),
        false => Err("the offsets do not rise from zero to a row, one for each entity"),
    }
}

/// The claims that were met while heads were read.
struct Seen<'m> {
    /// The marks of each row; there are as many as claims.
    marks: &'m [Marks],
    /// Which claims were met, 64 in each.
    met: Vec<u64>,
    /// The place of each [`Rich`], and the claim that has it.
    owners: Vec<(usize, ClaimId)>,
    /// How many of the owners answer claims.
    owners_answering: usize,
}

impl<'m> Seen<'m> {
    fn of(marks: &'m [Marks]) -> Self {
        Self { marks, met: vec![0; marks.len() / 64 + 1], owners: Vec::new(), owners_answering: 0 }
    }

    /// Adds heads, whose handles must exist. If any is wrong, the error is that of the whole piece. Short loops without
    /// branches let the compiler take many cells at a time.
    fn heads(
        &mut self,
        heads: &mut Vec<Head>,
        cells: &[[u8; 12]],
        subjects: usize,
        times: TimeCodes,
    ) -> Result<(), &'static str> {
        let before = heads.len();
        let marks = self.marks.get(before..).unwrap_or_default();
        if cells.len() > marks.len() {
            return Err("there are more rows than claims");
        }
        let (mut last_object, mut last_time) = (0, 0);
        heads.extend(cells.iter().map(|cell| {
            let [object, time, number] = head_numbers(cell);
            let time = TimeCode::unchecked(time.cast_signed());
            last_object = object.max(last_object);
            last_time = time.place().max(last_time);
            let id = ClaimId::numbered(number).unwrap_or(ClaimId::LAST);
            Head { object: EntityId::numbered(object), time, id }
        }));
        if last_object as usize > subjects {
            return Err("an object is not there");
        }
        let new = heads.get(before..).unwrap_or_default();
        let met = self.met.as_mut_slice();
        for head in new {
            if let Some(met) = met.get_mut(head.id.index() / 64) {
                *met |= 1 << (head.id.index() % 64);
            }
        }
        if last_time > TimeCode::NEVER.place() {
            for (head, marks) in new.iter().zip(marks) {
                if !times.have(head.time) {
                    return Err("a time is not in the calendar, or not there");
                }
                if let Some(place) = head.time.rich() {
                    self.owners.push((place, head.id));
                    self.owners_answering += usize::from(marks.has(Marks::ANSWERS));
                }
            }
        }
        Ok(())
    }

    /// Returns whether each claim was met, and no other number. In that case none was met twice, because there are as
    /// many rows as claims.
    fn all(&self) -> bool {
        let claims = self.marks.len();
        let last = !(u64::MAX << (claims % 64));
        self.met.iter().copied().eq(std::iter::repeat_n(u64::MAX, claims / 64).chain([last]))
    }
}

/// Reads the targets of plain claims, in order of claims. Each claim answers one that comes before it. As many have a
/// target as there are marks that say so.
fn read_targets(
    reader: &mut Reader<impl BufRead>,
    claims: usize,
    answering: usize,
) -> Result<Vec<(ClaimId, ClaimId)>, ReadError> {
    let mut before = None;
    let targets = reader.column(TARGETS, |targets, cells| {
        for &cell in cells {
            let (by, target) = unpaired(cell);
            let both = ClaimId::numbered(by).zip(ClaimId::numbered(target));
            let both = both.filter(|(by, _)| by.index() < claims);
            let (by, target) = both.ok_or("a claim is named that is not there")?;
            if target >= by {
                return Err("a claim answers one that comes after it");
            }
            if before.replace(by) >= Some(by) {
                return Err("the claims are not in order");
            }
            targets.push((by, target));
        }
        Ok(())
    })?;
    match targets.len() == answering {
        true => Ok(targets),
        false => Err(damaged(TARGETS, format!("there are {} of {answering}", targets.len()))),
    }
}

impl Counts {
    fn check_length(&self, name: &'static str, length: usize) -> Result<(), ReadError> {
        match length == self.claims {
            true => Ok(()),
            false => {
                let problem = format!("there are {length} rows, and expected are {}", self.claims);
                Err(damaged(name, problem))
            }
        }
    }

    /// Checks that all handles exist, and that all claims that are named come before this one.
    fn check_rich(&self, rich: &Rich, claim: ClaimId) -> Result<(), String> {
        let targets = rich.targets.iter().map(|(target, _)| *target);
        targets.into_iter().try_for_each(|target| named_before(target, claim))?;
        if let Some(statement) = &rich.statement {
            self.check_statement(statement, claim)?;
        }
        self.check_roles(&rich.roles, claim)
    }

    fn check_statement(&self, statement: &HeldStatement, claim: ClaimId) -> Result<(), String> {
        if statement.relation.index() >= self.relations {
            return Err(format!("there is no relation {}", statement.relation.index()));
        }
        self.check_argument(&statement.subject, claim)?;
        self.check_argument(&statement.object, claim)?;
        self.check_roles(&statement.roles, claim)
    }

    fn check_roles(
        &self,
        roles: &[(crate::model::id::RoleId, HeldArgument)],
        claim: ClaimId,
    ) -> Result<(), String> {
        roles.iter().try_for_each(|(role, argument)| match role.index() < self.roles {
            true => self.check_argument(argument, claim),
            false => Err(format!("there is no role {}", role.index())),
        })
    }

    /// Checks the handles of a term. The depth of JSON is limited, so this ends.
    fn check_argument(&self, argument: &HeldArgument, claim: ClaimId) -> Result<(), String> {
        match &argument.value {
            Held::Entity(entity) => self.entity(entity.number()).map(drop),
            Held::Claim(named) => named_before(*named, claim),
            Held::Statement(statement) => self.check_statement(statement, claim),
            Held::Text(_) | Held::Quantity(_) | Held::Nothing | Held::NotStated => Ok(()),
        }
    }
}

fn named_before(named: ClaimId, claim: ClaimId) -> Result<(), String> {
    match named < claim {
        true => Ok(()),
        false => Err("it names a claim that does not come before it".to_owned()),
    }
}
