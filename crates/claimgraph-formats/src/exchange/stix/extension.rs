//! Reads the records of the native format that STIX objects carry in an extension.

use crate::exchange::json_input::value_of;
use crate::exchange::place::Place;
use crate::exchange::stix::extension;
use crate::exchange::stix::object::Objects;
use claimgraph::format::{
    Limits, Losses, ReadError, ReadErrorKind, ReadReport, clipped, read_json,
};
use claimgraph::record::*;
use serde_json::{Map, Value};

/// Returns the graph of the records in the extensions, or `None` if the objects have no such extension.
pub(super) fn native(
    objects: &Objects<'_>,
    limits: Limits,
) -> Result<Option<ReadReport>, ReadError> {
    let (extension, mut losses) = (extension(), Losses::default());
    // The rank of each record, the number of its object, its number there, and the object.
    let mut order: Vec<(u8, usize, usize, u64, &str)> = Vec::new();
    let mut any = false;
    for (number, (text, place)) in objects.iter().enumerate() {
        let object = value_of(text);
        let Some(carried) = carried(&object, &extension) else {
            let id = object.get("id").and_then(Value::as_str).unwrap_or_default();
            if id != extension && object.get("type").and_then(Value::as_str) != Some("report") {
                losses.note("object without a record", id);
            }
            continue;
        };
        any = true;
        for (index, member) in members(carried).enumerate() {
            let rank = rank(&record(member, &place, &extension)?);
            order.push((rank, number, index, place.line.unwrap_or_default(), text));
        }
    }
    if !any {
        return Ok(None);
    }
    order.sort_unstable();
    let mut loader = Loader::new().limits(limits);
    for (_, number, index, line, text) in order {
        // A record is read again, so that one is in memory at a time.
        let place = Objects::place(number, line);
        let object = value_of(text);
        let member = carried(&object, &extension).and_then(|carried| members(carried).nth(index));
        let Some(member) = member else { continue };
        loader
            .push(record(member, &place, &extension)?)
            .map_err(|error| place.at("extensions").fault(ReadErrorKind::Refused(error)))?;
    }
    Ok(Some(ReadReport::new(loader.finish(), losses)))
}

/// Returns the extension of an object that carries its records.
fn carried<'o>(object: &'o Value, extension: &str) -> Option<&'o Map<String, Value>> {
    object.get("extensions")?.get(extension)?.as_object()
}

/// Returns the records of an extension, each with its kind.
fn members(carried: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    carried.iter().filter(|(name, _)| *name != "extension_type")
}

fn record(
    (name, value): (&String, &Value),
    place: &Place,
    extension: &str,
) -> Result<Record, ReadError> {
    let text = Value::Object(Map::from_iter([(name.clone(), value.clone())])).to_string();
    read_json(text.as_bytes()).map_err(|fault| {
        let field = format!("extensions.{extension}.{name}");
        place.at(&field).syntax(clipped(&fault.problem, 120))
    })
}

/// Returns the place of a record in the order of a file. A bundle is a set: header, batches, entities, affiliations,
/// claims and the rest are put in this order. Within each of these, the order is that of the bundle.
fn rank(record: &Record) -> u8 {
    match record {
        Record::Claimgraph(_) => 0,
        Record::Batch(_) => 1,
        Record::Entity(entity) if entity.document.is_none() => 2,
        Record::Entity(_) => 3,
        Record::Affiliation(_) | Record::Redaction(_) => 4,
        Record::Claim(_) => 5,
        Record::Link(_)
        | Record::Derivation(_)
        | Record::Lineage(_)
        | Record::Review(_)
        | Record::Judgement(_) => 6,
    }
}
