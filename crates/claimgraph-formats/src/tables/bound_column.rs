//! The columns of a mapping, resolved against a header. The cells of a row go in, entities, relations, words, dates
//! and quantities come out. Each text is resolved once and remembered by its bytes.

use crate::tables::cell::{Cell, Column, Seen, wrong};
use crate::tables::csv_reader::Fields;
use crate::tables::date_format::{DateField, Dated};
use crate::tables::mapping::{QuantityField, RelationField};
use claimgraph::error::{ErrorKind, FieldPath};
use claimgraph::format::{ReadError, ReadErrorKind, Savepoint, excerpt};
use claimgraph::quantity::{Amount, Precision};
use claimgraph::vocabulary::Any;
use claimgraph::{Date, DocumentInfo, Entity, EntityId, Error, Quantity, Relation};
use serde::Serialize;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// The column of a cell, or its constant text.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Place {
    number: usize,
    header: Option<String>,
}

/// The names of the columns, if there is a header, and their number.
pub(super) struct Header {
    pub(super) names: Vec<String>,
    pub(super) ragged: bool,
    /// The columns that the mapping names.
    mapped: RefCell<BTreeSet<usize>>,
}

impl Header {
    pub(super) fn new(ragged: bool) -> Self {
        Self { names: Vec::new(), ragged, mapped: RefCell::default() }
    }

    /// Returns the columns that the mapping does not name.
    pub(super) fn unmapped(&self) -> impl Iterator<Item = (usize, &str)> {
        let names = self.names.iter().enumerate();
        let is_left = |(number, _): &(usize, &String)| !self.mapped.borrow().contains(number);
        names.filter(is_left).map(|(number, name)| (number, name.as_str()))
    }

    fn name(&self, number: usize) -> Option<String> {
        self.names.get(number).cloned()
    }
}

/// A cell of the mapping, and its column in this file.
#[derive(Clone)]
pub(super) struct Source {
    field: String,
    cell: Cell,
    place: Option<Place>,
    ragged: bool,
}

impl Source {
    /// Returns the part of the mapping, such as `valid.at`.
    pub(super) fn name(&self) -> &str {
        &self.field
    }

    pub(super) fn new(
        field: impl Into<String>,
        cell: &Cell,
        header: &Header,
    ) -> Result<Self, ReadError> {
        let (field, cell) = (field.into(), cell.clone());
        let wrong = |problem: String| {
            Err(ReadError::new(ReadErrorKind::Mapping(problem)).in_field(field.clone()))
        };
        let number = match (&cell.column, &cell.constant) {
            (None, Some(_)) => None,
            (Some(Column::Number(number)), None) => Some(*number),
            (Some(Column::Name(name)), None) => {
                let mut found =
                    header.names.iter().enumerate().filter(|(_, header)| *header == name);
                match (found.next(), found.next()) {
                    (Some((number, _)), None) => Some(number),
                    (Some(_), Some(_)) => {
                        return wrong(format!(
                            "the header has several columns \"{}\"; expected one",
                            excerpt(name)
                        ));
                    }
                    (None, _) => {
                        return wrong(format!("the header has no column \"{}\"", excerpt(name)));
                    }
                }
            }
            _ => return wrong("expected either a column or a constant".to_owned()),
        };
        let columns = header.names.len();
        if let Some(number) =
            number.filter(|&number| !header.ragged && columns > 0 && number >= columns)
        {
            return wrong(format!(
                "the header has no column {number}, counted from 0: it has {columns}"
            ));
        }
        header.mapped.borrow_mut().extend(number);
        let place = number.map(|number| Place { number, header: header.name(number) });
        Ok(Self { field, cell, place, ragged: header.ragged })
    }

    /// Returns the bytes of the cell in this row.
    fn bytes<'r>(&'r self, row: Fields<'r>) -> Result<&'r [u8], ReadError> {
        match (&self.place, &self.cell.constant) {
            (Some(place), _) => match row.get(place.number) {
                Some(bytes) => Ok(bytes),
                None if self.ragged => Ok(&[]),
                None => Err(self.fault(row, wrong("it is missing"))),
            },
            (None, constant) => Ok(constant.as_deref().unwrap_or_default().as_bytes()),
        }
    }

