//! Figures: how many, on whose word, what they replaced, and what follows from them.

use crate::amounts::Amount;
use crate::answers::Answer;
use crate::base::{ADDITIONAL_TO, PART_OF_TOTAL, REVISED_TO};
use crate::graph::ClaimGraph;
use crate::ids::ClaimId;
use crate::kinds::AnyClaim;
use crate::links::Derivation;
use crate::proofs::{Finding, Findings, Proof};
use crate::quantities::Quantity;
use crate::readings::ClaimRef;
use crate::relations::Role;
use crate::stances::{Basis, Stance};
use crate::statements::Inquiry;
use crate::views::View;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// A figure that a claim gives.
#[derive(Clone, Debug)]
pub struct Figure<'g> {
    claim: ClaimRef<'g>,
    quantity: Quantity,
    derived: bool,
    superseded: bool,
}

impl<'g> Figure<'g> {
    /// The claim that gives it.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// The figure.
    pub fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    /// Whether its own speaker has revised it since.
    pub fn is_superseded(&self) -> bool {
        self.superseded
    }

    /// Whether it was worked out and is not in the text.
    pub fn is_derived(&self) -> bool {
        self.derived
    }
}

impl Finding for Figure<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        let inputs = self.claim.derivation().filter(|_| self.derived).map(Derivation::inputs).unwrap_or_default();
        std::iter::once(self.claim.id()).chain(inputs.iter().copied()).collect()
    }
}

impl fmt::Display for Figure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let speaker = self.claim.speaker().map_or("somebody not named", |s| self.claim.graph().name_of(s));
        let derived = if self.derived { " (derived)" } else { "" };
        write!(f, "{}{derived}, {} by {speaker}", self.quantity, self.claim.stance().past())
    }
}

impl<'g> Findings<'g, Figure<'g>> {
    /// Only the figures in this unit or a synonym of it. Figures of different units never compare.
    #[must_use]
    pub fn in_unit(mut self, unit: &str) -> Self {
        let wanted = self.graph.vocabulary.unit_of(unit).to_owned();
        self.items.retain(|figure| self.graph.vocabulary.unit_of(figure.quantity.unit()) == wanted);
        self
    }

    /// The figures that their own speakers have not revised since.
    pub fn current(&self) -> impl Iterator<Item = &Figure<'g>> {
        self.iter().filter(|figure| !figure.superseded)
    }

    /// Yes where some current figure makes it sure and none rules it out; no where some rules it out and
    /// none makes it sure; unknown otherwise: where they conflict, or are of different units.
    fn ask(&self, question: impl Fn(&Quantity) -> Answer) -> Answer {
        let vocabulary = &self.graph.vocabulary;
        let mut units = self.current().map(|figure| vocabulary.unit_of(figure.quantity.unit()));
        let first = units.next();
        if units.any(|unit| Some(unit) != first) {
            return Answer::Unknown;
        }
        let answers: Vec<Answer> = self.current().map(|figure| question(&figure.quantity)).collect();
        let (yes, no) = (answers.contains(&Answer::Yes), answers.contains(&Answer::No));
        Answer::of(yes && !no, no && !yes)
    }

    /// Is it at least this many? Of figures that their speakers have not revised, all of one unit:
    /// narrow them by [`in_unit`](Self::in_unit) first where they may differ.
    pub fn at_least(&self, threshold: impl Into<Amount>) -> Answer {
        let threshold = threshold.into();
        self.ask(|quantity| quantity.at_least(threshold))
    }

    /// Is it at most this many?
    pub fn at_most(&self, threshold: impl Into<Amount>) -> Answer {
        let threshold = threshold.into();
        self.ask(|quantity| quantity.at_most(threshold))
    }

    /// Is it over this many?
    pub fn exceeds(&self, threshold: impl Into<Amount>) -> Answer {
        let threshold = threshold.into();
        self.ask(|quantity| quantity.exceeds(threshold))
    }

    /// Is it this many?
    pub fn equals(&self, number: impl Into<Amount>) -> Answer {
        let number = number.into();
        self.ask(|quantity| quantity.equals(number))
    }

    /// The pairs of current figures that cannot both hold: of the same unit, for times that can be the
    /// same.
    pub fn conflicting(&self) -> Vec<(&Figure<'g>, &Figure<'g>)> {
        let mut pairs = Vec::new();
        for (place, one) in self.current().enumerate() {
            for other in self.current().skip(place + 1) {
                let graph = self.graph;
                let apart = graph.in_unit(&one.quantity).is_apart(&graph.in_unit(&other.quantity));
                let together = match (one.claim.holding(), other.claim.holding()) {
                    (Some(a), Some(b)) => a.overlaps(&b).is_possible(),
                    _ => true,
                };
                let revises = |a: ClaimRef<'_>, b: ClaimRef<'_>| {
                    a.stance() == Stance::Revises && a.targets().any(|(t, _)| t == b.id())
                };
                if apart && together && !revises(one.claim, other.claim) && !revises(other.claim, one.claim) {
                    pairs.push((one, other));
                }
            }
        }
        pairs
    }
}

