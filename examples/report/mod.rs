//! The report that the examples and tests ask about: a news article of 24 October 2024 on North Korean
//! soldiers in Russia, claim by claim. It has facts, figures and spans only; the text is not in the repository.
//!
//! Names `k01` to `k50` number the claims in the order of the text.

#![allow(dead_code)] // each example uses a part of it

use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, ClaimId, Date, DocumentInfo, Entity, Error, Id, Modality, Period, Quantity,
    Statement,
    claim::{
        Attribution, Certainty, Derivation, Link, NotStated, Polarity, Quote, implicit, resolved,
    },
    date,
    entity::Affiliation,
    sources::{Lineage, LineageId},
};

/// The day of the report.
pub const REPORTED: Date = date(2024, 10, 24);

/// The graph, and handles for the questions.
pub struct Report {
    pub graph: ClaimGraph,
    pub article: Id<Document>,
    pub north_korea: Id<State>,
    pub russia: Id<State>,
    pub south_korea: Id<State>,
    pub ukraine: Id<State>,
    pub officials: Id<Group>,
    pub nis: Id<Agency>,
    pub committee: Id<Legislature>,
    pub presidential_office: Id<GovernmentOffice>,
    pub park: Id<Person>,
    pub lee: Id<Person>,
    pub austin: Id<Person>,
    pub zelenskiy: Id<Person>,
    pub nk_authorities: Id<Agency>,
    pub nk_forces: Id<Military>,
    pub families: Id<Group>,
    pub assessors: Id<Group>,
    pub surveillance: Id<Means>,
    pub us_intelligence: Id<Agency>,
    pub briefing: Id<Briefing>,
    pub deployment: Id<Event>,
    pub war: Id<Event>,
    pub rome: Id<City>,
    pub seoul: Id<City>,
    /// The claims, `k01` at index 0.
    pub claims: [ClaimId; 50],
    /// The lineage of officials, committee, Park, Lee and briefing; each leads to the service.
    pub lineage: [LineageId; 5],
}

impl Report {
    /// `report.k(2)` is the claim k02.
    pub fn k(&self, number: usize) -> ClaimId {
        self.claims[number - 1]
    }

    /// The numbers of these claims, in ascending order.
    pub fn numbers(&self, claims: impl IntoIterator<Item = ClaimId>) -> Vec<usize> {
        let mut numbers: Vec<usize> = claims
            .into_iter()
            .filter_map(|id| self.claims.iter().position(|c| *c == id))
            .map(|i| i + 1)
            .collect();
        numbers.sort_unstable();
        numbers
    }
}

fn holding() -> Period {
    Period::holding_on(REPORTED)
}

fn by_now() -> Period {
    Period::by(REPORTED)
}

fn from_now() -> Period {
    Period::after(REPORTED)
}

fn this_year() -> Period {
    Period::within(REPORTED..=date(2024, 12, 31))
}

fn june() -> Period {
    Period::within(date(2024, 6, 1)..=date(2024, 6, 30))
}

