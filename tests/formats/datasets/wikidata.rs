//! Entities of Wikidata.

use super::*;
use claimgraph_formats::wikidata;

fn wikidata() -> Option<ClaimGraph> {
    let ReadReport { graph, losses, .. } = wikidata::Reader::new()
        .reported(date(2026, 5, 1))
        .read(unpacked("wikidata/entities.jsonl.gz")?)
        .unwrap();
    let _ = writeln!(std::io::stdout(), "{losses}");
    assert!(losses.of("sitelink").is_some() && losses.of("value of an unknown kind").is_none());
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
    // One claim for each reference, one if there is none, and one for each doubt beside its references.
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
    // "President for life" has a source; the doubt is about that source's claim.
    let for_life = doubts.iter().find(|claim| why(claim).as_deref() == Some("Q1759270")).unwrap();
    assert_eq!(for_life.targets().len(), 1);
    assert!(!graph.view().contested().is_empty() || for_life.targets().len() == 1);
}
