//! A proof is enough for its answer. If the answer can only grow, the proof holds nothing more. Its bytes do not depend on
//! the order of insertion. Tested on the questions to the report and on random graphs.

use crate::report;
use crate::support::brute::{ENTITIES, World, worlds};
use claimgraph::base::EVIDENCE_FOR;
use claimgraph::record::Record;
use claimgraph::reporting::*;
use claimgraph::{
    ClaimGraph, ClaimId, Finding, Findings, Proof, Quantity, Relation, StatementQuery, View, date,
    proof::{Inference, ProofRecord, Step},
    questions::WatchKind,
    record::Loader,
    view::Filter,
};
use claimgraph_analysis::{claims_with_object_or_part, stance_matrix};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeSet;

type Answered<'g> = Option<(String, Proof<'g>)>;

/// A question that any graph with the keys can answer. If its answer only grows with the claims on record, its proof is
/// minimal.
struct Question {
    name: String,
    grows: bool,
    ask: Box<dyn for<'g> Fn(&View<'g>) -> Answered<'g>>,
}

fn of<T: Finding>(findings: Findings<'_, T>) -> Answered<'_> {
    Some((findings.to_string(), findings.proof()))
}

fn question(
    name: &str,
    grows: bool,
    ask: impl for<'g> Fn(&View<'g>) -> Answered<'g> + 'static,
) -> Question {
    Question { name: name.to_owned(), grows, ask: Box::new(ask) }
}

fn claim_keyed(graph: &ClaimGraph, key: &str) -> Option<ClaimId> {
    graph
        .claims()
        .map(|claim| claim.id())
        .find(|&id| graph.claim_key(id).unwrap().to_string() == key)
}

/// The questions about a statement, about two entities, and about the whole graph.
fn questions(
    ends: &[(&'static str, &'static str, &'static str)],
    claims: &[String],
) -> Vec<Question> {
    let mut all = vec![
        question("contested", true, |view| of(view.contested())),
        question("timeline", true, |view| of(view.timeline())),
        question("distinct_events", true, |view| of(view.distinct_events())),
        question("revisions", true, |view| of(view.revisions())),
        question("derived figures", false, |view| of(view.derived_figures())),
        question("figure conflicts", false, |view| of(view.figure_conflicts())),
        question("date conflicts", false, |view| of(view.date_conflicts(BEGINS))),
        question("quotations", true, |view| of(view.quotations())),
        question("demands", true, |view| {
            of(view.watch_on(date(2030, 1, 20)).of_kind(WatchKind::Demand))
        }),
        question("threats", true, |view| {
            of(view.watch_on(date(2030, 1, 20)).of_kind(WatchKind::Threat))
        }),
        question("forecasts", true, |view| {
            of(view.watch_on(date(2030, 1, 20)).of_kind(WatchKind::Forecast))
        }),
        question("conditionals", true, |view| of(view.watch_on(date(2030, 1, 20)).conditional())),
        question("due", true, |view| of(view.watch_on(date(2030, 1, 20)).due(date(2030, 1, 20)))),
    ];
    for &(subject, relation, object) in ends {
        let mut ask =
            |name: &str, grows: bool, ask: for<'g> fn(StatementQuery<'g>) -> Answered<'g>| {
                let name = format!("{name} of {subject} {relation} {object}");
                all.push(question(&name, grows, move |view| {
                    let graph = view.graph();
                    let relation: Relation<_, _> = graph.relation(relation).ok()?;
                    let (subject, object) =
                        (graph.entity_keyed(subject).ok()?, graph.entity_keyed(object).ok()?);
                    ask(view.statement(subject, relation, object))
                }));
            };
        ask("backing", true, |inquiry| of(inquiry.backing()));
        ask("against", false, |inquiry| of(inquiry.against()));
        ask("responses", true, |inquiry| of(inquiry.responses()));
        ask("figures", false, |inquiry| of(inquiry.figures()));
        ask("mentions", true, |inquiry| of(inquiry.mentions()));
        ask("independence", false, |inquiry| {
            let found = inquiry.independence();
            Some((
                format!("{found} {:?} {}", found.claims().len(), found.documents().len()),
                found.proof(),
            ))
        });
        ask("figure", true, |inquiry| {
            of(inquiry.quantity(Quantity::no_less_than(2, "soldiers")).backing())
        });
        let ends = move |view: &View<'_>| {
            let keyed = |key| view.graph().entity_keyed(key).ok();
            Some((keyed(subject)?, keyed(object)?))
        };
        all.push(question(
            &format!("relations between {subject} and {object}"),
            true,
            move |view| {
                let (a, b) = ends(view)?;
                of(view.interactions_between(a, b))
            },
        ));
        all.push(question(&format!("about {subject}"), true, move |view| {
            of(view.mentions_of(view.graph().entity_keyed(subject).ok()?))
        }));
        all.push(question(&format!("rolled up {object}"), true, move |view| {
            of(claims_with_object_or_part(view, view.graph().entity_keyed(object).ok()?))
        }));
        all.push(question(&format!("comparison of {subject} and {object}"), true, move |view| {
            let (a, b) = ends(view)?;
            of(stance_matrix(view).compare(a, b))
        }));
    }
    for key in claims {
        let mut ask = |name: &str, ask: for<'g> fn(&View<'g>, ClaimId) -> Answered<'g>| {
            let key = key.clone();
            let name = format!("{name} of claim {key}");
            all.push(question(&name, false, move |view| {
                ask(view, claim_keyed(view.graph(), &key)?)
            }));
        };
        ask("responses", |view, claim| of(view.responses(claim).ok()?));
        ask("contests", |view, claim| of(view.contests(claim).ok()?));
        ask("corroboration", |view, claim| of(view.corroboration(claim).ok()?));
        ask("what rests", |view, claim| of(view.downstream_of(claim)));
        ask("roots", |view, claim| {
            let roots = view.roots(claim).ok()?;
            let names: Vec<&str> = roots
                .iter()
                .map(|root| root.map_or("unknown", |e| view.graph().name_of(e)))
                .collect();
            Some((names.join(", "), view.proof_of_roots(claim).ok()?))
        });
    }
    all
}

