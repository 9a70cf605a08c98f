//! Drafts as a whole: order, repetition, all or nothing, text that is not quite JSON, the schema.

use super::story;
use claimgraph::reporting::{self, Document};
use claimgraph::{ClaimGraph, Id, Stance};
use claimgraph_intake::{Drafts, Intake, Outcome};
use proptest::prelude::*;
use serde_json::{Value, json};

fn claim(label: &str, answers: &[&str]) -> Value {
    match answers {
        [] => {
            json!({"label": label, "stance": "asserts", "subject": "Arland", "relation": "deploys-to", "object": "Borduria",
                     "quantity": format!("{} soldiers", label.len() + 1)})
        }
        _ => {
            json!({"label": label, "speakers": ["Holm"], "stance": "confirms", "answers": answers})
        }
    }
}

fn lines(graph: &ClaimGraph) -> String {
    let mut out = Vec::new();
    graph.write_jsonl(&mut out).expect("memory takes it");
    String::from_utf8(out).expect("JSON is UTF-8")
}

#[test]
fn answers_may_stand_before_what_they_answer() {
    let (mut graph, story) = story::known();
    let drafts =
        Drafts::from_values([claim("c", &["b", "a"]), claim("b", &["a"]), claim("a", &[])]);
    let report = Intake::new(&mut graph).read(story, &drafts);
    assert_eq!(report.count(Outcome::Inserted), 3, "{report}");
    let last = graph.claim(report.claims()[0].claim().unwrap()).unwrap();
    assert_eq!((last.stance(), last.targets().count()), (Stance::Confirms, 2));
}

#[test]
fn an_answer_to_a_refused_draft_is_refused_and_says_why() {
    let (mut graph, story) = story::known();
    let mut bad = claim("a", &[]);
    bad["object"] = "Nowhere".into();
    let report = Intake::new(&mut graph)
        .read(story, &Drafts::from_values([claim("b", &["a"]), bad, claim("d", &[])]));
    let outcomes: Vec<&Outcome> = report.claims().iter().map(|draft| draft.outcome()).collect();
    assert_eq!(outcomes, [&Outcome::Refused, &Outcome::Refused, &Outcome::Inserted]);
    assert_eq!(
        report.claims()[0].faults()[0].to_string(),
        "/0/answers/0: \"a\" is the label of a draft that was refused"
    );
}

#[test]
fn drafts_that_answer_each_other_are_refused_and_the_others_are_not() {
    let (mut graph, story) = story::known();
    let drafts = Drafts::from_values([claim("a", &["b"]), claim("b", &["a"]), claim("c", &[])]);
    let report = Intake::new(&mut graph).read(story, &drafts);
    assert_eq!((report.count(Outcome::Refused), graph.len()), (2, 1), "{report}");
}

#[test]
fn a_long_chain_of_answers_in_the_wrong_order_is_read() {
    let (mut graph, story) = story::known();
    let label = |n: usize| format!("c{n}");
    let mut chain: Vec<Value> =
        (1..2_000).rev().map(|n| claim(&label(n), &[&label(n - 1)])).collect();
    chain.push(claim(&label(0), &[]));
    let report = Intake::new(&mut graph).read(story, &Drafts::from_values(chain));
    assert_eq!(report.count(Outcome::Inserted), 2_000);
}

#[test]
fn the_same_drafts_twice_change_nothing() {
    let (mut graph, story) = story::known();
    let drafts = json!({
        "entities": [{"name": "relief office", "kind": "agency", "aliases": ["the relief people"]}, {"name": "Arland", "kind": "State"}],
        "claims": [claim("a", &[]), claim("b", &["a"]), claim("twin", &["b"]), claim("more", &["b"]), {"stance": "shouts"}],
    });
    let drafts = Drafts::from_json(&drafts.to_string());
    let first = Intake::new(&mut graph).read(story, &drafts);
    assert_eq!(
        (first.count(Outcome::Inserted), first.count(Outcome::AlreadyThere)),
        (3, 1),
        "{first}"
    );
    assert_eq!(first.claims()[2].claim(), first.claims()[3].claim(), "they say the same");
    let before = lines(&graph);
    let again = Intake::new(&mut graph).read(story, &drafts);
    assert_eq!(
        (again.count(Outcome::Inserted), again.count(Outcome::AlreadyThere)),
        (0, 4),
        "{again}"
    );
    assert_eq!(again.entities()[0].outcome(), &Outcome::AlreadyThere, "{again}");
    assert_eq!(lines(&graph), before);
    assert_eq!(again.claims()[0].claim(), first.claims()[0].claim());
}

