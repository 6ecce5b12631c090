//! The arguments of the command line, as clap reads them. One struct for each command; nothing here does anything.

pub mod bulk;
pub mod drafts;
pub mod flow;
pub mod history;
pub mod production;
pub mod safety;
pub mod snippets;
pub mod templates;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use self::{
    bulk::{Replace, Tag},
    drafts::{Assign, Export, Import, Lint, List, Named, New, Render, Step, Unassign},
    flow::{Link, Quiz},
    history::{Diff, History, Revert, Snapshot},
    production::{Connection, Db, Plan, Publish, Pull, Sandbox, Serve},
    safety::{Backup, Doctor},
    snippets::Snippet,
    templates::Template,
};

/// Draft walkthroughs for AI agents, preview them as an agent gets them, and publish them to Postgres.
#[derive(Debug, Parser)]
#[command(name = "waymark", version, propagate_version = true, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// The folder of the library [default: the app's data folder]
    #[arg(long, global = true, value_name = "DIR", env = "WAYMARK_LIBRARY")]
    pub library: Option<PathBuf>,
    /// The folder below which backups are [default: the system's place for state]
    #[arg(long, global = true, value_name = "DIR", env = "WAYMARK_BACKUPS")]
    pub backups: Option<PathBuf>,
    /// Print one JSON document on standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// Print nothing but the answer and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Print without colors
    #[arg(long, global = true)]
    pub no_color: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a walkthrough
    #[command(
        after_help = "Examples:\n  waymark new --type installer --title \"Install the agent\"\n  waymark new --template \"Careful installation\" --title \"Install the agent\""
    )]
    New(New),
    /// List the walkthroughs
    #[command(
        after_help = "Example:\n  waymark list --search 'helm OR \"chart values\" missing:operations' --status draft"
    )]
    List(List),
    /// Show a walkthrough with its steps
    #[command(after_help = "Example:\n  waymark show \"Install the agent\" --json")]
    Show(Named),
    /// Move a walkthrough to the trash
    #[command(after_help = "Example:\n  waymark delete wt_4hT9xQaB")]
    Delete(Named),
    /// Take a walkthrough out of the trash
    #[command(after_help = "Example:\n  waymark restore wt_4hT9xQaB")]
    Restore(Named),
    /// Copy a walkthrough under new ids
    #[command(after_help = "Example:\n  waymark duplicate \"Install the agent\"")]
    Duplicate(Named),
    /// Add, edit, move or delete steps
    #[command(subcommand, arg_required_else_help = true)]
    Step(Step),
    /// Show the flow, or say where a step leads
    #[command(
        after_help = "Examples:\n  waymark link \"Install the agent\"\n  waymark link \"Install the agent\" 2 5\n  waymark link \"Install the agent\" --order linked"
    )]
    Link(Link),
    /// Show, set or score the quiz of a step
    #[command(
        after_help = "Examples:\n  waymark quiz \"Install the agent\" 2 --from quiz.json\n  waymark quiz \"Install the agent\" 2 --answers answers.json"
    )]
    Quiz(Quiz),
    /// Import walkthroughs from a file
    #[command(
        after_help = "Examples:\n  waymark import guide.json --dry-run\n  waymark import - --as-copy < guide.json"
    )]
    Import(Import),
    /// Write a walkthrough to a file
    #[command(after_help = "Example:\n  waymark export \"Install the agent\" -o guide.json")]
    Export(Export),
    /// Check walkthroughs; exits with 1 when there are errors
    #[command(
        after_help = "Example:\n  waymark lint \"Install the agent\"\n  waymark lint --fix --format sarif > findings.sarif"
    )]
    Lint(Box<Lint>),
    /// Print exactly what an agent receives for a step
    #[command(after_help = "Example:\n  waymark render \"Install the agent\" --step 2")]
    Render(Render),
    /// Find and replace in all walkthroughs, or some; exits with 1 when something was left as it is
    #[command(
        after_help = "Examples:\n  waymark replace acme Zenith --dry-run\n  waymark replace 'v(\\d+)' 'version $1' --regex --in user --filter type:installer\n  waymark replace --undo"
    )]
    Replace(Replace),
    /// Add tags to walkthroughs, or take them off
    #[command(after_help = "Example:\n  waymark tag \"Install the agent\" \"Roll back\" --add helm --remove draft")]
    Tag(Tag),
    /// Offer a walkthrough on an MCP server (part of the draft)
    #[command(after_help = "Example:\n  waymark assign \"Install the agent\" --server docs --order 1")]
    Assign(Assign),
    /// Take a walkthrough from an MCP server (part of the draft)
    #[command(after_help = "Example:\n  waymark unassign \"Install the agent\" --server docs")]
    Unassign(Unassign),
    /// Keep walkthroughs to begin others with
    #[command(subcommand, arg_required_else_help = true)]
    Template(Template),
    /// Keep blocks of text that are used again and again
    #[command(subcommand, arg_required_else_help = true)]
    Snippet(Snippet),
    /// Manage connections to Postgres
    #[command(subcommand, arg_required_else_help = true)]
    Connection(Connection),
    /// Show what publishing would change, and for whom; exits with 1 when something is in the way
    #[command(after_help = "Example:\n  waymark plan \"Install the agent\" --connection staging")]
    Plan(Plan),
    /// Publish walkthroughs
    #[command(after_help = "Example:\n  waymark publish \"Install the agent\" --connection staging --yes")]
    Publish(Publish),
    /// Bring walkthroughs from production into the library
    #[command(after_help = "Example:\n  waymark pull --all --connection staging")]
    Pull(Pull),
    /// Keep a walkthrough as it is now, under a name
    #[command(after_help = "Example:\n  waymark snapshot \"Install the agent\" \"Before the review\"")]
    Snapshot(Snapshot),
    /// List the revisions of a walkthrough
    #[command(after_help = "Example:\n  waymark history \"Install the agent\" --step 3")]
    History(History),
    /// Show what differs from a revision, or from what production has
    #[command(
        after_help = "Examples:\n  waymark diff \"Install the agent\" --revision 4 --agent\n  waymark diff \"Install the agent\" --connection staging"
    )]
    Diff(Diff),
    /// Restore a revision, or one step or text of it; undo takes it back
    #[command(
        after_help = "Examples:\n  waymark revert \"Install the agent\" --to 4\n  waymark revert \"Install the agent\" --to 4 --step 2 --field content_for_user"
    )]
    Revert(Revert),
    /// Serve walkthroughs to agents over MCP
    #[command(
        after_help = "Examples:\n  waymark serve --stdio --drafts\n  waymark serve --stdio --drafts --print-config claude-code\n  waymark serve --http 127.0.0.1:0 --connection sandbox --server docs"
    )]
    Serve(Serve),
    /// A private Postgres to try everything on
    #[command(subcommand, arg_required_else_help = true)]
    Sandbox(Sandbox),
    /// Look at or create the platform's tables
    #[command(subcommand, arg_required_else_help = true)]
    Db(Db),
    /// Make, list, check and restore backups of the library
    #[command(subcommand, arg_required_else_help = true)]
    Backup(Backup),
    /// Check this machine: library, backups, disk, keyring, display, Postgres
    #[command(after_help = "Examples:\n  waymark doctor\n  waymark doctor --recover")]
    Doctor(Doctor),
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  waymark completions bash > ~/.local/share/bash-completion/completions/waymark")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Profile {
    /// Four tools: start, next, status, reset
    Current,
    /// Five tools of the older platform
    V1,
}

impl From<Profile> for waymark_core::learner::call::Profile {
    fn from(profile: Profile) -> Self {
        match profile {
            Profile::Current => Self::Current,
            Profile::V1 => Self::V1,
        }
    }
}
