//! Revisions of figures, and what follows from figures along the links among them.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::claim_link::Derivation;
use crate::model::id::ClaimId;
use crate::model::value::amount::Amount;
use crate::model::value::quantity::Precision;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Basis, Stance};
use crate::model::vocabulary::base::{ADDITIONAL_TO, PART_OF_TOTAL, REVISED_TO};
use crate::model::vocabulary::relation::Role;
use crate::model::vocabulary::slot::AnyClaim;
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::json_form;
use crate::view::proof::Proof;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

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
    /// Returns the claim that revises.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns the claim whose figure is replaced.
    pub fn old(&self) -> ClaimRef<'g> {
        self.old
    }

    /// Returns the claim that gives the new figure; the revision itself where it does.
    pub fn new_claim(&self) -> ClaimRef<'g> {
        self.new
    }

    /// Returns the factor, as stated or as computed from two plain figures.
    pub fn factor(&self) -> Option<Amount> {
        self.factor
    }

    /// Returns whether the figure went up or down.
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

json_form!(Revision<'_>, |it| {
    claim: it.claim,
    old: it.old,
    new: it.new,
    old_figure => figure_of(it.old),
    new_figure => figure_of(it.new),
    direction: it.direction(),
    factor => it.factor,
});

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
                write!(
                    f,
                    "{}, down from {} by a factor of {factor}",
                    show(self.new),
                    show(self.old)
                )
            }
            _ => write!(f, "{} in place of {}", show(self.new), show(self.old)),
        }
    }
}

impl<'g> View<'g> {
    /// Returns every revision of a figure, with what it replaces and by which factor.
    pub fn revisions(&self) -> Findings<'g, Revision<'g>> {
        let mut found: Vec<Revision<'g>> = Vec::new();
        self.claims().for_each(|claim| found.extend(self.revisions_by(claim)));
        self.graph.sort_findings(&mut found, |revision| revision.claim.id());
        Findings::of(self, found)
    }

    /// The revisions that one claim makes.
    pub(crate) fn revisions_by(&self, claim: ClaimRef<'g>) -> Vec<Revision<'g>> {
        if claim.stance() != Stance::Revises {
            return Vec::new();
        }
        let get = |id| ClaimRef::new(self.graph, id);
        let new = claim.linked(REVISED_TO).next().and_then(get).unwrap_or(claim);
        let old = claim
            .targets()
            .filter(|(_, basis)| *basis != Basis::Possible)
            .filter_map(|(id, _)| get(id));
        let revision = |old: ClaimRef<'g>| {
            let worked_out = || {
                let (new, old) = (figure_of(new)?.central()?, figure_of(old)?.central()?);
                new.checked_div(old).map(|(factor, _)| factor)
            };
            Revision { claim, old, new, factor: claim.factor().or_else(worked_out) }
        };
        old.map(revision).collect()
    }

    /// Returns the figures that follow from the links among figures: the old figure behind a factor, what is
    /// left of a total and which share of it is given, and the sum of a figure and what is added to it.
    /// Each names its inputs; none is a claim.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let sent = graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia)
    ///     .quantity(Quantity::stated(3_000, "soldiers")).reported(day))?;
    /// graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia)
    ///     .quantity(Quantity::vague("thousands", "soldiers")).with(ADDITIONAL_TO, sent).reported(day))?;
    /// let sum = graph.view().derived_figures();
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
                let derivation =
                    Derivation::new(quantity, rule, [revision.new.id(), revision.claim.id()]);
                found.push(DerivedFigure {
                    graph: self.graph,
                    kind: DerivedKind::Previous,
                    of: revision.old.id(),
                    derivation,
                });
            }
        }
        let mut claims: Vec<ClaimRef<'g>> =
            self.claims().filter(|claim| figure_of(*claim).is_some()).collect();
        self.graph.sort_findings(&mut claims, |claim| claim.id());
        for claim in claims {
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
                    let derivation =
                        Derivation::new(quantity, format!("{base} + {more}"), [to, claim.id()]);
                    found.push(DerivedFigure {
                        graph: self.graph,
                        kind: DerivedKind::Sum,
                        of: to,
                        derivation,
                    });
                }
            }
        }
        Findings::of(self, found)
    }

    fn figures_in(
        &self,
        claim: ClaimRef<'g>,
        role: Role<AnyClaim>,
    ) -> Vec<(ClaimId, ClaimRef<'g>)> {
        let mut linked: Vec<_> =
            claim.linked(role).filter_map(|id| Some((id, self.get(id)?))).collect();
        self.graph.sort_findings(&mut linked, |(id, _)| *id);
        linked
    }
}

/// The part of the whole in per cent, for two central figures of one unit.
fn share(part: &Quantity, whole: &Quantity) -> Option<Quantity> {
    if part.unit() != whole.unit() {
        return None;
    }
    let (percent, exact) =
        part.central()?.checked_mul(Amount::from(100))?.checked_div(whole.central()?)?;
    let plain = exact && ![part.precision(), whole.precision()].contains(&Precision::About);
    Some(if plain {
        Quantity::stated(percent, "per cent")
    } else {
        Quantity::about(percent, "per cent")
    })
}

/// The relation of a derived figure to the stated ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DerivedKind {
    /// The figure before a revision.
    Previous,
    /// The remainder of a total.
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
    /// Returns the relation to the stated figures.
    pub fn kind(&self) -> DerivedKind {
        self.kind
    }

    /// Returns the claim it is a figure of: the earlier estimate, the total, the part, the first summand.
    pub fn of(&self) -> ClaimId {
        self.of
    }

    /// Returns the figure, how it was worked out, and from what.
    pub fn derivation(&self) -> &Derivation {
        &self.derivation
    }
}

impl Finding for DerivedFigure<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.derivation.inputs.clone()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        proof.add_claim(self.of);
    }
}

json_form!(DerivedFigure<'_>, |it| {
    kind: it.kind,
    of => it.graph.keyed(&[it.of]).first(),
    quantity: it.derivation.quantity,
    rule: it.derivation.rule,
    inputs: it.graph.keyed(&it.derivation.inputs),
});

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
