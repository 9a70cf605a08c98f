//! The paths by which claims reach the reader: from the document over the speakers and the believed lineage
//! to the statement. Claims of one chain in one document take one path.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId, OriginId};
use crate::model::value::stance::Basis;
use crate::sources::copy::Copies;
use crate::sources::vertex_cut::{Network, Vertex};
use crate::store::origin_table::SpeakerLink;
use crate::view::View;
use crate::view::lineage_walk::{Descent, Reach};
use indexmap::IndexSet;
use rustc_hash::FxHashMap;

/// The way of one claim, or of all claims of one origin.
pub(crate) struct Path {
    arcs: Vec<(Option<Vertex>, Vertex)>,
    /// The place where evidence comes in: the first speaker that is not a relay.
    start: Option<Vertex>,
    /// From where it comes: the end of the chain, or of the lineage.
    ends: Vec<Vertex>,
    /// Where the lineage ends, before what that party quotes in turn.
    roots: Vec<Option<EntityId>>,
}

/// The paths of some claims. `of` says, by place among the claims, which path each takes.
pub(crate) struct Paths {
    pub(crate) paths: Vec<Path>,
    pub(crate) of: Vec<usize>,
}

impl<'g> View<'g> {
    /// Where relays count, one that also speaks for itself is one vertex.
    pub(crate) fn paths(&self, claims: &[ClaimRef<'g>], counts_relays: bool) -> Paths {
        // By chain; and where the lineage is that of a document, by chain and document.
        let mut by_chain: FxHashMap<&'g [SpeakerLink], usize> = FxHashMap::default();
        let mut by_origin: FxHashMap<OriginId, usize> = FxHashMap::default();
        let mut paths = Paths { paths: Vec::new(), of: Vec::with_capacity(claims.len()) };
        let relay = self.graph.relay_kind();
        for &claim in claims {
            let origin = self.graph.ledger.origin_of(claim.id());
            if let Some(&place) = origin.and_then(|origin| by_origin.get(&origin)) {
                paths.of.push(place);
                continue;
            }
            let (chain, party) = (claim.chain(), self.graph.party_beside(relay, claim.chain()));
            let counting =
                if counts_relays { chain } else { chain.get(party..).unwrap_or_default() };
            let known = by_chain.get(counting).copied();
            let (place, reach) = known.map(|place| (place, Reach::Document)).unwrap_or_else(|| {
                let (path, reach) = self.path(claim, party, counts_relays);
                paths.paths.push(path);
                (paths.paths.len() - 1, reach)
            });
            if known.is_none() && reach == Reach::Speaker {
                by_chain.insert(counting, place);
            }
            if let Some(origin) = origin.filter(|_| reach < Reach::Claim) {
                by_origin.insert(origin, place);
            }
            paths.of.push(place);
        }
        paths
    }

    /// The path of a claim, and who else takes it.
    fn path(&self, claim: ClaimRef<'g>, party: usize, counts_relays: bool) -> (Path, Reach) {
        let chain = claim.chain();
        let innermost = chain.len().saturating_sub(1);
        let vertex = |place: usize| {
            chain.get(place).map(|link| match link.source {
                None => Vertex::Unstated(claim.id(), place),
                Some(source)
                    if place != party
                        && place != innermost
                        && !counts_relays
                        && self.graph.is_relay(source) =>
                {
                    Vertex::Relay(source)
                }
                Some(source) => Vertex::Party(source),
            })
        };
        let mut arcs: Vec<(Option<Vertex>, Vertex)> = Vec::new();
        // Whoever passes it on, a document in its own voice its own word; without them it is the same to the
        // reader, unless they can be wrong.
        let mut before = None;
        let passing_on =
            if counts_relays { party.max(usize::from(claim.is_own_voice())) } else { 0 };
        for relay in chain.iter().take(passing_on).filter_map(|link| link.source) {
            arcs.push((before, Vertex::Party(relay)));
            before = Some(Vertex::Party(relay));
        }
        let start = vertex(party);
        arcs.extend(start.map(|start| (before, start)));
        let descent = self.descent(claim);
        let walked = descent.iter().flat_map(|d| &d.steps);
        arcs.extend(walked.map(|&(from, to, _)| (Some(Vertex::Party(from)), Vertex::Party(to))));
        let own_end = chain.get(party).and_then(|link| link.source);
        let lineage_ends =
            descent.as_ref().map_or(vec![own_end], |d| d.ends.iter().copied().map(Some).collect());
        let mut ends = Vec::new();
        for end in lineage_ends {
            // Where the lineage ends at a speaker further in, the chain goes on from there.
            let within = chain
                .iter()
                .enumerate()
                .skip(party + 1)
                .find(|(_, link)| end.is_some() && link.source == end);
            let (mut at, next) = match (within, end) {
                (Some((place, _)), _) => (vertex(place), place + 1),
                (None, Some(end)) => (Some(Vertex::Party(end)), party + 1),
                (None, None) => (start, party + 1),
            };
            for onward in (next..chain.len()).filter_map(vertex) {
                arcs.push((at, onward));
                at = Some(onward);
            }
            ends.extend(at);
        }
        let walked = descent.as_ref().map_or(Reach::Speaker, |descent| descent.holds_for);
        // Whoever is not named is another in each claim.
        let reach =
            if chain.iter().all(|link| link.source.is_some()) { walked } else { Reach::Claim };
        (Path { arcs, start, ends, roots: self.roots_by(claim, descent) }, reach)
    }

    fn roots_by(&self, claim: ClaimRef<'g>, descent: Option<Descent>) -> Vec<Option<EntityId>> {
        let nobody = claim
            .chain()
            .last()
            .is_none_or(|link| link.source.is_none() && link.basis != Basis::Inferred);
        match descent.filter(|_| !nobody) {
            None => vec![None],
            Some(descent) => self.sorted_roots(descent.ends.into_iter().map(Some).collect()),
        }
    }

    pub(crate) fn roots_of(&self, claim: ClaimRef<'g>) -> Vec<Option<EntityId>> {
        self.roots_by(claim, self.descent(claim))
    }

    pub(crate) fn sorted_roots(&self, roots: IndexSet<Option<EntityId>>) -> Vec<Option<EntityId>> {
        let mut roots: Vec<Option<EntityId>> = roots.into_iter().collect();
        roots.sort_by_key(|root| root.map(|source| self.graph.key_of(source)));
        roots
    }
}

impl Paths {
    /// All paths together. A copy comes from the original, as a speaker's word comes from its
    /// source: it goes on there, and has no end of its own.
    pub(crate) fn network(&self, claims: &[ClaimRef<'_>], copies: &Copies) -> Network {
        let mut network = Network::default();
        for path in &self.paths {
            path.arcs.iter().for_each(|&(from, to)| network.arc(from, Some(to)));
        }
        let taken = |place: usize| self.of.get(place).and_then(|&path| self.paths.get(path));
        let mut ended = vec![false; self.paths.len()];
        let start: FxHashMap<ClaimId, Vertex> = match copies.is_empty() {
            true => FxHashMap::default(),
            false => {
                let starts =
                    claims.iter().enumerate().filter(|(_, claim)| copies.is_original(claim.id()));
                starts
                    .filter_map(|(place, claim)| Some((claim.id(), taken(place)?.start?)))
                    .collect()
            }
        };
        for (place, claim) in claims.iter().enumerate() {
            let ends = || taken(place).into_iter().flat_map(|path| &path.ends);
            if let Some(original) =
                copies.original_of(claim.id()).and_then(|original| start.get(&original))
            {
                ends().for_each(|&end| network.arc(Some(end), Some(*original)));
            } else if let Some(ended @ false) =
                self.of.get(place).and_then(|&path| ended.get_mut(path))
            {
                *ended = true;
                ends().for_each(|&end| network.arc(Some(end), None));
            }
        }
        network
    }

    /// The party of each claim, where the way of every one is a single named party, in nobody else's word.
    pub(crate) fn parties(&self) -> Option<Vec<EntityId>> {
        let party = |path: &Path| match (path.arcs.as_slice(), path.ends.as_slice()) {
            ([(None, start @ Vertex::Party(party))], [end]) if start == end => Some(*party),
            _ => None,
        };
        let parties: Vec<EntityId> = self.paths.iter().map(party).collect::<Option<_>>()?;
        self.of.iter().map(|&path| parties.get(path).copied()).collect()
    }

    /// Returns the roots of the claims that are not copies.
    pub(crate) fn roots(
        &self,
        claims: &[ClaimRef<'_>],
        copies: &Copies,
    ) -> IndexSet<Option<EntityId>> {
        let mut seen = vec![false; self.paths.len()];
        let mut roots = IndexSet::new();
        for (claim, &path) in claims.iter().zip(&self.of) {
            if let Some(seen @ false) =
                seen.get_mut(path).filter(|_| copies.original_of(claim.id()).is_none())
            {
                *seen = true;
                roots.extend(
                    self.paths.get(path).into_iter().flat_map(|path| path.roots.iter().copied()),
                );
            }
        }
        roots
    }
}
