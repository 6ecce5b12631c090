//! Files and folders as they come: read-only, damaged, written by somebody newer, used by two processes at once.

mod support;

use std::{
    fs::{self, OpenOptions},
    io::{BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::Path,
    time::Duration,
};

use sqlx::{Connection, SqliteConnection};
use support::{ENV, kill, place, process, process_of, runtime, with_library};
use waymark_core::{
    content::Field,
    edit::Edit,
    error::{Code, Error},
    walkthrough::{Step, WalkthroughType},
};
use waymark_library::{
    Library, changes,
    drafts::{self, ListDrafts, NewDraft},
    edits::{self, ApplyEdit},
};

async fn create(library: &Library, title: &str) -> Result<drafts::OpenDraft, Error> {
    drafts::create(library, NewDraft { title: title.to_owned(), kind: WalkthroughType::Course }, "test").await
}

fn error_of_opening(place: &Path) -> Error {
    runtime().block_on(Library::open(place, ENV)).err().expect("it does not open")
}

/// A library with some drafts in it, closed.
fn some_library(place: &Path) {
    with_library(place, async |library| {
        for number in 0..40 {
            let draft = create(&library, &format!("Draft {number}")).await.expect("it is new").draft;
            let edit = Edit::SetDescription { description: Some("words ".repeat(80)) };
            let walkthrough = draft.walkthrough.id;
            let apply = ApplyEdit { walkthrough, edit, seen_version: None, origin: "test".to_owned() };
            edits::apply(&library, apply).await.expect("a description");
        }
    });
}

/// Overwrites a page that opening does not read: the first of the steps.
fn damage(file: &Path) {
    let page: i64 = runtime().block_on(async {
        let url = format!("sqlite:{}?mode=ro", file.display());
        let mut library = SqliteConnection::connect(&url).await.expect("it opens");
        let sql = "SELECT rootpage FROM sqlite_master WHERE name = 'walkthrough_steps'";
        sqlx::query_scalar(sql).fetch_one(&mut library).await.expect("the table is there")
    });
    let mut file = OpenOptions::new().write(true).open(file).expect("it can be written");
    file.seek(SeekFrom::Start((page as u64 - 1) * 4096)).expect("the page");
    file.write_all(&[0xfe; 4096]).expect("damage");
}

#[test]
fn a_library_that_was_closed_leaves_no_log_behind() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    some_library(dir.path());
    assert!(!dir.path().join("library.sqlite-wal").exists());
    with_library(dir.path(), async |library| {
        assert_eq!(drafts::list(&library, &ListDrafts::default()).await.expect("the list").len(), 40);
        library.check().await.expect("it is sound");
    });
}

#[test]
fn what_is_no_library_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let file = dir.path().join("library.sqlite");
    fs::write(&file, "This is not a database, and longer than the header of one would be. ".repeat(40))
        .expect("a file");
    let before = fs::read(&file).expect("its bytes");
    let error = error_of_opening(dir.path());
    assert_eq!(error.code, Code::LibraryDamaged);
    assert!(error.hint.expect("a next step").contains("backup"));
    assert_eq!(fs::read(&file).expect("its bytes"), before);

    fs::remove_file(&file).expect("removed");
    runtime().block_on(async {
        let url = format!("sqlite:{}?mode=rwc", file.display());
        let mut other = SqliteConnection::connect(&url).await.expect("another program's database");
        sqlx::query("CREATE TABLE songs (name TEXT)").execute(&mut other).await.expect("a table");
        other.close().await.expect("closed");
    });
    let error = error_of_opening(dir.path());
    assert_eq!(error.code, Code::LibraryDamaged);
    assert!(error.message.contains("not those of a Waymark library"));
}

#[test]
fn a_damaged_file_is_found_by_the_check_and_not_written_to_any_more() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    some_library(dir.path());
    damage(&dir.path().join("library.sqlite"));
    runtime().block_on(async {
        let library = Library::open(dir.path(), ENV).await.expect("the beginning of the file is sound");
        let error = library.check().await.expect_err("it is damaged");
        assert_eq!(error.code, Code::LibraryDamaged);
        let error = create(&library, "New").await.expect_err("no more writes");
        assert_eq!(error.code, Code::LibraryDamaged);
        library.close().await;
    });
}