    #[cold]
    pub(super) fn fault(&self, row: Fields<'_>, kind: ReadErrorKind) -> ReadError {
        let value = match &self.place {
            Some(place) => row.get(place.number).unwrap_or_default(),
            None => self.cell.constant.as_deref().unwrap_or_default().as_bytes(),
        };
        let (column, header) = match &self.place {
            Some(place) => (Some(place.number as u64), place.header.as_deref()),
            None => (None, None),
        };
        ReadError::at(row.line, kind).in_field(self.field.clone()).in_cell(column, header, value)
    }

    pub(super) fn text<'r>(&'r self, row: Fields<'r>) -> Result<Seen<Cow<'r, str>>, ReadError> {
        self.cell.read(self.bytes(row)?).map_err(|kind| self.fault(row, kind))
    }
}

/// A field of the mapping with few values for its many rows, and its column in this file. Each text is resolved, and
/// checked to be UTF-8, when it is first seen.
pub(super) struct Bound<F, T> {
    pub(super) source: Source,
    pub(super) field: F,
    known: HashMap<Box<[u8]>, Seen<T>>,
    /// The value of a constant, from the first row on.
    constant: Option<Seen<T>>,
}

impl<F: Clone, T: Copy> Bound<F, T> {
    pub(super) fn new(
        name: impl Into<String>,
        field: &F,
        cell: &Cell,
        header: &Header,
    ) -> Result<Self, ReadError> {
        let source = Source::new(name, cell, header)?;
        Ok(Self { source, field: field.clone(), known: HashMap::new(), constant: None })
    }

    pub(super) fn value(
        &mut self,
        row: Fields<'_>,
        resolve: impl FnOnce(&F, &Cell, &[u8]) -> Result<Seen<T>, ReadErrorKind>,
    ) -> Result<Seen<T>, ReadError> {
        if let Some(constant) = self.constant {
            return Ok(constant);
        }
        let bytes = self.source.bytes(row)?;
        if let Some(known) = self.known.get(bytes) {
            return Ok(*known);
        }
        let seen = resolve(&self.field, &self.source.cell, bytes)
            .map_err(|kind| self.source.fault(row, kind))?;
        match self.source.place {
            Some(_) => {
                self.known.insert(bytes.into(), seen);
            }
            None => self.constant = Some(seen),
        }
        Ok(seen)
    }

    /// Forgets the value of this row if it is gone, because the row was undone.
    pub(super) fn forget(&mut self, row: Fields<'_>, gone: impl Fn(T) -> bool) {
        if matches!(self.constant, Some(Seen::Is(value)) if gone(value)) {
            self.constant = None;
        }
        if let Ok(bytes) = self.source.bytes(row)
            && matches!(self.known.get(bytes), Some(Seen::Is(value)) if gone(*value))
        {
            self.known.remove(bytes);
        }
    }
}

/// A column with documents, whose field is the prefix of their keys.
pub(super) type DocumentColumn = Bound<String, EntityId>;

impl DocumentColumn {
    pub(super) fn document(
        &mut self,
        savepoint: &mut Savepoint<'_>,
        date: Option<Date>,
        row: Fields<'_>,
    ) -> Result<Seen<EntityId>, ReadError> {
        self.value(row, |prefix, cell, bytes| {
            cell.read(bytes)?.try_map(|text| {
                let entity = Entity::new(format!("{prefix}{text}")).named(&*text);
                let document = date.map_or_else(DocumentInfo::undated, DocumentInfo::dated);
                savepoint.document(entity, document).map_err(ReadErrorKind::Refused)
            })
        })
    }
}

/// A column with relations.
pub(super) type RelationColumn = Bound<RelationField, Relation<Any, Any>>;

