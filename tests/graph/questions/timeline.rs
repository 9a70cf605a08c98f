//! The timeline and the revisions of a figure as pictures: on the report, on many random events, and on hostile names.

use crate::report;
use claimgraph::reporting::*;
use claimgraph::{Claim, ClaimGraph, Entity, Period, Quantity, date, questions::TemporalOrder};
use claimgraph_analysis::{figures_svg, revisions_svg, timeline_svg};
use std::collections::BTreeMap;

/// The elements of an SVG in order: the name, its attributes, and the text up to the next element. Panics if the SVG is
/// not well formed.
fn elements(svg: &str) -> Vec<(String, BTreeMap<String, String>, String)> {
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("a tag ends");
        assert!(!text.contains('>'), "a bare > in {text}");
        let plain = text
            .replace("&amp;", "")
            .replace("&lt;", "")
            .replace("&gt;", "")
            .replace("&quot;", "")
            .replace("&#39;", "");
        assert!(!plain.contains('&'), "a bare & in {text}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        let (tag, alone) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let name = tag.split_whitespace().next().unwrap().to_owned();
        let mut attributes = BTreeMap::new();
        let mut rest = tag[name.len()..].trim();
        while let Some((key, more)) = rest.split_once("=\"") {
            let (value, more) = more.split_once('"').expect("a value ends");
            assert_eq!(attributes.insert(key.trim().to_owned(), value.to_owned()), None);
            rest = more.trim();
        }
        assert!(rest.is_empty(), "{rest}");
        if !alone {
            open.push(name.clone());
        }
        found.push((name, attributes, text.to_owned()));
    }
    assert!(open.is_empty(), "{open:?}");
    found
}

fn unescaped(text: &str) -> String {
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'");
    text.replace("&amp;", "&")
}

/// The approximate width of a text in a usual font.
fn wide(text: &str, size: f64) -> f64 {
    let em = |c: char| match c {
        '\u{200d}' | '\u{300}'..='\u{36f}' => 0.0,
        'i' | 'l' | 'j' | '.' | ',' | ' ' => 0.3,
        'A'..='Z' | 'm' | 'w' => 0.75,
        c if (c as u32) > 0x2e80 => 1.0,
        _ => 0.56,
    };
    text.chars().map(em).sum::<f64>() * size
}

/// Asserts that everything is drawn inside the picture, that no text overlaps another or leaves the picture, and that
/// nothing is loaded from outside.
fn check(svg: &str) -> Vec<String> {
    assert!(
        svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
            && svg.ends_with("</svg>\n")
    );
    assert!(
        !svg.chars()
            .any(|c| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)))
    );
    let found = elements(svg);
    let names: Vec<&str> = found.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(&names[..3], ["svg", "title", "desc"]);
    let root = &found[0].1;
    assert_eq!(
        (root["role"].as_str(), root["aria-labelledby"].as_str()),
        ("img", "title description")
    );
    let allowed =
        ["svg", "title", "desc", "style", "rect", "line", "circle", "polygon", "g", "text"];
    assert!(names.iter().all(|name| allowed.contains(name)), "{names:?}");
    let style = &found[3].2;
    assert!(
        style.contains("prefers-color-scheme:dark")
            && !style.contains("url")
            && !style.contains("import")
    );
    let of = |a: &BTreeMap<String, String>, key: &str| {
        a.get(key).map_or(0.0, |v| v.parse::<f64>().unwrap())
    };
    let (width, height) = (of(root, "width"), of(root, "height"));
    let mut texts: Vec<(f64, f64, f64, f64, String)> = Vec::new();
    for (name, a, text) in &found {
        assert!(a.keys().all(|key| !key.starts_with("on") && !key.contains("href")), "{a:?}");
        let inside = |x: f64, y: f64| {
            assert!(
                (-0.5..=width + 0.5).contains(&x) && (-0.5..=height + 0.5).contains(&y),
                "{name} {a:?}"
            );
        };
        match name.as_str() {
            "rect" => inside(of(a, "x") + of(a, "width"), of(a, "y") + of(a, "height")),
            "line" => {
                inside(of(a, "x1"), of(a, "y1"));
                inside(of(a, "x2"), of(a, "y2"));
            }
            "circle" => inside(of(a, "cx"), of(a, "cy")),
            "text" => {
                let size = if a["class"].contains("small") { 11.0 } else { 13.0 };
                let text = unescaped(text);
                let long = wide(&text, size);
                let left = match a["text-anchor"].as_str() {
                    "start" => of(a, "x"),
                    "middle" => of(a, "x") - long / 2.0,
                    _ => of(a, "x") - long,
                };
                inside(left, of(a, "y"));
                inside(left + long, of(a, "y"));
                texts.push((
                    left,
                    left + long,
                    of(a, "y") - size * 0.8,
                    of(a, "y") + size * 0.2,
                    text,
                ));
            }
            _ => {}
        }
    }
    for (place, one) in texts.iter().enumerate() {
        for other in &texts[place + 1..] {
            let apart =
                one.1 <= other.0 || other.1 <= one.0 || one.3 <= other.2 || other.3 <= one.2;
            assert!(apart, "{:?} over {:?}", one, other);
        }
    }
    texts.into_iter().map(|(.., text)| text).collect()
}

