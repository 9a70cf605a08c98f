//! The period of a statement, by its start (P580), end (P582) and points in time (P585), each taken on its own.

use crate::exchange::wikidata::snak::{Snak, Worth};
use claimgraph::Period;
use claimgraph::time::Aspect;
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;

/// The start or end of a period.
#[derive(Clone, Copy)]
enum Side<'s> {
    /// The statement has none, or none that can be used.
    Missing,
    /// There is none: "no value".
    Open(&'s Snak),
    Days(&'s Snak, (Date, Date)),
}

fn side<'s>(times: &'s IndexMap<String, Vec<Snak>>, property: &str) -> Side<'s> {
    let all = times.get(property).map(Vec::as_slice).unwrap_or_default();
    let mut dated = all.iter().filter_map(|snak| Some((snak, snak.days?)));
    match (dated.next(), dated.next(), all) {
        (Some((snak, days)), None, _) => Side::Days(snak, days),
        (None, _, [snak]) if snak.worth == Worth::None => Side::Open(snak),
        _ => Side::Missing,
    }
}

/// Returns the period, and the snaks that the period could not take. An unknown start or end is a day that is not
/// known, and several points in time are a set.
pub(super) fn period(times: &IndexMap<String, Vec<Snak>>) -> (Option<Period>, Vec<&Snak>) {
    let (period, used) = span(side(times, "P580"), side(times, "P582"))
        .or_else(|| points(times))
        .map_or((None, Vec::new()), |(period, used)| (Some(period), used));
    let words: Vec<&str> = used.iter().filter_map(|snak| snak.julian.as_deref()).collect();
    let period = period
        .map(|period| if words.is_empty() { period } else { period.in_words(words.join(" to ")) });
    let used: IndexSet<*const Snak> = used.into_iter().map(std::ptr::from_ref).collect();
    let is_used = |snak: &&Snak| used.contains(&std::ptr::from_ref(*snak));
    (period, times.values().flatten().filter(|snak| !is_used(snak)).collect())
}

/// Returns the period between a start and an end, at least one of which has days.
fn span<'s>(start: Side<'s>, end: Side<'s>) -> Option<(Period, Vec<&'s Snak>)> {
    let stretch = |(first, last): (Date, Date)| Period::within(first..=last);
    let since = |(first, last): (Date, Date)| {
        Period::from_days([Some(first), Some(last), Some(last), None], Aspect::State)
    };
    let until = |(first, last): (Date, Date)| {
        Period::from_days([None, Some(last), Some(first), Some(last)], Aspect::State)
    };
    Some(match (start, end) {
        (Side::Days(a, from), Side::Days(b, to)) => {
            let both = Period::from_to(stretch(from), stretch(to));
            // If the end is before the start, the start stays.
            if both.is_inverted() { (since(from), vec![a]) } else { (both, vec![a, b]) }
        }
        (Side::Days(a, from), Side::Open(b)) => (since(from).ongoing(), vec![a, b]),
        (Side::Days(a, from), Side::Missing) => (since(from), vec![a]),
        (Side::Open(a), Side::Days(b, to)) => {
            // Only the text says that the start is open.
            let text = b.source().and_then(|end| format!("../{end}").parse::<Period>().ok());
            (text.unwrap_or_else(|| until(to)), vec![a, b])
        }
        (Side::Missing, Side::Days(b, to)) => (until(to), vec![b]),
        _ => return None,
    })
}

/// Returns the period of one point in time, or of a set of them.
fn points(times: &IndexMap<String, Vec<Snak>>) -> Option<(Period, Vec<&Snak>)> {
    let all = times.get("P585").into_iter().flatten();
    let dated: Vec<(&Snak, (Date, Date))> =
        all.filter_map(|snak| Some((snak, snak.days?))).collect();
    let used = dated.iter().map(|(snak, _)| *snak).collect();
    match dated.as_slice() {
        [] => None,
        [(_, (first, last))] => Some((Period::within(*first..=*last).lasting(), used)),
        several => {
            let texts: IndexSet<&str> =
                several.iter().filter_map(|(snak, _)| snak.source()).collect();
            let texts: Vec<&str> = texts.into_iter().collect();
            let set = format!("{{{}}}", texts.join(",")).parse::<Period>().ok();
            Some((set?, used))
        }
    }
}
