//! Broken files, wrong headers, limits and inputs that fail.

use super::*;

#[test]
fn every_truncation_is_refused_or_is_a_shorter_file() {
    let text = small().to_jsonl();
    let bytes = text.as_bytes();
    assert_eq!(read(bytes).unwrap().to_jsonl(), text);
    for length in 0..bytes.len() {
        let cut = &bytes[..length];
        let at_a_line_end = length > 0 && (bytes[length - 1] == b'\n' || bytes[length] == b'\n');
        let outcome = read(cut);
        assert_eq!(outcome.is_ok(), at_a_line_end, "{length}: {:?}", outcome.err());
        let lines = cut.iter().filter(|&&byte| byte == b'\n').count() as u64;
        if let Err(error) = outcome {
            assert_eq!(error.line(), Some(lines + 1), "{error}");
        }
        let all = read_all(cut);
        assert_eq!(all.faults.is_empty(), at_a_line_end);
    }
}

#[test]
fn every_flipped_byte_is_refused_or_read_as_what_it_says() {
    let text = small().to_jsonl();
    let header = text.find('\n').unwrap();
    // The vocabulary is long and repetitive, so every fifth byte of it is enough.
    for place in (0..header).step_by(5).chain(header..text.len()) {
        let old = text.as_bytes()[place];
        for new in [0, b'"', b'\n', b'0', 0xff, old ^ 1] {
            let mut bytes = text.clone().into_bytes();
            bytes[place] = new;
            if let Ok(graph) = read(&bytes) {
                // The graph that was read is written and read back unchanged.
                let again = graph.to_jsonl();
                assert_eq!(read(&again).unwrap().to_jsonl(), again, "byte {place} as {new:#x}");
            }
            let _ = read_all(&bytes);
        }
    }
}

