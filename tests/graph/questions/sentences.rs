//! Sentences: what a claim says in words, and which forms the words have. `docs/SEMANTICS.md`, section 12.

use crate::report;
use crate::support::brute::worlds;
use crate::support::small::{DAY, world};
use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, ClaimId, Entity, Id, Modality, Period, Quantity, Statement,
    claim::{Attribution, Certainty, Derivation, Polarity},
    date,
    vocabulary::{RelationDef, Slot, Vocabulary},
};
use proptest::prelude::*;
use proptest::sample::select;

/// A graph of states with names, a group of officials, and claims of one day.
struct Told {
    graph: ClaimGraph,
    north: Id<State>,
    south: Id<State>,
    officials: Id<Group>,
    troops: Id<Military>,
    minister: Id<Person>,
}

impl Told {
    fn new() -> Self {
        let mut graph = ClaimGraph::new();
        let named = |key: &str, name: &str| Entity::new(key).named(name);
        let north = graph.add(State, named("north", "Northland")).unwrap();
        let south = graph.add(State, named("south", "Southland")).unwrap();
        let officials = graph.add(Group, named("officials", "officials")).unwrap();
        let troops = graph.add(Military, named("troops", "the troops").plural()).unwrap();
        let minister = graph.add(Person, named("minister", "the minister")).unwrap();
        Self { graph, north, south, officials, troops, minister }
    }

    fn says(&mut self, claim: Claim) -> ClaimId {
        self.graph.insert(claim.reported(DAY)).unwrap()
    }

    /// Inserts the claim and returns its sentence.
    fn sentence(&mut self, claim: Claim) -> String {
        let claim = self.says(claim);
        self.graph.claim(claim).unwrap().to_string()
    }

    /// Officials say that 300 soldiers of the north are in the south.
    fn dispatch(&mut self) -> ClaimId {
        let claim = Claim::by(self.officials)
            .asserts(self.north, DEPLOYS_TO, self.south)
            .quantity(Quantity::stated(300, "soldiers"));
        self.says(claim.valid(Period::by(DAY)))
    }
}

#[test]
fn a_confirmation_of_its_own_says_what_it_confirms_and_no_figure_of_another() {
    let r = report::build().unwrap();
    let k18 = r.graph.claim(r.k(18)).unwrap().to_string();
    let wanted = "Lloyd Austin confirmed that the North Korean force is present in Russia, \
                  answering South Korean intelligence officials";
    assert_eq!(k18, format!("{wanted} (probable; holding on 2024-10-24; spoken in: Rome)"));

    let mut t = Told::new();
    let dispatch = t.dispatch();
    let restating = |by: Attribution| by.confirms(dispatch);
    let confirmation = restating(Claim::by(t.minister)).restating(t.troops, PRESENT_IN, t.south);
    assert_eq!(
        t.sentence(confirmation),
        "the minister confirmed that the troops are present in Southland, answering officials"
    );
    let acknowledged = Claim::by(t.minister).acknowledges(dispatch);
    assert_eq!(
        t.sentence(acknowledged.restating(t.troops, PRESENT_IN, t.south)),
        "the minister acknowledged that the troops are present in Southland, answering officials"
    );
    let doubt = Claim::by(t.minister).doubts(dispatch).restating(t.troops, PRESENT_IN, t.south);
    assert_eq!(
        t.sentence(doubt),
        "the minister doubted that the troops are present in Southland, answering officials"
    );
    let own = restating(Claim::by(t.minister)).restating(t.north, DEPLOYS_TO, t.south);
    assert_eq!(
        t.sentence(own.quantity(Quantity::stated(40, "soldiers"))),
        "the minister confirmed that Northland deploys to Southland: 40 soldiers, answering officials"
    );
}

