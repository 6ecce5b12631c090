//! Making an imported walkthrough fit what the library has: over an existing draft, or as a copy beside it.

use std::collections::{HashMap, HashSet};

use waymark_core::{
    format::json::ImportedFile,
    hash::{CONTENT_HASH_KEY, REVISION_KEY},
    id::{Random, StepId, WalkthroughId},
    json,
    limits::TITLE_MAX,
    walkthrough::{Walkthrough, WalkthroughStatus},
};

/// What production says of its version; it belongs to the draft that was published, not to a file.
const PUBLISHED_KEYS: [&str; 2] = [REVISION_KEY, CONTENT_HASH_KEY];

/// The file's walkthrough as it replaces `present`: under its id, and its steps under the ids they had, so that learners
/// keep their progress. A step is the same if it has the same id; else the same title; else the same place. A bare list
/// replaces the steps and nothing else.
pub fn over(file: &ImportedFile, present: &Walkthrough) -> Walkthrough {
    let mut imported = file.walkthrough.clone();
    let known: HashSet<&StepId> = present.steps.iter().map(|step| &step.id).collect();
    let mut is_taken: HashSet<StepId> =
        imported.steps.iter().filter(|step| known.contains(&step.id)).map(|step| step.id.clone()).collect();
    let mut renamed = HashMap::new();
    let same_title = |step: usize, other: usize| imported.steps[step].title == present.steps[other].title;
    let same_place = |step: usize, other: usize| step == other;
    for is_same in [&same_title as &dyn Fn(usize, usize) -> bool, &same_place] {
        for (index, step) in imported.steps.iter().enumerate() {
            if known.contains(&step.id) || renamed.contains_key(&step.id) {
                continue;
            }
            let candidates = (0..present.steps.len()).filter(|other| is_same(index, *other));
            let free = candidates.map(|other| &present.steps[other].id).find(|id| !is_taken.contains(*id));
            if let Some(id) = free {
                is_taken.insert(id.clone());
                renamed.insert(step.id.clone(), id.clone());
            }
        }
    }
    rename(&mut imported, &renamed);
    if file.is_bare_list {
        return Walkthrough { steps: imported.steps, ..present.clone() };
    }
    imported.id = present.id.clone();
    imported.created_at = imported.created_at.or(present.created_at);
    for key in PUBLISHED_KEYS {
        let kept = json::own(present.metadata.as_ref(), key);
        imported.metadata = json::with_own(imported.metadata.as_ref(), key, kept);
    }
    if imported.assignments.is_empty() {
        // A file from elsewhere knows nothing of servers: that is no wish to leave them.
        imported.assignments = present.assignments.clone();
    }
    imported
}

/// The walkthrough under new ids and a free title, as a draft that is assigned nowhere.
pub fn beside(mut imported: Walkthrough, taken_titles: &HashSet<String>, random: Random) -> Walkthrough {
    let renamed = imported.steps.iter().map(|step| (step.id.clone(), StepId::mint(random))).collect();
    rename(&mut imported, &renamed);
    imported.id = WalkthroughId::mint(random);
    imported.title = free_title(&imported.title, taken_titles);
    imported.status = WalkthroughStatus::Draft;
    for key in PUBLISHED_KEYS {
        imported.metadata = json::with_own(imported.metadata.as_ref(), key, None);
    }
    imported.assignments = Vec::new();
    imported
}

/// Gives these steps new ids, and their links with them.
pub fn give_new_ids(walkthrough: &mut Walkthrough, steps: impl Iterator<Item = StepId>, random: Random) {
    let renamed = steps.map(|id| (id, StepId::mint(random))).collect();
    rename(walkthrough, &renamed);
}

fn rename(walkthrough: &mut Walkthrough, renamed: &HashMap<StepId, StepId>) {
    for step in &mut walkthrough.steps {
        if let Some(id) = renamed.get(&step.id) {
            step.id = id.clone();
        }
        if let Some(next) = step.next_step_id.as_ref().and_then(|next| renamed.get(next)) {
            step.next_step_id = Some(next.clone());
        }
    }
}

/// `title`, or `title (copy)`, or `title (copy 2)` and so on, within the limit.
fn free_title(title: &str, taken: &HashSet<String>) -> String {
    let mut candidate = title.to_owned();
    for number in 1.. {
        if !taken.contains(&candidate) {
            break;
        }
        let suffix = if number == 1 { " (copy)".to_owned() } else { format!(" (copy {number})") };
        let room = TITLE_MAX - suffix.chars().count();
        candidate = title.chars().take(room).chain(suffix.chars()).collect();
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_title_is_found_within_the_limit() {
        let taken: HashSet<String> = ["A".to_owned(), "A (copy)".to_owned(), "x".repeat(100)].into();
        assert_eq!(free_title("B", &taken), "B");
        assert_eq!(free_title("A", &taken), "A (copy 2)");
        assert_eq!(free_title(&"x".repeat(100), &taken), format!("{} (copy)", "x".repeat(93)));
    }
}
