//! Arguments of `waymark wording`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use waymark_core::walkthrough::WalkthroughType;

#[derive(Debug, Subcommand)]
pub enum Wording {
    /// List the wordings, and where each is used
    #[command(after_help = "Example:\n  waymark wording list --json")]
    List,
    /// Print a wording's template
    #[command(after_help = "Example:\n  waymark wording show compact > ours.jinja")]
    Show {
        /// Name of the wording
        name: String,
    },
    /// Keep a template as a wording of your organization
    #[command(
        after_help = "Examples:\n  waymark wording add ours --from ours.jinja --about 'What production uses'\n  waymark wording show compact | waymark wording add ours --from - --update"
    )]
    Add(WordingAdd),
    /// Remove a wording; where it was used, the default is used again
    #[command(after_help = "Example:\n  waymark wording remove ours")]
    Remove {
        /// Name of the wording
        name: String,
    },
    /// Say what is wrong with a wording, and what it costs in tokens
    #[command(
        after_help = "Examples:\n  waymark wording check ours\n  waymark wording check --from ours.jinja --walkthrough Tour --step 2"
    )]
    Check(WordingCheck),
    /// Choose where a wording is used
    #[command(
        after_help = "Examples:\n  waymark wording use ours --connection production\n  waymark wording use detailed --type troubleshooting\n  waymark wording use compact\n  waymark wording use --clear --connection production\n\nWithout --connection and --type it is for the drafts, and for connections that have no choice of their own.\nA choice for a type beats one for a connection; one for both beats either."
    )]
    Use(WordingUse),
}

#[derive(Debug, Args)]
pub struct WordingAdd {
    /// What it is to be called
    pub name: String,
    /// The file with the template; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// What it is for, in a line
    #[arg(long, value_name = "TEXT")]
    pub about: Option<String>,
    /// Replace the wording if it is there
    #[arg(long)]
    pub update: bool,
}

#[derive(Debug, Args)]
pub struct WordingCheck {
    /// Name of the wording
    #[arg(required_unless_present = "from", conflicts_with = "from")]
    pub name: Option<String>,
    /// A file with a template instead; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// A walkthrough to try it on, by id or exact title; otherwise a made-up one
    #[arg(long, value_name = "WALKTHROUGH")]
    pub walkthrough: Option<String>,
    /// The step to try it on; otherwise the first
    #[arg(long, value_name = "N", requires = "walkthrough")]
    pub step: Option<u32>,
}

#[derive(Debug, Args)]
pub struct WordingUse {
    /// Name of the wording
    #[arg(required_unless_present = "clear", conflicts_with = "clear")]
    pub name: Option<String>,
    /// Only for this connection: name or id
    #[arg(long, value_name = "CONNECTION")]
    pub connection: Option<String>,
    /// Only for walkthroughs of this type
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<WalkthroughType>,
    /// Take the choice back
    #[arg(long)]
    pub clear: bool,
}
