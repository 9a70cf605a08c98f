//! Periods: the time in which a statement holds, as four days, any of which may be missing.
//!
//! ```text
//!        start                      end
//!   [earliest  latest]   ....   [earliest  latest]
//!        possible   | certain |     possible            impossible outside
//! ```

use crate::model::time::day::Day;
use crate::model::time::window::Window;
use crate::model::value::answer::Answer;
use crate::model::value::word::words;
use jiff::civil::Date;
use serde::Serialize;
use std::ops::{Range, RangeInclusive};

words! {
    /// The kind of time that a period is.
    #[derive(Default)]
    Aspect, "aspect" {
        /// Something that holds for a while.
        #[default]
        State = "state",
        /// Something that happens, within a day.
        Occurrence = "occurrence",
        /// A count over the whole stretch ("since the war's inception").
        Cumulative = "cumulative",
    }
}

/// The time in which a statement holds: a start and an end, each in a range of days or unknown.
///
/// It is made by the constructors below, from a [`Date`], from ranges of dates (`a..b` without its last day, `a..=b`
/// with it), and from EDTF text (ISO 8601-2).
///
/// ```
/// use claimgraph::{date, Answer, Period};
/// let june = Period::within(date(2024, 6, 1)..=date(2024, 6, 30));      // one day of June
/// assert_eq!(june.holds_on(date(2024, 6, 15)), Answer::Unknown);
/// assert_eq!(june.edtf().as_deref(), Some("2024-06"));
/// let all_of_june = Period::from(date(2024, 6, 1)..date(2024, 7, 1));
/// assert_eq!(all_of_june.holds_on(date(2024, 6, 15)), Answer::Yes);
/// assert_eq!(all_of_june.edtf().as_deref(), Some("2024-06-01/2024-06-30"));
/// let now = Period::holding_on(date(2024, 10, 24));                      // start unknown, end open
/// assert_eq!(now.holds_on(date(2024, 10, 23)), Answer::Unknown);
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize)]
pub struct Period {
    #[serde(skip_serializing_if = "Window::is_open")]
    pub(crate) start: Window,
    #[serde(skip_serializing_if = "Window::is_open")]
    pub(crate) end: Window,
    pub(crate) aspect: Aspect,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) ongoing: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) strict_deadline: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) words: Option<String>,
}

impl Period {
    pub(crate) fn of(start: Window, end: Window, aspect: Aspect) -> Self {
        let mut period = Self { start, end, aspect, ..Self::default() };
        period.tighten();
        period
    }

    /// Narrows the windows: a start is not after the latest end, an end not before the earliest start.
    fn tighten(&mut self) {
        if let Some(last) = self.end.latest {
            self.start.latest = Some(self.start.latest.map_or(last, |d| d.min(last)));
        }
        if let Some(first) = self.start.earliest {
            self.end.earliest = Some(self.end.earliest.map_or(first, |d| d.max(first)));
        }
    }

    /// Creates an occurrence on that one day.
    pub fn on(day: Date) -> Self {
        Self::on_day(day.into())
    }

    /// Creates an occurrence on that one day.
    pub(crate) fn on_day(day: Day) -> Self {
        let window = Window::new(Some(day), Some(day));
        Self::of(window, window, Aspect::Occurrence)
    }

    /// Returns the day, if this is [`on`](Self::on) a day and nothing more.
    pub(crate) fn single_day(&self) -> Option<Day> {
        let day = self.start.earliest?;
        let window = Window::new(Some(day), Some(day));
        let rest = !self.ongoing && self.strict_deadline.is_none() && self.words.is_none();
        (rest && self.start == window && self.end == window && self.aspect == Aspect::Occurrence)
            .then_some(day)
    }

    /// Creates an occurrence on one of these days ("in June"). With [`lasting`](Self::lasting), it held at some
    /// time in them.
    pub fn within(days: RangeInclusive<Date>) -> Self {
        let (first, last) = days.into_inner();
        let window = Window::new(Some(first.into()), Some(last.into()));
        Self::of(window, window, Aspect::Occurrence)
    }

    /// Creates an occurrence on that day or before ("has dispatched").
    pub fn by(day: Date) -> Self {
        let window = Window::new(None, Some(day.into()));
        Self::of(window, window, Aspect::Occurrence)
    }

    /// Creates an occurrence on that day or after.
    pub fn after(day: Date) -> Self {
        let window = Window::new(Some(day.into()), None);
        Self::of(window, window, Aspect::Occurrence)
    }

