//! Arguments of the commands that reach a database, or serve agents.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Profile;

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
    /// Your own certificate (PEM), where the server asks for one
    #[arg(long, value_name = "FILE", requires = "key")]
    pub cert: Option<PathBuf>,
    /// Its private key (PEM, without a passphrase)
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub key: Option<PathBuf>,
    /// Read the password from standard input and keep it in the keyring
    #[arg(long)]
    pub password_stdin: bool,
    /// Mark it as production: it stands out, and each publish asks
    #[arg(long)]
    pub production: bool,
    /// With --production: do not ask before each publish
    #[arg(long, requires = "production")]
    pub no_ask: bool,
    /// Publish only content that was approved in its review
    #[arg(long)]
    pub require_approval: bool,
    /// Where the organization has the files that texts link to; links are checked against it and never rewritten
    #[arg(long, value_name = "URL")]
    pub asset_base_url: Option<String>,
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
    /// Only show learners again what production has, without the draft's edits
    #[arg(long, conflicts_with_all = ["as_draft", "overwrite"])]
    pub unchanged: bool,
    /// Answer every question of the plan with yes
    #[arg(long)]
    pub yes: bool,
}

/// Production's own version under another status.
#[derive(Debug, Args)]
pub struct Withdraw {
    /// Walkthroughs: ids or exact titles
    #[arg(required = true)]
    pub walkthroughs: Vec<String>,
    /// Name or id of the connection
    #[arg(long, value_name = "C")]
    pub connection: String,
    /// Show what it would do, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Answer every question of the plan with yes
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Delete {
    /// The walkthrough: id or exact title
    pub walkthrough: String,
    /// Delete it in production behind this connection instead, for good; the draft stays
    #[arg(long, value_name = "C")]
    pub from: Option<String>,
    /// With --from: show what would go with it, and change nothing
    #[arg(long, requires = "from")]
    pub dry_run: bool,
    /// With --from: answer every question of the plan with yes
    #[arg(long, requires = "from")]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Rollback {
    /// The walkthrough: id or exact title
    pub walkthrough: String,
    /// The revision: its number or id, as `waymark history` lists them
    #[arg(long, value_name = "REVISION")]
    pub to: String,
    /// Name or id of the connection
    #[arg(long, value_name = "C")]
    pub connection: String,
    /// Replace what changed in production since the last sync (it is saved as a revision first)
    #[arg(long)]
    pub overwrite: bool,
    /// Show what it would do, and change nothing
    #[arg(long)]
    pub dry_run: bool,
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

/// A side of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Take {
    /// What the draft has
    Mine,
    /// What production has
    Theirs,
}

#[derive(Debug, Args)]
pub struct Merge {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// Name or id of the connection
    #[arg(long, value_name = "C")]
    pub connection: String,
    /// Answer every conflict with one side; the other is kept in the history
    #[arg(long, value_enum, value_name = "SIDE")]
    pub take: Option<Take>,
    /// Answer each conflict: JSON, [{"place": …, "take": "mine" | "theirs" | {"text": …}}], places as `--json` prints them
    #[arg(long, value_name = "FILE|-", conflicts_with = "take")]
    pub answers: Option<PathBuf>,
    /// Show the merge and write nothing
    #[arg(long, conflicts_with_all = ["take", "answers"])]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("transport").required(true).args(["stdio", "http"])))]
#[command(group(clap::ArgGroup::new("source").required(true).args(["drafts", "connection"])))]
pub struct Serve {
    /// Speak MCP on standard input and output
    #[arg(long)]
    pub stdio: bool,
    /// Listen for Streamable HTTP at an address or a name of this machine; port 0 takes a free one
    #[arg(long, value_name = "ADDR")]
    pub http: Option<String>,
    /// With --http and --connection: a name that clients reach it by, as `NAME` or `NAME:PORT`; can be repeated. Requests
    /// under other names are refused
    #[arg(long, value_name = "NAME", requires = "http", conflicts_with = "drafts")]
    pub host: Vec<String>,
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
    /// Print what an MCP client is configured with for this, and serve nothing
    #[arg(long, value_enum, value_name = "CLIENT")]
    pub print_config: Option<Client>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Client {
    /// Claude Code
    ClaudeCode,
    /// Claude Desktop
    ClaudeDesktop,
    /// Cursor
    Cursor,
    /// Visual Studio Code
    VsCode,
}

impl From<Client> for waymark_server::clients::Client {
    fn from(client: Client) -> Self {
        match client {
            Client::ClaudeCode => Self::ClaudeCode,
            Client::ClaudeDesktop => Self::ClaudeDesktop,
            Client::Cursor => Self::Cursor,
            Client::VsCode => Self::VsCode,
        }
    }
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Persona {
    /// Pulls and compares
    Reader,
    /// Plans and publishes
    Publisher,
    /// Serves agents, and keeps what learners have done
    Server,
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
    /// Print the least rights that a role needs, for the owner of the tables to run
    #[command(
        after_help = "Examples:\n  waymark db grants --connection staging --persona publisher\n  waymark db grants --connection staging --persona server --check"
    )]
    Grants {
        /// Name or id of the connection
        #[arg(long, value_name = "C")]
        connection: String,
        /// What the role is for
        #[arg(long, value_enum, default_value = "publisher")]
        persona: Persona,
        /// The role [default: the connection's user]
        #[arg(long)]
        role: Option<String>,
        /// Look at what the connection's role has, and name what is missing
        #[arg(long, conflicts_with = "role")]
        check: bool,
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
