//! Files of FollowTheMoney, MITRE ATT&CK and Wikidata as they were published, where they are at hand
//! (`CLAIMGRAPH_DATA`); says so where they are not. The figures are facts about those files.

use claimgraph::{
    ClaimGraph, ClaimRef, EntityId, ImportOptions, Stance, Term, date, format::Imported,
    quantity::Amount,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;

fn data(file: &str) -> Option<impl BufRead> {
    let Some(data) = std::env::var_os("CLAIMGRAPH_DATA") else {
        // Past the test runner, which keeps what a passing test prints with `eprintln!`.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: CLAIMGRAPH_DATA is not set, so {file} is not read"
        );
        return None;
    };
    let path = PathBuf::from(data).join(file);
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(BufReader::new(flate2::read::GzDecoder::new(file)))
}

fn of_kind(graph: &ClaimGraph, kind: &str) -> usize {
    graph.entities().filter(|entity| entity.kind() == kind).count()
}

fn of_relation<'g>(graph: &'g ClaimGraph, relation: &'g str) -> impl Iterator<Item = ClaimRef<'g>> {
    graph
        .claims()
        .filter(move |claim| claim.statement().is_some_and(|s| s.relation().key == relation))
}

fn donations() -> Option<ClaimGraph> {
    let options = ImportOptions::new().document("donations").reported(date(2024, 1, 1));
    let Imported { graph, losses } =
        ClaimGraph::read_ftm_with(data("ftm/donations.ijson.gz")?, &options).unwrap();
    assert!(losses.is_empty(), "{losses}");
    Some(graph)
}

#[test]
fn donations_to_parties() {
    let Some(graph) = donations() else { return };
    let counts = ["Address", "Company", "Person", "Organization"].map(|kind| of_kind(&graph, kind));
    assert_eq!(counts, [89, 56, 22, 17]);
    assert_eq!(of_relation(&graph, "Payment").count(), 290);
    // 474 entities: 184 things and 290 payments; and 548 values of properties that are no names.
    assert_eq!((graph.entity_count(), graph.len()), (184 + 1, 290 + 548));

    let mut paid: BTreeMap<(EntityId, EntityId), (Amount, usize)> = BTreeMap::new();
    for payment in of_relation(&graph, "Payment") {
        let pair = (payment.subject_entity().unwrap(), payment.object_entity().unwrap());
        let amount = payment.quantity().unwrap();
        assert_eq!(amount.unit(), "EUR");
        let (sum, count) = paid.entry(pair).or_insert((Amount::ZERO, 0));
        *sum = sum.checked_add(amount.central().unwrap()).unwrap();
        *count += 1;
    }
    let (&(payer, party), &(sum, count)) = paid.iter().max_by_key(|(_, (sum, _))| *sum).unwrap();
    assert_eq!(graph.name_of(payer), "Verband der Bayerischen Metall- und Elektroindustrie e.V.");
    assert_eq!((graph.name_of(party), sum, count), ("CSU", Amount::from(3_690_000), 9));
    let total = paid.values().try_fold(Amount::ZERO, |total, (sum, _)| total.checked_add(*sum));
    assert_eq!(total.unwrap().to_string(), "40,589,689.15");
}

#[test]
fn donations_are_written_as_they_were_read() {
    let Some(graph) = donations() else { return };
    let mut written = Vec::new();
    let losses = graph.write_ftm(&mut written).unwrap();
    assert!(losses.is_empty(), "{losses}");
    let parsed = |line: &str| -> serde_json::Value { serde_json::from_str(line).unwrap() };
    let text = String::from_utf8(written).unwrap();
    let found: BTreeMap<String, serde_json::Value> =
        text.lines().map(parsed).map(|entity| (entity["id"].to_string(), entity)).collect();
    for line in data("ftm/donations.ijson.gz").unwrap().lines() {
        let mut entity = parsed(&line.unwrap());
        let mut same = found[&entity["id"].to_string()].clone();
        for value in [&mut entity, &mut same] {
            for list in value["properties"].as_object_mut().unwrap().values_mut() {
                list.as_array_mut().unwrap().sort_by_key(ToString::to_string);
            }
        }
        assert_eq!(
            (&same["schema"], &same["properties"]),
            (&entity["schema"], &entity["properties"])
        );
    }
    let options = ImportOptions::new().document("donations").reported(date(2024, 1, 1));
    assert_eq!(
        ClaimGraph::read_ftm_with(text.as_bytes(), &options).unwrap().graph.to_jsonl(),
        graph.to_jsonl()
    );
}

