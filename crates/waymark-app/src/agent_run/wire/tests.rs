//! The three protocols, byte for byte as the providers document them, in pieces of every size.

use serde_json::{Value, json};
use waymark_core::{
    agent_run::transcript::{Event, ToolAnswer},
    learner::{call::Profile, tools},
    walkthrough::Millis,
};

use super::*;

const OPENAI: &str = concat!(
    ": a comment\n",
    "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüß \"}}]}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Gott.\"}}]}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":\"get_next_step\",\"arguments\":\"\"}}]}}]}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"currentStepId\\\":\"}}]}}]}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"wts_1\\\"}\"}}]}}]}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n",
    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":120,\"completion_tokens\":14,\"total_tokens\":134}}\n\n",
    "data: [DONE]\n\n",
);

const ANTHROPIC: &str = concat!(
    "event: message_start\r\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"role\":\"assistant\",\"content\":[],\"usage\":{\"input_tokens\":20,\"cache_read_input_tokens\":100,\"output_tokens\":1}}}\r\n\r\n",
    "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
    "event: ping\ndata: {\"type\": \"ping\"}\n\n",
    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Grüß \"}}\n\n",
    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Gott.\"}}\n\n",
    "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
    "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"call_a\",\"name\":\"get_next_step\",\"input\":{}}}\n\n",
    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"currentStepId\\\":\"}}\n\n",
    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"\\\"wts_1\\\"}\"}}\n\n",
    "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":1}\n\n",
    "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":14}}\n\n",
    "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
);

const OLLAMA: &str = concat!(
    "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Grüß \"},\"done\":false}\n",
    "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Gott.\"},\"done\":false}\n",
    "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"get_next_step\",\"arguments\":{\"currentStepId\":\"wts_1\"}}}]},\"done\":false}\n",
    "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done_reason\":\"stop\",\"done\":true,\"prompt_eval_count\":120,\"eval_count\":14}",
);

const ALL: [(ProviderKind, &str); 3] =
    [(ProviderKind::Openai, OPENAI), (ProviderKind::Anthropic, ANTHROPIC), (ProviderKind::Ollama, OLLAMA)];

fn decoded(kind: ProviderKind, bytes: &[u8], size: usize) -> (Result<Vec<Piece>, Broken>, Reply) {
    let mut decoder = Decoder::new(kind, 7);
    let mut pieces = Vec::new();
    for chunk in bytes.chunks(size) {
        match decoder.feed(chunk) {
            Ok(more) => pieces.extend(more),
            Err(broken) => return (Err(broken), decoder.reply()),
        }
    }
    let end = decoder.end().map(|more| pieces.into_iter().chain(more).collect());
    (end, decoder.reply())
}

#[test]
fn an_answer_is_the_same_however_it_is_cut_into_pieces() {
    for (kind, answer) in ALL {
        for size in [1, 2, 7, 100, 10_000] {
            let (pieces, reply) = decoded(kind, answer.as_bytes(), size);
            let said = Piece::Text("Grüß ".to_owned());
            let begun = Piece::Call("get_next_step".to_owned());
            assert_eq!(pieces, Ok(vec![said, Piece::Text("Gott.".to_owned()), begun]), "{kind:?} by {size}");
            assert_eq!(reply.text, "Grüß Gott.");
            assert_eq!(reply.usage, Usage { input: 120, output: 14 }, "{kind:?}");
            let id = if kind == ProviderKind::Ollama { "call_7_0" } else { "call_a" };
            let arguments = "{\"currentStepId\":\"wts_1\"}".to_owned();
            let call = ToolCall { id: id.to_owned(), tool: "get_next_step".to_owned(), arguments };
            assert_eq!((reply.calls, reply.is_cut), (vec![call], false), "{kind:?}");
        }
    }
}

#[test]
fn what_was_cut_keeps_its_text_and_none_of_its_calls() {
    for (kind, answer) in ALL {
        let upto = answer.find("currentStepId").expect("the call");
        let (end, reply) = decoded(kind, &answer.as_bytes()[..upto], 64);
        assert!(end.is_err(), "{kind:?}: {end:?}");
        assert_eq!((reply.text.as_str(), reply.calls.len(), reply.is_cut), ("Grüß Gott.", 0, true), "{kind:?}");
    }
}

