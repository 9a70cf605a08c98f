//! An entity as a program hands it to the graph: a key, names, codes.

use crate::model::value::name::Name;

/// The key of an entity, with its names and its codes elsewhere.
///
/// A text alone is an entity with that key.
///
/// ```
/// use claimgraph::{reporting::*, ClaimGraph, Entity};
/// let mut graph = ClaimGraph::new();
/// let russia = graph.add(State, Entity::new("russia").named("Russia").metonym("Moscow").code("iso3166", "RU"))?;
/// let moscow = graph.add(City, Entity::new("moscow").named("Moscow"))?;
/// assert_eq!(graph.lookup(" MOSCOW ", Actor).one(), Some(russia.up()));   // Moscow when it speaks
/// assert_eq!(graph.lookup("Moscow", Place).one(), Some(moscow.up()));     // Moscow where it happens
/// assert!(graph.lookup("Atlantis", Place).is_unknown());
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entity {
    pub(crate) key: String,
    pub(crate) names: Vec<Name>,
    pub(crate) codes: Vec<(String, String)>,
    pub(crate) name_withheld: bool,
    pub(crate) plural: Option<bool>,
}

impl Entity {
    /// Creates an entity under a key, which names it in every graph and file.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            names: Vec::new(),
            codes: Vec::new(),
            name_withheld: false,
            plural: None,
        }
    }

    /// Adds a name with its kind.
    #[must_use]
    pub fn with_name(mut self, name: Name) -> Self {
        self.names.push(name);
        self
    }

    /// Adds the name to show.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        self.with_name(Name::canonical(name))
    }

    /// Adds another name or spelling.
    #[must_use]
    pub fn alias(self, name: impl Into<String>) -> Self {
        self.with_name(Name::alias(name))
    }

    /// Adds a short form.
    #[must_use]
    pub fn abbreviated(self, name: impl Into<String>) -> Self {
        self.with_name(Name::abbreviation(name))
    }

    /// Adds a name of something else that stands for it when it acts.
    #[must_use]
    pub fn metonym(self, name: impl Into<String>) -> Self {
        self.with_name(Name::metonym(name))
    }

    /// Adds a name that it had before. To say when, use [`with_name`](Self::with_name) and [`Name::valid`].
    #[must_use]
    pub fn former(self, name: impl Into<String>) -> Self {
        self.with_name(Name::former(name))
    }

    /// Adds the word for what belongs to it: "North Korean".
    #[must_use]
    pub fn adjective(self, name: impl Into<String>) -> Self {
        self.with_name(Name::adjective(name))
    }

    /// Adds its name in the letters of another script.
    #[must_use]
    pub fn transliterated(self, name: impl Into<String>) -> Self {
        self.with_name(Name::transliteration(name))
    }

    /// Adds a code it has elsewhere, such as `("wikidata", "Q423")`.
    #[must_use]
    pub fn code(mut self, system: impl Into<String>, code: impl Into<String>) -> Self {
        self.codes.push((system.into(), code.into()));
        self
    }

    /// Marks it as somebody whose name the text withholds: "an official who declined to be named".
    ///
    /// If an entity of the graph has the key already, it is marked too.
    ///
    /// ```
    /// use claimgraph::{reporting::*, ClaimGraph, Entity};
    /// let mut graph = ClaimGraph::new();
    /// let official = graph.add(Person, Entity::new("official").name_withheld())?;
    /// let minister = graph.add(Person, "minister")?;
    /// assert!(graph.entity(official)?.is_name_withheld());
    /// assert!(!graph.entity(minister)?.is_name_withheld());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn name_withheld(mut self) -> Self {
        self.name_withheld = true;
        self
    }

    /// Says that its name is plural: "North Korean authorities". Verbs agree with it.
    ///
    /// If it is not said, the kind of the entity decides. If an entity of the graph has the key already, that entity
    /// takes the number over. If some say that the name is plural and others that it is singular, it is plural.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Entity};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, Entity::new("russia").named("Russia"))?;
    /// let forces = graph.add(Military, Entity::new("forces").named("Russian forces").plural())?;
    /// let claim = graph.insert(Claim::by(russia).asserts(forces, PRESENT_IN, russia).reported(date(2024, 6, 5)))?;
    /// assert_eq!(graph.show(claim)?, "Russia asserted that Russian forces are present in Russia");
    /// assert!(graph.entity(forces)?.is_plural());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn plural(mut self) -> Self {
        self.plural = Some(true);
        self
    }

    /// Says that its name is singular, though names of its kind are plural: "the delegation".
    ///
    /// ```
    /// use claimgraph::{reporting::*, ClaimGraph, Entity};
    /// let mut graph = ClaimGraph::new();
    /// let delegation = graph.add(Group, Entity::new("delegation").named("the delegation").singular())?;
    /// let families = graph.add(Group, "families")?;
    /// assert!(!graph.entity(delegation)?.is_plural());
    /// assert!(graph.entity(families)?.is_plural());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn singular(mut self) -> Self {
        self.plural = Some(false);
        self
    }
}

impl From<&str> for Entity {
    fn from(key: &str) -> Self {
        Entity::new(key)
    }
}

impl From<String> for Entity {
    fn from(key: String) -> Self {
        Entity::new(key)
    }
}
