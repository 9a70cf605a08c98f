#![cfg_attr(all(doc, not(doctest)), doc = include_str!("../README.md"))]
#![cfg_attr(any(not(doc), doctest), doc = "Who said what about whom, and who denies it.")]
#![doc(test(attr(deny(warnings))))]
#![deny(missing_docs, missing_debug_implementations)]
#![deny(unreachable_pub, unnameable_types, private_interfaces, private_bounds)]
#![deny(clippy::todo, clippy::dbg_macro, clippy::print_stdout, clippy::print_stderr)]
// No panic on any input. In unit tests a panic is the answer.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![cfg_attr(not(test), deny(clippy::unreachable, clippy::indexing_slicing))]

pub mod base;
pub mod records;
pub mod reporting;

mod ablations;
mod activities;
mod affiliations;
mod agreements;
mod amounts;
mod answers;
mod assessments;
mod belongings;
mod blocs;
mod change_records;
mod changes;
mod checks;
mod claims;
mod columns;
mod communities;
mod components;
mod conflicts;
mod connections;
mod contests;
mod contradictions;
mod copies;
mod cores;
mod corroborations;
mod cuts;
mod day_periods;
mod days;
mod dealings;
mod declaring;
mod definitions;
mod delta;
mod descents;
mod developments;
mod documents;
mod edtf;
mod edtf_dates;
mod ends;
mod entailment;
mod entities;
mod entity_keys;
mod entity_refs;
mod errors;
mod explanations;
mod figure_pictures;
mod figures;
mod filters;
mod formats;
mod grades;
mod graph;
mod happenings;
mod held;
mod ids;
mod implications;
mod inserting;
mod interests;
mod keys;
mod kinds;
mod known_keys;
mod ledger;
mod lineage;
mod links;
mod loading;
mod lookups;
mod macros;
mod marks;
mod matters;
mod names;
mod naming;
mod origins;
mod outlooks;
mod page_ranks;
mod pairings;
mod paths;
mod periods;
mod plain_records;
mod policies;
mod positions;
mod postings;
mod projections;
mod proof_records;
mod proofs;
mod quantities;
mod readings;
mod recording;
mod registry;
mod relations;
mod responses;
mod revisions;
mod rollups;
mod roots;
mod rows;
mod rowsets;
mod shifts;
mod shortcuts;
mod shows;
mod sides_taken;
mod sorting;
mod sources;
mod stance_matrix;
mod stances;
mod standings;
mod standpoints;
mod statements;
mod sums;
mod svg;
mod terms;
mod timeline_pictures;
mod timelines;
mod times;
mod topics;
mod track_records;
mod variations;
mod views;
mod visit;
mod visited;
mod vocabulary;
mod watches;

