//! Copies of a story, and the wires that texts name.

mod bylines;
mod curve;
mod joined;
mod proposals;
mod texts;
