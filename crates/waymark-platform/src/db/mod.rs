//! The schema: what a database has, and creating it where there is nothing.
//!
//! **Invariant.** A database with tables in it is looked at and never altered. What is created is created whole, in one
//! transaction, and recorded in a table of our own name: `_sqlx_migrations` may be somebody else's.

mod expected;
pub mod grants;
mod store;

use serde::{Deserialize, Serialize};
use sqlx::migrate::Migrator;
use waymark_core::error::{Code, Error, Result};

use crate::connect::Platform;
use expected::{OLDER, TABLES};
use store::Catalog;

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/platform");

/// What kind of schema a database has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// No table at all: `create` can be used.
    Empty,
    /// Everything that publishing needs.
    Current,
    /// The current shape with tables or columns missing.
    Partial,
    /// The older proposal: can be migrated, cannot be published to.
    Older,
    /// Somebody else's tables and none of these.
    Foreign,
}

/// A kind of thing that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum MissingKind {
    /// Blocks publishing.
    Table,
    /// Blocks publishing.
    Column,
    /// Costs time and nothing else.
    Index,
    /// A right of the role; blocks publishing.
    Grant,
}

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Missing {
    /// What kind of thing.
    pub kind: MissingKind,
    /// `table`, `table.column`, an index's name, or `INSERT on table`.
    pub name: String,
}

/// What a database has and lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct DatabaseStatus {
    /// The kind of schema.
    pub shape: Shape,
    /// What it lacks, most important first. Nothing for an empty, older or foreign schema.
    pub missing: Vec<Missing>,
}

impl DatabaseStatus {
    /// Refuses a database that cannot be published to, and says why.
    ///
    /// # Errors
    /// `SchemaMismatch` or `PermissionDenied`.
    pub fn check_publishable(&self) -> Result<()> {
        let mismatch = |what: String, hint: &str| Err(Error::new(Code::SchemaMismatch, what).with_hint(hint));
        let names = |wanted: &[MissingKind]| {
            let found = self.missing.iter().filter(|missing| wanted.contains(&missing.kind));
            found.map(|missing| format!("`{}`", missing.name)).collect::<Vec<_>>().join(", ")
        };
        match self.shape {
            Shape::Empty => mismatch(
                "The database is empty.".into(),
                "`waymark db create` puts the tables there, or choose another database.",
            ),
            Shape::Older => mismatch(
                "The database has the older shape of the tables.".into(),
                "Pull works. Publishing needs the current shape: see `waymark db migrate`.",
            ),
            Shape::Foreign => mismatch(
                "The database has tables, and none of them is for walkthroughs.".into(),
                "Check the database's name.",
            ),
            Shape::Partial => mismatch(
                format!("The database lacks {}.", names(&[MissingKind::Table, MissingKind::Column])),
                "Ask whoever runs the platform to bring it up to date.",
            ),
            Shape::Current => {
                let grants = names(&[MissingKind::Grant]);
                if grants.is_empty() {
                    return Ok(());
                }
                Err(Error::new(Code::PermissionDenied, format!("The role lacks {grants}."))
                    .with_hint("Ask the owner of the tables to GRANT it."))
            }
        }
    }
}

/// Looks at the schema. Reads catalogs only.
///
/// # Errors
/// `Unreachable`.
pub async fn status(platform: &Platform) -> Result<DatabaseStatus> {
    let mut session = platform.read().await?;
    let catalog = store::read(&mut session).await?;
    let shape = shape(&catalog);
    let missing = match shape {
        Shape::Current | Shape::Partial => missing(&catalog),
        Shape::Empty | Shape::Older | Shape::Foreign => Vec::new(),
    };
    Ok(DatabaseStatus { shape, missing })
}

/// Creates the whole schema and the connection's organization in an empty database.
///
/// # Errors
/// `Refused` where there is any table; `PermissionDenied` for a role that may not create them.
pub async fn create(platform: &Platform) -> Result<()> {
    let mut session = platform.write().await?;
    store::lock_schema(&mut session).await?;
    let catalog = store::read(&mut session).await?;
    if shape(&catalog) != Shape::Empty {
        return Err(Error::new(Code::Refused, "The database has tables already, and nothing was changed.")
            .with_hint("`waymark db status` says what it has. Choose an empty database."));
    }
    store::create(&mut session, &MIGRATIONS).await?;
    store::create_organization(&mut session, platform.organization()).await?;
    session.commit().await
}

/// The SQL that [`create`] runs, for somebody else to run or to read.
pub fn schema_sql() -> String {
    MIGRATIONS.iter().map(|migration| migration.sql.as_str().trim()).collect::<Vec<_>>().join("\n\n")
}

/// The tables and the rights on them that publishing needs.
pub(crate) fn needed_grants() -> impl Iterator<Item = (String, String)> {
    let of = |table: &'static expected::Table| {
        table.grants.iter().map(move |grant| (table.name.to_owned(), (*grant).to_owned()))
    };
    TABLES.iter().flat_map(of)
}

fn shape(catalog: &Catalog) -> Shape {
    let is_ours = |table: &&expected::Table| catalog.has_table(table.name);
    if catalog.is_empty() {
        return Shape::Empty;
    }
    if OLDER.iter().any(|(table, column)| catalog.has_column(table, column)) {
        return Shape::Older;
    }
    if TABLES.iter().filter(is_ours).all(|table| !table.name.starts_with("walkthrough")) {
        let is_platform = catalog.has_table("mcp_servers") || catalog.has_table("organization");
        return if is_platform { Shape::Partial } else { Shape::Foreign };
    }
    let blocks = |missing: &Missing| matches!(missing.kind, MissingKind::Table | MissingKind::Column);
    if missing(catalog).iter().any(blocks) { Shape::Partial } else { Shape::Current }
}

fn missing(catalog: &Catalog) -> Vec<Missing> {
    let (mut first, mut grants, mut indexes) = (Vec::new(), Vec::new(), Vec::new());
    for table in TABLES {
        if !catalog.has_table(table.name) {
            first.push(Missing { kind: MissingKind::Table, name: table.name.to_owned() });
            continue;
        }
        let lacks = |column: &&&str| !catalog.has_column(table.name, column);
        first.extend(
            table
                .columns
                .iter()
                .filter(lacks)
                .map(|column| Missing { kind: MissingKind::Column, name: format!("{}.{column}", table.name) }),
        );
        let lacks = |grant: &&&str| !catalog.has_grant(table.name, grant);
        grants.extend(
            table
                .grants
                .iter()
                .filter(lacks)
                .map(|grant| Missing { kind: MissingKind::Grant, name: format!("{grant} on {}", table.name) }),
        );
        let lacks = |index: &&&str| !catalog.has_index(index);
        indexes.extend(
            table
                .indexes
                .iter()
                .filter(lacks)
                .map(|index| Missing { kind: MissingKind::Index, name: (*index).to_owned() }),
        );
    }
    first.into_iter().chain(grants).chain(indexes).collect()
}

#[cfg(test)]
mod grants_tests;
#[cfg(test)]
mod tests;
