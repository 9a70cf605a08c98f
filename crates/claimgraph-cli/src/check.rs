//! `claimgraph check`: reads a file and says what is wrong with it.

use crate::failure::Failure;
use crate::input::{ReadOptions, shown};
use crate::output::print;
use crate::report::FileReport;
use std::path::PathBuf;

/// The arguments of `check`.
#[derive(clap::Args, Debug)]
pub struct Check {
    /// File, folder of tables, or - for standard input
    file: PathBuf,
    #[command(flatten)]
    read: ReadOptions,
    /// Count a loss as a fault
    #[arg(long)]
    strict: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub fn run(&self) -> Result<(), Failure> {
        let (name, read) = (shown(&self.file), self.read.read(&self.file)?);
        let report = FileReport::new(&name, &read);
        print(&if self.json { format!("{}\n", report.json()) } else { report.text() })?;
        let lossy = self.strict && !read.losses.is_empty();
        if lossy || !read.faults.is_empty() { Err(Failure::Faults) } else { Ok(()) }
    }
}
