//! Quizzes and the certificate: what a learner could not answer, and what nobody could earn. What is wrong is decided
//! where quizzes are; here it becomes findings, one for each rule and step.

use std::collections::HashMap;

use crate::{
    certificate,
    lint::{
        Findings,
        rules::{self, Rule},
    },
    quiz::{
        self,
        check::{QuizFault, QuizProblem, problems},
    },
    walkthrough::{Step, Walkthrough},
};

/// The names that quizzes were given, each with the first step that has it.
pub struct Names(HashMap<String, usize>);

impl Names {
    pub fn of(walkthrough: &Walkthrough) -> Self {
        let mut names = HashMap::new();
        for (index, step) in walkthrough.steps.iter().enumerate() {
            if let Some(Ok(quiz)) = quiz::of_metadata(step.metadata.as_ref()) {
                names.entry(quiz.name(&step.id).to_owned()).or_insert(index);
            }
        }
        Self(names)
    }
}

/// The quiz of one step.
pub fn check_step(findings: &mut Findings<'_>, names: &Names, index: usize, step: &Step) {
    let quiz = match quiz::of_metadata(step.metadata.as_ref()) {
        None => return,
        Some(Ok(quiz)) => quiz,
        Some(Err(error)) => {
            let message = format!("The quiz of the step `{}` cannot be read: {}", step.title, lower(&error.message));
            findings.add(rules::QUIZ_UNREADABLE, message, error.hint);
            return;
        }
    };
    let mut first: Vec<(Rule, QuizProblem, usize)> = Vec::new();
    for problem in problems(&quiz) {
        let rule = rule_of(problem.fault);
        match first.iter_mut().find(|(known, ..)| known.id == rule.id) {
            Some((_, _, count)) => *count += 1,
            None => first.push((rule, problem, 1)),
        }
    }
    first.sort_by_key(|(rule, ..)| rule.id);
    for (rule, problem, count) in first {
        let times = if count > 1 { format!(" ({count} times in all)") } else { String::new() };
        let sentence = problem.message.trim_end_matches('.');
        findings.add(rule, format!("Quiz of `{}`: {}{times}.", step.title, lower(sentence)), problem.hint);
    }
    let name = quiz.name(&step.id);
    if let Some(other) = names.0.get(name).filter(|other| **other != index) {
        let message = format!("The quiz of step {} is called `{name}` too.", other + 1);
        findings.add(rules::QUIZ_NAMED_TWICE, message, "Give one of them another name.".to_owned());
    }
}

/// The certificate of the walkthrough.
pub fn check_walkthrough(findings: &mut Findings<'_>) {
    let messages = match certificate::of_metadata(findings.walkthrough.metadata.as_ref()) {
        None => return,
        Some(Ok(certificate)) => {
            certificate::problems(&certificate).into_iter().map(|problem| problem.message).collect()
        }
        Some(Err(error)) => vec![format!("The certificate's settings cannot be read: {}", lower(&error.message))],
    };
    // One finding for the rule, as everywhere.
    if !messages.is_empty() {
        findings.add(rules::CERTIFICATE, messages.join(" "), "Mend it in the walkthrough's details.".to_owned());
    }
}

fn rule_of(fault: QuizFault) -> Rule {
    match fault {
        QuizFault::NoQuestions => rules::QUIZ_EMPTY,
        QuizFault::NoPrompt => rules::QUIZ_NO_PROMPT,
        QuizFault::NoRightAnswer => rules::QUIZ_NO_RIGHT_ANSWER,
        QuizFault::EmptyOption => rules::QUIZ_EMPTY_OPTION,
        QuizFault::SameOption => rules::QUIZ_SAME_OPTION,
        QuizFault::Marks => rules::QUIZ_MARKS,
    }
}

/// A sentence that goes on after a colon.
fn lower(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}
