//! Hours and parts of a day that stand beside a day: "at 14:30", "Monday night", "the morning of 5 March". The day is
//! read without them.

use super::calendar::is;
use super::words::{Word, begins_with};

/// Parts of a day. "Midnight" is of two days, and is not one of them.
const PARTS: &[(&str, ())] = &[
    ("morning", ()),
    ("afternoon", ()),
    ("evening", ()),
    ("night", ()),
    ("noon", ()),
    ("midday", ()),
    ("dawn", ()),
    ("dusk", ()),
    ("overnight", ()),
];

/// Words before a part of a day.
const BEFORE: &[(&str, ())] = &[
    ("the", ()),
    ("at", ()),
    ("in the", ()),
    ("on the", ()),
    ("early", ()),
    ("early in the", ()),
    ("in the early", ()),
    ("the early", ()),
    ("late", ()),
    ("late in the", ()),
    ("in the late", ()),
    ("the late", ()),
];

/// Words after an hour of the clock.
const ZONES: &[(&str, ())] =
    &[("local time", ()), ("local", ()), ("gmt", ()), ("utc", ()), ("z", ()), ("cet", ())];

/// Returns how many words at the front tell an hour before its day: "at 14:30 on", "the morning of".
pub(super) fn before_day(words: &[Word]) -> usize {
    let rest = |at: usize| words.get(at..).unwrap_or_default();
    let on = |used: usize| used + usize::from(is(words, used, "on"));
    match (clock(words), part(words)) {
        (0, 0) => 0,
        (0, used) if is(words, used, "of") => used + 1,
        // "Night" alone is of no day that the words name.
        (0, used) if is(words, 0, "at") && !rest(used).is_empty() => on(used),
        (0, _) => 0,
        (used, _) => on(used),
    }
}

/// Returns how many words at the front tell an hour after its day: "at 14:30", "night".
pub(super) fn after_day(words: &[Word]) -> usize {
    match clock(words) {
        0 => part(words),
        used => used,
    }
}

/// Returns how many words at the front name a part of a day.
fn part(words: &[Word]) -> usize {
    let lead = begins_with(words, BEFORE).map_or(0, |(_, used)| used);
    let found = words.get(lead..).and_then(|rest| begins_with(rest, PARTS));
    found.map_or(0, |(_, used)| lead + used)
}

/// Returns how many words at the front are an hour of the clock: "at 14:30", "2 pm", "0600 hours", "at 0600 GMT".
fn clock(words: &[Word]) -> usize {
    let at = usize::from(is(words, 0, "at"));
    let at = at + usize::from(is(words, at, "about") || is(words, at, "around"));
    let Some(figure) = words.get(at).filter(|word| word.is_figure()) else { return 0 };
    let rest = |at: usize| words.get(at..).unwrap_or_default();
    let half = &[("am", ()), ("pm", ()), ("a m", ()), ("p m", ())];
    let half = begins_with(rest(at + 1), half).map_or(0, |(_, used)| used);
    let hours = usize::from(is(words, at + 1, "hours") || is(words, at + 1, "hrs"));
    let four = figure.text.len() == 4 && (hours > 0 || at > 0 && figure.text.starts_with('0'));
    let (hour, minute) = match figure.text.split_once(':') {
        Some(both) => both,
        None if four => figure.text.split_at(2),
        None if half > 0 => (figure.text.as_str(), "00"),
        None => return 0,
    };
    let below = |text: &str, most: u8| text.len() <= 2 && text.parse().is_ok_and(|n: u8| n < most);
    if !below(hour, 24) || !below(minute, 60) || minute.len() != 2 {
        return 0;
    }
    let used = at + 1 + half.max(hours);
    used + begins_with(rest(used), ZONES).map_or(0, |(_, used)| used)
}
