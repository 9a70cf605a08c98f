//! Chains through the recent claims, which were inserted since the last merge: one chain for each subject, object and
//! origin, in order of insertion. The ledger adds to them, and questions walk them after the sorted rows.

use crate::model::id::{ClaimId, EntityId, OriginId};
use crate::store::columns::Core;
use rustc_hash::FxHashMap;

/// The end of a chain.
pub(crate) const END: u32 = u32::MAX;

/// Chains through positions, by group, in order of position.
#[derive(Clone, Debug, Default)]
struct Chains {
    /// First and last position of each group, counted from 1. Room for new groups is zeros, which cost nothing before
    /// they are written.
    ends: Vec<(u32, u32)>,
    next: Vec<u32>,
}

impl Chains {
    /// Of at least so many groups.
    #[inline]
    fn push(&mut self, group: Option<usize>, groups: usize) {
        let position = u32::try_from(self.next.len()).expect("a number of a claim has four bytes");
        self.next.push(END);
        let Some(group) = group else { return };
        if group >= self.ends.len() {
            self.grow((group + 1).max(groups));
        }
        let Some((first, last)) = self.ends.get_mut(group) else { return };
        match self.next.get_mut(last.wrapping_sub(1) as usize) {
            Some(next) => *next = position,
            None => *first = position + 1,
        }
        *last = position + 1;
    }

    #[cold]
    fn grow(&mut self, groups: usize) {
        let mut ends = vec![(0, 0); groups.max(self.ends.len() * 2)];
        ends.iter_mut().zip(&self.ends).for_each(|(new, &old)| *new = old);
        self.ends = ends;
    }

    #[inline]
    fn of(&self, group: usize) -> Recent<'_> {
        // 0 means none, and one before it is `END`.
        Recent {
            next: &self.next,
            at: self.ends.get(group).map_or(END, |&(first, _)| first.wrapping_sub(1)),
        }
    }
}

/// The positions of the recent claims of one group, in order of insertion.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recent<'l> {
    next: &'l [u32],
    at: u32,
}

impl Recent<'_> {
    /// Returns the next position; `END` if there is none.
    #[inline]
    pub(crate) fn at(&self) -> u32 {
        self.at
    }
}

impl Iterator for Recent<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let at = Some(self.at).filter(|&at| at != END)?;
        self.at = self.next[at as usize];
        Some(at)
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Delta {
    by_subject: Chains,
    by_object: Chains,
    by_origin: Chains,
    pub(crate) answers: FxHashMap<ClaimId, Vec<ClaimId>>,
}

impl Delta {
    /// Returns how many recent claims are in the chains. A bulk load adds its claims at the end.
    #[inline]
    pub(crate) fn linked(&self) -> usize {
        self.by_subject.next.len()
    }

    /// Adds the next claim to the chains. `entities` is one past the last entity that is a subject or object.
    #[inline]
    pub(crate) fn link(
        &mut self,
        core: &Core,
        entities: usize,
        targets: impl Iterator<Item = ClaimId>,
    ) {
        self.by_subject.push(core.subject.map(EntityId::index), entities);
        self.by_object.push(core.head.object.map(EntityId::index), entities);
        self.by_origin.push(Some(core.origin.index()), 0);
        targets.for_each(|target| self.answers.entry(target).or_default().push(core.head.id));
    }

    #[inline]
    pub(crate) fn about(&self, subject: EntityId) -> Recent<'_> {
        self.by_subject.of(subject.index())
    }

    /// Returns the claims of one subject from this position on.
    pub(crate) fn about_from(&self, at: u32) -> Recent<'_> {
        Recent { next: &self.by_subject.next, at }
    }

    #[inline]
    pub(crate) fn on(&self, object: EntityId) -> Recent<'_> {
        self.by_object.of(object.index())
    }

    pub(crate) fn from(&self, origin: OriginId) -> Recent<'_> {
        self.by_origin.of(origin.index())
    }
}
