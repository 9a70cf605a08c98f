//! The connected components of evidence: claims that have no speaker, no source, no original and no whole in common with
//! other claims. On how many sources all of them stand is the sum over the components.

use crate::graph::claim_ref::ClaimRef;
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{ClaimId, EntityId};
use crate::sources::independence::Independence;
use crate::sources::lineage_tree::LineageTree;
use crate::sources::lost_claims::LostClaims;
use crate::sources::vertex_cut::Vertex;
use crate::view::View;
use indexmap::{IndexMap, IndexSet};
use petgraph::unionfind::UnionFind;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::cell::OnceCell;

/// Evidence that has nothing in common with other evidence.
struct Component<'g> {
    whole: Independence<'g>,
    /// The part of each speaker in its smallest cuts, found when first asked for.
    cuts: OnceCell<Cuts>,
}

/// The part of each speaker in the smallest cuts of a component.
enum Cuts {
    /// One speaker may stand for another, or a claim is a copy of another one: what is left without a speaker is more than
    /// the paths without it. Some speakers only repeat an original that stays, in so many claims. Without them, the number
    /// is the same.
    Repeating(FxHashMap<Vertex, usize>),
    /// Each claim is that of one speaker with a lineage that is the same for all its claims.
    ByLineage {
        /// The speakers of which each is in a smallest cut.
        members: FxHashSet<Vertex>,
        /// The first and the last place, in the order of the lineage tree, of those whose word can take the place of the
        /// flow through a speaker.
        reached: FxHashMap<Vertex, (usize, usize)>,
    },
    OnPaths {
        members: FxHashSet<Vertex>,
        /// On the paths of how many claims each speaker stands.
        on_paths: FxHashMap<Vertex, usize>,
    },
}

/// The components of some evidence, and to which of them each claim belongs.
pub(crate) struct Components<'g> {
    all: Vec<Component<'g>>,
    of: FxHashMap<ClaimId, usize>,
    count: usize,
}

/// Something that claims can have in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Common {
    Speaker(Vertex),
    Whole(EntityId),
    /// All speakers of whom nothing is known may be one.
    Nobody,
}

/// Claims and what they have in common, by places, with the links between them. The claims come first.
struct Links {
    claims: usize,
    common: IndexSet<Common, FxBuildHasher>,
    links: Vec<(usize, usize)>,
}

impl Links {
    fn place(&mut self, common: Common) -> usize {
        self.claims + self.common.insert_full(common).0
    }

    fn claim(&mut self, claim: usize, common: Common) {
        let place = self.place(common);
        self.links.push((claim, place));
    }

    fn link(&mut self, one: Common, other: Common) {
        let pair = (self.place(one), self.place(other));
        self.links.push(pair);
    }

    /// Returns for each claim the place of one that stands for all that it is linked to.
    fn labels(&self) -> Vec<usize> {
        let mut together = UnionFind::new(self.claims + self.common.len());
        for &(one, other) in &self.links {
            together.union(one, other);
        }
        (0..self.claims).map(|claim| together.find_mut(claim)).collect()
    }
}

