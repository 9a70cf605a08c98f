//! Random judgements beside the rules, computed by trying all ways.

use super::instant;
use claimgraph::identity::{Judgement, JudgementId, Undo, Verdict};
use claimgraph::reporting::*;
use claimgraph::{Answer, Claim, ClaimGraph, EntityId, date};
use proptest::prelude::*;
use proptest::sample::{Index, select};

const KEYS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// A judgement, or the undoing of an earlier one.
#[derive(Clone, Debug)]
struct Step {
    ends: [usize; 2],
    verdict: Verdict,
    author: &'static str,
    day: usize,
    undone: Option<usize>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let verdict = select(&[Verdict::Same, Verdict::Same, Verdict::Different, Verdict::Unsure][..]);
    let step = (0..6usize, 1..6usize, verdict, select(&["x", "y"][..]), 1..9usize)
        .prop_flat_map(|(one, off, verdict, author, day)| {
            let undone = prop::option::weighted(0.3, day..12usize);
            (Just((one, off, verdict, author, day)), undone)
        })
        .prop_map(|((one, off, verdict, author, day), undone)| Step {
            ends: [one, (one + off) % 6],
            verdict,
            author,
            day,
            undone,
        });
    prop::collection::vec(step, 0..10)
}

fn empty() -> (ClaimGraph, Vec<EntityId>) {
    let mut graph = ClaimGraph::new();
    let ids = KEYS.iter().map(|&key| graph.add(Person, key).unwrap().id()).collect();
    (graph, ids)
}

fn judged(graph: &mut ClaimGraph, ids: &[EntityId], step: &Step) -> JudgementId {
    let [one, other] = step.ends.map(|end| ids[end]);
    let judgement = Judgement::new(one, step.verdict, other).by(step.author).at(instant(step.day));
    let id = graph.judge(judgement).unwrap();
    if let Some(day) = step.undone {
        graph.undo(id, Undo::by("z").at(instant(day))).unwrap();
    }
    id
}

