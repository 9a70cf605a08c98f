//! Timelines as pictures.
//!
//! The timeline of a view goes in, the text of an SVG file comes out.

use crate::pictures::canvas::{Svg, counted, lines};
use claimgraph::questions::{TemporalOrder, TimelineEntry};
use claimgraph::{ClaimRef, Date, Findings, Modality, Period, date};
use jiff::{Span, Unit};

const WIDE: f64 = 1_000.0;
const MARGIN: f64 = 20.0;
/// Where the words end and the axis begins.
const AXIS: (f64, f64) = (470.0, WIDE - 45.0);
const SIZE: f64 = 13.0;
const LINE: f64 = 17.0;

fn is_day(entry: &TimelineEntry<'_>) -> bool {
    entry.earliest() == entry.latest()
}

fn days(entry: &TimelineEntry<'_>) -> String {
    let (earliest, latest) = (entry.earliest(), entry.latest());
    if earliest == latest {
        return earliest.to_string();
    }
    let short = Period::within(earliest..=latest).edtf().filter(|edtf| edtf.len() <= 10);
    short.unwrap_or_else(|| format!("between {earliest} and {latest}"))
}

fn order_in_words(entry: &TimelineEntry<'_>) -> Option<&'static str> {
    match entry.order()? {
        TemporalOrder::Before => None,
        TemporalOrder::NotAfter => Some("not before the one above"),
        TemporalOrder::Unordered => Some("order to the one above unknown"),
    }
}

/// Where the days lie on the axis.
struct Scale {
    first: i64,
    span: i64,
}

const EPOCH: Date = date(1970, 1, 1);

/// Returns the days since the epoch.
fn number(day: Date) -> i64 {
    EPOCH.until((Unit::Day, day)).map_or(0, |span| i64::from(span.get_days()))
}

/// Returns the day with this number.
fn day(number: i64) -> Date {
    let days = Span::new().try_days(number);
    days.and_then(|days| EPOCH.checked_add(days)).unwrap_or(EPOCH)
}

impl Scale {
    fn x(&self, day: i64) -> f64 {
        let share = (day - self.first) as f64 / self.span.max(1) as f64;
        AXIS.0 + share.clamp(0.0, 1.0) * (AXIS.1 - AXIS.0)
    }

    /// Returns the days to be named on the axis, in the coarsest calendar units that give a few.
    fn ticks(&self) -> Vec<(i64, String)> {
        let last = self.first + self.span;
        let (start, end) = (day(self.first), day(last));
        let months = |step: i32| -> Vec<(i64, String)> {
            let at = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
            let first = at(start).div_euclid(step) * step;
            let marks = (0..).map(|n| first + n * step).take_while(|&month| month <= at(end));
            let named = marks.filter_map(|month| {
                let year = i16::try_from(month.div_euclid(12)).ok()?;
                let of_year = i8::try_from(month.rem_euclid(12) + 1).ok()?;
                let day = Date::new(year, of_year, 1).ok()?;
                let name = if step % 12 == 0 {
                    format!("{year:04}")
                } else {
                    format!("{year:04}-{of_year:02}")
                };
                Some((number(day), name))
            });
            named.filter(|(at, _)| (self.first..=last).contains(at)).collect()
        };
        let fits = |count: i64| (1..=6).contains(&count);
        if let Some(step) = [1, 2, 7, 14].into_iter().find(|step| fits(self.span / step)) {
            return (0..=self.span / step)
                .map(|n| self.first + n * step)
                .map(|at| (at, day(at).to_string()))
                .collect();
        }
        let steps =
            [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 2_400, 6_000, 12_000, 24_000, 60_000];
        let fit =
            steps.into_iter().find(|&step| self.span / (30 * i64::from(step)) <= 7).map(months);
        fit.filter(|ticks| !ticks.is_empty())
            .unwrap_or_else(|| vec![(self.first, start.to_string())])
    }
}

/// Returns a timeline as a picture: an SVG file, for light and dark paper. A day is a dot, an uncertain time a bar
/// from its first to its last possible day. An event that is only planned, expected or held possible is dashed. If
/// the order of two entries is not known, the picture says so. Long sentences are shortened; the title of each
/// event has all of it.
///
/// The picture is as tall as there are events: if there are thousands, narrow the view first.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_analysis::timeline_svg;
/// let mut graph = ClaimGraph::new();
/// let (paper, war) = (graph.add_document("paper", date(2024, 10, 24))?, graph.add(Event, "<war>")?);
/// graph.insert(Claim::by(paper).asserts(war, BEGINS, ()).valid("2022-02").read_in(paper, ..))?;
/// let svg = timeline_svg(&graph.view().timeline(), "Events");
/// assert!(svg.starts_with("<svg") && svg.contains("&lt;war&gt; begins") && svg.ends_with("</svg>\n"));
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn timeline_svg(timeline: &Findings<'_, TimelineEntry<'_>>, title: &str) -> String {
    let (first, last) = (
        timeline.iter().map(|m| number(m.earliest())).min(),
        timeline.iter().map(|m| number(m.latest())).max(),
    );
    let count: usize = timeline.iter().map(|entry| entry.events().len()).sum();
    let mut svg = Svg::default();
    let mut y = MARGIN + 8.0;
    for line in lines(title, 16.0, WIDE - 2.0 * MARGIN, 2) {
        svg.text("ink strong", (MARGIN, y), "start", &line);
        y += 20.0;
    }
    let (Some(first), Some(last)) = (first, last) else {
        svg.text("muted", (MARGIN, y), "start", "No dated events.");
        return svg.finished((WIDE, y + MARGIN), title, "A timeline without events.");
    };
    let scale = Scale { first, span: last - first };
    let top = y + 6.0;
    let (mut under, mut drawn) = (Svg::default(), Svg::default());
    y = top + 12.0;
    for (place, entry) in timeline.iter().enumerate() {
        let to = draw_entry(&mut drawn, &scale, entry, y);
        if place % 2 == 0 {
            under.rect("band", (0.0, y), (WIDE, to - y), 0.0);
        }
        y = to;
    }
    // The axis lies under the events and above the bands.
    svg.absorb(under);
    let mut named = f64::NEG_INFINITY;
    for (at, name) in scale.ticks() {
        let x = scale.x(at);
        svg.line("line", (x, top), (x, y));
        let half = crate::pictures::canvas::extent(&name, 11.0) / 2.0;
        if x - half > named && x + half <= WIDE {
            svg.text("muted small", (x, top - 4.0), "middle", &name);
            svg.text("muted small", (x, y + 13.0), "middle", &name);
            named = x + half + 2.0;
        }
    }
    svg.absorb(drawn);
    y += 34.0;
    svg.dot("mark", (MARGIN + 6.0, y - 4.0), 5.0);
    svg.text("muted small", (MARGIN + 18.0, y), "start", "on that day");
    svg.rect("range", (MARGIN + 110.0, y - 10.0), (34.0, 12.0), 3.0);
    svg.text("muted small", (MARGIN + 152.0, y), "start", "some time between these days");
    svg.rect("open", (MARGIN + 350.0, y - 10.0), (34.0, 12.0), 3.0);
    svg.text("muted small", (MARGIN + 392.0, y), "start", "planned, expected or held possible");
    let items = timeline.len();
    let days = timeline
        .first()
        .map(TimelineEntry::earliest)
        .zip(timeline.iter().map(TimelineEntry::latest).max());
    let (from, to) = days.unwrap_or((date(1970, 1, 1), date(1970, 1, 1)));
    let described = format!(
        "A timeline of {} in {} from {from} to {to}, the earliest on top.",
        counted(count, "event"),
        counted(items, "group")
    );
    svg.finished((WIDE, y + MARGIN), title, &described)
}

/// Draws one entry from this height on, and returns where it ends.
fn draw_entry(svg: &mut Svg, scale: &Scale, entry: &TimelineEntry<'_>, from: f64) -> f64 {
    let told: Vec<(ClaimRef<'_>, Vec<String>)> = entry
        .events()
        .iter()
        .map(|&event| (event, lines(&event.to_string(), SIZE, AXIS.0 - 2.0 * MARGIN - 16.0, 3)))
        .collect();
    let rows: f64 = told.iter().map(|(_, lines)| lines.len() as f64 * LINE + 8.0).sum();
    let mut y = from + 18.0;
    let several = (told.len() > 1).then(|| format!("order among these {} unknown", told.len()));
    let said = order_in_words(entry).map(str::to_owned).into_iter().chain(several);
    let header = std::iter::once(days(entry)).chain(said).collect::<Vec<_>>().join("; ");
    svg.text("muted small strong", (MARGIN, y), "start", &header);
    y += 6.0;
    let (left, right) = (scale.x(number(entry.earliest())), scale.x(number(entry.latest())));
    for (event, lines) in &told {
        svg.group(&format!("{}: {event}", days(entry)));
        let middle = y + (lines.len() as f64 * LINE) / 2.0 + 3.0;
        let open = event.modality() != Modality::Actual || !event.stance().commits();
        match is_day(entry) {
            true => svg.dot(if open { "open" } else { "mark" }, (left, middle), 5.0),
            false => {
                let wide = (right - left).max(6.0);
                svg.rect(
                    if open { "open" } else { "range" },
                    (left, middle - 6.0),
                    (wide, 12.0),
                    3.0,
                );
            }
        }
        for line in lines {
            y += LINE;
            svg.text("ink", (MARGIN + 12.0, y - 3.0), "start", line);
        }
        y += 8.0;
        svg.end();
    }
    from + rows + 26.0
}
