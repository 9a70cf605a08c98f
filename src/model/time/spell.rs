//! The days on which a statement holds, as far as they are known, and whether these lie in the days that a question asks
//! about. Views, questions and contests ask it.

use crate::model::time::day::Day;
use crate::model::time::period::{Aspect, Period};
use crate::model::time::window::Window;
use crate::model::value::answer::Answer;

/// When and how something was told: what is known of its time besides the period that the text gives.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Told {
    pub(crate) reported: Day,
    /// Whether it was told as a fact: it did not begin after its report.
    pub(crate) actual: bool,
}

/// The days in which something begins and ends, as known on its report day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Spell {
    start: Window,
    end: Window,
    kind: SpellKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum SpellKind {
    /// It lasts from one day to another.
    Lasting,
    /// It happened on one day.
    Event,
    /// It is a count over all of its days.
    Count,
}

impl Spell {
    /// Returns the spell of a statement with this period; `lasts` if its relation is a state. If the text gives a state
    /// one day or a month, the state held on some day of it. If the text gives no time, a fact began by its report day.
    pub(crate) fn of(period: Option<&Period>, told: Option<Told>, lasts: bool) -> Self {
        let known = period.map(|period| match told {
            Some(Told { reported, actual }) => period.as_reported(reported, actual),
            None => period.clone(),
        });
        let Some(period) = known else {
            let latest = told.filter(|told| told.actual).map(|told| told.reported);
            let event = Self::event(Window::new(None, latest), Window::new(None, latest));
            return if lasts { event.held_on_some_day() } else { event };
        };
        let event = Self::event(period.start, period.end);
        match period.aspect() {
            Aspect::Occurrence if lasts => event.held_on_some_day(),
            Aspect::Occurrence => event,
            Aspect::State => Self { kind: SpellKind::Lasting, ..event },
            Aspect::Cumulative => Self { kind: SpellKind::Count, ..event },
        }
    }

    /// Returns the spell of a denial: all days that its period names.
    pub(crate) fn of_denial(period: Option<&Period>) -> Self {
        let Window { earliest, latest } = period.map_or(Window::OPEN, Period::named_days);
        let (start, end) = (Window::new(earliest, earliest), Window::new(latest, latest));
        Self { start, end, kind: SpellKind::Lasting }
    }

    fn event(start: Window, end: Window) -> Self {
        Self { start, end, kind: SpellKind::Event }
    }

    fn held_on_some_day(self) -> Self {
        Self {
            start: Window::new(None, self.end.latest),
            end: Window::new(self.start.earliest, None),
            kind: SpellKind::Lasting,
        }
    }

    /// Returns the spell of a state that begins with this. It begins in the days of this, and when it ended is open.
    pub(crate) fn begun_state(self) -> Self {
        let (first, last) = match self.kind {
            SpellKind::Lasting => (self.start, self.end.earliest),
            _ => (Window::new(self.start.earliest, self.end.latest), self.start.earliest),
        };
        Self { start: first, end: Window::new(last, None), kind: SpellKind::Lasting }
    }

    fn is_inverted(self) -> bool {
        self.start.is_inverted()
            || self.end.is_inverted()
            || Window::new(self.start.earliest, self.end.latest).is_inverted()
    }

    /// Returns whether some of it lies in these days. A count must lie in them as a whole. If one day is asked about, a
    /// count is asked as of that day.
    pub(crate) fn within(self, days: Window) -> Answer {
        if self.is_inverted() || days.is_inverted() {
            return Answer::No;
        }
        let days = self.asked(days);
        let (begins, ends) = match self.kind {
            SpellKind::Count => (self.end.latest, self.start.earliest),
            _ => (self.start.latest, self.end.earliest),
        };
        let certain = days.latest.is_none_or(|last| begins.is_some_and(|begins| begins <= last))
            && days.earliest.is_none_or(|first| ends.is_some_and(|ends| ends >= first));
        Answer::of(certain, self.is_apart(days))
    }

    /// Returns whether it goes on all through these days.
    pub(crate) fn throughout(self, days: Window) -> Answer {
        if self.is_inverted() || days.is_inverted() {
            return Answer::No;
        }
        let certain = matches!((self.start.latest, days.earliest), (Some(a), Some(b)) if a <= b)
            && matches!((self.end.earliest, days.latest), (Some(a), Some(b)) if a >= b)
            && self.kind != SpellKind::Count;
        let begins_late = match (self.start.earliest, days.earliest) {
            (Some(start), first) => first.is_none_or(|first| start > first),
            (None, _) => false,
        };
        let ends_early = match (self.end.latest, days.latest) {
            (Some(end), last) => last.is_none_or(|last| end < last),
            (None, _) => false,
        };
        Answer::of(certain, begins_late || ends_early)
    }

    /// Returns whether it begins by that day.
    pub(crate) fn begins_by(self, day: Day) -> Answer {
        Answer::of(
            self.start.latest.is_some_and(|latest| latest <= day),
            self.is_inverted() || self.start.earliest.is_some_and(|earliest| earliest > day),
        )
    }

    /// Returns whether it certainly begins after that day.
    pub(crate) fn begins_after(self, day: Day) -> bool {
        self.start.earliest.is_some_and(|earliest| earliest > day)
    }

    /// Returns whether a count ends before these days do, or begins after them: then it is a lower bound of the count in
    /// all of them.
    pub(crate) fn counts_a_part_of(self, days: Window) -> bool {
        let days = self.asked(days);
        let longer = days.latest.is_none_or(|last| self.end.latest.is_some_and(|end| end < last))
            || days.earliest.zip(self.start.earliest).is_some_and(|(first, start)| first < start);
        self.kind == SpellKind::Count && self.within(days).is_yes() && longer
    }

    /// Returns whether it has no day in common with these.
    pub(crate) fn is_apart(self, days: Window) -> bool {
        let before = |a: Option<Day>, b: Option<Day>| matches!((a, b), (Some(a), Some(b)) if a < b);
        before(days.latest, self.start.earliest) || before(self.end.latest, days.earliest)
    }

    /// Returns whether the two can have a day in common.
    pub(crate) fn can_coincide(self, other: Spell) -> bool {
        let inverted = self.is_inverted() || other.is_inverted();
        !inverted && !self.is_apart(Window::new(other.start.earliest, other.end.latest))
    }

    /// Returns the days from the first to the last that it can have; `None` if it cannot have any.
    pub(crate) fn possible_days(self) -> Option<Window> {
        (!self.is_inverted()).then_some(Window::new(self.start.earliest, self.end.latest))
    }

    /// Returns the first day that it can have, if it is known.
    pub(crate) fn first_day(self) -> Option<Day> {
        self.start.earliest
    }

    /// Returns whether it is a count over a stretch.
    pub(crate) fn is_count(self) -> bool {
        self.kind == SpellKind::Count
    }

    fn asked(self, days: Window) -> Window {
        match self.kind {
            SpellKind::Count if days.earliest == days.latest => Window::new(None, days.latest),
            _ => days,
        }
    }
}
