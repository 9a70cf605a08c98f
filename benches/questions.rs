//! Questions: positions on the claim with the most responses, all contested claims, support of a statement, and all
//! distinct statements beside a hash map of their relations and ends.

#[path = "support/mod.rs"]
mod support;

use claimgraph::{ClaimRef, Stance, claim::StatementRef, reporting::*, vocabulary::Any};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;
use support::{Act, Corpus, SIZES};

fn questions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("questions");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(2))
        .warm_up_time(Duration::from_secs(1));
    for size in SIZES {
        let corpus = Corpus::of(size);
        let (graph, entities, ids) = corpus.graph();
        let (asked, hub, other) = (ids[corpus.most_answered()], entities[0], entities[1]);

        // The expected answers, from a pass over the rows.
        let dismissed: BTreeSet<usize> = corpus
            .rows
            .iter()
            .filter_map(
                |row| if let Act::Dismisses(target) = row.act { Some(target) } else { None },
            )
            .collect();
        assert_eq!(graph.contested().len(), dismissed.len());
        let direct = graph
            .view()
            .responses(asked)
            .unwrap()
            .iter()
            .filter(|position| position.claim().targets().any(|(target, _)| target == asked))
            .count();
        assert_eq!(direct, graph.claim(asked).unwrap().responses().count());
        let present = |row: &support::Row, to: Option<usize>| match row.act {
            // These three relations are `present-in` or imply it.
            Act::Asserts { subject: 0, relation: 0..=2, object } => {
                to.is_none_or(|wanted| wanted == object)
            }
            _ => false,
        };
        for to in [None, Some(1)] {
            let backing = match to {
                None => graph.statement(hub, PRESENT_IN, Any).backing(),
                Some(_) => graph.statement(hub, PRESENT_IN, other).backing(),
            };
            let asserted =
                backing.iter().filter(|backing| backing.stance() == Stance::Asserts).count();
            assert_eq!(asserted, corpus.rows.iter().filter(|row| present(row, to)).count());
        }

        let hashed = || {
            let mut claims: HashMap<_, Vec<StatementRef<'_>>> = HashMap::new();
            for statement in graph.claims().filter_map(ClaimRef::statement) {
                let ends = [statement.subject(), statement.object()].map(|end| end.entity());
                claims.entry((&statement.relation().key, ends)).or_default().push(statement);
            }
            claims.len()
        };
        // Symmetric relations are read from either side only by the library.
        let all = graph.view().statements().len();
        assert!(0 < all && all <= hashed());
        group.bench_function(BenchmarkId::new("statements", size), |b| {
            b.iter(|| graph.view().statements().len())
        });
        group.bench_function(BenchmarkId::new("statements, a hash map", size), |b| b.iter(hashed));
        group.bench_function(BenchmarkId::new("positions", size), |b| {
            b.iter(|| graph.view().responses(asked).unwrap().len())
        });
        group.bench_function(BenchmarkId::new("contested", size), |b| {
            b.iter(|| graph.contested().len())
        });
        group.bench_function(BenchmarkId::new("backing, hub and anything", size), |b| {
            b.iter(|| graph.statement(hub, PRESENT_IN, Any).backing().len());
        });
        group.bench_function(BenchmarkId::new("backing, hub and hub", size), |b| {
            b.iter(|| graph.statement(hub, PRESENT_IN, other).backing().len());
        });
        group.bench_function(BenchmarkId::new("about a hub", size), |b| {
            b.iter(|| graph.view().mentions_of(hub).len())
        });
    }
    group.finish();
}

criterion_group!(benches, questions);
criterion_main!(benches);
