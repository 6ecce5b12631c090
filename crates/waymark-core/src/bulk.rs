//! One wish for several walkthroughs at once: what it means for each of them, as an [`Edit`].
//!
//! A walkthrough that is already as it is wished gets no edit, so that taking the whole back touches only what changed.

use serde::{Deserialize, Serialize};

use crate::{
    compose::{self, AssignServer, Source},
    edit::{Draft, Edit},
    walkthrough::WalkthroughStatus,
};

/// What several walkthroughs are to become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum BulkChange {
    /// Have these tags, besides their own.
    AddTags(Vec<String>),
    /// Do not have these tags.
    RemoveTags(Vec<String>),
    /// Stand here.
    SetStatus(WalkthroughStatus),
    /// Be offered on the server with this slug.
    Assign(String),
    /// Not be offered on the server with this slug.
    Unassign(String),
    /// Lie in the trash.
    Trash,
}

impl BulkChange {
    /// The kind of change, for the library's record.
    pub fn name(&self) -> &'static str {
        match self {
            BulkChange::AddTags(_) => "add_tags",
            BulkChange::RemoveTags(_) => "remove_tags",
            BulkChange::SetStatus(_) => "set_status",
            BulkChange::Assign(_) => "assign",
            BulkChange::Unassign(_) => "unassign",
            BulkChange::Trash => "trash",
        }
    }

    /// What was done, in words that stand in a list of changes.
    pub fn label(&self) -> String {
        let tags = |tags: &[String]| tags.iter().map(|tag| format!("`{tag}`")).collect::<Vec<_>>().join(", ");
        match self {
            BulkChange::AddTags(added) => format!("Tagged {}", tags(added)),
            BulkChange::RemoveTags(removed) => format!("Took off the tags {}", tags(removed)),
            BulkChange::SetStatus(status) => format!("Set the status to {}", status.name()),
            BulkChange::Assign(server) => format!("Assigned to `{server}`"),
            BulkChange::Unassign(server) => format!("Taken from `{server}`"),
            BulkChange::Trash => "Moved to the trash".to_owned(),
        }
    }

    /// The same change, with what a person typed brought into order: blanks around tags and empty ones are gone.
    #[must_use]
    pub fn tidied(self) -> Self {
        let tidy = |tags: Vec<String>| {
            let mut tidied: Vec<String> = Vec::with_capacity(tags.len());
            for tag in tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
                if !tidied.iter().any(|known| known == tag) {
                    tidied.push(tag.to_owned());
                }
            }
            tidied
        };
        match self {
            BulkChange::AddTags(tags) => BulkChange::AddTags(tidy(tags)),
            BulkChange::RemoveTags(tags) => BulkChange::RemoveTags(tidy(tags)),
            BulkChange::Assign(server) => BulkChange::Assign(server.trim().to_owned()),
            other => other,
        }
    }
}

/// The edit that makes a draft so; `None` where it is so already.
pub fn edit(draft: &Draft, change: &BulkChange, source: Source) -> Option<Edit> {
    let walkthrough = &draft.walkthrough;
    match change {
        BulkChange::AddTags(added) => {
            let missing: Vec<&String> = added.iter().filter(|tag| !walkthrough.tags.contains(tag)).collect();
            let tags = walkthrough.tags.iter().chain(missing.iter().copied()).cloned().collect();
            (!missing.is_empty()).then_some(Edit::SetTags { tags })
        }
        BulkChange::RemoveTags(removed) => {
            let tags: Vec<String> = walkthrough.tags.iter().filter(|tag| !removed.contains(tag)).cloned().collect();
            (tags.len() < walkthrough.tags.len()).then_some(Edit::SetTags { tags })
        }
        BulkChange::SetStatus(status) => (walkthrough.status != *status).then_some(Edit::SetStatus { status: *status }),
        BulkChange::Assign(server) => {
            let known = walkthrough.assignments.iter().find(|known| known.server == *server);
            let wish = AssignServer {
                walkthrough: walkthrough.id.clone(),
                server: server.clone(),
                display_order: None,
                is_enabled: true,
            };
            known.is_none_or(|known| !known.is_enabled).then(|| compose::assign(walkthrough, wish, source))
        }
        BulkChange::Unassign(server) => {
            let is_there = walkthrough.assignments.iter().any(|known| known.server == *server);
            is_there.then(|| Edit::Unassign { server: server.clone() })
        }
        BulkChange::Trash => draft.trashed_at.is_none().then_some(Edit::SetTrashed { at: Some(source.now) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        edit,
        walkthrough::{Millis, Walkthrough, WalkthroughType},
    };

    const SOURCE: Source = Source { random: |length| vec![7; length], now: Millis(1_000) };

    fn draft() -> Draft {
        let walkthrough = Walkthrough {
            tags: vec!["helm".to_owned(), "k8s".to_owned()],
            ..Walkthrough::new("wt_1", "Tour", WalkthroughType::Course)
        };
        Draft { walkthrough, trashed_at: None }
    }

    fn words(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    /// Done once there is nothing left to do, and the inverse leads back to the letter.
    fn check(change: BulkChange, changes: bool) {
        let change = change.tidied();
        let mut now = draft();
        let edit = super::edit(&now, &change, SOURCE);
        assert_eq!(edit.is_some(), changes, "{change:?}");
        let Some(edit) = edit else { return };
        let inverse = edit::apply(&mut now, &edit).expect("it applies");
        assert_eq!(super::edit(&now, &change, SOURCE), None, "{change:?} twice");
        edit::apply(&mut now, &inverse).expect("the inverse applies");
        assert_eq!(now, draft(), "{change:?} taken back");
    }

    #[test]
    fn a_change_is_an_edit_where_it_changes_something() {
        for (change, changes) in [
            (BulkChange::AddTags(words(&[" helm ", ""])), false),
            (BulkChange::AddTags(words(&["helm", "disk", "disk"])), true),
            (BulkChange::RemoveTags(words(&["disk"])), false),
            (BulkChange::RemoveTags(words(&["k8s"])), true),
            (BulkChange::SetStatus(WalkthroughStatus::Draft), false),
            (BulkChange::SetStatus(WalkthroughStatus::Archived), true),
            (BulkChange::Assign(" docs".to_owned()), true),
            (BulkChange::Unassign("docs".to_owned()), false),
            (BulkChange::Trash, true),
        ] {
            check(change, changes);
        }
    }

    #[test]
    fn tags_are_added_behind_those_that_are_there() {
        let change = BulkChange::AddTags(words(&["disk", "helm"]));
        let edit = super::edit(&draft(), &change, SOURCE);
        assert_eq!(edit, Some(Edit::SetTags { tags: words(&["helm", "k8s", "disk"]) }));
        assert_eq!(change.label(), "Tagged `disk`, `helm`");
    }
}
