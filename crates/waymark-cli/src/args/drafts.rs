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
    /// Change a step's title, link, or one of its texts
    #[command(
        after_help = "Example:\n  waymark step edit \"Install the agent\" 2 --field content_for_user --from text.md"
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
pub struct Lint {
    /// Walkthroughs: ids or exact titles [default: all]
    pub walkthroughs: Vec<String>,
    /// How to print the findings; `--json` is `--format json`
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: LintFormat,
    /// Apply all quick fixes first; each walkthrough's are one edit, which can be undone
    #[arg(long)]
    pub fix: bool,
    /// Ask every address on the web that the texts lead to first
    #[arg(long)]
    pub links: bool,
    /// Ask also addresses that were found to work within a day
    #[arg(long, requires = "links")]
    pub fresh: bool,
    /// A host in a private network whose links may be asked, as `HOST` or `HOST:PORT`; can be repeated
    #[arg(long, value_name = "HOST", requires = "links")]
    pub allow_private: Vec<String>,
    /// Silence a rule in a walkthrough, or in one step of it
    #[arg(long, value_name = "RULE", group = "silencing", requires = "reason", conflicts_with_all = ["fix", "links"])]
    pub silence: Option<String>,
    /// Why the finding does not matter
    #[arg(long, value_name = "TEXT", requires = "silence")]
    pub reason: Option<String>,
    /// Let a silenced rule speak again
    #[arg(long, value_name = "RULE", group = "silencing", conflicts_with_all = ["fix", "links", "silence"])]
    pub unsilence: Option<String>,
    /// The step that is meant: number or id
    #[arg(long, value_name = "STEP", requires = "silencing")]
    pub step: Option<String>,
    /// The content field that is meant: `content_for_user`, `introduction_for_agent`, …
    #[arg(long, value_name = "FIELD", requires = "silencing")]
    pub field: Option<Field>,
    #[command(flatten)]
    pub choices: LintChoices,
}

/// What a library chooses about lint. With one of these nothing is checked.
#[derive(Debug, Args)]
#[group(multiple = true)]
pub struct LintChoices {
    /// Add an own word: for the whole library, or for the walkthroughs that are named
    #[arg(long, value_name = "WORD")]
    pub add_word: Vec<String>,
    /// Take an own word away: the library's, or that of the walkthroughs that are named
    #[arg(long, value_name = "WORD")]
    pub remove_word: Vec<String>,
    /// List own words: the library's, and those of the walkthroughs that are named
    #[arg(long)]
    pub words: bool,
    /// Say in which language the walkthroughs are written, or those that say none: `en`, `de`, `pt-BR`; with walkthroughs
    /// also `none`, for the library's
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,
    /// Tokens that a step of the walkthroughs that are named may have, or `default` for 2,000
    #[arg(long, value_name = "N", requires = "walkthroughs")]
    pub token_budget: Option<String>,
    /// Keep a Hunspell dictionary for a language
    #[arg(long, num_args = 3, value_names = ["CODE", "AFF", "DIC"])]
    pub import_dictionary: Vec<String>,
    /// Remove the imported dictionary of a language
    #[arg(long, value_name = "CODE")]
    pub remove_dictionary: Vec<String>,
    /// Switch a group of rules off: wording, sentences, link_texts, tone, instructions or spelling
    #[arg(long, value_name = "GROUP")]
    pub off: Vec<String>,
    /// Switch a group of rules on again
    #[arg(long, value_name = "GROUP")]
    pub on: Vec<String>,
    /// Always check links to a host in a private network: `wiki.internal`, or with a port `wiki.internal:8080`
    #[arg(long, value_name = "HOST")]
    pub add_private_host: Vec<String>,
    /// Check its links no longer
    #[arg(long, value_name = "HOST")]
    pub remove_private_host: Vec<String>,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// One line for each
    Text,
    /// As with `--json`
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
}

#[derive(Debug, Args)]
pub struct Render {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// The step's number; the steps before it count as completed
    #[arg(long, value_name = "N")]
    pub step: u32,
    /// A template to render with instead of the built-in one
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
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
