//! Whatever is refused says where and why, and leaves the graph as it was.

#![allow(clippy::reversed_empty_ranges)] // spans that end before they start are what is refused

use claimgraph::{
    Claim, ClaimGraph, ClaimId, Document, Entity, EntityId, Error, Id, Period, Quantity, Stance,
    Statement,
    claim::{Bearing, Derivation, Link, NotStated, Polarity, implicit},
    date,
    entity::{Affiliation, AffiliationKind, Name},
    error::{ErrorKind, FieldPath},
    record,
    record::Loader,
    reporting::*,
    sources::Lineage,
    vocabulary::{Any, KindDef, RelationDef, RoleDef, Slot, UnitDef, Vocabulary},
};
use petgraph::visit::{
    Bfs, IntoEdges, IntoNeighbors, IntoNeighborsDirected, NodeIndexable, VisitMap, Visitable,
    Walker,
};

claimgraph::vocabulary! {
    /// A vocabulary that the graphs below do not have.
    pub fn football;
    kind Club: Actor, Source, Thing;
    role FEE = "fee": claimgraph::vocabulary::Number;
    role COACH = "coach": Person;
    relation SIGNS = "signs": Club => Actor, roles [FEE];
}

const DAY: claimgraph::Date = date(2024, 10, 24);

struct World {
    graph: ClaimGraph,
    /// "Süd", 4 bytes; of which byte 2 lies inside a character.
    article: Id<Document>,
    undated: Id<Document>,
    nk: Id<State>,
    russia: Id<State>,
    nis: Id<Agency>,
    austin: Id<Person>,
    city: Id<City>,
    sent: ClaimId,
    counted: ClaimId,
}

fn world() -> World {
    let mut graph = ClaimGraph::new();
    let article =
        graph.add_document("article", Document::dated(DAY).with_text("S\u{fc}d")).unwrap();
    let undated = graph.add_document("undated", Document::undated().of_length(100)).unwrap();
    let (nk, russia) = (
        graph.add(State, "nk").unwrap(),
        graph.add(State, Entity::new("russia").named("Russia")).unwrap(),
    );
    let (nis, austin) = (graph.add(Agency, "nis").unwrap(), graph.add(Person, "austin").unwrap());
    let city = graph.add(City, "city").unwrap();
    let sent = graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(DAY)).unwrap();
    let counted = Claim::by(nis)
        .asserts(nk, DEPLOYS_TO, russia)
        .quantity(Quantity::stated(3_000, "soldiers"))
        .read_in(article, 0..3);
    let counted = graph.insert(counted).unwrap();
    graph.insert(Claim::by(russia).dismisses(sent).reported(DAY)).unwrap();
    graph.insert(Claim::by(austin).confirms(sent).reported(DAY)).unwrap();
    graph.add_lineage(Lineage::new(austin, nis)).unwrap();
    graph.add_affiliation(Affiliation::located_in(city, russia)).unwrap();
    World { graph, article, undated, nk, russia, nis, austin, city, sent, counted }
}

/// Handles far out of the range of [`world`].
struct Foreign {
    state: Id<State>,
    document: Id<Document>,
    claim: ClaimId,
    lineage: claimgraph::sources::LineageId,
    affiliation: claimgraph::entity::AffiliationId,
    relation: claimgraph::Relation<Any, Any>,
    role: claimgraph::Role<Any>,
}

fn foreign() -> Foreign {
    let mut graph = ClaimGraph::new();
    let mut vocabulary = Vocabulary::new();
    for number in 0..200 {
        vocabulary.add_role(RoleDef::new(format!("role-{number}"), Slot::Any)).unwrap();
        vocabulary
            .add_relation(RelationDef::new(format!("relation-{number}"), Slot::Any, Slot::Any))
            .unwrap();
    }
    graph.extend_vocabulary(&vocabulary).unwrap();
    let states: Vec<Id<State>> =
        (0..50).map(|i| graph.add(State, format!("s{i}")).unwrap()).collect();
    let document = graph.add_document("far", DAY).unwrap();
    let claims: Vec<ClaimId> = states
        .iter()
        .map(|&s| graph.insert(Claim::by(s).asserts(s, MEETS, states[0]).reported(DAY)).unwrap())
        .collect();
    let lineage = states
        .windows(2)
        .map(|pair| graph.add_lineage(Lineage::new(pair[0], pair[1])).unwrap())
        .last()
        .unwrap();
    let affiliation = states
        .windows(2)
        .map(|pair| graph.add_affiliation(Affiliation::part_of(pair[0], pair[1])).unwrap())
        .last()
        .unwrap();
    Foreign {
        state: states[49],
        document,
        claim: claims[49],
        lineage,
        affiliation,
        relation: graph.relation("relation-199").unwrap(),
        role: graph.role("role-199").unwrap(),
    }
}

/// Runs what must be refused, and checks part, kind and that nothing changed.
macro_rules! refuses {
    ($graph:expr, $part:expr, $kind:pat $(if $guard:expr)?, |$g:ident| $act:expr) => {{
        let before = $graph.to_jsonl();
        let outcome = {
            let $g = &mut $graph;
            $act.map(|_| ())
        };
        let error: Error = match outcome {
            Ok(()) => panic!("accepted, and should be refused: {}", stringify!($act)),
            Err(error) => error,
        };
        let part: Option<FieldPath> = $part.into();
        assert_eq!(error.part(), part.as_ref(), "{error} in {}", stringify!($act));
        assert!(matches!(error.kind(), $kind $(if $guard)?), "{error:?} in {}", stringify!($act));
        assert_eq!($graph.to_jsonl(), before, "a refusal changed the graph: {}", stringify!($act));
        assert!(error.to_string().len() < 500, "{error}");
    }};
}

