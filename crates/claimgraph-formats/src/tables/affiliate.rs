//! Affiliations that names show: "Foreign Affairs (Russia)" is a part of Russia.
//!
//! A rule or a table of names goes in. Affiliations go on record, and a report of them comes out. Programs call it
//! after they have read a table.

use claimgraph::entity::{Affiliation, AffiliationId, Lookup};
use claimgraph::{ClaimGraph, EntityId};
use indexmap::IndexMap;

/// The report of [`affiliate_by_name`] and [`affiliate_named`]: which affiliations were added, and which names led to
/// none.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AffiliationReport {
    made: Vec<AffiliationId>,
    known: usize,
    unknown: Vec<(EntityId, String)>,
    ambiguous: Vec<(EntityId, String)>,
    circular: Vec<(EntityId, EntityId)>,
}

impl AffiliationReport {
    /// Returns the new affiliations, in order of the parts' insertion.
    pub fn made(&self) -> &[AffiliationId] {
        &self.made
    }

    /// Returns how many parts already had the affiliation.
    pub fn known(&self) -> usize {
        self.known
    }

    /// Returns the parts whose parent name matched no actor, with that name.
    pub fn unknown(&self) -> &[(EntityId, String)] {
        &self.unknown
    }

    /// Returns the parts whose parent name matched several actors, with that name; no affiliation was added.
    pub fn ambiguous(&self) -> &[(EntityId, String)] {
        &self.ambiguous
    }

    /// Returns the pairs of part and whole in which the whole is already within the part; no affiliation was added.
    pub fn circular(&self) -> &[(EntityId, EntityId)] {
        &self.circular
    }
}

/// Makes each actor a part of the actor whose name the rule finds in its own name.
///
/// The affiliations are inferred and have no date, so they hold in every view. The whole is looked up among
/// actors, by its name (case and spacing do not matter) or by its exact key. If several actors have the name, no
/// affiliation is added. If the name leads to the actor itself, none is added either. A second call adds nothing
/// new.
///
/// The rule returns a piece of the name that it is given, or a `&'static str`. If the names of wholes are in a
/// table of the caller, use [`affiliate_named`].
///
/// ```
/// use claimgraph::{claim::Basis, reporting::*, ClaimGraph};
/// use claimgraph_formats::tables::{affiliate_by_name, parenthesised_parent};
/// let mut graph = ClaimGraph::new();
/// let russia = graph.add(State, "Russia")?;
/// let ministry = graph.add(Agency, "Foreign Affairs (Russia)")?;
/// let police = graph.add(Agency, "Police (Atlantis)")?;
/// let named = affiliate_by_name(&mut graph, parenthesised_parent);
/// let affiliation = graph.affiliation(named.made()[0]).expect("it was just made");
/// assert_eq!((affiliation.part(), affiliation.whole()), (ministry.id(), russia.id()));
/// assert_eq!(affiliation.basis(), Basis::Inferred);
/// assert_eq!(named.unknown(), [(police.id(), "Atlantis".to_owned())]);
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn affiliate_by_name(
    graph: &mut ClaimGraph,
    whole_of: impl Fn(&str) -> Option<&str>,
) -> AffiliationReport {
    let actors = graph.entities().filter(|entity| entity.is_a("Actor"));
    let pairs: Vec<(EntityId, String)> =
        actors.filter_map(|part| Some((part.id(), whole_of(part.name())?.to_owned()))).collect();
    affiliate_named(graph, pairs)
}

/// Makes each of these entities a part of the actor with the name beside it, as [`affiliate_by_name`] does with
/// the names that its rule finds. If a part is not an actor of this graph, no affiliation is added and the part is
/// [`unknown`](AffiliationReport::unknown).
///
/// ```
/// use claimgraph::{reporting::*, ClaimGraph};
/// use claimgraph_formats::tables::affiliate_named;
/// use std::collections::HashMap;
/// let table = HashMap::from([("RUS", "Russia"), ("PRK", "North Korea")]);      // read from a file, say
/// let mut graph = ClaimGraph::new();
/// let russia = graph.add(State, "Russia")?;
/// let government = graph.add(Agency, "RUSGOV")?;
/// let wholes: Vec<_> =
///     graph.entities().filter_map(|e| Some((e.id(), (*table.get(e.key().get(..3)?)?).to_owned()))).collect();
/// let named = affiliate_named(&mut graph, wholes);
/// assert_eq!(graph.affiliation(named.made()[0]).map(|a| (a.part(), a.whole())), Some((government.id(), russia.id())));
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn affiliate_named(
    graph: &mut ClaimGraph,
    wholes: impl IntoIterator<Item = (EntityId, String)>,
) -> AffiliationReport {
    let mut named = AffiliationReport::default();
    // Many parts share a name, so each spelling is looked up once. Spellings are not folded, because a key is exact.
    let mut found: IndexMap<String, Lookup<EntityId>> = IndexMap::new();
    let mut pairs: Vec<(EntityId, EntityId)> = Vec::new();
    for (part, name) in wholes {
        let acts = graph.entity(part).is_ok_and(|entity| entity.is_a("Actor"));
        if !found.contains_key(&name) {
            found.insert(name.clone(), graph.lookup_untyped(&name, Some("Actor")));
        }
        match found.get(&name) {
            Some(Lookup::One(whole)) if *whole == part => {}
            Some(Lookup::One(whole)) if acts => pairs.push((part, *whole)),
            Some(Lookup::Ambiguous(_)) => named.ambiguous.push((part, name)),
            Some(Lookup::One(_) | Lookup::Unknown) | None => named.unknown.push((part, name)),
        }
    }
    for (part, whole) in pairs {
        let before = graph.affiliations().len();
        // Both are actors of this graph and the link has no period, so only a circle is refused.
        match graph.add_affiliation(Affiliation::part_of(part, whole).inferred()) {
            Ok(made) if graph.affiliations().len() > before => named.made.push(made),
            Ok(_) => named.known += 1,
            Err(_) => named.circular.push((part, whole)),
        }
    }
    named
}

/// Returns the text in the last parentheses of a name, such as "Foreign Affairs (Russia)". In many tables it names
/// the whole that the entity is a part of.
///
/// ```
/// use claimgraph_formats::tables::parenthesised_parent;
/// assert_eq!(parenthesised_parent("Foreign Affairs (Russia)"), Some("Russia"));
/// assert_eq!(parenthesised_parent("Party (Left) (Chile)"), Some("Chile"));
/// assert_eq!(parenthesised_parent("Court (Congo (Kinshasa))"), Some("Congo (Kinshasa)"));
/// assert_eq!(parenthesised_parent("(Russia)"), None);          // it has no name of its own
/// assert_eq!(parenthesised_parent("Congo (Brazzaville) River"), None);
/// ```
pub fn parenthesised_parent(name: &str) -> Option<&str> {
    let inner = name.trim_end().strip_suffix(')')?;
    let mut depth = 1_usize;
    for (at, letter) in inner.char_indices().rev() {
        match letter {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let (before, after) = inner.split_at_checked(at)?;
            let whole = after.strip_prefix('(')?.trim();
            return (!before.trim().is_empty() && !whole.is_empty()).then_some(whole);
        }
    }
    None
}
