//! Revisions share steps: a page with some of them is lost, and every revision can be read and says what it lacks.

use std::{fs, path::Path};

use tempfile::TempDir;
use waymark_core::{content::Field, id::RevisionId, walkthrough::Walkthrough};

use super::*;
use crate::{
    Library, drafts,
    history::{self, SaveSnapshot},
    revisions,
    testing::{ENV, apply, set_text, step, walkthrough},
};

const ID: &str = "wt_shared";
const FIRST: &str = "Only in the first";

/// Three snapshots of three steps. The first has a text of its own in one of them; all else is shared.
struct Scene {
    dir: TempDir,
    before: Vec<(RevisionId, Walkthrough)>,
}

fn long(text: &str) -> String {
    // Each step fills a page of its own.
    text.to_owned() + &" word".repeat(700)
}

async fn keep(library: &Library, name: &str) {
    let snapshot = SaveSnapshot { walkthrough: ID.into(), name: name.to_owned() };
    history::snapshot(library, snapshot, "test").await.expect("it is kept");
}

async fn all(library: &Library) -> Vec<(RevisionId, Walkthrough)> {
    let mut all = Vec::new();
    for revision in revisions::list(library, &ID.into()).await.expect("the list") {
        let read = revisions::read(library, &revision.id).await.expect("every revision can be read");
        all.push((revision.id, read.walkthrough));
    }
    all
}

async fn write(library: &Library, at: usize, text: &str) {
    let edit = set_text(&format!("wts_{at}").as_str().into(), &long(text));
    apply(library, &ID.into(), edit).await.expect("an edit");
}

impl Scene {
    async fn new() -> Scene {
        let dir = tempfile::tempdir().expect("a folder");
        let library = Library::open(dir.path(), ENV).await.expect("a library");
        let steps = (0..3).map(|index| step(&format!("wts_{index}"), index + 1, &long(&format!("Text {index}"))));
        drafts::insert(&library, walkthrough(ID, "Shared", steps.collect()), "test").await.expect("new");
        write(&library, 1, FIRST).await;
        keep(&library, "First").await;
        write(&library, 1, "In the others").await;
        keep(&library, "Second").await;
        copies::write(library.path(), &dir.path().join("backup.sqlite")).await.expect("a backup");
        write(&library, 0, "In the last").await;
        keep(&library, "Third").await;
        let before = all(&library).await;
        library.close().await;
        Scene { dir, before }
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join(name)
    }

    /// Loses the page with the step of a revision that has this text, and only that.
    async fn lose(&self, text: &str) {
        let file = self.file("library.sqlite");
        let digest: String =
            one(&file, &format!("SELECT digest FROM revision_steps WHERE instr(step, '{text}') > 0")).await;
        let mut bytes = fs::read(&file).expect("its bytes");
        // Only the row has its step after its digest; the index has not.
        let needle = format!("{digest}{{");
        let at = bytes.windows(needle.len()).position(|window| window == needle.as_bytes()).expect("the row is there");
        let page = at / 4096 * 4096;
        bytes[page..page + 4096].fill(0xee);
        fs::write(&file, bytes).expect("written");
    }

    async fn recover(&self, backup: bool) -> (Salvaged, Library, TempDir) {
        let to = tempfile::tempdir().expect("a folder");
        let backup = backup.then(|| self.file("backup.sqlite"));
        let saved = salvage(&self.file("library.sqlite"), backup.as_deref(), &to.path().join("library.sqlite")).await;
        let library = Library::open(to.path(), ENV).await.expect("it opens");
        library.check().await.expect("it is sound");
        (saved.expect("it is saved"), library, to)
    }
}

async fn one(file: &Path, sql: &str) -> String {
    let mut connection = copies::connect(file).await.expect("it opens");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection).await.expect("one row")
}

async fn run(file: &Path, sql: &'static str) {
    use sqlx::{ConnectOptions, Connection};
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut connection = options.connect().await.expect("it opens");
    sqlx::raw_sql(sql).execute(&mut connection).await.expect("it runs");
    connection.close().await.expect("closed");
}

async fn names(library: &Library) -> Vec<String> {
    let all = revisions::list(library, &ID.into()).await.expect("the list");
    all.into_iter().filter_map(|revision| revision.name).collect()
}

