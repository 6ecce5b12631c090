//! Taking back one change that somebody names, whatever came after it.

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::{Code, Error, Result},
    id::WalkthroughId,
};

use super::{
    Applied, Done, finish, journal, refuse_in_trash,
    several::{self, TakenBack},
};
use crate::{Library, drafts::store, history::noting, write::Write};

/// A change to take back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TakeBack {
    /// Of which draft.
    pub walkthrough: WalkthroughId,
    /// The version that it made.
    pub version: u32,
}

/// Takes back exactly one change: as an undo where nothing came after it, else by merging what takes it back into what is
/// there now. All of it or nothing.
///
/// # Errors
/// `Conflict` where the same place was changed since, or where the journal no longer reaches back to it; `Refused` where it
/// was taken back before.
pub async fn take_back(library: &Library, input: &TakeBack, origin: &str) -> Result<Applied> {
    let TakeBack { walkthrough, version } = input;
    let mut write = Write::begin(library).await?;
    let current = store::load(write.connection(), library.cache(), walkthrough).await?;
    let known = journal::known(write.connection(), walkthrough, *version).await?.ok_or_else(|| {
        Error::new(Code::Conflict, "The history no longer reaches back to this change.")
            .with_hint("Compare an earlier version in the history, and restore what you need of it.")
    })?;
    refuse_in_trash(&current, &known.inverse)?;
    let worth_keeping = noting::due(&mut write, &current.draft).await?;
    let (taken_back, next) = several::take_back_from(&mut write, &current, &known, origin).await?;
    match taken_back {
        TakenBack::Already => {
            return Err(Error::new(Code::Refused, "This change was taken back already.").with_field("version"));
        }
        TakenBack::Merged(kept) if !kept.is_empty() => {
            return Err(Error::new(Code::Conflict, "The same place was changed since. Nothing was taken back.")
                .with_hint("Undo takes back one change after the other, the last one first."));
        }
        TakenBack::Undone | TakenBack::Merged(_) => {}
    }
    if let (Some(reason), Some(_)) = (worth_keeping, &next) {
        noting::note(&mut write, &current.draft, reason, origin).await?;
    }
    finish(write, Done { current, next, edit: known.inverse, rebased: None }).await
}
