//! Arguments of the commands around a draft's history.

use clap::Args;
use waymark_core::{content::Field, history::restore::RestoreOnly};

#[derive(Debug, Args)]
pub struct Snapshot {
    /// Id or exact title
    pub walkthrough: String,
    /// What to call it
    #[arg(default_value = "")]
    pub name: String,
}

#[derive(Debug, Args)]
pub struct History {
    /// Id or exact title
    pub walkthrough: String,
    /// Only where this step changed: its number or id
    #[arg(long, value_name = "STEP")]
    pub step: Option<String>,
    /// What was published through this connection: when, what, as whom, and from where
    #[arg(long, value_name = "C", conflicts_with = "step")]
    pub connection: Option<String>,
}

#[derive(Debug, Args)]
pub struct Diff {
    /// Id or exact title
    pub walkthrough: String,
    /// Compare with what this connection has
    #[arg(long, value_name = "CONNECTION", conflicts_with_all = ["revision", "to"])]
    pub connection: Option<String>,
    /// Compare with this revision: its number, id or name [default: the newest]
    #[arg(long, value_name = "REVISION")]
    pub revision: Option<String>,
    /// Compare that revision with this one, and not with the draft
    #[arg(long, value_name = "REVISION", requires = "revision")]
    pub to: Option<String>,
    /// Only this step: its id, or its number in the draft
    #[arg(long, value_name = "STEP")]
    pub step: Option<String>,
    /// Show the texts as an agent receives them
    #[arg(long)]
    pub agent: bool,
}

#[derive(Debug, Args)]
pub struct Revert {
    /// Id or exact title
    pub walkthrough: String,
    /// The revision: its number, id or name
    #[arg(long, value_name = "REVISION")]
    pub to: String,
    /// Only this step: its id, or its number in the draft
    #[arg(long, value_name = "STEP")]
    pub step: Option<String>,
    /// Only this text of the step
    #[arg(long, value_name = "FIELD", requires = "step")]
    pub field: Option<Field>,
    /// Only this, in the step or in all of them: title (without --step the walkthrough's), links, quiz or sections
    #[arg(long, value_name = "WHAT", conflicts_with = "field")]
    pub only: Option<RestoreOnly>,
}
