//! The JSON Schema of drafts and a description of the vocabulary for a prompt, both made from the vocabulary itself.

use super::Drafts;
use claimgraph::claim::{Certainty, Polarity};
use claimgraph::vocabulary::{RelationDef, Slot, Vocabulary};
use claimgraph::{Modality, Stance};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// So many enumeration values in all are taken by the interfaces of model providers.
const MOST_WORDS: usize = 1_000;

/// If an enumeration has more than 250 values, so many bytes of them are taken.
const MOST_BYTES: usize = 15_000;

impl Drafts {
    /// Returns the JSON Schema (draft 2020-12) of drafts in a vocabulary, for the structured output of a model.
    ///
    /// It keeps to the subset that model providers take: an object at the root, every property required, absent is
    /// `null`, `additionalProperties` false, `anyOf` only, no recursion, at most 1,000 enumeration values in all. If the
    /// vocabulary has more relations, roles or kinds, they are texts, and [`prompt`](Self::prompt) has the list.
    ///
    /// ```
    /// use claimgraph::reporting;
    /// use claimgraph_intake::Drafts;
    /// let schema = Drafts::schema(&reporting::vocabulary());
    /// let relation = &schema["properties"]["claims"]["items"]["properties"]["relation"];
    /// assert!(relation["anyOf"][0]["enum"].as_array().unwrap().contains(&"deploys-to".into()));
    /// ```
    pub fn schema(vocabulary: &Vocabulary) -> Value {
        let mut left = MOST_WORDS;
        let mut words = |words: Vec<&str>| one_of(words, &mut left);
        let stance = words(Stance::ALL.iter().map(|word| word.as_str()).collect());
        let certainty = words(Certainty::ALL.iter().map(|word| word.as_str()).collect());
        let modality = words(Modality::ALL.iter().map(|word| word.as_str()).collect());
        let polarity = words(Polarity::ALL.iter().map(|word| word.as_str()).collect());
        let unit = words(vocabulary.units().map(|unit| unit.key.as_str()).collect());
        let kind = words(vocabulary.kinds().map(|kind| kind.key.as_str()).collect());
        let role = words(vocabulary.roles().map(|role| role.key.as_str()).collect());
        let relation = words(vocabulary.relations().map(|def| def.key.as_str()).collect());
        let figure = object([
            ("figure", text("the figure as it is printed: \"at least 3,000\"")),
            ("unit", or_null(described(unit, "what is counted; null if the figure says it"))),
        ]);
        let claim = object([
            ("label", or_null(text("a name by which other claims answer this one: \"c1\""))),
            (
                "speakers",
                list(
                    or_null(text("a name")),
                    "who says it, the outermost first: who passes it on, then who said it. null is somebody not named. An empty list is the document itself.",
                ),
            ),
            (
                "stance",
                described(stance, &lines(Stance::ALL.iter().map(|&stance| stance_line(stance)))),
            ),
            ("subject", or_null(term("who or what does it"))),
            (
                "relation",
                or_null(described(relation, &lines(vocabulary.relations().map(sentence)))),
            ),
            ("object", or_null(term("to whom or what; null if the relation takes nothing"))),
            (
                "roles",
                list(
                    object([
                        (
                            "role",
                            described(
                                role,
                                &lines(
                                    vocabulary
                                        .roles()
                                        .map(|role| format!("{}: {}", role.key, role.value)),
                                ),
                            ),
                        ),
                        ("value", term("what stands in the role")),
                    ]),
                    "further arguments of the relation",
                ),
            ),
            ("quantity", or_null(figure.clone())),
            ("object_quantity", or_null(figure)),
            (
                "when",
                or_null(text(
                    "when it holds or happened, as it is printed: \"early June\", \"by December\"",
                )),
            ),
            ("said", or_null(text("when it was said, as it is printed"))),
            (
                "reported",
                or_null(text("the day it was on record, if it is not that of the document")),
            ),
            (
                "certainty",
                or_null(described(certainty, "how sure the speaker is, if the words say so")),
            ),
            (
                "modality",
                or_null(described(
                    modality,
                    "whether it is actual, planned, expected ..., if the words say so; a day without its year looks back if it is actual, else ahead",
                )),
            ),
            ("polarity", or_null(described(polarity, "the sign of an assessment"))),
            (
                "background",
                json!({"type": "boolean", "description": "whether it is mentioned in passing"}),
            ),
            (
                "answers",
                list(
                    text("a label"),
                    "the labels of the claims that it answers, confirms or denies",
                ),
            ),
            ("passage", place("the words of the document that say it, copied exactly")),
            (
                "quote",
                place(
                    "the speaker's own words inside quotation marks, copied exactly, without the marks; within the passage",
                ),
            ),
            ("cue", place("the words that show the stance, copied exactly; within the passage")),
        ]);
        let entity = object([
            ("name", text("the name as the document has it")),
            ("kind", described(kind, "the kind of the entity")),
            ("aliases", list(text("a name"), "other names of it in the document")),
            (
                "name_withheld",
                json!({"type": "boolean", "description": "whether the document withholds the name"}),
            ),
        ]);
        let root = object([
            (
                "entities",
                list(entity, "each person, state, office, place or event that a claim names"),
            ),
            ("claims", list(claim, "each thing that somebody says in the document")),
        ]);
        with(root, "$schema", "https://json-schema.org/draft/2020-12/schema")
    }

