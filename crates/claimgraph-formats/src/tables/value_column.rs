//! The columns with the values of a claim: entities, texts, quantities, documents and days.

use crate::tables::bound_column::{
    DateColumn, EntityColumn, Header, Memo, QuantityColumns, Source,
};
use crate::tables::cell::{Seen, wrong};
use crate::tables::csv_reader::Fields;
use crate::tables::mapping::{DocumentField, ValueField};
use claimgraph::claim::NotStated;
use claimgraph::format::{ReadError, ReadErrorKind, Savepoint};
use claimgraph::vocabulary::{Any, Argument, Fills};
use claimgraph::{Date, DocumentInfo, Entity, EntityId, Quantity};

/// The value of a subject, an object or a role.
pub(super) enum Value {
    Entity(EntityId),
    Text(String),
    Quantity(Quantity),
    Nothing,
    NotStated,
}

impl From<Option<EntityId>> for Value {
    fn from(entity: Option<EntityId>) -> Self {
        entity.map_or(Value::NotStated, Value::Entity)
    }
}

impl Fills<Any> for Value {
    fn argument(self) -> Argument {
        match self {
            Value::Entity(entity) => Fills::<Any>::argument(entity),
            Value::Text(text) => Fills::<Any>::argument(text),
            Value::Quantity(quantity) => Fills::<Any>::argument(quantity),
            Value::Nothing => Fills::<Any>::argument(()),
            Value::NotStated => Fills::<Any>::argument(NotStated),
        }
    }
}

pub(super) enum ValueColumn {
    Entity(EntityColumn),
    Text(Source),
    Quantity(QuantityColumns),
}

impl ValueColumn {
    pub(super) fn new(name: &str, field: &ValueField, header: &Header) -> Result<Self, ReadError> {
        Ok(match field {
            ValueField::Entity(field) => {
                ValueColumn::Entity(EntityColumn::new(name, field, header)?)
            }
            ValueField::Text(cell) => ValueColumn::Text(Source::new(name, cell, header)?),
            ValueField::Quantity(field) => {
                ValueColumn::Quantity(QuantityColumns::new(name, field, header)?)
            }
        })
    }

    pub(super) fn source(&self) -> &Source {
        match self {
            ValueColumn::Entity(column) => &column.memo.source,
            ValueColumn::Text(source) => source,
            ValueColumn::Quantity(columns) => columns.source(),
        }
    }

    pub(super) fn get(
        &mut self,
        savepoint: &mut Savepoint<'_>,
        row: Fields<'_>,
    ) -> Result<Seen<Value>, ReadError> {
        match self {
            ValueColumn::Entity(column) => {
                column.get(savepoint, row)?.try_map(|entity| Ok(Value::Entity(entity)))
            }
            ValueColumn::Text(source) => {
                source.text(row)?.try_map(|text| Ok(Value::Text(text.into_owned())))
            }
            ValueColumn::Quantity(columns) => columns.get(row)?.try_map(|q| Ok(Value::Quantity(q))),
        }
    }
}

pub(super) struct DocumentColumn {
    pub(super) memo: Memo<EntityId>,
    date: Option<DateColumn>,
    key_prefix: String,
}

impl DocumentColumn {
    pub(super) fn new(field: &DocumentField, header: &Header) -> Result<Self, ReadError> {
        Ok(Self {
            memo: Memo::new(Source::new("document", &field.text, header)?),
            date: DateColumn::new("document.date", field.date.as_ref(), header)?,
            key_prefix: field.key_prefix.clone(),
        })
    }

    pub(super) fn get(
        &mut self,
        savepoint: &mut Savepoint<'_>,
        row: Fields<'_>,
    ) -> Result<Seen<EntityId>, ReadError> {
        let Some(date) = day(self.date.as_mut(), row)? else { return Ok(Seen::Skip) };
        let prefix = &self.key_prefix;
        self.memo.get(row, |cell, bytes| {
            cell.read(bytes)?.try_map(|text| {
                let entity = Entity::new(format!("{prefix}{text}")).named(&*text);
                let document = date.map_or_else(DocumentInfo::undated, DocumentInfo::dated);
                savepoint.document(entity, document).map_err(ReadErrorKind::Refused)
            })
        })
    }
}

/// Returns the one day of a column. The inner `None` is for an absent column or an empty cell, the outer `None` for
/// a row to be skipped.
pub(super) fn day(
    column: Option<&mut DateColumn>,
    row: Fields<'_>,
) -> Result<Option<Option<Date>>, ReadError> {
    let Some(column) = column else { return Ok(Some(None)) };
    match column.get(row)? {
        Seen::Is(dated) => match dated.day() {
            Some(day) => Ok(Some(Some(day))),
            None => {
                let problem = "a report date is one day, and this is a longer time";
                Err(column.memo.source.fault(row, wrong(problem)))
            }
        },
        Seen::Absent => Ok(Some(None)),
        Seen::Skip => Ok(None),
    }
}
