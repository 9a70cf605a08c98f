//! The sections before the claims: the vocabulary, and entities with their names, codes and details.

use crate::files::format::error::{ReadError, WriteError};
use crate::files::snapshot::section::{Reader, Writer, damaged};
use crate::graph::{ClaimGraph, check_name};
use crate::model::error::{Error, FieldPath};
use crate::model::id::{EntityId, KindId};
use crate::model::id::{MOST_BYTES_OF_KEY, check_key, has_no_spaces_around, is_printable};
use crate::model::record::DocumentRecord;
use crate::model::value::name::Name;
use crate::model::vocabulary::{KindDef, RelationDef, RoleDef, UnitDef, Vocabulary};
use crate::store::entity_table::{Registered, Registry};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::{BufRead, Write};

const KEYS: &str = "keys";
const KEY_ENDS: &str = "key-ends";
const KINDS: &str = "kinds";
const DETAILS: &str = "details";

/// The vocabulary as lists, in the order of its handles.
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
    /// Declares everything in this order, under the checks of every declaration.
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
        // A later release may have a larger base. Its additions come last, so handles stay.
        vocabulary
            .merge(crate::model::vocabulary::base::known())
            .map_err(|error| error.to_string())?;
        Ok(vocabulary)
    }
}

/// The names, codes, mark and document details of an entity that has more than a key and a kind.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Details<'r> {
    entity: u32,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    names: Cow<'r, [Name]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    codes: Cow<'r, [(String, String)]>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    name_withheld: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plural: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<DocumentRecord>,
}

impl<'r> Details<'r> {
    fn of(graph: &ClaimGraph, (entity, registered): (EntityId, Registered<'r>)) -> Self {
        Self {
            entity: entity.number(),
            names: registered.names.into(),
            codes: registered.codes.into(),
            name_withheld: registered.name_withheld,
            plural: registered.plural,
            document: registered.document.map(|document| graph.document_record(document)),
        }
    }

    /// Adds the details to their entity, as `add` and `add_document` do.
    fn put(self, graph: &mut ClaimGraph) -> Result<(), Error> {
        let unknown = |number: u32| Error::unknown(FieldPath::Key, "entity", number);
        let entity = EntityId::numbered(self.entity).filter(|id| id.index() < graph.registry.len());
        let entity = entity.ok_or_else(|| unknown(self.entity))?;
        self.names.iter().try_for_each(check_name)?;
        graph.registry.add_names(entity, self.names.into_owned());
        graph.registry.add_codes(entity, self.codes.into_owned());
        if self.name_withheld {
            graph.registry.withhold_name(entity);
        }
        if let Some(plural) = self.plural {
            graph.registry.set_plural(entity, plural);
        }
        let Some(record) = self.document else { return Ok(()) };
        let document = graph.document_of(record)?;
        // A publisher comes before the documents that it published.
        if let Some(later) = document.publisher.filter(|publisher| *publisher >= entity) {
            return Err(unknown(later.number()));
        }
        let (key, registered) = graph.registry.get(entity).ok_or_else(|| unknown(self.entity))?;
        let document = graph.settled(registered.kind, key, document)?;
        graph.registry.keep_document(entity, Some(document));
        Ok(())
    }
}

/// Writes the sections on entities.
pub(super) fn write_entities(
    writer: &mut Writer<impl Write>,
    graph: &ClaimGraph,
) -> Result<(), WriteError> {
    let registry = &graph.registry;
    let (text, ends) = registry.key_texts();
    writer.bytes(KEYS, text.as_bytes())?;
    writer.column(KEY_ENDS, ends, u32::to_le_bytes)?;
    writer.column(KINDS, registry.kinds(), |kind| (kind.index() as u16).to_le_bytes())?;
    writer.json(
        DETAILS,
        &registry.besides().map(|entity| Details::of(graph, entity)).collect::<Vec<_>>(),
    )
}

/// Reads the sections on entities into a graph that has none.
pub(super) fn read_entities(
    reader: &mut Reader<impl BufRead>,
    graph: &mut ClaimGraph,
) -> Result<(), ReadError> {
    let text = reader.text(KEYS)?;
    let ends = reader.column(KEY_ENDS, |ends, cells| {
        ends.extend(cells.iter().map(|&cell| u32::from_le_bytes(cell)));
        Ok(())
    })?;
    check_keys(&text, &ends).map_err(|problem| damaged(KEYS, problem))?;
    let known = graph.vocabulary.kinds.len();
    let kinds = reader.column(KINDS, |kinds, cells| {
        let place = |&cell: &[u8; 2]| usize::from(u16::from_le_bytes(cell));
        let is_known = |kind: &KindId| kind.index() < known;
        kinds.extend(cells.iter().map(place).map_while(|at| KindId::at(at).filter(is_known)));
        match cells.iter().all(|cell| place(cell) < known) {
            true => Ok(()),
            false => Err("a kind is named that is not there"),
        }
    })?;
    if kinds.len() != ends.len() {
        let problem = format!("there are {} kinds for {} entities", kinds.len(), ends.len());
        return Err(damaged(KINDS, problem));
    }
    graph.registry = Registry::of(text, ends, kinds)
        .map_err(|place| damaged(KEYS, format!("entity {} and another have one key", place + 1)))?;
    let mut before = 0;
    for details in reader.json::<Vec<Details<'_>>>(DETAILS)? {
        let number = details.entity;
        let put = match number > std::mem::replace(&mut before, number) {
            true => details.put(graph).map_err(|error| error.to_string()),
            false => Err("it does not come after the one before it".to_owned()),
        };
        put.map_err(|problem| damaged(DETAILS, format!("entity {number}: {problem}")))?;
    }
    Ok(())
}

/// Refuses texts that are not keys, and ends that are not theirs.
fn check_keys(text: &str, ends: &[u32]) -> Result<(), String> {
    if ends.last().map_or(0, |&end| end as usize) != text.len() {
        return Err(format!("{} bytes are not as many as the keys have", text.len()));
    }
    // If all bytes are plain, as nearly always, a key is in order if it has a length and no space at its ends.
    let plain = text.bytes().fold(true, |all, byte| all & is_printable(byte));
    let mut start = 0;
    for (number, &end) in (1..).zip(ends) {
        let end = end as usize;
        let key = text.get(start..end).ok_or_else(|| format!("key {number} is not a text"))?;
        let bytes = key.as_bytes();
        let fits = (1..=MOST_BYTES_OF_KEY).contains(&bytes.len());
        if !(plain && fits && has_no_spaces_around(bytes)) {
            check_key(key, FieldPath::Key).map_err(|error| format!("entity {number}: {error}"))?;
        }
        start = end;
    }
    Ok(())
}
