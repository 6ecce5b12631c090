//! The content of steps that were delivered, by step and version, so that a text is read once for as long as it stays.
//!
//! Every call reads the version of the step that it delivers, so what is kept here never outlives what is stored.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use waymark_core::{id::StepId, learner::standing::StepContent};

/// Characters of content that are kept at most. Beyond it everything is forgotten and read again when it is needed.
const KEPT_MAX: usize = 32 * 1024 * 1024;

/// What is kept of one organization's steps.
#[derive(Debug, Default)]
pub(crate) struct Contents(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    steps: HashMap<StepId, (String, Arc<StepContent>)>,
    size: usize,
}

impl Contents {
    /// The content of a step in this version, if it is known.
    pub(crate) fn get(&self, step: &StepId, version: &str) -> Option<Arc<StepContent>> {
        let kept = self.kept();
        let (known, content) = kept.steps.get(step)?;
        (known == version).then(|| Arc::clone(content))
    }

    /// Keeps a content in the place of its earlier version.
    pub(crate) fn keep(&self, version: String, content: StepContent) -> Arc<StepContent> {
        let (step, size, content) = (content.step.id.clone(), size(&content), Arc::new(content));
        let mut kept = self.kept();
        if kept.size + size > KEPT_MAX {
            *kept = Kept::default();
        }
        kept.size += size;
        if let Some((_, replaced)) = kept.steps.insert(step, (version, Arc::clone(&content))) {
            kept.size = kept.size.saturating_sub(self::size(&replaced));
        }
        content
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(content: &StepContent) -> usize {
    let json = |json: Option<&waymark_core::json::FreeJson>| json.map_or(0, |json| json.as_str().len());
    let StepContent { walkthrough, step } = content;
    step.content_fields.to_json().as_str().len()
        + step.title.len()
        + json(step.metadata.as_ref())
        + json(walkthrough.metadata.as_ref())
        + walkthrough.description.as_ref().map_or(0, String::len)
}

#[cfg(test)]
mod tests {
    use waymark_core::{
        content::{ContentFields, FieldsV1},
        walkthrough::{Step, Walkthrough, WalkthroughType},
    };

    use super::*;

    fn content(step: &str, text: String) -> StepContent {
        let fields = FieldsV1 { content_for_user: Some(text), ..FieldsV1::default() };
        let step = Step { content_fields: ContentFields::V1(fields), ..Step::new(step, "Title") };
        StepContent { walkthrough: Walkthrough::new("wt", "Title", WalkthroughType::Course), step }
    }

    #[test]
    fn only_the_version_that_was_kept_is_given() {
        let contents = Contents::default();
        contents.keep("1".to_owned(), content("a", "old".to_owned()));
        contents.keep("2".to_owned(), content("a", "new".to_owned()));
        assert_eq!(contents.get(&"a".into(), "1"), None);
        assert_eq!(contents.get(&"a".into(), "2").map(|kept| kept.step.id.clone()), Some("a".into()));
        assert_eq!(contents.kept().size, size(&content("a", "new".to_owned())));
    }

    #[test]
    fn what_is_kept_has_a_limit() {
        let contents = Contents::default();
        for at in 0..5 {
            contents.keep("1".to_owned(), content(&format!("s{at}"), "x".repeat(KEPT_MAX / 4)));
            assert!(contents.kept().size <= KEPT_MAX);
        }
        assert!(contents.get(&"s0".into(), "1").is_none() && contents.get(&"s4".into(), "1").is_some());
    }
}
