//! The store beside bare redb and beside SQLite, which hold the same rows. The limit is redb with a row of 32 bytes for
//! each claim, read into an array: no checks of claims, no indexes, no graph.
//!
//! `cargo bench --bench store` with 100,000 claims; `CLAIMS=1000000` for another number. Files lie in the folder for
//! temporary files. Each commit of each contender is on the disk when it returns.

#[path = "support/mod.rs"]
mod support;

use cap::Cap;
use claimgraph::{Claim, ClaimGraph, Date, EntityId, Error};
use claimgraph_store::Store;
use criterion::Criterion;
use redb::{Database, Durability, ReadableDatabase, ReadableTable, TableDefinition};
use rusqlite::Connection;
use std::alloc::System;
use std::cell::Cell;
use std::path::Path;
use support::{Act, Corpus, Row, measure, relations};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// A claim as numbers: source, subject, relation, object, target, stance, days.
type Numbers = [u32; 8];

const CLAIMS: TableDefinition<'_, u64, [u8; 32]> = TableDefinition::new("claims");
const KEYS: TableDefinition<'_, u64, &str> = TableDefinition::new("keys");

fn numbers(row: &Row) -> Numbers {
    let [source, subject, relation, object, target, stance] = match row.act {
        Act::Asserts { subject, relation, object } => [row.source, subject, relation, object, 0, 0],
        Act::Confirms(target) => [row.source, 0, 0, 0, target, 1],
        Act::Dismisses(target) => [row.source, 0, 0, 0, target, 2],
    };
    let day = |date: Date| usize::from(date.day_of_year().unsigned_abs());
    [source, subject, relation, object, target, stance, day(row.reported), day(row.valid)]
        .map(|number| number as u32)
}

fn bytes(numbers: Numbers) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.chunks_exact_mut(4).zip(numbers).for_each(|(to, n)| to.copy_from_slice(&n.to_le_bytes()));
    bytes
}

fn keys(graph: &ClaimGraph) -> Vec<String> {
    graph.entities().map(|entity| entity.key().to_owned()).collect()
}

/// Adds assertion number `n` of the corpus once more.
fn add(graph: &mut ClaimGraph, corpus: &Corpus, n: usize) -> Result<(), Error> {
    let row = &corpus.rows[n];
    let (source, [from, to], relation) = ends(graph, corpus, row);
    let relation = relations()[relation].0;
    let claim = Claim::by(source).asserts(from, relation, to).valid(row.valid);
    graph.insert(claim.reported(row.reported)).map(drop)
}

fn ends(graph: &ClaimGraph, corpus: &Corpus, row: &Row) -> (EntityId, [EntityId; 2], usize) {
    let keyed = |key: String| graph.entity_keyed(&key).unwrap();
    let (subject, relation, object) = match row.act {
        Act::Asserts { subject, relation, object } => (subject, relation, object),
        Act::Confirms(target) | Act::Dismisses(target) => (target % 50, 0, (target + 1) % 50),
    };
    assert!(subject < corpus.entities);
    let states = [subject, object].map(|place| keyed(format!("state-{place:05}")));
    (keyed(format!("person-{:03}", row.source)), states, relation)
}

fn redb_of(path: &Path, keys: &[String], rows: &[Numbers]) -> Database {
    let database = Database::create(path).unwrap();
    let transaction = database.begin_write().unwrap();
    {
        let mut table = transaction.open_table(CLAIMS).unwrap();
        for (n, row) in (0..).zip(rows) {
            table.insert(n, bytes(*row)).unwrap();
        }
        let mut table = transaction.open_table(KEYS).unwrap();
        for (n, key) in (0..).zip(keys) {
            table.insert(n, key.as_str()).unwrap();
        }
    }
    transaction.commit().unwrap();
    database
}

fn redb_append(database: &Database, first: u64, rows: &[Numbers]) {
    let mut transaction = database.begin_write().unwrap();
    transaction.set_durability(Durability::Immediate).unwrap();
    {
        let mut table = transaction.open_table(CLAIMS).unwrap();
        for (n, row) in (first..).zip(rows) {
            table.insert(n, bytes(*row)).unwrap();
        }
    }
    transaction.commit().unwrap();
}

/// Reads every row and every key.
fn redb_read(path: &Path) -> u64 {
    let database = Database::open(path).unwrap();
    let transaction = database.begin_read().unwrap();
    let table = transaction.open_table(CLAIMS).unwrap();
    let rows: Vec<[u8; 32]> = table.iter().unwrap().map(|row| row.unwrap().1.value()).collect();
    let table = transaction.open_table(KEYS).unwrap();
    let keys = table.iter().unwrap().map(|row| row.unwrap().1.value().to_owned());
    (rows.len() + keys.collect::<Vec<String>>().len()) as u64
}

fn sqlite(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch("pragma journal_mode = wal; pragma synchronous = full;").unwrap();
    connection
}

