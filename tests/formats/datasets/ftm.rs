//! Donations to parties as FollowTheMoney entities.

use super::*;
use claimgraph_formats::ftm;

fn donations() -> Option<ClaimGraph> {
    let ReadReport { graph, losses, .. } = ftm::Reader::new()
        .document("donations")
        .reported(date(2024, 1, 1))
        .read(unpacked("ftm/donations.ijson.gz")?)
        .unwrap();
    assert!(losses.is_empty(), "{losses}");
    Some(graph)
}

#[test]
fn donations_to_parties() {
    let Some(graph) = donations() else { return };
    let counts = ["Address", "Company", "Person", "Organization"].map(|kind| of_kind(&graph, kind));
    assert_eq!(counts, [89, 56, 22, 17]);
    assert_eq!(of_relation(&graph, "Payment").count(), 290);
    // 474 entities: 184 things and 290 payments; and 548 values of properties that are not names.
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
    let losses = ftm::write(&graph, &mut written).unwrap();
    assert!(losses.is_empty(), "{losses}");
    let parsed = |line: &str| -> serde_json::Value { serde_json::from_str(line).unwrap() };
    let text = String::from_utf8(written).unwrap();
    let found: BTreeMap<String, serde_json::Value> =
        text.lines().map(parsed).map(|entity| (entity["id"].to_string(), entity)).collect();
    for line in unpacked("ftm/donations.ijson.gz").unwrap().lines() {
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
    assert_eq!(
        ftm::Reader::new()
            .document("donations")
            .reported(date(2024, 1, 1))
            .read(text.as_bytes())
            .unwrap()
            .graph
            .to_jsonl(),
        graph.to_jsonl()
    );
}
