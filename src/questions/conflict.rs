//! Claims that cannot both be right, without any denial: dates and figures that disagree.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::id::{ClaimId, EntityId, RelationId};
use crate::model::value::answer::Answer;
use crate::model::vocabulary::relation::Relation;
use crate::questions::distinct_event::Parties;
use crate::questions::response::ContestKind;
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::json_form;
use indexmap::IndexMap;
use std::fmt;

/// A statement on which speakers do not agree.
#[derive(Clone, Debug)]
pub struct Conflict<'g> {
    first: ClaimRef<'g>,
    claims: Vec<ClaimRef<'g>>,
    pairs: Vec<(ClaimRef<'g>, ClaimRef<'g>, ContestKind)>,
}

impl<'g> Conflict<'g> {
    /// Returns the subject of the statement, if it is an entity.
    pub fn subject(&self) -> Option<EntityId> {
        self.first.subject_entity()
    }

    /// Returns the claims that are compared: all that make the statement with a date or a figure, also those that
    /// agree.
    pub fn reports(&self) -> &[ClaimRef<'g>] {
        &self.claims
    }

    /// Returns the pairs of claims that do not agree, each with the reason. Pairs that cannot both be right come
    /// first. In each pair, the claims are in the order of findings.
    pub fn pairs(&self) -> &[(ClaimRef<'g>, ClaimRef<'g>, ContestKind)] {
        &self.pairs
    }

    /// Returns `No` if some pair cannot both be right, else `Unknown`.
    pub fn whether_reconcilable(&self) -> Answer {
        Answer::of(false, self.pairs.iter().any(|(_, _, kind)| kind.is_conflict()))
    }
}

json_form!(Conflict<'_>, |it| {
    claims: it.claims,
    pairs: it.pairs,
});

impl Finding for Conflict<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.claims.iter().map(|claim| claim.id()).collect()
    }
}

/// "North Korea deploys to Russia", and a line for each pair.
impl fmt::Display for Conflict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(statement) = self.first.statement() {
            let [subject, object] = [statement.subject(), statement.object()]
                .map(|term| term.entity().map_or("", |entity| self.first.graph().name_of(entity)));
            let verb = statement.relation().verb();
            f.write_str(format!("{subject} {verb} {object}").trim())?;
        }
        self.pairs.iter().try_for_each(|&(one, other, kind)| {
            write!(f, "\n  {}, {}: {kind}", kind.said_by(one), kind.said_by(other))
        })
    }
}

impl<'g> Findings<'g, Conflict<'g>> {
    /// Returns the conflicts in which two speakers cannot both be right.
    pub fn irreconcilable(&self) -> impl Iterator<Item = &Conflict<'g>> {
        self.iter().filter(|conflict| conflict.whether_reconcilable() == Answer::No)
    }
}

