//! Graphs of hostile names for every format, and the folder for files of outside readers.

use claimgraph::{
    Claim, ClaimGraph, Date, DocumentInfo, Entity, Period, Quantity, Statement,
    claim::{Derivation, Link},
    date,
    entity::{Affiliation, Name},
    reporting::*,
    sources::Lineage,
};
use std::path::PathBuf;

const DAY: Date = date(2024, 10, 24);

/// 17 kinds of hostile name, and which of them XML and DOT cannot hold.
pub const HOSTILE: [(&str, &str, bool); 17] = [
    ("quotes", "\"double\" 'single' \u{201c}curly\u{201d} `back`", true),
    ("angle brackets", "<script>alert(1)</script>", true),
    ("ampersands", "a & b &amp; &lt;c&gt; &#65; &unknown;", true),
    ("the end of CDATA", "a]]>b<![CDATA[c", true),
    ("comments", "<!-- -- -->", true),
    ("line breaks", "one\ntwo\r\nthree\rfour\u{2028}five\u{85}six", true),
    ("tabs and spaces at the ends", "\t x \u{a0} ", true),
    ("control characters", "\u{1}\u{7}\u{8}\u{1b}[31mred\u{7f}\u{9b}", false),
    ("a nul", "nul\0nul", false),
    ("formulas", "=cmd|' /C calc'!A0", true),
    ("more formulas", "+1+1;-1;@SUM(A1),\"=2\"", true),
    ("right-to-left marks", "\u{202e}gnp.exe\u{202c}\u{200f}\u{61c}\u{2066}x\u{2069}", true),
    (
        "combining marks and joiners",
        "e\u{301}\u{302}Z\u{321}\u{34f}\u{1f469}\u{200d}\u{1f469}",
        true,
    ),
    ("noncharacters", "\u{fffe}\u{ffff}", false),
    ("backslashes", "C:\\new\\table\\N \\\"", true),
    ("a byte order mark", "\u{feff}bom", true),
    ("markup of other languages", "'; DROP TABLE x; -- ${y} %s {{z}} _x0041_ \\N", true),
];

/// A graph in which the text stands in every place for free text.
pub fn graph_of(text: &str) -> ClaimGraph {
    let mut graph = ClaimGraph::new();
    let key =
        format!("key {}", text.chars().filter(|c| !c.is_control()).collect::<String>().trim());
    let named = Entity::new(&*key)
        .with_name(Name::alias(text).in_language(text))
        .named(text)
        .code(text, text)
        .code("", "");
    let nk = graph.add(State, named).unwrap();
    let russia = graph.add(State, "russia").unwrap();
    let paper =
        graph.add_document("paper", DocumentInfo::dated(DAY).titled(text).with_text(text)).unwrap();
    let said = Claim::by(nk)
        .relayed_by(russia)
        .asserts(nk, MEETS, russia)
        .with(MANNER, text)
        .with(ABOUT, text)
        .with(CONDITION, Statement::new(nk, HAS_PURPOSE, text))
        .quantity(Quantity::vague(text, text))
        .valid(Period::on(DAY).in_words(text))
        .words(text)
        .cue(text, 0..text.len())
        .quote(claimgraph::claim::Quote::fragment(text).at(0..text.len()))
        .read_in(paper, 0..text.len());
    let said = graph.insert(said).unwrap();
    let other =
        graph.insert(Claim::by(nk).asserts(nk, HAS_PURPOSE, text).words("").reported(DAY)).unwrap();
    graph.link(Link::part_of(other, said).because(text)).unwrap();
    graph
        .add_derived_figure(
            other,
            Derivation::new(Quantity::stated(1, text).in_words(text), text, [said]),
        )
        .unwrap();
    let period = Period::since(DAY).in_words(text);
    graph.add_affiliation(Affiliation::part_of(nk, russia).valid(period)).unwrap();
    graph.add_lineage(Lineage::new(nk, russia).for_claims([other])).unwrap();
    graph
}

/// The folder for files that outside readers check, if one is given.
pub fn out(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("CLAIMGRAPH_OUT")?);
    std::fs::create_dir_all(&folder).unwrap();
    Some(folder.join(name))
}
