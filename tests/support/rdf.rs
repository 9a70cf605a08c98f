//! Random graphs with a bit of everything that a record can hold, and with hostile names.

use crate::support::batches::{batches, in_batches, reviews};
use claimgraph::record::*;
use claimgraph::{
    ClaimGraph, Modality, Period, Quantity, Stance,
    claim::{Basis, Certainty, Polarity, Prominence, Span},
    date,
    entity::{Name, NameKind},
    grade::{Grade, Likelihood, Reliability},
    quantity::Amount,
    questions::Direction,
    record::Loader,
    time::Aspect,
    vocabulary::{KindDef, RelationDef, RoleDef, Slot, UnitDef, Vocabulary},
};
use proptest::prelude::*;
use proptest::sample::select;

/// Seventeen texts that can break a file.
pub const HOSTILE: [&str; 17] = [
    "say \"it\" isn't",
    "<script>&amp;</script>",
    "]]>",
    "a\nb\r\nc\rd",
    "bell\u{7}null\u{0}del\u{7f}",
    "=HYPERLINK(\"http://x\")",
    "\u{202e}right to left\u{202c}\u{200f}",
    "100%41 %",
    "\u{1f600}\u{1f1f0}\u{1f1f5}",
    "\u{a0}\u{200b}x\u{3000}",
    "back\\slash \\u0041 \\u{41}",
    "{}[]|<<( )>>^^@en",
    "'''\"\"\"",
    "\u{fffe}\u{ffff}\u{feff}",
    "e\u{301}\u{e9}",
    "_:b1 urn:claimgraph:ns:nothing",
    "https://example.org/a b?c=d#e;x",
];

/// One more text, too long to be written out.
pub fn long() -> String {
    "very long ".repeat(10_000)
}