#[test]
fn after_an_unclean_end_the_file_is_checked_before_the_first_write() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    some_library(dir.path());
    damage(&dir.path().join("library.sqlite"));
    // What a killed process leaves.
    fs::write(dir.path().join("library.sqlite-wal"), [0; 64]).expect("a log");
    let before = fs::read(dir.path().join("library.sqlite")).expect("its bytes");
    runtime().block_on(async {
        let library = Library::open(dir.path(), ENV).await.expect("the beginning of the file is sound");
        let error = create(&library, "New").await.expect_err("checked first");
        assert_eq!(error.code, Code::LibraryDamaged);
        library.close().await;
    });
    assert_eq!(fs::read(dir.path().join("library.sqlite")).expect("its bytes"), before);
}

/// What processes that were killed while they wrote left in the folder.
fn marks(place: &Path) -> usize {
    let names = fs::read_dir(place).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    names.filter(|name| name.to_string_lossy().starts_with("library.writer-")).count()
}

/// A process that has written is killed.
fn write_and_be_killed(place: &Path) {
    let mut writer = process("another_process_adds_drafts", place).spawn().expect("it starts");
    let mut orders = writer.stdin.take().expect("its input");
    let mut answers = BufReader::new(writer.stdout.take().expect("its output")).lines();
    writeln!(orders, "1").expect("an order");
    answers.by_ref().map_while(Result::ok).find(|line| line.ends_with("added 1")).expect("it has written");
    kill(writer);
}

#[test]
fn a_kill_is_remembered_until_the_file_was_checked_whoever_only_reads_in_between() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    some_library(dir.path());
    assert_eq!(marks(dir.path()), 0, "a clean end leaves none");
    write_and_be_killed(dir.path());
    with_library(dir.path(), async |_reader| ());
    assert!(!dir.path().join("library.sqlite-wal").exists(), "the reader took the log in");
    let sound = fs::read(dir.path().join("library.sqlite")).expect("its bytes");
    damage(&dir.path().join("library.sqlite"));
    for _ in 0..2 {
        with_library(dir.path(), async |library| {
            let error = create(&library, "New").await.expect_err("checked first");
            assert_eq!(error.code, Code::LibraryDamaged);
        });
    }
    fs::write(dir.path().join("library.sqlite"), sound).expect("mended");
    with_library(dir.path(), async |library| create(&library, "New").await.map(drop)).expect("it is sound");
    assert_eq!(marks(dir.path()), 0, "and has been found so");
}

#[test]
fn a_kill_is_noticed_while_somebody_else_has_the_library_open() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    some_library(dir.path());
    with_library(dir.path(), async |other| {
        create(&other, "Of the other").await.expect("both write");
        write_and_be_killed(dir.path());
        assert_eq!(marks(dir.path()), 2, "one is held, and one is not");
        let again = Library::open(dir.path(), ENV).await.expect("it is started again");
        create(&again, "After the check").await.expect("it is sound");
        assert_eq!(marks(dir.path()), 2, "of two who write");
        again.close().await;
        assert_eq!(marks(dir.path()), 1, "the other has not closed it");

        write_and_be_killed(dir.path());
        // Finding the page blocks, which an async thread must not.
        std::thread::scope(|scope| drop(scope.spawn(|| damage(&dir.path().join("library.sqlite"))).join()));
        let again = Library::open(dir.path(), ENV).await.expect("the beginning of the file is sound");
        let error = create(&again, "Refused").await.expect_err("checked first");
        assert_eq!(error.code, Code::LibraryDamaged);
        again.close().await;
    });
    assert_eq!(marks(dir.path()), 1, "what the killed one left stays");
}

#[test]
fn a_kill_is_settled_by_the_check_in_the_background_where_nobody_writes() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    some_library(dir.path());
    write_and_be_killed(dir.path());
    let left = fs::read_dir(dir.path()).expect("a folder").map(|entry| entry.expect("an entry").path());
    let left = left.filter(|path| path.to_string_lossy().contains("library.writer-")).collect::<Vec<_>>();
    assert_eq!(left.len(), 1);
    with_library(dir.path(), async |_library| {
        let mut looks = tokio::time::interval(Duration::from_millis(50));
        let settled = async {
            while left[0].exists() {
                looks.tick().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), settled).await.expect("it is checked soon after the start");
    });
}

