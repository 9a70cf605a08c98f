//! The order of rows, and forgeries in any of them.

use super::*;

/// The last revision was reported first. In the order of the rows it would revise a claim that is not yet known to be a
/// revision.
#[test]
fn what_was_retracted_or_revised_comes_back_in_the_order_in_which_it_was_said() {
    let mut graph = ClaimGraph::new();
    let [a, b] = ["a", "b"].map(|key| graph.add(State, key).unwrap().id());
    let about = |count: i64| {
        Claim::by(a).asserts(a, ATTACKS, b).quantity(Quantity::about(count, "soldiers"))
    };
    let first = graph.insert(about(10).reported(date(2024, 1, 1))).unwrap();
    let revise = |of: ClaimId, count: i64| {
        Claim::by(a).revises([of]).quantity(Quantity::about(count, "soldiers"))
    };
    let second = graph.insert(revise(first, 20).reported(date(2024, 3, 1))).unwrap();
    let third = graph.insert(revise(second, 30).reported(date(2024, 2, 1))).unwrap();
    let other = graph.insert(about(7).reported(date(2024, 1, 2))).unwrap();
    graph.insert(Claim::by(a).retracts([other]).reported(date(2024, 3, 1))).unwrap();
    let said = |graph: &ClaimGraph| graph.statement(a, ATTACKS, b).backing().claims();
    assert_eq!(said(&graph), [first, third, second]);
    let back = read(&write(&graph));
    assert_same(&graph, &back);
    assert_eq!(said(&back), said(&graph));
}

#[test]
fn rows_in_another_order_are_refused_wherever_they_are() {
    let mut graph = ClaimGraph::new();
    let [a, b] = ["a", "b"].map(|key| graph.add(State, key).unwrap().id());
    let told = |n: usize| {
        let day = date(1714, 1, 1).checked_add(jiff::Span::new().days(n as i32)).unwrap();
        PlainClaim::new(b, Stance::Asserts).about(a, ATTACKS, b).reported(day)
    };
    assert!(graph.extend((0..6_000).map(told)).rejected().is_empty());
    let bytes = write(&graph);
    for row in (1..6_000).filter(|row| row % 500 == 0 || row % 64 < 2) {
        let mut file = File::of(&bytes);
        let (before, here) = (file.get("reported", row - 1), file.get("reported", row));
        file.put("reported", row - 1, here);
        file.put("reported", row, before);
        let error = ClaimGraph::read_snapshot(file.whole().as_slice()).err();
        let message = error.unwrap_or_else(|| panic!("row {row} is taken")).to_string();
        assert!(message.contains("does not come after the one before it"), "{row}: {message}");
    }
}

/// Forgeries in the first and last rows of blocks and of each piece of input, whatever the size of the pieces.
#[test]
fn claims_and_forgeries_in_any_row_are_seen() {
    let mut graph = ClaimGraph::new();
    let states: Vec<_> =
        (0..300).map(|n| graph.add(State, format!("state-{n}")).unwrap().id()).collect();
    let day = date(2024, 10, 18);
    let told = |n: usize| {
        let row = PlainClaim::new(
            states[n % 7],
            if n % 9 == 5 { Stance::Denies } else { Stance::Asserts },
        );
        let row = row
            .about(states[n * 31 % 300], ATTACKS, states[n * 17 % 299])
            .reported(day)
            .valid_on(day);
        if n % 9 == 5 { row.responding_to(ClaimId::nth(n / 2).unwrap()) } else { row }
    };
    assert!(graph.extend((0..20_000).map(told)).rejected().is_empty());
    graph
        .insert(
            Claim::by(states[3])
                .asserts(states[299], ATTACKS, states[4])
                .words("at last")
                .reported(day),
        )
        .unwrap();
    graph.compact();
    let bytes = write(&graph);
    let (at_hand, in_drops) =
        (read(&bytes), ClaimGraph::read_snapshot(BufReader::new(bytes.as_slice())).unwrap());
    for back in [&at_hand, &in_drops] {
        assert!(write(back) == bytes);
        let denials = |graph: &ClaimGraph| {
            graph.view().responses_with_stance(Stance::Denies).collect::<Vec<_>>()
        };
        assert!(denials(back) == denials(&graph));
        assert_eq!(denials(back).len(), 20_000 / 9);
        let rich = ClaimId::nth(20_000).unwrap();
        assert_eq!(back.show(rich).unwrap(), graph.show(rich).unwrap());
    }
    for row in [0, 639, 640, 2_559, 2_560, 19_199, 19_200, 19_999, 20_000] {
        let forgeries = [
            ("object", 301, "object"),
            ("claim", 0, ""),
            ("time", 2_932_898, "calendar"),
            ("marks", 0xffff, "nothing"),
        ];
        for (column, cell, says) in forgeries {
            let mut file = File::of(&bytes);
            file.put(column, row, cell);
            let forged = file.whole();
            let refusal = |read: Result<ClaimGraph, ReadError>| {
                read.err().unwrap_or_else(|| panic!("{row}: {column}")).to_string()
            };
            let at_hand = refusal(ClaimGraph::read_snapshot(forged.as_slice()));
            let in_drops = refusal(ClaimGraph::read_snapshot(BufReader::new(forged.as_slice())));
            assert_eq!(at_hand, in_drops);
            assert!(at_hand.contains(says), "{row}: {at_hand}");
        }
    }
}
