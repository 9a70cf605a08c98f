//! The report on a file: its size, each fault and each loss with its place, as text or JSON.

use claimgraph::format::{Losses, ReadError, ReadReport, clipped};
use serde_json::{Value, json};
use std::io::Write;

/// Writes lines to standard error, each with the name of the command. If standard error is closed, they are dropped.
pub fn complain(text: &str) {
    let mut output = std::io::stderr().lock();
    for line in text.lines() {
        _ = writeln!(output, "claimgraph: {line}");
    }
}

/// The report on one file that was read, and on what was then lost in writing.
pub struct FileReport<'r> {
    name: &'r str,
    read: &'r ReadReport,
    not_carried: Option<&'r Losses>,
}

impl<'r> FileReport<'r> {
    /// Makes the report on a file that was read.
    pub fn new(name: &'r str, read: &'r ReadReport) -> Self {
        Self { name, read, not_carried: None }
    }

    /// Adds what the format of the output could not carry.
    pub fn writing(self, not_carried: &'r Losses) -> Self {
        Self { not_carried: Some(not_carried), ..self }
    }

    /// Returns the report as lines: faults, losses, and the size at the end.
    pub fn text(&self) -> String {
        let mut lines: Vec<String> =
            self.read.faults.iter().map(|fault| format!("{}: {fault}", self.name)).collect();
        let more = self.unlisted_faults();
        if more > 0 {
            lines.push(format!("{}: {more} more faults", self.name));
        }
        lines.extend(listed("not understood", &self.read.losses));
        lines.extend(self.not_carried.into_iter().flat_map(|losses| listed("not carried", losses)));
        let graph = &self.read.graph;
        lines.push(format!("{} claims, {} entities", graph.len(), graph.entity_count()));
        lines.join("\n") + "\n"
    }

    /// Returns the report as one JSON object.
    pub fn json(&self) -> Value {
        let graph = &self.read.graph;
        let mut object = json!({
            "file": self.name,
            "claims": graph.len(),
            "entities": graph.entity_count(),
            "faults": self.read.faults.iter().map(fault_json).collect::<Vec<_>>(),
            "more_faults": self.unlisted_faults(),
            "not_understood": losses_json(&self.read.losses),
        });
        if let (Some(losses), Some(fields)) = (self.not_carried, object.as_object_mut()) {
            fields.insert("not_carried".to_owned(), losses_json(losses));
        }
        object
    }

    fn unlisted_faults(&self) -> u64 {
        self.read.refused.saturating_sub(self.read.faults.len() as u64)
    }
}

fn listed(what: &str, losses: &Losses) -> Vec<String> {
    let mut lines = Vec::new();
    for (kind, loss) in losses.iter() {
        let places = loss.first().iter().map(|place| clipped(place, 200));
        lines.extend(places.map(|place| format!("{what}: {kind}: {place}")));
        let more = loss.count().saturating_sub(loss.first().len() as u64);
        lines.extend((more > 0).then(|| format!("{what}: {kind}: {more} more")));
    }
    lines
}

fn fault_json(fault: &ReadError) -> Value {
    json!({
        "line": fault.line(),
        "column": fault.column(),
        "field": fault.field(),
        "header": fault.header(),
        "value": fault.value(),
        "problem": fault.kind().to_string(),
    })
}

fn losses_json(losses: &Losses) -> Value {
    let entry = |(kind, loss): (&str, &claimgraph::format::Loss)| json!({ "kind": kind, "count": loss.count(), "first": loss.first() });
    losses.iter().map(entry).collect()
}
