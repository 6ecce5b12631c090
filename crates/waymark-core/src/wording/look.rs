//! A wording at work: what it makes of one step, what is wrong with it, and what it costs.

use serde::{Deserialize, Serialize};

use crate::{
    content::{ContentFields, FieldsV1},
    error::{Code, Result},
    learner::{call::Profile, path::in_learner_order},
    preview::{self, Segment, TokenCount},
    progress::Progress,
    render::{self, Template},
    tokens::Encoding,
    walkthrough::{Step, Walkthrough, WalkthroughType},
    wording::{
        built_in,
        check::{self, Problem},
        chosen::Wordings,
    },
};

/// What a wording makes of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "WordingLook")]
pub struct Look {
    /// What is wrong with it, in the order of its text.
    pub problems: Vec<Problem>,
    /// The text of the step; empty where it gives none.
    pub agent: Vec<Segment>,
    /// Tokens of that text: `template` is what the wording costs beside the bare fields.
    pub tokens: Option<TokenCount>,
    /// The same step in the default wording, to compare with.
    pub default_tokens: TokenCount,
}

impl Look {
    /// Whether it can be used.
    pub fn is_usable(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity != crate::lint::Severity::Error)
    }
}

/// Looks at what a wording makes of the step at `index` (from 0, in the learner's order). A wording that fails is no
/// error, and neither is one that takes too long or too much: it has a problem.
///
/// # Errors
/// `NotFound` where there is no such step, and whatever keeps templates from being run at all.
pub fn look(
    text: &str,
    wordings: &Wordings,
    walkthrough: &Walkthrough,
    index: usize,
    encoding: Encoding,
) -> Result<Look> {
    let walkthrough = &*in_learner_order(walkthrough);
    let progress = Progress::before(index, walkthrough.steps.len());
    let by_default = built_in::template(built_in::DEFAULT, Profile::Current);
    let count = |text: &str| preview::count(encoding, &walkthrough.steps[index].content_fields, text);
    let default_tokens = count(&render::render_text(by_default, walkthrough, index, progress)?);
    let mut problems = check::check(text);
    let template = wordings.template(walkthrough.kind, Profile::Current);
    let agent = match is_broken(&problems) {
        true => Vec::new(),
        false => rendered(template, walkthrough, index, progress, &mut problems)?,
    };
    let tokens = (!is_broken(&problems)).then(|| count(&render::text(&agent)));
    Ok(Look { problems, agent, tokens, default_tokens })
}

fn is_broken(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity == crate::lint::Severity::Error)
}

fn rendered(
    template: &Template,
    walkthrough: &Walkthrough,
    index: usize,
    progress: Progress,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Segment>> {
    match render::render_step(template, walkthrough, index, progress) {
        Ok(segments) => Ok(segments),
        Err(error) if error.code == Code::InvalidInput => {
            problems.push(check::of_error(&error));
            Ok(Vec::new())
        }
        Err(error) => Err(error),
    }
}

/// A step to try wordings on where there is no draft: all four fields, and a step on either side.
pub fn sample() -> Walkthrough {
    let text = |text: &str| Some(text.to_owned());
    let fields = FieldsV1 {
        introduction_for_agent: text("The user's first project runs. Done when the page says hello."),
        context_for_agent: text("The installer has put `acme` into the path. It needs version 3 or later."),
        content_for_user: text("Let us start your first project.\n\nIt takes **two minutes**."),
        operations_for_agent: text(
            "1. Run `acme new hello`.\n2. Run `acme start`, and open the address that it prints.",
        ),
        extra: Vec::new(),
    };
    let step = |(index, title): (usize, &str)| Step {
        content_fields: ContentFields::V1(fields.clone()),
        display_order: index as i32 + 1,
        ..Step::new(format!("step_sample_{}", index + 1).as_str(), title)
    };
    let steps = ["Install Acme", "Start the first project", "Look around"].into_iter().enumerate().map(step).collect();
    Walkthrough {
        description: text("From nothing to a running project."),
        tags: vec!["sample".to_owned()],
        estimated_duration_minutes: Some(10),
        steps,
        ..Walkthrough::new("walkthrough_sample", "First steps with Acme", WalkthroughType::Quickstart)
    }
}

/// The step of [`sample`] that wordings are tried on, from 0.
pub const SAMPLE_INDEX: usize = 1;
