//! Figures against all numbers that they can be, on a grid of half numbers.

use super::*;
use claimgraph::quantity::{Amount, Bound, Precision};

/// A number in quarters.
type Quarters = i32;

fn amount(quarters: Quarters) -> Amount {
    Amount::new(i128::from(quarters) * 25, 2).expect("two decimals")
}

/// Beyond this, in quarters, stand for "any greater" and "any less".
const FAR: Quarters = 4 * 14;

/// A figure with what it is made of, and all numbers that it can be, in quarters.
#[derive(Clone, Debug)]
struct Known {
    figure: Quantity,
    about: bool,
    numbers: Vec<Quarters>,
}

/// An end of a range: a number, and whether it is left out.
type End = Option<(i32, bool)>;

fn between(low: End, high: End) -> Vec<Quarters> {
    let above = |q: &Quarters| {
        low.is_none_or(|(low, strict)| if strict { *q > 4 * low } else { *q >= 4 * low })
    };
    let below = |q: &Quarters| {
        high.is_none_or(|(high, strict)| if strict { *q < 4 * high } else { *q <= 4 * high })
    };
    (-FAR..=FAR).filter(above).filter(below).collect()
}

const UNIT: &str = "degrees";

/// The figures over these numbers, as each constructor makes them.
fn figures() -> Vec<Known> {
    let known = |figure: Quantity, low: End, high: End| {
        let about = figure.central().is_some()
            && figure.precision() == Precision::About
            && figure.lower().is_none()
            && figure.upper().is_none();
        Known { figure, about, numbers: between(low, high) }
    };
    let mut all = vec![
        known(Quantity::vague("high", UNIT), None, None),
        // As a file can have it.
        known(Quantity::from_parts(None, Precision::About, None, None, UNIT), None, None),
        known(Quantity::vague("several", UNIT), Some((2, false)), None),
        known(Quantity::vague("Some ", UNIT), Some((1, false)), None),
    ];
    for n in -2..=3i32 {
        let (open, shut) = (Some((n, true)), Some((n, false)));
        let about = match n.signum() {
            1 => (Some((0, true)), None),
            -1 => (None, Some((0, true))),
            _ => (None, None),
        };
        all.extend([
            known(Quantity::stated(n, UNIT), shut, shut),
            known(Quantity::exactly(n, UNIT), shut, shut),
            known(Quantity::about(n, UNIT), about.0, about.1),
            known(Quantity::no_less_than(n, UNIT), shut, None),
            known(Quantity::more_than(n, UNIT), open, None),
            known(Quantity::no_more_than(n, UNIT), None, shut),
            known(Quantity::less_than(n, UNIT), None, open),
        ]);
        // "About", with one bound as a file can have it, is a range.
        let bound = |n: i32| Some(Bound { amount: n.into(), strict: false });
        let (about, centre) = (Precision::About, Some(n.into()));
        all.extend([
            known(
                Quantity::from_parts(centre, about, bound(n - 1), None, UNIT),
                Some((n - 1, false)),
                None,
            ),
            known(Quantity::from_parts(centre, about, None, bound(n), UNIT), None, shut),
        ]);
        for m in n..=3 {
            all.push(known(Quantity::between(n, m, UNIT), shut, Some((m, false))));
            let centred = Quantity::about(n, UNIT).bounded(n - 1, m);
            all.push(known(centred, Some((n - 1, false)), Some((m, false))));
            for (strict_low, strict_high) in [(true, false), (false, true), (true, true)] {
                let bound = |n: i32, strict| Some(Bound { amount: n.into(), strict });
                let (low, high) = (bound(n, strict_low), bound(m, strict_high));
                let figure = Quantity::from_parts(None, Precision::Stated, low, high, UNIT);
                assert_eq!(figure.is_inverted(), n == m);
                if n < m {
                    all.push(known(figure, Some((n, strict_low)), Some((m, strict_high))));
                }
            }
        }
    }
    all
}

#[test]
fn a_figure_is_at_least_over_at_most_or_equal_if_all_its_numbers_are() {
    for Known { figure, numbers, .. } in figures() {
        // Between two halves there is a number of the grid.
        for threshold in (-20..=20).step_by(2) {
            let limit = amount(threshold);
            let passes = |test: fn(&Quarters, &Quarters) -> bool| {
                of_readings(&numbers, |number| test(number, &threshold))
            };
            assert_eq!(figure.at_least(limit), passes(|a, b| a >= b), "{figure} {limit}");
            assert_eq!(figure.exceeds(limit), passes(|a, b| a > b), "{figure} {limit}");
            assert_eq!(figure.at_most(limit), passes(|a, b| a <= b), "{figure} {limit}");
            assert_eq!(figure.equals(limit), passes(|a, b| a == b), "{figure} {limit}");
            assert_eq!(figure.exceeds(limit), !figure.at_most(limit));
            assert!(figure.exceeds(limit) <= figure.at_least(limit));
            assert!(figure.at_least(amount(threshold + 1)) <= figure.at_least(limit));
        }
    }
}

