//! The claim that a row stands for, and questions about claims added later.

use super::*;
use crate::support::small::{DAY, world};
use claimgraph::reporting::ATTACKS;

/// The date of one document is not used for the rows of another, however many there are.
#[test]
fn a_row_is_dated_by_its_own_document() {
    let (mut graph, ids, [attacks, ..]) = states();
    let documents: Vec<EntityId> = (0..3_000)
        .map(|n| {
            graph
                .add_document(format!("paper-{n}"), DocumentInfo::dated(on((n % 97) as i8)))
                .unwrap()
                .id()
        })
        .collect();
    for speaker in [ids[0], ids[1]] {
        let rows = |n: usize| {
            PlainClaim::new(speaker, Stance::Asserts)
                .about(ids[2], attacks, ids[3])
                .read_in(documents[n])
        };
        for _ in 0..2 {
            let extended = graph.extend((0..documents.len()).map(rows));
            assert!(extended.rejected().is_empty());
            for (claim, n) in extended.accepted().map(|claim| graph.claim(claim).unwrap()).zip(0..)
            {
                assert_eq!(claim.document().map(|document| document.id()), Some(documents[n]));
                assert_eq!(
                    (claim.reported(), claim.speaker()),
                    (on((n % 97) as i8), Some(speaker))
                );
            }
        }
    }
}

#[test]
fn a_denial_that_comes_after_the_question_is_found_by_the_next_one() {
    let (mut graph, ids, relations) = states();
    let plain = |speaker, stance, object| Plain {
        subject: 0,
        relation: 0,
        object,
        speaker,
        stance,
        valid: 3,
        reported: 5,
        answers: None,
    };
    let put = |graph: &mut ClaimGraph, plain| graph.insert(row(&plain, &ids, &relations)).unwrap();
    let first = put(&mut graph, plain(1, Stance::Asserts, 2));
    let second = put(&mut graph, plain(1, Stance::Asserts, 3));
    put(&mut graph, plain(4, Stance::Denies, 2));
    let contests = |graph: &ClaimGraph| {
        [first, second].map(|claim| graph.view().contests(claim).unwrap().len())
    };
    assert_eq!(contests(&graph), [1, 0]);
    let refused = [
        row(&plain(4, Stance::Denies, 3), &ids, &relations),
        PlainClaim::new(ids[0], Stance::Denies),
    ];
    assert_eq!(graph.insert_all(refused).unwrap_err().0, 1);
    assert_eq!(contests(&graph), [1, 0], "a refused batch leaves nothing behind");
    put(&mut graph, plain(4, Stance::Denies, 3));
    assert_eq!(contests(&graph), [1, 1]);
    graph.compact();
    assert_eq!(contests(&graph), [1, 1]);
}

/// Plain claims of known speakers take a faster path than others. Each is refused with the same fault, or gives the same
/// claim on record.
#[test]
fn a_row_is_refused_or_kept_as_the_claim_it_stands_for() {
    let (mut rows, ids, [attacks, deploys_to, treaty_with]) = states();
    let mut claims = states().0;
    let mut refused = 0;
    let mut put = |row: PlainClaim| {
        let (one, other) = (rows.insert(row), claims.insert(Claim::from(row)));
        refused += usize::from(one.is_err());
        assert_eq!(
            one.map_err(|error| error.to_string()),
            other.map_err(|error| error.to_string()),
            "{row:?}"
        );
    };
    for &speaker in &ids[..2] {
        put(PlainClaim::new(speaker, Stance::Asserts)
            .about(ids[2], attacks, ids[3])
            .reported(on(1)));
    }
    let (first, none) = (ClaimId::nth(0).unwrap(), ClaimId::nth(100_000).unwrap());
    for &stance in Stance::ALL {
        for statement in
            [None, Some((attacks, ids[3])), Some((treaty_with, ids[4])), Some((deploys_to, ids[5]))]
        {
            for answered in [None, Some(first), Some(none)] {
                for reported in [Some(on(20)), None] {
                    let row = PlainClaim::new(ids[0], stance);
                    let row = statement
                        .map_or(row, |(relation, object)| row.about(ids[2], relation, object));
                    let row = answered.map_or(row, |claim| row.responding_to(claim));
                    let row = reported.map_or(row, |day| row.reported(day));
                    put(row);
                    put(row.valid_on(on(20)));
                    put(row.valid_on(on(21)));
                    put(row.valid_throughout(on(3), on(9)));
                    put(row.valid_throughout(on(9), on(3)));
                    put(row.valid_since(on(4)));
                }
            }
        }
    }
    assert!(refused > 500 && rows.len() > 200, "{refused} refused, {} taken", rows.len());
    assert_eq!(rows.to_jsonl(), claims.to_jsonl());
    let told = |graph: &ClaimGraph| {
        let (view, mut out) = (graph.view(), String::new());
        list(&mut out, "timeline", view.timeline());
        list(&mut out, "revisions", view.revisions());
        list(&mut out, "contested", view.contested());
        view.responses(first).iter().for_each(|found| writeln!(out, "{found}").unwrap());
        out
    };
    assert_eq!(told(&rows), told(&claims));
}

