//! A transaction, and the only way to run a statement.
//!
//! Behind PgBouncer in transaction mode, named statements of one client meet those of another. A session then sends
//! every statement unnamed; otherwise statements are prepared once per connection and reused.

use futures::{future::BoxFuture, stream::BoxStream};
use sqlx::{
    Database, Describe, Either, Execute, Executor, Postgres, SqlStr, Transaction,
    postgres::{PgQueryResult, PgRow, PgStatement, PgTypeInfo},
};
use waymark_core::error::Result;

use crate::{connect::Platform, errors};

/// One snapshot for all statements, and no writes.
const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '60s'; \
     SET LOCAL idle_in_transaction_session_timeout = '60s'";
/// Each statement sees what is committed when it starts: what a lock waited for is seen by the next statement.
const BEGIN_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL statement_timeout = '60s'; \
     SET LOCAL lock_timeout = '10s'; SET LOCAL idle_in_transaction_session_timeout = '60s'";

/// An open transaction. Dropped without [`Session::commit`], nothing of it remains.
///
/// `&mut session` is what the `query!` macros take as their executor.
#[derive(Debug)]
pub struct Session {
    transaction: Transaction<'static, Postgres>,
    is_pgbouncer: bool,
}

impl Platform {
    /// A transaction for reading.
    ///
    /// # Errors
    /// `Unreachable` and the other codes of [`Platform::connect`].
    pub async fn read(&self) -> Result<Session> {
        self.begin(BEGIN_READ).await
    }

    /// A transaction for writing.
    ///
    /// # Errors
    /// `Unreachable` and the other codes of [`Platform::connect`].
    pub async fn write(&self) -> Result<Session> {
        self.begin(BEGIN_WRITE).await
    }

    async fn begin(&self, statement: &'static str) -> Result<Session> {
        let begun = match self.pool.begin_with(statement).await {
            // Pooled connections are not pinged before use. One that died meanwhile fails here, before anything was
            // sent that could matter, and the pool opens another.
            Err(error) if errors::is_dropped(&error) => self.pool.begin_with(statement).await,
            begun => begun,
        };
        let transaction = begun.map_err(|error| errors::of_statement("open a transaction", error))?;
        Ok(Session { transaction, is_pgbouncer: self.connection().is_pgbouncer })
    }
}

impl Session {
    /// Makes it all permanent.
    ///
    /// # Errors
    /// `OutcomeUnknown` when the connection breaks before the answer: it may or may not have been written. Any other
    /// code: nothing was.
    pub async fn commit(self) -> Result<()> {
        self.transaction.commit().await.map_err(errors::of_commit)
    }

    /// Undoes it all, and waits until that is done.
    pub async fn roll_back(self) {
        if let Err(error) = self.transaction.rollback().await {
            tracing::debug!(%error, "a transaction ended with its connection");
        }
    }
}

/// A statement that is sent unnamed where `is_named` is off, whatever the macro wanted.
struct Statement<E> {
    inner: E,
    is_named: bool,
}

impl<'q, E: Execute<'q, Postgres>> Execute<'q, Postgres> for Statement<E> {
    fn sql(self) -> SqlStr {
        self.inner.sql()
    }

    fn statement(&self) -> Option<&PgStatement> {
        self.inner.statement()
    }

    fn take_arguments(
        &mut self,
    ) -> std::result::Result<Option<<Postgres as Database>::Arguments>, sqlx::error::BoxDynError> {
        self.inner.take_arguments()
    }

    fn persistent(&self) -> bool {
        self.is_named && self.inner.persistent()
    }
}

impl<'c> Executor<'c> for &'c mut Session {
    type Database = Postgres;

    fn fetch_many<'e, 'q: 'e, E>(
        self,
        query: E,
    ) -> BoxStream<'e, std::result::Result<Either<PgQueryResult, PgRow>, sqlx::Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Postgres>,
    {
        self.transaction.fetch_many(Statement { inner: query, is_named: !self.is_pgbouncer })
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, std::result::Result<Option<PgRow>, sqlx::Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Postgres>,
    {
        self.transaction.fetch_optional(Statement { inner: query, is_named: !self.is_pgbouncer })
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [PgTypeInfo],
    ) -> BoxFuture<'e, std::result::Result<PgStatement, sqlx::Error>>
    where
        'c: 'e,
    {
        self.transaction.prepare_with(sql, parameters)
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, std::result::Result<Describe<Postgres>, sqlx::Error>>
    where
        'c: 'e,
    {
        self.transaction.describe(sql)
    }
}
