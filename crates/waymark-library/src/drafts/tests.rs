//! Drafts, over a real file.

use waymark_core::{
    content::ContentFields,
    error::Code,
    id::WalkthroughId,
    json::FreeJson,
    walkthrough::{Millis, Walkthrough},
};

use waymark_core::edit::Edit;

use super::*;
use crate::{
    connections, sync,
    sync::SyncBase,
    testing::{apply, assignment, library, set_text, step, walkthrough, without_times},
};

async fn titles(library: &Library, which: ListDrafts) -> Vec<String> {
    let found = list(library, &which).await.expect("the list");
    found.into_iter().map(|draft| draft.title).collect()
}

fn new(title: &str, kind: WalkthroughType) -> NewDraft {
    NewDraft { title: title.to_owned(), kind }
}

async fn add(library: &Library, walkthrough: Walkthrough) -> OpenDraft {
    insert(library, walkthrough, "test").await.expect("it is added")
}

#[tokio::test]
async fn drafts_are_listed_latest_change_first_and_by_type_and_status() {
    let (library, _dir) = library().await;
    for title in ["Älpler Course", "Install", "Repair"] {
        create(&library, new(title, WalkthroughType::Installer), "test").await.expect("it is new");
    }
    let first = find(&library, "Älpler Course").await.expect("it is there");
    apply(&library, &first, Edit::SetType { kind: WalkthroughType::Course }).await.expect("a type");
    assert_eq!(titles(&library, ListDrafts::default()).await, ["Älpler Course", "Repair", "Install"]);
    let course = ListDrafts { kind: Some(WalkthroughType::Course), ..ListDrafts::default() };
    assert_eq!(titles(&library, course).await, ["Älpler Course"]);
    let published = ListDrafts { status: Some(WalkthroughStatus::Published), ..ListDrafts::default() };
    assert_eq!(titles(&library, published).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_walkthrough_comes_back_to_the_letter() {
    let (library, dir) = library().await;
    let mut odd = step("wts_b", 0, "second");
    odd.content_fields =
        ContentFields::from_json(&FreeJson::parse(r#"{ "version": "v9", "x": [1.50] }"#).expect("JSON"));
    odd.next_step_id = Some("wts_gone".into());
    odd.created_at = None;
    let mut original = walkthrough("wt_odd", "Odd", vec![odd, step("wts_a", 0, "first")]);
    original.tags = Vec::new();
    original.assignments = vec![assignment("msw_2", "zeta"), assignment("msw_1", "alpha")];
    let opened = add(&library, original.clone()).await;
    assert_eq!(opened.version, 1);
    library.close().await;
    let library = Library::open(dir.path(), crate::testing::ENV).await.expect("it opens again");
    let again = open(&library, &original.id).await.expect("it is there");
    assert_eq!(again, opened);
    // Equal orders: the known creation time comes first.
    let ids: Vec<&str> = again.draft.walkthrough.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(ids, ["wts_a", "wts_b"]);
    original.steps.reverse();
    original.assignments.reverse();
    assert_eq!(again.draft.walkthrough, original);
}

#[tokio::test]
async fn a_taken_title_is_refused_and_nothing_is_written() {
    let (library, _dir) = library().await;
    let first = create(&library, new("Taken", WalkthroughType::Course), "test").await.expect("it is new");
    let second = create(&library, new("taken", WalkthroughType::Course), "test").await.expect("another case");
    let refusals = [
        create(&library, new("Taken", WalkthroughType::Course), "test").await.map(drop),
        insert(&library, walkthrough("wt_new", "Taken", Vec::new()), "test").await.map(drop),
        apply(&library, &second.draft.walkthrough.id, Edit::SetTitle { title: "Taken".to_owned() }).await.map(drop),
    ];
    for refusal in refusals {
        let error = refusal.expect_err("the title is taken");
        assert_eq!((error.code, error.field.as_deref()), (Code::InvalidInput, Some("title")));
    }
    assert_eq!(list(&library, &ListDrafts::default()).await.expect("the list").len(), 2);
    trash(&library, std::slice::from_ref(&first.draft.walkthrough.id), "test").await.expect("to the trash");
    let third = create(&library, new("Taken", WalkthroughType::Course), "test").await.expect("free again");
    restore(&library, std::slice::from_ref(&first.draft.walkthrough.id), "test")
        .await
        .expect("a clash is no reason to lose it");
    let error = find(&library, "Taken").await.expect_err("ambiguous");
    let hint = error.hint.expect("names them");
    assert!(hint.contains(first.draft.walkthrough.id.as_str()) && hint.contains(third.draft.walkthrough.id.as_str()));
}

#[tokio::test]
async fn titles_over_the_limit_and_ids_that_are_taken_are_refused() {
    let (library, _dir) = library().await;
    let error = create(&library, new(&"x".repeat(101), WalkthroughType::Course), "test").await.expect_err("too long");
    assert_eq!((error.code, error.field.as_deref()), (Code::InvalidInput, Some("title")));
    add(&library, walkthrough("wt_1", "One", vec![step("wts_1", 1, "a")])).await;
    let again = insert(&library, walkthrough("wt_1", "Two", Vec::new()), "test").await.expect_err("its id is taken");
    assert_eq!(again.code, Code::Conflict);
    let thief = walkthrough("wt_2", "Two", vec![step("wts_1", 1, "b")]);
    let error = insert(&library, thief, "test").await.expect_err("a step's id is taken");
    assert_eq!(error.code, Code::Conflict);
    assert!(error.message.contains("wts_1"));
    assert_eq!(list(&library, &ListDrafts::default()).await.expect("the list").len(), 1);
    let kept = open(&library, &"wt_1".into()).await.expect("still there").draft.walkthrough;
    assert_eq!(kept.steps[0].content_fields.text(waymark_core::content::Field::ContentForUser), Some("a"));
}

#[tokio::test]
async fn a_draft_is_found_by_id_before_title_and_outside_of_the_trash_first() {
    let (library, _dir) = library().await;
    add(&library, walkthrough("wt_1", "wt_2", Vec::new())).await;
    add(&library, walkthrough("wt_2", "Two", Vec::new())).await;
    assert_eq!(find(&library, "wt_2").await.expect("by id").as_str(), "wt_2");
    trash(&library, &["wt_2".into()], "test").await.expect("to the trash");
    assert_eq!(find(&library, "Two").await.expect("in the trash").as_str(), "wt_2");
    add(&library, walkthrough("wt_3", "Two", Vec::new())).await;
    assert_eq!(find(&library, "Two").await.expect("outside first").as_str(), "wt_3");
    assert_eq!(find(&library, "two").await.expect_err("exact titles only").code, Code::NotFound);
    assert_eq!(open(&library, &"wt_9".into()).await.expect_err("unknown").code, Code::NotFound);
}

#[tokio::test]
async fn a_copy_has_ids_of_its_own_and_links_that_stay_inside() {
    let (library, _dir) = library().await;
    let mut first = step("wts_1", 0, "a");
    first.next_step_id = Some("wts_2".into());
    let mut original = walkthrough("wt_1", &"t".repeat(100), vec![first, step("wts_2", 4, "b")]);
    original.metadata = Some(FreeJson::parse(r#"{"a":1,"waymark":{"revision":3,"content_hash":"x"}}"#).expect("JSON"));
    original.assignments = vec![assignment("msw_1", "docs")];
    add(&library, original).await;
    for suffix in [" (copy)", " (copy 2)"] {
        let copy = duplicate(&library, &"wt_1".into(), "test").await.expect("a copy").draft.walkthrough;
        assert!(copy.title.ends_with(suffix) && copy.title.chars().count() == 100, "{}", copy.title);
        assert_ne!(copy.id.as_str(), "wt_1");
        assert_eq!(copy.steps[0].next_step_id.as_ref(), Some(&copy.steps[1].id));
        assert_eq!(copy.steps.iter().map(|step| step.display_order).collect::<Vec<_>>(), [0, 4]);
        assert_eq!(copy.metadata.expect("theirs").as_str(), r#"{"a":1}"#);
        assert!(copy.assignments.is_empty());
    }
}

#[tokio::test]
async fn trashing_is_all_or_nothing_and_comes_back_whole() {
    let (library, _dir) = library().await;
    let before = add(&library, walkthrough("wt_1", "One", vec![step("wts_1", 1, "a")])).await;
    let error = trash(&library, &["wt_1".into(), "wt_9".into()], "test").await.expect_err("one is unknown");
    assert_eq!(error.code, Code::NotFound);
    assert_eq!(titles(&library, ListDrafts::default()).await, ["One"]);
    trash(&library, &["wt_1".into()], "test").await.expect("to the trash");
    assert_eq!(titles(&library, ListDrafts::default()).await, Vec::<String>::new());
    let in_trash = list(&library, &ListDrafts { in_trash: true, ..ListDrafts::default() }).await.expect("the trash");
    assert!(in_trash[0].trashed_at.is_some());
    trash(&library, &["wt_1".into()], "test").await.expect("twice is once");
    restore(&library, &["wt_1".into()], "test").await.expect("out of the trash");
    let after = open(&library, &"wt_1".into()).await.expect("it is there");
    assert_eq!((after.draft, after.version), (before.draft, 3));
}

#[tokio::test]
async fn the_list_counts_steps_servers_problems_and_what_is_not_published() {
    let (library, _dir) = library().await;
    let connection = connections::tests::connection("con_1", "Staging");
    connections::save(&library, connection, "test").await.expect("a connection");
    let mut original = walkthrough("wt_1", "One", vec![step("wts_1", 1, "a"), step("wts_2", 2, "")]);
    original.assignments = vec![assignment("msw_2", "zeta"), assignment("msw_1", "alpha")];
    add(&library, original.clone()).await;
    let fresh = summary(&library, &original.id).await.expect("a summary");
    assert_eq!((fresh.steps, fresh.servers.join(" ").as_str(), fresh.never_published), (2, "alpha zeta", true));
    assert!(fresh.problems > 0, "an empty required field is a problem");
    assert_eq!(fresh.problems as usize, {
        let findings = findings(&library, original.clone()).await.expect("findings");
        findings.iter().filter(|finding| finding.severity >= waymark_core::lint::Severity::Warning).count()
    });
    let base = SyncBase { walkthrough: original.clone(), revision: 1, synced_at: Millis(9) };
    sync::set_base(&library, "con_1", base, "test").await.expect("a base");
    let synced = summary(&library, &original.id).await.expect("a summary");
    assert_eq!((synced.never_published, synced.unpublished[0].changes), (false, 0));
    apply(&library, &original.id, set_text(&"wts_2".into(), "words")).await.expect("an edit");
    let edited = summary(&library, &original.id).await.expect("a summary");
    assert!(edited.problems < fresh.problems);
    assert_eq!(edited.unpublished, [Unpublished { connection: "con_1".into(), changes: 1, is_changed_there: false }]);
}

#[tokio::test]
async fn a_double_title_is_a_problem_of_both_until_one_is_renamed() {
    let (library, _dir) = library().await;
    let problems = async |id: &str| summary(&library, &id.into()).await.expect("a summary").problems;
    add(&library, walkthrough("wt_1", "Same", vec![step("wts_1", 1, "a")])).await;
    let alone = problems("wt_1").await;
    receive(&library, walkthrough("wt_2", "Same", vec![step("wts_2", 1, "a")]), "test").await.expect("production's");
    assert_eq!((problems("wt_1").await, problems("wt_2").await), (alone + 1, alone + 1));
    apply(&library, &"wt_2".into(), Edit::SetTitle { title: "Other".to_owned() }).await.expect("a new title");
    assert_eq!((problems("wt_1").await, problems("wt_2").await), (alone, alone));
}

#[tokio::test]
async fn an_emptied_draft_opens_as_it_was_left() {
    let (library, _dir) = library().await;
    add(&library, walkthrough("wt_1", "One", vec![step("wts_1", 1, "a")])).await;
    let id: WalkthroughId = "wt_1".into();
    let edits = vec![
        Edit::RemoveStep { step: "wts_1".into() },
        Edit::SetDescription { description: None },
        Edit::SetMetadata { metadata: None },
        Edit::SetDuration { minutes: None },
        Edit::SetTags { tags: Vec::new() },
    ];
    let applied = apply(&library, &id, Edit::Batch { edits }).await.expect("a batch");
    let opened = open(&library, &id).await.expect("it is there");
    assert_eq!(without_times(&opened.draft), without_times(&applied.draft));
    assert!(opened.can_undo && !opened.can_redo);
}

#[tokio::test]
async fn what_another_release_counted_is_counted_again_in_the_background() {
    let (library, _dir) = library().await;
    add(&library, walkthrough("wt_1", "One", vec![step("wts_1", 1, "")])).await;
    let counted = summary(&library, &"wt_1".into()).await.expect("a summary").problems;
    let sql = "UPDATE drafts SET problems = 99, derived_by = '0.0.1'";
    sqlx::query(sql).execute(library.writer().await.expect("a writer")).await.expect("an older release");
    assert_eq!(summary(&library, &"wt_1".into()).await.expect("not waited for").problems, 99);
    derive::refresh_all(&library).await.expect("counted again");
    assert_eq!(summary(&library, &"wt_1".into()).await.expect("a summary").problems, counted);
}
