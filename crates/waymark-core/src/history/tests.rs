//! Comparing, restoring and keeping, as tables.

use super::{
    keeping::{AUTOMATIC_MAX, AUTOMATIC_MAX_BYTES, Moment, Occasion, is_due, thin},
    restore::{RestoreOnly, RestorePart},
    *,
};
use crate::{
    content::{ContentFields, Field, FieldsV1},
    edit::{self, Draft},
    error::Code,
    json::FreeJson,
    publish::DiffKind,
    walkthrough::{Millis, Step, WalkthroughStatus, WalkthroughType},
};

const HOUR: i64 = 60 * 60_000;
const DAY: i64 = 24 * HOUR;

fn step(id: &str, order: i32, next: Option<&str>) -> Step {
    let fields = FieldsV1 {
        introduction_for_agent: Some(format!("Goal of {id}.")),
        content_for_user: Some(format!("Text of {id}.\nSecond line.\n")),
        ..FieldsV1::default()
    };
    Step {
        id: id.into(),
        title: format!("Step {id}"),
        content_fields: ContentFields::V1(fields),
        display_order: order,
        next_step_id: next.map(Into::into),
        created_at: Some(Millis(5)),
        updated_at: Some(Millis(6)),
        metadata: None,
    }
}

fn walkthrough() -> Walkthrough {
    Walkthrough {
        id: "wt_1".into(),
        title: "Title".into(),
        description: Some("About.".into()),
        kind: WalkthroughType::Course,
        status: WalkthroughStatus::Draft,
        created_at: Some(Millis(1)),
        updated_at: Some(Millis(2)),
        estimated_duration_minutes: Some(5),
        tags: vec!["one".into()],
        metadata: FreeJson::parse(r#"{"theirs":1}"#).ok(),
        steps: vec![step("a", 1, Some("b")), step("b", 2, Some("c")), step("c", 3, None)],
        assignments: Vec::new(),
    }
}

fn with(edits: Vec<edit::Edit>) -> Draft {
    let mut draft = Draft { walkthrough: walkthrough(), trashed_at: None };
    edit::apply(&mut draft, &edit::Edit::Batch { edits }).expect("it applies");
    draft
}

fn set(step: &str, field: Field, text: &str) -> edit::Edit {
    edit::Edit::SetField { step: step.into(), field, text: Some(text.to_owned()) }
}

/// Restores a part of the original after these edits; undoing that gives the edited draft back.
fn restored(edits: Vec<edit::Edit>, part: &RestorePart) -> Walkthrough {
    let edited = with(edits);
    let edit = restore::edit(&walkthrough(), &edited.walkthrough, part).expect("it can be restored");
    let mut draft = edited.clone();
    let inverse = edit::apply(&mut draft, &edit).expect("it applies");
    let result = draft.walkthrough.clone();
    edit::apply(&mut draft, &inverse).expect("its inverse applies");
    assert_eq!(draft, edited, "{part:?}");
    result
}

#[test]
fn a_comparison_names_what_changed_and_shows_it_as_an_agent_reads_it() {
    let edits = vec![
        edit::Edit::SetTitle { title: "New".into() },
        set("a", Field::ContentForUser, "Text of a.\nAnother line.\n"),
        edit::Edit::RemoveStep { step: "c".into() },
        edit::Edit::SetStepMetadata { step: "b".into(), metadata: FreeJson::parse("{}").ok() },
    ];
    let found = compare(&walkthrough(), &with(edits).walkthrough, None, &Default::default()).expect("it renders");
    assert_eq!(found.details.len(), 1);
    let ids: Vec<&str> = found.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    let agent = found.steps[0].agent.as_ref().expect("its text changed");
    let changed: Vec<_> = agent.iter().filter(|line| line.kind == DiffKind::Added).collect();
    assert!(changed.iter().any(|line| line.text == "Another line." && line.field == Some(Field::ContentForUser)));
    assert!(changed.iter().any(|line| line.text == "Step 1 of 2: Step a" && line.field.is_none()));
    assert!(found.steps[1].metadata.is_some() && found.steps[1].agent.is_none());
    assert!(found.steps[2].is_removed);
    let same = compare(&walkthrough(), &walkthrough(), None, &Default::default()).expect("it renders");
    assert!(same.details.is_empty() && same.steps.is_empty() && same.assignments.is_empty());
}

#[test]
fn of_too_many_steps_each_says_that_the_agents_text_was_left_out_and_one_alone_has_it() {
    let before =
        Walkthrough { steps: (0..101).map(|at| step(&format!("s{at}"), at + 1, None)).collect(), ..walkthrough() };
    let mut after = before.clone();
    after.steps.iter_mut().for_each(|step| step.title.push('!'));
    after.title = "New".to_owned();
    let found = compare(&before, &after, None, &Default::default()).expect("it renders");
    assert_eq!(found.steps.len(), 101);
    assert!(found.steps.iter().all(|step| step.is_agent_left_out && step.agent.is_none()));
    let one = compare(&before, &after, Some(&"s70".into()), &Default::default()).expect("it renders");
    assert!(one.details.is_empty() && one.assignments.is_empty());
    let [step] = &one.steps[..] else { panic!("{:?}", one.steps) };
    let lines = step.agent.as_ref().expect("it was asked for");
    assert!(lines.iter().any(|line| line.kind == DiffKind::Added && line.text == "Step 71 of 101: Step s70!"));
    assert!(!step.is_agent_left_out);
}

#[test]
fn all_of_it_comes_back_but_for_what_production_says() {
    let edits = vec![
        edit::Edit::SetTitle { title: "New".into() },
        edit::Edit::SetStatus { status: WalkthroughStatus::Published },
        edit::Edit::SetMetadata { metadata: FreeJson::parse(r#"{"waymark":{"revision":4}}"#).ok() },
        edit::Edit::MoveStep { step: "c".into(), to: 0 },
        edit::Edit::RemoveStep { step: "b".into() },
    ];
    let result = restored(edits, &RestorePart::All);
    assert_eq!(result.status, WalkthroughStatus::Published);
    assert_eq!(result.metadata, FreeJson::parse(r#"{"theirs":1,"waymark":{"revision":4}}"#).ok());
    let expected = Walkthrough { status: result.status, metadata: result.metadata.clone(), ..walkthrough() };
    assert_eq!(result, expected);
}

#[test]
fn a_part_comes_back_and_the_rest_stays() {
    let edits = || {
        vec![
            set("a", Field::ContentForUser, "x"),
            set("a", Field::ContextForAgent, "y"),
            edit::Edit::RenameStep { step: "a".into(), title: "z".into() },
            edit::Edit::SetTags { tags: Vec::new() },
            edit::Edit::MoveStep { step: "a".into(), to: 2 },
        ]
    };
    let text = |walkthrough: &Walkthrough, field| {
        walkthrough.step(&"a".into()).and_then(|a| a.content_fields.text(field).map(str::to_owned))
    };
    let field = restored(edits(), &RestorePart::Field { step: "a".into(), field: Field::ContentForUser });
    assert_eq!(text(&field, Field::ContentForUser).as_deref(), Some("Text of a.\nSecond line.\n"));
    assert_eq!(text(&field, Field::ContextForAgent).as_deref(), Some("y"));
    let step = restored(edits(), &RestorePart::Step { step: "a".into() });
    assert_eq!(
        step.step(&"a".into()).map(|a| (&a.title, &a.content_fields)),
        walkthrough().step(&"a".into()).map(|a| (&a.title, &a.content_fields))
    );
    assert_eq!(step.steps[2].id.as_str(), "a", "where it stands is not part of it");
    assert!(step.tags.is_empty());
    let tags = restored(edits(), &RestorePart::Detail { name: "tags".into() });
    assert_eq!(tags.tags, walkthrough().tags);
    assert_eq!(text(&tags, Field::ContextForAgent).as_deref(), Some("y"));
}

#[test]
fn a_step_that_is_gone_comes_back_where_it_stood_and_a_new_one_goes() {
    for gone in ["a", "b", "c"] {
        let back =
            restored(vec![edit::Edit::RemoveStep { step: gone.into() }], &RestorePart::Step { step: gone.into() });
        let order = |walkthrough: &Walkthrough| {
            walkthrough.steps.iter().map(|step| (step.id.clone(), step.next_step_id.clone())).collect::<Vec<_>>()
        };
        assert_eq!(order(&back), order(&walkthrough()), "{gone}");
    }
    let new = edit::Edit::AddStep { step: Box::new(step("d", 0, None)), at: 1 };
    assert_eq!(restored(vec![new], &RestorePart::Step { step: "d".into() }), walkthrough());
}

#[test]
fn one_kind_of_thing_comes_back_alone_in_a_step_or_in_all() {
    let metadata = |json: &str| FreeJson::parse(json).ok();
    let edits = || {
        vec![
            edit::Edit::SetTitle { title: "Other".into() },
            edit::Edit::RenameStep { step: "a".into(), title: "A".into() },
            edit::Edit::RenameStep { step: "b".into(), title: "B".into() },
            edit::Edit::SetLink { step: "a".into(), next: Some("c".into()) },
            edit::Edit::SetLink { step: "b".into(), next: None },
            edit::Edit::SetStepMetadata {
                step: "a".into(),
                metadata: metadata(r#"{"theirs":2,"waymark":{"section":"Late","quiz":{"questions":[]}}}"#),
            },
        ]
    };
    let only = |only: RestoreOnly, step: Option<&str>| {
        restored(edits(), &RestorePart::Only { only, step: step.map(Into::into) })
    };
    let titles = |walkthrough: &Walkthrough| {
        walkthrough.steps.iter().map(|step| step.title.clone()).collect::<Vec<_>>().join(" ")
    };
    let links = |walkthrough: &Walkthrough| {
        let next = |step: &Step| step.next_step_id.as_ref().map_or("-".to_owned(), ToString::to_string);
        walkthrough.steps.iter().map(next).collect::<String>()
    };
    let own = |walkthrough: &Walkthrough| {
        walkthrough.steps[0].metadata.as_ref().map_or(String::new(), |json| json.as_str().to_owned())
    };
    let title = only(RestoreOnly::Title, None);
    assert_eq!((title.title.as_str(), titles(&title).as_str()), ("Title", "A B Step c"));
    assert_eq!(titles(&only(RestoreOnly::Title, Some("b"))), "A Step b Step c");
    let all = only(RestoreOnly::Links, None);
    assert_eq!((links(&all).as_str(), titles(&all).as_str()), ("bc-", "A B Step c"));
    assert_eq!(links(&only(RestoreOnly::Links, Some("a"))), "b--");
    assert_eq!(own(&only(RestoreOnly::Quiz, None)), r#"{"theirs":2,"waymark":{"section":"Late"}}"#);
    assert_eq!(own(&only(RestoreOnly::Sections, Some("a"))), r#"{"theirs":2,"waymark":{"quiz":{"questions":[]}}}"#);
    let gone = edit::Edit::RemoveStep { step: "b".into() };
    let kept = restored(vec![gone], &RestorePart::Only { only: RestoreOnly::Links, step: None });
    assert_eq!(links(&kept), "c-", "a link to a step that is gone stays as it is");
    assert_eq!("flow".parse::<RestoreOnly>().expect_err("no such").code, Code::InvalidInput);
}

#[test]
fn what_cannot_be_restored_is_said() {
    let cases = [
        (RestorePart::Step { step: "nowhere".into() }, Code::NotFound),
        (RestorePart::Field { step: "nowhere".into(), field: Field::ContentForUser }, Code::NotFound),
        (RestorePart::Detail { name: "status".into() }, Code::InvalidInput),
    ];
    for (part, code) in cases {
        assert_eq!(restore::edit(&walkthrough(), &walkthrough(), &part).expect_err("refused").code, code, "{part:?}");
    }
    let gone = with(vec![edit::Edit::RemoveStep { step: "a".into() }]);
    let part = RestorePart::Field { step: "a".into(), field: Field::ContentForUser };
    assert_eq!(restore::edit(&walkthrough(), &gone.walkthrough, &part).expect_err("gone").code, Code::NotFound);
    let mut unknown = walkthrough();
    unknown.steps[0].content_fields = ContentFields::from_json(&FreeJson::of("?"));
    assert_eq!(restore::edit(&unknown, &walkthrough(), &part).expect_err("unknown").code, Code::Refused);
    assert_eq!(restore::edit(&walkthrough(), &unknown, &part).expect_err("unknown").code, Code::Refused);
}

#[test]
fn a_moment_is_kept_at_first_after_a_pause_and_every_hour() {
    let minutes = |minutes: i64| Millis(minutes * 60_000);
    for (last_change, last_kept, now, expected) in [
        (0, None, 1, Some(Occasion::First)),
        (10, Some(0), 12, None),
        (10, Some(0), 39, None),
        (10, Some(0), 40, Some(Occasion::Pause)),
        (59, Some(0), 60, Some(Occasion::Working)),
        (120, Some(120), 121, None),
    ] {
        assert_eq!(is_due(minutes(last_change), last_kept.map(minutes), minutes(now)), expected, "{now}");
    }
}

#[test]
fn what_was_kept_by_itself_thins_out_and_the_rest_stays() {
    let now = Millis(1_000 * DAY);
    let every_hour = |is_automatic| {
        (0..24 * 600).map(move |hours| Moment { at: Millis(now.0 - hours * HOUR), is_automatic, bytes: 0 })
    };
    let count = |moments: Vec<Moment>| thin(&moments, now).iter().filter(|stays| **stays).count();
    assert_eq!(count(every_hour(false).collect()), 24 * 600);
    // A day of hours, 29 days, 48 weeks, some stretches of four weeks.
    let kept = count(every_hour(true).collect());
    assert!((24 + 29 + 40..=AUTOMATIC_MAX).contains(&kept), "{kept}");
    let every_minute =
        (0..1_000).map(|minutes| Moment { at: Millis(now.0 - minutes * 60_000), is_automatic: true, bytes: 0 });
    assert_eq!(count(every_minute.collect()), AUTOMATIC_MAX);
}

#[test]
fn moments_of_much_text_are_kept_up_to_a_bound_and_what_somebody_asked_for_does_not_count() {
    let now = Millis(1_000 * DAY);
    let moment =
        |minutes: i64, is_automatic, bytes| Moment { at: Millis(now.0 - minutes * 60_000), is_automatic, bytes };
    let third = AUTOMATIC_MAX_BYTES / 3;
    let moments = [
        moment(0, false, 9 * third),
        moment(1, true, third),
        moment(2, true, third),
        moment(3, false, 9 * third),
        moment(4, true, third),
        moment(5, true, third),
        moment(6, false, 0),
    ];
    assert_eq!(thin(&moments, now), [true, true, true, true, true, false, true]);
    assert_eq!(thin(&[moment(0, true, 9 * third), moment(1, true, 0)], now), [true, false], "the newest stays");
}

#[test]
fn thinning_again_later_never_needs_what_is_gone() {
    let mut moments: Vec<Moment> = Vec::new();
    for hour in 0..24 * 90 {
        let now = Millis(1_000 * DAY + hour * HOUR);
        moments.insert(0, Moment { at: now, is_automatic: true, bytes: 0 });
        let stays = thin(&moments, now);
        let mut index = 0;
        moments.retain(|_| {
            index += 1;
            stays[index - 1]
        });
    }
    let oldest = moments.last().map(|moment| (1_000 * DAY + 24 * 90 * HOUR - moment.at.0) / DAY);
    assert!(oldest >= Some(80), "{oldest:?}");
    assert!((24 + 29 + 7..=24 + 32 + 11).contains(&moments.len()), "{}", moments.len());
}