fn load(records: impl IntoIterator<Item = Record>) -> ClaimGraph {
    let mut loader = Loader::new();
    for record in records {
        let shown = format!("{record:?}");
        loader.push(record).unwrap_or_else(|error| panic!("{error}: {shown}"));
    }
    loader.finish()
}

fn bytes(proof: &Proof<'_>) -> String {
    serde_json::to_string(proof).unwrap()
}

/// The records without a claim and without all that refers to it.
fn without(records: &[Record], gone: &str) -> Vec<Record> {
    let mut gone = BTreeSet::from([format!("\"{gone}\"")]);
    let mut kept = Vec::new();
    for record in records {
        let mut record = record.clone();
        if let Record::Lineage(lineage) = &mut record {
            let is_gone = |claim: &String| gone.contains(&format!("\"{claim}\""));
            lineage.claims.iter_mut().for_each(|claims| claims.retain(|claim| !is_gone(claim)));
            lineage.stated_by = lineage.stated_by.take().filter(|claim| !is_gone(claim));
        }
        let json = serde_json::to_string(&record).unwrap();
        if gone.iter().any(|gone| json.contains(gone)) {
            if let Record::Claim(claim) = &record {
                gone.insert(format!("\"{}\"", claim.id.as_ref().unwrap()));
            }
            continue;
        }
        kept.push(record);
    }
    kept
}

/// Asks the whole graph and the proof alone. If the answer only grows, also asks without each claim of the proof.
fn check(graph: &ClaimGraph, filter: &Filter, question: &Question) -> Result<bool, TestCaseError> {
    let view = graph.view().filtered(filter).unwrap();
    let Some((answer, proof)) = (question.ask)(&view) else { return Ok(false) };
    let name = &question.name;
    prop_assert_eq!(&proof.policy(), filter, "{}", name);
    let record = proof.record();
    let again: ProofRecord = serde_json::from_str(&bytes(&proof)).unwrap();
    prop_assert_eq!(&again, &record, "{}", name);
    let records = proof.records();
    let small = load(records.clone());
    let small_view = small.view().filtered(filter).unwrap();
    if answer.is_empty() || proof.claims().is_empty() {
        return Ok(false);
    }
    let Some((small_answer, small_proof)) = (question.ask)(&small_view) else {
        return Err(TestCaseError::fail(format!(
            "{name}: the proof does not know who is asked about; {answer}"
        )));
    };
    prop_assert_eq!(&small_answer, &answer, "{}", name);
    prop_assert_eq!(bytes(&small_proof), bytes(&proof), "{}", name);
    if question.grows {
        for (&id, claim) in proof.claims().iter().zip(&record.claims) {
            // A claim given as evidence is shown, but the answer does not depend on it.
            if graph.claim(id).unwrap().linked(EVIDENCE_FOR).next().is_some() {
                continue;
            }
            let less = load(without(&records, &claim.key));
            let less = less.view().filtered(filter).ok().and_then(|view| (question.ask)(&view));
            prop_assert_ne!(
                less.map(|(answer, _)| answer),
                Some(answer.clone()),
                "{}: {} is not needed",
                name,
                claim.text
            );
        }
    }
    Ok(true)
}

