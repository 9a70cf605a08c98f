//! Delimited text by a mapping: every transformation, every fault with its line, column and field, and
//! hostile input.

use claimgraph::{
    Cell, ClaimGraph, ClaimRef, DateField, EntityField, Layout, Modality, RelationField, Stance,
    TableFaultKind, TableLimits, TableMapping, TableReader, TableReport, TimeField, ValueField,
    claim::{Certainty, Polarity},
    date,
    reporting::*,
    time::Aspect,
};
use flate2::{Compression, write::GzEncoder};
use std::io::{self, BufReader, Read, Write};

fn mapping(json: &str) -> TableMapping {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in {json}"))
}

/// Who does what to whom on which day, by the columns of that name; `more` is put behind.
fn meetings(more: &str) -> TableMapping {
    mapping(&format!(
        r#"{{
        "speaker": {{"text": {{"constant": "desk"}}, "kind": "Source"}},
        "subject": {{"text": {{"column": "who"}}, "kind": "Actor"}},
        "relation": {{"text": {{"constant": "meets"}}}},
        "object": {{"entity": {{"text": {{"column": "whom"}}, "kind": "Actor"}}}},
        "reported": {{"text": {{"column": "day"}}}}
        {more}
    }}"#
    ))
}

/// The faults of a table, as they are printed.
fn faults(mapping: TableMapping, table: impl AsRef<[u8]>) -> Vec<String> {
    let mut graph = ClaimGraph::new();
    let report = TableReader::new(mapping).load_valid(&mut graph, table.as_ref());
    report.faults().iter().map(ToString::to_string).collect()
}

