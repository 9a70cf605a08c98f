//! The sections of batches: the batches themselves, and those of entities and claims. The records of all else name
//! theirs.

use crate::files::format::error::{ReadError, WriteError};
use crate::files::snapshot::section::{Reader, Writer, damaged};
use crate::graph::ClaimGraph;
use crate::model::batch::Batch;
use crate::store::batch_table::Item;
use std::io::{BufRead, Write};
use std::sync::Arc;

const BATCHES: &str = "batches";
const OF_ENTITIES: &str = "entity-batches";
const OF_CLAIMS: &str = "claim-batches";

/// Writes the sections of batches.
pub(super) fn write_batches(
    writer: &mut Writer<impl Write>,
    graph: &ClaimGraph,
) -> Result<(), WriteError> {
    writer.json(BATCHES, &graph.batches().collect::<Vec<_>>())?;
    for (section, item, count) in columns(graph) {
        writer.column(section, &graph.batches.numbers(item, count), |n: u32| n.to_le_bytes())?;
    }
    Ok(())
}

fn columns(graph: &ClaimGraph) -> [(&'static str, Item, usize); 2] {
    let (entities, claims) = (graph.registry.len(), graph.len());
    [(OF_ENTITIES, Item::Entity, entities), (OF_CLAIMS, Item::Claim, claims)]
}

/// Reads the sections of batches into a graph that has all entities and claims.
pub(super) fn read_batches(
    reader: &mut Reader<impl BufRead>,
    graph: &mut ClaimGraph,
) -> Result<(), ReadError> {
    for (batch, number) in reader.json::<Vec<Batch>>(BATCHES)?.into_iter().zip(1u32..) {
        let problem = |problem: String| damaged(BATCHES, format!("batch {number}: {problem}"));
        let id = graph.add_batch(batch).map_err(|error| problem(error.to_string()))?;
        if id.number() != number {
            return Err(problem("it is there twice".to_owned()));
        }
    }
    let known = graph.batches().len();
    for (section, item, count) in columns(graph) {
        let numbers = reader.column(section, |numbers, cells| {
            numbers.extend(cells.iter().map(|&cell| u32::from_le_bytes(cell)));
            match numbers.iter().rev().take(cells.len()).all(|&batch| batch as usize <= known) {
                true => Ok(()),
                false => Err("a batch is named that is not there"),
            }
        })?;
        if numbers.len() > count {
            let problem = format!("there are {} batches for {count}", numbers.len());
            return Err(damaged(section, problem));
        }
        Arc::make_mut(&mut graph.batches).take_numbers(item, &numbers, count);
    }
    Ok(())
}
