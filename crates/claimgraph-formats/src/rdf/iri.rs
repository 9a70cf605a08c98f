//! Makes IRIs of keys and keys of IRIs, and lists the terms of the vocabularies that the reader and writer use.

use claimgraph::entity::AffiliationKind;
use claimgraph::identity::Verdict;
use oxrdf::NamedNode;
use std::borrow::Cow;
use std::fmt::Write;

pub(super) const CG: &str = "urn:claimgraph:ns:";
pub(super) const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
pub(super) const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
pub(super) const OWL: &str = "http://www.w3.org/2002/07/owl#";
pub(super) const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
pub(super) const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
pub(super) const PROV: &str = "http://www.w3.org/ns/prov#";
pub(super) const DCTERMS: &str = "http://purl.org/dc/terms/";
pub(super) const EDTF: &str = "http://id.loc.gov/datatypes/edtf";

pub(super) const BOOLEAN: &str = "http://www.w3.org/2001/XMLSchema#boolean";
pub(super) const DATE: &str = "http://www.w3.org/2001/XMLSchema#date";
pub(super) const DATE_TIME: &str = "http://www.w3.org/2001/XMLSchema#dateTime";
pub(super) const DECIMAL: &str = "http://www.w3.org/2001/XMLSchema#decimal";
pub(super) const INTEGER: &str = "http://www.w3.org/2001/XMLSchema#integer";

/// The prefixes that are written, with their namespaces.
pub(super) const PREFIXES: [(&str, &str); 18] = [
    ("cg", CG),
    ("rdf", RDF),
    ("rdfs", RDFS),
    ("owl", OWL),
    ("xsd", XSD),
    ("skos", SKOS),
    ("prov", PROV),
    ("dcterms", DCTERMS),
    ("entity", "urn:claimgraph:entity:"),
    ("claim", "urn:claimgraph:claim:"),
    ("kind", "urn:claimgraph:kind:"),
    ("relation", "urn:claimgraph:relation:"),
    ("role", "urn:claimgraph:role:"),
    ("unit", "urn:claimgraph:unit:"),
    ("system", "urn:claimgraph:system:"),
    ("part", "urn:claimgraph:part:"),
    ("affiliation", "urn:claimgraph:affiliation:"),
    ("lineage", "urn:claimgraph:lineage:"),
];

/// The node that has the version of the mapping of a file.
pub(super) const GRAPH: &str = "urn:claimgraph:graph";

/// The type of the values of a predicate that JSON-LD writes as plain text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Coerced {
    Iri,
    Day,
}

macro_rules! terms {
    ($($name:ident = $space:literal, $local:literal $(, $coerced:ident)?;)+) => {
        /// A term with a meaning in the mapping.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub(super) enum Known { $($name,)+ }

        impl Known {
            pub(super) const ALL: &[Known] = &[$(Known::$name),+];

            pub(super) const fn iri(self) -> &'static str {
                match self { $(Known::$name => concat!($space, $local),)+ }
            }

            /// Returns the type of its values, if JSON-LD writes them as plain text.
            pub(super) fn coerced(self) -> Option<Coerced> {
                match self { $(Known::$name => None$(.or(Some(Coerced::$coerced)))?,)+ }
            }
        }
    };
}

