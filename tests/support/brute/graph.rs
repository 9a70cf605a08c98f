//! A random world as a graph, and the same world as plain rows.

use super::*;
use claimgraph::claim::Quote;

/// The first and the last day on which it can lie.
pub type Window = (Option<u8>, Option<u8>);

#[derive(Clone, Debug)]
pub struct Row {
    pub spec: usize,
    pub id: ClaimId,
    /// Outermost first, beginning with the document.
    pub chain: Vec<Option<usize>>,
    pub doc: Option<usize>,
    pub stance: Stance,
    pub says: Option<(usize, usize, usize)>,
    /// Claims that it answers, by their place among the specs, and whether firmly.
    pub targets: Vec<(usize, bool)>,
    pub quantity: Option<u8>,
    pub said: Option<Said>,
    pub day: u8,
    pub modality: Modality,
    pub certainty: Certainty,
}

pub struct Built {
    pub graph: ClaimGraph,
    pub entities: Vec<EntityId>,
    pub docs: Vec<Id<Document>>,
    pub rows: Vec<Row>,
    /// In the order in which they were given.
    pub claims: Vec<Claim>,
    pub affiliations: Vec<(usize, AffiliationKind, usize, Option<u8>)>,
    /// Handle, speaker, source, scope, day, whether inferred.
    pub lineages: Vec<(LineageId, usize, usize, Scoped, Option<u8>, bool)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scoped {
    Everywhere,
    Doc(usize),
    Claim(usize),
}

pub fn period((a, b, kind): (u8, u8, u8)) -> (Period, Said) {
    let (a, b) = (a.min(b), a.max(b));
    let (first, last) = (i32::from(a), i32::from(b));
    match kind {
        0 => (Period::on(day(a)), Said::On(first)),
        1 => (Period::throughout(day(a)..=day(b)), Said::Throughout(first, last)),
        2 => (Period::by(day(a)), Said::By(first)),
        3 => (Period::holding_on(day(a)), Said::HoldingOn(first)),
        _ => (Period::since(day(a)), Said::Since(first, first)),
    }
}

/// A window for a question, as a period and as two days.
pub fn asked_window((a, b): (u8, u8)) -> (Period, Window) {
    let (a, b) = (a.min(b), a.max(b));
    (Period::throughout(day(a)..=day(b)), (Some(a), Some(b)))
}

pub const DOC_DAYS: [u8; 2] = [21, 24];

impl World {
    pub fn build(&self) -> Built {
        let order: Vec<usize> = (0..self.claims.len()).collect();
        self.build_in(&order, &(0..ENTITIES + 2).collect::<Vec<_>>())
    }

