//! Where a claim or statement ultimately comes from, and on how many independent sources it stands.
//!
//! Two numbers, never mixed. The *roots* are where the lineage of each outermost speaker ends. The
//! *independence* is the smallest number of parties that would all have to be wrong for the statement
//! to lose its support: a minimum vertex cut between the reader and the statement. Two roots may quote
//! one person, so neither number bounds the other.

use crate::graph::claim_ref::ClaimRef;
use crate::model::error::Error;
use crate::model::id::{ClaimId, EntityId};
use crate::model::lineage::Dependence;
use crate::model::text::bracketed;
use crate::model::value::stance::Stance;
use crate::model::vocabulary::kind::Id;
use crate::questions::WatchItem;
use crate::questions::response::Response;
use crate::questions::statement::StatementQuery;
use crate::sources::copy::{Copies, Dependent};
use crate::sources::independent_source::{IndependentSource, Party, parties};
use crate::sources::one_word::OneWord;
use crate::sources::vertex_cut::{Network, Vertex};
use crate::view::finding::{Findings, counted};
use crate::view::json::json_form;
use crate::view::proof::{Proof, Step};
use crate::view::superseded::Superseded;
use crate::view::{Sieve, View};
use indexmap::IndexSet;
use rustc_hash::FxHashSet;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Returns on how many independent sources a statement stands.
///
/// Its `Display` says the number, the parties and the roots in one line.
#[derive(Clone)]
pub struct Independence<'g> {
    pub(crate) view: View<'g>,
    /// Claims that add evidence, in no order; and in the order of findings, once somebody asks.
    pub(crate) supporters: Vec<ClaimRef<'g>>,
    /// The same claims, and claims that were left out with a source.
    pub(crate) known: Vec<ClaimRef<'g>>,
    /// Claims that the speakers of some supporters revised.
    pub(crate) revised: Vec<ClaimRef<'g>>,
    ordered: OnceLock<Vec<ClaimId>>,
    pub(crate) network: Network,
    /// A smallest cut that takes no two speakers for one.
    widest: Vec<Party>,
    /// A smallest cut that takes speakers for one whose word may be one.
    cut: Vec<IndependentSource>,
    pub(crate) one_word: OneWord,
    roots: Vec<Option<EntityId>>,
    pub(crate) copies: Copies,
    pub(crate) counts_documents: bool,
    /// The statement that was asked about; its proof has the steps from the claims to it.
    asked: Option<Box<StatementQuery<'g>>>,
}

impl<'g> View<'g> {
    /// Returns on how many independent sources these claims stand together.
    pub fn independence_of(&self, claims: impl IntoIterator<Item = ClaimId>) -> Independence<'g> {
        let claims: IndexSet<ClaimId> = claims.into_iter().collect();
        let known = claims.into_iter().filter_map(|id| ClaimRef::new(self.graph, id));
        let known: Vec<ClaimRef<'g>> =
            known.filter(|claim| claim.stance().adds_evidence()).collect();
        let supporters = known.iter().copied().filter(|&claim| self.passes(claim)).collect();
        Independence::of(self.clone(), known, supporters, Vec::new(), false)
    }
}

impl<'g> Independence<'g> {
    /// Makes the independence of claims that add evidence, in any order. The claims that are `known` show which
    /// of them are copies.
    pub(crate) fn of(
        view: View<'g>,
        known: Vec<ClaimRef<'g>>,
        supporters: Vec<ClaimRef<'g>>,
        revised: Vec<ClaimRef<'g>>,
        counts_documents: bool,
    ) -> Self {
        // Without its revision, what was revised is evidence again.
        let all: Vec<ClaimRef<'g>> = supporters.iter().chain(&revised).copied().collect();
        let paths = view.paths(&all, counts_documents);
        let copies = view.copies(&known, &supporters);
        let network = |one_word: &OneWord| paths.network(view.graph, &all, &copies, one_word);
        let apart = network(&OneWord::default());
        let roots = view.sorted_roots(paths.roots(&supporters, &copies));
        let named: FxHashSet<EntityId> = roots.iter().copied().flatten().collect();
        let preferred = |vertex| match vertex {
            Vertex::Party(entity) => named.contains(&entity),
            Vertex::Unstated(..) => true,
            Vertex::Relay(_) => false,
        };
        let widest = apart.minimum(&preferred);
        let one_word = view.one_word(paths.ends(&supporters));
        let cut = match one_word.is_empty() {
            true => widest.clone(),
            false => network(&one_word).minimum(&preferred),
        };
        let cut = IndependentSource::each(cut, &one_word);
        Independence {
            view,
            known,
            supporters,
            revised,
            ordered: OnceLock::new(),
            network: apart,
            widest: parties(widest),
            cut,
            one_word,
            roots,
            copies,
            counts_documents,
            asked: None,
        }
    }