/// Not a test by itself: another program that has begun to write and does not end it until it is told.
#[test]
fn another_program_holds_the_library() {
    let Some(place) = place() else { return };
    runtime().block_on(async {
        let url = format!("sqlite:{}", place.join("library.sqlite").display());
        let mut held = SqliteConnection::connect(&url).await.expect("it opens");
        sqlx::raw_sql("BEGIN IMMEDIATE; UPDATE walkthroughs SET title = title").execute(&mut held).await.expect("held");
        println!("holds it");
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).expect("somebody has waited long enough");
        sqlx::raw_sql("ROLLBACK").execute(&mut held).await.expect("let go");
        held.close().await.expect("closed");
        println!("let go");
    });
}

#[test]
fn a_library_that_another_program_holds_too_long_is_refused_in_clear_words_and_goes_on_afterwards() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    some_library(dir.path());
    with_library(dir.path(), async |library| {
        let before = create(&library, "Before").await.expect("it is new").draft.walkthrough.id;
        let mut holder = process("another_program_holds_the_library", dir.path()).spawn().expect("it starts");
        let mut answers = BufReader::new(holder.stdout.take().expect("its output")).lines();
        answers.by_ref().map_while(Result::ok).find(|line| line.ends_with("holds it")).expect("it holds the library");

        let edit = Edit::SetDescription { description: Some("Typed meanwhile.".to_owned()) };
        let typed = ApplyEdit { walkthrough: before.clone(), edit, seen_version: Some(1), origin: "test".to_owned() };
        let error = edits::apply(&library, typed.clone()).await.expect_err("it is held");
        assert_eq!(error.code, Code::LibraryReadOnly);
        assert!(error.message.contains("Another program keeps the library busy"), "{error}");
        assert!(error.hint.as_ref().is_some_and(|hint| hint.contains("Nothing was written")), "{error:?}");
        assert_eq!(drafts::list(&library, &ListDrafts::default()).await.expect("reading goes on").len(), 41);
        assert_eq!(drafts::open(&library, &before).await.expect("reading goes on").version, 1);

        writeln!(holder.stdin.take().expect("its input"), "enough").expect("an order");
        answers.by_ref().map_while(Result::ok).find(|line| line.ends_with("let go")).expect("it lets go");
        holder.wait().expect("it ends");
        let applied = edits::apply(&library, typed).await.expect("what was typed is saved after all");
        assert_eq!(applied.draft.walkthrough.description.as_deref(), Some("Typed meanwhile."));
        create(&library, "Afterwards").await.expect("the cause is gone");
        assert_eq!(drafts::list(&library, &ListDrafts::default()).await.expect("the list").len(), 42);
        library.check().await.expect("it is sound");
    });
}

#[test]
fn the_library_of_a_newer_waymark_can_be_read_and_not_written() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    some_library(dir.path());
    runtime().block_on(async {
        let url = format!("sqlite:{}", dir.path().join("library.sqlite").display());
        let mut newer = SqliteConnection::connect(&url).await.expect("it opens");
        let sql = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9999, 'from the future', TRUE, x'00', 0)";
        sqlx::query(sql).execute(&mut newer).await.expect("a version");
        newer.close().await.expect("closed");
    });
    let before = fs::read(dir.path().join("library.sqlite")).expect("its bytes");
    with_library(dir.path(), async |library| {
        let reason = library.read_only_reason().expect("it is newer").to_owned();
        assert!(reason.contains("9999"));
        let listed = drafts::list(&library, &ListDrafts::default()).await.expect("reading works");
        let opened = drafts::open(&library, &listed[0].id).await.expect("reading works");
        let error = create(&library, "New").await.expect_err("writing does not");
        assert_eq!((error.code, error.message), (Code::LibraryReadOnly, reason));
        assert!(error.hint.expect("a next step").contains("Update Waymark"));
        let error =
            drafts::trash(&library, &[opened.draft.walkthrough.id], "test").await.expect_err("writing does not");
        assert_eq!(error.code, Code::LibraryReadOnly);
    });
    assert_eq!(fs::read(dir.path().join("library.sqlite")).expect("its bytes"), before);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_named() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let place = dir.path().join("library");
    fs::write(&place, "a file").expect("a file");
    let error = error_of_opening(&place);
    assert_eq!(error.code, Code::LibraryReadOnly);
    assert!(
        error.message.contains(&place.display().to_string()) && error.message.contains("A file is where"),
        "{error}"
    );
    assert!(error.hint.is_some_and(|hint| hint.contains("Move that file away")));
}

