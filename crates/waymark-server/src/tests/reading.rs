//! Steps as resources and walkthroughs as prompts, in both generations of the protocol and on both transports.

use std::sync::Arc;

use axum::http::StatusCode;
use rmcp::ServerHandler;
use serde_json::{Value, json};
use tokio::sync::SetOnce;
use waymark_app::learn::Learners;
use waymark_core::{
    learner::call::Profile,
    progress::Progress,
    render::{self, Template},
};
use waymark_library::drafts as library_drafts;

use super::{
    drafts,
    http::{BEARER, ask, door},
    pipe::Pipe,
    production, walkthrough,
};
use crate::{
    Options,
    door::{Door, Onto},
    notices::Notices,
};

const FIRST: &str = "waymark://walkthrough/wt_1/step/a";

fn capabilities(learners: Learners) -> Value {
    let (of_drafts, profile) = (learners.are_drafts(), Profile::Current);
    let onto = Arc::new(SetOnce::from(Onto { learners, place: None }));
    let door = Door { onto, of_drafts, profile, notices: Notices::default() };
    serde_json::to_value(door.get_info().capabilities).expect("JSON")
}

#[tokio::test]
async fn drafts_announce_changes_and_production_does_not() {
    let (_folder, _, learners) = drafts().await;
    let (_database, live) = production().await;
    insta::with_settings!({ sort_maps => true }, {
        insta::assert_json_snapshot!("capabilities_drafts", capabilities(learners));
        insta::assert_json_snapshot!("capabilities_production", capabilities(live));
    });
}

#[tokio::test]
async fn what_is_listed_is_as_recorded() {
    let (_folder, _, learners) = drafts().await;
    let mut pipe = Pipe::over(learners, Options::default());
    pipe.initialize("2025-06-18").await;
    for (name, method) in [
        ("resources", "resources/list"),
        ("resource_templates", "resources/templates/list"),
        ("prompts", "prompts/list"),
    ] {
        let listed = pipe.ask(method, json!({})).await["result"].clone();
        insta::with_settings!({ sort_maps => true }, { insta::assert_json_snapshot!(name, listed) });
    }
    pipe.close().await;
}

#[tokio::test]
async fn a_step_is_read_as_an_agent_gets_it_in_both_generations() {
    let draft = walkthrough("wt_1", &["a", "b", "c"]);
    let expected = render::render_text(Template::current(), &draft, 1, Progress::before(1, 3)).expect("renders");
    for is_new in [false, true] {
        let (_folder, _, learners) = drafts().await;
        let mut pipe = Pipe::over(learners, Options::default());
        if is_new {
            pipe.without_initialize();
            pipe.ask("server/discover", json!({})).await;
        } else {
            pipe.initialize("2025-06-18").await;
        }
        let listed = pipe.ask("resources/list", json!({})).await["result"]["resources"].clone();
        let uri = listed[1]["uri"].clone();
        let read = pipe.ask("resources/read", json!({ "uri": uri })).await["result"]["contents"].clone();
        assert_eq!(read, json!([{ "uri": uri, "mimeType": "text/plain", "text": expected }]));
        // It has moved nobody: the first step comes first.
        assert_eq!(pipe.tool("start_walkthrough", json!({})).await["structuredContent"]["step"]["id"], "a");
        for uri in
            ["waymark://walkthrough/wt_1/step/none", "waymark://walkthrough/none/step/a", "file:///etc/passwd", ""]
        {
            let answer = pipe.ask("resources/read", json!({ "uri": uri })).await;
            assert_eq!(answer["error"]["code"], if is_new { -32602 } else { -32002 }, "{answer}");
            assert!(
                answer["error"]["message"].as_str().is_some_and(|text| text.contains("List the resources")),
                "{answer}"
            );
        }
        pipe.close().await;
    }
}

#[tokio::test]
async fn over_http_resources_and_prompts_follow_the_rule_of_the_server() {
    let (database, learners) = production().await;
    let before = database.content();
    // A door remembers for a second how a server is set.
    let fresh = || door(learners.clone(), &Options::default());
    let count = async |path: &str, method: &str, member: &str| {
        ask(&fresh(), path, &[], method, json!({})).await.message()["result"][member].as_array().map(Vec::len)
    };
    assert_eq!(count("/mcp/docs", "resources/list", "resources").await, Some(3));
    assert_eq!(count("/mcp/docs", "prompts/list", "prompts").await, Some(1));
    assert_eq!(count("/mcp/support", "resources/list", "resources").await, Some(0));
    assert_eq!(count("/mcp/support", "prompts/list", "prompts").await, Some(0));
    let read = async |path: &str| ask(&fresh(), path, &[], "resources/read", json!({ "uri": FIRST })).await.message();
    assert!(
        read("/mcp/docs").await["result"]["contents"][0]["text"].as_str().is_some_and(|text| text.contains("Say it"))
    );
    assert_eq!(read("/mcp/support").await["error"]["code"], -32602);
    before.assert_is(&database.content(), "reading");

    // An address comes before the first step, and what is switched off shows nothing.
    database.run("UPDATE mcp_servers SET auth_type = 'collect_email' WHERE slug = 'docs'");
    assert_eq!(count("/mcp/docs", "resources/list", "resources").await, Some(0));
    assert_eq!(count("/mcp/docs", "prompts/list", "prompts").await, Some(1));
    assert_eq!(read("/mcp/docs").await["error"]["code"], -32602);
    database.run("UPDATE mcp_servers SET auth_type = 'none', walkthrough_tools_enabled = 'false' WHERE slug = 'docs'");
    assert_eq!(count("/mcp/docs", "prompts/list", "prompts").await, Some(0));
    assert_eq!(read("/mcp/docs").await["error"]["code"], -32602);
}

