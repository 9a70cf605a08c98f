//! Texts, dates, words and figures of a column.

use super::*;

#[test]
fn a_plain_table_becomes_claims() {
    let mut graph = ClaimGraph::new();
    let report = load_all(Reader::new(meetings("")), &mut graph, TABLE.as_bytes()).unwrap();
    assert_eq!(report.to_string(), "2 records: 2 accepted, 0 skipped, 0 refused");
    let shown: Vec<String> = graph.claims().map(|claim| claim.to_string()).collect();
    assert_eq!(shown, ["desk asserted that A meets B", "desk asserted that B meets C"]);
    // Again into the same graph: the entities are those that are there.
    let _ = load_all(Reader::new(meetings("")), &mut graph, TABLE.as_bytes()).unwrap();
    assert_eq!((graph.len(), graph.entity_count()), (4, 4));
}

#[test]
fn a_mapping_goes_through_json_and_back() {
    let whole = mapping(
        r#"{
        "layout": {"delimiter": ";", "header": false, "quotes": true, "ragged": true},
        "speaker": {"text": {"column": 0, "missing": ["NA"], "if-missing": "skip-row"}, "kind": "Source", "origin": "name"},
        "subject": {"text": {"column": 1, "spaces": true, "strip-prefix": "<", "strip-suffix": ">"}, "kind": "Actor", "key-prefix": "x:"},
        "relation": {"text": {"column": 2, "lookup": {"1": "meets"}, "keep-others": true},
                     "unknown": {"subject": {"kind": "Actor"}, "object": "any", "symmetric": ["m"], "dealing": true, "roles": ["purpose"]}},
        "object": {"text": {"column": 3, "prefix": "a", "suffix": "z"}},
        "stance": {"constant": "denies"},
        "polarity": {"column": 4, "if-missing": "omit"},
        "certainty": {"constant": "probable"},
        "modality": {"constant": "planned"},
        "valid": {"start": {"text": {"column": 5}, "formats": ["DD/MM/YY"], "pivot": 50, "unsure": ["?"]},
                  "end": {"text": {"column": 6}, "open": ["", "9999-12-31"]}, "holds": "throughout"},
        "reported": {"text": {"column": 7}},
        "document": {"text": {"column": 8}, "key-prefix": "d:", "date": {"text": {"column": 9}}},
        "quantity": {"amount": {"column": 10}, "unit": {"constant": "soldiers"}, "meant": "about"},
        "roles": [{"role": "purpose", "value": {"quantity": {"amount": {"column": 11}, "unit": {"column": 12}, "meant": "exact"}}}],
        "name": {"column": 13},
        "answers": {"column": 14}
    }"#,
    );
    let text = serde_json::to_string(&whole).unwrap();
    assert_eq!(serde_json::from_str::<Mapping>(&text).unwrap(), whole);
    // What is not known is refused, at every depth.
    for (known, unknown) in
        [("layout", "lay"), ("ragged", "rag"), ("key-prefix", "keyprefix"), ("amount", "count")]
    {
        let changed = text.replacen(&format!("\"{known}\""), &format!("\"{unknown}\""), 1);
        assert!(serde_json::from_str::<Mapping>(&changed).is_err(), "{changed}");
    }
    // A mapping that is built is the one that is read.
    let mut built = Mapping::new(
        EntityField::new(Cell::constant("desk"), "Source"),
        EntityField::new(Cell::column("who"), "Actor"),
        RelationField::known(Cell::constant("meets")),
    );
    built.object = Some(ValueField::Entity(EntityField::new(Cell::column("whom"), "Actor")));
    built.reported = Some(DateField::new(Cell::column("day")));
    assert_eq!(built, meetings(""));
    built.valid = Some(TimeField::at(DateField::written(Cell::column("day"), ["YYYY"])));
    assert_eq!(
        built,
        meetings(r#", "valid": {"at": {"text": {"column": "day"}, "formats": ["YYYY"]}}"#)
    );
}

