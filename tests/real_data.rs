//! Tables of events, alliances, votes and treaties as they were published, where they are at hand
//! (`CLAIMGRAPH_DATA`); says so where they are not. The figures are facts about those files.

use claimgraph::{
    Answer, ClaimGraph, EntityId, Finding, Relation, Stance, TableMapping, TableReader,
    TableReport, date, last_parentheses,
    questions::ConflictKind,
    reporting,
    vocabulary::{KindDef, RelationDef, Slot},
};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::PathBuf;

fn data(file: &str) -> Option<BufReader<File>> {
    let Some(data) = std::env::var_os("CLAIMGRAPH_DATA") else {
        // Past the test runner, which keeps what a passing test prints with `eprintln!`.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: CLAIMGRAPH_DATA is not set, so {file} is not read"
        );
        return None;
    };
    let path = PathBuf::from(data).join(file);
    Some(BufReader::new(
        File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    ))
}

fn mapping(json: &str) -> TableMapping {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}"))
}

fn load(graph: &mut ClaimGraph, mapping: TableMapping, input: BufReader<File>) -> TableReport {
    TableReader::new(mapping).load_all(graph, input).unwrap_or_else(|report| {
        let faults: Vec<String> = report.faults().iter().take(5).map(ToString::to_string).collect();
        panic!("{report}: {faults:#?}")
    })
}

fn events() -> Option<ClaimGraph> {
    let input = data("icews14/icews14.tsv.gz")?;
    let mut graph = ClaimGraph::new();
    let mapping = mapping(include_str!("../examples/mappings/events.json"));
    let report = load(&mut graph, mapping, input);
    assert_eq!(
        (report.rows(), report.claims(), report.skipped(), report.refused()),
        (90_730, 90_730, 0, 0)
    );
    Some(graph)
}

#[test]
fn a_year_of_events() {
    let Some(mut graph) = events() else { return };
    // Everybody who acts, and the data set itself.
    assert_eq!((graph.len(), graph.entity_count()), (90_730, 7_128 + 1));
    let relations: BTreeSet<&str> =
        graph.claims().filter_map(|c| c.statement()).map(|s| s.relation().key.as_str()).collect();
    assert_eq!(relations.len(), 230);

    let korea = graph.entity_keyed("North Korea").unwrap();
    let view = graph.view();
    assert_eq!(
        (view.claims_with_subject(korea).count(), view.claims_with_object(korea).count()),
        (848, 1_113)
    );
    let march = view.claims_with_subject(korea).filter(|claim| {
        let day = claim.valid().unwrap().start_earliest().unwrap();
        (day.year(), day.month()) == (2014, 3)
    });
    assert_eq!(march.count(), 86);
    let deny = graph.relation("Deny responsibility").unwrap();
    assert_eq!(view.clone().relation(deny).claims().count(), 220);
    let days: BTreeSet<_> = graph.claims().map(|claim| claim.reported()).collect();
    assert_eq!(
        (days.len(), days.first(), days.last()),
        (365, Some(&date(2014, 1, 1)), Some(&date(2014, 12, 31)))
    );

    // All rows are distinct, so every event is there once.
    assert_eq!(graph.distinct_events().len(), 90_730);

    // Russia itself does not occur; its organs do.
    assert!(graph.entity_keyed("Russia").is_err());
    let russia = graph.add_untyped("State", "Russia").unwrap();
    let named = graph.affiliate_by_name(last_parentheses);
    assert!(named.circular().is_empty() && named.ambiguous().is_empty());
    let ministry = graph.entity_keyed("Foreign Affairs (Russia)").unwrap();
    let made = |part: EntityId, whole: EntityId| {
        let pair =
            |id: &_| graph.affiliation(*id).is_some_and(|a| (a.part(), a.whole()) == (part, whole));
        named.made().iter().any(pair)
    };
    assert!(made(ministry, russia));
    let military = graph.entity_keyed("Military (North Korea)").unwrap();
    assert!(made(military, korea));
    assert_eq!(graph.view().claims_with_subject(russia).count(), 0);
    let rolled_up = graph.claims_with_subject_or_part(russia);
    let parts = graph
        .affiliated_with(russia)
        .map(|(_, a)| graph.view().claims_with_subject(a.part()).count())
        .sum::<usize>();
    assert_eq!(rolled_up.len(), parts);
    assert!(rolled_up.len() > 100 && rolled_up.iter().all(|event| event.path().len() == 1));
    let occurs = |entity| {
        graph.view().claims_with_subject(entity).count()
            + graph.view().claims_with_object(entity).count()
    };
    let forces = graph.entity_keyed("Military (Russia)").unwrap();
    assert_eq!((occurs(ministry), occurs(forces)), (619, 228));
    // A statement about the state is met by its organs, with the affiliation as a step of the proof.
    let statement = rolled_up.first().unwrap().claim().statement().unwrap();
    let relation = graph.relation(&statement.relation().key).unwrap();
    let object = statement.object().entity().unwrap();
    assert!(
        graph.statement(russia, relation, object).backing().proof().affiliations().next().is_some()
    );
}

