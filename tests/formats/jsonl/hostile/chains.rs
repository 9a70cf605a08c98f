//! Long chains of responses, parts and sources.

use super::*;

const LONG: usize = 100_000;

/// A file of one assertion and a chain of responses, each to the one before it.
fn chain_of(stance: &str, more: &str) -> String {
    let mut lines: Vec<String> = vec![claim("").replace(r#""id":"c""#, r#""id":"0""#)];
    lines.extend((1..LONG).map(|number| {
        let target = number - 1;
        format!(
            r#"{{"claim":{{"id":"{number}","speakers":[{{"source":"nis"}}],"stance":"{stance}","targets":[{{"claim":"{target}"}}],"reported":"2024-10-24"{more}}}}}"#
        )
    }));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    file(&lines)
}

fn loaded(text: String) -> ClaimGraph {
    let graph = read(text).unwrap();
    assert_eq!(graph.len(), LONG);
    graph
}

/// Loads a chain, writes it and drops it.
fn survives(text: String) {
    let graph = loaded(text);
    let written = graph.to_jsonl();
    assert_eq!(written.lines().count(), LONG + FIRST as usize - 1);
    drop(graph.clone());
}

/// The first and last claim of a chain, and the entities of its statement.
fn ends(graph: &ClaimGraph) -> (ClaimId, ClaimId, EntityId, EntityId) {
    let ids: Vec<ClaimId> = graph.claims().map(|claim| claim.id()).collect();
    (
        ids[0],
        ids[LONG - 1],
        graph.entity_keyed("nk").unwrap(),
        graph.entity_keyed("russia").unwrap(),
    )
}

#[test]
fn a_long_chain_of_retractions_is_loaded_and_written() {
    apart(module_path!(), "a_long_chain_of_retractions_is_loaded_and_written", || {
        survives(chain_of("retracts", ""));
    });
}

#[test]
fn a_long_chain_of_confirmations_is_loaded_and_written() {
    apart(module_path!(), "a_long_chain_of_confirmations_is_loaded_and_written", || {
        survives(chain_of("confirms", ""));
    });
}

#[test]
fn a_long_chain_of_revisions_is_loaded_and_written() {
    apart(module_path!(), "a_long_chain_of_revisions_is_loaded_and_written", || {
        survives(chain_of("revises", r#","quantity":{"central":7,"unit":"soldiers"}"#));
    });
}

/// Asks whether the claim at the bottom of a chain of retractions stands.
#[test]
fn one_claim_under_a_long_chain_of_retractions_is_asked_about() {
    apart(module_path!(), "one_claim_under_a_long_chain_of_retractions_is_asked_about", || {
        let graph = loaded(chain_of("retracts", ""));
        let (first, last, ..) = ends(&graph);
        // An odd number of retractions; each takes back the one before it.
        assert!(graph.view().is_retracted(first) && !graph.view().is_retracted(last));
        assert_eq!(graph.view().responses(last).unwrap().len(), 1);
        assert_eq!(graph.view().roots(first).unwrap().len(), 1);
        assert!(!graph.show(last).unwrap().is_empty() && graph.claim_key(last).is_ok());
        assert_eq!(graph.view().including_retracted().claims().count(), LONG);
    });
}

/// Every second claim of the chain stands. Each is asked about once. A question must not walk the chain to its end
/// each time.
#[test]
fn all_claims_of_a_long_chain_of_retractions_are_asked_about() {
    apart(module_path!(), "all_claims_of_a_long_chain_of_retractions_are_asked_about", || {
        let graph = loaded(chain_of("retracts", ""));
        assert_eq!(graph.view().claims().count(), LONG / 2);
    });
}

#[test]
fn a_long_chain_of_retractions_is_asked_whether_it_contests() {
    apart(module_path!(), "a_long_chain_of_retractions_is_asked_whether_it_contests", || {
        let graph = loaded(chain_of("retracts", ""));
        assert_eq!(graph.contested().len(), 0);
    });
}

#[test]
fn questions_about_a_long_chain_of_confirmations() {
    apart(module_path!(), "questions_about_a_long_chain_of_confirmations", || {
        let graph = loaded(chain_of("confirms", ""));
        let (first, last, nk, russia) = ends(&graph);
        let statement = graph.statement(nk, DEPLOYS_TO, russia);
        assert_eq!(statement.backing().len(), LONG);
        assert_eq!(statement.independence().count(), 1);
        assert!(statement.against().is_empty() && statement.is_asserted().is_yes());
        assert_eq!(graph.view().responses(first).unwrap().len(), 2);
        assert_eq!(graph.view().responses(last).unwrap().len(), 1);
        assert!(graph.contested().is_empty() && !graph.view().is_retracted(first));
        assert_eq!(graph.view().roots(last).unwrap().len(), 1);
        assert_eq!(
            (graph.view().mentions_of(nk).len(), graph.view().mentions_of(russia).len()),
            (1, 1)
        );
        assert_eq!(graph.view().downstream_of(first).len(), LONG - 1);
        assert!(graph.claim_key(last).is_ok() && !graph.show(last).unwrap().is_empty());
    });
}

#[test]
fn the_ends_of_a_long_chain_of_revisions_are_asked_about() {
    apart(module_path!(), "the_ends_of_a_long_chain_of_revisions_are_asked_about", || {
        let graph = loaded(chain_of("revises", r#","quantity":{"central":7,"unit":"soldiers"}"#));
        let (first, last, nk, _) = ends(&graph);
        assert!(!graph.view().is_retracted(first) && graph.contested().is_empty());
        assert_eq!(graph.view().roots(last).unwrap().len(), 1);
        assert_eq!(graph.view().mentions_of(nk).len(), 1);
        assert_eq!(graph.view().contests(last).unwrap().len(), 0);
        assert!(graph.claim_key(last).is_ok() && !graph.show(last).unwrap().is_empty());
    });
}

/// The content of a revision is found by walking down to the claim that it revises. For a whole chain there must not
/// be one walk for each revision.
#[test]
fn a_long_chain_of_revisions_backs_its_statement() {
    apart(module_path!(), "a_long_chain_of_revisions_backs_its_statement", || {
        let graph = loaded(chain_of("revises", r#","quantity":{"central":7,"unit":"soldiers"}"#));
        let (first, _, nk, russia) = ends(&graph);
        assert_eq!(graph.statement(nk, DEPLOYS_TO, russia).backing().len(), LONG);
        assert_eq!(graph.view().responses(first).unwrap().len(), LONG);
    });
}

/// A chain of dismissals: each dismisses the one before it.
#[test]
fn a_long_chain_of_dismissals_is_asked_about() {
    apart(module_path!(), "a_long_chain_of_dismissals_is_asked_about", || {
        let graph = loaded(chain_of("dismisses", ""));
        let (first, last, nk, russia) = ends(&graph);
        assert_eq!(graph.contested().len(), LONG - 1);
        assert_eq!(
            (
                graph.view().responses(first).unwrap().len(),
                graph.view().responses(last).unwrap().len()
            ),
            (2, 1)
        );
        assert_eq!(graph.statement(nk, DEPLOYS_TO, russia).against().len(), 1);
    });
}

/// One claim, and very many claims that dismiss, confirm or link to it.
#[test]
fn a_claim_that_everybody_answers() {
    apart(module_path!(), "a_claim_that_everybody_answers", || {
        let mut lines: Vec<String> = vec![claim("")];
        for number in 1..LONG {
            let stance = if number % 2 == 0 { "dismisses" } else { "confirms" };
            lines.push(format!(r#"{{"claim":{{"id":"{number}","speakers":[{{"source":"nis"}}],"stance":"{stance}","targets":[{{"claim":"c"}}],"reported":"2024-10-24","words":"{number}"}}}}"#));
        }
        let graph = loaded(file(&lines.iter().map(String::as_str).collect::<Vec<_>>()));
        let (first, _, nk, russia) = ends(&graph);
        assert_eq!(graph.view().responses(first).unwrap().len(), LONG);
        assert_eq!(graph.contested().len(), 1);
        let statement = graph.statement(nk, DEPLOYS_TO, russia);
        assert_eq!(
            (statement.backing().len(), statement.independence().count()),
            (LONG / 2 + 1, 1)
        );
        assert_eq!(graph.to_jsonl().lines().count(), LONG + 6);
    });
}

#[test]
fn a_claim_that_everybody_opposes_is_asked_who_is_against_it() {
    apart(module_path!(), "a_claim_that_everybody_opposes_is_asked_who_is_against_it", || {
        let mut lines: Vec<String> = vec![claim("")];
        lines.extend((1..LONG).map(|number| {
            format!(r#"{{"claim":{{"id":"{number}","speakers":[{{"source":"nis"}}],"stance":"dismisses","targets":[{{"claim":"c"}}],"reported":"2024-10-24","words":"{number}"}}}}"#)
        }));
        let graph = loaded(file(&lines.iter().map(String::as_str).collect::<Vec<_>>()));
        let (_, _, nk, russia) = ends(&graph);
        assert_eq!(graph.statement(nk, DEPLOYS_TO, russia).against().len(), LONG - 1);
    });
}

/// Entities `e000000` to `e099999` after the reporting header.
fn with_entities(kind: &str, lines: impl Iterator<Item = String>) -> String {
    let mut text = ClaimGraph::new().to_jsonl();
    for number in 0..LONG {
        text.push_str(&format!(
            "{{\"entity\":{{\"key\":\"e{number:06}\",\"kind\":\"{kind}\"}}}}\n"
        ));
    }
    lines.for_each(|line| {
        text.push_str(&line);
        text.push('\n');
    });
    text
}

fn part_of(part: usize, whole: usize) -> String {
    format!(r#"{{"affiliation":{{"part":"e{part:06}","kind":"part-of","whole":"e{whole:06}"}}}}"#)
}

fn word_from(speaker: usize, source: usize) -> String {
    format!(r#"{{"lineage":{{"speaker":"e{speaker:06}","source":"e{source:06}"}}}}"#)
}

/// Each line adds a new part at the end of the chain, so nothing has to be walked.
#[test]
fn a_long_chain_of_parts_is_loaded() {
    apart(module_path!(), "a_long_chain_of_parts_is_loaded", || {
        let text = with_entities("State", (1..LONG).map(|n| part_of(n - 1, n)));
        let graph = read(text).unwrap();
        assert_eq!(graph.affiliations().len(), LONG - 1);
        let written = graph.to_jsonl();
        assert_eq!(written.lines().count(), 2 * LONG);
    });
}

#[test]
fn a_long_chain_of_parts_is_loaded_from_its_top() {
    apart(module_path!(), "a_long_chain_of_parts_is_loaded_from_its_top", || {
        let text = with_entities("State", (1..LONG).map(|n| part_of(n, n - 1)));
        assert_eq!(read(text).unwrap().affiliations().len(), LONG - 1);
    });
}

#[test]
fn a_long_chain_of_sources_is_loaded() {
    apart(module_path!(), "a_long_chain_of_sources_is_loaded", || {
        let text = with_entities("State", (1..LONG).map(|n| word_from(n - 1, n)));
        assert_eq!(read(text).unwrap().lineages().len(), LONG - 1);
    });
}

#[test]
fn a_long_chain_of_sources_is_loaded_from_its_end() {
    apart(module_path!(), "a_long_chain_of_sources_is_loaded_from_its_end", || {
        let text = with_entities("State", (1..LONG).map(|n| word_from(n, n - 1)));
        assert_eq!(read(text).unwrap().lineages().len(), LONG - 1);
    });
}

#[test]
fn many_links_are_loaded() {
    apart(module_path!(), "many_links_are_loaded", || {
        let mut lines = vec![claim("").replace(r#""id":"c""#, r#""id":"0""#)];
        for number in 1..LONG {
            lines.push(
                claim("").replace(r#""id":"c""#, &format!(r#""words":"{number}","id":"{number}""#)),
            );
        }
        for number in 1..LONG {
            lines.push(format!(
                r#"{{"link":{{"from":"{number}","role":"part-of","to":"{}"}}}}"#,
                number - 1
            ));
        }
        let text = file(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        let graph = read(text).unwrap();
        let (first, ..) = ends(&graph);
        assert_eq!(graph.claim(first).unwrap().linked_from(PART_OF).count(), 1);
        assert_eq!(graph.to_jsonl().lines().count(), LONG * 2 + 5);
    });
}

/// Short enough for a chain to be loaded in any order, and long enough to break a recursion.
const SHORTER: usize = 100_000;

/// Asks about the whole at the top of a chain of parts, and about a claim of the first of a chain of speakers.
#[test]
fn questions_over_a_chain_of_parts_and_sources() {
    apart(module_path!(), "questions_over_a_chain_of_parts_and_sources", || {
        let mut graph = ClaimGraph::new();
        let states: Vec<_> =
            (0..SHORTER).map(|n| graph.add(State, format!("e{n}")).unwrap()).collect();
        for pair in states.windows(2) {
            graph.add_affiliation(Affiliation::part_of(pair[0], pair[1])).unwrap();
            graph.add_lineage(Lineage::new(pair[0], pair[1])).unwrap();
        }
        let (first, last) = (states[0], states[SHORTER - 1]);
        let said =
            graph.insert(Claim::by(first).asserts(first, MEETS, first).reported(DAY)).unwrap();
        graph.insert(Claim::by(last).denies(last, MEETS, last).reported(DAY)).unwrap();
        let backing = graph.statement(last, MEETS, Any).backing();
        assert_eq!(backing.claims(), [said]);
        assert_eq!(
            backing.proof().affiliations().collect::<std::collections::BTreeSet<_>>().len(),
            SHORTER - 1
        );
        assert_eq!(graph.view().roots(said).unwrap(), [Some(last.id())]);
        let independence = graph.statement(first, MEETS, first).independence();
        assert_eq!(independence.count(), 1);
        assert_eq!(independence.counting_documents().count(), 1);
        assert_eq!(graph.contested().claims(), [said]);
        assert_eq!(graph.view().excluding_source(last).claims().count(), 0);
        assert_eq!(graph.view().interactions_between(last, last).len(), 1);
        let text = graph.to_jsonl();
        assert_eq!(read(&text).unwrap().to_jsonl(), text);
    });
}

/// The message about a circle is short, however long the circle is.
#[test]
fn the_message_of_a_long_circle_is_short() {
    on_small_stack(|| {
        let mut graph = ClaimGraph::new();
        let states: Vec<_> =
            (0..1_000).map(|n| graph.add(State, format!("e{n}")).unwrap()).collect();
        for pair in states.windows(2) {
            graph.add_lineage(Lineage::new(pair[0], pair[1])).unwrap();
        }
        let error = graph.add_lineage(Lineage::new(states[999], states[0])).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Circle { .. }));
        assert!(error.to_string().len() < 500, "{} bytes", error.to_string().len());
    });
}
