//! Arguments of `waymark snippet`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum Snippet {
    /// List the snippets
    #[command(after_help = "Example:\n  waymark snippet list --json")]
    List,
    /// Keep a block of text under a name
    #[command(
        after_help = "Examples:\n  waymark snippet add ask-first --from ask.md\n  echo 'Ask first.' | waymark snippet add ask-first --from - --update"
    )]
    Add(SnippetAdd),
    /// Remove a snippet; texts that it was put into stay as they are
    #[command(after_help = "Example:\n  waymark snippet remove ask-first")]
    Remove {
        /// Name of the snippet
        name: String,
    },
}

#[derive(Debug, Args)]
pub struct SnippetAdd {
    /// Letters, digits, `-` and `_`: what is typed after a slash in the editor
    pub name: String,
    /// The file with the text; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// Replace the snippet if it is there
    #[arg(long)]
    pub update: bool,
}
