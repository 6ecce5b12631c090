//! The catalogs, and the statements that create.

use std::collections::{HashMap, HashSet};

use sqlx::{Executor, migrate::Migrator};
use waymark_core::{
    error::{Code, Error, Result},
    id::OrganizationId,
};

use crate::{errors, session::Session};

/// Where it is recorded which files were applied.
const HISTORY: &str = "CREATE TABLE _waymark_platform_migrations (
    version bigint PRIMARY KEY,
    description text NOT NULL,
    installed_on timestamptz NOT NULL DEFAULT now(),
    checksum bytea NOT NULL
)";

/// Tables in the search path, with columns, indexes and this role's rights.
#[derive(Debug, Default)]
pub struct Catalog {
    tables: HashMap<String, Relation>,
    indexes: HashSet<String>,
}

#[derive(Debug)]
struct Relation {
    columns: HashSet<String>,
    grants: HashSet<String>,
}

impl Catalog {
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    pub fn has_table(&self, table: &str) -> bool {
        self.tables.contains_key(table)
    }

    pub fn has_column(&self, table: &str, column: &str) -> bool {
        self.tables.get(table).is_some_and(|relation| relation.columns.contains(column))
    }

    pub fn has_grant(&self, table: &str, grant: &str) -> bool {
        self.tables.get(table).is_some_and(|relation| relation.grants.contains(grant))
    }

    pub fn has_index(&self, index: &str) -> bool {
        self.indexes.contains(index)
    }
}

pub async fn read(session: &mut Session) -> Result<Catalog> {
    let relations = sqlx::query!(
        r#"SELECT c.relname::text AS "name!",
             array(SELECT a.attname::text FROM pg_attribute a
               WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS "columns!",
             array(SELECT p FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
               WHERE has_table_privilege(c.oid, p)) AS "grants!"
           FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_table_is_visible(c.oid)
             AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%'"#
    )
    .fetch_all(&mut *session)
    .await
    .map_err(|error| errors::of_statement("read the database's catalog", error))?;
    let indexes = sqlx::query_scalar!(
        r#"SELECT c.relname::text AS "name!" FROM pg_class c WHERE c.relkind IN ('i', 'I') AND pg_table_is_visible(c.oid)"#
    )
    .fetch_all(&mut *session)
    .await
    .map_err(|error| errors::of_statement("read the database's catalog", error))?;
    let tables = relations.into_iter().map(|row| {
        let relation =
            Relation { columns: row.columns.into_iter().collect(), grants: row.grants.into_iter().collect() };
        (row.name, relation)
    });
    Ok(Catalog { tables: tables.collect(), indexes: indexes.into_iter().collect() })
}

/// Two who create at once: the second waits, and then finds tables.
pub async fn lock_schema(session: &mut Session) -> Result<()> {
    sqlx::query!(r#"SELECT pg_advisory_xact_lock(hashtext('waymark platform schema')) AS "lock: ()""#)
        .fetch_one(session)
        .await
        .map(drop)
        .map_err(|error| errors::of_statement("lock the schema", error))
}

pub async fn create(session: &mut Session, migrations: &'static Migrator) -> Result<()> {
    execute(session, HISTORY).await?;
    for migration in migrations.iter() {
        let failed = |error| denied(errors::of_statement("create the tables", error));
        session.execute(migration.sql.clone()).await.map_err(failed)?;
        // The table exists only once this has run, so the macro cannot check the statement.
        let statement = sqlx::query(
            "INSERT INTO _waymark_platform_migrations (version, description, checksum) VALUES ($1, $2, $3)",
        );
        let statement =
            statement.bind(migration.version).bind(migration.description.as_ref()).bind(migration.checksum.as_ref());
        statement.execute(&mut *session).await.map_err(failed)?;
    }
    Ok(())
}

pub async fn create_organization(session: &mut Session, organization: &OrganizationId) -> Result<()> {
    sqlx::query!(
        "INSERT INTO organization (id, name, created_at) VALUES ($1, $1, now() AT TIME ZONE 'UTC')",
        organization.as_str()
    )
    .execute(session)
    .await
    .map(drop)
    .map_err(|error| errors::of_statement("create the organization", error))
}

async fn execute(session: &mut Session, statement: &'static str) -> Result<()> {
    let done = session.execute(statement).await;
    done.map(drop).map_err(|error| denied(errors::of_statement("create the tables", error)))
}

fn denied(error: Error) -> Error {
    match error.code {
        Code::PermissionDenied => {
            error.with_hint("The role needs CREATE on the schema. Ask the owner of the database.")
        }
        _ => error,
    }
}
