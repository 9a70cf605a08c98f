//! Wikidata (Wikibase) entity JSON: one entity a line, the list of a dump, or the answer of
//! `Special:EntityData`. Read only.
//!
//! | Wikidata | claim graph |
//! |---|---|
//! | item | entity under its id (`Q42`); `Person` where it is an instance of human (Q5), `Document` where a statement refers to it as its source, else `Item` |
//! | labels, aliases by language | names by language; the id as a code |
//! | property | relation under its id (`P39`), with its label as verb phrase |
//! | statement with its main snak | a claim of Wikidata (own voice); with references, one for each, whose speaker is the source |
//! | source of a reference | P248 (stated in), else P854 (URL), else P143 (imported from), else P3452 (inferred from) |
//! | P813 (retrieved) | the report day of that claim; else the day the entity was changed |
//! | qualifiers P580, P582, P585 | when it is valid, with their precision, each on its own: "no value" is an open start or end, an unknown value one that is not known, several points in time a set |
//! | other qualifiers; rank `preferred`; the other snaks of a reference | roles `P...`, `rank`, `reference P...` |
//! | statement id | role `statement-id`: claims of one statement have it in common |
//! | rank `deprecated` | Wikidata *doubts* the statement, and the claims of its references |
//! | P2241 (reason for deprecation) | role `P2241` of the doubt |
//! | quantity | a quantity with its bounds; the unit is the item's id, or `1` |
//! | time | text in EDTF; of a Julian date, the Gregorian day |
//! | monolingual text | text, and its language as role `language` |
//! | coordinate | text `latitude,longitude` |
//! | unknown value | an object that is not stated |
//! | no value | Wikidata *denies* that there is any object; deprecated, it *doubts* that denial |
//! | `statements` of a file (`mediainfo`) | statements like those in `claims` |
//!
//! The rank `deprecated` is read as doubt: Wikidata keeps such a statement because a source makes it, and says that
//! it is wrong, outdated or unfit. A dismissal would need a claim to answer. A denial would say more than the rank,
//! which is also given to broken links. Descriptions and sitelinks are not read, and are counted as lost. Members that
//! repeat others or say how the file is written (`hash`, `numeric-id`, `entity-type`, `datatype` of a snak, the orders)
//! are not counted.

mod held_period;
mod reader;
mod snak;
mod statement;
mod wikibase_time;

crate::reader_options::reader! {
    /// Reads Wikidata entities as claims of Wikidata and of the sources its references name. The document is
    /// Wikidata. If an entity with statements has no date of change, a report day has to be given.
    ///
    /// A statement, qualifier or reference that cannot be used, a statement that comes twice, a page that is missing
    /// and every member that is not understood is left out and counted with its line and path.
    ///
    /// ```
    /// use claimgraph::Stance;
    /// use claimgraph_formats::wikidata;
    /// let line = r#"{"type":"item","id":"Q7747","labels":{"en":{"language":"en","value":"Vladimir Putin"}},
    ///   "modified":"2026-04-21T13:42:27Z","claims":{"P19":[{"id":"Q7747$1","rank":"deprecated","mainsnak":
    ///   {"snaktype":"value","property":"P19","datavalue":{"type":"wikibase-entityid","value":{"id":"Q27899309"}}}}]}}"#;
    /// let graph = wikidata::Reader::new().read(line.as_bytes())?.graph;
    /// let doubt = graph.claims().next().unwrap();
    /// assert_eq!(doubt.stance(), Stance::Doubts);
    /// assert_eq!(doubt.to_string(), "wikidata doubted that Vladimir Putin P19 Q27899309 (statement id: “Q7747$1”)");
    /// # Ok::<(), claimgraph::format::ReadError>(())
    /// ```
    by reader::read
}
