//! The content fields of a step: four texts under a version.
//!
//! Version `v1` is understood; anything else is kept to the letter and shown read-only.

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    json::FreeJson,
};

/// One of the four texts of a step. The order here is the order on every screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// For the agent: the goal, and when it is done.
    IntroductionForAgent,
    /// For the agent: background.
    ContextForAgent,
    /// Said to the user, word for word.
    ContentForUser,
    /// For the agent: what to do.
    OperationsForAgent,
}

impl Field {
    /// All four, in the order of every screen.
    pub const ALL: [Field; 4] =
        [Field::IntroductionForAgent, Field::ContextForAgent, Field::ContentForUser, Field::OperationsForAgent];

    /// The key in `content_fields`.
    pub fn key(self) -> &'static str {
        match self {
            Field::IntroductionForAgent => "introductionForAgent",
            Field::ContextForAgent => "contextForAgent",
            Field::ContentForUser => "contentForUser",
            Field::OperationsForAgent => "operationsForAgent",
        }
    }

    /// The name on the command line and in templates.
    pub fn name(self) -> &'static str {
        match self {
            Field::IntroductionForAgent => "introduction_for_agent",
            Field::ContextForAgent => "context_for_agent",
            Field::ContentForUser => "content_for_user",
            Field::OperationsForAgent => "operations_for_agent",
        }
    }

    /// The name in sentences.
    pub fn label(self) -> &'static str {
        match self {
            Field::IntroductionForAgent => "introduction",
            Field::ContextForAgent => "context",
            Field::ContentForUser => "user content",
            Field::OperationsForAgent => "operations",
        }
    }

    fn of_key(key: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.key() == key)
    }
}

impl std::str::FromStr for Field {
    type Err = Error;

    /// Accepts the name and the key.
    fn from_str(text: &str) -> Result<Self> {
        Field::ALL.into_iter().find(|field| field.name() == text || field.key() == text).ok_or_else(|| {
            Error::invalid(format!("There is no content field `{text}`."))
                .with_hint("Use introduction_for_agent, context_for_agent, content_for_user or operations_for_agent.")
        })
    }
}

/// `content_fields` of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "version", rename_all = "snake_case")]
pub enum ContentFields {
    /// The version that can be edited.
    V1(FieldsV1),
    /// Anything else, to the letter. Read-only.
    Unknown {
        /// The whole JSON value.
        json: FreeJson,
    },
}

/// The four texts. `None` is a text that is absent or null; the difference is kept in `extra`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FieldsV1 {
    /// For the agent: the goal, and when it is done.
    pub introduction_for_agent: Option<String>,
    /// For the agent: background.
    pub context_for_agent: Option<String>,
    /// Said to the user, word for word.
    pub content_for_user: Option<String>,
    /// For the agent: what to do.
    pub operations_for_agent: Option<String>,
    /// Keys that are not ours, in their order; also a text that was `null` rather than absent.
    #[serde(default)]
    pub extra: Vec<(String, FreeJson)>,
}

impl FieldsV1 {
    /// The text of a field.
    pub fn text(&self, field: Field) -> Option<&str> {
        match field {
            Field::IntroductionForAgent => self.introduction_for_agent.as_deref(),
            Field::ContextForAgent => self.context_for_agent.as_deref(),
            Field::ContentForUser => self.content_for_user.as_deref(),
            Field::OperationsForAgent => self.operations_for_agent.as_deref(),
        }
    }

    /// The text of a field, for replacing it.
    pub fn text_mut(&mut self, field: Field) -> &mut Option<String> {
        match field {
            Field::IntroductionForAgent => &mut self.introduction_for_agent,
            Field::ContextForAgent => &mut self.context_for_agent,
            Field::ContentForUser => &mut self.content_for_user,
            Field::OperationsForAgent => &mut self.operations_for_agent,
        }
    }

    /// Forgets that a field is stored as null, and says where among the other keys that was noted.
    pub(crate) fn take_null(&mut self, field: Field) -> Option<u32> {
        let at = self.extra.iter().position(|(key, value)| key == field.key() && value.is_null())?;
        self.extra.remove(at);
        Some(at as u32)
    }

