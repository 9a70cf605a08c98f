//! The questions an analyst asks of the report, answered as exact sets; and the wrong answers that a
//! tool might give.

#[path = "../examples/report/mod.rs"]
mod report;

use claimgraph::reporting::*;
use claimgraph::{
    Answer, Claim, EntityId, Modality, Quantity, Stance, Term,
    claim::{Basis, Certainty, Polarity, Prominence},
    date,
    questions::{ContestKind, DerivedKind, Direction, MentionRole, TemporalOrder},
    sources::{Facet, Party, Root},
};
use report::{REPORTED, Report};

fn report() -> Report {
    report::build().expect("the report is well formed")
}

fn speakers(report: &Report, claims: &[usize]) -> Vec<EntityId> {
    claims.iter().filter_map(|&k| report.graph.claim(report.k(k)).unwrap().speaker()).collect()
}

const THESE_CLAIMS: [usize; 20] =
    [2, 3, 5, 6, 7, 10, 11, 12, 13, 14, 23, 24, 25, 28, 29, 30, 31, 32, 33, 34];

#[test]
fn cq01_how_many_soldiers_were_sent_and_on_whose_word() {
    let r = report();
    let sent = r.graph.statement(r.north_korea, DEPLOYS_TO, r.russia);
    let figures = sent.figures();
    assert_eq!(r.numbers(figures.claims()), [2]);
    assert_eq!(figures.first().unwrap().quantity(), &Quantity::stated(3_000, "soldiers"));
    let claim = r.graph.claim(r.k(2)).unwrap();
    let chain: Vec<_> = claim.chain().iter().map(|link| link.source).collect();
    assert_eq!(chain, [Some(r.article.id()), Some(r.officials.id())]);
    let figure = sent.quantity(Quantity::stated(3_000, "soldiers"));
    assert_eq!(figure.independence().roots(), [Root::Known(r.nis.id())]);
    let contests = r.graph.contests(r.k(2)).unwrap();
    assert_eq!(r.numbers(contests.iter().map(|c| c.by().id())), [35, 36]);
    let parts = r.graph.corroboration(r.k(2)).unwrap();
    assert!(
        parts.facet(&Facet::Quantity).unwrap().backing().is_empty(),
        "the figure is confirmed by nobody else"
    );
}

