//! A transaction, and the only way to run a statement.
//!
//! Behind PgBouncer in transaction mode, named statements of one client meet those of another. A session then sends
//! every statement unnamed; otherwise statements are prepared once per connection and reused.
//!
//! What is one statement needs no BEGIN and no COMMIT around it: a session that is alone ([`Platform::read_once`],
//! [`Platform::write_once`]) costs one round trip. Behind PgBouncer, where a statement is prepared and run in two
//! messages that may meet two servers, it is a transaction all the same.

mod executor;

use std::{future::Future, io, time::Duration};

use waymark_core::error::{Error, Result};

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

/// An open transaction, or a connection on which each statement is its own. Dropped without [`Session::commit`],
/// nothing of a transaction remains.
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

    /// For a statement that reads and needs no other beside it.
    ///
    /// # Errors
    /// As [`Platform::read`].
    pub(crate) async fn read_once(&self) -> Result<Session> {
        if self.connection().is_pgbouncer { self.read().await } else { self.alone().await }
    }

    /// For a statement that writes all or nothing. It is ended by [`Session::settle`].
    ///
    /// # Errors
    /// As [`Platform::write`].
    pub(crate) async fn write_once(&self) -> Result<Session> {
        if self.connection().is_pgbouncer { self.write().await } else { self.alone().await }
    }

    /// A connection without a transaction. Nothing is sent, except where one was dropped on it.
    async fn alone(&self) -> Result<Session> {
        let patience = self.patience().answer;
        loop {
            let taken = self.pool.take().await;
            let mut lease = taken.map_err(|error| errors::of_login(self.connection(), error))?;
            if lease.is_open && answered(patience, sqlx::raw_sql("ROLLBACK").execute(lease.connection())).await.is_err()
            {
                lease.discard();
                continue;
            }
            (lease.is_open, lease.is_alone) = (false, true);
            return Ok(Session { lease, is_pgbouncer: false, patience });
        }
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

    /// Whether a statement failed because its connection had died while it was idle, so that the same one is worth
    /// sending on another. Only for statements that read; the connection is not used again.
    pub(crate) fn had_died(self, error: Option<&Error>) -> bool {
        let is_broken_off = error.is_some_and(errors::is_broken_off);
        let had_died = is_broken_off && self.lease.is_used && self.lease.is_alone;
        if is_broken_off {
            self.lease.discard();
        }
        had_died
    }

    /// Ends what [`Platform::write_once`] began, with what the database said of its one statement.
    pub(crate) async fn settle<T>(
        self,
        written: std::result::Result<T, sqlx::Error>,
    ) -> std::result::Result<T, Unsettled> {
        match written {
            Ok(value) if self.lease.is_alone => {
                self.lease.give_back();
                Ok(value)
            }
            Ok(value) => self.commit().await.map(|()| value).map_err(Unsettled::Commit),
            // The statement was its own commit, so nobody knows.
            Err(error) if self.lease.is_alone && errors::is_dropped(&error) => {
                self.lease.discard();
                Err(Unsettled::Commit(errors::of_commit(error)))
            }
            Err(error) => {
                if self.lease.is_alone {
                    self.lease.give_back()
                } else {
                    self.roll_back().await
                }
                Err(Unsettled::Statement(error))
            }
        }
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

/// Why a write did not come to its end.
#[derive(Debug)]
pub(crate) enum Unsettled {
    /// The database said no: nothing is written.
    Statement(sqlx::Error),
    /// It could not be made permanent, or nobody knows whether it was.
    Commit(Error),
}

/// What the database answers, if it does so in time.
async fn answered<T>(
    patience: Duration,
    asked: impl Future<Output = std::result::Result<T, sqlx::Error>>,
) -> std::result::Result<T, sqlx::Error> {
    tokio::time::timeout(patience, asked).await.unwrap_or_else(|_| Err(silence()))
}

fn silence() -> sqlx::Error {
    sqlx::Error::Io(io::ErrorKind::TimedOut.into())
}
