//! The cell of a mapping: the column of a text, and the transformations of the text before it is read. The bytes of
//! a field go in, the text comes out.

use claimgraph::format::{ReadErrorKind, clipped};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A column, by its name in the header or by its number, counted from 0.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Column {
    /// The number of the column. The first is 0.
    Number(usize),
    /// The name of the column in the header.
    Name(String),
}

/// How a row is handled in which a text is missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum IfMissing {
    /// The row is refused and reported.
    #[default]
    Refuse,
    /// The row is skipped and counted as such.
    SkipRow,
    /// The claim is made without the text: a role, figure or time is left out, and an end or a speaker is not stated.
    Omit,
}

/// A text from a row, or the same text in every row.
///
/// The transformations have this order:
///
/// 1. White space at both ends is cut off.
/// 2. A text that is empty or listed as missing is missing.
/// 3. Underscores become spaces.
/// 4. The prefix and the suffix to strip are cut off, if the text has them.
/// 5. The text is looked up.
/// 6. The prefix and the suffix to add are added.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cell {
    /// The column of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Column>,
    /// The text of every row, if there is no column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
    /// The texts that mean "missing", besides the empty one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// How a row is handled in which the text is missing.
    #[serde(default, skip_serializing_if = "is_refuse")]
    pub if_missing: IfMissing,
    /// Whether underscores become spaces.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub spaces: bool,
    /// The prefix that is cut off.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub strip_prefix: String,
    /// The suffix that is cut off.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub strip_suffix: String,
    /// The meaning of each code.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub lookup: IndexMap<String, String>,
    /// Whether a text without an entry in `lookup` is kept. If not, it is refused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keep_others: bool,
    /// The prefix that is added.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// The suffix that is added.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
}

fn is_refuse(if_missing: &IfMissing) -> bool {
    *if_missing == IfMissing::Refuse
}

/// Makes an error in a cell.
pub(super) fn wrong(problem: impl Into<String>) -> ReadErrorKind {
    ReadErrorKind::Syntax(problem.into())
}

/// The result of reading a text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Seen<T> {
    Is(T),
    /// The text is missing, and the claim is made without it.
    Absent,
    /// The text is missing, and the row is skipped.
    Skip,
}

impl<T> Seen<T> {
    pub(super) fn try_map<U, E>(self, make: impl FnOnce(T) -> Result<U, E>) -> Result<Seen<U>, E> {
        Ok(match self {
            Seen::Is(value) => Seen::Is(make(value)?),
            Seen::Absent => Seen::Absent,
            Seen::Skip => Seen::Skip,
        })
    }
}

impl Cell {
    /// Makes a cell of the column with this name in the header.
    pub fn column(name: impl Into<String>) -> Self {
        Self { column: Some(Column::Name(name.into())), ..Self::default() }
    }

    /// Makes a cell of the column with this number. The first is 0.
    pub fn number(number: usize) -> Self {
        Self { column: Some(Column::Number(number)), ..Self::default() }
    }

    /// Makes a cell with the same text in every row.
    pub fn constant(text: impl Into<String>) -> Self {
        Self { constant: Some(text.into()), ..Self::default() }
    }

    /// Sets that underscores become spaces.
    #[must_use]
    pub fn spaces(mut self) -> Self {
        self.spaces = true;
        self
    }

    /// Sets the meaning of each code. Other codes are refused.
    #[must_use]
    pub fn looked_up<'a>(mut self, table: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        self.lookup =
            table.into_iter().map(|(code, value)| (code.to_owned(), value.to_owned())).collect();
        self
    }

    /// Sets how a row is handled in which the text is missing.
    #[must_use]
    pub fn if_missing(mut self, then: IfMissing) -> Self {
        self.if_missing = then;
        self
    }

    /// Returns the text after all transformations.
    pub(super) fn read<'t>(&self, raw: &'t [u8]) -> Result<Seen<Cow<'t, str>>, ReadErrorKind> {
        let text = std::str::from_utf8(raw).map_err(|_| wrong("it is not UTF-8"))?.trim();
        if text.is_empty() || self.missing.iter().any(|marker| marker == text) {
            return match self.if_missing {
                IfMissing::Refuse => Err(wrong("it is missing")),
                IfMissing::SkipRow => Ok(Seen::Skip),
                IfMissing::Omit => Ok(Seen::Absent),
            };
        }
        let mut text = match self.spaces && text.contains('_') {
            true => Cow::Owned(text.replace('_', " ").trim().to_owned()),
            false => Cow::Borrowed(text),
        };
        let inner = text.strip_prefix(self.strip_prefix.as_str()).unwrap_or(&text);
        let inner = inner.strip_suffix(self.strip_suffix.as_str()).unwrap_or(inner);
        if inner.len() != text.len() {
            text = Cow::Owned(inner.to_owned());
        }
        if !self.lookup.is_empty() {
            match self.lookup.get(&*text) {
                Some(value) => text = Cow::Owned(value.clone()),
                None if self.keep_others => {}
                None => {
                    let codes = self.codes();
                    return Err(wrong(format!(
                        "it is not among the codes of the mapping: {codes}"
                    )));
                }
            }
        }
        if !self.prefix.is_empty() || !self.suffix.is_empty() {
            text = Cow::Owned(format!("{}{text}{}", self.prefix, self.suffix));
        }
        Ok(Seen::Is(text))
    }

    /// Returns the first codes, for a message.
    fn codes(&self) -> String {
        let shown: Vec<&str> = self.lookup.keys().take(8).map(String::as_str).collect();
        let more = if self.lookup.len() > shown.len() { ", ..." } else { "" };
        clipped(&(shown.join(", ") + more), 120)
    }
}
