//! Drafts: loose records of claims, as a model, an annotator or a form gives them. `Drafts` reads their JSON, `Intake`
//! makes claims of them.

mod claim_draft;
mod closed_word;
mod entity_draft;
mod fault;
mod fields;
mod intake;
mod json_text;
mod marked_json;
mod nearest;
mod part;
mod passage;
mod report;
mod resolver;
mod schema;

pub use fault::{Fault, Repair};
pub use intake::Intake;
pub use report::{DraftReport, IntakeReport, Outcome};

use fault::below;
use json_text::Mend;
use serde_json::Value;

/// A draft and where it stands.
#[derive(Clone, PartialEq, Debug)]
struct Item {
    at: String,
    value: Value,
}

/// Loose records of claims and entities, not yet checked against a graph.
///
/// The JSON is a list of claims, an object with the lists `claims` and `entities`, or JSON Lines. A claim has the members
///
/// | member | meaning |
/// |---|---|
/// | `label` | a name by which other drafts answer it |
/// | `speakers` | who says it, the outermost first, by name or key; `null` in the list is somebody not named; an empty list is the document |
/// | `stance` | a [`Stance`](claimgraph::Stance): `asserts`, `denies` ... |
/// | `subject`, `relation`, `object` | what is said: names, keys, or the label of a draft if the relation takes a claim |
/// | `roles` | a list of `{"role": .., "value": ..}` |
/// | `quantity`, `object_quantity` | a figure as it is printed: "at least 12 dead", or `{"figure": "at least 12", "unit": "dead"}` |
/// | `when`, `said`, `reported` | a time as it is printed: "early June 2023", "by December" |
/// | `certainty`, `modality`, `polarity`, `background` | as a [`Claim`](claimgraph::Claim) has them |
/// | `answers` | labels of the drafts that it answers, in any order |
/// | `passage` | the words of the document that say it, or `{"words": .., "before": .., "after": .., "nth": ..}` if they stand at several places |
/// | `quote` | the speaker's own words, as the document has them between quotation marks, within the passage |
/// | `cue` | the words that show the stance, within the passage |
///
/// A part that can be several things is an object where a text would not say which: `{"entity": ..}`, `{"claim": ..}`,
/// `{"text": ..}`, `{"quantity": ..}`, `{"statement": {"subject": .., "relation": .., "object": ..}}`,
/// `{"not_stated": true}`. An entity has the members `name`, `kind`, `key`, `aliases`, `abbreviations`, `metonyms`,
/// `name_withheld`. A member that is absent, `null` or an empty text says nothing, but `null` speakers are refused.
/// A list of one may stand without its brackets.
///
/// A day without its year goes by the modality. Without one, it looks ahead if the stance does or the passage has a word
/// such as "will" or "due", and else back; if the day ahead is nearer, it has two readings.
///
/// ```
/// use claimgraph_intake::Drafts;
/// let drafts = Drafts::from_json("Here you are:\n```json\n[{\"label\": \"c1\", \"stance\": \"asserts\",},]\n```");
/// assert_eq!(drafts.len(), 1);
/// assert_eq!(drafts.repairs().len(), 2);      // the words around it, and two commas
/// ```
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Drafts {
    claims: Vec<Item>,
    entities: Vec<Item>,
    faults: Vec<Fault>,
    repairs: Vec<Repair>,
}

impl Drafts {
    /// Reads drafts from the JSON that a model wrote.
    ///
    /// A fence, words before and after the JSON, commas before closing brackets, `None` and `True`, single and curly
    /// quotation marks, comments and raw line ends in strings are repaired. If the text is cut off, the whole records
    /// before the cut are read, and the cut is a fault. If one record is not JSON, it is a draft with that fault, and the
    /// others are read. If the text is not JSON, the result is empty and has one fault.
    pub fn from_json(text: &str) -> Self {
        let mut drafts = Self::default();
        match json_text::read(text) {
            Ok((value, mends)) => {
                for mend in mends {
                    match mend {
                        Mend::CutOff | Mend::SecondBlock => {
                            drafts.faults.push(Fault::new("", "", mend.as_str()))
                        }
                        _ => {
                            drafts.repairs.push(Repair::new("", "the text", "JSON", mend.as_str()))
                        }
                    }
                }
                drafts.take(value);
            }
            Err(error) => {
                let problem = format!(
                    "not JSON: {} at line {}, column {}",
                    error.problem, error.line, error.column
                );
                drafts.faults.push(Fault::new("", "", problem).expecting("a list of drafts"));
            }
        }
        drafts
    }

    /// Makes drafts of values that a program has read.
    ///
    /// ```
    /// use claimgraph_intake::Drafts;
    /// let one = serde_json::json!({"stance": "asserts", "subject": "Russia", "relation": "attacks", "object": "Ukraine"});
    /// assert_eq!(Drafts::from_values([one]).len(), 1);
    /// ```
    pub fn from_values(claims: impl IntoIterator<Item = Value>) -> Self {
        let mut drafts = Self::default();
        drafts.take(Value::Array(claims.into_iter().collect()));
        drafts
    }

    fn take(&mut self, value: Value) {
        match value {
            Value::Array(values) => self.claims = items("", values),
            Value::Object(mut members)
                if members.contains_key("claims") || members.contains_key("entities") =>
            {
                for (name, list) in [("claims", &mut self.claims), ("entities", &mut self.entities)]
                {
                    match members.remove(name) {
                        None | Some(Value::Null) => {}
                        Some(Value::Array(values)) => *list = items(&below("", name), values),
                        Some(_) => {
                            let fault = Fault::new(&below("", name), "", "is not a list");
                            self.faults.push(fault.expecting("a list of drafts"));
                        }
                    }
                }
                for (name, _) in members {
                    let problem = "is not read: there are lists of claims and entities";
                    self.repairs.push(Repair::new(&below("", &name), &name, "nothing", problem));
                }
            }
            Value::Object(members) if members.contains_key("stance") => {
                self.claims.push(Item { at: String::new(), value: Value::Object(members) });
            }
            Value::Object(mut members)
                if members.len() == 1 && members.values().all(Value::is_array) =>
            {
                for (name, values) in std::mem::take(&mut members) {
                    let Value::Array(values) = values else { continue };
                    self.claims = items(&below("", &name), values);
                    self.repairs.push(Repair::new(
                        &below("", &name),
                        &name,
                        "claims",
                        "the only list was read as the claims",
                    ));
                }
            }
            _ => {
                let fault = Fault::new("", "", "has no drafts");
                self.faults.push(fault.expecting(
                    "a list of claims, or an object with the lists claims and entities",
                ));
            }
        }
    }

    /// Returns the number of drafts of claims.
    pub fn len(&self) -> usize {
        self.claims.len()
    }

    /// Returns whether it is without drafts of claims.
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
    }

    /// Returns the faults of the text as a whole.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Returns what of the text as a whole was read otherwise than it is written.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }
}

fn items(at: &str, values: Vec<Value>) -> Vec<Item> {
    let numbered = values.into_iter().enumerate();
    numbered.map(|(place, value)| Item { at: below(at, place), value }).collect()
}
