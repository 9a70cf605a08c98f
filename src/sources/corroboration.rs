//! Support and contradiction of one claim or question, part by part: a confirmation covers what it
//! says, and a claim that does not mention a part is silent on it.

use crate::graph::claim_ref::ClaimRef;
use crate::model::error::Error;
use crate::model::id::{ClaimId, EntityId, RelationId};
use crate::model::value::stance::Bearing;
use crate::model::vocabulary::base::PURPOSE;
use crate::questions::response::{ContestKind, Response};
use crate::questions::statement::StatementQuery;
use crate::sources::facet::{Facet, Verdict};
use crate::sources::facet_bearing::Bears;
use crate::sources::independence::Independence;
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::json_form;
use crate::view::proof::{Proof, Step};
use indexmap::IndexSet;
use std::fmt;

/// The support of one part of a claim or statement: which claims support it, contradict it, or are silent.
#[derive(Clone, Debug)]
pub struct Corroboration<'g> {
    facet: Facet,
    /// The claim it is about, where it is about one.
    of: Option<ClaimId>,
    backing: Vec<Response<'g>>,
    against: Vec<Response<'g>>,
    open: Vec<ClaimRef<'g>>,
    silent: Vec<ClaimRef<'g>>,
    independence: Independence<'g>,
}

impl<'g> Corroboration<'g> {
    /// Returns which part.
    pub fn facet(&self) -> &Facet {
        &self.facet
    }

    /// Returns the claims that support it, with or without evidence of their own: those of others, where a
    /// claim was asked about.
    pub fn backing(&self) -> &[Response<'g>] {
        &self.backing
    }

    /// Returns the claims that cannot hold beside it, and why.
    pub fn against(&self) -> &[Response<'g>] {
        &self.against
    }

    /// Returns the claims that speak of it, and leave open whether it is so: "about 3,000" of 3,000.
    pub fn open(&self) -> &[ClaimRef<'g>] {
        &self.open
    }

    /// Returns the claims that say something of the whole, and nothing of this part.
    pub fn silent(&self) -> &[ClaimRef<'g>] {
        &self.silent
    }

    /// Returns the overall verdict on this part.
    pub fn verdict(&self) -> Verdict {
        match (self.backing.is_empty(), self.against.is_empty()) {
            (false, true) => Verdict::Supported,
            (false, false) => Verdict::Disputed,
            (true, false) => Verdict::Contradicted,
            (true, true) if self.open.is_empty() => Verdict::Silent,
            (true, true) => Verdict::Open,
        }
    }

    /// Returns the speakers of the claims that support it, each once.
    pub fn speakers(&self) -> Vec<EntityId> {
        self.backing
            .iter()
            .filter_map(Response::speaker)
            .collect::<IndexSet<_>>()
            .into_iter()
            .collect()
    }

    /// Returns on how many independent sources this part stands, the claim itself included.
    pub fn independence(&self) -> &Independence<'g> {
        &self.independence
    }

    /// Returns where the support of this part ends, the claim itself included; see [`Independence::roots`].
    pub fn roots(&self) -> &[Option<EntityId>] {
        self.independence.roots()
    }
}

impl Finding for Corroboration<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        let against = self.against.iter().map(|against| against.claim().id());
        self.backing.iter().map(|backing| backing.claim().id()).chain(against).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.backing.iter().for_each(|backing| proof.add_finding(backing));
        // The claim itself is among the supporters.
        proof.absorb(&self.independence.proof());
        self.of.into_iter().for_each(|of| proof.add_claim(of));
        self.against.iter().for_each(|against| proof.add_finding(against));
    }
}

json_form!(Corroboration<'_>, |it| {
    facet: it.facet,
    verdict: it.verdict(),
    backing: it.backing,
    against: it.against,
    open: it.open,
    silent: it.silent,
    independence: it.independence,
});

