//! The names of some entities of an index: of one kind, of one country, at one time.

use crate::name::index::{Entry, NameIndex, NameRow};
use crate::name::key::{NameKey, of_owner, turned};
use crate::name::look_up::{LookUp, Named};
use claimgraph::entity::NameKind;
use claimgraph::vocabulary::Kind;
use claimgraph::{EntityId, Period};
use rustc_hash::{FxHashMap, FxHashSet};

/// The names of an index that a question is about. Each setting narrows them.
///
/// ```
/// use claimgraph::{date, entity::Affiliation, reporting::*, ClaimGraph, Entity, Period};
/// use claimgraph_intake::name::NameIndex;
/// let mut graph = ClaimGraph::new();
/// let [iran, iraq] = ["iran", "iraq"].map(|key| graph.add(State, key).unwrap());
/// let first = graph.add(Agency, Entity::new("oil-ministry-of-iran").named("Oil Ministry"))?;
/// let second = graph.add(Agency, Entity::new("oil-ministry-of-iraq").named("Oil Ministry"))?;
/// graph.add_affiliation(Affiliation::part_of(first, iran))?;
/// graph.add_affiliation(Affiliation::part_of(second, iraq).valid(Period::from(date(2003, 5, 1))))?;
/// let index = NameIndex::of(&graph);
/// assert!(index.look_up("Oil Ministry").is_ambiguous());
/// let of_iraq = index.scope().within(iraq);
/// assert_eq!(of_iraq.look_up("Oil Ministry").one().unwrap().key, "oil-ministry-of-iraq");
/// assert!(of_iraq.during(date(1990, 1, 1)).look_up("Oil Ministry").is_unknown());
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct NameScope<'i> {
    pub(crate) index: &'i NameIndex,
    /// For each kind of the index, whether its entities are asked for. `None` is any kind.
    kinds: Option<Vec<bool>>,
    place_only: bool,
    wholes: Vec<EntityId>,
    period: Option<Period>,
    /// The entities within all wholes. `None` is any entity.
    within: Option<FxHashSet<EntityId>>,
}

impl<'i> NameScope<'i> {
    pub(crate) fn all(index: &'i NameIndex) -> Self {
        let (kinds, wholes, period, within) = (None, Vec::new(), None, None);
        Self { index, kinds, place_only: false, wholes, period, within }
    }

    /// Narrows it to entities of this kind or a kind below it. As in [`ClaimGraph::lookup`](claimgraph::ClaimGraph::lookup),
    /// metonyms are ignored for a kind that is a `Place` and not an `Actor`, so that "Moscow" is the city.
    #[must_use]
    pub fn of_kind<K: Kind>(self, kind: K) -> Self {
        let _ = kind;
        self.of_kind_untyped(K::KEY)
    }

    /// Narrows it like [`of_kind`](Self::of_kind), to a kind that is known only at run time. If no entity has such a
    /// kind, nothing is found.
    #[must_use]
    pub fn of_kind_untyped(mut self, kind: &str) -> Self {
        let kinds = &self.index.kinds;
        let former = kinds.iter().find(|known| known.aliases.iter().any(|alias| alias == kind));
        let kind = former.map_or(kind, |former| &former.key);
        let before = self.kinds.take();
        let admitted = |place: usize| before.as_ref().is_none_or(|it| it.get(place) == Some(&true));
        let asked: Vec<bool> = kinds
            .iter()
            .enumerate()
            .map(|(place, known)| admitted(place) && known.is_a(kind))
            .collect();
        self.place_only |= is_place_only(kind, kinds.iter().find(|known| known.key == kind));
        self.kinds = Some(asked);
        self
    }

    /// Narrows it to this entity and the entities that belong to it by affiliations, directly or through others: the
    /// agencies, officers, members and cities of a country.
    #[must_use]
    pub fn within(mut self, whole: impl Into<EntityId>) -> Self {
        self.wholes.push(whole.into());
        self.find_parts();
        self
    }

