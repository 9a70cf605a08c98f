//! Answers on random small graphs against the rules of `SEMANTICS.md` applied by brute force.

mod support_brute;

use claimgraph::reporting::*;
use claimgraph::{
    Answer, Claim, ClaimGraph, ClaimId, Modality, Period, Quantity, Stance,
    claim::{ClaimKey, Link},
    date,
    entity::{Affiliation, AffiliationId},
    questions::ContestKind,
    sources::{Lineage, Party},
};
use petgraph::algo::{dijkstra, has_path_connecting, kosaraju_scc, tarjan_scc};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Bfs, Dfs, EdgeRef, IntoEdgeReferences, NodeIndexable};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::{BTreeMap, BTreeSet};
use support_brute::*;

type Set = BTreeSet<ClaimId>;

/// The same worlds in every run, unless `PROPTEST_RNG_SEED` asks for others.
fn config(cases: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    let rng_seed = match given.rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_241_024),
        fixed => fixed,
    };
    ProptestConfig {
        cases,
        rng_seed,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        max_shrink_time: 5_000,
        ..given
    }
}

fn index() -> impl Strategy<Value = prop::sample::Index> {
    any::<prop::sample::Index>()
}

// ----- (a) filters

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn a_view_holds_what_a_plain_filter_lets_through(
        world in worlds(5..25), as_of in as_of(), doc in prop::option::of(0..2usize), speaker in prop::option::of(0..8usize),
        relation in prop::option::weighted(0.2, 0..11usize), stance in prop::option::weighted(0.2, prop::sample::select(Stance::ALL)),
        modality in prop::option::weighted(0.2, prop::sample::select(Modality::ALL)), including_retracted in any::<bool>(),
    ) {
        let built = world.build();
        let ask = Ask { as_of, doc: doc.map(|d| d + ENTITIES), speaker, relation, stance, modality, including_retracted, ..Ask::default() };
        let view = ask.view(&built);
        let expected: Vec<ClaimId> = built.in_view(&ask).map(|row| row.id).collect();
        let found: Vec<ClaimId> = view.claims().map(|claim| claim.id()).collect();
        prop_assert_eq!(&found, &expected);
        let backwards: Vec<ClaimId> = view.claims().rev().map(|claim| claim.id()).collect();
        prop_assert_eq!(backwards, expected.iter().rev().copied().collect::<Vec<_>>());
        for row in &built.rows {
            prop_assert_eq!(view.contains(row.id), expected.contains(&row.id));
            let claim = built.graph.claim(row.id).expect("on record");
            let chain: Vec<_> = claim.chain().iter().map(|link| link.source.map(|e| built.place(e))).collect();
            prop_assert_eq!(&chain, &row.chain);
            prop_assert_eq!((claim.stance(), claim.modality(), claim.certainty(), claim.reported()), (row.stance, row.modality, row.certainty, day(row.day)));
        }
        let again = built.graph.view().filtered(&view.filter()).expect("its own keys");
        prop_assert_eq!(again.claims().map(|claim| claim.id()).collect::<Vec<_>>(), expected);
    }
}

// ----- (b) contested

fn contests_of(built: &Built, ask: &Ask) -> BTreeMap<(ClaimId, ClaimId), (u8, bool)> {
    let how = |how: &ContestKind| match how {
        ContestKind::FactDenied => 0,
        ContestKind::FacetDenied => 1,
        ContestKind::ClaimDismissed => 2,
        _ => 9,
    };
    let contested = ask.view(built).contested();
    let each =
        contested.iter().flat_map(|c| c.contests().iter().map(move |by| (c.claim().id(), by)));
    each.map(|(claim, by)| ((claim, by.by().id()), (how(by.how()), by.certain() == Answer::Yes)))
        .collect()
}

