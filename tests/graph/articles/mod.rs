//! Two reports as graphs: a news article that is encoded claim by claim, and an invented report.

mod encoding;
mod first;
mod second;
