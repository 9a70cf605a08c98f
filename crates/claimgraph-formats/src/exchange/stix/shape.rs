//! Chooses the STIX type, class, opinion and confidence of an entity or claim, for the writer.

use claimgraph::claim::{Bearing, Certainty};
use claimgraph::grade::{Credibility, Likelihood};
use claimgraph::{ClaimRef, EntityRef, Stance, View};

/// Returns the type of the object that a claim becomes.
pub(super) fn shape(view: &View<'_>, claim: ClaimRef<'_>) -> &'static str {
    let bearing = claim.stance().bearing();
    let answers =
        matches!(bearing, Some(Bearing::Supports | Bearing::Contests | Bearing::Questions));
    if answers && claim.targets().len() > 0 {
        "opinion"
    } else if view.joins(claim.id()) {
        "relationship"
    } else {
        "note"
    }
}

pub(super) fn opinion(stance: Stance) -> &'static str {
    match stance {
        Stance::Confirms => "strongly-agree",
        Stance::Acknowledges => "agree",
        Stance::Dismisses => "disagree",
        Stance::Denies => "strongly-disagree",
        _ => "neutral",
    }
}

pub(super) fn kind_of(entity: EntityRef<'_>) -> &'static str {
    if entity.document().is_some() {
        "report"
    } else if entity.is_a("Place") && !entity.is_a("Actor") && country(entity).is_some() {
        "location"
    } else {
        "identity"
    }
}

/// Returns the country code of an entity, in the lower case of the validator's list.
pub(super) fn country(entity: EntityRef<'_>) -> Option<String> {
    let code =
        entity.codes().iter().find(|(system, _)| system == "iso3166").map(|(_, code)| code)?;
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .then(|| code.to_ascii_uppercase())
}

pub(super) fn class_of(entity: EntityRef<'_>) -> &'static str {
    if entity.is_a("Person") {
        "individual"
    } else if entity.is_a("Organization") || entity.is_a("State") {
        "organization"
    } else if entity.is_a("Group") {
        "group"
    } else if entity.is_a("Means") || entity.is_a("Equipment") {
        "system"
    } else {
        "unknown"
    }
}

/// Returns the confidence of a claim from 0 to 100, by the scales of STIX 2.1, appendix A.
pub(super) fn confidence(claim: ClaimRef<'_>) -> Option<u8> {
    use Likelihood::*;
    let grade = claim.grade();
    let likelihood = grade.likelihood.map(|likelihood| match likelihood {
        AlmostNoChance => 5,
        VeryUnlikely => 15,
        Unlikely => 30,
        RoughlyEvenChance => 50,
        Likely => 70,
        VeryLikely => 85,
        AlmostCertain => 95,
    });
    let credibility = grade.credibility.and_then(|credibility| match credibility {
        Credibility::Confirmed => Some(90),
        Credibility::ProbablyTrue => Some(70),
        Credibility::PossiblyTrue => Some(50),
        Credibility::Doubtful => Some(30),
        Credibility::Improbable => Some(10),
        Credibility::CannotBeJudged => None,
    });
    let certainty = match claim.certainty() {
        Certainty::Probable => Some(70),
        Certainty::Possible => Some(50),
        _ => None,
    };
    likelihood.or(credibility).or(certainty)
}
