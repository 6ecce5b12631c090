//! What is wrong with a draft, and mending it.

use tauri::State;
use waymark_core::{
    id::WalkthroughId,
    lint::{
        Report,
        rules::{self, Rule},
    },
};
use waymark_library::lint::{self, FixFindings, SilenceFindings};

use crate::{
    commands::{editing::Applied, preview::TypedStep},
    desk::Desk,
    failure::Answer,
};

/// The rules, by number.
#[tauri::command]
#[specta::specta]
pub fn lint_rules() -> Vec<Rule> {
    rules::RULES.to_vec()
}

/// What is wrong with a draft.
#[tauri::command]
#[specta::specta]
pub async fn lint_draft(desk: State<'_, Desk>, id: WalkthroughId) -> Answer<Report> {
    Ok(lint::report(desk.library()?, &id).await?)
}

/// What is wrong with one step as it is typed. Writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn lint_step(desk: State<'_, Desk>, input: TypedStep) -> Answer<Report> {
    let saved = desk.walkthrough(&input.walkthrough).await?;
    let step = input.step.clone();
    Ok(lint::report_step(desk.library()?, input.over(&saved), step).await?)
}

/// Applies quick fixes as one edit; nothing where there is nothing to fix.
#[tauri::command]
#[specta::specta]
pub async fn fix_findings(desk: State<'_, Desk>, input: FixFindings) -> Answer<Option<Applied>> {
    let fixed = lint::fix(desk.library()?, input, desk.origin()).await?;
    Ok(fixed.map(|applied| desk.note(applied).into()))
}

/// Silences a rule with a reason, or lets it speak again.
#[tauri::command]
#[specta::specta]
pub async fn silence_findings(desk: State<'_, Desk>, input: SilenceFindings) -> Answer<Applied> {
    Ok(desk.note(lint::silence(desk.library()?, input, desk.origin()).await?).into())
}
