//! One draft as a claim: every member is resolved, and every fault is found at once.

use super::closed_word::{certainty, modality, polarity, stance};
use super::fault::{Fault, below};
use super::fields::{self, Fields, Members, Notes, Text};
use super::nearest::evened;
use super::part::Part;
use super::passage::{self, Found};
use super::resolver::Resolver;
use crate::phrase::Outlook;
use crate::quotation::PreparedText;
use crate::word;
use claimgraph::claim::{Attribution, NotStated, Quote};
use claimgraph::error::{Error, FieldPath};
use claimgraph::reporting::Document;
use claimgraph::vocabulary::{Any, RelationDef};
use claimgraph::{Claim, ClaimId, Id, Modality, Relation, Stance};
use serde_json::Value;

/// The members of a draft, and other names that models give them.
pub(super) const CLAIM: &Members = &[
    ("label", &["id", "claim_id", "key"]),
    ("speakers", &["speaker", "source", "sources", "by", "attributed_to", "attribution"]),
    ("stance", &["stance_type", "act"]),
    ("polarity", &["sign"]),
    ("subject", &["subj", "head"]),
    ("relation", &["predicate", "verb", "relationship", "rel"]),
    ("object", &["obj", "tail"]),
    ("roles", &["qualifiers", "arguments"]),
    ("quantity", &["amount", "count", "number", "figure"]),
    ("object_quantity", &[]),
    ("when", &["valid", "valid_time", "event_date", "event_time"]),
    ("said", &["said_on", "statement_date"]),
    ("reported", &["reported_on", "report_date"]),
    ("certainty", &["factuality"]),
    ("modality", &["realis"]),
    ("background", &[]),
    ("answers", &["responds_to", "in_response_to", "targets", "target", "replies_to"]),
    ("passage", &["quotation", "evidence", "sentence", "source_text", "text", "supporting_text"]),
    ("quote", &["direct_quote", "quoted_words"]),
    ("cue", &["cue_words"]),
];

const ROLE: &Members = &[("role", &["name", "key", "type"]), ("value", &["filler"])];

/// Returns the text that a draft gives itself as a label.
pub(super) fn label(at: &str, draft: &Value) -> Option<Text> {
    let mut notes = Notes::default();
    Fields::of(at, draft, CLAIM, &mut notes)?.text("label", &mut notes)
}

/// The document of a draft, its text if the graph has it, and whether words of it are kept.
type Place<'p> = (Id<Document>, Option<&'p PreparedText<'p>>, bool);

/// Returns the claim of a draft. If the resolver has a fault afterwards, or a draft that has to be read first, the claim
/// has stand-ins for what is missing, so that every fault is found.
pub(super) fn claim(fields: &Fields<'_>, place: Place<'_>, to: &mut Resolver<'_>) -> Claim {
    let taken = match fields.value("stance") {
        Some(_) => word(fields, "stance", to, stance),
        None => {
            let fault = Fault::new(&fields.pointer("stance"), "", "missing stance");
            to.notes.fault(fault.among(Stance::ALL.iter().map(|stance| stance.as_str())));
            None
        }
    }
    .unwrap_or(Stance::Asserts);
    let mode = word(fields, "modality", to, modality);
    to.outlook = match mode {
        Some(Modality::Actual) => Outlook::back_from,
        None if taken.usual_modality() == Modality::Actual && !speaks_ahead(fields) => {
            Outlook::either_way_from
        }
        _ => Outlook::ahead_from,
    };
    let attribution = attribution(fields, place.0, to);
    let mut targets: Vec<ClaimId> = Vec::new();
    for (at, value) in fields.list("answers").into_iter().filter(|(_, value)| !value.is_null()) {
        let label = fields::text(&at, value, &mut to.notes);
        targets.extend(label.and_then(|label| to.claim(&label)));
    }
    let said = content(fields, to);
    let roles = roles(fields, said.as_ref().map(|(_, def, _)| def), to);
    let mut claim = match said {
        None => attribution.answers(taken, targets),
        Some((relation, _, (subject, object))) => {
            let (subject, object) =
                (subject.unwrap_or(Part::NotStated), object.unwrap_or(Part::NotStated));
            attribution.says(taken, subject, relation, object).responding_to(targets)
        }
    };
    for (role, part) in roles {
        claim = claim.with(role, part);
    }
    claim = set(claim, mode, Claim::modality);
    claim = set(claim, word(fields, "certainty", to, certainty), Claim::certainty);
    claim = set(claim, word(fields, "polarity", to, polarity), Claim::polarity);
    if fields.flag("background", &mut to.notes) {
        claim = claim.background();
    }
    let figure = |member, to: &mut Resolver<'_>| {
        fields.value(member).and_then(|(at, value)| to.figure(at, value))
    };
    claim = set(claim, figure("quantity", to), Claim::quantity);
    claim = set(claim, figure("object_quantity", to), Claim::object_quantity);
    let time = |member, to: &mut Resolver<'_>| {
        fields.text(member, &mut to.notes).and_then(|words| Some((to.period(&words)?, words)))
    };
    claim = set(claim, time("when", to), |claim, (period, _)| claim.valid(period));
    // What is said and reported lies behind the document.
    to.outlook = Outlook::back_from;
    claim = set(claim, time("said", to), |claim, (period, _)| claim.said(period));
    if let Some((period, words)) = time("reported", to) {
        match (period.start_earliest(), period.end_latest()) {
            (Some(day), Some(last)) if day == last => {
                if let Some(written) = to.day.filter(|written| day > *written) {
                    let problem = format!("is after the day of the document, {written}");
                    let fault = Fault::new(&words.at, &words.text, problem);
                    to.notes.fault(fault.expecting("that day or an earlier one"));
                }
                claim = claim.reported(day);
            }
            _ => {
                let fault = Fault::new(&words.at, &words.text, "is not a day");
                to.notes.fault(fault.expecting("a day, as 2024-10-24"));
            }
        }
    }
    placed(claim, fields, place, &mut to.notes)
}

