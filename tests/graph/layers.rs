//! The tree of `src/` is the table of layers: a file uses only its own folder and those below it, and names the
//! file that defines an item, never the crate root.

use std::path::{Path, PathBuf};

/// From the bottom up. Folders of one row do not use each other.
const LAYERS: [&[&str]; 10] = [
    &["model"],
    &["store"],
    &["graph"],
    &["view"],
    &["identity"],
    &["questions"],
    &["sources", "network", "change"],
    &["files"],
    &["public", "guide"],
    &["lib"],
];

fn layer(folder: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&folder))
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

/// The paths after `crate::` in the code of a file, without its comments, unit tests and macros.
fn imports(text: &str) -> Vec<&str> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap().lines();
    let code = code.filter(|line| !line.trim_start().starts_with("//"));
    let paths = code.flat_map(|line| line.match_indices("crate::").map(move |(at, _)| (line, at)));
    let own = paths.filter(|&(line, at)| {
        !line[..at].ends_with(|c: char| c == '$' || c == '_' || c.is_alphanumeric())
    });
    own.map(|(line, at)| &line[at + "crate::".len()..]).collect()
}

#[test]
fn a_file_uses_only_its_own_folder_and_those_below() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../src"));
    let mut files = Vec::new();
    sources(root, &mut files);
    assert!(files.len() > 80);
    let mut wrong = Vec::new();
    for file in files {
        let inside = file.strip_prefix(root).unwrap();
        let own = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        let Some(mine) = layer(own) else {
            wrong.push(format!("{own} is not in the list of layers"));
            continue;
        };
        for import in imports(&std::fs::read_to_string(&file).unwrap()) {
            let used = import.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
            let below = layer(used).is_some_and(|layer| layer < mine || used == own);
            // The one macro; it declares the built-in vocabularies.
            if !below && !import.starts_with("vocabulary!") {
                wrong.push(format!("{} uses crate::{used}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn claims_and_names_of_entities_are_kept_apart() {
    let store = concat!(env!("CARGO_MANIFEST_DIR"), "/../src/store");
    let mut ledger = Vec::new();
    sources(&Path::new(store).join("ledger"), &mut ledger);
    sources(&Path::new(store).join("columns"), &mut ledger);
    for file in ledger {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(!text.contains("store::entity_"), "{} reads the entities", file.display());
    }
    let table = std::fs::read_to_string(format!("{store}/entity_table.rs")).unwrap();
    assert!(!table.contains("store::ledger") && !table.contains("store::columns"));
}

#[test]
fn lib_rs_holds_docs_modules_and_re_exports_only() {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../src/lib.rs")).unwrap();
    let lines = text.lines().map(str::trim);
    let code: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with('#'))
        .collect();
    let items = code.join(" ").replace(['{', '}'], ";");
    for item in items.split(';').map(str::trim).filter(|item| !item.is_empty()) {
        let named = item.split(", ").all(|name| {
            name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | ',' | '*'))
        });
        let allowed = ["mod ", "pub mod ", "pub use "].iter().any(|start| item.starts_with(start));
        assert!(allowed || named, "{item}");
    }
}

/// FxHash has no seed, so anybody who writes a file could choose texts that collide. Only types that are written out are
/// seen.
#[test]
fn no_text_from_outside_has_a_hash_without_a_seed() {
    let tree = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let mut files = Vec::new();
    for own in ["src", "crates/claimgraph-formats/src", "crates/claimgraph-analysis/src"] {
        sources(&Path::new(tree).join(own), &mut files);
    }
    let starts = ["FxHashMap<", "FxHashSet<", "IndexMap<", "IndexSet<", "HashMap<", "HashSet<"];
    let mut seen = 0;
    for file in files {
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let keys = starts.iter().flat_map(|start| line.split(start).skip(1));
            for key in keys.filter(|_| line.contains("Fx")) {
                let key = key.split([',', '>']).next().unwrap().replace("&'static str", "");
                let mut words = key.split(|c: char| !c.is_alphanumeric());
                let texts = ["str", "String", "Text", "Name", "Period", "Quantity"];
                assert!(!words.any(|word| texts.contains(&word)), "{}: {line}", file.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 50, "{seen}");
}
