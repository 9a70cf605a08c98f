//! Writes a graph as tables: each row as it comes, the description last.

use crate::datapackage::schema::{
    AFFILIATIONS, ALIASES, CLAIMS, CODES, DERIVATIONS, DOCUMENTS, EMPTY, ENTITIES, LINEAGE, LINKS,
    RESPONSES, ROLES, SPEAKERS, TABLES, Table,
};
use crate::field_table::{Field, Holds, cell, each};
use claimgraph::format::{Losses, Records, WriteError};
use claimgraph::record::Record;
use claimgraph::{ClaimGraph, Period, Quantity};
use indexmap::IndexMap;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The suffix of the files until all of them are written.
const PARTIAL: &str = "partial";

struct Sheet {
    table: &'static Table,
    path: PathBuf,
    file: BufWriter<File>,
    rows: u64,
    /// Whether a day of the column is before the year 1, for which other programs have no date.
    ancient: bool,
}

fn in_table(error: io::Error, path: &Path) -> WriteError {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    WriteError::Io(io::Error::new(error.kind(), format!("{name}: {error}")))
}

impl Sheet {
    fn open(folder: &Path, table: &'static Table) -> Result<Self, WriteError> {
        let path = folder.join(format!("{}.csv", table.name));
        let partial = path.with_extension(PARTIAL);
        let file = File::create(&partial).map_err(|error| in_table(error, &partial))?;
        let mut sheet = Self { table, path, file: BufWriter::new(file), rows: 0, ancient: false };
        let names = each(table.fields).map(|field| field.name).chain([EMPTY]);
        sheet
            .line(names.map(|name| Some(name.to_owned())))
            .map_err(|error| in_table(error, &sheet.path))?;
        Ok(sheet)
    }

    fn line(&mut self, cells: impl Iterator<Item = Option<String>>) -> io::Result<()> {
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                self.file.write_all(b",")?;
            }
            let text = cell.unwrap_or_default();
            let plain = !text.contains([',', '"', '\r', '\n'])
                && text.trim() == text
                && !text.starts_with('\u{feff}');
            match plain {
                true => self.file.write_all(text.as_bytes())?,
                false => write!(self.file, "\"{}\"", text.replace('"', "\"\""))?,
            }
        }
        self.file.write_all(b"\r\n")
    }

    /// Writes a row of these members. Computed values are in `more`, by column.
    fn row(&mut self, record: &Value, more: &[(&str, Option<String>)]) -> Result<(), WriteError> {
        let worked_out = |field: &Field| {
            more.iter().find(|(name, _)| *name == field.name).and_then(|(_, text)| text.clone())
        };
        let text = |field: &Field| {
            if field.path.is_empty() { worked_out(field) } else { cell(record, field) }
        };
        let cells: Vec<Option<String>> = each(self.table.fields).map(text).collect();
        let pairs = || each(self.table.fields).zip(&cells);
        let before_christ = |(field, text): (&Field, &Option<String>)| {
            field.holds == Holds::Day
                && text
                    .as_deref()
                    .is_some_and(|day| day.starts_with('-') || day.starts_with("0000"))
        };
        let ancient = pairs().any(before_christ);
        let empty: Vec<&str> = pairs()
            .filter(|(_, text)| text.as_deref() == Some(""))
            .map(|(field, _)| field.name)
            .collect();
        let empty = empty.join(" ");
        self.ancient |= ancient;
        self.rows += 1;
        self.line(cells.into_iter().chain([Some(empty)]))
            .map_err(|error| in_table(error, &self.path))
    }

    fn close(&mut self) -> Result<(), WriteError> {
        let synced = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        synced.map_err(|error| in_table(error, &self.path))
    }

    /// Returns the Table Schema of the file.
    fn description(&self) -> Value {
        let column = |field: &Field| {
            let kind = match field.holds {
                Holds::Text => "string",
                Holds::Flag => "boolean",
                Holds::Whole => "integer",
                Holds::Number => "number",
                Holds::Day if self.ancient => "string",
                Holds::Day => "date",
                Holds::Json => "any",
            };
            let mut column = json!({"name": field.name, "type": kind});
            if field.holds == Holds::Json
                && let Some(column) = column.as_object_mut()
            {
                column.insert("type".into(), "string".into());
                column.insert("description".into(), "JSON".into());
            }
            if field.holds == Holds::Flag
                && let Some(column) = column.as_object_mut()
            {
                column.insert("trueValues".into(), json!(["true"]));
                column.insert("falseValues".into(), json!(["false"]));
            }
            column
        };
        let mut columns: Vec<Value> = each(self.table.fields).map(column).collect();
        let which = "The columns of this row whose text is there and has no letter";
        columns.push(json!({"name": EMPTY, "type": "string", "description": which}));
        let foreign = self.table.foreign.iter().map(|(own, table, column)| {
            // A reference to the own table leaves the name of the table empty.
            let table = if *table == self.table.name { "" } else { table };
            json!({"fields": [own], "reference": {"resource": table, "fields": [column]}})
        });
        let foreign: Vec<Value> = foreign.collect();
        let mut schema = json!({"fields": columns, "missingValues": [""]});
        if let Some(schema) = schema.as_object_mut() {
            if !self.table.primary.is_empty() {
                schema.insert("primaryKey".into(), json!(self.table.primary));
            }
            if !foreign.is_empty() {
                schema.insert("foreignKeys".into(), foreign.into());
            }
        }
        json!({
            "name": self.table.name,
            "profile": "tabular-data-resource",
            "path": format!("{}.csv", self.table.name),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "lineTerminator": "\r\n", "header": true},
            "schema": schema,
        })
    }
}

