//! Claims that cannot both be so, though nobody denies anything: dates and figures that disagree.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::id::{ClaimId, EntityId};
use crate::model::time::period::Period;
use crate::model::value::answer::Answer;
use crate::model::value::stance::Modality;
use crate::model::vocabulary::relation::Relation;
use crate::questions::distinct_event::Parties;
use crate::questions::figure::Figure;
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::json_form;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why two claims do not agree.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ConflictKind {
    /// Their times have no day in common: it cannot have happened once at both.
    TimesApart,
    /// Their figures cannot both hold at one time.
    FiguresApart,
    /// One time is wider than the other or laps over it: both can be so.
    OtherPrecision,
    /// The time is the same, and one speaker is surer of it than the other.
    OtherCertainty,
}

impl ConflictKind {
    /// Returns whether the two cannot both be so.
    pub fn is_conflict(self) -> bool {
        !matches!(self, ConflictKind::OtherPrecision | ConflictKind::OtherCertainty)
    }
}

impl fmt::Display for ConflictKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ConflictKind::TimesApart => "it happened once, and the two have no day in common",
            ConflictKind::FiguresApart => "no number is both, and the times can be the same",
            ConflictKind::OtherPrecision => "both can be so, at the days they have in common",
            ConflictKind::OtherCertainty => "the same time, one surer than the other",
        })
    }
}

/// A statement on which speakers do not agree.
#[derive(Clone, Debug)]
pub struct Conflict<'g> {
    claims: Vec<ClaimRef<'g>>,
    pairs: Vec<(ClaimRef<'g>, ClaimRef<'g>, ConflictKind)>,
}

impl<'g> Conflict<'g> {
    /// Returns the subject of the statement, if it is an entity.
    pub fn subject(&self) -> Option<EntityId> {
        self.claims.first().and_then(|claim| claim.subject_entity())
    }

    /// Returns the claims that are compared: all that say so and when, also those that agree.
    pub fn reports(&self) -> &[ClaimRef<'g>] {
        &self.claims
    }

    /// Returns the pairs of claims that do not agree, with why; pairs that cannot both be so come first. In
    /// each, the first in the order of findings comes first.
    pub fn pairs(&self) -> &[(ClaimRef<'g>, ClaimRef<'g>, ConflictKind)] {
        &self.pairs
    }

    /// Returns `No` if some pair cannot both be so; else `Unknown`, as they are not the same.
    pub fn whether_reconcilable(&self) -> Answer {
        Answer::of(false, self.pairs.iter().any(|(_, _, kind)| kind.is_conflict()))
    }
}

json_form!(Conflict<'_>, |it| {
    claims: it.claims,
    pairs: it.pairs,
});

/// Writes what one claim says, in a pair that does not agree.
fn says(f: &mut fmt::Formatter<'_>, claim: ClaimRef<'_>, kind: ConflictKind) -> fmt::Result {
    let who = claim.speaker_name();
    match (kind, claim.quantity(), claim.valid()) {
        (ConflictKind::FiguresApart, Some(quantity), _) => write!(f, "{who} says {quantity}"),
        (ConflictKind::OtherCertainty, _, Some(period)) => {
            write!(f, "{who} says {period}, {}", claim.certainty())
        }
        (_, _, Some(period)) => write!(f, "{who} says {period}"),
        _ => f.write_str(who),
    }
}

impl Finding for Conflict<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.claims.iter().map(|claim| claim.id()).collect()
    }
}

impl fmt::Display for Conflict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(statement) = self.claims.first().and_then(|claim| claim.statement()) {
            let graph = self.claims.first().map(|claim| claim.graph());
            let name = |entity: Option<EntityId>| {
                entity
                    .zip(graph)
                    .map_or_else(String::new, |(entity, graph)| graph.name_of(entity).to_owned())
            };
            let relation = statement.relation();
            let verb = relation.verb();
            let (subject, object) =
                (name(statement.subject().entity()), name(statement.object().entity()));
            f.write_str(format!("{subject} {verb} {object}").trim())?;
        }
        for &(one, other, kind) in &self.pairs {
            f.write_str("\n  ")?;
            says(f, one, kind)?;
            f.write_str(", ")?;
            says(f, other, kind)?;
            write!(f, ": {kind}")?;
        }
        Ok(())
    }
}

impl<'g> Findings<'g, Conflict<'g>> {
    /// Returns the conflicts in which two speakers cannot both be right.
    pub fn irreconcilable(&self) -> impl Iterator<Item = &Conflict<'g>> {
        self.iter().filter(|conflict| conflict.whether_reconcilable() == Answer::No)
    }
}

