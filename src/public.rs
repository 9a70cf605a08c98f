//! The public modules whose items lie in several folders: names only.

/// The parts of a claim: the chain of speakers, closed words, spans, keys, and claims in bulk.
pub mod claim {
    pub use crate::graph::claim_key::ClaimKey;
    pub use crate::graph::claim_ref::StatementRef;
    pub use crate::graph::insert::{BatchReport, IntoClaim};
    pub use crate::graph::quote_ref::QuoteRef;
    pub use crate::model::claim::{AnsweredClaims, Attribution, SpeakerLink};
    pub use crate::model::claim_link::{Derivation, Link};
    pub use crate::model::document::{Locator, Span};
    pub use crate::model::plain_claim::PlainClaim;
    pub use crate::model::quote::Quote;
    pub use crate::model::value::stance::{Basis, Bearing, Certainty, Polarity, Prominence};
    pub use crate::model::vocabulary::fill::{Marked, NotStated, implicit, resolved};
}

/// The description of an entity: names, affiliations, the result of a lookup.
pub mod entity {
    pub use crate::graph::lookup::Lookup;
    pub use crate::model::affiliation::{Affiliation, AffiliationKind};
    pub use crate::model::id::AffiliationId;
    pub use crate::model::value::name::{Name, NameKind};
}

/// Proofs as data: steps, inferences, records.
pub mod proof {
    pub use crate::view::inference::Inference;
    pub use crate::view::proof::Step;
    pub use crate::view::proof_record::{PROOF_VERSION, ProofRecord, ProvenClaim};
}

/// A graph as plain data with keys, record by record, and the loader that makes a graph of records.
pub mod record {
    #[cfg(feature = "schema")]
    pub use crate::files::json_schema::json_schema;
    pub use crate::graph::record::import::Loader;
    pub use crate::model::id::BatchId;
    pub use crate::model::record::*;
}

/// Kinds of entities and what can be said of them: kinds, relations, roles and units, for the compiler and at run time.
pub mod vocabulary {
    #[doc(hidden)]
    pub use crate::model::statement::Argument;
    pub use crate::model::vocabulary::fill::Fills;
    pub use crate::model::vocabulary::kind::{IsA, Kind};
    pub use crate::model::vocabulary::slot::{
        Any, AnyClaim, AnyStatement, Nothing, Number, Slotted, Text,
    };
    pub use crate::model::vocabulary::{KindDef, RelationDef, RoleDef, Slot, UnitDef, Vocabulary};
}
