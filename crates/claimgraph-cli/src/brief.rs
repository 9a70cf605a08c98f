//! `claimgraph brief`: a briefing of any file, as text, Markdown, HTML or JSON.

use crate::briefing::Briefing;
use crate::failure::Failure;
use crate::input::{ReadOptions, shown};
use crate::output::print;
use crate::selection::Selection;
use std::path::PathBuf;

/// The arguments of `brief`.
#[derive(clap::Args, Debug)]
pub struct Brief {
    /// File, folder of tables, or - for standard input
    file: PathBuf,
    #[command(flatten)]
    read: ReadOptions,
    #[command(flatten)]
    selection: Selection,
    /// Form of the briefing
    #[arg(long, value_enum, default_value_t = Form::Text, conflicts_with = "json")]
    form: Form,
    /// Print the briefing as JSON
    #[arg(long)]
    json: bool,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Form {
    Text,
    Markdown,
    Html,
}

impl Brief {
    pub fn run(&self) -> Result<(), Failure> {
        let graph = self.read.read_sound(&self.file)?;
        let briefing = Briefing::of(&shown(&self.file), &self.selection.view(&graph)?);
        print(&match self.form {
            _ if self.json => format!("{}\n", briefing.json()),
            Form::Text => briefing.text(),
            Form::Markdown => briefing.markdown(),
            Form::Html => briefing.html(),
        })
    }
}
