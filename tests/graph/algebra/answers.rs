//! Kleene's strong three-valued logic, by its tables.

use super::*;

const ALL: [Answer; 3] = [No, Unknown, Yes];

fn or(a: Answer, b: Answer) -> Answer {
    !((!a).and(!b))
}

/// Returns what an answer can turn out to be.
fn truths(a: Answer) -> Vec<bool> {
    match a {
        Yes => vec![true],
        No => vec![false],
        Unknown => vec![false, true],
    }
}

#[test]
fn and_or_and_not_are_what_every_truth_of_the_parts_gives() {
    assert_eq!(Answer::ALL, ALL);
    for a in ALL {
        assert_eq!(!a, of_readings(&truths(a), |a| !a));
        for b in ALL {
            let both: Vec<(bool, bool)> = truths(a)
                .into_iter()
                .flat_map(|a| truths(b).into_iter().map(move |b| (a, b)))
                .collect();
            assert_eq!(a.and(b), of_readings(&both, |(a, b)| *a && *b), "{a} and {b}");
            assert_eq!(or(a, b), of_readings(&both, |(a, b)| *a || *b), "{a} or {b}");
        }
    }
}

#[test]
fn the_tables_are_those_of_kleene() {
    let and = ALL.map(|a| ALL.map(|b| a.and(b)));
    assert_eq!(and, [[No, No, No], [No, Unknown, Unknown], [No, Unknown, Yes]]);
    let either = ALL.map(|a| ALL.map(|b| or(a, b)));
    assert_eq!(either, [[No, Unknown, Yes], [Unknown, Unknown, Yes], [Yes, Yes, Yes]]);
    assert_eq!(ALL.map(|a| !a), [Yes, Unknown, No]);
}

#[test]
fn answers_are_a_lattice_with_a_complement_that_turns_it_over() {
    for a in ALL {
        assert_eq!((a.and(a), or(a, a), !!a), (a, a, a), "idempotent; twice not");
        assert_eq!((a.and(Yes), a.and(No), or(a, No), or(a, Yes)), (a, No, a, Yes), "bounds");
        for b in ALL {
            assert_eq!((a.and(b), or(a, b)), (b.and(a), or(b, a)), "commutative");
            assert_eq!((a.and(b), or(a, b)), (a.min(b), a.max(b)), "the weaker, the surer");
            assert_eq!((a.and(or(a, b)), or(a, a.and(b))), (a, a), "absorption");
            assert_eq!((!a.and(b), !or(a, b)), (or(!a, !b), (!a).and(!b)), "De Morgan");
            assert_eq!(a <= b, !b <= !a, "not turns the order over");
            assert!(a.and(!a) <= or(b, !b), "Kleene's law");
            for c in ALL {
                assert_eq!(a.and(b).and(c), a.and(b.and(c)), "associative");
                assert_eq!(or(or(a, b), c), or(a, or(b, c)), "associative");
                assert_eq!(a.and(or(b, c)), or(a.and(b), a.and(c)), "distributive");
                assert_eq!(or(a, b.and(c)), or(a, b).and(or(a, c)), "distributive");
                assert!(b > c || a.and(b) <= a.and(c), "monotone");
            }
        }
    }
}

#[test]
fn what_is_so_may_be_so_and_what_cannot_be_so_is_not() {
    for a in ALL {
        let able = |truth| truths(a).contains(&truth);
        assert_eq!(
            (a.is_yes(), a.is_no(), a.is_possible()),
            (!able(false), !able(true), able(true))
        );
        assert!(!a.is_yes() || a.is_possible());
        assert_eq!(a.is_possible(), !(!a).is_yes());
    }
}
