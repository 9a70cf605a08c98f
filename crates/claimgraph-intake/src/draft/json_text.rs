//! The JSON that a model writes, as values: with a fence around it, words before and after, commas too many, cut off.
//! `Drafts` reads it.

use super::marked_json::parse;
use serde_json::Value;

/// A change to a text, after which it reads as JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Mend {
    Surroundings,
    Commas,
    Words,
    Quotes,
    Comments,
    Breaks,
    CutOff,
    SecondBlock,
}

impl Mend {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Mend::Surroundings => "words around the JSON were left out",
            Mend::Commas => "commas before a closing bracket were left out",
            Mend::Words => "words of another language were read as those of JSON",
            Mend::Quotes => "other quotation marks were read as those of JSON",
            Mend::Comments => "comments were left out",
            Mend::Breaks => "control characters in a string were escaped",
            Mend::SecondBlock => "there is more JSON behind the first block, which was not read",
            Mend::CutOff => "the text is cut off: what is after the last whole record was left out",
        }
    }
}

/// Where a text stops being JSON.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct NotJson {
    pub(super) problem: String,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Returns the value of a text, and how the text was mended.
///
/// # Errors
/// Returns where the text stops being JSON, if it cannot be mended.
pub(super) fn read(text: &str) -> Result<(Value, Vec<Mend>), NotJson> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let first = match parse(text) {
        Ok(value) => return Ok((value, Vec::new())),
        Err(error) => error,
    };
    if let Some(lines) = lines(text) {
        return Ok((Value::Array(lines), Vec::new()));
    }
    let inner = without_surroundings(text);
    let mut mends: Vec<Mend> = Vec::new();
    if inner.len() < text.len() {
        mends.push(Mend::Surroundings);
        let before = text.find(inner).unwrap_or(0);
        let behind = text.get(before + inner.len()..).unwrap_or_default();
        mends.extend(behind.contains('{').then_some(Mend::SecondBlock));
        if let Ok(value) = parse(inner) {
            return Ok((value, mends));
        }
    }
    let (written, more) = mended(inner);
    mends.extend(more);
    mends.sort_unstable();
    mends.dedup();
    match parse(&written) {
        Ok(value) => Ok((value, mends)),
        Err(_) => Err(NotJson {
            problem: first.to_string().split(" at line ").next().unwrap_or_default().to_owned(),
            line: first.line(),
            column: first.column(),
        }),
    }
}

/// Returns the values of JSON Lines, if each line is an object.
fn lines(text: &str) -> Option<Vec<Value>> {
    let written = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let values: Option<Vec<Value>> =
        written.map(|line| serde_json::from_str(line).ok().filter(Value::is_object)).collect();
    values.filter(|values| values.len() > 1)
}

/// Returns the part of a text that begins with a bracket, from inside a fence if there is one.
fn without_surroundings(text: &str) -> &str {
    let fenced = text.split_once("```").map(|(_, rest)| rest);
    let inside = fenced.map(|rest| rest.split("```").next().unwrap_or(rest));
    let text = inside.filter(|inside| inside.contains(['{', '['])).unwrap_or(text);
    let start = text.find(['{', '[']).unwrap_or(0);
    let text = text.get(start..).unwrap_or_default();
    // Words behind the JSON go; if it is cut off, there is no last bracket of it.
    let end = text.rfind(['}', ']']).map_or(text.len(), |at| at + 1);
    let whole = text.get(..end).unwrap_or(text);
    if balanced(whole) { whole } else { text.trim_end() }
}

fn balanced(text: &str) -> bool {
    let (mut depth, mut string, mut escaped) = (0i64, false, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if string => escaped = true,
            '"' => string = !string,
            '{' | '[' if !string => depth += 1,
            '}' | ']' if !string => depth -= 1,
            _ => {}
        }
    }
    depth == 0 && !string
}

/// The JSON as far as it is written, with the brackets that are open.
#[derive(Default)]
struct Writer {
    out: String,
    open: Vec<char>,
    /// The length after the last whole record, and what was open there.
    whole: Option<(usize, Vec<char>)>,
    mends: Vec<Mend>,
}

impl Writer {
    fn drop_comma(&mut self) {
        let kept = self.out.trim_end().len();
        if self.out.get(..kept).is_some_and(|out| out.ends_with(',')) {
            self.out.truncate(kept - 1);
            self.mends.push(Mend::Commas);
        }
    }

