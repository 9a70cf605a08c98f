//! Known names in a text.

use crate::data::text;
use claimgraph::{
    ClaimGraph, Entity,
    entity::{Affiliation, Name},
    reporting::*,
};
use claimgraph_intake::mention::{Mention, MentionFinder};
use claimgraph_intake::name::{NameIndex, NameKey};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn index_of<'n>(names: impl IntoIterator<Item = &'n str>) -> NameIndex {
    let mut graph = ClaimGraph::new();
    for (place, name) in names.into_iter().enumerate() {
        graph.add(Thing, Entity::new(format!("e{place}")).named(name)).unwrap();
    }
    NameIndex::of(&graph)
}

fn words_found(names: &[&str], text: &str) -> Vec<String> {
    let index = index_of(names.iter().copied());
    let mentions = MentionFinder::of(&index).unwrap().find(text);
    for mention in &mentions {
        assert_eq!(&text[mention.span.clone()], mention.words);
    }
    mentions.into_iter().map(|mention| mention.words).collect()
}

#[test]
fn a_name_is_found_however_it_is_set() {
    for (name, text, expected) in [
        (
            "Kim Jong-un",
            "KIM JONG UN, Kim\nJong–un’s, kim jong-un",
            &["KIM JONG UN", "Kim\nJong–un", "kim jong-un"][..],
        ),
        ("the NIS", "The NIS, NIS and nis", &["NIS", "NIS"]),
        ("U.S.", "the US, the U.S., and us", &["US", "U.S."]),
        ("US", "US-led, U.S. and U.S, not us or Us", &["US", "U.S.", "U.S"]),
        ("Turkey", "Turkey, TURKEY and a turkey", &["Turkey", "TURKEY"]),
        ("interpreters", "Interpreters and interpreters", &["Interpreters", "interpreters"]),
        (
            "Putin, Vladimir",
            "Vladimir Putin; Putin, Vladimir",
            &["Vladimir Putin", "Putin, Vladimir"],
        ),
        ("the soldiers", "the soldiers’ families", &["soldiers"]),
        ("Ukraine", "l’Ukraine, Ukraine's, anti-Ukraine", &["Ukraine", "Ukraine", "Ukraine"]),
        ("Путин", "Путин, путин, ПУТИН, Путина", &["Путин", "ПУТИН"]),
        ("北京", "他在北京说", &["北京"]),
        ("푸틴", "푸틴은 푸틴스키", &["푸틴"]),
        ("Pu\u{ad}tin", "Putin Pu\u{200b}tin", &["Putin", "Pu\u{200b}tin"]),
        ("Niger", "Nigeria, Nigerien, Niger", &["Niger"]),
        ("Guinea", "", &[]),
    ] {
        assert_eq!(words_found(&[name], text), expected, "{name} in {text}");
    }
}

#[test]
fn the_longest_name_counts_and_a_shorter_one_is_found_where_it_does_not_fit() {
    let names =
        ["New York", "New York Times", "York", "North Korea", "North Korean authorities", "Korea"];
    for (text, expected) in [
        ("the New York Times of York", &["New York Times", "York"][..]),
        ("the New York Timesheet", &["New York"]),
        ("Newyork", &[]),
        ("North Korean authorities of North Korea", &["North Korean authorities", "North Korea"]),
        ("North Koreans, Korea", &["Korea"]),
        ("Anew York", &["York"]),
    ] {
        assert_eq!(words_found(&names, text), expected, "{text}");
    }
}

fn capitals() -> (ClaimGraph, NameIndex) {
    let mut graph = ClaimGraph::new();
    let russia = Entity::new("russia").named("Russia").metonym("Moscow").alias("Russian");
    let russia = graph.add(State, russia).unwrap();
    let moscow = graph.add(City, Entity::new("moscow").named("Moscow")).unwrap();
    graph.add(City, Entity::new("moscow-idaho").named("Moscow")).unwrap();
    graph.add_affiliation(Affiliation::located_in(moscow, russia)).unwrap();
    let index = NameIndex::of(&graph);
    (graph, index)
}

#[test]
fn a_mention_gives_every_sense_and_a_scope_narrows_it() {
    let (graph, index) = capitals();
    let finder = MentionFinder::of(&index).unwrap();
    let keys = |mentions: Vec<Mention>| -> Vec<Vec<String>> {
        let keys = |it: Mention| it.entities.into_iter().map(|named| named.key).collect();
        mentions.into_iter().map(keys).collect()
    };
    let text = "Moscow is Russian";
    assert_eq!(keys(finder.find(text)), [vec!["moscow", "moscow-idaho", "russia"], vec!["russia"]]);
    assert_eq!(keys(finder.find_in(text, &index.of_kind(City))), [["moscow", "moscow-idaho"]]);
    assert_eq!(keys(finder.find_in(text, &index.of_kind(Actor))), [["russia"], ["russia"]]);
    let russia = graph.entity_keyed("russia").unwrap();
    let within = index.of_kind(City).within(russia);
    assert_eq!(keys(finder.find_in(text, &within)), [["moscow"]]);
    let json = serde_json::to_value(&finder.find_in(text, &within)[0]).unwrap();
    assert_eq!(json["span"], serde_json::json!({"start": 0, "end": 6}));
    assert_eq!(json["entities"][0]["key"], "moscow");
}

/// One name of the report, as the table of its entities has it.
struct Surface {
    entity: String,
    form: String,
    kind: claimgraph::entity::NameKind,
}

