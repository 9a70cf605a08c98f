//! Two reports as graphs: a news article that is encoded claim by claim, and one that is invented.

mod encoding;
mod first;
mod second;
