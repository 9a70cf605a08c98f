//! Lineage as a value: a speaker's word that comes from another source. The graph checks and keeps it.

use crate::model::id::{ClaimId, EntityId};
use crate::model::value::stance::Basis;
use crate::model::value::word::words;
use jiff::civil::Date;

/// A speaker's word that comes from another source, as a committee member's comes from the service that briefed the
/// committee. It replaces the speaker's own evidence wherever it applies.
///
/// ```
/// use claimgraph::{date, reporting::*, sources::Lineage, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let day = date(2024, 10, 24);
/// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
/// let (park, nis) = (graph.add(Person, "park")?, graph.add(Agency, "nis")?);
/// for speaker in [park.id(), nis.id()] {
///     graph.insert(Claim::by(speaker).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
/// }
/// let link = graph.add_lineage(Lineage::new(park, nis).inferred().reported(day))?;
/// assert_eq!(graph.statement(nk, DEPLOYS_TO, russia).independence().count(), 1);
/// let cut = graph.view().without_lineage(link);
/// assert_eq!(cut.statement(nk, DEPLOYS_TO, russia).independence().count(), 2);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Lineage {
    pub(crate) from: EntityId,
    pub(crate) to: EntityId,
    pub(crate) basis: Basis,
    pub(crate) scope: Scope,
    pub(crate) stated_by: Option<ClaimId>,
    pub(crate) reported: Option<Date>,
}

/// The claims that a lineage applies to.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Scope {
    /// Everything the speaker says.
    #[default]
    Everywhere,
    /// Everything the speaker says in this document.
    Document(EntityId),
    /// These claims.
    Claims(Vec<ClaimId>),
}

impl Lineage {
    /// Creates a lineage: the word of `speaker` comes from `source`.
    pub fn new(speaker: impl Into<EntityId>, source: impl Into<EntityId>) -> Self {
        Self {
            from: speaker.into(),
            to: source.into(),
            basis: Basis::Stated,
            scope: Scope::Everywhere,
            stated_by: None,
            reported: None,
        }
    }

    /// Marks it as the analyst's conclusion.
    #[must_use]
    pub fn inferred(mut self) -> Self {
        self.basis = Basis::Inferred;
        self
    }

    /// Sets the claim that says so.
    #[must_use]
    pub fn stated_by(mut self, claim: ClaimId) -> Self {
        self.stated_by = Some(claim);
        self
    }

    /// Limits it to claims read in this document. It is on record from the date of the document.
    #[must_use]
    pub fn within(mut self, document: impl Into<EntityId>) -> Self {
        self.scope = Scope::Document(document.into());
        self
    }

    /// Limits it to these claims.
    #[must_use]
    pub fn for_claims(mut self, claims: impl IntoIterator<Item = ClaimId>) -> Self {
        let mut claims: Vec<ClaimId> = claims.into_iter().collect();
        claims.sort_unstable();
        claims.dedup();
        self.scope = Scope::Claims(claims);
        self
    }

    /// Sets the day from which it is on record.
    #[must_use]
    pub fn reported(mut self, day: Date) -> Self {
        self.reported = Some(day);
        self
    }

    /// Returns the speaker.
    pub fn speaker(&self) -> EntityId {
        self.from
    }

    /// Returns the source that the speaker's word comes from.
    pub fn source(&self) -> EntityId {
        self.to
    }

    /// Returns whether it is stated or inferred.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Returns the claims it applies to.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Returns the claim that says so, if there is one.
    pub fn stating_claim(&self) -> Option<ClaimId> {
        self.stated_by
    }

    /// Returns the day from which it is on record. If there is none, it always is.
    pub fn report_date(&self) -> Option<Date> {
        self.reported
    }
}

words! {
    /// The reason why a claim counts together with another, and not as a source of its own.
    ///
    /// Each can be switched off; see [`View::without_dependence`](crate::View::without_dependence).
    #[non_exhaustive]
    Dependence, "dependence" {
        /// Its speaker, outlet or document draws on another: a [`Lineage`] on record.
        Lineage = "lineage",
        /// Its document has the same text as another: the same SHA-256.
        SameText = "same-text" / "the same text",
        /// It says the same as another, in documents that have a publisher, a wire or a source in common.
        CommonOrigin = "common-origin" / "the same content from a common origin",
        /// It gives the same words of the same speaker as another.
        SameQuotation = "same-quotation" / "the same quotation",
    }
}
