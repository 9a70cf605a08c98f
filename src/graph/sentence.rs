//! Writes a claim as an English sentence. Answers that show claims in their text call it.
//!
//! The rules are in `docs/SEMANTICS.md`, section 12: the sentence proper, and its particulars in one pair of brackets.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::graph::wording::role_in_words;
use crate::model::text::bracketed;
use crate::model::value::direction::Direction;
use crate::model::value::stance::{Basis, Certainty, Modality, Stance};
use crate::model::vocabulary::base;
use crate::model::vocabulary::kind::Id;
use crate::model::vocabulary::verb::Mood;
use std::fmt::{self, Write};

/// The sentence of a claim: speakers, stance, content, figure and time. What became of the claim since depends on the
/// view; [`View::show`](crate::View::show) says it too.
impl fmt::Display for ClaimRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.redaction().is_some() {
            return f.write_str("a claim that was redacted");
        }
        f.write_str(&self.uttered())?;
        if self.is_unsure() {
            write!(f, " as {}", self.certainty())?;
        }
        if let Some(polarity) = self.polarity() {
            write!(f, " as {polarity}")?;
        }
        if let Some(words) = self.words_quoted() {
            write!(f, " as {words}")?;
        }
        match self.sentence_body() {
            Some(body) => f.write_str(&body),
            None => f.write_str(&self.answer_body()),
        }
    }
}

/// The parts of an answered claim that a sentence repeats.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parts {
    Everything,
    /// Everything but the figure, because the answer gives another.
    AllButFigure,
    /// The statement and its time. An acknowledgement accepts neither figure nor roles.
    Statement,
}

impl<'g> ClaimRef<'g> {
    /// Returns the innermost speaker and the speakers that pass the claim on. The document is named only if no other
    /// speaker passes it on.
    fn speakers(self) -> String {
        let name = |source| self.graph().speaker_name(source);
        let mut links = self.chain().iter().rev();
        let mut text = name(links.next().and_then(|link| link.source)).to_owned();
        for link in links.filter(|link| link.source != self.document().map(Id::id)) {
            text.push_str(", according to ");
            text.push_str(name(link.source));
        }
        text
    }

    /// Returns the speakers and what they did: "NIS asserted", "NIS, according to the committee, asserted".
    pub(crate) fn uttered(self) -> String {
        let speakers = self.speakers();
        let comma = if speakers.contains(", according to ") { "," } else { "" };
        format!("{speakers}{comma} {}", self.stance().past())
    }

    /// Returns the mood in which the statement is told on its own.
    pub(crate) fn mood(self) -> Mood {
        Mood::of(self.modality())
    }

    /// Returns what follows the verb, if the claim has a statement of its own: the statement, and whom it answers.
    fn sentence_body(self) -> Option<String> {
        let statement = self.statement()?;
        let in_mood = |mood| statement.words_in(mood, true);
        let own =
            self.speaker().is_some_and(|speaker| statement.subject().entity() == Some(speaker));
        let mut text = match self.stance() {
            Stance::CallsFor => {
                let subject = self.graph().word(statement.subject(), true);
                format!(" {subject} {}", in_mood(Mood::Infinitive))
            }
            Stance::Demands => format!(" that {}", in_mood(Mood::Subjunctive)),
            Stance::Threatens if own => format!(" {}", in_mood(Mood::Infinitive)),
            Stance::Threatens => format!(" that {}", in_mood(Mood::Conditional)),
            Stance::Assesses => format!(": {}", in_mood(self.mood())),
            Stance::Revises => {
                format!("{}, saying that {}", self.answered()?, in_mood(self.mood()))
            }
            _ => format!(" that {}", in_mood(self.mood())),
        };
        self.write_figure(&mut text);
        self.write_conditions(&mut text);
        if self.targets().len() > 0 && self.stance() != Stance::Revises {
            let (sure, all) = self.count_targets();
            let perhaps = if sure == 0 { "perhaps " } else { "" };
            let _ = match self.only_target() {
                Some(target) => write!(text, ", {perhaps}answering {}", target.speakers()),
                None => write!(text, ", answering {}", claims(sure, all)),
            };
        }
        text.push_str(&bracketed(&self.own_particulars(true)));
        Some(text)
    }

    /// Returns what follows the verb, if the claim has no statement of its own: its own particulars, and what the
    /// answered claim says.
    fn answer_body(self) -> String {
        let mut text = String::new();
        match self.direction() {
            Some(Direction::Up) => text.push_str(" upwards"),
            Some(Direction::Down) => text.push_str(" downwards"),
            _ => {}
        }
        // Writing to a String does not fail.
        if let Some(factor) = self.factor() {
            let _ = write!(text, " by a factor of {factor}");
        }
        let mut own = self.own_particulars(false);
        let mut now: Vec<String> = self.quantity().map(ToString::to_string).into_iter().collect();
        let period = self.period().map(|period| period.to_string());
        match self.stance() {
            Stance::Revises => now.extend(period),
            _ => own.extend(period),
        }
        text.push_str(&bracketed(&own));
        text.push_str(&self.answered().unwrap_or_default());
        if let Some(target) = self.only_target() {
            let parts = match self.stance() {
                Stance::Acknowledges => Parts::Statement,
                Stance::Revises => Parts::Everything,
                _ if self.quantity().is_some() => Parts::AllButFigure,
                _ => Parts::Everything,
            };
            if let Some(content) = target.repeating().parts_in_words(parts) {
                let _ = write!(text, ": {content}");
            }
        }
        if !now.is_empty() {
            let word = if self.stance() == Stance::Revises { "now" } else { "with" };
            let _ = write!(text, "; {word} {}", now.join(", "));
        }
        self.write_conditions(&mut text);
        text
    }

