//! The distinct statements of a view: each relation between the same ends, with the same roles, once.

use crate::graph::claim_ref::ClaimRef;
use crate::graph::statement_ref::{StatementRef, Term};
use crate::model::id::{ClaimId, EntityId, RelationId};
use crate::model::value::stance::Stance;
use crate::questions::content::Content;
use crate::questions::statement::StatementQuery;
use crate::questions::statement::summary::StatementSummary;
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::{json_form, some};
use crate::view::proof::Proof;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

/// A statement of a view, with the claims that make it or deny it. Nothing is counted before
/// [`summary`](Self::summary) is called.
///
/// `Display` gives the statement in words and the summary.
#[derive(Clone)]
pub struct DistinctStatement<'g> {
    of: Arc<Shared<'g>>,
    said: Said<'g>,
    /// The place of the claims in the list of all.
    claims: (usize, usize),
}

/// The parts that the statements of one view have in common.
struct Shared<'g> {
    view: View<'g>,
    /// The claims of all statements, those of one beside each other.
    claims: Vec<ClaimId>,
}

/// A statement as one of its claims makes it.
#[derive(Clone, Copy)]
struct Said<'g> {
    statement: StatementRef<'g>,
    /// Whether its roles are left out: who acknowledges a claim does not say them.
    bare: bool,
}

impl<'g> DistinctStatement<'g> {
    /// Returns what is said: relation, ends and roles, without a figure and a time.
    pub fn content(&self) -> Content<'g> {
        Content::of_statement(self.of.view.graph, self.said.statement, self.said.bare)
    }

    /// Returns the claims of the view that make the statement or deny it, of any modality, in order of insertion. Claims
    /// that confirm or acknowledge another claim as a whole are among those of what they repeat. Claims that only imply
    /// the statement are not among them: [`summary`](Self::summary) counts these too.
    pub fn claims(&self) -> &[ClaimId] {
        let (start, end) = self.claims;
        self.of.claims.get(start..end).unwrap_or_default()
    }

    /// Returns the question about the statement, answered from the view. It asks for what is actual; for plans and
    /// demands, set another modality.
    pub fn query(&self) -> StatementQuery<'g> {
        let query = self.of.view.inquire(self.said.statement);
        if self.said.bare { query.without_roles() } else { query }
    }

    /// Returns the short answer: how many claims are for and against it, on how many independent sources it stands, and
    /// the figures.
    pub fn summary(&self) -> StatementSummary {
        self.query().summary()
    }
}

impl DistinctStatement<'_> {
    /// Returns the claims in the order of findings.
    fn ordered(&self) -> Vec<ClaimId> {
        let mut claims = self.claims().to_vec();
        self.of.view.graph.sort_findings(&mut claims, |claim| *claim);
        claims
    }
}

impl Finding for DistinctStatement<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.ordered()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        proof.absorb(&self.query().backing().proof());
    }
}

json_form!(DistinctStatement<'_>, |it| {
    subject: it.content().record(it.content().subject()),
    relation: &it.content().relation().key,
    object => Some(it.content().object()).filter(|object| *object != Term::Nothing)
        .map(|object| it.content().record(object)),
    roles => some(&it.content().role_records()),
    claims: it.of.view.graph.keyed(&it.ordered()),
    summary: it.summary(),
});

impl fmt::Display for DistinctStatement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.content(), self.summary())
    }
}

impl fmt::Debug for DistinctStatement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DistinctStatement({}, {:?})", self.content(), self.claims())
    }
}

/// Two entities and a relation, and the words of everything else. Claims that say the same have equal keys.
enum Key {
    Plain((RelationId, EntityId, EntityId)),
    Other(String),
}

/// The statements that were met, and for each claim the place of a statement that it makes.
#[derive(Default)]
struct Met<'g> {
    plain: FxHashMap<(RelationId, EntityId, EntityId), usize>,
    /// Texts from outside, so that the seed of the hash is secret.
    others: HashMap<String, usize>,
    all: Vec<Said<'g>>,
    claims: Vec<(usize, ClaimId)>,
}

impl<'g> Met<'g> {
    fn add(&mut self, view: &View<'g>, claim: ClaimId, said: Said<'g>) {
        let next = self.all.len();
        let place = match view.key_of(said) {
            Key::Plain(key) => *self.plain.entry(key).or_insert(next),
            Key::Other(key) => *self.others.entry(key).or_insert(next),
        };
        if place == next {
            self.all.push(said);
        }
        self.claims.push((place, claim));
    }
}

