//! The connected components of evidence: claims that have no speaker, no source, no original and no whole in common with
//! other claims. On how many sources all of them stand is the sum over the components.

use crate::graph::claim_ref::ClaimRef;
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{ClaimId, EntityId};
use crate::sources::independence::Independence;
use crate::sources::vertex_cut::Vertex;
use crate::view::View;
use indexmap::{IndexMap, IndexSet};
use petgraph::unionfind::UnionFind;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

/// Evidence that has nothing in common with other evidence.
struct Component<'g> {
    known: Vec<ClaimRef<'g>>,
    supporters: Vec<ClaimRef<'g>>,
    count: usize,
    cuts: Option<Cuts>,
}

/// The part of each speaker in the smallest cuts of a component.
struct Cuts {
    /// The speakers of which each is in a smallest cut.
    members: FxHashSet<Vertex>,
    /// On the paths of how many claims each speaker stands.
    on_paths: FxHashMap<Vertex, usize>,
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
    /// Returns on how many sources it stands without this source, of whose word these claims are lost.
    fn without(&self, view: &View<'g>, source: EntityId, lost: &FxHashSet<ClaimId>) -> usize {
        let left = self.supporters.iter().copied().filter(|it| !lost.contains(&it.id()));
        let left: Vec<ClaimRef<'g>> = left.collect();
        if left.is_empty() {
            return 0;
        }
        let speaker = Vertex::Party(source);
        let fallen = self.supporters.len() - left.len();
        match &self.cuts {
            // If each path of the source falls, the rest of a smallest cut that has it cuts what is left, and no smaller
            // set does.
            Some(cuts) if cuts.on_paths.get(&speaker) == Some(&fallen) => {
                self.count - usize::from(cuts.members.contains(&speaker))
            }
            _ => {
                Independence::of(view.clone(), self.known.clone(), left, Vec::new(), false).count()
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
            let left = component.supporters.iter().map(|it| it.id());
            let left = left.filter(|claim| !claims.contains(claim));
            count = count + view.independence_of(left).count() - component.count;
        }
        count
    }

    /// Returns on how many sources they stand without this source, of whose word these claims are lost.
    pub(crate) fn without(&self, view: &View<'g>, source: EntityId, lost: &[ClaimId]) -> usize {
        let mut count = self.count;
        let touched: FxHashSet<usize> =
            lost.iter().filter_map(|claim| self.of.get(claim).copied()).collect();
        let lost: FxHashSet<ClaimId> = lost.iter().copied().collect();
        for component in touched.into_iter().filter_map(|place| self.all.get(place)) {
            count = count + component.without(view, source, &lost) - component.count;
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
        let mut all: IndexMap<usize, Component<'g>, FxBuildHasher> = IndexMap::default();
        let supporters: FxHashSet<ClaimId> = self.supporters.iter().map(|it| it.id()).collect();
        let mut of = FxHashMap::default();
        for (&claim, label) in known.iter().zip(links.labels()) {
            let entry = all.entry(label);
            of.insert(claim.id(), entry.index());
            let component = entry.or_insert_with(|| Component {
                known: Vec::new(),
                supporters: Vec::new(),
                count: 0,
                cuts: None,
            });
            component.known.push(claim);
            component.supporters.extend(Some(claim).filter(|it| supporters.contains(&it.id())));
        }
        let mut all: Vec<Component<'g>> = all.into_values().collect();
        for component in &mut all {
            let (known, supporters) = (component.known.clone(), component.supporters.clone());
            let whole =
                Self::of(view.clone(), known, supporters, Vec::new(), self.counts_documents);
            (component.count, component.cuts) = (whole.count(), whole.cuts());
        }
        let count = all.iter().map(|component| component.count).sum();
        Components { all, of, count }
    }

    /// Returns what the smallest cuts say of each speaker; `None` if one speaker may stand for another, or if a claim is a
    /// copy of another one: then what is left without a speaker is more than the paths without it.
    fn cuts(&self) -> Option<Cuts> {
        if !self.copies.is_empty() || !self.one_word.is_empty() {
            return None;
        }
        let paths = self.view.paths(&self.supporters, self.counts_documents);
        let mut on_paths: FxHashMap<Vertex, usize> = FxHashMap::default();
        for speaker in paths.all_speakers().flatten() {
            *on_paths.entry(speaker).or_default() += 1;
        }
        Some(Cuts { members: self.network.in_minimum_cuts(), on_paths })
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
