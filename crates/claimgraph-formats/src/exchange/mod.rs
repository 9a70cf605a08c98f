//! The JSON formats of other programs: ClaimReview, FollowTheMoney, STIX and Wikidata.

pub mod claimreview;
mod exact_number;
pub mod ftm;
mod held_claim;
mod import;
mod json_input;
mod json_stream;
mod place;
pub mod stix;
mod whole_value;
pub mod wikidata;

use claimgraph::ClaimGraph;
use claimgraph::format::{Losses, Records};
use claimgraph::record::Record;

/// Counts batches, links, derivations, lineage, reviews and judgements as lost, for a format that cannot carry them.
fn note_beside(graph: &ClaimGraph, records: &Records<'_>, losses: &mut Losses) {
    graph.batches().for_each(|batch| losses.note("batch", batch.key()));
    for claim in graph.claims().filter(|claim| claim.redaction().is_some()) {
        losses.note("redacted claim", records.name(claim.id()));
    }
    for record in records.beside_claims() {
        match record {
            Record::Link(link) => losses.note("link between claims", &link.from),
            Record::Derivation(figure) => losses.note("derived figure", &figure.claim),
            Record::Lineage(lineage) => losses.note("lineage", &lineage.speaker),
            Record::Review(review) => losses.note("review", &review.claim),
            Record::Judgement(judgement) => losses.note("judgement", &judgement.one),
            // Redactions do not come after the claims.
            Record::Claimgraph(_)
            | Record::Redaction(_)
            | Record::Batch(_)
            | Record::Entity(_)
            | Record::Affiliation(_)
            | Record::Claim(_) => {}
        }
    }
}
