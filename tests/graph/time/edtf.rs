//! EDTF: every string on which three implementations agree, the written rule for the others, and reading back what is
//! printed.

use claimgraph::{Answer, Date, Period, date, time::Aspect};
use proptest::prelude::*;
use std::io::Write;
use std::path::PathBuf;

fn period(text: &str) -> Period {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn extent(text: &str) -> (Option<Date>, Option<Date>) {
    let read = period(text);
    (read.start_earliest(), read.end_latest())
}

fn days(first: (i16, i8, i8), last: (i16, i8, i8)) -> (Option<Date>, Option<Date>) {
    (Some(date(first.0, first.1, first.2)), Some(date(last.0, last.1, last.2)))
}

/// The suite: the text, whether it is valid, and whether all agree. It is a tarball of one JSON file.
fn suite() -> Option<Vec<(String, bool, bool)>> {
    let Some(data) = std::env::var_os("CLAIMGRAPH_DATA") else {
        let _ = writeln!(
            std::io::stderr(),
            "skipped: CLAIMGRAPH_DATA is not set, so the suite of EDTF is not read"
        );
        return None;
    };
    let path = PathBuf::from(data).join("suites/edtf.tar.gz");
    let mut tar = Vec::new();
    let packed =
        std::fs::File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(packed), &mut tar).unwrap();
    // 512 bytes of header before each file, its name first and its size in octal at 124.
    let mut at = 0;
    loop {
        let header = &tar[at..at + 512];
        let octal = std::str::from_utf8(&header[124..135]).unwrap();
        let size = usize::from_str_radix(octal.trim_matches(['\0', ' ']), 8).unwrap();
        at += 512;
        if header.starts_with(b"edtf/edtf_cases.json\0") {
            let json: serde_json::Value = serde_json::from_slice(&tar[at..at + size]).unwrap();
            let case = |case: &serde_json::Value| {
                let flag = |name: &str| case[name].as_bool().unwrap();
                (case["edtf"].as_str().unwrap().to_owned(), flag("valid"), flag("unanimous"))
            };
            return Some(json["cases"].as_array().unwrap().iter().map(case).collect());
        }
        at += size.div_ceil(512) * 512;
    }
}