/// Not a test by itself: somebody without the right to write tries to open the library.
#[test]
fn a_person_without_rights_opens_it() {
    let Some(place) = place() else { return };
    let error = runtime().block_on(async {
        match Library::open(&place, ENV).await {
            Err(error) => error,
            Ok(library) => {
                let listed = drafts::list(&library, &ListDrafts::default()).await.expect("reading works");
                let opened = drafts::open(&library, &listed[0].id).await.expect("reading works");
                println!("read {} {:?}", listed.len(), opened.draft.walkthrough.description.map(|text| text.len()));
                assert_eq!(library.trouble().map(|error| error.code), Some(Code::LibraryReadOnly));
                let error = create(&library, "New").await.expect_err("writing does not work");
                library.close().await;
                error
            }
        }
    });
    println!("refused {:?}", error.code);
    println!("message {}", error.message);
    println!("hint {}", error.hint.unwrap_or_default());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_read_and_a_write_is_refused_with_the_next_step() {
    use std::os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    };
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
    let outer = tempfile::tempdir().expect("a temporary folder");
    let place = outer.path().join("library");
    some_library(&place);
    // The log of one more draft, which a killed process would leave.
    let copy = outer.path().join("log");
    let sound = fs::read(place.join("library.sqlite")).expect("its bytes");
    with_library(&place, async |library| {
        create(&library, "In the log").await.expect("it is new");
        fs::copy(place.join("library.sqlite-wal"), &copy).expect("a copy of the log");
    });
    fs::write(place.join("library.sqlite"), sound).expect("as it was before the log");
    // Root may write everywhere, so the one who tries is nobody; the binary has to be where nobody can run it.
    let binary = outer.path().join("tries");
    fs::copy(std::env::current_exe().expect("a test has a file"), &binary).expect("a copy");
    for (path, bits) in [(outer.path(), 0o755), (&copy, 0o644), (&binary, 0o755), (&place, 0o555)] {
        mode(path, bits);
    }
    for entry in fs::read_dir(&place).expect("its files") {
        mode(&entry.expect("a file").path(), 0o444);
    }
    let before = fs::read(place.join("library.sqlite")).expect("its bytes");
    // As it was left by a clean end, with a log that nobody can merge, and where there is no library at all.
    for (tried, has_log) in [(place.clone(), false), (place.clone(), true), (place.join("new"), false)] {
        if has_log {
            mode(&place, 0o755);
            fs::copy(outer.path().join("log"), place.join("library.sqlite-wal")).expect("a log");
            mode(&place, 0o555);
        }
        let mut command = process_of(&binary, "a_person_without_rights_opens_it", &tried);
        if fs::metadata(outer.path()).expect("it is there").uid() == 0 {
            command.uid(65_534).gid(65_534);
        }
        let output = command.current_dir("/").output().expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout);
        assert_eq!(text.contains("read 40 Some(480)"), tried == place && !has_log, "{text}");
        assert_eq!(text.contains("read 41 "), has_log, "{text}");
        assert!(text.contains("refused LibraryReadOnly"), "{text}{}", String::from_utf8_lossy(&output.stderr));
        assert!(text.contains(&place.display().to_string()), "{text}");
        assert!(text.contains("hint Give yourself the right to write there"), "{text}");
    }
    mode(&place, 0o755);
    assert_eq!(fs::read(place.join("library.sqlite")).expect("its bytes"), before);
}

#[test]
fn of_several_who_make_the_library_at_once_each_gets_it() {
    runtime().block_on(async {
        for _ in 0..5 {
            let dir = tempfile::tempdir().expect("a temporary folder");
            let open = || {
                let place = dir.path().to_owned();
                tokio::spawn(async move { Library::open(&place, ENV).await })
            };
            let opening = [open(), open(), open(), open()];
            let mut libraries = Vec::new();
            for opened in opening {
                libraries.push(opened.await.expect("it ends").expect("it opens"));
            }
            for (number, library) in libraries.iter().enumerate() {
                create(library, &format!("Draft {number}")).await.expect("it writes");
            }
            for library in libraries {
                library.close().await;
            }
        }
    });
}

