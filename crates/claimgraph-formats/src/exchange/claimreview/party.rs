//! Makes entities of the authors, publishers and documents that nodes name.

use crate::exchange::claimreview::TYPES;
use crate::exchange::claimreview::nodes::is;
use crate::exchange::claimreview::reader::Reading;
use crate::exchange::json_input::{many, scalar};
use crate::exchange::place::Place;
use claimgraph::entity::Name;
use claimgraph::time::Day;
use serde_json::{Map, Value};

/// The types of documents.
const WORKS: [&str; 5] = ["CreativeWork", "Article", "NewsArticle", "WebPage", "Report"];

/// The most documents and publishers within each other.
const DEEPEST: u32 = 8;

impl Reading<'_> {
    /// Returns the key of the first author that can be used. Further ones are counted.
    pub(super) fn first_author(&mut self, place: &Place, authors: &[Value]) -> Option<String> {
        let mut first = None;
        for (index, author) in authors.iter().enumerate() {
            let at = if authors.len() > 1 { place.nth(index) } else { place.clone() };
            match first {
                None => first = self.party(&at, author, 0),
                Some(_) => self.import.note("further author", &at),
            }
        }
        first
    }

    fn party(&mut self, place: &Place, value: &Value, depth: u32) -> Option<String> {
        self.once(value, false, |reading| reading.party_of(place, value, depth))
    }

    /// Returns the key of a value. If the value only names a node, the node is read the first time.
    fn once(
        &mut self,
        value: &Value,
        is_document: bool,
        read: impl FnOnce(&mut Self) -> Option<String>,
    ) -> Option<String> {
        let Some(id) = self.nodes.reference(value) else { return read(self) };
        let reference = (id.to_owned(), is_document);
        if let Some(key) = self.referred.get(&reference) {
            return key.clone();
        }
        let key = read(self);
        self.referred.insert(reference, key.clone());
        key
    }

    fn party_of(&mut self, place: &Place, value: &Value, depth: u32) -> Option<String> {
        let value = self.nodes.resolved(value);
        let object = value.as_object();
        if object.is_some_and(|object| WORKS.iter().any(|kind| is(object, kind))) {
            return self.document(place, &value, depth);
        }
        let members = ["identifier", "@id", "url", "sameAs", "name"];
        let (key, _) = self.key_of(place, &value, &members)?;
        let kind = object.and_then(|object| TYPES.iter().find(|(name, _)| is(object, name)));
        if kind.is_none() {
            self.import.note("type of an author", &place.at("@type"));
        }
        let kind = kind.map_or("Organization", |(_, kind)| kind);
        self.import.entity(&key, kind, place);
        let Some(object) = object else { return Some(key) };
        let mut names = Vec::new();
        for member in ["name", "alternateName"] {
            for value in many(object.get(member)) {
                let at = place.at(member);
                match value.as_str() {
                    Some(text) => {
                        names.extend(self.import.name(text, &at).map(|text| (text, member)))
                    }
                    None if value.is_null() => {}
                    None => self.import.note("value that is not a text", &at),
                }
            }
        }
        if let Some(record) = self.import.found(&key) {
            for (text, member) in names {
                if self.named.insert([key.clone(), text.clone()]) {
                    let first = record.names.is_empty() && member == "name";
                    record.names.push(if first {
                        Name::canonical(text)
                    } else {
                        Name::alias(text)
                    });
                }
            }
            // An address that is not the key is a code.
            let mut wrong = Vec::new();
            for member in members.into_iter().filter(|member| !["@id", "name"].contains(member)) {
                for value in many(object.get(member)).iter().filter(|value| !value.is_null()) {
                    let Some(code) = scalar(value) else {
                        wrong.push(place.at(member));
                        continue;
                    };
                    if code != key
                        && self.coded.insert([key.clone(), member.to_owned(), code.clone()])
                    {
                        record.codes.push((member.to_owned(), code));
                    }
                }
            }
            for place in wrong {
                self.import.note("value that is not a text", &place);
            }
        }
        self.others(place, object, &["identifier", "url", "sameAs", "name", "alternateName"]);
        Some(key)
    }

    /// Returns the key of a document. One that has no key is left out and counted.
    pub(super) fn document(&mut self, place: &Place, value: &Value, depth: u32) -> Option<String> {
        self.once(value, true, |reading| reading.document_of(place, value, depth))
    }

    fn document_of(&mut self, place: &Place, value: &Value, depth: u32) -> Option<String> {
        if depth > DEEPEST {
            self.import.note("publisher within a publisher", place);
            return None;
        }
        let value = self.nodes.resolved(value);
        let members = ["identifier", "url", "@id", "name", "headline"];
        let (key, from) = self.key_of(place, &value, &members)?;
        self.documents.insert(key.clone());
        let record = self.import.entity(&key, "Document", place);
        record.document.get_or_insert_default();
        let Some(object) = value.as_object() else { return Some(key) };
        let publisher = object.get("publisher").filter(|publisher| !publisher.is_null());
        let publisher = publisher
            .and_then(|publisher| self.party(&place.at("publisher"), publisher, depth + 1))
            .filter(|publisher| *publisher != key);
        self.describe(place, object, &key, from, publisher);
        let read = ["identifier", "url", "name", "headline", "datePublished", "publisher"];
        self.others(place, object, &read);
        Some(key)
    }

    /// Returns the key of the work that a claim was made in, if its node says so.
    pub(super) fn work(&mut self, place: &Place, object: &Map<String, Value>) -> Option<String> {
        let members = ["identifier", "url", "@id", "name", "headline"];
        if !members.iter().any(|member| object.contains_key(*member)) {
            return None;
        }
        let (key, from) = self.key_of(place, &Value::Object(object.clone()), &members)?;
        self.documents.insert(key.clone());
        self.import.entity(&key, "Document", place).document.get_or_insert_default();
        self.describe(place, object, &key, from, None);
        Some(key)
    }

    fn describe(
        &mut self,
        place: &Place,
        object: &Map<String, Value>,
        key: &str,
        from: &str,
        publisher: Option<String>,
    ) {
        let date = self.day(place, object);
        let titles = ["name", "headline"];
        let text = |member: &&str| {
            let text = object.get(*member)?.as_str()?.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let mut given = titles.iter().filter_map(text);
        let title = given.next();
        if given.next().is_some_and(|other| Some(&other) != title.as_ref()) {
            self.import.note("further title of a document", &place.at("headline"));
        }
        let Some(record) = self.import.found(key) else { return };
        let details = record.document.get_or_insert_default();
        details.date = details.date.or(date.map(Day::from));
        details.publisher = details.publisher.take().or(publisher);
        details.title = details.title.take().or(title);
        let url =
            object.get("url").and_then(Value::as_str).filter(|url| from != "url" && *url != key);
        details.url = details.url.take().or(url.map(str::to_owned));
    }

    /// Returns the key of a node, and the member that it comes from: the first of these members that can be a key.
    fn key_of(
        &mut self,
        place: &Place,
        value: &Value,
        order: &[&'static str],
    ) -> Option<(String, &'static str)> {
        if let Value::String(text) = value {
            return self.import.key(text, place).map(|key| (key, ""));
        }
        for member in order {
            // A list of addresses has the key first.
            for (index, text) in many(value.get(member)).iter().filter_map(scalar).enumerate() {
                let at = place.at(member);
                let at = if index > 0 { at.nth(index) } else { at };
                if let Some(key) = self.import.key(&text, &at) {
                    return Some((key, member));
                }
            }
        }
        self.import.note("node without an identifier, address or name", place);
        None
    }
}