/// Writes the picture for people to look at, if a folder is given.
fn keep(name: &str, svg: &str) {
    if let Some(folder) = std::env::var_os("CLAIMGRAPH_PICTURES") {
        std::fs::write(std::path::Path::new(&folder).join(name), svg).unwrap();
    }
}

#[test]
fn the_timeline_of_the_report_as_a_picture() {
    let r = report::build().unwrap();
    let timeline = r.graph.view().timeline();
    let entries: Vec<_> = timeline.iter().collect();
    assert_eq!(entries[1].events().len(), 3, "summit, treaty and alliance in June");
    assert_eq!((entries[0].order(), entries[0].events()[0].id()), (None, r.k(49)));

    let svg = timeline_svg(&timeline, "North Korean soldiers in Russia");
    keep("report.svg", &svg);
    let texts = check(&svg);
    assert!(
        texts.contains(&"2022-02".to_owned())
            && texts.contains(&"2024-10-24; not before the one above".to_owned())
    );
    assert!(texts.iter().any(|text| text.contains("order among these 3 unknown")), "{texts:#?}");
    // The title of each group has the event in full.
    for event in timeline.iter().flat_map(|moment| moment.events()) {
        let told =
            event.to_string().replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&#39;");
        assert!(svg.contains(&told), "{told}");
    }
    let again = ClaimGraph::read_jsonl(r.graph.to_jsonl().as_bytes()).unwrap();
    assert_eq!(timeline_svg(&again.view().timeline(), "North Korean soldiers in Russia"), svg);
}

#[test]
fn the_revisions_of_the_report_as_a_picture() {
    let r = report::build().unwrap();
    let svg = revisions_svg(&r.graph.view().revisions(), "How many are to be sent");
    keep("revisions.svg", &svg);
    let texts = check(&svg);
    assert!(texts.contains(&"up by a factor of 2".to_owned()), "{texts:#?}");
    assert!(
        texts.contains(&"about 5,000".to_owned()) && texts.contains(&"about 10,000".to_owned()),
        "{texts:#?}"
    );
    assert!(svg.contains("class=\"open\"") && texts.iter().any(|text| text.ends_with("(derived)")));
    let figures = r.graph.statement(r.north_korea, DEPLOYS_TO, r.russia).figures();
    let texts = check(&figures_svg(&figures, "Sent"));
    assert!(texts.iter().any(|text| text.contains("3,000 soldiers")), "{texts:#?}");
}

