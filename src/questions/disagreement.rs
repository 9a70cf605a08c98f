//! Accounts of one statement that disagree: the kind of the disagreement, whether it is certain, and who is on each side.
//! Conflicts, figures and corroboration ask it.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::id::{ClaimId, RoleId};
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::time::spell::Spell;
use crate::model::time::window::Window;
use crate::model::value::answer::Answer;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Certainty, Stance};
use crate::questions::account::Account;
use crate::questions::contest_kind::ContestKind;
use crate::view::finding::Finding;
use crate::view::json::{json_form, some};
use indexmap::{IndexMap, IndexSet};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// So many pairs of accounts of one statement are compared.
const COMPARED: usize = 100_000;

/// Two accounts of a statement that do not agree on its figure or its time, each given by one claim or by several.
#[derive(Clone, Debug)]
pub struct Disagreement<'g> {
    sides: [Arc<[ClaimRef<'g>]>; 2],
    /// The first two claims that disagree.
    between: [ClaimRef<'g>; 2],
    kind: ContestKind,
    certain: Answer,
}

impl<'g> Disagreement<'g> {
    /// Returns the first claim of each side, in the order of findings.
    pub fn between(&self) -> [ClaimRef<'g>; 2] {
        self.between
    }

    /// Returns the claims of each side, in the order of findings. The claims of one side say the same.
    pub fn sides(&self) -> [&[ClaimRef<'g>]; 2] {
        self.sides.each_ref().map(|side| &**side)
    }

    /// Returns the kind of the disagreement.
    pub fn kind(&self) -> ContestKind {
        self.kind
    }

    /// Returns `Yes` if the two disagree in any case. It is `Unknown` if they may speak of different times.
    pub fn certain(&self) -> Answer {
        self.certain
    }
}

impl Finding for Disagreement<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        let all = self.between.iter().chain(self.sides().into_iter().flatten());
        all.map(|claim| claim.id()).collect::<IndexSet<_>>().into_iter().collect()
    }
}

json_form!(Disagreement<'_>, |it| {
    claims: it.between,
    sides => some(&match it.sides() {
        [[_], [_]] => Vec::new(),
        sides => sides.to_vec(),
    }),
    kind: it.kind,
    certain: it.certain,
});

/// "Seoul says 3,000 soldiers (and 2 more claims), Kyiv says 12,000 soldiers: the two figures cannot both be right at one
/// time".
impl fmt::Display for Disagreement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (claim, side)) in self.between.iter().zip(&self.sides).enumerate() {
            f.write_str(if place > 0 { ", " } else { "" })?;
            f.write_str(&self.kind.said_by(*claim))?;
            match side.len() {
                1 => {}
                2 => f.write_str(" (and 1 more claim)")?,
                more => write!(f, " (and {} more claims)", more - 1)?,
            }
        }
        write!(f, ": {}{}", self.certain.perhaps(), self.kind)
    }
}

/// The disagreements among the accounts of one statement. It is the list of them.
#[derive(Clone, Debug, Default)]
pub struct Disagreements<'g> {
    pairs: Vec<Disagreement<'g>>,
    is_partial: bool,
}

impl Disagreements<'_> {
    /// Returns whether not all accounts were compared. Of the pairs of accounts that can be of one time, 100,000 are
    /// compared, those of the earliest times first. Claims that say the same are one account.
    pub fn is_partial(&self) -> bool {
        self.is_partial
    }
}

impl<'g> Deref for Disagreements<'g> {
    type Target = [Disagreement<'g>];

    fn deref(&self) -> &Self::Target {
        &self.pairs
    }
}

impl<'a, 'g> IntoIterator for &'a Disagreements<'g> {
    type Item = &'a Disagreement<'g>;
    type IntoIter = std::slice::Iter<'a, Disagreement<'g>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// All that two accounts can differ in when they are compared with others. A revision is compared apart, since it is not
/// compared with what it revises.
#[derive(PartialEq, Eq, Hash)]
struct Alike<'g> {
    figure: Option<Quantity>,
    valid: Option<Period>,
    spell: Spell,
    lasts: bool,
    reported: Option<Day>,
    certainty: Certainty,
    roles: Vec<(RoleId, Term<'g>)>,
    revision: Option<ClaimId>,
}

impl<'g> Account<'g> {
    fn alike(&self) -> Alike<'g> {
        let graph = self.claim.graph();
        let lasts = self.statement.relation_id().is_some_and(|it| graph.vocabulary.lasts(it));
        let untimed = self.valid.is_none();
        Alike {
            figure: self.figure.map(|figure| graph.in_unit(figure).into_owned()),
            valid: self.valid.clone(),
            spell: self.spell,
            lasts,
            reported: untimed.then(|| self.claim.reported_day()),
            certainty: self.claim.certainty(),
            roles: self.content_roles(),
            revision: Some(self.claim.id()).filter(|_| self.claim.stance() == Stance::Revises),
        }
    }

