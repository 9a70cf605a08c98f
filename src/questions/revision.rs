//! Revisions of figures, and figures that can be derived from the links among figures.

use crate::graph::claim_ref::ClaimRef;
use crate::model::claim_link::Derivation;
use crate::model::id::ClaimId;
use crate::model::time::period::Period;
use crate::model::value::amount::Amount;
use crate::model::value::direction::Direction;
use crate::model::value::quantity::Precision;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Basis, Stance};
use crate::model::value::word::words;
use crate::model::vocabulary::base::{ADDITIONAL_TO, PART_OF_TOTAL, REVISED_TO};
use crate::model::vocabulary::relation::Role;
use crate::model::vocabulary::slot::AnyClaim;
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::json_form;
use crate::view::proof::Proof;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

/// A revision of a figure, a period or both.
#[derive(Clone, Debug)]
pub struct Revision<'g> {
    claim: ClaimRef<'g>,
    old: ClaimRef<'g>,
    new: ClaimRef<'g>,
    factor: Option<Amount>,
}

impl<'g> Revision<'g> {
    /// Returns the claim that revises.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns the claim whose figure is replaced.
    pub fn old(&self) -> ClaimRef<'g> {
        self.old
    }

    /// Returns the claim that gives the new figure. If the revision gives it, it is the revision itself.
    pub fn new_claim(&self) -> ClaimRef<'g> {
        self.new
    }

    /// Returns the factor, as stated or as computed from two plain figures.
    pub fn factor(&self) -> Option<Amount> {
        self.factor
    }

    /// Returns the old and the new figure. It is `None` if the figure was not revised. Each is `None` if it is not given.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let day = date(2024, 10, 24);
    /// let (old, new) = (Quantity::stated(12, "soldiers"), Quantity::stated(15, "soldiers"));
    /// let claim = graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).quantity(old.clone()).reported(day))?;
    /// graph.insert(Claim::by(russia).revises(claim).quantity(new.clone()).reported(day))?;
    /// let revisions = graph.view().revisions();
    /// let revision = revisions.first().unwrap();
    /// assert_eq!(revision.figures(), Some([Some(&old), Some(&new)]));
    /// assert_eq!(revision.periods(), None);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn figures(&self) -> Option<[Option<&'g Quantity>; 2]> {
        let new = self.new.figure();
        let told = self.claim.factor().is_some() || self.claim.direction().is_some();
        (told || new.is_some()).then(|| [self.old.figure(), new])
    }

    /// Returns the old and the new period. It is `None` if the period was not revised. Each is `None` if it is not given.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Period};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let day = date(2024, 10, 24);
    /// let claim = graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).valid("2023").reported(day))?;
    /// graph.insert(Claim::by(russia).revises(claim).valid("2024-06").reported(day))?;
    /// let revisions = graph.view().revisions();
    /// let revision = revisions.first().unwrap();
    /// let edtf = |period: Option<Period>| period.and_then(|period| period.edtf());
    /// assert_eq!(revision.periods().map(|both| both.map(edtf)), Some([Some("2023".into()), Some("2024-06".into())]));
    /// assert_eq!(revision.figures(), None);
    /// assert_eq!(revision.to_string(), "2024-06 in place of 2023");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn periods(&self) -> Option<[Option<Period>; 2]> {
        let new = self.new.valid();
        // Where another claim has the new content, its period belongs to its figure.
        let revised = if self.claim.revises_elsewhere() {
            new.is_some() && self.figures().is_none()
        } else {
            new.is_some()
        };
        revised.then(|| [self.old.valid(), new])
    }

    /// Returns whether the figure went up or down: by the factor, else by the two figures, else by the word of the
    /// text.
    ///
    /// The figures decide if every number that one of them can be lies above every number that the other can be, or if
    /// both are the same plain figure. "At least 12" to 15 is unknown, unless the text says that it went up.
    pub fn direction(&self) -> Direction {
        if let Some(factor) = self.factor {
            return match factor.cmp(&Amount::from(1)) {
                Ordering::Greater => Direction::Up,
                Ordering::Less => Direction::Down,
                Ordering::Equal => Direction::Level,
            };
        }
        let by_figures = || {
            let graph = self.claim.graph();
            let [old, new] = [self.old, self.new].map(ClaimRef::figure);
            let [old, new] = [graph.in_unit(old?), graph.in_unit(new?)];
            let plain = |figure: &Quantity| match (figure.lower(), figure.upper()) {
                (None, None) => figure.central().filter(|_| figure.precision() != Precision::About),
                _ => None,
            };
            let same = plain(&old).is_some() && plain(&old) == plain(&new);
            match new.is_apart(&old) {
                true if new.exceeds_all_of(&old) => Some(Direction::Up),
                true => Some(Direction::Down),
                false => (same && old.unit() == new.unit()).then_some(Direction::Level),
            }
        };
        by_figures().or(self.claim.direction()).unwrap_or(Direction::Unknown)
    }
}

