//! Texts with characters that nobody sees. They are kept as they came in; who checks a graph finds them here.

use crate::files::format::records::Records;
use crate::graph::ClaimGraph;
use crate::model::text::is_bidirectional;
use serde_json::Value;
use std::convert::Infallible;
use std::fmt;

/// A text of a graph with a character that nobody sees: a control character other than a tab or the end of a line, a mark
/// of direction, or a character without a width. Such a name can look like another one. Keys have none of the first kind.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct HiddenText {
    /// The kind of the record and its name: `entity "nis"`, `claim "7"`.
    pub record: String,
    /// The place of the text in the record, as a JSON Pointer (RFC 6901): `/names/0/text`.
    pub field: String,
    /// The first such character of the text.
    pub character: char,
}

/// `entity "nis", /names/0/text: U+202E`.
impl fmt::Display for HiddenText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { record, field, character } = self;
        write!(f, "{record}, {field}: U+{:04X}", u32::from(*character))
    }
}

impl ClaimGraph {
    /// Returns the texts with characters that nobody sees, in canonical order of their records.
    ///
    /// ```
    /// use claimgraph::{reporting::*, ClaimGraph, Entity};
    /// let mut graph = ClaimGraph::new();
    /// graph.add(State, Entity::new("a").named("Russia"))?;
    /// graph.add(State, Entity::new("b").named("Rus\u{200b}sia"))?;
    /// let hidden: Vec<String> = graph.hidden_texts().iter().map(|it| it.to_string()).collect();
    /// assert_eq!(hidden, [r#"entity "b", /names/0/text: U+200B"#]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn hidden_texts(&self) -> Vec<HiddenText> {
        let mut found = Vec::new();
        let Ok(()) = Records::of(self).each(|record| {
            // A record that does not serialise has no text.
            let value = serde_json::to_value(&record).unwrap_or_default();
            for (kind, inside) in value.as_object().into_iter().flatten() {
                let name = ["key", "id"].into_iter().find_map(|it| inside.get(it)?.as_str());
                let record = name.map_or(kind.clone(), |name| format!("{kind} {name:?}"));
                let mut add = |field: &str, character: char| {
                    let (record, field) = (record.clone(), field.to_owned());
                    found.push(HiddenText { record, field, character });
                };
                walk(inside, &mut String::new(), &mut add);
            }
            Ok::<(), Infallible>(())
        });
        found
    }
}

/// Hands out the place of each text with a hidden character, and that character. A record nests a few levels deep.
fn walk(value: &Value, at: &mut String, found: &mut dyn FnMut(&str, char)) {
    let mut inside = |step: &str, value: &Value| {
        let length = at.len();
        at.push('/');
        at.push_str(&step.replace('~', "~0").replace('/', "~1"));
        walk(value, at, found);
        at.truncate(length);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| inside(key, value)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, value)| inside(&place.to_string(), value));
        }
        Value::String(text) => {
            text.chars().find(|c| is_hidden(*c)).into_iter().for_each(|c| found(at, c));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_hidden(c: char) -> bool {
    let without_width = matches!(
        c,
        '\u{ad}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}'
    );
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || is_bidirectional(c) || without_width
}
