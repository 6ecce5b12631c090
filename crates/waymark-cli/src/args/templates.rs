//! Arguments of `waymark template`.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum Template {
    /// List the templates
    #[command(after_help = "Example:\n  waymark template list --json")]
    List,
    /// Keep a walkthrough as a template; one of yours with that name is replaced
    #[command(after_help = "Example:\n  waymark template save \"Install the agent\" --name \"Our installer\"")]
    Save {
        /// Walkthrough: id or exact title
        walkthrough: String,
        /// What the template is called
        #[arg(long)]
        name: String,
        /// What it is good for, in a sentence
        #[arg(long, default_value = "")]
        about: String,
    },
    /// Remove a template of yours; walkthroughs that were made from it stay as they are
    #[command(after_help = "Example:\n  waymark template remove \"Our installer\"")]
    Remove {
        /// Name of the template
        name: String,
    },
}
