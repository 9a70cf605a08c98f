//! Affiliations as values: a part of an actor, a place in a place, a member, an officer. The graph checks and
//! keeps them.

use crate::model::id::EntityId;
use crate::model::time::period::Period;
use crate::model::value::stance::Basis;
use crate::model::value::word::words;
use jiff::civil::Date;

words! {
    /// How one entity belongs to another.
    AffiliationKind, "kind of affiliation" {
        /// The part acts for the whole, as a state's forces do. Claims of the part count for the whole.
        PartOf = "part-of" / "a part of",
        /// The place lies in another place. Claims about the inner place count for the outer one.
        LocatedIn = "located-in" / "located in",
        /// The member belongs to a group. Nothing a member says or does counts for the group.
        MemberOf = "member-of" / "a member of",
        /// The person holds an office. Nothing the person says or does counts for the office.
        HoldsOffice = "holds-office" / "holder of an office of",
    }
}

/// The relation of an entity to a whole: the entity is a part of it, located in it, a member of it, or holds an office
/// in it.
///
/// A document states it, or the analyst infers it. It is not a claim: questions use it and show it in their proof.
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
    /// Creates an affiliation of `part` to `whole`.
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

    /// Creates an affiliation of a part to the actor it acts for.
    pub fn part_of(part: impl Into<EntityId>, whole: impl Into<EntityId>) -> Self {
        Self::new(part, AffiliationKind::PartOf, whole)
    }

    /// Creates an affiliation of a place to the place around it.
    pub fn located_in(place: impl Into<EntityId>, outer: impl Into<EntityId>) -> Self {
        Self::new(place, AffiliationKind::LocatedIn, outer)
    }

    /// Creates an affiliation of a member to a group.
    pub fn member_of(member: impl Into<EntityId>, group: impl Into<EntityId>) -> Self {
        Self::new(member, AffiliationKind::MemberOf, group)
    }

    /// Creates an affiliation of a person to an office.
    pub fn holds_office(holder: impl Into<EntityId>, of: impl Into<EntityId>) -> Self {
        Self::new(holder, AffiliationKind::HoldsOffice, of)
    }

    /// Marks it as the analyst's conclusion.
    #[must_use]
    pub fn inferred(mut self) -> Self {
        self.basis = Basis::Inferred;
        self
    }

    /// Sets the document that states it, or for which it was concluded. It is on record from the date of that document.
    #[must_use]
    pub fn read_in(mut self, document: impl Into<EntityId>) -> Self {
        self.document = Some(document.into());
        self
    }

    /// Sets the period in which it holds.
    #[must_use]
    pub fn valid(mut self, period: impl Into<Period>) -> Self {
        self.valid = Some(period.into());
        self
    }

    /// Sets the day from which it is on record.
    #[must_use]
    pub fn reported(mut self, day: Date) -> Self {
        self.reported = Some(day);
        self
    }

    /// Returns the part, place, member or holder.
    pub fn part(&self) -> EntityId {
        self.part
    }

    /// Returns the entity it belongs to.
    pub fn whole(&self) -> EntityId {
        self.whole
    }

    /// Returns how the one belongs to the other.
    pub fn kind(&self) -> AffiliationKind {
        self.kind
    }

    /// Returns whether it is stated or inferred.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Returns the document it was read in.
    pub fn document(&self) -> Option<EntityId> {
        self.document
    }

    /// Returns the period in which it holds, if one was given.
    pub fn valid_period(&self) -> Option<&Period> {
        self.valid.as_ref()
    }

    /// Returns whether it can hold at a time in that period. If either has no period, it can.
    pub fn can_hold_in(&self, period: Option<&Period>) -> bool {
        self.valid.as_ref().zip(period).is_none_or(|(own, other)| own.overlaps(other).is_possible())
    }

    /// Returns the day from which it is on record. If there is none, it always is.
    pub fn report_date(&self) -> Option<Date> {
        self.reported
    }
}
