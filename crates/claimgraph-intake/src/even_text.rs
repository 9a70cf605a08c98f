//! A text evened out: without the differences that copying and typesetting bring in, each byte with its place in the
//! original.

use crate::difference::Difference;
use caseless::Caseless;
use std::ops::Range;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A text evened out, with the place of each byte in the original.
///
/// White space of any kind and length is one space; a line end counts as white space. Each quotation mark or apostrophe
/// is `'`. A run of one such mark (two apostrophes for a double mark) is `'` too. A run of dashes and hyphens is `-`.
/// Characters that cannot be seen are left out. The rest is in NFKC (Unicode Standard Annex 15) with full case folding
/// (Unicode Standard, section 3.13). A hyphen at a line end stays, since it may belong to the word.
///
/// The text is read unit by unit. A unit is a letter with its marks, a syllable of conjoining jamo, or a run of white
/// space, marks or dashes. Each unit is evened out by itself, so that a part of the original between the borders of
/// units is evened out to the same text as within the whole.
#[derive(Debug)]
pub(crate) struct EvenText {
    text: String,
    runs: Vec<Run>,
}

/// Neighbouring units of one width, or one unit whose width changed.
#[derive(Debug)]
struct Run {
    /// Where it begins in the evened text.
    even: usize,
    /// Its bytes in the original.
    from: usize,
    to: usize,
    /// The bytes of each unit, in the original and in the evened text; `None` if the run is one unit.
    width: Option<usize>,
}

/// The part of a character in evening out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Space,
    Mark(char),
    Dash,
    Invisible,
    /// It joins the unit before it.
    Joined,
    Other,
}

impl EvenText {
    /// Evens out a text, in time linear in its length.
    pub(crate) fn of(original: &str) -> Self {
        Self::except(original, None)
    }

    /// Evens out a text and leaves one kind of difference in it.
    pub(crate) fn except(original: &str, kept: Option<Difference>) -> Self {
        let mut even = Self { text: String::with_capacity(original.len()), runs: Vec::new() };
        let mut rest = original;
        while let Some(first) = rest.chars().next() {
            let from = original.len() - rest.len();
            let plain = plain(rest.as_bytes());
            if plain > 0 {
                let (taken, after) = rest.split_at(plain);
                even.push_plain(taken, from, kept);
                rest = after;
                continue;
            }
            let sort = Sort::of(first, kept);
            // The end of the unit, and of what is left out after it.
            let (mut unit, mut read) = (first.len_utf8(), first.len_utf8());
            for c in rest.chars().skip(1) {
                let next = Sort::of(c, kept);
                let belongs = match sort {
                    Sort::Space | Sort::Mark(_) | Sort::Dash => next == sort,
                    Sort::Joined | Sort::Other => next == Sort::Joined,
                    Sort::Invisible => false,
                };
                if !belongs && next != Sort::Invisible {
                    break;
                }
                read += c.len_utf8();
                if belongs {
                    unit = read;
                }
            }
            let (taken, _) = rest.split_at(unit);
            let start = even.text.len();
            match sort {
                Sort::Space => even.text.push(' '),
                Sort::Mark(_) => even.text.push('\''),
                Sort::Dash => even.text.push('-'),
                Sort::Invisible => {}
                Sort::Joined | Sort::Other => push_letter(&mut even.text, taken, kept),
            }
            let length = even.text.len() - start;
            if length > 0 {
                even.place(start, from..from + unit, Some(unit).filter(|&unit| unit == length));
            }
            rest = rest.split_at(read).1;
        }
        even
    }

    /// Adds units of one byte each.
    fn push_plain(&mut self, units: &str, from: usize, kept: Option<Difference>) {
        let start = self.text.len();
        self.text.push_str(units);
        if kept != Some(Difference::Case)
            && let Some(added) = self.text.get_mut(start..)
        {
            added.make_ascii_lowercase();
        }
        self.place(start, from..from + units.len(), Some(1));
    }

    /// Notes that the evened text from `start` on comes from these bytes of the original, in units of this width.
    fn place(
        &mut self,
        start: usize,
        Range { start: from, end: to }: Range<usize>,
        width: Option<usize>,
    ) {
        if let Some(last) = self.runs.last_mut()
            && width.is_some()
            && last.width == width
            && last.to == from
        {
            last.to = to;
            return;
        }
        self.runs.push(Run { even: start, from, to, width });
    }

    /// Returns the evened text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the bytes of the original that these bytes of the evened text come from, widened to whole units. An empty
    /// range gives an empty range. Bytes past the end are not counted.
    pub(crate) fn original(&self, range: Range<usize>) -> Range<usize> {
        let end = range.end.min(self.text.len());
        let start = self.unit_at(range.start).start;
        if range.start >= end {
            return start..start;
        }
        start..self.unit_at(end - 1).end
    }

    /// Returns whether the range begins and ends at borders of units, so that the original of the range is evened out
    /// to the range.
    pub(crate) fn keeps_units(&self, range: Range<usize>) -> bool {
        range.end <= self.text.len() && self.is_border(range.start) && self.is_border(range.end)
    }

