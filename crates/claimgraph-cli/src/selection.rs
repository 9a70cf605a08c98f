//! The part of a graph that a question is asked of.

use crate::failure::Failure;
use claimgraph::entity::Lookup;
use claimgraph::view::View;
use claimgraph::{ClaimGraph, Date, EntityId};

/// The options of every command that asks a view.
#[derive(clap::Args, Clone, Debug)]
pub struct Selection {
    /// Last day of the reports that count, such as 2024-06-30
    #[arg(long, value_name = "DAY")]
    as_of: Option<Date>,
    /// Key or name of a source to leave out, with all that rests on it; may be repeated
    #[arg(long, value_name = "SOURCE")]
    without: Vec<String>,
}

impl Selection {
    /// Returns the view of the graph.
    pub fn view<'g>(&self, graph: &'g ClaimGraph) -> Result<View<'g>, Failure> {
        let view = match self.as_of {
            Some(day) => graph.view().as_of(day),
            None => graph.view(),
        };
        self.without
            .iter()
            .try_fold(view, |view, source| Ok(view.excluding_source(entity_named(graph, source)?)))
    }
}

/// Returns the entity with this key, or the only one with this name.
pub fn entity_named(graph: &ClaimGraph, name: &str) -> Result<EntityId, Failure> {
    if let Ok(entity) = graph.entity_keyed(name) {
        return Ok(entity);
    }
    let shown = claimgraph::format::excerpt(name);
    match graph.lookup_untyped(name, None) {
        Lookup::One(entity) => Ok(entity),
        Lookup::Unknown => {
            Err(Failure::Usage(format!("no entity has the key or name \"{shown}\"")))
        }
        Lookup::Ambiguous(several) => {
            let keys: Vec<&str> =
                several.iter().filter_map(|it| Some(graph.entity(*it).ok()?.key())).collect();
            let keys = keys.join(", ");
            Err(Failure::Usage(format!(
                "\"{shown}\" names several entities; expected a key: {keys}"
            )))
        }
    }
}