proptest! {
    #![proptest_config(config(140))]

    #[test]
    fn contested_is_what_is_dismissed_and_what_entails_something_denied(world in worlds(5..25), as_of in as_of(), including_retracted in any::<bool>()) {
        let built = world.build();
        let ask = Ask { as_of, including_retracted, ..Ask::default() };
        // The rules do not say whether what is only held possible is contested by a denial.
        let open = |pair: &(ClaimId, ClaimId)| {
            let row = built.rows.iter().find(|row| row.id == pair.0).expect("on record");
            row.certainty > claimgraph::claim::Certainty::Probable && built.rows.iter().any(|r| r.id == pair.1 && r.stance == Stance::Denies)
        };
        let keep = |mut map: BTreeMap<_, _>| {
            map.retain(|pair, _| !open(pair));
            map
        };
        let (expected, found) = (keep(built.contested(&ask)), keep(contests_of(&built, &ask)));
        prop_assert_eq!(&found, &expected);
        // Asked of one claim, the same.
        let view = ask.view(&built);
        for row in built.in_view(&ask) {
            let one: Set = view.contests(row.id).expect("on record").iter().map(|c| c.by().id()).filter(|by| !open(&(row.id, *by))).collect();
            let theirs: Set = expected.keys().filter(|(claim, _)| *claim == row.id).map(|(_, by)| *by).collect();
            prop_assert_eq!(one, theirs);
        }
        let settled = |id: &ClaimId| {
            let others = built.rows.iter().map(|row| (*id, row.id));
            expected.keys().any(|(c, _)| c == id) && others.into_iter().all(|pair| !open(&pair))
        };
        let firm: Set = view.contested().certain().map(|c| c.claim().id()).filter(settled).collect();
        let sure = expected.iter().filter(|(_, (_, sure))| *sure).map(|((claim, _), _)| *claim);
        prop_assert_eq!(firm, sure.filter(settled).collect::<Set>());
    }
}

// ----- (c) backing, (d) independence