/// "quantity: nobody else; Kyiv says 12,000 troops: no number is both, …; silent: Austin".
impl fmt::Display for Corroboration<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.facet)?;
        if self.backing.is_empty() {
            f.write_str("nobody else")?;
        } else {
            let says = |backing: &Response<'_>| {
                format!("{} {}", backing.claim().speaker_name(), backing.stance())
            };
            f.write_str(&self.backing.iter().map(says).collect::<Vec<_>>().join(", "))?;
            write!(f, " ({} independent in all)", self.independence.count())?;
        }
        self.against.iter().try_for_each(|against| write!(f, "; {against}"))?;
        for (word, claims) in [("open", &self.open), ("silent", &self.silent)] {
            let names: IndexSet<&str> = claims.iter().map(|claim| claim.speaker_name()).collect();
            if !names.is_empty() {
                write!(f, "; {word}: {}", names.into_iter().collect::<Vec<_>>().join(", "))?;
            }
        }
        Ok(())
    }
}

impl<'g> Findings<'g, Corroboration<'g>> {
    /// Returns the given part; `None` if the claim or question does not have it.
    pub fn facet(&self, facet: &Facet) -> Option<&Corroboration<'g>> {
        self.iter().find(|corroboration| corroboration.facet == *facet)
    }
}

/// A part that is asked about: the question of it, and what a claim says of it.
struct Asked<'a, 'g> {
    facet: Facet,
    inquiry: StatementQuery<'g>,
    /// Of claims that say so as a whole, for parts that are not a matter of yes and no.
    bears: Option<&'a dyn Fn(ClaimRef<'g>) -> Bears>,
}

impl<'g> View<'g> {
    /// The relations that a statement's own implies, each with whether it is read from the other side.
    pub(crate) fn implied(
        &self,
        relation: RelationId,
    ) -> impl Iterator<Item = (Facet, RelationId, bool)> {
        let vocabulary = &self.graph.vocabulary;
        let mut listed = IndexSet::from([vocabulary.primary(relation).0]);
        let new = vocabulary
            .entailed(relation)
            .iter()
            .filter(move |(implied, _)| listed.insert(*implied));
        new.map(|&(implied, swapped)| {
            (Facet::Implied(vocabulary.relation_key(implied).to_owned()), implied, swapped)
        })
    }

