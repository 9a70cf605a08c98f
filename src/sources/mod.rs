//! Where an answer comes from: independence, copies, credibility, what a source carries, policies.

pub(crate) mod ablation;
pub(crate) mod contradiction;
pub(crate) mod copy;
pub(crate) mod corroboration;
pub(crate) mod credibility;
pub(crate) mod evidence_path;
pub(crate) mod explanation;
pub(crate) mod independence;
pub(crate) mod interested_party;
pub(crate) mod policy;
pub(crate) mod root;
pub(crate) mod vertex_cut;
