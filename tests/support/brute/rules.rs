//! The rules of `SEMANTICS.md` by brute force.

use super::*;

impl Built {
    pub fn on_record(&self, row: &Row, ask: &Ask) -> bool {
        ask.as_of.is_none_or(|day| row.day <= day) && ask.doc.is_none_or(|doc| row.doc == Some(doc))
    }

    /// SEMANTICS 1.3: the claim's own outermost or innermost speaker retracted it, and the retraction stands.
    pub fn is_retracted(&self, row: &Row, ask: &Ask) -> bool {
        self.rows.iter().any(|r| {
            r.stance == Stance::Retracts
                && r.targets.contains(&(row.spec, true))
                && self.on_record(r, ask)
                && !self.is_retracted(r, ask)
        })
    }

    pub fn in_view<'a>(&'a self, ask: &'a Ask) -> impl Iterator<Item = &'a Row> {
        self.rows.iter().filter(move |row| {
            self.on_record(row, ask)
                && ask.speaker.is_none_or(|speaker| row.chain.contains(&Some(speaker)))
                && ask.relation.is_none_or(|relation| {
                    let same = |r| same_relation(r, relation) || same_relation(relation, r);
                    self.relations(row).into_iter().any(same)
                })
                && ask.stance.is_none_or(|stance| row.stance == stance)
                && ask.modality.is_none_or(|modality| row.modality == modality)
                && (ask.including_retracted || !self.is_retracted(row, ask))
        })
    }

    /// The entity and its parts by this kind of affiliation, as known on that day.
    pub fn within(
        &self,
        whole: usize,
        kind: AffiliationKind,
        as_of: Option<u8>,
    ) -> BTreeSet<usize> {
        let mut found = BTreeSet::from([whole]);
        loop {
            let more: Vec<usize> = self
                .affiliations
                .iter()
                .filter(|(part, k, w, on)| {
                    *k == kind
                        && found.contains(w)
                        && !found.contains(part)
                        && as_of.is_none_or(|day| on.is_none_or(|on| on <= day))
                })
                .map(|(part, ..)| *part)
                .collect();
            if more.is_empty() {
                return found;
            }
            found.extend(more);
        }
    }

    /// The content of a claim. A revision says what it revises, with another figure.
    pub fn proposition(&self, row: &Row) -> Option<Proposition> {
        if row.stance == Stance::Revises {
            let revised = self.proposition(self.row(row.targets.first()?.0)?)?;
            return Some(Proposition { quantity: row.quantity, ..revised });
        }
        let (subject, relation, object) = row.says?;
        Some(Proposition {
            subject,
            relation,
            object,
            quantity: row.quantity,
            window: None,
            telling: Some(row.telling()),
        })
    }

    /// SEMANTICS 1.4, and 1.5 if `denied` is what a denial says of a time.
    pub fn entails(
        &self,
        said: &Proposition,
        asked: &Proposition,
        roll_up: bool,
        as_of: Option<u8>,
    ) -> Answer {
        let counts = |said: usize, asked: usize, end: End| {
            let kind = if end == End::Place {
                AffiliationKind::LocatedIn
            } else {
                AffiliationKind::PartOf
            };
            said == asked || (roll_up && self.within(asked, kind, as_of).contains(&said))
        };
        let ends = says(said.relation).into_iter().filter(|(r, _)| *r == asked.relation).any(
            |(r, turned)| {
                let (s, o) =
                    if turned { (said.object, said.subject) } else { (said.subject, said.object) };
                counts(s, asked.subject, RELS[r].subject) && counts(o, asked.object, RELS[r].object)
            },
        );
        let figure = asked.quantity.is_none()
            || (same_relation(said.relation, asked.relation) && said.quantity == asked.quantity);
        if !ends || !figure {
            return Answer::No;
        }
        let state = RELS[asked.relation].state;
        match (said.telling, asked.telling, asked.window) {
            (Some(said), Some(denied), _) => said.denied_by(state, denied.said),
            (Some(said), None, Some((first, last))) => {
                said.on_some_day(state, (first.map(i32::from), last.map(i32::from)))
            }
            _ => Answer::Yes,
        }
    }

