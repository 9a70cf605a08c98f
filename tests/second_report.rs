//! A second report, invented: the coast guard of one island state lands in the port of another after a
//! ferry went down. It holds what the first report does not: denials of facts, a denied figure, a
//! retraction, figures that conflict and that nobody denies, and syndication.

use claimgraph::reporting::*;
use claimgraph::{
    Answer, Claim, ClaimGraph, ClaimId, Date, Document, Entity, EntityId, Id, Modality, Period,
    Quantity, Stance, Statement, View, date,
    entity::Affiliation,
    proof::Step,
    questions::ContestKind,
    sources::{Lineage, LineageId, Party, Root},
};
use std::collections::BTreeSet;

type Set = BTreeSet<ClaimId>;

fn set(claims: impl IntoIterator<Item = ClaimId>) -> Set {
    claims.into_iter().collect()
}

fn in_view(view: &View<'_>) -> Set {
    view.claims().map(|claim| claim.id()).collect()
}

fn arcs(view: &View<'_>) -> Set {
    view.to_petgraph().edge_weights().copied().collect()
}

/// The morning on which both papers print the wire story, and the day of the follow-up.
const MORNING: Date = date(2031, 3, 2);
const FOLLOW_UP: Date = date(2031, 3, 5);

struct Report {
    graph: ClaimGraph,
    tamora: Id<State>,
    ostrel: Id<State>,
    coast_guard: Id<Military>,
    port_lune: Id<City>,
    grey_bank: Id<Region>,
    veil: Id<Person>,
    pilot: Id<Person>,
    wire: Id<Wire>,
    outlets: [Id<Publisher>; 3],
    post_morning: Id<Document>,
    courier_morning: Id<Document>,
    collision: Id<Event>,
    /// Veil, by the wire, in the Post; and the same in the Courier.
    landing: [ClaimId; 2],
    /// The pilot saw the coast guard off Grey Bank; he takes it back in the follow-up.
    sighting: ClaimId,
    /// The port accepts that they landed, without a number.
    accepted: ClaimId,
    /// They land at Tamora's own port, which no denial is about.
    at_home: ClaimId,
    /// Ostrel: Tamora is not present in Ostrel.
    not_here: ClaimId,
    /// Tamora: it was not forty.
    not_forty: ClaimId,
    dead: [ClaimId; 2],
    dead_about: ClaimId,
    injured: ClaimId,
    threat: ClaimId,
    forecast: ClaimId,
    retraction: ClaimId,
    /// Each of three outlets in its own voice.
    own_voice: [ClaimId; 3],
    syndication: [LineageId; 3],
    located: claimgraph::entity::AffiliationId,
    part: claimgraph::entity::AffiliationId,
}

impl Report {
    fn all(&self) -> Set {
        self.graph.claims().map(|claim| claim.id()).collect()
    }

    fn but(&self, without: impl IntoIterator<Item = ClaimId>) -> Set {
        let without = set(without);
        self.all().into_iter().filter(|claim| !without.contains(claim)).collect()
    }

    fn id(&self, entity: impl Into<EntityId>) -> Party {
        Party::Source(entity.into())
    }
}

