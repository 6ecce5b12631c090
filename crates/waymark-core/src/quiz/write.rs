//! A quiz as JSON. Members that say nothing are left out; what is not ours comes last, as it came.

use super::{Question, QuestionChoice, QuestionTask, Quiz};
use crate::json::FreeJson;

type Members = Vec<(String, FreeJson)>;

pub(super) fn quiz(quiz: &Quiz) -> FreeJson {
    let mut members = Members::new();
    push(&mut members, "id", quiz.id.as_ref().map(FreeJson::of));
    push(&mut members, "required", Some(FreeJson::of(&quiz.required)));
    push(&mut members, "pass_mark", quiz.pass_mark.as_ref().map(FreeJson::of));
    let questions: Vec<FreeJson> = quiz.questions.iter().map(question).collect();
    push(&mut members, "questions", Some(FreeJson::list(&questions)));
    finish(members, &quiz.extra)
}

fn question(question: &Question) -> FreeJson {
    let mut members = Members::new();
    push(&mut members, "id", Some(FreeJson::of(&question.id)));
    push(&mut members, "kind", Some(FreeJson::of(question.task.kind())));
    push(&mut members, "prompt", Some(FreeJson::of(&question.prompt)));
    push(&mut members, "points", Some(FreeJson::of(&question.points)));
    match &question.task {
        QuestionTask::SingleChoice { options } | QuestionTask::MultipleChoice { options } => {
            let options: Vec<FreeJson> = options.iter().map(choice).collect();
            push(&mut members, "options", Some(FreeJson::list(&options)));
        }
        QuestionTask::TrueFalse { answer } => push(&mut members, "answer", answer.as_ref().map(FreeJson::of)),
        QuestionTask::ShortText { accepted, case_sensitive } => {
            push(&mut members, "accepted", Some(FreeJson::of(accepted)));
            push(&mut members, "case_sensitive", case_sensitive.then(|| FreeJson::of(&true)));
        }
    }
    push(&mut members, "explanation", question.explanation.as_ref().map(FreeJson::of));
    finish(members, &question.extra)
}

fn choice(choice: &QuestionChoice) -> FreeJson {
    let mut members = Members::new();
    push(&mut members, "id", Some(FreeJson::of(&choice.id)));
    push(&mut members, "text", Some(FreeJson::of(&choice.text)));
    push(&mut members, "correct", choice.correct.then(|| FreeJson::of(&true)));
    finish(members, &choice.extra)
}

fn push(members: &mut Members, name: &str, value: Option<FreeJson>) {
    members.extend(value.map(|value| (name.to_owned(), value)));
}

fn finish(mut members: Members, extra: &Members) -> FreeJson {
    let unknown: Vec<_> = extra.iter().filter(|(name, _)| !members.iter().any(|(known, _)| known == name)).collect();
    members.extend(unknown.into_iter().cloned());
    FreeJson::object(&members)
}

impl QuestionTask {
    /// The name as stored.
    pub fn kind(&self) -> &'static str {
        match self {
            QuestionTask::SingleChoice { .. } => "single_choice",
            QuestionTask::MultipleChoice { .. } => "multiple_choice",
            QuestionTask::TrueFalse { .. } => "true_false",
            QuestionTask::ShortText { .. } => "short_text",
        }
    }
}
