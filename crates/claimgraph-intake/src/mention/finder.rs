//! Finds every known name in a text.

use crate::even_text::EvenText;
use crate::mention::form::{Case, forms, searched};
use crate::mention::word_border::{begins, is_word};
use crate::name::index::NameIndex;
use crate::name::look_up::Named;
use crate::name::scope::NameScope;
use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use claimgraph::entity::NameKind;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::fmt;
use std::ops::Range;

/// A place of a text with a known name, and the entities that have the name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[non_exhaustive]
pub struct Mention {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// The words there.
    pub words: String,
    /// Each entity that has the name, in order of their keys. A metonym and the name of a place give both senses.
    pub entities: Vec<Named>,
}

/// `0..6 "Moscow": moscow (City) by the canonical "Moscow"`.
impl fmt::Display for Mention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entities: Vec<String> = self.entities.iter().map(Named::to_string).collect();
        let Range { start, end } = self.span;
        write!(f, "{start}..{end} {:?}: {}", self.words, entities.join(", "))
    }
}

/// The names of an index are too many or too long to be sought at once.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the names are too many or too long to be sought at once: {reason}")]
pub struct TooManyNames {
    reason: String,
}

/// Finds every known name in texts.
///
/// Text and names are evened out: white space, dashes, apostrophes, compatibility forms. A hyphen is as good as a space, an
/// abbreviation may have stops, and "the" at the start of a name may be missing. The longest name counts; names do not
/// overlap.
///
/// Case matters where it tells a name from a word. A name of up to three letters, an abbreviation, and a name of up to five
/// capital letters have their own case only ("US", not "us"). Another name of one word begins with a capital letter, if the
/// graph has it so ("Turkey", not "turkey"). A name of several words has any case.
///
/// A name begins and ends where a word does. A possessive may follow. In scripts without spaces between words it may
/// stand anywhere; in Korean, a particle may follow.
#[derive(Clone, Debug)]
pub struct MentionFinder<'i> {
    index: &'i NameIndex,
    automaton: AhoCorasick,
    /// For each form, the names that have it, with their case.
    rows: Vec<Vec<(u32, Case)>>,
}

impl<'i> MentionFinder<'i> {
    /// Makes a finder of all names of an index.
    ///
    /// # Errors
    /// Returns an error if the names together have more than about two billion letters.
    pub fn of(index: &'i NameIndex) -> Result<Self, TooManyNames> {
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        let mut rows: Vec<Vec<(u32, Case)>> = Vec::new();
        for number in (0_u32..).take(index.rows.len()) {
            let Some((row, _)) = index.row(number) else { continue };
            let case = Case::of(&row.text, row.kind == Some(NameKind::Abbreviation));
            for form in forms(&row.text) {
                let place = *places.entry(form).or_insert(rows.len());
                if place == rows.len() {
                    rows.push(Vec::new());
                }
                rows.get_mut(place).into_iter().for_each(|rows| rows.push((number, case)));
            }
        }
        let mut in_order: Vec<(String, usize)> = places.into_iter().collect();
        in_order.sort_unstable_by_key(|(_, place)| *place);
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Both)
            .build(in_order.iter().map(|(form, _)| form))
            .map_err(|error| TooManyNames { reason: error.to_string() })?;
        Ok(Self { index, automaton, rows })
    }

    /// Returns every mention of a known name, in order of the text.
    pub fn find(&self, text: &str) -> Vec<Mention> {
        self.find_in(text, &self.index.scope())
    }

    /// Returns the mentions of entities of a scope, in order of the text: of one kind, of one country, at one time.
    ///
    /// Names are sought among all names first, so that "South Korea" is not found in "the South Korea Times" if that is a
    /// known name too. A mention has the entities of the scope alone.
    ///
    /// ```
    /// use claimgraph::{reporting::*, ClaimGraph, Entity};
    /// use claimgraph_intake::{mention::MentionFinder, name::NameIndex};
    /// let mut graph = ClaimGraph::new();
    /// graph.add(State, Entity::new("south-korea").named("South Korea"))?;
    /// graph.add(Publisher, Entity::new("times").named("the South Korea Times"))?;
    /// let index = NameIndex::of(&graph);
    /// let finder = MentionFinder::of(&index)?;
    /// let text = "South Korea, says the South Korea Times";
    /// assert_eq!(finder.find(text).len(), 2);
    /// let states = finder.find_in(text, &index.of_kind(State));
    /// assert_eq!(states.iter().map(|it| it.span.clone()).collect::<Vec<_>>(), [0..11]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn find_in(&self, text: &str, scope: &NameScope<'_>) -> Vec<Mention> {
        let even = EvenText::of(text);
        let searched = searched(even.text());
        let mut mentions = Vec::new();
        let mut at = 0;
        while let Some(found) = self.automaton.find(Input::new(&searched).span(at..searched.len()))
        {
            let (start, mut end) = (found.start(), found.end());
            let mut next = next_letter(&searched, start);
            let mut form = Some(found.pattern().as_usize());
            while let Some(place) = form.filter(|_| begins(&searched, start)) {
                let span = even.original(start..end);
                let words = text.get(span.clone()).unwrap_or("");
                if is_word(&searched, start, end)
                    // In ASCII, each letter is evened out by itself.
                    && (words.is_ascii() || even.keeps_units(start..end))
                    && let Some(rows) = self.rows_that_fit(place, words)
                {
                    mentions.extend(self.mention(text, span, &rows, scope));
                    next = end;
                    break;
                }
                // A shorter name may stand at the same place.
                let shorter = Input::new(&searched).span(start..end.saturating_sub(1));
                let shorter = self.automaton.find(shorter.anchored(Anchored::Yes));
                end = shorter.map_or(end, |shorter| shorter.end());
                form = shorter.map(|shorter| shorter.pattern().as_usize());
            }
            at = next;
        }
        mentions
    }

    /// Returns the names of a form that these words may be; `None` if their case fits none of them.
    fn rows_that_fit(&self, form: usize, words: &str) -> Option<Vec<u32>> {
        let fits = |&&(row, case): &&(u32, Case)| {
            self.index.row(row).is_some_and(|(row, _)| case.fits(&row.text, words))
        };
        let rows = self.rows.get(form)?.iter().filter(fits);
        Some(rows.map(|(row, _)| *row).collect()).filter(|rows: &Vec<u32>| !rows.is_empty())
    }

    fn mention(
        &self,
        text: &str,
        span: Range<usize>,
        rows: &[u32],
        scope: &NameScope<'_>,
    ) -> Option<Mention> {
        let named = |row: &u32| {
            let (row, entry) = self.index.row(*row)?;
            scope.admits_name(row, entry).then(|| self.index.named(entry, &row.text, row.kind))
        };
        let mut entities: Vec<Named> = rows.iter().filter_map(named).collect();
        let order = |a: &Named, b: &Named| {
            (&a.key, a.name_kind, &a.name).cmp(&(&b.key, b.name_kind, &b.name))
        };
        entities.sort_by(order);
        // The first name of an entity counts, by kind and text.
        entities.dedup_by(|a, b| a.entity == b.entity);
        let words = text.get(span.clone())?.to_owned();
        (!entities.is_empty()).then_some(Mention { span, words, entities })
    }
}

/// Returns the place after the character at this place.
fn next_letter(text: &str, at: usize) -> usize {
    let rest = text.get(at..).and_then(|rest| rest.chars().next());
    at + rest.map_or(1, char::len_utf8)
}
