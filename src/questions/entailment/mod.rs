//! Entailment: the rules by which a claim says what was asked. Nearly every question uses them.
//!
//! A claim entails a pattern if its relation is that of the pattern or implies it; its ends are those of the pattern,
//! act for them (part-of) or lie in them (located-in); every role and figure of the pattern is entailed; and the
//! periods can overlap.

pub(crate) mod candidates;

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::graph::statement_ref::{StatementRef, Term};
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{EntityId, RelationId, RoleId};
use crate::model::reached::reached;
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::time::spell::{Spell, Told};
use crate::model::time::window::Window;
use crate::model::value::answer::Answer;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Certainty, Modality};
use crate::model::vocabulary::Slot;
use crate::questions::entailment::candidates::ClaimSet;
use crate::questions::voice::Voice;
use crate::store::stored_claim::{Held, HeldArgument, Revised};
use crate::view::View;
use crate::view::parts::Parts;
use crate::view::proof::Step;
use crate::view::steps::{Steps, Way};
use indexmap::IndexSet;
use std::borrow::Cow;

/// The content of a claim or question, without its speaker. An absent end means anything.
#[derive(Clone, Debug)]
pub(crate) struct Proposition<'a> {
    pub(crate) relation: RelationId,
    pub(crate) subject: Option<Term<'a>>,
    pub(crate) object: Option<Term<'a>>,
    pub(crate) roles: &'a [(RoleId, HeldArgument)],
    /// Roles that must have a value, whatever it is.
    pub(crate) given: &'a [RoleId],
    pub(crate) quantity: Option<&'a Quantity>,
    pub(crate) valid: Option<Period>,
    /// How it was told; `None` if it is a question or stands in a role.
    pub(crate) told: Option<Told>,
}

/// The way in which a pattern asks about its period.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(crate) enum TimeAsked {
    /// It was so on some day of the period.
    #[default]
    Within,
    /// It was so on all days of the period.
    Throughout,
    /// It is denied for all days of the period.
    Denied,
}

/// The way in which a claim entails a pattern.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Entailed {
    /// Whether it speaks of the time of the pattern, certainly or possibly. Without a time in the pattern, it does.
    pub(crate) in_time: Answer,
    /// Whether the speaker of the claim has since revised what the pattern asks about.
    pub(crate) superseded: bool,
    /// The steps from what the claim says to the pattern.
    pub(crate) steps: Steps,
}

/// An end of a pattern: anything, a term, or anything that acts for an entity or lies in it.
pub(crate) enum End<'a> {
    Anything,
    Term(Term<'a>),
    Within(Parts<'a>),
}

/// A proposition prepared for matching claims against it.
pub(crate) struct Pattern<'a> {
    proposition: Proposition<'a>,
    pub(crate) relation: RelationId,
    /// The ends in the direction of the primary relation.
    pub(crate) subject: End<'a>,
    pub(crate) object: End<'a>,
    roles: Vec<(RoleId, End<'a>)>,
    pub(crate) time_asked: TimeAsked,
}

impl Proposition<'_> {
    /// Returns the period, as known on the report day.
    pub(crate) fn holding(&self) -> Option<Period> {
        let valid = self.valid.as_ref()?;
        Some(match self.told {
            Some(Told { reported, actual }) => valid.as_reported(reported, actual),
            None => valid.clone(),
        })
    }
}

impl<'g> StatementRef<'g> {
    /// Returns the content of the statement. Only a statement that stands in a role has a time of its own.
    pub(crate) fn proposition(self) -> Proposition<'g> {
        Proposition {
            relation: self.relation_id(),
            subject: Some(self.subject()),
            object: Some(self.object()),
            roles: self.held_roles(),
            given: &[],
            quantity: None,
            valid: self.valid().cloned(),
            told: None,
        }
    }
}

