//! Policies: rules that keep some claims, as plain data, and the reasons for which others are left out.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::value::grade::{Credibility, Reliability, SourceGrades};
use crate::model::value::stance::{Basis, Certainty};
use crate::questions::statement::StatementQuery;
use crate::sources::independence::Independence;
use crate::sources::interested_party::{Interest, Interests};
use crate::view::View;
use crate::view::finding::counted;
use crate::view::finding::{Finding, Findings};
use crate::view::json::{json_form, some};
use crate::view::proof::Proof;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One rule of a policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Rule {
    /// Keeps the latest claims of each root on a statement: several of one day all stay, and so do claims whose root is not
    /// known.
    LatestPerRoot,
    /// Leaves out claims that are denied or dismissed in every reading of the text.
    ExcludeContested,
    /// Leaves out claims that are denied or dismissed in any reading.
    ExcludePerhapsContested,
    /// Keeps claims that are graded, and at least so well: "B2 or better". F and 6 do not count as grades.
    GradedAtLeast {
        /// The grade of the source, given with the claim or with the policy.
        reliability: Reliability,
        /// The grade of the information, given with the claim.
        credibility: Credibility,
    },
    /// Keeps claims of sources at least so reliable.
    ReliableAtLeast(Reliability),
    /// Keeps claims whose speakers are at least so certain.
    MinCertainty(Certainty),
    /// Keeps claims that add evidence; acknowledgements and presuppositions do not.
    OnlyEvidence,
    /// Keeps claims whose speakers and lineage are stated and not inferred.
    OnlyStated,
    /// Leaves out claims that come from parties to the matter only.
    ExcludePartiesToTheMatter,
    /// Keeps all claims on a statement if they stand on at least so many independent sources, else none.
    IndependentSources(usize),
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::LatestPerRoot => f.write_str("the latest of each root"),
            Rule::ExcludeContested => f.write_str("nothing contested"),
            Rule::ExcludePerhapsContested => f.write_str("nothing perhaps contested"),
            Rule::GradedAtLeast { reliability, credibility } => {
                write!(f, "graded {reliability:?}{} or better", u8::from(*credibility))
            }
            Rule::ReliableAtLeast(reliability) => {
                write!(f, "sources graded {reliability:?} or better")
            }
            Rule::MinCertainty(certainty) => write!(f, "at most as unsure as {certainty}"),
            Rule::OnlyEvidence => f.write_str("evidence only"),
            Rule::OnlyStated => f.write_str("nothing inferred"),
            Rule::ExcludePartiesToTheMatter => f.write_str("no party to the matter"),
            Rule::IndependentSources(count) => f.write_str(&counted(*count, "independent source")),
        }
    }
}

/// Rules that are applied in order, each to the claims that the rules before it kept, with the grades of sources that
/// they use. A policy can be serialized, and applied to any question or view.
///
/// ```
/// use claimgraph::{date, reporting::*, sources::{Policy, Rule}, Claim, ClaimGraph, Quantity};
/// let mut graph = ClaimGraph::new();
/// let (nk, russia, nis) = (graph.add(State, "nk")?, graph.add(State, "russia")?, graph.add(Agency, "nis")?);
/// for (day, figure) in [(18, 1_500), (23, 3_000)] {
///     graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia)
///         .quantity(Quantity::stated(figure, "soldiers")).reported(date(2024, 10, day)))?;
/// }
/// let latest = Policy::new().then(Rule::LatestPerRoot);
/// let selection = graph.statement(nk, DEPLOYS_TO, russia).select(&latest);
/// assert_eq!((selection.kept().len(), selection.left_out().len()), (1, 1));
/// assert!(selection.left_out().first().unwrap().to_string().ends_with("the latest of each root: nis said more on 2024-10-23"));
/// let json = serde_json::to_string(&latest).unwrap();
/// assert_eq!(json, r#"{"rules":["latest-per-root"]}"#);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    rules: Vec<Rule>,
    #[serde(default, skip_serializing_if = "SourceGrades::is_empty")]
    reliabilities: SourceGrades,
}

impl Policy {
    /// Makes a policy that keeps everything.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the policy of news desks: evidence of two independent sources, parties to the matter aside.
    pub fn two_sources() -> Self {
        Self::new()
            .then(Rule::OnlyEvidence)
            .then(Rule::ExcludePartiesToTheMatter)
            .then(Rule::IndependentSources(2))
    }

    /// Adds another rule at the end.
    #[must_use]
    pub fn then(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Sets the grades of sources.
    #[must_use]
    pub fn grading(mut self, reliabilities: SourceGrades) -> Self {
        self.reliabilities = reliabilities;
        self
    }

    /// Returns the rules, in order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Returns the grades of sources that it brings.
    pub fn reliabilities(&self) -> &SourceGrades {
        &self.reliabilities
    }
}

/// A claim that a policy leaves out.
#[derive(Clone, Debug)]
pub struct Exclusion<'g> {
    claim: ClaimRef<'g>,
    rule: Rule,
    why: String,
    because_of: Vec<ClaimId>,
}

