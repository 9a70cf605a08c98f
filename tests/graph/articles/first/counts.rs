//! Counts, quotations, demands and names.

use super::*;
use claimgraph::questions::Quotation;

#[test]
fn derived_figures_are_not_claims() {
    let r = report();
    let derived = r.graph.view().derived_figures();
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
    assert!(r.graph.show(r.k(8)).unwrap().contains("derived: about 5,000 troops"));
}

#[test]
fn the_counts_by_root_are_those_of_the_text() {
    let r = report();
    let count = |root: Option<EntityId>| {
        (1..=50).filter(|&k| r.graph.view().roots(r.k(k)).unwrap() == [root]).count()
    };
    let known = |e: EntityId| count(Some(e));
    assert_eq!(known(r.article.id()), 12);
    assert_eq!([known(r.north_korea.id()), known(r.russia.id())], [1, 1]);
    assert_eq!(known(r.nis.id()), 21);
    assert_eq!(known(r.presidential_office.id()), 4);
    assert_eq!(known(r.zelenskiy.id()), 3);
    assert_eq!(known(r.austin.id()), 6);
    assert_eq!(known(r.us_intelligence.id()), 1);
    assert_eq!(count(None), 1);
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
    let quoted = r.graph.view().quotations();
    let told = |name: &str| {
        let of = |quotation: &&Quotation<'_>| {
            quotation.speaker().is_some_and(|speaker| r.graph.name_of(speaker) == name)
        };
        let carried = |it: &Quotation<'_>| r.numbers(it.carried().iter().map(|it| it.id()));
        let spans = |it: &Quotation<'_>| {
            [it.span(), it.span_with_marks()].map(|span| span.unwrap().to_string()).join(" in ")
        };
        let found = quoted.iter().filter(of);
        found.map(|it| (it.words(), it.is_fragment(), spans(it), carried(it))).collect::<Vec<_>>()
    };
    let whole =
        |spans: &str, carried: &[usize]| vec![(None, false, spans.to_owned(), carried.to_vec())];
    assert_eq!(told("Park Sun-won"), whole("646..748 in 643..752", &[13, 14]));
    assert_eq!(told("Lloyd Austin"), whole("986..1069 in 983..1073", &[20, 21, 22]));
    assert_eq!(told("Lee Seong-kweun"), whole("1496..1655 in 1493..1659", &[31, 32, 33]));
    for (state, claim) in [("Russia", 35), ("North Korea", 36)] {
        let fragment = |words, spans: &str| (Some(words), true, spans.to_owned(), vec![claim]);
        let fake = fragment("fake news", "1812..1821 in 1809..1824");
        let groundless = fragment("groundless rumors", "1832..1849 in 1829..1853");
        assert_eq!(told(state), [fake, groundless]);
    }
    assert_eq!(quoted.len(), 7);
    assert!(quoted.iter().all(|quotation| quotation.document() == Some(r.article)));
}

#[test]
fn demands_and_forecasts_have_addressee_and_deadline() {
    let r = report();
    let demands = r.graph.view().watch().of_kind(WatchKind::Demand);
    assert_eq!(r.numbers(demands.claims()), [41, 47]);
    assert!(matches!(demands.first().unwrap().addressee(), Some(Term::NotStated)));
    let forecasts = r.graph.view().watch().of_kind(WatchKind::Forecast);
    assert_eq!(r.numbers(forecasts.claims()), [5, 6, 10]);
    let due = r.graph.view().watch().due(date(2024, 12, 31));
    assert!(r.numbers(due.claims()).contains(&10) && r.numbers(due.claims()).contains(&5));
    let completion = forecasts.iter().find(|p| p.claim().id() == r.k(10)).unwrap();
    assert_eq!(
        (completion.deadline(), completion.strict_deadline()),
        (Some(date(2024, 12, 31)), Some(date(2024, 11, 30)))
    );
}

#[test]
fn leaving_out_south_korean_intelligence_leaves_austin_as_the_root() {
    let r = report();
    let view = r.graph.view().excluding_source(r.nis);
    let fallen: Vec<_> = (1..=50).filter(|&k| !view.contains(r.k(k))).collect();
    let mut expected: Vec<usize> = THESE_CLAIMS.to_vec();
    expected.extend([4, 8]);
    expected.sort_unstable();
    assert_eq!(fallen, expected);
    assert_eq!(
        view.statement(r.north_korea, PRESENT_IN, r.russia).independence().roots(),
        [Some(r.austin.id())]
    );
}

#[test]
fn metonyms_resolve_by_the_kind_asked_for() {
    let r = report();
    assert_eq!(r.graph.lookup("Moscow", Actor).one().map(|a| a.id()), Some(r.russia.id()));
    assert_eq!(r.graph.lookup("pyongyang", Actor).one().map(|a| a.id()), Some(r.north_korea.id()));
    assert!(r.graph.lookup("Seoul", Actor).is_unknown());
    assert_eq!(r.graph.lookup("SEOUL", Place).one().map(|a| a.id()), Some(r.seoul.id()));
    assert!(r.graph.lookup("Moscow", Place).is_unknown());
    // A state is an actor too, and an actor is meant by the name of its capital.
    assert_eq!(r.graph.lookup("Moscow", State).one().map(|a| a.id()), Some(r.russia.id()));
}