/// Not a test by itself: another process, which adds drafts when told to and holds a write open in between.
#[test]
fn another_process_adds_drafts() {
    let Some(place) = place() else { return };
    with_library(&place, async |library| {
        for (number, line) in std::io::stdin().lock().lines().enumerate() {
            let count: usize = line.expect("a line").trim().parse().expect("a number");
            for added in 0..count {
                create(&library, &format!("Other {number} {added} of {}", std::process::id()))
                    .await
                    .expect("it waits for its turn");
            }
            let mut out = std::io::stdout().lock();
            writeln!(out, "added {count}").and_then(|()| out.flush()).expect("somebody reads");
        }
    });
}

#[test]
fn two_processes_write_side_by_side_and_each_hears_of_the_other() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    with_library(dir.path(), async |library| {
        let mut other = process("another_process_adds_drafts", dir.path()).spawn().expect("it starts");
        let mut orders = other.stdin.take().expect("its input");
        let mut answers = BufReader::new(other.stdout.take().expect("its output")).lines();
        let mut heard = changes::watch(&library);

        writeln!(orders, "1").expect("an order");
        let change = tokio::time::timeout(Duration::from_secs(30), heard.recv()).await;
        let change = change.expect("in time").expect("a change");
        assert_eq!((change.what, change.origin.as_str()), (changes::What::Draft, "test"));
        assert!(drafts::open(&library, &change.id.as_str().into()).await.is_ok());

        writeln!(orders, "25").expect("an order");
        for number in 0..25 {
            create(&library, &format!("Mine {number}")).await.expect("it waits for its turn");
        }
        let done = answers.by_ref().map_while(Result::ok).find(|line| line == "added 25");
        assert!(done.is_some());
        assert_eq!(drafts::list(&library, &ListDrafts::default()).await.expect("the list").len(), 51);
        let mut seen = 1;
        while seen < 51 {
            let change = tokio::time::timeout(Duration::from_secs(30), heard.recv()).await;
            let next = change.expect("in time").expect("none is missed");
            seen += 1;
            assert_eq!(next.seq, change_after(&library, next.seq - 1).await, "in order");
        }
        kill(other);
        library.check().await.expect("it is sound");
    });
}

async fn change_after(library: &Library, seq: i64) -> i64 {
    changes::since(library, seq).await.expect("the changes")[0].seq
}

#[test]
fn a_process_that_opens_a_library_in_use_does_not_take_it_for_an_unclean_end() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    with_library(dir.path(), async |library| {
        create(&library, "First").await.expect("it is new");
        expect_a_log(dir.path());
        let second = Library::open(dir.path(), ENV).await.expect("a second one");
        create(&second, "Second").await.expect("both write");
        create(&library, "Third").await.expect("both write");
        second.close().await;
        create(&library, "Fourth").await.expect("the first goes on");
        assert_eq!(drafts::list(&library, &ListDrafts::default()).await.expect("the list").len(), 4);
    });
}

/// While somebody has the library open there is a log, which is no sign of anything then.
fn expect_a_log(place: &Path) {
    let mut log = Vec::new();
    let opened = fs::File::open(place.join("library.sqlite-wal")).and_then(|mut file| file.read_to_end(&mut log));
    assert!(opened.is_ok_and(|length| length > 0));
}

#[cfg(unix)]
#[test]
fn a_library_that_is_deleted_while_it_is_open_is_refused_and_put_back_whole() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let place = dir.path().join("library");
    some_library(&place);
    with_library(&place, async |library| {
        create(&library, "In the log").await.expect("it is new");
        fs::remove_dir_all(&place).expect("somebody cleans up");
        let error = create(&library, "Lost").await.expect_err("it would be lost with the file");
        assert_eq!(error.code, Code::LibraryReadOnly);
        assert!(error.message.contains("deleted or moved away") && error.hint.is_some(), "{error}");
        assert!(library.trouble().is_some());
        assert!(library.put_back().await.expect("it is put back"));
        assert!(!library.put_back().await.expect("once is enough"));
    });
    with_library(&place, async |library| {
        assert_eq!(drafts::list(&library, &ListDrafts::default()).await.expect("the list").len(), 41);
        library.check().await.expect("it is sound");
        create(&library, "Not lost").await.expect("it goes on");
    });
}

