//! A claim as a value: the speakers, their stance, the statement or the claims it is about, the document it was
//! read in.
//!
//! [`Claim::by`] starts one, a verb of [`Attribution`] makes it, and [`insert`](crate::ClaimGraph::insert) checks it.

use crate::model::claim_details::Details;
use crate::model::document::Locator;
use crate::model::id::{ClaimId, EntityId};
use crate::model::statement::{Argument, Statement};
use crate::model::time::edtf::PeriodError;
use crate::model::time::period::Period;
use crate::model::value::amount::Amount;
use crate::model::value::grade::{Credibility, Likelihood, Reliability};
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Basis, Certainty, Modality, Polarity, Prominence, Stance};
use crate::model::vocabulary::base::{Document, Source};
use crate::model::vocabulary::fill::{Fills, Marked};
use crate::model::vocabulary::relation::{Relation, Role, RoleLabel};
use jiff::civil::Date;

/// A speaker as handed in: one link of a chain.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Speaker {
    pub(crate) who: Argument,
    pub(crate) basis: Basis,
    pub(crate) direct: bool,
}

/// One step of a chain of speakers.
///
/// If the text does not say who speaks, `source` is `None`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SpeakerLink {
    /// The speaker at this step; `None` if it is not known.
    pub source: Option<EntityId>,
    /// Whether the text names the speaker, or a reader chose, filled in or concluded who it is.
    pub basis: Basis,
    /// Whether the speaker is quoted in its own words.
    pub direct: bool,
}

/// The speakers of a claim that does not say anything yet. [`Claim::by`] makes one; each verb turns it into a
/// [`Claim`].
#[derive(Clone, PartialEq, Debug)]
#[must_use = "an attribution says nothing until a verb is called"]
pub struct Attribution {
    chain: Vec<Speaker>,
}

impl Attribution {
    fn push(mut self, who: Argument) -> Self {
        self.chain.push(Speaker { basis: who.basis, who, direct: false });
        self
    }

    /// Creates a claim of one speaker with this stance and nothing else.
    pub(crate) fn of(speaker: Argument, stance: Stance) -> Claim {
        Self { chain: Vec::new() }.push(speaker).answers(stance, Vec::new())
    }

    /// Adds a speaker that passes the claim on: `by(assessors).relayed_by(lee)` is "Lee says that assessors say".
    ///
    /// If nobody knows who passes it on, use [`NotStated`](crate::claim::NotStated).
    pub fn relayed_by(self, relay: impl Fills<Source>) -> Self {
        self.push(relay.argument())
    }

    /// Marks the speaker last given as quoted in its own words. The words and their place go to
    /// [`quote`](Claim::quote); if it is not called, the claim as it stands is the quotation.
    pub fn quoted(mut self) -> Self {
        if let Some(speaker) = self.chain.last_mut() {
            speaker.direct = true;
        }
        self
    }

    /// Marks the speaker last given as the analyst's conclusion, not stated by the text.
    pub fn inferred(mut self) -> Self {
        if let Some(speaker) = self.chain.last_mut() {
            speaker.basis = Basis::Inferred;
        }
        self
    }

    fn claim(self, stance: Stance, statement: Option<Statement>, targets: AnsweredClaims) -> Claim {
        Claim {
            chain: self.chain,
            stance,
            statement,
            targets: targets.0,
            roles: Vec::new(),
            certainty: stance.usual_certainty(),
            modality: stance.usual_modality(),
            prominence: stance.usual_prominence(),
            valid: None,
            bad_period: None,
            bad_said: None,
            reported: None,
            document: None,
            details: Details::default(),
        }
    }

