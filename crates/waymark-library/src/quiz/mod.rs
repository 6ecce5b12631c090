//! The quizzes and the certificate of a draft. Each save is one edit, made for the draft as it is now: what else stands
//! in the metadata is kept.

use serde::{Deserialize, Serialize};
use waymark_core::{
    certificate::{self, Certificate},
    error::Result,
    id::{StepId, WalkthroughId},
    quiz::{self, Quiz},
};

use crate::{
    Library, drafts,
    edits::{self, Applied, ApplyEdit},
};

#[cfg(test)]
mod tests;

/// A quiz to save.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SaveQuiz {
    /// In which draft.
    pub walkthrough: WalkthroughId,
    /// Of which step.
    pub step: StepId,
    /// The quiz; `None` takes it away.
    pub quiz: Option<Quiz>,
}

/// Settings of a certificate to save.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SaveCertificate {
    /// Of which draft.
    pub walkthrough: WalkthroughId,
    /// The settings; `None` takes them away.
    pub certificate: Option<Certificate>,
}

/// Gives a step a quiz, or takes it away.
///
/// # Errors
/// Those of [`quiz::set`] and of [`edits::apply`].
pub async fn save(library: &Library, input: SaveQuiz, origin: &str) -> Result<Applied> {
    let SaveQuiz { walkthrough, step, quiz } = input;
    let opened = drafts::open(library, &walkthrough).await?;
    let edit = quiz::set(&opened.draft.walkthrough, &step, quiz, library.random())?;
    let apply = ApplyEdit { walkthrough, edit, seen_version: Some(opened.version), origin: origin.to_owned() };
    edits::apply(library, apply).await
}

/// Stores the settings of the certificate, or takes them away.
///
/// # Errors
/// Those of [`certificate::set`] and of [`edits::apply`].
pub async fn save_certificate(library: &Library, input: SaveCertificate, origin: &str) -> Result<Applied> {
    let SaveCertificate { walkthrough, certificate } = input;
    let opened = drafts::open(library, &walkthrough).await?;
    let edit = certificate::set(&opened.draft.walkthrough, certificate.as_ref())?;
    let apply = ApplyEdit { walkthrough, edit, seen_version: Some(opened.version), origin: origin.to_owned() };
    edits::apply(library, apply).await
}
