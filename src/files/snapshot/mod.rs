//! The binary snapshot: the columns of a graph as they lie in memory, little-endian, in sections with
//! checksums. `docs/FORMAT.md` describes it to the byte.
//!
//! What can be worked out from the rest is not in the file: the row of a claim, the lists by object, speaker
//! and answered claim. A reader has to check a list as carefully as it can make it.

pub(crate) mod annotations;
pub(crate) mod bit_set;
pub(crate) mod block_check;
pub(crate) mod dictionary;
pub(crate) mod optional_fields;
pub(crate) mod recheck;
pub(crate) mod row_block;
pub(crate) mod row_check;
pub(crate) mod row_rules;
pub(crate) mod section;
pub(crate) mod targets;
pub(crate) mod varlen;

use crate::files::format::error::{ReadError, ReadErrorKind, WriteError};
use crate::files::snapshot::annotations::{
    AffiliationRow, Beside, DerivationRow, LineageRow, LinkRow, put_all,
};
use crate::files::snapshot::dictionary::{Details, Entities, Lists};
use crate::files::snapshot::row_block::{BLOCK, Block, Columns, ROW};
use crate::files::snapshot::row_check::{BesideRows, Look, Seen};
use crate::files::snapshot::row_rules::Rules;
use crate::files::snapshot::section::{Reader, Writer, damaged};
use crate::files::snapshot::targets::Answers;
use crate::files::snapshot::varlen::{Counts, Packer, Unpacker, claim_number, claim_numbered};
use crate::graph::ClaimGraph;
use crate::model::id::{ClaimId, OriginId};
use crate::store::ledger::{Kept, Ledger};
use crate::store::response_index::Pair;
use crate::store::stored_claim::Rich;
use std::io::{BufRead, Write};

/// The version of the snapshot that this release writes, and the newest it reads.
pub const VERSION: u32 = 1;

/// Not ASCII, and with both ends of line: a transfer as text is noticed.
const MAGIC: [u8; 8] = *b"\x89CGS\r\n\x1a\n";

impl ClaimGraph {
    /// Writes the graph as a binary snapshot (`.cgs`): as fast as it can be read into memory again, for programs of
    /// this crate. [`write_jsonl`](Self::write_jsonl) is for everybody else.
    ///
    /// Handles stay: the graph that is read back has the same [`ClaimId`](crate::ClaimId)s and
    /// [`EntityId`](crate::EntityId)s. Recent claims are written among the others, as if by
    /// [`compact`](Self::compact). Texts that were attached to documents are not in it. The output is written
    /// in pieces of 32 KiB, so it needs no buffer of its own.
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
    /// The output fails, or a text is longer than four billion bytes.
    pub fn write_snapshot(&self, output: impl Write) -> Result<(), WriteError> {
        let mut writer = Writer::new(output);
        writer.preamble(MAGIC, VERSION)?;
        writer.json(crate::files::snapshot::section::VOCABULARY, &Lists::from(&self.vocabulary))?;
        writer.packed(crate::files::snapshot::section::KEYS, |packer| packer.keys(self))?;
        let kinds = [self.registry.kinds()].into_iter();
        writer.column(crate::files::snapshot::section::KINDS, kinds, |kind| {
            (kind.index() as u16).to_le_bytes()
        })?;
        writer.packed(crate::files::snapshot::section::NAMES, |packer| packer.names(self))?;
        writer.packed(crate::files::snapshot::section::CODES, |packer| packer.codes(self))?;
        let documents = self
            .registry
            .besides()
            .filter_map(|(id, registered)| Some(Details::of(id, registered.document?)));
        writer.json(
            crate::files::snapshot::section::DOCUMENTS,
            &documents.collect::<Vec<Details>>(),
        )?;
        writer.packed(crate::files::snapshot::section::ORIGINS, |packer| {
            packer.origins(self.ledger.origins())
        })?;
        writer.packed(crate::files::snapshot::section::PERIODS, |packer| {
            packer.periods(self.ledger.times())
        })?;
        self.write_rows(&mut writer)?;
        writer.json(crate::files::snapshot::section::AFFILIATIONS, &AffiliationRow::all(self))?;
        writer.json(crate::files::snapshot::section::LINEAGE, &LineageRow::all(self))?;
        writer.json(crate::files::snapshot::section::LINKS, &LinkRow::all(self))?;
        writer.json(crate::files::snapshot::section::DERIVATIONS, &DerivationRow::all(self))?;
        Ok(writer.end(crate::files::snapshot::section::END)?)
    }