#[test]
fn all_or_nothing_leaves_the_graph_as_it_was() {
    let (mut graph, story) = story::known();
    let before = lines(&graph);
    let drafts = json!({"entities": [{"name": "relief office", "kind": "Agency"}], "claims": [claim("a", &[]), {"stance": "shouts"}]});
    let report = Intake::new(&mut graph)
        .all_or_nothing()
        .read(story, &Drafts::from_json(&drafts.to_string()));
    assert_eq!((report.count(Outcome::HeldBack), report.count(Outcome::Refused)), (1, 1));
    assert_eq!((report.claims()[0].claim(), report.entities()[0].key()), (None, None));
    assert_eq!(lines(&graph), before);
}

#[test]
fn an_entity_for_a_refused_draft_is_not_added() {
    let (mut graph, story) = story::known();
    let entities = graph.entity_count();
    let mut draft = claim("a", &[]);
    (draft["subject"], draft["quantity"]) = ("Nemo Ltd".into(), "20 to 10 soldiers".into());
    let report = Intake::new(&mut graph)
        .creating("Company")
        .read(story, &Drafts::from_values([draft.clone()]));
    assert_eq!(report.count(Outcome::Refused), 1);
    assert_eq!(graph.entity_count(), entities);
    draft["quantity"] = Value::Null;
    assert!(
        Intake::new(&mut graph)
            .creating("Company")
            .read(story, &Drafts::from_values([draft]))
            .is_complete()
    );
    assert_eq!(graph.entity(graph.entity_keyed("nemo-ltd").unwrap()).unwrap().kind(), "Company");
}

#[test]
fn a_text_that_is_cut_off_gives_its_whole_drafts_and_a_fault() {
    let (mut graph, story) = story::known();
    let whole = json!({"claims": [claim("a", &[]), claim("b", &["a"])]}).to_string();
    let drafts = Drafts::from_json(&whole[..whole.len() - 20]);
    let report = Intake::new(&mut graph).read(story, &drafts);
    assert_eq!((report.count(Outcome::Inserted), report.is_complete()), (1, false));
    assert_eq!(report.faults().len(), 1);
}

