//! The steps from what a claim says to what was asked. Short ways up a hierarchy are listed, long ones are shared by all
//! claims that take them and listed when somebody asks.

use crate::model::id::{AffiliationId, EntityId};
use crate::view::proof::Step;
use rustc_hash::FxHashMap;
use std::sync::{Arc, OnceLock};

/// The ways of at most so many affiliations that are listed at once.
const SHORT: usize = 8;

/// For each part, the first affiliation on its way up, to what it leads, and how many there are to the top.
#[derive(Debug, Default)]
pub(crate) struct WaysUp(pub(crate) FxHashMap<EntityId, (AffiliationId, EntityId, usize)>);

/// A way from a part up to its whole.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    Listed(Vec<AffiliationId>),
    Shared(Arc<WaysUp>, EntityId),
}

/// Two shared ways are the same if they start at one part in one hierarchy.
impl PartialEq for Way {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Listed(a), Self::Listed(b)) => a == b,
            (Self::Shared(a, from), Self::Shared(b, start)) => Arc::ptr_eq(a, b) && from == start,
            _ => false,
        }
    }
}

impl Way {
    /// Returns the way from the part; `None` if it does not lead up.
    pub(crate) fn from(part: EntityId, ways: &Arc<WaysUp>) -> Option<Self> {
        let &(.., length) = ways.0.get(&part)?;
        let shared = Self::Shared(ways.clone(), part);
        Some(if length > SHORT { shared } else { Self::Listed(shared.affiliations()) })
    }

    /// Returns the affiliations, from the part up.
    pub(crate) fn affiliations(&self) -> Vec<AffiliationId> {
        match self {
            Self::Listed(affiliations) => affiliations.clone(),
            Self::Shared(ways, part) => {
                let (mut at, mut found) = (*part, Vec::new());
                while let Some(&(affiliation, above, _)) = ways.0.get(&at) {
                    found.push(affiliation);
                    at = above;
                }
                found
            }
        }
    }
}

/// The steps, in order.
#[derive(Clone, Debug)]
pub(crate) enum Steps {
    Listed(Vec<Step>),
    Climbing(Box<Climb>),
}

/// Some steps, and long ways up after them.
#[derive(Clone, Debug)]
pub(crate) struct Climb {
    first: Vec<Step>,
    ways: Vec<Way>,
    all: OnceLock<Vec<Step>>,
}

impl Steps {
    /// Makes the steps: these, and then those of the ways.
    pub(crate) fn of(mut first: Vec<Step>, ways: Vec<Way>) -> Self {
        if ways.iter().any(|way| matches!(way, Way::Shared(..))) {
            return Self::Climbing(Box::new(Climb { first, ways, all: OnceLock::new() }));
        }
        first.extend(ways.iter().flat_map(Way::affiliations).map(Step::Affiliated));
        Self::Listed(first)
    }

    pub(crate) fn as_slice(&self) -> &[Step] {
        match self {
            Self::Listed(steps) => steps,
            Self::Climbing(climb) => climb.all.get_or_init(|| {
                let up = climb.ways.iter().flat_map(Way::affiliations).map(Step::Affiliated);
                climb.first.iter().cloned().chain(up).collect()
            }),
        }
    }

    /// Returns the steps before the ways up.
    pub(crate) fn before_ways(&self) -> &[Step] {
        match self {
            Self::Listed(steps) => steps,
            Self::Climbing(climb) => &climb.first,
        }
    }
}

impl PartialEq for Steps {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Listed(a), Self::Listed(b)) => a == b,
            (Self::Climbing(a), Self::Climbing(b)) => a.first == b.first && a.ways == b.ways,
            _ => false,
        }
    }
}

impl Default for Steps {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}
