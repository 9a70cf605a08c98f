//! The reasons why a command ends without success, and the exit code of each.

use claimgraph::format::{ReadError, ReadErrorKind, WriteError};
use std::io;
use std::process::ExitCode;

/// The reason why a command did not do its work.
#[derive(Debug)]
pub enum Failure {
    /// The reader of the output closed it. This is not an error.
    BrokenPipe,
    /// The file has faults, or it has losses and `--strict` was given. They are already printed.
    Faults,
    /// The arguments do not fit the files.
    Usage(String),
    /// A file cannot be read or written.
    Io(String),
}

impl Failure {
    /// Returns the failure of reading or writing the file of this name.
    pub fn io(name: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            _ => Self::Io(format!("{name}: {error}")),
        }
    }

    /// Returns the failure of writing a graph to the file of this name.
    pub fn write(name: &str, error: &WriteError) -> Self {
        match error {
            WriteError::Io(error) => Self::io(name, error),
            other => Self::Io(format!("{name}: {other}")),
        }
    }

    /// Returns the failure if a fault is of the device and not of the contents.
    pub fn of_device(name: &str, fault: &ReadError) -> Option<Self> {
        match fault.kind() {
            ReadErrorKind::Io(error) if !is_of_contents(error) => {
                Some(Self::Io(format!("{name}: {error}")))
            }
            _ => None,
        }
    }

    /// Prints the reason, and returns the exit code.
    pub fn report(self) -> ExitCode {
        let (code, reason) = match self {
            Self::BrokenPipe => return ExitCode::SUCCESS,
            Self::Faults => return ExitCode::from(1),
            Self::Usage(reason) => (2, reason),
            Self::Io(reason) => (3, reason),
        };
        crate::report::complain(&reason);
        ExitCode::from(code)
    }
}

/// Returns whether the bytes are wrong and not the device: damaged gzip, text that is not UTF-8, a file that is cut.
fn is_of_contents(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof)
}