#[test]
fn attack_for_industrial_control_systems() {
    let Some(input) = data("stix/ics-attack.json.gz") else { return };
    let Imported { graph, losses } = ClaimGraph::read_stix(input).unwrap();
    // All of them name a source by an empty text.
    let unnamed: Vec<&str> = losses.iter().map(|(kind, _)| kind).collect();
    assert_eq!((unnamed, losses.count()), (vec!["reference that names nothing"], 5), "{losses}");
    // 1,825 objects: 1,373 relationships; the others are entities, and the bundle is one more.
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
            (what, claim.said().unwrap().to_string(), claim.reported().to_string())
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
    let _ = graph.write_stix(&mut written).unwrap();
    assert_eq!(ClaimGraph::read_stix(&*written).unwrap().graph.to_jsonl(), graph.to_jsonl());
}

fn wikidata() -> Option<ClaimGraph> {
    let options = ImportOptions::new().reported(date(2026, 5, 1));
    let Imported { graph, losses } =
        ClaimGraph::read_wikidata_with(data("wikidata/entities.jsonl.gz")?, &options).unwrap();
    let _ = writeln!(std::io::stdout(), "{losses}");
    assert!(
        losses.of("sitelink").is_some() && losses.of("kind of a value that is not known").is_none()
    );
    Some(graph)
}

fn text_of<'g>(claim: ClaimRef<'g>, role: &str) -> Option<&'g str> {
    claim.roles().find(|(name, ..)| *name == role).and_then(|(_, term, _)| term.text())
}

#[test]
fn statements_of_wikidata() {
    let Some(graph) = wikidata() else { return };
    let statements: BTreeSet<&str> =
        graph.claims().filter_map(|claim| text_of(claim, "statement-id")).collect();
    assert_eq!(statements.len(), 1_651);
    // One claim a reference, one where there is none, one for each doubt beside its references.
    assert_eq!(graph.len(), 1_726);
    let preferred: BTreeSet<&str> = graph
        .claims()
        .filter(|claim| text_of(*claim, "rank") == Some("preferred"))
        .filter_map(|claim| text_of(claim, "statement-id"))
        .collect();
    assert_eq!(preferred.len(), 14);

    // 157 entities have labels.
    let putin = graph.entity_keyed("Q7747").unwrap();
    assert_eq!(graph.name_of(putin), "Vladimir Putin");
    let names: Vec<(&str, Option<&str>)> = graph
        .entity(putin)
        .unwrap()
        .names()
        .iter()
        .map(|name| (name.text(), name.language()))
        .collect();
    assert_eq!(
        names,
        [("Vladimir Putin", Some("en")), ("Vladimir Vladimirovich Putin", Some("en"))]
    );
    assert_eq!((graph.entity(putin).unwrap().kind(), of_kind(&graph, "Person")), ("Person", 9));
    let of_putin: BTreeSet<&str> = graph
        .claims()
        .filter(|claim| claim.subject_entity() == Some(putin))
        .filter_map(|claim| text_of(claim, "statement-id"))
        .collect();
    assert_eq!(of_putin.len(), 646);
}

