//! Whole runs over a real library, against servers that speak each protocol.

use std::sync::Mutex;

use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use waymark_core::{
    agent_run::{
        checks::{Check, Outcome},
        provider::ProviderKind,
        run::Ending,
        script::Script,
        transcript::{Event, Usage},
    },
    error::Code,
    learner::{call::Call, standing::Scope},
    secret::Secret,
};
use waymark_library::{
    Library,
    agent_run::{self as kept, KeptRun},
    drafts,
};

use super::{
    provider::Patience,
    testing::{Does, Server},
    *,
};
use crate::{
    App, Env, clock,
    learn::{Learners, World},
    secrets::{Keep, Secrets},
    testing::walkthrough,
};

pub const KEY: &str = "sk-live-hunter2";

pub const QUICK: Patience = Patience {
    connect: Duration::from_secs(2),
    first: Duration::from_millis(400),
    between: Duration::from_millis(400),
    wait_max: Duration::from_secs(5),
    wait: Duration::from_millis(5),
    tries: 2,
};

/// An app with the draft `wt_1` of two steps, and the server as the provider `prov_1`.
pub async fn app(server: &Server) -> (App, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let world = waymark_library::Env { now: clock::now, random: clock::random };
    let library = Library::open(folder.path(), world).await.expect("a library");
    drafts::insert(&library, walkthrough("wt_1", &["wts_a", "wts_b"]), "test").await.expect("inserted");
    let env =
        Env { now: clock::now, random: clock::random, data_dir: folder.path().to_owned(), origin: "test".to_owned() };
    let app = App { library, secrets: Secrets::memory_only(), env };
    providers::save(&app, server.provider(), Some(Secret::new(KEY)), Keep::ThisRun).await.expect("a provider");
    (app, folder)
}

pub async fn session(app: &App, limits: Limits) -> Session {
    let input = BeginRun {
        walkthrough: "wt_1".into(),
        provider: "prov_1".into(),
        model: "m".to_owned(),
        profile: Profile::Current,
        speaker: Speaker::Script,
        limits,
    };
    Session::begin_with(app, input, None, QUICK).await.expect("a run")
}

pub fn says(text: &str) -> Does {
    Does::Answers(text.to_owned(), Vec::new())
}

pub fn calls(tool: &'static str, arguments: &str) -> Does {
    Does::Answers(String::new(), vec![(tool, arguments.to_owned())])
}

/// A model that does everything right.
pub fn good() -> Vec<Does> {
    vec![
        calls("start_walkthrough", "{\"name\":\"Title of wt_1\"}"),
        says("Say wts_a.\n\nShall we go on?"),
        calls("get_next_step", "{\"currentStepId\":\"wts_a\"}"),
        says("Say wts_b.\n\nShall we go on?"),
        calls("get_next_step", "{\"currentStepId\":\"wts_b\"}"),
        says("That was all."),
    ]
}

pub async fn play(app: &App, limits: Limits) -> KeptRun {
    let mut session = session(app, limits).await;
    session.play(&Script::default(), &CancellationToken::new(), &|_| {}).await.expect("played")
}

fn outcome(run: &KeptRun, check: Check) -> Outcome {
    run.summary.checks.iter().find(|result| result.check == check).expect("a result").outcome
}

#[tokio::test]
async fn a_model_of_each_provider_goes_through_a_walkthrough_with_the_real_tools() {
    for kind in ProviderKind::ALL {
        let server = Server::start(kind, good()).await;
        let (app, _folder) = app(&server).await;
        let heard = Mutex::new((String::new(), 0));
        let on = |event| {
            let mut heard = heard.lock().expect("nothing panics");
            match event {
                RunEvent::Text(text) => heard.0.push_str(&text),
                RunEvent::Turn(_) => heard.1 += 1,
                _ => {}
            }
        };
        let mut session = session(&app, Limits::default()).await;
        let run = session.play(&Script::default(), &CancellationToken::new(), &on).await.expect("played");

        assert_eq!(run.summary.ending, Ending::Finished, "{kind:?}: {:?}", run.transcript.turns);
        for check in &run.summary.checks {
            let wanted = if check.check == Check::NamedOperations { Outcome::DoesNotApply } else { Outcome::Passed };
            assert_eq!(check.outcome, wanted, "{kind:?}: {check:?}");
        }
        assert_eq!(run.summary.totals.usage, Usage { input: 600, output: 60 }, "{kind:?}");
        assert_eq!(run.summary.cost.as_ref().expect("a price").words(), "0.00072 USD");
        assert_eq!(kept::read(&app.library, session.id()).await.expect("kept"), run);
        let heard = heard.into_inner().expect("nothing panics");
        assert!(heard.0.starts_with("Say wts_a.\n\nShall we go on?Say wts_b."), "{kind:?}: {}", heard.0);
        assert_eq!(heard.1, run.transcript.turns.len());

        let requests = server.requests();
        assert_eq!(requests.len(), 6);
        let header = match kind {
            ProviderKind::Anthropic => format!("x-api-key: {KEY}"),
            _ => format!("authorization: bearer {KEY}"),
        };
        assert!(requests.iter().all(|request| request.headers.contains(&header)), "{kind:?}");
        let last = requests[5].body.to_string();
        assert!(
            last.contains("wts_b") && last.contains("is complete"),
            "the model hears what the tools answer: {last}"
        );
    }
}

