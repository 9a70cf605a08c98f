//! Corrections: what a revision takes the place of, and what stays the word of others.

use claimgraph::{Answer, Claim, ClaimGraph, ClaimId, Id, Quantity, date, reporting::*};

struct Storm {
    graph: ClaimGraph,
    storm: Id<Event>,
    agency: Id<Agency>,
    first: ClaimId,
    correction: ClaimId,
    confirmation: ClaimId,
}

fn dead(n: i64) -> Quantity {
    Quantity::stated(n, "dead")
}

/// An agency counts 12 dead, a ministry confirms that, and the agency corrects it to 31.
fn storm() -> Storm {
    let mut graph = ClaimGraph::new();
    let storm = graph.add(Event, "storm").unwrap();
    let agency = graph.add(Agency, "agency").unwrap();
    let ministry = graph.add(Agency, "ministry").unwrap();
    let first = Claim::by(agency).asserts(storm, CAUSES_CASUALTIES, ()).quantity(dead(12));
    let first = graph.insert(first.valid("2023-06-05").reported(date(2023, 6, 5))).unwrap();
    let confirmation = Claim::by(ministry).confirms(first).reported(date(2023, 6, 6));
    let confirmation = graph.insert(confirmation).unwrap();
    let correction = Claim::by(agency).revises(first).quantity(dead(31));
    let correction = graph.insert(correction.reported(date(2023, 6, 7))).unwrap();
    Storm { graph, storm, agency, first, correction, confirmation }
}

#[test]
fn an_old_figure_stands_on_those_who_confirmed_it() {
    let w = storm();
    let view = w.graph.view();
    let asked = |n| view.statement(w.storm, CAUSES_CASUALTIES, ()).quantity(dead(n));
    let old = asked(12);
    assert_eq!(old.backing().claims(), [w.first, w.confirmation], "the old is listed too");
    assert_eq!(old.independence().claims(), [w.confirmation]);
    assert_eq!((old.is_asserted(), asked(31).is_asserted()), (Answer::Yes, Answer::Yes));
    assert_eq!(asked(31).independence().claims(), [w.correction]);
    assert!(old.backing()[0].to_string().ends_with("; superseded"));
}

#[test]
fn a_confirmed_figure_and_the_corrected_one_are_in_conflict() {
    let w = storm();
    let conflicts = w.graph.view().figure_conflicts();
    assert_eq!(conflicts.len(), 1);
    let pairs: Vec<_> =
        conflicts[0].pairs().iter().map(|it| it.between().map(|c| c.id())).collect();
    assert_eq!(pairs, [[w.confirmation, w.correction]]);
    assert_eq!(conflicts[0].pairs()[0].certain(), Answer::Yes, "both are of the 5th");
}

#[test]
fn a_view_that_includes_superseded_claims_counts_them() {
    let w = storm();
    let view = w.graph.view().including_superseded();
    let old = view.statement(w.storm, CAUSES_CASUALTIES, ()).quantity(dead(12));
    assert_eq!(old.independence().count(), 2);
    assert!(!old.backing()[0].is_superseded());
}

#[test]
fn a_correction_of_a_date_moves_the_claim_in_time() {
    let mut w = storm();
    let moved = Claim::by(w.agency).revises(w.first).valid("2023-06-08").reported(date(2023, 6, 9));
    let moved = w.graph.insert(moved).unwrap();
    let view = w.graph.view();
    let on = |day: i8| {
        let asked = view.statement(w.storm, CAUSES_CASUALTIES, ()).valid(date(2023, 6, day));
        asked.independence().claims().to_vec()
    };
    assert_eq!((on(5), on(8)), (vec![w.confirmation], vec![w.correction, moved]));
    let figures = view.statement(w.storm, CAUSES_CASUALTIES, ()).valid(date(2023, 6, 8)).figures();
    assert_eq!(figures.equals(31), Answer::Yes, "both corrections apply");
    let held = |day: i8| {
        let view = w.graph.view().certainly_valid_at(date(2023, 6, day));
        [w.first, moved].map(|claim| view.contains(claim))
    };
    assert_eq!((held(5), held(8)), ([false, false], [true, true]));
    assert!(w.graph.view().timeline().events().contains(&moved));
    assert!(!w.graph.view().timeline().events().contains(&w.first));
}

