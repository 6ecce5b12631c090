//! For any text at all: no rule panics, places are in the text, and a quick fix leaves nothing to fix.

use proptest::prelude::*;

use super::{
    fix::{FixSelection, fix},
    tests::{step, walkthrough},
    *,
};
use crate::edit::{self, Draft};

/// Pieces that rules look for, so that they meet in every order.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<!--".to_owned()),
        Just("-->".to_owned()),
        Just("<".to_owned()),
        Just("!--".to_owned()),
        Just("\\n".to_owned()),
        Just("\\r".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("```".to_owned()),
        Just("~~~".to_owned()),
        Just("`".to_owned()),
        Just("# ".to_owned()),
        Just("#### ".to_owned()),
        Just("> ".to_owned()),
        Just("- ".to_owned()),
        Just("\u{200B}".to_owned()),
        Just("\u{200D}".to_owned()),
        Just("\u{1F469}".to_owned()),
        Just("\0".to_owned()),
        Just("[a](b)".to_owned()),
        Just("{{ x }}".to_owned()),
        Just("${".to_owned()),
        Just("TODO".to_owned()),
        Just("<your x>".to_owned()),
        Just("===\n".to_owned()),
        Just("C:".to_owned()),
        Just("ä".to_owned()),
        Just("sk-".to_owned()),
        Just("the the ".to_owned()),
        Just("In order to ".to_owned()),
        Just("Utilize".to_owned()),
        Just("**".to_owned()),
        Just("[here](https://a.io)".to_owned()),
        Just("---\n".to_owned()),
        Just("://a:b@".to_owned()),
        Just("  ".to_owned()),
        "\\PC{0,6}",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn places_are_in_the_text_and_fixes_make_their_findings_disappear(text in texts(), title in "[ \t]{0,2}\\PC{0,8}") {
        let mut before = walkthrough(vec![step("wts_1", &text)]);
        before.steps[0].title = title;
        let units = text.encode_utf16().count() as u32;
        let place = |known: &Finding| (known.rule.clone(), known.step_id.clone(), known.field);
        let errors = |walkthrough: &Walkthrough| {
            let found = lint(walkthrough, &LintContext::default()).into_iter();
            found.filter(|known| known.severity == Severity::Error).map(|known| place(&known)).collect::<Vec<_>>()
        };
        let known_errors = errors(&before);
        for finding in lint(&before, &LintContext::default()) {
            for place in finding.place.iter().chain(&finding.others) {
                prop_assert!(place.from <= place.to && place.to <= units && place.line > 0, "{finding:?}");
            }
            let Some(single) = &finding.fix else {
                continue;
            };
            let mut once = Draft { walkthrough: before.clone(), trashed_at: None };
            for known in &single.edits {
                edit::apply(&mut once, known).expect("each edit of a fix applies");
            }
            for error in errors(&once.walkthrough) {
                // A text of nothing but what is taken away says nothing, and did so before.
                let was_known = known_errors.contains(&error) || error.0 == "L006";
                prop_assert!(was_known, "{} brings {error:?}", finding.rule);
            }
            let selection = FixSelection { rule: Some(finding.rule.clone()), ..FixSelection::default() };
            let whole = fix(&before, &LintContext::default(), &selection).expect("there is a fix");
            let mut draft = Draft { walkthrough: before.clone(), trashed_at: None };
            edit::apply(&mut draft, &whole).expect("a fix applies");
            let left = lint(&draft.walkthrough, &LintContext::default());
            let is_left = |known: &&Finding| known.rule == finding.rule && known.fix.is_some();
            prop_assert_eq!(left.iter().find(is_left), None, "{:?}", draft.walkthrough.steps[0].content_fields);
        }
    }

    #[test]
    fn fixing_everything_leaves_nothing_that_a_machine_can_fix(text in texts()) {
        let before = walkthrough(vec![step("wts_1", &text)]);
        let mut draft = Draft { walkthrough: before.clone(), trashed_at: None };
        if let Some(whole) = fix(&before, &LintContext::default(), &FixSelection::default()) {
            edit::apply(&mut draft, &whole).expect("a fix applies");
        }
        let left = lint(&draft.walkthrough, &LintContext::default());
        prop_assert_eq!(left.iter().find(|finding| finding.fix.is_some()), None);
    }
}
