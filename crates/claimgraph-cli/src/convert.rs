//! `claimgraph convert`: reads a file of one format and writes it in another.

use crate::failure::Failure;
use crate::format::{FileFormat, FormatKind};
use crate::input::{ReadOptions, shown};
use crate::output::{self, put, write_bytes};
use crate::report::FileReport;
use claimgraph_formats::datapackage;
use std::path::PathBuf;

/// The arguments of `convert`.
#[derive(clap::Args, Debug)]
pub struct Convert {
    /// File, folder of tables, or - for standard input
    input: PathBuf,
    /// File, folder of tables, or - for standard output
    output: PathBuf,
    #[command(flatten)]
    read: ReadOptions,
    /// Format of the output, if its name does not say it
    #[arg(long, value_name = "FORMAT")]
    to: Option<FileFormat>,
    /// Write nothing if anything would be lost
    #[arg(long)]
    strict: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

impl Convert {
    /// Converts. The report goes to standard error, because the graph may go to standard output.
    pub fn run(&self) -> Result<(), Failure> {
        let to_stdout = self.output.to_str() == Some("-");
        let name = if to_stdout { "standard output".to_owned() } else { shown(&self.output) };
        let format = match self.to {
            Some(format) => format,
            None if to_stdout => {
                return Err(Failure::Usage("standard output needs --to FORMAT".to_owned()));
            }
            None => FileFormat::of(&self.output)
                .map_err(|error| Failure::Usage(format!("{name}: {error}; or give --to")))?,
        };
        output::check_written(format.kind)?;
        if format.kind == FormatKind::Folder && to_stdout {
            return Err(Failure::Usage("a folder is not written to standard output".to_owned()));
        }
        let (input, read) = (shown(&self.input), self.read.read(&self.input)?);
        let report = FileReport::new(&input, &read);
        if !read.faults.is_empty() || (self.strict && !read.losses.is_empty()) {
            self.say(&report);
            return Err(Failure::Faults);
        }
        let wrong = |error| Failure::write(&name, &error);
        let (bytes, lost) = match format.kind {
            FormatKind::Folder => (None, output::folder_losses(&read.graph).map_err(wrong)?),
            kind => {
                let (bytes, lost) = output::written(&read.graph, kind).map_err(wrong)?;
                (Some(bytes), lost)
            }
        };
        self.say(&report.writing(&lost));
        if self.strict && !lost.is_empty() {
            return Err(Failure::Faults);
        }
        match bytes {
            None => datapackage::write(&read.graph, &self.output).map(drop).map_err(wrong),
            Some(bytes) if to_stdout => write_bytes(&bytes, format.gzipped),
            Some(bytes) => put(&self.output, &bytes, format.gzipped)
                .map_err(|error| Failure::io(&name, &error)),
        }
    }

    fn say(&self, report: &FileReport<'_>) {
        if self.json {
            output::note(&format!("{}\n", report.json()));
        } else {
            output::note(&report.text());
        }
    }
}
