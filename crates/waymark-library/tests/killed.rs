//! A process that types is killed at any moment: every save that it acknowledged is there, and the file is sound.

mod support;

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::ChildStdout,
    time::{Duration, Instant},
};

use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use support::{Dice, kill, place, process, rounds, seed, with_library};
use waymark_core::{
    content::Field,
    edit::{Draft, Edit, Splice},
    hash,
    id::WalkthroughId,
    walkthrough::{Step, WalkthroughType},
};
use waymark_library::{
    Library,
    drafts::{self, NewDraft},
    edits::{self, ApplyEdit},
};

/// A save that the process said is done.
#[derive(Debug, PartialEq, Eq, Clone)]
struct Acknowledged {
    version: u32,
    hash: String,
}

/// Not a test by itself: what the killed process does. Types until it is killed, and says so after each save.
#[test]
fn a_process_types_until_it_is_killed() {
    let Some(place) = place() else { return };
    with_library(&place, async |library| {
        let id = drafts::find(&library, "Typed").await.expect("the draft is there");
        let mut version = drafts::open(&library, &id).await.expect("the draft opens").version;
        let mut dice = Dice::new(u64::from(version) + u64::from(std::process::id()));
        loop {
            let draft = drafts::open(&library, &id).await.expect("the draft opens").draft;
            let edit = type_something(&draft, &mut dice, version);
            let apply =
                ApplyEdit { walkthrough: id.clone(), edit, seen_version: Some(version), origin: "typing".to_owned() };
            let applied = edits::apply(&library, apply).await.expect("it is saved");
            version = applied.version;
            let hash = hash::content_hash(&applied.draft.walkthrough);
            let mut out = std::io::stdout().lock();
            writeln!(out, "saved {version} {hash}").and_then(|()| out.flush()).expect("somebody reads");
        }
    });
}

/// Mostly words into a text, sometimes a step. Always a change.
fn type_something(draft: &Draft, dice: &mut Dice, version: u32) -> Edit {
    let steps = &draft.walkthrough.steps;
    let chosen = &steps[dice.below(steps.len() as u64) as usize];
    match dice.below(10) {
        0 if steps.len() < 40 => {
            let step =
                Step { id: format!("wts_v{version}").into(), title: format!("Step {version}"), ..chosen.clone() };
            Edit::AddStep { step: Box::new(step), at: dice.below(steps.len() as u64) as u32 }
        }
        1 if steps.len() > 3 => Edit::RemoveStep { step: chosen.id.clone() },
        2 => Edit::SetTags { tags: vec![format!("v{version}")] },
        _ => {
            let length = chosen.content_fields.text(Field::ContentForUser).unwrap_or_default().len() as u64;
            let from = dice.below(length + 1) as u32;
            let splice = Splice { from, to: from, insert: format!("word{version} ") };
            Edit::SpliceField { step: chosen.id.clone(), field: Field::ContentForUser, splice }
        }
    }
}

#[test]
fn after_a_kill_every_acknowledged_save_is_there_and_the_file_is_sound() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let id = with_library(dir.path(), async |library| start(&library).await);
    let (rounds, seed) = (rounds(10), seed());
    let mut dice = Dice::new(seed);
    let mut saves = 0;
    for round in 0..rounds {
        let acknowledged = type_and_kill(dir.path(), &mut dice);
        saves += acknowledged.len();
        let last = acknowledged.last().expect("it was killed after a save");
        let found = with_library(dir.path(), async |library| {
            library.check().await.expect("the file is sound");
            check_index(library.path()).await;
            look(&library, &id, last).await
        });
        assert_eq!(found, *last, "round {round} of seed {seed}");
    }
    // A line of the table that the long runs write.
    println!("\nfigure | a typing process killed at any moment | {rounds} times, {saves} saves, 0 lost | 0 lost | met");
}

async fn start(library: &Library) -> WalkthroughId {
    let new = NewDraft { title: "Typed".to_owned(), kind: WalkthroughType::Course };
    let opened = drafts::create(library, new, "test").await.expect("it is new");
    let id = opened.draft.walkthrough.id;
    let step = Step { content_fields: Default::default(), display_order: 1, ..Step::new("wts_first", "First") };
    let edit = Edit::AddStep { step: Box::new(step), at: 0 };
    let apply = ApplyEdit { walkthrough: id.clone(), edit, seen_version: None, origin: "test".to_owned() };
    edits::apply(library, apply).await.expect("a step");
    id
}

/// Kills the process after some saves, anywhere within the next one. All that it acknowledged, oldest first.
fn type_and_kill(place: &Path, dice: &mut Dice) -> Vec<Acknowledged> {
    let mut child = process("a_process_types_until_it_is_killed", place).spawn().expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut acknowledged = Vec::new();
    for _ in 0..=dice.below(30) {
        acknowledged.extend(next(&mut lines));
    }
    // Saves take some milliseconds: anywhere from the middle of one to two later.
    let moment = Instant::now() + Duration::from_micros(dice.below(6_000));
    while Instant::now() < moment {
        std::hint::spin_loop();
    }
    kill(child);
    while let Some(rest) = next(&mut lines) {
        acknowledged.push(rest);
    }
    acknowledged
}

/// The next acknowledgment; a line that the kill cut off is none.
fn next(lines: &mut std::io::Lines<BufReader<ChildStdout>>) -> Option<Acknowledged> {
    lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (version, hash) = line.strip_prefix("saved ")?.split_once(' ')?;
        let hash = (hash.len() == 64).then(|| hash.to_owned())?;
        Some(Acknowledged { version: version.parse().ok()?, hash })
    })
}

/// The index of the search is of the texts as they are.
async fn check_index(file: &Path) {
    let options = SqliteConnectOptions::new().filename(file);
    let mut connection = SqliteConnection::connect_with(&options).await.expect("the file opens");
    let compared = sqlx::query("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)");
    compared.execute(&mut connection).await.expect("the index is of the texts");
    connection.close().await.expect("it closes");
}

/// The draft as of the last acknowledged save. One more may have reached the disk before its word got out; taking it
/// back leads there.
async fn look(library: &Library, id: &WalkthroughId, last: &Acknowledged) -> Acknowledged {
    let opened = drafts::open(library, id).await.expect("the draft opens");
    let draft = match opened.version - last.version {
        0 => opened.draft,
        1 => edits::undo(library, id, "test").await.expect("it can be taken back").draft,
        more => panic!("{more} saves that nobody acknowledged"),
    };
    Acknowledged { version: last.version, hash: hash::content_hash(&draft.walkthrough) }
}