#[cfg(unix)]
#[test]
fn a_library_that_is_moved_away_and_back_while_it_is_open_goes_on() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (place, elsewhere) = (dir.path().join("library"), dir.path().join("elsewhere"));
    some_library(&place);
    with_library(&place, async |library| {
        fs::rename(&place, &elsewhere).expect("moved away");
        create(&library, "Refused").await.expect_err("nobody would find it");
        fs::rename(&elsewhere, &place).expect("moved back");
        create(&library, "Goes on").await.expect("the cause is gone");
    });
}

/// Not a test by itself: types until the disk is full, then goes on when told that there is room.
#[test]
fn a_process_fills_its_disk() {
    let Some(place) = place() else { return };
    with_library(&place, async |library| {
        let opened = drafts::list(&library, &ListDrafts::default()).await.expect("the list");
        let walkthrough = opened[0].id.clone();
        let step = Step { content_fields: Default::default(), display_order: 1, ..Step::new("wts_full", "Long") };
        let add = Edit::AddStep { step: Box::new(step), at: 0 };
        let add =
            ApplyEdit { walkthrough: walkthrough.clone(), edit: add, seen_version: None, origin: "test".to_owned() };
        edits::apply(&library, add).await.expect("a step");
        let mut saved = 0;
        let error = loop {
            let text = format!("{saved} {}", "words ".repeat(60_000));
            let edit = Edit::SetField { step: "wts_full".into(), field: Field::ContentForUser, text: Some(text) };
            let apply =
                ApplyEdit { walkthrough: walkthrough.clone(), edit, seen_version: None, origin: "test".to_owned() };
            match edits::apply(&library, apply).await {
                Ok(_) if saved < 200 => saved += 1,
                Ok(_) => panic!("the disk is never full"),
                Err(error) => break error,
            }
        };
        let read = drafts::open(&library, &walkthrough).await.expect("reading goes on");
        let kept = read.draft.walkthrough.steps[0].content_fields.text(Field::ContentForUser).unwrap_or_default();
        let is_kept = saved == 0 || kept.starts_with(&format!("{} ", saved - 1));
        println!("full {:?} {saved} {is_kept} {} {}", error.code, error.message, error.hint.is_some());
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).expect("somebody makes room");
        let again = create(&library, "After it").await;
        println!("again {}", again.is_ok());
    });
}

/// A real disk that is full: a small file system in memory where this may mount one, else a limit on the size of files.
/// Both give SQLite errors from the system in the middle of a write.
#[cfg(target_os = "linux")]
#[test]
fn on_a_disk_that_is_full_writes_are_refused_and_go_on_when_there_is_room() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let place = dir.path().join("disk").join("library");
    fs::create_dir_all(&place).expect("a folder");
    let binary = std::env::current_exe().expect("a test has a file");
    let run = "\"$1\" --exact a_process_fills_its_disk --nocapture --test-threads=1";
    let mounted = format!(
        "mount -t tmpfs -o size=6m none \"$2/..\" || exit 99; mkdir -p \"$2\"; cp \"$3\"/* \"$2\"/; dd if=/dev/zero of=\"$2/../ballast\" bs=64k count=8 2>/dev/null; (sleep 2.5; rm \"$2/../ballast\"; mount -o remount,size=60m \"$2/..\"; echo; sleep 1) | {run}"
    );
    // Writing past the limit is an error and no signal: an ignored signal stays ignored in the process.
    let limited = format!("cp \"$3\"/* \"$2\"/; trap '' XFSZ; ulimit -S -f 6000; echo | {run}");
    let from = dir.path().join("from");
    some_library(&from);
    let start = |program: &str, arguments: &[&str], script: &str| {
        let mut command = std::process::Command::new(program);
        command.args(arguments).args(["sh", "-c", script, "sh"]).args([&binary, &place, &from]);
        command.env("WAYMARK_TEST_LIBRARY", &place).output().expect("it runs")
    };
    let mut output = start("unshare", &["--mount"], &mounted);
    if !output.status.success() {
        output = start("unshare", &["--user", "--map-root-user", "--mount"], &mounted);
    }
    let is_mounted = output.status.success();
    if !is_mounted {
        println!("no file system may be mounted here: a limit on the size of files stands in");
        output = start("env", &[], &limited);
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("full LibraryReadOnly"), "{text}");
    assert!(text.contains(" true The disk "), "what was saved is there: {text}");
    if is_mounted {
        assert!(text.contains("The disk is full"), "{text}");
        assert!(text.contains("again true"), "{text}");
    }
}