#[test]
fn texts_are_transformed_in_their_order() {
    let cell = |cell: &str| {
        let mut mapping = meetings("");
        mapping.subject.text = serde_json::from_str(cell).unwrap();
        mapping
    };
    let table = "who\twhom\tday\n <North_Korea> \tB\t2024-06-01\n";
    for (transformed, key) in [
        (r#"{"column": "who"}"#, "<North_Korea>"),
        (r#"{"column": 0, "spaces": true}"#, "<North Korea>"),
        (r#"{"column": 0, "strip-prefix": "<", "strip-suffix": ">"}"#, "North_Korea"),
        (r#"{"column": 0, "strip-prefix": "[", "strip-suffix": "]"}"#, "<North_Korea>"),
        (
            r#"{"column": 0, "spaces": true, "lookup": {"<North Korea>": "PRK"}, "prefix": "iso:", "suffix": "!"}"#,
            "iso:PRK!",
        ),
        (r#"{"column": 0, "lookup": {"x": "y"}, "keep-others": true}"#, "<North_Korea>"),
        (r#"{"constant": "somebody"}"#, "somebody"),
    ] {
        one(cell(transformed), table, |claim| {
            let subject = claim.graph().entity(claim.subject_entity().unwrap()).unwrap();
            assert_eq!((subject.key(), subject.name()), (key, key), "{transformed}");
        });
    }
    let mut prefixed = meetings("");
    prefixed.subject.key_prefix = "actor:".to_owned();
    one(prefixed, table, |claim| {
        let subject = claim.graph().entity(claim.subject_entity().unwrap()).unwrap();
        assert_eq!((subject.key(), subject.name()), ("actor:<North_Korea>", "<North_Korea>"));
    });
}

#[test]
fn missing_values_are_refused_skipped_or_omitted() {
    let table = "who\twhom\tday\n \tB\t2024-06-01\nNA\tB\t2024-06-01\nA\tB\t2024-06-01\n";
    let with = |then: &str| {
        let mut mapping = meetings("");
        mapping.subject.text = serde_json::from_str(&format!(
            r#"{{"column": "who", "missing": ["NA"], "if-missing": "{then}"}}"#
        ))
        .unwrap();
        mapping
    };
    assert_eq!(
        faults(with("refuse"), table),
        [
            "line 2, column 0 \"who\", subject, \" \": it is missing",
            "line 3, column 0 \"who\", subject, \"NA\": it is missing"
        ]
    );
    let mut graph = ClaimGraph::new();
    let report = load_all(Reader::new(with("skip-row")), &mut graph, table.as_bytes()).unwrap();
    assert_eq!((report.records, report.accepted(), report.skipped, report.refused), (3, 1, 2, 0));
    assert_eq!(graph.entity_count(), 3, "a row that is passed over brings nothing along");
    let mut graph = ClaimGraph::new();
    let report = load_all(Reader::new(with("omit")), &mut graph, table.as_bytes()).unwrap();
    assert_eq!(report.accepted(), 3);
    assert_eq!(graph.claims().filter(|claim| claim.subject_entity().is_none()).count(), 2);
}

#[test]
fn dates_in_every_format() {
    let valid = |more: &str, value: &str, look: &dyn Fn(ClaimRef<'_>)| {
        let table = format!("who\twhom\tday\twhen\nA\tB\t2050-01-01\t{value}\n");
        one(meetings(&format!(r#", "valid": {more}"#)), &table, look);
    };
    let at = |format: &str, value: &str| {
        let mut edtf = None;
        let cell = std::cell::RefCell::new(&mut edtf);
        let more = format!(
            r#"{{"at": {{"text": {{"column": "when"}}, "formats": ["{format}"], "pivot": 50}}}}"#
        );
        valid(&more, value, &|claim| {
            let period = claim.valid().unwrap();
            assert!(period.aspect() == Aspect::Occurrence || format == "EDTF");
            **cell.borrow_mut() = period.edtf();
        });
        edtf.unwrap_or_else(|| panic!("{format} {value}"))
    };
    for (format, value, edtf) in [
        ("YYYY-MM-DD", "1990-12-03", "1990-12-03"),
        ("YYYYMMDD", "19901203", "1990-12-03"),
        ("DD/MM/YYYY", "03/12/1990", "1990-12-03"),
        ("MM/DD/YYYY", "12/03/1990", "1990-12-03"),
        ("DD.MM.YY", "03.12.50", "1950-12-03"),
        ("DD.MM.YY", "03.12.49", "2049-12-03"),
        ("YYYY-MM", "1990-12", "1990-12"),
        ("YYYY", "1990", "1990"),
        ("YYYY-YYYY", "1946-1950", "[1946-01-01..1950-12-31]"),
        ("A..B", "1981-09..1981-10", "[1981-09-01..1981-10-31]"),
        ("A..B", "..1816-01-01", "[..1816-01-01]"),
        ("EDTF", "1990-12/..", "1990-12/.."),
    ] {
        assert_eq!(at(format, value), edtf, "{format}");
    }
    // The meanings of a time.
    let year = |holds: &str, format: &str, value: &str, edtf: &str| {
        let more = format!(
            r#"{{"at": {{"text": {{"column": "when"}}, "formats": ["{format}"]}}, "holds": "{holds}"}}"#
        );
        valid(&more, value, &|claim| {
            let period = claim.valid().unwrap();
            assert_eq!(
                (period.aspect(), period.edtf().as_deref()),
                (Aspect::State, Some(edtf)),
                "{holds} {value}"
            );
        });
    };
    year("throughout", "YYYY", "1990", "1990-01-01/1990-12-31");
    year("throughout", "YYYY-MM-DD", "1990-05-01", "1990-05-01/1990-05-01");
    year("throughout", "YYYY-YYYY", "1946-1950", "1946/1950");
    year("some-time", "YYYY", "1990", "1990/1990");
    // From one time to another.
    let span = |value: &str, edtf: Option<&str>| {
        let more = r#"{"start": {"text": {"column": "when", "strip-suffix": " -", "if-missing": "omit"}, "formats": ["YYYY-MM-DD", "YYYY"]},
            "end": {"text": {"column": "end", "if-missing": "omit"}, "formats": ["YYYY-MM-DD", "YYYY"], "open": ["9999-12-31"]}}"#;
        let table = format!("who\twhom\tday\twhen\tend\nA\tB\t2050-01-01\t{value}\n");
        one(meetings(&format!(r#", "valid": {more}"#)), &table, |claim| {
            assert_eq!(claim.valid().and_then(|period| period.edtf()).as_deref(), edtf, "{value}");
        });
    };
    span("1961\t1996", Some("1961/1996"));
    span("1961-07-06\t1996-09-10", Some("1961-07-06/1996-09-10"));
    span("1961-07-06 -\t9999-12-31", Some("1961-07-06/.."));
    span("1961\t9999-12-31", Some("1961/.."));
    span("1961\t", Some("1961/"));
    span("\t1996", Some("/1996"));
    span("\t", None);
    // A mark of doubt.
    let more = r#"{"at": {"text": {"column": "when"}, "unsure": ["?", "~"]}}"#;
    valid(more, "1990-12-03?", &|claim| assert_eq!(claim.certainty(), Certainty::Probable));
    valid(more, "1990-12-03~", &|claim| {
        assert_eq!(claim.valid().unwrap().edtf().as_deref(), Some("1990-12-03"))
    });
    valid(more, "1990-12-03", &|claim| assert_eq!(claim.certainty(), Certainty::Certain));
}

#[test]
fn words_figures_roles_and_documents() {
    let whole = r#",
        "stance": {"column": "how", "lookup": {"+": "asserts", "*": "assesses"}},
        "polarity": {"column": "sign", "if-missing": "omit"},
        "certainty": {"constant": "possible"},
        "modality": {"constant": "planned"},
        "quantity": {"amount": {"column": "n"}, "unit": {"constant": "people"}, "meant": "about"},
        "document": {"text": {"column": "paper"}, "key-prefix": "doc:", "date": {"text": {"column": "day"}}},
        "roles": [{"role": "purpose", "value": {"text": {"column": "why", "if-missing": "omit"}}},
                  {"role": "place", "value": {"entity": {"text": {"column": "where"}, "kind": "Place"}}}]"#;
    let table = "who\twhom\tday\thow\tsign\tn\tpaper\twhy\twhere\nA\tB\t2024-06-01\t*\tnegative\t12.5\tp1\ttalks\tX\n";
    one(meetings(whole), table, |claim| {
        assert_eq!(
            (claim.stance(), claim.polarity()),
            (Stance::Assesses, Some(Polarity::Negative))
        );
        assert_eq!((claim.certainty(), claim.modality()), (Certainty::Possible, Modality::Planned));
        assert_eq!(claim.quantity().unwrap().to_string(), "about 12.5 people");
        let document = claim.document().unwrap();
        assert_eq!(claim.graph().entity(document).unwrap().key(), "doc:p1");
        assert_eq!(claim.graph().document(document).unwrap().date(), Some(date(2024, 6, 1)));
        assert_eq!(claim.role(PURPOSE).next().and_then(|term| term.text()), Some("talks"));
        assert_eq!(claim.graph().name_of(claim.role(PLACE).next().unwrap().entity().unwrap()), "X");
    });
    let without = table.replace('*', "+").replace("negative", "").replace("talks", "");
    one(meetings(whole), &without, |claim| {
        assert_eq!((claim.polarity(), claim.roles().count()), (None, 1));
    });
    // The document's date serves as the report date.
    let mut dated = meetings(
        r#", "document": {"text": {"column": "who"}, "date": {"text": {"column": "day"}}}"#,
    );
    dated.reported = None;
    dated.subject.text = Cell::column("whom");
    one(dated, "who\twhom\tday\np\tB\t2024-06-01\n", |claim| {
        assert_eq!(claim.reported(), date(2024, 6, 1))
    });
}

#[test]
fn only_an_end_can_be_open() {
    let field = r#"{"column": "day"}, "open": ["9999-12-31"]"#;
    for part in [
        format!(r#", "valid": {{"at": {{"text": {field}}}}}"#),
        format!(r#", "valid": {{"start": {{"text": {field}}}}}"#),
    ] {
        let fault = faults(meetings(&part), "who\twhom\tday\nA\tB\t9999-12-31\n").join("|");
        assert_eq!(fault, "the mapping, valid: expected `open` at the `end` only");
    }
}
