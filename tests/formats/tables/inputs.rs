//! Inputs that are compressed, torn, failing, over a limit or meant to harm.

use super::*;

#[test]
fn gzip_is_seen_or_said_and_a_torn_file_is_a_fault() {
    let zipped = gz(TABLE.as_bytes());
    let read = |bytes: &[u8]| {
        let mut graph = ClaimGraph::new();
        let report = load(Reader::new(meetings("")), &mut graph, bytes);
        (report.accepted(), report.faults.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(read(&zipped), (2, vec![]));
    let twice = [zipped.clone(), gz(b"C\tD\t2024-06-03\n")].concat();
    assert_eq!(read(&twice), (3, vec![]), "gzip members may follow each other");
    for length in 2..zipped.len() {
        let (_, faults) = read(&zipped[..length]);
        assert_eq!(faults.len(), 1, "cut at {length}");
        assert!(faults[0].starts_with("line "), "{faults:?}");
        let mut graph = ClaimGraph::new();
        assert!(load_all(Reader::new(meetings("")), &mut graph, &zipped[..length]).is_err());
        assert_eq!((graph.len(), graph.entity_count()), (0, 0));
    }
    for at in 0..zipped.len() {
        let mut bent = zipped.clone();
        bent[at] ^= 0x55;
        let _ = read(&bent);
    }
    let mut graph = ClaimGraph::new();
    assert!(load_all(Reader::new(meetings("")).gzipped(), &mut graph, TABLE.as_bytes()).is_err());
    assert!(load_all(Reader::new(meetings("")).gzipped(), &mut graph, zipped.as_slice()).is_ok());
}

/// Yields one byte at a time, is interrupted now and then, and fails at the end if told to.
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
fn slow_inputs_are_read_and_failing_ones_reported() {
    let mut graph = ClaimGraph::new();
    let input = BufReader::with_capacity(1, Drip(TABLE.as_bytes(), 0, false));
    assert_eq!(load_all(Reader::new(meetings("")), &mut graph, input).unwrap().accepted(), 2);
    let mut graph = ClaimGraph::new();
    let input = BufReader::with_capacity(1, Drip(TABLE.as_bytes(), 0, true));
    let report = load(Reader::new(meetings("")), &mut graph, input);
    assert_eq!((report.accepted(), graph.len()), (2, 2), "what was read before stays");
    assert_eq!(report.faults[0].to_string(), "line 4: the line is dead");
}

#[test]
fn limits_end_the_reading_and_faults_beyond_theirs_are_counted() {
    let limited = |change: fn(&mut Limits), table: &str| -> ReadReport {
        let mut limits = Limits::default();
        change(&mut limits);
        load(Reader::new(meetings("")).limits(limits), &mut ClaimGraph::new(), table.as_bytes())
    };
    let huge = format!("who\twhom\tday\nA\tB\t2024-06-01\n{}\tB\t2024-06-01\n", "x".repeat(5_000));
    let report = limited(|limits| limits.field_bytes = 4_999, &huge);
    assert_eq!(
        (report.accepted(), shown(&report)),
        (1, "line 3: more than 4999 bytes in a field".to_owned())
    );
    let report = limited(|limits| limits.field_bytes = 5_000, &huge);
    assert!(shown(&report).contains("it is longer than 512 bytes"), "{}", shown(&report));
    let report = limited(|limits| limits.line_bytes = 4_000, &huge);
    assert_eq!(shown(&report), "line 3: more than 4000 bytes in a row");
    let wide = format!("who\twhom\tday\n{}\n", "\t".repeat(500));
    let report = limited(|limits| limits.fields = 100, &wide);
    assert_eq!(shown(&report), "line 2: more than 100 fields in a row");
    let report = limited(|limits| limits.records = 1, TABLE);
    assert_eq!((report.accepted(), shown(&report)), (1, "line 3: more than 1 rows".to_owned()));
    let bad = format!("who\twhom\tday\n{}", "A\tB\tnever\n".repeat(10));
    let report = limited(|limits| limits.faults = 3, &bad);
    assert_eq!((report.records, report.refused, report.faults.len()), (10, 10, 3));
    let mut limits = Limits::default();
    limits.faults = 0;
    let report = Reader::new(meetings("")).limits(limits).read_all(bad.as_bytes());
    assert_eq!(
        (report.refused, report.faults.len()),
        (10, 0),
        "refused even where no fault is kept"
    );
    assert!(Reader::new(meetings("")).limits(limits).read(bad.as_bytes()).is_err());
    // A quote that is never closed runs to the end of the file, and no further than the limit.
    let open = Mapping { layout: Layout::csv(), ..meetings("") };
    let table = format!("who,whom,day\n\"A,B,2024-06-01\n{}", "x,y,z\n".repeat(1_000));
    let mut limits = Limits::default();
    limits.field_bytes = 2_000;
    let report = load(Reader::new(open).limits(limits), &mut ClaimGraph::new(), table.as_bytes());
    assert_eq!(shown(&report), "line 2: more than 2000 bytes in a field");
}

#[test]
fn an_unclosed_quote_is_a_fault() {
    let object =
        r#""object": {"text": {"column": "whom"}}, "relation": {"text": {"constant": "says-of"}}"#;
    let mapping = r#"{"layout": {"delimiter": ",", "quotes": true},
        "speaker": {"text": {"column": "who"}, "kind": "Actor"},
        "subject": {"text": {"column": "who"}, "kind": "Actor"}, OBJECT,
        "reported": {"text": {"column": "day"}}}"#;
    let mapping: Mapping = serde_json::from_str(&mapping.replace("OBJECT", object)).unwrap();
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
    let reader = || Reader::new(mapping.clone());
    let said =
        "line 3: the double quote that opens a field is not closed before the end of the input";
    for (rest, kept) in
        [("2024-06-01,\"oops\n2024-06-01,C,three\n", 1), ("\"", 1), ("2024-06-01,\"a\"\"", 1)]
    {
        let table = format!(
            "day,who,whom\n2024-06-01,A,ok\n{}",
            rest.replace("2024-06-01,\"", "2024-06-01,B,\"")
        );
        let mut whole = graph.clone();
        let refused = load_all(reader(), &mut whole, table.as_bytes()).unwrap_err();
        assert_eq!((refused.to_string().as_str(), whole.len()), (said, 0), "{rest:?}");
        let mut valid = graph.clone();
        let report = load(reader(), &mut valid, table.as_bytes());
        assert_eq!((shown(&report).as_str(), valid.len()), (said, kept), "{rest:?}");
        // In pieces of any size.
        let slowly = std::io::BufReader::with_capacity(1, table.as_bytes());
        assert_eq!(shown(&load(reader(), &mut graph.clone(), slowly)), said, "{rest:?}");
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
            load_all(reader(), &mut whole, table.as_bytes()).map(|report| report.records).ok(),
            Some(2),
            "{last:?}"
        );
        assert_eq!(whole.len(), 2);
    }
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
        let report = load(Reader::new(mapping), &mut graph, table.as_slice());
        assert_eq!(report.records, report.accepted() + report.skipped + report.refused);
        assert_eq!(report.accepted(), graph.len() as u64);
    }
}

