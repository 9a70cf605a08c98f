//! Offsets of a text in bytes, in characters and in UTF-16.

use crate::quotation::error::OffsetError;
use serde::Serialize;
use std::fmt;
use std::ops::Range;

/// The unit in which an offset is counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OffsetUnit {
    /// Bytes of UTF-8, as in Rust and in spans of claims.
    Bytes,
    /// Unicode scalar values, as in Python.
    Characters,
    /// Units of UTF-16, as in JavaScript and Java.
    Utf16,
}

impl OffsetUnit {
    fn width(self, c: char) -> usize {
        match self {
            Self::Bytes => c.len_utf8(),
            Self::Characters => 1,
            Self::Utf16 => c.len_utf16(),
        }
    }
}

impl fmt::Display for OffsetUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bytes => "bytes",
            Self::Characters => "characters",
            Self::Utf16 => "units of UTF-16",
        })
    }
}

/// The offsets of a text, ready to be turned from one unit into another. A look-up reads at most 256 characters.
///
/// ```
/// use claimgraph_intake::quotation::{OffsetUnit, Offsets};
/// let offsets = Offsets::of("a😀é");
/// assert_eq!(offsets.to_bytes(2, OffsetUnit::Characters), Ok(5));
/// assert_eq!(offsets.to_bytes(3, OffsetUnit::Utf16), Ok(5));
/// assert_eq!(offsets.from_bytes(5, OffsetUnit::Utf16), Ok(3));
/// assert_eq!(offsets.range_to_bytes(1..3, OffsetUnit::Utf16), Ok(1..5));
/// let error = offsets.to_bytes(2, OffsetUnit::Utf16).unwrap_err();
/// assert_eq!(error.to_string(), "offset 2 in units of UTF-16 lies inside a character: it begins at 1");
/// let error = offsets.to_bytes(4, OffsetUnit::Characters).unwrap_err();
/// assert_eq!(error.to_string(), "offset 4 is past the end: the text has 3 characters");
/// ```
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    /// The place of every 256th character.
    marks: Vec<Place>,
}

/// One place, in each unit.
#[derive(Clone, Copy, Default, Debug)]
struct Place {
    bytes: usize,
    characters: usize,
    utf16: usize,
}

impl Place {
    fn in_unit(self, unit: OffsetUnit) -> usize {
        match unit {
            OffsetUnit::Bytes => self.bytes,
            OffsetUnit::Characters => self.characters,
            OffsetUnit::Utf16 => self.utf16,
        }
    }

    /// Returns the place after this character.
    fn after(self, c: char) -> Self {
        Self {
            bytes: self.bytes + c.len_utf8(),
            characters: self.characters + 1,
            utf16: self.utf16 + c.len_utf16(),
        }
    }
}

impl<'t> Offsets<'t> {
    /// Reads a text once.
    pub fn of(text: &'t str) -> Self {
        let mut place = Place::default();
        let mut marks = vec![place];
        for c in text.chars() {
            place = place.after(c);
            if place.characters.is_multiple_of(256) {
                marks.push(place);
            }
        }
        Self { text, marks }
    }

    /// Turns an offset into bytes.
    ///
    /// # Errors
    /// The offset is past the end or inside a character.
    pub fn to_bytes(&self, offset: usize, unit: OffsetUnit) -> Result<usize, OffsetError> {
        self.turned(offset, unit, OffsetUnit::Bytes)
    }

    /// Turns bytes into an offset of this unit.
    ///
    /// # Errors
    /// The bytes are past the end or inside a character.
    pub fn from_bytes(&self, bytes: usize, unit: OffsetUnit) -> Result<usize, OffsetError> {
        self.turned(bytes, OffsetUnit::Bytes, unit)
    }

    /// Turns both ends of a range into bytes.
    ///
    /// # Errors
    /// One end is past the end of the text or inside a character.
    pub fn range_to_bytes(
        &self,
        range: Range<usize>,
        unit: OffsetUnit,
    ) -> Result<Range<usize>, OffsetError> {
        Ok(self.to_bytes(range.start, unit)?..self.to_bytes(range.end, unit)?)
    }

    /// Turns an offset of one unit into one of another.
    fn turned(
        &self,
        offset: usize,
        from: OffsetUnit,
        to: OffsetUnit,
    ) -> Result<usize, OffsetError> {
        let next = self.marks.partition_point(|mark| mark.in_unit(from) <= offset);
        let mut place = self.marks.get(next.wrapping_sub(1)).copied().unwrap_or_default();
        for c in self.text.get(place.bytes..).unwrap_or_default().chars() {
            let start = place.in_unit(from);
            if offset == start {
                return Ok(place.in_unit(to));
            }
            if offset < start + from.width(c) {
                return Err(OffsetError::InsideCharacter { offset, start, unit: from });
            }
            place = place.after(c);
        }
        match place.in_unit(from) {
            length if length == offset => Ok(place.in_unit(to)),
            length => Err(OffsetError::PastEnd { offset, length, unit: from }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_offset_of_a_long_text_leads_there_and_back() {
        let text = "aé€😀".repeat(300);
        let offsets = Offsets::of(&text);
        for (number, (bytes, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.to_bytes(number, OffsetUnit::Characters), Ok(bytes));
            assert_eq!(offsets.from_bytes(bytes, OffsetUnit::Characters), Ok(number));
            let utf16 = text[..bytes].encode_utf16().count();
            assert_eq!(offsets.from_bytes(bytes, OffsetUnit::Utf16), Ok(utf16));
            assert_eq!(offsets.to_bytes(utf16, OffsetUnit::Utf16), Ok(bytes));
        }
        assert_eq!(offsets.from_bytes(text.len(), OffsetUnit::Characters), Ok(1200));
        assert!(offsets.from_bytes(2, OffsetUnit::Characters).is_err());
        assert!(offsets.to_bytes(usize::MAX, OffsetUnit::Utf16).is_err());
    }
}
