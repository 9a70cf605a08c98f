//! Denials by speakers, by those who confirm a denial, and by speakers who correct one.

use claimgraph::{
    Answer, Claim, ClaimGraph, ClaimId, EntityId, Modality, Period, Quantity, View,
    claim::Certainty, date, grade::SourceGrades, questions::ContestKind, reporting::*,
};

struct World {
    graph: ClaimGraph,
    x: EntityId,
    town: EntityId,
    a: EntityId,
    b: EntityId,
    m: EntityId,
}

fn world() -> World {
    let mut graph = ClaimGraph::new();
    let x = graph.add(Military, "x").unwrap().id();
    let town = graph.add(City, "town").unwrap().id();
    let [a, b, m] = ["a", "b", "m"].map(|key| graph.add(Agency, key).unwrap().id());
    World { graph, x, town, a, b, m }
}

impl World {
    fn put(&mut self, claim: Claim, day: i8) -> ClaimId {
        self.graph.insert(claim.reported(date(2023, 6, day))).unwrap()
    }

    fn says(&self, who: EntityId) -> Claim {
        let present = self.graph.relation("present-in").unwrap();
        Claim::by(who).asserts(self.x, present, self.town)
    }

    fn denies(&self, who: EntityId) -> Claim {
        let present = self.graph.relation("present-in").unwrap();
        Claim::by(who).denies(self.x, present, self.town)
    }

    fn against(&self, view: &View<'_>) -> Vec<ClaimId> {
        let present = self.graph.relation("present-in").unwrap();
        view.statement(self.x, present, self.town).against().claims()
    }
}

#[test]
fn who_confirms_a_denial_denies_it_too() {
    let mut w = world();
    let said = w.put(w.says(w.a), 5);
    let denial = w.put(w.denies(w.b), 6);
    let confirmation = w.put(Claim::by(w.m).confirms(denial), 7);
    let view = w.graph.view();
    assert_eq!(w.against(&view), [denial, confirmation]);
    assert_eq!(view.contested()[0].contests().len(), 2);
    assert_eq!(view.contests(said).unwrap().claims(), [denial, confirmation]);
    let kinds: Vec<_> = view.contests(said).unwrap().iter().map(|it| it.kind()).collect();
    assert_eq!(kinds, [Some(ContestKind::FactDenied); 2]);
    let asked = view.statement(w.x, w.graph.relation("present-in").unwrap(), w.town);
    let contradiction = asked.credibility(&SourceGrades::new()).contradiction().count();
    assert_eq!(contradiction, 2);
    // Without the one who denied it first, the word of the other stays, and its proof has what it confirms.
    let without = w.graph.view().excluding_source(w.b);
    assert_eq!(without.contests(said).unwrap().len(), 1);
    assert_eq!(w.against(&without), [confirmation]);
    let proof = without.contests(said).unwrap().proof().claims();
    assert!(proof.contains(&denial), "{proof:?}");
}

#[test]
fn who_confirms_a_denial_in_more_than_one_step_or_way_denies_once() {
    let mut w = world();
    let said = w.put(w.says(w.a), 5);
    let denial = w.put(w.denies(w.b), 6);
    let first = w.put(Claim::by(w.m).confirms(denial), 7);
    let both = w.put(Claim::by(w.a).confirms([denial, first]), 8);
    let contests = w.graph.view().contests(said).unwrap();
    let by: Vec<ClaimId> = contests.iter().map(|it| it.claim().id()).collect();
    assert_eq!(by, [denial, first, both]);
    // A confirmation of a plan to say so is not one.
    let planned = w.put(Claim::by(w.m).confirms(denial).modality(Modality::Planned), 9);
    assert!(!w.graph.view().contests(said).unwrap().claims().contains(&planned));
}

