//! The tools as agents see them: names, words, schemas. Doors put them on the wire as they are.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::{Value, json};

use super::{call::Profile, output::ToolOutput};

/// What a client is told about the whole server.
pub const INSTRUCTIONS: &str = "Walkthroughs lead a user through a task, one step at a time. Start or resume one, do \
     what each step says, and ask for the next step when the user is ready. Pass the `visit` of the first answer to \
     every later call.";

/// A tool, as a list of tools has it on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tool {
    /// By which it is called.
    pub name: &'static str,
    /// For people.
    pub title: &'static str,
    /// What it does.
    pub description: &'static str,
    /// JSON Schema of its arguments.
    pub input_schema: Value,
    /// JSON Schema of its structured answer.
    pub output_schema: Value,
    /// What it may change.
    pub annotations: Hints,
}

/// What a client may be told about a tool before it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hints {
    /// Whether it changes nothing.
    pub read_only_hint: bool,
    /// Whether it can take something away.
    pub destructive_hint: bool,
    /// Whether a repeated call changes nothing more.
    pub idempotent_hint: bool,
    /// Whether it reaches beyond the server.
    pub open_world_hint: bool,
}

/// What every tool declares to answer.
static OUTPUT: LazyLock<Value> = LazyLock::new(|| {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<ToolOutput>().to_value();
    if let Some(root) = schema.as_object_mut() {
        // The name and the words of a Rust type are nothing to an agent.
        root.remove("title");
        root.remove("description");
    }
    make_portable(&mut schema);
    // Whether objects keep their order depends on what else is built along: so that every program lists the same bytes.
    schema.sort_all_objects();
    schema
});

/// The tools of a profile. `asks_email`: the server wants the learner's address.
pub fn tools(profile: Profile, asks_email: bool) -> Vec<Tool> {
    match profile {
        Profile::Current => {
            vec![start_walkthrough(asks_email), get_next_step(), get_walkthrough_status(profile), reset()]
        }
        Profile::V1 => vec![
            list_walkthroughs(),
            select_walkthrough(asks_email),
            next_walkthrough_step(),
            get_walkthrough_status(profile),
            reset(),
        ],
    }
}

fn start_walkthrough(asks_email: bool) -> Tool {
    let mut properties = json!({
        "name": {
            "type": "string",
            "description": "Title or id of the walkthrough. Without it the only walkthrough starts, or the list of \
                            walkthroughs comes back."
        },
        "restart": {
            "type": "boolean",
            "default": false,
            "description": "true clears the user's progress in this walkthrough first. Otherwise it resumes where \
                            the user left off."
        }
    });
    add_email(&mut properties, asks_email);
    tool(
        "start_walkthrough",
        "Start a walkthrough",
        "Starts a walkthrough or resumes it, and returns the current step. Call it without arguments to find out \
         what there is.",
        properties,
        &[],
        // Clears progress with `restart`, and may open a visit.
        Hints { destructive_hint: true, ..CHANGING },
    )
}

fn get_next_step() -> Tool {
    tool(
        "get_next_step",
        "Next step",
        "Completes a step and returns the next one, or the completion message after the last. Pass the id of the step \
         that was done: then a repeated call changes nothing.",
        json!({
            "currentStepId": {
                "type": "string",
                "description": "Id of the step that was just done, as given at the end of its text. Without it the \
                                current step counts as done, if it was delivered in this visit."
            }
        }),
        &[],
        CHANGING,
    )
}

fn list_walkthroughs() -> Tool {
    tool(
        "list_walkthroughs",
        "List walkthroughs",
        "Lists the walkthroughs that are available, with id, title and description.",
        json!({}),
        &[],
        READING,
    )
}

