//! A claim of a file that waits until the whole file is read. It takes a fraction of the memory of its record, which has
//! room for parts that few claims have.

use crate::exchange::place::Place;
use claimgraph::format::Losses;
use claimgraph::record::{ClaimRecord, TargetRecord};
use claimgraph::time::Day;
use std::rc::Rc;

/// A claim that waits, and its place.
pub(crate) struct HeldClaim {
    pub(crate) id: Option<Box<str>>,
    pub(crate) targets: Box<[TargetRecord]>,
    pub(crate) document: Option<Rc<str>>,
    pub(crate) reported: Option<Day>,
    pub(crate) place: Place,
    /// The record of all other parts, as JSON.
    others: Box<[u8]>,
}

impl HeldClaim {
    /// Makes a claim that waits. `document` is the same text as the document of the record, and perhaps shared.
    pub(crate) fn of(mut record: ClaimRecord, document: Option<Rc<str>>, place: Place) -> Self {
        record.document = None;
        Self {
            id: record.id.take().map(String::into_boxed_str),
            targets: std::mem::take(&mut record.targets).into_boxed_slice(),
            document,
            reported: record.reported.take(),
            place,
            others: serde_json::to_vec(&record).unwrap_or_default().into_boxed_slice(),
        }
    }

    /// Returns the record and its place. A claim that cannot be read back is counted.
    pub(crate) fn into_record(self, losses: &mut Losses) -> Option<(ClaimRecord, Place)> {
        let Self { id, targets, document, reported, place, others } = self;
        match serde_json::from_slice(&others) {
            Ok(others) => {
                let (id, targets) = (id.map(String::from), targets.into_vec());
                let document = document.map(|document| document.as_ref().to_owned());
                Some((ClaimRecord { id, targets, document, reported, ..others }, place))
            }
            Err(error) => {
                losses.note("claim that is refused", &format!("{place}: {error}"));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use claimgraph::quantity::Amount;
    use claimgraph::record::{RoleRecord, SpeakerRecord, StatementRecord, TermRecord};
    use claimgraph::{Period, Quantity, Stance, date};

    #[test]
    fn a_claim_that_waited_is_the_claim_that_it_was() {
        let end = Period::within(date(-43, 4, 1)..=date(-43, 4, 30));
        let tenth = Quantity::stated("0.10".parse::<Amount>().unwrap(), "1");
        let range = TermRecord::quantity(Quantity::stated(7, "EUR").bounded(6, 8));
        let thing = TermRecord::entity("\u{1f600}\"\\");
        let record = ClaimRecord {
            id: Some("a \"b\"".to_owned()),
            speakers: vec![SpeakerRecord::unnamed()],
            statement: Some(StatementRecord::new(thing, "uses", TermRecord::text("\u{0}\n"))),
            targets: vec![TargetRecord::new("c")],
            roles: vec![RoleRecord::new("x", range)],
            quantity: Some(tenth),
            valid: Some(Period::from_to(Period::on(date(-43, 3, 15)), end).in_words("in words")),
            document: Some("\u{0}file".to_owned()),
            reported: Some(date(2024, 10, 24).into()),
            said: Some(Period::on(date(2024, 10, 23))),
            words: Some("said".to_owned()),
            ..ClaimRecord::new(Stance::Denies)
        };
        let place = Place { line: Some(3), path: "a[1]".to_owned() };
        let held = HeldClaim::of(record.clone(), Some("\u{0}file".into()), place.clone());
        let mut losses = Losses::default();
        assert_eq!(held.into_record(&mut losses), Some((record, place)));
        assert!(losses.is_empty());
    }
}
