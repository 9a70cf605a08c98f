//! A part of a statement: a text that its place says how to read, or an object that says it itself.

use super::fault::{Fault, below};
use super::fields::{self, Fields, Members, Text};
use super::resolver::Resolver;
use claimgraph::entity::Lookup;
use claimgraph::vocabulary::{Any, Argument, Fills, RelationDef, Slot};
use claimgraph::{ClaimId, EntityId, Quantity, Statement};
use serde_json::Value;

/// A part of a statement.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Entity(EntityId),
    Claim(ClaimId),
    Text(String),
    Quantity(Box<Quantity>),
    Statement(Box<Statement>),
    Nothing,
    NotStated,
}

impl Fills<Any> for Part {
    fn argument(self) -> Argument {
        match self {
            Part::Entity(entity) => Fills::<Any>::argument(entity),
            Part::Claim(claim) => Fills::<Any>::argument(claim),
            Part::Text(text) => Fills::<Any>::argument(text),
            Part::Quantity(quantity) => Fills::<Any>::argument(*quantity),
            Part::Statement(statement) => Fills::<Any>::argument(*statement),
            Part::Nothing => Fills::<Any>::argument(()),
            Part::NotStated => Fills::<Any>::argument(claimgraph::claim::NotStated),
        }
    }
}

const TERM: &Members = &[
    ("entity", &["name"]),
    ("claim", &["label"]),
    ("text", &[]),
    ("quantity", &["figure"]),
    ("statement", &[]),
    ("not_stated", &["unknown"]),
];

const STATEMENT: &Members = &[
    ("subject", &[]),
    ("relation", &["predicate", "verb"]),
    ("object", &[]),
    ("negated", &["not"]),
    ("when", &["date", "time", "valid"]),
];

