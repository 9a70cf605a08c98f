//! The JSON formats of other programs: ClaimReview, FollowTheMoney, STIX and Wikidata.

pub mod claimreview;
pub mod ftm;
mod import;
mod json_input;
pub mod stix;
pub mod wikidata;

use crate::reader_options::Options;
use claimgraph::format::{Losses, Records};
use claimgraph::record::Record;
use jiff::civil::Date;

/// Counts links, derivations and lineage as lost, for a format that cannot carry them.
fn note_beside(records: &Records<'_>, losses: &mut Losses) {
    for record in records.beside_claims() {
        match record {
            Record::Link(link) => losses.note("link between claims", &link.from),
            Record::Derivation(figure) => losses.note("derived figure", &figure.claim),
            Record::Lineage(lineage) => losses.note("lineage", &lineage.speaker),
            Record::Claimgraph(_)
            | Record::Entity(_)
            | Record::Affiliation(_)
            | Record::Claim(_) => {}
        }
    }
}

/// Returns the report day of claims without one: the day of the options, or else today (UTC).
fn day(options: &Options) -> Date {
    options.reported.unwrap_or_else(today)
}

fn today() -> Date {
    let now =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Date::constant(1970, 1, 1).checked_add(now).unwrap_or(Date::MAX)
}
