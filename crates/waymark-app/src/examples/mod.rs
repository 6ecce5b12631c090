//! Three walkthroughs to learn from: they teach Waymark itself, and show how a good one is written.

use waymark_core::{error::Result, format::json, id::WalkthroughId, walkthrough::Walkthrough};
use waymark_library::drafts::{self, ListDrafts};

use crate::App;

/// The files, in the order in which a newcomer should read them.
const FILES: [&str; 3] =
    [include_str!("quickstart.json"), include_str!("installer.json"), include_str!("troubleshooting.json")];

/// Adds the examples that are not in the library yet (by title), and gives the ids of those added.
///
/// # Errors
/// Those of the library.
pub async fn add(app: &App) -> Result<Vec<WalkthroughId>> {
    let known = drafts::list(&app.library, &ListDrafts::default()).await?;
    let mut added = Vec::new();
    // The library lists the newest first, so the first to read is written last.
    for example in read(app)?.into_iter().rev() {
        if known.iter().any(|draft| draft.title == example.title) {
            continue;
        }
        added.push(example.id.clone());
        drafts::insert(&app.library, example, &app.env.origin).await?;
    }
    added.reverse();
    Ok(added)
}

fn read(app: &App) -> Result<Vec<Walkthrough>> {
    FILES.iter().map(|source| json::read(source, "Example", app.env.random).map(|file| file.walkthrough)).collect()
}

#[cfg(test)]
mod tests {
    use waymark_core::{
        content::Field,
        lint::{self, LintContext},
    };

    use super::*;

    #[test]
    fn the_examples_are_written_as_they_teach() {
        for source in FILES {
            let walkthrough = json::read(source, "Example", crate::clock::random).expect("an example").walkthrough;
            assert_eq!(lint::lint(&walkthrough, &LintContext::default()), Vec::new(), "{}", walkthrough.title);
            for step in &walkthrough.steps {
                let introduction = step.content_fields.text(Field::IntroductionForAgent).unwrap_or_default();
                assert!(introduction.contains("**Done when**"), "{}: no definition of done", step.title);
                assert!(Field::ALL.into_iter().all(|field| step.content_fields.has_text(field)), "{}", step.title);
            }
        }
    }
}
