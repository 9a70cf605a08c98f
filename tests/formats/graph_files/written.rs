//! Written files, and the losses that the writers report.

use super::*;

#[test]
fn the_report_is_written_with_all_its_edges_and_the_rest_is_counted() {
    let graph = report::build().unwrap().graph;
    let both_ends = |claim: &claimgraph::ClaimRef<'_>| {
        claim
            .statement()
            .is_some_and(|s| s.subject().entity().is_some() && s.object().entity().is_some())
    };
    let edges = graph.claims().filter(both_ends).count();
    let no_statement = graph.claims().filter(|claim| claim.statement().is_none()).count();
    for format in BOTH {
        let (text, losses) = write(format, &graph);
        assert_eq!(text.matches("<node id=").count(), graph.entity_count());
        assert_eq!(text.matches("<edge id=").count(), edges);
        assert_eq!(count(&losses, "answer without a statement"), no_statement as u64);
        assert_eq!(
            count(&losses, "claim without two entities") as usize,
            graph.len() - edges - no_statement
        );
        assert_eq!(
            (count(&losses, "link"), count(&losses, "derived figure"), count(&losses, "lineage")),
            (17, 1, 5)
        );
        assert!(count(&losses, "affiliation") > 0);

        let again = read(format, &text);
        assert_eq!((again.entity_count(), again.len()), (graph.entity_count(), edges));
        let (second, _) = write(format, &again);
        assert_eq!(read(format, &second).to_jsonl(), again.to_jsonl());
        // The answered claims are lost, so the keys of the claims that answered them change. Nothing else does.
        assert_eq!(second.matches("<edge id=").count(), edges);
    }
}

#[test]
fn an_edge_names_ten_of_those_who_contest_it_and_how_many_others_do() {
    let edge = |denials: usize| {
        let mut graph = ClaimGraph::new();
        let day = date(2024, 10, 24);
        let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
        graph.insert(Claim::by(a).asserts(a, MEETS, b).reported(day)).unwrap();
        for place in 0..denials {
            let who = graph.add(Agency, format!("agency-{place:02}").as_str()).unwrap();
            graph.insert(Claim::by(who).denies(a, MEETS, b).reported(day)).unwrap();
        }
        write(Format::GraphMl, &graph).0
    };
    let named = |text: &str| text.matches(" denies the fact").count();
    assert_eq!((named(&edge(10)), edge(10).contains("; and ")), (10, false));
    let many = edge(13);
    assert_eq!((named(&many), many.contains("; and 3 more")), (10, true));
}

#[test]
fn positive_disputed_planned_and_possible_edges_are_told_apart_and_a_denial_is_not_an_edge() {
    let mut graph = ClaimGraph::new();
    let day = date(2024, 10, 24);
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    let mut insert = |claim: Claim| graph.insert(claim.reported(day)).unwrap();
    insert(Claim::by(a).asserts(a, MEETS, b));
    let sent = insert(Claim::by(a).asserts(a, DEPLOYS_TO, b));
    insert(Claim::by(b).dismisses(sent));
    insert(Claim::by(a).demands(b, WITHDRAWS_FROM, a));
    insert(Claim::by(a).asserts(a, PROVIDES_AID_TO, b).modality(Modality::Planned));
    insert(Claim::by(a).speculates(a, SANCTIONS, b));
    insert(Claim::by(b).denies(a, ATTACKS, b));
    for format in BOTH {
        let (text, losses) = write(format, &graph);
        let status = |relation: &str| {
            let mark = format!(">{relation}<");
            let gexf = format!("for=\"relation\" value=\"{relation}\"");
            let from = text
                .find(&mark)
                .or_else(|| text.find(&gexf))
                .unwrap_or_else(|| panic!("{relation}"));
            ["positive", "disputed", "planned", "possible"]
                .into_iter()
                .min_by_key(|word| text[from..].find(*word).unwrap_or(usize::MAX))
        };
        assert_eq!(status("meets"), Some("positive"));
        assert_eq!(status("deploys-to"), Some("disputed"));
        assert_eq!(
            (status("withdraws-from"), status("provides-aid-to")),
            (Some("planned"), Some("planned"))
        );
        assert_eq!(status("sanctions"), Some("possible"));
        assert!(!text.contains(">attacks<") && !text.contains("value=\"attacks\""));
        assert_eq!(
            (count(&losses, "denial"), count(&losses, "answer without a statement")),
            (1, 1)
        );
        assert!(read(format, &text).statement(a, ATTACKS, b).against().is_empty());
    }
    let (picture, losses) = drawn(&graph.view()).unwrap();
    for (verb, style) in [
        ("meets", "style=solid, color=black"),
        ("deploys to", "style=solid, color=red"),
        ("withdraws from", "style=dashed"),
        ("sanctions", "style=dotted"),
    ] {
        let line =
            picture.lines().find(|line| line.contains(&format!("label=\"{verb}\""))).unwrap();
        assert!(line.contains(style), "{line}");
    }
    assert!(!picture.contains("attacks") && count(&losses, "denial") == 1);
}

