//! What a draft says itself about how lint judges it. A choice is an edit like any other.

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::Result,
    id::WalkthroughId,
    lint::own::{self, OwnChoice},
};

use crate::{
    Library, drafts,
    edits::{self, Applied, ApplyEdit},
};

/// A choice of a draft about how it is judged.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MakeOwnChoice {
    /// Of which draft.
    pub walkthrough: WalkthroughId,
    /// The choice.
    pub choice: OwnChoice,
}

/// Makes a choice.
///
/// # Errors
/// `NotFound`; those of [`own::choose`] and of [`edits::apply`].
pub async fn choose(library: &Library, input: MakeOwnChoice, origin: &str) -> Result<Applied> {
    let MakeOwnChoice { walkthrough, choice } = input;
    let opened = drafts::open(library, &walkthrough).await?;
    let edit = own::choose(&opened.draft.walkthrough, &choice)?;
    let apply = ApplyEdit { walkthrough, edit, seen_version: Some(opened.version), origin: origin.to_owned() };
    edits::apply(library, apply).await
}
