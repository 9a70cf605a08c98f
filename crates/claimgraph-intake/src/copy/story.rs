//! The text of a document, to be compared with others.

use claimgraph::{ClaimGraph, Date};
use jiff::Timestamp;
use jiff::civil::time;
use jiff::tz::TimeZone;

/// The text of a document under a key, perhaps with the time of its publication.
#[derive(Clone, Debug)]
pub struct Story<'t> {
    pub(crate) key: &'t str,
    pub(crate) text: &'t str,
    pub(crate) moment: Option<Timestamp>,
}

impl<'t> Story<'t> {
    /// Creates a story without a time.
    pub fn new(key: &'t str, text: &'t str) -> Self {
        Self { key, text, moment: None }
    }

    /// Sets the day of publication, in UTC. A story with a day only comes after those of the day that have an instant. If
    /// the story has an instant, the instant stays.
    #[must_use]
    pub fn dated(mut self, date: Date) -> Self {
        let end = date.to_datetime(time(23, 59, 59, 999_999_999));
        self.moment = self.moment.or_else(|| TimeZone::UTC.to_timestamp(end).ok());
        self
    }

    /// Sets the instant of publication.
    #[must_use]
    pub fn published_at(mut self, instant: Timestamp) -> Self {
        self.moment = Some(instant);
        self
    }
}

/// Returns the documents of a graph whose text is attached, with their times.
pub fn stories(graph: &ClaimGraph) -> impl Iterator<Item = Story<'_>> {
    graph.documents().filter_map(|entity| {
        let document = entity.document()?;
        let mut story = Story::new(entity.key(), document.text()?);
        if let Some(instant) = document.instant() {
            story = story.published_at(instant);
        }
        Some(match document.date() {
            Some(date) => story.dated(date),
            None => story,
        })
    })
}