#[test]
fn text_after_a_closing_quote_is_a_fault_of_its_row() {
    let mut mapping = meetings("");
    mapping.layout = Layout::csv();
    let table = "who,whom,day\n\"A \"\"x\"\"\",\"B\",2024-06-01\n\"A \\\"x\\\"\",B,2024-06-01\nA,\"B\" ,2024-06-01\nA\"a,B,2024-06-01\n";
    let mut graph = ClaimGraph::new();
    let report = load(Reader::new(mapping.clone()), &mut graph, table.as_bytes());
    assert_eq!((report.accepted(), report.refused), (2, 2));
    let faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
    let problem = "it goes on after the double quote that closes it; expected two double quotes for one within quotes";
    assert_eq!(
        faults,
        [
            format!("line 3, column 0 \"who\", \"A \\x\\\"\"\": {problem}"),
            format!("line 4, column 1 \"whom\", \"B \": {problem}"),
        ]
    );
    assert!(graph.entity_keyed("A \"x\"").is_ok() && graph.entity_keyed("A\"a").is_ok());
    assert!(load_all(Reader::new(mapping), &mut graph, table.as_bytes()).is_err());
    // Without quotes in the layout, a double quote is a letter like others.
    let tabs = "who\twhom\tday\n\"A\" a\tB\t2024-06-01\n";
    let report = load(Reader::new(meetings("")), &mut graph, tabs.as_bytes());
    assert_eq!(report.accepted(), 1);
}

#[test]
fn a_column_that_the_mapping_does_not_name_is_counted() {
    let mut graph = ClaimGraph::new();
    let table = "who\tnote\twhom\tday\t\nA\tx\tB\t2024-06-01\t\n";
    let report = load(Reader::new(meetings("")), &mut graph, table.as_bytes());
    let loss = report.losses.of("column that the mapping does not name").unwrap();
    assert_eq!(
        (loss.count(), loss.first()),
        (2, ["column 1 \"note\"", "column 4 \"\""].map(str::to_owned).as_slice())
    );
    let mut ragged = meetings("");
    ragged.layout.ragged = true;
    let table = "who\twhom\tday\nA\tB\t2024-06-01\tmore\n";
    let report = load(Reader::new(ragged), &mut graph, table.as_bytes());
    assert_eq!(report.losses.to_string(), "1 field without a column (line 2, column 3)");
}

#[test]
fn a_byte_order_mark_is_not_a_part_of_the_first_name() {
    let marked = format!("\u{feff}{TABLE}");
    for bytes in [marked.as_bytes().to_vec(), gz(marked.as_bytes())] {
        let mut graph = ClaimGraph::new();
        assert_eq!(load(Reader::new(meetings("")), &mut graph, bytes.as_slice()).accepted(), 2);
    }
}
