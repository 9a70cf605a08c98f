//! Dates and figures that cannot both be right.

use claimgraph::reporting::*;
use claimgraph::{
    Answer, Claim, ClaimGraph, Finding, Period, Quantity, date, questions::ContestKind,
};

#[test]
fn dates_conflict_if_they_cannot_both_be_right() {
    let mut graph = ClaimGraph::new();
    let talks = ["t0", "t1", "t2", "t3", "t4"].map(|key| graph.add(Briefing, key).unwrap());
    let (a, b) = (graph.add(Agency, "a").unwrap(), graph.add(Agency, "b").unwrap());
    let mut begins = |who, n: usize, when: &str| {
        let claim =
            Claim::by(who).asserts(talks[n], BEGINS, ()).valid(when).reported(date(2025, 1, 1));
        graph.insert(claim).unwrap()
    };
    begins(a, 0, "2024-06-01");
    begins(b, 0, "2024-06-02");
    begins(a, 1, "2024-06-01");
    begins(b, 1, "2024-06");
    begins(a, 2, "2024-06-01");
    begins(b, 2, "2024-06-01");
    // Claims of one speaker are not compared with each other.
    begins(a, 3, "2024-06-01");
    begins(a, 3, "2024-06-02");
    begins(a, 4, "[2024-06-01..2024-06-10]");
    begins(b, 4, "[2024-06-05..2024-06-20]");
    let conflicts = graph.view().date_conflicts(BEGINS);
    let found: Vec<_> = conflicts
        .iter()
        .map(|c| {
            (graph.name_of(c.subject().unwrap()), c.pairs()[0].kind(), c.whether_reconcilable())
        })
        .collect();
    let mut found = found;
    found.sort_by_key(|(name, ..)| *name);
    assert_eq!(
        found,
        [
            ("t0", ContestKind::TimesApart, Answer::No),
            ("t1", ContestKind::OtherPrecision, Answer::Unknown),
            ("t4", ContestKind::OtherPrecision, Answer::Unknown)
        ]
    );
    assert!(ContestKind::TimesApart.is_conflict() && !ContestKind::OtherPrecision.is_conflict());
    assert!(graph.contested().is_empty());
    // If it happens more than once, or in another view, there is no conflict.
    assert!(graph.view().date_conflicts(IS_COMPLETED).is_empty());
    assert!(graph.view().attributed_to(a).date_conflicts(BEGINS).is_empty());
    assert_eq!(
        graph.view().date_conflicts(BEGINS).irreconcilable().next().unwrap().claims().len(),
        2
    );
}

#[test]
fn a_date_that_its_speaker_has_revised_does_not_conflict() {
    let mut graph = ClaimGraph::new();
    let talks = graph.add(Briefing, "talks").unwrap();
    let [a, b] = ["a", "b"].map(|key| graph.add(Agency, key).unwrap());
    let say = |who, when: &str| {
        Claim::by(who).asserts(talks, BEGINS, ()).valid(when).reported(date(2025, 10, 1))
    };
    let wrong = graph.insert(say(a, "1925-02-24")).unwrap();
    graph.insert(say(b, "1925-02-25")).unwrap();
    assert_eq!(graph.view().date_conflicts(BEGINS).len(), 1);
    let mut other = graph.clone();
    other
        .insert(Claim::by(b).revises(wrong).valid("1925-02-25").reported(date(2025, 10, 2)))
        .unwrap();
    assert_eq!(
        other.view().date_conflicts(BEGINS).len(),
        1,
        "a revision by another speaker does not count"
    );
    graph
        .insert(Claim::by(a).revises(wrong).valid("1925-02-25").reported(date(2025, 10, 2)))
        .unwrap();
    assert_eq!(graph.view().date_conflicts(BEGINS).len(), 0);
    assert_eq!(
        graph.view().as_of(date(2025, 10, 1)).date_conflicts(BEGINS).len(),
        1,
        "as known on the day before"
    );
}

