//! Outlooks: the later claims on what is awaited, and what they come to. Equal announcements of one day share one.

use crate::graph::statement_ref::Term;
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{EntityId, RelationId};
use crate::model::value::answer::Answer;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Modality;
use crate::model::vocabulary::base::ADDRESSEE;
use crate::questions::response::{Response, Responses};
use crate::questions::watch::development::{Awaited, Effect};
use crate::questions::watch::item::{Deadlines, WatchState};
use crate::view::View;
use crate::view::tops::Tops;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;
use std::sync::Arc;

/// Entities with their wholes, and the parts and officers of all of these.
#[derive(Default)]
struct Side(Vec<Rc<FxHashSet<EntityId>>>);

impl Side {
    fn has(&self, response: &Response<'_>) -> bool {
        let has = |speaker| self.0.iter().any(|side| side.contains(&speaker));
        response.speaker().is_some_and(has)
    }

    fn has_any(&self, speakers: &FxHashSet<EntityId>) -> bool {
        self.0.iter().any(|side| !side.is_disjoint(speakers))
    }
}

/// The later claims on what is awaited, and what they come to.
pub(crate) struct Outlook<'g> {
    /// In the order of findings.
    pub(crate) developments: Arc<[Response<'g>]>,
    effects: FxHashSet<(Effect, Answer)>,
    /// The speakers that deny it.
    breaking: FxHashSet<EntityId>,
    /// The speakers without a stake that contest that it happened. What they say is not a development.
    contesting: FxHashSet<EntityId>,
    is_denied_by_a_party: bool,
    /// Whether only parties say that it happened.
    pub(crate) by_parties_alone: bool,
}

impl<'g> Outlook<'g> {
    fn of(awaited: &Awaited<'_, 'g>, parties: &Side, speakers: &Side) -> Self {
        let said_so = awaited.said_so();
        let has_a_stake = |it: &Response<'g>| parties.has(it) || speakers.has(it);
        let (against, others): (Vec<_>, Vec<_>) =
            awaited.against(&said_so).into_iter().partition(has_a_stake);
        let all = said_so.into_iter().chain(against).chain(awaited.denied());
        let mut found = Responses::default();
        for development in all.chain(awaited.responding_to()) {
            found.entry(development.claim().id()).or_insert(development);
        }
        let mut found: Vec<Response<'g>> = found.into_values().collect();
        awaited.view.graph.sort_findings(&mut found, |development| development.claim().id());
        let breaks = |it: &&Response<'g>| it.effect() == Some(Effect::Breaks);
        let mut meeting = found.iter().filter(|it| it.meets()).peekable();
        Self {
            effects: found.iter().filter_map(|it| Some((it.effect()?, it.certain()))).collect(),
            breaking: found.iter().filter(breaks).filter_map(Response::speaker).collect(),
            contesting: others.iter().filter_map(Response::speaker).collect(),
            is_denied_by_a_party: found.iter().filter(breaks).any(|it| parties.has(it)),
            by_parties_alone: meeting.peek().is_some() && meeting.all(|it| parties.has(it)),
            developments: found.into(),
        }
    }

    /// Returns the state by the certain later claims. If there are none, it is the state by the possible ones. If somebody
    /// with a stake denies what others say, the state is disputed, however sure the two are.
    fn state(&self, speaker: &Side) -> (WatchState, Answer) {
        let denied = self.is_denied_by_a_party || speaker.has_any(&self.breaking);
        for certain in [Answer::Yes, Answer::Unknown] {
            let has = |effect: Effect| self.effects.contains(&(effect, certain));
            let (met, late, broken) =
                (has(Effect::Meets), has(Effect::MeetsLate), has(Effect::Breaks));
            let state = match (met || late, broken || denied) {
                (true, true) => WatchState::Disputed,
                (true, false) if met => WatchState::Met,
                (true, false) => WatchState::MetLate,
                (false, _) if broken => WatchState::Broken,
                (false, _) => continue,
            };
            return (state, certain);
        }
        (WatchState::Open, Answer::Yes)
    }
}

