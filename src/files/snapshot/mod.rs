//! The binary snapshot: the columns of a graph, little-endian, and JSON for the rest, in sections with checksums.
//! Programs call it. `docs/FORMAT.md` describes it to the byte.
//!
//! A graph goes in and a file comes out, and back. The file does not hold anything that can be computed from the rest:
//! the row of a claim, or the lists by object, speaker and answered claim. The reader checks structure, which is all
//! that the store relies on: handles exist, rows are in order, claims name earlier claims only.
//! [`ClaimGraph::check_all`] checks whether `insert` would accept each claim.

pub(crate) mod batches;
pub(crate) mod entities;
mod redactions;
pub(crate) mod rows;
pub(crate) mod section;

use crate::files::format::error::{ReadError, ReadErrorKind, WriteError};
use crate::files::snapshot::batches::{read_batches, write_batches};
use crate::files::snapshot::entities::{Lists, read_entities, write_entities};
use crate::files::snapshot::redactions::{read_redactions, write_redactions};
use crate::files::snapshot::rows::{read_claims, write_claims};
use crate::files::snapshot::section::{Reader, Writer, damaged};
use crate::graph::ClaimGraph;
use crate::graph::record::import::Loader;
use crate::model::error::Error;
use crate::model::id::{ClaimId, EntityId};
use crate::model::record::Record;
use serde::de::DeserializeOwned;
use std::io::{BufRead, Write};

/// The version of the snapshot that this release writes, and the only one that it reads.
pub const VERSION: u32 = 7;

/// The first bytes of a file. They are not ASCII and have both line endings, so a transfer as text damages them.
const MAGIC: [u8; 8] = *b"\x89CGS\r\n\x1a\n";

const VOCABULARY: &str = "vocabulary";
const AFFILIATIONS: &str = "affiliations";
const LINEAGE: &str = "lineage";
const LINKS: &str = "links";
const DERIVATIONS: &str = "derivations";
const REVIEWS: &str = "reviews";
const JUDGEMENTS: &str = "judgements";

impl ClaimGraph {
    /// Writes the graph as a binary snapshot (`.cgs`), the file that is fastest to read back.
    ///
    /// A snapshot is for programs that use this release of the crate: before 1.0, a release reads only its own version
    /// of the format. Use [`write_jsonl`](Self::write_jsonl) for everything else.
    ///
    /// Handles stay: the graph that is read back has the same [`ClaimId`](crate::ClaimId)s and
    /// [`EntityId`](crate::EntityId)s. Recent claims are sorted in among the others, as if by
    /// [`compact`](Self::compact). Texts that were attached to documents are not in the file. The output is written in
    /// pieces of 32 KiB, so it does not need a buffer of its own.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "russia")?;
    /// let claim = graph.insert(Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24)))?;
    /// let mut file = Vec::new();
    /// graph.write_snapshot(&mut file)?;
    /// let read = ClaimGraph::read_snapshot(file.as_slice())?;
    /// assert_eq!(read.show(claim)?, graph.show(claim)?);
    ///
    /// file[100] ^= 1;
    /// let error = ClaimGraph::read_snapshot(file.as_slice()).unwrap_err();
    /// assert_eq!(error.section(), Some("vocabulary"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the output fails.
    pub fn write_snapshot(&self, output: impl Write) -> Result<(), WriteError> {
        let mut writer = Writer::new(output);
        writer.preamble(MAGIC, VERSION)?;
        writer.json(VOCABULARY, &Lists::from(&self.vocabulary))?;
        write_entities(&mut writer, self)?;
        write_claims(&mut writer, &self.ledger)?;
        write_batches(&mut writer, self)?;
        write_redactions(&mut writer, self)?;
        let name = |claim: ClaimId| claim.number().to_string();
        let affiliations = self.affiliation_ids().map(|id| self.affiliation_on_record(id));
        writer.json(AFFILIATIONS, &affiliations.collect::<Vec<_>>())?;
        let lineages = self.lineage_ids().map(|id| self.lineage_on_record(id, &name));
        writer.json(LINEAGE, &lineages.collect::<Vec<_>>())?;
        let links = self.ledger.connections.links().map(|link| self.link_record(link, &name));
        writer.json(LINKS, &links.collect::<Vec<_>>())?;
        let derivations = self.ledger.connections.derivations();
        let derivations = derivations.map(|(claim, d)| self.derivation_record(claim, d, &name));
        writer.json(DERIVATIONS, &derivations.collect::<Vec<_>>())?;
        writer.json(REVIEWS, &self.review_records(&name).collect::<Vec<_>>())?;
        let judgements = self.judgement_ids().map(|id| self.judgement_record(id));
        writer.json(JUDGEMENTS, &judgements.collect::<Vec<_>>())?;
        Ok(writer.end()?)
    }