#[test]
fn an_acknowledgement_of_a_denial_does_not_cover_a_figure() {
    for (figure, contests) in [(None, 2), (Some(Quantity::stated(300, "soldiers")), 1)] {
        let mut w = world();
        let (mut said, mut denial) = (w.says(w.a), w.denies(w.b));
        if let Some(figure) = figure {
            (said, denial) = (said.quantity(figure.clone()), denial.quantity(figure));
        }
        let said = w.put(said, 5);
        let denial = w.put(denial, 6);
        w.put(Claim::by(w.m).acknowledges(denial), 7);
        assert_eq!(w.graph.view().contests(said).unwrap().len(), contests);
    }
}

#[test]
fn who_confirms_a_dismissal_or_a_doubt_says_the_same_of_the_claim() {
    let mut w = world();
    let said = w.put(w.says(w.a), 5);
    let other = w.put(w.says(w.m), 5);
    let dismissal = w.put(Claim::by(w.b).dismisses(said), 6);
    let confirmation = w.put(Claim::by(w.m).confirms(dismissal), 7);
    let view = w.graph.view();
    let contests = view.contests(said).unwrap();
    let by: Vec<ClaimId> = contests.iter().map(|it| it.claim().id()).collect();
    assert_eq!(by, [dismissal, confirmation]);
    assert_eq!(contests[1].kind(), Some(ContestKind::ClaimDismissed));
    assert!(view.contests(other).unwrap().is_empty());
    assert!(w.against(&view.excluding_source(w.b)).contains(&confirmation));
    // A doubt is against the statement, and contests nothing.
    let mut w = world();
    let said = w.put(w.says(w.a), 5);
    let doubt = w.put(Claim::by(w.b).doubts(said), 6);
    let confirmation = w.put(Claim::by(w.m).confirms(doubt), 7);
    let view = w.graph.view();
    assert!(view.contests(said).unwrap().is_empty());
    let asked = view.statement(w.x, w.graph.relation("present-in").unwrap(), w.town);
    let against: Vec<ClaimId> = asked.against().iter().map(|it| it.claim().id()).collect();
    assert_eq!(against, [doubt, confirmation]);
}

#[test]
fn a_corrected_denial_is_of_the_corrected_days() {
    let day = |day: i8| date(2023, 6, day);
    let mut w = world();
    let on_the_5th = w.put(w.says(w.a).valid("2023-06-05/2023-06-05"), 6);
    let on_the_8th = w.put(w.says(w.m).valid("2023-06-08/2023-06-08"), 9);
    let of_the_5th = w.put(w.denies(w.b).valid(day(5)), 10);
    assert_eq!(w.graph.contested()[0].claim().id(), on_the_5th);
    assert_eq!(w.graph.contested().len(), 1);
    let corrected = w.put(Claim::by(w.b).revises(of_the_5th).valid(day(8)), 11);
    let contested = w.graph.contested();
    assert_eq!(contested.len(), 1);
    assert_eq!(contested[0].claim().id(), on_the_8th);
    assert_eq!(contested[0].contests()[0].claim().id(), corrected);
    assert!(w.graph.view().contests(on_the_5th).unwrap().is_empty());
    let asked = |day| {
        let present = w.graph.relation("present-in").unwrap();
        let asked = w.graph.statement(w.x, present, w.town).valid(day);
        (asked.summary().contested, asked.against().len())
    };
    assert_eq!(asked(day(5)), (Answer::No, 0));
    assert_eq!(asked(day(8)), (Answer::Yes, 1));
    // Before the correction it was the other day.
    let before = w.graph.view().as_of(day(10));
    assert_eq!(before.contested()[0].claim().id(), on_the_5th);
}

#[test]
fn a_corrected_figure_of_a_denial_takes_the_place_of_the_old_one() {
    let soldiers = |number: i64| Quantity::stated(number, "soldiers");
    let mut w = world();
    let small = w.put(w.says(w.a).quantity(soldiers(300)), 5);
    let great = w.put(w.says(w.m).quantity(soldiers(900)), 5);
    let denial = w.put(w.denies(w.b).quantity(soldiers(300)), 6);
    assert_eq!(w.graph.contested().claims(), [small]);
    w.put(Claim::by(w.b).revises(denial).quantity(soldiers(900)), 7);
    let contested = w.graph.contested();
    assert_eq!((contested.len(), contested[0].claim().id()), (1, great));
}