#[tokio::test]
async fn the_learner_of_a_run_is_nobody_else() {
    let server = Server::start(ProviderKind::Openai, [good(), good()].concat()).await;
    let (app, _folder) = app(&server).await;
    let learners = Learners::Preview(app.library.clone(), World { now: app.env.now, random: app.env.random });
    let scope = Scope { tracking: Some("somebody".to_owned()), ..Scope::default() };
    let call = async |call: Call| {
        let heard = learners.call(&scope, &call, Profile::Current, &CancellationToken::new()).await.expect("heard");
        heard.output.progress.expect("progress").completed_steps
    };
    let start = Call::Start { name: Some("wt_1".to_owned()), restart: false, email: None };
    assert_eq!(call(start).await, 0);
    assert_eq!(play(&app, Limits::default()).await.summary.ending, Ending::Finished);
    assert_eq!(call(Call::Status { walkthrough: None }).await, 0, "somebody else's preview is as it was");
    assert_eq!(
        play(&app, Limits::default()).await.summary.ending,
        Ending::Finished,
        "each run begins at the beginning"
    );
}

#[tokio::test]
async fn an_agent_that_misbehaves_is_found_out() {
    let done = vec![
        calls("start_walkthrough", "{}"),
        Does::Answers(
            "Hi, let us begin.".to_owned(),
            vec![("get_next_step", "{\"currentStepId\":\"wts_a\"}".to_owned())],
        ),
        calls("get_next_step", "{\"currentStepId\":\"wts_b\"}"),
        says("Done!"),
    ];
    let server = Server::start(ProviderKind::Anthropic, done).await;
    let (app, _folder) = app(&server).await;
    let run = play(&app, Limits::default()).await;
    assert_eq!(run.summary.ending, Ending::Finished);
    for check in [Check::SaidVerbatim, Check::AskedBeforeMovingOn, Check::SkippedNothing] {
        assert_eq!(outcome(&run, check), Outcome::Failed, "{check:?}");
    }
    assert_eq!(outcome(&run, Check::Finished), Outcome::Passed);
}

#[tokio::test]
async fn a_call_that_does_not_fit_is_told_the_model_and_the_run_goes_on() {
    let done = vec![
        calls("run_shell", "{\"command\":\"ls\"}"),
        calls("start_walkthrough", "{\"name\": 5}"),
        calls("start_walkthrough", "not json"),
        calls("start_walkthrough", ""),
        says("Say wts_a."),
    ];
    let server = Server::start(ProviderKind::Openai, done).await;
    let (app, _folder) = app(&server).await;
    let mut session = session(&app, Limits::default()).await;
    let run = session.say("Hello.", &CancellationToken::new(), &|_| {}).await.expect("said");
    let answers = run.transcript.turns.iter().filter_map(|turn| match &turn.event {
        Event::Tool(answer) => Some((answer.is_error, answer.text.as_str())),
        _ => None,
    });
    let answers: Vec<_> = answers.collect();
    assert_eq!(answers.iter().map(|(is_error, _)| *is_error).collect::<Vec<_>>(), [true, true, true, false]);
    assert!(answers[0].1.contains("no tool `run_shell`") && answers[2].1.contains("no JSON object"), "{answers:?}");
    assert_eq!(run.summary.ending, Ending::Open);
    // The protocol allows no arguments that are no JSON: what is sent back is what the model wrote, or nothing.
    assert!(session.say(" ", &CancellationToken::new(), &|_| {}).await.is_err(), "nothing was said");
}

#[tokio::test]
async fn a_run_ends_where_its_limits_are() {
    let chatter = || (0..20).map(|_| says("Hm?")).collect::<Vec<_>>();
    for (limits, ending, replies) in [
        (Limits { replies: 2, ..Limits::default() }, Ending::RepliesUsedUp, 2),
        (Limits { tokens: 300, ..Limits::default() }, Ending::TokensUsedUp, 3),
        (Limits::default(), Ending::Stuck, 5),
    ] {
        let server = Server::start(ProviderKind::Ollama, chatter()).await;
        let (app, _folder) = app(&server).await;
        let run = play(&app, limits).await;
        assert_eq!((run.summary.ending.clone(), run.summary.totals.replies), (ending.clone(), replies));
        assert_eq!(outcome(&run, Check::Finished), Outcome::Failed, "{ending:?}");
    }
}

#[tokio::test]
async fn a_run_needs_a_draft_a_provider_a_model_and_room() {
    let server = Server::start(ProviderKind::Openai, Vec::new()).await;
    let (app, _folder) = app(&server).await;
    let input = BeginRun {
        walkthrough: "wt_1".into(),
        provider: "prov_1".into(),
        model: "m".to_owned(),
        profile: Profile::Current,
        speaker: Speaker::Person,
        limits: Limits::default(),
    };
    let refused = async |input: BeginRun| {
        Session::begin(&app, input, None).await.err().map(|error| (error.code, error.field, error.hint.is_some()))
    };
    let field = |name: &str| Some(name.to_owned());
    let lost = BeginRun { walkthrough: "wt_none".into(), ..input.clone() };
    assert_eq!(refused(lost).await.map(|refusal| refusal.0), Some(Code::NotFound));
    let elsewhere = BeginRun { provider: "prov_none".into(), ..input.clone() };
    assert_eq!(refused(elsewhere).await, Some((Code::NotFound, None, true)));
    let nameless = BeginRun { model: " ".to_owned(), ..input.clone() };
    assert_eq!(refused(nameless).await, Some((Code::InvalidInput, field("model"), true)));
    let tight = BeginRun { limits: Limits { replies: 0, tokens: 1 }, ..input.clone() };
    assert_eq!(refused(tight).await, Some((Code::InvalidInput, field("replies"), true)));
    drafts::trash(&app.library, &["wt_1".into()], "test").await.expect("in the trash");
    assert_eq!(refused(input).await, Some((Code::InvalidInput, None, true)));
    assert!(server.requests().is_empty());
}
