//! Arguments of `waymark review`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use waymark_core::{
    content::Field,
    conversation::script::{Move, Scenario},
    review::State,
};

#[derive(Debug, Subcommand)]
pub enum Review {
    /// List the comments on a walkthrough, thread by thread
    #[command(after_help = "Example:\n  waymark review comments \"Install the agent\" --open")]
    Comments(Comments),
    /// Comment on a walkthrough, a step, a field, or a passage in it
    #[command(
        after_help = "Examples:\n  waymark review comment \"Install the agent\" \"Reads well.\"\n  waymark review comment \"Install the agent\" --step 2 --field content_for_user --quote \"the blue button\" \"Which one?\"\n  waymark review comment \"Install the agent\" --turn 4 --from comment.md"
    )]
    Comment(Box<Comment>),
    /// Answer in a thread
    #[command(after_help = "Example:\n  waymark review reply \"Install the agent\" cmt_4hT9xQaB \"The left one.\"")]
    Reply(Reply),
    /// Change an own comment, or take it back
    #[command(
        after_help = "Examples:\n  waymark review change \"Install the agent\" cmt_4hT9xQaB \"The right one.\"\n  waymark review change \"Install the agent\" cmt_4hT9xQaB --delete"
    )]
    Change(Change),
    /// Resolve a thread, or open it again
    #[command(after_help = "Example:\n  waymark review resolve \"Install the agent\" cmt_4hT9xQaB")]
    Resolve(Resolve),
    /// Show where the review stands, or put the walkthrough up for review
    #[command(
        after_help = "Examples:\n  waymark review state \"Install the agent\"\n  waymark review state \"Install the agent\" --set in-review"
    )]
    State(StateArgs),
    /// Approve the content as it is now
    #[command(after_help = "Example:\n  waymark review approve \"Install the agent\" --note \"Tried on Debian 13.\"")]
    Approve(Decide),
    /// Ask for changes of the content as it is now
    #[command(after_help = "Example:\n  waymark review request-changes \"Install the agent\" --note \"Step 3 fails.\"")]
    RequestChanges(Decide),
    /// Take in a machine's report as comments; the same report twice adds nothing
    #[command(after_help = "Example:\n  waymark review import-audit \"Install the agent\" report.json")]
    ImportAudit(ImportAudit),
    /// Show or set the name that comments go under in this library
    #[command(after_help = "Example:\n  waymark review name \"Ada Lovelace\"")]
    Name {
        /// The name
        name: Option<String>,
    },
}

#[derive(Debug, Args)]
pub struct Comments {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// Only threads that are not resolved
    #[arg(long)]
    pub open: bool,
}

/// What somebody says: as an argument, or from a file.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Said {
    /// The text
    pub text: Option<String>,
    /// The file with the text; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Comment {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    #[command(flatten)]
    pub said: Said,
    /// The step: number or id
    #[arg(long, value_name = "STEP")]
    pub step: Option<String>,
    /// The field of the step
    #[arg(long, value_name = "FIELD", requires = "step")]
    pub field: Option<Field>,
    /// A passage in the field, to the letter
    #[arg(long, value_name = "TEXT", requires = "field")]
    pub quote: Option<String>,
    /// Which one, where the passage stands there several times
    #[arg(long, value_name = "N", requires = "quote")]
    pub nth: Option<u32>,
    /// A turn of the conversation that it speaks of, by number
    #[arg(long, value_name = "N")]
    pub turn: Option<u32>,
    /// The situation of that conversation
    #[arg(long, value_name = "SCENARIO", default_value = "first-visit", requires = "turn")]
    pub scenario: Scenario,
    /// What happens in it, as for `waymark preview` [default: the agent goes on]
    #[arg(long, value_name = "MOVES", value_delimiter = ',', requires = "turn")]
    pub moves: Vec<Move>,
}

#[derive(Debug, Args)]
pub struct Reply {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// The thread, by the id of a comment in it
    pub comment: String,
    #[command(flatten)]
    pub said: Said,
}

#[derive(Debug, Args)]
pub struct Change {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// The comment's id
    pub comment: String,
    /// What it is to say
    #[arg(required_unless_present = "delete")]
    pub text: Option<String>,
    /// Take it back; its place in the thread stays
    #[arg(long, conflicts_with = "text")]
    pub delete: bool,
}

#[derive(Debug, Args)]
pub struct Resolve {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// The thread, by the id of a comment in it
    pub comment: String,
    /// Open it again
    #[arg(long)]
    pub reopen: bool,
}

#[derive(Debug, Args)]
pub struct StateArgs {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// Put it into this state: draft, in-review, approved or changes-requested
    #[arg(long, value_name = "STATE")]
    pub set: Option<State>,
    /// Why
    #[arg(long, value_name = "TEXT", requires = "set")]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct Decide {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// The content that was looked at, as `review state --json` gives it; refused where it is another by now
    #[arg(long, value_name = "HASH")]
    pub content: Option<String>,
}

#[derive(Debug, Args)]
pub struct ImportAudit {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// The report; `-` is standard input
    pub report: PathBuf,
}
