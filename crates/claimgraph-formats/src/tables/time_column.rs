//! The columns of a time: a day, a year or a range, or a start and an end. The dates of a row go in, its time comes out.

use crate::tables::bound_column::{Bound, DateColumn, Header, Source};
use crate::tables::cell::{Seen, wrong};
use crate::tables::csv_reader::Fields;
use crate::tables::date_format::{DateField, Dated, period};
use crate::tables::mapping::{PeriodReading, TimeField};
use claimgraph::format::ReadError;
use claimgraph::time::Aspect;
use claimgraph::{Date, Period};

/// The columns of a time.
pub(super) struct TimeColumns {
    at: Option<DateColumn>,
    start: Option<DateColumn>,
    end: Option<DateColumn>,
    holds: PeriodReading,
}

/// The time of a row, in the form of a [`PlainClaim`](claimgraph::claim::PlainClaim) if that can hold it.
pub(super) enum When {
    Always,
    On(Date),
    Throughout(Date, Date),
    Since(Date),
    Period(Period),
}

impl When {
    /// Returns it as a period; `None` if the row does not give one.
    pub(super) fn period(self) -> Option<Period> {
        match self {
            When::Always => None,
            When::On(day) => Some(Period::on(day)),
            When::Throughout(first, last) => Some(Period::throughout(first..=last)),
            When::Since(day) => Some(Period::since(Period::on(day))),
            When::Period(period) => Some(period),
        }
    }
}

impl TimeColumns {
    /// Resolves the columns of a part of the mapping, such as `valid`.
    pub(super) fn new(name: &str, time: &TimeField, header: &Header) -> Result<Self, ReadError> {
        let date = |part: &str, field: &Option<DateField>| {
            let field = field.as_ref();
            field
                .map(|field| Bound::new(format!("{name}.{part}"), field, &field.text, header))
                .transpose()
        };
        Ok(Self {
            at: date("at", &time.at)?,
            start: date("start", &time.start)?,
            end: date("end", &time.end)?,
            holds: time.holds,
        })
    }

    /// Returns the column that a fault of the time is shown at.
    pub(super) fn source(&self) -> Option<&Source> {
        self.at.as_ref().or(self.start.as_ref()).map(|column| &column.source)
    }

    /// Returns the time of the row, and whether it is marked as unsure.
    pub(super) fn get(&mut self, row: Fields<'_>) -> Result<Seen<(When, bool)>, ReadError> {
        let mut dates = [None; 3];
        for (date, column) in dates.iter_mut().zip([&mut self.at, &mut self.start, &mut self.end]) {
            match column.as_mut().map(|column| column.get(row)).transpose()? {
                Some(Seen::Is(dated)) => *date = Some(dated),
                Some(Seen::Skip) => return Ok(Seen::Skip),
                Some(Seen::Absent) | None => {}
            }
        }
        let unsure = dates.iter().flatten().any(|dated| dated.unsure);
        Ok(Seen::Is((self.when(dates, row)?, unsure)))
    }

    fn when(
        &self,
        [at, start, end]: [Option<Dated>; 3],
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
            Some(column) => Err(column.source.fault(row, wrong("the time ends before it begins"))),
            None => Ok(when),
        }
    }
}
