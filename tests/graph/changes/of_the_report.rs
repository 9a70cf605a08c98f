//! Changes to the report.

use super::*;

/// The report, and a wire story of nine days later.
struct Later {
    r: report::Report,
    /// It revises k02, denies presence, corroborates k02 and retracts k18, and Russia changes its position.
    revision: ClaimId,
    denial: ClaimId,
    seen: ClaimId,
    retraction: ClaimId,
    comes_round: ClaimId,
}

fn later() -> Later {
    let mut r = report::build().unwrap();
    let g = &mut r.graph;
    let wire = g.add_document("wire-2024-11-02", date(2024, 11, 2)).unwrap();
    let revision =
        Claim::by(r.officials).revises(r.claims[1]).quantity(Quantity::stated(12_000, "soldiers"));
    let revision = g.insert(revision.read_in(wire, ..)).unwrap();
    let denial = g
        .insert(
            Claim::by(r.north_korea).denies(r.nk_forces, PRESENT_IN, r.russia).read_in(wire, ..),
        )
        .unwrap();
    let seen = Claim::by(r.us_intelligence).asserts(r.north_korea, DEPLOYS_TO, r.russia);
    let seen = g.insert(seen.read_in(wire, ..)).unwrap();
    let retraction =
        g.insert(Claim::by(r.austin).retracts(r.claims[17]).read_in(wire, ..)).unwrap();
    let comes_round =
        g.insert(Claim::by(r.russia).acknowledges(r.claims[1]).read_in(wire, ..)).unwrap();
    Later { r, revision, denial, seen, retraction, comes_round }
}

#[test]
fn the_report_comes_as_one_change() {
    let r = report::build().unwrap();
    let (before, after) =
        (r.graph.view().as_of(date(2024, 10, 23)), r.graph.view().as_of(report::REPORTED));
    let change = before.change_to(&after);
    assert_eq!((change.added().len(), change.removed().len()), (50, 0));
    let contested = change.contested();
    let surely: Vec<usize> =
        r.numbers(contested.iter().filter(|s| s.after().is_yes()).map(|shift| shift.claim().id()));
    assert_eq!(surely, [2, 3, 5, 6, 7, 10, 11, 12, 13, 14, 23, 24, 25, 28, 29, 30, 31, 32, 33, 34]);
    assert_eq!(contested.len(), 24);
    let revisions = change.revisions();
    assert_eq!(
        (r.numbers(revisions.claims()), revisions.first().unwrap().direction()),
        (vec![7], Direction::Up)
    );
    assert!(change.positions().is_empty(), "no speaker had a position before");
}

#[test]
fn nine_days_later_much_has_changed() {
    let l = later();
    let r = &l.r;
    let (before, after) =
        (r.graph.view().as_of(report::REPORTED), r.graph.view().as_of(date(2024, 11, 2)));
    let change = before
        .change_to(&after)
        .asking("Are North Korean troops in Russia?", |view| {
            view.statement(r.north_korea, PRESENT_IN, r.russia)
        })
        .asking("At least 10,000 of them sent?", |view| {
            view.statement(r.north_korea, DEPLOYS_TO, r.russia)
                .quantity(Quantity::no_less_than(10_000, "soldiers"))
        })
        .asking("Is there a treaty?", |view| view.statement(r.russia, TREATY_WITH, r.north_korea));
    let added: Vec<ClaimId> = change.added().map(|claim| claim.id()).collect();
    assert_eq!(added, [l.revision, l.denial, l.seen, l.retraction, l.comes_round]);
    assert_eq!(r.numbers(change.removed().map(|claim| claim.id())), [18], "Austin retracted it");

    let revisions = change.revisions();
    let revision = revisions.first().unwrap();
    assert_eq!((revision.direction(), revision.factor()), (Direction::Up, Some(4.into())));
    assert_eq!(revision.to_string(), "12,000 soldiers, up from 3,000 soldiers by a factor of 4");

    let retractions = change.retractions();
    assert_eq!(retractions.claims(), [l.retraction]);
    assert_eq!(r.numbers(retractions.first().unwrap().targets().map(|(claim, _)| claim)), [18]);

    // North Korea denies the presence of its forces. k13 and k42 are about the forces, k02 is about the state.
    let contested = change.contested();
    let shift = |id: ClaimId| {
        contested.iter().find(|s| s.claim().id() == id).map(|s| (*s.before(), *s.after()))
    };
    assert_eq!(shift(r.k(42)), Some((Answer::No, Answer::Yes)));
    assert_eq!(shift(r.k(13)), None, "contested before and after");
    assert_eq!(shift(r.k(18)), Some((Answer::Unknown, Answer::No)), "no longer in the view");
    assert!(contested.proof().claims().contains(&l.denial));

    // Two intelligence services support it now.
    let corroborated = change.corroborated();
    let dispatch = corroborated.iter().find(|shift| shift.claim().id() == r.k(2)).unwrap();
    assert_eq!((*dispatch.before(), *dispatch.after()), (1, 2));

    // Russia dismissed it; now Russia acknowledges that North Korea deploys.
    let positions = change.positions();
    let russia = positions
        .iter()
        .find(|shift| {
            shift.speaker() == Some(r.russia.id())
                && shift.claim().statement().unwrap().is(DEPLOYS_TO)
        })
        .unwrap();
    assert_eq!(
        russia.before().iter().map(|(stance, _)| *stance).collect::<Vec<_>>(),
        [Stance::Dismisses]
    );
    assert_eq!(
        russia.after().iter().map(|(stance, _)| *stance).collect::<Vec<_>>(),
        [Stance::Acknowledges]
    );

    let answers = change.answers();
    let questions: Vec<&str> = answers.iter().map(|answer| answer.question()).collect();
    assert_eq!(questions, ["Are North Korean troops in Russia?", "At least 10,000 of them sent?"]);
    assert_eq!(
        (answers[1].before().asserted, answers[1].after().asserted),
        (Answer::No, Answer::Yes)
    );
}

