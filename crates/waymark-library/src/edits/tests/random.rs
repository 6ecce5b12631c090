//! Random work on a draft, in the library and in memory side by side.

use proptest::{collection::vec, prelude::*};
use waymark_core::{
    content::Field,
    edit::{self, Draft, Edit, Splice},
    id::StepId,
};

use super::{ID, with_draft};
use crate::{
    Library, drafts,
    edits::{redo, undo},
    testing::{ENV, apply, assignment, check_index, step, walkthrough, without_times},
};

/// What a person does; numbers choose among what is there at that time.
#[derive(Debug, Clone)]
pub(super) enum Action {
    Title(String),
    Description(Option<String>),
    Tags(Vec<String>),
    Trash(bool),
    AddStep(u32),
    RemoveStep(usize),
    MoveStep(usize, u32),
    RenameStep(usize, String),
    Text(usize, usize, Option<String>),
    Splice(usize, usize, u32, u32, String),
    Link(usize, Option<usize>),
    Assign(usize, i32),
    Unassign(usize),
    Replace(usize),
    Batch(Vec<Action>),
    Undo,
    Redo,
}

fn action() -> impl Strategy<Value = Action> {
    use Action::*;
    let text = || "[a-zäß𝄞 \n]{0,12}";
    let simple = prop_oneof![
        "[a-z]{1,8}".prop_map(Title),
        proptest::option::of(text()).prop_map(Description),
        vec("[a-z]{0,4}", 0..3).prop_map(Tags),
        any::<bool>().prop_map(Trash),
        any::<u32>().prop_map(|at| AddStep(at % 8)),
        any::<usize>().prop_map(RemoveStep),
        (any::<usize>(), 0..8_u32).prop_map(|(step, to)| MoveStep(step, to)),
        (any::<usize>(), "[a-z]{1,8}").prop_map(|(step, title)| RenameStep(step, title)),
        (any::<usize>(), 0..4_usize, proptest::option::of(text()))
            .prop_map(|(step, field, text)| Text(step, field, text)),
        (any::<usize>(), 0..4_usize, 0..6_u32, 0..6_u32, text())
            .prop_map(|(step, field, from, length, text)| Splice(step, field, from, length, text)),
        (any::<usize>(), proptest::option::of(any::<usize>())).prop_map(|(step, next)| Link(step, next)),
        (0..3_usize, 0..9_i32).prop_map(|(server, order)| Assign(server, order)),
        (0..3_usize).prop_map(Unassign),
        (0..3_usize).prop_map(Replace),
    ];
    let batch = vec(simple.clone(), 1..4).prop_map(Batch);
    prop_oneof![12 => simple, 2 => batch, 3 => Just(Undo), 2 => Just(Redo)]
}

pub(super) fn actions() -> impl Strategy<Value = Vec<Action>> {
    vec(action(), 1..40)
}

fn pick(draft: &Draft, number: usize) -> StepId {
    let steps = &draft.walkthrough.steps;
    steps.get(number % steps.len().max(1)).map_or_else(|| "wts_none".into(), |step| step.id.clone())
}

/// The edit that an action comes to now. `fresh` makes new ids.
fn edit_of(action: &Action, draft: &Draft, fresh: &mut usize) -> Edit {
    let field = |number: usize| Field::ALL[number % 4];
    let server = |number: usize| format!("server-{number}");
    *fresh += 1;
    match action.clone() {
        Action::Title(title) => Edit::SetTitle { title },
        Action::Description(description) => Edit::SetDescription { description },
        Action::Tags(tags) => Edit::SetTags { tags },
        Action::Trash(into) => {
            Edit::SetTrashed { at: into.then_some(waymark_core::walkthrough::Millis(*fresh as i64)) }
        }
        Action::AddStep(at) => Edit::AddStep { step: Box::new(step(&format!("wts_new{fresh}"), 0, "new")), at },
        Action::RemoveStep(number) => Edit::RemoveStep { step: pick(draft, number) },
        Action::MoveStep(number, to) => Edit::MoveStep { step: pick(draft, number), to },
        Action::RenameStep(number, title) => Edit::RenameStep { step: pick(draft, number), title },
        Action::Text(number, of, text) => Edit::SetField { step: pick(draft, number), field: field(of), text },
        Action::Splice(number, of, from, length, insert) => {
            let splice = Splice { from, to: from + length, insert };
            Edit::SpliceField { step: pick(draft, number), field: field(of), splice }
        }
        Action::Link(number, next) => {
            Edit::SetLink { step: pick(draft, number), next: next.map(|next| pick(draft, next)) }
        }
        Action::Assign(number, order) => {
            let mut assignment = assignment(&format!("msw_{number}"), &server(number));
            assignment.display_order = order;
            assignment.created_at = Some(waymark_core::walkthrough::Millis(1));
            Edit::Assign { assignment }
        }
        Action::Unassign(number) => Edit::Unassign { server: server(number) },
        Action::Replace(number) => {
            let steps = (0..number).map(|index| step(&format!("wts_{index}"), 3, "replaced")).collect();
            Edit::Replace { walkthrough: Box::new(walkthrough("wt_other", "Replaced", steps)) }
        }
        Action::Batch(parts) => {
            let edits = parts.iter().map(|part| edit_of(part, draft, fresh)).collect();
            Edit::Batch { edits }
        }
        Action::Undo | Action::Redo => unreachable!("BUG: not an edit"),
    }
}

