#![cfg_attr(all(doc, not(doctest)), doc = include_str!("../README.md"))]
#![cfg_attr(any(not(doc), doctest), doc = "Who said what about whom, and who denies it.")]
#![doc(test(attr(deny(warnings))))]
#![deny(missing_docs, missing_debug_implementations)]
#![deny(unreachable_pub, unnameable_types, private_interfaces, private_bounds)]
#![deny(clippy::todo, clippy::dbg_macro, clippy::print_stdout, clippy::print_stderr)]
// No panic on any input. In unit tests a panic is the answer.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![cfg_attr(not(test), deny(clippy::unreachable, clippy::indexing_slicing))]

mod files;
mod graph;
mod model;
mod store;

pub mod change;
pub mod guide;
pub mod network;
pub mod questions;
pub mod sources;
pub mod view;

pub use files::{format, jsonl, snapshot};
pub use model::value::{grade, quantity};
pub use model::vocabulary::{base, reporting};
pub use model::{error, time};

pub use graph::ClaimGraph;
pub use graph::claim_ref::{ClaimRef, Term};
pub use graph::entity_ref::EntityRef;
#[doc(no_inline)]
pub use jiff::civil::{Date, date};
pub use model::claim::Claim;
pub use model::document::DocumentInfo;
pub use model::entity::Entity;
pub use model::error::Error;
pub use model::id::{ClaimId, EntityId};
pub use model::statement::Statement;
pub use model::time::period::Period;
pub use model::value::answer::Answer;
pub use model::value::quantity::Quantity;
pub use model::value::stance::{Modality, Stance};
pub use model::vocabulary::kind::Id;
pub use model::vocabulary::relation::{Relation, Role};
pub use questions::statement::StatementQuery;
pub use view::View;
pub use view::finding::{Finding, Findings};
pub use view::proof::Proof;

/// What a claim is made of.
pub mod claim {
    pub use crate::graph::claim_key::ClaimKey;
    pub use crate::graph::claim_ref::StatementRef;
    pub use crate::graph::insert::{BatchReport, IntoClaim};
    pub use crate::model::claim::{AnsweredClaims, Attribution};
    pub use crate::model::claim_link::{Derivation, Link};
    pub use crate::model::document::{Locator, Span};
    pub use crate::model::plain_claim::PlainClaim;
    pub use crate::model::value::stance::{Basis, Bearing, Certainty, Polarity, Prominence};
    pub use crate::model::vocabulary::fill::{Implicit, NotStated, implicit};
    pub use crate::store::origin_table::SpeakerLink;
}

/// What an entity is described by: names, affiliations, the result of a lookup.
pub mod entity {
    pub use crate::graph::affiliate_by_name::AffiliationReport;
    pub use crate::graph::lookup::Lookup;
    pub use crate::model::affiliation::{Affiliation, AffiliationKind};
    pub use crate::model::id::AffiliationId;
    pub use crate::model::value::name::{Name, NameKind};
}

/// Proofs as data.
pub mod proof {
    pub use crate::view::inference::Inference;
    pub use crate::view::proof::Step;
    pub use crate::view::proof_record::{PROOF_VERSION, ProofRecord, ProvenClaim};
}

/// Records: a graph as plain data with keys.
pub mod record {
    #[cfg(feature = "schema")]
    pub use crate::files::json_schema::json_schema;
    pub use crate::graph::record::export::FORMAT_VERSION;
    pub use crate::graph::record::import::Loader;
    pub use crate::model::record::*;
}

/// What can be said, and about what: kinds, relations, roles and units.
pub mod vocabulary {
    pub use crate::model::vocabulary::fill::Fills;
    pub use crate::model::vocabulary::kind::{IsA, Kind};
    pub use crate::model::vocabulary::slot::{
        Any, AnyClaim, AnyStatement, Nothing, Number, Slotted, Text,
    };
    pub use crate::model::vocabulary::{KindDef, RelationDef, RoleDef, Slot, UnitDef, Vocabulary};
    #[doc(hidden)]
    pub use crate::model::{statement::Argument, vocabulary::slot::SlotConst};
}
