//! Makes a claim of a row of text and inserts it into the graph, for the reader of tables.

use crate::tables::bound_column::{
    Bound, DateColumn, DocumentColumn, Header, QuantityColumns, RelationColumn, Source, WordColumn,
    field_of,
};
use crate::tables::cell::{Cell, Seen, wrong};
use crate::tables::csv_reader::Fields;
use crate::tables::date_format::DateField;
use crate::tables::entity_column::{End, EntityColumn};
use crate::tables::mapping::Mapping;
use crate::tables::time_column::{TimeColumns, When};
use crate::tables::value_column::{Value, ValueColumn};
use claimgraph::claim::{Certainty, NotStated, PlainClaim, Polarity, Quote};
use claimgraph::error::ErrorKind;
use claimgraph::format::{ReadError, ReadErrorKind, Savepoint};
use claimgraph::vocabulary::Any;
use claimgraph::{Claim, ClaimGraph, ClaimId, Error, Modality, Role, Stance};
use std::collections::HashMap;

/// The columns of a mapping, resolved against one file.
pub(super) struct Columns {
    speaker: EntityColumn,
    subject: EntityColumn,
    relation: RelationColumn,
    object: Option<ValueColumn>,
    stance: Option<WordColumn<Stance>>,
    polarity: Option<WordColumn<Polarity>>,
    certainty: Option<WordColumn<Certainty>>,
    modality: Option<WordColumn<Modality>>,
    valid: TimeColumns,
    reported: Option<DateColumn>,
    document: Option<DocumentColumn>,
    dated: Option<DateColumn>,
    quantity: Option<QuantityColumns>,
    roles: Vec<(Role<Any>, ValueColumn)>,
    quote: Option<Source>,
    words: Option<Source>,
    name: Option<Source>,
    answers: Option<Source>,
    named: HashMap<String, ClaimId>,
}

/// Gives the value, or `None` if it is left out. If the row is to be skipped, it returns from the function.
macro_rules! seen {
    ($seen:expr) => {
        match $seen {
            Seen::Is(value) => Some(value),
            Seen::Absent => None,
            Seen::Skip => return Ok(false),
        }
    };
}

macro_rules! optional {
    ($column:expr, $row:expr) => {
        match $column {
            Some(column) => seen!(column.get($row)?),
            None => None,
        }
    };
}

/// Gives the day of a column, if the column and its day are there.
macro_rules! day {
    ($column:expr, $row:expr) => {
        match $column {
            Some(column) => seen!(column.day($row)?),
            None => None,
        }
    };
}

/// Gives the text of a cell, if the row has it.
macro_rules! text {
    ($source:expr, $row:expr) => {
        match $source {
            Some(source) => seen!(source.text($row)?),
            None => None,
        }
    };
}

/// Returns a column with words of a closed list.
fn words<T: Copy>(
    name: &str,
    cell: &Option<Cell>,
    all: &'static [T],
    header: &Header,
) -> Result<Option<WordColumn<T>>, ReadError> {
    cell.as_ref().map(|cell| Bound::new(name, &all, cell, header)).transpose()
}

impl Columns {
    pub(super) fn new(
        mapping: &Mapping,
        graph: &ClaimGraph,
        header: &Header,
    ) -> Result<Self, ReadError> {
        let wrong = |field: String, problem: String| {
            ReadError::new(ReadErrorKind::Mapping(problem)).in_field(field)
        };
        let mut roles = Vec::new();
        for field in &mapping.roles {
            let name = format!("roles.{}", field.role);
            let role =
                graph.role(&field.role).map_err(|error| wrong(name.clone(), error.to_string()))?;
            roles.push((role, ValueColumn::new(&name, &field.value, End::Other, header)?));
        }
        let date = |name: &str, field: &Option<DateField>| {
            let field = field.as_ref();
            field.map(|field| Bound::new(name, field, &field.text, header)).transpose()
        };
        let source = |name: &str, cell: &Option<Cell>| {
            cell.as_ref().map(|cell| Source::new(name, cell, header)).transpose()
        };
        let time = mapping.valid.clone().unwrap_or_default();
        let valid = TimeColumns::new("valid", &time, header)?;
        let document = mapping.document.as_ref();
        let object = mapping.object.as_ref();
        let quantity = mapping.quantity.as_ref();
        Ok(Self {
            speaker: EntityColumn::new("speaker", &mapping.speaker, End::Other, header)?,
            subject: EntityColumn::new("subject", &mapping.subject, End::Subject, header)?,
            relation: Bound::new("relation", &mapping.relation, &mapping.relation.text, header)?,
            object: object
                .map(|field| ValueColumn::new("object", field, End::Object, header))
                .transpose()?,
            stance: words("stance", &mapping.stance, Stance::ALL, header)?,
            polarity: words("polarity", &mapping.polarity, Polarity::ALL, header)?,
            certainty: words("certainty", &mapping.certainty, Certainty::ALL, header)?,
            modality: words("modality", &mapping.modality, Modality::ALL, header)?,
            valid,
            reported: date("reported", &mapping.reported)?,
            document: document
                .map(|field| Bound::new("document", &field.key_prefix, &field.text, header))
                .transpose()?,
            dated: date("document.date", &document.and_then(|field| field.date.clone()))?,
            quantity: quantity
                .map(|field| QuantityColumns::new("quantity", field, header))
                .transpose()?,
            roles,
            quote: source("quote", &mapping.quote)?,
            words: source("words", &mapping.words)?,
            name: source("name", &mapping.name)?,
            answers: source("answers", &mapping.answers)?,
            named: HashMap::new(),
        })
    }

