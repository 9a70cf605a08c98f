//! Values added to claims that are on record: links among them, and figures derived from them.

use crate::model::id::ClaimId;
use crate::model::text::bracketed;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Basis;
use crate::model::vocabulary::base;
use crate::model::vocabulary::relation::{Role, RoleLabel};
use crate::model::vocabulary::slot::AnyClaim;

/// A connection between two claims that are both on record. It may point to a later claim.
///
/// ```
/// use claimgraph::{claim::Link, date, reporting::*, Claim, ClaimGraph, Quantity};
/// let mut graph = ClaimGraph::new();
/// let day = date(2024, 10, 24);
/// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
/// let sent = graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia)
///     .quantity(Quantity::stated(3_000, "soldiers")).reported(day))?;
/// let total = graph.insert(Claim::by(nk).asserts(nk, COMMITS_TROOPS_TO, russia)
///     .quantity(Quantity::about(10_000, "soldiers")).reported(day))?;
/// graph.link(Link::new(sent, PART_OF_TOTAL, total).inferred().because("'in total'"))?;
/// assert_eq!(graph.claim(sent)?.linked(PART_OF_TOTAL).next(), Some(total));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Link {
    pub(crate) from: ClaimId,
    pub(crate) role: RoleLabel,
    pub(crate) to: ClaimId,
    pub(crate) basis: Basis,
    pub(crate) because: Option<String>,
}

impl Link {
    /// Creates a link that gives `from` the claim `to` in this role.
    pub fn new(from: ClaimId, role: Role<AnyClaim>, to: ClaimId) -> Self {
        Self { from, role: role.0, to, basis: Basis::Stated, because: None }
    }

    /// Creates a link that makes `part` a part of `whole`.
    pub fn part_of(part: ClaimId, whole: ClaimId) -> Self {
        Self::new(part, base::PART_OF, whole)
    }

    /// Marks it as the analyst's conclusion.
    #[must_use]
    pub fn inferred(mut self) -> Self {
        self.basis = Basis::Inferred;
        self
    }

    /// Sets its basis: how it is known that the one claim has the other in this role.
    #[must_use]
    pub fn with_basis(mut self, basis: Basis) -> Self {
        self.basis = basis;
        self
    }

    /// Sets the reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.because = Some(reason.into());
        self
    }
}

/// A figure that the text does not give and that was worked out from claims. It has no speaker and is not a claim.
///
/// [`ClaimGraph::add_derived_figure`](crate::ClaimGraph::add_derived_figure) stores one for a claim;
/// [`derived_figures`](crate::View::derived_figures) returns them.
///
/// ```
/// use claimgraph::{claim::Derivation, Quantity};
/// let remainder = Derivation::new(Quantity::about(7_000, "soldiers"), "10,000 - 3,000", []);
/// assert_eq!(remainder.to_string(), "about 7,000 soldiers (derived: 10,000 - 3,000)");
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Derivation {
    pub(crate) quantity: Quantity,
    pub(crate) rule: String,
    pub(crate) inputs: Vec<ClaimId>,
}

impl Derivation {
    /// Creates a derivation from a figure, the rule it was worked out by, and the claims it was worked out from.
    pub fn new(
        quantity: Quantity,
        rule: impl Into<String>,
        inputs: impl IntoIterator<Item = ClaimId>,
    ) -> Self {
        Self { quantity, rule: rule.into(), inputs: inputs.into_iter().collect() }
    }

    /// Returns the figure.
    pub fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    /// Returns the rule it was worked out by.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// Returns the claims it was worked out from.
    pub fn inputs(&self) -> &[ClaimId] {
        &self.inputs
    }
}

impl std::fmt::Display for Derivation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let derived = bracketed(&[format!("derived: {}", self.rule)]);
        write!(f, "{}{derived}", self.quantity)
    }
}
