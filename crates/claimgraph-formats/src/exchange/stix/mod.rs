//! STIX bundles: the writer makes STIX 2.1 of a graph, and the reader makes a graph of STIX 2.0 or 2.1.
//!
//! The writer makes these objects, which pass the OASIS validator in strict mode:
//!
//! | claim graph | STIX 2.1 |
//! |---|---|
//! | actor, and any other entity | `identity`; `identity_class` by its kind |
//! | place that does not act, with a country code | `location` |
//! | document | `report` on the claims read in it, `published` on its date |
//! | claim that the whole graph [joins](claimgraph::View::joins) | `relationship` from one to the other, `related-to`, the sentence as description |
//! | claim that answers claims | `opinion` on them: confirms strongly-agree, acknowledges agree, doubts neutral, dismisses disagree, denies strongly-disagree |
//! | every other claim (a denial, demand, plan, possibility, figure ...) | `note` with the sentence, on the entities it names |
//! | speaker | `created_by_ref` of the outermost speaker, `authors` by name |
//! | report day; day of utterance | `modified`; `created` |
//! | when it is valid | `start_time`, `stop_time`, where the days are known |
//! | likelihood, else credibility, else certainty | `confidence`, by the scales of STIX 2.1, appendix A (DNI, Admiralty, words of estimative probability) |
//! | affiliation; link, derived figure, lineage | `relationship`; `note` |
//!
//! STIX has no properties for stances, roles, spans and uncertain periods. So that nothing is lost, each object carries
//! its record of the native format (`docs/FORMAT.md` of `claimgraph`) in a property extension (STIX 2.1, section 7.3),
//! and the library's own identity carries the header. If an object has that extension, it is read from it: a graph
//! written as STIX and read back has the same canonical bytes. Names in `labels` and the like are for other readers
//! only.
//!
//! Ids are computed from type and key by SHA-256, so the same graph gives the same file. They have the form of a
//! UUID of version 4, because the validator accepts only that version for these objects.
//!
//! Objects without such an extension are read as follows:
//!
//! | STIX | claim graph |
//! |---|---|
//! | domain object, `marking-definition` | entity under its id; kind by type (`intrusion-set` ...), an identity's by its class |
//! | `name`, `aliases`, `x_mitre_aliases` | names |
//! | `external_references` with an id | codes (source name, id); others texts |
//! | any other property | claims (object, property, text or entity); `kill_chain_phases` as `chain:phase` |
//! | `relationship` | claim (source, type, target); `description` and all else as roles, its id as role `id` |
//! | `created_by_ref` | the speaker; without it, the bundle, which is the document |
//! | `created`, `modified` | the day of utterance, the report day |
//! | `revoked`, `x_mitre_deprecated` | the speaker retracts the claims of the object |
//! | `opinion` | confirms, doubts or denies the claims and entities it is on |
//! | `sighting` | claim (where, `sighting-of`, what), its count as quantity; with a count of 0, a denial |
//! | `note`, `report`, `grouping` | entities; the objects that they are on as claims `object_refs` |
//! | reference to a `relationship`, `sighting` or `opinion` | its claim |
//! | `value`, `display_name` or `path` of an object without a name | also its name |

mod extension;
mod object;
mod reader;
mod relation;
mod shape;
mod writer;

pub use crate::exchange::stix::writer::write;

use crate::exchange::json_input::document;

crate::reader_options::reader! {
    /// Reads a STIX 2.0 or 2.1 bundle. The document is the bundle, under its id if no key is given. Its date is that of
    /// the last change in it. Objects without dates are on record from then; if no object has one, a day has to be
    /// given.
    ///
    /// Of the versions of an object, the latest counts. Earlier versions, objects that come twice, and everything that
    /// cannot be used (an object without an id, a reference to nothing, a time that is not a time) are left out and
    /// counted with their lines and paths.
    ///
    /// ```
    /// use claimgraph::date;
    /// use claimgraph_formats::stix;
    /// let bundle = r#"{"type":"bundle","id":"bundle--1","objects":[
    ///   {"type":"intrusion-set","id":"intrusion-set--1","created":"2017-05-31T21:32:05Z","modified":"2024-01-08T20:40:31Z",
    ///    "name":"Dragonfly","aliases":["Dragonfly","Energetic Bear"]},
    ///   {"type":"malware","id":"malware--1","created":"2017-05-31T21:32:05Z","modified":"2024-01-08T20:40:31Z","name":"Backdoor.Oldrea"},
    ///   {"type":"relationship","id":"relationship--1","created":"2018-04-18T17:59:24Z","modified":"2020-03-16T15:57:41Z",
    ///    "source_ref":"intrusion-set--1","relationship_type":"uses","target_ref":"malware--1"}]}"#;
    /// let graph = stix::Reader::new().read(bundle.as_bytes())?.graph;
    /// let uses = graph.claims().next().unwrap();
    /// assert_eq!(uses.to_string(), "bundle--1 asserted that Dragonfly uses Backdoor.Oldrea (id: “relationship--1”)");
    /// assert_eq!((uses.said(), uses.reported()), (Some(date(2018, 4, 18).into()), date(2020, 3, 16)));
    /// # Ok::<(), claimgraph::format::ReadError>(())
    /// ```
    by |input, options| document(input, options, reader::read)
}

/// The system of STIX's codes of relations.
const SYSTEM: &str = "stix";

/// Returns an id that is the same in every run.
fn id(kind: &str, key: &str) -> String {
    let mut hash = hmac_sha256::Hash::new();
    hash.update("claimgraph/stix/1\0");
    hash.update(kind);
    hash.update("\0");
    hash.update(key);
    // A UUID has 16 bytes; version 4 and variant 10 take 6 bits of them.
    let hash = hash.finalize();
    let bits = hash.first_chunk().map_or(0, |bytes| u128::from_be_bytes(*bytes));
    let bits = bits & !(0xf << 76 | 0b11 << 62) | 0x4 << 76 | 0b10 << 62;
    let part = |from: u32, to: u32| bits << from >> (128 - to + from);
    format!(
        "{kind}--{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        part(0, 32),
        part(32, 48),
        part(48, 64),
        part(64, 80),
        part(80, 128)
    )
}

/// Returns the id of the extension that carries native records.
fn extension() -> String {
    id("extension-definition", "record")
}
