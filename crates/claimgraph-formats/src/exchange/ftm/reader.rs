//! Reads FollowTheMoney entities and makes claims of them.

use crate::exchange::day;
use crate::exchange::ftm::schema::{Holds, Known, is_code, is_currency, known};
use crate::exchange::ftm::{COUNTRY, ID, KIND, SYSTEM, WIKIDATA, key_of};
use crate::exchange::import::{Import, Origin, key_problem};
use crate::exchange::json_input::{Item, each, many, scalar};
use crate::reader_options::Options;
use claimgraph::entity::Name;
use claimgraph::format::{ReadError, ReadErrorKind, ReadReport, parse_day};
use claimgraph::quantity::Amount;
use claimgraph::record::*;
use claimgraph::time::Aspect;
use claimgraph::{Period, Quantity, Stance};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde_json::Value;
use std::io::BufRead;

/// The most pairs of ends that one edge may have.
const PAIRS: usize = 1_000;

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
    named: IndexMap<String, Origin>,
    datasets: IndexMap<String, Origin>,
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
    fn origin(&self, property: &str) -> Origin {
        let field =
            if property.is_empty() { String::new() } else { format!("properties.{property}") };
        Origin::of(self.item, &field)
    }

    /// Returns the value of a property that has one value.
    fn single(&self, property: &str) -> Option<&str> {
        match self.properties.get(property).map(Vec::as_slice) {
            Some([one]) => Some(one),
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
        let field = |name: &str| match object.get(name) {
            Some(Value::String(text)) if !text.is_empty() => Ok(text.as_str()),
            Some(other) => Err(item.wrong(name, "a text that is not empty", other)),
            None => {
                Err(item.fault(name, ReadErrorKind::Syntax(format!("an entity needs \"{name}\""))))
            }
        };
        let (id, schema) = (field("id")?, field("schema")?);
        let mut properties: IndexMap<&str, Vec<String>> = IndexMap::new();
        match object.get("properties") {
            None => {}
            Some(Value::Object(map)) => {
                for (property, values) in map {
                    let value = |value: &Value| {
                        let field = format!("properties.{property}");
                        scalar(value)
                            .ok_or_else(|| item.wrong(&field, "a text or a list of texts", value))
                    };
                    let mut seen: IndexSet<String> = IndexSet::new();
                    for one in many(Some(values)) {
                        seen.insert(value(one)?);
                    }
                    properties.insert(property, seen.into_iter().collect());
                }
            }
            Some(other) => return Err(item.wrong("properties", "an object", other)),
        }
        let datasets = many(object.get("datasets"));
        let dataset = datasets.first().and_then(scalar).unwrap_or_else(|| self.usual.clone());
        if datasets.len() > 1 {
            self.import.losses.note("further data sets", id);
        }
        for name in object
            .keys()
            .filter(|name| !["id", "schema", "properties", "datasets"].contains(&name.as_str()))
        {
            self.import.losses.note("field", &format!("{id}.{name}"));
        }
        let part = Part { item, id, schema: known(schema), properties, dataset };
        if part.schema.is_none() {
            self.import.losses.note("schema that is not known", &format!("{id} ({schema})"));
        }
        match part.schema.and_then(|known| known.ends) {
            Some(ends) => self.edge(&part, schema, ends),
            None => self.node(&part, schema),
        }
    }

    fn key(&self, part: &Part<'_>, id: &str, field: &str) -> Result<String, ReadError> {
        let key = key_of(id);
        match key_problem(&key) {
            Some(problem) => Err(part.item.fault(field, ReadErrorKind::Syntax(problem))),
            None => Ok(key),
        }
    }

    fn node(&mut self, part: &Part<'_>, schema: &str) -> Result<(), ReadError> {
        let key = self.key(part, part.id, "id")?;
        let kept = part.properties.get("keywords").into_iter().flatten();
        let mut kept = kept.filter_map(|word| word.strip_prefix(KIND));
        let kept = kept.rfind(|kind| self.import.has_kind(kind));
        let kind = match kept {
            Some(kind) => kind.to_owned(),
            None => self.kind(schema, part.schema)?,
        };
        // Parts of one entity are joined under the narrower schema.
        let narrower = match self.schemata.get(&key) {
            Some(earlier) => part.schema.is_some_and(|schema| schema.is_a(earlier)),
            None => true,
        };
        if self.schemata.get(&key).is_some_and(|earlier| earlier != schema) {
            self.import.losses.note("another schema of the same entity", part.id);
        }
        let is_document = kind == "Document"
            || (kept.is_none() && part.schema.is_some_and(|s| s.is_a("Document")));
        let record = self.import.entity(&key, &kind, &part.origin(""));
        if narrower {
            record.kind = kind.clone();
            self.schemata.insert(key.clone(), schema.to_owned());
        }
        if is_document && narrower {
            record.document.get_or_insert_default();
        }
        let values =
            |name: &str| part.properties.get(name).into_iter().flatten().map(String::as_str);
        let canonical = |name: &str| Name::canonical(name);
        let first = usize::from(record.names.is_empty());
        record.names.extend(values("name").take(first).map(canonical));
        record.names.extend(values("name").skip(first).map(Name::alias));
        record.names.extend(values("alias").map(Name::alias));
        record.names.extend(values("abbreviation").map(Name::abbreviation));
        record.names.extend(values("previousName").map(Name::former));
        record.names.extend(values("weakAlias").map(Name::metonym));
        let names = ["name", "alias", "abbreviation", "previousName", "weakAlias"];
        for (&property, values) in
            part.properties.iter().filter(|(property, _)| !names.contains(*property))
        {
            for value in values {
                self.property(part, &key, &kind, property, value)?;
            }
        }
        Ok(())
    }

    /// Returns the kind of a schema.
    fn kind(&mut self, schema: &str, known: Option<&Known>) -> Result<String, ReadError> {
        let is = |wanted: &str| known.is_some_and(|known| known.is_a(wanted));
        let above: &[&str] = if is("Document") {
            &["Document", "Relay", "Source", "Thing"]
        } else if is("Organization") {
            &["Organization", "Actor", "Source", "Thing"]
        } else if is("LegalEntity") {
            &["Actor", "Source", "Thing"]
        } else if is("Address") || is("Territory") {
            &["Place", "Thing"]
        } else if is("Event") {
            &["Event", "Thing"]
        } else {
            &["Thing"]
        };
        Ok(self.import.kind(schema, above))
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
            let day = parse_day(value).map(DayText::from);
            match property {
                "title" if document.title.is_none() => {
                    document.title = Some(value.to_owned());
                    return Ok(());
                }
                "publishedAt" if document.date.is_none() && day.is_some() => {
                    document.date = day;
                    return Ok(());
                }
                "contentHash"
                    if document.sha256.is_none()
                        && value.len() == 64
                        && value
                            .bytes()
                            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) =>
                {
                    document.sha256 = Some(value.to_owned());
                    return Ok(());
                }
                "fileSize"
                    if document.length.is_none()
                        && value.parse::<u64>().is_ok_and(|n| n.to_string() == value) =>
                {
                    document.length = value.parse().ok();
                    return Ok(());
                }
                _ => {}
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
        let relation = self.import.relation(property, None);
        let document = Some(self.dataset(part)?);
        let claim = ClaimRecord {
            statement: Some(StatementRecord::new(TermRecord::entity(key), relation, object)),
            document,
            ..ClaimRecord::new(Stance::Asserts)
        };
        self.import.claim(claim, part.origin(property));
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
        let key = self.key(part, value, &format!("properties.{property}"))?;
        self.named.entry(key.clone()).or_insert_with(|| part.origin(property));
        Ok(TermRecord::entity(key))
    }

    fn dataset(&mut self, part: &Part<'_>) -> Result<String, ReadError> {
        if !self.datasets.contains_key(&part.dataset) {
            let key = self.key(part, &part.dataset, "datasets")?;
            self.datasets.insert(part.dataset.clone(), part.origin(""));
            return Ok(key);
        }
        Ok(key_of(&part.dataset))
    }

    fn edge(
        &mut self,
        part: &Part<'_>,
        schema: &str,
        (from, to): (&str, &str),
    ) -> Result<(), ReadError> {
        let ends = |reader: &mut Self, property: &str| -> Result<Vec<TermRecord>, ReadError> {
            let values = part.properties.get(property).into_iter().flatten();
            let terms: Result<Vec<TermRecord>, ReadError> =
                values.map(|value| reader.term(part, property, Holds::Entity, value)).collect();
            terms.map(|terms| {
                if terms.is_empty() { vec![TermRecord::absent(Absence::NotStated)] } else { terms }
            })
        };
        let (sources, targets) = (ends(self, from)?, ends(self, to)?);
        if sources.len().saturating_mul(targets.len()) > PAIRS {
            let kind =
                ReadErrorKind::Limit { what: "pairs of ends of one edge", limit: PAIRS as u64 };
            return Err(part.item.fault("properties", kind));
        }
        let mut taken: Vec<&str> = vec![from, to];
        let quantity = amount(part, &mut taken);
        let reported = match part.single("retrievedAt").and_then(parse_day) {
            Some(day) => {
                taken.push("retrievedAt");
                Some(DayText::from(day))
            }
            None => None,
        };
        let valid = period(part, &mut taken);
        let mut roles = vec![RoleRecord::new(self.import.role(ID), TermRecord::text(part.id))];
        for (&property, values) in
            part.properties.iter().filter(|(property, _)| !taken.contains(*property))
        {
            let role = self.import.role(property);
            for value in values {
                let value = self.term(part, property, part.holds(property), value)?;
                roles.push(RoleRecord::new(role.clone(), value));
            }
        }
        let relation = self.import.relation(schema, None);
        let document = self.dataset(part)?;
        for source in &sources {
            for target in &targets {
                let claim = ClaimRecord {
                    statement: Some(StatementRecord::new(
                        source.clone(),
                        relation.clone(),
                        target.clone(),
                    )),
                    roles: roles.clone(),
                    quantity: quantity.clone(),
                    valid: valid.clone(),
                    document: Some(document.clone()),
                    reported,
                    ..ClaimRecord::new(Stance::Asserts)
                };
                self.import.claim(claim, part.origin(""));
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<ReadReport, ReadError> {
        for (dataset, origin) in &self.datasets {
            let record = self.import.document(&key_of(dataset), None, origin);
            if let Some(document) = &mut record.document {
                document.date.get_or_insert(DayText::from(self.day));
            }
        }
        for (key, origin) in &self.named {
            if !self.import.knows(key) {
                self.import.losses.note("entity that is named and not in the file", key);
                self.import.entity(key, "Thing", origin);
            }
        }
        // If the date is after the report day, it stays a role.
        let date = self.import.role("date");
        let days: IndexMap<String, Option<DayText>> = self.import.document_days();
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
    let (edtf, used): (String, &[&'static str]) = match (start, end) {
        (None, None) => (date("date")?.to_owned(), &["date"]),
        (Some(start), Some(end)) => (format!("{start}/{end}"), &["startDate", "endDate"]),
        (Some(start), None) => (format!("{start}/"), &["startDate"]),
        (None, Some(end)) => (format!("/{end}"), &["endDate"]),
    };
    let period: Period = edtf.parse().ok()?;
    taken.extend(used);
    Some(period)
}
