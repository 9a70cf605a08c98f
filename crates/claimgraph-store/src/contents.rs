//! The contents of rows: the columns of a graph, and the records that a commit added. Bytes come in and a graph goes
//! out, and back.

use crate::error::StoreError;
use crate::row::Place;
use claimgraph::ClaimGraph;
use claimgraph::format::{Additions, ReadErrorKind, read_json};
use claimgraph::record::{FORMAT_VERSION, Loader, Record};
use std::io::BufRead;

/// Returns the sum of a commit: the checksum of its content, which holds the sum of the commit before it. So a commit is
/// never taken for another one with its number.
pub(crate) fn sum(content: &[u8]) -> u32 {
    crc32fast::hash(content)
}

/// Returns the columns of a graph, after the sum of their commit. If `is_new`, they are a commit of their own after one
/// with the sum given. If not, the sum is that of the commit they are as of.
pub(crate) fn columns_of(
    graph: &ClaimGraph,
    before: u32,
    is_new: bool,
) -> Result<(Vec<u8>, u32), StoreError> {
    let mut bytes = before.to_le_bytes().to_vec();
    graph.write_snapshot(&mut bytes)?;
    if !is_new {
        return Ok((bytes, before));
    }
    let sum = sum(&bytes);
    bytes.splice(..4, sum.to_le_bytes());
    Ok((bytes, sum))
}

/// Reads columns and the sum of their commit.
pub(crate) fn read_columns(
    place: Place,
    mut input: impl BufRead,
) -> Result<(ClaimGraph, u32), StoreError> {
    let mut sum = [0; 4];
    input.read_exact(&mut sum).map_err(|error| StoreError::damaged(place, error))?;
    let graph = ClaimGraph::read_snapshot(input).map_err(|error| match error.kind() {
        // Columns of another release are not damaged.
        ReadErrorKind::NewerFormat { .. } | ReadErrorKind::OlderFormat { .. } => error.into(),
        _ => StoreError::damaged(place, error),
    })?;
    Ok((graph, u32::from_le_bytes(sum)))
}

/// Returns the additions as the sum of the commit before, the version of the records, and a line for each.
pub(crate) fn records_of(additions: &Additions<'_>, before: u32) -> Result<Vec<u8>, StoreError> {
    let mut bytes = [before, FORMAT_VERSION].map(u32::to_le_bytes).concat();
    additions.each(|record| {
        serde_json::to_writer(&mut bytes, &record).map_err(std::io::Error::from)?;
        bytes.push(b'\n');
        Ok::<(), StoreError>(())
    })?;
    Ok(bytes)
}

/// Adds the records of a commit that comes after one with the sum given. Returns its sum.
pub(crate) fn add_records(
    loader: &mut Loader,
    place: Place,
    content: &[u8],
    before: u32,
) -> Result<u32, StoreError> {
    let damaged = |problem: &str| StoreError::damaged(place, problem);
    let (after, rest) = content.split_first_chunk::<4>().ok_or_else(|| damaged("it is cut off"))?;
    if u32::from_le_bytes(*after) != before {
        return Err(damaged("it follows another commit than the one before it"));
    }
    let (version, lines) = rest.split_first_chunk::<4>().ok_or_else(|| damaged("it is cut off"))?;
    let found = u32::from_le_bytes(*version);
    if found > FORMAT_VERSION {
        return Err(StoreError::NewerVersion { found, supported: FORMAT_VERSION });
    }
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    for (line, number) in lines.zip(1u64..) {
        let record: Record = read_json(line).map_err(|fault| {
            StoreError::damaged(place, format!("record {number}: {}", fault.problem))
        })?;
        loader
            .push(record)
            .map_err(|error| StoreError::damaged(place, format!("record {number}: {error}")))?;
    }
    Ok(sum(content))
}

/// Returns whether two graphs have as many things of each kind, and their words in the same order. Then handles of one
/// are handles of the other.
pub(crate) fn is_alike(one: &ClaimGraph, other: &ClaimGraph) -> bool {
    let counts = |graph: &ClaimGraph| (graph.len(), graph.entity_count(), graph.batches().len());
    let (ours, theirs) = (one.vocabulary(), other.vocabulary());
    counts(one) == counts(other)
        && ours.kinds().eq(theirs.kinds())
        && ours.roles().eq(theirs.roles())
        && ours.relations().eq(theirs.relations())
        && ours.units().eq(theirs.units())
}
