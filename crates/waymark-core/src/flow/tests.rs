use super::*;
use crate::{
    edit::{self, Draft, Edit},
    json::FreeJson,
    walkthrough::{Step, WalkthroughType},
};

/// Steps `wts_0`, `wts_1` and so on, each with a link to a place; a place that does not exist dangles.
fn linked(links: &[Option<usize>], is_linked: bool) -> Walkthrough {
    let step = |(at, link): (usize, &Option<usize>)| Step {
        display_order: at as i32 + 1,
        next_step_id: link.map(|to| StepId(format!("wts_{to}"))),
        ..Step::new(StepId(format!("wts_{at}")), format!("Step {at}"))
    };
    Walkthrough {
        metadata: is_linked.then(|| FreeJson::parse(r#"{"waymark":{"order":"linked"}}"#).expect("valid")),
        steps: links.iter().enumerate().map(step).collect(),
        ..Walkthrough::new("wt_1", "Tour", WalkthroughType::Course)
    }
}

/// For each step: its place in linked order, and a letter for each mark (`r`eached, `p`assed over, in a `c`ircle,
/// `x` closes it, dangling `d`, itself `i`, plain `.`, jump `j`, no link `-`).
fn marks(walkthrough: &Walkthrough) -> Vec<String> {
    let mark = |step: FlowStep| {
        let link = match step.link {
            FlowLink::None => '-',
            FlowLink::Plain => '.',
            FlowLink::Jump => 'j',
            FlowLink::Itself => 'i',
            FlowLink::Dangling { .. } => 'd',
        };
        let marks =
            [(step.is_reached, 'r'), (step.is_passed_over, 'p'), (step.circle > 0, 'c'), (step.closes_circle, 'x')];
        let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, letter)| letter).collect();
        format!("{}{link}{marks}", step.linked_position)
    };
    flow(walkthrough).steps.into_iter().map(mark).collect()
}

#[test]
fn both_orders_and_every_mark_are_told() {
    for (links, is_linked, expected) in [
        (vec![], false, vec![]),
        (vec![None, None], false, vec!["1-r", "2-"]),
        (vec![None, None], true, vec!["1-r", "2-"]),
        (vec![Some(1), Some(2), None], false, vec!["1.r", "2.r", "3-r"]),
        (vec![Some(2), None, Some(1)], true, vec!["1jr", "3-r", "2jr"]),
        (vec![Some(2), None, None], false, vec!["1jr", "3-p", "2-r"]),
        (vec![Some(1), None, None], true, vec!["1.r", "2-r", "3-p"]),
        (vec![Some(1), Some(0), None], false, vec!["1.rc", "2jrcx", "3-p"]),
        (vec![Some(0), None], false, vec!["1ir", "2-"]),
        (vec![Some(9), None], false, vec!["1dr", "2-"]),
        // Behind one that is jumped over, and in a circle of their own.
        (vec![Some(3), None, None, None], false, vec!["1jr", "3-p", "4-p", "2-r"]),
        (vec![Some(3), Some(2), Some(1), None], false, vec!["1jr", "3.pc", "4jpcx", "2-r"]),
        (vec![None, Some(2), None], true, vec!["1-r", "2.p", "3-p"]),
        (vec![None, Some(2), Some(1)], true, vec!["1-r", "2.pc", "3jpcx"]),
        // The way of the first step ends in a circle: what comes after it is not reached.
        (vec![Some(1), Some(0), None, None], false, vec!["1.rc", "2jrcx", "3-p", "4-p"]),
    ] {
        assert_eq!(marks(&linked(&links, is_linked)), expected, "{links:?} {is_linked}");
    }
}

fn applied(walkthrough: &Walkthrough, edit: &Edit) -> Walkthrough {
    let mut draft = Draft { walkthrough: walkthrough.clone(), trashed_at: None };
    let inverse = edit::apply(&mut draft, edit).expect("it applies");
    let after = draft.walkthrough.clone();
    edit::apply(&mut draft, &inverse).expect("it can be taken back");
    assert_eq!(draft.walkthrough, *walkthrough, "to the letter");
    after
}

fn stored_links(walkthrough: &Walkthrough) -> Vec<Option<usize>> {
    let place = |step: &Step| step.next_step_id.as_ref().and_then(|next| walkthrough.step_index(next).ok());
    walkthrough.steps.iter().map(place).collect()
}

#[test]
fn straightening_changes_what_is_not_plain_and_nothing_else() {
    for (links, is_linked, expected) in [
        (vec![None, None, None], false, None),
        (vec![Some(2), None, Some(1)], false, Some(vec![Some(1), None, None])),
        (vec![Some(2), None, Some(1)], true, Some(vec![Some(1), Some(2), None])),
        (vec![Some(0), Some(9), Some(2)], false, Some(vec![Some(1), Some(2), None])),
        (vec![Some(1), Some(2), None], true, None),
    ] {
        let before = linked(&links, is_linked);
        let edit = straighten(&before, None).expect("no step is named");
        let after = edit.map(|edit| stored_links(&applied(&before, &edit)));
        assert_eq!(after, expected, "{links:?} {is_linked}");
    }
    let before = linked(&[Some(2), Some(0), None], false);
    let edit = straighten(&before, Some(&StepId::from("wts_1"))).expect("a step").expect("something to do");
    assert_eq!(stored_links(&applied(&before, &edit)), [Some(2), Some(2), None]);
    assert!(straighten(&before, Some(&StepId::from("wts_9"))).is_err());
}

#[test]
fn the_order_is_chosen_and_the_rest_of_the_metadata_stays() {
    let mut draft = linked(&[Some(1), None], false);
    draft.metadata = Some(FreeJson::parse(r#"{"theirs":12345678901234567890}"#).expect("valid"));
    let chosen = applied(&draft, &set_order(&draft, FlowOrder::Linked).expect("there is room"));
    assert_eq!(order(&chosen), FlowOrder::Linked);
    let back = applied(&chosen, &set_order(&chosen, FlowOrder::Display).expect("there is room"));
    assert_eq!(back, draft);
    draft.metadata = Some(FreeJson::parse("[1]").expect("valid"));
    assert_eq!(set_order(&draft, FlowOrder::Linked).expect_err("no room").code, crate::error::Code::Refused);
}

#[test]
fn a_link_to_itself_is_refused_with_the_name_of_the_step() {
    let mut draft = Draft { walkthrough: linked(&[None, None], false), trashed_at: None };
    let before = draft.clone();
    let edit = Edit::SetLink { step: "wts_1".into(), next: Some("wts_1".into()) };
    let refused = edit::apply(&mut draft, &edit).expect_err("refused");
    assert_eq!(refused.message, "The step `Step 1` cannot point to itself.");
    assert_eq!(draft, before);
}