    /// Returns how other claims support or contradict one claim, part by part: the relation between the
    /// parties, each relation that implies, the figure, each role, the time. A part the claim does not have is
    /// not listed. Others support a part through what they mean: by a relation that implies it, for parts and
    /// places within, by a figure that makes it true, by a time within its time.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, sources::{Facet, Verdict}, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let (nis, austin, kyiv) = (graph.add(Agency, "nis")?, graph.add(Person, "austin")?, graph.add(State, "kyiv")?);
    /// let sent = graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia)
    ///     .quantity(Quantity::stated(3_000, "soldiers")).reported(day))?;
    /// graph.insert(Claim::by(austin).confirms(sent).restating(nk, PRESENT_IN, russia).reported(day))?;
    /// graph.insert(Claim::by(kyiv).asserts(nk, DEPLOYS_TO, russia)
    ///     .quantity(Quantity::stated(12_000, "troops")).reported(day))?;
    /// let parts = graph.view().corroboration(sent)?;
    /// let presence = parts.facet(&Facet::Implied("present-in".into())).expect("deploys-to implies it");
    /// assert_eq!((presence.speakers().len(), presence.independence().count()), (2, 3));
    /// let figure = parts.facet(&Facet::Quantity).expect("it gives a figure");
    /// assert_eq!((figure.verdict(), figure.independence().count()), (Verdict::Contradicted, 1));
    /// assert_eq!(figure.to_string(),
    ///     "quantity: nobody else; kyiv says 12,000 troops: no number is both, and the times can be the same; silent: austin");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is no such claim in the graph.
    pub fn corroboration(&self, of: ClaimId) -> Result<Findings<'g, Corroboration<'g>>, Error> {
        let claim = self.graph.claim(of)?;
        let Some(statement) =
            claim.statement().filter(|_| claim.stance().bearing() != Some(Bearing::Contests))
        else {
            return Ok(Findings::of(self, Vec::new()).beside(vec![of], Vec::new()));
        };
        let asked = || self.inquire(statement).without_roles().modality(claim.modality());
        let part =
            |facet: Facet, inquiry: StatementQuery<'g>| Asked { facet, inquiry, bears: None };
        let mut parts = vec![part(Facet::Participants, asked())];
        parts.extend(
            self.implied(statement.relation_id())
                .map(|(facet, relation, swapped)| part(facet, asked().under(relation, swapped))),
        );
        let wanted = claim.quantity();
        let figures = |other: ClaimRef<'g>| {
            wanted.map_or(Bears::Silent, |q| self.figures_bear(other, claim, q))
        };
        if let Some(quantity) = wanted {
            let inquiry = asked().quantity(quantity.clone());
            parts.push(Asked { facet: Facet::Quantity, inquiry, bears: Some(&figures) });
        }
        let roles: IndexSet<&str> = claim.roles().map(|(role, _, _)| role).collect();
        parts.extend(
            roles
                .into_iter()
                .map(|role| part(self.facet_of_role(role), asked().taking_role(claim, role))),
        );
        let period = claim.holding();
        let times = |other: ClaimRef<'g>| {
            period.as_ref().map_or(Bears::Silent, |p| self.time_bears(other, p, false))
        };
        if let Some(period) = &period {
            parts.push(Asked {
                facet: Facet::Time,
                inquiry: asked().valid(period.clone()),
                bears: Some(&times),
            });
        }
        let others = |other: ClaimRef<'g>| other.id() != of && other.speaker() != claim.speaker();
        Ok(self.corroborated(parts, &others, Some(claim)).beside(vec![of], Vec::new()))
    }

    pub(crate) fn facet_of_role(&self, role: &str) -> Facet {
        let purpose = self
            .graph
            .resolve_role(PURPOSE.0)
            .map(|role| self.graph.vocabulary.role_key(role))
            .ok();
        if purpose == Some(role) { Facet::Purpose } else { Facet::Role(role.to_owned()) }
    }

    /// `counts` are the claims that are listed, and `own` stands on each part by itself.
    fn corroborated(
        &self,
        parts: Vec<Asked<'_, 'g>>,
        counts: &dyn Fn(ClaimRef<'g>) -> bool,
        own: Option<ClaimRef<'g>>,
    ) -> Findings<'g, Corroboration<'g>> {
        let listed = |backing: Findings<'g, Response<'g>>| -> Vec<Response<'g>> {
            backing.into_iter().filter(|backing| counts(backing.claim())).collect()
        };
        let whole: Vec<Response<'g>> =
            parts.first().map(|part| listed(part.inquiry.backing())).unwrap_or_default();
        let same = |backing: &&Response<'g>| {
            !backing.steps().iter().any(|step| matches!(step, Step::Implied { .. }))
        };
        let mut found = Vec::new();
        for Asked { facet, inquiry, bears } in parts {
            let (mut backing, mut open) = (listed(inquiry.backing()), Vec::new());
            let fact = matches!(facet, Facet::Participants | Facet::Implied(_));
            let mut against = match facet {
                Facet::Time => Vec::new(),
                _ => inquiry.denied(if fact {
                    ContestKind::FactDenied
                } else {
                    ContestKind::FacetDenied
                }),
            };
            if let Some(bears) = bears {
                let timely = facet == Facet::Time;
                let kind = if timely { ContestKind::TimesApart } else { ContestKind::FiguresApart };
                backing.retain(|backing| !timely || bears(backing.claim()) == Bears::Supports);
                for claim in whole.iter().filter(|b| timely || same(b)).map(Response::claim) {
                    match bears(claim) {
                        Bears::Contradicts => {
                            against.push(Response::against(claim, kind, Vec::new()))
                        }
                        Bears::Open => open.push(claim),
                        Bears::Supports | Bears::Silent => {}
                    }
                }
            }
            against.retain(|against| counts(against.claim()));
            self.graph.sort_findings(&mut against, |against| against.claim().id());
            let independence = self.independence_of(
                backing.iter().map(|b| b.claim().id()).chain(own.map(ClaimRef::id)),
            );
            found.push(Corroboration {
                facet,
                of: own.map(ClaimRef::id),
                backing,
                against,
                open,
                silent: Vec::new(),
                independence,
            });
        }
        // Whoever supports some part, and says nothing of another.
        let speaking: IndexSet<ClaimId> = found
            .iter()
            .flat_map(|part| &part.backing)
            .map(|backing| backing.claim().id())
            .chain(whole.iter().map(|backing| backing.claim().id()))
            .collect();
        for part in &mut found {
            let spoken: IndexSet<ClaimId> =
                part.claims().into_iter().chain(part.open.iter().map(|c| c.id())).collect();
            let silent = speaking.iter().filter(|claim| !spoken.contains(*claim));
            part.silent = silent.filter_map(|&id| ClaimRef::new(self.graph, id)).collect();
            self.graph.sort_findings(&mut part.silent, |claim| claim.id());
        }
        Findings::of(self, found)
    }

    /// Returns whether the claim is in the view and somebody else, independent of it, says the same.
    pub fn is_corroborated(&self, claim: ClaimRef<'g>) -> bool {
        self.corroboration(claim.id()).is_ok_and(|parts| {
            parts.facet(&Facet::Participants).is_some_and(|part| part.independence.count() > 1)
        })
    }
}

