//! Reads FollowTheMoney entities and makes claims of them.

use crate::exchange::day;
use crate::exchange::ftm::schema::{Holds, Known, is_code, is_currency, known};
use crate::exchange::ftm::{COUNTRY, ID, KIND, SYSTEM, WIKIDATA, key_of};
use crate::exchange::import::Import;
use crate::exchange::json_input::{Item, Place, each, many, scalar};
use crate::reader_options::Options;
use claimgraph::entity::Name;
use claimgraph::format::{ReadError, ReadErrorKind, ReadReport, parse_day};
use claimgraph::quantity::Amount;
use claimgraph::record::*;
use claimgraph::time::Aspect;
use claimgraph::time::Day;
use claimgraph::{Period, Quantity, Stance};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde_json::Value;
use std::io::BufRead;

/// The most pairs of ends that one edge may have.
const PAIRS: usize = 1_000;

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
        import: Import::new(SYSTEM),
        usual: options.key("followthemoney"),
        day: day(options),
        schemata: IndexMap::new(),
        named: IndexMap::new(),
        datasets: IndexMap::new(),
    };
    each(input, options.limits, &mut |item| reader.take(&item))?;
    reader.finish()
}

struct Reading {
    import: Import,
    usual: String,
    day: Date,
    /// The schema of each entity so far.
    schemata: IndexMap<String, String>,
    /// The keys that the file refers to, each with its first place.
    named: IndexMap<String, Place>,
    datasets: IndexMap<String, Place>,
}

/// One entity: its parts and its place.
struct Part<'i> {
    item: &'i Item,
    id: &'i str,
    schema: Option<&'static Known>,
    properties: IndexMap<&'i str, Vec<String>>,
    dataset: String,
}

impl Part<'_> {
    fn place(&self, property: &str) -> Place {
        self.item.at("properties").at(property)
    }

    /// Returns the values of a property.
    fn all(&self, property: &str) -> &[String] {
        self.properties.get(property).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the value of a property that has one value.
    fn single(&self, property: &str) -> Option<&str> {
        match self.all(property) {
            [one] => Some(one),
            _ => None,
        }
    }

    fn holds(&self, property: &str) -> Holds {
        self.schema.and_then(|schema| schema.holds(property)).unwrap_or(Holds::Text)
    }
}

impl Reading {
    fn take(&mut self, item: &Item) -> Result<(), ReadError> {
        let object = item.object()?;
        let (id, schema) = (item.required("id")?, item.required("schema")?);
        let mut properties: IndexMap<&str, Vec<String>> = IndexMap::new();
        match object.get("properties") {
            None => {}
            Some(Value::Object(map)) => {
                for (property, values) in map {
                    let mut seen: IndexSet<String> = IndexSet::new();
                    for value in many(Some(values)) {
                        seen.insert(scalar(value).ok_or_else(|| {
                            let place = item.at("properties").at(property);
                            place.wrong("a text or a list of texts", value)
                        })?);
                    }
                    properties.insert(property, seen.into_iter().collect());
                }
            }
            Some(other) => return Err(item.at("properties").wrong("an object", other)),
        }
        let datasets = many(object.get("datasets"));
        let dataset = datasets.first().and_then(scalar).unwrap_or_else(|| self.usual.clone());
        if datasets.len() > 1 {
            self.import.losses.note("further data sets", id);
        }
        let read = ["id", "schema", "properties", "datasets"];
        for name in object.keys().filter(|name| !read.contains(&name.as_str())) {
            self.import.losses.note("field", &format!("{id}.{name}"));
        }
        let part = Part { item, id, schema: known(schema), properties, dataset };
        if part.schema.is_none() {
            self.import.losses.note("unknown schema", &format!("{id} ({schema})"));
        }
        match part.schema.and_then(|known| known.ends) {
            Some(ends) => self.edge(&part, schema, ends),
            None => self.node(&part, schema),
        }
    }

