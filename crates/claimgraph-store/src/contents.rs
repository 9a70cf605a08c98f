//! What rows hold: the columns of a graph, and the records that a commit added. Bytes come in and a graph goes out, and
//! back.

use crate::error::StoreError;
use crate::row::Place;
use claimgraph::ClaimGraph;
use claimgraph::format::{Additions, read_json};
use claimgraph::record::{FORMAT_VERSION, Loader, Record};

/// Returns the columns of a graph.
pub(crate) fn columns_of(graph: &ClaimGraph) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    graph.write_snapshot(&mut bytes)?;
    Ok(bytes)
}

/// Returns the additions as the version of the records and a line for each.
pub(crate) fn records_of(additions: &Additions<'_>) -> Result<Vec<u8>, StoreError> {
    let mut bytes = FORMAT_VERSION.to_le_bytes().to_vec();
    additions.each(|record| {
        serde_json::to_writer(&mut bytes, &record).map_err(std::io::Error::from)?;
        bytes.push(b'\n');
        Ok::<(), StoreError>(())
    })?;
    Ok(bytes)
}

/// Adds the records of a commit.
pub(crate) fn add_records(
    loader: &mut Loader,
    place: Place,
    content: &[u8],
) -> Result<(), StoreError> {
    let cut = || StoreError::damaged(place, "it has no version of records");
    let (version, lines) = content.split_first_chunk::<4>().ok_or_else(cut)?;
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
    Ok(())
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
