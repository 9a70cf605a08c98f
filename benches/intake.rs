//! Names, mentions, quotations, copies: the steps before a graph, each beside its peer.

fn main() {}
