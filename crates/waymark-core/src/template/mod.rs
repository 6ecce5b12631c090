//! Templates: walkthroughs to begin with. One comes with Waymark for each type; people keep their own.
//!
//! A template is a walkthrough in the JSON export format. What has to be filled in stands as `<your …>`, which lint finds
//! (L029), so that nothing of the template reaches an agent unnoticed.

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    format::json::{self, ImportedFile},
    hash::{CONTENT_HASH_KEY, REVISION_KEY},
    id::Random,
    json::with_own,
    limits,
    walkthrough::{Millis, Walkthrough, WalkthroughStatus, WalkthroughType},
};

/// Characters in a template's name.
pub const NAME_MAX: usize = 60;

/// A template as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Template {
    /// What it is called; unique.
    pub name: String,
    /// What it is good for, in a sentence.
    pub about: String,
    /// The type of its walkthroughs.
    #[serde(rename = "type")]
    pub kind: WalkthroughType,
    /// How many steps it has.
    pub steps: u32,
    /// Whether somebody made it here; the others come with Waymark and stay as they are.
    pub is_own: bool,
}

const BUILT_IN: [(&str, &str, &str); 5] = [
    (
        "First minutes",
        "From nothing to a first result, which the user then makes their own.",
        include_str!("quickstart.json"),
    ),
    (
        "Careful installation",
        "Looks first, asks before it changes anything, proves that it works.",
        include_str!("installer.json"),
    ),
    ("Symptom to cause", "One cause after the other is found or ruled out.", include_str!("troubleshooting.json")),
    ("Two products", "Few rights, one real event, and what to do when it breaks.", include_str!("integration.json")),
    ("Lessons", "One idea, something to try, a question; and again.", include_str!("course.json")),
];

/// The templates that come with Waymark.
///
/// # Errors
/// Never: a test reads all of them.
pub fn built_in(random: Random) -> Result<Vec<Template>> {
    BUILT_IN.iter().map(|(name, about, source)| Ok(listed(name, about, &read(source, random)?, false))).collect()
}

/// The file of a template that comes with Waymark.
pub fn built_in_source(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(known, ..)| *known == name).map(|(.., source)| *source)
}

/// A template as lists show it.
pub fn listed(name: &str, about: &str, walkthrough: &Walkthrough, is_own: bool) -> Template {
    Template {
        name: name.to_owned(),
        about: about.to_owned(),
        kind: walkthrough.kind,
        steps: u32::try_from(walkthrough.steps.len()).unwrap_or(u32::MAX),
        is_own,
    }
}

/// The walkthrough of a template's file.
///
/// # Errors
/// Those of the format.
pub fn read(source: &str, random: Random) -> Result<Walkthrough> {
    let ImportedFile { mut walkthrough, .. } = json::read(source, "Template", random)?;
    // How the file was spelled is no business of what is made from it.
    walkthrough.metadata = with_own(walkthrough.metadata.as_ref(), "export", None);
    for step in &mut walkthrough.steps {
        step.metadata = with_own(step.metadata.as_ref(), "export", None);
    }
    Ok(walkthrough)
}

/// The file of a template that is made from a walkthrough: without what only that one has.
pub fn write(walkthrough: &Walkthrough, now: Millis) -> String {
    let mut kept = walkthrough.clone();
    kept.status = WalkthroughStatus::Draft;
    kept.assignments = Vec::new();
    kept.metadata = [REVISION_KEY, CONTENT_HASH_KEY]
        .into_iter()
        .fold(kept.metadata, |metadata, key| with_own(metadata.as_ref(), key, None));
    json::write(&kept, now)
}

/// A name and a sentence about it, as they may be kept.
///
/// # Errors
/// `InvalidInput` on `name`: empty, too long, or that of a template that comes with Waymark.
pub fn checked(name: &str, about: &str) -> Result<(String, String)> {
    limits::check_text("name", "The name", name)?;
    limits::check_description(about)?;
    let (name, about) = (name.trim(), about.trim());
    let count = name.chars().count();
    if count == 0 {
        return Err(Error::invalid("The template has no name.").with_field("name").with_hint("Give it a name."));
    }
    if count > NAME_MAX {
        return Err(Error::invalid(format!("The template's name is {count} characters long."))
            .with_field("name")
            .with_hint(format!("It may have up to {NAME_MAX}. Shorten it by {}.", count - NAME_MAX)));
    }
    if built_in_source(name).is_some() {
        return Err(Error::invalid(format!("`{name}` is a template that comes with Waymark."))
            .with_field("name")
            .with_hint("Choose another name."));
    }
    Ok((name.to_owned(), about.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        content::Field,
        lint::{self, LintContext},
    };

    /// Different ids each time, which reading a file needs.
    fn random(length: usize) -> Vec<u8> {
        use std::sync::atomic::{AtomicU8, Ordering};
        static NEXT: AtomicU8 = AtomicU8::new(0);
        (0..length).map(|_| NEXT.fetch_add(7, Ordering::Relaxed)).collect()
    }

    #[test]
    fn there_is_one_for_each_type_and_it_is_written_as_it_teaches() {
        let listed = built_in(random).expect("they are sound");
        for kind in WalkthroughType::ALL {
            assert_eq!(listed.iter().filter(|template| template.kind == *kind).count(), 1, "{kind}");
        }
        for (name, _, source) in BUILT_IN {
            let walkthrough = read(source, random).expect("it is sound");
            assert_eq!(walkthrough.metadata, None, "{name}");
            let findings = lint::lint(&walkthrough, &LintContext::default());
            let others: Vec<_> = findings.iter().filter(|finding| finding.rule != "L029").collect();
            assert!(others.is_empty(), "{name}: {others:?}");
            assert!(findings.len() > others.len(), "{name}: nothing is said to be filled in");
            for step in &walkthrough.steps {
                assert!(Field::ALL.into_iter().all(|field| step.content_fields.has_text(field)), "{}", step.title);
                let introduction = step.content_fields.text(Field::IntroductionForAgent).unwrap_or_default();
                assert!(introduction.contains("**Done when**"), "{}", step.title);
            }
        }
    }

    #[test]
    fn a_walkthrough_goes_into_a_template_and_comes_out_again() {
        let (.., source) = BUILT_IN[1];
        let mut walkthrough = read(source, random).expect("it is sound");
        walkthrough.status = WalkthroughStatus::Published;
        let back = read(&write(&walkthrough, Millis(1)), random).expect("it reads back");
        assert_eq!((back.status, back.steps.len()), (WalkthroughStatus::Draft, walkthrough.steps.len()));
        assert_eq!(back.steps[0].content_fields, walkthrough.steps[0].content_fields);
        assert_eq!(back.steps[0].metadata, walkthrough.steps[0].metadata);
    }

    #[test]
    fn a_name_that_cannot_be_is_refused() {
        for name in ["", " ", "Lessons", &"x".repeat(NAME_MAX + 1)] {
            assert_eq!(checked(name, "").expect_err("refused").field.as_deref(), Some("name"));
        }
        assert_eq!(checked(" Mine ", " Good. ").expect("fine"), ("Mine".to_owned(), "Good.".to_owned()));
    }
}
