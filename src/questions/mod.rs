//! Questions about statements and claims: support and opposition, figures, conflicts, revisions, timeline, watch list.

pub(crate) mod conflict;
pub(crate) mod content;
pub(crate) mod contest;
pub(crate) mod disagreement;
pub(crate) mod distinct_event;
pub(crate) mod distinct_statement;
pub(crate) mod downstream;
pub(crate) mod entailment;
pub(crate) mod figure;
pub(crate) mod interaction;
pub(crate) mod mention;
pub(crate) mod quotation;
pub(crate) mod response;
pub(crate) mod revision;
pub(crate) mod show;
pub(crate) mod statement;
pub(crate) mod timeline;
pub(crate) mod watch;

pub use crate::model::value::direction::Direction;
pub use crate::questions::conflict::Conflict;
pub use crate::questions::content::Content;
pub use crate::questions::contest::Contested;
pub use crate::questions::disagreement::Disagreement;
pub use crate::questions::distinct_event::DistinctEvent;
pub use crate::questions::distinct_statement::DistinctStatement;
pub use crate::questions::figure::Figure;
pub use crate::questions::mention::{Mention, MentionRole};
pub use crate::questions::quotation::Quotation;
pub use crate::questions::response::{ContestKind, Response};
pub use crate::questions::revision::{DerivedFigure, DerivedKind, Revision};
pub use crate::questions::statement::summary::StatementSummary;
pub use crate::questions::timeline::{TemporalOrder, TimelineEntry};
pub use crate::questions::watch::Watch;
pub use crate::questions::watch::development::Effect;
pub use crate::questions::watch::item::{WatchItem, WatchKind, WatchState};
pub use crate::questions::watch::track_record::TrackRecord;
