//! The tops of the hierarchies that entities belong to.

use crate::model::affiliation::AffiliationKind;
use crate::model::id::EntityId;
use crate::model::reached::reached;
use crate::view::View;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// The tops of hierarchies by affiliations of some kinds, as a view knows them. Each is found once.
///
/// Two entities have a whole in common, or one is a whole of the other, if they have a top in common.
pub(crate) struct Tops<'v, 'g> {
    view: &'v View<'g>,
    kinds: &'static [AffiliationKind],
    known: FxHashMap<EntityId, Rc<[EntityId]>>,
}

impl<'v, 'g> Tops<'v, 'g> {
    pub(crate) fn of(view: &'v View<'g>, kinds: &'static [AffiliationKind]) -> Self {
        Self { view, kinds, known: FxHashMap::default() }
    }

    /// Returns the tops above the entity, in ascending order. An entity that belongs to nothing is its own top. If
    /// affiliations go round, the least entity of the circle stands for all of it.
    pub(crate) fn above(&mut self, entity: EntityId) -> Rc<[EntityId]> {
        if !self.known.contains_key(&entity) {
            self.climb(entity);
        }
        self.known.get(&entity).cloned().unwrap_or_default()
    }

    /// Returns the tops above any of these entities, in ascending order.
    pub(crate) fn above_any(&mut self, entities: impl Iterator<Item = EntityId>) -> Rc<[EntityId]> {
        merged(entities.map(|entity| self.above(entity)).collect())
    }

    fn climb(&mut self, entity: EntityId) {
        let (view, kinds) = (self.view, self.kinds);
        let wholes = |part| {
            let all = view.affiliations_of(part).filter(|(_, it)| kinds.contains(&it.kind()));
            all.map(|(_, it)| it.whole())
        };
        let new = reached([entity], |part| {
            wholes(part).filter(|whole| !self.known.contains_key(whole)).collect::<Vec<_>>()
        });
        let mut steps: DiGraph<EntityId, ()> = DiGraph::new();
        let places: FxHashMap<EntityId, _> =
            new.iter().map(|&part| (part, steps.add_node(part))).collect();
        for (&part, &place) in &places {
            wholes(part).filter_map(|it| places.get(&it)).for_each(|&whole| {
                steps.add_edge(place, whole, ());
            });
        }
        // Each circle comes after all that lies above it.
        for circle in kosaraju_scc(&steps) {
            let circle: Vec<EntityId> = circle.into_iter().map(|place| steps[place]).collect();
            let above = circle.iter().flat_map(|&part| wholes(part));
            let above: Vec<Rc<[EntityId]>> =
                above.filter_map(|whole| self.known.get(&whole).cloned()).collect();
            let tops = match above.is_empty() {
                true => circle.iter().copied().min().into_iter().collect(),
                false => merged(above),
            };
            self.known.extend(circle.into_iter().map(|part| (part, tops.clone())));
        }
    }
}

/// Returns what is in any of the lists, in ascending order. Equal lists share one.
fn merged(mut lists: Vec<Rc<[EntityId]>>) -> Rc<[EntityId]> {
    lists.dedup();
    if let [one] = lists.as_slice() {
        return one.clone();
    }
    let mut all: Vec<EntityId> = lists.iter().flat_map(|list| list.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all.into()
}
