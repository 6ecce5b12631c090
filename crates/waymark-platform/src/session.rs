//! A transaction, and the only way to run a statement.
//!
//! Behind PgBouncer in transaction mode, named statements of one client meet those of another. A session then sends
//! every statement unnamed; otherwise statements are prepared once per connection and reused.

use std::{
    future::Future,
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::{
    FutureExt, StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use sqlx::{
    Database, Describe, Either, Execute, Executor, Postgres, SqlStr,
    postgres::{PgQueryResult, PgRow, PgStatement, PgTypeInfo},
};
use waymark_core::error::Result;

use crate::{connect::Platform, errors, pool::Lease};

/// The slowest network that is still waited for, in bytes a second.
pub(crate) const SLOWEST: u64 = 32 * 1024;

/// One snapshot for all statements, and no writes.
const BEGIN_READ: Begin = Begin {
    fresh: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '60s'; \
         SET LOCAL idle_in_transaction_session_timeout = '60s'",
    after_another: "ROLLBACK; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '60s'; \
         SET LOCAL idle_in_transaction_session_timeout = '60s'",
};
/// Each statement sees what is committed when it starts: what a lock waited for is seen by the next statement.
const BEGIN_WRITE: Begin = Begin {
    fresh: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL statement_timeout = '60s'; \
         SET LOCAL lock_timeout = '5s'; SET LOCAL idle_in_transaction_session_timeout = '60s'",
    after_another: "ROLLBACK; BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL statement_timeout = '60s'; \
         SET LOCAL lock_timeout = '5s'; SET LOCAL idle_in_transaction_session_timeout = '60s'",
};

/// The one message that begins a transaction, by what is on the connection before.
struct Begin {
    fresh: &'static str,
    after_another: &'static str,
}

/// An open transaction. Dropped without [`Session::commit`], nothing of it remains.
///
/// `&mut session` is what the `query!` macros take as their executor.
#[derive(Debug)]
pub struct Session {
    lease: Lease,
    is_pgbouncer: bool,
    /// How long the database may be silent.
    patience: Duration,
}

impl Platform {
    /// A transaction for reading.
    ///
    /// # Errors
    /// `Unreachable` and the other codes of [`Platform::connect`].
    pub async fn read(&self) -> Result<Session> {
        self.begin(&BEGIN_READ).await
    }

    /// A transaction for writing.
    ///
    /// # Errors
    /// `Unreachable` and the other codes of [`Platform::connect`].
    pub async fn write(&self) -> Result<Session> {
        self.begin(&BEGIN_WRITE).await
    }

    /// A connection that died while it was idle fails here, before anything was sent that could matter: it is thrown
    /// away and the next one taken.
    async fn begin(&self, begin: &Begin) -> Result<Session> {
        loop {
            let taken = self.pool.take().await;
            let mut lease = taken.map_err(|error| errors::of_login(self.connection(), error))?;
            let statement = if lease.is_open { begin.after_another } else { begin.fresh };
            let patience = self.patience().answer;
            match answered(patience, sqlx::raw_sql(statement).execute(lease.connection())).await {
                Ok(_) => return Ok(Session { lease, is_pgbouncer: self.connection().is_pgbouncer, patience }),
                Err(error) if lease.is_used && errors::is_dropped(&error) && !errors::is_silence(&error) => {
                    lease.discard();
                }
                Err(error) => {
                    lease.discard();
                    return Err(errors::of_statement("open a transaction", error));
                }
            }
        }
    }
}

impl Session {
    /// Texts of this size go one way or the other: over a slow network they need their time.
    pub fn expect(&mut self, bytes: usize) {
        self.patience += Duration::from_millis(1_000 * bytes as u64 / SLOWEST);
    }

    /// Makes it all permanent.
    ///
    /// # Errors
    /// `OutcomeUnknown` when the connection breaks before the answer: it may or may not have been written. Any other
    /// code: nothing was.
    pub async fn commit(mut self) -> Result<()> {
        match answered(self.patience, sqlx::raw_sql("COMMIT").execute(self.lease.connection())).await {
            Ok(_) => {
                self.lease.give_back();
                Ok(())
            }
            Err(error) => {
                self.lease.discard();
                Err(errors::of_commit(error))
            }
        }
    }

    /// Undoes it all, and waits until that is done.
    pub async fn roll_back(mut self) {
        if self.lease.is_lost() {
            return self.lease.discard();
        }
        match answered(self.patience, sqlx::raw_sql("ROLLBACK").execute(self.lease.connection())).await {
            Ok(_) => self.lease.give_back(),
            Err(error) => {
                tracing::debug!(%error, "a transaction ended with its connection");
                self.lease.discard();
            }
        }
    }
}

/// What the database answers, if it does so in time.
async fn answered<T>(
    patience: Duration,
    asked: impl Future<Output = std::result::Result<T, sqlx::Error>>,
) -> std::result::Result<T, sqlx::Error> {
    tokio::time::timeout(patience, asked).await.unwrap_or_else(|_| Err(silence()))
}

/// The same rows, until the next one is waited for too long.
fn attentive<'e, T: Send + 'e>(
    rows: BoxStream<'e, std::result::Result<T, sqlx::Error>>,
    patience: Duration,
    is_lost: Arc<AtomicBool>,
) -> BoxStream<'e, std::result::Result<T, sqlx::Error>> {
    stream::unfold(Some((rows, is_lost)), move |left| async move {
        let (mut rows, is_lost) = left?;
        match tokio::time::timeout(patience, rows.next()).await {
            Ok(row) => row.map(|row| (row, Some((rows, is_lost)))),
            Err(_) => {
                is_lost.store(true, Ordering::Relaxed);
                Some((Err(silence()), None))
            }
        }
    })
    .boxed()
}

fn silence() -> sqlx::Error {
    sqlx::Error::Io(io::ErrorKind::TimedOut.into())
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
        let (is_lost, patience) = (Arc::clone(&self.lease.is_lost), self.patience);
        let rows = self.lease.connection().fetch_many(Statement { inner: query, is_named: !self.is_pgbouncer });
        attentive(rows, patience, is_lost)
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, std::result::Result<Option<PgRow>, sqlx::Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Postgres>,
    {
        let (is_lost, patience) = (Arc::clone(&self.lease.is_lost), self.patience);
        let row = self.lease.connection().fetch_optional(Statement { inner: query, is_named: !self.is_pgbouncer });
        async move {
            let row = answered(patience, row).await;
            if row.as_ref().is_err_and(errors::is_silence) {
                is_lost.store(true, Ordering::Relaxed);
            }
            row
        }
        .boxed()
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [PgTypeInfo],
    ) -> BoxFuture<'e, std::result::Result<PgStatement, sqlx::Error>>
    where
        'c: 'e,
    {
        self.lease.connection().prepare_with(sql, parameters)
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, std::result::Result<Describe<Postgres>, sqlx::Error>>
    where
        'c: 'e,
    {
        self.lease.connection().describe(sql)
    }
}