/// The judgements that count on a day: for each pair and author the latest that is not undone.
fn standing(steps: &[Step], day: usize) -> Vec<([usize; 2], Verdict)> {
    let pair = |step: &Step| {
        let mut ends = step.ends;
        ends.sort_unstable();
        ends
    };
    let is_same = |a: &Step, b: &Step| {
        (pair(a), a.verdict, a.author, a.day) == (pair(b), b.verdict, b.author, b.day)
    };
    // Equal judgements are one, which ends when the first of them is undone.
    let counts = |step: &Step| {
        let undone = steps.iter().filter(|other| is_same(step, other)).filter_map(|it| it.undone);
        step.day <= day && undone.min().is_none_or(|undone| undone > day)
    };
    let live: Vec<&Step> = steps.iter().filter(|step| counts(step)).collect();
    let is_latest = |step: &&&Step| {
        live.iter().all(|other| {
            (pair(other), other.author) != (pair(step), step.author)
                || (other.day, other.verdict) <= (step.day, step.verdict)
        })
    };
    let mut found: Vec<_> =
        live.iter().filter(is_latest).map(|step| (pair(step), step.verdict)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Calls `found` with each way without repeated vertices from one end to the other, as edges.
fn ways(
    at: usize,
    to: usize,
    edges: &[[usize; 2]],
    way: &mut Vec<usize>,
    seen: &mut Vec<usize>,
    found: &mut dyn FnMut(&[usize]),
) {
    if at == to {
        return found(way);
    }
    for (edge, &[one, other]) in edges.iter().enumerate() {
        let next = if one == at { other } else { one };
        if (one == at || other == at) && !seen.contains(&next) {
            way.push(edge);
            seen.push(next);
            ways(next, to, edges, way, seen, found);
            way.pop();
            seen.pop();
        }
    }
}

/// The pairs that are the same, those that are different, and how many conflicts there are.
fn expected(standing: &[([usize; 2], Verdict)]) -> (Vec<Vec<Answer>>, usize) {
    let of = |wanted| standing.iter().filter(move |(_, it)| *it == wanted).map(|(ends, _)| *ends);
    let same: Vec<[usize; 2]> = of(Verdict::Same).collect();
    let reaches = |edges: &[[usize; 2]], [from, to]: [usize; 2]| {
        let mut any = false;
        ways(from, to, edges, &mut Vec::new(), &mut vec![from], &mut |_| any = true);
        any
    };
    let (disputed, apart): (Vec<[usize; 2]>, Vec<[usize; 2]>) =
        of(Verdict::Different).partition(|ends| reaches(&same, *ends));
    // What lies on a circle with a disputed pair joins nothing.
    let mut joins = vec![true; same.len()];
    for (place, &[from, to]) in disputed.iter().enumerate() {
        let others = disputed.iter().enumerate().filter(|(other, _)| *other != place);
        let edges: Vec<[usize; 2]> =
            same.iter().copied().chain(others.map(|(_, ends)| *ends)).collect();
        ways(from, to, &edges, &mut Vec::new(), &mut vec![from], &mut |way| {
            way.iter().for_each(|&edge| joins.get_mut(edge).into_iter().for_each(|it| *it = false));
        });
    }
    let joined: Vec<[usize; 2]> =
        same.iter().zip(&joins).filter(|(_, joins)| **joins).map(|(ends, _)| *ends).collect();
    let answer = |one: usize, other: usize| {
        let is_apart = |&[a, b]: &[usize; 2]| {
            let both = |x, y| reaches(&joined, [one, x]) && reaches(&joined, [other, y]);
            both(a, b) || both(b, a)
        };
        match (reaches(&joined, [one, other]), apart.iter().any(is_apart)) {
            (true, _) => Answer::Yes,
            (false, true) => Answer::No,
            (false, false) => Answer::Unknown,
        }
    };
    let answers = (0..6).map(|one| (0..6).map(|other| answer(one, other)).collect()).collect();
    (answers, disputed.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn who_is_who_follows_the_rules_on_each_day(steps in steps(), day in 1..12usize) {
        let (mut graph, ids) = empty();
        for step in &steps {
            judged(&mut graph, &ids, step);
        }
        let identity = graph.identity_as_of(instant(day));
        let (answers, conflicts) = expected(&standing(&steps, day));
        for one in 0..6 {
            for other in 0..6 {
                let found = identity.same(ids[one], ids[other]);
                prop_assert_eq!(found, answers[one][other], "{} {}", one, other);
                prop_assert_eq!(identity.path(ids[one], ids[other]).is_some(), found == Answer::Yes);
            }
        }
        prop_assert_eq!(identity.conflicts().count(), conflicts);
    }

    #[test]
    fn any_order_of_judgements_gives_the_same_groups_and_the_same_bytes(
        steps in steps(),
        order in prop::collection::vec(any::<Index>(), 10),
    ) {
        let (mut graph, ids) = empty();
        for step in &steps {
            judged(&mut graph, &ids, step);
        }
        let (mut other, mut left) = (empty().0, steps.clone());
        for index in order.iter().take(steps.len()) {
            let step = left.remove(index.index(left.len()));
            judged(&mut other, &ids, &step);
        }
        prop_assert_eq!(other.to_jsonl(), graph.to_jsonl());
        let [ours, theirs] =
            [&graph, &other].map(|graph| serde_json::to_value(graph.identity()).unwrap());
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn undoing_a_judgement_restores_what_it_changed(steps in steps(), last in steps()) {
        let (mut graph, ids) = empty();
        for step in &steps {
            judged(&mut graph, &ids, step);
        }
        let before = serde_json::to_value(graph.identity()).unwrap();
        for step in last {
            // Another author, so that none of the others counts less.
            let step = Step { author: "w", undone: None, ..step };
            let id = judged(&mut graph, &ids, &step);
            graph.undo(id, Undo::by("z").at(instant(20))).unwrap();
            prop_assert_eq!(&serde_json::to_value(graph.identity()).unwrap(), &before);
        }
    }

    #[test]
    fn a_unified_graph_answers_as_if_each_claim_was_made_about_the_one_entity(
        steps in steps(),
        claims in prop::collection::vec((0..6usize, 0..6usize, 0..6usize, any::<bool>()), 0..12),
    ) {
        let (mut graph, ids) = empty();
        for step in &steps {
            judged(&mut graph, &ids, step);
        }
        let identity = graph.identity();
        let ones: Vec<EntityId> = ids.iter().map(|&id| identity.canonical(id)).collect();
        let one_for = |id: EntityId| ones[ids.iter().position(|&it| it == id).unwrap()];
        let mut oracle = empty().0;
        for &(speaker, subject, object, denies) in &claims {
            for (graph, ids) in [(&mut graph, &ids), (&mut oracle, &ones)] {
                let [speaker, subject, object] = [speaker, subject, object].map(|end| ids[end]);
                let [subject, object] = [subject, object].map(|end| graph.typed::<Person>(end).unwrap());
                let claim = Claim::by(speaker);
                let claim = match denies {
                    true => claim.denies(subject, MEETS, object),
                    false => claim.asserts(subject, MEETS, object),
                };
                graph.insert(claim.reported(date(2024, 10, 24))).unwrap();
            }
        }
        let unified = graph.unified();
        prop_assert_eq!(unified.graph().len(), claims.len());
        for claim in oracle.claims() {
            let found = unified.graph().claim(claim.id()).unwrap();
            prop_assert_eq!(found.to_string(), claim.to_string());
            prop_assert_eq!(unified.graph().claim_key(claim.id()), graph.claim_key(claim.id()));
        }
        for &one in &ids {
            for &other in &ids {
                let ends = |ids: [EntityId; 2], graph: &ClaimGraph| {
                    ids.map(|id| graph.typed::<Person>(id).unwrap())
                };
                let asked = |graph: &ClaimGraph, [one, other]: [EntityId; 2]| {
                    let [one, other] = ends([one, other], graph);
                    let asked = graph.statement(one, MEETS, other);
                    let backing = asked.backing().claims().to_vec();
                    (backing, asked.against().claims().to_vec(), asked.independence().count())
                };
                let found = asked(unified.graph(), [one, other]);
                let wanted = asked(&oracle, [one, other].map(one_for));
                prop_assert_eq!(found.0.len(), wanted.0.len());
                prop_assert_eq!((found.1.len(), found.2), (wanted.1.len(), wanted.2));
            }
            let wanted = one_for(one);
            prop_assert_eq!(unified.view().count_with_subject(one), oracle.view().count_with_subject(wanted));
            prop_assert_eq!(
                unified.view().speaker(one).claims().count(),
                oracle.view().speaker(wanted).claims().count()
            );
        }
    }
}
