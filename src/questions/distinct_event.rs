//! Events counted once, however often they were reported.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::id::{ClaimId, EntityId, RelationId};
use crate::model::time::period::Period;
use crate::model::value::stance::{Basis, Stance};
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::json_form;
use indexmap::IndexMap;
use std::borrow::Cow;
use std::fmt;

/// The subject, relation and object of a statement. If the relation has one party, the object is absent.
pub(crate) type Parties = (EntityId, RelationId, Option<EntityId>);

/// Returns the period without its words.
fn without_words(period: Cow<'_, Period>) -> Period {
    Period { words: None, ..period.into_owned() }
}

/// One event or state, with all claims that report it.
#[derive(Clone, Debug)]
pub struct DistinctEvent<'g> {
    first: ClaimRef<'g>,
    claims: Vec<ClaimRef<'g>>,
}

impl<'g> DistinctEvent<'g> {
    /// Returns the claims that report it, in the order of findings; at least one.
    pub fn reports(&self) -> &[ClaimRef<'g>] {
        &self.claims
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
});

/// "Russia meets North Korea (on 2014-03-01): 2 reports".
impl fmt::Display for DistinctEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        match self.claims.len() {
            1 => Ok(()),
            count => write!(f, "; {count} reports"),
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
        let mut groups: IndexMap<(Parties, Option<Period>), Vec<ClaimRef<'g>>> = IndexMap::new();
        for claim in self.claims().filter(|claim| claim.is_fact()) {
            if let Some(parties) = self.parties(claim) {
                let period = claim.period().map(without_words);
                let period = period.or_else(|| self.time_confirmed(claim, parties));
                groups.entry((parties, period)).or_default().push(claim);
            }
        }
        let event = |mut claims: Vec<ClaimRef<'g>>| {
            self.graph.sort_findings(&mut claims, |claim| claim.id());
            Some(DistinctEvent { first: *claims.first()?, claims })
        };
        let events = groups.into_values().filter_map(event);
        Findings::sorted(self, events, |event| event.first.id())
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