    /// Creates a state that holds on that day ("is", "now"). Its beginning is unknown, and it had not ended.
    pub fn holding_on(day: Date) -> Self {
        let day = Some(day.into());
        Self::of(Window::new(None, day), Window::new(day, None), Aspect::State)
    }

    /// Creates a state that held up to and including that day. Its beginning is unknown.
    pub fn until(day: Date) -> Self {
        let day = Some(day.into());
        Self::of(Window::new(None, day), Window::new(day, day), Aspect::State)
    }

    /// Creates a state that holds from that time on and had not ended when it was reported: certain up to the report
    /// date, possible after it.
    pub fn since(start: impl Into<Period>) -> Self {
        let start = start.into().extent();
        Self { ongoing: true, ..Self::of(start, Window::new(start.latest, None), Aspect::State) }
    }

    /// Creates a state that held all through these days.
    pub fn throughout(days: RangeInclusive<Date>) -> Self {
        let (first, last) = days.into_inner();
        Self::of(
            Window::new(Some(first.into()), Some(first.into())),
            Window::new(Some(last.into()), Some(last.into())),
            Aspect::State,
        )
    }

    /// Creates a state from one uncertain time to another.
    pub fn from_to(start: impl Into<Period>, end: impl Into<Period>) -> Self {
        Self::of(start.into().extent(), end.into().extent(), Aspect::State)
    }

    /// Returns the first and the last day on which any of it can lie.
    pub(crate) fn extent(&self) -> Window {
        Window::new(self.start.earliest, self.end.latest)
    }

    /// Returns the days that it names: all days on which any of it can lie. Of a state whose beginning and end are both
    /// unknown, it names only the days on which it held.
    pub(crate) fn named_days(&self) -> Window {
        match (self.extent().is_open(), self.start.latest, self.end.earliest) {
            (true, Some(a), Some(b)) => Window::new(Some(a.min(b)), Some(a.max(b))),
            _ => self.extent(),
        }
    }

    /// Returns what periods are sorted by where any order will do.
    pub(crate) fn order(&self) -> impl Ord {
        let Self { start, end, aspect, ongoing, strict_deadline, words } = self;
        (start, end, aspect, ongoing, strict_deadline, words)
    }

    /// Makes it a state that lasted, not an event of one day.
    #[must_use]
    pub fn lasting(mut self) -> Self {
        self.aspect = Aspect::State;
        self
    }

    /// Makes it the time over which something was counted.
    #[must_use]
    pub fn cumulative(mut self) -> Self {
        self.aspect = Aspect::Cumulative;
        self
    }

    /// Narrows the days in which it began.
    #[must_use]
    pub fn beginning_within(mut self, days: RangeInclusive<Date>) -> Self {
        let (first, last) = days.into_inner();
        self.start = Window::new(Some(first.into()), Some(last.into()));
        self.tighten();
        self
    }

    /// Sets the deadline read strictly: "by December" is by 31 December, strictly by 30 November.
    #[must_use]
    pub fn strictly_by(mut self, day: Date) -> Self {
        self.strict_deadline = Some(day.into());
        self
    }

    /// Keeps the words of the text.
    #[must_use]
    pub fn in_words(mut self, words: impl Into<String>) -> Self {
        self.words = Some(words.into());
        self
    }

    /// Makes a period from the four days that bound it: the earliest and the latest day of its start, the
    /// earliest and the latest of its end. A start is then not after the latest end, nor an end before the
    /// earliest start.
    ///
    /// ```
    /// use claimgraph::{date, time::Aspect, Period};
    /// let since = Period::from_days([Some(date(2024, 6, 1)), None, None, None], Aspect::State);
    /// assert_eq!(since.days(), [Some(date(2024, 6, 1)), None, Some(date(2024, 6, 1)), None]);
    /// ```
    pub fn from_days(days: [Option<Date>; 4], aspect: Aspect) -> Self {
        let [start_earliest, start_latest, end_earliest, end_latest] =
            days.map(|d| d.map(Day::from));
        let (start, end) =
            (Window::new(start_earliest, start_latest), Window::new(end_earliest, end_latest));
        Self::of(start, end, aspect)
    }

    /// Returns the earliest and the latest day of its start, the earliest and the latest of its end.
    pub fn days(&self) -> [Option<Date>; 4] {
        [self.start_earliest(), self.start_latest(), self.end_earliest(), self.end_latest()]
    }