impl<'g> View<'g> {
    /// Returns the statements on whose time speakers do not agree, under a relation that holds once for each pair of
    /// ends (a treaty is signed once). Nobody needs to deny anything. The times are compared as said, and only of
    /// claims whose speakers are committed to them. Claims of one speaker are not compared with each other, and
    /// revised times do not count. Two times without a common day cannot both be right. A year against a day of it is
    /// [`ContestKind::OtherPrecision`], which [`irreconcilable`](Findings::irreconcilable) leaves out.
    ///
    /// The caller says that the relation holds once. The vocabulary does not.
    ///
    /// ```
    /// use claimgraph::{date, questions::ContestKind, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let talks = graph.add(Briefing, "talks")?;
    /// let (a, b, c) = (graph.add(Agency, "a")?, graph.add(Agency, "b")?, graph.add(Agency, "c")?);
    /// for (who, when) in [(a, "1925-02-24"), (b, "1925-02-25"), (c, "1925")] {
    ///     graph.insert(Claim::by(who).asserts(talks, BEGINS, ()).valid(when).reported(date(2025, 10, 1)))?;
    /// }
    /// let conflicts = graph.view().date_conflicts(BEGINS);
    /// let reasons: Vec<ContestKind> = conflicts[0].pairs().iter().map(|(_, _, kind)| *kind).collect();
    /// assert_eq!(reasons, [ContestKind::TimesApart, ContestKind::OtherPrecision, ContestKind::OtherPrecision]);
    /// assert_eq!(conflicts.irreconcilable().count(), 1);
    /// assert!(graph.contested().is_empty());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn date_conflicts<S, O>(&self, once: Relation<S, O>) -> Findings<'g, Conflict<'g>> {
        let Ok(once) = self.graph.resolve_relation(once) else {
            return Findings::of(self, Vec::new());
        };
        let wanted = self.graph.vocabulary.primary(once).0;
        let redated = |claim| self.own_revisions(claim).any(|revision| revision.valid().is_some());
        let current = |claim: ClaimRef<'g>| claim.valid().is_some() && !redated(claim);
        self.conflicts(|relation, claim| relation == wanted && current(claim), dates_apart)
    }

    /// Returns the statements for which speakers give figures of one unit that cannot both be right at a time that
    /// can be the same. Nobody needs to deny anything. Only claims with the same roles are compared: losses in one
    /// battle say nothing about losses in another. A figure that its speaker has revised does not count. A revision
    /// is not compared with what it revises.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let (seoul, kyiv) = (graph.add(State, "seoul")?, graph.add(State, "kyiv")?);
    /// for (who, figure) in [(seoul, Quantity::exactly(3_000, "soldiers")), (kyiv, Quantity::exactly(12_000, "troops"))] {
    ///     graph.insert(Claim::by(who).asserts(nk, DEPLOYS_TO, russia).quantity(figure).reported(day))?;
    /// }
    /// assert_eq!(graph.view().figure_conflicts().irreconcilable().count(), 1);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn figure_conflicts(&self) -> Findings<'g, Conflict<'g>> {
        let current =
            |claim: ClaimRef<'g>| claim.quantity().is_some() && !self.revised_by_its_speaker(claim);
        let figures_apart = |one: ClaimRef<'g>, other: ClaimRef<'g>| {
            let apart = self.same_roles(one, other) && one.cannot_both_hold(other);
            apart.then_some(ContestKind::FiguresApart)
        };
        self.conflicts(|_, claim| current(claim), figures_apart)
    }

    fn conflicts(
        &self,
        wanted: impl Fn(RelationId, ClaimRef<'g>) -> bool,
        kind: impl Fn(ClaimRef<'g>, ClaimRef<'g>) -> Option<ContestKind>,
    ) -> Findings<'g, Conflict<'g>> {
        let mut groups: IndexMap<Parties, Vec<ClaimRef<'g>>> = IndexMap::new();
        for claim in self.claims().filter(|claim| claim.is_fact()) {
            let parties = self.parties(claim).or_else(|| self.measured(claim));
            if let Some(parties) = parties.filter(|(_, relation, _)| wanted(*relation, claim)) {
                groups.entry(parties).or_default().push(claim);
            }
        }
        let conflict = |mut claims: Vec<ClaimRef<'g>>| {
            self.graph.sort_findings(&mut claims, |claim| claim.id());
            let mut pairs = Vec::new();
            for (place, &one) in claims.iter().enumerate() {
                let others =
                    claims.iter().skip(place + 1).filter(|other| other.speaker() != one.speaker());
                pairs.extend(others.filter_map(|&other| Some((one, other, kind(one, other)?))));
            }
            pairs.sort_by_key(|&(_, _, kind)| kind);
            let first = *claims.first().filter(|_| !pairs.is_empty())?;
            Some(Conflict { first, claims, pairs })
        };
        let several = groups.into_values().filter(|claims| claims.len() > 1);
        Findings::sorted(self, several.filter_map(conflict), |conflict| conflict.first.id())
    }

    /// Returns the subject and the relation of a statement whose object is a figure.
    fn measured(&self, claim: ClaimRef<'g>) -> Option<Parties> {
        let statement = claim.statement().filter(|s| matches!(s.object(), Term::Quantity(_)))?;
        let relation = self.graph.vocabulary.primary(statement.relation_id()).0;
        Some((statement.subject().entity()?, relation, None))
    }

    /// Returns whether both claims give the same roles that are a part of what is said.
    fn same_roles(&self, one: ClaimRef<'g>, other: ClaimRef<'g>) -> bool {
        let [one, other] = [one, other].map(|claim| {
            let content =
                claim.held_roles().iter().filter(|(role, _)| self.graph.is_content(*role));
            content.map(|(role, argument)| (*role, &argument.value)).collect::<Vec<_>>()
        });
        one.len() == other.len() && one.iter().all(|role| other.contains(role))
    }
}

fn dates_apart(one: ClaimRef<'_>, other: ClaimRef<'_>) -> Option<ContestKind> {
    let (a, b) = (one.period()?, other.period()?);
    if a.overlaps(&b) == Answer::No {
        return Some(ContestKind::TimesApart);
    }
    match (a.start, a.end) == (b.start, b.end) {
        false => Some(ContestKind::OtherPrecision),
        true => (one.certainty() != other.certainty()).then_some(ContestKind::OtherCertainty),
    }
}
