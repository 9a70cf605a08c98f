//! The report of an intake: each draft is inserted, already there, or refused with all faults.

use super::fault::{Fault, Repair};
use claimgraph::ClaimId;
use serde::Serialize;
use std::fmt;

/// The outcome of one draft.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Outcome {
    /// The graph has it now.
    Inserted,
    /// The graph, or a draft before it, has the same.
    AlreadyThere,
    /// It has faults, and nothing of it is in the graph.
    Refused,
    /// It has no fault. It is not in the graph, because another draft was refused and all or nothing was asked for.
    HeldBack,
}

/// The report on one draft of a claim or an entity.
///
/// The JSON has the members `at` (a JSON Pointer), `outcome` (`inserted`, `already-there`, `refused`, `held-back`), `key`
/// (of the claim or the entity, if the graph has it), `repairs`, `faults` and `ignored` (pointers of members that say
/// nothing to the graph). Empty lists are left out.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DraftReport {
    pub(super) at: String,
    pub(super) outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) key: Option<String>,
    #[serde(skip)]
    pub(super) claim: Option<ClaimId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) repairs: Vec<Repair>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) faults: Vec<Fault>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) ignored: Vec<String>,
}

impl DraftReport {
    /// Returns the place of the draft as a JSON Pointer.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// Returns what became of it.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// Returns the claim, if the draft is of one and the graph has it.
    pub fn claim(&self) -> Option<ClaimId> {
        self.claim
    }

    /// Returns the key of the claim or the entity, if the graph has it.
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Returns what was read otherwise than it is written.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// Returns all faults. If there is one, the draft was refused.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Returns the pointers of members that say nothing to the graph.
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }
}

/// "/claims/0: inserted", and each repair and fault on a line of its own.
impl fmt::Display for DraftReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = match self.outcome {
            Outcome::Inserted => "inserted",
            Outcome::AlreadyThere => "already there",
            Outcome::Refused => "refused",
            Outcome::HeldBack => "held back",
        };
        write!(f, "{}: {outcome}", self.at)?;
        for repair in &self.repairs {
            write!(f, "\n  repaired {repair}")?;
        }
        for fault in &self.faults {
            write!(f, "\n  fault {fault}")?;
        }
        for at in &self.ignored {
            write!(f, "\n  ignored {at}: not a member of a draft")?;
        }
        Ok(())
    }
}

/// The report on all drafts of a document.
///
/// The JSON has the members `faults` (of the whole), `repairs` (of the whole), `entities` and `claims` (a list of
/// [`DraftReport`] each, in the order of the drafts).
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct IntakeReport {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) faults: Vec<Fault>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) repairs: Vec<Repair>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) entities: Vec<DraftReport>,
    pub(super) claims: Vec<DraftReport>,
}

impl IntakeReport {
    /// Returns what became of the claims, in the order of the drafts.
    pub fn claims(&self) -> &[DraftReport] {
        &self.claims
    }

    /// Returns what became of the entities, in the order of the drafts.
    pub fn entities(&self) -> &[DraftReport] {
        &self.entities
    }

    /// Returns the faults of the whole: it is not JSON, or it is cut off.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Returns what of the whole was read otherwise than it is written.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// Returns how many drafts of claims have this outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.claims.iter().filter(|draft| draft.outcome == outcome).count()
    }

    /// Returns whether nothing was refused and nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.faults.is_empty()
            && self.entities.iter().chain(&self.claims).all(|draft| draft.faults.is_empty())
    }

    /// Returns every fault, those of the whole first: what a model or a person has to mend.
    ///
    /// ```
    /// use claimgraph::{date, ClaimGraph};
    /// use claimgraph_intake::{Drafts, Intake};
    /// let mut graph = ClaimGraph::new();
    /// let post = graph.add_document("post", date(2024, 10, 24))?;
    /// let drafts = Drafts::from_json(r#"[{"stance": "denies", "relation": "deploys", "answers": []}]"#);
    /// let report = Intake::new(&mut graph).read(post, &drafts);
    /// let faults: Vec<&str> = report.all_faults().map(|fault| fault.at()).collect();
    /// assert_eq!(faults, ["/0/relation"]);
    /// assert!(!report.is_complete());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn all_faults(&self) -> impl Iterator<Item = &Fault> {
        let drafts = self.entities.iter().chain(&self.claims);
        self.faults.iter().chain(drafts.flat_map(|draft| &draft.faults))
    }
}

/// One draft after the other, with its repairs and faults, and a last line that counts.
impl fmt::Display for IntakeReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for repair in &self.repairs {
            writeln!(f, "repaired {repair}")?;
        }
        for fault in &self.faults {
            writeln!(f, "fault {fault}")?;
        }
        for draft in self.entities.iter().chain(&self.claims) {
            writeln!(f, "{draft}")?;
        }
        let count = |outcome| self.count(outcome);
        write!(
            f,
            "{} inserted, {} already there, ",
            count(Outcome::Inserted),
            count(Outcome::AlreadyThere)
        )?;
        match count(Outcome::HeldBack) {
            0 => write!(f, "{} refused", count(Outcome::Refused)),
            held => write!(f, "{} refused, {held} held back", count(Outcome::Refused)),
        }
    }
}