    /// Marks it as still going on when it was reported.
    #[must_use]
    pub fn ongoing(mut self) -> Self {
        self.ongoing = true;
        self
    }

    /// Returns the earliest day on which it can have begun.
    pub fn start_earliest(&self) -> Option<Date> {
        self.start.earliest.map(Day::date)
    }

    /// Returns the latest day on which it can have begun.
    pub fn start_latest(&self) -> Option<Date> {
        self.start.latest.map(Day::date)
    }

    /// Returns the earliest day on which it can have ended.
    pub fn end_earliest(&self) -> Option<Date> {
        self.end.earliest.map(Day::date)
    }

    /// Returns the latest day on which it can have ended. Of a plan or forecast, it is the deadline.
    pub fn end_latest(&self) -> Option<Date> {
        self.end.latest.map(Day::date)
    }

    /// Returns the deadline read strictly, if that differs.
    pub fn strict_deadline(&self) -> Option<Date> {
        self.strict_deadline.map(Day::date)
    }

    /// Returns whether it is a state, an occurrence or cumulative.
    pub fn aspect(&self) -> Aspect {
        self.aspect
    }

    /// Returns whether it had not ended when it was reported.
    pub fn is_ongoing(&self) -> bool {
        self.ongoing
    }

    /// Returns the words of the text, if they were kept.
    pub fn words(&self) -> Option<&str> {
        self.words.as_deref()
    }

    /// Returns whether an end lies before its beginning. Such a period holds on no day.
    pub fn is_inverted(&self) -> bool {
        self.start.is_inverted() || self.end.is_inverted() || self.extent().is_inverted()
    }

    /// Returns whether it holds on that day: yes is certain, unknown possible, no impossible.
    pub fn holds_on(&self, day: Date) -> Answer {
        let day = Day::from(day);
        let certain = self.start.latest.is_some_and(|d| d <= day)
            && self.end.earliest.is_some_and(|d| d >= day);
        let impossible = self.start.earliest.is_some_and(|d| d > day)
            || self.end.latest.is_some_and(|d| d < day);
        Answer::of(certain && !self.is_inverted(), impossible || self.is_inverted())
    }

    /// Returns whether it had begun by that day.
    pub fn begun_by(&self, day: Date) -> Answer {
        let day = Day::from(day);
        Answer::of(
            self.start.latest.is_some_and(|d| d <= day),
            self.start.earliest.is_some_and(|d| d > day),
        )
    }

    /// Returns whether the two have a day in common. An inverted period overlaps nothing.
    pub fn overlaps(&self, other: &Period) -> Answer {
        if self.is_inverted() || other.is_inverted() {
            return Answer::No;
        }
        let apart = |a: &Period, b: &Period| matches!((a.end.latest, b.start.earliest), (Some(x), Some(y)) if x < y);
        let meets = |a: &Period, b: &Period| matches!((a.start.latest, b.end.earliest), (Some(x), Some(y)) if x <= y);
        Answer::of(
            meets(self, other) && meets(other, self),
            apart(self, other) || apart(other, self),
        )
    }

    /// Returns whether it is over before the other begins. An inverted period is before and after nothing.
    pub fn before(&self, other: &Period) -> Answer {
        if self.is_inverted() || other.is_inverted() {
            return Answer::No;
        }
        let yes = matches!((self.end.latest, other.start.earliest), (Some(a), Some(b)) if a < b);
        let no = matches!((self.end.earliest, other.start.latest), (Some(a), Some(b)) if a >= b);
        Answer::of(yes, no)
    }

    /// Returns whether all of it lies inside the other.
    pub fn inside(&self, other: &Period) -> Answer {
        let starts = match (self.start.earliest, other.start.latest) {
            (_, None) if other.start.is_open() => Answer::Yes,
            (Some(a), Some(b)) if a >= b => Answer::Yes,
            _ if matches!((self.start.latest, other.start.earliest), (Some(a), Some(b)) if a < b) => {
                Answer::No
            }
            _ => Answer::Unknown,
        };
        let ends = match (self.end.latest, other.end.earliest) {
            (_, None) if other.end.is_open() => Answer::Yes,
            (Some(a), Some(b)) if a <= b => Answer::Yes,
            _ if matches!((self.end.earliest, other.end.latest), (Some(a), Some(b)) if a > b) => {
                Answer::No
            }
            _ => Answer::Unknown,
        };
        // One day of a window is inside that window, though not all of the window is.
        let one_day =
            self.aspect == Aspect::Occurrence || self.extent().earliest == self.extent().latest;
        let same_window = other.aspect == Aspect::Occurrence && one_day && {
            let (mine, theirs) = (self.extent(), other.extent());
            mine.earliest >= theirs.earliest
                && mine.latest.is_some()
                && (theirs.latest.is_none() || mine.latest <= theirs.latest)
        };
        if same_window { Answer::Yes } else { starts.and(ends) }
    }