/// The parts of an announcement that decide its outlook. Its speaker is not among them.
#[derive(PartialEq, Eq, Hash)]
struct Matter<'g> {
    relation: RelationId,
    ends: [Term<'g>; 2],
    addressees: Vec<Term<'g>>,
    figure: Option<&'g Quantity>,
    modality: Modality,
    is_condition: bool,
    reported: Date,
    document: Option<EntityId>,
    deadlines: Deadlines,
}

impl<'g> Awaited<'_, 'g> {
    /// Returns the parts that decide its outlook; `None` if it has roles, is linked to other claims or is answered, so that the
    /// outlook is its own.
    fn matter(&self) -> Option<Matter<'g>> {
        let (of, statement) = (self.of, self.statement);
        let answered = of.responses().next().is_some();
        if answered || !statement.held_roles().is_empty() || !self.linked_claims().is_empty() {
            return None;
        }
        Some(Matter {
            relation: statement.relation_id(),
            ends: [statement.subject(), statement.object()],
            addressees: of.role(ADDRESSEE).collect(),
            figure: self.figure(),
            modality: of.modality(),
            is_condition: self.is_condition,
            reported: of.reported(),
            document: of.document_id(),
            deadlines: self.deadlines,
        })
    }
}

/// The outlooks of a watch list, each found once.
pub(crate) struct Outlooks<'v, 'g> {
    pub(crate) view: &'v View<'g>,
    /// The same view, for the items to keep.
    pub(crate) shared: Arc<View<'g>>,
    wholes: Tops<'v, 'g>,
    /// The parts and officers of each top of a hierarchy.
    sides: FxHashMap<EntityId, Rc<FxHashSet<EntityId>>>,
    known: FxHashMap<Matter<'g>, Rc<Outlook<'g>>>,
}

impl<'v, 'g> Outlooks<'v, 'g> {
    pub(crate) fn of(view: &'v View<'g>) -> Self {
        let wholes = Tops::of(view, &[AffiliationKind::PartOf]);
        let (sides, known) = (FxHashMap::default(), FxHashMap::default());
        Self { view, shared: Arc::new(view.clone()), wholes, sides, known }
    }

    /// Returns the outlook and the state that it comes to.
    pub(crate) fn on(
        &mut self,
        awaited: &Awaited<'_, 'g>,
    ) -> (Rc<Outlook<'g>>, (WatchState, Answer)) {
        let ends = [awaited.statement.subject(), awaited.statement.object()];
        let parties = ends.into_iter().chain(awaited.of.role(ADDRESSEE)).filter_map(Term::entity);
        let parties = self.side_of(parties);
        let speaker = self.side_of(awaited.of.speaker().into_iter());
        let shared = awaited.matter().map(|matter| {
            let outlook = self.known.entry(matter);
            let alike = || Rc::new(Outlook::of(awaited, &parties, &Side::default()));
            outlook.or_insert_with(alike).clone()
        });
        let shared = shared.filter(|outlook| !speaker.has_any(&outlook.contesting));
        let outlook = shared.unwrap_or_else(|| Rc::new(Outlook::of(awaited, &parties, &speaker)));
        let state = outlook.state(&speaker);
        (outlook, state)
    }

    /// Returns the entities, the wholes of which they are parts, and the parts and officers of all of these.
    fn side_of(&mut self, entities: impl Iterator<Item = EntityId>) -> Side {
        let (view, sides) = (self.view, &mut self.sides);
        // All that belongs to a whole of an entity belongs to a top above it.
        let side = |&top: &EntityId| {
            let all = || view.parts(top, &BELONGING).entities().collect();
            sides.entry(top).or_insert_with(|| Rc::new(all())).clone()
        };
        Side(self.wholes.above_any(entities).iter().map(side).collect())
    }
}

/// How parts and officers belong to those who act.
const BELONGING: [AffiliationKind; 2] = [AffiliationKind::PartOf, AffiliationKind::HoldsOffice];