#[test]
fn a_draft_that_is_cut_off_behind_an_inner_object_is_not_read() {
    let whole = r#"{"claims": [{"stance": "asserts"}, {"stance": "denies", "quantity": {"figure": "12"}, "modality": "hyp"#;
    let drafts = Drafts::from_json(whole);
    assert_eq!((drafts.len(), drafts.faults().len()), (1, 1));
    // Brackets by the hundred thousand take no square of the time.
    assert_eq!(Drafts::from_json(&r#"[{"a":1},"#.repeat(100_000)).faults().len(), 1);
}

#[test]
fn json_behind_the_first_block_is_a_fault() {
    let text =
        "```json\n[{\"stance\": \"asserts\"}]\n```\nand\n```json\n[{\"stance\": \"denies\"}]\n```";
    let drafts = Drafts::from_json(text);
    assert_eq!((drafts.len(), drafts.faults().len()), (1, 1));
}

#[test]
fn a_record_that_is_not_json_is_refused_with_its_place_and_the_others_are_read() {
    for (bad, place) in [
        (
            r#"{"stance": "asserts", "confidence": 1e400}"#,
            "number out of range at line 1, column 41 of the record",
        ),
        (
            r#"{"stance": "\udc00"}"#,
            "lone leading surrogate in hex escape at line 1, column 18 of the record",
        ),
        (r#"{"stance" "asserts"}"#, "expected `:` at line 1, column 11 of the record"),
    ] {
        let (mut graph, story) = story::known();
        let text = format!(
            "Of [two] claims:\n{{\"claims\": [{}, {bad}, {}]}}",
            claim("a", &[]),
            claim("b", &["a"])
        );
        let report = Intake::new(&mut graph).read(story, &Drafts::from_json(&text));
        let faults: Vec<String> = report.all_faults().map(ToString::to_string).collect();
        assert_eq!(faults, [format!("/claims/1: not JSON: {place}")]);
        assert_eq!(report.count(Outcome::Inserted), 2);
    }
}

#[test]
fn a_name_with_a_character_that_nobody_sees_is_refused_wherever_it_stands() {
    for entity in [
        json!({"name": "Ruritania", "kind": "State", "aliases": ["\u{202e}ainatiruR"]}),
        json!({"name": "\u{202e}ainatiruR", "key": "ruritania", "kind": "State"}),
    ] {
        let (mut graph, story) = story::known();
        let drafts = Drafts::from_json(&json!({"entities": [entity]}).to_string());
        let report = Intake::new(&mut graph).read(story, &drafts);
        assert_eq!(report.entities()[0].outcome(), &Outcome::Refused, "{report}");
        assert!(graph.entity_keyed("ruritania").is_err());
    }
}

#[test]
fn a_member_that_stands_twice_is_not_taken() {
    let (mut graph, story) = story::known();
    let text = r#"[{"stance": "asserts", "stance": "denies", "subject": "Arland", "relation": "deploys-to", "object": "Borduria"},
        {"stance": "denies", "subject": {"entity": "Arland", "entity": "Sildavia"}, "relation": "deploys-to", "object": "Borduria"}]"#;
    let report = Intake::new(&mut graph).read(story, &Drafts::from_json(text));
    let faults: Vec<String> = report.all_faults().map(|fault| fault.to_string()).collect();
    let twice = |at: &str| format!("{at}: stands twice in the object; expected it once");
    assert!(
        faults.contains(&twice("/0/stance")) && faults.contains(&twice("/1/subject/entity")),
        "{faults:?}"
    );
    assert_eq!(graph.len(), 0);
}

#[test]
fn other_shapes_of_the_whole_are_read_or_refused() {
    let one = claim("a", &[]);
    for (text, drafts, faults) in [
        (json!([one]).to_string(), 1, 0),
        (json!({"claims": [one], "model": "m"}).to_string(), 1, 0),
        (one.to_string(), 1, 0),
        (json!({"results": [one]}).to_string(), 1, 0),
        (format!("{one}\n{one}"), 2, 0),
        (json!({"claims": one}).to_string(), 0, 1),
        (json!({"a": 1, "b": 2}).to_string(), 0, 1),
        ("7".into(), 0, 1),
        (String::new(), 0, 1),
        ("There is nothing to extract.".into(), 0, 1),
    ] {
        let read = Drafts::from_json(&text);
        assert_eq!((read.len(), read.faults().len()), (drafts, faults), "{text}");
    }
}

/// Checks that a schema keeps to what structured output takes, and returns its number of enumeration values.
fn words_of_subset(schema: &Value, depth: usize) -> usize {
    assert!(depth <= 10, "too deep");
    let object = schema.as_object().expect("a schema is an object");
    for word in ["oneOf", "allOf", "not", "if", "$ref", "pattern", "minLength", "format"] {
        assert!(!object.contains_key(word), "{word} is not taken");
    }
    let mut words = object.get("enum").and_then(Value::as_array).map_or(0, Vec::len);
    if let Some(properties) = object.get("properties").and_then(Value::as_object) {
        assert_eq!(object["additionalProperties"], false);
        let required: Vec<&str> =
            object["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let mut named: Vec<&str> = properties.keys().map(String::as_str).collect();
        named.sort_unstable();
        let mut sorted = required.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, named, "every property is required");
        words += properties.values().map(|below| words_of_subset(below, depth + 1)).sum::<usize>();
    }
    words += object.get("items").map_or(0, |below| words_of_subset(below, depth + 1));
    let any = object.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    words + any.map(|below| words_of_subset(below, depth)).sum::<usize>()
}

#[test]
fn the_schema_keeps_to_what_structured_output_takes() {
    let schema = Drafts::schema(&reporting::vocabulary());
    assert_eq!(schema["type"], "object");
    assert!(words_of_subset(&schema, 0) <= 1_000);
    let mut large = reporting::vocabulary();
    for number in 0..2_000 {
        let relation = claimgraph::vocabulary::RelationDef::new(
            format!("relation-{number}"),
            claimgraph::vocabulary::Slot::Any,
            claimgraph::vocabulary::Slot::Any,
        );
        large.add_relation(relation).unwrap();
    }
    let schema = Drafts::schema(&large);
    assert!(words_of_subset(&schema, 0) <= 1_000);
    let relation = &schema["properties"]["claims"]["items"]["properties"]["relation"]["anyOf"][0];
    assert_eq!((&relation["type"], relation.get("enum")), (&json!("string"), None));
    assert!(Drafts::prompt(&large).contains("\nrelation-1999: "));
}

#[test]
fn a_draft_that_follows_the_schema_to_the_letter_is_inserted() {
    let (mut graph, story) = story::known();
    let full = json!({"entities": [{"name": "relief office", "kind": "Agency", "aliases": [], "name_withheld": false}], "claims": [{
        "label": "c1", "speakers": ["relief office"], "stance": "estimates", "subject": "explosion at Port Kesh",
        "relation": "causes-casualties", "object": null, "roles": [], "quantity": {"figure": "17", "unit": "dead"},
        "object_quantity": null, "when": "early February", "said": null, "reported": null, "certainty": null, "modality": null,
        "polarity": null, "background": false, "answers": [], "passage": "put the number of dead at 17", "quote": null,
        "cue": {"words": "put", "before": "the number", "after": null, "nth": null},
    }]});
    let report = Intake::new(&mut graph).read(story, &Drafts::from_json(&full.to_string()));
    assert!(report.is_complete(), "{report}");
    let claim = graph.claim(report.claims()[0].claim().unwrap()).unwrap();
    let span = claim.span().unwrap();
    let words =
        &story::TEXT[usize::try_from(span.start).unwrap()..usize::try_from(span.end).unwrap()];
    assert_eq!(words, "put the number of dead at 17");
    // For a validator from outside.
    if let Some(out) = std::env::var_os("CLAIMGRAPH_OUT") {
        let out = std::path::Path::new(&out);
        std::fs::write(
            out.join("drafts.schema.json"),
            Drafts::schema(graph.vocabulary()).to_string(),
        )
        .unwrap();
        std::fs::write(out.join("drafts.json"), full.to_string()).unwrap();
    }
}

#[test]
fn the_prompt_says_which_stances_take_no_statement_or_no_answers() {
    let (graph, story) = story::known();
    let prompt = Drafts::prompt(graph.vocabulary());
    let (_, prompt) = prompt.split_once("STANCES").unwrap();
    for &stance in Stance::ALL {
        let line = prompt.lines().find(|line| line.starts_with(&format!("{stance}: "))).unwrap();
        let mut draft = claim("a", &[]);
        draft["stance"] = stance.as_str().into();
        draft["polarity"] = if stance == Stance::Assesses { "mixed".into() } else { Value::Null };
        // A speaker revises and retracts its own claims, and answers those of others.
        let is_own = [Stance::Revises, Stance::Retracts].contains(&stance);
        draft["speakers"] = if is_own { json!([]) } else { json!(["Holm"]) };
        let takes = |draft: &Value| {
            let base = claim("base", &[]);
            let drafts = Drafts::from_values([base, draft.clone()]);
            Intake::new(&mut graph.clone()).read(story, &drafts).count(Outcome::Inserted) == 2
        };
        let alone = takes(&draft);
        draft["answers"] = json!(["base"]);
        let answering = takes(&draft);
        for member in ["subject", "relation", "object", "quantity"] {
            draft[member] = Value::Null;
        }
        let only_answers = takes(&draft);
        assert_eq!(alone, !line.contains("null") && !line.contains("needs answers"), "{line}");
        assert_eq!(answering, !line.contains("null") && !line.contains("no answers"), "{line}");
        let needs_statement = line.contains("needs a statement");
        assert_eq!(only_answers, !line.contains("no answers") && !needs_statement, "{line}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        Just("Arland".to_owned()),
        Just("asserts".to_owned()),
        Just("deploys-to".to_owned()),
        Just("Borduria".to_owned()),
        Just("a".to_owned()),
        Just("by December".to_owned()),
        Just("3,000 soldiers".to_owned()),
        ".{0,12}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        text.prop_map(Value::from)
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let member = prop_oneof![
            Just("entity"),
            Just("claim"),
            Just("statement"),
            Just("relation"),
            Just("role"),
            Just("value"),
            Just("figure")
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((member, inner), 0..3).prop_map(|members| {
                Value::Object(
                    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
                )
            }),
        ]
    })
}

const MEMBERS: &[&str] = &[
    "label",
    "speakers",
    "stance",
    "subject",
    "relation",
    "object",
    "roles",
    "quantity",
    "when",
    "said",
    "reported",
    "certainty",
    "modality",
    "polarity",
    "background",
    "answers",
    "passage",
    "quote",
    "cue",
    "confidence",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_members_give_an_outcome_for_each_draft_and_twice_is_once(
        drafts in prop::collection::vec(prop::collection::vec((prop::sample::select(MEMBERS), any_json()), 0..6), 1..4)
    ) {
        let (mut graph, story) = story::known();
        let values = drafts.into_iter().map(|members| {
            let mut draft = claim("a", &[]);
            for (name, value) in members {
                draft[name] = value;
            }
            draft
        });
        let drafts = Drafts::from_values(values);
        let report = Intake::new(&mut graph).read(story, &drafts);
        prop_assert_eq!(report.claims().len(), drafts.len());
        for draft in report.claims() {
            prop_assert_eq!(draft.faults().is_empty(), draft.claim().is_some());
            prop_assert!(draft.faults().iter().all(|fault| fault.at().starts_with(draft.at())));
        }
        prop_assert_eq!(graph.len(), report.count(Outcome::Inserted));
        let before = lines(&graph);
        Intake::new(&mut graph).read(story, &drafts);
        prop_assert_eq!(lines(&graph), before);
    }

    #[test]
    fn any_text_is_read_or_is_a_fault(text in "[\\[\\]{}\"',:a-c0-9\\\\ \n`]{0,60}") {
        let drafts = Drafts::from_json(&text);
        // Without a draft and without a fault, it is an empty list.
        let is_empty_list = text.contains('[');
        prop_assert!(!drafts.is_empty() || !drafts.faults().is_empty() || is_empty_list, "{text}");
    }
}

#[test]
fn a_document_without_a_date_has_only_times_that_say_all() {
    let (mut graph, _) = story::known();
    let note = graph.add_document("note", claimgraph::DocumentInfo::default()).unwrap();
    for (when, expected) in [
        ("24 October 2024", None),
        ("2024-10", None),
        ("early June 2023", None),
        ("2010-11", Some("has two readings, a month of 2010 and 2010 to 2011")),
        ("2023-24", Some("has two readings, a season of 2023 and 2023 to 2024")),
        ("winter 2024", Some("has two readings, winter 2023/2024 and winter 2024/2025")),
        ("in June", Some("needs the date of the document to go by")),
        ("on Monday", Some("needs the date of the document to go by")),
    ] {
        let mut draft = claim("a", &[]);
        (draft["when"], draft["reported"]) = (when.into(), "2024-12-01".into());
        let report = Intake::new(&mut graph).read(note, &Drafts::from_values([draft]));
        let fault = report.claims()[0].faults().first().map(ToString::to_string);
        match (fault, expected) {
            (None, None) => {}
            (Some(fault), Some(expected)) => assert!(fault.contains(expected), "{fault}"),
            (found, _) => panic!("{when}: {found:?}"),
        }
    }
}

/// Returns the faults of drafts of entities, read in the story.
fn entity_faults(graph: &mut ClaimGraph, story: Id<Document>, entities: Value) -> Vec<String> {
    let drafts = Drafts::from_json(&json!({"entities": entities, "claims": []}).to_string());
    let report = Intake::new(graph).read(story, &drafts);
    report.all_faults().map(ToString::to_string).collect()
}

#[test]
fn an_alias_that_is_the_name_of_another_draft_joins_nothing() {
    let (mut graph, story) = story::known();
    let guard = json!({"name": "Arlandic guard", "kind": "Agency", "aliases": ["the guard", "Border force"]});
    let force = json!({"name": "border force", "kind": "agency"});
    let faults = entity_faults(&mut graph, story, json!([guard, force]));
    let expected = "expected a key for each, or one draft if they are one";
    assert_eq!(
        faults,
        [
            format!("/entities/0/name: \"Arlandic guard\" has the name of /entities/1; {expected}"),
            format!(
                "/entities/1/name: \"border force\" is another name of /entities/0; {expected}"
            ),
        ]
    );
    assert!(graph.entity_keyed("arlandic-guard").is_err());
    // With a key it is another entity, and of another kind too.
    let keyed = json!({"name": "border force", "kind": "agency", "key": "border-force"});
    assert_eq!(entity_faults(&mut graph, story, json!([guard, keyed])), [""; 0]);
    assert!(
        graph.entity_keyed("arlandic-guard").is_ok() && graph.entity_keyed("border-force").is_ok()
    );
    let (mut graph, story) = story::known();
    let port = json!({"name": "Border force", "kind": "City"});
    assert_eq!(entity_faults(&mut graph, story, json!([guard, port, guard])), [""; 0]);
}

#[test]
fn two_withheld_names_that_are_equal_join_nothing() {
    let (mut graph, story) = story::known();
    let official = json!({"name": "a senior official", "kind": "Person", "name_withheld": true});
    assert_eq!(entity_faults(&mut graph, story, json!([official, official])).len(), 2);
    assert_eq!(entity_faults(&mut graph, story, json!([official])), [""; 0]);
    let mut said = claim("a", &[]);
    said["speakers"] = json!(["a senior official"]);
    let drafts = Drafts::from_json(&json!({"entities": [official], "claims": [said]}).to_string());
    for outcome in [Outcome::Inserted, Outcome::AlreadyThere] {
        assert_eq!(Intake::new(&mut graph).read(story, &drafts).count(outcome), 1);
    }
    // An official of another document may be another person.
    let other = graph.add_document("other", claimgraph::date(2025, 3, 13)).unwrap();
    let report = Intake::new(&mut graph).read(other, &drafts);
    assert_eq!(
        report.entities()[0].faults()[0].to_string(),
        "/entities/0/name: \"a senior official\" is withheld, and is also the name of an entity of another document; \
         expected the key of that one, or another key; did you mean \"a-senior-official\"?"
    );
    let keyed = json!({"name": "a senior official", "kind": "Person", "name_withheld": true, "key": "other-official"});
    assert_eq!(entity_faults(&mut graph, other, json!([keyed])), [""; 0]);
    assert!(graph.entity_keyed("other-official").is_ok());
}

#[test]
fn two_drafts_with_one_label_are_both_refused() {
    let (mut graph, story) = story::known();
    let drafts = Drafts::from_values([claim("a", &[]), claim("b", &["a"]), claim("a", &[])]);
    let report = Intake::new(&mut graph).read(story, &drafts);
    let faults: Vec<String> = report.all_faults().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "/0/label: \"a\" is the label of 2 drafts; expected a label for each",
            "/1/answers/0: \"a\" is the label of a draft that was refused",
            "/2/label: \"a\" is the label of 2 drafts; expected a label for each",
        ]
    );
}

#[test]
fn words_without_quotation_marks_are_not_a_quote_and_a_note_says_so() {
    let (mut graph, story) = story::known();
    let mut draft = claim("a", &[]);
    draft["quote"] = "its ports had been used".into();
    let report = Intake::new(&mut graph).read(story, &Drafts::from_values([draft]));
    assert_eq!(
        report.claims()[0].repairs().last().unwrap().to_string(),
        "/0/quote: \"its ports had been used\" was taken as \"reported words\": the text has no quotation marks around \
         them, so they are not a quote"
    );
    let claim = graph.claims().next().unwrap();
    assert_eq!((claim.quotes().count(), claim.passage()), (0, Some("its ports had been used")));
}
