//! From a text and the records that a model made of it to a graph, a report, and answers.
//!
//! ```sh
//! cargo run --release -p claimgraph-intake --example intake -- TEXT RECORDS
//! ```
//!
//! Without arguments it reads a short dispatch and records with typical slips, which lie beside it. `--schema` prints the
//! JSON Schema for the structured output of a model, `--prompt` the vocabulary for its prompt.

use claimgraph::{ClaimGraph, DocumentInfo, date, reporting};
use claimgraph_intake::{Drafts, Intake, Outcome};
use std::error::Error;
use std::{env, fs};

const TEXT: &str = include_str!("data/dispatch.txt");
const RECORDS: &str = include_str!("data/records.txt");

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (text, records) = match arguments.as_slice() {
        [] => (TEXT.to_owned(), RECORDS.to_owned()),
        [option] if option == "--schema" => {
            println!("{:#}", Drafts::schema(&reporting::vocabulary()));
            return Ok(());
        }
        [option] if option == "--prompt" => {
            print!("{}", Drafts::prompt(&reporting::vocabulary()));
            return Ok(());
        }
        [text, records] => (fs::read_to_string(text)?, fs::read_to_string(records)?),
        _ => return Err("expected TEXT RECORDS, --schema or --prompt".into()),
    };

    let mut graph = ClaimGraph::new();
    let document = DocumentInfo::dated(date(2025, 3, 12)).titled("the dispatch").with_text(text);
    let document = graph.add_document("dispatch", document)?;
    let report = Intake::new(&mut graph).read(document, &Drafts::from_json(&records));

    println!("WHAT BECAME OF THE RECORDS\n\n{report}");

    println!("\nTHE CLAIMS, EACH WITH ITS PASSAGE");
    for claim in graph.claims() {
        println!("\n{claim}");
        if let Some(passage) = claim.passage() {
            println!("  \u{201c}{passage}\u{201d}");
        }
    }

    println!("\nWHAT IS CONTESTED\n");
    for contested in &graph.contested() {
        println!("{contested}");
    }

    let again = Intake::new(&mut graph).read(document, &Drafts::from_json(&records));
    println!("\nTHE SAME RECORDS ONCE MORE: {} inserted", again.count(Outcome::Inserted));
    Ok(())
}