impl<'g> Exclusion<'g> {
    /// Returns the claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns the rule by which it is left out.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns why the rule excluded this claim.
    pub fn why(&self) -> &str {
        &self.why
    }
}

impl Finding for Exclusion<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        std::iter::once(self.claim.id()).chain(self.because_of.iter().copied()).collect()
    }
}

json_form!(Exclusion<'_>, |it| {
    claim: it.claim,
    rule: it.rule,
    why: it.why,
    because_of => some(&it.claim.graph().keyed(&it.because_of)),
});

/// "the NIS asserted …: left out by nothing contested: Russia dismisses the claim".
impl fmt::Display for Exclusion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: left out by {}: {}", self.claim, self.rule, self.why)
    }
}

/// The claims that a policy keeps, and those it leaves out.
#[derive(Clone, Debug)]
pub struct Selection<'g> {
    view: View<'g>,
    kept: Findings<'g, ClaimRef<'g>>,
    left_out: Findings<'g, Exclusion<'g>>,
}

impl<'g> Selection<'g> {
    /// Returns the claims to go by.
    pub fn kept(&self) -> &Findings<'g, ClaimRef<'g>> {
        &self.kept
    }

    /// Returns the others, each with the rule and the reason.
    pub fn left_out(&self) -> &Findings<'g, Exclusion<'g>> {
        &self.left_out
    }

    /// Returns on how many independent sources the kept claims stand together.
    pub fn independence(&self) -> Independence<'g> {
        self.view.independence_of(self.kept.claims())
    }

    /// Returns the claims to go by.
    pub fn claims(&self) -> Vec<ClaimId> {
        self.kept.claims()
    }

    /// Returns the claims that are kept, those that are left out, and the claims that are the reason for leaving them
    /// out.
    pub fn proof(&self) -> Proof<'g> {
        let mut proof = self.kept.proof();
        self.left_out.proof().claims().into_iter().for_each(|claim| proof.add_claim(claim));
        proof
    }
}

json_form!(Selection<'_>, |it| {
    kept: it.kept,
    left_out: it.left_out,
});

impl fmt::Display for Selection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kept.iter().try_for_each(|claim| writeln!(f, "+ {claim}"))?;
        self.left_out.iter().try_for_each(|left_out| writeln!(f, "- {left_out}"))
    }
}

/// Why a rule leaves a claim out, and the claims because of which it does.
type Reason = (String, Vec<ClaimId>);