#[test]
fn what_is_not_the_protocol_is_told_apart() {
    let rows: Vec<(ProviderKind, &str, Broken)> = vec![
        (ProviderKind::Openai, "", Broken::Cut),
        (ProviderKind::Openai, "<html>Sign in</html>\n", Broken::Cut),
        (ProviderKind::Openai, "{\"error\":{\"message\":\"Overloaded\"}}\n", Broken::Said("Overloaded".to_owned())),
        (ProviderKind::Openai, "data: {\"error\":\"Overloaded\"}\n\n", Broken::Said("Overloaded".to_owned())),
        (
            ProviderKind::Anthropic,
            "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n",
            Broken::Said("Overloaded".to_owned()),
        ),
        (
            ProviderKind::Anthropic,
            "data: {\"type\":\"content_block_delta\",\"index\":3,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\"}}\n",
            Broken::NotTheProtocol("a block that has begun".to_owned()),
        ),
        (ProviderKind::Ollama, "{\"error\":\"no such model\"}", Broken::Said("no such model".to_owned())),
        (ProviderKind::Ollama, "{\"models\":[]}\n", Broken::NotTheProtocol("a message".to_owned())),
    ];
    for (kind, answer, wanted) in rows {
        assert_eq!(decoded(kind, answer.as_bytes(), 16).0, Err(wanted), "{kind:?}: {answer}");
    }
    for (kind, answer) in [(ProviderKind::Openai, "data: {\"choices\": [\n"), (ProviderKind::Ollama, "<html>\n")] {
        assert!(matches!(decoded(kind, answer.as_bytes(), 16).0, Err(Broken::NotTheProtocol(_))), "{answer}");
    }
    let endless = "x".repeat(ANSWER_MAX_BYTES + 1);
    assert_eq!(decoded(ProviderKind::Openai, endless.as_bytes(), 65_536).0, Err(Broken::TooLong));
}

#[test]
fn an_answer_that_is_as_long_as_it_may_be_is_cut() {
    let openai = "data: {\"choices\":[{\"delta\":{\"content\":\"Hm\"},\"finish_reason\":\"length\"}]}\n\n";
    let ollama = "{\"message\":{\"content\":\"Hm\"},\"done\":true,\"done_reason\":\"length\"}";
    let anthropic = "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"max_tokens\"}}\n\ndata: {\"type\":\"message_stop\"}\n\n";
    for (kind, answer) in
        [(ProviderKind::Openai, openai), (ProviderKind::Anthropic, anthropic), (ProviderKind::Ollama, ollama)]
    {
        let (end, reply) = decoded(kind, answer.as_bytes(), 16);
        assert!(end.is_ok() && reply.is_cut, "{kind:?}: {end:?}");
    }
}

#[test]
fn calls_without_an_index_are_told_apart_by_their_names() {
    let answer = concat!(
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"id\":\"\",\"function\":{\"name\":\"a\",\"arguments\":\"{\"}}]}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":\"}\"}}]}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"b\",\"arguments\":\"\"}}]},\"finish_reason\":\"stop\"}]}\n\n",
    );
    let (_, reply) = decoded(ProviderKind::Openai, answer.as_bytes(), 16);
    let calls = reply.calls.iter().map(|call| (call.id.as_str(), call.tool.as_str(), call.arguments.as_str()));
    assert_eq!(calls.collect::<Vec<_>>(), [("call_7_0", "a", "{}"), ("call_7_1", "b", "")]);
}

