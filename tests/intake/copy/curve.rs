//! Precision and recall of the proposals by the least overlap. `docs/` of the crate quotes the table.
//!
//! If `CLAIMGRAPH_TEXTS` names a folder with text files, these are edited by rule too, and pairs of different files count
//! as written apart.

use super::texts::{EDITS, EVENTS, edited};
use claimgraph::date;
use claimgraph_intake::copy::{CopyOptions, Story, copies};
use std::collections::{HashMap, HashSet};

/// Returns the texts of the folder, the hand-written ones else.
fn originals() -> Vec<String> {
    let mut texts: Vec<String> = EVENTS.iter().flatten().map(|&text| text.to_owned()).collect();
    let Some(folder) = std::env::var_os("CLAIMGRAPH_TEXTS") else {
        eprintln!("skipped: CLAIMGRAPH_TEXTS does not name a folder with texts");
        return texts;
    };
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    texts.extend(read.filter(|text| text.split_whitespace().count() >= 60));
    texts
}

#[test]
fn the_default_has_a_precision_of_99_in_100_on_texts_edited_by_rule() {
    let texts = originals();
    let mut stories: Vec<(String, String, i8)> = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        let other = &texts[(n + 5) % texts.len()];
        stories.push((format!("{n}"), text.clone(), 1));
        for edit in EDITS {
            stories.push((format!("{n}/{edit}"), edited(edit, text, other), 2));
        }
    }
    // Each original with its copies by itself, so that copies do not compete; and all originals together.
    let mut scores: Vec<(f64, bool)> = Vec::new();
    let mut missed: HashMap<&str, Vec<f64>> = HashMap::new();
    let options = |least: f64| {
        let mut options = CopyOptions::default();
        options.least_overlap = least;
        options
    };
    for chunk in stories.chunks(1 + EDITS.len()) {
        let (key, original, _) = &chunk[0];
        for (edit, (copy_key, copy, _)) in EDITS.iter().zip(&chunk[1..]) {
            let pair = [
                Story::new(key, original).dated(date(2024, 6, 1)),
                Story::new(copy_key, copy).dated(date(2024, 6, 2)),
            ];
            let found = copies(pair, &options(0.0));
            let overlap = found.first().map_or(0.0, |proposal| proposal.overlap());
            // A text of one sentence may be left as it was, which its digest says.
            if copy == original {
                continue;
            }
            scores.push((overlap, true));
            missed.entry(edit).or_default().push(overlap);
        }
    }
    let positives = scores.len();
    let apart = stories.iter().filter(|(_, _, day)| *day == 1);
    let apart = apart.map(|(key, text, _)| Story::new(key, text));
    let mut pairs = HashSet::new();
    for proposal in copies(apart, &options(0.0)) {
        if pairs.insert((proposal.copy().to_owned(), proposal.original().to_owned())) {
            scores.push((proposal.overlap(), false));
        }
    }
    println!("{} originals, {positives} copies", texts.len());
    println!("| least overlap | proposed | precision | recall |\n|---|---|---|---|");
    let at = |least: f64| {
        let proposed = scores.iter().filter(|(overlap, _)| *overlap > 0.0 && *overlap >= least);
        let right = proposed.clone().filter(|(_, right)| *right).count();
        let proposed = proposed.count();
        (proposed, right as f64 / proposed.max(1) as f64, right as f64 / positives as f64)
    };
    for least in [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] {
        let (proposed, precision, recall) = at(least);
        println!("| {least:.1} | {proposed} | {precision:.4} | {recall:.4} |");
    }
    for edit in EDITS {
        let overlaps = &missed[edit];
        let least = CopyOptions::default().least_overlap;
        let found = overlaps.iter().filter(|overlap| **overlap >= least).count();
        println!("{edit}: {found} of {}", overlaps.len());
    }
    let (_, precision, recall) = at(CopyOptions::default().least_overlap);
    assert!(precision >= 0.99, "{precision}");
    assert!(recall >= 0.95, "{recall}");
}
