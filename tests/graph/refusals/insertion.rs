//! Checks before and during insertion, links and derived figures.

use super::*;

#[test]
fn check_gives_all_faults_in_order_and_insert_the_first() {
    let (mut w, far) = (world(), foreign());
    let (nk, nis) = (w.nk, w.nis);
    let claim = Claim::by(far.state)
        .confirms([w.sent, far.claim])
        .restating(nis.id(), TREATY_WITH, far.state)
        .with(URGENCY, "at once")
        .with(FEE, Quantity::stated(1, "euros"))
        .quantity(Quantity::between(-1, -2, "soldiers"))
        .factor(0)
        .valid("never")
        .said(date(2025, 1, 1))
        .read_in(w.article, 3..1)
        .cue("says", 0..9);
    let role = |key: &str| FieldPath::Role(key.to_owned());
    let expected = [
        FieldPath::Speaker(0),
        FieldPath::Stance, // a factor
        FieldPath::Subject,
        FieldPath::Object,
        role("urgency"),
        role("fee"),
        FieldPath::Target(1),
        FieldPath::Quantity, // inverted
        FieldPath::Quantity, // negative
        FieldPath::Quantity, // the factor is 0
        FieldPath::Valid,
        FieldPath::Said,
        FieldPath::Span,
        FieldPath::Cue,
    ];
    let before = w.graph.to_jsonl();
    let faults = w.graph.check(&claim);
    assert_eq!(
        faults.iter().filter_map(Error::part).collect::<Vec<_>>(),
        expected.iter().collect::<Vec<_>>(),
        "{faults:?}"
    );
    assert_eq!(w.graph.insert(claim).as_ref(), Err(&faults[0]));
    assert_eq!(w.graph.to_jsonl(), before);
    let good = Claim::by(nis).asserts(nk, DEPLOYS_TO, w.russia).reported(DAY);
    assert_eq!(w.graph.check(&good), []);
    assert_eq!(w.graph.to_jsonl(), before, "a check inserts nothing");
}

#[test]
fn a_time_of_speaking_is_refused_like_a_time_of_holding() {
    let w = world();
    let claim = || Claim::by(w.nis).asserts(w.nk, DEPLOYS_TO, w.russia).reported(DAY);
    let part = |claim: Claim| {
        w.graph.check(&claim).iter().filter_map(|e| e.part().cloned()).collect::<Vec<_>>()
    };
    assert_eq!(
        part(claim().said(Period::by(date(2025, 1, 1)))),
        [],
        "it may have been said before"
    );
    assert_eq!(part(claim().said("never").said(DAY)), [], "the later call counts");
    let inverted = Period::throughout(date(2024, 2, 1)..=date(2024, 1, 1));
    for refused in [claim().said("never"), claim().said(inverted), claim().said("2025")] {
        assert_eq!(part(refused), [FieldPath::Said]);
    }
}

/// An inverted period is a fault whatever the report day.
#[test]
fn check_gives_the_fault_of_a_period_also_where_there_is_no_report_date() {
    let w = world();
    let period = Period::throughout(date(2024, 2, 1)..=date(2024, 1, 1));
    let faults = w.graph.check(&Claim::by(w.nis).asserts(w.nk, DEPLOYS_TO, w.russia).valid(period));
    let parts: Vec<&FieldPath> = faults.iter().filter_map(Error::part).collect();
    assert_eq!(parts, [&FieldPath::Valid, &FieldPath::Reported], "{faults:?}");
}

#[test]
fn insert_all_is_all_or_nothing() {
    let mut w = world();
    let (nk, russia, nis, austin, sent) = (w.nk, w.russia, w.nis, w.austin, w.sent);
    let say = |graph: &ClaimGraph| {
        let positions = |claim| {
            graph
                .view()
                .responses(claim)
                .unwrap()
                .iter()
                .map(|p| (p.claim().id(), p.bearing()))
                .collect::<Vec<(ClaimId, Bearing)>>()
        };
        let answers: Vec<Vec<ClaimId>> =
            graph.claims().map(|c| c.responses().map(|a| a.id()).collect()).collect();
        let arcs = graph.view().to_petgraph();
        (
            (graph.to_jsonl(), graph.len(), answers),
            (
                positions(w.sent),
                positions(w.counted),
                graph.contested().claims(),
                graph.view().contests(sent).unwrap().len(),
            ),
            graph
                .entities()
                .map(|e| {
                    (graph.view().mentions_of(e.id()).claims(), graph.view().edges(e.id()).count())
                })
                .collect::<Vec<_>>(),
            (
                graph.statement(nk, PRESENT_IN, russia).backing().claims(),
                graph.statement(nk, PRESENT_IN, russia).against().claims(),
            ),
            (
                graph.view().downstream_of(sent).claims(),
                graph.claims().map(|c| c.linked_from(RESTS_ON).count()).collect::<Vec<_>>(),
            ),
            (arcs.node_count(), arcs.edge_count(), graph.view().is_retracted(sent)),
        )
    };
    let before = say(&w.graph);
    let next = w
        .graph
        .clone()
        .insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(DAY))
        .unwrap();
    let batch = |bad: Claim| {
        vec![
            Claim::by(austin).asserts(nk, MEETS, russia).with(RESTS_ON, sent).reported(DAY),
            Claim::by(russia).dismisses([sent, next]).reported(DAY),
            Claim::by(russia).denies(nk, PRESENT_IN, russia).responding_to(sent).reported(DAY),
            Claim::by(nis).retracts(sent).reported(DAY),
            Claim::by(NotStated).relayed_by(austin).doubts(next).reported(DAY),
            bad,
            Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(DAY),
        ]
    };
    let (place, error) =
        w.graph.insert_all(batch(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia))).unwrap_err();
    assert_eq!((place, error.part()), (5, Some(&FieldPath::Reported)));
    assert_eq!(say(&w.graph), before);
    let (place, error) =
        w.graph.insert_all([Claim::by(russia).retracts(sent).reported(DAY)]).unwrap_err();
    assert_eq!((place, error.kind()), (0, &ErrorKind::NotOwnClaim));
    assert_eq!(say(&w.graph), before);
    assert_eq!(w.graph.insert_all::<Claim>([]).unwrap(), []);
    assert_eq!(say(&w.graph), before);

    // The numbers of the undone claims are assigned again, as if there had been no failure.
    let good = batch(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(DAY));
    let mut fresh = world().graph;
    assert_eq!(w.graph.insert_all(good.clone()).unwrap(), fresh.insert_all(good).unwrap());
    assert_eq!(say(&w.graph), say(&fresh));
    assert!(w.graph.view().is_retracted(sent));
}

