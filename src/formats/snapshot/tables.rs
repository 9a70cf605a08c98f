//! What claims are made of: the vocabulary, entities with their names, codes and details, origins, periods.

use super::packing::{Counts, Packer, Unpacker, entity_number, entity_numbered};
use super::rich::basis;
use super::sections::{CODES, DOCUMENTS, InSection, KEYS, KINDS, NAMES};
use crate::definitions::{MOST_BYTES_OF_KEY, check_key};
use crate::documents::Document;
use crate::errors::{Error, Part};
use crate::graph::ClaimGraph;
use crate::held::Time;
use crate::ids::KindId;
use crate::names::{Name, NameKind};
use crate::origins::{ChainLink, Origins};
use crate::records::DayText;
use crate::times::Times;
use crate::vocabulary::{KindDef, RelationDef, RoleDef, UnitDef, Vocabulary};
use crate::{Entity, EntityId};
use serde::{Deserialize, Serialize};

/// The vocabulary as lists, in the order in which its handles count.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    kinds: Vec<KindDef>,
    roles: Vec<RoleDef>,
    relations: Vec<RelationDef>,
    units: Vec<UnitDef>,
}

impl From<&Vocabulary> for Lists {
    fn from(vocabulary: &Vocabulary) -> Self {
        Self {
            kinds: vocabulary.kinds().cloned().collect(),
            roles: vocabulary.roles().cloned().collect(),
            relations: vocabulary.relations().cloned().collect(),
            units: vocabulary.units().cloned().collect(),
        }
    }
}

impl Lists {
    /// Declares all in this order, under the checks that every declaration passes.
    pub(super) fn declare(self) -> Result<Vocabulary, String> {
        let counts = [self.kinds.len(), self.roles.len(), self.relations.len(), self.units.len()];
        let declared = || -> Result<Vocabulary, Error> {
            let mut vocabulary = Vocabulary::empty();
            self.kinds.into_iter().try_for_each(|def| vocabulary.add_kind(def))?;
            self.roles.into_iter().try_for_each(|def| vocabulary.add_role(def))?;
            vocabulary.add_relations(self.relations)?;
            self.units.into_iter().try_for_each(|def| vocabulary.add_unit(def))?;
            Ok(vocabulary)
        };
        let count = |vocabulary: &Vocabulary| {
            let Vocabulary { kinds, relations, .. } = vocabulary;
            [kinds.len(), vocabulary.roles().len(), relations.len(), vocabulary.units().len()]
        };
        let mut vocabulary = declared().map_err(|error| error.to_string())?;
        if count(&vocabulary) != counts {
            return Err("a kind, role, relation or unit is there twice".to_owned());
        }
        // A later release may know more; that comes after, so handles stay.
        vocabulary.merge(&Vocabulary::new()).map_err(|error| error.to_string())?;
        Ok(vocabulary)
    }
}

/// The details of a document. Its text is not saved.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Details {
    entity: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<DayText>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    publisher: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    length: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
}

impl Details {
    pub(super) fn of(entity: EntityId, document: &Document) -> Self {
        Self {
            entity: entity_number(Some(entity)),
            date: document.date.map(DayText::from),
            title: document.title.clone(),
            publisher: document.publisher.map(|publisher| entity_number(Some(publisher))),
            length: document.length,
            sha256: document.digest.clone(),
        }
    }
}

const KINDS_OF_NAMES: [NameKind; 5] =
    [NameKind::Canonical, NameKind::Alias, NameKind::Abbreviation, NameKind::Metonym, NameKind::Former];

impl Packer {
    /// The lengths of all keys, then the keys.
    pub(super) fn keys(&mut self, graph: &ClaimGraph) {
        let keys = || graph.registry.ids().map(|id| graph.key_of(id));
        self.count(graph.registry.len());
        keys().for_each(|key| self.u16(key.len() as u16));
        keys().for_each(|key| self.raw(key));
    }

    pub(super) fn names(&mut self, graph: &ClaimGraph) {
        let registered = graph.registry.besides();
        for (id, names) in registered.map(|(id, registered)| (id, registered.names)).filter(|(_, n)| !n.is_empty()) {
            self.u32(entity_number(Some(id)));
            self.count(names.len());
            for name in names {
                self.u8(name.kind() as u8 | u8::from(name.language().is_some()) << 7);
                self.text(name.text());
                name.language().iter().for_each(|language| self.text(language));
            }
        }
    }

    pub(super) fn codes(&mut self, graph: &ClaimGraph) {
        let registered = graph.registry.besides();
        for (id, codes) in registered.map(|(id, registered)| (id, registered.codes)).filter(|(_, c)| !c.is_empty()) {
            self.u32(entity_number(Some(id)));
            self.count(codes.len());
            codes.iter().flat_map(|(system, code)| [system, code]).for_each(|text| self.text(text));
        }
    }

