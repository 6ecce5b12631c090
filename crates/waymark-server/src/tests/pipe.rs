//! MCP over a pipe, in both generations of the protocol, and with the SDK's own client.

use std::collections::VecDeque;

use rmcp::{
    ServiceExt,
    model::{CallToolRequestParams, JsonObject},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf, split},
    task::JoinHandle,
};
use waymark_app::learn::Learners;
use waymark_core::{
    error::{Code, Error, Result},
    learner::call::Profile,
    progress::Progress,
    render::{self, Template},
};

use waymark_testkit::postgres::USER;

use super::{drafts, walkthrough};
use crate::{
    Options,
    stdio::{Opening, serve},
};

fn opened(learners: Learners) -> Opening<impl Future<Output = Result<Learners>>> {
    Opening { of_drafts: learners.are_drafts(), learners: async { Ok(learners) } }
}

/// One client that writes lines and reads lines.
pub struct Pipe {
    reader: BufReader<ReadHalf<DuplexStream>>,
    writer: WriteHalf<DuplexStream>,
    server: JoinHandle<Result<()>>,
    id: i64,
    /// What every request carries in `_meta`.
    meta: Option<Value>,
    /// Notifications that came before an answer.
    heard: VecDeque<Value>,
}

impl Pipe {
    async fn open(options: Options) -> (Self, tempfile::TempDir) {
        let (folder, _, learners) = drafts().await;
        (Self::over(learners, options), folder)
    }

    /// A client of a process that has just started.
    pub fn over(learners: Learners, options: Options) -> Self {
        Self::opening(opened(learners), options)
    }

    /// A client that comes before the learners are opened.
    pub fn opening<F>(opening: Opening<F>, options: Options) -> Self
    where
        F: Future<Output = Result<Learners>> + Send + 'static,
    {
        let (here, there) = tokio::io::duplex(1 << 20);
        let server = tokio::spawn(async move { serve(opening, options, split(there)).await });
        let (reader, writer) = split(here);
        Self { reader: BufReader::new(reader), writer, server, id: 0, meta: None, heard: VecDeque::new() }
    }

    /// From now on a client of 2026-07-28.
    pub fn without_initialize(&mut self) {
        self.meta = Some(json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {},
        }));
    }

    /// The next notification.
    pub async fn hear(&mut self) -> Value {
        match self.heard.pop_front() {
            Some(heard) => heard,
            None => self.line().await,
        }
    }

    async fn line(&mut self) -> Value {
        let mut line = String::new();
        self.reader.read_line(&mut line).await.expect("a line");
        serde_json::from_str(&line).expect("JSON")
    }

    /// Sends a request and waits for nothing.
    pub async fn begin(&mut self, method: &str, mut params: Value) {
        self.id += 1;
        if let Some(meta) = &self.meta {
            params["_meta"] = meta.clone();
        }
        self.send(&json!({"jsonrpc": "2.0", "id": self.id, "method": method, "params": params})).await;
    }

    pub async fn send(&mut self, message: &Value) {
        self.writer.write_all(format!("{message}\n").as_bytes()).await.expect("sent");
    }

    pub async fn ask(&mut self, method: &str, params: Value) -> Value {
        self.begin(method, params).await;
        loop {
            let line = self.line().await;
            if line.get("id").is_some() {
                assert_eq!(line["id"], self.id);
                return line;
            }
            self.heard.push_back(line);
        }
    }

    pub async fn initialize(&mut self, version: &str) -> Value {
        let client = json!({"name": "test", "version": "1"});
        let params = json!({"protocolVersion": version, "capabilities": {}, "clientInfo": client});
        let answer = self.ask("initialize", params).await;
        self.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"})).await;
        answer["result"].clone()
    }

    pub async fn tool(&mut self, name: &str, arguments: Value) -> Value {
        self.ask("tools/call", json!({"name": name, "arguments": arguments})).await["result"].clone()
    }

    pub async fn close(self) {
        drop((self.reader, self.writer));
        self.server.await.expect("no panic").expect("a closed pipe is no fault");
    }
}

fn rendered(index: usize) -> String {
    let draft = walkthrough("wt_1", &["a", "b", "c"]);
    render::render_text(Template::current(), &draft, index, Progress::before(index, 3)).expect("renders")
}

async fn play(pipe: &mut Pipe) {
    let first = pipe.tool("start_walkthrough", json!({})).await;
    assert_eq!(first["content"][0]["text"], rendered(0));
    let visit = first["structuredContent"]["visit"].as_str().expect("a visit").to_owned();
    assert_eq!(first["content"][1]["text"], format!("visit: {visit}"));
    assert_eq!(first["isError"], false);
    let second = pipe.tool("get_next_step", json!({"currentStepId": "a"})).await;
    assert_eq!(second["content"][0]["text"], rendered(1));
    assert_eq!(second["structuredContent"]["step"], json!({"id": "b", "title": "Title of b", "number": 2}));
    let again = pipe.tool("get_next_step", json!({"currentStepId": "a", "visit": visit})).await;
    assert_eq!(again["content"][0]["text"], rendered(1), "a repeated call gives the same step");
    let third = pipe.tool("get_next_step", json!({})).await;
    assert_eq!(third["content"][0]["text"], rendered(2));
    let last = pipe.tool("get_next_step", json!({"currentStepId": "c"})).await;
    assert_eq!(last["structuredContent"]["outcome"], "completed");
    assert_eq!(last["structuredContent"]["progress"]["percent"], 100);
}

