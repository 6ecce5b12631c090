//! Saves what can be read of a damaged library into a new file, row by row, past damaged pages; completes it from a
//! backup; and says exactly what came from where and what is lost. The damaged file is only read.
//!
//! SQLite gives up on a table at the first page that contradicts itself, so the pages are read here ([`pages`], [`tree`],
//! [`record`]), and every row has to fit a table ([`shape`]) before SQLite is given it again. What the backup adds is only
//! what is missing, of tables that lost something, and not what the damaged file itself knows to be deleted.

mod mend;
mod pages;
mod record;
mod shape;
mod shared_steps;
mod store;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_shared_steps;
mod tree;

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::Path,
};

use serde::Serialize;
use waymark_core::error::Result;

use self::{
    pages::Pages,
    record::Value,
    tree::{Harvest, Row},
};
use crate::{copies, failure, file};

pub(crate) const SALVAGING: &str = "Saving what can be read";

/// What was saved of a damaged library.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Salvaged {
    /// Pages of the file, and those with rows or ways to rows that could not be read.
    pub pages: u32,
    /// Places that could not be read.
    pub damaged: u32,
    /// What there is now, of what people know: walkthroughs, steps, revisions and so on.
    pub kinds: Vec<SalvagedKind>,
    /// Titles, or ids where no title is known, of what is lost: the file knows that it was there.
    pub lost: Vec<String>,
    /// Titles of walkthroughs that could be put together only in part.
    pub incomplete: Vec<String>,
}

/// What was saved of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SalvagedKind {
    /// `walkthroughs`, `steps`, …
    pub name: String,
    /// Read from the damaged file.
    pub saved: u32,
    /// Missing there and taken from the backup.
    pub from_backup: u32,
    /// Known to have been there and in neither.
    pub lost: u32,
}

/// Saves what is in the library `damaged` and its log into the new library `to`, completed from `backup`.
///
/// # Errors
/// `SchemaMismatch` where a newer Waymark wrote it, `LibraryReadOnly` where `to` cannot be written, `LibraryDamaged` where
/// nothing of a library was found and there is no backup.
pub async fn salvage(damaged: &Path, backup: Option<&Path>, to: &Path) -> Result<Salvaged> {
    let found = read(damaged)?;
    let version = match (found.version(), backup) {
        (Some(version), _) => version,
        (None, Some(backup)) => copies::look(backup).await?.version,
        (None, None) => file::known_version(),
    };
    if version > file::known_version() {
        return Err(copies::newer(version));
    }
    let partial = copies::partial(to);
    fs::remove_file(&partial).ok();
    let saved = store::save(found, version, backup, &partial).await;
    let saved = match saved {
        Ok(saved) if saved.kinds.iter().all(|kind| kind.saved + kind.from_backup == 0) && backup.is_none() => {
            Err(failure::damaged("Nothing of a library was found in it."))
        }
        saved => saved,
    };
    if saved.is_err() {
        fs::remove_file(&partial).ok();
    }
    let saved = saved?;
    copies::check(&partial).await?;
    let placed = fs::File::open(&partial).and_then(|file| file.sync_all());
    let placed = placed.and_then(|()| fs::rename(&partial, to)).and_then(|()| copies::sync_folder(to));
    placed.map_err(|error| copies::not_written(to, error))?;
    Ok(saved)
}

/// Everything that could be read.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pages: u32,
    /// Of tables and indexes, by name.
    trees: HashMap<String, Harvest>,
    /// Rows of pages that no tree reached.
    stray: Vec<Row>,
    damage: u32,
}

impl Found {
    /// The version of the tables.
    fn version(&self) -> Option<i64> {
        let versions = self.trees.get("_sqlx_migrations")?.rows.iter().filter_map(|row| match row.values.first() {
            // The version is the row's own number, and stored as nothing.
            Some(Value::Null) => Some(row.number),
            Some(Value::Integer(version)) => Some(*version),
            _ => None,
        });
        versions.max().filter(|version| *version > 0)
    }

    /// The ids that a table's own index lists, where all of it could be read.
    fn listed(&self, table: &str) -> Option<HashSet<Vec<u8>>> {
        let index = self.trees.get(&format!("sqlite_autoindex_{table}_1")).filter(|index| index.damage == 0)?;
        let id = |row: &Row| match row.values.first() {
            Some(Value::Text(text)) if row.values.len() == 2 => Some(text.clone()),
            _ => None,
        };
        index.rows.iter().map(id).collect()
    }
}

fn read(damaged: &Path) -> Result<Found> {
    let unreadable = |error: std::io::Error| {
        failure::damaged(&format!("`{}` cannot be read: {error}.", damaged.display())).with_source(error)
    };
    let bytes = fs::read(damaged).map_err(unreadable)?;
    let mut log = damaged.as_os_str().to_owned();
    log.push("-wal");
    let log = fs::read(Path::new(&log)).unwrap_or_default();
    Ok(find(&Pages::new(bytes, log)))
}

fn find(pages: &Pages) -> Found {
    let schema = tree::harvest(pages, 1);
    let mut found = Found { pages: pages.count(), damage: schema.damage, ..Found::default() };
    let mut reached = schema.pages.clone();
    for row in &schema.rows {
        let [_, Value::Text(name), _, Value::Integer(root), ..] = row.values.as_slice() else { continue };
        let Some(root) = u32::try_from(*root).ok().filter(|root| *root > 1) else { continue };
        let tree = tree::harvest(pages, root);
        reached.extend(&tree.pages);
        found.damage += tree.damage;
        found.trees.insert(String::from_utf8_lossy(name).into_owned(), tree);
    }
    if found.damage > 0 || found.trees.is_empty() {
        // What was deleted lies in free pages, and is not brought back.
        reached.extend(pages.free().unwrap_or_default());
        let stray = (1..=pages.count()).filter(|number| !reached.contains(number));
        found.stray = stray.flat_map(|number| tree::stray_rows(pages, number)).collect();
    }
    found
}
