//! Figures and their revisions as pictures: who gave which figure when, and which figure took its place.
//!
//! The figures or the revisions of a view go in, the text of an SVG file comes out.

use crate::pictures::canvas::{Svg, counted, extent, lines};
use claimgraph::claim::Derivation;
use claimgraph::quantity::{Amount, Bound, Precision};
use claimgraph::questions::{Direction, Figure, Revision};
use claimgraph::{ClaimId, ClaimRef, Findings, Quantity};
use indexmap::IndexMap;

const WIDE: f64 = 1_000.0;
const MARGIN: f64 = 20.0;
/// Where the words end and the axis begins.
const AXIS: (f64, f64) = (430.0, WIDE - 50.0);
const SIZE: f64 = 13.0;
const LINE: f64 = 17.0;

/// One figure to be drawn.
struct Row<'g> {
    claim: ClaimRef<'g>,
    quantity: Quantity,
    derived: bool,
    superseded: bool,
}

/// The step from one figure to the one that took its place.
struct Turn {
    from: ClaimId,
    to: ClaimId,
    words: String,
}

fn number(amount: Amount) -> f64 {
    let (coefficient, scale) = amount.parts();
    coefficient as f64 / 10f64.powi(i32::from(scale))
}

/// Returns the values that the figure names: lower bound, centre, upper bound.
fn values(quantity: &Quantity) -> [Option<f64>; 3] {
    let bound = |bound: Option<Bound>| bound.map(|bound| number(bound.amount));
    [bound(quantity.lower()), quantity.central().map(number), bound(quantity.upper())]
}

/// Where the values of one unit lie on the axis.
struct Scale {
    least: f64,
    most: f64,
}

impl Scale {
    fn over(rows: &[&Row<'_>]) -> Self {
        let all = || rows.iter().flat_map(|row| values(&row.quantity)).flatten();
        let (least, most) = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
        Self { least, most: if most > least { most + (most - least) * 0.08 } else { least + 1.0 } }
    }

    fn x(&self, value: f64) -> f64 {
        let share = (value - self.least) / (self.most - self.least);
        AXIS.0 + share.clamp(0.0, 1.0) * (AXIS.1 - AXIS.0)
    }

    /// Returns round values: ones, twos and fives of a power of ten.
    fn ticks(&self) -> Vec<f64> {
        let rough = (self.most - self.least) / 5.0;
        let power = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|n| n * power)
            .find(|&step| step >= rough)
            .unwrap_or(rough);
        let first = (self.least / step).ceil();
        (0..12)
            .map(|n| (first + f64::from(n)) * step)
            .take_while(|&value| value <= self.most)
            .collect()
    }
}

/// Returns "10,000", or less if it would be long.
fn value_in_words(value: f64) -> String {
    match value.abs() {
        size if size == 0.0 || (1.0..1e12).contains(&size) && value.fract() == 0.0 => {
            Amount::from(value as i64).to_string()
        }
        size if (1e-3..1e12).contains(&size) => {
            format!("{value:.3}").trim_end_matches('0').to_owned()
        }
        _ => format!("{value:.0e}"),
    }
}