    /// Counts documents, publishers and wires as parties that can be wrong too.
    #[must_use]
    pub fn counting_documents(self) -> Self {
        let asked = self.asked;
        Self { asked, ..Self::of(self.view, self.known, self.supporters, self.revised, true) }
    }

    /// Returns on how many independent sources the statement stands at least: the smallest number of parties that would
    /// all have to be wrong, if each word that may be somebody else's is that. The word of a whole may be that of what
    /// belongs to it, and speakers whose names are withheld may be one person. [`at_most`](Self::at_most) takes no two for
    /// one.
    ///
    /// ```
    /// use claimgraph::{date, entity::Affiliation, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let (state, ministry) = (graph.add(State, "state")?, graph.add(Agency, "ministry")?);
    /// for who in [state.id(), ministry.id()] {
    ///     graph.insert(Claim::by(who).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
    /// }
    /// let sent = |graph: &ClaimGraph| {
    ///     let independence = graph.statement(nk, DEPLOYS_TO, russia).independence();
    ///     (independence.count(), independence.at_most())
    /// };
    /// assert_eq!(sent(&graph), (2, 2));
    /// graph.add_affiliation(Affiliation::part_of(ministry, state))?;
    /// assert_eq!(sent(&graph), (1, 2));
    /// let independence = graph.statement(nk, DEPLOYS_TO, russia).independence();
    /// assert!(independence.to_string().starts_with("1, perhaps 2 independent sources (ministry, perhaps one with state)"));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn count(&self) -> usize {
        self.cut.len()
    }

    /// Returns on how many independent sources the statement stands at most: the smallest number of parties that would
    /// all have to be wrong, if no two words are one.
    pub fn at_most(&self) -> usize {
        self.widest.len()
    }

    /// Returns a smallest set of parties that would all have to be wrong, as many as [`count`](Self::count), each with
    /// those that may be one with it. They are roots if a smallest set of roots exists, in order of their keys.
    pub fn cut(&self) -> &[IndependentSource] {
        &self.cut
    }

    /// Returns a smallest set of parties that would all have to be wrong, as many as [`at_most`](Self::at_most): roots if
    /// a smallest set of roots exists, in order of their keys.
    pub fn widest_cut(&self) -> &[Party] {
        &self.widest
    }

    /// Returns every smallest set of parties that takes no two speakers for one, at most `limit` of them.
    pub fn all_cuts(&self, limit: usize) -> Vec<Vec<Party>> {
        self.network.enumerate(limit).into_iter().map(parties).collect()
    }

    /// Returns the minimal sets of at most `up_to` parties that would all have to be wrong: no party of a set can be
    /// left out. Smaller sets come first; at most `limit` are returned. The work grows with the length of the paths to
    /// the power of `up_to`: ask for few parties.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, sources::Party, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let (lee, park, nis) = (graph.add(Person, "lee")?, graph.add(Person, "park")?, graph.add(Agency, "nis")?);
    /// for spokesman in [lee, park] {
    ///     graph.insert(Claim::by(nis).relayed_by(spokesman).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
    /// }
    /// let independence = graph.statement(nk, DEPLOYS_TO, russia).independence();
    /// let sources = |them: &[claimgraph::EntityId]| them.iter().map(|&e| Party::Source(e)).collect::<Vec<_>>();
    /// assert_eq!(independence.all_cuts(9), [sources(&[nis.id()])]);
    /// assert_eq!(independence.minimal_cuts(2, 9), [sources(&[nis.id()]), sources(&[lee.id(), park.id()])]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn minimal_cuts(&self, up_to: usize, limit: usize) -> Vec<Vec<Party>> {
        self.network.minimal(up_to, limit).into_iter().map(parties).collect()
    }

    /// Returns the claims that do not count as sources of their own, each with the reason: the lineage it comes
    /// by, or the claim it is a copy of.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, sources::Dependence, Claim, ClaimGraph, DocumentInfo};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// for key in ["morning-post", "evening-post"] {
    ///     let story = graph.add_document(key, DocumentInfo::dated(date(2024, 10, 24)).with_text("Troops have arrived."))?;
    ///     graph.insert(Claim::by(story).asserts(nk, DEPLOYS_TO, russia).read_in(story, 0..20))?;
    /// }
    /// let independence = graph.statement(nk, DEPLOYS_TO, russia).independence();
    /// assert_eq!(independence.count(), 1);
    /// assert_eq!(independence.dependents().first().map(|d| d.reason()), Some(Dependence::SameText));
    /// let apart = graph.view().without_dependence(Dependence::SameText);
    /// assert_eq!(apart.statement(nk, DEPLOYS_TO, russia).independence().count(), 2);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn dependents(&self) -> Findings<'g, Dependent<'g>> {
        let graph = self.view.graph;
        let view = Arc::new(self.view.clone());
        let drawn = self.supporters.iter().copied();
        let drawn = drawn.filter(|&claim| !view.first_lineages(claim, 1).is_empty());
        let drawn = drawn.map(|claim| Dependent::by_lineage(claim, &view));
        let copied = self.copies.iter().filter_map(|(&copy, &(original, reason))| {
            Some(Dependent::copy(
                ClaimRef::new(graph, copy)?,
                ClaimRef::new(graph, original)?,
                reason,
                &view,
            ))
        });
        let mut found: Vec<Dependent<'g>> = drawn.chain(copied).collect();
        found.sort_by_key(Dependent::reason);
        graph.sort_findings(&mut found, |dependent| dependent.claim().id());
        Findings::of(&self.view, found)
    }

    /// Returns the roots of the support, in order of keys; `None` stands for an unknown root. The number of roots may
    /// differ from [`count`](Self::count).
    pub fn roots(&self) -> &[Option<EntityId>] {
        &self.roots
    }

    /// Returns the claims that add evidence, in the order of findings.
    pub fn claims(&self) -> &[ClaimId] {
        self.ordered.get_or_init(|| {
            let mut ordered: Vec<ClaimId> =
                self.supporters.iter().map(|claim| claim.id()).collect();
            self.view.graph.sort_findings(&mut ordered, |&id| id);
            ordered
        })
    }

    fn in_order(&self) -> impl Iterator<Item = ClaimRef<'g>> {
        self.claims().iter().filter_map(|&id| ClaimRef::new(self.view.graph, id))
    }

    /// Returns the innermost speakers of those claims, each once.
    pub fn speakers(&self) -> Vec<EntityId> {
        self.in_order().filter_map(ClaimRef::speaker).collect::<IndexSet<_>>().into_iter().collect()
    }

    /// Returns the documents those claims were read in, each once.
    pub fn documents(&self) -> Vec<EntityId> {
        let documents = self.in_order().filter_map(|claim| claim.document().map(Id::id));
        documents.collect::<IndexSet<_>>().into_iter().collect()
    }

    /// Returns the claims and the lineage it rests on.
    pub fn proof(&self) -> Proof<'g> {
        let mut proof = Proof::of(&self.view);
        let backing = self.asked.iter().flat_map(|inquiry| inquiry.counted_backing());
        for backing in backing.filter(Response::adds_evidence) {
            proof.add_steps(backing.steps());
        }
        self.in_order().for_each(|claim| self.view.prove_lineage(&mut proof, claim));
        let copies = self.copies.iter().filter(|(_, (_, why))| *why == Dependence::CommonOrigin);
        let copies: FxHashSet<ClaimId> = copies.flat_map(|(&it, &(of, _))| [it, of]).collect();
        for claim in self.in_order().filter(|claim| copies.contains(&claim.id())) {
            proof.add_lineages(self.view.provenance(claim).1.lineages());
        }
        let affiliations = self.one_word.affiliations.iter().copied();
        proof.add_steps(&affiliations.map(Step::Affiliated).collect::<Vec<_>>());
        proof.settled()
    }
}