    /// Returns the roles of the statement that are a part of what is said.
    fn content_roles(&self) -> Vec<(RoleId, Term<'g>)> {
        let graph = self.claim.graph();
        let roles = self.statement.held_roles().iter();
        let content = roles.filter(|(role, _)| graph.is_content(*role));
        content.map(|(role, argument)| (*role, Term::of(graph, &argument.value))).collect()
    }

    /// Returns whether both accounts give the same roles that are a part of what is said.
    pub(crate) fn has_roles_of(&self, other: &Account<'g>) -> bool {
        let [one, other] = [self, other].map(Account::content_roles);
        one.len() == other.len() && one.iter().all(|role| other.contains(role))
    }

    /// Returns whether the figures of the two are compared: not those of one claim, and not that of a speaker with what it
    /// revises.
    pub(crate) fn is_apart_from(&self, other: &Account<'g>) -> bool {
        let revises = |one: &Account<'g>, other: &Account<'g>| {
            let answers = one.claim.responds_to(other.claim.id()).is_yes();
            one.claim.stance() == Stance::Revises && answers
        };
        let same_speaker = self.claim.speaker() == other.claim.speaker();
        let corrects = same_speaker && (revises(self, other) || revises(other, self));
        !corrects && self.claim.id() != other.claim.id()
    }

    /// Returns how two figures differ of which no number can be both at one time, and whether that is certain. Of two
    /// counts over stretches of which one lies in the other, the shorter cannot be the greater.
    pub(crate) fn figures_disagree(&self, other: &Account<'g>) -> Option<(ContestKind, Answer)> {
        let graph = self.claim.graph();
        let (a, b) = (graph.in_unit(self.figure?), graph.in_unit(other.figure?));
        let [own, others] = [self, other].map(|it| it.days());
        let counted = |it: &Account<'g>, days: Window, count: &Account<'g>| {
            it.spell.is_count() || (count.spell.is_count() && it.happened_within(days))
        };
        let certain = if counted(self, others, other) && counted(other, own, self) {
            let greater = |a: &Quantity, b: &Quantity| a.is_apart(b) && a.exceeds_all_of(b);
            let conflict = match (own.lies_in(others), others.lies_in(own)) {
                (true, true) => a.is_apart(&b),
                (true, false) => greater(&a, &b),
                (false, true) => greater(&b, &a),
                (false, false) => false,
            };
            Answer::of(conflict, !conflict)
        } else {
            if a.is_apart(&b) { self.same_time(other) } else { Answer::No }
        };
        certain.is_possible().then_some((ContestKind::FiguresApart, certain))
    }

    /// Returns whether it is what happened, and all of it in these days.
    fn happened_within(&self, days: Window) -> bool {
        let relation = self.statement.relation_id();
        let lasts = relation.is_some_and(|it| self.claim.graph().vocabulary.lasts(it));
        !lasts && self.valid.is_some() && self.days().lies_in(days)
    }

    /// Returns whether two figures are of one time: certainly if they have the same days, or if neither gives a time and
    /// both were reported on one day; possibly if the times can be the same.
    fn same_time(&self, other: &Account<'g>) -> Answer {
        let same = match (&self.valid, &other.valid) {
            (None, None) => self.claim.reported_day() == other.claim.reported_day(),
            (Some(a), Some(b)) => (a.start, a.end) == (b.start, b.end),
            _ => false,
        };
        let apart = match (&self.valid, &other.valid) {
            (Some(_), Some(_)) => !self.spell.can_coincide(other.spell),
            _ => false,
        };
        Answer::of(same, apart)
    }

    /// Returns how two times differ of what happened once.
    pub(crate) fn times_disagree(&self, other: &Account<'g>) -> Option<(ContestKind, Answer)> {
        let (a, b) = (self.valid.as_ref()?, other.valid.as_ref()?);
        let same = (a.start, a.end) == (b.start, b.end);
        let kind = match a.overlaps(b) {
            Answer::No => ContestKind::TimesApart,
            _ if !same => ContestKind::OtherPrecision,
            _ if self.claim.certainty() != other.claim.certainty() => ContestKind::OtherCertainty,
            _ => return None,
        };
        Some((kind, Answer::Yes))
    }

