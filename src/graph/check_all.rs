//! Checks all claims of a graph against the rules of insertion once more. Programs call it for a snapshot from
//! elsewhere, whose claims the reader has not checked.

use crate::graph::ClaimGraph;
use crate::model::claim::{Attribution, Claim, Speaker};
use crate::model::error::{Error, ErrorKind};
use crate::model::id::{ClaimId, EntityId, RelationId, RoleId};
use crate::model::statement::{Argument, Statement, Value};
use crate::model::vocabulary::relation::{Label, RoleLabel};
use crate::store::columns::row_iter::RowId;
use crate::store::origin_table::SpeakerLink;
use crate::store::stored_claim::{Held, HeldArgument, HeldStatement};
use std::borrow::Cow;

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
    /// Returns the claim in this row in the form that [`insert`](Self::insert) takes.
    fn retold(&self, row: RowId) -> Claim {
        let (ledger, columns) = (&self.ledger, self.ledger.rows());
        let marks = columns.marks(row);
        let entity = |entity: Option<EntityId>| {
            Argument::stated(entity.map_or(Value::NotStated, Value::Entity))
        };
        let speaker = |link: &SpeakerLink| Speaker {
            who: entity(link.source),
            basis: link.basis,
            direct: link.direct,
        };
        let mut claim = Attribution::of(Argument::nothing(), marks.stance());
        claim.chain = ledger.chain(row).iter().rev().map(speaker).collect();
        claim.document = ledger.document(row).map(|document| entity(Some(document)));
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

    /// Checks every claim on record as [`check`](Self::check) does, and whether it is kept as [`insert`](Self::insert)
    /// would keep it. Returns all faults, each with its claim, in the order in which the claims were inserted.
    ///
    /// A graph that was made by insertion has no faults. A [snapshot](Self::read_snapshot) from elsewhere may hold
    /// claims that `insert` would refuse.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "russia")?;
    /// graph.insert(Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24)))?;
    /// let mut file = Vec::new();
    /// graph.write_snapshot(&mut file)?;
    /// assert_eq!(ClaimGraph::read_snapshot(file.as_slice())?.check_all(), []);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_all(&self) -> Vec<(ClaimId, Error)> {
        let mut found = Vec::new();
        for (id, row) in self.ledger.claims().filter_map(|id| Some((id, self.ledger.find(id)?))) {
            let checked = self.checker().claim(&self.retold(row));
            let otherwise = checked.entry.is_some_and(|entry| !self.ledger.stands(row, &entry));
            let faults = checked.faults.into_iter();
            let faults =
                faults.chain(otherwise.then(|| Error::new(None, ErrorKind::KeptOtherwise)));
            found.extend(faults.map(|fault| (id, fault)));
        }
        found
    }
}
