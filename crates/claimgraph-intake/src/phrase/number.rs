//! Numbers in figures and in English words: "3,000", "1.5 million", "two hundred and fifty", "half a million".

use super::PhraseError;
use super::words::Word;
use claimgraph::quantity::Amount;

const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: &[&str] =
    &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Words that multiply the number before them, and whether they may be a letter glued to figures.
const TIMES: &[(&str, i64)] = &[
    ("dozen", 12),
    ("score", 20),
    ("hundred", 100),
    ("thousand", 1_000),
    ("lakh", 100_000),
    ("million", 1_000_000),
    ("crore", 10_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];

const GLUED_TIMES: &[(&str, i64)] = &[
    ("k", 1_000),
    ("m", 1_000_000),
    ("mn", 1_000_000),
    ("bn", 1_000_000_000),
    ("b", 1_000_000_000),
];

fn of(number: i64) -> Amount {
    Amount::from(number)
}

fn times(word: &Word, after_figure: bool) -> Option<i64> {
    let glued = || GLUED_TIMES.iter().filter(|_| after_figure && word.glued);
    TIMES.iter().chain(glued()).find(|(text, _)| *text == word.text).map(|&(_, number)| number)
}

/// Returns the number at the front of the words, and how many words it has.
///
/// # Errors
/// Returns an error if a figure has two readings, is grouped in no known way or is too large.
pub(super) fn number(words: &[Word]) -> Result<Option<(Amount, usize)>, PhraseError> {
    let Some(first) = words.first() else { return Ok(None) };
    if first.text == "half" {
        let article = words.get(1).is_some_and(|word| word.text == "a");
        let size = words.get(1 + usize::from(article)).and_then(|word| times(word, false));
        return Ok(size.map(|size| (of(size / 2), 2 + usize::from(article))));
    }
    let (mut value, mut used) = match first.is_figure() {
        true => (figure(&first.text)?, 1),
        false => match in_words(words) {
            Some(found) => found,
            None => return Ok(None),
        },
    };
    let is = |at: usize, text: &str| words.get(at).is_some_and(|word| word.text == text);
    let has_half = |at: usize| is(at, "and") && is(at + 1, "a") && is(at + 2, "half");
    let too_large = || PhraseError::new(&first.text, "is too large a number", "a smaller one");
    // "Two and a half million": the half is of one.
    let is_before_size = words.get(used + 3).is_some_and(|word| times(word, false).is_some());
    if has_half(used) && (is_before_size || size_before(words, used).is_none()) {
        let half = Amount::new(5, 1).and_then(|half| value.checked_add(half));
        (value, used) = (half.ok_or_else(too_large)?, used + 3);
    }
    while let Some(size) = words.get(used).and_then(|word| times(word, first.is_figure())) {
        value = value.checked_mul(of(size)).ok_or_else(too_large)?;
        used += 1;
    }
    // "Two million and a half": the half is of a million.
    if let Some(size) = size_before(words, used).filter(|_| has_half(used)) {
        value = value.checked_add(of(size / 2)).ok_or_else(too_large)?;
        used += 3;
    }
    Ok(Some((value, used)))
}

/// Returns the size of the word before this place, if it multiplies.
fn size_before(words: &[Word], place: usize) -> Option<i64> {
    times(words.get(place.checked_sub(1)?)?, false)
}

/// Returns whether a word is a number, or names one without giving it.
pub(super) fn is_number(word: &Word) -> bool {
    let vague = matches!(
        word.text.as_str(),
        "dozens" | "scores" | "hundreds" | "thousands" | "millions" | "several" | "half"
    );
    word.is_figure()
        || vague
        || UNITS.contains(&word.text.as_str())
        || TENS.contains(&word.text.as_str())
        || times(word, false).is_some()
}

/// Returns the size of a word that multiplies: 100 for "hundred".
pub(super) fn size(word: &Word) -> Option<Amount> {
    times(word, false).map(of)
}

/// Returns the number at the front of a range if it may stand for more: of "12-15,000", 12 may be 12,000, and of "two to
/// three hundred", 2 may be 200. `upper` are the words of the other end.
pub(super) fn larger_reading(lower: Amount, upper: &[Word], end: Amount) -> Option<Amount> {
    let grouped = upper.first().is_some_and(|word| word.is_figure() && word.text.contains(','));
    let mut sizes: Vec<i64> = upper.iter().filter_map(|word| times(word, word.glued)).collect();
    sizes.extend(grouped.then_some(1_000));
    let sizes = sizes.into_iter().filter_map(|size| lower.checked_mul(of(size)));
    sizes.into_iter().find(|larger| lower < of(1_000) && *larger < end)
}

/// Returns the number that words at the front spell, and how many words.
fn in_words(words: &[Word]) -> Option<(Amount, usize)> {
    let (mut total, mut group, mut used) = (0i64, 0i64, 0);
    let number = |list: &[&str], text: &str| {
        list.iter().position(|word| *word == text).and_then(|place| i64::try_from(place).ok())
    };
    let is_sized = |at: usize| size_before(words, at).is_some();
    let article = words.first().is_some_and(|word| matches!(word.text.as_str(), "a" | "an"));
    let mut at = usize::from(article);
    while let Some(word) = words.get(at) {
        let text = word.text.as_str();
        if let Some(small) = number(UNITS, text) {
            // "One two" and "ten five" are two numbers, "twenty five" is one.
            let fits = group % 100 == 0 || group % 10 == 0 && group % 100 >= 20 && small < 10;
            if article && used == 0 || !fits {
                break;
            }
            group += small;
        } else if let Some(ten) = number(TENS, text) {
            if article && used == 0 || used > 0 && group % 100 != 0 {
                break;
            }
            group += (ten + 2) * 10;
        } else if let Some(size) = times(word, false) {
            let scaled = group.max(1).checked_mul(size)?;
            if size >= 1_000 {
                total = total.checked_add(scaled)?;
                group = 0;
            } else {
                group = scaled;
            }
        } else if used == at && (text == "-" && used > 0 || text == "and" && is_sized(at)) {
            // It is a part of the number if one follows.
            at += 1;
            continue;
        } else {
            break;
        }
        at += 1;
        used = at;
    }
    (used > 0).then(|| Some((of(total.checked_add(group)?), used)))?
}

/// Returns the number of a figure with its separators: "3,000", "3 000", "1.5", "1.234.567", "12,5".
fn figure(text: &str) -> Result<Amount, PhraseError> {
    let bad = |problem: &str| PhraseError::new(text, problem, "a number, as 3,000 or 3.5");
    let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let parse = |digits: String| digits.parse::<Amount>().map_err(|_| bad("is too large a number"));
    let (Some(&first), Some(&last)) = (marks.first(), marks.last()) else {
        return parse(text.to_owned());
    };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    let grouped = |parts: &[&str]| {
        parts
            .first()
            .is_some_and(|part| part.len() <= 3 && (parts.len() == 1 || !part.starts_with('0')))
            && parts.iter().skip(1).all(|part| part.len() == 3)
    };
    let tail = parts.last().copied().unwrap_or_default();
    let body = parts.get(..parts.len() - 1).unwrap_or_default();
    // The last mark differs from those before it: it is the decimal mark.
    if first != last {
        let even = marks.iter().take(marks.len() - 1).all(|mark| *mark == first);
        return match even && grouped(body) && matches!(last, '.' | ',') {
            true => parse(format!("{}.{tail}", digits(&body.concat()))),
            false => Err(bad("is not grouped as a number")),
        };
    }
    match (first, marks.len(), grouped(&parts)) {
        (_, 2.., true) | (',', 1, true) => parse(digits(text)),
        // Other marks than these two only group.
        (' ' | '\'' | '\u{2019}' | '\u{a0}' | '\u{2009}' | '\u{202f}', _, true) => {
            parse(digits(text))
        }
        ('.', 1, true) | (',', 1, false) if tail.len() == 3 && (first == '.' || body == ["0"]) => {
            let fraction = tail.trim_end_matches('0');
            let whole = body.concat();
            let small =
                if fraction.is_empty() { whole.clone() } else { format!("{whole}.{fraction}") };
            let all = digits(text);
            let large = all.trim_start_matches('0');
            let problem = format!("has two readings, {small} and {large}");
            let (grouped, fraction) = match whole.as_str() {
                "0" => (large.to_owned(), fraction),
                _ => (format!("{whole},{tail}"), if fraction.is_empty() { "0" } else { fraction }),
            };
            let expected = format!("one of them, as {grouped} or {whole}.{fraction}");
            Err(PhraseError::new(text, problem, expected))
        }
        // After a comma, one or two figures are a fraction.
        (',', 1, _) if tail.len() > 2 => Err(bad("is not grouped as a number")),
        ('.' | ',', 1, _) => parse(format!("{}.{tail}", digits(&body.concat()))),
        _ => Err(bad("is not grouped as a number")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::words::words;

    fn read(text: &str) -> Option<(String, usize)> {
        let found = number(&words(text)?).ok()??;
        Some((found.0.plain(), found.1))
    }

    #[test]
    fn numbers_are_read_in_figures_and_in_words() {
        for (text, number, used) in [
            ("3,000 soldiers", "3000", 1),
            ("1.5 million", "1500000", 2),
            ("12k", "12000", 2),
            ("1.234.567", "1234567", 1),
            ("1'000", "1000", 1),
            ("3\u{202f}000", "3000", 1),
            ("12,5", "12.5", 1),
            ("1,234.56", "1234.56", 1),
            ("1.234,56", "1234.56", 1),
            ("twelve", "12", 1),
            ("twenty-five dead", "25", 3),
            ("two hundred and fifty thousand men", "250000", 5),
            ("a dozen", "12", 2),
            ("two dozen", "24", 2),
            ("half a million", "500000", 3),
            ("a hundred and one", "101", 4),
            ("three and a half million", "3500000", 5),
            ("a million and a half", "1500000", 5),
            ("2 million and a half men", "2500000", 5),
            ("two and a half", "2.5", 4),
            ("three score", "60", 2),
            ("hundred men", "100", 1),
            ("ten and twenty", "10", 1),
            ("ten five", "10", 1),
            ("twenty and two hundred", "20", 1),
            ("two-hundred and five", "205", 5),
            ("a hundred and twenty and thirty", "120", 4),
            ("3 000 men", "3000", 1),
            ("12 000 000", "12000000", 1),
            ("2024 100", "2024", 1),
            ("0.125 tonnes", "0.125", 1),
            ("2 hundred thousand", "200000", 3),
        ] {
            assert_eq!(read(text), Some((number.to_owned(), used)), "{text}");
        }
    }

    #[test]
    fn a_figure_of_two_readings_is_refused() {
        for text in ["3.000", "12.500", "0,125", "0,500"] {
            assert!(number(&words(text).unwrap()).is_err(), "{text}");
        }
        for text in ["1,23,4", "012,500", "0,125,000", "14:30"] {
            assert!(number(&words(text).unwrap()).is_err(), "{text}");
        }
        assert_eq!(read("soldiers"), None);
    }
}
