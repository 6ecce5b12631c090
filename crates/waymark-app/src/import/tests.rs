//! Importing into a real library: clashes, decisions, and files that are refused.

use std::path::Path;

use waymark_core::{content::Field, id::StepId};

use super::*;
use crate::{
    Env, clock,
    export::{self, ExportDraft, OnExisting},
    secrets::Secrets,
};

async fn app(folder: &Path) -> App {
    let env =
        Env { now: clock::now, random: clock::random, data_dir: folder.join("library"), origin: "test".to_owned() };
    let library =
        waymark_library::Library::open(&env.data_dir, waymark_library::Env { now: env.now, random: env.random });
    App { library: library.await.expect("a library"), secrets: Secrets::memory_only(), env }
}

fn file(title: &str, steps: &[(&str, &str)]) -> String {
    let steps: Vec<String> = steps
        .iter()
        .map(|(title, text)| {
            format!(r#"{{"title": "{title}", "contentFields": {{"version": "v1", "contentForUser": "{text}"}}}}"#)
        })
        .collect();
    format!(
        r#"{{"version": "1.0", "walkthrough": {{"title": "{title}", "type": "quickstart"}}, "steps": [{}]}}"#,
        steps.join(",")
    )
}

async fn import(app: &App, text: &str, on_clash: Option<OnClash>) -> Result<ImportedOne> {
    let mut imported = run(app, RunImport { source: Source::Text(text.to_owned()), on_clash }).await?;
    Ok(imported.walkthroughs.remove(0))
}

async fn titles_of(app: &App) -> Vec<String> {
    let mut titles: Vec<String> = titles(app).await.expect("listed").into_iter().collect();
    titles.sort();
    titles
}

async fn open(app: &App, id: &WalkthroughId) -> Walkthrough {
    drafts::open(&app.library, id).await.expect("there").draft.walkthrough
}

fn ids(walkthrough: &Walkthrough) -> Vec<StepId> {
    walkthrough.steps.iter().map(|step| step.id.clone()).collect()
}

#[tokio::test]
async fn a_clash_stops_until_it_is_decided_and_each_decision_does_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path()).await;
    let first = import(&app, &file("A", &[("One", "1"), ("Two", "2")]), None).await.expect("new");
    assert_eq!(first.outcome, Outcome::Created);
    let before = open(&app, &first.id).await;

    let changed = file("A", &[("Zero", "0"), ("Two", "two"), ("One", "1")]);
    let error = import(&app, &changed, None).await.expect_err("undecided");
    assert_eq!(error.code, Code::Conflict);
    assert_eq!(open(&app, &first.id).await, before);

    let shown = preview(&app, Source::Text(changed.clone())).await.expect("shown");
    let clash = shown.items[0].found.as_ref().and_then(|found| found.clash.clone()).expect("a clash");
    assert_eq!((clash.with.clone(), clash.is_same_id, clash.is_trashed), (first.id.clone(), false, false));
    assert!(clash.changes > 0);

    let skipped = import(&app, &changed, Some(OnClash::Skip)).await.expect("skipped");
    assert_eq!((skipped.outcome, open(&app, &first.id).await), (Outcome::Skipped, before.clone()));

    let copied = import(&app, &changed, Some(OnClash::Copy)).await.expect("copied");
    assert_eq!(copied.title, "A (copy)");
    assert_ne!(copied.id, first.id);

    let updated = import(&app, &changed, Some(OnClash::Update)).await.expect("updated");
    assert_eq!((updated.outcome, &updated.id), (Outcome::Updated, &first.id));
    let after = open(&app, &first.id).await;
    let [one, two] = &ids(&before)[..] else { panic!("two steps") };
    assert_eq!(ids(&after)[1..], [two.clone(), one.clone()], "steps of the same title keep their ids");
    assert_eq!(after.steps[1].content_fields.text(Field::ContentForUser), Some("two"));
    assert_eq!(titles_of(&app).await, ["A", "A (copy)"]);

    edits::undo(&app.library, &first.id, "test").await.expect("an update is one edit");
    assert_eq!(ids(&open(&app, &first.id).await), ids(&before));
}

#[tokio::test]
async fn a_renamed_step_keeps_its_id_by_its_place_and_links_follow() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path()).await;
    let first = import(&app, &file("A", &[("One", "1"), ("Two", "2")]), None).await.expect("new");
    let before = open(&app, &first.id).await;
    let renamed = file("A", &[("One", "1"), ("Second", "2")]).replacen(
        "\"contentFields\"",
        "\"nextStepReference\": 1, \"contentFields\"",
        1,
    );
    import(&app, &renamed, Some(OnClash::Update)).await.expect("updated");
    let after = open(&app, &first.id).await;
    assert_eq!(ids(&after), ids(&before));
    assert_eq!(after.steps[0].next_step_id.as_ref(), Some(&after.steps[1].id));
}

