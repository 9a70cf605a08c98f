//! The command run as a process: what it prints, what it writes, and how it ends.

use claimgraph::reporting::*;
use claimgraph::{Claim, ClaimGraph, Entity, Quantity, date};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_claimgraph"))
}

/// Runs the command in a folder, with this standard input.
fn run(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = command();
    command.current_dir(folder).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    // The command may end before it reads all.
    _ = child.stdin.take().expect("it is piped").write_all(input);
    child.wait_with_output().expect("the command ends")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("no signal ended it")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("it is UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("it is UTF-8")
}

/// A folder of this test that is empty.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder is made");
    folder
}

/// A deployment that two agencies count differently and that its target dismisses.
fn sample() -> ClaimGraph {
    let mut graph = ClaimGraph::new();
    let day = date(2024, 5, 2);
    let north = graph.add(State, Entity::new("north").named("<b>Northland</b> & Co")).unwrap();
    let south = graph.add(State, Entity::new("south").named("Southland")).unwrap();
    let office = graph.add(Agency, "office").unwrap();
    let gazette = graph.add(Agency, "gazette").unwrap();
    let sent = Claim::by(office).asserts(north, DEPLOYS_TO, south);
    let sent = graph
        .insert(sent.quantity(Quantity::exactly(300, "sailors")).valid("2024-05").reported(day))
        .unwrap();
    let other = Claim::by(gazette).asserts(north, DEPLOYS_TO, south);
    graph
        .insert(other.quantity(Quantity::exactly(900, "sailors")).valid("2024-05").reported(day))
        .unwrap();
    graph.insert(Claim::by(south).dismisses(sent).reported(date(2024, 5, 3))).unwrap();
    graph
}

const FORMATS: [&str; 7] = ["cgs", "trig", "nq.gz", "rdf", "classic.trig", "jsonld", "ttl"];

#[test]
fn a_file_goes_into_each_whole_format_and_back() {
    let (folder, text) = (folder("whole"), sample().to_jsonl());
    fs::write(folder.join("in.jsonl"), &text).unwrap();
    let names = FORMATS.map(|end| format!("there.{end}"));
    for name in names.iter().map(String::as_str).chain(["tables"]) {
        let there = run(&folder, &["convert", "in.jsonl", name, "--strict"], b"");
        assert_eq!(code(&there), 0, "{name}: {}", err(&there));
        let back = run(&folder, &["convert", name, "-", "--to", "jsonl"], b"");
        assert_eq!((code(&back), out(&back)), (0, text.clone()), "{name}: {}", err(&back));
    }
}

#[test]
fn each_loss_has_its_place_and_strict_writes_nothing() {
    let (folder, text) = (folder("lossy"), sample().to_jsonl());
    for name in ["a.graphml", "a.gexf", "a.dot", "a.ftm.json", "a.claimreview.json"] {
        let done = run(&folder, &["convert", "-", name, "--from", "jsonl"], text.as_bytes());
        assert_eq!(code(&done), 0, "{name}: {}", err(&done));
        assert!(err(&done).contains("not carried: "), "{name}: {}", err(&done));
        fs::remove_file(folder.join(name)).unwrap();
        let strict = ["convert", "-", name, "--from", "jsonl", "--strict"];
        assert_eq!(code(&run(&folder, &strict, text.as_bytes())), 1, "{name}");
        assert!(!folder.join(name).exists(), "{name}");
    }
}