    /// Takes a stance that is known at run time on a statement. The verbs are short for it.
    ///
    /// [`insert`](crate::ClaimGraph::insert) refuses a stance that takes no statement or needs a target;
    /// `Stance::Assesses` needs a [`polarity`](Claim::polarity).
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Stance};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
    /// let stance: Stance = "calls-for".parse()?;
    /// let claim = graph.insert(Claim::by(russia).says(stance, nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
    /// assert_eq!(graph.claim(claim)?.stance(), Stance::CallsFor);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn says<S, O>(
        self,
        stance: Stance,
        subject: impl Fills<S>,
        relation: Relation<S, O>,
        object: impl Fills<O>,
    ) -> Claim {
        let statement = Statement::new(subject, relation, object);
        self.claim(stance, Some(statement), AnsweredClaims(Vec::new()))
    }

    /// Takes a stance that is known at run time on claims. The verbs are short for it.
    ///
    /// [`insert`](crate::ClaimGraph::insert) refuses a stance that answers nothing.
    pub fn answers(self, stance: Stance, targets: impl Into<AnsweredClaims>) -> Claim {
        self.claim(stance, None, targets.into())
    }

    /// Rates something, as in "praises the morale of the troops".
    pub fn assesses<S, O>(
        self,
        polarity: Polarity,
        subject: impl Fills<S>,
        relation: Relation<S, O>,
        object: impl Fills<O>,
    ) -> Claim {
        self.says(Stance::Assesses, subject, relation, object).polarity(polarity)
    }

    /// Says that claims hold. It covers everything they say, unless [`restating`](Claim::restating) gives a
    /// statement of its own.
    pub fn confirms(self, targets: impl Into<AnsweredClaims>) -> Claim {
        self.answers(Stance::Confirms, targets)
    }

    /// Accepts claims without adding evidence.
    pub fn acknowledges(self, targets: impl Into<AnsweredClaims>) -> Claim {
        self.answers(Stance::Acknowledges, targets)
    }

    /// Dismisses claims without a word about the facts: "fake news".
    pub fn dismisses(self, targets: impl Into<AnsweredClaims>) -> Claim {
        self.answers(Stance::Dismisses, targets)
    }

    /// Leaves open whether claims hold.
    pub fn doubts(self, targets: impl Into<AnsweredClaims>) -> Claim {
        self.answers(Stance::Doubts, targets)
    }

    /// Replaces the figure or period of claims. Give the new one, or a [`factor`](Claim::factor), or name the
    /// claim that has it in the role `revised-to`. If the text says [`upwards`](Claim::upwards) or
    /// [`downwards`](Claim::downwards), say so too.
    ///
    /// If `targets` has several claims, the revision applies to the first of them in finding order. To revise each,
    /// insert one revision per claim.
    pub fn revises(self, targets: impl Into<AnsweredClaims>) -> Claim {
        self.answers(Stance::Revises, targets)
    }

    /// Takes back claims of the same speaker.
    pub fn retracts(self, targets: impl Into<AnsweredClaims>) -> Claim {
        self.answers(Stance::Retracts, targets)
    }
}

