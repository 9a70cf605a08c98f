//! Turns the names, labels and words of a draft into what the graph has: entities, claims, relations, figures, times.

use super::fault::{Fault, below};
use super::fields::{self, Fields, Members, Notes, Text};
use super::nearest::{evened, nearest};
use crate::phrase::{self, Outlook};
use claimgraph::claim::ClaimKey;
use claimgraph::entity::Lookup;
use claimgraph::vocabulary::{Any, Argument, Fills, RelationDef, Slot};
use claimgraph::{
    ClaimGraph, ClaimId, Date, EntityId, Period, Quantity, Relation, Role, Statement,
};
use indexmap::IndexMap;
use serde_json::Value;

/// What stands in a place of a draft.
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

/// What a label of a draft stands for so far.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Labelled {
    /// The draft was not read yet.
    Waits,
    /// The draft is this claim.
    Claim(ClaimId),
    /// The draft was refused.
    Refused,
}

/// What the parts of a draft are resolved against, and what was noticed.
pub(super) struct Resolver<'a> {
    pub(super) graph: &'a ClaimGraph,
    pub(super) labels: &'a IndexMap<String, Labelled>,
    /// The day from which the document looks.
    pub(super) day: Option<Date>,
    pub(super) is_ahead: bool,
    /// The kind of the entities that are added for names that no entity has.
    pub(super) creates: Option<&'a str>,
    pub(super) notes: Notes,
    /// The labels of drafts that have to be read first.
    pub(super) waits_for: Vec<String>,
    /// Names for which an entity is to be added, and its kind.
    pub(super) unnamed: Vec<(String, Text)>,
}

const TERM: &Members = &[
    ("entity", &["name"]),
    ("claim", &["label"]),
    ("text", &[]),
    ("quantity", &["figure"]),
    ("statement", &[]),
    ("not_stated", &["unknown"]),
];

const FIGURE: &Members = &[("figure", &["words", "value", "amount"]), ("unit", &[])];

const STATEMENT: &Members = &[
    ("subject", &[]),
    ("relation", &["predicate", "verb"]),
    ("object", &[]),
    ("negated", &["not"]),
    ("when", &["date", "time", "valid"]),
];

/// Returns a kind with its article.
fn a_kind(kind: &str) -> String {
    Slot::Kind(kind.to_owned()).to_string()
}

/// So many candidates are named where a name fits several entities.
const CANDIDATES: usize = 10;

impl<'a> Resolver<'a> {
    pub(super) fn new(
        graph: &'a ClaimGraph,
        labels: &'a IndexMap<String, Labelled>,
        day: Option<Date>,
        creates: Option<&'a str>,
    ) -> Self {
        let (waits_for, unnamed) = (Vec::new(), Vec::new());
        let notes = Notes::default();
        Self { graph, labels, day, is_ahead: false, creates, notes, waits_for, unnamed }
    }

    /// Returns the entity that a text names, of a kind if the place takes one.
    pub(super) fn entity(&mut self, name: &Text, kind: Option<&str>) -> Option<EntityId> {
        match self.look_up(&name.text, kind) {
            Lookup::One(entity) => Some(entity),
            Lookup::Ambiguous(entities) => {
                let keys = entities
                    .iter()
                    .filter_map(|&id| Some(self.graph.entity(id).ok()?.key().to_owned()));
                let keys: Vec<String> = keys.take(CANDIDATES).collect();
                let problem = format!("is the name of {} entities", entities.len());
                let fault =
                    Fault::new(&name.at, &name.text, problem).expecting("the key of one of them");
                self.notes.fault(fault.near(keys));
                None
            }
            Lookup::Unknown => self.unknown(name, kind),
        }
    }

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

