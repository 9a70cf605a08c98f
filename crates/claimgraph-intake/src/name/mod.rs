//! Names: by which spellings an entity is known, and which entity a name means.
//!
//! A name has one strict form, its [`NameKey`]. A [`NameIndex`] answers a look-up by it: unknown, one entity, or several
//! that share the name. Looser forms only propose: `candidates` ranks entities with similar names, each with
//! the reasons, and the program or the reader decides.
//!
//! ```
//! use claimgraph::{reporting::*, ClaimGraph, Entity};
//! use claimgraph_intake::name::{LookUp, NameIndex};
//! let mut graph = ClaimGraph::new();
//! let russia = graph.add(State, Entity::new("russia").named("Russia").metonym("Moscow"))?;
//! let moscow = graph.add(City, Entity::new("moscow").named("Moscow"))?;
//! let index = NameIndex::of(&graph);
//! assert_eq!(index.look_up("RUSSIA’s").one().unwrap().entity, russia.id());
//! assert!(index.look_up("Moscow").is_ambiguous());
//! assert_eq!(index.of_kind(City).look_up("Moscow").one().unwrap().entity, moscow.id());
//! assert_eq!(index.look_up("Atlantis"), LookUp::Unknown);
//! # Ok::<(), claimgraph::Error>(())
//! ```

#[cfg(feature = "fuzzy")]
pub(crate) mod blocks;
#[cfg(feature = "fuzzy")]
pub(crate) mod candidate;
pub(crate) mod fault;
pub(crate) mod index;
pub(crate) mod key;
#[cfg(feature = "fuzzy")]
pub(crate) mod likeness;
pub(crate) mod look_alike;
pub(crate) mod look_up;
#[cfg(feature = "fuzzy")]
pub(crate) mod loose;
pub(crate) mod resolve;
pub(crate) mod scope;

#[cfg(feature = "fuzzy")]
pub use crate::name::candidate::Candidate;
pub use crate::name::fault::{MOST_NAME_BYTES, NameFault, name_faults};
pub use crate::name::index::{FaultyName, NameIndex};
pub use crate::name::key::NameKey;
#[cfg(feature = "fuzzy")]
pub use crate::name::likeness::{LIKELY, Likeness, Reason, compare_names};
pub use crate::name::look_alike::LookAlike;
pub use crate::name::look_up::{LookUp, Named};
pub use crate::name::resolve::{ResolveError, Resolved};
pub use crate::name::scope::NameScope;