const OF_THE_REPORT: [(&str, &str, &str); 5] = [
    ("north-korea", "present-in", "russia"),
    ("north-korea", "deploys-to", "russia"),
    ("north-korea", "commits-troops-to", "russia"),
    ("russia", "treaty-with", "north-korea"),
    ("sk-presidential-office", "provides-aid-to", "ukraine"),
];

#[test]
fn the_questions_to_the_report_are_answered_by_their_proofs_alone() {
    let r = report::build().unwrap();
    let keys: Vec<String> =
        r.claims.iter().map(|&id| r.graph.claim_key(id).unwrap().to_string()).collect();
    for (subject, _, object) in OF_THE_REPORT {
        assert!(
            [subject, object].iter().all(|key| r.graph.entity_keyed(key).is_ok()),
            "{subject} {object}"
        );
    }
    let filters = [
        Filter::default(),
        r.graph.view().as_of(date(2024, 10, 24)).only_stated_lineage().filter(),
        r.graph.view().excluding_source(r.nis).filter(),
        r.graph.view().speaker_or_part(r.south_korea).filter(),
        r.graph.view().without_lineage(r.lineage[0]).begun_by(date(2024, 10, 24)).filter(),
    ];
    let mut answered = 0;
    for filter in &filters {
        for question in questions(&OF_THE_REPORT, &keys) {
            answered += usize::from(check(&r.graph, filter, &question).unwrap());
        }
    }
    assert!(answered > 300, "{answered} answers are not empty");
}

#[test]
fn a_proof_lists_inferences_that_no_text_says() {
    let r = report::build().unwrap();
    let presence = r.graph.statement(r.north_korea, PRESENT_IN, r.russia);
    let proof = presence.backing().proof();
    let record = proof.record();
    let austin = record
        .claims
        .iter()
        .find(|claim| claim.key == r.graph.claim_key(r.k(18)).unwrap().to_string())
        .unwrap();
    assert_eq!(
        austin.document.as_deref(),
        r.graph.document(r.article).ok().map(|_| r.graph.entity(r.article).unwrap().key())
    );
    assert!(austin.span.is_some() && austin.speakers.len() == 2, "{austin:?}");
    assert!(
        record
            .steps
            .contains(&Step::Implied { from: "deploys-to".into(), to: "present-in".into() })
    );
    assert!(record.steps.iter().any(|step| matches!(step, Step::Affiliated(_))));
    let independence = presence.independence().proof().record();
    assert!(independence.steps.iter().any(|step| matches!(step, Step::Lineage(_))));
    assert!(
        independence.inferences.iter().any(|i| matches!(i, Inference::Lineage { .. })),
        "{independence:#?}"
    );
    let revisions = r.graph.view().revisions().proof();
    let derived = revisions.inferences().iter().any(|i| matches!(i, Inference::Figure { .. }));
    assert!(derived && revisions.uses_inference());
    // In another reading of the text the dismissal is about this claim too.
    let perhaps = r.graph.view().contests(r.k(17)).unwrap().proof();
    assert!(
        perhaps.inferences().iter().any(|i| matches!(i, Inference::Target { .. })),
        "{perhaps}"
    );
    let filtered = r
        .graph
        .view()
        .excluding_source(r.nis)
        .statement(r.north_korea, PRESENT_IN, r.russia)
        .backing()
        .proof();
    assert!(
        filtered.to_string().contains("read through the filter {\"excluding_source\""),
        "{filtered}"
    );
}

