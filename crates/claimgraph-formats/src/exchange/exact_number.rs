//! Keeps the digits of numbers in JSON. A number that the parser would round or write otherwise is put in quotes
//! before it is parsed, so that its text stays as it is.

use serde_json::Number;

/// Returns the JSON with such numbers in quotes, or `None` if it has none.
pub(crate) fn quoted(json: &[u8]) -> Option<Vec<u8>> {
    let mut quoted: Option<Vec<u8>> = None;
    let (mut at, mut copied) = (0, 0);
    while let Some(&byte) = json.get(at) {
        let rest = json.get(at..).unwrap_or_default();
        match byte {
            b'"' => at += text_length(rest),
            b'-' | b'0'..=b'9' => {
                let in_number = |byte: &&u8| {
                    byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E')
                };
                let length = rest.iter().take_while(in_number).count();
                let number = rest.get(..length).unwrap_or_default();
                if !is_exact(number) {
                    let to = quoted.get_or_insert_with(|| Vec::with_capacity(json.len() + 2));
                    to.extend_from_slice(json.get(copied..at).unwrap_or_default());
                    to.push(b'"');
                    to.extend_from_slice(number);
                    to.push(b'"');
                    copied = at + length;
                }
                at += length;
            }
            _ => at += 1,
        }
    }
    quoted.map(|mut to| {
        to.extend_from_slice(json.get(copied..).unwrap_or_default());
        to
    })
}

/// Returns the length of the text in quotes at the start.
fn text_length(json: &[u8]) -> usize {
    let mut escaped = false;
    for (at, &byte) in json.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    json.len()
}

/// Returns true if the parser keeps all digits of the number.
fn is_exact(number: &[u8]) -> bool {
    let digits = number.strip_prefix(b"-").unwrap_or(number);
    if digits.len() <= 18 && digits.iter().all(u8::is_ascii_digit) && !number.starts_with(b"-0") {
        return true;
    }
    let Ok(text) = str::from_utf8(number) else { return true };
    if text.parse::<i64>().is_ok_and(|whole| whole != 0) || text.parse::<u64>().is_ok() {
        return true;
    }
    let float = text.parse().ok().and_then(Number::from_f64);
    float.is_some_and(|float| float.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_number_that_would_change_is_quoted() {
        let same = r#"{"a": [1, -7, 2.5, 18446744073709551615, "123456789012345678901234567890 \" 0.10"], "b": 52.516666}"#;
        assert_eq!(quoted(same.as_bytes()), None);
        let long = br#"[123456789012345678901234567890, "x", 0.10, 1e400, -0]"#;
        let kept = br#"["123456789012345678901234567890", "x", "0.10", "1e400", "-0"]"#;
        assert_eq!(quoted(long).as_deref(), Some(kept.as_slice()));
        assert_eq!(quoted(b"\"open"), None);
    }
}
