//! petgraph's algorithms on a view, without a copy; and on an owned copy.

mod report;

use claimgraph::{Error, Modality, date};
use petgraph::algo::{astar, dijkstra, has_path_connecting, kosaraju_scc};
use petgraph::visit::{Bfs, EdgeRef};

fn main() -> Result<(), Error> {
    let report = report::build()?;
    let graph = &report.graph;
    let (forces, ukraine) = (report.nk_forces.id(), report.ukraine.id());
    let known = graph.view().as_of(report::REPORTED);

    // A typed handle goes in with `.into()` or `.id()`.
    assert!(has_path_connecting(&known, report.north_korea.into(), report.russia.into(), None));
    let before = graph.view().as_of(date(2024, 10, 23));
    assert!(!has_path_connecting(&before, report.north_korea.into(), report.russia.into(), None));

    let (steps, path) = astar(&known, forces, |at| at == ukraine, |_| 1, |_| 0).unwrap_or_default();
    let names: Vec<&str> = path.iter().map(|&entity| graph.name_of(entity)).collect();
    println!("{steps} steps: {}", names.join(" > "));
    assert_eq!(names, ["the North Korean force", "Russia", "Ukraine"]);

    // Weights of your own: a claim that is only probable costs more.
    let weigh = |arc: claimgraph::network::Arc<'_>| {
        if arc.claim().certainty() == claimgraph::claim::Certainty::Certain { 1 } else { 10 }
    };
    let costs = dijkstra(&known, forces, Some(ukraine), weigh);
    println!("cheapest: {:?}", costs.get(&ukraine));
    assert_eq!(
        costs.get(&ukraine),
        Some(&2),
        "past Austin's probable sighting, by the demand's presupposition"
    );

    // Plans join only if the view asks for them. Dismissals never join.
    let planned = graph.view().modality(Modality::Planned);
    assert!(has_path_connecting(&planned, report.north_korea.into(), report.russia.into(), None));

    let mut reached = 0;
    let mut walk = Bfs::new(&known, report.north_korea.into());
    while walk.next(&known).is_some() {
        reached += 1;
    }
    println!("from North Korea {reached} entities are reached");

    // For several whole-graph algorithms, copy once.
    let copy = known.to_petgraph();
    assert_eq!(kosaraju_scc(&copy).len(), kosaraju_scc(&known).len());
    let symmetric =
        copy.edge_references().filter(|a| copy.find_edge(a.target(), a.source()).is_some()).count();
    println!("{} arcs, {symmetric} of them with a way back", copy.edge_count());
    Ok(())
}
