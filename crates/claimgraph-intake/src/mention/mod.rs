//! Mentions: where a text has known names.
//!
//! ```
//! use claimgraph::{reporting::*, ClaimGraph, Entity};
//! use claimgraph_intake::{mention::MentionFinder, name::NameIndex};
//! let mut graph = ClaimGraph::new();
//! graph.add(State, Entity::new("russia").named("Russia").metonym("Moscow").alias("Russian"))?;
//! graph.add(City, Entity::new("moscow").named("Moscow"))?;
//! let index = NameIndex::of(&graph);
//! let finder = MentionFinder::of(&index)?;
//! let found: Vec<String> = finder.find("MOSCOW’s Russian allies").iter().map(|it| it.to_string()).collect();
//! assert_eq!(found, [
//!     r#"0..6 "MOSCOW": moscow (City) by the canonical "Moscow", russia (State) by the metonym "Moscow""#,
//!     r#"11..18 "Russian": russia (State) by the alias "Russian""#,
//! ]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub(crate) mod finder;
pub(crate) mod form;
pub(crate) mod word_border;

pub use crate::mention::finder::{Mention, MentionFinder, TooManyNames};
