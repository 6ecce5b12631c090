//! Two people change the steps of one walkthrough: what comes of it, as a table.

use super::*;
use crate::{
    content::{ContentFields, FieldsV1},
    edit::{self, Draft, Edit},
    json::FreeJson,
    walkthrough::{Step, WalkthroughType},
};

/// A change that somebody makes.
type Change = fn(&mut Draft);

/// A walkthrough of linked steps with these ids.
pub(super) fn base(ids: &[&str]) -> Walkthrough {
    let mut draft = Draft { walkthrough: Walkthrough::new("wt_1", "Title", WalkthroughType::Course), trashed_at: None };
    draft.walkthrough.steps =
        ids.iter().zip(1..).map(|(id, number)| Step { display_order: number, ..new_step(id) }).collect();
    for (index, id) in ids.iter().enumerate().skip(1) {
        draft.walkthrough.steps[index - 1].next_step_id = Some((*id).into());
    }
    draft.walkthrough
}

fn new_step(id: &str) -> Step {
    let fields =
        FieldsV1 { content_for_user: Some(format!("First of {id}.\n\nLast of {id}.\n")), ..FieldsV1::default() };
    Step { content_fields: ContentFields::V1(fields), ..Step::new(id, id) }
}

pub(super) fn changed(base: &Walkthrough, change: impl Fn(&mut Draft)) -> Walkthrough {
    let mut draft = Draft { walkthrough: base.clone(), trashed_at: None };
    change(&mut draft);
    draft.walkthrough
}

fn apply(draft: &mut Draft, edit: Edit) {
    edit::apply(draft, &edit).expect("it applies");
}

fn add(draft: &mut Draft, id: &str, at: u32) {
    apply(draft, Edit::AddStep { step: Box::new(new_step(id)), at });
}

fn duplicate(draft: &mut Draft, step: &str, id: &str, at: u32) {
    let copy = draft.walkthrough.step(&step.into()).cloned().expect("it is there");
    apply(draft, Edit::AddStep { step: Box::new(Step { id: id.into(), ..copy }), at });
}

fn remove(draft: &mut Draft, id: &str) {
    apply(draft, Edit::RemoveStep { step: id.into() });
}

fn shift(draft: &mut Draft, id: &str, to: u32) {
    apply(draft, Edit::MoveStep { step: id.into(), to });
}

fn rename(draft: &mut Draft, id: &str, title: &str) {
    apply(draft, Edit::RenameStep { step: id.into(), title: title.to_owned() });
}

fn link(draft: &mut Draft, from: &str, to: Option<&str>) {
    apply(draft, Edit::SetLink { step: from.into(), next: to.map(StepId::from) });
}

pub(super) fn write(draft: &mut Draft, id: &str, field: Field, text: &str) {
    apply(draft, Edit::SetField { step: id.into(), field, text: Some(text.to_owned()) });
}

fn say(draft: &mut Draft, id: &str, text: &str) {
    write(draft, id, Field::ContentForUser, text);
}

