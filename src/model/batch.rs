//! A batch: who put a part of the graph on record, when, and by which tool. Programs make it and hand it to the graph.

use crate::model::error::{Error, FieldPath};
use crate::model::id::check_key;
use crate::model::text::json;
use crate::model::time::instant;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A person or a tool that puts things on record, the instant at which it does so, and a note.
///
/// A batch says who encoded a claim. The speakers of a claim and its document are something else: they say it.
///
/// ```
/// use claimgraph::record::Batch;
/// let at = "2024-10-25T09:00:00Z".parse().unwrap();
/// let batch = Batch::by_tool("extractor", "2.1").prompted("List the claims.").at(at).noted("first pass");
/// assert_eq!((batch.agent(), batch.version(), batch.instant()), ("extractor", Some("2.1"), Some(at)));
/// assert!(!Batch::by_person("editor").is_tool());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Its key. If it is absent, a digest of the other members stands in its place.
    #[serde(default)]
    key: String,
    /// The name of the person or tool.
    by: String,
    /// The version of the tool. A person has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    /// The prompt that the tool was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prompt: Option<String>,
    /// The instant, as `2024-10-24T15:30:00Z`.
    #[serde(default, with = "instant", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    at: Option<Timestamp>,
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl Batch {
    fn new(by: impl Into<String>, version: Option<String>) -> Self {
        Self { key: String::new(), by: by.into(), version, prompt: None, at: None, note: None }
    }

    /// Creates a batch of a person.
    pub fn by_person(name: impl Into<String>) -> Self {
        Self::new(name, None)
    }

    /// Creates a batch of a tool in a version.
    pub fn by_tool(name: impl Into<String>, version: impl Into<String>) -> Self {
        Self::new(name, Some(version.into()))
    }

    /// Sets the key. If none is set, the graph computes one from all the rest, which is the same in every graph.
    #[must_use]
    pub fn keyed(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// Sets the prompt that the tool was given.
    #[must_use]
    pub fn prompted(mut self, prompt: impl Into<String>) -> Self {
        self.prompt = Some(prompt.into());
        self
    }

    /// Sets the instant from which everything in the batch is on record. A batch needs one.
    #[must_use]
    pub fn at(mut self, instant: Timestamp) -> Self {
        self.at = Some(instant);
        self
    }

    /// Sets a note.
    #[must_use]
    pub fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Returns the key. If the batch is not in a graph yet and no key was set, it is empty.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns the name of the person or tool.
    pub fn agent(&self) -> &str {
        &self.by
    }

    /// Returns whether a tool made the batch.
    pub fn is_tool(&self) -> bool {
        self.version.is_some()
    }

    /// Returns the version of the tool.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Returns the prompt that the tool was given.
    pub fn prompt(&self) -> Option<&str> {
        self.prompt.as_deref()
    }

    /// Returns the instant. Every batch of a graph has one.
    pub fn instant(&self) -> Option<Timestamp> {
        self.at
    }

    /// Returns the note.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Returns what batches are sorted by: the instant, and the key where it is the same.
    pub(crate) fn order(&self) -> (Option<Timestamp>, &str) {
        (self.at, &self.key)
    }

    /// Returns the batch with its key, if it can be put on record.
    pub(crate) fn settle(mut self) -> Result<Self, Error> {
        check_agent(&self.by, self.at, FieldPath::Batch)?;
        self.version.iter().try_for_each(|version| check_key(version, FieldPath::Batch))?;
        if self.prompt.is_some() && !self.is_tool() {
            let found = "a prompt to a person";
            return Err(Error::wrong_term(FieldPath::Batch, found, "a tool with a version"));
        }
        if self.key.is_empty() {
            let digest = hmac_sha256::Hash::hash(json(&self).as_bytes());
            let half = digest.first_chunk().map_or(0, |bytes| u128::from_be_bytes(*bytes));
            self.key = format!("{half:032x}");
        }
        check_key(&self.key, FieldPath::Batch)?;
        Ok(self)
    }
}

/// Checks the name of an agent, and that there is an instant.
pub(crate) fn check_agent(name: &str, at: Option<Timestamp>, part: FieldPath) -> Result<(), Error> {
    check_key(name, part.clone())?;
    match at {
        Some(_) => Ok(()),
        None => Err(Error::wrong_term(part, "no instant", "one, such as 2024-10-24T15:30:00Z")),
    }
}
