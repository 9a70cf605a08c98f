//! The mapping of a table of affiliations: which columns say who is a part, a member or an officer of whom, and when. A
//! [`Reader`](super::Reader) applies it to each row.

use crate::tables::cell::Cell;
use crate::tables::mapping::{EntityField, Layout, TimeField};
use serde::{Deserialize, Serialize};

/// The columns of a table of affiliations. Each row is one [`Affiliation`](claimgraph::entity::Affiliation), and makes no
/// claim. If a table has its own speaker and report days, a [`Mapping`](super::Mapping) with the relation `holds-office`
/// makes claims of it.
///
/// It is a plain value with public fields, and a JSON object in a file. Unknown members are refused.
///
/// ```
/// use claimgraph::{date, entity::AffiliationKind};
/// use claimgraph_formats::tables::{AffiliationMapping, Reader};
/// let mapping: AffiliationMapping = serde_json::from_str(r#"{
///   "part":  {"text": {"column": "who"}, "kind": "Person"},
///   "whole": {"text": {"column": "office"}, "kind": "GovernmentOffice"},
///   "kind":  {"constant": "holds-office"},
///   "valid": {"start": {"text": {"column": "from"}, "formats": ["YYMMDD"], "pivot": 50},
///             "end": {"text": {"column": "to"}, "formats": ["YYMMDD"], "pivot": 50, "open": [""]}}
/// }"#).expect("it is a mapping");
/// let table = "who\toffice\tfrom\tto\nAnn Bee\tcabinet\t991231\t080507\nCe Dee\tcabinet\t080507\t\n";
/// let graph = Reader::new(mapping).read(table.as_bytes())?.graph;
/// let on = |day| graph.affiliations().filter(move |it| it.can_hold_in(Some(&claimgraph::Period::on(day)))).count();
/// assert_eq!((on(date(2001, 1, 1)), on(date(2008, 5, 7)), on(date(1999, 1, 1))), (1, 2, 0));
/// assert!(graph.affiliations().all(|it| it.kind() == AffiliationKind::HoldsOffice));
/// # Ok::<(), claimgraph::format::ReadError>(())
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AffiliationMapping {
    /// The layout of the file; by default tab-separated with a header and without quotes.
    #[serde(default)]
    pub layout: Layout,
    /// The part, the inner place, the member or the officer.
    pub part: EntityField,
    /// The whole, the outer place, the group, or the body that has the office.
    pub whole: EntityField,
    /// The kind, as the wire name of an [`AffiliationKind`](claimgraph::entity::AffiliationKind).
    pub kind: Cell,
    /// The time in which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<TimeField>,
}

impl AffiliationMapping {
    /// Makes a mapping of affiliations that hold at all times. Set the other fields as needed.
    pub fn new(part: EntityField, kind: Cell, whole: EntityField) -> Self {
        Self { layout: Layout::default(), part, whole, kind, valid: None }
    }

    /// Returns the first fault of the mapping itself: the part, and what is wrong.
    pub(super) fn problem(&self) -> Option<(&'static str, &'static str)> {
        let time = self.valid.as_ref().and_then(TimeField::problem);
        self.layout.problem().or(Some(("valid", time?)))
    }
}
