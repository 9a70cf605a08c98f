//! Rows that answer other rows; entities, relations and layouts.

use super::*;

#[test]
fn rows_answer_earlier_rows_by_name() {
    let answering = || {
        mapping(
            r#"{
        "speaker": {"text": {"column": "by"}, "kind": "Actor"},
        "subject": {"text": {"column": "who"}, "kind": "Actor"},
        "relation": {"text": {"constant": "meets"}},
        "object": {"entity": {"text": {"column": "whom"}, "kind": "Actor"}},
        "stance": {"column": "how"},
        "reported": {"text": {"constant": "2024-06-01"}},
        "name": {"column": "id"},
        "answers": {"column": "to", "if-missing": "omit"}
    }"#,
        )
    };
    let table = "id\tby\thow\twho\twhom\tto\n1\tX\tasserts\tA\tB\t\n2\tY\tdenies\tA\tB\t1\n";
    let mut graph = ClaimGraph::new();
    let _ = load_all(Reader::new(answering()), &mut graph, table.as_bytes()).unwrap();
    let denial = graph.claims().last().unwrap();
    assert_eq!(
        denial.targets().map(|(id, _)| id).collect::<Vec<_>>(),
        [graph.claims().next().unwrap().id()]
    );
    let table = table.to_owned() + "2\tY\tdenies\tA\tB\t1\n3\tY\tdenies\tA\tB\t9\n";
    assert_eq!(
        faults(answering(), table),
        [
            "line 4, column 0 \"id\", name, \"2\": an earlier row has this name",
            "line 5, column 5 \"to\", answers, \"9\": no accepted earlier row has this name"
        ]
    );
}

#[test]
fn entities_are_made_or_looked_up() {
    let looked_up = |origin: &str| {
        let mut mapping = meetings("");
        mapping.subject.origin = serde_json::from_str(&format!("\"{origin}\"")).unwrap();
        mapping
    };
    let graph = || {
        let mut graph = ClaimGraph::new();
        graph.add(State, claimgraph::Entity::new("prk").named("North Korea")).unwrap();
        graph.add(Person, claimgraph::Entity::new("kim-1").named("Kim")).unwrap();
        graph.add(Person, claimgraph::Entity::new("kim-2").named("Kim")).unwrap();
        graph.add(City, claimgraph::Entity::new("seoul")).unwrap();
        graph
    };
    let read = |origin: &str, who: &str| {
        let mut graph = graph();
        let table = format!("who\twhom\tday\n{who}\tB\t2024-06-01\n");
        let report = load(Reader::new(looked_up(origin)), &mut graph, table.as_bytes());
        match report.faults.first() {
            Some(fault) => fault.to_string(),
            None => {
                let subject = graph.claims().next().unwrap().subject_entity().unwrap();
                graph.entity(subject).unwrap().key().to_owned()
            }
        }
    };
    assert_eq!(read("name", "north  KOREA"), "prk");
    assert_eq!(
        read("name", "Atlantis"),
        "line 2, column 0 \"who\", subject, \"Atlantis\": no entity has this name"
    );
    assert_eq!(
        read("name", "Kim"),
        "line 2, column 0 \"who\", subject, \"Kim\": expected the name of one entity, found 2"
    );
    assert_eq!(read("key", "prk"), "prk");
    assert_eq!(
        read("key", "North Korea"),
        "line 2, column 0 \"who\", subject, \"North Korea\": key: unknown entity \"North Korea\""
    );
    assert_eq!(read("first-sight", "prk"), "prk", "an entity of a kind below is taken");
    assert_eq!(
        read("first-sight", "North Korea"),
        "North Korea",
        "found by its key, not by its name"
    );
    assert_eq!(
        read("first-sight", "seoul"),
        "line 2, column 0 \"who\", subject, \"seoul\": key: \"seoul\" has the kind City; expected Actor"
    );
}

#[test]
fn relations_are_refused_or_declared() {
    let with = |unknown: &str| {
        let mut mapping = meetings("");
        mapping.relation = serde_json::from_str(&format!(
            r#"{{"text": {{"column": "rel", "spaces": true}} {unknown}}}"#
        ))
        .unwrap();
        mapping
    };
    let table = "who\trel\twhom\tday\nA\tTalk_with\tB\t2024-06-01\nB\tPraise\tA\t2024-06-01\nB\tmeets\tA\t2024-06-01\n";
    assert_eq!(
        faults(with(""), table),
        [
            "line 2, column 1 \"rel\", relation, \"Talk_with\": relation: unknown relation \"Talk with\"",
            "line 3, column 1 \"rel\", relation, \"Praise\": relation: unknown relation \"Praise\""
        ]
    );
    let template = r#", "unknown": {"subject": {"kind": "Actor"}, "object": {"kind": "Actor"}, "symmetric": ["Talk with"], "dealing": true}"#;
    let mut graph = ClaimGraph::new();
    let _ = load_all(Reader::new(with(template)), &mut graph, table.as_bytes()).unwrap();
    let talk = graph.vocabulary().relation("Talk with").unwrap();
    let praise = graph.vocabulary().relation("Praise").unwrap();
    assert!(talk.symmetric && talk.interaction && !praise.symmetric);
    // A template with an unknown kind.
    let wrong = template.replace("Actor", "Aktor");
    assert_eq!(
        faults(with(&wrong), table)[0],
        "line 2, column 1 \"rel\", relation, \"Talk_with\": vocabulary: unknown kind \"Aktor\""
    );
}

