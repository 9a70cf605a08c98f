//! The paths by which claims reach the reader: from the document over the speakers and the believed lineage
//! to the statement. Claims of one chain in one document take one path.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::claim::SpeakerLink;
use crate::model::id::{ClaimId, EntityId, OriginId};
use crate::model::value::stance::Basis;
use crate::sources::copy::Copies;
use crate::sources::one_word::OneWord;
use crate::sources::vertex_cut::{Network, Vertex};
use crate::view::View;
use crate::view::lineage_ends::Ends;
use crate::view::lineage_walk::Reach;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

/// The path of one claim, or of all claims of one origin.
struct Path {
    arcs: Vec<(Option<Vertex>, Vertex)>,
    /// The place where evidence comes in: the first speaker that is not a relay.
    start: Option<Vertex>,
    /// The origin of the evidence: the end of the chain, or of the lineage.
    ends: Vec<Vertex>,
    /// The ends of the lineage, before what that party quotes in turn.
    roots: Vec<Option<EntityId>>,
    /// Whether the lineage of its party is kept with that of others.
    has_common_lineage: bool,
}

/// The paths of some claims.
pub(crate) struct Paths {
    paths: Vec<Path>,
    /// The path of each claim, by its place among the claims.
    of: Vec<usize>,
    /// The lineage that is the same for all claims of a speaker, below all speakers with which paths begin.
    lineage: IndexMap<EntityId, Vec<EntityId>, FxBuildHasher>,
}

