//! Snapshots with false batches and reviews.

use super::*;
use crate::support::every_record::latest;

#[test]
fn false_batches_and_reviews_are_found() {
    assert_found(
        &write(&latest()),
        &[
            ("a claim in a batch that is not there", "claim-batches", "not there", |file| {
                let cells = file.section("claim-batches");
                let last = cells.len() - 4;
                set(cells, last, 9);
            }),
            ("more cells than entities", "entity-batches", "batches for", |file| {
                let more = 1u32.to_le_bytes().repeat(100);
                file.section("entity-batches").extend(more);
            }),
            ("half a cell", "entity-batches", "", |file| file.section("entity-batches").push(0)),
            ("a batch that is there twice", "batches", "batch 2: it is there twice", |file| {
                let text = String::from_utf8(file.section("batches").clone()).unwrap();
                let (first, _) = text.split_once("},").unwrap();
                *file.section("batches") = format!("{first}}},{}}}]", &first[1..]).into_bytes();
            }),
            ("a batch without an instant", "batches", "no instant", |file| {
                replace(file, "batches", r#","at":"2025-02-02T09:30:00.25Z""#, "")
            }),
            ("a batch of nobody", "batches", "it is empty", |file| {
                replace(file, "batches", r#""by":"editor""#, r#""by":"""#)
            }),
            ("lineage in a batch that is not there", "lineage", "unknown batch", |file| {
                replace(file, "lineage", r#""batch":"by hand""#, r#""batch":"by foot""#)
            }),
            ("a review of no claim", "reviews", "unknown claim", |file| {
                replace(file, "reviews", r#""claim":"14""#, r#""claim":"99""#)
            }),
        ],
    );
}
