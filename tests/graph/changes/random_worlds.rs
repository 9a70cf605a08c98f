//! Changes between two views of a random world, against brute force.

use super::*;

fn config(cases: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    let rng_seed = match given.rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_241_102),
        fixed => fixed,
    };
    ProptestConfig {
        cases,
        rng_seed,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        max_shrink_time: 5_000,
        ..given
    }
}

/// The filter of one of the two views.
#[derive(Clone, Debug)]
struct Look {
    as_of: Option<u8>,
    without: Option<usize>,
    without_doc: Option<usize>,
    speaker: Option<usize>,
    stated_lineage: bool,
    withdrawn: bool,
}

fn looks() -> impl Strategy<Value = Look> {
    (
        prop::option::weighted(0.8, 19..27u8),
        prop::option::weighted(0.3, 0..5usize),
        prop::option::weighted(0.15, 0..2usize),
        prop::option::weighted(0.15, 0..5usize),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(as_of, without, without_doc, speaker, stated_lineage, withdrawn)| Look {
            as_of,
            without,
            without_doc,
            speaker,
            stated_lineage,
            withdrawn,
        })
}

/// Half of the pairs differ only in their day.
fn pairs() -> impl Strategy<Value = (Look, Look)> {
    (looks(), looks(), any::<bool>()).prop_map(|(before, after, by_day)| {
        let day_only = Look { as_of: after.as_of, ..before.clone() };
        (before, if by_day { day_only } else { after })
    })
}

impl Look {
    fn view<'g>(&self, built: &'g Built) -> View<'g> {
        let mut view = built.graph.view();
        if let Some(n) = self.as_of {
            view = view.as_of(day(n));
        }
        if let Some(source) = self.without {
            view = view.excluding_source(built.entities[source]);
        }
        if let Some(doc) = self.without_doc {
            view = view.without_document(built.docs[doc]);
        }
        if let Some(speaker) = self.speaker {
            view = view.speaker(built.entities[speaker]);
        }
        if self.stated_lineage {
            view = view.only_stated_lineage();
        }
        if self.withdrawn { view.including_retracted() } else { view }
    }
}

fn contested(view: &View<'_>) -> BTreeMap<ClaimId, Answer> {
    view.contested().iter().map(|c| (c.claim().id(), c.certain())).collect()
}

/// Claims that their speakers are committed to and others support, by the question about one claim.
fn corroborated(view: &View<'_>) -> Set {
    let committed = |id: &ClaimId| {
        let claim = view.graph().claim(*id).unwrap();
        claim.stance().commits()
            && claim.certainty() <= claimgraph::claim::Certainty::Probable
            && view.is_corroborated(claim)
    };
    view.claims().map(|claim| claim.id()).filter(committed).collect()
}

/// The latest stances of each speaker.
type Stands = BTreeMap<Option<EntityId>, BTreeSet<(Stance, Answer)>>;

