//! Evens out names and keys of other programs' files: white space at the ends is cut off, and other white space and
//! control characters become single spaces.

use claimgraph::format::check_key;

/// Returns a name evened out, or `None` if nothing is left of it.
pub(crate) fn name(text: &str) -> Option<String> {
    Some(even(text)).filter(|text| !text.is_empty())
}

/// Returns a key evened out, or `None` if the text cannot be a key.
pub(crate) fn key(text: &str) -> Option<String> {
    if check_key(text).is_ok() {
        return Some(text.to_owned());
    }
    Some(even(text)).filter(|key| check_key(key).is_ok())
}

fn even(text: &str) -> String {
    let is_between = |c: char| c.is_whitespace() || c.is_control();
    let words: Vec<&str> = text.split(is_between).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_control_characters_become_single_spaces() {
        assert_eq!(name(" Ann\u{a0}\n Lee\t").as_deref(), Some("Ann Lee"));
        assert_eq!(name("A\u{1}B").as_deref(), Some("A B"));
        assert_eq!(name(" \u{7}"), None);
        assert_eq!(key("a  b").as_deref(), Some("a  b"), "a text that can be a key stays as it is");
        assert_eq!(key("Facebook posts ").as_deref(), Some("Facebook posts"));
        assert_eq!((key(""), key(&"x".repeat(513))), (None, None));
    }
}
