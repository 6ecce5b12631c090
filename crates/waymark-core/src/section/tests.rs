//! Sections as tables: each step is a letter, `A:b` is the step `b` in the section `A`.

use super::*;
use crate::{
    edit::{self, Draft},
    error::Code,
    walkthrough::WalkthroughType,
};

fn draft(steps: &str) -> Draft {
    let ids: Vec<&str> = steps.split_whitespace().map(|word| word.split(':').next_back().expect("a name")).collect();
    let step = |(index, word): (usize, &str)| Step {
        display_order: i32::try_from(index).expect("few") + 1,
        next_step_id: ids.get(index + 1).map(|next| StepId::from(*next)),
        metadata: word
            .split_once(':')
            .map(|(section, _)| FreeJson::parse(&format!(r#"{{"waymark":{{"section":"{section}"}}}}"#)).expect("JSON")),
        ..Step::new(ids[index], format!("Step {}", ids[index]))
    };
    let walkthrough = Walkthrough {
        steps: steps.split_whitespace().enumerate().map(step).collect(),
        ..Walkthrough::new("wt_1", "Tour", WalkthroughType::Course)
    };
    Draft { walkthrough, trashed_at: None }
}

fn shown(draft: &Draft) -> String {
    let word = |step: &Step| match of(step) {
        Some(section) => format!("{section}:{}", step.id),
        None => step.id.to_string(),
    };
    draft.walkthrough.steps.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn ids(steps: &str) -> Vec<StepId> {
    steps.split_whitespace().map(StepId::from).collect()
}

#[track_caller]
fn check(before: &str, steps: &str, to: Target, after: &str) {
    let mut draft = draft(before);
    let original = draft.clone();
    let edit = move_steps(&draft.walkthrough, &ids(steps), &to).expect("they can move");
    let inverse = edit::apply(&mut draft, &edit).expect("it applies");
    assert_eq!(shown(&draft), after, "{to:?}");
    let links: Vec<_> = draft.walkthrough.steps.iter().map(|step| step.next_step_id.clone()).collect();
    let order: Vec<_> =
        draft.walkthrough.steps.iter().skip(1).map(|step| Some(step.id.clone())).chain([None]).collect();
    assert_eq!(links, order, "plain links stay plain");
    edit::apply(&mut draft, &inverse).expect("it is taken back");
    assert_eq!(draft, original);
}

#[test]
fn steps_move_one_place_at_a_time_and_from_section_to_section() {
    check("a b c d", "b c", Target::Up, "b c a d");
    check("a b c d", "b c", Target::Down, "a d b c");
    check("a b c d", "a", Target::Up, "a b c d");
    check("a b c d", "c d", Target::Down, "a b c d");
    check("a b c d", "a c", Target::Down, "b a c d");
    check("a b c d", "b d", Target::Up, "a b d c");
    check("A:a A:b B:c B:d", "c", Target::Up, "A:a A:b A:c B:d");
    check("A:a A:b B:c B:d", "b", Target::Down, "A:a B:b B:c B:d");
    check("A:a A:b B:c B:d", "d", Target::Up, "A:a A:b B:d B:c");
    check("a A:b", "a", Target::Down, "A:a A:b");
    check("a A:b", "b", Target::Up, "a b");
}

#[test]
fn a_section_moves_past_its_neighbor_as_a_whole() {
    check("A:a A:b B:c B:d e", "a b", Target::PastSectionBelow, "B:c B:d A:a A:b e");
    check("A:a A:b B:c B:d e", "c d", Target::PastSectionAbove, "B:c B:d A:a A:b e");
    check("A:a A:b B:c B:d e", "c d", Target::PastSectionBelow, "A:a A:b e B:c B:d");
    check("A:a A:b", "a b", Target::PastSectionAbove, "A:a A:b");
    check("A:a A:b", "a b", Target::PastSectionBelow, "A:a A:b");
}

#[test]
fn steps_take_the_section_of_the_place_where_they_arrive() {
    let to = |at, section: Option<&str>| Target::Place { at, section: section.map(str::to_owned) };
    check("A:a A:b B:c d", "d a", to(1, Some("B")), "A:b B:a B:d B:c");
    check("A:a A:b B:c d", "a", to(3, None), "A:b B:c d a");
    check("A:a A:b", "b", to(9, Some("A")), "A:a A:b");
}

#[test]
fn sections_are_runs_of_neighbors() {
    let runs = sections(&draft("a A:b A:c B:d A:e").walkthrough);
    let told: Vec<_> = runs.iter().map(|run| (run.name.as_deref(), run.steps.len())).collect();
    assert_eq!(told, [(None, 1), (Some("A"), 2), (Some("B"), 1), (Some("A"), 1)]);
}

#[test]
fn a_section_is_given_renamed_and_taken_away_and_the_rest_of_the_metadata_stays() {
    let mut draft = draft("a b c");
    draft.walkthrough.steps[0].metadata = Some(FreeJson::parse(r#"{"big":12345678901234567890}"#).expect("JSON"));
    let edit = set(&draft.walkthrough, &ids("a b"), Some("  Set up ")).expect("a section");
    edit::apply(&mut draft, &edit).expect("it applies");
    assert_eq!(shown(&draft), "Set up:a Set up:b c");
    let metadata = draft.walkthrough.steps[0].metadata.as_ref().map(FreeJson::as_str);
    assert_eq!(metadata, Some(r#"{"big":12345678901234567890,"waymark":{"section":"Set up"}}"#));
    let edit = set(&draft.walkthrough, &ids("a b"), None).expect("none");
    edit::apply(&mut draft, &edit).expect("it applies");
    assert_eq!(
        draft.walkthrough.steps[0].metadata.as_ref().map(FreeJson::as_str),
        Some(r#"{"big":12345678901234567890}"#)
    );
    let again = set(&draft.walkthrough, &ids("a b"), None).expect("none");
    assert_eq!(again, Edit::Batch { edits: Vec::new() }, "what is so already is no edit");
}

#[test]
fn a_section_that_cannot_be_is_refused() {
    let mut draft = draft("a");
    for name in ["", "  ", &"x".repeat(NAME_MAX + 1), "a\0"] {
        assert_eq!(set(&draft.walkthrough, &ids("a"), Some(name)).expect_err("refused").code, Code::InvalidInput);
    }
    assert_eq!(set(&draft.walkthrough, &ids("z"), None).expect_err("refused").code, Code::NotFound);
    draft.walkthrough.steps[0].metadata = Some(FreeJson::parse("[1]").expect("JSON"));
    assert_eq!(set(&draft.walkthrough, &ids("a"), Some("A")).expect_err("refused").code, Code::Refused);
}
