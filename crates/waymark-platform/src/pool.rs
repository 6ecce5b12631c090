//! A few connections, kept open and handed out one at a time.
//!
//! sqlx's own pool asks a connection whether it lives each time it comes back, which is a round trip per transaction,
//! and opens another one meanwhile. Here a connection is back at once. One whose transaction was only dropped says so
//! (`is_open`), and whoever takes it next ends that in the same message that begins the new one; if nobody does soon,
//! it is ended in the background, so that production keeps no snapshot for us.

use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sqlx::{ConnectOptions, Connection as _, PgConnection, postgres::PgConnectOptions};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore},
};

use crate::connect::{CONNECTIONS_MAX, Patience};

/// How long a dropped transaction may stay open in the hope that the connection is used again.
const LINGER: Duration = Duration::from_millis(200);
/// How long a farewell may take. The server notices by itself where it does not arrive.
const FAREWELL: Duration = Duration::from_secs(1);

/// The connections of a platform.
pub struct Pool {
    options: PgConnectOptions,
    patience: Patience,
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
    /// Whether each statement on it is a transaction of its own: then none is open when it is dropped.
    pub is_alone: bool,
    /// Set where an answer did not come: it may still come, so nobody may use the connection any more.
    pub is_lost: Arc<AtomicBool>,
    _permit: OwnedSemaphorePermit,
}

impl Pool {
    pub fn new(options: PgConnectOptions, patience: Patience) -> Arc<Self> {
        let permits = Arc::new(Semaphore::new(CONNECTIONS_MAX as usize));
        Arc::new(Self { options, patience, permits, idle: Mutex::default() })
    }

    /// Lets so many more be in use at once.
    pub fn allow_more(&self, connections: u32) {
        self.permits.add_permits(connections as usize);
    }

    /// An idle connection, or a new one. Waits while all are in use.
    pub async fn take(self: &Arc<Self>) -> Result<Lease, sqlx::Error> {
        let waited = tokio::time::timeout(self.patience.connect, Arc::clone(&self.permits).acquire_owned()).await;
        let permit = waited.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?;
        let idle = self.idle().pop();
        let (connection, is_used, is_open) = match idle {
            Some(idle) => (idle.connection, true, idle.is_open),
            None => (self.open().await?, false, false),
        };
        Ok(Lease {
            pool: Arc::clone(self),
            connection: Some(connection),
            is_used,
            is_open,
            is_alone: false,
            is_lost: Arc::default(),
            _permit: permit,
        })
    }

    async fn open(&self) -> Result<PgConnection, sqlx::Error> {
        let opened = tokio::time::timeout(self.patience.connect, self.options.connect()).await;
        opened.unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    /// Ends the idle connections, and lets no new one be taken.
    pub async fn close(&self) {
        self.permits.close();
        let idle = std::mem::take(&mut *self.idle());
        let farewells = idle.into_iter().map(|idle| idle.connection.close());
        let _ = tokio::time::timeout(FAREWELL, futures::future::join_all(farewells)).await;
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
        let ended = tokio::time::timeout(FAREWELL, sqlx::raw_sql("ROLLBACK").execute(&mut connection)).await;
        if matches!(ended, Ok(Ok(_))) {
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
        if self.is_lost() {
            return self.discard();
        }
        if let Some(connection) = self.connection.take() {
            self.pool.put(connection, false);
        }
    }

    /// Never to be used again.
    pub fn discard(mut self) {
        drop(self.connection.take());
    }

    /// Whether an answer did not come.
    pub fn is_lost(&self) -> bool {
        self.is_lost.load(Ordering::Relaxed)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        if !self.is_lost() {
            self.pool.put(connection, !self.is_alone);
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
