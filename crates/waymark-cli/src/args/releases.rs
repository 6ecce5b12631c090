//! Arguments of the commands around releases, promotion, the matrix of assignments, and learners' data.

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub struct Assignments {
    /// Beside what this connection has: name or id
    #[arg(long, value_name = "C")]
    pub connection: Option<String>,
    /// Only this server, in the order in which learners see its walkthroughs
    #[arg(long, value_name = "SLUG")]
    pub server: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Release {
    /// Make a release of the drafts as they are now; nothing is published yet
    #[command(
        after_help = "Example:\n  waymark release create \"Autumn\" \"Install the agent\" \"Roll back\" --connection production"
    )]
    Create(ReleaseCreate),
    /// List the releases and how far they are
    #[command(after_help = "Example:\n  waymark release list")]
    List,
    /// Show a release and what became of each walkthrough in it
    #[command(after_help = "Example:\n  waymark release show \"Autumn\" --json")]
    Show {
        /// Name or id
        release: String,
    },
    /// Publish everything in a release; exits with 1 when something is left
    #[command(
        after_help = "Examples:\n  waymark release run \"Autumn\" --dry-run\n  waymark release run \"Autumn\" --yes"
    )]
    Run(ReleaseRun),
    /// Go on with a release that was stopped, cut off or killed
    #[command(after_help = "Example:\n  waymark release resume \"Autumn\" --yes")]
    Resume(ReleaseRun),
    /// Forget a release; what it published stays
    #[command(after_help = "Example:\n  waymark release remove \"Autumn\"")]
    Remove {
        /// Name or id
        release: String,
    },
}

#[derive(Debug, Args)]
pub struct ReleaseCreate {
    /// What to call it
    pub name: String,
    /// Walkthroughs: ids or exact titles
    #[arg(required = true)]
    pub walkthroughs: Vec<String>,
    /// Name or id of the connection
    #[arg(long, value_name = "C")]
    pub connection: String,
    /// Upload without showing it to learners
    #[arg(long)]
    pub as_draft: bool,
    /// Replace what changed in production since the last sync (it is saved as a revision first)
    #[arg(long)]
    pub overwrite: bool,
}

#[derive(Debug, Args)]
pub struct ReleaseRun {
    /// Name or id
    pub release: String,
    /// Take drafts as they are now where they changed since the release was made
    #[arg(long)]
    pub current: bool,
    /// Show what is left to do, and publish nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Answer every question of the plan with yes
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Promote {
    /// Walkthroughs: ids or exact titles
    #[arg(required = true)]
    pub walkthroughs: Vec<String>,
    /// The connection whose version goes: name or id
    #[arg(long, value_name = "A")]
    pub from: String,
    /// The connection that it goes to: name or id
    #[arg(long, value_name = "B")]
    pub to: String,
    /// Upload without showing it to learners
    #[arg(long)]
    pub as_draft: bool,
    /// Replace what changed there since the last sync (it is saved as a revision first)
    #[arg(long)]
    pub overwrite: bool,
    /// Show what it would do, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Answer every question of the plan with yes
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Subcommand)]
pub enum Learners {
    /// Take removed steps out of what learners have completed
    #[command(
        after_help = "Examples:\n  waymark learners clean-ghosts \"Install the agent\" --connection production --dry-run\n  waymark learners clean-ghosts \"Install the agent\" --connection production --yes"
    )]
    CleanGhosts(CleanGhosts),
}

#[derive(Debug, Args)]
pub struct CleanGhosts {
    /// The walkthrough: id or exact title
    pub walkthrough: String,
    /// Name or id of the connection
    #[arg(long, value_name = "C")]
    pub connection: String,
    /// Show what would be taken out, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Do it
    #[arg(long)]
    pub yes: bool,
}
