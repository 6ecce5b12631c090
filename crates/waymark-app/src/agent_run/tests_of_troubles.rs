//! What goes wrong at a provider's: each in its own words, with what was said so far kept.

use std::sync::{
    Mutex,
    atomic::{AtomicU32, Ordering},
};

use tokio_util::sync::CancellationToken;
use waymark_core::{
    agent_run::{
        provider::{Provider, ProviderKind},
        run::Ending,
        transcript::Event,
    },
    error::Code,
    secret::Secret,
};
use waymark_library::agent_run as kept;

use super::{
    provider::Line,
    testing::{Does, Server},
    tests::{KEY, QUICK, app, calls, good, says, session},
    *,
};
use crate::secrets::Keep;

fn refuses(status: u16, headers: &'static str, body: &str) -> Does {
    Does::Refuses(status, headers, body.to_owned())
}

fn failure(ending: &Ending) -> (Code, String, String) {
    match ending {
        Ending::Failed { code, message, hint } => (*code, message.clone(), hint.clone().unwrap_or_default()),
        other => panic!("it did not fail: {other:?}"),
    }
}

#[tokio::test]
async fn every_trouble_names_the_provider_and_what_to_do_and_loses_nothing() {
    let echo = format!("{{\"error\":{{\"message\":\"Incorrect key: {KEY}\\nSee the page.\"}}}}");
    let rows: Vec<(&str, Does, Code, &str)> = vec![
        (
            "the key is refused",
            refuses(401, "", &echo),
            Code::AuthenticationFailed,
            "refused the key. It says: “Incorrect",
        ),
        ("the key may not", refuses(403, "", "{}"), Code::AuthenticationFailed, "refused the key"),
        (
            "no such model",
            refuses(404, "", "{\"error\":{\"message\":\"model not found\"}}"),
            Code::NotFound,
            "no model `m`",
        ),
        ("a bad request", refuses(400, "", "{\"error\":\"no tools\"}"), Code::InvalidInput, "It says: “no tools”"),
        ("a fault there", refuses(500, "", "<html>"), Code::Unreachable, "`500 Internal Server Error`"),
        ("busy for long", refuses(429, "Retry-After: 600\r\n", "{}"), Code::Unreachable, "no more requests"),
        (
            "no money left",
            refuses(429, "", "{\"error\":{\"message\":\"You exceeded your current quota\"}}"),
            Code::Unreachable,
            "quota",
        ),
        ("a redirect", refuses(302, "Location: https://evil.example/v1\r\n", ""), Code::InvalidInput, "`evil.example`"),
        ("no protocol", Does::Sends("data: {not json\n\n"), Code::Unreachable, "something else than"),
        ("a page", Does::Sends("<html>Sign in</html>\n"), Code::Unreachable, "Local"),
        ("silence", Does::IsSilent, Code::Unreachable, "did not begin to answer"),
        ("a pause without an end", Does::Stalls("Say wts"), Code::Unreachable, "stopped in the middle"),
        ("a cut connection", Does::Cuts("Say wts"), Code::Unreachable, "the middle of an answer"),
    ];
    for kind in ProviderKind::ALL {
        for (what, does, code, words) in &rows {
            let done = vec![calls("start_walkthrough", "{}"), does.clone(), says("Say wts_a.")];
            let server = Server::start(kind, done).await;
            let (app, _folder) = app(&server).await;
            let mut session = session(&app, Limits::default()).await;
            let stop = CancellationToken::new();
            let run = session.say("Hello.", &stop, &|_| {}).await.expect("kept");
            let (found, message, hint) = failure(&run.summary.ending);
            assert_eq!(found, *code, "{kind:?}, {what}: {message}");
            assert!(message.contains(words) && message.contains("Local"), "{kind:?}, {what}: {message}");
            assert!(!hint.is_empty() && !format!("{run:?}").contains(KEY), "{kind:?}, {what}: {message}");
            let began = matches!(does, Does::Stalls(_) | Does::Cuts(_));
            assert_eq!(run.transcript.turns.len(), if began { 4 } else { 3 }, "{kind:?}, {what}");
            if began && let Event::Agent { text, is_cut, .. } = &run.transcript.turns[3].event {
                assert_eq!((text.as_str(), is_cut), ("Say wts", &true));
            }
            assert_eq!(kept::read(&app.library, session.id()).await.expect("kept"), run);

            let run = session.go_on(&stop, &|_| {}).await.expect("it goes on");
            assert_eq!(run.summary.ending, Ending::Open, "{kind:?}, {what}");
            let last = server.requests().pop().expect("a request").body.to_string();
            assert!(!last.contains("\"Say wts\""), "{kind:?}, {what}: a broken answer is not sent back");
        }
    }
}

#[tokio::test]
async fn a_provider_that_asks_to_wait_is_waited_for() {
    let busy = |status| refuses(status, "Retry-After: 0\r\n", "{}");
    let done = [vec![busy(429), busy(529)], good()].concat();
    let server = Server::start(ProviderKind::Anthropic, done).await;
    let (app, _folder) = app(&server).await;
    let waits = AtomicU32::new(0);
    let on = |event| {
        if matches!(event, RunEvent::Waiting(_)) {
            waits.fetch_add(1, Ordering::Relaxed);
        }
    };
    let mut session = session(&app, Limits::default()).await;
    let run = session.say("Hello.", &CancellationToken::new(), &on).await.expect("said");
    assert_eq!((run.summary.ending, waits.load(Ordering::Relaxed)), (Ending::Open, 2));

    let server = Server::start(ProviderKind::Openai, (0..9).map(|_| refuses(503, "", "{}")).collect()).await;
    let (app, _folder) = super::tests::app(&server).await;
    let mut session = super::tests::session(&app, Limits::default()).await;
    let run = session.say("Hello.", &CancellationToken::new(), &|_| {}).await.expect("said");
    assert!(failure(&run.summary.ending).1.contains("503"));
    assert_eq!(server.requests().len(), 3, "and not forever");
}