#[test]
fn each_fault_has_its_line_column_and_field() {
    let folder = folder("faults");
    let text = sample().to_jsonl() + "{\"kind\": 3}\n{broken\n";
    let line = text.lines().count() as u64;
    let done = run(&folder, &["check", "-", "--from", "jsonl", "--json"], text.as_bytes());
    assert_eq!(code(&done), 1, "{}", err(&done));
    let report: serde_json::Value = serde_json::from_str(&out(&done)).unwrap();
    let faults = report["faults"].as_array().unwrap();
    assert_eq!(faults.len(), 2, "{report}");
    assert_eq!(faults[0]["line"], line - 1);
    assert_eq!(faults[1]["line"], line);
    assert!(faults[1]["column"].is_u64(), "{report}");
    let done = run(&folder, &["check", "-", "--from", "jsonl"], text.as_bytes());
    assert!(out(&done).contains(&format!("standard input: line {line}")), "{}", out(&done));
    let done = run(&folder, &["convert", "-", "a.cgs", "--from", "jsonl"], text.as_bytes());
    assert_eq!((code(&done), folder.join("a.cgs").exists()), (1, false));
}

#[test]
fn a_sound_file_passes_the_check() {
    let folder = folder("sound");
    let done = run(&folder, &["check", "-", "--from", "jsonl"], sample().to_jsonl().as_bytes());
    assert_eq!((code(&done), out(&done)), (0, "3 claims, 4 entities\n".to_owned()));
}

#[test]
fn a_table_without_a_mapping_is_refused() {
    let folder = folder("table");
    fs::write(folder.join("a.csv"), "x,y\n1,2\n").unwrap();
    let done = run(&folder, &["check", "a.csv"], b"");
    assert_eq!(code(&done), 2);
    assert!(err(&done).contains("--mapping"), "{}", err(&done));
}

#[test]
fn wrong_arguments_end_with_2_and_missing_files_with_3() {
    let folder = folder("arguments");
    for wrong in [
        &["convert"][..],
        &["no-such-command"],
        &["check", "-"],
        &["check", "a.xyz"],
        &["check", "a.dot"],
        &["check", "a.jsonl", "--from", "xyz"],
        &["check", "a.jsonl", "--reported", "tomorrow"],
        &["convert", "-", "a.csv", "--from", "jsonl"],
        &["convert", "-", "-", "--from", "jsonl"],
    ] {
        let done = run(&folder, wrong, b"");
        assert_eq!((code(&done), out(&done)), (2, String::new()), "{wrong:?}: {}", err(&done));
        assert!(!err(&done).is_empty(), "{wrong:?}");
    }
    let missing = run(&folder, &["check", "missing.jsonl"], b"");
    assert_eq!(code(&missing), 3);
    assert!(err(&missing).starts_with("claimgraph: missing.jsonl: "), "{}", err(&missing));
    let text = sample().to_jsonl();
    let nowhere = ["convert", "-", "no/such/folder.cgs", "--from", "jsonl"];
    assert_eq!(code(&run(&folder, &nowhere, text.as_bytes())), 3);
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let folder = folder("pipe");
    let convert = &["convert", "-", "-", "--from", "jsonl", "--to", "jsonl"][..];
    for arguments in [convert, &["check", "-", "--from", "jsonl"]] {
        let mut command = command();
        command.current_dir(&folder).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // The command writes after it has read all, so the pipe is closed by then.
        drop(child.stdout.take());
        child.stdin.take().unwrap().write_all(sample().to_jsonl().as_bytes()).unwrap();
        let done = child.wait_with_output().unwrap();
        assert_eq!(code(&done), 0, "{arguments:?}: {}", err(&done));
        assert!(!err(&done).contains("panicked"), "{arguments:?}: {}", err(&done));
    }
}

#[test]
fn completion_is_made_for_each_shell() {
    for shell in ["bash", "zsh", "fish"] {
        let done = run(&folder("completion"), &["completion", shell], b"");
        assert_eq!(code(&done), 0, "{shell}: {}", err(&done));
        assert!(out(&done).contains("convert"), "{shell}");
    }
}

