//! Claims that `insert` would refuse.

use super::*;

/// Kinds of which there is one entity count as those of which there are many, in the file and after it.
#[test]
fn the_kinds_of_a_graph_that_was_read_are_those_of_the_one_that_was_written() {
    let mut graph = ClaimGraph::new();
    let [a, b] = ["a", "b"].map(|key| graph.add(State, key).unwrap().id());
    let somewhere = graph.add(Place, "somewhere").unwrap().id();
    let day = date(2024, 10, 18);
    let treaty = |subject, object| {
        PlainClaim::new(a, Stance::Asserts)
            .about(subject, TREATY_WITH, object)
            .valid_on(day)
            .reported(day)
    };
    assert!(graph.extend([treaty(a, b), treaty(b, a), treaty(a, b)]).rejected().is_empty());
    graph.compact();
    let bytes = write(&graph);
    for mut graph in [read(&bytes), graph] {
        let refused = graph.insert(treaty(somewhere, a)).unwrap_err().to_string();
        assert!(refused.contains("somewhere"), "{refused}");
        assert_eq!(graph.extend([treaty(a, b), treaty(a, somewhere)]).rejected().len(), 1);
    }
    // One of the states becomes a place.
    let mut file = File::of(&bytes);
    file.section("kinds").copy_within(4..6, 2);
    let error = ClaimGraph::read_snapshot(file.whole().as_slice()).unwrap_err();
    assert!(error.section() == Some("rows") && error.to_string().contains("Place"), "{error}");
}

/// Where every kind fits every relation, rows are seen to be right by fewer looks; they are the same.
#[test]
fn what_insert_would_refuse_is_refused_where_all_are_of_one_kind_too() {
    let mut graph = ClaimGraph::new();
    let [a, b, c] = ["a", "b", "c"].map(|key| graph.add(State, key).unwrap().id());
    let day = date(2024, 10, 18);
    let told = |subject, object| {
        PlainClaim::new(c, Stance::Asserts)
            .about(subject, ATTACKS, object)
            .valid_on(day)
            .reported(date(2024, 10, 20))
    };
    assert!(graph.extend([told(a, b), told(b, c), told(b, a), told(c, a)]).rejected().is_empty());
    graph.compact();
    let bytes = write(&graph);
    assert_same(&graph, &read(&bytes));
    let forgeries: &[Forgery] = &[
        ("an object that is not there", "rows", "object", |f| f.put("object", 2, 6)),
        ("no object", "rows", "", |f| f.put("object", 2, 0)),
        ("told before it happened", "rows", "valid", |f| f.put("time", 2, 40_000)),
        ("a day past the calendar", "rows", "calendar", |f| f.put("time", 2, 2_932_897)),
        ("a report day past the calendar", "rows", "calendar", |f| f.put("reported", 1, 2_932_897)),
        ("both past the calendar", "rows", "calendar", |f| {
            f.put("time", 2, 2_932_897);
            f.put("reported", 1, 2_932_897);
        }),
        ("a day before the calendar", "rows", "calendar", |f| {
            f.put("time", 2, (-4_371_588i32).cast_unsigned());
        }),
        ("no number instead of the first", "rows", "no row is that of claim 1", |f| {
            let row = row_of(f, 1);
            f.put("claim", row, 0);
        }),
        ("an origin that is not there", "origin", "not there", |f| set(f.section("origin"), 4, 9)),
        ("a relation that is not there", "rows", "not there", |f| f.put("relation", 1, 999)),
        ("one that joins and does not say so", "rows", "not kept", |f| {
            mark(f, 2, |bits| bits ^ 1 << 11)
        }),
        ("one that is symmetric and is not", "rows", "not kept", |f| {
            mark(f, 2, |bits| bits ^ 1 << 13)
        }),
        ("one that answers nothing", "targets", "claim 2: it answers a single claim", |f| {
            mark(f, 2, |bits| bits ^ 1 << 12)
        }),
        ("a number twice", "rows", "", |f| f.put("claim", 2, 1)),
        ("an object without a subject", "rows", "", |f| set(f.section("subjects"), 12, 3)),
    ];
    for (what, section, says, forge) in forgeries {
        let mut file = File::of(&bytes);
        forge(&mut file);
        let error = ClaimGraph::read_snapshot(file.whole().as_slice()).err();
        let error = error.unwrap_or_else(|| panic!("{what} is taken"));
        let message = error.to_string();
        assert!(error.section() == Some(section) && message.contains(says), "{what}: {message}");
    }
}