#[test]
fn alliances_valid_in_a_year() {
    let Some(input) = data("alliances/atop_directed_dyad_intervals.tsv.gz") else { return };
    let mapping = mapping(
        r#"{
        "speaker": {"text": {"constant": "ATOP"}, "kind": "Source"},
        "subject": {"text": {"column": "state1"}, "kind": "State"},
        "relation": {"text": {"column": "obligation"},
                     "unknown": {"subject": {"kind": "State"}, "object": {"kind": "State"}, "dealing": true}},
        "object": {"entity": {"text": {"column": "state2"}, "kind": "State"}},
        "valid": {"start": {"text": {"column": "first_year"}, "formats": ["YYYY"]},
                  "end": {"text": {"column": "last_year"}, "formats": ["YYYY"], "open": ["2018"]}},
        "reported": {"text": {"constant": "2018-12-31"}}
    }"#,
    );
    let mut graph = ClaimGraph::new();
    assert_eq!(load(&mut graph, mapping, input).claims(), 22_116);
    assert_eq!(graph.entities().filter(|entity| entity.is_a("State")).count(), 207);
    let russia = graph.lookup_untyped("Russia", Some("State")).one().unwrap();
    let korea = graph.lookup_untyped("North Korea", Some("State")).one().unwrap();
    let defense = graph.relation("defense").unwrap();
    let partners = |day| -> BTreeSet<&str> {
        let view = graph.view().certainly_valid_at(day);
        let claims = view
            .claims_with_subject_under(russia, defense)
            .filter_map(|claim| claim.object_entity());
        claims.map(|state| graph.name_of(state)).collect()
    };
    let expected = [
        "Bulgaria",
        "Czechoslovakia",
        "Finland",
        "German Democratic Republic",
        "Hungary",
        "Mongolia",
        "North Korea",
        "Poland",
        "Romania",
    ];
    assert_eq!(partners(date(1985, 7, 1)), BTreeSet::from(expected));
    let allied = |day, how| match how {
        Answer::Yes => graph
            .view()
            .certainly_valid_at(day)
            .claims_with_subject_under(russia, defense)
            .any(|c| c.object_entity() == Some(korea)),
        _ => graph
            .view()
            .valid_at(day)
            .claims_with_subject_under(russia, defense)
            .any(|c| c.object_entity() == Some(korea)),
    };
    // 1961 to 1996, by years: in 1961 it began, in 1996 it ended.
    assert!(
        !allied(date(1960, 12, 31), Answer::Unknown) && !allied(date(1997, 1, 1), Answer::Unknown)
    );
    assert!(allied(date(1961, 6, 1), Answer::Unknown) && !allied(date(1961, 6, 1), Answer::Yes));
    assert!(allied(date(1962, 1, 1), Answer::Yes) && allied(date(1995, 12, 31), Answer::Yes));
    // Not ended when the data end.
    let consultation = graph.relation("consul").unwrap();
    let ongoing = graph.view().claims_with_subject_under(russia, consultation).any(|claim| {
        claim.object_entity() == Some(korea)
            && claim.valid().is_some_and(|period| period.is_ongoing())
    });
    assert!(ongoing);
}

