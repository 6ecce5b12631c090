//! Opens the library that the window was started with.

use std::path::Path;

use waymark_app::{App, Env, backup, clock, secrets::Secrets};
use waymark_core::{
    error::{Code, Error, Result},
    id,
};

use crate::opened;

/// A name for this window's writes that no other process has.
pub fn new_origin() -> String {
    id::mint_text(clock::random, "window-", 8)
}

/// Opens the library in a folder, and the keyring beside it.
///
/// # Errors
/// `LibraryReadOnly`, `LibraryDamaged`.
pub async fn open(folder: &Path, origin: &str) -> Result<App> {
    let (now, random): (fn() -> _, id::Random) = (clock::now, clock::random);
    let library = backup::open(&opened::backups_of(folder)?, waymark_library::Env { now, random }).await?;
    let env = Env { now, random, data_dir: folder.to_owned(), origin: origin.to_owned() };
    Ok(App { library, secrets: Secrets::system(None), env })
}

/// What a command answers before the library is open.
pub fn not_open() -> Error {
    Error::new(Code::LibraryReadOnly, "The library is not open.").with_hint("Try to open it again.")
}
