//! The JSON that a model writes, as values: with a fence around it, words before and after, commas too many, cut off.
//! `Drafts` reads it.

use super::marked_json::{mark, parse};
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

/// Returns the value of a text, and how the text was mended. A record that is not JSON is marked.
///
/// # Errors
/// Returns where the text stops being JSON, if it cannot be mended.
pub(super) fn read(text: &str) -> Result<(Value, Vec<Mend>), NotJson> {
    let text = text.trim_start_matches('\u{feff}').trim_end();
    let first = match parse(text) {
        Ok(value) => return Ok((value, Vec::new())),
        Err(error) => error,
    };
    let text = text.trim();
    let inside = without_fence(text);
    let from = inside.get(start(inside)..).unwrap_or_default();
    let whole = upto_last_bracket(from);
    let around = |taken: &str| {
        let behind = text.find(taken).and_then(|at| text.get(at + taken.len()..));
        let mut mends = Vec::new();
        mends.extend((taken.len() < text.len()).then_some(Mend::Surroundings));
        let is_more = behind.is_some_and(|behind| behind.contains('{'));
        mends.extend(is_more.then_some(Mend::SecondBlock));
        mends
    };
    if let Some((values, mut mends)) = lines(whole) {
        mends.extend(around(whole));
        return Ok((Value::Array(values), evened(mends)));
    }
    // The JSON ends where its first bracket is closed, or at the last bracket, or it is cut off.
    let closed = closed(from).and_then(|end| from.get(..end));
    let last = Some(whole).filter(|whole| self::closed(whole).is_some() && balanced(whole));
    let mut candidates: Vec<&str> = closed.into_iter().chain(last).collect();
    if candidates.is_empty() {
        candidates.push(from.trim_end());
    }
    for taken in &candidates {
        if let Ok(value) = parse(taken) {
            return Ok((value, around(taken)));
        }
    }
    for taken in candidates {
        let (written, mut mends) = mended(taken);
        mends.extend(around(taken));
        let read = parse(&written).ok().or_else(|| parse(&without_bad_records(&written)?).ok());
        if let Some(value) = read {
            return Ok((value, evened(mends)));
        }
    }
    Err(NotJson { problem: problem_of(&first), line: first.line(), column: first.column() })
}

fn evened(mut mends: Vec<Mend>) -> Vec<Mend> {
    mends.sort_unstable();
    mends.dedup();
    mends
}

/// Returns the message of an error, without its place.
fn problem_of(error: &serde_json::Error) -> String {
    error.to_string().split(" at line ").next().unwrap_or_default().to_owned()
}

/// Returns the values of JSON Lines, if each line is in curly brackets. A line that is not JSON is marked.
fn lines(text: &str) -> Option<(Vec<Value>, Vec<Mend>)> {
    let mut mends = Vec::new();
    let mut values = Vec::new();
    let written = text.lines().enumerate().map(|(place, line)| (place, line.trim()));
    for (place, line) in written.filter(|(_, line)| !line.is_empty()) {
        if !line.starts_with('{') || !line.ends_with('}') {
            return None;
        }
        values.push(parse(line).unwrap_or_else(|error| {
            let (written, more) = mended(line);
            let read = parse(&written).inspect(|_| mends.extend(more));
            read.unwrap_or_else(|_| {
                let place = format!("line {}, column {}", place + 1, error.column());
                mark(&format!("not JSON: {} at {place}", problem_of(&error)))
            })
        }));
    }
    (values.len() > 1).then_some((values, mends))
}

/// Returns what stands inside the first fence, if there is one with brackets.
fn without_fence(text: &str) -> &str {
    let fenced = text.split_once("```").map(|(_, rest)| rest);
    let inside = fenced.map(|rest| rest.split("```").next().unwrap_or(rest));
    inside.filter(|inside| inside.contains(['{', '['])).unwrap_or(text)
}

/// Returns where JSON begins: at the first bracket that a record or a list of records can begin with. In "[two] claims:
/// [{..}]" it is the second.
fn start(text: &str) -> usize {
    let is_mark = |c| matches!(c, '"' | '\'' | '\u{201c}' | '\u{201d}' | '}' | '/');
    let begins = |&(at, bracket): &(usize, char)| {
        let rest = text.get(at + 1..).unwrap_or_default().trim_start();
        match bracket {
            '{' => rest.starts_with(is_mark) || rest.is_empty(),
            '[' => rest.starts_with(['{', '/']),
            _ => false,
        }
    };
    let found = text.char_indices().find(begins).map(|(at, _)| at);
    found.or_else(|| text.find(['{', '['])).unwrap_or(0)
}