/// Texts that keys may have: without control characters, and without blanks at the ends.
pub fn as_key(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

const KEYS: [&str; 9] =
    ["a", "b", "1", "-", "http://example.org/knows", "http://example.org/x/", "a;x", ".", "a:b%"];

const RELATIONS: [&str; 6] =
    ["near", "1", "http://example.org/knows", "is \u{2192} of", "faces", "borders;x"];

const ROLES: [&str; 4] = ["purpose", "about", "own", "7"];

fn vocabulary() -> Vocabulary {
    let mut vocabulary = Vocabulary::new();
    let mut kind = KindDef::new("9 lives", ["Actor", "Source", "Thing"]);
    (kind.plural, kind.aliases) = (true, vec!["zwei".into(), "eins".into()]);
    vocabulary.add_kind(kind).unwrap();
    let mut own = RoleDef::new("own", Slot::Any);
    (own.general, own.aliases) = (true, vec!["mine".into(), "ours".into()]);
    vocabulary.add_role(own).unwrap();
    let mut seven = RoleDef::new("7", Slot::Any);
    seven.at_most = Some(2);
    vocabulary.add_role(seven).unwrap();
    for key in RELATIONS {
        let mut relation = RelationDef::new(key, Slot::Any, Slot::Any);
        relation.roles = vec!["7".into()];
        relation.symmetric = key == "near";
        relation.interaction = key == "1";
        relation.state = key == "near";
        if key == "faces" {
            relation.inverse = Some("1".into());
            relation.implies = vec!["near".into()];
            relation.label = Some("\"faces\"\r\n".into());
            relation.plural = Some("\"face\"\r\n".into());
            relation.base = Some("to \u{1f600} face".into());
            relation.codes = vec![
                ("c a".into(), "1\u{7}".into()),
                ("\u{1f600}".into(), "x".into()),
                ("".into(), "".into()),
            ];
            relation.aliases = vec!["looks at".into()];
        }
        vocabulary.add_relation(relation).unwrap();
    }
    vocabulary.add_unit(UnitDef::count("men", ["man", "\u{7}"])).unwrap_or_default();
    vocabulary.add_unit(UnitDef::measure("t", ["tonnes"])).unwrap();
    vocabulary
}

pub fn texts() -> BoxedStrategy<String> {
    prop_oneof![
        3 => select(&HOSTILE[..]).prop_map(str::to_owned),
        2 => any::<String>(),
        1 => Just(String::new()),
        1 => Just(" \n".to_owned()),
        3 => "[a-z]{1,8}",
    ]
    .boxed()
}

fn entities() -> BoxedStrategy<String> {
    prop_oneof![3 => select(&KEYS[..]).prop_map(str::to_owned), 1 => select(&HOSTILE[..]).prop_map(as_key)].boxed()
}

fn amounts() -> BoxedStrategy<Amount> {
    prop_oneof![
        any::<i32>().prop_map(Amount::from),
        (any::<i128>(), 0..18u8).prop_map(|(c, s)| Amount::new(c, s).unwrap())
    ]
    .boxed()
}

fn quantities() -> BoxedStrategy<Quantity> {
    let unit = prop_oneof![3 => select(&["men", "t", "soldiers"][..]).prop_map(str::to_owned), 1 => texts()];
    (unit, amounts(), 1..1000u32, 0..8u8, prop::option::of(texts()))
        .prop_map(|(unit, amount, more, kind, words)| {
            let upper = amount.checked_add(Amount::from(more)).unwrap_or(amount);
            let quantity = match kind {
                0 => Quantity::exactly(amount, unit),
                1 => Quantity::about(amount, unit),
                2 => Quantity::more_than(amount, unit),
                3 => Quantity::no_more_than(amount, unit),
                4 => Quantity::between(amount, upper, unit),
                5 => Quantity::vague("thousands", unit),
                6 => Quantity::about(amount, unit).bounded(amount, upper),
                _ => Quantity::stated(amount, unit),
            };
            match words {
                Some(words) => quantity.in_words(words),
                None => quantity,
            }
        })
        .boxed()
}

pub fn days() -> BoxedStrategy<claimgraph::Date> {
    prop_oneof![
        9 => (2024..2025i16, 1..13i8, 1..29i8).prop_map(|(y, m, d)| date(y, m, d)),
        1 => (-9999..9999i16, 1..13i8, 1..29i8).prop_map(|(y, m, d)| date(y, m, d)),
    ]
    .boxed()
}

fn periods() -> BoxedStrategy<Period> {
    (
        days(),
        days(),
        0..9u8,
        prop::option::weighted(0.2, texts()),
        prop::option::weighted(0.1, days()),
    )
        .prop_map(|(a, b, kind, words, strict)| {
            let (a, b) = (a.min(b), a.max(b));
            let mut period = match kind {
                0 => Period::on(a),
                1 => Period::within(a..=b),
                2 => Period::throughout(a..=b),
                3 => Period::by(b),
                4 => Period::since(a),
                5 => Period::holding_on(a),
                6 => Period::within(a..=b).cumulative(),
                7 => "2024-06".parse::<Period>().unwrap(),
                _ => Period::until(b).beginning_within(a..=b),
            };
            if let Some(words) = words {
                period = period.in_words(words);
            }
            if let Some(day) = strict {
                period = period.strictly_by(day);
            }
            assert!(matches!(
                period.aspect(),
                Aspect::State | Aspect::Occurrence | Aspect::Cumulative
            ));
            period
        })
        .boxed()
}

fn bases() -> impl Strategy<Value = Basis> {
    prop_oneof![6 => Just(Basis::Stated), 1 => select(Basis::ALL)]
}

fn terms(inner: bool) -> BoxedStrategy<TermRecord> {
    let plain = prop_oneof![
        8 => entities().prop_map(TermRecord::entity),
        2 => (0..30usize).prop_map(|n| TermRecord::claim(n.to_string())),
        2 => texts().prop_map(TermRecord::text),
        1 => quantities().prop_map(TermRecord::quantity),
        1 => select(&[Absence::Nothing, Absence::NotStated][..])
            .prop_map(TermRecord::absent),
    ];
    let term = match inner {
        true => plain.boxed(),
        false => prop_oneof![
            8 => plain,
            1 => statements(true).prop_map(TermRecord::statement),
        ]
        .boxed(),
    };
    (term, bases()).prop_map(|(term, basis)| term.with_basis(basis)).boxed()
}

fn roles(inner: bool) -> BoxedStrategy<Vec<RoleRecord>> {
    let role = (select(&ROLES[..]), terms(inner))
        .prop_map(|(role, value)| RoleRecord { role: role.into(), value });
    prop::collection::vec(role, 0..4).boxed()
}

fn statements(inner: bool) -> BoxedStrategy<StatementRecord> {
    let roles = if inner { roles(true) } else { Just(Vec::new()).boxed() };
    let manner = (prop::bool::weighted(0.3), prop::option::weighted(0.3, periods()));
    (terms(inner), select(&RELATIONS[..]), prop::option::weighted(0.9, terms(inner)), roles, manner)
        .prop_map(move |(subject, relation, object, roles, (negated, valid))| StatementRecord {
            subject,
            relation: relation.into(),
            object,
            roles,
            negated: negated && inner,
            valid: valid.filter(|_| inner),
        })
        .boxed()
}

fn spans() -> impl Strategy<Value = Option<Span>> {
    prop::option::of(
        (0..50u64, 0..50u64).prop_map(|(start, more)| Span { start, end: start + more }),
    )
}

fn quotes() -> impl Strategy<Value = QuoteRecord> {
    let words = prop::option::weighted(0.8, texts().prop_filter("words", |text| !text.is_empty()));
    (words, 3..40u64, 1..20u64, any::<[bool; 3]>()).prop_map(
        |(words, start, length, [placed, marked, fragment])| {
            let placed = placed || words.is_none();
            let length = words.as_ref().map_or(length, |words| words.len() as u64);
            let span = placed.then_some(Span { start, end: start + length });
            let marks = span.filter(|_| marked);
            let marks = marks.map(|span| Span { start: span.start - 3, end: span.end + 1 });
            QuoteRecord { words, span, span_with_marks: marks, fragment }
        },
    )
}

fn claims() -> impl Strategy<Value = ClaimRecord> {
    let speaker = (prop::option::weighted(0.9, entities()), bases(), prop::bool::weighted(0.4))
        .prop_map(|(source, basis, direct)| SpeakerRecord { source, basis, direct });
    let who = (
        prop::collection::vec(speaker, 0..4),
        select(Stance::ALL),
        prop::option::weighted(0.8, statements(false)),
        prop::collection::vec((0..30usize, bases()), 0..3),
        roles(false),
    );
    let what = (
        (prop::option::weighted(0.4, quantities()), prop::option::weighted(0.2, quantities())),
        prop::option::weighted(0.2, 1..9u8),
        prop::option::weighted(0.3, select(&[Direction::Up, Direction::Down][..])),
        prop::option::weighted(0.5, periods()),
        prop::option::weighted(0.3, select(Certainty::ALL)),
        prop::option::weighted(0.3, select(Modality::ALL)),
        prop::option::weighted(0.3, select(Prominence::ALL)),
    );
    let whence = (
        prop::option::weighted(0.7, select(&["paper", "http://example.org/paper"][..])),
        spans(),
        prop::option::of(texts()),
        spans(),
        prop::option::of(texts()),
        days(),
        prop::option::weighted(0.3, prop_oneof![days().prop_map(Period::on), periods()]),
        prop::collection::vec(quotes(), 0..3),
        prop::option::weighted(
            0.3,
            (1..6u8, select(&[Likelihood::Likely, Likelihood::AlmostNoChance][..])),
        ),
    );
    (who, what, whence).prop_map(|(who, what, whence)| {
        let (speakers, stance, statement, targets, roles) = who;
        let ((quantity, of_object), factor, direction, valid, certainty, modality, prominence) =
            what;
        let (document, span, words, cue_span, cue_words, reported, said, quotes, grade) = whence;
        let room = |span: Option<Span>, words: &Option<String>| {
            let length = words.as_ref().map_or(0, |words| words.len() as u64);
            span.filter(|_| document.is_some())
                .map(|span| Span { end: span.end.max(span.start + length), ..span })
        };
        let (span, cue_span) = (room(span, &words), room(cue_span, &cue_words));
        let quoted = speakers.iter().any(|speaker| speaker.direct);
        let placed = |quote: QuoteRecord| match document {
            Some(_) => quote,
            None => QuoteRecord { span: None, span_with_marks: None, ..quote },
        };
        let quotes = quotes.into_iter().filter(|_| quoted).map(placed);
        let quotes = quotes.filter(|quote| quote.words.is_some() || quote.span.is_some()).collect();
        let takes_targets = stance.bearing().is_some();
        let targets = targets.into_iter().filter(|_| takes_targets || stance.needs_target());
        let statement = statement.filter(|_| stance.takes_statement());
        ClaimRecord {
            batch: None,
            id: None,
            speakers,
            stance,
            polarity: (stance == Stance::Assesses).then_some(Polarity::Mixed),
            object_quantity: of_object.filter(|_| statement.is_some()),
            statement,
            targets: targets
                .map(|(n, basis)| TargetRecord { claim: n.to_string(), basis })
                .collect(),
            roles,
            quantity,
            factor: factor.filter(|_| stance == Stance::Revises).map(Amount::from),
            direction: direction.filter(|_| stance == Stance::Revises),
            valid,
            certainty,
            modality,
            prominence,
            document: document.map(str::to_owned),
            span,
            words,
            cue: Some(CueRecord { words: cue_words, span: cue_span }),
            quotes,
            reported: Some(reported.into()),
            said: said.filter(|said| said.start_earliest() <= Some(reported)),
            grade: grade.map(|(credibility, likelihood)| Grade {
                reliability: Some(Reliability::B),
                credibility: credibility.try_into().ok(),
                likelihood: Some(likelihood),
            }),
        }
    })
}

fn names() -> impl Strategy<Value = Name> {
    let tags = select(&["en", "en-GB", "zh-hant", "no tag", ""][..]);
    let valid = prop::option::of(periods().prop_filter("inverted", |it| !it.is_inverted()));
    let given = (texts(), select(NameKind::ALL), prop::option::of(tags), valid);
    given.prop_map(|(text, kind, tag, valid)| {
        let name = tag.into_iter().fold(Name::new(text, kind), Name::in_language);
        valid.into_iter().fold(name, Name::valid)
    })
}

/// Graphs of random records in random batches, with reviews. Refused records are left out.
pub fn graphs() -> impl Strategy<Value = ClaimGraph> {
    let picks = prop::collection::vec(0..5usize, 40);
    let spread = (plain_graphs(), batches(texts()), reviews(texts()), picks);
    spread.prop_map(|(graph, batches, reviews, picks)| {
        in_batches(&graph, &batches, &reviews, |place| picks[place % picks.len()], |_, _| {})
    })
}

/// Graphs of random records without batches and reviews.
pub fn plain_graphs() -> impl Strategy<Value = ClaimGraph> {
    let described = prop::collection::vec((names(), prop::option::of((texts(), texts()))), 0..12);
    let belongs = (
        select(&KEYS[..]),
        0..4usize,
        select(&KEYS[..]),
        prop::option::of(periods()),
        prop::bool::ANY,
    );
    let beside = (
        prop::collection::vec(belongs, 0..4),
        prop::collection::vec((0..20usize, 0..20usize, texts(), quantities()), 0..8),
    );
    (described, prop::collection::vec(claims(), 0..20), beside).prop_map(
        |(described, claims, (belongs, pairs))| {
            let mut loader = Loader::new();
            loader
                .push(Record::Claimgraph(Box::new(Header { format: 1, vocabulary: vocabulary() })))
                .unwrap();
            let mut described = described.into_iter();
            let keys = KEYS.map(str::to_owned).into_iter().chain(HOSTILE.map(as_key));
            for key in keys {
                let kind = if key == "a" { "9 lives" } else { "Source" }.to_owned();
                let (names, codes) = described.by_ref().take(2).unzip::<_, _, Vec<Name>, Vec<_>>();
                let names: Vec<Name> =
                    names.into_iter().filter(|name| !name.text().trim().is_empty()).collect();
                let codes = codes.into_iter().flatten().collect();
                let name_withheld = names.len() == 1;
                let plural = [None, Some(true), Some(false)][names.len()];
                let record = EntityRecord {
                    key,
                    kind,
                    names,
                    codes,
                    name_withheld,
                    plural,
                    document: None,
                    batch: None,
                };
                loader.push(Record::Entity(Box::new(record))).unwrap();
            }
            for (key, publisher) in
                [("paper", None), ("http://example.org/paper", Some("paper".to_owned()))]
            {
                let title = Some(HOSTILE[3].to_owned());
                let details = DocumentRecord {
                    date: Some(date(2024, 1, 1).into()),
                    title,
                    publisher,
                    length: Some(100),
                    sha256: None,
                    instant: "2024-01-01T12:30:00.5Z".parse().ok().filter(|_| !belongs.is_empty()),
                    url: Some(HOSTILE[2].to_owned()).filter(|_| belongs.len() > 1),
                    archived_url: Some("https://archive.example/1?a=b&c".to_owned()),
                    retrieved: Some(date(2024, 1, 2).into()),
                };
                let (kind, document) = ("Document".to_owned(), Some(details));
                let record = EntityRecord {
                    key: key.to_owned(),
                    kind,
                    names: Vec::new(),
                    codes: Vec::new(),
                    name_withheld: false,
                    plural: None,
                    document,
                    batch: None,
                };
                loader.push(Record::Entity(Box::new(record))).unwrap();
            }
            for (part, kind, whole, valid, is_told) in belongs {
                use claimgraph::entity::AffiliationKind::*;
                let kind = [PartOf, LocatedIn, MemberOf, HoldsOffice][kind];
                let (basis, document) = (Basis::Inferred, is_told.then(|| "paper".to_owned()));
                let (part, whole) = (part.to_owned(), whole.to_owned());
                let record = AffiliationRecord {
                    part,
                    kind,
                    whole,
                    basis,
                    document,
                    valid,
                    reported: None,
                    batch: None,
                };
                let _ = loader.push(Record::Affiliation(Box::new(record)));
            }
            for (number, claim) in claims.into_iter().enumerate() {
                let _ = loader.push(Record::Claim(Box::new(ClaimRecord {
                    id: Some(number.to_string()),
                    ..claim
                })));
            }
            for (place, (from, to, text, quantity)) in pairs.into_iter().enumerate() {
                let (from, to, role) = (from.to_string(), to.to_string(), "own".to_owned());
                let because = Some(text.clone()).filter(|_| place % 2 == 0);
                let link = LinkRecord {
                    from: from.clone(),
                    role,
                    to: to.clone(),
                    basis: Basis::Implicit,
                    because,
                    batch: None,
                };
                let _ = loader.push(Record::Link(Box::new(link)));
                let inputs = vec![to.clone(), from.clone(), to.clone()];
                let derivation = DerivationRecord::new(from.clone(), quantity, text, inputs);
                let _ = loader.push(Record::Derivation(Box::new(derivation)));
                let (speaker, source) = (KEYS[place % 3].to_owned(), KEYS[place % 7].to_owned());
                let claims =
                    [None, Some(Vec::new()), Some(vec![to.clone()]), Some(vec![from, to.clone()])]
                        [place % 4]
                        .clone();
                let (stated_by, reported) =
                    (Some(to).filter(|_| place % 2 == 1), Some(date(2024, 2, 2).into()));
                let document = Some("paper".to_owned()).filter(|_| claims.is_none());
                let lineage = LineageRecord {
                    speaker,
                    source,
                    basis: Basis::Inferred,
                    document,
                    claims,
                    stated_by,
                    reported,
                    batch: None,
                };
                let _ = loader.push(Record::Lineage(Box::new(lineage)));
            }
            loader.finish()
        },
    )
}
