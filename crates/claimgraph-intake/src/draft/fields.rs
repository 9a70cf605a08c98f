//! The members of a draft: found under the names that models give them, with every slip of form counted.

use super::fault::{Fault, Repair, below};
use super::marked_json::problem;
use super::nearest::evened;
use indexmap::IndexMap;
use serde_json::Value;
use std::borrow::Cow;

/// The members of an object: the name of each, and other names that stand for it.
pub(super) type Members = [(&'static str, &'static [&'static str])];

/// Names of members without which a draft says something else. A date alone can be that of the event, of the speech or of
/// the report.
const MEANT: &[&str] = &[
    "negated",
    "negation",
    "negative",
    "not",
    "condition",
    "min",
    "max",
    "minimum",
    "maximum",
    "valid_from",
    "valid_to",
    "date",
    "time",
];

/// The faults, repairs and unread members of a draft.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    pub(super) faults: Vec<Fault>,
    pub(super) repairs: Vec<Repair>,
    pub(super) ignored: Vec<String>,
}

impl Notes {
    pub(super) fn fault(&mut self, fault: Fault) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    pub(super) fn repair(&mut self, at: &str, found: &str, taken: &str, because: &'static str) {
        if found != taken {
            self.repairs.push(Repair::new(at, found, taken, because));
        }
    }
}

/// A text of a draft, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) at: String,
    pub(super) text: String,
}

/// The members of one object.
#[derive(Debug)]
pub(super) struct Fields<'v> {
    pub(super) at: String,
    members: IndexMap<&'static str, (String, &'v Value)>,
    /// Where members stand that are `null`.
    nulls: Vec<(&'static str, String)>,
}

/// Returns the sort of a value, for a message.
fn sort(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

impl<'v> Fields<'v> {
    /// Returns the members of an object. A member that is `null` or an empty text is absent.
    pub(super) fn of(
        at: &str,
        value: &'v Value,
        known: &Members,
        notes: &mut Notes,
    ) -> Option<Self> {
        if let Some(problem) = problem(value) {
            notes.fault(Fault::new(at, "", problem));
            return None;
        }
        let Value::Object(object) = value else {
            let found = Fault::new(at, "", format!("found {}", sort(value)));
            notes.fault(found.expecting("an object"));
            return None;
        };
        let mut members: IndexMap<&'static str, (String, &Value)> = IndexMap::new();
        let mut nulls = Vec::new();
        for (written, value) in object {
            let here = below(at, written);
            let name = evened(written).replace('-', "_");
            let is_it = |(member, others): &&(&'static str, &'static [&'static str])| {
                *member == name || others.contains(&name.as_str())
            };
            let Some(&(member, _)) = known.iter().find(is_it) else {
                // Left out, it would reverse or narrow what is said.
                if MEANT.contains(&name.as_str())
                    && !value.is_null()
                    && *value != Value::Bool(false)
                {
                    notes.fault(Fault::new(
                        &here,
                        "",
                        "is not a member here, and changes what is said",
                    ));
                } else {
                    notes.ignored.push(here);
                }
                continue;
            };
            if value.is_null() {
                nulls.push((member, here.clone()));
            }
            if value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()) {
                continue;
            }
            if let Some(problem) = problem(value) {
                notes.fault(Fault::new(&here, "", problem).expecting("it once"));
                continue;
            }
            notes.repair(&here, written, member, "another name of the member");
            if let Some((other, _)) = members.insert(member, (here.clone(), value)) {
                notes.fault(Fault::new(&here, "", format!("stands twice: also at {other}")));
            }
        }
        Some(Self { at: at.to_owned(), members, nulls })
    }

    /// Returns the pointer of a member, whether it is there or not.
    pub(super) fn pointer(&self, member: &str) -> String {
        self.members.get(member).map_or_else(|| below(&self.at, member), |(at, _)| at.clone())
    }

    /// Returns where a member stands that is `null`.
    pub(super) fn null(&self, member: &str) -> Option<&str> {
        self.nulls.iter().find(|(name, _)| *name == member).map(|(_, at)| at.as_str())
    }

    pub(super) fn value(&self, member: &str) -> Option<(&str, &'v Value)> {
        self.members.get(member).map(|(at, value)| (at.as_str(), *value))
    }

    /// Returns a member that is a text. A number is read as its text, a list of one text as that text.
    pub(super) fn text(&self, member: &str, notes: &mut Notes) -> Option<Text> {
        let (at, value) = self.value(member)?;
        text(at, value, notes)
    }

    /// Returns the values of a member that is a list. A single value is a list of one.
    pub(super) fn list(&self, member: &str) -> Vec<(String, &'v Value)> {
        match self.value(member) {
            None => Vec::new(),
            Some((at, Value::Array(values))) => {
                values.iter().enumerate().map(|(place, value)| (below(at, place), value)).collect()
            }
            Some((at, single)) => vec![(at.to_owned(), single)],
        }
    }

    /// Returns a member that is true or false.
    pub(super) fn flag(&self, member: &str, notes: &mut Notes) -> bool {
        let Some((at, value)) = self.value(member) else { return false };
        let word = match value {
            Value::Bool(flag) => return *flag,
            Value::String(word) => word.trim().to_lowercase(),
            _ => String::new(),
        };
        match word.as_str() {
            "true" | "yes" => true,
            "false" | "no" => false,
            _ => {
                let found = Fault::new(at, "", format!("found {}", sort(value)));
                notes.fault(found.expecting("true or false"));
                false
            }
        }
    }
}

/// Returns a value as a text.
pub(super) fn text(at: &str, value: &Value, notes: &mut Notes) -> Option<Text> {
    let text: Cow<'_, str> = match value {
        Value::String(text) => text.trim().into(),
        Value::Number(number) => number.to_string().into(),
        Value::Array(values)
            if matches!(values.as_slice(), [Value::String(_) | Value::Number(_)]) =>
        {
            notes.repair(at, "a list of one", "a text", "a text was expected");
            return values.first().and_then(|single| self::text(at, single, notes));
        }
        other => {
            let found = Fault::new(at, "", format!("found {}", sort(other)));
            notes.fault(found.expecting("a text"));
            return None;
        }
    };
    if text.is_empty() {
        notes.fault(Fault::new(at, "", "an empty text").expecting("a text"));
        return None;
    }
    Some(Text { at: at.to_owned(), text: text.into_owned() })
}
