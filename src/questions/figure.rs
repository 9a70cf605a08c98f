//! Figures that claims give for a statement, and questions about their size.

use crate::graph::claim_ref::ClaimRef;
use crate::model::claim_link::Derivation;
use crate::model::id::ClaimId;
use crate::model::time::period::Period;
use crate::model::value::amount::Amount;
use crate::model::value::answer::Answer;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Stance;
use crate::questions::response::Response;
use crate::questions::statement::StatementQuery;
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::{json_form, some};
use crate::view::proof::Proof;
use std::borrow::Cow;
use std::fmt;

/// A figure that a claim gives.
#[derive(Clone, Debug)]
pub struct Figure<'g> {
    quantity: &'g Quantity,
    /// Whether it counts a part of the time that is asked about, so that it is a lower bound.
    of_a_part: bool,
    /// The claim, with the steps that lead from it to the statement.
    backing: Response<'g>,
    /// The revisions of its own speaker.
    revisions: Vec<ClaimId>,
}

impl<'g> Figure<'g> {
    /// Returns the claim that gives it.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.backing.claim()
    }

    /// Returns the figure.
    pub fn quantity(&self) -> &'g Quantity {
        self.quantity
    }

    /// Returns whether its own speaker has revised it since.
    pub fn is_superseded(&self) -> bool {
        !self.revisions.is_empty()
    }

    /// Returns the claims by which its own speaker revised it.
    pub fn revisions(&self) -> &[ClaimId] {
        &self.revisions
    }

    /// Returns the figure for all of the time that is asked about: a lower bound, if it counts a part of that.
    pub(crate) fn in_asked_time(&self) -> Cow<'g, Quantity> {
        match self.of_a_part {
            true => Cow::Owned(self.quantity.lower_bound()),
            false => Cow::Borrowed(self.quantity),
        }
    }

    /// Returns whether it was derived and is not in the text.
    pub fn is_derived(&self) -> bool {
        self.claim().quantity().is_none()
    }
}

impl Finding for Figure<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        let derivation = self.claim().derivation().filter(|_| self.is_derived());
        let inputs = derivation.map(Derivation::inputs).unwrap_or_default();
        let others = inputs.iter().chain(&self.revisions).copied();
        std::iter::once(self.claim().id()).chain(others).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.backing.support(proof);
    }
}

json_form!(Figure<'_>, |it| {
    claim: it.claim(),
    quantity: it.quantity,
    derived: it.is_derived(),
    revisions => some(&it.claim().graph().keyed(&it.revisions)),
});

impl fmt::Display for Figure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (claim, derived) = (self.claim(), if self.is_derived() { " (derived)" } else { "" });
        let (past, speaker) = (claim.stance().past(), claim.speaker_name());
        write!(f, "{}{derived}, {past} by {speaker}", self.quantity)
    }
}