#[test]
fn without_a_source_the_change_holds_what_falls() {
    let r = report::build().unwrap();
    let change = r
        .graph
        .view()
        .change_to(&r.graph.view().excluding_source(r.nis))
        .asking("presence", |view| view.statement(r.north_korea, PRESENT_IN, r.russia))
        .asking("how many", |view| view.statement(r.north_korea, DEPLOYS_TO, r.russia));
    assert_eq!(change.added().len(), 0);
    let without = r.graph.view().excluding_source(r.nis).claims().count();
    assert_eq!(change.removed().len(), 50 - without);
    let answers = change.answers();
    assert_eq!(answers.len(), 2);
    assert_eq!((answers[0].before().sources, answers[0].after().sources), (2, 1), "Austin is left");
    let asserted = (answers[1].before().asserted, answers[1].after().asserted);
    assert_eq!(asserted, (Answer::Yes, Answer::Yes), "Zelenskiy acknowledges it");
    assert_eq!((answers[1].before().sources, answers[1].after().sources), (1, 0));
    assert_eq!((answers[1].before().figures.len(), answers[1].after().figures.len()), (1, 0));
    let over: Vec<_> =
        change.corroborated().iter().map(|shift| (*shift.before() > 1, *shift.after())).collect();
    assert!(over.iter().all(|&(before, after)| before && after < 2), "nothing gains by it");
}

#[test]
fn a_record_of_a_later_format_or_with_unknown_members_is_refused() {
    let r = report::build().unwrap();
    let record = r.graph.view().change_to(&r.graph.view());
    let json = serde_json::to_string(&record).unwrap();
    assert_eq!(json, r#"{"format":1,"before":{},"after":{}}"#);
    for wrong in [
        json.replace(":1", ":2"),
        json.replace(":1", ":0"),
        json.replace("\"before\"", "\"befor\""),
    ] {
        assert!(serde_json::from_str::<ChangeRecord>(&wrong).is_err(), "{wrong}");
    }
}

#[test]
fn equal_claims_come_and_go_one_by_one() {
    let mut graph = ClaimGraph::new();
    let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
    let say = || Claim::by(nk).asserts(nk, ATTACKS, russia).reported(date(2024, 10, 24));
    graph.insert(say()).unwrap();
    let mut twice = graph.clone();
    twice.insert(say()).unwrap();
    let change = graph.view().change_to(&twice.view());
    assert_eq!((change.added().len(), change.removed().len()), (1, 0));
    assert_eq!(change.apply(graph.view().claim_keys()), twice.view().claim_keys());
    assert_eq!(twice.view().change_to(&graph.view()).removed().len(), 1);
}

#[test]
fn each_modality_is_a_topic_of_its_own() {
    let mut graph = ClaimGraph::new();
    let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
    let say = |modality| Claim::by(nk).asserts(nk, DEPLOYS_TO, russia).modality(modality);
    graph.insert(say(Modality::Planned).reported(date(2024, 10, 1))).unwrap();
    graph.insert(say(Modality::Actual).reported(date(2024, 10, 2))).unwrap();
    let change = graph.view().as_of(date(2024, 10, 1)).change_to(&graph.view());
    assert!(change.positions().is_empty(), "a plan is not a position on the fact");
}

#[test]
fn a_shift_on_a_symmetric_relation_is_found_whatever_was_inserted_first() {
    let graph = |keys: [&str; 2], denied: bool| {
        let mut graph = ClaimGraph::new();
        keys.iter().for_each(|key| _ = graph.add(State, *key).unwrap());
        let [alta, brin] = ["alta", "brin"].map(|key| graph.entity_keyed(key).unwrap());
        let treaty = graph.relation("treaty-with").unwrap();
        // The later graph says all of it from the other side, as a symmetric relation allows.
        let [one, other] = if denied { [brin, alta] } else { [alta, brin] };
        let said = Claim::by(alta).asserts(one, treaty, other);
        graph.insert(said.reported(date(2031, 1, 1))).unwrap();
        if denied {
            let denial = Claim::by(alta).denies(one, treaty, other);
            graph.insert(denial.reported(date(2031, 1, 2))).unwrap();
        }
        graph
    };
    for keys in [["alta", "brin"], ["brin", "alta"]] {
        let (before, after) = (graph(["alta", "brin"], false), graph(keys, true));
        let change = before.view().change_to(&after.view());
        let shifts = change.positions();
        let stances = |s: &BTreeSet<(Stance, Answer)>| s.iter().map(|s| s.0).collect::<Vec<_>>();
        let found: Vec<_> =
            shifts.iter().map(|s| (stances(s.before()), stances(s.after()))).collect();
        assert_eq!(found, [(vec![Stance::Asserts], vec![Stance::Denies])], "{keys:?}");
    }
}