#[test]
fn what_somebody_else_says_of_a_claim_is_a_word_beside_it() {
    let mut w = storm();
    let other = w.graph.add(Agency, "other").unwrap();
    let theirs =
        Claim::by(other).revises(w.correction).quantity(dead(40)).reported(date(2023, 6, 8));
    let theirs = w.graph.insert(theirs).unwrap();
    let figures = w.graph.statement(w.storm, CAUSES_CASUALTIES, ()).figures();
    let current: Vec<_> = figures.current().map(|it| it.claim().id()).collect();
    assert_eq!(current, [w.confirmation, w.correction, theirs]);
}

#[test]
fn a_retracted_correction_leaves_the_first_word() {
    let mut w = storm();
    let back = Claim::by(w.agency).retracts(w.correction).reported(date(2023, 6, 8));
    w.graph.insert(back).unwrap();
    let asked = |n| w.graph.statement(w.storm, CAUSES_CASUALTIES, ()).quantity(dead(n));
    assert_eq!((asked(12).independence().count(), asked(31).is_asserted()), (2, Answer::No));
}

#[test]
fn a_correction_of_a_correction_supersedes_both() {
    let mut w = storm();
    let last =
        Claim::by(w.agency).revises(w.correction).quantity(dead(33)).reported(date(2023, 6, 8));
    w.graph.insert(last).unwrap();
    let asked =
        |n| w.graph.statement(w.storm, CAUSES_CASUALTIES, ()).quantity(dead(n)).is_asserted();
    assert_eq!(
        [12, 31, 33].map(asked),
        [Answer::Yes, Answer::No, Answer::Yes],
        "12 by the ministry"
    );
    let figures = w.graph.statement(w.storm, CAUSES_CASUALTIES, ()).figures();
    let superseded = figures.iter().filter(|it| it.is_superseded()).count();
    assert_eq!(superseded, 2);
}

/// A plan of 12 that its speaker revised says nothing of what happened.
#[test]
fn a_revised_plan_or_forecast_is_in_conflict_with_no_fact() {
    for plan in [true, false] {
        let mut graph = ClaimGraph::new();
        let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
        let (a, b) = (graph.add(Agency, "a").unwrap(), graph.add(Agency, "b").unwrap());
        let sends = |who: Id<Agency>| Claim::by(who).asserts(nk, DEPLOYS_TO, russia);
        let first = match plan {
            true => sends(a).modality(claimgraph::Modality::Planned),
            false => Claim::by(a).projects(nk, DEPLOYS_TO, russia),
        };
        let soldiers = |n: i64| Quantity::stated(n, "soldiers");
        let day = date(2023, 6, 5);
        let first = graph.insert(first.quantity(soldiers(12)).reported(day)).unwrap();
        graph.insert(Claim::by(a).revises(first).quantity(soldiers(40)).reported(day)).unwrap();
        graph.insert(sends(b).quantity(soldiers(31)).reported(day)).unwrap();
        assert!(graph.view().figure_conflicts().is_empty());
    }
}

#[test]
fn two_figures_of_one_speaker_are_in_conflict_unless_one_revises_the_other() {
    let mut graph = ClaimGraph::new();
    let storm = graph.add(Event, "storm").unwrap();
    let agency = graph.add(Agency, "agency").unwrap();
    let says = |n: i64| {
        let claim = Claim::by(agency).asserts(storm, CAUSES_CASUALTIES, ()).quantity(dead(n));
        claim.reported(date(2023, 6, 5))
    };
    let first = graph.insert(says(12)).unwrap();
    let other = graph.insert(says(20)).unwrap();
    let pairs = |view: claimgraph::View<'_>| -> Vec<[ClaimId; 2]> {
        let figures = view.statement(storm, CAUSES_CASUALTIES, ()).figures();
        let mut asked: Vec<_> =
            figures.conflicting().iter().map(|it| it.between().map(|c| c.id())).collect();
        let conflicts = view.figure_conflicts();
        let mut listed: Vec<_> = conflicts
            .iter()
            .flat_map(|it| it.pairs())
            .map(|it| it.between().map(|c| c.id()))
            .collect();
        asked.sort();
        listed.sort();
        assert_eq!(asked, listed);
        listed
    };
    let mut both = [first, other];
    graph.sort_findings(&mut both, |id| *id);
    assert_eq!(pairs(graph.view()), [both]);
    let correction = Claim::by(agency).revises(first).quantity(dead(20));
    graph.insert(correction.reported(date(2023, 6, 6))).unwrap();
    assert_eq!(pairs(graph.view()), [] as [[ClaimId; 2]; 0]);
    assert_eq!(pairs(graph.view().including_superseded()), [both]);
}

