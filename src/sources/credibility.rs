//! The credibility of a statement, computed from its independent support and contradiction by the table of
//! [`StatementQuery::credibility`].

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::value::grade::{Credibility, Likelihood, Reliability, SourceGrades};
use crate::questions::contest_kind::ContestKind;
use crate::questions::response::Response;
use crate::questions::statement::StatementQuery;
use crate::sources::corroboration::Corroboration;
use crate::sources::explanation::Explanation;
use crate::sources::facet::Facet;
use crate::sources::independence::Independence;
use crate::view::View;
use crate::view::finding::{Finding, counted};
use crate::view::json::json_form;
use crate::view::proof::Proof;
use indexmap::{IndexMap, IndexSet};
use std::fmt;

/// How credible a statement is, and why; see [`StatementQuery::credibility`].
///
/// Reliability, credibility and likelihood are separate: they are never combined into one number. `Display` is the
/// explanation.
#[derive(Clone, Debug)]
pub struct Assessment<'g> {
    credibility: Credibility,
    support: Independence<'g>,
    contradiction: Independence<'g>,
    sources: Vec<(Option<EntityId>, Reliability)>,
    likelihoods: Vec<(ClaimId, Likelihood)>,
    explanation: Explanation,
}

impl<'g> Assessment<'g> {
    /// Returns the grade, 1 to 6.
    pub fn credibility(&self) -> Credibility {
        self.credibility
    }

    /// Returns the support that was counted. Parties to the matter and sources graded D or E are not in it.
    pub fn support(&self) -> &Independence<'g> {
        &self.support
    }

    /// Returns the contradiction that was counted, with the same exceptions.
    pub fn contradiction(&self) -> &Independence<'g> {
        &self.contradiction
    }

    /// Returns the sources behind the support in order of keys, each with its reliability: F if nobody graded it.
    pub fn sources(&self) -> &[(Option<EntityId>, Reliability)] {
        &self.sources
    }

    /// Returns the likelihoods that speakers gave with their claims.
    pub fn likelihoods(&self) -> &[(ClaimId, Likelihood)] {
        &self.likelihoods
    }

    /// Returns why, as a tree.
    pub fn explanation(&self) -> &Explanation {
        &self.explanation
    }

    /// Returns the claims it rests on, each once.
    pub fn claims(&self) -> Vec<ClaimId> {
        let all = self.explanation.walk().flat_map(|(_, reason)| reason.claims().iter().copied());
        all.collect::<IndexSet<_>>().into_iter().collect()
    }

    /// Returns the independence it rests on.
    pub fn proof(&self) -> Proof<'g> {
        let mut proof = self.support.proof();
        self.claims().into_iter().for_each(|claim| proof.add_claim(claim));
        proof
    }
}

json_form!(Assessment<'_>, |it| {
    credibility: it.credibility,
    support: it.support,
    contradiction: it.contradiction,
    sources: it.sources.iter()
        .map(|&(root, reliability)| (it.support.view.graph.keyed_entity(root), reliability))
        .collect::<Vec<_>>(),
    likelihoods: it.likelihoods.iter()
        .filter_map(|&(id, likelihood)| Some((ClaimRef::new(it.support.view.graph, id)?, likelihood)))
        .collect::<Vec<_>>(),
    explanation: it.explanation,
});

impl fmt::Display for Assessment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.explanation.fmt(f)
    }
}

impl<'g> View<'g> {
    /// Returns how reliable the source of a claim is: the grade given with the claim, else with its root, its speaker or
    /// a speaker that passes it on. Of several roots the best counts, since each carries the claim. If nobody graded it,
    /// it is F.
    pub(crate) fn reliability_of(&self, claim: ClaimRef<'g>, given: &SourceGrades) -> Reliability {
        if given.is_empty() {
            return claim.grade().reliability.unwrap_or(Reliability::F);
        }
        let of = |source: EntityId| given.get(self.graph.key_of(source));
        let roots = || self.roots_of(claim).into_iter().flatten().filter_map(of).min();
        let links = || claim.chain().iter().rev().filter_map(|link| link.source).find_map(of);
        claim.grade().reliability.or_else(roots).or_else(links).unwrap_or(Reliability::F)
    }
}

/// Claims on one side: those that count, those of parties to the matter, and those of unreliable sources.
struct Side<'g> {
    counted: Independence<'g>,
    parties: Vec<ClaimId>,
    unreliable: Vec<ClaimId>,
}

