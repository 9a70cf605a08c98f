//! Copies of a story recognised: documents that print the text of another, cut, re-ordered or edited.
//!
//! [`copies`] compares the texts of documents and proposes pairs of a copy and its original. [`bylines`] finds the wire that
//! a text names as its origin. Both are proposals. An accepted one is a [`Lineage`](claimgraph::sources::Lineage) between
//! the documents, or from a document to the wire. Documents that are joined by a lineage count as one text, and a view can
//! be asked without it.
//!
//! ```
//! use claimgraph::{Claim, ClaimGraph, DocumentInfo, claim::NotStated, date, reporting::*};
//! use claimgraph_intake::copy::{CopyOptions, copies, stories};
//!
//! let wire = "The council of the port voted on Tuesday to close the northern basin for two years. Engineers had found \
//!     cracks along the eastern wall, the harbour master told reporters after the session. Ships will be sent to the \
//!     old quay until the repairs are finished.";
//! let paper = format!("PORT CLOSES BASIN\n{}", wire.replace("after the session", "on Wednesday"));
//! let mut graph = ClaimGraph::new();
//! let (ships, quay) = (graph.add(Military, "ships")?, graph.add(City, "old-quay")?);
//! for (key, day, text) in [("wire-1", 4, wire), ("paper-1", 5, &*paper)] {
//!     let story = graph.add_document(key, DocumentInfo::dated(date(2024, 6, day)).with_text(text))?;
//!     graph.insert(Claim::by(NotStated).asserts(ships, PRESENT_IN, quay).read_in(story, ..))?;
//! }
//! let sources = |graph: &ClaimGraph| graph.statement(ships, PRESENT_IN, quay).independence().at_most();
//! assert_eq!(sources(&graph), 2);
//!
//! let found = copies(stories(&graph), &CopyOptions::default());
//! let [copy] = found.as_slice() else { panic!("one proposal was expected") };
//! assert_eq!((copy.copy(), copy.original()), ("paper-1", "wire-1"));
//! assert!(copy.overlap() > 0.8);
//!
//! // A person accepts it.
//! let lineage = copy.lineage(&graph)?;
//! graph.add_lineage(lineage)?;
//! assert_eq!(sources(&graph), 1);
//! # Ok::<(), claimgraph::Error>(())
//! ```

mod byline;
mod detect;
mod proposal;
mod shingles;
mod story;
mod wire;

pub use byline::{Byline, BylineForm, bylines};
pub use detect::{CopyOptions, copies};
pub use proposal::{CopyProposal, Precedence, SharedPassage};
pub use story::{Story, stories};
