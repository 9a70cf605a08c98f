//! Writes periods: when something holds, and when a claim was said.

use crate::rdf::iri::{EDTF, Known, part};
use crate::rdf::triple_sink::{Object, Sink};
use crate::rdf::writer::{Writer, word};
use claimgraph::Period;
use std::io;

impl<S: Sink> Writer<'_, S> {
    /// Writes when something holds, with its first and its last day.
    pub(super) fn valid(&mut self, of: &str, period: &Period) -> io::Result<()> {
        self.period(of, Known::Valid, "valid", period)?;
        self.day(of, Known::Earliest, period.start_earliest())?;
        self.day(of, Known::Latest, period.end_latest())
    }

    /// Writes a period as EDTF, or as a node with the four days if EDTF does not say all of it.
    pub(super) fn period(
        &mut self,
        of: &str,
        predicate: Known,
        what: &str,
        period: &Period,
    ) -> io::Result<()> {
        let place = self.periods.get_index_of(period).unwrap_or_else(|| {
            let exact = period.edtf().filter(|text| text.parse().as_ref() == Ok(period));
            self.periods.insert_full(period.clone(), exact).0
        });
        let exact = self.periods.get_index(place).and_then(|(_, exact)| exact.as_deref());
        let node = exact.is_none().then(|| part(of, what));
        if let Some(text) = exact {
            self.sink.triple((of, predicate.iri(), Object::Typed(text, EDTF)))?;
        }
        self.all_to(of, predicate, &node)?;
        let [start_earliest, start_latest, end_earliest, end_latest] = period.days();
        let Some(node) = node else { return Ok(()) };
        self.value(&node, Known::Aspect, "aspect", [word(period.aspect())])?;
        self.day(&node, Known::StartEarliest, start_earliest)?;
        self.day(&node, Known::StartLatest, start_latest)?;
        self.day(&node, Known::EndEarliest, end_earliest)?;
        self.day(&node, Known::EndLatest, end_latest)?;
        self.yes(&node, Known::Ongoing, period.is_ongoing())?;
        self.day(&node, Known::StrictDeadline, period.strict_deadline())?;
        self.texts(&node, Known::Words, period.words())
    }

    /// Writes when the claim was said: a plain day as a date, another period as that of `cg:valid`.
    pub(super) fn said(&mut self, claim: &str, said: &Period) -> io::Result<()> {
        match said.start_earliest().filter(|&day| *said == Period::on(day)) {
            Some(day) => self.day(claim, Known::Said, Some(day)),
            None => self.period(claim, Known::Said, "said", said),
        }
    }
}
