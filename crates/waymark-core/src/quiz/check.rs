//! What is wrong with a quiz: what cannot be stored at all, and what a learner could not answer.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{Question, QuestionChoice, QuestionTask, Quiz, score::normalized};
use crate::{
    error::{Error, Result},
    limits::check_text,
};

/// Questions in a quiz.
pub const QUESTIONS_MAX: usize = 100;
/// Options of a question, and answers that it accepts.
pub const OPTIONS_MAX: usize = 50;
/// Characters in one text of a quiz.
pub const TEXT_MAX: usize = 5_000;
/// Points for one question.
pub const POINTS_MAX: u32 = 1_000;
/// Characters in the name of a quiz.
pub const ID_MAX: usize = 255;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum QuizFault {
    /// There is nothing to answer.
    NoQuestions,
    /// Nothing is asked.
    NoPrompt,
    /// Nothing is right, or one of several is asked for and more than one is.
    NoRightAnswer,
    /// An option without a text, or fewer than two options.
    EmptyOption,
    /// Two options, or two accepted answers, that say the same.
    SameOption,
    /// Points or a pass mark that cannot be reached, or are always reached.
    Marks,
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct QuizProblem {
    /// What.
    pub fault: QuizFault,
    /// Which question, from 0; `None` for the quiz as a whole.
    pub question: Option<u32>,
    /// The place in its JSON, such as `$.questions[2].options`.
    pub place: String,
    /// What, in a sentence.
    pub message: String,
    /// How to mend it.
    pub hint: String,
}

/// Everything that keeps a quiz from being answered and scored.
pub fn problems(quiz: &Quiz) -> Vec<QuizProblem> {
    let mut found = Vec::new();
    let mut add = |fault, question: Option<usize>, place: &str, message: String, hint: &str| {
        let at = question.map_or_else(|| "$".to_owned(), |at| format!("$.questions[{at}]"));
        let question = question.map(|at| at as u32);
        let place = if place.is_empty() { at } else { format!("{at}.{place}") };
        found.push(QuizProblem { fault, question, place, message, hint: hint.to_owned() });
    };
    if quiz.questions.is_empty() {
        add(
            QuizFault::NoQuestions,
            None,
            "questions",
            "The quiz has no questions.".to_owned(),
            "Add one, or remove the quiz.",
        );
    }
    if !(1..=100).contains(&quiz.pass_mark()) {
        let message = format!("The pass mark is {} %.", quiz.pass_mark());
        add(QuizFault::Marks, None, "pass_mark", message, "It goes from 1 to 100.");
    }
    for (at, question) in quiz.questions.iter().enumerate() {
        let number = at + 1;
        if question.prompt.trim().is_empty() {
            add(
                QuizFault::NoPrompt,
                Some(at),
                "prompt",
                format!("Question {number} asks nothing."),
                "Write the question.",
            );
        }
        if !(1..=POINTS_MAX).contains(&question.points) {
            let message = format!("Question {number} is worth {} points.", question.points);
            add(QuizFault::Marks, Some(at), "points", message, "Give it 1 to 1,000 points.");
        }
        if let Some(message) = no_right_answer(question) {
            let message = format!("Question {number} {message}.");
            add(QuizFault::NoRightAnswer, Some(at), question.task.place(), message, "Say which answer is right.");
        }
        let texts = question.task.texts();
        let is_choice =
            matches!(question.task, QuestionTask::SingleChoice { .. } | QuestionTask::MultipleChoice { .. });
        let blank = texts.iter().any(|text| text.trim().is_empty());
        if is_choice && texts.len() < 2 {
            let message = format!("Question {number} has fewer than two options.");
            add(QuizFault::EmptyOption, Some(at), "options", message, "Add an option.");
        } else if blank && (is_choice || texts.len() > 1) {
            let message = format!("Question {number} has an empty {}.", question.task.noun());
            add(QuizFault::EmptyOption, Some(at), question.task.place(), message, "Write it, or remove it.");
        }
        if let Some(twice) = said_twice(question) {
            let message = format!("Question {number} has the {} `{twice}` twice.", question.task.noun());
            add(
                QuizFault::SameOption,
                Some(at),
                question.task.place(),
                message,
                "Change one of the two, or remove it.",
            );
        }
    }
    found
}

fn no_right_answer(question: &Question) -> Option<&'static str> {
    let right = |options: &[QuestionChoice]| options.iter().filter(|option| option.correct).count();
    match &question.task {
        QuestionTask::SingleChoice { options } => match right(options) {
            0 => Some("has no right answer"),
            1 => None,
            _ => Some("takes one answer and has several right ones"),
        },
        QuestionTask::MultipleChoice { options } => (right(options) == 0).then_some("has no right answer"),
        QuestionTask::TrueFalse { answer } => answer.is_none().then_some("has no right answer"),
        QuestionTask::ShortText { accepted, .. } => {
            accepted.iter().all(|text| text.trim().is_empty()).then_some("has no right answer")
        }
    }
}

