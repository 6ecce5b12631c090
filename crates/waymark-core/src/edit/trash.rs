//! The trash is a place, and moving there is no change of what is written: undo never takes a walkthrough there.

use super::Edit;

/// Whether it moves the draft into the trash or out of it, also among other things.
pub fn moves(edit: &Edit) -> bool {
    match edit {
        Edit::SetTrashed { .. } => true,
        Edit::Batch { edits } => edits.iter().any(moves),
        _ => false,
    }
}

/// Whether it does that and nothing else.
pub fn only_moves(edit: &Edit) -> bool {
    matches!(edit, Edit::SetTrashed { .. })
}

/// What is left of an edit without that.
#[must_use]
pub fn stays(edit: Edit) -> Edit {
    match edit {
        Edit::Batch { edits } => {
            Edit::Batch { edits: edits.into_iter().filter(|edit| !only_moves(edit)).map(stays).collect() }
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_is_told_from_what_is_written() {
        let (moving, title) = (Edit::SetTrashed { at: None }, Edit::SetTitle { title: "New".into() });
        let both = Edit::Batch { edits: vec![moving.clone(), title.clone()] };
        assert_eq!([&moving, &title, &both].map(moves), [true, false, true]);
        assert_eq!([&moving, &title, &both].map(only_moves), [true, false, false]);
        assert_eq!(stays(both), Edit::Batch { edits: vec![title.clone()] });
        assert_eq!(stays(title.clone()), title);
    }
}
