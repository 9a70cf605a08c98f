//! Shared code of the readers of other programs' files. A reader passes kinds, relations, entities and claims in the
//! order of the file. This code declares new kinds and relations, puts entities before claims, and makes the graph.
//! A part that cannot be used is left out and counted with its place.

use crate::even_text;
use crate::exchange::held_claim::HeldClaim;
use crate::exchange::json_input::{many, scalar};
use crate::exchange::place::Place;
use crate::foreign_loader::ForeignLoader;
use claimgraph::Error;
use claimgraph::format::{Limits, Losses, ReadError, ReadErrorKind, ReadReport};
use claimgraph::record::*;
use claimgraph::time::Day;
use claimgraph::vocabulary::{KindDef, RelationDef, RoleDef, Slot, Vocabulary};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde_json::{Map, Value};
use std::rc::Rc;

/// The word for a relation, kind or role whose name in the file cannot be a key.
const UNNAMED: &str = "unnamed";

/// Collects the content of a file, in any order, and makes a graph of it.
pub(crate) struct Import {
    prefix: &'static str,
    limits: Limits,
    known: Vocabulary,
    kinds: IndexMap<String, KindDef>,
    relations: IndexMap<String, RelationDef>,
    roles: IndexMap<String, RoleDef>,
    /// In boxes, which are dropped one by one while the graph grows.
    entities: IndexMap<String, Box<(EntityRecord, Place)>>,
    /// The documents that speak for the file, each with its date and place.
    voices: IndexMap<String, (Option<Date>, Place)>,
    #[expect(
        clippy::vec_box,
        reason = "each is dropped while the graph grows, and the list is not"
    )]
    claims: Vec<Box<HeldClaim>>,
    /// The keys and marks of documents in the claims, each once.
    documents: IndexSet<Rc<str>>,
    pub(crate) losses: Losses,
}

impl Import {
    /// Makes an import over the vocabulary for reporting. If a name of the file has another meaning there, it gets
    /// the prefix of the format.
    pub(crate) fn new(prefix: &'static str, limits: Limits) -> Self {
        Self {
            prefix,
            limits,
            known: claimgraph::reporting::vocabulary(),
            kinds: IndexMap::new(),
            relations: IndexMap::new(),
            roles: IndexMap::new(),
            entities: IndexMap::new(),
            voices: IndexMap::new(),
            claims: Vec::new(),
            documents: IndexSet::new(),
            losses: Losses::default(),
        }
    }

    // ----- losses

    /// Counts something that is left out at a place.
    pub(crate) fn note(&mut self, what: &str, place: &Place) {
        self.losses.note(what, &place.to_string());
    }

    /// Counts the members of an object that are not read.
    pub(crate) fn others(&mut self, place: &Place, object: &Map<String, Value>, read: &[&str]) {
        self.other_names(place, object.keys(), read);
    }