    pub(super) fn origins(&mut self, origins: &Origins) {
        self.count(origins.len());
        for (chain, document) in origins.all() {
            self.u32(entity_number(document));
            self.count(chain.len());
            for link in chain {
                self.u32(entity_number(link.source));
                self.u8(link.basis as u8 | u8::from(link.direct) << 7);
            }
        }
    }

    pub(super) fn periods(&mut self, times: &Times) {
        self.count(times.periods().len());
        times.periods().for_each(|period| self.period(period));
    }
}

/// What one entity has besides its key: in order of entities, so that each list is gone through once.
struct Besides<'b> {
    names: Unpacker<'b>,
    codes: Unpacker<'b>,
    next_named: Option<u32>,
    next_coded: Option<u32>,
}

impl Besides<'_> {
    fn next(list: &mut Unpacker<'_>) -> Result<Option<u32>, String> {
        if list.0.is_empty() { Ok(None) } else { list.u32().map(Some) }
    }

    fn names(&mut self, entity: u32) -> Result<Vec<Name>, String> {
        if self.next_named != Some(entity) {
            return Ok(Vec::new());
        }
        let count = self.names.count(5)?;
        let mut names = Vec::new();
        for _ in 0..count {
            let tag = self.names.u8()?;
            let kind = KINDS_OF_NAMES.get(usize::from(tag & 127)).ok_or("no kind of names has that number")?;
            let mut name = Name::of_kind(self.names.text()?, *kind);
            if tag >> 7 == 1 {
                name = name.in_language(self.names.text()?);
            }
            names.push(name);
        }
        self.next_named = Self::next(&mut self.names)?;
        Ok(names)
    }

    fn codes(&mut self, entity: u32) -> Result<Vec<(String, String)>, String> {
        if self.next_coded != Some(entity) {
            return Ok(Vec::new());
        }
        let count = self.codes.count(8)?;
        let mut codes = Vec::new();
        for _ in 0..count {
            codes.push((self.codes.text()?.to_owned(), self.codes.text()?.to_owned()));
        }
        self.next_coded = Self::next(&mut self.codes)?;
        Ok(codes)
    }
}

/// The sections on entities.
pub(super) struct Entities<'b> {
    pub(super) keys: &'b [u8],
    /// Places in the vocabulary.
    pub(super) kinds: &'b [u16],
    pub(super) names: &'b [u8],
    pub(super) codes: &'b [u8],
    pub(super) documents: Vec<Details>,
}

impl Entities<'_> {
    /// Adds them all, each as by `add` and `add_document`.
    pub(super) fn add_to(self, graph: &mut ClaimGraph) -> InSection<()> {
        let within = |section| move |problem: String| (section, problem);
        let mut keys = Unpacker(self.keys);
        let count = keys.count(2).map_err(within(KEYS))?;
        if count != self.kinds.len() {
            return Err((KINDS, format!("there are {} kinds for {count} entities", self.kinds.len())));
        }
        let lengths = keys.take(count * 2).map_err(within(KEYS))?;
        let (lengths, _) = lengths.as_chunks::<2>();
        graph.registry.reserve(count, keys.left());
        // Where no byte of any key is doubtful, only their lengths are looked at one by one.
        let (text, mut at) = (std::str::from_utf8(keys.0).unwrap_or_default(), 0);
        let clean = text.bytes().fold(true, |clean, byte| clean & byte.is_ascii_graphic());
        let (mut names, mut codes) = (Unpacker(self.names), Unpacker(self.codes));
        let next_named = Besides::next(&mut names).map_err(within(NAMES))?;
        let next_coded = Besides::next(&mut codes).map_err(within(CODES))?;
        let mut besides = Besides { names, codes, next_named, next_coded };
        let mut documents = self.documents.into_iter().peekable();
        let mut run = (Vec::new(), Vec::new());
        for ((&length, &kind), number) in lengths.iter().zip(self.kinds).zip(1u32..) {
            let known = KindId::at(kind.into()).filter(|kind| kind.index() < graph.vocabulary.kinds.len());
            let kind =
                known.ok_or_else(|| (KINDS, format!("entity {number} is of kind {kind}, which is not there")))?;
            let bytes = keys.take(u16::from_le_bytes(length).into()).map_err(within(KEYS))?;
            let key = match text.get(at..at + bytes.len()) {
                Some(key) => key,
                None => std::str::from_utf8(bytes).map_err(|_| (KEYS, format!("key {number} is no UTF-8")))?,
            };
            at += bytes.len();
            let bare = ![besides.next_named, besides.next_coded].contains(&Some(number))
                && documents.peek().is_none_or(|details| details.entity != number);
            if bare {
                // Nearly all: nothing to look at but the key.
                if !clean || !(1..=MOST_BYTES_OF_KEY).contains(&key.len()) {
                    check_key(key, Part::Key).map_err(|error| (KEYS, format!("entity {number}: {error}")))?;
                }
                run.0.push(key);
                run.1.push(kind);
                continue;
            }
            add_run(graph, &mut run)?;
            let names = besides.names(number).map_err(within(NAMES))?;
            let codes = besides.codes(number).map_err(within(CODES))?;
            let details = documents.next_if(|details| details.entity == number);
            let section = if details.is_some() { DOCUMENTS } else { KEYS };
            let refused = |error: Error| (section, format!("entity {number}: {error}"));
            let entity = Entity { key: key.to_owned(), names: names.clone(), codes: codes.clone() };
            let id = match details {
                Some(details) => add_document(graph, kind, entity, details),
                None => graph.register(kind, entity, None),
            };
            let id = id.map_err(refused)?;
            if id.index() + 1 != number as usize {
                return Err((KEYS, format!("entity {number} and another have one key")));
            }
            let on_record = graph.registry.get(id).map(|(_, registered)| registered);
            if on_record.is_none_or(|registered| registered.names != names) {
                return Err((NAMES, format!("the names of entity {number} are not in their order")));
            }
            if on_record.is_none_or(|registered| registered.codes != codes) {
                return Err((CODES, format!("the codes of entity {number} are not in their order")));
            }
        }
        add_run(graph, &mut run)?;
        keys.end().map_err(within(KEYS))?;
        let left = |number: u32| format!("entity {number} is not there, or does not follow the one before it");
        besides.next_named.map_or(Ok(()), |number| Err((NAMES, left(number))))?;
        besides.next_coded.map_or(Ok(()), |number| Err((CODES, left(number))))?;
        documents.next().map_or(Ok(()), |details| Err((DOCUMENTS, left(details.entity))))
    }
}

