//! A vocabulary for international reporting: states, agencies, people, forces, and what they do with and to each other.
//!
//! Relations carry their CAMEO code and PLOVER event class if they have one. `use claimgraph::reporting::*;`
//! brings in these and [`base`](crate::base). A speaker's way of saying something (confirms, denies, demands,
//! threatens) is not a relation but a [`Stance`](crate::Stance).
//!
#![doc = include_str!("../../../docs/vocabulary/reporting.md")]

use crate::model::vocabulary::Vocabulary;
pub use crate::model::vocabulary::base::{
    ABOUT, ADDITIONAL_TO, ADDRESSEE, Actor, CONDITION, CONTRASTS_WITH, CORROBORATES, Document,
    EVIDENCE_FOR, Event, MANNER, OBSERVED_BY, OCCASION, PART_OF, PART_OF_TOTAL, PLACE, PRESUPPOSES,
    PURPOSE, Place, RELATED_TO, RESTS_ON, REVISED_TO, Relay, SPOKEN_IN, SUPERSEDES, Source, TREND,
    Thing,
};
use crate::model::vocabulary::slot::{Any, AnyClaim, Nothing, Number, Text};
use std::sync::LazyLock;

crate::vocabulary! {
    /// The declarations.
    fn declarations;

    /// A state acts, and is a place.
    kind State: Actor, Place, Source, Thing;
    /// A body of people with a name.
    kind Organization: Actor, Source, Thing;
    /// A public service or office with a task: an intelligence service, a ministry.
    kind Agency: Organization, Actor, Source, Thing;
    /// The office of a head of state or government.
    kind GovernmentOffice: Organization, Actor, Source, Thing;
    /// A parliament or a committee of it.
    kind Legislature: Organization, Actor, Source, Thing;
    /// Armed forces, or a formation of them.
    kind Military: Organization, Actor, Source, Thing;
    /// A company.
    kind Company: Organization, Actor, Source, Thing;
    /// An organisation that publishes documents; a relay.
    kind Publisher: Organization, Relay, Actor, Source, Thing;
    /// A publisher whose stories others print; a relay.
    kind Wire: Publisher, Organization, Relay, Actor, Source, Thing;
    /// A human being.
    kind Person: Actor, Source, Thing;
    /// Several people without a common name: officials, families.
    plural kind Group: Actor, Source, Thing;
    /// A city or town.
    kind City: Place, Thing;
    /// An area that is not a state.
    kind Region: Place, Thing;
    /// A building or site.
    kind Facility: Place, Thing;
    /// A hearing, briefing or press conference: an event that speaks.
    kind Briefing: Event, Source, Thing;
    /// A means of collection that detects: surveillance, satellites.
    kind Means: Source, Thing;
    /// A treaty or agreement.
    kind Treaty: Thing;
    /// A weapon, vehicle or other piece of equipment.
    kind Equipment: Thing;

    unit "soldiers" = ["soldier", "troop", "troops"];
    unit "people" = ["person", "persons"];
    unit "casualties" = ["casualty"];
    unit "dead" = ["deaths", "killed", "fatalities"];
    unit "injured" = ["wounded"];

    /// The treaty.
    role TREATY = "treaty": Treaty;
    /// The aid provided: "lethal".
    role AID_KIND = "aid-kind": Text;
    /// The subject taught.
    role TOPIC = "topic": Any;
    /// The urgency.
    role URGENCY = "urgency": Text;
    /// A participant.
    role PARTICIPANT = "participant": Actor;
    /// The war or incident.
    role IN_EVENT = "in-event": Event;

    /// Is somewhere.
    relation PRESENT_IN = "present-in": Actor => Place, state, label ["is present in"];
    /// Sends forces somewhere.
    relation DEPLOYS_TO = "deploys-to": Actor => Place, interaction, implies PRESENT_IN, roles [TREATY],
        codes ["cameo" = "154", "plover" = "MOBILIZE"];
    /// Is stationed at several places.
    relation DISTRIBUTED_ACROSS = "distributed-across": Actor => Place, state, implies PRESENT_IN, label ["is distributed across"];
    /// Is at a place that is only described: "the front line".
    relation POSITIONED_AT = "positioned-at": Actor => Any, state, label ["is positioned at"];
    /// Leaves.
    relation WITHDRAWS_FROM = "withdraws-from": Actor => Place, roles [URGENCY], label ["withdraws from"],
        codes ["cameo" = "0874", "plover" = "RETREAT"];
    /// Has committed to send forces: a promise, not yet an interaction.
    relation COMMITS_TROOPS_TO = "commits-troops-to": Actor => Any, label ["commits troops to"],
        codes ["cameo" = "0332", "plover" = "AGREE"];
    /// Fights or works somewhere.
    relation OPERATES_IN = "operates-in": Actor => Place, state, label ["conducts operations in"];
    /// Exercises somewhere.
    relation TRAINS_IN = "trains-in": Actor => Place, label ["trains in"];
    /// Teaches somebody.
    relation PROVIDES_TRAINING_TO = "provides-training-to": Actor => Actor, interaction, roles [TOPIC], label ["provides training to"],
        codes ["cameo" = "072", "plover" = "AID"];
    /// Gives aid to somebody.
    relation PROVIDES_AID_TO = "provides-aid-to": Actor => Actor, interaction, roles [AID_KIND], label ["provides aid to"],
        codes ["cameo" = "070", "plover" = "AID"];
    /// Takes people on.
    relation RECRUITS = "recruits": Actor => Actor;
    /// Has concluded a treaty with somebody.
    relation TREATY_WITH = "treaty-with": State => State, interaction, symmetric, roles [TREATY], label ["has a treaty with"],
        codes ["cameo" = "057", "plover" = "AGREE"];
    /// Is allied with somebody.
    relation ALLIED_WITH = "allied-with": Actor => Actor, state, interaction, symmetric, label ["is allied with"];
    /// Works together with somebody.
    relation COOPERATES_WITH = "cooperates-with": Actor => Actor, state, interaction, symmetric, label ["cooperates with"],
        codes ["cameo" = "062", "plover" = "COOPERATE"];
    /// Meets somebody.
    relation MEETS = "meets": Actor => Actor, interaction, symmetric, codes ["cameo" = "040", "plover" = "CONSULT"];
    /// Tells somebody what it knows.
    relation BRIEFS = "briefs": Actor => Actor, interaction, codes ["cameo" = "064", "plover" = "CONSULT"];
    /// Uses force against somebody.
    relation ATTACKS = "attacks": Actor => Thing, interaction, codes ["cameo" = "190", "plover" = "ASSAULT"];
    /// Places sanctions on somebody.
    relation SANCTIONS = "sanctions": Actor => Actor, interaction, codes ["cameo" = "163", "plover" = "SANCTION"];
    /// Keeps something from being known.
    relation SUPPRESSES_INFORMATION_ABOUT = "suppresses-information-about": Actor => Any, label ["suppresses information about"];
    /// Moves people against their will.
    relation FORCIBLY_RELOCATES = "forcibly-relocates": Actor => Actor, label ["forcibly relocates"];
    /// Keeps people apart.
    relation ISOLATES = "isolates": Actor => Actor;
    /// Notices something.
    relation DETECTS = "detects": Source => AnyClaim;
    /// Loses people; how many is the quantity.
    relation SUFFERS = "suffers": Actor => Any, roles [IN_EVENT];
    /// An event costs lives or health; how many is the quantity.
    relation CAUSES_CASUALTIES = "causes-casualties": Event => Nothing, label ["causes casualties"];
    /// Has a part in something.
    relation INVOLVED_IN = "involved-in": Actor => Event, state, label ["is involved in"];
    /// Reacts to something.
    relation RESPONDS_TO = "responds-to": Actor => Any, label ["responds to"];
    /// Was written somewhere.
    relation FILED_FROM = "filed-from": Document => Place, label ["was filed from"];
    /// Spoke somewhere.
    relation SPEAKS_FROM = "speaks-from": Actor => Place, label ["speaks from"];
    /// Has an office, in words.
    relation HOLDS_OFFICE = "holds-office": Person => Text, state, label ["holds the office"];
    /// Leads.
    relation HEADS = "heads": Person => Actor, state;
    /// Belongs to a group.
    relation MEMBER_OF = "member-of": Actor => Organization, state, label ["is a member of", "are members of"];
    /// Is for something.
    relation HAS_PURPOSE = "has-purpose": Any => Any, label ["has the purpose"];
    /// Is mostly about something.
    relation HAS_FOCUS = "has-focus": Any => Any, label ["focuses on"];
    /// Speaks for a claim.
    relation IS_EVIDENCE_FOR = "is-evidence-for": Any => AnyClaim, label ["is evidence for"];
    /// Is a sign of something.
    relation INDICATES = "indicates": Any => Any;
    /// Is an effect of something.
    relation REFLECTS = "reflects": Any => Any;
    /// Knew something.
    relation UNDERSTOOD = "understood": Actor => Any, label ["understood", "understood", "understand"];
    /// Is rated in some respect; the sign is the stance's.
    relation RATED_FOR = "rated-for": Any => Text, label ["is rated for"];
    /// Knows how to do something; the sign is the stance's.
    relation UNDERSTANDS = "understands": Actor => Any;
    /// Gives an agreement its form.
    relation FORMALISES = "formalises": Any => AnyClaim;
    /// Takes place.
    relation TAKES_PLACE = "takes-place": Event => Nothing, roles [PARTICIPANT], label ["takes place"];
    /// Begins.
    relation BEGINS = "begins": Event => Nothing;
    /// Comes to its end as planned.
    relation IS_COMPLETED = "is-completed": Event => Nothing, label ["is completed"];
    /// Counts something; how many is the quantity.
    relation COUNTS = "counts": Thing => Number;
}

/// Returns the vocabulary for international reporting, with the base beneath it, as data.
pub fn vocabulary() -> Vocabulary {
    #[expect(
        clippy::expect_used,
        reason = "a unit test holds that nothing declared here is refused"
    )]
    static KNOWN: LazyLock<Vocabulary> = LazyLock::new(|| {
        let mut vocabulary = Vocabulary::new();
        vocabulary.merge(&declarations()).expect("the declaration agrees with the base");
        vocabulary
    });
    KNOWN.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_declared_here_is_refused() {
        let mut vocabulary = Vocabulary::new();
        assert_eq!(vocabulary.merge(&declarations()), Ok(()));
        assert_eq!(vocabulary.relations().len(), declarations().relations().len());
    }

    #[test]
    fn a_relation_is_found_by_its_code_elsewhere() {
        let vocabulary = vocabulary();
        let keys: Vec<&str> =
            vocabulary.relations_coded("cameo", "057").map(|def| def.key.as_str()).collect();
        assert_eq!(keys, ["treaty-with"]);
    }
}
