//! What changed between two views, against brute force on random worlds; on the report; and on a year of
//! events against a few lines of Python (`tests/oracles/changes.py`).

#[path = "../examples/report/mod.rs"]
mod report;
mod support_brute;

use claimgraph::reporting::*;
use claimgraph::{
    Answer, Claim, ClaimGraph, ClaimId, EntityId, Modality, Quantity, Stance, View,
    change::ChangeRecord,
    date,
    questions::{Direction, Position},
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::Command;
use support_brute::*;

type Set = BTreeSet<ClaimId>;

fn config(cases: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    let rng_seed = match given.rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_241_102),
        fixed => fixed,
    };
    ProptestConfig {
        cases,
        rng_seed,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        max_shrink_time: 5_000,
        ..given
    }
}

/// One of the views between which an analyst may ask what changed.
#[derive(Clone, Debug)]
struct Look {
    as_of: Option<u8>,
    without: Option<usize>,
    without_doc: Option<usize>,
    speaker: Option<usize>,
    stated_lineage: bool,
    withdrawn: bool,
}

fn looks() -> impl Strategy<Value = Look> {
    (
        prop::option::weighted(0.8, 19..27u8),
        prop::option::weighted(0.3, 0..5usize),
        prop::option::weighted(0.15, 0..2usize),
        prop::option::weighted(0.15, 0..5usize),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(as_of, without, without_doc, speaker, stated_lineage, withdrawn)| Look {
            as_of,
            without,
            without_doc,
            speaker,
            stated_lineage,
            withdrawn,
        })
}

/// Half of the pairs differ in their day only.
fn pairs() -> impl Strategy<Value = (Look, Look)> {
    (looks(), looks(), any::<bool>()).prop_map(|(before, after, by_day)| {
        let day_only = Look { as_of: after.as_of, ..before.clone() };
        (before, if by_day { day_only } else { after })
    })
}

impl Look {
    fn view<'g>(&self, built: &'g Built) -> View<'g> {
        let mut view = built.graph.view();
        if let Some(n) = self.as_of {
            view = view.as_of(day(n));
        }
        if let Some(source) = self.without {
            view = view.excluding_source(built.entities[source]);
        }
        if let Some(doc) = self.without_doc {
            view = view.without_document(built.docs[doc]);
        }
        if let Some(speaker) = self.speaker {
            view = view.speaker(built.entities[speaker]);
        }
        if self.stated_lineage {
            view = view.only_stated_lineage();
        }
        if self.withdrawn { view.including_retracted() } else { view }
    }
}

fn contested(view: &View<'_>) -> BTreeMap<ClaimId, Answer> {
    view.contested().iter().map(|c| (c.claim().id(), c.certain())).collect()
}

/// Claims that their speakers are committed to and others back, by the question that is asked of one claim.
fn corroborated(view: &View<'_>) -> Set {
    let committed = |id: &ClaimId| {
        let claim = view.graph().claim(*id).unwrap();
        claim.stance().commits()
            && claim.certainty() <= claimgraph::claim::Certainty::Probable
            && view.is_corroborated(claim)
    };
    view.claims().map(|claim| claim.id()).filter(committed).collect()
}

/// By speaker, where he stands.
type Stands = BTreeMap<Option<EntityId>, BTreeSet<(Stance, Answer)>>;

/// By matter and speaker, the latest stances; matters under names, by going through every claim.
fn stands(view: &View<'_>) -> BTreeMap<String, Stands> {
    let mut found = BTreeMap::new();
    for claim in view.claims() {
        let committed =
            claim.stance().commits() && claim.certainty() <= claimgraph::claim::Certainty::Probable;
        let Some(statement) =
            claim.statement().filter(|_| committed || claim.stance() == Stance::Denies)
        else {
            continue;
        };
        let relation = statement.relation();
        let (mut key, mut ends) =
            (relation.key.clone(), [statement.subject(), statement.object()].map(|t| t.entity()));
        if relation.key == "hosts" {
            key = "present-in".to_owned();
            ends.reverse();
        }
        if relation.symmetric {
            ends.sort();
        }
        let name = format!("{key} {ends:?} {}", claim.modality());
        let positions = view.inquire(statement).modality(claim.modality()).positions();
        let mut speakers: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for position in positions.latest() {
            speakers
                .entry(position.speaker())
                .or_default()
                .insert((position.stance(), position.certain()));
        }
        found.insert(name, speakers);
    }
    found
}