/// The draft in memory with its own two stacks.
struct Model {
    draft: Draft,
    start: Draft,
    done: Vec<(Edit, Edit)>,
    undone: Vec<(Edit, Edit)>,
}

impl Model {
    /// Whether the edit applies.
    fn edit(&mut self, edit: &Edit) -> bool {
        let before = self.draft.clone();
        if edit::check(edit).is_err() {
            return false;
        }
        let Ok(inverse) = edit::apply(&mut self.draft, edit) else {
            return false;
        };
        if without_times(&self.draft) != without_times(&before) {
            self.done.push((edit.clone(), inverse));
            self.undone.clear();
        }
        true
    }

    fn undo(&mut self) -> bool {
        let Some((edit, inverse)) = self.done.pop() else { return false };
        edit::apply(&mut self.draft, &inverse).expect("an inverse applies");
        self.undone.push((edit, inverse));
        true
    }

    fn redo(&mut self) -> bool {
        let Some((edit, inverse)) = self.undone.pop() else { return false };
        edit::apply(&mut self.draft, &edit).expect("an edit applies again");
        self.done.push((edit, inverse));
        true
    }
}

async fn draft_of(library: &Library) -> Draft {
    without_times(&drafts::open(library, &ID.into()).await.expect("a draft").draft)
}

/// The draft that the journal alone tells of.
async fn replayed(library: &Library) -> Draft {
    let edits = sqlx::query_scalar::<_, String>("SELECT edit FROM journal WHERE walkthrough_id = ? ORDER BY version");
    let edits = edits.bind(ID).fetch_all(library.readers()).await.expect("the journal");
    let mut draft = Draft { walkthrough: walkthrough(ID, "Nothing yet", Vec::new()), trashed_at: None };
    for edit in edits {
        let edit: Edit = serde_json::from_str(&edit).expect("an edit");
        edit::apply(&mut draft, &edit).expect("it applies again");
    }
    without_times(&draft)
}

/// Does the actions in both places. They agree after each, after opening the library again, and after undoing all.
pub(super) async fn run_and_compare(actions: Vec<Action>) {
    let (library, dir, id) = with_draft().await;
    let start = drafts::open(&library, &id).await.expect("a draft").draft;
    let mut model = Model { draft: start.clone(), start, done: Vec::new(), undone: Vec::new() };
    let mut fresh = 0;
    for action in &actions {
        let (stored, in_memory) = match action {
            Action::Undo => (undo(&library, &id, "test").await, model.undo()),
            Action::Redo => (redo(&library, &id, "test").await, model.redo()),
            _ => {
                let edit = edit_of(action, &model.draft, &mut fresh);
                let stored = apply(&library, &id, edit.clone()).await;
                (stored, model.edit(&edit))
            }
        };
        assert_eq!(stored.is_ok(), in_memory, "{action:?}: {:?}", stored.err());
        if let Ok(applied) = stored {
            assert_eq!(without_times(&applied.draft), without_times(&model.draft), "{action:?}");
            assert_eq!((applied.can_undo, applied.can_redo), (!model.done.is_empty(), !model.undone.is_empty()));
        }
    }
    library.close().await;
    let library = Library::open(dir.path(), ENV).await.expect("it opens again");
    assert_eq!(draft_of(&library).await, without_times(&model.draft));
    let end = without_times(&model.draft);
    assert_eq!(replayed(&library).await, end);
    check_index(&library).await;
    let mut undone = 0;
    while undo(&library, &id, "test").await.is_ok() {
        undone += 1;
    }
    assert_eq!(undone, model.done.len());
    assert_eq!(draft_of(&library).await, without_times(&model.start));
    check_index(&library).await;
    for _ in 0..undone {
        redo(&library, &id, "test").await.expect("a redo for each undo");
    }
    assert_eq!(draft_of(&library).await, end);
}