    /// Inserts entities and claims in these orders. Claims that answer a claim not yet on record are left out.
    pub fn build_in(&self, order: &[usize], entity_order: &[usize]) -> Built {
        let mut graph = ClaimGraph::new();
        graph.extend_vocabulary(&further()).expect("no clash");
        let mut placed: BTreeMap<usize, EntityId> = BTreeMap::new();
        let mut docs: BTreeMap<usize, Id<Document>> = BTreeMap::new();
        for &e in entity_order {
            let key =
                ["alta", "brena", "alta-forces", "agency", "speaker", "city", "doc-1", "doc-2"][e];
            let id = match e {
                0 | 1 => graph.add(State, key).map(Id::id),
                2 => graph.add(Military, key).map(Id::id),
                3 => graph.add(Agency, key).map(Id::id),
                4 => graph.add(Person, key).map(Id::id),
                5 => graph.add(City, key).map(Id::id),
                _ => graph.add_document(key, day(DOC_DAYS[e - ENTITIES])).map(|d| {
                    docs.insert(e, d);
                    d.id()
                }),
            };
            placed.insert(e, id.expect("a new key"));
        }
        let entities: Vec<EntityId> = placed.into_values().collect();
        let docs: Vec<Id<Document>> = docs.into_values().collect();
        let mut affiliations = Vec::new();
        for &(part, kind, whole, on) in &self.affiliations {
            let mut affiliation = Affiliation::new(entities[part], kind, entities[whole]);
            if let Some(on) = on {
                affiliation = affiliation.reported(day(on));
            }
            if graph.add_affiliation(affiliation).is_ok() {
                affiliations.push((part, kind, whole, on));
            }
        }
        let mut built = Built {
            graph,
            entities,
            docs,
            rows: Vec::new(),
            claims: Vec::new(),
            affiliations,
            lineages: Vec::new(),
        };
        for (place, &spec) in order.iter().enumerate() {
            // Sometimes the recent claims are sorted in, so that questions meet both kinds of rows.
            if (order.len() + 7 * place).is_multiple_of(9) {
                built.graph.compact();
            }
            if let Some((claim, mut row)) = built.claim(spec, &self.claims[spec])
                && let Ok(id) = built.graph.insert(claim.clone())
            {
                built.claims.push(claim);
                row.id = id;
                built.rows.push(row);
            }
        }
        for &(from, to) in &self.links {
            if let (Some(from), Some(to)) = (built.row(from), built.row(to)) {
                // A link to itself is refused.
                let _ = built.graph.link(Link::new(from.id, RELATED_TO, to.id));
            }
        }
        for l in &self.lineages {
            let claim = built
                .rows
                .iter()
                .min_by_key(|r| (r.spec + 100 - l.claim) % 100)
                .map(|r| (r.spec, r.id));
            let mut lineage = Lineage::new(built.entities[l.from], built.entities[l.to]);
            let scope = match (l.scope, claim) {
                (0, _) | (3, None) => Scoped::Everywhere,
                (3, Some((spec, id))) => {
                    lineage = lineage.for_claims([id]);
                    Scoped::Claim(spec)
                }
                (scope, _) => {
                    lineage = lineage.within(built.docs[usize::from(scope) - 1]);
                    Scoped::Doc(ENTITIES + usize::from(scope) - 1)
                }
            };
            // Lineage within a dated document is on record from the document's day.
            let mut on = match scope {
                Scoped::Doc(d) => Some(DOC_DAYS[d - ENTITIES]),
                _ => None,
            };
            if let Some(d) = l.day {
                lineage = lineage.reported(day(d));
                on = Some(d);
            }
            if l.inferred {
                lineage = lineage.inferred();
            }
            if let Ok(id) = built.graph.add_lineage(lineage)
                && !built.lineages.iter().any(|known| known.0 == id)
            {
                built.lineages.push((id, l.from, l.to, scope, on, l.inferred));
            }
        }
        built
    }
}

impl Built {
    pub fn row(&self, spec: usize) -> Option<&Row> {
        self.rows.iter().find(|row| row.spec == spec)
    }

    pub fn place(&self, entity: EntityId) -> usize {
        self.entities.iter().position(|e| *e == entity).expect("an entity of this world")
    }