#[test]
fn the_latest_word_of_a_speaker_may_be_a_correction() {
    let figures = |words: &[(Option<usize>, i64, i8)]| -> Vec<String> {
        let mut graph = ClaimGraph::new();
        let storm = graph.add(Event, "storm").unwrap();
        let agency = graph.add(Agency, "agency").unwrap();
        let mut claims = Vec::new();
        for &(revises, n, day) in words {
            let claim = match revises {
                Some(place) => Claim::by(agency).revises(claims[place]),
                None => Claim::by(agency).asserts(storm, CAUSES_CASUALTIES, ()),
            };
            let claim = claim.quantity(dead(n)).reported(date(2023, 6, day));
            claims.push(graph.insert(claim).unwrap());
        }
        let latest = graph.view().latest_per_speaker();
        let figures = latest.statement(storm, CAUSES_CASUALTIES, ()).figures();
        figures.iter().map(|it| it.quantity().to_string()).collect()
    };
    assert_eq!(figures(&[(None, 12, 5), (Some(0), 31, 7), (None, 40, 8)]), ["40 dead"]);
    assert_eq!(figures(&[(None, 12, 5), (None, 20, 6), (Some(0), 31, 7)]), ["31 dead"]);
    assert_eq!(figures(&[(None, 12, 5), (Some(0), 31, 7)]), ["31 dead"]);
}

#[test]
fn an_event_is_of_the_corrected_day_and_stays_without_its_source() {
    let mut graph = ClaimGraph::new();
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    let (one, other) = (graph.add(Agency, "one").unwrap(), graph.add(Agency, "other").unwrap());
    let minister = graph.add(Person, "minister").unwrap();
    let day = |day: i8| date(2023, 6, day);
    let meets = |who: Id<Agency>, on: i8| {
        Claim::by(who).asserts(a, MEETS, b).valid(day(on)).reported(day(5))
    };
    let first = graph.insert(meets(one, 1)).unwrap();
    let second = graph.insert(meets(other, 2)).unwrap();
    let correction = Claim::by(one).revises(first).valid(day(2)).reported(day(6));
    let correction = graph.insert(correction).unwrap();
    let events = graph.view().distinct_events();
    assert_eq!(events.len(), 1, "{events}");
    let reports: Vec<ClaimId> = events[0].reports().iter().map(|claim| claim.id()).collect();
    assert_eq!(reports, [second, correction]);
    assert_eq!(graph.view().as_of(day(5)).distinct_events().len(), 2);
    let confirms = Claim::by(minister).confirms(second).reported(day(7));
    let confirms = graph.insert(confirms).unwrap();
    let without = graph.view().excluding_source(other).excluding_source(one);
    let events = without.distinct_events();
    assert_eq!(events.claims(), [confirms]);
    assert_eq!(events[0].valid().map(|it| it.to_string()).as_deref(), None);
}

#[test]
fn the_proof_of_a_correction_has_what_it_repeats() {
    let mut graph = ClaimGraph::new();
    let (army, town) = (graph.add(Military, "army").unwrap(), graph.add(City, "town").unwrap());
    let agency = graph.add(Agency, "agency").unwrap();
    let day = date(2023, 6, 6);
    let sent = Claim::by(agency).asserts(army, DEPLOYS_TO, claimgraph::claim::implicit(town));
    let sent = graph.insert(sent.quantity(dead(12)).reported(day)).unwrap();
    let revised = Claim::by(agency).revises(sent).quantity(dead(31)).reported(day);
    let revised = graph.insert(revised).unwrap();
    let backing = graph.statement(army, DEPLOYS_TO, town).quantity(dead(31)).backing();
    assert_eq!(backing.claims(), [revised]);
    let proof = backing.proof();
    assert_eq!(proof.claims().len(), 2);
    assert!(proof.inferences()[0].to_string().starts_with("object (implicit): town in "));
}