/// The latest stances by topic and speaker, from a pass over all claims. Topics are named by text.
fn stands(view: &View<'_>) -> BTreeMap<String, Stands> {
    let mut found = BTreeMap::new();
    for claim in view.claims() {
        let committed =
            claim.stance().commits() && claim.certainty() <= claimgraph::claim::Certainty::Probable;
        let Some(statement) =
            claim.statement().filter(|_| committed || claim.stance() == Stance::Denies)
        else {
            continue;
        };
        let relation = statement.relation();
        let (mut key, mut ends) =
            (relation.key.clone(), [statement.subject(), statement.object()].map(|t| t.entity()));
        if relation.key == "hosts" {
            key = "present-in".to_owned();
            ends.reverse();
        }
        if relation.symmetric {
            ends.sort();
        }
        let name = format!("{key} {ends:?} {}", claim.modality());
        let positions = view.inquire(statement).modality(claim.modality()).responses();
        let mut speakers: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for position in positions.latest() {
            speakers
                .entry(position.speaker())
                .or_default()
                .insert((position.stance(), position.certain()));
        }
        found.insert(name, speakers);
    }
    found
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn a_change_applied_to_one_view_gives_the_other(world in worlds(5..25), (before, after) in pairs()) {
        let built = world.build();
        let (before, after) = (before.view(&built), after.view(&built));
        let ids = |view: &View<'_>| view.claims().map(|claim| claim.id()).collect::<Set>();
        let change = before.change_to(&after);
        let added: Vec<ClaimId> = change.added().map(|claim| claim.id()).collect();
        let removed: Vec<ClaimId> = change.removed().map(|claim| claim.id()).collect();
        prop_assert_eq!(&added, &ids(&after).difference(&ids(&before)).copied().collect::<Vec<_>>());
        prop_assert_eq!(&removed, &ids(&before).difference(&ids(&after)).copied().collect::<Vec<_>>());
        prop_assert_eq!(change.apply(before.claim_keys()), after.claim_keys());
        // And in the other direction.
        let back = after.change_to(&before);
        prop_assert_eq!(back.apply(after.claim_keys()), before.claim_keys());
        prop_assert_eq!(back.added().map(|claim| claim.id()).collect::<Vec<_>>(), removed);
    }

    #[test]
    fn a_view_does_not_differ_from_itself(world in worlds(5..25), look in looks()) {
        let built = world.build();
        let view = look.view(&built);
        let change = view.change_to(&look.view(&built)).asking("?", |view| {
            view.statement(built.entities[0], PRESENT_IN.untyped(), built.entities[1])
        });
        prop_assert!(change.is_empty() && change.contested().is_empty() && change.corroborated().is_empty());
        prop_assert!(change.positions().is_empty() && change.revisions().is_empty() && change.retractions().is_empty());
        prop_assert!(change.answers().is_empty());
        prop_assert_eq!(change.to_string(), "0 claims added, 0 claims removed\n");
    }

    #[test]
    fn shifts_match_a_comparison_of_all_claims(world in worlds(5..25), (before, after) in pairs()) {
        let built = world.build();
        let (before, after) = (before.view(&built), after.view(&built));
        let change = before.change_to(&after);

        let (was, is) = (contested(&before), contested(&after));
        let all: Set = was.keys().chain(is.keys()).copied().collect();
        let at = |map: &BTreeMap<ClaimId, Answer>, id: &ClaimId| map.get(id).copied().unwrap_or(Answer::No);
        let expected: BTreeMap<ClaimId, (Answer, Answer)> = all.iter().map(|id| (*id, (at(&was, id), at(&is, id))))
            .filter(|(_, (a, b))| a != b).collect();
        let found: BTreeMap<ClaimId, (Answer, Answer)> =
            change.contested().iter().map(|shift| (shift.claim().id(), (*shift.before(), *shift.after()))).collect();
        prop_assert_eq!(found, expected);

        let (was, is) = (corroborated(&before), corroborated(&after));
        let shifts = change.corroborated();
        let new: Set = shifts.iter().filter(|shift| shift.is_new()).map(|shift| shift.claim().id()).collect();
        let over: Set = shifts.iter().filter(|shift| !shift.is_new()).map(|shift| shift.claim().id()).collect();
        prop_assert_eq!(new, is.difference(&was).copied().collect::<Set>());
        prop_assert_eq!(over, was.difference(&is).copied().collect::<Set>());
        for shift in &shifts {
            prop_assert!((*shift.before() > 1) != (*shift.after() > 1), "{}", shift);
        }
    }

    #[test]
    fn positions_shift_where_the_latest_words_differ(world in worlds(5..25), (before, after) in pairs()) {
        let built = world.build();
        let (before, after) = (before.view(&built), after.view(&built));
        let (was, is) = (stands(&before), stands(&after));
        let mut expected = BTreeSet::new();
        for (matter, now) in &is {
            let Some(then) = was.get(matter) else { continue };
            let speakers: BTreeSet<_> = now.keys().chain(then.keys()).collect();
            for speaker in speakers {
                let at = |map: &BTreeMap<_, BTreeSet<_>>| map.get(speaker).cloned().unwrap_or_default();
                if at(then) != at(now) {
                    expected.insert((*speaker, at(then), at(now)));
                }
            }
        }
        let change = before.change_to(&after);
        let found: BTreeSet<_> =
            change.positions().iter().map(|s| (s.speaker(), s.before().clone(), s.after().clone())).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn two_graphs_are_matched_by_keys(world in worlds(5..20), n in 19..27u8) {
        let built = world.build();
        let whole = &built.graph;
        let mut copy = ClaimGraph::read_jsonl(whole.to_jsonl().as_bytes()).unwrap();
        prop_assert!(whole.view().change_to(&copy.view()).is_empty());
        let day = day(n);
        let (before, after) = (whole.view().as_of(day), whole.view());
        let (within, across) = (before.change_to(&after), before.change_to(&copy.view()));
        let [one, other] = [&within, &across].map(|change| {
            serde_json::from_value::<ChangeRecord>(serde_json::to_value(change).unwrap()).unwrap()
        });
        prop_assert_eq!(&one.added, &other.added);
        prop_assert_eq!(&one.removed, &other.removed);
        prop_assert_eq!(&one.contested, &other.contested);
        prop_assert_eq!(across.apply(before.claim_keys()), copy.view().claim_keys());
        // A claim that only the copy has.
        let (alta, agency) = (copy.entity_keyed("alta").unwrap(), copy.entity_keyed("agency").unwrap());
        copy.insert(Claim::by(agency).asserts(alta, KNOWS, alta).reported(date(2031, 1, 1))).unwrap();
        let change = whole.view().change_to(&copy.view());
        prop_assert_eq!((change.added().len(), change.removed().len()), (1, 0));
        prop_assert_eq!(copy.view().change_to(&whole.view()).removed().len(), 1);
    }

    #[test]
    fn a_record_is_read_back_and_does_not_depend_on_the_order_of_insertion(
        world in worlds(5..15), order in Just((0..15usize).collect::<Vec<_>>()).prop_shuffle(), n in 19..27u8
    ) {
        let built = world.build();
        let record = |built: &Built| {
            let change = built.graph.view().as_of(day(n)).change_to(&built.graph.view());
            serde_json::to_string(&change).unwrap()
        };
        let json = record(&built);
        let again = serde_json::from_str::<ChangeRecord>(&json).unwrap();
        prop_assert_eq!(serde_json::to_value(again).unwrap(), serde_json::from_str::<serde_json::Value>(&json).unwrap());
        let order: Vec<usize> = order.into_iter().filter(|&n| n < world.claims.len()).collect();
        let shuffled = world.build_in(&order, &(0..ENTITIES + 2).collect::<Vec<_>>());
        // Claims that answer a claim not yet on record are left out, so the two graphs may hold different claims.
        if shuffled.graph.view().claim_keys() == built.graph.view().claim_keys()
            && shuffled.graph.records() == built.graph.records()
        {
            prop_assert_eq!(record(&shuffled), json);
        }
    }
}
