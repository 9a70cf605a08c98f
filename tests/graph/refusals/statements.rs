//! Statements, their roles and figures, and the claims that they answer.

use super::*;

#[test]
fn insert_refuses_ends_that_do_not_fit() {
    let (mut w, far) = (world(), foreign());
    let (nk, russia, nis, austin, sent) = (w.nk, w.russia, w.nis, w.austin, w.sent);
    let by = || Claim::by(nis);
    let deploys = w.graph.relation("deploys-to").unwrap();
    refuses_claim!(
        w.graph,
        FieldPath::Subject,
        ErrorKind::Unknown { .. },
        by().asserts(far.state, DEPLOYS_TO, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::Unknown { .. },
        by().asserts(nk, DEPLOYS_TO, far.state).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Subject,
        ErrorKind::WrongKind { .. },
        by().asserts(austin.id(), TREATY_WITH, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::WrongKind { .. },
        by().asserts(nk, DEPLOYS_TO, austin.id()).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Subject,
        ErrorKind::WrongTerm { found: "a text", .. },
        by().asserts("nk", deploys, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::WrongTerm { found: "a claim", .. },
        by().asserts(nk, deploys, sent).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::WrongTerm { .. },
        by().asserts(nk, deploys, ()).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::WrongTerm { .. },
        by().asserts(nk, deploys, Quantity::stated(1, "people")).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::WrongTerm { .. },
        by().asserts(nk, deploys, Statement::new(nk, DEPLOYS_TO, russia)).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Subject,
        ErrorKind::Wildcard,
        by().asserts(Any, DEPLOYS_TO, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::Wildcard,
        by().asserts(nk, DEPLOYS_TO, implicit(Any)).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Object,
        ErrorKind::Unknown { what: "claim", .. },
        by().asserts(nis, DETECTS, far.claim).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Relation,
        ErrorKind::Unknown { what: "relation", .. },
        by().asserts(nk.id(), SIGNS, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Relation,
        ErrorKind::Unknown { what: "relation", .. },
        by().asserts(nk, far.relation, russia).reported(DAY)
    );
    // In the statement of a response too.
    refuses_claim!(
        w.graph,
        FieldPath::Subject,
        ErrorKind::Wildcard,
        by().confirms(sent).restating(Any, DEPLOYS_TO, russia).reported(DAY)
    );
}

#[test]
fn insert_refuses_roles_that_are_not_taken() {
    let (mut w, far) = (world(), foreign());
    let (nk, russia, nis, sent) = (w.nk, w.russia, w.nis, w.sent);
    let role = |key: &str| FieldPath::Role(key.to_owned());
    let claim = || Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(DAY);
    let mut vocabulary = Vocabulary::new();
    vocabulary
        .add_role(RoleDef { at_most: Some(1), general: true, ..RoleDef::new("speed", Slot::Text) })
        .unwrap();
    w.graph.extend_vocabulary(&vocabulary).unwrap();
    let speed = w.graph.role("speed").unwrap();
    refuses_claim!(
        w.graph,
        role("speed"),
        ErrorKind::TooManyValues { found: 2, at_most: 1 },
        claim().with(speed, "fast").with(speed, "slow")
    );
    refuses_claim!(
        w.graph,
        role("fee"),
        ErrorKind::Unknown { what: "role", .. },
        claim().with(FEE, Quantity::stated(1, "euros"))
    );
    refuses_claim!(
        w.graph,
        role("urgency"),
        ErrorKind::RoleNotTaken { .. },
        claim().with(URGENCY, "at once")
    );
    refuses_claim!(
        w.graph,
        role("urgency"),
        ErrorKind::RoleNotTaken { .. },
        Claim::by(nis).confirms(sent).with(URGENCY, "at once").reported(DAY)
    );
    refuses_claim!(
        w.graph,
        role("spoken-in"),
        ErrorKind::WrongKind { .. },
        claim().with(SPOKEN_IN, nis.id())
    );
    refuses_claim!(
        w.graph,
        role("spoken-in"),
        ErrorKind::Unknown { .. },
        claim().with(SPOKEN_IN, far.state)
    );
    refuses_claim!(w.graph, role("spoken-in"), ErrorKind::Wildcard, claim().with(SPOKEN_IN, Any));
    refuses_claim!(
        w.graph,
        role("part-of"),
        ErrorKind::Unknown { what: "claim", .. },
        claim().with(PART_OF, far.claim)
    );
    let manner = w.graph.role("manner").unwrap();
    refuses_claim!(w.graph, role("manner"), ErrorKind::WrongTerm { .. }, claim().with(manner, nk));
    refuses_claim!(
        w.graph,
        role("about"),
        ErrorKind::InvertedQuantity,
        claim().with(ABOUT, Quantity::between(2, 1, "people"))
    );
    let inner = Statement::new(russia, COOPERATES_WITH, nk);
    let nested = Statement::new(russia, COOPERATES_WITH, nk).with(CONDITION, inner);
    refuses_claim!(
        w.graph,
        role("condition"),
        ErrorKind::NestedStatement,
        claim().with(CONDITION, nested)
    );
    let elsewhere = Statement::new(far.state, COOPERATES_WITH, nk);
    refuses_claim!(
        w.graph,
        FieldPath::Subject,
        ErrorKind::Unknown { .. },
        claim().with(CONDITION, elsewhere)
    );
    // A role handle of another graph.
    let before = w.graph.to_jsonl();
    let error = w.graph.insert(claim().with(far.role, "x")).unwrap_err();
    assert!(
        matches!(
            (error.part(), error.kind()),
            (Some(FieldPath::Role(_)), ErrorKind::Unknown { what: "role", .. })
        ),
        "{error}"
    );
    assert_eq!(w.graph.to_jsonl(), before);
}

#[test]
fn insert_refuses_targets_that_cannot_be_answered() {
    let (mut w, far) = (world(), foreign());
    let (russia, nis, sent) = (w.russia, w.nis, w.sent);
    let next = w.graph.clone().insert(Claim::by(russia).dismisses(sent).reported(DAY)).unwrap();
    refuses_claim!(
        w.graph,
        FieldPath::Target(0),
        ErrorKind::Unknown { what: "claim", .. },
        Claim::by(nis).confirms(far.claim).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Target(1),
        ErrorKind::Unknown { .. },
        Claim::by(nis).confirms([sent, far.claim]).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Target(1),
        ErrorKind::Unknown { .. },
        Claim::by(nis).confirms(sent).possibly_responding_to(far.claim).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Target(0),
        ErrorKind::AnswersItself,
        Claim::by(nis).confirms(next).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Target(0),
        ErrorKind::NotOwnClaim,
        Claim::by(russia).retracts(sent).reported(DAY)
    );
}

#[test]
fn insert_refuses_stances_without_what_they_need_or_with_what_they_do_not_take() {
    let mut w = world();
    let (nk, russia, nis, sent) = (w.nk, w.russia, w.nis, w.sent);
    let by = || Claim::by(nis);
    refuses_claim!(
        w.graph,
        FieldPath::Stance,
        ErrorKind::NotTaken { stance: Stance::Dismisses, .. },
        by().dismisses(sent).restating(nk, DEPLOYS_TO, russia).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Stance,
        ErrorKind::NotTaken { stance: Stance::Asserts, .. },
        by().asserts(nk, DEPLOYS_TO, russia).responding_to(sent).reported(DAY)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Stance,
        ErrorKind::NotTaken { .. },
        by().asserts(nk, DEPLOYS_TO, russia).factor(2).reported(DAY)
    );
    for empty in [
        by().dismisses([]),
        by().revises([]),
        by().retracts([]),
        by().confirms([]),
        by().acknowledges([]),
        by().doubts([]),
    ] {
        refuses_claim!(w.graph, FieldPath::Stance, ErrorKind::Missing { .. }, empty.reported(DAY));
    }
    // A record can say things that the typed verbs cannot.
    let statement = record::StatementRecord {
        subject: record::TermRecord::entity("nk"),
        relation: "deploys-to".into(),
        object: Some(record::TermRecord::entity("russia")),
        roles: Vec::new(),
        negated: false,
        valid: None,
    };
    let record = |stance, polarity, statement, target: Option<&str>| {
        let json =
            format!(r#"{{"stance":"asserts","speakers":[{{"source":"nis"}}],"reported":"{DAY}"}}"#);
        let mut record: record::ClaimRecord = serde_json::from_str(&json).unwrap();
        (record.stance, record.polarity, record.statement) = (stance, polarity, statement);
        record.targets.extend(target.map(|id| record::TargetRecord {
            claim: id.into(),
            basis: claimgraph::claim::Basis::Stated,
        }));
        record
    };
    let mut loader = Loader::onto(w.graph.clone());
    let mut first = record(Stance::Asserts, None, Some(statement.clone()), None);
    first.id = Some("first".into());
    loader.push_claim(first).unwrap();
    let before = loader.graph().to_jsonl();
    let refused = [
        record(Stance::Denies, None, None, Some("first")),
        record(Stance::Assesses, None, Some(statement.clone()), None),
        record(Stance::Asserts, Some(Polarity::Positive), Some(statement.clone()), None),
        record(Stance::Demands, None, None, None),
    ];
    for claim in refused {
        let error = loader.push_claim(claim).unwrap_err();
        assert_eq!(error.part(), Some(&FieldPath::Stance), "{error}");
        assert!(
            matches!(error.kind(), ErrorKind::Missing { .. } | ErrorKind::NotTaken { .. }),
            "{error}"
        );
        assert_eq!(loader.graph().to_jsonl(), before);
    }
}

#[test]
fn insert_refuses_impossible_figures_and_times() {
    let mut w = world();
    let (nk, russia, nis, sent, article) = (w.nk, w.russia, w.nis, w.sent, w.article);
    let claim = || Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(DAY);
    refuses_claim!(
        w.graph,
        FieldPath::Quantity,
        ErrorKind::InvertedQuantity,
        claim().quantity(Quantity::between(5, 1, "soldiers"))
    );
    for count in [
        Quantity::stated(-1, "soldiers"),
        Quantity::more_than(-5, "troops"),
        Quantity::about(3, "soldier").bounded(-1, 5),
    ] {
        refuses_claim!(
            w.graph,
            FieldPath::Quantity,
            ErrorKind::NegativeCount { .. },
            claim().quantity(count)
        );
    }
    for factor in [0, -2] {
        refuses_claim!(
            w.graph,
            FieldPath::Quantity,
            ErrorKind::BadFactor,
            Claim::by(nis).revises(sent).factor(factor).reported(DAY)
        );
    }
    refuses_claim!(w.graph, FieldPath::Valid, ErrorKind::BadPeriod(_), claim().valid("some time"));
    refuses_claim!(
        w.graph,
        FieldPath::Valid,
        ErrorKind::InvertedPeriod,
        claim().valid(Period::throughout(date(2024, 2, 1)..=date(2024, 1, 1)))
    );
    refuses_claim!(
        w.graph,
        FieldPath::Valid,
        ErrorKind::InvertedPeriod,
        claim().valid(date(2024, 2, 1)..date(2024, 1, 1))
    );
    refuses_claim!(
        w.graph,
        FieldPath::Valid,
        ErrorKind::AfterReport { .. },
        claim().valid(date(2024, 10, 25))
    );
    refuses_claim!(
        w.graph,
        FieldPath::Said,
        ErrorKind::SaidAfterReport { .. },
        claim().said(date(2024, 10, 25))
    );
    refuses_claim!(
        w.graph,
        FieldPath::Said,
        ErrorKind::SaidAfterReport { .. },
        Claim::by(nis)
            .asserts(nk, DEPLOYS_TO, russia)
            .read_in(article, ..)
            .said(date(2024, 10, 25))
    );
    refuses_claim!(
        w.graph,
        FieldPath::Reported,
        ErrorKind::NoReportDate,
        Claim::by(nis).asserts(nk, DEPLOYS_TO, russia)
    );
    refuses_claim!(
        w.graph,
        FieldPath::Reported,
        ErrorKind::NoReportDate,
        Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).read_in(w.undated, ..)
    );
}
