//! Backups and recovery over real files.

use std::{
    fs,
    sync::atomic::{AtomicI64, Ordering},
};

use tempfile::TempDir;
use waymark_core::walkthrough::WalkthroughType;
use waymark_library::drafts::{self, ListDrafts, NewDraft};

use super::*;
use crate::clock;

static NOW: AtomicI64 = AtomicI64::new(1_764_000_000_000);
const ENV: waymark_library::Env = waymark_library::Env { now: clock::now, random: clock::random };

/// A minute later at each look.
fn now() -> Millis {
    Millis(NOW.fetch_add(60_000, Ordering::Relaxed))
}

fn scene() -> (Backups, TempDir) {
    let dir = tempfile::tempdir().expect("a folder");
    let library = dir.path().join("library");
    (Backups::of(&library, Some(dir.path().join("backups")), now).expect("a folder"), dir)
}

async fn write(backups: &Backups, titles: &[&str]) {
    let library = open(backups, ENV).await.expect("it opens");
    for title in titles {
        let new = NewDraft { title: (*title).to_owned(), kind: WalkthroughType::Course };
        drafts::create(&library, new, "test").await.expect("it is new");
    }
    library.close().await;
}

async fn titles(backups: &Backups) -> Vec<String> {
    let library = open(backups, ENV).await.expect("it opens");
    let listed = drafts::list(&library, &ListDrafts::default()).await.expect("the list");
    library.close().await;
    let mut titles: Vec<String> = listed.into_iter().map(|summary| summary.title).collect();
    titles.sort();
    titles
}

#[tokio::test]
async fn a_backup_is_restored_and_the_restored_can_be_taken_back() {
    let (backups, _dir) = scene();
    assert_eq!(create(&backups, Occasion::Manual).await.expect_err("no library").code, Code::NotFound);
    write(&backups, &["One", "Two"]).await;
    let made = create(&backups, Occasion::Manual).await.expect("made");
    assert_eq!((made.contents.walkthroughs, made.contents.steps), (2, 0));
    write(&backups, &["Three"]).await;
    let difference = difference(&backups, "latest").await.expect("compared");
    assert_eq!((difference.only_here, difference.only_there.len()), (vec!["Three".to_owned()], 0));

    let restored = restore(&backups, &made.backup.name).await.expect("restored");
    assert_eq!(titles(&backups).await, ["One", "Two"]);
    assert_eq!(restored.difference.expect("it was sound").only_here, ["Three"]);
    restore(&backups, &restored.kept.expect("what was there is kept")).await.expect("and back");
    assert_eq!(titles(&backups).await, ["One", "Three", "Two"]);
}

#[tokio::test]
async fn the_files_beside_walkthroughs_are_kept_once_checked_and_come_back() {
    let (backups, _dir) = scene();
    write(&backups, &["One"]).await;
    let of_one = backups.library.join("files").join("wt_1-abc");
    fs::create_dir_all(&of_one).expect("a folder");
    fs::write(of_one.join("a.png"), "first").expect("written");
    fs::write(of_one.join("same.png"), "first").expect("written");
    let made = create(&backups, Occasion::Manual).await.expect("made");
    assert_eq!(made.files, Some(2));
    let pool = || fs::read_dir(backups.folder.join("files")).expect("a pool").count();
    assert_eq!(pool(), 1, "the same bytes are kept once");
    assert_eq!(list(&backups).expect("listed").len(), 1, "a list is no backup");

    fs::write(of_one.join("a.png"), "second").expect("another under its name");
    fs::remove_file(of_one.join("same.png")).expect("gone");
    fs::write(of_one.join("new.png"), "new").expect("written");
    let restored = restore(&backups, &made.backup.name).await.expect("restored");
    let read = |name: &str| fs::read_to_string(of_one.join(name)).ok();
    let [a, same, new] = ["a.png", "same.png", "new.png"].map(read);
    assert_eq!((a.as_deref(), same.as_deref(), new.as_deref()), (Some("first"), Some("first"), Some("new")));
    restore(&backups, &restored.kept.expect("kept")).await.expect("and back");
    assert_eq!(read("a.png").as_deref(), Some("second"));

    // A backup whose file was tampered with is not good. It is restored all the same, and the file is named.
    fs::write(backups.folder.join("files").join(waymark_core::hash::of_bytes(b"first")), "other").expect("written");
    let error = verify(&backups, &made.backup.name).await.expect_err("not what it was");
    assert!(error.code == Code::LibraryDamaged && error.message.contains("a.png"), "{error}");
    fs::remove_file(of_one.join("new.png")).expect("gone");
    write(&backups, &["Two"]).await;
    let restored = restore(&backups, &made.backup.name).await.expect("the rest comes back");
    assert_eq!(restored.left_out, ["wt_1-abc/a.png"], "the other is still what it was");
    assert_eq!((titles(&backups).await, read("a.png").as_deref()), (vec!["One".to_owned()], Some("second")));
    fs::write(backups.folder.join(&made.backup.name).with_extension("files.json"), "no list").expect("written");
    let restored = restore(&backups, &made.backup.name).await.expect("the texts come back");
    assert!(restored.left_out[0].ends_with(".files.json") && restored.left_out.len() == 1, "{restored:?}");

    // What no backup names any more goes from the pool with it.
    for backup in list(&backups).expect("listed") {
        fs::remove_file(backups.folder.join(backup.name)).expect("removed");
    }
    fs::remove_dir_all(&of_one).expect("removed");
    assert_eq!(create(&backups, Occasion::Manual).await.expect("made").files, Some(0));
    assert_eq!(pool(), 0);
}

