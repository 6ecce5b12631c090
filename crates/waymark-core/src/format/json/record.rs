//! What a file said that the model has no place for: kept under `metadata.waymark.export`, and written back on export.
//!
//! The record travels with the walkthrough through the library and through production, because it lives in `metadata`.

use crate::json::{self, FreeJson, OWN_KEY};

/// Our member under which the record stands.
const KEY: &str = "export";

/// Members by name, in their order.
pub type Members = Vec<(String, FreeJson)>;

/// The leftovers of one walkthrough or step.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Unknown members of the file itself (walkthrough only).
    pub file: Members,
    /// Unknown members beside the known ones.
    pub unknown: Members,
    /// Values of known members in a spelling that the model does not keep, such as `null` tags.
    pub spelled: Members,
    /// Members of the `waymark` object that this version does not know.
    pub ours: Members,
    /// The metadata as it was, where it was no object that a record could be put into.
    pub metadata: Option<FreeJson>,
}

impl Record {
    /// Takes the record out of metadata: what remains is the metadata as the file had it.
    pub fn split(metadata: Option<&FreeJson>) -> (Option<FreeJson>, Record) {
        let Some(found) = json::own(metadata, KEY) else {
            return (metadata.cloned(), Record::default());
        };
        let mut record = Record::default();
        for (name, value) in found.entries().unwrap_or_default() {
            let members = || value.entries().unwrap_or_default();
            match name.as_str() {
                "file" => record.file = members(),
                "unknown" => record.unknown = members(),
                "spelled" => record.spelled = members(),
                "ours" => record.ours = members(),
                "metadata" => record.metadata = Some(value),
                _ => {}
            }
        }
        let rest = json::with_own(metadata, KEY, None);
        let is_untouched = rest.as_ref().is_none_or(|rest| rest.as_str() == "{}");
        let plain = match &record.metadata {
            Some(original) if is_untouched => Some(original.clone()).filter(|original| !original.is_null()),
            _ => rest,
        };
        (plain, record)
    }

    /// Puts the record into metadata; an empty record leaves it as it is.
    pub fn join(mut self, plain: Option<FreeJson>) -> Option<FreeJson> {
        if self == Record::default() {
            return plain;
        }
        let has_room = plain
            .as_ref()
            .and_then(FreeJson::entries)
            .is_some_and(|entries| entries.iter().all(|(name, value)| name != OWN_KEY || value.entries().is_some()));
        if has_room {
            return json::with_own(plain.as_ref(), KEY, Some(self.to_json()));
        }
        self.metadata = Some(plain.unwrap_or_else(FreeJson::null));
        json::with_own(None, KEY, Some(self.to_json()))
    }

    fn to_json(&self) -> FreeJson {
        let groups =
            [("file", &self.file), ("unknown", &self.unknown), ("spelled", &self.spelled), ("ours", &self.ours)];
        let mut members: Members = groups
            .into_iter()
            .filter(|(_, group)| !group.is_empty())
            .map(|(name, group)| (name.to_owned(), FreeJson::object(group)))
            .collect();
        members.extend(self.metadata.iter().map(|original| ("metadata".to_owned(), original.clone())));
        FreeJson::object(&members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(plain: Option<&str>) {
        let plain = plain.map(|text| FreeJson::parse(text).expect("valid"));
        let record = || Record { unknown: vec![("a".to_owned(), FreeJson::of("b"))], ..Record::default() };
        let joined = record().join(plain.clone());
        assert!(json::own(joined.as_ref(), KEY).is_some());
        let (back, found) = Record::split(joined.as_ref());
        assert_eq!(back, plain);
        assert_eq!(found.unknown, record().unknown);
    }

    #[test]
    fn any_metadata_can_carry_a_record_and_comes_back_as_it_was() {
        check(None);
        check(Some("{}"));
        check(Some(r#"{"theirs":1}"#));
        check(Some(r#"{"waymark":{"order":"linked"},"theirs":1}"#));
        check(Some("[1,2]"));
        check(Some("\"a text\""));
        check(Some(r#"{"waymark":"somebody else's"}"#));
    }

    #[test]
    fn metadata_edited_since_wins_over_the_one_kept() {
        let joined = Record { unknown: vec![("a".to_owned(), FreeJson::of("b"))], ..Record::default() }.join(None);
        let edited = joined.expect("a record").with("new", Some(FreeJson::of("value")));
        let (plain, _) = Record::split(Some(&edited));
        assert_eq!(plain, Some(FreeJson::parse(r#"{"new":"value"}"#).expect("valid")));
    }
}