#[test]
fn who_voted_how_on_a_resolution() {
    let Some(input) = data("unvotes/votes.tsv.gz") else { return };
    // A resolution is something that the Assembly should adopt: who votes for it says so, who votes
    // against it denies that, who abstains leaves it open. Nothing of this is in the record of the vote;
    // it is what the words of the crate say best, and `docs/TABLES.md` says so.
    let mapping = mapping(
        r#"{
        "speaker": {"text": {"column": "country"}, "kind": "State"},
        "subject": {"text": {"column": "rcid"}, "kind": "Resolution", "key-prefix": "roll-call:"},
        "relation": {"text": {"constant": "should-be-adopted-by"}},
        "object": {"entity": {"text": {"constant": "General Assembly"}, "kind": "Organization"}},
        "stance": {"column": "vote", "lookup": {"yes": "asserts", "no": "denies", "abstain": "doubts"}},
        "reported": {"text": {"constant": "1991-12-31"}}
    }"#,
    );
    let mut vocabulary = reporting::vocabulary();
    vocabulary.add_kind(KindDef::new("Resolution", ["Thing"])).unwrap();
    let (resolution, assembly) =
        (Slot::Kind("Resolution".into()), Slot::Kind("Organization".into()));
    vocabulary
        .add_relation(RelationDef::new("should-be-adopted-by", resolution, assembly))
        .unwrap();
    let mut graph = ClaimGraph::with(&vocabulary).unwrap();

    // Read as it comes, not into a copy: the file is the larger part of this test's time.
    let report = TableReader::new(mapping).load_valid(&mut graph, input);
    assert_eq!((report.claims(), report.refused()), (449_475, 0), "{:?}", report.faults().first());
    let mut stances: BTreeMap<Stance, usize> = BTreeMap::new();
    graph.claims().for_each(|claim| *stances.entry(claim.stance()).or_default() += 1);
    let counted = BTreeMap::from([
        (Stance::Asserts, 352_937),
        (Stance::Denies, 37_053),
        (Stance::Doubts, 59_485),
    ]);
    assert_eq!(stances, counted);
    assert_eq!(graph.entities().filter(|entity| entity.is_a("State")).count(), 172);

    let votes_of = |name: &str| -> BTreeMap<EntityId, Stance> {
        let state = graph.lookup_untyped(name, Some("State")).one().unwrap();
        let claims = graph.claims().filter(move |claim| claim.speaker() == Some(state));
        claims.map(|claim| (claim.subject_entity().unwrap(), claim.stance())).collect()
    };
    let (america, russia) = (votes_of("United States"), votes_of("Russia"));
    let both: Vec<(Stance, Stance)> =
        america.iter().filter_map(|(r, vote)| Some((*vote, *russia.get(r)?))).collect();
    let opposite =
        |&&(a, b): &&(Stance, Stance)| a != b && a != Stance::Doubts && b != Stance::Doubts;
    let same = both.iter().filter(|(a, b)| a == b).count();
    assert_eq!((both.len(), same, both.iter().filter(opposite).count()), (3_665, 662, 1_880));

    // Who stands where on one resolution, by the questions of every statement.
    let resolution = graph.entity_keyed("roll-call:3").unwrap();
    let assembly = graph.entity_keyed("General Assembly").unwrap();
    let relation = graph.relation("should-be-adopted-by").unwrap();
    let votes = graph.view().claims_with_subject(resolution).count();
    let yes = graph.view().stance(Stance::Asserts).claims_with_subject(resolution).count();
    let statement = graph.statement(resolution, relation, assembly);
    assert_eq!(statement.backing().len(), yes);
    assert!(yes > 0 && votes > yes);
}

fn treaties(
    input: BufReader<File>,
) -> (ClaimGraph, Relation<claimgraph::vocabulary::Any, claimgraph::vocabulary::Any>) {
    let mapping = mapping(include_str!("../examples/mappings/treaties.json"));
    let mut graph = ClaimGraph::new();
    assert_eq!(load(&mut graph, mapping, input).claims(), 6_115);
    let signed = graph.relation("was-signed").unwrap();
    (graph, signed)
}

