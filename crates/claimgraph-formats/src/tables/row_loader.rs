//! Makes a claim of a row of text and inserts it into the graph, for the reader of tables.

use crate::tables::bound_column::{
    DateColumn, EntityColumn, Header, QuantityColumns, RelationColumn, Source, WordColumn, field_of,
};
use crate::tables::cell::{Seen, wrong};
use crate::tables::csv_reader::Fields;
use crate::tables::date_format::{Dated, period};
use crate::tables::mapping::{Mapping, PeriodReading};
use crate::tables::value_column::{DocumentColumn, Value, ValueColumn, day};
use claimgraph::claim::{Certainty, NotStated, PlainClaim, Polarity};
use claimgraph::error::ErrorKind;
use claimgraph::format::{ReadError, ReadErrorKind, Savepoint};
use claimgraph::time::Aspect;
use claimgraph::vocabulary::Any;
use claimgraph::{Claim, ClaimGraph, ClaimId, Date, Error, Modality, Period, Role, Stance};
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
    at: Option<DateColumn>,
    start: Option<DateColumn>,
    end: Option<DateColumn>,
    holds: PeriodReading,
    reported: Option<DateColumn>,
    document: Option<DocumentColumn>,
    quantity: Option<QuantityColumns>,
    roles: Vec<(Role<Any>, ValueColumn)>,
    name: Option<Source>,
    answers: Option<Source>,
    named: HashMap<String, ClaimId>,
}