/// Words of a passage that speak of what is to come.
const AHEAD: &[&str] = &[
    "will",
    "would",
    "could",
    "shall",
    "due",
    "plans",
    "plan",
    "planned",
    "planning",
    "intends",
    "intend",
    "scheduled",
    "expected",
    "upcoming",
];

/// Returns whether the words of a draft speak of what is to come.
fn speaks_ahead(fields: &Fields<'_>) -> bool {
    ["passage", "quote", "cue"].iter().filter_map(|member| fields.value(member)).any(
        |(_, value)| {
            let words = value.get("words").unwrap_or(value).as_str().unwrap_or_default();
            word::words(words)
                .filter_map(|range| words.get(range))
                .any(|word| AHEAD.contains(&&*word.to_lowercase()))
        },
    )
}

/// Returns the claim with a part, if there is one.
fn set<T>(claim: Claim, part: Option<T>, with: impl FnOnce(Claim, T) -> Claim) -> Claim {
    match part {
        Some(part) => with(claim, part),
        None => claim,
    }
}

/// Returns the value of a member that is a closed word.
fn word<T>(
    fields: &Fields<'_>,
    member: &str,
    to: &mut Resolver<'_>,
    read: impl FnOnce(&Text, &mut Notes) -> Option<T>,
) -> Option<T> {
    fields.text(member, &mut to.notes).and_then(|word| read(&word, &mut to.notes))
}

/// Returns the speakers: the outermost first, the document itself if there is none. In the list, `null` is somebody not
/// named.
fn attribution(fields: &Fields<'_>, document: Id<Document>, to: &mut Resolver<'_>) -> Attribution {
    let written = fields.list("speakers");
    if written.is_empty() {
        if let Some(at) = fields.null("speakers") {
            let problem = "null is the document, or somebody not named";
            let fault = Fault::new(at, "", format!("has two readings: {problem}"));
            to.notes.fault(fault.expecting("[] for the document, [null] for somebody not named"));
        }
        return Claim::by(document);
    }
    let mut chain = Vec::new();
    for (at, value) in written {
        if value.is_null() {
            chain.push(None);
            continue;
        }
        chain.push(to.named(&at, value, Some("Source")));
    }
    let mut chain = chain.into_iter().rev();
    let mut attribution = match chain.next().flatten() {
        Some(speaker) => Claim::by(speaker),
        None => Claim::by(NotStated),
    };
    for relay in chain {
        attribution = match relay {
            Some(relay) => attribution.relayed_by(relay),
            None => attribution.relayed_by(NotStated),
        };
    }
    attribution
}

type Content = (Relation<Any, Any>, RelationDef, (Option<Part>, Option<Part>));

/// Returns what the claim says; nothing if it only answers others.
fn content(fields: &Fields<'_>, to: &mut Resolver<'_>) -> Option<Content> {
    let Some(name) = fields.text("relation", &mut to.notes) else {
        let ends = fields.value("subject").or(fields.value("object"));
        let answers = fields.value("answers").is_some();
        if ends.is_some() || !answers {
            let fault = Fault::new(&fields.pointer("relation"), "", "missing relation");
            to.notes.fault(fault.expecting("a relation, or answers to other drafts"));
        }
        return None;
    };
    let (relation, def) = to.relation(&name)?;
    let ends = to.ends(fields, &def);
    Some((relation, def, ends))
}

fn roles(
    fields: &Fields<'_>,
    relation: Option<&RelationDef>,
    to: &mut Resolver<'_>,
) -> Vec<(claimgraph::Role<Any>, Part)> {
    let mut written: Vec<(Text, String, &Value)> = Vec::new();
    if let Some((at, Value::Object(roles))) = fields.value("roles")
        && !roles.contains_key("role")
    {
        // `{"purpose": ".."}` in place of a list.
        for (key, value) in roles.iter().filter(|(_, value)| !value.is_null()) {
            let here = below(at, key);
            to.notes.repair(at, "an object", "a list of roles", "a list was expected");
            written.push((Text { at: here.clone(), text: key.clone() }, here, value));
        }
    } else {
        for (at, value) in fields.list("roles") {
            let Some(role) = Fields::of(&at, value, ROLE, &mut to.notes) else { continue };
            let name = role.text("role", &mut to.notes);
            match (name, role.value("value")) {
                (Some(name), Some((at, value))) => written.push((name, at.to_owned(), value)),
                (None, _) => to.notes.fault(Fault::new(&role.pointer("role"), "", "missing role")),
                (_, None) => {
                    to.notes.fault(Fault::new(&role.pointer("value"), "", "missing value"))
                }
            }
        }
    }
    let mut found = Vec::new();
    for (name, at, value) in written {
        let Some((role, slot)) = to.role(&name, relation) else { continue };
        let Value::Array(values) = value else {
            found.extend(to.part(&at, value, &slot).map(|part| (role, part)));
            continue;
        };
        for (place, value) in values.iter().enumerate() {
            found.extend(to.part(&below(&at, place), value, &slot).map(|part| (role, part)));
        }
    }
    found
}

