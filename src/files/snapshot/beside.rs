//! The sections beside the claims: affiliations, lineage, links and derived figures, as JSON with handles.

use crate::files::snapshot::Counts;
use crate::graph::ClaimGraph;
use crate::model::affiliation::{Affiliation, AffiliationKind};
use crate::model::claim_link::Derivation;
use crate::model::id::{ClaimId, EntityId, RoleId};
use crate::model::lineage::{Lineage, Scope};
use crate::model::record::DayText;
use crate::model::time::period::Period;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Basis;
use crate::store::stored_claim::HeldLink;
use serde::{Deserialize, Serialize};

/// An item of such a section. Its handles are numbers from 1 on. It is put onto a graph under the checks of the public
/// method that adds it.
pub(super) trait Beside: Sized + Serialize + for<'de> Deserialize<'de> {
    const SECTION: &'static str;

    fn all(graph: &ClaimGraph) -> Vec<Self>;

    /// Returns how many of these the graph has.
    fn count(graph: &ClaimGraph) -> usize;

    fn put(self, graph: &mut ClaimGraph, counts: &Counts) -> Result<(), String>;
}

fn entity(counts: &Counts, number: Option<u32>) -> Result<Option<EntityId>, String> {
    number.map(|number| counts.entity(number)).transpose()
}

fn claim(counts: &Counts, number: Option<u32>) -> Result<Option<ClaimId>, String> {
    number.map(|number| counts.claim(number)).transpose()
}

fn claims(counts: &Counts, numbers: &[u32]) -> Result<Vec<ClaimId>, String> {
    numbers.iter().map(|&number| counts.claim(number)).collect()
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AffiliationRow {
    part: u32,
    kind: AffiliationKind,
    whole: u32,
    basis: Basis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    valid: Option<Period>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reported: Option<DayText>,
}

impl Beside for AffiliationRow {
    const SECTION: &'static str = "affiliations";

    fn all(graph: &ClaimGraph) -> Vec<Self> {
        let row = |a: &Affiliation| Self {
            part: a.part.number(),
            kind: a.kind,
            whole: a.whole.number(),
            basis: a.basis,
            document: a.document.map(EntityId::number),
            valid: a.valid.clone(),
            reported: a.reported.map(DayText::from),
        };
        graph.affiliations().map(row).collect()
    }

    fn count(graph: &ClaimGraph) -> usize {
        graph.affiliations.len()
    }

    fn put(self, graph: &mut ClaimGraph, counts: &Counts) -> Result<(), String> {
        let affiliation = Affiliation {
            part: counts.entity(self.part)?,
            whole: counts.entity(self.whole)?,
            kind: self.kind,
            basis: self.basis,
            document: entity(counts, self.document)?,
            valid: self.valid,
            reported: self.reported.map(Into::into),
        };
        graph.add_affiliation(affiliation).map(drop).map_err(|error| error.to_string())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineageRow {
    speaker: u32,
    source: u32,
    basis: Basis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    claims: Option<Vec<u32>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stated_by: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reported: Option<DayText>,
}

impl Beside for LineageRow {
    const SECTION: &'static str = "lineage";

    fn all(graph: &ClaimGraph) -> Vec<Self> {
        let row = |l: &Lineage| Self {
            speaker: l.from.number(),
            source: l.to.number(),
            basis: l.basis,
            document: match &l.scope {
                Scope::Document(document) => Some(document.number()),
                _ => None,
            },
            claims: match &l.scope {
                Scope::Claims(claims) => {
                    Some(claims.iter().copied().map(ClaimId::number).collect())
                }
                _ => None,
            },
            stated_by: l.stated_by.map(ClaimId::number),
            reported: l.reported.map(DayText::from),
        };
        graph.lineages().map(row).collect()
    }

    fn count(graph: &ClaimGraph) -> usize {
        graph.lineages.len()
    }

    fn put(self, graph: &mut ClaimGraph, counts: &Counts) -> Result<(), String> {
        let scope = match (entity(counts, self.document)?, self.claims) {
            (None, None) => Scope::Everywhere,
            (Some(document), None) => Scope::Document(document),
            (None, Some(numbers)) => Scope::Claims(claims(counts, &numbers)?),
            (Some(_), Some(_)) => return Err("it applies to a document and to claims".to_owned()),
        };
        let lineage = Lineage {
            from: counts.entity(self.speaker)?,
            to: counts.entity(self.source)?,
            basis: self.basis,
            scope,
            stated_by: claim(counts, self.stated_by)?,
            reported: self.reported.map(Into::into),
        };
        graph.add_lineage(lineage).map(drop).map_err(|error| error.to_string())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkRow {
    from: u32,
    role: u16,
    to: u32,
    basis: Basis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    because: Option<String>,
}

impl Beside for LinkRow {
    const SECTION: &'static str = "links";

    fn all(graph: &ClaimGraph) -> Vec<Self> {
        let row = |link: &HeldLink| Self {
            from: link.from.number(),
            role: link.role.index() as u16,
            to: link.to.number(),
            basis: link.basis,
            because: link.because.clone(),
        };
        graph.ledger.connections.links().map(row).collect()
    }

    fn count(graph: &ClaimGraph) -> usize {
        graph.ledger.connections.links().count()
    }

    fn put(self, graph: &mut ClaimGraph, counts: &Counts) -> Result<(), String> {
        let role = RoleId::at(self.role.into()).filter(|role| role.index() < counts.roles);
        let link = HeldLink {
            from: counts.claim(self.from)?,
            role: role.ok_or_else(|| format!("there is no role {}", self.role))?,
            to: counts.claim(self.to)?,
            basis: self.basis,
            because: self.because,
        };
        graph.put_link(link).map_err(|error| error.to_string())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DerivationRow {
    claim: u32,
    quantity: Quantity,
    rule: String,
    inputs: Vec<u32>,
}

impl Beside for DerivationRow {
    const SECTION: &'static str = "derivations";

    fn all(graph: &ClaimGraph) -> Vec<Self> {
        let row = |(claim, derivation): (ClaimId, &Derivation)| Self {
            claim: claim.number(),
            quantity: derivation.quantity.clone(),
            rule: derivation.rule.clone(),
            inputs: derivation.inputs.iter().copied().map(ClaimId::number).collect(),
        };
        graph.ledger.connections.derivations().map(row).collect()
    }

    fn count(graph: &ClaimGraph) -> usize {
        graph.ledger.connections.derivations().count()
    }

    fn put(self, graph: &mut ClaimGraph, counts: &Counts) -> Result<(), String> {
        let claim = counts.claim(self.claim)?;
        let derivation = Derivation::new(self.quantity, self.rule, claims(counts, &self.inputs)?);
        graph.add_derived_figure(claim, derivation).map_err(|error| error.to_string())
    }
}
