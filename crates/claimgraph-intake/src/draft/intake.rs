//! From drafts to claims: names are resolved, words are located, figures and times are read, and what is whole is
//! inserted.

use super::claim_draft::{self, refused};
use super::entity_draft::{self, new_key};
use super::fault::Fault;
use super::fields::{Fields, Notes, Text};
use super::report::{DraftReport, IntakeReport, Outcome};
use super::resolver::{Labelled, Resolver};
use super::{Drafts, Item};
use crate::name::NameIndex;
use crate::quotation::PreparedText;
use claimgraph::claim::ClaimKey;
use claimgraph::format::Savepoint;
use claimgraph::reporting::Document;
use claimgraph::{ClaimGraph, ClaimId, Entity, Id};
use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// Makes claims of drafts.
///
/// Names are looked up among the kinds that the relation takes. Words are found in the text of the document, if the graph
/// has it. Answers may stand before the drafts that they answer. A draft with a fault is refused with all its faults, and
/// the others are inserted. Nothing is guessed: what is only near to a name, a word or a passage is proposed in the fault.
/// The same drafts of the same document, read twice, change nothing the second time.
///
/// ```
/// use claimgraph::{date, reporting::*, ClaimGraph, DocumentInfo, Entity};
/// use claimgraph_intake::{Drafts, Intake, Outcome};
/// let mut graph = ClaimGraph::new();
/// graph.add(State, Entity::new("north-korea").named("North Korea"))?;
/// graph.add(State, Entity::new("russia").named("Russia"))?;
/// let text = "Seoul's spy agency said at least 3,000 troops went to Russia.";
/// let post = graph.add_document("post", DocumentInfo::dated(date(2024, 10, 24)).with_text(text))?;
/// let drafts = Drafts::from_json(r#"{
///     "entities": [{"name": "spy agency", "kind": "agency"}],
///     "claims": [{"speakers": ["spy agency"], "stance": "said", "subject": "North Korea", "relation": "deploys_to",
///                 "object": "Russia", "quantity": "at least 3,000 troops", "passage": "at least 3,000 troops went to Russia"}]
/// }"#);
/// let report = Intake::new(&mut graph).read(post, &drafts);
/// assert_eq!(report.count(Outcome::Inserted), 1, "{report}");
/// let claim = graph.claims().next().unwrap();
/// assert_eq!(claim.span().unwrap().start, 24);
/// assert_eq!(claim.quantity().unwrap().unit(), "soldiers");
/// let again = Intake::new(&mut graph).read(post, &drafts);
/// assert_eq!((again.count(Outcome::AlreadyThere), graph.len()), (1, 1));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Debug)]
pub struct Intake<'g> {
    graph: &'g mut ClaimGraph,
    names: Option<&'g mut NameIndex>,
    all_or_nothing: bool,
    creates: Option<String>,
    keeps_words: bool,
}

/// The claim or the draft that a draft is the same as.
#[derive(Clone, Copy, Debug)]
enum Same {
    OnRecord(ClaimId),
    Draft(usize),
}

impl Same {
    fn claim(self, claims: &[Option<ClaimId>]) -> Option<ClaimId> {
        match self {
            Same::OnRecord(claim) => Some(claim),
            Same::Draft(place) => claims.get(place).copied().flatten(),
        }
    }
}

/// The drafts that are the same as others.
type Sames = FxHashMap<usize, Same>;

impl<'g> Intake<'g> {
    /// Creates an intake into a graph.
    pub fn new(graph: &'g mut ClaimGraph) -> Self {
        Self { graph, names: None, all_or_nothing: false, creates: None, keeps_words: false }
    }

    /// Looks names up in an index that is kept from one document to the next. Without it, an index of the whole graph is
    /// made for each call that has a name in a form that no entity has.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, ClaimGraph, Entity};
    /// use claimgraph_intake::{Drafts, Intake, name::NameIndex};
    /// let mut graph = ClaimGraph::new();
    /// let mut names = NameIndex::of(&graph);
    /// graph.add(State, Entity::new("acme").named("Acme Republic"))?;
    /// for key in ["monday", "tuesday"] {
    ///     let post = graph.add_document(key, date(2024, 10, 24))?;
    ///     let drafts = Drafts::from_json(r#"[{"stance": "asserts", "subject": "the Acme Republic’s", "relation": "meets", "object": "acme"}]"#);
    ///     let report = Intake::new(&mut graph).names(&mut names).read(post, &drafts);
    ///     assert!(report.is_complete(), "{report}");
    /// }
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn names(self, index: &'g mut NameIndex) -> Self {
        Self { names: Some(index), ..self }
    }

