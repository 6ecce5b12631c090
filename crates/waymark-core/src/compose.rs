//! Edits that need something minted: a wish becomes the [`Edit`] that fulfils it.
//!
//! Doors hand in what the person said; ids, order and times come from here, so that every door makes the same edit.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    content::ContentFields,
    edit::Edit,
    error::Result,
    id::{AssignmentId, Random, StepId, WalkthroughId},
    json::{self, FreeJson},
    limits, section,
    walkthrough::{Assignment, Millis, Step, Walkthrough},
};

/// Where randomness and time come from.
#[derive(Clone, Copy)]
pub struct Source {
    /// The randomness of new ids.
    pub random: Random,
    /// Now.
    pub now: Millis,
}

/// Offer a walkthrough on a server, or change how it is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AssignServer {
    /// Which walkthrough.
    pub walkthrough: WalkthroughId,
    /// The server's slug.
    pub server: String,
    /// Its place among the server's walkthroughs; without one it keeps the one it has, or is 0.
    pub display_order: Option<i32>,
    /// Whether learners see it there.
    pub is_enabled: bool,
}

/// A new, empty step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AddStep {
    /// In which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Index (from 0) at which it will stand; past the end is the end.
    pub at: u32,
    /// Its title.
    pub title: String,
}

/// A step of a walkthrough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct StepRef {
    /// Which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Which step.
    pub step: StepId,
}

/// Steps of a walkthrough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct StepsRef {
    /// Which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Which steps.
    pub steps: Vec<StepId>,
}

/// Offers a walkthrough on a server. What is there already keeps its id and what was not said.
pub fn assign(walkthrough: &Walkthrough, wish: AssignServer, source: Source) -> Edit {
    let known = walkthrough.assignments.iter().find(|known| known.server == wish.server);
    let assignment = Assignment {
        id: known.map_or_else(|| AssignmentId::mint(source.random), |known| known.id.clone()),
        display_order: wish.display_order.or(known.map(|known| known.display_order)).unwrap_or_default(),
        is_enabled: wish.is_enabled,
        created_at: known.map_or(Some(source.now), |known| known.created_at),
        server: wish.server,
    };
    Edit::Assign { assignment }
}

/// A new, empty step, and its id.
pub fn add_step(title: String, at: u32, source: Source) -> (StepId, Edit) {
    let id = StepId::mint(source.random);
    let step = Step {
        id: id.clone(),
        title,
        content_fields: ContentFields::default(),
        display_order: 0,
        next_step_id: None,
        created_at: Some(source.now),
        updated_at: Some(source.now),
        metadata: None,
    };
    (id, Edit::AddStep { step: Box::new(step), at })
}

/// A new, empty step at a place of a walkthrough, in the section of the step above it, and its id.
pub fn add_step_beside(walkthrough: &Walkthrough, title: String, at: u32, source: Source) -> (StepId, Edit) {
    let (id, mut edit) = add_step(title, at, source);
    let above = (at as usize).min(walkthrough.steps.len()).checked_sub(1);
    let section = above.and_then(|above| section::of(&walkthrough.steps[above]));
    if let (Edit::AddStep { step, .. }, Some(section)) = (&mut edit, section) {
        step.metadata = json::with_own(None, section::KEY, Some(FreeJson::of(&section)));
    }
    (id, edit)
}

/// Copies of steps behind the last of them, in their order, and the ids of the copies. Links between the steps lead from
/// copy to copy.
///
/// # Errors
/// `NotFound` for a step that is not there.
pub fn duplicate_steps(walkthrough: &Walkthrough, steps: &[StepId], source: Source) -> Result<(Vec<StepId>, Edit)> {
    let mut places = steps.iter().map(|step| walkthrough.step_index(step)).collect::<Result<Vec<_>>>()?;
    places.sort_unstable();
    places.dedup();
    let ids: HashMap<&StepId, StepId> =
        places.iter().map(|place| (&walkthrough.steps[*place].id, StepId::mint(source.random))).collect();
    let copy = |place: &usize| {
        let original = &walkthrough.steps[*place];
        Step {
            id: ids[&original.id].clone(),
            title: copied_title(&original.title),
            created_at: Some(source.now),
            updated_at: Some(source.now),
            next_step_id: original.next_step_id.as_ref().and_then(|next| ids.get(next).cloned()),
            ..original.clone()
        }
    };
    let copies: Vec<Step> = places.iter().map(copy).collect();
    let made = copies.iter().map(|step| step.id.clone()).collect();
    let at = places.last().map_or(0, |last| u32::try_from(last + 1).unwrap_or(u32::MAX));
    Ok((made, Edit::AddSteps { steps: copies, at }))
}

/// `<title> (copy)`, cut so that it fits.
fn copied_title(title: &str) -> String {
    const MARK: &str = " (copy)";
    let room = limits::STEP_TITLE_MAX - MARK.len();
    title.chars().take(room).chain(MARK.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{self, Draft};

    const SOURCE: Source = Source { random: |length| vec![7; length], now: Millis(1_000) };

    fn draft() -> Draft {
        let walkthrough = Walkthrough {
            id: WalkthroughId::from("wt_1"),
            title: "Tour".to_owned(),
            description: None,
            kind: crate::walkthrough::WalkthroughType::Course,
            status: crate::walkthrough::WalkthroughStatus::Draft,
            created_at: None,
            updated_at: None,
            estimated_duration_minutes: None,
            tags: Vec::new(),
            metadata: None,
            steps: Vec::new(),
            assignments: Vec::new(),
        };
        Draft { walkthrough, trashed_at: None }
    }

    fn wish(order: Option<i32>, is_enabled: bool) -> AssignServer {
        let walkthrough = WalkthroughId::from("wt_1");
        AssignServer { walkthrough, server: "docs".to_owned(), display_order: order, is_enabled }
    }

    #[test]
    fn a_copy_stands_behind_its_step_and_says_so() {
        let mut draft = draft();
        let (first, add) = add_step("s".repeat(limits::STEP_TITLE_MAX), 0, SOURCE);
        edit::apply(&mut draft, &add).unwrap();
        draft.walkthrough.steps[0].id = StepId::from("wts_first");
        let (copies, edit) = duplicate_steps(&draft.walkthrough, &[StepId::from("wts_first")], SOURCE).unwrap();
        edit::check(&edit).expect("the copy's title fits");
        edit::apply(&mut draft, &edit).unwrap();
        assert_eq!(copies, [draft.walkthrough.steps[1].id.clone()]);
        assert!(draft.walkthrough.steps[1].title.ends_with("s (copy)"));
        assert!(duplicate_steps(&draft.walkthrough, &[StepId::from("wts_none")], SOURCE).is_err());
        assert_eq!([first], copies[..], "the randomness is fixed here");
    }

    #[test]
    fn assigning_again_keeps_the_id_and_the_order_that_was_not_said() {
        let mut draft = draft();
        let first = assign(&draft.walkthrough, wish(Some(4), true), SOURCE);
        edit::apply(&mut draft, &first).unwrap();
        let before = draft.walkthrough.assignments[0].clone();
        let later = Source { now: Millis(2_000), random: |length| vec![9; length] };
        let second = assign(&draft.walkthrough, wish(None, false), later);
        edit::apply(&mut draft, &second).unwrap();
        let expected = Assignment { is_enabled: false, ..before };
        assert_eq!(draft.walkthrough.assignments, [expected]);
    }
}