    /// The columns in their order. Recent rows are among the others in a copy, so the graph stays as it is.
    fn write_rows(&self, writer: &mut Writer<impl Write>) -> Result<(), WriteError> {
        let rows = self.ledger.bare_rows();
        writer.column(
            crate::files::snapshot::section::SUBJECTS,
            [rows.offsets.as_slice()].into_iter(),
            u32::to_le_bytes,
        )?;
        writer.column(
            crate::files::snapshot::section::ORIGIN,
            [&*rows.origin].into_iter(),
            |origin| (origin.index() as u32).to_le_bytes(),
        )?;
        writer.column(
            crate::files::snapshot::section::TARGETS,
            [self.ledger.plain_targets()].into_iter(),
            |(by, target)| {
                let [[a, b, c, d], [e, f, g, h]] =
                    [by, target].map(|claim| claim_number(claim).to_le_bytes());
                [a, b, c, d, e, f, g, h]
            },
        )?;
        let groups = (rows.heads.len(), ROW);
        writer.groups(
            crate::files::snapshot::section::ROWS,
            groups,
            crate::files::snapshot::row_block::ROWS,
            |now, bytes| crate::files::snapshot::row_block::put(&rows, now, bytes),
        )?;
        writer.packed(crate::files::snapshot::section::RICH, |packer| {
            packer.count(self.ledger.riches().len());
            self.ledger.riches().iter().for_each(|rich| packer.rich(rich));
        })
    }

    /// Reads a snapshot. Every handle in it is checked, and every claim is one that
    /// [`insert`](Self::insert) would have taken; all or nothing. A section is given room for what of it is at
    /// hand, or for as much as was read before it, and 4 MiB; then as it comes, whatever lengths the file gives.
    /// Bytes in memory are read where they lie; a file is best given with a buffer of 64 KiB or more.
    ///
    /// # Errors
    /// The file is cut short or was changed ([`section`](ReadError::section) says where), says what cannot be,
    /// or is of a newer version; the input fails.
    pub fn read_snapshot(input: impl BufRead) -> Result<Self, ReadError> {
        let mut reader = Reader::new(input);
        let version = reader.preamble(crate::files::snapshot::section::PREAMBLE, MAGIC)?;
        if version > VERSION {
            return Err(ReadError::new(ReadErrorKind::NewerFormat {
                found: version.into(),
                supported: VERSION,
            }));
        }
        if version == 0 {
            return Err(damaged(
                crate::files::snapshot::section::PREAMBLE,
                "versions are counted from 1",
            ));
        }
        let lists: Lists = reader.json(crate::files::snapshot::section::VOCABULARY)?;
        let vocabulary = lists
            .declare()
            .map_err(|problem| damaged(crate::files::snapshot::section::VOCABULARY, problem))?;
        let mut graph = ClaimGraph::over(vocabulary);
        reader.entities(&mut graph)?;
        reader.claims(&mut graph)?;
        reader
            .beside::<AffiliationRow>(crate::files::snapshot::section::AFFILIATIONS, &mut graph)?;
        reader.beside::<LineageRow>(crate::files::snapshot::section::LINEAGE, &mut graph)?;
        reader.beside::<LinkRow>(crate::files::snapshot::section::LINKS, &mut graph)?;
        reader.beside::<DerivationRow>(crate::files::snapshot::section::DERIVATIONS, &mut graph)?;
        reader.close(crate::files::snapshot::section::END)?;
        Ok(graph)
    }
}

