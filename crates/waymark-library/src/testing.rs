//! What the tests of this crate share: a library in a folder of its own, a clock and ids that never repeat.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use tempfile::TempDir;
use waymark_core::{
    content::{ContentFields, Field, FieldsV1},
    edit::{Draft, Edit},
    error::Result,
    id::{StepId, WalkthroughId},
    json::FreeJson,
    walkthrough::{Assignment, Millis, Step, Walkthrough, WalkthroughStatus, WalkthroughType},
};

use crate::{
    Env, Library,
    edits::{self, Applied, ApplyEdit},
};

/// Every look at it is a millisecond later.
fn now() -> Millis {
    static NOW: AtomicI64 = AtomicI64::new(1_700_000_000_000);
    Millis(NOW.fetch_add(1, Ordering::Relaxed))
}

/// Bytes that do not repeat.
fn random(length: usize) -> Vec<u8> {
    static STATE: AtomicU64 = AtomicU64::new(1);
    let byte = |_| {
        let mut mixed = STATE.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^= mixed >> 29;
        (mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u8
    };
    (0..length).map(byte).collect()
}

pub(crate) const ENV: Env = Env { now, random };

pub(crate) async fn library() -> (Library, TempDir) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let library = Library::open(dir.path(), ENV).await.expect("a new library opens");
    (library, dir)
}

pub(crate) fn step(id: &str, order: i32, text: &str) -> Step {
    let fields = FieldsV1 { content_for_user: Some(text.to_owned()), ..FieldsV1::default() };
    Step {
        id: id.into(),
        title: format!("Step {id}"),
        content_fields: ContentFields::V1(fields),
        display_order: order,
        next_step_id: None,
        created_at: Some(Millis(5)),
        updated_at: Some(Millis(6)),
        metadata: None,
    }
}

pub(crate) fn walkthrough(id: &str, title: &str, steps: Vec<Step>) -> Walkthrough {
    Walkthrough {
        id: id.into(),
        title: title.to_owned(),
        description: Some("What it is about.".to_owned()),
        kind: WalkthroughType::Course,
        status: WalkthroughStatus::Draft,
        created_at: Some(Millis(1)),
        updated_at: Some(Millis(2)),
        estimated_duration_minutes: Some(5),
        tags: vec!["one".to_owned()],
        metadata: Some(FreeJson::parse(r#"{"theirs": 12345678901234567890}"#).expect("valid")),
        steps,
        assignments: Vec::new(),
    }
}

pub(crate) fn assignment(id: &str, server: &str) -> Assignment {
    Assignment { id: id.into(), server: server.to_owned(), display_order: 1, is_enabled: true, created_at: None }
}

pub(crate) fn set_text(step: &StepId, text: &str) -> Edit {
    Edit::SetField { step: step.clone(), field: Field::ContentForUser, text: Some(text.to_owned()) }
}

pub(crate) async fn apply(library: &Library, id: &WalkthroughId, edit: Edit) -> Result<Applied> {
    apply_seen(library, id, edit, None).await
}

pub(crate) async fn apply_seen(
    library: &Library,
    id: &WalkthroughId,
    edit: Edit,
    seen_version: Option<u32>,
) -> Result<Applied> {
    let apply = ApplyEdit { walkthrough: id.clone(), edit, seen_version, origin: "test".to_owned() };
    edits::apply(library, apply).await
}

/// The draft without times of change, which are the store's business.
pub(crate) fn without_times(draft: &Draft) -> Draft {
    let mut draft = draft.clone();
    draft.walkthrough.updated_at = None;
    for step in &mut draft.walkthrough.steps {
        step.updated_at = None;
    }
    draft
}

/// The indexes of the search hold every document, and of each what is written in it.
pub(crate) async fn check_index(library: &Library) {
    let writer = library.writer().await.expect("a writer");
    let compared = sqlx::query("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)");
    compared.execute(writer).await.expect("the index is of the texts");
    let counted = sqlx::query_scalar::<_, i64>(
        "SELECT (SELECT count(*) FROM search_documents)
            - (SELECT count(*) FROM walkthroughs) - (SELECT count(*) FROM walkthrough_steps)",
    );
    assert_eq!(counted.fetch_one(writer).await.expect("a count"), 0, "a document for each");
    crate::search::indexing::catch_up(library).await.expect("all is in the index");
    let compared = sqlx::query("INSERT INTO history_search (history_search, rank) VALUES ('integrity-check', 1)");
    compared.execute(writer).await.expect("the index is of the history's texts");
    let counted = sqlx::query_scalar::<_, i64>(
        "SELECT (SELECT count(*) FROM history_documents)
            - (SELECT count(*) FROM revisions) - (SELECT count(*) FROM revision_steps)",
    );
    assert_eq!(counted.fetch_one(writer).await.expect("a count"), 0, "a document for each");
}
