//! Writes a graph as FollowTheMoney entities.

use crate::exchange::ftm::schema::{Holds, is_code, known};
use crate::exchange::ftm::{COUNTRY, KIND, SYSTEM, WIKIDATA, id_of};
use crate::exchange::note_beside;
use claimgraph::claim::Basis;
use claimgraph::entity::NameKind;
use claimgraph::format::{Losses, Records, WriteError};
use claimgraph::record::*;
use claimgraph::time::Day;
use claimgraph::{ClaimGraph, ClaimRef, EntityRef, Stance, View, reporting};
use indexmap::{IndexMap, IndexSet};
use serde::Serialize;
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
/// claims. The Python package `followthemoney` reads every property.
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
    Writer { graph, view: graph.view(), output: &mut output, losses, records: &records }.all()
}

pub(super) struct Writer<'r, 'g> {
    pub(super) graph: &'g ClaimGraph,
    /// The whole graph. It decides which claims are edges.
    pub(super) view: View<'g>,
    output: &'r mut dyn Write,
    pub(super) losses: Losses,
    records: &'r Records<'g>,
}

/// One entity, as it is written.
#[derive(Serialize)]
struct Line<'l> {
    id: &'l str,
    schema: &'l str,
    properties: &'l Properties,
    #[serde(skip_serializing_if = "Option::is_none")]
    datasets: Option<[String; 1]>,
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
            match self.as_property(claim, &record) {
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
        let mut affiliations: Vec<AffiliationRecord> = self.records.affiliations().collect();
        affiliations.sort_by_cached_key(|a| {
            let AffiliationRecord { part, kind, whole, reported, basis, valid, .. } = a.clone();
            (part, kind, whole, reported, basis, format!("{valid:?}"))
        });
        for (number, affiliation) in affiliations.iter().enumerate() {
            self.affiliation(number + 1, affiliation)?;
        }
        for (claim, name, record) in &rest {
            self.claim(*claim, name, record)?;
        }
        note_beside(self.graph, self.records, &mut self.losses);
        self.output.flush()?;
        Ok(self.losses)
    }

    /// Returns the FollowTheMoney name of a relation that was read from there.
    pub(super) fn code(&self, relation: &str) -> Option<&str> {
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
        if let Some(own) = own {
            return own.name();
        }
        let vocabulary = self.graph.vocabulary();
        let is = |wanted: &str| match (vocabulary.kind(kind), wanted == kind) {
            (_, true) => true,
            (def, _) => def.is_some_and(|def| def.above.iter().any(|above| above == wanted)),
        };
        NEAREST.iter().find(|(wanted, _)| is(wanted)).map_or("Asset", |(_, schema)| schema)
    }

    /// Returns true if a claim is a plain assertion of its data set, under a relation of FollowTheMoney, and was not
    /// taken back.
    pub(super) fn is_plain(&self, claim: ClaimRef<'_>, record: &ClaimRecord) -> bool {
        let Some(statement) = &record.statement else { return false };
        let roles = record.roles.iter().map(|role| &role.value);
        let mut terms = statement.object.iter().chain(roles).chain([&statement.subject]);
        self.view.contains(claim.id())
            && self.code(&statement.relation).is_some()
            && terms.all(|term| term.basis == Basis::Stated)
            && record.document.is_some()
            && *record
                == ClaimRecord {
                    statement: record.statement.clone(),
                    roles: record.roles.clone(),
                    quantity: record.quantity.clone(),
                    valid: record.valid.clone(),
                    document: record.document.clone(),
                    reported: record.reported,
                    batch: record.batch.clone(),
                    ..ClaimRecord::new(Stance::Asserts)
                }
    }

    pub(super) fn is_at_its_date(&self, record: &ClaimRecord) -> bool {
        let document = record.document.as_deref().and_then(|key| self.graph.entity_keyed(key).ok());
        let date = document.and_then(|id| self.graph.entity(id).ok()).and_then(EntityRef::document);
        date.and_then(|document| document.date()) == record.reported.map(Into::into)
    }

    fn as_property(&self, claim: ClaimRef<'_>, record: &ClaimRecord) -> Option<(String, Said)> {
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
        (alone && self.is_plain(claim, record) && self.is_at_its_date(record))
            .then_some((subject, said))
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
                NameKind::Adjective => {
                    self.losses.note("adjective written as a weak alias", key);
                    "weakAlias"
                }
                NameKind::Transliteration => {
                    self.losses.note("transliteration written as an alias", key);
                    "alias"
                }
            };
            if model.holds(property).is_none() {
                self.losses.note("abbreviation written as an alias", key);
                property = "alias";
            }
            if name.language().is_some() {
                self.losses.note("language of a name", key);
            }
            if name.valid_period().is_some() {
                self.losses.note("period of a name", key);
            }
            put(&mut properties, property, [name.text()]);
        }
        if schema != kind {
            if reporting::vocabulary().kind(kind).is_some() {
                put(&mut properties, "keywords", [format!("{KIND}{kind}")]);
            } else {
                self.losses.note("kind", key);
            }
        }
        for (system, code) in entity.codes() {
            let property = if system == WIKIDATA.1 { WIKIDATA.0 } else { system.as_str() };
            if system == COUNTRY && is_code(code) && kind == "State" {
                put(&mut properties, "country", [code.to_ascii_lowercase()]);
            } else if model.holds(property) == Some(Holds::Identifier) {
                put(&mut properties, property, [code]);
            } else {
                self.losses.note("code", key);
            }
        }
        if entity.is_name_withheld() {
            self.losses.note("withheld name", key);
        }
        if entity.stated_plural().is_some() {
            self.losses.note("number of a name", key);
        }
        if let Some(document) = entity.document() {
            put(&mut properties, "title", document.title());
            put(
                &mut properties,
                "publishedAt",
                document.date().map(|date| Day::from(date).to_string()),
            );
            put(&mut properties, "contentHash", document.digest());
            put(&mut properties, "fileSize", document.length().map(|length| length.to_string()));
            let lost = [
                ("instant of a document", document.instant().is_some()),
                ("address of a document", document.url().or(document.archived_url()).is_some()),
                ("day of retrieval", document.retrieved().is_some()),
            ];
            lost.iter().filter(|(_, lost)| *lost).for_each(|(kind, _)| self.losses.note(kind, key));
            if let Some(publisher) = document.publisher() {
                self.losses.note("publisher written as a name", key);
                put(&mut properties, "publisher", [self.graph.name_of(publisher)]);
            }
        }
        let datasets: IndexSet<&str> = said.iter().map(|said| said.document.as_str()).collect();
        let dataset = datasets.iter().min().copied();
        for said in &said {
            if Some(said.document.as_str()) != dataset {
                self.losses.note("data set of a property", key);
            }
            if !properties.entry(said.property.clone()).or_default().insert(said.value.clone()) {
                self.losses.note("repeated property", key);
            }
        }
        self.line(&id_of(key), schema, &properties, dataset)
    }

    pub(super) fn line(
        &mut self,
        id: &str,
        schema: &str,
        properties: &Properties,
        dataset: Option<&str>,
    ) -> Result<(), WriteError> {
        let line = Line { id, schema, properties, datasets: dataset.map(|key| [id_of(key)]) };
        serde_json::to_writer(&mut self.output, &line).map_err(io::Error::from)?;
        self.output.write_all(b"\n")?;
        Ok(())
    }
}

/// Adds values to a property.
pub(super) fn put<T: Into<String>>(
    properties: &mut Properties,
    property: &str,
    values: impl IntoIterator<Item = T>,
) {
    for value in values {
        properties.entry(property.to_owned()).or_default().insert(value.into());
    }
}
