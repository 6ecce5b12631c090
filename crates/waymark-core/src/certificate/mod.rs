//! The certificate that ends a walkthrough: its settings in `metadata.waymark.certificate`, when it is earned, and what
//! it says and looks like.

mod draw;
mod fill;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use self::draw::svg;
pub use self::fill::{VARIABLES, Values, fill, unknown_variables};
use crate::{
    edit::Edit,
    error::{Code, Error, Result},
    json::{FreeJson, own, with_own},
    limits::check_text,
    walkthrough::Walkthrough,
};

pub(crate) const KEY: &str = "certificate";
/// The percentage at which it is earned where the settings say nothing else.
pub const THRESHOLD: u32 = 95;
/// What stands on top where the settings say nothing else.
pub const TITLE: &str = "Certificate of completion";
/// What it says where the settings say nothing else. A line of one variable alone is written large.
pub const BODY: &str = "This is to certify that\n{learner}\nhas completed\n{walkthrough}";
/// Characters in the title.
pub const TITLE_MAX: usize = 80;
/// Characters in the body.
pub const BODY_MAX: usize = 600;
/// Characters in the difficulty.
pub const DIFFICULTY_MAX: usize = 40;

/// The settings. What is `None` has a default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Certificate {
    /// Whether learners can earn one.
    pub enabled: bool,
    /// The percentage at which it is earned; [`THRESHOLD`] where none is set.
    pub threshold: Option<u32>,
    /// How hard the walkthrough is, in a word.
    pub difficulty: Option<String>,
    /// Minutes that it stands for; the walkthrough's duration where none is set.
    pub duration_minutes: Option<u32>,
    /// What stands on top; [`TITLE`] where none is set.
    pub title: Option<String>,
    /// What it says, with variables in braces; [`BODY`] where none is set.
    pub body: Option<String>,
    /// Keys that are not ours, in their order.
    #[serde(default)]
    pub extra: Vec<(String, FreeJson)>,
}

/// What is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CertificateProblem {
    /// The setting, e.g. `threshold`.
    pub field: String,
    /// What, in a sentence.
    pub message: String,
}

impl Certificate {
    /// The percentage at which it is earned.
    pub fn threshold(&self) -> u32 {
        self.threshold.unwrap_or(THRESHOLD)
    }

    /// What stands on top.
    pub fn title(&self) -> &str {
        self.title.as_deref().filter(|text| !text.trim().is_empty()).unwrap_or(TITLE)
    }

    /// What it says.
    pub fn body(&self) -> &str {
        self.body.as_deref().filter(|text| !text.trim().is_empty()).unwrap_or(BODY)
    }

    /// Reads settings as they are stored.
    ///
    /// # Errors
    /// `InvalidInput` naming the place of what does not fit.
    pub fn of_json(json: &FreeJson) -> Result<Self> {
        let mut object = crate::quiz::Members::of(json, "$")?;
        Ok(Self {
            enabled: object.take("enabled", "`true` or `false`")?.unwrap_or_default(),
            threshold: object.take("threshold", "a whole percentage")?,
            difficulty: object.take("difficulty", "a text")?,
            duration_minutes: object.take("duration_minutes", "a whole number of minutes")?,
            title: object.take("title", "a text")?,
            body: object.take("body", "a text")?,
            extra: object.rest,
        })
    }

    /// The JSON as it is stored.
    pub fn to_json(&self) -> FreeJson {
        let members = [
            ("enabled", Some(FreeJson::of(&self.enabled))),
            ("threshold", self.threshold.as_ref().map(FreeJson::of)),
            ("difficulty", self.difficulty.as_ref().map(FreeJson::of)),
            ("duration_minutes", self.duration_minutes.as_ref().map(FreeJson::of)),
            ("title", self.title.as_ref().map(FreeJson::of)),
            ("body", self.body.as_ref().map(FreeJson::of)),
        ];
        let mut entries: Vec<(String, FreeJson)> =
            members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        entries.extend(self.extra.iter().cloned());
        FreeJson::object(&entries)
    }
}