fn select_walkthrough(asks_email: bool) -> Tool {
    let mut properties = json!({
        "walkthrough_id": { "type": "string", "description": "Id of the walkthrough." },
        "resume_if_exists": {
            "type": "boolean",
            "default": true,
            "description": "false clears the user's progress in this walkthrough first. Otherwise it resumes where \
                            the user left off."
        }
    });
    add_email(&mut properties, asks_email);
    tool(
        "select_walkthrough",
        "Start a walkthrough",
        "Starts or resumes a walkthrough, and returns the current step.",
        properties,
        &["walkthrough_id"],
        Hints { destructive_hint: true, ..CHANGING },
    )
}

fn next_walkthrough_step() -> Tool {
    tool(
        "next_walkthrough_step",
        "Next step",
        "Completes a step and returns the next one, or the completion message after the last. Pass the id of the step \
         that was done: then a repeated call changes nothing.",
        json!({
            "current_step_id": {
                "type": "string",
                "description": "Id of the step that was just done, as given at the end of its text. Without it the \
                                current step counts as done, if it was delivered in this visit."
            }
        }),
        &[],
        CHANGING,
    )
}

fn get_walkthrough_status(profile: Profile) -> Tool {
    let required: &[&str] = match profile {
        Profile::Current => &[],
        Profile::V1 => &["walkthrough_id"],
    };
    tool(
        "get_walkthrough_status",
        "Walkthrough status",
        "Tells how far the user is: status, current step, and all steps with whether they are completed.",
        json!({
            "walkthrough_id": {
                "type": "string",
                "description": "Id of the walkthrough. Without it the current walkthrough."
            }
        }),
        required,
        READING,
    )
}

fn reset() -> Tool {
    tool(
        "reset_walkthrough_progress",
        "Clear progress",
        "Clears all of the user's progress in a walkthrough. This cannot be undone: ask the user first.",
        json!({
            "walkthrough_id": { "type": "string", "description": "Id of the walkthrough." },
            "confirm": {
                "type": "boolean",
                "description": "true when the user has agreed. Nothing is cleared without it."
            }
        }),
        &["walkthrough_id", "confirm"],
        Hints { destructive_hint: true, idempotent_hint: true, ..CHANGING },
    )
}

fn add_email(properties: &mut Value, asks_email: bool) {
    if asks_email {
        properties["email"] = json!({
            "type": "string",
            "description": "The user's email address. Needed once, before the first walkthrough."
        });
    }
}

fn tool(
    name: &'static str,
    title: &'static str,
    description: &'static str,
    mut properties: Value,
    required: &[&str],
    annotations: Hints,
) -> Tool {
    properties["visit"] = json!({
        "type": "string",
        "description": "The visit that an earlier answer gave, unchanged. Leave it out in the first call."
    });
    let mut input_schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        input_schema["required"] = json!(required);
    }
    input_schema.sort_all_objects();
    Tool { name, title, description, input_schema, output_schema: OUTPUT.clone(), annotations }
}

/// Says the same in the words that every client's dialect of JSON Schema knows: an absent member is absent, never null,
/// and a number has no Rust type.
fn make_portable(schema: &mut Value) {
    if let Some(object) = schema.as_object_mut() {
        object.remove("format");
        object.remove("$schema");
        if let Some([kind]) = object.get("type").and_then(Value::as_array).map(|kinds| without_null(kinds)).as_deref() {
            object.insert("type".to_owned(), kind.clone());
        }
        if let Some([Value::Object(one)]) =
            object.get("anyOf").and_then(Value::as_array).map(|options| without_null(options)).as_deref()
        {
            object.remove("anyOf");
            object.extend(one.clone());
        }
    }
    match schema {
        Value::Object(members) => members.values_mut().for_each(make_portable),
        Value::Array(items) => items.iter_mut().for_each(make_portable),
        _ => {}
    }
}

fn without_null(kinds: &[Value]) -> Vec<Value> {
    kinds.iter().filter(|kind| **kind != json!("null") && **kind != json!({"type": "null"})).cloned().collect()
}

const READING: Hints =
    Hints { read_only_hint: true, destructive_hint: false, idempotent_hint: true, open_world_hint: false };

const CHANGING: Hints =
    Hints { read_only_hint: false, destructive_hint: false, idempotent_hint: false, open_world_hint: false };