    fn node(&mut self, part: &Part<'_>, schema: &str) -> Result<(), ReadError> {
        let key = key_at(&part.item.at("id"), part.id)?;
        let kinds = part.all("keywords").iter().filter_map(|word| word.strip_prefix(KIND));
        let kept = kinds.rev().find(|kind| self.import.has_kind(kind));
        let kind = match kept {
            Some(kind) => kind.to_owned(),
            None => self.kind(schema, part.schema),
        };
        // Parts of one entity are joined under the narrower schema.
        let earlier = self.schemata.get(&key);
        let narrower =
            earlier.is_none_or(|earlier| part.schema.is_some_and(|schema| schema.is_a(earlier)));
        if earlier.is_some_and(|earlier| earlier != schema) {
            self.import.losses.note("another schema of the same entity", part.id);
        }
        let is_document = kind == "Document"
            || (kept.is_none() && part.schema.is_some_and(|s| s.is_a("Document")));
        let record = self.import.entity(&key, &kind, &part.item.place);
        if narrower {
            record.kind = kind.clone();
            self.schemata.insert(key.clone(), schema.to_owned());
        }
        if is_document && narrower {
            record.document.get_or_insert_default();
        }
        for (property, name) in NAMES {
            for text in part.all(property) {
                let first = property == "name" && record.names.is_empty();
                let name = if first { Name::canonical } else { name };
                record.names.push(name(text.clone()));
            }
        }
        let is_name = |property: &str| NAMES.iter().any(|(name, _)| *name == property);
        for (&property, values) in part.properties.iter().filter(|(property, _)| !is_name(property))
        {
            for value in values {
                self.property(part, &key, &kind, property, value)?;
            }
        }
        Ok(())
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

    fn property(
        &mut self,
        part: &Part<'_>,
        key: &str,
        kind: &str,
        property: &str,
        value: &str,
    ) -> Result<(), ReadError> {
        let holds = part.holds(property);
        let Some(record) = self.import.found(key) else { return Ok(()) };
        if let Some(document) = &mut record.document {
            let text = || Some(value.to_owned());
            let is_length = |length: &u64| length.to_string() == value;
            let taken = match property {
                "title" => fill(&mut document.title, text()),
                "publishedAt" => fill(&mut document.date, parse_day(value).map(Day::from)),
                "contentHash" => {
                    fill(&mut document.sha256, text().filter(|value| is_digest(value)))
                }
                "fileSize" => fill(&mut document.length, value.parse().ok().filter(is_length)),
                _ => false,
            };
            if taken {
                return Ok(());
            }
        }
        if property == "keywords" && value.strip_prefix(KIND) == Some(kind) {
            return Ok(());
        }
        if property == "country" && kind == "State" && is_code(value) {
            record.codes.push((COUNTRY.to_owned(), value.to_ascii_uppercase()));
            return Ok(());
        }
        if holds == Holds::Identifier {
            let system = if property == WIKIDATA.0 { WIKIDATA.1 } else { property };
            record.codes.push((system.to_owned(), value.to_owned()));
            return Ok(());
        }
        let object = self.term(part, property, holds, value)?;
        let relation = self.import.relation(property);
        let claim = ClaimRecord {
            statement: Some(StatementRecord::new(TermRecord::entity(key), relation, object)),
            document: Some(self.dataset(part)?),
            ..ClaimRecord::new(Stance::Asserts)
        };
        self.import.claim(claim, part.place(property));
        Ok(())
    }

    fn term(
        &mut self,
        part: &Part<'_>,
        property: &str,
        holds: Holds,
        value: &str,
    ) -> Result<TermRecord, ReadError> {
        if holds != Holds::Entity {
            return Ok(TermRecord::text(value));
        }
        let place = part.place(property);
        let key = key_at(&place, value)?;
        self.named.entry(key.clone()).or_insert(place);
        Ok(TermRecord::entity(key))
    }

    fn dataset(&mut self, part: &Part<'_>) -> Result<String, ReadError> {
        let key = key_at(&part.item.at("datasets"), &part.dataset)?;
        if !self.datasets.contains_key(&key) {
            self.datasets.insert(key.clone(), part.item.place.clone());
        }
        Ok(key)
    }

    fn edge(
        &mut self,
        part: &Part<'_>,
        schema: &str,
        (from, to): (&str, &str),
    ) -> Result<(), ReadError> {
        let mut ends = |property: &str| -> Result<Vec<TermRecord>, ReadError> {
            let values = part.all(property).iter();
            let terms = values.map(|value| self.term(part, property, Holds::Entity, value));
            let terms: Vec<TermRecord> = terms.collect::<Result<_, _>>()?;
            Ok(match terms.is_empty() {
                true => vec![TermRecord::absent(Absence::NotStated)],
                false => terms,
            })
        };
        let (sources, targets) = (ends(from)?, ends(to)?);
        if sources.len().saturating_mul(targets.len()) > PAIRS {
            let limit = PAIRS as u64;
            let kind = ReadErrorKind::Limit { what: "pairs of ends of one edge", limit };
            return Err(part.item.at("properties").fault(kind));
        }
        let mut taken: Vec<&str> = vec![from, to];
        let quantity = amount(part, &mut taken);
        let reported = part.single("retrievedAt").and_then(parse_day).map(Day::from);
        taken.extend(reported.map(|_| "retrievedAt"));
        let valid = period(part, &mut taken);
        let mut roles = vec![self.import.text_role(ID, part.id)];
        let rest = part.properties.iter().filter(|(property, _)| !taken.contains(*property));
        for (&property, values) in rest {
            let role = self.import.role(property);
            for value in values {
                let value = self.term(part, property, part.holds(property), value)?;
                roles.push(RoleRecord::new(role.clone(), value));
            }
        }
        let relation = self.import.relation(schema);
        let claim = ClaimRecord {
            roles,
            quantity,
            valid,
            document: Some(self.dataset(part)?),
            reported,
            ..ClaimRecord::new(Stance::Asserts)
        };
        for source in &sources {
            for target in &targets {
                let (source, target) = (source.clone(), target.clone());
                let statement = StatementRecord::new(source, relation.clone(), target);
                let claim = ClaimRecord { statement: Some(statement), ..claim.clone() };
                self.import.claim(claim, part.item.place.clone());
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<ReadReport, ReadError> {
        for (dataset, place) in &self.datasets {
            let record = self.import.document(dataset, None, place);
            if let Some(document) = &mut record.document {
                document.date.get_or_insert(Day::from(self.day));
            }
        }
        for (key, place) in &self.named {
            if !self.import.knows(key) {
                self.import.losses.note("entity that is not in the file", key);
                self.import.entity(key, "Thing", place);
            }
        }
        // If the date is after the report day, it stays a role.
        let date = self.import.role("date");
        let days: IndexMap<String, Option<Day>> = self.import.document_days();
        for claim in self.import.claims_mut() {
            let document = claim.document.as_ref().and_then(|key| days.get(key).copied().flatten());
            let reported = claim.reported.or(document).map(Date::from);
            let later = |period: &&Period| {
                period.aspect() == Aspect::Occurrence
                    && period.start_earliest().is_some_and(|day| Some(day) > reported)
            };
            if let Some(edtf) = claim.valid.as_ref().filter(later).and_then(Period::edtf) {
                claim.valid = None;
                claim.roles.push(RoleRecord::new(date.clone(), TermRecord::text(edtf)));
            }
        }
        self.import.finish()
    }
}

/// Returns the key that was written as this id.
fn key_at(place: &Place, id: &str) -> Result<String, ReadError> {
    let key = key_of(id);
    place.check_key(&key).map(|()| key)
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

/// Returns the amount of a payment: in euros, in dollars, or in its own currency.
fn amount(part: &Part<'_>, taken: &mut Vec<&str>) -> Option<Quantity> {
    let schema = part.schema?;
    schema.is_a("Value").then_some(())?;
    let plain = |property: &str| {
        let given = part.single(property)?;
        let amount: Amount = given.parse().ok()?;
        (amount.plain() == given).then_some(amount)
    };
    for (property, unit) in [("amountEur", "EUR"), ("amountUsd", "USD")] {
        if let Some(amount) = plain(property) {
            taken.push(property);
            return Some(Quantity::stated(amount, unit));
        }
    }
    let currency = part.single("currency").filter(|currency| is_currency(currency))?;
    let amount = plain("amount")?;
    taken.extend(["amount", "currency"]);
    Some(Quantity::stated(amount, currency))
}

/// Returns true if the text is a day, a month or a year.
fn is_date(text: &str) -> bool {
    matches!(text.len(), 4 | 7 | 10) && !text.starts_with('-') && text.parse::<Period>().is_ok()
}

/// Returns the period of an edge. A value that is not a date stays a role.
fn period(part: &Part<'_>, taken: &mut Vec<&str>) -> Option<Period> {
    let date = |property: &str| part.single(property).filter(|date| is_date(date));
    let (start, end) = (date("startDate"), date("endDate"));
    let edtf = match (start, end) {
        (None, None) => date("date")?.to_owned(),
        _ => format!("{}/{}", start.unwrap_or_default(), end.unwrap_or_default()),
    };
    let period: Period = edtf.parse().ok()?;
    if start.is_none() && end.is_none() {
        taken.push("date");
    }
    taken.extend(start.map(|_| "startDate"));
    taken.extend(end.map(|_| "endDate"));
    Some(period)
}
