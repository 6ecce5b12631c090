//! Arguments of the commands that work on the library.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use waymark_core::{
    content::Field,
    walkthrough::{WalkthroughStatus, WalkthroughType},
};

use super::Profile;

/// A walkthrough by id or exact title.
#[derive(Debug, Args)]
pub struct Named {
    /// Id or exact title
    pub walkthrough: String,
}

#[derive(Debug, Args)]
pub struct Show {
    /// Id or exact title
    pub walkthrough: String,
    /// Say how many tokens are written in it, in each step and field, and by which tokenizer
    #[arg(long)]
    pub tokens: bool,
}

#[derive(Debug, Args)]
pub struct New {
    /// What it is for: course, installer, troubleshooting, integration or quickstart
    #[arg(long = "type", value_name = "TYPE", required_unless_present = "template")]
    pub kind: Option<WalkthroughType>,
    /// 1 to 100 characters, unique
    #[arg(long)]
    pub title: String,
    /// Begin with a template (`waymark template list`) instead of nothing
    #[arg(long, value_name = "NAME", conflicts_with = "kind")]
    pub template: Option<String>,
}

#[derive(Debug, Args)]
pub struct Edit {
    /// Id or exact title
    pub walkthrough: String,
    /// A new title: 1 to 100 characters, unique
    #[arg(long)]
    pub title: Option<String>,
    /// A new description; an empty one takes it away
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub description: Option<String>,
    /// What it is for: course, installer, troubleshooting, integration or quickstart
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<WalkthroughType>,
    /// Minutes that a learner needs
    #[arg(long, value_name = "MINUTES", allow_negative_numbers = true, conflicts_with = "no_duration")]
    pub duration: Option<i32>,
    /// Take the duration away
    #[arg(long)]
    pub no_duration: bool,
    /// draft, published or archived
    #[arg(long)]
    pub status: Option<WalkthroughStatus>,
    /// All tags, in the place of those that are there; may be repeated (`waymark tag` adds and removes single ones)
    #[arg(long = "tag", value_name = "TAG", conflicts_with = "no_tags")]
    pub tags: Vec<String>,
    /// Take all tags away
    #[arg(long)]
    pub no_tags: bool,
    /// The file with the whole metadata as JSON; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "no_metadata")]
    pub metadata: Option<PathBuf>,
    /// Take the metadata away
    #[arg(long)]
    pub no_metadata: bool,
    /// The file with the certificate's settings as JSON; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["no_certificate", "metadata", "no_metadata"])]
    pub certificate: Option<PathBuf>,
    /// Take the certificate away
    #[arg(long, conflicts_with_all = ["metadata", "no_metadata"])]
    pub no_certificate: bool,
}

#[derive(Debug, Args)]
pub struct List {
    /// Find by what is written: words, "a phrase", a OR b, -not, type: tag: server: missing: has: in:
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub search: Option<String>,
    /// Only draft, published or archived ones
    #[arg(long)]
    pub status: Option<WalkthroughStatus>,
    /// Only of this type
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<WalkthroughType>,
    /// What is in the trash
    #[arg(long)]
    pub trash: bool,
}

