//! Looks at a store that may be damaged: [`verify`] says what is wrong, and [`salvage`] keeps the rest.
//!
//! Both work on a copy of the file in memory and leave the file as it is. Rows say what they are in their own bytes, so
//! they are found even if the database cannot lead to them.

use crate::contents::{add_records, read_columns};
use crate::error::{Damage, StoreError};
use crate::file::{Rows, builder};
use crate::head::Head;
use crate::progress::{Progress, Step, Watch, tell, unwatched};
use crate::row::{MAGIC, Part, Place, Row};
use crate::store::Store;
use claimgraph::ClaimGraph;
use claimgraph::record::Loader;
use redb::backends::InMemoryBackend;
use redb::{ConcurrencyMode, StorageBackend};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

/// The result of a look at a store.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
#[must_use = "the store may be damaged"]
pub struct Survey {
    /// The damaged parts. If there are none, the store opens, and every row of it was read.
    pub damages: Vec<Damage>,
    /// The last commit on record, if the head can be read.
    pub last: Option<u64>,
    /// The last commit up to which everything can be read; `None` if nothing can.
    pub kept: Option<u64>,
    /// The number of claims as of that commit.
    pub claims: usize,
}

impl Survey {
    /// Returns whether nothing is damaged.
    pub fn is_whole(&self) -> bool {
        self.damages.is_empty()
    }

    /// Returns how many commits are lost, as far as the head is known.
    pub fn lost(&self) -> u64 {
        let next = |commit: Option<u64>| commit.map_or(0, |commit| commit + 1);
        next(self.last).saturating_sub(next(self.kept))
    }
}

/// Reads every row of a store, and says what is damaged. The file is not changed. It is held in memory meanwhile.
///
/// If the store is open elsewhere, the file may change while it is read, so close it first.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("desk.cg");
/// claimgraph_store::Store::create(&path)?.close()?;
/// assert!(claimgraph_store::verify(&path)?.is_whole());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Returns an error if the file cannot be read, or if a newer release wrote it. Damage is not an error here.
pub fn verify(path: impl AsRef<Path>) -> Result<Survey, StoreError> {
    verify_watched(path, unwatched())
}