fn upto_last_bracket(text: &str) -> &str {
    let end = text.rfind(['}', ']']).map_or(text.len(), |at| at + 1);
    text.get(..end).unwrap_or(text)
}

/// Returns the depth after each bracket outside strings, with the place behind it.
fn depths(text: &str) -> impl Iterator<Item = (usize, i64)> {
    let (mut depth, mut string, mut escaped) = (0i64, false, false);
    text.char_indices().filter_map(move |(at, c)| {
        match c {
            _ if escaped => escaped = false,
            '\\' if string => escaped = true,
            '"' => string = !string,
            '{' | '[' if !string => depth += 1,
            '}' | ']' if !string => depth -= 1,
            _ => return None,
        }
        (!string && matches!(c, '{' | '[' | '}' | ']')).then_some((at + 1, depth))
    })
}

/// Returns the place behind the bracket that closes the first.
fn closed(text: &str) -> Option<usize> {
    depths(text).find(|(_, depth)| *depth <= 0).map(|(end, _)| end)
}

fn balanced(text: &str) -> bool {
    depths(text).last().is_some_and(|(_, depth)| depth == 0)
}

/// Returns the JSON with a mark in place of each record that is not JSON; `None` if there is none. A record is an object in
/// the list of the drafts.
fn without_bad_records(text: &str) -> Option<String> {
    let (mut out, mut taken, mut begin) = (String::new(), 0, None);
    for (end, depth) in depths(text) {
        let bracket = text.get(end - 1..end)?;
        match (bracket, begin) {
            ("{", None) if is_in_list(text.get(taken..end - 1)?) => {
                begin = Some((end - 1, depth));
            }
            ("}", Some((start, outside))) if depth < outside => {
                begin = None;
                let Err(error) = parse(text.get(start..end)?) else { continue };
                let place =
                    format!("line {}, column {} of the record", error.line(), error.column());
                let problem = format!("not JSON: {} at {place}", problem_of(&error));
                out.push_str(text.get(taken..start)?);
                out.push_str(&mark(&problem).to_string());
                taken = end;
            }
            _ => {}
        }
    }
    (taken > 0).then(|| out + text.get(taken..).unwrap_or_default())
}

/// Returns whether a value that follows this text stands in a list.
fn is_in_list(before: &str) -> bool {
    before.trim_end().ends_with(['[', ','])
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
            "I found [two] of {all} claims [1]: [{\"a\": 1}, {\"a\": null}] (see [2])",
            "As lines:\n{\"a\": 1}\n{\"a\": None}\n",
        ] {
            assert_eq!(read(text).map(|(value, _)| value), Ok(two.clone()), "{text}");
        }
        let (value, mends) = read("{\"claims\": [{\"a\": \"x\ny\"}, {\"a\": [1, ").unwrap();
        assert_eq!(value, json!({"claims": [{"a": "x\ny"}]}));
        assert_eq!(mends, [Mend::Breaks, Mend::CutOff]);
    }

    #[test]
    fn one_bad_record_is_marked_and_the_others_are_read() {
        let marked = |problem: &str| mark(&format!("not JSON: {problem}"));
        let lone = "unexpected end of hex escape at line 1, column 14 of the record";
        for (text, bad) in [
            (r#"[{"a": 1}, {"b": "\ud800"}, {"a": 3}]"#, marked(lone)),
            (
                r#"[{"a": 1}, {"b": {"c": 1e400}}, {"a": 3}]"#,
                marked("number out of range at line 1, column 17 of the record"),
            ),
            (
                r#"{"claims": [{"a": 1}, {"b" 2}, {"a": 3}]}"#,
                marked("expected `:` at line 1, column 6 of the record"),
            ),
            ("{\"a\": 1}\n{\"b\" 2}\n{\"a\": 3}", marked("expected `:` at line 2, column 6")),
        ] {
            let (value, _) = read(text).unwrap();
            let list = value.get("claims").unwrap_or(&value);
            assert_eq!(*list, json!([{"a": 1}, bad, {"a": 3}]), "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        let error = read("no records today").unwrap_err();
        assert_eq!((error.line, error.column), (1, 2));
        let error = read("\n\n  [1 2]").unwrap_err();
        assert_eq!((error.line, error.column), (3, 6));
        assert!(read("").is_err());
        assert!(read("{\"a\" 1}").is_err());
    }
}