#[derive(Debug, Subcommand)]
pub enum Step {
    /// Add a step
    #[command(after_help = "Example:\n  waymark step add \"Install the agent\" --title \"Check the disk\" --at 2")]
    Add(StepAdd),
    /// Change a step's title, link, metadata, or one of its texts
    #[command(
        after_help = "Examples:\n  waymark step edit \"Install the agent\" 2 --field content_for_user --from text.md\n  waymark step edit \"Install the agent\" 2 --metadata metadata.json"
    )]
    Edit(StepEdit),
    /// Move steps to another place, together and in their order
    #[command(
        after_help = "Examples:\n  waymark step move \"Install the agent\" 2 --to 5\n  waymark step move \"Install the agent\" 2 3 7 --to 1"
    )]
    Move {
        /// Walkthrough: id or exact title
        walkthrough: String,
        /// Steps: numbers or ids
        #[arg(required = true, num_args = 1..)]
        steps: Vec<String>,
        /// The number that the first will have
        #[arg(long, value_name = "N")]
        to: u32,
    },
    /// Delete steps
    #[command(after_help = "Example:\n  waymark step delete \"Install the agent\" 2 4")]
    Delete {
        /// Walkthrough: id or exact title
        walkthrough: String,
        /// Steps: numbers or ids
        #[arg(required = true, num_args = 1..)]
        steps: Vec<String>,
    },
    /// Copy steps behind the last of them
    #[command(after_help = "Example:\n  waymark step duplicate \"Install the agent\" 2 3")]
    Duplicate {
        /// Walkthrough: id or exact title
        walkthrough: String,
        /// Steps: numbers or ids
        #[arg(required = true, num_args = 1..)]
        steps: Vec<String>,
    },
    /// Put steps into a section of the list, or take them out of theirs; agents never see it
    #[command(
        after_help = "Examples:\n  waymark step section \"Install the agent\" 1 2 --name Prepare\n  waymark step section \"Install the agent\" 2 --none"
    )]
    Section {
        /// Walkthrough: id or exact title
        walkthrough: String,
        /// Steps: numbers or ids
        #[arg(required = true, num_args = 1..)]
        steps: Vec<String>,
        /// The section
        #[arg(long, required_unless_present = "none")]
        name: Option<String>,
        /// In no section
        #[arg(long, conflicts_with = "name")]
        none: bool,
    },
}

#[derive(Debug, Args)]
pub struct StepAdd {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// The step's title
    #[arg(long)]
    pub title: String,
    /// Its number [default: after the last]
    #[arg(long, value_name = "N")]
    pub at: Option<u32>,
    /// A text to put in: introduction_for_agent, context_for_agent, content_for_user or operations_for_agent
    #[arg(long, requires = "from")]
    pub field: Option<Field>,
    /// The file with the text; `-` is standard input
    #[arg(long, value_name = "FILE", requires = "field")]
    pub from: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct StepEdit {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// Step: number or id
    pub step: String,
    /// A new title
    #[arg(long)]
    pub title: Option<String>,
    /// The text to replace: introduction_for_agent, context_for_agent, content_for_user or operations_for_agent
    #[arg(long, requires = "from")]
    pub field: Option<Field>,
    /// The file with the new text; `-` is standard input
    #[arg(long, value_name = "FILE", requires = "field")]
    pub from: Option<PathBuf>,
    /// The step it points to (number or id), or `none`
    #[arg(long, value_name = "STEP")]
    pub next: Option<String>,
    /// The file with the step's whole metadata as JSON; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "no_metadata")]
    pub metadata: Option<PathBuf>,
    /// Take the step's metadata away
    #[arg(long)]
    pub no_metadata: bool,
}

#[derive(Debug, Args)]
pub struct Import {
    /// The files; `-` alone is standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Show what would happen and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Where a walkthrough is already there: replace its content
    #[arg(long, conflicts_with = "as_copy")]
    pub update: bool,
    /// Where a walkthrough is already there: import under new ids and another title
    #[arg(long)]
    pub as_copy: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// JSON export 1.0
    Json,
    /// One file with the walkthrough, its review, its conversations and its files
    Bundle,
}

#[derive(Debug, Args)]
pub struct Export {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// The format
    #[arg(long, value_enum, default_value = "json")]
    pub format: ExportFormat,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "output")]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct Render {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// The step's number; the steps before it count as completed
    #[arg(long, value_name = "N")]
    pub step: u32,
    /// A template to render with, instead of the wording that is chosen for the drafts; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["wording", "connection"])]
    pub template: Option<PathBuf>,
    /// A wording to render with, by name
    #[arg(long, value_name = "NAME", conflicts_with = "connection")]
    pub wording: Option<String>,
    /// Render in the wording of this connection: name or id
    #[arg(long, value_name = "CONNECTION")]
    pub connection: Option<String>,
    /// Which tools the text speaks of
    #[arg(long, value_enum, default_value = "current")]
    pub profile: Profile,
}

#[derive(Debug, Args)]
pub struct Assign {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// The server's slug
    #[arg(long, value_name = "SLUG")]
    pub server: String,
    /// Its place among the server's walkthroughs
    #[arg(long, value_name = "N")]
    pub order: Option<i32>,
    /// Assign, but hide it from learners
    #[arg(long)]
    pub disabled: bool,
}

#[derive(Debug, Args)]
pub struct Unassign {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// The server's slug
    #[arg(long, value_name = "SLUG")]
    pub server: String,
}
