//! A period in words: "since 2022-02", "by 2024-10-24", "perhaps in 2024-06". Sentences and reports show periods by it.

use crate::model::time::period::{Aspect, Period};
use crate::model::time::window::{Window, precision};
use std::fmt;

/// Writes "on 2024-10-24", "in 2024-06", "since 2022-02" or "by 2024-10-24".
///
/// If the text doubts the date or gives it loosely, its words come before the days: "perhaps in 2024-06" for `2024-06?`,
/// "about 2024-06" for `2024-06~`, "“early June”, between 2024-06-01 and 2024-06-10".
///
/// ```
/// use claimgraph::{date, Period};
/// let doubted: Period = "2024-06?".parse().unwrap();
/// assert_eq!(doubted.to_string(), "perhaps in 2024-06");
/// let early = Period::within(date(2024, 6, 1)..=date(2024, 6, 10)).in_words("early June");
/// assert_eq!(early.to_string(), "\u{201c}early June\u{201d}, between 2024-06-01 and 2024-06-10");
/// ```
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = Days(self);
        match (self.words(), self.mark_of_doubt()) {
            (None, _) => days.fmt(f),
            (Some(_), Some('?')) => write!(f, "perhaps {days}"),
            (Some(words), Some(mark)) => {
                let perhaps = if mark == '%' { "perhaps " } else { "" };
                write!(f, "{perhaps}about {}", words.trim_end_matches(mark))
            }
            (Some(words), None) => write!(f, "\u{201c}{words}\u{201d}, {days}"),
        }
    }
}

impl Period {
    /// Returns the mark of doubt at the end of the words, if they are an EDTF date with no other mark: `2024-06?`.
    pub(crate) fn mark_of_doubt(&self) -> Option<char> {
        let words = self.words()?;
        let mark = words.chars().next_back().filter(|mark| matches!(mark, '?' | '~' | '%'))?;
        let date = words.strip_suffix(mark)?;
        let plain: Period = date.parse().ok().filter(|plain: &Period| plain.words.is_none())?;
        let same = (self.start, self.end, self.aspect) == (plain.start, plain.end, plain.aspect);
        (same && plain.aspect == Aspect::Occurrence && !date.starts_with('[')).then_some(mark)
    }
}

/// The days of a period in words.
struct Days<'p>(&'p Period);

impl fmt::Display for Days<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Days(this) = self;
        let (start, end) = (this.start, this.end);
        if this.aspect == Aspect::Occurrence {
            return match (start.earliest, end.latest) {
                (Some(a), Some(b)) if a == b => write!(f, "on {a}"),
                (Some(a), Some(b)) => match precision(a, b) {
                    Some(text) => write!(f, "in {text}"),
                    None => write!(f, "between {a} and {b}"),
                },
                (None, Some(b)) => write!(f, "by {b}"),
                (Some(a), None) => write!(f, "on or after {a}"),
                (None, None) => f.write_str("at an unknown time"),
            };
        }
        let over = if this.aspect == Aspect::Cumulative { "in all " } else { "" };
        let side = |w: Window| match (w.earliest, w.latest) {
            (Some(a), Some(b)) if a == b => Some(a.to_string()),
            (Some(a), Some(b)) => precision(a, b).or_else(|| Some(format!("between {a} and {b}"))),
            _ => None,
        };
        let holding = match (start.latest, end.earliest) {
            (Some(a), Some(b)) if a <= b && !this.ongoing => Some(b),
            _ => None,
        };
        match (side(start), side(end), holding) {
            (Some(a), Some(b), _) => write!(f, "{over}from {a} to {b}"),
            (Some(a), None, _) if this.ongoing => write!(f, "{over}since {a}"),
            (Some(a), None, Some(day)) => write!(f, "{over}begun {a}, holding on {day}"),
            (Some(a), None, None) => write!(f, "{over}from {a}"),
            (None, Some(b), _) => write!(f, "{over}until {b}"),
            (None, None, Some(day)) => write!(f, "{over}holding on {day}"),
            (None, None, None) => write!(f, "{over}at an unknown time"),
        }
    }
}
