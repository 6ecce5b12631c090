//! What a library holds.

use std::{collections::BTreeMap, fs, io, path::Path};

use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use super::Content;

const FILE: &str = "library.sqlite";
/// What is beside the file and says nothing about what it holds: SQLite's own, whoever has it open, and the log.
const NO_CONTENT: [&str; 4] = ["library.sqlite", "library.lock", "library.writer-", "logs"];

/// Everything in the library in `folder`: every row of every table with every column, and the files beside it. Nobody may be
/// writing to it meanwhile. A folder without a library holds nothing.
///
/// # Panics
/// When it cannot be read.
#[must_use]
pub fn of_library(folder: &Path) -> Content {
    let mut content = Content::default();
    files(folder, folder, &mut content.0).expect("the library's folder is readable");
    if folder.join(FILE).exists() {
        let copy = copy(folder).expect("the library can be copied");
        // On a thread of its own, because whoever asks may be asynchronous already.
        let tables = std::thread::scope(|scope| scope.spawn(|| tables(copy.path())).join());
        content.0.extend(tables.expect("no panic").expect("the library is readable"));
    }
    content
}

/// The file with its log, where reading it leaves nothing behind.
fn copy(folder: &Path) -> io::Result<tempfile::TempDir> {
    let copy = tempfile::tempdir()?;
    for name in [FILE, "library.sqlite-wal"] {
        // The original may be read-only; its copy must not be, because SQLite takes its log in.
        match fs::read(folder.join(name)) {
            Ok(bytes) => fs::write(copy.path().join(name), bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(copy)
}

fn tables(folder: &Path) -> Result<BTreeMap<String, Vec<String>>, Box<dyn std::error::Error + Send + Sync>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut library = SqliteConnection::connect(&format!("sqlite:{}", folder.join(FILE).display())).await?;
        let mut tables = BTreeMap::new();
        // Virtual tables are what their shadow tables say.
        let names = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')";
        for name in sqlx::query_scalar::<_, String>(names).fetch_all(&mut library).await? {
            let columns = sqlx::query_scalar::<_, String>("SELECT name FROM pragma_table_xinfo(?)");
            let columns = columns.bind(&name).fetch_all(&mut library).await?;
            let row =
                columns.iter().map(|column| format!("quote(\"{column}\")")).collect::<Vec<_>>().join(" || ' | ' || ");
            let rows =
                sqlx::query_scalar::<_, String>(AssertSqlSafe(format!("SELECT {row} AS r FROM \"{name}\" ORDER BY r")));
            let rows = rows.fetch_all(&mut library).await?;
            tables.insert(name, rows);
        }
        library.close().await?;
        Ok(tables)
    })
}

fn files(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<String>>) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        let name = path.strip_prefix(root).map_err(io::Error::other)?.display().to_string();
        if NO_CONTENT.iter().any(|prefix| name.starts_with(prefix)) {
            continue;
        }
        if path.is_dir() {
            files(root, &path, found)?;
        } else {
            let bytes = fs::read(&path)?;
            found.insert(format!("file {name}"), vec![String::from_utf8_lossy(&bytes).into_owned()]);
        }
    }
    Ok(())
}