#[test]
fn bounds_units_and_revisions_of_one_figure() {
    let mut graph = ClaimGraph::new();
    let (a, b) = (
        graph.add(State, Entity::new("a").named("Arden")).unwrap(),
        graph.add(State, "b").unwrap(),
    );
    let (nis, press) = (graph.add(Agency, "service").unwrap(), graph.add(Agency, "press").unwrap());
    let mut put =
        |claim: Claim, day: i8| graph.insert(claim.reported(date(2024, 10, day))).unwrap();
    let first = put(
        Claim::by(nis).asserts(a, DEPLOYS_TO, b).quantity(Quantity::stated(1_500, "soldiers")),
        8,
    );
    put(Claim::by(nis).revises(first).quantity(Quantity::stated(3_000, "soldiers")), 18);
    put(
        Claim::by(press)
            .asserts(a, DEPLOYS_TO, b)
            .quantity(Quantity::between(2_000, 12_000, "troops")),
        19,
    );
    put(
        Claim::by(press)
            .asserts(a, DEPLOYS_TO, b)
            .quantity(Quantity::more_than(10_000, "soldiers")),
        20,
    );
    put(
        Claim::by(press)
            .asserts(a, DEPLOYS_TO, b)
            .quantity(Quantity::less_than(13_000, "soldiers")),
        21,
    );
    put(
        Claim::by(press)
            .asserts(a, DEPLOYS_TO, b)
            .quantity(Quantity::vague("thousands", "soldiers")),
        22,
    );
    put(Claim::by(press).asserts(a, DEPLOYS_TO, b).quantity(Quantity::stated(200, "tanks")), 23);
    let figures = graph.statement(a, DEPLOYS_TO, b).figures();
    let svg = figures_svg(&figures, "Soldiers sent");
    keep("figures.svg", &svg);
    let texts = check(&svg);
    for expected in
        ["2024-10-08; revised since", "revised", "1,500", "3,000", "soldiers", "tanks", "200"]
    {
        assert!(texts.iter().any(|text| text == expected), "{expected}: {texts:#?}");
    }
    // A unit with two names has one axis: two arrows for open bounds, and one for the revision.
    assert_eq!(texts.iter().filter(|text| *text == "soldiers" || *text == "troops").count(), 1);
    assert_eq!(
        svg.matches("<polygon class=\"mark\"").count(),
        3,
        "over 10,000, under 13,000, thousands"
    );
    assert_eq!(svg.matches("<polygon class=\"head\"").count(), 1);
}

/// A small random generator, so that the picture is the same in every run.
fn numbers() -> impl FnMut(u64) -> u64 {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    }
}

#[test]
fn two_hundred_events_in_one_picture() {
    let mut next = numbers();
    let mut graph = ClaimGraph::new();
    let paper = graph.add_document("paper", date(2025, 1, 1)).unwrap();
    for n in 0..200 {
        let words = "a meeting of many people about much that was not said in so many words "
            .repeat(1 + n % 4);
        let event = graph
            .add(
                Event,
                Entity::new(format!("e{n}")).named(&*format!("Event {n}, {}", words.trim())),
            )
            .unwrap();
        let year = 1990 + next(34) as i16;
        let from = date(year, 1 + next(12) as i8, 1 + next(28) as i8);
        let period = match next(4) {
            0 => Period::on(from),
            1 => Period::within(from..=from.last_of_month()),
            2 => Period::within(from..=date(year, 12, 31)),
            _ => Period::within(
                from..=date(year + next(10) as i16 / 3, 12, 31).min(date(2024, 12, 31)),
            ),
        };
        graph
            .insert(
                Claim::by(paper).asserts(event, TAKES_PLACE, ()).valid(period).read_in(paper, ..),
            )
            .unwrap();
    }
    let timeline = graph.view().timeline();
    assert_eq!(timeline.events().len(), 200);
    let svg = timeline_svg(&timeline, "Two hundred events");
    keep("many.svg", &svg);
    let texts = check(&svg);
    let unordered =
        timeline.iter().filter(|moment| moment.order() == Some(TemporalOrder::Unordered)).count();
    assert_eq!(
        texts.iter().filter(|text| text.contains("order to the one above unknown")).count(),
        unordered
    );
    assert!(unordered > 20);
}

