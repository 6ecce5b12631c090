//! What the author does while a learner is on the way: as an edit, and in words.

use super::script::AuthorEdit;
use crate::{
    content::{ContentFields, FieldsV1},
    edit::Edit,
    hash,
    id::StepId,
    walkthrough::{Step, Walkthrough},
};

/// Letters of a new step's id, as of every id.
const ID_LETTERS: usize = 8;

/// The edit, if the walkthrough has the step that is meant, and what is noted of it. `nth`: how many edits were made
/// before, so that a new step's id is its own and the same every time.
pub fn edit(change: &AuthorEdit, walkthrough: &Walkthrough, nth: u32) -> (Option<Edit>, String) {
    let total = walkthrough.steps.len() as u32;
    let found = |number: u32| number.checked_sub(1).and_then(|index| walkthrough.steps.get(index as usize));
    match change {
        AuthorEdit::AddStep { number, title } => {
            let number = (*number).clamp(1, total + 1);
            let edit = Edit::AddStep { step: Box::new(new_step(title, walkthrough, nth)), at: number - 1 };
            (Some(edit), format!("The author added step {number}, “{title}”."))
        }
        AuthorEdit::RemoveStep { number } => of(found(*number), *number, |step| {
            let note = format!("The author removed step {number}, “{}”.", step.title);
            (Edit::RemoveStep { step: step.id.clone() }, note)
        }),
        AuthorEdit::MoveStep { number, to } => of(found(*number), *number, |step| {
            let to = (*to).clamp(1, total);
            let note = format!("The author moved step {number}, “{}”, to place {to}.", step.title);
            (Edit::MoveStep { step: step.id.clone(), to: to - 1 }, note)
        }),
        AuthorEdit::RenameStep { number, title } => of(found(*number), *number, |step| {
            let note = format!("The author renamed step {number}, “{}”, to “{title}”.", step.title);
            (Edit::RenameStep { step: step.id.clone(), title: title.clone() }, note)
        }),
    }
}

fn of(step: Option<&Step>, number: u32, make: impl Fn(&Step) -> (Edit, String)) -> (Option<Edit>, String) {
    match step.map(make) {
        Some((edit, note)) => (Some(edit), note),
        None => (None, format!("The author would have changed step {number}, but there is none.")),
    }
}

fn new_step(title: &str, walkthrough: &Walkthrough, nth: u32) -> Step {
    let id = |round: u32| {
        let digest = hash::of_bytes(format!("{} {nth} {round}", walkthrough.id).as_bytes());
        StepId(format!("{}{}", StepId::PREFIX, &digest[..ID_LETTERS]))
    };
    let id = (0..).map(id).find(|id| walkthrough.step(id).is_none()).expect("BUG: every id is taken");
    let content_for_user = Some(format!("**{title}** was added while you were on the way."));
    Step {
        content_fields: ContentFields::V1(FieldsV1 { content_for_user, ..FieldsV1::default() }),
        ..Step::new(id, title)
    }
}