    pub fn claim(&self, place: usize, spec: &Spec) -> Option<(Claim, Row)> {
        let answers = !matches!(spec.verb, Verb::State(_));
        let target = match answers {
            true => Some(self.row(spec.target.0.checked_rem(place)?)?),
            false => None,
        };
        // The speaker. A retraction has the speaker of the claim that it takes back.
        let retracts = spec.verb == Verb::Answer(Stance::Retracts);
        let (mut by, mut via) = (spec.by, spec.via);
        if retracts {
            (by, via) = (target.and_then(|t| t.chain.last().copied().flatten()), None);
        }
        let own_voice = spec.own_voice && spec.doc.is_some() && !retracts;
        let doc = spec.doc.map(|d| d + ENTITIES);
        if own_voice {
            (by, via) = (doc, None);
        }
        via = via.filter(|v| Some(*v) != by);
        let mut voice: Attribution = match by {
            Some(by) => Claim::by(self.entities[by]),
            None => Claim::by(NotStated),
        };
        if let Some(via) = via {
            voice = voice.relayed_by(self.entities[via]);
        }
        let mut chain: Vec<Option<usize>> =
            doc.filter(|_| by != doc).map(Some).into_iter().collect();
        chain.extend(via.map(Some));
        chain.push(by);

        let mut row = Row {
            spec: place,
            id: self.graph.claims().next().map(|c| c.id()).unwrap_or(any_claim()),
            chain,
            doc: doc.or(by.filter(|b| *b >= ENTITIES)),
            stance: Stance::Asserts,
            says: None,
            targets: target.map(|t| (t.spec, true)).into_iter().collect(),
            quantity: None,
            said: None,
            day: spec.day.max(target.map_or(0, |t| t.day)),
            modality: Modality::Actual,
            certainty: spec.certainty,
        };
        let named = |(s, r, o): (usize, usize, usize)| {
            (
                self.entities[s],
                self.graph.relation(RELS[r].key).expect("declared"),
                self.entities[o],
            )
        };
        let mut claim = match spec.verb {
            Verb::State(stance) => {
                row.stance = stance;
                row.says = Some(spec.ends);
                let (s, r, o) = named(spec.ends);
                let mut claim = match stance {
                    Stance::Asserts => voice.asserts(s, r, o),
                    Stance::Observes => voice.observes(s, r, o),
                    Stance::Estimates => voice.estimates(s, r, o),
                    Stance::Assesses => voice.assesses(Polarity::Mixed, s, r, o),
                    Stance::Confirms => voice.confirms_that(s, r, o),
                    Stance::Acknowledges => voice.acknowledges_that(s, r, o),
                    Stance::Presupposes => voice.presupposes(s, r, o),
                    Stance::Projects => voice.projects(s, r, o),
                    Stance::Speculates => voice.speculates(s, r, o),
                    Stance::Denies => voice.denies(s, r, o),
                    Stance::Doubts => voice.doubts_that(s, r, o),
                    Stance::Demands => voice.demands(s, r, o),
                    Stance::CallsFor => voice.calls_for(s, r, o),
                    _ => voice.threatens(s, r, o),
                };
                row.modality = stance.usual_modality();
                if commits(stance) {
                    row.modality = spec.modality;
                    claim = claim.modality(spec.modality);
                }
                if let Some(n) = spec.quantity {
                    row.quantity = Some(n);
                    claim = claim.quantity(Quantity::stated(n, "soldiers"));
                }
                if let Some(window) = spec.window {
                    let (period, said) = period(window);
                    row.said = Some(said);
                    claim = claim.valid(period);
                }
                claim
            }
            Verb::Answer(stance) => {
                let target = target?;
                row.stance = stance;
                match stance {
                    Stance::Confirms => voice.confirms(target.id),
                    Stance::Acknowledges => voice.acknowledges(target.id),
                    Stance::Dismisses => {
                        let mut claim = voice.dismisses(target.id);
                        let other = self.row(spec.target.1.checked_rem(place)?);
                        if let Some(other) = other.filter(|_| spec.perhaps) {
                            row.day = row.day.max(other.day);
                            if other.spec != target.spec {
                                row.targets.push((other.spec, false));
                            }
                            claim = claim.possibly_responding_to(other.id);
                        }
                        claim
                    }
                    Stance::Doubts => voice.doubts(target.id),
                    Stance::Retracts => voice.retracts(target.id),
                    _ => {
                        // A revision of a claim that is not an actual fact is left out, because the rules do not cover it.
                        let plain = |t: &Row| {
                            commits(t.stance)
                                && t.modality == Modality::Actual
                                && (t.says.is_some() || t.stance == Stance::Revises)
                        };
                        if !plain(target) {
                            return None;
                        }
                        row.quantity = Some(3);
                        voice.revises(target.id).quantity(Quantity::stated(3, "soldiers"))
                    }
                }
            }
            Verb::Restate(stance) => {
                row.stance = stance;
                row.says = Some(spec.ends);
                let (s, r, o) = named(spec.ends);
                let target = target?.id;
                if stance == Stance::Confirms {
                    voice.confirms(target).restating(s, r, o)
                } else {
                    voice.acknowledges(target).restating(s, r, o)
                }
            }
            Verb::DenyIt => {
                // A denial that answers a claim denies the statement of that claim.
                let target =
                    target.filter(|t| commits(t.stance) && t.modality == Modality::Actual)?;
                row.stance = Stance::Denies;
                row.says = Some(target.says?);
                let (s, r, o) = named(target.says?);
                voice.denies(s, r, o).responding_to(target.id)
            }
        };
        claim = claim.reported(day(row.day));
        row.certainty = match row.stance {
            stance if commits(stance) => spec.certainty,
            stance => stance.usual_certainty(),
        };
        claim = claim.certainty(row.certainty);
        if let Some(doc) = spec.doc {
            claim = claim.read_in(self.docs[doc], ..);
            if spec.perhaps {
                // No words, which would make copies of claims.
                let at = usize::from(spec.day % 4);
                let quote = Quote::fragment(None).at(at + 3..at + 9);
                claim =
                    claim.quote(quote.with_marks(at..at + 12)).quote(Quote::whole(None).at(2..9));
            }
        }
        Some((claim, row))
    }
}

impl Row {
    /// The time of its statement, as far as it is known.
    pub fn telling(&self) -> Telling {
        Telling {
            said: self.said,
            counts: false,
            state: self.says.is_some_and(|(_, relation, _)| RELS[relation].state),
            actual: commits(self.stance) && self.modality == Modality::Actual,
            reported: i32::from(self.day),
        }
    }
}