fn build() -> Result<Report, claimgraph::Error> {
    let mut graph = ClaimGraph::new();
    let tamora = graph.add(State, Entity::new("tamora").named("Tamora"))?;
    let ostrel = graph.add(State, Entity::new("ostrel").named("Ostrel"))?;
    let coast_guard = graph.add(
        Military,
        Entity::new("tamora-coast-guard").named("Tamoran Coast Guard").abbreviated("TCG"),
    )?;
    let port_lune = graph.add(City, Entity::new("port-lune").named("Port Lune"))?;
    let harrow = graph.add(City, "harrow")?;
    let grey_bank = graph.add(Region, Entity::new("grey-bank").named("Grey Bank"))?;
    let veil = graph.add(Person, Entity::new("veil").named("Admiral Veil"))?;
    let pilot = graph.add(Person, "pilot")?;
    let authority = graph.add(Agency, "port-authority")?;
    let hospital = graph.add(Organization, "hospital")?;
    let rescuers = graph.add(Group, "rescuers")?;
    let collision = graph.add(Event, "ferry-collision")?;
    let wire = graph.add(Wire, Entity::new("meridian").named("Meridian Wire"))?;
    let outlets = [
        graph.add(Publisher, "post")?,
        graph.add(Publisher, "courier")?,
        graph.add(Publisher, "beacon")?,
    ];
    let [post, courier, beacon] = outlets;

    let post_morning = graph.add_document(
        "post-1",
        Document::dated(MORNING).titled("Landing at Port Lune").published_by(post),
    )?;
    let courier_morning =
        graph.add_document("courier-1", Document::dated(MORNING).published_by(courier))?;
    let beacon_morning =
        graph.add_document("beacon-1", Document::dated(MORNING).published_by(beacon))?;
    let post_later = graph.add_document("post-2", Document::dated(FOLLOW_UP).published_by(post))?;

    let part = graph.add_affiliation(Affiliation::part_of(coast_guard, tamora))?;
    graph.add_affiliation(Affiliation::holds_office(veil, coast_guard))?;
    let located = graph.add_affiliation(Affiliation::located_in(port_lune, ostrel))?;
    graph.add_affiliation(Affiliation::located_in(grey_bank, ostrel))?;
    graph.add_affiliation(Affiliation::located_in(harrow, tamora))?;

    let forty = || Quantity::stated(40, "soldiers");
    let told = || {
        Claim::by(veil)
            .relayed_by(wire)
            .asserts(coast_guard, DEPLOYS_TO, port_lune)
            .quantity(forty())
            .valid(date(2031, 3, 1))
    };
    let landing = [
        graph.insert(told().read_in(post_morning, 10..60))?,
        graph.insert(told().read_in(courier_morning, 200..250))?,
    ];
    let sighting = graph.insert(
        Claim::by(pilot)
            .observes(coast_guard, PRESENT_IN, grey_bank)
            .read_in(post_morning, 70..110),
    )?;
    let accepted = graph.insert(
        Claim::by(authority)
            .acknowledges_that(coast_guard, DEPLOYS_TO, port_lune)
            .read_in(courier_morning, 300..350),
    )?;
    let at_home = graph.insert(
        Claim::by(veil).asserts(coast_guard, PRESENT_IN, harrow).read_in(post_morning, 120..150),
    )?;
    let not_here = graph.insert(
        Claim::by(ostrel).denies(tamora, PRESENT_IN, ostrel).read_in(courier_morning, 400..450),
    )?;
    let not_forty = graph.insert(
        Claim::by(tamora)
            .denies(coast_guard, DEPLOYS_TO, port_lune)
            .quantity(forty())
            .words("never forty")
            .read_in(post_morning, 160..190),
    )?;

    let casualties = |figure: Quantity| {
        Claim::by(hospital).asserts(collision, CAUSES_CASUALTIES, ()).quantity(figure)
    };
    let dead = [
        graph.insert(casualties(Quantity::stated(12, "dead")).read_in(post_morning, 200..220))?,
        graph.insert(
            Claim::by(rescuers)
                .asserts(collision, CAUSES_CASUALTIES, ())
                .quantity(Quantity::stated(15, "deaths"))
                .read_in(courier_morning, 460..480),
        )?,
    ];
    let dead_about = graph.insert(
        Claim::by(authority)
            .estimates(collision, CAUSES_CASUALTIES, ())
            .quantity(Quantity::about(14, "dead"))
            .read_in(courier_morning, 490..510),
    )?;
    let injured = graph
        .insert(casualties(Quantity::stated(30, "injured")).read_in(post_morning, 221..240))?;

    let threat = graph.insert(
        Claim::by(ostrel)
            .threatens(ostrel, SANCTIONS, tamora)
            .with(CONDITION, Statement::new(tamora, PRESENT_IN, grey_bank))
            .read_in(post_morning, 250..300),
    )?;
    let forecast = graph.insert(
        Claim::by(veil)
            .projects(coast_guard, WITHDRAWS_FROM, port_lune)
            .valid(Period::by(date(2031, 4, 30)).strictly_by(date(2031, 3, 31)))
            .read_in(post_morning, 310..350),
    )?;
    let retraction = graph.insert(
        Claim::by(pilot)
            .retracts(sighting)
            .words("a trawler, not a cutter")
            .read_in(post_later, 0..40),
    )?;

    let mut own_voice = Vec::new();
    let mut syndication = Vec::new();
    for (outlet, document) in
        [(post, post_morning), (courier, courier_morning), (beacon, beacon_morning)]
    {
        own_voice.push(graph.insert(
            Claim::by(outlet).asserts(tamora, SANCTIONS, ostrel).read_in(document, 600..640),
        )?);
        syndication.push(graph.add_lineage(Lineage::new(outlet, wire).within(document))?);
    }
    let three = |list: Vec<ClaimId>| -> [ClaimId; 3] { list.try_into().expect("three outlets") };
    Ok(Report {
        own_voice: three(own_voice),
        syndication: syndication.try_into().expect("three links"),
        graph,
        tamora,
        ostrel,
        coast_guard,
        port_lune,
        grey_bank,
        veil,
        pilot,
        wire,
        outlets,
        post_morning,
        courier_morning,
        collision,
        landing,
        sighting,
        accepted,
        at_home,
        not_here,
        not_forty,
        dead,
        dead_about,
        injured,
        threat,
        forecast,
        retraction,
        located,
        part,
    })
}

