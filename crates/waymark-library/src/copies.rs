//! Whole libraries as single files: written from an open or a closed library, looked at, and compared.
//!
//! A copy is written by SQLite's `VACUUM INTO`: it reads one moment of the library, blocks nobody, needs no room in
//! memory, and gives a compact file without a log. It stands under its name only when it is complete, on the disk, and
//! has been opened and checked. How copies are called and which are kept is decided elsewhere.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use serde::Serialize;
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use waymark_core::{
    error::{Code, Error, Result},
    walkthrough::Millis,
};

use crate::{
    Library,
    failure::{self, Attempted},
    file,
};

const COPYING: &str = "Making a backup";
const LOOKING: &str = "Looking at the backup";

/// What a copy holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Contents {
    /// The version of its tables.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub version: i64,
    /// Walkthroughs that are not in the trash.
    pub walkthroughs: u32,
    /// Walkthroughs in the trash.
    pub in_trash: u32,
    /// Steps of all of them.
    pub steps: u32,
    /// When something was last written to it.
    pub changed_at: Option<Millis>,
}

/// How one library differs from another, by what a person would miss.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Difference {
    /// Titles of walkthroughs that only the first has.
    pub only_here: Vec<String>,
    /// Titles of walkthroughs that only the second has.
    pub only_there: Vec<String>,
    /// Titles of walkthroughs whose words differ.
    pub changed: Vec<String>,
}

impl Difference {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.only_here.is_empty() && self.only_there.is_empty() && self.changed.is_empty()
    }
}

/// Writes a copy of the library in the file `from`, which may be open, to `to`, and checks it.
///
/// # Errors
/// `LibraryReadOnly` where `to` cannot be written (a full disk), `LibraryDamaged` where `from` cannot be read; `to` does
/// not exist then.
pub async fn write(from: &Path, to: &Path) -> Result<Contents> {
    let mut connection = connect(from).await.attempted(COPYING)?;
    let written = write_through(&mut connection, to).await;
    connection.close().await.ok();
    written
}

/// The same through a connection that is open: also where the file has lost its name meanwhile.
pub(crate) async fn write_through(connection: &mut SqliteConnection, to: &Path) -> Result<Contents> {
    let partial = partial(to);
    let written = write_partial(connection, &partial).await;
    let contents = match written {
        Ok(contents) => contents,
        Err(error) => {
            fs::remove_file(&partial).ok();
            return Err(error);
        }
    };
    fs::rename(&partial, to).and_then(|()| sync_folder(to)).map_err(|error| not_written(to, error))?;
    Ok(contents)
}

/// Opens a copy and checks all of it: pages, indexes, references, and that it is a library that this program knows.
///
/// # Errors
/// `LibraryDamaged` with what is wrong; `SchemaMismatch` where a newer Waymark wrote it.
pub async fn check(file: &Path) -> Result<Contents> {
    let contents = checked(file, "PRAGMA integrity_check(1)").await?;
    if contents.version > file::known_version() {
        return Err(newer(contents.version));
    }
    Ok(contents)
}

/// What a copy holds, checked in passing.
///
/// # Errors
/// Those of [`check`], but for a newer Waymark's.
pub async fn look(file: &Path) -> Result<Contents> {
    checked(file, "PRAGMA quick_check(1)").await
}

/// Compares the walkthroughs of two libraries.
///
/// # Errors
/// `LibraryDamaged` where one cannot be read.
pub async fn compare(here: &Path, there: &Path) -> Result<Difference> {
    let mut connection = connect(here).await.attempted(LOOKING)?;
    let compared = compare_through(&mut connection, there).await;
    connection.close().await.ok();
    compared
}

/// When something was last written to an open library.
///
/// # Errors
/// Those of the file.
pub async fn changed_at(library: &Library) -> Result<Option<Millis>> {
    let latest = sqlx::query_scalar("SELECT max(at) FROM changes").fetch_one(library.readers()).await;
    let latest: Option<i64> = latest.attempted(LOOKING)?;
    Ok(latest.map(Millis))
}

/// A refusal to use what a newer Waymark wrote.
pub(crate) fn newer(version: i64) -> Error {
    let known = file::known_version();
    Error::new(
        Code::SchemaMismatch,
        format!("A newer Waymark made this backup: its tables have version {version}, this one knows {known}."),
    )
    .with_hint("Update Waymark, or choose an older backup.")
}

async fn write_partial(connection: &mut SqliteConnection, partial: &Path) -> Result<Contents> {
    fs::remove_file(partial).ok();
    // A copy holds every draft: it is readable by whom the library is readable by, and by nobody else.
    let made = new_file(partial).map_err(|error| not_written(partial, error))?;
    sqlx::query("VACUUM INTO ?").bind(text_of(partial)?).execute(&mut *connection).await.attempted(COPYING)?;
    made.sync_all().map_err(|error| not_written(partial, error))?;
    look(partial).await
}

async fn checked(path: &Path, pragma: &'static str) -> Result<Contents> {
    if !path.exists() {
        return Err(Error::not_found(format!("There is no file `{}`.", path.display())));
    }
    let mut connection = connect(path).await.attempted(LOOKING)?;
    let contents = contents(&mut connection, pragma).await;
    connection.close().await.ok();
    contents
}