impl<'g> Inquiry<'g> {
    /// The figures that are given for the statement by those who back it. A figure of an implied
    /// relation does not travel: how many were sent is not how many are there.
    pub fn figures(&self) -> Findings<'g, Figure<'g>> {
        let backing = self.backing();
        let same = |steps: &[crate::Step]| !steps.iter().any(|step| matches!(step, crate::Step::Implied { .. }));
        let figures = backing.iter().filter(|b| same(b.steps())).filter_map(|backing| {
            let claim = backing.claim();
            let derived = || claim.derivation().map(|d| (d.quantity().clone(), true));
            let (quantity, derived) = claim.quantity().map(|q| (q.clone(), false)).or_else(derived)?;
            let superseded = self.view.revised_by_its_speaker(claim);
            Some(Figure { claim, quantity, derived, superseded })
        });
        Findings::new(backing.graph, figures.collect())
    }
}

/// Which way a figure was revised.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Upwards.
    Up,
    /// Downwards.
    Down,
    /// It stayed the same, or nobody can tell.
    Level,
}

/// A revision of a figure.
#[derive(Clone, Debug)]
pub struct Revision<'g> {
    claim: ClaimRef<'g>,
    old: ClaimRef<'g>,
    new: ClaimRef<'g>,
    factor: Option<Amount>,
}

impl<'g> Revision<'g> {
    /// The claim that revises.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// The claim whose figure is replaced.
    pub fn old(&self) -> ClaimRef<'g> {
        self.old
    }

    /// The claim that gives the new figure; the revision itself where it does.
    pub fn new_claim(&self) -> ClaimRef<'g> {
        self.new
    }

    /// By which factor, as stated or as worked out from two plain figures.
    pub fn factor(&self) -> Option<Amount> {
        self.factor
    }

    /// Up or down.
    pub fn direction(&self) -> Direction {
        match self.factor.map(|factor| factor.cmp(&Amount::from(1))) {
            Some(Ordering::Greater) => Direction::Up,
            Some(Ordering::Less) => Direction::Down,
            _ => Direction::Level,
        }
    }
}

impl Finding for Revision<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        vec![self.claim.id(), self.new.id(), self.old.id()]
    }
}

fn figure_of(claim: ClaimRef<'_>) -> Option<&Quantity> {
    claim.quantity().or_else(|| claim.derivation().map(Derivation::quantity))
}