#[test]
fn a_briefing_escapes_the_names_of_others() {
    let (folder, text) = (folder("brief"), sample().to_jsonl());
    let brief = |form: &str| {
        let arguments = ["brief", "-", "--from", "jsonl", "--form", form];
        let done = run(&folder, &arguments, text.as_bytes());
        assert_eq!(code(&done), 0, "{form}: {}", err(&done));
        out(&done)
    };
    let page = brief("html");
    assert!(page.contains("&lt;b&gt;Northland&lt;/b&gt; &amp; Co"), "{page}");
    assert!(!page.contains("<b>"), "{page}");
    let markdown = brief("markdown");
    assert!(markdown.contains("\\<b\\>Northland\\</b\\> \\& Co"), "{markdown}");
    assert!(!markdown.contains("<b>Northland"), "{markdown}");
    let plain = brief("text");
    for heading in ["WHAT IS SAID", "FIGURES THAT DIFFER", "CONTESTED", "TIMELINE"] {
        assert!(plain.contains(&format!("\n{heading}\n")), "{plain}");
    }
}

#[test]
fn a_briefing_is_as_of_a_day_and_without_a_source() {
    let (folder, text) = (folder("brief_view"), sample().to_jsonl());
    let title = |more: &[&str]| {
        let arguments = [&["brief", "-", "--from", "jsonl", "--json"], more].concat();
        let done = run(&folder, &arguments, text.as_bytes());
        assert_eq!(code(&done), 0, "{}", err(&done));
        let briefing: serde_json::Value = serde_json::from_str(&out(&done)).unwrap();
        briefing["title"].as_str().unwrap().to_owned()
    };
    assert_eq!(title(&[]), "standard input: 3 claims");
    assert_eq!(title(&["--as-of", "2024-05-02"]), "standard input: 2 claims");
    assert_eq!(title(&["--without", "gazette"]), "standard input: 2 claims");
    assert_eq!(title(&["--without", "Southland"]), "standard input: 2 claims");
    let unknown = ["brief", "-", "--from", "jsonl", "--without", "nobody"];
    let done = run(&folder, &unknown, text.as_bytes());
    assert_eq!(code(&done), 2);
    assert!(err(&done).contains("\"nobody\""), "{}", err(&done));
}

#[test]
fn each_question_is_answered_as_text_and_as_json() {
    let (folder, text) = (folder("ask"), sample().to_jsonl());
    for (question, said, count) in [
        ("statements", "deploys to Southland", 1),
        ("contested", "300 sailors", 1),
        ("conflicts", "900 sailors", 1),
        ("timeline", "2024-05", 1),
        ("watch", "", 0),
        ("sources", "independent source", 1),
        ("mentions", "Southland", 3),
        ("figures", "900 sailors", 1),
    ] {
        let of: &[&str] = if question == "mentions" { &["--of", "Southland"] } else { &[] };
        let arguments = [&["ask", "-", question, "--from", "jsonl"], of].concat();
        let done = run(&folder, &arguments, text.as_bytes());
        assert_eq!(code(&done), 0, "{question}: {}", err(&done));
        assert!(out(&done).contains(said), "{question}: {}", out(&done));
        let done = run(&folder, &[&arguments[..], &["--json"]].concat(), text.as_bytes());
        let answer: serde_json::Value = serde_json::from_str(&out(&done)).unwrap();
        assert_eq!(answer[question].as_array().map(Vec::len), Some(count), "{answer}");
    }
}

#[test]
fn questions_are_asked_together_and_of_a_view() {
    let (folder, text) = (folder("ask_view"), sample().to_jsonl());
    let arguments = ["ask", "-", "contested", "conflicts", "--from", "jsonl", "--json"];
    let counts = |more: &[&str]| {
        let done = run(&folder, &[&arguments[..], more].concat(), text.as_bytes());
        let answer: serde_json::Value = serde_json::from_str(&out(&done)).unwrap();
        ["contested", "conflicts"].map(|name| answer[name].as_array().unwrap().len())
    };
    assert_eq!(counts(&[]), [1, 1]);
    assert_eq!(counts(&["--as-of", "2024-05-02"]), [0, 1]);
    assert_eq!(counts(&["--without", "gazette"]), [1, 0]);
    for wrong in [
        &["ask", "-", "mentions", "--from", "jsonl"][..],
        &["ask", "-", "watch", "--of", "south", "--from", "jsonl"],
        &["ask", "-", "gossip", "--from", "jsonl"],
    ] {
        assert_eq!(code(&run(&folder, wrong, text.as_bytes())), 2, "{wrong:?}");
    }
}

