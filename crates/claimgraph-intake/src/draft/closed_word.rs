//! The closed words of a claim in the forms in which models write them: "asserted", "DENIES", "calls for", "says".

use super::fault::Fault;
use super::fields::{Notes, Text};
use super::nearest::evened;
use claimgraph::claim::{Certainty, Polarity};
use claimgraph::{Modality, Stance};

/// Other verbs of saying, with the stance that each of them always has.
const SAYING: &[(&str, Stance)] = &[
    ("says", Stance::Asserts),
    ("say", Stance::Asserts),
    ("said", Stance::Asserts),
    ("states", Stance::Asserts),
    ("stated", Stance::Asserts),
    ("announces", Stance::Asserts),
    ("announced", Stance::Asserts),
    ("reports", Stance::Asserts),
    ("reported", Stance::Asserts),
    ("claims", Stance::Asserts),
    ("claimed", Stance::Asserts),
    ("urges", Stance::CallsFor),
    ("urged", Stance::CallsFor),
    ("predicts", Stance::Projects),
    ("predicted", Stance::Projects),
    ("forecasts", Stance::Projects),
    ("forecast", Stance::Projects),
    ("corrects", Stance::Revises),
    ("corrected", Stance::Revises),
    ("withdraws", Stance::Retracts),
    ("withdrew", Stance::Retracts),
    ("admits", Stance::Acknowledges),
    ("admitted", Stance::Acknowledges),
    ("concedes", Stance::Acknowledges),
    ("conceded", Stance::Acknowledges),
];

/// Other words for certainties, modalities and signs.
const CERTAINTIES: &[(&str, Certainty)] = &[
    ("sure", Certainty::Certain),
    ("likely", Certainty::Probable),
    ("probably", Certainty::Probable),
    ("possibly", Certainty::Possible),
    ("uncertain", Certainty::Uncommitted),
    ("unknown", Certainty::Uncommitted),
];

const MODALITIES: &[(&str, Modality)] = &[
    ("real", Modality::Actual),
    ("factual", Modality::Actual),
    ("plan", Modality::Planned),
    ("intended", Modality::Planned),
    ("promised", Modality::Committed),
    ("forecast", Modality::Expected),
    ("wanted", Modality::Desired),
    ("conditional", Modality::Hypothetical),
];

const POLARITIES: &[(&str, Polarity)] =
    &[("good", Polarity::Positive), ("bad", Polarity::Negative)];

/// Returns the verb without its ending: "denies" and "deny", "dismisses" and "dismiss".
fn stems(word: &str) -> Vec<String> {
    let mut stems: Vec<String> = Vec::new();
    stems.extend(word.strip_suffix("ies").map(|stem| format!("{stem}y")));
    stems.extend(word.strip_suffix("es").map(str::to_owned));
    stems.extend(word.strip_suffix('s').map(str::to_owned));
    stems
}

/// Returns the value whose word, or one of its forms, a text is.
fn among<T: Copy>(
    given: &Text,
    what: &'static str,
    forms: &[(String, T)],
    name: impl Fn(T) -> &'static str,
    all: &[T],
    notes: &mut Notes,
) -> Option<T> {
    let wanted = evened(&given.text);
    if let Some(&exact) = all.iter().find(|&&value| name(value) == given.text) {
        return Some(exact);
    }
    let found = all.iter().find(|&&value| name(value) == wanted).copied();
    let found =
        found.or_else(|| forms.iter().find(|(form, _)| *form == wanted).map(|&(_, value)| value));
    match found {
        Some(value) => {
            notes.repair(&given.at, &given.text, name(value), "another form of the word");
            Some(value)
        }
        None => {
            let fault = Fault::new(&given.at, &given.text, format!("is not a {what}"));
            notes.fault(fault.among(all.iter().map(|&value| name(value))));
            None
        }
    }
}

pub(super) fn stance(given: &Text, notes: &mut Notes) -> Option<Stance> {
    let mut forms: Vec<(String, Stance)> =
        SAYING.iter().map(|&(word, stance)| (word.to_owned(), stance)).collect();
    for &stance in Stance::ALL {
        forms.push((evened(stance.past()), stance));
        // "calls for" has its ending inside.
        let (verb, rest) = stance.as_str().split_once('-').unwrap_or((stance.as_str(), ""));
        for stem in stems(verb) {
            forms.push((evened(&format!("{stem} {rest}")), stance));
        }
    }
    among(given, "stance", &forms, Stance::as_str, Stance::ALL, notes)
}

fn owned<T: Copy>(forms: &[(&str, T)]) -> Vec<(String, T)> {
    forms.iter().map(|&(word, value)| (word.to_owned(), value)).collect()
}

pub(super) fn certainty(given: &Text, notes: &mut Notes) -> Option<Certainty> {
    among(given, "certainty", &owned(CERTAINTIES), Certainty::as_str, Certainty::ALL, notes)
}

pub(super) fn modality(given: &Text, notes: &mut Notes) -> Option<Modality> {
    among(given, "modality", &owned(MODALITIES), Modality::as_str, Modality::ALL, notes)
}

pub(super) fn polarity(given: &Text, notes: &mut Notes) -> Option<Polarity> {
    among(given, "polarity", &owned(POLARITIES), Polarity::as_str, Polarity::ALL, notes)
}
