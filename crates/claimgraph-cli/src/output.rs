//! The outputs of a command: text to standard output, a graph in a format, a file whole or not at all.

use crate::failure::Failure;
use crate::format::FormatKind;
use claimgraph::ClaimGraph;
use claimgraph::format::{Losses, WriteError, clipped};
use claimgraph_formats::{claimreview, datapackage, dot, ftm, gexf, graphml, rdf, stix};
use flate2::{Compression, write::GzEncoder};
use serde::Serialize;
use serde_json::Value;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The longest line of an answer, in characters.
pub const LINE: usize = 2_000;

/// Escapes control characters and clips long lines. Names come from files of others.
pub fn escaped(text: &str) -> String {
    text.lines().map(|line| clipped(line, LINE) + "\n").collect()
}

/// Returns the library's own JSON form of an answer.
pub fn as_json<T: Serialize + ?Sized>(answer: &T) -> Result<Value, Failure> {
    serde_json::to_value(answer).map_err(|error| Failure::Io(format!("the answer: {error}")))
}

/// Prints to standard output.
pub fn print(text: &str) -> Result<(), Failure> {
    write_bytes(text.as_bytes(), false)
}

/// Prints to standard error. If it is closed, the text is dropped.
pub fn note(text: &str) {
    _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Writes bytes to standard output.
pub fn write_bytes(bytes: &[u8], gzipped: bool) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    pack(bytes, gzipped, &mut output)
        .and_then(|()| output.flush())
        .map_err(|error| Failure::io("standard output", &error))
}

fn pack(bytes: &[u8], gzipped: bool, output: &mut dyn Write) -> io::Result<()> {
    if !gzipped {
        return output.write_all(bytes);
    }
    let mut packed = GzEncoder::new(output, Compression::default());
    packed.write_all(bytes)?;
    packed.finish().map(drop)
}

/// Writes a file whole or not at all. A link keeps its place, and the file it leads to is written. If the path is a
/// device or a pipe, the bytes go into it.
pub fn put(path: &Path, bytes: &[u8], gzipped: bool) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        let mut device = OpenOptions::new().write(true).open(path)?;
        return pack(bytes, gzipped, &mut device);
    }
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let write = || {
        let mut file = File::create(&partial)?;
        pack(bytes, gzipped, &mut file)?;
        file.sync_all()?;
        fs::rename(&partial, &path)
    };
    write().inspect_err(|_| _ = fs::remove_file(&partial))
}

/// Refuses a format that is read and not written.
pub fn check_written(kind: FormatKind) -> Result<(), Failure> {
    match kind {
        FormatKind::Wikidata => Err(Failure::Usage("Wikidata entities are not written".to_owned())),
        FormatKind::Csv | FormatKind::Tsv => {
            let problem =
                "one table does not hold a graph; expected a folder, by a name without a dot";
            Err(Failure::Usage(problem.to_owned()))
        }
        _ => Ok(()),
    }
}

/// Returns what a folder of tables would lose. It is known after writing, so a folder is written elsewhere first.
pub fn folder_losses(graph: &ClaimGraph) -> Result<Losses, WriteError> {
    let trial = std::env::temp_dir().join(format!("claimgraph-convert-{}", std::process::id()));
    let lost = datapackage::write(graph, &trial);
    _ = fs::remove_dir_all(&trial);
    lost
}

/// Returns the bytes of a graph in a format, and the losses.
pub fn written(graph: &ClaimGraph, kind: FormatKind) -> Result<(Vec<u8>, Losses), WriteError> {
    let mut bytes = Vec::new();
    let cannot =
        |what: &str| WriteError::CannotHold { format: "the output", what: what.to_owned() };
    let losses = match kind {
        FormatKind::Jsonl => graph.write_jsonl(&mut bytes).map(|()| Losses::default())?,
        FormatKind::Snapshot => graph.write_snapshot(&mut bytes).map(|()| Losses::default())?,
        FormatKind::Rdf(syntax) => rdf::write(graph, syntax, &mut bytes)?,
        FormatKind::GraphMl => graphml::write(graph, &mut bytes)?,
        FormatKind::Gexf => gexf::write(graph, &mut bytes)?,
        FormatKind::Dot => dot::write(graph, &mut bytes)?,
        FormatKind::FollowTheMoney => ftm::write(graph, &mut bytes)?,
        FormatKind::Stix => stix::write(graph, &mut bytes)?,
        FormatKind::ClaimReview => claimreview::write(graph, &mut bytes)?,
        FormatKind::Wikidata | FormatKind::Csv | FormatKind::Tsv | FormatKind::Folder => {
            return Err(cannot("a graph in one stream"));
        }
    };
    Ok((bytes, losses))
}
