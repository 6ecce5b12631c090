//! Free JSON: somebody else's values, kept to the letter.
//!
//! Numbers are never parsed into floats on the way through, so that an integer above 2^53 survives. Over the
//! window's IPC it crosses as text for the same reason.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;

use crate::error::{Error, Result};

/// The one key of any `metadata` that is ours.
pub const OWN_KEY: &str = "waymark";

/// A valid JSON document, as text. Equality is equality of the text.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FreeJson(String);

impl FreeJson {
    /// JSON `null`.
    pub fn null() -> Self {
        Self("null".to_owned())
    }

    /// Checks that `text` is one JSON document and keeps it.
    ///
    /// # Errors
    /// `InvalidInput` with line and column where it is not JSON.
    pub fn parse(text: &str) -> Result<Self> {
        match serde_json::from_str::<&RawValue>(text) {
            Ok(raw) => Ok(Self(raw.get().to_owned())),
            Err(error) => Err(Error::invalid(format!("This is not valid JSON: {error}."))
                .with_hint("Correct the JSON at that line and column.")),
        }
    }

    /// Anything serializable, as JSON.
    ///
    /// # Panics
    /// Never for the types of this crate: they have string keys and no failing serializers.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Self {
        Self(serde_json::to_string(value).expect("BUG: a type with non-string keys was serialized"))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value for embedding in another JSON document.
    pub fn to_raw(&self) -> Box<RawValue> {
        RawValue::from_string(self.0.clone()).expect("BUG: FreeJson holds only valid JSON")
    }

    /// Whether it is JSON `null`.
    pub fn is_null(&self) -> bool {
        self.0 == "null"
    }

    /// Reads it into a type.
    ///
    /// # Errors
    /// `InvalidInput` naming what does not fit.
    pub fn read<'a, T: Deserialize<'a>>(&'a self) -> Result<T> {
        serde_json::from_str(&self.0).map_err(|error| Error::invalid(format!("The JSON does not fit: {error}.")))
    }

    /// The members in order if it is an object; `None` otherwise.
    pub fn entries(&self) -> Option<Vec<(String, FreeJson)>> {
        self.read::<Entries>().ok().map(|entries| entries.0)
    }

    /// The items in order if it is a list; `None` otherwise.
    pub fn items(&self) -> Option<Vec<FreeJson>> {
        let items: Vec<Box<RawValue>> = self.read().ok()?;
        Some(items.iter().map(|item| Self(item.get().to_owned())).collect())
    }

    /// A list of these items.
    pub fn list(items: &[FreeJson]) -> Self {
        let texts: Vec<&str> = items.iter().map(FreeJson::as_str).collect();
        Self(format!("[{}]", texts.join(",")))
    }

    /// An object of these members.
    pub fn object(entries: &[(String, FreeJson)]) -> Self {
        let mut text = String::from("{");
        for (index, (key, value)) in entries.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            text.push_str(FreeJson::of(key).as_str());
            text.push(':');
            text.push_str(value.as_str());
        }
        text.push('}');
        Self(text)
    }

    /// The member `key` of an object.
    pub fn get(&self, key: &str) -> Option<FreeJson> {
        self.entries()?.into_iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The object with member `key` set (or removed with `None`), the others untouched and in their order.
    /// Anything that is not an object is returned as it is: there is nowhere to put the member.
    #[must_use]
    pub fn with(&self, key: &str, value: Option<FreeJson>) -> Self {
        let Some(mut entries) = self.entries() else {
            return self.clone();
        };
        let place = entries.iter().position(|(name, _)| name == key);
        match (place, value) {
            (Some(place), Some(value)) => entries[place].1 = value,
            (Some(place), None) => drop(entries.remove(place)),
            (None, Some(value)) => entries.push((key.to_owned(), value)),
            (None, None) => return self.clone(),
        }
        Self::object(&entries)
    }
}

struct Entries(Vec<(String, FreeJson)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> de::Visitor<'de> for Members {
            type Value = Entries;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries: Vec<(String, FreeJson)> = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    entries.retain(|(name, _)| *name != key);
                    entries.push((key, FreeJson(value.get().to_owned())));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

impl fmt::Debug for FreeJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for FreeJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for FreeJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        FreeJson::parse(&text).map_err(|error| de::Error::custom(error.message))
    }
}

/// Reads our member `path` of somebody's metadata, e.g. `own(metadata, "order")` for `metadata.waymark.order`.
pub fn own(metadata: Option<&FreeJson>, key: &str) -> Option<FreeJson> {
    metadata?.get(OWN_KEY)?.get(key)
}

/// The metadata with our member `key` set (or removed with `None`). An emptied `waymark` key disappears, and so does
/// metadata that holds nothing else; metadata that is not an object is left alone.
pub fn with_own(metadata: Option<&FreeJson>, key: &str, value: Option<FreeJson>) -> Option<FreeJson> {
    let empty = FreeJson("{}".to_owned());
    let whole = match metadata {
        Some(json) if !json.is_null() => json.clone(),
        _ if value.is_none() => return metadata.cloned(),
        _ => empty.clone(),
    };
    let ours = whole.get(OWN_KEY).unwrap_or(empty);
    if value.is_none() && ours.get(key).is_none() {
        return metadata.cloned();
    }
    let ours = ours.with(key, value);
    let kept = (ours.as_str() != "{}").then_some(ours);
    let result = whole.with(OWN_KEY, kept);
    if result.as_str() == "{}" && metadata.is_none_or(FreeJson::is_null) { metadata.cloned() } else { Some(result) }
}

/// The metadata as readers may see it: without our key.
pub fn without_own(metadata: Option<&FreeJson>) -> Option<FreeJson> {
    metadata.map(|json| json.with(OWN_KEY, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_above_two_to_the_53_survive() {
        let json = FreeJson::parse(r#"{"big": 12345678901234567890123, "a": 1}"#).expect("valid");
        let changed = json.with("a", Some(FreeJson::of("x")));
        assert_eq!(changed.as_str(), r#"{"big":12345678901234567890123,"a":"x"}"#);
    }

    #[test]
    fn our_key_comes_and_goes_without_touching_the_rest() {
        let theirs = FreeJson::parse(r#"{"theme":"dark"}"#).expect("valid");
        let set = with_own(Some(&theirs), "order", Some(FreeJson::of("linked")));
        assert_eq!(own(set.as_ref(), "order"), Some(FreeJson::of("linked")));
        let unset = with_own(set.as_ref(), "order", None).expect("still there");
        assert_eq!(unset.as_str(), r#"{"theme":"dark"}"#);
        assert_eq!(with_own(None, "order", None), None);
    }

    #[test]
    fn metadata_that_is_no_object_is_left_alone() {
        let list = FreeJson::parse("[1,2]").expect("valid");
        assert_eq!(with_own(Some(&list), "order", Some(FreeJson::of("linked"))), Some(list));
    }
}
