//! The claims as they are kept, and the lists that lead to them. Knows no names, only handles: what
//! stands behind them is the registry's business. Nothing outside this file and `readings` knows how a
//! claim is laid out.

use crate::amounts::Amount;
use crate::days::Day;
use crate::documents::Span;
use crate::grades::Grade;
use crate::ids::{ChainId, ClaimId, EntityId, RelationId, RoleId};
use crate::links::Derivation;
use crate::periods::Period;
use crate::quantities::Quantity;
use crate::stances::{Basis, Certainty, Modality, Polarity, Prominence, Stance};
use indexmap::{IndexMap, IndexSet};
use std::sync::OnceLock;

/// One step of a chain of speakers.
///
/// `source` is absent where the text does not say who.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ChainLink {
    /// Who speaks at this step; `None` where nobody knows.
    pub source: Option<EntityId>,
    /// Whether the text names the speaker or the analyst concluded who it is.
    pub basis: Basis,
    /// Whether the speaker is quoted in his own words.
    pub direct: bool,
}

/// What stands somewhere, resolved.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Held {
    Entity(EntityId),
    Claim(ClaimId),
    Text(Box<str>),
    Quantity(Box<Quantity>),
    Statement(Box<HeldStatement>),
    Nothing,
    NotStated,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct HeldArgument {
    pub(crate) held: Held,
    pub(crate) basis: Basis,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct HeldStatement {
    pub(crate) subject: HeldArgument,
    pub(crate) relation: RelationId,
    pub(crate) object: HeldArgument,
    pub(crate) roles: Vec<(RoleId, HeldArgument)>,
}

/// One claim, checked and resolved.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Entry {
    pub(crate) chain: ChainId,
    pub(crate) stance: Stance,
    pub(crate) polarity: Option<Polarity>,
    pub(crate) certainty: Certainty,
    pub(crate) modality: Modality,
    pub(crate) prominence: Prominence,
    /// The statement's roles are the claim's own; see `roles`.
    pub(crate) statement: Option<HeldStatement>,
    pub(crate) roles: Vec<(RoleId, HeldArgument)>,
    pub(crate) targets: Vec<(ClaimId, Basis)>,
    // What few claims have takes a word in the others.
    pub(crate) quantity: Option<Box<Quantity>>,
    pub(crate) factor: Option<Box<Amount>>,
    pub(crate) valid: Option<Box<Period>>,
    pub(crate) reported: Day,
    pub(crate) said: Option<Day>,
    pub(crate) document: Option<EntityId>,
    pub(crate) span: Option<Span>,
    pub(crate) words: Option<Box<str>>,
    pub(crate) cue: Option<Span>,
    pub(crate) cue_words: Option<Box<str>>,
    pub(crate) grade: Grade,
}

/// A connection between two claims that was added to both.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct HeldLink {
    pub(crate) from: ClaimId,
    pub(crate) role: RoleId,
    pub(crate) to: ClaimId,
    pub(crate) basis: Basis,
    pub(crate) because: Option<String>,
}

/// The claims that give the parts of what a chain of revisions says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Revised {
    pub(crate) statement: ClaimId,
    pub(crate) figure: ClaimId,
    pub(crate) period: ClaimId,
}

impl Revised {
    fn itself(claim: ClaimId) -> Self {
        Self { statement: claim, figure: claim, period: claim }
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    entries: Vec<Entry>,
    chains: IndexSet<Box<[ChainLink]>>,
    by_subject: Vec<Vec<ClaimId>>,
    by_object: Vec<Vec<ClaimId>>,
    by_speaker: Vec<Vec<ClaimId>>,
    by_role: Vec<Vec<ClaimId>>,
    answers: IndexMap<ClaimId, Vec<ClaimId>>,
    mentions: IndexMap<ClaimId, Vec<ClaimId>>,
    denials: Vec<ClaimId>,
    retractions: Vec<ClaimId>,
    /// Of a revision without a statement, what it revises in the end.
    revised: IndexMap<ClaimId, Revised>,
    /// What each claim is called, once that was asked. Nothing on record changes, so it stays.
    keys: Vec<OnceLock<[u8; 16]>>,
    links: IndexSet<HeldLink>,
    links_from: IndexMap<ClaimId, Vec<usize>>,
    links_to: IndexMap<ClaimId, Vec<usize>>,
    derivations: IndexMap<ClaimId, Derivation>,
}

fn note(lists: &mut Vec<Vec<ClaimId>>, entity: EntityId, claim: ClaimId) {
    if lists.len() <= entity.index() {
        lists.resize_with(entity.index() + 1, Vec::new);
    }
    if let Some(list) = lists.get_mut(entity.index()).filter(|list| list.last() != Some(&claim)) {
        list.push(claim);
    }
}

fn list(lists: &[Vec<ClaimId>], entity: EntityId) -> &[ClaimId] {
    lists.get(entity.index()).map_or(&[], Vec::as_slice)
}

impl Ledger {
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn entry(&self, claim: ClaimId) -> Option<&Entry> {
        self.entries.get(claim.index())
    }

