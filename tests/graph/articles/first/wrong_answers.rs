//! Wrong answers that a tool might give.

use super::*;

#[test]
fn wrong_south_korea_files_the_article() {
    let r = report();
    let filed = r.graph.claim(r.k(1)).unwrap();
    assert_eq!(filed.speaker(), Some(r.article.id()));
    assert_eq!(filed.object().and_then(Term::entity), Some(r.seoul.id()));
    assert_eq!(r.numbers(r.graph.view().mentions_of(r.south_korea).claims()), Vec::<usize>::new());
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
    let parts = r.graph.view().corroboration(r.k(2)).unwrap();
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
    assert!(r.graph.view().contests(r.k(39)).unwrap().is_empty());
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
