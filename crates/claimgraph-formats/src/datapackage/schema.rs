//! The tables and their columns: one list for the writer, the reader and the description.

use crate::field_table::Holds::{Day, Flag, Json, Number, Text, Whole};
use crate::field_table::{Fields, GRADE, MANNER, QUANTITY, VALID, WORDS, field};

/// A table: its name, its columns, and which of them name rows of tables.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) fields: Fields,
    /// The columns that identify a row. It is empty if rows may be equal.
    pub(super) primary: &'static [&'static str],
    /// Each column that names a row, with the table and column it names.
    pub(super) foreign: &'static [(&'static str, &'static str, &'static str)],
}

/// The column that names the cells of its row that hold an empty text rather than no value.
pub(super) const EMPTY: &str = "empty";

/// The tables in the order in which `datapackage.json` lists them and readers read them.
pub(super) const TABLES: &[&Table] = &[
    &ENTITIES,
    &ALIASES,
    &CODES,
    &DOCUMENTS,
    &AFFILIATIONS,
    &CLAIMS,
    &SPEAKERS,
    &RESPONSES,
    &ROLES,
    &LINKS,
    &DERIVATIONS,
    &LINEAGE,
];

pub(super) const ENTITIES: Table = Table {
    name: "entities",
    fields: &[&[field("key", "key", Text), field("kind", "kind", Text), field("label", "", Text)]],
    primary: &["key"],
    foreign: &[],
};

pub(super) const ALIASES: Table = Table {
    name: "aliases",
    fields: &[&[
        field("entity", "of", Text),
        field("place", "place", Whole),
        field("name", "text", Text),
        field("kind", "kind", Text),
        field("language", "language", Text),
    ]],
    primary: &["entity", "place"],
    foreign: &[("entity", "entities", "key")],
};

pub(super) const CODES: Table = Table {
    name: "codes",
    fields: &[&[
        field("entity", "of", Text),
        field("place", "place", Whole),
        field("system", "system", Text),
        field("code", "code", Text),
    ]],
    primary: &["entity", "place"],
    foreign: &[("entity", "entities", "key")],
};

pub(super) const DOCUMENTS: Table = Table {
    name: "documents",
    fields: &[&[
        field("key", "of", Text),
        field("date", "date", Day),
        field("title", "title", Text),
        field("publisher", "publisher", Text),
        field("length", "length", Whole),
        field("sha256", "sha256", Text),
    ]],
    primary: &["key"],
    foreign: &[("key", "entities", "key"), ("publisher", "entities", "key")],
};

pub(super) const AFFILIATIONS: Table = Table {
    name: "affiliations",
    fields: &[
        &[
            field("part", "part", Text),
            field("kind", "kind", Text),
            field("whole", "whole", Text),
            field("basis", "basis", Text),
            field("document", "document", Text),
            field("reported", "reported", Day),
        ],
        VALID,
    ],
    primary: &[],
    foreign: &[
        ("part", "entities", "key"),
        ("whole", "entities", "key"),
        ("document", "entities", "key"),
    ],
};

pub(super) const CLAIMS: Table = Table {
    name: "claims",
    fields: &[
        &[
            field("id", "id", Text),
            field("speaker", "", Text),
            field("stance", "stance", Text),
            field("polarity", "polarity", Text),
            field("subject", "statement.subject.entity", Text),
            field("relation", "statement.relation", Text),
            field("object", "statement.object.entity", Text),
            field("subject_claim", "statement.subject.claim", Text),
            field("subject_text", "statement.subject.text", Text),
            field("subject_quantity", "statement.subject.quantity", Json),
            field("subject_statement", "statement.subject.statement", Json),
            field("subject_absent", "statement.subject.absent", Text),
            field("subject_basis", "statement.subject.basis", Text),
            field("object_claim", "statement.object.claim", Text),
            field("object_text", "statement.object.text", Text),
            field("object_quantity", "statement.object.quantity", Json),
            field("object_statement", "statement.object.statement", Json),
            field("object_absent", "statement.object.absent", Text),
            field("object_basis", "statement.object.basis", Text),
        ],
        MANNER,
        &[field("quantity", "", Text)],
        QUANTITY,
        &[field("factor", "factor", Number)],
        VALID,
        &[field("document", "document", Text)],
        WORDS,
        &[field("reported", "reported", Day), field("said", "said", Day)],
        GRADE,
    ],
    primary: &["id"],
    foreign: &[
        ("subject", "entities", "key"),
        ("object", "entities", "key"),
        ("subject_claim", "claims", "id"),
        ("object_claim", "claims", "id"),
        ("document", "entities", "key"),
    ],
};

pub(super) const SPEAKERS: Table = Table {
    name: "speakers",
    fields: &[&[
        field("claim", "of", Text),
        field("place", "place", Whole),
        field("source", "source", Text),
        field("basis", "basis", Text),
        field("direct", "direct", Flag),
    ]],
    primary: &["claim", "place"],
    foreign: &[("claim", "claims", "id"), ("source", "entities", "key")],
};

pub(super) const RESPONSES: Table = Table {
    name: "responses",
    fields: &[&[
        field("claim", "of", Text),
        field("place", "place", Whole),
        field("target", "claim", Text),
        field("basis", "basis", Text),
    ]],
    primary: &["claim", "place"],
    foreign: &[("claim", "claims", "id"), ("target", "claims", "id")],
};

pub(super) const ROLES: Table = Table {
    name: "roles",
    fields: &[&[
        field("claim", "of", Text),
        field("place", "place", Whole),
        field("role", "role", Text),
        field("entity", "value.entity", Text),
        field("value_claim", "value.claim", Text),
        field("text", "value.text", Text),
        field("quantity", "value.quantity", Json),
        field("statement", "value.statement", Json),
        field("absent", "value.absent", Text),
        field("basis", "value.basis", Text),
    ]],
    primary: &["claim", "place"],
    foreign: &[
        ("claim", "claims", "id"),
        ("entity", "entities", "key"),
        ("value_claim", "claims", "id"),
    ],
};

pub(super) const LINKS: Table = Table {
    name: "links",
    fields: &[&[
        field("from", "from", Text),
        field("role", "role", Text),
        field("to", "to", Text),
        field("basis", "basis", Text),
        field("because", "because", Text),
    ]],
    primary: &[],
    foreign: &[("from", "claims", "id"), ("to", "claims", "id")],
};

pub(super) const DERIVATIONS: Table = Table {
    name: "derivations",
    fields: &[
        &[field("claim", "claim", Text)],
        QUANTITY,
        &[field("rule", "rule", Text), field("inputs", "inputs", Json)],
    ],
    primary: &["claim"],
    foreign: &[("claim", "claims", "id")],
};

pub(super) const LINEAGE: Table = Table {
    name: "lineage",
    fields: &[&[
        field("speaker", "speaker", Text),
        field("source", "source", Text),
        field("basis", "basis", Text),
        field("document", "document", Text),
        field("claims", "claims", Json),
        field("stated_by", "stated_by", Text),
        field("reported", "reported", Day),
    ]],
    primary: &[],
    foreign: &[
        ("speaker", "entities", "key"),
        ("source", "entities", "key"),
        ("document", "entities", "key"),
        ("stated_by", "claims", "id"),
    ],
};
