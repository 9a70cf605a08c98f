//! Makes claims of FollowTheMoney entities, once all fragments of each are put together.

use crate::exchange::ftm::fragment::{Entities, Entity, Given};
use crate::exchange::ftm::interval::{amount, period};
use crate::exchange::ftm::schema::{Holds, Known, is_code};
use crate::exchange::ftm::{COUNTRY, ID, KIND, SYSTEM, WIKIDATA, key_of};
use crate::exchange::import::Import;
use crate::exchange::json_input::day_of;
use crate::exchange::json_stream::each;
use crate::exchange::place::Place;
use crate::reader_options::Options;
use claimgraph::entity::Name;
use claimgraph::format::{ReadError, ReadErrorKind, ReadReport};
use claimgraph::record::*;
use claimgraph::time::{Aspect, Day};
use claimgraph::{Period, Stance};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use std::io::BufRead;

/// The most pairs of ends that one edge may have.
const PAIRS: usize = 1_000;

/// The role for the date of an edge that is after its report day. Each graph has it.
const DATE: &str = "date";

type Named = (&'static str, fn(String) -> Name);

/// The properties with names, and the kind of name in each. The first `name` of an entity is its canonical name.
const NAMES: [Named; 5] = [
    ("name", Name::alias),
    ("alias", Name::alias),
    ("abbreviation", Name::abbreviation),
    ("previousName", Name::former),
    ("weakAlias", Name::metonym),
];

pub(super) fn read(input: &mut dyn BufRead, options: &Options) -> Result<ReadReport, ReadError> {
    let mut reader = Reading {
        import: Import::new(SYSTEM, options.limits),
        named: IndexMap::new(),
        edges: IndexMap::new(),
        day: options.reported,
    };
    let usual = options.key("followthemoney");
    let mut entities = Entities::default();
    each(input, options.limits, &mut |item| {
        entities.take(&item, &usual, &mut reader.import);
        Ok(())
    })?;
    // A claim comes after the edges that it names.
    reader.edges = entities.edge_keys().map(|key| (key.clone(), false)).collect();
    for entity in entities.into_all() {
        match entity.ends() {
            Some(ends) => reader.edge(&entity, ends)?,
            None => reader.node(&entity),
        }
    }
    let expected = "entities of FollowTheMoney with an id and a schema";
    reader.settled().finish(options.reported, expected)
}

struct Reading {
    import: Import,
    /// The keys that the file refers to, each with its first place.
    named: IndexMap<String, Place>,
    /// The key of each edge, and whether it is a claim already.
    edges: IndexMap<String, bool>,
    /// The report day of claims that have none in the file.
    day: Option<Date>,
}

impl Reading {
    fn node(&mut self, entity: &Entity) {
        let kept = entity.all("keywords").filter_map(|word| word.strip_prefix(KIND));
        let kept = kept.filter(|kind| self.import.has_kind(kind)).last();
        let kind = match kept {
            Some(kind) => kind.to_owned(),
            None => self.kind(&entity.schema, entity.known),
        };
        let is_document = kind == "Document" || (kept.is_none() && entity.is_a("Document"));
        let mut names: IndexSet<Name> = IndexSet::new();
        for (property, name) in NAMES {
            let mut texts: IndexSet<String> = IndexSet::new();
            for text in entity.all(property) {
                let Some(text) = self.import.name(text, &entity.place_of(property)) else {
                    continue;
                };
                // Two spellings of one name may be the same once they are evened out.
                if !texts.insert(text.clone()) {
                    continue;
                }
                let first = property == "name" && names.is_empty();
                names.insert(if first { Name::canonical(text) } else { name(text) });
            }
        }
        if let Some(caption) = &entity.caption
            && let Some(text) = self.import.name(caption, &entity.place.at("caption"))
            && !names.iter().any(|name| name.text() == text)
        {
            names.insert(if names.is_empty() { Name::canonical(text) } else { Name::alias(text) });
        }
        let record = self.import.entity(&entity.key, &kind, &entity.place);
        record.names = names.into_iter().collect();
        if is_document {
            record.document.get_or_insert_default();
        }
        let is_name = |property: &str| NAMES.iter().any(|(name, _)| *name == property);
        for (property, values) in &entity.properties {
            for given in values.iter().filter(|_| !is_name(property)) {
                self.property(entity, &kind, property, given);
            }
        }
    }

    /// Returns the kind of a schema.
    fn kind(&mut self, schema: &str, known: Option<&Known>) -> String {
        const KINDS: [(&str, &[&str]); 6] = [
            ("Document", &["Document", "Relay", "Source", "Thing"]),
            ("Organization", &["Organization", "Actor", "Source", "Thing"]),
            ("LegalEntity", &["Actor", "Source", "Thing"]),
            ("Address", &["Place", "Thing"]),
            ("Territory", &["Place", "Thing"]),
            ("Event", &["Event", "Thing"]),
        ];
        let above = KINDS.iter().find(|(name, _)| known.is_some_and(|known| known.is_a(name)));
        self.import.kind(schema, above.map_or(&["Thing"], |(_, above)| above))
    }

    fn property(&mut self, entity: &Entity, kind: &str, property: &str, given: &Given) {
        let value = given.text.as_str();
        let holds = entity.holds(property);
        let Some(record) = self.import.found(&entity.key) else { return };
        if let Some(document) = &mut record.document {
            let text = || Some(value.to_owned());
            let is_length = |length: &u64| length.to_string() == value;
            let taken = match property {
                "title" => fill(&mut document.title, text()),
                "publishedAt" => fill(&mut document.date, day_of(value).map(Day::from)),
                "contentHash" => {
                    fill(&mut document.sha256, text().filter(|value| is_digest(value)))
                }
                "fileSize" => fill(&mut document.length, value.parse().ok().filter(is_length)),
                _ => false,
            };
            if taken {
                return;
            }
        }
        if property == "keywords" && value.strip_prefix(KIND) == Some(kind) {
            return;
        }
        if property == "country" && kind == "State" && is_code(value) {
            return record.codes.push((COUNTRY.to_owned(), value.to_ascii_uppercase()));
        }
        if holds == Holds::Identifier {
            let system = if property == WIKIDATA.0 { WIKIDATA.1 } else { property };
            return record.codes.push((system.to_owned(), value.to_owned()));
        }
        let Some(object) = self.term(entity, property, holds, value) else { return };
        let relation = self.import.relation(property);
        let subject = TermRecord::entity(&entity.key);
        let claim = ClaimRecord {
            statement: Some(StatementRecord::new(subject, relation, object)),
            document: Some(self.import.voice(&given.dataset, &entity.place)),
            ..ClaimRecord::new(Stance::Asserts)
        };
        self.import.claim(claim, entity.place_of(property));
    }

    /// Returns the value of a property. A reference that cannot be a key is left out and counted.
    fn term(
        &mut self,
        entity: &Entity,
        property: &str,
        holds: Holds,
        value: &str,
    ) -> Option<TermRecord> {
        if holds != Holds::Entity {
            return Some(TermRecord::text(value));
        }
        let place = entity.place_of(property);
        let key = self.import.key(&key_of(value.trim()), &place)?;
        match self.edges.get(&key) {
            Some(true) => return Some(TermRecord::claim(key)),
            Some(false) => {
                self.import.note("reference to an edge that is not read yet", &place);
                return None;
            }
            None => {}
        }
        self.named.entry(key.clone()).or_insert(place);
        Some(TermRecord::entity(key))
    }

    fn edge(&mut self, entity: &Entity, (from, to): (&str, &str)) -> Result<(), ReadError> {
        let mut ends = |property: &str| -> Vec<TermRecord> {
            let values = entity.all(property);
            values.filter_map(|value| self.term(entity, property, Holds::Entity, value)).collect()
        };
        let (mut sources, mut targets) = (ends(from), ends(to));
        if sources.is_empty() && targets.is_empty() {
            self.import.note("edge without ends", &entity.place);
            return Ok(());
        }
        for ends in [&mut sources, &mut targets].into_iter().filter(|ends| ends.is_empty()) {
            ends.push(TermRecord::absent(Absence::NotStated));
        }
        if sources.len().saturating_mul(targets.len()) > PAIRS {
            let limit = PAIRS as u64;
            let kind = ReadErrorKind::Limit { what: "pairs of ends of one edge", limit };
            return Err(entity.place.at("properties").fault(kind));
        }
        let mut taken: IndexSet<(&str, &str)> = IndexSet::new();
        let quantity = amount(entity, &mut taken);
        let reported = entity.single("retrievedAt").and_then(day_of).map(Day::from);
        taken.extend(
            entity
                .single("retrievedAt")
                .filter(|_| reported.is_some())
                .map(|day| ("retrievedAt", day)),
        );
        let mut valid = period(entity, &mut taken);
        let mut roles = vec![self.import.text_role(ID, &entity.id)];
        let given = entity.properties.values().flatten();
        let is_further = given.filter(|given| given.dataset != entity.dataset).count() > 0;
        let ends = [from, to];
        for property in entity.properties.keys().filter(|name| !ends.contains(&name.as_str())) {
            let values = entity.all(property);
            for value in values.filter(|value| !taken.contains(&(property.as_str(), *value))) {
                if let Some(value) = self.term(entity, property, entity.holds(property), value) {
                    roles.push(RoleRecord::new(self.import.role(property), value));
                }
            }
        }
        if is_further {
            self.import.note("further data sets", &entity.place);
        }
        // If the date is after the report day, it stays a role.
        let on_record = reported.map(Date::from).or(self.day);
        let is_later = |period: &Period| {
            period.aspect() == Aspect::Occurrence
                && period.start_earliest().is_some_and(|day| Some(day) > on_record)
        };
        if let Some(edtf) = valid.as_ref().filter(|valid| is_later(valid)).and_then(Period::edtf) {
            valid = None;
            roles.push(self.import.text_role(DATE, &edtf));
        }
        let relation = self.import.relation(&entity.schema);
        let claim = ClaimRecord {
            roles,
            quantity,
            valid,
            document: Some(self.import.voice(&entity.dataset, &entity.place)),
            reported,
            ..ClaimRecord::new(Stance::Asserts)
        };
        for source in &sources {
            for target in &targets {
                let (source, target) = (source.clone(), target.clone());
                let statement = StatementRecord::new(source, relation.clone(), target);
                // The first pair has the key of the edge, for those that refer to it.
                let id = (self.edges.insert(entity.key.clone(), true) != Some(true))
                    .then(|| entity.key.clone());
                let claim = ClaimRecord { id, statement: Some(statement), ..claim.clone() };
                self.import.claim(claim, entity.place.clone());
            }
        }
        Ok(())
    }

    /// Makes an entity of each key that only references name, and returns everything that was read.
    fn settled(mut self) -> Import {
        for (key, place) in std::mem::take(&mut self.named) {
            if !self.import.knows(&key) {
                self.import.note("entity that is not in the file", &place);
                self.import.entity(&key, "Thing", &place);
            }
        }
        self.import.date_voices(self.day);
        self.import.role(DATE);
        self.import
    }
}

/// Fills an empty slot, and returns true if it did.
fn fill<T>(slot: &mut Option<T>, value: Option<T>) -> bool {
    let fits = slot.is_none() && value.is_some();
    if fits {
        *slot = value;
    }
    fits
}

/// Returns true if the text is a SHA-256, as a graph keeps it.
fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}
