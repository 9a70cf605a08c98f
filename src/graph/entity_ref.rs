//! Reads entities back, and finds them by key, handle or name. Programs, questions and writers of files call it.

use crate::graph::ClaimGraph;
use crate::graph::lookup::Lookup;
use crate::model::document::DocumentInfo;
use crate::model::error::{Error, FieldPath};
use crate::model::id::{EntityId, KindId};
use crate::model::value::name::{Name, NameKind, folded};
use crate::model::vocabulary::kind::{Id, Kind};
use std::fmt;

/// An entity on record.
#[derive(Clone, Copy)]
pub struct EntityRef<'g> {
    pub(crate) graph: &'g ClaimGraph,
    id: EntityId,
    key: &'g str,
    registered: crate::store::entity_table::Registered<'g>,
}

impl<'g> EntityRef<'g> {
    /// Returns the handle of the entity.
    pub fn id(self) -> EntityId {
        self.id
    }

    /// Returns the key, which is the same in every graph and file.
    pub fn key(self) -> &'g str {
        self.key
    }

    /// Returns the key of the entity's kind.
    pub fn kind(self) -> &'g str {
        self.graph.vocabulary.kinds.key(self.registered.kind)
    }

    /// Returns whether the entity is of this kind or of one below it.
    pub fn is_a(self, kind: &str) -> bool {
        self.graph.vocabulary.is_below(self.registered.kind, kind)
    }

    /// Returns the name to show. That is the canonical name without a language, or else the first canonical name, or
    /// else the key.
    pub fn name(self) -> &'g str {
        let canonical =
            || self.registered.names.iter().filter(|name| name.kind() == NameKind::Canonical);
        canonical()
            .find(|name| name.language().is_none())
            .or(canonical().next())
            .map_or(self.key, Name::text)
    }

    /// Returns all names of the entity, canonical ones first.
    pub fn names(self) -> &'g [Name] {
        self.registered.names
    }

    /// Returns the codes of the entity in other systems, as pairs of system and code.
    pub fn codes(self) -> &'g [(String, String)] {
        self.registered.codes
    }

    /// Returns whether the text withholds the name of the entity.
    pub fn is_name_withheld(self) -> bool {
        self.registered.name_withheld
    }

    /// Returns whether the name of the entity is plural: by what is said of it, else by its kind and the kinds above.
    ///
    /// ```
    /// use claimgraph::{reporting::*, ClaimGraph, Entity};
    /// let mut graph = ClaimGraph::new();
    /// let officials = graph.add(Group, "officials")?;
    /// let authorities = graph.add(Agency, Entity::new("authorities").plural())?;
    /// let agency = graph.add(Agency, "agency")?;
    /// assert!(graph.entity(officials)?.is_plural() && graph.entity(authorities)?.is_plural());
    /// assert!(!graph.entity(agency)?.is_plural());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn is_plural(self) -> bool {
        let by_kind = || self.graph.vocabulary.is_plural(self.registered.kind);
        self.registered.plural.unwrap_or_else(by_kind)
    }

    /// Returns whether the name is plural as it was said of this entity. If it was not said, it is `None`, and the
    /// kind decides.
    ///
    /// ```
    /// use claimgraph::{reporting::*, ClaimGraph, Entity};
    /// let mut graph = ClaimGraph::new();
    /// let officials = graph.add(Group, "officials")?;
    /// let delegation = graph.add(Group, Entity::new("delegation").singular())?;
    /// assert_eq!(graph.entity(officials)?.stated_plural(), None);
    /// assert_eq!(graph.entity(delegation)?.stated_plural(), Some(false));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn stated_plural(self) -> Option<bool> {
        self.registered.plural
    }

    /// Returns the details of the document, if the entity was added as one.
    pub fn document(self) -> Option<&'g DocumentInfo> {
        self.registered.document
    }
}

impl fmt::Debug for EntityRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({:?})", self.kind(), self.key)
    }
}