    /// Reads a snapshot, all or nothing. If a file is accepted, every question about the graph returns, whatever the
    /// bytes were.
    ///
    /// Checksums, handles, days and the order of claims are checked. Entities, documents, affiliations, lineage, links
    /// and derived figures pass the checks of the methods that add them. Claims do not pass the checks of
    /// [`insert`](Self::insert) again. If a file is from elsewhere, call [`check_all`](Self::check_all) afterwards.
    ///
    /// The length that a file gives for a section is not trusted: memory is reserved for at most 4 MiB beyond the
    /// bytes that are at hand or were read before, and grows with what is read. Bytes in memory are read in place.
    /// Give a file with a buffer of 64 KiB or more.
    ///
    /// # Errors
    /// Returns an error if the file is cut short, was changed or contradicts itself ([`section`](ReadError::section)
    /// says where), if it has another version, or if the input fails.
    pub fn read_snapshot(input: impl BufRead) -> Result<Self, ReadError> {
        let mut reader = Reader::new(input);
        let (version, supported) = (reader.preamble(MAGIC)?, VERSION);
        if version > supported {
            let found = version.into();
            return Err(ReadError::new(ReadErrorKind::NewerFormat { found, supported }));
        }
        if version < supported {
            let found = version.into();
            return Err(ReadError::new(ReadErrorKind::OlderFormat { found, supported }));
        }
        let lists: Lists = reader.json(VOCABULARY)?;
        let vocabulary = lists.declare().map_err(|problem| damaged(VOCABULARY, problem))?;
        let mut graph = ClaimGraph::over(vocabulary);
        read_entities(&mut reader, &mut graph)?;
        read_claims(&mut reader, &mut graph)?;
        read_batches(&mut reader, &mut graph)?;
        read_redactions(&mut reader, &mut graph)?;
        let mut loader = Loader::by_number(graph);
        read_records(&mut reader, AFFILIATIONS, |record| loader.push(Record::Affiliation(record)))?;
        read_records(&mut reader, LINEAGE, |record| loader.push(Record::Lineage(record)))?;
        read_records(&mut reader, LINKS, |record| loader.push(Record::Link(record)))?;
        read_records(&mut reader, DERIVATIONS, |record| loader.push(Record::Derivation(record)))?;
        read_records(&mut reader, REVIEWS, |record| loader.push(Record::Review(record)))?;
        read_records(&mut reader, JUDGEMENTS, |record| loader.push(Record::Judgement(record)))?;
        reader.close()?;
        Ok(loader.finish())
    }
}

/// Reads the records of a section, in their order.
fn read_records<R: DeserializeOwned>(
    reader: &mut Reader<impl BufRead>,
    section: &'static str,
    mut push: impl FnMut(R) -> Result<(), Error>,
) -> Result<(), ReadError> {
    for (record, number) in reader.json::<Vec<R>>(section)?.into_iter().zip(1usize..) {
        push(record).map_err(|error| damaged(section, format!("number {number}: {error}")))?;
    }
    Ok(())
}

/// How many handles of each kind exist; the handles in a file are checked against them.
#[derive(Clone, Copy, Debug)]
struct Counts {
    entities: usize,
    relations: usize,
    roles: usize,
    claims: usize,
}

impl Counts {
    fn of(graph: &ClaimGraph) -> Self {
        Self {
            entities: graph.registry.len(),
            relations: graph.vocabulary.relations.len(),
            roles: graph.vocabulary.roles().len(),
            claims: graph.len(),
        }
    }

    fn entity(&self, number: u32) -> Result<EntityId, String> {
        let entity = EntityId::numbered(number).filter(|entity| entity.index() < self.entities);
        entity.ok_or_else(|| format!("there is no entity {number}"))
    }
}
