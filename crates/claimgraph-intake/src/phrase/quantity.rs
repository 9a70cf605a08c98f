//! Quantities as a text prints them: a number, what qualifies it, and what is counted.

use super::PhraseError;
use super::number::number;
use super::words::{Word, begins_with, words};
use claimgraph::Quantity;
use claimgraph::quantity::Amount;
use claimgraph::vocabulary::Vocabulary;

/// How a phrase qualifies its number.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Qualifier {
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    About,
    Exactly,
    Between,
}

use Qualifier::*;

const BEFORE: &[(&str, Qualifier)] = &[
    ("at least", AtLeast),
    ("no fewer than", AtLeast),
    ("not fewer than", AtLeast),
    ("no less than", AtLeast),
    ("not less than", AtLeast),
    ("a minimum of", AtLeast),
    ("≥", AtLeast),
    ("> =", AtLeast),
    ("upwards of", AtLeast),
    ("more than", MoreThan),
    ("greater than", MoreThan),
    ("over", MoreThan),
    ("above", MoreThan),
    ("exceeding", MoreThan),
    (">", MoreThan),
    ("at most", AtMost),
    ("no more than", AtMost),
    ("not more than", AtMost),
    ("up to", AtMost),
    ("as many as", AtMost),
    ("as much as", AtMost),
    ("a maximum of", AtMost),
    ("≤", AtMost),
    ("< =", AtMost),
    ("less than", LessThan),
    ("fewer than", LessThan),
    ("under", LessThan),
    ("below", LessThan),
    ("<", LessThan),
    ("about", About),
    ("around", About),
    ("approximately", About),
    ("approx", About),
    ("roughly", About),
    ("some", About),
    ("nearly", About),
    ("almost", About),
    ("close to", About),
    ("an estimated", About),
    ("estimated", About),
    ("circa", About),
    ("~", About),
    ("exactly", Exactly),
    ("precisely", Exactly),
    ("between", Between),
    ("from", Between),
];

const AFTER: &[(&str, Qualifier)] = &[
    ("or more", AtLeast),
    ("+", AtLeast),
    ("or fewer", AtMost),
    ("or less", AtMost),
    ("or so", About),
    ("at least", AtLeast),
    ("at most", AtMost),
];

/// Words that say how many without a number.
const VAGUE: &[(&str, &str)] = &[
    ("hundreds of thousands", "hundreds of thousands"),
    ("tens of thousands", "tens of thousands"),
    ("thousands", "thousands"),
    ("hundreds", "hundreds"),
    ("millions", "millions"),
    ("dozens", "dozens"),
    ("scores", "scores"),
    ("several", "several"),
    ("multiple", "multiple"),
    ("numerous", "numerous"),
    ("many", "many"),
    ("a few", "a few"),
    ("some", "some"),
];

const NONE: &[(&str, ())] = &[("no", ()), ("none", ()), ("nobody", ()), ("zero", ())];