    /// Returns the claim whose statement it repeats, over a few answers to answers; itself if it has a statement.
    fn repeating(self) -> Self {
        let next = |it: &Self| it.only_target().filter(|_| it.statement().is_none());
        std::iter::successors(Some(self), next).take(8).last().unwrap_or(self)
    }

    /// Returns the answered claim, if there is one only.
    fn only_target(self) -> Option<Self> {
        let mut targets = self.targets().filter(|_| self.targets().len() == 1);
        ClaimRef::new(self.graph(), targets.next()?.0)
    }

    /// Returns how many claims it answers for sure, and how many in all.
    fn count_targets(self) -> (usize, usize) {
        let sure = self.targets().filter(|(_, basis)| *basis != Basis::Possible).count();
        (sure, self.targets().len())
    }

    /// Returns what is answered: " what NIS asserted" or " 2 claims, perhaps 3". If nothing is, it is `None`.
    fn answered(self) -> Option<String> {
        let (sure, all) = self.count_targets();
        let perhaps = if sure == 0 { "perhaps " } else { "" };
        match self.only_target() {
            Some(target) => Some(format!(" {perhaps}what {}", target.uttered())),
            None => (all > 0).then(|| format!(" {}", claims(sure, all))),
        }
    }

    /// Returns the content of the claim, without its speaker and stance: "North Korea deploys to Russia: 3,000
    /// soldiers". If the claim does not have a statement, it is `None`.
    pub fn content(self) -> Option<String> {
        self.parts_in_words(Parts::Everything)
    }

    /// Returns that much of the content.
    fn parts_in_words(self, parts: Parts) -> Option<String> {
        let mut text = self.statement()?.words_in(self.mood(), true);
        if parts == Parts::Everything {
            self.write_figure(&mut text);
        }
        if parts == Parts::Statement {
            let period = self.period().map(|period| period.to_string());
            text.push_str(&bracketed(&Vec::from_iter(period)));
            return Some(text);
        }
        self.write_conditions(&mut text);
        text.push_str(&bracketed(&self.particulars(true)));
        Some(text)
    }

    /// Writes the figure of the claim: ": 3,000 soldiers".
    fn write_figure(self, text: &mut String) {
        // Writing to a String does not fail.
        if let Some(quantity) = self.details().and_then(|details| details.quantity.as_deref()) {
            let _ = write!(text, ": {quantity}");
        }
    }

    /// Writes the conditions: ", if Russia cooperates with North Korea".
    fn write_conditions(self, text: &mut String) {
        for condition in self.role(base::CONDITION) {
            let _ = match condition {
                Term::Statement(statement) if statement.is_negated() => {
                    write!(text, ", unless {}", statement.in_words(false))
                }
                condition => write!(text, ", if {}", self.graph().word(condition, true)),
            };
        }
    }

    /// Returns whether the speaker is less sure than probable where it would be surer by its stance. The sentence then
    /// says so before the content.
    fn is_unsure(self) -> bool {
        self.certainty() > self.stance().usual_certainty().max(Certainty::Probable)
    }

    /// Returns the particulars and, before them, the certainty of the speaker, if it is not the usual one.
    fn own_particulars(self, of_statement: bool) -> Vec<String> {
        let mut told = self.particulars(of_statement);
        if self.certainty() != self.stance().usual_certainty() && !self.is_unsure() {
            told.insert(0, self.certainty().to_string());
        }
        told
    }

    /// Returns modality, period, roles and derived figure, if they are not the usual ones. Without a statement, the
    /// period is not among them.
    fn particulars(self, of_statement: bool) -> Vec<String> {
        let mut told = Vec::new();
        if self.modality() != self.stance().usual_modality() && self.modality() != Modality::Actual
        {
            told.push(self.modality().to_string());
        }
        told.extend(self.object_quantity().map(ToString::to_string));
        told.extend(self.period().filter(|_| of_statement).map(|period| period.to_string()));
        let condition = self.graph().resolve_role(base::CONDITION.0);
        let condition = condition.map(|role| self.graph().vocabulary.roles.key(role));
        let roles = self.roles().filter(|(role, ..)| Ok(*role) != condition);
        told.extend(roles.filter_map(|(role, value, _)| {
            let role = role_in_words(role);
            match value {
                Term::NotStated => Some(format!("{role} not stated")),
                Term::Entity(_) | Term::Text(_) | Term::Quantity(_) => {
                    Some(format!("{role}: {}", self.graph().word(value, false)))
                }
                _ => None,
            }
        }));
        told.extend(self.derivation().map(|it| format!("derived: {}", it.quantity())));
        told
    }
}

/// Returns "1 claim", "2 claims, perhaps 3", "perhaps 3 claims".
fn claims(sure: usize, all: usize) -> String {
    let counted = |count: usize| format!("{count} claim{}", if count == 1 { "" } else { "s" });
    match (sure, all) {
        (0, all) => format!("perhaps {}", counted(all)),
        (sure, all) if sure < all => format!("{}, perhaps {all}", counted(sure)),
        (sure, _) => counted(sure),
    }
}
