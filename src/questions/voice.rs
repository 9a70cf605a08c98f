//! The voices of a claim: its speaker and, in any number of steps, those who confirm the claim as a whole. Backing and
//! contests ask for them.

use crate::graph::claim_ref::ClaimRef;
use crate::graph::statement_ref::Term;
use crate::model::id::{ClaimId, RelationId};
use crate::model::time::period::Period;
use crate::model::value::answer::Answer;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Modality, Stance};
use crate::questions::contest_kind::ContestKind;
use crate::questions::entailment::candidates::ClaimSet;
use crate::questions::entailment::{Pattern, Proposition, TimeAsked};
use crate::store::stored_claim::Revised;
use crate::view::View;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

/// A claim that says what a claim says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Voice<'g> {
    pub(crate) claim: ClaimRef<'g>,
    /// The claim whose word it is: the claim itself, or one that it confirms.
    pub(crate) of: ClaimRef<'g>,
    /// The claims that give the statement, the figure and the time.
    said: Revised,
}

/// The content of a denial: relation, ends, figure and time, and the modality.
type Denied<'g> =
    ((RelationId, [Option<Term<'g>>; 2], Option<&'g Quantity>, Option<Period>), Modality);

impl<'g> Voice<'g> {
    /// Returns whether it is a confirmation with a figure of its own, or of one that has.
    pub(crate) fn has_own_figure(&self) -> bool {
        self.is_own(self.said.figure)
    }

    /// Returns whether it is a confirmation with a time of its own, or of one that has.
    pub(crate) fn has_own_time(&self) -> bool {
        self.is_own(self.said.period)
    }

    fn is_own(&self, part: ClaimId) -> bool {
        let part = ClaimRef::new(self.claim.graph(), part);
        self.claim.id() != self.of.id() && part.is_some_and(ClaimRef::confirms_as_a_whole)
    }

    /// Returns whether it answers the claim, as the one does whose word it is.
    pub(crate) fn responds_to(&self, claim: ClaimId) -> Answer {
        self.of.responds_to(claim)
    }
}

impl<'g> View<'g> {
    /// Returns what the claim says, from the claims that give its parts.
    pub(crate) fn says(&self, said: Revised) -> Option<Proposition<'g>> {
        let get = |id| ClaimRef::new(self.graph, id);
        let (figure, period) = (get(said.figure)?, get(said.period)?);
        Some(Proposition {
            quantity: figure.quantity(),
            valid: period.valid(),
            told: Some(period.told()),
            ..get(said.statement)?.statement()?.proposition()
        })
    }

    /// Returns the claim itself and who says the same, in the view or not: confirmations without a statement, of what was
    /// said when it was confirmed, with the figure or the time that they give themselves. An acknowledgement does not
    /// cover a figure or a role.
    pub(crate) fn voices(&self, of: ClaimRef<'g>) -> Vec<Voice<'g>> {
        let itself = Revised::itself(of.id());
        let own = Voice { claim: of, of, said: self.revised(of).unwrap_or(itself) };
        let (mut found, mut next) = (vec![own], 0);
        let mut met: IndexSet<ClaimId, FxBuildHasher> = IndexSet::default();
        while let Some(&said) = found.get(next) {
            next += 1;
            let answers = self.graph.ledger.answers(said.claim.id()).into_iter();
            for claim in answers.filter_map(|id| ClaimRef::new(self.graph, id)) {
                let says_so = claim.confirms_as_a_whole()
                    && claim.modality() == Modality::Actual
                    && claim.responds_to(said.claim.id()).is_yes();
                let covers = claim.stance() == Stance::Confirms || !self.is_particular(said.said);
                if says_so && covers && met.insert(claim.id()) {
                    let mut said = Voice { claim, ..said };
                    if claim.quantity().is_some() {
                        said.said.figure = claim.id();
                    }
                    if claim.valid().is_some() {
                        said.said.period = claim.id();
                    }
                    found.push(said);
                }
            }
        }
        found
    }

    /// Returns whether a figure or a role of content is said.
    fn is_particular(&self, said: Revised) -> bool {
        let statement = ClaimRef::new(self.graph, said.statement);
        let figure = ClaimRef::new(self.graph, said.figure);
        statement
            .is_some_and(|it| it.held_roles().iter().any(|(role, _)| self.graph.is_content(*role)))
            || figure.is_some_and(|it| it.quantity().is_some())
    }

    /// Returns the voices of the view that deny what one of these claims denies, or what a revision of it does.
    pub(crate) fn denials_by(&self, mut denials: ClaimSet) -> impl Iterator<Item = Voice<'g>> {
        self.add_revisions(&mut denials);
        let get = |id| ClaimRef::new(self.graph, id);
        let denials = denials.into_iter().filter_map(get);
        let denials = denials.filter(move |claim| {
            let revised = self.revised(*claim).and_then(|it| get(it.statement));
            revised.unwrap_or(*claim).stance() == Stance::Denies
        });
        denials.flat_map(|denial| self.voices(denial)).filter(|it| self.passes(it.claim))
    }

    /// Returns the denials of the view that their speakers have not revised. Those that deny the same are together.
    pub(crate) fn denials_by_content(&self) -> Vec<Vec<Voice<'g>>> {
        let all = self.graph.ledger.denials().iter().copied().collect();
        let mut groups: IndexMap<Denied<'g>, Vec<Voice<'g>>> = IndexMap::new();
        let mut others = Vec::new();
        for denial in self.denials_by(all).filter(|it| !self.has_revised(it)) {
            match self.said_by(&denial) {
                Some(said) if said.roles.is_empty() => {
                    let ends = [said.subject, said.object];
                    let content = (said.relation, ends, said.quantity, said.valid);
                    let denied = (content, self.modality_of(&denial));
                    groups.entry(denied).or_default().push(denial);
                }
                Some(_) => others.push(vec![denial]),
                None => {}
            }
        }
        groups.into_values().chain(others).collect()
    }

    /// Returns the voices of the view that contest or doubt the claim in answer to it.
    pub(crate) fn opposing(&self, target: ClaimId) -> impl Iterator<Item = Voice<'g>> {
        let answers = self.graph.ledger.answers(target).into_iter();
        let answers = answers.filter_map(|id| ClaimRef::new(self.graph, id));
        // Most answers confirm. Voices are looked up of those that oppose only.
        let opposing = answers.filter(|it| ContestKind::opposes(it.stance()));
        opposing.flat_map(|answer| self.voices(answer)).filter(|it| self.passes(it.claim))
    }

    /// Returns whether its speaker has revised a part of what it says.
    pub(crate) fn has_revised(&self, voice: &Voice<'g>) -> bool {
        let get = |id| ClaimRef::new(self.graph, id);
        self.superseded(voice.claim.id()).is_some_and(|superseded| {
            let figure = get(voice.said.figure).is_some_and(|it| it.quantity().is_some());
            let time = get(voice.said.period).is_some_and(|it| it.valid().is_some());
            superseded.repeated
                || (figure && !superseded.figure.is_empty())
                || (time && !superseded.period.is_empty())
        })
    }

    /// Returns the modality of what is denied.
    pub(crate) fn modality_of(&self, voice: &Voice<'g>) -> Modality {
        let statement = ClaimRef::new(self.graph, voice.said.statement);
        statement.map_or(voice.claim.modality(), ClaimRef::modality)
    }

    /// Returns how it opposes what it denies, or the claims that it answers.
    pub(crate) fn kind_of(&self, voice: &Voice<'g>) -> ContestKind {
        match voice.of.stance() {
            Stance::Dismisses => ContestKind::ClaimDismissed,
            Stance::Doubts => ContestKind::Doubted,
            _ if self.is_particular(voice.said) => ContestKind::FacetDenied,
            _ => ContestKind::FactDenied,
        }
    }

    /// Returns what is said, as a pattern for the claims that a denial of it contests.
    pub(crate) fn denied(&self, voice: &Voice<'g>) -> Option<Pattern<'g>> {
        let mut pattern = self.pattern_of_content(self.said_by(voice)?);
        pattern.time_asked = TimeAsked::Denied;
        Some(pattern)
    }

    /// Returns what is said.
    pub(crate) fn said_by(&self, voice: &Voice<'g>) -> Option<Proposition<'g>> {
        self.says(voice.said)
    }
}