impl<'g> Side<'g> {
    fn of(view: &View<'g>, all: Vec<ClaimRef<'g>>, given: &SourceGrades) -> Self {
        let reliable = |claim: &ClaimRef<'g>| {
            !matches!(view.reliability_of(*claim, given), Reliability::D | Reliability::E)
        };
        let (good, bad): (Vec<_>, Vec<_>) = all.iter().copied().partition(reliable);
        let counted = Independence::of(view.clone(), all, good.clone(), Vec::new(), false)
            .without_parties_to_the_matter();
        let kept: IndexSet<ClaimId> = counted.claims().iter().copied().collect();
        let ids = |claims: Vec<ClaimRef<'g>>| claims.into_iter().map(ClaimRef::id);
        let parties = ids(good).filter(|claim| !kept.contains(claim)).collect();
        let unreliable = ids(bad).collect();
        Self { counted, parties, unreliable }
    }

    /// Returns what is said of the claims that count, because of these reasons and the claims that do not count.
    fn explained(
        &self,
        says: String,
        because: impl IntoIterator<Item = Explanation>,
    ) -> Explanation {
        let left_out = |claims: &[ClaimId], why: &str| {
            let text = format!("not counted: {} {why}", counted(claims.len(), "claim"));
            (!claims.is_empty()).then(|| Explanation::new(text, claims.to_vec()))
        };
        let parties = left_out(
            &self.parties,
            "of parties to the matter, whose word about themselves does not corroborate",
        );
        let unreliable = left_out(&self.unreliable, "of sources graded D or E");
        Explanation::new(says, self.counted.claims().to_vec())
            .because(because)
            .because(parties.into_iter().chain(unreliable))
    }
}

