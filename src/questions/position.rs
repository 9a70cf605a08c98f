//! Where everybody stands on a claim.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::error::Error;
use crate::model::id::{ClaimId, EntityId};
use crate::model::value::answer::Answer;
use crate::model::value::stance::{Bearing, Certainty, Stance};
use crate::questions::statement::StatementQuery;
use crate::questions::statement::support::ContestKind;
use crate::view::View;
use crate::view::finding::{Finding, Findings, Proof, Step};
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// Where one speaker stands, by one claim.
#[derive(Clone, Debug)]
pub struct Position<'g> {
    claim: ClaimRef<'g>,
    on: Option<ClaimRef<'g>>,
    bearing: Bearing,
    direct: bool,
    certain: Answer,
    steps: Vec<Step>,
    /// What the claim it answers confirms as a whole.
    beside: Option<ClaimId>,
    /// Whether a statement was asked about, not a claim.
    of_statement: bool,
}

impl<'g> Position<'g> {
    /// The claim that takes the position.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Whose position it is; `None` where nobody knows.
    pub fn speaker(&self) -> Option<EntityId> {
        self.claim.speaker()
    }

    /// The stance.
    pub fn stance(&self) -> Stance {
        self.claim.stance()
    }

    /// What it does to the claim asked about.
    pub fn bearing(&self) -> Bearing {
        self.bearing
    }

    /// Whether it answers the claim itself, or bears on it through what it says.
    pub fn is_direct(&self) -> bool {
        self.direct
    }

    /// `Unknown` where it answers the claim in one reading of the text only.
    pub fn certain(&self) -> Answer {
        self.certain
    }
}

impl Finding for Position<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        std::iter::once(self.claim.id())
            .chain(self.on.map(ClaimRef::id))
            .chain(self.beside)
            .collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.steps.iter().for_each(|step| proof.step(step.clone()));
    }
}

/// "Russia dismisses it as “fake news”".
impl fmt::Display for Position<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.speaker().map_or("somebody not named", |s| self.claim.graph().name_of(s));
        let perhaps = if self.certain.is_yes() { "" } else { " perhaps" };
        write!(f, "{name}{perhaps} {}", self.stance())?;
        match self.claim.statement().filter(|_| self.on != Some(self.claim)) {
            None if self.of_statement => f.write_str(" a claim that says so")?,
            None => f.write_str(" it")?,
            Some(statement) => {
                let graph = self.claim.graph();
                let relation = statement.relation();
                let verb = relation.verb();
                let sentence = format!(
                    "{} {verb} {}",
                    graph.word(statement.subject(), true),
                    graph.word(statement.object(), true)
                );
                write!(f, " that {}", sentence.trim_end())?;
            }
        }
        self.claim.words().map_or(Ok(()), |words| write!(f, " as \u{201c}{words}\u{201d}"))
    }
}

impl<'g> Findings<'g, Position<'g>> {
    /// The latest position of each speaker; several where one speaker took several on the same day.
    pub fn latest(&self) -> Vec<&Position<'g>> {
        let day = |p: &Position<'g>| (p.claim.reported(), p.claim.said());
        let mut last: IndexMap<Option<EntityId>, (jiff::civil::Date, Option<jiff::civil::Date>)> =
            IndexMap::new();
        for position in self {
            let known = last.entry(position.speaker()).or_insert(day(position));
            *known = (*known).max(day(position));
        }
        self.iter().filter(|p| last.get(&p.speaker()) == Some(&day(p))).collect()
    }

    /// The positions that do this to the claim.
    pub fn bearing(&self, bearing: Bearing) -> impl Iterator<Item = &Position<'g>> {
        self.iter().filter(move |position| position.bearing == bearing)
    }
}

impl ClaimGraph {
    /// Where everybody stands on a claim; see [`View::positions`].
    ///
    /// # Errors
    /// There is no such claim.
    pub fn positions(&self, on: ClaimId) -> Result<Findings<'_, Position<'_>>, Error> {
        self.view().positions(on)
    }
}

