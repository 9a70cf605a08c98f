//! Laws of three-valued answers, periods and figures, by enumeration: each is compared with all concrete readings, which
//! are listed here and not by the code.

mod answers;
mod figures;
mod periods;
mod questions;

use claimgraph::{
    Answer,
    Answer::{No, Unknown, Yes},
    Date, Period, Quantity, date,
};

/// Returns `Yes` if every reading passes, `No` if none does, else `Unknown`.
fn of_readings<T>(readings: &[T], passes: impl Fn(&T) -> bool) -> Answer {
    assert!(!readings.is_empty(), "something can be read in it");
    match readings.iter().filter(|reading| passes(reading)).count() {
        0 => No,
        n if n == readings.len() => Yes,
        _ => Unknown,
    }
}

/// Day `n` of a story that begins on day 0.
fn on(n: i32) -> Date {
    date(2031, 5, i8::try_from(n + 12).expect("a day of May"))
}

/// The relations of two stretches of days of which every pair is in exactly one (Allen 1983). A stretch meets another if
/// that one begins on the day after.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Allen {
    Before,
    Meets,
    Overlaps,
    Starts,
    During,
    Finishes,
    Equals,
    FinishedBy,
    Contains,
    StartedBy,
    OverlappedBy,
    MetBy,
    After,
}

use Allen::*;

type Stretch = (i32, i32);

impl Allen {
    const ALL: [Allen; 13] = [
        Before,
        Meets,
        Overlaps,
        Starts,
        During,
        Finishes,
        Equals,
        FinishedBy,
        Contains,
        StartedBy,
        OverlappedBy,
        MetBy,
        After,
    ];

    /// The definition by the moments at which the two begin and end.
    fn holds(self, (a, b): Stretch, (c, d): Stretch) -> bool {
        let (b, d) = (b + 1, d + 1);
        match self {
            Before => b < c,
            Meets => b == c,
            Overlaps => a < c && c < b && b < d,
            Starts => a == c && b < d,
            During => a > c && b < d,
            Finishes => a > c && b == d,
            Equals => a == c && b == d,
            _ => self.converse().holds((c, d - 1), (a, b - 1)),
        }
    }

    fn converse(self) -> Self {
        let place = Self::ALL.iter().position(|it| *it == self).expect("one of all");
        Self::ALL[12 - place]
    }

    fn of(one: Stretch, other: Stretch) -> Self {
        let found: Vec<Allen> = Self::ALL.into_iter().filter(|it| it.holds(one, other)).collect();
        assert_eq!(found.len(), 1, "{one:?} {other:?}: {found:?}");
        found[0]
    }

    fn shares_a_day(self) -> bool {
        !matches!(self, Before | Meets | MetBy | After)
    }

    fn lies_inside(self) -> bool {
        matches!(self, Starts | During | Finishes | Equals)
    }
}

/// All stretches of these days, with a first and a last day.
fn stretches(days: std::ops::RangeInclusive<i32>) -> Vec<Stretch> {
    let last = *days.end();
    days.flat_map(|first| (first..=last).map(move |last| (first, last))).collect()
}

/// The days about which the laws are enumerated.
const DAYS: std::ops::RangeInclusive<i32> = -3..=6;