#[test]
fn positions_of_a_person_with_their_dates() {
    let Some(graph) = wikidata() else { return };
    let putin = graph.entity_keyed("Q7747").unwrap();
    let held = of_relation(&graph, "P39")
        .filter(|claim| claim.subject_entity() == Some(putin) && claim.stance() == Stance::Asserts);
    let held: BTreeSet<(String, String)> = held
        .filter_map(|claim| {
            let period = claim.valid()?.edtf()?;
            Some((period, graph.name_of(claim.object_entity()?).to_owned()))
        })
        .collect();
    let expected = [
        ("1995/1997", "party leader"),
        ("1998-07-25/1999-03-29", "Director of the Federal Security Service"),
        ("1999-03-29/1999-08-09", "Secretary of the Security Council of Russia"),
        ("1999-08-09/1999-08-16", "Deputy Chairman of the Government of the Russian Federation"),
        ("1999-08-16/2000-05-07", "Prime Minister of Russia"),
        ("1999-12-31/2000-05-07", "Acting President of Russia"),
        (
            "1999-12-31/2008-05-07",
            "Supreme Commander-in-Chief of the Armed Forces of the Russian Federation",
        ),
        ("2000-01-25/2003-01-29", "Chairman of the Council of CIS Heads of State"),
        ("2000-05-07/2008-05-07", "President of Russia"),
        ("2004-09-16/2006-05-20", "Chairman of the Council of CIS Heads of State"),
        ("2008-05-08/2012-05-07", "Prime Minister of Russia"),
        ("2012-05-07/", "President of Russia"),
        ("2012-05-07/", "Supreme Commander-in-Chief of the Armed Forces of the Russian Federation"),
        ("2012-07-16/", "chairperson"),
        ("2017-01-01/2017-12-31", "Chairman of the Council of CIS Heads of State"),
        ("2024-01-01/2024-12-31", "Chairman of the Council of CIS Heads of State"),
    ];
    assert_eq!(held, expected.map(|(when, what)| (when.to_owned(), what.to_owned())).into());
    let relation = graph.vocabulary().relation("P39").unwrap();
    assert_eq!(relation.codes, [("wikidata".to_owned(), "P39".to_owned())]);
}

#[test]
fn statements_that_wikidata_deprecates_and_why() {
    let Some(graph) = wikidata() else { return };
    let doubts: Vec<ClaimRef<'_>> =
        graph.claims().filter(|claim| claim.stance() == Stance::Doubts).collect();
    assert_eq!(doubts.len(), 14);
    assert!(doubts.iter().all(|claim| graph.name_of(claim.speaker().unwrap()) == "wikidata"));
    let why = |claim: &ClaimRef<'_>| {
        let reason = claim.roles().find(|(role, ..)| *role == "P2241");
        reason.and_then(|(_, term, _)| match term {
            Term::Entity(reason) => graph.entity(reason).ok().map(|entity| entity.key().to_owned()),
            _ => None,
        })
    };
    let about: BTreeSet<(String, String, String)> = doubts
        .iter()
        .filter_map(|claim| {
            let subject = graph.entity(claim.subject_entity()?).ok()?.key().to_owned();
            Some((subject, claim.statement()?.relation().key.clone(), why(claim)?))
        })
        .collect();
    let expected = [
        ("Q151885", "P279", "Q118134102"),
        ("Q2198779", "P279", "Q118134102"),
        ("Q7380", "P2924", "Q123562959"),
        ("Q7747", "P166", "Q24629887"),
        ("Q7747", "P19", "Q107278014"),
        ("Q7747", "P2924", "Q45403344"),
        ("Q7747", "P39", "Q1759270"),
    ];
    assert_eq!(about, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())).into());
    // "President for life" has a source, whose claim is the one that is doubted.
    let for_life = doubts.iter().find(|claim| why(claim).as_deref() == Some("Q1759270")).unwrap();
    assert_eq!(for_life.targets().len(), 1);
    assert!(!graph.view().contested().is_empty() || for_life.targets().len() == 1);
}