#[test]
fn link_refuses_unknown_claims_and_a_claim_with_itself() {
    let (mut w, far) = (world(), foreign());
    let (sent, counted) = (w.sent, w.counted);
    refuses!(w.graph, FieldPath::Link, ErrorKind::Unknown { what: "claim", .. }, |g| g
        .link(Link::part_of(far.claim, sent)));
    refuses!(w.graph, FieldPath::Link, ErrorKind::Unknown { what: "claim", .. }, |g| g
        .link(Link::part_of(sent, far.claim)));
    refuses!(w.graph, FieldPath::Link, ErrorKind::AnswersItself, |g| g
        .link(Link::part_of(sent, sent)));
    let unknown = claimgraph::Role::<claimgraph::vocabulary::AnyClaim>::named("under");
    refuses!(
        w.graph,
        FieldPath::Role("under".into()),
        ErrorKind::Unknown { what: "role", .. },
        |g| g.link(Link::new(sent, unknown, counted))
    );
}

/// As the documentation of `link` says: "A claim or the role is unknown, or the role takes no claims".
#[test]
fn link_refuses_a_role_that_takes_no_claims() {
    let w = world();
    let mut lines: Vec<String> = w.graph.to_jsonl().lines().map(str::to_owned).collect();
    let ids: Vec<String> =
        w.graph.claims().map(|claim| w.graph.claim_key(claim.id()).unwrap().to_string()).collect();
    lines.push(format!(r#"{{"link":{{"from":"{}","role":"manner","to":"{}"}}}}"#, ids[0], ids[1]));
    let error = ClaimGraph::read_jsonl(lines.join("\n").as_bytes())
        .map(|_| ())
        .expect_err("a claim is not a text");
    assert!(
        matches!(error.kind(), claimgraph::format::ReadErrorKind::Refused(refused) if refused.is_wrong_kind()),
        "{error}"
    );
}

#[test]
fn derive_refuses_unknown_claims_and_claims_without_a_figure() {
    let (mut w, far) = (world(), foreign());
    let figure = |quantity: Quantity| Derivation::new(quantity, "1 + 1", [w.counted]);
    let fine = || figure(Quantity::stated(2, "soldiers"));
    refuses!(w.graph, FieldPath::Derivation, ErrorKind::Unknown { what: "claim", .. }, |g| g
        .add_derived_figure(far.claim, fine()));
    refuses!(w.graph, FieldPath::Derivation, ErrorKind::Unknown { what: "claim", .. }, |g| g
        .add_derived_figure(
            w.sent,
            Derivation::new(Quantity::stated(2, "soldiers"), "1 + 1", [w.counted, far.claim])
        ));
    refuses!(w.graph, FieldPath::Derivation, ErrorKind::InvertedQuantity, |g| g
        .add_derived_figure(w.sent, figure(Quantity::between(2, 1, "soldiers"))));
    refuses!(w.graph, FieldPath::Derivation, ErrorKind::NegativeCount { .. }, |g| g
        .add_derived_figure(w.sent, figure(Quantity::stated(-2, "troops"))));
    refuses!(w.graph, FieldPath::Derivation, ErrorKind::WrongTerm { .. }, |g| g
        .add_derived_figure(w.counted, fine()));
    assert_eq!(w.graph.add_derived_figure(w.sent, fine()), Ok(()));
}

#[test]
fn a_revision_may_name_a_later_day_if_its_chain_begins_with_a_plan() {
    let mut graph = ClaimGraph::new();
    let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
    let (day, later) = (date(2024, 6, 1), date(2024, 7, 1));
    let soldiers = |n: i64| Quantity::stated(n, "soldiers");
    let says = || Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(day);
    let plan = graph.insert(says().modality(Modality::Planned)).unwrap();
    let fact = graph.insert(says()).unwrap();
    for (first, accepted) in [(plan, true), (fact, false)] {
        let mut last = first;
        for _ in 0..3 {
            let revision = Claim::by(russia).revises(last).quantity(soldiers(12));
            last = graph.insert(revision.reported(day)).unwrap();
            let dated = Claim::by(russia).revises(last).valid(later).reported(day);
            let mut read = Vec::new();
            graph.write_snapshot(&mut read).unwrap();
            let read = ClaimGraph::read_snapshot(read.as_slice()).unwrap();
            assert_eq!(graph.check(&dated).is_empty(), accepted);
            assert_eq!(read.check(&dated).is_empty(), accepted);
        }
        // A revision that is itself a plan begins anew.
        let planned = Claim::by(russia).revises(last).modality(Modality::Planned);
        let planned = graph.insert(planned.quantity(soldiers(12)).reported(day)).unwrap();
        let dated = Claim::by(russia).revises(planned).valid(later).reported(day);
        assert!(graph.check(&dated).is_empty());
    }
}
