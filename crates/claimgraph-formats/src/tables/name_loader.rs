//! Makes an entity with its names of a row of text, for the reader of tables.

use crate::tables::bound_column::{Bound, Header, Source, WordColumn};
use crate::tables::cell::{Cell, Seen};
use crate::tables::csv_reader::Fields;
use crate::tables::entity_column::{End, EntityColumn};
use crate::tables::name_mapping::{NameField, NameMapping};
use crate::tables::time_column::TimeColumns;
use claimgraph::entity::{Name, NameKind};
use claimgraph::format::{ReadError, ReadErrorKind};
use claimgraph::{ClaimGraph, Entity};

/// The columns of a mapping of names, resolved against one file.
pub(super) struct NameColumns {
    entity: EntityColumn,
    names: Vec<NameColumn>,
    codes: Vec<(String, Source)>,
}

struct NameColumn {
    text: Source,
    kind: Option<WordColumn<NameKind>>,
    language: Option<Source>,
    valid: Option<TimeColumns>,
}

impl NameColumns {
    pub(super) fn new(mapping: &NameMapping, header: &Header) -> Result<Self, ReadError> {
        let entity = EntityColumn::new("entity", &mapping.entity, End::Other, header)?;
        let names = mapping.names.iter().enumerate();
        let names = names.map(|(place, field)| NameColumn::new(place, field, header));
        let codes = mapping.codes.iter().map(|field| {
            let source = Source::new(format!("codes.{}", field.system), &field.text, header)?;
            Ok((field.system.clone(), source))
        });
        Ok(Self {
            entity,
            names: names.collect::<Result<_, _>>()?,
            codes: codes.collect::<Result<_, ReadError>>()?,
        })
    }

    /// Adds the entity of the row, or its names to the entity that has the key. Returns false if the row is skipped.
    pub(super) fn load(
        &mut self,
        graph: &mut ClaimGraph,
        row: Fields<'_>,
    ) -> Result<bool, ReadError> {
        let Seen::Is((key, kind)) = self.entity.key_and_kind(graph, row)? else {
            return Ok(false);
        };
        let mut entity = Entity::new(key);
        for column in &mut self.names {
            match column.name(row)? {
                Seen::Is(name) => entity = entity.with_name(name),
                Seen::Absent => {}
                Seen::Skip => return Ok(false),
            }
        }
        for (system, source) in &self.codes {
            match source.text(row)? {
                Seen::Is(code) => entity = entity.code(system, code),
                Seen::Absent => {}
                Seen::Skip => return Ok(false),
            }
        }
        // It is added as a whole, or refused.
        let added = graph.add_untyped(&kind, entity);
        let refused = |error| self.entity.source().fault(row, ReadErrorKind::Refused(error));
        added.map(|_| true).map_err(refused)
    }
}

impl NameColumn {
    fn new(place: usize, field: &NameField, header: &Header) -> Result<Self, ReadError> {
        let part = |part: &str| format!("names.{place}.{part}");
        let source = |name: &str, cell: &Cell| Source::new(part(name), cell, header);
        let language = field.language.as_ref().map(|cell| source("language", cell));
        let kind = field.kind.as_ref();
        let kind = kind.map(|cell| Bound::new(part("kind"), &NameKind::ALL, cell, header));
        let valid = field.valid.as_ref().map(|time| TimeColumns::new(&part("valid"), time, header));
        Ok(Self {
            text: source("text", &field.text)?,
            kind: kind.transpose()?,
            language: language.transpose()?,
            valid: valid.transpose()?,
        })
    }

    /// Returns the name of the row.
    fn name(&mut self, row: Fields<'_>) -> Result<Seen<Name>, ReadError> {
        let text = match self.text.text(row)? {
            Seen::Is(text) => text,
            Seen::Absent => return Ok(Seen::Absent),
            Seen::Skip => return Ok(Seen::Skip),
        };
        let kind = match self.kind.as_mut().map(|kind| kind.get(row)).transpose()? {
            Some(Seen::Is(kind)) => kind,
            Some(Seen::Skip) => return Ok(Seen::Skip),
            Some(Seen::Absent) | None => NameKind::Canonical,
        };
        let mut name = Name::new(text, kind);
        match self.language.as_ref().map(|language| language.text(row)).transpose()? {
            Some(Seen::Is(language)) => name = name.in_language(language),
            Some(Seen::Skip) => return Ok(Seen::Skip),
            Some(Seen::Absent) | None => {}
        }
        match self.valid.as_mut().map(|valid| valid.get(row)).transpose()? {
            Some(Seen::Is((when, _))) => {
                if let Some(period) = when.period() {
                    name = name.valid(period);
                }
            }
            Some(Seen::Skip) => return Ok(Seen::Skip),
            Some(Seen::Absent) | None => {}
        }
        Ok(Seen::Is(name))
    }
}
