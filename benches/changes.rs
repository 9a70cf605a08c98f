//! Changes between two views, beside a full scan of one view.
//!
//! 100,000 claims; `CLAIMGRAPH_BENCH=1000000 cargo bench --bench changes` for another number.

#[path = "support/mod.rs"]
mod support;

use claimgraph::{Date, date};
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use std::time::{Duration, Instant};
use support::Corpus;

fn changes(criterion: &mut Criterion) {
    let size = std::env::var("CLAIMGRAPH_BENCH").map_or(100_000, |number| number.parse().unwrap());
    let corpus = Corpus::of(size);
    let (mut graph, _, sources) = {
        let (mut graph, entities, sources) = corpus.stage();
        corpus.fill(&mut graph, &entities, &sources);
        (graph, entities, sources)
    };
    graph.compact();
    let fresh = graph.clone();

    let reported = |from: Date, to: Date| {
        corpus.rows.iter().filter(|row| from < row.reported && row.reported <= to).count()
    };
    let spans = [
        ("a day", date(2024, 6, 30), date(2024, 7, 1)),
        ("a week", date(2024, 6, 24), date(2024, 7, 1)),
        ("half a year", date(2024, 7, 1), date(2024, 12, 31)),
    ];

    let mut group = criterion.benchmark_group("changes");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(2))
        .warm_up_time(Duration::from_secs(1));
    let name = |what: &str| BenchmarkId::new(what, size);
    group.bench_function(name("full scan"), |b| b.iter(|| graph.view().claims().count()));
    group.bench_function(name("full scan, as of a day"), |b| {
        b.iter(|| graph.view().as_of(date(2024, 12, 31)).claims().count());
    });
    for (what, from, to) in spans {
        let (before, after) = (graph.view().as_of(from), graph.view().as_of(to));
        assert_eq!(before.change_to(&after).added().len(), reported(from, to), "{what}");
        assert!(before.change_to(&after).removed().len() == 0);
        group.bench_function(name(what), |b| b.iter(|| before.change_to(&after).is_empty()));
    }
    group.bench_function(name("a day, index not made yet"), |b| {
        let ask = |graph: claimgraph::ClaimGraph| {
            let empty = graph
                .view()
                .as_of(spans[0].1)
                .change_to(&graph.view().as_of(spans[0].2))
                .is_empty();
            (empty, graph)
        };
        b.iter_batched(|| fresh.clone(), ask, BatchSize::PerIteration);
    });
    group.bench_function(name("without a source"), |b| {
        let without = graph.view().excluding_source(sources[0]);
        b.iter(|| graph.view().change_to(&without).is_empty());
    });

    // The effects of one day on the other claims: only affected claims are visited.
    let (before, after) = (graph.view().as_of(spans[0].1), graph.view().as_of(spans[0].2));
    let whole = |view: &claimgraph::View<'_>| view.contested().len();
    let contested = before.change_to(&after).contested();
    let new = contested.iter().filter(|shift| shift.is_new()).count();
    let over = contested.iter().filter(|shift| shift.is_over()).count();
    assert_eq!(whole(&before) + new - over, whole(&after));
    group.bench_function(name("a day, contested"), |b| {
        b.iter(|| before.change_to(&after).contested().len())
    });
    group.bench_function(name("a day, corroborated"), |b| {
        b.iter(|| before.change_to(&after).corroborated().len())
    });
    group.bench_function(name("a day, positions"), |b| {
        b.iter(|| before.change_to(&after).positions().len())
    });
    if size <= 100_000 {
        group.bench_function(name("contested, both views whole"), |b| {
            b.iter(|| whole(&before) + whole(&after))
        });
    }
    // Each as a multiple of a full scan, by the best of three.
    let best = |ask: &dyn Fn() -> usize| {
        let time = |_| {
            let start = Instant::now();
            std::hint::black_box(ask());
            start.elapsed()
        };
        (0..3).map(time).min().unwrap_or_default().as_secs_f64()
    };
    let scan = best(&|| graph.view().as_of(date(2024, 12, 31)).claims().count());
    let change = || before.change_to(&after);
    for (what, time, count) in [
        ("contested", best(&|| change().contested().len()), change().contested().len()),
        ("corroborated", best(&|| change().corroborated().len()), change().corroborated().len()),
        ("positions", best(&|| change().positions().len()), change().positions().len()),
    ] {
        println!(
            "a day, {what}: {count} in {:.1} ms, {:.2} of a full scan",
            time * 1e3,
            time / scan
        );
    }
    group.finish();
}

criterion_group!(benches, changes);
criterion_main!(benches);
