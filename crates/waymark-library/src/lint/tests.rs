//! Mending and silencing, over a real file.

use waymark_core::{content::Field, edit::Edit, error::Code, id::StepId, walkthrough::Walkthrough};

use super::*;
use crate::{
    changes,
    testing::{apply, library, step, walkthrough, without_times},
};

async fn draft(library: &Library) -> Walkthrough {
    let steps = vec![step("wts_1", 1, "a\\nb \u{1F600}\\n\n```\nc\n```\n"), step("wts_2", 2, "d\\ne TODO")];
    let opened = drafts::insert(library, walkthrough("wt_1", "One", steps), "test").await.expect("it is added");
    opened.draft.walkthrough
}

fn fix_of(rule: Option<&str>, step: Option<&str>) -> FixFindings {
    let selection =
        FixSelection { rule: rule.map(str::to_owned), step: step.map(StepId::from), field: None, part: None };
    FixFindings { walkthrough: "wt_1".into(), selection }
}

fn silence_of(rule: &str, reason: Option<&str>) -> SilenceFindings {
    let (rule, reason) = (rule.to_owned(), reason.map(str::to_owned));
    SilenceFindings {
        walkthrough: "wt_1".into(),
        silence: SilenceRule { rule, step: None, field: None, part: None, reason },
    }
}

async fn rules(library: &Library) -> Vec<String> {
    let report = report(library, &"wt_1".into()).await.expect("a report");
    let mut rules: Vec<_> = report.findings.into_iter().map(|finding| finding.rule).collect();
    rules.sort();
    rules.dedup();
    rules
}

#[tokio::test]
async fn all_of_one_kind_are_fixed_by_one_edit_that_one_undo_takes_back() {
    let (library, _dir) = library().await;
    let before = draft(&library).await;
    let fixed = fix(&library, fix_of(Some("L023"), None), "test").await.expect("it applies").expect("something to fix");
    let text = |at: usize| fixed.draft.walkthrough.steps[at].content_fields.text(Field::ContentForUser);
    assert_eq!((text(0), text(1)), (Some("a\nb \u{1F600}\n\n```\nc\n```\n"), Some("d\ne TODO")));
    assert!(fix(&library, fix_of(Some("L023"), None), "test").await.expect("a look").is_none(), "nothing is left");
    let undone = edits::undo(&library, &"wt_1".into(), "test").await.expect("one undo");
    assert_eq!(without_times(&undone.draft).walkthrough.steps[0].content_fields, before.steps[0].content_fields);
    assert_eq!(without_times(&undone.draft).walkthrough.steps[1].content_fields, before.steps[1].content_fields);
}

#[tokio::test]
async fn a_fix_keeps_to_what_was_selected() {
    let (library, _dir) = library().await;
    let before = draft(&library).await;
    let fixed = fix(&library, fix_of(Some("L023"), Some("wts_2")), "test").await.expect("it applies").expect("a fix");
    assert_eq!(fixed.draft.walkthrough.steps[0].content_fields, before.steps[0].content_fields);
    assert_ne!(fixed.draft.walkthrough.steps[1].content_fields, before.steps[1].content_fields);
    fix(&library, fix_of(None, None), "test").await.expect("it applies").expect("the rest");
    assert_eq!(rules(&library).await, ["L015", "L029"].map(str::to_owned), "what needs a person stays");
}

#[tokio::test]
async fn a_silenced_finding_counts_no_more_until_it_may_speak_again() {
    let (library, _dir) = library().await;
    draft(&library).await;
    let problems = async || drafts::summary(&library, &"wt_1".into()).await.expect("a summary").problems;
    let at_first = problems().await;
    silence(&library, silence_of("L029", Some("The file is called so.")), "test").await.expect("it is silenced");
    assert_eq!(problems().await, at_first - 1);
    let report = report(&library, &"wt_1".into()).await.expect("a report");
    let said = report.silenced[0].silenced.as_ref().map(|said| said.reason.as_str());
    assert_eq!(said, Some("The file is called so."));
    let spoken = silence(&library, silence_of("L029", None), "test").await.expect("it speaks again");
    assert!(
        !spoken.draft.walkthrough.metadata.expect("theirs").as_str().contains("silenced"),
        "nothing is left behind"
    );
    assert_eq!(problems().await, at_first);
    let refused = silence(&library, silence_of("L999", Some("x")), "test").await.expect_err("an unknown rule");
    assert_eq!(refused.code, Code::InvalidInput);
}