impl fmt::Display for Revision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |claim: ClaimRef<'_>| match (claim.quantity(), claim.derivation()) {
            (Some(quantity), _) => quantity.to_string(),
            (None, Some(derivation)) => format!("{} (derived)", derivation.quantity()),
            (None, None) => "a figure not given".to_owned(),
        };
        match (self.factor, self.direction()) {
            (Some(factor), Direction::Up) => {
                write!(f, "{}, up from {} by a factor of {factor}", show(self.new), show(self.old))
            }
            (Some(factor), Direction::Down) => {
                write!(f, "{}, down from {} by a factor of {factor}", show(self.new), show(self.old))
            }
            _ => write!(f, "{} in place of {}", show(self.new), show(self.old)),
        }
    }
}

impl ClaimGraph {
    /// The revisions of figures; see [`View::revisions`].
    pub fn revisions(&self) -> Findings<'_, Revision<'_>> {
        self.view().revisions()
    }

    /// What can be worked out from the figures; see [`View::derived_figures`].
    pub fn derived_figures(&self) -> Findings<'_, DerivedFigure<'_>> {
        self.view().derived_figures()
    }
}

impl<'g> View<'g> {
    /// Every revision of a figure, with what it replaces and by which factor.
    pub fn revisions(&self) -> Findings<'g, Revision<'g>> {
        let mut found: Vec<Revision<'g>> = Vec::new();
        for claim in self.claims().filter(|claim| claim.stance() == Stance::Revises) {
            let named = claim.linked(REVISED_TO).next().and_then(|id| ClaimRef::new(self.graph, id));
            let new = named.unwrap_or(claim);
            for old in claim
                .targets()
                .filter(|(_, basis)| *basis != Basis::Possible)
                .filter_map(|(id, _)| ClaimRef::new(self.graph, id))
            {
                let worked_out = || {
                    let (new, old) = (figure_of(new)?.central()?, figure_of(old)?.central()?);
                    new.checked_div(old).map(|(factor, _)| factor)
                };
                found.push(Revision { claim, old, new, factor: claim.factor().or_else(worked_out) });
            }
        }
        self.graph.sort_findings(&mut found, |revision| revision.claim.id());
        Findings::new(self.graph, found)
    }

    /// Whether the speaker of the claim has revised it himself, as far as this view knows.
    fn revised_by_its_speaker(&self, claim: ClaimRef<'g>) -> bool {
        let revisions = claim.answers().filter(|a| a.stance() == Stance::Revises && self.passes(*a));
        let own = |a: ClaimRef<'g>| a.speaker().is_some() && a.speaker() == claim.speaker();
        revisions.into_iter().any(|a| own(a) && a.answers_firmly(claim.id()).is_yes())
    }