fn taken(positions: &[Position<'_>]) -> BTreeSet<(Stance, Answer)> {
    positions.iter().map(|p| (p.stance(), p.certain())).collect()
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn a_change_applied_to_one_view_gives_the_other(world in worlds(5..25), (before, after) in pairs()) {
        let built = world.build();
        let (before, after) = (before.view(&built), after.view(&built));
        let ids = |view: &View<'_>| view.claims().map(|claim| claim.id()).collect::<Set>();
        let change = before.change_to(&after);
        let added: Vec<ClaimId> = change.added().map(|claim| claim.id()).collect();
        let removed: Vec<ClaimId> = change.removed().map(|claim| claim.id()).collect();
        prop_assert_eq!(&added, &ids(&after).difference(&ids(&before)).copied().collect::<Vec<_>>());
        prop_assert_eq!(&removed, &ids(&before).difference(&ids(&after)).copied().collect::<Vec<_>>());
        prop_assert_eq!(change.apply(before.claim_keys()), after.claim_keys());
        // And back.
        let back = after.change_to(&before);
        prop_assert_eq!(back.apply(after.claim_keys()), before.claim_keys());
        prop_assert_eq!(back.added().map(|claim| claim.id()).collect::<Vec<_>>(), removed);
    }

    #[test]
    fn a_view_does_not_differ_from_itself(world in worlds(5..25), look in looks()) {
        let built = world.build();
        let view = look.view(&built);
        let change = view.change_to(&look.view(&built)).asking("?", |view| {
            view.statement(built.entities[0], PRESENT_IN.untyped(), built.entities[1])
        });
        prop_assert!(change.is_empty() && change.contested().is_empty() && change.corroborated().is_empty());
        prop_assert!(change.positions().is_empty() && change.revisions().is_empty() && change.retractions().is_empty());
        prop_assert!(change.answers().is_empty());
        prop_assert_eq!(change.to_string(), "0 claims added, 0 claims removed\n");
    }

    #[test]
    fn what_is_touched_is_all_that_shifts(world in worlds(5..25), (before, after) in pairs()) {
        let built = world.build();
        let (before, after) = (before.view(&built), after.view(&built));
        let change = before.change_to(&after);

        let (was, is) = (contested(&before), contested(&after));
        let all: Set = was.keys().chain(is.keys()).copied().collect();
        let at = |map: &BTreeMap<ClaimId, Answer>, id: &ClaimId| map.get(id).copied().unwrap_or(Answer::No);
        let expected: BTreeMap<ClaimId, (Answer, Answer)> = all.iter().map(|id| (*id, (at(&was, id), at(&is, id))))
            .filter(|(_, (a, b))| a != b).collect();
        let found: BTreeMap<ClaimId, (Answer, Answer)> =
            change.contested().iter().map(|shift| (shift.claim().id(), (shift.before(), shift.after()))).collect();
        prop_assert_eq!(found, expected);

        let (was, is) = (corroborated(&before), corroborated(&after));
        let shifts = change.corroborated();
        let new: Set = shifts.iter().filter(|shift| shift.is_new()).map(|shift| shift.claim().id()).collect();
        let over: Set = shifts.iter().filter(|shift| !shift.is_new()).map(|shift| shift.claim().id()).collect();
        prop_assert_eq!(new, is.difference(&was).copied().collect::<Set>());
        prop_assert_eq!(over, was.difference(&is).copied().collect::<Set>());
        for shift in &shifts {
            prop_assert!((shift.before() > 1) != (shift.after() > 1), "{}", shift);
        }
    }

    #[test]
    fn positions_shift_where_the_latest_words_differ(world in worlds(5..25), (before, after) in pairs()) {
        let built = world.build();
        let (before, after) = (before.view(&built), after.view(&built));
        let (was, is) = (stands(&before), stands(&after));
        let mut expected = BTreeSet::new();
        for (matter, now) in &is {
            let Some(then) = was.get(matter) else { continue };
            let speakers: BTreeSet<_> = now.keys().chain(then.keys()).collect();
            for speaker in speakers {
                let at = |map: &BTreeMap<_, BTreeSet<_>>| map.get(speaker).cloned().unwrap_or_default();
                if at(then) != at(now) {
                    expected.insert((*speaker, at(then), at(now)));
                }
            }
        }
        let change = before.change_to(&after);
        let found: BTreeSet<_> =
            change.positions().iter().map(|s| (s.speaker(), taken(s.before()), taken(s.after()))).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn two_graphs_are_matched_by_keys(world in worlds(5..20), n in 19..27u8) {
        let built = world.build();
        let whole = &built.graph;
        let mut copy = ClaimGraph::read_jsonl(whole.to_jsonl().as_bytes()).unwrap();
        prop_assert!(whole.change_to(&copy).is_empty());
        let day = day(n);
        let (before, after) = (whole.view().as_of(day), whole.view());
        let (within, across) = (before.change_to(&after), before.change_to(&copy.view()));
        let (one, other) = (within.record(), across.record());
        prop_assert_eq!(&one.added, &other.added);
        prop_assert_eq!(&one.removed, &other.removed);
        prop_assert_eq!(&one.contested, &other.contested);
        prop_assert_eq!(across.apply(before.claim_keys()), copy.view().claim_keys());
        // A claim of the copy alone.
        let (alta, agency) = (copy.entity_keyed("alta").unwrap(), copy.entity_keyed("agency").unwrap());
        copy.insert(Claim::by(agency).asserts(alta, KNOWS, alta).reported(date(2031, 1, 1))).unwrap();
        let change = whole.change_to(&copy);
        prop_assert_eq!((change.added().len(), change.removed().len()), (1, 0));
        prop_assert_eq!(copy.change_to(whole).removed().len(), 1);
    }

    #[test]
    fn a_record_is_read_back_and_does_not_depend_on_the_order_of_insertion(
        world in worlds(5..15), order in Just((0..15usize).collect::<Vec<_>>()).prop_shuffle(), n in 19..27u8
    ) {
        let built = world.build();
        let record = |built: &Built| built.graph.view().as_of(day(n)).change_to(&built.graph.view()).record();
        let json = serde_json::to_string(&record(&built)).unwrap();
        prop_assert_eq!(serde_json::from_str::<ChangeRecord>(&json).unwrap(), record(&built));
        let order: Vec<usize> = order.into_iter().filter(|&n| n < world.claims.len()).collect();
        let shuffled = world.build_in(&order, &(0..ENTITIES + 2).collect::<Vec<_>>());
        // Answers to what is not there yet are left out, so the two may hold different claims.
        if shuffled.graph.view().claim_keys() == built.graph.view().claim_keys()
            && shuffled.graph.records() == built.graph.records()
        {
            prop_assert_eq!(serde_json::to_string(&record(&shuffled)).unwrap(), json);
        }
    }
}

// ----- the report

/// The report, and what a wire said nine days later.
struct Later {
    r: report::Report,
    /// Revises k02, denies presence, corroborates k02, takes back k18, and Russia comes round.
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
    assert!(change.positions().is_empty(), "nobody stood anywhere before");
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
    assert_eq!(r.numbers(change.removed().map(|claim| claim.id())), [18], "Austin took it back");

    let revisions = change.revisions();
    let revision = revisions.first().unwrap();
    assert_eq!((revision.direction(), revision.factor()), (Direction::Up, Some(4.into())));
    assert_eq!(revision.to_string(), "12,000 soldiers, up from 3,000 soldiers by a factor of 4");

    let retractions = change.retractions();
    assert_eq!(retractions.claims(), [l.retraction]);
    assert_eq!(r.numbers(retractions.first().unwrap().of().iter().map(|claim| claim.id())), [18]);

    // North Korea denies the presence of its forces; k13 and k42 are of the forces, k02 is of the state.
    let contested = change.contested();
    let shift = |id: ClaimId| {
        contested.iter().find(|s| s.claim().id() == id).map(|s| (s.before(), s.after()))
    };
    assert_eq!(shift(r.k(42)), Some((Answer::No, Answer::Yes)));
    assert_eq!(shift(r.k(13)), None, "contested before and after");
    assert_eq!(shift(r.k(18)), Some((Answer::Unknown, Answer::No)), "no longer there");
    assert!(contested.proof().claims().contains(&l.denial));

    // Two intelligence services say so now.
    let corroborated = change.corroborated();
    let dispatch = corroborated.iter().find(|shift| shift.claim().id() == r.k(2)).unwrap();
    assert_eq!((dispatch.before(), dispatch.after()), (1, 2));

    // Russia waved it away; now it accepts that North Korea deploys.
    let positions = change.positions();
    let russia = positions
        .iter()
        .find(|shift| {
            shift.speaker() == Some(r.russia.id()) && shift.on().statement().unwrap().is(DEPLOYS_TO)
        })
        .unwrap();
    assert_eq!(
        russia.before().iter().map(Position::stance).collect::<Vec<_>>(),
        [Stance::Dismisses]
    );
    assert_eq!(
        russia.after().iter().map(Position::stance).collect::<Vec<_>>(),
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
fn without_a_source_it_is_what_falls() {
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
    assert_eq!(
        (answers[1].before().asserted, answers[1].after().asserted),
        (Answer::Yes, Answer::No)
    );
    let over: Vec<_> =
        change.corroborated().iter().map(|shift| (shift.before() > 1, shift.after())).collect();
    assert!(over.iter().all(|&(before, after)| before && after < 2), "nothing gains by it");
}

#[test]
fn a_record_of_a_later_format_or_with_unknown_members_is_refused() {
    let r = report::build().unwrap();
    let record = r.graph.view().change_to(&r.graph.view()).record();
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
    let change = graph.change_to(&twice);
    assert_eq!((change.added().len(), change.removed().len()), (1, 0));
    assert_eq!(change.apply(graph.view().claim_keys()), twice.view().claim_keys());
    assert_eq!(twice.change_to(&graph).removed().len(), 1);
}

#[test]
fn modalities_are_matters_of_their_own() {
    let mut graph = ClaimGraph::new();
    let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
    let say = |modality| Claim::by(nk).asserts(nk, DEPLOYS_TO, russia).modality(modality);
    graph.insert(say(Modality::Planned).reported(date(2024, 10, 1))).unwrap();
    graph.insert(say(Modality::Actual).reported(date(2024, 10, 2))).unwrap();
    let change = graph.view().as_of(date(2024, 10, 1)).change_to(&graph.view());
    assert!(change.positions().is_empty(), "a plan is no position on the fact");
}

// ----- a year of events

fn events() -> Option<(ClaimGraph, std::path::PathBuf)> {
    let Some(data) = std::env::var_os("CLAIMGRAPH_DATA") else {
        let _ = writeln!(
            std::io::stderr(),
            "skipped: CLAIMGRAPH_DATA is not set, so no events are read"
        );
        return None;
    };
    let path = std::path::PathBuf::from(data).join("icews14/icews14.tsv.gz");
    let file = std::io::BufReader::new(std::fs::File::open(&path).unwrap());
    let mut graph = ClaimGraph::new();
    let mapping = serde_json::from_str(include_str!("../examples/mappings/events.json")).unwrap();
    let report = claimgraph::TableReader::new(mapping).load_all(&mut graph, file).unwrap();
    assert_eq!(report.refused(), 0);
    Some((graph, path))
}

/// `relation TAB claims added`, as `tests/oracles/changes.py FILE "North_Korea" 2014-03-01 2014-03-31` printed it.
const ADDED: &str = include_str!("oracles/changes.tsv");

#[test]
fn what_a_month_added_about_one_actor_is_what_python_counts() {
    let Some((graph, path)) = events() else { return };
    let korea = graph.entity_keyed("North Korea").unwrap();
    let change =
        graph.view().as_of(date(2014, 3, 1)).change_to(&graph.view().as_of(date(2014, 3, 31)));
    assert_eq!(change.removed().len(), 0);
    assert_eq!(change.apply(change.before().claim_keys()), change.after().claim_keys());
    assert_eq!(
        (change.contested().len(), change.corroborated().len()),
        (0, 0),
        "one source, and nobody denies"
    );
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let about = |claim: &claimgraph::ClaimRef<'_>| {
        claim.subject_entity() == Some(korea) || claim.object_entity() == Some(korea)
    };
    for claim in change.added().filter(about) {
        *counted.entry(&claim.statement().unwrap().relation().key).or_default() += 1;
    }
    let lines: String =
        counted.iter().map(|(relation, count)| format!("{relation}\t{count}\n")).collect();
    let all = change.added().len();
    assert_eq!(format!("all\t{all}\n{lines}"), ADDED);
    // And once more now, where there is a Python.
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/changes.py");
    let run = Command::new("python3")
        .arg(script)
        .arg(&path)
        .args(["North_Korea", "2014-03-01", "2014-03-31"])
        .output();
    match run {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            assert_eq!(String::from_utf8(output.stdout).unwrap(), ADDED);
        }
        Err(error) => {
            _ = writeln!(
                std::io::stderr(),
                "python3 did not run ({error}); its printed counts were compared"
            )
        }
    }
}
