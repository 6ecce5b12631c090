//! Bundles between two libraries.

use std::path::Path;

use tokio_util::sync::CancellationToken;
use waymark_core::{
    content::Field,
    conversation::script::Script,
    edit::{Edit, Splice},
    error::Code,
    id::WalkthroughId,
    learner::call::Profile,
    review::State,
    walkthrough::{Step, Walkthrough},
};
use waymark_library::{
    attachments, conversations,
    conversations::SaveConversation,
    drafts,
    edits::{self, ApplyEdit},
    review::{self, AddComment, DecideReview, Selection},
};

use super::*;
use crate::{
    Env, bundle as bundles, clock,
    export::{ExportDraft, OnExisting},
    secrets::Secrets,
};

async fn app(folder: &Path, name: &str) -> App {
    let env = Env { now: clock::now, random: clock::random, data_dir: folder.join(name), origin: "test".to_owned() };
    let world = waymark_library::Env { now: env.now, random: env.random };
    let library = waymark_library::Library::open(&env.data_dir, world).await.expect("a library");
    crate::review::set_author(
        &App { library: library.clone(), secrets: Secrets::memory_only(), env: env.clone() },
        name,
    )
    .await
    .expect("a name");
    App { library, secrets: Secrets::memory_only(), env }
}

async fn draft(app: &App) -> WalkthroughId {
    let mut step = Step::new("wts_1", "Install");
    let text = "Press the blue button. ![a](files/a.txt)".to_owned();
    step.content_fields.editable().expect("v1").content_for_user = Some(text);
    let tour = Walkthrough { steps: vec![step], ..Walkthrough::new("wt_1", "Tour", Default::default()) };
    let id = drafts::insert(&app.library, tour, "test").await.expect("a draft").draft.walkthrough.id;
    attachments::add(&app.library, &id, "a.txt", b"words".to_vec(), "test").await.expect("a file");
    id
}

async fn say(app: &App, id: &WalkthroughId, text: &str) {
    let input = AddComment {
        walkthrough: id.clone(),
        step: Some("wts_1".into()),
        field: Some(Field::ContentForUser),
        selection: Some(Selection { from: 10, to: 21, quote: Some("blue button".to_owned()) }),
        text: text.to_owned(),
        turn: None,
    };
    crate::review::comment(app, input).await.expect("a comment");
}

async fn send(from: &App, id: &WalkthroughId, file: &Path) {
    let export = ExportDraft { id: id.clone(), path: file.to_owned(), on_existing: OnExisting::Replace };
    bundles::run(from, export).await.expect("a bundle");
}

async fn receive(to: &App, file: &Path, on_clash: Option<OnClash>) -> Result<ImportedOne> {
    let input = RunImport { source: Source::Paths(vec![file.to_owned()]), on_clash };
    let mut imported = run(to, input, &CancellationToken::new(), &|_| ()).await?;
    Ok(imported.walkthroughs.remove(0))
}

#[tokio::test]
async fn somebody_without_a_database_opens_it_comments_approves_and_sends_it_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ada, bo) = (app(folder.path(), "Ada").await, app(folder.path(), "Bo").await);
    let id = draft(&ada).await;
    say(&ada, &id, "Is this clear?").await;
    let script = Script { scenario: Default::default(), profile: Profile::default(), moves: Vec::new() };
    let kept = SaveConversation { walkthrough: id.clone(), name: "First".to_owned(), script };
    conversations::save(&ada.library, kept, "test").await.expect("kept");
    let (there, back) = (folder.path().join("tour.waymark"), folder.path().join("back"));
    send(&ada, &id, &there).await;

    let came = receive(&bo, &there, None).await.expect("it comes in");
    assert_eq!((came.outcome, came.review.expect("a review").comments), (Outcome::Created, 1));
    assert_eq!(attachments::list(&bo.library, &id).await.expect("files").len(), 1);
    assert_eq!(conversations::list(&bo.library, &id).await.expect("conversations").len(), 1);
    say(&bo, &id, "Say where it is.").await;
    let decide = DecideReview { walkthrough: id.clone(), state: State::Approved, note: None, seen_hash: None };
    crate::review::decide(&bo, decide).await.expect("approved");
    send(&bo, &id, &back).await;

    let seen = preview(&ada, Source::Paths(vec![back.clone()])).await.expect("a preview");
    let found = seen.items[0].found.as_ref().expect("found").review.as_ref().expect("a review");
    assert_eq!((found.news.comments, found.news.decisions), (1, 1));
    assert_eq!(found.decision.as_ref().map(|decision| decision.author.as_str()), Some("Bo"));
    let returned = receive(&ada, &back, None).await.expect("it merges");
    assert_eq!((returned.outcome, returned.warnings.len()), (Outcome::Reviewed, 0));
    let review = review::read(&ada.library, &id).await.expect("a review");
    assert_eq!((review.threads.len(), review.standing.is_approved()), (2, true));
    assert_eq!(receive(&ada, &back, None).await.expect("again").review, Some(Merged::default()));
    assert_eq!(conversations::list(&ada.library, &id).await.expect("conversations").len(), 1);
}

#[tokio::test]
async fn another_text_is_shown_and_replaces_nothing_until_somebody_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ada, bo) = (app(folder.path(), "Ada").await, app(folder.path(), "Bo").await);
    let id = draft(&ada).await;
    let file = folder.path().join("tour.waymark");
    send(&ada, &id, &file).await;
    receive(&bo, &file, None).await.expect("it comes in");
    say(&bo, &id, "Which?").await;
    let splice = Splice { from: 0, to: 5, insert: "Push".to_owned() };
    let edit = Edit::SpliceField { step: "wts_1".into(), field: Field::ContentForUser, splice };
    let apply = ApplyEdit { walkthrough: id.clone(), edit, seen_version: None, origin: "test".to_owned() };
    edits::apply(&bo.library, apply).await.expect("an edit");
    send(&bo, &id, &file).await;

    let text = async |app: &App, id: &WalkthroughId| {
        let draft = drafts::open(&app.library, id).await.expect("a draft").draft.walkthrough;
        draft.steps[0].content_fields.text(Field::ContentForUser).expect("a text")[..5].to_owned()
    };
    let reviewed = receive(&ada, &file, None).await.expect("its review comes in");
    assert_eq!((reviewed.outcome, text(&ada, &id).await.as_str()), (Outcome::Reviewed, "Press"));
    assert!(reviewed.warnings[0].message.contains("another text, in 1 place"), "{:?}", reviewed.warnings);
    let spot = review::read(&ada.library, &id).await.expect("a review").threads[0].spot.clone();
    assert_eq!((spot.from, spot.is_outdated), (Some(10), false));

    let copied = receive(&ada, &file, Some(OnClash::Copy)).await.expect("a copy");
    assert_ne!(copied.id, id);
    let of_copy = review::read(&ada.library, &copied.id).await.expect("a review");
    assert_eq!((of_copy.threads.len(), of_copy.threads[0].spot.is_outdated), (1, false));
    let updated = receive(&ada, &file, Some(OnClash::Update)).await.expect("updated");
    assert_eq!((updated.outcome, text(&ada, &id).await.as_str()), (Outcome::Updated, "Push "));
    assert_eq!(review::read(&ada.library, &id).await.expect("a review").threads[0].spot.from, Some(9));
    std::fs::write(&file, b"PK\x03\x04 cut off").expect("written");
    assert_eq!(receive(&ada, &file, None).await.expect_err("damaged").code, Code::InvalidInput);
}
