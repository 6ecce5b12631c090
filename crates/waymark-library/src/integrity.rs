//! Whether the file is sound: checked once per process, in the background, or before the first write after a process
//! was killed.

use sqlx::SqlitePool;
use tokio::sync::OnceCell;
use waymark_core::error::{Error, Result};

use crate::failure::{self, Attempted};

/// The one check of this process, and what it found.
pub(crate) struct Integrity {
    /// Whether a write has to wait for the check.
    precedes_writes: bool,
    /// `None`: sound. `Some`: the first thing that is wrong.
    found: OnceCell<Option<String>>,
}

impl Integrity {
    pub(crate) fn new(precedes_writes: bool) -> Self {
        Self { precedes_writes, found: OnceCell::new() }
    }

    /// Refuses a write to a damaged file. After an unclean end it waits for the check.
    pub(crate) async fn before_write(&self, readers: &SqlitePool) -> Result<()> {
        if self.precedes_writes {
            return self.check(readers).await;
        }
        match self.found.get() {
            Some(Some(problem)) => Err(failure::damaged(problem)),
            _ => Ok(()),
        }
    }

    /// What a check has found already.
    pub(crate) fn known_damage(&self) -> Option<Error> {
        self.found.get()?.as_deref().map(failure::damaged)
    }

    /// The result of the check, made now if it was not made before.
    pub(crate) async fn check(&self, readers: &SqlitePool) -> Result<()> {
        let found = self.found.get_or_try_init(|| quick_check(readers)).await?;
        found.as_deref().map_or(Ok(()), |problem| Err(failure::damaged(problem)))
    }
}

async fn quick_check(readers: &SqlitePool) -> Result<Option<String>> {
    let line: String =
        sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(readers).await.attempted("Checking the library")?;
    if line == "ok" {
        return Ok(None);
    }
    tracing::error!(problem = %line, "the library's file is damaged");
    Ok(Some(line))
}
