//! Any bytes: each function of `tests/support/harness` takes its seeds, and seeds that were changed.
//!
//! If `CLAIMGRAPH_SEEDS` names a folder, the seeds are written there for a fuzzer, a folder for each target.

mod seeds;

use crate::support::harness::{TARGETS, Target, target};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use seeds::seeds;

/// The changed seeds for each function.
const CASES: u32 = 250;

/// A change of a text: from one place, so many bytes are replaced by others.
#[derive(Clone, Debug)]
struct Change {
    place: Index,
    length: usize,
    by: By,
}

#[derive(Clone, Debug)]
enum By {
    Bytes(Vec<u8>),
    Word(&'static str),
    /// A piece of any seed of the same function.
    Piece(Index, Index, usize),
}

/// Texts that are often at the border of what a reader takes.
const WORDS: [&str; 24] = [
    "",
    "\0",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{feff}",
    "\"",
    "\\",
    "<",
    ">",
    "&#0;",
    "{",
    "}",
    "[[[[[[[[[[[[[[[[",
    "]",
    "-1",
    "9223372036854775808",
    "1e999",
    "null",
    "9999-12-31",
    "-9999-01-01",
    "2024-02-30",
    "\n",
    "\r\n\n",
    "=== ",
];

fn change() -> impl Strategy<Value = Change> {
    let by = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..6).prop_map(By::Bytes),
        prop::sample::select(WORDS.to_vec()).prop_map(By::Word),
        (any::<Index>(), any::<Index>(), 1..80usize)
            .prop_map(|(seed, at, length)| By::Piece(seed, at, length)),
    ];
    let length = prop_oneof![3 => 0..4usize, 2 => 0..40usize, 1 => 0..2_000usize];
    (any::<Index>(), length, by).prop_map(|(place, length, by)| Change { place, length, by })
}

fn changed(seeds: &[Vec<u8>], which: Index, changes: Vec<Change>) -> Vec<u8> {
    let mut bytes = which.get(seeds).clone();
    for Change { place, length, by } in changes {
        let from = place.index(bytes.len() + 1);
        let to = (from + length).min(bytes.len());
        let new = match by {
            By::Bytes(bytes) => bytes,
            By::Word(word) => word.as_bytes().to_vec(),
            By::Piece(seed, at, length) => {
                let seed = seed.get(seeds);
                let at = at.index(seed.len() + 1);
                seed[at..(at + length).min(seed.len())].to_vec()
            }
        };
        bytes.splice(from..to, new);
    }
    bytes
}

/// Runs a function with its seeds, and with changes of them.
fn run(name: &str, target: Target) {
    let seeds = seeds(name);
    if let Some(folder) = std::env::var_os("CLAIMGRAPH_SEEDS") {
        let folder = std::path::Path::new(&folder).join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for (number, seed) in seeds.iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{number}")), seed).unwrap();
        }
    }
    let read = seeds.iter().filter(|seed| target(seed)).count();
    assert!(2 * read >= seeds.len(), "{read} of {} seeds are read", seeds.len());
    let config = Config {
        cases: CASES,
        rng_seed: RngSeed::Fixed(0),
        failure_persistence: None,
        ..Config::default()
    };
    let inputs = (any::<Index>(), prop::collection::vec(change(), 1..5));
    let inputs = inputs.prop_map(|(which, changes)| changed(&seeds, which, changes));
    let tested = TestRunner::new(config).run(&inputs, |bytes| {
        target(&bytes);
        Ok(())
    });
    if let Err(proptest::test_runner::TestError::Fail(reason, bytes)) = tested {
        panic!("{name}: {reason}\n{:?}", String::from_utf8_lossy(&bytes));
    }
}

/// Makes a test of each function.
macro_rules! tests {
    ($($name:ident: $behaviour:ident),+ $(,)?) => {
        $(
            #[test]
            fn $behaviour() {
                run(stringify!($name), target(stringify!($name)));
            }
        )+

        #[test]
        fn each_target_has_a_test() {
            let tested = [$(stringify!($name)),+];
            assert!(TARGETS.iter().map(|(name, _)| *name).eq(tested));
        }
    };
}

tests! {
    json_lines: json_lines_of_any_bytes_are_read_or_refused,
    snapshot: a_snapshot_of_any_bytes_is_read_or_refused,
    turtle: turtle_of_any_bytes_is_read_or_refused,
    n_quads: n_quads_of_any_bytes_are_read_or_refused,
    trig: trig_of_any_bytes_is_read_or_refused,
    rdf_xml: rdf_xml_of_any_bytes_is_read_or_refused,
    json_ld: json_ld_of_any_bytes_is_read_or_refused,
    stix: stix_of_any_bytes_is_read_or_refused,
    follow_the_money: follow_the_money_of_any_bytes_is_read_or_refused,
    claim_review: claim_review_of_any_bytes_is_read_or_refused,
    wikidata: wikidata_of_any_bytes_is_read_or_refused,
    graphml: graphml_of_any_bytes_is_read_or_refused,
    gexf: gexf_of_any_bytes_is_read_or_refused,
    table: a_table_of_any_bytes_is_read_or_refused,
    data_package: a_data_package_of_any_bytes_is_read_or_refused,
    period: a_period_of_any_bytes_is_printed_as_it_is_read,
    quantity: a_figure_of_any_bytes_comes_back,
    operations: any_operations_give_what_plain_lists_say,
    drafts: drafts_of_any_bytes_are_inserted_or_refused,
    names: names_of_any_bytes_are_found_or_refused,
    quotations: words_of_any_bytes_stand_where_they_are_found,
    phrases: a_phrase_of_any_bytes_is_read_or_refused,
}
