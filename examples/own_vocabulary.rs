//! Another domain than politics: experts attribute paintings to painters. The vocabulary is the program's own; a part
//! of it is declared, and a part is added at run time.

use claimgraph::base::*;
use claimgraph::{
    Claim, ClaimGraph, Entity, Quantity, date, vocabulary,
    vocabulary::{Number, RelationDef, Slot, Text},
};
use std::error::Error;

vocabulary! {
    /// Painters, paintings and experts.
    pub fn attribution;

    /// A painter.
    kind Painter: Actor, Source, Thing;
    /// An expert who judges paintings.
    kind Expert: Actor, Source, Thing;
    /// A place where paintings hang.
    kind Museum: Actor, Place, Source, Thing;
    /// A painting.
    kind Painting: Thing;

    unit "euros" = ["euro", "EUR"];

    /// The technique of the analysis.
    role EXAMINATION = "examination": Text;

    /// The painter had a hand in the painting.
    relation CONTRIBUTED_TO = "contributed-to": Painter => Painting, label ["contributed to"];
    /// The painter painted it alone.
    relation PAINTED = "painted": Painter => Painting, implies CONTRIBUTED_TO, roles [EXAMINATION];
    /// The painting hangs in a museum.
    relation HANGS_IN = "hangs-in": Painting => Museum, label ["hangs in"];
    /// The painting fetched a price.
    relation FETCHED = "fetched": Painting => Number;
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut graph = ClaimGraph::with(&attribution())?;
    let catalogue = graph.add_document("catalogue-1969", date(1969, 5, 1))?;
    let study = graph.add_document("study-2014", date(2014, 9, 1))?;
    let master = graph.add(Painter, Entity::new("master").named("the master"))?;
    let saul = graph.add(Painting, Entity::new("saul").named("Saul and David"))?;
    let museum = graph.add(Museum, Entity::new("museum").named("the museum"))?;
    let critic = graph.add(Expert, Entity::new("critic").named("the critic"))?;
    let team = graph.add(Expert, Entity::new("team").named("the research team"))?;

    let tradition = graph
        .insert(Claim::by(museum).asserts(master, PAINTED, saul).reported(date(1913, 1, 1)))?;
    let doubt =
        graph.insert(Claim::by(critic).denies(master, PAINTED, saul).read_in(catalogue, ..))?;
    let finding = graph.insert(
        Claim::by(team)
            .asserts(master, PAINTED, saul)
            .with(EXAMINATION, "X-ray fluorescence")
            .read_in(study, ..),
    )?;
    graph.insert(
        Claim::by(museum)
            .asserts(saul, FETCHED, Quantity::about(200_000, "euros"))
            .read_in(study, ..),
    )?;

    // The same questions as for any report.
    let painted = graph.statement(master, PAINTED, saul);
    println!("{}", painted.independence());
    assert_eq!(painted.backing().claims(), [tradition, finding]);
    assert_eq!(painted.against().claims(), [doubt]);
    assert_eq!(
        graph.statement(master, CONTRIBUTED_TO, saul).independence().count(),
        2,
        "painting it implies having had a hand in it"
    );
    assert!(
        graph.statement(master, CONTRIBUTED_TO, saul).against().is_empty(),
        "denying sole authorship does not deny a contribution"
    );

    // A relation that is added at run time, with the same checks.
    let mut learnt = attribution();
    learnt.add_relation(RelationDef::new(
        "copied",
        Slot::Kind("Painter".into()),
        Slot::Kind("Painting".into()),
    ))?;
    graph.extend_vocabulary(&learnt)?;
    let copied = graph.relation("copied")?;
    graph.insert(Claim::by(team).asserts(master, copied, saul).read_in(study, ..))?;
    let refused = graph.insert(Claim::by(team).asserts(saul, copied, master).read_in(study, ..));
    println!("{}", refused.as_ref().map_or_else(|error| error.to_string(), |_| String::new()));
    assert!(refused.is_err_and(|error| error.is_wrong_kind()));

    // The vocabulary travels with the file.
    let read = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes())?;
    assert!(read.vocabulary().relation("copied").is_some());
    assert_eq!(read.to_jsonl(), graph.to_jsonl());
    let _ = HANGS_IN;
    Ok(())
}
