//! How a session runs a statement: unnamed where it has to be, and never waiting for longer than its patience.

use std::{
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

use super::{Session, answered, silence};
use crate::errors;

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
