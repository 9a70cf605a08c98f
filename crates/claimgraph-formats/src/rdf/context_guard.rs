//! Checks the contexts of a JSON-LD input before the parser sees them. The parser defines a term by defining the terms
//! that it is made of first, each a call within a call, and has no limit for that.

use indexmap::IndexMap;
use serde_json::Value;

type Terms = serde_json::Map<String, Value>;

/// The longest key that is looked at, escapes included.
const LONGEST_KEY: usize = 64;

/// Follows a JSON text byte by byte and keeps each `@context`.
#[derive(Debug, Default)]
pub(super) struct ContextGuard {
    /// The string that is being read, or the last one, as written.
    text: Vec<u8>,
    /// The context that is being read, as written, with the depth at which it began.
    context: Option<(Vec<u8>, u32)>,
    /// Whether a context comes next.
    expected: bool,
}

impl ContextGuard {
    /// Takes a quotation mark, which begins or ends a string.
    pub(super) fn quotation_mark(&mut self, begins: bool) {
        match &mut self.context {
            Some((context, _)) => context.push(b'"'),
            None if begins => {
                self.text.clear();
                self.expected = false;
            }
            None => {}
        }
    }

    /// Takes a byte within a string, without its quotation marks.
    pub(super) fn in_string(&mut self, byte: u8) {
        match &mut self.context {
            Some((context, _)) => context.push(byte),
            None if self.text.len() <= LONGEST_KEY => self.text.push(byte),
            None => {}
        }
    }

    /// Takes a byte outside strings, with the depth after it. Returns the length of the longest chain
    /// of terms, if a context ends here.
    pub(super) fn outside(&mut self, byte: u8, depth: u32) -> Option<usize> {
        if let Some((context, begun)) = &mut self.context {
            context.push(byte);
            let ends = matches!(byte, b'}' | b']') && depth <= *begun;
            let longest = ends.then(|| longest_chain(context));
            if ends {
                self.context = None;
            }
            return longest;
        }
        match byte {
            b':' => self.expected = is_context(&self.text),
            b'{' | b'[' if self.expected => {
                self.context = Some((vec![byte], depth.saturating_sub(1)));
                self.expected = false;
            }
            b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => self.expected = false,
        }
        None
    }
}

/// Returns whether a key is `@context`, escapes resolved.
fn is_context(key: &[u8]) -> bool {
    if !key.contains(&b'\\') {
        return key == b"@context";
    }
    let quoted = [b"\"", key, b"\""].concat();
    serde_json::from_slice::<String>(&quoted).is_ok_and(|key| key == "@context")
}

/// Returns the length of the longest chain of terms in a context or in one within it. A text that is not JSON has none:
/// the parser refuses it.
fn longest_chain(text: &[u8]) -> usize {
    let Ok(context) = serde_json::from_slice::<Value>(text) else { return 0 };
    let (mut open, mut longest) = (vec![&context], 0);
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values),
            Value::Object(terms) => {
                longest = longest.max(longest_in(terms));
                open.extend(terms.values().filter(|value| value.is_object() || value.is_array()));
            }
            _ => {}
        }
    }
    longest
}

/// Returns the terms that the definition of a term is made of.
fn made_of<'t>(terms: &'t Terms, term: &str, definition: &Value) -> Vec<&'t str> {
    let texts = match definition {
        Value::String(text) => vec![text.as_str()],
        Value::Object(parts) => parts.values().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let prefix = |text: &str| text.split_once(':').map(|(prefix, _)| prefix.len());
    let mut found = Vec::new();
    let mut add = |text: &str| {
        let known = terms.get_key_value(text).map(|(known, _)| known.as_str());
        found.extend(known.filter(|known| *known != term));
    };
    for text in texts.into_iter().chain([term]) {
        add(text);
        prefix(text).and_then(|end| text.get(..end)).into_iter().for_each(&mut add);
    }
    found
}

/// A term that is defined, with the terms it is made of that were not looked at, and the longest chain so far.
struct Open<'t> {
    term: &'t str,
    others: Vec<&'t str>,
    length: usize,
}

/// Returns the length of the longest chain among these terms, each of which is made of the next.
fn longest_in(terms: &Terms) -> usize {
    // Each term with its chain. In a circle, a term that is not finished counts as one.
    let mut lengths: IndexMap<&str, usize> = IndexMap::new();
    for term in terms.keys() {
        let mut path: Vec<Open<'_>> = Vec::new();
        let mut next = Some(term.as_str());
        loop {
            if let Some(term) = next.take().filter(|term| !lengths.contains_key(term)) {
                lengths.insert(term, 1);
                let definition = terms.get(term).unwrap_or(&Value::Null);
                path.push(Open { term, others: made_of(terms, term, definition), length: 1 });
            }
            let Some(last) = path.last_mut() else { break };
            match last.others.pop() {
                Some(other) => match lengths.get(other) {
                    Some(known) => last.length = last.length.max(known + 1),
                    None => next = Some(other),
                },
                None => {
                    let Some(Open { term, length, .. }) = path.pop() else { break };
                    lengths.insert(term, length);
                    if let Some(above) = path.last_mut() {
                        above.length = above.length.max(length + 1);
                    }
                }
            }
        }
    }
    lengths.values().copied().max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn longest(text: &str) -> usize {
        longest_chain(text.as_bytes())
    }

    #[test]
    fn a_chain_is_as_long_as_the_terms_that_are_made_of_each_other() {
        assert_eq!(longest(r#"{"a": "http://e/", "b": "http://f/"}"#), 1);
        assert_eq!(longest(r#"{"a": "b:x", "b": "http://f/"}"#), 2);
        assert_eq!(
            longest(r#"{"b": "http://f/", "a": {"@id": "b:x", "@type": "c"}, "c": "b"}"#),
            3
        );
        assert_eq!(longest(r#"{"b:x": {"@type": "@id"}, "b": "c:", "c": "http://f/"}"#), 3);
        assert_eq!(longest(r#"[{"a": "b"}, {"b": "http://f/"}, "http://remote"]"#), 1);
        assert_eq!(
            longest(r#"{"a": {"@id": "x", "@context": {"b": "c", "c": "d", "d": "e"}}}"#),
            3
        );
        assert_eq!(longest(r#"{"a": "b", "b": "c", "c": "a"}"#), 4, "a circle, back to its first");
        let many: Vec<String> = (0..5_000).map(|n| format!(r#""{n:x}":"{:x}:""#, n + 1)).collect();
        assert_eq!(longest(&format!("{{{}}}", many.join(","))), 5_000);
    }
}
