//! A write: one transaction that excludes every other, in this process and elsewhere, and tells everybody once it is on
//! the disk.

use sqlx::{Sqlite, SqliteConnection, Transaction};
use waymark_core::{error::Result, walkthrough::Millis};

use crate::{Library, changes::What, failure::Attempted};

/// An open write. Dropped without [`Write::commit`], it never happened.
pub(crate) struct Write {
    library: Library,
    transaction: Transaction<'static, Sqlite>,
    announced: i64,
}

impl Write {
    /// Waits for its turn. Refused where the library is read-only or damaged.
    pub(crate) async fn begin(library: &Library) -> Result<Write> {
        let writer = library.writer().await?;
        let transaction = match writer.begin_with("BEGIN IMMEDIATE").await {
            Err(sqlx::Error::InvalidSavePointStatement) => {
                // SQLite took a transaction back by itself (a full disk does that), and the connection still counts it.
                let spoiled = writer.acquire().await.attempted("Starting to write")?;
                spoiled.close().await.attempted("Starting to write")?;
                writer.begin_with("BEGIN IMMEDIATE").await
            }
            begun => begun,
        };
        Ok(Write { library: library.clone(), transaction: transaction.attempted("Starting to write")?, announced: 0 })
    }

    /// Where this writes.
    pub(crate) fn library(&self) -> Library {
        self.library.clone()
    }

    /// The time of this write.
    pub(crate) fn now(&self) -> Millis {
        self.library.now()
    }

    /// The connection to write through.
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }

    /// Notes what is written, to be told to everybody after the commit.
    pub(crate) async fn announce(&mut self, what: What, id: &str, origin: &str) -> Result<()> {
        let (what, at) = (what.name(), self.library.now().0);
        let noted =
            sqlx::query!("INSERT INTO changes (what, id, origin, at) VALUES (?, ?, ?, ?)", what, id, origin, at)
                .execute(&mut *self.transaction)
                .await
                .attempted("Noting the change")?;
        self.announced = noted.last_insert_rowid();
        Ok(())
    }

    /// Returns once it is on the disk.
    pub(crate) async fn commit(self) -> Result<()> {
        // Whoever stops waiting from here on cannot know whether it was written.
        if self.announced > 0 {
            self.library.note_writing();
        }
        self.transaction.commit().await.attempted("Saving")?;
        self.library.committed(self.announced);
        Ok(())
    }
}