#[tokio::test]
async fn a_library_in_use_is_backed_up_and_not_replaced() {
    let (backups, _dir) = scene();
    write(&backups, &["One"]).await;
    let library = open(&backups, ENV).await.expect("it opens");
    let new = NewDraft { title: "Two".to_owned(), kind: WalkthroughType::Course };
    drafts::create(&library, new, "test").await.expect("in the log only");
    let made = create(&backups, Occasion::Manual).await.expect("made");
    assert_eq!(made.contents.walkthroughs, 2);
    let error = restore(&backups, "latest").await.expect_err("somebody has it open");
    assert_eq!(error.code, Code::Conflict);
    library.close().await;
    assert_eq!(titles(&backups).await, ["One", "Two"]);
}

#[tokio::test]
async fn the_first_of_a_day_on_which_something_changed_is_made_and_no_second() {
    let (backups, _dir) = scene();
    let backups = Backups { now: clock::now, ..backups };
    write(&backups, &["One"]).await;
    let library = open(&backups, ENV).await.expect("it opens");
    assert!(create_daily(&backups, &library).await.expect("made").is_some());
    let new = NewDraft { title: "Two".to_owned(), kind: WalkthroughType::Course };
    drafts::create(&library, new, "test").await.expect("written");
    assert!(create_daily(&backups, &library).await.expect("not due").is_none());
    assert_eq!(list(&backups).expect("the list").len(), 1);
    library.close().await;
}

#[tokio::test]
async fn a_damaged_backup_is_found_and_never_restored() {
    let (backups, _dir) = scene();
    write(&backups, &["One"]).await;
    let made = create(&backups, Occasion::Manual).await.expect("made");
    let file = backups.folder.join(&made.backup.name);
    let mut bytes = fs::read(&file).expect("its bytes");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0xab);
    fs::write(&file, &bytes).expect("damaged");
    for refused in [verify(&backups, "latest").await.map(drop), restore(&backups, "latest").await.map(drop)] {
        assert_eq!(refused.expect_err("it is damaged").code, Code::LibraryDamaged);
    }
    assert_eq!(titles(&backups).await, ["One"]);
}

#[tokio::test]
async fn a_damaged_library_is_recovered_with_the_newest_good_backup_and_kept() {
    let (backups, _dir) = scene();
    write(&backups, &["One", "Two"]).await;
    assert_eq!(recover(&backups, ENV).await.expect_err("it is sound").code, Code::Refused);
    create(&backups, Occasion::Manual).await.expect("made");
    let bad = create(&backups, Occasion::Manual).await.expect("made").backup.name;
    fs::write(backups.folder.join(&bad), "no backup any more").expect("damaged");
    let file = backups.library.join("library.sqlite");
    let noise = vec![0x77; fs::metadata(&file).expect("there").len() as usize];
    fs::write(&file, &noise).expect("damaged");
    assert_eq!(open(&backups, ENV).await.err().expect("it does not open").code, Code::LibraryDamaged);

    let recovered = recover(&backups, ENV).await.expect("recovered");
    assert_ne!(recovered.backup.expect("the good one").name, bad);
    assert_eq!(titles(&backups).await, ["One", "Two"]);
    let kept = Path::new(&recovered.kept).join("library.sqlite");
    assert_eq!(fs::read(kept).expect("the damaged file is kept"), noise);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named_with_the_next_step() {
    let (backups, _dir) = scene();
    write(&backups, &["One"]).await;
    fs::create_dir_all(backups.folder.parent().expect("a folder")).expect("made");
    fs::write(&backups.folder, "a file in the way").expect("written");
    let error = create(&backups, Occasion::Manual).await.expect_err("it cannot be written");
    assert_eq!(error.code, Code::LibraryReadOnly);
    assert!(error.hint.expect("a next step").contains("WAYMARK_BACKUPS"));
}

#[test]
fn a_backup_is_found_by_its_name_the_beginning_of_it_or_as_the_latest() {
    let (backups, _dir) = scene();
    fs::create_dir_all(&backups.folder).expect("made");
    for name in ["library-20251124T170433123Z-daily.sqlite", "library-20251125T170433123Z-manual.sqlite", "other.txt"] {
        fs::write(backups.folder.join(name), "x").expect("written");
    }
    let name = |text| find(&backups, text).map(|backup| backup.name);
    assert_eq!(list(&backups).expect("the list").len(), 2);
    assert_eq!(name("latest").expect("found"), "library-20251125T170433123Z-manual.sqlite");
    assert_eq!(name("20251124").expect("found"), "library-20251124T170433123Z-daily.sqlite");
    assert_eq!(name("library-20251124T170433123Z-daily").expect("found").len(), 40);
    assert_eq!(name("2025").expect_err("two").code, Code::InvalidInput);
    assert_eq!(name("2024").expect_err("none").code, Code::NotFound);
    assert_eq!(name("").expect_err("none").code, Code::NotFound);
}
