//! Details, metadata, servers and texts; and answers.

use super::{
    tests::{all, base, changed, places, write},
    *,
};
use crate::{
    error::Code,
    json::FreeJson,
    walkthrough::{Assignment, WalkthroughStatus, WalkthroughType},
};

fn json(text: &str) -> Option<FreeJson> {
    Some(FreeJson::parse(text).expect("valid"))
}

fn with(base: &Walkthrough, change: impl Fn(&mut Walkthrough)) -> Walkthrough {
    let mut side = base.clone();
    change(&mut side);
    side
}

/// The metadata of both joined, and where they are in conflict.
fn metadata(base: &str, mine: &str, theirs: &str) -> (String, Vec<String>) {
    let [base, mine, theirs] =
        [base, mine, theirs].map(|text| with(&self::base(&[]), |side| side.metadata = json(text)));
    let merge = walkthroughs(Some(&base), &mine, &theirs);
    (merge.merged.metadata.as_ref().map_or("none", FreeJson::as_str).to_owned(), places(&merge))
}

#[test]
fn metadata_is_merged_key_by_key_and_our_revision_is_productions() {
    for (base, mine, theirs, expected, conflicts) in [
        (r#"{"a":1,"b":1}"#, r#"{"a":2,"b":1}"#, r#"{"a":1,"b":2}"#, r#"{"a":2,"b":2}"#, &[][..]),
        (r#"{"a":1}"#, r#"{"a":1,"x":1}"#, r#"{"y":1}"#, r#"{"y":1,"x":1}"#, &[]),
        (r#"{"a":1}"#, r#"{"a":2}"#, r#"{"a":3}"#, r#"{"a":2}"#, &["metadata a"]),
        (r#"{"a":1}"#, r#"{"a":1.0,"b":2}"#, r#"{"a":1,"c":2}"#, r#"{"a":1.0,"c":2,"b":2}"#, &[]),
        (
            r#"{"waymark":{"revision":1,"order":"x"}}"#,
            r#"{"waymark":{"revision":1,"order":"y"}}"#,
            r#"{"waymark":{"revision":2,"content_hash":"h","order":"x","certificate":1}}"#,
            r#"{"waymark":{"order":"y","certificate":1,"revision":2,"content_hash":"h"}}"#,
            &[],
        ),
        (
            r#"{"waymark":{"revision":1}}"#,
            r#"{"waymark":{"revision":1,"order":"y"}}"#,
            r#"{"waymark":{"revision":2,"order":"z"}}"#,
            r#"{"waymark":{"order":"y","revision":2}}"#,
            &["metadata waymark.order"],
        ),
        ("[1]", "[2]", "[3]", "[2]", &["metadata "]),
        ("null", r#"{"a":1}"#, r#"{"b":12345678901234567890}"#, r#"{"b":12345678901234567890,"a":1}"#, &[]),
        (
            r#"{"waymark":{"revision":1}}"#,
            r#"{"waymark":{"revision":7}}"#,
            r#"{"waymark":{"revision":2}}"#,
            r#"{"waymark":{"revision":7}}"#,
            &[],
        ),
    ] {
        let (merged, found) = metadata(base, mine, theirs);
        assert_eq!(
            (merged.as_str(), found),
            (expected, conflicts.iter().map(|place| (*place).to_owned()).collect()),
            "{base}"
        );
    }
}

#[test]
fn tags_are_a_set_and_other_details_are_taken_from_who_changed_them() {
    let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
    let base = with(&base(&[]), |side| side.tags = tags(&["a", "b", "c"]));
    let mine = with(&base, |side| {
        side.tags = tags(&["a", "c", "mine"]);
        side.kind = WalkthroughType::Installer;
        side.description = Some("What it is.".to_owned());
    });
    let theirs = with(&base, |side| {
        side.tags = tags(&["theirs", "a", "b"]);
        side.estimated_duration_minutes = Some(5);
        side.title = "Theirs".to_owned();
        side.status = WalkthroughStatus::Archived;
    });
    let Merge { merged, conflicts, .. } = walkthroughs(Some(&base), &mine, &theirs);
    assert!(conflicts.is_empty(), "{conflicts:?}");
    assert_eq!(merged.tags, tags(&["theirs", "a", "mine"]));
    assert_eq!((merged.kind, merged.title.as_str()), (WalkthroughType::Installer, "Theirs"));
    assert_eq!((merged.estimated_duration_minutes, merged.status), (Some(5), WalkthroughStatus::Archived));
    assert_eq!(merged.description.as_deref(), Some("What it is."));
}

#[test]
fn servers_are_merged_one_by_one_and_keep_productions_ids() {
    let assignment = |id: &str, server: &str, order: i32| Assignment {
        id: id.into(),
        server: server.to_owned(),
        display_order: order,
        is_enabled: true,
        created_at: None,
    };
    let base = with(&base(&[]), |side| side.assignments = vec![assignment("1", "api", 1), assignment("2", "docs", 1)]);
    let mine = with(&base, |side| {
        side.assignments = vec![assignment("1", "api", 2), assignment("2", "docs", 3), assignment("m", "new", 1)];
    });
    let theirs = with(&base, |side| {
        side.assignments = vec![assignment("2", "docs", 4), assignment("t", "new", 1), assignment("o", "other", 1)];
    });
    let merge = walkthroughs(Some(&base), &mine, &theirs);
    assert_eq!(places(&merge), ["server api", "server docs"]);
    let words = |text: Option<&str>| text.map(str::to_owned);
    let api = &merge.conflicts[0];
    assert_eq!(
        (&api.base, &api.mine, &api.theirs),
        (&words(Some("order 1, enabled")), &words(Some("order 2, enabled")), &None)
    );
    let story = |side: &Walkthrough| {
        let words =
            side.assignments.iter().map(|known| format!("{} {} {}", known.id, known.server, known.display_order));
        words.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(story(&all(&merge, &Take::Mine)), "1 api 2, 2 docs 3, t new 1, o other 1");
    assert_eq!(story(&all(&merge, &Take::Theirs)), "2 docs 4, t new 1, o other 1");
}

#[test]
fn a_quiz_and_each_other_member_of_a_steps_metadata_are_conflicts_of_their_own() {
    let with_metadata = |text: &str| with(&base(&["a"]), |side| side.steps[0].metadata = json(text));
    let base = with_metadata(r#"{"x":1,"waymark":{"quiz":{"q":1},"section":"s"}}"#);
    let mine = with_metadata(r#"{"x":2,"waymark":{"quiz":{"q":2},"section":"m"}}"#);
    let theirs = with_metadata(r#"{"x":3,"waymark":{"quiz":{"q":3},"section":"s"}}"#);
    let merge = walkthroughs(Some(&base), &mine, &theirs);
    assert_eq!(places(&merge), ["metadata x of a", "quiz of a"]);
    assert!(merge.conflicts[0].can_write && !merge.conflicts[1].can_write);
    let taken = all(&merge, &Take::Theirs).steps[0].metadata.clone();
    assert_eq!(taken, json(r#"{"x":3,"waymark":{"quiz":{"q":3},"section":"m"}}"#));
}

/// A text of three paragraphs in which both changed the first and the last.
fn two_conflicts() -> Merge {
    let base = changed(&base(&["a"]), |draft| write(draft, "a", Field::ContentForUser, "one\n\ntwo\n\nthree\n"));
    let side = |text: &str| changed(&base, |draft| write(draft, "a", Field::ContentForUser, text));
    walkthroughs(Some(&base), &side("I\n\ntwo\n\nIII\n"), &side("1\n\ntwo!\n\n3\n"))
}

fn answer(hunk: u32, take: Take) -> Answer {
    Answer { place: Place::Field { step: "a".into(), field: Field::ContentForUser, hunk }, take }
}

#[test]
fn each_part_of_a_text_is_answered_by_itself_and_by_hand_where_wanted() {
    let merge = two_conflicts();
    assert_eq!(places(&merge), ["content_for_user 0 of a", "content_for_user 1 of a"]);
    assert_eq!((merge.conflicts[0].number, merge.conflicts[0].step_title.as_deref()), (Some(1), Some("a")));
    let answers = [answer(1, Take::Theirs), answer(0, Take::Text("Both\n".to_owned()))];
    let resolved = resolve(&merge, &answers).expect("resolved");
    assert_eq!(resolved.steps[0].content_fields.text(Field::ContentForUser), Some("Both\n\ntwo!\n\n3\n"));
}

#[test]
fn nothing_comes_of_a_merge_while_a_conflict_is_open_or_an_answer_does_not_fit() {
    let merge = two_conflicts();
    let refused = |answers: &[Answer]| resolve(&merge, answers).expect_err("refused");
    let open = refused(&[answer(0, Take::Mine)]);
    assert_eq!((open.code, open.message.as_str()), (Code::Refused, "1 of 2 conflicts is open. Nothing was written."));
    for answers in [
        vec![answer(0, Take::Mine), answer(1, Take::Mine), answer(2, Take::Mine)],
        vec![answer(0, Take::Mine), answer(1, Take::Mine), answer(1, Take::Theirs)],
        vec![answer(0, Take::Mine), answer(1, Take::Text("NUL \0".to_owned()))],
        vec![Answer { place: Place::Title, take: Take::Mine }],
    ] {
        assert_eq!(refused(&answers).code, Code::InvalidInput, "{answers:?}");
    }
}

#[test]
fn a_text_of_ones_own_has_to_fit_where_it_stands() {
    let base = with(&base(&["a"]), |side| side.metadata = json(r#"{"a":1}"#));
    let side = |word: &str| {
        with(&base, |side| {
            side.title = word.to_owned();
            side.steps[0].title = word.to_owned();
            side.description = Some(word.to_owned());
            side.metadata = json(&format!(r#"{{"a":"{word}"}}"#));
            side.kind = if word == "mine" { WalkthroughType::Installer } else { WalkthroughType::Quickstart };
        })
    };
    let merge = walkthroughs(Some(&base), &side("mine"), &side("theirs"));
    let places: Vec<Place> = merge.conflicts.iter().map(|conflict| conflict.place.clone()).collect();
    assert_eq!(places.len(), 5);
    let write = |which: &Place, text: &str| {
        let take = |place: &Place| if place == which { Take::Text(text.to_owned()) } else { Take::Mine };
        let answers: Vec<Answer> =
            places.iter().map(|place| Answer { place: place.clone(), take: take(place) }).collect();
        resolve(&merge, &answers)
    };
    let path = Place::Metadata { path: vec!["a".to_owned()] };
    for (place, text) in [
        (&Place::Title, ""),
        (&Place::StepTitle { step: "a".into() }, ""),
        (&Place::Description { hunk: 0 }, "long".repeat(200).as_str()),
        (&path, "{"),
        (&Place::Type, "course"),
    ] {
        assert_eq!(write(place, text).expect_err("refused").code, Code::InvalidInput, "{place:?}");
    }
    assert_eq!(write(&path, "[1, 2]").expect("resolved").metadata, json(r#"{"a":[1, 2]}"#));
    assert_eq!(write(&path, " ").expect("resolved").metadata, json("{}"));
    assert_eq!(write(&Place::Title, "Both").expect("resolved").title, "Both");
}