#[test]
fn figures_conflict_unless_they_are_revised_or_can_both_hold() {
    let mut graph = ClaimGraph::new();
    let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
    let (a, b) = (graph.add(Agency, "a").unwrap(), graph.add(Agency, "b").unwrap());
    let sent = |who, figure: Quantity| {
        Claim::by(who).asserts(nk, DEPLOYS_TO, russia).quantity(figure).reported(date(2024, 6, 1))
    };
    let first = graph.insert(sent(a, Quantity::exactly(3_000, "soldiers"))).unwrap();
    graph.insert(sent(b, Quantity::no_less_than(1_000, "troops"))).unwrap();
    graph.insert(sent(b, Quantity::exactly(7, "casualties"))).unwrap();
    graph.insert(sent(b, Quantity::exactly(50, "soldiers")).with(PLACE, "the east")).unwrap();
    assert!(graph.view().figure_conflicts().is_empty(), "a bound, another unit, another place");
    graph.insert(sent(b, Quantity::exactly(12_000, "troops"))).unwrap();
    let conflicts = graph.view().figure_conflicts();
    let disagreement = &conflicts.first().unwrap().pairs()[0];
    assert_eq!((conflicts.len(), disagreement.kind()), (1, ContestKind::FiguresApart));
    let said = conflicts[0].to_string();
    assert!(
        said.contains("a says exactly 3,000 soldiers")
            && said.ends_with("the two figures cannot both be right at one time"),
        "{said}"
    );
    // The speaker revises the figure, so the old one no longer counts.
    let revised = Claim::by(a)
        .revises(first)
        .quantity(Quantity::exactly(12_000, "soldiers"))
        .reported(date(2024, 6, 1));
    graph.insert(revised).unwrap();
    assert!(graph.view().figure_conflicts().is_empty());
}

#[test]
fn a_figure_of_one_day_is_a_count_within_a_stretch_that_holds_the_day() {
    let day = |day: i8| date(2023, 6, day);
    let dead = |number: i64| Quantity::stated(number, "dead");
    let stretch = || Period::throughout(day(1)..=day(7)).cumulative();
    let conflict = |one: (i64, Period), other: (i64, Period)| {
        let mut graph = ClaimGraph::new();
        let storm = graph.add(Event, "storm").unwrap();
        for (key, (number, valid)) in [("a", one), ("b", other)] {
            let who = graph.add(Agency, key).unwrap();
            let claim = Claim::by(who).asserts(storm, CAUSES_CASUALTIES, ());
            graph.insert(claim.quantity(dead(number)).valid(valid).reported(day(20))).unwrap();
        }
        let asked = graph.statement(storm, CAUSES_CASUALTIES, ());
        let certain = graph.view().figure_conflicts().first().map(|it| it.pairs()[0].certain());
        let beside = asked.figures();
        let beside = beside.conflicting();
        assert_eq!(beside.first().map(|it| it.certain()), certain);
        certain
    };
    let on = |n: i8| Period::on(day(n));
    assert_eq!(conflict((12, on(5)), (31, stretch())), None);
    assert_eq!(conflict((31, on(5)), (12, stretch())), Some(Answer::Yes));
    assert_eq!(conflict((31, Period::within(day(3)..=day(5))), (12, stretch())), Some(Answer::Yes));
    assert_eq!(
        conflict((31, Period::within(day(5)..=day(9))), (12, stretch())),
        Some(Answer::Unknown)
    );
    assert_eq!(conflict((31, on(9)), (12, stretch())), None);
    let of_the_5th = || Period::throughout(day(5)..=day(5)).cumulative();
    assert_eq!(conflict((12, on(5)), (31, of_the_5th())), Some(Answer::Yes));
}

#[test]
fn a_figure_that_its_speaker_has_revised_by_a_factor_does_not_conflict() {
    let mut graph = ClaimGraph::new();
    let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
    let [a, b] = ["a", "b"].map(|key| graph.add(Agency, key).unwrap());
    let sent = |who, n: i32| {
        let claim = Claim::by(who).asserts(nk, DEPLOYS_TO, russia);
        claim.quantity(Quantity::exactly(n, "soldiers")).reported(date(2024, 6, 1))
    };
    let first = graph.insert(sent(a, 3_000)).unwrap();
    graph.insert(sent(b, 12_000)).unwrap();
    assert_eq!(graph.view().figure_conflicts().len(), 1);
    graph.insert(Claim::by(a).revises(first).factor(4).reported(date(2024, 6, 2))).unwrap();
    assert!(graph.view().figure_conflicts().is_empty());
}

