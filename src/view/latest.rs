//! The latest word of each speaker on each statement, for a view that keeps nothing else.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::id::{ClaimId, EntityId, RelationId, RoleId};
use crate::model::time::spell::Spell;
use crate::model::value::stance::{Modality, Stance};
use crate::store::stored_claim::Held;
use crate::view::{Sieve, View};
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

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

/// Returns those of the claims of one speaker after which it said something newer.
fn outdated(all: &[Said<'_>]) -> Vec<ClaimId> {
    let is_older = |said: &Said<'_>| {
        // The newest are mostly the last, and mostly about the same.
        let day = said.claim.reported_day();
        let mut newer = all.iter().rev().filter(|other| other.claim.reported_day() > day);
        newer.any(|other| is_same(*said, *other))
    };
    all.iter().filter(|said| is_older(said)).map(|said| said.claim.id()).collect()
}

/// Returns whether two claims with the same relation and entities make one statement, at a time that can be the same.
fn is_same(one: Said<'_>, other: Said<'_>) -> bool {
    fn ends<'g>(claim: ClaimRef<'g>) -> Option<[Term<'g>; 2]> {
        // Figures are what changes.
        let plain = |term| if matches!(term, Term::Quantity(_)) { Term::Nothing } else { term };
        claim.statement().map(|it| [plain(it.subject()), plain(it.object())])
    }
    fn content<'g>(claim: ClaimRef<'g>) -> Vec<(RoleId, &'g Held)> {
        let graph = claim.graph();
        let roles = claim.held_roles().iter().filter(|(role, _)| graph.is_content(*role));
        let mut roles: Vec<_> = roles.map(|(role, argument)| (*role, &argument.value)).collect();
        roles.sort_by_key(|(role, _)| *role);
        roles
    }
    let entities_only = |ends: &Option<[Term<'_>; 2]>| {
        ends.iter().flatten().all(|end| matches!(end, Term::Entity(_) | Term::Nothing))
    };
    let (a, b) = (ends(one.statement), ends(other.statement));
    // Ends that are entities were compared before, in the direction of the primary relation.
    let same_ends = (entities_only(&a) && entities_only(&b)) || a == b;
    let same_content = content(one.statement) == content(other.statement);
    same_ends && same_content && can_be_of_one_time(one, other)
}

fn can_be_of_one_time(one: Said<'_>, other: Said<'_>) -> bool {
    match (one.period.valid(), other.period.valid()) {
        (Some(_), Some(_)) => {
            let (a, b) = (one.spell(), other.spell());
            a.can_coincide(b) || a.counts_from_the_start_of(b)
        }
        _ => true,
    }
}
