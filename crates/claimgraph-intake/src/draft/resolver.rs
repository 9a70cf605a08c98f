//! Turns the names, labels and words of a draft into what the graph has: entities, claims, relations, figures, times.

use super::fault::Fault;
use super::fields::{self, Fields, Members, Notes, Text};
use super::nearest::{evened, nearest};
use crate::name::NameIndex;
use crate::phrase::{self, Outlook};
use claimgraph::claim::ClaimKey;
use claimgraph::entity::Lookup;
use claimgraph::vocabulary::{Any, RelationDef, Slot};
use claimgraph::{ClaimGraph, ClaimId, Date, EntityId, Period, Quantity, Relation, Role};
use indexmap::IndexMap;
use serde_json::Value;

/// The meaning of a label of a draft so far.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Labelled {
    /// The draft was not read yet.
    Waits,
    /// The draft is this claim.
    Claim(ClaimId),
    /// The draft was refused.
    Refused,
}

/// Resolves the parts of one draft against a graph, and notes faults and repairs.
pub(super) struct Resolver<'a> {
    pub(super) graph: &'a ClaimGraph,
    pub(super) labels: &'a IndexMap<String, Labelled>,
    /// The day from which the document looks.
    pub(super) day: Option<Date>,
    /// Whether it looks back or ahead.
    pub(super) outlook: fn(Date) -> Outlook,
    /// The index of names, once a name is not found as it is written.
    pub(super) names: Option<&'a NameIndex>,
    pub(super) wants_names: bool,
    /// The kind of the entities that are added for names that no entity has.
    pub(super) creates: Option<&'a str>,
    pub(super) notes: Notes,
    /// The labels of drafts that have to be read first.
    pub(super) waits_for: Vec<String>,
    /// Names for which an entity is to be added, and its kind.
    pub(super) unnamed: Vec<(String, Text)>,
}

const FIGURE: &Members = &[("figure", &["words", "value", "amount"]), ("unit", &[])];

/// Returns the entity that has a name or key; if none has it as it is written, the one that the index finds.
pub(super) fn entity_named(
    graph: &ClaimGraph,
    names: Option<&NameIndex>,
    name: &str,
    kind: Option<&str>,
) -> Lookup<EntityId> {
    let found = graph.lookup_untyped(name, kind);
    let Some(names) = names.filter(|_| found.is_unknown()) else { return found };
    let scope = kind.map_or_else(|| names.scope(), |kind| names.scope().of_kind_untyped(kind));
    // A second pass has an index that has read entities of the first.
    let known = scope.look_up(name);
    let known = known.all().iter().map(|named| named.entity);
    let known: Vec<EntityId> = known.filter(|&entity| graph.entity(entity).is_ok()).collect();
    match known.as_slice() {
        [] => Lookup::Unknown,
        [one] => Lookup::One(*one),
        _ => Lookup::Ambiguous(known),
    }
}

/// Returns a kind with its article.
fn a_kind(kind: &str) -> String {
    Slot::Kind(kind.to_owned()).to_string()
}

/// So many entities with a near name are named.
#[cfg(feature = "fuzzy")]
const NEAREST: usize = 3;

/// Names less alike than this are not shown. It is far below what counts as likely, because nothing is taken.
#[cfg(feature = "fuzzy")]
const ALIKE: f64 = 0.6;

/// So many labels are compared with one that no draft has.
const LABELS: usize = 200;

/// So many candidates are named where a name fits several entities.
const CANDIDATES: usize = 10;

impl<'a> Resolver<'a> {
    pub(super) fn new(
        graph: &'a ClaimGraph,
        labels: &'a IndexMap<String, Labelled>,
        day: Option<Date>,
        names: Option<&'a NameIndex>,
        creates: Option<&'a str>,
    ) -> Self {
        Self {
            graph,
            labels,
            day,
            outlook: Outlook::back_from,
            names,
            wants_names: false,
            creates,
            notes: Notes::default(),
            waits_for: Vec::new(),
            unnamed: Vec::new(),
        }
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

    pub(super) fn look_up(&mut self, name: &str, kind: Option<&str>) -> Lookup<EntityId> {
        let found = entity_named(self.graph, self.names, name, kind);
        self.wants_names |= self.names.is_none() && found.is_unknown();
        found
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

    /// Returns the keys of the entities whose names are nearest, the likeliest first.
    #[cfg(feature = "fuzzy")]
    fn near(&self, name: &str, kind: Option<&str>) -> Vec<String> {
        let Some(names) = self.names else { return Vec::new() };
        let scope = kind.map_or_else(|| names.scope(), |kind| names.scope().of_kind_untyped(kind));
        let found = scope.candidates(name, NEAREST).into_iter();
        let near = found.filter(|candidate| candidate.likeness.score >= ALIKE);
        near.map(|candidate| candidate.named.key).collect()
    }

    /// Returns nothing: without the feature, no name is compared with others.
    #[cfg(not(feature = "fuzzy"))]
    fn near(&self, _: &str, _: Option<&str>) -> Vec<String> {
        Vec::new()
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
        let near = self.labels_near(&name.text);
        let fault = Fault::new(&name.at, &name.text, "is not the label of a draft");
        self.notes.fault(fault.expecting("a label, or the key of a claim on record").near(near));
        None
    }

    /// Returns the labels that are nearest to a text, the nearest first.
    pub(super) fn labels_near(&self, text: &str) -> Vec<String> {
        let labels = self.labels.keys().take(LABELS).map(String::as_str);
        nearest(text, labels).into_iter().map(str::to_owned).collect()
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
            let vocabulary = self.graph.vocabulary();
            if let Ok(alone) = phrase::quantity(&words.text, vocabulary) {
                if alone.unit() == vocabulary.unit_of(&unit.text) {
                    return Some(alone);
                }
                let problem = format!("is not what the figure counts: {}", alone.unit());
                let fault = Fault::new(&unit.at, &unit.text, problem);
                self.notes.fault(fault.expecting("null, or the same"));
                return None;
            }
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
        let read = match self.day {
            Some(day) => phrase::period(&words.text, (self.outlook)(day)),
            None => phrase::dateless(&words.text),
        };
        read.map_err(|error| self.misread(words, &error)).ok()
    }

    fn misread(&mut self, words: &Text, error: &phrase::PhraseError) {
        let fault = Fault::new(&words.at, error.found(), error.problem());
        self.notes.fault(fault.expecting(error.expected()));
    }
}