#[test]
fn a_figure_supports_another_if_each_of_its_numbers_can_be_the_other() {
    let all = figures();
    for one in &all {
        for other in &all {
            let (a, b) = (&one.figure, &other.figure);
            let inside = of_readings(&one.numbers, |number| other.numbers.contains(number));
            let expected = match (
                other.about,
                b.lower().is_some() || b.upper().is_some() || b.central().is_some(),
            ) {
                // "About" has no tolerance: only the same centre agrees with it.
                (true, _) if a.central() == b.central() => Yes,
                (true, _) if inside == No => No,
                (true, _) => Unknown,
                (false, false) if a.words() == b.words() && a == b => Yes,
                (false, false) => Unknown,
                _ => inside,
            };
            assert_eq!(a.supports(b), expected, "{a:?} {b:?}");
            let shared = one.numbers.iter().any(|number| other.numbers.contains(number));
            assert_eq!((a.is_apart(b), b.is_apart(a)), (!shared, !shared), "{a} {b}");
            assert!(!(a.supports(b).is_yes() && a.is_apart(b)) || a.central() == b.central());
        }
    }
}

#[test]
fn support_is_reflexive_transitive_and_both_ways_only_between_the_same_numbers() {
    let all = figures();
    let plain: Vec<&Known> =
        all.iter().filter(|it| !it.about && it.numbers.len() < 2 * FAR as usize).collect();
    for a in &all {
        assert_eq!(a.figure.supports(&a.figure), Yes, "{}", a.figure);
    }
    for a in &plain {
        for b in plain.iter().filter(|b| a.figure.supports(&b.figure).is_yes()) {
            if b.figure.supports(&a.figure).is_yes() {
                assert_eq!(a.numbers, b.numbers, "{} {}", a.figure, b.figure);
            }
            for c in plain.iter().filter(|c| b.figure.supports(&c.figure).is_yes()) {
                assert_eq!(
                    a.figure.supports(&c.figure),
                    Yes,
                    "{} {} {}",
                    a.figure,
                    b.figure,
                    c.figure
                );
            }
        }
    }
}

#[test]
fn a_question_of_size_is_the_support_of_a_figure_of_that_size() {
    for Known { figure, .. } in figures() {
        for n in -4..=5 {
            assert_eq!(figure.at_least(n), figure.supports(&Quantity::no_less_than(n, UNIT)));
            assert_eq!(figure.exceeds(n), figure.supports(&Quantity::more_than(n, UNIT)));
            assert_eq!(figure.at_most(n), figure.supports(&Quantity::no_more_than(n, UNIT)));
            assert_eq!(
                figure.equals(n),
                figure.supports(&Quantity::exactly(n, UNIT)),
                "{figure} {n}"
            );
        }
    }
}

/// The numbers of a figure, in quarters.
fn numbers_of(figure: &Quantity) -> Vec<Quarters> {
    let range = -FAR / 2..=FAR / 2;
    range.filter(|number| figure.equals(amount(*number)).is_possible()).collect()
}

#[test]
fn a_sum_and_a_difference_can_be_what_their_parts_can() {
    let all: Vec<Known> = figures().into_iter().filter(|it| !it.about).collect();
    for one in &all {
        for other in &all {
            for (found, sign) in
                [(one.figure.plus(&other.figure), 1), (one.figure.minus(&other.figure), -1)]
            {
                let mut expected = std::collections::BTreeSet::new();
                for x in &one.numbers {
                    expected.extend(other.numbers.iter().map(|y| x + sign * y));
                }
                // Halves: between quarters there is always a number on each side of a bound that is left out.
                let near = |number: &Quarters| number.abs() <= 24 && number % 2 == 0;
                let Some(found) = found else {
                    assert!((-24..=24).filter(near).all(|number| expected.contains(&number)));
                    continue;
                };
                let found: Vec<Quarters> = numbers_of(&found).into_iter().filter(near).collect();
                let expected: Vec<Quarters> = expected.into_iter().filter(near).collect();
                assert_eq!(found, expected, "{} {sign} {}", one.figure, other.figure);
            }
        }
    }
}

