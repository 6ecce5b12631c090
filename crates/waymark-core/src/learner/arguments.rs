//! From the arguments of a tool to a call.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::call::{Call, Profile};

/// The most bytes of a text argument: above any title, id, address or visit.
const TEXT_MAX_BYTES: usize = 2_000;
/// As many characters of an unknown argument's name are repeated.
const NAME_SHOWN_MAX: usize = 60;

/// A call, and the visit that its arguments name.
#[derive(Debug, PartialEq, Eq)]
pub struct Asked {
    /// The call.
    pub call: Call,
    /// The visit, as the agent passed it.
    pub visit: Option<String>,
}

/// Why there is no call.
#[derive(Debug, PartialEq, Eq)]
pub enum Unasked {
    /// The profile has no such tool: the client's fault, not the agent's.
    UnknownTool,
    /// The arguments do not fit: a sentence for the agent.
    Misfit(String),
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Arguments {
    visit: Option<String>,
    name: Option<String>,
    restart: Option<bool>,
    email: Option<String>,
    #[serde(rename = "currentStepId")]
    current_step_id_camel: Option<String>,
    current_step_id: Option<String>,
    walkthrough_id: Option<String>,
    resume_if_exists: Option<bool>,
    confirm: Option<bool>,
}

/// Reads the arguments of `tool`. An empty text is an absent one: agents often fill in everything.
///
/// # Errors
/// Why there is no call.
pub fn parse(profile: Profile, tool: &str, arguments: Option<Map<String, Value>>) -> Result<Asked, Unasked> {
    let known = allowed(profile, tool).ok_or(Unasked::UnknownTool)?;
    let arguments = arguments.unwrap_or_default();
    if let Some(extra) = arguments.keys().find(|key| *key != "visit" && !known.contains(&key.as_str())) {
        let listed = known.iter().chain(&["visit"]).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let extra: String = extra.chars().take(NAME_SHOWN_MAX).collect();
        return Err(Unasked::Misfit(format!("`{tool}` has no argument `{extra}`. It has: {listed}.")));
    }
    for (name, value) in &arguments {
        check_text(tool, name, value.as_str().unwrap_or_default())?;
    }
    let arguments: Arguments = serde_json::from_value(arguments.into()).map_err(|error| misfit(tool, &error))?;
    let visit = some(arguments.visit);
    let call = match tool {
        "list_walkthroughs" => Call::List,
        "start_walkthrough" => Call::Start {
            name: some(arguments.name),
            restart: arguments.restart.unwrap_or(false),
            email: some(arguments.email),
        },
        "select_walkthrough" => Call::Start {
            name: Some(required(tool, "walkthrough_id", arguments.walkthrough_id)?),
            restart: !arguments.resume_if_exists.unwrap_or(true),
            email: some(arguments.email),
        },
        "get_next_step" => Call::Next { step: some(arguments.current_step_id_camel).map(Into::into) },
        "next_walkthrough_step" => Call::Next { step: some(arguments.current_step_id).map(Into::into) },
        "get_walkthrough_status" => Call::Status { walkthrough: some(arguments.walkthrough_id) },
        _ => Call::Reset {
            walkthrough: required(tool, "walkthrough_id", arguments.walkthrough_id)?.into(),
            confirm: arguments.confirm.unwrap_or(false),
        },
    };
    Ok(Asked { call, visit })
}

/// The arguments of a tool besides `visit`; `None` if the profile does not have the tool.
fn allowed(profile: Profile, tool: &str) -> Option<&'static [&'static str]> {
    Some(match (profile, tool) {
        (Profile::Current, "start_walkthrough") => &["name", "restart", "email"],
        (Profile::Current, "get_next_step") => &["currentStepId"],
        (Profile::V1, "list_walkthroughs") => &[],
        (Profile::V1, "select_walkthrough") => &["walkthrough_id", "resume_if_exists", "email"],
        (Profile::V1, "next_walkthrough_step") => &["current_step_id"],
        (_, "get_walkthrough_status") => &["walkthrough_id"],
        (_, "reset_walkthrough_progress") => &["walkthrough_id", "confirm"],
        _ => return None,
    })
}

/// Names and ids are short, and no database here keeps NUL.
fn check_text(tool: &str, name: &str, text: &str) -> Result<(), Unasked> {
    let what = if text.contains('\0') {
        "has a NUL character in it".to_owned()
    } else if text.len() > TEXT_MAX_BYTES {
        format!("has more than {TEXT_MAX_BYTES} bytes")
    } else {
        return Ok(());
    };
    Err(Unasked::Misfit(format!(
        "The argument `{name}` of `{tool}` {what}. Nothing was changed. Call it again with another."
    )))
}

fn some(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

fn required(tool: &str, argument: &str, text: Option<String>) -> Result<String, Unasked> {
    some(text).ok_or_else(|| {
        Unasked::Misfit(format!(
            "`{tool}` needs the argument `{argument}`. Nothing was changed. Call it again with it."
        ))
    })
}

fn misfit(tool: &str, error: &serde_json::Error) -> Unasked {
    Unasked::Misfit(format!(
        "An argument of `{tool}` has the wrong type: {error}. Nothing was changed. Look at the tool's input schema and \
         call it again."
    ))
}
