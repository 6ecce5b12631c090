//! Importing into a real library: clashes, decisions, and files that are refused.

use std::path::Path;

use waymark_core::{content::Field, error::Code, id::StepId, json::FreeJson, walkthrough::Walkthrough};
use waymark_library::{attachments, edits};
use waymark_testkit::content;

use super::{writing::titles, *};
use crate::{
    Env, clock,
    export::{self, ExportDraft, ExportDrafts, OnExisting},
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

async fn run(app: &App, run: RunImport) -> Result<Imported> {
    super::run(app, run, &CancellationToken::new(), &|_| ()).await
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
    // What lists count is computed at the first look, and kept.
    import(&app, &changed, None).await.expect_err("undecided");
    let held = content::of_library(&app.env.data_dir);
    let error = import(&app, &changed, None).await.expect_err("undecided");
    assert_eq!(error.code, Code::Conflict);
    held.assert_is(&content::of_library(&app.env.data_dir), "a clash that is not decided");

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
    let path = export::run(&app, to.clone()).await.expect("written").path;
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
async fn steps_with_the_ids_of_another_walkthrough_are_announced_and_get_new_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path()).await;
    let first = import(&app, &file("A", &[("One", "1"), ("Two", "2")]), None).await.expect("new");
    let before = open(&app, &first.id).await;
    // The same steps under another title and another walkthrough's id, as a copy of a file by hand makes them.
    let text = export::text(&app, &first.id).await.expect("written");
    let text = text.replace(first.id.as_str(), "wt_elsewhere").replace("\"A\"", "\"B\"");
    let shown = preview(&app, Source::Text(text.clone())).await.expect("shown");
    let found = shown.items[0].found.as_ref().expect("it is read");
    assert!(found.clash.is_none() && found.warnings[0].message.starts_with("2 steps have the ids of steps of `A`"));
    let second = import(&app, &text, None).await.expect("nothing is in the way");
    assert_eq!((second.outcome, second.warnings.len()), (Outcome::Created, 1));
    assert_eq!(ids(&open(&app, &first.id).await), ids(&before), "the other keeps its own");
    assert!(ids(&open(&app, &second.id).await).iter().all(|id| !ids(&before).contains(id)));
}

