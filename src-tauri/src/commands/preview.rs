//! What an agent and a user would see of a text, typed or saved.

use serde::{Deserialize, Serialize};
use tauri::State;
use waymark_core::{
    content::{ContentFields, FieldsV1},
    id::{StepId, WalkthroughId},
    preview::{self, StepPreview},
    walkthrough::Walkthrough,
};

use crate::{
    desk::Desk,
    failure::{Answer, Failure},
};

/// A step to preview, with what is typed and not saved yet.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct PreviewStep {
    /// Of which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Which step.
    pub step: StepId,
    /// Its title as typed.
    pub title: Option<String>,
    /// Its texts as typed.
    pub fields: Option<FieldsV1>,
}

impl PreviewStep {
    /// The walkthrough as it would be if everything typed were saved.
    pub fn over(self, saved: &Walkthrough) -> Walkthrough {
        let mut typed = saved.clone();
        if let Some(step) = typed.steps.iter_mut().find(|step| step.id == self.step) {
            if let Some(title) = self.title {
                step.title = title;
            }
            if let Some(fields) = self.fields {
                step.content_fields = ContentFields::V1(fields);
            }
        }
        typed
    }
}

/// What the preview panes show of one step. Writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn preview_step(desk: State<'_, Desk>, input: PreviewStep) -> Answer<StepPreview> {
    let saved = desk.walkthrough(&input.walkthrough).await?;
    let step = input.step.clone();
    preview::step(&input.over(&saved), &step).map_err(Failure::from)
}
