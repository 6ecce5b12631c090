//! A conversation that is played is the conversation that the real door has.

use std::collections::HashMap;

use serde_json::Value;
use waymark_app::learn::Learners;
use waymark_core::{
    conversation::{
        play::play,
        script::{AuthorEdit, Move, Scenario, Script},
        turn::{Conversation, Preface, TurnWindow},
    },
    edit::Edit,
    id::WalkthroughId,
    learner::{
        arguments,
        call::{Call, Profile},
    },
    tokens::Encoding,
};
use waymark_library::{
    Library, drafts,
    edits::{self, ApplyEdit},
};

use super::{pipe::Pipe, walkthrough};
use crate::Options;

const LEARNER: &str = "ann";

fn parse(text: &Option<String>) -> Value {
    serde_json::from_str(text.as_deref().expect("a message")).expect("JSON")
}

/// The message with one visit in the place of another.
fn with_visit(message: &Value, from: &str, to: &str) -> Value {
    serde_json::from_str(&message.to_string().replace(from, to)).expect("JSON")
}

/// What the author does in the conversation, done to the draft.
async fn edit(library: &Library, id: &WalkthroughId, change: &AuthorEdit) {
    let draft = drafts::open(library, id).await.expect("there").draft.walkthrough;
    let step = |number: &u32| draft.steps[*number as usize - 1].id.clone();
    let edit = match change {
        AuthorEdit::RemoveStep { number } => Edit::RemoveStep { step: step(number) },
        AuthorEdit::MoveStep { number, to } => Edit::MoveStep { step: step(number), to: to - 1 },
        AuthorEdit::RenameStep { number, title } => Edit::RenameStep { step: step(number), title: title.clone() },
        AuthorEdit::AddStep { .. } => panic!("its id would be another"),
    };
    let apply = ApplyEdit { walkthrough: id.clone(), edit, seen_version: None, origin: "test".to_owned() };
    edits::apply(library, apply).await.expect("applied");
}

/// A process that has just started, whose tools are those of the conversation.
async fn open(learners: &Learners, options: &Options, preface: &Preface) -> Pipe {
    let mut pipe = Pipe::over(learners.clone(), options.clone());
    pipe.initialize("2025-06-18").await;
    let listed = pipe.ask("tools/list", serde_json::json!({})).await;
    assert_eq!(listed["result"]["tools"], parse(&Some(preface.response.clone()))["result"]["tools"]);
    pipe
}

/// Makes the calls of a conversation at the real door, each session at a process of its own, and compares the answers.
async fn check(conversation: &Conversation, profile: Profile, is_several: bool) {
    let (_folder, library, learners) = super::drafts().await;
    let id = WalkthroughId::from("wt_1");
    if is_several {
        drafts::insert(&library, walkthrough("wt_2", &["x"]), "test").await.expect("inserted");
        // The last changed comes first.
        edit(&library, &id, &AuthorEdit::RenameStep { number: 1, title: "Other".to_owned() }).await;
        edit(&library, &id, &AuthorEdit::RenameStep { number: 1, title: "Title of a".to_owned() }).await;
    }
    let options = Options { profile, user: Some(LEARNER.to_owned()), ..Options::default() };
    let mut pipes: HashMap<u32, (Pipe, String)> = HashMap::new();
    for turn in &conversation.turns {
        if let Move::Edit { edit: change } = &turn.made {
            edit(&library, &id, change).await;
            continue;
        }
        let (mut pipe, mut visit) = match pipes.remove(&turn.session) {
            Some(open) => open,
            None => (open(&learners, &options, &conversation.preface).await, String::new()),
        };
        let detail = turn.detail.as_ref().expect("texts");
        let (request, expected) = (parse(&detail.request), parse(&detail.response)["result"].clone());
        let played_visit = turn.state.visit.as_ref().expect("a visit").as_str();
        let params = match visit.as_str() {
            "" => request["params"].clone(),
            known => with_visit(&request["params"], played_visit, known),
        };
        let answer = pipe.ask("tools/call", params).await["result"].clone();
        if visit.is_empty() {
            visit = answer["structuredContent"]["visit"].as_str().expect("a visit").to_owned();
        }
        for part in ["content", "structuredContent", "isError"] {
            assert_eq!(with_visit(&expected, played_visit, &visit)[part], answer[part], "turn {}: {part}", turn.number);
        }
        pipes.insert(turn.session, (pipe, visit));
    }
    for (pipe, _) in pipes.into_values() {
        pipe.close().await;
    }
}

#[tokio::test]
async fn the_door_answers_every_call_of_a_played_conversation_with_the_same_result() {
    for profile in [Profile::Current, Profile::V1] {
        for (scenario, moves) in [
            (Scenario::FirstVisit, "next,repeat,skip,wrong-id,status,next,next,next,reset,next,restart"),
            (Scenario::Resume, "status,next,next,next,come-back,next"),
            (Scenario::Several, "next,status,next"),
            (Scenario::StepRemoved, "next,next,status"),
            (Scenario::Reordered, "next,next,next"),
            (Scenario::Renamed, "next,status"),
        ] {
            let is_several = scenario == Scenario::Several;
            let cast = [walkthrough("wt_1", &["a", "b", "c"]), walkthrough("wt_2", &["x"])];
            let cast = if is_several { &cast[..] } else { &cast[..1] };
            let moves = moves.split(',').map(|spelled| spelled.parse().expect("a move")).collect();
            let conversation = play(
                cast,
                &Script { scenario, profile, moves },
                TurnWindow::ALL,
                &Default::default(),
                Encoding::default(),
            )
            .expect("it plays");
            check(&conversation, profile, is_several).await;
        }
    }
}

#[test]
fn the_arguments_of_a_call_are_read_as_that_call() {
    let name = Some("wt_1".to_owned());
    for call in [
        Call::Start { name: name.clone(), restart: false, email: None },
        Call::Start { name: name.clone(), restart: true, email: Some("ann@example.org".to_owned()) },
        Call::Next { step: Some("a".into()) },
        Call::Next { step: None },
        Call::Status { walkthrough: name.clone() },
        Call::Status { walkthrough: None },
        Call::Reset { walkthrough: "wt_1".into(), confirm: true },
        Call::List,
    ] {
        for profile in [Profile::Current, Profile::V1] {
            if (&call, profile) == (&Call::List, Profile::Current) {
                continue;
            }
            for visit in [None, Some("vis_1".into())] {
                let written = call.arguments(profile, visit.as_ref());
                let given = serde_json::from_str(written.as_str()).expect("an object");
                let asked = arguments::parse(profile, call.tool(profile), Some(given)).expect("it is a call");
                assert_eq!(
                    (asked.call, asked.visit),
                    (call.clone(), visit.map(|visit| visit.to_string())),
                    "{written:?}"
                );
            }
        }
    }
}
