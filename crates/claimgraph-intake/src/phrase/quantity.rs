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
/// Returns an error if a number is missing, if the number has two readings ("12-15,000"), if nothing says what is counted, if
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
    let Some((mut first, used)) = number(rest(at))? else {
        let (word, count) = wordless(&all).ok_or_else(|| bad("has no number"))?;
        let several = all.get(count).and_then(size).filter(|_| word.is_some());
        let count = count + usize::from(several.is_some());
        if let Some(word) = narrowing(rest(count), vocabulary).filter(|_| word.is_none()) {
            return Err(bad_unit(word, "leaves open whether there are others"));
        }
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
    let mut second: Option<Amount> = None;
    match range(rest(at), qualifier == Some(Between))? {
        Some(Range { lower, upper, used, larger }) => {
            if let Some(larger) = larger {
                let problem =
                    format!("has two readings, from {} and from {}", lower.plain(), larger.plain());
                return Err(PhraseError::new(
                    printed,
                    problem,
                    "both ends in full, as \"12,000 to 15,000\"",
                ));
            }
            (first, second, at) = (lower, Some(upper), at + used);
        }
        None => at += used,
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

/// Two numbers at the front of words.
struct Range {
    lower: Amount,
    upper: Amount,
    used: usize,
    /// The lower number, if it may stand for more.
    larger: Option<Amount>,
}

/// Returns the range at the front: "10-20", "ten to twenty", "5 or 6", and after "between" also "ten and twenty".
fn range(words: &[Word], is_between: bool) -> Result<Option<Range>, PhraseError> {
    let is_joint = |word: &Word| match word.text.as_str() {
        "-" | "to" | "or" => true,
        "and" => is_between,
        _ => false,
    };
    for (place, _) in words.iter().enumerate().filter(|(_, word)| is_joint(word)) {
        // "A hundred and two hundred": the number before the joint ends there.
        let Some((lower, used)) = number(words.get(..place).unwrap_or_default())? else {
            return Ok(None);
        };
        if used < place {
            return Ok(None);
        }
        let after = words.get(place + 1..).unwrap_or_default();
        let Some((upper, used)) = number(after)? else { continue };
        // In "twenty-five" and "a hundred and five and two hundred" the joint is a part of the number.
        let goes_on = number(words)?.is_some_and(|(_, used)| used > place + 1);
        let is_last = !after.get(used).is_some_and(is_joint);
        if goes_on && (!is_between || !is_last || upper <= lower) {
            continue;
        }
        let larger = larger_reading(lower, after.get(..used).unwrap_or_default(), upper);
        return Ok(Some(Range { lower, upper, used: place + 1 + used, larger }));
    }
    Ok(None)
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

/// Words that leave open what is counted.
const OPEN: &[&str] = &[
    "or",
    "not",
    "nor",
    "but",
    "feared",
    "presumed",
    "believed",
    "suspected",
    "possible",
    "potential",
];

/// Words that count what has something done to it, and may stand before another thing: "12 dead trees".
const STATES: &[&str] = &["dead", "injured", "wounded", "killed"];

/// Words after which nothing else is counted: "12 dead so far".
const NOT_THINGS: &[&str] = &[
    "and",
    "so",
    "overnight",
    "yesterday",
    "today",
    "already",
    "now",
    "there",
    "here",
    "when",
    "as",
    "while",
    "who",
    "that",
    "were",
    "have",
    "had",
];

/// Units of time, after "a": "3,000 soldiers a day".
const RATES: &[&str] = &["minute", "hour", "day", "night", "week", "month", "year"];

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
    let bad = |word: &Word, problem: &str| Err(bad_unit(word, problem));
    if let Some(other) = counted.iter().find(|word| is_number(word)) {
        return bad(other, "is a second number");
    }
    if let Some(word) = counted.iter().find(|word| OPEN.contains(&word.text.as_str())) {
        return bad(word, "leaves open what is counted");
    }
    if let Some(word) = counted
        .first()
        .filter(|word| word.glued && !matches!(word.text.as_str(), "%" | "-" | "$" | "€" | "£"))
    {
        return bad(word, "is joined to the number");
    }
    let joined = counted.first().is_some_and(|word| word.text == "-" && word.glued);
    // "Two and a third" is one number.
    let is_more = |word: &Word| matches!(word.text.as_str(), "and" | "a");
    let part = counted.iter().find(|word| !of(word) && !is_more(word));
    let part = part.filter(|word| PARTS.contains(&word.text.as_str()));
    let leading = counted.iter().take_while(|word| of(word)).count();
    let counted = counted.get(leading..).unwrap_or_default();
    if let [sign] = counted
        && matches!(sign.text.as_str(), "%" | "percent")
    {
        return Ok(Some("percent".to_owned()));
    }
    let is_rate = |pair: &[Word]| match pair {
        [a, unit] => a.text == "a" && RATES.contains(&unit.text.as_str()),
        _ => false,
    };
    let rate = counted
        .iter()
        .find(|word| matches!(word.text.as_str(), "per" | "daily" | "each" | "every"))
        .or_else(|| counted.windows(2).find(|pair| is_rate(pair))?.last());
    let strong = counted.first().filter(|word| joined && word.text == "strong");
    if let Some(word) = rate.or(part).or(strong) {
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
    let state = named.iter().position(|word| STATES.contains(&word.text.as_str()));
    if let Some((state, [next, ..])) =
        state.and_then(|at| Some((named.get(at)?, named.get(at + 1..)?)))
        && !NOT_THINGS.contains(&next.text.as_str())
        && let Some(unit) = unit_of(std::slice::from_ref(state))
    {
        // "12 dead soldiers" are 12 dead.
        if unit_of(std::slice::from_ref(next)).is_some() {
            return Ok(Some(unit));
        }
        let found = format!("{} {}", state.text, next.text);
        let problem = format!("has two readings, {unit} and {found}");
        return Err(PhraseError::new(&found, problem, "the unit alone, as \"12 dead\""));
    }
    if let Some(known) = unit_of(named) {
        return Ok(Some(known));
    }
    let written = || printed.get(counted.first()?.place.start..counted.last()?.place.end);
    Ok(written().filter(|_| counted.len() <= 3).map(str::to_owned))
}

fn bad_unit(word: &Word, problem: &str) -> PhraseError {
    PhraseError::new(&word.text, problem, "one number and what it counts, as \"at least 12 dead\"")
}

/// Returns a word before a unit of the vocabulary: of "no foreign soldiers", "foreign". There may be others.
fn narrowing<'w>(counted: &'w [Word], vocabulary: &Vocabulary) -> Option<&'w Word> {
    let is_unit = |word: &Word| {
        let unit = vocabulary.unit_of(&word.text);
        vocabulary.units().any(|known| known.key == unit)
    };
    let before = counted.iter().position(is_unit)?;
    counted.get(..before)?.iter().find(|word| !matches!(word.text.as_str(), "of" | "the" | "their"))
}