impl<W: Write> Writer<W> {
    fn packed(
        &mut self,
        name: &'static str,
        pack: impl FnOnce(&mut Packer),
    ) -> Result<(), WriteError> {
        let mut packer = Packer::default();
        pack(&mut packer);
        let what = || format!("more than four billion bytes or values in one of the {name}");
        let bytes = packer
            .finish()
            .ok_or_else(|| WriteError::CannotHold { format: "a snapshot", what: what() })?;
        Ok(self.bytes(name, &bytes)?)
    }

    fn json(
        &mut self,
        name: &'static str,
        value: &impl serde::Serialize,
    ) -> Result<(), WriteError> {
        let bytes = serde_json::to_vec(value).map_err(std::io::Error::from)?;
        Ok(self.bytes(name, &bytes)?)
    }
}

impl<R: BufRead> Reader<R> {
    fn json<T: for<'de> serde::Deserialize<'de>>(
        &mut self,
        name: &'static str,
    ) -> Result<T, ReadError> {
        let bytes = self.bytes(name)?;
        // Whether it is text is asked of all at once, not of each piece.
        let text = std::str::from_utf8(&bytes).map_err(|error| damaged(name, error.to_string()))?;
        serde_json::from_str(text).map_err(|error| damaged(name, error.to_string()))
    }

    fn beside<B: Beside>(
        &mut self,
        name: &'static str,
        graph: &mut ClaimGraph,
    ) -> Result<(), ReadError> {
        let (all, counts): (Vec<B>, Counts) = (self.json(name)?, counts(graph, graph.len()));
        put_all(all, graph, &counts).map_err(|problem| damaged(name, problem))
    }

    fn entities(&mut self, graph: &mut ClaimGraph) -> Result<(), ReadError> {
        let keys = self.bytes(crate::files::snapshot::section::KEYS)?;
        let kinds = self.column(
            crate::files::snapshot::section::KINDS,
            keys.len() / 2,
            u16::from_le_bytes,
        )?;
        let (names, codes) = (
            self.bytes(crate::files::snapshot::section::NAMES)?,
            self.bytes(crate::files::snapshot::section::CODES)?,
        );
        let documents = self.json(crate::files::snapshot::section::DOCUMENTS)?;
        let entities =
            Entities { keys: &keys, kinds: &kinds, names: &names, codes: &codes, documents };
        entities.add_to(graph).map_err(|(section, problem)| damaged(section, problem))
    }
}

impl<R: BufRead> Reader<R> {
    /// The ledger, with what it stands on.
    fn claims(&mut self, graph: &mut ClaimGraph) -> Result<(), ReadError> {
        let bytes = self.bytes(crate::files::snapshot::section::ORIGINS)?;
        let origins = Unpacker(&bytes)
            .origins_of(&counts(graph, 0))
            .map_err(within(crate::files::snapshot::section::ORIGINS))?;
        let bytes = self.bytes(crate::files::snapshot::section::PERIODS)?;
        let times = Unpacker(&bytes)
            .periods_of()
            .map_err(within(crate::files::snapshot::section::PERIODS))?;
        let rules = Rules::of(graph, &origins, &times);
        let at = |(section, problem)| damaged(section, problem);
        let beside = self.beside_rows(rules.possible())?;
        beside.check(graph.registry.len()).map_err(at)?;
        let counts = counts(graph, beside.origin.len());
        let answers = Answers::of(self.targets(&counts)?, counts.claims).map_err(at)?;
        let (columns, look) = self.rows(&rules, &beside, answers)?;
        let rich = self.riches(&counts)?;
        let Seen { targets, noted, unsure, owners } = look.finish(rich.len()).map_err(at)?;
        let rows = columns.beside(beside.origin, beside.offsets);
        let kept = Kept { rows, origins, times, rich, owners, targets };
        graph.ledger = Ledger::of(kept, noted);
        graph.check_again(&unsure).map_err(at)
    }

