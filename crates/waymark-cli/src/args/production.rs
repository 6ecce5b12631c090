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
    /// Read the password from standard input and keep it in the keyring
    #[arg(long)]
    pub password_stdin: bool,
    /// Mark it as production: it stands out, and each publish asks
    #[arg(long)]
    pub production: bool,
    /// With --production: do not ask before each publish
    #[arg(long, requires = "production")]
    pub no_ask: bool,
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