#[test]
fn about_stays_about_in_a_sum_a_difference_and_a_share() {
    for (n, m) in (-2..=3).flat_map(|n| (-2..=3).map(move |m| (n, m))) {
        let (about, plain) = (Quantity::about(n, UNIT), Quantity::stated(m, UNIT));
        assert_eq!(about.plus(&plain), Some(Quantity::about(n + m, UNIT)));
        assert_eq!(plain.plus(&about), Some(Quantity::about(n + m, UNIT)));
        assert_eq!(about.minus(&plain), Some(Quantity::about(n - m, UNIT)));
        assert_eq!(Quantity::exactly(n, UNIT).minus(&plain), Some(Quantity::stated(n - m, UNIT)));
        assert_eq!(about.plus(&plain).and_then(|sum| sum.minus(&plain)), Some(about.clone()));
        assert_eq!(about.divided_by(2.into()).map(|it| it.precision()), Some(Precision::About));
    }
}

#[test]
fn a_figure_divided_by_a_factor_can_be_what_its_numbers_divided_can() {
    for Known { figure, numbers, about } in figures() {
        for (factor, halves) in [(Amount::from(1), 2), (Amount::from(2), 4), (amount(2), 1)] {
            let Some(found) = figure.divided_by(factor) else {
                assert!(
                    figure.central().or(figure.lower().map(|it| it.amount)).is_none()
                        && figure.upper().is_none()
                );
                continue;
            };
            assert_eq!(
                about || figure.precision() == Precision::About,
                found.precision() == Precision::About
            );
            // x / factor, in eighths: x quarters times 2, divided by the factor.
            let mut expected: Vec<i32> = numbers.iter().map(|x| x * 4 / halves).collect();
            expected.retain(|x| x.abs() <= 24);
            let eighth = |n: i32| Amount::new(i128::from(n) * 125, 3).expect("three decimals");
            let step = if halves == 4 { 1 } else { 4 / halves };
            let found: Vec<i32> = (-24..=24)
                .filter(|n| n % step == 0 && found.equals(eighth(*n)).is_possible())
                .collect();
            assert_eq!(found, expected, "{figure} / {factor}");
        }
        assert_eq!(figure.divided_by(Amount::ZERO), None);
        assert_eq!(figure.divided_by(Amount::from(-1)), None);
    }
    let third = Quantity::stated(1, UNIT).divided_by(3.into());
    assert_eq!(third.map(|it| it.precision()), Some(Precision::About), "not exact");
}

#[test]
fn figures_of_different_units_neither_agree_nor_conflict_nor_add_up() {
    for one in figures() {
        let other = Quantity::stated(1, "miles");
        for (a, b) in [(&one.figure, &other), (&other, &one.figure)] {
            assert_eq!((a.supports(b), a.is_apart(b)), (Unknown, false));
            assert_eq!((a.plus(b), a.minus(b)), (None, None));
        }
    }
}

#[test]
fn a_tolerance_reads_about_as_a_range_and_nothing_else() {
    for Known { figure, about, .. } in figures() {
        let wide = figure.within_percent(50);
        match figure.central().filter(|_| figure.precision() == Precision::About) {
            Some(centre) => {
                let half = centre.checked_div(2.into()).expect("it fits").0;
                let [a, b] = [centre.checked_sub(half), centre.checked_add(half)]
                    .map(|it| it.expect("it fits"));
                let at = |it: Amount| Some(Bound { amount: it, strict: false });
                assert_eq!((wide.lower(), wide.upper()), (at(a.min(b)), at(a.max(b))), "{figure}");
                assert!(!about || wide.supports(&figure).is_yes());
            }
            None => assert_eq!(wide, figure),
        }
    }
}

/// All decimals of up to two places with these digits.
fn decimals() -> Vec<(Amount, i128)> {
    let hundredths = |n: i128, scale: u8| {
        (Amount::new(n, scale).expect("two places"), n * 10i128.pow(2 - u32::from(scale)))
    };
    (-12..=12).flat_map(|n| [0, 1, 2].map(|scale| hundredths(n, scale))).collect()
}

#[test]
fn amounts_add_multiply_divide_and_compare_as_whole_hundredths_do() {
    let all = decimals();
    for &(a, x) in &all {
        assert_eq!((a.is_negative(), a.is_positive()), (x < 0, x > 0));
        assert_eq!(a.to_string().parse(), Ok(a));
        for &(b, y) in &all {
            assert_eq!((a == b, a.cmp(&b)), (x == y, x.cmp(&y)), "{a} {b}");
            assert_eq!(a.checked_add(b), Amount::new(x + y, 2), "{a} {b}");
            assert_eq!(a.checked_sub(b), Amount::new(x - y, 2), "{a} {b}");
            assert_eq!(a.checked_mul(b), Amount::new(x * y, 4), "{a} {b}");
            assert_eq!(a.checked_sub(b).and_then(|it| it.checked_add(b)), Some(a));
            let Some((quotient, exact)) = a.checked_div(b) else {
                assert_eq!(y, 0, "{a} {b}");
                continue;
            };
            // What was cut off is less than a millionth, towards zero.
            let rest = x * 1_000_000
                - quotient
                    .checked_mul(Amount::new(y, 0).expect("whole"))
                    .expect("it fits")
                    .checked_mul(Amount::from(1_000_000))
                    .expect("it fits")
                    .parts()
                    .0;
            assert_eq!(exact, rest == 0, "{a} / {b}");
            assert!(
                rest.abs() < y.abs() && (rest == 0 || rest.signum() == x.signum()),
                "{a} / {b} = {quotient}"
            );
        }
    }
}

