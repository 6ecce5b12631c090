//! The arguments of the command line, as clap reads them. One struct for each command; nothing here does anything.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use waymark_core::{
    content::Field,
    walkthrough::{WalkthroughStatus, WalkthroughType},
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
    #[command(after_help = "Example:\n  waymark new --type installer --title \"Install the agent\"")]
    New(New),
    /// List the walkthroughs
    #[command(after_help = "Example:\n  waymark list --search install --status draft")]
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
    /// Import walkthroughs from a file
    #[command(
        after_help = "Examples:\n  waymark import guide.json --dry-run\n  waymark import - --as-copy < guide.json"
    )]
    Import(Import),
    /// Write a walkthrough to a file
    #[command(after_help = "Example:\n  waymark export \"Install the agent\" -o guide.json")]
    Export(Export),
    /// Check walkthroughs; exits with 1 when there are errors
    #[command(after_help = "Example:\n  waymark lint \"Install the agent\"")]
    Lint(Lint),
    /// Print exactly what an agent receives for a step
    #[command(after_help = "Example:\n  waymark render \"Install the agent\" --step 2")]
    Render(Render),
    /// Offer a walkthrough on an MCP server (part of the draft)
    #[command(after_help = "Example:\n  waymark assign \"Install the agent\" --server docs --order 1")]
    Assign(Assign),
    /// Take a walkthrough from an MCP server (part of the draft)
    #[command(after_help = "Example:\n  waymark unassign \"Install the agent\" --server docs")]
    Unassign(Unassign),
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
    /// Serve walkthroughs to agents over MCP
    #[command(
        after_help = "Examples:\n  waymark serve --stdio --drafts\n  waymark serve --http 127.0.0.1:0 --connection sandbox --server docs"
    )]
    Serve(Serve),
    /// A private Postgres to try everything on
    #[command(subcommand, arg_required_else_help = true)]
    Sandbox(Sandbox),
    /// Look at or create the platform's tables
    #[command(subcommand, arg_required_else_help = true)]
    Db(Db),
    /// Check this machine: library, keyring, display, Postgres
    #[command(after_help = "Example:\n  waymark doctor")]
    Doctor,
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  waymark completions bash > ~/.local/share/bash-completion/completions/waymark")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// A walkthrough by id or exact title.
#[derive(Debug, Args)]
pub struct Named {
    /// Id or exact title
    pub walkthrough: String,
}

#[derive(Debug, Args)]
pub struct New {
    /// What it is for: course, installer, troubleshooting, integration or quickstart
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: WalkthroughType,
    /// 1 to 100 characters, unique
    #[arg(long)]
    pub title: String,
}

#[derive(Debug, Args)]
pub struct List {
    /// Only those with this in the title
    #[arg(long, value_name = "TEXT")]
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
    /// Move a step to another place
    #[command(after_help = "Example:\n  waymark step move \"Install the agent\" 2 --to 5")]
    Move {
        /// Walkthrough: id or exact title
        walkthrough: String,
        /// Step: number or id
        step: String,
        /// The number it will have
        #[arg(long, value_name = "N")]
        to: u32,
    },
    /// Delete a step
    #[command(after_help = "Example:\n  waymark step delete \"Install the agent\" 2")]
    Delete {
        /// Walkthrough: id or exact title
        walkthrough: String,
        /// Step: number or id
        step: String,
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
    /// The file; `-` is standard input
    pub path: PathBuf,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tls {
    /// Encrypted; certificate and name checked
    VerifyFull,
    /// Encrypted; certificate checked
    VerifyCa,
    /// Encrypted; nothing checked
    Require,
    /// Not encrypted: this machine only
    Disable,
}

#[derive(Debug, Subcommand)]
pub enum Connection {
    /// Add a connection; a password goes to the keyring
    #[command(
        after_help = "Example:\n  pass show acme | waymark connection add staging --url postgres://writer@db.acme.example/acme --organization org_acme --password-stdin"
    )]
    Add(ConnectionAdd),
    /// List the connections
    #[command(after_help = "Example:\n  waymark connection list --json")]
    List,
    /// Try a connection and say what it lacks
    #[command(after_help = "Example:\n  waymark connection test staging")]
    Test {
        /// Name or id
        connection: String,
    },
    /// Remove a connection and its password
    #[command(after_help = "Example:\n  waymark connection remove staging")]
    Remove {
        /// Name or id
        connection: String,
    },
}

