//! The quiz of a step: its questions and right answers, kept in `metadata.waymark.quiz`, where no reader sees them.
//!
//! **Invariant: answers never leave the author's side.** Neither an agent's text nor what learners are shown holds
//! them: a template sees metadata without our key, and learners get [`learner::LearnerQuiz`].

pub mod check;
pub mod learner;
mod read;
pub mod score;
mod write;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub(crate) use self::read::Members;

use crate::{
    edit::Edit,
    error::{Code, Error, Result},
    id::{Random, StepId},
    json::{FreeJson, own, with_own},
    walkthrough::Walkthrough,
};

/// Our member of a step's metadata that holds its quiz.
pub(crate) const KEY: &str = "quiz";
/// The percentage at which a quiz is passed where it says nothing else.
pub const PASS_MARK: u32 = 70;

/// A quiz.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Quiz {
    /// The name under which attempts are kept; without one it is the step's id.
    pub id: Option<String>,
    /// Whether a certificate takes it to be passed.
    pub required: bool,
    /// The percentage at which it is passed; [`PASS_MARK`] where none is set.
    pub pass_mark: Option<u32>,
    /// In order.
    pub questions: Vec<Question>,
    /// Keys that are not ours, in their order.
    #[serde(default)]
    pub extra: Vec<(String, FreeJson)>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Question {
    /// Names the question in answers; empty until it is minted.
    pub id: String,
    /// What is asked.
    pub prompt: String,
    /// What the right answer is worth.
    pub points: u32,
    /// Shown after the answer.
    pub explanation: Option<String>,
    /// How it is answered, and what is right.
    pub task: QuestionTask,
    /// Keys that are not ours, in their order.
    #[serde(default)]
    pub extra: Vec<(String, FreeJson)>,
}

/// How a question is answered, and what is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum QuestionTask {
    /// One of several.
    SingleChoice {
        /// In order.
        options: Vec<QuestionChoice>,
    },
    /// Any of several; right are exactly those that are marked.
    MultipleChoice {
        /// In order.
        options: Vec<QuestionChoice>,
    },
    /// Yes or no.
    TrueFalse {
        /// What is right; `None` until somebody said so.
        answer: Option<bool>,
    },
    /// A word or a few.
    ShortText {
        /// Any of these is right. White space around and between words does not matter.
        accepted: Vec<String>,
        /// Whether capitals matter.
        case_sensitive: bool,
    },
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct QuestionChoice {
    /// Names it in answers; empty until it is minted.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Whether it is right.
    pub correct: bool,
    /// Keys that are not ours, in their order.
    #[serde(default)]
    pub extra: Vec<(String, FreeJson)>,
}

/// A step that has a quiz, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct QuizSummary {
    /// The step.
    pub step: StepId,
    /// How many questions it has; 0 also where it cannot be read.
    pub questions: u32,
    /// Whether a certificate takes it to be passed.
    pub required: bool,
}

impl Quiz {
    /// The percentage at which it is passed.
    pub fn pass_mark(&self) -> u32 {
        self.pass_mark.unwrap_or(PASS_MARK)
    }

    /// The name under which attempts are kept.
    pub fn name<'a>(&'a self, step: &'a StepId) -> &'a str {
        self.id.as_deref().unwrap_or(step.as_str())
    }

    /// Reads a quiz as it is stored and exchanged.
    ///
    /// # Errors
    /// `InvalidInput` naming the place (`$.questions[2].options`) of what is no quiz.
    pub fn of_json(json: &FreeJson) -> Result<Self> {
        read::quiz(json)
    }

    /// The JSON as it is stored and exchanged.
    pub fn to_json(&self) -> FreeJson {
        write::quiz(self)
    }

    /// Gives questions and options without an id one.
    pub fn mint_ids(&mut self, random: Random) {
        for question in &mut self.questions {
            mint(&mut question.id, "q_", random);
            if let QuestionTask::SingleChoice { options } | QuestionTask::MultipleChoice { options } =
                &mut question.task
            {
                for option in options {
                    mint(&mut option.id, "o_", random);
                }
            }
        }
    }
}

fn mint(id: &mut String, prefix: &str, random: Random) {
    if id.trim().is_empty() {
        *id = crate::id::mint_text(random, prefix, 6);
    }
}

/// The quiz in a step's metadata, as it is stored.
pub fn stored(metadata: Option<&FreeJson>) -> Option<FreeJson> {
    own(metadata.filter(|json| json.as_str().contains(KEY)), KEY)
}

/// The quiz in a step's metadata; an error where something else is stored there.
pub fn of_metadata(metadata: Option<&FreeJson>) -> Option<Result<Quiz>> {
    stored(metadata).map(|json| Quiz::of_json(&json))
}

/// The steps that have a quiz.
pub fn summaries(walkthrough: &Walkthrough) -> Vec<QuizSummary> {
    let summary = |step: &crate::walkthrough::Step| {
        let quiz = of_metadata(step.metadata.as_ref())?.unwrap_or_default();
        let questions = quiz.questions.len() as u32;
        Some(QuizSummary { step: step.id.clone(), questions, required: quiz.required })
    };
    walkthrough.steps.iter().filter_map(summary).collect()
}

/// The edit that gives a step a quiz, or takes it away. What is not right yet, such as an empty question, may be saved
/// while it is being written; lint tells.
///
/// # Errors
/// `NotFound` for an unknown step, `InvalidInput` for what cannot be stored, `Refused` where the metadata is not a JSON
/// object and so has no room for it.
pub fn set(walkthrough: &Walkthrough, step: &StepId, quiz: Option<Quiz>, random: Random) -> Result<Edit> {
    let metadata = walkthrough.steps[walkthrough.step_index(step)?].metadata.as_ref();
    if metadata.is_some_and(|json| !json.is_null() && json.entries().is_none()) {
        let message = "The step's metadata is not a JSON object, so that there is no room for a quiz.";
        return Err(Error::new(Code::Refused, message).with_hint("Make the metadata an object first."));
    }
    let value = quiz.map(|mut quiz| {
        quiz.mint_ids(random);
        check::storable(&quiz).map(|()| quiz.to_json())
    });
    let metadata = with_own(metadata, KEY, value.transpose()?);
    Ok(Edit::SetStepMetadata { step: step.clone(), metadata })
}