fn report() -> Report {
    build().expect("the report is well formed")
}

// ----- one wire story in two papers

#[test]
fn two_papers_that_print_one_wire_story_are_one_source() {
    let r = report();
    let landed = r.graph.statement(r.coast_guard, DEPLOYS_TO, r.port_lune);
    assert_eq!(set(landed.backing().claims()), set(r.landing.into_iter().chain([r.accepted])));
    let independence = landed.independence();
    assert_eq!(
        set(independence.claims().iter().copied()),
        set(r.landing),
        "to accept adds no evidence"
    );
    assert_eq!((independence.count(), independence.cut()), (1, vec![r.id(r.veil)]));
    assert_eq!(independence.documents().len(), 2);
    for claim in r.landing {
        assert_eq!(
            r.graph.roots(claim).expect("on record"),
            [Root::Known(r.veil.id())],
            "the wire is no root"
        );
        assert_eq!(r.graph.claim(claim).expect("on record").depth(), 2);
    }
    // Counting the documents too, Veil or the wire alone is still enough.
    let counting = independence.counting_documents();
    assert_eq!(counting.count(), 1);
    assert_eq!(counting.all_cuts(9).len(), 2);
}

#[test]
fn without_the_wire_or_without_veil_nobody_with_evidence_is_left() {
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
            .filter(|c| c.contests().iter().any(|contest| contest.by().id() == denial));
        found.map(|c| c.claim().id()).collect()
    };
    // The sighting was taken back, and what happens at home is not in Ostrel.
    assert_eq!(by(r.not_here), set(r.landing.into_iter().chain([r.accepted])));
    assert_eq!(by(r.not_forty), set(r.landing));
    assert_eq!(set(r.graph.contested().claims()), set(r.landing.into_iter().chain([r.accepted])));
    assert_eq!(r.graph.contested().possible().count(), 0);
}

#[test]
fn denying_a_figure_leaves_the_fact() {
    let r = report();
    let hows = |claim: ClaimId| -> Vec<(ClaimId, ContestKind)> {
        r.graph
            .contests(claim)
            .expect("on record")
            .iter()
            .map(|c| (c.by().id(), c.how().clone()))
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
    assert_eq!(hows(r.accepted), [(r.not_here, ContestKind::FactDenied)], "it gives no number");
    assert_eq!(hows(r.at_home), []);
    assert_eq!(hows(r.threat), []);
    assert_eq!(hows(r.dead[0]), []);
}

#[test]
fn a_denied_landing_would_leave_presence_alone() {
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
        .filter(|c| c.contests().iter().any(|x| x.by().id() == narrow))
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
        "who denies the number does not deny the presence"
    );
    assert_eq!(here.is_asserted(), Answer::Yes);
    let landed = r.graph.statement(r.coast_guard, DEPLOYS_TO, r.port_lune);
    let forty = landed.clone().quantity(Quantity::stated(40, "troops"));
    assert_eq!(set(landed.against().claims()), set([r.not_here]));
    assert_eq!(set(forty.against().claims()), set([r.not_here, r.not_forty]));
    assert_eq!(
        set(forty.backing().claims()),
        set(r.landing),
        "soldiers are troops, and who accepts gives no number"
    );
}