    /// SEMANTICS 1.5: who says what a claim says: its speaker, and who confirms the claim as a whole.
    pub fn voices<'a>(&'a self, of: &'a Row) -> Vec<&'a Row> {
        let mut found = vec![of];
        loop {
            let says_so = |row: &&Row| {
                let confirms = match row.stance {
                    Stance::Confirms => true,
                    Stance::Acknowledges => of.quantity.is_none(),
                    _ => false,
                };
                let of_one = |(target, firm): &(usize, bool)| {
                    *firm && found.iter().any(|it| it.spec == *target)
                };
                confirms
                    && row.says.is_none()
                    && row.modality == Modality::Actual
                    && row.targets.iter().any(of_one)
                    && found.iter().all(|it| it.spec != row.spec)
            };
            match self.rows.iter().find(says_so) {
                Some(row) => found.push(row),
                None => return found,
            }
        }
    }

    /// SEMANTICS 1.5: claim, denial or dismissal, kind (0 fact, 1 facet, 2 dismissed), whether certain.
    pub fn contested(&self, ask: &Ask) -> BTreeMap<(ClaimId, ClaimId), (u8, bool)> {
        let (repeated, figures) = self.superseded(ask);
        let mut found: BTreeMap<(ClaimId, ClaimId), (u8, bool)> = BTreeMap::new();
        let view: Vec<&Row> = self.in_view(ask).collect();
        for of in &self.rows {
            let how = match of.stance {
                Stance::Dismisses => 2,
                Stance::Denies => u8::from(of.quantity.is_some()),
                _ => continue,
            };
            let voices = self.voices(of);
            for by in view.iter().filter(|by| voices.iter().any(|it| it.spec == by.spec)) {
                for claim in &view {
                    let direct =
                        of.targets.iter().find(|(t, _)| *t == claim.spec).map(|(_, firm)| *firm);
                    let revised = repeated.contains(&claim.spec)
                        || (of.quantity.is_some() && figures.contains(&claim.spec));
                    let denies = of.stance == Stance::Denies
                        && commits(claim.stance)
                        && claim.modality == Modality::Actual
                        && !revised;
                    let entailed = match (self.proposition(of), self.proposition(claim)) {
                        (Some(denied), Some(said)) if denies => {
                            self.entails(&said, &denied, true, ask.as_of)
                        }
                        _ => Answer::No,
                    };
                    if direct.is_some() || entailed != Answer::No {
                        let sure = entailed == Answer::Yes || direct == Some(true);
                        let known = found.entry((claim.id, by.id)).or_insert((how, sure));
                        known.1 |= sure;
                    }
                }
            }
        }
        found
    }

    /// SEMANTICS 1.4: the claims that support it, each with whether it is in time, and whether it was superseded.
    pub fn backing(
        &self,
        asked: &Proposition,
        roll_up: bool,
        ask: &Ask,
    ) -> BTreeMap<ClaimId, (Answer, bool)> {
        let (repeated, figures) = self.superseded(ask);
        let sure =
            |row: &&Row| row.modality == Modality::Actual && row.certainty <= Certainty::Probable;
        // Who confirms a claim says what it says, in the view or not.
        let view: Vec<&Row> = self.rows.iter().filter(sure).collect();
        let mut found: BTreeMap<usize, Answer> = BTreeMap::new();
        for row in view.iter().filter(|row| commits(row.stance)) {
            let Some(said) = self.proposition(row) else { continue };
            let in_time = self.entails(&said, asked, roll_up, ask.as_of);
            if in_time != Answer::No {
                found.insert(row.spec, in_time);
            }
        }
        loop {
            let mut more = found.clone();
            for row in &view {
                let confirms = row.stance == Stance::Confirms
                    || (row.stance == Stance::Acknowledges && asked.quantity.is_none());
                if row.says.is_some() || !confirms {
                    continue;
                }
                // It is of the time of what it confirms, and of the surest of several.
                let targets = row.targets.iter().filter(|(_, firm)| *firm);
                let surest = targets.filter_map(|(target, _)| found.get(target)).max();
                if let Some(&surest) = surest {
                    more.insert(row.spec, surest);
                }
            }
            if more == found {
                let entails = |row: &&&Row| {
                    commits(row.stance) && row.says.is_some() || row.stance == Stance::Revises
                };
                let superseded = |row: &&Row| {
                    let revised = figures.contains(&row.spec) && asked.quantity.is_some();
                    entails(&row) && (repeated.contains(&row.spec) || revised)
                };
                let view = self.in_view(ask).filter(sure);
                let ids = view
                    .filter_map(|row| Some((row.id, (*found.get(&row.spec)?, superseded(&row)))));
                return ids.collect();
            }
            found = more;
        }
    }

