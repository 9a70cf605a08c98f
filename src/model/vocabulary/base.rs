//! The vocabulary that every graph has: the widest kinds, and the roles that any claim may have.
//!
//! Bring it in with `use claimgraph::base::*;` to declare a vocabulary of your own;
//! [`reporting`](crate::reporting) brings it along.
//!
#![doc = include_str!("../../../docs/vocabulary/base.md")]

use crate::model::vocabulary::slot::{Any, AnyClaim, AnyStatement, Text};
use crate::model::vocabulary::{RoleDef, Vocabulary};
use std::sync::LazyLock;

crate::vocabulary! {
    /// The declarations.
    fn declarations;

    /// Anything that can be spoken about.
    kind Thing;
    /// Anything that may be a speaker.
    kind Source: Thing;
    /// Someone who acts or speaks.
    kind Actor: Source, Thing;
    /// Somewhere.
    kind Place: Thing;
    /// Something that happens.
    kind Event: Thing;
    /// Anything that passes on what others say: a document, a publisher, a wire. It is not a source of its own
    /// unless it speaks in its own voice.
    kind Relay: Source, Thing;
    /// A text that claims are read in, and that can speak in its own voice.
    kind Document: Relay, Source, Thing;

    /// The purpose.
    role PURPOSE = "purpose": Any;
    /// The occasion.
    role OCCASION = "occasion": Any;
    /// The place where it happens.
    role PLACE = "place": Any;
    /// The way in which it is done.
    role MANNER = "manner": Text;
    /// The direction of change: "strengthening".
    role TREND = "trend": Text;
    /// The topic, besides its subject and object.
    role ABOUT = "about": Any;
    /// The one to whom it is said.
    role ADDRESSEE = "addressee": Any;
    /// The place where the speaker spoke.
    role SPOKEN_IN = "spoken-in": Place;
    /// The statement under which it holds or would be done.
    role CONDITION = "condition": AnyStatement;
    /// The claim this is a part of.
    role PART_OF = "part-of": AnyClaim;
    /// The claim whose figure this one adds to.
    role ADDITIONAL_TO = "additional-to": AnyClaim;
    /// The claim whose figure is the total this one is a part of.
    role PART_OF_TOTAL = "part-of-total": AnyClaim;
    /// The claim this is evidence for.
    role EVIDENCE_FOR = "evidence-for": AnyClaim;
    /// The claim this one is drawn from or would fall with.
    role RESTS_ON = "rests-on": AnyClaim;
    /// The claim that takes this one for granted, or that this one takes for granted.
    role PRESUPPOSES = "presupposes": AnyClaim;
    /// A claim set against this one without contradicting it.
    role CONTRASTS_WITH = "contrasts-with": AnyClaim;
    /// The claim that tells of the observation.
    role OBSERVED_BY = "observed-by": AnyClaim;
    /// The claim that agrees with this one.
    role CORROBORATES = "corroborates": AnyClaim;
    /// The earlier claim whose place this one takes.
    role SUPERSEDES = "supersedes": AnyClaim;
    /// The claim that gives the new figure of a revision.
    role REVISED_TO = "revised-to": AnyClaim;
    /// Another connection between claims that the text makes.
    role RELATED_TO = "related-to": AnyClaim;
}

impl Vocabulary {
    /// Creates the vocabulary that every graph has: the kinds and roles of [`base`](crate::base).
    pub fn new() -> Self {
        known().clone()
    }
}

/// Returns the base vocabulary as data.
pub fn vocabulary() -> Vocabulary {
    known().clone()
}

/// Returns the same, put together once.
pub(crate) fn known() -> &'static Vocabulary {
    static KNOWN: LazyLock<Vocabulary> = LazyLock::new(declared_vocabulary);
    &KNOWN
}

#[expect(clippy::expect_used, reason = "a unit test holds that nothing declared here is refused")]
fn declared_vocabulary() -> Vocabulary {
    let declared = declarations();
    let mut vocabulary = Vocabulary::empty();
    for kind in declared.kinds() {
        vocabulary.add_kind(kind.clone()).expect("its kinds are declared above it");
    }
    for role in declared.roles() {
        let role = RoleDef { general: true, ..role.clone() };
        vocabulary.add_role(role).expect("its kind is declared above");
    }
    vocabulary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_declared_here_is_refused() {
        let declared = declarations();
        assert_eq!(vocabulary().kinds().len(), declared.kinds().len());
        assert_eq!(vocabulary().roles().len(), declared.roles().len());
        assert!(vocabulary().roles().all(|role| role.general));
    }
}
