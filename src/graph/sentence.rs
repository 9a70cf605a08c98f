//! Writes a claim as an English sentence. Answers that show claims in their text call it.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::{ClaimRef, StatementRef, Term};
use crate::model::error::Error;
use crate::model::id::ClaimId;
use crate::model::value::direction::Direction;
use crate::model::value::stance::{Basis, Modality, Stance};
use crate::model::vocabulary::base;
use crate::model::vocabulary::kind::Id;
use std::fmt::{self, Write};

impl ClaimGraph {
    /// Returns the claim as a sentence: speakers, stance, content, figure and time.
    ///
    /// # Errors
    /// Returns an error if the graph does not have the claim.
    ///
    /// ```
    /// use claimgraph::{claim::Quote, date, reporting::*, Claim, ClaimGraph, Entity, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let paper = graph.add_document("paper", date(2024, 10, 24))?;
    /// let nk = graph.add(State, Entity::new("nk").named("North Korea"))?;
    /// let russia = graph.add(State, Entity::new("ru").named("Russia"))?;
    /// let nis = graph.add(Agency, Entity::new("nis").named("NIS"))?;
    /// let dispatch = graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia)
    ///     .quantity(Quantity::stated(3_000, "soldiers")).read_in(paper, ..))?;
    /// assert_eq!(graph.show(dispatch)?, "NIS asserted that North Korea deploys to Russia: 3,000 soldiers");
    /// let dismissal = graph.insert(Claim::by(russia).dismisses(dispatch)
    ///     .quote(Quote::fragment("fake news")).read_in(paper, ..))?;
    /// assert_eq!(graph.show(dismissal)?,
    ///     "Russia dismissed as \u{201c}fake news\u{201d} what NIS asserted: North Korea deploys to Russia: 3,000 soldiers");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn show(&self, claim: ClaimId) -> Result<String, Error> {
        self.claim(claim).map(|claim| claim.to_string())
    }
}

/// The sentence of [`ClaimGraph::show`].
impl fmt::Display for ClaimRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.speakers())?;
        write!(f, " {}", self.stance().past())?;
        if self.certainty() != self.stance().usual_certainty() {
            write!(f, " as {}", self.certainty())?;
        }
        if let Some(polarity) = self.polarity() {
            write!(f, " as {polarity}")?;
        }
        if let Some(words) = self.words_quoted() {
            write!(f, " as {words}")?;
        }
        if self.targets().len() > 0 {
            self.write_targets(f)?;
        }
        if let Some(statement) = self.statement_in_words() {
            let join = match self.stance() {
                Stance::CallsFor => " this: ",
                Stance::Assesses => ": ",
                _ if self.targets().len() > 0 => ", saying that ",
                _ => " that ",
            };
            write!(f, "{join}{statement}")?;
        }
        f.write_str(&self.particulars())
    }
}

impl<'g> ClaimRef<'g> {
    /// Returns the innermost speaker and the speakers that pass the claim on. The document is named only if no other
    /// speaker passes it on.
    fn speakers(self) -> String {
        let name = |source| self.graph().speaker_name(source);
        let mut passed_on = false;
        let mut links = self.chain().iter().rev();
        let mut text = name(links.next().and_then(|link| link.source)).to_owned();
        for link in links.filter(|link| link.source != self.document().map(Id::id)) {
            text.push_str(", according to ");
            text.push_str(name(link.source));
            passed_on = true;
        }
        if passed_on {
            text.push(',');
        }
        text
    }

    fn write_targets(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sure = self.targets().filter(|(_, basis)| *basis != Basis::Possible).count();
        match self
            .targets()
            .next()
            .filter(|_| self.targets().len() == 1)
            .and_then(|(t, _)| ClaimRef::new(self.graph(), t))
        {
            Some(target) => {
                write!(f, " what {} {}", target.speakers(), target.stance().past())?;
                match target.statement_in_words() {
                    Some(said) => write!(f, ": {said}{}", target.particulars()),
                    None => Ok(()),
                }
            }
            None if sure < self.targets().len() => {
                write!(f, " {sure} claims, perhaps {}", self.targets().len())
            }
            None => write!(f, " {sure} claims"),
        }
    }

