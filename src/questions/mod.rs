//! Ready answers about statements and claims: for and against, figures, conflicts, revisions, timeline, outlook.

pub(crate) mod activity;
pub(crate) mod conflict;
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
