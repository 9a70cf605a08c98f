//! Precision and recall of the score on labelled pairs, by threshold.

use crate::data::text;
use claimgraph::{ClaimGraph, Entity, reporting::*};
use claimgraph_intake::name::{LIKELY, NameIndex, compare_names};
use std::io::Write;

/// Persons that share a part of their names. No two of them are one person.
const PERSONS: [&str; 44] = [
    "John Smith",
    "James Smith",
    "Joan Smith",
    "John Smythe-Jones",
    "George W. Bush",
    "George H. W. Bush",
    "Kim Jong-un",
    "Kim Jong-il",
    "Kim Jong-nam",
    "Kim Il-sung",
    "Park Geun-hye",
    "Park Chung-hee",
    "Bill Clinton",
    "Hillary Clinton",
    "Fidel Castro",
    "Raúl Castro",
    "Hafez al-Assad",
    "Bashar al-Assad",
    "Vladimir Lenin",
    "Vladimir Zhirinovsky",
    "Vladimir Medinsky",
    "Sergei Ivanov",
    "Igor Ivanov",
    "Sergei Lavrov",
    "Sergei Shoigu",
    "Indira Gandhi",
    "Rajiv Gandhi",
    "Sonia Gandhi",
    "Benazir Bhutto",
    "Bilawal Bhutto",
    "Li Keqiang",
    "Li Qiang",
    "Li Peng",
    "Wang Yi",
    "Wang Qishan",
    "Donald Trump",
    "Donald Tusk",
    "Viktor Yanukovych",
    "Viktor Yushchenko",
    "Nguyen Phu Trong",
    "Nguyen Van Thieu",
    "Jan Novak",
    "Jana Novakova",
    "Ivan Petrov",
];

/// Names of states, those of one state in a row.
const STATES: [&[&str]; 24] = [
    &["Niger", "Republic of the Niger"],
    &["Nigeria", "Federal Republic of Nigeria"],
    &["Guinea", "Guinée"],
    &["Guinea-Bissau", "Guinea Bissau"],
    &["Equatorial Guinea"],
    &["Papua New Guinea"],
    &["North Korea", "N. Korea", "Korea, North"],
    &["South Korea", "S. Korea", "Korea, South"],
    &["Republic of the Congo", "Congo Republic"],
    &["Democratic Republic of the Congo", "Congo, Democratic Republic of the"],
    &["Austria", "Österreich"],
    &["Australia"],
    &["Iran"],
    &["Iraq"],
    &["Slovakia"],
    &["Slovenia"],
    &["Gambia", "the Gambia"],
    &["Zambia"],
    &["Mali"],
    &["Malawi"],
    &["Dominica"],
    &["Dominican Republic"],
    &["Côte d’Ivoire", "Cote d'Ivoire", "COTE D IVOIRE"],
    &["São Tomé and Príncipe", "Sao Tome & Principe"],
];

#[derive(Default)]
struct Scores {
    same: Vec<f64>,
    different: Vec<f64>,
}

impl Scores {
    fn note(&mut self, a: &str, b: &str, of_person: bool, is_same: bool) {
        let score = compare_names(a, b, of_person).score;
        let back = compare_names(b, a, of_person).score;
        assert!((score - back).abs() < 0.005, "{a} {b}: {score} {back}");
        if is_same { &mut self.same } else { &mut self.different }.push(score);
    }

    /// Returns precision and recall of the pairs with at least this score.
    fn at(&self, threshold: f64) -> (f64, f64) {
        let count = |scores: &[f64]| scores.iter().filter(|&&it| it >= threshold).count() as f64;
        let (right, wrong) = (count(&self.same), count(&self.different));
        (right / (right + wrong).max(1.0), right / self.same.len() as f64)
    }

    fn print(&self, title: &str) {
        let mut out = std::io::stderr();
        let (same, different) = (self.same.len(), self.different.len());
        let _ = writeln!(out, "{title}: {same} pairs of one, {different} pairs of two");
        for threshold in [0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.97, 1.0] {
            let (precision, recall) = self.at(threshold);
            let _ = writeln!(out, "  {threshold:.2}  precision {precision:.3}  recall {recall:.3}");
        }
    }
}

