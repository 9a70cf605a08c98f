//! Figures, the outlook, parts and places.

use super::*;

#[test]
fn figures_that_conflict_are_not_contested() {
    let r = report();
    let deaths = r.graph.statement(r.collision, CAUSES_CASUALTIES, ());
    let figures = deaths.figures();
    assert_eq!(set(figures.claims()), set(r.dead.into_iter().chain([r.dead_about, r.injured])));
    let pairs: BTreeSet<Set> = figures
        .conflicting()
        .iter()
        .map(|pair| set(pair.between().map(|claim| claim.id())))
        .collect();
    assert_eq!(
        pairs,
        BTreeSet::from([set(r.dead)]),
        "about 14 excludes nothing, and the injured are counted apart"
    );
    let contested = set(r.graph.contested().claims());
    assert!(contested.is_disjoint(&set(r.dead.into_iter().chain([r.dead_about, r.injured]))));
    let twelve = deaths.quantity(Quantity::stated(12, "dead"));
    assert_eq!(set(twelve.backing().claims()), set([r.dead[0]]));
    assert_eq!(set(twelve.against().claims()), set([]));
}

// ----- the outlook

fn happened(item: &WatchItem<'_>) -> Answer {
    item.has_happened()
}

#[test]
fn a_conditional_threat_and_its_condition_are_not_asserted() {
    let r = report();
    let outlook = r.graph.view().watch();
    assert_eq!(set(outlook.of_kind(WatchKind::Threat).claims()), set([r.threat]));
    assert_eq!(set(outlook.conditional().claims()), set([r.threat]));
    assert_eq!(set(outlook.of_kind(WatchKind::Demand).claims()), set([]));
    let threats = outlook.of_kind(WatchKind::Threat);
    let threat = threats.first().expect("one threat");
    assert_eq!(
        (happened(threat), happened(&threat.conditions()[0])),
        (Answer::No, Answer::No),
        "no claim says so any more"
    );
    assert_eq!(threat.conditions().len(), 1);
    // That morning a part of Tamora was seen there, by the document with the threat, which does not report its own threat.
    let before = r.graph.view().as_of(MORNING);
    let threats = before.watch().of_kind(WatchKind::Threat);
    assert_eq!(threats.first().map(|t| happened(&t.conditions()[0])), Some(Answer::No));
    let sanctions = r.graph.statement(r.ostrel, SANCTIONS, r.tamora);
    assert_eq!(
        (set(sanctions.backing().claims()), set(sanctions.mentions().claims())),
        (set([]), set([r.threat]))
    );
    assert_eq!(
        set(r.graph.statement(r.tamora, PRESENT_IN, r.grey_bank).mentions().claims()),
        set([r.threat]),
        "it occurs in a condition, and no claim asserts it"
    );
}

#[test]
fn a_forecast_falls_due_and_has_not_happened() {
    let r = report();
    let forecasts = r.graph.view().watch().of_kind(WatchKind::Forecast);
    assert_eq!(set(forecasts.claims()), set([r.forecast]));
    let forecast = forecasts.first().expect("one forecast");
    assert_eq!(forecast.deadline(), Some(date(2031, 4, 30)));
    assert_eq!(forecast.strict_deadline(), Some(date(2031, 3, 31)));
    assert_eq!(forecast.has_happened(), Answer::No, "nobody says so yet");
    let due =
        |day| set(forecasts.iter().filter(|f| f.is_due(day).is_yes()).map(|f| f.claim().id()));
    assert_eq!(due(date(2031, 4, 29)), set([]));
    assert_eq!(due(date(2031, 4, 30)), set([r.forecast]));
    assert_eq!(
        set(r.graph.statement(r.coast_guard, WITHDRAWS_FROM, r.port_lune).backing().claims()),
        set([])
    );
}

// ----- parts and places

#[test]
fn a_coast_guard_acts_for_its_state_and_a_port_lies_in_one() {
    let r = report();
    let landings = set(r.landing.into_iter().chain([r.accepted]));
    let at = |s: EntityId, o: EntityId| set(r.graph.statement(s, PRESENT_IN, o).backing().claims());
    assert_eq!(at(r.tamora.id(), r.ostrel.id()), landings);
    assert_eq!(at(r.coast_guard.id(), r.ostrel.id()), landings);
    assert_eq!(at(r.tamora.id(), r.port_lune.id()), landings);
    assert_eq!(at(r.tamora.id(), r.tamora.id()), set([r.at_home]));
    assert_eq!(at(r.ostrel.id(), r.ostrel.id()), set([]), "an entity in Ostrel is not Ostrel");
    assert_eq!(at(r.veil.id(), r.ostrel.id()), set([]));
    let strict = r.graph.statement(r.tamora, PRESENT_IN, r.ostrel).without_parts();
    assert_eq!(set(strict.backing().claims()), set([]));
    // A view does not roll up: the only arcs from Tamora to Ostrel are the sanctions that the outlets report.
    let copy = r.graph.view().to_petgraph();
    let direct: Set = copy
        .edge_indices()
        .filter(|&e| {
            copy.edge_endpoints(e).is_some_and(|(a, b)| copy[a] == r.tamora && copy[b] == r.ostrel)
        })
        .map(|e| copy[e])
        .collect();
    assert_eq!(direct, set(r.own_voice));
}

#[test]
fn the_proof_of_presence_names_each_step() {
    let r = report();
    let backing = r.graph.statement(r.tamora, PRESENT_IN, r.ostrel).backing();
    let proof = backing.proof();
    assert_eq!(set(proof.claims()), set(r.landing.into_iter().chain([r.accepted])));
    assert!(
        proof
            .steps()
            .any(|s| *s == Step::Implied { from: "deploys-to".into(), to: "present-in".into() })
    );
    assert_eq!(proof.affiliations().collect::<BTreeSet<_>>(), BTreeSet::from([r.part, r.located]));
    assert!(!proof.uses_inference());
}

#[test]
fn the_holder_of_an_office_is_not_the_coast_guard() {
    let mut r = report();
    let aboard = r
        .graph
        .insert(
            Claim::by(r.pilot).asserts(r.veil, PRESENT_IN, r.port_lune).read_in(r.post_morning, ..),
        )
        .expect("well formed");
    assert!(
        !set(r.graph.statement(r.coast_guard, PRESENT_IN, r.port_lune).backing().claims())
            .contains(&aboard)
    );
    assert!(!set(r.graph.contested().claims()).contains(&aboard));
    assert_eq!(
        set(r.graph.statement(r.veil, PRESENT_IN, r.ostrel).backing().claims()),
        set([aboard])
    );
}
