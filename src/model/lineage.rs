//! Where a speaker's word comes from.

use crate::model::id::{ClaimId, EntityId};
use crate::model::value::stance::Basis;
use crate::model::value::word::words;
use jiff::civil::Date;

/// That one speaker's word comes from another: a committee member's from the service that briefed
/// him. It replaces the speaker's own evidence where it applies.
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

/// Where a lineage applies.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Scope {
    /// To everything the speaker says.
    #[default]
    Everywhere,
    /// To what he says in this document.
    Document(EntityId),
    /// To these claims.
    Claims(Vec<ClaimId>),
}

impl Lineage {
    /// The word of `speaker` comes from `source`.
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

    /// The analyst concluded it.
    #[must_use]
    pub fn inferred(mut self) -> Self {
        self.basis = Basis::Inferred;
        self
    }

    /// The claim that says so.
    #[must_use]
    pub fn stated_by(mut self, claim: ClaimId) -> Self {
        self.stated_by = Some(claim);
        self
    }

    /// It applies to what is read in this document only, and is on record from its date on.
    #[must_use]
    pub fn within(mut self, document: impl Into<EntityId>) -> Self {
        self.scope = Scope::Document(document.into());
        self
    }

    /// It applies to these claims only.
    #[must_use]
    pub fn for_claims(mut self, claims: impl IntoIterator<Item = ClaimId>) -> Self {
        let mut claims: Vec<ClaimId> = claims.into_iter().collect();
        claims.sort_unstable();
        claims.dedup();
        self.scope = Scope::Claims(claims);
        self
    }

    /// The day from which it is on record.
    #[must_use]
    pub fn reported(mut self, day: Date) -> Self {
        self.reported = Some(day);
        self
    }

    /// Whose word it is.
    pub fn speaker(&self) -> EntityId {
        self.from
    }

    /// Where it comes from.
    pub fn source(&self) -> EntityId {
        self.to
    }

    /// Stated or inferred.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Where it applies.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The claim that says so, if one does.
    pub fn claim(&self) -> Option<ClaimId> {
        self.stated_by
    }

    /// The day from which it is on record; always, if there is none.
    pub fn on_record(&self) -> Option<Date> {
        self.reported
    }
}

words! {
    /// Why a claim counts with another, and not as a source of its own.
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
