//! Reads the rating of a review: the stance that it stands for, its words, and its value as a role.

use crate::exchange::claimreview::reader::Reading;
use crate::exchange::claimreview::{CLAIM, own, stance_of, value_of};
use crate::exchange::json_input::many;
use crate::exchange::place::Place;
use claimgraph::Stance;
use claimgraph::record::RoleRecord;
use serde_json::{Map, Value};

/// The role with the value of a rating and its range, such as "2 (1 to 5)".
pub(super) const RATING: &str = "rating";

/// The members of a rating, in the order of the role.
const VALUES: [&str; 3] = ["ratingValue", "worstRating", "bestRating"];

/// A rating as read.
pub(super) struct Rated {
    pub(super) stance: Stance,
    pub(super) words: Option<String>,
    pub(super) roles: Vec<RoleRecord>,
}

impl Reading<'_> {
    pub(super) fn rating(&mut self, place: &Place, object: &Map<String, Value>) -> Rated {
        let place = place.at("reviewRating");
        let ratings = many(object.get("reviewRating"));
        for index in 1..ratings.len() {
            self.import.note("further rating", &place.nth(index));
        }
        let none = Rated { stance: Stance::Doubts, words: None, roles: Vec::new() };
        let Some(first) = ratings.first() else {
            self.import.note("review without a rating, read as a doubt", &place);
            return none;
        };
        let rating = match &*self.nodes.resolved(first) {
            Value::Object(rating) => rating.clone(),
            // A text is the word of the rating, a number its value.
            Value::String(word) => {
                Map::from_iter([("alternateName".to_owned(), word.clone().into())])
            }
            Value::Number(value) => {
                Map::from_iter([("ratingValue".to_owned(), value.clone().into())])
            }
            _ => {
                self.import.note("review without a rating, read as a doubt", &place);
                return none;
            }
        };
        let id = object.get("@id").and_then(Value::as_str);
        self.rated(&place, &rating, id.is_some_and(|id| id.starts_with(CLAIM)))
    }

    fn rated(&mut self, place: &Place, rating: &Map<String, Value>, is_own: bool) -> Rated {
        let words = ["alternateName", "ratingExplanation"];
        self.others(place, rating, &[&VALUES[..], &words].concat());
        let mut given = |member: &str| self.import.text(place, rating, member);
        let [value, worst, best] = VALUES.map(&mut given);
        let [word, explanation] = words.map(&mut given);
        let shown = shown(&value, &worst, &best);
        let stance =
            stance_of(word.as_deref(), shown.as_deref().and_then(parts).and_then(position));
        if stance.is_none() {
            self.import.note("rating that says nothing, read as a doubt", place);
        }
        let own = word.as_deref().and_then(|word| own(word.trim().to_lowercase().as_str()));
        let mut roles = Vec::new();
        if let Some(own) = own {
            // A word of this library has a value of its own, which says nothing more.
            if shown.is_some_and(|shown| shown != usual(own)) {
                self.import
                    .note("value of a rating that its word contradicts", &place.at("ratingValue"));
            }
        } else if !(is_own && shown == stance.map(usual)) {
            roles.extend(shown.map(|shown| self.import.text_role(RATING, &shown)));
        }
        let (words, explanation) = match word.filter(|_| own.is_none()) {
            Some(word) => (Some(word), explanation),
            None => (explanation, None),
        };
        roles.extend(explanation.map(|text| self.import.text_role("explanation", &text)));
        Rated { stance: stance.unwrap_or(Stance::Doubts), words, roles }
    }
}

/// Returns the value that the writer gives a stance.
fn usual(stance: Stance) -> String {
    format!("{} (1 to 5)", value_of(stance))
}

/// Returns the value and its range as a text; `?` stands for a part that is not given.
fn shown(value: &Option<String>, worst: &Option<String>, best: &Option<String>) -> Option<String> {
    let part = |part: &Option<String>| part.as_deref().map_or("?", str::trim).to_owned();
    [value, worst, best]
        .iter()
        .any(|part| part.is_some())
        .then(|| format!("{} ({} to {})", part(value), part(worst), part(best)))
}

/// Returns the value, the worst and the best rating of such a text.
pub(super) fn parts(shown: &str) -> Option<[&str; 3]> {
    let (value, range) = shown.strip_suffix(')')?.split_once(" (")?;
    let (worst, best) = range.split_once(" to ")?;
    Some([value, worst, best])
}

/// Returns the position of a value between the worst (0) and the best (1); 1 and 5 if they are not given.
pub(super) fn position([value, worst, best]: [&str; 3]) -> Option<f64> {
    let number = |text: &str, usual: f64| match text {
        "?" => Some(usual),
        text => text.parse().ok().filter(|number: &f64| number.is_finite()),
    };
    let (worst, best) = (number(worst, 1.0)?, number(best, 5.0)?);
    let at = (number(value, f64::NAN)? - worst) / (best - worst);
    Some(at).filter(|at| (0.0..=1.0).contains(at))
}