json_form!(Independence<'_>, |it| {
    count: it.count(),
    at_most: it.at_most(),
    cut: it.cut.iter().map(|source| source.keyed(it.view.graph)).collect::<Vec<_>>(),
    including_possible => Some(true).filter(|_| it.view.sieve.including_possible),
    roots: it.roots.iter().map(|&root| it.view.graph.keyed_entity(root)).collect::<Vec<_>>(),
    claims: it.view.graph.keyed(it.claims()),
});

impl fmt::Display for Independence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let graph = self.view.graph;
        let names: Vec<String> = self.cut.iter().map(|source| source.named(graph)).collect();
        match self.at_most() {
            most if most == self.count() => f.write_str(&counted(most, "independent source"))?,
            most => write!(f, "{}, perhaps {}", self.count(), counted(most, "independent source"))?,
        }
        f.write_str(&bracketed(&[names.join(", ")]))?;
        let speakers =
            self.supporters.iter().map(|claim| claim.speaker()).collect::<IndexSet<_>>().len();
        write!(f, ", {} with evidence", counted(speakers, "speaker"))?;
        match self.view.sieve.including_possible {
            true => f.write_str(", with those that are only possible at the time"),
            false => Ok(()),
        }
    }
}

impl fmt::Debug for Independence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Independence({self})")
    }
}