/// The same for a claim; also, that `check` begins with the error that `insert` gives.
macro_rules! refuses_claim {
    ($graph:expr, $part:expr, $kind:pat $(if $guard:expr)?, $claim:expr) => {{
        let claim: Claim = $claim;
        refuses!($graph, $part, $kind $(if $guard)?, |g| g.insert(claim.clone()));
        let first = $graph.insert(claim.clone()).unwrap_err();
        assert_eq!($graph.check(&claim).first(), Some(&first));
    }};
}

#[test]
fn insert_refuses_speakers_that_cannot_speak() {
    let (mut w, far) = (world(), foreign());
    let (nk, russia, nis) = (w.nk, w.russia, w.nis);
    let treaty = w.graph.add(Treaty, "treaty").unwrap().id();
    refuses_claim!(
        w.graph,
        FieldPath::Speaker(0),
        ErrorKind::Unknown { what: "entity", .. },
        Claim::by(far.state).asserts(nk, DEPLOYS_TO, russia).reported(DAY)
    );
    refuses_claim!(w.graph, FieldPath::Speaker(0), ErrorKind::WrongKind { found, .. } if found == "Treaty",
        Claim::by(treaty).asserts(nk, DEPLOYS_TO, russia).reported(DAY));
    refuses_claim!(
        w.graph,
        FieldPath::Speaker(1),
        ErrorKind::WrongKind { .. },
        Claim::by(nis).relayed_by(treaty).asserts(nk, DEPLOYS_TO, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Speaker(2),
        ErrorKind::Unknown { .. },
        Claim::by(nis)
            .relayed_by(NotStated)
            .relayed_by(far.state)
            .asserts(nk, DEPLOYS_TO, russia)
            .reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Speaker(0),
        ErrorKind::WrongTerm { .. },
        Claim::by(Any).asserts(nk, DEPLOYS_TO, russia).reported(DAY)
    );
}

#[test]
fn insert_refuses_documents_that_cannot_be_read() {
    let (mut w, far) = (world(), foreign());
    let (nk, russia, nis) = (w.nk, w.russia, w.nis);
    let unread = w.graph.add(Document::undated(), "unread").unwrap();
    let claim = || Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(DAY);
    refuses_claim!(
        w.graph,
        FieldPath::Document,
        ErrorKind::Unknown { what: "entity", .. },
        claim().read_in(far.document, ..)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Document,
        ErrorKind::WrongKind { .. },
        claim().read_in(nk.id(), ..)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Document,
        ErrorKind::NotReadable { .. },
        claim().read_in(unread, ..)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Document,
        ErrorKind::WrongTerm { .. },
        claim().read_in(Any, ..)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Document,
        ErrorKind::WrongTerm { .. },
        claim().read_in(NotStated, ..)
    );
}

#[test]
fn insert_refuses_ends_that_do_not_fit() {
    let (mut w, far) = (world(), foreign());
    let (nk, russia, nis, austin, sent) = (w.nk, w.russia, w.nis, w.austin, w.sent);
    let by = || Claim::by(nis);
    let deploys = w.graph.relation("deploys-to").unwrap();
    refuses_claim!(
        w.graph,
        FieldPath::Subject,
        ErrorKind::Unknown { .. },
        by().asserts(far.state, DEPLOYS_TO, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::Unknown { .. },
        by().asserts(nk, DEPLOYS_TO, far.state).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Subject,
        ErrorKind::WrongKind { .. },
        by().asserts(austin.id(), TREATY_WITH, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::WrongKind { .. },
        by().asserts(nk, DEPLOYS_TO, austin.id()).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Subject,
        ErrorKind::WrongTerm { found: "a text", .. },
        by().asserts("nk", deploys, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::WrongTerm { found: "a claim", .. },
        by().asserts(nk, deploys, sent).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::WrongTerm { .. },
        by().asserts(nk, deploys, ()).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::WrongTerm { .. },
        by().asserts(nk, deploys, Quantity::stated(1, "people")).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::WrongTerm { .. },
        by().asserts(nk, deploys, Statement::new(nk, DEPLOYS_TO, russia)).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Subject,
        ErrorKind::Wildcard,
        by().asserts(Any, DEPLOYS_TO, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::Wildcard,
        by().asserts(nk, DEPLOYS_TO, implicit(Any)).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::Unknown { what: "claim", .. },
        by().asserts(nis, DETECTS, far.claim).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Relation,
        ErrorKind::Unknown { what: "relation", .. },
        by().asserts(nk.id(), SIGNS, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Relation,
        ErrorKind::Unknown { what: "relation", .. },
        by().asserts(nk, far.relation, russia).reported(DAY)
    );
    // In an answer's own statement too.
    refuses_claim!(
        w.graph,
        FieldPath::Subject,
        ErrorKind::Wildcard,
        by().confirms(sent).restating(Any, DEPLOYS_TO, russia).reported(DAY)
    );
}

#[test]
fn insert_refuses_roles_that_are_not_taken() {
    let (mut w, far) = (world(), foreign());
    let (nk, russia, nis, sent) = (w.nk, w.russia, w.nis, w.sent);
    let role = |key: &str| FieldPath::Role(key.to_owned());
    let claim = || Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(DAY);
    let mut vocabulary = Vocabulary::new();
    vocabulary
        .add_role(RoleDef { at_most: Some(1), general: true, ..RoleDef::new("speed", Slot::Text) })
        .unwrap();
    w.graph.extend_vocabulary(&vocabulary).unwrap();
    let speed = w.graph.role("speed").unwrap();
    refuses_claim!(
        w.graph,
        role("speed"),
        ErrorKind::TooManyValues { found: 2, at_most: 1 },
        claim().with(speed, "fast").with(speed, "slow")
    );
    refuses_claim!(
        w.graph,
        role("fee"),
        ErrorKind::Unknown { what: "role", .. },
        claim().with(FEE, Quantity::stated(1, "euros"))
    );
    refuses_claim!(
        w.graph,
        role("urgency"),
        ErrorKind::RoleNotTaken { .. },
        claim().with(URGENCY, "at once")
    );
    refuses_claim!(
        w.graph,
        role("urgency"),
        ErrorKind::RoleNotTaken { .. },
        Claim::by(nis).confirms(sent).with(URGENCY, "at once").reported(DAY)
    );
    refuses_claim!(
        w.graph,
        role("spoken-in"),
        ErrorKind::WrongKind { .. },
        claim().with(SPOKEN_IN, nis.id())
    );
    refuses_claim!(
        w.graph,
        role("spoken-in"),
        ErrorKind::Unknown { .. },
        claim().with(SPOKEN_IN, far.state)
    );
    refuses_claim!(w.graph, role("spoken-in"), ErrorKind::Wildcard, claim().with(SPOKEN_IN, Any));
    refuses_claim!(
        w.graph,
        role("part-of"),
        ErrorKind::Unknown { what: "claim", .. },
        claim().with(PART_OF, far.claim)
    );
    let manner = w.graph.role("manner").unwrap();
    refuses_claim!(w.graph, role("manner"), ErrorKind::WrongTerm { .. }, claim().with(manner, nk));
    refuses_claim!(
        w.graph,
        role("about"),
        ErrorKind::InvertedQuantity,
        claim().with(ABOUT, Quantity::between(2, 1, "people"))
    );
    let inner = Statement::new(russia, COOPERATES_WITH, nk);
    let nested = Statement::new(russia, COOPERATES_WITH, nk).with(CONDITION, inner);
    refuses_claim!(
        w.graph,
        role("condition"),
        ErrorKind::NestedStatement,
        claim().with(CONDITION, nested)
    );
    let elsewhere = Statement::new(far.state, COOPERATES_WITH, nk);
    refuses_claim!(
        w.graph,
        FieldPath::Subject,
        ErrorKind::Unknown { .. },
        claim().with(CONDITION, elsewhere)
    );
    // A role handle of another graph.
    let before = w.graph.to_jsonl();
    let error = w.graph.insert(claim().with(far.role, "x")).unwrap_err();
    assert!(
        matches!(
            (error.part(), error.kind()),
            (Some(FieldPath::Role(_)), ErrorKind::Unknown { what: "role", .. })
        ),
        "{error}"
    );
    assert_eq!(w.graph.to_jsonl(), before);
}

#[test]
fn insert_refuses_targets_that_cannot_be_answered() {
    let (mut w, far) = (world(), foreign());
    let (russia, nis, sent) = (w.russia, w.nis, w.sent);
    let next = w.graph.clone().insert(Claim::by(russia).dismisses(sent).reported(DAY)).unwrap();
    refuses_claim!(
        w.graph,
        FieldPath::Target(0),
        ErrorKind::Unknown { what: "claim", .. },
        Claim::by(nis).confirms(far.claim).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Target(1),
        ErrorKind::Unknown { .. },
        Claim::by(nis).confirms([sent, far.claim]).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Target(1),
        ErrorKind::Unknown { .. },
        Claim::by(nis).confirms(sent).possibly_responding_to(far.claim).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Target(0),
        ErrorKind::AnswersItself,
        Claim::by(nis).confirms(next).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Target(0),
        ErrorKind::NotOwnClaim,
        Claim::by(russia).retracts(sent).reported(DAY)
    );
}

#[test]
fn insert_refuses_stances_without_what_they_need_or_with_what_they_do_not_take() {
    let mut w = world();
    let (nk, russia, nis, sent) = (w.nk, w.russia, w.nis, w.sent);
    let by = || Claim::by(nis);
    refuses_claim!(
        w.graph,
        FieldPath::Stance,
        ErrorKind::NotTaken { stance: Stance::Dismisses, .. },
        by().dismisses(sent).restating(nk, DEPLOYS_TO, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Stance,
        ErrorKind::NotTaken { stance: Stance::Asserts, .. },
        by().asserts(nk, DEPLOYS_TO, russia).responding_to(sent).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Stance,
        ErrorKind::NotTaken { .. },
        by().asserts(nk, DEPLOYS_TO, russia).factor(2).reported(DAY)
    );
    for empty in [
        by().dismisses([]),
        by().revises([]),
        by().retracts([]),
        by().confirms([]),
        by().acknowledges([]),
        by().doubts([]),
    ] {
        refuses_claim!(w.graph, FieldPath::Stance, ErrorKind::Missing { .. }, empty.reported(DAY));
    }
    // What the typed verbs cannot say, a record can.
    let statement = records::StatementRecord {
        subject: records::TermRecord { entity: Some("nk".into()), ..Default::default() },
        relation: "deploys-to".into(),
        object: Some(records::TermRecord { entity: Some("russia".into()), ..Default::default() }),
        roles: Vec::new(),
    };
    let record = |stance, polarity, statement, target: Option<&str>| {
        let json =
            format!(r#"{{"stance":"asserts","speakers":[{{"source":"nis"}}],"reported":"{DAY}"}}"#);
        let mut record: records::ClaimRecord = serde_json::from_str(&json).unwrap();
        (record.stance, record.polarity, record.statement) = (stance, polarity, statement);
        record.targets.extend(target.map(|id| records::TargetRecord {
            claim: id.into(),
            basis: claimgraph::claim::Basis::Stated,
        }));
        record
    };
    let mut loader = Loader::onto(w.graph.clone());
    let mut first = record(Stance::Asserts, None, Some(statement.clone()), None);
    first.id = Some("first".into());
    loader.push_claim(first).unwrap();
    let before = loader.graph().to_jsonl();
    let refused = [
        record(Stance::Denies, None, None, Some("first")),
        record(Stance::Assesses, None, Some(statement.clone()), None),
        record(Stance::Asserts, Some(Polarity::Positive), Some(statement.clone()), None),
        record(Stance::Demands, None, None, None),
    ];
    for claim in refused {
        let error = loader.push_claim(claim).unwrap_err();
        assert_eq!(error.part(), Some(&FieldPath::Stance), "{error}");
        assert!(
            matches!(error.kind(), ErrorKind::Missing { .. } | ErrorKind::NotTaken { .. }),
            "{error}"
        );
        assert_eq!(loader.graph().to_jsonl(), before);
    }
}

#[test]
fn insert_refuses_figures_and_times_that_cannot_be() {
    let mut w = world();
    let (nk, russia, nis, sent, article) = (w.nk, w.russia, w.nis, w.sent, w.article);
    let claim = || Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(DAY);
    refuses_claim!(
        w.graph,
        FieldPath::Quantity,
        ErrorKind::InvertedQuantity,
        claim().quantity(Quantity::between(5, 1, "soldiers"))
    );
    for count in [
        Quantity::stated(-1, "soldiers"),
        Quantity::more_than(-5, "troops"),
        Quantity::about(3, "soldier").bounded(-1, 5),
    ] {
        refuses_claim!(
            w.graph,
            FieldPath::Quantity,
            ErrorKind::NegativeCount { .. },
            claim().quantity(count)
        );
    }
    for factor in [0, -2] {
        refuses_claim!(
            w.graph,
            FieldPath::Quantity,
            ErrorKind::BadFactor,
            Claim::by(nis).revises(sent).factor(factor).reported(DAY)
        );
    }
    refuses_claim!(w.graph, FieldPath::Valid, ErrorKind::BadPeriod(_), claim().valid("some time"));
    refuses_claim!(
        w.graph,
        FieldPath::Valid,
        ErrorKind::InvertedPeriod,
        claim().valid(Period::throughout(date(2024, 2, 1)..=date(2024, 1, 1)))
    );
    refuses_claim!(
        w.graph,
        FieldPath::Valid,
        ErrorKind::InvertedPeriod,
        claim().valid(date(2024, 2, 1)..date(2024, 1, 1))
    );
    refuses_claim!(
        w.graph,
        FieldPath::Valid,
        ErrorKind::AfterReport { .. },
        claim().valid(date(2024, 10, 25))
    );
    refuses_claim!(
        w.graph,
        FieldPath::Said,
        ErrorKind::SaidAfterReport { .. },
        claim().said(date(2024, 10, 25))
    );
    refuses_claim!(
        w.graph,
        FieldPath::Said,
        ErrorKind::SaidAfterReport { .. },
        Claim::by(nis)
            .asserts(nk, DEPLOYS_TO, russia)
            .read_in(article, ..)
            .said(date(2024, 10, 25))
    );
    refuses_claim!(
        w.graph,
        FieldPath::Reported,
        ErrorKind::NoReportDate,
        Claim::by(nis).asserts(nk, DEPLOYS_TO, russia)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Reported,
        ErrorKind::NoReportDate,
        Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).read_in(w.undated, ..)
    );
}

#[test]
fn insert_refuses_spans_that_are_no_stretch_of_the_document() {
    let mut w = world();
    let (nk, russia, nis, article, undated) = (w.nk, w.russia, w.nis, w.article, w.undated);
    let claim = || Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(DAY);
    refuses_claim!(
        w.graph,
        FieldPath::Quotation,
        ErrorKind::InvertedSpan { start: 3, end: 1 },
        claim().read_in(article, 3..1)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Quotation,
        ErrorKind::SpanOutside { end: 5, length: 4 },
        claim().read_in(article, 0..5)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Quotation,
        ErrorKind::SpanOutside { .. },
        claim().read_in(undated, 101..101)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Quotation,
        ErrorKind::SpanOutside { .. },
        claim().read_in(undated, 0..usize::MAX)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Quotation,
        ErrorKind::SpanSplitsCharacter { at: 2 },
        claim().read_in(article, 0..2)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Quotation,
        ErrorKind::SpanSplitsCharacter { at: 2 },
        claim().read_in(article, 2..4)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Cue,
        ErrorKind::InvertedSpan { .. },
        claim().read_in(article, ..).cue("says", 3..1)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Cue,
        ErrorKind::SpanOutside { .. },
        claim().read_in(article, ..).cue("says", 0..5)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Cue,
        ErrorKind::SpanSplitsCharacter { .. },
        claim().read_in(article, ..).cue("says", 0..2)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Cue,
        ErrorKind::SpanWithoutDocument,
        claim().cue("says", 0..1)
    );
}

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
        FieldPath::Quantity, // the factor is nought
        FieldPath::Valid,
        FieldPath::Said,
        FieldPath::Quotation,
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

/// An inverted period is inverted whenever it was reported.
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
                .positions(claim)
                .unwrap()
                .iter()
                .map(|p| (p.claim().id(), p.bearing()))
                .collect::<Vec<(ClaimId, Bearing)>>()
        };
        let answers: Vec<Vec<ClaimId>> =
            graph.claims().map(|c| c.answers().map(|a| a.id()).collect()).collect();
        let arcs = graph.view().to_petgraph();
        (
            (graph.to_jsonl(), graph.len(), answers),
            (
                positions(w.sent),
                positions(w.counted),
                graph.contested().claims(),
                graph.contests(sent).unwrap().len(),
            ),
            graph
                .entities()
                .map(|e| (graph.about(e.id()).claims(), graph.view().edges(e.id()).count()))
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

    // The numbers that were taken back are given again, to the same effect as without the failure.
    let good = batch(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(DAY));
    let mut fresh = world().graph;
    assert_eq!(w.graph.insert_all(good.clone()).unwrap(), fresh.insert_all(good).unwrap());
    assert_eq!(say(&w.graph), say(&fresh));
    assert!(w.graph.view().is_retracted(sent));
}

#[test]
fn add_refuses_keys_that_are_taken_or_are_none() {
    let mut w = world();
    refuses!(w.graph, FieldPath::Key, ErrorKind::KeyTaken { found, .. } if found == "State", |g| g.add(Person, "russia"));
    refuses!(w.graph, FieldPath::Key, ErrorKind::KeyTaken { .. }, |g| g
        .add_untyped("Person", Entity::new("russia").named("Russell")));
    refuses!(w.graph, FieldPath::Key, ErrorKind::KeyTaken { .. }, |g| g
        .add_untyped("Document", "article"));
    refuses!(w.graph, FieldPath::Key, ErrorKind::Unknown { what: "kind", .. }, |g| g
        .add(Club, "club"));
    refuses!(w.graph, FieldPath::Key, ErrorKind::Unknown { what: "kind", .. }, |g| g
        .add_untyped("Spaceship", "x"));
    for key in [
        "",
        " ",
        " x",
        "x ",
        "a\nb",
        "a\0b",
        "\u{85}",
        "a\u{9b}b",
        &"x".repeat(513),
        &"\u{fc}".repeat(257),
    ] {
        refuses!(w.graph, FieldPath::Key, ErrorKind::BadText { .. }, |g| g.add(State, key));
        refuses!(w.graph, FieldPath::Key, ErrorKind::BadText { .. }, |g| g.add_document(key, DAY));
    }
    for name in ["", "  ", "\n\t", "\u{3000}"] {
        refuses!(w.graph, FieldPath::Name, ErrorKind::BadText { .. }, |g| g
            .add(State, Entity::new("new").named("New").alias(name)));
        refuses!(w.graph, FieldPath::Name, ErrorKind::BadText { .. }, |g| g
            .add(State, Entity::new("nk").named("North").alias(name)));
        refuses!(w.graph, FieldPath::Name, ErrorKind::BadText { .. }, |g| g
            .add_name(w.russia, name));
    }
    let far = foreign();
    refuses!(w.graph, FieldPath::Name, ErrorKind::Unknown { what: "entity", .. }, |g| g
        .add_name(far.state, "name"));
    refuses!(w.graph, FieldPath::Name, ErrorKind::Unknown { .. }, |g| g
        .add_name(far.state.id(), Name::former("name")));
    assert_eq!(w.graph.add(State, "russia").unwrap(), w.russia, "the same once more is no fault");
    assert_eq!(w.graph.add(State, "x".repeat(512)).map(|_| ()), Ok(()));
}

#[test]
fn add_document_refuses_what_contradicts_itself_or_what_is_known() {
    let (mut w, far) = (world(), foreign());
    refuses!(w.graph, FieldPath::Key, ErrorKind::KeyTaken { found, .. } if found == "State", |g| g.add_document("nk", DAY));
    refuses!(w.graph, FieldPath::Key, ErrorKind::KeyTaken { .. }, |g| g
        .add_document("article", date(2024, 10, 25)));
    refuses!(w.graph, FieldPath::Key, ErrorKind::KeyTaken { .. }, |g| g
        .add_document("undated", Document::undated().of_length(101)));
    refuses!(w.graph, FieldPath::Document, ErrorKind::Unknown { what: "entity", .. }, |g| g
        .add_document("d", Document::dated(DAY).published_by(far.state)));
    refuses!(w.graph, FieldPath::Document, ErrorKind::WrongKind { .. }, |g| g
        .add_document("d", Document::dated(DAY).published_by(w.city)));
    for digest in ["", "abc", &"g".repeat(64), &"a".repeat(65), "\u{202e}"] {
        refuses!(w.graph, FieldPath::Document, ErrorKind::BadText { .. }, |g| g
            .add_document("d", Document::dated(DAY).with_digest(digest)));
    }
    refuses!(w.graph, FieldPath::Document, ErrorKind::WrongText { .. }, |g| g
        .add_document("d", Document::dated(DAY).with_digest("a".repeat(64)).with_text("text")));
    refuses!(w.graph, FieldPath::Document, ErrorKind::WrongText { .. }, |g| g
        .add_document("d", Document::dated(DAY).of_length(5).with_text("text")));
    refuses!(w.graph, FieldPath::Key, ErrorKind::WrongKind { .. }, |g| g
        .add_document_untyped("Person", "d", DAY));
    refuses!(w.graph, FieldPath::Key, ErrorKind::Unknown { what: "kind", .. }, |g| g
        .add_document_untyped("Spaceship", "d", DAY));
    refuses!(w.graph, FieldPath::Name, ErrorKind::BadText { .. }, |g| g
        .add_document(Entity::new("d").named(" "), DAY));
    assert_eq!(
        w.graph.add_document("undated", Document::undated().of_length(100)).unwrap(),
        w.undated
    );
}

/// A document whose text was attached later is the same document when it is added again.
#[test]
fn add_document_knows_a_document_again() {
    let mut w = world();
    let again = w.graph.add_document("article", Document::dated(DAY).with_text("S\u{fc}d"));
    assert_eq!(again.unwrap(), w.article);
}

#[test]
fn add_lineage_refuses_what_is_unknown_and_circles() {
    let (mut w, far) = (world(), foreign());
    let (nk, nis, austin, city) = (w.nk, w.nis, w.austin, w.city);
    let lineage = || Lineage::new(nk, nis);
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Unknown { .. }, |g| g
        .add_lineage(Lineage::new(far.state, nis)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Unknown { .. }, |g| g
        .add_lineage(Lineage::new(nis, far.state)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::WrongKind { .. }, |g| g
        .add_lineage(Lineage::new(city, nis)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::WrongKind { .. }, |g| g
        .add_lineage(Lineage::new(nis, city)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Unknown { .. }, |g| g
        .add_lineage(lineage().within(far.document)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::WrongKind { .. }, |g| g
        .add_lineage(lineage().within(nk)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Unknown { what: "claim", .. }, |g| g
        .add_lineage(lineage().for_claims([w.sent, far.claim])));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Unknown { what: "claim", .. }, |g| g
        .add_lineage(lineage().stated_by(far.claim)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Circle { through } if through == &["nk", "nk"], |g| g.add_lineage(Lineage::new(nk, nk)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Circle { through } if through.len() == 3, |g| g.add_lineage(Lineage::new(nis, austin)));
    w.graph.add_lineage(lineage().within(w.article)).unwrap();
    w.graph.add_lineage(Lineage::new(w.russia, nk)).unwrap();
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Circle { through } if through.len() == 4 && through[0] == through[3],
        |g| g.add_lineage(Lineage::new(nis, w.russia)));
}

#[test]
fn add_affiliation_refuses_what_is_unknown_inverted_and_circles() {
    let (mut w, far) = (world(), foreign());
    let (nk, russia, nis, city) = (w.nk, w.russia, w.nis, w.city);
    for kind in [
        AffiliationKind::PartOf,
        AffiliationKind::LocatedIn,
        AffiliationKind::MemberOf,
        AffiliationKind::HoldsOffice,
    ] {
        refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Unknown { .. }, |g| g
            .add_affiliation(Affiliation::new(far.state, kind, nk)));
        refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Unknown { .. }, |g| g
            .add_affiliation(Affiliation::new(nk, kind, far.state)));
    }
    let part = || Affiliation::part_of(nis, nk);
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Unknown { .. }, |g| g
        .add_affiliation(part().read_in(far.document)));
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::WrongKind { .. }, |g| g
        .add_affiliation(part().read_in(nk)));
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::InvertedPeriod, |g| g
        .add_affiliation(part().valid(Period::throughout(date(2024, 2, 1)..=date(2024, 1, 1)))));
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Circle { .. }, |g| g
        .add_affiliation(Affiliation::part_of(nk, nk)));
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Circle { .. }, |g| g
        .add_affiliation(Affiliation::located_in(russia, city)));
    w.graph.add_affiliation(Affiliation::located_in(russia, nk)).unwrap();
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Circle { through } if through.len() == 4,
        |g| g.add_affiliation(Affiliation::located_in(nk, city)));
    // The other kind of containment closes no circle with it.
    assert!(w.graph.add_affiliation(Affiliation::part_of(nk, city)).is_ok());
}

#[test]
fn link_refuses_what_is_unknown_and_a_claim_with_itself() {
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
        .expect_err("a claim is no text");
    assert!(
        matches!(error.kind(), claimgraph::format::ReadErrorKind::Refused(refused) if refused.is_wrong_kind()),
        "{error}"
    );
}

#[test]
fn derive_refuses_what_is_unknown_and_what_is_no_figure() {
    let (mut w, far) = (world(), foreign());
    let figure = |quantity: Quantity| Derivation::new(quantity, "1 + 1", [w.counted]);
    let fine = || figure(Quantity::stated(2, "soldiers"));
    refuses!(w.graph, FieldPath::Derivation, ErrorKind::Unknown { what: "claim", .. }, |g| g
        .derive(far.claim, fine()));
    refuses!(w.graph, FieldPath::Derivation, ErrorKind::Unknown { what: "claim", .. }, |g| g
        .derive(
            w.sent,
            Derivation::new(Quantity::stated(2, "soldiers"), "1 + 1", [w.counted, far.claim])
        ));
    refuses!(w.graph, FieldPath::Derivation, ErrorKind::InvertedQuantity, |g| g
        .derive(w.sent, figure(Quantity::between(2, 1, "soldiers"))));
    refuses!(w.graph, FieldPath::Derivation, ErrorKind::NegativeCount { .. }, |g| g
        .derive(w.sent, figure(Quantity::stated(-2, "troops"))));
    refuses!(w.graph, FieldPath::Derivation, ErrorKind::WrongTerm { .. }, |g| g
        .derive(w.counted, fine()));
    assert_eq!(w.graph.derive(w.sent, fine()), Ok(()));
}

#[test]
fn extend_vocabulary_refuses_other_meanings_and_adds_nothing_then() {
    let mut w = world();
    let fresh = |vocabulary: &mut Vocabulary| {
        vocabulary.add_kind(KindDef::new("Planet", ["Place", "Thing"])).unwrap();
        vocabulary.add_role(RoleDef::new("orbit", Slot::Text)).unwrap();
        vocabulary
            .add_relation(RelationDef::new("orbits", Slot::Kind("Planet".into()), Slot::Any))
            .unwrap();
        vocabulary.add_unit(UnitDef::measure("parsecs", ["parsec"])).unwrap();
    };
    type Change = fn(&mut Vocabulary) -> Result<(), Error>;
    let changes: [Change; 7] = [
        |v| v.add_kind(KindDef::new("State", ["Thing"])),
        |v| v.add_role(RoleDef::new("urgency", Slot::Any)),
        |v| v.add_role(RoleDef { at_most: Some(2), ..RoleDef::new("treaty", Slot::Text) }),
        |v| v.add_relation(RelationDef::new("meets", Slot::Any, Slot::Any)),
        |v| v.add_unit(UnitDef::measure("soldiers", [])),
        |v| v.add_unit(UnitDef::count("brigades", ["troops"])),
        |v| v.add_unit(UnitDef::count("troop", [])),
    ];
    for change in changes {
        let mut vocabulary = Vocabulary::new();
        fresh(&mut vocabulary);
        change(&mut vocabulary).unwrap();
        let before = w.graph.vocabulary().clone();
        refuses!(w.graph, FieldPath::Vocabulary, ErrorKind::Redeclared { .. }, |g| g
            .extend_vocabulary(&vocabulary));
        assert_eq!(w.graph.vocabulary(), &before);
        assert!(
            w.graph.relation("orbits").is_err() && w.graph.add_untyped("Planet", "mars").is_err()
        );
        assert!(
            ClaimGraph::with(w.graph.vocabulary()).unwrap().extend_vocabulary(&vocabulary).is_err()
        );
    }
    let same = w.graph.vocabulary().clone();
    assert_eq!(w.graph.extend_vocabulary(&same), Ok(()));
}

#[test]
fn a_vocabulary_refuses_definitions_that_cannot_be() {
    let mut vocabulary = claimgraph::reporting::vocabulary();
    let kind = |key: &str| Slot::Kind(key.to_owned());
    let relation =
        |key: &str| RelationDef::new(key, Slot::Kind("Actor".into()), Slot::Kind("Place".into()));
    let wire = |vocabulary: &Vocabulary| serde_json::to_string(vocabulary).unwrap();
    let before = wire(&vocabulary);
    let refused = [
        vocabulary.add_kind(KindDef::new("Moon", ["Planet"])),
        vocabulary.add_kind(KindDef::new("Moon", ["State"])), // and so an Actor, which is not listed
        vocabulary.add_kind(KindDef::new("", ["Thing"])),
        vocabulary.add_role(RoleDef::new("orbit", kind("Planet"))),
        vocabulary.add_role(RoleDef::new("a\nb", Slot::Any)),
        vocabulary.add_relation(RelationDef::new("orbits", kind("Planet"), Slot::Any)),
        vocabulary.add_relation(RelationDef::new("orbits", Slot::Any, kind("Planet"))),
        vocabulary.add_relation(RelationDef::new(" orbits", Slot::Any, Slot::Any)),
        vocabulary.add_relation(RelationDef { roles: vec!["orbit".into()], ..relation("orbits") }),
        vocabulary
            .add_relation(RelationDef { implies: vec!["circles".into()], ..relation("orbits") }),
        vocabulary
            .add_relation(RelationDef { implies: vec!["meets".into()], ..relation("orbits") }),
        vocabulary.add_relation(RelationDef { symmetric: true, ..relation("orbits") }),
        vocabulary
            .add_relation(RelationDef { inverse: Some("circles".into()), ..relation("orbits") }),
        vocabulary
            .add_relation(RelationDef { inverse: Some("present-in".into()), ..relation("orbits") }),
        vocabulary.add_unit(UnitDef::count("", [])),
        vocabulary.add_unit(UnitDef::count("brigades", ["troops"])),
    ];
    for outcome in refused {
        let error = outcome.expect_err("refused");
        assert_eq!(error.part(), Some(&FieldPath::Vocabulary), "{error}");
    }
    assert_eq!(wire(&vocabulary), before);
}

/// A refusal must not cost another relation its alias.
#[test]
fn a_refused_relation_takes_no_alias_away() {
    let mut vocabulary = Vocabulary::new();
    let aliased = |key: &str, object: Slot| RelationDef {
        aliases: vec!["former".into()],
        ..RelationDef::new(key, Slot::Any, object)
    };
    vocabulary.add_relation(aliased("first", Slot::Any)).unwrap();
    assert!(vocabulary.add_relation(aliased("second", Slot::Kind("Nowhere".into()))).is_err());
    assert_eq!(vocabulary.relation("former").map(|def| def.key.as_str()), Some("first"));
}

/// What a name leads to must not change when something else is declared.
#[test]
fn an_alias_that_is_taken_is_refused() {
    let mut vocabulary = Vocabulary::new();
    let aliased = |key: &str| RelationDef {
        aliases: vec!["former".into()],
        ..RelationDef::new(key, Slot::Any, Slot::Any)
    };
    vocabulary.add_relation(aliased("first")).unwrap();
    let second = vocabulary.add_relation(aliased("second"));
    assert_eq!(
        vocabulary.relation("former").map(|def| def.key.as_str()),
        Some("first"),
        "{second:?}"
    );
}

#[test]
fn rename_relation_refuses_what_is_unknown_taken_or_no_name() {
    let mut w = world();
    refuses!(w.graph, FieldPath::Vocabulary, ErrorKind::Unknown { what: "relation", .. }, |g| g
        .rename_relation("orbits", "circles"));
    refuses!(w.graph, FieldPath::Vocabulary, ErrorKind::KeyTaken { .. }, |g| g
        .rename_relation("meets", "attacks"));
    for name in ["", " x", "a\u{7}b", &"x".repeat(513)] {
        refuses!(w.graph, FieldPath::Vocabulary, ErrorKind::BadText { .. }, |g| g
            .rename_relation("meets", name));
    }
    w.graph.rename_relation("meets", "encounters").unwrap();
    refuses!(w.graph, FieldPath::Vocabulary, ErrorKind::KeyTaken { .. }, |g| g
        .rename_relation("attacks", "encounters"));
}

#[test]
fn attach_text_refuses_another_text_and_one_that_spans_do_not_fit() {
    let (mut w, far) = (world(), foreign());
    refuses!(w.graph, FieldPath::Document, ErrorKind::Unknown { what: "document", .. }, |g| g
        .attach_text(far.document, "x"));
    refuses!(w.graph, FieldPath::Document, ErrorKind::WrongText { .. }, |g| g
        .attach_text(w.article, "S\u{fc}\u{64}e"));
    refuses!(w.graph, FieldPath::Document, ErrorKind::WrongText { .. }, |g| g
        .attach_text(w.undated, "too short"));
    let (nk, russia, nis) = (w.nk, w.russia, w.nis);
    for (key, part) in [("quoted", FieldPath::Quotation), ("cued", FieldPath::Cue)] {
        let open = w.graph.add_document(key, DAY).unwrap();
        let claim = Claim::by(nis).asserts(nk, DEPLOYS_TO, russia);
        let claim = if part == FieldPath::Quotation {
            claim.read_in(open, 1..3)
        } else {
            claim.read_in(open, ..).cue("says", 1..3)
        };
        w.graph.insert(claim).unwrap();
        refuses!(w.graph, part.clone(), ErrorKind::SpanSplitsCharacter { at: 3 }, |g| g
            .attach_text(open, "So\u{fc}d"));
        refuses!(w.graph, part, ErrorKind::SpanOutside { end: 3, length: 2 }, |g| g
            .attach_text(open, "So"));
        assert_eq!(w.graph.document(open).unwrap().text(), None);
        w.graph.attach_text(open, "S\u{fc}d").unwrap();
    }
}

#[test]
fn a_handle_out_of_range_is_an_error_or_an_empty_answer_and_never_a_panic() {
    let (mut w, far) = (world(), foreign());
    let graph = &w.graph;
    let before = graph.to_jsonl();
    let (claim, state, document) = (far.claim, far.state, far.document);

    // What returns a result says that it is unknown.
    let unknown: Vec<(&str, Option<Error>)> = vec![
        ("claim", graph.claim(claim).map(drop).err()),
        ("claim_key", graph.claim_key(claim).map(drop).err()),
        ("show", graph.show(claim).map(drop).err()),
        ("positions", graph.positions(claim).map(drop).err()),
        ("contests", graph.contests(claim).map(drop).err()),
        ("roots", graph.roots(claim).map(drop).err()),
        ("corroboration", graph.corroboration(claim).map(drop).err()),
        ("entity", graph.entity(state).map(drop).err()),
        ("document", graph.document(document).map(drop).err()),
        ("typed", graph.typed::<State>(state.id()).map(drop).err()),
        ("view.positions", graph.view().positions(claim).map(drop).err()),
        ("view.contests", graph.view().contests(claim).map(drop).err()),
        ("view.roots", graph.view().roots(claim).map(drop).err()),
        ("view.corroboration", graph.view().corroboration(claim).map(drop).err()),
    ];
    for (method, error) in unknown {
        assert!(error.as_ref().is_some_and(Error::is_unknown), "{method}: {error:?}");
        assert!(error.is_some_and(|e| e.to_string().len() < 100), "{method}");
    }

    // What returns an answer finds nothing.
    let view = graph.view();
    assert_eq!(graph.name_of(state), "?");
    assert!(graph.affiliation(far.affiliation).is_none() && graph.lineage(far.lineage).is_none());
    assert_eq!(
        graph.affiliations_of(state).count()
            + graph.affiliated_with(state).count()
            + graph.lineages_of(state).count(),
        0
    );
    assert_eq!(
        graph.about(state).len()
            + graph.interactions_between(state, w.nk).len()
            + graph.interactions_between(w.nk, state).len(),
        0
    );
    assert!(
        !view.contains(claim) && !view.is_retracted(claim) && view.downstream_of(claim).is_empty()
    );
    let independence = view.independence_of([claim]);
    assert_eq!(
        (independence.count(), independence.roots(), independence.claims().len()),
        (0, &[][..], 0)
    );
    assert_eq!(view.independence_of([claim, w.sent]).claims(), [w.sent]);
    for filtered in [
        view.clone().speaker(state),
        view.clone().document(document),
        view.clone().relation(far.relation),
        view.clone().relation(SIGNS),
    ] {
        assert_eq!(filtered.claims().count(), 0);
        assert_eq!(filtered.contested().len(), 0);
    }
    for whole in [
        view.clone().excluding_source(state),
        view.clone().without_document(document),
        view.clone().without_relation(far.relation),
        view.clone().without_lineage(far.lineage),
    ] {
        assert_eq!(whole.claims().count(), graph.len());
        // As plain data such a filter has no key to name; it is refused, or it finds the same.
        match view.filtered(&whole.filter()) {
            Ok(again) => assert_eq!(again.claims().count(), graph.len()),
            Err(error) => assert!(error.is_unknown(), "{error}"),
        }
    }
    let asked = [
        graph.statement(state, DEPLOYS_TO, w.russia),
        graph.statement(w.nk, DEPLOYS_TO, state),
        graph.statement(w.nk, far.relation, w.russia),
        graph.statement(w.nk.id(), SIGNS, w.russia),
        graph.statement(Any, DETECTS, claim),
        graph.statement(w.nk, DEPLOYS_TO, w.russia).with(PLACE, state),
        graph.statement(w.nk, DEPLOYS_TO, w.russia).with(PART_OF, claim),
        graph.statement(w.nk, DEPLOYS_TO, w.russia).with(far.role, "x"),
        graph.statement(w.nk, DEPLOYS_TO, w.russia).with(COACH, w.austin),
    ];
    for inquiry in asked {
        assert_eq!(
            inquiry.backing().len()
                + inquiry.against().len()
                + inquiry.mentions().len()
                + inquiry.figures().len(),
            0,
            "{inquiry:?}"
        );
        assert_eq!(inquiry.independence().count(), 0);
        assert!(!inquiry.is_asserted().is_yes(), "{inquiry:?}");
    }
    let sent = graph.claim(w.sent).unwrap();
    assert_eq!(sent.role(far.role).count() + sent.role(COACH).count(), 0);
    assert!(!sent.is(far.relation) && !sent.is(SIGNS));

    // petgraph's traits.
    let unfiltered = graph.view();
    let here = &unfiltered;
    assert_eq!(here.edges(state.id()).count() + here.neighbors(state.id()).count(), 0);
    assert_eq!(here.neighbors_directed(state.id(), petgraph::Incoming).count(), 0);
    assert!(here.to_index(state.id()) >= here.node_bound());
    let mut visited = here.visit_map();
    assert!(!visited.is_visited(&state.id()) && !visited.unvisit(state.id()));
    assert!(
        visited.visit(state.id()) && visited.is_visited(&state.id()) && !visited.visit(state.id())
    );
    assert_eq!(Bfs::new(here, state.id()).iter(here).collect::<Vec<EntityId>>(), [state.id()]);

    // A claim of another graph, asked about here.
    let mut bigger = ClaimGraph::new();
    let a = bigger.add(State, "a").unwrap();
    let theirs: Vec<ClaimId> = (0..40)
        .map(|_| bigger.insert(Claim::by(a).asserts(a, MEETS, a).reported(DAY)).unwrap())
        .collect();
    assert!(!view.is_corroborated(bigger.claim(theirs[39]).unwrap()));
    assert_eq!(graph.to_jsonl(), before);

    // And the writers.
    let far_document: EntityId = document.into();
    refuses!(w.graph, FieldPath::Document, ErrorKind::Unknown { .. }, |g| g
        .attach_text(document, ""));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Unknown { .. }, |g| g
        .add_lineage(Lineage::new(far_document, far_document)));
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Unknown { .. }, |g| g
        .add_affiliation(Affiliation::part_of(far_document, far_document)));
    refuses!(w.graph, FieldPath::Link, ErrorKind::Unknown { .. }, |g| g
        .link(Link::part_of(claim, claim)));
}
