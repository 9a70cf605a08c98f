//! Writes a graph as FollowTheMoney entities.

use crate::exchange::ftm::schema::{Holds, is_code, known};
use crate::exchange::ftm::{COUNTRY, KIND, SYSTEM, WIKIDATA, id_of};
use crate::exchange::note_beside;
use claimgraph::claim::Basis;
use claimgraph::entity::NameKind;
use claimgraph::format::{Losses, Records, WriteError};
use claimgraph::record::*;
use claimgraph::{ClaimGraph, ClaimRef, Date, EntityRef, Modality, Stance, reporting};
use indexmap::{IndexMap, IndexSet};
use serde_json::{Value, json};
use std::io::{self, Write};

/// The values of each property.
pub(super) type Properties = IndexMap<String, IndexSet<String>>;

/// The kinds without a schema of their name, and the nearest schema of each.
const NEAREST: &[(&str, &str)] = &[
    ("Document", "Document"),
    ("Person", "Person"),
    ("Company", "Company"),
    ("State", "PublicBody"),
    ("Agency", "PublicBody"),
    ("GovernmentOffice", "PublicBody"),
    ("Legislature", "PublicBody"),
    ("Military", "PublicBody"),
    ("Organization", "Organization"),
    ("Actor", "LegalEntity"),
    ("Briefing", "Event"),
    ("Event", "Event"),
    ("Source", "LegalEntity"),
    ("Place", "Territory"),
    ("Treaty", "Document"),
    ("Thing", "Asset"),
];

/// The schemata that cannot have entities.
const ABSTRACT: &[&str] = &["Thing", "Interval", "Interest", "Value", "Analyzable"];

/// Writes a graph as FollowTheMoney entities, one a line, in canonical order: entities by key, affiliations,
/// claims. `followthemoney` reads every property of them.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Entity};
/// use claimgraph_formats::ftm;
/// let mut graph = ClaimGraph::new();
/// let ru = graph.add(State, Entity::new("russia").named("Russia").code("iso3166", "RU"))?;
/// let nk = graph.add(State, Entity::new("nk").named("North Korea"))?;
/// graph.insert(Claim::by(ru).asserts(nk, TREATY_WITH, ru).reported(date(2024, 6, 19)))?;
/// let mut written = Vec::new();
/// let losses = ftm::write(&graph, &mut written)?;
/// let text = String::from_utf8(written)?;
/// assert!(text.contains(r#""schema":"PublicBody","properties":{"name":["Russia"],"keywords":["kind: State"],"country":["ru"]}"#));
/// assert!(text.contains(r#""role":["treaty-with"]"#));
/// assert_eq!(losses.of("speaker").map(|loss| loss.count()), Some(1));   // a data set has no speakers
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The output fails.
pub fn write(graph: &ClaimGraph, mut output: impl Write) -> Result<Losses, WriteError> {
    let (losses, records) = (Losses::default(), Records::of(graph));
    Writer { graph, output: &mut output, losses, records: &records }.all()
}

pub(super) struct Writer<'r, 'g> {
    pub(super) graph: &'g ClaimGraph,
    output: &'r mut dyn Write,
    pub(super) losses: Losses,
    records: &'r Records<'g>,
}

/// A claim about a property of an entity.
struct Said {
    property: String,
    value: String,
    document: String,
}

