//! Speakers whose word may be one: a whole and what belongs to it, and speakers whose names are withheld. Independence
//! takes them for one where it says how many sources there are at least.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::AffiliationId;
use crate::model::time::period::Period;
use crate::sources::evidence_path::in_order;
use crate::sources::hierarchy::Hierarchy;
use crate::sources::vertex_cut::Vertex;
use crate::view::View;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

type Map<K, V> = IndexMap<K, V, FxBuildHasher>;

/// Which speakers are taken for which others.
#[derive(Clone, Debug, Default)]
pub(crate) struct OneWord {
    /// Speakers whose word is left out, each with the speaker that stands for it.
    left_out: Map<Vertex, Vertex>,
    /// Speakers that are taken for another one.
    same: Map<Vertex, Vertex>,
    /// The affiliations by which that is so.
    pub(crate) affiliations: IndexSet<AffiliationId, FxBuildHasher>,
}

/// Where evidence comes from: a speaker, and the days on which it spoke.
pub(crate) type Speakers = Map<Vertex, IndexSet<Period>>;

impl OneWord {
    pub(crate) fn is_empty(&self) -> bool {
        self.left_out.is_empty() && self.same.is_empty()
    }

    /// Returns whether the word of the speaker is left out.
    pub(crate) fn leaves_out(&self, speaker: Vertex) -> bool {
        self.left_out.contains_key(&speaker)
    }

    /// Returns the speaker that the given one is taken for.
    pub(crate) fn taken_for(&self, speaker: Vertex) -> Vertex {
        self.same.get(&speaker).copied().unwrap_or(speaker)
    }

    /// Leaves out the word of a speaker, for which another one stands.
    pub(crate) fn leave_out(&mut self, speaker: Vertex, other: Vertex) {
        self.left_out.insert(speaker, other);
    }

    /// Takes a speaker for another one.
    pub(crate) fn take(&mut self, speaker: Vertex, other: Vertex) {
        self.same.insert(speaker, other);
    }

    /// Returns each speaker that may be one with another, with that one.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (Vertex, Vertex)> {
        self.left_out.iter().chain(&self.same).map(|(&one, &other)| (one, other))
    }
}

impl<'g> View<'g> {
    /// Returns which of these speakers may be one. `ends` are the claims, each with the speakers from which its evidence
    /// comes.
    pub(crate) fn one_word<'e>(
        &self,
        ends: impl Iterator<Item = (ClaimRef<'g>, &'e [Vertex])>,
    ) -> OneWord {
        let mut speakers = Speakers::default();
        for (claim, ends) in ends {
            let spoke = claim.said().unwrap_or_else(|| claim.reported().into());
            for &end in ends {
                speakers.entry(end).or_default().insert(spoke.clone());
            }
        }
        let withheld = |entity| self.graph.entity(entity).is_ok_and(|it| it.is_name_withheld());
        let affiliated = |entity| self.graph.affiliations_of(entity).next().is_some();
        let concerns = |vertex: &Vertex| match vertex {
            Vertex::Party(entity) => withheld(*entity) || affiliated(*entity),
            Vertex::Relay(_) => false,
            Vertex::Unstated(..) => true,
        };
        if speakers.len() < 2 || !speakers.keys().any(concerns) {
            return OneWord::default();
        }
        let order = in_order(self.graph, speakers.keys().copied());
        let sorted = order.into_iter().map(|speaker| {
            let spoke = speakers.get_mut(&speaker).map(std::mem::take).unwrap_or_default();
            (speaker, spoke)
        });
        Hierarchy::of(self, sorted.collect()).one_word()
    }
}
