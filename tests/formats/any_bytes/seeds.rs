//! The seeds of each function: what the writers write, and texts written by hand.

use crate::support::every_record::{drawn, latest, small};
use crate::support::harness::package_of;
use claimgraph::reporting::*;
use claimgraph::{Claim, ClaimGraph, Entity, date, entity::Name};
use claimgraph_formats::rdf::{self, RdfFormat};
use claimgraph_formats::{claimreview, ftm, gexf, graphml, stix};

/// Returns the seeds of a function.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let mut seeds = match target {
        "json_lines" => written(|graph, file| graph.write_jsonl(file).unwrap()),
        "snapshot" => written(|graph, file| graph.write_snapshot(file).unwrap()),
        "turtle" => of_rdf(RdfFormat::Turtle),
        "n_quads" => of_rdf(RdfFormat::NQuads),
        "trig" => [of_rdf(RdfFormat::TriG), of_rdf(RdfFormat::ClassicTriG)].concat(),
        "rdf_xml" => of_rdf(RdfFormat::RdfXml),
        "json_ld" => of_rdf(RdfFormat::JsonLd),
        "stix" => written(|graph, file| drop(stix::write(graph, file))),
        "follow_the_money" => written(|graph, file| drop(ftm::write(graph, file))),
        "claim_review" => written(|graph, file| drop(claimreview::write(graph, file))),
        "graphml" => written(|graph, file| drop(graphml::write(graph, file))),
        "gexf" => written(|graph, file| drop(gexf::write(graph, file))),
        "data_package" => vec![package_of(&latest()), package_of(&drawn())],
        _ => Vec::new(),
    };
    seeds.extend(snippets(target).iter().map(|text| text.as_bytes().to_vec()));
    if target == "operations" {
        // Numbers without a pattern: those that a linear congruence gives.
        let next = |number: &u32| Some(number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
        let numbers =
            |seed| std::iter::successors(Some(seed), next).map(|number| (number >> 24) as u8);
        seeds.extend((1..9).map(|seed| numbers(seed).take(400).collect()));
    }
    assert!(!seeds.is_empty(), "{target} has no seed");
    seeds
}

fn written(write: impl Fn(&ClaimGraph, &mut Vec<u8>)) -> Vec<Vec<u8>> {
    let bytes = |graph: ClaimGraph| {
        let mut file = Vec::new();
        write(&graph, &mut file);
        file
    };
    [latest(), small(), drawn(), states()].map(bytes).to_vec()
}

fn of_rdf(format: RdfFormat) -> Vec<Vec<u8>> {
    written(|graph, file| drop(rdf::write(graph, format, file).unwrap()))
}

/// A graph of the vocabulary for reporting, for formats that know some of its words.
fn states() -> ClaimGraph {
    let mut graph = ClaimGraph::new();
    let named = Entity::new("aland").with_name(Name::alias("A Land").in_language("en"));
    let (aland, beland) = (graph.add(State, named).unwrap(), graph.add(State, "beland").unwrap());
    let person = graph.add(Person, Entity::new("ann").named("Ann")).unwrap();
    let day = date(2024, 10, 24);
    let paper = graph.add_document("paper", day).unwrap();
    let met = Claim::by(person).relayed_by(paper).asserts(aland, MEETS, beland).valid("2024-06");
    let met = graph.insert(met.read_in(paper, ..)).unwrap();
    graph
        .insert(Claim::by(aland).denies(aland, MEETS, beland).responding_to(met).reported(day))
        .unwrap();
    graph
        .insert(Claim::by(paper).asserts(person, HAS_PURPOSE, "peace").read_in(paper, 3..9))
        .unwrap();
    graph
}