/// Adds where the claim stands: the passage, the words of the speaker, the cue.
fn placed(
    claim: Claim,
    fields: &Fields<'_>,
    (document, text, keeps_words): Place<'_>,
    notes: &mut Notes,
) -> Claim {
    let locate = |member, within: Option<&Found<'_>>, notes: &mut Notes| {
        let (at, value) = fields.value(member)?;
        passage::locate(text?, at, value, within, notes)
    };
    // Without the text, words are kept as they came.
    let given = |member, notes: &mut Notes| {
        let (at, value) = fields.value(member).filter(|_| text.is_none())?;
        Some(passage::words(at, value, notes)?.0.text)
    };
    let passage = locate("passage", None, notes);
    let said = fields.value("quote").zip(text).and_then(|((at, value), text)| {
        passage::locate_quote(text, at, value, passage.as_ref(), notes)
    });
    // Reported words are the passage, if there is no other.
    let at = passage.as_ref().or(said.as_ref().filter(|said| !said.1).map(|said| &said.0));
    let mut claim = match at {
        Some(found) => claim.read_in(document, found.span),
        None => claim.read_in(document, ..),
    };
    let words = at.map(|found| found.words.to_owned()).or_else(|| given("passage", notes));
    claim = set(claim, words.filter(|_| keeps_words), Claim::words);
    for part in said.iter().filter(|said| said.1).flat_map(|said| &said.0.parts) {
        let words = text.and_then(|text| text.text().get(passage::bytes(*part)?));
        claim = claim.quote(quote(words.unwrap_or_default()).at(*part));
    }
    claim = set(claim, given("quote", notes), |claim, said| claim.quote(quote(&said)));
    if let Some(found) = locate("cue", passage.as_ref(), notes) {
        claim = claim.cue(found.words, found.span);
    }
    set(claim, given("cue", notes), |claim, cue| claim.cue(cue, ..))
}

/// Returns a quote: a whole sentence if it begins and ends as one.
fn quote(said: &str) -> Quote {
    let begins = said.chars().next().is_some_and(char::is_uppercase);
    match begins && said.ends_with(['.', '!', '?', ',']) {
        true => Quote::whole(said),
        false => Quote::fragment(said),
    }
}

/// Returns where a part of a claim stands in its draft.
fn place(fields: &Fields<'_>, speakers: usize, part: Option<&FieldPath>) -> String {
    let member = |name: &str| fields.pointer(name);
    match part {
        Some(FieldPath::Speaker(outwards)) => {
            below(&member("speakers"), speakers.saturating_sub(1 + outwards))
        }
        Some(FieldPath::Target(index)) => below(&member("answers"), index),
        Some(FieldPath::Subject) => member("subject"),
        Some(FieldPath::Relation) => member("relation"),
        Some(FieldPath::Object) => member("object"),
        Some(FieldPath::Role(key)) => role_named(fields, key).unwrap_or_else(|| member("roles")),
        Some(FieldPath::Stance) => member("stance"),
        Some(FieldPath::Quantity) => member("quantity"),
        Some(FieldPath::Valid) => member("when"),
        Some(FieldPath::Reported) => member("reported"),
        Some(FieldPath::Said) => member("said"),
        Some(FieldPath::Span | FieldPath::Words) => member("passage"),
        Some(FieldPath::Cue) => member("cue"),
        Some(FieldPath::Quote(_)) => member("quote"),
        _ => fields.at.clone(),
    }
}

/// Returns where a role stands in the list of a draft.
fn role_named(fields: &Fields<'_>, key: &str) -> Option<String> {
    let (at, value) = fields.value("roles")?;
    let is_it = |role: &Value| {
        role.get("role").and_then(Value::as_str).is_some_and(|name| evened(name) == evened(key))
    };
    Some(below(at, value.as_array()?.iter().position(is_it)?))
}

/// Returns what the graph refused, as a fault of the draft.
pub(super) fn refused(fields: &Fields<'_>, error: &Error) -> Fault {
    Fault::new(&place(fields, speaker_count(fields), error.part()), "", error.kind().to_string())
}

/// Returns how many speakers a draft gives. The document is one.
fn speaker_count(fields: &Fields<'_>) -> usize {
    match fields.value("speakers") {
        Some((_, Value::Array(speakers))) => speakers.len(),
        Some(_) | None => 1,
    }
}
