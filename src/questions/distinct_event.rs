//! Events counted once, however often they were reported.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::id::{ClaimId, EntityId, RelationId};
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::value::stance::{Basis, Modality, Stance};
use crate::view::View;
use crate::view::finding::{Finding, Findings, counted};
use crate::view::json::{json_form, some};
use indexmap::IndexMap;
use std::borrow::Cow;
use std::fmt;

/// The subject, relation and object of a statement. If the relation has one party, the object is absent.
pub(crate) type Parties = (EntityId, RelationId, Option<EntityId>);

/// The parties of an event and its time; `None` for reports that give no time.
type Event = (Parties, Option<Period>);
type Groups<'g> = IndexMap<Event, Vec<ClaimRef<'g>>>;

/// Returns the period without its words.
fn without_words(period: Cow<'_, Period>) -> Period {
    Period { words: None, ..period.into_owned() }
}

/// One event or state, with all claims that report it.
#[derive(Clone, Debug)]
pub struct DistinctEvent<'g> {
    first: ClaimRef<'g>,
    claims: Vec<ClaimRef<'g>>,
    possible: Vec<ClaimRef<'g>>,
}

impl<'g> DistinctEvent<'g> {
    /// Returns the claims that report it, in the order of findings; at least one.
    pub fn reports(&self) -> &[ClaimRef<'g>] {
        &self.claims
    }

    /// Returns the claims without a time that report it or another event of the same parties, in the order of findings.
    pub fn possible_reports(&self) -> &[ClaimRef<'g>] {
        &self.possible
    }

    /// Returns the time at which it happened or held, as said.
    pub fn valid(&self) -> Option<Period> {
        self.claims.iter().find_map(|claim| claim.valid())
    }
}

impl Finding for DistinctEvent<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.claims.iter().map(|claim| claim.id()).collect()
    }
}

json_form!(DistinctEvent<'_>, |it| {
    valid => it.valid().map(|period| period.to_string()),
    claims: it.claims,
    possible => some(&it.possible),
});

/// "Russia meets North Korea (on 2014-03-01): 2 reports".
impl fmt::Display for DistinctEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.claims.len() > 1 {
            write!(f, "; {}", counted(self.claims.len(), "report"))?;
        }
        match self.possible.len() {
            0 => Ok(()),
            more => write!(f, ", perhaps {more} more"),
        }
    }
}

