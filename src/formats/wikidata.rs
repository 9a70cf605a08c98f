//! Wikidata (Wikibase) entity JSON: one entity a line, the list of a dump, or the answer of
//! `Special:EntityData`. Read only.
//!
//! | Wikidata | claim graph |
//! |---|---|
//! | item | entity under its id (`Q42`); `Person` where it is an instance of human (Q5), `Document` where a statement refers to it as its source, else `Item` |
//! | labels, aliases by language | names by language; the id as a code |
//! | property | relation under its id (`P39`), with its label as verb phrase |
//! | statement with its main snak | a claim of Wikidata (own voice); with references, one for each, whose speaker is the source |
//! | source of a reference | P248 (stated in), else P854 (URL), else P143 (imported from), else P3452 (inferred from) |
//! | P813 (retrieved) | the report day of that claim; else the day the entity was changed |
//! | qualifiers P580, P582, P585 | when it is valid, with their precision |
//! | other qualifiers; rank `preferred`; what else a reference says | roles `P...`, `rank`, `reference P...` |
//! | statement id | role `statement-id`: claims of one statement have it in common |
//! | rank `deprecated` | Wikidata *doubts* the statement, and the claims of its references |
//! | P2241 (reason for deprecation) | role `P2241` of the doubt |
//! | quantity | a quantity with its bounds; the unit is the item's id, or `1` |
//! | time | text in EDTF; of a Julian date, the Gregorian day |
//! | monolingual text | text, and its language as role `language` |
//! | coordinate | text `latitude,longitude` |
//! | unknown value | an object that is not stated |
//! | no value | Wikidata *denies* that there is any object |
//!
//! Deprecated is read as doubt: Wikidata keeps such a statement because somebody makes it, and says that
//! it is wrong, outdated or unfit. Dismissal would need a claim to answer; denial would say more than
//! the rank does, which also stands on links that broke. Not read: descriptions, sitelinks (counted in the
//! losses).

mod snaks;

use crate::files::format::error::{ReadError, ReadErrorKind};
use crate::files::format::loss::Imported;
use crate::formats::foreign::{
    Foreign, ImportOptions, Origin, bare, entity, key_problem, not_stated, speaker, statement, text,
};
use crate::formats::json::{Item, each};
use crate::formats::wikidata::snaks::{Snak, Worth};
use crate::graph::ClaimGraph;
use crate::model::record::*;
use crate::model::time::day::parse_day;
use crate::model::value::name::Name;
use crate::model::value::stance::{Basis, Stance};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde_json::{Map, Value};
use std::io::BufRead;

/// Properties by which a reference names its source, the best first.
const SOURCES: [&str; 4] = ["P248", "P854", "P143", "P3452"];

impl ClaimGraph {
    /// Reads Wikidata entities as claims of Wikidata and of the sources its references name, with the
    /// default [`ImportOptions`].
    ///
    /// ```
    /// use claimgraph::{ClaimGraph, Stance};
    /// let line = r#"{"type":"item","id":"Q7747","labels":{"en":{"language":"en","value":"Vladimir Putin"}},
    ///   "modified":"2026-04-21T13:42:27Z","claims":{"P19":[{"id":"Q7747$1","rank":"deprecated","mainsnak":
    ///   {"snaktype":"value","property":"P19","datavalue":{"type":"wikibase-entityid","value":{"id":"Q27899309"}}}}]}}"#;
    /// let graph = ClaimGraph::read_wikidata(line.as_bytes())?.graph;
    /// let doubt = graph.claims().next().unwrap();
    /// assert_eq!(doubt.stance(), Stance::Doubts);
    /// assert_eq!(doubt.to_string(), "wikidata doubted that Vladimir Putin P19 Q27899309 (statement-id: “Q7747$1”)");
    /// # Ok::<(), claimgraph::format::ReadError>(())
    /// ```
    ///
    /// # Errors
    /// The first entity that is none, with its line and field.
    pub fn read_wikidata(input: impl BufRead) -> Result<Imported, ReadError> {
        Self::read_wikidata_with(input, &ImportOptions::new())
    }