#[tokio::test]
async fn a_client_of_2025_06_18_is_led_to_the_end() {
    let (mut pipe, _folder) = Pipe::open(Options::default()).await;
    let result = pipe.initialize("2025-06-18").await;
    assert_eq!(result["protocolVersion"], "2025-06-18");
    assert_eq!(result["serverInfo"]["name"], "waymark");
    assert!(result["instructions"].as_str().is_some_and(|text| text.contains("visit")));
    play(&mut pipe).await;
    pipe.close().await;
}

#[tokio::test]
async fn a_client_of_2026_07_28_is_led_to_the_end_without_initialize() {
    let (mut pipe, _folder) = Pipe::open(Options::default()).await;
    pipe.without_initialize();
    let discovered = pipe.ask("server/discover", json!({})).await;
    let versions = discovered["result"]["supportedVersions"].as_array().expect("versions");
    assert!(versions.contains(&json!("2026-07-28")) && versions.contains(&json!("2025-06-18")), "{discovered}");
    play(&mut pipe).await;
    pipe.close().await;
}

#[tokio::test]
async fn what_an_agent_can_put_right_is_a_result_and_an_unknown_tool_is_a_fault() {
    let (mut pipe, _folder) = Pipe::open(Options::default()).await;
    pipe.initialize("2025-06-18").await;
    for (tool, arguments, says) in [
        ("get_next_step", json!({}), "`start_walkthrough`"),
        ("start_walkthrough", json!({"name": "Nothing"}), "There is no walkthrough \"Nothing\" here"),
        ("start_walkthrough", json!({"name": 7}), "wrong type"),
        ("start_walkthrough", json!({"title": "x"}), "no argument `title`"),
        ("reset_walkthrough_progress", json!({}), "needs the argument `walkthrough_id`"),
        ("reset_walkthrough_progress", json!({"walkthrough_id": "wt_1", "confirm": false}), "`confirm: true`"),
        ("start_walkthrough", json!({"visit": "vis_nobody"}), "without `visit`"),
        ("start_walkthrough", json!({"name": "nul\0"}), "The argument `name` of `start_walkthrough` has a NUL"),
        ("get_next_step", json!({"currentStepId": "a\0"}), "`currentStepId` of `get_next_step` has a NUL"),
        ("get_walkthrough_status", json!({"visit": "\0"}), "has a NUL"),
        ("start_walkthrough", json!({"name": "y".repeat(100_000)}), "more than 2000 bytes"),
    ] {
        let result = pipe.tool(tool, arguments).await;
        assert_eq!(result["isError"], true, "{result}");
        let text = result["content"][0]["text"].as_str().expect("a text");
        assert!(text.contains(says), "{text}");
        assert_eq!(result["structuredContent"]["outcome"], "error");
        assert_eq!(result["structuredContent"]["text"], text);
    }
    let answer = pipe.ask("tools/call", json!({"name": "select_walkthrough", "arguments": {}})).await;
    assert_eq!(answer["error"]["code"], -32602, "{answer}");
    pipe.close().await;
}

#[tokio::test]
async fn the_tools_of_v1_do_the_same() {
    let options = Options { profile: Profile::V1, ..Options::default() };
    let (mut pipe, _folder) = Pipe::open(options).await;
    pipe.initialize("2025-06-18").await;
    let listed = pipe.tool("list_walkthroughs", json!({})).await;
    assert_eq!(listed["structuredContent"]["walkthroughs"][0]["id"], "wt_1");
    let id = |result: &Value| result["structuredContent"]["step"]["id"].clone();
    assert_eq!(id(&pipe.tool("select_walkthrough", json!({"walkthrough_id": "wt_1"})).await), "a");
    assert_eq!(id(&pipe.tool("next_walkthrough_step", json!({"current_step_id": "a"})).await), "b");
    let again = json!({"walkthrough_id": "wt_1", "resume_if_exists": false});
    assert_eq!(id(&pipe.tool("select_walkthrough", again).await), "a");
    let status = pipe.tool("get_walkthrough_status", json!({"walkthrough_id": "wt_1"})).await;
    assert_eq!(status["structuredContent"]["progress"]["completed_steps"], 0);
    pipe.close().await;
}

#[tokio::test]
async fn a_client_is_greeted_before_the_drafts_are_open_and_its_calls_wait() {
    let (_folder, _, learners) = drafts().await;
    let (open, opened) = tokio::sync::oneshot::channel();
    let opening = Opening { of_drafts: true, learners: async move { Ok(opened.await.expect("learners")) } };
    let mut pipe = Pipe::opening(opening, Options::default());
    pipe.initialize("2025-06-18").await;
    pipe.begin("tools/call", json!({"name": "start_walkthrough", "arguments": {}})).await;
    assert!(open.send(learners).is_ok());
    assert_eq!(pipe.line().await["result"]["isError"], json!(false));
    pipe.close().await;
}

