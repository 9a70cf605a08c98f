//! A text from a row: where it stands, and what is done to it before it is read.

use claimgraph::format::{ReadErrorKind, clipped};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A column: by its name in the header, or by its number from 0.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Column {
    /// By number, the first being 0.
    Number(usize),
    /// By the name in the header.
    Name(String),
}

/// What is done with a row in which a text is missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum IfMissing {
    /// The row is refused, and reported.
    #[default]
    Refuse,
    /// The row is passed over, and counted as skipped.
    SkipRow,
    /// The claim does without: a role, figure or time is left out; an end or a speaker is not stated.
    Omit,
}

/// A text from a row, or the same text in every row.
///
/// The transformations are made in this order: white space at both ends is cut off; an empty text, or one
/// that is listed as missing, is missing; underscores become spaces; the prefix and the suffix to strip
/// are cut off where they are there; the text is looked up; what is to be put before and after is added.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cell {
    /// The column it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Column>,
    /// The text of every row, where there is no column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
    /// Texts that stand for "missing", besides the empty one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// What is done where it is missing.
    #[serde(default, skip_serializing_if = "is_refuse")]
    pub if_missing: IfMissing,
    /// Whether underscores stand for spaces.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub spaces: bool,
    /// What is cut off in front.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub strip_prefix: String,
    /// What is cut off at the end.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub strip_suffix: String,
    /// What each code stands for.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub lookup: IndexMap<String, String>,
    /// Whether a text that is not looked up stays as it is; it is refused otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keep_others: bool,
    /// What is put in front.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// What is put at the end.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
}

fn is_refuse(if_missing: &IfMissing) -> bool {
    *if_missing == IfMissing::Refuse
}

/// What is wrong with a cell.
pub(super) fn wrong(problem: impl Into<String>) -> ReadErrorKind {
    ReadErrorKind::Syntax(problem.into())
}

/// What became of a text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Seen<T> {
    Is(T),
    /// Missing, and the claim does without.
    Absent,
    /// Missing, and the row is passed over.
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
    /// The column with this name in the header.
    pub fn column(name: impl Into<String>) -> Self {
        Self { column: Some(Column::Name(name.into())), ..Self::default() }
    }

    /// The column with this number, the first being 0.
    pub fn number(number: usize) -> Self {
        Self { column: Some(Column::Number(number)), ..Self::default() }
    }

    /// The same text in every row.
    pub fn constant(text: impl Into<String>) -> Self {
        Self { constant: Some(text.into()), ..Self::default() }
    }

    /// Underscores stand for spaces.
    #[must_use]
    pub fn spaces(mut self) -> Self {
        self.spaces = true;
        self
    }

    /// What each code stands for; others are refused.
    #[must_use]
    pub fn looked_up<'a>(mut self, table: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        self.lookup =
            table.into_iter().map(|(code, value)| (code.to_owned(), value.to_owned())).collect();
        self
    }

    /// What is done where it is missing.
    #[must_use]
    pub fn if_missing(mut self, then: IfMissing) -> Self {
        self.if_missing = then;
        self
    }

    /// The text after all transformations.
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

    /// The codes, a few of many.
    fn codes(&self) -> String {
        let shown: Vec<&str> = self.lookup.keys().take(8).map(String::as_str).collect();
        let more = if self.lookup.len() > shown.len() { ", ..." } else { "" };
        clipped(&(shown.join(", ") + more), 120)
    }
}
