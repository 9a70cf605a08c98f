//! Each operation on plain claims beside the physical limit and beside a plain petgraph build, in one run.
//!
//! `cargo bench --bench limit` at 100,000 claims; `CLAIMS=1000000` for another number; `CLAIMS=events` for a year of
//! real events, with `CLAIMGRAPH_DATA`. Before anything is timed, the answers of all three are compared.

#[path = "support/mod.rs"]
mod support;

use claimgraph::{ClaimGraph, ClaimId, Stance, View, entity::Lookup, reporting::State};
use claimgraph_analysis::{PageRankOptions, components, page_rank};
use criterion::{Criterion, criterion_group, criterion_main};
use petgraph::graph::NodeIndex;
use petgraph::visit::{Bfs, EdgeFiltered};
use std::hint::black_box;
use std::time::Duration;
use support::limit::{Limit, Log};
use support::measure;
use support::ours::{Ours, add, dates, entity, fold, plus, sum, vocabulary};
use support::plain::Plain;
use support::real_events;
use support::workload::{CONFIRMS, Claim, DENIES, Workload};

struct All {
    workload: Workload,
    ours: Ours,
    limit: Limit,
    plain: Plain,
}

fn compare(criterion: &mut Criterion, row: &str, contenders: [(&str, &dyn Fn() -> u64); 3]) {
    let [(_, a), (_, b), (_, c)] = contenders;
    let answers = (a(), b(), c());
    assert!(answers.0 == answers.1 && answers.1 == answers.2, "{row}: {answers:?}");
    measure(criterion, row, &contenders);
}

fn load(criterion: &mut Criterion, all: &All) {
    let (workload, words, days) = (&all.workload, vocabulary(&all.workload), dates(&all.workload));
    let ours = || Ours::stage(workload, &words, &days).load(&workload.claims).graph.len() as u64;
    let limit = || Limit::of(workload).id.len() as u64;
    let plain = || Plain::of(workload).graph.edge_count() as u64;
    compare(criterion, "bulk load", [("ours", &ours), ("limit", &limit), ("petgraph", &plain)]);
    // The limit has these lists from the start; ours builds them when a question needs them.
    let with_lists = || {
        let graph = Ours::stage(workload, &words, &days).load(&workload.claims).graph;
        let (view, hub) = (graph.view(), entity(workload.questions().hubs[0]));
        let asked = [graph.claims().take(1).count(), view.claims_with_object(hub).count()];
        (asked.iter().sum::<usize>() + view.responses_with_stance(Stance::Denies).count()) as u64
    };
    measure(
        criterion,
        "bulk load, its lists made too",
        &[("ours", &with_lists), ("limit", &limit)],
    );
}

