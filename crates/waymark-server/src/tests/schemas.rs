//! The contract of the tools.

use rmcp::model::{JsonObject, Tool};
use serde_json::Value;
use waymark_core::learner::{arguments, call::Profile};

use crate::tools::tools;

fn all() -> Vec<(Profile, Tool)> {
    [Profile::Current, Profile::V1]
        .into_iter()
        .flat_map(|profile| tools(profile, true).into_iter().map(move |tool| (profile, tool)))
        .collect()
}

fn properties(schema: &JsonObject) -> &serde_json::Map<String, Value> {
    schema["properties"].as_object().expect("properties")
}

#[test]
fn the_profiles_have_the_tools_of_the_specification() {
    let names = |profile| tools(profile, false).into_iter().map(|tool| tool.name.to_string()).collect::<Vec<_>>();
    assert_eq!(
        names(Profile::Current),
        ["start_walkthrough", "get_next_step", "get_walkthrough_status", "reset_walkthrough_progress"]
    );
    assert_eq!(
        names(Profile::V1),
        [
            "list_walkthroughs",
            "select_walkthrough",
            "next_walkthrough_step",
            "get_walkthrough_status",
            "reset_walkthrough_progress"
        ]
    );
}

#[test]
fn the_contract_of_each_profile_is_as_recorded() {
    // Whether maps keep their order depends on what else is built along, so the record has them sorted.
    insta::with_settings!({ sort_maps => true }, {
        insta::assert_json_snapshot!("tools_current", tools(Profile::Current, false));
        insta::assert_json_snapshot!("tools_v1", tools(Profile::V1, false));
    });
}

#[test]
fn every_property_of_every_schema_is_described() {
    for (_, tool) in all() {
        assert!(tool.description.as_ref().is_some_and(|text| !text.is_empty()) && tool.title.is_some());
        assert!(properties(&tool.input_schema).contains_key("visit"), "{}", tool.name);
        for (name, property) in properties(&tool.input_schema) {
            assert!(property["description"].is_string(), "{}.{name}", tool.name);
            assert!(property["type"].is_string(), "{}.{name}", tool.name);
        }
        let output = tool.output_schema.as_ref().expect("an output schema");
        let definitions = output.get("$defs").and_then(Value::as_object).into_iter().flatten();
        let described = definitions.map(|(name, schema)| (name.as_str(), schema["properties"].as_object()));
        for (owner, properties) in described.chain([("output", Some(properties(output)))]) {
            for (name, property) in properties.expect("properties") {
                assert!(property["description"].is_string(), "{owner}.{name}");
            }
        }
    }
}

#[test]
fn the_output_schema_has_nothing_that_a_client_may_not_know() {
    let (_, tool) = all().swap_remove(0);
    let text = serde_json::to_string(&tool.output_schema).expect("JSON");
    for unknown in ["null", "uint32", "anyOf", "oneOf", "format"] {
        assert!(!text.contains(unknown), "{unknown} in {text}");
    }
    assert_eq!(tool.output_schema.expect("a schema")["required"], serde_json::json!(["outcome", "action", "text"]));
}

#[test]
fn the_hints_say_what_a_tool_may_change() {
    for (_, tool) in all() {
        let hints = tool.annotations.expect("annotations");
        let hints = (hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint, hints.open_world_hint);
        let (yes, no) = (Some(true), Some(false));
        let expected = match tool.name.as_ref() {
            "list_walkthroughs" | "get_walkthrough_status" => (yes, no, yes, no),
            "get_next_step" | "next_walkthrough_step" => (no, no, no, no),
            "reset_walkthrough_progress" => (no, yes, yes, no),
            _ => (no, yes, no, no),
        };
        assert_eq!(hints, expected, "{}", tool.name);
    }
}

#[test]
fn exactly_the_declared_arguments_are_accepted() {
    for (profile, tool) in all() {
        let example = |schema: &Value| match schema["type"].as_str() {
            Some("boolean") => Value::Bool(true),
            _ => Value::from("text"),
        };
        let mut arguments: JsonObject =
            properties(&tool.input_schema).iter().map(|(name, schema)| (name.clone(), example(schema))).collect();
        let asked = arguments::parse(profile, &tool.name, Some(arguments.clone())).expect("all of them fit");
        assert_eq!(asked.visit.as_deref(), Some("text"));
        assert_eq!(asked.call.tool(profile), tool.name);
        arguments.insert("more".to_owned(), Value::Bool(true));
        assert!(arguments::parse(profile, &tool.name, Some(arguments)).is_err());
    }
}

#[test]
fn a_tool_of_the_other_profile_is_unknown() {
    assert_eq!(arguments::parse(Profile::Current, "select_walkthrough", None), Err(arguments::Unasked::UnknownTool));
    assert_eq!(arguments::parse(Profile::V1, "start_walkthrough", None), Err(arguments::Unasked::UnknownTool));
}
