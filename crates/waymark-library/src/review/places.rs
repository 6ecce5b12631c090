//! Comments on a selection follow the text: part of every edit that changes a field.

use waymark_core::{error::Result, walkthrough::Walkthrough};

use super::{store, text_of};
use crate::write::Write;

/// Carries the places of all comments on the draft over to its next version.
pub(crate) async fn carry(write: &mut Write, before: &Walkthrough, after: &Walkthrough) -> Result<()> {
    for mut row in store::places(write.connection(), &before.id).await? {
        let (old, new) = (text_of(before, &row.step, row.field), text_of(after, &row.step, row.field));
        if old == new {
            continue;
        }
        let place = row.place.carry(old, new);
        if place != row.place {
            row.place = place;
            store::put_place(write.connection(), &before.id, &row).await?;
        }
    }
    Ok(())
}
