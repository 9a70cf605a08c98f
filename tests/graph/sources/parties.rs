//! Parties to the matter on random hierarchies, compared with all that each entity acts for.

use super::*;
use claimgraph::entity::AffiliationKind;

const ENTITIES: usize = 9;

/// Part, whether it is a part or holds office, whole.
type Belongs = Vec<(usize, bool, usize)>;

/// Returns everything that the entity acts for, and the entity.
fn acts_for(belongs: &Belongs, entity: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::from([entity]);
    loop {
        let above = belongs.iter().filter(|(part, ..)| found.contains(part)).map(|it| it.2);
        let all: BTreeSet<usize> = found.iter().copied().chain(above).collect();
        if all.len() == found.len() {
            return found;
        }
        found = all;
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        rng_seed: RngSeed::Fixed(20_310_303),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_party_acts_for_what_an_end_acts_for_and_affiliations_may_go_round(
        wanted in prop::collection::vec((0..ENTITIES, any::<bool>(), 0..ENTITIES), 0..14),
        (subject, apart) in (0..ENTITIES, 1..ENTITIES),
    ) {
        let ends = (subject, (subject + apart) % ENTITIES);
        let mut graph = ClaimGraph::new();
        let all: Vec<EntityId> = (0..ENTITIES)
            .map(|place| graph.add(State, format!("actor-{place}").as_str()).unwrap().id())
            .collect();
        let mut belongs = Belongs::new();
        for (part, is_part, whole) in wanted {
            let kind = if is_part { AffiliationKind::PartOf } else { AffiliationKind::HoldsOffice };
            if graph.add_affiliation(Affiliation::new(all[part], kind, all[whole])).is_ok() {
                belongs.push((part, is_part, whole));
            }
        }
        for &speaker in &all {
            let claim = Claim::by(speaker).asserts(all[ends.0], ATTACKS, all[ends.1]);
            graph.insert(claim.reported(DAY)).unwrap();
        }
        let matter: BTreeSet<usize> =
            [ends.0, ends.1].iter().flat_map(|&end| acts_for(&belongs, end)).collect();
        let parties: Vec<EntityId> = (0..ENTITIES)
            .filter(|&speaker| !acts_for(&belongs, speaker).is_disjoint(&matter))
            .map(|speaker| all[speaker])
            .collect();
        let independence = graph.statement(all[ends.0], ATTACKS, all[ends.1]).independence();
        prop_assert_eq!(independence.parties_to_the_matter(), parties);
    }
}
