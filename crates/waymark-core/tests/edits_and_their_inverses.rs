//! Properties of edits: an inverse restores to the letter, the order stays one, plain links stay plain.

use proptest::{collection::vec, option, prelude::*, sample::Index};
use waymark_core::{
    content::{ContentFields, Field, FieldsV1},
    edit::{self, Draft, Edit, Splice, StepPlace, change},
    id::{AssignmentId, StepId},
    json::FreeJson,
    walkthrough::{Assignment, Millis, Step, Walkthrough, WalkthroughStatus, WalkthroughType, sort_steps},
};

fn metadata() -> impl Strategy<Value = Option<FreeJson>> {
    let texts =
        prop::sample::select(vec!["null", "{}", r#"{"a":12345678901234567890123}"#, "[1, 2]", r#"{"waymark":{}}"#]);
    option::of(texts.prop_map(|text| FreeJson::parse(text).expect("valid JSON")))
}

fn content() -> impl Strategy<Value = ContentFields> {
    let text = || option::of("[ a-c\u{e4}\u{1F600}\n]{0,8}");
    let known = (text(), text(), text(), text()).prop_map(|(introduction, context, content, operations)| {
        ContentFields::V1(FieldsV1 {
            introduction_for_agent: introduction,
            context_for_agent: context,
            content_for_user: content,
            operations_for_agent: operations,
            extra: Vec::new(),
        })
    });
    let unknown = Just(ContentFields::Unknown { json: FreeJson::parse(r#"{"version":"v2"}"#).expect("valid JSON") });
    prop_oneof![9 => known, 1 => unknown]
}

fn step(id: usize) -> impl Strategy<Value = Step> {
    (content(), -1..4_i32, option::of(0..3_i64), option::of(0..8_usize), metadata()).prop_map(
        move |(content_fields, display_order, created_at, next, metadata)| Step {
            id: StepId(format!("wts_{id}")),
            title: format!("Step {id}"),
            content_fields,
            display_order,
            next_step_id: next.map(|next| StepId(format!("wts_{next}"))),
            created_at: created_at.map(Millis),
            updated_at: None,
            metadata,
        },
    )
}

fn assignment(server: &str, display_order: i32, is_enabled: bool) -> Assignment {
    let id = AssignmentId(format!("msw_{server}_{display_order}"));
    Assignment { id, server: server.to_owned(), display_order, is_enabled, created_at: None }
}

fn walkthrough() -> impl Strategy<Value = Walkthrough> {
    let steps = (0..6_usize).prop_flat_map(|count| (0..count).map(step).collect::<Vec<_>>());
    (steps, metadata(), vec(any::<bool>(), 3)).prop_map(|(mut steps, metadata, servers)| {
        sort_steps(&mut steps);
        let assigned = ["a", "b", "c"].into_iter().zip(servers).filter(|(_, is_assigned)| *is_assigned);
        Walkthrough {
            created_at: Some(Millis(1)),
            metadata,
            steps,
            assignments: assigned.map(|(server, _)| assignment(server, 0, true)).collect(),
            ..Walkthrough::new("wt_test", "Test", WalkthroughType::Course)
        }
    })
}

fn draft() -> impl Strategy<Value = Draft> {
    walkthrough().prop_map(|walkthrough| Draft { walkthrough, trashed_at: None })
}

/// An edit before it is known which steps there are.
#[derive(Debug, Clone)]
struct Wish {
    kind: u8,
    step: Index,
    other: Index,
    field: Index,
    from: Index,
    to: Index,
    number: u32,
    text: Option<String>,
    metadata: Option<FreeJson>,
}

fn wish() -> impl Strategy<Value = Wish> {
    let text = option::of("[ x-z\u{e4}\u{1F600}\n]{0,6}");
    let indexes = (any::<Index>(), any::<Index>(), any::<Index>(), any::<Index>(), any::<Index>());
    (0..26_u8, indexes, 0..9_u32, text, metadata()).prop_map(
        |(kind, (step, other, field, from, to), number, text, metadata)| Wish {
            kind,
            step,
            other,
            field,
            from,
            to,
            number,
            text,
            metadata,
        },
    )
}

/// The edit for a wish; sometimes one that cannot be applied.
fn grant(wish: &Wish, draft: &Draft) -> Edit {
    let steps = &draft.walkthrough.steps;
    let pick = |index: Index| match steps.len() {
        0 => StepId::from("wts_none"),
        count => steps[index.index(count)].id.clone(),
    };
    let (step, other) = (pick(wish.step), pick(wish.other));
    let field = Field::ALL[wish.field.index(4)];
    let text = wish.text.clone();
    let title = text.clone().unwrap_or_default();
    let new_step = Step {
        id: if wish.number == 0 { step.clone() } else { StepId(format!("wts_new{}", wish.number)) },
        title: title.clone(),
        content_fields: ContentFields::default(),
        display_order: wish.number as i32,
        next_step_id: Some(other.clone()),
        created_at: Some(Millis(5)),
        updated_at: None,
        metadata: wish.metadata.clone(),
    };
    let server = ["a", "b", "c", "d"][wish.field.index(4)].to_owned();
    match wish.kind {
        0 => Edit::SetTitle { title },
        1 => Edit::SetDescription { description: text },
        2 => Edit::SetType { kind: WalkthroughType::ALL[wish.field.index(4)] },
        3 => Edit::SetStatus { status: WalkthroughStatus::Archived },
        4 => Edit::SetDuration { minutes: Some(wish.number as i32) },
        5 => Edit::SetTags { tags: vec![title] },
        6 => Edit::SetMetadata { metadata: wish.metadata.clone() },
        7 => Edit::RenameStep { step, title },
        8 => Edit::SetStepMetadata { step, metadata: wish.metadata.clone() },
        9 => Edit::SetField { step, field, text },
        10 | 11 => {
            let length =
                draft.walkthrough.step(&step).and_then(|step| step.content_fields.text(field)).unwrap_or_default();
            let length = length.encode_utf16().count() + 1;
            let splice =
                Splice { from: wish.from.index(length) as u32, to: wish.to.index(length) as u32, insert: title };
            Edit::SpliceField { step, field, splice }
        }
        12 => Edit::SetLink { step, next: (wish.number > 2).then_some(other) },
        13 => Edit::AddStep { step: Box::new(new_step), at: wish.number },
        14 => Edit::RemoveStep { step },
        15 | 16 => Edit::MoveStep { step, to: wish.number },
        17 => Edit::PutStep { step: Box::new(new_step) },
        18 => Edit::DropStep { step },
        19 => Edit::Arrange {
            places: vec![StepPlace { step, display_order: wish.number as i32, next_step_id: Some(other) }],
        },
        22 => Edit::MoveSteps { steps: vec![other, step], to: wish.number },
        23 => Edit::RemoveSteps { steps: vec![step, other] },
        24 => Edit::AddSteps {
            steps: vec![
                Step { id: StepId(format!("wts_a{}", wish.number)), ..new_step.clone() },
                Step {
                    id: StepId(format!("wts_b{}", wish.number)),
                    next_step_id: Some(new_step.id.clone()),
                    ..new_step.clone()
                },
                Step { next_step_id: Some(StepId(format!("wts_a{}", wish.number))), ..new_step },
            ],
            at: wish.number,
        },
        20 => Edit::Assign { assignment: assignment(&server, wish.number as i32, wish.number > 4) },
        _ if wish.number < 3 => Edit::Unassign { server },
        _ if wish.number < 6 => Edit::SetTrashed { at: Some(Millis(i64::from(wish.number))) },
        _ => Edit::Replace {
            walkthrough: Box::new(Walkthrough { title, steps: vec![new_step], ..draft.walkthrough.clone() }),
        },
    }
}

fn is_in_order(walkthrough: &Walkthrough) -> bool {
    let mut sorted = walkthrough.steps.clone();
    sort_steps(&mut sorted);
    sorted == walkthrough.steps
}

fn chain(count: usize) -> Draft {
    let id = |index: usize| StepId(format!("wts_{index}"));
    let steps = (0..count).map(|index| Step {
        display_order: index as i32 * 3,
        next_step_id: (index + 1 < count).then(|| id(index + 1)),
        ..Step::new(id(index), "Step")
    });
    let walkthrough =
        Walkthrough { steps: steps.collect(), ..Walkthrough::new("wt_chain", "Chain", WalkthroughType::Course) };
    Draft { walkthrough, trashed_at: None }
}

fn is_plain(walkthrough: &Walkthrough) -> bool {
    let steps = &walkthrough.steps;
    let successors = steps.iter().skip(1).map(|step| Some(&step.id)).chain([None]);
    steps.iter().zip(successors).all(|(step, successor)| step.next_step_id.as_ref() == successor)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1_000), ..ProptestConfig::default() })]

    #[test]
    fn undoing_every_edit_restores_to_the_letter_and_redoing_does_it_again(
        start in draft(),
        wishes in vec(wish(), 1..12),
    ) {
        let mut draft = start.clone();
        let mut inverses = Vec::new();
        let mut states = vec![start];
        for wish in &wishes {
            let edit = grant(wish, &draft);
            let before = draft.clone();
            match edit::apply(&mut draft, &edit) {
                Ok(inverse) => {
                    inverses.push(inverse);
                    states.push(draft.clone());
                    let mut told = before.clone();
                    change::apply(&mut told, &change::between(&before, &draft));
                    prop_assert_eq!(&told, &draft, "what is told of {:?}", edit);
                }
                Err(_) => prop_assert_eq!(&draft, &before, "a refused edit changed something: {:?}", edit),
            }
            prop_assert!(is_in_order(&draft.walkthrough), "{:?}", edit);
        }
        let mut redos = Vec::new();
        for (inverse, state) in inverses.iter().zip(&states).rev() {
            redos.push(edit::apply(&mut draft, inverse).expect("an inverse applies"));
            prop_assert_eq!(&draft, state, "{:?}", inverse);
        }
        for (redo, state) in redos.iter().rev().zip(&states[1..]) {
            edit::apply(&mut draft, redo).expect("the inverse of an inverse applies");
            prop_assert_eq!(&draft, state, "{:?}", redo);
        }
    }

    #[test]
    fn a_batch_is_all_or_nothing_and_undone_as_one(start in draft(), wishes in vec(wish(), 1..8)) {
        let mut draft = start.clone();
        let mut edits = Vec::new();
        let mut is_sound = true;
        for wish in &wishes {
            let edit = grant(wish, &draft);
            is_sound &= edit::apply(&mut draft, &edit).is_ok();
            edits.push(edit);
        }
        let after = draft;
        let mut draft = start.clone();
        match edit::apply(&mut draft, &Edit::Batch { edits }) {
            Ok(inverse) => {
                prop_assert!(is_sound);
                prop_assert_eq!(&draft, &after);
                edit::apply(&mut draft, &inverse).expect("the inverse applies");
                prop_assert_eq!(&draft, &start);
            }
            Err(_) => {
                prop_assert!(!is_sound);
                prop_assert_eq!(&draft, &start);
            }
        }
    }

    #[test]
    fn the_journal_keeps_edits_and_inverses_to_the_letter(start in draft(), wish in wish()) {
        let mut draft = start;
        let edit = grant(&wish, &draft);
        let mut kept = vec![edit.clone()];
        kept.extend(edit::apply(&mut draft, &edit));
        for edit in kept {
            let text = serde_json::to_string(&edit).expect("edits are JSON");
            prop_assert_eq!(serde_json::from_str::<Edit>(&text).expect("reads back"), edit);
        }
    }

    #[test]
    fn plain_links_stay_plain_and_numbers_run_from_one(count in 2..8_usize, wishes in vec(wish(), 1..12)) {
        let mut draft = chain(count);
        for (index, mut wish) in wishes.into_iter().enumerate() {
            wish.kind = [13, 14, 15, 22, 23][usize::from(wish.kind) % 5];
            wish.number += 1;
            let mut edit = grant(&wish, &draft);
            if let Edit::AddStep { step, .. } = &mut edit {
                step.id = StepId(format!("wts_added{index}"));
            }
            let before = draft.clone();
            if edit::apply(&mut draft, &edit).is_err() {
                continue;
            }
            let is_moved = draft != before;
            if draft.walkthrough.steps.len() < 2 {
                // A single step has no links, plain or not.
                break;
            }
            prop_assert!(is_plain(&draft.walkthrough), "{:?}", edit);
            let numbers: Vec<i32> = draft.walkthrough.steps.iter().map(|step| step.display_order).collect();
            let expected: Vec<i32> = (1..=numbers.len() as i32).collect();
            prop_assert!(!is_moved || numbers == expected, "{:?} {:?}", edit, numbers);
        }
    }

    #[test]
    fn nothing_points_to_a_step_that_was_removed(start in draft(), at in any::<Index>()) {
        let mut draft = start;
        prop_assume!(!draft.walkthrough.steps.is_empty());
        let step = draft.walkthrough.steps[at.index(draft.walkthrough.steps.len())].id.clone();
        edit::apply(&mut draft, &Edit::RemoveStep { step: step.clone() }).expect("it is there");
        prop_assert!(draft.walkthrough.steps.iter().all(|other| other.next_step_id.as_ref() != Some(&step)));
    }

    #[test]
    fn steps_have_one_order_however_they_arrive(walkthrough in walkthrough(), swaps in vec((any::<Index>(), any::<Index>()), 0..9)) {
        let mut steps = walkthrough.steps.clone();
        for (one, other) in swaps {
            if !steps.is_empty() {
                let count = steps.len();
                steps.swap(one.index(count), other.index(count));
            }
        }
        sort_steps(&mut steps);
        prop_assert_eq!(&steps, &walkthrough.steps);
        prop_assert!(steps.is_sorted_by_key(|step| step.display_order));
    }
}
