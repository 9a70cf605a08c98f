//! Claims that `insert` would refuse: `check_all` finds them, and what the store relies on is refused on reading.

use super::*;
use claimgraph::claim::Quote;

/// A kind with one entity is checked like a kind with many, in the file and after reading.
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
    let faults = read(&file.whole()).check_all();
    assert!(faults.iter().any(|(_, fault)| fault.to_string().contains("Place")), "{faults:?}");
}

#[test]
fn what_insert_would_refuse_is_found_in_plain_claims() {
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
    assert_eq!(read(&bytes).check_all(), []);
    let forgeries: &[Forgery] = &[
        ("an object that is not there", "heads", "object", |f| f.put("object", 2, 6)),
        ("no object", CHECKED, "claim#", |f| f.put("object", 2, 0)),
        ("told before it happened", CHECKED, "valid", |f| f.put("time", 2, 20_100)),
        ("a day past the calendar", "heads", "calendar", |f| f.put("time", 2, 2_932_898)),
        ("a report day past the calendar", "reported", "calendar", |f| {
            f.put("reported", 1, 2_932_897)
        }),
        ("a day before the calendar", "heads", "calendar", |f| {
            f.put("time", 2, (-4_371_588i32).cast_unsigned());
        }),
        ("no number instead of the first", "heads", "number of a claim", |f| {
            let row = row_of(f, 1);
            f.put("claim", row, 0);
        }),
        ("an origin that is not there", "origin", "not there", |f| set(f.section("origin"), 4, 9)),
        ("no origin", "origin", "not there", |f| set(f.section("origin"), 4, 0)),
        ("a relation that is not there", "relation", "not there", |f| f.put("relation", 1, 999)),
        ("one that joins and does not say so", CHECKED, "claim#2: it is not kept", |f| {
            mark(f, 2, |bits| bits ^ 1 << 11)
        }),
        ("one that is symmetric and is not", CHECKED, "claim#2: it is not kept", |f| {
            mark(f, 2, |bits| bits ^ 1 << 13)
        }),
        ("one that answers nothing", "targets", "there are 0 of 1", |f| {
            mark(f, 2, |bits| bits ^ 1 << 12)
        }),
        ("a number twice", "heads", "twice", |f| f.put("claim", 2, 1)),
        ("a number past the last", "heads", "number of a claim", |f| f.put("claim", 2, 5)),
        ("an object without a subject", CHECKED, "claim#", |f| set(f.section("subjects"), 12, 3)),
    ];
    assert_found(&bytes, forgeries);
}

