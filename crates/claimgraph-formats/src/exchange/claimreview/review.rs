//! Reads reviews, and makes answers of them in whatever order the file has them.

use crate::exchange::claimreview::nodes::is;
use crate::exchange::claimreview::rating::Rated;
use crate::exchange::claimreview::reader::{CLAIM_NAME, Reading, content_of, digest_of, id_of};
use crate::exchange::held_claim::HeldClaim;
use crate::exchange::json_input::many;
use crate::exchange::place::Place;
use claimgraph::Stance;
use claimgraph::record::*;
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};

/// A review whose target is not resolved yet.
pub(super) struct Open {
    claim: HeldClaim,
    /// The name in this file of the claim it reviews.
    target: Option<String>,
    text: Option<String>,
    id: Option<String>,
    name: String,
}

impl Reading<'_> {
    /// Reads a review. A review of nothing is left out and counted.
    pub(super) fn review(&mut self, place: &Place, object: &Map<String, Value>) -> Option<Open> {
        let id = id_of(object);
        let identity = id.clone().unwrap_or_else(|| content_of(object));
        if self.reviews.contains_key(&identity) {
            self.import.note("review that comes twice", place);
            return None;
        }
        let reviewed = self.import.text(place, object, "claimReviewed");
        let target = self.target(place, object, reviewed.as_deref());
        if target.is_none() && reviewed.is_none() {
            let place = place.at("claimReviewed");
            self.import.note("review without claimReviewed or itemReviewed", &place);
            return None;
        }
        let name = format!("review {}", self.reviews.len());
        self.reviews.insert(identity, name.clone());
        let value = |member: &str| object.get(member).filter(|value| !value.is_null());
        let part = value("isPartOf").and_then(|part| self.document(&place.at("isPartOf"), part, 0));
        let address = value("url").and_then(|url| match (url, &part) {
            (Value::String(_), None) => self.document(&place.at("url"), url, 0),
            (Value::String(url), Some(part)) if url == part => None,
            _ => {
                self.import.note("further address of a review", &place.at("url"));
                None
            }
        });
        let Rated { stance, words, roles } = self.rating(place, object);
        let mut claim = self.made(place, object, part.or(address), stance);
        (claim.words, claim.roles) = (words, roles);
        let read = ["claimReviewed", "datePublished", "author", "isPartOf", "url"];
        self.others(place, object, &[&read[..], &["reviewRating", "itemReviewed"]].concat());
        let claim = self.import.hold(claim, place.clone());
        Some(Open { claim, target, text: reviewed, id, name })
    }

    /// Returns the name in this file of the claim that a review reviews.
    fn target(
        &mut self,
        place: &Place,
        object: &Map<String, Value>,
        reviewed: Option<&str>,
    ) -> Option<String> {
        let place = place.at("itemReviewed");
        let targets = many(object.get("itemReviewed"));
        for index in 1..targets.len() {
            self.import.note("further itemReviewed", &place.nth(index));
        }
        let given = targets.first()?;
        let node = self.nodes.referred(given);
        let target = match (&node, given) {
            (Some(node), _) => node.as_ref(),
            (None, Value::Object(node)) => node,
            _ => {
                self.import.note("value that is not an object", &place);
                return None;
            }
        };
        // The node says what the reference says.
        if let (Some(reference), true) =
            (given.as_object(), node.is_some() || is(target, "ClaimReview"))
        {
            let beside = reference.keys().filter(|name| !["@id", "@type"].contains(&name.as_str()));
            beside.for_each(|name| self.import.note("member beside an @id", &place.at(name)));
        }
        if is(target, "ClaimReview") {
            let id = id_of(target);
            if id.is_none() {
                self.import.note("review of a review without an @id", &place);
            }
            return id;
        }
        if target.len() == 1 && target.contains_key("@id") {
            return id_of(target);
        }
        self.claim(&place, target, reviewed)
    }

    /// Counts what is reviewed if the claim or review that is answered has another text.
    fn compare(&mut self, target: &str, text: &str, place: &Place) {
        if self.texts.get(target).is_some_and(|known| *known != digest_of(text.as_bytes())) {
            let place = place.at("claimReviewed");
            self.import.note("claimReviewed that differs from the claim", &place);
        }
    }

    /// Records each review after the claim or review that it answers.
    pub(super) fn answer(&mut self, open: Vec<Open>) {
        let mut made: IndexSet<String> = IndexSet::new();
        let by_id: IndexMap<String, String> = open
            .iter()
            .filter_map(|review| Some((review.id.clone()?, review.name.clone())))
            .collect();
        // The reviews of each review that is not recorded yet, with their numbers in the file.
        let mut waiting: IndexMap<String, Vec<(usize, Open)>> = IndexMap::new();
        for (number, review) in open.into_iter().enumerate() {
            let target = review.target.as_ref();
            let target = target.map(|target| {
                let named = by_id.get(target).or_else(|| self.known.get(target));
                named.unwrap_or(target).clone()
            });
            // All claims are recorded already.
            let is_made = |target: &String| target.starts_with(CLAIM_NAME) || made.contains(target);
            if let Some(target) = target.clone().filter(|target| !is_made(target)) {
                waiting.entry(target).or_default().push((number, review));
                continue;
            }
            let mut ready = vec![(review, target)];
            while let Some((review, target)) = ready.pop() {
                let name = review.name.clone();
                made.insert(name.clone());
                self.put(review, target);
                let released = waiting.swap_remove(&name).into_iter().flatten();
                ready.extend(released.map(|(_, review)| (review, Some(name.clone()))));
            }
        }
        // A review of a claim that is not in the file is a review of its text.
        let mut left: Vec<(usize, Open)> = waiting.into_values().flatten().collect();
        left.sort_unstable_by_key(|(number, _)| *number);
        for (_, review) in left {
            self.import.note("reviewed claim that is not in the file", &review.claim.place);
            self.put(review, None);
        }
    }

    fn put(&mut self, review: Open, target: Option<String>) {
        let Open { claim, text, name, .. } = review;
        let Some((mut claim, place)) = claim.into_record(&mut self.import.losses) else { return };
        let answers = target.is_some();
        if let (Some(target), Some(text)) = (&target, &text) {
            self.compare(target, text, &place);
        }
        self.texts.extend(text.as_ref().map(|text| (name.clone(), digest_of(text.as_bytes()))));
        claim.targets.extend(target.map(TargetRecord::new));
        if claim.stance == Stance::Dismisses && !answers {
            claim.stance = Stance::Denies;
            self.import.note("dismissal of no claim, read as a denial", &place);
        }
        match text {
            Some(text) if claim.stance == Stance::Denies || !answers => {
                claim.statement = Some(self.is_true(&text))
            }
            None if claim.stance == Stance::Denies && answers => claim.stance = Stance::Dismisses,
            None if !answers => claim.statement = Some(self.is_true("")),
            _ => {}
        }
        claim.id = Some(name);
        self.import.claim(claim, place);
    }
}
