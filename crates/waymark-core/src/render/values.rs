//! What a template sees: names in both spellings, absent things undefined, our own metadata left out.

use std::collections::BTreeMap;

use minijinja::Value;
use serde::{Deserialize, Serialize};

use crate::{
    content::Field,
    error::{Error, Result},
    json::{self, FreeJson},
    progress::Progress,
    render::segments::Marks,
    walkthrough::{Step, Walkthrough},
};

/// What a text is made of: a step at its place (from 0). The walkthrough's other steps do not matter.
pub struct Shown<'a> {
    pub walkthrough: &'a Walkthrough,
    pub step: &'a Step,
    pub index: usize,
    pub progress: Progress,
}

impl<'a> Shown<'a> {
    /// The step at `index` of a walkthrough that has all its steps.
    pub fn at(walkthrough: &'a Walkthrough, index: usize, progress: Progress) -> Result<Self> {
        let step = walkthrough.steps.get(index).ok_or_else(|| no_step(walkthrough, index))?;
        Ok(Self { walkthrough, step, index, progress })
    }

    /// What the template sees; with `marks`, each field's text stands between its marks.
    pub fn seen(&self, marks: Option<&Marks>) -> Seen {
        Seen {
            walkthrough: of_walkthrough(self.walkthrough),
            step: of_step(self.step, self.index, marks),
            progress: of_progress(self.progress),
        }
    }
}

/// All that a template sees, as it also travels to the process that runs templates that are not ours.
#[derive(Serialize, Deserialize)]
pub struct Seen {
    walkthrough: Members,
    step: Members,
    progress: Members,
}

impl Seen {
    /// As the engine takes it.
    pub fn into_value(self) -> Value {
        let parts = [("walkthrough", self.walkthrough), ("step", self.step), ("progress", self.progress)];
        parts
            .into_iter()
            .map(|(name, members)| (name.to_owned(), members.into_value()))
            .collect::<BTreeMap<_, _>>()
            .into()
    }
}

fn no_step(walkthrough: &Walkthrough, index: usize) -> Error {
    let count = walkthrough.steps.len();
    let error = Error::not_found(format!("The walkthrough `{}` has no step {}.", walkthrough.title, index + 1));
    match count {
        0 => error.with_hint("It has no steps yet."),
        _ => error.with_hint(format!("Its steps are numbered 1 to {count}.")),
    }
}

fn of_walkthrough(walkthrough: &Walkthrough) -> Members {
    let mut members = Members::default();
    members.set("id", walkthrough.id.as_str());
    members.set("title", walkthrough.title.as_str());
    members.set_some("description", walkthrough.description.as_deref().filter(|text| !text.trim().is_empty()));
    members.set("type", walkthrough.kind.name());
    members.set("tags", walkthrough.tags.clone());
    members.set_some("estimated_duration_minutes", walkthrough.estimated_duration_minutes);
    members.set_some("metadata", metadata(walkthrough.metadata.as_ref()));
    members
}

fn of_step(step: &Step, index: usize, marks: Option<&Marks>) -> Members {
    let mut members = Members::default();
    members.set("id", step.id.as_str());
    members.set("title", step.title.as_str());
    members.set("number", index + 1);
    members.set("display_order", step.display_order);
    for field in Field::ALL.into_iter().filter(|field| step.content_fields.has_text(*field)) {
        let text = step.content_fields.text(field).unwrap_or_default();
        match marks {
            Some(marks) => members.set(field.name(), marks.around(field, text)),
            None => members.set(field.name(), text),
        }
    }
    members.set_some("metadata", metadata(step.metadata.as_ref()));
    members
}

fn of_progress(progress: Progress) -> Members {
    let mut members = Members::default();
    members.set("percent", progress.percent);
    members.set("completed_steps", progress.completed_steps);
    members.set("total_steps", progress.total_steps);
    members.set("is_completed", progress.is_completed);
    members
}

fn metadata(metadata: Option<&FreeJson>) -> Option<Value> {
    let visible = json::without_own(metadata)?;
    let value = serde_json::from_str(visible.as_str()).ok()?;
    of_json(&value)
}

/// A JSON value for templates; null is absent, so that it never prints as `None`.
fn of_json(json: &serde_json::Value) -> Option<Value> {
    use serde_json::Value as Json;
    Some(match json {
        Json::Null => return None,
        Json::Bool(is) => Value::from(*is),
        Json::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(whole), _, _) => Value::from(whole),
            (_, Some(whole), _) => Value::from(whole),
            (_, _, Some(broken)) => Value::from(broken),
            _ => return None,
        },
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => items.iter().map(|item| of_json(item).unwrap_or(Value::UNDEFINED)).collect(),
        Json::Object(members) => {
            let pairs = members.iter().filter_map(|(key, value)| Some((key.clone(), of_json(value)?)));
            Value::from(pairs.collect::<BTreeMap<String, Value>>())
        }
    })
}

/// The members of one object, by their snake_case names. A template has them under their camelCase names too.
#[derive(Default, Serialize, Deserialize)]
#[serde(from = "serde_json::Map<String, serde_json::Value>")]
struct Members(BTreeMap<String, Value>);

impl From<serde_json::Map<String, serde_json::Value>> for Members {
    fn from(json: serde_json::Map<String, serde_json::Value>) -> Self {
        Self(json.iter().filter_map(|(name, value)| Some((name.clone(), of_json(value)?))).collect())
    }
}

impl Members {
    fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    fn set_some<T: Into<Value>>(&mut self, name: &str, value: Option<T>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    fn into_value(mut self) -> Value {
        let aliases: Vec<_> = self.0.iter().map(|(name, value)| (camel(name), value.clone())).collect();
        self.0.extend(aliases);
        Value::from(self.0)
    }
}

/// The camelCase spelling of a snake_case name.
pub fn camel(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    for (index, word) in name.split('_').enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if index > 0 => camel.push(first.to_ascii_uppercase()),
            Some(first) => camel.push(first),
            None => {}
        }
        camel.push_str(letters.as_str());
    }
    camel
}
