//! Affiliations that names show: "Foreign Affairs (Russia)" is a part of Russia.
//!
//! A rule or a table of names goes in. Affiliations go on record, and a report of them comes out. Programs call it
//! after they have added their entities.

use crate::graph::ClaimGraph;
use crate::model::affiliation::Affiliation;
use crate::model::id::{AffiliationId, EntityId};
use indexmap::IndexMap;

/// The report of [`affiliate_by_name`](ClaimGraph::affiliate_by_name) and
/// [`affiliate_named`](ClaimGraph::affiliate_named): which affiliations were added, and which names led to none.
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

    /// Returns how many parts had the same affiliation before.
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

    /// Returns the parts and wholes that contain each other already, so that the link would close a circle.
    pub fn circular(&self) -> &[(EntityId, EntityId)] {
        &self.circular
    }
}

impl ClaimGraph {
    /// Makes each actor a part of the actor whose name the rule finds in its own name.
    ///
    /// The affiliations are inferred and have no date, so they hold in every view. The whole is looked up among
    /// actors, by its name (case and spacing do not matter) or by its exact key. If several actors have the name, no
    /// affiliation is added. If the name leads to the actor itself, none is added either. A second call adds nothing
    /// new.
    ///
    /// The rule returns a piece of the name that it is given, or a `&'static str`. If the names of wholes are in a
    /// table of the caller, use [`affiliate_named`](Self::affiliate_named).
    ///
    /// ```
    /// use claimgraph::{claim::Basis, reporting::*, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "Russia")?;
    /// let ministry = graph.add(Agency, "Foreign Affairs (Russia)")?;
    /// let police = graph.add(Agency, "Police (Atlantis)")?;
    /// fn whole_of(name: &str) -> Option<&str> {
    ///     Some(name.strip_suffix(')')?.split_once(" (")?.1)
    /// }
    /// let named = graph.affiliate_by_name(whole_of);
    /// let affiliation = graph.affiliation(named.made()[0]).expect("it was just made");
    /// assert_eq!((affiliation.part(), affiliation.whole()), (ministry.id(), russia.id()));
    /// assert_eq!(affiliation.basis(), Basis::Inferred);
    /// assert_eq!(named.unknown(), [(police.id(), "Atlantis".to_owned())]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn affiliate_by_name(
        &mut self,
        whole_of: impl Fn(&str) -> Option<&str>,
    ) -> AffiliationReport {
        let actors = self.entities().filter(|entity| entity.is_a("Actor"));
        let pairs: Vec<(EntityId, String)> = actors
            .filter_map(|part| Some((part.id(), whole_of(part.name())?.to_owned())))
            .collect();
        self.affiliate_named(pairs)
    }

    /// Makes each of these entities a part of the actor whose name stands beside it, as
    /// [`affiliate_by_name`](Self::affiliate_by_name) does with the names that its rule finds. If a part is not an
    /// actor of this graph, no affiliation is added and the part is [`unknown`](AffiliationReport::unknown).
    ///
    /// ```
    /// use claimgraph::{reporting::*, ClaimGraph};
    /// use std::collections::HashMap;
    /// let table = HashMap::from([("RUS", "Russia"), ("PRK", "North Korea")]);      // read from a file, say
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "Russia")?;
    /// let government = graph.add(Agency, "RUSGOV")?;
    /// let wholes: Vec<_> =
    ///     graph.entities().filter_map(|e| Some((e.id(), (*table.get(e.key().get(..3)?)?).to_owned()))).collect();
    /// let named = graph.affiliate_named(wholes);
    /// assert_eq!(graph.affiliation(named.made()[0]).map(|a| (a.part(), a.whole())), Some((government.id(), russia.id())));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn affiliate_named(
        &mut self,
        wholes: impl IntoIterator<Item = (EntityId, String)>,
    ) -> AffiliationReport {
        let mut named = AffiliationReport::default();
        // Many parts share a name, so each spelling is looked up once. Spellings are not folded, because a key is
        // exact.
        let mut found: IndexMap<String, Vec<EntityId>> = IndexMap::new();
        let mut pairs: Vec<(EntityId, EntityId)> = Vec::new();
        let acts =
            |graph: &Self, id: EntityId| graph.entity(id).is_ok_and(|entity| entity.is_a("Actor"));
        for (part, name) in wholes {
            let all = match found.get(&name) {
                Some(all) => all,
                None => {
                    let all = self
                        .registry
                        .named(&name)
                        .into_iter()
                        .filter(|&whole| acts(self, whole))
                        .collect();
                    found.entry(name.clone()).or_insert(all)
                }
            };
            match all.as_slice() {
                [whole] if *whole == part => {}
                [whole] if acts(self, part) => pairs.push((part, *whole)),
                [] | [_] => named.unknown.push((part, name)),
                _ => named.ambiguous.push((part, name)),
            }
        }
        for (part, whole) in pairs {
            let before = self.affiliations.len();
            // Both are actors of this graph and the link has no period, so only a circle is refused.
            match self.add_affiliation(Affiliation::part_of(part, whole).inferred()) {
                Ok(made) if made.index() >= before => named.made.push(made),
                Ok(_) => named.known += 1,
                Err(_) => named.circular.push((part, whole)),
            }
        }
        named
    }
}
