//! Forged files: the checksums are true, and the contents are not.

mod claims;
mod lengths;
mod rows;

use crate::*;

/// The offset of a column in a block of this many rows, and the width of a cell.
fn column(name: &str, rows: usize) -> (usize, usize) {
    match name {
        "reported" => (0, 4),
        "relation" => (rows * 4, 2),
        "marks" => (rows * 6, 2),
        "object" => (rows * 8, 4),
        "time" => (rows * 12, 4),
        "claim" => (rows * 16, 4),
        _ => panic!("no column {name}"),
    }
}

impl File {
    fn rows(&mut self) -> usize {
        self.section("rows").len() / 20
    }

    /// The bytes of a cell. A block has 64 rows, the last block the rest.
    fn cell(&mut self, name: &str, row: usize) -> &mut [u8] {
        let before = row / 64 * 64;
        let (start, width) = column(name, (self.rows() - before).min(64));
        let at = before * 20 + start + (row - before) * width;
        &mut self.section("rows")[at..at + width]
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

type Forgery = (&'static str, &'static str, &'static str, fn(&mut File));