    /// SEMANTICS 1.1 and 1.2: the smallest sets of parties without which no path reaches the reader.
    pub fn cuts(
        &self,
        supporters: &[&Row],
        ask: &Ask,
        counting: bool,
    ) -> Option<(usize, BTreeSet<BTreeSet<Vertex>>)> {
        let mut arcs: BTreeSet<(Vertex, Vertex)> = BTreeSet::new();
        // If relays count, they are parties like any other.
        let relay = |e: usize| if counting { Vertex::Party(e) } else { Vertex::Relay(e) };
        for row in supporters {
            let vertex = |place: usize| {
                row.chain[place].map_or(Vertex::Unnamed(row.id, place), Vertex::Party)
            };
            let mut at = Vertex::Reader;
            let mut first = 0;
            if row.chain[0].is_some_and(|e| e >= ENTITIES) {
                let document = relay(row.chain[0].unwrap_or(0));
                arcs.insert((at, document));
                at = document;
                first = usize::from(row.chain.len() > 1);
            }
            if at != vertex(first) {
                arcs.insert((at, vertex(first)));
            }
            let onwards = |mut at: Vertex, from: usize, arcs: &mut BTreeSet<(Vertex, Vertex)>| {
                for place in from..row.chain.len() {
                    arcs.insert((at, vertex(place)));
                    at = vertex(place);
                }
                arcs.insert((at, Vertex::Statement));
            };
            let believed = |from: usize| -> Vec<usize> {
                let links = self.lineages.iter().filter(|(id, f, _, scope, on, inferred)| {
                    *f == from
                        && match scope {
                            Scoped::Everywhere => true,
                            Scoped::Doc(doc) => row.doc == Some(*doc),
                            Scoped::Claim(spec) => row.spec == *spec,
                        }
                        && ask.as_of.is_none_or(|day| on.is_none_or(|on| on <= day))
                        && !(ask.only_stated && *inferred)
                        && ask.without != Some(*id)
                });
                links.map(|(_, _, to, ..)| *to).collect()
            };
            let mut walk: Vec<usize> = row.chain[first].into_iter().collect();
            let mut seen: BTreeSet<usize> = BTreeSet::new();
            if walk.is_empty() {
                onwards(vertex(first), first + 1, &mut arcs);
            }
            while let Some(speaker) = walk.pop() {
                if !seen.insert(speaker) {
                    continue;
                }
                let sources = believed(speaker);
                for &source in &sources {
                    arcs.insert((Vertex::Party(speaker), Vertex::Party(source)));
                    walk.push(source);
                }
                if sources.is_empty() {
                    let further = (first + 1..row.chain.len())
                        .find(|&place| row.chain[place] == Some(speaker));
                    onwards(Vertex::Party(speaker), further.unwrap_or(first) + 1, &mut arcs);
                }
            }
        }
        let parties: Vec<Vertex> = arcs
            .iter()
            .flat_map(|&(a, b)| [a, b])
            .filter(|v| matches!(v, Vertex::Party(_) | Vertex::Unnamed(..)))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        if parties.len() > 10 {
            return None;
        }
        let mut best: (usize, BTreeSet<BTreeSet<Vertex>>) = (usize::MAX, BTreeSet::new());
        for mask in 0u32..1 << parties.len() {
            let size = mask.count_ones() as usize;
            let wrong: BTreeSet<Vertex> = parties
                .iter()
                .enumerate()
                .filter(|(i, _)| mask >> i & 1 == 1)
                .map(|(_, v)| *v)
                .collect();
            if size <= best.0 && !reaches(&arcs, &wrong) {
                if size < best.0 {
                    best = (size, BTreeSet::new());
                }
                best.1.insert(wrong);
            }
        }
        Some(best)
    }
}

