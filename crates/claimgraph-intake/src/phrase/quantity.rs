//! Quantities as a text prints them: a number, what qualifies it, and what is counted.

use super::PhraseError;
use super::number::{is_number, larger_reading, number, size};
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
/// The unit is the last word before a preposition that the vocabulary knows as a unit ("3,000 North Korean soldiers", "12
/// people killed in attacks"). If it knows none of them, the words after the number are the unit, at most three of them.
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
/// Returns an error if there is no number, if the number has two readings ("12-15,000"), if nothing says what is counted, if
/// there is a second number, or if a word makes another number of it ("one third of", "per day").
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
        let (word, count) = wordless(&all).ok_or_else(|| bad("has no number"))?;
        let several = all.get(count).and_then(size).filter(|_| word.is_some());
        let count = count + usize::from(several.is_some());
        let unit = unit(rest(count), printed, vocabulary)?.ok_or_else(uncounted)?;
        return Ok(match (word, several) {
            // "several hundred" are two hundred at least.
            (_, Some(size)) => {
                Quantity::no_less_than(size.checked_mul(2.into()).unwrap_or(size), unit)
                    .in_words(printed)
            }
            (Some(word), None) => Quantity::vague(word, unit),
            (None, None) => Quantity::stated(0, unit).in_words(printed),
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
        if let Some(larger) =
            larger_reading(first, rest(at + 1).get(..used).unwrap_or_default(), upper)
        {
            let problem =
                format!("has two readings, from {} and from {}", first.plain(), larger.plain());
            return Err(PhraseError::new(
                printed,
                problem,
                "both ends in full, as \"12,000 to 15,000\"",
            ));
        }
        (second, at) = (Some(upper), at + 1 + used);
    }
    if let Some((found, count)) = begins_with(rest(at), AFTER) {
        qualifier = qualifier.or(Some(found));
        at += count;
    }
    let counted = rest(at);
    let unit = match money {
        Some(sign) => sign.text.clone(),
        None => unit(counted, printed, vocabulary)?.ok_or_else(uncounted)?,
    };
    let figure = match (qualifier, second) {
        (Some(AtLeast | MoreThan | AtMost | LessThan), Some(_)) => {
            return Err(bad("has a range and a bound of it"));
        }
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

/// Words after a number that make another number of it.
const PARTS: &[&str] = &[
    "half", "halves", "third", "thirds", "quarter", "quarters", "fourth", "fifth", "fifths",
    "sixth", "tenth", "tenths", "times", "fold", "odd", "percent", "per", "%",
];

/// Words that end what is counted: "12 people killed in attacks".
const ENDS: &[&str] = &[
    "of",
    "in",
    "on",
    "at",
    "to",
    "from",
    "for",
    "by",
    "with",
    "among",
    "per",
    "during",
    "after",
    "before",
    "including",
    "since",
    "over",
];

/// Returns what is counted, under the name that the vocabulary has for it; nothing if nothing is named.
///
/// # Errors
/// Returns an error if a word makes another number of the number: "one third of the soldiers", "10 percent of them", "3,000
/// soldiers per day".
fn unit(
    counted: &[Word],
    printed: &str,
    vocabulary: &Vocabulary,
) -> Result<Option<String>, PhraseError> {
    let of = |word: &Word| matches!(word.text.as_str(), "of" | "the" | "their" | "-");
    let bad = |word: &Word, problem: &str| {
        Err(PhraseError::new(
            &word.text,
            problem,
            "one number and what it counts, as \"at least 12 dead\"",
        ))
    };
    if let Some(other) = counted.iter().find(|word| is_number(word)) {
        return bad(other, "is a second number");
    }
    if let Some(word) = counted.iter().find(|word| {
        matches!(word.text.as_str(), "or" | "not" | "nor" | "but" | "feared" | "presumed")
    }) {
        return bad(word, "leaves open what is counted");
    }
    if let Some(word) = counted
        .first()
        .filter(|word| word.glued && !matches!(word.text.as_str(), "%" | "-" | "$" | "€" | "£"))
    {
        return bad(word, "is joined to the number");
    }
    let joined = counted.first().is_some_and(|word| word.text == "-" && word.glued);
    let leading = counted.iter().take_while(|word| of(word)).count();
    let counted = counted.get(leading..).unwrap_or_default();
    if let [sign] = counted
        && matches!(sign.text.as_str(), "%" | "percent")
    {
        return Ok(Some("percent".to_owned()));
    }
    let rate = counted
        .iter()
        .find(|word| matches!(word.text.as_str(), "per" | "daily" | "each" | "every"));
    let part = counted
        .first()
        .filter(|word| PARTS.contains(&word.text.as_str()) || joined && word.text == "strong");
    if let Some(word) = rate.or(part) {
        return bad(word, "makes another number of the number");
    }
    let end =
        counted.iter().position(|word| ENDS.contains(&word.text.as_str())).unwrap_or(counted.len());
    let named = counted.get(..end).unwrap_or_default();
    let is_unit = |word: &str| vocabulary.units().any(|unit| unit.key == word);
    let unit_of = |words: &[Word]| {
        words
            .iter()
            .rev()
            .map(|word| vocabulary.unit_of(&word.text).into_owned())
            .find(|unit| is_unit(unit))
    };
    let mut both = named.split(|word| word.text == "and").filter_map(unit_of);
    if let (Some(_), Some(_), Some(word)) = (both.next(), both.next(), named.first()) {
        return bad(word, "counts two things");
    }
    let mut known = named.iter().rev().map(|word| vocabulary.unit_of(&word.text).into_owned());
    if let Some(known) = known.find(|unit| is_unit(unit)) {
        return Ok(Some(known));
    }
    let written = || printed.get(counted.first()?.place.start..counted.last()?.place.end);
    Ok(written().filter(|_| counted.len() <= 3).map(str::to_owned))
}
