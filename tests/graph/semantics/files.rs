//! Files and merges do not depend on the order of insertion.

use super::*;
use crate::support::small::{DAY, world};
use claimgraph::claim::Derivation;

/// The lines that only one of the two files has.
fn differences(a: &str, b: &str) -> Vec<String> {
    let only = |mark: &str, these: &str, those: &str| -> Vec<String> {
        let count = |text: &str, line: &str| text.lines().filter(|l| *l == line).count();
        these
            .lines()
            .filter(|line| count(these, line) != count(those, line))
            .map(|line| format!("{mark} {}", &line[..line.len().min(200)]))
            .collect()
    };
    let mut found = only("-", a, b);
    found.extend(only("+", b, a));
    if found.is_empty() && a != b {
        found.push("the same lines in another order".to_owned());
    }
    found
}

/// Drops links and scoped lineage of equal claims; which of the equal claims is meant has tests of its own.
fn without_links_of_twins(world: World) -> World {
    let twins = keys(&world.build().graph).values().any(|count| *count > 1);
    if twins {
        World {
            links: Vec::new(),
            lineages: world.lineages.into_iter().filter(|l| l.scope != 3).collect(),
            ..world
        }
    } else {
        world
    }
}

/// The claims in another order, each after those it answers.
fn shuffled(world: &World, weights: &[u32]) -> Vec<usize> {
    let built = world.build();
    let mut left: Vec<usize> = (0..world.claims.len()).collect();
    let mut order = Vec::new();
    while !left.is_empty() {
        let ready = |spec: &usize| {
            built.row(*spec).is_none_or(|row| row.targets.iter().all(|(t, _)| order.contains(t)))
        };
        let next = left
            .iter()
            .copied()
            .filter(ready)
            .min_by_key(|spec| weights.get(*spec))
            .expect("targets come first");
        left.retain(|spec| *spec != next);
        // Claims that the first order refused stay out of the second.
        if built.row(next).is_some() {
            order.push(next);
        }
    }
    order
}

fn keys(graph: &ClaimGraph) -> BTreeMap<ClaimKey, usize> {
    let mut keys = BTreeMap::new();
    for claim in graph.claims() {
        *keys.entry(graph.claim_key(claim.id()).expect("on record")).or_default() += 1;
    }
    keys
}

/// The world with some of its claims repeated.
fn doubled(mut world: World, twice: &[prop::sample::Index]) -> World {
    for pick in twice {
        let copy = pick.get(&world.claims).clone();
        if matches!(copy.verb, Verb::State(_)) {
            world.claims.push(copy);
        }
    }
    world
}

/// Some of the claims, and all claims that they answer.
fn some(world: &World, wanted: &[bool]) -> ClaimGraph {
    let built = world.build();
    let mut kept: BTreeSet<usize> = BTreeSet::new();
    for row in built.rows.iter().rev() {
        if kept.contains(&row.spec) || wanted.get(row.spec).copied().unwrap_or(false) {
            kept.insert(row.spec);
            kept.extend(row.targets.iter().map(|(t, _)| *t));
        }
    }
    let order: Vec<usize> = kept.into_iter().collect();
    let everywhere = |l: &LineageSpec| l.scope != 3;
    let part = World {
        lineages: world.lineages.iter().filter(|l| everywhere(l)).cloned().collect(),
        ..world.clone()
    };
    part.build_in(&order, &(0..ENTITIES + 2).collect::<Vec<_>>()).graph
}