impl<'g> View<'g> {
    /// Returns each distinct statement of the view once: what this pile of claims says. Statements are the same if the
    /// relation, the ends and the roles that are a part of what is said are the same; a symmetric or inverse relation is
    /// read from either side. Figures, times, modalities and denials do not make another statement.
    ///
    /// They are in the order of the keys of subject, relation and object. Finding them takes one pass over the claims;
    /// each answer is worked out when it is asked for.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let day = date(2024, 10, 24);
    /// graph.insert(Claim::by(russia).asserts(russia, TREATY_WITH, nk).reported(day))?;
    /// graph.insert(Claim::by(nk).asserts(nk, TREATY_WITH, russia).reported(day))?;
    /// graph.insert(Claim::by(nk).denies(nk, DEPLOYS_TO, russia).reported(day))?;
    /// let mut statements = graph.view().statements().to_vec();
    /// statements.sort_by_cached_key(|it| std::cmp::Reverse(it.summary().sources));
    /// let lines: Vec<String> = statements.iter().map(ToString::to_string).collect();
    /// assert_eq!(lines, ["nk has a treaty with russia: yes, on 2 independent sources", "nk deploys to russia: no, contested"]);
    /// let summary = statements[0].summary();
    /// assert_eq!((summary.claims_for, summary.claims_against), (2, 0));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn statements(&self) -> Findings<'g, DistinctStatement<'g>> {
        let mut met = Met::default();
        for claim in self.claims() {
            let id = claim.id();
            if let Some(statement) = claim.statement() {
                met.add(self, id, Said { statement, bare: false });
            }
            for &repeated in self.repeated(claim) {
                let bare = claim.stance() == Stance::Acknowledges;
                let statement = self.statement_of(repeated);
                statement
                    .into_iter()
                    .for_each(|it| met.add(self, id, Said { statement: it, bare }));
            }
        }
        let Met { all, mut claims, .. } = met;
        claims.sort_unstable();
        claims.dedup();
        let mut ends = vec![0; all.len()];
        for (end, &(place, _)) in (1..).zip(&claims) {
            ends.get_mut(place).into_iter().for_each(|last| *last = end);
        }
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let ranges: Vec<(usize, usize)> = starts.zip(ends.iter().copied()).collect();
        let claims = claims.into_iter().map(|(_, claim)| claim).collect();
        let of = Arc::new(Shared { view: self.clone(), claims });
        let found = all.into_iter().zip(ranges);
        let found = found.map(|(said, claims)| DistinctStatement { of: of.clone(), said, claims });
        Findings::of(self, self.sorted(found.collect()))
    }

    /// Returns the statement of a claim, or of what it revises.
    fn statement_of(&self, claim: ClaimId) -> Option<StatementRef<'g>> {
        let claim = ClaimRef::new(self.graph, claim)?;
        let revised = claim.revised().and_then(|it| ClaimRef::new(self.graph, it.statement));
        revised.unwrap_or(claim).statement()
    }

    fn key_of(&self, said: Said<'g>) -> Key {
        let Said { statement, bare } = said;
        let (subject, object) = (statement.subject(), statement.object());
        let plain =
            bare || !statement.held_roles().iter().any(|(role, _)| self.graph.is_content(*role));
        if let (true, Term::Entity(subject), Term::Entity(object)) = (plain, subject, object) {
            let relation = statement.relation_id();
            let (relation, [subject, object]) =
                self.graph.primary(relation, [subject, object], |end| Some(*end));
            return Key::Plain((relation, subject, object));
        }
        let content = Content::of_statement(self.graph, statement, bare);
        Key::Other(serde_json::to_string(&content).unwrap_or_default())
    }

    /// Returns the statements by the keys of subject, relation and object, and then by the roles.
    fn sorted(&self, found: Vec<DistinctStatement<'g>>) -> Vec<DistinctStatement<'g>> {
        let graph = self.graph;
        let contents = found.iter().map(DistinctStatement::content);
        let contents: Vec<Content<'g>> = contents.collect();
        let ends = || contents.iter().flat_map(|it| [it.subject(), it.object()]);
        let entities: FxHashSet<EntityId> = ends().filter_map(Term::entity).collect();
        let mut entities: Vec<EntityId> = entities.into_iter().collect();
        entities.sort_unstable_by_key(|entity| graph.key_of(*entity));
        let others = ends().filter(|end| end.entity().is_none());
        let others: BTreeSet<_> = others.map(|end| graph.place_of(end)).collect();
        let others: BTreeMap<_, usize> = others.into_iter().zip(entities.len()..).collect();
        let entities: FxHashMap<EntityId, usize> = entities.into_iter().zip(0..).collect();
        let rank = |end: Term<'g>| match end.entity() {
            Some(entity) => entities.get(&entity).copied(),
            None => others.get(&graph.place_of(end)).copied(),
        };
        let order = |content: &Content<'g>| {
            let roles = Some(content.role_records()).filter(|roles| !roles.is_empty());
            let roles = roles.map(|roles| serde_json::to_string(&roles).unwrap_or_default());
            (rank(content.subject()), &content.relation().key, rank(content.object()), roles)
        };
        let mut ordered: Vec<_> = contents.iter().map(order).zip(found).collect();
        ordered.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        ordered.into_iter().map(|(_, found)| found).collect()
    }
}
