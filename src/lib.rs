#![cfg_attr(doc, doc = include_str!("../README.md"))]
#![cfg_attr(
    not(doc),
    doc = "Who said what about whom, when, from which document, who confirms it and who denies it."
)]
#![doc(test(attr(deny(warnings))))]
#![deny(missing_docs, missing_debug_implementations)]
#![deny(unreachable_pub, unnameable_types, private_interfaces, private_bounds)]
#![deny(clippy::todo, clippy::dbg_macro, clippy::print_stdout, clippy::print_stderr)]
// No panic on any input. In unit tests a panic is the answer.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![cfg_attr(not(test), deny(clippy::unreachable, clippy::indexing_slicing))]

mod agreement;
mod change;
mod files;
mod formats;
mod graph;
mod model;
mod network;
mod pictures;
mod questions;
mod sources;
mod store;
mod view;

pub use agreement::bloc::Blocs;
pub use agreement::matrix::StanceMatrix;
pub use agreement::matter::{Issue, Side};
pub use agreement::pairwise::{Agreement, Comparison};
pub use agreement::side_taken::{SideCounts, SideTaken};
pub use change::record::{
    AnswerRecord, CHANGE_FORMAT_VERSION, ChangeRecord, ContestRecord, CorroborationRecord,
    PositionRecord, RetractionRecord, RevisionRecord, TakenRecord,
};
pub use change::shift::{ContestShift, CorroborationShift, PositionShift};
pub use change::{Change, Retraction};
pub use files::format::error::{Limits, ReadError, ReadErrorKind, WriteError};
pub use files::format::loss::{Imported, Loss, Losses};
#[cfg(feature = "schema")]
pub use files::json_schema::json_schema;
pub use files::jsonl::{JsonlReader, Outcome};
pub use files::snapshot::SNAPSHOT_VERSION;
#[cfg(any(feature = "graphml", feature = "gexf"))]
pub use formats::edge_reader::GraphReader;
#[cfg(any(feature = "ftm", feature = "stix", feature = "wikidata", feature = "claimreview"))]
pub use formats::foreign::ImportOptions;
#[cfg(feature = "rdf")]
pub use formats::rdf::{RdfFormat, RdfFormatError, RdfReader};
#[cfg(feature = "tables")]
pub use formats::tables::{
    Cell, Column, DateField, DateFormat, DocumentField, EntityField, Holds, IfMissing, Layout,
    Meant, Origin, QuantityField, RelationField, RelationTemplate, RoleField, TableFault,
    TableFaultKind, TableLimits, TableMapping, TableReader, TableReport, TimeField, ValueField,
};
pub use graph::ClaimGraph;
pub use graph::affiliate_by_name::{AffiliationReport, last_parentheses};
pub use graph::claim_key::ClaimKey;
pub use graph::claim_ref::{ClaimRef, StatementRef, Term};
pub use graph::entity_ref::EntityRef;
pub use graph::lookup::Lookup;
pub use graph::plain_claim::{BatchReport, IntoClaim, PlainClaim};
pub use graph::record::export::FORMAT_VERSION;
pub use graph::record::import::Loader;
pub use jiff::civil::{Date, date};
pub use model::affiliation::{Affiliation, AffiliationKind};
pub use model::claim::{AnsweredClaims, Attribution, Claim};
pub use model::claim_link::{Derivation, Link};
pub use model::document::{Document, Locator, Span};
pub use model::entity::Entity;
pub use model::error::{Error, ErrorKind, FieldPath};
pub use model::id::{AffiliationId, ClaimId, EntityId, LineageId};
pub use model::lineage::{Dependence, Lineage, Scope};
pub use model::record as records;
pub use model::statement::{Argument, Statement};
pub use model::time::day::Day;
pub use model::time::edtf::PeriodError;
pub use model::time::period::{Aspect, Period};
pub use model::value::amount::{Amount, AmountError};
pub use model::value::answer::Answer;
pub use model::value::grade::{
    Credibility, CredibilityError, Grade, Likelihood, Reliability, SourceGrades,
};
pub use model::value::name::{Name, NameKind};
pub use model::value::quantity::{Bound, Precision, Quantity};
pub use model::value::stance::{Basis, Bearing, Certainty, Modality, Polarity, Prominence, Stance};
#[doc(hidden)]
pub use model::vocabulary::kind::SlotConst;
pub use model::vocabulary::kind::{
    Any, AnyClaim, AnyStatement, Fills, Id, Implicit, IsA, Kind, NotStated, Nothing, Number,
    Slotted, Text, implicit,
};
pub use model::vocabulary::relation::{Relation, Role};
pub use model::vocabulary::{KindDef, RelationDef, RoleDef, Slot, UnitDef, Vocabulary};
pub use model::vocabulary::{base, reporting};
pub use network::component::Components;
pub use network::core_number::CoreNumbers;
pub use network::louvain::Communities;
pub use network::page_rank::{PageRank, PageRankOptions};
pub use network::petgraph_traits::{AllArcs, Arc, Arcs, Entities, EntityReferences, Neighbours};
pub use network::projection::Projection;
pub use network::rollup::RollUp;
pub use network::visit_map::Visited;
pub use pictures::timeline::{EventRecord, MomentRecord};
pub use questions::activity::{Activity, ActivityCounts, DateBasis, Granularity};
pub use questions::conflict::{Conflict, ConflictKind, Disagreement};
pub use questions::contest::{Contest, Contested};
pub use questions::distinct_event::DistinctEvent;
pub use questions::figure::Figure;
pub use questions::mention::{Dealing, Mention, MentionRole};
pub use questions::outlook::development::{Development, Effect};
pub use questions::outlook::track_record::{Outturn, TrackRecord};
pub use questions::outlook::watch::{Watch, WatchItem, WatchKind, WatchState, WatchedCondition};
pub use questions::outlook::{Outlook, Prospect};
pub use questions::position::Position;
pub use questions::revision::{DerivedFigure, DerivedKind, Direction, Revision};
pub use questions::statement::StatementQuery;
pub use questions::statement::summary::{AnswerShift, StatementSummary};
pub use questions::statement::support::{Backing, ContestKind, Opposition};
pub use questions::timeline::{TemporalOrder, TimelineEntry};
pub use sources::ablation::{Ablation, Consequence, CriticalSource};
pub use sources::contradiction::Contradiction;
pub use sources::copy::Dependent;
pub use sources::corroboration::{Corroboration, Facet, Verdict};
pub use sources::credibility::Assessment;
pub use sources::explanation::Explanation;
pub use sources::independence::{Independence, Party, Root};
pub use sources::policy::{Exclusion, Policy, Rule, Selection};
pub use sources::root::Roots;
pub use store::origin_table::SpeakerLink;
pub use view::claim_iter::ClaimsWithSubject;
pub use view::filter::{Filter, LineageKey};
pub use view::finding::{Finding, Findings, Proof, Step};
pub use view::proof_record::{Inference, PROOF_VERSION, ProofRecord, ProofStep, ProvenClaim};
pub use view::{Claims, View};