impl<'g> Component<'g> {
    /// Returns on how many sources it stands without this source, of whose word so many of its claims are lost.
    fn without(
        &self,
        view: &View<'g>,
        source: EntityId,
        (lost, fallen): (&LostClaims, usize),
        tree: &LineageTree,
    ) -> usize {
        let count = self.whole.count();
        if fallen == self.whole.supporters.len() {
            return 0;
        }
        // What is left is one source at least, and more only if an original is left out and its copies stay.
        if count < 2 && self.whole.copies.is_empty() {
            return count;
        }
        let speaker = Vertex::Party(source);
        // The rest of a smallest cut that has the source cuts what is left if nobody who is left speaks through it. No
        // smaller set does.
        match self.cuts.get_or_init(|| self.whole.cuts(tree)) {
            Cuts::ByLineage { members, reached } => {
                let all = tree.falling_with(source);
                let alone = reached
                    .get(&speaker)
                    .is_some_and(|(first, last)| all.contains(first) && all.contains(last));
                count - usize::from(alone && members.contains(&speaker))
            }
            Cuts::Repeating(claims) if claims.get(&speaker) == Some(&fallen) => count,
            Cuts::OnPaths { members, on_paths } if on_paths.get(&speaker) == Some(&fallen) => {
                count - usize::from(members.contains(&speaker))
            }
            _ => {
                let lost: FxHashSet<ClaimId> = lost.iter().collect();
                let left = self.whole.supporters.iter().copied();
                let left = left.filter(|it| !lost.contains(&it.id())).collect();
                let known = self.whole.known.clone();
                Independence::of(view.clone(), known, left, Vec::new(), false).count()
            }
        }
    }
}

impl<'g> Components<'g> {
    /// Returns on how many sources all components stand.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Returns on how many sources they stand without these claims, which do not show either which of the others are
    /// copies.
    pub(crate) fn without_claims(&self, view: &View<'g>, claims: &FxHashSet<ClaimId>) -> usize {
        let mut count = self.count;
        let places = claims.iter().filter_map(|claim| self.of.get(claim).copied());
        for place in places.collect::<FxHashSet<usize>>() {
            let Some(component) = self.all.get(place) else { continue };
            let all = component.whole.supporters.iter().map(|it| it.id());
            let mut left = all.filter(|claim| !claims.contains(claim)).peekable();
            let whole = component.whole.count();
            let is_one = whole < 2 && component.whole.copies.is_empty() && left.peek().is_some();
            count = count + if is_one { whole } else { view.independence_of(left).count() } - whole;
        }
        count
    }

    /// Returns on how many sources they stand without this source, of whose word these claims are lost.
    pub(crate) fn without(
        &self,
        view: &View<'g>,
        source: EntityId,
        lost: &LostClaims,
        tree: &LineageTree,
    ) -> usize {
        // All who draw on the source are in one component.
        let (own, falling) = (lost.own().iter().map(|&claim| (claim, 1)), lost.falling_evidence());
        let mut fallen: FxHashMap<usize, usize> = FxHashMap::default();
        for (claim, number) in own.chain(falling) {
            if let Some(place) = self.of.get(&claim) {
                *fallen.entry(*place).or_default() += number;
            }
        }
        let mut count = self.count;
        for (place, fallen) in fallen {
            let Some(component) = self.all.get(place) else { continue };
            let left = component.without(view, source, (lost, fallen), tree);
            count = count + left - component.whole.count();
        }
        count
    }
}

impl<'g> Independence<'g> {
    /// Returns the components of the evidence.
    pub(crate) fn components(&self) -> Components<'g> {
        let (view, known) = (&self.view, &self.known);
        let paths = view.paths(known, self.counts_documents);
        let places: FxHashMap<ClaimId, usize> =
            known.iter().enumerate().map(|(place, claim)| (claim.id(), place)).collect();
        let mut links =
            Links { claims: known.len(), common: IndexSet::default(), links: Vec::new() };
        for (claim, speakers) in paths.speakers().enumerate() {
            for speaker in speakers {
                links.claim(claim, Common::Speaker(speaker));
            }
        }
        for (speaker, source) in paths.lineage() {
            links.link(Common::Speaker(speaker), Common::Speaker(source));
        }
        for (copy, (original, _)) in view.copies(known, known) {
            let both = places.get(&copy).zip(places.get(&original));
            links.links.extend(both.map(|(&copy, &original)| (copy, original)));
        }
        self.link_wholes(&mut links);
        let mut all: IndexMap<usize, [Vec<ClaimRef<'g>>; 2], FxBuildHasher> = IndexMap::default();
        let supporters: FxHashSet<ClaimId> = self.supporters.iter().map(|it| it.id()).collect();
        let mut of = FxHashMap::default();
        for (&claim, label) in known.iter().zip(links.labels()) {
            let entry = all.entry(label);
            of.insert(claim.id(), entry.index());
            let [known, supporting] = entry.or_default();
            known.push(claim);
            supporting.extend(Some(claim).filter(|it| supporters.contains(&it.id())));
        }
        let component = |[known, supporters]: [Vec<ClaimRef<'g>>; 2]| Component {
            whole: Self::of(view.clone(), known, supporters, Vec::new(), self.counts_documents),
            cuts: OnceCell::new(),
        };
        let all: Vec<Component<'g>> = all.into_values().map(component).collect();
        let count = all.iter().map(|component| component.whole.count()).sum();
        Components { all, of, count }
    }