#[test]
fn layouts() {
    let csv = Mapping { layout: Layout::csv(), ..meetings("") };
    let mut graph = ClaimGraph::new();
    let table = "who,whom,day\r\n\"A, \"\"the\nfirst\"\"\",B,2024-06-01\r\n\r\nB,,2024-06-02\r\n";
    let report = load(Reader::new(csv), &mut graph, table.as_bytes());
    // A key takes no line end; the fault stands on the line on which the row begins.
    assert_eq!((report.accepted(), report.refused), (0, 2));
    assert_eq!(report.faults.iter().map(|f| f.line().unwrap()).collect::<Vec<_>>(), [2, 5]);

    let headless = || {
        let mut mapping = meetings("");
        mapping.layout = Layout { delimiter: '|', header: false, ..Layout::default() };
        mapping.subject.text = Cell::number(0);
        mapping.object = Some(ValueField::Entity(EntityField::new(Cell::number(1), "Actor")));
        mapping.reported = Some(DateField::new(Cell::number(2)));
        mapping
    };
    one(headless(), "\"A|B|2024-06-01", |claim| {
        assert_eq!(
            claim.graph().name_of(claim.subject_entity().unwrap()),
            "\"A",
            "quotes are ordinary characters here"
        );
    });
    assert_eq!(faults(headless(), "A|B|2024-06-01\nA|B\n"), ["line 2: expected 3 fields, found 2"]);
    let mut ragged = headless();
    ragged.layout.ragged = true;
    assert_eq!(
        faults(ragged.clone(), "A|B|2024-06-01|more\nA|B\n"),
        ["line 2, column 2, reported, \"\": it is missing"]
    );
    ragged.reported.as_mut().unwrap().text.if_missing = IfMissing::SkipRow;
    assert!(faults(ragged, "A|B|2024-06-01\nA|B\n").is_empty());
    // A byte order mark at the start is not part of the first column name.
    let marked = format!("\u{feff}{TABLE}");
    assert!(faults(meetings(""), marked).is_empty());
}

#[test]
fn rows_dismiss_and_retract_earlier_rows() {
    let more = r#", "stance": {"column": "stance"}, "name": {"column": "name"},
        "answers": {"column": "answers", "if-missing": "omit"}"#;
    let text = serde_json::to_string(&meetings(more)).unwrap();
    let omitted =
        text.replace("{\"column\":\"whom\"}", "{\"column\":\"whom\",\"if-missing\":\"omit\"}");
    assert!(omitted != text);
    let mut mapping: Mapping = serde_json::from_str(&omitted).unwrap();
    mapping.speaker = mapping.subject.clone();
    let json = serde_json::to_value(&mapping).unwrap();
    let mut json = json;
    json["subject"]["text"]["column"] = "subject".into();
    json["subject"]["text"]["if-missing"] = "omit".into();
    let mapping: Mapping = serde_json::from_value(json).unwrap();
    let table = "who\tsubject\twhom\tday\tstance\tname\tanswers\n\
        A\tA\tB\t2024-06-01\tasserts\tone\t\n\
        B\t\t\t2024-06-02\tdismisses\ttwo\tone\n\
        A\t\t\t2024-06-03\tretracts\tthree\tone\n\
        B\tA\tB\t2024-06-02\tdismisses\tfour\tone\n";
    let mut graph = ClaimGraph::new();
    let report = load(Reader::new(mapping), &mut graph, table.as_bytes());
    assert_eq!((report.records, report.refused, graph.len()), (4, 1, 3), "{}", shown(&report));
    let stances: Vec<String> = graph.claims().map(|claim| claim.stance().to_string()).collect();
    assert_eq!(stances, ["asserts", "dismisses", "retracts"]);
    assert!(
        graph
            .claims()
            .skip(1)
            .all(|claim| claim.statement().is_none() && claim.targets().len() == 1)
    );
    assert_eq!(
        report.faults[0].line(),
        Some(5),
        "a dismissal has no statement; a row with one is refused, not silently cut"
    );
}

#[test]
fn the_example_of_the_documentation_is_what_it_says() {
    let page = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../crates/claimgraph-formats/docs/TABLES.md"
    ));
    let fenced = |language: &str| -> &str {
        let (_, rest) = page.split_once(&format!("```{language}\n")).unwrap();
        rest.split_once("```").unwrap().0
    };
    let mut graph = ClaimGraph::new();
    let input = fenced("tsv").as_bytes();
    let mut states = mapping(fenced("json"));
    let report = load_all(Reader::new(states.clone()), &mut graph, input).unwrap();
    let shown: Vec<String> = graph.claims().map(|claim| claim.to_string() + "\n").collect();
    assert_eq!(shown.concat() + &report.to_string() + "\n", fenced("text"));
    let town = graph.claims().next().unwrap().role(PLACE).next().and_then(|term| term.text());
    assert_eq!(town, Some("Szohôd"));
    // Every member that the page lists is one.
    states.subject.text.if_missing = IfMissing::Refuse;
    let report = load(Reader::new(states), &mut ClaimGraph::new(), input);
    assert_eq!(
        report.faults[0].to_string(),
        "line 4, column 0 \"actor\", subject, \"?\": it is missing"
    );
}
