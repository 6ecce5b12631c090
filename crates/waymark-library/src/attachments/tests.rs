//! Files beside a walkthrough, in a real folder.

use waymark_core::{error::Code, lint::Finding, walkthrough::Millis};

use super::*;
use crate::{
    drafts as operations, lint,
    testing::{apply, library, set_text, step, walkthrough},
};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and the rest of it";

async fn with_draft(text: &str) -> (Library, tempfile::TempDir, WalkthroughId) {
    let (library, dir) = library().await;
    let draft = walkthrough("wt_1", "One", vec![step("wts_1", 1, text)]);
    operations::insert(&library, draft, "test").await.expect("it is added");
    (library, dir, "wt_1".into())
}

#[tokio::test]
async fn the_same_file_is_kept_once_and_another_of_its_name_gets_a_number() {
    let (library, dir, id) = with_draft("x").await;
    let first = add(&library, &id, "My Screen.PNG", PNG.to_vec(), "test").await.expect("it is added");
    assert_eq!(first.markdown, "![My Screen](files/My-Screen.png)");
    let again = add(&library, &id, "My Screen.PNG", PNG.to_vec(), "test").await.expect("it is there");
    assert_eq!(again, first);
    let other = add(&library, &id, "My Screen.PNG", b"words".to_vec(), "test").await.expect("another");
    assert_eq!(other.markdown, "[My-Screen-2.png](files/My-Screen-2.png)");
    assert_eq!(list(&library, &id).await.expect("a list"), [other, first]);
    let names = std::fs::read_dir(dir.path().join("files")).expect("a folder").count();
    assert_eq!(names, 1, "one folder for the walkthrough");
}

#[tokio::test]
async fn a_picture_is_shown_and_nothing_outside_the_folder_is() {
    let (library, dir, id) = with_draft("x").await;
    add(&library, &id, "a.png", PNG.to_vec(), "test").await.expect("it is added");
    add(&library, &id, "a.svg", b"<svg onload=alert(1)/>".to_vec(), "test").await.expect("it is added");
    let shown = picture(&library, &id, "a.png").await.expect("it is there").expect("a picture");
    assert_eq!((shown.media_type, shown.bytes.as_slice()), ("image/png", PNG));
    assert_eq!(picture(&library, &id, "a.svg").await.expect("it is there"), None);
    std::fs::write(dir.path().join("outside.png"), PNG).expect("a file outside");
    for name in ["../../outside.png", "..", "", "/etc/passwd", ".part-1", "gone.png"] {
        assert_eq!(picture(&library, &id, name).await.expect_err(name).code, Code::NotFound, "{name}");
    }
    #[cfg(unix)]
    {
        let folder = store::folder(&library, &id);
        std::os::unix::fs::symlink(dir.path().join("outside.png"), folder.join("link.png")).expect("a link");
        assert_eq!(picture(&library, &id, "link.png").await.expect_err("a link").code, Code::NotFound);
    }
}

#[tokio::test]
async fn lint_knows_which_files_are_there() {
    let (library, _dir, id) = with_draft("![a](files/a.png) and ![b](files/b.png)\n").await;
    let found = async || {
        let findings = lint::report(&library, &id).await.expect("a report").findings;
        let relative = |finding: &Finding| ["L028", "L039"].contains(&finding.rule.as_str());
        findings.into_iter().filter(relative).map(|finding| (finding.rule, finding.message)).collect::<Vec<_>>()
    };
    assert_eq!(found().await.len(), 1, "{:?}", found().await);
    let problems = async || operations::summary(&library, &id).await.expect("a summary").problems;
    let before = problems().await;
    add(&library, &id, "a.png", PNG.to_vec(), "test").await.expect("it is added");
    let now = found().await;
    assert_eq!(now.iter().map(|(rule, _)| rule.as_str()).collect::<Vec<_>>(), ["L028", "L039"], "{now:?}");
    assert!(now[0].1.contains("files/b.png"), "{now:?}");
    assert_eq!(problems().await, before + 1, "the list counts anew");
}