    /// Inserts the claim of the row. Returns false if the row is skipped. If the row is refused or skipped, its
    /// entities and its relation are removed again.
    pub(super) fn load(
        &mut self,
        graph: &mut ClaimGraph,
        row: Fields<'_>,
    ) -> Result<bool, ReadError> {
        let outcome = self.put(&mut Savepoint::new(graph), row);
        if matches!(outcome, Ok(true)) {
            return outcome;
        }
        let gone = |entity| graph.entity(entity).is_err();
        self.relation.forget(row, |_| true);
        self.speaker.forget(row, gone);
        self.subject.forget(row, gone);
        if let Some(document) = &mut self.document {
            document.forget(row, gone);
        }
        let roles = self.roles.iter_mut().map(|(_, column)| column);
        for column in self.object.iter_mut().chain(roles) {
            if let ValueColumn::Entity(column) = column {
                column.forget(row, gone);
            }
        }
        outcome
    }

    fn put(&mut self, savepoint: &mut Savepoint<'_>, row: Fields<'_>) -> Result<bool, ReadError> {
        let stance = optional!(&mut self.stance, row).unwrap_or(Stance::Asserts);
        let (polarity, modality) =
            (optional!(&mut self.polarity, row), optional!(&mut self.modality, row));
        let mut certainty = optional!(&mut self.certainty, row);
        let Some((when, unsure)) = seen!(self.valid.get(row)?) else { return Ok(false) };
        if unsure && certainty.is_none() && stance.usual_certainty() < Certainty::Probable {
            certainty = Some(Certainty::Probable);
        }
        let reported = day!(&mut self.reported, row);
        let quantity = match &self.quantity {
            Some(columns) => seen!(columns.get(row)?),
            None => None,
        };
        let Some(relation) = seen!(self.relation.relation(savepoint, row)?) else {
            return Ok(false);
        };
        let key = seen!(self.relation.source.text(row)?).unwrap_or_default();
        let speaker = seen!(self.speaker.entity(savepoint, row, &key)?);
        let subject = seen!(self.subject.entity(savepoint, row, &key)?);
        let object = match &mut self.object {
            Some(column) => seen!(column.get(savepoint, row, &key)?).unwrap_or(Value::NotStated),
            None => Value::Nothing,
        };
        let document = match &mut self.document {
            Some(column) => {
                let date = day!(&mut self.dated, row);
                seen!(column.document(savepoint, date, row)?)
            }
            None => None,
        };
        let quote = text!(&self.quote, row);
        let words = text!(&self.words, row);
        let plain =
            polarity.is_none() && modality.is_none() && certainty.is_none() && quantity.is_none();
        let alone = self.roles.is_empty() && self.name.is_none() && self.answers.is_none();
        let alone = alone && quote.is_none() && words.is_none();
        if let (true, true, Some(speaker), Some(subject), Value::Entity(object)) =
            (plain, alone, speaker, subject, &object)
        {
            let mut claim = PlainClaim::new(speaker, stance).about(subject, relation, *object);
            claim = set(claim, reported, PlainClaim::reported);
            claim = set(claim, document, PlainClaim::read_in);
            let claim = match &when {
                When::Always => Some(claim),
                When::On(day) => Some(claim.valid_on(*day)),
                When::Throughout(first, last) => Some(claim.valid_throughout(*first, *last)),
                When::Since(day) => Some(claim.valid_since(*day)),
                When::Period(_) => None,
            };
            if let Some(claim) = claim {
                let put = savepoint.insert(claim);
                return put.map(|_| true).map_err(|error| self.refused(row, error));
            }
        }
        // If the row has no ends, a dismissal or retraction makes no statement of its own.
        let says_itself = stance.takes_statement()
            || subject.is_some()
            || !matches!(object, Value::NotStated | Value::Nothing);
        let voice = speaker.map_or_else(|| Claim::by(NotStated), Claim::by);
        let mut claim = match says_itself {
            true => voice.says(stance, Value::from(subject), relation, object),
            false => voice.answers(stance, Vec::new()),
        };
        for (role, column) in &mut self.roles {
            if let Some(value) = seen!(column.get(savepoint, row, &key)?) {
                claim = claim.with(*role, value);
            }
        }
        let named = match &self.name {
            Some(source) => match seen!(source.text(row)?) {
                Some(name) if self.named.contains_key(&*name) => {
                    return Err(source.fault(row, wrong("an earlier row has this name")));
                }
                name => name,
            },
            None => None,
        };
        if let Some(source) = &self.answers
            && let Some(name) = seen!(source.text(row)?)
        {
            let unknown = || source.fault(row, wrong("no accepted earlier row has this name"));
            claim = claim.responding_to(*self.named.get(&*name).ok_or_else(unknown)?);
        }
        let period = when.period();
        claim = set(claim, polarity, Claim::polarity);
        claim = set(claim, modality, Claim::modality);
        claim = set(claim, certainty, Claim::certainty);
        claim = set(claim, quantity, Claim::quantity);
        claim = set(claim, reported, Claim::reported);
        claim = set(claim, document, |claim, document| claim.read_in(document, ..));
        claim = set(claim, period, Claim::valid);
        claim = set(claim, quote, |claim, words| claim.quote(Quote::whole(&*words)));
        claim = set(claim, words, |claim, words| claim.words(words));
        let id = savepoint.insert(claim).map_err(|error| self.refused(row, error))?;
        let named = named.map(std::borrow::Cow::into_owned);
        self.named.extend(named.map(|name| (name, id)));
        Ok(true)
    }

