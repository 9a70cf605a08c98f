//! What comes before a graph: names, mentions, quotations, copies.

fn main() {}
