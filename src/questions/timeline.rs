//! Dated events, in order as far as it is certain.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::ClaimId;
use crate::model::time::day::Day;
use crate::model::time::period::{Aspect, Period};
use crate::model::value::stance::{Modality, Stance};
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::{Told, json_form};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The order of an item and the item before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TemporalOrder {
    /// The earlier one was over before this one began.
    Before,
    /// The earlier one ended no later than the first day of this one.
    NotAfter,
    /// They can have happened in either order.
    Unordered,
}

/// Events with the same first and last possible day. The order among them is not known.
#[derive(Clone, Debug)]
pub struct TimelineEntry<'g> {
    earliest: Day,
    latest: Day,
    events: Vec<ClaimRef<'g>>,
    order: Option<TemporalOrder>,
}

impl<'g> TimelineEntry<'g> {
    /// Returns the first day on which they may have happened.
    pub fn earliest(&self) -> Date {
        self.earliest.date()
    }

    /// Returns the last day on which they may have happened.
    pub fn latest(&self) -> Date {
        self.latest.date()
    }

    /// Returns the claims that report them.
    pub fn events(&self) -> &[ClaimRef<'g>] {
        &self.events
    }

    /// Returns the order of this item and the one before it; `None` for the first.
    pub fn order(&self) -> Option<TemporalOrder> {
        self.order
    }
}

impl Finding for TimelineEntry<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.events.iter().map(|event| event.id()).collect()
    }
}

json_form!(TimelineEntry<'_>, |it| {
    earliest: Day::from(it.earliest()),
    latest: Day::from(it.latest()),
    order => it.order,
    events: it.events.iter().map(|&event| Told::from(event)).collect::<Vec<_>>(),
});

impl fmt::Display for TimelineEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let when = Period::within(self.earliest()..=self.latest());
        let when = when.edtf().unwrap_or_else(|| when.to_string());
        let unordered = if self.order == Some(TemporalOrder::Unordered) {
            " (before or after the item above)"
        } else {
            ""
        };
        // A date that all of them doubt is not printed as an exact one.
        let mark = |event: &ClaimRef<'_>| event.period().and_then(|period| period.mark_of_doubt());
        let first = self.events.first().and_then(mark);
        let alike = !when.starts_with('[') && self.events.iter().all(|event| mark(event) == first);
        let mark = first.filter(|_| alike);
        let mark = mark.map(String::from).unwrap_or_default();
        write!(f, "{when}{mark}{unordered}")?;
        self.events.iter().try_for_each(|event| write!(f, "\n  {event}"))
    }
}

impl<'g> Findings<'g, TimelineEntry<'g>> {
    /// Returns every claim on the timeline, in order.
    pub fn events(&self) -> Vec<ClaimId> {
        self.iter().flat_map(|entry| entry.events.iter().map(|event| event.id())).collect()
    }
}

impl<'g> View<'g> {
    /// Returns the events and deadlines whose first and last possible day are known, in order of those days. Plans
    /// and forecasts are on the timeline. States, counts over a stretch, and what is hypothetical, demanded or
    /// threatened are not.
    ///
    /// ```
    /// use claimgraph::{date, questions::TemporalOrder, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let paper = graph.add_document("paper", date(2024, 10, 24))?;
    /// let (war, summit) = (graph.add(Event, "war")?, graph.add(Event, "summit")?);
    /// let summit = graph.insert(Claim::by(paper).asserts(summit, TAKES_PLACE, ()).valid("2024-06").read_in(paper, ..))?;
    /// let war = graph.insert(Claim::by(paper).asserts(war, BEGINS, ()).valid("2022-02").read_in(paper, ..))?;
    /// let timeline = graph.view().timeline();
    /// assert_eq!(timeline.events(), [war, summit]);
    /// assert_eq!(timeline.last().and_then(|moment| moment.order()), Some(TemporalOrder::Before));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn timeline(&self) -> Findings<'g, TimelineEntry<'g>> {
        let mut dated: Vec<(Day, Day, ClaimRef<'g>)> = Vec::new();
        for claim in self.claims().filter(|claim| self.has_current_time(*claim)) {
            // A confirmation of a claim that is not in the view says what that says.
            let gone = || {
                let repeated = claim.confirms_as_a_whole().then(|| self.repeated(claim));
                let repeated = repeated.unwrap_or_default().iter();
                let repeated = repeated.filter_map(|&id| ClaimRef::new(self.graph, id));
                let mut gone = repeated.filter(|it| !self.passes(*it));
                gone.find_map(|it| self.proposition(it))
            };
            let Some(said) = self.proposition(claim).or_else(gone) else { continue };
            let told = claim.stance().commits()
                || matches!(claim.stance(), Stance::Projects | Stance::Speculates);
            let told = told && claim.modality() != Modality::Hypothetical;
            let period = said.holding().filter(|p| told && p.aspect() == Aspect::Occurrence);
            let extent = period.map(|period| period.extent());
            if let Some((earliest, latest)) = extent.and_then(|e| e.earliest.zip(e.latest)) {
                dated.push((earliest, latest, claim));
            }
        }
        self.graph.sort_findings(&mut dated, |(_, _, claim)| claim.id());
        dated.sort_by_key(|&(earliest, latest, _)| (earliest, latest));
        let mut entries: Vec<TimelineEntry<'g>> = Vec::new();
        for together in dated.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let Some(&(earliest, latest, _)) = together.first() else { continue };
            let order = entries.last().map(|before| match before.latest {
                last if last < earliest => TemporalOrder::Before,
                // A single day is over by the first day of what follows.
                last if last <= earliest => TemporalOrder::NotAfter,
                _ => TemporalOrder::Unordered,
            });
            let events = together.iter().map(|(_, _, claim)| *claim).collect();
            entries.push(TimelineEntry { earliest, latest, events, order });
        }
        Findings::of(self, entries)
    }
}
