//! Random work on a draft, in the library and in memory side by side.

use proptest::{collection::vec, prelude::*};
use waymark_core::{
    content::Field,
    edit::{self, Draft, Edit, Splice},
    id::{StepId, WalkthroughId},
    json::FreeJson,
    lint::silence::{self, SilenceRule},
    quiz::{self, Quiz},
    section,
};

use super::{ID, with_draft};
use crate::{
    Library, drafts,
    edits::{journal::Kind, redo, runs, undo},
    testing::{ENV, apply, assignment, check_index, step, walkthrough, without_times},
};

const QUIZ: &str = r#"{"questions":[{"kind":"true_false","prompt":"So?","answer":true}]}"#;

/// What a person does in the window; numbers choose among what is there at that time.
#[derive(Debug, Clone)]
pub(super) enum Action {
    Title(String),
    Description(Option<String>),
    Tags(Vec<String>),
    AddSteps(usize, u32),
    RemoveSteps(Vec<usize>),
    MoveSteps(Vec<usize>, u32),
    Section(Vec<usize>, Option<String>),
    Quiz(usize, bool),
    Silence(usize),
    Metadata(u32),
    RenameStep(usize, String),
    Text(usize, usize, Option<String>),
    Splice(usize, usize, u32, u32, String),
    /// Words typed one after the other at the beginning of a text.
    Typed(usize, Vec<String>),
    Link(usize, Option<usize>),
    Assign(usize, i32),
    Unassign(usize),
    Replace(usize),
    Batch(Vec<Action>),
    Trash(bool),
    Undo,
    Redo,
}

