//! Runs and providers over a real file.

use waymark_core::{
    agent_run::{
        checks::{Check, Outcome},
        provider::{Model, Price, Provider, ProviderKind},
        transcript::Event,
    },
    error::Code,
};

use super::*;
use crate::testing::{apply, library, set_text, step, walkthrough};

async fn with_tour() -> (Library, tempfile::TempDir) {
    let (library, dir) = library().await;
    let steps = vec![step("a", 1, "First"), step("b", 2, "Second")];
    drafts::insert(&library, walkthrough("wt_1", "Tour", steps), "test").await.expect("inserted");
    (library, dir)
}

async fn run(library: &Library, id: &str, at: i64) -> KeptRun {
    let draft = drafts::open(library, &"wt_1".into()).await.expect("a draft").draft.walkthrough;
    let mut transcript = Transcript { instructions: "Guide.".to_owned(), ..Transcript::default() };
    transcript.push(Millis(at), Event::Learner { text: "Hello.".to_owned() });
    let result = CheckResult {
        check: Check::Finished,
        outcome: Outcome::Failed,
        sentence: "It ended.".to_owned(),
        places: Vec::new(),
    };
    let summary = RunSummary {
        id: id.into(),
        walkthrough: "wt_1".into(),
        at: Millis(at),
        provider: "Mine".to_owned(),
        model: "m".to_owned(),
        speaker: Speaker::Script,
        profile: Profile::Current,
        template: None,
        content_hash: content_hash(&draft),
        is_current: true,
        ending: Ending::Stopped,
        checks: vec![result],
        totals: transcript.totals(),
        cost: Some(Cost { micros: 5, currency: "EUR".to_owned() }),
    };
    KeptRun { summary, transcript }
}

fn provider(id: &str, name: &str) -> Provider {
    let price = Price { input_micros: 1, output_micros: 2, currency: "USD".to_owned() };
    Provider {
        id: id.into(),
        name: name.to_owned(),
        kind: ProviderKind::Ollama,
        base_url: "http://localhost:11434".to_owned(),
        allows_plain_http: false,
        models: vec![Model { name: "m".to_owned(), price: Some(price) }],
    }
}

#[tokio::test]
async fn a_run_is_kept_while_it_goes_on_listed_compared_and_removed() {
    let (library, _dir) = with_tour().await;
    let mut first = run(&library, "run_1", 1).await;
    keep(&library, &first, "test").await.expect("kept");
    first.transcript.push(Millis(2), Event::Learner { text: "Well?".to_owned() });
    first.summary.ending = Ending::Finished;
    keep(&library, &first, "test").await.expect("kept again");
    let second = run(&library, "run_2", 5).await;
    keep(&library, &second, "test").await.expect("kept");

    let listed = list(&library, &"wt_1".into()).await.expect("a list");
    assert_eq!(listed, [second.summary.clone(), first.summary.clone()]);
    assert_eq!(read(&library, &"run_1".into()).await.expect("read"), first);
    let compared = compare(&library, &"run_1".into(), &"run_2".into()).await.expect("compared");
    assert_eq!((compared.left, compared.right, compared.rows.len()), (first, second, 1));

    remove(&library, &"run_1".into(), "test").await.expect("removed");
    assert_eq!(read(&library, &"run_1".into()).await.expect_err("gone").code, Code::NotFound);
    assert_eq!(remove(&library, &"run_1".into(), "test").await.expect_err("gone").code, Code::NotFound);
}

#[tokio::test]
async fn a_run_says_when_the_draft_has_changed_since() {
    let (library, _dir) = with_tour().await;
    keep(&library, &run(&library, "run_1", 1).await, "test").await.expect("kept");
    apply(&library, &"wt_1".into(), set_text(&"b".into(), "Better")).await.expect("edited");
    assert!(!list(&library, &"wt_1".into()).await.expect("a list")[0].is_current);
}

#[tokio::test]
async fn runs_go_with_their_walkthrough() {
    let (library, _dir) = with_tour().await;
    let kept = run(&library, "run_1", 1).await;
    keep(&library, &kept, "test").await.expect("kept");
    drafts::trash(&library, &["wt_1".into()], "test").await.expect("in the trash");
    keep(&library, &kept, "test").await.expect("it goes on in the trash");
    drafts::trash::empty(&library, Millis(i64::MAX), "test").await.expect("emptied");
    assert_eq!(read(&library, &"run_1".into()).await.expect_err("gone").code, Code::NotFound);
    assert_eq!(keep(&library, &kept, "test").await.expect_err("gone").code, Code::NotFound);
}

#[tokio::test]
async fn providers_are_kept_by_name_changed_and_removed() {
    let (library, _dir) = library().await;
    let saved = providers::save(&library, provider("prov_1", " Mine "), "test").await.expect("saved");
    assert_eq!(saved, provider("prov_1", "Mine"));
    let error = providers::save(&library, provider("prov_2", "Mine"), "test").await.expect_err("the name is taken");
    assert_eq!(error.field.as_deref(), Some("name"));
    providers::save(&library, provider("prov_1", "Yours"), "test").await.expect("renamed");
    assert_eq!(providers::find(&library, "Yours").await.expect("found").id, "prov_1".into());
    assert_eq!(providers::find(&library, "prov_1").await.expect("found").name, "Yours");

    let newer = sqlx::query("UPDATE providers SET kind = 'later'");
    newer.execute(library.writer().await.expect("a writer")).await.expect("changed");
    assert!(providers::list(&library).await.expect("a list").is_empty(), "what a newer Waymark kept is left out");
    providers::remove(&library, &"prov_1".into(), "test").await.expect("removed");
    assert_eq!(providers::remove(&library, &"prov_1".into(), "test").await.expect_err("gone").code, Code::NotFound);
}
