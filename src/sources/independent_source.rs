//! The parties of a cut: sources that could be wrong, each with those that may be one with it.

use crate::graph::ClaimGraph;
use crate::model::id::{ClaimId, EntityId};
use crate::sources::one_word::OneWord;
use crate::sources::vertex_cut::Vertex;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;
use serde::Serialize;
use std::collections::BTreeMap;

/// A party that could be wrong.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Party {
    /// This source.
    Source(EntityId),
    /// Somebody in the chain of this claim who is not named.
    Unnamed(ClaimId),
}

pub(crate) fn parties(cut: Vec<Vertex>) -> Vec<Party> {
    cut.into_iter().map(Party::from).collect()
}

impl Party {
    /// Returns the source, if it is named.
    pub fn source(self) -> Option<EntityId> {
        match self {
            Party::Source(source) => Some(source),
            Party::Unnamed(_) => None,
        }
    }
}

impl From<Vertex> for Party {
    fn from(vertex: Vertex) -> Self {
        match vertex {
            Vertex::Party(entity) | Vertex::Relay(entity) => Party::Source(entity),
            Vertex::Unstated(claim, _) => Party::Unnamed(claim),
        }
    }
}

/// A source that is certainly not one with the other sources of a cut.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IndependentSource {
    party: Party,
    may_be_one_with: Vec<Party>,
}

impl IndependentSource {
    /// Returns the sources of a cut. Each speaker that was taken for another one belongs to one of them.
    pub(crate) fn each(cut: Vec<Vertex>, one_word: &OneWord) -> Vec<Self> {
        let mut groups: IndexMap<Vertex, Vec<Vertex>, FxBuildHasher> =
            cut.into_iter().map(|vertex| (vertex, vec![vertex])).collect();
        for (speaker, other) in one_word.pairs() {
            // If the one who stands for others is cut off further away from the statement, the first source has them.
            let others = match groups.get_mut(&other) {
                Some(group) => Some((group, vec![speaker])),
                None => groups.values_mut().next().map(|group| (group, vec![other, speaker])),
            };
            if let Some((group, others)) = others {
                group.extend(others);
            }
        }
        let source = |group: Vec<Vertex>| {
            let mut parties = parties(group).into_iter();
            let party = parties.next()?;
            let mut may_be_one_with: IndexSet<Party, FxBuildHasher> = IndexSet::default();
            may_be_one_with.extend(parties.filter(|other| *other != party));
            let may_be_one_with = may_be_one_with.into_iter().collect();
            Some(Self { party, may_be_one_with })
        };
        groups.into_values().filter_map(source).collect()
    }

    /// Returns the party.
    pub fn party(&self) -> Party {
        self.party
    }

    /// Returns the speakers whose word may be one with that of the party: wholes to which it belongs, and speakers whose
    /// names are withheld.
    pub fn may_be_one_with(&self) -> &[Party] {
        &self.may_be_one_with
    }

    /// Returns the source in words: "ministry, perhaps one with state".
    pub(crate) fn named(&self, graph: &ClaimGraph) -> String {
        let name = |party: &Party| graph.speaker_name(party.source());
        let others: Vec<&str> = self.may_be_one_with.iter().map(name).collect();
        match others.is_empty() {
            true => name(&self.party).to_owned(),
            false => format!("{}, perhaps one with {}", name(&self.party), others.join(" and ")),
        }
    }

    /// Returns the source with keys in place of handles.
    pub(crate) fn keyed(&self, graph: &ClaimGraph) -> impl Serialize + use<> {
        #[derive(Serialize)]
        struct Keyed {
            #[serde(flatten)]
            party: BTreeMap<&'static str, String>,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            may_be_one_with: Vec<BTreeMap<&'static str, String>>,
        }
        let may_be_one_with = self.may_be_one_with.iter().map(|party| party.keyed(graph)).collect();
        Keyed { party: self.party.keyed(graph), may_be_one_with }
    }
}

impl Party {
    /// Returns the key of the source; of a party that is not named, the key of the claim.
    fn keyed(&self, graph: &ClaimGraph) -> BTreeMap<&'static str, String> {
        let (name, key) = match self {
            Party::Source(source) => ("source", graph.key_of(*source).to_owned()),
            Party::Unnamed(claim) => ("unnamed", graph.claim_name(*claim)),
        };
        BTreeMap::from([(name, key)])
    }
}