fn about(criterion: &mut Criterion, all: &All) {
    let (view, first) = (all.ours.graph.view(), all.ours.first_day());
    let questions = all.workload.questions();
    for (row, asked) in
        [("claims of 10 hubs", &questions.hubs), ("claims of 1000 subjects", &questions.some)]
    {
        let ours = || {
            fold(
                asked
                    .iter()
                    .fold([0; 4], |sums, &s| sum(view.claims_with_subject(entity(s)), first, sums)),
            )
        };
        let limit = || {
            fold(
                asked
                    .iter()
                    .fold([0; 4], |sums, &s| plus(sums, all.limit.sums(all.limit.about(s)))),
            )
        };
        let plain = || {
            fold(asked.iter().flat_map(|&s| all.plain.about(s)).fold([0; 4], |sums, (n, claim)| {
                add(sums, n as usize, claim.object as usize, u64::from(claim.valid))
            }))
        };
        compare(criterion, row, [("ours", &ours), ("limit", &limit), ("petgraph", &plain)]);
        let looped = || {
            let mut sums = [0; 4];
            for &s in asked {
                for claim in view.claims_with_subject(entity(s)) {
                    let object = claim.object_entity().map_or(0, |object| object.index());
                    let day = claim.valid_from_day().map_or(0, |day| day.number() - first);
                    sums = add(sums, claim.id().index(), object, day as u64);
                }
            }
            fold(sums)
        };
        assert_eq!(looped(), ours());
        measure(criterion, row, &[("ours, for loop", &looped)]);
    }
    let under = &questions.under;
    let ours = || {
        fold(under.iter().fold([0; 4], |sums, &(s, r)| {
            let (subject, relation) = (entity(s), all.ours.relations[r as usize]);
            sum(view.claims_with_subject_under(subject, relation), first, sums)
        }))
    };
    let limit = || {
        fold(
            under
                .iter()
                .fold([0; 4], |sums, &(s, r)| plus(sums, all.limit.sums(all.limit.under(s, r)))),
        )
    };
    let plain = || {
        let under = under
            .iter()
            .flat_map(|&(s, r)| all.plain.about(s).filter(move |(_, claim)| claim.relation == r));
        fold(under.fold([0; 4], |sums, (n, claim)| {
            add(sums, n as usize, claim.object as usize, u64::from(claim.valid))
        }))
    };
    compare(
        criterion,
        "hub and one relation",
        [("ours", &ours), ("limit", &limit), ("petgraph", &plain)],
    );
}

fn hops(criterion: &mut Criterion, all: &All) {
    let questions = all.workload.questions();
    let by = all.ours.dates[questions.middle as usize];
    let view = all.ours.graph.view().begun_by(by);
    let ours = || {
        let mut paths = 0u64;
        for &(s, first, second, _) in &questions.hops {
            let (first, second) =
                (all.ours.relations[first as usize], all.ours.relations[second as usize]);
            for claim in view.claims_with_subject_under(entity(s), first) {
                let Some(middle) = claim.object_entity() else { continue };
                view.claims_with_subject_under(middle, second).for_each(|next| {
                    paths += next.object_entity().map_or(0, |object| object.index() as u64 + 1);
                });
            }
        }
        paths
    };
    let limit = || {
        let mut paths = 0u64;
        for &(s, first, second, by) in &questions.hops {
            for row in all.limit.under(s, first).filter(|&row| all.limit.valid[row] <= by) {
                for next in all.limit.under(all.limit.object[row], second) {
                    if all.limit.valid[next] <= by {
                        paths += u64::from(all.limit.object[next]) + 1;
                    }
                }
            }
        }
        paths
    };
    let plain = || {
        let mut paths = 0u64;
        for &(s, first, second, by) in &questions.hops {
            for (_, claim) in
                all.plain.about(s).filter(|(_, c)| c.relation == first && c.valid <= by)
            {
                for (_, next) in all
                    .plain
                    .about(claim.object)
                    .filter(|(_, c)| c.relation == second && c.valid <= by)
                {
                    paths += u64::from(next.object) + 1;
                }
            }
        }
        paths
    };
    compare(
        criterion,
        "two hops by a day",
        [("ours", &ours), ("limit", &limit), ("petgraph", &plain)],
    );
}

fn counts(criterion: &mut Criterion, all: &All) {
    let counts = all.workload.questions().counts;
    let views: Vec<View<'_>> = counts
        .iter()
        .map(|&(_, day)| all.ours.graph.view().as_of(all.ours.dates[day as usize]))
        .collect();
    let ours = || {
        let counted =
            counts.iter().zip(&views).map(|(&(s, _), view)| view.count_with_subject(entity(s)));
        counted.sum::<usize>() as u64
    };
    let limit = || {
        let count = |&(s, day): &(u32, u16)| {
            all.limit.reported[all.limit.about(s)]
                .iter()
                .filter(|&&reported| reported <= day)
                .count() as u64
        };
        counts.iter().map(count).sum()
    };
    let plain = || {
        let count = |&(s, day): &(u32, u16)| {
            all.plain.about(s).filter(|(_, c)| c.reported <= day).count() as u64
        };
        counts.iter().map(count).sum()
    };
    compare(
        criterion,
        "count as of a day",
        [("ours", &ours), ("limit", &limit), ("petgraph", &plain)],
    );
}