#[test]
fn a_denial_joins_nothing() {
    let r = report();
    let joined = set(r.landing.into_iter().chain([r.accepted, r.at_home]).chain(r.own_voice));
    assert_eq!(arcs(&r.graph.view()), joined);
    assert!(
        arcs(&r.graph.view().stance(Stance::Denies)).is_empty(),
        "not even when denials are asked for"
    );
    assert_eq!(arcs(&r.graph.view().stance(Stance::Threatens)), set([r.threat]));
    assert_eq!(
        arcs(&r.graph.view().modality(Modality::Expected)),
        set([]),
        "a forecast commits nobody"
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
    // The day before last, one more presence was on record, and contested.
    let denied = set(r.landing.into_iter().chain([r.accepted, r.sighting]));
    assert_eq!(set(before.contested().claims()), denied);
    assert_eq!(set(before.statement(r.tamora, PRESENT_IN, r.ostrel).backing().claims()), denied);
}

#[test]
fn what_was_taken_back_supports_and_joins_nothing_unless_asked_for() {
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
        with.statement(r.coast_guard, PRESENT_IN, r.grey_bank).independence().cut(),
        [r.id(r.pilot)]
    );
    let more: Set = arcs(&with).difference(&arcs(&view)).copied().collect();
    assert_eq!(more, set([r.sighting]));
    assert!(
        !set(with.contested().iter().flat_map(|c| c.contests()).map(|c| c.by().id()))
            .contains(&r.retraction),
        "to take back is not to contest"
    );
}

#[test]
fn nobody_takes_back_the_word_of_another() {
    let mut r = report();
    let error =
        r.graph.insert(Claim::by(r.pilot).retracts(r.landing[0]).read_in(r.post_morning, ..));
    assert!(error.is_err());
    assert_eq!(in_view(&r.graph.view()), r.but([r.sighting]));
}

// ----- figures

#[test]
fn figures_that_conflict_are_not_contested() {
    let r = report();
    let deaths = r.graph.statement(r.collision, CAUSES_CASUALTIES, ());
    let figures = deaths.figures();
    assert_eq!(set(figures.claims()), set(r.dead.into_iter().chain([r.dead_about, r.injured])));
    let pairs: BTreeSet<Set> =
        figures.conflicting().iter().map(|(a, b)| set([a.claim().id(), b.claim().id()])).collect();
    assert_eq!(
        pairs,
        BTreeSet::from([set(r.dead)]),
        "about 14 rules nothing out, and the injured are counted apart"
    );
    let contested = set(r.graph.contested().claims());
    assert!(contested.is_disjoint(&set(r.dead.into_iter().chain([r.dead_about, r.injured]))));
    let twelve = deaths.quantity(Quantity::stated(12, "dead"));
    assert_eq!(set(twelve.backing().claims()), set([r.dead[0]]));
    assert_eq!(set(twelve.against().claims()), set([]));
}

// ----- the outlook

#[test]
fn a_conditional_threat_is_no_fact_and_its_condition_is_nobodys_word() {
    let r = report();
    let outlook = r.graph.outlook();
    assert_eq!(set(outlook.threats().claims()), set([r.threat]));
    assert_eq!(set(outlook.conditionals().claims()), set([r.threat]));
    assert_eq!(set(outlook.demands().claims()), set([]));
    let threats = outlook.threats();
    let threat = threats.first().expect("one threat");
    assert_eq!(
        (threat.has_happened(), threat.conditions_met()),
        (Answer::No, Answer::No),
        "nobody says so any more"
    );
    assert_eq!(threat.conditions().count(), 1);
    // That morning the sighting, of a part of Tamora, met the condition.
    let before = r.graph.view().as_of(MORNING);
    let threats = before.outlook().threats();
    assert_eq!(threats.first().map(|t| t.conditions_met()), Some(Answer::Yes));
    let sanctions = r.graph.statement(r.ostrel, SANCTIONS, r.tamora);
    assert_eq!(
        (set(sanctions.backing().claims()), set(sanctions.mentions().claims())),
        (set([]), set([r.threat]))
    );
    assert_eq!(
        set(r.graph.statement(r.tamora, PRESENT_IN, r.grey_bank).mentions().claims()),
        set([r.threat]),
        "spoken of in a condition, and asserted by nobody"
    );
}