    /// Counts the names of members that are not read.
    pub(crate) fn other_names<'n>(
        &mut self,
        place: &Place,
        names: impl Iterator<Item = &'n String>,
        read: &[&str],
    ) {
        for name in names.filter(|name| !read.contains(&name.as_str())) {
            self.note("member that is not understood", &place.at(name));
        }
    }

    /// Returns the first text of a member that may be a list. Further values, and those that are not texts, are
    /// counted.
    pub(crate) fn text(
        &mut self,
        place: &Place,
        object: &Map<String, Value>,
        name: &str,
    ) -> Option<String> {
        let value = object.get(name);
        let mut first = None;
        for (index, value) in many(value).iter().enumerate().filter(|(_, value)| !value.is_null()) {
            let place = if index > 0 { place.at(name).nth(index) } else { place.at(name) };
            match scalar(value) {
                None => self.note("value that is not a text", &place),
                Some(text) if text.trim().is_empty() => self.note("blank value", &place),
                Some(_) if first.is_some() => self.note("further value", &place),
                Some(text) => first = Some(text),
            }
        }
        first
    }

    /// Returns the text evened out as a key. If it cannot be one, that is counted.
    pub(crate) fn key(&mut self, text: &str, place: &Place) -> Option<String> {
        let key = even_text::key(text);
        if key.is_none() {
            self.note("text that cannot be a key", place);
        }
        key
    }

    /// Returns the text evened out as a name. If it is blank, that is counted.
    pub(crate) fn name(&mut self, text: &str, place: &Place) -> Option<String> {
        let name = even_text::name(text);
        if name.is_none() {
            self.note("blank name", place);
        }
        name
    }

    // ----- vocabulary

    /// Returns the kind of that name: the one of the vocabulary for reporting, or else a new one.
    pub(crate) fn kind(&mut self, name: &str, above: &[&str]) -> String {
        let key = self.word(name);
        if self.known.kind(&key).is_none() && !self.kinds.contains_key(&key) {
            self.kinds.insert(key.clone(), KindDef::new(key.clone(), above.iter().copied()));
        }
        key
    }

    /// Returns true if the vocabulary for reporting has the kind.
    pub(crate) fn has_kind(&self, key: &str) -> bool {
        self.known.kind(key).is_some()
    }

    /// Returns a relation of the file between any two things, with its code in the file.
    pub(crate) fn relation(&mut self, name: &str) -> String {
        let word = self.word(name);
        let key = if self.known.relation(&word).is_some() { self.prefixed(&word) } else { word };
        if !self.relations.contains_key(&key) {
            let mut def = RelationDef::new(key.clone(), Slot::Any, Slot::Any);
            def.codes.push((self.prefix.to_owned(), name.to_owned()));
            self.relations.insert(key.clone(), def);
        }
        key
    }

    /// Sets the verb phrases of relations that the file has labels for.
    pub(crate) fn label(&mut self, label: impl Fn(&str) -> Option<String>) {
        for (key, def) in &mut self.relations {
            def.label = def.label.take().or_else(|| label(key));
        }
    }

    /// Returns a role of the file, which any claim may have.
    pub(crate) fn role(&mut self, name: &str) -> String {
        let name = self.word(name);
        let takes = |def: &RoleDef| def.general && def.value == Slot::Any && def.at_most.is_none();
        let key = match self.known.role(&name) {
            Some(def) if takes(def) => return name,
            Some(_) => self.prefixed(&name),
            None => name,
        };
        if !self.roles.contains_key(&key) {
            self.roles.insert(
                key.clone(),
                RoleDef { general: true, ..RoleDef::new(key.clone(), Slot::Any) },
            );
        }
        key
    }

    /// Returns a role of the file with a text.
    pub(crate) fn text_role(&mut self, name: &str, text: &str) -> RoleRecord {
        RoleRecord::new(self.role(name), TermRecord::text(text))
    }

    /// Returns a name of the file as a key of the vocabulary, with room for a prefix. If it cannot be a key, that is
    /// counted.
    fn word(&mut self, name: &str) -> String {
        even_text::key(name).filter(|key| key.len() < 480).unwrap_or_else(|| {
            self.losses.note("name in the vocabulary that cannot be a key", name);
            UNNAMED.to_owned()
        })
    }

    fn prefixed(&self, name: &str) -> String {
        format!("{}:{name}", self.prefix)
    }

    // ----- entities and claims

    /// Returns the entity of that key, created with this kind if it is new.
    pub(crate) fn entity(&mut self, key: &str, kind: &str, place: &Place) -> &mut EntityRecord {
        let made = || Box::new((EntityRecord::new(key, kind), place.clone()));
        &mut self.entities.entry(key.to_owned()).or_insert_with(made).0
    }

    pub(crate) fn knows(&self, key: &str) -> bool {
        self.entities.contains_key(key)
    }

    pub(crate) fn found(&mut self, key: &str) -> Option<&mut EntityRecord> {
        self.entities.get_mut(key).map(|entity| &mut entity.0)
    }

    /// Names a document that speaks for the file, and returns its mark for the claims. The key of the document is
    /// settled at the end, because it gives way to an entity of the file with the same key.
    pub(crate) fn voice(&mut self, key: &str, place: &Place) -> String {
        if !self.voices.contains_key(key) {
            self.voices.insert(key.to_owned(), (None, place.clone()));
        }
        marked(key)
    }

    /// Sets the date of a document that speaks for the file.
    pub(crate) fn date_voice(&mut self, key: &str, date: Option<Date>) {
        if let Some((known, _)) = self.voices.get_mut(key) {
            *known = known.or(date);
        }
    }

    /// Sets the date of all documents that speak for the file and have none.
    pub(crate) fn date_voices(&mut self, date: Option<Date>) {
        self.voices.values_mut().for_each(|(known, _)| *known = known.or(date));
    }

    pub(crate) fn claim(&mut self, claim: ClaimRecord, place: Place) {
        let claim = self.hold(claim, place);
        self.claims.push(Box::new(claim));
    }

    /// Returns a claim that waits.
    pub(crate) fn hold(&mut self, claim: ClaimRecord, place: Place) -> HeldClaim {
        let document = claim.document.as_deref().map(|key| match self.documents.get(key) {
            Some(known) => Rc::clone(known),
            None => {
                let key: Rc<str> = key.into();
                self.documents.insert(Rc::clone(&key));
                key
            }
        });
        HeldClaim::of(claim, document, place)
    }

    /// Returns the claims so far.
    pub(crate) fn claims_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut HeldClaim> {
        self.claims.iter_mut().map(|claim| &mut **claim)
    }

    /// Makes an entity of each document that speaks for the file, and puts its key into the claims.
    fn settle_voices(&mut self) {
        let mut keys: IndexMap<String, Rc<str>> = IndexMap::new();
        // A file of which nothing is understood has no document that says anything.
        if self.entities.is_empty() && self.claims.is_empty() {
            self.voices.clear();
        }
        for (key, (date, place)) in std::mem::take(&mut self.voices) {
            let is_taken = |import: &Self, key: &str| {
                import.entities.get(key).is_some_and(|entity| entity.0.document.is_none())
            };
            let mut own = key.clone();
            while is_taken(self, &own) {
                own.push_str(" (document)");
            }
            let record = self.entity(&own, "Document", &place);
            let document = record.document.get_or_insert_default();
            document.date = document.date.or(date.map(Day::from));
            keys.insert(marked(&key), own.into());
        }
        for claim in &mut self.claims {
            if let Some(key) = claim.document.as_deref().and_then(|mark| keys.get(mark)) {
                claim.document = Some(Rc::clone(key));
            }
        }
    }

    /// Gives each claim a report day if neither it nor its document has one.
    fn settle_days(&mut self, day: Option<Date>) -> Result<(), ReadError> {
        let entities = &self.entities;
        let is_dated = |key: &Rc<str>| {
            let document = entities.get(key.as_ref()).and_then(|entity| entity.0.document.as_ref());
            document.is_some_and(|document| document.date.is_some())
        };
        for claim in &mut self.claims {
            if claim.reported.is_none() && !claim.document.as_ref().is_some_and(is_dated) {
                let day = day.ok_or_else(|| claim.place.fault(ReadErrorKind::NoReportDay))?;
                claim.reported = Some(Day::from(day));
            }
        }
        Ok(())
    }

    /// Returns the graph. `expected` says what a file of the format has, for a file of which nothing is understood.
    ///
    /// # Errors
    /// Nothing is understood, or a claim has no report day.
    pub(crate) fn finish(
        mut self,
        day: Option<Date>,
        expected: &str,
    ) -> Result<ReadReport, ReadError> {
        self.settle_voices();
        self.settle_days(day)?;
        let mut vocabulary = self.known;
        let refused = |error: Error| ReadError::new(ReadErrorKind::Refused(error));
        let (kinds, roles) = (self.kinds.into_values(), self.roles.into_values());
        let relations = self.relations.into_values().collect();
        let own = Vocabulary::empty();
        let own = own.declaring(kinds.collect(), roles.collect(), relations, Vec::new());
        vocabulary.merge(&own).map_err(refused)?;
        let mut loader = Loader::new().limits(self.limits);
        let header = Header::new(vocabulary);
        loader.push(Record::Claimgraph(Box::new(header))).map_err(refused)?;
        let mut loader = ForeignLoader::new(loader, self.losses);
        // Publishers come before the documents they publish.
        let mut documents = Vec::new();
        for entity in self.entities.into_values() {
            match entity.0.document {
                Some(_) => documents.push(entity),
                None => _ = loader.entity(entity.0, &entity.1.to_string()),
            }
        }
        for entity in documents {
            loader.entity(entity.0, &entity.1.to_string());
        }
        for claim in self.claims {
            if let Some((record, place)) = claim.into_record(&mut loader.losses) {
                loader.claim(record, &place.to_string());
            }
        }
        loader.finish(expected)
    }
}

/// Returns the mark of a document in the claims. No key of an entity has a control character.
fn marked(key: &str) -> String {
    format!("\u{0}{key}")
}