#[test]
fn what_insert_would_refuse_is_found() {
    let forgeries: &[Forgery] = &[
        ("a kind that is not there", "kinds", "is not there", |f| half(f.section("kinds"), 2, 999)),
        ("a kind that speaks no more", CHECKED, "speaker", |f| {
            // `Thing` is the first kind, which does not speak.
            half(f.section("kinds"), 0, 0);
        }),
        ("a kind too few", "kinds", "there are 4 kinds for 5 entities", |f| {
            f.section("kinds").truncate(8)
        }),
        ("two entities with one key", "keys", "one key", |f| {
            let keys = f.section("keys");
            keys[1] = keys[0];
        }),
        ("two keys with one letter between them", "keys", "key 1 is not a text", |f| {
            f.section("keys")[..2].copy_from_slice("é".as_bytes());
        }),
        ("a key that is not text", "keys", "utf-8", |f| f.section("keys")[1] = 0xff),
        ("an empty key", "keys", "entity 2: ", |f| set(f.section("key-ends"), 4, 1)),
        ("keys longer than all of them", "keys", "bytes", |f| f.section("keys").push(b'x')),
        ("keys shorter than all of them", "keys", "bytes", |f| _ = f.section("keys").pop()),
        ("ends of keys that fall", "keys", "not a text", |f| set(f.section("key-ends"), 0, 9)),
        ("a key that is none", "keys", "control", |f| f.section("keys")[0] = 7),
        ("a key with a space before it", "keys", "white space", |f| f.section("keys")[0] = b' '),
        ("a name of nobody", "details", "entity", |f| {
            replace(f, "details", "\"entity\":5", "\"entity\":77")
        }),
        ("a blank name", "details", "blank", |f| replace(f, "details", "\"A\"", "\" \"")),
        ("names of one entity twice", "details", "does not come after", |f| {
            replace(f, "details", "\"entity\":2", "\"entity\":1")
        }),
        ("a document that is a place", "details", "Document", |f| {
            replace(f, "details", "\"entity\":5", "\"entity\":4")
        }),
        ("a document that its own publisher is", "details", "entity", |f| {
            replace(f, "details", "\"publisher\":\"c\"", "\"publisher\":\"paper\"")
        }),
        ("a publisher that is a place", "details", "Source", |f| {
            replace(f, "details", "\"publisher\":\"c\"", "\"publisher\":\"somewhere\"")
        }),
        ("a speaker that is not there", "speakers", "no entity 88", |f| {
            set(f.section("speakers"), 0, 88)
        }),
        ("a document that is not there", "origins", "no entity 88", |f| {
            set(f.section("origins"), 0, 88)
        }),
        ("a basis that is none", "speakers", "basis", |f| set(f.section("speakers"), 4, 9)),
        ("speakers too few", "speakers", "fewer", |f| set(f.section("origins"), 4, 99)),
        ("speakers too many", "speakers", "more", |f| f.section("speakers").extend([0; 8])),
        ("an origin twice", "origins", "twice", |f| {
            let (first, speakers) =
                (f.section("origins")[..8].to_vec(), f.section("speakers")[..8].to_vec());
            f.section("origins").splice(..0, first);
            f.section("speakers").splice(..0, speakers);
        }),
        ("an object that is not there", "heads", "object", |f| f.put("object", 0, 6)),
        ("a time that is none", "heads", "time", |f| {
            f.put("time", 0, 0x7000_0000u32.wrapping_neg())
        }),
        ("a period that is not there", "heads", "time", |f| f.put("time", 0, (1 << 28) + 9)),
        ("a part that is not there", "heads", "time", |f| f.put("time", 0, (1 << 29) + 9)),
        ("a number past the last", "heads", "number", |f| f.put("claim", 0, 1_000)),
        ("no number", "heads", "number", |f| f.put("claim", 0, 0)),
        ("a number twice", "heads", "twice", |f| {
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
        ("a day past the calendar", "reported", "calendar", |f| f.put("reported", 0, 9_000_000)),
        ("a relation that is not there", "relation", "relation", |f| f.put("relation", 0, 400)),
        ("bits that stand for nothing", "marks", "stand for nothing", |f| {
            mark(f, 1, |bits| bits | 7 << 7)
        }),
        ("a row too few", "heads", "expected are", |f| {
            let rows = f.rows();
            f.section("heads").truncate((rows - 1) * 12);
        }),
        ("a row too many", "heads", "more rows", |f| f.section("heads").extend([0; 12])),
        ("a day too few", "reported", "expected are", |f| f.section("reported").truncate(4)),
        ("an origin too many", "reported", "expected are", |f| {
            f.section("origin").extend([1, 0, 0, 0])
        }),
        ("a denial without a statement", CHECKED, "a claim that denies", |f| {
            mark(f, 4, |bits| bits & !31 | 9)
        }),
        ("an assertion that answers", CHECKED, "a claim that asserts", |f| {
            mark(f, 3, |bits| bits & !31)
        }),
        ("one that joins and does not say so", CHECKED, "not kept", |f| {
            mark(f, 1, |bits| bits ^ 1 << 11)
        }),
        ("one that is symmetric and does not say so", CHECKED, "not kept", |f| {
            mark(f, 1, |bits| bits ^ 1 << 13)
        }),
        ("told before it happened", CHECKED, "valid", |f| {
            let row = row_of(f, 1);
            f.put("time", row, 40_000);
        }),
        ("rows in another order", "heads", "after the one before", |f| {
            // Claims about the second entity come under three relations.
            let (a, b) = (row_of(f, 2), row_of(f, 5));
            let (at_a, at_b) = (f.get("relation", a), f.get("relation", b));
            f.put("relation", a, at_b);
            f.put("relation", b, at_a);
        }),
        ("an object that the relation does not take", CHECKED, "expected Place", |f| {
            // The first claim becomes one about a visit: its object is not a place.
            let (from, to) = (row_of(f, 1), row_of(f, 2));
            let visits = f.get("relation", to);
            f.put("relation", from, visits);
            mark(f, 1, |bits| bits & !(1 << 13));
        }),
        ("an answer to itself", "targets", "comes after", |f| set(f.section("targets"), 4, 3)),
        ("an answer to what is not there", "targets", "comes after", |f| {
            set(f.section("targets"), 4, 33)
        }),
        ("an answer by one that answers nothing", CHECKED, "not kept", |f| {
            set(f.section("targets"), 0, 2);
            set(f.section("targets"), 4, 1);
        }),
        ("an answer too many", "targets", "there are 4 of 3", |f| {
            let targets = f.section("targets");
            *targets = [&[2, 0, 0, 0, 1, 0, 0, 0], targets.as_slice()].concat();
        }),
        ("an answer too few", "targets", "there are 1 of", |f| f.section("targets").truncate(8)),
        ("answers in another order", "targets", "not in order", |f| {
            f.section("targets").rotate_left(8)
        }),
        ("a part too many", "rich", "belongs to a claim", |f| replace(f, "rich", "[{", "[{},{")),
        ("a target that comes after", "rich", "before it", |f| replace(f, "rich", "[[1,", "[[9,")),
        ("a part that names nobody", "rich", "no entity 93", |f| {
            replace(f, "rich", "{\"entity\":3}", "{\"entity\":93}")
        }),
        ("a part that is a claim that comes after", "rich", "before it", |f| {
            replace(f, "rich", "{\"entity\":3}", "{\"claim\":8}")
        }),
        ("a part with a role that is not there", "rich", "no role 999", |f| {
            let text = String::from_utf8(f.section("rich").clone()).unwrap();
            let at = text.find("\"roles\":[[").unwrap() + "\"roles\":[[".len();
            let end = at + text[at..].find(',').unwrap();
            f.section("rich").splice(at..end, *b"999");
        }),
        ("a part for a plain claim", CHECKED, "claim#8: it is not kept", |f| {
            replace(f, "rich", "[[1,\"stated\"],[2,\"stated\"]]", "[[1,\"stated\"]]")
        }),
        ("an object past the last that was one", "heads", "object", |f| f.put("object", 1, 5)),
        ("a part of nobody", "affiliations", "unknown entity \"nobody\"", |f| {
            *f.section("affiliations") =
                br#"[{"part":"nobody","kind":"part-of","whole":"a"}]"#.to_vec();
        }),
        ("a part of itself", "affiliations", "circle", |f| {
            *f.section("affiliations") = br#"[{"part":"a","kind":"part-of","whole":"a"}]"#.to_vec();
        }),
        ("a lineage without a claim", "lineage", "unknown claim \"99\"", |f| {
            *f.section("lineage") = br#"[{"speaker":"a","source":"b","claims":["99"]}]"#.to_vec();
        }),
        ("a lineage of a document and claims", "lineage", "a document and claims", |f| {
            *f.section("lineage") =
                br#"[{"speaker":"a","source":"b","document":"a","claims":["1"]}]"#.to_vec();
        }),
        ("a link without a role", "links", "unknown role \"none\"", |f| {
            *f.section("links") = br#"[{"from":"1","role":"none","to":"2"}]"#.to_vec();
        }),
        ("a link to itself", "links", "itself", |f| {
            replace(f, "links", "\"to\":\"5\"", "\"to\":\"1\"")
        }),
        ("a figure for one that gives one", "derivations", "figure", |f| {
            replace(f, "derivations", "\"claim\":\"1\"", "\"claim\":\"5\"")
        }),
        ("details that are not text", "details", "utf-8", |f| {
            *f.section("details") = b"[\xff]".to_vec()
        }),
        ("details that are not JSON", "details", "expected", |f| {
            *f.section("details") = b"JSON".to_vec()
        }),
        ("a document that is none", CHECKED, "not added as a document", |f| {
            *f.section("details") = b"[]".to_vec()
        }),
        ("a publisher that is not there", "details", "entity", |f| {
            replace(f, "details", "\"publisher\":\"c\"", "\"publisher\":\"nobody\"")
        }),
        ("a vocabulary that contradicts itself", "vocabulary", "", |f| {
            let words = String::from_utf8(f.section("vocabulary").clone()).unwrap();
            *f.section("vocabulary") =
                words.replace(r#""key":"visits""#, r#""key":"ally""#).into_bytes();
        }),
        ("something in the end", "end", "nothing", |f| f.section("end").push(0)),
    ];
    assert_eq!(small().check_all(), []);
    assert_found(&write(&small()), forgeries);
}

#[test]
fn quotes_that_insert_would_refuse_are_found() {
    let mut graph = ClaimGraph::new();
    let a = graph.add(State, "a").unwrap();
    let day = DocumentInfo::dated(date(2024, 10, 24)).of_length(500);
    let paper = graph.add_document("paper", day).unwrap();
    let claim = Claim::by(a).denies(a, ATTACKS, a).read_in(paper, 3..40);
    let claim = claim.quote(Quote::fragment("tea").at(5..8).with_marks(4..9));
    graph.insert(claim.quote(Quote::whole(None).at(20..30))).unwrap();
    graph.compact();
    let bytes = write(&graph);
    assert_same(&graph, &read(&bytes));
    assert_eq!(read(&bytes).check_all(), []);
    let forgeries: &[Forgery] = &[
        ("words of a quote of another length", CHECKED, "quote 0: the words have 4 bytes", |f| {
            replace(f, "rich", "\"words\":\"tea\"", "\"words\":\"teas\"")
        }),
        ("marks within the words", CHECKED, "quote 0: the span with marks", |f| {
            replace(f, "rich", "[4,9]", "[6,7]")
        }),
        ("a quote past the document", CHECKED, "quote 1: the span ends", |f| {
            replace(f, "rich", "[20,30]", "[20,530]")
        }),
        ("quotes in another order", CHECKED, "not kept", |f| {
            replace(f, "rich", "[20,30]", "[0,30]")
        }),
        ("a quote of nobody", CHECKED, "a quote needs a speaker", |f| {
            let chain = f.section("speakers");
            chain.chunks_exact_mut(8).for_each(|link| link[5] = 0);
        }),
    ];
    assert_found(&bytes, forgeries);
}