    /// What can be worked out along the links among figures: the old figure behind a factor, what is
    /// left of a total and which share of it is given, and the sum of a figure and what is added to it.
    /// Each names its inputs; none is a claim.
    ///
    /// ```
    /// use claimgraph::{Claim, ClaimGraph, Quantity, date, reporting::*};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let sent = graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia)
    ///     .quantity(Quantity::stated(3_000, "soldiers")).reported(day))?;
    /// graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia)
    ///     .quantity(Quantity::vague("thousands", "soldiers")).with(ADDITIONAL_TO, sent).reported(day))?;
    /// let sum = graph.derived_figures();
    /// assert_eq!(sum.first().map(|s| s.to_string()).as_deref(), Some(
    ///     "together: at least 5,000 soldiers (derived: 3,000 soldiers + \u{201c}thousands\u{201d} soldiers)"
    /// ));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn derived_figures(&self) -> Findings<'g, DerivedFigure<'g>> {
        let mut found = Vec::new();
        for revision in self.revisions() {
            let (Some(factor), None, Some(new)) =
                (revision.claim.factor(), revision.old.quantity(), figure_of(revision.new))
            else {
                continue;
            };
            if let Some(quantity) = new.divided_by(factor) {
                let rule = format!("{new} / {factor}");
                let derivation = Derivation::new(quantity, rule, [revision.new.id(), revision.claim.id()]);
                found.push(DerivedFigure {
                    graph: self.graph,
                    kind: DerivedKind::Previous,
                    of: revision.old.id(),
                    derivation,
                });
            }
        }
        for claim in self.claims() {
            let Some(part) = figure_of(claim) else {
                continue;
            };
            for (total, whole) in self.figures_in(claim, PART_OF_TOTAL) {
                let (whole, inputs) = (figure_of(whole), [whole.id(), claim.id()]);
                let Some(whole) = whole.map(|q| self.graph.in_unit(q)) else {
                    continue;
                };
                let part = self.graph.in_unit(part);
                if let Some(quantity) = whole.minus(&part) {
                    let derivation = Derivation::new(quantity, format!("{whole} - {part}"), inputs);
                    found.push(DerivedFigure {
                        graph: self.graph,
                        kind: DerivedKind::Remainder,
                        of: total,
                        derivation,
                    });
                }
                if let Some(quantity) = share(&part, &whole) {
                    let derivation = Derivation::new(quantity, format!("{part} / {whole}"), inputs);
                    found.push(DerivedFigure {
                        graph: self.graph,
                        kind: DerivedKind::Share,
                        of: claim.id(),
                        derivation,
                    });
                }
            }
            for (to, first) in self.figures_in(claim, ADDITIONAL_TO) {
                let Some(base) = figure_of(first).map(|q| self.graph.in_unit(q)) else {
                    continue;
                };
                let more = self.graph.in_unit(part);
                if let Some(quantity) = base.plus(&more) {
                    let derivation = Derivation::new(quantity, format!("{base} + {more}"), [to, claim.id()]);
                    found.push(DerivedFigure { graph: self.graph, kind: DerivedKind::Sum, of: to, derivation });
                }
            }
        }
        Findings::new(self.graph, found)
    }

    fn figures_in(&self, claim: ClaimRef<'g>, role: Role<AnyClaim>) -> impl Iterator<Item = (ClaimId, ClaimRef<'g>)> {
        claim.linked(role).filter_map(|id| Some((id, self.get(id)?)))
    }
}

/// The part of the whole in per cent, for two central figures of one unit.
fn share(part: &Quantity, whole: &Quantity) -> Option<Quantity> {
    if part.unit() != whole.unit() {
        return None;
    }
    let (percent, exact) = part.central()?.checked_mul(Amount::from(100))?.checked_div(whole.central()?)?;
    let plain = exact && ![part.precision(), whole.precision()].contains(&crate::Precision::About);
    Some(if plain { Quantity::stated(percent, "per cent") } else { Quantity::about(percent, "per cent") })
}

/// What a figure was worked out to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DerivedKind {
    /// The figure before a revision.
    Previous,
    /// What is left of a total.
    Remainder,
    /// Which share of a total is given.
    Share,
    /// A figure and what was added to it.
    Sum,
}

/// A figure that was worked out along the links among figures.
#[derive(Clone)]
pub struct DerivedFigure<'g> {
    graph: &'g ClaimGraph,
    kind: DerivedKind,
    of: ClaimId,
    derivation: Derivation,
}

impl DerivedFigure<'_> {
    /// What it is.
    pub fn kind(&self) -> DerivedKind {
        self.kind
    }

    /// The claim it is a figure of: the earlier estimate, the total, the part, the first summand.
    pub fn of(&self) -> ClaimId {
        self.of
    }

    /// The figure, how it was worked out, and from what.
    pub fn derivation(&self) -> &Derivation {
        &self.derivation
    }
}

impl Finding for DerivedFigure<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.derivation.inputs.clone()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        proof.claim(self.of);
    }
}

impl fmt::Display for DerivedFigure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.kind {
            DerivedKind::Previous => "before the revision",
            DerivedKind::Remainder => "left of the total",
            DerivedKind::Share => "share of the total",
            DerivedKind::Sum => "together",
        };
        write!(f, "{word}: {}", self.derivation)
    }
}

impl fmt::Debug for DerivedFigure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({:?}, {})", self.kind, self.graph.claim(self.of).ok(), self.derivation)
    }
}
