//! Random small worlds, and the answers of `SEMANTICS.md` about them by brute force: lists are searched and every subset
//! is tried.

#![allow(dead_code)] // each test binary uses a part of it

mod graph;
mod revisions;
mod rules;
mod time;
mod worlds;

pub use {graph::*, rules::*, time::*, worlds::*};

use claimgraph::reporting::*;
use claimgraph::{
    Answer, Claim, ClaimGraph, ClaimId, Date, EntityId, Id, Modality, Period, Quantity, Stance,
    claim::{Attribution, Certainty, Link, NotStated, Polarity},
    date,
    entity::{Affiliation, AffiliationKind},
    sources::{Lineage, LineageId},
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

claimgraph::vocabulary! {
    /// Relations that imply in more than one step, from the other side, and through an inverse.
    pub fn further;
    relation STATIONS_IN = "stations-in": Actor => Place, implies DEPLOYS_TO;
    relation HOSTS = "hosts": Place => Actor, inverse PRESENT_IN;
    relation HARBOURS = "harbours": Place => Actor, implies HOSTS;
    relation FIGHTS_BESIDE = "fights-beside": Actor => Actor, implies ALLIED_WITH;
    relation KNOWS = "knows": Actor => Actor;
    relation BEFRIENDS = "befriends": Actor => Actor, symmetric, implies KNOWS;
    relation PACT_WITH = "pact-with": State => State, symmetric, implies ALLIED_WITH;
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    Actor,
    Place,
    State,
}

pub struct Rel {
    pub key: &'static str,
    pub subject: End,
    pub object: End,
    pub implies: &'static [usize],
    pub symmetric: bool,
    pub inverse: Option<usize>,
    pub state: bool,
}

const fn rel(
    key: &'static str,
    subject: End,
    object: End,
    implies: &'static [usize],
    symmetric: bool,
    inverse: Option<usize>,
    state: bool,
) -> Rel {
    Rel { key, subject, object, implies, symmetric, inverse, state }
}

pub const RELS: [Rel; 11] = [
    rel("present-in", End::Actor, End::Place, &[], false, Some(4), true),
    rel("deploys-to", End::Actor, End::Place, &[0], false, None, false),
    rel("distributed-across", End::Actor, End::Place, &[0], false, None, true),
    rel("stations-in", End::Actor, End::Place, &[1], false, None, false),
    rel("hosts", End::Place, End::Actor, &[], false, Some(0), true),
    rel("harbours", End::Place, End::Actor, &[4], false, None, false),
    rel("allied-with", End::Actor, End::Actor, &[], true, None, true),
    rel("fights-beside", End::Actor, End::Actor, &[6], false, None, false),
    rel("knows", End::Actor, End::Actor, &[], false, None, false),
    rel("befriends", End::Actor, End::Actor, &[8], true, None, false),
    rel("pact-with", End::State, End::State, &[6], true, None, false),
];

/// All relations that a relation implies, each with whether the ends change sides.
pub fn says(rel: usize) -> BTreeSet<(usize, bool)> {
    let mut found = BTreeSet::from([(rel, false)]);
    loop {
        let mut more = found.clone();
        for &(r, turned) in &found {
            more.extend(RELS[r].implies.iter().map(|&i| (i, turned)));
            if RELS[r].symmetric {
                more.insert((r, !turned));
            }
            more.extend(RELS[r].inverse.map(|i| (i, !turned)));
        }
        if more == found {
            return found;
        }
        found = more;
    }
}

fn same_relation(a: usize, b: usize) -> bool {
    a == b || RELS[a].inverse == Some(b)
}

/// The part of the table in SEMANTICS 1.3 that is needed.
pub fn commits(stance: Stance) -> bool {
    use Stance::*;
    matches!(
        stance,
        Asserts | Observes | Estimates | Assesses | Confirms | Acknowledges | Presupposes | Revises
    )
}

pub fn evidence(stance: Stance) -> bool {
    commits(stance) && stance != Stance::Acknowledges && stance != Stance::Presupposes
}