#[test]
fn a_proof_of_a_later_version_is_refused() {
    let r = report::build().unwrap();
    let json = bytes(&r.graph.contested().proof());
    let later = json.replacen("\"proof\":1", "\"proof\":2", 1);
    let refused = serde_json::from_str::<ProofRecord>(&later).unwrap_err().to_string();
    assert!(refused.contains("a proof of version 2; this release reads up to 1"), "{refused}");
    let unknown = json.replacen("\"proof\":1", "\"proof\":1,\"more\":1", 1);
    assert!(serde_json::from_str::<ProofRecord>(&unknown).is_err());
}

// ----- random graphs

const OF_WORLDS: [(&str, &str, &str); 3] = [
    ("alta", "present-in", "brena"),
    ("alta", "deploys-to", "city"),
    ("brena", "allied-with", "alta"),
];

fn config(cases: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    let rng_seed = match given.rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_241_024),
        fixed => fixed,
    };
    ProptestConfig {
        cases,
        rng_seed,
        failure_persistence: None,
        max_shrink_iters: 500,
        max_shrink_time: 5_000,
        ..given
    }
}

/// The claims in another order, each after those it answers.
fn shuffled(world: &World, weights: &[u32]) -> Vec<usize> {
    let built = world.build();
    let mut left: Vec<usize> = built.rows.iter().map(|row| row.spec).collect();
    let mut order: Vec<usize> = Vec::new();
    while !left.is_empty() {
        let ready =
            |spec: &usize| built.row(*spec).unwrap().targets.iter().all(|(t, _)| order.contains(t));
        let next =
            left.iter().copied().filter(ready).min_by_key(|spec| weights.get(*spec)).unwrap();
        left.retain(|spec| *spec != next);
        order.push(next);
    }
    order
}

/// The first of equal claims only, without links, because their ends would tell equal claims apart.
fn distinct(mut world: World) -> World {
    let built = world.build();
    let mut seen = BTreeSet::new();
    let twin = built.rows.iter().any(|row| !seen.insert(built.graph.claim_key(row.id).unwrap()));
    if twin {
        world.claims.truncate(1);
        world.links.clear();
        world.lineages.clear();
    }
    world
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn a_proof_alone_gives_the_same_answer(world in worlds(5..25), pick in any::<prop::sample::Index>(), day in 18u8..30, narrow in 0u8..4) {
        let world = distinct(world);
        let built = world.build();
        let graph = &built.graph;
        prop_assume!(!graph.is_empty());
        let claim = built.rows[pick.index(built.rows.len())].id;
        let key = graph.claim_key(claim).unwrap().to_string();
        let view = match narrow {
            0 => graph.view(),
            1 => graph.view().as_of(crate::support::brute::day(day)),
            2 => graph.view().excluding_source(built.entities[pick.index(ENTITIES)]),
            _ => graph.view().including_retracted(),
        };
        let filter = view.filter();
        for question in questions(&OF_WORLDS, &[key]) {
            check(graph, &filter, &question)?;
        }
    }

    #[test]
    fn the_bytes_do_not_depend_on_the_order_of_insertion(
        world in worlds(5..25), weights in prop::collection::vec(any::<u32>(), 28),
        entities in Just((0..ENTITIES + 2).collect::<Vec<_>>()).prop_shuffle(),
        turn in any::<bool>(),
    ) {
        let world = distinct(world);
        let first = world.build();
        let mut other = world.clone();
        if turn {
            other.affiliations.reverse();
            other.lineages.reverse();
        }
        let second = other.build_in(&shuffled(&world, &weights), &entities);
        prop_assume!(!first.graph.is_empty() && first.graph.to_jsonl() == second.graph.to_jsonl());
        let key = first.graph.claim_key(first.rows[0].id).unwrap().to_string();
        for question in questions(&OF_WORLDS, &[key]) {
            let (one, two) = ((question.ask)(&first.graph.view()), (question.ask)(&second.graph.view()));
            let shown = |answer: Answered<'_>| answer.map(|(text, proof)| (text, proof.to_string(), bytes(&proof)));
            prop_assert_eq!(shown(one), shown(two), "{}", question.name);
        }
    }
}
