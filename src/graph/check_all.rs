//! Checks all claims of a graph against the rules of insertion once more. Programs call it for a snapshot from
//! elsewhere, whose claims the reader has not checked.

use crate::graph::ClaimGraph;
use crate::graph::check::Checked;
use crate::graph::claim_ref::ClaimRef;
use crate::graph::statement_ref::StatementRef;
use crate::model::claim::{Claim, Speaker, SpeakerLink};
use crate::model::error::{Error, ErrorKind};
use crate::model::id::{ClaimId, RoleId};
use crate::model::statement::{Argument, Statement, Value};
use crate::model::vocabulary::relation::{Label, RoleLabel};
use crate::store::stored_claim::{HeldArgument, HeldStatement};

fn argument(held: &HeldArgument) -> Argument {
    Argument { value: held.value.try_map(|held| Some(given(held))), basis: held.basis }
}

/// Returns the statement in the form in which a program hands it in. JSON limits its depth, so this ends.
pub(crate) fn given(held: &HeldStatement) -> Statement {
    Statement {
        subject: argument(&held.subject),
        relation: Label::Place(held.relation),
        object: argument(&held.object),
        roles: roles(&held.roles),
        negated: held.negated,
        valid: held.valid.as_deref().cloned(),
        bad_period: None,
    }
}

fn roles(held: &[(RoleId, HeldArgument)]) -> Vec<(RoleLabel, Argument)> {
    held.iter().map(|(role, held)| (Label::Place(*role), argument(held))).collect()
}

/// Returns the claim in the form that [`insert`](ClaimGraph::insert) takes.
fn retold(claim: ClaimRef<'_>) -> Claim {
    let entity = |entity| Argument::stated(Value::Entity(entity));
    let speaker = |link: &SpeakerLink| Speaker {
        who: link.source.map_or(Argument::stated(Value::NotStated), entity),
        basis: link.basis,
        direct: link.direct,
    };
    let own = |said: StatementRef<'_>| {
        // The roles of a claim's statement are the claim's.
        Statement { roles: Vec::new(), ..given(&said.to_held()) }
    };
    Claim {
        chain: claim.chain().iter().rev().map(speaker).collect(),
        stance: claim.stance(),
        statement: claim.statement().map(own),
        targets: claim.targets().collect(),
        roles: roles(claim.held_roles()),
        certainty: claim.certainty(),
        modality: claim.modality(),
        prominence: claim.prominence(),
        valid: claim.valid(),
        bad_period: None,
        bad_said: None,
        reported: Some(claim.reported()),
        document: claim.document_id().map(entity),
        details: claim.details().cloned().unwrap_or_default(),
    }
}

impl ClaimGraph {
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
        // Nothing is left of a redacted claim that could be checked.
        for claim in self.claims().filter(|claim| claim.redaction().is_none()) {
            let Checked { entry, faults } = self.checker().claim(&retold(claim));
            let otherwise = entry.is_some_and(|entry| !self.ledger.stands(claim.row(), &entry));
            let otherwise = otherwise.then(|| Error::new(None, ErrorKind::KeptOtherwise));
            found.extend(faults.into_iter().chain(otherwise).map(|fault| (claim.id(), fault)));
        }
        found
    }
}
