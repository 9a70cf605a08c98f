//! The mapping of a table of names: which columns make an entity with its names and codes. A
//! [`Reader`](super::Reader) applies it to each row.

use crate::tables::cell::Cell;
use crate::tables::mapping::{EntityField, Layout, TimeField};
use serde::{Deserialize, Serialize};

/// The columns of a table of names. Each row is an entity with names and codes, and makes no claim.
///
/// It is a plain value with public fields, and a JSON object in a file. Only `entity` is required. Unknown members are
/// refused. Several rows may add to one entity.
///
/// ```
/// use claimgraph::entity::NameKind;
/// use claimgraph_formats::tables::{NameMapping, Reader};
/// let mapping: NameMapping = serde_json::from_str(r#"{
///   "entity": {"text": {"column": "code"}, "kind": "State", "key-prefix": "territory:"},
///   "names":  [{"text": {"column": "name"}, "language": {"column": "lang"}},
///              {"text": {"column": "short", "if-missing": "omit"}, "kind": {"constant": "abbreviation"}}],
///   "codes":  [{"system": "iso3166-1", "text": {"column": "code"}}]
/// }"#).expect("it is a mapping");
/// let table = "lang\tcode\tname\tshort\nen\tRT\tRuritania\tRur.\nde\tRT\tRuritanien\t\n";
/// let graph = Reader::new(mapping).read(table.as_bytes())?.graph;
/// let found = graph.entities().next().unwrap();
/// assert_eq!((found.key(), found.codes()), ("territory:RT", &[("iso3166-1".to_owned(), "RT".to_owned())][..]));
/// let names: Vec<_> = found.names().iter().map(|name| (name.text(), name.kind(), name.language())).collect();
/// assert_eq!(names, [
///     ("Ruritania", NameKind::Canonical, Some("en")),
///     ("Ruritanien", NameKind::Canonical, Some("de")),
///     ("Rur.", NameKind::Abbreviation, None),
/// ]);
/// # Ok::<(), claimgraph::format::ReadError>(())
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NameMapping {
    /// The layout of the file; by default tab-separated with a header and without quotes.
    #[serde(default)]
    pub layout: Layout,
    /// The entity. Its text makes the key, and is not a name.
    pub entity: EntityField,
    /// The names of the row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<NameField>,
    /// The codes that the entity has elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<CodeField>,
}

/// A name in a table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NameField {
    /// The name. If it is omitted, the row has no such name.
    pub text: Cell,
    /// The kind, as the wire name of a [`NameKind`](claimgraph::entity::NameKind); `canonical` if absent. Of several
    /// canonical names in one language, the first is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Cell>,
    /// The language, as a BCP 47 tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Cell>,
    /// The time in which the name was in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<TimeField>,
}

/// A code in a table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CodeField {
    /// The system of the code, such as `iso3166-1`.
    pub system: String,
    /// The code. If it is omitted, the row has no such code.
    pub text: Cell,
}

impl NameMapping {
    /// Makes a mapping of entities without names. Set the other fields as needed.
    pub fn new(entity: EntityField) -> Self {
        Self { layout: Layout::default(), entity, names: Vec::new(), codes: Vec::new() }
    }

    /// Returns the first fault of the mapping itself: the part, and what is wrong.
    pub(super) fn problem(&self) -> Option<(&'static str, &'static str)> {
        let times = self.names.iter().filter_map(|name| name.valid.as_ref());
        let problem = times.filter_map(TimeField::problem).next();
        self.layout.problem().or(Some(("names.valid", problem?)))
    }
}