terms! {
    Type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type";
    Reifies = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "reifies";
    Subject = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "subject";
    Predicate = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "predicate";
    Object = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "object";
    RdfStatement = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "Statement";
    RdfProperty = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "Property";
    Label = "http://www.w3.org/2000/01/rdf-schema#", "label";
    Comment = "http://www.w3.org/2000/01/rdf-schema#", "comment";
    SubClassOf = "http://www.w3.org/2000/01/rdf-schema#", "subClassOf";
    SubPropertyOf = "http://www.w3.org/2000/01/rdf-schema#", "subPropertyOf";
    Domain = "http://www.w3.org/2000/01/rdf-schema#", "domain";
    Range = "http://www.w3.org/2000/01/rdf-schema#", "range";
    RdfsClass = "http://www.w3.org/2000/01/rdf-schema#", "Class";
    Resource = "http://www.w3.org/2000/01/rdf-schema#", "Resource";
    InverseOf = "http://www.w3.org/2002/07/owl#", "inverseOf";
    SymmetricProperty = "http://www.w3.org/2002/07/owl#", "SymmetricProperty";
    SameAs = "http://www.w3.org/2002/07/owl#", "sameAs";
    DifferentFrom = "http://www.w3.org/2002/07/owl#", "differentFrom";
    PrefLabel = "http://www.w3.org/2004/02/skos/core#", "prefLabel";
    AltLabel = "http://www.w3.org/2004/02/skos/core#", "altLabel";
    Notation = "http://www.w3.org/2004/02/skos/core#", "notation";
    AttributedTo = "http://www.w3.org/ns/prov#", "wasAttributedTo", Iri;
    Attribution = "http://www.w3.org/ns/prov#", "qualifiedAttribution", Iri;
    Agent = "http://www.w3.org/ns/prov#", "agent", Iri;
    PrimarySource = "http://www.w3.org/ns/prov#", "hadPrimarySource", Iri;
    RevisionOf = "http://www.w3.org/ns/prov#", "wasRevisionOf", Iri;
    QuotedFrom = "http://www.w3.org/ns/prov#", "wasQuotedFrom", Iri;
    DerivedFrom = "http://www.w3.org/ns/prov#", "wasDerivedFrom", Iri;
    GeneratedAt = "http://www.w3.org/ns/prov#", "generatedAtTime";
    GeneratedBy = "http://www.w3.org/ns/prov#", "wasGeneratedBy", Iri;
    AssociatedWith = "http://www.w3.org/ns/prov#", "wasAssociatedWith", Iri;
    InvalidatedBy = "http://www.w3.org/ns/prov#", "wasInvalidatedBy", Iri;
    EndedAt = "http://www.w3.org/ns/prov#", "endedAtTime";
    AtTime = "http://www.w3.org/ns/prov#", "atTime";
    Activity = "http://www.w3.org/ns/prov#", "Activity";
    AgentClass = "http://www.w3.org/ns/prov#", "Agent";
    Person = "http://www.w3.org/ns/prov#", "Person";
    SoftwareAgent = "http://www.w3.org/ns/prov#", "SoftwareAgent";
    DocumentDate = "http://purl.org/dc/terms/", "date", Day;
    Title = "http://purl.org/dc/terms/", "title";
    Publisher = "http://purl.org/dc/terms/", "publisher", Iri;
    Creator = "http://purl.org/dc/terms/", "creator";
    Source = "http://purl.org/dc/terms/", "source";
    Created = "http://purl.org/dc/terms/", "created";
    Issued = "http://purl.org/dc/terms/", "issued";
    String = "http://www.w3.org/2001/XMLSchema#", "string";
    Graph = "urn:claimgraph:ns:", "Graph";
    Claim = "urn:claimgraph:ns:", "Claim";
    Statement = "urn:claimgraph:ns:", "Statement";
    Quantity = "urn:claimgraph:ns:", "Quantity";
    Document = "urn:claimgraph:ns:", "Document";
    Kind = "urn:claimgraph:ns:", "Kind";
    Relation = "urn:claimgraph:ns:", "Relation";
    Role = "urn:claimgraph:ns:", "Role";
    UnitClass = "urn:claimgraph:ns:", "Unit";
    Affiliation = "urn:claimgraph:ns:", "Affiliation";
    Link = "urn:claimgraph:ns:", "Link";
    Lineage = "urn:claimgraph:ns:", "Lineage";
    Derivation = "urn:claimgraph:ns:", "Derivation";
    Batch = "urn:claimgraph:ns:", "Batch";
    Review = "urn:claimgraph:ns:", "Review";
    Judgement = "urn:claimgraph:ns:", "Judgement";
    Redaction = "urn:claimgraph:ns:", "Redaction";
    NoThing = "urn:claimgraph:ns:", "Nothing";
    Nothing = "urn:claimgraph:ns:", "nothing";
    NotStated = "urn:claimgraph:ns:", "notStated";
    EscapedText = "urn:claimgraph:ns:", "escapedText";
    Format = "urn:claimgraph:ns:", "format";
    FormerKey = "urn:claimgraph:ns:", "formerKey";
    Dealing = "urn:claimgraph:ns:", "dealing";
    State = "urn:claimgraph:ns:", "state";
    TakesRole = "urn:claimgraph:ns:", "takesRole";
    AtMost = "urn:claimgraph:ns:", "atMost";
    General = "urn:claimgraph:ns:", "general";
    Synonym = "urn:claimgraph:ns:", "synonym";
    Count = "urn:claimgraph:ns:", "count";
    Abbreviation = "urn:claimgraph:ns:", "abbreviation";
    Metonym = "urn:claimgraph:ns:", "metonym";
    FormerName = "urn:claimgraph:ns:", "formerName";
    Adjective = "urn:claimgraph:ns:", "adjective";
    Transliteration = "urn:claimgraph:ns:", "transliteration";
    NameWithheld = "urn:claimgraph:ns:", "nameWithheld";
    Plural = "urn:claimgraph:ns:", "plural";
    PluralVerb = "urn:claimgraph:ns:", "pluralVerb";
    BaseVerb = "urn:claimgraph:ns:", "baseVerb";
    Name = "urn:claimgraph:ns:", "name";
    NameKind = "urn:claimgraph:ns:", "nameKind";
    Language = "urn:claimgraph:ns:", "language";
    Code = "urn:claimgraph:ns:", "code";
    System = "urn:claimgraph:ns:", "system";
    Text = "urn:claimgraph:ns:", "text";
    Length = "urn:claimgraph:ns:", "byteLength";
    Sha256 = "urn:claimgraph:ns:", "sha256";
    Instant = "urn:claimgraph:ns:", "instant";
    Url = "urn:claimgraph:ns:", "url";
    ArchivedUrl = "urn:claimgraph:ns:", "archivedUrl";
    Retrieved = "urn:claimgraph:ns:", "retrieved", Day;
    Position = "urn:claimgraph:ns:", "position";
    Negated = "urn:claimgraph:ns:", "negated";
    Basis = "urn:claimgraph:ns:", "basis", Iri;
    Direct = "urn:claimgraph:ns:", "direct";
    Stance = "urn:claimgraph:ns:", "stance", Iri;
    Polarity = "urn:claimgraph:ns:", "polarity", Iri;
    Certainty = "urn:claimgraph:ns:", "certainty", Iri;
    Modality = "urn:claimgraph:ns:", "modality", Iri;
    Prominence = "urn:claimgraph:ns:", "prominence", Iri;
    SubjectBasis = "urn:claimgraph:ns:", "subjectBasis", Iri;
    ObjectBasis = "urn:claimgraph:ns:", "objectBasis", Iri;
    Answers = "urn:claimgraph:ns:", "answers", Iri;
    AnswersByReference = "urn:claimgraph:ns:", "answersByReference", Iri;
    AnswersImplicitly = "urn:claimgraph:ns:", "answersImplicitly", Iri;
    AnswersByInference = "urn:claimgraph:ns:", "answersByInference", Iri;
    AnswersPossibly = "urn:claimgraph:ns:", "answersPossibly", Iri;
    Argument = "urn:claimgraph:ns:", "argument", Iri;
    InRole = "urn:claimgraph:ns:", "inRole", Iri;
    Value = "urn:claimgraph:ns:", "value";
    HasQuantity = "urn:claimgraph:ns:", "quantity", Iri;
    ObjectQuantity = "urn:claimgraph:ns:", "objectQuantity", Iri;
    Factor = "urn:claimgraph:ns:", "factor";
    Direction = "urn:claimgraph:ns:", "direction", Iri;
    Central = "urn:claimgraph:ns:", "central";
    Precision = "urn:claimgraph:ns:", "precision", Iri;
    Lower = "urn:claimgraph:ns:", "lower";
    LowerExclusive = "urn:claimgraph:ns:", "lowerExclusive";
    Upper = "urn:claimgraph:ns:", "upper";
    UpperExclusive = "urn:claimgraph:ns:", "upperExclusive";
    Unit = "urn:claimgraph:ns:", "unit", Iri;
    Words = "urn:claimgraph:ns:", "words";
    Valid = "urn:claimgraph:ns:", "valid";
    Earliest = "urn:claimgraph:ns:", "earliest", Day;
    Latest = "urn:claimgraph:ns:", "latest", Day;
    StartEarliest = "urn:claimgraph:ns:", "startEarliest", Day;
    StartLatest = "urn:claimgraph:ns:", "startLatest", Day;
    EndEarliest = "urn:claimgraph:ns:", "endEarliest", Day;
    EndLatest = "urn:claimgraph:ns:", "endLatest", Day;
    Aspect = "urn:claimgraph:ns:", "aspect", Iri;
    Ongoing = "urn:claimgraph:ns:", "ongoing";
    StrictDeadline = "urn:claimgraph:ns:", "strictDeadline", Day;
    SpanStart = "urn:claimgraph:ns:", "spanStart";
    SpanEnd = "urn:claimgraph:ns:", "spanEnd";
    Quote = "urn:claimgraph:ns:", "quote", Iri;
    Fragment = "urn:claimgraph:ns:", "fragment";
    MarksStart = "urn:claimgraph:ns:", "marksStart";
    MarksEnd = "urn:claimgraph:ns:", "marksEnd";
    CueWords = "urn:claimgraph:ns:", "cueWords";
    CueStart = "urn:claimgraph:ns:", "cueStart";
    CueEnd = "urn:claimgraph:ns:", "cueEnd";
    Reported = "urn:claimgraph:ns:", "reported", Day;
    Said = "urn:claimgraph:ns:", "said", Day;
    Reliability = "urn:claimgraph:ns:", "reliability";
    Credibility = "urn:claimgraph:ns:", "credibility";
    Likelihood = "urn:claimgraph:ns:", "likelihood", Iri;
    Because = "urn:claimgraph:ns:", "because";
    DrawsOn = "urn:claimgraph:ns:", "drawsOn";
    Within = "urn:claimgraph:ns:", "within", Iri;
    AppliesTo = "urn:claimgraph:ns:", "appliesTo", Iri;
    StatedBy = "urn:claimgraph:ns:", "statedBy", Iri;
    DerivedFor = "urn:claimgraph:ns:", "derivedFor", Iri;
    Rule = "urn:claimgraph:ns:", "rule";
    InputOrder = "urn:claimgraph:ns:", "inputOrder";
    AgentVersion = "urn:claimgraph:ns:", "agentVersion";
    Prompt = "urn:claimgraph:ns:", "prompt";
    Reviews = "urn:claimgraph:ns:", "reviews", Iri;
    Decision = "urn:claimgraph:ns:", "decision", Iri;
    PossiblySameAs = "urn:claimgraph:ns:", "possiblySameAs";
    Score = "urn:claimgraph:ns:", "score";
    ClaimKey = "urn:claimgraph:ns:", "claimKey";
    Redacts = "urn:claimgraph:ns:", "redacts", Iri;
}