impl<'g> View<'g> {
    /// Returns the content of the claim. A revision that gives a new figure or period says what it revises, with
    /// that. A revision that gives a factor, or names the claim with the new figure, says nothing of its own.
    pub(crate) fn proposition(&self, claim: ClaimRef<'g>) -> Option<Proposition<'g>> {
        self.says(self.revised(claim).unwrap_or(Revised::itself(claim.id())))
    }

    /// Returns a pattern of a proposition. With `roll_up`, parts count for their whole.
    pub(crate) fn pattern<'a>(&self, mut proposition: Proposition<'a>, roll_up: bool) -> Pattern<'a>
    where
        'g: 'a,
    {
        // A figure as object is compared like a figure beside the statement.
        if let Some(Term::Quantity(quantity)) = proposition.object {
            proposition.quantity = proposition.quantity.or(Some(quantity));
            proposition.object = None;
        }
        let vocabulary = &self.graph.vocabulary;
        let (relation, turned) = vocabulary.primary(proposition.relation);
        let def = vocabulary.relations.get(relation);
        let end = |term: Option<Term<'a>>, slot: Option<&Slot>| match term {
            None => End::Anything,
            Some(Term::Entity(entity)) if roll_up => {
                End::Within(self.parts(entity, self.graph.rolls_up_by(slot)))
            }
            Some(term) => End::Term(term),
        };
        let (subject, object) = match turned {
            true => (proposition.object, proposition.subject),
            false => (proposition.subject, proposition.object),
        };
        let (subject, object) = (end(subject, Some(&def.subject)), end(object, Some(&def.object)));
        let roles = proposition
            .roles
            .iter()
            .map(|(role, wanted)| (*role, end(Some(Term::of(self.graph, &wanted.value)), None)))
            .collect();
        let time_asked = TimeAsked::default();
        Pattern { proposition, relation, subject, object, roles, time_asked }
    }

    /// Returns a pattern of what a claim says, without the roles that tell to whom or where it was said.
    pub(crate) fn pattern_of_content<'a>(&self, proposition: Proposition<'a>) -> Pattern<'a>
    where
        'g: 'a,
    {
        let mut pattern = self.pattern(proposition, true);
        pattern.roles.retain(|(role, _)| self.graph.is_content(*role));
        pattern
    }

    /// Returns whether what is said is of the time that is asked about.
    pub(crate) fn speaks_of_time(&self, said: &Proposition<'_>, asked: &Pattern<'_>) -> Answer {
        let Some(period) = &asked.proposition.valid else { return Answer::Yes };
        let days = period.named_days();
        let spell = self.spell(said, asked.relation);
        match asked.time_asked {
            TimeAsked::Within => spell.within(days),
            TimeAsked::Throughout => spell.throughout(days),
            TimeAsked::Denied => match said.holding() {
                None => Answer::Yes,
                Some(period) => {
                    // A question for a state is for the days that it names, as a denial is.
                    let asked = Spell::of_denial(Some(&period));
                    let state = self.graph.vocabulary.lasts(said.relation);
                    let spell = if said.told.is_none() && state { asked } else { spell };
                    Answer::of(period.named_days().lies_in(days), spell.is_apart(days))
                }
            },
        }
    }

    /// Returns whether what is said, read as this relation, begins after that day. If it was over before the day, it is
    /// `No`.
    pub(crate) fn begins_after(
        &self,
        said: &Proposition<'_>,
        relation: RelationId,
        day: Day,
    ) -> Answer {
        let spell = self.spell(said, relation);
        Answer::of(spell.begins_after(day), spell.is_apart(Window::new(Some(day), None)))
    }

    /// Returns the days on which what is said holds, read as this relation. What happens begins the state that it
    /// implies.
    fn spell(&self, said: &Proposition<'_>, relation: RelationId) -> Spell {
        let vocabulary = &self.graph.vocabulary;
        let lasts = vocabulary.lasts(said.relation);
        let spell = Spell::of(said.valid.as_ref(), said.told, lasts);
        if !lasts && vocabulary.lasts(relation) { spell.begun_state() } else { spell }
    }

    /// Returns in what time and by which steps what is said entails what is asked, or `None` if it does not.
    pub(crate) fn entails(&self, said: &Proposition<'_>, asked: &Pattern<'_>) -> Option<Entailed> {
        let vocabulary = &self.graph.vocabulary;
        let in_time = self.speaks_of_time(said, asked);
        if in_time.is_no() {
            return None;
        }
        let reached = vocabulary
            .entailed(said.relation)
            .iter()
            .filter(|(relation, _)| *relation == asked.relation);
        let held = said.holding();
        let ends = |swapped: bool| -> Option<Vec<Way>> {
            let (subject, object) =
                if swapped { (said.object, said.subject) } else { (said.subject, said.object) };
            let ways = [
                self.meets(subject, &asked.subject, held.as_ref())?,
                self.meets(object, &asked.object, held.as_ref())?,
            ];
            Some(ways.into_iter().flatten().collect())
        };
        let (swapped, ways) =
            reached.filter_map(|&(_, swapped)| Some((swapped, ends(swapped)?))).next()?;
        let declares = |role: RoleId| {
            let (role, relation) =
                (vocabulary.roles.get(role), vocabulary.relations.get(asked.relation));
            role.general || relation.roles.contains(&role.key)
        };
        let roles_met = asked.roles.iter().all(|(role, wanted)| {
            let values = said.roles.iter().filter(|(r, _)| r == role && declares(*r));
            values
                .map(|(_, argument)| Term::of(self.graph, &argument.value))
                .any(|term| self.meets(Some(term), wanted, held.as_ref()).is_some())
        });
        let given = |role: &RoleId| {
            said.roles.iter().any(|(r, value)| r == role && value.value != Held::NotStated)
        };
        let roles_met = roles_met && asked.proposition.given.iter().all(given);
        // A figure does not travel to an implied relation: how many were sent is not how many are there.
        let same = vocabulary.primary(said.relation).0 == asked.relation;
        let figure_met = match (asked.proposition.quantity, said.quantity) {
            (None, _) => true,
            (Some(wanted), Some(given)) => {
                same && self
                    .counted(said, given, asked)
                    .supports(&self.graph.in_unit(wanted))
                    .is_yes()
            }
            (Some(_), None) => false,
        };
        if !roles_met || !figure_met {
            return None;
        }
        let mut steps = Vec::new();
        if !same {
            let from = vocabulary.relations.key(said.relation).to_owned();
            let to = vocabulary.relations.key(asked.relation).to_owned();
            steps.push(Step::Implied { from, to });
        }
        if swapped != vocabulary.primary(asked.proposition.relation).1 {
            steps.push(Step::OtherSide);
        }
        Some(Entailed { in_time, superseded: false, steps: Steps::of(steps, ways) })
    }

    /// Returns the figure that is said, for the time that is asked about: a count over a part of it is a lower bound.
    fn counted<'a>(
        &self,
        said: &Proposition<'_>,
        given: &'a Quantity,
        asked: &Pattern<'_>,
    ) -> Cow<'a, Quantity> {
        let given = self.graph.in_unit(given);
        let asked_days = asked.proposition.valid.as_ref().map(Period::named_days);
        match asked_days.is_some_and(|days| self.spell(said, asked.relation).counts_a_part_of(days))
        {
            true => Cow::Owned(given.lower_bound()),
            false => given,
        }
    }

    /// Returns the way from what is said to an end that is asked about, if it leads up; `None` if what is said is not
    /// that end.
    fn meets(
        &self,
        said: Option<Term<'_>>,
        asked: &End<'_>,
        at: Option<&Period>,
    ) -> Option<Option<Way>> {
        let is_so = match (asked, said?) {
            (End::Anything, _) => true,
            (End::Term(Term::Quantity(asked)), Term::Quantity(said)) => {
                let supports = self.graph.in_unit(said).supports(&self.graph.in_unit(asked));
                supports.is_yes()
            }
            (End::Term(term), said) => *term == said,
            (End::Within(parts), Term::Entity(entity)) => return parts.way(entity, at).map(Some),
            (End::Within(_), _) => false,
        };
        is_so.then_some(None)
    }

    /// Returns the modality of what the claim says, if its speaker is committed to it. A revision is as committed as
    /// what it revises, with the same modality.
    pub(crate) fn commitment(&self, claim: ClaimRef<'g>) -> Option<Modality> {
        let revised = claim.revised().and_then(|r| ClaimRef::new(self.graph, r.statement));
        let says = revised.unwrap_or(claim);
        (claim.stance().commits() && says.stance().commits()).then(|| says.modality())
    }

    /// Returns every claim of the view that its speaker is committed to and that entails the pattern, with the steps,
    /// in no order.
    pub(crate) fn entailing(
        &self,
        pattern: &Pattern<'_>,
        modality: Option<Modality>,
        weakest: Certainty,
    ) -> impl Iterator<Item = (ClaimRef<'g>, Entailed)> {
        self.candidates(pattern).into_iter().filter_map(move |id| {
            let claim = self.get(id)?;
            Some((claim, self.entailed_by(claim, pattern, modality, weakest)?))
        })
    }

    /// Returns how the claim entails the pattern, if its speaker is committed to it, whether or not it is in the view.
    pub(crate) fn entailed_by(
        &self,
        claim: ClaimRef<'g>,
        pattern: &Pattern<'_>,
        modality: Option<Modality>,
        weakest: Certainty,
    ) -> Option<Entailed> {
        let meant = self.commitment(claim).filter(|_| claim.certainty() <= weakest)?;
        let fits = modality.is_none_or(|asked| asked == meant);
        let said = self.proposition(claim).filter(|_| fits)?;
        let superseded = self.is_superseded_in(claim, pattern);
        Some(Entailed { superseded, ..self.entails(&said, pattern)? })
    }

    /// Returns whether the speaker has revised what the pattern asks about: the figure, the time, or what a revision
    /// repeats.
    pub(crate) fn is_superseded_in(&self, claim: ClaimRef<'g>, pattern: &Pattern<'_>) -> bool {
        let asked = &pattern.proposition;
        self.superseded(claim.id()).is_some_and(|superseded| {
            superseded.repeated
                || (asked.quantity.is_some() && !superseded.figure.is_empty())
                || (asked.valid.is_some() && !superseded.period.is_empty())
        })
    }

    /// Returns the denials of this view that can deny something that the proposition entails: they are about its
    /// ends, or about what those are parts of.
    pub(crate) fn denials_against(&self, said: &Proposition<'_>) -> Vec<Voice<'g>> {
        let ledger = &self.graph.ledger;
        if ledger.denials().is_empty() {
            return Vec::new();
        }
        let above = |term: Option<Term<'_>>| -> Vec<Option<EntityId>> {
            let entity = term.and_then(Term::entity);
            let above = entity.map(|entity| self.graph.above(entity)).unwrap_or_default();
            above.into_iter().map(Some).chain([None]).collect()
        };
        let (subjects, objects) = (above(said.subject), above(said.object));
        let mut found = ClaimSet::default();
        for (&a, &b) in subjects.iter().flat_map(|a| objects.iter().map(move |b| (a, b))) {
            found.extend(ledger.denials_of((a, b)));
            found.extend(ledger.denials_of((b, a)));
        }
        self.denials_by(found).collect()
    }
}

