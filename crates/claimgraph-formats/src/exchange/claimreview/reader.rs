//! Reads ClaimReview nodes and makes claims of them.

use crate::exchange::claimreview::{IS_TRUE, SYSTEM, TYPES, own, stance_of};
use crate::exchange::day;
use crate::exchange::import::{Import, Origin, key_problem};
use crate::exchange::json_input::{Item, many, scalar};
use crate::reader_options::Options;
use claimgraph::entity::Name;
use claimgraph::format::{ReadError, ReadErrorKind, ReadReport, parse_day};
use claimgraph::record::*;
use claimgraph::time::Aspect;
use claimgraph::{Period, Stance};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde_json::{Map, Value};

pub(super) fn read(value: Value, options: &Options) -> Result<ReadReport, ReadError> {
    let (path, nodes) = match &value {
        Value::Object(object) if object.contains_key("@graph") => {
            ("@graph", many(object.get("@graph")))
        }
        Value::Array(list) => ("", list.as_slice()),
        one => (" ", std::slice::from_ref(one)),
    };
    if nodes.len() as u64 > options.limits.records {
        return Err(ReadError::new(ReadErrorKind::Limit {
            what: "records",
            limit: options.limits.records,
        }));
    }
    let mut reader = Reading {
        import: Import::new(SYSTEM),
        day: day(options),
        known: IndexMap::new(),
        reviews: IndexMap::new(),
        documents: IndexSet::new(),
    };
    let items: Vec<Item> = nodes
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let path = if path == " " { String::new() } else { format!("{path}[{index}]") };
            Item { value: value.clone(), line: None, path }
        })
        .collect();
    let mut open = Vec::new();
    for item in &items {
        let object = item.object()?;
        if is(object, "ClaimReview") {
            open.push(reader.review(item, object)?);
        } else if is(object, "Claim") {
            reader.claim(item, "", object, None)?;
        } else {
            reader.import.losses.note("node that is not a Claim or ClaimReview", &item.path);
        }
    }
    reader.answer(open);
    for key in std::mem::take(&mut reader.documents) {
        if let Some(record) = reader.import.found(&key) {
            record.kind = "Document".to_owned();
            record.document.get_or_insert_default();
        }
    }
    reader.import.finish()
}

/// Returns true if a node has this type.
fn is(object: &Map<String, Value>, wanted: &str) -> bool {
    let plain = |name: &str| name.rsplit(['/', ':']).next() == Some(wanted);
    many(object.get("@type")).iter().filter_map(Value::as_str).any(plain)
}

/// A review whose target is not resolved yet.
pub(super) struct Open {
    pub(super) claim: ClaimRecord,
    /// The name in this file of the claim it reviews.
    pub(super) target: Option<String>,
    pub(super) text: Option<String>,
    pub(super) origin: Origin,
    pub(super) id: Option<String>,
    pub(super) name: String,
}

pub(super) struct Reading {
    pub(super) import: Import,
    day: Date,
    /// The name in this file of each claim, by its `@id` or by its whole content.
    pub(super) known: IndexMap<String, String>,
    /// The name in this file of each review, by its `@id`.
    reviews: IndexMap<String, String>,
    documents: IndexSet<String>,
}

