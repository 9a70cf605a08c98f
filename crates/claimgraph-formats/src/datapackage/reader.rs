//! Reads the tables of a folder back into a graph. The tables that belong to entities and claims are read first,
//! then the entities and claims themselves, row by row.

use crate::datapackage::schema::{
    AFFILIATIONS, ALIASES, BATCHES, CLAIMS, CODES, DERIVATIONS, DOCUMENTS, EMPTY, ENTITIES,
    JUDGEMENTS, LINEAGE, LINKS, REDACTIONS, RESPONSES, REVIEWS, ROLES, SPEAKERS, Table,
};
use crate::field_table::{self, Field};
use crate::tables::Layout;
use crate::tables::csv_reader::{Fields, Rows};
use claimgraph::entity::Name;
use claimgraph::format::{
    BoundedInput, Limits, Losses, ReadError, ReadErrorKind, ReadReport, clipped, excerpt,
    read_json, read_whole, skip_mark,
};
use claimgraph::record::{
    ClaimRecord, DocumentRecord, EntityRecord, FORMAT_VERSION, Header, Loader, Record, RoleRecord,
    SpeakerRecord, TargetRecord,
};
use indexmap::{IndexMap, IndexSet};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Component, Path, PathBuf};

/// The file of a table, and the columns that `datapackage.json` lists for it.
struct Resource {
    path: String,
    columns: Vec<String>,
}

/// An open package: its folder, and the file of each table.
struct Package {
    folder: PathBuf,
    resources: IndexMap<String, Resource>,
    limits: Limits,
    losses: Losses,
}

/// The codes of an entity, as rows have them.
#[derive(Deserialize)]
struct Code {
    #[serde(default)]
    system: String,
    #[serde(default)]
    code: String,
}

/// One row: its members and its place.
struct Row<'t> {
    table: &'t Table,
    members: Map<String, Value>,
    header: &'t [String],
    file: &'t str,
    line: u64,
}

impl Row<'_> {
    /// Makes an error in a column, or in the row as a whole.
    fn fault(&self, column: Option<&str>, kind: ReadErrorKind) -> ReadError {
        let place = column.and_then(|column| self.header.iter().position(|name| name == column));
        let field = match column {
            Some(column) => format!("{}: {column}", self.file),
            None => self.file.to_owned(),
        };
        ReadError::at(self.line, kind)
            .in_column(place.map(|place| place as u64 + 1))
            .in_field(field)
    }

    fn syntax(&self, column: Option<&str>, problem: &str) -> ReadError {
        self.fault(column, ReadErrorKind::Syntax(clipped(problem, 200)))
    }

    /// Returns the owner of the row, and the position of the row among those of the owner.
    fn owner(&mut self) -> Result<(String, i64), ReadError> {
        let column = field_table::each(self.table.fields).next().map(|field| field.name);
        let missing = self.syntax(column, "it is missing");
        let Some(Value::String(of)) = self.members.remove("of") else { return Err(missing) };
        Ok((of, self.members.remove("place").and_then(|place| place.as_i64()).unwrap_or(0)))
    }

    fn record<T: DeserializeOwned>(&mut self) -> Result<T, ReadError> {
        let members = std::mem::take(&mut self.members);
        field_table::record(members, self.table.fields)
            .map_err(|(name, problem)| self.syntax(Some(&name), &problem))
    }
}

/// The rows that belong to entities or claims, by their owner.
struct Hanging<T> {
    file: String,
    items: IndexMap<String, Vec<(i64, u64, T)>>,
}

impl<T> Hanging<T> {
    fn of(&mut self, key: &str) -> Vec<T> {
        let mut items = self.items.swap_remove(key).unwrap_or_default();
        items.sort_by_key(|(place, line, _)| (*place, *line));
        items.into_iter().map(|(_, _, item)| item).collect()
    }

    /// Checks that no row is left over once all owners are read.
    fn finish(self, what: &str) -> Result<(), ReadError> {
        let Some((key, items)) = self.items.into_iter().next() else { return Ok(()) };
        let line = items.first().map_or(1, |(_, line, _)| *line);
        let problem = format!("the package has no {what} \"{}\"", excerpt(&key));
        Err(ReadError::at(line, ReadErrorKind::Syntax(problem)).in_field(self.file))
    }
}

