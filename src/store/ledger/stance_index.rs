//! Lists beside the rows: entities in roles, claims that name claims, denials, retractions and revisions. The ledger
//! adds to them at each insertion, and questions read them.

use crate::model::id::{ClaimId, EntityId};
use crate::model::value::stance::{Modality, Stance};
use crate::store::claim_flags::Marks;
use crate::store::columns::row_iter::RowId;
use crate::store::ledger::{Ends, Ledger, Map};
use crate::store::stored_claim::{Held, Revised, Rich};
use std::sync::{Arc, OnceLock};

/// The stances whose claims are noted beside the rows, few as they are.
pub(crate) const NOTED: [Stance; 2] = [Stance::Retracts, Stance::Revises];

/// Returns whether the claim is listed beside the rows because of its stance.
#[inline]
pub(super) fn is_noted(marks: Marks) -> bool {
    const BITS: u32 = {
        let [retracts, revises] = NOTED;
        1 << Stance::Denies as u32 | 1 << retracts as u32 | 1 << revises as u32
    };
    marks.stance_bit() & BITS != 0
}

/// Denials by the entities that what they deny is about.
#[derive(Clone, Debug)]
pub(super) struct DenialsOf {
    /// The denials at the time of the first question.
    sorted: Vec<(Ends, ClaimId)>,
    since: Map<Ends, Vec<ClaimId>>,
}

fn note<K: std::hash::Hash + Eq>(lists: &mut Map<K, Vec<ClaimId>>, at: K, claim: ClaimId) {
    let list = lists.entry(at).or_default();
    if list.last() != Some(&claim) {
        list.push(claim);
    }
}

impl Ledger {
    /// Adds a claim to the list of denials, retractions or revisions, if it is one. `target` is the first claim that it
    /// certainly answers.
    #[inline]
    pub(super) fn note_stance(
        &mut self,
        claim: ClaimId,
        marks: Marks,
        stated: bool,
        target: Option<ClaimId>,
    ) {
        match marks.stance() {
            Stance::Denies => {
                if let Some(denials) = self.denials.get_mut() {
                    denials.push(claim);
                }
            }
            Stance::Retracts => self.retractions.push(claim),
            Stance::Revises => {
                let Some(target) = target else { return };
                let is_fact = marks.modality() == Modality::Actual;
                let first = if is_fact { self.first_word(target) } else { claim };
                self.revising.push((claim, first));
                if !stated {
                    self.revised.insert(claim, OnceLock::new());
                }
            }
            _ => {}
        }
    }

    pub(super) fn note_denial(&mut self, claim: ClaimId, stance: Stance, ends: Ends) {
        if let Some(lists) = self.denials_of.get_mut().filter(|_| stance == Stance::Denies) {
            note(&mut lists.since, ends, claim);
        }
    }

    /// Adds the entities in roles and the claims that this claim names to their lists.
    pub(super) fn note_mentions(&mut self, claim: ClaimId, rich: &Rich) {
        for argument in rich.statement.iter().flat_map(|s| [&s.subject, &s.object]) {
            if let Held::Claim(mentioned) = &argument.value {
                Arc::make_mut(&mut self.mentions).entry(*mentioned).or_default().push(claim);
            }
        }
        for (_, argument) in &rich.roles {
            match &argument.value {
                Held::Claim(mentioned) => {
                    Arc::make_mut(&mut self.mentions).entry(*mentioned).or_default().push(claim)
                }
                Held::Entity(entity) => note(Arc::make_mut(&mut self.by_role), *entity, claim),
                Held::Statement(statement) => {
                    let inner = statement.roles.iter().map(|(_, argument)| argument);
                    let inner = inner.chain([&statement.subject, &statement.object]);
                    inner.filter_map(|argument| argument.value.entity()).for_each(|entity| {
                        note(Arc::make_mut(&mut self.by_role), entity, claim);
                    });
                }
                _ => {}
            }
        }
    }

    /// Removes all claims past the first `len` from the lists.
    pub(super) fn forget_noted(&mut self, len: usize) {
        fn shorten<K>(lists: &mut Map<K, Vec<ClaimId>>, len: usize) {
            lists.retain(|_, list| {
                list.truncate(list.partition_point(|claim| claim.index() < len));
                !list.is_empty()
            });
        }
        shorten(Arc::make_mut(&mut self.by_role), len);
        shorten(Arc::make_mut(&mut self.mentions), len);
        if let Some(lists) = self.denials_of.get_mut() {
            lists.sorted.retain(|(_, claim)| claim.index() < len);
            shorten(&mut lists.since, len);
        }
        self.revised.retain(|claim, _| claim.index() < len);
        let (retractions, revising) = (&mut self.retractions, &mut self.revising);
        retractions.truncate(retractions.partition_point(|claim| claim.index() < len));
        revising.truncate(revising.partition_point(|(claim, _)| claim.index() < len));
        if let Some(denials) = self.denials.get_mut() {
            denials.truncate(denials.partition_point(|claim| claim.index() < len));
        }
    }