/// Work goes on: the draft can be changed, and the change is kept as a revision.
async fn goes_on(library: &Library) {
    write(library, 2, "After the recovery").await;
    keep(library, "After").await;
    let newest = all(library).await.remove(0).1;
    let text = newest.steps[2].content_fields.text(Field::ContentForUser).unwrap_or_default();
    assert!(text.starts_with("After the recovery"), "{text}");
}

#[tokio::test]
async fn without_a_backup_a_revision_says_which_steps_it_lacks_and_the_others_are_whole() {
    let scene = Scene::new().await;
    scene.lose(FIRST).await;
    let (saved, library, _dir) = scene.recover(false).await;
    assert!(saved.incomplete.contains(&"the history of Shared".to_owned()), "{saved:?}");
    assert!(names(&library).await.contains(&"First (incomplete: 1 step was lost)".to_owned()));
    for (id, before) in &scene.before {
        let read = revisions::read(&library, id).await.expect("it can be read").walkthrough;
        let had = before.steps.iter().filter(|step| !text_of(step).starts_with(FIRST)).cloned().collect::<Vec<_>>();
        assert_eq!(read.steps, had, "{id}");
    }
    goes_on(&library).await;
    library.close().await;
}

#[tokio::test]
async fn what_the_backup_has_completes_revisions_to_the_letter() {
    let scene = Scene::new().await;
    scene.lose(FIRST).await;
    let (saved, library, _dir) = scene.recover(true).await;
    assert_eq!(saved.incomplete, Vec::<String>::new(), "{saved:?}");
    assert_eq!(all(&library).await, scene.before);
    goes_on(&library).await;
    library.close().await;
}

#[tokio::test]
async fn a_number_that_means_another_step_in_the_backup_is_not_taken_for_the_lost_one() {
    let scene = Scene::new().await;
    run(
        &scene.file("backup.sqlite"),
        "UPDATE revision_steps SET digest = 'another', step = replace(step, 'Only in the first', 'Never in it')
         WHERE instr(step, 'Only in the first') > 0",
    )
    .await;
    scene.lose(FIRST).await;
    let (saved, library, _dir) = scene.recover(true).await;
    assert!(saved.incomplete.contains(&"the history of Shared".to_owned()), "{saved:?}");
    for (_, revision) in all(&library).await {
        assert!(revision.steps.iter().all(|step| !text_of(step).starts_with("Never")), "{revision:?}");
    }
    goes_on(&library).await;
    library.close().await;
}

#[tokio::test]
async fn revisions_that_only_the_backup_has_bring_their_steps_whatever_number_those_had_there() {
    let scene = Scene::new().await;
    // As if the backup had counted otherwise: each of its numbers is another step's in the file.
    run(
        &scene.file("backup.sqlite"),
        "UPDATE revision_steps SET id = -id;
         UPDATE revision_steps SET id = (SELECT max(-r.id) + 1 FROM revision_steps r) + id;
         UPDATE revisions SET steps = (SELECT json_group_array(
             (SELECT max(id) + 1 FROM revision_steps) - j.value ORDER BY j.key) FROM json_each(revisions.steps) j)
         WHERE steps IS NOT NULL",
    )
    .await;
    let mut bytes = fs::read(scene.file("library.sqlite")).expect("its bytes");
    let root: String =
        one(&scene.file("library.sqlite"), "SELECT CAST(rootpage AS TEXT) FROM sqlite_schema WHERE name = 'revisions'")
            .await;
    let page = (root.parse::<usize>().expect("a number") - 1) * 4096;
    bytes[page..page + 4096].fill(0xee);
    fs::write(scene.file("library.sqlite"), bytes).expect("written");
    let (saved, library, _dir) = scene.recover(true).await;
    let found = all(&library).await;
    assert!(found.len() >= 2, "{saved:?}");
    for (id, revision) in &found {
        let before = scene.before.iter().find(|(known, _)| known == id);
        assert_eq!(before.map(|(_, before)| before), Some(revision), "{saved:?}");
    }
    goes_on(&library).await;
    library.close().await;
}

fn text_of(step: &waymark_core::walkthrough::Step) -> &str {
    step.content_fields.text(Field::ContentForUser).unwrap_or_default()
}
