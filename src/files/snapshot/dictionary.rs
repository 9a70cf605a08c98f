//! What claims are made of: the vocabulary, entities with their names, codes and details, origins, periods.

use crate::files::snapshot::optional_fields::basis;
use crate::files::snapshot::section::{CODES, DOCUMENTS, InSection, KEYS, KINDS, NAMES};
use crate::files::snapshot::varlen::{Counts, Packer, Unpacker, entity_number, entity_numbered};
use crate::graph::{ClaimGraph, check_name};
use crate::model::document::DocumentInfo;
use crate::model::error::{Error, FieldPath};
use crate::model::id::{EntityId, KindId};
use crate::model::id::{MOST_BYTES_OF_KEY, check_key, has_no_spaces_around, is_printable};
use crate::model::record::DayText;
use crate::model::value::name::{Name, NameKind};
use crate::model::vocabulary::{KindDef, RelationDef, RoleDef, UnitDef, Vocabulary};
use crate::store::entity_table::Registry;
use crate::store::origin_table::{Origins, SpeakerLink};
use crate::store::stored_claim::Time;
use crate::store::time_code::Times;
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
        vocabulary
            .merge(crate::model::vocabulary::base::known())
            .map_err(|error| error.to_string())?;
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
    pub(super) fn of(entity: EntityId, document: &DocumentInfo) -> Self {
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

const KINDS_OF_NAMES: [NameKind; 5] = [
    NameKind::Canonical,
    NameKind::Alias,
    NameKind::Abbreviation,
    NameKind::Metonym,
    NameKind::Former,
];

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
        for (id, names) in
            registered.map(|(id, registered)| (id, registered.names)).filter(|(_, n)| !n.is_empty())
        {
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
        for (id, codes) in
            registered.map(|(id, registered)| (id, registered.codes)).filter(|(_, c)| !c.is_empty())
        {
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

/// So many keys are looked at together.
const KEYS_AT_A_TIME: usize = 8;

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
    /// Puts them on record, each as by `add` and `add_document`.
    pub(super) fn add_to(self, graph: &mut ClaimGraph) -> InSection<()> {
        graph.registry = self.registry(graph.vocabulary.kinds.len())?;
        let entities = graph.registry.len();
        Listed { left: Unpacker(self.names), before: 0, entities }
            .each(|list, id| put_names(graph, list, id))
            .map_err(|problem| (NAMES, problem))?;
        Listed { left: Unpacker(self.codes), before: 0, entities }
            .each(|list, id| put_codes(graph, list, id))
            .map_err(|problem| (CODES, problem))?;
        let mut before = 0;
        for details in self.documents {
            let number = details.entity;
            let id = next_entity(&mut before, number, entities)
                .map_err(|problem| (DOCUMENTS, problem))?;
            let refused = |error: Error| (DOCUMENTS, format!("entity {number}: {error}"));
            keep_document(graph, id, details).map_err(refused)?;
        }
        Ok(())
    }

    /// Those with nothing but key and kind.
    fn registry(&self, kinds_there_are: usize) -> InSection<Registry> {
        let within = |problem: String| (KEYS, problem);
        let mut keys = Unpacker(self.keys);
        let count = keys.count(2).map_err(within)?;
        if count != self.kinds.len() {
            return Err((
                KINDS,
                format!("there are {} kinds for {count} entities", self.kinds.len()),
            ));
        }
        let kinds = self.kinds.iter().zip(1..).map(|(&kind, number): (&u16, u32)| {
            let known = KindId::at(kind.into()).filter(|kind| kind.index() < kinds_there_are);
            known.ok_or_else(|| {
                (KINDS, format!("entity {number} is of kind {kind}, which is not there"))
            })
        });
        let kinds = kinds.collect::<InSection<Vec<KindId>>>()?;
        let lengths = keys.take(count * 2).map_err(within)?;
        let (lengths, _) = lengths.as_chunks::<2>();
        let text = keys.0;
        let ends = lengths.iter().scan(0u64, |end, length| {
            *end += u64::from(u16::from_le_bytes(*length));
            Some(*end)
        });
        let ends: Option<Vec<u32>> = ends.map(|end| u32::try_from(end).ok()).collect();
        let ends = ends.filter(|ends| ends.last().map_or(0, |&end| end as usize) == text.len());
        let ends = ends.ok_or_else(|| {
            within(format!("{} bytes are not as many as the keys have", text.len()))
        })?;
        let text = match std::str::from_utf8(text) {
            Ok(text) => text,
            Err(error) => {
                let number = ends.partition_point(|&end| end as usize <= error.valid_up_to()) + 1;
                return Err(within(format!("key {number} is no UTF-8")));
            }
        };
        check_keys(text, &ends).map_err(within)?;
        Registry::of(text.to_owned(), ends, kinds)
            .map_err(|place| within(format!("entity {} and another have one key", place + 1)))
    }
}

/// Refuses a key that is none.
fn check_keys(text: &str, ends: &[u32]) -> Result<(), String> {
    let (mut start, mut number) = (0, 0u32);
    for ends in ends.chunks(KEYS_AT_A_TIME) {
        // Where no byte of any key is doubtful, only their ends and lengths are looked at one by one.
        let bytes = ends.last().and_then(|&end| text.as_bytes().get(start as usize..end as usize));
        let clean = bytes.is_some_and(|bytes| {
            bytes.iter().fold(true, |clean, &byte| clean & is_printable(byte))
        });
        for &end in ends {
            number += 1;
            let bytes = text.as_bytes().get(start as usize..end as usize).unwrap_or_default();
            let plain = clean && has_no_spaces_around(bytes);
            if !plain || !(1..=MOST_BYTES_OF_KEY).contains(&bytes.len()) {
                let key = text.get(start as usize..end as usize);
                let key = key.ok_or_else(|| format!("key {number} is no UTF-8"))?;
                check_key(key, FieldPath::Key)
                    .map_err(|error| format!("entity {number}: {error}"))?;
            }
            start = end;
        }
    }
    Ok(())
}

/// The handle of the entity that comes next in a list in their order.
fn next_entity(before: &mut u32, number: u32, entities: usize) -> Result<EntityId, String> {
    let follows = number > std::mem::replace(before, number);
    let entity = entity_numbered(number).filter(|entity| follows && entity.index() < entities);
    entity.ok_or_else(|| {
        format!("entity {number} is not there, or does not follow the one before it")
    })
}

/// What some entities have: for each its number, how many there are, and these.
struct Listed<'b> {
    left: Unpacker<'b>,
    before: u32,
    entities: usize,
}

impl<'b> Listed<'b> {
    fn each(
        mut self,
        mut put: impl FnMut(&mut Unpacker<'b>, EntityId) -> Result<(), String>,
    ) -> Result<(), String> {
        while self.left.left() > 0 {
            let number = self.left.u32()?;
            let entity = next_entity(&mut self.before, number, self.entities)?;
            put(&mut self.left, entity).map_err(|problem| format!("entity {number}: {problem}"))?;
        }
        Ok(())
    }
}

/// Gives an entity the names that come next, each as by `add`.
fn put_names(
    graph: &mut ClaimGraph,
    list: &mut Unpacker<'_>,
    entity: EntityId,
) -> Result<(), String> {
    let mut names = Vec::new();
    for _ in 0..list.count(5)? {
        let tag = list.u8()?;
        let kind =
            KINDS_OF_NAMES.get(usize::from(tag & 127)).ok_or("no kind of names has that number")?;
        let mut name = Name::of_kind(list.text()?, *kind);
        if tag >> 7 == 1 {
            name = name.in_language(list.text()?);
        }
        check_name(&name).map_err(|error| error.to_string())?;
        names.push(name);
    }
    graph.registry.add_names(entity, names.clone());
    let on_record = graph.registry.get(entity);
    match on_record.is_some_and(|(_, registered)| registered.names == names) {
        true => Ok(()),
        false => Err("its names are not in their order".to_owned()),
    }
}

/// Gives an entity the codes that come next, each as by `add`.
fn put_codes(
    graph: &mut ClaimGraph,
    list: &mut Unpacker<'_>,
    entity: EntityId,
) -> Result<(), String> {
    let mut codes = Vec::new();
    for _ in 0..list.count(8)? {
        codes.push((list.text()?.to_owned(), list.text()?.to_owned()));
    }
    graph.registry.add_codes(entity, codes.clone());
    let on_record = graph.registry.get(entity);
    match on_record.is_some_and(|(_, registered)| registered.codes == codes) {
        true => Ok(()),
        false => Err("its codes are not in their order".to_owned()),
    }
}

/// Makes an entity the document that it is, as by `add_document`: the publisher was there before.
fn keep_document(graph: &mut ClaimGraph, entity: EntityId, details: Details) -> Result<(), Error> {
    let unknown = |number: u32| Error::unknown(FieldPath::Document, "entity", number);
    let publisher = |number: u32| {
        entity_numbered(number).filter(|id| *id < entity).ok_or_else(|| unknown(number))
    };
    let document = DocumentInfo {
        date: details.date.map(Into::into),
        title: details.title,
        publisher: details.publisher.map(publisher).transpose()?,
        length: details.length,
        digest: details.sha256,
        text: None,
    };
    let Some((key, registered)) = graph.registry.get(entity) else {
        return Err(unknown(details.entity));
    };
    let document = graph.settled(registered.kind, key, document)?;
    graph.registry.keep_document(entity, Some(document));
    Ok(())
}

impl Unpacker<'_> {
    /// The chains of speakers and their documents. Whether a claim can come from there is for the checks.
    pub(super) fn origins_of(&mut self, counts: &Counts) -> Result<Origins, String> {
        let mut origins = Origins::default();
        let entity =
            |number: u32| if number == 0 { Ok(None) } else { counts.entity(number).map(Some) };
        let count = self.count(8)?;
        let mut chain = Vec::new();
        for place in 0..count {
            let document = entity(self.u32()?)?;
            let links = self.count(5)?;
            chain.clear();
            for _ in 0..links {
                let (source, how) = (entity(self.u32()?)?, self.u8()?);
                chain.push(SpeakerLink { source, basis: basis(how & 127)?, direct: how >> 7 == 1 });
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
