//! Reads ClaimReview and Claim nodes and makes claims of them.

use crate::exchange::claimreview::nodes::{Nodes, is};
use crate::exchange::claimreview::{CLAIM, IS_TRUE, SYSTEM};
use crate::exchange::import::Import;
use crate::exchange::json_input::{day_of, many, scalar, value_of};
use crate::exchange::place::Place;
use crate::reader_options::Options;
use claimgraph::format::{ReadError, ReadErrorKind, ReadReport};
use claimgraph::record::*;
use claimgraph::time::{Aspect, Day};
use claimgraph::{Period, Stance};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde_json::{Map, Value};

/// The start of the names of claims in this file. A review is named otherwise, and so is an `@id`.
pub(super) const CLAIM_NAME: &str = "claim ";

/// The members that every node may have.
const COMMON: [&str; 3] = ["@type", "@id", "@context"];

pub(super) fn read(text: &str, options: &Options) -> Result<ReadReport, ReadError> {
    let mut import = Import::new(SYSTEM, options.limits);
    let nodes = Nodes::of(text, &mut import);
    let limit = options.limits.records;
    if nodes.all().count() as u64 > limit {
        return Err(ReadError::new(ReadErrorKind::Limit { what: "records", limit }));
    }
    let mut reader = Reading {
        import,
        nodes: &nodes,
        known: IndexMap::new(),
        reviews: IndexMap::new(),
        texts: IndexMap::new(),
        documents: IndexSet::new(),
        named: IndexSet::new(),
        coded: IndexSet::new(),
        referred: IndexMap::new(),
    };
    let mut open = Vec::new();
    for (place, node) in nodes.all() {
        match value_of(node) {
            Value::Object(object) if is(&object, "ClaimReview") => {
                open.extend(reader.review(&place, &object));
            }
            Value::Object(object) if is(&object, "Claim") => {
                reader.claim(&place, &object, None);
            }
            Value::Object(_) => {}
            _ => reader.import.note("value that is not an object", &place),
        }
    }
    for (place, node) in nodes.all() {
        if let Value::Object(object) = value_of(node)
            && !is(&object, "ClaimReview")
            && !is(&object, "Claim")
            && !nodes.is_used(&object)
        {
            reader.import.note("node that is not a Claim or ClaimReview", &place);
        }
    }
    reader.answer(open);
    reader
        .settled(options.reported)
        .finish(options.reported, "nodes of the type ClaimReview or Claim")
}

/// Returns the `@id` of a node, as a name that no name of a claim or review in this file equals.
pub(super) fn id_of(object: &Map<String, Value>) -> Option<String> {
    object.get("@id").and_then(Value::as_str).map(|id| format!("@id {id}"))
}

/// Returns a digest of the whole content of a node without an `@id`.
pub(super) fn content_of(object: &Map<String, Value>) -> String {
    digest_of(&serde_json::to_vec(object).unwrap_or_default())
}

/// Returns a digest that stands for a text and takes less memory.
pub(super) fn digest_of(text: &[u8]) -> String {
    let digest = hmac_sha256::Hash::hash(text);
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

pub(super) struct Reading<'v> {
    pub(super) import: Import,
    pub(super) nodes: &'v Nodes<'v>,
    /// The name in this file of each claim, by its `@id` or by its whole content.
    pub(super) known: IndexMap<String, String>,
    /// The name in this file of each review, by its whole content.
    pub(super) reviews: IndexMap<String, String>,
    /// The digest of the text of each claim and review, by its name in this file.
    pub(super) texts: IndexMap<String, String>,
    pub(super) documents: IndexSet<String>,
    /// The key of each party with each of its names, and with each of its codes.
    pub(super) named: IndexSet<[String; 2]>,
    pub(super) coded: IndexSet<[String; 3]>,
    /// The key of each node that references name, by its `@id` and whether they name it as a document.
    pub(super) referred: IndexMap<(String, bool), Option<String>>,
}

/// Returns the period of days with a time of day, or of an interval of such.
fn days(text: &str) -> Option<Period> {
    let day = |part: &str| match part.trim() {
        part @ ("" | "..") => Some(part.to_owned()),
        part => day_of(part).map(|day| Day::from(day).to_string()),
    };
    let edtf = match text.split_once('/') {
        Some((start, end)) => format!("{}/{}", day(start)?, day(end)?),
        None => day(text).filter(|day| !day.is_empty())?,
    };
    edtf.parse().ok()
}