#[tokio::test]
async fn what_keeps_the_drafts_from_opening_ends_the_process_with_that_error() {
    let refused = async { Err(Error::new(Code::LibraryDamaged, "The file is no library.")) };
    let pipe = Pipe::opening(Opening { of_drafts: true, learners: refused }, Options::default());
    assert_eq!(pipe.server.await.expect("it ends").expect_err("an error").code, Code::LibraryDamaged);
}

#[tokio::test]
async fn an_edit_is_seen_at_the_next_call() {
    let (folder, library, learners) = drafts().await;
    let (here, there) = tokio::io::duplex(1 << 20);
    let server = tokio::spawn(async move { serve(opened(learners), Options::default(), split(there)).await });
    let client = ().serve(split(here)).await.expect("the client of the SDK connects");
    let call = |arguments: Value| {
        let params = CallToolRequestParams::new("start_walkthrough");
        params.with_arguments(arguments.as_object().cloned().unwrap_or_else(JsonObject::new))
    };
    let first = client.call_tool(call(json!({}))).await.expect("answered");
    let text = |result: &rmcp::model::CallToolResult| result.content[0].as_text().expect("a text").text.clone();
    assert_eq!(text(&first), rendered(0));
    let edit = waymark_core::edit::Edit::RenameStep { step: "a".into(), title: "Renamed".to_owned() };
    let apply = waymark_library::edits::ApplyEdit {
        walkthrough: "wt_1".into(),
        edit,
        seen_version: None,
        origin: "test".to_owned(),
    };
    waymark_library::edits::apply(&library, apply).await.expect("applied");
    let second = client.call_tool(call(json!({}))).await.expect("answered");
    assert!(text(&second).contains("Renamed"));
    client.cancel().await.expect("closed");
    server.await.expect("no panic").expect("a closed pipe is no fault");
    drop(folder);
}

#[tokio::test]
async fn the_process_stands_for_the_learner_that_it_is_started_for() {
    let (database, learners) = super::production().await;
    for round in 0..2 {
        let (here, there) = tokio::io::duplex(1 << 20);
        let options = Options { server: Some("docs".to_owned()), user: Some("ann".to_owned()), ..Options::default() };
        let (learners, options) = (learners.clone(), options.clone());
        let server = tokio::spawn(async move { serve(opened(learners), options, split(there)).await });
        let client = ().serve(split(here)).await.expect("connected");
        let tool = if round == 0 { "start_walkthrough" } else { "get_next_step" };
        let result = client.call_tool(CallToolRequestParams::new(tool)).await.expect("answered");
        let step = result.structured_content.expect("structured")["step"]["id"].clone();
        assert_eq!(step, "a", "a new process is a new visit: the current step comes again");
        client.cancel().await.expect("closed");
        server.await.expect("no panic").expect("a closed pipe is no fault");
    }
    assert_eq!(database.run("SELECT count(*) FROM mcp_server_user"), "1");
    assert_eq!(database.run("SELECT count(*) FROM mcp_server_session"), "2");
}

#[tokio::test]
async fn a_database_that_cannot_be_served_from_is_refused_before_anybody_comes() {
    let (database, _) = super::production().await;
    database.run(
        "CREATE ROLE reader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
         GRANT INSERT ON mcp_server_user, mcp_server_session, walkthrough_progress TO reader",
    );
    let lacks = "INSERT on mcp_tool_calls, UPDATE on walkthrough_progress, INSERT on walkthrough_step_completions";
    for (role, prepare, code, says) in [
        ("reader", "SELECT 1", Code::PermissionDenied, lacks),
        (USER, "DROP TABLE mcp_tool_calls", Code::SchemaMismatch, "mcp_tool_calls"),
    ] {
        database.run(prepare);
        let (_here, there) = tokio::io::duplex(64);
        let options = Options { server: Some("docs".to_owned()), ..Options::default() };
        let learners = super::connect(&database, role).await;
        let error = serve(opened(learners), options, split(there)).await.expect_err("refused");
        assert_eq!(error.code, code, "{error}");
        assert!(error.message.contains(says), "{error}");
    }
}

#[tokio::test]
async fn a_server_must_be_named_and_signing_in_needs_a_user() {
    let (database, learners) = super::production().await;
    database.run("UPDATE mcp_servers SET auth_type = 'platform_oauth' WHERE slug = 'support'");
    for (server, field) in [(None, "server"), (Some("nowhere"), "server"), (Some("support"), "user")] {
        let (_here, there) = tokio::io::duplex(64);
        let options = Options { server: server.map(str::to_owned), ..Options::default() };
        let error = serve(opened(learners.clone()), options, split(there)).await.expect_err("refused");
        assert_eq!(error.field.as_deref(), Some(field));
    }
}
