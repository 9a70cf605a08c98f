//! Writes a graph as tables: each row as it comes, the description last.

use crate::datapackage::schema::{
    AFFILIATIONS, ALIASES, BATCHES, CLAIMS, CODES, DERIVATIONS, DOCUMENTS, EMPTY, ENTITIES,
    JUDGEMENTS, LINEAGE, LINKS, REDACTIONS, RESPONSES, REVIEWS, ROLES, SPEAKERS, TABLES, Table,
};
use crate::field_table::{Field, Holds, cells, each};
use crate::json_object::pruned;
use claimgraph::format::{Losses, Records, WriteError};
use claimgraph::record::{ClaimRecord, Record};
use claimgraph::{ClaimGraph, Period, Stance};
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
        let computed = |name: &str| more.iter().find(|more| more.0 == name)?.1.clone();
        let (mut row, mut empty) = (Vec::new(), Vec::new());
        for (field, text) in cells(record, self.table.fields, computed) {
            let holds = |start: &str| text.as_ref().is_some_and(|text| text.starts_with(start));
            self.ancient |= field.holds == Holds::Day && (holds("-") || holds("0000"));
            if text.as_deref() == Some("") {
                empty.push(field.name);
            }
            row.push(text);
        }
        row.push(Some(empty.join(" ")));
        self.rows += 1;
        self.line(row.into_iter()).map_err(|error| in_table(error, &self.path))
    }

    fn close(&mut self) -> Result<(), WriteError> {
        let synced = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        synced.map_err(|error| in_table(error, &self.path))
    }

    /// Returns the Table Schema of the file.
    fn description(&self) -> Value {
        let column = |field: &Field| {
            let kind = match field.holds {
                Holds::Text | Holds::Entity | Holds::Claim | Holds::Batch | Holds::Json => "string",
                Holds::Flag => "boolean",
                Holds::Whole => "integer",
                Holds::Number => "number",
                Holds::Day if self.ancient => "string",
                Holds::Day => "date",
            };
            let is_flag = field.holds == Holds::Flag;
            pruned(json!({
                "name": field.name,
                "type": kind,
                "description": (field.holds == Holds::Json).then_some("JSON"),
                "trueValues": is_flag.then_some(["true"]),
                "falseValues": is_flag.then_some(["false"]),
            }))
        };
        let description =
            "The columns of this row with an empty text; other empty cells have no value";
        let empty = json!({"name": EMPTY, "type": "string", "description": description});
        let reference = |field: &Field| {
            let (table, column) = match field.holds {
                Holds::Entity => ("entities", "key"),
                Holds::Claim => ("claims", "id"),
                Holds::Batch => ("batches", "key"),
                _ => return None,
            };
            // A reference to the own table leaves the name of the table empty.
            let table = if table == self.table.name { "" } else { table };
            let reference = json!({"resource": table, "fields": [column]});
            Some(json!({"fields": [field.name], "reference": reference}))
        };
        let fields = || each(self.table.fields);
        let schema = pruned(json!({
            "fields": fields().map(column).chain([empty]).collect::<Vec<_>>(),
            "missingValues": [""],
            "primaryKey": self.table.key,
            "foreignKeys": fields().filter_map(reference).collect::<Vec<_>>(),
        }));
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
        let mut whole = serde_json::to_value(&record).map_err(io::Error::from)?;
        // A record is an object whose one member has its kind as name.
        let member = whole.as_object_mut().and_then(|members| members.values_mut().next());
        let mut value = member.map_or(Value::Null, Value::take);
        match record {
            Record::Claimgraph(_) => self.header = value,
            Record::Batch(_) => self.put(&BATCHES, &value, &[])?,
            Record::Entity(entity) => {
                let label = graph.entity_keyed(&entity.key).ok();
                let label = label.map(|id| graph.name_of(id).to_owned());
                let key = Value::String(entity.key);
                self.list(&ALIASES, &key, take(&mut value, "names"))?;
                self.list(&CODES, &key, take(&mut value, "codes"))?;
                let mut document = take(&mut value, "document");
                if let Some(members) = document.as_object_mut() {
                    members.insert("of".into(), key);
                    self.put(&DOCUMENTS, &document, &[])?;
                }
                self.put(&ENTITIES, &value, &[("label", label)])?;
            }
            Record::Affiliation(affiliation) => {
                self.put(&AFFILIATIONS, &value, &[("valid", edtf(&affiliation.valid))])?;
            }
            Record::Claim(claim) => {
                let id = Value::String(claim.id.unwrap_or_default());
                self.list(&SPEAKERS, &id, take(&mut value, "speakers"))?;
                self.list(&RESPONSES, &id, take(&mut value, "targets"))?;
                self.list(&ROLES, &id, take(&mut value, "roles"))?;
                let speaker = match claim.speakers.last() {
                    Some(speaker) => speaker.source.clone(),
                    None => claim.document,
                };
                let quantity = claim.quantity.map(|quantity| quantity.to_string());
                let valid = edtf(&claim.valid);
                let more = [("speaker", speaker), ("valid", valid), ("quantity", quantity)];
                self.put(&CLAIMS, &value, &more)?;
            }
            Record::Link(_) => self.put(&LINKS, &value, &[])?,
            Record::Derivation(_) => self.put(&DERIVATIONS, &value, &[])?,
            Record::Lineage(_) => self.put(&LINEAGE, &value, &[])?,
            Record::Review(_) => self.put(&REVIEWS, &value, &[])?,
            Record::Judgement(_) => self.put(&JUDGEMENTS, &value, &[])?,
            Record::Redaction(redaction) => {
                self.put(&REDACTIONS, &value, &[])?;
                // Other tables name the claim, so it has a row among the claims.
                if let Some(id) = redaction.claim {
                    let empty = ClaimRecord::<String>::new(Stance::Asserts);
                    let reported = redaction.reported;
                    let record = ClaimRecord { id: Some(id), reported, ..empty };
                    let row = serde_json::to_value(&record).map_err(io::Error::from)?;
                    self.put(&CLAIMS, &row, &[])?;
                }
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
