//! When a moment is kept without anybody asking, and for how long.
//!
//! What a person asked for, and what went to production or came from there, stays. What was kept by itself thins out: all
//! of the last day, then one for each day of a month, one for each week of a year, one for each four weeks before that.

use serde::{Deserialize, Serialize};

use crate::walkthrough::Millis;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// Nobody has worked on a draft for this long: who goes on comes back to it.
pub const PAUSE: i64 = 30 * MINUTE;
/// While somebody works without a pause, a moment is kept this often.
pub const WORKING: i64 = 60 * MINUTE;
/// Moments of one walkthrough that are kept by themselves, at most.
pub const AUTOMATIC_MAX: usize = 100;
/// Bytes of steps in moments of one walkthrough that are kept by themselves, at most: a hundred versions of a text of a
/// megabyte are more than anybody looks through. The newest stays whatever its size.
pub const AUTOMATIC_MAX_BYTES: u64 = 32 * 1024 * 1024;
/// How long a draft stays in the trash.
pub const TRASH: i64 = 30 * DAY;
/// How long an edit can be taken back.
pub const UNDO: i64 = 30 * DAY;
/// Edits of one walkthrough that can be taken back, at most. Who types without a pause makes six thousand in an hour.
pub const UNDO_MAX: u32 = 20_000;
/// Bytes of edits, with what takes them back, that are kept of one walkthrough. The last edit can be taken back whatever
/// its size.
pub const UNDO_MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Why the state before an edit is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Occasion {
    /// It is the first edit since the walkthrough came.
    First,
    /// Nobody had worked on it for a while.
    Pause,
    /// Somebody has worked on it for a while.
    Working,
}

/// Whether the state before an edit is worth keeping: `last_change` is when the draft changed last, `last_kept` when a
/// moment of it was last kept.
pub fn is_due(last_change: Millis, last_kept: Option<Millis>, now: Millis) -> Option<Occasion> {
    let Some(last_kept) = last_kept else { return Some(Occasion::First) };
    if now.0 - last_change.0 >= PAUSE {
        return Some(Occasion::Pause);
    }
    (now.0 - last_kept.0 >= WORKING).then_some(Occasion::Working)
}

/// A moment that was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Millis,
    /// Whether nobody asked for it.
    pub is_automatic: bool,
    /// Bytes of the steps that no later moment has.
    pub bytes: u64,
}

/// For each moment, whether it stays. Moments come newest first; of each stretch of time the newest stays.
pub fn thin(moments: &[Moment], now: Millis) -> Vec<bool> {
    let (mut automatic, mut bytes) = (0, 0);
    let mut last = None;
    let stays = moments.iter().map(|moment| {
        if !moment.is_automatic {
            return true;
        }
        let stretch = stretch(moment.at, now);
        let is_newest = stretch.is_none() || stretch != last;
        last = stretch;
        automatic += usize::from(is_newest);
        bytes += if is_newest { moment.bytes } else { 0 };
        is_newest && automatic <= AUTOMATIC_MAX && (automatic == 1 || bytes <= AUTOMATIC_MAX_BYTES)
    });
    stays.collect()
}

/// The stretch of time of which one moment stays; `None` where every moment does. Stretches have fixed ends, so that a
/// moment which stays once is not pushed out by those around it as time goes on.
fn stretch(at: Millis, now: Millis) -> Option<(i64, i64)> {
    let length = match (now.0 - at.0) / DAY {
        ..1 => return None,
        1..30 => DAY,
        30..365 => 7 * DAY,
        _ => 28 * DAY,
    };
    Some((length, at.0.div_euclid(length)))
}