/// The settings in a walkthrough's metadata, as they are stored.
pub fn stored(metadata: Option<&FreeJson>) -> Option<FreeJson> {
    own(metadata.filter(|json| json.as_str().contains(KEY)), KEY)
}

/// The settings in a walkthrough's metadata; an error where something else is stored there.
pub fn of_metadata(metadata: Option<&FreeJson>) -> Option<Result<Certificate>> {
    stored(metadata).map(|json| Certificate::of_json(&json))
}

/// What keeps the settings from working. Settings that are off are not judged.
pub fn problems(certificate: &Certificate) -> Vec<CertificateProblem> {
    let mut found = Vec::new();
    if !certificate.enabled {
        return found;
    }
    let mut add = |field: &str, message: String| found.push(CertificateProblem { field: field.to_owned(), message });
    if !(1..=100).contains(&certificate.threshold()) {
        add("threshold", format!("The threshold is {} %. It goes from 1 to 100.", certificate.threshold()));
    }
    for (field, text) in [("title", certificate.title()), ("body", certificate.body())] {
        for name in unknown_variables(text) {
            add(field, format!("The certificate has no `{{{name}}}`. Use one of: {}.", fill::names()));
        }
    }
    if !certificate.title().contains("{learner}") && !certificate.body().contains("{learner}") {
        add("body", "The certificate does not name the learner. Write `{learner}` where the name belongs.".to_owned());
    }
    found
}

/// The edit that stores the settings, or takes them away.
///
/// # Errors
/// `InvalidInput` for what is too long or cannot be stored, `Refused` where the metadata is not a JSON object.
pub fn set(walkthrough: &Walkthrough, certificate: Option<&Certificate>) -> Result<Edit> {
    let metadata = walkthrough.metadata.as_ref();
    if metadata.is_some_and(|json| !json.is_null() && json.entries().is_none()) {
        let message = "The metadata is not a JSON object, so that there is no room for the certificate.";
        return Err(Error::new(Code::Refused, message).with_hint("Make the metadata an object first."));
    }
    if let Some(certificate) = certificate {
        check(certificate)?;
    }
    Ok(Edit::SetMetadata { metadata: with_own(metadata, KEY, certificate.map(Certificate::to_json)) })
}

fn check(certificate: &Certificate) -> Result<()> {
    for (field, what, text, max) in [
        ("title", "The certificate's title", &certificate.title, TITLE_MAX),
        ("body", "The certificate's text", &certificate.body, BODY_MAX),
        ("difficulty", "The difficulty", &certificate.difficulty, DIFFICULTY_MAX),
    ] {
        let text = text.as_deref().unwrap_or_default();
        check_text(field, what, text)?;
        let count = text.chars().count();
        if count > max {
            return Err(Error::invalid(format!("{what} is {count} characters long."))
                .with_field(field)
                .with_hint(format!("It may have up to {max}. Shorten it by {}.", count - max)));
        }
    }
    Ok(())
}

/// How far a learner is: `completed` of `total` chapters, rounded half up, and 100 for good once it is earned.
pub fn percentage(is_earned: bool, completed: u32, total: u32) -> u32 {
    match total {
        _ if is_earned => 100,
        0 => 0,
        _ => ((200 * u64::from(completed) + u64::from(total)) / (2 * u64::from(total))).min(100) as u32,
    }
}

/// Whether a certificate may be earned: far enough, with every recorded quiz and every required quiz passed.
pub fn is_eligible(
    is_earned: bool,
    completed: u32,
    total: u32,
    threshold: u32,
    mut quizzes: impl Iterator<Item = bool>,
) -> bool {
    is_earned || (total > 0 && percentage(false, completed, total) >= threshold && quizzes.all(|passed| passed))
}
