//! Where a claim or statement ultimately comes from, and on how many independent sources it stands.
//!
//! Two numbers, never mixed. The *roots* are where the lineage of each outermost speaker ends. The
//! *independence* is the smallest number of parties that would all have to be wrong for the statement
//! to lose its support: a minimum vertex cut between the reader and the statement. Two roots may quote
//! one person, so neither number bounds the other.

use crate::cuts::{Network, Vertex};
use crate::ids::{ClaimId, EntityId};
use crate::proofs::{Proof, Step};
use crate::readings::ClaimRef;
use crate::stances::Basis;
use crate::statements::Inquiry;
use crate::views::View;
use indexmap::IndexSet;
use std::fmt;

/// Where a claim ultimately comes from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Root {
    /// This source.
    Known(EntityId),
    /// Nobody knows: the innermost speaker is not named and was not inferred.
    Unknown,
}

impl Root {
    /// The source, where it is known.
    pub fn source(self) -> Option<EntityId> {
        match self {
            Root::Known(source) => Some(source),
            Root::Unknown => None,
        }
    }
}

/// A party that could be wrong.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Party {
    /// This source.
    Source(EntityId),
    /// Somebody in the chain of this claim who is not named.
    Unnamed(ClaimId),
}

/// On how many independent sources a statement stands.
///
/// Its `Display` says the number, the parties and the roots in one line.
#[derive(Clone)]
pub struct Independence<'g> {
    view: View<'g>,
    supporters: Vec<ClaimId>,
    network: Network,
    cut: Vec<Vertex>,
    roots: Vec<Root>,
    /// From what the claims say to the statement.
    steps: Vec<Step>,
}

impl<'g> View<'g> {
    pub(crate) fn roots_of(&self, claim: ClaimRef<'g>) -> Vec<Root> {
        if claim.chain().last().is_none_or(|link| link.source.is_none() && link.basis != Basis::Inferred) {
            return vec![Root::Unknown];
        }
        match self.descent(claim) {
            None => vec![Root::Unknown],
            Some(descent) => self.sorted_roots(descent.ends.into_iter().map(Root::Known).collect()),
        }
    }

    fn sorted_roots(&self, roots: IndexSet<Root>) -> Vec<Root> {
        let mut roots: Vec<Root> = roots.into_iter().collect();
        roots.sort_by_key(|root| root.source().map(|source| self.graph.key_of(source)));
        roots
    }

    /// The paths by which these claims reach the reader.
    /// Where relays count, one that also speaks for itself is one vertex.
    fn network(&self, claims: &[ClaimId], counts_relays: bool) -> Network {
        let mut network = Network::default();
        for claim in claims.iter().filter_map(|&id| ClaimRef::new(self.graph, id)) {
            let chain = claim.chain();
            let party = self.graph.party(chain);
            let innermost = chain.len().saturating_sub(1);
            let vertex = |place: usize| {
                chain.get(place).map(|link| match link.source {
                    None => Vertex::Unstated(claim.id(), place),
                    Some(source)
                        if place != party && place != innermost && !counts_relays && self.graph.is_relay(source) =>
                    {
                        Vertex::Relay(source)
                    }
                    Some(source) => Vertex::Party(source),
                })
            };
            // Whoever passes it on; a document in its own voice passes on its own word.
            let mut before = None;
            for link in chain.iter().take(party.max(usize::from(claim.is_own_voice()))) {
                let relay = link.source.map(if counts_relays { Vertex::Party } else { Vertex::Relay });
                network.arc(before, relay);
                before = relay;
            }
            network.arc(before, vertex(party));
            let descent = self.descent(claim);
            for &(from, to, _) in descent.iter().flat_map(|d| &d.steps) {
                network.arc(Some(Vertex::Party(from)), Some(Vertex::Party(to)));
            }
            let own_end = chain.get(party).and_then(|link| link.source);
            let ends = descent.map_or(vec![own_end], |d| d.ends.into_iter().map(Some).collect());
            for end in ends {
                // Where the lineage ends at a speaker further in, the chain goes on from there.
                let within =
                    chain.iter().enumerate().skip(party + 1).find(|(_, link)| end.is_some() && link.source == end);
                let (mut at, next) = match (within, end) {
                    (Some((place, _)), _) => (vertex(place), place + 1),
                    (None, Some(end)) => (Some(Vertex::Party(end)), party + 1),
                    (None, None) => (vertex(party), party + 1),
                };
                for place in next..chain.len() {
                    let onward = vertex(place);
                    network.arc(at, onward);
                    at = onward;
                }
                network.arc(at, None);
            }
        }
        network
    }

    /// On how many independent sources these claims stand together.
    pub fn independence_of(&self, claims: impl IntoIterator<Item = ClaimId>) -> Independence<'g> {
        let claims: Vec<ClaimId> = claims.into_iter().collect();
        let evidence = claims.iter().filter_map(|&id| self.get(id)).filter(|claim| claim.stance().adds_evidence());
        let supporters: Vec<ClaimId> = evidence.map(ClaimRef::id).collect();
        let roots =
            supporters.iter().filter_map(|&id| ClaimRef::new(self.graph, id)).flat_map(|claim| self.roots_of(claim));
        let roots = self.sorted_roots(roots.collect());
        let network = self.network(&supporters, false);
        let mut independence =
            Independence { view: self.clone(), supporters, network, cut: Vec::new(), roots, steps: Vec::new() };
        independence.settle();
        independence
    }
}

