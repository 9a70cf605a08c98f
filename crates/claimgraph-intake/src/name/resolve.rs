//! One call from a name to an entity: found, or added.

use crate::name::fault::{NameFault, name_faults};
use crate::name::index::NameIndex;
use crate::name::key::NameKey;
use crate::name::look_up::{LookUp, Named};
use claimgraph::{ClaimGraph, Entity};
use serde::Serialize;
use std::fmt;

/// The most bytes of a key that is made from a name, without a number after it.
const MOST_KEY_BYTES: usize = 128;

/// The entity that a name leads to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resolved {
    /// The graph had the entity.
    Found(Named),
    /// The entity was added.
    Added(Named),
    /// Several entities have the name, in order of their keys. Nothing was added.
    Ambiguous(Vec<Named>),
}

impl Resolved {
    /// Returns the entity, unless the name is ambiguous.
    pub fn one(&self) -> Option<&Named> {
        match self {
            Self::Found(one) | Self::Added(one) => Some(one),
            Self::Ambiguous(_) => None,
        }
    }
}

/// `found: ...`, `added: ...` or `ambiguous: ..., ...`.
impl fmt::Display for Resolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found(one) => write!(f, "found: {one}"),
            Self::Added(one) => write!(f, "added: {one}"),
            Self::Ambiguous(all) => LookUp::Ambiguous(all.clone()).fmt(f),
        }
    }
}

/// An error of [`NameIndex::resolve_or_create`].
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResolveError {
    /// The name has a fault, so no entity is added under it. A name that only looks like another one is refused too.
    #[error(transparent)]
    Name(#[from] NameFault),
    /// The graph refused the entity, because it does not know the kind.
    #[error(transparent)]
    Graph(#[from] claimgraph::Error),
    /// The index was made of another graph.
    #[error(
        "the index has an entity {key:?} that the graph does not have; it was made of another graph"
    )]
    OtherGraph {
        /// The key of the entity.
        key: String,
    },
}

impl NameIndex {
    /// Finds the entity of this kind with this name, or adds one. The index reads new entities of the graph first.
    ///
    /// An entity that is added has the name as its canonical name, and a key made from it: the words of its [`NameKey`]
    /// with hyphens between them. If the key is taken, the kind follows it; if that is taken too, a number. The same call
    /// again finds the entity.
    ///
    /// # Errors
    /// Returns an error if the name has a fault, if the graph does not have the kind, or if the index is of another
    /// graph. Nothing is added then.
    ///
    /// ```
    /// use claimgraph::{reporting::*, ClaimGraph, Entity};
    /// use claimgraph_intake::name::NameIndex;
    /// let mut graph = ClaimGraph::new();
    /// graph.add(City, Entity::new("georgia").named("Georgia"))?;
    /// let mut index = NameIndex::of(&graph);
    /// let first = index.resolve_or_create(&mut graph, "Kim Jong-un", "Person")?;
    /// assert_eq!(first.to_string(), r#"added: kim-jong-un (Person) by the canonical "Kim Jong-un""#);
    /// let again = index.resolve_or_create(&mut graph, "KIM Jong Un", "Person")?;
    /// assert_eq!(again.one(), first.one());
    /// let state = index.resolve_or_create(&mut graph, "Georgia", "State")?;
    /// assert_eq!(state.one().unwrap().key, "georgia-state");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn resolve_or_create(
        &mut self,
        graph: &mut ClaimGraph,
        name: &str,
        kind: &str,
    ) -> Result<Resolved, ResolveError> {
        let key = NameKey::of(name)?;
        self.update(graph);
        match self.scope().of_kind_untyped(kind).look_up(name) {
            LookUp::One(one) if graph.entity_keyed(&one.key).ok() == Some(one.entity) => {
                return Ok(Resolved::Found(one));
            }
            LookUp::One(one) => return Err(ResolveError::OtherGraph { key: one.key }),
            LookUp::Ambiguous(all) => return Ok(Resolved::Ambiguous(all)),
            LookUp::Unknown => {}
        }
        if let Some(fault) = name_faults(name).into_iter().next() {
            return Err(fault.into());
        }
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let key = free_key(graph, &key, kind);
        let entity = graph.add_untyped(kind, Entity::new(key).named(&*name))?;
        self.update(graph);
        let added = self.scope().of_kind_untyped(kind).look_up(&name);
        match added.all().iter().find(|named| named.entity == entity) {
            Some(added) => Ok(Resolved::Added(added.clone())),
            None => Err(ResolveError::OtherGraph { key: graph.name_of(entity).to_owned() }),
        }
    }
}

/// Returns a key of these words that no entity has.
pub(crate) fn free_key(graph: &ClaimGraph, name: &NameKey, kind: &str) -> String {
    let mut key = String::new();
    for word in name.as_str().split(' ') {
        if !key.is_empty() && key.len() + word.len() >= MOST_KEY_BYTES {
            break;
        }
        key.extend(Some('-').filter(|_| !key.is_empty()));
        key.push_str(word);
    }
    // One word can be longer than that.
    let whole = (0..=MOST_KEY_BYTES).rev().find(|&at| key.is_char_boundary(at));
    key.truncate(whole.filter(|_| key.len() > MOST_KEY_BYTES).unwrap_or(key.len()));
    let of_kind = format!("{key}-{}", kind.to_lowercase());
    let numbered = (2_u64..).map(|number| format!("{of_kind}-{number}"));
    let mut keys = [key, of_kind.clone()].into_iter().chain(numbered);
    // There are more numbers than entities.
    keys.find(|key| graph.entity_keyed(key).is_err()).unwrap_or_default()
}
