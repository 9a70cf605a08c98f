//! The options of the readers of other programs' files, and the macro that makes these readers. The options hold
//! what such a file lacks: its key as a document, and its report day.

use claimgraph::format::Limits;
use jiff::civil::Date;

/// The key of the file as a document, the report day of claims that have none in the file, and the limits.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Options {
    pub(crate) document: Option<String>,
    pub(crate) reported: Option<Date>,
    pub(crate) limits: Limits,
}

impl Options {
    pub(crate) fn key(&self, usual: &str) -> String {
        self.document.clone().unwrap_or_else(|| usual.to_owned())
    }
}

/// Makes the `Reader` of a format: its options, and `read`, which calls the function of the format.
macro_rules! reader {
    ($(#[$meta:meta])* by $read:expr) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Debug, Default)]
        #[must_use = "a reader reads nothing until it is given an input"]
        pub struct Reader(crate::reader_options::Options);

        impl Reader {
            /// Makes a reader with the default limits, and a document with the name of the format.
            pub fn new() -> Self {
                Self::default()
            }

            /// Sets the key of the file as a document. The document is the speaker if the file names none.
            pub fn document(mut self, key: impl Into<String>) -> Self {
                self.0.document = Some(key.into());
                self
            }

            /// Sets the report day of claims that have none in the file.
            pub fn reported(mut self, day: jiff::civil::Date) -> Self {
                self.0.reported = Some(day);
                self
            }

            /// Sets the limits.
            pub fn limits(mut self, limits: claimgraph::format::Limits) -> Self {
                self.0.limits = limits;
                self
            }

            /// Reads the whole file, or nothing if it has a fault.
            ///
            /// # Errors
            /// The first fault, with its line, column and field if it has them.
            pub fn read(
                self,
                input: impl std::io::BufRead,
            ) -> Result<claimgraph::format::ReadReport, claimgraph::format::ReadError> {
                let mut input = claimgraph::format::BoundedInput::new(input, self.0.limits);
                let read: crate::reader_options::Read = $read;
                read(&mut input, &self.0)
            }
        }
    };
}
pub(crate) use reader;

/// The function that reads a file of a format.
pub(crate) type Read = fn(
    &mut dyn std::io::BufRead,
    &Options,
) -> Result<claimgraph::format::ReadReport, claimgraph::format::ReadError>;
