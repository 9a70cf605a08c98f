//! Claims that were inserted since the last merge, in order of insertion, with a chain through those of
//! each subject, object and origin.

use crate::columns::Core;
use crate::ids::{ClaimId, EntityId};
use rustc_hash::FxHashMap;

const END: u32 = u32::MAX;

/// Chains through positions, by group, in order of position.
#[derive(Clone, Debug, Default)]
struct Chains {
    /// First and last position of each group.
    ends: Vec<(u32, u32)>,
    next: Vec<u32>,
}

impl Chains {
    fn push(&mut self, group: Option<usize>) {
        let position = u32::try_from(self.next.len()).unwrap_or(END);
        self.next.push(END);
        let Some(group) = group else { return };
        if group >= self.ends.len() {
            self.ends.resize((group + 1).max(self.ends.len() * 2), (END, END));
        }
        let Some((first, last)) = self.ends.get_mut(group) else { return };
        match self.next.get_mut(*last as usize) {
            Some(next) => *next = position,
            None => *first = position,
        }
        *last = position;
    }

    #[inline]
    fn first(&self, group: usize) -> u32 {
        self.ends.get(group).map_or(END, |&(first, _)| first)
    }
}

/// The recent claims of one group.
#[derive(Clone, Debug)]
pub(crate) struct Recent<'l> {
    cores: &'l [Core],
    next: &'l [u32],
    at: u32,
}

impl Iterator for Recent<'_> {
    type Item = Core;

    #[inline]
    fn next(&mut self) -> Option<Core> {
        let core = *self.cores.get(self.at as usize)?;
        self.at = self.next.get(self.at as usize).copied().unwrap_or(END);
        Some(core)
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Delta {
    cores: Vec<Core>,
    by_subject: Chains,
    by_object: Chains,
    by_origin: Chains,
    pub(crate) answers: FxHashMap<ClaimId, Vec<ClaimId>>,
}

impl Delta {
    pub(crate) fn len(&self) -> usize {
        self.cores.len()
    }

    pub(crate) fn cores(&self) -> &[Core] {
        &self.cores
    }

    #[inline]
    pub(crate) fn get(&self, position: usize) -> Option<Core> {
        self.cores.get(position).copied()
    }

    pub(crate) fn push(&mut self, core: Core) {
        self.cores.push(core);
    }

    /// How many of the claims are in the chains; a bulk load leaves that for the end.
    fn linked(&self) -> usize {
        self.by_subject.next.len()
    }

    /// Puts what was pushed into the chains, and answers under what they answer.
    pub(crate) fn link(&mut self, targets: impl Fn(&Core, &mut dyn FnMut(ClaimId))) {
        let from = self.linked();
        for core in self.cores.get(from..).unwrap_or_default() {
            self.by_subject.push(core.subject.map(EntityId::index));
            self.by_object.push(core.object.map(EntityId::index));
            self.by_origin.push(Some(core.origin.index()));
            targets(core, &mut |target| self.answers.entry(target).or_default().push(core.id));
        }
    }

    /// Takes back all past the first `len`.
    pub(crate) fn cut_back(&mut self, len: usize, targets: impl Fn(&Core, &mut dyn FnMut(ClaimId))) {
        self.cores.truncate(len);
        if self.linked() > len {
            let cores = std::mem::take(&mut self.cores);
            *self = Self { cores, ..Self::default() };
            self.link(targets);
        }
    }

    fn recent<'l>(&'l self, chains: &'l Chains, group: usize) -> Recent<'l> {
        Recent { cores: &self.cores, next: &chains.next, at: chains.first(group) }
    }

    #[inline]
    pub(crate) fn about(&self, subject: EntityId) -> Recent<'_> {
        self.recent(&self.by_subject, subject.index())
    }

    #[inline]
    pub(crate) fn on(&self, object: EntityId) -> Recent<'_> {
        self.recent(&self.by_object, object.index())
    }

    pub(crate) fn from(&self, origin: crate::ids::OriginId) -> Recent<'_> {
        self.recent(&self.by_origin, origin.index())
    }
}
