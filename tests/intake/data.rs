//! Published files, from the folder that `CLAIMGRAPH_DATA` names.

use std::io::{Read, Write};
use std::path::PathBuf;

/// Returns the text of a file, gzipped or not. Without the folder, the test says what it skips.
pub(crate) fn text(file: &str) -> Option<String> {
    let Some(data) = std::env::var_os("CLAIMGRAPH_DATA") else {
        // Written past the test runner, which hides what a passing test prints with `eprintln!`.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: CLAIMGRAPH_DATA is not set, so {file} is not read"
        );
        return None;
    };
    let path = PathBuf::from(data).join(file);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut text = String::new();
    match file.ends_with(".gz") {
        true => flate2::read::GzDecoder::new(&*bytes).read_to_string(&mut text).map(drop),
        false => (&*bytes).read_to_string(&mut text).map(drop),
    }
    .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(text)
}
