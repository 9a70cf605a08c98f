//! SEMANTICS 1.9 by enumeration: a claim allows some histories, from a first day to a last one. What is asked is certain
//! if it is so in all of them, and impossible if it is so in none.

use super::*;

/// Days as numbers. Claims and questions name days far from both ends; the first stands for "long before", the last for
/// "long after".
pub const FIRST: i32 = -10;
pub const LAST: i32 = 36;

/// Two days, of which either may be unknown.
pub type Between = (Option<i32>, Option<i32>);

/// From the first to the last day on which something was so.
pub type History = (i32, i32);

/// A time in a text, as the constructors of `Period` say it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said {
    On(i32),
    Within(i32, i32),
    By(i32),
    After(i32),
    /// From the earliest and latest day of something that happened on one of these.
    OneOf(Option<i32>, Option<i32>),
    HoldingOn(i32),
    Until(i32),
    Since(i32, i32),
    Throughout(i32, i32),
    FromTo(Between, Between),
    /// The four days of a state.
    Bounds(Between, Between),
}

/// The time of a claim, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Telling {
    pub said: Option<Said>,
    /// Whether the text counts over all of the time.
    pub counts: bool,
    /// Whether the relation of the claim is a state.
    pub state: bool,
    /// Whether it is told as a fact.
    pub actual: bool,
    pub reported: i32,
}

fn days((first, last): Between) -> std::ops::RangeInclusive<i32> {
    first.unwrap_or(FIRST)..=last.unwrap_or(LAST)
}

fn all(starts: Between, ends: Between) -> Vec<History> {
    days(starts)
        .flat_map(|start| days(ends).map(move |end| (start, end)))
        .filter(|(a, b)| a <= b)
        .collect()
}

pub fn answer<T>(of: &[T], holds: impl Fn(&T) -> bool) -> Answer {
    let so = of.iter().filter(|it| holds(it)).count();
    match so {
        0 => Answer::No,
        _ if so == of.len() => Answer::Yes,
        _ => Answer::Unknown,
    }
}

impl Said {
    /// The days in which it happened, if it happened on one day.
    fn happened(self) -> Option<Between> {
        match self {
            Said::On(day) => Some((Some(day), Some(day))),
            Said::Within(first, last) => Some((Some(first), Some(last))),
            Said::By(last) => Some((None, Some(last))),
            Said::After(first) => Some((Some(first), None)),
            Said::OneOf(first, last) => Some((first, last)),
            _ => None,
        }
    }

    /// The days in which it began and ended, as known on that day.
    fn lasted(self, reported: i32) -> (Between, Between) {
        match self {
            Said::HoldingOn(day) => ((None, Some(day)), (Some(day), None)),
            Said::Until(day) => ((None, Some(day)), (Some(day), Some(day))),
            // It had not ended when it was reported.
            Said::Since(first, last) => {
                ((Some(first), Some(last)), (Some(last.max(reported)), None))
            }
            Said::Throughout(first, last) => ((Some(first), Some(first)), (Some(last), Some(last))),
            Said::FromTo(start, end) | Said::Bounds(start, end) => (start, end),
            _ => self.happened().map(|days| (days, days)).expect("it happened"),
        }
    }

    /// The first and the last day that are named.
    pub fn names(self) -> Between {
        match self {
            Said::HoldingOn(day) => (Some(day), Some(day)),
            Said::Bounds((None, Some(a)), (Some(b), None)) => (Some(a.min(b)), Some(a.max(b))),
            Said::Since(first, _) => (Some(first), None),
            other => {
                let (start, end) = other.lasted(FIRST);
                (start.0, end.1)
            }
        }
    }
}

impl Telling {
    /// The days on which it happened, as known on the report day: a fact did not come later.
    fn known(self, (first, last): Between) -> Between {
        match self.actual && first.is_none_or(|first| first <= self.reported) {
            true => (first, Some(last.map_or(self.reported, |last| last.min(self.reported)))),
            false => (first, last),
        }
    }