#[test]
fn invalid_utf8_is_a_fault_of_its_line() {
    for bad in [&b"\xff"[..], b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80"] {
        let mut text = format!("{HEADER}\n{{\"entity\":{{\"key\":\"").into_bytes();
        text.extend(bad);
        text.extend(
            b"\",\"kind\":\"Thing\"}}\n{\"entity\":{\"key\":\"good\",\"kind\":\"Thing\"}}\n",
        );
        let error = read(&text).unwrap_err();
        assert!(
            matches!((error.line(), error.kind()), (Some(2), ReadErrorKind::Syntax(_))),
            "{error}"
        );
        assert!(error.column().is_some(), "{error}");
        let outcome = read_all(&text);
        assert_eq!((outcome.graph.entity_count(), outcome.faults.len()), (1, 1));
    }
    // A lone surrogate, escaped.
    let error = read(format!("{HEADER}\n{}\n", r#"{"entity":{"key":"\ud800","kind":"Thing"}}"#))
        .unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{error}");
}

// ----- headers

#[test]
fn headers_missing_second_or_newer_are_told_apart() {
    for nothing in ["", "\n\n  \n", "\u{feff}", "\u{feff}\n"] {
        assert!(
            matches!(read(nothing).unwrap_err().kind(), ReadErrorKind::NoHeader),
            "{nothing:?}"
        );
        let outcome = read_all(nothing);
        assert!(
            matches!(outcome.faults[..], [ref fault] if matches!(fault.kind(), ReadErrorKind::NoHeader))
        );
    }
    let entity = r#"{"entity":{"key":"x","kind":"Thing"}}"#;
    let error = read(format!("\n{entity}\n{entity}")).unwrap_err();
    assert!(matches!((error.line(), error.kind()), (Some(2), ReadErrorKind::NoHeader)), "{error}");
    assert_eq!(
        read_all(format!("{entity}\n{entity}")).faults.len(),
        1,
        "without a header nothing else is read"
    );

    let twice = format!("{HEADER}\n{entity}\n{HEADER}\n");
    let error = read(&twice).unwrap_err();
    assert!(
        matches!((error.line(), error.kind()), (Some(3), ReadErrorKind::SecondHeader)),
        "{error}"
    );
    assert_eq!(read_all(&twice).graph.entity_count(), 1);

    for format in ["5", "4294967296", "18446744073709551615"] {
        for rest in ["", r#","vocabulary":{}"#, r#","vocabulary":{"hues":[{"key":7}]},"more":[1]"#]
        {
            let text =
                format!("{{\"claimgraph\":{{\"format\":{format}{rest}}}}}\n{{\"hue\":{{}}}}\n");
            let error = read(&text).unwrap_err();
            assert!(error.is_newer_format() && error.line() == Some(1), "{error}");
            assert!(
                matches!(error.kind(), ReadErrorKind::NewerFormat { supported: 4, found } if found.to_string() == format)
            );
            assert_eq!(read_all(&text).faults.len(), 1, "one fault for the whole file");
        }
    }
    for format in ["0.5", "-1", "\"1\"", "null", "1e400", "18446744073709551616", "[1]"] {
        let error =
            read(format!("{{\"claimgraph\":{{\"format\":{format},\"vocabulary\":{{}}}}}}\n"))
                .unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{format}: {error}");
    }
    // Version 0 never existed.
    assert!(read(r#"{"claimgraph":{"format":0,"vocabulary":{}}}"#).is_err(), "format 0");
    // A byte order mark and Windows line ends do no harm.
    assert!(read(format!("\u{feff}{HEADER}\r\n{entity}\r\n\r\n")).is_ok());
}

// ----- limits

fn limits(change: impl FnOnce(&mut Limits)) -> jsonl::Reader {
    let mut limits = Limits::default();
    change(&mut limits);
    jsonl::Reader::new().limits(limits)
}

#[test]
fn limits_hold() {
    let entity =
        |number: usize| format!("{{\"entity\":{{\"key\":\"e{number}\",\"kind\":\"Thing\"}}}}\n");
    let many: String = (0..100).map(entity).collect();
    let text = format!("{HEADER}\n{many}");

    // A line that never ends is not read to its end.
    let huge = std::io::Read::chain(
        HEADER.as_bytes(),
        std::io::Read::chain(&b"\n"[..], std::io::repeat(b'x')),
    );
    let reader = limits(|l| l.line_bytes = 1_000);
    let error = reader.read(std::io::BufReader::new(huge)).unwrap_err();
    assert!(
        matches!(
            (error.line(), error.kind()),
            (Some(2), ReadErrorKind::Limit { limit: 1_000, .. })
        ),
        "{error}"
    );
    let outcome =
        reader.read_all(format!("{text}{}\n{}", "x".repeat(2_000), entity(1_000)).as_bytes());
    assert_eq!(
        (outcome.graph.entity_count(), outcome.faults.len()),
        (100, 1),
        "nothing after such a line is read"
    );
    harmless(&outcome.faults[0]);
    let longest = text.lines().map(|line| line.len() as u64 + 1).max().unwrap();
    assert!(limits(|l| l.line_bytes = longest).read(text.as_bytes()).is_ok());
    assert!(limits(|l| l.line_bytes = longest - 1).read(text.as_bytes()).is_err());
    assert!(limits(|l| l.line_bytes = 0).read(text.as_bytes()).is_err());
    assert!(limits(|l| l.line_bytes = u64::MAX).read(text.as_bytes()).is_ok());

    assert!(limits(|l| l.records = 101).read(text.as_bytes()).is_ok());
    let error = limits(|l| l.records = 100).read(text.as_bytes()).unwrap_err();
    assert!(
        matches!(
            (error.line(), error.kind()),
            (Some(101), ReadErrorKind::Limit { limit: 100, .. })
        ),
        "{error}"
    );
    let outcome = limits(|l| l.records = 50).read_all(text.as_bytes());
    assert_eq!((outcome.graph.entity_count(), outcome.faults.len()), (49, 1));
    assert!(limits(|l| l.records = 0).read(text.as_bytes()).is_err());

    let faulty = format!("{HEADER}\n{}", "nonsense\n".repeat(5_000));
    assert_eq!(read_all(&faulty).faults.len(), 1_000);
    assert_eq!(limits(|l| l.faults = 3).read_all(faulty.as_bytes()).faults.len(), 3);
    assert_eq!(limits(|l| l.faults = 1).read_all(faulty.as_bytes()).faults.len(), 1);
}

#[test]
fn an_input_that_fails_is_a_fault() {
    struct Failing(usize);
    impl std::io::Read for Failing {
        fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
            let text = HEADER.as_bytes();
            let left = text
                .get(self.0..)
                .filter(|left| !left.is_empty())
                .ok_or(std::io::Error::other("gone\u{202e}\u{7}"))?;
            let count = left.len().min(to.len());
            to[..count].copy_from_slice(&left[..count]);
            self.0 += count;
            Ok(count)
        }
    }
    let error = ClaimGraph::read_jsonl(std::io::BufReader::new(Failing(0))).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::Io(_)), "{error}");
    let outcome = jsonl::Reader::new().read_all(std::io::BufReader::new(Failing(0)));
    assert!(
        matches!(outcome.faults[..], [ref fault] if matches!(fault.kind(), ReadErrorKind::Io(_)))
    );
}
