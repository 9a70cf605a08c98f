//! The cost of ten times the claims. One load should take as long as ten loads of a tenth, and a question whose answer
//! has the same size should take as long as before.
//!
//! Loads are measured twice: each in a process of its own, like a program that loads its data once; and all in this
//! process, with the ten graphs kept. There the small loads find memory that earlier loads have left, and the large one
//! gets its memory fresh from the system each time. Ten graphs have ten vocabularies: with 100,000 claims each they cost
//! some hundredths of the time, with 1,000,000 nothing that shows.
//!
//! `cargo bench --bench growth` from 100,000 claims; `CLAIMS=1000000` for another number.

#[path = "support/mod.rs"]
mod support;

use claimgraph::View;
use criterion::{Criterion, criterion_group};
use std::time::{Duration, Instant};
use support::limit::Limit;
use support::measure;
use support::ours::{Ours, dates, entity, fold, plus, sum, vocabulary};
use support::workload::{Questions, Workload};

/// Set in a process that loads this many claims once and prints how many nanoseconds the load took.
const ONCE: &str = "CLAIMGRAPH_BENCH_LOADS";

/// A workload, and the graph and arrays that are asked about it.
struct Size {
    workload: Workload,
    questions: Questions,
    ours: Ours,
    limit: Limit,
}

impl Size {
    fn of(claims: usize) -> Self {
        let workload = Workload::of(claims);
        let (questions, ours, limit) =
            (workload.questions(), Ours::of(&workload), Limit::of(&workload));
        Self { workload, questions, ours, limit }
    }

    /// Loads entities, vocabulary and all claims.
    fn loads(&self, times: usize) -> impl Fn() -> u64 {
        let (words, days) = (vocabulary(&self.workload), dates(&self.workload));
        let load =
            move || Ours::stage(&self.workload, &words, &days).load(&self.workload.claims).graph;
        move || {
            (0..times)
                .map(|_| load())
                .collect::<Vec<_>>()
                .iter()
                .map(|graph| graph.len() as u64)
                .sum()
        }
    }

    fn limit_loads(&self, times: usize) -> u64 {
        let loads: Vec<Limit> = (0..times).map(|_| Limit::of(&self.workload)).collect();
        loads.iter().map(|limit| limit.id.len() as u64).sum()
    }

    /// The claims of a thousand subjects.
    fn about<'a>(&'a self, view: &'a View<'a>) -> impl Fn() -> u64 + 'a {
        let first = self.ours.first_day();
        move || {
            let about =
                |sums, &subject: &u32| sum(view.claims_with_subject(entity(subject)), first, sums);
            fold(self.questions.some.iter().fold([0; 4], about))
        }
    }

    fn limit_about(&self) -> u64 {
        let about = |sums, &subject: &u32| plus(sums, self.limit.sums(self.limit.about(subject)));
        fold(self.questions.some.iter().fold([0; 4], about))
    }

    /// The number of claims about each of them that were on record by a day.
    fn counted<'a>(&'a self, view: &'a View<'a>) -> impl Fn() -> u64 + 'a {
        move || {
            self.questions
                .some
                .iter()
                .map(|&subject| view.count_with_subject(entity(subject)) as u64)
                .sum()
        }
    }

    fn limit_counted(&self) -> u64 {
        let reported = |subject: u32| self.limit.reported[self.limit.about(subject)].iter();
        let by = |subject: u32| {
            reported(subject).filter(|&&day| day <= self.questions.middle).count() as u64
        };
        self.questions.some.iter().map(|&subject| by(subject)).sum()
    }

    /// A day in the middle of the reports.
    fn view(&self) -> View<'_> {
        self.ours.graph.view().as_of(self.ours.dates[usize::from(self.questions.middle)])
    }
}

/// The large and the small size; `scripts/ratios` pairs rows by these names.
fn compare(criterion: &mut Criterion, row: &str, [many, tenth]: [&dyn Fn() -> u64; 2]) {
    measure(criterion, row, &[("a tenth", tenth), ("ours", many)]);
}

/// Loads entities, vocabulary and all claims in a process that has only generated the workload so far.
fn loads_once(claims: usize) {
    let workload = Workload::of(claims);
    let (words, days) = (vocabulary(&workload), dates(&workload));
    let begun = Instant::now();
    let ours = Ours::stage(&workload, &words, &days).load(&workload.claims);
    let taken = begun.elapsed();
    assert_eq!(ours.graph.len(), claims);
    println!("{}", taken.as_nanos());
}

/// Runs a number of processes one after the other; each loads a number of claims.
fn processes(count: u32, claims: usize) -> Duration {
    let one = |_| {
        let this = std::env::current_exe().expect("a bench is a file");
        let output = std::process::Command::new(this)
            .env(ONCE, claims.to_string())
            .output()
            .expect("the process starts");
        let printed = String::from_utf8_lossy(&output.stdout);
        Duration::from_nanos(
            printed.trim().parse().unwrap_or_else(|_| panic!("not a number: {output:?}")),
        )
    };
    (0..count).map(one).sum()
}

fn single_loads(criterion: &mut Criterion, tenth: usize) {
    let mut group =
        criterion.benchmark_group("ten times the claims: load, each in a process of its own");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(1))
        .measurement_time(Duration::from_millis(1));
    for (name, count, claims) in [("a tenth", 10, tenth), ("ours", 1, tenth * 10)] {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| (0..times).map(|_| processes(count, claims)).sum());
        });
    }
    group.finish();
}

fn growth(criterion: &mut Criterion) {
    let tenth: usize = std::env::var("CLAIMS")
        .map_or(100_000, |claims| claims.parse().expect("CLAIMS is a number"));
    single_loads(criterion, tenth);
    let sizes = [tenth * 10, tenth].map(Size::of);
    let [many, few] = &sizes;
    compare(
        criterion,
        "ten times the claims: load, beside ten loads",
        [&many.loads(1), &few.loads(10)],
    );
    compare(
        criterion,
        "ten times the claims: load, beside ten loads, limit",
        [&|| many.limit_loads(1), &|| few.limit_loads(10)],
    );
    let views = sizes.each_ref().map(|size| size.ours.graph.view());
    let about = [many.about(&views[0]), few.about(&views[1])];
    assert_eq!([about[0](), about[1]()], [many.limit_about(), few.limit_about()]);
    let claims = |size: &Size| {
        size.questions.some.iter().map(|&subject| size.limit.about(subject).len()).sum::<usize>()
    };
    println!("claims of 1000 subjects: {} and {}", claims(many), claims(few));
    compare(criterion, "ten times the claims: 1000 subjects", [&about[0], &about[1]]);
    compare(
        criterion,
        "ten times the claims: 1000 subjects, limit",
        [&|| many.limit_about(), &|| few.limit_about()],
    );
    let views = sizes.each_ref().map(Size::view);
    let counted = [many.counted(&views[0]), few.counted(&views[1])];
    assert_eq!([counted[0](), counted[1]()], [many.limit_counted(), few.limit_counted()]);
    compare(criterion, "ten times the claims: 1000 counts as of a day", [&counted[0], &counted[1]]);
}

criterion_group!(benches, growth);

fn main() {
    match std::env::var(ONCE) {
        Ok(claims) => loads_once(claims.parse().expect("a number of claims")),
        Err(_) => {
            benches();
            Criterion::default().configure_from_args().final_summary();
        }
    }
}