#[test]
fn every_string_on_which_three_implementations_agree_is_read_as_they_do() {
    let Some(cases) = suite() else { return };
    let (mut read, mut refused, mut beyond, mut open) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for (text, valid, unanimous) in cases {
        let outcome = text.parse::<Period>();
        match (&outcome, valid) {
            _ if !unanimous => {
                open += 1;
                continue;
            }
            (Ok(_), true) => read += 1,
            (Err(error), true) if error.is_beyond_calendar() && text.starts_with('Y') => {
                beyond += 1
            }
            (Err(error), false) if !error.is_beyond_calendar() => refused += 1,
            _ => wrong.push(format!("{text}: {outcome:?}")),
        }
        if let Ok(period) = outcome {
            // Nothing is lost: either four days express it, or the text is kept.
            let printed = period.edtf().unwrap_or_else(|| panic!("{text} is not printed"));
            assert_eq!(printed.parse::<Period>().ok(), Some(period.clone()), "{text}");
            assert!(period.words().is_none_or(|words| words == text && printed == text), "{text}");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!((read, beyond, refused, open), (239, 15, 73, 92));
}

/// The rule for what is disputed, as in `docs/formats/graphs.md`.
#[test]
fn disputed_strings_follow_the_written_rule() {
    let taken = [
        // Seasons are dates, and so may end an interval and carry marks.
        "1923-21/1924",
        "1952-23~/1953",
        "2003-22/2003-22",
        "2003-22/2003-23",
        "2011-23~",
        "2012-21/2012-22",
        // Signs and unspecified digits go together.
        "-156X-12-25",
        "-15XX-12-25",
        "-1984-1X",
        "1984-1X",
        "-1X32-X1-X2",
        "-1XXX-12",
        "-1XXX-XX",
        "-XXXX-12-XX",
        "2000-XX/2012",
        // A mark before and one after each component.
        "-1984-?06-02/2004-08-08~",
        "1984-06-?02/2004-06-11%",
        "1984-?06-02/2004-06-11%",
        "1984?-06/2004-08?",
        "1984?/2004~-06",
        "2001-?09~-09",
        "2003-06-11%/2004-%06",
        "2004-06~/2004-06-%11",
        "?-2004-06%",
        "?-2004-06-04~",
        "?2004-06%",
        "?2004-06-04~",
        "?2004-06~-10/2004-06-%11",
        // Spaces beside the commas of a set.
        "[1667, 1672-12]",
        "{1667, 1670..1672}",
        "{1960 ,  1961-12}",
        "[1667,1668, 1670..1672]",
        "{-1667,1668, 1670..1672}",
        // One end is open, the other unknown.
        "../",
        "/..",
        // An end that is possibly before the start, and possibly not.
        "0000-01-03/0000-01",
        "0000-02/0000",
        "2004-06-11%/2004-%06",
        "2004-06-11%/2004-06~",
        // Zones from -12:00 to +14:00, with or without minutes.
        "2016-05-02T16:54:59+14",
        "2016-05-02T16:54:59+00:00",
    ];
    for text in taken {
        let _ = period(text);
    }
    let refused = [
        // Centuries and decades are not in the profile: 19XX, 193X.
        "-04",
        "00",
        "19",
        "-019",
        "-193",
        "000",
        "193",
        "19%",
        "197?",
        // Nor fractions of a second, nor zones without a colon.
        "2016-05-02T16:54:59.042",
        "2016-05-02T16:54:59.4",
        "2016-05-02T16:54:59+0230",
        "2016-05-02T16:54:59-1200",
        // No content at all.
        "/",
        // White space elsewhere.
        " 1863-03-29",
        "1863-03-29 ",
        // Times in intervals.
        "2005-07-25/2006-01-01T10:10:10Z",
        "2005-07-25T10:10:10Z/2006-01",
        // An end before the start.
        "-1000/-2000",
        "0000/-0001",
        "0001/0000",
        "0800/-0999",
        "1000/-2000",
        "2012-23/2012-22",
        "2012-24/2012-21",
        // Days that are not on the calendar.
        "156X-09-31",
        "156X-11-31",
        "15XX-02-3X",
        // Zones that do not exist.
        "2016-05-02T12:00:00-12:01",
        "2016-05-02T12:00:00-13",
        "2016-05-02T12:00:00-13:00",
        "2016-05-02T12:00:00-14:00",
        "2016-05-02T12:00:00-00:00",
    ];
    for text in refused {
        let error = text.parse::<Period>().expect_err(text);
        assert!(!error.is_beyond_calendar(), "{text}");
    }
}

#[test]
fn each_form_stands_for_the_days_it_says() {
    let cases = [
        ("1985-04-12T23:20:30+04:30", days((1985, 4, 12), (1985, 4, 12))),
        ("201X", days((2010, 1, 1), (2019, 12, 31))),
        ("-20XX", days((-2099, 1, 1), (-2000, 12, 31))),
        ("XXXX-02-29", days((0, 2, 29), (9996, 2, 29))),
        ("2023-0X-31", days((2023, 1, 31), (2023, 8, 31))),
        ("2024-XX-30", days((2024, 1, 30), (2024, 12, 30))),
        ("2024-02-3X", (None, None)),
        ("2024-06~", days((2024, 6, 1), (2024, 6, 30))),
        ("2001-21", days((2001, 3, 1), (2001, 5, 31))),
        ("2001-24", days((2001, 12, 1), (2002, 2, 28))),
        ("2001-29", days((2001, 9, 1), (2001, 11, 30))),
        ("2001-34", days((2001, 4, 1), (2001, 6, 30))),
        ("2001-39", days((2001, 9, 1), (2001, 12, 31))),
        ("2001-41", days((2001, 7, 1), (2001, 12, 31))),
        ("1950S2", days((1900, 1, 1), (1999, 12, 31))),
        ("-1859S3", days((-1859, 1, 1), (-1850, 12, 31))),
        ("Y17E2", days((1700, 1, 1), (1700, 12, 31))),
        ("[1667,1668,1670..1672]", days((1667, 1, 1), (1672, 12, 31))),
        ("[1760-01,-1760-02]", days((-1760, 2, 1), (1760, 1, 31))),
        ("[..1984]", (None, Some(date(1984, 12, 31)))),
        ("[1760-12..]", (Some(date(1760, 12, 1)), None)),
        ("[1668,1760-12..]", (Some(date(1668, 1, 1)), None)),
        ("{1960,1961-12}", days((1960, 1, 1), (1961, 12, 31))),
        ("../..", (None, None)),
    ];
    for (text, expected) in cases {
        if text == "2024-02-3X" {
            assert!(text.parse::<Period>().is_err());
            continue;
        }
        assert_eq!(extent(text), expected, "{text}");
    }
}

#[test]
fn a_set_of_all_is_certain_at_its_ends_only() {
    let years = period("{1667,1668,1670..1672}");
    assert_eq!(years.aspect(), Aspect::State);
    assert_eq!(years.holds_on(date(1669, 6, 1)), Answer::Unknown);
    assert_eq!(
        (years.begun_by(date(1667, 12, 31)), years.begun_by(date(1666, 12, 31))),
        (Answer::Yes, Answer::No)
    );
    assert_eq!(years.holds_on(date(1673, 1, 1)), Answer::No);
    let range = period("{1670..1672}");
    assert_eq!(range.holds_on(date(1671, 6, 1)), Answer::Yes);
    assert_eq!(period("[1670..1672]").holds_on(date(1671, 6, 1)), Answer::Unknown);
}

#[test]
fn years_outside_the_calendar_differ_from_invalid_dates() {
    for text in [
        "Y170000002",
        "Y-170002",
        "Y17E7",
        "Y-17101E3S3",
        "Y171010000S3",
        "Y1E99999999999",
        "9999-24",
    ] {
        assert!(text.parse::<Period>().expect_err(text).is_beyond_calendar(), "{text}");
    }
    for text in [
        "Y2006",
        "Y-9999",
        "Y00001",
        "Y",
        "YE5",
        "Y12345S",
        "Y12345E",
        "1950S",
        "1950S0",
        "12345",
        "-0000S2",
        "-0000-01-01",
    ] {
        assert!(!text.parse::<Period>().expect_err(text).is_beyond_calendar(), "{text}");
    }
    let message = "Y170000002".parse::<Period>().unwrap_err().to_string();
    assert_eq!(
        message,
        "\"Y170000002\" is not a period: it is EDTF, and outside the calendar; expected a year from -9999 to 9999"
    );
}

#[test]
fn years_and_months_about_the_year_0_are_printed_as_they_are_written() {
    for text in ["0001", "0000", "-0001", "0001-02", "0000-02", "-0001-02", "-0012", "-9999"] {
        assert_eq!(period(text).edtf().as_deref(), Some(text));
    }
}

#[test]
fn four_days_and_words_together_keep_every_text_through_json() {
    for text in [
        "2024-06?",
        "2024-XX",
        "2001-21",
        "{1960,1961-12}",
        "../2024",
        "1985-04-12T23:20:30Z",
        "-2004?-06-~11",
    ] {
        let read = period(text);
        let json = serde_json::to_string(&read).unwrap();
        let again: Period = serde_json::from_str(&json).unwrap();
        assert_eq!((again.edtf().as_deref(), &again), (Some(text), &read));
    }
    // Words that are not EDTF of these days stay words.
    let told = Period::within(date(2024, 6, 1)..=date(2024, 6, 30));
    for words in ["in June", "2024-07~", "2024-06"] {
        assert_eq!(told.clone().in_words(words).edtf().as_deref(), Some("2024-06"));
    }
}

fn date_text() -> impl Strategy<Value = String> {
    let digit = prop_oneof![3 => (0..10u8).prop_map(|d| d.to_string()), 1 => Just("X".to_owned())];
    let mark = prop_oneof![4 => Just(""), 1 => Just("?"), 1 => Just("~"), 1 => Just("%")];
    let part = move |length: usize| {
        let (before, after) = (mark.clone(), mark.clone());
        (before, prop::collection::vec(digit.clone(), length), after)
            .prop_map(|(b, d, a)| format!("{b}{}{a}", d.concat()))
    };
    (any::<bool>(), part(4), prop::option::of(part(2)), prop::option::of(part(2))).prop_map(
        |(negative, y, m, d)| {
            let parts: Vec<String> = [Some(y), m, d].into_iter().flatten().collect();
            format!("{}{}", if negative { "-" } else { "" }, parts.join("-"))
        },
    )
}

fn edtf_text() -> impl Strategy<Value = String> {
    let list = prop::collection::vec(
        prop_oneof![date_text(), (date_text(), date_text()).prop_map(|(a, b)| format!("{a}..{b}"))],
        1..4,
    );
    prop_oneof![
        date_text(),
        (date_text(), prop_oneof![date_text(), Just("..".into()), Just(String::new())])
            .prop_map(|(a, b)| format!("{a}/{b}")),
        (list, any::<bool>()).prop_map(|(list, all)| {
            if all { format!("{{{}}}", list.join(",")) } else { format!("[{}]", list.join(",")) }
        }),
        "[0-9XYEST?~%:./,{}\\[\\] -]{0,24}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_printed_again_or_refused(text in edtf_text()) {
        if let Ok(read) = text.parse::<Period>() {
            prop_assert!(!read.is_inverted());
            let printed = read.edtf();
            prop_assert_eq!(printed.as_deref().and_then(|text| text.parse().ok()), Some(read.clone()), "{:?}", printed);
            prop_assert_eq!(serde_json::from_value::<Period>(serde_json::to_value(&read).unwrap()).unwrap(), read);
        }
    }
}
