//! Filters, contests, support and independence on random worlds.

use super::*;

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn a_view_holds_what_a_plain_filter_lets_through(
        world in worlds(5..25), as_of in as_of(), doc in prop::option::of(0..2usize), speaker in prop::option::of(0..8usize),
        relation in prop::option::weighted(0.2, 0..11usize), stance in prop::option::weighted(0.2, prop::sample::select(Stance::ALL)),
        modality in prop::option::weighted(0.2, prop::sample::select(Modality::ALL)), including_retracted in any::<bool>(),
    ) {
        let built = world.build();
        let ask = Ask { as_of, doc: doc.map(|d| d + ENTITIES), speaker, relation, stance, modality, including_retracted, ..Ask::default() };
        let view = ask.view(&built);
        let expected: Vec<ClaimId> = built.in_view(&ask).map(|row| row.id).collect();
        let found: Vec<ClaimId> = view.claims().map(|claim| claim.id()).collect();
        prop_assert_eq!(&found, &expected);
        let backwards: Vec<ClaimId> = view.claims().rev().map(|claim| claim.id()).collect();
        prop_assert_eq!(backwards, expected.iter().rev().copied().collect::<Vec<_>>());
        for row in &built.rows {
            prop_assert_eq!(view.contains(row.id), expected.contains(&row.id));
            let claim = built.graph.claim(row.id).expect("on record");
            let chain: Vec<_> = claim.chain().iter().map(|link| link.source.map(|e| built.place(e))).collect();
            prop_assert_eq!(&chain, &row.chain);
            prop_assert_eq!((claim.stance(), claim.modality(), claim.certainty(), claim.reported()), (row.stance, row.modality, row.certainty, day(row.day)));
        }
        let again = built.graph.view().filtered(&view.filter()).expect("its own keys");
        prop_assert_eq!(again.claims().map(|claim| claim.id()).collect::<Vec<_>>(), expected);
    }
}

// ----- (b) contested

fn contests_of(built: &Built, ask: &Ask) -> BTreeMap<(ClaimId, ClaimId), (u8, bool)> {
    let how = |how: &ContestKind| match how {
        ContestKind::FactDenied => 0,
        ContestKind::FacetDenied => 1,
        ContestKind::ClaimDismissed => 2,
        _ => 9,
    };
    let contested = ask.view(built).contested();
    let each =
        contested.iter().flat_map(|c| c.contests().iter().map(move |by| (c.claim().id(), by)));
    each.map(|(claim, by)| {
        ((claim, by.claim().id()), (how(&by.kind().unwrap()), by.certain() == Answer::Yes))
    })
    .collect()
}

proptest! {
    #![proptest_config(config(140))]

    #[test]
    fn a_claim_is_contested_if_it_is_dismissed_or_entails_a_denied_statement(world in worlds(5..25), as_of in as_of(), including_retracted in any::<bool>()) {
        let built = world.build();
        let ask = Ask { as_of, including_retracted, ..Ask::default() };
        // The rules do not say whether a denial contests a claim that is only held possible.
        let open = |pair: &(ClaimId, ClaimId)| {
            let row = built.rows.iter().find(|row| row.id == pair.0).expect("on record");
            row.certainty > claimgraph::claim::Certainty::Probable && built.rows.iter().any(|r| r.id == pair.1 && r.stance == Stance::Denies)
        };
        let keep = |mut map: BTreeMap<_, _>| {
            map.retain(|pair, _| !open(pair));
            map
        };
        let (expected, found) = (keep(built.contested(&ask)), keep(contests_of(&built, &ask)));
        prop_assert_eq!(&found, &expected);
        // The same for one claim.
        let view = ask.view(&built);
        for row in built.in_view(&ask) {
            let one: Set = view.contests(row.id).expect("on record").iter().map(|c| c.claim().id()).filter(|by| !open(&(row.id, *by))).collect();
            let theirs: Set = expected.keys().filter(|(claim, _)| *claim == row.id).map(|(_, by)| *by).collect();
            prop_assert_eq!(one, theirs);
        }
        let settled = |id: &ClaimId| {
            let others = built.rows.iter().map(|row| (*id, row.id));
            expected.keys().any(|(c, _)| c == id) && others.into_iter().all(|pair| !open(&pair))
        };
        let firm: Set = view.contested().certain().map(|c| c.claim().id()).filter(settled).collect();
        let sure = expected.iter().filter(|(_, (_, sure))| *sure).map(|((claim, _), _)| *claim);
        prop_assert_eq!(firm, sure.filter(settled).collect::<Set>());
    }
}