#[test]
fn a_question_of_a_faulty_file_prints_the_faults() {
    let folder = folder("ask_faulty");
    let done = run(&folder, &["ask", "-", "watch", "--from", "jsonl"], b"{broken\n");
    assert_eq!((code(&done), out(&done)), (1, String::new()));
    assert!(err(&done).contains("line 1"), "{}", err(&done));
}

#[test]
fn the_difference_of_two_files_says_what_was_added() {
    let folder = folder("diff");
    let text = sample().to_jsonl();
    fs::write(folder.join("a.jsonl"), &text).unwrap();
    let mut graph = sample();
    let north = graph.entity_keyed("north").unwrap();
    let south = graph.entity_keyed("south").unwrap();
    let [north, south] = [north, south].map(|state| graph.typed::<State>(state).unwrap());
    let denial = Claim::by(south).denies(north, DEPLOYS_TO, south).reported(date(2024, 5, 4));
    graph.insert(denial).unwrap();
    fs::write(folder.join("b.jsonl"), graph.to_jsonl()).unwrap();
    let done = run(&folder, &["diff", "a.jsonl", "b.jsonl"], b"");
    assert_eq!(code(&done), 0, "{}", err(&done));
    assert!(out(&done).starts_with("1 claim added, 0 claims removed\n"), "{}", out(&done));
    let done =
        run(&folder, &["diff", "-", "b.jsonl", "--from", "jsonl", "--json"], text.as_bytes());
    let change: serde_json::Value = serde_json::from_str(&out(&done)).unwrap();
    assert_eq!(change["added"].as_array().map(Vec::len), Some(1), "{change}");
    let day = ["diff", "a.jsonl", "b.jsonl", "--as-of", "2024-05-03"];
    let done = run(&folder, &day, b"");
    assert_eq!(out(&done), "0 claims added, 0 claims removed\n");
}

/// The device is reached by a link in the test's own folder, so that a wrong rename replaces the link alone.
#[cfg(target_os = "linux")]
#[test]
fn a_device_is_written_into_and_not_replaced() {
    let folder = folder("device");
    let link = folder.join("full.jsonl");
    std::os::unix::fs::symlink("/dev/full", &link).unwrap();
    let text = sample().to_jsonl();
    let arguments = ["convert", "-", "full.jsonl", "--from", "jsonl"];
    let done = run(&folder, &arguments, text.as_bytes());
    assert_eq!(code(&done), 3, "{}", err(&done));
    assert!(err(&done).contains("claimgraph: full.jsonl: "), "{}", err(&done));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_the_file_it_leads_to_is_written() {
    let (folder, text) = (folder("link"), sample().to_jsonl());
    fs::write(folder.join("real.jsonl"), "old").unwrap();
    std::os::unix::fs::symlink("real.jsonl", folder.join("link.jsonl")).unwrap();
    let arguments = ["convert", "-", "link.jsonl", "--from", "jsonl"];
    assert_eq!(code(&run(&folder, &arguments, text.as_bytes())), 0);
    assert!(fs::symlink_metadata(folder.join("link.jsonl")).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(folder.join("real.jsonl")).unwrap(), text);
}

#[test]
fn damaged_bytes_are_a_fault_of_the_file() {
    let folder = folder("damaged");
    for format in ["nq.gz", "jsonl.gz", "cgs", "cgs.gz", "graphml", "trig", "stix.json"] {
        let done = run(&folder, &["check", "-", "--from", format], b"\xff\x1b[31m<\x00");
        assert_eq!(code(&done), 1, "{format}: {}", err(&done));
        assert!(!out(&done).contains('\u{1b}'), "{format}: {}", out(&done));
    }
}
