//! What every graph knows, whatever its domain: the widest kinds, and the roles that any claim may have.
//!
//! Bring it in with `use claimgraph::base::*;` where a vocabulary of your own is declared;
//! [`reporting`](crate::model::vocabulary::reporting) brings it along.

pub use crate::model::document::Document;
use crate::model::vocabulary::kind::IsA;
use crate::model::vocabulary::kind::Kind;
use crate::model::vocabulary::slot::{Any, AnyClaim, AnyStatement, Text};
use crate::model::vocabulary::{KindDef, Vocabulary};
use std::sync::LazyLock;

crate::vocabulary! {
    /// The declarations, without the kind `Document`, which is a type of its own.
    fn declarations;

    /// Whatever there is to speak about.
    kind Thing;
    /// What may stand in a chain of speakers.
    kind Source: Thing;
    /// Someone who acts or speaks.
    kind Actor: Source, Thing;
    /// Somewhere.
    kind Place: Thing;
    /// Something that happens.
    kind Event: Thing;
    /// Passes on what others say: a document, a publisher, a wire. Not a source of its own unless
    /// it speaks in its own voice.
    kind Relay: Source, Thing;

    /// What it is for.
    role PURPOSE = "purpose": Any;
    /// On which occasion.
    role OCCASION = "occasion": Any;
    /// Where it happens.
    role PLACE = "place": Any;
    /// How it is done.
    role MANNER = "manner": Text;
    /// Which way it is going: "strengthening".
    role TREND = "trend": Text;
    /// What it is about, besides its subject and object.
    role ABOUT = "about": Any;
    /// To whom it is said.
    role ADDRESSEE = "addressee": Any;
    /// Where the speaker spoke.
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
    /// Of a revision: the claim that gives the new figure.
    role REVISED_TO = "revised-to": AnyClaim;
    /// Another connection between claims that the text makes.
    role RELATED_TO = "related-to": AnyClaim;
}

impl Kind for Document {
    const KEY: &'static str = "Document";
    const ABOVE: &'static [&'static str] = &["Relay", "Source", "Thing"];
}

impl IsA<Document> for Document {}
impl IsA<Relay> for Document {}
impl IsA<Source> for Document {}
impl IsA<Thing> for Document {}

impl Document {
    #[doc(hidden)]
    pub const fn __closed<T>()
    where
        T: IsA<Document> + IsA<Relay> + IsA<Source> + IsA<Thing>,
    {
    }
}

impl Vocabulary {
    /// One that holds what every graph needs: `Thing`, `Source`, `Actor`, `Place`, `Document`, `Relay`
    /// and the roles that any claim may have.
    pub fn new() -> Self {
        known().clone()
    }
}

/// The base vocabulary as data.
pub fn vocabulary() -> Vocabulary {
    known().clone()
}

/// The same, put together once.
pub(crate) fn known() -> &'static Vocabulary {
    static KNOWN: LazyLock<Vocabulary> = LazyLock::new(declared_vocabulary);
    &KNOWN
}

fn declared_vocabulary() -> Vocabulary {
    let declared = declarations();
    let mut vocabulary = Vocabulary::empty();
    let mut kinds: Vec<KindDef> = declared.kinds().cloned().collect();
    kinds.push(KindDef::new(Document::KEY, Document::ABOVE.iter().copied()));
    // Declared above, so there is nothing to refuse.
    for kind in kinds {
        let _ = vocabulary.add_kind(kind);
    }
    for role in declared.roles() {
        let mut role = role.clone();
        role.general = true;
        let _ = vocabulary.add_role(role);
    }
    vocabulary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_declared_here_is_refused() {
        let declared = declarations();
        assert_eq!(vocabulary().kinds().len(), declared.kinds().len() + 1);
        assert_eq!(vocabulary().roles().len(), declared.roles().len());
        assert!(vocabulary().roles().all(|role| role.general));
    }
}
