//! Faults with their line, column and field.

use super::*;

#[test]
fn every_fault_says_line_column_field_value_and_what_was_expected() {
    let row = |row: &str| format!("who\twhom\tday\tx\nA\tB\t2024-06-01\t\n\n{row}\n");
    let fault = |more: &str, fields: &str| faults(meetings(more), row(fields)).join("|");
    let x = |column: &str| format!(r#", "{column}": {{"column": "x", "if-missing": "omit"}}"#);
    let value = |json: &str| format!(r#", "{json}"#);
    assert_eq!(
        fault("", "A\tB\t2024-06-31\t"),
        "line 4, column 2 \"day\", reported, \"2024-06-31\": it is not a date; expected YYYY-MM-DD"
    );
    assert_eq!(fault("", "A\tB\t2024-06-01"), "line 4: expected 4 fields, found 3");
    assert_eq!(fault("", "A\tB\t2024-06-01\t\t"), "line 4: expected 4 fields, found 5");
    assert_eq!(
        fault(&x("polarity"), "A\tB\t2024-06-01\tgood"),
        "line 4, column 3 \"x\", polarity, \"good\": expected one of: positive, negative, mixed"
    );
    assert!(
        fault(&x("stance"), "A\tB\t2024-06-01\tsays")
            .contains("expected one of: asserts, observes,")
    );
    assert_eq!(
        fault(&x("stance"), "A\tB\t2024-06-01\tconfirms-all").split(':').next(),
        Some("line 4, column 3 \"x\", stance, \"confirms-all\"")
    );
    let quantity = value(
        r#"quantity": {"amount": {"column": "x", "if-missing": "omit"}, "unit": {"constant": "people"}}"#,
    );
    assert_eq!(
        fault(&quantity, "A\tB\t2024-06-01\tmany"),
        "line 4, column 3 \"x\", quantity.amount, \"many\": it is not a number; expected digits such as 1200 or -0.5"
    );
    let refused =
        |more: &str, fields: &str| fault(more, fields).split(": ").next().unwrap().to_owned();
    assert_eq!(
        refused(&quantity, "A\tB\t2024-06-01\t-3"),
        "line 4, column 3 \"x\", quantity.amount, \"-3\""
    );
    let role = value(
        r#"roles": [{"role": "spoken-in", "value": {"text": {"column": "x", "if-missing": "omit"}}}]"#,
    );
    assert_eq!(
        refused(&role, "A\tB\t2024-06-01\there"),
        "line 4, column 3 \"x\", roles.spoken-in, \"here\""
    );
    assert_eq!(
        refused(&x("polarity"), "A\tB\t2024-06-01\tpositive"),
        "line 4, column 3 \"x\", polarity, \"positive\""
    );
    for stance in ["dismisses", "retracts", "assesses"] {
        let told = format!("line 4, column 3 \"x\", stance, \"{stance}\"");
        assert_eq!(refused(&x("stance"), &format!("A\tB\t2024-06-01\t{stance}")), told);
    }
    let looked_up = value(
        r#"stance": {"column": "x", "if-missing": "omit", "lookup": {"+": "asserts", "-": "denies"}}"#,
    );
    assert_eq!(
        fault(&looked_up, "A\tB\t2024-06-01\t0"),
        "line 4, column 3 \"x\", stance, \"0\": it is not among the codes of the mapping: +, -"
    );
    let late = value(r#"valid": {"at": {"text": {"column": "x", "if-missing": "omit"}}}"#);
    assert!(fault(&late, "A\tB\t2024-06-01\t2024-06-02").starts_with(
        "line 4, column 3 \"x\", valid.at, \"2024-06-02\": valid: it happened on 2024-06-02"
    ));
    let span = value(
        r#"valid": {"start": {"text": {"column": "day"}}, "end": {"text": {"column": "x", "if-missing": "omit"}}}"#,
    );
    assert_eq!(
        fault(&span, "A\tB\t2024-06-01\t2024-05-31"),
        "line 4, column 3 \"x\", valid.end, \"2024-05-31\": the time ends before it begins"
    );
    // A year is not a report date. A text that is not UTF-8. Control characters in a key.
    let mut year = meetings("");
    year.reported = Some(DateField::written(Cell::column("day"), ["YYYY"]));
    assert_eq!(
        faults(year, "who\twhom\tday\nA\tB\t2024\n"),
        [
            "line 2, column 2 \"day\", reported, \"2024\": expected one day as the report date, found a longer time"
        ]
    );
    assert_eq!(
        faults(meetings(""), b"who\twhom\tday\nA\xff\tB\t2024-06-01\n"),
        ["line 2, column 0 \"who\", subject, \"A\u{fffd}\": it is not UTF-8"]
    );
    let nul = faults(meetings(""), b"who\twhom\tday\nA\0\tB\t2024-06-01\n");
    assert!(nul[0].starts_with("line 2, column 0 \"who\", subject, \"A\\u{0}\": key:"), "{nul:?}");
    // The parts of a fault.
    let mut graph = ClaimGraph::new();
    let report = load(Reader::new(meetings("")), &mut graph, row("A\tB\tsoon\t").as_bytes());
    let fault = &report.faults[0];
    assert_eq!((fault.line(), fault.column(), fault.header()), (Some(4), Some(2), Some("day")));
    assert_eq!((fault.field(), fault.value()), (Some("reported"), Some("soon")));
    assert!(matches!(fault.kind(), ReadErrorKind::Syntax(_)));
}

#[test]
fn a_wrong_mapping_is_a_fault_of_the_mapping() {
    let fault = |mapping: Mapping| faults(mapping, TABLE).join("|");
    let mut wrong = meetings("");
    wrong.subject.text = Cell::column("whose");
    assert_eq!(fault(wrong), "the mapping, subject: the header has no column \"whose\"");
    let mut wrong = meetings("");
    wrong.subject.text = Cell { constant: Some("x".into()), ..Cell::column("who") };
    assert_eq!(fault(wrong), "the mapping, subject: expected either a column or a constant");
    let mut wrong = meetings("");
    wrong.reported = None;
    assert_eq!(
        fault(wrong),
        "the mapping, reported: expected a report date, or a document with a date"
    );
    let mut wrong = meetings("");
    wrong.layout.delimiter = '→';
    assert!(fault(wrong).starts_with("the mapping, layout: "));
    assert!(fault(meetings(r#", "valid": {}"#)).starts_with("the mapping, valid: "));
    let role = r#", "roles": [{"role": "mood", "value": {"text": {"column": "who"}}}]"#;
    assert!(fault(meetings(role)).contains("unknown role \"mood\""), "{}", fault(meetings(role)));
    let twice = faults(meetings(""), "who\twho\twhom\tday\nA\tA\tB\t2024-06-01\n");
    assert_eq!(
        twice,
        ["the mapping, subject: the header has several columns \"who\"; expected one"]
    );
    let mut far = meetings("");
    far.subject.text = Cell::number(17);
    assert_eq!(
        fault(far.clone()),
        "the mapping, subject: the header has no column 17, counted from 0: it has 3"
    );
    assert_eq!(faults(meetings(""), ""), ["line 1: expected a header"]);
}

#[test]
fn all_or_nothing_leaves_the_graph_as_it_was() {
    let mut graph = ClaimGraph::new();
    graph.add(State, "A").unwrap();
    let _ = load_all(Reader::new(meetings("")), &mut graph, TABLE.as_bytes()).unwrap();
    let before = graph.to_jsonl();
    let mut declaring = meetings("");
    declaring.relation = serde_json::from_str(
        r#"{"text": {"column": "rel"}, "unknown": {"subject": {"kind": "Actor"}, "object": {"kind": "Actor"}}}"#,
    )
    .unwrap();
    let table = "who\trel\twhom\tday\nX\tnew\tY\t2024-06-01\nX\tnewer\tZ\tnever\n";
    let refused = load_all(Reader::new(declaring.clone()), &mut graph, table.as_bytes());
    assert_eq!(refused.unwrap_err().line(), Some(3));
    assert_eq!(graph.to_jsonl(), before);
    // If the other rows are kept, a refused row leaves neither its entities nor its relation behind.
    let table = "who\trel\twhom\tday\nX\tnew\tY\t2024-06-01\nQ\tnewer\t\t2024-06-01\nQ\tnewer\tA\u{1}\t2024-06-01\n";
    let report = load(Reader::new(declaring.clone()), &mut graph, table.as_bytes());
    assert_eq!((report.accepted(), report.refused), (1, 2));
    assert!(graph.entity_keyed("Q").is_err() && graph.lookup_untyped("q", None).is_unknown());
    assert!(graph.relation("newer").is_err() && graph.relation("new").is_ok());
    // Entities and relations of a refused row are added when a later row needs them.
    let late = "who\trel\twhom\tday\tx\nQ\tnewer\tR\t2024-06-01\t-5\nQ\tnewer\tR\t2024-06-01\t5\n";
    declaring.quantity =
        serde_json::from_str(r#"{"amount": {"column": "x"}, "unit": {"constant": "people"}}"#)
            .unwrap();
    let report = load(Reader::new(declaring), &mut graph, late.as_bytes());
    assert_eq!((report.accepted(), report.refused), (1, 1), "{:?}", report.faults);
    let claim = graph.claims().last().unwrap();
    assert_eq!(claim.to_string(), "desk asserted that Q newer R: 5 people");
    assert_eq!(
        ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap().to_jsonl(),
        graph.to_jsonl()
    );
}

#[test]
fn a_value_no_row_can_have_is_a_fault_of_the_mapping() {
    let table = "who\twhom\tday\nA\tB\t01.06.24\nA\tB\t02.06.24\n";
    let dated = |more: &str| {
        let json = serde_json::to_string(&meetings("")).unwrap();
        let field = r#""reported":{"text":{"column":"day"}"#;
        assert!(json.contains(field), "{json}");
        serde_json::from_str::<Mapping>(&json.replace(field, &format!("{field}, {more}"))).unwrap()
    };
    let fault = faults(dated(r#""formats": ["DD.MM.YYYY", "DD.MM.YY"]"#), table).join("|");
    assert_eq!(
        fault,
        "the mapping, reported: expected a `pivot`, because a format has years of two digits"
    );
    assert_eq!(
        faults(dated(r#""formats": ["DD.MM.YY"], "pivot": 50"#), table),
        Vec::<String>::new()
    );
    let seventh = meetings(r#", "stance": {"column": 7}"#);
    let fault = faults(seventh, table).join("|");
    assert_eq!(fault, "the mapping, stance: the header has no column 7, counted from 0: it has 3");
}