fn action() -> impl Strategy<Value = Action> {
    use Action::*;
    let text = || "[a-zäß𝄞 \n]{0,12}";
    let some = || vec(any::<usize>(), 0..3);
    let simple = prop_oneof![
        "[a-z]{1,8}".prop_map(Title),
        proptest::option::of(text()).prop_map(Description),
        vec("[a-z]{0,4}", 0..3).prop_map(Tags),
        (1..4_usize, 0..8_u32).prop_map(|(count, at)| AddSteps(count, at)),
        some().prop_map(RemoveSteps),
        (some(), 0..8_u32).prop_map(|(steps, to)| MoveSteps(steps, to)),
        (some(), proptest::option::of("[a-z]{1,5}")).prop_map(|(steps, name)| Section(steps, name)),
        (any::<usize>(), any::<bool>()).prop_map(|(step, has)| Quiz(step, has)),
        any::<usize>().prop_map(Silence),
        (0..9_u32).prop_map(Metadata),
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
    let typed = (any::<usize>(), vec("[a-z𝄞]{1,3} ?", 1..5)).prop_map(|(step, words)| Typed(step, words));
    let trash = any::<bool>().prop_map(Trash);
    prop_oneof![12 => simple, 2 => batch, 3 => typed, 1 => trash, 4 => Just(Undo), 3 => Just(Redo)]
}

pub(super) fn actions() -> impl Strategy<Value = Vec<Action>> {
    vec(action(), 1..40)
}

fn pick(draft: &Draft, number: usize) -> StepId {
    let steps = &draft.walkthrough.steps;
    steps.get(number % steps.len().max(1)).map_or_else(|| "wts_none".into(), |step| step.id.clone())
}

fn picked(draft: &Draft, numbers: &[usize]) -> Vec<StepId> {
    let mut steps: Vec<StepId> = numbers.iter().map(|number| pick(draft, *number)).collect();
    steps.sort();
    steps.dedup();
    steps
}

/// What cannot be done now is not tried.
fn or_nothing(edit: waymark_core::error::Result<Edit>) -> Edit {
    edit.unwrap_or(Edit::Batch { edits: Vec::new() })
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
        Action::AddSteps(count, at) => {
            let steps = (0..count).map(|nth| step(&format!("wts_new{fresh}_{nth}"), 0, "new")).collect();
            Edit::AddSteps { steps, at }
        }
        Action::RemoveSteps(numbers) => Edit::RemoveSteps { steps: picked(draft, &numbers) },
        Action::MoveSteps(numbers, to) => Edit::MoveSteps { steps: picked(draft, &numbers), to },
        Action::Section(numbers, name) => {
            or_nothing(section::set(&draft.walkthrough, &picked(draft, &numbers), name.as_deref()))
        }
        Action::Quiz(number, has) => {
            let quiz = has.then(|| Quiz::of_json(&FreeJson::parse(QUIZ).expect("valid")).expect("a quiz"));
            or_nothing(quiz::set(&draft.walkthrough, &pick(draft, number), quiz, ENV.random))
        }
        Action::Silence(number) => {
            let reason = Some("As it is meant.".to_owned());
            let rule =
                SilenceRule { rule: "L002".into(), step: Some(pick(draft, number)), field: None, part: None, reason };
            or_nothing(silence::silence(&draft.walkthrough, rule))
        }
        Action::Metadata(number) => {
            Edit::SetMetadata { metadata: FreeJson::parse(&format!(r#"{{"number":{number}}}"#)).ok() }
        }
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
        Action::Typed(..) | Action::Trash(_) | Action::Undo | Action::Redo => unreachable!("BUG: not one edit"),
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
        // Nothing is written there.
        if self.draft.trashed_at.is_some() || edit::check(edit).is_err() {
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

    /// As many as the library takes together; none in the trash.
    fn travel(&mut self, kind: Kind, edits: usize) -> bool {
        if edits == 0 || self.draft.trashed_at.is_some() {
            return false;
        }
        let (from, to) = match kind {
            Kind::Redo => (&mut self.undone, &mut self.done),
            _ => (&mut self.done, &mut self.undone),
        };
        for _ in 0..edits {
            let (edit, inverse) = from.pop().expect("as many as the library has");
            edit::apply(&mut self.draft, if kind == Kind::Redo { &edit } else { &inverse }).expect("it applies");
            to.push((edit, inverse));
        }
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

/// How many edits the next step takes together.
async fn run_of(library: &Library, kind: Kind) -> usize {
    let mut snapshot = library.snapshot().await.expect("a snapshot");
    runs::run(&mut snapshot, &ID.into(), kind).await.expect("a run").len()
}

/// Does one action in both places.
async fn act(library: &Library, model: &mut Model, action: &Action, fresh: &mut usize) {
    let id = WalkthroughId::from(ID);
    let (stored, in_memory) = match action {
        Action::Undo => {
            let edits = run_of(library, Kind::Undo).await;
            (undo(library, &id, "test").await, model.travel(Kind::Undo, edits))
        }
        Action::Redo => {
            let edits = run_of(library, Kind::Redo).await;
            (redo(library, &id, "test").await, model.travel(Kind::Redo, edits))
        }
        Action::Trash(into) => {
            let ids = std::slice::from_ref(&id);
            let moved = if *into {
                drafts::trash(library, ids, "test").await
            } else {
                drafts::restore(library, ids, "test").await
            };
            moved.expect("it is there");
            model.draft.trashed_at = drafts::open(library, &id).await.expect("a draft").draft.trashed_at;
            assert_eq!(model.draft.trashed_at.is_some(), *into);
            return;
        }
        Action::Typed(number, words) => {
            let (step, mut at) = (pick(&model.draft, *number), 0);
            for word in words {
                let splice = Splice { from: at, to: at, insert: word.clone() };
                at += word.encode_utf16().count() as u32;
                let edit = Edit::SpliceField { step: step.clone(), field: Field::ContextForAgent, splice };
                let stored = apply(library, &id, edit.clone()).await;
                assert_eq!(stored.is_ok(), model.edit(&edit), "{edit:?}: {:?}", stored.err());
            }
            return;
        }
        _ => {
            let edit = edit_of(action, &model.draft, fresh);
            let stored = apply(library, &id, edit.clone()).await;
            (stored, model.edit(&edit))
        }
    };
    assert_eq!(stored.is_ok(), in_memory, "{action:?}: {:?}", stored.err());
    if let Ok(applied) = stored {
        assert_eq!(without_times(&applied.draft), without_times(&model.draft), "{action:?}");
        assert_eq!((applied.can_undo, applied.can_redo), (!model.done.is_empty(), !model.undone.is_empty()));
    }
}

/// Does the actions in both places. They agree after each, after opening the library again, and after undoing all.
pub(super) async fn run_and_compare(actions: Vec<Action>) {
    let (library, dir, id) = with_draft().await;
    let start = drafts::open(&library, &id).await.expect("a draft").draft;
    let mut model = Model { draft: start.clone(), start, done: Vec::new(), undone: Vec::new() };
    let mut fresh = 0;
    for action in &actions {
        act(&library, &mut model, action, &mut fresh).await;
    }
    library.close().await;
    let library = Library::open(dir.path(), ENV).await.expect("it opens again");
    assert_eq!(draft_of(&library).await, without_times(&model.draft));
    assert_eq!(replayed(&library).await, without_times(&model.draft));
    check_index(&library).await;
    act(&library, &mut model, &Action::Trash(false), &mut fresh).await;
    let end = without_times(&model.draft);
    let (mut undone, mut edits) = (0, 0);
    loop {
        let run = run_of(&library, Kind::Undo).await;
        if undo(&library, &id, "test").await.is_err() {
            break;
        }
        (undone, edits) = (undone + 1, edits + run);
    }
    assert_eq!(edits, model.done.len());
    assert_eq!(draft_of(&library).await, without_times(&model.start));
    check_index(&library).await;
    for _ in 0..undone {
        redo(&library, &id, "test").await.expect("a redo for each undo");
    }
    assert_eq!(draft_of(&library).await, end);
}