#[test]
fn what_insert_would_refuse_is_refused() {
    let forgeries: &[Forgery] = &[
        ("a kind that is not there", "kinds", "is not there", |f| half(f.section("kinds"), 2, 999)),
        ("a kind that speaks no more", "rows", "speaker", |f| {
            // `Thing` is the first kind; nothing that speaks.
            half(f.section("kinds"), 0, 0);
        }),
        ("two entities with one key", "keys", "one key", |f| {
            let keys = f.section("keys");
            let at = 4 + 2 * 5;
            keys[at + 1] = keys[at];
        }),
        ("two keys with one letter between them", "keys", "key 1 is no UTF-8", |f| {
            f.section("keys")[4 + 2 * 5..][..2].copy_from_slice("é".as_bytes());
        }),
        ("a key that is no text", "keys", "key 2 is no UTF-8", |f| {
            f.section("keys")[4 + 2 * 5 + 1] = 0xff
        }),
        ("an empty key", "keys", "entity 1: ", |f| {
            f.section("keys").remove(4 + 2 * 5);
            half(f.section("keys"), 4, 0);
        }),
        ("keys longer than all of them", "keys", "bytes", |f| half(f.section("keys"), 4, 2)),
        ("keys shorter than all of them", "keys", "bytes", |f| half(f.section("keys"), 4, 0)),
        ("a key that is none", "keys", "control", |f| f.section("keys")[4 + 2 * 5] = 7),
        ("a key with a space before it", "keys", "white space", |f| {
            f.section("keys")[4 + 2 * 5] = b' '
        }),
        ("a name of nobody", "names", "not there", |f| set(f.section("names"), 0, 77)),
        ("a blank name", "names", "blank", |f| f.section("names")[4 + 4 + 1 + 4] = b' '),
        ("names in another order", "names", "in their order", |f| {
            // Of the second: B, then its former name.
            let names = f.section("names");
            let second = 4 + 4 + 1 + 4 + 1;
            let (first, rest) = names[second + 8..].split_at(1 + 4 + 1);
            let turned = [&names[..second + 8], rest, first].concat();
            *names = turned;
        }),
        ("names of one entity twice", "names", "does not follow", |f| {
            let first = f.section("names")[..4 + 4 + 1 + 4 + 1].to_vec();
            f.section("names").extend(first);
        }),
        ("codes of nobody", "codes", "not there", |f| set(f.section("codes"), 0, 6)),
        ("a document that is a place", "documents", "Document", |f| {
            *f.section("documents") = br#"[{"entity":4,"date":"2024-10-24"}]"#.to_vec();
        }),
        ("a document twice", "documents", "does not follow", |f| {
            *f.section("documents") = br#"[{"entity":5},{"entity":5}]"#.to_vec();
        }),
        ("a document that its own publisher is", "documents", "entity", |f| {
            *f.section("documents") = br#"[{"entity":5,"publisher":5}]"#.to_vec();
        }),
        ("a publisher that is a place", "documents", "Source", |f| {
            *f.section("documents") = br#"[{"entity":5,"publisher":4}]"#.to_vec();
        }),
        ("an origin of nobody", "origins", "no entity 88", |f| set(f.section("origins"), 12, 88)),
        ("an object that is not there", "rows", "object", |f| f.put("object", 0, 6)),
        ("a time that is none", "rows", "time", |f| {
            f.put("time", 0, 0x7000_0000u32.wrapping_neg())
        }),
        ("a period that is not there", "rows", "period", |f| f.put("time", 0, (1 << 28) + 9)),
        ("a part that is not there", "rich", "belongs to a claim", |f| {
            f.put("time", 0, (1 << 29) + 9)
        }),
        ("a number past the last", "rows", "number", |f| f.put("claim", 0, 1_000)),
        ("no number", "rows", "number", |f| f.put("claim", 0, 0)),
        ("a number twice", "rows", "number", |f| {
            let first = f.get("claim", 0);
            f.put("claim", 1, first);
        }),
        ("offsets that fall", "subjects", "rise", |f| set(f.section("subjects"), 4, 7)),
        ("offsets past the rows", "subjects", "rise", |f| {
            let end = f.section("subjects").len() - 4;
            set(f.section("subjects"), end, 99);
        }),
        ("offsets of more entities than there are", "subjects", "rise", |f| {
            let last = f.section("subjects").last_chunk::<4>().copied().unwrap();
            (0..9).for_each(|_| f.section("subjects").extend(last));
        }),
        ("an origin that is not there", "origin", "origin", |f| set(f.section("origin"), 0, 55)),
        ("a day past the calendar", "rows", "calendar", |f| f.put("reported", 0, 9_000_000)),
        ("a relation that is not there", "rows", "relation", |f| f.put("relation", 0, 400)),
        ("bits that stand for nothing", "rows", "stand for nothing", |f| {
            mark(f, 1, |bits| bits | 1 << 15)
        }),
        ("a row too few", "rows", "expected are", |f| {
            let rows = f.rows();
            f.section("rows").truncate((rows - 1) * 20);
        }),
        ("an origin too many", "rows", "expected are", |f| f.section("origin").extend([0; 4])),
        ("a denial without a statement", "rows", "a claim that denies", |f| {
            mark(f, 4, |bits| bits & !31 | 9)
        }),
        ("an assertion that answers", "rows", "a claim that asserts", |f| {
            mark(f, 3, |bits| bits & !31)
        }),
        ("one that joins and does not say so", "rows", "not kept", |f| {
            mark(f, 1, |bits| bits ^ 1 << 11)
        }),
        ("one that is symmetric and does not say so", "rows", "not kept", |f| {
            mark(f, 1, |bits| bits ^ 1 << 13)
        }),
        ("told before it happened", "rows", "valid", |f| {
            let row = row_of(f, 1);
            f.put("time", row, 40_000);
        }),
        ("rows in another order", "rows", "after the one before", |f| {
            // Claims about the second entity come under three relations.
            let (a, b) = (row_of(f, 2), row_of(f, 5));
            let (at_a, at_b) = (f.get("relation", a), f.get("relation", b));
            f.put("relation", a, at_b);
            f.put("relation", b, at_a);
        }),
        ("an object that the relation does not take", "rows", "expected Place", |f| {
            // The first claim becomes one about a visit: its object is no place.
            let (from, to) = (row_of(f, 1), row_of(f, 2));
            let visits = f.get("relation", to);
            f.put("relation", from, visits);
            mark(f, 1, |bits| bits & !(1 << 13));
        }),
        ("an answer to itself", "targets", "comes after", |f| set(f.section("targets"), 4, 3)),
        ("an answer to what is not there", "targets", "not there", |f| {
            set(f.section("targets"), 4, 33)
        }),
        ("an answer by one that answers nothing", "targets", "single claim", |f| {
            set(f.section("targets"), 0, 2);
            set(f.section("targets"), 4, 1);
        }),
        ("an answer too many", "targets", "claim 2: it is not one that answers", |f| {
            let targets = f.section("targets");
            *targets = [&[2, 0, 0, 0, 1, 0, 0, 0], targets.as_slice()].concat();
        }),
        ("an answer too few", "targets", "claim 4: it answers a single claim", |f| {
            f.section("targets").truncate(8)
        }),
        ("answers in another order", "targets", "in its place", |f| {
            f.section("targets").rotate_left(8)
        }),
        ("a part twice", "rich", "", |f| {
            let rich = f.section("rich").clone();
            f.section("rich").extend(&rich[4..]);
        }),
        ("a part of nobody", "affiliations", "no entity 90", |f| {
            *f.section("affiliations") =
                br#"[{"part":90,"kind":"part-of","whole":1,"basis":"stated"}]"#.to_vec();
        }),
        ("a part of itself", "affiliations", "circle", |f| {
            *f.section("affiliations") =
                br#"[{"part":1,"kind":"part-of","whole":1,"basis":"stated"}]"#.to_vec();
        }),
        ("a part twice", "affiliations", "already", |f| {
            let row = r#"{"part":1,"kind":"part-of","whole":2,"basis":"stated"}"#;
            *f.section("affiliations") = format!("[{row},{row}]").into_bytes();
        }),
        ("a lineage without a claim", "lineage", "no claim 99", |f| {
            *f.section("lineage") =
                br#"[{"speaker":1,"source":2,"basis":"stated","claims":[99]}]"#.to_vec();
        }),
        ("a link without a role", "links", "no role", |f| {
            *f.section("links") = br#"[{"from":1,"role":999,"to":2,"basis":"stated"}]"#.to_vec();
        }),
        ("a link to itself", "links", "itself", |f| {
            let link = String::from_utf8(f.section("links").clone()).unwrap();
            *f.section("links") = link.replace("\"to\":5", "\"to\":1").into_bytes();
        }),
        ("a figure for one that gives one", "derivations", "figure", |f| {
            let row = String::from_utf8(f.section("derivations").clone()).unwrap();
            *f.section("derivations") = row.replace("\"claim\":1", "\"claim\":5").into_bytes();
        }),
        ("documents that are no text", "documents", "utf-8", |f| {
            *f.section("documents") = b"[\xff]".to_vec()
        }),
        ("a document without details", "documents", "JSON", |f| {
            *f.section("documents") = b"JSON".to_vec()
        }),
        ("a document that is none", "rich", "not added as a document", |f| {
            *f.section("documents") = b"[]".to_vec()
        }),
        ("a publisher that is not there", "documents", "entity", |f| {
            *f.section("documents") = br#"[{"entity":5,"publisher":70}]"#.to_vec();
        }),
        ("a vocabulary that contradicts itself", "vocabulary", "", |f| {
            let words = String::from_utf8(f.section("vocabulary").clone()).unwrap();
            *f.section("vocabulary") =
                words.replace(r#""key":"visits""#, r#""key":"ally""#).into_bytes();
        }),
        ("something in the end", "end", "nothing", |f| f.section("end").push(0)),
    ];
    let mut wrong: Vec<String> = Vec::new();
    for (what, section, says, forge) in forgeries {
        let mut file = File::of(&write(&small()));
        forge(&mut file);
        match ClaimGraph::read_snapshot(file.whole().as_slice()) {
            Ok(_) => wrong.push(format!("{what} is taken")),
            Err(error) => {
                let message = error.to_string();
                let named = error.section() == Some(section);
                if !named || !(message.contains(says) || *says == "JSON") {
                    wrong.push(format!("{what}: {message}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