#[test]
fn an_answer_without_a_statement_repeats_only_what_it_accepts() {
    let mut t = Told::new();
    let dispatch = t.dispatch();
    let told = "what officials asserted: Northland deploys to Southland";
    assert_eq!(
        t.sentence(Claim::by(t.minister).confirms(dispatch)),
        format!("the minister confirmed {told}: 300 soldiers (by 2024-10-24)")
    );
    assert_eq!(
        t.sentence(Claim::by(t.minister).acknowledges(dispatch)),
        format!("the minister acknowledged {told} (by 2024-10-24)")
    );
    let with_figure = Claim::by(t.minister).confirms(dispatch);
    assert_eq!(
        t.sentence(with_figure.quantity(Quantity::stated(40, "soldiers"))),
        format!("the minister confirmed {told} (by 2024-10-24); with 40 soldiers")
    );
    let correction = Claim::by(t.officials).revises(dispatch);
    assert_eq!(
        t.sentence(correction.quantity(Quantity::stated(310, "soldiers")).valid("2024-10-20")),
        format!(
            "officials revised {told}: 300 soldiers (by 2024-10-24); now 310 soldiers, on 2024-10-20"
        )
    );
    let again = t.dispatch();
    assert_eq!(
        t.sentence(Claim::by(t.south).dismisses(vec![dispatch, again]).words("fake news")),
        "Southland dismissed as \u{201c}fake news\u{201d} 2 claims"
    );
    let doubt = Claim::by(t.south).doubts(dispatch).possibly_responding_to(vec![again]);
    assert_eq!(t.sentence(doubt), "Southland doubted 1 claim, perhaps 2");
}

#[test]
fn verbs_agree_with_their_subjects() {
    let mut t = Told::new();
    let (south, troops) = (t.south, t.troops);
    let by = || Claim::by(south);
    for (claim, said) in [
        (by().asserts(troops, PRESENT_IN, south), "asserted that the troops are present in"),
        (by().asserts(troops, TRAINS_IN, south), "asserted that the troops train in"),
        (by().asserts(t.officials, DEPLOYS_TO, south), "asserted that officials deploy to"),
        (by().asserts(t.north, DEPLOYS_TO, south), "asserted that Northland deploys to"),
        (by().demands(troops, WITHDRAWS_FROM, south), "demanded that the troops withdraw from"),
        (by().demands(t.north, WITHDRAWS_FROM, south), "demanded that Northland withdraw from"),
        (by().demands(troops, PRESENT_IN, south), "demanded that the troops be present in"),
        (by().calls_for(troops, WITHDRAWS_FROM, south), "called for the troops to withdraw from"),
        (by().threatens(south, ATTACKS, t.north), "threatened to attack"),
        (by().threatens(troops, ATTACKS, t.north), "threatened that the troops would attack"),
        (by().projects(troops, WITHDRAWS_FROM, south), "projected that the troops will withdraw"),
        (
            by().asserts(troops, DEPLOYS_TO, south).modality(Modality::Planned),
            "asserted that the troops are to deploy to Southland (planned)",
        ),
        (
            by().asserts(t.north, DEPLOYS_TO, south).modality(Modality::Planned),
            "asserted that Northland is to deploy to Southland (planned)",
        ),
        (
            by().assesses(Polarity::Negative, troops, RATED_FOR, "morale"),
            "assessed as negative: the troops are rated for",
        ),
    ] {
        let sentence = t.sentence(claim);
        assert!(sentence.starts_with(&format!("Southland {said}")), "{sentence}");
    }
    let delegation = Entity::new("delegation").named("the delegation").singular();
    let delegation = t.graph.add(Group, delegation).unwrap();
    assert_eq!(
        t.sentence(by().asserts(delegation, PRESENT_IN, south)),
        "Southland asserted that the delegation is present in Southland"
    );
}

#[test]
fn answers_agree_with_their_speakers_too() {
    let mut t = Told::new();
    let dispatch = t.dispatch();
    t.says(Claim::by(t.troops).dismisses(dispatch));
    t.says(Claim::by(t.south).denies(t.north, DEPLOYS_TO, t.south));
    let against = t.graph.statement(t.north, DEPLOYS_TO, t.south).against();
    let told: Vec<String> = against.iter().map(ToString::to_string).collect();
    assert!(told.contains(&"the troops dismiss the claim that says so".to_owned()), "{told:?}");
    assert!(told.contains(&"Southland denies the fact".to_owned()), "{told:?}");
    let contested = t.graph.contested();
    assert!(contested.first().unwrap().to_string().contains("the troops dismiss the claim"));
    assert_eq!(
        t.graph.statement(t.troops, PRESENT_IN, t.south).to_string(),
        "the troops are present in Southland"
    );
    assert_eq!(
        t.graph.statement(t.north, DEPLOYS_TO, t.south).modality(Modality::Planned).to_string(),
        "Northland is to deploy to Southland (planned)"
    );
}