/// Verifies, and tells how far the work is. The callback can stop it.
///
/// # Errors
/// Returns the errors of [`verify`], and [`StoreError::Stopped`].
pub fn verify_watched(
    path: impl AsRef<Path>,
    mut watch: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<Survey, StoreError> {
    look(path.as_ref(), &mut watch).map(|(survey, _)| survey)
}

/// Makes a new store of all that can be read of a damaged one: the longest history from the first commit on that is
/// whole. The damaged file is not changed. It is held in memory meanwhile.
///
/// # Errors
/// Returns an error if nothing can be read, if there is a file at the new path, or if a newer release wrote the store.
pub fn salvage(from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<Survey, StoreError> {
    salvage_watched(from, to, unwatched())
}

/// Salvages, and tells how far the work is. The callback can stop it.
///
/// # Errors
/// Returns the errors of [`salvage`], and [`StoreError::Stopped`].
pub fn salvage_watched(
    from: impl AsRef<Path>,
    to: impl AsRef<Path>,
    mut watch: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<Survey, StoreError> {
    let (survey, graph) = look(from.as_ref(), &mut watch)?;
    let nothing = || StoreError::damaged("file", "no columns in it can be read");
    Store::create_of(to, &graph.ok_or_else(nothing)?)?.close()?;
    Ok(survey)
}

/// The readable rows. Under one place there can be several, because pages that are free again keep their bytes.
type Found = BTreeMap<Place, BTreeSet<Piece>>;

/// How many pieces the content of a place has, and one of them.
type Piece = (u32, Vec<u8>);

fn look(path: &Path, watch: &mut Watch<'_>) -> Result<(Survey, Option<ClaimGraph>), StoreError> {
    let bytes = std::fs::read(path).map_err(|error| StoreError::at(path, error))?;
    tell(watch, Step::Checking, 0, 2)?;
    let mut damages = Vec::new();
    let served = served(&bytes, &mut damages, watch);
    tell(watch, Step::Checking, 1, 2)?;
    let (head, graph) = match served {
        Ok(served) => served,
        Err(StoreError::Damaged(damage)) => {
            damages.push(damage);
            (None, None)
        }
        Err(
            error @ (StoreError::NewerVersion { .. } | StoreError::Read(_) | StoreError::Stopped),
        ) => {
            return Err(error);
        }
        Err(error) => {
            damages.push(Damage::new("database", error));
            (None, None)
        }
    };
    if let (Some(head), Some(graph), true) = (head, graph, damages.is_empty()) {
        tell(watch, Step::Checking, 2, 2)?;
        let (last, claims) = (Some(head.last), graph.len());
        return Ok((Survey { damages, last, kept: last, claims }, Some(graph)));
    }
    let found = scan(&bytes);
    drop(bytes);
    tell(watch, Step::Checking, 2, 2)?;
    let heads = found.get(&Head::place()).into_iter().flatten();
    let heads = heads.filter_map(|(_, content)| Head::of(content).ok());
    let last = head.into_iter().chain(heads).map(|head| head.last).max();
    let (kept, graph) = longest(&found, last, watch)?.unzip();
    let claims = graph.as_ref().map_or(0, ClaimGraph::len);
    Ok((Survey { damages, last, kept, claims }, graph))
}

/// Opens a copy of the file, reads every row, and loads the graph.
fn served(
    bytes: &[u8],
    damages: &mut Vec<Damage>,
    watch: &mut Watch<'_>,
) -> Result<(Option<Head>, Option<ClaimGraph>), StoreError> {
    let copy = InMemoryBackend::new();
    copy.set_len(bytes.len() as u64)?;
    copy.write(0, bytes)?;
    let mut whole = builder();
    whole.set_concurrency_mode(ConcurrencyMode::ExclusiveWriter);
    let database = whole.create_with_backend(copy).map_err(StoreError::of)?;
    let Some(rows) = Rows::of(&database)? else { return Ok((None, None)) };
    damages.extend(rows.damages()?);
    let (head, graph) = rows.load(watch)?;
    // The columns before the newest ones are kept for `salvage`.
    if head.before < head.columns
        && let Err(error) = rows.columns(head.before, watch)
    {
        damages.push(Damage::new(Place::of(Part::Columns, head.before), error));
    }
    damages.extend(
        graph
            .check_all()
            .into_iter()
            .map(|(claim, error)| Damage::new(format!("claim {claim:?}"), error)),
    );
    Ok((Some(head), Some(graph)))
}

/// Finds all rows whose checksum holds, wherever they are in the file.
fn scan(bytes: &[u8]) -> Found {
    let mut found = Found::new();
    let starts = memchr::memmem::find_iter(bytes, &MAGIC);
    for row in starts.filter_map(|start| Row::at_start(bytes.get(start..)?)) {
        found.entry(row.place).or_default().insert((row.pieces, row.content.to_owned()));
    }
    found
}

/// Returns the graph of the longest history that is whole, and its last commit.
fn longest(
    found: &Found,
    last: Option<u64>,
    watch: &mut Watch<'_>,
) -> Result<Option<(u64, ClaimGraph)>, StoreError> {
    let first = |part| Place::of(part, 0)..Place { part, commit: u64::MAX, piece: u32::MAX };
    let columns = found.range(first(Part::Columns));
    let commits: BTreeSet<u64> = columns.map(|(place, _)| place.commit).collect();
    let mut best: Option<(u64, ClaimGraph)> = None;
    for (number, &commit) in commits.iter().rev().enumerate() {
        tell(watch, Step::ReadingColumns, number as u64, commits.len() as u64)?;
        let place = Place::of(Part::Columns, commit);
        let wholes = whole(found, place);
        let read = wholes.iter().find_map(|content| read_columns(place, content.as_slice()).ok());
        let Some((graph, sum)) = read else { continue };
        let reached = follow(found, graph, (commit, sum));
        if best.as_ref().is_none_or(|(before, _)| reached.0 > *before) {
            best = Some(reached);
        }
        if best.as_ref().is_some_and(|(reached, _)| Some(*reached) >= last) {
            break;
        }
    }
    Ok(best)
}

/// Returns the contents that all pieces of a place make: of several contents for a piece, once the first of each, and
/// once the last.
fn whole(found: &Found, place: Place) -> Vec<Vec<u8>> {
    let pick = |choose: fn(&BTreeSet<Piece>) -> Option<&Piece>| {
        let piece = |piece: u32| found.get(&Place { piece, ..place }).and_then(choose);
        let (pieces, mut content) = piece(0)?.clone();
        for number in 1..pieces {
            content.extend(&piece(number)?.1);
        }
        Some(content)
    };
    let mut contents: Vec<Vec<u8>> =
        [pick(BTreeSet::first), pick(BTreeSet::last)].into_iter().flatten().collect();
    contents.dedup();
    contents
}

/// Adds the records of each commit that follows, as long as there are some.
fn follow(
    found: &Found,
    graph: ClaimGraph,
    (mut commit, mut sum): (u64, u32),
) -> (u64, ClaimGraph) {
    let mut graph = graph;
    loop {
        let place = Place::of(Part::Records, commit + 1);
        let added = whole(found, place).into_iter().find_map(|content| {
            let mut loader = Loader::by_number(graph.clone());
            let sum = add_records(&mut loader, place, &content, sum).ok()?;
            Some((sum, loader.finish()))
        });
        let Some((next, grown)) = added else { return (commit, graph) };
        (sum, graph) = (next, grown);
        commit += 1;
    }
}