    /// Returns a description of the vocabulary as plain text, for the prompt of a model.
    ///
    /// It has the kinds, the relations with what stands before and after them, the roles, the units and the stances,
    /// each on a line.
    ///
    /// ```
    /// use claimgraph::reporting;
    /// use claimgraph_intake::Drafts;
    /// let prompt = Drafts::prompt(&reporting::vocabulary());
    /// assert!(prompt.contains("\ndeploys-to: an Actor deploys to a Place; roles: treaty\n"));
    /// assert!(prompt.contains("\nestimates: gives it as an estimate; takes no answers\n"));
    /// ```
    pub fn prompt(vocabulary: &Vocabulary) -> String {
        let mut prompt = String::new();
        let mut part = |title: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                let _ = writeln!(prompt, "{title}\n{}\n", lines.join("\n"));
            }
        };
        let kinds = vocabulary.kinds().map(|kind| match kind.above.as_slice() {
            [] => kind.key.clone(),
            above => format!("{}, which is also {}", kind.key, above.join(", ")),
        });
        part("KINDS OF ENTITIES", kinds.collect());
        part("RELATIONS", vocabulary.relations().map(sentence).collect());
        let general = vocabulary.roles().map(|role| {
            let whose = if role.general { ", of any relation" } else { "" };
            format!("{}: {}{whose}", role.key, role.value)
        });
        part("ROLES", general.collect());
        let units = vocabulary.units().map(|unit| match unit.synonyms.as_slice() {
            [] => unit.key.clone(),
            others => format!("{}, also written {}", unit.key, others.join(", ")),
        });
        part("UNITS", units.collect());
        let stances = Stance::ALL.iter().map(|&stance| stance_line(stance));
        part("STANCES", stances.collect());
        prompt.truncate(prompt.trim_end().len());
        prompt.push('\n');
        prompt
    }
}

/// Returns a relation as a line: "deploys-to: an Actor deploys to a Place".
fn sentence(relation: &RelationDef) -> String {
    let RelationDef { key, subject, object, roles, .. } = relation;
    let verb = relation.verb();
    let mut line = match object {
        Slot::Nothing => format!("{key}: {subject} {verb}; object: null"),
        object => format!("{key}: {subject} {verb} {object}"),
    };
    if relation.symmetric {
        line.push_str("; the same from either side");
    }
    if !roles.is_empty() {
        let _ = write!(line, "; roles: {}", roles.join(", "));
    }
    line
}

/// Returns a stance as a line: its meaning, and the members that a claim of it needs or does not take.
fn stance_line(stance: Stance) -> String {
    let mut line = format!("{stance}: {}", meaning(stance));
    if !stance.takes_statement() {
        line.push_str("; subject, relation and object: null");
    }
    if stance.needs_target() {
        line.push_str("; needs answers");
    } else if stance.bearing().is_none() {
        line.push_str("; takes no answers");
    }
    if stance == Stance::Denies {
        line.push_str("; needs a statement of its own");
    }
    if stance == Stance::Assesses {
        line.push_str("; needs a polarity");
    }
    line
}

/// Returns what a stance means, for a reader of the text.
fn meaning(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "says that it is so",
        Stance::Observes => "has seen or detected it",
        Stance::Estimates => "gives it as an estimate",
        Stance::Assesses => "judges it to be good or bad",
        Stance::Confirms => "says that a claim of somebody else is true",
        Stance::Acknowledges => "admits it, or takes note of a claim",
        Stance::Presupposes => "takes it for granted",
        Stance::Projects => "expects it to happen",
        Stance::Speculates => "says that it may be so",
        Stance::Denies => "says that it is not so",
        Stance::Dismisses => "rejects a claim without saying what is so",
        Stance::Doubts => "is not convinced of it",
        Stance::Demands => "demands that it be done",
        Stance::CallsFor => "asks that it be done",
        Stance::Threatens => "threatens to do it",
        Stance::Revises => "corrects a claim of its own",
        Stance::Retracts => "takes a claim of its own back",
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the schema of one of these words, or of any text if there are too many of them.
fn one_of(words: Vec<&str>, left: &mut usize) -> Value {
    let bytes: usize = words.iter().map(|word| word.len()).sum();
    if words.is_empty() || words.len() > *left || words.len() > 250 && bytes > MOST_BYTES {
        return json!({"type": "string"});
    }
    *left -= words.len();
    json!({"type": "string", "enum": words})
}

fn described(schema: Value, description: &str) -> Value {
    with(schema, "description", description)
}

fn with(mut schema: Value, member: &str, text: &str) -> Value {
    if let Value::Object(members) = &mut schema {
        members.insert(member.to_owned(), text.into());
    }
    schema
}

fn text(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

fn list(items: Value, description: &str) -> Value {
    json!({"type": "array", "items": items, "description": description})
}

fn or_null(schema: Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let required: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
    let required = json!(required);
    let properties: Map<String, Value> =
        members.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// Returns the schema of words of the document: a text, or an object with what tells one place from others.
fn place(description: &str) -> Value {
    let nth = json!({"type": "integer", "description": "1 for the first place with the words, 2 for the second ..."});
    let hinted = object([
        ("words", text(description)),
        ("before", or_null(text("words that stand behind them"))),
        ("after", or_null(text("words that stand in front of them"))),
        ("nth", or_null(nth)),
    ]);
    json!({"anyOf": [text(description), hinted, {"type": "null"}]})
}

/// Returns the schema of what stands in a place: a name, or an object that says what it is.
fn term(description: &str) -> Value {
    let name = text(&format!("{description}: a name, or the label of a claim"));
    let end = || text("a name");
    let statement = object([
        ("subject", end()),
        ("relation", text("one of the relations")),
        ("object", or_null(end())),
        ("negated", json!({"type": "boolean"})),
        ("when", or_null(text("when it holds, as it is printed"))),
    ]);
    json!({"anyOf": [
        name,
        object([("text", text("words that are not a name"))]),
        object([("statement", described(statement, "something that nobody asserts: a condition"))]),
        object([("not_stated", json!({"type": "boolean", "description": "true: the document does not say"}))]),
    ]})
}
