//! A short report that was made up for the tests, and a graph that knows its names.

use claimgraph::reporting::{City, Document, Event, GovernmentOffice, Military, Person, State};
use claimgraph::{ClaimGraph, DocumentInfo, Entity, Id, date};

pub const TEXT: &str = "HARBOUR CITY, 12 March 2025 \u{2014} Arland has sent at least 3,000 soldiers to Borduria, \
the Arlandic defence ministry said on Tuesday.\n\u{201c}We are helping a friend,\u{201d} minister Vera Holm told \
reporters. A Bordurian official who asked not to be named called the troops\u{2019} arrival \u{201c}a training \
exercise\u{201d}.\nThe government of Sildavia denied that its ports had been used. By December, up to 12,000 could \
follow, Holm added.\nIn early February, an explosion at Port Kesh killed at least 12 people and wounded dozens. \
The relief office put the number of dead at 17.";

/// Returns a graph with the names of the report, and the report as a document of it.
pub fn known() -> (ClaimGraph, Id<Document>) {
    let mut graph = ClaimGraph::new();
    let entities: [(&str, Entity); 8] = [
        (
            "State",
            Entity::new("arland")
                .named("Arland")
                .metonym("Harbour City")
                .alias("Republic of Arland"),
        ),
        ("State", Entity::new("borduria").named("Borduria")),
        ("State", Entity::new("sildavia").named("Sildavia")),
        ("City", Entity::new("harbour-city").named("Harbour City")),
        ("City", Entity::new("port-kesh").named("Port Kesh")),
        (
            "GovernmentOffice",
            Entity::new("defence-ministry")
                .named("Arlandic defence ministry")
                .alias("defence ministry"),
        ),
        ("Person", Entity::new("holm").named("Vera Holm").alias("Holm")),
        ("Event", Entity::new("explosion").named("explosion at Port Kesh")),
    ];
    for (kind, entity) in entities {
        graph.add_untyped(kind, entity).expect("the names are well formed");
    }
    let _ = (State, City, GovernmentOffice, Person, Event, Military);
    let story = DocumentInfo::dated(date(2025, 3, 12)).with_text(TEXT);
    let story = graph.add_document("story", story).expect("the text is well formed");
    (graph, story)
}
