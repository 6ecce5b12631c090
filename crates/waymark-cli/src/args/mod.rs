//! The arguments of the command line, as clap reads them. One struct for each command; nothing here does anything.

pub mod agents;
pub mod bulk;
pub mod drafts;
pub mod flow;
pub mod history;
pub mod lint;
pub mod preview;
pub mod production;
pub mod releases;
pub mod review;
pub mod safety;
pub mod snippets;
pub mod templates;
pub mod wordings;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use self::{
    agents::{AgentRun, Provider},
    bulk::{Bulk, Replace, Tag, Trash},
    drafts::{Assign, Edit, Export, Import, List, Named, New, Render, Show, Step, Unassign},
    flow::{Link, Quiz},
    history::{Diff, History, Revert, Snapshot},
    lint::Lint,
    preview::Preview,
    production::{Connection, Db, Delete, Merge, Plan, Publish, Pull, Rollback, Sandbox, Serve, Withdraw},
    releases::{Assignments, Learners, Promote, Release},
    review::Review,
    safety::{Backup, Doctor},
    snippets::Snippet,
    templates::Template,
    wordings::Wording,
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
    #[command(
        after_help = "Examples:\n  waymark show \"Install the agent\" --json\n  waymark show \"Install the agent\" --tokens"
    )]
    Show(Show),
    /// Move a walkthrough to the trash, or delete it in production
    #[command(
        after_help = "Examples:\n  waymark delete wt_4hT9xQaB\n  waymark delete wt_4hT9xQaB --from production --dry-run"
    )]
    Delete(Delete),
    /// Take a walkthrough out of the trash
    #[command(after_help = "Example:\n  waymark restore wt_4hT9xQaB")]
    Restore(Named),
    /// Copy a walkthrough under new ids
    #[command(after_help = "Example:\n  waymark duplicate \"Install the agent\"")]
    Duplicate(Named),
    /// Change a walkthrough's title, description, type, duration, status, tags, metadata or certificate, as one edit
    #[command(
        after_help = "Examples:\n  waymark edit \"Install the agent\" --title \"Install the agent on Linux\" --duration 15 --status published\n  waymark edit \"Install the agent\" --metadata - < metadata.json"
    )]
    Edit(Box<Edit>),
    /// Take back the last change of a walkthrough, whoever made it
    #[command(after_help = "Example:\n  waymark undo \"Install the agent\"")]
    Undo(Named),
    /// Do again what was taken back last
    #[command(after_help = "Example:\n  waymark redo \"Install the agent\"")]
    Redo(Named),
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
        after_help = "Examples:\n  waymark import guide.json --dry-run\n  waymark import - --as-copy < guide.json\n  waymark import guide.waymark"
    )]
    Import(Import),
    /// Write a walkthrough to a file
    #[command(
        after_help = "Example:\n  waymark export \"Install the agent\" -o guide.json\n  waymark export \"Install the agent\" --format bundle -o guide.waymark"
    )]
    Export(Export),
    /// Check walkthroughs; exits with 1 when there are errors
    #[command(
        after_help = "Example:\n  waymark lint \"Install the agent\"\n  waymark lint --fix --format sarif > findings.sarif"
    )]
    Lint(Box<Lint>),
    /// Print exactly what an agent receives for a step
    #[command(after_help = "Example:\n  waymark render \"Install the agent\" --step 2")]
    Render(Render),
    /// Play the conversation that an agent would have, turn by turn
    #[command(
        after_help = "Examples:\n  waymark preview \"Install the agent\" --moves next,repeat,wrong-id,next\n  waymark preview \"Install the agent\" --scenario step-removed --to-end --save removed.json\n  waymark preview \"Install the agent\" --replay removed.json\n  waymark preview \"Install the agent\" --to-end --connection staging"
    )]
    Preview(Box<Preview>),
    /// A model goes through a walkthrough with the real tools, while a script plays the user
    #[command(
        after_help = "Examples:\n  waymark agent-run \"Install the agent\" --provider Local --model llama3.3 --checks\n  waymark agent-run \"Install the agent\" --provider Local --model llama3.3 --script anna.txt --max-turns 40\n  waymark agent-run \"Install the agent\" --list\n  waymark agent-run \"Install the agent\" --compare run_4hT9xQaB run_7pLm2cVd"
    )]
    AgentRun(Box<AgentRun>),
    /// Manage providers of models
    #[command(subcommand, arg_required_else_help = true)]
    Provider(Provider),
    /// Find and replace in all walkthroughs, or some; exits with 1 when something was left as it is
    #[command(
        after_help = "Examples:\n  waymark replace acme Zenith --dry-run\n  waymark replace 'v(\\d+)' 'version $1' --regex --in user --filter type:installer\n  waymark replace --undo"
    )]
    Replace(Replace),
    /// Add tags to walkthroughs, or take them off
    #[command(after_help = "Example:\n  waymark tag \"Install the agent\" \"Roll back\" --add helm --remove draft")]
    Tag(Tag),
    /// Change several walkthroughs at once, list such changes, and take them back
    #[command(subcommand, arg_required_else_help = true)]
    Bulk(Bulk),
    /// List servers and walkthroughs: what drafts say, and what is not published yet
    #[command(
        after_help = "Examples:\n  waymark assignments --connection staging\n  waymark assignments --server docs --json"
    )]
    Assignments(Assignments),
    /// List, restore and delete for good what is in the trash
    #[command(subcommand, arg_required_else_help = true)]
    Trash(Trash),
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
    /// Say how a step is put to an agent: see, write and choose templates of its text
    #[command(subcommand, arg_required_else_help = true)]
    Wording(Wording),
    /// Manage connections to Postgres
    #[command(subcommand, arg_required_else_help = true)]
    Connection(Connection),
    /// Show what publishing would change, and for whom; exits with 1 when something is in the way
    #[command(after_help = "Example:\n  waymark plan \"Install the agent\" --connection staging")]
    Plan(Plan),
    /// Publish walkthroughs
    #[command(after_help = "Example:\n  waymark publish \"Install the agent\" --connection staging --yes")]
    Publish(Publish),
    /// Publish what one connection serves to the next one; the draft stays as it is
    #[command(
        after_help = "Examples:\n  waymark promote \"Install the agent\" --from dev --to staging --dry-run\n  waymark promote \"Install the agent\" --from staging --to production --yes"
    )]
    Promote(Promote),
    /// Publish several walkthroughs under one name, and go on where it stopped
    #[command(subcommand, arg_required_else_help = true)]
    Release(Release),
    /// Care for what learners have done in production
    #[command(subcommand, arg_required_else_help = true)]
    Learners(Learners),
    /// Publish an earlier revision; the draft stays as it is
    #[command(
        after_help = "Examples:\n  waymark rollback \"Install the agent\" --to 4 --connection production --dry-run\n  waymark rollback \"Install the agent\" --to 4 --connection production --yes"
    )]
    Rollback(Rollback),
    /// Hide walkthroughs from learners: production keeps them as drafts
    #[command(after_help = "Example:\n  waymark unpublish \"Install the agent\" --connection production")]
    Unpublish(Withdraw),
    /// Put walkthroughs away in production, out of learners' sight
    #[command(after_help = "Example:\n  waymark archive \"Install the agent\" --connection production --dry-run")]
    Archive(Withdraw),
    /// Bring walkthroughs from production into the library; exits with 1 when there are conflicts
    #[command(after_help = "Example:\n  waymark pull --all --connection staging")]
    Pull(Pull),
    /// Join a draft with what production has; exits with 1 while conflicts are open
    #[command(
        after_help = "Examples:\n  waymark merge \"Install the agent\" --connection staging\n  waymark merge \"Install the agent\" --connection staging --take mine\n  waymark merge \"Install the agent\" --connection staging --answers answers.json"
    )]
    Merge(Merge),
    /// Keep a walkthrough as it is now, under a name
    #[command(after_help = "Example:\n  waymark snapshot \"Install the agent\" \"Before the review\"")]
    Snapshot(Snapshot),
    /// List the revisions of a walkthrough, or what was published where
    #[command(
        after_help = "Examples:\n  waymark history \"Install the agent\" --step 3\n  waymark history \"Install the agent\" --connection production"
    )]
    History(History),
    /// Show what differs from a revision, or from what production has
    #[command(
        after_help = "Examples:\n  waymark diff \"Install the agent\" --revision 4 --agent\n  waymark diff \"Install the agent\" --connection staging"
    )]
    Diff(Diff),
    /// Restore a revision, or one step, text, title or quiz of it, or its links or sections; undo takes it back
    #[command(
        after_help = "Examples:\n  waymark revert \"Install the agent\" --to 4\n  waymark revert \"Install the agent\" --to 4 --step 2 --field content_for_user\n  waymark revert \"Install the agent\" --to 4 --only links"
    )]
    Revert(Revert),
    /// Comment on walkthroughs, and approve their content
    #[command(subcommand, arg_required_else_help = true)]
    Review(Review),
    /// Serve walkthroughs to agents over MCP
    #[command(
        after_help = "Examples:\n  waymark serve --stdio --drafts\n  waymark serve --stdio --drafts --print-config claude-code\n  waymark serve --http 127.0.0.1:0 --connection sandbox --server docs\n  waymark serve --http 0.0.0.0:8080 --connection acme --host docs.example.com"
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
    #[command(after_help = "Examples:\n  waymark doctor\n  waymark doctor --compact\n  waymark doctor --recover")]
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_command_has_an_example_and_a_place_in_the_documentation() {
        let documented = include_str!("../../../../docs/cli.md");
        let check = |path: &str, command: &clap::Command| {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let has_example = help.lines().any(|line| line.contains(path));
            assert!(has_example || command.has_subcommands(), "`{path} --help` has no example: {help}");
        };
        for command in Cli::command().get_subcommands() {
            let path = format!("waymark {}", command.get_name());
            assert!(documented.contains(&format!("`{path}`")), "docs/cli.md does not have `{path}`");
            check(&path, command);
            for below in command.get_subcommands() {
                check(&format!("{path} {}", below.get_name()), below);
            }
        }
    }
}