    fn close(&mut self, bracket: char) {
        self.drop_comma();
        self.out.push(bracket);
        self.open.pop();
        // A whole record is an object in the list of the drafts.
        if bracket == '}' && self.open.len() <= 2 && self.open.last() == Some(&']') {
            self.whole = Some((self.out.len(), self.open.clone()));
        }
    }
}

/// Returns the text as JSON, as far as rules for slips of models go.
fn mended(text: &str) -> (String, Vec<Mend>) {
    let mut to = Writer::default();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' | '\u{201c}' | '\u{201d}' => {
                let closing: &[char] =
                    if c == '"' { &['"'] } else { &['\u{201d}', '\u{201c}', '"'] };
                if c != '"' {
                    to.mends.push(Mend::Quotes);
                }
                string(&mut chars, closing, &mut to);
            }
            '\'' => {
                to.mends.push(Mend::Quotes);
                string(&mut chars, &['\''], &mut to);
            }
            '{' | '[' => {
                to.out.push(c);
                to.open.push(if c == '{' { '}' } else { ']' });
            }
            '}' | ']' => to.close(c),
            '/' if chars.peek() == Some(&'/') => {
                to.mends.push(Mend::Comments);
                while chars.next_if(|&c| c != '\n').is_some() {}
            }
            c if c.is_ascii_alphabetic() => {
                let mut word = String::from(c);
                while let Some(c) = chars.next_if(|c| c.is_ascii_alphanumeric() || *c == '_') {
                    word.push(c);
                }
                let read = match word.as_str() {
                    "True" => "true",
                    "False" => "false",
                    "None" | "NaN" | "undefined" | "nil" | "Null" | "NULL" => "null",
                    same => same,
                };
                if read != word {
                    to.mends.push(Mend::Words);
                }
                to.out.push_str(read);
            }
            c => to.out.push(c),
        }
    }
    if !to.open.is_empty() {
        // Nothing of a record that is not whole is read.
        if let Some((length, open)) = to.whole.take() {
            to.out.truncate(length);
            to.open = open;
        }
        to.mends.push(Mend::CutOff);
        while let Some(bracket) = to.open.last().copied() {
            to.close(bracket);
        }
    }
    (to.out, to.mends)
}

/// Writes a string whose opening mark was read.
fn string(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, closing: &[char], to: &mut Writer) {
    to.out.push('"');
    while let Some(c) = chars.next() {
        match c {
            c if closing.contains(&c) => break,
            '\\' => match chars.next() {
                // JSON does not escape a single quotation mark.
                Some('\'') => to.out.push('\''),
                Some(next) => to.out.extend(['\\', next]),
                None => break,
            },
            '"' => to.out.push_str("\\\""),
            c if c.is_control() => {
                to.mends.push(Mend::Breaks);
                to.out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => to.out.push(c),
        }
    }
    to.out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn slips_of_models_are_read_as_the_json_that_was_meant() {
        let two = json!([{"a": 1}, {"a": null}]);
        for text in [
            "[{\"a\": 1}, {\"a\": null}]",
            "Here it is:\n```json\n[{\"a\": 1}, {\"a\": null}]\n```\nAnything else?",
            "[{\"a\": 1,}, {\"a\": None},]",
            "[{'a': 1}, {'a': null}] ",
            "[{\u{201c}a\u{201d}: 1}, {\"a\": null}]",
            "{\"a\": 1}\n{\"a\": null}\n",
            "[{\"a\": 1}, // the first\n {\"a\": null}]",
            "[{\"a\": 1}, {\"a\": null}, {\"a\": \"cut",
            "[{\"a\": 1}, {\"a\": null}, {\"a\"",
            "\u{feff}[{\"a\": 1}, {\"a\": null}]",
        ] {
            assert_eq!(read(text).map(|(value, _)| value), Ok(two.clone()), "{text}");
        }
        let (value, mends) = read("{\"claims\": [{\"a\": \"x\ny\"}, {\"a\": [1, ").unwrap();
        assert_eq!(value, json!({"claims": [{"a": "x\ny"}]}));
        assert_eq!(mends, [Mend::Breaks, Mend::CutOff]);
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        let error = read("no records today").unwrap_err();
        assert_eq!((error.line, error.column), (1, 2));
        assert!(read("").is_err());
        assert!(read("[{\"a\" 1}]").is_err());
    }
}
