//! Arguments of `waymark preview`.

use std::path::PathBuf;

use clap::Args;
use waymark_core::conversation::script::{Move, Scenario};

use super::Profile;

#[derive(Debug, Args)]
pub struct Preview {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// The situation: first-visit, resume, restart, several, step-added, step-removed, reordered, renamed or last-step
    #[arg(long, value_name = "SCENARIO", default_value = "first-visit")]
    pub scenario: Scenario,
    /// Which tools the agent has
    #[arg(long, value_enum, value_name = "PROFILE", default_value = "current")]
    pub profile: Profile,
    /// What happens then, separated by commas: next, status, reset, restart, repeat, skip, wrong-id, come-back, other-session;
    /// and by the author: add:N, add:N:TITLE, remove:N, move:N:TO, rename:N:TITLE
    #[arg(long, value_name = "MOVES", value_delimiter = ',')]
    pub moves: Vec<Move>,
    /// Go on to the end after that
    #[arg(long)]
    pub to_end: bool,
    /// Show the messages on the wire instead of the texts
    #[arg(long)]
    pub wire: bool,
    /// Keep what happens and what the agent receives in this file
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "save")]
    pub force: bool,
    /// Play what a file has kept, and show which turns are not what they were; exits with 1 when one is not
    #[arg(long, value_name = "FILE", conflicts_with_all = ["scenario", "profile", "moves", "to_end", "wire", "save", "connection"])]
    pub replay: Option<PathBuf>,
    /// Show which turns are not what production serves through this connection; exits with 1 when one is not
    #[arg(long, value_name = "CONNECTION", conflicts_with_all = ["wire", "save"])]
    pub connection: Option<String>,
}
