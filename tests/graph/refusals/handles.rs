//! Handles of entities and claims that a graph does not have.

use super::*;

#[test]
fn a_handle_out_of_range_is_an_error_or_an_empty_answer_and_never_a_panic() {
    let (mut w, far) = (world(), foreign());
    let graph = &w.graph;
    let before = graph.to_jsonl();
    let (claim, state, document) = (far.claim, far.state, far.document);

    // Methods that return a result report it as unknown.
    let unknown: Vec<(&str, Option<Error>)> = vec![
        ("claim", graph.claim(claim).map(drop).err()),
        ("claim_key", graph.claim_key(claim).map(drop).err()),
        ("show", graph.show(claim).map(drop).err()),
        ("positions", graph.view().responses(claim).map(drop).err()),
        ("contests", graph.view().contests(claim).map(drop).err()),
        ("roots", graph.view().roots(claim).map(drop).err()),
        ("corroboration", graph.view().corroboration(claim).map(drop).err()),
        ("entity", graph.entity(state).map(drop).err()),
        ("document", graph.document(document).map(drop).err()),
        ("typed", graph.typed::<State>(state.id()).map(drop).err()),
        ("view.positions", graph.view().responses(claim).map(drop).err()),
        ("view.contests", graph.view().contests(claim).map(drop).err()),
        ("view.roots", graph.view().roots(claim).map(drop).err()),
        ("view.corroboration", graph.view().corroboration(claim).map(drop).err()),
    ];
    for (method, error) in unknown {
        assert!(error.as_ref().is_some_and(Error::is_unknown), "{method}: {error:?}");
        assert!(error.is_some_and(|e| e.to_string().len() < 100), "{method}");
    }

    // Methods that return an answer find nothing.
    let view = graph.view();
    assert_eq!(graph.name_of(state), "?");
    assert!(graph.affiliation(far.affiliation).is_none() && graph.lineage(far.lineage).is_none());
    assert_eq!(
        graph.affiliations_of(state).count()
            + graph.affiliated_with(state).count()
            + graph.lineages_of(state).count(),
        0
    );
    assert_eq!(
        graph.view().mentions_of(state).len()
            + graph.view().interactions_between(state, w.nk).len()
            + graph.view().interactions_between(w.nk, state).len(),
        0
    );
    assert!(
        !view.contains(claim) && !view.is_retracted(claim) && view.downstream_of(claim).is_empty()
    );
    let independence = view.independence_of([claim]);
    assert_eq!(
        (independence.count(), independence.roots(), independence.claims().len()),
        (0, &[][..], 0)
    );
    assert_eq!(view.independence_of([claim, w.sent]).claims(), [w.sent]);
    for filtered in [
        view.clone().speaker(state),
        view.clone().document(document),
        view.clone().relation(far.relation),
        view.clone().relation(SIGNS),
    ] {
        assert_eq!(filtered.claims().count(), 0);
        assert_eq!(filtered.contested().len(), 0);
    }
    for whole in [
        view.clone().excluding_source(state),
        view.clone().without_document(document),
        view.clone().without_relation(far.relation),
        view.clone().without_lineage(far.lineage),
    ] {
        assert_eq!(whole.claims().count(), graph.len());
        // As plain data, such a filter has no key to name. It is refused, or it finds the same.
        match view.filtered(&whole.filter()) {
            Ok(again) => assert_eq!(again.claims().count(), graph.len()),
            Err(error) => assert!(error.is_unknown(), "{error}"),
        }
    }
    let asked = [
        graph.statement(state, DEPLOYS_TO, w.russia),
        graph.statement(w.nk, DEPLOYS_TO, state),
        graph.statement(w.nk, far.relation, w.russia),
        graph.statement(w.nk.id(), SIGNS, w.russia),
        graph.statement(Any, DETECTS, claim),
        graph.statement(w.nk, DEPLOYS_TO, w.russia).with(PLACE, state),
        graph.statement(w.nk, DEPLOYS_TO, w.russia).with(PART_OF, claim),
        graph.statement(w.nk, DEPLOYS_TO, w.russia).with(far.role, "x"),
        graph.statement(w.nk, DEPLOYS_TO, w.russia).with(COACH, w.austin),
    ];
    for inquiry in asked {
        assert_eq!(
            inquiry.backing().len()
                + inquiry.against().len()
                + inquiry.mentions().len()
                + inquiry.figures().len(),
            0,
            "{inquiry:?}"
        );
        assert_eq!(inquiry.independence().count(), 0);
        assert!(!inquiry.is_asserted().is_yes(), "{inquiry:?}");
    }
    let sent = graph.claim(w.sent).unwrap();
    assert_eq!(sent.role(far.role).count() + sent.role(COACH).count(), 0);
    assert!(!sent.is(far.relation) && !sent.is(SIGNS));

    // petgraph's traits.
    let unfiltered = graph.view();
    let here = &unfiltered;
    assert_eq!(here.edges(state.id()).count() + here.neighbors(state.id()).count(), 0);
    assert_eq!(here.neighbors_directed(state.id(), petgraph::Incoming).count(), 0);
    assert!(here.to_index(state.id()) >= here.node_bound());
    let mut visited = here.visit_map();
    assert!(!visited.is_visited(&state.id()) && !visited.unvisit(state.id()));
    assert!(
        visited.visit(state.id()) && visited.is_visited(&state.id()) && !visited.visit(state.id())
    );
    assert_eq!(Bfs::new(here, state.id()).iter(here).collect::<Vec<EntityId>>(), [state.id()]);

    // A claim of another graph, asked about here.
    let mut bigger = ClaimGraph::new();
    let a = bigger.add(State, "a").unwrap();
    let theirs: Vec<ClaimId> = (0..40)
        .map(|_| bigger.insert(Claim::by(a).asserts(a, MEETS, a).reported(DAY)).unwrap())
        .collect();
    let theirs = bigger.claim(theirs[39]).unwrap();
    assert!(!view.is_corroborated(theirs));
    assert!(view.content_of(theirs).is_none());
    assert_eq!(graph.to_jsonl(), before);

    // Writers.
    let far_document: EntityId = document.into();
    refuses!(w.graph, FieldPath::Document, ErrorKind::Unknown { .. }, |g| g
        .attach_text(document, ""));
    refuses!(w.graph, FieldPath::Lineage, ErrorKind::Unknown { .. }, |g| g
        .add_lineage(Lineage::new(far_document, far_document)));
    refuses!(w.graph, FieldPath::Affiliation, ErrorKind::Unknown { .. }, |g| g
        .add_affiliation(Affiliation::part_of(far_document, far_document)));
    refuses!(w.graph, FieldPath::Link, ErrorKind::Unknown { .. }, |g| g
        .link(Link::part_of(claim, claim)));
}
