//! One wire story in two papers, denials, and a retraction.

use super::*;

#[test]
fn two_papers_that_print_one_wire_story_are_one_source() {
    let r = report();
    let landed = r.graph.statement(r.coast_guard, DEPLOYS_TO, r.port_lune);
    assert_eq!(set(landed.backing().claims()), set(r.landing.into_iter().chain([r.accepted])));
    let independence = landed.independence();
    assert_eq!(
        set(independence.claims().iter().copied()),
        set(r.landing),
        "acknowledging adds no evidence"
    );
    assert_eq!((independence.count(), independence.widest_cut()), (1, &[r.id(r.veil)][..]));
    assert_eq!(independence.documents().len(), 2);
    for claim in r.landing {
        assert_eq!(
            r.graph.view().roots(claim).expect("on record"),
            [Some(r.veil.id())],
            "the wire is not a root"
        );
        assert_eq!(r.graph.claim(claim).expect("on record").depth(), 2);
    }
    // If documents count too, Veil or the wire alone is still a cut.
    let counting = independence.counting_documents();
    assert_eq!(counting.count(), 1);
    assert_eq!(counting.all_cuts(9).len(), 2);
}

#[test]
fn without_the_wire_or_without_veil_no_evidence_is_left() {
    let r = report();
    for source in [r.wire.id(), r.veil.id()] {
        let left = r.graph.view().excluding_source(source);
        assert_eq!(
            set(left.statement(r.coast_guard, DEPLOYS_TO, r.port_lune).backing().claims()),
            set([r.accepted])
        );
    }
    let one_paper = r.graph.view().document(r.courier_morning);
    assert_eq!(
        in_view(&one_paper),
        set([r.landing[1], r.accepted, r.not_here, r.dead[1], r.dead_about, r.own_voice[1]])
    );
}

// ----- denials

#[test]
fn denying_a_general_fact_contests_what_implies_it() {
    let r = report();
    let by = |denial: ClaimId| -> Set {
        let contested = r.graph.contested();
        let found = contested
            .iter()
            .filter(|c| c.contests().iter().any(|contest| contest.claim().id() == denial));
        found.map(|c| c.claim().id()).collect()
    };
    // The sighting was retracted, and a landing in Tamora is not in Ostrel.
    assert_eq!(by(r.not_here), set(r.landing.into_iter().chain([r.accepted])));
    assert_eq!(by(r.not_forty), set(r.landing));
    assert_eq!(set(r.graph.contested().claims()), set(r.landing.into_iter().chain([r.accepted])));
    assert_eq!(r.graph.contested().possible().count(), 0);
}

#[test]
fn denying_a_figure_does_not_contest_the_fact() {
    let r = report();
    let hows = |claim: ClaimId| -> Vec<(ClaimId, ContestKind)> {
        r.graph
            .view()
            .contests(claim)
            .expect("on record")
            .iter()
            .map(|c| (c.claim().id(), c.kind().unwrap()))
            .collect()
    };
    for claim in r.landing {
        let found = hows(claim);
        assert_eq!(found.len(), 2);
        assert!(
            found.contains(&(r.not_here, ContestKind::FactDenied))
                && found.contains(&(r.not_forty, ContestKind::FacetDenied)),
            "{found:?}"
        );
    }
    assert_eq!(
        hows(r.accepted),
        [(r.not_here, ContestKind::FactDenied)],
        "the port gives no number"
    );
    assert_eq!(hows(r.at_home), []);
    assert_eq!(hows(r.threat), []);
    assert_eq!(hows(r.dead[0]), []);
}

#[test]
fn denying_a_landing_does_not_contest_presence() {
    let mut r = report();
    let narrow = r
        .graph
        .insert(
            Claim::by(r.ostrel)
                .denies(r.coast_guard, DEPLOYS_TO, r.port_lune)
                .read_in(r.courier_morning, ..),
        )
        .expect("well formed");
    let view = r.graph.view().including_retracted();
    let hit: Set = view
        .contested()
        .iter()
        .filter(|c| c.contests().iter().any(|x| x.claim().id() == narrow))
        .map(|c| c.claim().id())
        .collect();
    assert_eq!(
        hit,
        set(r.landing.into_iter().chain([r.accepted])),
        "the sighting does not say that they landed"
    );
}

