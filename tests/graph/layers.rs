//! A file of the library uses only files of its own or a lower layer. The layers are those of the code
//! map in `docs/ARCHITECTURE.md`, which must name every file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A path from the root of the repository.
fn root(path: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(path)
}

/// `file -> layer`, from the rows of the table that begin with a number.
fn layers() -> BTreeMap<String, u32> {
    let page = std::fs::read_to_string(root("docs/ARCHITECTURE.md")).unwrap();
    let mut layers = BTreeMap::new();
    for row in page.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let Ok(layer) = cells[1].parse() else { continue };
        for file in cells[2].split(',').map(|file| file.trim().trim_matches('`')) {
            assert_eq!(layers.insert(file.to_owned(), layer), None, "{file} stands twice");
        }
    }
    layers
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// `src/formats/jsonl.rs` belongs to `formats`.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(root("src")).unwrap();
    let first = inside.iter().next().unwrap().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// What of the crate a file names: `crate::x` in code, whether in a `use` or not. Names that `lib.rs`
/// re-exports (capitalised, or functions) come from lower layers by way of the file that uses them.
fn uses(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut found = Vec::new();
    for line in lines {
        for part in line.split("crate::").skip(1).filter(|_| !line.contains("$crate")) {
            let name: String =
                part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if name.starts_with(|c: char| c.is_lowercase()) {
                found.push(name);
            }
        }
    }
    found
}

#[test]
fn a_file_uses_only_its_own_and_lower_layers() {
    let layers = layers();
    let mut files = Vec::new();
    sources(&root("src"), &mut files);
    assert!(files.len() > 40);
    let mut wrong = Vec::new();
    for file in files.iter().filter(|file| room(file) != "lib") {
        let own = *layers
            .get(&room(file))
            .unwrap_or_else(|| panic!("docs/ARCHITECTURE.md does not name {}", file.display()));
        for used in uses(&std::fs::read_to_string(file).unwrap()) {
            match layers.get(&used) {
                Some(&layer) if layer <= own => {}
                // Macros and re-exported functions.
                None if ["vocabulary", "date", "implicit"].contains(&used.as_str()) => {}
                other => wrong.push(format!("{} ({own}) uses {used} ({other:?})", file.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_code_map_names_no_file_that_is_gone() {
    for file in layers().into_keys() {
        let there = [format!("src/{file}.rs"), format!("src/{file}/mod.rs")]
            .iter()
            .any(|path| root(path).exists());
        assert!(there, "src/{file}.rs is in the code map and not in the tree");
    }
}

#[test]
fn lib_rs_holds_docs_modules_and_re_exports_only() {
    let text = std::fs::read_to_string(root("src/lib.rs")).unwrap();
    let code: String =
        text.lines().filter(|line| !line.starts_with("//") && !line.starts_with('#')).collect();
    for item in code.split(';').map(str::trim).filter(|item| !item.is_empty()) {
        assert!(
            ["mod ", "pub mod ", "pub use "].iter().any(|start| item.starts_with(start)),
            "{item}"
        );
    }
}