fn states() -> Scores {
    let mut scores = Scores::default();
    for (place, names) in STATES.iter().enumerate() {
        for (nth, name) in names.iter().enumerate() {
            names[nth + 1..].iter().for_each(|other| scores.note(name, other, false, true));
            let others = STATES[place + 1..].iter().copied().flatten();
            others.for_each(|other| scores.note(name, other, false, false));
        }
    }
    scores
}

#[test]
fn states_with_similar_names_are_not_likely_the_same() {
    let scores = states();
    scores.print("states");
    assert!(scores.at(LIKELY).0 >= 0.95);
    assert!(scores.at(LIKELY).1 >= 0.75);
}

#[test]
fn persons_who_share_a_name_are_not_likely_the_same() {
    let pairs = PERSONS
        .iter()
        .enumerate()
        .flat_map(|(place, a)| PERSONS[place + 1..].iter().map(move |b| (*a, *b)));
    let likely: Vec<(&str, &str)> =
        pairs.filter(|(a, b)| compare_names(a, b, true).score >= LIKELY).collect();
    // One more initial is taken for a further name.
    assert_eq!(likely, [("George W. Bush", "George H. W. Bush")]);
}

#[test]
fn spellings_of_one_person_are_told_from_other_persons() {
    let Some(text) = text("ftm/putin_names.txt") else { return };
    let spellings: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    assert!(spellings.len() > 60);
    let mut scores = Scores::default();
    for (place, name) in spellings.iter().enumerate() {
        spellings[place + 1..].iter().for_each(|other| scores.note(name, other, true, true));
        PERSONS.iter().for_each(|other| scores.note(name, other, true, false));
    }
    for (place, name) in PERSONS.iter().enumerate() {
        PERSONS[place + 1..].iter().for_each(|other| scores.note(name, other, true, false));
    }
    scores.print("spellings of one person");
    assert!(scores.at(LIKELY).0 >= 0.95);
    assert!(scores.at(LIKELY).1 >= 0.2);
}

/// Each actor of the dictionaries with its synonyms.
fn actors() -> Option<Vec<Vec<String>>> {
    let mut actors: Vec<Vec<String>> = Vec::new();
    for file in ["Countries", "International", "MilNonState"] {
        let text = text(&format!("cameo/Phoenix.{file}.actors.txt.gz"))?;
        for line in text.lines() {
            let name = line.split(['[', '#', ';', '\t']).next().unwrap_or("").replace('_', " ");
            match (name.trim(), line.starts_with('+')) {
                ("", _) => {}
                (name, true) => {
                    let name = name.trim_start_matches('+').trim().to_owned();
                    actors.last_mut().into_iter().for_each(|actor| actor.push(name.clone()));
                }
                (name, false) => actors.push(vec![name.to_owned()]),
            }
        }
    }
    Some(actors)
}

#[test]
fn synonyms_of_actors_are_told_from_their_nearest_neighbours() {
    let Some(actors) = actors() else { return };
    let mut graph = ClaimGraph::new();
    for (place, actor) in actors.iter().enumerate() {
        let entity = Entity::new(format!("a{place}"));
        let entity = actor.iter().fold(entity, |it, name| it.alias(name.as_str()));
        graph.add(Actor, entity).unwrap();
    }
    let index = NameIndex::of(&graph);
    let mut scores = Scores::default();
    let with_synonyms = actors.iter().enumerate().filter(|(_, actor)| actor.len() > 1);
    for (place, actor) in with_synonyms.step_by(4) {
        actor[1..].iter().for_each(|other| scores.note(&actor[0], other, false, true));
        // The nearest of the others, unless it is listed under the same name. Many of these are the same actor, listed
        // twice with different spellings, so that the precision is a lower bound.
        let near = index.candidates(&actor[0], 2);
        let other = near.iter().find(|it| it.named.key != format!("a{place}"));
        if let Some(other) = other.filter(|it| it.likeness.score < 1.0) {
            scores.note(&actor[0], &other.named.name, false, false);
        }
    }
    scores.print("synonyms of actors, and the nearest other actor of each");
    assert!(scores.at(LIKELY).0 >= 0.9);
}