impl ClaimGraph {
    /// Returns an entity by its handle.
    ///
    /// # Errors
    /// Returns an error if the graph does not have the entity.
    pub fn entity(&self, entity: impl Into<EntityId>) -> Result<EntityRef<'_>, Error> {
        let id = self.one_for(entity);
        let (key, registered) = self
            .registry
            .get(id)
            .ok_or_else(|| Error::unknown(FieldPath::Key, "entity", format!("{id:?}")))?;
        Ok(EntityRef { graph: self, id, key, registered })
    }

    /// Returns the entity that stands for this one. In a graph that is not
    /// [unified](crate::identity::UnifiedGraph), it is the entity itself.
    pub(crate) fn one_for(&self, entity: impl Into<EntityId>) -> EntityId {
        self.registry.one_for(entity.into())
    }

    /// Returns every entity, in order of insertion. Documents are entities too.
    pub fn entities(&self) -> impl Iterator<Item = EntityRef<'_>> {
        let ids = self.registry.ids().filter(|&id| self.one_for(id) == id);
        ids.filter_map(|id| self.entity(id).ok())
    }

    /// Returns every document, in order of insertion.
    pub fn documents(&self) -> impl Iterator<Item = EntityRef<'_>> {
        self.entities().filter(|entity| entity.document().is_some())
    }

    /// Returns the name to show for an entity: its canonical name or its key. If the graph does not have the entity, it
    /// is `?`.
    pub fn name_of(&self, entity: impl Into<EntityId>) -> &str {
        self.entity(entity).map_or("?", EntityRef::name)
    }

    /// Returns the name to show for a speaker that may be unnamed.
    pub(crate) fn speaker_name(&self, speaker: Option<EntityId>) -> &str {
        speaker.map_or("somebody not named", |speaker| self.name_of(speaker))
    }

    /// Looks up an entity of this kind by its name or key. Case and spacing of a name do not matter. If the kind is
    /// `Place` or a kind below it, metonyms are ignored, so that "Moscow" is the city. `State` is below `Place`: to
    /// find a state by its metonym, look it up as an `Actor`. An adjective finds its entity only if no entity of the kind
    /// has the text as another name or as its key. The periods of names do not matter.
    ///
    /// ```
    /// use claimgraph::{reporting::*, ClaimGraph, Entity};
    /// let mut graph = ClaimGraph::new();
    /// let georgia = graph.add(State, Entity::new("georgia").named("Georgia").adjective("Georgian"))?;
    /// assert_eq!(graph.lookup("Georgian", Actor).one(), Some(georgia.up()));
    /// let paper = graph.add(Organization, Entity::new("georgian").named("Georgian"))?;
    /// assert_eq!(graph.lookup("Georgian", Actor).one(), Some(paper.up()));
    /// assert_eq!(graph.lookup("Georgian", State).one(), Some(georgia));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn lookup<K: Kind>(&self, name: &str, kind: K) -> Lookup<Id<K>> {
        let _ = kind;
        Lookup::of(self.search(name, Some(K::KEY)).map(Id::new).collect())
    }

    /// Looks up an entity like [`lookup`](Self::lookup), of a kind that is known only at run time. `None` is any kind.
    pub fn lookup_untyped(&self, name: &str, kind: Option<&str>) -> Lookup<EntityId> {
        Lookup::of(self.search(name, kind).collect())
    }

    fn search(&self, name: &str, kind: Option<&str>) -> impl Iterator<Item = EntityId> {
        let wanted = kind.map(|key| self.vocabulary.kinds.find(key));
        let is_a = |kind: KindId, key: &str| self.vocabulary.is_below(kind, key);
        // A kind that is also an actor, such as a state, is not meant as the place alone.
        let wants_place =
            matches!(wanted, Some(Some(kind)) if is_a(kind, "Place") && !is_a(kind, "Actor"));
        let spelled = folded(name);
        // The kinds of the names that are spelled so. The key is like an alias.
        let kinds = |entity: &EntityId| {
            let (key, registered) = self.registry.get(*entity)?;
            let of_kind = wanted.is_none_or(|wanted| {
                wanted.is_some_and(|kind| self.vocabulary.is_a(registered.kind, kind))
            });
            let spelled_so = registered.names.iter().filter(|n| folded(n.text()) == spelled);
            let key = (key == name.trim()).then_some(NameKind::Alias);
            of_kind.then(|| spelled_so.map(Name::kind).chain(key).collect::<Vec<_>>())
        };
        let mut found: Vec<(EntityId, Vec<NameKind>)> = self
            .registry
            .named(name)
            .into_iter()
            .filter_map(|entity| Some((entity, kinds(&entity)?)))
            .filter(|(_, kinds)| {
                !wants_place || kinds.iter().any(|kind| *kind != NameKind::Metonym)
            })
            .collect();
        let is_name = |(_, kinds): &(EntityId, Vec<NameKind>)| {
            kinds.iter().any(|kind| *kind != NameKind::Adjective)
        };
        if found.iter().any(is_name) {
            found.retain(is_name);
        }
        found.into_iter().map(|(entity, _)| entity)
    }
}
