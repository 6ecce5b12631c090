//! Scoring: whole points, compared as whole numbers, and what is kept of several attempts.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::{Question, QuestionChoice, QuestionTask, Quiz};

/// What somebody answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(untagged)]
pub enum QuizAnswer {
    /// Yes or no.
    Truth(bool),
    /// A short text, or the id of one option.
    Text(String),
    /// The ids of options.
    Choices(Vec<String>),
}

/// Answers by the question's id. A question that is not there was not answered.
pub type Answers = BTreeMap<String, QuizAnswer>;

/// How an attempt went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Attempt {
    /// Points that were made.
    pub score: u32,
    /// Points that could be made.
    pub max_score: u32,
    /// Whether this attempt is enough.
    pub passed: bool,
    /// One for each question, in order.
    pub questions: Vec<Marked>,
}

/// How one question went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Marked {
    /// Which.
    pub question: String,
    /// Whether it was answered at all.
    pub is_answered: bool,
    /// Whether the answer is right.
    pub is_right: bool,
    /// Points that were made.
    pub score: u32,
    /// What the author says about the answer.
    pub explanation: Option<String>,
}

/// What is kept of a learner's attempts at one quiz.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct KeptAttempt {
    /// Points of the best attempt.
    pub score: u32,
    /// Points that could be made in that attempt.
    pub max_score: u32,
    /// How many attempts there were.
    pub attempts: u32,
    /// Whether one of them was enough.
    pub passed: bool,
}

/// Whether a score is enough: at the pass mark or above, in whole numbers (`10·score ≥ 7·max` at 70 %).
pub fn is_passed(score: u32, max_score: u32, pass_mark: u32) -> bool {
    max_score > 0 && 100 * u64::from(score) >= u64::from(pass_mark) * u64::from(max_score)
}

/// Points that can be made.
pub fn max_score(quiz: &Quiz) -> u32 {
    quiz.questions.iter().fold(0, |sum: u32, question| sum.saturating_add(question.points))
}

/// Scores an attempt. A question is right or wrong; there are no half points.
pub fn score(quiz: &Quiz, answers: &Answers) -> Attempt {
    let mark = |question: &Question| {
        let answer = answers.get(&question.id);
        let is_right = answer.is_some_and(|answer| is_right(&question.task, answer));
        Marked {
            question: question.id.clone(),
            is_answered: answer.is_some(),
            is_right,
            score: if is_right { question.points } else { 0 },
            explanation: question.explanation.clone(),
        }
    };
    let questions: Vec<Marked> = quiz.questions.iter().map(mark).collect();
    let score = questions.iter().fold(0, |sum: u32, marked| sum.saturating_add(marked.score));
    let max_score = max_score(quiz);
    Attempt { score, max_score, passed: is_passed(score, max_score, quiz.pass_mark()), questions }
}

fn is_right(task: &QuestionTask, answer: &QuizAnswer) -> bool {
    match (task, answer) {
        (QuestionTask::SingleChoice { options }, QuizAnswer::Text(id)) => {
            chosen(options) == BTreeSet::from([id.as_str()])
        }
        (
            QuestionTask::SingleChoice { options } | QuestionTask::MultipleChoice { options },
            QuizAnswer::Choices(ids),
        ) => {
            let right = chosen(options);
            !right.is_empty() && right == ids.iter().map(String::as_str).collect()
        }
        (QuestionTask::TrueFalse { answer }, QuizAnswer::Truth(said)) => *answer == Some(*said),
        (QuestionTask::ShortText { accepted, case_sensitive }, QuizAnswer::Text(said)) => {
            let said = normalized(said, *case_sensitive);
            !said.is_empty() && accepted.iter().any(|text| normalized(text, *case_sensitive) == said)
        }
        _ => false,
    }
}

fn chosen(options: &[QuestionChoice]) -> BTreeSet<&str> {
    options.iter().filter(|option| option.correct).map(|option| option.id.as_str()).collect()
}

/// A text as it is compared: the same letters in one spelling, single spaces, without capitals where they do not matter.
pub(super) fn normalized(text: &str, case_sensitive: bool) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text: String = words.join(" ").nfkc().collect();
    if case_sensitive { text } else { text.to_lowercase() }
}

impl KeptAttempt {
    /// What is kept after another attempt: the one with the best ratio (a tie keeps the old), and passed for good.
    #[must_use]
    pub fn after(kept: Option<Self>, score: u32, max_score: u32, passed: bool) -> Self {
        let Some(kept) = kept else {
            return Self { score, max_score, attempts: 1, passed };
        };
        let is_better = u64::from(score) * u64::from(kept.max_score) > u64::from(kept.score) * u64::from(max_score);
        let (score, max_score) = if is_better { (score, max_score) } else { (kept.score, kept.max_score) };
        Self { score, max_score, attempts: kept.attempts.saturating_add(1), passed: kept.passed || passed }
    }
}