    /// What comes before the rows; whether all origins are below `possible`.
    fn beside_rows(&mut self, possible: u32) -> Result<BesideRows, ReadError> {
        let offsets =
            self.column(crate::files::snapshot::section::SUBJECTS, 0, u32::from_le_bytes)?;
        let beyond = |cell: &[u8; 4]| u32::from_le_bytes(*cell) >= possible;
        let origin = |cell| {
            // The number past the last stands for nothing, and does so here.
            OriginId::at(u32::from_le_bytes(cell).min(u32::MAX - 1) as usize)
                .unwrap_or(OriginId::FIRST)
        };
        let (origin, impossible) =
            self.column_and_odd(crate::files::snapshot::section::ORIGIN, 0, beyond, origin)?;
        Ok(BesideRows { offsets, origin, possible: !impossible })
    }

    /// The rows, and the look at them, block after block while each is at hand.
    fn rows<'t, 'g>(
        &mut self,
        rules: &'t Rules<'g>,
        beside: &'t BesideRows,
        answers: Answers,
    ) -> Result<(Columns, Look<'t, 'g>), ReadError> {
        let claims = beside.origin.len();
        let (mut look, mut looked, mut spread_in) =
            (Look::of(rules, beside, answers), Ok(()), [0; BLOCK]);
        let room = |bytes: usize| Columns::for_rows(bytes / ROW);
        let length = (claims.saturating_mul(ROW), BLOCK);
        let columns = self.groups(
            crate::files::snapshot::section::ROWS,
            length,
            claims * 4,
            room,
            |columns, piece| {
                for block in piece.chunks(BLOCK) {
                    let Some(block) = Block::of(block, &mut spread_in) else { continue };
                    columns.add(&block);
                    if looked.is_ok() {
                        looked = look.go_on(&block);
                    }
                }
            },
        )?;
        looked.map(|()| (columns, look)).map_err(|(section, problem)| damaged(section, problem))
    }

    /// Which claims plain ones answer.
    fn targets(&mut self, counts: &Counts) -> Result<Vec<Pair>, ReadError> {
        let pair = |[a, b, c, d, e, f, g, h]: [u8; 8]| {
            [[a, b, c, d], [e, f, g, h]].map(u32::from_le_bytes)
        };
        let missing = |claim: u32| claim == 0 || claim as usize > counts.claims;
        let odd = |cell: &[u8; 8]| {
            let [by, target] = pair(*cell);
            missing(by) | missing(target)
        };
        let named = ("a claim is named that is not there", odd);
        // As many bytes as the column of origins had.
        self.checked_column(
            crate::files::snapshot::section::TARGETS,
            counts.claims / 2,
            named,
            |cell| {
                let [by, target] =
                    pair(cell).map(|claim| claim_numbered(claim).unwrap_or(ClaimId::FIRST));
                (by, target)
            },
        )
    }

    /// What few claims have.
    fn riches(&mut self, counts: &Counts) -> Result<Vec<Rich>, ReadError> {
        let bytes = self.bytes(crate::files::snapshot::section::RICH)?;
        let mut unpacker = Unpacker(&bytes);
        let mut read = || -> Result<Vec<Rich>, String> {
            let count = unpacker.count(2)?;
            let rich = (0..count).map(|_| unpacker.rich(counts)).collect::<Result<_, _>>()?;
            unpacker.end()?;
            Ok(rich)
        };
        read().map_err(within(crate::files::snapshot::section::RICH))
    }
}

fn within(section: &'static str) -> impl Fn(String) -> ReadError {
    move |problem| damaged(section, problem)
}

fn counts(graph: &ClaimGraph, claims: usize) -> Counts {
    let (relations, roles) = (graph.vocabulary.relations.len(), graph.vocabulary.roles().len());
    Counts { entities: graph.registry.len(), relations, roles, claims }
}
