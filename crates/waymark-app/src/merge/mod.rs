//! Joining a draft with what production has: looked at first, every conflict answered, then written at once.
//!
//! **Invariant.** Nothing is written until every conflict has an answer, and nothing if the draft or production is
//! another than the one that was looked at. Production's version is a revision before anything is made of it, and the
//! draft that comes of it is one edit, which undo takes back. After it, production is what the draft was last in sync
//! with: the next publish is an update like any other.

use serde::{Deserialize, Serialize};
use waymark_core::{
    edit::Edit,
    error::{Code, Error, Result},
    history::{self, Comparison},
    id::{ConnectionId, WalkthroughId},
    merge::{self as rules, Answer, Conflict, Merge},
    publish::{
        LastSync,
        plan::{self, Intent, Version, Versions},
    },
    walkthrough::Walkthrough,
};
use waymark_library::{
    connections, drafts,
    edits::{Applied, ApplyEdit},
    merge::{self as kept, KeepMerge},
    sync::SyncBase,
    wordings,
};
use waymark_platform::{connect::Platform, content};

use crate::{App, drift, publish::gather};

/// Which draft to join with what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LookMerge {
    /// The draft.
    pub walkthrough: WalkthroughId,
    /// Where the other version is.
    pub connection: ConnectionId,
}

/// A merge to look at. `digest` names exactly these versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MergeView {
    /// The draft.
    pub walkthrough: WalkthroughId,
    /// Its title.
    pub title: String,
    /// Where the other version is.
    pub connection: ConnectionId,
    /// SHA-256 (hex) over the draft, production and what both last were.
    pub digest: String,
    /// Whether production has anything that the draft was not in sync with.
    pub has_news: bool,
    /// When both were last in sync, if ever.
    pub last_sync: Option<LastSync>,
    /// What has to be answered.
    pub conflicts: Vec<Conflict>,
    /// What comes into the draft from production without a question.
    pub incoming: Comparison,
}

/// A merge to carry out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TakeMerge {
    /// What was looked at.
    pub merge: LookMerge,
    /// The digest of the merge that the person saw.
    pub digest: String,
    /// An answer to each conflict.
    pub answers: Vec<Answer>,
}

/// Joins the draft with what production has, as far as that goes, and says what is in conflict. Writes no draft.
///
/// # Errors
/// `NotFound` where either is not there, and what [`crate::connections::open`] gives.
pub async fn look(app: &App, input: &LookMerge) -> Result<MergeView> {
    let (platform, joined) = read(app, input).await?;
    platform.close().await;
    let LookMerge { walkthrough, connection } = input.clone();
    let Joined { merge, base, digest, .. } = joined;
    let last_sync = base.as_ref().map(|base| LastSync { revision: base.revision, at: base.synced_at });
    let has_news = merge.base.as_ref().is_none_or(|base| plan::is_changed_there(base, Some(&merge.theirs)));
    let title = merge.mine.title.clone();
    let wordings = wordings::at(&app.library, Some(&connection)).await?;
    let work = tokio::task::spawn_blocking(move || {
        history::compare(&merge.mine, &merge.merged, None, &wordings).map(|incoming| (incoming, merge.conflicts))
    });
    let (incoming, conflicts) =
        work.await.map_err(|panic| Error::bug("Comparing two versions ended early.").with_source(panic))??;
    Ok(MergeView { walkthrough, title, connection, digest, has_news, last_sync, conflicts, incoming })
}

/// Carries a merge out.
///
/// # Errors
/// Those of [`look`]; `Conflict` where the draft or production changed since, `Refused` while a conflict is open, and
/// `InvalidInput` for answers that do not fit. Then nothing was written.
pub async fn take(app: &App, input: &TakeMerge) -> Result<Applied> {
    let (platform, joined) = read(app, &input.merge).await?;
    platform.close().await;
    if joined.digest != input.digest {
        return Err(Error::new(
            Code::Conflict,
            "The draft or production changed since you looked at the merge. Nothing was written.",
        )
        .with_hint("Look at it again: what you have answered stays, where it is still the same."));
    }
    let resolved = rules::resolve(&joined.merge, &input.answers)?;
    keep(app, &input.merge.connection, &joined, resolved).await
}

/// A draft and production, joined as far as they can be.
pub(crate) struct Joined {
    /// What came of it.
    pub(crate) merge: Merge,
    base: Option<SyncBase>,
    digest: String,
    version: u32,
    is_trashed: bool,
}

/// Both versions, joined. The connection is handed back open.
async fn read(app: &App, input: &LookMerge) -> Result<(Platform, Joined)> {
    let connection = connections::find(&app.library, input.connection.as_str()).await?;
    drafts::open(&app.library, &input.walkthrough).await?;
    let platform = crate::connections::open(app, &connection).await?;
    match join_with_production(app, &platform, &input.walkthrough).await {
        Ok(joined) => Ok((platform, joined)),
        Err(error) => {
            platform.close().await;
            Err(error)
        }
    }
}

async fn join_with_production(app: &App, platform: &Platform, id: &WalkthroughId) -> Result<Joined> {
    let theirs = content::read_known(platform, std::slice::from_ref(id)).await?.into_iter().next();
    let Some(theirs) = theirs else {
        let title = drafts::open(&app.library, id).await?.draft.walkthrough.title;
        return Err(Error::not_found(format!("`{title}` is not in `{}`.", platform.connection().name))
            .with_hint("There is nothing to merge with. Publish it there, with `overwrite` if it was there before."));
    };
    join(app, platform, theirs).await
}

/// The draft joined with this version of it.
pub(crate) async fn join(app: &App, platform: &Platform, theirs: Walkthrough) -> Result<Joined> {
    let open = drafts::open(&app.library, &theirs.id).await?;
    let mine = &open.draft.walkthrough;
    let base = gather::settled_base(app, platform, mine, Some(&theirs)).await?;
    if let Some(base) = &base {
        drift::note(app, platform, &[drift::seen(base, Some(&theirs))]).await;
    }
    let last = base.as_ref().map(|base| &base.walkthrough);
    let digest = plan::digest(
        &platform.connection().id,
        (&Version::Draft, Intent::default()),
        &[&Versions::of(mine, last, Some(&theirs))],
    );
    let merge = rules::walkthroughs(last, mine, &theirs);
    Ok(Joined { merge, base, digest, version: open.version, is_trashed: open.draft.trashed_at.is_some() })
}

/// Makes the draft `resolved`, with production's version as its new base.
pub(crate) async fn keep(
    app: &App,
    connection: &ConnectionId,
    joined: &Joined,
    resolved: Walkthrough,
) -> Result<Applied> {
    let replace = Edit::Replace { walkthrough: Box::new(resolved) };
    let edit = match joined.is_trashed {
        true => Edit::Batch { edits: vec![Edit::SetTrashed { at: None }, replace] },
        false => replace,
    };
    let theirs = &joined.merge.theirs;
    let apply = ApplyEdit {
        walkthrough: theirs.id.clone(),
        edit,
        seen_version: Some(joined.version),
        origin: app.env.origin.clone(),
    };
    let remote_revision = plan::revision(theirs);
    let merge = KeepMerge { apply, theirs: theirs.clone(), connection: connection.clone(), remote_revision };
    kept::keep(&app.library, merge).await
}

#[cfg(test)]
mod tests;