    fn is_border(&self, at: usize) -> bool {
        at == self.text.len()
            || self.run_at(at).is_some_and(|run| match run.width {
                Some(width) => (at - run.even).is_multiple_of(width),
                None => at == run.even,
            })
    }

    /// Returns the bytes of the unit that this byte of the evened text comes from; the end of the original for a place
    /// past the end.
    fn unit_at(&self, at: usize) -> Range<usize> {
        let end = self.runs.last().map_or(0, |run| run.to);
        let Some(run) = self.run_at(at).filter(|_| at < self.text.len()) else { return end..end };
        match run.width {
            Some(width) => {
                let from = run.from + (at - run.even) / width * width;
                from..from + width
            }
            None => run.from..run.to,
        }
    }

    fn run_at(&self, at: usize) -> Option<&Run> {
        let next = self.runs.partition_point(|run| run.even <= at);
        self.runs.get(next.checked_sub(1)?)
    }
}

/// Returns how many bytes at the front are units of one byte: letters, digits and single spaces of ASCII before others of
/// ASCII. A character that joins the one before it is not in ASCII.
fn plain(bytes: &[u8]) -> usize {
    let is_plain = |pair: &[u8]| match pair {
        [byte, next] if byte.is_ascii_alphanumeric() => next.is_ascii(),
        [b' ', next] => next.is_ascii_alphanumeric(),
        _ => false,
    };
    bytes.windows(2).take_while(|pair| is_plain(pair)).count()
}

/// Adds a letter with its marks in NFKC and with its case folded.
fn push_letter(text: &mut String, unit: &str, kept: Option<Difference>) {
    if let [byte] = unit.as_bytes() {
        let keeps_case = kept == Some(Difference::Case);
        text.push(char::from(if keeps_case { *byte } else { byte.to_ascii_lowercase() }));
        return;
    }
    // The usual letter: alone and in NFKC, as its small letter is.
    let mut letters = unit.chars();
    if kept.is_none()
        && let (Some(letter), None) = (letters.next(), letters.next())
        && is_normal(letter)
    {
        let before = text.len();
        text.extend(std::iter::once(letter).default_case_fold());
        if text.get(before..).is_some_and(|folded| folded.chars().all(is_normal)) {
            return;
        }
        text.truncate(before);
    }
    let is_kept = |c: char| match kept {
        Some(Difference::Space) => c.is_whitespace(),
        Some(Difference::Marks) => is_mark(c),
        Some(Difference::Dashes) => is_dash(c),
        _ => false,
    };
    if unit.starts_with(is_kept) {
        return text.push_str(unit);
    }
    let seen = unit.chars().filter(|&c| kept == Some(Difference::Invisible) || !is_invisible(c));
    match kept {
        Some(Difference::Form) => text.extend(seen.default_case_fold()),
        Some(Difference::Case) => text.extend(seen.nfkc()),
        _ => text.extend(seen.nfkc().default_case_fold().nfkc()),
    }
}

impl Sort {
    fn of(c: char, kept: Option<Difference>) -> Self {
        let keeps = |kind| kept == Some(kind);
        if c.is_ascii_alphanumeric() {
            Self::Other
        } else if c.is_whitespace() && !keeps(Difference::Space) {
            Self::Space
        } else if is_mark(c) && !keeps(Difference::Marks) {
            Self::Mark(c)
        } else if is_dash(c) && !keeps(Difference::Dashes) {
            Self::Dash
        } else if is_invisible(c) && !keeps(Difference::Invisible) {
            Self::Invisible
        } else if joins(c) {
            Self::Joined
        } else {
            Self::Other
        }
    }
}

/// Returns whether the character is in NFKC, and normalisation never joins it to one before it.
fn is_normal(c: char) -> bool {
    c.is_ascii()
        || (is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes
            && unicode_normalization::char::canonical_combining_class(c) == 0)
}

/// Returns whether normalisation may join the character to one before it.
fn joins(c: char) -> bool {
    if c < '\u{300}' || is_normal(c) {
        return false;
    }
    let mut first = None;
    unicode_normalization::char::decompose_compatible(c, |part| {
        first.get_or_insert(part);
    });
    first.is_some_and(|first| {
        unicode_normalization::char::canonical_combining_class(first) != 0
            || is_nfkc_quick(std::iter::once(first)) == IsNormalized::Maybe
    })
}

/// Returns whether the character is a quotation mark or an apostrophe, or stands for one.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c,
        '"' | '\'' | '`' | '\u{b4}' | '«' | '»'
        // Modifier letters and primes that are written for apostrophes.
        | '\u{2b9}'..='\u{2bf}' | '\u{2ca}' | '\u{2cb}' | '\u{2ee}'
        // Hebrew geresh and gershayim.
        | '\u{5f3}' | '\u{5f4}'
        | '\u{2018}'..='\u{201f}' | '\u{2032}'..='\u{2037}' | '\u{2039}' | '\u{203a}' | '\u{2057}'
        | '\u{275b}'..='\u{275e}' | '\u{276e}' | '\u{276f}' | '\u{2e42}'
        // Corner brackets and East Asian double primes.
        | '\u{300c}'..='\u{300f}' | '\u{301d}'..='\u{301f}' | '\u{ff02}' | '\u{ff07}' | '\u{ff40}'
        | '\u{ff62}' | '\u{ff63}')
}

