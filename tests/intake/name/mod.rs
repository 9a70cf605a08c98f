//! Names: keys, look-ups, hostile names, entities resolved or added.

mod candidates;
mod curve;
mod hostile;
mod look_up;
mod resolve;
mod tables;
