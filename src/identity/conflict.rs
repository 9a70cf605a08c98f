//! A contradiction between judgements. [`Identity::conflicts`](crate::identity::Identity::conflicts) returns it.

use crate::graph::ClaimGraph;
use crate::identity::JudgementId;
use crate::model::id::EntityId;
use crate::model::judgement::Judgement;
use crate::view::json::json_form;
use std::fmt;

/// Two entities that somebody judged different, and the judgements by which they would be the same.
///
/// `Display` gives the way and the judgement against it. The JSON has `different` and `path`, both as judgements of the
/// native format.
#[derive(Clone, Debug)]
pub struct IdentityConflict<'g> {
    graph: &'g ClaimGraph,
    entities: [EntityId; 2],
    path: Vec<JudgementId>,
    different: JudgementId,
}

impl<'g> IdentityConflict<'g> {
    pub(crate) fn new(
        graph: &'g ClaimGraph,
        entities: [EntityId; 2],
        path: Vec<JudgementId>,
        different: JudgementId,
    ) -> Self {
        Self { graph, entities, path, different }
    }

    /// Returns the two entities, in order of their keys.
    pub fn entities(&self) -> [EntityId; 2] {
        self.entities
    }

    /// Returns the judgements that lead from the first entity to the second. If several ways do, it is a shortest one.
    pub fn path(&self) -> &[JudgementId] {
        &self.path
    }

    /// Returns the judgement that the two are different.
    pub fn different(&self) -> JudgementId {
        self.different
    }
}

/// Writes `a = b = c, but a is not c (author)`.
impl fmt::Display for IdentityConflict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = |entity| self.graph.key_of(entity);
        let [first, last] = self.entities;
        let mut at = first;
        f.write_str(key(at))?;
        for judgement in self.path.iter().filter_map(|&id| self.graph.judgement(id)) {
            at = judgement.entities().into_iter().find(|&it| it != at).unwrap_or(at);
            write!(f, " = {}", key(at))?;
        }
        let author = self.graph.judgement(self.different).map_or("", Judgement::author);
        write!(f, ", but {} is not {} ({author})", key(first), key(last))
    }
}

json_form!(IdentityConflict<'_>, |it| {
    different => it.graph.judgement_record(it.different),
    path: it.path.iter().filter_map(|&id| it.graph.judgement_record(id)).collect::<Vec<_>>(),
});
