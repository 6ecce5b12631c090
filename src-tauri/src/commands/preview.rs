//! What an agent and a user would see of a text, typed or saved.

use serde::{Deserialize, Serialize};
use tauri::{State, async_runtime::spawn_blocking};
use waymark_core::{
    content::{ContentFields, FieldsV1},
    error::Error,
    id::{StepId, WalkthroughId},
    preview::{self, StepPreview},
    walkthrough::Walkthrough,
};

use crate::{
    desk::Desk,
    failure::{Answer, Failure},
};

/// A step with what is typed and not saved yet.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct TypedStep {
    /// Of which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Which step.
    pub step: StepId,
    /// Its title as typed.
    pub title: Option<String>,
    /// Its texts as typed.
    pub fields: Option<FieldsV1>,
}

/// A step to preview.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct PreviewStep {
    /// As it is typed.
    pub typed: TypedStep,
    /// Whether the user's side is shown.
    pub with_user: bool,
}

impl TypedStep {
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

/// What the preview panes show of one step, the user's side only where it is shown. Writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn preview_step(desk: State<'_, Desk>, input: PreviewStep) -> Answer<StepPreview> {
    let PreviewStep { typed, with_user } = input;
    let saved = desk.walkthrough(&typed.walkthrough).await?;
    let wordings = desk.wordings().await?;
    let tokenizer = desk.tokenizer().await?;
    let (step, typed) = (typed.step.clone(), typed.over(&saved));
    let previewed = spawn_blocking(move || preview::step(&typed, &step, with_user, &wordings, tokenizer)).await;
    previewed.map_err(|panic| Error::bug("Previewing a step ended early.").with_source(panic))?.map_err(Failure::from)
}