impl Reading {
    /// Takes a claim, which may be inside a review, and returns its name.
    fn claim(
        &mut self,
        item: &Item,
        field: &str,
        object: &Map<String, Value>,
        reviewed: Option<&str>,
    ) -> Result<String, ReadError> {
        let at =
            |name: &str| if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") };
        let given = ["text", "claimReviewed", "name"]
            .iter()
            .find_map(|name| object.get(*name).and_then(scalar));
        let identity = match object.get("@id").and_then(Value::as_str) {
            Some(id) => format!("@id {id}"),
            None => format!(
                "{}{:?}",
                Value::Object(object.clone()),
                reviewed.filter(|_| given.is_none())
            ),
        };
        if let Some(name) = self.known.get(&identity) {
            return Ok(name.clone());
        }
        if let (Some(given), Some(reviewed)) = (&given, reviewed)
            && given != reviewed
        {
            self.import.losses.note("claimReviewed that differs from the claim", &at("text"));
        }
        let said = given.or(reviewed.map(str::to_owned));
        let said = said.ok_or_else(|| {
            item.fault(&at("text"), ReadErrorKind::Syntax("a claim needs a text".into()))
        })?;
        let name = format!("claim {}", self.known.len());
        self.known.insert(identity, name.clone());
        let mut documents = Vec::new();
        for part in ["firstAppearance", "appearance"] {
            for (index, document) in many(object.get(part)).iter().enumerate() {
                let key = self.document(item, &format!("{}[{index}]", at(part)), document)?;
                if !documents.contains(&key) {
                    documents.push(key);
                }
            }
        }
        let mut documents = documents.into_iter();
        let document = documents.next();
        let mut claim = self.made(item, &at, object, document, Stance::Asserts)?;
        claim.id = Some(name.clone());
        claim.statement = Some(self.is_true(&said));
        let role = self.import.role("appearance");
        claim
            .roles
            .extend(documents.map(|key| RoleRecord::new(role.clone(), TermRecord::entity(key))));
        if let Some(coverage) = object.get("temporalCoverage").and_then(Value::as_str) {
            let reported = claim.reported.map(Date::from);
            let fits = |period: &Period| {
                period.aspect() == Aspect::State
                    || period.start_earliest().is_none_or(|day| Some(day) <= reported)
            };
            claim.valid = coverage.parse().ok().filter(fits);
            if claim.valid.is_none() {
                self.import.losses.note("temporalCoverage", &at("temporalCoverage"));
            }
        }
        let known = [
            "@type",
            "@id",
            "@context",
            "text",
            "claimReviewed",
            "name",
            "datePublished",
            "author",
            "firstAppearance",
            "appearance",
            "temporalCoverage",
        ];
        self.others(item, &at, object, &known);
        self.import.claim(claim, Origin::of(item, field));
        Ok(name)
    }

