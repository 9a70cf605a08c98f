//! Accounts of a statement: what each claim gives as its figure and its time. Conflicts, figures and corroboration compare
//! them.

use crate::graph::claim_ref::ClaimRef;
use crate::model::time::period::Period;
use crate::model::time::spell::Spell;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Stance;
use crate::view::View;
use indexmap::IndexSet;

/// An account of a statement: a claim gives it of its own statement, or of one that it revises or confirms.
#[derive(Clone, Debug)]
pub(crate) struct Account<'g> {
    /// The claim that gives it.
    pub(crate) claim: ClaimRef<'g>,
    /// The claim whose statement it is.
    pub(crate) statement: ClaimRef<'g>,
    pub(crate) figure: Option<&'g Quantity>,
    /// The claim that gives the figure, or for which it was derived.
    pub(crate) figured: ClaimRef<'g>,
    /// The time as said.
    pub(crate) valid: Option<Period>,
    pub(crate) spell: Spell,
}

impl<'g> Account<'g> {
    /// Returns the account that a claim gives of the statement of another. Without a time of its own, it has that of what
    /// it revises or confirms.
    fn of(claim: ClaimRef<'g>, statement: ClaimRef<'g>, figured: ClaimRef<'g>) -> Self {
        let timed =
            std::iter::once(claim).chain(claim.firm_targets()).find(|it| it.valid().is_some());
        let by = timed.unwrap_or(claim);
        let spell = by.spell_under(statement.relation_id());
        let figure = figured.figure();
        Self { claim, statement, figure, figured, valid: by.valid(), spell }
    }

    /// Returns the account with the figure and the time that a confirmation of it gives.
    fn with_parts_of(self, confirmation: ClaimRef<'g>) -> Self {
        let mut account = self;
        if confirmation.quantity().is_some() {
            (account.figure, account.figured) = (confirmation.figure(), confirmation);
        }
        if confirmation.valid().is_some() {
            account.valid = confirmation.valid();
            account.spell = confirmation.spell_under(account.statement.relation_id());
        }
        account
    }
}

impl<'g> View<'g> {
    /// Returns what the claim gives for statements: its own, that which it revises, or those that it confirms with a figure
    /// or a time of its own, or that are not there as they were confirmed, because they are not in the view or were revised since.
    pub(crate) fn accounts(&self, claim: ClaimRef<'g>) -> Vec<Account<'g>> {
        let gone =
            |target: &ClaimRef<'g>| !self.passes(*target) || self.superseded(target.id()).is_some();
        let (mut found, mut seen) = (Vec::new(), IndexSet::from([claim.id()]));
        let mut next = 0;
        while let Some(said) = seen.get_index(next).and_then(|&id| ClaimRef::new(self.graph, id)) {
            next += 1;
            if let Some(account) = self.account(said) {
                found.push(Account { claim, ..account });
            } else if said.stance() == Stance::Confirms
                && (said.quantity().is_some() || said.valid().is_some())
            {
                let confirmed = said.firm_targets().filter_map(|target| self.account(target));
                found.extend(confirmed.map(|it| Account { claim, ..it.with_parts_of(said) }));
            } else if said.stance() == Stance::Confirms {
                seen.extend(said.firm_targets().filter(gone).map(ClaimRef::id));
            }
        }
        found
    }

    /// Returns what the claim gives for its own statement or for the one that it revises.
    fn account(&self, claim: ClaimRef<'g>) -> Option<Account<'g>> {
        if claim.statement().is_some() {
            return Some(Account::of(claim, claim, claim));
        }
        let revised = self.revised(claim)?;
        let get = |id| ClaimRef::new(self.graph, id);
        let (statement, figure) = (get(revised.statement)?, get(revised.figure)?);
        let account = Account::of(get(revised.period)?, statement, figure);
        Some(Account { claim, ..account })
    }

    /// Returns whether the speaker has revised the figure of the claim, or repeats its statement in a revision.
    pub(crate) fn has_current_figure(&self, claim: ClaimRef<'g>) -> bool {
        self.superseded(claim.id()).is_none_or(|it| it.figure.is_empty() && !it.repeated)
    }

    /// Returns whether the speaker has revised the time of the claim, or repeats its statement in a revision.
    pub(crate) fn has_current_time(&self, claim: ClaimRef<'g>) -> bool {
        self.superseded(claim.id()).is_none_or(|it| it.period.is_empty() && !it.repeated)
    }
}
