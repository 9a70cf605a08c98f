//! Corroboration by entailment, credibility and policies.

use super::*;

#[test]
fn a_part_is_supported_contradicted_open_or_silent() {
    let mut graph = ClaimGraph::new();
    let (tamora, ostrel) = two_states(&mut graph);
    let port = graph.add(City, "harbour").unwrap();
    graph.add_affiliation(Affiliation::located_in(port, ostrel)).unwrap();
    let mut says = |key: &str, object: EntityId, figure: Option<Quantity>, when: Option<Period>| {
        let who = graph.add(Agency, key).unwrap();
        let relation = graph.relation("deploys-to").unwrap();
        let mut claim = Claim::by(who).asserts(tamora, relation, object).reported(date(2031, 4, 1));
        if let Some(figure) = figure {
            claim = claim.quantity(figure);
        }
        if let Some(when) = when {
            claim = claim.valid(when);
        }
        (graph.insert(claim).unwrap(), who.id())
    };
    let june = Period::within(date(2031, 2, 1)..=date(2031, 2, 28));
    says(
        "many",
        ostrel,
        Some(Quantity::stated(3_000, "soldiers")),
        Some(Period::on(date(2031, 2, 10))),
    );
    says("port", port.id(), Some(Quantity::stated(2_500, "troops")), None);
    says("few", ostrel, Some(Quantity::stated(300, "soldiers")), None);
    says("late", ostrel, None, Some(Period::on(date(2031, 3, 5))));
    says("vague", ostrel, Some(Quantity::about(2_100, "soldiers")), None);
    says("plain", ostrel, None, None);
    let asked = graph
        .statement(tamora, DEPLOYS_TO, ostrel)
        .quantity(Quantity::vague("thousands", "soldiers"))
        .valid(june)
        .once();
    let parts = asked.corroboration();
    let key = |id: EntityId| graph.entity(id).unwrap().key().to_owned();
    let part = |facet: &Facet| {
        let part = parts.facet(facet).unwrap();
        let names = |claims: Vec<ClaimId>| {
            claims
                .into_iter()
                .map(|id| key(graph.claim(id).unwrap().speaker().unwrap()))
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
                .join(" ")
        };
        let backing = names(part.backing().iter().map(|b| b.claim().id()).collect());
        let against = names(part.against().iter().map(|c| c.claim().id()).collect());
        let open = names(part.open().iter().map(|c| c.id()).collect());
        (
            part.verdict(),
            backing,
            against,
            open,
            names(part.silent().iter().map(|c| c.id()).collect()),
        )
    };
    let row = |verdict, a: &str, b: &str, c: &str, d: &str| {
        (verdict, a.to_owned(), b.to_owned(), c.to_owned(), d.to_owned())
    };
    assert_eq!(
        part(&Facet::Participants),
        row(Verdict::Supported, "many", "", "", "few late plain port vague")
    );
    assert_eq!(
        part(&Facet::Quantity),
        row(Verdict::Supported, "many", "", "few vague", "late plain port")
    );
    assert_eq!(
        part(&Facet::Time),
        row(Verdict::Disputed, "many", "late", "", "few plain port vague")
    );
    assert_eq!(
        parts.facet(&Facet::Time).unwrap().against()[0].kind(),
        Some(ContestKind::TimesApart)
    );
}

#[test]
fn figures_that_are_measured_conflict_though_nobody_denies_anything() {
    let mut graph = ClaimGraph::new();
    let mut vocabulary = claimgraph::vocabulary::Vocabulary::new();
    vocabulary
        .add_relation(claimgraph::vocabulary::RelationDef::new(
            "population",
            claimgraph::vocabulary::Slot::Kind("Thing".into()),
            claimgraph::vocabulary::Slot::Number,
        ))
        .unwrap();
    graph.extend_vocabulary(&vocabulary).unwrap();
    let (tamora, _) = two_states(&mut graph);
    let population = graph.relation("population").unwrap();
    for (key, figure) in [("census", 51_000), ("atlas", 48_000)] {
        let who = graph.add(Agency, key).unwrap();
        graph
            .insert(
                Claim::by(who)
                    .asserts(tamora, population, Quantity::exactly(figure, "people"))
                    .reported(DAY),
            )
            .unwrap();
    }
    let conflicts = graph.view().figure_conflicts();
    assert_eq!(conflicts.irreconcilable().count(), 1);
    assert!(conflicts.to_string().contains("the two figures cannot both be right"), "{conflicts}");
}

// ----- credibility and policies

