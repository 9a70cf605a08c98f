//! Support and contradiction of one claim or question, part by part: a confirmation covers what it
//! says, and a claim that does not mention a part is silent on it.

use crate::graph::claim_ref::ClaimRef;
use crate::model::error::Error;
use crate::model::id::{ClaimId, EntityId, RelationId};
use crate::model::value::answer::Answer;
use crate::model::value::stance::Bearing;
use crate::questions::contest_kind::ContestKind;
use crate::questions::response::Response;
use crate::questions::statement::StatementQuery;
use crate::sources::facet::{Facet, Verdict};
use crate::sources::independence::Independence;
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::{json_form, some};
use crate::view::proof::Proof;
use crate::view::steps::Steps;
use indexmap::IndexSet;
use std::fmt;

/// The support of one part of a claim or statement: which claims support it, contradict it, or are silent.
#[derive(Clone, Debug)]
pub struct Corroboration<'g> {
    facet: Facet,
    /// The claim that was asked about; `None` for a question.
    of: Option<ClaimId>,
    backing: Vec<Response<'g>>,
    against: Vec<Response<'g>>,
    open: Vec<ClaimRef<'g>>,
    silent: Vec<ClaimRef<'g>>,
    incomparable: Vec<ClaimRef<'g>>,
    independence: Independence<'g>,
}

impl<'g> Corroboration<'g> {
    /// Returns the part.
    pub fn facet(&self) -> &Facet {
        &self.facet
    }

    /// Returns the claims that support it, with or without evidence of their own. If a claim was asked about, claims of
    /// its speaker are not among them.
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

    /// Returns the claims among the silent ones that give a figure of another unit, which cannot be compared with the one
    /// that is asked about.
    pub fn incomparable(&self) -> &[ClaimRef<'g>] {
        &self.incomparable
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
    incomparable => some(&it.incomparable),
    independence: it.independence,
});

/// "quantity: nobody else; Kyiv says 12,000 troops: the two figures cannot both be right …; silent: Austin".
impl fmt::Display for Corroboration<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.facet)?;
        if self.backing.is_empty() {
            f.write_str("nobody else")?;
        } else {
            let says = |backing: &Response<'_>| {
                let (claim, stance) = (backing.claim(), backing.stance().to_string());
                format!("{} {}", claim.speaker_name(), claim.graph().does(claim.speaker(), &stance))
            };
            f.write_str(&self.backing.iter().map(says).collect::<Vec<_>>().join(", "))?;
            write!(f, " ({} independent in all)", self.independence.count())?;
        }
        self.against.iter().try_for_each(|against| write!(f, "; {against}"))?;
        let lists = [
            ("open", &self.open),
            ("silent", &self.silent),
            ("with another unit", &self.incomparable),
        ];
        for (word, claims) in lists {
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

impl<'g> View<'g> {
    /// Returns the relations that a statement's own implies, each with whether it is read from the other side.
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
            (Facet::Implied(vocabulary.relations.key(implied).to_owned()), implied, swapped)
        })
    }

    /// Returns how other claims support or contradict one claim, part by part: the relation between the parties, each
    /// relation that it implies, the figure, each role, the time. If the claim does not have a part, that part is not
    /// listed. A claim supports a part if it entails it: by a relation that implies the asked one, by a part of an end
    /// or a place in it, by a figure that makes the asked one true, or by a time within the asked time.
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
    ///     "quantity: nobody else; kyiv says 12,000 troops: the two figures cannot both be right at one time; silent: austin");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is no such claim in the graph.
    pub fn corroboration(&self, of: ClaimId) -> Result<Findings<'g, Corroboration<'g>>, Error> {
        let claim = self.graph.claim(of)?;
        let contests = claim.stance().bearing() == Some(Bearing::Contests);
        let parts = match claim.statement().filter(|_| !contests) {
            None => Findings::of(self, Vec::new()),
            Some(statement) => {
                let mut asked = self.inquire(statement).modality(claim.modality());
                asked.roles = claim.held_roles().to_vec();
                (asked.quantity, asked.valid) = (claim.quantity().cloned(), claim.holding());
                asked.corroborated(Some(claim))
            }
        };
        Ok(parts.beside(vec![of], Vec::new()))
    }

    /// Returns whether the claim is in the view and an independent source says the same.
    pub fn is_corroborated(&self, claim: ClaimRef<'g>) -> bool {
        self.corroboration(claim.id()).is_ok_and(|parts| {
            parts.facet(&Facet::Participants).is_some_and(|part| part.independence.count() > 1)
        })
    }
}

