//! The section of redactions. It comes before all records that name claims, because it has the keys of redacted claims.

use crate::files::format::error::{ReadError, WriteError};
use crate::files::snapshot::section::{Reader, Writer, damaged};
use crate::graph::ClaimGraph;
use crate::model::error::{Error, FieldPath};
use crate::model::id::ClaimId;
use crate::model::record::RedactionRecord;
use std::io::{BufRead, Write};

const REDACTIONS: &str = "redactions";

/// Writes each redaction with the number of its claim, 0 for that of an entity.
pub(super) fn write_redactions(
    writer: &mut Writer<impl Write>,
    graph: &ClaimGraph,
) -> Result<(), WriteError> {
    let mut claims: Vec<ClaimId> = graph.redactions.claims().collect();
    claims.sort_unstable();
    let claims = claims.into_iter().filter_map(|claim| {
        let record = graph.redaction_record(claim, &graph.claim_name(claim))?;
        Some((claim.number(), RedactionRecord { batch: None, ..record }))
    });
    let mut all: Vec<(u32, RedactionRecord)> = claims.collect();
    let of_claims = all.len();
    all.extend(graph.entity_redactions().map(|(_, record)| (0, record)));
    if let Some(of_entities) = all.get_mut(of_claims..) {
        of_entities.sort_by(|a, b| a.1.entity.cmp(&b.1.entity));
    }
    writer.json(REDACTIONS, &all)
}

/// Reads the redactions into a graph that has all entities and claims.
pub(super) fn read_redactions(
    reader: &mut Reader<impl BufRead>,
    graph: &mut ClaimGraph,
) -> Result<(), ReadError> {
    for (number, record) in reader.json::<Vec<(u32, RedactionRecord)>>(REDACTIONS)? {
        take(graph, number, record).map_err(|error| damaged(REDACTIONS, error.to_string()))?;
    }
    Ok(())
}

fn take(graph: &mut ClaimGraph, number: u32, record: RedactionRecord) -> Result<(), Error> {
    let (claim, entity) = (record.claim.clone(), record.entity.clone());
    match (ClaimId::numbered(number), claim, entity) {
        (Some(id), Some(key), None) => graph.mark_redacted(id, key.parse()?, record.into()),
        (None, None, Some(entity)) => {
            graph.redact_entity(graph.entity_keyed(&entity)?, record.into())
        }
        _ => {
            let expected = "a claim with its number, or an entity";
            Err(Error::wrong_term(FieldPath::Redaction, "another redaction", expected))
        }
    }
}