#[test]
fn a_statement_that_is_denied_has_both_sides() {
    let r = report();
    let here = r.graph.statement(r.tamora, PRESENT_IN, r.ostrel);
    assert_eq!(set(here.backing().claims()), set(r.landing.into_iter().chain([r.accepted])));
    let against = here.against();
    assert_eq!(
        set(against.claims()),
        set([r.not_here]),
        "denying the number does not deny the presence"
    );
    assert_eq!(here.is_asserted(), Answer::Yes);
    let landed = r.graph.statement(r.coast_guard, DEPLOYS_TO, r.port_lune);
    let forty = landed.clone().quantity(Quantity::stated(40, "troops"));
    assert_eq!(set(landed.against().claims()), set([r.not_here]));
    assert_eq!(set(forty.against().claims()), set([r.not_here, r.not_forty]));
    assert_eq!(
        set(forty.backing().claims()),
        set(r.landing),
        "soldiers are troops, and the acknowledgement gives no number"
    );
}

#[test]
fn a_denial_joins_nothing() {
    let r = report();
    let joined = set(r.landing.into_iter().chain([r.accepted, r.at_home]).chain(r.own_voice));
    assert_eq!(arcs(&r.graph.view()), joined);
    assert!(
        arcs(&r.graph.view().stance(Stance::Denies)).is_empty(),
        "not even if the view asks for denials"
    );
    assert_eq!(arcs(&r.graph.view().stance(Stance::Threatens)), set([r.threat]));
    assert_eq!(
        arcs(&r.graph.view().modality(Modality::Expected)),
        set([r.forecast]),
        "a forecast is what is expected"
    );
}

// ----- the retraction

#[test]
fn a_retraction_is_unknown_before_its_day() {
    let r = report();
    let (before, after) = (r.graph.view().as_of(MORNING), r.graph.view().as_of(FOLLOW_UP));
    assert_eq!(in_view(&before), r.but([r.retraction]));
    assert_eq!(in_view(&after), r.but([r.sighting]));
    assert_eq!(in_view(&r.graph.view()), in_view(&after));
    assert!(!before.is_retracted(r.sighting) && after.is_retracted(r.sighting));
    assert!(in_view(&r.graph.view().as_of(date(2031, 3, 1))).is_empty());
    // Two days before the last, one more presence was on record and contested.
    let denied = set(r.landing.into_iter().chain([r.accepted, r.sighting]));
    assert_eq!(set(before.contested().claims()), denied);
    assert_eq!(set(before.statement(r.tamora, PRESENT_IN, r.ostrel).backing().claims()), denied);
}

#[test]
fn a_retracted_claim_supports_and_joins_nothing_unless_asked_for() {
    let r = report();
    let seen = |view: &View<'_>| {
        set(view.statement(r.coast_guard, PRESENT_IN, r.grey_bank).backing().claims())
    };
    let (view, with) = (r.graph.view(), r.graph.view().including_retracted());
    assert_eq!(seen(&view), set([]));
    assert_eq!(view.statement(r.coast_guard, PRESENT_IN, r.grey_bank).independence().count(), 0);
    assert!(!arcs(&view).contains(&r.sighting));
    assert_eq!(in_view(&with), r.all());
    assert_eq!(seen(&with), set([r.sighting]));
    assert_eq!(
        with.statement(r.coast_guard, PRESENT_IN, r.grey_bank).independence().widest_cut(),
        [r.id(r.pilot)]
    );
    let more: Set = arcs(&with).difference(&arcs(&view)).copied().collect();
    assert_eq!(more, set([r.sighting]));
    assert!(
        !set(with.contested().iter().flat_map(|c| c.contests()).map(|c| c.claim().id()))
            .contains(&r.retraction),
        "a retraction does not contest"
    );
}

#[test]
fn a_speaker_cannot_retract_the_claim_of_another() {
    let mut r = report();
    let error =
        r.graph.insert(Claim::by(r.pilot).retracts(r.landing[0]).read_in(r.post_morning, ..));
    assert!(error.is_err());
    assert_eq!(in_view(&r.graph.view()), r.but([r.sighting]));
}
