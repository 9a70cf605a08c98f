//! Speakers, documents, spans, lineage and affiliations.

use super::*;

#[test]
fn insert_refuses_speakers_that_cannot_speak() {
    let (mut w, far) = (world(), foreign());
    let (nk, russia, nis) = (w.nk, w.russia, w.nis);
    let treaty = w.graph.add(Treaty, "treaty").unwrap().id();
    refuses_claim!(
        w.graph,
        FieldPath::Speaker(0),
        ErrorKind::Unknown { what: "entity", .. },
        Claim::by(far.state).asserts(nk, DEPLOYS_TO, russia).reported(DAY)
    );
    refuses_claim!(w.graph, FieldPath::Speaker(0), ErrorKind::WrongKind { found, .. } if found == "Treaty",
        Claim::by(treaty).asserts(nk, DEPLOYS_TO, russia).reported(DAY));
    refuses_claim!(
        w.graph,
        FieldPath::Speaker(1),
        ErrorKind::WrongKind { .. },
        Claim::by(nis).relayed_by(treaty).asserts(nk, DEPLOYS_TO, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Speaker(2),
        ErrorKind::Unknown { .. },
        Claim::by(nis)
            .relayed_by(NotStated)
            .relayed_by(far.state)
            .asserts(nk, DEPLOYS_TO, russia)
            .reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Speaker(0),
        ErrorKind::WrongTerm { .. },
        Claim::by(Any).asserts(nk, DEPLOYS_TO, russia).reported(DAY)
    );
}

#[test]
fn insert_refuses_documents_that_cannot_be_read() {
    let (mut w, far) = (world(), foreign());
    let (nk, russia, nis) = (w.nk, w.russia, w.nis);
    let unread = w.graph.add(Document, "unread").unwrap();
    let claim = || Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(DAY);
    refuses_claim!(
        w.graph,
        FieldPath::Document,
        ErrorKind::Unknown { what: "entity", .. },
        claim().read_in(far.document, ..)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Document,
        ErrorKind::WrongKind { .. },
        claim().read_in(nk.id(), ..)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Document,
        ErrorKind::NotReadable { .. },
        claim().read_in(unread, ..)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Document,
        ErrorKind::WrongTerm { .. },
        claim().read_in(Any, ..)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Document,
        ErrorKind::WrongTerm { .. },
        claim().read_in(NotStated, ..)
    );
}

#[test]
fn insert_refuses_spans_outside_the_document() {
    let mut w = world();
    let (nk, russia, nis, article, undated) = (w.nk, w.russia, w.nis, w.article, w.undated);
    let claim = || Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(DAY);
    refuses_claim!(
        w.graph,
        FieldPath::Span,
        ErrorKind::InvertedSpan { start: 3, end: 1 },
        claim().read_in(article, 3..1)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Span,
        ErrorKind::SpanOutside { end: 5, length: 4 },
        claim().read_in(article, 0..5)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Span,
        ErrorKind::SpanOutside { .. },
        claim().read_in(undated, 101..101)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Span,
        ErrorKind::SpanOutside { .. },
        claim().read_in(undated, 0..usize::MAX)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Span,
        ErrorKind::SpanSplitsCharacter { at: 2 },
        claim().read_in(article, 0..2)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Span,
        ErrorKind::SpanSplitsCharacter { at: 2 },
        claim().read_in(article, 2..4)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Cue,
        ErrorKind::InvertedSpan { .. },
        claim().read_in(article, ..).cue("says", 3..1)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Cue,
        ErrorKind::SpanOutside { .. },
        claim().read_in(article, ..).cue("says", 0..5)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Cue,
        ErrorKind::SpanSplitsCharacter { .. },
        claim().read_in(article, ..).cue("says", 0..2)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Cue,
        ErrorKind::SpanWithoutDocument,
        claim().cue("says", 0..1)
    );
}

#[test]
fn add_document_refuses_contradictions() {
    let (mut w, far) = (world(), foreign());
    refuses!(w.graph, FieldPath::Key, ErrorKind::KeyTaken { found, .. } if found == "State", |g| g.add_document("nk", DAY));
    refuses!(w.graph, FieldPath::Key, ErrorKind::KeyTaken { .. }, |g| g
        .add_document("article", date(2024, 10, 25)));
    refuses!(w.graph, FieldPath::Key, ErrorKind::KeyTaken { .. }, |g| g
        .add_document("undated", DocumentInfo::undated().of_length(101)));
    refuses!(w.graph, FieldPath::Document, ErrorKind::Unknown { what: "entity", .. }, |g| g
        .add_document("d", DocumentInfo::dated(DAY).published_by(far.state)));
    refuses!(w.graph, FieldPath::Document, ErrorKind::WrongKind { .. }, |g| g
        .add_document("d", DocumentInfo::dated(DAY).published_by(w.city)));
    for digest in ["", "abc", &"g".repeat(64), &"a".repeat(65), "\u{202e}"] {
        refuses!(w.graph, FieldPath::Document, ErrorKind::BadText { .. }, |g| g
            .add_document("d", DocumentInfo::dated(DAY).with_digest(digest)));
    }
    refuses!(w.graph, FieldPath::Document, ErrorKind::WrongText { .. }, |g| g
        .add_document("d", DocumentInfo::dated(DAY).with_digest("a".repeat(64)).with_text("text")));
    refuses!(w.graph, FieldPath::Document, ErrorKind::WrongText { .. }, |g| g
        .add_document("d", DocumentInfo::dated(DAY).of_length(5).with_text("text")));
    refuses!(w.graph, FieldPath::Key, ErrorKind::WrongKind { .. }, |g| g
        .add_document_untyped("Person", "d", DAY));
    refuses!(w.graph, FieldPath::Key, ErrorKind::Unknown { what: "kind", .. }, |g| g
        .add_document_untyped("Spaceship", "d", DAY));
    refuses!(w.graph, FieldPath::Name, ErrorKind::BadText { .. }, |g| g
        .add_document(Entity::new("d").named(" "), DAY));
    assert_eq!(
        w.graph.add_document("undated", DocumentInfo::undated().of_length(100)).unwrap(),
        w.undated
    );
}

/// A document whose text was attached later is still the same document if it is added again.
#[test]
fn add_document_recognises_a_known_document() {
    let mut w = world();
    let again = w.graph.add_document("article", DocumentInfo::dated(DAY).with_text("S\u{fc}d"));
    assert_eq!(again.unwrap(), w.article);
}

#[test]
fn add_lineage_refuses_unknown_handles_and_circles() {
    let (mut w, far) = (world(), foreign());
    let (nk, nis, austin, city) = (w.nk, w.nis, w.austin, w.city);
    let lineage = || Lineage::new(nk, nis);
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Unknown { .. }, |g| g
        .add_lineage(Lineage::new(far.state, nis)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Unknown { .. }, |g| g
        .add_lineage(Lineage::new(nis, far.state)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::WrongKind { .. }, |g| g
        .add_lineage(Lineage::new(city, nis)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::WrongKind { .. }, |g| g
        .add_lineage(Lineage::new(nis, city)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Unknown { .. }, |g| g
        .add_lineage(lineage().within(far.document)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::WrongKind { .. }, |g| g
        .add_lineage(lineage().within(nk)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Unknown { what: "claim", .. }, |g| g
        .add_lineage(lineage().for_claims([w.sent, far.claim])));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Unknown { what: "claim", .. }, |g| g
        .add_lineage(lineage().stated_by(far.claim)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Circle { through } if through == &["nk", "nk"], |g| g.add_lineage(Lineage::new(nk, nk)));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Circle { through } if through.len() == 3, |g| g.add_lineage(Lineage::new(nis, austin)));
    w.graph.add_lineage(lineage().within(w.article)).unwrap();
    w.graph.add_lineage(Lineage::new(w.russia, nk)).unwrap();
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Circle { through } if through.len() == 4 && through[0] == through[3],
        |g| g.add_lineage(Lineage::new(nis, w.russia)));
}

#[test]
fn add_affiliation_refuses_unknown_handles_inverted_periods_and_circles() {
    let (mut w, far) = (world(), foreign());
    let (nk, russia, nis, city) = (w.nk, w.russia, w.nis, w.city);
    for kind in [
        AffiliationKind::PartOf,
        AffiliationKind::LocatedIn,
        AffiliationKind::MemberOf,
        AffiliationKind::HoldsOffice,
    ] {
        refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Unknown { .. }, |g| g
            .add_affiliation(Affiliation::new(far.state, kind, nk)));
        refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Unknown { .. }, |g| g
            .add_affiliation(Affiliation::new(nk, kind, far.state)));
    }
    let part = || Affiliation::part_of(nis, nk);
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Unknown { .. }, |g| g
        .add_affiliation(part().read_in(far.document)));
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::WrongKind { .. }, |g| g
        .add_affiliation(part().read_in(nk)));
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::InvertedPeriod, |g| g
        .add_affiliation(part().valid(Period::throughout(date(2024, 2, 1)..=date(2024, 1, 1)))));
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Circle { .. }, |g| g
        .add_affiliation(Affiliation::part_of(nk, nk)));
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Circle { .. }, |g| g
        .add_affiliation(Affiliation::located_in(russia, city)));
    w.graph.add_affiliation(Affiliation::located_in(russia, nk)).unwrap();
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Circle { through } if through.len() == 4,
        |g| g.add_affiliation(Affiliation::located_in(nk, city)));
    // The other kind of containment does not close a circle with it.
    assert!(w.graph.add_affiliation(Affiliation::part_of(nk, city)).is_ok());
}

