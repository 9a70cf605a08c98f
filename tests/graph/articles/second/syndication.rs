//! Syndication; saving, merging, and sharing a graph.

use super::*;

/// The statement of the outlets' story, in this view.
fn asked_of<'g>(r: &Report, view: &View<'g>) -> claimgraph::sources::Independence<'g> {
    view.statement(r.tamora, SANCTIONS, r.ostrel).independence()
}

#[test]
fn outlets_that_take_it_from_the_wire_are_one_source_until_the_link_is_cut() {
    let r = report();
    let view = r.graph.view();
    assert_eq!(set(asked_of(&r, &view).claims().iter().copied()), set(r.own_voice));
    assert_eq!(
        (asked_of(&r, &view).count(), asked_of(&r, &view).widest_cut()),
        (1, &[r.id(r.wire)][..])
    );
    for claim in r.own_voice {
        assert_eq!(r.graph.view().roots(claim).expect("on record"), [Some(r.wire.id())]);
    }
    let one = view.clone().without_lineage(r.syndication[0]);
    let cut: BTreeSet<String> =
        asked_of(&r, &one).widest_cut().iter().map(|p| format!("{p:?}")).collect();
    let expected: BTreeSet<String> =
        [r.id(r.wire), r.id(r.outlets[0])].iter().map(|p| format!("{p:?}")).collect();
    assert_eq!((asked_of(&r, &one).count(), cut), (2, expected));
    let all = r.syndication.into_iter().fold(view, View::without_lineage);
    assert_eq!(asked_of(&r, &all).count(), 3);
    assert_eq!(
        set(asked_of(&r, &all).claims().iter().copied()),
        set(r.own_voice),
        "a cut changes independence, not the speakers"
    );
    assert_eq!(
        asked_of(&r, &r.graph.view().only_stated_lineage()).count(),
        1,
        "the lineage is stated, not inferred"
    );
}

#[test]
fn without_the_wire_the_claims_that_outlets_took_from_it_fall() {
    let r = report();
    let left = r.graph.view().excluding_source(r.wire);
    assert_eq!(in_view(&left), r.but(r.landing.into_iter().chain(r.own_voice).chain([r.sighting])));
    let own = left.without_lineage(r.syndication[2]);
    assert_eq!(
        set(own.statement(r.tamora, SANCTIONS, r.ostrel).backing().claims()),
        set([r.own_voice[2]])
    );
}

// ----- saving, merging, sharing

#[test]
fn the_report_is_the_same_after_a_save_and_after_a_merge_with_itself() {
    let r = report();
    let saved = r.graph.to_jsonl();
    let read = ClaimGraph::read_jsonl(saved.as_bytes()).expect("a written file can be read");
    assert_eq!(read.to_jsonl(), saved);
    assert_eq!(read.contested().len(), r.graph.contested().len());
    let mut merged = r.graph.clone();
    merged.merge(&r.graph).expect("a graph does not contradict itself");
    assert_eq!(merged.to_jsonl(), saved);
    assert_eq!((merged.len(), merged.entity_count()), (r.graph.len(), r.graph.entity_count()));
    assert_eq!(
        (merged.lineages().len(), merged.affiliations().len()),
        (r.graph.lineages().len(), r.graph.affiliations().len())
    );
    merged.merge(&read).expect("nor does the graph that was read back");
    assert_eq!(merged.to_jsonl(), saved);
}

#[test]
fn a_graph_can_be_sent_shared_and_cloned() {
    fn is<T: Send + Sync + Clone + 'static>() {}
    is::<ClaimGraph>();
    fn lends<T: Send + Sync + Clone>(_: T) {}
    lends(report().graph.view());
}