#[test]
fn a_transcript_becomes_the_messages_of_each_protocol() {
    let mut transcript = Transcript { instructions: "Be kind.".to_owned(), ..Transcript::default() };
    let call = |id: &str| ToolCall { id: id.to_owned(), tool: "get_next_step".to_owned(), arguments: String::new() };
    let agent = |text: &str, calls| Event::Agent {
        text: text.to_owned(),
        calls,
        usage: Usage::default(),
        millis: 1,
        is_cut: false,
    };
    let answer = |id: &str| {
        Event::Tool(ToolAnswer {
            call: id.to_owned(),
            tool: "get_next_step".to_owned(),
            text: "Step".to_owned(),
            is_error: true,
            outcome: "error".to_owned(),
            walkthrough: None,
            step: None,
        })
    };
    for event in [
        Event::Learner { text: "Hi".to_owned() },
        agent("", vec![call("a"), call("b"), call("unanswered")]),
        answer("a"),
        answer("b"),
        agent("", Vec::new()),
        agent("Hello. ", Vec::new()),
        Event::Learner { text: "Go on".to_owned() },
        agent("What breaks off at the end is", Vec::new()),
    ] {
        transcript.push(Millis(0), event);
    }
    let tools = tools::tools(Profile::Current, false);
    let ask = Ask { model: "m", tools: &tools, transcript: &transcript };
    let of = |kind| serde_json::from_str::<Value>(&body(kind, &ask)).expect("JSON");

    let openai = of(ProviderKind::Openai);
    let function =
        |id: &str| json!({"id": id, "type": "function", "function": {"name": "get_next_step", "arguments": "{}"}});
    assert_eq!(
        openai["messages"],
        json!([
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "", "tool_calls": [function("a"), function("b")]},
            {"role": "tool", "tool_call_id": "a", "content": "Step"},
            {"role": "tool", "tool_call_id": "b", "content": "Step"},
            {"role": "assistant", "content": "Hello. "},
            {"role": "user", "content": "Go on"},
        ])
    );
    assert_eq!(openai["tools"][0]["function"]["name"], "start_walkthrough");
    assert_eq!((&openai["model"], &openai["stream"]), (&json!("m"), &json!(true)));

    let anthropic = of(ProviderKind::Anthropic);
    let used = |id: &str| json!({"type": "tool_use", "id": id, "name": "get_next_step", "input": {}});
    let result = |id: &str| json!({"type": "tool_result", "tool_use_id": id, "content": "Step", "is_error": true});
    assert_eq!(
        anthropic["messages"],
        json!([
            {"role": "user", "content": [{"type": "text", "text": "Hi"}]},
            {"role": "assistant", "content": [used("a"), used("b")]},
            {"role": "user", "content": [result("a"), result("b")]},
            {"role": "assistant", "content": [{"type": "text", "text": "Hello."}]},
            {"role": "user", "content": [{"type": "text", "text": "Go on"}]},
        ])
    );
    assert_eq!(anthropic["system"], "Be kind.");
    assert_eq!(anthropic["tools"][0]["input_schema"]["type"], "object");

    let ollama = of(ProviderKind::Ollama);
    assert_eq!(ollama["messages"][2]["tool_calls"][0], json!({"function": {"name": "get_next_step", "arguments": {}}}));
    assert_eq!(ollama["messages"][3], json!({"role": "tool", "tool_name": "get_next_step", "content": "Step"}));
}

#[test]
fn addresses_are_completed_as_each_provider_has_them() {
    for (kind, base, answer, models) in [
        (ProviderKind::Openai, "", "/v1/chat/completions", "/v1/models"),
        (ProviderKind::Openai, "/v1", "/v1/chat/completions", "/v1/models"),
        (ProviderKind::Openai, "/v1beta/openai/", "/v1beta/openai/chat/completions", "/v1beta/openai/models"),
        (ProviderKind::Anthropic, "", "/v1/messages", "/v1/models"),
        (ProviderKind::Anthropic, "/proxy/v1/", "/proxy/v1/messages", "/proxy/v1/models"),
        (ProviderKind::Anthropic, "/proxy", "/proxy/v1/messages", "/proxy/v1/models"),
        (ProviderKind::Ollama, "/", "/api/chat", "/api/tags"),
        (ProviderKind::Ollama, "/api", "/api/chat", "/api/tags"),
    ] {
        assert_eq!(path(kind, base, What::Answer), answer);
        assert_eq!(path(kind, base, What::Models), models);
    }
}

#[test]
fn lists_of_models_and_refusals_are_read() {
    let openai = models(ProviderKind::Openai, "{\"data\":[{\"id\":\"b\"},{\"id\":\"a\"}]}");
    assert_eq!(openai, Ok(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(models(ProviderKind::Ollama, "{\"models\":[{\"name\":\"m\"}]}"), Ok(vec!["m".to_owned()]));
    assert!(models(ProviderKind::Openai, "{}").is_err());
    assert_eq!(refusal("{\"error\":{\"message\":\"No.\"}}").as_deref(), Some("No."));
    assert_eq!(refusal("{\"error\":\"No.\"}").as_deref(), Some("No."));
    assert_eq!(refusal("<html>"), None);
}