/// Adds entities that have nothing but key and kind, and empties their lists.
fn add_run(graph: &mut ClaimGraph, (keys, kinds): &mut (Vec<&str>, Vec<KindId>)) -> InSection<()> {
    let before = graph.registry.len();
    graph
        .registry
        .add_new(keys, kinds)
        .map_err(|position| (KEYS, format!("entity {} and another have one key", before + position + 1)))?;
    keys.clear();
    kinds.clear();
    Ok(())
}

fn add_document(graph: &mut ClaimGraph, kind: KindId, entity: Entity, details: Details) -> Result<EntityId, Error> {
    let unknown = |number: u32| Error::unknown(Part::Document, "entity", number);
    let document = Document {
        date: details.date.map(Into::into),
        title: details.title,
        publisher: details.publisher.map(|number| entity_numbered(number).ok_or(unknown(number))).transpose()?,
        length: details.length,
        digest: details.sha256,
        text: None,
    };
    let kind = graph.vocabulary.kind_key(kind).to_owned();
    graph.add_document_untyped(&kind, entity, document)
}

impl Unpacker<'_> {
    /// The chains of speakers and their documents. Whether a claim can come from there is for the checks.
    pub(super) fn origins_of(&mut self, counts: &Counts) -> Result<Origins, String> {
        let mut origins = Origins::default();
        let entity = |number: u32| if number == 0 { Ok(None) } else { counts.entity(number).map(Some) };
        let count = self.count(8)?;
        let mut chain = Vec::new();
        for place in 0..count {
            let document = entity(self.u32()?)?;
            let links = self.count(5)?;
            chain.clear();
            for _ in 0..links {
                let (source, how) = (entity(self.u32()?)?, self.u8()?);
                chain.push(ChainLink { source, basis: basis(how & 127)?, direct: how >> 7 == 1 });
            }
            if origins.intern(&chain, document).is_none_or(|origin| origin.index() != place) {
                return Err(format!("origin {place} is there twice"));
            }
        }
        self.end()?;
        Ok(origins)
    }

    /// The periods that are more than one day.
    pub(super) fn periods_of(&mut self) -> Result<Times, String> {
        let mut times = Times::default();
        let count = self.count(2)?;
        for place in 0..count {
            let period = self.period()?;
            if period.is_inverted() {
                return Err(format!("period {place} ends before it starts"));
            }
            if period.single_day().is_some() {
                return Err(format!("period {place} is a single day, which stands for itself"));
            }
            times.keep(Time::Period(period)).ok_or("there are too many periods")?;
            if times.periods().len() != place + 1 {
                return Err(format!("period {place} is there twice"));
            }
        }
        self.end()?;
        Ok(times)
    }
}
