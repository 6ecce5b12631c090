//! Writes what was found into a new library, and adds what only the backup has.

use std::{
    collections::{BTreeMap, HashSet},
    path::Path,
    time::Duration,
};

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteSynchronous},
};
use waymark_core::error::{Error, Result};

use super::{
    Found, SALVAGING, Salvaged, SalvagedKind, mend,
    record::Value,
    shape::{self, Table},
    shared_steps,
    tree::Row,
};
use crate::{copies, failure::Attempted, file};

/// What people call the tables whose rows they know. The others are counted together.
const KINDS: [(&str, &str); 6] = [
    ("walkthroughs", "walkthroughs"),
    ("walkthrough_steps", "steps"),
    ("revisions", "revisions"),
    ("connections", "connections"),
    ("mcp_server_walkthroughs", "assignments"),
    ("journal", "changes that can be undone"),
];
const OTHERS: &str = "other rows";

/// How the rows of one table fared.
#[derive(Debug, Default)]
struct Fared {
    saved: u32,
    from_backup: u32,
    lost: u32,
    has_damage: bool,
}

/// Makes the new library at `to`.
pub async fn save(found: Found, version: i64, backup: Option<&Path>, to: &Path) -> Result<Salvaged> {
    let mut connection = new_library(to, version).await?;
    let saved = fill(&mut connection, &found, version, backup).await;
    connection.close().await.ok();
    saved
}

async fn fill(
    connection: &mut SqliteConnection,
    found: &Found,
    version: i64,
    backup: Option<&Path>,
) -> Result<Salvaged> {
    let mut fared: BTreeMap<String, Fared> = BTreeMap::new();
    let triggers = take_triggers(connection).await?;
    let tables = shape::tables(connection).await?;
    run(connection, "BEGIN").await?;
    for table in &tables {
        let of_table = fared.entry(table.name.clone()).or_default();
        let harvest = found.trees.get(&table.name);
        of_table.has_damage = harvest.is_none_or(|harvest| harvest.damage > 0);
        for row in harvest.iter().flat_map(|harvest| &harvest.rows) {
            if !table.fits(row) {
                of_table.has_damage = true;
            } else if insert(connection, table, row).await? {
                of_table.saved += 1;
            }
        }
    }
    place_strays(connection, &tables, &found.stray, &mut fared).await?;
    run(connection, "COMMIT").await?;
    mend::remake_search(connection).await?;
    give_back(connection, &triggers).await?;
    if version < file::known_version() {
        file::migrate(connection).await?;
    }

    let triggers = take_triggers(connection).await?;
    let tables = shape::tables(connection).await?;
    run(connection, "CREATE TEMP TABLE touched (id TEXT PRIMARY KEY NOT NULL) STRICT").await?;
    let torn = mend::note_torn(connection).await?;
    shared_steps::note_read(connection).await?;
    if let Some(backup) = backup.filter(|_| torn || fared.values().any(|fared| fared.has_damage)) {
        complete(connection, &tables, found, backup, &mut fared).await?;
    }
    let mut lost = Vec::new();
    for table in &tables {
        let gone = missing(connection, table, found).await?;
        fared.entry(table.name.clone()).or_default().lost = gone.len() as u32;
        if matches!(table.name.as_str(), "walkthroughs" | "walkthrough_steps") {
            lost.extend(gone);
        }
    }
    let mut incomplete = mend::mend(connection).await?;
    let histories = shared_steps::mend(connection).await?;
    incomplete.extend(histories.into_iter().map(|title| format!("the history of {title}")));
    mend::remake_search(connection).await?;
    give_back(connection, &triggers).await?;
    Ok(Salvaged { pages: found.pages, damaged: found.damage, kinds: kinds(fared), lost, incomplete })
}

