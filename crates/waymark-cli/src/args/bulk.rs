//! Arguments of the commands that change several walkthroughs at once.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use waymark_core::{
    error::{Error, Result},
    replace::PARTS,
    search::Part,
    walkthrough::WalkthroughStatus,
};

#[derive(Debug, Args)]
pub struct Replace {
    /// The text to look for
    #[arg(required_unless_present_any = ["undo", "list"], allow_hyphen_values = true)]
    pub old: Option<String>,
    /// What stands there afterwards; with --regex `$1` and `${name}` are groups, `$$` a dollar sign, `\n` a line break
    #[arg(required_unless_present_any = ["undo", "list"], allow_hyphen_values = true)]
    pub new: Option<String>,
    /// Walkthroughs: ids or exact titles [default: all]
    pub walkthroughs: Vec<String>,
    /// Show what would be replaced and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// OLD is a regular expression
    #[arg(long)]
    pub regex: bool,
    /// Tell `A` and `a` apart
    #[arg(long)]
    pub case: bool,
    /// Find whole words only
    #[arg(long)]
    pub word: bool,
    /// Only there: title, description, introduction, context, user, operations, section, quiz, certificate or snippets; may
    /// be repeated
    #[arg(long = "in", value_name = "PART", value_parser = place)]
    pub places: Vec<ReplaceIn>,
    /// Only in walkthroughs that this search finds
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub filter: Option<String>,
    /// Take a replacement back: the last one, or the one with this id
    #[arg(long, value_name = "CHANGE", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["old", "dry_run"])]
    pub undo: Option<String>,
    /// List the last replacements
    #[arg(long, conflicts_with_all = ["old", "undo"])]
    pub list: bool,
}

/// Where to replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplaceIn {
    Part(Part),
    Snippets,
}

fn place(text: &str) -> Result<ReplaceIn> {
    if text == "snippets" {
        return Ok(ReplaceIn::Snippets);
    }
    let names: Vec<&str> = PARTS.iter().map(|part| part.word()).collect();
    let found = PARTS.into_iter().find(|part| part.word() == text || part.name() == text);
    found.map(ReplaceIn::Part).ok_or_else(|| {
        let names = names.join(", ");
        Error::invalid(format!("There is no text `{text}` to replace in. Use one of: {names}, snippets."))
    })
}

/// Several walkthroughs.
#[derive(Debug, Args)]
pub struct Many {
    /// Walkthroughs: ids or exact titles
    #[arg(required_unless_present = "filter")]
    pub walkthroughs: Vec<String>,
    /// All walkthroughs that this search finds (docs/search.md)
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true, conflicts_with = "walkthroughs")]
    pub filter: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Bulk {
    /// Give walkthroughs a status: draft, published or archived. It is part of the draft
    #[command(
        after_help = "Examples:\n  waymark bulk status published \"Install the agent\" \"Roll back\"\n  waymark bulk status draft --filter tag:helm"
    )]
    Status {
        /// draft, published or archived
        status: WalkthroughStatus,
        #[command(flatten)]
        many: Many,
    },
    /// Add tags to walkthroughs, or take them off
    #[command(after_help = "Example:\n  waymark bulk tag --filter \"in:title helm\" --add helm --remove draft")]
    Tag {
        /// A tag to add; may be repeated
        #[arg(long, value_name = "TAG", required_unless_present = "remove")]
        add: Vec<String>,
        /// A tag to take off; may be repeated
        #[arg(long, value_name = "TAG")]
        remove: Vec<String>,
        #[command(flatten)]
        many: Many,
    },
    /// Put walkthroughs away: the status `archived`
    #[command(after_help = "Example:\n  waymark bulk archive --filter \"tag:old -status:archived\"")]
    Archive(Many),
    /// Move walkthroughs to the trash
    #[command(after_help = "Example:\n  waymark bulk delete \"Install the agent\" \"Roll back\"")]
    Delete(Many),
    /// Write walkthroughs into a folder, a JSON file for each; what is there stays
    #[command(after_help = "Example:\n  waymark bulk export --filter status:published --into exports")]
    Export {
        /// The folder
        #[arg(long, value_name = "DIR")]
        into: PathBuf,
        #[command(flatten)]
        many: Many,
    },
    /// List the last changes, newest first: replacements, tags, status, servers, trash
    #[command(after_help = "Example:\n  waymark bulk list --json")]
    List,
    /// Take a change back in every walkthrough; what was written since is kept
    #[command(after_help = "Examples:\n  waymark bulk undo\n  waymark bulk undo bulk_4hT9xQaB")]
    Undo {
        /// Id of the change [default: the last that is in force]
        #[arg(value_name = "CHANGE")]
        change: Option<String>,
    },
}

#[derive(Debug, Args)]
pub struct Tag {
    /// Walkthroughs: ids or exact titles
    #[arg(required = true)]
    pub walkthroughs: Vec<String>,
    /// A tag to add; may be repeated
    #[arg(long, value_name = "TAG", required_unless_present = "remove")]
    pub add: Vec<String>,
    /// A tag to take off; may be repeated
    #[arg(long, value_name = "TAG")]
    pub remove: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub enum Trash {
    /// List what is in the trash, what went there last first
    #[command(after_help = "Example:\n  waymark trash list --json")]
    List,
    /// Take walkthroughs out of the trash: all or none
    #[command(after_help = "Example:\n  waymark trash restore \"Install the agent\" \"Roll back\"")]
    Restore {
        /// Walkthroughs: ids or exact titles
        #[arg(required = true)]
        walkthroughs: Vec<String>,
    },
    /// Delete for good what is in the trash, or some of it, with its history
    #[command(after_help = "Examples:\n  waymark trash empty --yes\n  waymark trash empty wt_4hT9xQaB --yes")]
    Empty {
        /// Walkthroughs: ids or exact titles [default: all that are there]
        walkthroughs: Vec<String>,
        /// Do it: nothing brings them back
        #[arg(long)]
        yes: bool,
    },
}