impl<'g> View<'g> {
    /// Where everybody stands on a claim: its own speaker, those who answer it, those who say something
    /// that entails it, and those who deny something it entails.
    ///
    /// ```
    /// use claimgraph::{claim::Bearing, date, reporting::*, Claim, ClaimGraph, Entity};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let nk = graph.add(State, "nk")?;
    /// let russia = graph.add(State, Entity::new("ru").named("Russia"))?;
    /// let nis = graph.add(Agency, "nis")?;
    /// let sent = graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// graph.insert(Claim::by(russia).dismisses(sent).words("fake news").reported(day))?;
    /// let positions = graph.positions(sent)?;
    /// assert_eq!(positions.len(), 2);
    /// let against = positions.bearing(Bearing::Contests).next().map(|p| p.to_string());
    /// assert_eq!(against.as_deref(), Some("Russia dismisses it as \u{201c}fake news\u{201d}"));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is no such claim in the graph.
    pub fn positions(&self, on: ClaimId) -> Result<Findings<'g, Position<'g>>, Error> {
        let on = self.graph.claim(on)?;
        let mut found: IndexMap<ClaimId, Position<'g>> = IndexMap::new();
        if self.passes(on) {
            let own = Position {
                claim: on,
                on: Some(on),
                bearing: Bearing::Supports,
                direct: true,
                certain: Answer::Yes,
                steps: Vec::new(),
                of_statement: false,
                beside: None,
            };
            found.insert(on.id(), own);
        }
        for claim in on.answers().filter(|&answer| self.passes(answer)) {
            let Some(bearing) = claim.stance().bearing() else {
                continue;
            };
            let certain = claim.responds_to(on.id());
            found.insert(
                claim.id(),
                Position {
                    claim,
                    on: Some(on),
                    bearing,
                    direct: true,
                    certain,
                    steps: Vec::new(),
                    of_statement: false,
                    beside: None,
                },
            );
        }
        if let Some(said) = self.proposition(on) {
            let pattern = self.pattern_of_content(said.clone());
            for (id, steps) in self.entailing(&pattern, Some(on.modality()), Certainty::Uncommitted)
            {
                if let Some(claim) = ClaimRef::new(self.graph, id) {
                    let position = Position {
                        claim,
                        on: Some(on),
                        bearing: Bearing::Supports,
                        direct: false,
                        certain: Answer::Yes,
                        steps,
                        of_statement: false,
                        beside: None,
                    };
                    found.entry(id).or_insert(position);
                }
            }
            for claim in
                self.denials_against(&said).filter(|denial| denial.modality() == on.modality())
            {
                if let Some(steps) =
                    self.denied(claim).and_then(|denied| self.entails(&said, &denied))
                {
                    let position = Position {
                        claim,
                        on: Some(on),
                        bearing: Bearing::Contests,
                        direct: false,
                        certain: Answer::Yes,
                        steps,
                        of_statement: false,
                        beside: None,
                    };
                    found.entry(claim.id()).or_insert(position);
                }
            }
        }
        let mut found: Vec<Position<'g>> = found.into_values().collect();
        self.graph.sort_findings(&mut found, |position| position.claim.id());
        Ok(Findings::of(self, found).beside(vec![on.id()], Vec::new()))
    }
}

impl<'g> StatementQuery<'g> {
    /// Where everybody stands on the statement: those who back it, and those who are against it.
    ///
    /// ```
    /// use claimgraph::{claim::Bearing, date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// graph.insert(Claim::by(nk).denies(nk, PRESENT_IN, russia).reported(day))?;
    /// let bearings: Vec<Bearing> = graph.statement(nk, DEPLOYS_TO, russia).positions().iter().map(|p| p.bearing()).collect();
    /// assert!(bearings.contains(&Bearing::Supports) && bearings.contains(&Bearing::Contests));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn positions(&self) -> Findings<'g, Position<'g>> {
        let graph = self.view.graph;
        let on = |claim: Option<ClaimId>| claim.and_then(|id| ClaimRef::new(graph, id));
        let mut found: Vec<Position<'g>> = Vec::new();
        let backing = self.backing();
        let opposed = self.against_beside(&backing);
        for backing in backing {
            let (claim, steps) = (backing.claim(), backing.steps().to_vec());
            let (on, direct) = (on(backing.through()), backing.through().is_none());
            found.push(Position {
                claim,
                on,
                bearing: Bearing::Supports,
                direct,
                certain: Answer::Yes,
                steps,
                of_statement: true,
                beside: None,
            });
        }
        for against in opposed {
            let bearing = if *against.how() == ContestKind::Doubted {
                Bearing::Questions
            } else {
                Bearing::Contests
            };
            let through = against.through().first().or(against.perhaps_through().first()).copied();
            let certain = against.certain();
            let (claim, direct) = (against.claim(), through.is_none());
            let backed =
                against.backing.iter().find(|backing| Some(backing.claim().id()) == through);
            let beside = backed.and_then(|backing| backing.through());
            let steps = backed.map_or(against.steps.as_slice(), |backing| backing.steps()).to_vec();
            found.push(Position {
                claim,
                on: on(through),
                beside,
                bearing,
                direct,
                certain,
                steps,
                of_statement: true,
            });
        }
        graph.sort_findings(&mut found, |position| position.claim.id());
        Findings::of(&self.view, found)
    }

    /// The stances of the latest positions of each speaker, and whether they are certain.
    pub(crate) fn latest_stances(&self) -> IndexMap<Option<EntityId>, BTreeSet<(Stance, bool)>> {
        let backing = self.supporting();
        let opposed = self.opposed(&backing, Arc::new([]));
        let supports = backing
            .iter()
            .filter_map(|&id| ClaimRef::new(self.view.graph, id))
            .map(|claim| (claim, true));
        let opposes = opposed.values().map(|against| (against.claim(), against.certain().is_yes()));
        let mut latest: IndexMap<Option<EntityId>, (_, BTreeSet<_>)> = IndexMap::new();
        for (claim, certain) in supports.chain(opposes) {
            let day = (claim.reported(), claim.said());
            let (known, stances) =
                latest.entry(claim.speaker()).or_insert_with(|| (day, BTreeSet::new()));
            if day > *known {
                (*known, *stances) = (day, BTreeSet::new());
            }
            if day == *known {
                stances.insert((claim.stance(), certain));
            }
        }
        latest.into_iter().map(|(speaker, (_, stances))| (speaker, stances)).collect()
    }
}