/// Builds the report.
pub fn build() -> Result<Report, Error> {
    let mut g = ClaimGraph::new();
    let entity = |key: &str, name: &str| Entity::new(key).named(name);

    // ----- entities
    let article = g.add_document(
        entity("seoul-2024-10-24", "the article"),
        DocumentInfo::dated(REPORTED)
            .of_length(2495)
            .with_digest("96a3b4ddcbea033977b61d6dd879e49d9c49cdf914f163a322aa13a9529a0867"),
    )?;
    let north_korea = g.add(
        State,
        entity("north-korea", "North Korea").metonym("Pyongyang").alias("North Korean"),
    )?;
    let russia = g.add(State, entity("russia", "Russia").metonym("Moscow").alias("Russian"))?;
    let south_korea = g.add(State, entity("south-korea", "South Korea").alias("South Korean"))?;
    let ukraine = g.add(State, entity("ukraine", "Ukraine").alias("Ukrainian"))?;
    let united_states = g.add(State, entity("united-states", "United States").abbreviated("US"))?;
    let seoul = g.add(City, entity("seoul", "Seoul"))?;
    let rome = g.add(City, entity("rome", "Rome"))?;
    let officials =
        g.add(Group, entity("sk-intelligence-officials", "South Korean intelligence officials"))?;
    let nis = g.add(Agency, entity("nis", "National Intelligence Service").abbreviated("NIS"))?;
    let committee = g.add(
        Legislature,
        entity("intelligence-committee", "the parliamentary intelligence committee"),
    )?;
    let presidential_office = g.add(
        GovernmentOffice,
        entity("sk-presidential-office", "the South Korean presidential office"),
    )?;
    let us_intelligence = g.add(Agency, entity("us-intelligence", "US intelligence"))?;
    let park = g.add(Person, entity("park-sun-won", "Park Sun-won").alias("Park"))?;
    let lee = g.add(Person, entity("lee-seong-kweun", "Lee Seong-kweun").alias("Lee"))?;
    let austin = g.add(Person, entity("austin", "Lloyd Austin").alias("Austin"))?;
    let zelenskiy = g.add(Person, entity("zelenskiy", "Volodymyr Zelenskiy").alias("Zelenskiy"))?;
    let putin = g.add(Person, entity("putin", "Putin"))?;
    let nk_authorities =
        g.add(Agency, entity("nk-authorities", "North Korean authorities").plural())?;
    let nk_forces = g.add(
        Military,
        entity("nk-forces", "the North Korean force")
            .alias("the North Korean force sent to Russia")
            .alias("North Korean troops sent to Russia")
            .alias("North Korean military")
            .alias("North Korean forces"),
    )?;
    let families = g.add(Group, entity("soldiers-families", "the families of the soldiers"))?;
    let russian_forces = g.add(Military, entity("russian-forces", "Russian forces").plural())?;
    let assessors = g.add(Group, entity("russian-assessors", "Russian military assessors"))?;
    let interpreters = g.add(Group, entity("interpreters", "interpreters"))?;
    let facilities =
        g.add(Facility, entity("russian-training-facilities", "Russian training facilities"))?;
    let surveillance = g.add(Means, entity("surveillance", "surveillance"))?;
    let international =
        g.add(Group, entity("international-community", "the international community").singular())?;
    let deployment =
        g.add(Event, entity("deployment", "the deployment of North Korean troops to Russia"))?;
    let operations =
        g.add(Event, entity("operations-in-ukraine", "Russia's military operations in Ukraine"))?;
    let war = g.add(Event, entity("war-in-ukraine", "the war in Ukraine"))?;
    let briefing = g.add(Briefing, entity("nis-briefing", "the intelligence briefing"))?;
    let summit = g.add(Event, entity("june-summit", "the summit in June"))?;
    let treaty = g.add(Treaty, entity("mutual-defence-treaty", "the mutual defence treaty"))?;

    for affiliation in [
        Affiliation::located_in(seoul, south_korea).inferred(),
        Affiliation::part_of(officials, south_korea),
        Affiliation::part_of(officials, nis).inferred(),
        Affiliation::part_of(nis, south_korea).inferred(),
        Affiliation::part_of(committee, south_korea).inferred(),
        Affiliation::part_of(presidential_office, south_korea),
        Affiliation::part_of(us_intelligence, united_states),
        Affiliation::member_of(park, committee),
        Affiliation::member_of(lee, committee),
        Affiliation::holds_office(austin, united_states),
        Affiliation::holds_office(zelenskiy, ukraine),
        Affiliation::holds_office(putin, russian_forces),
        Affiliation::part_of(nk_authorities, north_korea),
        Affiliation::part_of(nk_forces, north_korea),
        Affiliation::member_of(families, nk_forces).inferred(),
        Affiliation::part_of(russian_forces, russia),
        Affiliation::part_of(assessors, russia),
        Affiliation::located_in(facilities, russia),
    ] {
        g.add_affiliation(affiliation.read_in(article))?;
    }

    // ----- chains of speakers as the text gives them
    let from_officials = || Claim::by(officials);
    let from_service = || Claim::by(nis).relayed_by(committee);
    let from_briefing = || Claim::by(nis).inferred().relayed_by(briefing);
    let from_assessors = || Claim::by(assessors).relayed_by(lee).quoted();
    let own_voice = || Claim::by(article);
    let soldiers = "soldiers";

    // ----- sentence 1
    let k01 = g.insert(
        own_voice().asserts(article, FILED_FROM, seoul).valid(REPORTED).read_in(article, 0..18),
    )?;
    let k02 = g.insert(
        from_officials()
            .asserts(north_korea, DEPLOYS_TO, russia)
            .quantity(Quantity::stated(3_000, soldiers))
            .valid(by_now())
            .cue("have revealed", 19..68)
            .read_in(article, 74..125),
    )?;
    let k03 = g.insert(
        from_officials()
            .asserts(deployment, HAS_PURPOSE, operations)
            .valid(by_now())
            .cue("have revealed", 19..68)
            .read_in(article, 126..178),
    )?;
    let k04 = g.insert(
        from_officials()
            .presupposes(russia, OPERATES_IN, ukraine)
            .valid(holding())
            .read_in(article, 137..178),
    )?;
    let k05 = g.insert(
        from_officials()
            .asserts(implicit(north_korea), DEPLOYS_TO, implicit(russia))
            .modality(Modality::Planned)
            .quantity(Quantity::vague("thousands", soldiers).in_words("thousands more"))
            .with(ADDITIONAL_TO, k02)
            .valid(this_year().in_words("by year's end"))
            .cue("have revealed", 19..68)
            .read_in(article, 180..229),
    )?;

    // ----- sentences 2 and 3
    let k06 = g.insert(
        from_service()
            .asserts(north_korea, COMMITS_TROOPS_TO, implicit(russia))
            .modality(Modality::Committed)
            .quantity(
                Quantity::about(10_000, "troops").in_words("approximately 10,000 troops in total"),
            )
            .valid(by_now())
            .cue("According to", 231..288)
            .read_in(article, 341..414),
    )?;
    let k08 = g.insert(
        Claim::by(NotStated)
            .relayed_by(nis)
            .relayed_by(committee)
            .estimates(north_korea, COMMITS_TROOPS_TO, implicit(russia))
            .valid(Period::by(date(2024, 10, 23)))
            .read_in(article, 425..443),
    )?;
    let k07 = g.insert(
        // Whether the service compares, or the article does, is not said.
        Claim::by(nis)
            .inferred()
            .relayed_by(committee)
            .inferred()
            .revises(k08)
            .factor(2)
            .with(REVISED_TO, k06)
            .said(by_now())
            .words("doubling")
            .cue("According to", 231..288)
            .read_in(article, 416..443),
    )?;
    g.add_derived_figure(
        k08,
        Derivation::new(Quantity::about(5_000, "troops"), "10,000 / 2", [k06, k07]),
    )?;
    let k09 = g.insert(
        own_voice()
            .asserts(nis, BRIEFS, committee)
            .with(OCCASION, briefing)
            .background()
            .valid(by_now())
            .read_in(article, 244..339),
    )?;
    let k10 = g.insert(
        Claim::by(nis)
            .inferred()
            .relayed_by(committee)
            .inferred()
            .projects(deployment, IS_COMPLETED, ())
            .valid(this_year().strictly_by(date(2024, 11, 30)).in_words("by December"))
            .cue("is expected", 460..487)
            .read_in(article, 445..499),
    )?;

    // ----- sentences 4 and 5
    let k12 = g.insert(
        Claim::by(surveillance)
            .relayed_by(park)
            .observes(implicit(nk_forces), TRAINS_IN, north_korea)
            .valid(
                Period::within(date(2024, 9, 1)..=date(2024, 10, 31))
                    .in_words("during September and October"),
            )
            .cue("detected", 546..567)
            .read_in(article, 568..641),
    )?;
    let k11 = g.insert(
        Claim::by(park)
            .asserts(surveillance, DETECTS, k12)
            .valid(Period::within(date(2024, 9, 1)..=REPORTED))
            .cue("disclosed", 501..540)
            .read_in(article, 546..641),
    )?;
    let began_in_autumn = || holding().beginning_within(date(2024, 9, 1)..=REPORTED);
    let parks = || Quote::whole(None).at(646..748).with_marks(643..752);
    let k13 = g.insert(
        Claim::by(park)
            .asserts(resolved(nk_forces), DISTRIBUTED_ACROSS, facilities)
            .object_quantity(Quantity::vague("multiple", "facilities"))
            .valid(began_in_autumn())
            .cue("stated", 753..764)
            .quote(parks())
            .read_in(article, 646..728),
    )?;
    let k14 = g.insert(
        Claim::by(park)
            .asserts(k13, HAS_PURPOSE, "acclimatisation")
            .valid(began_in_autumn())
            .cue("stated", 753..764)
            .quote(parks())
            .read_in(article, 729..748),
    )?;
    let k26 = g.insert(
        own_voice()
            .asserts(park, MEMBER_OF, committee)
            .background()
            .valid(holding())
            .read_in(article, 501..530),
    )?;

    // ----- sentences 6 and 7
    let k15 = g.insert(
        own_voice()
            .asserts(austin, HOLDS_OFFICE, "US Secretary of Defense")
            .background()
            .valid(holding())
            .read_in(article, 766..799),
    )?;
    let k16 = g.insert(
        own_voice()
            .asserts(austin, SPEAKS_FROM, rome)
            .background()
            .valid(by_now())
            .read_in(article, 801..819),
    )?;
    let in_rome = |claim: Claim| claim.with(SPOKEN_IN, rome);
    let k18 = g.insert(in_rome(
        Claim::by(austin)
            .confirms(k02)
            .restating(nk_forces, PRESENT_IN, russia)
            .certainty(Certainty::Probable)
            .valid(holding())
            .cue("confirmed", 821..842)
            .read_in(article, 843..883),
    ))?;
    let k17 = g.insert(in_rome(
        Claim::by(austin)
            .confirms_that(NotStated, IS_EVIDENCE_FOR, k18)
            .valid(by_now())
            .cue("confirmed", 821..842)
            .read_in(article, 821..883),
    ))?;
    let k19 = g.insert(in_rome(
        Claim::by(austin)
            .speculates(resolved(k18), INDICATES, "significant manpower challenges")
            .with(ABOUT, russian_forces)
            .valid(holding())
            .cue("suggesting", 885..927)
            .read_in(article, 896..981),
    ))?;
    let austins = || Quote::whole(None).at(986..1069).with_marks(983..1073);
    let remarked = |claim: Claim| claim.with(SPOKEN_IN, implicit(rome));
    let k20 = g.insert(remarked(
        Claim::by(austin)
            .speculates(resolved(k18), REFLECTS, "deeper problems")
            .with(ABOUT, russian_forces)
            .valid(holding())
            .cue("remarked", 1074..1089)
            .quote(austins())
            .read_in(article, 986..1069),
    ))?;
    let k21 = g.insert(remarked(
        Claim::by(austin)
            .presupposes(NotStated, UNDERSTOOD, "problems, to a lesser depth")
            .with(ABOUT, russian_forces)
            .valid(Period::by(date(2024, 10, 23)))
            .quote(austins())
            .read_in(article, 1048..1069),
    ))?;
    let k22 = g.insert(remarked(
        Claim::by(austin)
            .presupposes(putin, HEADS, russian_forces)
            .valid(holding())
            .quote(austins())
            .read_in(article, 1024..1042),
    ))?;

    // ----- sentence 8
    let k23 = g.insert(
        from_briefing()
            .asserts(nk_authorities, SUPPRESSES_INFORMATION_ABOUT, deployment)
            .with(MANNER, "extraordinary measures")
            .valid(by_now())
            .cue("revealed", 1091..1125)
            .read_in(article, 1131..1234),
    )?;
    let k24 = g.insert(
        from_briefing()
            .asserts(nk_authorities, FORCIBLY_RELOCATES, families)
            .with(PART_OF, k23)
            .valid(by_now())
            .cue("revealed", 1091..1125)
            .read_in(article, 1246..1305),
    )?;
    let k25 = g.insert(
        from_briefing()
            .asserts(nk_authorities, ISOLATES, families)
            .with(PART_OF, k23)
            .valid(by_now())
            .cue("revealed", 1091..1125)
            .read_in(article, 1272..1305),
    )?;

    // ----- sentences 9 and 10
    let k27 = g.insert(
        own_voice()
            .asserts(lee, MEMBER_OF, committee)
            .background()
            .valid(holding())
            .read_in(article, 1307..1339),
    )?;
    let k28 = g.insert(
        Claim::by(lee)
            .asserts(russia, RECRUITS, interpreters)
            .quantity(Quantity::vague("numerous", "people"))
            .valid(by_now())
            .cue("noted", 1307..1345)
            .read_in(article, 1351..1393),
    )?;
    let k29 = g.insert(
        Claim::by(lee)
            .asserts(russia, PROVIDES_TRAINING_TO, implicit(nk_forces))
            .with(TOPIC, "modern warfare techniques")
            .with(MANNER, "specialised")
            .valid(holding())
            .cue("noted", 1307..1345)
            .read_in(article, 1398..1460),
    )?;
    let k30 = g.insert(
        Claim::by(lee)
            .asserts(k29, HAS_FOCUS, "drone operations")
            .with(PART_OF, k29)
            .valid(holding())
            .cue("noted", 1307..1345)
            .read_in(article, 1462..1491),
    )?;
    let assessed = || Quote::whole(None).at(1496..1655).with_marks(1493..1659);
    let rated = |sign, voice: Attribution, on: &str, span: std::ops::Range<usize>| {
        voice
            .assesses(sign, nk_forces, RATED_FOR, on)
            .valid(holding())
            .cue("praise", 1496..1529)
            .quote(assessed())
            .read_in(article, span)
    };
    let k31 =
        g.insert(rated(Polarity::Positive, from_assessors(), "physical condition", 1496..1575))?;
    let k32 = g.insert(rated(Polarity::Positive, from_assessors(), "morale", 1523..1586))?;
    let k33 = g.insert(
        from_assessors()
            .assesses(
                Polarity::Negative,
                resolved(nk_forces),
                UNDERSTANDS,
                "contemporary warfare methods",
            )
            .with(MANNER, "limited")
            .valid(holding())
            .cue("note", 1496..1595)
            .quote(assessed())
            .read_in(article, 1591..1655),
    )?;
    let k34 = g.insert(
        Claim::by(lee)
            .speculates(implicit(nk_forces), SUFFERS, "casualties")
            .modality(Modality::Hypothetical)
            .quantity(Quantity::vague("high", "casualties"))
            .with(
                CONDITION,
                Statement::new(implicit(nk_forces), POSITIONED_AT, "frontline positions"),
            )
            .valid(from_now())
            .cue("suggesting", 1671..1711)
            .read_in(article, 1671..1746),
    )?;

    // ----- sentence 11: "these claims" are all that the text has attributed to South Korean intelligence so far
    let these = vec![
        k02, k03, k05, k06, k07, k10, k11, k12, k13, k14, k23, k24, k25, k28, k29, k30, k31, k32,
        k33, k34,
    ];
    let of_austin = vec![k17, k18, k19, k20];
    let dismissal = |who: Id<State>, span: std::ops::Range<usize>| {
        Claim::by(who)
            .dismisses(resolved(these.clone()))
            .possibly_responding_to(of_austin.clone())
            .quote(Quote::fragment("fake news").at(1812..1821).with_marks(1809..1824))
            .quote(Quote::fragment("groundless rumors").at(1832..1849).with_marks(1829..1853))
            .said(by_now())
            .cue("dismissing", 1756..1805)
            .read_in(article, span)
    };
    let k35 = g.insert(dismissal(russia, 1761..1853))?;
    let k36 = g.insert(dismissal(north_korea, 1772..1853))?;
    let k37 = g.insert(
        own_voice()
            .asserts(resolved(russia), ALLIED_WITH, resolved(north_korea))
            .with(TREND, "strengthening")
            .valid(holding())
            .read_in(article, 1854..1891),
    )?;
    let k38 = g.insert(
        own_voice().asserts(treaty, FORMALISES, k37).valid(june()).read_in(article, 1874..1938),
    )?;
    let k39 = g.insert(
        own_voice()
            .asserts(implicit(russia), TREATY_WITH, implicit(north_korea))
            .with(TREATY, treaty)
            .with(OCCASION, summit)
            .valid(june())
            .read_in(article, 1915..1969),
    )?;
    let k40 = g.insert(
        own_voice()
            .asserts(summit, TAKES_PLACE, ())
            .with(PARTICIPANT, implicit(russia))
            .with(PARTICIPANT, implicit(north_korea))
            .background()
            .valid(june())
            .read_in(article, 1953..1969),
    )?;

    // ----- sentence 12
    let k41 = g.insert(
        Claim::by(presidential_office)
            .demands(nk_forces, WITHDRAWS_FROM, russia)
            .with(URGENCY, "immediate")
            .with(ADDRESSEE, NotStated)
            .valid(from_now())
            .cue("has demanded", 1971..2020)
            .read_in(article, 2012..2080),
    )?;
    let k42 = g.insert(
        Claim::by(presidential_office)
            .presupposes(nk_forces, PRESENT_IN, russia)
            .valid(holding())
            .read_in(article, 2049..2080),
    )?;
    let k43 = g.insert(
        Claim::by(presidential_office)
            .threatens(presidential_office, PROVIDES_AID_TO, ukraine)
            .with(MANNER, "consider")
            .with(AID_KIND, "lethal")
            .with(
                CONDITION,
                Statement::new(russia, COOPERATES_WITH, north_korea).with(TREND, "intensifies"),
            )
            .valid(from_now())
            .cue("threatening", 2082..2105)
            .read_in(article, 2082..2202),
    )?;
    let k44 = g.insert(
        Claim::by(presidential_office)
            .presupposes(russia, COOPERATES_WITH, north_korea)
            .valid(holding())
            .read_in(article, 2141..2190),
    )?;

    // ----- sentences 13 and 14
    let k45 = g.insert(
        own_voice()
            .asserts(zelenskiy, HOLDS_OFFICE, "President of Ukraine")
            .background()
            .valid(holding())
            .read_in(article, 2204..2243),
    )?;
    let k46 = g.insert(
        Claim::by(zelenskiy)
            .acknowledges(resolved(k02))
            .said(by_now())
            .cue("has acknowledged", 2224..2260)
            .read_in(article, 2224..2279),
    )?;
    let k48 = g.insert(
        Claim::by(zelenskiy)
            .presupposes(north_korea, INVOLVED_IN, resolved(war))
            .valid(holding())
            .read_in(article, 2319..2362),
    )?;
    let k47 = g.insert(
        Claim::by(zelenskiy)
            .calls_for(implicit(international), RESPONDS_TO, k48)
            .with(ADDRESSEE, implicit(international))
            .valid(from_now())
            .cue("calling for", 2281..2315)
            .read_in(article, 2281..2362),
    )?;
    let k49 = g.insert(
        own_voice()
            .asserts(war, BEGINS, ())
            .background()
            .valid("2022-02")
            .read_in(article, 2456..2494),
    )?;
    let k50 = g.insert(
        Claim::by(us_intelligence)
            .estimates(russia, SUFFERS, "casualties")
            .quantity(Quantity::more_than(600_000, "casualties"))
            .with(IN_EVENT, war)
            .certainty(Certainty::Probable)
            .valid(
                Period::from_to(Period::within(date(2022, 2, 1)..=date(2022, 2, 28)), REPORTED)
                    .cumulative(),
            )
            .cue("estimates suggest", 2364..2397)
            .read_in(article, 2364..2449),
    )?;

    // ----- links between claims: from the text, and inferred by a reader
    for link in [
        Link::new(k18, CORROBORATES, k02)
            .because("a dispatch entails presence; figure and purpose are not confirmed"),
        Link::new(k17, EVIDENCE_FOR, k18).because("the evidence itself is not described"),
        Link::new(k06, SUPERSEDES, k08).because("the old value is derived, its estimator unknown"),
        Link::new(k02, PART_OF_TOTAL, k06).inferred().because("'in total'"),
        Link::new(k10, RELATED_TO, k06).because("completion of the whole deployment"),
        Link::new(k12, OBSERVED_BY, k11),
        Link::new(k13, PRESUPPOSES, k02).because("the same forces are now in Russia"),
        Link::new(k19, RESTS_ON, k18).because("Austin's own inference"),
        Link::new(k20, RESTS_ON, k18).because("'This'"),
        Link::new(k33, CONTRASTS_WITH, k31).because("'but'"),
        Link::new(k33, CONTRASTS_WITH, k32).because("'but'"),
        Link::new(k34, RESTS_ON, k33).inferred().because("implied by the sentence"),
        Link::new(k37, CONTRASTS_WITH, k35).because("'Despite'"),
        Link::new(k37, CONTRASTS_WITH, k36).because("'Despite'"),
        Link::new(k41, PRESUPPOSES, k42),
        Link::new(k43, PRESUPPOSES, k44)
            .because("the condition is intensification, not a failure to withdraw"),
        Link::new(k50, RELATED_TO, k49).because("the count starts with the war"),
    ] {
        g.link(link)?;
    }

    // ----- lineage
    let lineage = [
        g.add_lineage(Lineage::new(officials, nis).inferred().within(article))?,
        g.add_lineage(Lineage::new(committee, nis).stated_by(k09).within(article))?,
        g.add_lineage(Lineage::new(park, committee).inferred().within(article))?,
        g.add_lineage(Lineage::new(lee, committee).inferred().within(article))?,
        g.add_lineage(Lineage::new(briefing, nis).inferred().within(article))?,
    ];

    let claims = [
        k01, k02, k03, k04, k05, k06, k07, k08, k09, k10, k11, k12, k13, k14, k15, k16, k17, k18,
        k19, k20, k21, k22, k23, k24, k25, k26, k27, k28, k29, k30, k31, k32, k33, k34, k35, k36,
        k37, k38, k39, k40, k41, k42, k43, k44, k45, k46, k47, k48, k49, k50,
    ];
    Ok(Report {
        graph: g,
        article,
        north_korea,
        russia,
        south_korea,
        ukraine,
        officials,
        nis,
        committee,
        presidential_office,
        park,
        lee,
        austin,
        zelenskiy,
        nk_authorities,
        nk_forces,
        families,
        assessors,
        surveillance,
        us_intelligence,
        briefing,
        deployment,
        war,
        rome,
        seoul,
        claims,
        lineage,
    })
}
