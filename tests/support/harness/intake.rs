//! The intake: drafts, names, words in a text.

use super::{holds, is_message};
use claimgraph::reporting::*;
use claimgraph::{ClaimGraph, DocumentInfo, Entity, date};
use claimgraph_intake::mention::MentionFinder;
use claimgraph_intake::name::{NameIndex, compare_names, name_faults};
use claimgraph_intake::phrase::{self, Outlook};
use claimgraph_intake::quotation::{Fit, Location, PreparedText, Words};
use claimgraph_intake::{Drafts, Intake, Outcome};

const TEXT: &str = "Aland has sent 3,000 soldiers to Beland, Ann said on 12 March. \u{201c}We help a friend,\u{201d} said \
Ann, \u{201c}until June.\u{201d}\nBeland denied it.";

/// Drafts are inserted or refused, each with a fault that has a place. Read twice, they change nothing.
pub fn drafts(data: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(data) else { return false };
    let mut graph = ClaimGraph::new();
    for (key, name) in [("aland", "Aland"), ("beland", "Beland")] {
        graph.add(State, Entity::new(key).named(name)).unwrap();
    }
    graph.add(Person, Entity::new("ann").named("Ann")).unwrap();
    let story = DocumentInfo::dated(date(2024, 3, 14)).with_text(TEXT);
    let story = graph.add_document("story", story).unwrap();
    let drafts = Drafts::from_json(text);
    let report = Intake::new(&mut graph).read(story, &drafts);
    is_short(&report.to_string());
    report.all_faults().for_each(|fault| is_message(&fault.to_string()));
    for draft in report.claims() {
        assert_eq!(draft.faults().is_empty(), draft.claim().is_some(), "{draft}");
        draft.repairs().iter().for_each(|repair| is_message(&repair.to_string()));
    }
    assert_eq!(graph.len(), report.count(Outcome::Inserted));
    holds(&graph);
    let lines = graph.to_jsonl();
    Intake::new(&mut graph).read(story, &drafts);
    assert_eq!(graph.to_jsonl(), lines);
    report.count(Outcome::Inserted) > 0
}

/// So many bytes are a line of a report, at most.
fn is_short(report: &str) {
    let longest = report.lines().map(str::len).max().unwrap_or_default();
    assert!(longest <= 4 << 10, "{longest} bytes in a line");
}

/// A line is a name. It is refused, or found in every text that has it. Two names are as similar as the other way round.
pub fn names(data: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(data) else { return false };
    let names: Vec<&str> = text.lines().take(20).filter(|name| name.len() < 400).collect();
    let mut graph = ClaimGraph::new();
    let mut accepted = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let faults = name_faults(name);
        faults.iter().for_each(|fault| is_message(&fault.to_string()));
        if !faults.iter().any(|fault| fault.refuses())
            && let Ok(id) = graph.add(State, Entity::new(format!("e{number}")).named(*name))
        {
            accepted.push((*name, id));
        }
    }
    let index = NameIndex::of(&graph);
    let finder = MentionFinder::of(&index).unwrap();
    for &(name, id) in &accepted {
        let found = index.look_up(name);
        assert!(found.all().iter().any(|named| named.entity == id.id()), "{name:?}: {found}");
        let near = index.scope().candidates(name, 3);
        assert!(near.iter().all(|near| (0.0..=1.0).contains(&near.likeness.score)));
        let text = format!("({name})");
        for mention in finder.find(&text) {
            assert_eq!(text.get(mention.span), Some(&*mention.words));
        }
    }
    for pair in accepted.windows(2) {
        let [(a, _), (b, _)] = pair else { continue };
        let (there, back) = (compare_names(a, b, false), compare_names(b, a, false));
        assert!((there.score - back.score).abs() < 1e-9, "{a:?} {b:?}: {there} and {back}");
    }
    !accepted.is_empty()
}

/// The first line is sought in the others. A passage has its words, and its parts lie in it in their order.
pub fn quotations(data: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(data) else { return false };
    let Some((words, text)) = text.split_once('\n') else { return false };
    let prepared = PreparedText::of(text);
    for hinted in [Words::of(words), Words::of(words).nth(2), Words::of(words).after("a")] {
        match prepared.find(hinted) {
            Ok(Location::At(passage)) => {
                let span = passage.span();
                let bytes = span.start as usize..span.end as usize;
                assert_eq!(text.get(bytes), Some(passage.text()));
                if let Fit::InParts { parts, .. } = passage.fit() {
                    assert!(parts.is_sorted_by(|a, b| a.end <= b.start));
                    assert!(parts.iter().all(|it| span.start <= it.start && it.end <= span.end));
                }
            }
            Ok(Location::Several { passages }) => {
                assert!(passages.is_sorted_by(|a, b| a.span().end <= b.span().start));
            }
            Ok(found) => is_message(&found.to_string()),
            Err(error) => is_message(&error.to_string()),
        }
    }
    matches!(prepared.find(words), Ok(Location::At(_) | Location::Several { .. }))
}

/// A phrase is read as a figure or a time, or refused with a message. What is read backs itself.
pub fn phrases(data: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(data) else { return false };
    let day = date(2024, 3, 14);
    let mut is_read = false;
    match phrase::quantity(text, &vocabulary()) {
        Ok(figure) => {
            let json = serde_json::to_string(&figure).unwrap();
            assert_eq!(serde_json::from_str::<claimgraph::Quantity>(&json).unwrap(), figure);
            is_read = true;
        }
        Err(error) => is_message(&error.to_string()),
    }
    let outlooks =
        [Outlook::back_from(day), Outlook::ahead_from(day), Outlook::either_way_from(day)];
    for outlook in outlooks {
        match phrase::period(text, outlook) {
            Ok(period) => {
                assert!(!period.is_inverted(), "{period}");
                let json = serde_json::to_string(&period).unwrap();
                assert_eq!(serde_json::from_str::<claimgraph::Period>(&json).unwrap(), period);
                is_read = true;
            }
            Err(error) => is_message(&error.to_string()),
        }
    }
    is_read
}
