//! Libraries of a given size, with text of the usual kinds, the same at every run.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use waymark_core::content::{ContentFields, FieldsV1};
use waymark_core::id::{StepId, WalkthroughId};
use waymark_core::walkthrough::{Millis, Step, Walkthrough, WalkthroughType};
use waymark_library::{Env, Library, drafts};

/// The seed that is written beside the figures.
pub const SEED: u64 = 20_260_001;

static STATE: AtomicU64 = AtomicU64::new(SEED);

/// Fills a new library with so many walkthroughs of five steps each.
pub fn fill(folder: &Path, walkthroughs: u32) -> Result<(), Box<dyn std::error::Error>> {
    insert(folder, (0..walkthroughs).map(|number| walkthrough(number, 5, &section(number))))
}

/// Fills a new library with these walkthroughs.
pub fn insert(
    folder: &Path,
    walkthroughs: impl Iterator<Item = Walkthrough>,
) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(folder)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let library = Library::open(folder, Env { now: || Millis(1_767_225_600_000), random }).await?;
        for walkthrough in walkthroughs {
            drafts::insert(&library, walkthrough, "benchmark").await?;
        }
        library.close().await;
        Ok::<_, waymark_core::error::Error>(())
    })?;
    Ok(())
}

/// A walkthrough whose steps all say `text` to the user.
pub fn walkthrough(number: u32, steps: u32, text: &str) -> Walkthrough {
    let at = Some(Millis(1_767_225_600_000 + i64::from(number)));
    let id = |step: u32| StepId(format!("wts_bench_{number}_{step}"));
    Walkthrough {
        description: Some("Takes somebody from nothing to a first success.".to_owned()),
        created_at: at,
        updated_at: at,
        estimated_duration_minutes: Some(20),
        tags: vec!["setup".to_owned(), format!("part-{}", number % 17)],
        steps: (0..steps)
            .map(|step| Step {
                id: id(step),
                title: format!("Part {} of the way", step + 1),
                content_fields: ContentFields::V1(FieldsV1 {
                    introduction_for_agent: Some(
                        "The user ends with a working installation. Done when the check is green.".to_owned(),
                    ),
                    context_for_agent: Some("The installer needs 2 GB of space and a network.".to_owned()),
                    content_for_user: Some(text.to_owned()),
                    operations_for_agent: Some("1. Run `acme check`.\n2. Show the last line.".to_owned()),
                    extra: Vec::new(),
                }),
                display_order: i32::try_from(step).unwrap_or(i32::MAX),
                next_step_id: (step + 1 < steps).then(|| id(step + 1)),
                created_at: at,
                updated_at: at,
                metadata: None,
            })
            .collect(),
        ..Walkthrough::new(
            WalkthroughId(format!("wt_bench_{number}")),
            format!("Guide {number:04}: set up part {} of the product", number % 17),
            WalkthroughType::ALL[number as usize % WalkthroughType::ALL.len()],
        )
    }
}

/// Markdown of about this many bytes: headings, paragraphs, lists and code, as guides have them.
pub fn markdown(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 600);
    for number in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&section(number));
    }
    text.truncate((0..=bytes).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0));
    text
}

/// A section with a heading, a paragraph that names its number, a list and code.
pub fn section(number: u32) -> String {
    format!(
        "## Section {number}\n\nOpen the **settings** of project {number} and choose _Deploy_. The first build takes about {} minutes; \
         the page shows each step as it runs, and [the log](https://docs.acme.example/logs/{number}) keeps what was printed.\n\n\
         - check that `acme status` says *connected*\n- pick the region that is closest to you\n- keep the window open\n\n\
         ```bash\nacme deploy --region eu-{number} --wait\n```\n\n",
        number % 9 + 1
    )
}

/// A small generator (xorshift) for ids: the same at every run.
fn random(bytes: usize) -> Vec<u8> {
    (0..bytes)
        .map(|_| {
            let mut x = STATE.load(Ordering::Relaxed);
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            STATE.store(x, Ordering::Relaxed);
            (x >> 24) as u8
        })
        .collect()
}
