//! A refusal says where and why, and leaves the graph as it was.

#![allow(clippy::reversed_empty_ranges)] // spans that end before they start must be refused

use claimgraph::{
    Claim, ClaimGraph, ClaimId, DocumentInfo, Entity, EntityId, Error, Id, Modality, Period,
    Quantity, Stance, Statement,
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
    /// "Süd", 4 bytes; byte 2 lies inside a character.
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
        graph.add_document("article", DocumentInfo::dated(DAY).with_text("S\u{fc}d")).unwrap();
    let undated = graph.add_document("undated", DocumentInfo::undated().of_length(100)).unwrap();
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

/// Runs an action that must be refused; checks part and kind, and that nothing changed.
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

/// The same for a claim; also checks that the first error of `check` is the one of `insert`.
macro_rules! refuses_claim {
    ($graph:expr, $part:expr, $kind:pat $(if $guard:expr)?, $claim:expr) => {{
        let claim: Claim = $claim;
        refuses!($graph, $part, $kind $(if $guard)?, |g| g.insert(claim.clone()));
        let first = $graph.insert(claim.clone()).unwrap_err();
        assert_eq!($graph.check(&claim).first(), Some(&first));
    }};
}

mod handles;
mod insertion;
mod sources;
mod statements;
mod vocabulary;