impl<'g> View<'g> {
    /// Returns the events and states that claims report, each once. Counted are claims whose speakers are committed
    /// to an actual statement between entities. They are grouped by subject, relation, object and the days of the
    /// time as said. A confirmation or acknowledgement without its own date takes the date of the claim it answers.
    /// If it answers several claims, it takes their date only if they all agree. A relation and its inverse are one,
    /// and a symmetric relation is the same from either side. Roles and figures do not distinguish events.
    ///
    /// A report without a time belongs to the event of the same parties, unless it was on record before that can have
    /// happened. If it can belong to several, it is among the [`possible_reports`](DistinctEvent::possible_reports) of
    /// each. If it can belong to none, it is of an event of its own.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "nk")?);
    /// let (day, next) = (date(2024, 6, 19), date(2024, 6, 20));
    /// graph.insert(Claim::by(russia).asserts(russia, MEETS, nk).valid(day).reported(day))?;
    /// graph.insert(Claim::by(nk).asserts(nk, MEETS, russia).valid(day).reported(next))?;
    /// graph.insert(Claim::by(nk).asserts(nk, MEETS, russia).valid(next).reported(next))?;
    /// graph.insert(Claim::by(nk).denies(nk, TREATY_WITH, russia).valid(next).reported(next))?;
    /// let reports: Vec<usize> = graph.view().distinct_events().iter().map(|event| event.reports().len()).collect();
    /// assert_eq!((graph.len(), reports), (4, vec![2, 1]));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn distinct_events(&self) -> Findings<'g, DistinctEvent<'g>> {
        let mut groups: Groups<'g> = Groups::default();
        let actual = |claim: &ClaimRef<'g>| self.commitment(*claim) == Some(Modality::Actual);
        for claim in self.claims().filter(|claim| claim.is_fact()).filter(actual) {
            // What a revision of its own speaker repeats is reported by the revision.
            if self.superseded(claim.id()).is_some_and(|it| it.repeated) {
                continue;
            }
            for account in self.accounts(claim) {
                let Some(parties) = self.parties(account.statement) else { continue };
                let own = || claim.period().or_else(|| account.valid.clone().map(Cow::Owned));
                let period = match account.statement == claim {
                    true => claim.period().map(without_words),
                    false => own().map(without_words),
                };
                let period = period.or_else(|| self.time_confirmed(claim, parties));
                groups.entry((parties, period)).or_default().push(claim);
            }
        }
        let mut possible = self.place_undated(&mut groups);
        let event = |(key, mut claims): (Event, Vec<ClaimRef<'g>>)| {
            let mut possible = possible.swap_remove(&key).unwrap_or_default();
            self.graph.sort_findings(&mut claims, |claim| claim.id());
            self.graph.sort_findings(&mut possible, |claim| claim.id());
            Some(DistinctEvent { first: *claims.first()?, claims, possible })
        };
        let events = groups.into_iter().filter_map(event);
        Findings::sorted(self, events, |event| event.first.id())
    }

    /// Puts each report without a time to the one event of its parties to which it can belong, and returns those that can
    /// belong to several, by event.
    fn place_undated(&self, groups: &mut Groups<'g>) -> Groups<'g> {
        let mut events: IndexMap<Parties, Vec<(Option<Day>, Period)>> = IndexMap::new();
        if groups.keys().all(|(_, period)| period.is_some()) {
            return Groups::default();
        }
        for (parties, period) in groups.keys() {
            if let Some(period) = period {
                let earliest = period.start.earliest;
                events.entry(*parties).or_default().push((earliest, period.clone()));
            }
        }
        let mut possible = Groups::default();
        for (parties, events) in &mut events {
            let Some(undated) = groups.swap_remove(&(*parties, None)) else { continue };
            // What has no first day can have happened any time, and comes first.
            events.sort_by_key(|(earliest, _)| *earliest);
            for claim in undated {
                let day = claim.reported_day();
                let by_then = events.partition_point(|(earliest, _)| *earliest <= Some(day));
                let (list, of) = match by_then {
                    0 => (&mut *groups, 0..0),
                    1 => (&mut *groups, 0..1),
                    _ => (&mut possible, 0..by_then),
                };
                let mut put = |period| list.entry((*parties, period)).or_default().push(claim);
                match events.get(of).filter(|events| !events.is_empty()) {
                    Some(events) => events.iter().for_each(|(_, it)| put(Some(it.clone()))),
                    None => put(None),
                }
            }
        }
        possible
    }

    /// Returns the time of the claims of the same parties that this one confirms or acknowledges. If they do not
    /// agree, it is `None`.
    fn time_confirmed(&self, claim: ClaimRef<'g>, parties: Parties) -> Option<Period> {
        let confirms = matches!(claim.stance(), Stance::Confirms | Stance::Acknowledges);
        let firm = claim.targets().filter(|(_, basis)| confirms && *basis != Basis::Possible);
        let same = |target: &ClaimRef<'g>| self.parties(*target) == Some(parties);
        let confirmed = firm.filter_map(|(target, _)| self.get(target)).filter(same);
        let mut periods = confirmed.map(|target| target.period().map(without_words));
        let first = periods.next()??;
        periods.all(|other| other.as_ref() == Some(&first)).then_some(first)
    }

    /// Returns the ends of a statement between entities or of one entity alone, in the direction of the primary
    /// relation. Those of a symmetric relation are in the order of their keys.
    pub(crate) fn parties(&self, claim: ClaimRef<'g>) -> Option<Parties> {
        let statement = claim.statement()?;
        let subject = statement.subject().entity()?;
        match statement.object() {
            Term::Entity(object) => {
                let (relation, [subject, object]) =
                    self.graph
                        .primary(statement.relation_id(), [subject, object], |&end| Some(end));
                Some((subject, relation, Some(object)))
            }
            Term::Nothing => {
                Some((subject, self.graph.vocabulary.primary(statement.relation_id()).0, None))
            }
            _ => None,
        }
    }
}