impl<'g> StatementQuery<'g> {
    /// Returns how credible the statement is, on the scale of STANAG 2511 and AJP-2.1, with reasons.
    /// Reliability of sources is for the caller to give; it decides who counts, and is never added up.
    ///
    /// Counted are independent sources, of support and of contradiction (a denial of the fact; of a figure,
    /// role or, where it happened [`once`](Self::once), a date that was asked for, also one that cannot hold
    /// beside it). Parties to the matter and sources graded D or E do not count; F does, for it is not a low
    /// grade. A dismissal ("fake news") or doubt says nothing of the fact, and is only listed. The first row
    /// that holds:
    ///
    /// | grade | where |
    /// |---|---|
    /// | 5 improbable | more independent sources contradict it than support it |
    /// | 4 doubtful | as many contradict as support it, one at least |
    /// | 3 possibly true | some contradict it, and more support it |
    /// | 1 confirmed by other sources | two or more independent sources support it |
    /// | 2 probably true | one source, graded A or B, and other information agrees: several speakers say so, or independent sources support what it implies |
    /// | 3 possibly true | one source, graded A, B or C, or ungraded where other information agrees |
    /// | 4 doubtful | only sources graded D or E support it |
    /// | 6 cannot be judged | nothing to judge by: no evidence, one source that nobody graded, or only parties |
    ///
    /// ```
    /// use claimgraph::{date, grade::{Credibility, Reliability, SourceGrades}, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let (nis, austin, embassy) = (graph.add(Agency, "nis")?, graph.add(Person, "austin")?, graph.add(Agency, "embassy")?);
    /// let nobody = SourceGrades::new();
    /// let sent = graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// let grade = |graph: &ClaimGraph, given: &SourceGrades| graph.statement(nk, DEPLOYS_TO, russia).credibility(given).credibility();
    /// assert_eq!(grade(&graph, &nobody), Credibility::CannotBeJudged);
    /// assert_eq!(grade(&graph, &SourceGrades::new().with("nis", Reliability::B)), Credibility::PossiblyTrue);
    /// graph.insert(Claim::by(austin).confirms(sent).reported(day))?;
    /// assert_eq!(grade(&graph, &nobody), Credibility::Confirmed);
    /// graph.insert(Claim::by(embassy).denies(nk, PRESENT_IN, russia).reported(day))?;
    /// assert_eq!(grade(&graph, &nobody), Credibility::PossiblyTrue);
    /// let assessment = graph.statement(nk, DEPLOYS_TO, russia).credibility(&nobody);
    /// assert!(assessment.to_string().starts_with("3, possibly true: 1 independent source contradicts it, and 2 support it"));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn credibility(&self, reliabilities: &SourceGrades) -> Assessment<'g> {
        let view = &self.view;
        let evidence = |backing: &[Response<'g>]| -> Vec<ClaimRef<'g>> {
            backing.iter().filter(|b| b.adds_evidence()).map(Response::claim).collect()
        };
        let (backing, parts) = (self.counted_backing(), self.corroboration());
        let asked = parts.iter().filter(|part| !matches!(part.facet(), Facet::Implied(_)));
        let against: IndexMap<ClaimId, &Response<'g>> =
            asked.flat_map(Corroboration::against).map(|a| (a.claim().id(), a)).collect();
        let support = Side::of(view, evidence(&backing), reliabilities);
        let denying = against.values().map(|against| against.claim()).collect();
        let contradiction = Side::of(view, denying, reliabilities);
        let (yes, no) = (support.counted.count(), contradiction.counted.count());
        let sources = self.reliable_sources(&support.counted, reliabilities);
        let best =
            sources.iter().map(|(_, reliability)| *reliability).min().unwrap_or(Reliability::F);

        let speakers = support.counted.speakers().len();
        // It matters only beside one source that nobody contradicts.
        let mut wider = parts.iter().filter(|part| {
            let wider = matches!(part.facet(), Facet::Participants | Facet::Implied(_));
            wider && yes == 1 && no == 0
        });
        let agreeing = wider.find(|part| {
            Side::of(view, evidence(part.backing()), reliabilities).counted.count() > yes
        });
        let agrees = speakers > 1 || agreeing.is_some();
        use Credibility::*;
        let plural = |n: usize| counted(n, "independent source");
        let contradicts = if no == 1 { "contradicts" } else { "contradict" };
        let supports = if yes == 1 { "supports" } else { "support" };
        let contradicted = format!("{} {contradicts} it, and {yes} {supports} it", plural(no));
        let (credibility, why) = match (yes, no) {
            (yes, no) if no > yes => (Improbable, contradicted),
            (yes, no) if no == yes && no > 0 => (Doubtful, contradicted),
            (_, 1..) => (PossiblyTrue, contradicted),
            (2.., _) => (
                Confirmed,
                format!("{} support it, and nobody who counts contradicts it", plural(yes)),
            ),
            (1, _) if best <= Reliability::B && agrees => (
                ProbablyTrue,
                format!("one independent source, graded {best:?}, and other information agrees"),
            ),
            (1, _) if best <= Reliability::C => {
                (PossiblyTrue, format!("one independent source, graded {best:?}"))
            }
            (1, _) if agrees => (
                PossiblyTrue,
                "one independent source, ungraded, and other information agrees".into(),
            ),
            (1, _) => (
                CannotBeJudged,
                "one source that nobody graded, and nothing else to judge by".into(),
            ),
            _ if !support.unreliable.is_empty() => {
                (Doubtful, "only sources graded D or E support it".into())
            }
            _ if backing.iter().all(|b| !b.adds_evidence()) => {
                (CannotBeJudged, "nobody gives evidence for it or against it".into())
            }
            _ => (
                CannotBeJudged,
                "only parties to the matter say so, and nothing else is there to judge by".into(),
            ),
        };
        let graded = sources.iter().map(|&(root, reliability)| {
            let name = view.graph.speaker_name(root);
            Explanation::new(format!("{name}: {reliability:?}, {reliability}"), [])
        });
        let dependents = support.counted.dependents().into_iter().map(|dependent| {
            let says = format!("not a source of its own: {dependent}");
            Explanation::new(says, dependent.claims())
        });
        let says = format!("support: {}", support.counted);
        let mut reasons = vec![support.explained(says, graded.chain(dependents))];
        if !against.is_empty() {
            let each = against.iter().map(|(&id, a)| Explanation::new(a.to_string(), [id]));
            reasons.push(contradiction.explained(format!("contradiction: {}", plural(no)), each));
        }
        if yes == 1 && no == 0 && speakers > 1 {
            let claims = support.counted.claims().to_vec();
            reasons.push(Explanation::new(format!("{speakers} speakers say so"), claims));
        }
        if let Some(part) = agreeing {
            let says = format!("independent sources support a wider part: {part}");
            reasons.push(Explanation::new(says, part.claims()));
        }
        for answer in &self.against() {
            if let Some(ContestKind::ClaimDismissed | ContestKind::Doubted) = answer.kind() {
                let text = format!("says nothing of the fact: {answer}");
                reasons.push(Explanation::new(text, [answer.claim().id()]));
            }
        }
        let mut likelihoods = Vec::new();
        for claim in backing.iter().map(Response::claim) {
            if let Some(likelihood) = claim.grade().likelihood {
                let who = claim.speaker_name();
                let calls = view.graph.does(claim.speaker(), "calls");
                let says = format!("{who} {calls} it {likelihood}; a likelihood is not counted");
                reasons.push(Explanation::new(says, [claim.id()]));
                likelihoods.push((claim.id(), likelihood));
            }
        }
        let explanation =
            Explanation::new(format!("{}, {credibility}: {why}", u8::from(credibility)), [])
                .because(reasons);
        let (support, contradiction) = (support.counted, contradiction.counted);
        Assessment { credibility, support, contradiction, sources, likelihoods, explanation }
    }

    /// Returns the roots of the claims that count, each with its grade.
    fn reliable_sources(
        &self,
        counted: &Independence<'g>,
        given: &SourceGrades,
    ) -> Vec<(Option<EntityId>, Reliability)> {
        let mut found: IndexMap<Option<EntityId>, Reliability> =
            counted.roots().iter().map(|&root| (root, Reliability::F)).collect();
        for &claim in &counted.supporters {
            let reliability = self.view.reliability_of(claim, given);
            if reliability == Reliability::F {
                continue;
            }
            for root in self.view.roots_of(claim) {
                if let Some(known) = found.get_mut(&root) {
                    *known = reliability.min(*known);
                }
            }
        }
        found.into_iter().collect()
    }
}
