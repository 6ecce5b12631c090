//! A quiz from JSON, with the place of what does not fit.

use serde::de::DeserializeOwned;

use super::{Question, QuestionChoice, QuestionTask, Quiz};
use crate::{
    error::{Error, Result},
    json::FreeJson,
};

const KINDS: &str = "`single_choice`, `multiple_choice`, `true_false` or `short_text`";

pub(super) fn quiz(json: &FreeJson) -> Result<Quiz> {
    let mut object = Members::of(json, "$")?;
    Ok(Quiz {
        id: object.take("id", "a text")?,
        required: object.take("required", "`true` or `false`")?.unwrap_or_default(),
        pass_mark: object.take("pass_mark", "a whole percentage")?,
        questions: object.take_list("questions", question)?.unwrap_or_default(),
        extra: object.rest,
    })
}

fn question(json: &FreeJson, path: &str) -> Result<Question> {
    let mut object = Members::of(json, path)?;
    let kind: String = object.take("kind", KINDS)?.ok_or_else(|| object.missing("kind", KINDS))?;
    let task = match kind.as_str() {
        "single_choice" => QuestionTask::SingleChoice { options: options(&mut object)? },
        "multiple_choice" => QuestionTask::MultipleChoice { options: options(&mut object)? },
        "true_false" => QuestionTask::TrueFalse { answer: object.take("answer", "`true` or `false`")? },
        "short_text" => QuestionTask::ShortText {
            accepted: object.take("accepted", "a list of texts")?.unwrap_or_default(),
            case_sensitive: object.take("case_sensitive", "`true` or `false`")?.unwrap_or_default(),
        },
        _ => return Err(wrong(&object.at("kind"), KINDS, &FreeJson::of(&kind))),
    };
    Ok(Question {
        id: object.take("id", "a text")?.unwrap_or_default(),
        prompt: object.take("prompt", "a text")?.unwrap_or_default(),
        points: object.take("points", "a whole number")?.unwrap_or(1),
        explanation: object.take("explanation", "a text")?,
        task,
        extra: object.rest,
    })
}

fn options(object: &mut Members) -> Result<Vec<QuestionChoice>> {
    Ok(object.take_list("options", choice)?.unwrap_or_default())
}

fn choice(json: &FreeJson, path: &str) -> Result<QuestionChoice> {
    let mut object = Members::of(json, path)?;
    Ok(QuestionChoice {
        id: object.take("id", "a text")?.unwrap_or_default(),
        text: object.take("text", "a text")?.unwrap_or_default(),
        correct: object.take("correct", "`true` or `false`")?.unwrap_or_default(),
        extra: object.rest,
    })
}

/// The members of an object that are not taken yet, and where it stands.
pub(crate) struct Members {
    path: String,
    pub(crate) rest: Vec<(String, FreeJson)>,
}

impl Members {
    pub(crate) fn of(json: &FreeJson, path: &str) -> Result<Self> {
        let rest = json.entries().ok_or_else(|| wrong(path, "an object", json))?;
        Ok(Self { path: path.to_owned(), rest })
    }

    fn at(&self, key: &str) -> String {
        format!("{}.{key}", self.path)
    }

    /// Takes a member; an absent one and `null` are none.
    pub(crate) fn take<T: DeserializeOwned>(&mut self, key: &str, expected: &str) -> Result<Option<T>> {
        let path = self.at(key);
        let Some(json) = self.take_json(key) else {
            return Ok(None);
        };
        serde_json::from_str(json.as_str()).map(Some).map_err(|_| wrong(&path, expected, &json))
    }

    fn take_list<T>(&mut self, key: &str, read: impl Fn(&FreeJson, &str) -> Result<T>) -> Result<Option<Vec<T>>> {
        let path = self.at(key);
        let Some(json) = self.take_json(key) else {
            return Ok(None);
        };
        let items = json.items().ok_or_else(|| wrong(&path, "a list", &json))?;
        items.iter().enumerate().map(|(at, item)| read(item, &format!("{path}[{at}]"))).collect::<Result<_>>().map(Some)
    }

    fn take_json(&mut self, key: &str) -> Option<FreeJson> {
        let place = self.rest.iter().position(|(name, _)| name == key)?;
        let (_, json) = self.rest.remove(place);
        (!json.is_null()).then_some(json)
    }

    fn missing(&self, key: &str, expected: &str) -> Error {
        let path = self.at(key);
        Error::invalid(format!("`{path}` is missing.")).with_field(path).with_hint(format!("Add it: {expected}."))
    }
}

fn wrong(path: &str, expected: &str, found: &FreeJson) -> Error {
    let text: String = found.as_str().chars().take(60).collect();
    Error::invalid(format!("`{path}` must be {expected}; it is `{text}`."))
        .with_field(path)
        .with_hint(format!("Put {expected} there."))
}
