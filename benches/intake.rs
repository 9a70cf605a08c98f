//! Names, mentions, quotations, copies: the steps before a graph, each beside its peer.

#[path = "intake/copy.rs"]
mod copy;
#[path = "intake/mention.rs"]
mod mention;
#[path = "intake/name.rs"]
mod name;
#[path = "intake/quotation.rs"]
mod quotation;
#[path = "support/mod.rs"]
mod support;

use criterion::{criterion_group, criterion_main};

criterion_group!(
    benches,
    name::names_of_persons,
    mention::mentions,
    quotation::quotations,
    copy::many
);
criterion_main!(benches);