/// Returns texts that other programs could have written.
fn snippets(target: &str) -> &'static [&'static str] {
    match target {
        "json_lines" => &[concat!(
            "{\"claimgraph\":{\"format\":1,\"vocabulary\":{\"kinds\":[{\"key\":\"Thing\"}],\"relations\":[{\"key\":\"r\",\"subject\":\"any\",\"object\":\"any\"}]}}}\n",
            "{\"entity\":{\"key\":\"x\",\"kind\":\"Thing\",\"codes\":[[\"iso\",\"XX\"]]}}\n\n",
            "{\"claim\":{\"id\":\"1\",\"speakers\":[{\"source\":\"x\"},{}],\"stance\":\"asserts\",\"statement\":{\"subject\":{\"entity\":\"x\"},\"relation\":\"r\",\"object\":{\"text\":\"y\"}},\"valid\":\"2024-06/..\",\"reported\":\"2024-10-24\"}}\n",
        )],
        "turtle" => &[concat!(
            "PREFIX ex: <http://example.org/>\n@prefix prov: <http://www.w3.org/ns/prov#> .\n",
            "ex:sea ex:isA ex:lake ~ ex:c1 {| prov:wasAttributedTo ex:ann ; ex:mood \"calm\"@en, 3, 2.5, true |} .\n",
            "<<( ex:a ex:b ( ex:c [ ex:d \"\"\"long\ntext\"\"\" ] ) )>> ex:e <<ex:f ex:g ex:h>> . # end\n",
        )],
        "n_quads" => &[
            "<urn:a> <urn:b> \"c\\u00e9\"@en--ltr <urn:g> . # note\n_:x <urn:p> <<( <urn:s> <urn:p> \"1\"^^<urn:t> )>> .\n",
        ],
        "trig" => &[concat!(
            "BASE <http://example.org/>\nPREFIX prov: <http://www.w3.org/ns/prov#>\n",
            "GRAPH <g> { <sea> <isA> <lake> }\n<g> prov:wasAttributedTo <ann> .\n{ [] a <x> . }\n",
        )],
        "rdf_xml" => &[concat!(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE r:RDF [ <!ENTITY ex \"http://example.org/\"> ]>\n",
            "<r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:e=\"http://example.org/\" xml:base=\"http://example.org/\">\n",
            "<r:Description r:about=\"&ex;sea\" e:name=\"Sea\"><e:isA r:ID=\"c1\" r:resource=\"lake\"/>",
            "<e:list r:parseType=\"Collection\"><r:Description/></e:list><e:x r:parseType=\"Literal\"><b>x</b></e:x></r:Description>\n</r:RDF>\n",
        )],
        "json_ld" => &[concat!(
            "{\"@context\":{\"ex\":\"http://example.org/\",\"isA\":{\"@id\":\"ex:isA\",\"@type\":\"@id\"},\"names\":{\"@id\":\"ex:names\",\"@container\":\"@list\"}},\n",
            "\"@graph\":[{\"@id\":\"ex:g\",\"ex:by\":{\"@id\":\"ex:ann\"},\"@graph\":{\"@id\":\"ex:sea\",\"isA\":\"ex:lake\",\"names\":[\"Sea\",{\"@value\":\"Mer\",\"@language\":\"fr\"}]}}]}",
        )],
        "stix" => &[concat!(
            "{\"type\":\"bundle\",\"id\":\"bundle--7\",\"objects\":[\n",
            "{\"type\":\"identity\",\"id\":\"identity--1\",\"name\":\"Desk\",\"created\":\"2021-02-03T04:05:06Z\"},\n",
            "{\"type\":\"threat-actor\",\"id\":\"threat-actor--1\",\"name\":\"Owl\",\"aliases\":[\"Bird\"],\"created\":\"2021-02-03T04:05:06Z\",\"modified\":\"2022-02-03T04:05:06Z\",\"confidence\":40},\n",
            "{\"type\":\"malware\",\"id\":\"malware--1\",\"name\":\"Worm\",\"is_family\":true,\"revoked\":true,\"created\":\"2021-02-03T04:05:06Z\"},\n",
            "{\"type\":\"relationship\",\"id\":\"relationship--1\",\"relationship_type\":\"uses\",\"source_ref\":\"threat-actor--1\",\"target_ref\":\"malware--1\",\"created_by_ref\":\"identity--1\",\"start_time\":\"2020-01-01T00:00:00Z\",\"created\":\"2021-02-03T04:05:06Z\"},\n",
            "{\"type\":\"sighting\",\"id\":\"sighting--1\",\"sighting_of_ref\":\"malware--1\",\"where_sighted_refs\":[\"identity--1\"],\"count\":3,\"first_seen\":\"2021-01-01T00:00:00Z\",\"created\":\"2021-02-03T04:05:06Z\"}\n]}",
        )],
        "follow_the_money" => &[concat!(
            "{\"id\":\"p\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ann\",\"Anna\"],\"birthDate\":[\"1970-05\"],\"nationality\":[\"xx\"]}}\n",
            "{\"id\":\"c\",\"schema\":\"Company\",\"properties\":{\"name\":\"Bee\"},\"datasets\":[\"register\"],\"first_seen\":\"2024-01-02\"}\n",
            "{\"id\":\"o\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"p\"],\"asset\":[\"c\"],\"percentage\":[\"12.5\"],\"startDate\":[\"2019\"],\"endDate\":[\"2021-03\"]}}\n",
        )],
        "claim_review" => &[concat!(
            "[{\"@context\":\"https://schema.org\",\"@type\":\"ClaimReview\",\"@id\":\"#r\",\"datePublished\":\"2024-03-04\",\"claimReviewed\":\"The lake is dry.\",\n",
            "\"author\":{\"@type\":\"Organization\",\"name\":\"Checkers\",\"url\":\"https://check.example\"},\"url\":\"https://check.example/1\",\n",
            "\"itemReviewed\":{\"@type\":\"Claim\",\"author\":[{\"@type\":\"Person\",\"name\":\"Ann\"},{\"@id\":\"#ann\"}],\"datePublished\":\"2024-03-01\",\"appearance\":{\"@type\":\"CreativeWork\",\"url\":\"https://x.example\"}},\n",
            "\"reviewRating\":{\"@type\":\"Rating\",\"ratingValue\":1,\"bestRating\":5,\"worstRating\":1,\"alternateName\":\"False\"}}]",
        )],
        "wikidata" => &[concat!(
            "[{\"type\":\"item\",\"id\":\"Q7\",\"labels\":{\"en\":{\"language\":\"en\",\"value\":\"Seven\"}},\"aliases\":{\"fr\":[{\"language\":\"fr\",\"value\":\"Sept\"}]},\"claims\":{\"P39\":[\n",
            "{\"id\":\"Q7$1\",\"rank\":\"preferred\",\"mainsnak\":{\"snaktype\":\"value\",\"property\":\"P39\",\"datavalue\":{\"type\":\"wikibase-entityid\",\"value\":{\"id\":\"Q8\"}}},\n",
            "\"qualifiers\":{\"P580\":[{\"snaktype\":\"value\",\"property\":\"P580\",\"datavalue\":{\"type\":\"time\",\"value\":{\"time\":\"+2019-03-00T00:00:00Z\",\"timezone\":0,\"before\":0,\"after\":0,\"precision\":10,\"calendarmodel\":\"http://www.wikidata.org/entity/Q1985727\"}}}],\"P582\":[{\"snaktype\":\"novalue\",\"property\":\"P582\"}]},\n",
            "\"references\":[{\"snaks\":{\"P854\":[{\"snaktype\":\"value\",\"property\":\"P854\",\"datavalue\":{\"type\":\"string\",\"value\":\"https://x.example\"}}]}}]}],\n",
            "\"P1082\":[{\"id\":\"Q7$2\",\"rank\":\"normal\",\"mainsnak\":{\"snaktype\":\"value\",\"property\":\"P1082\",\"datavalue\":{\"type\":\"quantity\",\"value\":{\"amount\":\"+1200\",\"unit\":\"1\",\"upperBound\":\"+1250\",\"lowerBound\":\"+1150\"}}}}]}}]",
        )],
        "graphml" => &[concat!(
            "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n<key id=\"d0\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/><key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"><default>1</default></key>\n",
            "<graph edgedefault=\"undirected\"><node id=\"n0\"><data key=\"d0\">Zero &amp; more</data></node><node id=\"n1\"/>\n",
            "<edge id=\"e\" source=\"n0\" target=\"n1\" directed=\"true\"><data key=\"w\">2.5</data></edge></graph></graphml>\n",
        )],
        "gexf" => &[concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\"><meta lastmodifieddate=\"2019-04-05\"><creator>x</creator></meta>\n",
            "<graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\"><attributes class=\"edge\"><attribute id=\"0\" title=\"since\" type=\"string\"/></attributes>\n",
            "<nodes><node id=\"0\" label=\"Zero\"/><node id=\"1\" label=\"One\" start=\"2001-01-01\"/></nodes>\n",
            "<edges><edge id=\"0\" source=\"0\" target=\"1\" weight=\"2\" label=\"meets\"><attvalues><attvalue for=\"0\" value=\"x\"/></attvalues><spells><spell start=\"2019-01-01\" end=\"2019-02-01\"/><spell start=\"2020-01-01\"/></spells></edge></edges></graph></gexf>\n",
        )],
        "table" => &[
            concat!(
                "{\"layout\":{\"delimiter\":\",\",\"quotes\":true},\n",
                "\"speaker\":{\"text\":{\"column\":\"by\"},\"kind\":\"Source\"},\"subject\":{\"text\":{\"column\":\"who\"},\"kind\":\"Actor\"},\n",
                "\"relation\":{\"text\":{\"constant\":\"meets\"}},\"object\":{\"entity\":{\"text\":{\"column\":\"whom\"},\"kind\":\"Actor\"}},\n",
                "\"stance\":{\"column\":\"verb\"},\"valid\":{\"at\":{\"text\":{\"column\":\"day\"}}},\"reported\":{\"text\":{\"column\":\"day\"}}}\n\n",
                "by,who,whom,verb,day\nDesk,Ann,Bob,asserts,2024-06-01\nDesk,\"Ann \"\"A\"\"\",Cy,denies,2024-06-02\nDesk,Cy,Bob,asserts,2024-06-30\n",
            ),
            concat!(
                "{\"speaker\":{\"text\":{\"constant\":\"desk\"},\"kind\":\"Source\"},\"subject\":{\"text\":{\"column\":\"who\"},\"kind\":\"Actor\"},\n",
                "\"relation\":{\"text\":{\"constant\":\"deploys-to\"}},\"object\":{\"entity\":{\"text\":{\"column\":\"place\"},\"kind\":\"Place\"}},\n",
                "\"valid\":{\"start\":{\"text\":{\"column\":\"start\"}},\"end\":{\"text\":{\"column\":\"end\"}}},\"quantity\":{\"amount\":{\"column\":\"n\"},\"unit\":{\"constant\":\"soldiers\"}},\n",
                "\"reported\":{\"text\":{\"constant\":\"2024-10-24\"}}}\n\n",
                "who\tplace\tstart\tend\tn\nA\tB\t2024-01-01\t2024-02-01\t300\nA\tC\t2024-01-01\t2024-03-01\t2\n",
            ),
        ],
        "period" => &[
            "2024-06-01",
            "2024-06",
            "2024",
            "202X",
            "2024-06~",
            "2024-06/2024-07",
            "2024-06/..",
            "../2024-06",
            "/2024",
            "2001-21",
            "[2024-01-01..2024-02-01]",
            "{1960,1961-12}",
            "-0043-03-15",
            "Y-17E7",
            "1985-04-12T23:20:30Z",
            "2024-?06-%01/2024-XX",
            "[..1984]",
            "unknown/open",
        ],
        "drafts" => &[
            "[{\"label\": \"a\", \"stance\": \"asserts\", \"subject\": \"Aland\", \"relation\": \"deploys-to\", \"object\": \"Beland\", \"quantity\": \"3,000 soldiers\", \"passage\": \"3,000 soldiers to Beland\"}]",
            "I found [one]:\n```json\n{'entities': [{'name': 'desk', 'kind': 'Agency', 'aliases': ['the desk'], 'name_withheld': true,}], 'claims': [{\"speaker\": \"desk\", \"stance\": \"denied\", \"subject\": {\"entity\": \"Aland\"}, \"relation\": \"meets\", \"object\": \"Beland\", \"when\": \"on 12 March\", \"roles\": {\"place\": \"Beland\"}}]}\n```",
            "{\"label\": \"a\", \"speakers\": [\"Ann\", null], \"stance\": \"says\", \"subject\": \"Aland\", \"relation\": \"attacks\", \"object\": \"Beland\", \"quote\": \"We help a friend\"}\n{\"stance\": \"dismisses\", \"answers\": \"a\", \"cue\": {\"words\": \"said\", \"nth\": 2}}\n",
        ],
        "names" => &[
            "Ann Bee\nthe Republic of Aland\nALAND\nBee, Ann\nKim Jong-un\n",
            "\u{41c}\u{43e}\u{441}\u{43a}\u{432}\u{430}\nMoscow\n\u{6771}\u{4eac}\nS\u{e3}o Tom\u{e9}\nO\u{2019}Neill\nO\u{2019}Neill\u{2019}s\nMos\u{441}ow\n\u{202e}x",
        ],
        "quotations" => &[
            "a friend\nWe help a friend. A  Friend\u{2014}so they say\u{2014}helps.",
            "\u{201c}No [...] left\u{201d}\nNo ships, said Ann, have left. No boats left.",
            "3,000\n13,000 and 3,000 and 3,000.5",
        ],
        "phrases" => &[
            "between a hundred and two hundred soldiers",
            "at least 12,5 million dead",
            "$3bn or so",
            "about 5 April",
            "since early June 2023",
            "from 14:30 on Monday to 2 pm on 5 March",
            "winter 2023/24",
            "within two weeks",
        ],
        "quantity" => &[
            "{\"central\":3000,\"unit\":\"soldiers\"}",
            "{\"central\":\"2.5\",\"precision\":\"about\",\"unit\":\"percent\",\"words\":\"some\"}",
            "{\"lower\":{\"amount\":1500,\"strict\":true},\"upper\":{\"amount\":\"9223372036854775808\"},\"unit\":\"\"}",
            "{\"unit\":\"cups\",\"words\":\"many\"}",
        ],
        _ => &[],
    }
}
