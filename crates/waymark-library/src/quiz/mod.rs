//! The quizzes and the certificate of a draft. Each save is one edit, made on the draft as it was seen: what else stands in
//! the metadata is kept, and what others changed since is not written over.

use serde::{Deserialize, Serialize};
use waymark_core::{
    certificate::{self, Certificate},
    error::Result,
    id::{StepId, WalkthroughId},
    quiz::{self, Quiz},
};

use crate::{
    Library,
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
    /// The version that it was made on; `None` for the present one, whatever it is.
    pub seen_version: Option<u32>,
}

/// Settings of a certificate to save.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SaveCertificate {
    /// Of which draft.
    pub walkthrough: WalkthroughId,
    /// The settings; `None` takes them away.
    pub certificate: Option<Certificate>,
    /// The version that it was made on; `None` for the present one, whatever it is.
    pub seen_version: Option<u32>,
}

/// Gives a step a quiz, or takes it away.
///
/// # Errors
/// Those of [`quiz::set`] and of [`edits::apply`].
pub async fn save(library: &Library, input: SaveQuiz, origin: &str) -> Result<Applied> {
    let SaveQuiz { walkthrough, step, quiz, seen_version } = input;
    let seen = edits::as_seen(library, &walkthrough, seen_version).await?;
    let edit = quiz::set(&seen.draft.walkthrough, &step, quiz, library.random())?;
    let apply = ApplyEdit { walkthrough, edit, seen_version: Some(seen.version), origin: origin.to_owned() };
    edits::apply(library, apply).await
}

/// Stores the settings of the certificate, or takes them away.
///
/// # Errors
/// Those of [`certificate::set`] and of [`edits::apply`].
pub async fn save_certificate(library: &Library, input: SaveCertificate, origin: &str) -> Result<Applied> {
    let SaveCertificate { walkthrough, certificate, seen_version } = input;
    let seen = edits::as_seen(library, &walkthrough, seen_version).await?;
    let edit = certificate::set(&seen.draft.walkthrough, certificate.as_ref())?;
    let apply = ApplyEdit { walkthrough, edit, seen_version: Some(seen.version), origin: origin.to_owned() };
    edits::apply(library, apply).await
}
