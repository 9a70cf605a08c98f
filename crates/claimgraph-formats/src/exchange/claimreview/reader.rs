//! Reads ClaimReview nodes and makes claims of them.

use crate::exchange::claimreview::{IS_TRUE, SYSTEM, TYPES, own, stance_of};
use crate::exchange::day;
use crate::exchange::import::Import;
use crate::exchange::json_input::{Item, Place, many, numbered, scalar};
use crate::reader_options::Options;
use claimgraph::entity::Name;
use claimgraph::format::{ReadError, ReadReport, parse_day};
use claimgraph::record::*;
use claimgraph::time::Aspect;
use claimgraph::time::Day;
use claimgraph::{Period, Stance};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde_json::{Map, Value};

/// The members that every node may have.
const COMMON: [&str; 3] = ["@type", "@id", "@context"];

pub(super) fn read(value: Value, options: &Options) -> Result<ReadReport, ReadError> {
    let items = match &value {
        Value::Object(object) if object.contains_key("@graph") => {
            numbered(many(object.get("@graph")), "@graph", options.limits)?
        }
        Value::Array(list) => numbered(list, "", options.limits)?,
        _ => vec![Item::new(value, None, String::new())],
    };
    let mut reader = Reading {
        import: Import::new(SYSTEM),
        day: day(options),
        known: IndexMap::new(),
        reviews: 0,
        documents: IndexSet::new(),
    };
    let mut open = Vec::new();
    for item in &items {
        let object = item.object()?;
        if is(object, "ClaimReview") {
            open.push(reader.review(&item.place, object)?);
        } else if is(object, "Claim") {
            reader.claim(&item.place, object, None)?;
        } else {
            reader.note("node that is not a Claim or ClaimReview", &item.place);
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

/// Returns the `@id` of a node, as a name that no name of a claim or review in this file equals.
fn id_of(object: &Map<String, Value>) -> Option<String> {
    object.get("@id").and_then(Value::as_str).map(|id| format!("@id {id}"))
}

/// A review whose target is not resolved yet.
pub(super) struct Open {
    pub(super) claim: ClaimRecord,
    /// The name in this file of the claim it reviews.
    pub(super) target: Option<String>,
    pub(super) text: Option<String>,
    pub(super) place: Place,
    pub(super) id: Option<String>,
    pub(super) name: String,
}

pub(super) struct Reading {
    pub(super) import: Import,
    day: Date,
    /// The name in this file of each claim, by its `@id` or by its whole content.
    pub(super) known: IndexMap<String, String>,
    reviews: usize,
    documents: IndexSet<String>,
}

impl Reading {
    pub(super) fn note(&mut self, what: &str, place: &Place) {
        self.import.losses.note(what, &place.path);
    }

    /// Takes a claim, which may be inside a review, and returns its name.
    fn claim(
        &mut self,
        place: &Place,
        object: &Map<String, Value>,
        reviewed: Option<&str>,
    ) -> Result<String, ReadError> {
        let texts = ["text", "claimReviewed", "name"];
        let given = texts.iter().find_map(|name| object.get(*name).and_then(scalar));
        let identity = id_of(object).unwrap_or_else(|| {
            let reviewed = reviewed.filter(|_| given.is_none());
            format!("{}{reviewed:?}", Value::Object(object.clone()))
        });
        if let Some(name) = self.known.get(&identity) {
            return Ok(name.clone());
        }
        if let (Some(given), Some(reviewed)) = (&given, reviewed)
            && given != reviewed
        {
            self.note("claimReviewed that differs from the claim", &place.at("text"));
        }
        let said = given.or(reviewed.map(str::to_owned));
        let said = said.ok_or_else(|| place.at("text").syntax("a claim needs a text"))?;
        let name = format!("claim {}", self.known.len());
        self.known.insert(identity, name.clone());
        let mut documents: IndexSet<String> = IndexSet::new();
        for part in ["firstAppearance", "appearance"] {
            for (index, document) in many(object.get(part)).iter().enumerate() {
                let place = place.at(part).at(&format!("[{index}]"));
                documents.insert(self.document(&place, document)?);
            }
        }
        let mut documents = documents.into_iter();
        let mut claim = self.made(place, object, documents.next(), Stance::Asserts)?;
        claim.id = Some(name.clone());
        claim.statement = Some(self.is_true(&said));
        let role = self.import.role("appearance");
        let role = |key| RoleRecord::new(role.clone(), TermRecord::entity(key));
        claim.roles.extend(documents.map(role));
        if let Some(coverage) = object.get("temporalCoverage").and_then(Value::as_str) {
            let reported = claim.reported.map(Date::from);
            let fits = |period: &Period| {
                period.aspect() == Aspect::State
                    || period.start_earliest().is_none_or(|day| Some(day) <= reported)
            };
            claim.valid = coverage.parse().ok().filter(fits);
            if claim.valid.is_none() {
                self.note("temporalCoverage", &place.at("temporalCoverage"));
            }
        }
        let read = ["datePublished", "author", "firstAppearance", "appearance", "temporalCoverage"];
        self.others(place, object, &[&texts, &read]);
        self.import.claim(claim, place.clone());
        Ok(name)
    }

    /// Counts the members that were not read.
    fn others(&mut self, place: &Place, object: &Map<String, Value>, read: &[&[&str]]) {
        let is_read = |name: &str| COMMON.contains(&name) || read.concat().contains(&name);
        for name in object.keys().filter(|name| !is_read(name)) {
            self.note("member that is not understood", &place.at(name));
        }
    }

    pub(super) fn is_true(&mut self, said: &str) -> StatementRecord {
        let relation = self.import.relation(IS_TRUE);
        let nothing = TermRecord::absent(Absence::Nothing);
        StatementRecord::new(TermRecord::text(said), relation, nothing)
    }

    /// Makes a claim with its speaker, document and day.
    fn made(
        &mut self,
        place: &Place,
        object: &Map<String, Value>,
        document: Option<String>,
        stance: Stance,
    ) -> Result<ClaimRecord, ReadError> {
        let mut claim = ClaimRecord::new(stance);
        let (author, authors) = (place.at("author"), many(object.get("author")));
        if authors.len() > 1 {
            self.note("further author", &author);
        }
        match authors.first() {
            Some(first) => claim.speakers.push(SpeakerRecord::new(self.party(&author, first)?)),
            None if document.is_none() => claim.speakers.push(SpeakerRecord::unnamed()),
            None => {}
        }
        claim.document = document;
        let day = self.date(place, object).unwrap_or(self.day);
        claim.reported = Some(Day::from(day));
        Ok(claim)
    }

    fn date(&mut self, place: &Place, object: &Map<String, Value>) -> Option<Date> {
        let given = object.get("datePublished")?;
        let day = given.as_str().and_then(|date| parse_day(date.get(..10)?));
        if day.is_none() {
            self.note("datePublished", &place.at("datePublished"));
        }
        day
    }

    fn party(&mut self, place: &Place, value: &Value) -> Result<String, ReadError> {
        let object = value.as_object();
        let works = ["CreativeWork", "Article", "NewsArticle", "WebPage", "Report"];
        if object.is_some_and(|object| works.iter().any(|kind| is(object, kind))) {
            return self.document(place, value);
        }
        let key = key_of(place, value, &["identifier", "@id", "url", "sameAs", "name"])?;
        let kind = object.and_then(|object| TYPES.iter().find(|(name, _)| is(object, name)));
        if kind.is_none() {
            self.note("type of an author", place);
        }
        let kind = kind.map_or("Organization", |(_, kind)| kind);
        let record = self.import.entity(&key, kind, place);
        let Some(object) = object else { return Ok(key) };
        let text = |name: &str| many(object.get(name)).iter().filter_map(Value::as_str);
        let canonical = text("name").map(Name::canonical);
        for name in canonical.chain(text("alternateName").map(Name::alias)) {
            if !record.names.iter().any(|known| known.text() == name.text()) {
                let first = record.names.is_empty();
                record.names.push(if first { name } else { Name::alias(name.text()) });
            }
        }
        self.others(place, object, &[&["identifier", "url", "name", "alternateName"]]);
        Ok(key)
    }

    fn document(&mut self, place: &Place, value: &Value) -> Result<String, ReadError> {
        let key = key_of(place, value, &["identifier", "url", "@id", "name", "headline"])?;
        self.documents.insert(key.clone());
        let Some(object) = value.as_object() else {
            self.import.entity(&key, "Document", place).document.get_or_insert_default();
            return Ok(key);
        };
        let date = self.date(place, object);
        let publisher = object.get("publisher").filter(|publisher| !publisher.is_null());
        let publisher = publisher.map(|publisher| self.party(&place.at("publisher"), publisher));
        let publisher = publisher.transpose()?.filter(|publisher| *publisher != key);
        let details = self.import.entity(&key, "Document", place).document.get_or_insert_default();
        details.date = details.date.or(date.map(Day::from));
        details.publisher = details.publisher.take().or(publisher);
        let titles = ["name", "headline"];
        let title = titles.iter().find_map(|name| object.get(*name)?.as_str());
        details.title = details.title.take().or(title.map(str::to_owned));
        self.others(
            place,
            object,
            &[&titles, &["identifier", "url", "datePublished", "publisher"]],
        );
        Ok(key)
    }

    fn review(&mut self, place: &Place, object: &Map<String, Value>) -> Result<Open, ReadError> {
        let reviewed = object.get("claimReviewed").and_then(scalar);
        let (id, name) = (id_of(object), format!("review {}", self.reviews));
        self.reviews += 1;
        let document = match (object.get("isPartOf"), object.get("url")) {
            (Some(part), _) if !part.is_null() => Some(self.document(&place.at("isPartOf"), part)?),
            (_, Some(url @ Value::String(_))) => Some(self.document(&place.at("url"), url)?),
            _ => None,
        };
        let (stance, words, explanation) = self.rating(place, object)?;
        let mut claim = self.made(place, object, document, stance)?;
        claim.words = words;
        if let Some(explanation) = explanation {
            claim.roles.push(self.import.text_role("explanation", &explanation));
        }
        let targets = many(object.get("itemReviewed"));
        if targets.len() > 1 {
            self.note("further itemReviewed", place);
        }
        let target = match targets.first() {
            Some(Value::Object(target)) if is(target, "ClaimReview") => {
                let id = id_of(target);
                if id.is_none() {
                    self.note("review of a review without an @id", place);
                }
                id
            }
            Some(Value::Object(target)) if target.len() == 1 && target.contains_key("@id") => {
                id_of(target)
            }
            Some(Value::Object(target)) => {
                Some(self.claim(&place.at("itemReviewed"), target, reviewed.as_deref())?)
            }
            Some(other) => return Err(place.at("itemReviewed").wrong("a Claim", other)),
            None => None,
        };
        let read = ["claimReviewed", "datePublished", "author", "isPartOf", "url"];
        self.others(place, object, &[&read, &["reviewRating", "itemReviewed"]]);
        if target.is_none() && reviewed.is_none() {
            let place = place.at("claimReviewed");
            return Err(place.syntax("a review needs claimReviewed or itemReviewed"));
        }
        Ok(Open { claim, target, text: reviewed, place: place.clone(), id, name })
    }

    /// Returns the stance, the words and an explanation.
    fn rating(
        &mut self,
        place: &Place,
        object: &Map<String, Value>,
    ) -> Result<(Stance, Option<String>, Option<String>), ReadError> {
        let rating = match object.get("reviewRating") {
            Some(Value::Object(rating)) => rating,
            None | Some(Value::Null) => {
                self.note("review without a rating, read as a doubt", place);
                return Ok((Stance::Doubts, None, None));
            }
            Some(other) => return Err(place.at("reviewRating").wrong("a Rating", other)),
        };
        let number = |name: &str| {
            let value = rating.get(name)?;
            let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
            number.filter(|number: &f64| number.is_finite())
        };
        let worst = number("worstRating").unwrap_or(1.0);
        let range = number("bestRating").unwrap_or(5.0) - worst;
        let position = number("ratingValue").map(|value| (value - worst) / range);
        let position = position.filter(|at| range > 0.0 && (0.0..=1.0).contains(at));
        let word = rating.get("alternateName").and_then(scalar);
        let stance = stance_of(word.as_deref(), position);
        if stance.is_none() {
            self.note("rating that says nothing, read as a doubt", place);
        }
        let values = ["ratingValue", "bestRating", "worstRating"];
        let words = ["alternateName", "ratingExplanation"];
        self.others(&place.at("reviewRating"), rating, &[&values, &words]);
        let explanation = rating.get("ratingExplanation").and_then(scalar);
        let says_more = |word: &String| own(word.trim().to_lowercase().as_str()).is_none();
        let (words, explanation) = match word.filter(says_more) {
            Some(word) => (Some(word), explanation),
            None => (explanation, None),
        };
        Ok((stance.unwrap_or(Stance::Doubts), words, explanation))
    }
}

/// Returns the key of a node: the first of these members that it has.
fn key_of(place: &Place, value: &Value, order: &[&str]) -> Result<String, ReadError> {
    let key = match value {
        Value::String(key) => Some(key.clone()),
        value => order.iter().find_map(|name| value.get(name).and_then(scalar)),
    };
    let key = key.ok_or_else(|| place.wrong("a node with an identifier, url or name", value))?;
    place.check_key(&key).map(|()| key)
}
