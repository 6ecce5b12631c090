//! The tools as agents see them: names, words, schemas.

use std::sync::{Arc, LazyLock};

use rmcp::{
    handler::server::tool::schema_for_output,
    model::{JsonObject, Tool, ToolAnnotations},
};
use serde_json::{Value, json};
use waymark_core::learner::{call::Profile, output::ToolOutput};

/// What a client is told about the whole server.
pub const INSTRUCTIONS: &str = "Walkthroughs lead a user through a task, one step at a time. Start or resume one, do \
     what each step says, and ask for the next step when the user is ready. Pass the `visit` of the first answer to \
     every later call.";

/// What every tool declares to answer.
static OUTPUT: LazyLock<Arc<JsonObject>> = LazyLock::new(|| {
    let mut schema = Value::Object(schema_for_output::<ToolOutput>().as_ref().clone());
    make_portable(&mut schema);
    match schema {
        Value::Object(schema) => Arc::new(schema),
        _ => unreachable!("BUG: an object became something else"),
    }
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
        changing().destructive(true).idempotent(false),
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
        changing().destructive(false).idempotent(false),
    )
}

fn list_walkthroughs() -> Tool {
    tool(
        "list_walkthroughs",
        "List walkthroughs",
        "Lists the walkthroughs that are available, with id, title and description.",
        json!({}),
        &[],
        reading(),
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
        changing().destructive(true).idempotent(false),
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
        changing().destructive(false).idempotent(false),
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
        reading(),
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
        changing().destructive(true).idempotent(true),
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
    title: &str,
    description: &'static str,
    mut properties: Value,
    required: &[&str],
    annotations: ToolAnnotations,
) -> Tool {
    properties["visit"] = json!({
        "type": "string",
        "description": "The visit that an earlier answer gave, unchanged. Leave it out in the first call."
    });
    let mut schema = JsonObject::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), properties);
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    Tool::new(name, description, Arc::new(schema))
        .with_title(title)
        .with_raw_output_schema(OUTPUT.clone())
        .with_annotations(annotations.open_world(false))
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

fn reading() -> ToolAnnotations {
    ToolAnnotations::new().read_only(true).destructive(false).idempotent(true)
}

fn changing() -> ToolAnnotations {
    ToolAnnotations::new().read_only(false)
}
