//! A column with entities: the text and the kind of a row go in, the entity comes out.

use crate::tables::bound_column::{Bound, Header, Source};
use crate::tables::cell::{Seen, wrong};
use crate::tables::csv_reader::Fields;
use crate::tables::mapping::{EntityField, EntityResolution, KindField};
use claimgraph::entity::Lookup;
use claimgraph::format::{ReadError, ReadErrorKind, Savepoint, excerpt};
use claimgraph::vocabulary::Slot;
use claimgraph::{ClaimGraph, Entity, EntityId};
use std::borrow::Cow;

/// The place of an entity in a claim, which decides what the relation takes there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum End {
    Subject,
    Object,
    Other,
}

/// A column with entities.
pub(super) struct EntityColumn {
    bound: Bound<EntityField, EntityId>,
    /// The cell with the kind, if it is in one.
    kind: Option<Source>,
    end: End,
}

impl EntityColumn {
    pub(super) fn new(
        name: &str,
        field: &EntityField,
        end: End,
        header: &Header,
    ) -> Result<Self, ReadError> {
        let kind = match &field.kind {
            KindField::In { text } => Some(Source::new(format!("{name}.kind"), text, header)?),
            _ => None,
        };
        Ok(Self { bound: Bound::new(name, field, &field.text, header)?, kind, end })
    }

    pub(super) fn source(&self) -> &Source {
        &self.bound.source
    }

    pub(super) fn forget(&mut self, row: Fields<'_>, gone: impl Fn(EntityId) -> bool) {
        self.bound.forget(row, gone);
    }

    /// Returns the entity of the row, given the key of its relation.
    pub(super) fn entity(
        &mut self,
        savepoint: &mut Savepoint<'_>,
        row: Fields<'_>,
        relation: &str,
    ) -> Result<Seen<EntityId>, ReadError> {
        if let KindField::Is(_) = self.bound.field.kind {
            return self.bound.value(row, |field, cell, bytes| {
                let KindField::Is(kind) = &field.kind else { return Ok(Seen::Absent) };
                cell.read(bytes)?.try_map(|text| resolve(field, kind, savepoint, &text))
            });
        }
        // The same text can be of another kind in another row, so it is not remembered.
        let text = match self.bound.source.text(row)? {
            Seen::Is(text) => text,
            Seen::Absent => return Ok(Seen::Absent),
            Seen::Skip => return Ok(Seen::Skip),
        };
        let kind = match self.kind_of(savepoint.graph(), row, relation)? {
            Seen::Is(kind) => kind,
            Seen::Absent => return Ok(Seen::Absent),
            Seen::Skip => return Ok(Seen::Skip),
        };
        let found = resolve(&self.bound.field, &kind, savepoint, &text);
        found.map(Seen::Is).map_err(|kind| self.bound.source.fault(row, kind))
    }

    /// Returns the key and the kind of the entity of the row. A new one has the kind of the mapping.
    pub(super) fn key_and_kind(
        &self,
        graph: &mut ClaimGraph,
        row: Fields<'_>,
    ) -> Result<Seen<(String, String)>, ReadError> {
        let Seen::Is(text) = self.bound.source.text(row)? else { return Ok(Seen::Skip) };
        let Seen::Is(kind) = self.kind_of(graph, row, "")? else { return Ok(Seen::Skip) };
        let field = &self.bound.field;
        let is_new = field.origin == EntityResolution::FirstSight
            && graph.entity_keyed(&format!("{}{text}", field.key_prefix)).is_err();
        if is_new {
            return Ok(Seen::Is((format!("{}{text}", field.key_prefix), kind.into_owned())));
        }
        let found = resolve(field, &kind, &mut Savepoint::new(graph), &text);
        let found = found.and_then(|id| graph.entity(id).map_err(ReadErrorKind::Refused));
        let found = found.map_err(|kind| self.bound.source.fault(row, kind))?;
        Ok(Seen::Is((found.key().to_owned(), found.kind().to_owned())))
    }

    fn kind_of<'r>(
        &'r self,
        graph: &ClaimGraph,
        row: Fields<'r>,
        relation: &str,
    ) -> Result<Seen<Cow<'r, str>>, ReadError> {
        let (by_relation, otherwise) = match (&self.bound.field.kind, &self.kind) {
            (KindField::Is(kind), _) => return Ok(Seen::Is(kind.into())),
            (KindField::ByRelation { by_relation, otherwise }, _) => (by_relation, otherwise),
            (_, Some(source)) => return source.text(row),
            (_, None) => return Ok(Seen::Absent),
        };
        if let Some(kind) = by_relation.get(relation).or(otherwise.as_ref()) {
            return Ok(Seen::Is(kind.into()));
        }
        let def = graph.vocabulary().relation(relation);
        let slot = def.and_then(|def| match self.end {
            End::Subject => Some(&def.subject),
            End::Object => Some(&def.object),
            End::Other => None,
        });
        match slot {
            Some(Slot::Kind(kind)) => Ok(Seen::Is(kind.clone().into())),
            _ => {
                let relation = excerpt(relation);
                let problem = format!(
                    "the relation \"{relation}\" does not say a kind; expected it in by-relation"
                );
                Err(self.bound.source.fault(row, wrong(problem)))
            }
        }
    }
}

fn resolve(
    field: &EntityField,
    kind: &str,
    savepoint: &mut Savepoint<'_>,
    text: &str,
) -> Result<EntityId, ReadErrorKind> {
    let key = format!("{}{text}", field.key_prefix);
    let found = match field.origin {
        EntityResolution::Name => {
            return match savepoint.graph().lookup_untyped(text, Some(kind)) {
                Lookup::One(entity) => Ok(entity),
                Lookup::Ambiguous(several) => {
                    Err(wrong(format!("expected the name of one entity, found {}", several.len())))
                }
                Lookup::Unknown => Err(wrong("no entity has this name")),
            };
        }
        EntityResolution::Key => savepoint.known_entity(kind, &key),
        EntityResolution::FirstSight => savepoint.entity(kind, Entity::new(key).named(text)),
    };
    found.map_err(ReadErrorKind::Refused)
}