#[test]
fn cq02_how_many_were_committed_in_total_and_what_that_replaced() {
    let r = report();
    let committed =
        r.graph.statement(r.north_korea, COMMITS_TROOPS_TO, r.russia).modality(Modality::Committed);
    assert_eq!(r.numbers(committed.backing().claims()), [6]);
    assert_eq!(committed.figures().first().unwrap().quantity().to_string(), "about 10,000 troops");
    let revisions = r.graph.revisions();
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
fn cq05_who_backs_that_north_korean_troops_are_in_russia() {
    let r = report();
    let backing = r.graph.statement(r.north_korea, PRESENT_IN, r.russia).backing();
    assert_eq!(r.numbers(backing.claims()), [2, 13, 18, 42, 46]);
    let stance = |k| backing.iter().find(|b| b.claim().id() == r.k(k)).unwrap().stance();
    assert_eq!(stance(18), Stance::Confirms);
    assert_eq!([stance(2), stance(13)], [Stance::Asserts; 2]);
    assert_eq!([stance(46), stance(42)], [Stance::Acknowledges, Stance::Presupposes]);
    let through: Vec<_> = backing.iter().filter_map(|b| b.through()).collect();
    assert_eq!(r.numbers(through), [2], "Zelenskiy through the dispatch");
    let proof = backing.proof();
    assert!(proof.claims().contains(&r.k(17)), "the evidence Austin confirms");
    assert!(proof.affiliations().count() >= 2 && !proof.claims().contains(&r.k(48)));
}

#[test]
fn cq06_who_denies_it_and_what_exactly() {
    let r = report();
    let against = r.graph.statement(r.north_korea, PRESENT_IN, r.russia).against();
    assert_eq!(r.numbers(against.claims()), [35, 36]);
    for opposition in &against {
        assert_eq!(*opposition.how(), ContestKind::ClaimDismissed);
        assert_eq!(r.numbers(opposition.through()), [2, 13]);
        assert_eq!(r.numbers(opposition.perhaps_through()), [18]);
    }
    let line = against.first().unwrap().to_string();
    assert_eq!(
        line,
        "Russia dismisses 2, perhaps 3, of the 4 claims that say so, as \u{201c}fake news, groundless rumors\u{201d}"
    );
    assert_eq!(r.graph.view().stance(Stance::Denies).claims().count(), 0);
}

#[test]
fn cq07_which_claims_are_contested() {
    let r = report();
    let contested = r.graph.contested();
    assert_eq!(r.numbers(contested.certain().map(|c| c.claim().id())), THESE_CLAIMS);
    assert_eq!(r.numbers(contested.possible().map(|c| c.claim().id())), [17, 18, 19, 20]);
    assert_eq!(contested.len(), 24);
}

#[test]
fn cq07_these_claims_are_what_the_rule_says() {
    let r = report();
    let says = |k: &usize| {
        let claim = r.graph.claim(r.k(*k)).unwrap();
        r.graph.roots(claim.id()).unwrap() == [Root::Known(r.nis.id())]
            && claim.stance() != Stance::Presupposes
            && claim.span().unwrap().end < 1748
    };
    let by_rule: Vec<usize> = (1..=50).filter(says).collect();
    assert_eq!(by_rule, THESE_CLAIMS);
}

#[test]
fn cq08_on_how_many_independent_sources() {
    let r = report();
    let g = &r.graph;
    let presence = g.statement(r.north_korea, PRESENT_IN, r.russia).independence();
    assert_eq!(presence.count(), 2);
    let mut cut = presence.cut();
    cut.sort_by_key(|p| format!("{p:?}"));
    assert_eq!(cut.len(), 2);
    assert!(
        cut.contains(&Party::Source(r.nis.id())) && cut.contains(&Party::Source(r.austin.id()))
    );
    assert_eq!(presence.roots(), [Root::Known(r.austin.id()), Root::Known(r.nis.id())]);
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
    assert_eq!((treaty.count(), treaty.roots()), (1, [Root::Known(r.article.id())].as_slice()));
    for independence in
        [presence, three_thousand.independence(), ten_thousand.independence(), treaty]
    {
        assert_eq!(independence.documents(), [r.article.id()]);
        assert_eq!(independence.counting_documents().count(), 1);
    }
}

#[test]
fn cq08_every_lineage_link_can_be_cut() {
    let r = report();
    let presence_without = |link: usize| {
        let view = r.graph.view().without_lineage(r.lineage[link]);
        view.statement(r.north_korea, PRESENT_IN, r.russia).independence()
    };
    assert_eq!(presence_without(2).count(), 3, "Park speaks for himself");
    assert_eq!(
        presence_without(2).cut(),
        [r.austin.id(), r.nis.id(), r.park.id()].map(Party::Source)
    );
    assert_eq!(presence_without(0).count(), 3, "the officials speak for themselves");
    assert_eq!(presence_without(3).count(), 2, "Lee says nothing of presence");
    let stated = r.graph.view().only_stated_lineage();
    assert_eq!(stated.statement(r.north_korea, PRESENT_IN, r.russia).independence().count(), 3);
}

#[test]
fn cq10_what_russian_assessors_think_and_how_we_know() {
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
    assert_eq!(r.graph.roots(r.k(31)).unwrap(), [Root::Known(r.nis.id())]);
    let cuts = r.graph.view().independence_of([r.k(31)]).all_cuts(10);
    assert_eq!(cuts.len(), 4, "Lee, the committee, the service or the assessors");
    assert_eq!(r.graph.view().independence_of([r.k(31)]).cut(), [Party::Source(r.nis.id())]);
}

#[test]
fn cq12_the_timeline_of_dated_events() {
    let r = report();
    let timeline = r.graph.timeline();
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
fn cq15_what_is_threatened_under_which_condition_and_has_it_happened() {
    let r = report();
    let threats = r.graph.outlook().threats();
    assert_eq!(r.numbers(threats.claims()), [43]);
    let threat = threats.first().unwrap();
    assert_eq!(threat.speaker(), Some(r.presidential_office.id()));
    assert_eq!(threat.claim().modality(), Modality::Hypothetical);
    assert_eq!(threat.claim().role(MANNER).next().and_then(Term::text), Some("consider"));
    let condition = threat.conditions().next().unwrap();
    assert!(condition.is(COOPERATES_WITH));
    assert_eq!(condition.role(TREND).next().and_then(Term::text), Some("intensifies"));
    assert_eq!((threat.has_happened(), threat.conditions_met()), (Answer::No, Answer::No));
    let aid = r.graph.statement(r.south_korea, PROVIDES_AID_TO, r.ukraine);
    assert_eq!(aid.is_asserted(), Answer::No);
}

#[test]
fn cq18_how_russia_and_north_korea_stand_to_each_other() {
    let r = report();
    let view = r.graph.view().begun_by(REPORTED);
    let dealings = view.interactions_between(r.russia, r.north_korea);
    assert_eq!(r.numbers(dealings.claims()), [2, 29, 37, 38, 39, 44]);
    assert_eq!(dealings.claims(), view.interactions_between(r.north_korea, r.russia).claims());
    let symmetric = dealings
        .iter()
        .filter(|d| d.claim().statement().unwrap().relation().symmetric)
        .map(|d| d.claim().id());
    assert_eq!(r.numbers(symmetric), [37, 39, 44]);
    let contested = r.graph.contested().claims();
    let uncontested_own_voice = dealings
        .iter()
        .map(|d| d.claim())
        .filter(|c| c.is_own_voice() && !contested.contains(&c.id()));
    assert_eq!(r.numbers(uncontested_own_voice.map(|c| c.id())), [37, 38, 39]);
}

#[test]
fn cq19_which_claims_are_speculation_and_whose() {
    let r = report();
    let view = r.graph.view().certainty(Certainty::Possible);
    let found: Vec<_> = view.claims().map(|c| c.id()).collect();
    assert_eq!(r.numbers(found), [19, 20, 34]);
    assert_eq!(speakers(&r, &[19, 20, 34]), [r.austin.id(), r.austin.id(), r.lee.id()]);
}

#[test]
fn cq21_what_the_file_knew_on_which_day() {
    let r = report();
    assert_eq!(r.graph.view().as_of(date(2024, 10, 23)).claims().count(), 0);
    assert_eq!(r.graph.view().as_of(REPORTED).claims().count(), 50);
    let before = r.graph.view().as_of(date(2024, 10, 23));
    assert!(before.contested().is_empty() && before.timeline().is_empty());
    assert_eq!(before.statement(r.north_korea, PRESENT_IN, r.russia).independence().count(), 0);
}

#[test]
fn cq24_what_happened_to_the_families() {
    let r = report();
    let about = r.graph.about(r.families);
    assert_eq!(r.numbers(about.acting_as(&MentionRole::Object)), [24, 25]);
    for k in [24, 25] {
        let claim = r.graph.claim(r.k(k)).unwrap();
        assert_eq!(claim.subject().and_then(Term::entity), Some(r.nk_authorities.id()));
        assert_eq!(claim.speaker(), Some(r.nis.id()));
        assert_eq!(claim.chain()[1].source, Some(r.briefing.id()));
        assert_eq!(r.graph.roots(claim.id()).unwrap(), [Root::Known(r.nis.id())]);
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
fn the_derived_figures_are_nobodys_claims() {
    let r = report();
    let derived = r.graph.derived_figures();
    let of = |kind: DerivedKind| -> Vec<String> {
        derived
            .iter()
            .filter(|d| d.kind() == kind)
            .map(|d| d.derivation().quantity().to_string())
            .collect()
    };
    assert_eq!(of(DerivedKind::Previous), ["about 5,000 troops"]);
    assert_eq!(of(DerivedKind::Remainder), ["about 7,000 soldiers"]);
    assert_eq!(of(DerivedKind::Share), ["about 30 per cent"]);
    assert_eq!(of(DerivedKind::Sum), ["at least 5,000 soldiers"]);
    let inputs = |kind: DerivedKind| {
        r.numbers(derived.iter().find(|d| d.kind() == kind).unwrap().derivation().inputs().to_vec())
    };
    assert_eq!(inputs(DerivedKind::Previous), [6, 7]);
    assert_eq!(inputs(DerivedKind::Remainder), [2, 6]);
    assert_eq!(r.graph.len(), 50);
    assert!(r.graph.show(r.k(8)).unwrap().contains("about 5,000 troops (derived)"));
}

#[test]
fn the_counts_by_root_are_those_of_the_text() {
    let r = report();
    let count = |root: Root| (1..=50).filter(|&k| r.graph.roots(r.k(k)).unwrap() == [root]).count();
    let known = |e: EntityId| count(Root::Known(e));
    assert_eq!(known(r.article.id()), 12);
    assert_eq!([known(r.north_korea.id()), known(r.russia.id())], [1, 1]);
    assert_eq!(known(r.nis.id()), 21);
    assert_eq!(known(r.presidential_office.id()), 4);
    assert_eq!(known(r.zelenskiy.id()), 3);
    assert_eq!(known(r.austin.id()), 6);
    assert_eq!(known(r.us_intelligence.id()), 1);
    assert_eq!(count(Root::Unknown), 1);
}

#[test]
fn the_counts_by_stance_are_those_of_the_text() {
    let r = report();
    let count = |stance| r.graph.view().stance(stance).claims().count();
    let counts: Vec<usize> = Stance::ALL.iter().map(|&s| count(s)).collect();
    // asserts, observes, estimates, assesses, confirms, acknowledges, presupposes, projects, speculates,
    // denies, dismisses, doubts, demands, calls for, threatens, revises, retracts
    assert_eq!(counts, [25, 1, 2, 3, 2, 1, 6, 1, 3, 0, 2, 0, 1, 1, 1, 1, 0]);
    assert_eq!(r.graph.view().prominence(Prominence::Background).claims().count(), 14);
    assert_eq!((r.graph.len(), r.graph.entity_count()), (50, 33));
}

#[test]
fn quantity_questions_answer_in_three_values() {
    let r = report();
    let losses = r.graph.statement(r.russia, SUFFERS, "casualties").figures();
    assert_eq!(r.numbers(losses.claims()), [50]);
    assert_eq!(losses.at_least(500_000), Answer::Yes);
    assert_eq!(losses.at_least(650_000), Answer::Unknown);
    let asked = |n| {
        r.graph
            .statement(r.russia, SUFFERS, "casualties")
            .quantity(Quantity::no_less_than(n, "casualties"))
            .is_asserted()
    };
    assert_eq!([asked(500_000), asked(650_000)], [Answer::Yes, Answer::Unknown]);
}

#[test]
fn direct_quotations_have_speaker_and_span() {
    let r = report();
    let quoted = r.graph.quotations();
    assert_eq!(r.numbers(quoted.claims()), [13, 14, 20, 31, 32, 33]);
    for claim in &quoted {
        assert!(
            claim.span().is_some()
                && claim.chain().iter().any(|link| link.direct && link.source.is_some())
        );
    }
}

#[test]
fn demands_and_forecasts_have_addressee_and_deadline() {
    let r = report();
    let demands = r.graph.outlook().demands();
    assert_eq!(r.numbers(demands.claims()), [41, 47]);
    assert!(matches!(demands.first().unwrap().addressee(), Some(Term::NotStated)));
    let forecasts = r.graph.outlook().forecasts();
    assert_eq!(r.numbers(forecasts.claims()), [5, 6, 10]);
    let due = r.graph.outlook().due(date(2024, 12, 31));
    assert!(r.numbers(due.claims()).contains(&10) && r.numbers(due.claims()).contains(&5));
    let completion = forecasts.iter().find(|p| p.claim().id() == r.k(10)).unwrap();
    assert_eq!(
        (completion.deadline(), completion.strict_deadline()),
        (Some(date(2024, 12, 31)), Some(date(2024, 11, 30)))
    );
}

#[test]
fn without_south_korean_intelligence_what_is_left() {
    let r = report();
    let view = r.graph.view().excluding_source(r.nis);
    let fallen: Vec<_> = (1..=50).filter(|&k| !view.contains(r.k(k))).collect();
    let mut expected: Vec<usize> = THESE_CLAIMS.to_vec();
    expected.extend([4, 8]);
    expected.sort_unstable();
    assert_eq!(fallen, expected);
    assert_eq!(
        view.statement(r.north_korea, PRESENT_IN, r.russia).independence().roots(),
        [Root::Known(r.austin.id())]
    );
}

#[test]
fn metonyms_resolve_by_what_is_wanted() {
    let r = report();
    assert_eq!(r.graph.lookup("Moscow", Actor).one().map(|a| a.id()), Some(r.russia.id()));
    assert_eq!(r.graph.lookup("pyongyang", Actor).one().map(|a| a.id()), Some(r.north_korea.id()));
    assert!(r.graph.lookup("Seoul", Actor).is_unknown());
    assert_eq!(r.graph.lookup("SEOUL", Place).one().map(|a| a.id()), Some(r.seoul.id()));
    assert!(r.graph.lookup("Moscow", Place).is_unknown());
}

// ----- wrong results

#[test]
fn wrong_south_korea_files_the_article() {
    let r = report();
    let filed = r.graph.claim(r.k(1)).unwrap();
    assert_eq!(filed.speaker(), Some(r.article.id()));
    assert_eq!(filed.object().and_then(Term::entity), Some(r.seoul.id()));
    assert_eq!(r.numbers(r.graph.about(r.south_korea).claims()), Vec::<usize>::new());
}

#[test]
fn wrong_austin_confirms_the_figure() {
    let r = report();
    for k in [17, 18] {
        assert_eq!(r.graph.claim(r.k(k)).unwrap().quantity(), None);
    }
    let figure = r
        .graph
        .statement(r.north_korea, DEPLOYS_TO, r.russia)
        .quantity(Quantity::stated(3_000, "soldiers"));
    assert_eq!(r.numbers(figure.backing().claims()), [2]);
    let parts = r.graph.corroboration(r.k(2)).unwrap();
    let presence = parts.facet(&Facet::Implied("present-in".into())).unwrap();
    assert!(presence.speakers().contains(&r.austin.id()));
}

#[test]
fn wrong_the_troops_are_at_the_front() {
    let r = report();
    let front = r.graph.statement(r.nk_forces, POSITIONED_AT, "frontline positions");
    assert_eq!(front.is_asserted(), Answer::No);
    let casualties = r.graph.statement(r.nk_forces, SUFFERS, "casualties");
    assert_eq!(casualties.is_asserted(), Answer::No);
    assert_eq!(r.numbers(casualties.any_modality().mentions().claims()), [34]);
}

#[test]
fn wrong_moscow_asserts_that_there_are_no_troops() {
    let r = report();
    for who in [r.russia, r.north_korea] {
        let said: Vec<_> = r.graph.view().speaker(who).claims().map(|c| c.stance()).collect();
        assert_eq!(said, [Stance::Dismisses]);
    }
}

#[test]
fn wrong_the_treaty_is_contested() {
    let r = report();
    assert!(r.graph.contests(r.k(39)).unwrap().is_empty());
    assert!(!r.graph.contested().claims().contains(&r.k(39)));
}

#[test]
fn wrong_six_hundred_thousand_dead() {
    let r = report();
    let dead = r
        .graph
        .statement(r.russia, SUFFERS, "casualties")
        .quantity(Quantity::no_less_than(1, "dead"));
    assert_eq!(dead.is_asserted(), Answer::Unknown);
    assert!(dead.backing().is_empty());
}

#[test]
fn wrong_five_independent_sources_for_presence() {
    let r = report();
    let presence = r.graph.statement(r.north_korea, PRESENT_IN, r.russia);
    let speakers: std::collections::HashSet<_> =
        presence.backing().iter().filter_map(|b| b.speaker()).collect();
    assert_eq!((speakers.len(), presence.independence().count()), (5, 2));
}

// ----- other questions of the same kinds

#[test]
fn what_the_article_says_in_its_own_voice() {
    let r = report();
    let own = r.graph.claims().filter(|c| c.is_own_voice()).map(|c| c.id());
    assert_eq!(r.numbers(own), [1, 9, 15, 16, 26, 27, 37, 38, 39, 40, 45, 49]);
}

#[test]
fn what_a_reader_filled_in() {
    let r = report();
    let implicit = r.graph.claims().filter(|c| {
        c.statement().is_some_and(|s| {
            s.subject_basis() == Basis::Implicit || s.object_basis() == Basis::Implicit
        })
    });
    assert_eq!(r.numbers(implicit.map(|c| c.id())), [5, 6, 8, 12, 20, 29, 47]);
}

#[test]
fn what_rests_on_austins_confirmation() {
    let r = report();
    let resting = r.graph.view().downstream_of(r.k(18));
    assert!(r.numbers(resting.claims()).iter().filter(|k| [17, 19, 20].contains(k)).count() == 3);
}

#[test]
fn a_second_question_does_not_change_the_first_answer() {
    let r = report();
    let once = r.graph.contested().to_string();
    let _ = r.graph.about(r.russia);
    assert_eq!(once, r.graph.contested().to_string());
    assert_eq!(once, report().graph.contested().to_string(), "the same in every run");
}

#[test]
fn the_typed_front_and_the_untyped_one_build_the_same_claim() {
    let r = report();
    let mut graph = r.graph.clone();
    let (russia, nk) =
        (graph.entity_keyed("russia").unwrap(), graph.entity_keyed("north-korea").unwrap());
    let relation = graph.relation("allied-with").unwrap();
    let trend = graph.role("trend").unwrap();
    let article = graph.typed::<Document>(graph.entity_keyed("seoul-2024-10-24").unwrap()).unwrap();
    let again = graph
        .insert(
            Claim::by(article)
                .asserts(nk, relation, russia)
                .with(trend, "strengthening")
                .valid(claimgraph::Period::holding_on(REPORTED))
                .read_in(article, 1854..1891),
        )
        .unwrap();
    assert_eq!(graph.claim_key(again).unwrap(), r.graph.claim_key(r.k(37)).unwrap());
}

#[test]
fn the_front_line_is_spoken_of_in_a_condition_only() {
    let r = report();
    let front = r.graph.statement(r.nk_forces, POSITIONED_AT, claimgraph::vocabulary::Any);
    assert_eq!(r.numbers(front.mentions().claims()), [34]);
    assert_eq!(front.is_asserted(), Answer::No);
}

#[test]
fn what_south_korea_says_counts_its_parts_and_not_its_members() {
    let r = report();
    let own = r.graph.view().speaker(r.south_korea).claims().count();
    let said: Vec<_> =
        r.graph.view().speaker_or_part(r.south_korea).claims().map(|c| c.id()).collect();
    assert_eq!(own, 0);
    // Officials 4, the service and the committee 4, the briefing 3, the presidential office 4.
    assert_eq!(r.numbers(said), [2, 3, 4, 5, 6, 7, 8, 10, 23, 24, 25, 41, 42, 43, 44]);
    let article: Vec<_> =
        r.graph.view().attributed_to(r.article).claims().map(|c| c.id()).collect();
    assert_eq!(r.numbers(article), [1, 9, 15, 16, 26, 27, 37, 38, 39, 40, 45, 49]);
}

#[test]
fn a_role_that_must_be_given_is_given() {
    let r = report();
    let sent = r.graph.statement(r.north_korea, DEPLOYS_TO, r.russia);
    assert!(sent.clone().with(PURPOSE, claimgraph::vocabulary::Any).backing().is_empty());
    let trained = r
        .graph
        .statement(r.russia, PROVIDES_TRAINING_TO, r.nk_forces)
        .with(TOPIC, claimgraph::vocabulary::Any);
    assert_eq!(r.numbers(trained.backing().claims()), [29]);
    // Not stated is no value.
    let demanded = r.graph.statement(r.nk_forces, WITHDRAWS_FROM, r.russia).any_modality();
    assert_eq!(r.numbers(demanded.clone().mentions().claims()), [41]);
    assert!(demanded.with(ADDRESSEE, claimgraph::vocabulary::Any).mentions().is_empty());
}

#[test]
fn sentences_say_what_changes_their_meaning() {
    let r = report();
    let show = |k| r.graph.show(r.k(k)).unwrap();
    assert!(
        show(43).contains("manner: \u{201c}consider\u{201d}") && show(43).contains("lethal"),
        "{}",
        show(43)
    );
    assert!(show(41).contains("addressee not stated"), "{}", show(41));
    assert!(show(18).starts_with("Lloyd Austin confirmed as probable what"), "{}", show(18));
    assert!((1..=50).all(|k| !show(k).contains(",,")));
}