    /// Notes that a field is stored as null.
    pub(crate) fn put_null(&mut self, field: Field, at: u32) {
        let at = (at as usize).min(self.extra.len());
        self.extra.insert(at, (field.key().to_owned(), FreeJson::null()));
    }
}

impl Default for ContentFields {
    fn default() -> Self {
        ContentFields::V1(FieldsV1::default())
    }
}

impl ContentFields {
    /// Reads the stored JSON. Never fails: what is not `v1` with string (or null) texts becomes `Unknown`.
    pub fn from_json(json: &FreeJson) -> Self {
        Self::read_v1(json).map_or_else(|| ContentFields::Unknown { json: json.clone() }, ContentFields::V1)
    }

    fn read_v1(json: &FreeJson) -> Option<FieldsV1> {
        let mut fields = FieldsV1::default();
        let mut is_v1 = false;
        for (key, value) in json.entries()? {
            match Field::of_key(&key) {
                Some(field) if !value.is_null() => *fields.text_mut(field) = Some(value.read::<String>().ok()?),
                None if key == "version" => is_v1 = value.read::<String>().is_ok_and(|version| version == "v1"),
                _ => fields.extra.push((key, value)),
            }
        }
        is_v1.then_some(fields)
    }

    /// The JSON as it is stored and exported.
    pub fn to_json(&self) -> FreeJson {
        let fields = match self {
            ContentFields::Unknown { json } => return json.clone(),
            ContentFields::V1(fields) => fields,
        };
        let mut entries = vec![("version".to_owned(), FreeJson::of("v1"))];
        for field in Field::ALL {
            if let Some(text) = fields.text(field) {
                entries.push((field.key().to_owned(), FreeJson::of(text)));
            }
        }
        let taken = |key: &str| Field::of_key(key).is_some_and(|field| fields.text(field).is_some());
        entries.extend(fields.extra.iter().filter(|(key, _)| !taken(key)).cloned());
        FreeJson::object(&entries)
    }

    /// The text of a field; `None` where it is absent, null, or of an unknown version.
    pub fn text(&self, field: Field) -> Option<&str> {
        match self {
            ContentFields::V1(fields) => fields.text(field),
            ContentFields::Unknown { .. } => None,
        }
    }

    /// Whether a field has anything but white space in it.
    pub fn has_text(&self, field: Field) -> bool {
        self.text(field).is_some_and(|text| !text.trim().is_empty())
    }

    /// The texts for changing them.
    ///
    /// # Errors
    /// `Refused` for an unknown version, which is read-only.
    pub fn editable(&mut self) -> Result<&mut FieldsV1> {
        match self {
            ContentFields::V1(fields) => Ok(fields),
            ContentFields::Unknown { json } => {
                let version = json.get("version").map_or("none".to_owned(), |version| version.as_str().to_owned());
                Err(Error::new(
                    crate::error::Code::Refused,
                    format!("The content of this step has the version {version}, which this Waymark cannot edit."),
                )
                .with_hint("It is kept as it is. A newer Waymark may know it."))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(text: &str) -> String {
        ContentFields::from_json(&FreeJson::parse(text).expect("valid")).to_json().as_str().to_owned()
    }

    #[test]
    fn missing_null_and_empty_texts_stay_what_they_are() {
        for text in [
            r#"{"version":"v1"}"#,
            r#"{"version":"v1","contentForUser":null}"#,
            r#"{"version":"v1","contentForUser":""}"#,
            r#"{"version":"v1","contentForUser":"a","theirs":12345678901234567890123}"#,
        ] {
            assert_eq!(round_trip(text), text);
        }
    }

    #[test]
    fn an_unknown_version_is_kept_to_the_letter_and_read_only() {
        for text in [r#"{ "version": "v2", "blocks": [1] }"#, "[]", r#"{"contentForUser":"no version"}"#] {
            assert_eq!(round_trip(text), text);
            let mut content = ContentFields::from_json(&FreeJson::parse(text).expect("valid"));
            assert!(content.editable().is_err());
        }
    }

    #[test]
    fn a_text_of_another_type_makes_the_whole_unknown() {
        let text = r#"{"version":"v1","contentForUser":["a"]}"#;
        assert_eq!(round_trip(text), text);
    }
}