macro_rules! statement_verbs {
    ($($(#[$meta:meta])* $verb:ident => $stance:ident;)+) => {
        impl Attribution {
            $($(#[$meta])*
            pub fn $verb<S, O>(self, subject: impl Fills<S>, relation: Relation<S, O>, object: impl Fills<O>) -> Claim {
                self.says(Stance::$stance, subject, relation, object)
            })+
        }
    };
}

statement_verbs! {
    /// Says that the statement is true.
    asserts => Asserts;
    /// Says so from what it saw or measured.
    observes => Observes;
    /// Gives a figure or judgement of its own making.
    estimates => Estimates;
    /// Says that a statement holds, from evidence of its own, without naming whose claim it was.
    confirms_that => Confirms;
    /// Accepts a statement without adding evidence.
    acknowledges_that => Acknowledges;
    /// Takes the statement for granted.
    presupposes => Presupposes;
    /// Expects that it will be so.
    projects => Projects;
    /// Holds that it may be so.
    speculates => Speculates;
    /// Says that the statement is false. To deny it in answer to claims, add [`responding_to`](Claim::responding_to).
    denies => Denies;
    /// Leaves open whether it is so.
    doubts_that => Doubts;
    /// Demands that it be done.
    demands => Demands;
    /// Calls publicly for it to be done.
    calls_for => CallsFor;
    /// Announces it as a consequence.
    threatens => Threatens;
}

/// Claims that another claim answers: one, or a list, or either marked
/// [`implicit`](crate::claim::implicit) or [`resolved`](crate::claim::resolved).
#[derive(Clone, PartialEq, Debug)]
pub struct AnsweredClaims(Vec<(ClaimId, Basis)>);

impl From<ClaimId> for AnsweredClaims {
    fn from(claim: ClaimId) -> Self {
        Self(vec![(claim, Basis::Stated)])
    }
}

impl<T: AsRef<[ClaimId]>> From<T> for AnsweredClaims {
    fn from(claims: T) -> Self {
        Self(claims.as_ref().iter().map(|&claim| (claim, Basis::Stated)).collect())
    }
}

impl<T: Into<AnsweredClaims>> From<Marked<T>> for AnsweredClaims {
    fn from(marked: Marked<T>) -> Self {
        let Self(claims) = marked.value.into();
        Self(claims.into_iter().map(|(claim, _)| (claim, marked.basis)).collect())
    }
}

/// One speaker's stance on a statement, or on earlier claims, as read in one document.
///
/// A plain value: setters never fail, and [`insert`](crate::ClaimGraph::insert) checks it once. Every part has a
/// default, so `Claim::by(x).asserts(a, R, b)` and a document or a report date make a whole claim. It is then certain,
/// actual, in indirect speech and undated.
///
/// ```
/// use claimgraph::{claim::Quote, date, reporting::*, Claim, ClaimGraph, Quantity, Stance};
/// let mut graph = ClaimGraph::new();
/// let article = graph.add_document("seoul-2024-10-24", date(2024, 10, 24))?;
/// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
/// let officials = graph.add(Group, "officials")?;
/// let dispatch = graph.insert(
///     Claim::by(officials)
///         .asserts(nk, DEPLOYS_TO, russia)
///         .quantity(Quantity::stated(3_000, "soldiers"))
///         .read_in(article, 74..125),
/// )?;
/// graph.insert(Claim::by(russia).dismisses(dispatch).quote(Quote::fragment("fake news")).read_in(article, ..))?;
/// assert_eq!(graph.contested().certain().count(), 1);
/// assert_eq!(graph.claim(dispatch)?.stance(), Stance::Asserts);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Debug)]
#[must_use = "a claim is on record once it is inserted"]
pub struct Claim {
    pub(crate) chain: Vec<Speaker>,
    pub(crate) stance: Stance,
    pub(crate) statement: Option<Statement>,
    pub(crate) targets: Vec<(ClaimId, Basis)>,
    pub(crate) roles: Vec<(RoleLabel, Argument)>,
    pub(crate) certainty: Certainty,
    pub(crate) modality: Modality,
    pub(crate) prominence: Prominence,
    pub(crate) valid: Option<Period>,
    pub(crate) bad_period: Option<PeriodError>,
    pub(crate) bad_said: Option<PeriodError>,
    pub(crate) reported: Option<Date>,
    pub(crate) document: Option<Argument>,
    pub(crate) details: Details,
}

impl Claim {
    /// Starts a claim with its innermost speaker, the one whose stance, certainty and modality it has.
    ///
    /// A document may speak in its own voice. If nobody knows the speaker ("previous estimates"), use
    /// [`NotStated`](crate::claim::NotStated).
    pub fn by(speaker: impl Fills<Source>) -> Attribution {
        Attribution { chain: Vec::new() }.push(speaker.argument())
    }

    /// Sets the statement of a confirmation, acknowledgement or doubt that covers less than the claim it answers says.
    pub fn restating<S, O>(
        mut self,
        subject: impl Fills<S>,
        relation: Relation<S, O>,
        object: impl Fills<O>,
    ) -> Self {
        self.statement = Some(Statement::new(subject, relation, object));
        self
    }

    /// Adds claims that it answers.
    pub fn responding_to(mut self, targets: impl Into<AnsweredClaims>) -> Self {
        self.targets.extend(targets.into().0);
        self
    }

    /// Adds claims that it answers in another reading of the text. An answer that rests on it is
    /// [`Unknown`](crate::Answer).
    pub fn possibly_responding_to(mut self, targets: impl Into<AnsweredClaims>) -> Self {
        let possible = targets.into().0.into_iter().map(|(claim, _)| (claim, Basis::Possible));
        self.targets.extend(possible);
        self
    }

    /// Adds a further argument.
    pub fn with<V>(mut self, role: Role<V>, value: impl Fills<V>) -> Self {
        self.roles.push((role.0, value.argument()));
        self
    }

    /// Sets how many or how much.
    pub fn quantity(mut self, quantity: Quantity) -> Self {
        self.details.quantity = Some(Box::new(quantity));
        self
    }

    /// Sets the factor by which it revises a figure: 2 for doubling.
    pub fn factor(mut self, factor: impl Into<Amount>) -> Self {
        self.details.factor = Some(Box::new(factor.into()));
        self
    }

    /// Sets when it holds: a [`Period`], a date, a range of dates, or EDTF text.
    ///
    /// A date, month or year alone is an event of one day in it. For a state that lasted, use [`Period::lasting`],
    /// [`Period::since`] or an interval. If the text is not a period, `insert` refuses the claim.
    pub fn valid(mut self, period: impl TryInto<Period, Error: Into<PeriodError>>) -> Self {
        match period.try_into() {
            Ok(period) => (self.valid, self.bad_period) = (Some(period), None),
            Err(error) => (self.valid, self.bad_period) = (None, Some(error.into())),
        }
        self
    }

    /// Sets the day it was reported, if that is not the date of the document.
    pub fn reported(mut self, day: Date) -> Self {
        self.reported = Some(day);
        self
    }

    /// Sets the document it was read in, which becomes the outermost speaker, and the place of the claim in it.
    ///
    /// The place is a range of bytes, as `str::find` counts them: `74..125`, or `..` for the whole document. `insert`
    /// refuses a range that ends before it starts, lies outside the document or splits a character.
    pub fn read_in(mut self, document: impl Fills<Document>, span: impl Into<Locator>) -> Self {
        self.document = Some(document.argument());
        self.details.span = span.into().0;
        self
    }

    /// Keeps words of the text that carry the claim and are not a quote: "doubling". Words that the document quotes of a
    /// speaker go to [`quote`](Self::quote).
    ///
    /// If the claim has a span, they stand in it: `insert` refuses words that are longer than the span, or that the text
    /// does not have there.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, DocumentInfo};
    /// let mut graph = ClaimGraph::new();
    /// let text = "Earlier figures were doubled.";
    /// let article = graph.add_document("article", DocumentInfo::dated(date(2024, 10, 24)).with_text(text))?;
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let sent = graph.insert(Claim::by(article).asserts(nk, DEPLOYS_TO, russia).read_in(article, ..))?;
    /// let doubled = || Claim::by(article).revises(sent).factor(2).read_in(article, 0..28);
    /// let revision = graph.insert(doubled().words("doubled"))?;
    /// assert_eq!(graph.claim(revision)?.words(), Some("doubled"));
    /// assert!(graph.insert(doubled().words("halved")).is_err());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.details.words = Some(words.into().into());
        self
    }

    /// Sets the words that show the stance ("have revealed"), and the bytes of the whole attribution, in which they stand.
    ///
    /// `insert` refuses words that are longer than the span, or that the text does not have there.
    pub fn cue(mut self, words: impl Into<String>, span: impl Into<Locator>) -> Self {
        self.details.cue_words = Some(words.into().into());
        self.details.cue = span.into().0;
        self
    }

    /// Sets the sign of an assessment.
    pub fn polarity(mut self, polarity: Polarity) -> Self {
        self.details.polarity = Some(polarity);
        self
    }

    /// Sets how sure the speaker is.
    pub fn certainty(mut self, certainty: Certainty) -> Self {
        self.certainty = certainty;
        self
    }

    /// Sets whether it is actual, or only planned, wanted or imagined.
    pub fn modality(mut self, modality: Modality) -> Self {
        self.modality = modality;
        self
    }

    /// Marks it as mentioned in passing.
    pub fn background(mut self) -> Self {
        self.prominence = Prominence::Background;
        self
    }

    /// Sets how reliable its source was judged.
    pub fn reliability(mut self, reliability: Reliability) -> Self {
        self.details.grade.reliability = Some(reliability);
        self
    }

    /// Sets how credible it was judged.
    pub fn credibility(mut self, credibility: Credibility) -> Self {
        self.details.grade.credibility = Some(credibility);
        self
    }

    /// Sets the likelihood that the speaker gave.
    pub fn likelihood(mut self, likelihood: Likelihood) -> Self {
        self.details.grade.likelihood = Some(likelihood);
        self
    }
}