    /// Inserts nothing if a draft is refused.
    #[must_use]
    pub fn all_or_nothing(self) -> Self {
        Self { all_or_nothing: true, ..self }
    }

    /// Adds an entity of this kind for a name that no entity has and no draft declares, if the place takes the kind.
    ///
    /// ```
    /// use claimgraph::{date, ClaimGraph};
    /// use claimgraph_intake::{Drafts, Intake};
    /// let mut graph = ClaimGraph::new();
    /// let post = graph.add_document("post", date(2024, 10, 24))?;
    /// let drafts = Drafts::from_json(r#"[{"stance": "asserts", "subject": "Acme", "relation": "meets", "object": "Apex"}]"#);
    /// assert!(!Intake::new(&mut graph).read(post, &drafts).is_complete());
    /// assert!(Intake::new(&mut graph).creating("Company").read(post, &drafts).is_complete());
    /// assert_eq!(graph.entity(graph.entity_keyed("acme")?)?.kind(), "Company");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn creating(self, kind: impl Into<String>) -> Self {
        Self { creates: Some(kind.into()), ..self }
    }

    /// Keeps the words of passages beside their places. The text of a document is not saved with a graph, so that without
    /// the words a passage is shown only where the text is attached again.
    #[must_use]
    pub fn keeping_words(self) -> Self {
        Self { keeps_words: true, ..self }
    }

    /// Reads drafts of a document into the graph, and reports on each.
    pub fn read(&mut self, document: Id<Document>, drafts: &Drafts) -> IntakeReport {
        let info = self.graph.document(document).ok();
        // The text is shared: the graph changes below.
        let text: Option<Box<str>> = info.and_then(|info| info.text()).map(Into::into);
        let passage = text.as_deref().map(PreparedText::of);
        let on_record = self.on_record(document);
        let mut own = NameIndex::default();
        let names = self.names.as_deref_mut().unwrap_or(&mut own);
        let mut pass = |graph: &ClaimGraph, same: &Sames| {
            let pass = Pass {
                document,
                passage: passage.as_ref(),
                names: &mut *names,
                creates: self.creates.as_deref(),
                keeps_words: self.keeps_words,
                on_record: &on_record,
                same,
                graph: graph.clone(),
                labels: IndexMap::new(),
                inserted: FxHashMap::default(),
                claims: vec![None; drafts.claims.len()],
                found: Sames::default(),
            };
            pass.run(drafts)
        };
        let mut done = match pass(self.graph, &Sames::default()) {
            first if first.found.is_empty() => first,
            // Drafts that are there already are not inserted once more.
            first => pass(self.graph, &first.found),
        };
        done.report.faults.clone_from(&drafts.faults);
        done.report.repairs.clone_from(&drafts.repairs);
        if self.all_or_nothing && !done.report.is_complete() {
            done.report.hold_back();
            // It has read entities that the graph does not get.
            *names = NameIndex::default();
        } else {
            *self.graph = done.graph;
        }
        done.report
    }

    /// Returns the claims that were read in the document before.
    fn on_record(&self, document: Id<Document>) -> FxHashMap<ClaimKey, ClaimId> {
        let view = self.graph.view().document(document);
        let keyed = view
            .claims()
            .filter_map(|claim| Some((self.graph.claim_key(claim.id()).ok()?, claim.id())));
        let mut first = FxHashMap::default();
        for (key, id) in keyed {
            first.entry(key).or_insert(id);
        }
        first
    }
}

impl IntakeReport {
    fn hold_back(&mut self) {
        for draft in self.entities.iter_mut().chain(&mut self.claims) {
            if draft.outcome == Outcome::Inserted {
                draft.outcome = Outcome::HeldBack;
                (draft.claim, draft.key) = (None, None);
            }
        }
    }
}

