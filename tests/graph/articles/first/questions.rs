//! The questions of an analyst.

use super::*;

#[test]
fn how_many_soldiers_were_sent_and_on_whose_word() {
    let r = report();
    let sent = r.graph.statement(r.north_korea, DEPLOYS_TO, r.russia);
    let figures = sent.figures();
    assert_eq!(r.numbers(figures.claims()), [2]);
    assert_eq!(figures.first().unwrap().quantity(), &Quantity::stated(3_000, "soldiers"));
    let claim = r.graph.claim(r.k(2)).unwrap();
    let chain: Vec<_> = claim.chain().iter().map(|link| link.source).collect();
    assert_eq!(chain, [Some(r.article.id()), Some(r.officials.id())]);
    let figure = sent.quantity(Quantity::stated(3_000, "soldiers"));
    assert_eq!(figure.independence().roots(), [Some(r.nis.id())]);
    let contests = r.graph.view().contests(r.k(2)).unwrap();
    assert_eq!(r.numbers(contests.iter().map(|c| c.claim().id())), [35, 36]);
    let parts = r.graph.view().corroboration(r.k(2)).unwrap();
    assert!(
        parts.facet(&Facet::Quantity).unwrap().backing().is_empty(),
        "no other speaker confirms the figure"
    );
}

#[test]
fn how_many_were_committed_in_total_and_what_that_replaced() {
    let r = report();
    let committed =
        r.graph.statement(r.north_korea, COMMITS_TROOPS_TO, r.russia).modality(Modality::Committed);
    assert_eq!(r.numbers(committed.backing().claims()), [6]);
    assert_eq!(
        committed.figures().first().unwrap().quantity().to_string(),
        "about 10,000 troops, \u{201c}approximately 10,000 troops in total\u{201d}"
    );
    let revisions = r.graph.view().revisions();
    let revision = revisions.first().unwrap();
    assert_eq!(revisions.len(), 1);
    assert_eq!(
        r.numbers([revision.claim().id(), revision.new_claim().id(), revision.old().id()]),
        [6, 7, 8]
    );
    assert_eq!((revision.factor(), revision.direction()), (Some(2.into()), Direction::Up));
    assert_eq!(
        revision.to_string(),
        "about 10,000 troops, up from about 5,000 troops (derived) by a factor of 2"
    );
    let superseded: Vec<_> = r.graph.claim(r.k(6)).unwrap().linked(SUPERSEDES).collect();
    assert_eq!(r.numbers(superseded), [8]);
    assert_eq!(
        r.graph.claim(r.k(8)).unwrap().quantity(),
        None,
        "the old figure is not in the text"
    );
}

#[test]
fn who_backs_that_north_korean_troops_are_in_russia() {
    let r = report();
    let backing = r.graph.statement(r.north_korea, PRESENT_IN, r.russia).backing();
    assert_eq!(r.numbers(backing.claims()), [2, 13, 18, 42, 46]);
    let stance = |k| backing.iter().find(|b| b.claim().id() == r.k(k)).unwrap().stance();
    assert_eq!(stance(18), Stance::Confirms);
    assert_eq!([stance(2), stance(13)], [Stance::Asserts; 2]);
    assert_eq!([stance(46), stance(42)], [Stance::Acknowledges, Stance::Presupposes]);
    let through: Vec<_> =
        backing.iter().filter_map(|b| b.via().first().map(|(id, _)| *id)).collect();
    assert_eq!(r.numbers(through), [2], "Zelenskiy through the dispatch");
    let proof = backing.proof();
    assert!(proof.claims().contains(&r.k(17)), "the evidence that Austin confirms");
    assert!(proof.affiliations().count() >= 2 && !proof.claims().contains(&r.k(48)));
}

#[test]
fn who_denies_it_and_what_exactly() {
    let r = report();
    let against = r.graph.statement(r.north_korea, PRESENT_IN, r.russia).against();
    assert_eq!(r.numbers(against.claims()), [35, 36]);
    for opposition in &against {
        assert_eq!(opposition.kind(), Some(ContestKind::ClaimDismissed));
        let via = |wanted: Answer| -> Vec<claimgraph::ClaimId> {
            let via = opposition.via().iter().filter(|(_, certain)| *certain == wanted);
            via.map(|(id, _)| *id).collect()
        };
        assert_eq!(r.numbers(via(Answer::Yes)), [2, 13]);
        assert_eq!(r.numbers(via(Answer::Unknown)), [18]);
    }
    let line = against.first().unwrap().to_string();
    assert_eq!(
        line,
        "Russia dismisses 2, perhaps 3, of the 4 claims that say so, as \u{201c}fake news\u{201d} and \u{201c}groundless rumors\u{201d}"
    );
    assert_eq!(r.graph.view().stance(Stance::Denies).claims().count(), 0);
}

