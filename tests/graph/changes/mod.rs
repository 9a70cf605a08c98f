//! Changes between two views: on random worlds against brute force, on the report, and on a year of events against a few
//! lines of Python (`tests/oracles/changes.py`).

mod events;
mod of_the_report;
mod random_worlds;

use crate::report;
use crate::support::brute::*;
use claimgraph::reporting::*;
use claimgraph::{
    Answer, Claim, ClaimGraph, ClaimId, EntityId, Modality, Quantity, Stance, View,
    change::ChangeRecord, date, questions::Direction,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::Command;

type Set = BTreeSet<ClaimId>;
