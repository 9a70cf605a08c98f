//! Claims that repeat others, and claims that were revised: SEMANTICS 1.3 by brute force.

use super::*;

impl Built {
    /// The relation of a claim, or those of the claims whose statements it repeats.
    pub fn relations(&self, row: &Row) -> Vec<usize> {
        let repeats = [Stance::Confirms, Stance::Acknowledges, Stance::Revises];
        match row.says {
            Some((_, relation, _)) => vec![relation],
            None if repeats.contains(&row.stance) => {
                let firm = row.targets.iter().filter(|(_, firm)| *firm);
                let targets = firm.filter_map(|(target, _)| self.row(*target));
                targets.flat_map(|target| self.relations(target)).collect()
            }
            None => Vec::new(),
        }
    }

    /// SEMANTICS 1.3: the claims that a revision of their own speaker repeats, and, beside them, revisions of a figure
    /// that was revised again.
    pub fn superseded(&self, ask: &Ask) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let speaks_for = |by: &Row, of: &Row| {
            let speaker = by.chain.last().copied().flatten();
            let whom = match of.chain.last().copied().flatten() {
                Some(speaker) => Some(speaker),
                None => of.chain.len().checked_sub(2).and_then(|place| of.chain[place]),
            };
            speaker.is_some() && speaker == whom
        };
        let (mut repeated, mut figures) = (BTreeSet::new(), BTreeSet::new());
        let mut by: BTreeMap<usize, Vec<ClaimId>> = BTreeMap::new();
        for revision in self.in_view(ask).filter(|row| row.stance == Stance::Revises) {
            let mut open = vec![revision];
            while let Some(row) = open.pop() {
                let firm = row.targets.iter().filter(|(_, firm)| *firm);
                for target in firm.filter_map(|(target, _)| self.row(*target)) {
                    if speaks_for(revision, target) {
                        repeated.insert(target.spec);
                        by.entry(target.spec).or_default().push(revision.id);
                        if target.stance == Stance::Revises {
                            open.push(target);
                        }
                    }
                }
            }
        }
        for mut revisions in by.into_values() {
            self.graph.sort_findings(&mut revisions, |id| *id);
            revisions.pop();
            let specs = self.rows.iter().filter(|row| revisions.contains(&row.id));
            figures.extend(specs.map(|row| row.spec));
        }
        (repeated, figures)
    }
}

impl Built {
    /// The statements that a claim makes, denies or repeats: subject, primary relation, object, by places. The ends of a
    /// symmetric relation are in the order of their keys.
    pub fn statements(&self, row: &Row) -> BTreeSet<(usize, usize, usize)> {
        let repeats = [Stance::Confirms, Stance::Acknowledges, Stance::Revises];
        match row.says {
            Some((subject, relation, object)) => {
                let key = |place: usize| {
                    self.graph.entity(self.entities[place]).unwrap().key().to_owned()
                };
                let said = match RELS[relation].key {
                    "hosts" => (object, RELS[relation].inverse.expect("declared"), subject),
                    _ if RELS[relation].symmetric && key(object) < key(subject) => {
                        (object, relation, subject)
                    }
                    _ => (subject, relation, object),
                };
                BTreeSet::from([said])
            }
            None if repeats.contains(&row.stance) => {
                let firm = row.targets.iter().filter(|(_, firm)| *firm);
                let targets = firm.filter_map(|(target, _)| self.row(*target));
                targets.flat_map(|target| self.statements(target)).collect()
            }
            None => BTreeSet::new(),
        }
    }
}
