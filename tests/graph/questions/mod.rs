//! One file a question.

mod conflicts;
mod contests;
mod figures;
mod happenings;
mod outlook;
mod parts;
mod proofs;
mod timeline;
mod watch;