/// Reads the surface forms of a line: between commas, remarks in brackets aside. An abbreviation in brackets is a form.
fn surfaces(line: &str) -> Vec<Surface> {
    use claimgraph::entity::NameKind;
    let mut cells = line.split('\t');
    let (Some(entity), Some(forms)) = (cells.next(), cells.nth(2)) else { return Vec::new() };
    let mut surfaces: Vec<Surface> = Vec::new();
    let mut add = |form: &str, kind| {
        // A pronoun is not a name.
        if !["", "-", "their"].contains(&form.trim()) {
            let (entity, form) = (entity.to_owned(), form.trim().to_owned());
            surfaces.push(Surface { entity, form, kind });
        }
    };
    for part in forms.split_inclusive(')') {
        let (names, remark) = part.split_once('(').unwrap_or((part, ""));
        let names: Vec<&str> = names.split(',').collect();
        for (place, name) in names.iter().enumerate() {
            let is_metonym = place + 1 == names.len() && remark.starts_with("metonym");
            add(name, if is_metonym { NameKind::Metonym } else { NameKind::Alias });
        }
        let remark = remark.trim_end_matches(')');
        if remark.chars().all(char::is_uppercase) {
            add(remark, NameKind::Abbreviation);
        }
    }
    surfaces
}

#[test]
fn every_surface_form_of_the_report_is_found_at_its_place_and_nothing_else() {
    let (Some(article), Some(table)) = (text("../seed/article.txt"), text("../seed/entities.tsv"))
    else {
        return;
    };
    let surfaces: Vec<Surface> = table.lines().skip(1).flat_map(surfaces).collect();
    assert!(surfaces.len() > 50);
    let mut graph = ClaimGraph::new();
    for surface in &surfaces {
        let name = match surface.kind {
            claimgraph::entity::NameKind::Metonym => Name::metonym(&surface.form),
            claimgraph::entity::NameKind::Abbreviation => Name::abbreviation(&surface.form),
            _ => Name::alias(&surface.form),
        };
        graph.add(Thing, Entity::new(&*surface.entity).with_name(name)).unwrap();
    }
    // Each place of each form by plain search; of those that overlap, the first and longest.
    let mut places: BTreeSet<(usize, std::cmp::Reverse<usize>, &str)> = BTreeSet::new();
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    for Surface { entity, form, .. } in &surfaces {
        // A mention leaves "the" out.
        let form = form.strip_prefix("the ").or(form.strip_prefix("The ")).unwrap_or(form);
        for (start, _) in article.match_indices(form) {
            let end = start + form.len();
            let (before, after) = (&article[..start], &article[end..]);
            if !is_letter(before.chars().next_back()) && !is_letter(after.chars().next()) {
                places.insert((start, std::cmp::Reverse(end), entity));
            }
        }
    }
    let mut expected: Vec<(usize, usize, Vec<&str>)> = Vec::new();
    for (start, std::cmp::Reverse(end), entity) in places {
        match expected.last_mut() {
            Some(last) if (last.0, last.1) == (start, end) => last.2.push(entity),
            Some(last) if last.1 > start => {}
            _ => expected.push((start, end, vec![entity])),
        }
    }
    assert!(expected.len() > 50, "{}", expected.len());
    let index = NameIndex::of(&graph);
    let mentions = MentionFinder::of(&index).unwrap().find(&article);
    let found: Vec<(usize, usize, Vec<&str>)> = mentions
        .iter()
        .map(|it| (it.span.start, it.span.end, it.entities.iter().map(|e| &*e.key).collect()))
        .collect();
    for mention in &expected {
        assert!(found.contains(mention), "missed: {mention:?}");
    }
    for mention in &found {
        assert!(expected.contains(mention), "found besides: {mention:?}");
    }
}

const PIECES: [&str; 24] = [
    "Kim",
    "kim",
    "KIM",
    "Jong",
    "un",
    "US",
    "us",
    "U.S.",
    " ",
    " ",
    " ",
    "-",
    "’s",
    "'",
    ".",
    ", ",
    "the ",
    "The ",
    "Путин",
    "Putin",
    "é",
    "北京",
    "\u{ad}",
    "ﬁ",
];

fn pieces(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 1..most).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn every_span_reads_back_as_a_form_of_each_name_it_gives(
        names in prop::collection::vec(pieces(5), 1..12),
        text in pieces(30),
    ) {
        let mut graph = ClaimGraph::new();
        for (place, name) in names.iter().enumerate() {
            if !name.trim().is_empty() {
                graph.add(Thing, Entity::new(format!("e{place}")).named(name.as_str())).unwrap();
            }
        }
        let index = NameIndex::of(&graph);
        let mut end = 0;
        for mention in MentionFinder::of(&index).unwrap().find(&text) {
            prop_assert!(mention.span.start >= end && !mention.span.is_empty());
            end = mention.span.end;
            prop_assert_eq!(&text[mention.span.clone()], &mention.words);
            let found = index.look_up(&mention.words);
            for named in &mention.entities {
                let is_key = NameKey::of(&mention.words) == NameKey::of(&named.name);
                let is_found = found.all().iter().any(|one| one.entity == named.entity);
                prop_assert!(is_key || is_found, "{:?} in {:?}: {}", named.name, text, mention);
            }
        }
    }

    #[test]
    fn any_text_is_searched(text in any::<String>(), names in prop::collection::vec(any::<String>(), 0..6)) {
        let mut graph = ClaimGraph::new();
        for (place, name) in names.iter().enumerate() {
            // The graph refuses some names.
            let _ = graph.add(Thing, Entity::new(format!("e{place}")).named(name.as_str()));
        }
        let index = NameIndex::of(&graph);
        let text = format!("{text} {} {text}", names.join(" "));
        for mention in MentionFinder::of(&index).unwrap().find(&text) {
            prop_assert_eq!(&text[mention.span.clone()], mention.words);
        }
    }
}