#[test]
fn claims_at_the_ends_of_a_statement_are_clauses() {
    let mut t = Told::new();
    let presence = t.says(Claim::by(t.officials).asserts(t.troops, PRESENT_IN, t.south));
    let dismissal = t.says(Claim::by(t.north).dismisses(presence));
    let by = || Claim::by(t.minister);
    for (claim, said) in [
        (
            by().speculates(presence, INDICATES, "weakness"),
            "speculated that it indicates \u{201c}weakness\u{201d} that the troops are present in Southland",
        ),
        (
            by().asserts(t.officials, DETECTS, presence),
            "asserted that officials detect that the troops are present in Southland",
        ),
        (
            by().calls_for(t.north, RESPONDS_TO, presence),
            "called for Northland to respond to the claim that the troops are present in Southland",
        ),
        (
            by().speculates(dismissal, INDICATES, "weakness"),
            "speculated that what Northland dismissed indicates \u{201c}weakness\u{201d}",
        ),
    ] {
        let claim = t.graph.insert(claim.reported(DAY)).unwrap();
        let sentence = t.graph.claim(claim).unwrap().to_string();
        assert_eq!(sentence, format!("the minister {said}"));
    }
}

#[test]
fn a_doubted_or_loosely_given_time_keeps_its_words() {
    let edtf = |text: &str| text.parse::<Period>().unwrap();
    let early = || Period::within(date(2024, 6, 1)..=date(2024, 6, 10));
    for (period, said) in [
        (edtf("2023-06?"), "perhaps in 2023-06"),
        (edtf("2023-06-05?"), "perhaps on 2023-06-05"),
        (edtf("2023-06-05~"), "about 2023-06-05"),
        (edtf("2023~"), "about 2023"),
        (edtf("2023-06%"), "perhaps about 2023-06"),
        (
            early().in_words("early June"),
            "\u{201c}early June\u{201d}, between 2024-06-01 and 2024-06-10",
        ),
        (
            Period::on(date(2024, 4, 15)).in_words("about the middle of April"),
            "\u{201c}about the middle of April\u{201d}, on 2024-04-15",
        ),
        (edtf("2023-21"), "\u{201c}2023-21\u{201d}, between 2023-03-01 and 2023-05-31"),
        (edtf("2023-06?/2023-08"), "\u{201c}2023-06?/2023-08\u{201d}, from 2023-06 to 2023-08"),
        (edtf("2023-06"), "in 2023-06"),
        (edtf("2023-06-05"), "on 2023-06-05"),
    ] {
        assert_eq!(period.to_string(), said);
        let mut t = Told::new();
        let claim = Claim::by(t.north).asserts(t.north, ATTACKS, t.south).valid(period);
        let sentence = t.sentence(claim);
        assert_eq!(
            sentence,
            format!("Northland asserted that Northland attacks Southland ({said})")
        );
    }
    let mut t = Told::new();
    t.sentence(Claim::by(t.north).asserts(t.north, ATTACKS, t.south).valid("2023-06-05~"));
    let timeline = t.graph.view().timeline();
    assert_eq!(
        timeline.first().unwrap().to_string(),
        "2023-06-05~\n  Northland asserted that Northland attacks Southland (about 2023-06-05)"
    );
    let mut t = Told::new();
    let claim = t.says(Claim::by(t.north).asserts(t.north, ATTACKS, t.south).valid("2023"));
    let early = early().in_words("early June");
    t.says(Claim::by(t.north).revises(claim).valid(early));
    assert_eq!(
        t.graph.view().revisions().first().unwrap().to_string(),
        "\u{201c}early June\u{201d}, between 2024-06-01 and 2024-06-10 in place of 2023"
    );
}

