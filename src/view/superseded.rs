//! Claims whose figure or time their own speakers have revised, as far as a view knows. Questions, figures, conflicts
//! and the timeline go by what is current.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, RelationId};
use crate::model::time::spell::Spell;
use crate::model::value::stance::{Basis, Stance};
use crate::model::vocabulary::base::REVISED_TO;
use crate::store::stored_claim::Revised;
use crate::view::View;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Revisions that took the place of parts of one claim, in order of insertion.
#[derive(Clone, Debug, Default)]
pub(crate) struct Superseded {
    /// Revisions of the figure.
    pub(crate) figure: Vec<ClaimId>,
    /// Revisions of the time.
    pub(crate) period: Vec<ClaimId>,
    /// Whether a revision repeats the statement with its new content, so that the claim adds nothing to it.
    pub(crate) repeated: bool,
}

impl Superseded {
    /// Returns the last revision of each part.
    fn latest(&self) -> Self {
        let last = |list: &[ClaimId]| list.iter().copied().max().into_iter().collect();
        Self { figure: last(&self.figure), period: last(&self.period), repeated: self.repeated }
    }

    /// Returns the revisions, in order of insertion.
    pub(crate) fn all(&self) -> Vec<ClaimId> {
        let mut all: Vec<ClaimId> = self.figure.iter().chain(&self.period).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Claims without a statement of their own, each with those whose statements they repeat.
pub(crate) type RepeatedClaims = FxHashMap<ClaimId, Arc<[ClaimId]>>;

/// Superseded claims.
pub(crate) type SupersededClaims = FxHashMap<ClaimId, Superseded>;

impl<'g> ClaimRef<'g> {
    /// Returns whether the revision is of the speaker of the other claim: of the same speaker, or of a speaker who is not
    /// named, by whoever passes that one on.
    fn speaks_for(self, other: ClaimRef<'g>) -> bool {
        let same = |a: Option<_>, b: Option<_>| a.is_some() && a == b;
        let passing_on = other.chain().iter().rev().nth(1).and_then(|link| link.source);
        match other.speaker() {
            Some(speaker) => self.speaker() == Some(speaker),
            None => same(self.speaker(), passing_on),
        }
    }

    /// Returns whether it is a revision that gives its new content elsewhere: a factor, or the claim with the new figure.
    pub(crate) fn revises_elsewhere(self) -> bool {
        self.factor().is_some() || self.linked(REVISED_TO).next().is_some()
    }

    /// Returns the claims that it answers in the usual reading of the text.
    pub(crate) fn firm_targets(self) -> impl Iterator<Item = ClaimRef<'g>> {
        let firm = self.targets().filter(|(_, basis)| *basis != Basis::Possible);
        firm.filter_map(move |(target, _)| ClaimRef::new(self.graph(), target))
    }

    /// Returns whether it repeats statements of others and has none of its own: it confirms or acknowledges claims, or
    /// gives them a new figure or time.
    pub(crate) fn repeats(self) -> bool {
        let revises = self.stance() == Stance::Revises && self.statement().is_none();
        self.confirms_as_a_whole() || (revises && !self.revises_elsewhere())
    }
}

impl<'g> View<'g> {
    /// Returns what took the place of parts of the claim, if its speaker revised it.
    pub(crate) fn superseded(&self, claim: ClaimId) -> Option<&Superseded> {
        if self.graph.ledger.revising().len() == 0 || self.sieve.including_superseded {
            return None;
        }
        self.superseded.get_or_init(|| self.find_superseded()).get(&claim)
    }

    /// A revision counts if it is in the view; when it holds does not matter for that. Later revisions are examined first:
    /// what supersedes a revision supersedes what that revises, too.
    fn find_superseded(&self) -> SupersededClaims {
        let view = View::through(self.graph, self.sieve.untimed());
        let mut found = SupersededClaims::default();
        for id in self.graph.ledger.revising().rev() {
            let Some(revision) = ClaimRef::new(self.graph, id) else { continue };
            let mut by = found.get(&id).map(Superseded::latest).unwrap_or_default();
            if view.passes(revision) {
                let elsewhere = revision.revises_elsewhere();
                let figure = elsewhere || revision.quantity().is_some();
                let period = !elsewhere && revision.valid().is_some();
                by.figure.extend(figure.then_some(id));
                by.period.extend(period.then_some(id));
                by.repeated |= revision.repeats() && (figure || period);
            }
            for claim in revision.firm_targets().filter(|claim| revision.speaks_for(*claim)) {
                let superseded = found.entry(claim.id()).or_default();
                superseded.figure.extend(&by.figure);
                superseded.period.extend(&by.period);
                superseded.repeated |= by.repeated;
            }
        }
        found.retain(|_, it| it.repeated || !it.figure.is_empty() || !it.period.is_empty());
        self.keep_the_latest(found)
    }

