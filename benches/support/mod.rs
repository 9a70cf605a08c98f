//! Skewed synthetic claims, the same in every run: one fixed seed and a generator of our own.

#![allow(dead_code)] // each bench uses a part of it

pub mod limit;
pub mod ours;
pub mod plain;
pub mod workload;

use claimgraph::{
    Claim, ClaimGraph, ClaimId, Date, EntityId, Relation, date, reporting::*, vocabulary::Any,
};
use criterion::Criterion;
use std::hint::black_box;
use std::time::Duration;

/// The sizes at which everything is measured.
pub const SIZES: [usize; 2] = [1_000, 100_000];

/// The gzipped table of a year of real events, if there is data.
pub fn real_events() -> Option<Vec<u8>> {
    let path = std::path::PathBuf::from(std::env::var_os("CLAIMGRAPH_DATA")?)
        .join("icews14/icews14.tsv.gz");
    Some(std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// Adds one benchmark group with these contenders.
pub fn measure(criterion: &mut Criterion, row: &str, contenders: &[(&str, &dyn Fn() -> u64)]) {
    let mut group = criterion.benchmark_group(row);
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800));
    for (name, run) in contenders {
        group.bench_function(*name, |bencher| bencher.iter(|| black_box(run())));
    }
    group.finish();
}

/// SplitMix64: one addition and three mixing steps a number.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number in `0..bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.draw() % bound as u64) as usize
    }

    /// A number in `0.0..1.0`.
    pub fn share(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Zipf's law with exponent 1 over `0..n`: item `k` with a weight of `1 / (k + 1)`.
pub struct Zipf(Vec<f64>);

impl Zipf {
    pub fn over(n: usize) -> Self {
        let mut sum = 0.0;
        Self(
            (1..=n)
                .map(|rank| {
                    sum += 1.0 / rank as f64;
                    sum
                })
                .collect(),
        )
    }

    pub fn draw(&self, numbers: &mut Numbers) -> usize {
        let total = self.0.last().copied().unwrap_or(1.0);
        let wanted = numbers.share() * total;
        self.0.partition_point(|&sum| sum <= wanted).min(self.0.len() - 1)
    }
}

/// Whether a row makes a statement or answers an earlier row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    Asserts { subject: usize, relation: usize, object: usize },
    Confirms(usize),
    Dismisses(usize),
}

/// One claim as plain data, so that all peers get the same.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub source: usize,
    pub reported: Date,
    pub valid: Date,
    pub act: Act,
}

/// A synthetic corpus.
pub struct Corpus {
    pub entities: usize,
    pub sources: usize,
    pub rows: Vec<Row>,
}

/// A dozen relations between two states, and whether each is symmetric.
pub fn relations() -> [(Relation<Any, Any>, bool); 12] {
    [
        (PRESENT_IN.untyped(), false),
        (DEPLOYS_TO.untyped(), false),
        (DISTRIBUTED_ACROSS.untyped(), false),
        (WITHDRAWS_FROM.untyped(), false),
        (OPERATES_IN.untyped(), false),
        (TRAINS_IN.untyped(), false),
        (PROVIDES_AID_TO.untyped(), false),
        (ATTACKS.untyped(), false),
        (TREATY_WITH.untyped(), true),
        (ALLIED_WITH.untyped(), true),
        (COOPERATES_WITH.untyped(), true),
        (MEETS.untyped(), true),
    ]
}

/// The day in the middle of the year of reports.
pub fn midsummer() -> Date {
    date(2024, 7, 1)
}

fn day_of_year(place: usize) -> Date {
    let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut left = place.min(365);
    for (month, length) in (1i8..).zip(lengths) {
        if left < length {
            return date(2024, month, left as i8 + 1);
        }
        left -= length;
    }
    date(2024, 12, 31)
}

impl Corpus {
    pub fn of(claims: usize) -> Self {
        let entities = (claims / 20).max(50);
        let sources = (claims / 20).clamp(10, 500);
        let mut numbers = Numbers::new(0x00c1_a116_2a94);
        let (who, speakers) = (Zipf::over(entities), Zipf::over(sources));
        let mut rows: Vec<Row> = Vec::with_capacity(claims);
        for place in 0..claims {
            let reported = place * 366 / claims;
            let valid = numbers.below(reported + 1);
            let source = speakers.draw(&mut numbers);
            // Early claims are answered more often.
            let earlier = |numbers: &mut Numbers| (place as f64 * numbers.share().powi(3)) as usize;
            let act = match numbers.below(100) {
                0..8 if place > 0 => Act::Confirms(earlier(&mut numbers)),
                8..15 if place > 0 => Act::Dismisses(earlier(&mut numbers)),
                _ => {
                    let subject = who.draw(&mut numbers);
                    let mut object = who.draw(&mut numbers);
                    while object == subject {
                        object = who.draw(&mut numbers);
                    }
                    Act::Asserts { subject, relation: numbers.below(12), object }
                }
            };
            rows.push(Row {
                source,
                reported: day_of_year(reported),
                valid: day_of_year(valid),
                act,
            });
        }
        Self { entities, sources, rows }
    }

    /// A graph with the entities and sources, without claims.
    pub fn stage(&self) -> (ClaimGraph, Vec<EntityId>, Vec<EntityId>) {
        let mut graph = ClaimGraph::new();
        let entities = (0..self.entities)
            .map(|i| graph.add(State, format!("state-{i:05}")).unwrap().id())
            .collect();
        let sources = (0..self.sources)
            .map(|i| graph.add(Person, format!("person-{i:03}")).unwrap().id())
            .collect();
        (graph, entities, sources)
    }

    /// Inserts every row, one by one.
    pub fn fill(
        &self,
        graph: &mut ClaimGraph,
        entities: &[EntityId],
        sources: &[EntityId],
    ) -> Vec<ClaimId> {
        let relations = relations();
        let mut ids: Vec<ClaimId> = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let voice = Claim::by(sources[row.source]);
            let claim = match row.act {
                Act::Asserts { subject, relation, object } => voice
                    .asserts(entities[subject], relations[relation].0, entities[object])
                    .valid(row.valid),
                Act::Confirms(target) => voice.confirms(ids[target]),
                Act::Dismisses(target) => voice.dismisses(ids[target]).words("fake news"),
            };
            ids.push(graph.insert(claim.reported(row.reported)).unwrap());
        }
        ids
    }

    pub fn graph(&self) -> (ClaimGraph, Vec<EntityId>, Vec<ClaimId>) {
        let (mut graph, entities, sources) = self.stage();
        let ids = self.fill(&mut graph, &entities, &sources);
        (graph, entities, ids)
    }

    /// The row with the most responses; if there are several, the first.
    pub fn most_answered(&self) -> usize {
        let mut answers = vec![0usize; self.rows.len()];
        for row in &self.rows {
            if let Act::Confirms(target) | Act::Dismisses(target) = row.act {
                answers[target] += 1;
            }
        }
        let most = answers.iter().copied().max().unwrap_or(0);
        answers.iter().position(|&count| count == most).unwrap_or(0)
    }
}
