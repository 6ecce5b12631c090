//! The quizzes and the certificate of a draft: written here, and tried out by the rules that learners meet.

use serde::{Deserialize, Serialize};
use tauri::State;
use waymark_core::{
    certificate::{self, Certificate, CertificateProblem, Values},
    compose::StepRef,
    error::Error,
    id::{StepId, WalkthroughId},
    quiz::{
        self, Quiz, QuizSummary,
        check::{QuizProblem, problems},
        learner::{LearnerQuiz, for_learner},
        score::{Answers, Attempt, KeptAttempt, score},
    },
    walkthrough::Walkthrough,
};
use waymark_library::quiz::{SaveCertificate, SaveQuiz};

use crate::{
    commands::editing::Applied,
    desk::Desk,
    failure::{Answer, Failure},
};

/// The quiz of a step.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct StepQuiz {
    /// The quiz, if there is one that can be read.
    pub quiz: Option<Quiz>,
    /// What is wrong with it.
    pub problems: Vec<QuizProblem>,
    /// What a learner would be shown.
    pub learner: Option<LearnerQuiz>,
    /// What stands in its place, if that cannot be read.
    pub unreadable: Option<Unreadable>,
}

/// Something that is kept and cannot be edited here.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct Unreadable {
    /// Why not.
    pub message: String,
    /// What is kept, as it stands.
    pub json: String,
}

/// Answers to score.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct ScoreQuiz {
    /// Of which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Of which step.
    pub step: StepId,
    /// The answers, by question.
    pub answers: Answers,
    /// What is kept of the attempts before.
    pub kept: Option<KeptAttempt>,
}

/// How an attempt went, and what is kept now.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct ScoredQuiz {
    /// This attempt.
    pub attempt: Attempt,
    /// What is kept of all.
    pub kept: KeptAttempt,
}

/// A certificate to look at before it is saved.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct PreviewCertificate {
    /// Of which walkthrough.
    pub walkthrough: WalkthroughId,
    /// The settings as typed; without them as saved.
    pub certificate: Option<Certificate>,
}

/// A certificate as its author sees it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct CertificatePreview {
    /// The settings.
    pub certificate: Certificate,
    /// What stands in their place, if that cannot be read.
    pub unreadable: Option<Unreadable>,
    /// What is wrong with them.
    pub problems: Vec<CertificateProblem>,
    /// The picture, as SVG, with an example learner.
    pub svg: String,
    /// What holds where a setting is empty.
    pub defaults: CertificateDefaults,
}

/// What holds where a setting of a certificate is empty.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct CertificateDefaults {
    /// What stands on top.
    pub title: String,
    /// What it says.
    pub body: String,
    /// The percentage at which it is earned.
    pub threshold: u32,
    /// Minutes that it stands for.
    pub duration_minutes: Option<u32>,
    /// Each name that may stand in braces, and what it means.
    pub variables: Vec<(String, String)>,
}

/// The steps that have a quiz.
#[tauri::command]
#[specta::specta]
pub async fn list_quizzes(desk: State<'_, Desk>, id: WalkthroughId) -> Answer<Vec<QuizSummary>> {
    Ok(quiz::summaries(&*desk.walkthrough(&id).await?))
}

/// The quiz of a step.
#[tauri::command]
#[specta::specta]
pub async fn read_quiz(desk: State<'_, Desk>, input: StepRef) -> Answer<StepQuiz> {
    let walkthrough = desk.walkthrough(&input.walkthrough).await?;
    let index = walkthrough.step_index(&input.step)?;
    let metadata = walkthrough.steps[index].metadata.as_ref();
    Ok(match quiz::of_metadata(metadata) {
        None => StepQuiz { quiz: None, problems: Vec::new(), learner: None, unreadable: None },
        Some(Ok(quiz)) => {
            let (problems, learner) = (problems(&quiz), Some(for_learner(&quiz)));
            StepQuiz { quiz: Some(quiz), problems, learner, unreadable: None }
        }
        Some(Err(error)) => {
            let json = quiz::stored(metadata).map(|json| json.as_str().to_owned()).unwrap_or_default();
            let unreadable = Some(Unreadable { message: error.to_string(), json });
            StepQuiz { quiz: None, problems: Vec::new(), learner: None, unreadable }
        }
    })
}

/// Gives a step a quiz, or takes it away.
#[tauri::command]
#[specta::specta]
pub async fn save_quiz(desk: State<'_, Desk>, input: SaveQuiz) -> Answer<Applied> {
    Ok(desk.note(waymark_library::quiz::save(desk.library()?, input, desk.origin()).await?).into())
}

/// Scores answers as a learner's would be. Writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn score_quiz(desk: State<'_, Desk>, input: ScoreQuiz) -> Answer<ScoredQuiz> {
    let walkthrough = desk.walkthrough(&input.walkthrough).await?;
    let index = walkthrough.step_index(&input.step)?;
    let found = quiz::of_metadata(walkthrough.steps[index].metadata.as_ref());
    let quiz = found.ok_or_else(|| Error::not_found("The step has no quiz any more."))?.map_err(Failure::from)?;
    let attempt = score(&quiz, &input.answers);
    let kept = KeptAttempt::after(input.kept, attempt.score, attempt.max_score, attempt.passed);
    Ok(ScoredQuiz { attempt, kept })
}

/// A certificate as typed or saved. Writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn preview_certificate(desk: State<'_, Desk>, input: PreviewCertificate) -> Answer<CertificatePreview> {
    let walkthrough = desk.walkthrough(&input.walkthrough).await?;
    let (saved, unreadable) = match certificate::of_metadata(walkthrough.metadata.as_ref()) {
        None => (Certificate::default(), None),
        Some(Ok(certificate)) => (certificate, None),
        Some(Err(error)) => {
            let json = certificate::stored(walkthrough.metadata.as_ref());
            let json = json.map(|json| json.as_str().to_owned()).unwrap_or_default();
            (Certificate::default(), Some(Unreadable { message: error.to_string(), json }))
        }
    };
    let certificate = input.certificate.unwrap_or(saved);
    let svg = certificate::svg(&certificate, &example(&walkthrough, &certificate));
    let problems = certificate::problems(&certificate);
    Ok(CertificatePreview { certificate, unreadable, problems, svg, defaults: defaults(&walkthrough) })
}

/// Stores the settings of the certificate, or takes them away.
#[tauri::command]
#[specta::specta]
pub async fn save_certificate(desk: State<'_, Desk>, input: SaveCertificate) -> Answer<Applied> {
    Ok(desk.note(waymark_library::quiz::save_certificate(desk.library()?, input, desk.origin()).await?).into())
}

/// Somebody who earned it.
fn example(walkthrough: &Walkthrough, certificate: &Certificate) -> Values {
    Values {
        learner: "Alex Morgan".to_owned(),
        date: "31 January 2026".to_owned(),
        certificate_id: "CERT-2026-EXAMPLE000000000".to_owned(),
        ..Values::of_walkthrough(walkthrough, certificate)
    }
}

fn defaults(walkthrough: &Walkthrough) -> CertificateDefaults {
    let variables = certificate::VARIABLES.map(|(name, about)| (name.to_owned(), about.to_owned()));
    CertificateDefaults {
        title: certificate::TITLE.to_owned(),
        body: certificate::BODY.to_owned(),
        threshold: certificate::THRESHOLD,
        duration_minutes: Values::of_walkthrough(walkthrough, &Certificate::default()).duration_minutes,
        variables: variables.to_vec(),
    }
}