#[derive(Debug, Args)]
pub struct ConnectionAdd {
    /// A name of your choice
    pub name: String,
    /// postgres://USER@HOST:PORT/DATABASE?sslmode=…; no password in it
    #[arg(long)]
    pub url: String,
    /// The organization's id
    #[arg(long, value_name = "ORG")]
    pub organization: String,
    /// How the server is trusted [default: from the URL, else verify-full]
    #[arg(long, value_enum, value_name = "MODE")]
    pub tls: Option<Tls>,
    /// The certificate authority (PEM)
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Read the password from standard input and keep it in the keyring
    #[arg(long)]
    pub password_stdin: bool,
    /// Ask before each publish
    #[arg(long)]
    pub production: bool,
}

/// Walkthroughs and where they go.
#[derive(Debug, Args)]
pub struct Target {
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
pub struct Plan {
    #[command(flatten)]
    pub target: Target,
}

#[derive(Debug, Args)]
pub struct Publish {
    #[command(flatten)]
    pub target: Target,
    /// Answer every question of the plan with yes
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Pull {
    /// Walkthroughs: ids or exact titles
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub walkthroughs: Vec<String>,
    /// All of the organization's
    #[arg(long)]
    pub all: bool,
    /// Name or id of the connection
    #[arg(long, value_name = "C")]
    pub connection: String,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("transport").required(true).args(["stdio", "http"])))]
#[command(group(clap::ArgGroup::new("source").required(true).args(["drafts", "connection"])))]
pub struct Serve {
    /// Speak MCP on standard input and output
    #[arg(long)]
    pub stdio: bool,
    /// Listen for Streamable HTTP; port 0 takes a free one
    #[arg(long, value_name = "ADDR")]
    pub http: Option<String>,
    /// Serve the drafts
    #[arg(long)]
    pub drafts: bool,
    /// Serve what is published through this connection
    #[arg(long, value_name = "C")]
    pub connection: Option<String>,
    /// Only this MCP server's walkthroughs
    #[arg(long, value_name = "SLUG")]
    pub server: Option<String>,
    /// Which tools to offer
    #[arg(long, value_enum, default_value = "current")]
    pub profile: Profile,
    /// With --stdio and --connection: the learner's tracking id
    #[arg(long, value_name = "ID")]
    pub user: Option<String>,
    /// No token; loopback addresses only
    #[arg(long, requires = "http")]
    pub insecure_local: bool,
}

#[derive(Debug, Subcommand)]
pub enum Sandbox {
    /// Start it (again); it runs until `sandbox down`
    #[command(after_help = "Example:\n  waymark sandbox up --json")]
    Up,
    /// Print its URL
    #[command(after_help = "Example:\n  psql \"$(waymark sandbox url)\"")]
    Url,
    /// Stop it
    #[command(after_help = "Example:\n  waymark sandbox down")]
    Down,
    /// Stop it and delete everything in it
    #[command(after_help = "Example:\n  waymark sandbox reset")]
    Reset,
}

#[derive(Debug, Subcommand)]
pub enum Db {
    /// Say what shape the database has and what is missing
    #[command(after_help = "Example:\n  waymark db status --connection staging")]
    Status {
        /// Name or id of the connection
        #[arg(long, value_name = "C")]
        connection: String,
    },
    /// Create the platform's tables in an empty database
    #[command(after_help = "Example:\n  waymark db create --connection staging --dry-run")]
    Create {
        /// Name or id of the connection
        #[arg(long, value_name = "C")]
        connection: String,
        /// Print the SQL and change nothing
        #[arg(long)]
        dry_run: bool,
    },
}
