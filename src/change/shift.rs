//! A shift between two views: a value before and after, with the claims that make it so.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::value::answer::Answer;
use crate::questions::response::Response;
use crate::questions::statement::summary::StatementSummary;
use crate::questions::statement::support::Stances;
use crate::view::finding::{Finding, counted};
use crate::view::json::{json_form, some};
use crate::view::proof::Proof;
use indexmap::IndexSet;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// A value that differs between two views.
///
/// `T` is what shifts: whether a claim is contested ([`Answer`]), on how many independent sources it stands
/// (`usize`), the latest stances of a speaker on what it states, or the answer to a question
/// ([`StatementSummary`]). `Of` is the claim, or the words of the question.
#[derive(Clone, Debug)]
pub struct Shift<'g, T, Of = ClaimRef<'g>> {
    pub(crate) of: Of,
    pub(crate) speaker: Option<EntityId>,
    pub(crate) before: T,
    pub(crate) after: T,
    /// Shared with the shifts of other claims that say the same.
    pub(crate) by: [Arc<[Response<'g>]>; 2],
}

impl<'g, T, Of> Shift<'g, T, Of> {
    /// Returns the value in the earlier view. If the claim is not in that view, it is "not contested" or 0.
    pub fn before(&self) -> &T {
        &self.before
    }

    /// Returns the value in the later view.
    pub fn after(&self) -> &T {
        &self.after
    }

    /// Returns the responses behind the value in the earlier view: those that contest the claim, back it, are the
    /// latest of the speaker, or bear on the question. The claims that back a claim are kept only for a view in which
    /// it stands on more than one source.
    pub fn responses_before(&self) -> &[Response<'g>] {
        &self.by[0]
    }

    /// Returns the responses behind the value in the later view.
    pub fn responses(&self) -> &[Response<'g>] {
        &self.by[1]
    }
}

impl<'g, T> Shift<'g, T> {
    /// Returns the claim. If both graphs have it, it is that of the later one. If a speaker shifts, it is a claim
    /// that states the topic.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.of
    }

    /// Returns the responses that belong to the graph of the claim.
    fn responses_of_graph(&self) -> impl Iterator<Item = &Response<'g>> {
        let same = |r: &&Response<'_>| std::ptr::eq(r.claim().graph(), self.of.graph());
        self.by.iter().flat_map(|by| by.iter()).filter(same)
    }
}

impl Shift<'_, Answer> {
    /// Returns whether the claim was not contested before.
    pub fn is_new(&self) -> bool {
        self.before.is_no()
    }

    /// Returns whether the claim is no longer contested.
    pub fn is_over(&self) -> bool {
        self.after.is_no()
    }
}

impl Shift<'_, usize> {
    /// Returns whether the claim stands on more than one source now.
    pub fn is_new(&self) -> bool {
        self.after > 1
    }
}

impl Shift<'_, Stances> {
    /// Returns the speaker; `None` if it is not named. The handle belongs to the graph of [`claim`](Self::claim).
    pub fn speaker(&self) -> Option<EntityId> {
        self.speaker
    }
}

impl<T> Finding for Shift<'_, T>
where
    Self: fmt::Display,
{
    fn claims(&self) -> Vec<ClaimId> {
        let by = self.responses_of_graph().map(|response| response.claim().id());
        std::iter::once(self.of.id()).chain(by).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.responses_of_graph().for_each(|response| response.support(proof));
    }
}

impl<T: Serialize> Serialize for Shift<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut object = to.serialize_map(None)?;
        if let Some(speaker) = self.of.graph().keyed_entity(self.speaker) {
            object.serialize_entry("speaker", speaker)?;
        }
        object.serialize_entry("claim", &self.of)?;
        object.serialize_entry("before", &self.before)?;
        object.serialize_entry("after", &self.after)?;
        for (name, by) in ["by_before", "by"].into_iter().zip(&self.by) {
            if let Some(by) = some(by) {
                let claims: Vec<ClaimRef<'_>> = by.iter().map(Response::claim).collect();
                object.serialize_entry(name, &claims)?;
            }
        }
        object.end()
    }
}

/// "Seoul asserted that ...: Russia dismisses the claim".
impl fmt::Display for Shift<'_, Answer> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.of)?;
        if self.is_over() {
            return f.write_str(" no longer contested");
        }
        let contests: Vec<String> = self.responses().iter().map(ToString::to_string).collect();
        write!(f, " {}", contests.join("; "))
    }
}

/// "Seoul asserted that ...: 2 independent sources, 1 before".
impl fmt::Display for Shift<'_, usize> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sources = counted(self.after, "independent source");
        write!(f, "{}: {sources}, {} before", self.of, self.before)
    }
}

/// "Russia on “North Korea deploys to Russia”: dismisses before, acknowledges now".
impl fmt::Display for Shift<'_, Stances> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.of.graph().speaker_name(self.speaker);
        let topic = self.of.statement().map(|statement| statement.words_in(self.of.mood(), true));
        let word = |r: &Response<'_>| format!("{}{}", r.certain().perhaps(), r.stance());
        let words = |responses: &[Response<'_>]| {
            let words: IndexSet<String> = responses.iter().map(word).collect();
            match words.is_empty() {
                true => "nothing".to_owned(),
                false => words.into_iter().collect::<Vec<_>>().join(" and "),
            }
        };
        let (before, now) = (words(self.responses_before()), words(self.responses()));
        let topic = topic.unwrap_or_default();
        write!(f, "{name} on \u{201c}{topic}\u{201d}: {before} before, {now} now")
    }
}

impl Shift<'_, StatementSummary, String> {
    /// Returns the question, in the words of the caller.
    pub fn question(&self) -> &str {
        &self.of
    }
}

json_form!(Shift<'_, StatementSummary, String>, |it| {
    question: it.of,
    before: it.before,
    after: it.after,
});

/// "Is North Korea present in Russia?: yes, on 2 independent sources; before: no".
impl fmt::Display for Shift<'_, StatementSummary, String> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; before: {}", self.of, self.after, self.before)
    }
}