/// Draws the rows of each unit under the heading of the unit, and the turns among them.
fn draw(title: &str, rows: &[Row<'_>], turns: &[Turn]) -> String {
    let mut svg = Svg::default();
    let mut y = MARGIN + 8.0;
    for line in lines(title, 16.0, WIDE - 2.0 * MARGIN, 2) {
        svg.text("ink strong", (MARGIN, y), "start", &line);
        y += 20.0;
    }
    if rows.is_empty() {
        svg.text("muted", (MARGIN, y), "start", "No figures.");
        return svg.finished((WIDE, y + MARGIN), title, "No figures.");
    }
    let mut units: IndexMap<String, Vec<&Row<'_>>> = IndexMap::new();
    for row in rows {
        let unit = row.claim.graph().vocabulary().unit_of(row.quantity.unit()).into_owned();
        units.entry(unit).or_default().push(row);
    }
    for (unit, rows) in &units {
        y = draw_unit(&mut svg, unit, rows, turns, y + 6.0);
    }
    y += 24.0;
    svg.dot("mark", (MARGIN + 6.0, y - 4.0), 5.0);
    svg.text("muted small", (MARGIN + 18.0, y), "start", "as stated");
    svg.dot("open", (MARGIN + 106.0, y - 4.0), 5.0);
    svg.text("muted small", (MARGIN + 118.0, y), "start", "derived, not in any text");
    svg.line("rule", (MARGIN + 290.0, y - 4.0), (MARGIN + 330.0, y - 4.0));
    svg.text(
        "muted small",
        (MARGIN + 338.0, y),
        "start",
        "within these bounds; an arrow where there is none",
    );
    svg.line("turn", (MARGIN + 680.0, y - 4.0), (MARGIN + 720.0, y - 4.0));
    svg.text("muted small", (MARGIN + 728.0, y), "start", "revised to");
    let described = format!(
        "{}, the earliest report on top, each with the day of the report, who gives it and its value; {} of them revised.",
        counted(rows.len(), "figure"),
        turns.len()
    );
    svg.finished((WIDE, y + MARGIN), title, &described)
}

fn draw_unit(svg: &mut Svg, unit: &str, rows: &[&Row<'_>], turns: &[Turn], from: f64) -> f64 {
    let scale = Scale::over(rows);
    let heading = lines(unit, SIZE, AXIS.0 - 2.0 * MARGIN, 1).concat();
    let mut y = from + 14.0;
    svg.text("muted strong", (MARGIN, y), "start", &heading);
    let top = y + 8.0;
    let mut marks: IndexMap<ClaimId, (f64, f64)> = IndexMap::new();
    let mut drawn = Svg::default();
    y = top;
    for (place, row) in rows.iter().enumerate() {
        let who =
            row.claim.speaker().map_or("somebody not named", |s| row.claim.graph().name_of(s));
        let derived = if row.derived { " (derived)" } else { "" };
        let words =
            lines(&format!("{who}: {}{derived}", row.quantity), SIZE, AXIS.0 - 2.0 * MARGIN, 3);
        let high = 26.0 + words.len() as f64 * LINE;
        if place % 2 == 0 {
            svg.rect("band", (0.0, y), (WIDE, high), 0.0);
        }
        let revised = if row.superseded { "; revised since" } else { "" };
        drawn.group(&format!("{}: {}", row.claim.reported(), row.claim));
        drawn.text(
            "muted small strong",
            (MARGIN, y + 16.0),
            "start",
            &format!("{}{revised}", row.claim.reported()),
        );
        for (n, line) in words.iter().enumerate() {
            drawn.text("ink", (MARGIN, y + 32.0 + n as f64 * LINE), "start", line);
        }
        let middle = y + high / 2.0 + 6.0;
        if let Some(x) = draw_value(&mut drawn, &scale, row, middle) {
            marks.insert(row.claim.id(), (x, middle));
        }
        drawn.end();
        y += high;
    }
    let mut named = f64::NEG_INFINITY;
    for value in scale.ticks() {
        let (x, name) = (scale.x(value), value_in_words(value));
        svg.line("line", (x, top), (x, y));
        let half = extent(&name, 11.0) / 2.0;
        if x - half > named && x + half < WIDE {
            svg.text("muted small", (x, top - 4.0), "middle", &name);
            named = x + half + 4.0;
        }
    }
    svg.absorb(drawn);
    for (claim, &from) in &marks {
        let own: Vec<&Turn> = turns.iter().filter(|turn| turn.from == *claim).collect();
        own.iter().filter_map(|turn| marks.get(&turn.to)).for_each(|&to| draw_turn(svg, from, to));
        let mut words: Vec<&str> = own.iter().map(|turn| turn.words.as_str()).collect();
        words.dedup();
        if let Some(words) = lines(&words.join("; "), 11.0, (AXIS.1 - AXIS.0) / 2.0, 1).first() {
            let (x, anchor) = beside(from.0);
            svg.text("muted small", (x, from.1 + 13.0), anchor, words);
        }
    }
    y
}

/// Returns where a word beside a mark begins or ends: on the side where there is room.
fn beside(x: f64) -> (f64, &'static str) {
    if x > (AXIS.0 + AXIS.1) / 2.0 { (x - 9.0, "end") } else { (x + 9.0, "start") }
}

/// Draws the mark of one figure and returns where it is; `None` if the figure names no value.
fn draw_value(svg: &mut Svg, scale: &Scale, row: &Row<'_>, y: f64) -> Option<f64> {
    let [lower, central, upper] = values(&row.quantity);
    let dashed = if row.derived { "rule dashed" } else { "rule" };
    let faded = if row.superseded { format!("{dashed} faded") } else { dashed.to_owned() };
    let (left, right) = (lower.map(|v| scale.x(v)), upper.map(|v| scale.x(v)));
    if left.is_some() || right.is_some() {
        let (from, to) = (left.unwrap_or(AXIS.0), right.unwrap_or(AXIS.1));
        svg.line(&faded, (from, y), (to, y));
        let end = |svg: &mut Svg, x: f64, bounded: bool, way: f64| match bounded {
            true => svg.line(&faded, (x, y - 6.0), (x, y + 6.0)),
            false => {
                svg.shape("mark", &[(x, y), (x - way * 8.0, y - 5.0), (x - way * 8.0, y + 5.0)])
            }
        };
        end(svg, from, left.is_some(), -1.0);
        end(svg, to, right.is_some(), 1.0);
    }
    let at = central.map(|value| scale.x(value));
    if let Some(x) = at {
        svg.dot(if row.derived { "open" } else { "mark" }, (x, y), 5.0);
    }
    let at = at.or(left).or(right)?;
    let about = row.quantity.precision() == Precision::About && central.is_some();
    let words = match (about, central) {
        (true, Some(value)) => format!("about {}", value_in_words(value)),
        (_, Some(value)) => value_in_words(value),
        (_, None) => return Some(at),
    };
    let (x, anchor) = beside(at);
    svg.text("ink small", (x, y - 8.0), anchor, &words);
    Some(at)
}

/// Draws a line down from the old figure, then across to the new one.
fn draw_turn(svg: &mut Svg, from: (f64, f64), to: (f64, f64)) {
    let down = if to.1 > from.1 { 1.0 } else { -1.0 };
    if (to.0 - from.0).abs() < 16.0 {
        svg.line("turn", (to.0, from.1 + down * 6.0), (to.0, to.1 - down * 14.0));
        return svg.shape(
            "head",
            &[
                (to.0, to.1 - down * 6.0),
                (to.0 - 5.0, to.1 - down * 14.0),
                (to.0 + 5.0, to.1 - down * 14.0),
            ],
        );
    }
    let across = if to.0 > from.0 { 1.0 } else { -1.0 };
    svg.line("turn", (from.0, from.1 + down * 6.0), (from.0, to.1));
    svg.line("turn", (from.0, to.1), (to.0 - across * 14.0, to.1));
    svg.shape(
        "head",
        &[
            (to.0 - across * 6.0, to.1),
            (to.0 - across * 14.0, to.1 - 5.0),
            (to.0 - across * 14.0, to.1 + 5.0),
        ],
    );
}

fn row<'g>(claim: ClaimRef<'g>, superseded: bool) -> Option<Row<'g>> {
    let derived = claim.derivation().map(Derivation::quantity);
    let (quantity, derived) = claim.quantity().map(|q| (q, false)).or(derived.map(|q| (q, true)))?;
    Some(Row { claim, quantity: quantity.clone(), derived, superseded })
}

