//! Makes answers of reviews, in whatever order the file has them.

use crate::exchange::claimreview::reader::{Open, Reading};
use claimgraph::Stance;
use claimgraph::record::*;
use indexmap::{IndexMap, IndexSet};

impl Reading {
    /// Records the reviews of claims first, then the reviews of these reviews.
    pub(super) fn answer(&mut self, mut open: Vec<Open>) {
        let mut made: IndexSet<String> = self.known.values().cloned().collect();
        let reviews =
            open.iter().filter_map(|review| Some((review.id.clone()?, review.name.clone())));
        let by_id: IndexMap<String, String> =
            self.known.clone().into_iter().chain(reviews).collect();
        loop {
            let before = open.len();
            let mut left = Vec::new();
            for review in open {
                let target = review.target.as_ref();
                let target = target.map(|target| by_id.get(target).unwrap_or(target).clone());
                if target.as_ref().is_some_and(|target| !made.contains(target)) {
                    left.push(review);
                    continue;
                }
                made.insert(review.name.clone());
                self.put(review, target);
            }
            if left.len() == before || left.is_empty() {
                // A review of a claim that is not in the file is a review of its text.
                for review in left {
                    self.note("reviewed claim that is not in the file", &review.place);
                    self.put(review, None);
                }
                return;
            }
            open = left;
        }
    }

    fn put(&mut self, review: Open, target: Option<String>) {
        let Open { mut claim, text, place, name, .. } = review;
        let answers = target.is_some();
        claim.targets.extend(target.map(TargetRecord::new));
        if claim.stance == Stance::Dismisses && !answers {
            claim.stance = Stance::Denies;
            self.note("dismissal of no claim, read as a denial", &place);
        }
        match text {
            Some(text) if claim.stance == Stance::Denies || !answers => {
                claim.statement = Some(self.is_true(&text))
            }
            None if claim.stance == Stance::Denies && answers => claim.stance = Stance::Dismisses,
            None if !answers => claim.statement = Some(self.is_true("")),
            _ => {}
        }
        claim.id = Some(name);
        self.import.claim(claim, place);
    }
}
