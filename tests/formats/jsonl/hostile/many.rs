//! Many of one thing: speakers of a claim, kinds above each other, links between the same entities.

use super::*;
use claimgraph::vocabulary::{KindDef, Vocabulary};

#[test]
fn a_speaker_that_is_repeated_in_a_chain_is_one_speaker() {
    apart(module_path!(), "a_speaker_that_is_repeated_in_a_chain_is_one_speaker", || {
        let speakers = r#"{"source":"nis"},"#.repeat(200_000);
        let speakers = format!(r#""speakers":[{}]"#, speakers.trim_end_matches(','));
        let one = claim("").replace(r#""speakers":[{"source":"nis"}]"#, &speakers);
        let graph = read(file(&[&one])).unwrap();
        let claim = graph.claims().next().unwrap();
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