/// The kinds of keys. Each has its own namespace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Space {
    Entity,
    Claim,
    Kind,
    Relation,
    Role,
    Unit,
    System,
    Affiliation,
    Link,
    Lineage,
    Batch,
    Agent,
    Review,
    Judgement,
    Redaction,
}

impl Space {
    const fn base(self) -> &'static str {
        match self {
            Space::Entity => "urn:claimgraph:entity:",
            Space::Claim => "urn:claimgraph:claim:",
            Space::Kind => "urn:claimgraph:kind:",
            Space::Relation => "urn:claimgraph:relation:",
            Space::Role => "urn:claimgraph:role:",
            Space::Unit => "urn:claimgraph:unit:",
            Space::System => "urn:claimgraph:system:",
            Space::Affiliation => "urn:claimgraph:affiliation:",
            Space::Link => "urn:claimgraph:link:",
            Space::Lineage => "urn:claimgraph:lineage:",
            Space::Batch => "urn:claimgraph:batch:",
            Space::Agent => "urn:claimgraph:agent:",
            Space::Review => "urn:claimgraph:review:",
            Space::Judgement => "urn:claimgraph:judgement:",
            Space::Redaction => "urn:claimgraph:redaction:",
        }
    }

    /// Returns true if its IRIs are predicates or classes, which XML writes as names.
    const fn is_named_in_xml(self) -> bool {
        matches!(self, Space::Kind | Space::Relation | Space::Role)
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// Returns the IRI of a key: its UTF-8 bytes, percent-encoded except for ASCII letters, digits, `-`, `_` and `.`.
///
/// XML splits the IRI of a predicate into a namespace and a name that starts with a letter. A key that
/// leaves no such name ("1") gets the suffix `;x`, which no encoded key can have.
pub(super) fn iri(space: Space, key: &str) -> String {
    let mut iri = String::with_capacity(space.base().len() + key.len() + 4);
    iri.push_str(space.base());
    encode(key, &mut iri);
    if space.is_named_in_xml() && !has_xml_name(&iri) {
        iri.push_str(";x");
    }
    iri
}

/// Encodes a key. A `-` or `.` at the start and a `.` at the end are encoded too: Turtle would escape them, which
/// not every reader accepts.
fn encode(key: &str, iri: &mut String) {
    // There is no branch for each byte, because most keys are plain to the end.
    if key.bytes().fold(true, |plain, byte| plain & is_plain(byte))
        && !key.starts_with(['-', '.'])
        && !key.ends_with('.')
    {
        return iri.push_str(key);
    }
    for (place, byte) in key.bytes().enumerate() {
        let is_edge = (place == 0 && byte == b'-')
            || ((place == 0 || place + 1 == key.len()) && byte == b'.');
        match is_plain(byte) && !is_edge {
            true => iri.push(char::from(byte)),
            // Writing to a String does not fail.
            false => drop(write!(iri, "%{byte:02X}")),
        }
    }
}

/// Returns true if an IRI ends in a valid XML name.
pub(super) fn has_xml_name(iri: &str) -> bool {
    let name = |byte: &u8| is_plain(*byte);
    iri.bytes().rev().take_while(name).any(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

/// Returns the IRI of a part of something, such as the quantity of a claim.
pub(super) fn part(of: &str, what: &str) -> String {
    let owner = of.strip_prefix("urn:claimgraph:").unwrap_or_default();
    let owner = owner.strip_prefix("claim:").or(owner.strip_prefix("part:")).unwrap_or(owner);
    match owner.is_empty() {
        false => format!("urn:claimgraph:part:{owner}:{what}"),
        // The key of the entity is itself an IRI.
        true => {
            let mut iri = "urn:claimgraph:part:".to_owned();
            encode(of, &mut iri);
            format!("{iri}:{what}")
        }
    }
}

/// Returns the key of an IRI in this space.
pub(super) fn key(space: Space, iri: &str) -> Option<Cow<'_, str>> {
    let encoded = iri.strip_prefix(space.base())?;
    let encoded = encoded.strip_suffix(";x").unwrap_or(encoded);
    if !encoded.contains('%') {
        return Some(Cow::Borrowed(encoded));
    }
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        bytes.push(match byte {
            b'%' => u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?,
            plain => plain,
        });
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

/// Returns the property of the vocabulary for a kind of affiliation.
pub(super) const fn affiliation_iri(kind: AffiliationKind) -> &'static str {
    match kind {
        AffiliationKind::PartOf => "urn:claimgraph:ns:partOf",
        AffiliationKind::LocatedIn => "urn:claimgraph:ns:locatedIn",
        AffiliationKind::MemberOf => "urn:claimgraph:ns:memberOf",
        AffiliationKind::HoldsOffice => "urn:claimgraph:ns:holdsOffice",
    }
}

/// Returns the property for a verdict on two entities.
pub(super) const fn verdict_iri(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => Known::SameAs.iri(),
        Verdict::Unsure => Known::PossiblySameAs.iri(),
        Verdict::Different => Known::DifferentFrom.iri(),
    }
}

/// Returns true if a key is a web IRI that can be used as it is: it is not an IRI of the vocabularies.
pub(super) fn is_web_iri(key: &str) -> bool {
    let reserved = [RDF, RDFS, OWL, XSD, SKOS, PROV, DCTERMS, EDTF];
    (key.starts_with("http://") || key.starts_with("https://"))
        && !reserved.iter().any(|space| key.starts_with(space))
        && NamedNode::new(key).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_comes_back_and_every_predicate_has_an_xml_name() {
        let keys = [
            "a",
            "1",
            "-",
            "a b",
            "%",
            "%41",
            ";x",
            "a;x",
            "\u{202e}\u{1f600}",
            "%E2;x",
            "x:1",
            "\u{7}",
            ".",
            "-a.b-c.",
            "--",
        ];
        for space in [Space::Entity, Space::Relation] {
            for text in keys {
                let name = iri(space, text);
                assert!(NamedNode::new(name.as_str()).is_ok(), "{name}");
                assert_eq!(key(space, &name).as_deref(), Some(text));
                assert!(space == Space::Entity || has_xml_name(&name), "{name}");
            }
        }
        assert_eq!(iri(Space::Relation, "deploys-to"), "urn:claimgraph:relation:deploys-to");
        assert_eq!(iri(Space::Role, "1"), "urn:claimgraph:role:1;x");
    }

    #[test]
    fn half_an_escape_is_no_key() {
        for text in
            ["urn:claimgraph:entity:%", "urn:claimgraph:entity:%4", "urn:claimgraph:entity:%ff"]
        {
            assert_eq!(key(Space::Entity, text), None, "{text}");
        }
    }
}
