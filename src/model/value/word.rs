//! Closed lists of words: enums that files, people and programs name by the same text.

use crate::model::text::excerpt;

/// A text that is not one of the words expected.
///
/// ```
/// use claimgraph::Stance;
/// assert_eq!("calls-for".parse(), Ok(Stance::CallsFor));
/// let error = "shouts".parse::<Stance>().unwrap_err();
/// assert!(error.to_string().starts_with("invalid stance \"shouts\"; expected asserts, observes, "));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("invalid {what} \"{text}\"; expected {}", expected.join(", "))]
pub struct WordError {
    what: &'static str,
    text: String,
    expected: &'static [&'static str],
}

impl WordError {
    pub(crate) fn new(what: &'static str, text: &str, expected: &'static [&'static str]) -> Self {
        Self { what, text: excerpt(text), expected }
    }

    /// Returns the words that are expected, in the order of declaration.
    pub fn expected(&self) -> &'static [&'static str] {
        self.expected
    }
}

macro_rules! shown {
    ($word:literal) => {
        $word
    };
    ($word:literal, $shown:literal) => {
        $shown
    };
}

/// Gives an enum its list of values and its texts: the word of files, and the word of sentences where it differs.
macro_rules! word_texts {
    ($name:ident, $what:literal { $($variant:ident = $word:literal $(/ $shown:literal)?,)+ }) => {
        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// Returns the word that stands for it in files and in [`FromStr`](std::str::FromStr).
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }
        }

        /// Writes the word as a sentence has it.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(match self {
                    $($name::$variant => $crate::model::value::word::shown!($word $(, $shown)?),)+
                })
            }
        }

        /// Reads the word of files, or the one of sentences.
        impl std::str::FromStr for $name {
            type Err = $crate::model::value::word::WordError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word $(| $shown)? => Ok($name::$variant),)+
                    _ => Err($crate::model::value::word::WordError::new($what, text, &[$($word),+])),
                }
            }
        }
    };
}

/// Declares an enum whose word in files is its name in kebab case.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident, $what:literal {
        $($(#[$vmeta:meta])* $variant:ident = $word:literal $(/ $shown:literal)?,)+
    }) => {
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        $(#[$meta])*
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        $crate::model::value::word::word_texts! { $name, $what { $($variant = $word $(/ $shown)?,)+ } }
    };
}

pub(crate) use {shown, word_texts, words};

#[cfg(test)]
mod tests {
    use crate::model::affiliation::AffiliationKind;
    use crate::model::lineage::Dependence;
    use crate::model::time::period::Aspect;
    use crate::model::value::answer::Answer;
    use crate::model::value::direction::Direction;
    use crate::model::value::grade::{Credibility, Likelihood, Reliability};
    use crate::model::value::name::NameKind;
    use crate::model::value::quantity::Precision;
    use crate::model::value::stance::*;

    macro_rules! check {
        ($($name:ident),+) => { $(
            for &value in $name::ALL {
                let wire = serde_json::to_string(&value).unwrap();
                assert_eq!(wire.trim_matches('"'), value.as_str());
                assert_eq!((value.as_str().parse(), value.to_string().parse()), (Ok(value), Ok(value)));
            }
            assert!("".parse::<$name>().is_err());
        )+ };
    }

    #[test]
    fn each_word_is_read_as_it_is_written_in_files_and_in_sentences() {
        check!(
            AffiliationKind,
            Answer,
            Aspect,
            Basis,
            Bearing,
            Certainty,
            Credibility,
            Dependence,
            Direction
        );
        check!(
            Likelihood,
            Modality,
            NameKind,
            Polarity,
            Precision,
            Prominence,
            Reliability,
            Stance
        );
    }
}