#[tokio::test]
async fn drafts_are_read_with_the_token_only() {
    let (_folder, _, learners) = drafts().await;
    let door = door(learners, &Options::default());
    let refused = ask(&door, "/mcp", &[], "resources/read", json!({ "uri": FIRST })).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    let read = ask(&door, "/mcp", &[BEARER], "resources/read", json!({ "uri": FIRST })).await.message();
    assert_eq!(read["result"]["contents"][0]["uri"], FIRST);
}

#[tokio::test]
async fn many_steps_and_prompts_come_in_pages_each_once() {
    let (_folder, library, learners) = drafts().await;
    let ids: Vec<String> = (0..230).map(|index| format!("s{index:03}")).collect();
    let steps: Vec<&str> = ids.iter().map(String::as_str).collect();
    library_drafts::insert(&library, walkthrough("wt_2", &steps), "test").await.expect("inserted");
    for index in 0..120 {
        let draft = walkthrough(&format!("wt_more{index}"), &[]);
        library_drafts::insert(&library, draft, "test").await.expect("inserted");
    }
    let mut pipe = Pipe::over(learners, Options::default());
    pipe.initialize("2025-06-18").await;
    for (method, member, key, pages, total) in
        [("resources/list", "resources", "uri", 3, 233), ("prompts/list", "prompts", "name", 2, 122)]
    {
        let (mut seen, mut params, mut asked) = (Vec::new(), json!({}), 0);
        loop {
            let page = pipe.ask(method, params).await["result"].clone();
            seen.extend(page[member].as_array().expect("a page").iter().map(|item| item[key].to_string()));
            asked += 1;
            match page["nextCursor"].as_str() {
                Some(cursor) => params = json!({ "cursor": cursor }),
                None => break,
            }
        }
        seen.sort();
        let listed = seen.len();
        seen.dedup();
        assert_eq!((listed, seen.len(), asked), (total, total, pages), "{method}");
        let stale = pipe.ask(method, json!({ "cursor": "waymark://walkthrough/gone/step/a" })).await;
        assert_eq!(stale["error"]["code"], -32602, "{stale}");
    }
    pipe.close().await;
}

#[tokio::test]
async fn a_prompt_names_the_call_to_begin_with_in_the_words_of_the_profile() {
    for (profile, begin, says) in [
        (Profile::Current, None, "Call `start_walkthrough` with `name: \"wt_1\"`, do"),
        (Profile::Current, Some("resume"), "with `name: \"wt_1\"`, do"),
        (Profile::Current, Some("restart"), "with `name: \"wt_1\"` and `restart: true`, do"),
        (
            Profile::V1,
            Some("restart"),
            "`select_walkthrough` with `walkthrough_id: \"wt_1\"` and `resume_if_exists: false`",
        ),
    ] {
        let (_folder, _, learners) = drafts().await;
        let mut pipe = Pipe::over(learners, Options { profile, ..Options::default() });
        pipe.initialize("2025-06-18").await;
        let arguments = begin.map_or(json!({}), |begin| json!({ "begin": begin }));
        let got = pipe.ask("prompts/get", json!({ "name": "wt_1", "arguments": arguments })).await["result"].clone();
        let message = &got["messages"][0];
        assert_eq!(message["role"], "user");
        let text = message["content"]["text"].as_str().expect("a text");
        assert!(
            text.starts_with("Guide me through the walkthrough \"Walkthrough wt_1\".") && text.contains(says),
            "{text}"
        );
        for params in [
            json!({ "name": "none" }),
            json!({ "name": "wt_1", "arguments": { "begin": "later" } }),
            json!({ "name": "wt_1", "arguments": { "more": "x" } }),
        ] {
            assert_eq!(pipe.ask("prompts/get", params).await["error"]["code"], -32602);
        }
        pipe.close().await;
    }
}

#[tokio::test]
async fn arguments_and_variables_are_completed() {
    let (_folder, _, learners) = drafts().await;
    let mut pipe = Pipe::over(learners, Options::default());
    pipe.initialize("2025-06-18").await;
    let prompt = json!({ "type": "ref/prompt", "name": "wt_1" });
    let template = json!({ "type": "ref/resource", "uri": "waymark://walkthrough/{walkthrough_id}/step/{step_id}" });
    let filled = json!({ "arguments": { "walkthrough_id": "wt_1" } });
    for (reference, name, typed, context, expected) in [
        (&prompt, "begin", "", None, json!(["resume", "restart"])),
        (&prompt, "begin", "rest", None, json!(["restart"])),
        (&prompt, "other", "", None, json!([])),
        (&template, "walkthrough_id", "wt", None, json!(["wt_1"])),
        (&template, "step_id", "", Some(&filled), json!(["a", "b", "c"])),
        (&template, "step_id", "", None, json!([])),
    ] {
        let mut params = json!({ "ref": reference, "argument": { "name": name, "value": typed } });
        if let Some(context) = context {
            params["context"] = context.clone();
        }
        let completed = pipe.ask("completion/complete", params).await["result"]["completion"]["values"].clone();
        assert_eq!(completed, expected, "{name} {typed}");
    }
    pipe.close().await;
}
