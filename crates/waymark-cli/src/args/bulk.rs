//! Arguments of the commands that change several walkthroughs at once.

use clap::{Args, Subcommand};
use waymark_core::{
    error::{Error, Result},
    replace::PARTS,
    search::Part,
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
    /// Only in this text: title, description, introduction, context, user or operations; may be repeated
    #[arg(long = "in", value_name = "PART", value_parser = part)]
    pub parts: Vec<Part>,
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

fn part(text: &str) -> Result<Part> {
    let names: Vec<&str> = PARTS.iter().map(|part| part.word()).collect();
    let found = PARTS.into_iter().find(|part| part.word() == text || part.name() == text);
    found.ok_or_else(|| {
        Error::invalid(format!("There is no text `{text}` to replace in. Use one of: {}.", names.join(", ")))
    })
}

#[derive(Debug, Subcommand)]
pub enum Bulk {
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