#[test]
fn each_row_of_the_rule_for_credibility() {
    let grade = |who: &[(&str, Reliability)], deny: &[&str], given: &[(&str, Reliability)]| {
        let mut graph = ClaimGraph::new();
        let (tamora, ostrel) = two_states(&mut graph);
        let meets = graph.relation("meets").unwrap();
        let mut reliabilities = SourceGrades::new();
        for (key, reliability) in given {
            reliabilities = reliabilities.with(*key, *reliability);
        }
        for (key, reliability) in who {
            let who = if *key == "tamora" { tamora } else { graph.add(Agency, *key).unwrap().id() };
            let mut claim = Claim::by(who).asserts(tamora, meets, ostrel).reported(DAY);
            if *reliability != Reliability::F {
                claim = claim.reliability(*reliability);
            }
            graph.insert(claim).unwrap();
        }
        for key in deny {
            let who = if *key == "ostrel" { ostrel } else { graph.add(Agency, *key).unwrap().id() };
            graph.insert(Claim::by(who).denies(tamora, meets, ostrel).reported(DAY)).unwrap();
        }
        let assessment = graph.statement(tamora, MEETS, ostrel).credibility(&reliabilities);
        assert!(
            assessment
                .explanation()
                .says()
                .starts_with(&u8::from(assessment.credibility()).to_string())
        );
        assert_eq!(
            serde_json::to_value(assessment.explanation()).unwrap()["says"],
            assessment.explanation().says()
        );
        u8::from(assessment.credibility())
    };
    use Reliability::{A, C, E, F};
    assert_eq!(grade(&[], &[], &[]), 6, "no claim says so");
    assert_eq!(grade(&[("a", F)], &[], &[]), 6, "one source without a grade");
    assert_eq!(grade(&[("tamora", A)], &[], &[]), 6, "a party about itself");
    assert_eq!(grade(&[("a", A)], &[], &[]), 3, "one source, and no other agrees");
    assert_eq!(grade(&[("a", F)], &[], &[("a", C)]), 3, "graded by the caller");
    assert_eq!(grade(&[("a", E)], &[], &[]), 4, "only an unreliable source");
    assert_eq!(grade(&[("a", F), ("b", F)], &[], &[]), 1);
    assert_eq!(grade(&[("a", F), ("b", E)], &[], &[]), 6, "the second does not count");
    assert_eq!(grade(&[("a", F), ("b", F)], &["c"], &[]), 3);
    assert_eq!(grade(&[("a", F)], &["c"], &[]), 4);
    assert_eq!(grade(&[("a", F)], &["c", "d"], &[]), 5);
    assert_eq!(grade(&[], &["c"], &[]), 5);
    assert_eq!(
        grade(&[("a", F), ("b", F)], &["ostrel"], &[]),
        1,
        "a party's denial does not count"
    );
}

#[test]
fn likelihood_words_have_the_cut_points_of_the_standard() {
    use Likelihood::*;
    let table: BTreeMap<u8, Likelihood> =
        (0..=100).filter_map(|p| Some((p, Likelihood::of_percent(p)?))).collect();
    let range = |word: Likelihood| {
        let of: Vec<u8> = table.iter().filter(|(_, w)| **w == word).map(|(p, _)| *p).collect();
        (of[0], of[of.len() - 1])
    };
    assert_eq!(
        Likelihood::ALL.iter().map(|&word| range(word)).collect::<Vec<_>>(),
        [(1, 4), (5, 19), (20, 44), (45, 55), (56, 80), (81, 95), (96, 99)]
    );
    assert_eq!(Likelihood::of_percent("4.99".parse::<Amount>().unwrap()), Some(AlmostNoChance));
    assert_eq!(Likelihood::of_percent(-1), None);
    assert_eq!(VeryLikely.probability_word(), "highly probable");
}

#[test]
fn policies_say_what_they_keep_and_why_they_leave_out_the_rest() {
    let r = report::build().unwrap();
    let presence = r.graph.statement(r.north_korea, PRESENT_IN, r.russia);
    let uncontested = presence.select(&Policy::new().then(Rule::ExcludeContested));
    assert_eq!(r.numbers(uncontested.claims()), [18, 42, 46]);
    assert_eq!(r.numbers(uncontested.left_out().claims()), [2, 13]);
    assert_eq!(uncontested.independence().count(), 1);
    let perhaps = presence.select(&Policy::new().then(Rule::ExcludePerhapsContested));
    assert_eq!(r.numbers(perhaps.claims()), [42, 46]);
    let stated = presence.select(&Policy::new().then(Rule::OnlyStated));
    assert_eq!(r.numbers(stated.left_out().claims()), [2, 13], "by inferred lineage");
    assert_eq!(r.numbers(presence.select(&Policy::two_sources()).claims()), [2, 13, 18]);
    let figure = r
        .graph
        .statement(r.north_korea, DEPLOYS_TO, r.russia)
        .quantity(Quantity::stated(3_000, "soldiers"));
    let none = figure.select(&Policy::two_sources());
    assert!(
        none.kept().is_empty()
            && none.to_string().contains("2 independent sources: the statement stands on 1"),
        "{none}"
    );
    let graded = Policy::new().then(Rule::GradedAtLeast {
        reliability: Reliability::B,
        credibility: Credibility::ProbablyTrue,
    });
    assert_eq!(presence.select(&graded).kept().len(), 0);
    let all = r.graph.view().select(&Policy::new());
    assert!(all.left_out().is_empty() && all.kept().len() > 20);
    let policy = graded
        .then(Rule::IndependentSources(2))
        .grading(SourceGrades::new().with("nis", Reliability::B));
    let json = serde_json::to_string(&policy).unwrap();
    assert_eq!(serde_json::from_str::<Policy>(&json).unwrap(), policy);
    assert_eq!(
        json,
        r#"{"rules":[{"graded-at-least":{"reliability":"B","credibility":2}},{"independent-sources":2}],"reliabilities":{"nis":"B"}}"#
    );
}