#[test]
fn treaties_whose_signature_dates_differ() {
    let Some(input) = data("treaties/agreements_to_1989.tsv.gz") else { return };
    let (graph, signed) = treaties(input);
    let mut speakers: BTreeMap<EntityId, BTreeSet<EntityId>> = BTreeMap::new();
    for claim in graph.claims() {
        speakers
            .entry(claim.subject_entity().unwrap())
            .or_default()
            .insert(claim.speaker().unwrap());
    }
    assert_eq!(speakers.values().filter(|datasets| datasets.len() > 1).count(), 1_577);

    // Nobody denied anything.
    assert!(graph.contested().is_empty());
    let conflicts = graph.date_conflicts(signed);
    assert_eq!(conflicts.len(), 246);
    let worst = |reason: ConflictKind| {
        conflicts.iter().filter(|c| c.disagreements()[0].reason() == reason).count()
    };
    // On 175 two data sets cannot both be right; on 57 a year stands against a day of it; on 14 only one of
    // them marks the day as uncertain.
    assert_eq!(conflicts.irreconcilable().count(), 175);
    assert_eq!(
        (
            worst(ConflictKind::TimesApart),
            worst(ConflictKind::OtherPrecision),
            worst(ConflictKind::OtherCertainty)
        ),
        (175, 57, 14)
    );

    let liquor = graph.entity_keyed("ACRLLW_1925P").unwrap();
    let conflict = conflicts.iter().find(|conflict| conflict.subject() == Some(liquor)).unwrap();
    let said = conflict.disagreements()[0].to_string();
    assert!(
        said.contains("IEADB says on 1925-02-24") && said.contains("HEIDI says on 1925-02-25"),
        "{said}"
    );
    assert!(said.ends_with("it happened once, and the two have no day in common"), "{said}");
    let year = graph.entity_keyed("JOR_1977O").unwrap();
    let wider = conflicts.iter().find(|conflict| conflict.subject() == Some(year)).unwrap();
    assert_eq!(
        (wider.whether_reconcilable(), wider.disagreements()[0].reason()),
        (Answer::Unknown, ConflictKind::OtherPrecision)
    );

    // The same whatever the order of insertion.
    let read = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap();
    let again = read.date_conflicts(read.relation("was-signed").unwrap());
    assert_eq!(again.to_string(), conflicts.to_string());
    assert_eq!(
        conflicts.proof().claims().len(),
        conflicts.iter().flat_map(Finding::claims).count()
    );
}

#[test]
fn dated_figures_of_one_unit() {
    let Some(input) = data("since_until/wiki_valid.txt.gz") else { return };
    let rating = mapping(
        r#"{
        "layout": {"header": false},
        "speaker": {"text": {"constant": "Wikidata"}, "kind": "Source"},
        "subject": {"text": {"column": 0}, "kind": "Thing"},
        "relation": {"text": {"constant": "counts"}},
        "object": {"quantity": {"amount": {"column": 2}, "unit": {"column": 1, "lookup": {"P1082": "people", "P1087": "points"}}}},
        "valid": {"at": {"text": {"column": 4}, "formats": ["YYYY", "YYYY-MM-DD"]}, "holds": "some-time"},
        "reported": {"text": {"constant": "2018-12-31"}}
    }"#,
    );
    let mut graph = ClaimGraph::new();
    let report = TableReader::new(rating).load_valid(&mut graph, input);
    // Of 14,374 rows those of the two properties that are quantities.
    assert_eq!(
        (report.rows(), report.claims()),
        (14_374, 4_034 + 4_014),
        "{report} {:?}",
        report.faults().first()
    );
    let player = graph.entity_keyed("Q515979").unwrap();
    let points: Vec<String> = graph
        .view()
        .claims_with_subject(player)
        .map(|claim| claim.quantity().unwrap().to_string())
        .collect();
    assert_eq!(points.len(), 36);
    assert!(
        points.iter().any(|figure| figure.contains("2,356") || figure.contains("2356")),
        "{points:?}"
    );
}