impl<'g> StatementQuery<'g> {
    /// Returns how claims support or contradict the statement, part by part: the relation between the parties, each
    /// relation that it implies, and the figure, each role and the time that are asked for. With [`once`](Self::once),
    /// a claim with another date contradicts it.
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
        self.corroborated(None)
    }

    /// Returns how claims support or contradict each part. If the question was made of a claim, claims of its speaker are
    /// not listed, and the claim itself stands on each part.
    fn corroborated(&self, own: Option<ClaimRef<'g>>) -> Findings<'g, Corroboration<'g>> {
        let graph = self.view.graph;
        let counts = |claim: ClaimRef<'g>| {
            own.is_none_or(|own| claim.id() != own.id() && claim.speaker() != own.speaker())
        };
        let listed = |asked: &Self| -> Vec<Response<'g>> {
            asked.counted_backing().into_iter().filter(|backing| counts(backing.claim())).collect()
        };
        let timeless = self.clone().without_particulars();
        let all = listed(&timeless);
        // The time of a claim is a part of it. The time of a question is what it asks about.
        let whole = match own {
            None => timeless.clone().at_the_time_of(self),
            Some(_) => timeless.clone(),
        };
        let mut found: Vec<Corroboration<'g>> = Vec::new();
        for (facet, asked) in self.parts(&whole) {
            let timely = facet == Facet::Time;
            let (denied, apart) = match facet {
                Facet::Participants | Facet::Implied(_) => {
                    (ContestKind::FactDenied, ContestKind::FiguresApart)
                }
                Facet::Time => (ContestKind::FacetDenied, ContestKind::TimesApart),
                _ => (ContestKind::FacetDenied, ContestKind::FiguresApart),
            };
            let (backing, mut open) = (listed(&asked), Vec::new());
            // A denial is against a part if it is certainly of the time that is asked about.
            let then = asked.clone().at_the_time_of(self);
            let mut against = if timely { Vec::new() } else { then.denied(denied) };
            // The speaker of the claim may have revised this part since.
            let current = own.filter(|own| match facet {
                Facet::Quantity => self.view.has_current_figure(*own),
                Facet::Time => self.view.has_current_time(*own),
                _ => true,
            });
            // A question for a time has chosen the figures of that time.
            let sides: Vec<ClaimRef<'g>> = match (own, &self.valid) {
                (Some(own), _) => vec![own],
                (None, Some(_)) => Vec::new(),
                (None, None) => backing.iter().map(Response::claim).collect(),
            };
            let supported = |claim: ClaimRef<'g>| self.supported_by(&facet, claim, &sides);
            // A figure does not travel to an implied relation.
            for claim in all.iter().filter(|b| timely || !b.is_implied()).map(Response::claim) {
                match supported(claim) {
                    Some(Answer::No) => {
                        against.push(Response::against(claim, apart, Steps::default()))
                    }
                    Some(Answer::Unknown) => open.push(claim),
                    Some(Answer::Yes) | None => {}
                }
            }
            against.retain(|against| counts(against.claim()));
            graph.sort_findings(&mut against, |against| against.claim().id());
            let supporters = backing.iter().map(Response::claim).chain(current);
            let independence = self.view.independence_of(supporters.map(ClaimRef::id));
            let figure = facet == Facet::Quantity;
            let others = all.iter().map(Response::claim).filter(|claim| figure && counts(*claim));
            let incomparable = others.filter(|claim| self.has_another_unit(*claim)).collect();
            let (of, silent) = (own.map(ClaimRef::id), Vec::new());
            found.push(Corroboration {
                facet,
                of,
                backing,
                against,
                open,
                silent,
                incomparable,
                independence,
            });
        }
        // Claims that support some part, and say nothing of another.
        let speaking: IndexSet<ClaimId> = found
            .iter()
            .flat_map(|part| &part.backing)
            .chain(&all)
            .map(|backing| backing.claim().id())
            .collect();
        for part in &mut found {
            let spoken: IndexSet<ClaimId> =
                part.claims().into_iter().chain(part.open.iter().map(|c| c.id())).collect();
            let silent = speaking.iter().filter(|claim| !spoken.contains(*claim));
            part.silent = silent.filter_map(|&id| ClaimRef::new(graph, id)).collect();
            graph.sort_findings(&mut part.silent, |claim| claim.id());
        }
        Findings::of(&self.view, found)
    }
    /// Returns the parts that are asked about, each with the question about it alone.
    fn parts(&self, whole: &Self) -> Vec<(Facet, Self)> {
        let implied = self.relation.into_iter().flat_map(|relation| self.view.implied(relation));
        let implied = implied
            .map(|(facet, relation, swapped)| (facet, whole.clone().under(relation, swapped)));
        let figure = self
            .figure_asked()
            .map(|figure| (Facet::Quantity, whole.clone().quantity(figure.clone())));
        let roles = self
            .each_role()
            .map(|(role, asked)| (Facet::Role(role.to_owned()), asked.at_the_time_of(whole)));
        let time = self.valid.clone().map(|time| (Facet::Time, whole.clone().valid(time)));
        let participants = [(Facet::Participants, whole.clone())].into_iter();
        participants.chain(implied).chain(figure).chain(roles).chain(time).collect()
    }

    /// Returns the claims that certainly deny the statement, or the part of it that was asked for.
    fn denied(&self, wanted: ContestKind) -> Vec<Response<'g>> {
        let against = self.against().into_iter();
        against
            .filter(|against| against.kind() == Some(wanted) && against.certain().is_yes())
            .map(|against| Response::against(against.claim(), wanted, against.steps_shared()))
            .collect()
    }
}
