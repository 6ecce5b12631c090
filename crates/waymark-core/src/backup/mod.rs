//! Backups as such: why one was made, how it is called, and which are kept. Files are somebody else's business.

use serde::{Deserialize, Serialize};

use crate::{calendar::civil, walkthrough::Millis};

#[cfg(test)]
mod tests;

const DAY: i64 = 86_400_000;
const PREFIX: &str = "library-";
const SUFFIX: &str = ".sqlite";
/// Days of which the newest automatic backup is kept.
pub const DAYS_KEPT: usize = 14;
/// Weeks of which the newest automatic backup is kept.
pub const WEEKS_KEPT: usize = 8;
/// How many are kept of those that were made before something else changed the file.
pub const BEFORE_KEPT: usize = 6;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// The first of a day on which something was written.
    Daily,
    /// Somebody asked for it. Never removed by Waymark.
    Manual,
    /// The tables were about to be brought up to date.
    BeforeMigration,
    /// Another backup was about to be restored over this.
    BeforeRestore,
}

impl Occasion {
    const ALL: [Occasion; 4] = [Occasion::Daily, Occasion::Manual, Occasion::BeforeMigration, Occasion::BeforeRestore];

    /// As it stands in the file's name.
    pub fn word(self) -> &'static str {
        match self {
            Occasion::Daily => "daily",
            Occasion::Manual => "manual",
            Occasion::BeforeMigration => "before-migration",
            Occasion::BeforeRestore => "before-restore",
        }
    }
}

/// What a backup's name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// When it was made.
    pub at: Millis,
    /// Why.
    pub reason: Occasion,
}

impl Label {
    /// `library-20261124T170433123Z-daily.sqlite`: in the order of the names is in the order of time.
    pub fn file_name(self) -> String {
        let (days, millis) = (self.at.0.div_euclid(DAY), self.at.0.rem_euclid(DAY));
        let (year, month, day) = civil(days);
        let (hour, minute, rest) = (millis / 3_600_000, millis / 60_000 % 60, millis % 60_000);
        let reason = self.reason.word();
        format!("{PREFIX}{year:04}{month:02}{day:02}T{hour:02}{minute:02}{rest:05}Z-{reason}{SUFFIX}")
    }

    /// The label of a file of this name; `None` for a file that is no backup.
    pub fn of_file_name(name: &str) -> Option<Label> {
        let (time, word) = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.split_once('-')?;
        let reason = Occasion::ALL.into_iter().find(|reason| reason.word() == word)?;
        let (date, time) = time.strip_suffix('Z')?.split_once('T')?;
        if date.len() != 8 || time.len() != 9 || !date.bytes().chain(time.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number = |text: &str| text.parse::<i64>().ok();
        let days = days_of(number(&date[..4])?, number(&date[4..6])?, number(&date[6..])?);
        let (hour, minute, rest) = (number(&time[..2])?, number(&time[2..4])?, number(&time[4..])?);
        let label = Label { at: Millis(days * DAY + hour * 3_600_000 + minute * 60_000 + rest), reason };
        // Only what this would write: `20261399` is no date.
        (label.file_name() == name).then_some(label)
    }

    fn day(self) -> i64 {
        self.at.0.div_euclid(DAY)
    }

    /// Weeks begin on Monday; 1970 began on a Thursday.
    fn week(self) -> i64 {
        (self.day() + 3).div_euclid(7)
    }
}

/// Which of these backups are not needed any more.
///
/// Of the automatic ones stays the newest of each of the [`DAYS_KEPT`] latest days, and of each of the [`WEEKS_KEPT`]
/// latest weeks, that have one: a library that nobody opened for a year keeps what it had. Those from before a migration
/// or a restore are kept by number, and what somebody asked for is kept.
pub fn superseded(backups: &[Label]) -> Vec<Label> {
    let mut newest_first = backups.to_vec();
    newest_first.sort_by_key(|label| std::cmp::Reverse(label.at));
    let daily: Vec<Label> = newest_first.iter().copied().filter(|label| label.reason == Occasion::Daily).collect();
    let mut kept = newest_of_each(&daily, DAYS_KEPT, Label::day);
    kept.extend(newest_of_each(&daily, WEEKS_KEPT, Label::week));
    for reason in [Occasion::BeforeMigration, Occasion::BeforeRestore] {
        kept.extend(newest_first.iter().filter(|label| label.reason == reason).take(BEFORE_KEPT));
    }
    newest_first.retain(|label| label.reason != Occasion::Manual && !kept.contains(label));
    newest_first
}

/// The first of each span, of the first `count` spans.
fn newest_of_each(newest_first: &[Label], count: usize, span: impl Fn(Label) -> i64) -> Vec<Label> {
    let mut kept: Vec<Label> = Vec::new();
    for label in newest_first {
        if kept.last().is_none_or(|last| span(*last) != span(*label)) {
            if kept.len() == count {
                break;
            }
            kept.push(*label);
        }
    }
    kept
}

/// Whether today still lacks a daily backup. `changed_at` is the time of the latest change to the library.
pub fn is_due(backups: &[Label], changed_at: Millis, now: Millis) -> bool {
    let Some(newest) = backups.iter().max_by_key(|label| label.at) else { return true };
    let today = now.0.div_euclid(DAY);
    // A clock that was set back must not keep backups from being made.
    (newest.day() != today || newest.reason != Occasion::Daily) && !(newest.at >= changed_at && newest.at <= now)
}

/// Days since 1970-01-01 (Howard Hinnant's `days_from_civil`).
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}
