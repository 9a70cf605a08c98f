//! Claims that cannot both be right, without any denial: dates and figures that disagree.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::id::{ClaimId, EntityId, RelationId};
use crate::model::value::answer::Answer;
use crate::model::value::stance::Modality;
use crate::model::vocabulary::relation::Relation;
use crate::model::vocabulary::verb::Mood;
use crate::questions::account::Account;
use crate::questions::disagreement::{Disagreement, Disagreements};
use crate::questions::distinct_event::Parties;
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
    pairs: Disagreements<'g>,
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

    /// Returns the pairs of accounts that do not agree. Claims that say the same are one account. Pairs that cannot both be
    /// right come first, and of these the certain ones. In each pair, the accounts are in the order of findings.
    pub fn pairs(&self) -> &Disagreements<'g> {
        &self.pairs
    }

    /// Returns `No` if some pair certainly cannot both be right, else `Unknown`.
    pub fn whether_reconcilable(&self) -> Answer {
        let conflicts = |it: &Disagreement<'_>| it.kind().is_conflict() && it.certain().is_yes();
        Answer::of(false, self.pairs.iter().any(conflicts))
    }
}

json_form!(Conflict<'_>, |it| {
    claims: it.claims,
    pairs: *it.pairs,
    partial => Some(true).filter(|_| it.pairs.is_partial()),
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
            let plural = self.first.graph().is_plural(statement.subject());
            let verb = statement.relation().verb_in(Mood::Indicative, plural);
            f.write_str(format!("{subject} {verb} {object}").trim())?;
        }
        self.pairs.iter().try_for_each(|pair| write!(f, "\n  {pair}"))
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
    /// [`ContestKind::OtherPrecision`](crate::questions::ContestKind::OtherPrecision), which [`irreconcilable`](Findings::irreconcilable) leaves out.
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
    /// let reasons: Vec<ContestKind> = conflicts[0].pairs().iter().map(|pair| pair.kind()).collect();
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
        let current = |it: &Account<'g>| it.valid.is_some() && self.has_current_time(it.claim);
        self.conflicts(
            |relation, it| relation == wanted && current(it),
            |accounts| {
                let counts =
                    |a: &Account<'g>, b: &Account<'g>| a.claim.speaker() != b.claim.speaker();
                Disagreements::among(accounts, false, counts, Account::times_disagree)
            },
        )
    }

    /// Returns the statements for which speakers give figures of one unit that cannot both be right at a time that
    /// can be the same. Nobody needs to deny anything. Figures of one speaker are compared too; a view of the
    /// [latest word of each](View::latest_per_speaker) has one of them. Only claims with the same roles are compared: losses in one
    /// battle say nothing about losses in another. A figure that its speaker has revised does not count, and the new
    /// one counts in its place. A confirmation has the figure that it confirmed, even if that was revised since.
    ///
    /// The conflict is certain if the two figures are of the same days, or if neither gives a time and both were
    /// reported on one day. It is possible if the times can be the same. Of two counts over stretches, the one over the
    /// shorter stretch cannot be the greater one.
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
        let current = |it: &Account<'g>| {
            let stated = it.figure.is_some() && it.claim.derivation().is_none();
            stated && self.has_current_figure(it.claim)
        };
        let disagree = |one: &Account<'g>, other: &Account<'g>| {
            one.has_roles_of(other).then(|| one.figures_disagree(other)).flatten()
        };
        self.conflicts(
            |_, it| current(it),
            |accounts| Disagreements::among(accounts, true, Account::is_apart_from, disagree),
        )
    }

    fn conflicts(
        &self,
        wanted: impl Fn(RelationId, &Account<'g>) -> bool,
        compare: impl Fn(std::slice::Iter<'_, Account<'g>>) -> Disagreements<'g>,
    ) -> Findings<'g, Conflict<'g>> {
        let mut groups: IndexMap<Parties, Vec<Account<'g>>> = IndexMap::new();
        let actual = |claim: &ClaimRef<'g>| self.commitment(*claim) == Some(Modality::Actual);
        let facts = self.claims().filter(|claim| claim.is_fact()).filter(actual);
        for account in facts.flat_map(|claim| self.accounts(claim)) {
            let statement = account.statement;
            let parties = self.parties(statement).or_else(|| self.measured(statement));
            if let Some(parties) = parties.filter(|(_, relation, _)| wanted(*relation, &account)) {
                groups.entry(parties).or_default().push(account);
            }
        }
        let conflict = |mut accounts: Vec<Account<'g>>| {
            self.graph.sort_findings(&mut accounts, |account| account.claim.id());
            let pairs = compare(accounts.iter());
            let first = accounts.first().filter(|_| !pairs.is_empty())?.statement;
            let mut claims: Vec<ClaimRef<'g>> = accounts.iter().map(|it| it.claim).collect();
            claims.dedup();
            Some(Conflict { first, claims, pairs })
        };
        let several = groups.into_values().filter(|accounts| accounts.len() > 1);
        Findings::sorted(self, several.filter_map(conflict), |conflict| conflict.first.id())
    }

    /// Returns the subject and the relation of a statement whose object is a figure.
    fn measured(&self, claim: ClaimRef<'g>) -> Option<Parties> {
        let statement = claim.statement().filter(|s| matches!(s.object(), Term::Quantity(_)))?;
        let relation = self.graph.vocabulary.primary(statement.relation_id()).0;
        Some((statement.subject().entity()?, relation, None))
    }
}
