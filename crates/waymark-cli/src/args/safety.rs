//! Arguments of the commands that keep a library safe.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum Backup {
    /// Make a backup now; it is checked, and never removed by Waymark
    #[command(after_help = "Example:\n  waymark backup create")]
    Create,
    /// List the backups, newest first
    #[command(after_help = "Example:\n  waymark backup list --json")]
    List,
    /// Put a backup in the library's place; what is there is kept as a backup first
    #[command(
        after_help = "Examples:\n  waymark backup restore latest --dry-run\n  waymark backup restore library-20261124T170433123Z-daily"
    )]
    Restore(Restore),
    /// Open backups and check all that is in them; exits with 1 when one is not good
    #[command(after_help = "Example:\n  waymark backup verify latest")]
    Verify(Verify),
    /// Save what can be read of a damaged library, completed from the newest good backup
    #[command(after_help = "Example:\n  waymark backup recover")]
    Recover,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// The backup: `latest`, its name, or the beginning of it
    #[arg(value_name = "BACKUP")]
    pub backup: String,
    /// Say what would differ and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct Verify {
    /// The backup: `latest`, its name, or the beginning of it [default: all of them]
    #[arg(value_name = "BACKUP")]
    pub backup: Option<String>,
}

#[derive(Debug, Args)]
pub struct Doctor {
    /// Save what can be read of a damaged library, completed from the newest good backup
    #[arg(long)]
    pub recover: bool,
    /// Give back the room that the library's file no longer needs; nothing that can be taken back or was named is lost
    #[arg(long, conflicts_with = "recover")]
    pub compact: bool,
}
