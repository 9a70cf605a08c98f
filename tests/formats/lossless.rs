//! The parts that few claims have come back from every format that loses nothing.

use claimgraph::claim::Quote;
use claimgraph::entity::{Lookup, Name, NameKind};
use claimgraph::questions::Direction;
use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, ClaimId, Date, DocumentInfo, Entity, Id, Period, Quantity, Statement, Term,
    date,
};
use claimgraph_formats::datapackage;
use claimgraph_formats::rdf::{self, RdfFormat};

const DAY: Date = date(2024, 10, 24);

/// Checks that a graph comes back from JSON Lines, a snapshot, every syntax of RDF, a data package and a merge.
fn comes_back(graph: &ClaimGraph) {
    assert!(graph.check_all().is_empty());
    let lines = graph.to_jsonl();
    let same = |read: ClaimGraph, from: &str| assert_eq!(read.to_jsonl(), lines, "{from}");
    same(ClaimGraph::read_jsonl(lines.as_bytes()).unwrap(), "JSON Lines");
    let mut bytes = Vec::new();
    graph.write_snapshot(&mut bytes).unwrap();
    same(ClaimGraph::read_snapshot(&bytes[..]).unwrap(), "snapshot");
    for format in RdfFormat::ALL {
        let mut bytes = Vec::new();
        assert!(rdf::write(graph, *format, &mut bytes).unwrap().is_empty());
        let read = rdf::Reader::new(*format).read(&bytes[..]).unwrap();
        assert!(read.losses.is_empty(), "{format:?}: {}", read.losses);
        same(read.graph, &format!("{format:?}"));
    }
    let folder = std::env::temp_dir().join(format!(
        "claimgraph-lossless-{}-{:?}",
        std::process::id(),
        std::thread::current().id()
    ));
    assert!(datapackage::write(graph, &folder).unwrap().is_empty());
    let read = datapackage::Reader::new().read(&folder).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(read.losses.is_empty(), "{}", read.losses);
    same(read.graph, "data package");
    let mut merged = graph.clone();
    merged.merge(graph).unwrap();
    same(merged, "merge");
}

/// A graph with two states.
fn states() -> (ClaimGraph, Id<State>, Id<State>) {
    let mut graph = ClaimGraph::new();
    let nk = graph.add(State, "north-korea").unwrap();
    let russia = graph.add(State, "russia").unwrap();
    (graph, nk, russia)
}

/// Inserts two claims that differ, and checks that their keys differ.
fn differ(graph: &mut ClaimGraph, claims: [Claim; 2]) -> [ClaimId; 2] {
    let [one, other] = claims.map(|claim| graph.insert(claim.reported(DAY)).unwrap());
    assert_ne!(graph.claim_key(one).unwrap(), graph.claim_key(other).unwrap());
    [one, other]
}

