//! Damage of every kind, at random and on purpose: what can be read is saved, what the backup has is added, and what is
//! lost is said.

use std::{fs, path::PathBuf};

use tempfile::TempDir;
use waymark_core::{edit::Edit, walkthrough::Walkthrough};

use super::*;
use crate::{
    Library, drafts,
    testing::{ENV, apply, check_index, set_text, step, walkthrough},
};

/// A library with some content, closed, and a backup of how it was before the last edits.
struct Scene {
    dir: TempDir,
    file: PathBuf,
    backup: PathBuf,
    before: Vec<Walkthrough>,
}

const DRAFTS: usize = 12;

fn text(draft: usize, step: usize) -> String {
    format!("Text {draft}.{step} ").repeat(20 + draft * 13)
}

async fn scene(has_long_texts: bool) -> Scene {
    let dir = tempfile::tempdir().expect("a folder");
    let library = Library::open(dir.path(), ENV).await.expect("a library");
    for draft in 0..DRAFTS {
        let steps = (0..6).map(|index| {
            let text = if has_long_texts && index == 3 { text(draft, index).repeat(9) } else { text(draft, index) };
            step(&format!("wts_{draft}_{index}"), index as i32 + 1, &text)
        });
        let new = walkthrough(&format!("wt_{draft}"), &format!("Draft {draft}"), steps.collect());
        drafts::insert(&library, new, "test").await.expect("new");
    }
    let backup = dir.path().join("backup.sqlite");
    copies::write(library.path(), &backup).await.expect("a backup");
    // What the backup does not have, and what it has too much.
    apply(&library, &"wt_1".into(), set_text(&"wts_1_0".into(), "Newer than the backup")).await.expect("an edit");
    let gone = Edit::RemoveStep { step: "wts_2_5".into() };
    apply(&library, &"wt_2".into(), gone).await.expect("an edit");
    let mut before = Vec::new();
    for draft in 0..DRAFTS {
        before.push(all(&library, draft).await.expect("there"));
    }
    library.close().await;
    let file = dir.path().join("library.sqlite");
    Scene { dir, file, backup, before }
}

async fn all(library: &Library, draft: usize) -> Result<Walkthrough> {
    let opened = drafts::open(library, &format!("wt_{draft}").as_str().into()).await?;
    Ok(opened.draft.walkthrough)
}

impl Scene {
    fn bytes(&self) -> Vec<u8> {
        fs::read(&self.file).expect("its bytes")
    }

    fn put(&self, bytes: &[u8]) {
        fs::write(&self.file, bytes).expect("written");
    }

    /// Saves what is there, and opens it as the library that it is from now on.
    async fn recover(&self, backup: bool) -> (Salvaged, Library, TempDir) {
        let to = tempfile::tempdir().expect("a folder");
        let damaged = self.bytes();
        let file = to.path().join("library.sqlite");
        let saved = salvage(&self.file, backup.then_some(self.backup.as_path()), &file).await;
        let saved = saved.expect("something is saved");
        assert_eq!(self.bytes(), damaged, "the damaged file is only read");
        let library = Library::open(to.path(), ENV).await.expect("it opens");
        library.check().await.expect("it is sound");
        check_index(&library).await;
        (saved, library, to)
    }
}

fn kind<'a>(saved: &'a Salvaged, name: &str) -> &'a SalvagedKind {
    saved.kinds.iter().find(|kind| kind.name == name).expect("the kind is counted")
}

fn without_times(walkthrough: &Walkthrough) -> Walkthrough {
    let mut walkthrough = walkthrough.clone();
    walkthrough.updated_at = None;
    walkthrough.steps.iter_mut().for_each(|step| step.updated_at = None);
    walkthrough
}

#[tokio::test]
async fn of_a_sound_file_everything_is_saved_and_can_be_undone() {
    let scene = scene(true).await;
    let (saved, library, _dir) = scene.recover(false).await;
    assert_eq!((saved.damaged, saved.lost.len(), saved.incomplete.len()), (0, 0, 0), "{saved:?}");
    for (draft, before) in scene.before.iter().enumerate() {
        assert_eq!(&all(&library, draft).await.expect("there"), before);
    }
    assert_eq!(kind(&saved, "steps").saved as usize, DRAFTS * 6 - 1);
    let undone = crate::edits::undo(&library, &"wt_2".into(), "test").await.expect("the undo came along");
    assert_eq!(undone.draft.walkthrough.steps.len(), 6);
    library.close().await;
}