impl<'g> View<'g> {
    /// Returns the paths of these claims. If relays count, a relay that also speaks for itself is one vertex.
    pub(crate) fn paths(&self, claims: &[ClaimRef<'g>], counts_relays: bool) -> Paths {
        // By chain; and where the lineage is that of a document, by chain and document.
        let mut by_chain: FxHashMap<&'g [SpeakerLink], usize> = FxHashMap::default();
        let mut by_origin: FxHashMap<OriginId, usize> = FxHashMap::default();
        let (of, lineage) = (Vec::with_capacity(claims.len()), IndexMap::default());
        let mut paths = Paths { paths: Vec::new(), of, lineage };
        for &claim in claims {
            let origin = self.graph.ledger.origin_of(claim.id());
            if let Some(&place) = origin.and_then(|origin| by_origin.get(&origin)) {
                paths.of.push(place);
                continue;
            }
            let (chain, party) = (claim.chain(), self.party(claim.chain()));
            let counting =
                if counts_relays { chain } else { chain.get(party..).unwrap_or_default() };
            let known = by_chain.get(counting).copied();
            let (place, reach) = known.map(|place| (place, Reach::Document)).unwrap_or_else(|| {
                let (path, reach) = self.path(claim, party, counts_relays);
                if path.has_common_lineage {
                    paths.add_lineage(self, chain.get(party).and_then(|link| link.source));
                }
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

    /// Returns the path of a claim, and which other claims take it.
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
                        && self.is_relay(source) =>
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
        let speaker = chain.get(party).and_then(|link| link.source);
        let common = speaker.and_then(|speaker| self.lineage_ends(speaker));
        let has_common_lineage = common.is_some();
        let (sources, holds_for): (Ends, Reach) = match common {
            Some(ends) => (ends, Reach::Speaker),
            None => {
                let descent = self.descent(claim);
                let steps = descent.steps.iter();
                let arc = |&(from, to, _)| (Some(Vertex::Party(from)), Vertex::Party(to));
                arcs.extend(steps.map(arc));
                (descent.ends.into(), descent.holds_for)
            }
        };
        let mut ends = Vec::new();
        for &end in &*sources {
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
        // A speaker that is not named is another one in each claim.
        let named = chain.iter().all(|link| link.source.is_some());
        let reach = if named { holds_for } else { Reach::Claim };
        let roots = self.roots_by(claim, &sources);
        (Path { arcs, start, ends, roots, has_common_lineage }, reach)
    }

    fn roots_by(&self, claim: ClaimRef<'g>, ends: &[Option<EntityId>]) -> Vec<Option<EntityId>> {
        let nobody = claim
            .chain()
            .last()
            .is_none_or(|link| link.source.is_none() && link.basis != Basis::Inferred);
        if nobody { vec![None] } else { self.sorted_roots(ends.iter().copied()) }
    }

    pub(crate) fn roots_of(&self, claim: ClaimRef<'g>) -> Vec<Option<EntityId>> {
        let chain = claim.chain();
        let speaker = chain.get(self.party(chain)).and_then(|link| link.source);
        let common = speaker.and_then(|speaker| self.lineage_ends(speaker));
        self.roots_by(claim, &common.unwrap_or_else(|| self.descent(claim).ends.into()))
    }

    /// Returns the roots in order of keys, a root that is not known first.
    pub(crate) fn sorted_roots(
        &self,
        roots: impl IntoIterator<Item = Option<EntityId>>,
    ) -> Vec<Option<EntityId>> {
        let mut roots: Vec<Option<EntityId>> = roots.into_iter().collect();
        roots.sort_by_key(|root| root.map(|source| self.graph.key_of(source)));
        roots
    }
}

impl Paths {
    /// Adds the lineage below a speaker.
    fn add_lineage(&mut self, view: &View<'_>, speaker: Option<EntityId>) {
        let mut open: Vec<EntityId> = speaker.into_iter().collect();
        while let Some(speaker) = open.pop() {
            if !self.lineage.contains_key(&speaker) {
                let sources = view.sources_of_all(speaker).unwrap_or_default();
                open.extend(&sources);
                self.lineage.insert(speaker, sources);
            }
        }
    }

    /// Returns the steps of the lineage that is kept for several paths.
    pub(crate) fn lineage(&self) -> impl Iterator<Item = (Vertex, Vertex)> {
        let party = |entity: &EntityId| Vertex::Party(*entity);
        self.lineage
            .iter()
            .flat_map(move |(from, to)| to.iter().map(move |to| (party(from), party(to))))
    }

    /// Returns all paths together. A copy comes from the original, as a speaker's word comes from its source: its path
    /// goes on there, and has no end of its own.
    pub(crate) fn network(
        &self,
        graph: &ClaimGraph,
        claims: &[ClaimRef<'_>],
        copies: &Copies,
        one_word: &OneWord,
    ) -> Network {
        let taken_for = |vertex: Vertex| one_word.taken_for(vertex);
        let mut network = Network::over(self.ranked(graph));
        for path in &self.paths {
            let arcs = path.arcs.iter();
            arcs.for_each(|&(from, to)| network.arc(from.map(taken_for), Some(taken_for(to))));
        }
        for (from, to) in self.lineage() {
            network.arc(Some(taken_for(from)), Some(taken_for(to)));
        }
        let taken = || claims.iter().zip(&self.of);
        let originals: FxHashSet<ClaimId> =
            copies.values().map(|&(original, _)| original).collect();
        let starts: FxHashMap<ClaimId, Vertex> = taken()
            .filter(|(claim, _)| originals.contains(&claim.id()))
            .filter_map(|(claim, &path)| Some((claim.id(), self.paths.get(path)?.start?)))
            .collect();
        let mut ended = vec![false; self.paths.len()];
        for (claim, &place) in taken() {
            let Some((path, ended)) = self.paths.get(place).zip(ended.get_mut(place)) else {
                continue;
            };
            let original = copies.get(&claim.id()).and_then(|(original, _)| starts.get(original));
            if original.is_some() || !std::mem::replace(ended, true) {
                let ends = path.ends.iter().filter(|&&end| !one_word.leaves_out(end));
                ends.for_each(|&end| {
                    network
                        .arc(Some(taken_for(end)), original.map(|&original| taken_for(original)));
                });
            }
        }
        network
    }

    /// Returns whether each path is that of one named speaker with a lineage that is the same for all its claims.
    pub(crate) fn are_by_lineage(&self) -> bool {
        let is = |path: &Path| {
            path.has_common_lineage && matches!(path.arcs.as_slice(), [(None, Vertex::Party(_))])
        };
        self.paths.iter().all(is)
    }

    /// Returns the speakers that stand alone on the paths of copies and on no other path, each with the number of these
    /// copies. What flows through them flows through the original.
    pub(crate) fn repeating(
        &self,
        claims: &[ClaimRef<'_>],
        copies: &Copies,
    ) -> FxHashMap<Vertex, usize> {
        let originals: FxHashSet<ClaimId> =
            copies.values().map(|&(original, _)| original).collect();
        let mut found: FxHashMap<Vertex, usize> = FxHashMap::default();
        let mut others: FxHashSet<Vertex> = FxHashSet::default();
        for ((claim, &path), all) in claims.iter().zip(&self.of).zip(self.all_speakers()) {
            let path = self.paths.get(path);
            let is_copy = copies.contains_key(&claim.id()) && !originals.contains(&claim.id());
            let alone = path.filter(|_| is_copy).and_then(|path| {
                match (path.arcs.as_slice(), path.ends.as_slice()) {
                    ([(None, start)], [end]) if start == end => Some(*start),
                    _ => None,
                }
            });
            match alone {
                Some(speaker) => *found.entry(speaker).or_default() += 1,
                None => others.extend(all),
            }
        }
        found.retain(|speaker, _| !others.contains(speaker));
        found
    }

    /// Returns for each claim those who stand on its path, apart from the lineage that is kept for several paths.
    pub(crate) fn speakers(&self) -> impl Iterator<Item = impl Iterator<Item = Vertex>> {
        let on_path = |path: &Path| {
            path.arcs.clone().into_iter().flat_map(|(from, to)| from.into_iter().chain([to]))
        };
        self.of.iter().filter_map(move |&path| self.paths.get(path).map(on_path))
    }

    /// Returns for each claim all who stand on its path.
    pub(crate) fn all_speakers(&self) -> impl Iterator<Item = IndexSet<Vertex, FxBuildHasher>> {
        self.speakers().map(|speakers| {
            let mut all: IndexSet<Vertex, FxBuildHasher> = speakers.collect();
            let mut next = 0;
            while let Some(&speaker) = all.get_index(next) {
                next += 1;
                if let Vertex::Party(speaker) = speaker {
                    let sources = self.lineage.get(&speaker).into_iter().flatten();
                    all.extend(sources.map(|source| Vertex::Party(*source)));
                }
            }
            all
        })
    }

    /// Returns the claims, each with the speakers from which its evidence comes.
    pub(crate) fn ends<'p, 'g>(
        &'p self,
        claims: &'p [ClaimRef<'g>],
    ) -> impl Iterator<Item = (ClaimRef<'g>, &'p [Vertex])> {
        let ends = |path: usize| self.paths.get(path).map(|path| path.ends.as_slice());
        claims.iter().zip(&self.of).filter_map(move |(claim, &path)| Some((*claim, ends(path)?)))
    }

    /// Returns the vertices of all paths in order of entity keys. Speakers that are not named come last, in the order of
    /// findings.
    fn ranked(&self, graph: &ClaimGraph) -> Vec<Vertex> {
        let arcs = self.paths.iter().flat_map(|path| &path.arcs);
        let each = arcs.flat_map(|&(from, to)| from.into_iter().chain([to]));
        let each = each.chain(self.lineage().flat_map(|(from, to)| [from, to]));
        let each: IndexSet<Vertex, FxBuildHasher> = each.collect();
        in_order(graph, each)
    }

    /// Returns the party of each claim, if the path of every claim is a single named party in its own word.
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
        let own =
            claims.iter().zip(&self.of).filter(|(claim, _)| !copies.contains_key(&claim.id()));
        let taken: FxHashSet<usize> = own.map(|(_, &path)| path).collect();
        let paths = taken.into_iter().filter_map(|path| self.paths.get(path));
        paths.flat_map(|path| path.roots.iter().copied()).collect()
    }
}

/// Returns vertices in order of entity keys. Speakers that are not named come last, in the order of findings.
pub(crate) fn in_order(graph: &ClaimGraph, each: impl IntoIterator<Item = Vertex>) -> Vec<Vertex> {
    let (mut named, mut unnamed) = (Vec::new(), Vec::new());
    for vertex in each {
        match vertex {
            Vertex::Party(entity) => named.push((false, graph.key_of(entity), vertex)),
            Vertex::Relay(entity) => named.push((true, graph.key_of(entity), vertex)),
            Vertex::Unstated(claim, place) => unnamed.push((claim, place)),
        }
    }
    named.sort_unstable();
    unnamed.sort_unstable();
    graph.sort_findings(&mut unnamed, |(claim, _)| *claim);
    let unnamed = unnamed.into_iter().map(|(claim, place)| Vertex::Unstated(claim, place));
    named.into_iter().map(|(_, _, vertex)| vertex).chain(unnamed).collect()
}
