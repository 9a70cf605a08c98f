//! A period in words: "since 2022-02", "by 2024-10-24". Sentences and reports show periods by it.

use crate::model::time::period::{Aspect, Period};
use crate::model::time::window::{Window, precision};
use std::fmt;

/// Writes "on 2024-10-24", "in 2024-06", "since 2022-02" or "by 2024-10-24".
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = (self.start, self.end);
        if self.aspect == Aspect::Occurrence {
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
        let over = if self.aspect == Aspect::Cumulative { "in all " } else { "" };
        let side = |w: Window| match (w.earliest, w.latest) {
            (Some(a), Some(b)) if a == b => Some(a.to_string()),
            (Some(a), Some(b)) => precision(a, b).or_else(|| Some(format!("between {a} and {b}"))),
            _ => None,
        };
        let holding = match (start.latest, end.earliest) {
            (Some(a), Some(b)) if a <= b && !self.ongoing => Some(b),
            _ => None,
        };
        match (side(start), side(end), holding) {
            (Some(a), Some(b), _) => write!(f, "{over}from {a} to {b}"),
            (Some(a), None, _) if self.ongoing => write!(f, "{over}since {a}"),
            (Some(a), None, Some(day)) => write!(f, "{over}begun {a}, holding on {day}"),
            (Some(a), None, None) => write!(f, "{over}from {a}"),
            (None, Some(b), _) => write!(f, "{over}until {b}"),
            (None, None, Some(day)) => write!(f, "{over}holding on {day}"),
            (None, None, None) => write!(f, "{over}at an unknown time"),
        }
    }
}
