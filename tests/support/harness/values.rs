//! Values: the text of a period, and a figure as a record.

use super::{holds, is_message};
use claimgraph::quantity::Amount;
use claimgraph::reporting::*;
use claimgraph::{Answer, Claim, ClaimGraph, Date, Period, Quantity, date};

const DAY: Date = date(2024, 10, 24);

/// A text that is read as a period is printed, and the print is read as the same period.
pub fn period(data: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(data) else { return false };
    match text.parse::<Period>() {
        Ok(period) => {
            assert!(!period.is_inverted());
            let printed = period.edtf().expect("a period of a text has a text");
            assert_eq!(printed.parse::<Period>().as_ref(), Ok(&period), "{printed}");
            let json = serde_json::to_string(&period).unwrap();
            assert_eq!(serde_json::from_str::<Period>(&json).unwrap(), period, "{json}");
            let _ = period.to_string();
            // A period is not before itself. If it certainly holds on a day, it has certainly begun by that day.
            assert_ne!(period.before(&period), Answer::Yes);
            for day in period.days().into_iter().flatten().chain([DAY]) {
                if period.holds_on(day) == Answer::Yes {
                    assert_eq!(period.begun_by(day), Answer::Yes);
                }
            }
            true
        }
        Err(error) => {
            is_message(&error.to_string());
            false
        }
    }
}

/// A record that is read as a figure comes back. A graph takes the figure, or says why it does not.
pub fn quantity(data: &[u8]) -> bool {
    let Ok(figure) = serde_json::from_slice::<Quantity>(data) else { return false };
    let json = serde_json::to_string(&figure).unwrap();
    assert_eq!(serde_json::from_str::<Quantity>(&json).unwrap(), figure, "{json}");
    let _ = figure.to_string();
    let _ = (figure.plus(&figure), figure.minus(&figure), figure.divided_by(Amount::from(3)));
    let _ = (figure.is_apart(&figure), figure.at_least(1), figure.at_most(1), figure.equals(1));
    let mut graph = ClaimGraph::new();
    let [north, south] = ["north", "south"].map(|key| graph.add(State, key).unwrap());
    let before = graph.to_jsonl();
    let claim = Claim::by(north).asserts(north, DEPLOYS_TO, south).reported(DAY);
    match graph.insert(claim.quantity(figure.clone())) {
        Ok(_) => {
            assert_ne!(figure.supports(&figure), Answer::No);
            assert!(!figure.is_apart(&figure));
            assert_eq!(graph.statement(north, DEPLOYS_TO, south).figures().len(), 1);
            holds(&graph);
            true
        }
        Err(error) => {
            is_message(&error.to_string());
            assert_eq!(graph.to_jsonl(), before);
            false
        }
    }
}