impl<'g> Findings<'g, Figure<'g>> {
    /// Keeps only the figures in this unit or a synonym of it. Figures of different units never compare.
    #[must_use]
    pub fn in_unit(mut self, unit: &str) -> Self {
        let wanted = self.graph.vocabulary.unit_of(unit).to_owned();
        self.items.retain(|figure| self.graph.vocabulary.unit_of(figure.quantity.unit()) == wanted);
        self
    }

    /// Returns the figures that their own speakers have not revised since.
    pub fn current(&self) -> impl Iterator<Item = &Figure<'g>> {
        self.iter().filter(|figure| !figure.is_superseded())
    }

    /// Returns `Yes` if some current figure makes it sure and none rules it out, and `No` if some figure rules it out
    /// and none makes it sure. If the figures conflict, or have different units, it is `Unknown`.
    fn ask(&self, question: impl Fn(&Quantity) -> Answer) -> Answer {
        let vocabulary = &self.graph.vocabulary;
        let mut units = self.current().map(|figure| vocabulary.unit_of(figure.quantity.unit()));
        let first = units.next();
        if units.any(|unit| Some(unit) != first) {
            return Answer::Unknown;
        }
        let answers: Vec<Answer> =
            self.current().map(|figure| question(&figure.in_asked_time())).collect();
        let (yes, no) = (answers.contains(&Answer::Yes), answers.contains(&Answer::No));
        Answer::of(yes && !no, no && !yes)
    }

    /// Returns whether it is at least this many, by the figures that their speakers have not revised. If the figures
    /// may have different units, narrow them by [`in_unit`](Self::in_unit) first.
    pub fn at_least(&self, threshold: impl Into<Amount>) -> Answer {
        let threshold = threshold.into();
        self.ask(|quantity| quantity.at_least(threshold))
    }

    /// Returns whether it is at most this many.
    pub fn at_most(&self, threshold: impl Into<Amount>) -> Answer {
        let threshold = threshold.into();
        self.ask(|quantity| quantity.at_most(threshold))
    }

    /// Returns whether it is more than this many.
    pub fn exceeds(&self, threshold: impl Into<Amount>) -> Answer {
        let threshold = threshold.into();
        self.ask(|quantity| quantity.exceeds(threshold))
    }

    /// Returns whether it is this many.
    pub fn equals(&self, number: impl Into<Amount>) -> Answer {
        let number = number.into();
        self.ask(|quantity| quantity.equals(number))
    }

    /// Returns the pairs of current figures that cannot both hold: of the same unit, for times that can be the
    /// same.
    pub fn conflicting(&self) -> Vec<(&Figure<'g>, &Figure<'g>)> {
        let mut pairs = Vec::new();
        for (place, one) in self.current().enumerate() {
            let others = self.current().skip(place + 1);
            let apart = others.filter(|other| one.claim().cannot_both_hold(other.claim()));
            pairs.extend(apart.map(|other| (one, other)));
        }
        pairs
    }
}

impl<'g> StatementQuery<'g> {
    /// Returns the figures that the claims that back the statement give. A figure of an implied relation does not
    /// count: how many were sent is not how many are there.
    pub fn figures(&self) -> Findings<'g, Figure<'g>> {
        let backing = self.counted_backing();
        let days = self.valid.as_ref().map(Period::named_days);
        let figures =
            backing.iter().filter(|backing| !backing.is_implied()).filter_map(|backing| {
                let quantity = backing.claim().figure()?;
                let revisions =
                    self.view.own_revisions(backing.claim()).map(ClaimRef::id).collect();
                let counts = |days| backing.claim().spell().counts_a_part_of(days);
                let of_a_part = days.is_some_and(counts);
                Some(Figure { quantity, of_a_part, backing: backing.clone(), revisions })
            });
        Findings::of(&self.view, figures.collect())
    }
}

impl<'g> ClaimRef<'g> {
    /// Returns whether the figures of two claims cannot both hold: they are of the same unit, for times that can be
    /// the same, and neither claim revises the other.
    pub(crate) fn cannot_both_hold(self, other: ClaimRef<'g>) -> bool {
        let graph = self.graph();
        let apart = self
            .figure()
            .zip(other.figure())
            .is_some_and(|(one, other)| graph.in_unit(one).is_apart(&graph.in_unit(other)));
        let together = || match (self.holding(), other.holding()) {
            (Some(a), Some(b)) => a.overlaps(&b).is_possible(),
            _ => true,
        };
        let revises = |a: ClaimRef<'_>, b: ClaimRef<'_>| {
            a.stance() == Stance::Revises && a.targets().any(|(target, _)| target == b.id())
        };
        apart && together() && !revises(self, other) && !revises(other, self)
    }
}

impl<'g> View<'g> {
    /// Returns whether the speaker of the claim has revised it, as far as this view knows.
    pub(crate) fn revised_by_its_speaker(&self, claim: ClaimRef<'g>) -> bool {
        self.own_revisions(claim).next().is_some()
    }

    /// Returns the revisions of the claim by its own speaker.
    pub(crate) fn own_revisions(&self, claim: ClaimRef<'g>) -> impl Iterator<Item = ClaimRef<'g>> {
        let revisions =
            claim.responses().filter(|a| a.stance() == Stance::Revises && self.passes(*a));
        let own = move |a: &ClaimRef<'g>| a.speaker().is_some() && a.speaker() == claim.speaker();
        revisions.filter(own).filter(move |a| a.responds_to(claim.id()).is_yes())
    }
}