pub use ablations::{Ablation, Consequence, CriticalSource};
pub use activities::{Activity, DatedBy, Grain, Tally};
pub use affiliations::{Affiliation, AffiliationKind};
pub use agreements::{Agreement, Comparison};
pub use amounts::{Amount, AmountError};
pub use answers::Answer;
pub use assessments::Assessment;
pub use blocs::Blocs;
pub use change_records::{
    AnswerRecord, CHANGE_FORMAT_VERSION, ChangeRecord, ContestRecord, CorroborationRecord,
    PositionRecord, RetractionRecord, RevisionRecord, TakenRecord,
};
pub use changes::{Change, Retraction};
pub use claims::{Claim, Targets, Voice};
pub use communities::Communities;
pub use components::Components;
pub use conflicts::{Conflict, Disagreement, Reason};
pub use contests::{Contest, Contested};
pub use contradictions::Contradiction;
pub use copies::Dependent;
pub use cores::Cores;
pub use corroborations::{Corroboration, Facet, Verdict};
pub use days::Day;
pub use dealings::{Capacity, Dealing, Mention};
pub use developments::{Development, Effect};
pub use documents::{Document, Span, Whereabouts};
pub use edtf::PeriodError;
pub use entities::Entity;
pub use entity_refs::EntityRef;
pub use errors::{Error, ErrorKind, Part};
pub use explanations::Explanation;
pub use figures::Figure;
pub use filters::{Filter, LineageKey};
#[cfg(any(feature = "graphml", feature = "gexf"))]
pub use formats::edge_reader::GraphReader;
pub use formats::faults::{Limits, ReadError, ReadErrorKind, WriteError};
#[cfg(any(feature = "ftm", feature = "stix", feature = "wikidata", feature = "claimreview"))]
pub use formats::foreign::ImportOptions;
pub use formats::jsonl::{JsonlReader, Outcome};
pub use formats::losses::{Imported, Loss, Losses};
#[cfg(feature = "rdf")]
pub use formats::rdf::{RdfFormat, RdfFormatError, RdfReader};
#[cfg(feature = "schema")]
pub use formats::schema::json_schema;
#[cfg(feature = "snapshot")]
pub use formats::snapshot::SNAPSHOT_VERSION;
#[cfg(feature = "tables")]
pub use formats::tables::{
    Cell, Column, DateField, DateFormat, DocumentField, EntityField, Holds, IfMissing, Layout,
    Meant, Origin, QuantityField, RelationField, RelationTemplate, RoleField, TableFault,
    TableFaultKind, TableLimits, TableMapping, TableReader, TableReport, TimeField, ValueField,
};
pub use grades::{Credibility, CredibilityError, Grade, Likelihood, Reliabilities, Reliability};
pub use graph::ClaimGraph;
pub use happenings::Happening;
pub use ids::{AffiliationId, ClaimId, EntityId, LineageId};
pub use jiff::civil::{Date, date};
pub use keys::ClaimKey;
#[doc(hidden)]
pub use kinds::SlotConst;
pub use kinds::{
    Any, AnyClaim, AnyStatement, Fills, Id, Implicit, IsA, Kind, NotStated, Nothing, Number,
    Slotted, Text, implicit,
};
pub use lineage::{Dependence, Lineage, Scope};
pub use links::{Derivation, Link};
pub use loading::Loader;
pub use lookups::Lookup;
pub use matters::{Matter, Side};
pub use names::{Name, NameKind};
pub use naming::{Named, last_parentheses};
pub use origins::ChainLink;
pub use outlooks::{Outlook, Prospect};
pub use page_ranks::{PageRank, PageRankOptions};
pub use periods::{Aspect, Period};
pub use policies::{LeftOut, Policy, Rule, Selection};
pub use positions::Position;
pub use postings::ClaimsAbout;
pub use projections::Projection;
pub use proof_records::{Inference, PROOF_VERSION, ProofRecord, ProofStep, ProvenClaim};
pub use proofs::{Finding, Findings, Proof, Step};
pub use quantities::{Bound, Precision, Quantity};
pub use readings::{ClaimRef, StatementRef, Term};
pub use recording::FORMAT_VERSION;
pub use relations::{Relation, Role};
pub use revisions::{DerivedFigure, DerivedKind, Direction, Revision};
pub use rollups::RolledUp;
pub use roots::Roots;
pub use rows::{Extended, Recordable, Row};
pub use shifts::{ContestShift, CorroborationShift, PositionShift};
pub use sides_taken::{SideCounts, StanceTaken};
pub use sources::{Independence, Party, Root};
pub use stance_matrix::StanceMatrix;
pub use stances::{Basis, Bearing, Certainty, Modality, Polarity, Prominence, Stance};
pub use standings::{AnswerShift, Standing};
pub use standpoints::{Backing, How, Opposition};
pub use statements::Inquiry;
pub use terms::{Argument, Statement};
pub use timeline_pictures::{EventRecord, MomentRecord};
pub use timelines::{Moment, Order};
pub use track_records::{Outturn, TrackRecord};
pub use views::{Claims, View};
pub use visit::{AllArcs, Arc, Arcs, Entities, EntityReferences, Neighbours};
pub use visited::Visited;
pub use vocabulary::{KindDef, RelationDef, RoleDef, Slot, UnitDef, Vocabulary};
pub use watches::{Watch, WatchItem, WatchKind, WatchState, WatchedCondition};
