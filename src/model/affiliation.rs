//! What belongs to what: parts of actors, places in places, members, offices.

use crate::model::id::EntityId;
use crate::model::time::period::Period;
use crate::model::value::stance::Basis;
use crate::model::value::word::words;
use jiff::civil::Date;

words! {
    /// How one entity belongs to another.
    AffiliationKind, "kind of affiliation" {
        /// A part acts for the whole: a state's forces. Rolls up actors.
        PartOf = "part-of" / "a part of",
        /// A place within a place. Rolls up places.
        LocatedIn = "located-in" / "located in",
        /// A member is not its group: never rolls up.
        MemberOf = "member-of" / "a member of",
        /// A holder is not their office: never rolls up.
        HoldsOffice = "holds-office" / "holder of an office of",
    }
}

/// That one entity is a part of, located in, a member or an officer of another; stated by a document
/// or inferred. It is no claim: questions use it and show it in their proof.
///
/// ```
/// use claimgraph::{date, entity::Affiliation, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
/// let forces = graph.add(Military, "nk-forces")?;
/// graph.insert(Claim::by(nk).asserts(forces, PRESENT_IN, russia).reported(date(2024, 10, 24)))?;
/// assert!(graph.statement(nk, PRESENT_IN, russia).backing().is_empty());
/// graph.add_affiliation(Affiliation::part_of(forces, nk))?;
/// assert_eq!(graph.statement(nk, PRESENT_IN, russia).backing().len(), 1);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Affiliation {
    pub(crate) part: EntityId,
    pub(crate) whole: EntityId,
    pub(crate) kind: AffiliationKind,
    pub(crate) basis: Basis,
    pub(crate) document: Option<EntityId>,
    pub(crate) valid: Option<Period>,
    pub(crate) reported: Option<Date>,
}

impl Affiliation {
    /// `part` belongs to `whole` in that way.
    pub fn new(
        part: impl Into<EntityId>,
        kind: AffiliationKind,
        whole: impl Into<EntityId>,
    ) -> Self {
        Self {
            part: part.into(),
            whole: whole.into(),
            kind,
            basis: Basis::Stated,
            document: None,
            valid: None,
            reported: None,
        }
    }

    /// A part of an actor.
    pub fn part_of(part: impl Into<EntityId>, whole: impl Into<EntityId>) -> Self {
        Self::new(part, AffiliationKind::PartOf, whole)
    }

    /// A place in a place.
    pub fn located_in(place: impl Into<EntityId>, outer: impl Into<EntityId>) -> Self {
        Self::new(place, AffiliationKind::LocatedIn, outer)
    }

    /// A member of a group.
    pub fn member_of(member: impl Into<EntityId>, group: impl Into<EntityId>) -> Self {
        Self::new(member, AffiliationKind::MemberOf, group)
    }

    /// The holder of an office.
    pub fn holds_office(holder: impl Into<EntityId>, of: impl Into<EntityId>) -> Self {
        Self::new(holder, AffiliationKind::HoldsOffice, of)
    }

    /// The analyst concluded it.
    #[must_use]
    pub fn inferred(mut self) -> Self {
        self.basis = Basis::Inferred;
        self
    }

    /// The document that says so, or for which it was concluded. It is on record from that document's
    /// date on.
    #[must_use]
    pub fn read_in(mut self, document: impl Into<EntityId>) -> Self {
        self.document = Some(document.into());
        self
    }

    /// When it holds.
    #[must_use]
    pub fn valid(mut self, period: impl Into<Period>) -> Self {
        self.valid = Some(period.into());
        self
    }

    /// The day from which it is on record.
    #[must_use]
    pub fn reported(mut self, day: Date) -> Self {
        self.reported = Some(day);
        self
    }

    /// What belongs.
    pub fn part(&self) -> EntityId {
        self.part
    }

    /// What it belongs to.
    pub fn whole(&self) -> EntityId {
        self.whole
    }

    /// In which way.
    pub fn kind(&self) -> AffiliationKind {
        self.kind
    }

    /// Stated or inferred.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Where it was read.
    pub fn document(&self) -> Option<EntityId> {
        self.document
    }

    /// When it holds, if that was given.
    pub fn period(&self) -> Option<&Period> {
        self.valid.as_ref()
    }

    /// The day from which it is on record; always, if there is none.
    pub fn on_record(&self) -> Option<Date> {
        self.reported
    }
}