    fn days(&self) -> Window {
        self.valid.as_ref().map_or(Window::OPEN, Period::named_days)
    }
}

/// Accounts that say the same, in the order of findings.
struct Group<'a, 'g> {
    accounts: Vec<&'a Account<'g>>,
    claims: Arc<[ClaimRef<'g>]>,
    /// The days that they can be of, if only accounts of one time are compared.
    days: Window,
}

impl<'g> Disagreements<'g> {
    /// Compares accounts, given in the order of findings. `counts` says which are compared, `disagree` how two differ. If
    /// accounts of different times cannot differ, `timely` is set.
    pub(crate) fn among<'a>(
        accounts: impl Iterator<Item = &'a Account<'g>>,
        timely: bool,
        counts: impl Fn(&Account<'g>, &Account<'g>) -> bool,
        disagree: impl Fn(&Account<'g>, &Account<'g>) -> Option<(ContestKind, Answer)>,
    ) -> Self
    where
        'g: 'a,
    {
        let mut alike: IndexMap<Alike<'g>, Vec<&'a Account<'g>>> = IndexMap::new();
        accounts.for_each(|it| alike.entry(it.alike()).or_default().push(it));
        let groups = alike.into_values().map(|accounts| {
            let first = accounts.first().filter(|it| timely && it.valid.is_some());
            let days = first.and_then(|it| it.spell.possible_days()).unwrap_or(Window::OPEN);
            let claims: IndexSet<ClaimId> = accounts.iter().map(|it| it.claim.id()).collect();
            let graph = accounts.first().map(|it| it.claim.graph());
            let claims = claims.into_iter().filter_map(|id| ClaimRef::new(graph?, id)).collect();
            Group { accounts, claims, days }
        });
        let groups: Vec<Group<'a, 'g>> = groups.collect();
        let mut by_start: Vec<(usize, &Group<'a, 'g>)> = groups.iter().enumerate().collect();
        by_start.sort_by_key(|(_, group)| group.days.earliest);
        let (mut found, mut compared) = (Vec::new(), 0);
        // Those that begin earlier and can still go on.
        let mut open: Vec<(usize, &Group<'a, 'g>)> = Vec::new();
        for (place, group) in by_start {
            let from = group.days.earliest;
            open.retain(|(_, it)| from.zip(it.days.latest).is_none_or(|(from, last)| last >= from));
            for &(before, other) in &open {
                compared += 1;
                let places = (before.min(place), before.max(place));
                let (one, other) = if before < place { (other, group) } else { (group, other) };
                let found_so = match (one.accounts.first(), other.accounts.first()) {
                    (Some(a), Some(b)) => disagree(a, b),
                    _ => None,
                };
                let pair = found_so.and_then(|it| one.against(other, it, &counts, &mut compared));
                found.extend(pair.map(|pair| (places, pair)));
                if compared > COMPARED {
                    break;
                }
            }
            if compared > COMPARED {
                break;
            }
            open.push((place, group));
        }
        found.sort_by_key(|(places, pair)| (pair.kind, !pair.certain.is_yes(), *places));
        let pairs = found.into_iter().map(|(_, pair)| pair).collect();
        Self { pairs, is_partial: compared > COMPARED }
    }
}

impl<'g> Group<'_, 'g> {
    /// Returns the disagreement with another group, between the accounts of which some are compared.
    fn against(
        &self,
        other: &Self,
        (kind, certain): (ContestKind, Answer),
        counts: &impl Fn(&Account<'g>, &Account<'g>) -> bool,
        compared: &mut usize,
    ) -> Option<Disagreement<'g>> {
        let mut side = |one: &Self, other: &Self| -> Arc<[ClaimRef<'g>]> {
            let mut has_other = |account: &&&Account<'g>| {
                other.accounts.iter().any(|it| {
                    *compared += usize::from(!counts(account, it));
                    counts(account, it)
                })
            };
            let left: IndexSet<ClaimId> =
                one.accounts.iter().filter(&mut has_other).map(|it| it.claim.id()).collect();
            match left.len() == one.claims.len() {
                true => one.claims.clone(),
                false => one.claims.iter().copied().filter(|it| left.contains(&it.id())).collect(),
            }
        };
        let sides = [side(self, other), side(other, self)];
        let first = *sides[0].first()?;
        let opposite = |it: &&&Account<'g>| {
            self.accounts.iter().any(|own| own.claim.id() == first.id() && counts(own, it))
        };
        let second = other.accounts.iter().find(opposite)?.claim;
        Some(Disagreement { sides, between: [first, second], kind, certain })
    }
}