impl<'g> Independence<'g> {
    fn settle(&mut self) {
        let preferred = |v: Vertex| match v {
            Vertex::Party(e) => self.roots.contains(&Root::Known(e)),
            Vertex::Unstated(..) => true,
            Vertex::Relay(_) => false,
        };
        let ranks = self.ranks();
        self.cut = self.network.minimum(&Self::cuttable, &preferred, &|v| ranks.get_index_of(&v).unwrap_or(usize::MAX));
    }

    fn cuttable(vertex: Vertex) -> bool {
        !matches!(vertex, Vertex::Relay(_))
    }

    /// The vertices in order of entity keys, those not named last.
    fn ranks(&self) -> IndexSet<Vertex> {
        let graph = self.view.graph;
        let mut vertices: Vec<Vertex> = self.network.vertices().collect();
        vertices.sort_by_key(|&vertex| match vertex {
            Vertex::Party(e) => (0, graph.key_of(e), None),
            Vertex::Relay(e) => (1, graph.key_of(e), None),
            Vertex::Unstated(claim, place) => (2, "", Some((claim, place))),
        });
        vertices.into_iter().collect()
    }

    /// Documents, publishers and wires can be wrong too: how many of these and other parties would have
    /// to be?
    #[must_use]
    pub fn counting_documents(mut self) -> Self {
        self.network = self.view.network(&self.supporters, true);
        self.settle();
        self
    }

    /// The smallest number of parties that would all have to be wrong.
    pub fn count(&self) -> usize {
        self.cut.len()
    }

    fn parties(cut: &[Vertex]) -> Vec<Party> {
        let party = |vertex: &Vertex| match *vertex {
            Vertex::Party(entity) | Vertex::Relay(entity) => Party::Source(entity),
            Vertex::Unstated(claim, _) => Party::Unnamed(claim),
        };
        cut.iter().map(party).collect()
    }

    /// Such parties: roots if a smallest set of roots exists, in order of their keys.
    pub fn cut(&self) -> Vec<Party> {
        Self::parties(&self.cut)
    }

    /// Every smallest set of parties, at most `limit` of them.
    pub fn all_cuts(&self, limit: usize) -> Vec<Vec<Party>> {
        let ranks = self.ranks();
        let rank = |v: Vertex| ranks.get_index_of(&v).unwrap_or(usize::MAX);
        let cuts = self.network.enumerate(&Self::cuttable, &rank, limit);
        cuts.iter().map(|cut| Self::parties(cut)).collect()
    }

    /// Where the support ends, in order of keys. Not the same number as [`count`](Self::count).
    pub fn roots(&self) -> &[Root] {
        &self.roots
    }

    /// The claims that add evidence.
    pub fn claims(&self) -> &[ClaimId] {
        &self.supporters
    }

    /// The innermost speakers of those claims, each once.
    pub fn speakers(&self) -> Vec<EntityId> {
        let claims = self.supporters.iter().filter_map(|&id| ClaimRef::new(self.view.graph, id));
        claims.filter_map(ClaimRef::speaker).collect::<IndexSet<_>>().into_iter().collect()
    }

    /// The documents those claims were read in, each once.
    pub fn documents(&self) -> Vec<EntityId> {
        let claims = self.supporters.iter().filter_map(|&id| ClaimRef::new(self.view.graph, id));
        claims.filter_map(|claim| claim.document().map(crate::Id::id)).collect::<IndexSet<_>>().into_iter().collect()
    }

    /// The claims and the lineage it rests on.
    pub fn proof(&self) -> Proof<'g> {
        let mut proof = Proof::of(&self.view);
        self.steps.iter().for_each(|step| proof.step(step.clone()));
        for claim in self.supporters.iter().filter_map(|&id| ClaimRef::new(self.view.graph, id)) {
            proof.claim(claim.id());
            let steps = self.view.descent(claim).map(|descent| descent.steps).unwrap_or_default();
            steps.into_iter().for_each(|(_, _, lineage)| proof.lineage(lineage));
        }
        proof.settled()
    }
}

impl fmt::Display for Independence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let graph = self.view.graph;
        let name = |party: Party| match party {
            Party::Source(source) => graph.name_of(source),
            Party::Unnamed(_) => "somebody not named",
        };
        let names: Vec<&str> = self.cut().into_iter().map(name).collect();
        let (count, plural) = (self.count(), if self.count() == 1 { "" } else { "s" });
        write!(f, "{count} independent source{plural}")?;
        if !names.is_empty() {
            write!(f, " ({})", names.join(", "))?;
        }
        let claims = self.supporters.iter().filter_map(|&id| ClaimRef::new(graph, id));
        let speakers = claims.map(ClaimRef::speaker).collect::<IndexSet<_>>().len();
        write!(f, ", {speakers} speaker{} with evidence", if speakers == 1 { "" } else { "s" })
    }
}

impl fmt::Debug for Independence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Independence({self})")
    }
}

impl<'g> Inquiry<'g> {
    /// On how many independent sources the statement stands. Only claims that add evidence count: not
    /// those that acknowledge or presuppose it.
    pub fn independence(&self) -> Independence<'g> {
        let backing = self.backing();
        let mut independence = self.view.independence_of(backing.iter().map(|backing| backing.claim().id()));
        independence.steps = backing.iter().filter(|b| b.adds_evidence()).flat_map(|b| b.steps().to_vec()).collect();
        independence
    }
}