#[test]
fn a_confirmation_with_a_figure_of_its_own_says_that_figure() {
    let mut graph = ClaimGraph::new();
    let storm = graph.add(Event, "storm").unwrap();
    let agencies = ["a", "b", "c"].map(|key| graph.add(Agency, key).unwrap());
    let [a, b, c] = agencies;
    let day = date(2023, 6, 5);
    let first = Claim::by(a).asserts(storm, CAUSES_CASUALTIES, ()).quantity(dead(12));
    let first = graph.insert(first.reported(day)).unwrap();
    let second = Claim::by(b).confirms(first).quantity(dead(15)).reported(day);
    let second = graph.insert(second).unwrap();
    let third = graph.insert(Claim::by(c).confirms(second).reported(day)).unwrap();
    let backs = |view: claimgraph::View<'_>, n: i64| {
        let asked = view.statement(storm, CAUSES_CASUALTIES, ()).quantity(dead(n));
        let mut backing = asked.backing().claims();
        backing.sort();
        (asked.is_asserted(), asked.independence().count(), backing)
    };
    assert_eq!(backs(graph.view(), 12), (Answer::Yes, 1, vec![first]));
    assert_eq!(backs(graph.view(), 15), (Answer::Yes, 2, vec![second, third]));
    assert_eq!(backs(graph.view().excluding_source(a), 15).2, [second, third]);
    assert_eq!(backs(graph.view().excluding_source(a), 12).0, Answer::No);
    let asked = graph.statement(storm, CAUSES_CASUALTIES, ());
    assert_eq!(asked.independence().count(), 3, "that the storm cost lives");
    let conflicts = graph.view().figure_conflicts();
    let pairs: Vec<_> = conflicts[0]
        .pairs()
        .iter()
        .map(|it| (it.between().map(|c| c.id()), it.certain()))
        .collect();
    let mut both = [first, second];
    graph.sort_findings(&mut both, |id| *id);
    assert_eq!(pairs, [(both, Answer::Yes)]);
    let figures = asked.figures();
    assert_eq!(figures.conflicting().len(), 1);
    assert_eq!((figures.len(), figures.at_least(12)), (2, Answer::Yes));
    assert!(figures.iter().all(|it| !it.is_derived()), "the text gives both");
}

#[test]
fn who_confirmed_a_claim_can_correct_what_it_confirmed() {
    let mut graph = ClaimGraph::new();
    let storm = graph.add(Event, "storm").unwrap();
    let (a, m) = (graph.add(Agency, "a").unwrap(), graph.add(Agency, "m").unwrap());
    let day = |day: i8| date(2023, 6, day);
    let first = Claim::by(a).asserts(storm, CAUSES_CASUALTIES, ()).quantity(dead(12));
    let first = graph.insert(first.valid(day(4)).reported(day(5))).unwrap();
    let confirms = graph.insert(Claim::by(m).confirms(first).reported(day(6))).unwrap();
    let again = graph.insert(Claim::by(m).confirms(confirms).reported(day(6))).unwrap();
    let corrects = Claim::by(m).revises(again).quantity(dead(14)).reported(day(7));
    let corrects = graph.insert(corrects).unwrap();
    let current = |view: claimgraph::View<'_>, n: i64| {
        let asked = view.statement(storm, CAUSES_CASUALTIES, ()).quantity(dead(n));
        let mut current: Vec<ClaimId> = asked
            .backing()
            .iter()
            .filter(|it| !it.is_superseded())
            .map(|it| it.claim().id())
            .collect();
        current.sort();
        (asked.is_asserted(), current)
    };
    assert_eq!(current(graph.view(), 14), (Answer::Yes, vec![corrects]));
    assert_eq!(current(graph.view(), 12), (Answer::Yes, vec![first, confirms]));
    let before = graph.view().as_of(day(6));
    assert_eq!(current(before, 12), (Answer::Yes, vec![first, confirms, again]));
    let dated = graph.statement(storm, CAUSES_CASUALTIES, ()).valid(day(4)).quantity(dead(14));
    assert_eq!(dated.is_asserted(), Answer::Yes, "the day is that of what was confirmed");
    let figures = graph.statement(storm, CAUSES_CASUALTIES, ()).figures();
    let mut shown: Vec<String> = figures.current().map(|it| it.quantity().to_string()).collect();
    shown.sort();
    assert_eq!(shown, ["12 dead", "14 dead"]);
}