/// The one claim of a table.
fn one(mapping: TableMapping, table: &str, look: impl FnOnce(ClaimRef<'_>)) {
    let mut graph = ClaimGraph::new();
    let report = TableReader::new(mapping).load_all(&mut graph, table.as_bytes());
    let report = report.unwrap_or_else(|report| panic!("{:?}", report.faults()));
    assert_eq!((report.rows(), report.claims()), (1, 1));
    look(graph.claims().next().unwrap());
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const TABLE: &str = "who\twhom\tday\nA\tB\t2024-06-01\nB\tC\t2024-06-02\n";

#[test]
fn a_plain_table_becomes_claims() {
    let mut graph = ClaimGraph::new();
    let report = TableReader::new(meetings("")).load_all(&mut graph, TABLE.as_bytes()).unwrap();
    assert_eq!(report.to_string(), "2 rows: 2 claims, 0 skipped, 0 refused");
    let shown: Vec<String> = graph.claims().map(|claim| claim.to_string()).collect();
    assert_eq!(shown, ["desk asserted that A meets B", "desk asserted that B meets C"]);
    // Again into the same graph: the entities are those that are there.
    let _ = TableReader::new(meetings("")).load_all(&mut graph, TABLE.as_bytes()).unwrap();
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
        "roles": [{"role": "purpose", "value": {"quantity": {"amount": {"column": 11}, "unit": {"column": 12}, "meant": "exactly"}}}],
        "name": {"column": 13},
        "answers": {"column": 14}
    }"#,
    );
    let text = serde_json::to_string(&whole).unwrap();
    assert_eq!(serde_json::from_str::<TableMapping>(&text).unwrap(), whole);
    // What is not known is refused, at every depth.
    for (known, unknown) in
        [("layout", "lay"), ("ragged", "rag"), ("key-prefix", "keyprefix"), ("amount", "count")]
    {
        let changed = text.replacen(&format!("\"{known}\""), &format!("\"{unknown}\""), 1);
        assert!(serde_json::from_str::<TableMapping>(&changed).is_err(), "{changed}");
    }
    // A mapping that is built is the one that is read.
    let mut built = TableMapping::new(
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
fn what_is_missing_is_refused_passed_over_or_left_out() {
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
    let report = TableReader::new(with("skip-row")).load_all(&mut graph, table.as_bytes()).unwrap();
    assert_eq!((report.rows(), report.claims(), report.skipped(), report.refused()), (3, 1, 2, 0));
    assert_eq!(graph.entity_count(), 3, "a row that is passed over brings nothing along");
    let mut graph = ClaimGraph::new();
    let report = TableReader::new(with("omit")).load_all(&mut graph, table.as_bytes()).unwrap();
    assert_eq!(report.claims(), 3);
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
    // What a time means.
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
    // The document's date does for a report date.
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
    let _ = TableReader::new(answering()).load_all(&mut graph, table.as_bytes()).unwrap();
    let denial = graph.claims().last().unwrap();
    assert_eq!(
        denial.targets().map(|(id, _)| id).collect::<Vec<_>>(),
        [graph.claims().next().unwrap().id()]
    );
    let table = table.to_owned() + "2\tY\tdenies\tA\tB\t1\n3\tY\tdenies\tA\tB\t9\n";
    assert_eq!(
        faults(answering(), table),
        [
            "line 4, column 0 \"id\", name, \"2\": an earlier row is called so",
            "line 5, column 5 \"to\", answers, \"9\": no earlier row that was kept is called so"
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
        let report = TableReader::new(looked_up(origin)).load_valid(&mut graph, table.as_bytes());
        match report.faults().first() {
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
        "line 2, column 0 \"who\", subject, \"Atlantis\": name: no entity \"Atlantis\" is known"
    );
    assert_eq!(
        read("name", "Kim"),
        "line 2, column 0 \"who\", subject, \"Kim\": 2 entities bear this name; expected one"
    );
    assert_eq!(read("key", "prk"), "prk");
    assert_eq!(
        read("key", "North Korea"),
        "line 2, column 0 \"who\", subject, \"North Korea\": key: no entity \"North Korea\" is known"
    );
    assert_eq!(read("first-sight", "prk"), "prk", "one of a kind below is taken");
    assert_eq!(read("first-sight", "North Korea"), "North Korea", "by its key, not by its name");
    assert_eq!(
        read("first-sight", "seoul"),
        "line 2, column 0 \"who\", subject, \"seoul\": key: \"seoul\" is a City, and a Actor is expected"
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
            "line 2, column 1 \"rel\", relation, \"Talk_with\": relation: no relation \"Talk with\" is known",
            "line 3, column 1 \"rel\", relation, \"Praise\": relation: no relation \"Praise\" is known"
        ]
    );
    let template = r#", "unknown": {"subject": {"kind": "Actor"}, "object": {"kind": "Actor"}, "symmetric": ["Talk with"], "dealing": true}"#;
    let mut graph = ClaimGraph::new();
    let _ = TableReader::new(with(template)).load_all(&mut graph, table.as_bytes()).unwrap();
    let talk = graph.vocabulary().relation("Talk with").unwrap();
    let praise = graph.vocabulary().relation("Praise").unwrap();
    assert!(talk.symmetric && talk.dealing && !praise.symmetric);
    // A template of a kind that nobody knows.
    let wrong = template.replace("Actor", "Aktor");
    assert_eq!(
        faults(with(&wrong), table)[0],
        "line 2, column 1 \"rel\", relation, \"Talk_with\": vocabulary: no kind \"Aktor\" is known"
    );
}

#[test]
fn every_fault_says_line_column_field_value_and_what_was_expected() {
    let row = |row: &str| format!("who\twhom\tday\tx\nA\tB\t2024-06-01\t\n\n{row}\n");
    let fault = |more: &str, fields: &str| faults(meetings(more), row(fields)).join("|");
    let x = |column: &str| format!(r#", "{column}": {{"column": "x", "if-missing": "omit"}}"#);
    let value = |json: &str| format!(r#", "{json}"#);
    assert_eq!(
        fault("", "A\tB\t2024-06-31\t"),
        "line 4, column 2 \"day\", reported, \"2024-06-31\": it is no date; expected YYYY-MM-DD"
    );
    assert_eq!(fault("", "A\tB\t2024-06-01"), "line 4: the row has 3 fields, and 4 are expected");
    assert_eq!(
        fault("", "A\tB\t2024-06-01\t\t"),
        "line 4: the row has 5 fields, and 4 are expected"
    );
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
        "line 4, column 3 \"x\", quantity.amount, \"many\": it is no number; expected digits such as 1200 or -0.5"
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
        "line 4, column 3 \"x\", valid.end, \"2024-05-31\": it ends before it begins"
    );
    // A year is no report date; a text that is not UTF-8; control characters in a key.
    let mut year = meetings("");
    year.reported = Some(DateField::written(Cell::column("day"), ["YYYY"]));
    assert_eq!(
        faults(year, "who\twhom\tday\nA\tB\t2024\n"),
        [
            "line 2, column 2 \"day\", reported, \"2024\": a report date is one day, and this is a longer time"
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
    let report =
        TableReader::new(meetings("")).load_valid(&mut graph, row("A\tB\tsoon\t").as_bytes());
    let fault = &report.faults()[0];
    assert_eq!((fault.line(), fault.column(), fault.header()), (Some(4), Some(2), Some("day")));
    assert_eq!((fault.field(), fault.value()), (Some("reported"), Some("soon")));
    assert!(matches!(fault.kind(), TableFaultKind::NotADate { .. }));
}

#[test]
fn a_wrong_mapping_is_a_fault_of_the_mapping() {
    let fault = |mapping: TableMapping| faults(mapping, TABLE).join("|");
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
    assert!(
        fault(meetings(role)).contains("no role \"mood\" is known"),
        "{}",
        fault(meetings(role))
    );
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
fn layouts() {
    let csv = TableMapping { layout: Layout::csv(), ..meetings("") };
    let mut graph = ClaimGraph::new();
    let table = "who,whom,day\r\n\"A, \"\"the\nfirst\"\"\",B,2024-06-01\r\n\r\nB,,2024-06-02\r\n";
    let report = TableReader::new(csv).load_valid(&mut graph, table.as_bytes());
    // A key takes no line end; the fault stands on the line on which the row begins.
    assert_eq!((report.claims(), report.refused()), (0, 2));
    assert_eq!(report.faults().iter().map(|f| f.line().unwrap()).collect::<Vec<_>>(), [2, 5]);

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
            "quotes are letters here"
        );
    });
    assert_eq!(
        faults(headless(), "A|B|2024-06-01\nA|B\n"),
        ["line 2: the row has 2 fields, and 3 are expected"]
    );
    let mut ragged = headless();
    ragged.layout.ragged = true;
    assert_eq!(
        faults(ragged.clone(), "A|B|2024-06-01|more\nA|B\n"),
        ["line 2, column 2, reported, \"\": it is missing"]
    );
    ragged.reported.as_mut().unwrap().text.if_missing = claimgraph::IfMissing::SkipRow;
    assert!(faults(ragged, "A|B|2024-06-01\nA|B\n").is_empty());
    // A mark of UTF-8 at the start is no part of the first name.
    let marked = format!("\u{feff}{TABLE}");
    assert!(faults(meetings(""), marked).is_empty());
}

#[test]
fn all_or_nothing_leaves_the_graph_as_it_was() {
    let mut graph = ClaimGraph::new();
    graph.add(State, "A").unwrap();
    let _ = TableReader::new(meetings("")).load_all(&mut graph, TABLE.as_bytes()).unwrap();
    let before = graph.to_jsonl();
    let mut declaring = meetings("");
    declaring.relation = serde_json::from_str(
        r#"{"text": {"column": "rel"}, "unknown": {"subject": {"kind": "Actor"}, "object": {"kind": "Actor"}}}"#,
    )
    .unwrap();
    let table = "who\trel\twhom\tday\nX\tnew\tY\t2024-06-01\nX\tnewer\tZ\tnever\n";
    let refused =
        TableReader::new(declaring.clone()).load_all(&mut graph, table.as_bytes()).unwrap_err();
    assert_eq!((refused.rows(), refused.claims(), refused.refused()), (2, 1, 1));
    assert_eq!(graph.to_jsonl(), before);
    // Where the rest is kept, a refused row leaves neither its entities nor its relation behind.
    let table = "who\trel\twhom\tday\nX\tnew\tY\t2024-06-01\nQ\tnewer\t\t2024-06-01\nQ\tnewer\tA\u{1}\t2024-06-01\n";
    let report = TableReader::new(declaring.clone()).load_valid(&mut graph, table.as_bytes());
    assert_eq!((report.claims(), report.refused()), (1, 2));
    assert!(graph.entity_keyed("Q").is_err() && graph.lookup_untyped("q", None).is_unknown());
    assert!(graph.relation("newer").is_err() && graph.relation("new").is_ok());
    // What a refused row brought along first is made when it comes again.
    let late = "who\trel\twhom\tday\tx\nQ\tnewer\tR\t2024-06-01\t-5\nQ\tnewer\tR\t2024-06-01\t5\n";
    declaring.quantity =
        serde_json::from_str(r#"{"amount": {"column": "x"}, "unit": {"constant": "people"}}"#)
            .unwrap();
    let report = TableReader::new(declaring).load_valid(&mut graph, late.as_bytes());
    assert_eq!((report.claims(), report.refused()), (1, 1), "{:?}", report.faults());
    let claim = graph.claims().last().unwrap();
    assert_eq!(claim.to_string(), "desk asserted that Q newer R: 5 people");
    assert_eq!(
        ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap().to_jsonl(),
        graph.to_jsonl()
    );
}

#[test]
fn gzip_is_seen_or_said_and_a_torn_file_is_a_fault() {
    let zipped = gz(TABLE.as_bytes());
    let read = |bytes: &[u8]| {
        let mut graph = ClaimGraph::new();
        let report = TableReader::new(meetings("")).load_valid(&mut graph, bytes);
        (report.claims(), report.faults().iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(read(&zipped), (2, vec![]));
    let twice = [zipped.clone(), gz(b"C\tD\t2024-06-03\n")].concat();
    assert_eq!(read(&twice), (3, vec![]), "members follow each other");
    for length in 2..zipped.len() {
        let (_, faults) = read(&zipped[..length]);
        assert_eq!(faults.len(), 1, "cut at {length}");
        assert!(faults[0].starts_with("line "), "{faults:?}");
        let mut graph = ClaimGraph::new();
        assert!(TableReader::new(meetings("")).load_all(&mut graph, &zipped[..length]).is_err());
        assert_eq!((graph.len(), graph.entity_count()), (0, 0));
    }
    for at in 0..zipped.len() {
        let mut bent = zipped.clone();
        bent[at] ^= 0x55;
        let _ = read(&bent);
    }
    let mut graph = ClaimGraph::new();
    assert!(
        TableReader::new(meetings("")).gzipped().load_all(&mut graph, TABLE.as_bytes()).is_err()
    );
    assert!(
        TableReader::new(meetings("")).gzipped().load_all(&mut graph, zipped.as_slice()).is_ok()
    );
}

/// Gives one byte at a time, now and then interrupted, and fails at the end if told to.
struct Drip<'t>(&'t [u8], u8, bool);

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = self.1.wrapping_add(1);
        if self.1.is_multiple_of(3) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        match self.0.split_first() {
            Some((first, rest)) => {
                buffer[0] = *first;
                self.0 = rest;
                Ok(1)
            }
            None if self.2 => Err(io::Error::other("the line is dead")),
            None => Ok(0),
        }
    }
}

#[test]
fn an_input_that_drips_or_fails() {
    let mut graph = ClaimGraph::new();
    let input = BufReader::with_capacity(1, Drip(TABLE.as_bytes(), 0, false));
    assert_eq!(TableReader::new(meetings("")).load_all(&mut graph, input).unwrap().claims(), 2);
    let mut graph = ClaimGraph::new();
    let input = BufReader::with_capacity(1, Drip(TABLE.as_bytes(), 0, true));
    let report = TableReader::new(meetings("")).load_valid(&mut graph, input);
    assert_eq!((report.claims(), graph.len()), (2, 2), "what was read before stays");
    assert_eq!(report.faults()[0].to_string(), "line 4: the line is dead");
}

/// Its faults, as they read.
fn shown(report: &TableReport) -> String {
    report.faults().iter().map(ToString::to_string).collect::<Vec<_>>().join("|")
}

#[test]
fn limits_end_the_reading_and_faults_beyond_theirs_are_counted() {
    let limited = |change: fn(&mut TableLimits), table: &str| -> TableReport {
        let mut limits = TableLimits::default();
        change(&mut limits);
        TableReader::new(meetings(""))
            .limits(limits)
            .load_valid(&mut ClaimGraph::new(), table.as_bytes())
    };
    let huge = format!("who\twhom\tday\nA\tB\t2024-06-01\n{}\tB\t2024-06-01\n", "x".repeat(5_000));
    let report = limited(|limits| limits.field_bytes = 4_999, &huge);
    assert_eq!(
        (report.claims(), shown(&report)),
        (1, "line 3: more than 4999 bytes in a field".to_owned())
    );
    let report = limited(|limits| limits.field_bytes = 5_000, &huge);
    assert!(shown(&report).contains("it is longer than 512 bytes"), "{}", shown(&report));
    let report = limited(|limits| limits.row_bytes = 4_000, &huge);
    assert_eq!(shown(&report), "line 3: more than 4000 bytes in a row");
    let wide = format!("who\twhom\tday\n{}\n", "\t".repeat(500));
    let report = limited(|limits| limits.fields = 100, &wide);
    assert_eq!(shown(&report), "line 2: more than 100 fields in a row");
    let report = limited(|limits| limits.rows = 1, TABLE);
    assert_eq!((report.claims(), shown(&report)), (1, "line 3: more than 1 rows".to_owned()));
    let bad = format!("who\twhom\tday\n{}", "A\tB\tnever\n".repeat(10));
    let report = limited(|limits| limits.faults = 3, &bad);
    assert_eq!((report.rows(), report.refused(), report.faults().len()), (10, 10, 3));
    let mut limits = TableLimits::default();
    limits.faults = 0;
    let refused = TableReader::new(meetings(""))
        .limits(limits)
        .load_all(&mut ClaimGraph::new(), bad.as_bytes());
    assert_eq!(refused.unwrap_err().refused(), 10, "refused even where no fault is kept");
    // A quote that is never closed runs to the end of the file, and no further than the limit.
    let open = TableMapping { layout: Layout::csv(), ..meetings("") };
    let table = format!("who,whom,day\n\"A,B,2024-06-01\n{}", "x,y,z\n".repeat(1_000));
    let mut limits = TableLimits::default();
    limits.field_bytes = 2_000;
    let report =
        TableReader::new(open).limits(limits).load_valid(&mut ClaimGraph::new(), table.as_bytes());
    assert_eq!(shown(&report), "line 2: more than 2000 bytes in a field");
}

#[test]
fn a_quote_that_is_never_closed_is_a_fault_and_no_text_to_the_end_of_the_file() {
    let object =
        r#""object": {"text": {"column": "whom"}}, "relation": {"text": {"constant": "says-of"}}"#;
    let mapping = r#"{"layout": {"delimiter": ",", "quotes": true},
        "speaker": {"text": {"column": "who"}, "kind": "Actor"},
        "subject": {"text": {"column": "who"}, "kind": "Actor"}, OBJECT,
        "reported": {"text": {"column": "day"}}}"#;
    let mapping: TableMapping = serde_json::from_str(&mapping.replace("OBJECT", object)).unwrap();
    let mut graph = ClaimGraph::new();
    let mut vocabulary = claimgraph::vocabulary::Vocabulary::new();
    vocabulary
        .add_relation(claimgraph::vocabulary::RelationDef::new(
            "says-of",
            claimgraph::vocabulary::Slot::Any,
            claimgraph::vocabulary::Slot::Text,
        ))
        .unwrap();
    graph.extend_vocabulary(&vocabulary).unwrap();
    let reader = || TableReader::new(mapping.clone());
    let said =
        "line 3: a double quote opens a field, and none closes it before the end of the input";
    for (rest, kept) in
        [("2024-06-01,\"oops\n2024-06-01,C,three\n", 1), ("\"", 1), ("2024-06-01,\"a\"\"", 1)]
    {
        let table = format!(
            "day,who,whom\n2024-06-01,A,ok\n{}",
            rest.replace("2024-06-01,\"", "2024-06-01,B,\"")
        );
        let mut whole = graph.clone();
        let refused = reader().load_all(&mut whole, table.as_bytes()).unwrap_err();
        assert_eq!((shown(&refused).as_str(), whole.len()), (said, 0), "{rest:?}");
        let mut valid = graph.clone();
        let report = reader().load_valid(&mut valid, table.as_bytes());
        assert_eq!((shown(&report).as_str(), valid.len()), (said, kept), "{rest:?}");
        // In pieces of any size.
        let slowly = std::io::BufReader::with_capacity(1, table.as_bytes());
        assert_eq!(shown(&reader().load_valid(&mut graph.clone(), slowly)), said, "{rest:?}");
    }
    for last in [
        "2024-06-01,B,\"two\nlines\"",
        "2024-06-01,B,\"two\nlines\"\n",
        "2024-06-01,B,two",
        "2024-06-01,B,\"\"\"\"\r\n",
    ] {
        let table = format!("day,who,whom\n2024-06-01,A,ok\n{last}");
        let mut whole = graph.clone();
        assert_eq!(
            reader().load_all(&mut whole, table.as_bytes()).map(|report| report.rows()).ok(),
            Some(2),
            "{last:?}"
        );
        assert_eq!(whole.len(), 2);
    }
}

#[test]
fn what_no_row_can_have_is_a_fault_of_the_mapping() {
    let table = "who\twhom\tday\nA\tB\t01.06.24\nA\tB\t02.06.24\n";
    let dated = |more: &str| {
        let json = serde_json::to_string(&meetings("")).unwrap();
        let field = r#""reported":{"text":{"column":"day"}"#;
        assert!(json.contains(field), "{json}");
        serde_json::from_str::<TableMapping>(&json.replace(field, &format!("{field}, {more}")))
            .unwrap()
    };
    let fault = faults(dated(r#""formats": ["DD.MM.YYYY", "DD.MM.YY"]"#), table).join("|");
    assert_eq!(fault, "the mapping, reported: expected a `pivot`, as a year has two digits");
    assert_eq!(
        faults(dated(r#""formats": ["DD.MM.YY"], "pivot": 50"#), table),
        Vec::<String>::new()
    );
    let seventh = meetings(r#", "stance": {"column": 7}"#);
    let fault = faults(seventh, table).join("|");
    assert_eq!(fault, "the mapping, stance: the header has no column 7, counted from 0: it has 3");
}

#[test]
fn only_an_end_can_be_open() {
    let field = r#"{"column": "day"}, "open": ["9999-12-31"]"#;
    for part in [
        format!(r#", "valid": {{"at": {{"text": {field}}}}}"#),
        format!(r#", "valid": {{"start": {{"text": {field}}}}}"#),
    ] {
        let fault = faults(meetings(&part), "who\twhom\tday\nA\tB\t9999-12-31\n").join("|");
        assert_eq!(fault, "the mapping, valid: expected `open` of the `end` only");
    }
}

#[test]
fn rows_dismiss_and_retract_what_earlier_ones_say() {
    let more = r#", "stance": {"column": "stance"}, "name": {"column": "name"},
        "answers": {"column": "answers", "if-missing": "omit"}"#;
    let text = serde_json::to_string(&meetings(more)).unwrap();
    let omitted =
        text.replace("{\"column\":\"whom\"}", "{\"column\":\"whom\",\"if-missing\":\"omit\"}");
    assert!(omitted != text);
    let mut mapping: TableMapping = serde_json::from_str(&omitted).unwrap();
    mapping.speaker = mapping.subject.clone();
    let json = serde_json::to_value(&mapping).unwrap();
    let mut json = json;
    json["subject"]["text"]["column"] = "subject".into();
    json["subject"]["text"]["if-missing"] = "omit".into();
    let mapping: TableMapping = serde_json::from_value(json).unwrap();
    let table = "who\tsubject\twhom\tday\tstance\tname\tanswers\n\
        A\tA\tB\t2024-06-01\tasserts\tone\t\n\
        B\t\t\t2024-06-02\tdismisses\ttwo\tone\n\
        A\t\t\t2024-06-03\tretracts\tthree\tone\n\
        B\tA\tB\t2024-06-02\tdismisses\tfour\tone\n";
    let mut graph = ClaimGraph::new();
    let report = TableReader::new(mapping).load_valid(&mut graph, table.as_bytes());
    assert_eq!((report.rows(), report.refused(), graph.len()), (4, 1, 3), "{}", shown(&report));
    let stances: Vec<String> = graph.claims().map(|claim| claim.stance().to_string()).collect();
    assert_eq!(stances, ["asserts", "dismisses", "retracts"]);
    assert!(
        graph
            .claims()
            .skip(1)
            .all(|claim| claim.statement().is_none() && claim.targets().len() == 1)
    );
    assert_eq!(
        report.faults()[0].line(),
        Some(5),
        "who dismisses makes no statement: nothing is dropped in silence"
    );
}

#[test]
fn progress_is_told_every_so_many_rows() {
    let table = format!("who\twhom\tday\n{}", "A\tB\t2024-06-01\n".repeat(25));
    let mut told = Vec::new();
    let mut tell = |report: &TableReport| told.push(report.rows());
    let _ = TableReader::new(meetings(""))
        .progress(10, &mut tell)
        .load_all(&mut ClaimGraph::new(), table.as_bytes());
    assert_eq!(told, [10, 20]);
}

#[test]
fn no_bytes_make_it_panic() {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let letters = b"AB\t\t\n\n\"\r,\x00\xff\xc3\xa92024-06-01";
    for round in 0..2_000 {
        let mut table = b"who\twhom\tday\n".to_vec();
        for _ in 0..60 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            table.push(letters[(seed >> 33) as usize % letters.len()]);
        }
        let mut mapping = meetings(
            r#", "valid": {"at": {"text": {"column": "day"}, "formats": ["EDTF", "A..B"]}}"#,
        );
        mapping.layout.quotes = round & 1 == 0;
        mapping.layout.ragged = round % 3 == 0;
        let mut graph = ClaimGraph::new();
        let report = TableReader::new(mapping).load_valid(&mut graph, table.as_slice());
        assert_eq!(report.rows(), report.claims() + report.skipped() + report.refused());
        assert_eq!(report.claims(), graph.len() as u64);
    }
}

#[test]
fn the_example_of_the_documentation_is_what_it_says() {
    let page = include_str!("../docs/TABLES.md");
    let fenced = |language: &str| -> &str {
        let (_, rest) = page.split_once(&format!("```{language}\n")).unwrap();
        rest.split_once("```").unwrap().0
    };
    let mut graph = ClaimGraph::new();
    let input = fenced("tsv").as_bytes();
    let mut states = mapping(fenced("json"));
    let report = TableReader::new(states.clone()).load_all(&mut graph, input).unwrap();
    let shown: Vec<String> = graph.claims().map(|claim| claim.to_string() + "\n").collect();
    assert_eq!(shown.concat() + &report.to_string() + "\n", fenced("text"));
    let town = graph.claims().next().unwrap().role(PLACE).next().and_then(|term| term.text());
    assert_eq!(town, Some("Szohôd"));
    // Every member that the page lists is one.
    states.subject.text.if_missing = claimgraph::IfMissing::Refuse;
    let report = TableReader::new(states).load_valid(&mut ClaimGraph::new(), input);
    assert_eq!(
        report.faults()[0].to_string(),
        "line 4, column 0 \"actor\", subject, \"?\": it is missing"
    );
}