/// Returns whether the character is a hyphen, a dash or a minus sign.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{58a}' | '\u{5be}' | '\u{1806}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2212}'
                | '\u{2e3a}'
                | '\u{2e3b}'
                | '\u{301c}'
                | '\u{3030}'
                | '\u{fe31}'
                | '\u{fe32}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
    )
}

/// Returns whether the character is ignored where a text is shown: a soft hyphen, a zero-width or bidirectional control,
/// a variation selector, a tag.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn even(text: &str) -> String {
        EvenText::of(text).text().to_owned()
    }

    /// Asserts what holds of each range of the evened text: it comes from whole characters, and if it keeps units, its
    /// original is evened out to it.
    fn assert_places(original: &str) {
        let whole = EvenText::of(original);
        let borders: Vec<usize> =
            (0..=whole.text().len()).filter(|&at| whole.text().is_char_boundary(at)).collect();
        for (place, &start) in borders.iter().enumerate() {
            for &end in &borders[place..] {
                let range = whole.original(start..end);
                let slice = original.get(range).expect("the range has whole characters");
                if whole.keeps_units(start..end) {
                    assert_eq!(even(slice), whole.text()[start..end], "of {original:?}");
                }
            }
        }
    }

    #[test]
    fn typesetting_makes_no_difference() {
        for (original, expected) in [
            ("Two  \r\n\u{a0}\tWords", "two words"),
            ("“a” „b“ «c» 'd' `e´ ″f″ ``g''", "'a' 'b' 'c' 'd' 'e' 'f' 'g'"),
            ("don’t don't donʼt", "don't don't don't"),
            ("a–b a—b a‐b a--b −1", "a-b a-b a-b a-b -1"),
            ("co\u{ad}op\u{200b}era\u{2060}te \u{feff}\u{202a}x", "cooperate x"),
            ("wait… wait...", "wait... wait..."),
            ("Straße STRASSE", "strasse strasse"),
            ("e\u{301} é ﬁ Ａ ①", "é é fi a 1"),
            ("\u{1112}\u{1161}\u{11ab} 한", "한 한"),
            ("ΟΔΟΣ οδος", "οδοσ οδοσ"),
            ("a \u{200b} b", "a b"),
            ("well-\nknown", "well- known"),
        ] {
            assert_eq!(even(original), expected);
        }
    }

    #[test]
    fn a_mark_after_an_invisible_character_joins_its_letter() {
        assert_eq!(even("e\u{200d}\u{301}"), "é");
        assert_eq!(EvenText::of("co\u{ad}op").original(0..2), 0..2);
    }

    #[test]
    fn a_part_of_a_letter_gives_the_whole_letter() {
        let ligature = EvenText::of("oﬃce");
        assert_eq!(ligature.text(), "office");
        assert_eq!(ligature.original(2..3), 1..4);
        assert!(!ligature.keeps_units(1..2));
        assert!(ligature.keeps_units(1..4));
        assert_eq!(ligature.original(4..4), 4..4);
        assert_eq!(ligature.original(6..9), 6..6);
    }

    #[test]
    fn each_range_comes_from_whole_characters() {
        for original in [
            "",
            "a",
            "\u{301}",
            "\u{301}a\u{301}",
            "Ünï \r\n“x”—'’",
            "\u{1112}\u{1161}\u{11ab}\u{11ab}",
            "ﬃ\u{345}ŉ",
            "α\u{345}\u{200d}\u{34f}\u{301}",
            " \u{ad} \u{ad}",
            "\u{ad}",
            "¨ ´ ½ ﷺ",
            "क\u{93c}\u{9c7}\u{9be}",
            "İI\u{307}",
            "Привет, МИР",
            "--—- ''`\"\"",
            "\u{d7ff}\u{10ffff}",
        ] {
            assert_places(original);
        }
    }

    /// Random texts of the characters that matter, from a small generator of its own.
    #[test]
    fn each_range_of_random_texts_comes_from_whole_characters() {
        let letters: Vec<char> =
            "aAé\u{301}\u{327}ﬁſK\u{345}ßİ'’``\"--—  \u{a0}\n\u{ad}\u{200d}\u{34f}…´¨\u{1100}\u{1161}\u{11a8}가\u{ffc2}я\u{9c7}\u{9be}"
                .chars()
                .collect();
        let mut state = 7_u64;
        for _ in 0..400 {
            let text: String = (0..12)
                .map(|_| {
                    state = state
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1_442_695_040_888_963_407);
                    letters[(state >> 33) as usize % letters.len()]
                })
                .collect();
            assert_places(&text);
        }
    }

    #[test]
    fn a_flood_of_marks_takes_linear_time() {
        let flood = format!("a{}", "\u{301}\u{327}".repeat(200_000));
        let even = EvenText::of(&flood);
        assert_eq!(even.original(0..1), 0..flood.len());
        let hidden = "\u{200b}".repeat(1_000_000);
        assert_eq!(EvenText::of(&hidden).text(), "");
    }
}
