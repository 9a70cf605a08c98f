//! `claimgraph diff`: the change from one file to another.

use crate::failure::Failure;
use crate::input::ReadOptions;
use crate::output::{as_json, escaped, print};
use crate::selection::Selection;
use std::path::PathBuf;

/// The arguments of `diff`.
#[derive(clap::Args, Debug)]
pub struct Diff {
    /// Earlier file or folder of tables, or - for standard input
    before: PathBuf,
    /// Later file or folder of tables
    after: PathBuf,
    #[command(flatten)]
    read: ReadOptions,
    #[command(flatten)]
    selection: Selection,
    /// Print the change as JSON
    #[arg(long)]
    json: bool,
}

impl Diff {
    /// Prints the change. The options for reading and `--as-of` apply to both files.
    pub fn run(&self) -> Result<(), Failure> {
        if self.after.to_str() == Some("-") {
            let problem = "the later file is not read from standard input";
            return Err(Failure::Usage(problem.to_owned()));
        }
        let [before, after] = [&self.before, &self.after].map(|file| self.read.read_sound(file));
        let (before, after) = (before?, after?);
        let change = self.selection.view(&before)?.change_to(&self.selection.view(&after)?);
        print(&if self.json {
            format!("{}\n", as_json(&change)?)
        } else {
            escaped(&change.to_string())
        })
    }
}