/// While a relation takes every kind that the graph has entities of, kinds are not checked. That ends with the first
/// entity of another kind.
#[test]
fn kinds_are_checked_again_once_there_are_entities_of_another_kind() {
    let (mut graph, ids, [attacks, _, treaty_with]) = states();
    let row = |subject: EntityId, relation, object: EntityId| {
        PlainClaim::new(ids[0], Stance::Asserts).about(subject, relation, object).reported(on(1))
    };
    let refused = |graph: &mut ClaimGraph, rows: &[PlainClaim]| -> Vec<usize> {
        let one_by_one = rows.iter().map(|&row| graph.clone().insert(row).is_err());
        let one_by_one: Vec<usize> =
            one_by_one.enumerate().filter(|(_, refused)| *refused).map(|(n, _)| n).collect();
        let extended = graph.extend(rows.iter().copied());
        assert_eq!(
            extended.rejected().iter().map(|(position, _)| *position).collect::<Vec<_>>(),
            one_by_one
        );
        one_by_one
    };
    let mut other = ClaimGraph::new();
    let foreign =
        (0..=STATES).map(|n| other.add(State, format!("other-{n}")).unwrap().id()).last().unwrap();
    let rows = [
        row(ids[1], attacks, ids[2]),
        row(ids[1], attacks, foreign),
        row(foreign, treaty_with, ids[1]),
        row(ids[3], treaty_with, ids[4]),
    ];
    assert_eq!(refused(&mut graph, &rows), [1, 2]);
    assert_eq!(refused(&mut graph, &rows), [1, 2]);
    let place = graph.add(Place, "kursk").unwrap().id();
    assert_eq!(place, foreign);
    assert_eq!(refused(&mut graph, &rows), [2]);
    assert_eq!(
        refused(&mut graph, &[row(place, treaty_with, ids[1]), row(ids[1], treaty_with, place)]),
        [0, 1]
    );
}

#[test]
fn a_caller_that_panics_midway_leaves_a_graph_that_answers() {
    use claimgraph::{Stance, claim::PlainClaim};
    use std::panic::{AssertUnwindSafe, catch_unwind};
    let (mut graph, nk, russia, _) = world();
    let row = PlainClaim::new(nk, Stance::Asserts).about(nk, ATTACKS, russia).reported(DAY);
    let rows = || (0..100).map(|n| if n < 70 { row } else { panic!("no more") });
    assert!(catch_unwind(AssertUnwindSafe(|| graph.extend(rows()))).is_err());
    let kept = graph.len();
    assert!(kept > 0);
    graph.insert(row).unwrap();
    assert_eq!(
        (
            graph.len(),
            graph.view().count_with_subject(nk),
            graph.view().claims_with_object(russia).count()
        ),
        (kept + 1, kept + 1, kept + 1)
    );
    assert!(catch_unwind(AssertUnwindSafe(|| graph.insert_all(rows()))).is_err());
    assert_eq!(
        (graph.len(), graph.view().count_with_subject(nk)),
        (kept + 1, kept + 1),
        "all of them or none"
    );
}