    /// [`read_wikidata`](Self::read_wikidata) with options: the key of Wikidata as a document, and the
    /// day from which entities without a date of change are on record.
    ///
    /// # Errors
    /// As [`read_wikidata`](Self::read_wikidata).
    pub fn read_wikidata_with(
        mut input: impl BufRead,
        options: &ImportOptions,
    ) -> Result<Imported, ReadError> {
        read(&mut input, options)
    }
}

fn read(input: &mut dyn BufRead, options: &ImportOptions) -> Result<Imported, ReadError> {
    let mut reader = Reader {
        foreign: Foreign::new("wikidata"),
        document: options.key("wikidata"),
        day: options.day(),
        labels: IndexMap::new(),
        humans: IndexSet::new(),
        sources: IndexMap::new(),
        named: IndexMap::new(),
        statements: 0,
    };
    each(input, options.limits, &mut |item| reader.take(item))?;
    reader.finish()
}

struct Reader {
    foreign: Foreign,
    document: String,
    day: Date,
    /// Labels of properties, for the relations.
    labels: IndexMap<String, String>,
    humans: IndexSet<String>,
    /// What is the source of a reference.
    sources: IndexMap<String, Origin>,
    /// What is named somewhere, and where first.
    named: IndexMap<String, Origin>,
    statements: u64,
}

impl Reader {
    fn take(&mut self, item: Item) -> Result<(), ReadError> {
        let object = item.object()?;
        // The answer of Special:EntityData holds entities by id.
        if let (Some(Value::Object(entities)), None) = (object.get("entities"), object.get("id")) {
            return entities.iter().try_for_each(|(id, value)| {
                let path = format!("entities.{id}");
                self.one(&Item { value: value.clone(), line: item.line, path })
            });
        }
        self.one(&item)
    }

    fn one(&mut self, item: &Item) -> Result<(), ReadError> {
        let object = item.object()?;
        let id = match object.get("id") {
            Some(Value::String(id)) => id.as_str(),
            Some(other) => return Err(item.wrong("id", "a text", other)),
            None => {
                return Err(
                    item.fault("id", ReadErrorKind::Syntax("an entity needs an \"id\"".into()))
                );
            }
        };
        if let Some(problem) = key_problem(id) {
            return Err(item.fault("id", ReadErrorKind::Syntax(problem)));
        }
        let is_property = object.get("type").and_then(Value::as_str) == Some("property");
        let kind =
            if is_property { self.foreign.kind("Property", &["Thing"]) } else { self.item_kind() };
        let origin = Origin::of(item, "");
        let mut names = Vec::new();
        for (language, label) in map(item, object, "labels")? {
            let value = label.get("value").and_then(Value::as_str);
            let value =
                value.ok_or_else(|| item.wrong(&format!("labels.{language}"), "a label", label))?;
            names.push(Name::canonical(value).in_language(language));
            if is_property && (language == "en" || !self.labels.contains_key(id)) {
                self.labels.insert(id.to_owned(), value.to_owned());
            }
        }
        for (language, aliases) in map(item, object, "aliases")? {
            for alias in crate::formats::json::many(Some(aliases)) {
                let value = alias.get("value").and_then(Value::as_str);
                let value = value
                    .ok_or_else(|| item.wrong(&format!("aliases.{language}"), "an alias", alias))?;
                names.push(Name::alias(value).in_language(language));
            }
        }
        let record = self.foreign.entity(id, &kind, &origin);
        record.kind = kind;
        record.names.extend(names);
        if record.codes.is_empty() {
            record.codes.push(("wikidata".to_owned(), id.to_owned()));
        }
        for (part, what) in [("descriptions", "description"), ("sitelinks", "sitelink")] {
            for (name, _) in map(item, object, part)? {
                self.foreign.losses.note(what, &format!("{id} {name}"));
            }
        }
        let modified =
            object.get("modified").and_then(Value::as_str).and_then(|at| parse_day(at.get(..10)?));
        let modified = modified.map_or(self.day, |day| day.date());
        for (property, statements) in map(item, object, "claims")? {
            for (index, statement) in
                crate::formats::json::many(Some(statements)).iter().enumerate()
            {
                let field = format!("claims.{property}[{index}]");
                self.statement(item, id, statement, &field, modified)?;
            }
        }
        Ok(())
    }

    fn item_kind(&mut self) -> String {
        self.foreign.kind("Item", &["Actor", "Place", "Source", "Thing"])
    }