#[test]
fn what_became_of_a_claim_is_said_as_far_as_a_view_knows() {
    let mut t = Told::new();
    let dispatch = t.dispatch();
    let sentence = t.graph.claim(dispatch).unwrap().to_string();
    assert_eq!(t.graph.show(dispatch).unwrap(), sentence);
    let later = |claim: Claim, day| claim.reported(date(2024, 10, day));
    let revision =
        Claim::by(t.officials).revises(dispatch).quantity(Quantity::stated(9, "soldiers"));
    t.graph.insert(later(revision, 25)).unwrap();
    assert_eq!(t.graph.show(dispatch).unwrap(), format!("{sentence}; superseded"));
    let backing = t.graph.statement(t.north, DEPLOYS_TO, t.south).backing();
    assert_eq!(backing.first().unwrap().to_string(), format!("{sentence}; superseded"));
    t.graph.insert(later(Claim::by(t.south).dismisses(dispatch), 26)).unwrap();
    t.graph.insert(later(Claim::by(t.north).denies(t.north, DEPLOYS_TO, t.south), 27)).unwrap();
    assert_eq!(
        t.graph.show(dispatch).unwrap(),
        format!("{sentence}; superseded; contested by Southland"),
        "the denial is of what the officials say now"
    );
    let retraction = t.graph.insert(later(Claim::by(t.officials).retracts(dispatch), 28)).unwrap();
    assert!(t.graph.show(dispatch).unwrap().starts_with(&format!("{sentence}; withdrawn; ")));
    assert_eq!(t.graph.view().as_of(DAY).show(dispatch).unwrap(), sentence);
    let before = t.graph.view().as_of(date(2024, 10, 25));
    assert_eq!(before.show(dispatch).unwrap(), format!("{sentence}; superseded"));
    t.graph.insert(later(Claim::by(t.officials).retracts(retraction), 29)).unwrap();
    assert!(!t.graph.show(dispatch).unwrap().contains("withdrawn"));
    let other = t.says(Claim::by(t.south).asserts(t.south, ATTACKS, t.north));
    let more = t.says(Claim::by(t.south).asserts(t.south, SANCTIONS, t.north));
    t.says(Claim::by(t.north).dismisses(other).possibly_responding_to(vec![more]));
    assert!(t.graph.show(more).unwrap().ends_with("; perhaps contested by Northland"));
}

#[test]
fn one_thing_is_not_called_many() {
    let mut t = Told::new();
    let dispatch = t.dispatch();
    let independence = t.graph.statement(t.north, DEPLOYS_TO, t.south).independence();
    assert_eq!(
        independence.to_string(),
        "1 independent source (officials), 1 speaker with evidence"
    );
    let rule = |count| claimgraph::sources::Rule::IndependentSources(count).to_string();
    assert_eq!([rule(1), rule(2)], ["1 independent source", "2 independent sources"]);
    let ablation = t.graph.view().ablate(t.officials).to_string();
    assert!(
        ablation.starts_with("Without officials: 1 claim lost, 0 more depend on it"),
        "{ablation}"
    );
    t.says(Claim::by(t.north).dismisses(dispatch));
    let against = t.graph.statement(t.north, DEPLOYS_TO, t.south).against();
    assert_eq!(against.first().unwrap().to_string(), "Northland dismisses the claim that says so");
}

