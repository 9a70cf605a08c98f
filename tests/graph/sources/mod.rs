//! Wire copies, parties to the matter, leaving out a source, corroboration by entailment, credibility and policies.
//! Independence is compared with the rules applied to all subsets of the parties.

mod copies;
mod credibility;
mod critical;
mod parties;
mod random_worlds;
mod revised;

use crate::report;
use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, ClaimId, Date, DocumentInfo, EntityId, Period, Quantity, View, date,
    entity::Affiliation,
    grade::{Credibility, Likelihood, Reliability, SourceGrades},
    quantity::Amount,
    questions::ContestKind,
    sources::{Dependence, Facet, Lineage, Party, Policy, Rule, Verdict},
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::{BTreeMap, BTreeSet};

const DAY: Date = date(2031, 3, 2);

fn two_states(graph: &mut ClaimGraph) -> (EntityId, EntityId) {
    (graph.add(State, "tamora").unwrap().id(), graph.add(State, "ostrel").unwrap().id())
}