    /// Sorts the revisions of each part. Of several revisions of one part, the last supersedes the others. Of one day, a
    /// revision of a revision comes after it.
    fn keep_the_latest(&self, mut found: SupersededClaims) -> SupersededClaims {
        let mut earlier = Vec::new();
        let revised = |list: fn(&Superseded) -> &[ClaimId]| -> FxHashSet<ClaimId> {
            found.iter().filter(|(_, it)| !list(it).is_empty()).map(|(id, _)| *id).collect()
        };
        let revised = [revised(|it| &it.figure), revised(|it| &it.period)];
        for superseded in found.values_mut() {
            for (part, list) in
                [&mut superseded.figure, &mut superseded.period].into_iter().enumerate()
            {
                self.graph.sort_findings(list, |&revision| revision);
                list.dedup();
                let again = revised.get(part);
                let is_last = |id: &ClaimId| again.is_none_or(|again| !again.contains(id));
                if let Some(last) = list.iter().rposition(is_last) {
                    let last = list.remove(last);
                    list.push(last);
                }
                let Some((&last, others)) = list.split_last() else { continue };
                earlier.extend(others.iter().map(|&other| (other, part, last)));
            }
        }
        for (revision, part, by) in earlier {
            let superseded = found.entry(revision).or_default();
            let list = if part == 0 { &mut superseded.figure } else { &mut superseded.period };
            if !list.contains(&by) {
                list.push(by);
            }
        }
        found
    }

    /// Returns the claims that give the statement, figure and time of a revision that repeats a statement. A part that it
    /// does not give is the current one of what it revises.
    pub(crate) fn revised(&self, revision: ClaimRef<'g>) -> Option<Revised> {
        let mut revised = revision.revised().filter(|_| revision.repeats())?;
        let statement = ClaimRef::new(self.graph, revised.statement)?;
        if let Some(superseded) =
            self.superseded(statement.id()).filter(|_| revision.speaks_for(statement))
        {
            let last = |list: &[ClaimId]| list.last().and_then(|&id| ClaimRef::new(self.graph, id));
            let given = |claim: &ClaimRef<'g>| !claim.revises_elsewhere();
            if revised.figure == statement.id()
                && let Some(figure) = last(&superseded.figure).filter(given)
            {
                revised.figure = figure.id();
            }
            if revised.period == statement.id()
                && let Some(period) = last(&superseded.period)
            {
                revised.period = period.id();
            }
        }
        Some(revised)
    }

    /// Returns the claims whose statements a claim without one repeats: those that it confirms, or itself if it gives them
    /// a new figure or time.
    pub(crate) fn repeated(&self, claim: ClaimRef<'g>) -> &[ClaimId] {
        let all = self.repeated.get_or_init(|| self.find_repeated());
        all.get(&claim.id()).map_or(&[], |repeated| &**repeated)
    }

    fn find_repeated(&self) -> RepeatedClaims {
        let mut found = RepeatedClaims::default();
        let all = (0..self.graph.len()).filter_map(|index| {
            ClaimRef::new(self.graph, ClaimId::at(index)?).filter(|claim| claim.repeats())
        });
        // Targets come before the claims that answer them.
        for claim in all {
            let of = |target: ClaimRef<'g>| match found.get(&target.id()) {
                Some(repeated) => repeated.clone(),
                None => Arc::from([target.id()]),
            };
            let mut targets = claim.firm_targets();
            let repeated = match (claim.stance(), targets.next(), targets.next()) {
                (Stance::Revises, ..) => Arc::from([claim.id()]),
                (_, None, _) => continue,
                // A long chain of confirmations shares one list.
                (_, Some(target), None) => of(target),
                (_, Some(first), Some(second)) => {
                    let all = [first, second].into_iter().chain(targets);
                    let mut all: Vec<ClaimId> = all.flat_map(|it| of(it).to_vec()).collect();
                    all.sort_unstable();
                    all.dedup();
                    Arc::from(all)
                }
            };
            found.insert(claim.id(), repeated);
        }
        found
    }

    /// Returns the relations of a claim, of its own statement or of those that it repeats.
    pub(crate) fn relations(&self, claim: ClaimRef<'g>) -> Vec<RelationId> {
        if let Some(relation) = claim.relation_id() {
            return vec![relation];
        }
        let statement = |&id: &ClaimId| {
            let claim = ClaimRef::new(self.graph, id)?;
            match claim.revised() {
                Some(revised) => ClaimRef::new(self.graph, revised.statement)?.relation_id(),
                None => claim.relation_id(),
            }
        };
        self.repeated(claim).iter().filter_map(statement).collect()
    }

    /// Returns the days on which what the claim says holds: by its own statement, or by those that it repeats. What was
    /// confirmed stays as it was confirmed.
    fn spells(&self, claim: ClaimRef<'g>) -> Vec<Spell> {
        let own_time = claim.confirms_as_a_whole() && claim.valid().is_some();
        if !claim.repeats() {
            return vec![claim.spell()];
        }
        let get = |id| ClaimRef::new(self.graph, id);
        let spell = |repeated: ClaimRef<'g>| {
            let itself = Revised::itself(repeated.id());
            let said = self.revised(repeated).unwrap_or(itself);
            let timed = if own_time { claim } else { get(said.period)? };
            Some(timed.spell_under(get(said.statement)?.relation_id()))
        };
        self.repeated(claim).iter().filter_map(|&id| spell(get(id)?)).collect()
    }

    /// Returns the days on which the claim holds, by the revision of its time if there is one. A confirmation of several
    /// claims has the times of all of them.
    pub(crate) fn current_spells(&self, claim: ClaimRef<'g>) -> Vec<Spell> {
        let later = self.superseded(claim.id()).and_then(|superseded| superseded.period.last());
        let by = later.and_then(|&id| ClaimRef::new(self.graph, id)).unwrap_or(claim);
        self.spells(by)
    }
}