#[test]
fn what_its_speaker_has_corrected_is_no_longer_contested_by_what_it_said() {
    let soldiers = |number: i64| Quantity::stated(number, "soldiers");
    let mut w = world();
    let first = w.put(w.says(w.a).quantity(soldiers(12)), 5);
    let second = w.put(Claim::by(w.a).revises(first).quantity(soldiers(31)), 6);
    let of_figure = w.put(w.denies(w.b).quantity(soldiers(12)), 7);
    assert!(w.graph.contested().is_empty());
    assert!(w.graph.view().contests(first).unwrap().is_empty());
    let of_fact = w.put(w.denies(w.b), 8);
    let contested = w.graph.contested();
    assert_eq!((contested.len(), contested[0].claim().id()), (1, second));
    assert_eq!(contested[0].contests()[0].claim().id(), of_fact);
    // A view that counts what was superseded has all of it.
    let counting = w.graph.view().including_superseded();
    assert_eq!(counting.contests(first).unwrap().claims(), [of_figure, of_fact]);
    // An answer to the claim is of the claim, whatever became of it.
    let dismissal = w.put(Claim::by(w.m).dismisses(first), 9);
    let contests = w.graph.view().contests(first).unwrap();
    assert_eq!(contests.claims(), [dismissal]);
}

#[test]
fn a_confirmation_can_say_when() {
    let day = |day: i8| date(2023, 6, day);
    let mut w = world();
    let event = w.graph.add(Event, "event").unwrap().id();
    let takes_place = w.graph.relation("takes-place").unwrap();
    let said = Claim::by(w.a).asserts(event, takes_place, ()).valid(day(5));
    let said = w.put(said, 8);
    let confirmation = w.put(Claim::by(w.m).confirms(said).valid(day(6)), 9);
    let asked = |on: i8| w.graph.statement(event, takes_place, ()).valid(day(on));
    assert_eq!(asked(5).independence().claims(), [said]);
    assert_eq!(asked(6).independence().claims(), [confirmation]);
    assert_eq!(asked(7).is_asserted(), Answer::No);
    let whole = w.graph.statement(event, takes_place, ());
    assert_eq!(whole.independence().claims(), [said, confirmation]);
    let on = |day| {
        let view = w.graph.view().certainly_valid_at(day);
        view.claims().map(|claim| claim.id()).collect::<Vec<_>>()
    };
    assert_eq!((on(day(5)), on(day(6))), (vec![said], vec![confirmation]));
    let conflicts = w.graph.view().date_conflicts(TAKES_PLACE);
    let kinds: Vec<_> = conflicts[0].pairs().iter().map(|pair| pair.kind()).collect();
    assert_eq!(kinds, [ContestKind::TimesApart]);
    // Who confirms that one says the same day, also without those before.
    let again = w.put(Claim::by(w.b).confirms(confirmation), 10);
    let view = w.graph.view().excluding_source(w.a).excluding_source(w.m);
    let asked = |on: i8| view.statement(event, takes_place, ()).valid(day(on));
    assert_eq!(asked(6).independence().claims(), [again]);
    assert_eq!(asked(5).is_asserted(), Answer::No);
}

#[test]
fn a_confirmation_with_a_day_that_is_less_certain_than_asked_leaves_it_open() {
    let day = |day: i8| date(2023, 6, day);
    let mut w = world();
    let said = w.put(w.says(w.a).valid(Period::holding_on(day(5))), 9);
    let claim = Claim::by(w.m).confirms(said).valid(Period::holding_on(day(6)));
    w.put(claim.certainty(Certainty::Possible), 9);
    let present = w.graph.relation("present-in").unwrap();
    let view = w.graph.view().excluding_source(w.a);
    let asked = view.statement(w.x, present, w.town).valid(day(6));
    assert_eq!((asked.is_asserted(), asked.backing().len()), (Answer::Unknown, 0));
    assert_eq!(asked.min_certainty(Certainty::Possible).is_asserted(), Answer::Yes);
}
