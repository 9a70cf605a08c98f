//! FollowTheMoney: entities as `{"id", "schema", "properties"}`, one a line (or in a list), under the schemata of
//! FollowTheMoney 4. Read and written.
//!
//! | FollowTheMoney | claim graph |
//! |---|---|
//! | entity of a schema that is a `Thing` | entity; its kind is the schema, or the kind in the keyword `kind: ...` |
//! | `caption` | the name of an entity that has no `name` |
//! | `name`, `alias`, `abbreviation`, `previousName`, `weakAlias` | names: canonical and alias, alias, abbreviation, former, metonym |
//! | identifiers (`leiCode`, `wikidataId` ...); a state's `country` | codes |
//! | a `Document`'s `title`, `publishedAt`, `contentHash`, `fileSize` | the document's title, date, SHA-256, length |
//! | any other property, one value | a claim (entity, property, text or entity) |
//! | entity of an edge schema (`Payment`, `Ownership`, `UnknownLink` ...) | a claim (source, schema, target) for each pair of ends |
//! | an edge's `startDate`, `endDate`, `date` | when the claim is valid, each part on its own; several dates are a set; a time of day gives its day |
//! | a payment's `amountEur`, `amountUsd`, or `amount` with `currency` | its quantity |
//! | an edge's `retrievedAt` | its report day |
//! | any other property of an edge, and its `id` | roles |
//! | `datasets` | the document, which is the speaker |
//!
//! The data set is the speaker of all claims, as FollowTheMoney has no other speaker. The writer writes claims that
//! were read from FollowTheMoney unchanged. Other claims that the whole graph [joins](claimgraph::View::joins) become
//! an `UnknownLink` with the relation as its `role`, the sentence as `description` and the speakers as `publisher`. All
//! other claims (denials, demands, plans, answers, figures, claims that are only possible or were taken back) become a
//! `Note` on the entities they name, because a denial is not an edge. There is no schema for states: a state is a
//! `PublicBody` with the keyword `kind: State`. An affiliation is written as an edge. If FollowTheMoney does not accept
//! a key as an id, the id is `cg.` and the key in an encoding (`.20` for a space), which the reader decodes.

mod fragment;
mod interval;
mod reader;
mod relation;
mod schema;
mod writer;

pub use crate::exchange::ftm::writer::write;

crate::reader_options::reader! {
    /// Reads FollowTheMoney entities, one a line or in a list, as claims of their data set. The document is the
    /// data set of entities that name none. If a claim has no report day, one has to be given.
    ///
    /// The fragments of an entity, which have the same id, are put together. Names are evened out. A value that
    /// cannot be used (a blank text, an object in place of a text), and a member that is not understood, is left out
    /// and counted with its line and path.
    ///
    /// ```
    /// use claimgraph_formats::ftm;
    /// let lines = concat!(
    ///     r#"{"id":"bmw","schema":"Company","properties":{"name":["BMW"],"country":["de"]}}"#, "\n",
    ///     r#"{"id":"spd","schema":"Organization","properties":{"name":["SPD"]}}"#, "\n",
    ///     r#"{"id":"p1","schema":"Payment","properties":{"payer":["bmw"],"beneficiary":["spd"],"amountEur":["141328"],"date":["2008-02-21"]}}"#,
    /// );
    /// let read = ftm::Reader::new().reported(claimgraph::date(2024, 1, 1)).read(lines.as_bytes())?;
    /// assert!(read.losses.is_empty());
    /// let graph = read.graph;
    /// let payments = graph.view().relation(graph.relation("Payment").unwrap());
    /// let payment = payments.claims().next().unwrap();
    /// assert_eq!(payment.to_string(), "followthemoney asserted that BMW Payment SPD: 141,328 EUR (on 2008-02-21; id: “p1”)");
    /// # Ok::<(), claimgraph::format::ReadError>(())
    /// ```
    by reader::read
}

/// The keyword that holds a kind without a schema.
const KIND: &str = "kind: ";
/// The role that holds the id of an edge.
const ID: &str = "id";
/// The system of FollowTheMoney's codes of relations.
const SYSTEM: &str = "ftm";
/// The system of country codes.
const COUNTRY: &str = "iso3166";
/// A system of codes that has another name in this library.
const WIKIDATA: (&str, &str) = ("wikidataId", "wikidata");

/// Returns the id of a key. Letters, digits, `-`, `_`, `:` and `.` are kept.
fn id_of(key: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte);
    let at_ends = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    let whole =
        key.bytes().all(plain) && at_ends(key.bytes().next()) && at_ends(key.bytes().last());
    if whole && !key.starts_with("cg.") {
        return key.to_owned();
    }
    let byte = |byte: u8| match byte {
        b'-' => "-".to_owned(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!(".{byte:02x}"),
    };
    format!("cg.{}", key.bytes().map(byte).collect::<String>())
}

/// Returns the key that was written as this id.
fn key_of(id: &str) -> String {
    let Some(written) = id.strip_prefix("cg.") else { return id.to_owned() };
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'.' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (digit(rest.next()), digit(rest.next())) {
            (Some(high), Some(low)) => bytes.push((high * 16 + low) as u8),
            _ => return id.to_owned(),
        }
    }
    String::from_utf8(bytes).ok().filter(|key| id_of(key) == id).unwrap_or_else(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_from_its_id() {
        for key in [
            "nis",
            "North Korea",
            "cg.x",
            "a_b",
            "\u{5317}",
            "-x",
            "x.",
            "gb_coh_1",
            "cg.zz",
            "a..b",
        ] {
            assert_eq!(key_of(&id_of(key)), key, "{}", id_of(key));
        }
        assert_eq!(id_of("North Korea"), "cg.North.20Korea");
        assert_eq!(key_of("cg.zz.q"), "cg.zz.q");
    }
}