#[test]
fn a_forecast_falls_due_and_has_not_happened() {
    let r = report();
    let forecasts = r.graph.outlook().forecasts();
    assert_eq!(set(forecasts.claims()), set([r.forecast]));
    let forecast = forecasts.first().expect("one forecast");
    assert_eq!(forecast.deadline(), Some(date(2031, 4, 30)));
    assert_eq!(forecast.strict_deadline(), Some(date(2031, 3, 31)));
    assert_eq!(forecast.has_happened(), Answer::No, "nobody says so yet");
    assert_eq!(set(r.graph.outlook().due(date(2031, 4, 29)).claims()), set([]));
    assert_eq!(set(r.graph.outlook().due(date(2031, 4, 30)).claims()), set([r.forecast]));
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
    assert_eq!(at(r.ostrel.id(), r.ostrel.id()), set([]), "who is in Ostrel is not Ostrel");
    assert_eq!(at(r.veil.id(), r.ostrel.id()), set([]));
    let strict = r.graph.statement(r.tamora, PRESENT_IN, r.ostrel).without_parts();
    assert_eq!(set(strict.backing().claims()), set([]));
    // A view does not roll up: there is no arc from Tamora to Ostrel but the outlets' sanctions.
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

// ----- syndication

/// The outlets' story, as this view knows it.
fn asked_of<'g>(r: &Report, view: &View<'g>) -> claimgraph::sources::Independence<'g> {
    view.statement(r.tamora, SANCTIONS, r.ostrel).independence()
}

#[test]
fn outlets_that_take_it_from_the_wire_are_one_source_until_the_link_is_cut() {
    let r = report();
    let view = r.graph.view();
    assert_eq!(set(asked_of(&r, &view).claims().iter().copied()), set(r.own_voice));
    assert_eq!((asked_of(&r, &view).count(), asked_of(&r, &view).cut()), (1, vec![r.id(r.wire)]));
    for claim in r.own_voice {
        assert_eq!(r.graph.roots(claim).expect("on record"), [Root::Known(r.wire.id())]);
    }
    let one = view.clone().without_lineage(r.syndication[0]);
    let cut: BTreeSet<String> = asked_of(&r, &one).cut().iter().map(|p| format!("{p:?}")).collect();
    let expected: BTreeSet<String> =
        [r.id(r.wire), r.id(r.outlets[0])].iter().map(|p| format!("{p:?}")).collect();
    assert_eq!((asked_of(&r, &one).count(), cut), (2, expected));
    let all = r.syndication.into_iter().fold(view, View::without_lineage);
    assert_eq!(asked_of(&r, &all).count(), 3);
    assert_eq!(
        set(asked_of(&r, &all).claims().iter().copied()),
        set(r.own_voice),
        "a cut changes who is independent, not who speaks"
    );
    assert_eq!(
        asked_of(&r, &r.graph.view().only_stated_lineage()).count(),
        1,
        "it is declared, not inferred"
    );
}

#[test]
fn without_the_wire_what_the_outlets_took_from_it_falls() {
    let r = report();
    let left = r.graph.view().excluding_source(r.wire);
    assert_eq!(in_view(&left), r.but(r.landing.into_iter().chain(r.own_voice).chain([r.sighting])));
    let own = left.without_lineage(r.syndication[2]);
    assert_eq!(
        set(own.statement(r.tamora, SANCTIONS, r.ostrel).backing().claims()),
        set([r.own_voice[2]])
    );
}

// ----- the file, the merge, the type

#[test]
fn the_report_is_the_same_after_a_save_and_after_a_merge_with_itself() {
    let r = report();
    let saved = r.graph.to_jsonl();
    let read = ClaimGraph::read_jsonl(saved.as_bytes()).expect("what is written can be read");
    assert_eq!(read.to_jsonl(), saved);
    assert_eq!(read.contested().len(), r.graph.contested().len());
    let mut merged = r.graph.clone();
    merged.merge(&r.graph).expect("it does not contradict itself");
    assert_eq!(merged.to_jsonl(), saved);
    assert_eq!((merged.len(), merged.entity_count()), (r.graph.len(), r.graph.entity_count()));
    assert_eq!(
        (merged.lineages().len(), merged.affiliations().len()),
        (r.graph.lineages().len(), r.graph.affiliations().len())
    );
    merged.merge(&read).expect("nor what was read of it");
    assert_eq!(merged.to_jsonl(), saved);
}

#[test]
fn a_graph_can_be_sent_shared_and_cloned() {
    fn is<T: Send + Sync + Clone + 'static>() {}
    is::<ClaimGraph>();
    fn lends<T: Send + Sync + Clone>(_: T) {}
    lends(report().graph.view());
}
