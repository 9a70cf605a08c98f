//! Slips of model output, one a row: what is laid over a right draft, and what becomes of it. A repaired draft is given as
//! the sentence of its claim; a refused one as its faults.

use super::story;
use claimgraph::ClaimGraph;
use claimgraph::Id;
use claimgraph::reporting::Document;
use claimgraph_intake::{Drafts, Intake};
use serde_json::{Value, json};

/// Returns the draft that all slips are laid over.
fn right() -> Value {
    json!({"speakers": ["defence ministry"], "stance": "asserts", "subject": "Arland", "relation": "deploys-to", "object": "Borduria"})
}

/// Returns what becomes of a draft with this laid over it, beside a right one with the label "base".
fn outcome(graph: &ClaimGraph, story: Id<Document>, over: &str) -> String {
    let mut graph = graph.clone();
    let mut draft = right();
    let over: Value = serde_json::from_str(over).expect("the row is JSON");
    for (name, value) in over.as_object().expect("the row is an object") {
        draft[name] = value.clone();
    }
    let base = json!({"label": "base", "stance": "asserts", "subject": "Sildavia", "relation": "allied-with", "object": "Borduria"});
    let report = Intake::new(&mut graph).read(story, &Drafts::from_values([base, draft]));
    let last = report.claims().last().expect("there are two");
    match last.claim() {
        Some(id) => {
            let claim = graph.claim(id).expect("the claim is on record");
            let passage = claim.passage().filter(|_| claim.span().is_some());
            let cue = claim.cue().map(|cue| format!(" | cue: {cue}"));
            let quotes = claim
                .quotes()
                .map(|quote| format!(" | quote: {:?} at {:?}", quote.words(), quote.span()));
            let places = passage.map(|passage| format!(" | passage: {passage}")).into_iter();
            graph.show(id).expect("it is on record")
                + &places.chain(cue).chain(quotes).collect::<String>()
        }
        None => last.faults().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
    }
}

