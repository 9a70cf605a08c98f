//! Other questions of the same kinds: voices, roles and sentences.

use super::*;

#[test]
fn the_article_says_twelve_claims_in_its_own_voice() {
    let r = report();
    let own = r.graph.claims().filter(|c| c.is_own_voice()).map(|c| c.id());
    assert_eq!(r.numbers(own), [1, 9, 15, 16, 26, 27, 37, 38, 39, 40, 45, 49]);
}

#[test]
fn ends_that_a_reader_filled_in_are_marked_implicit() {
    let r = report();
    let implicit = r.graph.claims().filter(|c| {
        c.statement().is_some_and(|s| {
            s.subject_basis() == Basis::Implicit || s.object_basis() == Basis::Implicit
        })
    });
    assert_eq!(r.numbers(implicit.map(|c| c.id())), [5, 6, 8, 12, 29, 34, 39, 47]);
}

#[test]
fn what_these_and_their_refer_to_is_marked_as_a_choice_of_the_reader() {
    let r = report();
    let resolved = r.graph.claims().filter(|c| {
        let ends = c.statement().map(|s| [s.subject_basis(), s.object_basis()]);
        ends.is_some_and(|ends| ends.contains(&Basis::Resolved))
            || c.targets().any(|(_, basis)| basis == Basis::Resolved)
    });
    assert_eq!(r.numbers(resolved.map(|c| c.id())), [13, 19, 20, 33, 35, 36, 37, 46, 48]);
    let in_rome = |basis: Basis| {
        let placed = r.graph.claims().filter(move |c| {
            c.roles().any(|(role, _, known)| role == "spoken-in" && known == basis)
        });
        r.numbers(placed.map(|c| c.id()))
    };
    assert_eq!(in_rome(Basis::Stated), [17, 18, 19]);
    assert_eq!(in_rome(Basis::Implicit), [20, 21, 22], "the second sentence names no place");
}

#[test]
fn claims_that_rest_on_austins_confirmation_are_found() {
    let r = report();
    let resting = r.graph.view().downstream_of(r.k(18));
    assert!(r.numbers(resting.claims()).iter().filter(|k| [17, 19, 20].contains(k)).count() == 3);
}

#[test]
fn a_second_question_does_not_change_the_first_answer() {
    let r = report();
    let once = r.graph.contested().to_string();
    let _ = r.graph.view().mentions_of(r.russia);
    assert_eq!(once, r.graph.contested().to_string());
    assert_eq!(once, report().graph.contested().to_string(), "the same in every run");
}

#[test]
fn typed_and_untyped_calls_build_the_same_claim() {
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
                .asserts(resolved(nk), relation, resolved(russia))
                .with(trend, "strengthening")
                .valid(claimgraph::Period::holding_on(REPORTED))
                .read_in(article, 1854..1891),
        )
        .unwrap();
    assert_eq!(graph.claim_key(again).unwrap(), r.graph.claim_key(r.k(37)).unwrap());
}

#[test]
fn the_front_line_occurs_only_in_a_condition() {
    let r = report();
    let front = r.graph.statement(r.nk_forces, POSITIONED_AT, claimgraph::vocabulary::Any);
    assert_eq!(r.numbers(front.mentions().claims()), [34]);
    assert_eq!(front.is_asserted(), Answer::No);
}

#[test]
fn claims_of_south_korea_count_its_parts_and_not_its_members() {
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
fn a_role_asked_for_with_any_value_must_be_given() {
    let r = report();
    let sent = r.graph.statement(r.north_korea, DEPLOYS_TO, r.russia);
    assert!(sent.clone().with(PURPOSE, claimgraph::vocabulary::Any).backing().is_empty());
    let trained = r
        .graph
        .statement(r.russia, PROVIDES_TRAINING_TO, r.nk_forces)
        .with(TOPIC, claimgraph::vocabulary::Any);
    assert_eq!(r.numbers(trained.backing().claims()), [29]);
    // *Not stated* is not a value.
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
    assert!(show(18).starts_with("Lloyd Austin confirmed that the North"), "{}", show(18));
    assert!(show(18).contains("(probable;"), "{}", show(18));
    assert!((1..=50).all(|k| !show(k).contains(",,")));
}
