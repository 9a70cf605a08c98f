//! Lists of responses, narrowed by what they say and by their speakers.

use crate::model::value::stance::Bearing;
use crate::questions::response::{Response, latest};
use crate::view::finding::Findings;

impl<'g> Findings<'g, Response<'g>> {
    /// Returns the responses with this bearing.
    pub fn bearing(&self, bearing: Bearing) -> impl Iterator<Item = &Response<'g>> {
        self.iter().filter(move |response| response.bearing() == bearing)
    }

    /// Returns the responses that certainly bear on what was asked. Superseded ones are not among them.
    pub fn certain(&self) -> impl Iterator<Item = &Response<'g>> {
        self.iter().filter(|response| response.certain().is_yes() && !response.is_superseded())
    }

    /// Returns the responses that only possibly bear on what was asked. Superseded ones are not among them.
    pub fn possible(&self) -> impl Iterator<Item = &Response<'g>> {
        self.iter().filter(|response| !response.certain().is_yes() && !response.is_superseded())
    }

    /// Returns the latest responses of each speaker. If a speaker made several on its last day, all are returned.
    pub fn latest(&self) -> Vec<&Response<'g>> {
        latest(self)
    }
}
