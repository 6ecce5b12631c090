//! Deleting a walkthrough in production: one transaction, and only what the plan saw.

use waymark_core::{
    error::{Code, Error, Result},
    hash,
    walkthrough::Walkthrough,
};

use super::{changed_meanwhile, read_now, write};
use crate::{connect::Platform, errors, session::Session};

/// Attempts before giving up on serialization failures and dropped connections.
const ATTEMPTS: u32 = 3;

/// Deletes a walkthrough with its steps, assignments, and all that learners have done in it. One that is gone already is
/// deleted.
///
/// # Errors
/// `Conflict` where production is no longer what the plan saw, `PermissionDenied` for a role without DELETE,
/// `OutcomeUnknown` where the connection broke and production does not answer.
pub async fn delete(platform: &Platform, seen: &Walkthrough) -> Result<()> {
    for attempt in 1..=ATTEMPTS {
        let error = match delete_once(platform, seen).await {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        let may_have_gone = error.code == Code::OutcomeUnknown;
        if may_have_gone && read_now(platform, seen).await?.is_none() {
            return Ok(());
        }
        if attempt == ATTEMPTS || !(may_have_gone || errors::is_worth_retrying(&error)) {
            return Err(error);
        }
    }
    Err(Error::bug("The attempts at deleting ran out without an answer."))
}

async fn delete_once(platform: &Platform, seen: &Walkthrough) -> Result<()> {
    let mut session = platform.write().await?;
    match delete_in(&mut session, platform, seen).await {
        Ok(()) => session.commit().await,
        Err(error) => {
            session.roll_back().await;
            Err(error)
        }
    }
}

async fn delete_in(session: &mut Session, platform: &Platform, seen: &Walkthrough) -> Result<()> {
    let organization = platform.organization();
    let Some(row) = write::lock(session, organization, seen, &[]).await? else { return Ok(()) };
    if !hash::is_same_state(&row.into_walkthrough()?, seen) {
        return Err(changed_meanwhile(seen));
    }
    // What hangs on it goes by the foreign keys; links between its steps and where learners stand go with them.
    sqlx::query!(
        "DELETE FROM walkthroughs WHERE organization_id = $1 AND id = $2",
        organization.as_str(),
        seen.id.as_str()
    )
    .execute(session)
    .await
    .map(drop)
    .map_err(|error| errors::of_statement("delete the walkthrough", error))
}
