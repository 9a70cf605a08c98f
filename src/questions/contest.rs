//! The responses to a claim, and the contested claims: from a claim or a view to [`Response`]s.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::error::Error;
use crate::model::id::ClaimId;
use crate::model::value::answer::Answer;
use crate::model::value::stance::{Bearing, Certainty, Modality, Stance};
use crate::questions::contest_kind::ContestKind;
use crate::questions::entailment::{Entailed, Proposition, TimeAsked};
use crate::questions::response::{Response, Responses};
use crate::questions::voice::Voice;
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::json_form;
use crate::view::proof::Proof;
use crate::view::steps::Steps;
use indexmap::IndexMap;
use indexmap::map::Entry;
use std::fmt;
use std::sync::Arc;

/// How a claim entails what some denials deny, and what contests all claims that do so alike.
type Alike<'g> = (Vec<Entailed>, Arc<[Response<'g>]>);

/// A contested claim, with the claims that contest it.
#[derive(Clone, Debug)]
pub struct Contested<'g> {
    claim: ClaimRef<'g>,
    contests: Arc<[Response<'g>]>,
}

impl<'g> Contested<'g> {
    /// Returns the claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns the denials and dismissals that contest it.
    pub fn contests(&self) -> &[Response<'g>] {
        &self.contests
    }

    /// Returns them, shared with claims that say the same.
    pub(crate) fn shared(&self) -> Arc<[Response<'g>]> {
        self.contests.clone()
    }

    /// Returns `Yes` if it is contested in every reading of the text, else `Unknown`.
    pub fn certain(&self) -> Answer {
        surest(&self.contests)
    }
}

/// Returns whether these contest a claim: the surest answer of all.
pub(crate) fn surest(contests: &[Response<'_>]) -> Answer {
    // The first certain one ends the search: many claims share one long list.
    let certain = contests.iter().map(Response::certain);
    certain.clone().find(|it| it.is_yes()).or(certain.max()).unwrap_or(Answer::No)
}

impl Finding for Contested<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        let contests = self.contests.iter().map(|contest| contest.claim().id());
        std::iter::once(self.claim.id()).chain(contests).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.contests.iter().for_each(|contest| contest.support(proof));
    }
}

json_form!(Contested<'_>, |it| {
    claim: it.claim,
    certain: it.certain(),
    contests: it.contests(),
});

impl fmt::Display for Contested<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.claim.fmt(f)?;
        self.contests.iter().try_for_each(|contest| write!(f, "; {contest}"))
    }
}

impl<'g> Findings<'g, Contested<'g>> {
    /// Returns the claims that are contested in every reading.
    pub fn certain(&self) -> impl Iterator<Item = &Contested<'g>> {
        self.iter().filter(|contested| contested.certain().is_yes())
    }

    /// Returns the claims that are contested in one reading only.
    pub fn possible(&self) -> impl Iterator<Item = &Contested<'g>> {
        self.iter().filter(|contested| !contested.certain().is_yes())
    }
}

impl ClaimGraph {
    /// Returns the contested claims; see [`View::contested`].
    pub fn contested(&self) -> Findings<'_, Contested<'_>> {
        self.view().contested()
    }
}

