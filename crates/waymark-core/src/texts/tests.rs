//! Each text is read, named and written back alone.

use super::*;
use crate::{
    edit::{self, Draft},
    walkthrough::WalkthroughType,
};

const QUIZ: &str = r#"{"big":12345678901234567890,"waymark":{"section":"Set up","quiz":{"id":"basics","own":1,"questions":[
    {"id":"q_1","kind":"single_choice","prompt":"Which?","points":2,"explanation":"Because.","options":[
        {"id":"o_1","text":"This","correct":true},{"id":"o_2","text":"That","correct":false,"why":"no"}]},
    {"id":"q_2","kind":"short_text","prompt":"What?","points":1,"accepted":["helm"],"case_sensitive":false},
    {"id":"q_3","kind":"true_false","prompt":"So?","points":1,"answer":true}]}}}"#;

fn draft() -> Draft {
    let step = Step { metadata: Some(FreeJson::parse(QUIZ).expect("JSON")), ..Step::new("wts_1", "Install") };
    let certificate = r#"{"waymark":{"certificate":{"enabled":true,"title":"Well done","body":"{learner}"}},"a":1}"#;
    let walkthrough = Walkthrough {
        description: Some("About".to_owned()),
        metadata: Some(FreeJson::parse(certificate).expect("JSON")),
        steps: vec![step],
        ..Walkthrough::new("wt_1", "Tour", WalkthroughType::Course)
    };
    Draft { walkthrough, trashed_at: None }
}

fn all(draft: &Draft) -> Vec<(Option<StepId>, Slot, String)> {
    let own = of_walkthrough(&draft.walkthrough).into_iter().map(|(slot, text)| (None, slot, text.into_owned()));
    let of_steps = draft.walkthrough.steps.iter().flat_map(|step| {
        of_step(step).into_iter().map(|(slot, text)| (Some(step.id.clone()), slot, text.into_owned()))
    });
    own.chain(of_steps).collect()
}

#[test]
fn every_text_is_read_in_the_order_of_the_editor() {
    let texts: Vec<String> =
        all(&draft()).into_iter().map(|(_, slot, text)| format!("{}: {text}", slot.label())).collect();
    assert_eq!(
        texts,
        [
            "title: Tour",
            "description: About",
            "certificate's title: Well done",
            "certificate's text: {learner}",
            "title: Install",
            "section's name: Set up",
            "text of question 1: Which?",
            "answer 1 of question 1: This",
            "answer 2 of question 1: That",
            "explanation of question 1: Because.",
            "text of question 2: What?",
            "answer 1 of question 2: helm",
            "text of question 3: So?",
        ]
    );
}

#[test]
fn each_text_is_written_alone_and_taken_back_to_the_letter() {
    let original = draft();
    let texts = all(&original);
    for (index, (step, slot, _)) in texts.iter().enumerate() {
        let mut changed = original.clone();
        let edits = put(&original.walkthrough, step.as_ref(), &[(*slot, "New".to_owned())]);
        let inverse = edit::apply(&mut changed, &Edit::Batch { edits }).expect("it applies");
        let expected: Vec<String> = texts
            .iter()
            .enumerate()
            .map(|(other, (.., text))| if other == index { "New".to_owned() } else { text.clone() })
            .collect();
        assert_eq!(all(&changed).into_iter().map(|(.., text)| text).collect::<Vec<_>>(), expected, "{slot:?}");
        edit::apply(&mut changed, &inverse).expect("it is taken back");
        assert_eq!(changed, original);
    }
}

#[test]
fn what_is_kept_in_one_metadata_is_one_edit_and_the_rest_of_it_stays() {
    let original = draft();
    let texts = [(Slot::Section, "Begin".to_owned()), (Slot::Prompt { question: 1 }, "Why?".to_owned())];
    let edits = put(&original.walkthrough, Some(&"wts_1".into()), &texts);
    let [Edit::SetStepMetadata { metadata: Some(metadata), .. }] = edits.as_slice() else {
        panic!("one edit: {edits:?}");
    };
    for kept in ["12345678901234567890", "\"why\":\"no\"", "\"own\":1", "\"Begin\"", "Why?", "\"basics\""] {
        assert!(metadata.as_str().contains(kept), "{kept}: {}", metadata.as_str());
    }
    assert_eq!(put(&original.walkthrough, Some(&"wts_1".into()), &[]), []);
    assert_eq!(put(&original.walkthrough, Some(&"wts_9".into()), &texts), []);
}

#[test]
fn a_text_that_could_not_be_saved_is_refused() {
    let step = Step::new("wts_1", "Install");
    for (slot, text) in [
        (Slot::Section, " ".to_owned()),
        (Slot::Prompt { question: 0 }, "a\0".to_owned()),
        (Slot::CertificateBody, "x".repeat(certificate::BODY_MAX + 1)),
        (Slot::Title, String::new()),
    ] {
        assert!(check(Some(&step), slot, &text).is_err(), "{slot:?}");
    }
    assert!(check(None, Slot::Explanation { question: 0 }, "").is_ok());
}