fn said_twice(question: &Question) -> Option<&str> {
    let case_sensitive = match &question.task {
        QuestionTask::ShortText { case_sensitive, .. } => *case_sensitive,
        _ => true,
    };
    let mut seen = HashSet::new();
    let texts = question.task.texts().into_iter().filter(|text| !text.trim().is_empty());
    texts.into_iter().find(|text| !seen.insert(normalized(text, case_sensitive)))
}

impl QuestionTask {
    fn texts(&self) -> Vec<&str> {
        match self {
            QuestionTask::SingleChoice { options } | QuestionTask::MultipleChoice { options } => {
                options.iter().map(|option| option.text.as_str()).collect()
            }
            QuestionTask::TrueFalse { .. } => Vec::new(),
            QuestionTask::ShortText { accepted, .. } => accepted.iter().map(String::as_str).collect(),
        }
    }

    fn place(&self) -> &'static str {
        match self {
            QuestionTask::SingleChoice { .. } | QuestionTask::MultipleChoice { .. } => "options",
            QuestionTask::TrueFalse { .. } => "answer",
            QuestionTask::ShortText { .. } => "accepted",
        }
    }

    fn noun(&self) -> &'static str {
        match self {
            QuestionTask::ShortText { .. } => "accepted answer",
            _ => "option",
        }
    }
}

/// What cannot be stored, whatever the author means to write next.
///
/// # Errors
/// `InvalidInput` naming the place, the excess and the limit.
pub fn storable(quiz: &Quiz) -> Result<()> {
    check_count("$.questions", "questions", quiz.questions.len(), QUESTIONS_MAX)?;
    if let Some(id) = &quiz.id {
        check_line("$.id", id, ID_MAX)?;
        if id.trim().is_empty() {
            return Err(Error::invalid("The name of the quiz is empty.")
                .with_field("$.id")
                .with_hint("Leave it out: it is then the step's id."));
        }
    }
    let mut ids = HashSet::new();
    for (at, question) in quiz.questions.iter().enumerate() {
        let path = format!("$.questions[{at}]");
        check_line(&format!("{path}.id"), &question.id, ID_MAX)?;
        if !ids.insert(question.id.as_str()) {
            return Err(twice(&format!("{path}.id"), &question.id));
        }
        check_line(&format!("{path}.prompt"), &question.prompt, TEXT_MAX)?;
        check_line(&format!("{path}.explanation"), question.explanation.as_deref().unwrap_or_default(), TEXT_MAX)?;
        check_task(&path, &question.task)?;
    }
    Ok(())
}

fn check_task(path: &str, task: &QuestionTask) -> Result<()> {
    let path = format!("{path}.{}", task.place());
    let texts = task.texts();
    check_count(&path, "answers", texts.len(), OPTIONS_MAX)?;
    for (at, text) in texts.into_iter().enumerate() {
        check_line(&format!("{path}[{at}]"), text, TEXT_MAX)?;
    }
    if let QuestionTask::SingleChoice { options } | QuestionTask::MultipleChoice { options } = task {
        let mut ids = HashSet::new();
        for (at, option) in options.iter().enumerate() {
            check_line(&format!("{path}[{at}].id"), &option.id, ID_MAX)?;
            if !ids.insert(option.id.as_str()) {
                return Err(twice(&format!("{path}[{at}].id"), &option.id));
            }
        }
    }
    Ok(())
}

fn check_count(path: &str, what: &str, count: usize, max: usize) -> Result<()> {
    if count <= max {
        return Ok(());
    }
    Err(Error::invalid(format!("`{path}` has {count} {what}."))
        .with_field(path)
        .with_hint(format!("There may be up to {max}. Take away {}.", count - max)))
}

fn check_line(path: &str, text: &str, max: usize) -> Result<()> {
    check_text(path, &format!("`{path}`"), text)?;
    let count = text.chars().count();
    if count <= max {
        return Ok(());
    }
    Err(Error::invalid(format!("`{path}` is {count} characters long."))
        .with_field(path)
        .with_hint(format!("It may have up to {max}. Shorten it by {}.", count - max)))
}

fn twice(path: &str, id: &str) -> Error {
    Error::invalid(format!("`{path}` is `{id}`, which occurs before."))
        .with_field(path)
        .with_hint("Leave one of the two out: a new one is made.")
}
