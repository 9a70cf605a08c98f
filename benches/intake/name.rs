//! An index of 100,000 names of persons that are made up.

use crate::support::{Numbers, measure};
use claimgraph::{ClaimGraph, Entity, reporting::Person};
use claimgraph_intake::name::NameIndex;
use criterion::Criterion;
use rapidfuzz::distance::osa::{Args, BatchComparator};
use std::collections::HashMap;

const NAMES: usize = 100_000;

/// Returns made-up names, each once: a first name of 1,200 and a surname of 20,000.
pub fn names() -> Vec<String> {
    const STARTS: [&str; 20] = [
        "Ba", "Chi", "Da", "El", "Fe", "Gor", "Ha", "Iva", "Jo", "Ka", "Li", "Mo", "Ni", "Ol",
        "Pe", "Ro", "Sa", "Ta", "Va", "Ze",
    ];
    const MIDDLES: [&str; 10] = ["la", "ri", "mo", "ne", "du", "sha", "ko", "vi", "te", "ran"];
    const ENDS: [&str; 10] = ["v", "nko", "d", "s", "ski", "n", "r", "li", "m", "tz"];
    let mut numbers = Numbers::new(11);
    let mut word = |middles: usize| {
        let mut word = STARTS[numbers.below(STARTS.len())].to_owned();
        (0..middles).for_each(|_| word.push_str(MIDDLES[numbers.below(MIDDLES.len())]));
        word.push_str(ENDS[numbers.below(ENDS.len())]);
        word
    };
    let mut names: HashMap<String, ()> = HashMap::new();
    let mut list = Vec::new();
    while list.len() < NAMES {
        let name = format!("{} {}", word(1), word(2));
        if names.insert(name.clone(), ()).is_none() {
            list.push(name);
        }
    }
    list
}

pub fn graph_of(names: &[String]) -> ClaimGraph {
    let mut graph = ClaimGraph::new();
    for (place, name) in names.iter().enumerate() {
        graph.add(Person, Entity::new(format!("p{place}")).named(name.as_str())).unwrap();
    }
    graph
}

/// Making the index, exact look-ups, and candidates for misspelt names.
pub fn names_of_persons(criterion: &mut Criterion) {
    let names = names();
    let graph = graph_of(&names);
    let index = NameIndex::of(&graph);
    let make = || NameIndex::of(&graph).len() as u64;
    let by_map = || names.iter().zip(0_usize..).collect::<HashMap<_, _>>().len() as u64;
    measure(criterion, "index of 100,000 names", &[("ours", &make), ("HashMap", &by_map)]);

    let map: HashMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
    let asked: Vec<&String> = names.iter().step_by(NAMES / 1_000).collect();
    let look_up = || asked.iter().filter(|name| index.look_up(name).one().is_some()).count() as u64;
    let in_map = || asked.iter().filter(|name| map.contains_key(name.as_str())).count() as u64;
    assert_eq!(look_up(), in_map());
    measure(criterion, "1,000 exact look-ups", &[("ours", &look_up), ("HashMap", &in_map)]);

    // Names with two letters swapped.
    let misspelt: Vec<String> = names
        .iter()
        .step_by(NAMES / 10)
        .map(|name| {
            let mut letters: Vec<char> = name.chars().collect();
            let last = letters.len() - 2;
            letters.swap(last, last + 1);
            letters.into_iter().collect()
        })
        .collect();
    let ranked = || misspelt.iter().map(|name| index.candidates(name, 10).len() as u64).sum();
    let scanned = || {
        let best = |name: &String| {
            let scorer = BatchComparator::new(name.chars().collect::<Vec<_>>());
            let args = Args::default().score_cutoff(0.6);
            let score =
                |other: &String| scorer.normalized_similarity_with_args(other.chars(), &args);
            let mut best: Vec<(f64, &String)> =
                names.iter().filter_map(|other| Some((score(other)?, other))).collect();
            best.sort_by(|a, b| b.0.total_cmp(&a.0));
            best.truncate(10);
            best.len() as u64
        };
        misspelt.iter().map(best).sum()
    };
    let contenders: [(&str, &dyn Fn() -> u64); 2] =
        [("ours", &ranked), ("rapidfuzz over all", &scanned)];
    measure(criterion, "10 times the ten best candidates", &contenders);
}