impl<'g> View<'g> {
    /// Returns statements under a relation that holds once for each pair of ends (a treaty is signed once), on
    /// whose time speakers do not agree, though nobody denies anything. The times are compared as said, of
    /// claims whose speakers are committed to them. Claims of one speaker are not compared with each other, and
    /// revised times do not count. Times that have no day in common cannot both be; a year
    /// against a day of it is [`ConflictKind::OtherPrecision`], which
    /// [`irreconcilable`](Findings::irreconcilable) leaves out.
    ///
    /// Which relation happens once is for the question to say: the same relation may be asked about as
    /// one that does not.
    ///
    /// ```
    /// use claimgraph::{date, questions::ConflictKind, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let talks = graph.add(Briefing, "talks")?;
    /// let (a, b, c) = (graph.add(Agency, "a")?, graph.add(Agency, "b")?, graph.add(Agency, "c")?);
    /// for (who, when) in [(a, "1925-02-24"), (b, "1925-02-25"), (c, "1925")] {
    ///     graph.insert(Claim::by(who).asserts(talks, BEGINS, ()).valid(when).reported(date(2025, 10, 1)))?;
    /// }
    /// let conflicts = graph.view().date_conflicts(BEGINS);
    /// let reasons: Vec<ConflictKind> = conflicts[0].pairs().iter().map(|(_, _, kind)| *kind).collect();
    /// assert_eq!(reasons, [ConflictKind::TimesApart, ConflictKind::OtherPrecision, ConflictKind::OtherPrecision]);
    /// assert_eq!(conflicts.irreconcilable().count(), 1);
    /// assert!(graph.contested().is_empty());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn date_conflicts<S, O>(&self, once: Relation<S, O>) -> Findings<'g, Conflict<'g>> {
        let Some(wanted) =
            self.graph.resolve_relation(once).ok().map(|r| self.graph.vocabulary.primary(r).0)
        else {
            return Findings::of(self, Vec::new());
        };
        let redated = |claim| self.own_revisions(claim).any(|revision| revision.valid().is_some());
        let current = |claim: ClaimRef<'g>| claim.valid().is_some() && !redated(claim);
        self.conflicts(|relation, claim| relation == wanted && current(claim), &date_reason)
    }

    /// Returns statements for which speakers give figures of one unit that cannot both hold at times that can
    /// be the same, though nobody denies anything. Losses in one battle say nothing of those in another: claims
    /// are compared whose roles are the same. A figure that its speaker has revised does not count, nor does a
    /// revision against what it revises.
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
        self.conflicts(|_, claim| current(claim), &|one, other| self.figure_reason(one, other))
    }

    fn conflicts(
        &self,
        wanted: impl Fn(crate::model::id::RelationId, ClaimRef<'g>) -> bool,
        reason: &dyn Fn(ClaimRef<'g>, ClaimRef<'g>) -> Option<ConflictKind>,
    ) -> Findings<'g, Conflict<'g>> {
        let mut groups: IndexMap<_, Vec<ClaimRef<'g>>> = IndexMap::new();
        for claim in self.claims() {
            let actual = claim.modality() == Modality::Actual && claim.stance().commits();
            let parties = || self.parties(claim).or_else(|| self.measured(claim));
            if let Some(parties) =
                parties().filter(|(_, relation, _)| actual && wanted(*relation, claim))
            {
                groups.entry(parties).or_default().push(claim);
            }
        }
        let mut found: Vec<(ClaimId, Conflict<'g>)> = Vec::new();
        for mut claims in groups.into_values().filter(|claims| claims.len() > 1) {
            self.graph.sort_findings(&mut claims, |claim| claim.id());
            let mut pairs = Vec::new();
            for (place, &one) in claims.iter().enumerate() {
                let others =
                    claims.iter().skip(place + 1).filter(|other| other.speaker() != one.speaker());
                pairs.extend(others.filter_map(|&other| Some((one, other, reason(one, other)?))));
            }
            pairs.sort_by_key(|&(_, _, kind)| kind);
            if let Some(first) = claims.first().filter(|_| !pairs.is_empty()) {
                found.push((first.id(), Conflict { claims, pairs }));
            }
        }
        self.graph.sort_findings(&mut found, |(id, _)| *id);
        Findings::of(self, found.into_iter().map(|(_, conflict)| conflict).collect())
    }

    /// Where the figure is the object of the statement: what is measured.
    fn measured(&self, claim: ClaimRef<'g>) -> Option<Parties> {
        let statement = claim
            .statement()
            .filter(|statement| matches!(statement.object(), Term::Quantity(_)))?;
        Some((
            statement.subject().entity()?,
            self.graph.vocabulary.primary(statement.relation_id()).0,
            None,
        ))
    }

    fn figure_reason(&self, one: ClaimRef<'g>, other: ClaimRef<'g>) -> Option<ConflictKind> {
        let (a, b) = (one.quantity()?, other.quantity()?);
        let same = self.content_roles(one) == self.content_roles(other);
        (same && Figure::cannot_both_hold((one, a), (other, b)))
            .then_some(ConflictKind::FiguresApart)
    }

    /// The roles that are a part of what is said, in words, in one order.
    fn content_roles(&self, claim: ClaimRef<'g>) -> Vec<String> {
        let vocabulary = &self.graph.vocabulary;
        let content =
            |key: &str| vocabulary.role_place(key).is_some_and(|role| self.graph.is_content(role));
        let roles = claim.roles().filter(|(key, ..)| content(key));
        let mut roles: Vec<String> =
            roles.map(|(key, value, _)| format!("{key} {value:?}")).collect();
        roles.sort();
        roles
    }
}

fn date_reason(one: ClaimRef<'_>, other: ClaimRef<'_>) -> Option<ConflictKind> {
    let (a, b) = (one.period()?, other.period()?);
    if a.overlaps(&b) == Answer::No {
        return Some(ConflictKind::TimesApart);
    }
    let days =
        |p: &Period| [p.start_earliest(), p.start_latest(), p.end_earliest(), p.end_latest()];
    match days(&a) == days(&b) {
        false => Some(ConflictKind::OtherPrecision),
        true => (one.certainty() != other.certainty()).then_some(ConflictKind::OtherCertainty),
    }
}
