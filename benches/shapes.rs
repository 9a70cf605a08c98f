//! The cost of each question on graphs of an extreme shape: a statement that everybody denies, ladders of lineage, chains
//! and stars of parts, answers, revisions, conditions and links. A row says how long a question takes on a shape of
//! `CLAIMS` elements (4,000), how long on a quarter of them, and by how much the time grows: 4 is linear, 16 quadratic.
//!
//! Each question is asked in a process of its own, of a graph that nobody has asked anything yet. A process that takes
//! longer than `SECONDS` (10) is ended.
//!
//! `cargo bench --bench shapes -- [SHAPE [QUESTION]]`

#[path = "shapes/questions.rs"]
mod questions;
#[path = "shapes/shape.rs"]
mod shape;

use claimgraph::ClaimGraph;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Set in a process that asks one question of one shape: their names and the number of elements.
const CELL: &str = "CLAIMGRAPH_BENCH_SHAPE";

/// A graph, and what questions are asked about.
pub struct Asked {
    pub graph: ClaimGraph,
    /// The ends of the statement that is asked about; its relation is `present-in`.
    pub ends: (claimgraph::EntityId, claimgraph::EntityId),
    /// The claim that is asked about: the one that most others lead to.
    pub claim: claimgraph::ClaimId,
}

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |given| given.parse().expect("a number"))
}

/// Asks one question, and prints how many nanoseconds it took and the size of the answer.
fn ask(cell: &str) {
    let mut parts = cell.split('/');
    let mut part = || parts.next().expect("shape/question/elements");
    let (shape, question, elements) = (part(), part(), part().parse().expect("a number"));
    let make = shape::SHAPES.iter().find(|(name, _)| *name == shape).expect("a shape").1;
    let ask = questions::QUESTIONS.iter().find(|(name, _)| *name == question).expect("known").1;
    let asked = make(elements);
    let begun = Instant::now();
    let answer = ask(&asked);
    println!("{} {answer}", begun.elapsed().as_nanos());
}

/// Asks in a process of its own. Returns the time and the size of the answer, unless it took too long.
fn asked(shape: &str, question: &str, elements: usize, most: Duration) -> Option<(Duration, u64)> {
    let this = std::env::current_exe().expect("a bench is a file");
    let mut child = Command::new(this)
        .env(CELL, format!("{shape}/{question}/{elements}"))
        .stdout(Stdio::piped())
        .spawn()
        .expect("the process starts");
    let begun = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if begun.elapsed() > most {
            child.kill().expect("a child");
            child.wait().expect("a child");
            return None;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let output = child.wait_with_output().expect("a child");
    assert!(output.status.success(), "{shape}, {question}: {}", output.status);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let (time, answer) = text.trim().split_once(' ').expect("a time and an answer");
    let number = |text: &str| text.parse().expect("a number");
    Some((Duration::from_nanos(number(time)), number(answer)))
}

fn main() {
    if let Ok(cell) = std::env::var(CELL) {
        return ask(&cell);
    }
    // Cargo asks every bench whether it can be run as a test.
    if std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    let wanted: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let is_wanted = |place: usize, name: &str| wanted.get(place).is_none_or(|it| name.contains(it));
    let elements = number("CLAIMS", 4_000);
    let most = Duration::from_secs(number("SECONDS", 10) as u64);
    println!(
        "{:<28} {:<20} {:>12} {:>12} {:>7} {:>10}",
        "shape", "question", "quarter", "all", "growth", "answer"
    );
    for (shape, _) in shape::SHAPES.iter().filter(|(name, _)| is_wanted(0, name)) {
        for (question, _) in questions::QUESTIONS.iter().filter(|(name, _)| is_wanted(1, name)) {
            let few = asked(shape, question, elements / 4, most);
            let many = few.and_then(|_| asked(shape, question, elements, most));
            let shown = |it: Option<(Duration, u64)>| {
                it.map_or(format!("> {most:?}"), |(time, _)| format!("{time:.1?}"))
            };
            let growth = few.zip(many).map(|((few, _), (many, _))| {
                format!("{:.1}", many.as_secs_f64() / few.as_secs_f64().max(1e-9))
            });
            let answer = many.map_or(String::new(), |(_, answer)| answer.to_string());
            println!(
                "{shape:<28} {question:<20} {:>12} {:>12} {:>7} {answer:>10}",
                shown(few),
                shown(many),
                growth.unwrap_or_default(),
            );
        }
    }
}
