//! A plain petgraph build, as a user would write it: a `DiGraph` with one edge a claim.

#![allow(dead_code)] // each bench uses a part of it

use super::workload::{Claim, DENIES, Workload};
use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::HashMap;

pub struct Plain {
    pub graph: DiGraph<String, Claim>,
    pub by_name: HashMap<String, NodeIndex>,
}

impl Plain {
    pub fn of(workload: &Workload) -> Self {
        let mut graph = DiGraph::with_capacity(workload.entities.len(), workload.claims.len());
        let mut by_name = HashMap::with_capacity(workload.entities.len());
        for name in &workload.entities {
            by_name.insert(name.clone(), graph.add_node(name.clone()));
        }
        for claim in &workload.claims {
            graph.add_edge(
                NodeIndex::new(claim.subject as usize),
                NodeIndex::new(claim.object as usize),
                *claim,
            );
        }
        Self { graph, by_name }
    }

    /// The claims about a subject, with their numbers.
    pub fn about(&self, subject: u32) -> impl Iterator<Item = (u32, &Claim)> {
        let edges =
            self.graph.edges_directed(NodeIndex::new(subject as usize), Direction::Outgoing);
        edges.map(|edge| (edge.id().index() as u32, edge.weight()))
    }

    pub fn joins(claim: &Claim) -> bool {
        claim.stance != DENIES
    }
}