#[test]
fn which_claims_are_contested() {
    let r = report();
    let contested = r.graph.contested();
    assert_eq!(r.numbers(contested.certain().map(|c| c.claim().id())), THESE_CLAIMS);
    assert_eq!(r.numbers(contested.possible().map(|c| c.claim().id())), [17, 18, 19, 20]);
    assert_eq!(contested.len(), 24);
}

#[test]
fn the_contested_claims_are_those_that_the_rule_gives() {
    let r = report();
    let says = |k: &usize| {
        let claim = r.graph.claim(r.k(*k)).unwrap();
        r.graph.view().roots(claim.id()).unwrap() == [Some(r.nis.id())]
            && claim.stance() != Stance::Presupposes
            && claim.span().unwrap().end < 1748
    };
    let by_rule: Vec<usize> = (1..=50).filter(says).collect();
    assert_eq!(by_rule, THESE_CLAIMS);
}

#[test]
fn on_how_many_independent_sources() {
    let r = report();
    let g = &r.graph;
    let presence = g.statement(r.north_korea, PRESENT_IN, r.russia).independence();
    assert_eq!(presence.count(), 2);
    let mut cut = presence.widest_cut().to_vec();
    cut.sort_by_key(|p| format!("{p:?}"));
    assert_eq!(cut.len(), 2);
    assert!(
        cut.contains(&Party::Source(r.nis.id())) && cut.contains(&Party::Source(r.austin.id()))
    );
    assert_eq!(presence.roots(), [Some(r.austin.id()), Some(r.nis.id())]);
    let three_thousand = g
        .statement(r.north_korea, DEPLOYS_TO, r.russia)
        .quantity(Quantity::stated(3_000, "soldiers"));
    assert_eq!(three_thousand.independence().count(), 1);
    let ten_thousand = g
        .statement(r.north_korea, COMMITS_TROOPS_TO, r.russia)
        .modality(Modality::Committed)
        .quantity(Quantity::about(10_000, "soldiers"));
    assert_eq!(
        (ten_thousand.independence().count(), r.numbers(ten_thousand.backing().claims())),
        (1, vec![6])
    );
    let treaty = g.statement(r.north_korea, TREATY_WITH, r.russia).valid("2024-06").independence();
    assert_eq!((treaty.count(), treaty.roots()), (1, [Some(r.article.id())].as_slice()));
    for independence in
        [presence, three_thousand.independence(), ten_thousand.independence(), treaty]
    {
        assert_eq!(independence.documents(), [r.article.id()]);
        assert_eq!(independence.counting_documents().count(), 1);
    }
}

#[test]
fn every_lineage_link_can_be_cut() {
    let r = report();
    let presence_without = |link: usize| {
        let view = r.graph.view().without_lineage(r.lineage[link]);
        view.statement(r.north_korea, PRESENT_IN, r.russia).independence()
    };
    assert_eq!(presence_without(2).count(), 3, "Park counts as a source of its own");
    assert_eq!(
        presence_without(2).widest_cut(),
        [r.austin.id(), r.nis.id(), r.park.id()].map(Party::Source)
    );
    let officials = presence_without(0);
    assert_eq!(
        (officials.count(), officials.at_most()),
        (2, 3),
        "the officials may be the service"
    );
    assert_eq!(presence_without(3).count(), 2, "Lee says nothing about presence");
    let stated = r.graph.view().only_stated_lineage();
    assert_eq!(stated.statement(r.north_korea, PRESENT_IN, r.russia).independence().at_most(), 3);
}

#[test]
fn what_russian_assessors_think_and_how_we_know() {
    let r = report();
    let view = r.graph.view().speaker(r.assessors);
    let found: Vec<_> = view
        .claims()
        .map(|c| {
            (c.id(), c.polarity().unwrap(), c.depth(), c.chain()[1].direct, c.chain()[2].direct)
        })
        .collect();
    assert_eq!(r.numbers(found.iter().map(|f| f.0)), [31, 32, 33]);
    let sign = |k: usize| found.iter().find(|f| f.0 == r.k(k)).unwrap().1;
    assert_eq!(
        [sign(31), sign(32), sign(33)],
        [Polarity::Positive, Polarity::Positive, Polarity::Negative]
    );
    assert!(
        found.iter().all(|f| f.2 == 2 && f.3 && !f.4),
        "two steps from the article, quoted at Lee"
    );
    assert_eq!(r.graph.view().roots(r.k(31)).unwrap(), [Some(r.nis.id())]);
    let cuts = r.graph.view().independence_of([r.k(31)]).all_cuts(10);
    assert_eq!(cuts.len(), 4, "Lee, the committee, the service or the assessors");
    assert_eq!(r.graph.view().independence_of([r.k(31)]).widest_cut(), [Party::Source(r.nis.id())]);
}

