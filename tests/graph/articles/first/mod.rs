//! The questions that an analyst has about the report, answered as exact sets; and wrong answers that a tool might
//! give.

mod counts;
mod questions;
mod voices;
mod wrong_answers;

use crate::report::{self, REPORTED, Report};
use claimgraph::reporting::*;
use claimgraph::{
    Answer, Claim, EntityId, Modality, Quantity, Stance, Term,
    claim::{Basis, Certainty, Polarity, Prominence, resolved},
    date,
    questions::{ContestKind, DerivedKind, Direction, MentionRole, TemporalOrder, WatchKind},
    sources::{Facet, Party},
};

fn report() -> Report {
    report::build().expect("the report is well formed")
}

fn speakers(report: &Report, claims: &[usize]) -> Vec<EntityId> {
    claims.iter().filter_map(|&k| report.graph.claim(report.k(k)).unwrap().speaker()).collect()
}

const THESE_CLAIMS: [usize; 20] =
    [2, 3, 5, 6, 7, 10, 11, 12, 13, 14, 23, 24, 25, 28, 29, 30, 31, 32, 33, 34];
