//! Joining two changes of metadata, member by member; in what is ours, too. So a quiz that is written here and a section that
//! is named elsewhere do not meet.

use crate::json::{FreeJson, OWN_KEY};

/// What both changes of `base` come to. `None` where both changed the same member, or where something is no object.
pub(super) fn join(
    base: Option<&FreeJson>,
    mine: Option<&FreeJson>,
    theirs: Option<&FreeJson>,
) -> Option<Option<FreeJson>> {
    if mine == theirs || theirs == base {
        return Some(mine.cloned());
    }
    if mine == base {
        return Some(theirs.cloned());
    }
    let [was, wanted, present] = [members(base)?, members(mine)?, members(theirs)?];
    let value = |members: &[(String, FreeJson)], name: &str| {
        members.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    };
    let mut joined = FreeJson::object(&present);
    let removed = was.iter().filter(|(name, _)| value(&wanted, name).is_none());
    for (name, _) in wanted.iter().chain(removed) {
        let [base, mine, theirs] = [&was, &wanted, &present].map(|members| value(members, name));
        let member = if mine == base {
            theirs
        } else if theirs == base || theirs == mine {
            mine
        } else if name == OWN_KEY {
            join(base.as_ref(), mine.as_ref(), theirs.as_ref())?
        } else {
            return None;
        };
        joined = joined.with(name, member);
    }
    Some((joined.as_str() != "{}").then_some(joined))
}

fn members(json: Option<&FreeJson>) -> Option<Vec<(String, FreeJson)>> {
    match json {
        None => Some(Vec::new()),
        Some(json) if json.is_null() => Some(Vec::new()),
        Some(json) => json.entries(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Empty texts stand for no metadata at all; `None` is a conflict.
    fn check(base: &str, mine: &str, theirs: &str, expected: Option<&str>) {
        let [base, mine, theirs] = [base, mine, theirs].map(|text| FreeJson::parse(text).ok());
        let joined = join(base.as_ref(), mine.as_ref(), theirs.as_ref());
        let told = joined.map(|json| json.map_or_else(String::new, |json| json.as_str().to_owned()));
        assert_eq!(told.as_deref(), expected, "{mine:?} and {theirs:?}");
    }

    #[test]
    fn changes_of_different_members_are_joined_and_of_the_same_are_a_conflict() {
        check(r#"{"a":1}"#, r#"{"a":2}"#, r#"{"a":1,"b":3}"#, Some(r#"{"a":2,"b":3}"#));
        check(r#"{"a":1,"b":1}"#, r#"{"b":1}"#, r#"{"a":1,"b":2}"#, Some(r#"{"b":2}"#));
        check("", r#"{"a":1}"#, r#"{"b":1}"#, Some(r#"{"b":1,"a":1}"#));
        check(r#"{"a":1}"#, "", r#"{"a":1,"b":1}"#, Some(r#"{"b":1}"#));
        check(r#"{"a":1,"b":1}"#, r#"{"b":1}"#, r#"{"a":1}"#, Some(""));
        check(r#"{"a":1}"#, r#"{"a":2}"#, r#"{"a":2,"b":1}"#, Some(r#"{"a":2,"b":1}"#));
        check(r#"{"a":1}"#, r#"{"a":2}"#, r#"{"a":3}"#, None);
        check(r#"{"a":1}"#, "", r#"{"a":3}"#, None);
        check(r#"{"a":1}"#, "[1]", r#"{"a":3}"#, None);
    }

    #[test]
    fn of_what_is_ours_each_member_stands_for_itself() {
        let ours = |text: &str| format!(r#"{{"waymark":{{{text}}}}}"#);
        let (base, quiz) = (ours(r#""order":"linked""#), ours(r#""order":"linked","quiz":{"q":1}"#));
        let section = ours(r#""order":"linked","section":"Begin""#);
        let both = ours(r#""order":"linked","section":"Begin","quiz":{"q":1}"#);
        check(&base, &quiz, &section, Some(both.as_str()));
        check(&base, &quiz, &ours(r#""order":"linked","quiz":{"q":2}"#), None);
    }
}