fn answers(criterion: &mut Criterion, all: &All) {
    let view = all.ours.graph.view();
    let pair = |sum: u64, target: usize, by: usize| {
        sum.wrapping_add((target as u64) << 1).wrapping_add(by as u64 + 1)
    };
    let ours = || {
        view.responses_with_stance(Stance::Denies)
            .fold(0, |sum, (target, by)| pair(sum, target.index(), by.index()))
    };
    let limit = || {
        all.limit
            .denied
            .iter()
            .fold(0, |sum, &(target, by)| pair(sum, target as usize, by as usize))
    };
    let plain = || {
        let denials =
            all.plain.graph.edge_references().filter(|edge| edge.weight().stance == DENIES);
        denials.fold(0, |sum, edge| {
            pair(sum, edge.weight().target as usize, petgraph::visit::EdgeRef::id(&edge).index())
        })
    };
    compare(
        criterion,
        "denied and by whom",
        [("ours", &ours), ("limit", &limit), ("petgraph", &plain)],
    );

    let ours = || {
        view.with_several_responders(Stance::Confirms)
            .map(|(target, _)| target.index() as u64 + 1)
            .sum()
    };
    let limit = || {
        let source = |by: u32| all.limit.source[all.limit.row_of[by as usize] as usize];
        let groups = all.limit.confirmed.chunk_by(|a, b| a.0 == b.0);
        let several =
            groups.filter(|group| group.iter().any(|&(_, by)| source(by) != source(group[0].1)));
        several.map(|group| u64::from(group[0].0) + 1).sum()
    };
    let plain = || {
        let mut by: std::collections::HashMap<u32, (u16, bool)> = std::collections::HashMap::new();
        for claim in all.plain.graph.edge_weights().filter(|claim| claim.stance == CONFIRMS) {
            let entry = by.entry(claim.target).or_insert((claim.source, false));
            entry.1 |= entry.0 != claim.source;
        }
        by.iter()
            .filter(|(_, (_, several))| *several)
            .map(|(&target, _)| u64::from(target) + 1)
            .sum()
    };
    compare(
        criterion,
        "confirmed by two or more",
        [("ours", &ours), ("limit", &limit), ("petgraph", &plain)],
    );
}

fn walks(criterion: &mut Criterion, all: &All) {
    let questions = all.workload.questions();
    let view = all.ours.graph.view().begun_by(all.ours.dates[questions.middle as usize]);
    let ours = || {
        let mut bfs = Bfs::new(&view, entity(questions.start));
        std::iter::from_fn(|| bfs.next(&view)).count() as u64
    };
    let limit = || all.limit.reached(questions.start, questions.middle).0;
    let filtered = EdgeFiltered::from_fn(&all.plain.graph, |edge| {
        edge.weight().valid <= questions.middle && Plain::joins(edge.weight())
    });
    let plain = || {
        let mut bfs = Bfs::new(&filtered, NodeIndex::new(questions.start as usize));
        std::iter::from_fn(|| bfs.next(&filtered)).count() as u64
    };
    compare(
        criterion,
        "breadth first by a day",
        [("ours", &ours), ("limit", &limit), ("petgraph", &plain)],
    );
}