    /// The histories of what the claim says: of a count, the stretches over which it can have been counted.
    pub fn histories(self) -> Vec<History> {
        let happened = match self.said {
            None => Some((None, None)),
            Some(said) => said.happened(),
        };
        match (happened, self.said) {
            (Some(happened), Some(_)) if self.counts => all(happened, happened),
            (Some(happened), _) if self.state => {
                let (first, last) = self.known(happened);
                // A state held on some day of it. Without a time, a fact had begun when it was reported.
                all((None, last), (first, None))
            }
            (Some(happened), _) => days(self.known(happened)).map(|day| (day, day)).collect(),
            (None, said) => {
                let (start, mut end) = said.expect("it lasted").lasted(self.reported);
                // A count that goes on goes up to its report.
                if self.counts && matches!(said, Some(Said::Since(..))) {
                    end.1 = end.0;
                }
                all(start, end)
            }
        }
    }

    /// The histories of a state that it implies: the state begins when that does, and is not over before that is. When it
    /// ended is open. A count does not say on which of its days it began.
    pub fn begun(self) -> Vec<History> {
        let spells: BTreeSet<History> = match self.counts {
            false => self.histories().into_iter().collect(),
            true => self
                .histories()
                .into_iter()
                .flat_map(|(a, b)| (a..=b).map(|day| (day, day)))
                .collect(),
        };
        spells
            .into_iter()
            .flat_map(|(start, end)| (end..=LAST).map(move |end| (start, end)))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    /// The histories of a relation that it entails.
    fn of_relation(self, state: bool) -> Vec<History> {
        if state && !self.state { self.begun() } else { self.histories() }
    }

    fn counted_as(self, state: bool) -> bool {
        self.counts && self.said.is_some() && (self.state || !state)
    }

    /// Whether it was so on some day of these. A count has to lie in them; asked of one day, it is asked as of that day.
    pub fn on_some_day(self, state: bool, asked: Between) -> Answer {
        let histories = self.of_relation(state);
        if !self.counted_as(state) {
            let days = days(asked);
            return answer(&histories, |(start, end)| start <= days.end() && end >= days.start());
        }
        let days = if asked.0 == asked.1 { days((None, asked.1)) } else { days(asked) };
        let inside = answer(&histories, |(start, end)| days.contains(start) && days.contains(end));
        let meets = answer(&histories, |(start, end)| start <= days.end() && end >= days.start());
        if inside == Answer::Yes { inside } else { meets.min(Answer::Unknown) }
    }

    pub fn on_all_days(self, state: bool, asked: Between) -> Answer {
        let days = days(asked);
        answer(&self.of_relation(state), |(start, end)| start <= days.start() && end >= days.end())
    }

    pub fn begun_by(self, day: i32) -> Answer {
        answer(&self.histories(), |(start, _)| *start <= day)
    }

    /// SEMANTICS 1.5: how surely a denial of these days contests it.
    pub fn denied_by(self, state: bool, denied: Option<Said>) -> Answer {
        let (Some(said), Some(denied)) = (self.said, denied) else { return Answer::Yes };
        let mut named = said.names();
        if said.happened().is_some() && !self.counts {
            named = self.known(named);
        }
        let (mine, theirs) = (days(named), days(denied.names()));
        if mine.start() >= theirs.start() && mine.end() <= theirs.end() {
            return Answer::Yes;
        }
        let shares = |(start, end): &History| start <= theirs.end() && end >= theirs.start();
        if self.of_relation(state).iter().any(shares) { Answer::Unknown } else { Answer::No }
    }
}

/// SEMANTICS 1.5: how surely a denial of some days is against a question for these.
pub fn asked_and_denied(asked: Option<Said>, denied: Option<Said>) -> Answer {
    let (Some(asked), Some(denied)) = (asked, denied) else { return Answer::Yes };
    let (mine, theirs) = (days(asked.names()), days(denied.names()));
    let inside = mine.start() >= theirs.start() && mine.end() <= theirs.end();
    let shared = mine.start() <= theirs.end() && mine.end() >= theirs.start();
    match (inside, shared) {
        (true, _) => Answer::Yes,
        (false, true) => Answer::Unknown,
        (false, false) => Answer::No,
    }
}
