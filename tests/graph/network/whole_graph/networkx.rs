//! The numbers of networkx.

use super::*;

const NODES: usize = 60;

/// The same graph as in the script.
fn planted() -> Vec<(usize, usize)> {
    let mut state = 20_241_024u64;
    let mut below = |bound: u64| {
        state = (state * 1_103_515_245 + 12_345) % (1 << 31);
        ((state >> 8) % bound) as usize
    };
    let mut found = Vec::new();
    for _ in 0..240 {
        let (group, source, target, stray) = (below(3), below(18), below(18), below(8));
        let other = if stray == 0 { (group + 1) % 3 } else { group };
        found.push((group * 18 + source, other * 18 + target));
    }
    found.push((58, 59));
    found
}

fn letters(found: &Communities, ids: &[EntityId]) -> String {
    ids.iter().map(|&id| char::from(b'a' + found.of(id).unwrap() as u8)).collect()
}

#[test]
fn networkx_gives_the_same_numbers() {
    let (graph, ids) = graph_of(NODES, &planted());
    let view = graph.view();
    let arcs = view.projection();
    assert_eq!((arcs.arc_count(), arcs.collapsed().arc_count()), (241, 220));
    let exact = PageRankOptions::new().rounds(1_000).tolerance(1e-15);
    let ranks = page_rank(&arcs, exact).unwrap();
    assert!(ranks.converged() && ranks.rounds() < 300);
    close(ranks.scores(), &oracle::RANKS_85, 1e-13);
    close(page_rank(&arcs, exact.damping(0.5)).unwrap().scores(), &oracle::RANKS_50, 1e-13);
    close(
        &page_rank(&arcs.collapsed(), exact).unwrap().scores()[..8],
        &oracle::RANKS_COLLAPSED,
        1e-13,
    );
    // With networkx's own stopping rule, as close as that rule promises.
    let plain = page_rank(&view.projection(), PageRankOptions::default()).unwrap();
    assert!(plain.converged() && plain.rounds() < ranks.rounds());
    let off: f64 = plain.scores().iter().zip(&oracle::RANKS_85).map(|(a, b)| (a - b).abs()).sum();
    assert!(off < 1e-6 * NODES as f64 / (1.0 - 0.85));

    let cores = core_numbers(&arcs);
    assert_eq!(ids.iter().map(|&id| cores.of(id).unwrap()).collect::<Vec<_>>(), oracle::CORES);
    let parts = components_of_arcs(&arcs);
    let mut sizes = parts.sizes().to_vec();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 1, 1, 1, 2, 54]);
    assert_eq!(tarjan_scc(&view).len(), 7);
}

#[test]
fn communities_are_as_good_as_those_of_networkx() {
    let (graph, ids) = graph_of(NODES, &planted());
    let found = communities(&graph.view().projection(), 1.0).unwrap();
    assert_eq!(letters(&found, &ids), oracle::FOUND);
    assert!((found.modularity().unwrap() - oracle::MODULARITY).abs() < 1e-12);

    let (club, members) = graph_of(34, &oracle::KARATE);
    let split = communities(&club.view().projection(), 1.0).unwrap();
    // The best partition of this graph has 0.4198.
    assert!(
        split.modularity().unwrap() > 0.41,
        "{:?} {}",
        split.modularity(),
        letters(&split, &members)
    );
}

// ----- ICEWS14

/// If the data is not there, writes that past the test runner, which hides what a passing test prints with `eprintln!`.
fn icews() -> Option<Vec<(String, String)>> {
    let skipped = |why: &str| {
        let _ = writeln!(std::io::stderr(), "skipped: {why}, so ICEWS14 is not compared");
        None
    };
    let Some(data) = std::env::var_os("CLAIMGRAPH_DATA") else {
        return skipped("CLAIMGRAPH_DATA is not set");
    };
    let path = PathBuf::from(data).join("icews14/icews14.tsv.gz");
    let Ok(unpacked) = Command::new("gzip").arg("-dc").arg(&path).output() else {
        return skipped("there is no gzip");
    };
    assert!(unpacked.status.success(), "{}", path.display());
    let text = String::from_utf8(unpacked.stdout).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        (cells[0].to_owned(), cells[2].to_owned())
    };
    Some(text.lines().skip(1).map(row).collect())
}

#[test]
fn networkx_gives_the_same_numbers_on_icews14() {
    let Some(pairs) = icews() else { return };
    let mut graph = ClaimGraph::new();
    let mut ids: BTreeMap<&str, EntityId> = BTreeMap::new();
    for (a, b) in &pairs {
        for name in [a, b] {
            ids.entry(name).or_insert_with(|| graph.add(State, name.as_str()).unwrap().id());
        }
        let claim = Claim::by(ids[a.as_str()]).asserts(
            ids[a.as_str()],
            PROVIDES_AID_TO.untyped(),
            ids[b.as_str()],
        );
        graph.insert(claim.reported(date(2014, 12, 31))).unwrap();
    }
    let arcs = graph.view().projection();
    assert_eq!(
        (arcs.node_count(), arcs.arc_count(), arcs.collapsed().arc_count()),
        (7_128, 90_730, 31_723)
    );
    let ranks = page_rank(&arcs, PageRankOptions::new().rounds(1_000).tolerance(1e-15)).unwrap();
    let top: Vec<(&str, f64)> = ranks
        .top(10)
        .into_iter()
        .map(|(id, score)| (graph.entity(id).unwrap().key(), score))
        .collect();
    for ((name, score), (expected, value)) in top.iter().zip(oracle::ICEWS_RANKS) {
        assert_eq!(*name, expected);
        assert!((score - value).abs() < 1e-12, "{name}: {score} and {value}");
    }
    let cores = core_numbers(&arcs);
    assert_eq!((cores.deepest(), cores.members(19).count()), (19, 114));
    assert_eq!(ids.values().map(|&id| cores.of(id).unwrap()).sum::<usize>(), 24_593);
    let parts = components_of_arcs(&arcs);
    assert_eq!((parts.count(), parts.sizes()[parts.largest().unwrap()]), (125, 6_854));
    assert_eq!(tarjan_scc(&graph.view()).len(), 3_065);
    // networkx's Louvain reached 0.6525 to 0.6612 in five runs.
    let found = communities(&graph.view().projection(), 1.0).unwrap().modularity().unwrap();
    assert!(found > 0.658, "{found}");
}
