//! The columns with the values of a claim: entities, texts and quantities.

use crate::tables::bound_column::{Header, QuantityColumns, Source};
use crate::tables::cell::Seen;
use crate::tables::csv_reader::Fields;
use crate::tables::entity_column::{End, EntityColumn};
use crate::tables::mapping::ValueField;
use claimgraph::claim::NotStated;
use claimgraph::format::{ReadError, Savepoint};
use claimgraph::vocabulary::{Any, Argument, Fills};
use claimgraph::{EntityId, Quantity};

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

#[expect(clippy::large_enum_variant, reason = "there are as many as a mapping has columns")]
pub(super) enum ValueColumn {
    Entity(EntityColumn),
    Text(Source),
    Quantity(QuantityColumns),
}

impl ValueColumn {
    pub(super) fn new(
        name: &str,
        field: &ValueField,
        end: End,
        header: &Header,
    ) -> Result<Self, ReadError> {
        Ok(match field {
            ValueField::Entity(field) => {
                ValueColumn::Entity(EntityColumn::new(name, field, end, header)?)
            }
            ValueField::Text(cell) => ValueColumn::Text(Source::new(name, cell, header)?),
            ValueField::Quantity(field) => {
                ValueColumn::Quantity(QuantityColumns::new(name, field, header)?)
            }
        })
    }

    pub(super) fn source(&self) -> &Source {
        match self {
            ValueColumn::Entity(column) => column.source(),
            ValueColumn::Text(source) => source,
            ValueColumn::Quantity(columns) => &columns.amount,
        }
    }

    pub(super) fn get(
        &mut self,
        savepoint: &mut Savepoint<'_>,
        row: Fields<'_>,
        relation: &str,
    ) -> Result<Seen<Value>, ReadError> {
        match self {
            ValueColumn::Entity(column) => {
                column.entity(savepoint, row, relation)?.try_map(|entity| Ok(Value::Entity(entity)))
            }
            ValueColumn::Text(source) => {
                source.text(row)?.try_map(|text| Ok(Value::Text(text.into_owned())))
            }
            ValueColumn::Quantity(columns) => columns.get(row)?.try_map(|q| Ok(Value::Quantity(q))),
        }
    }
}
