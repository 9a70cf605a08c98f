//! Events counted once, however often they were reported.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::id::{ClaimId, EntityId, RelationId};
use crate::model::time::day::Day;
use crate::model::time::period::{Aspect, Period};
use crate::model::time::window::Window;
use crate::model::value::stance::{Basis, Modality, Stance};
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::json_form;
use indexmap::IndexMap;
use std::borrow::Cow;
use std::fmt;

/// Subject, relation and object of a statement; no object where the relation has one party.
pub(crate) type Parties = (EntityId, RelationId, Option<EntityId>);

/// The days of a period, without its words.
type Days = (Window, Window, Aspect, bool, Option<Day>);

fn days(period: &Period) -> Days {
    (period.start, period.end, period.aspect, period.ongoing, period.strict_deadline)
}

/// One event: who did what to whom and when, with every claim that says so.
#[derive(Clone, Debug)]
pub struct DistinctEvent<'g> {
    claims: Vec<ClaimRef<'g>>,
}

impl<'g> DistinctEvent<'g> {
    /// Returns the claims that say so, in the order of questions; at least one.
    pub fn reports(&self) -> &[ClaimRef<'g>] {
        &self.claims
    }

    /// Returns when it happened or held, as said.
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
});

/// "Russia meets North Korea (on 2014-03-01): 2 reports".
impl fmt::Display for DistinctEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(first) = self.claims.first() else { return Ok(()) };
        write!(f, "{first}")?;
        match self.claims.len() {
            1 => Ok(()),
            count => write!(f, "; {count} reports"),
        }
    }
}

impl<'g> View<'g> {
    /// Returns the events and states that are said to have happened or to hold, each once: the claims whose
    /// speakers are committed to an actual statement between entities, grouped by subject, relation, object and
    /// the days of the time as said, whatever its words. A confirmation or acknowledgement without its own date
    /// takes the date of the claim it answers. If it answers several claims, it takes their date only when they
    /// all agree. A relation and its inverse are one, and a symmetric one is the same from either side. Roles and
    /// figures do not tell events apart. The claims themselves stay apart: two reports
    /// are two claims.
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
        let mut groups: IndexMap<(Parties, Option<Days>), Vec<ClaimRef<'g>>> = IndexMap::new();
        for claim in self.claims() {
            if claim.modality() != Modality::Actual || !claim.stance().commits() {
                continue;
            }
            if let Some(parties) = self.parties(claim) {
                let time = claim.period().or_else(|| self.time_confirmed(claim, parties));
                let days = time.as_deref().map(days);
                groups.entry((parties, days)).or_default().push(claim);
            }
        }
        let mut found: Vec<DistinctEvent<'g>> =
            groups.into_values().map(|claims| DistinctEvent { claims }).collect();
        for happening in found.iter_mut().filter(|happening| happening.claims.len() > 1) {
            self.graph.sort_findings(&mut happening.claims, |claim| claim.id());
        }
        // A group holds at least the claim it was made for.
        found.retain(|happening| !happening.claims.is_empty());
        let mut keyed: Vec<(ClaimId, DistinctEvent<'g>)> =
            found.into_iter().filter_map(|h| Some((h.claims.first()?.id(), h))).collect();
        self.graph.sort_findings(&mut keyed, |(id, _)| *id);
        Findings::of(self, keyed.into_iter().map(|(_, happening)| happening).collect())
    }

    /// The one time of the claims of the same parties that this one confirms or acknowledges.
    fn time_confirmed(&self, claim: ClaimRef<'g>, parties: Parties) -> Option<Cow<'g, Period>> {
        let firm = claim.targets().filter(|(_, basis)| *basis != Basis::Possible);
        let same = |target: &ClaimRef<'g>| self.parties(*target) == Some(parties);
        let confirms = matches!(claim.stance(), Stance::Confirms | Stance::Acknowledges);
        let mut confirmed =
            firm.filter(|_| confirms).filter_map(|(target, _)| self.get(target)).filter(same);
        let first = confirmed.next()?.period()?;
        confirmed
            .all(|other| other.period().as_deref().map(days) == Some(days(&first)))
            .then_some(first)
    }

    /// The ends of a statement between entities or of one entity alone, in the direction of the primary
    /// relation, those of a symmetric one in order of their keys.
    pub(crate) fn parties(&self, claim: ClaimRef<'g>) -> Option<Parties> {
        let statement = claim.statement()?;
        let (relation, turned) = self.graph.vocabulary.primary(statement.relation_id());
        let subject = statement.subject().entity()?;
        let object = match statement.object() {
            Term::Entity(object) => object,
            Term::Nothing => return Some((subject, relation, None)),
            _ => return None,
        };
        let symmetric =
            self.graph.vocabulary.relation_def(relation).is_some_and(|def| def.symmetric);
        let unordered = symmetric && self.graph.key_of(object) < self.graph.key_of(subject);
        let (subject, object) =
            if turned || unordered { (object, subject) } else { (subject, object) };
        Some((subject, relation, Some(object)))
    }
}