proptest! {
    #![proptest_config(config(50))]

    #[test]
    fn the_file_does_not_depend_on_the_order_of_insertion(
        world in worlds(5..25), twice in prop::collection::vec(index(), 0..3), weights in prop::collection::vec(any::<u32>(), 28),
        entities in Just((0..ENTITIES + 2).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let world = without_links_of_twins(doubled(world, &twice));
        let first = world.build();
        let second = world.build_in(&shuffled(&world, &weights), &entities);
        prop_assert_eq!(first.rows.len(), second.rows.len());
        prop_assert_eq!(keys(&first.graph), keys(&second.graph));
        prop_assert_eq!(differences(&first.graph.to_jsonl(), &second.graph.to_jsonl()), Vec::<String>::new());
    }

    #[test]
    fn a_written_file_reads_back_to_the_same_bytes(world in worlds(5..25), twice in prop::collection::vec(index(), 0..3)) {
        let graph = doubled(world, &twice).build().graph;
        let written = graph.to_jsonl();
        let read = match ClaimGraph::read_jsonl(written.as_bytes()) {
            Ok(read) => read,
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        };
        prop_assert_eq!(keys(&read), keys(&graph));
        prop_assert_eq!(differences(&read.to_jsonl(), &written), Vec::<String>::new());
    }

    #[test]
    fn merging_again_changes_nothing_and_either_way_round_gives_the_same_claims(
        world in worlds(5..25), twice in prop::collection::vec(index(), 0..3), left in prop::collection::vec(any::<bool>(), 28), right in prop::collection::vec(any::<bool>(), 28),
    ) {
        let world = without_links_of_twins(doubled(world, &twice));
        let (a, b) = (some(&world, &left), some(&world, &right));
        let (mut ab, mut ba) = (a.clone(), b.clone());
        ab.merge(&b).expect("no contradiction");
        ba.merge(&a).expect("no contradiction");
        prop_assert_eq!(keys(&ab), keys(&ba));
        let (ours, theirs) = (keys(&a), keys(&b));
        let larger: BTreeMap<ClaimKey, usize> = ours.keys().chain(theirs.keys()).map(|k| (*k, ours.get(k).max(theirs.get(k)).copied().unwrap_or(0))).collect();
        prop_assert_eq!(keys(&ab), larger, "of equal claims, the larger count");
        let once = ab.to_jsonl();
        for other in [&b, &a, &ab.clone()] {
            ab.merge(other).expect("no contradiction");
            prop_assert_eq!(differences(&ab.to_jsonl(), &once), Vec::<String>::new());
        }
    }
}

#[test]
fn equal_claims_said_from_either_side_give_one_file() {
    let file = |turned: bool| {
        let (mut graph, [a, b, c]) = small();
        let mut ends = [(a, b), (b, a)];
        if turned {
            ends.reverse();
        }
        for (x, y) in ends {
            graph
                .insert(Claim::by(c).asserts(x, ALLIED_WITH, y).reported(day(20)))
                .expect("well formed");
        }
        graph.to_jsonl()
    };
    assert_eq!(differences(&file(false), &file(true)), Vec::<String>::new());
}

#[test]
fn equal_claims_of_which_one_is_linked_give_one_file() {
    let graph = |linked: usize| {
        let (mut graph, [a, b, c]) = small();
        let other = graph
            .insert(Claim::by(c).asserts(b, PRESENT_IN, c).reported(day(20)))
            .expect("well formed");
        let twins = [0, 1].map(|_| {
            graph
                .insert(Claim::by(c).asserts(a, PRESENT_IN, b).reported(day(20)))
                .expect("well formed")
        });
        graph.link(Link::new(twins[linked], RELATED_TO, other)).expect("on record");
        graph
    };
    assert_eq!(differences(&graph(0).to_jsonl(), &graph(1).to_jsonl()), Vec::<String>::new());
    let mut merged = graph(0);
    merged.merge(&graph(1)).expect("no contradiction");
    assert_eq!(differences(&merged.to_jsonl(), &graph(0).to_jsonl()), Vec::<String>::new());
}

#[test]
fn equal_claims_of_which_one_has_a_lineage_give_one_file() {
    let file = |scoped: usize| {
        let (mut graph, [a, b, c]) = small();
        let twins = [0, 1].map(|_| {
            graph
                .insert(Claim::by(c).asserts(a, PRESENT_IN, b).reported(day(20)))
                .expect("well formed")
        });
        graph.add_lineage(Lineage::new(c, b).for_claims([twins[scoped]])).expect("no circle");
        graph.to_jsonl()
    };
    assert_eq!(differences(&file(0), &file(1)), Vec::<String>::new());
}

#[test]
fn a_lineage_of_some_claims_is_the_same_in_whatever_order_they_are_named() {
    let (mut graph, [a, b, c]) = small();
    let claims = [a, b].map(|place| {
        graph
            .insert(Claim::by(c).asserts(a, PRESENT_IN, place).reported(day(20)))
            .expect("well formed")
    });
    for order in [claims, [claims[1], claims[0]]] {
        let mut graph = graph.clone();
        graph.add_lineage(Lineage::new(c, b).for_claims(order)).expect("no circle");
        let written = graph.to_jsonl();
        let same = graph.clone();
        graph.merge(&same).expect("no contradiction");
        assert_eq!(
            differences(&graph.to_jsonl(), &written),
            Vec::<String>::new(),
            "merged with itself"
        );
    }
    let links: BTreeSet<_> = [claims, [claims[1], claims[0]]]
        .map(|order| graph.add_lineage(Lineage::new(c, b).for_claims(order)).expect("no circle"))
        .into();
    assert_eq!(links.len(), 1);
    let written = graph.to_jsonl();
    let read = ClaimGraph::read_jsonl(written.as_bytes()).expect("what is written can be read");
    assert_eq!(differences(&read.to_jsonl(), &written), Vec::<String>::new());
}

#[test]
fn a_graph_whose_document_has_its_text_at_hand_merges_with_itself() {
    let (mut graph, [a, b, _]) = small();
    let paper = graph
        .add_document(
            "paper",
            claimgraph::DocumentInfo::dated(day(20)).with_text("Alta is in Brena."),
        )
        .expect("a new key");
    let said = graph
        .insert(Claim::by(paper).asserts(a, PRESENT_IN, b).read_in(paper, 0..17))
        .expect("well formed");
    let (same, read) = (
        graph.clone(),
        ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).expect("what is written can be read"),
    );
    for other in [same, read] {
        assert_eq!(graph.merge(&other).map_err(|error| error.to_string()), Ok(()));
        assert_eq!(graph.len(), 1);
        assert_eq!(graph.claim(said).expect("on record").passage(), Some("Alta is in Brena."));
    }
}

#[test]
fn a_document_named_twice_in_a_chain_stands_there_once() {
    let (mut graph, _, russia, _) = world();
    let paper = graph.add_document("paper", DAY).unwrap();
    let claim =
        Claim::by(paper).relayed_by(paper).asserts(russia, ATTACKS, russia).read_in(paper, ..);
    let said = graph.insert(claim).unwrap();
    assert!(graph.claim(said).unwrap().is_own_voice());
    let read = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap();
    assert_eq!(read.to_jsonl(), graph.to_jsonl());
    assert_eq!(read.claims().next().unwrap().chain().len(), 1);
}

#[test]
fn graphs_that_derive_different_figures_do_not_merge() {
    let (mut graph, nk, russia, _) = world();
    let claim = graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia).reported(DAY)).unwrap();
    let derived = |n: i32| {
        let mut graph = graph.clone();
        graph
            .add_derived_figure(
                claim,
                Derivation::new(Quantity::stated(n, "soldiers"), "a rule", []),
            )
            .unwrap();
        graph
    };
    let (mut one, two) = (derived(1), derived(2));
    let before = one.to_jsonl();
    assert!(one.merge(&two).is_err());
    assert_eq!(one.to_jsonl(), before);
    assert_eq!(one.merge(&derived(1)), Ok(()));
}