/// The result of a pass: the copy of the graph with the claims, the report, and drafts that are the same as others.
struct Passed {
    graph: ClaimGraph,
    report: IntakeReport,
    found: Sames,
}

/// One pass over the drafts, into a copy of the graph.
struct Pass<'a> {
    document: Id<Document>,
    passage: Option<&'a PreparedText<'a>>,
    names: &'a mut NameIndex,
    creates: Option<&'a str>,
    keeps_words: bool,
    on_record: &'a FxHashMap<ClaimKey, ClaimId>,
    /// The drafts that a pass before found to be the same as others.
    same: &'a Sames,
    graph: ClaimGraph,
    labels: IndexMap<String, Labelled>,
    /// The drafts that were inserted in this pass, by the keys of their claims.
    inserted: FxHashMap<ClaimKey, usize>,
    /// The claim of each draft.
    claims: Vec<Option<ClaimId>>,
    found: Sames,
}

/// The result of one look at a draft.
enum Turn {
    Done(DraftReport),
    /// It names a draft that was not read yet.
    WaitsFor(String),
}

impl Pass<'_> {
    fn run(mut self, drafts: &Drafts) -> Passed {
        let mut doubts = entity_draft::doubts(&drafts.entities);
        let entities = drafts.entities.iter().enumerate();
        let entities = entities
            .map(|(place, item)| match doubts.remove(&place) {
                Some(fault) => {
                    let mut notes = Notes::default();
                    notes.fault(fault);
                    report(item, Outcome::Refused, None, notes)
                }
                None => self.entity(item),
            })
            .collect();
        let claims = self.all(&drafts.claims);
        let report = IntakeReport { entities, claims, ..IntakeReport::default() };
        Passed { graph: self.graph, report, found: self.found }
    }

    fn entity(&mut self, item: &Item) -> DraftReport {
        let mut notes = Notes::default();
        let added = entity_draft::add(&mut self.graph, item, self.document, self.names, &mut notes);
        let key = added.and_then(|(id, _)| Some(self.graph.entity(id).ok()?.key().to_owned()));
        let outcome = match added {
            Some((_, true)) => Outcome::Inserted,
            Some((_, false)) => Outcome::AlreadyThere,
            None => Outcome::Refused,
        };
        report(item, outcome, key, notes)
    }

    /// Reads all drafts of claims, each after those that it names.
    fn all(&mut self, items: &[Item]) -> Vec<DraftReport> {
        let labels: Vec<Option<Text>> =
            items.iter().map(|item| claim_draft::label(&item.at, &item.value)).collect();
        let mut times: FxHashMap<&str, usize> = FxHashMap::default();
        for label in labels.iter().flatten() {
            *times.entry(&label.text).or_default() += 1;
        }
        let mut done: Vec<Option<DraftReport>> = Vec::with_capacity(items.len());
        for (item, label) in items.iter().zip(&labels) {
            let Some(label) = label else {
                done.push(None);
                continue;
            };
            let of = times.get(label.text.as_str()).copied().unwrap_or_default();
            let is = if of > 1 { Labelled::Refused } else { Labelled::Waits };
            self.labels.insert(label.text.clone(), is);
            done.push((of > 1).then(|| {
                let mut notes = Notes::default();
                let fault =
                    Fault::new(&label.at, &label.text, format!("is the label of {of} drafts"));
                notes.fault(fault.expecting("a label for each"));
                report(item, Outcome::Refused, None, notes)
            }));
        }
        let mut ready: VecDeque<usize> = (0..items.len()).collect();
        let mut waiting: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        while let Some(place) = ready.pop_front() {
            let (Some(item), Some(turn), Some(label)) =
                (items.get(place), done.get_mut(place), labels.get(place))
            else {
                continue;
            };
            if turn.is_some() {
                continue;
            }
            match self.draft(place, item) {
                Turn::WaitsFor(other) => waiting.entry(other).or_default().push(place),
                Turn::Done(report) => {
                    if let Some(Text { text, .. }) = label {
                        let is = report.claim.map_or(Labelled::Refused, Labelled::Claim);
                        self.labels.insert(text.clone(), is);
                        ready.extend(waiting.remove(text).into_iter().flatten());
                    }
                    *turn = Some(report);
                }
            }
        }
        let circle = |item: &Item| {
            let mut notes = Notes::default();
            let fault = Fault::new(&item.at, "", "the drafts that it names name it in turn");
            notes.fault(fault.expecting("drafts that do not go round in a circle"));
            report(item, Outcome::Refused, None, notes)
        };
        items.iter().zip(done).map(|(item, done)| done.unwrap_or_else(|| circle(item))).collect()
    }

    /// Reads one draft of a claim, and inserts it if it is whole and new.
    fn draft(&mut self, place: usize, item: &Item) -> Turn {
        let day = self.graph.document(self.document).ok().and_then(|info| info.date());
        let refuse = |notes| Turn::Done(report(item, Outcome::Refused, None, notes));
        // Entities that are added for it go again if it is refused.
        let mut row = Savepoint::new(&mut self.graph);
        let (mut creates, mut has_names) = (self.creates, false);
        let (claim, mut notes, fields) = loop {
            let names = has_names.then_some(&*self.names);
            let mut to = Resolver::new(row.graph(), &self.labels, day, names, creates);
            let fields = Fields::of(&item.at, &item.value, claim_draft::CLAIM, &mut to.notes);
            let Some(fields) = fields else { return refuse(to.notes) };
            let place = (self.document, self.passage, self.keeps_words);
            let claim = claim_draft::claim(&fields, place, &mut to);
            let Resolver { mut notes, wants_names, waits_for, unnamed, .. } = to;
            if wants_names {
                // Nothing was added for this draft so far.
                self.names.update(row.graph());
                has_names = true;
                continue;
            }
            if let Some(label) = waits_for.into_iter().next() {
                return Turn::WaitsFor(label);
            }
            if unnamed.is_empty() || !notes.faults.is_empty() {
                break (claim, notes, fields);
            }
            creates = None;
            for (kind, name) in unnamed {
                let added = match new_key(row.graph(), &name.text, &kind) {
                    Ok(key) => row
                        .entity(&kind, Entity::new(key).named(&*name.text))
                        .map_err(|error| error.kind().to_string()),
                    Err(fault) => Err(fault.to_string()),
                };
                if let Err(problem) = added {
                    notes.fault(Fault::new(&name.at, &name.text, problem));
                    return refuse(notes);
                }
            }
        };
        if !notes.faults.is_empty() {
            return refuse(notes);
        }
        for error in row.graph().check(&claim) {
            notes.fault(refused(&fields, &error));
        }
        if !notes.faults.is_empty() {
            return refuse(notes);
        }
        let known = self.same.get(&place).and_then(|same| same.claim(&self.claims));
        let inserted = match known {
            Some(known) => Ok(known),
            None => row.insert(claim),
        };
        drop(row);
        match inserted {
            Ok(id) => Turn::Done(self.settled(place, item, id, known.is_some(), notes)),
            Err(error) => {
                notes.fault(refused(&fields, &error));
                refuse(notes)
            }
        }
    }

    /// Notes the claim of a draft, and whether another draft or the graph has the same.
    fn settled(
        &mut self,
        place: usize,
        item: &Item,
        mut id: ClaimId,
        mut is_same: bool,
        notes: Notes,
    ) -> DraftReport {
        let key = self.graph.claim_key(id).ok();
        if let Some(key) = key.filter(|_| !is_same) {
            let on_record = self.on_record.get(&key).map(|&known| Same::OnRecord(known));
            match on_record.or_else(|| self.inserted.get(&key).map(|&other| Same::Draft(other))) {
                Some(same) => {
                    self.found.insert(place, same);
                    id = same.claim(&self.claims).unwrap_or(id);
                    is_same = true;
                }
                None => drop(self.inserted.insert(key, place)),
            }
        }
        if let Some(slot) = self.claims.get_mut(place) {
            *slot = Some(id);
        }
        let outcome = if is_same { Outcome::AlreadyThere } else { Outcome::Inserted };
        let key = key.map(|key| key.to_string());
        DraftReport { claim: Some(id), ..report(item, outcome, key, notes) }
    }
}

fn report(item: &Item, outcome: Outcome, key: Option<String>, notes: Notes) -> DraftReport {
    let Notes { faults, repairs, ignored } = notes;
    DraftReport { at: item.at.clone(), outcome, key, claim: None, repairs, faults, ignored }
}
