//! A proposal that one document is a copy of another.

use claimgraph::claim::Span;
use claimgraph::sources::Lineage;
use claimgraph::{ClaimGraph, Error};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::fmt;

/// A proposal that one document is a copy of another.
///
/// The texts are compared by their *shingles*: runs of five words, each counted once, after evening out, without those
/// that lie within double quotation marks, since two reporters may quote one speaker (Broder 1997).
///
/// As JSON: `copy`, `original`, `precedence`, `overlap`, `containment`, `containment_of_original`, `resemblance`, `shared`
/// (shingles) and `passages`.
#[derive(Clone, PartialEq, Debug)]
pub struct CopyProposal {
    pub(super) copy: String,
    pub(super) original: String,
    pub(super) precedence: Precedence,
    /// The shingles of both, of the copy and of the original.
    pub(super) shared: usize,
    pub(super) of_copy: usize,
    pub(super) of_original: usize,
    pub(super) passages: Vec<SharedPassage>,
}

/// A passage that both texts have.
///
/// As JSON: `in_copy` and `in_original`, each `[start, end]` in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct SharedPassage {
    /// Its bytes in the copy.
    pub in_copy: Span,
    /// Its bytes in the original.
    pub in_original: Span,
}

/// Why one of two documents is taken for the original.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Precedence {
    /// It was published earlier, or the time of the other is not known.
    Earlier,
    /// The times are the same or not known, and it has more words.
    Longer,
    /// Neither decides, and its key is the first in alphabetical order.
    Key,
}

impl CopyProposal {
    /// Returns the key of the copy.
    pub fn copy(&self) -> &str {
        &self.copy
    }

    /// Returns the key of the original.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// Returns why the original is taken for it.
    pub fn precedence(&self) -> Precedence {
        self.precedence
    }

    /// Returns the share of the shorter text that the other has too, by shingles: from 0 to 1.
    pub fn overlap(&self) -> f64 {
        ratio(self.shared, self.of_copy.min(self.of_original))
    }

    /// Returns the share of the copy that the original has too.
    pub fn containment(&self) -> f64 {
        ratio(self.shared, self.of_copy)
    }

    /// Returns the share of the original that the copy has too.
    pub fn containment_of_original(&self) -> f64 {
        ratio(self.shared, self.of_original)
    }

    /// Returns the share of all shingles of the two that both have.
    pub fn resemblance(&self) -> f64 {
        ratio(self.shared, self.of_copy + self.of_original - self.shared)
    }

    /// Returns the passages that both texts have, in the order of the copy.
    pub fn passages(&self) -> &[SharedPassage] {
        &self.passages
    }

    /// Returns the lineage that records the proposal: the copy draws on the original, as the analyst concludes.
    ///
    /// # Errors
    /// The graph does not have one of the documents.
    pub fn lineage(&self, graph: &ClaimGraph) -> Result<Lineage, Error> {
        let (copy, original) =
            (graph.entity_keyed(&self.copy)?, graph.entity_keyed(&self.original)?);
        Ok(Lineage::new(copy, original).inferred())
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

impl Serialize for CopyProposal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut it = serializer.serialize_struct("CopyProposal", 9)?;
        it.serialize_field("copy", &self.copy)?;
        it.serialize_field("original", &self.original)?;
        it.serialize_field("precedence", &self.precedence)?;
        it.serialize_field("overlap", &self.overlap())?;
        it.serialize_field("containment", &self.containment())?;
        it.serialize_field("containment_of_original", &self.containment_of_original())?;
        it.serialize_field("resemblance", &self.resemblance())?;
        it.serialize_field("shared", &self.shared)?;
        it.serialize_field("passages", &self.passages)?;
        it.end()
    }
}

/// "paper-1 is a copy of wire-1, which is earlier: 94 % of the shorter text in 3 passages".
impl fmt::Display for CopyProposal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { copy, original, precedence, passages, .. } = self;
        let passages = match passages.len() {
            1 => "1 passage".to_owned(),
            count => format!("{count} passages"),
        };
        let percent = 100.0 * self.overlap();
        write!(
            f,
            "{copy} is a copy of {original}, which {precedence}: {percent:.0} % of the shorter text in {passages}"
        )
    }
}

impl fmt::Display for Precedence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Earlier => "is earlier",
            Self::Longer => "is longer",
            Self::Key => "has the first key",
        })
    }
}
