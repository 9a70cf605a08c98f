//! Names: keys, look-ups, hostile names, entities resolved or added.

mod hostile;
mod look_up;
mod resolve;
