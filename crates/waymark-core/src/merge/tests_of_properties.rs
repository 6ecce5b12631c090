//! What holds whatever two people do.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{
    tests::{all, base, changed, places},
    *,
};
use crate::{
    edit::{self, Draft, Edit},
    hash,
    json::FreeJson,
    walkthrough::{Assignment, Step},
};

/// One thing that somebody does: what, to which step, where to.
type Deed = (u8, usize, u32, String);

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    proptest::collection::vec((0..11_u8, 0..8_usize, 0..8_u32, "[ab]( [ab]){0,3}\n?"), 0..6)
}

fn edit(draft: &Draft, (what, which, to, text): &Deed, name: &str) -> Option<Edit> {
    let steps = &draft.walkthrough.steps;
    let step = steps.get(which % steps.len().max(1)).map(|step| step.id.clone());
    let field = Field::ALL[*to as usize % 2];
    Some(match what {
        0 => Edit::SetTitle { title: text.clone() },
        1 => Edit::SetTags { tags: text.split_whitespace().map(str::to_owned).collect() },
        2 => Edit::SetMetadata { metadata: Some(FreeJson::of(&BTreeMap::from([(text, to)]))) },
        3 => Edit::Assign {
            assignment: Assignment {
                id: format!("msw_{}", which % 2).as_str().into(),
                server: format!("s{}", which % 2),
                display_order: *to as i32,
                is_enabled: true,
                created_at: None,
            },
        },
        4 => Edit::RenameStep { step: step?, title: text.clone() },
        5 | 6 => Edit::SetField { step: step?, field, text: Some(text.clone()) },
        7 => Edit::MoveStep { step: step?, to: *to },
        8 => Edit::RemoveStep { step: step? },
        9 => {
            let next = steps.get(*to as usize % steps.len().max(1)).map(|step| step.id.clone());
            Edit::SetLink { step: step?, next }
        }
        _ => {
            let id = format!("{name}{}", steps.len());
            Edit::AddStep { step: Box::new(Step::new(id.as_str(), text.clone())), at: *to }
        }
    })
}

fn after(base: &Walkthrough, deeds: &[Deed], name: &str) -> Walkthrough {
    changed(base, |draft| {
        for deed in deeds {
            if let Some(edit) = edit(draft, deed, name) {
                // A step that links to itself, or is there already: that deed is left out.
                let _ = edit::apply(draft, &edit);
            }
        }
        draft.walkthrough.assignments.sort_by(|a, b| a.server.cmp(&b.server));
    })
}

/// Who starts, and what two make of it.
fn sides() -> impl Strategy<Value = [Walkthrough; 3]> {
    (deeds(), deeds(), deeds()).prop_map(|(before, mine, theirs)| {
        let base = after(&base(&["a", "b", "c", "d", "e"]), &before, "o");
        let (mine, theirs) = (after(&base, &mine, "m"), after(&base, &theirs, "t"));
        [base, mine, theirs]
    })
}

fn step_ids(walkthrough: &Walkthrough) -> Vec<&StepId> {
    walkthrough.steps.iter().map(|step| &step.id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_side_that_changed_nothing_gives_way([base, mine, _] in sides()) {
        for (left, right) in [(&base, &mine), (&mine, &base), (&mine, &mine)] {
            let merge = walkthroughs(Some(&base), left, right);
            prop_assert_eq!(places(&merge), Vec::<String>::new());
            prop_assert!(hash::is_same_state(&merge.merged, &mine), "{:#?}\n{:#?}", merge.merged, mine);
        }
    }

    #[test]
    fn what_is_asked_does_not_depend_on_who_is_who([base, mine, theirs] in sides()) {
        let there = walkthroughs(Some(&base), &mine, &theirs);
        let back = walkthroughs(Some(&base), &theirs, &mine);
        let key = |place: &Place| FreeJson::of(place).as_str().to_owned();
        // A step that a link names is called by the draft's title for it.
        let is_plain = |one: &&Conflict| !matches!(one.place, Place::Link { .. });
        prop_assert_eq!(there.conflicts.len(), back.conflicts.len());
        let (asked, asked_back) = (there.conflicts.iter().filter(is_plain), back.conflicts.iter().filter(is_plain));
        let mut asked: Vec<_> = asked.map(|one| (key(&one.place), &one.mine, &one.theirs)).collect();
        let mut asked_back: Vec<_> = asked_back.map(|one| (key(&one.place), &one.theirs, &one.mine)).collect();
        asked.sort();
        asked_back.sort();
        prop_assert_eq!(asked, asked_back);
        let content = |merge: &Merge, take: &Take| -> Vec<_> {
            let mut steps: Vec<_> = all(merge, take).steps.into_iter().map(|step| (step.id, step.title, step.content_fields.to_json().as_str().to_owned())).collect();
            steps.sort();
            steps
        };
        prop_assert_eq!(content(&there, &Take::Mine), content(&back, &Take::Theirs));
    }

    #[test]
    fn merging_again_what_was_merged_changes_nothing([base, mine, theirs] in sides()) {
        for take in [Take::Mine, Take::Theirs] {
            let resolved = all(&walkthroughs(Some(&base), &mine, &theirs), &take);
            for (before, other) in [(Some(&theirs), &theirs), (Some(&base), &resolved), (None, &resolved)] {
                let again = walkthroughs(before, &resolved, other);
                prop_assert_eq!(places(&again), Vec::<String>::new());
                prop_assert!(hash::is_same_state(&again.merged, &resolved));
            }
        }
    }

    #[test]
    fn every_step_that_somebody_added_is_there_once_in_the_order_in_which_it_is_stored([base, mine, theirs] in sides()) {
        let resolved = all(&walkthroughs(Some(&base), &mine, &theirs), &Take::Mine);
        let ids = step_ids(&resolved);
        let mut once = ids.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), ids.len());
        for side in [&mine, &theirs] {
            for id in step_ids(side).into_iter().filter(|id| base.step(id).is_none()) {
                prop_assert!(ids.contains(&id));
            }
        }
        let mut sorted = resolved.clone();
        crate::walkthrough::sort_steps(&mut sorted.steps);
        prop_assert_eq!(step_ids(&sorted), ids.clone());
        for step in &resolved.steps {
            let is_known = |id: &StepId| [&base, &mine, &theirs].iter().all(|side| side.step(id).is_none()) || ids.contains(&id);
            prop_assert!(step.next_step_id.as_ref().is_none_or(is_known));
            prop_assert!(step.next_step_id.as_ref() != Some(&step.id));
        }
    }

    #[test]
    fn a_text_that_one_side_changed_is_as_that_side_has_it([base, mine, theirs] in sides()) {
        let resolved = all(&walkthroughs(Some(&base), &mine, &theirs), &Take::Mine);
        for step in &resolved.steps {
            let (Some(old), Some(left), Some(right)) = (base.step(&step.id), mine.step(&step.id), theirs.step(&step.id)) else { continue };
            for field in Field::ALL {
                let text = |step: &Step| step.content_fields.text(field).unwrap_or_default().to_owned();
                if text(old) == text(left) {
                    prop_assert_eq!(text(step), text(right));
                } else if text(old) == text(right) {
                    prop_assert_eq!(text(step), text(left));
                }
            }
        }
    }
}
