//! Ghosts: ids of completed steps that no longer exist. They count for nothing; a person may have them taken out.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::{
    id::{StepId, WalkthroughId},
    json::FreeJson,
};

/// What cleaning a walkthrough of ghosts would do, or did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct GhostPlan {
    /// Which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Its title in production.
    pub title: String,
    /// The removed steps that learners have completed.
    pub ghosts: Vec<Ghost>,
    /// How many rows of learners change.
    pub learners: u32,
    /// Names exactly this plan: cleaning with it does this or nothing.
    pub digest: String,
}

/// One removed step.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Ghost {
    /// The id that is left of it.
    pub step: StepId,
    /// How many learners have completed it.
    pub learners: u32,
}

/// A learner's completed steps without ghosts, and the ghosts; `None` where there are none. Everything else in the list
/// stays as it is, also what is no id at all.
pub fn without(completed: &FreeJson, steps: &HashSet<StepId>) -> Option<(FreeJson, Vec<StepId>)> {
    let (mut kept, mut ghosts) = (Vec::new(), Vec::new());
    for item in completed.items()? {
        match item.read::<StepId>() {
            Ok(id) if !steps.contains(&id) => ghosts.push(id),
            _ => kept.push(item),
        }
    }
    ghosts.sort_unstable();
    ghosts.dedup();
    (!ghosts.is_empty()).then(|| (FreeJson::list(&kept), ghosts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_of_steps_that_are_gone_are_taken_out() {
        let steps: HashSet<StepId> = ["a", "b"].map(StepId::from).into();
        for (before, after) in [
            (r#"["a","gone","b"]"#, Some((r#"["a","b"]"#, 1))),
            (r#"["gone","gone","lost"]"#, Some(("[]", 2))),
            (r#"["a",1.50,null,{"x":"gone"},"gone"]"#, Some((r#"["a",1.50,null,{"x":"gone"}]"#, 1))),
            (r#"["a","b","b"]"#, None),
            ("[]", None),
            ("null", None),
            (r#"{"gone":1}"#, None),
        ] {
            let found = without(&FreeJson::parse(before).expect("valid"), &steps);
            let found = found.map(|(kept, ghosts)| (kept.as_str().to_owned(), ghosts.len()));
            assert_eq!(found, after.map(|(kept, count)| (kept.to_owned(), count)), "{before}");
        }
    }
}
