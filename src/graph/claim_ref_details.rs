//! Reads back the parts that few claims have.

use crate::graph::claim_ref::ClaimRef;
use crate::model::time::period::Period;
use crate::model::time::window::Window;
use crate::model::value::direction::Direction;
use crate::model::value::quantity::Quantity;

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
}
