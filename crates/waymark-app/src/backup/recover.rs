//! Recovery of a damaged library: what can be read is saved, what is missing comes from the newest backup that is good.

use serde::Serialize;
use waymark_core::error::{Code, Error, Result};
use waymark_library::{
    Library, copies,
    salvage::{self, Salvaged},
    seat::Seat,
};

use super::{Backup, Backups, list, put_files_back, set_aside};

/// A library that was recovered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Recovered {
    /// What was saved from where, and what is lost.
    pub saved: Salvaged,
    /// The backup that it was completed from, if there was a good one.
    pub backup: Option<Backup>,
    /// The folder that the damaged file is kept in.
    pub kept: String,
}

/// Recovers the library. Nobody may have it open, this process neither.
///
/// # Errors
/// `Refused` where it is sound, `Conflict` where somebody has it open, `LibraryDamaged` where nothing could be saved and
/// there is no backup, `LibraryReadOnly` where something cannot be written. Then the library is what it was.
pub async fn recover(backups: &Backups, env: waymark_library::Env) -> Result<Recovered> {
    refuse_if_sound(backups, env).await?;
    let seat = Seat::take(&backups.library)?;
    let backup = newest_good(backups).await?;
    let kept = set_aside(backups, &seat)?;
    let recovered = kept.join("recovered.sqlite");
    let file = backup.as_ref().map(|backup| backups.folder.join(&backup.name));
    let saved = salvage::salvage(seat.library(), file.as_deref(), &recovered).await?;
    if let Some(backup) = &backup
        && let Err(error) = put_files_back(backups, &backup.name).await
    {
        // The texts are worth more than the files that they link to.
        tracing::warn!(?error, "the files of the backup were not put back");
    }
    seat.replace(&recovered).await?;
    if let Err(error) = std::fs::remove_file(&recovered) {
        tracing::warn!(%error, "the recovered file stays beside the damaged one");
    }
    tracing::warn!(?saved, kept = %kept.display(), "a damaged library was recovered");
    Ok(Recovered { saved, backup, kept: kept.display().to_string() })
}

/// The newest backup that can be opened and is whole.
async fn newest_good(backups: &Backups) -> Result<Option<Backup>> {
    for backup in list(backups)? {
        match copies::check(&backups.folder.join(&backup.name)).await {
            Ok(_) => return Ok(Some(backup)),
            Err(error) => tracing::warn!(?error, name = backup.name, "a backup is not good"),
        }
    }
    Ok(None)
}

async fn refuse_if_sound(backups: &Backups, env: waymark_library::Env) -> Result<()> {
    let file = backups.library_file();
    if !file.is_file() {
        return Err(Error::not_found(format!("There is no file `{}`.", file.display()))
            .with_hint("Restore a backup: `waymark backup list` shows those that there are."));
    }
    match Library::open(&backups.library, env).await {
        Err(error) if error.code == Code::LibraryDamaged => Ok(()),
        Err(error) => Err(error),
        Ok(library) => {
            // Also what a quick check passes over: an index that does not fit its table, a row that fits no column.
            let checked = copies::check(library.path()).await;
            library.close().await;
            match checked {
                Ok(_) => Err(Error::new(Code::Refused, "The library is sound: there is nothing to recover.")
                    .with_hint("To go back to an earlier state, restore a backup.")),
                Err(error) if error.code == Code::LibraryDamaged => Ok(()),
                Err(error) => Err(error),
            }
        }
    }
}