impl<'g> View<'g> {
    /// Returns the contested claims: claims that are dismissed, and claims that entail something that is denied at a
    /// time that can be the same. It does not spread: a claim that rests on a contested claim is not itself
    /// contested. A retraction, a revision, a doubt or another figure does not contest a claim.
    ///
    /// ```
    /// use claimgraph::{date, questions::ContestKind, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let sent = graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// graph.insert(Claim::by(nk).denies(nk, PRESENT_IN, russia).reported(day))?;
    /// let contested = graph.contested();
    /// assert_eq!(contested.claims(), [sent]);       // who deploys is present
    /// assert_eq!(contested.first().map(|c| c.contests()[0].kind()), Some(Some(ContestKind::FactDenied)));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn contested(&self) -> Findings<'g, Contested<'g>> {
        let answered = self.graph.ledger.answered().into_iter();
        let direct = answered.filter(|&target| self.contains(target));
        let direct = direct.map(|target| (target, self.direct_contests(target)));
        let mut direct: IndexMap<ClaimId, Vec<Response<'g>>> =
            direct.filter(|(_, contests)| !contests.is_empty()).collect();
        let groups = self.denials_by_content();
        let mut denied: IndexMap<ClaimId, Vec<(usize, Entailed)>> = IndexMap::new();
        for (place, group) in groups.iter().enumerate() {
            let Some(pattern) = group.first().and_then(|denial| self.denied(denial)) else {
                continue;
            };
            let meant = group.first().map(|denial| self.modality_of(denial));
            let entailing = self.entailing(&pattern, meant, Certainty::Uncommitted);
            for (claim, entailed) in entailing.filter(|(_, entailed)| !entailed.superseded) {
                denied.entry(claim.id()).or_default().push((place, entailed));
            }
        }
        // Claims that say the same are contested alike, and share one list.
        let mut shared: IndexMap<Vec<usize>, Alike<'g>> = IndexMap::new();
        let mut found = Vec::new();
        for (id, by) in denied {
            let Some(claim) = ClaimRef::new(self.graph, id) else { continue };
            let (places, entailed): (Vec<usize>, Vec<Entailed>) = by.into_iter().unzip();
            let contests = || {
                let mut contests = by_claim(direct.get(&id).cloned().unwrap_or_default());
                for (place, entailed) in places.iter().zip(&entailed) {
                    for denial in groups.get(*place).into_iter().flatten() {
                        deny(&mut contests, denial, self.kind_of(denial), entailed);
                    }
                }
                self.in_order(contests.into_values())
            };
            let contests = match shared.get(&places) {
                _ if direct.contains_key(&id) => contests(),
                Some((known, shared)) if *known == entailed => shared.clone(),
                _ => {
                    let contests = contests();
                    shared.insert(places, (entailed, contests.clone()));
                    contests
                }
            };
            direct.swap_remove(&id);
            found.push(Contested { claim, contests });
        }
        let direct = direct.into_iter().filter_map(|(id, contests)| {
            let claim = ClaimRef::new(self.graph, id)?;
            Some(Contested { claim, contests: self.in_order(contests) })
        });
        found.extend(direct);
        Findings::sorted(self, found, |contested| contested.claim.id())
    }

    pub(crate) fn in_order(
        &self,
        contests: impl IntoIterator<Item = Response<'g>>,
    ) -> Arc<[Response<'g>]> {
        let mut contests: Vec<Response<'g>> = contests.into_iter().collect();
        self.graph.sort_findings(&mut contests, |contest| contest.claim().id());
        contests.into()
    }

    /// Returns the claims for and against one claim: the claim itself, the claims that answer it, the claims that
    /// entail what it says, and the denials of something that it entails. For a denial it is the other way round: a
    /// claim that says what it denies is against it, and another denial of the same is for it.
    ///
    /// ```
    /// use claimgraph::{claim::{Bearing, Quote}, date, reporting::*, Claim, ClaimGraph, Entity};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let nk = graph.add(State, "nk")?;
    /// let russia = graph.add(State, Entity::new("ru").named("Russia"))?;
    /// let nis = graph.add(Agency, "nis")?;
    /// let sent = graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// graph.insert(Claim::by(russia).dismisses(sent).quote(Quote::fragment("fake news")).reported(day))?;
    /// let responses = graph.view().responses(sent)?;
    /// assert_eq!(responses.len(), 2);
    /// let against = responses.bearing(Bearing::Contests).next().map(|r| r.to_string());
    /// assert_eq!(against.as_deref(), Some("Russia dismisses the claim, as \u{201c}fake news\u{201d}"));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the graph does not have the claim.
    pub fn responses(&self, to: ClaimId) -> Result<Findings<'g, Response<'g>>, Error> {
        let claim = self.graph.claim(to)?;
        let mut found = Responses::default();
        if self.passes(claim) {
            let own = Response::backing(claim, None, Steps::default()).responding_to(to);
            found.insert(to, own.superseded_if(self.superseded(to).is_some()));
        }
        let answers = self.graph.ledger.answers(to).into_iter().filter_map(|id| self.get(id));
        let answers = answers.filter(|it| !ContestKind::opposes(it.stance()));
        let answers = answers.filter_map(|answer| Response::answer(answer, to));
        let opposing = self.opposing(to).map(|it| {
            Response::opposing(&it, self.kind_of(&it), to).superseded_if(self.has_revised(&it))
        });
        found.extend(answers.chain(opposing).map(|answer| (answer.claim().id(), answer)));
        if let Some(said) = self.proposition(claim) {
            let meant = Some(self.commitment(claim).unwrap_or(claim.modality()));
            let denies = claim.stance() == Stance::Denies;
            let mut pattern = self.pattern_of_content(said.clone());
            if denies {
                pattern.time_asked = TimeAsked::Denied;
            }
            for (saying, entailed) in self.entailing(&pattern, meant, Certainty::Uncommitted) {
                let response = match denies {
                    true => Response::against_denial(saying, entailed),
                    false => Response::entailing(saying, entailed),
                };
                found.entry(saying.id()).or_insert(response.responding_to(to));
            }
            let asked = Some(claim).filter(|_| !denies);
            for (denial, kind, entailed) in self.denials_of(&said, asked, meant) {
                if denies {
                    let response = Response::entailing(denial.claim, entailed);
                    found.entry(denial.claim.id()).or_insert(response.responding_to(to));
                } else {
                    deny(&mut found, &denial, kind, &entailed);
                }
            }
        }
        let found = Findings::sorted(self, found.into_values(), |response| response.claim().id());
        Ok(found.beside(vec![to], Vec::new()))
    }

    /// Returns the denials and dismissals by which one claim is contested. These are the
    /// [`responses`](Self::responses) that answer the claim with a denial or a dismissal. If its speaker is committed
    /// to the claim, denials of what it entails are among them too.
    ///
    /// # Errors
    /// Returns an error if the graph does not have the claim.
    pub fn contests(&self, claim: ClaimId) -> Result<Findings<'g, Response<'g>>, Error> {
        let contests = self.contests_in_no_order(self.graph.claim(claim)?);
        let contests = Findings::sorted(self, contests, |contest| contest.claim().id());
        Ok(contests.beside(vec![claim], Vec::new()))
    }

    pub(crate) fn contests_in_no_order(&self, asked: ClaimRef<'g>) -> Vec<Response<'g>> {
        let mut contests = self.direct_contests(asked.id());
        if let Some(meant) = self.commitment(asked)
            && let Some(said) = self.proposition(asked)
        {
            let denials = self.denials_of(&said, Some(asked), Some(meant));
            let mut denials = denials.filter(|(.., entailed)| !entailed.superseded).peekable();
            // Most claims have none, and then nothing is looked up by claim.
            if denials.peek().is_some() {
                let mut known = by_claim(contests);
                denials.for_each(|(denial, kind, entailed)| {
                    deny(&mut known, &denial, kind, &entailed);
                });
                contests = known.into_values().collect();
            }
        }
        contests
    }

    fn direct_contests(&self, target: ClaimId) -> Vec<Response<'g>> {
        let contesting = self.opposing(target).filter(|it| it.of.stance() != Stance::Doubts);
        let current = contesting.filter(|it| !self.has_revised(it));
        current.map(|it| Response::opposing(&it, self.kind_of(&it), target)).collect()
    }

    /// Returns the denials of this modality of something that the proposition entails, with the steps. Nothing contests
    /// what the speaker of the claim has revised.
    pub(crate) fn denials_of(
        &self,
        said: &Proposition<'_>,
        by: Option<ClaimRef<'g>>,
        meant: Option<Modality>,
    ) -> impl Iterator<Item = (Voice<'g>, ContestKind, Entailed)> {
        let denials = self.denials_against(said).into_iter();
        let denials = denials.filter(move |it| meant.is_none_or(|m| m == self.modality_of(it)));
        denials.filter_map(move |denial| {
            let pattern = self.denied(&denial)?;
            let revised = by.is_some_and(|claim| self.is_superseded_in(claim, &pattern));
            let entailed = self.entails(said, &pattern).filter(|_| !revised)?;
            let superseded = self.has_revised(&denial);
            Some((denial, self.kind_of(&denial), Entailed { superseded, ..entailed }))
        })
    }
}

/// Returns the contests, each under its claim.
fn by_claim<'g>(contests: Vec<Response<'g>>) -> Responses<'g> {
    contests.into_iter().map(|contest| (contest.claim().id(), contest)).collect()
}

/// Adds a denial of what a claim entails. If the denial answers the claim, perhaps in one reading only, it is there
/// already and becomes as sure as the surer of the two.
fn deny<'g>(found: &mut Responses<'g>, denial: &Voice<'g>, kind: ContestKind, entailed: &Entailed) {
    match found.entry(denial.claim.id()) {
        Entry::Occupied(mut known) if known.get().bearing() == Bearing::Contests => {
            known.get_mut().also(entailed.clone());
        }
        Entry::Occupied(_) => {}
        Entry::Vacant(free) => {
            free.insert(Response::against_by(denial, kind, entailed.clone()));
        }
    }
}