impl Resolver<'_> {
    /// Returns the entity that a text names, or an object with a member for the name.
    pub(super) fn named(
        &mut self,
        at: &str,
        value: &Value,
        kind: Option<&str>,
    ) -> Option<EntityId> {
        let name = match value.is_object() {
            true => {
                let fields = Fields::of(at, value, TERM, &mut self.notes)?;
                let name = fields.text("entity", &mut self.notes);
                if name.is_none() {
                    self.notes.fault(Fault::new(&fields.pointer("entity"), "", "missing name"));
                }
                name?
            }
            false => fields::text(at, value, &mut self.notes)?,
        };
        self.entity(&name, kind)
    }

    /// Returns what stands in a place: a text that the slot says how to read, or an object that says it itself.
    pub(super) fn part(&mut self, at: &str, value: &Value, slot: &Slot) -> Option<Part> {
        if value.is_object() {
            return self.explicit(at, value, slot);
        }
        let text = fields::text(at, value, &mut self.notes)?;
        match slot {
            Slot::Kind(kind) => self.entity(&text, Some(kind)).map(Part::Entity),
            Slot::Claim => self.claim(&text).map(Part::Claim),
            Slot::Text => Some(Part::Text(text.text)),
            Slot::Number => {
                self.figure(at, value).map(|quantity| Part::Quantity(Box::new(quantity)))
            }
            Slot::Statement => {
                let fault = Fault::new(at, &text.text, "is a text");
                self.notes.fault(fault.expecting("an object with subject, relation and object"));
                None
            }
            Slot::Nothing => {
                let fault = Fault::new(at, &text.text, "stands where the relation takes no object");
                self.notes.fault(fault.expecting("null"));
                None
            }
            Slot::Any => self.anything(text),
        }
    }

    /// Returns what a text stands for where anything may stand: an entity, a draft, or else the text itself.
    fn anything(&mut self, text: Text) -> Option<Part> {
        match self.look_up(&text.text, None) {
            Lookup::Unknown => {}
            _ => return self.entity(&text, None).map(Part::Entity),
        }
        if self.labels.contains_key(&text.text) {
            return self.claim(&text).map(Part::Claim);
        }
        let near = self.labels_near(&text.text);
        if !text.text.contains(char::is_whitespace) && !near.is_empty() {
            let fault = Fault::new(&text.at, &text.text, "is near to the label of a draft");
            self.notes.fault(fault.expecting("the label, or {\"text\": ..}").near(near));
            return None;
        }
        self.notes.repair(
            &text.at,
            &text.text,
            "a text",
            "no entity and no draft has the name, so it is a text",
        );
        Some(Part::Text(text.text))
    }

    /// Returns what an object says: `{"entity": ..}`, `{"claim": ..}`, `{"text": ..}`, `{"quantity": ..}`,
    /// `{"statement": ..}` or `{"not_stated": true}`. A statement may stand without its wrapper.
    fn explicit(&mut self, at: &str, value: &Value, slot: &Slot) -> Option<Part> {
        let is_there = |member| value.get(member).is_some_and(|value: &Value| !value.is_null());
        if is_there("relation") || is_there("predicate") {
            return self.statement(at, value);
        }
        let fields = Fields::of(at, value, TERM, &mut self.notes)?;
        if TERM.iter().filter(|(member, _)| fields.value(member).is_some()).count() > 1 {
            let fault = Fault::new(at, "", "says two things");
            self.notes.fault(
                fault.expecting("one of entity, claim, text, quantity, statement, not_stated"),
            );
            return None;
        }
        if let Some((at, value)) = fields.value("statement") {
            return self.statement(at, value);
        }
        if fields.value("entity").is_some() {
            let kind = match slot {
                Slot::Kind(kind) => Some(kind.as_str()),
                _ => None,
            };
            return self.named(at, value, kind).map(Part::Entity);
        }
        if let Some(name) = fields.text("claim", &mut self.notes) {
            return self.claim(&name).map(Part::Claim);
        }
        if let Some((at, value)) = fields.value("quantity") {
            return self.figure(at, value).map(|quantity| Part::Quantity(Box::new(quantity)));
        }
        if let Some(text) = fields.text("text", &mut self.notes) {
            return Some(Part::Text(text.text));
        }
        if fields.flag("not_stated", &mut self.notes) {
            return Some(Part::NotStated);
        }
        let fault = Fault::new(at, "", "nothing stands there");
        self.notes
            .fault(fault.expecting("one of entity, claim, text, quantity, statement, not_stated"));
        None
    }

    /// Returns a statement that nobody asserts: a condition, a demand in a role.
    fn statement(&mut self, at: &str, value: &Value) -> Option<Part> {
        let fields = Fields::of(at, value, STATEMENT, &mut self.notes)?;
        let Some(name) = fields.text("relation", &mut self.notes) else {
            self.notes.fault(Fault::new(&below(at, "relation"), "", "missing relation"));
            return None;
        };
        let (relation, def) = self.relation(&name)?;
        let (subject, object) = self.ends(&fields, &def);
        let (subject, object) = (subject?, object?);
        let mut statement = Statement::new(subject, relation, object);
        if fields.flag("negated", &mut self.notes) {
            statement = statement.negated();
        }
        if let Some(when) = fields.text("when", &mut self.notes) {
            statement = statement.valid(self.period(&when)?);
        }
        Some(Part::Statement(Box::new(statement)))
    }

    /// Returns the subject and the object of a statement with this relation.
    pub(super) fn ends(
        &mut self,
        fields: &Fields<'_>,
        relation: &RelationDef,
    ) -> (Option<Part>, Option<Part>) {
        let subject = match fields.value("subject") {
            Some((at, value)) => self.part(at, value, &relation.subject),
            None => {
                let fault = Fault::new(&fields.pointer("subject"), "", "missing subject");
                self.notes.fault(fault.expecting(relation.subject.to_string()));
                None
            }
        };
        let object = match (fields.value("object"), &relation.object) {
            (Some((at, value)), slot) => self.part(at, value, slot),
            (None, Slot::Nothing) => Some(Part::Nothing),
            (None, slot) => {
                let fault = Fault::new(&fields.pointer("object"), "", "missing object");
                self.notes.fault(fault.expecting(format!("{slot}, or {{\"not_stated\": true}}")));
                None
            }
        };
        (subject, object)
    }
}