#[test]
fn a_period_of_speaking_comes_back_and_a_day_stays_text() {
    let (mut graph, nk, russia) = states();
    let denial = || Claim::by(russia).denies(nk, DEPLOYS_TO, russia);
    let by = Period::by(DAY).in_words("earlier");
    let [day, period] = differ(&mut graph, [denial().said(DAY), denial().said(by.clone())]);
    differ(&mut graph, [denial().said("2024-06"), denial()]);
    assert_eq!(graph.claim(day).unwrap().said(), Some(Period::on(DAY)));
    assert_eq!(graph.claim(period).unwrap().said(), Some(by));
    let lines = graph.to_jsonl();
    assert!(lines.contains(r#""said":"2024-10-24""#), "{lines}");
    assert!(lines.contains(r#""said":{"start":{"latest":"2024-10-24"}"#), "{lines}");
    comes_back(&graph);
}

#[test]
fn a_direction_comes_back() {
    let (mut graph, nk, russia) = states();
    let sent = Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(DAY);
    let sent = graph.insert(sent).unwrap();
    let revision = || Claim::by(russia).revises(sent);
    let [up, down] = differ(&mut graph, [revision().upwards(), revision().downwards()]);
    differ(&mut graph, [revision().upwards().factor(2), revision().factor(2)]);
    let directions = [up, down].map(|id| graph.claim(id).unwrap().direction());
    assert_eq!(directions, [Some(Direction::Up), Some(Direction::Down)]);
    comes_back(&graph);
}

#[test]
fn a_figure_of_the_object_comes_back_beside_that_of_the_claim() {
    let (mut graph, nk, russia) = states();
    let sent = || Claim::by(russia).asserts(nk, DEPLOYS_TO, russia);
    let places = Quantity::vague("multiple", "places");
    let many = sent().quantity(Quantity::stated(3_000, "soldiers"));
    let [with, _] = differ(&mut graph, [many.clone().object_quantity(places.clone()), many]);
    differ(&mut graph, [sent().object_quantity(places.clone()), sent().quantity(places.clone())]);
    let claim = graph.claim(with).unwrap();
    assert_eq!(claim.object_quantity(), Some(&places));
    assert_eq!(
        claim.to_string(),
        "russia asserted that north-korea deploys to russia: 3,000 soldiers (at least 2 places, \u{201c}multiple\u{201d})"
    );
    assert_eq!(graph.statement(nk, DEPLOYS_TO, russia).figures().len(), 3, "not of the object");
    // Turned around, it would be a figure of the other end.
    let allied = |a, b| Claim::by(nk).asserts(a, ALLIED_WITH, b).object_quantity(places.clone());
    differ(&mut graph, [allied(nk, russia), allied(russia, nk)]);
    comes_back(&graph);
    let answer = Claim::by(nk).dismisses(with).object_quantity(places).reported(DAY);
    let inverted = Quantity::between(3, 2, "places");
    for refused in [answer, sent().object_quantity(inverted).reported(DAY)] {
        assert!(graph.insert(refused).is_err());
    }
}

#[test]
fn a_condition_that_is_negated_and_dated_comes_back() {
    let (mut graph, nk, russia) = states();
    let condition = || Statement::new(nk, COOPERATES_WITH, russia);
    let threat = |condition: Statement| {
        Claim::by(russia).threatens(russia, ATTACKS, nk).with(CONDITION, condition)
    };
    let by = || Period::by(date(2025, 6, 15));
    let [_, unless] = differ(&mut graph, [threat(condition()), threat(condition().negated())]);
    let both = threat(condition().negated().valid(by()).with(TREND, "rising"));
    let [dated, both] = differ(&mut graph, [threat(condition().valid(by())), both]);
    let told = |id: ClaimId| graph.claim(id).unwrap().to_string();
    let start = "russia threatened to attack north-korea";
    let what = "north-korea cooperates with russia";
    assert_eq!(told(unless), format!("{start}, unless {what}"));
    assert_eq!(told(dated), format!("{start}, if {what} by 2025-06-15"));
    assert_eq!(
        told(both),
        format!("{start}, unless {what} by 2025-06-15, trend: \u{201c}rising\u{201d}")
    );
    let Some(Term::Statement(held)) = graph.claim(both).unwrap().role(CONDITION).next() else {
        panic!("it has a condition")
    };
    assert_eq!((held.is_negated(), held.valid()), (true, Some(&by())));
    comes_back(&graph);
    let inverted = Period::throughout(date(2024, 2, 1)..=date(2024, 1, 1));
    for refused in [condition().valid("never"), condition().valid(inverted)] {
        let error = graph.insert(threat(refused).reported(DAY)).unwrap_err();
        assert_eq!(error.part(), Some(&claimgraph::error::FieldPath::Valid));
    }
    // The statement of a claim itself is denied by the stance, and dated beside it.
    let line = graph.to_jsonl().lines().find(|line| line.contains("threatens")).unwrap().to_owned();
    for own in [r#""negated":true"#, r#""valid":"2024""#] {
        let own =
            line.replacen(r#""relation":"attacks""#, &format!(r#""relation":"attacks",{own}"#), 1);
        let all = graph.to_jsonl().replace(&line, &own);
        assert!(own != line && ClaimGraph::read_jsonl(all.as_bytes()).is_err(), "{own}");
    }
}

#[test]
fn a_withheld_name_comes_back_and_is_never_unmarked() {
    let mut graph = ClaimGraph::new();
    let official = || Entity::new("official").alias("an official").name_withheld();
    let marked = graph.add(Person, official()).unwrap();
    let later = graph.add(Person, "adviser").unwrap();
    graph.add(Person, Entity::new("adviser").name_withheld()).unwrap();
    graph.add(Person, "official").unwrap();
    let paper = Entity::new("paper").name_withheld();
    let paper = graph.add_document(paper, DAY).unwrap().id();
    graph.add(State, "russia").unwrap();
    let withheld = |graph: &ClaimGraph| {
        graph.entities().filter(|it| it.is_name_withheld()).map(|it| it.id()).collect::<Vec<_>>()
    };
    assert_eq!(withheld(&graph), [marked.id(), later.id(), paper]);
    assert_eq!(graph.to_jsonl().matches(r#""name_withheld":true"#).count(), 3);
    comes_back(&graph);
    let mut plain = ClaimGraph::new();
    plain.add(Person, "official").unwrap();
    plain.merge(&graph).unwrap();
    assert_eq!(plain.to_jsonl(), graph.to_jsonl());
}

#[test]
fn the_whereabouts_of_a_document_come_back() {
    let mut graph = ClaimGraph::new();
    let instant: jiff::Timestamp = "2024-10-25T01:30:00.25+02:00".parse().unwrap();
    let page = || {
        let page = DocumentInfo::undated().published_at(instant).retrieved_on(date(2024, 10, 26));
        page.with_url("https://news.example/1").archived_at("https://archive.example/1")
    };
    let whole = graph.add_document("page", page()).unwrap();
    assert_eq!(graph.add_document("page", page()), Ok(whole), "the same details");
    let other = page().with_url("https://news.example/2");
    assert!(graph.add_document("page", other).is_err(), "another address");
    graph.add_document("dated", DocumentInfo::dated(DAY).with_url(" \u{202e}no address")).unwrap();
    let document = graph.document(whole).unwrap();
    assert_eq!((document.date(), document.instant()), (Some(DAY), Some(instant)));
    assert_eq!(document.url(), Some("https://news.example/1"));
    assert_eq!(document.archived_url(), Some("https://archive.example/1"));
    assert_eq!(document.retrieved(), Some(date(2024, 10, 26)));
    let lines = graph.to_jsonl();
    assert!(lines.contains(r#""instant":"2024-10-24T23:30:00.25Z""#), "{lines}");
    comes_back(&graph);
    // The date of a record is that of its instant too, if none is given.
    let undated = lines.replace(r#""date":"2024-10-24","instant""#, r#""instant""#);
    let read = ClaimGraph::read_jsonl(undated.as_bytes()).unwrap();
    assert_eq!(read.to_jsonl(), lines);
    for wrong in ["2024-10-24", "2024-10-24T23:30:00", "now", "7"] {
        let lines = lines.replace("2024-10-24T23:30:00.25Z", wrong);
        assert!(ClaimGraph::read_jsonl(lines.as_bytes()).is_err(), "{wrong}");
    }
}

#[test]
fn reports_of_one_day_are_in_the_order_of_the_instants_of_their_documents() {
    let (mut graph, nk, russia) = states();
    let mut said = Vec::new();
    for (key, hour) in [("a", "18"), ("b", "06"), ("c", "12")] {
        let instant = format!("2024-10-24T{hour}:00:00Z").parse().unwrap();
        let document = DocumentInfo::undated().published_at(instant);
        let document = graph.add_document(key, document).unwrap();
        let claim = Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).read_in(document, ..);
        said.push(graph.insert(claim).unwrap());
    }
    let backing = graph.statement(nk, DEPLOYS_TO, russia).backing();
    assert_eq!(backing.claims(), [said[1], said[2], said[0]]);
}

#[test]
fn quotes_come_back_with_both_of_their_spans() {
    let (mut graph, nk, russia) = states();
    let paper = graph.add_document("paper", DAY).unwrap();
    let denial = || Claim::by(russia).denies(nk, DEPLOYS_TO, russia).read_in(paper, ..);
    let fragment = || Quote::fragment("fake \u{201c}news\u{201d}").at(12..27);
    let rest = || Quote::whole(None).at(40..52);
    let marked = || fragment().with_marks(9..30);
    let [with, without] =
        differ(&mut graph, [denial().quote(marked()), denial().quote(fragment())]);
    let no = "no,\n no";
    differ(&mut graph, [denial().quote(Quote::whole(no)), denial().quote(Quote::fragment(no))]);
    differ(&mut graph, [denial().quote(marked()).quote(rest()), denial().quote(rest())]);
    let lee = graph.add(Person, "lee").unwrap();
    let passed_on = Claim::by(russia).relayed_by(lee).quoted().denies(nk, DEPLOYS_TO, russia);
    let passed_on = passed_on.read_in(paper, 3..9).words("no").quote(fragment());
    differ(&mut graph, [passed_on, denial()]);
    // The order in which they are given is not kept: that of the text is.
    let orders = [[marked(), rest()], [rest(), marked()]];
    let [one, other] = orders.map(|quotes| {
        let claim = quotes.into_iter().fold(denial(), Claim::quote).reported(DAY);
        let claim = graph.insert(claim).unwrap();
        graph.claim_key(claim).unwrap()
    });
    assert_eq!(one, other);
    let spans = |id: ClaimId| {
        let quote = graph.claim(id).unwrap().quotes().next().unwrap();
        (quote.span().unwrap().to_string(), quote.span_with_marks().map(|span| span.to_string()))
    };
    assert_eq!(spans(with), ("12..27".to_owned(), Some("9..30".to_owned())));
    assert_eq!(spans(without), ("12..27".to_owned(), None));
    comes_back(&graph);
}

#[test]
fn the_number_of_names_and_the_forms_of_verbs_come_back() {
    claimgraph::vocabulary! {
        /// Verbs.
        fn verbs;
        plural kind Crew: Actor, Source, Thing;
        relation IS_AT = "is-at": Actor => Thing, label ["is at", "stand at", "stay at"];
        relation NEARS = "nears": Actor => Thing, label ["nears", "near"];
    }
    let mut graph = ClaimGraph::with(&verbs()).unwrap();
    let crew = graph.add(Crew, "crew").unwrap();
    let forces = graph.add(Crew, Entity::new("forces").plural()).unwrap();
    let ship = graph.add(Crew, Entity::new("ship").singular()).unwrap();
    graph.insert(Claim::by(crew).asserts(forces, IS_AT, ship).reported(DAY)).unwrap();
    let said = |graph: &ClaimGraph| {
        let claim = graph.claims().next().unwrap().to_string();
        let stated: Vec<_> = graph.entities().map(|entity| entity.stated_plural()).collect();
        (claim, stated)
    };
    let expected = "crew asserted that forces stand at ship".to_owned();
    assert_eq!(said(&graph), (expected, vec![None, Some(true), Some(false)]));
    let lines = graph.to_jsonl();
    for part in [
        r#""above":["Actor","Source","Thing"],"plural":true"#,
        r#""label":"is at","plural":"stand at","base":"stay at""#,
        r#""label":"nears","plural":"near""#,
        r#""key":"forces","kind":"Crew","plural":true"#,
        r#""key":"ship","kind":"Crew","plural":false"#,
    ] {
        assert!(lines.contains(part), "{part}");
    }
    comes_back(&graph);
    // Merged both ways, plural goes before singular.
    let mut other = ClaimGraph::with(&verbs()).unwrap();
    other.add(Crew, Entity::new("ship").plural()).unwrap();
    let mut merged = graph.clone();
    merged.merge(&other).unwrap();
    other.merge(&graph).unwrap();
    assert_eq!(merged.to_jsonl(), other.to_jsonl());
    assert!(merged.entities().all(|entity| entity.is_plural()));
}

#[test]
fn adjectives_transliterations_and_the_periods_of_names_come_back() {
    let mut graph = ClaimGraph::new();
    let used = || Period::throughout(date(1948, 1, 4)..=date(1989, 6, 18));
    let burma = Name::former("Burma").in_language("en").valid(used());
    let myanmar = Entity::new("myanmar").named("Myanmar").adjective("Burmese");
    let myanmar = myanmar.transliterated("Mranma").with_name(burma).former("Burma");
    let myanmar = graph.add(State, myanmar).unwrap();
    let names = graph.entity(myanmar).unwrap().names();
    let of_burma: Vec<_> =
        names.iter().filter(|name| name.text() == "Burma").map(Name::valid_period).collect();
    assert_eq!(of_burma, [None, Some(&used())], "both are kept");
    assert!(names.iter().any(|name| name.kind() == NameKind::Transliteration));
    for name in ["Burma", "burmese", "Mranma"] {
        assert_eq!(graph.lookup(name, Actor).one(), Some(myanmar.up()), "{name}");
    }
    comes_back(&graph);
    let inverted = Period::throughout(date(2024, 2, 1)..=date(2024, 1, 1));
    let error = graph.add_name(myanmar, Name::former("x").valid(inverted)).unwrap_err();
    assert_eq!(error.part(), Some(&claimgraph::error::FieldPath::Name));
}

#[test]
fn an_adjective_finds_its_entity_unless_another_has_the_name() {
    let mut graph = ClaimGraph::new();
    let north = graph.add(State, Entity::new("north").adjective("Korean")).unwrap();
    assert_eq!(graph.lookup("Korean", State).one(), Some(north));
    assert_eq!(graph.lookup("korean", Place).one(), Some(north.up()));
    let south = graph.add(State, Entity::new("south").adjective("Korean")).unwrap();
    assert_eq!(graph.lookup("Korean", State), Lookup::Ambiguous(vec![north, south]));
    let paper = graph.add(Organization, Entity::new("paper").alias("Korean")).unwrap();
    assert_eq!(graph.lookup("Korean", Actor).one(), Some(paper.up()));
    let keyed = graph.add(State, "Korean").unwrap();
    assert_eq!(graph.lookup("Korean", State).one(), Some(keyed));
    // An entity with the text as a name and as an adjective has it as a name.
    let both = graph.add(Person, Entity::new("both").named("Thai").adjective("Thai")).unwrap();
    graph.add(State, Entity::new("thailand").adjective("Thai")).unwrap();
    assert_eq!(graph.lookup("Thai", Actor).one(), Some(both.up()));
}