fn in_file(file: &str, kind: ReadErrorKind) -> ReadError {
    ReadError::new(kind).in_field(file.to_owned())
}

impl Package {
    fn open(folder: &Path, limits: Limits) -> Result<(Self, Header), ReadError> {
        const FILE: &str = "datapackage.json";
        let file = File::open(folder.join(FILE)).map_err(|error| in_file(FILE, error.into()))?;
        let mut file = BoundedInput::new(BufReader::new(file), limits);
        let text =
            read_whole(&mut file, limits.line_bytes).map_err(|error| error.in_field(FILE))?;
        let whole: Value = read_json(&text).map_err(|fault| {
            let kind = ReadErrorKind::Syntax(clipped(&fault.problem, 200));
            in_file(FILE, kind).in_line(fault.line).in_column(fault.column)
        })?;
        let unsupported = |problem: String| in_file(FILE, ReadErrorKind::Unsupported(problem));
        let Some(header) = whole.get("claimgraph") else {
            let problem = "expected a package of claims, with a member \"claimgraph\"";
            return Err(unsupported(problem.to_owned()));
        };
        let found = header.get("format").and_then(Value::as_u64).unwrap_or(0);
        if found > u64::from(FORMAT_VERSION) {
            let kind = ReadErrorKind::NewerFormat { found, supported: FORMAT_VERSION };
            return Err(in_file(FILE, kind));
        }
        let members = header.as_object().cloned().unwrap_or_default();
        let header = field_table::record(members, &[]).map_err(|(path, problem)| {
            let kind = ReadErrorKind::Syntax(clipped(&problem, 200));
            in_file(&format!("{FILE}: claimgraph.{path}"), kind)
        })?;
        let mut resources = IndexMap::new();
        for resource in whole.get("resources").and_then(Value::as_array).into_iter().flatten() {
            let text = |member: &str| resource.get(member).and_then(Value::as_str);
            let (Some(name), Some(path)) = (text("name"), text("path")) else {
                let problem = "a resource needs a name and a path".to_owned();
                return Err(in_file(FILE, ReadErrorKind::Syntax(problem)));
            };
            let mut parts = Path::new(path).components();
            let is_file =
                matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
            if !is_file || path.contains('\\') {
                let path = excerpt(path);
                return Err(unsupported(format!(
                    "the path \"{path}\" is not a file of the folder"
                )));
            }
            let fields = resource.pointer("/schema/fields").and_then(Value::as_array);
            let column = |field: &Value| Some(field.get("name")?.as_str()?.to_owned());
            let columns = fields.into_iter().flatten().filter_map(column).collect();
            resources.insert(name.to_owned(), Resource { path: path.to_owned(), columns });
        }
        Ok((
            Self { folder: folder.to_owned(), resources, limits, losses: Losses::default() },
            header,
        ))
    }

