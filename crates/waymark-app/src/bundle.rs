//! Writing bundles: a draft with its review, its kept conversations and the files that it links to, in one file.

use std::fs;

use waymark_core::{
    error::{Error, Result},
    format::bundle::{self, Bundle, ENDING, Enclosed},
    id::WalkthroughId,
};
use waymark_library::{attachments, conversations, drafts, review};

use crate::{
    App,
    export::{self, ExportDraft, ExportedDraft},
};

/// The bytes of a draft's bundle, and how many files are in it.
///
/// # Errors
/// `NotFound`; `InvalidInput` where it would be too large, or a file beside it cannot be read.
pub async fn bytes(app: &App, id: &WalkthroughId) -> Result<(Vec<u8>, u32)> {
    let walkthrough = drafts::open(&app.library, id).await?.draft.walkthrough;
    let review::Carried { log, places } = review::bundled(&app.library, id).await?;
    let conversations = conversations::bundled(&app.library, id).await?;
    let meant = attachments::meant(&app.library, &walkthrough).await?;
    let count = meant.len() as u32;
    let exported_at = (app.env.now)();
    let work = tokio::task::spawn_blocking(move || {
        let mut files = Vec::with_capacity(meant.len());
        for (name, path) in meant {
            let read = fs::read(&path).map_err(|error| {
                Error::invalid(format!("The file `{name}` beside the walkthrough cannot be read."))
                    .with_hint("Check the rights of the library's folder.")
                    .with_source(error)
            });
            files.push((name, read?));
        }
        let enclosed = Enclosed { review: log, places, conversations, files };
        bundle::write(&Bundle { walkthrough, enclosed, exported_at })
    });
    let bytes =
        work.await.unwrap_or_else(|panic| Err(Error::bug("Writing a bundle ended early.").with_source(panic)))?;
    Ok((bytes, count))
}

/// Writes a draft's bundle to a file, or into a folder under its title.
///
/// # Errors
/// Those of [`bytes`]; `Refused` where the file is there and may not be replaced; `InvalidInput` where it cannot be written.
pub async fn run(app: &App, export: ExportDraft) -> Result<ExportedDraft> {
    let ExportDraft { id, path, on_existing } = export;
    let title = drafts::open(&app.library, &id).await?.draft.walkthrough.title;
    let path = match path.is_dir() {
        true => path.join(export::file_name(&title)).with_extension(ENDING),
        false => path,
    };
    let (bytes, attachments) = bytes(app, &id).await?;
    let work = tokio::task::spawn_blocking(move || {
        export::write(&path, &bytes, on_existing)?;
        Ok(ExportedDraft { path, files: None, attachments })
    });
    work.await.unwrap_or_else(|panic| Err(Error::bug("Writing a bundle ended early.").with_source(panic)))
}
