//! Arguments of `waymark link` and `waymark quiz`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use waymark_core::flow::FlowOrder;

#[derive(Debug, Args)]
pub struct Link {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// The step that leads on: number or id [default: show the flow]
    pub step: Option<String>,
    /// The step that it leads to: number or id
    #[arg(value_name = "NEXT", requires = "step")]
    pub next: Option<String>,
    /// Take the step's link away
    #[arg(long, requires = "step", conflicts_with_all = ["next", "plain"])]
    pub none: bool,
    /// Lead to the step that comes next; without a step, all do
    #[arg(long, conflicts_with = "next")]
    pub plain: bool,
    /// What decides the order for learners
    #[arg(long, value_enum, value_name = "ORDER", conflicts_with_all = ["step", "plain"])]
    pub order: Option<Order>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// The order of the steps
    Display,
    /// The links, from the first step on
    Linked,
}

impl From<Order> for FlowOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Display => Self::Display,
            Order::Linked => Self::Linked,
        }
    }
}

#[derive(Debug, Args)]
pub struct Quiz {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// Step: number or id
    pub step: String,
    /// The file with the quiz as JSON; `-` is standard input [default: show the quiz]
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Take the quiz away
    #[arg(long, conflicts_with_all = ["from", "answers"])]
    pub remove: bool,
    /// Score the answers in this file ({"question": answer}); exits with 1 when they are not enough
    #[arg(long, value_name = "FILE", conflicts_with = "from")]
    pub answers: Option<PathBuf>,
}