    /// Counts the members that are not understood.
    fn others(
        &mut self,
        item: &Item,
        at: &dyn Fn(&str) -> String,
        object: &Map<String, Value>,
        known: &[&str],
    ) {
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            let origin = Origin::of(item, &at(name));
            self.import.losses.note("member that is not understood", &origin.path);
        }
    }

    pub(super) fn is_true(&mut self, said: &str) -> StatementRecord {
        let relation = self.import.relation(IS_TRUE, Some("is true"));
        let nothing = TermRecord::absent(Absence::Nothing);
        StatementRecord::new(TermRecord::text(said), relation, nothing)
    }

    /// Makes a claim with its speaker, document and day.
    fn made(
        &mut self,
        item: &Item,
        at: &dyn Fn(&str) -> String,
        object: &Map<String, Value>,
        document: Option<String>,
        stance: Stance,
    ) -> Result<ClaimRecord, ReadError> {
        let mut claim = ClaimRecord::new(stance);
        let authors = many(object.get("author"));
        if authors.len() > 1 {
            self.import.losses.note("further author", &Origin::of(item, &at("author")).path);
        }
        match authors.first() {
            Some(author) => {
                claim.speakers.push(SpeakerRecord::new(self.party(item, &at("author"), author)?))
            }
            None if document.is_none() => {
                claim.speakers.push(SpeakerRecord::unnamed());
            }
            None => {}
        }
        claim.document = document;
        let day = self.date(item, at, object);
        claim.reported = Some(DayText::from(day.unwrap_or(self.day)));
        Ok(claim)
    }

    fn date(
        &mut self,
        item: &Item,
        at: &dyn Fn(&str) -> String,
        object: &Map<String, Value>,
    ) -> Option<Date> {
        let given = object.get("datePublished")?;
        let day = given.as_str().and_then(|date| parse_day(date.get(..10)?));
        if day.is_none() {
            self.import.losses.note("datePublished", &Origin::of(item, &at("datePublished")).path);
        }
        day
    }

    /// Returns the key of a node: its identifier, else its address, else its name.
    fn key(
        &self,
        item: &Item,
        field: &str,
        value: &Value,
        order: &[&str],
    ) -> Result<String, ReadError> {
        let key = match value {
            Value::String(key) => Some(key.clone()),
            Value::Object(object) => {
                order.iter().find_map(|name| object.get(*name).and_then(scalar))
            }
            _ => None,
        };
        let key =
            key.ok_or_else(|| item.wrong(field, "a node with an identifier, url or name", value))?;
        match key_problem(&key) {
            Some(problem) => Err(item.fault(field, ReadErrorKind::Syntax(problem))),
            None => Ok(key),
        }
    }

    fn party(&mut self, item: &Item, field: &str, value: &Value) -> Result<String, ReadError> {
        let object = value.as_object();
        let work = |object: &&Map<String, Value>| {
            ["CreativeWork", "Article", "NewsArticle", "WebPage", "Report"]
                .iter()
                .any(|kind| is(object, kind))
        };
        if object.filter(work).is_some() {
            return self.document(item, field, value);
        }
        let key = self.key(item, field, value, &["identifier", "@id", "url", "sameAs", "name"])?;
        let kind = object.and_then(|object| TYPES.iter().find(|(name, _)| is(object, name)));
        if kind.is_none() {
            self.import.losses.note("type of an author", &Origin::of(item, field).path);
        }
        let kind = kind.map_or("Organization", |(_, kind)| kind);
        let record = self.import.entity(&key, kind, &Origin::of(item, field));
        let text = |name: &str| object.map(|object| many(object.get(name))).unwrap_or_default();
        let canonical = text("name").iter().filter_map(Value::as_str).map(Name::canonical);
        let others = text("alternateName").iter().filter_map(Value::as_str).map(Name::alias);
        for name in canonical.chain(others) {
            if !record.names.iter().any(|known| known.text() == name.text()) {
                let first = record.names.is_empty();
                record.names.push(if first { name } else { Name::alias(name.text()) });
            }
        }
        if let Some(object) = object {
            let known = ["@type", "@id", "@context", "identifier", "url", "name", "alternateName"];
            let at = |name: &str| format!("{field}.{name}");
            self.others(item, &at, object, &known);
        }
        Ok(key)
    }

    fn document(&mut self, item: &Item, field: &str, value: &Value) -> Result<String, ReadError> {
        let key =
            self.key(item, field, value, &["identifier", "url", "@id", "name", "headline"])?;
        let object = value.as_object();
        let at = |name: &str| format!("{field}.{name}");
        let date = object.and_then(|object| self.date(item, &at, object));
        let publisher = object
            .and_then(|object| object.get("publisher"))
            .filter(|publisher| !publisher.is_null());
        let publisher =
            publisher.map(|publisher| self.party(item, &at("publisher"), publisher)).transpose()?;
        self.documents.insert(key.clone());
        let record = self.import.entity(&key, "Document", &Origin::of(item, field));
        let details = record.document.get_or_insert_default();
        details.date = details.date.or(date.map(DayText::from));
        details.publisher =
            details.publisher.take().or(publisher).filter(|publisher| *publisher != key);
        let title = object.and_then(|object| {
            ["name", "headline"].iter().find_map(|name| object.get(*name)?.as_str())
        });
        details.title = details.title.take().or(title.map(str::to_owned));
        if let Some(object) = object {
            let known = [
                "@type",
                "@id",
                "@context",
                "identifier",
                "url",
                "name",
                "headline",
                "datePublished",
                "publisher",
            ];
            self.others(item, &at, object, &known);
        }
        Ok(key)
    }

    fn review(&mut self, item: &Item, object: &Map<String, Value>) -> Result<Open, ReadError> {
        let at = |name: &str| name.to_owned();
        let reviewed = object.get("claimReviewed").and_then(scalar);
        let name = format!("review {}", self.reviews.len());
        let id = object.get("@id").and_then(Value::as_str).map(str::to_owned);
        self.reviews.insert(id.clone().unwrap_or_else(|| name.clone()), name.clone());
        let document = match (object.get("isPartOf"), object.get("url")) {
            (Some(part), _) if !part.is_null() => Some(self.document(item, "isPartOf", part)?),
            (_, Some(url @ Value::String(_))) => Some(self.document(item, "url", url)?),
            _ => None,
        };
        let (stance, words, explanation) = self.rating(item, object)?;
        let mut claim = self.made(item, &at, object, document, stance)?;
        claim.words = words;
        if let Some(explanation) = explanation {
            let role = self.import.role("explanation");
            claim.roles.push(RoleRecord::new(role, TermRecord::text(explanation)));
        }
        let targets = many(object.get("itemReviewed"));
        if targets.len() > 1 {
            self.import.losses.note("further itemReviewed", &item.path);
        }
        let target = match targets.first() {
            Some(Value::Object(target)) if is(target, "ClaimReview") => {
                let id = target.get("@id").and_then(Value::as_str);
                if id.is_none() {
                    self.import.losses.note("review of a review without an @id", &item.path);
                }
                id.map(|id| format!("@id {id}"))
            }
            Some(Value::Object(target)) if target.len() == 1 && target.contains_key("@id") => {
                target.get("@id").and_then(Value::as_str).map(|id| format!("@id {id}"))
            }
            Some(Value::Object(target)) => {
                Some(self.claim(item, "itemReviewed", target, reviewed.as_deref())?)
            }
            Some(other) => return Err(item.wrong("itemReviewed", "a Claim", other)),
            None => None,
        };
        let known = [
            "@type",
            "@id",
            "@context",
            "claimReviewed",
            "datePublished",
            "author",
            "isPartOf",
            "url",
            "reviewRating",
            "itemReviewed",
        ];
        self.others(item, &at, object, &known);
        if target.is_none() && reviewed.is_none() {
            let kind = ReadErrorKind::Syntax("a review needs claimReviewed or itemReviewed".into());
            return Err(item.fault("claimReviewed", kind));
        }
        Ok(Open { claim, target, text: reviewed, origin: Origin::of(item, ""), id, name })
    }

    /// Returns the stance, the words and an explanation.
    fn rating(
        &mut self,
        item: &Item,
        object: &Map<String, Value>,
    ) -> Result<(Stance, Option<String>, Option<String>), ReadError> {
        let rating = match object.get("reviewRating") {
            Some(Value::Object(rating)) => rating,
            None | Some(Value::Null) => {
                self.import.losses.note("review without a rating, read as a doubt", &item.path);
                return Ok((Stance::Doubts, None, None));
            }
            Some(other) => return Err(item.wrong("reviewRating", "a Rating", other)),
        };
        let number = |name: &str| {
            let value = rating.get(name)?;
            value
                .as_f64()
                .or_else(|| value.as_str()?.trim().parse().ok())
                .filter(|number: &f64| number.is_finite())
        };
        let (worst, best) =
            (number("worstRating").unwrap_or(1.0), number("bestRating").unwrap_or(5.0));
        let place = number("ratingValue")
            .filter(|_| best > worst)
            .map(|value| (value - worst) / (best - worst));
        let place = place.filter(|place| (0.0..=1.0).contains(place));
        let word = rating.get("alternateName").and_then(scalar);
        let stance = stance_of(word.as_deref(), place);
        if stance.is_none() {
            self.import.losses.note("rating that says nothing, read as a doubt", &item.path);
        }
        let at = |name: &str| format!("reviewRating.{name}");
        let known = [
            "@type",
            "ratingValue",
            "bestRating",
            "worstRating",
            "alternateName",
            "ratingExplanation",
        ];
        self.others(item, &at, rating, &known);
        let explanation = rating.get("ratingExplanation").and_then(scalar);
        let is_own =
            word.as_deref().is_some_and(|word| own(word.trim().to_lowercase().as_str()).is_some());
        let (words, explanation) =
            if is_own || word.is_none() { (explanation, None) } else { (word, explanation) };
        Ok((stance.unwrap_or(Stance::Doubts), words, explanation))
    }
}