#[tokio::test]
async fn a_bare_list_replaces_the_steps_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path()).await;
    let path = folder.path().join("a.json");
    std::fs::write(&path, r#"[{"title": "One", "contentFields": {"version": "v1", "contentForUser": "new"}}]"#)
        .expect("written");
    let whole = file("A", &[("One", "1"), ("Two", "2")]).replacen("\"type\"", "\"tags\": [\"mine\"], \"type\"", 1);
    let first = import(&app, &whole, None).await.expect("new");
    let before = open(&app, &first.id).await;
    let source = Source::Paths(vec![path]);
    run(&app, RunImport { source, on_clash: Some(OnClash::Update) }).await.expect("updated");
    let after = open(&app, &first.id).await;
    assert_eq!((after.kind, &after.tags), (WalkthroughType::Quickstart, &before.tags));
    assert_eq!(ids(&after), ids(&before)[..1]);
    assert_eq!(after.steps[0].content_fields.text(Field::ContentForUser), Some("new"));
}

#[tokio::test]
async fn an_export_comes_back_under_its_own_id_also_out_of_the_trash() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path()).await;
    let first = import(&app, &file("A", &[("One", "1")]), None).await.expect("new");
    let to = ExportDraft { id: first.id.clone(), path: folder.path().to_owned(), on_existing: OnExisting::Refuse };
    let path = export::run(&app, to.clone()).await.expect("written");
    assert_eq!(path, folder.path().join("a.json"));
    assert_eq!(export::run(&app, to).await.expect_err("there already").code, Code::Refused);

    drafts::trash(&app.library, std::slice::from_ref(&first.id), "test").await.expect("trashed");
    let source = Source::Paths(vec![path]);
    let shown = preview(&app, source.clone()).await.expect("shown");
    let clash = shown.items[0].found.as_ref().and_then(|found| found.clash.clone()).expect("a clash");
    assert_eq!((clash.is_same_id, clash.is_trashed, clash.changes), (true, true, 0));
    run(&app, RunImport { source, on_clash: Some(OnClash::Update) }).await.expect("back");
    assert_eq!(titles_of(&app).await, ["A"]);
}

#[tokio::test]
async fn one_bad_file_among_several_keeps_only_itself_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path()).await;
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    let paths = vec![
        write("good.json", &file("Good", &[("One", "1")])),
        write("broken.json", "{\"version\": \"1.0\",\n oops}"),
        write("my-list.json", r#"[{"title": "One", "contentFields": {"version": "v1"}}]"#),
        folder.path().join("missing.json"),
        write("long.json", &file(&"x".repeat(101), &[])),
        write("title-in-use.json", &file("Good", &[])),
    ];
    let shown = preview(&app, Source::Paths(paths.clone())).await.expect("shown");
    assert_eq!(titles_of(&app).await, Vec::<String>::new(), "a preview writes nothing");
    let has_error: Vec<bool> = shown.items.iter().map(|item| item.error.is_some()).collect();
    assert_eq!(has_error, [false, true, false, true, true, false]);

    let imported = run(&app, RunImport { source: Source::Paths(paths.clone()), on_clash: None }).await.expect("ran");
    assert_eq!(titles_of(&app).await, ["Good", "My list"]);
    assert_eq!(imported.failed.len(), 4);
    for failed in &imported.failed {
        assert!(failed.error.hint.is_some() && !failed.error.message.is_empty(), "{:?}", failed.error);
    }
    let broken = &imported.failed[0].error.message;
    assert!(broken.contains("broken.json` is not valid JSON") && broken.contains("line 2"), "{broken}");
    assert_eq!(imported.walkthroughs[1].warnings.len(), 2, "a bare list without content for the user");

    let only = run(&app, RunImport { source: Source::Paths(vec![paths[1].clone()]), on_clash: None }).await;
    assert_eq!(only.expect_err("the only file").code, Code::InvalidInput);
}

#[tokio::test]
async fn the_real_files_come_in_and_go_out_without_loss() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/walkthroughs");
    let Ok(entries) = std::fs::read_dir(&fixtures) else {
        eprintln!("skipped: there is no {}", fixtures.display());
        return;
    };
    let paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path()).await;
    let imported = run(&app, RunImport { source: Source::Paths(paths.clone()), on_clash: None }).await.expect("ran");
    assert!(imported.failed.is_empty(), "{:?}", imported.failed);
    for (one, path) in imported.walkthroughs.iter().zip(&paths) {
        let exported = export::text(&app, &one.id).await.expect("written");
        let original: serde_json::Value = read_json(&std::fs::read_to_string(path).expect("readable"));
        let copy = read_json(&exported);
        match &original {
            serde_json::Value::Array(steps) => assert_contains(&copy["steps"], &steps.clone().into(), "$"),
            _ => assert_contains(&copy, &original, "$"),
        }
        let again = json::read(&exported, "unused", clock::random).expect("its own export");
        assert_eq!(again.walkthrough, open(&app, &one.id).await);
    }
}

fn read_json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON")
}

/// Every member of `original` is in `copy` with its value, except the time of the export.
fn assert_contains(copy: &serde_json::Value, original: &serde_json::Value, path: &str) {
    match original {
        serde_json::Value::Object(members) => {
            for (key, value) in members.iter().filter(|(key, _)| *key != "exportedAt") {
                assert_contains(&copy[key], value, &format!("{path}.{key}"));
            }
        }
        serde_json::Value::Array(items) => {
            assert_eq!(copy.as_array().map(Vec::len), Some(items.len()), "{path}");
            for (index, value) in items.iter().enumerate() {
                assert_contains(&copy[index], value, &format!("{path}[{index}]"));
            }
        }
        _ => assert_eq!(copy, original, "{path}"),
    }
}