    /// Returns the claims in which the entity stands in a role, or in a statement in a role.
    pub(crate) fn with_role(&self, entity: EntityId) -> &[ClaimId] {
        self.by_role.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// Returns the claims that have this one as subject, object or role value.
    pub(crate) fn mentions(&self, claim: ClaimId) -> &[ClaimId] {
        self.mentions.get(&claim).map_or(&[], Vec::as_slice)
    }

    /// Returns the claims that deny, in order of insertion.
    pub(crate) fn denials(&self) -> &[ClaimId] {
        self.denials.get_or_init(|| {
            let denies = |marks: Marks| marks.stance() == Stance::Denies;
            let sorted = self
                .rows
                .sorted_marked()
                .filter(|(_, marks)| denies(*marks))
                .map(|(head, _)| head.id);
            let mut denials: Vec<ClaimId> = sorted.collect();
            denials.sort_unstable();
            denials.extend(
                self.rows
                    .recent()
                    .iter()
                    .filter(|core| denies(core.marks))
                    .map(|core| core.head.id),
            );
            denials.shrink_to_fit();
            denials
        })
    }

    /// Returns the denials of statements about these two, in order of insertion.
    pub(crate) fn denials_of(&self, ends: Ends) -> impl Iterator<Item = ClaimId> {
        let lists = self.denials_of.get_or_init(|| {
            let rows =
                self.denials().iter().filter_map(|&denial| Some((denial, self.find(denial)?)));
            let ends = |row: RowId| (self.rows.subject(row), self.rows.head(row).object);
            let mut sorted: Vec<(Ends, ClaimId)> =
                rows.map(|(denial, row)| (ends(row), denial)).collect();
            sorted.sort_unstable();
            DenialsOf { sorted, since: Map::default() }
        });
        let from = lists.sorted.partition_point(|(other, _)| *other < ends);
        let sorted = lists.sorted[from..].iter().take_while(move |(other, _)| *other == ends);
        let since = lists.since.get(&ends).into_iter().flatten();
        sorted.map(|(_, claim)| *claim).chain(since.copied())
    }

    pub(crate) fn retractions(&self) -> &[ClaimId] {
        &self.retractions
    }

    /// Returns the claims that revise others, in order of insertion.
    pub(crate) fn revising(&self) -> impl DoubleEndedIterator<Item = ClaimId> + ExactSizeIterator {
        self.revising.iter().map(|(claim, _)| *claim)
    }

    /// Returns the claim at which the chain of revisions below this one begins. A revision that is not told as a fact
    /// begins a chain of its own. A claim that does not revise is its own first word.
    pub(crate) fn first_word(&self, claim: ClaimId) -> ClaimId {
        let place = self.revising.binary_search_by_key(&claim, |(revision, _)| *revision);
        place.ok().and_then(|place| self.revising.get(place)).map_or(claim, |(_, first)| *first)
    }

    /// Returns the cell for what a revision without a statement of its own revises in the end. It is filled when
    /// somebody asks: of several claims, which one comes first is not known here.
    pub(crate) fn revised(&self, revision: ClaimId) -> Option<&OnceLock<Revised>> {
        self.revised.get(&revision)
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::ClaimGraph;
    use crate::model::claim::Claim;
    use crate::model::id::ClaimId;
    use crate::model::plain_claim::PlainClaim;
    use crate::model::value::stance::Stance;
    use crate::model::vocabulary::reporting::{ATTACKS, State};
    use jiff::civil::date;

    #[test]
    fn denials_are_those_on_record_in_order_of_insertion() {
        let mut graph = ClaimGraph::new();
        let [a, b] = ["a", "b"].map(|key| graph.add(State, key).unwrap().id());
        let denial = |of| {
            PlainClaim::new(a, Stance::Denies).about(of, ATTACKS, a).reported(date(2024, 10, 24))
        };
        let ids = |places: &[usize]| {
            places.iter().filter_map(|&place| ClaimId::nth(place)).collect::<Vec<_>>()
        };
        // In order of subject, the second comes first.
        graph.insert_all([denial(b), denial(a)]).unwrap();
        graph.compact();
        assert_eq!(graph.ledger.denials(), ids(&[0, 1]));
        graph.insert(denial(b)).unwrap();
        assert_eq!(graph.ledger.denials(), ids(&[0, 1, 2]));
        assert_eq!(graph.clone().ledger.denials(), ids(&[0, 1, 2]));

        // What was taken back does not deny, nor does what comes in its place.
        let of_nobody =
            PlainClaim::new(a, Stance::Denies).about(a, ATTACKS, a).responding_to(ids(&[90])[0]);
        assert!(graph.insert_all([denial(a), of_nobody.reported(date(2024, 10, 24))]).is_err());
        assert_eq!(graph.ledger.denials(), ids(&[0, 1, 2]));
        graph.insert(Claim::by(a).asserts(a, ATTACKS, b).reported(date(2024, 10, 24))).unwrap();
        assert_eq!(graph.ledger.denials(), ids(&[0, 1, 2]));
        graph.insert(denial(b)).unwrap();
        assert_eq!(graph.ledger.denials(), ids(&[0, 1, 2, 4]));

        // Asked for the first time with recent ones there.
        let mut other = ClaimGraph::new();
        let [a, b] = ["a", "b"].map(|key| other.add(State, key).unwrap().id());
        let denial = |of| {
            PlainClaim::new(a, Stance::Denies).about(of, ATTACKS, a).reported(date(2024, 10, 24))
        };
        other.insert_all([denial(b), denial(a)]).unwrap();
        other.compact();
        other.insert(denial(a)).unwrap();
        assert_eq!(other.ledger.denials(), ids(&[0, 1, 2]));
    }
}
