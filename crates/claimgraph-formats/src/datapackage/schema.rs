//! The tables and their columns: one list for the writer, the reader and the description.

use crate::field_table::{Fields, GRADE, MANNER, QUANTITY, VALID, WORDS, fields};

/// A table: its name, its columns, and which of them identify a row.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) fields: Fields,
    /// The columns that identify a row. It is empty if rows may be equal.
    pub(super) key: &'static [&'static str],
}

/// The column that names the cells of its row that hold an empty text rather than no value.
pub(super) const EMPTY: &str = "empty";

/// The tables in the order in which `datapackage.json` lists them and readers read them.
pub(super) const TABLES: &[&Table] = &[
    &BATCHES,
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
    &REVIEWS,
    &JUDGEMENTS,
    &REDACTIONS,
];

pub(super) const BATCHES: Table = Table {
    name: "batches",
    fields: &[fields! { key: Text, by: Text, version: Text, prompt: Text, at: Text, note: Text }],
    key: &["key"],
};

pub(super) const ENTITIES: Table = Table {
    name: "entities",
    fields: &[
        fields! { key: Text, kind: Text, label = "": Text, name_withheld: Flag, plural: Flag, batch: Batch },
    ],
    key: &["key"],
};

pub(super) const ALIASES: Table = Table {
    name: "aliases",
    fields: &[fields! {
        entity = "of": Entity, place: Whole,
        name = "text": Text, kind: Text, language: Text, valid: Json,
    }],
    key: &["entity", "place"],
};

pub(super) const CODES: Table = Table {
    name: "codes",
    fields: &[fields! { entity = "of": Entity, place: Whole, system: Text, code: Text }],
    key: &["entity", "place"],
};

pub(super) const DOCUMENTS: Table = Table {
    name: "documents",
    fields: &[fields! {
        key = "of": Entity,
        date: Day, title: Text, publisher: Entity, length: Whole, sha256: Text,
        instant: Text, url: Text, archived_url: Text, retrieved: Day,
    }],
    key: &["key"],
};

pub(super) const AFFILIATIONS: Table = Table {
    name: "affiliations",
    fields: &[
        fields! {
            part: Entity, kind: Text, whole: Entity,
            basis: Text, document: Entity, reported: Day, batch: Batch,
        },
        VALID,
    ],
    key: &[],
};

pub(super) const CLAIMS: Table = Table {
    name: "claims",
    fields: &[
        fields! {
            id: Text,
            speaker = "": Text,
            stance: Text,
            polarity: Text,
            subject = "statement.subject.entity": Entity,
            relation = "statement.relation": Text,
            object = "statement.object.entity": Entity,
            subject_claim = "statement.subject.claim": Claim,
            subject_text = "statement.subject.text": Text,
            subject_quantity = "statement.subject.quantity": Json,
            subject_statement = "statement.subject.statement": Json,
            subject_absent = "statement.subject.absent": Text,
            subject_basis = "statement.subject.basis": Text,
            object_claim = "statement.object.claim": Claim,
            object_text = "statement.object.text": Text,
            object_quantity = "statement.object.quantity": Json,
            object_statement = "statement.object.statement": Json,
            object_absent = "statement.object.absent": Text,
            object_basis = "statement.object.basis": Text,
        },
        MANNER,
        fields! { quantity = "": Text },
        QUANTITY,
        fields! { quantity_of_object = "object_quantity": Json, factor: Number, direction: Text },
        VALID,
        fields! { document: Entity },
        WORDS,
        fields! { reported: Day, said: Day, said_period = "said": Json, batch: Batch },
        GRADE,
    ],
    key: &["id"],
};

pub(super) const SPEAKERS: Table = Table {
    name: "speakers",
    fields: &[fields! {
        claim = "of": Claim, place: Whole,
        source: Entity, basis: Text, direct: Flag,
    }],
    key: &["claim", "place"],
};

pub(super) const RESPONSES: Table = Table {
    name: "responses",
    fields: &[fields! { claim = "of": Claim, place: Whole, target = "claim": Claim, basis: Text }],
    key: &["claim", "place"],
};

pub(super) const ROLES: Table = Table {
    name: "roles",
    fields: &[fields! {
        claim = "of": Claim, place: Whole,
        role: Text,
        entity = "value.entity": Entity,
        value_claim = "value.claim": Claim,
        text = "value.text": Text,
        quantity = "value.quantity": Json,
        statement = "value.statement": Json,
        absent = "value.absent": Text,
        basis = "value.basis": Text,
    }],
    key: &["claim", "place"],
};

pub(super) const LINKS: Table = Table {
    name: "links",
    fields: &[
        fields! { from: Claim, role: Text, to: Claim, basis: Text, because: Text, batch: Batch },
    ],
    key: &[],
};

pub(super) const DERIVATIONS: Table = Table {
    name: "derivations",
    fields: &[
        fields! { claim: Claim },
        QUANTITY,
        fields! { rule: Text, inputs: Json, batch: Batch },
    ],
    key: &["claim"],
};

pub(super) const LINEAGE: Table = Table {
    name: "lineage",
    fields: &[fields! {
        speaker: Entity, source: Entity, basis: Text,
        document: Entity, claims: Json, stated_by: Claim, reported: Day, batch: Batch,
    }],
    key: &[],
};

pub(super) const JUDGEMENTS: Table = Table {
    name: "judgements",
    fields: &[fields! {
        one: Entity, other: Entity, verdict: Text, by: Text, at: Text,
        because: Text, score: Text, undone: Json, batch: Batch,
    }],
    key: &[],
};

pub(super) const REDACTIONS: Table = Table {
    name: "redactions",
    fields: &[fields! {
        claim: Text, key: Text, reported: Day, entity: Entity, by: Text, at: Text, because: Text, batch: Batch,
    }],
    key: &[],
};

pub(super) const REVIEWS: Table = Table {
    name: "reviews",
    fields: &[fields! { claim: Claim, decision: Text, by: Text, at: Text, note: Text }],
    key: &[],
};