struct Package {
    sheets: IndexMap<&'static str, Sheet>,
    header: Value,
}

/// Takes the member out.
fn take(value: &mut Value, name: &str) -> Value {
    value.as_object_mut().and_then(|object| object.remove(name)).unwrap_or(Value::Null)
}

impl Package {
    fn put(
        &mut self,
        table: &Table,
        record: &Value,
        more: &[(&str, Option<String>)],
    ) -> Result<(), WriteError> {
        self.sheets.get_mut(table.name).map_or(Ok(()), |sheet| sheet.row(record, more))
    }

    /// Writes each item of a list as a row, with its owner and its position in the list.
    fn list(&mut self, table: &Table, of: &Value, items: Value) -> Result<(), WriteError> {
        let Value::Array(items) = items else { return Ok(()) };
        for (place, mut item) in items.into_iter().enumerate() {
            if let Value::Array(pair) = &item {
                // A code is a pair of a system and a code.
                item = json!({"system": pair.first(), "code": pair.get(1)});
            }
            if let Some(item) = item.as_object_mut() {
                item.insert("of".into(), of.clone());
                item.insert("place".into(), place.into());
            }
            self.put(table, &item, &[])?;
        }
        Ok(())
    }

    fn record(&mut self, graph: &ClaimGraph, record: Record) -> Result<(), WriteError> {
        let edtf = |period: &Option<Period>| period.as_ref().and_then(Period::edtf);
        let quantity = |quantity: &Option<Quantity>| quantity.as_ref().map(ToString::to_string);
        let json =
            |value: serde_json::Result<Value>| value.map_err(|error| WriteError::Io(error.into()));
        match record {
            Record::Claimgraph(header) => self.header = json(serde_json::to_value(&*header))?,
            Record::Entity(entity) => {
                let label =
                    graph.entity_keyed(&entity.key).ok().map(|id| graph.name_of(id).to_owned());
                let mut value = json(serde_json::to_value(&*entity))?;
                let key = Value::String(entity.key);
                self.list(&ALIASES, &key, take(&mut value, "names"))?;
                self.list(&CODES, &key, take(&mut value, "codes"))?;
                let mut document = take(&mut value, "document");
                if let Some(document) = document.as_object_mut() {
                    document.insert("of".into(), key);
                    self.put(&DOCUMENTS, &Value::Object(std::mem::take(document)), &[])?;
                }
                self.put(&ENTITIES, &value, &[("label", label)])?;
            }
            Record::Affiliation(affiliation) => {
                let valid = edtf(&affiliation.valid);
                self.put(
                    &AFFILIATIONS,
                    &json(serde_json::to_value(&*affiliation))?,
                    &[("valid", valid)],
                )?;
            }
            Record::Claim(claim) => {
                let speaker = claim
                    .speakers
                    .last()
                    .map_or(claim.document.clone(), |speaker| speaker.source.clone());
                let more = [
                    ("speaker", speaker),
                    ("valid", edtf(&claim.valid)),
                    ("quantity", quantity(&claim.quantity)),
                ];
                let mut value = json(serde_json::to_value(&*claim))?;
                let id = Value::String(claim.id.unwrap_or_default());
                self.list(&SPEAKERS, &id, take(&mut value, "speakers"))?;
                self.list(&RESPONSES, &id, take(&mut value, "targets"))?;
                self.list(&ROLES, &id, take(&mut value, "roles"))?;
                self.put(&CLAIMS, &value, &more)?;
            }
            Record::Link(link) => self.put(&LINKS, &json(serde_json::to_value(&*link))?, &[])?,
            Record::Derivation(figure) => {
                self.put(&DERIVATIONS, &json(serde_json::to_value(&*figure))?, &[])?
            }
            Record::Lineage(lineage) => {
                self.put(&LINEAGE, &json(serde_json::to_value(&*lineage))?, &[])?
            }
        }
        Ok(())
    }
}