    /// Returns the period as known once it was reported on `reported`: an ongoing state certainly held up to that
    /// day, and an actual occurrence cannot lie after it. The period as said stays untouched.
    pub(crate) fn as_reported(&self, reported: Day, actual: bool) -> Period {
        let mut period = self.clone();
        if period.ongoing {
            let until = period.end.latest.map_or(reported, |latest| latest.min(reported));
            period.end.earliest = period.end.earliest.max(Some(until));
            // A count goes up to its report.
            if period.aspect == Aspect::Cumulative {
                period.end.latest = period.end.earliest;
            }
        }
        if actual && period.aspect == Aspect::Occurrence && period.start.earliest <= Some(reported)
        {
            for latest in [&mut period.start.latest, &mut period.end.latest] {
                *latest = Some(latest.map_or(reported, |d| d.min(reported)));
            }
        }
        period
    }
}

impl From<Date> for Period {
    fn from(day: Date) -> Self {
        Period::on(day)
    }
}

/// Converts to a state all through the days, without the last one.
impl From<Range<Date>> for Period {
    fn from(days: Range<Date>) -> Self {
        let last = Day::from(days.end).previous().date();
        Period::throughout(days.start..=last)
    }
}

/// Converts to a state all through the days, the last one included.
impl From<RangeInclusive<Date>> for Period {
    fn from(days: RangeInclusive<Date>) -> Self {
        Period::throughout(days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Answer::{No, Unknown, Yes};
    use jiff::civil::date;

    #[test]
    fn an_ongoing_state_is_certain_up_to_its_report_and_possible_after() {
        let since = Period::since(date(2024, 6, 1)).as_reported(date(2024, 10, 24).into(), true);
        assert_eq!(since.holds_on(date(2024, 5, 31)), No);
        assert_eq!(since.holds_on(date(2024, 10, 24)), Yes);
        assert_eq!(since.holds_on(date(2024, 10, 25)), Unknown);
    }

    #[test]
    fn an_actual_occurrence_is_clamped_to_its_report_day() {
        let nominal = Period::within(date(2024, 9, 1)..=date(2024, 10, 31));
        let clamped = nominal.as_reported(date(2024, 10, 24).into(), true);
        assert_eq!(clamped.end_latest(), Some(date(2024, 10, 24)));
        assert_eq!(nominal.as_reported(date(2024, 10, 24).into(), false), nominal);
        assert_eq!(nominal.end_latest(), Some(date(2024, 10, 31)));
    }

    #[test]
    fn an_inverted_period_holds_nowhere_and_overlaps_nothing() {
        let inverted = Period::throughout(date(2024, 2, 1)..=date(2024, 1, 1));
        assert!(inverted.is_inverted());
        assert_eq!(inverted.holds_on(date(2024, 1, 15)), No);
        assert_eq!(inverted.overlaps(&Period::default()), No);
        assert!(Period::from(date(2024, 1, 1)..date(2024, 1, 1)).is_inverted(), "an empty range");
    }

    #[test]
    fn order_and_overlap_answer_in_three_values() {
        let june = Period::within(date(2024, 6, 1)..=date(2024, 6, 30));
        let october = Period::holding_on(date(2024, 10, 24));
        assert_eq!(june.before(&october), Unknown, "the state may have begun in May");
        assert_eq!(june.before(&Period::on(date(2024, 10, 24))), Yes);
        assert_eq!(june.overlaps(&october), Unknown);
        assert_eq!(june.overlaps(&Period::throughout(date(2024, 1, 1)..=date(2024, 12, 31))), Yes);
        assert_eq!(june.inside(&Period::throughout(date(2024, 1, 1)..=date(2024, 12, 31))), Yes);
        assert_eq!(Period::on(date(2024, 6, 3)).inside(&june), Yes);
        assert_eq!(june.inside(&Period::on(date(2024, 6, 3))), Unknown);
        assert_eq!(Period::on(date(2024, 7, 3)).inside(&june), No);
    }
}
