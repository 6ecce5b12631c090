//! A few connections, kept open and handed out one at a time.
//!
//! sqlx's own pool asks a connection whether it lives each time it comes back, which is a round trip per transaction,
//! and opens another one meanwhile. Here a connection is back at once. One whose transaction was only dropped says so
//! (`is_open`), and whoever takes it next ends that in the same message that begins the new one; if nobody does soon,
//! it is ended in the background, so that production keeps no snapshot for us.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use sqlx::{ConnectOptions, Connection as _, PgConnection, postgres::PgConnectOptions};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore},
};

use crate::connect::{CONNECT_TIMEOUT, CONNECTIONS_MAX};

/// How long a dropped transaction may stay open in the hope that the connection is used again.
const LINGER: Duration = Duration::from_millis(200);

/// The connections of a platform.
pub struct Pool {
    options: PgConnectOptions,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    connection: PgConnection,
    is_open: bool,
}

/// A connection that is in use.
pub struct Lease {
    pool: Arc<Pool>,
    /// `None` once it is given back.
    connection: Option<PgConnection>,
    /// Whether it was used before: it may have died meanwhile.
    pub is_used: bool,
    /// Whether a transaction was dropped on it.
    pub is_open: bool,
    _permit: OwnedSemaphorePermit,
}

impl Pool {
    pub fn new(options: PgConnectOptions) -> Arc<Self> {
        let permits = Arc::new(Semaphore::new(CONNECTIONS_MAX as usize));
        Arc::new(Self { options, permits, idle: Mutex::default() })
    }

    /// An idle connection, or a new one. Waits while all are in use.
    pub async fn take(self: &Arc<Self>) -> Result<Lease, sqlx::Error> {
        let waited = tokio::time::timeout(CONNECT_TIMEOUT, Arc::clone(&self.permits).acquire_owned()).await;
        let permit = waited.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?;
        let idle = self.idle().pop();
        let (connection, is_used, is_open) = match idle {
            Some(idle) => (idle.connection, true, idle.is_open),
            None => (self.open().await?, false, false),
        };
        Ok(Lease { pool: Arc::clone(self), connection: Some(connection), is_used, is_open, _permit: permit })
    }

    async fn open(&self) -> Result<PgConnection, sqlx::Error> {
        tokio::time::timeout(CONNECT_TIMEOUT, self.options.connect()).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    /// Ends the idle connections, and lets no new one be taken.
    pub async fn close(&self) {
        self.permits.close();
        let idle = std::mem::take(&mut *self.idle());
        for Idle { connection, .. } in idle {
            // The server notices by itself where the farewell does not arrive.
            let _ = connection.close().await;
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(self: &Arc<Self>, connection: PgConnection, is_open: bool) {
        if self.permits.is_closed() {
            return;
        }
        self.idle().push(Idle { connection, is_open });
        if !is_open {
            return;
        }
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(Arc::clone(self).end_what_lingers())),
            // Nobody could end the transaction: ending the connection does.
            Err(_) => drop(self.idle().pop()),
        }
    }

    async fn end_what_lingers(self: Arc<Self>) {
        tokio::time::sleep(LINGER).await;
        let open = {
            let mut idle = self.idle();
            idle.iter().position(|idle| idle.is_open).map(|place| idle.swap_remove(place).connection)
        };
        let Some(mut connection) = open else { return };
        if sqlx::raw_sql("ROLLBACK").execute(&mut connection).await.is_ok() {
            self.put(connection, false);
        }
    }
}

impl Lease {
    pub fn connection(&mut self) -> &mut PgConnection {
        self.connection.as_mut().expect("BUG: a lease is not used after it was given back")
    }

    /// Back to the others, with no transaction on it.
    pub fn give_back(mut self) {
        if let Some(connection) = self.connection.take() {
            self.pool.put(connection, false);
        }
    }

    /// Never to be used again.
    pub fn discard(mut self) {
        drop(self.connection.take());
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.pool.put(connection, true);
        }
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("idle", &self.idle().len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease").field("is_open", &self.is_open).finish_non_exhaustive()
    }
}