impl<'g> Writer<'_, 'g> {
    fn all(mut self) -> Result<Losses, WriteError> {
        let mut properties: IndexMap<String, Vec<Said>> = IndexMap::new();
        let mut rest: Vec<(ClaimRef<'g>, &str, ClaimRecord)> = Vec::new();
        for (claim, name) in self.records.claims() {
            let record = ClaimRecord { id: None, ..self.records.claim(claim) };
            match self.as_property(&record) {
                Some((subject, said)) => properties.entry(subject).or_default().push(said),
                None => rest.push((claim, name, record)),
            }
        }
        let mut entities: Vec<EntityRef<'_>> = self.graph.entities().collect();
        entities.sort_by_key(|entity| entity.key());
        for entity in entities {
            let said = properties.swap_remove(entity.key()).unwrap_or_default();
            self.entity(entity, said)?;
        }
        let mut affiliations: Vec<AffiliationRecord> =
            self.graph.affiliations().map(|a| self.records.affiliation(a)).collect();
        affiliations.sort_by_cached_key(|a| {
            let AffiliationRecord { part, kind, whole, reported, basis, valid, .. } = a.clone();
            (part, kind, whole, reported, basis, format!("{valid:?}"))
        });
        for (number, affiliation) in affiliations.into_iter().enumerate() {
            self.affiliation(number + 1, affiliation)?;
        }
        for (claim, name, record) in rest {
            self.claim(claim, name, record)?;
        }
        note_beside(self.records, &mut self.losses);
        self.output.flush()?;
        Ok(self.losses)
    }

    /// Returns the FollowTheMoney name of a relation that was read from there.
    fn code(&self, relation: &str) -> Option<&str> {
        let def = self.graph.vocabulary().relation(relation)?;
        def.codes.iter().find(|(system, _)| system == SYSTEM).map(|(_, code)| code.as_str())
    }

    fn schema_of(&self, key: &str) -> &'static str {
        let kind =
            self.graph.entity_keyed(key).and_then(|id| self.graph.entity(id)).map(EntityRef::kind);
        kind.map_or("Asset", |kind| self.schema(kind))
    }

    fn schema(&self, kind: &str) -> &'static str {
        let own = known(kind).filter(|known| known.ends.is_none() && !ABSTRACT.contains(&kind));
        if let Some(name) = own.and_then(|own| own.above.first()) {
            return name;
        }
        let vocabulary = self.graph.vocabulary();
        let is = |wanted: &str| match (vocabulary.kind(kind), wanted == kind) {
            (_, true) => true,
            (def, _) => def.is_some_and(|def| def.above.iter().any(|above| above == wanted)),
        };
        NEAREST.iter().find(|(wanted, _)| is(wanted)).map_or("Asset", |(_, schema)| schema)
    }

    /// Returns true if a claim is a plain assertion of its data set, under a relation of FollowTheMoney.
    fn is_plain(&self, record: &ClaimRecord) -> bool {
        let statement = record.statement.as_ref();
        let relation = statement.and_then(|statement| self.code(&statement.relation));
        let stated = |term: &TermRecord| term.basis == Basis::Stated;
        relation.is_some()
            && statement.is_some_and(|s| stated(&s.subject) && s.object.as_ref().is_none_or(stated))
            && record.roles.iter().all(|role| stated(&role.value))
            && record.document.is_some()
            && *record
                == ClaimRecord {
                    statement: record.statement.clone(),
                    roles: record.roles.clone(),
                    quantity: record.quantity.clone(),
                    valid: record.valid.clone(),
                    document: record.document.clone(),
                    reported: record.reported,
                    ..ClaimRecord::new(Stance::Asserts)
                }
    }

    pub(super) fn is_at_its_date(&self, record: &ClaimRecord) -> bool {
        let document = record.document.as_deref().and_then(|key| self.graph.entity_keyed(key).ok());
        let date = document.and_then(|id| self.graph.entity(id).ok()).and_then(EntityRef::document);
        date.and_then(|document| document.date()) == record.reported.map(Into::into)
    }

    fn as_property(&self, record: &ClaimRecord) -> Option<(String, Said)> {
        let statement = record.statement.as_ref()?;
        let subject = statement.subject.as_entity()?.to_owned();
        let property = self.code(&statement.relation)?.to_owned();
        let object = statement.object.as_ref()?;
        let value = match known(self.schema_of(&subject))?.holds(&property)? {
            Holds::Entity => id_of(object.as_entity()?),
            Holds::Identifier => return None,
            Holds::Text | Holds::Date => object.as_text()?.to_owned(),
        };
        let alone = record.roles.is_empty() && record.quantity.is_none() && record.valid.is_none();
        let said = Said { property, value, document: record.document.clone()? };
        (alone && self.is_plain(record) && self.is_at_its_date(record)).then_some((subject, said))
    }

    fn entity(&mut self, entity: EntityRef<'_>, said: Vec<Said>) -> Result<(), WriteError> {
        let (key, kind) = (entity.key(), entity.kind());
        let schema = self.schema(kind);
        let Some(model) = known(schema) else { return Ok(()) };
        let mut properties = Properties::new();
        for name in entity.names() {
            let mut property = match name.kind() {
                NameKind::Canonical => "name",
                NameKind::Alias => "alias",
                NameKind::Abbreviation => "abbreviation",
                NameKind::Former => "previousName",
                NameKind::Metonym => "weakAlias",
            };
            if model.holds(property).is_none() {
                self.losses.note("that a name is an abbreviation", key);
                property = "alias";
            }
            if name.language().is_some() {
                self.losses.note("language of a name", key);
            }
            put(&mut properties, property, name.text());
        }
        if schema != kind {
            if reporting::vocabulary().kind(kind).is_some() {
                put(&mut properties, "keywords", &format!("{KIND}{kind}"));
            } else {
                self.losses.note("kind", key);
            }
        }
        for (system, code) in entity.codes() {
            let property = if system == WIKIDATA.1 { WIKIDATA.0 } else { system.as_str() };
            if system == COUNTRY && is_code(code) && kind == "State" {
                put(&mut properties, "country", &code.to_ascii_lowercase());
            } else if model.holds(property) == Some(Holds::Identifier) {
                put(&mut properties, property, code);
            } else {
                self.losses.note("code", key);
            }
        }
        if let Some(document) = entity.document() {
            let parts = [
                ("title", document.title().map(str::to_owned)),
                ("publishedAt", document.date().map(|date| date.to_string())),
                ("contentHash", document.digest().map(str::to_owned)),
                ("fileSize", document.length().map(|length| length.to_string())),
            ];
            parts.iter().for_each(|(property, value)| {
                value.iter().for_each(|value| put(&mut properties, property, value));
            });
            if let Some(publisher) = document.publisher() {
                self.losses.note("publisher of a document as an entity", key);
                put(&mut properties, "publisher", self.graph.name_of(publisher));
            }
        }
        let datasets: IndexSet<&str> = said.iter().map(|said| said.document.as_str()).collect();
        let dataset = datasets.iter().min().map(|dataset| vec![id_of(dataset)]);
        for said in &said {
            if datasets.len() > 1 && Some(&said.document.as_str()) != datasets.iter().min() {
                self.losses.note("which data set says a property", key);
            }
            if !properties.entry(said.property.clone()).or_default().insert(said.value.clone()) {
                self.losses.note("the same property once more", key);
            }
        }
        self.line(&id_of(key), schema, &properties, dataset)
    }

    pub(super) fn line(
        &mut self,
        id: &str,
        schema: &str,
        properties: &Properties,
        datasets: Option<Vec<String>>,
    ) -> Result<(), WriteError> {
        // Written by hand, so that the id comes first.
        let datasets =
            datasets.map_or(String::new(), |datasets| format!(",\"datasets\":{}", json!(datasets)));
        let object = serde_json::to_string(properties).map_err(io::Error::from)?;
        writeln!(
            self.output,
            "{{\"id\":{},\"schema\":{},\"properties\":{object}{datasets}}}",
            Value::from(id),
            Value::from(schema)
        )?;
        Ok(())
    }

    fn affiliation(
        &mut self,
        number: usize,
        affiliation: AffiliationRecord,
    ) -> Result<(), WriteError> {
        let AffiliationRecord { part, kind, whole, basis, document, valid, reported } = affiliation;
        let id = format!("affiliation-{number}");
        let mut properties = Properties::new();
        put(&mut properties, "subject", &id_of(&part));
        put(&mut properties, "object", &id_of(&whole));
        put(&mut properties, "role", &kind.to_string());
        if basis != Basis::Stated {
            put(&mut properties, "status", basis.as_str());
        }
        self.losses.note("that an edge is an affiliation", &format!("{part} {whole}"));
        if let Some(valid) = &valid {
            self.period(valid, &mut properties, &id);
        }
        if let Some(reported) = reported {
            put(&mut properties, "retrievedAt", &Date::from(reported).to_string());
        }
        self.line(&id, "UnknownLink", &properties, document.map(|document| vec![id_of(&document)]))
    }

    fn claim(
        &mut self,
        claim: ClaimRef<'_>,
        name: &str,
        record: ClaimRecord,
    ) -> Result<(), WriteError> {
        let is_plain = self.is_plain(&record);
        let statement = record.statement.as_ref();
        let own = statement
            .and_then(|s| self.code(&s.relation))
            .and_then(|code| Some((code.to_owned(), known(code)?)));
        let own = own.filter(|(_, model)| model.ends.is_some());
        let joins = record.stance.joins()
            && record.modality.is_none_or(|modality| modality == Modality::Actual);
        let end =
            |term: Option<&TermRecord>| term.and_then(|term| term.as_entity().map(str::to_owned));
        let pair = statement.map(|s| (end(Some(&s.subject)), end(s.object.as_ref())));
        let mut properties = Properties::new();
        let (schema, model, written) = match (own, pair) {
            // The edge as it was read, perhaps without one of its ends.
            (Some((code, model)), Some((from, to)))
                if joins && is_plain && self.has_ends(&record) =>
            {
                let (source, target) = model.ends.unwrap_or_default();
                from.iter().for_each(|key| put(&mut properties, source, &id_of(key)));
                to.iter().for_each(|key| put(&mut properties, target, &id_of(key)));
                (code, model, true)
            }
            (_, Some((Some(from), Some(to)))) if joins => {
                let Some(model) = known("UnknownLink") else { return Ok(()) };
                put(&mut properties, "subject", &id_of(&from));
                put(&mut properties, "object", &id_of(&to));
                statement.iter().for_each(|s| put(&mut properties, "role", &s.relation));
                ("UnknownLink".to_owned(), model, false)
            }
            _ => return self.note(claim, name, &record),
        };
        if written {
            self.own_edge(&schema, model, record, properties, name)
        } else {
            self.account(claim, name, &record);
            put(&mut properties, "description", &claim.to_string());
            self.speakers(claim, &mut properties);
            if record.stance != Stance::Asserts {
                put(&mut properties, "status", record.stance.as_str());
            }
            if let Some(valid) = &record.valid {
                self.period(valid, &mut properties, name);
            }
            self.reported(&record, &mut properties);
            let document = record.document.as_deref().map(id_of);
            document.iter().for_each(|id| put(&mut properties, "proof", id));
            self.line(name, &schema, &properties, document.map(|id| vec![id]))
        }
    }
}

pub(super) fn put(properties: &mut Properties, property: &str, value: &str) {
    properties.entry(property.to_owned()).or_default().insert(value.to_owned());
}