    /// Hands each row of a table to `take`.
    fn each(
        &mut self,
        table: &Table,
        take: &mut dyn FnMut(Row<'_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let Some(resource) = self.resources.swap_remove(table.name) else { return Ok(()) };
        let Resource { path: file, columns } = resource;
        let failed = |error| in_file(&file, io::Error::into(error));
        let opened = File::open(self.folder.join(&file)).map_err(failed)?;
        let input = BufReader::with_capacity(1 << 16, opened);
        let mut input = BoundedInput::new(input, self.limits);
        skip_mark(&mut input).map_err(failed)?;
        let mut limits = self.limits;
        limits.field_bytes = limits.line_bytes;
        let mut records = Rows::new(input, &Layout::csv(), limits);
        let advance = |records: &mut Rows<_>| {
            let more = records.advance();
            let torn = more.and_then(|more| records.fault(&[]).map_or(Ok(more), Err));
            torn.map_err(|fault| fault.in_field(file.clone()))
        };
        let header = match advance(&mut records)? {
            true => cells(records.fields(), &file)?,
            false => Vec::new(),
        };
        // What a missing column held would be lost in silence.
        if let Some(missing) = columns.iter().find(|column| !header.contains(column)) {
            let problem = "the header lacks this column, which datapackage.json lists".to_owned();
            let missing = format!("{file}: {}", excerpt(missing));
            return Err(of_row(&missing, 1, ReadErrorKind::Syntax(problem)));
        }
        let field = |name: &String| field_table::each(table.fields).find(|f| f.name == name);
        let fields: Vec<Option<&Field>> = header.iter().map(field).collect();
        for (name, field) in header.iter().zip(&fields) {
            if field.is_none() && name != EMPTY {
                self.losses.note("column", &format!("{file}: {name}"));
            }
        }
        let empty = header.iter().position(|name| name == EMPTY);
        let (mut rows, limit) = (0, limits.records);
        while advance(&mut records)? {
            let line = records.fields().line;
            let cells = cells(records.fields(), &file)?;
            rows += 1;
            if rows > limit {
                return Err(of_row(&file, line, ReadErrorKind::Limit { what: "rows", limit }));
            }
            let (found, expected) = (cells.len(), header.len());
            if found != expected {
                let problem = format!("expected {expected} cells, found {found}");
                return Err(of_row(&file, line, ReadErrorKind::Syntax(problem)));
            }
            let mut row = Row { table, members: Map::new(), header: &header, file: &file, line };
            let empty = empty.and_then(|place| cells.get(place)).cloned().unwrap_or_default();
            let empty: IndexSet<&str> = empty.split(' ').collect();
            for ((name, field), text) in header.iter().zip(&fields).zip(cells) {
                let Some(field) = field.filter(|field| !field.path.is_empty()) else { continue };
                if !text.is_empty() || empty.contains(name.as_str()) {
                    field_table::put(&mut row.members, field, text)
                        .map_err(|problem| row.syntax(Some(name), &problem))?;
                }
            }
            take(row)?;
        }
        Ok(())
    }

    /// Reads the rows that belong to entities or claims.
    fn hanging<T: DeserializeOwned>(&mut self, table: &Table) -> Result<Hanging<T>, ReadError> {
        let file = self.resources.get(table.name).map(|of| of.path.clone()).unwrap_or_default();
        let mut items: IndexMap<String, Vec<(i64, u64, T)>> = IndexMap::new();
        self.each(table, &mut |mut row| {
            let ((of, place), line) = (row.owner()?, row.line);
            items.entry(of).or_default().push((place, line, row.record()?));
            Ok(())
        })?;
        Ok(Hanging { file, items })
    }

    fn entities(&mut self, loader: &mut Loader) -> Result<(), ReadError> {
        let mut names = self.hanging::<Name>(&ALIASES)?;
        let mut codes = self.hanging::<Code>(&CODES)?;
        let mut documents = self.hanging::<DocumentRecord>(&DOCUMENTS)?;
        let mut published: Vec<(EntityRecord, String, u64)> = Vec::new();
        self.each(&ENTITIES, &mut |mut row| {
            let mut record: EntityRecord = row.record()?;
            record.names = names.of(&record.key);
            let codes = codes.of(&record.key).into_iter();
            record.codes = codes.map(|Code { system, code }| (system, code)).collect();
            record.document = documents.of(&record.key).into_iter().next();
            if record.document.is_some() {
                published.push((record, row.file.to_owned(), row.line));
                return Ok(());
            }
            let taken = loader.push(Record::Entity(Box::new(record)));
            taken.map_err(|error| row.fault(None, ReadErrorKind::Refused(error)))
        })?;
        for (record, file, line) in published {
            let taken = loader.push(Record::Entity(Box::new(record)));
            taken.map_err(|error| of_row(&file, line, ReadErrorKind::Refused(error)))?;
        }
        names.finish("entity")?;
        codes.finish("entity")?;
        documents.finish("entity")
    }

    fn claims(&mut self, loader: &mut Loader) -> Result<(), ReadError> {
        let mut speakers = self.hanging::<SpeakerRecord>(&SPEAKERS)?;
        let mut targets = self.hanging::<TargetRecord>(&RESPONSES)?;
        let mut roles = self.hanging::<RoleRecord>(&ROLES)?;
        self.each(&CLAIMS, &mut |mut row| {
            let mut record: ClaimRecord = row.record()?;
            let id = record.id.clone().unwrap_or_default();
            record.speakers = speakers.of(&id);
            record.targets = targets.of(&id);
            record.roles = roles.of(&id);
            if is_redacted(loader, &id) && record.statement.is_none() && record.targets.is_empty() {
                return Ok(());
            }
            let taken = loader.push_claim(record);
            taken.map(drop).map_err(|error| row.fault(None, ReadErrorKind::Refused(error)))
        })?;
        speakers.finish("claim")?;
        targets.finish("claim")?;
        roles.finish("claim")
    }

    /// Reads a table in which each row is a record.
    fn plain<T: DeserializeOwned>(
        &mut self,
        table: &Table,
        loader: &mut Loader,
        record: impl Fn(Box<T>) -> Record,
    ) -> Result<(), ReadError> {
        self.each(table, &mut |mut row| {
            let taken = loader.push(record(Box::new(row.record()?)));
            taken.map_err(|error| row.fault(None, ReadErrorKind::Refused(error)))
        })
    }
}

/// Returns whether this is the name of a claim that the table of redactions has.
fn is_redacted(loader: &Loader, id: &str) -> bool {
    let claim = loader.claim(id).and_then(|claim| loader.graph().claim(claim).ok());
    claim.is_some_and(|claim| claim.redaction().is_some())
}

fn of_row(file: &str, line: u64, kind: ReadErrorKind) -> ReadError {
    ReadError::at(line, kind).in_field(file.to_owned())
}

fn cells(row: Fields<'_>, file: &str) -> Result<Vec<String>, ReadError> {
    let cell = |place: usize| {
        let text = std::str::from_utf8(row.get(place).unwrap_or_default());
        text.map(str::to_owned).map_err(|_| {
            let fault = of_row(file, row.line, ReadErrorKind::Syntax("it is not UTF-8".to_owned()));
            fault.in_column(place as u64 + 1)
        })
    };
    (0..row.len()).map(cell).collect()
}

/// Reads a folder of CSV tables with a `datapackage.json`, as [`write`](super::write) writes it.
///
/// The tables may be edited: columns may be in any order, and unknown columns are counted as lost. The row of a
/// claim comes after the rows of the claims that it names.
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a reader reads nothing until it is given a folder"]
pub struct Reader {
    limits: Limits,
}

impl Reader {
    /// Makes a reader with the default limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the limits. `line_bytes` holds for `datapackage.json` and for each row; `records` holds for the rows of a
    /// table.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads the whole folder, or nothing if it has a fault.
    ///
    /// # Errors
    /// The folder is not a package of claims, a file is missing, or a row is refused. The error has the file, line,
    /// column and field.
    pub fn read(self, folder: &Path) -> Result<ReadReport, ReadError> {
        let (mut package, header) = Package::open(folder, self.limits)?;
        let mut loader = Loader::new().limits(self.limits);
        let refused = |error| in_file("datapackage.json", ReadErrorKind::Refused(error));
        loader.push(Record::Claimgraph(Box::new(header))).map_err(refused)?;
        package.plain(&BATCHES, &mut loader, Record::Batch)?;
        package.entities(&mut loader)?;
        package.plain(&REDACTIONS, &mut loader, Record::Redaction)?;
        package.plain(&AFFILIATIONS, &mut loader, Record::Affiliation)?;
        package.claims(&mut loader)?;
        package.plain(&LINKS, &mut loader, Record::Link)?;
        package.plain(&DERIVATIONS, &mut loader, Record::Derivation)?;
        package.plain(&LINEAGE, &mut loader, Record::Lineage)?;
        package.plain(&REVIEWS, &mut loader, Record::Review)?;
        package.plain(&JUDGEMENTS, &mut loader, Record::Judgement)?;
        for name in package.resources.keys() {
            package.losses.note("table", name);
        }
        Ok(ReadReport::new(loader.finish(), package.losses))
    }
}