proptest! {
    #![proptest_config(config(140))]

    #[test]
    fn backing_is_what_entails_it_and_what_confirms_that(
        world in worlds(5..25), as_of in as_of(), roll_up in prop::bool::weighted(0.8), including_retracted in any::<bool>(),
        asked in prop::collection::vec((index(), index(), any::<(bool, bool)>(), prop::bool::weighted(0.5), prop::option::weighted(0.3, (0..20u8, 0..20u8))), 6),
    ) {
        let built = world.build();
        let ask = Ask { as_of, including_retracted, ..Ask::default() };
        let view = ask.view(&built);
        for (pick, general, wider, figure, window) in asked {
            let Some((asked, period)) = question(&built, &pick, &general, wider, figure, window) else { continue };
            let relation = built.graph.relation(RELS[asked.relation].key).expect("declared");
            let mut inquiry = view.statement(built.entities[asked.subject], relation, built.entities[asked.object]);
            if let Some(n) = asked.quantity {
                inquiry = inquiry.quantity(Quantity::stated(n, "troops"));
            }
            if let Some(period) = period {
                inquiry = inquiry.valid(period);
            }
            if !roll_up {
                inquiry = inquiry.without_parts();
            }
            let found: Set = inquiry.backing().claims().into_iter().collect();
            prop_assert_eq!(&found, &built.backing(&asked, roll_up, &ask), "{:?}", asked);
            prop_assert_eq!(found.is_empty(), inquiry.is_asserted() != Answer::Yes);
            for backing in &inquiry.backing() {
                prop_assert!(backing.through().is_none_or(|target| found.contains(&target)));
            }
        }
    }

    #[test]
    fn independence_is_the_smallest_set_of_parties_that_would_all_have_to_be_wrong(
        world in worlds(5..20), as_of in as_of(), only_stated in prop::bool::weighted(0.2), without in prop::option::weighted(0.3, index()),
        asked in prop::collection::vec((index(), index(), any::<(bool, bool)>()), 3), counting in any::<bool>(),
    ) {
        let built = world.build();
        let without = without.filter(|_| !built.lineages.is_empty()).map(|i| i.get(&built.lineages).0);
        let ask = Ask { as_of, only_stated, without, ..Ask::default() };
        let view = ask.view(&built);
        for (pick, general, wider) in asked {
            let Some((asked, _)) = question(&built, &pick, &general, wider, false, None) else { continue };
            let relation = built.graph.relation(RELS[asked.relation].key).expect("declared");
            let mut independence = view.statement(built.entities[asked.subject], relation, built.entities[asked.object]).independence();
            if counting {
                independence = independence.counting_documents();
            }
            let backing = built.backing(&asked, true, &ask);
            let supporters: Vec<&Row> = built.rows.iter().filter(|row| backing.contains(&row.id) && evidence(row.stance)).collect();
            let Some((count, cuts)) = built.cuts(&supporters, &ask, counting) else { continue };
            prop_assert_eq!(independence.claims().iter().copied().collect::<Set>(), supporters.iter().map(|row| row.id).collect::<Set>());
            prop_assert_eq!(independence.count(), count, "{:?}", cuts);
            let party = |p: &Party| match *p {
                Party::Source(e) => format!("{}", built.place(e)),
                Party::Unnamed(claim) => format!("unnamed {claim:?}"),
            };
            let own = |v: &Vertex| match *v {
                Vertex::Party(e) => format!("{e}"),
                Vertex::Unnamed(claim, _) => format!("unnamed {claim:?}"),
                _ => unreachable!("relays and ends are not cut"),
            };
            let found: BTreeSet<BTreeSet<String>> = independence.all_cuts(10_000).iter().map(|cut| cut.iter().map(party).collect()).collect();
            let expected: BTreeSet<BTreeSet<String>> = cuts.iter().map(|cut| cut.iter().map(own).collect()).collect();
            prop_assert!(expected.contains(&independence.cut().iter().map(party).collect::<BTreeSet<_>>()));
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_source_that_depends_on_a_speaker_never_adds_to_independence(world in worlds(5..20), pick in index(), general in index(), which in index()) {
        let mut built = world.build();
        let Some((asked, _)) = question(&built, &pick, &general, (false, false), false, None) else { return Ok(()) };
        let relation = built.graph.relation(RELS[asked.relation].key).expect("declared");
        let (subject, object) = (built.entities[asked.subject], built.entities[asked.object]);
        let before = built.graph.statement(subject, relation, object).independence();
        // A speaker who vouches for it himself, and whose word comes from nobody.
        let speakers: Vec<usize> = before.claims().iter().filter_map(|id| {
            let row = built.rows.iter().find(|row| row.id == *id)?;
            let own: Vec<usize> = row.chain.iter().flatten().copied().filter(|e| *e < ENTITIES).collect();
            let alone = own.len() == 1 && row.chain.iter().all(Option::is_some);
            own.first().copied().filter(|s| alone && !built.lineages.iter().any(|(_, from, ..)| from == s))
        }).collect();
        if speakers.is_empty() {
            return Ok(());
        }
        let (count, source) = (before.count(), built.entities[*which.get(&speakers)]);
        let echo = built.graph.add(Person, "echo").expect("a new key");
        built.graph.insert(Claim::by(echo).asserts(subject, relation, object).reported(day(25))).expect("well formed");
        let alone = built.graph.statement(subject, relation, object).independence().count();
        prop_assert_eq!(alone, count + 1, "as yet it depends on nobody");
        built.graph.add_lineage(Lineage::new(echo, source)).expect("no circle");
        prop_assert_eq!(built.graph.statement(subject, relation, object).independence().count(), count);
    }
}

// ----- (e) petgraph

/// SEMANTICS 1.3, from what can be read back of the claims: each arc, and the claim behind it.
fn joined(graph: &ClaimGraph, ids: &Set, named: &Ask) -> Vec<(usize, usize, ClaimId)> {
    let order: BTreeMap<_, usize> =
        graph.entities().enumerate().map(|(i, e)| (e.id(), i)).collect();
    let mut arcs = Vec::new();
    for claim in graph.claims().filter(|claim| ids.contains(&claim.id())) {
        use Stance::*;
        let commits = matches!(
            claim.stance(),
            Asserts | Observes | Estimates | Assesses | Confirms | Acknowledges | Presupposes
        );
        let asked_for = named.stance == Some(claim.stance())
            && matches!(claim.stance(), Projects | Speculates | Demands | CallsFor | Threatens);
        let plain =
            claim.modality() == Modality::Actual || named.modality == Some(claim.modality());
        let sure = matches!(
            claim.certainty(),
            claimgraph::claim::Certainty::Certain | claimgraph::claim::Certainty::Probable
        );
        let Some(statement) = claim.statement().filter(|_| (commits && plain && sure) || asked_for)
        else {
            continue;
        };
        let (Some(a), Some(b)) = (statement.subject().entity(), statement.object().entity()) else {
            continue;
        };
        // Said from the other side, it is the same claim and the same arc.
        let (a, b) = if statement.relation().inverse.is_some() { (b, a) } else { (a, b) };
        arcs.push((order[&a], order[&b], claim.id()));
        if statement.relation().symmetric && a != b {
            arcs.push((order[&b], order[&a], claim.id()));
        }
    }
    arcs
}

fn components<N: Copy>(sccs: Vec<Vec<N>>, index: impl Fn(N) -> usize) -> BTreeSet<BTreeSet<usize>> {
    sccs.into_iter().map(|scc| scc.into_iter().map(&index).collect()).collect()
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn algorithms_on_a_view_answer_as_on_a_plain_graph(
        world in worlds(5..25), as_of in as_of(), doc in prop::option::weighted(0.2, 0..2usize), speaker in prop::option::weighted(0.2, 0..8usize),
        stance in prop::option::weighted(0.2, prop::sample::select(Stance::ALL)), modality in prop::option::weighted(0.2, prop::sample::select(Modality::ALL)),
        including_retracted in any::<bool>(),
    ) {
        let built = world.build();
        // What naming both does, the rules do not say; a stance that joins anyway has a test of its own.
        let stance = stance.filter(|s| !commits(*s));
        let modality = modality.filter(|_| stance.is_none());
        let ask = Ask { as_of, doc: doc.map(|d| d + ENTITIES), speaker, stance, modality, including_retracted, ..Ask::default() };
        let view = ask.view(&built);
        let ids: Set = built.in_view(&ask).map(|row| row.id).collect();
        let arcs = joined(&built.graph, &ids, &ask);
        let nodes: Vec<_> = built.graph.entities().map(|e| e.id()).collect();
        let mut plain: DiGraph<(), ClaimId> = DiGraph::new();
        nodes.iter().for_each(|_| _ = plain.add_node(()));
        for &(a, b, id) in &arcs {
            plain.add_edge(NodeIndex::new(a), NodeIndex::new(b), id);
        }
        let place = |e| view.to_index(e);

        let mut all: Vec<_> = (&view).edge_references().map(|arc| (place(arc.source()), place(arc.target()), arc.id())).collect();
        let mut expected = arcs.clone();
        all.sort();
        expected.sort();
        prop_assert_eq!(&all, &expected);
        let copy = view.to_petgraph();
        let mut copied: Vec<_> = copy.edge_references().map(|e| (e.source().index(), e.target().index(), *e.weight())).collect();
        copied.sort();
        prop_assert_eq!(&copied, &expected);
        prop_assert_eq!(view.out_degrees(), (0..nodes.len()).map(|n| arcs.iter().filter(|(a, ..)| *a == n).count()).collect::<Vec<_>>());

        for (i, &from) in nodes.iter().enumerate() {
            let start = NodeIndex::new(i);
            for (j, &to) in nodes.iter().enumerate() {
                let there = has_path_connecting(&view, from, to, None);
                prop_assert_eq!(there, has_path_connecting(&plain, start, NodeIndex::new(j), None));
            }
            let mut dfs = Dfs::new(&view, from);
            let deep: Vec<usize> = std::iter::from_fn(|| dfs.next(&view)).map(place).collect();
            let mut dfs = Dfs::new(&plain, start);
            let deep_plain: BTreeSet<usize> = std::iter::from_fn(|| dfs.next(&plain)).map(NodeIndex::index).collect();
            prop_assert_eq!(deep.len(), deep_plain.len());
            prop_assert_eq!(deep.into_iter().collect::<BTreeSet<_>>(), deep_plain);

            let steps: BTreeMap<usize, u32> = dijkstra(&plain, start, None, |_| 1).into_iter().map(|(n, d)| (n.index(), d)).collect();
            let found: BTreeMap<usize, u32> = dijkstra(&view, from, None, |_| 1).into_iter().map(|(n, d)| (place(n), d)).collect();
            prop_assert_eq!(&found, &steps);
            let mut bfs = Bfs::new(&view, from);
            let wide: Vec<usize> = std::iter::from_fn(|| bfs.next(&view)).map(place).collect();
            prop_assert!(wide.windows(2).all(|pair| steps[&pair[0]] <= steps[&pair[1]]), "nearer ones come first");
            prop_assert_eq!(wide.iter().copied().collect::<BTreeSet<_>>(), steps.keys().copied().collect::<BTreeSet<_>>());
            prop_assert_eq!(wide.len(), steps.len());
        }
        let expected = components(kosaraju_scc(&plain), NodeIndex::index);
        prop_assert_eq!(components(kosaraju_scc(&view), place), expected.clone());
        prop_assert_eq!(components(tarjan_scc(&view), place), expected);
    }
}

// ----- (f) files, (g) merges

/// The lines that only one of two files has.
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

/// Without links and scoped lineage where claims are equal: which of the twins is meant has tests of its own.
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
        // What was refused in the first order stays out of the second.
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

/// The world with some of its claims said twice.
fn doubled(mut world: World, twice: &[prop::sample::Index]) -> World {
    for pick in twice {
        let copy = pick.get(&world.claims).clone();
        if matches!(copy.verb, Verb::State(_)) {
            world.claims.push(copy);
        }
    }
    world
}

/// Some of the claims and all they answer.
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
    fn what_is_written_reads_back_to_the_same_bytes(world in worlds(5..25), twice in prop::collection::vec(index(), 0..3)) {
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
        prop_assert_eq!(keys(&ab), larger, "of equal claims the larger number");
        let once = ab.to_jsonl();
        for other in [&b, &a, &ab.clone()] {
            ab.merge(other).expect("no contradiction");
            prop_assert_eq!(differences(&ab.to_jsonl(), &once), Vec::<String>::new());
        }
    }
}

// ----- what a random world shows seldom or never

fn small() -> (ClaimGraph, [claimgraph::Id<State>; 3]) {
    let mut graph = ClaimGraph::new();
    let states = ["alta", "brena", "cadia"].map(|key| graph.add(State, key).expect("a new key"));
    (graph, states)
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
fn what_an_inverse_implies_it_implies_in_every_step() {
    claimgraph::vocabulary! {
        fn inverses;
        relation CONTAINS = "contains": Place => Actor;
        relation KEEPS = "keeps": Place => Actor, implies CONTAINS;
        relation LODGES_IN = "lodges-in": Actor => Place;
        relation LODGES = "lodges": Place => Actor, inverse LODGES_IN, implies KEEPS;
        relation LODGES_WELL = "lodges-well": Place => Actor, implies LODGES;
    }
    let (mut graph, [a, b, c]) = small();
    graph.extend_vocabulary(&inverses()).expect("no clash");
    let mut expected = Set::new();
    let by = || Claim::by(c);
    for claim in
        [by().asserts(b, LODGES, a), by().asserts(b, LODGES_WELL, a), by().asserts(a, LODGES_IN, b)]
    {
        expected.insert(graph.insert(claim.reported(day(20))).expect("well formed"));
    }
    let backing = |graph: &ClaimGraph, relation| {
        graph.statement(b, relation, a).backing().claims().into_iter().collect::<Set>()
    };
    assert_eq!(backing(&graph, LODGES), expected);
    assert_eq!(backing(&graph, KEEPS), expected, "one step");
    assert_eq!(backing(&graph, CONTAINS), expected, "two steps");
}

#[test]
fn a_part_that_left_and_came_back_is_a_part_then_and_now() {
    let (mut graph, [a, b, c]) = small();
    let forces = graph.add(Military, "forces").expect("a new key");
    let during = |first: i16, last: i16| Period::throughout(date(first, 1, 1)..=date(last, 12, 31));
    let links: Vec<AffiliationId> = [(2000, 2004), (2010, 2014)]
        .map(|(first, last)| {
            graph
                .add_affiliation(Affiliation::part_of(forces, a).valid(during(first, last)))
                .expect("no circle")
        })
        .to_vec();
    assert_ne!(links[0], links[1]);
    let mut claims = [2002, 2007, 2012].map(|year| {
        graph
            .insert(
                Claim::by(c)
                    .asserts(forces, PRESENT_IN, b)
                    .valid(date(year, 6, 1))
                    .reported(date(2020, 1, 1)),
            )
            .expect("well formed")
    });
    claims.sort();
    let found: Set = graph.statement(a, PRESENT_IN, b).backing().claims().into_iter().collect();
    assert_eq!(found, Set::from([claims[0], claims[2]]));
}

#[test]
fn a_denial_that_perhaps_answers_a_claim_still_denies_what_entails_it() {
    let (mut graph, [a, b, c]) = small();
    let sent = graph
        .insert(Claim::by(c).asserts(a, DEPLOYS_TO, b).reported(day(20)))
        .expect("well formed");
    graph
        .insert(
            Claim::by(a).denies(a, PRESENT_IN, b).possibly_responding_to(sent).reported(day(20)),
        )
        .expect("well formed");
    assert_eq!(graph.contested().certain().map(|c| c.claim().id()).collect::<Vec<_>>(), [sent]);
    assert_eq!(
        graph.contests(sent).expect("on record").iter().map(|c| c.certain()).collect::<Vec<_>>(),
        [Answer::Yes]
    );
}

#[test]
fn a_wire_that_also_speaks_for_itself_is_one_party_where_relays_count() {
    let (mut graph, [a, b, c]) = small();
    let wire = graph.add(Wire, "wire").expect("a new key");
    let papers =
        ["paper-1", "paper-2"].map(|key| graph.add_document(key, day(20)).expect("a new key"));
    graph
        .insert(Claim::by(c).relayed_by(wire).asserts(a, PRESENT_IN, b).read_in(papers[0], ..))
        .expect("well formed");
    graph
        .insert(Claim::by(wire).asserts(a, PRESENT_IN, b).read_in(papers[1], ..))
        .expect("well formed");
    let independence = graph.statement(a, PRESENT_IN, b).independence();
    assert_eq!(independence.count(), 2, "the wire and the one it quotes");
    let counting = independence.counting_documents();
    assert_eq!((counting.count(), counting.cut()), (1, vec![Party::Source(wire.id())]));
}

#[test]
fn to_revise_a_demand_or_a_denial_asserts_nothing() {
    let (mut graph, [a, b, c]) = small();
    let by = |n: u8| Period::by(day(n));
    let demand = graph
        .insert(Claim::by(c).demands(a, WITHDRAWS_FROM, b).valid(by(24)).reported(day(20)))
        .expect("well formed");
    graph
        .insert(Claim::by(c).revises(demand).valid(by(26)).reported(day(20)))
        .expect("well formed");
    assert_eq!(graph.statement(a, WITHDRAWS_FROM, b).is_asserted(), Answer::No);
    let denial = graph
        .insert(
            Claim::by(a)
                .denies(a, PRESENT_IN, b)
                .quantity(Quantity::stated(3, "soldiers"))
                .reported(day(20)),
        )
        .expect("well formed");
    graph
        .insert(
            Claim::by(a)
                .revises(denial)
                .quantity(Quantity::stated(2, "soldiers"))
                .reported(day(20)),
        )
        .expect("well formed");
    assert_eq!(graph.statement(a, PRESENT_IN, b).is_asserted(), Answer::No);
}

#[test]
fn naming_a_stance_that_joins_anyway_makes_no_plan_join() {
    let (mut graph, [a, b, c]) = small();
    graph
        .insert(
            Claim::by(c).asserts(a, DEPLOYS_TO, b).modality(Modality::Planned).reported(day(20)),
        )
        .expect("well formed");
    graph
        .insert(
            Claim::by(c)
                .asserts(a, DEPLOYS_TO, b)
                .certainty(claimgraph::claim::Certainty::Possible)
                .reported(day(20)),
        )
        .expect("well formed");
    assert_eq!(graph.view().to_petgraph().edge_count(), 0);
    assert_eq!(
        graph.view().stance(Stance::Asserts).to_petgraph().edge_count(),
        0,
        "a narrower view has no more arcs"
    );
    assert_eq!(graph.view().modality(Modality::Planned).to_petgraph().edge_count(), 1);
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
        .add_document("paper", claimgraph::Document::dated(day(20)).with_text("Alta is in Brena."))
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
        assert_eq!(graph.claim(said).expect("on record").quotation(), Some("Alta is in Brena."));
    }
}
