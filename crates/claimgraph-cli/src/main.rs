//! The command `claimgraph`: converts, checks, briefs, compares and questions claim graphs in any format that the library reads.

mod ask;
mod brief;
mod briefing;
mod check;
mod convert;
mod diff;
mod failure;
mod format;
mod input;
mod output;
mod report;
mod selection;

use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// Converts, checks, briefs, compares and questions claim graphs: who said what about whom, when, from which document.
#[derive(Parser)]
#[command(name = "claimgraph", version, after_help = HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const HELP: &str = "\
Examples:
  claimgraph check report.jsonl
  claimgraph brief report.trig --form markdown --as-of 2024-10-24
  claimgraph ask report.jsonl contested sources --without nis --json
  claimgraph ask report.jsonl mentions --of russia
  claimgraph diff monday.jsonl friday.jsonl
  claimgraph convert report.jsonl report.trig --strict
  zcat feed.nq.gz | claimgraph convert - - --from nq --to jsonl

Exit codes: 0 done; 1 the file has faults, or losses under --strict; 2 wrong arguments; 3 cannot read or write.";

#[derive(Subcommand)]
enum Command {
    /// Reads a file and writes it in another format
    Convert(convert::Convert),
    /// Reads a file and says what is wrong with it
    Check(check::Check),
    /// Prints a briefing: what is said, on how many sources, who opposes it, what is open
    Brief(brief::Brief),
    /// Answers questions by their names
    Ask(ask::Ask),
    /// Prints what changed from one file to another, and what the change affects
    Diff(diff::Diff),
    /// Prints the completion script of a shell
    Completion {
        /// Shell that completes the command line
        shell: clap_complete::Shell,
    },
}

fn complete(shell: clap_complete::Shell) -> Result<(), failure::Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "claimgraph", &mut script);
    output::write_bytes(&script, false)
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Convert(convert) => convert.run(),
        Command::Check(check) => check.run(),
        Command::Brief(brief) => brief.run(),
        Command::Ask(ask) => ask.run(),
        Command::Diff(diff) => diff.run(),
        Command::Completion { shell } => complete(shell),
    };
    done.map_or_else(failure::Failure::report, |()| ExitCode::SUCCESS)
}
