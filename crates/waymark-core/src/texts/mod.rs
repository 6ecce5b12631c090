//! The texts of a walkthrough that are in none of the four fields: titles, description, section, quiz and certificate.
//!
//! Lint, search and replace look at the same ones, and name them alike: by a [`Slot`]. Texts are read and written one by
//! one; [`put`] makes one edit of all that belongs into the same metadata.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{
    certificate::{self, Certificate},
    edit::Edit,
    id::StepId,
    json::{FreeJson, with_own},
    limits::{self, check_text},
    quiz::{self, QuestionTask, Quiz},
    search::Part,
    section,
    walkthrough::{Step, Walkthrough},
};

#[cfg(test)]
mod tests;

/// A text in none of the four fields, of a step or of the walkthrough. Questions and options count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "slot", rename_all = "snake_case")]
pub enum Slot {
    /// The title.
    Title,
    /// A walkthrough's description.
    Description,
    /// The name of a step's section.
    Section,
    /// What a question asks.
    Prompt {
        /// Which question.
        question: u32,
    },
    /// What can be chosen, or what is accepted.
    Answer {
        /// Which question.
        question: u32,
        /// Which of its options or accepted answers.
        answer: u32,
    },
    /// What is shown after the answer.
    Explanation {
        /// Which question.
        question: u32,
    },
    /// What stands on top of the certificate.
    CertificateTitle,
    /// What the certificate says.
    CertificateBody,
    /// How hard the walkthrough is, as the certificate says it.
    Difficulty,
}

impl Slot {
    /// The part that it belongs to.
    pub fn part(self) -> Part {
        match self {
            Slot::Title => Part::Title,
            Slot::Description => Part::Description,
            Slot::Section => Part::Section,
            Slot::Prompt { .. } | Slot::Answer { .. } | Slot::Explanation { .. } => Part::Quiz,
            Slot::CertificateTitle | Slot::CertificateBody | Slot::Difficulty => Part::Certificate,
        }
    }

    /// What it is, after `the`.
    pub fn label(self) -> String {
        match self {
            Slot::Title => "title".to_owned(),
            Slot::Description => "description".to_owned(),
            Slot::Section => "section's name".to_owned(),
            Slot::Prompt { question } => format!("text of question {}", question + 1),
            Slot::Answer { question, answer } => format!("answer {} of question {}", answer + 1, question + 1),
            Slot::Explanation { question } => format!("explanation of question {}", question + 1),
            Slot::CertificateTitle => "certificate's title".to_owned(),
            Slot::CertificateBody => "certificate's text".to_owned(),
            Slot::Difficulty => "certificate's difficulty".to_owned(),
        }
    }

    /// Whether it is one line: a break has no place in it.
    pub fn is_line(self) -> bool {
        !matches!(self, Slot::Description | Slot::Prompt { .. } | Slot::Explanation { .. } | Slot::CertificateBody)
    }
}

/// The texts of a step outside its fields, in the order of the editor. A quiz that cannot be read has none.
pub fn of_step(step: &Step) -> Vec<(Slot, Cow<'_, str>)> {
    let mut texts = vec![(Slot::Title, Cow::Borrowed(step.title.as_str()))];
    texts.extend(of_step_metadata(step.metadata.as_ref()).into_iter().map(|(slot, text)| (slot, Cow::Owned(text))));
    texts
}

/// The texts in a step's metadata.
pub fn of_step_metadata(metadata: Option<&FreeJson>) -> Vec<(Slot, String)> {
    let mut texts: Vec<_> = section::named(metadata).map(|name| (Slot::Section, name)).into_iter().collect();
    if let Some(Ok(mut quiz)) = quiz::of_metadata(metadata) {
        texts.extend(of_quiz(&mut quiz).into_iter().map(|(slot, text)| (slot, std::mem::take(text))));
    }
    texts
}

/// The texts in a walkthrough's metadata.
pub fn of_walkthrough_metadata(metadata: Option<&FreeJson>) -> Vec<(Slot, String)> {
    match certificate::of_metadata(metadata) {
        Some(Ok(mut certificate)) => {
            let texts = of_certificate(&mut certificate).into_iter();
            texts.map(|(slot, text)| (slot, std::mem::take(text))).collect()
        }
        _ => Vec::new(),
    }
}

/// The texts of a walkthrough outside its steps, in the order of the editor. Settings that cannot be read have none.
pub fn of_walkthrough(walkthrough: &Walkthrough) -> Vec<(Slot, Cow<'_, str>)> {
    let mut texts = vec![(Slot::Title, Cow::Borrowed(walkthrough.title.as_str()))];
    texts.extend(walkthrough.description.as_deref().map(|text| (Slot::Description, Cow::Borrowed(text))));
    let own = of_walkthrough_metadata(walkthrough.metadata.as_ref()).into_iter();
    texts.extend(own.map(|(slot, text)| (slot, Cow::Owned(text))));
    texts
}

