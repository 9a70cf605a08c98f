//! Reads back the parts that few claims have, and the links between claims.

use crate::graph::claim_ref::ClaimRef;
use crate::graph::statement_ref::{Term, values};
use crate::model::id::ClaimId;
use crate::model::time::period::Period;
use crate::model::time::window::Window;
use crate::model::value::direction::Direction;
use crate::model::value::quantity::Quantity;
use crate::model::vocabulary::relation::Role;
use crate::model::vocabulary::slot::AnyClaim;
use crate::store::stored_claim::{Held, HeldLink};

impl<'g> ClaimRef<'g> {
    /// Returns how many or how much the object of the statement is, if the claim says so.
    pub fn object_quantity(self) -> Option<&'g Quantity> {
        self.details()?.object_quantity.as_deref()
    }

    /// Returns the direction in which the claim revises a figure, if the text says it.
    pub fn direction(self) -> Option<Direction> {
        self.details()?.direction
    }

    /// Returns the time in which the claim was uttered, if it is known.
    pub fn said(self) -> Option<Period> {
        self.details()?.said.as_deref().cloned()
    }

    /// Returns the first and the last day on which the claim can have been uttered.
    pub(crate) fn spoken(self) -> Option<Window> {
        self.details()?.said.as_deref().map(Period::extent)
    }

    /// Returns the claims that stand in this role, whether they were given with the claim or linked later.
    pub fn linked(self, role: Role<AnyClaim>) -> impl Iterator<Item = ClaimId> + 'g {
        self.linked_by(role, |_| true)
    }

    /// Returns the claims that stand in this role, given with the claim or by a link that passes.
    pub(crate) fn linked_by<'f>(
        self,
        role: Role<AnyClaim>,
        passes: impl Fn(&HeldLink) -> bool + 'f,
    ) -> impl Iterator<Item = ClaimId> + 'f
    where
        'g: 'f,
    {
        let wanted = self.graph().resolve_role(role.0).ok();
        let later = self
            .graph()
            .ledger
            .connections
            .links_from(self.id())
            .filter(move |link| Some(link.role) == wanted && passes(link))
            .map(|link| link.to);
        values(self.graph(), self.held_roles(), role.0).filter_map(Term::claim).chain(later)
    }

    /// Returns the claims that have this one in the role. For `PART_OF`, these are its parts.
    pub fn linked_from(self, role: Role<AnyClaim>) -> impl Iterator<Item = ClaimId> + 'g {
        self.linked_from_by(role, |_| true)
    }

    /// Returns the claims that have this one in the role, by themselves or by a link that passes.
    pub(crate) fn linked_from_by<'f>(
        self,
        role: Role<AnyClaim>,
        passes: impl Fn(&HeldLink) -> bool + 'f,
    ) -> impl Iterator<Item = ClaimId> + 'f
    where
        'g: 'f,
    {
        let graph = self.graph();
        let wanted = graph.resolve_role(role.0).ok();
        let mentioned = graph.ledger.mentions(self.id()).iter().copied();
        let in_role = mentioned.filter(move |&claim| {
            let roles = ClaimRef::new(graph, claim).map(ClaimRef::held_roles).unwrap_or_default();
            roles
                .iter()
                .any(|(r, argument)| Some(*r) == wanted && argument.value == Held::Claim(self.id()))
        });
        let later = graph
            .ledger
            .connections
            .links_to(self.id())
            .filter(move |link| Some(link.role) == wanted && passes(link))
            .map(|link| link.from);
        in_role.chain(later)
    }
}