    /// Every claim, in order of insertion.
    pub(crate) fn claims(&self) -> impl Iterator<Item = ClaimId> + Clone + use<> {
        (0..self.entries.len()).filter_map(ClaimId::at)
    }

    /// The number the next claim would get.
    pub(crate) fn next(&self) -> Option<ClaimId> {
        ClaimId::at(self.entries.len())
    }

    pub(crate) fn chain(&self, chain: ChainId) -> &[ChainLink] {
        self.chains.get_index(chain.index()).map_or(&[], |links| links)
    }

    /// The number of this chain of speakers, outermost first.
    pub(crate) fn intern(&mut self, chain: Vec<ChainLink>) -> Option<ChainId> {
        ChainId::at(self.chains.insert_full(chain.into_boxed_slice()).0)
    }

    /// Puts a checked claim on record; `None` when there are no numbers left.
    pub(crate) fn append(&mut self, entry: Entry) -> Option<ClaimId> {
        let claim = self.next()?;
        for link in self.chains.get_index(entry.chain.index()).into_iter().flatten() {
            if let Some(source) = link.source {
                note(&mut self.by_speaker, source, claim);
            }
        }
        for &(target, _) in &entry.targets {
            self.answers.entry(target).or_default().push(claim);
        }
        let ends = entry.statement.iter().flat_map(|s| [(&s.subject, true), (&s.object, false)]);
        for (argument, is_subject) in ends {
            match &argument.held {
                Held::Entity(entity) if is_subject => note(&mut self.by_subject, *entity, claim),
                Held::Entity(entity) => note(&mut self.by_object, *entity, claim),
                Held::Claim(mentioned) => self.mentions.entry(*mentioned).or_default().push(claim),
                _ => {}
            }
        }
        for (_, argument) in &entry.roles {
            match &argument.held {
                Held::Claim(mentioned) => self.mentions.entry(*mentioned).or_default().push(claim),
                Held::Entity(entity) => note(&mut self.by_role, *entity, claim),
                Held::Statement(statement) => {
                    let inner = statement.roles.iter().map(|(_, argument)| argument);
                    for argument in inner.chain([&statement.subject, &statement.object]) {
                        if let Held::Entity(entity) = &argument.held {
                            note(&mut self.by_role, *entity, claim);
                        }
                    }
                }
                _ => {}
            }
        }
        match entry.stance {
            Stance::Denies => self.denials.push(claim),
            Stance::Retracts => self.retractions.push(claim),
            Stance::Revises if entry.statement.is_none() => {
                let target =
                    entry.targets.iter().find(|(_, basis)| *basis != Basis::Possible).map(|(target, _)| *target);
                let below = target.map(|target| self.revised.get(&target).copied().unwrap_or(Revised::itself(target)));
                self.revised.extend(below.map(|below| {
                    let figure = if entry.quantity.is_some() { claim } else { below.figure };
                    let period = if entry.valid.is_some() { claim } else { below.period };
                    (claim, Revised { statement: below.statement, figure, period })
                }));
            }
            _ => {}
        }
        self.entries.push(entry);
        self.keys.push(OnceLock::new());
        Some(claim)
    }

