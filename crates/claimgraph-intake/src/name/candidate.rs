//! Entities whose names are similar to a name, best first.

use crate::name::index::NameIndex;
use crate::name::likeness::{LIKELY, Likeness, NOT_SAME, Reason, Sought, sameness};
use crate::name::look_alike::plain_form;
use crate::name::look_up::Named;
use crate::name::scope::NameScope;
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::fmt;

/// The most names that are compared letter by letter. The others have fewer letters in common.
const COMPARED: usize = 128;

/// How many candidates more than asked for are explained, since an explained score can be a little lower.
const FURTHER: usize = 6;

/// An entity that a name may mean, with the reasons. A candidate is a proposal: a program that takes the best one for the
/// entity makes a decision of its own.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[non_exhaustive]
pub struct Candidate {
    /// The entity, and its name that is most similar.
    #[serde(flatten)]
    pub named: Named,
    /// How similar the names are.
    #[serde(flatten)]
    pub likeness: Likeness,
}

impl Candidate {
    /// Returns whether the score is at least [`LIKELY`].
    pub fn is_likely(&self) -> bool {
        self.likeness.score >= LIKELY
    }
}

/// `putin (Person) by the canonical "Putin": 0.80 (1 letter off: 0.80 by optimal string alignment)`.
impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.named, self.likeness)
    }
}

impl NameIndex {
    /// Returns the entities whose names are most similar; see [`NameScope::candidates`].
    pub fn candidates(&self, name: &str, most: usize) -> Vec<Candidate> {
        self.scope().candidates(name, most)
    }
}

impl NameScope<'_> {
    /// Returns at most so many entities whose names are similar, the highest score first and each entity once. Equal
    /// scores are in order of keys. Entities that [`look_up`](NameScope::look_up) finds come first, with score 1.
    ///
    /// Names are compared that have most letters in common with the name: at most 128 of them, and the names of the scope
    /// alone. A refused name has no candidates.
    ///
    /// ```
    /// use claimgraph::{reporting::*, ClaimGraph, Entity};
    /// use claimgraph_intake::name::NameIndex;
    /// let mut graph = ClaimGraph::new();
    /// graph.add(Person, Entity::new("zelensky").named("Volodymyr Zelensky"))?;
    /// graph.add(Person, Entity::new("zaluzhny").named("Valerii Zaluzhnyi"))?;
    /// let candidates = NameIndex::of(&graph).candidates("V. Zelenskyy", 1);
    /// assert_eq!(candidates[0].named.key, "zelensky");
    /// let reasons: Vec<String> = candidates[0].likeness.reasons.iter().map(|it| it.to_string()).collect();
    /// assert_eq!(reasons, ["initials fit", "1 letter off: 0.94 by optimal string alignment"]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn candidates(&self, name: &str, most: usize) -> Vec<Candidate> {
        let exact = self.look_up(name);
        let plain = plain_form(name);
        let Some(sought) = Sought::of(plain.as_deref().unwrap_or(name)) else { return Vec::new() };
        let mut candidates: Vec<Candidate> = Vec::new();
        for named in exact.all() {
            let reason = sameness(name, &named.name).unwrap_or(Reason::SameReading);
            let likeness = Likeness { score: 1.0, reasons: vec![reason] };
            candidates.push(Candidate { named: named.clone(), likeness });
        }
        let mut others: Vec<Candidate> = Vec::new();
        for (row, of_person) in self.ranked(&sought, most.saturating_add(FURTHER)) {
            let (Some((name, entry)), Some(loose)) =
                (self.index.row(row), self.index.blocks.loose(row))
            else {
                continue;
            };
            if exact.all().iter().any(|exact| exact.entity == entry.entity) {
                continue;
            }
            let mut likeness = sought.likeness(&name.text, loose, of_person);
            if plain.is_some() {
                likeness.score = likeness.score.min(NOT_SAME);
                likeness.reasons.insert(0, Reason::LooksAlike);
            }
            others.push(Candidate {
                named: self.index.named(entry, &name.text, name.kind),
                likeness,
            });
        }
        others.sort_by(|a, b| {
            let by_score = b.likeness.score.total_cmp(&a.likeness.score);
            by_score.then_with(|| a.named.key.cmp(&b.named.key))
        });
        candidates.extend(others);
        candidates.truncate(most);
        candidates
    }

    /// Returns at most so many rows of different entities, the highest score first, and whether each is of a person.
    fn ranked(&self, sought: &Sought, most: usize) -> Vec<(u32, bool)> {
        let index = self.index;
        let is_all = self.is_all();
        let admits =
            |row| is_all || index.row(row).is_some_and(|(row, entry)| self.admits_name(row, entry));
        let mut similar = index.blocks.most_similar(&sought.loose, COMPARED, admits);
        // Rows are told apart by what they are and not by their numbers, which are the order of insertion.
        let named = |row| index.row(row).map(|(row, entry)| (&entry.key, row.kind, &row.text));
        if similar.len() > COMPARED {
            similar.select_nth_unstable_by(COMPARED, |a, b| {
                b.1.cmp(&a.1).then_with(|| named(a.0).cmp(&named(b.0)))
            });
            similar.truncate(COMPARED);
        }
        let is_person: Vec<bool> = index.kinds.iter().map(|kind| kind.is_a("Person")).collect();
        let mut scored: Vec<(f64, u32, bool)> = Vec::with_capacity(similar.len());
        for (row, _) in similar {
            let (Some((_, entry)), Some(loose)) = (index.row(row), index.blocks.loose(row)) else {
                continue;
            };
            let of_person = is_person.get(entry.kind) == Some(&true);
            scored.push((sought.score(loose, of_person), row, of_person));
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| named(a.1).cmp(&named(b.1))));
        let mut seen = FxHashSet::default();
        let is_first = |&(_, row, _): &(f64, u32, bool)| {
            index.row(row).is_some_and(|(_, entry)| seen.insert(entry.entity))
        };
        scored.into_iter().filter(is_first).map(|(_, row, of)| (row, of)).take(most).collect()
    }
}
