//! The days in which a period begins or ends.

use crate::model::time::day::Day;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The days in which an end of a period lies, both included. If one is missing, that side is unbounded.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Debug, Serialize, Deserialize,
)]
#[serde(deny_unknown_fields)]
pub(crate) struct Window {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) earliest: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) latest: Option<Day>,
}

impl Window {
    /// The window without bounds.
    pub(crate) const OPEN: Window = Window { earliest: None, latest: None };

    pub(crate) fn new(earliest: Option<Day>, latest: Option<Day>) -> Self {
        Self { earliest, latest }
    }

    pub(crate) fn is_open(&self) -> bool {
        *self == Window::OPEN
    }

    /// Returns whether all days of it lie in the other.
    pub(crate) fn lies_in(self, other: Window) -> bool {
        other.earliest.is_none_or(|first| self.earliest.is_some_and(|own| own >= first))
            && other.latest.is_none_or(|last| self.latest.is_some_and(|own| own <= last))
    }

    pub(crate) fn is_inverted(self) -> bool {
        matches!((self.earliest, self.latest), (Some(a), Some(b)) if a > b)
    }
}

/// Returns `2024-06-15`, `2024-06` or `2024` for days that are exactly that.
pub(crate) fn precision(first: Day, last: Day) -> Option<String> {
    let (a, b) = (first.date(), last.date());
    let year = |d: Date| {
        if d.year() < 0 {
            format!("-{:04}", -i32::from(d.year()))
        } else {
            format!("{:04}", d.year())
        }
    };
    if a == b {
        Some(first.to_string())
    } else if a == a.first_of_year() && b == a.last_of_year() {
        Some(year(a))
    } else if a == a.first_of_month() && b == a.last_of_month() {
        Some(format!("{}-{:02}", year(a), a.month()))
    } else {
        None
    }
}
