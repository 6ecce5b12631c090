//! What a learner is shown of a quiz: the questions, and nothing that gives an answer away.

use serde::{Deserialize, Serialize};

use super::{Question, QuestionChoice, QuestionTask, Quiz};

/// A quiz without its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LearnerQuiz {
    /// Whether a certificate takes it to be passed.
    pub required: bool,
    /// The percentage at which it is passed.
    pub pass_mark: u32,
    /// What all right answers are worth together.
    pub max_score: u32,
    /// In order.
    pub questions: Vec<LearnerQuestion>,
}

/// A question without its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LearnerQuestion {
    /// Names the question in answers.
    pub id: String,
    /// What is asked.
    pub prompt: String,
    /// What the right answer is worth.
    pub points: u32,
    /// How it is answered.
    pub task: LearnerTask,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LearnerTask {
    /// One of several.
    SingleChoice {
        /// In order.
        options: Vec<LearnerChoice>,
    },
    /// Any of several.
    MultipleChoice {
        /// In order.
        options: Vec<LearnerChoice>,
    },
    /// Yes or no.
    TrueFalse,
    /// A word or a few.
    ShortText,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LearnerChoice {
    /// Names it in answers.
    pub id: String,
    /// What it says.
    pub text: String,
}

/// The quiz as a learner gets it.
pub fn for_learner(quiz: &Quiz) -> LearnerQuiz {
    LearnerQuiz {
        required: quiz.required,
        pass_mark: quiz.pass_mark(),
        max_score: super::score::max_score(quiz),
        questions: quiz.questions.iter().map(question).collect(),
    }
}

fn question(question: &Question) -> LearnerQuestion {
    let task = match &question.task {
        QuestionTask::SingleChoice { options } => LearnerTask::SingleChoice { options: choices(options) },
        QuestionTask::MultipleChoice { options } => LearnerTask::MultipleChoice { options: choices(options) },
        QuestionTask::TrueFalse { .. } => LearnerTask::TrueFalse,
        QuestionTask::ShortText { .. } => LearnerTask::ShortText,
    };
    let Question { id, prompt, points, .. } = question.clone();
    LearnerQuestion { id, prompt, points, task }
}

fn choices(options: &[QuestionChoice]) -> Vec<LearnerChoice> {
    options.iter().map(|option| LearnerChoice { id: option.id.clone(), text: option.text.clone() }).collect()
}
