//! Two accounts of one statement that disagree: what each claim gives as figure and time goes in, the kind of the
//! disagreement and whether it is certain come out. Conflicts, figures and corroboration ask it.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::ClaimId;
use crate::model::time::period::Period;
use crate::model::time::spell::Spell;
use crate::model::time::window::Window;
use crate::model::value::answer::Answer;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Stance;
use crate::questions::contest_kind::ContestKind;
use crate::view::View;
use crate::view::finding::Finding;
use crate::view::json::json_form;
use indexmap::IndexSet;
use std::fmt;

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

/// Two claims that do not agree on the figure or the time of a statement.
#[derive(Clone, Copy, Debug)]
pub struct Disagreement<'g> {
    one: ClaimRef<'g>,
    other: ClaimRef<'g>,
    kind: ContestKind,
    certain: Answer,
}

impl<'g> Disagreement<'g> {
    /// Returns the two claims, in the order of findings.
    pub fn between(&self) -> [ClaimRef<'g>; 2] {
        [self.one, self.other]
    }

    /// Returns the kind of the disagreement.
    pub fn kind(&self) -> ContestKind {
        self.kind
    }

    /// Returns `Yes` if the two disagree in any case. It is `Unknown` if they may speak of different times.
    pub fn certain(&self) -> Answer {
        self.certain
    }
}

impl Finding for Disagreement<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        vec![self.one.id(), self.other.id()]
    }
}

json_form!(Disagreement<'_>, |it| {
    claims: it.between(),
    kind: it.kind,
    certain: it.certain,
});

/// "Seoul says 3,000 soldiers, Kyiv says 12,000 soldiers: the two figures cannot both be right at one time".
impl fmt::Display for Disagreement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, perhaps) = (self.kind, self.certain.perhaps());
        write!(f, "{}, {}: {perhaps}{kind}", kind.said_by(self.one), kind.said_by(self.other))
    }
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

    /// Returns whether the two figures cannot both be right: no number can be both at one time. Of two counts over
    /// stretches of which one lies in the other, the shorter cannot be the greater. A speaker does not disagree with what
    /// it revises.
    pub(crate) fn figures_disagree(&self, other: &Account<'g>) -> Option<Disagreement<'g>> {
        let revises = |one: &Account<'g>, other: &Account<'g>| {
            let answers = one.claim.responds_to(other.claim.id()).is_yes();
            one.claim.stance() == Stance::Revises && answers
        };
        let same_speaker = self.claim.speaker() == other.claim.speaker();
        let corrects = same_speaker && (revises(self, other) || revises(other, self));
        if corrects || self.claim.id() == other.claim.id() {
            return None;
        }
        let graph = self.claim.graph();
        let (a, b) = (graph.in_unit(self.figure?), graph.in_unit(other.figure?));
        let [own, others] = [self, other].map(|it| it.days());
        let counted = |it: &Account<'g>, days: Window, count: &Account<'g>| {
            it.spell.is_count() || (count.spell.is_count() && it.happened_within(days))
        };
        let certain = if counted(self, others, other) && counted(other, own, self) {
            let greater = |a: &Quantity, b: &Quantity| a.is_apart(b) && a.exceeds_all_of(b);
            let conflict = match (own.lies_in(others), others.lies_in(own)) {
                (true, true) => a.is_apart(&b),
                (true, false) => greater(&a, &b),
                (false, true) => greater(&b, &a),
                (false, false) => false,
            };
            Answer::of(conflict, !conflict)
        } else {
            if a.is_apart(&b) { self.same_time(other) } else { Answer::No }
        };
        self.disagree(other, ContestKind::FiguresApart, certain)
    }

    /// Returns whether it is what happened, and all of it in these days.
    fn happened_within(&self, days: Window) -> bool {
        let relation = self.statement.relation_id();
        let lasts = relation.is_some_and(|it| self.claim.graph().vocabulary.lasts(it));
        !lasts && self.valid.is_some() && self.days().lies_in(days)
    }

    /// Returns whether two figures are of one time: certainly if they have the same days, or if neither gives a time and
    /// both were reported on one day; possibly if the times can be the same.
    fn same_time(&self, other: &Account<'g>) -> Answer {
        let same = match (&self.valid, &other.valid) {
            (None, None) => self.claim.reported_day() == other.claim.reported_day(),
            (Some(a), Some(b)) => (a.start, a.end) == (b.start, b.end),
            _ => false,
        };
        let apart = match (&self.valid, &other.valid) {
            (Some(_), Some(_)) => !self.spell.can_coincide(other.spell),
            _ => false,
        };
        Answer::of(same, apart)
    }

    /// Returns how two times differ of what happened once.
    pub(crate) fn times_disagree(&self, other: &Account<'g>) -> Option<Disagreement<'g>> {
        let (a, b) = (self.valid.as_ref()?, other.valid.as_ref()?);
        let same = (a.start, a.end) == (b.start, b.end);
        let kind = match a.overlaps(b) {
            Answer::No => ContestKind::TimesApart,
            _ if !same => ContestKind::OtherPrecision,
            _ if self.claim.certainty() != other.claim.certainty() => ContestKind::OtherCertainty,
            _ => return None,
        };
        self.disagree(other, kind, Answer::Yes)
    }

    fn disagree(
        &self,
        other: &Account<'g>,
        kind: ContestKind,
        certain: Answer,
    ) -> Option<Disagreement<'g>> {
        let (one, other) = (self.claim, other.claim);
        certain.is_possible().then_some(Disagreement { one, other, kind, certain })
    }

    fn days(&self) -> Window {
        self.valid.as_ref().map_or(Window::OPEN, Period::named_days)
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