    /// Returns the content of the claim, without its speaker and stance: "North Korea deploys to Russia: 3,000
    /// soldiers". If the claim does not have a statement, it is `None`.
    pub fn content(self) -> Option<String> {
        Some(format!("{}{}", self.statement_in_words()?, self.particulars()))
    }

    /// Returns the figure, modality, period, roles and conditions of the claim.
    pub(crate) fn particulars(self) -> String {
        let mut text = String::new();
        // Writing to a String does not fail.
        if let Some(quantity) = self.details().and_then(|details| details.quantity.as_deref()) {
            let _ = write!(text, ": {quantity}");
        }
        match self.direction() {
            Some(Direction::Up) => text.push_str(" upwards"),
            Some(Direction::Down) => text.push_str(" downwards"),
            _ => {}
        }
        if let Some(factor) = self.factor() {
            let _ = write!(text, " by a factor of {factor}");
        }
        if self.modality() != self.stance().usual_modality() && self.modality() != Modality::Actual
        {
            let _ = write!(text, " ({})", self.modality());
        }
        if let Some(period) = self.period().filter(|_| self.statement().is_some()) {
            let _ = write!(text, " ({period})");
        }
        let condition = self
            .graph()
            .resolve_role(base::CONDITION.0)
            .map(|role| self.graph().vocabulary.roles.key(role));
        let told = self.roles().filter(|(role, ..)| Ok(*role) != condition).filter_map(
            |(role, value, _)| match value {
                Term::NotStated => Some(format!("{role} not stated")),
                Term::Entity(_) | Term::Text(_) | Term::Quantity(_) => {
                    Some(format!("{role}: {}", self.graph().word(value, false)))
                }
                _ => None,
            },
        );
        let told: Vec<String> = told.collect();
        if !told.is_empty() {
            let _ = write!(text, " ({})", told.join("; "));
        }
        for condition in self.role(base::CONDITION) {
            let _ = match condition {
                Term::Statement(statement) if statement.is_negated() => {
                    write!(text, ", unless {}", statement.in_words())
                }
                condition => write!(text, ", if {}", self.graph().word(condition, true)),
            };
        }
        if let Some(derivation) = self.derivation() {
            let _ = write!(text, " [{} (derived)]", derivation.quantity());
        }
        text
    }
}

impl StatementRef<'_> {
    /// Returns the subject, the relation and the object in words. If it is `deep`, so are claims at the ends.
    pub(crate) fn words(self, deep: bool) -> String {
        let (subject, verb) = (self.graph.word(self.subject(), deep), self.relation().verb());
        match self.object() {
            Term::Nothing => format!("{subject} {verb}"),
            object => format!("{subject} {verb} {}", self.graph.word(object, deep)),
        }
    }

    /// Returns a statement that stands in a role in words, with its roles and its time, and without its negation.
    fn in_words(self) -> String {
        let mut text = self.words(false);
        for (role, value, _) in self.roles() {
            // Writing to a String does not fail.
            let _ = write!(text, " ({role}: {})", self.graph.word(value, false));
        }
        if let Some(period) = self.valid() {
            let _ = write!(text, " ({period})");
        }
        text
    }
}

impl ClaimGraph {
    /// Returns a term in words: a name, a text in quotation marks, or the statement of a claim.
    pub(crate) fn word(&self, term: Term<'_>, deep: bool) -> String {
        match term {
            Term::Entity(entity) => self.name_of(entity).to_owned(),
            Term::Text(text) => format!("\u{201c}{text}\u{201d}"),
            Term::Quantity(quantity) => quantity.to_string(),
            Term::Nothing => String::new(),
            Term::NotStated => "somebody or something not named".to_owned(),
            Term::Claim(claim) => match ClaimRef::new(self, claim) {
                Some(claim) if deep => match claim.statement() {
                    Some(statement) => format!("(that {})", statement.words(false)),
                    None => format!("(what {} {})", claim.speakers(), claim.stance().past()),
                },
                _ => "(a claim)".to_owned(),
            },
            Term::Statement(statement) if statement.is_negated() => {
                format!("it is not so that {}", statement.in_words())
            }
            Term::Statement(statement) => statement.in_words(),
        }
    }
}