    /// Makes an error of a refusal of the graph, in the column that it is about, if there is one.
    #[cold]
    fn refused(&self, row: Fields<'_>, error: Error) -> ReadError {
        let field = field_of(&error);
        let stance = self.stance.as_ref().map(|column| &column.source);
        let role = |field: &str| {
            let rest = |source: &Source| source.name().strip_prefix(field).map(str::to_owned);
            let is_part = |rest: String| rest.is_empty() || rest.starts_with('.');
            let mut roles = self.roles.iter().map(|(_, column)| column.source());
            roles.find(|source| rest(source).is_some_and(is_part))
        };
        let source = match field.as_deref() {
            Some("speaker") => Some(self.speaker.source()),
            Some("subject") => Some(self.subject.source()),
            Some("relation") => Some(&self.relation.source),
            Some("object") => self.object.as_ref().map(ValueColumn::source),
            Some("stance") => match error.kind() {
                ErrorKind::NotTaken { found: "polarity", .. } => {
                    self.polarity.as_ref().map(|column| &column.source)
                }
                _ => stance,
            },
            Some("quantity") => self.quantity.as_ref().map(|columns| &columns.amount),
            Some("reported") => self.reported.as_ref().map(|column| &column.source),
            Some("valid") => self.valid.source(),
            Some("document") => self.document.as_ref().map(|column| &column.source),
            Some("answers") => self.answers.as_ref().or(stance),
            Some(field) => role(field),
            None => None,
        };
        match source {
            Some(source) => source.fault(row, ReadErrorKind::Refused(error)),
            None => ReadError::at(row.line, ReadErrorKind::Refused(error))
                .in_field(field.unwrap_or_default()),
        }
    }
}

/// Returns the claim with a part set, if the row has it.
fn set<C, T>(claim: C, part: Option<T>, set: impl FnOnce(C, T) -> C) -> C {
    match part {
        Some(part) => set(claim, part),
        None => claim,
    }
}