#[tokio::test]
async fn a_copy_of_the_walkthrough_has_the_files_too() {
    let (library, _dir, id) = with_draft("![a](files/a.png)\n").await;
    add(&library, &id, "a.png", PNG.to_vec(), "test").await.expect("it is added");
    let copy = operations::duplicate(&library, &id, "test").await.expect("a copy").draft.walkthrough.id;
    assert_eq!(list(&library, &copy).await.expect("a list"), list(&library, &id).await.expect("a list"));
}

#[tokio::test]
async fn a_file_goes_when_nothing_can_mean_it_any_more_and_no_sooner() {
    const DAY: i64 = 86_400_000;
    let (library, dir, id) = with_draft("![a](files/a.png)\n").await;
    let start = library.now().0;
    let writer = library.writer().await.expect("a writer");
    let kept = |name: &str| store::folder(&library, &id).join(name).exists();
    let clean = async |day: i64| clean_up(&library, Millis(start + day * DAY)).await.expect("cleaned up");
    for name in ["a.png", "b.png"] {
        add(&library, &id, name, PNG.to_vec(), "test").await.expect("it is added");
        let file = std::fs::File::options().append(true).open(store::folder(&library, &id).join(name)).expect("there");
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_millis(start as u64)).expect("ours");
    }
    // Nothing ever meant `b.png`: it is noted, waits for thirty days, and goes.
    assert_eq!((clean(0).await, clean(29).await, kept("b.png")), (0, 0, true));
    assert_eq!((clean(30).await, kept("b.png"), kept("a.png")), (1, false, true));

    // The link to `a.png` is taken out: the edit could be taken back, and the first moment is kept as a revision.
    apply(&library, &id, set_text(&"wts_1".into(), "no link")).await.expect("edited");
    assert_eq!((clean(31).await, clean(100).await, kept("a.png")), (0, 0, true));
    sqlx::query("DELETE FROM revisions").execute(writer).await.expect("nobody needs them");
    sqlx::query("DELETE FROM revision_steps").execute(writer).await.expect("nobody needs them");
    assert_eq!((clean(101).await, clean(200).await, kept("a.png")), (0, 0, true), "undo would bring it back");
    sqlx::query("DELETE FROM journal WHERE kind = 'edit'").execute(writer).await.expect("pruned");
    assert_eq!((clean(201).await, kept("a.png")), (1, false));
    assert!(!store::folder(&library, &id).exists(), "an empty folder goes with its last file");

    // The trash keeps files; what has left it does not.
    add(&library, &id, "c.png", PNG.to_vec(), "test").await.expect("it is added");
    apply(&library, &id, set_text(&"wts_1".into(), "![c](files/c.png)")).await.expect("edited");
    operations::trash(&library, std::slice::from_ref(&id), "test").await.expect("in the trash");
    assert_eq!((clean(4_000).await, clean(5_000).await, kept("c.png")), (0, 0, true));
    operations::trash::empty(&library, Millis(start + 6_000 * DAY), "test").await.expect("emptied");
    assert_eq!((clean(6_000).await, kept("c.png")), (0, true));
    assert_eq!((clean(6_030).await, kept("c.png")), (1, false));
    assert!(dir.path().join("files").exists());
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_and_leaves_nothing() {
    let (library, dir, id) = with_draft("x").await;
    let large = vec![0; usize::try_from(attachment::MAX_BYTES).expect("it fits") + 1];
    assert_eq!(add(&library, &id, "a.bin", large, "test").await.expect_err("too large").code, Code::InvalidInput);
    let nobody = add(&library, &"wt_none".into(), "a.png", PNG.to_vec(), "test").await.expect_err("no draft");
    assert_eq!(nobody.code, Code::NotFound);
    assert!(!dir.path().join("files").exists());
    std::fs::write(dir.path().join("files"), "in the way").expect("a file");
    let error = add(&library, &id, "a.png", PNG.to_vec(), "test").await.expect_err("no folder");
    assert_eq!(error.code, Code::LibraryReadOnly);
    assert!(error.message.contains("files"), "{error:?}");
}