#[test]
fn each_slip_is_repaired_rightly_or_refused_with_what_would_be_right() {
    let (graph, story) = story::known();
    let mut wrong = Vec::new();
    for (over, expected) in SLIPS {
        let found = outcome(&graph, story, over);
        if found != *expected {
            wrong.push(format!("{over}\n  is {found}\n  not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), SLIPS.len(), wrong.join("\n"));
}

#[rustfmt::skip]
const SLIPS: &[(&str, &str)] = &[
    // Names for keys.
    (r##"{"subject":"arland"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"subject":"ARLAND"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"subject":" Arland  "}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"subject":"Republic of Arland"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"subject":"the Republic of Arland"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"speakers":["Vera Holm"]}"##, "Vera Holm asserted that Arland deploys to Borduria"),
    (r##"{"speakers":["Holm"]}"##, "Vera Holm asserted that Arland deploys to Borduria"),
    (r##"{"speakers":["Holm's"]}"##, "Vera Holm asserted that Arland deploys to Borduria"),
    (r##"{"speakers":["Holm’s"]}"##, "Vera Holm asserted that Arland deploys to Borduria"),
    (r##"{"speakers":["Arlandic  defence ministry"]}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"speakers":["the defence ministry"]}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"object":"Bordurias"}"##, "/1/object: \"Bordurias\" is not the name or key of a Place; did you mean \"borduria\"?"),
    (r##"{"object":"Bordura"}"##, "/1/object: \"Bordura\" is not the name or key of a Place; did you mean \"borduria\"?"),
    (r##"{"object":"Atlantis"}"##, "/1/object: \"Atlantis\" is not the name or key of a Place"),
    (r##"{"object":"Harbour City"}"##, "Arlandic defence ministry asserted that Arland deploys to Harbour City"),
    (r##"{"subject":"Harbour City"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"object":"holm"}"##, "/1/object: \"holm\" has the kind Person; expected a Place"),
    (r##"{"subject":"explosion"}"##, "/1/subject: \"explosion\" has the kind Event; expected an Actor"),
    (r##"{"subject":{"entity":"arland"}}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"subject":{"name":"Arland"}}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"subject":{"entity":"Nowhere"}}"##, "/1/subject/entity: \"Nowhere\" is not the name or key of an Actor"),
    (r##"{"subject":null}"##, "/1/subject: missing subject; expected an Actor"),
    (r##"{"subject":""}"##, "/1/subject: missing subject; expected an Actor"),
    (r##"{"object":"   "}"##, "/1/object: missing object; expected a Place, or {\"not_stated\": true}"),
    (r##"{"subject":["Arland"]}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"subject":["Arland","Sildavia"]}"##, "/1/subject: found a list; expected a text"),
    (r##"{"subject":7}"##, "/1/subject: \"7\" is not the name or key of an Actor"),
    (r##"{"subject":true}"##, "/1/subject: found true or false; expected a text"),
    (r##"{"object":{}}"##, "/1/object: nothing stands there; expected one of entity, claim, text, quantity, statement, not_stated"),
    (r##"{"object":{"not_stated":true}}"##, "Arlandic defence ministry asserted that Arland deploys to somebody or something not named"),
    // Speakers.
    (r##"{"speakers":"Holm"}"##, "Vera Holm asserted that Arland deploys to Borduria"),
    (r##"{"speaker":"Holm","speakers":null}"##, "Vera Holm asserted that Arland deploys to Borduria"),
    (r##"{"source":["Holm"],"speakers":null}"##, "Vera Holm asserted that Arland deploys to Borduria"),
    (r##"{"speakers":[]}"##, "story asserted that Arland deploys to Borduria"),
    (r##"{"speakers":null}"##, "story asserted that Arland deploys to Borduria"),
    (r##"{"speakers":[null]}"##, "somebody not named asserted that Arland deploys to Borduria"),
    (r##"{"speakers":["defence ministry","Holm"]}"##, "Vera Holm, according to Arlandic defence ministry, asserted that Arland deploys to Borduria"),
    (r##"{"speakers":["Holm",null]}"##, "somebody not named, according to Vera Holm, asserted that Arland deploys to Borduria"),
    (r##"{"speakers":["Arland","explosion"]}"##, "/1/speakers/1: \"explosion\" has the kind Event; expected a Source"),
    (r##"{"speakers":[{"name":"Holm"}]}"##, "Vera Holm asserted that Arland deploys to Borduria"),
    (r##"{"speakers":["Unknown Person"]}"##, "/1/speakers/0: \"Unknown Person\" is not the name or key of a Source"),
    (r##"{"speaker":"Holm"}"##, "/1/speakers: stands twice: also at /1/speaker"),
    (r##"{"attributed_to":"Holm","speakers":null}"##, "Vera Holm asserted that Arland deploys to Borduria"),
    (r##"{"by":"Holm","speakers":null}"##, "Vera Holm asserted that Arland deploys to Borduria"),
    (r##"{"Speakers":["Holm"]}"##, "/1/speakers: stands twice: also at /1/Speakers"),
    // Stances.
    (r##"{"stance":"ASSERTS"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"stance":"asserted"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"stance":"assert"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"stance":"says"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"stance":"said"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"stance":"stated"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"stance":"reports"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"stance":"denied"}"##, "Arlandic defence ministry denied that Arland deploys to Borduria"),
    (r##"{"stance":"deny"}"##, "Arlandic defence ministry denied that Arland deploys to Borduria"),
    (r##"{"stance":"DENIES"}"##, "Arlandic defence ministry denied that Arland deploys to Borduria"),
    (r##"{"stance":"calls for"}"##, "Arlandic defence ministry called for Arland to deploy to Borduria"),
    (r##"{"stance":"called for"}"##, "Arlandic defence ministry called for Arland to deploy to Borduria"),
    (r##"{"stance":"call_for"}"##, "Arlandic defence ministry called for Arland to deploy to Borduria"),
    (r##"{"stance":"urges"}"##, "Arlandic defence ministry called for Arland to deploy to Borduria"),
    (r##"{"stance":"threaten"}"##, "Arlandic defence ministry threatened that Arland would deploy to Borduria"),
    (r##"{"stance":"estimate"}"##, "Arlandic defence ministry estimated that Arland deploys to Borduria"),
    (r##"{"stance":"doubted"}"##, "Arlandic defence ministry doubted that Arland deploys to Borduria"),
    (r##"{"stance":"predicted"}"##, "Arlandic defence ministry projected that Arland will deploy to Borduria"),
    (r##"{"stance":"asertss"}"##, "/1/stance: \"asertss\" is not a stance; did you mean \"asserts\"?"),
    (r##"{"stance":"shouts"}"##, "/1/stance: \"shouts\" is not a stance; expected one of asserts, observes, estimates, assesses, confirms, acknowledges, presupposes, projects, speculates, denies, dismisses, doubts, demands, calls-for, threatens, revises, retracts"),
    (r##"{"stance":null}"##, "/1/stance: missing stance; expected one of asserts, observes, estimates, assesses, confirms, acknowledges, presupposes, projects, speculates, denies, dismisses, doubts, demands, calls-for, threatens, revises, retracts"),
    (r##"{"stance":["denies"]}"##, "Arlandic defence ministry denied that Arland deploys to Borduria"),
    (r##"{"stance":{"type":"denies"}}"##, "/1/stance: found an object; expected a text"),
    (r##"{"stance":"dismissed"}"##, "/1/stance: a claim that dismisses takes no statement of its own\n/1/stance: a claim that dismisses needs at least one claim to answer"),
    (r##"{"stance":"retracts"}"##, "/1/stance: a claim that retracts takes no statement of its own\n/1/stance: a claim that retracts needs at least one claim to answer"),
    (r##"{"stance":"neutral"}"##, "/1/stance: \"neutral\" is not a stance; expected one of asserts, observes, estimates, assesses, confirms, acknowledges, presupposes, projects, speculates, denies, dismisses, doubts, demands, calls-for, threatens, revises, retracts"),
    (r##"{"stance":"assesses"}"##, "/1/stance: a claim that assesses needs a polarity"),
    (r##"{"stance":"assessed","polarity":"Positive"}"##, "Arlandic defence ministry assessed as positive: Arland deploys to Borduria"),
    (r##"{"stance":"assesses","polarity":"very good"}"##, "/1/polarity: \"very good\" is not a polarity; expected one of positive, negative, mixed"),
    // Relations.
    (r##"{"relation":"deploys_to"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"relation":"Deploys To"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"relation":"deploys to"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"relation":"DEPLOYS-TO"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"relation":"deploy to"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"relation":"deploys"}"##, "/1/relation: \"deploys\" is not a relation; did you mean \"deploys-to\"?"),
    (r##"{"relation":"deployed-to"}"##, "/1/relation: \"deployed-to\" is not a relation; did you mean \"deploys-to\"?"),
    (r##"{"relation":"is present in"}"##, "Arlandic defence ministry asserted that Arland is present in Borduria"),
    (r##"{"relation":"present_in"}"##, "Arlandic defence ministry asserted that Arland is present in Borduria"),
    (r##"{"relation":"sends_troops_to"}"##, "/1/relation: \"sends_troops_to\" is not a relation; did you mean \"commits-troops-to\"?"),
    (r##"{"relation":null}"##, "/1/relation: missing relation; expected a relation, or answers to other drafts"),
    (r##"{"relation":["deploys-to"]}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"predicate":"deploys-to","relation":null}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"verb":"deploys to","relation":null}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"relation":"causes_casualties","subject":"explosion at Port Kesh","object":null}"##, "Arlandic defence ministry asserted that explosion at Port Kesh causes casualties"),
    (r##"{"relation":"causes_casualties","subject":"explosion at Port Kesh"}"##, "/1/object: \"Borduria\" stands where the relation takes no object; expected null"),
    (r##"{"relation":"causes casualty","subject":"explosion at Port Kesh","object":null}"##, "/1/relation: \"causes casualty\" is not a relation; did you mean \"causes-casualties\"?"),
    (r##"{"relation":"holds-office","subject":"Holm","object":"minister"}"##, "Arlandic defence ministry asserted that Vera Holm holds the office “minister”"),
    (r##"{"relation":"holds-office","subject":"Arland","object":"minister"}"##, "/1/subject: \"Arland\" has the kind State; expected a Person"),
    (r##"{"relation":"has a treaty with"}"##, "Arlandic defence ministry asserted that Arland has a treaty with Borduria"),
    (r##"{"relation":"counts","object":"3,000 soldiers"}"##, "Arlandic defence ministry asserted that Arland counts 3,000 soldiers"),
    (r##"{"relation":"detects","object":"c9"}"##, "/1/object: \"c9\" is not the label of a draft; expected a label, or the key of a claim on record"),
    // Figures.
    (r##"{"quantity":"3,000 soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 3,000 soldiers"),
    (r##"{"quantity":"at least 3,000 soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: at least 3,000 soldiers"),
    (r##"{"quantity":"up to 12,000 troops"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: at most 12,000 soldiers, “up to 12,000 troops”"),
    (r##"{"quantity":"three thousand soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 3,000 soldiers, “three thousand soldiers”"),
    (r##"{"quantity":"a dozen soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 12 soldiers, “a dozen soldiers”"),
    (r##"{"quantity":"dozens of soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: at least 24 soldiers, “dozens”"),
    (r##"{"quantity":"between 10 and 20 soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: between 10 and 20 soldiers"),
    (r##"{"quantity":"10-20 soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: between 10 and 20 soldiers, “10-20 soldiers”"),
    (r##"{"quantity":"about 1.5 million people"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: about 1,500,000 people, “about 1.5 million people”"),
    (r##"{"quantity":"3k soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 3,000 soldiers, “3k soldiers”"),
    (r##"{"quantity":"3000"}"##, "/1/quantity: \"3000\" does not say what is counted; expected a number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":3000}"##, "/1/quantity: \"3000\" does not say what is counted; expected a number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"3.000 soldiers"}"##, "/1/quantity: \"3.000\" has two readings, 3 and 3000; expected one of them, as 3,000 or 3.0"),
    (r##"{"quantity":"many"}"##, "/1/quantity: \"many\" does not say what is counted; expected a number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"several soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: at least 2 soldiers, “several”"),
    (r##"{"quantity":"soldiers"}"##, "/1/quantity: \"soldiers\" has no number; expected a number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"3,000 Arlandic soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 3,000 soldiers, “3,000 Arlandic soldiers”"),
    (r##"{"quantity":"3,000 soldiers and 50 tanks"}"##, "/1/quantity: \"50\" is a second number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":{"figure":"at least 3,000","unit":"soldiers"}}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: at least 3,000 soldiers"),
    (r##"{"quantity":{"figure":"3,000 troops","unit":null}}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 3,000 soldiers, “3,000 troops”"),
    (r##"{"quantity":{"value":3000,"unit":"soldiers"}}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 3,000 soldiers, “3000 soldiers”"),
    (r##"{"quantity":{"unit":"soldiers"}}"##, "/1/quantity/figure: missing figure"),
    (r##"{"quantity":"more than a hundred soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: over 100 soldiers, “more than a hundred soldiers”"),
    (r##"{"quantity":"no soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 0 soldiers, “no soldiers”"),
    (r##"{"quantity":"50%"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 50 percent, “50%”"),
    (r##"{"quantity":"$5 million"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 5,000,000 $, “$5 million”"),
    (r##"{"quantity":"3,000+ soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: at least 3,000 soldiers, “3,000+ soldiers”"),
    (r##"{"amount":"3,000 soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 3,000 soldiers"),
    (r##"{"quantity":["3,000 soldiers"]}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 3,000 soldiers"),
    (r##"{"quantity":"twenty-five soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 25 soldiers, “twenty-five soldiers”"),
    (r##"{"quantity":"between 10 soldiers"}"##, "/1/quantity: \"between 10 soldiers\" has one end of a range; expected a number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"20 to 10 soldiers"}"##, "/1/quantity: the lower bound is above the upper bound"),
    (r##"{"quantity":"nearly 3,000 soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: about 3,000 soldiers, “nearly 3,000 soldiers”"),
    (r##"{"quantity":"1,2345 soldiers"}"##, "/1/quantity: \"1,2345\" is not grouped as a number; expected a number, as 3,000 or 3.5"),
    // Times.
    (r##"{"when":"12 March 2025"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (on 2025-03-12)"),
    (r##"{"when":"March 12, 2025"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (on 2025-03-12)"),
    (r##"{"when":"12-03-2025"}"##, "/1/when: \"12-03-2025\" has two readings, 2025-03-12 and 2025-12-03; expected one of them"),
    (r##"{"when":"24-02-2025"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (on 2025-02-24)"),
    (r##"{"when":"02/24/2025"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (on 2025-02-24)"),
    (r##"{"when":"24.02.2025"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (on 2025-02-24)"),
    (r##"{"when":"2025-02"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (in 2025-02)"),
    (r##"{"when":"2025-02-24T10:00:00Z"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“2025-02-24T10:00:00Z”, on 2025-02-24)"),
    (r##"{"when":"early February"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“early February”, between 2025-02-01 and 2025-02-10)"),
    (r##"{"when":"early June 2023"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“early June 2023”, between 2023-06-01 and 2023-06-10)"),
    (r##"{"when":"in February"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“in February”, in 2025-02)"),
    (r##"{"when":"yesterday"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“yesterday”, on 2025-03-11)"),
    (r##"{"when":"on Tuesday"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“on Tuesday”, on 2025-03-11)"),
    (r##"{"when":"last week"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“last week”, between 2025-03-03 and 2025-03-09)"),
    (r##"{"when":"last month"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“last month”, in 2025-02)"),
    (r##"{"when":"two weeks ago"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“two weeks ago”, on 2025-02-26)"),
    (r##"{"when":"since February 2022"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“since February 2022”, since 2022-02)"),
    (r##"{"when":"between 1 and 5 March"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“between 1 and 5 March”, between 2025-03-01 and 2025-03-05)"),
    (r##"{"when":"from January to March 2025"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“from January to March 2025”, from 2025-01 to 2025-03)"),
    (r##"{"when":"in January and February"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“in January and February”, between 2025-01-01 and 2025-02-28)"),
    (r##"{"when":"summer 2024"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“summer 2024”, between 2024-06-01 and 2024-08-31)"),
    (r##"{"when":"the third quarter of 2024"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“the third quarter of 2024”, between 2024-07-01 and 2024-09-30)"),
    (r##"{"when":"Q3 2024"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“Q3 2024”, between 2024-07-01 and 2024-09-30)"),
    (r##"{"when":"31 February 2025"}"##, "/1/when: \"31 february 2025\" is not a day of the calendar; expected a day that the month has"),
    (r##"{"when":"someday"}"##, "/1/when: \"someday\" does not name a time; expected a time, as \"24 October 2024\", \"by December\" or 2024-10"),
    (r##"{"when":"by December"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“by December”, by 2024-12-31)"),
    (r##"{"when":"by December","modality":"planned"}"##, "Arlandic defence ministry asserted that Arland is to deploy to Borduria (planned; “by December”, by 2025-12-31)"),
    (r##"{"when":"next week","modality":"expected"}"##, "Arlandic defence ministry asserted that Arland will deploy to Borduria (expected; “next week”, between 2025-03-17 and 2025-03-23)"),
    (r##"{"when":"tomorrow"}"##, "/1/when: it happened on 2025-03-13 at the earliest, after it was reported on 2025-03-12; expected a plan or forecast, or an earlier day"),
    (r##"{"when":2024}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (in 2024)"),
    (r##"{"when":"before June 2024"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“before June 2024”, by 2024-05-31)"),
    (r##"{"when":"after 1 March 2025","modality":"planned"}"##, "Arlandic defence ministry asserted that Arland is to deploy to Borduria (planned; “after 1 March 2025”, on or after 2025-03-02)"),
    (r##"{"when":"until 1 March 2025"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“until 1 March 2025”, until 2025-03-01)"),
    (r##"{"date":"1 March 2025"}"##, "/1/date: is not a member here, and changes what is said"),
    (r##"{"when":"around 2015"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“around 2015”, in 2015)"),
    (r##"{"when":"12 March 25"}"##, "/1/when: \"25\" does not name a time; expected a time, as \"24 October 2024\", \"by December\" or 2024-10"),
    (r##"{"reported":"13 March 2025"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"reported":"March 2025"}"##, "/1/reported: \"March 2025\" is not a day; expected a day, as 2024-10-24"),
    (r##"{"said":"on Tuesday"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"said":"tomorrow"}"##, "/1/said: it was said on 2025-03-13, after it was reported on 2025-03-12"),
    (r##"{"when":"5-3-2025"}"##, "/1/when: \"5-3-2025\" has two readings, 2025-03-05 and 2025-05-03; expected one of them"),
    (r##"{"when":"the 1990s"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“the 1990s”, between 1990-01-01 and 1999-12-31)"),
    // Closed words.
    (r##"{"certainty":"Probable"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (probable)"),
    (r##"{"certainty":"likely"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (probable)"),
    (r##"{"certainty":"0.8"}"##, "/1/certainty: \"0.8\" is not a certainty; expected one of certain, probable, possible, uncommitted"),
    (r##"{"certainty":"certainly"}"##, "/1/certainty: \"certainly\" is not a certainty; did you mean \"certain\"?"),
    (r##"{"modality":"PLANNED"}"##, "Arlandic defence ministry asserted that Arland is to deploy to Borduria (planned)"),
    (r##"{"modality":"plan"}"##, "Arlandic defence ministry asserted that Arland is to deploy to Borduria (planned)"),
    (r##"{"modality":"realis"}"##, "/1/modality: \"realis\" is not a modality; expected one of actual, planned, committed, expected, desired, hypothetical"),
    (r##"{"background":"yes"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"background":"maybe"}"##, "/1/background: found a text; expected true or false"),
    (r##"{"background":1}"##, "/1/background: found a number; expected true or false"),
    (r##"{"polarity":"bad"}"##, "/1/stance: a claim that asserts takes no polarity"),
    // Answers.
    (r##"{"stance":"confirms","relation":null,"subject":null,"object":null,"answers":["c9"]}"##, "/1/answers/0: \"c9\" is not the label of a draft; expected a label, or the key of a claim on record"),
    (r##"{"stance":"confirms","relation":null,"subject":null,"object":null,"answers":"base"}"##, "Arlandic defence ministry confirmed what story asserted: Sildavia is allied with Borduria"),
    (r##"{"stance":"confirms","relation":null,"subject":null,"object":null,"answers":["base"],"speakers":["Holm"]}"##, "Vera Holm confirmed what story asserted: Sildavia is allied with Borduria"),
    (r##"{"stance":"dismisses","relation":null,"subject":null,"object":null,"responds_to":["base"]}"##, "Arlandic defence ministry dismissed what story asserted: Sildavia is allied with Borduria"),
    (r##"{"stance":"dismisses","answers":["base"]}"##, "/1/stance: a claim that dismisses takes no statement of its own"),
    (r##"{"stance":"denies","answers":["base"],"speakers":["Sildavia"]}"##, "Sildavia denied that Arland deploys to Borduria, answering story"),
    (r##"{"label":"base"}"##, "/1/label: \"base\" is the label of a draft before it; expected another label"),
    (r##"{"label":"x","answers":["x"],"stance":"confirms"}"##, "/1: the drafts that it names name it in turn; expected drafts that do not go round in a circle"),
    (r##"{"stance":"confirms","answers":["Base"]}"##, "/1/answers/0: \"Base\" is not the label of a draft; expected a label, or the key of a claim on record; did you mean \"base\"?"),
    (r##"{"answers":[null]}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"answers":[1]}"##, "/1/answers/0: \"1\" is not the label of a draft; expected a label, or the key of a claim on record"),
    (r##"{"stance":"denies","relation":null,"subject":null,"object":null}"##, "/1/relation: missing relation; expected a relation, or answers to other drafts"),
    // Roles.
    (r##"{"roles":[{"role":"Treaty","value":"pact"}]}"##, "/1/roles/0/value: \"pact\" is not the name or key of a Treaty"),
    (r##"{"roles":[{"role":"place","value":"Port Kesh"}]}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (place: Port Kesh)"),
    (r##"{"roles":[{"role":"PLACE","value":"Port Kesh"}]}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (place: Port Kesh)"),
    (r##"{"roles":{"place":"Port Kesh"}}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (place: Port Kesh)"),
    (r##"{"roles":[{"role":"purpose","value":"to help a friend"}]}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (purpose: “to help a friend”)"),
    (r##"{"roles":[{"role":"porpose","value":"help"}]}"##, "/1/roles/0/role: \"porpose\" is not a role; did you mean \"purpose\"?"),
    (r##"{"roles":[{"role":"purpose"}]}"##, "/1/roles/0/value: missing value"),
    (r##"{"roles":[{"value":"help"}]}"##, "/1/roles/0/role: missing role"),
    (r##"{"roles":[{"role":"aid-kind","value":"lethal"}]}"##, "/1/roles/0: \"deploys-to\" does not take this role; it takes treaty"),
    (r##"{"roles":["place"]}"##, "/1/roles/0: found a text; expected an object"),
    (r##"{"roles":[{"role":"condition","value":"rain"}],"stance":"threatens"}"##, "/1/roles/0/value: \"rain\" is a text; expected an object with subject, relation and object"),
    (r##"{"roles":[{"role":"condition","value":{"subject":"Sildavia","relation":"attacks","object":"Borduria"}}],"stance":"threatens"}"##, "Arlandic defence ministry threatened that Arland would deploy to Borduria, if Sildavia attacks Borduria"),
    (r##"{"roles":[{"role":"place","value":["Port Kesh","Harbour City"]}]}"##, "/1/roles/0/value/1: \"Harbour City\" is the name of 2 entities; expected the key of one of them; did you mean \"arland\" or \"harbour-city\"?"),
    (r##"{"qualifiers":[{"role":"place","value":"Port Kesh"}]}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (place: Port Kesh)"),
    // Members.
    (r##"{"confidence":0.9}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"Stance":"denies","stance":null}"##, "Arlandic defence ministry denied that Arland deploys to Borduria"),
    (r##"{"subj":"Sildavia","subject":null}"##, "Arlandic defence ministry asserted that Sildavia deploys to Borduria"),
    (r##"{"subj":"Sildavia"}"##, "/1/subject: stands twice: also at /1/subj"),
    (r##"{"id":"c7"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"notes":{"a":1}}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    // Duplicates and forms.
    (r##"{}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria"),
    (r##"{"speakers":["Arland"]}"##, "Arland asserted that Arland deploys to Borduria"),
    // Passages.
    (r##"{"passage":"Arland has sent at least 3,000 soldiers to Borduria"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria | passage: Arland has sent at least 3,000 soldiers to Borduria"),
    (r##"{"passage":"arland has sent at least 3,000 soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria | passage: Arland has sent at least 3,000 soldiers"),
    (r##"{"passage":"Arland has  sent\nat least 3,000 soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria | passage: Arland has sent at least 3,000 soldiers"),
    (r##"{"passage":"Arland has sent at least 3,000 troops to Borduria"}"##, "/1/passage: \"Arland has sent at least 3,000 troops to Borduria\" is not in the text of the document; expected words as the text has them; did you mean \"Arland has sent at least 3,000 soldiers to Borduria\"?"),
    (r##"{"passage":"Arland ... soldiers to Borduria"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria | passage: Arland has sent at least 3,000 soldiers to Borduria"),
    (r##"{"passage":"Arland"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria | passage: Arland"),
    (r##"{"passage":{"words":"Arland","after":"2025 —"}}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria | passage: Arland"),
    (r##"{"passage":{"words":"at least","nth":2}}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria | passage: at least"),
    (r##"{"passage":{"text":"at least","before":"12 people"}}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria | passage: at least"),
    (r##"{"passage":{"after":"x"}}"##, "/1/passage/words: missing words"),
    (r##"{"passage":"The parliament dissolved itself in anger yesterday"}"##, "/1/passage: \"The parliament dissolved itself in anger yesterday\" is not in the text of the document, and no passage is near; expected words as the text has them"),
    (r##"{"evidence":"Arland has sent at least 3,000 soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria | passage: Arland has sent at least 3,000 soldiers"),
    (r##"{"quote":"We are helping a friend,","speakers":["Holm"]}"##, "Vera Holm asserted that Arland deploys to Borduria | quote: Some(\"We are helping a friend,\") at Some(Span { start: 135, end: 159 })"),
    (r##"{"quote":"\"We are helping a friend,\"","speakers":["Holm"]}"##, "Vera Holm asserted that Arland deploys to Borduria | quote: Some(\"We are helping a friend,\") at Some(Span { start: 135, end: 159 })"),
    (r##"{"quote":"we are helping a friend","speakers":["Holm"]}"##, "Vera Holm asserted as “We are helping a friend” that Arland deploys to Borduria | quote: Some(\"We are helping a friend\") at Some(Span { start: 135, end: 158 })"),
    (r##"{"quote":"We are helping an ally","speakers":["Holm"]}"##, "/1/quote: \"We are helping an ally\" is not in the text of the document; expected words as the text has them; did you mean \"We are helping\"?"),
    (r##"{"direct_quote":"a training exercise","speakers":[null],"stance":"dismisses","relation":null,"subject":null,"object":null,"answers":["base"]}"##, "somebody not named dismissed as “a training exercise” what story asserted: Sildavia is allied with Borduria | quote: Some(\"a training exercise\") at Some(Span { start: 277, end: 296 })"),
    (r##"{"cue":"said"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria | cue: said"),
    (r##"{"cue":"declared"}"##, "/1/cue: \"declared\" is not in the text of the document, and no passage is near; expected words as the text has them"),
    (r##"{"passage":["Arland has sent at least 3,000 soldiers"]}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria | passage: Arland has sent at least 3,000 soldiers"),
    (r##"{"passage":17}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria | passage: 17"),
    (r##"{"passage":"…"}"##, "/1/passage: \"…\" the words to be found are empty: at least one letter, digit or sign was expected"),
    // Phrases that must not be guessed.
    (r##"{"quantity":"12-15,000 soldiers"}"##, "/1/quantity: \"12-15,000 soldiers\" has two readings, from 12 and from 12000; expected both ends in full, as \"12,000 to 15,000\""),
    (r##"{"quantity":"two to three hundred soldiers"}"##, "/1/quantity: \"two to three hundred soldiers\" has two readings, from 2 and from 200; expected both ends in full, as \"12,000 to 15,000\""),
    (r##"{"quantity":"between 10 and 1,000 soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: between 10 and 1,000 soldiers"),
    (r##"{"quantity":"one-third of the soldiers"}"##, "/1/quantity: \"third\" makes another number of the number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"one third of the soldiers"}"##, "/1/quantity: \"third\" makes another number of the number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"10 percent of the soldiers"}"##, "/1/quantity: \"percent\" makes another number of the number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"3,000 soldiers per day"}"##, "/1/quantity: \"per\" makes another number of the number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"20,000-strong force"}"##, "/1/quantity: \"strong\" makes another number of the number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"several hundred soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: at least 200 soldiers, “several hundred soldiers”"),
    (r##"{"quantity":"3,000 families of soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 3,000 families of soldiers"),
    (r##"{"quantity":"12 people killed in attacks"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 12 dead, “12 people killed in attacks”"),
    (r##"{"quantity":"100-odd soldiers"}"##, "/1/quantity: \"odd\" makes another number of the number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"5 or 6 soldiers"}"##, "/1/quantity: \"6\" is a second number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"3 000 soldiers"}"##, "/1/quantity: \"000\" is a second number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"when":"2023-24"}"##, "/1/when: \"2023-24\" has two readings, a season of 2023 and 2023 to 2024; expected the years in full, as 2023/2024"),
    (r##"{"when":"from 1 to 5 February"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“from 1 to 5 February”, from 2025-02-01 to 2025-02-05)"),
    (r##"{"when":"1 May to 3 June 2024"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (“1 May to 3 June 2024”, between 2024-05-01 and 2024-06-03)"),
    (r##"{"when":"Sunday, 9 March 2025"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (on 2025-03-09)"),
    (r##"{"when":"Monday, 9 March 2025"}"##, "/1/when: \"monday\" is not the weekday of 2025-03-09; expected the weekday of the date, or the date alone"),
    (r##"{"when":"since Monday","modality":"planned"}"##, "Arlandic defence ministry asserted that Arland is to deploy to Borduria (planned; “since Monday”, since 2025-03-10)"),
    (r##"{"when":"in two weeks","modality":"planned"}"##, "/1/when: \"two weeks\" does not name a time; expected a time, as \"24 October 2024\", \"by December\" or 2024-10"),
    (r##"{"when":"the week of 3 March"}"##, "/1/when: \"the week of 3 March\" does not name a time; expected a time, as \"24 October 2024\", \"by December\" or 2024-10"),
    // Found by others.
    (r##"{"stance":[1]}"##, "/1/stance: \"1\" is not a stance; expected one of asserts, observes, estimates, assesses, confirms, acknowledges, presupposes, projects, speculates, denies, dismisses, doubts, demands, calls-for, threatens, revises, retracts"),
    (r##"{"subject":[null]}"##, "/1/subject: found a list; expected a text"),
    (r##"{"speakers":[""]}"##, "/1/speakers/0: an empty text; expected a text"),
    (r##"{"when":[2024]}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (in 2024)"),
    (r##"{"negated":true}"##, "/1/negated: is not a member here, and changes what is said"),
    (r##"{"roles":[{"role":"place","value":[[]]}]}"##, "/1/roles/0/value/0: found a list; expected a text"),
    (r##"{"quantity":"one or two million dead"}"##, "/1/quantity: \"two\" is a second number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"12 dead, thirty injured"}"##, "/1/quantity: \"thirty\" is a second number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"12 killed or injured"}"##, "/1/quantity: \"or\" leaves open what is counted; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"12 killed and injured"}"##, "/1/quantity: \"killed\" counts two things; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"12 Arlandic and Bordurian soldiers"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 12 soldiers, “12 Arlandic and Bordurian soldiers”"),
    (r##"{"quantity":"1½ million dead"}"##, "/1/quantity: \"million\" is a second number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"12th dead"}"##, "/1/quantity: \"th\" is joined to the number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"up to 10-12 dead"}"##, "/1/quantity: \"up to 10-12 dead\" has a range and a bound of it; expected a number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"no dead, 12 injured"}"##, "/1/quantity: \"12\" is a second number; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"quantity":"12 missing, presumed dead"}"##, "/1/quantity: \"presumed\" leaves open what is counted; expected one number and what it counts, as \"at least 12 dead\""),
    (r##"{"when":"effective 1 April","modality":"planned"}"##, "Arlandic defence ministry asserted that Arland is to deploy to Borduria (planned; “effective 1 April”, since 2025-04-01)"),
    (r##"{"when":"this Friday","modality":"planned"}"##, "Arlandic defence ministry asserted that Arland is to deploy to Borduria (planned; “this Friday”, on 2025-03-14)"),
    (r##"{"when":"at 0600"}"##, "/1/when: \"at 0600\" does not name a time; expected a time, as \"24 October 2024\", \"by December\" or 2024-10"),
    (r##"{"when":"June 2024?"}"##, "/1/when: \"June 2024?\" is in doubt; expected EDTF, as 2024-06?"),
    (r##"{"when":"two days earlier"}"##, "/1/when: \"two days earlier\" does not name a time; expected a time, as \"24 October 2024\", \"by December\" or 2024-10"),
    (r##"{"quantity":{"figure":"12 dead","unit":"injured"}}"##, "/1/quantity/unit: \"injured\" is not what the figure counts: dead; expected null, or the same"),
    (r##"{"quantity":{"figure":"12 killed","unit":"dead"}}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria: 12 dead, “12 killed”"),
    (r##"{"quantity":{"figure":"$3bn","unit":"dead"}}"##, "/1/quantity/unit: \"dead\" is not what the figure counts: $; expected null, or the same"),
    (r##"{"event_date":"1 March 2025"}"##, "Arlandic defence ministry asserted that Arland deploys to Borduria (on 2025-03-01)"),
];
