//! The claims that two views share, and those that only one of them has.

use crate::graph::claim_key::ClaimKey;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::ClaimId;
use crate::model::time::day::Day;
use crate::view::{Sieve, View};
use rustc_hash::FxHashMap;

/// The claims of two views, matched. In one graph a claim matches itself. In two graphs it matches a claim with the
/// same key, and each of several equal claims matches one.
#[derive(Clone, Debug)]
pub(crate) struct Pairing {
    /// The claims that only the earlier view has, in order of insertion.
    pub(crate) removed: Vec<ClaimId>,
    /// The claims that only the later view has, in order of insertion.
    pub(crate) added: Vec<ClaimId>,
    /// Between two graphs, the match in the later graph of each claim of the earlier one, and the other way round.
    across: Option<[FxHashMap<ClaimId, ClaimId>; 2]>,
}

impl Pairing {
    /// Returns the match in the later graph of a claim of the earlier one. In one graph it is the claim itself.
    pub(crate) fn later(&self, claim: ClaimId) -> Option<ClaimId> {
        self.across.as_ref().map_or(Some(claim), |[later, _]| later.get(&claim).copied())
    }

    /// Returns the match in the earlier graph of a claim of the later one. In one graph it is the claim itself.
    pub(crate) fn earlier(&self, claim: ClaimId) -> Option<ClaimId> {
        self.across.as_ref().map_or(Some(claim), |[_, earlier]| earlier.get(&claim).copied())
    }

    /// Returns whether both views are of one graph.
    pub(crate) fn is_of_one_graph(&self) -> bool {
        self.across.is_none()
    }
}

impl<'g> View<'g> {
    pub(crate) fn paired_with(&self, after: &View<'g>) -> Pairing {
        match std::ptr::eq(self.graph, after.graph) {
            true => self.paired_within(after),
            false => self.paired_across(after),
        }
    }

    fn paired_within(&self, after: &View<'g>) -> Pairing {
        let (mut removed, mut added) = (Vec::new(), Vec::new());
        let sort = |claim: ClaimRef<'g>, [removed, added]: [&mut Vec<ClaimId>; 2]| match (
            self.passes(claim),
            after.passes(claim),
        ) {
            (true, false) => removed.push(claim.id()),
            (false, true) => added.push(claim.id()),
            _ => {}
        };
        match self.days_between(after) {
            Some(None) => {}
            Some(Some((from, by))) => {
                let ledger = &self.graph.ledger;
                let within = ledger.reported_within(from, by);
                match (self.asks_for_days_only(), self.sieve.as_of) {
                    // All claims reported in between.
                    (true, Some(day)) if day == from => added.extend(within),
                    (true, _) => removed.extend(within),
                    (false, _) => within
                        .filter_map(|id| ClaimRef::new(self.graph, id))
                        .for_each(|claim| sort(claim, [&mut removed, &mut added])),
                }
                // And claims that were retracted, or no longer are, in between.
                let known = |view: &'_ View<'g>, id: &ClaimId| {
                    view.withdrawn().is_some_and(|all| all.contains(id))
                };
                let withdrawn = [self, after]
                    .into_iter()
                    .flat_map(|view| view.withdrawn().into_iter().flatten());
                let earlier = |claim: &ClaimRef<'g>| claim.reported_day() <= from;
                let turned = withdrawn.filter(|id| known(self, id) != known(after, id));
                let mut turned: Vec<ClaimId> = turned.copied().collect();
                turned.sort_unstable();
                turned.dedup();
                let turned =
                    turned.iter().filter_map(|&id| ClaimRef::new(self.graph, id)).filter(earlier);
                turned.for_each(|claim| sort(claim, [&mut removed, &mut added]));
            }
            None => {
                let all = self.graph.claims_by_row();
                all.for_each(|claim| sort(claim, [&mut removed, &mut added]));
            }
        }
        removed.sort_unstable();
        added.sort_unstable();
        Pairing { removed, added, across: None }
    }

    /// Returns whether the view filters by report day only, or not at all.
    fn asks_for_days_only(&self) -> bool {
        self.is_open() || self.only_as_of().is_some()
    }

    /// Returns the difference of two views of one graph that differ in their day only: the day after which and the
    /// day by which claims in only one of them were reported. If the days are equal, the inner option is `None`.
    #[expect(clippy::option_option, reason = "no such days, and no such difference")]
    fn days_between(&self, after: &View<'g>) -> Option<Option<(Day, Option<Day>)>> {
        let without_day = |sieve: &Sieve| Sieve { as_of: None, ..sieve.clone() };
        // The claims of a source depend on the lineage that was known on the day.
        if !self.sieve.excluding_source.is_empty()
            && self.graph.lineages().any(|l| l.report_date().is_some())
        {
            return None;
        }
        (without_day(&self.sieve) == without_day(&after.sieve)).then(|| {
            match (self.sieve.as_of, after.sieve.as_of) {
                (Some(a), Some(b)) if a != b => Some((a.min(b), Some(a.max(b)))),
                (Some(day), None) | (None, Some(day)) => Some((day, None)),
                _ => None,
            }
        })
    }

    fn paired_across(&self, after: &View<'g>) -> Pairing {
        let mut later: FxHashMap<ClaimKey, Vec<ClaimId>> = FxHashMap::default();
        let (before_keys, after_keys) = (self.graph.all_keys(), after.graph.all_keys());
        for claim in after.claims() {
            let key = after_keys.get(claim.id().index());
            key.into_iter().for_each(|&key| later.entry(key).or_default().push(claim.id()));
        }
        // The first of equal claims is the first to be matched.
        later.values_mut().for_each(|claims| claims.reverse());
        let (mut removed, mut to_later, mut to_earlier) =
            (Vec::new(), FxHashMap::default(), FxHashMap::default());
        for claim in self.claims() {
            let key = before_keys.get(claim.id().index());
            match key.and_then(|key| later.get_mut(key)).and_then(Vec::pop) {
                Some(same) => {
                    to_later.insert(claim.id(), same);
                    to_earlier.insert(same, claim.id());
                }
                None => removed.push(claim.id()),
            }
        }
        let mut added: Vec<ClaimId> = later.into_values().flatten().collect();
        added.sort_unstable();
        Pairing { removed, added, across: Some([to_later, to_earlier]) }
    }

    /// Returns the keys of the claims of this view, sorted. Duplicate keys are kept.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "russia")?;
    /// let claim = graph.insert(Claim::by(russia).asserts(russia, MEETS, russia).reported(date(2024, 10, 24)))?;
    /// assert_eq!(graph.view().claim_keys(), [graph.claim_key(claim)?]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn claim_keys(&self) -> Vec<ClaimKey> {
        let all = self.graph.all_keys();
        let mut keys: Vec<ClaimKey> =
            self.claims().filter_map(|claim| all.get(claim.id().index()).copied()).collect();
        keys.sort_unstable();
        keys
    }
}