/// The time of a row, in the form of a [`PlainClaim`] if that can hold it.
enum When {
    Always,
    On(Date),
    Throughout(Date, Date),
    Since(Date),
    Period(Period),
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

impl Columns {
    pub(super) fn new(
        mapping: &Mapping,
        graph: &ClaimGraph,
        header: &Header,
    ) -> Result<Self, ReadError> {
        let wrong = |field: String, problem: String| {
            ReadError::new(ReadErrorKind::Mapping(problem)).in_field(field)
        };
        if let Some((field, expected)) = mapping.problem() {
            return Err(wrong(field.to_owned(), format!("expected {expected}")));
        }
        let mut roles = Vec::new();
        for field in &mapping.roles {
            let name = format!("roles.{}", field.role);
            let role =
                graph.role(&field.role).map_err(|error| wrong(name.clone(), error.to_string()))?;
            roles.push((role, ValueColumn::new(&name, &field.value, header)?));
        }
        let time = mapping.valid.clone().unwrap_or_default();
        Ok(Self {
            speaker: EntityColumn::new("speaker", &mapping.speaker, header)?,
            subject: EntityColumn::new("subject", &mapping.subject, header)?,
            relation: RelationColumn::new(&mapping.relation, header)?,
            object: mapping
                .object
                .as_ref()
                .map(|field| ValueColumn::new("object", field, header))
                .transpose()?,
            stance: WordColumn::new("stance", mapping.stance.as_ref(), Stance::ALL, header)?,
            polarity: WordColumn::new(
                "polarity",
                mapping.polarity.as_ref(),
                Polarity::ALL,
                header,
            )?,
            certainty: WordColumn::new(
                "certainty",
                mapping.certainty.as_ref(),
                Certainty::ALL,
                header,
            )?,
            modality: WordColumn::new(
                "modality",
                mapping.modality.as_ref(),
                Modality::ALL,
                header,
            )?,
            at: DateColumn::new("valid.at", time.at.as_ref(), header)?,
            start: DateColumn::new("valid.start", time.start.as_ref(), header)?,
            end: DateColumn::new("valid.end", time.end.as_ref(), header)?,
            holds: time.holds,
            reported: DateColumn::new("reported", mapping.reported.as_ref(), header)?,
            document: mapping
                .document
                .as_ref()
                .map(|field| DocumentColumn::new(field, header))
                .transpose()?,
            quantity: match &mapping.quantity {
                Some(field) => Some(QuantityColumns::new("quantity", field, header)?),
                None => None,
            },
            roles,
            name: mapping
                .name
                .as_ref()
                .map(|cell| Source::new("name", cell, header))
                .transpose()?,
            answers: mapping
                .answers
                .as_ref()
                .map(|cell| Source::new("answers", cell, header))
                .transpose()?,
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
        let mut savepoint = Savepoint::new(graph);
        let outcome = self.put(&mut savepoint, row);
        if matches!(outcome, Ok(true)) {
            return outcome;
        }
        let (entities, relations) = counts(savepoint.graph());
        drop(savepoint);
        if counts(graph).1 < relations {
            self.relation.forget(row);
        }
        if counts(graph).0 == entities {
            return outcome;
        }
        self.speaker.forget(row, graph);
        self.subject.forget(row, graph);
        if let Some(document) = &mut self.document {
            document.memo.forget(row, |entity| graph.entity(entity).is_err());
        }
        let roles = self.roles.iter_mut().map(|(_, column)| column);
        for column in self.object.iter_mut().chain(roles) {
            if let ValueColumn::Entity(column) = column {
                column.forget(row, graph);
            }
        }
        outcome
    }

    fn put(&mut self, savepoint: &mut Savepoint<'_>, row: Fields<'_>) -> Result<bool, ReadError> {
        let stance = optional!(&mut self.stance, row).unwrap_or(Stance::Asserts);
        let (polarity, modality) =
            (optional!(&mut self.polarity, row), optional!(&mut self.modality, row));
        let mut certainty = optional!(&mut self.certainty, row);
        let dates = (
            optional!(&mut self.at, row),
            optional!(&mut self.start, row),
            optional!(&mut self.end, row),
        );
        let unsure = [dates.0, dates.1, dates.2].iter().flatten().any(|dated| dated.unsure);
        if unsure && certainty.is_none() && stance.usual_certainty() < Certainty::Probable {
            certainty = Some(Certainty::Probable);
        }
        let when = self.when(dates, row)?;
        let Some(reported) = day(self.reported.as_mut(), row)? else { return Ok(false) };
        let quantity = match &self.quantity {
            Some(columns) => seen!(columns.get(row)?),
            None => None,
        };
        let speaker = seen!(self.speaker.get(savepoint, row)?);
        let subject = seen!(self.subject.get(savepoint, row)?);
        let object = match &mut self.object {
            Some(column) => seen!(column.get(savepoint, row)?).unwrap_or(Value::NotStated),
            None => Value::Nothing,
        };
        let document = match &mut self.document {
            Some(column) => seen!(column.get(savepoint, row)?),
            None => None,
        };
        let Some(relation) = seen!(self.relation.get(savepoint, row)?) else { return Ok(false) };
        let plain =
            polarity.is_none() && modality.is_none() && certainty.is_none() && quantity.is_none();
        let alone = self.roles.is_empty() && self.name.is_none() && self.answers.is_none();
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
            if let Some(value) = seen!(column.get(savepoint, row)?) {
                claim = claim.with(*role, value);
            }
        }
        let named = match &self.name {
            Some(source) => match seen!(source.text(row)?) {
                Some(name) if self.named.contains_key(&*name) => {
                    return Err(source.fault(row, wrong("an earlier row is called so")));
                }
                name => name,
            },
            None => None,
        };
        if let Some(source) = &self.answers
            && let Some(name) = seen!(source.text(row)?)
        {
            let unknown = || source.fault(row, wrong("no earlier row that was kept is called so"));
            claim = claim.responding_to(*self.named.get(&*name).ok_or_else(unknown)?);
        }
        let period = match when {
            When::Always => None,
            When::On(day) => Some(Period::on(day)),
            When::Throughout(first, last) => Some(Period::throughout(first..=last)),
            When::Since(day) => Some(Period::since(Period::on(day))),
            When::Period(period) => Some(period),
        };
        claim = set(claim, polarity, Claim::polarity);
        claim = set(claim, modality, Claim::modality);
        claim = set(claim, certainty, Claim::certainty);
        claim = set(claim, quantity, Claim::quantity);
        claim = set(claim, reported, Claim::reported);
        claim = set(claim, document, |claim, document| claim.read_in(document, ..));
        claim = set(claim, period, Claim::valid);
        let id = savepoint.insert(claim).map_err(|error| self.refused(row, error))?;
        let named = named.map(std::borrow::Cow::into_owned);
        self.named.extend(named.map(|name| (name, id)));
        Ok(true)
    }

    fn when(
        &self,
        (at, start, end): (Option<Dated>, Option<Dated>, Option<Dated>),
        row: Fields<'_>,
    ) -> Result<When, ReadError> {
        let when = match (at, self.holds) {
            (Some(at), _) if at.interval => When::Period(at.throughout()),
            (Some(at), PeriodReading::Once) => {
                at.day().map_or_else(|| When::Period(at.occurrence()), When::On)
            }
            (Some(at), PeriodReading::SomeTime) => When::Period(at.some_time()),
            (Some(at), PeriodReading::Throughout) => match at.day() {
                Some(day) => When::Throughout(day, day),
                None => When::Period(at.throughout()),
            },
            (None, _) if start.is_none() && end.is_none() => When::Always,
            (None, _) => {
                let open = end.is_some_and(|end| end.open);
                let from = start.map(Dated::extent).unwrap_or_default();
                match (start.and_then(Dated::day), end.and_then(Dated::day)) {
                    (Some(first), Some(last)) => When::Throughout(first, last),
                    (Some(first), None) if open => When::Since(first),
                    _ if open => {
                        When::Period(period(from, (from.1, None), Aspect::State).ongoing())
                    }
                    _ => {
                        let to = end.map_or((from.1, None), Dated::extent);
                        When::Period(period(from, to, Aspect::State))
                    }
                }
            }
        };
        let inverted = match &when {
            When::Throughout(first, last) => first > last,
            When::Period(period) => period.is_inverted(),
            _ => false,
        };
        match self.end.as_ref().or(self.at.as_ref()).filter(|_| inverted) {
            Some(column) => Err(column.memo.source.fault(row, wrong("it ends before it begins"))),
            None => Ok(when),
        }
    }

    /// Makes an error of a refusal of the graph, in the column that it is about, if there is one.
    #[cold]
    fn refused(&self, row: Fields<'_>, error: Error) -> ReadError {
        let field = field_of(&error);
        let stance = self.stance.as_ref().map(WordColumn::source);
        let role = |field: &str| {
            let part_of = |name: &str| {
                name.strip_prefix(field)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            self.roles
                .iter()
                .map(|(_, column)| column.source())
                .find(|source| part_of(source.name()))
        };
        let source = match field.as_deref() {
            Some("speaker") => Some(&self.speaker.memo.source),
            Some("subject") => Some(&self.subject.memo.source),
            Some("relation") => Some(&self.relation.memo.source),
            Some("object") => self.object.as_ref().map(ValueColumn::source),
            Some("stance") => match error.kind() {
                ErrorKind::NotTaken { found: "polarity", .. } => {
                    self.polarity.as_ref().map(WordColumn::source)
                }
                _ => stance,
            },
            Some("quantity") => self.quantity.as_ref().map(QuantityColumns::source),
            Some("reported") => self.reported.as_ref().map(|column| &column.memo.source),
            Some("valid") => {
                self.at.as_ref().or(self.start.as_ref()).map(|column| &column.memo.source)
            }
            Some("document") => self.document.as_ref().map(|column| &column.memo.source),
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

/// Returns the numbers of entities and relations.
fn counts(graph: &ClaimGraph) -> (usize, usize) {
    (graph.entity_count(), graph.vocabulary().relations().len())
}