#[test]
fn parallel_claims_are_parallel_edges_and_equal_ones_too() {
    let mut graph = ClaimGraph::new();
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    for _ in 0..2 {
        graph.insert(Claim::by(a).asserts(a, MEETS, b).reported(date(2024, 10, 24))).unwrap();
        graph.insert(Claim::by(b).asserts(b, MEETS, a).reported(date(2024, 10, 24))).unwrap();
    }
    for format in BOTH {
        let (text, losses) = write(format, &graph);
        assert_eq!((text.matches("<edge id=").count(), losses.is_empty()), (4, true));
        assert_eq!(read(format, &text).to_jsonl(), graph.to_jsonl());
    }
}

#[test]
fn a_narrowed_view_has_the_entities_its_edges_name() {
    let graph = report::build().unwrap().graph;
    let view = graph.view().relation(TREATY_WITH);
    for format in BOTH {
        let (text, losses) = format.write(&view).unwrap();
        let again = read(format, &text);
        assert_eq!(again.len(), 1);
        // Both states, the report and the place it was filed from, the treaty, the summit.
        assert!((4..10).contains(&again.entity_count()), "{}", again.entity_count());
        assert_eq!(count(&losses, "claim taken back"), 0);
    }
    let (picture, _) = drawn(&view).unwrap();
    assert_eq!((picture.matches(" -> ").count(), picture.matches("tooltip=").count()), (1, 2));
}