impl<'g> View<'g> {
    /// Applies a policy to the claims of the view that have a statement and whose speakers are committed to it. Claims
    /// with the same relation and ends are treated as one statement.
    pub fn select(&self, policy: &Policy) -> Selection<'g> {
        let mut groups: IndexMap<_, Vec<ClaimRef<'g>>> = IndexMap::new();
        for claim in self
            .claims()
            .filter(|claim| claim.statement().is_some() && self.commitment(*claim).is_some())
        {
            // Without two parties that are entities, each claim is a statement of its own.
            let statement = self
                .parties(claim)
                .map_or(Err(claim.id()), |parties| Ok((parties, claim.modality())));
            groups.entry(statement).or_default().push(claim);
        }
        self.select_groups(groups.into_values(), policy)
    }

    fn select_groups(
        &self,
        groups: impl Iterator<Item = Vec<ClaimRef<'g>>>,
        policy: &Policy,
    ) -> Selection<'g> {
        let (mut kept, mut left_out): (Vec<ClaimRef<'g>>, Vec<Exclusion<'g>>) =
            (Vec::new(), Vec::new());
        for mut group in groups {
            for &rule in &policy.rules {
                let mut staying = Vec::new();
                for (&claim, reason) in group.iter().zip(self.against(rule, &group, policy)) {
                    match reason {
                        None => staying.push(claim),
                        Some((why, because_of)) => {
                            left_out.push(Exclusion { claim, rule, why, because_of })
                        }
                    }
                }
                group = staying;
            }
            kept.extend(group);
        }
        let kept = Findings::sorted(self, kept, |claim| claim.id());
        let left_out = Findings::sorted(self, left_out, |left_out| left_out.claim.id());
        Selection { view: self.clone(), kept, left_out }
    }

    /// Returns for each claim on a statement that earlier rules have kept why the rule leaves it out, if it does.
    fn against(&self, rule: Rule, group: &[ClaimRef<'g>], policy: &Policy) -> Vec<Option<Reason>> {
        fn unless(holds: bool, why: impl FnOnce() -> String) -> Option<Reason> {
            (!holds).then(|| (why(), Vec::new()))
        }
        let each = |why: &dyn Fn(ClaimRef<'g>) -> Option<Reason>| {
            group.iter().map(|&claim| why(claim)).collect()
        };
        let unreliable = |claim: ClaimRef<'g>, wanted: Reliability| {
            let found = self.reliability_of(claim, &policy.reliabilities);
            unless(found != Reliability::F, || "nobody graded the source".into())
                .or_else(|| unless(found <= wanted, || format!("its source is graded {found:?}")))
        };
        match rule {
            Rule::LatestPerRoot => {
                let mut latest: IndexMap<EntityId, ClaimRef<'g>> = IndexMap::new();
                for &claim in group {
                    for root in self.roots_of(claim).into_iter().flatten() {
                        let known = latest.entry(root).or_insert(claim);
                        if known.day_spoken() < claim.day_spoken() {
                            *known = claim;
                        }
                    }
                }
                each(&|claim| self.said_more_since(claim, &latest))
            }
            Rule::ExcludeContested | Rule::ExcludePerhapsContested => each(&|claim| {
                let certain = rule == Rule::ExcludeContested;
                let contests = self.contests(claim.id()).ok()?;
                let contest =
                    contests.iter().find(|contest| !certain || contest.certain().is_yes())?;
                Some((contest.to_string(), vec![contest.claim().id()]))
            }),
            Rule::GradedAtLeast { reliability, credibility } => each(&|claim| {
                let given = claim.grade().credibility;
                let given = given.filter(|given| *given != Credibility::CannotBeJudged);
                let unjudged = || Some(("nobody graded the information".into(), Vec::new()));
                unreliable(claim, reliability).or_else(|| {
                    given.map_or_else(unjudged, |given| {
                        let why = || format!("the information is graded {}", u8::from(given));
                        unless(given <= credibility, why)
                    })
                })
            }),
            Rule::ReliableAtLeast(reliability) => each(&|claim| unreliable(claim, reliability)),
            Rule::MinCertainty(wanted) => each(&|claim| {
                let found = claim.certainty();
                unless(found <= wanted, || format!("its speaker calls it {found}"))
            }),
            Rule::OnlyEvidence => each(&|claim| {
                let stance = claim.stance();
                let why = || format!("a speaker that {stance} it adds no evidence");
                unless(stance.adds_evidence(), why)
            }),
            Rule::OnlyStated => each(&|claim| {
                let spoken = claim.chain().iter().all(|link| link.basis != Basis::Inferred);
                let mut lineages =
                    self.descent(claim).lineages().filter_map(|id| self.graph.lineage(id));
                let drawn = lineages.all(|lineage| lineage.basis() != Basis::Inferred);
                unless(spoken, || "a speaker is inferred".into())
                    .or_else(|| unless(drawn, || "its lineage is inferred".into()))
            }),
            Rule::ExcludePartiesToTheMatter => {
                // An answer to several claims is asked about those of this statement.
                let mut interests = Interests::of(self, group.iter().map(|claim| claim.id()));
                let why = |interest: &Interest| {
                    let mut parties: Vec<EntityId> = interest.parties.to_vec();
                    parties.sort_by_key(|&party| self.graph.key_of(party));
                    let names: Vec<&str> =
                        parties.iter().map(|&party| self.graph.name_of(party)).collect();
                    format!("a party to the matter: {}", names.join(", "))
                };
                let each = group.iter().map(|&claim| interests.of_claim(claim));
                each.map(|it| unless(!it.alone, || why(&it))).collect()
            }
            Rule::IndependentSources(wanted) => {
                let count = self.independence_of(group.iter().map(|claim| claim.id())).count();
                each(&|_| unless(count >= wanted, || format!("the statement stands on {count}")))
            }
        }
    }

    /// Returns which roots have said more since, if each root of the claim has.
    fn said_more_since(
        &self,
        claim: ClaimRef<'g>,
        all: &IndexMap<EntityId, ClaimRef<'g>>,
    ) -> Option<Reason> {
        let mut later = Vec::new();
        for root in self.roots_of(claim) {
            let root = root?;
            let latest = *all.get(&root)?;
            if latest.day_spoken() <= claim.day_spoken() {
                return None;
            }
            later.push((root, latest));
        }
        let (root, latest) = *later.first()?;
        let why = format!("{} said more on {}", self.graph.name_of(root), latest.reported());
        Some((why, later.into_iter().map(|(_, claim)| claim.id()).collect()))
    }
}

impl<'g> StatementQuery<'g> {
    /// Applies a policy to the claims that back the statement: which it keeps, and why it leaves out the
    /// others.
    pub fn select(&self, policy: &Policy) -> Selection<'g> {
        let backing = self.counted_backing().iter().map(|backing| backing.claim()).collect();
        self.view.select_groups(std::iter::once(backing), policy)
    }
}