#[test]
fn particulars_stand_in_one_pair_of_brackets() {
    let mut t = Told::new();
    let dispatch = t.dispatch();
    let claim = Claim::by(t.minister)
        .asserts(t.north, DEPLOYS_TO, t.south)
        .certainty(Certainty::Probable)
        .object_quantity(Quantity::vague("several", "towns"))
        .valid("2024-10")
        .with(MANNER, "by train")
        .with(ADDITIONAL_TO, dispatch)
        .with(CONDITION, Statement::new(t.south, COOPERATES_WITH, t.north).with(TREND, "grows"));
    assert_eq!(
        t.sentence(claim),
        "the minister asserted that Northland deploys to Southland, if Southland cooperates with Northland, \
         trend: \u{201c}grows\u{201d} (probable; at least 2 towns, \u{201c}several\u{201d}; in 2024-10; \
         manner: \u{201c}by train\u{201d})"
    );
    let bank = t.graph.add(Company, Entity::new("bank").named("Bank (North)")).unwrap();
    let meeting = Claim::by(bank).asserts(t.north, MEETS, t.south).with(ADDRESSEE, bank);
    assert_eq!(
        t.sentence(meeting),
        "Bank (North) asserted that Northland meets Southland; addressee: Bank (North)"
    );
    let figure = Quantity::about(5, "soldiers");
    let derived = |rule: &str| Derivation::new(figure.clone(), rule, []).to_string();
    assert_eq!(derived("10 / 2"), "about 5 soldiers (derived: 10 / 2)");
    assert_eq!(derived("(3 + 7) / 2"), "about 5 soldiers; derived: (3 + 7) / 2");
}

#[test]
fn a_figure_with_words_shows_its_number() {
    for (figure, said) in [
        (Quantity::about(10_000, "troops"), "about 10,000 troops"),
        (
            Quantity::about(10_000, "troops").in_words("approximately 10,000 troops in total"),
            "about 10,000 troops, \u{201c}approximately 10,000 troops in total\u{201d}",
        ),
        (Quantity::vague("thousands", "men"), "at least 2,000 men, \u{201c}thousands\u{201d}"),
        (
            Quantity::vague("thousands", "men").in_words("thousands more"),
            "at least 2,000 men, \u{201c}thousands more\u{201d}",
        ),
        (Quantity::vague("high", "casualties"), "\u{201c}high\u{201d} casualties"),
        (Quantity::stated(12, "dead").in_words("a dozen"), "12 dead, \u{201c}a dozen\u{201d}"),
        (Quantity::stated(12, "dead").in_words("12 dead"), "12 dead"),
        (Quantity::stated(12, "dead").in_words("12"), "12 dead"),
        (
            Quantity::more_than(600, "dead").in_words("more than six hundred"),
            "over 600 dead, \u{201c}more than six hundred\u{201d}",
        ),
        (Quantity::stated(12, "dead").bounded(10, 14), "12 dead, between 10 and 14"),
    ] {
        assert_eq!(figure.to_string(), said);
    }
}

#[test]
fn a_vocabulary_gives_the_forms_that_the_rule_misses() {
    claimgraph::vocabulary! {
        /// Verbs.
        fn verbs;
        plural kind Crew: Actor, Source, Thing;
        relation CAN_REACH = "can-reach": Actor => Actor, label ["can reach", "can reach", "be able to reach"];
        relation IS_AT = "is-at": Actor => Place, label ["is at", "stand at"];
        relation CARRIES = "carries": Actor => Actor;
    }
    let mut graph = ClaimGraph::with(&verbs()).unwrap();
    let crew = graph.add(Crew, Entity::new("crew").named("the crew")).unwrap();
    let ship = graph.add(Crew, Entity::new("ship").named("the ship").singular()).unwrap();
    let by = || Claim::by(ship);
    let mut show = |claim: Claim| {
        let claim = graph.insert(claim.reported(DAY)).unwrap();
        graph.show(claim).unwrap()
    };
    assert_eq!(
        show(by().asserts(crew, CARRIES, ship)),
        "the ship asserted that the crew carry the ship"
    );
    assert_eq!(
        show(by().demands(crew, CAN_REACH, ship)),
        "the ship demanded that the crew be able to reach the ship"
    );
    let forms = |key: &str| {
        let def = verbs().relation(key).unwrap().clone();
        [def.verb(), def.plural_verb(), def.base_verb()]
    };
    assert_eq!(forms("is-at"), ["is at", "stand at", "be at"]);
    // A vocabulary that does not say which names are plural agrees with one that does.
    let mut older = verbs();
    older = Vocabulary::empty().declaring(
        older
            .kinds()
            .cloned()
            .map(|def| claimgraph::vocabulary::KindDef { plural: false, ..def })
            .collect(),
        Vec::new(),
        Vec::new(),
        Vec::new(),
    );
    let mut merged = Vocabulary::new();
    merged.merge(&older).unwrap();
    merged.merge(&verbs()).unwrap();
    assert!(merged.kind("Crew").unwrap().plural);
    merged.merge(&older).unwrap();
    assert!(merged.kind("Crew").unwrap().plural);
    // A refused vocabulary leaves the number of names as it was.
    let mut refused = Vocabulary::new();
    refused.merge(&older).unwrap();
    refused.add_relation(RelationDef::new("carries", Slot::Any, Slot::Text)).unwrap();
    assert!(refused.merge(&verbs()).is_err());
    assert!(!refused.kind("Crew").unwrap().plural);
}