pub fn reaches(arcs: &BTreeSet<(Vertex, Vertex)>, wrong: &BTreeSet<Vertex>) -> bool {
    let mut seen = BTreeSet::from([Vertex::Reader]);
    loop {
        let more: Vec<Vertex> = arcs
            .iter()
            .filter(|(a, b)| seen.contains(a) && !seen.contains(b) && !wrong.contains(b))
            .map(|(_, b)| *b)
            .collect();
        if more.is_empty() {
            return seen.contains(&Vertex::Statement);
        }
        seen.extend(more);
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Vertex {
    Reader,
    Statement,
    Relay(usize),
    Party(usize),
    Unnamed(ClaimId, usize),
}

#[derive(Clone, Debug)]
pub struct Proposition {
    pub subject: usize,
    pub relation: usize,
    pub object: usize,
    pub quantity: Option<u8>,
    /// The days that a question asks about.
    pub window: Option<Window>,
    /// The time that a claim tells; a question tells none.
    pub telling: Option<Telling>,
}

/// A view, as plain data.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    pub as_of: Option<u8>,
    pub doc: Option<usize>,
    pub speaker: Option<usize>,
    pub relation: Option<usize>,
    pub stance: Option<Stance>,
    pub modality: Option<Modality>,
    pub including_retracted: bool,
    pub only_stated: bool,
    pub without: Option<LineageId>,
}

impl Ask {
    pub fn view<'g>(&self, built: &'g Built) -> claimgraph::View<'g> {
        let mut view = built.graph.view();
        if let Some(n) = self.as_of {
            view = view.as_of(day(n));
        }
        if let Some(doc) = self.doc {
            view = view.document(built.docs[doc - ENTITIES]);
        }
        if let Some(speaker) = self.speaker {
            view = view.speaker(built.entities[speaker]);
        }
        if let Some(relation) = self.relation {
            view = view.relation(built.graph.relation(RELS[relation].key).expect("declared"));
        }
        if let Some(stance) = self.stance {
            view = view.stance(stance);
        }
        if let Some(modality) = self.modality {
            view = view.modality(modality);
        }
        if self.including_retracted {
            view = view.including_retracted();
        }
        if self.only_stated {
            view = view.only_stated_lineage();
        }
        match self.without {
            Some(link) => view.without_lineage(link),
            None => view,
        }
    }
}

pub fn as_of() -> impl Strategy<Value = Option<u8>> {
    prop::option::weighted(0.5, 19..27u8)
}

/// A question that the world probably has claims about: one of its statements, under a relation that it implies, with
/// any ends.
pub fn question(
    built: &Built,
    pick: &prop::sample::Index,
    general: &prop::sample::Index,
    wider: (bool, bool),
    figure: bool,
    window: Option<(u8, u8)>,
) -> Option<(Proposition, Option<Period>)> {
    let mut said: Vec<Proposition> =
        built.rows.iter().filter_map(|row| built.proposition(row)).collect();
    // Claims with responses are asked about more often.
    let answers = built
        .rows
        .iter()
        .filter(|row| matches!(row.stance, Stance::Confirms | Stance::Acknowledges));
    let answered: Vec<Proposition> = answers
        .flat_map(|row| &row.targets)
        .filter_map(|(target, _)| built.proposition(built.row(*target)?))
        .collect();
    said.extend(answered.iter().cycle().take(answered.len() * 4).cloned());
    let told =
        built.rows.iter().filter(|row| commits(row.stance) && row.modality == Modality::Actual);
    said.extend(told.filter_map(|row| built.proposition(row)));
    if said.is_empty() {
        return None;
    }
    let from = pick.get(&said);
    let mut reach: Vec<(usize, bool)> = says(from.relation).into_iter().collect();
    reach.extend([(from.relation, false); 2]);
    let &(relation, turned) = general.get(&reach);
    let (s, o) = if turned { (from.object, from.subject) } else { (from.subject, from.object) };
    let up = |e: usize, wider: bool, end: End| {
        let kind =
            if end == End::Place { AffiliationKind::LocatedIn } else { AffiliationKind::PartOf };
        let whole = built
            .affiliations
            .iter()
            .find(|(p, k, w, _)| wider && *p == e && *k == kind && those(end).contains(w));
        whole.map_or(e, |(_, _, w, _)| *w)
    };
    let (subject, object) =
        (up(s, wider.0, RELS[relation].subject), up(o, wider.1, RELS[relation].object));
    let (period, window) = window.map(asked_window).unzip();
    let quantity = if figure { from.quantity } else { None };
    Some((Proposition { subject, relation, object, quantity, window, telling: None }, period))
}

/// A placeholder handle for a row until its claim is on record.
pub fn any_claim() -> ClaimId {
    let mut graph = ClaimGraph::new();
    let state = graph.add(State, "x").expect("a new key");
    graph
        .insert(Claim::by(state).asserts(state, ATTACKS, state).reported(day(1)))
        .expect("well formed")
}
