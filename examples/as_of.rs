//! Two different questions: what was known on a day, and what holds on a day.

use claimgraph::reporting::*;
use claimgraph::{Claim, ClaimGraph, Entity, Error, date};

fn main() -> Result<(), Error> {
    let mut graph = ClaimGraph::new();
    let monday = graph.add_document("monday", date(2024, 6, 3))?;
    let tuesday = graph.add_document("tuesday", date(2024, 6, 4))?;
    let wednesday = graph.add_document("wednesday", date(2024, 6, 5))?;
    let island = graph.add(State, Entity::new("island").named("the island"))?;
    let coast = graph.add(State, Entity::new("coast").named("the coast"))?;
    let spokesman = graph.add(Person, Entity::new("spokesman").named("the spokesman"))?;

    let landing = graph.insert(
        Claim::by(spokesman)
            .asserts(coast, PRESENT_IN, island)
            .valid("2024-06-02/..")
            .read_in(monday, ..),
    )?;
    let denial =
        graph.insert(Claim::by(coast).denies(coast, PRESENT_IN, island).read_in(tuesday, ..))?;
    let retraction = graph.insert(Claim::by(spokesman).retracts(landing).read_in(wednesday, ..))?;

    for day in 2..=5 {
        let known = graph.view().as_of(date(2024, 6, day));
        let present = known.statement(coast, PRESENT_IN, island);
        println!(
            "2024-06-{day:02}: {} claims on record, asserted {}, contested {}",
            known.claims().count(),
            present.is_asserted(),
            known.contested().len()
        );
    }
    let known = |day| graph.view().as_of(date(2024, 6, day));
    let ids = |day| known(day).claims().map(|claim| claim.id()).collect::<Vec<_>>();
    assert_eq!(ids(2), []);
    assert_eq!(ids(3), [landing]);
    assert_eq!((ids(4), known(4).contested().claims()), (vec![landing, denial], vec![landing]));
    assert_eq!(ids(5), [denial, retraction], "a retracted claim supports nothing");
    assert_eq!(
        known(5).including_retracted().claims().count(),
        3,
        "the retracted claim is still on record"
    );

    // Valid time: certain from the second to the report on the third, possible after that.
    let monday_view = known(3);
    assert_eq!(monday_view.clone().certainly_valid_at(date(2024, 6, 3)).claims().count(), 1);
    assert_eq!(monday_view.clone().certainly_valid_at(date(2024, 6, 9)).claims().count(), 0);
    assert_eq!(monday_view.clone().valid_at(date(2024, 6, 9)).claims().count(), 1);
    assert_eq!(monday_view.valid_at(date(2024, 6, 1)).claims().count(), 0);
    Ok(())
}
