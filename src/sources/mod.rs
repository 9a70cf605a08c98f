//! The sources of an answer: independence, copies, credibility, sources that an answer depends on, policies.

pub(crate) mod ablation;
pub(crate) mod copy;
pub(crate) mod corroboration;
pub(crate) mod credibility;
pub(crate) mod critical_source;
pub(crate) mod evidence_component;
pub(crate) mod evidence_path;
pub(crate) mod explanation;
pub(crate) mod facet;
pub(crate) mod hierarchy;
pub(crate) mod independence;
pub(crate) mod independent_source;
pub(crate) mod interested_party;
pub(crate) mod lineage_tree;
pub(crate) mod lost_claims;
pub(crate) mod one_word;
pub(crate) mod policy;
pub(crate) mod residual;
pub(crate) mod vertex_cut;

pub use crate::model::id::LineageId;
pub use crate::model::lineage::{Dependence, Lineage, Scope};
pub use crate::sources::ablation::{Ablation, Consequence};
pub use crate::sources::copy::Dependent;
pub use crate::sources::corroboration::Corroboration;
pub use crate::sources::credibility::Assessment;
pub use crate::sources::explanation::Explanation;
pub use crate::sources::facet::{Facet, Verdict};
pub use crate::sources::independence::Independence;
pub use crate::sources::independent_source::{IndependentSource, Party};
pub use crate::sources::policy::{Exclusion, Policy, Rule, Selection};