/// Reads a quantity as a text prints it, with the unit under the name that the vocabulary has for it. The words are
/// kept.
///
/// The unit is the last word after the number that the vocabulary knows as a unit ("3,000 North Korean soldiers"). If
/// it knows none of them, the words after the number are the unit, at most three of them.
///
/// ```
/// use claimgraph::{Quantity, reporting};
/// use claimgraph_intake::phrase::quantity;
/// let words = |text: &str| quantity(text, &reporting::vocabulary());
/// assert_eq!(words("at least 12 killed")?, Quantity::no_less_than(12, "dead").in_words("at least 12 killed"));
/// assert_eq!(words("between 10 and 20 troops")?, Quantity::between(10, 20, "soldiers").in_words("between 10 and 20 troops"));
/// assert!(words("12,000").is_err());      // of what?
/// # Ok::<(), claimgraph_intake::phrase::PhraseError>(())
/// ```
///
/// # Errors
/// Returns an error if there is no number, if the number has two readings, if nothing says what is counted, or if
/// there is a second number.
pub fn quantity(phrase: &str, vocabulary: &Vocabulary) -> Result<Quantity, PhraseError> {
    let printed = phrase.trim();
    let expected = "a number and what it counts, as \"at least 12 dead\"";
    let bad = |problem: &str| PhraseError::new(printed, problem, expected);
    let all = words(printed).ok_or_else(|| bad("is too long for a quantity"))?;
    let (mut qualifier, mut at) = match begins_with(&all, BEFORE) {
        Some((found, count)) => (Some(found), count),
        None => (None, 0),
    };
    let rest = |at: usize| all.get(at..).unwrap_or_default();
    // A sign of money stands before its number and is what is counted.
    let money = rest(at).first().filter(|word| matches!(word.text.as_str(), "$" | "€" | "£"));
    at += usize::from(money.is_some());
    let uncounted = || bad("does not say what is counted");
    let Some((first, used)) = number(rest(at))? else {
        let wordless = wordless(&all).ok_or_else(|| bad("has no number"))?;
        let unit = unit(rest(wordless.1), printed, vocabulary).ok_or_else(uncounted)?;
        return Ok(match wordless.0 {
            Some(word) => Quantity::vague(word, unit),
            None => Quantity::stated(0, unit).in_words(printed),
        });
    };
    at += used;
    let mut second: Option<Amount> = None;
    if rest(at).first().is_some_and(|word| match word.text.as_str() {
        "-" | "to" => true,
        "and" => qualifier == Some(Between),
        _ => false,
    }) && let Some((upper, used)) = number(rest(at + 1))?
    {
        (second, at) = (Some(upper), at + 1 + used);
    }
    if let Some((found, count)) = begins_with(rest(at), AFTER) {
        qualifier = qualifier.or(Some(found));
        at += count;
    }
    let counted = rest(at);
    if let Some(other) = counted.iter().find(|word| word.is_figure()) {
        let problem = "is a second number";
        return Err(PhraseError::new(&other.text, problem, "one number, or a range"));
    }
    let unit = match money {
        Some(sign) => sign.text.clone(),
        None => unit(counted, printed, vocabulary).ok_or_else(uncounted)?,
    };
    let figure = match (qualifier, second) {
        (_, Some(upper)) => Quantity::between(first, upper, unit),
        (Some(Between), None) => return Err(bad("has one end of a range")),
        (None, None) => Quantity::stated(first, unit),
        (Some(AtLeast), None) => Quantity::no_less_than(first, unit),
        (Some(MoreThan), None) => Quantity::more_than(first, unit),
        (Some(AtMost), None) => Quantity::no_more_than(first, unit),
        (Some(LessThan), None) => Quantity::less_than(first, unit),
        (Some(About), None) => Quantity::about(first, unit),
        (Some(Exactly), None) => Quantity::exactly(first, unit),
    };
    Ok(figure.in_words(printed))
}

/// Returns the vague word at the front of a phrase without a number, or `None` for a word that is zero, and how many words
/// it has: "dozens of soldiers", "no casualties".
fn wordless(all: &[Word]) -> Option<(Option<&'static str>, usize)> {
    if let Some(((), count)) = begins_with(all, NONE) {
        return Some((None, count));
    }
    begins_with(all, VAGUE).map(|(word, count)| (Some(word), count))
}

/// Returns what is counted, under the name that the vocabulary has for it.
fn unit(counted: &[Word], printed: &str, vocabulary: &Vocabulary) -> Option<String> {
    let of = |word: &Word| matches!(word.text.as_str(), "of" | "the" | "their" | "-");
    let leading = counted.iter().take_while(|word| of(word)).count();
    let counted = counted.get(leading..)?;
    if let [sign] = counted
        && sign.text == "%"
    {
        return Some("percent".to_owned());
    }
    let is_unit = |word: &str| vocabulary.units().any(|unit| unit.key == word);
    let known = counted.iter().rev().map(|word| vocabulary.unit_of(&word.text).into_owned());
    let written = || {
        let (first, last) = (counted.first()?, counted.last()?);
        let unit = printed.get(first.place.start..last.place.end)?;
        (counted.len() <= 3).then(|| unit.to_owned())
    };
    known.into_iter().find(|unit| is_unit(unit)).or_else(written)
}