/// Rows of pages that nothing led to go where they fit; where they fit nowhere, or twice, they are left.
async fn place_strays(
    connection: &mut SqliteConnection,
    tables: &[Table],
    stray: &[Row],
    fared: &mut BTreeMap<String, Fared>,
) -> Result<()> {
    for row in stray {
        let mut fitting = tables.iter().filter(|table| !table.is_keyed && table.fits(row));
        let (Some(table), None) = (fitting.next(), fitting.next()) else { continue };
        let of_table = fared.entry(table.name.clone()).or_default();
        of_table.has_damage = true;
        if insert(connection, table, row).await? {
            of_table.saved += 1;
        }
    }
    Ok(())
}

/// Adds the rows that are missing, of tables that lost something.
async fn complete(
    connection: &mut SqliteConnection,
    tables: &[Table],
    found: &Found,
    backup: &Path,
    fared: &mut BTreeMap<String, Fared>,
) -> Result<()> {
    // An older backup is brought up to date first, in a copy.
    let folder = tempfile::tempdir().map_err(|error| copies::not_written(&std::env::temp_dir(), error))?;
    let copy = folder.path().join("backup.sqlite");
    copies::write(backup, &copy).await?;
    let mut opened = options(&copy).connect().await.attempted(SALVAGING)?;
    let migrated = file::migrate(&mut opened).await;
    opened.close().await.ok();
    migrated?;
    let attach = sqlx::query("ATTACH ? AS backup").bind(copies::text_of(&copy)?.to_owned());
    attach.execute(&mut *connection).await.attempted(SALVAGING)?;
    run(connection, "BEGIN").await?;
    for table in tables {
        let of_table = fared.entry(table.name.clone()).or_default();
        // Their numbers may stand for other steps there.
        if of_table.has_damage && table.name != "revision_steps" {
            of_table.from_backup = add_missing(connection, table, found.listed(&table.name)).await?;
        }
    }
    mend::take_torn_from_backup(connection).await?;
    shared_steps::take_from_backup(connection).await?;
    run(connection, "COMMIT").await?;
    run(connection, "DETACH backup").await
}

/// Takes the rows of one table that the backup has and the new library lacks. `listed`: the ids that there were, where
/// that is known; what was deleted since the backup stays deleted.
async fn add_missing(
    connection: &mut SqliteConnection,
    table: &Table,
    listed: Option<HashSet<Vec<u8>>>,
) -> Result<u32> {
    let name = &table.name;
    let keys: Vec<String> = table.keys().iter().map(|key| format!("m.\"{key}\" = b.\"{key}\"")).collect();
    let is_missing = format!("NOT EXISTS (SELECT 1 FROM main.\"{name}\" m WHERE {})", keys.join(" AND "));
    let mut condition = is_missing;
    if let (Some(listed), Some(id)) = (listed, table.id()) {
        run(connection, "CREATE TEMP TABLE IF NOT EXISTS listed (id TEXT PRIMARY KEY NOT NULL) STRICT").await?;
        run(connection, "DELETE FROM listed").await?;
        for known in listed {
            let insert = sqlx::query("INSERT OR IGNORE INTO listed (id) VALUES (?)");
            insert
                .bind(String::from_utf8_lossy(&known).into_owned())
                .execute(&mut *connection)
                .await
                .attempted(SALVAGING)?;
        }
        condition = format!("{condition} AND b.\"{id}\" IN (SELECT id FROM listed)");
    }
    let of_walkthrough = match name.as_str() {
        "walkthroughs" => Some("id"),
        "walkthrough_steps" => Some("walkthrough_id"),
        _ => None,
    };
    if let Some(column) = of_walkthrough {
        let touched =
            format!("INSERT OR IGNORE INTO touched (id) SELECT b.{column} FROM backup.\"{name}\" b WHERE {condition}");
        run_made(connection, touched).await?;
    }
    let columns: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let columns = columns.join(", ");
    let sql = format!(
        "INSERT OR IGNORE INTO main.\"{name}\" ({columns}) SELECT {columns} FROM backup.\"{name}\" b WHERE {condition}"
    );
    let added = sqlx::query(AssertSqlSafe(sql)).execute(&mut *connection).await.attempted(SALVAGING)?;
    Ok(u32::try_from(added.rows_affected()).unwrap_or(u32::MAX))
}