// ----- (c) support, (d) independence

proptest! {
    #![proptest_config(config(140))]

    #[test]
    fn entailing_claims_and_their_confirmations_support_a_statement(
        world in worlds(5..25), as_of in as_of(), roll_up in prop::bool::weighted(0.8), including_retracted in any::<bool>(),
        asked in prop::collection::vec((index(), index(), any::<(bool, bool)>(), prop::bool::weighted(0.5), prop::option::weighted(0.3, (0..20u8, 0..20u8))), 6),
    ) {
        let built = world.build();
        let ask = Ask { as_of, including_retracted, ..Ask::default() };
        let view = ask.view(&built);
        for (pick, general, wider, figure, window) in asked {
            let Some((asked, period)) = question(&built, &pick, &general, wider, figure, window) else { continue };
            let relation = built.graph.relation(RELS[asked.relation].key).expect("declared");
            let mut inquiry = view.statement(built.entities[asked.subject], relation, built.entities[asked.object]);
            if let Some(n) = asked.quantity {
                inquiry = inquiry.quantity(Quantity::stated(n, "troops"));
            }
            if let Some(period) = period {
                inquiry = inquiry.valid(period);
            }
            if !roll_up {
                inquiry = inquiry.without_parts();
            }
            let backing = inquiry.backing();
            let found: BTreeMap<ClaimId, (Answer, bool)> =
                backing.iter().map(|b| (b.claim().id(), (b.in_time(), b.is_superseded()))).collect();
            prop_assert_eq!(&found, &built.backing(&asked, roll_up, &ask), "{:?}", asked);
            let current: BTreeMap<ClaimId, Answer> =
                found.iter().filter(|(_, (_, superseded))| !superseded).map(|(id, (in_time, _))| (*id, *in_time)).collect();
            let certain: Vec<ClaimId> = backing.certain().map(|b| b.claim().id()).collect();
            let possible: Vec<ClaimId> = backing.possible().map(|b| b.claim().id()).collect();
            prop_assert!(certain.iter().all(|id| current[id] == Answer::Yes) && possible.iter().all(|id| current[id] == Answer::Unknown));
            prop_assert_eq!(certain.len() + possible.len(), current.len());
            match current.values().max() {
                Some(&surest) => prop_assert_eq!(inquiry.is_asserted(), surest),
                None => prop_assert!(inquiry.is_asserted() != Answer::Yes),
            }
        }
    }

    #[test]
    fn independence_is_the_smallest_set_of_parties_that_would_all_have_to_be_wrong(
        world in worlds(5..20), as_of in as_of(), only_stated in prop::bool::weighted(0.2), without in prop::option::weighted(0.3, index()),
        asked in prop::collection::vec((index(), index(), any::<(bool, bool)>(), prop::option::weighted(0.4, (0..20u8, 0..20u8))), 3), counting in any::<bool>(),
        including_possible in prop::bool::weighted(0.2),
    ) {
        let built = world.build();
        let without = without.filter(|_| !built.lineages.is_empty()).map(|i| i.get(&built.lineages).0);
        let ask = Ask { as_of, only_stated, without, ..Ask::default() };
        let view = match including_possible {
            true => ask.view(&built).including_possible(),
            false => ask.view(&built),
        };
        for (pick, general, wider, window) in asked {
            let Some((asked, period)) = question(&built, &pick, &general, wider, false, window) else { continue };
            let relation = built.graph.relation(RELS[asked.relation].key).expect("declared");
            let mut inquiry = view.statement(built.entities[asked.subject], relation, built.entities[asked.object]);
            if let Some(period) = period {
                inquiry = inquiry.valid(period);
            }
            let mut independence = inquiry.independence();
            if counting {
                independence = independence.counting_documents();
            }
            // Claims that are only possibly in time count if the view says so.
            let mut backing = built.backing(&asked, true, &ask);
            backing.retain(|_, (in_time, superseded)| !*superseded && (including_possible || *in_time == Answer::Yes));
            let supporters: Vec<&Row> = built.rows.iter().filter(|row| backing.contains_key(&row.id) && evidence(row.stance)).collect();
            let Some((count, cuts)) = built.cuts(&supporters, &ask, counting) else { continue };
            prop_assert_eq!(independence.claims().iter().copied().collect::<Set>(), supporters.iter().map(|row| row.id).collect::<Set>());
            prop_assert_eq!(independence.at_most(), count, "{:?}", cuts);
            prop_assert!(independence.count() <= count && (count == 0 || independence.count() > 0));
            let party = |p: &Party| match *p {
                Party::Source(e) => format!("{}", built.place(e)),
                Party::Unnamed(claim) => format!("unnamed {claim:?}"),
            };
            let own = |v: &Vertex| match *v {
                Vertex::Party(e) => format!("{e}"),
                Vertex::Unnamed(claim, _) => format!("unnamed {claim:?}"),
                _ => unreachable!("relays and ends are not cut"),
            };
            let found: BTreeSet<BTreeSet<String>> = independence.all_cuts(10_000).iter().map(|cut| cut.iter().map(party).collect()).collect();
            let expected: BTreeSet<BTreeSet<String>> = cuts.iter().map(|cut| cut.iter().map(own).collect()).collect();
            prop_assert!(expected.contains(&independence.widest_cut().iter().map(party).collect::<BTreeSet<_>>()));
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_source_that_depends_on_a_speaker_never_adds_to_independence(world in worlds(5..20), pick in index(), general in index(), which in index()) {
        let mut built = world.build();
        let Some((asked, _)) = question(&built, &pick, &general, (false, false), false, None) else { return Ok(()) };
        let relation = built.graph.relation(RELS[asked.relation].key).expect("declared");
        let (subject, object) = (built.entities[asked.subject], built.entities[asked.object]);
        let before = built.graph.statement(subject, relation, object).independence();
        // A speaker with evidence of its own, whose word comes from no other speaker.
        let speakers: Vec<usize> = before.claims().iter().filter_map(|id| {
            let row = built.rows.iter().find(|row| row.id == *id)?;
            let own: Vec<usize> = row.chain.iter().flatten().copied().filter(|e| *e < ENTITIES).collect();
            let alone = own.len() == 1 && row.chain.iter().all(Option::is_some);
            own.first().copied().filter(|s| alone && !built.lineages.iter().any(|(_, from, ..)| from == s))
        }).collect();
        if speakers.is_empty() {
            return Ok(());
        }
        let (count, source) = (before.count(), built.entities[*which.get(&speakers)]);
        let echo = built.graph.add(Person, "echo").expect("a new key");
        built.graph.insert(Claim::by(echo).asserts(subject, relation, object).reported(day(25))).expect("well formed");
        let alone = built.graph.statement(subject, relation, object).independence().count();
        prop_assert_eq!(alone, count + 1, "it does not depend on anyone yet");
        built.graph.add_lineage(Lineage::new(echo, source)).expect("no circle");
        prop_assert_eq!(built.graph.statement(subject, relation, object).independence().count(), count);
    }

    #[test]
    fn fewer_sources_than_count_leave_evidence_and_all_of_a_cut_leave_none(
        world in worlds(5..18), pick in index(), general in index(), wider in any::<(bool, bool)>(), out in prop::collection::vec(index(), 3)
    ) {
        let built = world.build();
        let Some((asked, _)) = question(&built, &pick, &general, wider, false, None) else { return Ok(()) };
        let relation = built.graph.relation(RELS[asked.relation].key).expect("declared");
        let evidence = |view: &claimgraph::View<'_>| {
            let asked = view.statement(built.entities[asked.subject], relation, built.entities[asked.object]);
            asked.independence().claims().len()
        };
        let independence = built.graph.statement(built.entities[asked.subject], relation, built.entities[asked.object]).independence();
        prop_assert!(independence.count() <= independence.at_most());
        prop_assert_eq!(independence.count() == 0, independence.claims().is_empty());
        // Parties that can be cut: those in some smallest cut, and others that speak.
        let few = independence.count().saturating_sub(1).min(out.len());
        let sources: BTreeSet<usize> = out.iter().take(few).map(|i| i.index(ENTITIES)).collect();
        if independence.count() > 0 && sources.len() < independence.count() {
            let view = sources.iter().fold(built.graph.view(), |view, &e| view.excluding_source(built.entities[e]));
            prop_assert!(evidence(&view) > 0, "{} without {:?}", independence, sources);
        }
        let cut = independence.cut().iter().flat_map(|source| [source.party()].into_iter().chain(source.may_be_one_with().iter().copied()));
        let cut: Vec<Party> = cut.collect();
        if cut.iter().all(|party| party.source().is_some()) {
            let view = cut.iter().filter_map(|party| party.source()).fold(built.graph.view(), |view, source| view.excluding_source(source));
            prop_assert_eq!(evidence(&view), 0, "{} without its cut", independence);
        }
    }
}

// ----- (f) distinct statements

proptest! {
    #![proptest_config(config(140))]

    #[test]
    fn each_statement_of_a_view_is_listed_once_with_its_answers(
        world in worlds(5..25), as_of in as_of(), doc in prop::option::of(0..2usize), including_retracted in any::<bool>(),
    ) {
        let built = world.build();
        let ask = Ask { as_of, doc: doc.map(|d| d + ENTITIES), including_retracted, ..Ask::default() };
        let view = ask.view(&built);
        let mut expected: BTreeMap<(usize, usize, usize), Set> = BTreeMap::new();
        for row in built.in_view(&ask) {
            for statement in built.statements(row) {
                expected.entry(statement).or_default().insert(row.id);
            }
        }
        let statements = view.statements();
        let mut found = BTreeMap::new();
        let mut keys = Vec::new();
        for it in statements.iter() {
            let content = it.content();
            let ends = [content.subject(), content.object()].map(|end| end.entity().expect("an entity"));
            let relation = RELS.iter().position(|r| r.key == content.relation().key).expect("a relation of the worlds");
            let claims: Set = it.claims().iter().copied().collect();
            let twice = found.insert((built.place(ends[0]), relation, built.place(ends[1])), claims);
            prop_assert!(twice.is_none(), "{it}");
            keys.push(ends.map(|end| built.graph.entity(end).unwrap().key().to_owned()));
            // It answers as the question does.
            let relation = built.graph.relation(RELS[relation].key).unwrap();
            let asked = view.statement(ends[0], relation, ends[1]);
            let summary = it.summary();
            prop_assert_eq!(&summary, &asked.summary());
            prop_assert_eq!(summary.asserted, asked.is_asserted());
            prop_assert_eq!(summary.sources, asked.independence().count());
            let backing = asked.backing();
            let counted = backing.iter().filter(|it| it.in_time().is_yes() && !it.is_superseded());
            prop_assert_eq!(summary.claims_for, counted.count());
        }
        prop_assert_eq!(found, expected);
        let subjects: Vec<&String> = keys.iter().map(|[subject, _]| subject).collect();
        prop_assert!(subjects.is_sorted(), "{:?}", subjects);
    }
}