impl RelationColumn {
    pub(super) fn relation(
        &mut self,
        savepoint: &mut Savepoint<'_>,
        row: Fields<'_>,
    ) -> Result<Seen<Relation<Any, Any>>, ReadError> {
        self.value(row, |field, cell, bytes| {
            cell.read(bytes)?.try_map(|key| {
                let unknown = savepoint.graph().vocabulary().relation(&key).is_none();
                let template = field.unknown.as_ref().filter(|_| unknown);
                let declared = template.map_or(Ok(()), |template| {
                    savepoint.declare_relation(template.definition(&key))
                });
                declared
                    .and_then(|()| savepoint.graph().relation(&key))
                    .map_err(ReadErrorKind::Refused)
            })
        })
    }
}

/// A column with words of a closed list, such as stances. Its field is the list.
pub(super) type WordColumn<T> = Bound<&'static [T], T>;

impl<T: Copy + Serialize> WordColumn<T> {
    pub(super) fn get(&mut self, row: Fields<'_>) -> Result<Seen<T>, ReadError> {
        self.value(row, |all, cell, bytes| cell.read(bytes)?.try_map(|text| word(&text, all)))
    }
}

fn word<T: Copy + Serialize>(text: &str, all: &[T]) -> Result<T, ReadErrorKind> {
    let name = |value: &T| match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    };
    let expected = || all.iter().map(name).collect::<Vec<_>>().join(", ");
    let found = all.iter().find(|value| name(value) == text).copied();
    found.ok_or_else(|| wrong(format!("expected one of: {}", expected())))
}

/// A column with dates.
pub(super) type DateColumn = Bound<DateField, Dated>;

impl DateColumn {
    pub(super) fn get(&mut self, row: Fields<'_>) -> Result<Seen<Dated>, ReadError> {
        self.value(row, |field, _, bytes| field.read(bytes))
    }

    /// Returns the one day of a report.
    pub(super) fn day(&mut self, row: Fields<'_>) -> Result<Seen<Date>, ReadError> {
        self.get(row)?.try_map(|dated| {
            let problem = "expected one day as the report date, found a longer time";
            dated.day().ok_or_else(|| self.source.fault(row, wrong(problem)))
        })
    }
}

/// The columns of quantities: amount and unit, one of which may be a constant. Figures rarely repeat, so they are
/// not remembered.
pub(super) struct QuantityColumns {
    pub(super) amount: Source,
    unit: Source,
    meant: Precision,
}

impl QuantityColumns {
    pub(super) fn new(
        name: &str,
        field: &QuantityField,
        header: &Header,
    ) -> Result<Self, ReadError> {
        Ok(Self {
            amount: Source::new(format!("{name}.amount"), &field.amount, header)?,
            unit: Source::new(format!("{name}.unit"), &field.unit, header)?,
            meant: field.meant,
        })
    }

    pub(super) fn get(&self, row: Fields<'_>) -> Result<Seen<Quantity>, ReadError> {
        let (amount, unit) = match (self.amount.text(row)?, self.unit.text(row)?) {
            (Seen::Skip, _) | (_, Seen::Skip) => return Ok(Seen::Skip),
            (Seen::Absent, _) => return Ok(Seen::Absent),
            (Seen::Is(amount), unit) => (amount, unit),
        };
        let unit = match unit {
            Seen::Is(unit) => unit.into_owned(),
            _ => String::new(),
        };
        let amount: Amount = amount.parse().map_err(|_| {
            self.amount
                .fault(row, wrong("it is not a number; expected digits such as 1200 or -0.5"))
        })?;
        Ok(Seen::Is(Quantity::from_parts(Some(amount), self.meant, None, None, unit)))
    }
}

/// Returns the part of the mapping that the graph refused.
pub(super) fn field_of(error: &Error) -> Option<String> {
    match error.part()? {
        FieldPath::Role(key) => Some(format!("roles.{key}")),
        FieldPath::Target(_) => Some("answers".to_owned()),
        FieldPath::Speaker(_) => Some("speaker".to_owned()),
        _ if matches!(error.kind(), ErrorKind::NoReportDate) => Some("reported".to_owned()),
        part => Some(part.to_string()),
    }
}