impl Reading<'_> {
    /// Takes a claim, which may be inside a review, and returns its name. A claim without a text is left out and
    /// counted.
    pub(super) fn claim(
        &mut self,
        place: &Place,
        object: &Map<String, Value>,
        reviewed: Option<&str>,
    ) -> Option<String> {
        let text_of = |name: &str| many(object.get(name)).iter().find_map(scalar);
        let given = |name: &str| text_of(name).filter(|text| !text.trim().is_empty());
        let text = given("text").or_else(|| given("claimReviewed"));
        let identity = id_of(object).unwrap_or_else(|| {
            let reviewed = reviewed.filter(|_| text.is_none());
            format!("{}{reviewed:?}", content_of(object))
        });
        if let Some(name) = self.known.get(&identity) {
            return Some(name.clone());
        }
        if let (Some(text), Some(reviewed)) = (&text, reviewed)
            && text != reviewed
        {
            self.import.note("text that differs from claimReviewed", &place.at("text"));
        }
        // The claimant said what is reviewed. The name of a work is where it was said; of a claim without any text
        // it is the text.
        let is_claim = is(object, "Claim");
        let name = given("name");
        let id = object.get("@id").and_then(Value::as_str);
        let said = match id.is_some_and(|id| id.starts_with(CLAIM)) {
            // This library writes the words of the claim as its text, and those of an answer as what is reviewed.
            true => text.or(reviewed.map(str::to_owned)),
            false => reviewed.map(str::to_owned).or(text),
        };
        let is_place = said.is_some();
        let Some(said) = said.or_else(|| name.clone().filter(|_| is_claim)) else {
            self.import.note("claim without a text", &place.at("text"));
            return None;
        };
        for member in ["text", "name", "claimReviewed"] {
            self.import.text(place, object, member);
        }
        let claim_name = format!("{CLAIM_NAME}{}", self.known.len());
        self.known.insert(identity, claim_name.clone());
        self.texts.insert(claim_name.clone(), digest_of(said.as_bytes()));
        let mut documents: IndexSet<String> = IndexSet::new();
        for part in ["firstAppearance", "appearance"] {
            for (index, document) in many(object.get(part)).iter().enumerate() {
                documents.extend(self.document(&place.at(part).nth(index), document, 0));
            }
        }
        let is_titled = is_place && name.as_ref().is_some_and(|name| *name != said);
        let mut read = vec!["text", "claimReviewed", "name", "author", "datePublished"];
        read.extend(["firstAppearance", "appearance", "temporalCoverage"]);
        if !is_claim || is_titled {
            documents.extend(self.work(place, object));
            read.extend(["identifier", "url", "headline"]);
        }
        let mut documents = documents.into_iter();
        let mut claim = self.made(place, object, documents.next(), Stance::Asserts);
        claim.id = Some(claim_name.clone());
        claim.statement = Some(self.is_true(&said));
        let role = self.import.role("appearance");
        let role = |key| RoleRecord::new(role.clone(), TermRecord::entity(key));
        claim.roles.extend(documents.map(role));
        claim.valid = self.coverage(place, object, claim.reported.map(Date::from));
        self.others(place, object, &read);
        self.import.claim(claim, place.clone());
        Some(claim_name)
    }

    fn coverage(
        &mut self,
        place: &Place,
        object: &Map<String, Value>,
        reported: Option<Date>,
    ) -> Option<Period> {
        let coverage = object.get("temporalCoverage").filter(|coverage| !coverage.is_null())?;
        let fits = |period: &Period| {
            let start = period.start_earliest();
            period.aspect() == Aspect::State
                || start.zip(reported).is_none_or(|(start, reported)| start <= reported)
        };
        let text = coverage.as_str().map(str::trim).unwrap_or_default();
        let whole = text.parse().ok().or_else(|| days(text)).filter(fits);
        // A start stays when the end cannot be used.
        let start = || {
            let (start, _) = text.split_once('/')?;
            format!("{start}/").parse().ok().or_else(|| days(&format!("{start}/"))).filter(fits)
        };
        let is_whole = whole.is_some();
        let valid = whole.or_else(start);
        if !is_whole {
            self.import.note("time that cannot be used", &place.at("temporalCoverage"));
        }
        valid
    }

    /// Counts the members that were not read.
    pub(super) fn others(&mut self, place: &Place, object: &Map<String, Value>, read: &[&str]) {
        self.import.others(place, object, &[&COMMON, read].concat());
    }

    pub(super) fn is_true(&mut self, said: &str) -> StatementRecord {
        let relation = self.import.relation(IS_TRUE);
        let nothing = TermRecord::absent(Absence::Nothing);
        StatementRecord::new(TermRecord::text(said), relation, nothing)
    }

    /// Makes a claim with its speaker, document and day.
    pub(super) fn made(
        &mut self,
        place: &Place,
        object: &Map<String, Value>,
        document: Option<String>,
        stance: Stance,
    ) -> ClaimRecord {
        let mut claim = ClaimRecord::new(stance);
        let authors = many(object.get("author"));
        let speaker = self.first_author(&place.at("author"), authors);
        match speaker {
            Some(key) => claim.speakers.push(SpeakerRecord::new(key)),
            // An author that cannot be used is not the document.
            None if document.is_none() || !authors.is_empty() => {
                claim.speakers.push(SpeakerRecord::unnamed())
            }
            None => {}
        }
        claim.document = document;
        claim.reported = self.day(place, object).map(Day::from);
        claim
    }

    pub(super) fn day(&mut self, place: &Place, object: &Map<String, Value>) -> Option<Date> {
        let given = self.import.text(place, object, "datePublished")?;
        let day = day_of(&given);
        if day.is_none() {
            self.import.note("time that cannot be used", &place.at("datePublished"));
        }
        day
    }

    /// Settles dates and documents, and returns everything that was read.
    fn settled(mut self, day: Option<Date>) -> Import {
        self.date(day);
        for key in std::mem::take(&mut self.documents) {
            if let Some(record) = self.import.found(&key) {
                record.kind = "Document".to_owned();
                record.document.get_or_insert_default();
            }
        }
        self.import
    }

    /// Gives each claim without a date the day of the first review that answers it: it was on record by then. A
    /// review comes after the claims that it answers.
    fn date(&mut self, day: Option<Date>) {
        let mut latest: IndexMap<String, Day> = IndexMap::new();
        for claim in self.import.claims_mut().rev() {
            let answered = claim.id.as_deref().and_then(|name| latest.get(name)).copied();
            claim.reported = claim.reported.or(answered).or(day.map(Day::from));
            let Some(reported) = claim.reported else { continue };
            for target in &claim.targets {
                let known = latest.entry(target.claim.clone()).or_insert(reported);
                *known = (*known).min(reported);
            }
        }
    }
}
