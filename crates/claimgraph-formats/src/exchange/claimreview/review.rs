//! Makes answers of reviews, in whatever order the file has them.

use crate::exchange::claimreview::reader::{Open, Reading};
use claimgraph::Stance;
use claimgraph::record::*;
use indexmap::{IndexMap, IndexSet};

impl Reading {
    /// Records the reviews of claims first, then the reviews of these reviews.
    pub(super) fn answer(&mut self, mut open: Vec<Open>) {
        let mut made: IndexSet<String> = self.known.values().cloned().collect();
        let mut by_id: IndexMap<String, String> = IndexMap::new();
        for (id, name) in &self.known {
            by_id.insert(id.clone(), name.clone());
        }
        for review in &open {
            review
                .id
                .iter()
                .for_each(|id| drop(by_id.insert(format!("@id {id}"), review.name.clone())));
        }
        loop {
            let before = open.len();
            let mut left = Vec::new();
            for mut review in open {
                let target = review
                    .target
                    .as_ref()
                    .map(|target| by_id.get(target).unwrap_or(target).clone());
                if target.as_ref().is_some_and(|target| !made.contains(target)) {
                    left.push(review);
                    continue;
                }
                made.insert(review.name.clone());
                self.put(&mut review, target);
            }
            if left.len() == before || left.is_empty() {
                // A review of a claim that is not in the file is a review of its text.
                for mut review in left {
                    self.import
                        .losses
                        .note("reviewed claim that is not in the file", &review.origin.path);
                    self.put(&mut review, None);
                }
                return;
            }
            open = left;
        }
    }

    fn put(&mut self, review: &mut Open, target: Option<String>) {
        let mut claim = std::mem::replace(&mut review.claim, ClaimRecord::new(Stance::Doubts));
        let answers = target.is_some();
        claim.targets.extend(target.map(TargetRecord::new));
        let said = review.text.clone();
        if claim.stance == Stance::Dismisses && !answers {
            claim.stance = Stance::Denies;
            self.import.losses.note("dismissal of no claim, read as a denial", &review.origin.path);
        }
        match said {
            Some(said) if claim.stance == Stance::Denies || !answers => {
                claim.statement = Some(self.is_true(&said))
            }
            None if claim.stance == Stance::Denies && answers => claim.stance = Stance::Dismisses,
            None if !answers => claim.statement = Some(self.is_true("")),
            _ => {}
        }
        claim.id = Some(review.name.clone());
        self.import.claim(claim, review.origin.clone());
    }
}
