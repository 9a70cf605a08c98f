//! Ready answers about statements and claims: for and against, figures, conflicts, revisions, timeline, outlook.

pub(crate) mod activity;
pub(crate) mod conflict;
pub(crate) mod content;
pub(crate) mod contest;
pub(crate) mod distinct_event;
pub(crate) mod entailment;
pub(crate) mod figure;
pub(crate) mod mention;
pub(crate) mod outlook;
pub(crate) mod position;
pub(crate) mod revision;
pub(crate) mod statement;
pub(crate) mod timeline;

pub use crate::questions::activity::{Activity, ActivityCounts, DateBasis, Granularity};
pub use crate::questions::conflict::{Conflict, ConflictKind, Disagreement};
pub use crate::questions::content::Content;
pub use crate::questions::contest::{Contest, Contested};
pub use crate::questions::distinct_event::DistinctEvent;
pub use crate::questions::figure::Figure;
pub use crate::questions::mention::{Dealing, Mention, MentionRole};
pub use crate::questions::outlook::development::{Development, Effect};
pub use crate::questions::outlook::track_record::{Outturn, TrackRecord};
pub use crate::questions::outlook::watch::{
    Watch, WatchItem, WatchKind, WatchState, WatchedCondition,
};
pub use crate::questions::outlook::{Outlook, Prospect};
pub use crate::questions::position::Position;
pub use crate::questions::revision::{DerivedFigure, DerivedKind, Direction, Revision};
pub use crate::questions::statement::summary::StatementSummary;
pub use crate::questions::statement::support::{Backing, ContestKind, Opposition};
pub use crate::questions::timeline::{TemporalOrder, TimelineEntry};
