//! The losses of a writer or reader. Readers and writers count them, and programs read the counts.

use crate::model::text::clipped;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of ids that are kept of each kind of loss: as many as faults of a report.
const KEPT: usize = 1_000;

/// The most characters of a kind and of an id.
const LONGEST_KIND: usize = 200;
const LONGEST_ID: usize = 600;

/// The number of ids that are printed of each kind of loss.
const EXAMPLES: usize = 5;

/// The bytes after which no other kind is printed. A kind has fewer, so that the whole stays below 4 KiB with them.
const PRINTED: usize = 2_500;

/// The things that a writer could not carry, or that a reader did not understand, counted by kind, with the first
/// 1,000 ids of each, of which it prints 5. If there are many kinds, it prints the first of them, and how many more there
/// are. If it is empty, nothing was lost.
///
/// ```
/// # use claimgraph::format::Losses;
/// let mut losses = Losses::default();
/// assert_eq!(losses.to_string(), "nothing");
/// losses.note("role", "claim 7");
/// assert_eq!((losses.count(), losses.to_string().as_str()), (1, "1 role (claim 7)"));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
#[must_use = "something may have been left out"]
pub struct Losses(IndexMap<String, Loss>);

/// One kind of loss.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Loss {
    count: u64,
    first: Vec<String>,
}

impl Loss {
    /// Returns how many things of this kind were lost.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Returns the ids (keys of entities, keys of claims, or places in the input) of the first 1,000.
    pub fn first(&self) -> &[String] {
        &self.first
    }
}

impl Losses {
    /// Counts one more loss of a kind, such as "role" or "certainty", and keeps the first 1,000 ids. Control characters
    /// and long texts are shown as in a message ([`clipped`](crate::format::clipped)).
    pub fn note(&mut self, kind: &str, id: &str) {
        let loss = match self.0.get_mut(kind) {
            Some(loss) => loss,
            None => self.0.entry(clipped(kind, LONGEST_KIND)).or_default(),
        };
        loss.count += 1;
        if loss.first.len() < KEPT {
            loss.first.push(clipped(id, LONGEST_ID));
        }
    }

    /// Adds the losses of another list.
    pub fn absorb(&mut self, other: Losses) {
        for (kind, loss) in other.0 {
            let own = self.0.entry(kind).or_default();
            own.count += loss.count;
            own.first.extend(loss.first);
            own.first.truncate(KEPT);
        }
    }

    /// Returns true if nothing was lost.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns how many things were lost, of all kinds.
    pub fn count(&self) -> u64 {
        self.0.values().map(|loss| loss.count).sum()
    }

    /// Returns the losses of one kind.
    pub fn of(&self, kind: &str) -> Option<&Loss> {
        self.0.get(kind)
    }

    /// Returns each kind with its losses, in the order in which the kinds were first counted.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Loss)> {
        self.0.iter().map(|(kind, loss)| (kind.as_str(), loss))
    }
}

impl fmt::Display for Losses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing");
        }
        let mut printed = String::new();
        for (place, (kind, loss)) in self.iter().enumerate() {
            let first = loss.first.iter().take(EXAMPLES);
            let first: Vec<String> = first.map(|id| crate::model::text::excerpt(id)).collect();
            let more = if loss.count as usize > first.len() { ", \u{2026}" } else { "" };
            let kind = format!("{} {kind} ({}{more})", loss.count, first.join(", "));
            if place > 0 && printed.len() + kind.len() > PRINTED {
                let left = self.0.len() - place;
                return write!(f, "{printed}; losses of {left} more kinds");
            }
            let semicolon = if place > 0 { "; " } else { "" };
            printed.push_str(semicolon);
            printed.push_str(&kind);
        }
        f.write_str(&printed)
    }
}