    fn statement(
        &mut self,
        item: &Item,
        subject: &str,
        value: &Value,
        field: &str,
        modified: Date,
    ) -> Result<(), ReadError> {
        self.statements += 1;
        let object = value.as_object().ok_or_else(|| item.wrong(field, "a statement", value))?;
        let main = object.get("mainsnak").unwrap_or(&Value::Null);
        let main = Snak::read(main)
            .map_err(|expected| item.wrong(&format!("{field}.mainsnak"), &expected, main))?;
        if main.property == "P31" && main.entity() == Some("Q5") {
            self.humans.insert(subject.to_owned());
        }
        let origin = Origin::of(item, field);
        let mut roles = Vec::new();
        if let Some(id) = object.get("id").and_then(Value::as_str) {
            roles.push(RoleRecord { role: self.foreign.role("statement-id"), value: text(id) });
        }
        let mut times: IndexMap<String, Vec<Snak>> = IndexMap::new();
        for (property, snaks) in map(item, object, "qualifiers")? {
            for (index, value) in crate::formats::json::many(Some(snaks)).iter().enumerate() {
                let place = format!("{field}.qualifiers.{property}[{index}]");
                let snak =
                    Snak::read(value).map_err(|expected| item.wrong(&place, &expected, value))?;
                if ["P580", "P582", "P585"].contains(&snak.property.as_str()) {
                    times.entry(snak.property.clone()).or_default().push(snak);
                } else {
                    roles.push(self.role(&snak.property.clone(), &snak, &origin)?);
                }
            }
        }
        let (valid, left) = crate::formats::wikidata::snaks::period(&times);
        for snak in left {
            roles.push(self.role(&snak.property.clone(), snak, &origin)?);
        }
        let rank = object.get("rank").and_then(Value::as_str).unwrap_or("normal");
        match rank {
            "normal" | "deprecated" => {}
            other => roles.push(RoleRecord { role: self.foreign.role("rank"), value: text(other) }),
        }
        let (stance, object_term) = match &main.worth {
            Worth::None => (Stance::Denies, not_stated()),
            _ => (Stance::Asserts, self.term(&main, &origin)?),
        };
        if let Some(language) = &main.language {
            roles.push(RoleRecord { role: self.foreign.role("language"), value: text(language) });
        }
        if let Some(note) = &main.note {
            self.foreign.losses.note(note, &format!("{subject} {}", main.property));
        }
        if key_problem(&main.property).is_some() {
            return Err(item.fault(field, ReadErrorKind::Syntax("a property needs an id".into())));
        }
        let relation = self.foreign.relation(&main.property, None);
        let claim = ClaimRecord {
            statement: Some(statement(entity(subject), relation, object_term)),
            roles,
            valid,
            document: Some(self.document.clone()),
            reported: Some(DayText::from(modified)),
            ..bare(stance)
        };
        let references = crate::formats::json::many(object.get("references"));
        let deprecated = rank == "deprecated";
        let mut made = Vec::new();
        for (index, reference) in references.iter().enumerate() {
            let place = format!("{field}.references[{index}]");
            let mut said = self.reference(item, reference, &place, claim.clone(), modified)?;
            if deprecated {
                said.id = Some(format!("{} {index}", self.statements));
                made.extend(said.id.clone());
            }
            self.foreign.claim(said, Origin::of(item, &place));
        }
        if deprecated {
            let target = |claim: String| TargetRecord { claim, basis: Basis::Stated };
            let targets = made.into_iter().map(target).collect();
            let doubt = ClaimRecord { stance: Stance::Doubts, targets, ..claim };
            self.foreign.claim(doubt, origin);
        } else if references.is_empty() {
            self.foreign.claim(claim, origin);
        }
        Ok(())
    }