async fn contents(connection: &mut SqliteConnection, pragma: &'static str) -> Result<Contents> {
    let found: String = sqlx::query_scalar(pragma).fetch_one(&mut *connection).await.attempted(LOOKING)?;
    if found != "ok" {
        return Err(failure::damaged(&found));
    }
    let version = file::version(connection).await?;
    if version == 0 {
        return Err(failure::damaged("It is empty."));
    }
    // Not checked at compile time: the tables may be those of an older or a newer Waymark, which both have these columns.
    const COUNTS: &str = "SELECT
            (SELECT count(*) FROM drafts WHERE trashed_at IS NULL),
            (SELECT count(*) FROM drafts WHERE trashed_at IS NOT NULL),
            (SELECT count(*) FROM walkthrough_steps),
            (SELECT max(at) FROM changes)";
    let (walkthroughs, in_trash, steps, changed_at): (u32, u32, u32, Option<i64>) =
        sqlx::query_as(COUNTS).fetch_one(connection).await.attempted(LOOKING)?;
    Ok(Contents { version, walkthroughs, in_trash, steps, changed_at: changed_at.map(Millis) })
}

async fn compare_through(connection: &mut SqliteConnection, there: &Path) -> Result<Difference> {
    sqlx::query("ATTACH ? AS there").bind(text_of(there)?).execute(&mut *connection).await.attempted(LOOKING)?;
    // What a reader would see of a walkthrough; order and whitespace of the rows do not matter.
    const TITLES: &str = "
        WITH here AS (SELECT w.id, w.title, w.description, w.type, w.tags, w.metadata, d.trashed_at IS NULL AS is_shown
                      FROM main.walkthroughs w JOIN main.drafts d ON d.walkthrough_id = w.id),
             there AS (SELECT w.id, w.title, w.description, w.type, w.tags, w.metadata, d.trashed_at IS NULL AS is_shown
                       FROM there.walkthroughs w JOIN there.drafts d ON d.walkthrough_id = w.id),
             changed AS (
                SELECT id FROM (SELECT * FROM here EXCEPT SELECT * FROM there)
                UNION SELECT walkthrough_id FROM (
                    SELECT walkthrough_id, id, title, content_fields, display_order, next_step_id, metadata
                    FROM main.walkthrough_steps
                    EXCEPT SELECT walkthrough_id, id, title, content_fields, display_order, next_step_id, metadata
                    FROM there.walkthrough_steps)
                UNION SELECT walkthrough_id FROM (
                    SELECT walkthrough_id, id FROM there.walkthrough_steps
                    EXCEPT SELECT walkthrough_id, id FROM main.walkthrough_steps))
        SELECT 'here', title FROM here WHERE is_shown AND id NOT IN (SELECT id FROM there WHERE is_shown)
        UNION ALL SELECT 'there', title FROM there WHERE is_shown AND id NOT IN (SELECT id FROM here WHERE is_shown)
        UNION ALL SELECT 'changed', title FROM here WHERE is_shown AND id IN (SELECT id FROM changed)
            AND id IN (SELECT id FROM there WHERE is_shown)
        ORDER BY 1, 2";
    let rows: Vec<(String, String)> = sqlx::query_as(TITLES).fetch_all(connection).await.attempted(LOOKING)?;
    let mut difference = Difference::default();
    for (side, title) in rows {
        match side.as_str() {
            "here" => difference.only_here.push(title),
            "there" => difference.only_there.push(title),
            _ => difference.changed.push(title),
        }
    }
    Ok(difference)
}

/// A connection that reads only. A copy has no log; one that cannot be opened beside a log is read as it lies there.
pub(crate) async fn connect(path: &Path) -> sqlx::Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .foreign_keys(false)
        .optimize_on_close(false, None)
        .disable_statement_logging();
    let mut connection = SqliteConnection::connect_with(&options).await?;
    match sqlx::query("SELECT count(*) FROM sqlite_schema").execute(&mut connection).await {
        Err(error) if failure::is_unopenable(&error) => SqliteConnection::connect_with(&options.immutable(true)).await,
        read => read.map(|_| connection),
    }
}

pub(crate) fn text_of(path: &Path) -> Result<&str> {
    path.to_str().ok_or_else(|| Error::invalid(format!("The path `{}` is not Unicode.", path.display())))
}

/// Under which name a file is written until it is complete.
pub(crate) fn partial(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}

/// Makes a name last: a rename is on the disk when its folder is.
pub(crate) fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        #[cfg(unix)]
        Some(folder) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

fn new_file(path: &Path) -> std::io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

pub(crate) fn not_written(path: &Path, source: std::io::Error) -> Error {
    let why = match source.kind() {
        std::io::ErrorKind::StorageFull => "The disk is full".to_owned(),
        _ => format!("`{}` cannot be written", path.display()),
    };
    Error::new(Code::LibraryReadOnly, format!("{why}. {COPYING} failed."))
        .with_hint(
            "The library itself was not touched. Free some space, or choose another folder with WAYMARK_BACKUPS.",
        )
        .with_source(source)
}