#[tokio::test]
async fn what_is_only_in_the_log_is_saved_too() {
    let scene = scene(false).await;
    let library = Library::open(scene.dir.path(), ENV).await.expect("open");
    apply(&library, &"wt_3".into(), set_text(&"wts_3_0".into(), "Only in the log")).await.expect("an edit");
    let copy = tempfile::tempdir().expect("a folder");
    for name in ["library.sqlite", "library.sqlite-wal"] {
        fs::copy(scene.dir.path().join(name), copy.path().join(name)).expect("a copy of an open library");
    }
    library.close().await;
    let to = copy.path().join("saved.sqlite");
    salvage(&copy.path().join("library.sqlite"), None, &to).await.expect("saved");
    let text: String = sqlx::query_scalar("SELECT content_fields FROM walkthrough_steps WHERE id = 'wts_3_0'")
        .fetch_one(&mut copies::connect(&to).await.expect("it opens"))
        .await
        .expect("the step");
    assert!(text.contains("Only in the log"));
}

#[tokio::test]
async fn a_file_of_nothing_but_noise_is_replaced_by_the_backup_and_without_one_refused() {
    let scene = scene(false).await;
    scene.put(&[0x5a; 40_000]);
    let to = scene.dir.path().join("saved.sqlite");
    let error = salvage(&scene.file, None, &to).await.expect_err("nothing is there");
    assert_eq!(error.code, waymark_core::error::Code::LibraryDamaged);
    assert!(!to.exists());
    let (saved, library, _dir) = scene.recover(true).await;
    assert_eq!(kind(&saved, "walkthroughs").from_backup as usize, DRAFTS, "{saved:?}");
    assert_eq!(all(&library, 5).await.expect("there").steps.len(), 6);
    library.close().await;
}

#[tokio::test]
async fn without_its_first_page_the_rows_are_found_by_their_shape() {
    let scene = scene(false).await;
    let mut bytes = scene.bytes();
    bytes[..4096].fill(0xee);
    scene.put(&bytes);
    let (saved, library, _dir) = scene.recover(false).await;
    assert!(saved.damaged > 0);
    for (draft, before) in scene.before.iter().enumerate() {
        let found = without_times(&all(&library, draft).await.expect("every draft is found"));
        assert_eq!(
            found.steps.iter().filter(|step| before.steps.iter().any(|b| b.id == step.id)).count(),
            before.steps.len()
        );
    }
    library.close().await;
}

/// Whatever is overwritten, what is readable is saved; with the backup every walkthrough and every step is there, each
/// text either as it was or as in the backup, and nothing deleted comes back where the file knows of it.
#[tokio::test]
async fn whatever_page_is_damaged_nothing_is_lost_that_the_backup_has() {
    let rounds: u64 = std::env::var("WAYMARK_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(8);
    let seed: u64 = std::env::var("WAYMARK_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(20_261_124);
    let scene = scene(true).await;
    let sound = scene.bytes();
    let (mut as_it_was, mut from_backup, mut other) = (0, 0, 0);
    for round in 0..rounds {
        let mut dice = Dice(seed.wrapping_mul(1_000_003).wrapping_add(round) | 1);
        let mut bytes = sound.clone();
        for _ in 0..=dice.below(4) {
            let page = dice.below(bytes.len() as u64 / 4096) as usize * 4096;
            let (from, length) = match dice.below(3) {
                0 => (page, 4096),
                1 => (page + dice.below(3_000) as usize, 1 + dice.below(800) as usize),
                _ => (page, 16),
            };
            bytes[from..from + length].iter_mut().for_each(|byte| *byte = dice.below(256) as u8);
        }
        if dice.below(8) == 0 {
            bytes.truncate(bytes.len() - dice.below(bytes.len() as u64 / 3) as usize);
        }
        scene.put(&bytes);
        let (saved, library, _dir) = scene.recover(true).await;
        for (draft, before) in scene.before.iter().enumerate() {
            let found = all(&library, draft).await.unwrap_or_else(|error| panic!("round {round}: {error}: {saved:?}"));
            for wanted in &before.steps {
                let step = found.steps.iter().find(|step| step.id == wanted.id);
                let step = step.unwrap_or_else(|| panic!("round {round}: {} is gone: {saved:?}", wanted.id));
                let old = text(draft, wanted.display_order as usize - 1);
                let now = step.content_fields.text(waymark_core::content::Field::ContentForUser).unwrap_or_default();
                if step.content_fields == wanted.content_fields {
                    as_it_was += 1;
                } else if now == old || now == old.repeat(9) {
                    from_backup += 1;
                } else {
                    other += 1;
                }
            }
        }
        library.close().await;
    }
    println!(
        "\nfigure | a library with random pages overwritten, {rounds} times, recovered | steps as they were {as_it_was}, as in the backup {from_backup}, with damaged letters {other} | no step lost | met"
    );
    assert!(other * 50 <= as_it_was, "{other} of {as_it_was} have damaged letters");
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) % limit.max(1)
    }
}