/// Each step by its id; with its title where that is another, with `*` where its text is, and with its link where that is
/// not the step that follows.
fn story(walkthrough: &Walkthrough) -> String {
    let steps = &walkthrough.steps;
    let words = steps.iter().enumerate().map(|(index, step)| {
        let mut word = step.id.to_string();
        if step.title != step.id.as_str() {
            word.push_str(&format!("({})", step.title));
        }
        if step.content_fields != new_step(step.id.as_str()).content_fields {
            word.push('*');
        }
        let following = steps.get(index + 1).map(|next| &next.id);
        if step.next_step_id.as_ref() != following {
            word.push_str(&format!(">{}", step.next_step_id.as_ref().map_or("-", StepId::as_str)));
        }
        word
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The places of the conflicts.
pub(super) fn places(merge: &Merge) -> Vec<String> {
    let word = |place: &Place| match place {
        Place::Title => "title".to_owned(),
        Place::Description { hunk } => format!("description {hunk}"),
        Place::Type => "type".to_owned(),
        Place::Tags => "tags".to_owned(),
        Place::Duration => "duration".to_owned(),
        Place::Metadata { path } => format!("metadata {}", path.join(".")),
        Place::Step { step } => format!("step {step}"),
        Place::StepTitle { step } => format!("title of {step}"),
        Place::Field { step, field, hunk } => format!("{} {hunk} of {step}", field.name()),
        Place::Content { step } => format!("content of {step}"),
        Place::ContentKey { step, key } => format!("{key} of {step}"),
        Place::StepMetadata { step, path } => format!("metadata {} of {step}", path.join(".")),
        Place::Quiz { step } => format!("quiz of {step}"),
        Place::Link { step } => format!("link of {step}"),
        Place::Move { step } => format!("move of {step}"),
        Place::Assignment { server } => format!("server {server}"),
    };
    merge.conflicts.iter().map(|conflict| word(&conflict.place)).collect()
}

/// Every conflict answered alike.
pub(super) fn all(merge: &Merge, take: &Take) -> Walkthrough {
    let answers: Vec<Answer> =
        merge.conflicts.iter().map(|known| Answer { place: known.place.clone(), take: take.clone() }).collect();
    resolve(merge, &answers).expect("it is resolved")
}

#[track_caller]
fn check(case: &str, mine: Change, theirs: Change, conflicts: &[&str], with_mine: &str, with_theirs: &str) {
    let base = base(&["a", "b", "c", "d"]);
    let (mine, theirs) = (changed(&base, mine), changed(&base, theirs));
    let merge = walkthroughs(Some(&base), &mine, &theirs);
    assert_eq!(places(&merge), conflicts, "{case}: conflicts");
    assert_eq!(story(&all(&merge, &Take::Mine)), with_mine, "{case}: with mine");
    assert_eq!(story(&all(&merge, &Take::Theirs)), with_theirs, "{case}: with theirs");
    // Who is who makes no difference to what is asked.
    let back = walkthroughs(Some(&base), &theirs, &mine);
    let mut there = places(&merge);
    let mut back_again = places(&back);
    there.sort();
    back_again.sort();
    assert_eq!(there, back_again, "{case}: the other way round");
}

/// A case in which nothing is asked.
#[track_caller]
fn clean(case: &str, mine: Change, theirs: Change, expected: &str) {
    check(case, mine, theirs, &[], expected, expected);
}

#[test]
fn one_edits_a_step_that_the_other_removes() {
    let edit: Change = |draft| say(draft, "b", "New.");
    let remove: Change = |draft| remove(draft, "b");
    check("edit/remove", edit, remove, &["step b"], "a b* c d", "a c d");
    check("remove/edit", remove, edit, &["step b"], "a c d", "a b* c d");
    check("rename/remove", |draft| rename(draft, "b", "B"), remove, &["step b"], "a b(B) c d", "a c d");
    clean("remove/edit of another", remove, |draft| say(draft, "c", "New."), "a c* d");
}

#[test]
fn both_remove_steps() {
    clean("the same", |draft| remove(draft, "b"), |draft| remove(draft, "b"), "a c d");
    clean("others", |draft| remove(draft, "b"), |draft| remove(draft, "c"), "a d");
    clean(
        "all together",
        |draft| ["a", "b"].iter().for_each(|id| remove(draft, id)),
        |draft| {
            ["c", "d"].iter().for_each(|id| remove(draft, id));
        },
        "",
    );
}

#[test]
fn both_move_steps() {
    let first: Change = |draft| shift(draft, "d", 0);
    clean("the same", first, first, "d a b c");
    check("elsewhere", first, |draft| shift(draft, "d", 1), &["move of d"], "d a b c", "a d b c");
    clean("others", |draft| shift(draft, "a", 3), first, "d b c a");
    clean(
        "two of them alike",
        |draft| {
            shift(draft, "c", 0);
            shift(draft, "d", 0);
        },
        |draft| {
            shift(draft, "d", 0);
            shift(draft, "c", 1);
        },
        "d c a b",
    );
}

#[test]
fn a_step_that_is_moved_goes_where_it_is_removed_and_keeps_what_is_written() {
    let first: Change = |draft| shift(draft, "d", 0);
    clean("move/remove", first, |draft| remove(draft, "d"), "a b c");
    clean("remove/move", |draft| remove(draft, "d"), first, "a b c");
    clean("move/edit", first, |draft| say(draft, "d", "New."), "d* a b c");
    clean("move/remove of the step before", first, |draft| remove(draft, "c"), "d a b");
}

#[test]
fn both_add_steps() {
    clean("at one place, production's first", |draft| add(draft, "x", 2), |draft| add(draft, "y", 2), "a b y x c d");
    clean("at two places", |draft| add(draft, "x", 1), |draft| add(draft, "y", 3), "a x b c y d");
    clean("at the end", |draft| add(draft, "x", 4), |draft| add(draft, "y", 4), "a b c d y x");
    clean("at the beginning", |draft| add(draft, "x", 0), |draft| add(draft, "y", 0), "y>- x>- a b c d");
    clean(
        "two in a row",
        |draft| {
            add(draft, "x", 2);
            add(draft, "z", 3);
        },
        |draft| add(draft, "y", 2),
        "a b y x z c d",
    );
    clean("behind one that is removed", |draft| remove(draft, "b"), |draft| add(draft, "y", 2), "a y c d");
}

#[test]
fn a_step_with_the_same_id_is_added_twice() {
    clean("the same", |draft| add(draft, "x", 2), |draft| add(draft, "x", 2), "a b x c d");
    check(
        "another",
        |draft| add(draft, "x", 2),
        |draft| {
            add(draft, "x", 2);
            rename(draft, "x", "Y");
            say(draft, "x", "First of x.\n\nOther.\n");
        },
        &["title of x", "content_for_user 0 of x"],
        "a b x c d",
        "a b x(Y)* c d",
    );
}

#[test]
fn one_duplicates_a_step_that_the_other_edits() {
    clean("duplicate/edit", |draft| duplicate(draft, "b", "x", 2), |draft| rename(draft, "b", "B"), "a b(B) x(b)* c d");
    clean(
        "both duplicate",
        |draft| duplicate(draft, "b", "x", 2),
        |draft| duplicate(draft, "b", "y", 2),
        "a b y(b)* x(b)* c d",
    );
    clean("duplicate/remove", |draft| duplicate(draft, "b", "x", 2), |draft| remove(draft, "b"), "a x(b)* c d");
}

#[test]
fn one_reorders_while_the_other_adds() {
    clean("behind the moved step", |draft| shift(draft, "d", 0), |draft| add(draft, "y", 4), "d a b c y");
    clean("before it", |draft| shift(draft, "d", 0), |draft| add(draft, "y", 3), "d a b c y");
    clean("elsewhere", |draft| shift(draft, "d", 0), |draft| add(draft, "y", 1), "d a y b c");
}

#[test]
fn both_rename_a_step() {
    let to_b: Change = |draft| rename(draft, "b", "B");
    check("rename/rename", to_b, |draft| rename(draft, "b", "Bee"), &["title of b"], "a b(B) c d", "a b(Bee) c d");
    clean("alike", to_b, to_b, "a b(B) c d");
    clean("others", to_b, |draft| rename(draft, "c", "C"), "a b(B) c(C) d");
}

#[test]
fn links_that_somebody_set_are_kept_and_those_to_the_step_that_follows_stay_so() {
    let jump: Change = |draft| link(draft, "a", Some("c"));
    check("to a removed step", jump, |draft| remove(draft, "c"), &["step c"], "a>c b c d", "a>d b d");
    check("elsewhere", jump, |draft| link(draft, "a", Some("d")), &["link of a"], "a>c b c d", "a>d b c d");
    clean("alike", jump, jump, "a>c b c d");
    clean("link/add between", jump, |draft| add(draft, "y", 1), "a>c y b c d");
    clean("no link/move", |draft| link(draft, "b", None), |draft| shift(draft, "d", 0), "d a b>- c");
    clean("link/remove of the step that followed", jump, |draft| remove(draft, "b"), "a c d");
}

#[test]
fn both_edit_one_step() {
    clean(
        "other fields",
        |draft| say(draft, "b", "New."),
        |draft| {
            write(draft, "b", Field::OperationsForAgent, "Run it.");
            rename(draft, "b", "B");
        },
        "a b(B)* c d",
    );
    clean(
        "other paragraphs",
        |draft| say(draft, "b", "New.\n\nLast of b.\n"),
        |draft| {
            say(draft, "b", "First of b.\n\nNew.\n");
        },
        "a b* c d",
    );
    check(
        "the same words",
        |draft| say(draft, "b", "Mine.\n\nLast of b.\n"),
        |draft| {
            say(draft, "b", "Theirs.\n\nLast of b.\n");
        },
        &["content_for_user 0 of b"],
        "a b* c d",
        "a b* c d",
    );
}

#[test]
fn content_of_an_unknown_version_is_taken_whole_or_not_at_all() {
    let unknown = |text: &str| ContentFields::from_json(&FreeJson::parse(text).expect("valid"));
    let mut base = base(&["a"]);
    base.steps[0].content_fields = unknown(r#"{"version":"v2","blocks":[1]}"#);
    let with = |text: &str| {
        let mut side = base.clone();
        side.steps[0].content_fields = unknown(text);
        side
    };
    let (mine, theirs) = (with(r#"{"version":"v2","blocks":[2]}"#), with(r#"{"version":"v2","blocks":[1],"more":1}"#));
    let merge = walkthroughs(Some(&base), &mine, &theirs);
    assert_eq!(places(&merge), ["content of a"]);
    assert_eq!(all(&merge, &Take::Theirs), theirs);
    assert!(walkthroughs(Some(&base), &base, &theirs).conflicts.is_empty());
}

#[test]
fn without_a_base_everything_that_differs_is_a_conflict() {
    let mine = base(&["a", "b", "c"]);
    let mut theirs = base(&["c", "a", "d"]);
    theirs.steps[1].title = "A".to_owned();
    theirs.tags = vec!["x".to_owned()];
    let merge = walkthroughs(None, &mine, &theirs);
    let mut found = places(&merge);
    found.sort();
    assert_eq!(found, ["move of a", "step b", "step d", "tags", "title of a"]);
    assert_eq!(story(&all(&merge, &Take::Mine)), story(&mine));
    assert_eq!(story(&all(&merge, &Take::Theirs)), story(&theirs));
    assert!(walkthroughs(None, &mine, &mine).conflicts.is_empty());
}