#[test]
fn the_timeline_of_dated_events() {
    let r = report();
    let timeline = r.graph.view().timeline();
    let items: Vec<(Vec<usize>, _, _)> = timeline
        .iter()
        .map(|m| (r.numbers(m.events().iter().map(|e| e.id())), m.earliest(), m.latest()))
        .collect();
    assert_eq!(
        items,
        [
            (vec![49], date(2022, 2, 1), date(2022, 2, 28)),
            (vec![38, 39, 40], date(2024, 6, 1), date(2024, 6, 30)),
            (vec![11, 12], date(2024, 9, 1), REPORTED),
            (vec![1], REPORTED, REPORTED),
            (vec![5, 10], REPORTED, date(2024, 12, 31)),
        ]
    );
    let order: Vec<_> = timeline.iter().map(|m| m.order()).collect();
    assert_eq!(
        order,
        [
            None,
            Some(TemporalOrder::Before),
            Some(TemporalOrder::Before),
            Some(TemporalOrder::NotAfter),
            Some(TemporalOrder::NotAfter)
        ]
    );
}

#[test]
fn what_is_threatened_under_which_condition_and_has_it_happened() {
    let r = report();
    let threats = r.graph.view().watch().of_kind(WatchKind::Threat);
    assert_eq!(r.numbers(threats.claims()), [43]);
    let threat = threats.first().unwrap();
    assert_eq!(threat.speaker(), Some(r.presidential_office.id()));
    assert_eq!(threat.claim().modality(), Modality::Hypothetical);
    assert_eq!(threat.claim().role(MANNER).next().and_then(Term::text), Some("consider"));
    let [awaited] = threat.conditions() else { panic!("one condition") };
    let condition = awaited.statement().unwrap();
    assert!(condition.is(COOPERATES_WITH));
    assert_eq!(condition.role(TREND).next().and_then(Term::text), Some("intensifies"));
    assert_eq!([threat, awaited].map(|item| item.has_happened()), [Answer::No, Answer::No]);
    let aid = r.graph.statement(r.south_korea, PROVIDES_AID_TO, r.ukraine);
    assert_eq!(aid.is_asserted(), Answer::No);
}

#[test]
fn how_russia_and_north_korea_stand_to_each_other() {
    let r = report();
    let view = r.graph.view().begun_by(REPORTED);
    let dealings = view.interactions_between(r.russia, r.north_korea);
    assert_eq!(r.numbers(dealings.claims()), [2, 29, 37, 38, 39, 44]);
    assert_eq!(dealings.claims(), view.interactions_between(r.north_korea, r.russia).claims());
    let symmetric =
        dealings.iter().filter(|d| d.statement().unwrap().relation().symmetric).map(|d| d.id());
    assert_eq!(r.numbers(symmetric), [37, 39, 44]);
    let contested = r.graph.contested().claims();
    let uncontested_own_voice =
        dealings.iter().copied().filter(|c| c.is_own_voice() && !contested.contains(&c.id()));
    assert_eq!(r.numbers(uncontested_own_voice.map(|c| c.id())), [37, 38, 39]);
}

#[test]
fn which_claims_are_speculation_and_whose() {
    let r = report();
    let view = r.graph.view().certainty(Certainty::Possible);
    let found: Vec<_> = view.claims().map(|c| c.id()).collect();
    assert_eq!(r.numbers(found), [19, 20, 34]);
    assert_eq!(speakers(&r, &[19, 20, 34]), [r.austin.id(), r.austin.id(), r.lee.id()]);
}

#[test]
fn what_the_file_knew_on_which_day() {
    let r = report();
    assert_eq!(r.graph.view().as_of(date(2024, 10, 23)).claims().count(), 0);
    assert_eq!(r.graph.view().as_of(REPORTED).claims().count(), 50);
    let before = r.graph.view().as_of(date(2024, 10, 23));
    assert!(before.contested().is_empty() && before.timeline().is_empty());
    assert_eq!(before.statement(r.north_korea, PRESENT_IN, r.russia).independence().count(), 0);
}