impl<'g> StatementQuery<'g> {
    /// Returns on how many independent sources the statement stands. Only claims that add evidence count: not
    /// those that acknowledge or presuppose it.
    pub fn independence(&self) -> Independence<'g> {
        let supporters = self.evidence();
        // What was left out with a source still shows which of the others are copies of one.
        let known = match self.view.sieve.excluding_source.is_empty() {
            true => supporters.clone(),
            false => {
                let sieve = Sieve { excluding_source: Vec::new(), ..self.view.sieve.clone() };
                self.asked_of(View::through(self.view.graph, sieve)).evidence()
            }
        };
        let asked = Some(Box::new(self.clone()));
        let revised = self.revised_evidence(&supporters);
        let view = self.view.clone();
        Independence { asked, ..Independence::of(view, known, supporters, revised, false) }
    }

    /// Returns the claims that would be evidence if these revisions did not repeat them.
    fn revised_evidence(&self, supporters: &[ClaimRef<'g>]) -> Vec<ClaimRef<'g>> {
        let revisions = supporters.iter().filter(|it| it.stance() == Stance::Revises);
        let revisions: FxHashSet<ClaimId> = revisions.map(|it| it.id()).collect();
        if revisions.is_empty() {
            return Vec::new();
        }
        let repeated = |claim: &ClaimRef<'g>| {
            let by = self.view.superseded(claim.id()).map(Superseded::all).unwrap_or_default();
            by.iter().any(|revision| revisions.contains(revision))
        };
        let superseded = self.supporting().into_values().filter(Response::is_superseded);
        let evidence = superseded.filter(|it| it.adds_evidence() && self.view.counts(it.in_time()));
        evidence.map(|backing| backing.claim()).filter(repeated).collect()
    }

    /// Returns the claims that back the statement and add evidence, in no order.
    pub(crate) fn evidence(&self) -> Vec<ClaimRef<'g>> {
        let supporting = self.counted_support().into_values();
        supporting.filter(Response::adds_evidence).map(|backing| backing.claim()).collect()
    }
}

impl<'g> WatchItem<'g> {
    /// Returns on how many independent sources it stands that it happened: by the claims that certainly say so. In a view
    /// that is [`including_possible`](View::including_possible), those count that perhaps do.
    pub fn independence(&self) -> Independence<'g> {
        let view = self.view();
        let meets = self.developments().iter().filter(|it| it.meets() && view.counts(it.certain()));
        view.independence_of(meets.map(|it| it.claim().id()))
    }
}

impl<'g> View<'g> {
    /// Returns where the claim comes from: the end of the believed lineage from the outermost speaker that is
    /// not a relay, several if the lineage branches, in order of keys. `None` is a root that is not known: the
    /// innermost speaker is neither named nor inferred. Sources quoted further inside the chain are not roots.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, sources::Lineage, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nis, committee) = (graph.add(Agency, "nis")?, graph.add(Agency, "committee")?);
    /// let russia = graph.add(State, "russia")?;
    /// let link = graph.add_lineage(Lineage::new(committee, nis))?;
    /// let claim = graph.insert(Claim::by(committee).asserts(russia, ATTACKS, russia).reported(date(2024, 10, 24)))?;
    /// assert_eq!(graph.view().roots(claim)?, [Some(nis.id())]);
    /// assert!(graph.view().proof_of_roots(claim)?.lineages().eq([link]));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is no such claim in the graph.
    pub fn roots(&self, claim: ClaimId) -> Result<Vec<Option<EntityId>>, Error> {
        Ok(self.roots_of(self.graph.claim(claim)?))
    }

    /// Returns what [`roots`](Self::roots) rest on: the claim and the lineage by which they were found.
    ///
    /// # Errors
    /// There is no such claim in the graph.
    pub fn proof_of_roots(&self, claim: ClaimId) -> Result<Proof<'g>, Error> {
        let mut proof = Proof::of(self);
        self.prove_lineage(&mut proof, self.graph.claim(claim)?);
        Ok(proof.settled())
    }

    /// Adds the claim and its believed lineage.
    fn prove_lineage(&self, proof: &mut Proof<'_>, claim: ClaimRef<'g>) {
        proof.add_claim(claim.id());
        proof.add_lineages(self.descent(claim).lineages());
    }
}