    /// Narrows it to names that can be in use at a time in this period, and [`within`](Self::within) to affiliations that
    /// can hold then. A name or an affiliation without a period always can.
    ///
    /// ```
    /// use claimgraph::{date, entity::Name, reporting::*, ClaimGraph, Entity, Period};
    /// use claimgraph_intake::name::NameIndex;
    /// let mut graph = ClaimGraph::new();
    /// let burma = Name::former("Burma").valid(Period::until(date(1989, 6, 18)));
    /// graph.add(State, Entity::new("myanmar").named("Myanmar").with_name(burma))?;
    /// let index = NameIndex::of(&graph);
    /// assert!(index.scope().during(date(1980, 1, 1)).look_up("Burma").one().is_some());
    /// assert!(index.scope().during(date(2020, 1, 1)).look_up("Burma").is_unknown());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn during(mut self, period: impl Into<Period>) -> Self {
        self.period = Some(period.into());
        self.find_parts();
        self
    }

    /// Looks up an entity by its name or key.
    ///
    /// A name is found by its [`NameKey`]. If no entity of the scope has that, the name is read in its other ways:
    /// without a possessive ("Russia's"), with the part after its only comma in front ("Putin, Vladimir"). A key is
    /// found as it is written. An adjective finds its entity only if no entity of the scope has another such name. If the name
    /// is refused, the answer is unknown; [`NameKey::of`] says why.
    pub fn look_up(&self, name: &str) -> LookUp {
        let mut found: FxHashMap<u32, (Option<NameKind>, &str)> = FxHashMap::default();
        if let Ok(key) = NameKey::of(name) {
            self.collect(self.index.keyed(&key), &mut found);
            if let Some(entry) = self.index.entry_keyed(name.trim())
                && let Some(named) = self.index.entry(entry)
                && self.admits(named)
            {
                let by_key = (None, &*named.key);
                let instead = |it: &mut (Option<NameKind>, _)| {
                    if is_adjective(it.0) {
                        *it = by_key;
                    }
                };
                found.entry(entry).and_modify(instead).or_insert(by_key);
            }
            if found.is_empty() {
                self.collect(self.index.turned(&key), &mut found);
            }
            if found.is_empty() {
                for reading in [of_owner(name), turned(name)].into_iter().flatten() {
                    self.collect(self.index.keyed(&reading), &mut found);
                    self.collect(self.index.turned(&reading), &mut found);
                }
            }
        }
        if found.values().any(|(kind, _)| !is_adjective(*kind)) {
            found.retain(|_, (kind, _)| !is_adjective(*kind));
        }
        let named =
            |(entry, (kind, name))| Some(self.index.named(self.index.entry(entry)?, name, kind));
        let mut found: Vec<Named> = found.into_iter().filter_map(named).collect();
        found.sort_by(|a, b| a.key.cmp(&b.key));
        LookUp::of(found)
    }

    /// Adds the entities that have these names. Of several such names of an entity, the first by kind and text counts.
    fn collect<'a>(
        &'a self,
        rows: &[u32],
        found: &mut FxHashMap<u32, (Option<NameKind>, &'a str)>,
    ) {
        for (row, entry) in rows.iter().filter_map(|&row| self.index.row(row)) {
            if self.admits_name(row, entry) {
                let name = (row.kind, &*row.text);
                // An adjective comes after all other names.
                let order = |it: &(Option<NameKind>, &str)| (is_adjective(it.0), it.0);
                let first = |it: &mut (Option<NameKind>, &'a str)| {
                    if (order(&name), name.1) < (order(it), it.1) {
                        *it = name;
                    }
                };
                found.entry(row.entry).and_modify(first).or_insert(name);
            }
        }
    }

    /// Returns whether the scope has every name of the index.
    #[cfg(feature = "fuzzy")]
    pub(crate) fn is_all(&self) -> bool {
        self.kinds.is_none()
            && self.within.is_none()
            && self.period.is_none()
            && !self.index.has_past_rows
    }

    /// Returns whether the scope has the name.
    pub(crate) fn admits_name(&self, row: &NameRow, entry: &Entry) -> bool {
        let is_metonym = row.kind == Some(NameKind::Metonym);
        let in_use = || can_meet(row.valid.as_deref(), self.period.as_ref());
        !(self.place_only && is_metonym) && self.admits(entry) && in_use()
    }

    fn admits(&self, entry: &Entry) -> bool {
        let of_kind = |kinds: &Vec<bool>| kinds.get(entry.kind) == Some(&true);
        self.kinds.as_ref().is_none_or(of_kind)
            && self.within.as_ref().is_none_or(|within| within.contains(&entry.entity))
    }

    /// Walks from each whole to its parts.
    fn find_parts(&mut self) {
        let can_hold = |valid: &Option<Period>| can_meet(valid.as_ref(), self.period.as_ref());
        let mut parts: FxHashMap<EntityId, Vec<EntityId>> = FxHashMap::default();
        for (part, wholes) in &self.index.wholes {
            for (whole, _) in wholes.iter().filter(|(_, valid)| can_hold(valid)) {
                parts.entry(*whole).or_default().push(*part);
            }
        }
        let mut within: Option<FxHashSet<EntityId>> = None;
        for &whole in &self.wholes {
            let mut reached = FxHashSet::from_iter([whole]);
            let mut open = vec![whole];
            while let Some(next) = open.pop() {
                let parts = parts.get(&next).into_iter().flatten();
                open.extend(parts.filter(|&&part| reached.insert(part)));
            }
            within = Some(match within {
                Some(before) => before.intersection(&reached).copied().collect(),
                None => reached,
            });
        }
        self.within = within;
    }
}

fn is_adjective(kind: Option<NameKind>) -> bool {
    kind == Some(NameKind::Adjective)
}

/// Returns whether two periods can have a day in common. A period that is not given is any time.
fn can_meet(a: Option<&Period>, b: Option<&Period>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a.overlaps(b).is_possible())
}

fn is_place_only(kind: &str, known: Option<&crate::name::index::IndexedKind>) -> bool {
    let is_a = |above: &str| known.map_or(kind == above, |known| known.is_a(above));
    is_a("Place") && !is_a("Actor")
}
