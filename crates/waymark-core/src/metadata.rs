//! A writer's own metadata as text to read and to change. Ours, under the key `waymark`, is kept and not shown.

use serde::{Deserialize, Serialize};

use crate::{
    edit::Edit,
    error::{Error, Result},
    format::json::{compact, pretty},
    id::{StepId, WalkthroughId},
    json::{self, FreeJson, OWN_KEY},
    walkthrough::Walkthrough,
};

/// Bytes of metadata that a person may enter.
const MAX_BYTES: usize = 256 * 1024;

/// Metadata of a walkthrough, or of one of its steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MetadataOf {
    /// Which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Which step of it, or `None` for the walkthrough as a whole.
    pub step: Option<StepId>,
}

/// Metadata as a person changed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct EnterMetadata {
    /// Whose.
    pub of: MetadataOf,
    /// The JSON without our key, or nothing but space for none.
    pub text: String,
    /// The version that it was made on; `None` for the present one, whatever it is.
    pub seen_version: Option<u32>,
}

/// The JSON without our key, for people: one member per line, numbers to the letter. Empty where there is none.
pub fn shown(metadata: Option<&FreeJson>) -> String {
    match json::without_own(metadata) {
        None => String::new(),
        Some(plain) if plain.is_null() || plain.as_str() == "{}" => String::new(),
        Some(plain) => pretty(&compact(plain.as_str())),
    }
}

/// The metadata of a walkthrough or a step.
///
/// # Errors
/// `NotFound` for a step that is not there.
pub fn find<'a>(walkthrough: &'a Walkthrough, step: Option<&StepId>) -> Result<Option<&'a FreeJson>> {
    Ok(match step {
        None => walkthrough.metadata.as_ref(),
        Some(id) => walkthrough.steps[walkthrough.step_index(id)?].metadata.as_ref(),
    })
}

/// The edit that stores what a person entered. Our own key stays as it is.
///
/// # Errors
/// `InvalidInput` on `metadata`: no JSON (with line and column), no object, or one that holds our key.
pub fn enter(walkthrough: &Walkthrough, step: Option<&StepId>, text: &str) -> Result<Edit> {
    let known = find(walkthrough, step)?;
    let metadata = entered(known, text).map_err(|error| error.with_field("metadata"))?;
    Ok(match step {
        None => Edit::SetMetadata { metadata },
        Some(step) => Edit::SetStepMetadata { step: step.clone(), metadata },
    })
}

fn entered(known: Option<&FreeJson>, text: &str) -> Result<Option<FreeJson>> {
    if text.len() > MAX_BYTES {
        return Err(Error::invalid(format!("The metadata is {} KB.", text.len() / 1024))
            .with_hint(format!("It may have up to {} KB.", MAX_BYTES / 1024)));
    }
    let ours = known.and_then(|known| known.get(OWN_KEY));
    if shown(known) == text {
        return Ok(known.cloned());
    }
    let plain = match text.trim() {
        "" => FreeJson::parse("{}")?,
        _ => FreeJson::parse(text)?,
    };
    if text.contains("\\u0000") || text.contains('\0') {
        return Err(Error::invalid("The metadata holds a NUL character, which Postgres cannot store.")
            .with_hint("Remove `\\u0000` from it."));
    }
    let Some(members) = plain.entries() else {
        return Err(Error::invalid("The metadata is not a JSON object.")
            .with_hint("Put it into braces, with a name: `{\"name\": …}`."));
    };
    if members.iter().any(|(name, _)| name == OWN_KEY) {
        return Err(Error::invalid(format!("The key `{OWN_KEY}` is Waymark's own."))
            .with_hint("Use another name. What Waymark keeps there stays as it is."));
    }
    match (members.is_empty(), ours) {
        (true, None) => Ok(None),
        (_, ours) => Ok(Some(FreeJson::parse(&compact(plain.as_str()))?.with(OWN_KEY, ours))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    fn json(text: &str) -> FreeJson {
        FreeJson::parse(text).expect("JSON")
    }

    #[test]
    fn what_is_shown_and_entered_again_is_the_same_to_the_letter() {
        for text in ["null", "{}", r#"{"a":12345678901234567890.0e2}"#, r#"{"b":[1, 2],"waymark":{"x":1}}"#, "[1]"] {
            let known = json(text);
            assert_eq!(entered(Some(&known), &shown(Some(&known))).expect("it fits"), Some(known));
        }
        assert_eq!(shown(Some(&json(r#"{"b":[1,2],"waymark":{}}"#))), "{\n  \"b\": [\n    1,\n    2\n  ]\n}\n");
        assert_eq!(entered(None, "").expect("it fits"), None);
    }

    #[test]
    fn our_key_stays_and_numbers_are_never_parsed() {
        let known = json(r#"{"waymark":{"order":"linked"},"a":1}"#);
        let entered = |text| entered(Some(&known), text).expect("it fits").expect("some");
        assert_eq!(
            entered("{ \"n\": 123456789012345678901.50 }").as_str(),
            r#"{"n":123456789012345678901.50,"waymark":{"order":"linked"}}"#
        );
        assert_eq!(entered(" \n").as_str(), r#"{"waymark":{"order":"linked"}}"#);
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_place() {
        let refused = |text: &str| entered(None, text).expect_err("it is refused");
        assert!(
            refused("{\n  \"a\": ,\n}").message.contains("line 2 column 8"),
            "{}",
            refused("{\n  \"a\": ,\n}").message
        );
        for text in ["[1]", "1", "{\"waymark\":{}}", "{\"a\":\"\\u0000\"}", "{} {}"] {
            assert_eq!(refused(text).code, Code::InvalidInput, "{text}");
        }
    }
}