/// The ids that the damaged file lists and the new library lacks.
async fn missing(connection: &mut SqliteConnection, table: &Table, found: &Found) -> Result<Vec<String>> {
    let (Some(listed), Some(id)) = (found.listed(&table.name), table.id()) else { return Ok(Vec::new()) };
    let sql = format!("SELECT \"{id}\" FROM \"{}\"", table.name);
    let there: Vec<String> =
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut *connection).await.attempted(SALVAGING)?;
    let there: HashSet<&[u8]> = there.iter().map(String::as_bytes).collect();
    let gone = listed.iter().filter(|id| !there.contains(id.as_slice()));
    let mut gone: Vec<String> = gone.map(|id| String::from_utf8_lossy(id).into_owned()).collect();
    gone.sort();
    Ok(gone)
}

async fn insert(connection: &mut SqliteConnection, table: &Table, row: &Row) -> Result<bool> {
    let (columns, values): (Vec<_>, Vec<_>) = table.named(row).unzip();
    let names: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let places = vec!["?"; names.len()].join(", ");
    let sql = format!("INSERT OR IGNORE INTO \"{}\" ({}) VALUES ({places})", table.name, names.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for value in values {
        query = match value {
            Value::Null => query.bind(None::<String>),
            Value::Integer(number) => query.bind(number),
            Value::Real(number) => query.bind(number),
            // A letter that is damaged is replaced; the text around it stays.
            Value::Text(bytes) => query.bind(String::from_utf8_lossy(&bytes).into_owned()),
            Value::Blob(bytes) => query.bind(bytes),
        };
    }
    Ok(query.execute(connection).await.attempted(SALVAGING)?.rows_affected() > 0)
}

fn kinds(fared: BTreeMap<String, Fared>) -> Vec<SalvagedKind> {
    let none = |name: &str| SalvagedKind { name: name.to_owned(), saved: 0, from_backup: 0, lost: 0 };
    let mut kinds: Vec<SalvagedKind> = KINDS.iter().map(|(_, name)| none(name)).chain([none(OTHERS)]).collect();
    for (table, fared) in fared {
        let index = KINDS.iter().position(|(known, _)| *known == table).unwrap_or(KINDS.len());
        let kind = &mut kinds[index];
        kind.saved += fared.saved;
        kind.from_backup += fared.from_backup;
        kind.lost += fared.lost;
    }
    kinds.retain(|kind| kind.saved + kind.from_backup + kind.lost > 0);
    kinds
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        // Rows come in any order; what refers to nothing is mended at the end.
        .foreign_keys(false)
        .busy_timeout(Duration::from_secs(5))
        .synchronous(SqliteSynchronous::Normal)
        .optimize_on_close(false, None)
        .disable_statement_logging()
}

async fn new_library(to: &Path, version: i64) -> Result<SqliteConnection> {
    let mut connection = options(to).connect().await.attempted(SALVAGING)?;
    file::make_tables(&mut connection, version).await?;
    Ok(connection)
}

/// Takes the triggers away for as long as rows are put in as they were.
async fn take_triggers(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    let triggers = sqlx::query_as("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
    let triggers: Vec<(String, String)> = triggers.fetch_all(&mut *connection).await.attempted(SALVAGING)?;
    for (name, _) in &triggers {
        run_made(connection, format!("DROP TRIGGER \"{name}\"")).await?;
    }
    Ok(triggers.into_iter().map(|(_, sql)| sql).collect())
}

async fn give_back(connection: &mut SqliteConnection, triggers: &[String]) -> Result<()> {
    for trigger in triggers {
        run_made(connection, trigger.clone()).await?;
    }
    Ok(())
}

pub(super) async fn run(connection: &mut SqliteConnection, sql: &'static str) -> Result<()> {
    sqlx::raw_sql(sql).execute(connection).await.attempted(SALVAGING).map(drop)
}

async fn run_made(connection: &mut SqliteConnection, sql: String) -> Result<()> {
    let done: Result<(), Error> =
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.attempted(SALVAGING).map(drop);
    done
}