/// Returns the depth of the brackets in a text. If they do not match, it is large.
fn depth(text: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for c in text.chars() {
        match c {
            '(' | '[' => open += 1,
            ')' | ']' => open = open.checked_sub(1).unwrap_or(100),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest + 100 * open
}

fn is_well_formed(sentence: &str) -> bool {
    depth(sentence) <= 1
        && !["  ", " ,", ",,", "( ", " )", "; )", "()"].iter().any(|fault| sentence.contains(fault))
        && sentence.trim() == sentence
}

#[test]
fn the_sentences_of_the_report_are_well_formed() {
    let r = report::build().unwrap();
    for &claim in &r.claims {
        let sentence = r.graph.show(claim).unwrap();
        assert!(is_well_formed(&sentence), "{sentence}");
        let content = r.graph.claim(claim).unwrap().content();
        assert!(content.as_deref().is_none_or(is_well_formed), "{content:?}");
    }
    for line in r.graph.view().watch().to_string().lines() {
        assert!(depth(line) <= 1, "{line}");
    }
    // What is only planned is not said to be so.
    let planned = r.graph.show(r.k(5)).unwrap();
    assert!(
        planned.contains("North Korea is to deploy to Russia: at least 2,000 soldiers"),
        "{planned}"
    );
}

const EDTF: &[&str] = &[
    "2024-06?",
    "2024-06-10~",
    "2024-06%",
    "2024",
    "2024-06-01/2024-07-01",
    "2024-21",
    "[..2024-08]",
];

fn periods() -> impl Strategy<Value = Period> {
    let days = || date(2024, 6, 1)..=date(2024, 6, 10);
    prop_oneof![
        select(EDTF).prop_map(|text: &str| text.parse::<Period>().unwrap()),
        Just(Period::within(days()).in_words("early June (perhaps)")),
        Just(Period::holding_on(DAY).beginning_within(days())),
        Just(Period::since(date(2024, 6, 1)).cumulative()),
    ]
}

fn quantities() -> impl Strategy<Value = Quantity> {
    prop_oneof![
        (1..9000_i32).prop_map(|n| Quantity::stated(n, "soldiers")),
        (1..9000_i32).prop_map(|n| Quantity::about(n, "soldiers").in_words("some (or more)")),
        Just(Quantity::stated(12, "soldiers").bounded(10, 14)),
        Just(Quantity::vague("thousands", "soldiers").in_words("thousands more")),
        Just(Quantity::vague("high", "soldiers")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sentence_has_brackets_in_brackets_or_two_spaces(
        (form, own, plural) in (0..12_u8, any::<bool>(), any::<bool>()),
        (modality, certainty) in (select(Modality::ALL), select(Certainty::ALL)),
        (period, quantity, object) in (
            prop::option::of(periods()),
            prop::option::of(quantities()),
            prop::option::of(quantities()),
        ),
        (manner, condition) in (prop::option::of(select(&["fast", "fast (very)"][..])), any::<bool>()),
    ) {
        let mut t = Told::new();
        let name = Entity::new("bank").named("Bank (North)");
        let bank = t.graph.add(Company, if plural { name.plural() } else { name }).unwrap();
        let dispatch = t.dispatch();
        let by = Claim::by(bank).relayed_by(t.officials);
        let claim = match form {
            0 => by.asserts(bank, ATTACKS, t.south),
            1 => by.demands(bank, WITHDRAWS_FROM, t.south),
            2 => by.calls_for(t.troops, WITHDRAWS_FROM, t.south),
            3 => by.threatens(bank, ATTACKS, t.south),
            4 => by.threatens(t.troops, ATTACKS, t.south),
            5 => by.confirms(dispatch).restating(bank, ATTACKS, t.south),
            6 => by.confirms(dispatch),
            7 => by.acknowledges(dispatch),
            8 => by.dismisses(dispatch),
            9 => by.asserts(dispatch, INDICATES, "weakness (of a kind)"),
            10 => by.revises(dispatch),
            _ => by.assesses(Polarity::Mixed, bank, RATED_FOR, "morale"),
        };
        let claim = if own { claim.certainty(certainty) } else { claim };
        let claim = claim.modality(modality).with(ADDRESSEE, bank);
        let claim = match period { Some(period) => claim.valid(period), None => claim };
        let claim = match quantity { Some(quantity) => claim.quantity(quantity), None => claim };
        let claim = match object { Some(object) => claim.object_quantity(object), None => claim };
        let claim = match manner { Some(manner) => claim.with(MANNER, manner), None => claim };
        let claim = match condition {
            true => claim.with(CONDITION, Statement::new(bank, MEETS, t.south).with(TREND, "up (a bit)").negated()),
            false => claim,
        };
        if let Ok(claim) = t.graph.insert(claim.reported(DAY)) {
            let sentence = t.graph.show(claim).unwrap();
            prop_assert!(is_well_formed(&sentence), "{}", sentence);
            for response in &t.graph.view().responses(dispatch).unwrap() {
                prop_assert!(is_well_formed(&response.to_string()), "{}", response);
            }
        }
    }

    #[test]
    fn the_sentences_of_random_graphs_are_well_formed(world in worlds(1..15)) {
        let graph = world.build().graph;
        for claim in graph.claims() {
            let sentence = graph.show(claim.id()).unwrap();
            prop_assert!(is_well_formed(&sentence), "{}", sentence);
        }
    }

    #[test]
    fn a_vocabulary_reads_back_with_its_forms(
        (label, plural, base) in (
            prop::option::of("[a-z ]{0,12}"),
            prop::option::of("[a-z ]{0,12}"),
            prop::option::of("\\PC{0,12}"),
        ),
        many in any::<bool>(),
    ) {
        let mut vocabulary = Vocabulary::new();
        let kind = claimgraph::vocabulary::KindDef::new("Crew", ["Actor", "Source", "Thing"]);
        vocabulary.add_kind(claimgraph::vocabulary::KindDef { plural: many, ..kind }).unwrap();
        let def = RelationDef { label, plural, base, ..RelationDef::new("near", Slot::Any, Slot::Any) };
        let forms = |def: &RelationDef| [def.verb(), def.plural_verb(), def.base_verb()];
        let expected = forms(&def);
        vocabulary.add_relation(def.clone()).unwrap();
        let graph = ClaimGraph::with(&vocabulary).unwrap();
        let read = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap();
        prop_assert_eq!(read.vocabulary().relation("near"), Some(&def));
        prop_assert_eq!(forms(read.vocabulary().relation("near").unwrap()), expected);
        prop_assert_eq!(read.vocabulary().kind("Crew").unwrap().plural, many);
        prop_assert_eq!(read.to_jsonl(), graph.to_jsonl());
    }
}

#[test]
fn the_number_of_a_name_is_said_once_and_plural_goes_first() {
    let (mut graph, nk, ..) = world();
    assert!(!graph.entity(nk).unwrap().is_plural());
    for (entity, expected) in [
        (Entity::new("nk").singular(), Some(false)),
        (Entity::new("nk").plural(), Some(true)),
        (Entity::new("nk").singular(), Some(true)),
        (Entity::new("nk"), Some(true)),
    ] {
        graph.add(State, entity).unwrap();
        assert_eq!(graph.entity(nk).unwrap().stated_plural(), expected);
    }
}