impl Finding for Revision<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        vec![self.claim.id(), self.new.id(), self.old.id()]
    }
}

json_form!(Revision<'_>, |it| {
    claim: it.claim,
    old: it.old,
    new: it.new,
    old_figure => it.figures().and_then(|[old, _]| old),
    new_figure => it.figures().and_then(|[_, new]| new),
    old_period => it.periods().and_then(|[old, _]| old),
    new_period => it.periods().and_then(|[_, new]| new),
    direction: it.direction(),
    factor => it.factor,
});

impl<'g> ClaimRef<'g> {
    /// Returns the figure that the text gives or that was derived.
    pub(crate) fn figure(self) -> Option<&'g Quantity> {
        self.quantity().or_else(|| self.derivation().map(Derivation::quantity))
    }
}

impl Revision<'_> {
    /// Returns the revision of the figure in words.
    fn figure_in_words(&self) -> Option<String> {
        let figures = self.figures()?;
        let way = match self.direction() {
            Direction::Up => Some("up"),
            Direction::Down => Some("down"),
            Direction::Level | Direction::Unknown => None,
        };
        let by = self.factor.map_or(String::new(), |factor| format!(" by a factor of {factor}"));
        let [old, new] =
            [self.old, self.new].map(|claim| match (claim.quantity(), claim.figure()) {
                (Some(quantity), _) => quantity.in_figures(),
                (None, Some(derived)) => format!("{} (derived)", derived.in_figures()),
                (None, None) => "a figure not given".to_owned(),
            });
        Some(match (figures, way) {
            ([None, None], way) => format!("{}{by}", way.unwrap_or("level")),
            (_, Some(way)) => format!("{new}, {way} from {old}{by}"),
            (_, None) => format!("{new} in place of {old}"),
        })
    }

    /// Returns the revision of the period in words.
    fn period_in_words(&self) -> Option<String> {
        let words = |period: Option<Period>| {
            let told = |period: Period| {
                let edtf = period.edtf().filter(|text| period.words().is_none_or(|it| it == text));
                edtf.unwrap_or_else(|| period.to_string())
            };
            period.map_or("a time not given".to_owned(), told)
        };
        let [old, new] = self.periods()?.map(words);
        Some(format!("{new} in place of {old}"))
    }
}

/// "31 dead, up from 12 dead by a factor of 2.58; 2021/2023-06-06 in place of 2021": the parts that were revised.
impl fmt::Display for Revision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [self.figure_in_words(), self.period_in_words()];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        match parts.as_slice() {
            [] => write!(f, "{}", self.claim),
            parts => f.write_str(&parts.join("; ")),
        }
    }
}

impl<'g> View<'g> {
    /// Returns every revision, with the claim it replaces and the factor.
    pub fn revisions(&self) -> Findings<'g, Revision<'g>> {
        let revisions = self.claims().flat_map(|claim| self.revisions_by(claim));
        Findings::sorted(self, revisions, |revision| revision.claim.id())
    }

    /// Returns the revisions that one claim makes: one for each claim that it revises.
    pub(crate) fn revisions_by(&self, claim: ClaimRef<'g>) -> Vec<Revision<'g>> {
        if claim.stance() != Stance::Revises {
            return Vec::new();
        }
        let get = |id| ClaimRef::new(self.graph, id);
        let new = self.linked(claim, REVISED_TO).next().and_then(get).unwrap_or(claim);
        let old = claim
            .targets()
            .filter(|(_, basis)| *basis != Basis::Possible)
            .filter_map(|(id, _)| get(id));
        let revision = |old: ClaimRef<'g>| {
            let worked_out = || {
                let (new, old) = (new.figure()?.central()?, old.figure()?.central()?);
                new.checked_div(old).map(|(factor, _)| factor)
            };
            Revision { claim, old, new, factor: claim.factor().or_else(worked_out) }
        };
        old.map(revision).collect()
    }

