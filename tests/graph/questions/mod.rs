//! Questions, one file for each.

mod bases;
mod conflicts;
mod contests;
mod corrections;
mod denials;
mod distinct_events;
mod figures;
mod fulfilment;
mod instants;
mod json;
mod outlook;
mod parts;
mod proofs;
mod quotations;
mod revisions;
mod sentences;
mod sources_at_least;
mod time;
mod timeline;
mod watch;
