//! Carrying edits over others' edits.

use super::*;
use crate::{content::ContentFields, edit::Splice, json::FreeJson, walkthrough::Walkthrough};

fn draft() -> Draft {
    let step = |id: &str, order| Step {
        content_fields: ContentFields::from_json(
            &FreeJson::parse(r#"{"version":"v1","contentForUser":"one two three\nfour five six\n"}"#).expect("valid"),
        ),
        display_order: order,
        ..Step::new(id, format!("Step {id}"))
    };
    let walkthrough = Walkthrough {
        status: Default::default(),
        steps: vec![step("a", 1), step("b", 2)],
        ..Walkthrough::new("wt_1", "Title", Default::default())
    };
    Draft { walkthrough, trashed_at: None }
}

fn set(step: &str, text: &str) -> Edit {
    Edit::SetField { step: step.into(), field: Field::ContentForUser, text: Some(text.to_owned()) }
}

fn after(edits: &[Edit]) -> Draft {
    let mut draft = draft();
    for edit in edits {
        edit::apply(&mut draft, edit).expect("the edit applies");
    }
    draft
}

fn rebased(theirs: &[Edit], mine: &Edit) -> Result<Rebase> {
    rebase(&draft(), &after(theirs), mine)
}

#[test]
fn an_edit_of_another_place_goes_through_as_it_is() {
    let mine = set("a", "mine");
    let rebase = rebased(&[set("b", "theirs"), Edit::SetTitle { title: "New".to_owned() }], &mine).expect("no overlap");
    assert_eq!(rebase, Rebase { edit: mine, is_merged: false });
}

#[test]
fn a_splice_over_a_changed_text_becomes_the_merged_text() {
    let splice = Splice { from: 4, to: 7, insert: "TWO".to_owned() };
    let mine = Edit::SpliceField { step: "a".into(), field: Field::ContentForUser, splice };
    let rebase = rebased(&[set("a", "zero\none two three\nfour five 6\n")], &mine).expect("merges");
    assert!(rebase.is_merged);
    assert_eq!(rebase.edit, set("a", "zero\none TWO three\nfour five 6\n"));
}

#[test]
fn the_same_words_changed_twice_are_a_conflict_with_both_texts() {
    let error = rebased(&[set("a", "theirs")], &set("a", "mine")).expect_err("a conflict");
    assert_eq!(error.code, Code::Conflict);
    let conflict = error.conflict.expect("both sides");
    assert_eq!((conflict.mine.as_str(), conflict.theirs.as_str()), ("mine", "theirs"));
    let error = rebased(&[Edit::RemoveStep { step: "a".into() }], &set("a", "mine")).expect_err("a conflict");
    assert_eq!(error.conflict.expect("my words").mine, "mine");
}

#[test]
fn structure_and_single_values_conflict_only_where_both_changed_them() {
    let title = |title: &str| Edit::SetTitle { title: title.to_owned() };
    let move_b = Edit::MoveStep { step: "b".into(), to: 0 };
    let remove_a = Edit::RemoveStep { step: "a".into() };
    for (theirs, mine, goes) in [
        (title("Theirs"), title("Mine"), false),
        (title("Same"), title("Same"), true),
        (title("Theirs"), move_b.clone(), true),
        (remove_a.clone(), move_b.clone(), false),
        (set("a", "words"), remove_a.clone(), false),
        (set("b", "words"), remove_a, true),
        (Edit::SetDuration { minutes: Some(5) }, Edit::SetDuration { minutes: Some(6) }, false),
        (Edit::SetStatus { status: crate::walkthrough::WalkthroughStatus::Archived }, move_b, true),
    ] {
        assert_eq!(rebased(std::slice::from_ref(&theirs), &mine).is_ok(), goes, "{mine:?} over {theirs:?}");
    }
}

#[test]
fn the_edits_of_a_batch_see_each_other() {
    let mine =
        Edit::Batch { edits: vec![set("a", "first"), set("a", "second"), Edit::RemoveStep { step: "b".into() }] };
    let rebase = rebased(&[Edit::SetTitle { title: "New".to_owned() }], &mine).expect("no overlap");
    assert_eq!(rebase.edit, mine);
}
