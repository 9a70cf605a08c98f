//! Shared code of the readers of other programs' files. A reader passes kinds, relations, entities and claims in the
//! order of the file. This code declares new kinds and relations, puts entities before claims, and makes the graph.

use crate::exchange::json_input::Place;
use claimgraph::Error;
use claimgraph::format::{Losses, ReadError, ReadErrorKind, ReadReport};
use claimgraph::record::*;
use claimgraph::time::Day;
use claimgraph::vocabulary::{KindDef, RelationDef, RoleDef, Slot, Vocabulary};
use indexmap::IndexMap;
use jiff::civil::Date;

/// Collects the content of a file, in any order, and makes a graph of it.
pub(crate) struct Import {
    prefix: &'static str,
    known: Vocabulary,
    kinds: IndexMap<String, KindDef>,
    relations: IndexMap<String, RelationDef>,
    roles: IndexMap<String, RoleDef>,
    entities: IndexMap<String, (EntityRecord, Place)>,
    claims: Vec<(ClaimRecord, Place)>,
    pub(crate) losses: Losses,
}

impl Import {
    /// Makes an import over the vocabulary for reporting. If a name of the file has another meaning there, it gets
    /// the prefix of the format.
    pub(crate) fn new(prefix: &'static str) -> Self {
        Self {
            prefix,
            known: claimgraph::reporting::vocabulary(),
            kinds: IndexMap::new(),
            relations: IndexMap::new(),
            roles: IndexMap::new(),
            entities: IndexMap::new(),
            claims: Vec::new(),
            losses: Losses::default(),
        }
    }

    /// Returns the kind of that name: the one of the vocabulary for reporting, or else a new one.
    pub(crate) fn kind(&mut self, key: &str, above: &[&str]) -> String {
        if self.known.kind(key).is_none() && !self.kinds.contains_key(key) {
            self.kinds.insert(key.to_owned(), KindDef::new(key, above.iter().copied()));
        }
        key.to_owned()
    }

    /// Returns true if the vocabulary for reporting has the kind.
    pub(crate) fn has_kind(&self, key: &str) -> bool {
        self.known.kind(key).is_some()
    }

    /// Returns a relation of the file between any two things, with its code in the file.
    pub(crate) fn relation(&mut self, name: &str) -> String {
        let key =
            if self.known.relation(name).is_some() { self.prefixed(name) } else { name.to_owned() };
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
        let takes = |def: &RoleDef| def.general && def.value == Slot::Any && def.at_most.is_none();
        let key = match self.known.role(name) {
            Some(def) if takes(def) => return name.to_owned(),
            Some(_) => self.prefixed(name),
            None => name.to_owned(),
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

    fn prefixed(&self, name: &str) -> String {
        format!("{}:{name}", self.prefix)
    }

    /// Returns the entity of that key, created with this kind if it is new.
    pub(crate) fn entity(&mut self, key: &str, kind: &str, place: &Place) -> &mut EntityRecord {
        let made = || (EntityRecord::new(key, kind), place.clone());
        &mut self.entities.entry(key.to_owned()).or_insert_with(made).0
    }

    pub(crate) fn knows(&self, key: &str) -> bool {
        self.entities.contains_key(key)
    }

    pub(crate) fn found(&mut self, key: &str) -> Option<&mut EntityRecord> {
        self.entities.get_mut(key).map(|(record, _)| record)
    }

    /// Returns the document of that key, created with this date if it is new.
    pub(crate) fn document(
        &mut self,
        key: &str,
        date: Option<Date>,
        place: &Place,
    ) -> &mut EntityRecord {
        let record = self.entity(key, "Document", place);
        if record.document.is_none() && record.kind == "Document" {
            record.document =
                Some(DocumentRecord { date: date.map(Day::from), ..DocumentRecord::default() });
        }
        record
    }

    pub(crate) fn claim(&mut self, claim: ClaimRecord, place: Place) {
        self.claims.push((claim, place));
    }

    pub(crate) fn claims_mut(&mut self) -> impl Iterator<Item = &mut ClaimRecord> {
        self.claims.iter_mut().map(|(claim, _)| claim)
    }

    /// Returns the date of each document.
    pub(crate) fn document_days(&self) -> IndexMap<String, Option<Day>> {
        let dated = |(key, (record, _)): (&String, &(EntityRecord, Place))| {
            record.document.as_ref().map(|document| (key.clone(), document.date))
        };
        self.entities.iter().filter_map(dated).collect()
    }

    /// Returns the graph. If a claim is refused for its retraction or answer, that is a fault of the file.
    pub(crate) fn finish(self) -> Result<ReadReport, ReadError> {
        let mut vocabulary = self.known;
        let refused = |error: Error| ReadError::new(ReadErrorKind::Refused(error));
        let (kinds, roles) = (self.kinds.into_values(), self.roles.into_values());
        let relations = self.relations.into_values().collect();
        let own = Vocabulary::empty();
        let own = own.declaring(kinds.collect(), roles.collect(), relations, Vec::new());
        vocabulary.merge(&own).map_err(refused)?;
        let mut loader = Loader::new();
        let header = Header::new(vocabulary);
        loader.push(Record::Claimgraph(Box::new(header))).map_err(refused)?;
        // Publishers come before the documents they publish.
        let (documents, others): (Vec<_>, Vec<_>) =
            self.entities.into_values().partition(|(record, _)| record.document.is_some());
        let refused = |place: Place, error: Error| {
            let part = error.part().map(ToString::to_string).filter(|_| place.path.is_empty());
            let fault = place.fault(ReadErrorKind::Refused(error));
            part.into_iter().fold(fault, ReadError::in_field)
        };
        for (record, place) in others.into_iter().chain(documents) {
            let pushed = loader.push(Record::Entity(Box::new(record)));
            pushed.map_err(|error| refused(place, error))?;
        }
        for (record, place) in self.claims {
            loader.push_claim(record).map_err(|error| refused(place, error))?;
        }
        Ok(ReadReport::new(loader.finish(), self.losses))
    }
}