    fn look_up(&self, name: &str, kind: Option<&str>) -> Lookup<EntityId> {
        match self.graph.lookup_untyped(name, kind) {
            Lookup::Unknown => {}
            found => return found,
        }
        // "the Kremlin's": an article before a name and the ending of a genitive are not parts of it.
        let bare = name.strip_prefix("the ").or(name.strip_prefix("The ")).unwrap_or(name);
        let ending =
            ["'s", "\u{2019}s", "'", "\u{2019}"].iter().find_map(|end| bare.strip_suffix(end));
        let bare = ending.unwrap_or(bare);
        match bare.len() < name.len() {
            true => self.graph.lookup_untyped(bare, kind),
            false => Lookup::Unknown,
        }
    }

    fn unknown(&mut self, name: &Text, kind: Option<&str>) -> Option<EntityId> {
        let other = kind.map(|_| self.look_up(&name.text, None));
        if let (Some(kind), Some(Lookup::One(other))) = (kind, other) {
            let found = self.graph.entity(other).map(|other| other.kind()).unwrap_or_default();
            let fault = Fault::new(&name.at, &name.text, format!("has the kind {found}"));
            self.notes.fault(fault.expecting(a_kind(kind)));
            return None;
        }
        let wanted = kind.map_or_else(|| "an entity".to_owned(), a_kind);
        let fault = Fault::new(&name.at, &name.text, format!("is not the name or key of {wanted}"));
        let fits = |new: &&str| {
            let def = self.graph.vocabulary().kind(new);
            kind.is_some_and(|kind| {
                def.is_some_and(|def| {
                    def.key == kind || def.above.iter().any(|above| above == kind)
                })
            })
        };
        match self.creates.filter(fits) {
            Some(new) => self.unnamed.push((new.to_owned(), name.clone())),
            None => self.notes.fault(fault.near(self.near(&name.text, kind))),
        }
        None
    }

    /// Returns the keys of the entities whose names are nearest.
    fn near(&self, name: &str, kind: Option<&str>) -> Vec<String> {
        let of_kind = |entity: &claimgraph::EntityId| {
            kind.is_none_or(|kind| self.graph.entity(*entity).is_ok_and(|entity| entity.is_a(kind)))
        };
        let mut names: IndexMap<&str, &str> = IndexMap::new();
        for entity in self.graph.entities().filter(|entity| of_kind(&entity.id())) {
            names.insert(entity.key(), entity.key());
            names.extend(entity.names().iter().map(|name| (name.text(), entity.key())));
        }
        let found = nearest(name, names.keys().copied());
        let mut keys: Vec<String> = Vec::new();
        for key in found.into_iter().filter_map(|name| names.get(name)) {
            if !keys.iter().any(|known| known == key) {
                keys.push((*key).to_owned());
            }
        }
        keys
    }

    /// Returns the claim that a text names: the label of a draft, or the key of a claim on record.
    pub(super) fn claim(&mut self, name: &Text) -> Option<ClaimId> {
        match self.labels.get(&name.text) {
            Some(Labelled::Claim(claim)) => return Some(*claim),
            Some(Labelled::Waits) => {
                self.waits_for.push(name.text.clone());
                return None;
            }
            Some(Labelled::Refused) => {
                self.notes.fault(Fault::new(
                    &name.at,
                    &name.text,
                    "is the label of a draft that was refused",
                ));
                return None;
            }
            None => {}
        }
        let on_record =
            name.text.parse::<ClaimKey>().ok().and_then(|key| self.graph.claim_keyed(key));
        if let Some(claim) = on_record {
            return Some(claim.id());
        }
        let fault = Fault::new(&name.at, &name.text, "is not the label of a draft");
        self.notes.fault(fault.among(self.labels.keys().map(String::as_str)));
        None
    }