    /// Takes back all claims past the first `len`, for an insertion of many that was refused midway.
    pub(crate) fn cut_back(&mut self, len: usize) {
        if len >= self.entries.len() {
            return;
        }
        self.entries.truncate(len);
        self.keys.truncate(len);
        for lists in [&mut self.by_subject, &mut self.by_object, &mut self.by_speaker, &mut self.by_role] {
            for list in lists.iter_mut() {
                list.truncate(list.partition_point(|claim| claim.index() < len));
            }
        }
        for map in [&mut self.answers, &mut self.mentions] {
            map.retain(|_, list| {
                list.truncate(list.partition_point(|claim| claim.index() < len));
                !list.is_empty()
            });
        }
        self.revised.retain(|claim, _| claim.index() < len);
        self.retractions.truncate(self.retractions.partition_point(|claim| claim.index() < len));
        self.denials.truncate(self.denials.partition_point(|claim| claim.index() < len));
    }

    /// What the claim is called, if that was asked before.
    pub(crate) fn key(&self, claim: ClaimId) -> Option<[u8; 16]> {
        self.keys.get(claim.index())?.get().copied()
    }

    pub(crate) fn remember_key(&self, claim: ClaimId, key: [u8; 16]) {
        // The same key, if another thread was first.
        self.keys.get(claim.index()).into_iter().for_each(|place| _ = place.set(key));
    }

    pub(crate) fn with_subject(&self, entity: EntityId) -> &[ClaimId] {
        list(&self.by_subject, entity)
    }

    pub(crate) fn with_object(&self, entity: EntityId) -> &[ClaimId] {
        list(&self.by_object, entity)
    }

    /// Claims in whose chain the entity stands.
    pub(crate) fn with_speaker(&self, entity: EntityId) -> &[ClaimId] {
        list(&self.by_speaker, entity)
    }

    /// Claims in which the entity stands in a role, or in a statement in a role.
    pub(crate) fn with_role(&self, entity: EntityId) -> &[ClaimId] {
        list(&self.by_role, entity)
    }

    /// Claims that answer this one, in order of insertion.
    pub(crate) fn answers(&self, claim: ClaimId) -> &[ClaimId] {
        self.answers.get(&claim).map_or(&[], Vec::as_slice)
    }

    /// The claims that are answered by any.
    pub(crate) fn answered(&self) -> impl Iterator<Item = ClaimId> {
        self.answers.keys().copied()
    }

    /// Claims that have this one as subject, object or role value.
    pub(crate) fn mentions(&self, claim: ClaimId) -> &[ClaimId] {
        self.mentions.get(&claim).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn denials(&self) -> &[ClaimId] {
        &self.denials
    }

    pub(crate) fn retractions(&self) -> &[ClaimId] {
        &self.retractions
    }

    /// What a revision without a statement of its own revises in the end.
    pub(crate) fn revised(&self, revision: ClaimId) -> Option<Revised> {
        self.revised.get(&revision).copied()
    }

    /// Whether a claim answers another, and in every reading of the text. Targets are sorted.
    pub(crate) fn target_basis(&self, claim: ClaimId, target: ClaimId) -> Option<Basis> {
        let targets = &self.entry(claim)?.targets;
        let place = targets.binary_search_by_key(&target, |(target, _)| *target).ok()?;
        targets.get(place).map(|(_, basis)| *basis)
    }

    pub(crate) fn add_link(&mut self, link: HeldLink) {
        let (from, to) = (link.from, link.to);
        let (place, new) = self.links.insert_full(link);
        if new {
            self.links_from.entry(from).or_default().push(place);
            self.links_to.entry(to).or_default().push(place);
        }
    }

    pub(crate) fn links(&self) -> impl Iterator<Item = &HeldLink> {
        self.links.iter()
    }

    pub(crate) fn links_from(&self, claim: ClaimId) -> impl Iterator<Item = &HeldLink> {
        self.links_from.get(&claim).into_iter().flatten().filter_map(|&place| self.links.get_index(place))
    }

    pub(crate) fn links_to(&self, claim: ClaimId) -> impl Iterator<Item = &HeldLink> {
        self.links_to.get(&claim).into_iter().flatten().filter_map(|&place| self.links.get_index(place))
    }

    pub(crate) fn derive(&mut self, claim: ClaimId, derivation: Derivation) {
        self.derivations.insert(claim, derivation);
    }

    pub(crate) fn derivation(&self, claim: ClaimId) -> Option<&Derivation> {
        self.derivations.get(&claim)
    }

    pub(crate) fn derivations(&self) -> impl Iterator<Item = (ClaimId, &Derivation)> {
        self.derivations.iter().map(|(&claim, derivation)| (claim, derivation))
    }
}
