//! The rules of what an agent sees, one by one: what is said and done, and the whole answers, in both profiles. Drafts and
//! production give the same ones, to the byte.

mod rules;

use std::fmt::Write;

use waymark_core::learner::{
    call::{Call, Profile},
    standing::Scope,
};

use super::{
    Heard,
    stage::{SERVER, Stage, pass, session, user},
};
use rules::{Line, Rule, Where, Who, rules};

/// A call as the profile has it: in `v1` the list is a tool of its own.
fn in_profile(call: &Call, profile: Profile) -> Call {
    match call {
        Call::Start { name: None, .. } if profile == Profile::V1 => Call::List,
        call => call.clone(),
    }
}

fn scope(who: Who, heard: &[Heard]) -> Scope {
    let nobody = Scope { server: Some(SERVER.to_owned()), ..Scope::default() };
    let visit = |number: usize| heard[number - 1].output.visit.clone();
    match who {
        Who::Session(name) => session(name),
        Who::User(name) => user(name),
        Who::UserIn(name, sitting) => Scope { session: Some(sitting.into()), ..user(name) },
        Who::Nobody => nobody,
        Who::Visit(number) => Scope { handle: visit(number), ..nobody },
        Who::UserWith(name, number) => Scope { handle: visit(number), ..user(name) },
        Who::MadeUp => Scope { handle: Some("vis_made_up".to_owned()), ..nobody },
    }
}

/// Plays a rule and writes down every answer, whole.
async fn play(rule: &Rule, profile: Profile, stage: &Stage) -> String {
    let (mut heard, mut script): (Vec<Heard>, String) = Default::default();
    for line in &rule.lines {
        match line {
            Line::Put(walkthrough) => {
                stage.put(walkthrough).await;
                let steps: Vec<&str> = walkthrough.steps.iter().map(|step| step.id.as_str()).collect();
                writeln!(script, "== The author has `{}` with {steps:?}.\n", walkthrough.id).expect("written");
            }
            Line::Minutes(minutes) => {
                pass(minutes * 60_000);
                writeln!(script, "== {minutes} minutes go by.\n").expect("written");
            }
            Line::Run(sql) => {
                stage.database().run(sql);
                writeln!(script, "== {sql}\n").expect("written");
            }
            Line::Call(who, call) => {
                let (call, scope) = (in_profile(call, profile), scope(*who, &heard));
                let answer = stage.ask(&scope, &call, profile).await.expect("answered");
                heard.push(answer);
                let (tool, input) = (call.tool(profile), call.input());
                writeln!(script, "== {}. {who:?}: {tool} {input}", heard.len(), input = input.as_str())
                    .expect("written");
                write_answer(&mut script, &heard);
            }
        }
    }
    script
}

/// The latest answer. Visits are numbered, so that two scripts can be compared.
fn write_answer(script: &mut String, heard: &[Heard]) {
    let Some(Heard { text, output, is_error }) = heard.last() else { return };
    assert_eq!(output.text, *text, "the structured side has the same text");
    let mut visits: Vec<&str> = Vec::new();
    for visit in heard.iter().filter_map(|heard| heard.output.visit.as_deref()) {
        if !visits.contains(&visit) {
            visits.push(visit);
        }
    }
    let numbered = |visit: &str| visits.iter().position(|known| *known == visit).map(|at| format!("visit {}", at + 1));
    let mut structured = output.clone();
    structured.visit = structured.visit.as_deref().and_then(numbered);
    structured.text = "(the text)".to_owned();
    let structured = serde_json::to_string_pretty(&structured).expect("JSON");
    // A snapshot would not keep the carriage returns.
    let text = text.replace('\r', "␍");
    writeln!(script, "isError: {is_error}\n{structured}\n---\n{text}\n---\n").expect("written");
}

async fn check(profile: Profile) {
    for rule in rules() {
        let in_production = play(&rule, profile, &Stage::live().await).await;
        if rule.place == Where::Both {
            let of_drafts = play(&rule, profile, &Stage::preview().await).await;
            assert_eq!(of_drafts, in_production, "{}: drafts and production differ", rule.name);
        }
        let name = format!("{}@{}", rule.name, profile.name());
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "conformance/snapshots" }, {
            insta::assert_snapshot!(name, in_production);
        });
    }
}

#[tokio::test]
async fn every_rule_holds_in_the_current_profile() {
    check(Profile::Current).await;
}

#[tokio::test]
async fn every_rule_holds_in_the_profile_v1() {
    check(Profile::V1).await;
}