fn sqlite_of(path: &Path, keys: &[String], rows: &[Numbers]) -> Connection {
    let connection = sqlite(path);
    connection
        .execute_batch(
            "create table keys (id integer primary key, key text);
             create table claims (id integer primary key, source int, subject int, relation int,
                                  object int, target int, stance int, reported int, valid int);
             begin;",
        )
        .unwrap();
    {
        let mut insert = connection.prepare("insert into keys (key) values (?)").unwrap();
        for key in keys {
            insert.execute([key]).unwrap();
        }
    }
    sqlite_insert(&connection, rows);
    connection.execute_batch("commit; pragma wal_checkpoint(truncate);").unwrap();
    connection
}

fn sqlite_insert(connection: &Connection, rows: &[Numbers]) {
    let sql =
        "insert into claims (source, subject, relation, object, target, stance, reported, valid)
               values (?, ?, ?, ?, ?, ?, ?, ?)";
    let mut insert = connection.prepare(sql).unwrap();
    for row in rows {
        insert.execute(*row).unwrap();
    }
}

fn sqlite_append(connection: &Connection, rows: &[Numbers]) {
    connection.execute_batch("begin").unwrap();
    sqlite_insert(connection, rows);
    connection.execute_batch("commit").unwrap();
}

fn sqlite_read(path: &Path) -> u64 {
    let connection = sqlite(path);
    let mut select = connection
        .prepare(
            "select source, subject, relation, object, target, stance, reported, valid from claims",
        )
        .unwrap();
    let row = |row: &rusqlite::Row<'_>| {
        let mut numbers = [0; 8];
        for (place, number) in numbers.iter_mut().enumerate() {
            *number = row.get(place)?;
        }
        Ok(numbers)
    };
    let rows: Vec<Numbers> = select.query_map([], row).unwrap().map(Result::unwrap).collect();
    let mut select = connection.prepare("select key from keys").unwrap();
    let keys = select.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap);
    (rows.len() + keys.collect::<Vec<String>>().len()) as u64
}

fn main() {
    let claims: usize =
        std::env::var("CLAIMS").map_or(100_000, |claims| claims.parse().expect("a number"));
    let corpus = Corpus::of(claims);
    let (graph, _, _) = corpus.graph();
    let (keys, rows): (Vec<String>, Vec<Numbers>) =
        (keys(&graph), corpus.rows.iter().map(numbers).collect());
    let folder = tempfile::tempdir().unwrap();
    let [ours, limit, lite] =
        ["desk.cg", "limit.redb", "peer.sqlite"].map(|name| folder.path().join(name));
    Store::create_of(&ours, &graph).unwrap().close().unwrap();
    drop((graph, redb_of(&limit, &keys, &rows)));
    sqlite_of(&lite, &keys, &rows).close().unwrap();

    let size = |path: &Path| path.metadata().unwrap().len() as f64 / claims as f64;
    let sizes = [&ours, &limit, &lite].map(|path| size(path));
    println!(
        "file, bytes a claim: ours {:.1}, redb {:.1}, SQLite {:.1}",
        sizes[0], sizes[1], sizes[2]
    );
    let before = ALLOCATOR.allocated();
    let open = Store::open(&ours).unwrap();
    let memory = (ALLOCATOR.allocated() - before) as f64 / claims as f64;
    println!("memory while open, bytes a claim: {memory:.1}");
    assert_eq!(open.reader().len(), claims);
    open.close().unwrap();

    let mut criterion = Criterion::default().configure_from_args();
    measure(
        &mut criterion,
        "store: open",
        &[
            ("ours", &|| Store::open(&ours).unwrap().reader().len() as u64),
            ("limit", &|| redb_read(&limit)),
            ("SQLite", &|| sqlite_read(&lite)),
        ],
    );

    let (store, database) = (Store::open(&ours).unwrap(), Database::open(&limit).unwrap());
    let (connection, next) = (sqlite(&lite), Cell::new(0));
    for (row, count) in [("store: append one", 1), ("store: append 10,000 at once", 10_000)] {
        let count = count.min(claims / 2);
        let first = || {
            let first = next.get() % (claims - count);
            next.set(first + count);
            first
        };
        let ours = || {
            let first = first();
            let add = |graph: &mut ClaimGraph| {
                (first..first + count).try_for_each(|n| add(graph, &corpus, n))
            };
            store.commit(add).unwrap();
            count as u64
        };
        let limit = || {
            let first = first();
            redb_append(&database, (claims + first) as u64, &rows[first..first + count]);
            count as u64
        };
        let lite = || {
            let first = first();
            sqlite_append(&connection, &rows[first..first + count]);
            count as u64
        };
        measure(&mut criterion, row, &[("ours", &ours), ("limit", &limit), ("SQLite", &lite)]);
    }
    println!("claims after that: {}", store.reader().len());

    let fold = || {
        store.commit(|graph| add(graph, &corpus, 0)).unwrap();
        store.fold().unwrap();
        1
    };
    let vacuum = || {
        connection.execute_batch("vacuum; pragma wal_checkpoint(truncate);").unwrap();
        1
    };
    measure(&mut criterion, "store: fold, beside vacuum", &[("ours", &fold), ("SQLite", &vacuum)]);
    criterion.final_summary();
}