    /// Returns what the smallest cuts say of each speaker.
    fn cuts(&self, tree: &LineageTree) -> Cuts {
        let paths = self.view.paths(&self.supporters, self.counts_documents);
        if !self.one_word.is_empty() {
            return Cuts::Repeating(FxHashMap::default());
        }
        if !self.copies.is_empty() {
            return Cuts::Repeating(paths.repeating(&self.supporters, &self.copies));
        }
        let members = self.network.in_minimum_cuts();
        if paths.are_by_lineage() {
            let place = |vertex| match vertex {
                Vertex::Party(speaker) => tree.order(speaker),
                Vertex::Relay(_) | Vertex::Unstated(..) => None,
            };
            return Cuts::ByLineage { members, reached: self.network.reached_by(&place) };
        }
        let mut on_paths: FxHashMap<Vertex, usize> = FxHashMap::default();
        for speaker in paths.all_speakers().flatten() {
            *on_paths.entry(speaker).or_default() += 1;
        }
        Cuts::OnPaths { members, on_paths }
    }

    /// Links speakers with the wholes to which they can belong, and those of whom nothing is known with each other.
    fn link_wholes(&self, links: &mut Links) {
        let view = &self.view;
        let withheld = |entity| view.graph.entity(entity).is_ok_and(|it| it.is_name_withheld());
        let speakers: Vec<Common> = links.common.iter().copied().collect();
        let (mut open, mut unnamed, mut of_nobody) = (Vec::new(), Vec::new(), false);
        let belongs_always = |entity| {
            let mut above = view.affiliations_of(entity);
            above.any(|(_, it)| it.kind() != AffiliationKind::LocatedIn && it.valid.is_none())
        };
        let mut met: FxHashSet<EntityId> = FxHashSet::default();
        for speaker in speakers {
            match speaker {
                Common::Speaker(Vertex::Unstated(..)) => {
                    unnamed.push(speaker);
                    of_nobody = true;
                }
                Common::Speaker(Vertex::Party(entity)) => {
                    links.link(speaker, Common::Whole(entity));
                    open.push((entity, withheld(entity)));
                    if withheld(entity) {
                        unnamed.push(speaker);
                        of_nobody |= !belongs_always(entity);
                    }
                }
                _ => {}
            }
        }
        while let Some((entity, is_withheld)) = open.pop() {
            if !met.insert(entity) {
                continue;
            }
            let above = view.graph.affiliations_of(entity);
            let belongs = above.filter(|(_, it)| it.kind() != AffiliationKind::LocatedIn);
            for whole in belongs.map(|(_, it)| it.whole()) {
                links.link(Common::Whole(entity), Common::Whole(whole));
                open.push((whole, false));
                // A speaker whose name is withheld may be any other who belongs to the same whole.
                if is_withheld {
                    for other in view.graph.affiliated_with(whole).map(|(_, it)| it.part()) {
                        links.link(Common::Whole(whole), Common::Whole(other));
                        open.push((other, false));
                    }
                }
            }
        }
        for speaker in unnamed.into_iter().filter(|_| of_nobody) {
            links.link(speaker, Common::Nobody);
        }
    }
}