    /// The claim as the source of a reference makes it.
    fn reference(
        &mut self,
        item: &Item,
        value: &Value,
        field: &str,
        mut claim: ClaimRecord,
        modified: Date,
    ) -> Result<ClaimRecord, ReadError> {
        let object = value.as_object().ok_or_else(|| item.wrong(field, "a reference", value))?;
        let origin = Origin::of(item, field);
        let mut snaks = Vec::new();
        for (property, list) in map(item, object, "snaks")? {
            for (index, value) in crate::formats::json::many(Some(list)).iter().enumerate() {
                let place = format!("{field}.snaks.{property}[{index}]");
                snaks.push(
                    Snak::read(value).map_err(|expected| item.wrong(&place, &expected, value))?,
                );
            }
        }
        let named = |wanted: &str| {
            snaks.iter().position(|snak| snak.property == wanted && snak.source().is_some())
        };
        let source = SOURCES.into_iter().find_map(named);
        if let Some(key) = source.and_then(|place| snaks.get(place)).and_then(Snak::source) {
            match key_problem(key) {
                Some(_) => self.foreign.losses.note("source that cannot be a key", key),
                None => {
                    self.sources.entry(key.to_owned()).or_insert_with(|| origin.clone());
                    claim.speakers.push(speaker(key));
                }
            }
        }
        let retrieved =
            snaks.iter().position(|snak| snak.property == "P813" && snak.day().is_some());
        let day = retrieved.and_then(|place| snaks.get(place)).and_then(Snak::day);
        // Nothing is on record of what happened later.
        let begins = claim.valid.as_ref().and_then(|valid| valid.start_earliest());
        let day = day.filter(|&day| day <= modified && begins.is_none_or(|begins| begins <= day));
        if let Some(day) = day {
            claim.reported = Some(DayText::from(day));
        }
        for (place, snak) in snaks.iter().enumerate() {
            if Some(place) == source || (Some(place) == retrieved && day.is_some()) {
                continue;
            }
            claim.roles.push(self.role(&format!("reference {}", snak.property), snak, &origin)?);
        }
        Ok(claim)
    }

    fn role(&mut self, name: &str, snak: &Snak, origin: &Origin) -> Result<RoleRecord, ReadError> {
        if snak.language.is_some() {
            self.foreign.losses.note("language of a qualifier", name);
        }
        if let Some(note) = &snak.note {
            self.foreign.losses.note(note, name);
        }
        let value = self.term(snak, origin)?;
        Ok(RoleRecord { role: self.foreign.role(name), value })
    }

    fn term(&mut self, snak: &Snak, origin: &Origin) -> Result<TermRecord, ReadError> {
        Ok(match &snak.worth {
            Worth::Entity(id) if key_problem(id).is_none() => {
                self.named.entry(id.clone()).or_insert_with(|| origin.clone());
                entity(id)
            }
            Worth::Entity(id) | Worth::Text(id) => text(id),
            Worth::Quantity(quantity) => TermRecord::quantity((**quantity).clone()),
            Worth::Unknown => not_stated(),
            Worth::None => TermRecord::absent(Absence::Nothing),
        })
    }

    fn finish(mut self) -> Result<Imported, ReadError> {
        let kind = self.item_kind();
        let property = self.foreign.kind("Property", &["Thing"]);
        for (key, origin) in self.named.iter().chain(&self.sources) {
            let is_property = key
                .strip_prefix('P')
                .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
            let made =
                self.foreign.entity(key, if is_property { &property } else { &kind }, origin);
            // Only items and properties have their id as a code; sources may be addresses.
            if made.codes.is_empty() && !key.contains(':') {
                made.codes.push(("wikidata".to_owned(), key.clone()));
            }
        }
        for human in &self.humans {
            self.foreign
                .found(human)
                .into_iter()
                .for_each(|record| record.kind = "Person".to_owned());
        }
        for source in self.sources.keys() {
            if let Some(record) =
                self.foreign.found(source).filter(|record| record.kind != "Person")
            {
                record.kind = "Document".to_owned();
                record.document.get_or_insert_default();
            }
        }
        let whole = Origin::default();
        self.foreign.document(&self.document, None, &whole);
        let labels = self.labels;
        self.foreign.label(|key| labels.get(key).cloned());
        self.foreign.finish()
    }
}

/// The members of an object in an object; none where it is absent, null or an empty list, as PHP writes
/// empty objects.
fn map<'v>(
    item: &Item,
    object: &'v Map<String, Value>,
    name: &str,
) -> Result<Vec<(&'v str, &'v Value)>, ReadError> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) if list.is_empty() => Ok(Vec::new()),
        Some(Value::Object(map)) => {
            Ok(map.iter().map(|(key, value)| (key.as_str(), value)).collect())
        }
        Some(other) => Err(item.wrong(name, "an object", other)),
    }
}