    /// Returns the relation that a text names, by its key or by its words in a sentence.
    pub(super) fn relation(&mut self, name: &Text) -> Option<(Relation<Any, Any>, RelationDef)> {
        let vocabulary = self.graph.vocabulary();
        let wanted = evened(&name.text);
        let is_called = |def: &&RelationDef| {
            [def.key.clone(), def.verb(), def.plural_verb(), def.base_verb()]
                .iter()
                .any(|form| evened(form) == wanted)
        };
        let exact = vocabulary.relation(&name.text).cloned();
        let mut called = vocabulary.relations().filter(is_called);
        let found = exact.or_else(|| called.next().filter(|_| called.next().is_none()).cloned());
        let Some(found) = found else {
            let fault = Fault::new(&name.at, &name.text, "is not a relation");
            self.notes.fault(fault.among(vocabulary.relations().map(|def| def.key.as_str())));
            return None;
        };
        self.notes.repair(
            &name.at,
            &name.text,
            &found.key,
            "another form of the relation's key or verb",
        );
        Some((self.graph.relation(&found.key).ok()?, found))
    }

    /// Returns the role that a text names, and what it takes.
    pub(super) fn role(
        &mut self,
        name: &Text,
        relation: Option<&RelationDef>,
    ) -> Option<(Role<Any>, Slot)> {
        let vocabulary = self.graph.vocabulary();
        let wanted = evened(&name.text);
        let found = vocabulary
            .role(&name.text)
            .or_else(|| vocabulary.roles().find(|def| evened(&def.key) == wanted));
        let Some(found) = found else {
            let taken = |role: &&claimgraph::vocabulary::RoleDef| {
                role.general || relation.is_none_or(|relation| relation.roles.contains(&role.key))
            };
            let fault = Fault::new(&name.at, &name.text, "is not a role");
            self.notes
                .fault(fault.among(vocabulary.roles().filter(taken).map(|def| def.key.as_str())));
            return None;
        };
        self.notes.repair(&name.at, &name.text, &found.key, "another form of the role's key");
        Some((self.graph.role(&found.key).ok()?, found.value.clone()))
    }

    /// Returns a quantity: as it is printed, or its figure and its unit apart.
    pub(super) fn figure(&mut self, at: &str, value: &Value) -> Option<Quantity> {
        if !value.is_object() {
            return fields::text(at, value, &mut self.notes)
                .and_then(|words| self.quantity(&words));
        }
        let fields = Fields::of(at, value, FIGURE, &mut self.notes)?;
        let Some(mut words) = fields.text("figure", &mut self.notes) else {
            self.notes.fault(Fault::new(&fields.pointer("figure"), "", "missing figure"));
            return None;
        };
        if let Some(unit) = fields.text("unit", &mut self.notes) {
            words.text = format!("{} {}", words.text, unit.text);
        }
        self.quantity(&words)
    }

    /// Returns a quantity as it is printed.
    fn quantity(&mut self, words: &Text) -> Option<Quantity> {
        let read = phrase::quantity(&words.text, self.graph.vocabulary());
        read.map_err(|error| self.misread(words, &error)).ok()
    }

    /// Returns a time as it is printed.
    pub(super) fn period(&mut self, words: &Text) -> Option<Period> {
        if let Ok(period) = words.text.parse() {
            return Some(period);
        }
        let Some(day) = self.day else {
            let fault =
                Fault::new(&words.at, &words.text, "needs the date of the document to go by");
            self.notes.fault(fault.expecting("a time as ISO 8601 has it"));
            return None;
        };
        let outlook =
            if self.is_ahead { Outlook::ahead_from(day) } else { Outlook::back_from(day) };
        phrase::period(&words.text, outlook).map_err(|error| self.misread(words, &error)).ok()
    }

    fn misread(&mut self, words: &Text, error: &phrase::PhraseError) {
        let fault = Fault::new(&words.at, error.found(), error.problem());
        self.notes.fault(fault.expecting(error.expected()));
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
        if value.get("relation").is_some() || value.get("predicate").is_some() {
            return self.statement(at, value);
        }
        let fields = Fields::of(at, value, TERM, &mut self.notes)?;
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
