//! A second, invented report: the coast guard of one island state lands in the port of another after a ferry sank. It
//! has what the first report lacks: denials of facts, a denied figure, a retraction, figures that conflict although
//! nobody denies them, and syndication.

mod denials;
mod facts;
mod syndication;

use claimgraph::reporting::*;
use claimgraph::{
    Answer, Claim, ClaimGraph, ClaimId, Date, DocumentInfo, Entity, EntityId, Id, Modality, Period,
    Quantity, Stance, Statement, View, date,
    entity::Affiliation,
    proof::Step,
    questions::{ContestKind, WatchItem, WatchKind},
    sources::{Lineage, LineageId, Party},
};
use std::collections::BTreeSet;

fn report() -> Report {
    build().expect("the report is well formed")
}

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

/// The day on which both papers print the wire story, and the day of the follow-up.
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
    /// Veil, through the wire, in the Post; and the same in the Courier.
    landing: [ClaimId; 2],
    /// The pilot saw the coast guard off Grey Bank, and retracts that in the follow-up.
    sighting: ClaimId,
    /// The port acknowledges that they landed, without a number.
    accepted: ClaimId,
    /// They land at Tamora's own port; no denial is about that.
    at_home: ClaimId,
    /// Ostrel: Tamora is not present in Ostrel.
    not_here: ClaimId,
    /// Tamora: the number was not forty.
    not_forty: ClaimId,
    dead: [ClaimId; 2],
    dead_about: ClaimId,
    injured: ClaimId,
    threat: ClaimId,
    forecast: ClaimId,
    retraction: ClaimId,
    /// Three outlets, each in its own voice.
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
        DocumentInfo::dated(MORNING).titled("Landing at Port Lune").published_by(post),
    )?;
    let courier_morning =
        graph.add_document("courier-1", DocumentInfo::dated(MORNING).published_by(courier))?;
    let beacon_morning =
        graph.add_document("beacon-1", DocumentInfo::dated(MORNING).published_by(beacon))?;
    let post_later =
        graph.add_document("post-2", DocumentInfo::dated(FOLLOW_UP).published_by(post))?;

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
