//! Many of one thing: speakers of a claim, kinds above each other, links between the same entities.

use super::*;
use claimgraph::vocabulary::{KindDef, Vocabulary};

#[test]
fn a_speaker_that_is_repeated_in_a_chain_is_one_speaker() {
    apart(module_path!(), "a_speaker_that_is_repeated_in_a_chain_is_one_speaker", || {
        let speakers = r#"{"source":"nis"},"#.repeat(200_000);
        let speakers = format!(r#""speakers":[{}]"#, speakers.trim_end_matches(','));
        let one = claim("").replace(r#""speakers":[{"source":"nis"}]"#, &speakers);
        let mut limits = Limits::default();
        limits.speakers = 200_000;
        let report = jsonl::Reader::new().limits(limits).read(file(&[&one]).as_bytes()).unwrap();
        let claim = report.graph.claims().next().unwrap();
        assert_eq!(claim.chain().len(), 1);
    });
}

/// Each kind lists all kinds above it, so the file grows with the square of their number.
#[test]
fn a_long_chain_of_kinds_is_read() {
    apart(module_path!(), "a_long_chain_of_kinds_is_read", || {
        let number = 800;
        let names: Vec<String> = (0..number).map(|n| format!("K{n:04}")).collect();
        let above = |n: usize| names[..n].iter().map(String::as_str).chain(["Thing"]);
        let kinds = (0..number).map(|n| KindDef::new(&*names[n], above(n))).collect();
        let none = || (Vec::new(), Vec::new());
        let vocabulary = Vocabulary::empty().declaring(kinds, none().0, none().1, Vec::new());
        let text = serde_json::to_string(&vocabulary).unwrap();
        let graph = read(format!(r#"{{"claimgraph":{{"format":1,"vocabulary":{text}}}}}"#));
        assert_eq!(graph.unwrap().vocabulary().kind("K0799").unwrap().above.len(), number);
        // A kind that leaves one out is refused, wherever in the list it is.
        for left_out in [0, 400, 798] {
            let listed = above(number - 1).filter(|kind| *kind != names[left_out]);
            let wrong = KindDef::new("K0799", listed);
            let mut kinds: Vec<KindDef> = vocabulary.kinds().take(number - 1).cloned().collect();
            kinds.push(wrong);
            let wrong = Vocabulary::empty().declaring(kinds, none().0, none().1, Vec::new());
            let outcome = Vocabulary::new().merge(&wrong);
            // The last kind of the chain has nothing below it that would need it.
            assert_eq!(outcome.is_err(), left_out < 798, "{left_out}");
        }
    });
}

/// Returns lines for many entities below one, many above another, and a grid of links between the two.
fn grid(link: impl Fn(usize, usize) -> String) -> String {
    let (many, side) = (8_000, 100);
    let (lower, upper) = (many * 2 + side * 2, many * 2 + side * 2 + 1);
    let mut lines: Vec<String> =
        (0..=upper).map(|n| format!(r#"{{"entity":{{"key":"e{n}","kind":"Actor"}}}}"#)).collect();
    lines.extend((0..many).map(|n| link(n, lower)));
    lines.extend((0..side).map(|n| link(lower, many * 2 + n)));
    lines.extend((0..side).map(|n| link(many * 2 + side + n, upper)));
    lines.extend((0..many).map(|n| link(upper, many + n)));
    for a in 0..side {
        lines.extend((0..side).map(|b| link(many * 2 + a, many * 2 + side + b)));
    }
    // One link closes a circle.
    lines.push(link(many, 0));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    file(&lines)
}

#[test]
fn a_grid_of_lineage_is_read_and_the_link_that_closes_a_circle_is_refused() {
    let test = "a_grid_of_lineage_is_read_and_the_link_that_closes_a_circle_is_refused";
    apart(module_path!(), test, || {
        let link = |a, b| format!(r#"{{"lineage":{{"speaker":"e{a}","source":"e{b}"}}}}"#);
        let report = read_all(grid(link));
        assert_eq!(report.graph.lineages().count(), 8_000 * 2 + 200 + 10_000);
        let [fault] = &report.faults[..] else { panic!("{:?}", report.faults) };
        assert_eq!(fault.field(), Some("lineage.lineage"));
        assert!(fault.to_string().contains("would close a circle: e8000 > e0 > e16200"), "{fault}");
    });
}

#[test]
fn a_grid_of_affiliations_is_read_and_the_link_that_closes_a_circle_is_refused() {
    let test = "a_grid_of_affiliations_is_read_and_the_link_that_closes_a_circle_is_refused";
    apart(module_path!(), test, || {
        let link = |a, b| {
            format!(r#"{{"affiliation":{{"part":"e{a}","kind":"part-of","whole":"e{b}"}}}}"#)
        };
        let report = read_all(grid(link));
        assert_eq!(report.graph.affiliations().count(), 8_000 * 2 + 200 + 10_000);
        assert_eq!(report.faults.len(), 1, "{:?}", report.faults);
    });
}

/// Returns a claim with these members in place of the usual ones of those names.
fn claim_with(name: &str, one: &str, number: usize) -> String {
    let list = vec![one; number].join(",");
    let usual = r#""speakers":[{"source":"nis"}]"#;
    let list = format!(r#""{name}":[{list}]"#);
    let all = if name == "speakers" { list } else { format!("{usual},{list}") };
    claim("").replace(usual, &all)
}

#[test]
fn lists_of_a_claim_are_read_up_to_their_limits() {
    let mut limits = Limits::default();
    (limits.speakers, limits.targets, limits.roles) = (3, 3, 3);
    for (name, one, field, what) in [
        ("speakers", r#"{"source":"nis"}"#, "claim.speaker 3 outwards", "speakers of a claim"),
        ("targets", r#"{"claim":"first"}"#, "claim.target 3", "claims that a claim answers"),
        (
            "roles",
            r#"{"role":"about","value":{"text":"t"}}"#,
            "claim.role \"about\"",
            "roles of a claim or statement",
        ),
    ] {
        let read = |number: usize| {
            let first = claim("").replace(r#""id":"c""#, r#""id":"first""#);
            let second = claim_with(name, one, number).replace("asserts", "denies");
            let text = file(&[&first, &second]);
            jsonl::Reader::new().limits(limits).read(text.as_bytes())
        };
        assert_eq!(read(3).unwrap().graph.len(), 2, "{name}");
        let error = read(4).unwrap_err();
        assert_eq!((error.line(), error.field()), (Some(FIRST + 1), Some(field)));
        assert!(error.to_string().ends_with(&format!("more than 3 {what}")), "{error}");
    }
}

/// One entity, declared again with another name each time.
#[test]
fn an_entity_has_names_and_codes_up_to_their_limit() {
    apart(module_path!(), "an_entity_has_names_and_codes_up_to_their_limit", || {
        let lines = |member: &str| -> Vec<String> {
            let line = |n: u32| {
                format!(
                    r#"{{"entity":{{"key":"nk","kind":"State",{}}}}}"#,
                    member.replace('#', &n.to_string())
                )
            };
            // Names that the entity has already are not counted again.
            (0..2_000).chain(0..2_000).chain([2_000]).map(line).collect()
        };
        let mut limits = Limits::default();
        limits.names = 2_000;
        for (member, field) in [
            (r##""names":[{"text":"n#","kind":"alias"}]"##, "entity.name"),
            (r##""names":[{"text":"n#","kind":"canonical"}]"##, "entity.name"),
            (r##""codes":[["system","n#"]]"##, "entity.key"),
        ] {
            let lines = lines(member);
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let reader = jsonl::Reader::new().limits(limits);
            let error = reader.read(file(&lines).as_bytes()).unwrap_err();
            assert_eq!((error.line(), error.field()), (Some(FIRST + 4_000), Some(field)));
            assert!(error.to_string().contains("more than 2000 "), "{error}");
        }
    });
}

#[test]
fn texts_with_characters_that_nobody_sees_are_found_in_every_record() {
    let text = concat!(
        r#"{"claimgraph":{"format":1,"vocabulary":{"relations":[{"key":"near","subject":"any","object":"any"}]}}}"#,
        "\n",
        r#"{"entity":{"key":"a","kind":"Actor","names":[{"text":"An\u202ena","kind":"canonical"},{"text":"Ann\u200ba","kind":"alias"},{"text":"An\tna\n","kind":"alias"}]}}"#,
        "\n",
        r#"{"claim":{"id":"c","speakers":[{"source":"a"}],"stance":"asserts","words":"near\u0007","statement":{"subject":{"entity":"a"},"relation":"near","object":{"entity":"a"}},"reported":"2024-10-24"}}"#,
        "\n"
    );
    let graph = ClaimGraph::read_jsonl(text.as_bytes()).unwrap();
    let hidden: Vec<String> = graph.hidden_texts().iter().map(ToString::to_string).collect();
    let claim = graph.records().into_iter().find_map(|record| match record {
        claimgraph::record::Record::Claim(claim) => claim.id,
        _ => None,
    });
    let expected = [
        r#"entity "a", /names/0/text: U+202E"#.to_owned(),
        r#"entity "a", /names/2/text: U+200B"#.to_owned(),
        format!("claim {:?}, /words: U+0007", claim.unwrap()),
    ];
    assert_eq!(hidden, expected);
}
