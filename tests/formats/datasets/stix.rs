//! MITRE ATT&CK for industrial control systems as STIX.

use super::*;
use claimgraph_formats::stix;

#[test]
fn attack_for_industrial_control_systems() {
    let Some(input) = unpacked("stix/ics-attack.json.gz") else { return };
    let ReadReport { graph, losses, .. } = stix::Reader::new().read(input).unwrap();
    // All of them name a source by an empty text.
    let unnamed: Vec<&str> = losses.iter().map(|(kind, _)| kind).collect();
    assert_eq!((unnamed, losses.count()), (vec!["reference to nothing"], 5), "{losses}");
    // 1,825 objects: 1,373 relationships and 452 entities. The bundle is one entity more.
    let relationships =
        ["targets", "mitigates", "uses", "stix:detects", "attributed-to", "revoked-by"];
    let counts = relationships.map(|relation| of_relation(&graph, relation).count());
    assert_eq!(counts, [685, 331, 267, 83, 5, 2]);
    assert_eq!(graph.entity_count(), 1_825 - 1_373 + 1);
    assert_eq!(
        ["attack-pattern", "malware", "intrusion-set"].map(|kind| of_kind(&graph, kind)),
        [95, 30, 16]
    );

    let dragonfly = graph.lookup_untyped("Energetic Bear", Some("intrusion-set")).one().unwrap();
    // The name first, then the aliases in order.
    let names: Vec<&str> =
        graph.entity(dragonfly).unwrap().names().iter().map(|name| name.text()).collect();
    assert_eq!(
        names,
        [
            "Dragonfly",
            "BROMINE",
            "Berserk Bear",
            "Crouching Yeti",
            "DYMALLOY",
            "Energetic Bear",
            "Ghost Blizzard",
            "IRON LIBERTY",
            "TEMP.Isotope",
            "TG-4192"
        ]
    );
    let codes = graph.entity(dragonfly).unwrap().codes();
    assert!(codes.contains(&("mitre-attack".to_owned(), "G0035".to_owned())), "{codes:?}");
    let uses =
        of_relation(&graph, "uses").filter(|claim| claim.subject_entity() == Some(dragonfly));
    let uses: BTreeSet<(&str, String, String)> = uses
        .map(|claim| {
            let what = graph.name_of(claim.object_entity().unwrap());
            (what, claim.said().unwrap().edtf().unwrap(), claim.reported().to_string())
        })
        .collect();
    let expected = [
        ("Backdoor.Oldrea", "2017-05-31", "2025-04-28"),
        ("Drive-by Compromise", "2018-04-18", "2025-04-16"),
        ("Supply Chain Compromise", "2018-04-18", "2025-04-16"),
    ];
    assert_eq!(
        uses,
        expected.map(|(what, said, on)| (what, said.to_owned(), on.to_owned())).into()
    );
    let speakers: BTreeSet<&str> =
        of_relation(&graph, "uses").map(|claim| graph.name_of(claim.speaker().unwrap())).collect();
    assert_eq!(speakers, BTreeSet::from(["The MITRE Corporation"]));

    let mut written = Vec::new();
    let _ = stix::write(&graph, &mut written).unwrap();
    assert_eq!(stix::Reader::new().read(&*written).unwrap().graph.to_jsonl(), graph.to_jsonl());
}