#[test]
fn attach_text_refuses_another_text_and_a_text_that_spans_do_not_fit() {
    let (mut w, far) = (world(), foreign());
    refuses!(w.graph, FieldPath::Document, ErrorKind::Unknown { what: "document", .. }, |g| g
        .attach_text(far.document, "x"));
    refuses!(w.graph, FieldPath::Document, ErrorKind::WrongText { .. }, |g| g
        .attach_text(w.article, "S\u{fc}\u{64}e"));
    refuses!(w.graph, FieldPath::Document, ErrorKind::WrongText { .. }, |g| g
        .attach_text(w.undated, "too short"));
    let (nk, russia, nis) = (w.nk, w.russia, w.nis);
    for (key, part) in [("quoted", FieldPath::Span), ("cued", FieldPath::Cue)] {
        let open = w.graph.add_document(key, DAY).unwrap();
        let claim = Claim::by(nis).asserts(nk, DEPLOYS_TO, russia);
        let claim = if part == FieldPath::Span {
            claim.read_in(open, 1..3)
        } else {
            claim.read_in(open, ..).cue("\u{fc}", 1..3)
        };
        w.graph.insert(claim).unwrap();
        refuses!(w.graph, part.clone(), ErrorKind::SpanSplitsCharacter { at: 3 }, |g| g
            .attach_text(open, "So\u{fc}d"));
        refuses!(w.graph, part, ErrorKind::SpanOutside { end: 3, length: 2 }, |g| g
            .attach_text(open, "So"));
        assert_eq!(w.graph.document(open).unwrap().text(), None);
        w.graph.attach_text(open, "S\u{fc}d").unwrap();
    }
}
