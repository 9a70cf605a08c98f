//! A judgement: somebody's decision on whether two entities are the same. Programs make it and hand it to the graph.

use crate::model::batch::check_agent;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::EntityId;
use crate::model::time::instant;
use crate::model::value::amount::Amount;
use crate::model::value::word::words;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

words! {
    /// Whether two entities are the same. Of two verdicts of one author at the same instant, the later one in this list
    /// counts.
    Verdict, "verdict" {
        /// They are the same.
        Same = "same",
        /// The author cannot tell.
        Unsure = "unsure",
        /// They are different.
        Different = "different",
    }
}

/// A verdict on two entities, with its author, its instant, a reason and a score.
///
/// ```
/// use claimgraph::identity::{Judgement, Verdict};
/// use claimgraph::{reporting::*, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let (a, b) = (graph.add(Person, "l-austin")?, graph.add(Person, "lloyd-austin")?);
/// let at = "2024-10-25T09:00:00Z".parse().unwrap();
/// let judgement = Judgement::same(b, a).by("editor").at(at).because("one office, one day").scored("0.97".parse().unwrap());
/// assert_eq!((judgement.verdict(), judgement.entities()), (Verdict::Same, [a.id(), b.id()]));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Judgement {
    /// In order of their handles.
    pub(crate) entities: [EntityId; 2],
    pub(crate) verdict: Verdict,
    pub(crate) by: String,
    pub(crate) at: Option<Timestamp>,
    pub(crate) because: Option<String>,
    pub(crate) score: Option<Amount>,
}

impl Judgement {
    /// Creates a judgement on two entities. Their order does not matter.
    pub fn new(one: impl Into<EntityId>, verdict: Verdict, other: impl Into<EntityId>) -> Self {
        let mut entities = [one.into(), other.into()];
        entities.sort_unstable();
        Self { entities, verdict, by: String::new(), at: None, because: None, score: None }
    }

    /// Creates a judgement that two entities are the same.
    pub fn same(one: impl Into<EntityId>, other: impl Into<EntityId>) -> Self {
        Self::new(one, Verdict::Same, other)
    }

    /// Creates a judgement that two entities are different.
    pub fn different(one: impl Into<EntityId>, other: impl Into<EntityId>) -> Self {
        Self::new(one, Verdict::Different, other)
    }

    /// Creates a judgement that it cannot be told whether two entities are the same.
    pub fn unsure(one: impl Into<EntityId>, other: impl Into<EntityId>) -> Self {
        Self::new(one, Verdict::Unsure, other)
    }

    /// Sets the author: a person or a tool. A judgement needs one.
    #[must_use]
    pub fn by(mut self, name: impl Into<String>) -> Self {
        self.by = name.into();
        self
    }

    /// Sets the instant from which the judgement counts. A judgement needs one.
    #[must_use]
    pub fn at(mut self, instant: Timestamp) -> Self {
        self.at = Some(instant);
        self
    }

    /// Sets the reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.because = Some(reason.into());
        self
    }

    /// Sets how sure the author is, from 0 to 1. The score is kept and decides nothing.
    #[must_use]
    pub fn scored(mut self, score: Amount) -> Self {
        self.score = Some(score);
        self
    }

    /// Returns the two entities, in order of their handles.
    pub fn entities(&self) -> [EntityId; 2] {
        self.entities
    }

    /// Returns the verdict.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Returns the name of the author.
    pub fn author(&self) -> &str {
        &self.by
    }

    /// Returns the instant. Every judgement of a graph has one.
    pub fn instant(&self) -> Option<Timestamp> {
        self.at
    }

    /// Returns the reason.
    pub fn reason(&self) -> Option<&str> {
        self.because.as_deref()
    }

    /// Returns how sure the author is, from 0 to 1.
    pub fn score(&self) -> Option<Amount> {
        self.score
    }

    /// Returns what judgements are sorted by. Of the judgements of one author on two entities, the last one counts.
    pub(crate) fn order(&self) -> impl Ord + use<'_> {
        (self.at, self.verdict, &self.by, &self.because, self.score)
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        check_agent(&self.by, self.at, FieldPath::Judgement)?;
        if self.entities.first() == self.entities.last() {
            let found = "one entity twice";
            return Err(Error::wrong_term(FieldPath::Judgement, found, "two entities"));
        }
        match self.score {
            Some(score) if score.is_negative() || score > Amount::from(1) => {
                let (text, problem) = (score.plain(), "a score lies between 0 and 1");
                Err(Error::new(FieldPath::Judgement, ErrorKind::BadText { text, problem }))
            }
            _ => Ok(()),
        }
    }
}

/// The undoing of a judgement: who undid it, when, and why. The judgement counts until that instant.
///
/// ```
/// use claimgraph::identity::Undo;
/// let at = "2024-11-01T09:00:00Z".parse().unwrap();
/// let undo = Undo::by("editor").at(at).because("two namesakes");
/// assert_eq!((undo.author(), undo.instant(), undo.reason()), ("editor", Some(at), Some("two namesakes")));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Undo {
    // In this order they are sorted: the first one ends the judgement.
    /// The instant, as `2024-10-24T15:30:00Z`.
    #[serde(default, with = "instant", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    at: Option<Timestamp>,
    /// The name of the person or tool.
    by: String,
    /// The reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    because: Option<String>,
}

impl Undo {
    /// Creates the undoing by a person or a tool.
    pub fn by(name: impl Into<String>) -> Self {
        Self { at: None, by: name.into(), because: None }
    }

    /// Sets the instant from which the judgement does not count. An undoing needs one.
    #[must_use]
    pub fn at(mut self, instant: Timestamp) -> Self {
        self.at = Some(instant);
        self
    }

    /// Sets the reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.because = Some(reason.into());
        self
    }

    /// Returns the name of the person or tool.
    pub fn author(&self) -> &str {
        &self.by
    }

    /// Returns the instant. Every undoing of a graph has one.
    pub fn instant(&self) -> Option<Timestamp> {
        self.at
    }

    /// Returns the reason.
    pub fn reason(&self) -> Option<&str> {
        self.because.as_deref()
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        check_agent(&self.by, self.at, FieldPath::Judgement)
    }
}