#[test]
fn a_less_certain_confirmation_leaves_it_open_without_its_source() {
    use claimgraph::claim::Certainty;
    let mut graph = ClaimGraph::new();
    let (x, town) = (graph.add(Military, "x").unwrap(), graph.add(City, "town").unwrap());
    let (a, m) = (graph.add(Agency, "a").unwrap(), graph.add(Agency, "m").unwrap());
    let day = date(2023, 6, 5);
    let there = Claim::by(a).asserts(x, PRESENT_IN, town).reported(day);
    let there = graph.insert(there).unwrap();
    let perhaps = Claim::by(m).confirms(there).certainty(Certainty::Possible).reported(day);
    graph.insert(perhaps).unwrap();
    let asked = |view: claimgraph::View<'_>| view.statement(x, PRESENT_IN, town).is_asserted();
    assert_eq!(asked(graph.view()), Answer::Yes);
    assert_eq!(asked(graph.view().excluding_source(a)), Answer::Unknown);
    assert_eq!(asked(graph.view().excluding_source(a).excluding_source(m)), Answer::No);
}

#[test]
fn the_timeline_has_what_was_confirmed_without_its_source() {
    let mut graph = ClaimGraph::new();
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    let minister = graph.add(Person, "minister").unwrap();
    let agency = graph.add(Agency, "agency").unwrap();
    let day = |day: i8| date(2023, 6, day);
    let met = Claim::by(agency).asserts(a, MEETS, b).valid(day(5)).reported(day(6));
    let met = graph.insert(met).unwrap();
    let confirms = graph.insert(Claim::by(minister).confirms(met).reported(day(7))).unwrap();
    assert_eq!(graph.view().timeline().claims(), [met]);
    let without = graph.view().excluding_source(agency);
    assert_eq!(without.timeline().claims(), [confirms]);
    assert_eq!(without.timeline()[0].earliest(), day(5));
}

#[test]
fn a_revision_by_a_factor_supersedes_the_figure_and_not_the_time() {
    let mut graph = ClaimGraph::new();
    let storm = graph.add(Event, "storm").unwrap();
    let agency = graph.add(Agency, "agency").unwrap();
    let day = date(2023, 6, 5);
    let first = Claim::by(agency).asserts(storm, CAUSES_CASUALTIES, ()).quantity(dead(12));
    let first = graph.insert(first.valid(day).reported(day)).unwrap();
    graph.insert(Claim::by(agency).revises(first).factor(2).reported(day)).unwrap();
    let asked = || graph.statement(storm, CAUSES_CASUALTIES, ());
    assert!(asked().quantity(dead(12)).backing()[0].is_superseded());
    assert!(!asked().valid(day).backing()[0].is_superseded());
    assert!(!asked().backing()[0].is_superseded());
}

#[test]
fn the_last_word_of_a_speaker_takes_the_place_of_what_shares_a_day_with_it() {
    let kept = |older: &str| {
        let mut graph = ClaimGraph::new();
        let (force, town) = (graph.add(Military, "a").unwrap(), graph.add(City, "b").unwrap());
        let agency = graph.add(Agency, "agency").unwrap();
        let periods = [older, "2024-02-01/2024-02-05", "2024-02-09/2024-02-12"];
        for (day, period) in (1..).zip(periods) {
            let claim = Claim::by(agency).asserts(force, PRESENT_IN, town).valid(period);
            graph.insert(claim.reported(date(2025, 1, day))).unwrap();
        }
        graph.view().latest_per_speaker().claims().count()
    };
    // The older claim is before, at the first and last days of the others, between them, in both, and after.
    let periods = ["2024-01-20/2024-01-31", "2024-01-20/2024-02-01", "2024-02-05/2024-02-08"];
    assert_eq!(periods.map(kept), [3, 2, 2]);
    let periods = ["2024-02-06/2024-02-08", "2024-01-01/2024-03-01", "2024-02-13/2024-02-20"];
    assert_eq!(periods.map(kept), [3, 2, 3]);
}