fn whole(criterion: &mut Criterion, all: &All) {
    let view = all.ours.graph.view();
    let joined = || {
        all.plain.graph.filter_map(|_, _| Some(()), |_, claim| Plain::joins(claim).then_some(()))
    };
    let sources = all.ours.sources.len() as u64;
    // An entity that only speaks is in the graph, and nothing joins it.
    let ours = || components(&view).count() as u64 - sources;
    let limit = || all.limit.components();
    let plain = || petgraph::algo::connected_components(&joined()) as u64;
    compare(
        criterion,
        "components",
        [("ours", &ours), ("limit", &limit), ("petgraph, copied", &plain)],
    );

    let first = |scores: &[f64]| {
        (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0) as u64
    };
    let twenty = PageRankOptions::new().rounds(20).tolerance(0.0);
    let ours = || {
        first(
            &page_rank(&view.projection(), twenty).unwrap().scores()[..all.workload.entities.len()],
        )
    };
    let limit = || first(&all.limit.page_rank(20));
    assert_eq!(ours(), limit());
    measure(criterion, "page rank, 20 rounds", &[("ours", &ours), ("limit", &limit)]);
}

fn additions(criterion: &mut Criterion, all: &All) {
    let later = all.workload.later();
    let rows: Vec<_> = later.iter().map(|claim| all.ours.row(claim)).collect();
    let mut group = criterion.benchmark_group("append one in a hundred");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800));
    group.bench_function("ours", |bencher| {
        bencher.iter_batched_ref(
            || all.ours.graph.clone(),
            |graph| rows.iter().for_each(|&row| _ = graph.insert(row).unwrap()),
            criterion::BatchSize::PerIteration,
        );
    });
    group.bench_function("limit", |bencher| {
        bencher.iter_batched_ref(
            || Log::over(all.workload.entities.len()),
            |log| later.iter().for_each(|&claim| log.push(claim)),
            criterion::BatchSize::PerIteration,
        );
    });
    group.bench_function("petgraph", |bencher| {
        bencher.iter_batched_ref(
            || all.plain.graph.clone(),
            |graph| {
                for claim in &later {
                    let (a, b) = (
                        NodeIndex::new(claim.subject as usize),
                        NodeIndex::new(claim.object as usize),
                    );
                    graph.add_edge(a, b, *claim);
                }
            },
            criterion::BatchSize::PerIteration,
        );
    });
    group.finish();

    let mut grown = all.ours.graph.clone();
    rows.iter().for_each(|&row| _ = grown.insert(row).unwrap());
    let mut merged = grown.clone();
    merged.compact();
    let (hubs, first) = (all.workload.questions().hubs, all.ours.first_day());
    let (before, after) = (grown.view(), merged.view());
    let ask = |view: &View<'_>| {
        let about = |sums, &s: &u32| sum(view.claims_with_subject(entity(s)), first, sums);
        fold(hubs.iter().fold([0; 4], about))
    };
    assert_eq!(ask(&before), ask(&after));
    measure(
        criterion,
        "claims of 10 hubs, one in a hundred new",
        &[("ours", &|| ask(&before)), ("ours, merged", &|| ask(&after))],
    );
    let mut group = criterion.benchmark_group("merge one in a hundred");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800));
    group.bench_function("ours", |bencher| {
        bencher.iter_batched_ref(
            || grown.clone(),
            |graph| graph.compact(),
            criterion::BatchSize::PerIteration,
        );
    });
    group.finish();
}

/// A thousand claims for a clone, as a writer does beside whom others read the graph; the limit copies its arrays.
fn commits(criterion: &mut Criterion, all: &All) {
    let later = all.workload.later();
    let rows: Vec<_> = later.iter().take(1_000).map(|claim| all.ours.row(claim)).collect();
    let mut graph = all.ours.graph.clone();
    graph.compact();
    let ours = || {
        let mut clone = graph.clone();
        rows.iter().for_each(|&row| _ = clone.insert(row).unwrap());
        (clone.len() - graph.len()) as u64
    };
    let limit = || {
        let (clone, mut log) = (all.limit.clone(), Log::over(all.workload.entities.len()));
        later.iter().take(1_000).for_each(|&claim| log.push(claim));
        black_box(clone);
        log.rows.len() as u64
    };
    assert_eq!(ours(), limit());
    measure(criterion, "commit 1000 to a clone", &[("ours", &ours), ("limit", &limit)]);
}