impl<'g> StatementQuery<'g> {
    /// Returns how claims support or contradict the statement, part by part: the relation between the parties,
    /// each relation that implies, and the figure, each role and the time that are asked for. With
    /// [`once`](Self::once), who gives another date contradicts.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, sources::{Facet, Verdict}, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let event = graph.add(Event, "war")?;
    /// let (kyiv, moscow) = (graph.add(Agency, "kyiv")?, graph.add(Agency, "moscow")?);
    /// for (who, figure) in [(kyiv, Quantity::more_than(600_000, "casualties")), (moscow, Quantity::less_than(90_000, "casualties"))] {
    ///     graph.insert(Claim::by(who).asserts(event, CAUSES_CASUALTIES, ()).quantity(figure).reported(day))?;
    /// }
    /// let asked = graph.statement(event, CAUSES_CASUALTIES, ()).quantity(Quantity::no_less_than(500_000, "casualties"));
    /// let parts = asked.corroboration();
    /// let figure = parts.facet(&Facet::Quantity).expect("it is asked for");
    /// assert_eq!((figure.speakers(), figure.verdict()), (vec![kyiv.id()], Verdict::Disputed));
    /// assert_eq!(figure.against()[0].speaker(), Some(moscow.id()));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn corroboration(&self) -> Findings<'g, Corroboration<'g>> {
        let view = &self.view;
        let whole = || self.clone().without_particulars();
        let part =
            |facet: Facet, inquiry: StatementQuery<'g>| Asked { facet, inquiry, bears: None };
        let mut parts = vec![part(Facet::Participants, whole())];
        let implied = self.relation_asked().into_iter().flat_map(|relation| view.implied(relation));
        parts.extend(
            implied.map(|(facet, relation, swapped)| part(facet, whole().under(relation, swapped))),
        );
        let figures = |claim: ClaimRef<'g>| {
            self.figure_asked()
                .map_or(Bears::Silent, |wanted| view.figure_bears(claim, wanted, self.time_asked()))
        };
        if let Some(quantity) = self.figure_asked() {
            let inquiry = whole().quantity(quantity.clone());
            parts.push(Asked { facet: Facet::Quantity, inquiry, bears: Some(&figures) });
        }
        parts.extend(
            self.each_role().map(|(role, inquiry)| part(view.facet_of_role(role), inquiry)),
        );
        let times = |claim: ClaimRef<'g>| {
            self.time_asked().map_or(Bears::Silent, |p| view.time_bears(claim, p, self.is_once()))
        };
        if let Some(period) = self.time_asked() {
            parts.push(Asked {
                facet: Facet::Time,
                inquiry: whole().valid(period.clone()),
                bears: Some(&times),
            });
        }
        view.corroborated(parts, &|_| true, None)
    }
}