#[test]
fn what_happened_to_the_families() {
    let r = report();
    let about = r.graph.view().mentions_of(r.families);
    assert_eq!(r.numbers(about.in_role(&MentionRole::Object)), [24, 25]);
    for k in [24, 25] {
        let claim = r.graph.claim(r.k(k)).unwrap();
        assert_eq!(claim.subject().and_then(Term::entity), Some(r.nk_authorities.id()));
        assert_eq!(claim.speaker(), Some(r.nis.id()));
        assert_eq!(claim.chain()[1].source, Some(r.briefing.id()));
        assert_eq!(r.graph.view().roots(claim.id()).unwrap(), [Some(r.nis.id())]);
    }
    let parts: Vec<_> = r.graph.claim(r.k(23)).unwrap().linked_from(PART_OF).collect();
    assert_eq!(r.numbers(parts), [24, 25]);
    let contested = r.graph.contested();
    assert!([24, 25].iter().all(|&k| contested.certain().any(|c| c.claim().id() == r.k(k))));
    for who in [r.park, r.lee] {
        assert!(
            r.graph.view().speaker(who).claims().all(|c| c.id() != r.k(24) && c.id() != r.k(25))
        );
    }
}

#[test]
fn presence_is_certain_on_the_day_of_the_report_and_possible_before_and_after() {
    let r = report();
    let present = r.graph.statement(r.north_korea, PRESENT_IN, r.russia);
    let on = |month, day| present.clone().valid(date(2024, month, day));
    let backing = on(10, 24).backing();
    assert_eq!(r.numbers(backing.certain().map(|b| b.claim().id())), [13, 18, 42]);
    assert_eq!(r.numbers(backing.possible().map(|b| b.claim().id())), [2, 46]);
    assert_eq!(on(10, 24).independence().count(), 2);
    for (month, day) in [(10, 1), (12, 31)] {
        assert_eq!(on(month, day).is_asserted(), Answer::Unknown, "{month}-{day}");
        assert_eq!(on(month, day).independence().count(), 0);
    }
    let all = r.graph.view().including_possible();
    let all = all.statement(r.north_korea, PRESENT_IN, r.russia).valid(date(2024, 10, 1));
    assert_eq!(all.independence().count(), present.independence().count());
}

#[test]
fn the_treaty_of_june_was_signed_in_june_and_perhaps_on_the_19th() {
    let r = report();
    let treaty = r.graph.statement(r.russia, TREATY_WITH, r.north_korea);
    let valid = |period: &str| treaty.clone().valid(period).is_asserted();
    assert_eq!(
        ["2024-06", "2024-06-19", "2024"].map(valid),
        [Answer::Yes, Answer::Unknown, Answer::Yes]
    );
    assert_eq!(["2024-05", "2024-07-01"].map(valid), [Answer::No, Answer::No]);
}

#[test]
fn a_count_over_a_stretch_is_a_lower_bound_of_the_count_over_a_longer_one() {
    let r = report();
    let k50 = r.graph.claim(r.k(50)).unwrap();
    let asked = r.graph.view().inquire(k50.statement().unwrap()).without_parts();
    let at = |period: &str| asked.clone().valid(period).figures();
    let sizes = |period: &str| {
        (at(period).at_least(500_000), at(period).at_most(700_000), at(period).equals(500_000))
    };
    assert_eq!(sizes("2024-10-24"), (Answer::Yes, Answer::Unknown, Answer::No));
    assert_eq!(sizes("2024-12-31"), (Answer::Yes, Answer::Unknown, Answer::No));
    for period in ["2024-07-15", "2023"] {
        assert_eq!(sizes(period), (Answer::Unknown, Answer::Unknown, Answer::Unknown), "{period}");
        assert_eq!(asked.clone().valid(period).is_asserted(), Answer::Unknown, "{period}");
    }
}

#[test]
fn leaving_out_a_source_takes_away_its_word_and_not_what_others_say() {
    let r = report();
    let without = r.graph.view().excluding_source(r.nis);
    assert_eq!(without.claims().count(), 28);
    let backing = |view: &claimgraph::View<'_>, n: Option<(i64, &str)>| {
        let present = view.statement(r.north_korea, PRESENT_IN, r.russia);
        let sent = view.statement(r.north_korea, DEPLOYS_TO, r.russia);
        let asked = n.map_or(present, |(n, unit)| sent.quantity(Quantity::stated(n, unit)));
        r.numbers(asked.backing().claims())
    };
    assert_eq!(backing(&without, None), [18, 42, 46]);
    assert_eq!(backing(&without, Some((3_000, "soldiers"))), Vec::<usize>::new());
    assert_eq!(backing(&without, Some((10_000, "troops"))), Vec::<usize>::new());
    let without = without.excluding_source(r.austin);
    assert_eq!(without.claims().count(), 22);
    assert_eq!(backing(&without, None), [42, 46]);
    let presence = without.statement(r.north_korea, PRESENT_IN, r.russia);
    assert_eq!(presence.independence().count(), 0);
}