/// Returns figures as a picture: an SVG file, for light and dark paper. There is a row for each figure in order of
/// the report, with its day, who gives it, its value and bounds. Derived figures are dashed and hollow; revised
/// ones are joined to those that took their place. Each unit has an axis of its own.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Quantity};
/// use claimgraph_analysis::figures_svg;
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
/// graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia)
///     .quantity(Quantity::about(10_000, "soldiers")).reported(date(2024, 10, 24)))?;
/// let svg = figures_svg(&graph.statement(nk, DEPLOYS_TO, russia).figures(), "Soldiers sent");
/// assert!(svg.contains("2024-10-24") && svg.contains("about 10,000"));
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn figures_svg(figures: &Findings<'_, Figure<'_>>, title: &str) -> String {
    let rows = figures.iter().map(|figure| Row {
        claim: figure.claim(),
        quantity: figure.quantity().clone(),
        derived: figure.is_derived(),
        superseded: figure.is_superseded(),
    });
    let turns = figures.iter().flat_map(|figure| {
        let from = figure.claim().id();
        figure.revisions().iter().map(move |&to| Turn { from, to, words: "revised".to_owned() })
    });
    draw(title, &rows.collect::<Vec<_>>(), &turns.collect::<Vec<_>>())
}

/// Returns revisions as a picture, as [`figures_svg`]: every figure that was replaced and every figure that took
/// its place, with the factor if it is known.
pub fn revisions_svg(revisions: &Findings<'_, Revision<'_>>, title: &str) -> String {
    let mut claims: IndexMap<ClaimId, (ClaimRef<'_>, bool)> = IndexMap::new();
    for revision in revisions {
        claims.entry(revision.old().id()).or_insert((revision.old(), true)).1 = true;
        claims.entry(revision.new_claim().id()).or_insert((revision.new_claim(), false));
    }
    let mut claims: Vec<(ClaimRef<'_>, bool)> = claims.into_values().collect();
    if let Some((first, _)) = claims.first() {
        first.graph().sort_findings(&mut claims, |(claim, _)| claim.id());
    }
    // A figure that is replaced is above the one that takes its place on the same day.
    claims.sort_by_key(|(claim, superseded)| (claim.reported(), !superseded));
    let rows = claims.into_iter().filter_map(|(claim, old)| row(claim, old));
    let turns = revisions.iter().map(|revision| {
        let words = match (revision.factor(), revision.direction()) {
            (Some(factor), Direction::Up) => format!("up by a factor of {factor}"),
            (Some(factor), Direction::Down) => format!("down by a factor of {factor}"),
            _ => "revised".to_owned(),
        };
        Turn { from: revision.old().id(), to: revision.new_claim().id(), words }
    });
    draw(title, &rows.collect::<Vec<_>>(), &turns.collect::<Vec<_>>())
}
