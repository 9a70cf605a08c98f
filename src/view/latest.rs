//! The latest word of each speaker on each statement, for a view that keeps nothing else.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::id::{ClaimId, EntityId, RelationId, RoleId};
use crate::model::time::day::Day;
use crate::model::time::spell::Spell;
use crate::model::time::window::Window;
use crate::model::value::stance::{Modality, Stance};
use crate::view::{Sieve, View};
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// One speaker and one statement, apart from the time and the figure.
type Topic = (EntityId, RelationId, [Option<EntityId>; 2], Modality);

/// The word of a speaker on a statement: with a statement of its own, or by revising a claim.
#[derive(Clone, Copy)]
struct Said<'g> {
    claim: ClaimRef<'g>,
    /// The claim whose statement it is.
    statement: ClaimRef<'g>,
    /// The claim that gives the time.
    period: ClaimRef<'g>,
}

impl<'g> Said<'g> {
    fn of(claim: ClaimRef<'g>) -> Option<Self> {
        let get = |id| ClaimRef::new(claim.graph(), id);
        let revised = claim.revised().filter(|_| claim.repeats());
        let (statement, period) = match revised {
            Some(revised) => (get(revised.statement)?, get(revised.period)?),
            None => (claim, claim),
        };
        Some(Self { claim, statement, period })
    }

    fn spell(self) -> Spell {
        self.period.spell_under(self.statement.relation_id())
    }
}

/// The words of one speaker on statements with these ends.
type Topics<'g> = IndexMap<Topic, Vec<Said<'g>>, FxBuildHasher>;

impl<'g> View<'g> {
    /// Returns whether the speaker of the claim said something newer about the same, as far as this view knows.
    pub(super) fn is_outdated(&self, claim: ClaimId) -> bool {
        self.outdated.get_or_init(|| self.find_outdated()).contains(&claim)
    }

    fn find_outdated(&self) -> IndexSet<ClaimId> {
        let sieve = Sieve { latest_per_speaker: false, ..self.sieve.clone() };
        let view = View::through(self.graph, sieve);
        let mut topics = Topics::default();
        for claim in view.claims() {
            let speaks = claim.stance().commits() || claim.stance() == Stance::Denies;
            let Some(said) = Said::of(claim).filter(|_| speaks) else { continue };
            let Some((speaker, statement)) = claim.speaker().zip(said.statement.statement()) else {
                continue;
            };
            let ends = [statement.subject(), statement.object()];
            let (relation, ends) =
                self.graph.primary(statement.relation_id(), ends, |end| end.entity());
            let topic = (speaker, relation, ends.map(Term::entity), said.statement.modality());
            topics.entry(topic).or_default().push(said);
        }
        let several = topics.into_values().filter(|claims| claims.len() > 1);
        several.flat_map(|claims| outdated(&claims)).collect()
    }
}

/// Returns those of the claims of one speaker after which it said something newer: the same relation, entities and roles,
/// at a time that can be the same.
fn outdated(all: &[Said<'_>]) -> Vec<ClaimId> {
    let mut groups: IndexMap<Content<'_>, Vec<Said<'_>>> = IndexMap::new();
    for &said in all {
        groups.entry(said.content()).or_default().push(said);
    }
    let mut found = Vec::new();
    for mut group in groups.into_values() {
        group.sort_by_key(|said| Reverse(said.claim.reported_day()));
        let mut newer = Newer::default();
        for day in group.chunk_by(|a, b| a.claim.reported_day() == b.claim.reported_day()) {
            found.extend(
                day.iter().filter(|said| newer.is_of_one_time(**said)).map(|s| s.claim.id()),
            );
            day.iter().for_each(|said| newer.add(*said));
        }
    }
    found
}

/// The content of a claim without its figures and its time. Ends that are entities were compared before, in the direction of
/// the primary relation.
type Content<'g> = (Option<[Term<'g>; 2]>, Vec<(RoleId, Term<'g>)>);

impl<'g> Said<'g> {
    fn content(self) -> Content<'g> {
        let graph = self.statement.graph();
        // Figures are what changes.
        let plain = |term| if matches!(term, Term::Quantity(_)) { Term::Nothing } else { term };
        let ends = self.statement.statement().map(|it| [plain(it.subject()), plain(it.object())]);
        let is_entity = |end: &Term<'_>| matches!(end, Term::Entity(_) | Term::Nothing);
        let ends = ends.filter(|ends| !ends.iter().all(is_entity));
        let roles = self.statement.held_roles().iter();
        let roles = roles.filter(|(role, _)| graph.is_content(*role));
        let mut roles: Vec<_> =
            roles.map(|(role, argument)| (*role, Term::of(graph, &argument.value))).collect();
        roles.sort_by_key(|(role, _)| *role);
        (ends, roles)
    }
}

/// The times of claims that are newer.
#[derive(Default)]
struct Newer {
    any: bool,
    /// Whether one of them gives no time.
    always: bool,
    /// Stretches that have no day in common: from the first day that each can have to the last.
    stretches: BTreeMap<Option<Day>, Option<Day>>,
    /// The first days of counts over a stretch.
    counted_from: BTreeSet<Option<Day>>,
}

impl Newer {
    /// Returns whether one of them can be of the time of the claim.
    fn is_of_one_time(&self, said: Said<'_>) -> bool {
        if said.period.valid().is_none() || self.always {
            return self.any;
        }
        let spell = said.spell();
        let coincides = spell.possible_days().is_some_and(|days| self.last_in(days).is_some());
        coincides || (spell.is_count() && self.counted_from.contains(&spell.first_day()))
    }

    fn add(&mut self, said: Said<'_>) {
        self.any = true;
        if said.period.valid().is_none() {
            self.always = true;
            return;
        }
        let spell = said.spell();
        if spell.is_count() {
            self.counted_from.insert(spell.first_day());
        }
        let Some(mut days) = spell.possible_days() else { return };
        while let Some((first, last)) = self.last_in(days) {
            self.stretches.remove(&first);
            days.earliest = days.earliest.min(first);
            // A stretch without a last day is the longest.
            days.latest = days.latest.zip(last).map(|(a, b)| a.max(b));
        }
        self.stretches.insert(days.earliest, days.latest);
    }

    /// Returns the last stretch that has a day in common with these.
    fn last_in(&self, days: Window) -> Option<(Option<Day>, Option<Day>)> {
        let before_end = match days.latest {
            Some(_) => self.stretches.range(..=days.latest),
            None => self.stretches.range(..),
        };
        let (&first, &last) = before_end.last()?;
        let apart = days.earliest.zip(last).is_some_and(|(from, last)| last < from);
        (!apart).then_some((first, last))
    }
}
