//! Forged files: the checksums are true, and the contents are not.

mod batches;
mod claims;
mod lengths;
mod rows;

use crate::*;

/// The section of a column, the bytes of its cells, and which of them.
fn column(name: &str) -> (&str, usize, std::ops::Range<usize>) {
    match name {
        "reported" => (name, 4, 0..4),
        "relation" | "marks" => (name, 2, 0..2),
        "object" => ("heads", 12, 0..4),
        "time" => ("heads", 12, 4..8),
        "claim" => ("heads", 12, 8..12),
        _ => panic!("no column {name}"),
    }
}

impl File {
    fn rows(&mut self) -> usize {
        self.section("heads").len() / 12
    }

    fn cell(&mut self, name: &str, row: usize) -> &mut [u8] {
        let (section, width, part) = column(name);
        &mut self.section(section)[row * width..][part]
    }

    fn put(&mut self, name: &str, row: usize, number: u32) {
        let cell = self.cell(name, row);
        let width = cell.len();
        cell.copy_from_slice(&number.to_le_bytes()[..width]);
    }

    fn get(&mut self, name: &str, row: usize) -> u32 {
        self.cell(name, row).iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte))
    }
}

fn set(bytes: &mut [u8], at: usize, number: u32) {
    bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
}

fn half(bytes: &mut [u8], at: usize, number: u16) {
    bytes[at..at + 2].copy_from_slice(&number.to_le_bytes());
}

/// The row of the claim with this number, counted from 1.
fn row_of(file: &mut File, claim: u32) -> usize {
    (0..file.rows()).find(|&row| file.get("claim", row) == claim).unwrap()
}

/// Changes bits of a claim's marks.
fn mark(file: &mut File, claim: u32, change: impl Fn(u16) -> u16) {
    let row = row_of(file, claim);
    let bits = file.get("marks", row) as u16;
    file.put("marks", row, change(bits).into());
}

/// Puts another text in the place of one in a section of JSON.
fn replace(file: &mut File, section: &str, from: &str, to: &str) {
    let text = String::from_utf8(file.section(section).clone()).unwrap();
    assert!(text.contains(from), "{text}");
    *file.section(section) = text.replace(from, to).into_bytes();
}

/// A forgery: its name, the section that is refused (`CHECKED` if the file is read and `check_all` finds the fault), a
/// part of the message, and the change to the file.
type Forgery = (&'static str, &'static str, &'static str, fn(&mut File));

/// Not a section: the file is read, every question has an answer, and `check_all` reports the claim.
const CHECKED: &str = "checked";

/// Forges this file in each of these ways.
fn assert_found(bytes: &[u8], forgeries: &[Forgery]) {
    let mut wrong: Vec<String> = Vec::new();
    for (what, section, says, forge) in forgeries {
        let mut file = File::of(bytes);
        forge(&mut file);
        let (found, message) = match ClaimGraph::read_snapshot(file.whole().as_slice()) {
            Ok(graph) => {
                answers(&graph);
                let faults = graph.check_all();
                let faults: Vec<String> =
                    faults.iter().map(|(id, fault)| format!("{id:?}: {fault}")).collect();
                (if faults.is_empty() { "nowhere" } else { CHECKED }, faults.join("; "))
            }
            Err(error) => (error.section().unwrap_or("no section"), error.to_string()),
        };
        if found != *section || !message.contains(says) {
            wrong.push(format!("{what}: {found}: {message}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