#[tokio::test]
async fn a_run_is_stopped_at_any_moment_and_what_was_said_is_kept() {
    let server = Server::start(ProviderKind::Openai, vec![Does::Stalls("Say wts"), says("Say wts_a.")]).await;
    let (app, _folder) = app(&server).await;
    let stop = CancellationToken::new();
    let mut session = session(&app, Limits::default()).await;
    let on = |event| {
        if let RunEvent::Text(_) = event {
            stop.cancel();
        }
    };
    let run = session.say("Hello.", &stop, &on).await.expect("kept");
    assert_eq!(run.summary.ending, Ending::Stopped);
    assert!(matches!(&run.transcript.turns[1].event, Event::Agent { is_cut: true, .. }), "{:?}", run.transcript);
    let run = session.go_on(&CancellationToken::new(), &|_| {}).await.expect("it goes on");
    assert_eq!(run.summary.ending, Ending::Open);
    let error = session.go_on(&CancellationToken::new(), &|_| {}).await.expect_err("nothing to answer");
    assert_eq!(error.code, Code::Refused);
}

#[tokio::test]
async fn nobody_listening_is_said_with_the_address() {
    let server = Server::start(ProviderKind::Ollama, Vec::new()).await;
    let (app, _folder) = app(&server).await;
    let nowhere = Provider { base_url: "http://127.0.0.1:9".to_owned(), ..server.provider() };
    providers::save(&app, nowhere, None, Keep::ThisRun).await.expect("saved");
    let mut session = session(&app, Limits::default()).await;
    let run = session.say("Hello.", &CancellationToken::new(), &|_| {}).await.expect("kept");
    let (code, message, hint) = failure(&run.summary.ending);
    assert_eq!(code, Code::Unreachable);
    assert!(message.contains("http://127.0.0.1:9") && hint.contains("ollama serve"), "{message} {hint}");
}

#[tokio::test]
async fn a_key_goes_where_it_was_entered_for_and_is_forgotten_elsewhere() {
    let first = Server::start(ProviderKind::Openai, vec![says("Hm?")]).await;
    let (app, _folder) = app(&first).await;
    let other = Server::start(ProviderKind::Openai, vec![Does::Refuses(401, "", "{}".to_owned())]).await;
    let moved = Provider { base_url: other.provider().base_url, ..first.provider() };
    providers::save(&app, moved, None, Keep::ThisRun).await.expect("moved");
    let mut session = session(&app, Limits::default()).await;
    let run = session.say("Hello.", &CancellationToken::new(), &|_| {}).await.expect("kept");
    assert!(failure(&run.summary.ending).1.contains("asks for a key, and there is none"));
    assert!(!other.requests()[0].headers.contains("authorization"));
    providers::remove(&app, &"prov_1".into()).await.expect("removed");
    assert_eq!(app.secrets.key(&"prov_1".into()).await.err().map(|error| error.code), Some(Code::KeyringUnavailable));
}

#[tokio::test]
async fn the_models_of_each_provider_are_listed_with_its_key() {
    for (kind, line, list) in [
        (ProviderKind::Openai, "GET /v1/models", "{\"data\":[{\"id\":\"b\"},{\"id\":\"a\"}]}"),
        (ProviderKind::Anthropic, "GET /v1/models", "{\"data\":[{\"id\":\"b\"},{\"id\":\"a\"}]}"),
        (ProviderKind::Ollama, "GET /api/tags", "{\"models\":[{\"name\":\"b\"},{\"name\":\"a\"}]}"),
    ] {
        let server = Server::start(kind, vec![Does::Sends(list), Does::Sends("[]")]).await;
        let (stop, key) = (CancellationToken::new(), Some(Secret::new(KEY)));
        let provider = Line::new(server.provider(), key, QUICK).expect("a line");
        assert_eq!(provider.models(&stop).await.expect("a list"), ["a", "b"], "{kind:?}");
        assert_eq!(server.requests()[0].line, line);
        assert!(server.requests()[0].headers.contains(KEY));
        let error = provider.models(&stop).await.expect_err("no list");
        assert!(error.message.contains("Local"), "{error}");
    }
}

#[tokio::test]
async fn the_tools_that_a_model_gets_are_those_of_the_drafts() {
    let server = Server::start(ProviderKind::Anthropic, vec![says("Hm?")]).await;
    let (app, _folder) = app(&server).await;
    let heard = Mutex::new(Vec::new());
    let on = |event| heard.lock().expect("nothing panics").push(event);
    session(&app, Limits::default()).await.say("Hello.", &CancellationToken::new(), &on).await.expect("said");
    let body = &server.requests()[0].body;
    let tools = learner_tools::tools(Profile::Current, false);
    for (at, tool) in tools.iter().enumerate() {
        assert_eq!(body["tools"][at]["description"], tool.description);
        assert_eq!(body["tools"][at]["input_schema"], tool.input_schema);
    }
    assert!(body["system"].as_str().expect("a text").contains(learner_tools::INSTRUCTIONS));
    assert!(!heard.into_inner().expect("nothing panics").is_empty());
}
