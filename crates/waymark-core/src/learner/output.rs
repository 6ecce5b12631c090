//! The structured side of an answer: what every tool declares as its output schema.
//!
//! It carries the text as well, because some clients show an agent the structured content alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::turn::{Answer, Delivery, Listed, Named, Status, Trouble, Turn};
use crate::progress::Progress;

/// The answer of a walkthrough tool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToolOutput {
    /// What this answer is: `step`, `completed`, `no_steps`, `list`, `status`, `reset` or `error`.
    pub outcome: String,
    /// What was done, in one word.
    pub action: String,
    /// The same text as in the first content block.
    pub text: String,
    /// The visit to pass to the next call of any tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visit: Option<String>,
    /// The walkthrough that the answer is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub walkthrough: Option<WalkthroughOutput>,
    /// The step delivered (outcome `step`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<StepOutput>,
    /// How far the learner is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<ProgressOutput>,
    /// All steps in order (outcome `status`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<StepStatusOutput>>,
    /// The walkthroughs to choose from (outcome `list`, and errors about a name).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub walkthroughs: Option<Vec<WalkthroughOutput>>,
}

/// A walkthrough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WalkthroughOutput {
    /// The walkthrough's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `course`, `installer`, `troubleshooting`, `integration` or `quickstart`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `not_started`, `in_progress` or `completed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// A delivered step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StepOutput {
    /// The step's id: pass it to the next-step tool when the step is done.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its place, counted from 1.
    pub number: u32,
}

/// One step of a status.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StepStatusOutput {
    /// The step's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its place, counted from 1.
    pub number: u32,
    /// Whether it is completed.
    pub is_completed: bool,
    /// Whether it is the current step.
    pub is_current: bool,
}

/// Progress in figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProgressOutput {
    /// 0 to 100; 100 only when nothing is left.
    pub percent: u32,
    /// How many steps are completed.
    pub completed_steps: u32,
    /// How many steps there are.
    pub total_steps: u32,
    /// Whether nothing is left.
    pub is_completed: bool,
}

/// The structured side of a turn whose text is `text`.
pub fn output(turn: &Turn, text: String) -> ToolOutput {
    let plain = ToolOutput {
        action: turn.action.name().to_owned(),
        text,
        visit: turn.visit.as_ref().map(ToString::to_string),
        ..ToolOutput::default()
    };
    match &turn.answer {
        Answer::Step(delivery) => of_step(plain, delivery),
        Answer::Completed(walkthrough, progress) => ToolOutput {
            outcome: "completed".to_owned(),
            walkthrough: Some(of_named(walkthrough)),
            progress: Some(of_progress(*progress)),
            ..plain
        },
        Answer::NoSteps(walkthrough) => ToolOutput {
            outcome: "no_steps".to_owned(),
            walkthrough: Some(of_named(walkthrough)),
            progress: Some(of_progress(Progress::default())),
            ..plain
        },
        Answer::List(listed) | Answer::Ambiguous(_, listed) => {
            ToolOutput { outcome: "list".to_owned(), walkthroughs: Some(of_list(listed)), ..plain }
        }
        Answer::Status(status) => of_status(plain, status),
        Answer::Reset(walkthrough) => {
            ToolOutput { outcome: "reset".to_owned(), walkthrough: Some(of_named(walkthrough)), ..plain }
        }
        Answer::Trouble(trouble) => of_trouble(plain, trouble),
    }
}

fn of_step(plain: ToolOutput, delivery: &Delivery) -> ToolOutput {
    ToolOutput {
        outcome: "step".to_owned(),
        walkthrough: Some(of_named(&delivery.walkthrough)),
        step: Some(StepOutput {
            id: delivery.step().to_string(),
            title: delivery.title.clone(),
            number: delivery.index as u32 + 1,
        }),
        progress: Some(of_progress(delivery.progress)),
        ..plain
    }
}

fn of_status(plain: ToolOutput, status: &Status) -> ToolOutput {
    let steps = status.steps.iter().enumerate().map(|(index, step)| StepStatusOutput {
        id: step.id.to_string(),
        title: step.title.clone(),
        number: index as u32 + 1,
        is_completed: step.is_completed,
        is_current: step.is_current,
    });
    let walkthrough =
        WalkthroughOutput { status: Some(status.state.name().to_owned()), ..of_named(&status.walkthrough) };
    ToolOutput {
        outcome: "status".to_owned(),
        walkthrough: Some(walkthrough),
        progress: Some(of_progress(status.progress)),
        steps: Some(steps.collect()),
        ..plain
    }
}

fn of_trouble(plain: ToolOutput, trouble: &Trouble) -> ToolOutput {
    let plain = ToolOutput { outcome: "error".to_owned(), ..plain };
    match trouble {
        Trouble::UnknownWalkthrough(_, listed) => ToolOutput { walkthroughs: Some(of_list(listed)), ..plain },
        Trouble::WrongStep { walkthrough, .. } | Trouble::Unconfirmed(walkthrough) => {
            ToolOutput { walkthrough: Some(of_named(walkthrough)), ..plain }
        }
        _ => plain,
    }
}

fn of_named(walkthrough: &Named) -> WalkthroughOutput {
    WalkthroughOutput { id: walkthrough.id.to_string(), title: walkthrough.title.clone(), ..Default::default() }
}

fn of_list(listed: &[Listed]) -> Vec<WalkthroughOutput> {
    listed
        .iter()
        .map(|item| WalkthroughOutput {
            id: item.id.to_string(),
            title: item.title.clone(),
            description: item.description.clone(),
            kind: Some(item.kind.name().to_owned()),
            status: Some(item.state.name().to_owned()),
        })
        .collect()
}

fn of_progress(progress: Progress) -> ProgressOutput {
    ProgressOutput {
        percent: progress.percent,
        completed_steps: progress.completed_steps,
        total_steps: progress.total_steps,
        is_completed: progress.is_completed,
    }
}