impl ClaimRef<'_> {
    /// Returns whether the speaker is committed to an actual statement.
    pub(crate) fn is_fact(self) -> bool {
        self.modality() == Modality::Actual && self.stance().commits()
    }
}

const BOTH: &[AffiliationKind] = &[AffiliationKind::PartOf, AffiliationKind::LocatedIn];

impl ClaimGraph {
    /// Returns the entity and everything that it is a part of or lies in, by any affiliation.
    pub(crate) fn above(&self, entity: EntityId) -> IndexSet<EntityId> {
        reached([entity], |part| self.directly_above(part))
    }

    /// Returns what the entity is a part of or lies in by one affiliation.
    pub(crate) fn directly_above(&self, part: EntityId) -> impl Iterator<Item = EntityId> {
        let all = self.affiliations_of(part).filter(|(_, it)| BOTH.contains(&it.kind()));
        all.map(|(_, it)| it.whole())
    }

    /// Returns the affiliations by which entities count for the entity in this slot: parts for an actor, places
    /// within for a place, both for any other slot.
    fn rolls_up_by(&self, slot: Option<&Slot>) -> &'static [AffiliationKind] {
        let Some(Slot::Kind(key)) = slot else {
            return BOTH;
        };
        let is = |wanted: &str| {
            let (kind, wanted) =
                (self.vocabulary.kinds.find(key), self.vocabulary.kinds.find(wanted));
            kind.zip(wanted).is_some_and(|(kind, wanted)| self.vocabulary.is_a(kind, wanted))
        };
        match (is("Actor"), is("Place")) {
            (true, _) => &[AffiliationKind::PartOf],
            (false, true) => &[AffiliationKind::LocatedIn],
            (false, false) => BOTH,
        }
    }
}
