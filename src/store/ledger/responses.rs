//! Answers between claims: the claims that a claim answers, and the claims that answer it. Questions call it.

use crate::model::id::ClaimId;
use crate::model::value::stance::{Basis, Stance};
use crate::store::claim_flags::Marks;
use crate::store::columns::row_iter::RowId;
use crate::store::columns::{Core, Head};
use crate::store::ledger::Ledger;
use crate::store::pieces::Pieces;
use crate::store::response_index::{Pair, Responses};
use crate::store::stored_claim::Rich;
use crate::store::time_code::TimeCode;
use std::sync::OnceLock;

/// The claims that one claim answers.
#[derive(Clone, Debug)]
pub(crate) enum TargetsOf<'l> {
    One(Option<ClaimId>),
    Many(std::slice::Iter<'l, (ClaimId, Basis)>),
}

impl Iterator for TargetsOf<'_> {
    type Item = (ClaimId, Basis);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            TargetsOf::One(target) => target.take().map(|target| (target, Basis::Stated)),
            TargetsOf::Many(targets) => targets.next().copied(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            TargetsOf::One(target) => {
                (usize::from(target.is_some()), Some(usize::from(target.is_some())))
            }
            TargetsOf::Many(targets) => targets.size_hint(),
        }
    }
}

impl ExactSizeIterator for TargetsOf<'_> {}

fn targets_of<'l>(
    rich: &'l Pieces<Rich>,
    plain: &[Pair],
    id: ClaimId,
    time: TimeCode,
    marks: Marks,
) -> TargetsOf<'l> {
    if let Some(place) = time.rich() {
        return TargetsOf::Many(rich.get(place).map_or([].iter(), |rich| rich.targets.iter()));
    }
    let place = || plain.binary_search_by_key(&id, |(by, _)| *by).ok();
    let place = if marks.has(Marks::ANSWERS) { place() } else { None };
    TargetsOf::One(place.and_then(|place| plain.get(place)).map(|(_, target)| *target))
}

pub(super) fn of_core<'l>(rich: &'l Pieces<Rich>, plain: &[Pair], core: &Core) -> TargetsOf<'l> {
    targets_of(rich, plain, core.head.id, core.head.time, core.marks)
}

impl Ledger {
    pub(crate) fn targets(&self, row: RowId) -> TargetsOf<'_> {
        let head = self.rows.head(row);
        targets_of(&self.rich, &self.targets, head.id, head.time, self.rows.marks(row))
    }

    /// Adds the answers by recent claims to the index, before these claims are merged. If the index was not made yet,
    /// it does nothing.
    pub(super) fn merge_responses(&mut self) {
        let Some(mut responses) = self.responses.take() else { return };
        // Past the columns, position is number.
        let stance = |id: ClaimId| self.rows.marks(RowId::of_recent(id)).stance();
        let tail = self.targets.partition_point(|(by, _)| by.index() < self.rows.sorted());
        let plain = self.targets[tail..].iter();
        let plain = plain.map(|&(by, target)| (stance(by), (target, by)));
        let recent = self.rows.recent().iter().map(|core| (core.head, core.marks));
        responses.merge(plain.chain(self.rich_answers(recent)));
        self.responses = OnceLock::from(responses);
    }

    /// Returns the index of answers by sorted claims.
    fn sorted_responses(&self) -> &Responses {
        self.responses.get_or_init(|| {
            let sorted = self.rows.sorted();
            let plain = self.targets.iter().take_while(|(by, _)| by.index() < sorted);
            // By number: so the row of each claim need not be known.
            let mut stances = vec![Stance::Asserts; sorted];
            for (head, marks) in
                self.rows.sorted_marked().filter(|(_, marks)| marks.has(Marks::ANSWERS))
            {
                stances[head.id.index()] = marks.stance();
            }
            let plain = plain.map(|&(by, target)| (stances[by.index()], (target, by)));
            let mut responses = Responses::default();
            responses.merge(plain.chain(self.rich_answers(self.rows.sorted_marked())));
            responses
        })
    }

    /// Returns the answers by those of the claims that are not plain.
    fn rich_answers<'l>(
        &'l self,
        claims: impl Iterator<Item = (Head, Marks)> + 'l,
    ) -> impl Iterator<Item = (Stance, Pair)> + 'l {
        let claims = claims.filter_map(|(head, marks)| {
            Some((head.id, marks.stance(), self.rich.get(head.time.rich()?)?))
        });
        claims.flat_map(|(by, stance, rich)| {
            rich.targets.iter().map(move |&(target, _)| (stance, (target, by)))
        })
    }

    /// Returns the claims that answer this one, in order of insertion.
    pub(crate) fn answers(&self, claim: ClaimId) -> Vec<ClaimId> {
        let mut found: Vec<ClaimId> = self.sorted_responses().to(claim).collect();
        found.extend(self.delta.answers.get(&claim).into_iter().flatten());
        found.sort_unstable();
        found
    }

    /// Returns the claims that revise this one.
    pub(crate) fn revisions(&self, claim: ClaimId) -> impl Iterator<Item = ClaimId> {
        let revises = |id: &ClaimId| {
            self.find(*id).is_some_and(|row| self.rows.marks(row).stance() == Stance::Revises)
        };
        let recent = self.delta.answers.get(&claim).into_iter().flatten().copied().filter(revises);
        self.sorted_responses().among(Stance::Revises, claim).chain(recent)
    }

    /// Returns the claims that have an answer, in order of insertion.
    pub(crate) fn answered(&self) -> Vec<ClaimId> {
        let sorted = Stance::ALL
            .iter()
            .flat_map(|&stance| self.sorted_responses().of(stance))
            .map(|(target, _)| *target);
        let mut found: Vec<ClaimId> = sorted.chain(self.delta.answers.keys().copied()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Returns the answers with this stance: those by sorted claims, and those by recent claims in order of insertion.
    pub(crate) fn responses(&self, stance: Stance) -> (&[Pair], impl Iterator<Item = Pair>) {
        let recent = self.rows.recent().iter();
        let recent = recent
            .filter(move |core| core.marks.has(Marks::ANSWERS) && core.marks.stance() == stance);
        let recent = recent.flat_map(|core| {
            of_core(&self.rich, &self.targets, core).map(move |(target, _)| (target, core.head.id))
        });
        (self.sorted_responses().of(stance), recent)
    }
}