/// Reads a plain decimal of at most two places, as hundredths.
fn read(text: &str) -> Option<i128> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut parts = digits.split('.');
    let (whole, fraction) = (parts.next()?, parts.next());
    let given = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if !given(whole) || fraction.is_some_and(|it| !given(it)) || parts.next().is_some() {
        return None;
    }
    let hundredths = format!("{whole}{:0<2}", fraction.unwrap_or_default());
    let number: i128 = hundredths.parse().ok()?;
    Some(if text.starts_with('-') { -number } else { number })
}

#[test]
fn an_amount_is_read_from_digits_with_one_point_and_one_sign_and_from_nothing_else() {
    let mut texts = vec![String::new()];
    for from in 0..4usize {
        let longer: Vec<String> = texts
            .iter()
            .filter(|text| text.len() == from)
            .flat_map(|text| "+-.057x".chars().map(move |next| format!("{text}{next}")))
            .collect();
        texts.extend(longer);
    }
    for text in texts.iter().filter(|it| it.split('.').nth(1).is_none_or(|it| it.len() <= 2)) {
        let expected = read(text).and_then(|number| Amount::new(number, 2));
        assert_eq!(text.parse::<Amount>().ok(), expected, "{text}");
    }
}

#[test]
fn an_amount_is_written_with_commas_between_threes_and_plain_without() {
    for digits in 1..=8 {
        for (number, sign) in [(10i128.pow(digits) - 1, ""), (-10i128.pow(digits - 1), "-")] {
            let plain = number.to_string();
            let whole = plain.trim_start_matches('-');
            let mut grouped = String::new();
            for (place, digit) in whole.chars().rev().enumerate() {
                if place > 0 && place % 3 == 0 {
                    grouped.insert(0, ',');
                }
                grouped.insert(0, digit);
            }
            let amount = Amount::from(number);
            assert_eq!(amount.to_string(), format!("{sign}{grouped}"));
            assert_eq!(amount.plain(), plain);
            assert_eq!(serde_json::to_value(amount).ok(), Some(serde_json::json!(number as i64)));
            let part = amount
                .checked_add(Amount::new(if number < 0 { -5 } else { 5 }, 2).expect("two places"));
            let part = part.expect("it fits");
            assert_eq!(part.to_string(), format!("{sign}{grouped}.05"));
            assert_eq!(part.plain(), format!("{plain}.05"));
            assert_eq!(serde_json::to_value(part).ok(), Some(part.plain().into()));
            assert_eq!(part.parts(), (number * 100 + if number < 0 { -5 } else { 5 }, 2));
        }
    }
}

#[test]
fn a_figure_gives_back_the_parts_that_it_was_made_of() {
    let bound = |n: i32, strict| Some(Bound { amount: n.into(), strict });
    for precision in [Precision::Stated, Precision::Exact, Precision::About] {
        let figure =
            Quantity::from_parts(Some(2.into()), precision, bound(1, true), bound(3, false), UNIT)
                .in_words("a few");
        assert_eq!((figure.central(), figure.precision()), (Some(2.into()), precision));
        assert_eq!((figure.lower(), figure.upper()), (bound(1, true), bound(3, false)));
        assert_eq!((figure.unit(), figure.words()), (UNIT, Some("a few")));
        let json = serde_json::to_value(&figure).expect("plain data");
        assert_eq!(json.get("precision").is_some(), precision != Precision::Stated);
        assert_eq!(serde_json::from_value::<Quantity>(json).ok(), Some(figure));
    }
    assert_eq!(Quantity::vague("Dozens", UNIT).words(), Some("Dozens"));
    assert_eq!(Quantity::stated(1, UNIT).words(), None);
    for n in -1..=1 {
        let negative = n < 0;
        for figure in
            [Quantity::about(n, UNIT), Quantity::more_than(n, UNIT), Quantity::less_than(n, UNIT)]
        {
            assert_eq!(figure.has_negative(), negative, "{figure}");
        }
    }
}
