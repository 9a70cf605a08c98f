//! The reasons of a judgement: a tree, as data and as text.

use crate::model::id::ClaimId;
use serde::Serialize;
use std::fmt;

/// A finding, the claims it is about, and what it rests on.
///
/// As text it is a line for each reason, those below indented. Serialized it has `says` and, where there
/// are any, `because`; the claims are left to [`claims`](Self::claims), since handles mean nothing outside of
/// the graph.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Explanation {
    says: String,
    #[serde(skip)]
    claims: Vec<ClaimId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    because: Vec<Explanation>,
}

impl Explanation {
    pub(crate) fn new(says: impl Into<String>, claims: impl IntoIterator<Item = ClaimId>) -> Self {
        Self { says: says.into(), claims: claims.into_iter().collect(), because: Vec::new() }
    }

    pub(crate) fn because(mut self, reasons: impl IntoIterator<Item = Explanation>) -> Self {
        self.because.extend(reasons);
        self
    }

    /// Returns the explanation as a sentence.
    pub fn says(&self) -> &str {
        &self.says
    }

    /// Returns the claims it is about, without those of its reasons.
    pub fn claims(&self) -> &[ClaimId] {
        &self.claims
    }

    /// Returns its reasons.
    pub fn reasons(&self) -> &[Explanation] {
        &self.because
    }

    /// Iterates over the explanation and all below it, each with its depth. A reason follows what it explains.
    pub fn walk(&self) -> impl Iterator<Item = (usize, &Explanation)> {
        let mut stack = vec![(0, self)];
        std::iter::from_fn(move || {
            let (depth, next) = stack.pop()?;
            stack.extend(next.because.iter().rev().map(|reason| (depth + 1, reason)));
            Some((depth, next))
        })
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (depth, reason)) in self.walk().enumerate() {
            let line = if place > 0 { "\n" } else { "" };
            write!(f, "{line}{:width$}{}", "", reason.says, width = depth * 2)?;
        }
        Ok(())
    }
}