/// The texts of a quiz, to be read or changed.
pub fn of_quiz(quiz: &mut Quiz) -> Vec<(Slot, &mut String)> {
    let mut texts = Vec::new();
    for (index, known) in quiz.questions.iter_mut().enumerate() {
        let question = index as u32;
        texts.push((Slot::Prompt { question }, &mut known.prompt));
        let answers: Vec<&mut String> = match &mut known.task {
            QuestionTask::SingleChoice { options } | QuestionTask::MultipleChoice { options } => {
                options.iter_mut().map(|option| &mut option.text).collect()
            }
            QuestionTask::TrueFalse { .. } => Vec::new(),
            QuestionTask::ShortText { accepted, .. } => accepted.iter_mut().collect(),
        };
        let answer = |(answer, text)| (Slot::Answer { question, answer: answer as u32 }, text);
        texts.extend(answers.into_iter().enumerate().map(answer));
        texts.extend(known.explanation.as_mut().map(|text| (Slot::Explanation { question }, text)));
    }
    texts
}

/// The texts of a certificate, to be read or changed.
pub fn of_certificate(certificate: &mut Certificate) -> Vec<(Slot, &mut String)> {
    let Certificate { title, body, difficulty, .. } = certificate;
    let texts = [(Slot::CertificateTitle, title), (Slot::CertificateBody, body), (Slot::Difficulty, difficulty)];
    texts.into_iter().filter_map(|(slot, text)| Some((slot, text.as_mut()?))).collect()
}

/// Whether a text may be saved there now, apart from the others.
///
/// # Errors
/// `InvalidInput` for NUL characters, for what is too long, and for a name or title that is blank.
pub fn check(step: Option<&Step>, slot: Slot, text: &str) -> crate::error::Result<()> {
    let what = format!("The {}", slot.label());
    let (max, may_be_blank) = match slot {
        Slot::Title if step.is_none() => return limits::check_title(text),
        Slot::Title => return limits::check_step_title(text),
        Slot::Description => return limits::check_description(text),
        Slot::Section => (section::NAME_MAX, false),
        Slot::Prompt { .. } | Slot::Answer { .. } | Slot::Explanation { .. } => (quiz::check::TEXT_MAX, true),
        Slot::CertificateTitle => (certificate::TITLE_MAX, true),
        Slot::CertificateBody => (certificate::BODY_MAX, true),
        Slot::Difficulty => (certificate::DIFFICULTY_MAX, true),
    };
    let part = slot.part().name();
    if !may_be_blank {
        return limits::check_line(part, &what, text, max);
    }
    check_text(part, &what, text)?;
    limits::check_length(part, &what, text, max)
}

/// The edits that put these texts into a step, or into the walkthrough where none is named: one for each title and
/// description, and one for everything that is kept in the metadata. What is not there any more is passed by.
pub fn put(walkthrough: &Walkthrough, step: Option<&StepId>, texts: &[(Slot, String)]) -> Vec<Edit> {
    let step = step.map(|id| walkthrough.step(id));
    let owner = match step {
        Some(Some(step)) => Some(step),
        Some(None) => return Vec::new(),
        None => None,
    };
    let mut edits: Vec<Edit> = texts.iter().filter_map(|(slot, text)| outside_metadata(owner, *slot, text)).collect();
    let old = owner.map_or(walkthrough.metadata.as_ref(), |step| step.metadata.as_ref());
    let metadata = in_metadata(old, texts);
    if metadata.as_ref() != old {
        edits.push(match owner {
            Some(step) => Edit::SetStepMetadata { step: step.id.clone(), metadata },
            None => Edit::SetMetadata { metadata },
        });
    }
    edits
}

fn outside_metadata(step: Option<&Step>, slot: Slot, text: &str) -> Option<Edit> {
    match (slot, step) {
        (Slot::Title, Some(step)) => Some(Edit::RenameStep { step: step.id.clone(), title: text.to_owned() }),
        (Slot::Title, None) => Some(Edit::SetTitle { title: text.to_owned() }),
        (Slot::Description, None) => Some(Edit::SetDescription { description: Some(text.to_owned()) }),
        _ => None,
    }
}

fn in_metadata(old: Option<&FreeJson>, texts: &[(Slot, String)]) -> Option<FreeJson> {
    let mut metadata = old.cloned();
    for (_, name) in texts.iter().filter(|(slot, _)| *slot == Slot::Section) {
        metadata = with_own(metadata.as_ref(), section::KEY, Some(FreeJson::of(name.trim())));
    }
    if has(texts, Part::Quiz)
        && let Some(Ok(mut quiz)) = quiz::of_metadata(old)
    {
        fill(of_quiz(&mut quiz), texts);
        metadata = with_own(metadata.as_ref(), quiz::KEY, Some(quiz.to_json()));
    }
    if has(texts, Part::Certificate)
        && let Some(Ok(mut certificate)) = certificate::of_metadata(old)
    {
        fill(of_certificate(&mut certificate), texts);
        metadata = with_own(metadata.as_ref(), certificate::KEY, Some(certificate.to_json()));
    }
    metadata
}

fn has(texts: &[(Slot, String)], part: Part) -> bool {
    texts.iter().any(|(slot, _)| slot.part() == part)
}

fn fill(known: Vec<(Slot, &mut String)>, texts: &[(Slot, String)]) {
    for (slot, text) in known {
        if let Some((_, new)) = texts.iter().find(|(other, _)| *other == slot) {
            new.clone_into(text);
        }
    }
}
