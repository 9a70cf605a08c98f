//! Claims on record made [`Claim`]s again, to go through the checks of `insert` once more.

use crate::files::snapshot::section::{InSection, RICH, ROWS};
use crate::files::snapshot::varlen::claim_number;
use crate::graph::ClaimGraph;
use crate::model::claim::{Attribution, Claim, Speaker};
use crate::model::id::{EntityId, RelationId, RoleId};
use crate::model::statement::{Argument, Statement, Value};
use crate::model::value::stance::Stance;
use crate::model::vocabulary::relation::{Label, RoleLabel};
use crate::store::columns::row_iter::RowId;
use crate::store::origin_table::SpeakerLink;
use crate::store::stored_claim::{Held, HeldArgument, HeldStatement};
use std::borrow::Cow;

/// A claim of this chain, read in this document, that says nothing yet.
pub(super) fn from(chain: &[SpeakerLink], document: Option<EntityId>, stance: Stance) -> Claim {
    let entity =
        |entity: Option<EntityId>| Argument::stated(entity.map_or(Value::NotStated, Value::Entity));
    let speaker = |link: &SpeakerLink| Speaker {
        who: entity(link.source),
        basis: link.basis,
        direct: link.direct,
    };
    let mut claim = Attribution::of(Argument::nothing(), stance);
    claim.chain = chain.iter().rev().map(speaker).collect();
    claim.document = document.map(|document| entity(Some(document)));
    claim
}

fn argument(held: &HeldArgument) -> Argument {
    let value = match &held.held {
        Held::Entity(entity) => Value::Entity(*entity),
        Held::Claim(claim) => Value::Claim(*claim),
        Held::Text(text) => Value::Text(text.to_string()),
        Held::Quantity(quantity) => Value::Quantity(quantity.clone()),
        Held::Statement(held) => Value::Statement(Box::new(statement(held))),
        Held::Nothing => Value::Nothing,
        Held::NotStated => Value::NotStated,
    };
    Argument { value, basis: held.basis }
}

/// A statement that stands somewhere holds no other, so this ends.
fn statement(held: &HeldStatement) -> Statement {
    Statement {
        subject: argument(&held.subject),
        relation: Label::Place(held.relation),
        object: argument(&held.object),
        roles: roles(&held.roles),
    }
}

fn roles(held: &[(RoleId, HeldArgument)]) -> Vec<(RoleLabel, Argument)> {
    held.iter().map(|(role, held)| (Label::Place(*role), argument(held))).collect()
}

impl ClaimGraph {
    /// The claim in this row, as it could have been handed in.
    fn retold(&self, row: RowId) -> Claim {
        let (ledger, columns) = (&self.ledger, self.ledger.rows());
        let marks = columns.marks(row);
        let mut claim = from(ledger.chain(row), ledger.document(row), marks.stance());
        (claim.certainty, claim.modality, claim.prominence) =
            (marks.certainty(), marks.modality(), marks.prominence());
        claim.reported = Some(columns.reported(row).date());
        claim.valid = ledger.period(row).map(Cow::into_owned);
        claim.targets = ledger.targets(row).collect();
        if let Some(rich) = ledger.rich(row) {
            claim.polarity = rich.polarity;
            claim.statement = rich.statement.as_ref().map(statement);
            claim.roles = roles(&rich.roles);
            claim.quantity = rich.quantity.as_deref().cloned();
            claim.factor = rich.factor.as_deref().copied();
            claim.said = rich.said.map(|day| day.date());
            (claim.span, claim.cue) = (rich.span, rich.cue);
            claim.words = rich.words.as_deref().map(str::to_owned);
            claim.cue_words = rich.cue_words.as_deref().map(str::to_owned);
            claim.grade = rich.grade;
        } else if columns.relation(row) != RelationId::NONE {
            let entity = |entity: Option<EntityId>| {
                Argument::stated(entity.map_or(Value::Nothing, Value::Entity))
            };
            let (subject, object) = (columns.subject(row), columns.head(row).object);
            let relation = Label::Place(columns.relation(row));
            claim.statement = Some(Statement {
                subject: entity(subject),
                relation,
                object: entity(object),
                roles: Vec::new(),
            });
        }
        claim
    }

    /// Refuses a claim in these rows that `insert` would not have taken, or would have kept in another way.
    pub(super) fn check_again(&self, rows: &[RowId]) -> InSection<()> {
        for &row in rows {
            let id = self.ledger.rows().head(row).id;
            let section = if self.ledger.rich(row).is_some() { RICH } else { ROWS };
            let wrong =
                |problem: String| (section, format!("claim {}: {problem}", claim_number(id)));
            let checked = self.checker().claim(&self.retold(row));
            if let Some(fault) = checked.faults.into_iter().next() {
                return Err(wrong(fault.to_string()));
            }
            if self.references(id).iter().any(|reference| *reference >= id) {
                return Err(wrong("it names a claim that comes after it".to_owned()));
            }
            if !checked.entry.is_some_and(|entry| self.ledger.stands(row, &entry)) {
                return Err(wrong("it is not kept as it would have been inserted".to_owned()));
            }
        }
        Ok(())
    }
}
