//! A file that is read: a path or standard input, its format, and what the reader has to know besides.

use crate::failure::Failure;
use crate::format::{FileFormat, FormatKind};
use crate::report::{FileReport, complain};
use claimgraph::format::{Limits, Losses, ReadError, ReadReport};
use claimgraph::{ClaimGraph, Date, jsonl};
use claimgraph_formats::gzip::Unzipped;
use claimgraph_formats::{
    claimreview, datapackage, ftm, gexf, graphml, rdf, stix, tables, wikidata,
};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The options of every command that reads a file.
#[derive(clap::Args, Clone, Debug)]
pub struct ReadOptions {
    /// Format of the input, if its name does not say it: the end of a name, such as jsonl or nq.gz
    #[arg(long, value_name = "FORMAT")]
    from: Option<FileFormat>,
    /// Meaning of the columns of a table, as JSON
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Key of the document that the claims stand in, if the format has none
    #[arg(long, value_name = "KEY")]
    document: Option<String>,
    /// Day of the report, such as 2024-06-30, if the file has none
    #[arg(long, value_name = "DAY")]
    reported: Option<Date>,
}

/// Returns the name of a file as messages show it.
pub fn shown(path: &Path) -> String {
    match path.to_str() {
        Some("-") => "standard input".to_owned(),
        _ => path.display().to_string(),
    }
}

/// Reads with the options that the readers of other programs' files have.
macro_rules! foreign {
    ($reader:expr, $options:expr, $input:expr) => {{
        let mut reader = $reader;
        if let Some(key) = &$options.document {
            reader = reader.document(key.as_str());
        }
        if let Some(day) = $options.reported {
            reader = reader.reported(day);
        }
        reader.read($input)
    }};
}

impl ReadOptions {
    /// Reads a file. A fault of its contents is in the report.
    pub fn read(&self, path: &Path) -> Result<ReadReport, Failure> {
        let name = shown(path);
        let FileFormat { kind, gzipped } = match self.from {
            Some(format) => format,
            None if name == "standard input" => {
                return Err(Failure::Usage("standard input needs --from FORMAT".to_owned()));
            }
            None => FileFormat::of(path)
                .map_err(|error| Failure::Usage(format!("{name}: {error}; or give --from")))?,
        };
        let report = match kind {
            FormatKind::Dot => return Err(Failure::Usage(format!("{name}: DOT is not read"))),
            FormatKind::Folder => datapackage::Reader::new().read(path),
            _ => {
                let input = open(path, gzipped).map_err(|error| Failure::io(&name, &error))?;
                self.read_stream(kind, input)?
            }
        };
        let report = report.unwrap_or_else(|fault| {
            let mut report = ReadReport::default();
            report.faults.push(fault);
            report.refused = 1;
            report
        });
        match report.faults.iter().find_map(|fault| Failure::of_device(&name, fault)) {
            Some(failure) => Err(failure),
            None => Ok(report),
        }
    }

    /// Reads a file that a question is asked of. Its faults are printed and end the command. If something was not
    /// understood, a line says how much.
    pub fn read_sound(&self, path: &Path) -> Result<ClaimGraph, Failure> {
        let (name, read) = (shown(path), self.read(path)?);
        if !read.faults.is_empty() {
            complain(&FileReport::new(&name, &read).text());
            return Err(Failure::Faults);
        }
        if !read.losses.is_empty() {
            let count = read.losses.count();
            complain(&format!("{name}: not understood: {count}; \"claimgraph check\" lists them"));
        }
        Ok(read.graph)
    }

    fn read_stream(
        &self,
        kind: FormatKind,
        input: Box<dyn BufRead>,
    ) -> Result<Result<ReadReport, ReadError>, Failure> {
        Ok(match kind {
            FormatKind::Jsonl => Ok(jsonl::Reader::new().read_all(input)),
            FormatKind::Snapshot => ClaimGraph::read_snapshot(input)
                .map(|graph| ReadReport::new(graph, Losses::default())),
            FormatKind::Rdf(syntax) => {
                let reader = rdf::Reader::new(syntax);
                self.reported.into_iter().fold(reader, rdf::Reader::reported).read(input)
            }
            FormatKind::GraphMl => foreign!(graphml::Reader::new(), self, input),
            FormatKind::Gexf => foreign!(gexf::Reader::new(), self, input),
            FormatKind::FollowTheMoney => foreign!(ftm::Reader::new(), self, input),
            FormatKind::Stix => foreign!(stix::Reader::new(), self, input),
            FormatKind::Wikidata => foreign!(wikidata::Reader::new(), self, input),
            FormatKind::ClaimReview => foreign!(claimreview::Reader::new(), self, input),
            FormatKind::Csv => Ok(self.table(tables::Layout::csv())?.read_all(input)),
            FormatKind::Tsv => Ok(self.table(tables::Layout::default())?.read_all(input)),
            FormatKind::Dot | FormatKind::Folder => {
                return Err(Failure::Usage("the format is not a stream that is read".to_owned()));
            }
        })
    }

    fn table(&self, layout: tables::Layout) -> Result<tables::Reader, Failure> {
        let Some(file) = &self.mapping else {
            let problem = "a table needs --mapping FILE, which says what its columns mean";
            return Err(Failure::Usage(problem.to_owned()));
        };
        let text = fs::read_to_string(file).map_err(|error| Failure::io(&shown(file), &error))?;
        let mut mapping: tables::Mapping =
            serde_json::from_str(text.trim_start_matches('\u{feff}'))
                .map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
        if mapping.layout == Default::default() {
            mapping.layout = layout;
        }
        Ok(tables::Reader::new(mapping))
    }
}

fn open(path: &Path, gzipped: bool) -> io::Result<Box<dyn BufRead>> {
    let input: Box<dyn BufRead> = match path.to_str() {
        Some("-") => Box::new(BufReader::new(io::stdin())),
        _ => Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)),
    };
    Ok(if gzipped { Box::new(Unzipped::new(input, Limits::default())) } else { input })
}
