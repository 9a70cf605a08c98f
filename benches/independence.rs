//! The number of independent sources of one statement with 10,000 supporting claims from 500 sources.

#[path = "support/mod.rs"]
mod support;

use claimgraph::{Claim, ClaimGraph, DocumentInfo, EntityId, date, reporting::*, sources::Lineage};
use criterion::{Criterion, criterion_group, criterion_main};
use std::time::Duration;
use support::Numbers;

const CLAIMS: usize = 10_000;
const SOURCES: usize = 500;
const DOCUMENTS: usize = 2_000;

/// How the sources depend on each other.
#[derive(Clone, Copy, PartialEq)]
enum Dependence {
    /// They do not: each source is a witness.
    None,
    /// Each source draws on one of 40 others.
    Lineage,
    /// Nine of ten documents print the text of the tenth, in the publisher's voice.
    Texts,
}

fn graph(dependence: Dependence) -> (ClaimGraph, EntityId, EntityId) {
    let mut graph = ClaimGraph::new();
    let mut numbers = Numbers::new(7);
    let nk = graph.add(State, "north-korea").unwrap();
    let russia = graph.add(State, "russia").unwrap();
    let publishers: Vec<_> = (0..SOURCES)
        .map(|n| graph.add(Publisher, format!("publisher-{n}")).unwrap().id())
        .collect();
    let documents: Vec<_> = (0..DOCUMENTS)
        .map(|n| {
            let day = date(2024, 10, 1 + (n % 28) as i8);
            let digest = if dependence == Dependence::Texts { n % (DOCUMENTS / 10) } else { n };
            let document = DocumentInfo::dated(day)
                .published_by(publishers[n % SOURCES])
                .with_digest(format!("{digest:064x}"));
            graph.add_document(format!("document-{n}"), document).unwrap()
        })
        .collect();
    let sources: Vec<EntityId> = match dependence {
        Dependence::Texts => publishers,
        _ => (0..SOURCES).map(|n| graph.add(Person, format!("source-{n}")).unwrap().id()).collect(),
    };
    for n in 0..CLAIMS {
        let source = sources[n % SOURCES];
        let document = match dependence {
            Dependence::Texts => documents[n % DOCUMENTS],
            _ => documents[numbers.below(DOCUMENTS)],
        };
        let start = numbers.below(5_000);
        graph
            .insert(
                Claim::by(source)
                    .asserts(nk, DEPLOYS_TO, russia)
                    .read_in(document, start..start + 60),
            )
            .unwrap();
    }
    if dependence == Dependence::Lineage {
        for (n, &source) in sources.iter().enumerate().skip(40) {
            graph.add_lineage(Lineage::new(source, sources[n % 40])).unwrap();
        }
    }
    (graph, nk.id(), russia.id())
}

/// The processor time of this thread so far, if the system reports it. Other work on the machine does not count.
fn cpu_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split(' ').next()?.parse().ok()?))
}

fn independence(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("independence, 10000 claims");
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(2))
        .warm_up_time(Duration::from_secs(1));
    for (name, dependence) in [
        ("500 sources apart", Dependence::None),
        ("500 sources on 40", Dependence::Lineage),
        ("500 publishers, 200 texts", Dependence::Texts),
    ] {
        let (graph, nk, russia) = graph(dependence);
        let statement = graph.statement(nk, PRESENT_IN, russia);
        let found = statement.independence();
        let (before, rounds) = (cpu_time(), 20);
        (0..rounds).for_each(|_| assert_eq!(statement.independence().count(), found.count()));
        let each = cpu_time().zip(before).map(|(after, before)| (after - before) / rounds);
        eprintln!(
            "{name}: {} of {} claims, {each:?} of one processor",
            found.count(),
            found.claims().len()
        );
        group.bench_function(name, |b| b.iter(|| statement.independence().count()));
        group.bench_function(format!("{name}, only backing"), |b| {
            b.iter(|| statement.backing().len())
        });
    }
    group.finish();
}

criterion_group!(benches, independence);
criterion_main!(benches);