/// Writes into memory and reads from memory. The limit has no checksums and checks nothing.
fn snapshots(criterion: &mut Criterion, all: &All) {
    let write = || {
        let mut bytes = Vec::with_capacity(all.workload.claims.len() * 30 + (1 << 20));
        all.ours.graph.write_snapshot(&mut bytes).unwrap();
        bytes
    };
    let (ours, limit) = (write(), all.limit.to_bytes());
    println!("snapshot: {} bytes, limit {}", ours.len(), limit.len());
    let read = || ClaimGraph::read_snapshot(ours.as_slice()).unwrap();
    assert!(Limit::from_bytes(&limit) == all.limit);
    let mut again = Vec::new();
    read().write_snapshot(&mut again).unwrap();
    assert_eq!(again, ours);
    measure(
        criterion,
        "snapshot write",
        &[("ours", &|| write().len() as u64), ("limit", &|| all.limit.to_bytes().len() as u64)],
    );
    let limit = || Limit::from_bytes(&limit).id.len() as u64;
    measure(criterion, "snapshot read", &[("ours", &|| read().len() as u64), ("limit", &limit)]);
}

/// Lists that are built when a question first needs them, in a graph that was just read.
fn first_questions(criterion: &mut Criterion, all: &All) {
    let mut bytes = Vec::new();
    all.ours.graph.write_snapshot(&mut bytes).unwrap();
    let hub = entity(all.workload.questions().hubs[0]);
    let mut group = criterion.benchmark_group("first question");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800));
    let mut measure = |name: &str, ask: &dyn Fn(&ClaimGraph) -> usize| {
        assert!(ask(&all.ours.graph) > 0);
        group.bench_function(name, |bencher| {
            bencher.iter_batched_ref(
                || ClaimGraph::read_snapshot(bytes.as_slice()).unwrap(),
                |graph| black_box(ask(graph)),
                criterion::BatchSize::PerIteration,
            );
        });
    };
    let key = all.workload.entities[all.workload.questions().hubs[0] as usize].as_str();
    measure("an entity by key", &|graph| usize::from(graph.lookup(key, State) != Lookup::Unknown));
    measure("a claim by number", &|graph| graph.claims().take(1).count());
    // The real events have no denials.
    let denied =
        |claim: &Claim| ClaimId::nth(claim.target as usize).filter(|_| claim.stance == DENIES);
    let contested = |id: &ClaimId| !all.ours.graph.view().contests(*id).unwrap().is_empty();
    if let Some(contested) = all.workload.claims.iter().filter_map(denied).find(contested) {
        measure("who denies what", &|graph| {
            graph.view().responses_with_stance(Stance::Denies).count()
        });
        measure("who contests a claim", &|graph| graph.view().contests(contested).unwrap().len());
    }
    measure("claims on a hub", &|graph| graph.view().claims_with_object(hub).count());
    group.finish();
}

fn limit(criterion: &mut Criterion) {
    let claims = std::env::var("CLAIMS").unwrap_or_else(|_| "100000".to_owned());
    let workload = match claims.as_str() {
        "events" => Workload::of_events(
            &real_events().expect("CLAIMGRAPH_DATA names the folder with the events"),
        ),
        number => Workload::of(number.parse().expect("CLAIMS is a number, or `events`")),
    };
    let (ours, limit, plain) = (Ours::of(&workload), Limit::of(&workload), Plain::of(&workload));
    let all = All { workload, ours, limit, plain };
    load(criterion, &all);
    about(criterion, &all);
    hops(criterion, &all);
    counts(criterion, &all);
    answers(criterion, &all);
    walks(criterion, &all);
    whole(criterion, &all);
    additions(criterion, &all);
    commits(criterion, &all);
    snapshots(criterion, &all);
    first_questions(criterion, &all);
}

criterion_group!(benches, limit);
criterion_main!(benches);