    /// Returns the figures that can be derived from the links among figures: the old figure behind a factor, the
    /// remainder of a total and the share that is given, and the sum of a figure and an additional one. Each names
    /// its inputs. None is a claim.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let sent = graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia)
    ///     .quantity(Quantity::stated(3_000, "soldiers")).reported(day))?;
    /// graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia)
    ///     .quantity(Quantity::vague("thousands", "soldiers")).with(ADDITIONAL_TO, sent).reported(day))?;
    /// let sum = graph.view().derived_figures();
    /// assert_eq!(sum.first().map(|s| s.to_string()).as_deref(), Some(
    ///     "together: at least 5,000 soldiers (derived: 3,000 soldiers + at least 2,000 soldiers)"
    /// ));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn derived_figures(&self) -> Findings<'g, DerivedFigure<'g>> {
        let figures = |sign: &str, a: &Quantity, b: &Quantity| {
            format!("{} {sign} {}", a.in_figures(), b.in_figures())
        };
        let mut found = Vec::new();
        let mut add = |kind, of, quantity: Option<Quantity>, rule, inputs: [ClaimRef<'g>; 2]| {
            let inputs = inputs.map(|claim| claim.id());
            let derive = |quantity| Derivation::new(quantity, rule, inputs);
            found.extend(quantity.map(derive).map(|by| DerivedFigure { kind, of, derivation: by }));
        };
        for Revision { claim, old, new, .. } in self.revisions() {
            if let (Some(factor), None, Some(figure)) =
                (claim.factor(), old.quantity(), new.figure())
            {
                let (before, rule) =
                    (figure.divided_by(factor), format!("{} / {factor}", figure.in_figures()));
                add(DerivedKind::Previous, old, before, rule, [new, claim]);
            }
        }
        let giving = self.claims().filter(|claim| claim.figure().is_some());
        for claim in Findings::sorted(self, giving, |claim| claim.id()) {
            let Some(part) = claim.figure().map(|figure| self.graph.in_unit(figure)) else {
                continue;
            };
            for (whole, total) in self.figures_in(claim, PART_OF_TOTAL) {
                let (rest, rule) = (total.minus(&part), figures("-", &total, &part));
                add(DerivedKind::Remainder, whole, rest, rule, [whole, claim]);
                let (share, rule) = (share(&part, &total), figures("/", &part, &total));
                add(DerivedKind::Share, claim, share, rule, [whole, claim]);
            }
            for (first, base) in self.figures_in(claim, ADDITIONAL_TO) {
                let (sum, rule) = (base.plus(&part), figures("+", &base, &part));
                add(DerivedKind::Sum, first, sum, rule, [first, claim]);
            }
        }
        Findings::of(self, found)
    }

    /// Returns the claims in this role that give a figure, with the figure.
    fn figures_in(
        &self,
        claim: ClaimRef<'g>,
        role: Role<AnyClaim>,
    ) -> Vec<(ClaimRef<'g>, Cow<'g, Quantity>)> {
        let linked = self.linked(claim, role).filter_map(|id| self.get(id));
        let figure = |claim: ClaimRef<'g>| Some((claim, self.graph.in_unit(claim.figure()?)));
        let mut linked: Vec<_> = linked.filter_map(figure).collect();
        self.graph.sort_findings(&mut linked, |(claim, _)| claim.id());
        linked
    }
}

/// Returns the part of the whole in per cent, for two central figures of one unit.
fn share(part: &Quantity, whole: &Quantity) -> Option<Quantity> {
    if part.unit() != whole.unit() {
        return None;
    }
    let (percent, exact) =
        part.central()?.checked_mul(Amount::from(100))?.checked_div(whole.central()?)?;
    let plain = exact && ![part.precision(), whole.precision()].contains(&Precision::About);
    Some(if plain {
        Quantity::stated(percent, "per cent")
    } else {
        Quantity::about(percent, "per cent")
    })
}

words! {
    /// The relation of a derived figure to the stated ones.
    #[non_exhaustive]
    DerivedKind, "kind of derived figure" {
        /// The figure before a revision.
        Previous = "previous" / "before the revision",
        /// The remainder of a total.
        Remainder = "remainder" / "left of the total",
        /// The share of a total that is given.
        Share = "share" / "share of the total",
        /// A figure and what was added to it.
        Sum = "sum" / "together",
    }
}

/// A figure that was derived from the links among figures.
#[derive(Clone, Debug)]
pub struct DerivedFigure<'g> {
    kind: DerivedKind,
    of: ClaimRef<'g>,
    derivation: Derivation,
}

impl<'g> DerivedFigure<'g> {
    /// Returns the relation to the stated figures.
    pub fn kind(&self) -> DerivedKind {
        self.kind
    }

    /// Returns the claim it is a figure of: the earlier estimate, the total, the part, the first summand.
    pub fn of(&self) -> ClaimRef<'g> {
        self.of
    }

    /// Returns the figure, the rule it was worked out by, and its inputs.
    pub fn derivation(&self) -> &Derivation {
        &self.derivation
    }
}

impl Finding for DerivedFigure<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.derivation.inputs.clone()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        proof.add_claim(self.of.id());
    }
}

json_form!(DerivedFigure<'_>, |it| {
    kind: it.kind,
    of: it.of,
    quantity: it.derivation.quantity,
    rule: it.derivation.rule,
    inputs: it.of.graph().keyed(&it.derivation.inputs),
});

impl fmt::Display for DerivedFigure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.derivation)
    }
}