#[tokio::test]
async fn a_draft_has_words_of_its_own_and_one_undo_takes_the_last_choice_back() {
    use waymark_core::lint::own::{OwnChoice, choices};

    let (library, _dir) = library().await;
    draft(&library).await;
    let word = |word: &str| words::AddWord { word: word.to_owned(), walkthrough: Some("wt_1".into()) };
    words::add_word(&library, word("acmectl"), "test").await.expect("it is added").expect("a draft");
    let budget = own::MakeOwnChoice { walkthrough: "wt_1".into(), choice: OwnChoice::TokenBudget(Some(300)) };
    let chosen = own::choose(&library, budget, "test").await.expect("it is chosen");
    let said = choices(&chosen.draft.walkthrough);
    assert_eq!((said.words, said.token_budget), (vec!["acmectl".to_owned()], Some(300)));
    let undone = edits::undo(&library, &"wt_1".into(), "test").await.expect("one undo");
    let said = choices(&undone.draft.walkthrough);
    assert_eq!((said.words, said.token_budget), (vec!["acmectl".to_owned()], None));
}

#[tokio::test]
async fn another_tokenizer_counts_budgets_anew_and_everybody_hears_of_it() {
    use waymark_core::{lint::own::OwnChoice, tokens::Encoding};
    use words::{ChangeLintSettings, change_settings, settings};

    let (library, _dir) = library().await;
    draft(&library).await;
    let chinese =
        Edit::SetField {
            step: "wts_1".into(), field: Field::ContentForUser, text: Some("今天天气怎么样".repeat(20))
        };
    apply(&library, &"wt_1".into(), chinese).await.expect("a text");
    let budget = own::MakeOwnChoice { walkthrough: "wt_1".into(), choice: OwnChoice::FieldTokenBudget(Some(120)) };
    own::choose(&library, budget, "test").await.expect("it is chosen");
    let problems = async || drafts::summary(&library, &"wt_1".into()).await.expect("a summary").problems;
    let (at_first, seq) = (problems().await, changes::latest(&library).await.expect("a number"));
    let older = ChangeLintSettings { tokenizer: Some(Encoding::Cl100k), ..ChangeLintSettings::default() };
    change_settings(&library, older, "test").await.expect("it is chosen");
    assert_eq!(settings(&library).await.expect("the settings").tokenizer, Encoding::Cl100k);
    assert_eq!(problems().await, at_first + 1, "it has more of the older tokens than it may");
    assert!(changes::latest(&library).await.expect("a number") > seq);
}

#[tokio::test]
async fn a_choice_changes_what_it_names_and_nothing_else() {
    use waymark_core::lint::style::Group;
    use words::{ChangeLintSettings, change_settings, settings};

    let (library, _dir) = library().await;
    let off = ChangeLintSettings { off: vec![Group::Tone, Group::Wording], ..ChangeLintSettings::default() };
    change_settings(&library, off, "a window").await.expect("groups are switched off");
    let host = ChangeLintSettings { add_hosts: vec![" Wiki.Internal ".to_owned()], ..ChangeLintSettings::default() };
    change_settings(&library, host, "a command line").await.expect("a host is allowed");
    let on = ChangeLintSettings { on: vec![Group::Tone], ..ChangeLintSettings::default() };
    let changed = change_settings(&library, on, "a window").await.expect("a group is switched on");
    assert_eq!(changed, settings(&library).await.expect("the settings"));
    assert_eq!(changed.off.into_iter().collect::<Vec<_>>(), [Group::Wording]);
    assert_eq!((changed.private_hosts, changed.language.as_str()), (vec!["wiki.internal".to_owned()], "en"));
    for wrong in ["https://wiki", "wiki/page", "wiki:port", "", "a b", "[::g]"] {
        let add_hosts = vec![wrong.to_owned()];
        let refused = change_settings(&library, ChangeLintSettings { add_hosts, ..Default::default() }, "test").await;
        assert_eq!(refused.expect_err(wrong).code, Code::InvalidInput);
    }
}