#[test]
fn a_revision_of_the_day_repeats_the_figure_so_that_only_the_revision_conflicts() {
    let mut graph = ClaimGraph::new();
    let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
    let [a, b] = ["a", "b"].map(|key| graph.add(Agency, key).unwrap());
    let sent = |who, n: i32, when: &str| {
        let claim = Claim::by(who).asserts(nk, DEPLOYS_TO, russia).valid(when);
        claim.quantity(Quantity::exactly(n, "soldiers")).reported(date(2024, 7, 1))
    };
    let first = graph.insert(sent(a, 3_000, "2024-06-02")).unwrap();
    let other = graph.insert(sent(b, 12_000, "2024-06")).unwrap();
    let revision = Claim::by(a).revises(first).valid("2024-06-03").reported(date(2024, 7, 2));
    let revision = graph.insert(revision).unwrap();
    let conflicts = graph.view().figure_conflicts();
    let mut pairs: Vec<_> = conflicts
        .iter()
        .flat_map(|it| it.pairs().iter())
        .map(|it| it.between().map(|c| c.id()))
        .collect();
    pairs.iter_mut().for_each(|pair| pair.sort());
    assert_eq!(pairs, [[other, revision]]);
}

/// A town, and agencies that each say how many are there on a day, or that it fell on a day.
struct Town {
    graph: ClaimGraph,
    town: claimgraph::Id<Event>,
}

impl Town {
    fn new() -> Self {
        let mut graph = ClaimGraph::new();
        let town = graph.add(Event, "battle").unwrap();
        Self { graph, town }
    }

    fn says(&mut self, who: &str, figure: i64, day: Option<&str>) -> claimgraph::ClaimId {
        let who = match self.graph.entity_keyed(who) {
            Ok(who) => who,
            Err(_) => self.graph.add(Agency, who).unwrap().id(),
        };
        let claim = Claim::by(who).asserts(self.town, CAUSES_CASUALTIES, ());
        let claim = claim.quantity(Quantity::exactly(figure, "dead")).reported(date(2025, 1, 1));
        let claim = match day {
            Some(day) => claim.valid(day),
            None => claim,
        };
        self.graph.insert(claim).unwrap()
    }
}

#[test]
fn claims_that_say_the_same_are_one_side_of_a_conflict() {
    let mut town = Town::new();
    let three: Vec<claimgraph::ClaimId> =
        ["a", "b", "c"].map(|who| town.says(who, 3, None)).to_vec();
    let nine: Vec<claimgraph::ClaimId> = ["d", "e"].map(|who| town.says(who, 9, None)).to_vec();
    let conflicts = town.graph.view().figure_conflicts();
    let pairs = conflicts[0].pairs();
    assert_eq!((pairs.len(), pairs.is_partial()), (1, false));
    let sides = pairs[0].sides().map(|side| {
        let mut side: Vec<claimgraph::ClaimId> = side.iter().map(|claim| claim.id()).collect();
        side.sort_unstable();
        side
    });
    assert!(sides == [three.clone(), nine.clone()] || sides == [nine, three]);
    assert!(pairs[0].to_string().contains(" (and 2 more claims)"));
    assert!(pairs[0].to_string().contains(" (and 1 more claim)"));
}

#[test]
fn only_figures_that_can_be_of_one_time_are_compared_so_that_a_long_series_is_compared_whole() {
    let mut town = Town::new();
    let first = date(2020, 1, 1);
    for day in 0..600 {
        let day = first.checked_add(in_days(day)).unwrap().to_string();
        for (who, figure) in [("a", 1), ("b", 2)] {
            town.says(who, figure, Some(&day));
        }
    }
    let conflicts = town.graph.view().figure_conflicts();
    let pairs = conflicts[0].pairs();
    assert_eq!((pairs.len(), pairs.is_partial()), (600, false));
}

fn in_days(days: u64) -> std::time::Duration {
    std::time::Duration::from_secs(days * 86_400)
}

#[test]
fn a_conflict_of_too_many_figures_compares_some_and_says_so() {
    let mut town = Town::new();
    for figure in 0..500 {
        town.says(&format!("agency-{figure}"), figure, None);
    }
    let conflicts = town.graph.view().figure_conflicts();
    let pairs = conflicts[0].pairs();
    assert!(pairs.is_partial() && pairs.len() >= 100_000 && pairs.len() < 500 * 499 / 2);
    assert_eq!(conflicts[0].whether_reconcilable(), Answer::No);
    let json = serde_json::to_value(&conflicts[0]).unwrap();
    assert_eq!(json["partial"], true);
}