/// Writes a graph as CSV tables with a `datapackage.json` into a folder, which is created if it does not exist.
///
/// Nothing is lost. An existing package in the folder is replaced. An unfinished package has no
/// `datapackage.json`, so no reader accepts it.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_formats::datapackage;
/// let mut graph = ClaimGraph::new();
/// let russia = graph.add(State, "russia")?;
/// graph.insert(Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24)))?;
/// let losses = datapackage::write(&graph, "tables".as_ref())?;
/// assert!(losses.is_empty());
/// let read = datapackage::Reader::new().read("tables".as_ref())?;
/// assert_eq!(read.graph.to_jsonl(), graph.to_jsonl());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// A file cannot be written; the error names it.
pub fn write(graph: &ClaimGraph, folder: &Path) -> Result<Losses, WriteError> {
    std::fs::create_dir_all(folder)?;
    let sheets: Result<IndexMap<&'static str, Sheet>, WriteError> =
        TABLES.iter().map(|table| Ok((table.name, Sheet::open(folder, table)?))).collect();
    let mut package = Package { sheets: sheets?, header: Value::Null };
    Records::of(graph).each(|record| package.record(graph, record))?;
    package.sheets.values_mut().try_for_each(Sheet::close)?;

    let resources: Vec<Value> = package.sheets.values().map(Sheet::description).collect();
    let description = json!({
        "profile": "tabular-data-package",
        "name": "claimgraph",
        "title": "Claims: who said what about whom, when, from which document",
        "claimgraph": package.header,
        "resources": resources,
    });
    let whole = folder.join("datapackage.json");
    match std::fs::remove_file(&whole) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(in_table(error, &whole));
        }
        _ => {}
    }
    for sheet in package.sheets.values() {
        let renamed = std::fs::rename(sheet.path.with_extension(PARTIAL), &sheet.path);
        renamed.map_err(|error| in_table(error, &sheet.path))?;
    }
    let partial = whole.with_extension(PARTIAL);
    let written = File::create(&partial).and_then(|file| {
        let mut file = BufWriter::new(file);
        serde_json::to_writer_pretty(&mut file, &description)?;
        file.write_all(b"\n")?;
        file.flush()?;
        file.get_ref().sync_all()?;
        std::fs::rename(&partial, &whole)
    });
    written.map_err(|error| in_table(error, &whole))?;
    Ok(Losses::default())
}