#[test]
fn a_spell_is_when_a_claim_may_hold_and_open_if_not_known() {
    let mut graph = ClaimGraph::new();
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    let mut spell = |period: Period| {
        graph
            .insert(Claim::by(a).asserts(a, MEETS, b).valid(period).reported(date(2024, 10, 24)))
            .unwrap();
        let (text, _) = Format::Gexf.write(&graph.view()).unwrap();
        let claim = graph.claims().last().unwrap().id();
        let id = graph.claim_key(claim).unwrap().to_string();
        let edge = &text[text.find(&format!("<edge id=\"{id}\"")).unwrap()..];
        let edge = &edge[..edge.find("</edge>").unwrap()];
        edge.find("<spell ").map(|at| edge[at..].lines().next().unwrap().to_owned())
    };
    assert_eq!(
        spell("2024-06".parse().unwrap()).unwrap(),
        r#"<spell start="2024-06-01" end="2024-06-30"/>"#
    );
    assert_eq!(spell("2022-02/..".parse().unwrap()).unwrap(), r#"<spell start="2022-02-01"/>"#);
    assert_eq!(spell("/2024-10-24".parse().unwrap()).unwrap(), r#"<spell end="2024-10-24"/>"#);
    assert_eq!(spell("-0044-03-15/2000".parse().unwrap()).unwrap(), r#"<spell end="2000-12-31"/>"#);
    assert_eq!(spell(Period::holding_on(date(2024, 10, 24))), None);
}

#[test]
fn hostile_names_survive_or_are_refused_where_the_format_cannot_hold_them() {
    for (kind, text, fits) in HOSTILE {
        let graph = graph_of(text);
        for format in BOTH {
            let written = format.write(&graph.view());
            let Ok((file, _)) = written else {
                assert!(!fits, "{format:?} refuses {kind}");
                let Err(WriteError::CannotHold { what, .. }) = written else { panic!("{kind}") };
                assert!(what.starts_with("U+"), "{what}");
                continue;
            };
            assert!(fits, "{format:?} holds {kind}");
            let again = read(format, &file);
            let entity = again
                .entity(
                    graph
                        .entities()
                        .find(|e| e.key().starts_with("key"))
                        .and_then(|e| again.entity_keyed(e.key()).ok())
                        .unwrap(),
                )
                .unwrap();
            assert_eq!(entity.name(), text, "{format:?}: {kind}");
            assert_eq!(
                entity.codes(),
                [(String::new(), String::new()), (text.to_owned(), text.to_owned())]
            );
            let claim = again.claims().next().unwrap();
            assert_eq!((claim.words(), claim.cue()), (Some(text), Some(text)));
            assert_eq!(claim.role(MANNER).next().and_then(claimgraph::Term::text), Some(text));
            assert_eq!(claim.quantity().map(|q| (q.unit(), q.words())), Some((text, Some(text))));
            assert_eq!(claim.valid().as_ref().and_then(Period::words), Some(text));
            assert_eq!(
                again.documents().next().and_then(|d| d.document()).and_then(DocumentInfo::title),
                Some(text)
            );
            assert_eq!(read(format, &write(format, &again).0).to_jsonl(), again.to_jsonl());
        }
        assert_eq!(drawn(&graph.view()).is_ok(), fits, "{kind}");
    }
}

#[test]
fn files_for_outside_readers() {
    let mut hostile = report::build().unwrap().graph;
    let russia: claimgraph::Id<State> =
        hostile.typed(hostile.entity_keyed("russia").unwrap()).unwrap();
    for (kind, text, _) in HOSTILE.iter().filter(|(_, _, fits)| *fits) {
        let entity =
            hostile.add(State, Entity::new(format!("hostile {kind}")).named(*text)).unwrap();
        let claim = Claim::by(russia)
            .asserts(entity, MEETS, russia)
            .words(*text)
            .reported(date(2024, 10, 24));
        hostile.insert(claim).unwrap();
    }
    for (name, graph) in [("report", report::build().unwrap().graph), ("hostile", hostile)] {
        for (format, ending) in [(Format::GraphMl, "graphml"), (Format::Gexf, "gexf")] {
            let (text, _) = write(format, &graph);
            out(&format!("{name}.{ending}"))
                .into_iter()
                .for_each(|path| std::fs::write(path, &text).unwrap());
        }
        let (picture, _) = drawn(&graph.view()).unwrap();
        out(&format!("{name}.dot"))
            .into_iter()
            .for_each(|path| std::fs::write(path, &picture).unwrap());
        out(&format!("{name}.jsonl"))
            .into_iter()
            .for_each(|path| std::fs::write(path, graph.to_jsonl()).unwrap());
    }
    let schema = claimgraph::record::json_schema();
    out("claimgraph.schema.json")
        .into_iter()
        .for_each(|path| std::fs::write(path, &schema).unwrap());
}

#[test]
fn a_claim_with_every_part_survives() {
    let mut graph = ClaimGraph::new();
    let day = date(2024, 10, 24);
    let a = graph.add(State, "a").unwrap();
    let desk = graph.add(Publisher, "desk").unwrap();
    let paper = graph
        .add_document("paper", DocumentInfo::dated(day).published_by(desk).of_length(100))
        .unwrap();
    let claim = Claim::by(a)
        .quoted()
        .relayed_by(desk)
        .inferred()
        .estimates(claimgraph::claim::implicit(a), SUFFERS, paper)
        .with(PLACE, claimgraph::claim::NotStated)
        .quantity(Quantity::between(
            "2.5".parse::<claimgraph::quantity::Amount>().unwrap(),
            1_000_000,
            "men",
        ))
        .valid(
            Period::throughout(date(2022, 2, 1)..=day).cumulative().strictly_by(date(2024, 1, 1)),
        )
        .reliability(claimgraph::grade::Reliability::B)
        .credibility(claimgraph::grade::Credibility::ProbablyTrue)
        .likelihood(claimgraph::grade::Likelihood::Likely)
        .said(date(2024, 10, 20))
        .background()
        .quote(claimgraph::claim::Quote::whole("no, no").at(12..18).with_marks(11..19))
        .quote(claimgraph::claim::Quote::fragment(None).at(30..40))
        .read_in(paper, 3..9);
    graph.insert(claim).unwrap();
    for format in BOTH {
        let (text, losses) = write(format, &graph);
        assert!(losses.is_empty(), "{losses}");
        assert_eq!(read(format, &text).to_jsonl(), graph.to_jsonl());
    }
}