#[tokio::test]
async fn files_beside_a_walkthrough_go_out_and_come_in_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = tempfile::tempdir().expect("a folder");
    let app = app(&folder.path().join("library")).await;
    let first = import(&app, &file("A", &[("One", "![x](files/x.png)")]), None).await.expect("new");
    for (name, bytes) in [("x.png", "picture"), ("unused.png", "nothing links here")] {
        attachments::add(&app.library, &first.id, name, bytes.into(), "test").await.expect("added");
    }
    let plain = export::text(&app, &first.id).await.expect("written");
    let to = ExportDraft { id: first.id.clone(), path: out.path().join("tour.json"), on_existing: OnExisting::Refuse };
    let written = export::run(&app, to.clone()).await.expect("written");
    assert_eq!((written.attachments, written.files), (1, Some(out.path().join("tour.files"))));
    let strip = |text: &str| text.lines().filter(|line| !line.contains("exportedAt")).collect::<String>();
    let json = std::fs::read_to_string(out.path().join("tour.json")).expect("readable");
    assert_eq!(strip(&json), strip(&plain), "the JSON is the same with files and without");
    assert!(out.path().join("tour.files/x.png").is_file() && !out.path().join("tour.files/unused.png").exists());
    let several = ExportDrafts { ids: vec![first.id.clone()], folder: out.path().to_owned() };
    let several = export::run_all(&app, several).await.expect("written");
    assert_eq!((several.files, several.attachments), (vec!["a.json".to_owned()], 1));

    // In another library the same pictures stand beside it; what a link leads to does not come along.
    let secret = out.path().join("secret");
    std::fs::write(&secret, "mine").expect("written");
    std::os::unix::fs::symlink(&secret, out.path().join("tour.files/link.png")).expect("linked");
    let other = self::app(&folder.path().join("other")).await;
    let source = Source::Paths(vec![to.path]);
    let shown = preview(&other, source.clone()).await.expect("shown");
    assert_eq!(shown.items[0].found.as_ref().expect("read").attachments, 1);
    let came = run(&other, RunImport { source: source.clone(), on_clash: None }).await.expect("in");
    let names = async |app: &App, id: &WalkthroughId| {
        let list = attachments::list(&app.library, id).await.expect("a list");
        list.into_iter().map(|one| one.name).collect::<Vec<_>>()
    };
    assert_eq!(names(&other, &came.walkthroughs[0].id).await, ["x.png"]);

    // Other bytes under the same name come in beside it, and it is said.
    std::fs::write(out.path().join("tour.files/x.png"), "another picture").expect("written");
    let again = run(&other, RunImport { source, on_clash: Some(OnClash::Update) }).await.expect("in");
    let warnings = &again.walkthroughs[0].warnings;
    assert!(warnings[0].message.contains("came in as `x-2.png`"), "{warnings:?}");
    assert!(warnings[1].message.contains("1 link follows"), "{warnings:?}");
    let open = drafts::open(&other.library, &again.walkthroughs[0].id).await.expect("there").draft.walkthrough;
    assert!(FreeJson::of(&open).as_str().contains("(files/x-2.png)"), "{open:?}");
    assert_eq!(names(&other, &came.walkthroughs[0].id).await, ["x-2.png", "x.png"]);
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
    let before = content::of_library(&app.env.data_dir);
    let shown = preview(&app, Source::Paths(paths.clone())).await.expect("shown");
    before.assert_is(&content::of_library(&app.env.data_dir), "a preview");
    let has_error: Vec<bool> = shown.items.iter().map(|item| item.error.is_some()).collect();
    assert_eq!(has_error, [false, true, false, true, false, false]);
    let long = shown.items[4].found.as_ref().expect("a title over the limit is read");
    assert!(long.warnings.iter().any(|one| one.message.contains("101 characters")), "{:?}", long.warnings);

    let imported = run(&app, RunImport { source: Source::Paths(paths.clone()), on_clash: None }).await.expect("ran");
    assert_eq!(titles_of(&app).await, ["Good".to_owned(), "My list".to_owned(), "x".repeat(101)]);
    assert_eq!(imported.failed.len(), 3);
    for failed in &imported.failed {
        assert!(failed.error.hint.is_some() && !failed.error.message.is_empty(), "{:?}", failed.error);
    }
    let broken = &imported.failed[0].error.message;
    assert!(broken.contains("broken.json` is not valid JSON") && broken.contains("line 2"), "{broken}");
    assert_eq!(imported.walkthroughs[1].warnings.len(), 2, "a bare list without content for the user");

    let before = content::of_library(&app.env.data_dir);
    let only = run(&app, RunImport { source: Source::Paths(vec![paths[1].clone()]), on_clash: None }).await;
    assert_eq!(only.expect_err("the only file").code, Code::InvalidInput);
    before.assert_is(&content::of_library(&app.env.data_dir), "the only file that is bad");
}

#[tokio::test]
async fn whoever_stops_keeps_what_is_in_and_hears_what_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path()).await;
    let paths: Vec<PathBuf> = ["One", "Two", "Three"]
        .map(|title| {
            let path = folder.path().join(format!("{title}.json"));
            std::fs::write(&path, file(title, &[])).expect("written");
            path
        })
        .into();
    let stop = CancellationToken::new();
    let tell = |progress: Progress| {
        assert_eq!(progress.total, 3);
        if progress.done == 2 {
            stop.cancel();
        }
    };
    let import = RunImport { source: Source::Paths(paths), on_clash: None };
    let imported = super::run(&app, import, &stop, &tell).await.expect("ran");
    assert_eq!((imported.walkthroughs.len(), imported.left), (2, 1));
    assert_eq!(titles_of(&app).await, ["One", "Two"]);
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
