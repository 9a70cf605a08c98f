//! Reads JSON for the readers of formats: bytes go in, a value or a fault with its path comes out. It also measures
//! the nesting, so that a reader can refuse deep input before it parses.

use serde::Deserialize;

/// A fault in JSON: the path of the wrong member, if there is one, the problem, and the place in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct JsonFault {
    /// The path of the member, such as `claim.quantity.unit`.
    pub path: Option<String>,
    /// The problem.
    pub problem: String,
    /// The line, counted from 1.
    pub line: u64,
    /// The column in bytes, counted from 1.
    pub column: u64,
}

/// Reads a value from JSON.
///
/// ```
/// use claimgraph::{format::read_json, record::Record};
/// let fault = read_json::<Record>(br#"{"entity":{"key":"x","kind":7}}"#).unwrap_err();
/// assert_eq!(fault.path.as_deref(), Some("entity.kind"));
/// assert_eq!(fault.problem, "invalid type: integer `7`, expected a string");
/// ```
///
/// # Errors
/// The bytes are not JSON, or not of such a value.
pub fn read_json<'t, T: Deserialize<'t>>(bytes: &'t [u8]) -> Result<T, JsonFault> {
    // Only a faulty input is read again with its paths, which is slower.
    if let Ok(value) = serde_json::from_slice(bytes) {
        return Ok(value);
    }
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = Some(error.path().to_string()).filter(|path| path != ".");
        fault(path, &error.into_inner())
    })?;
    deserializer.end().map_err(|error| fault(None, &error))?;
    Ok(value)
}

fn fault(path: Option<String>, error: &serde_json::Error) -> JsonFault {
    // The message ends in "at line 1 column n", which the fault has in its own fields.
    let message = error.to_string();
    let problem = message.rsplit_once(" at line ").map_or(message.as_str(), |(problem, _)| problem);
    let (line, column) = (error.line() as u64, error.column() as u64);
    JsonFault { path, problem: problem.to_owned(), line, column }
}

/// Returns how deep objects and lists are nested. It does not recurse, so a reader can call it before it parses.
pub fn json_nesting(bytes: &[u8]) -> u32 {
    let (mut depth, mut deepest, mut text, mut escaped) = (0u32, 0u32, false, false);
    for &byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if text => escaped = true,
            b'"' => text = !text,
            b'{' | b'[' if !text => {
                depth = depth.saturating_add(1);
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