#[test]
fn names_that_try_to_be_more_than_names_stay_text() {
    let names = [
        "</text><script>alert(1)</script>".to_owned(),
        "\"><image href=\"http://example.org/x.png\"/>".to_owned(),
        "a & b &amp; c &#x3c; ]]> <!-- --> <?x?>".to_owned(),
        "\u{202e}reversed\u{202c} \u{2066}isolated".to_owned(),
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{5e2}\u{5d5}\u{5dc}\u{5dd} (1948)".to_owned(),
        "\u{627}\u{644}\u{62c}\u{645}\u{647}\u{648}\u{631}\u{64a}\u{629} 2024".to_owned(),
        "x".repeat(10_000),
        "W".repeat(500),
        "\u{6771}\u{4eac}".repeat(300),
        format!("z{}algo", "\u{301}\u{327}".repeat(2_000)),
        "tab\tnew\nline\u{0}\u{7}bell\u{1b}[31mred\u{ffff}".to_owned(),
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}".repeat(60),
    ];
    let mut graph = ClaimGraph::new();
    let paper = graph.add_document("paper", date(2025, 1, 1)).unwrap();
    for (n, name) in names.iter().enumerate() {
        let event = graph.add(Event, Entity::new(format!("e{n}")).named(&**name)).unwrap();
        let who = graph.add(State, Entity::new(format!("s{n}")).named(&**name)).unwrap();
        let valid = Period::within(date(2024, 1, 1 + n as i8)..=date(2024, 2, 1));
        graph
            .insert(
                Claim::by(paper).asserts(event, TAKES_PLACE, ()).valid(valid).read_in(paper, ..),
            )
            .unwrap();
        let count = Quantity::stated(10 + n as i64, name.replace(['\0', '\u{7}', '\u{1b}'], " "));
        let claim =
            Claim::by(who).asserts(who, ATTACKS, who).quantity(count).reported(date(2024, 3, 1));
        // If the unit is refused, a plain one is used.
        if graph.insert(claim).is_err() {
            let plain = Claim::by(who)
                .asserts(who, ATTACKS, who)
                .quantity(Quantity::stated(10, "soldiers"));
            graph.insert(plain.reported(date(2024, 3, 1))).unwrap();
        }
    }
    for title in &names {
        let svg = timeline_svg(&graph.view().timeline(), title);
        assert!(!svg.contains("<script") && !svg.contains("<image"));
        check(&svg);
    }
    let svg = timeline_svg(&graph.view().timeline(), "Hostile names");
    keep("hostile.svg", &svg);
    let anybody = graph
        .statement(claimgraph::vocabulary::Any, ATTACKS, claimgraph::vocabulary::Any)
        .figures();
    assert_eq!(anybody.len(), names.len());
    let figures = figures_svg(&anybody, "<Hostile> & 'figures'");
    keep("hostile-figures.svg", &figures);
    check(&figures);
}

#[test]
fn pictures_of_nothing_of_one_day_and_of_all_time() {
    let graph = ClaimGraph::new();
    check(&timeline_svg(&graph.view().timeline(), "Nothing"));
    check(&revisions_svg(&graph.view().revisions(), ""));
    for (from, to) in [
        (date(2024, 1, 1), date(2024, 1, 1)),
        (date(-9999, 1, 1), date(9999, 12, 31)),
        (date(2024, 1, 1), date(2024, 1, 2)),
        (date(1999, 12, 30), date(2000, 1, 3)),
        (date(2024, 2, 1), date(2024, 5, 1)),
        (date(-50, 1, 1), date(70, 1, 1)),
    ] {
        let mut graph = ClaimGraph::new();
        let paper = graph.add_document("paper", date(9999, 12, 31)).unwrap();
        let event = graph.add(Event, "event").unwrap();
        for period in [Period::on(from), Period::on(to), Period::within(from..=to)] {
            graph
                .insert(
                    Claim::by(paper)
                        .asserts(event, TAKES_PLACE, ())
                        .valid(period)
                        .read_in(paper, ..),
                )
                .unwrap();
        }
        let texts = check(&timeline_svg(&graph.view().timeline(), "Some days"));
        assert!(texts.len() > 6, "{texts:?}");
    }
    let mut graph = ClaimGraph::new();
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    for amount in ["0", "-5", "0.000000001", "99999999999999999999", "12.5"] {
        let amount: claimgraph::quantity::Amount = amount.parse().unwrap();
        let claim =
            Claim::by(a).asserts(a, TREATY_WITH, b).quantity(Quantity::stated(amount, "degrees"));
        graph.insert(claim.reported(date(2024, 1, 1))).unwrap();
        check(&figures_svg(&graph.statement(a, TREATY_WITH, b).figures(), "Any number"));
    }
}
