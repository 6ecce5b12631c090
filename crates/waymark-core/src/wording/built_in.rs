//! The wordings that come with Waymark. They run in this process.

use std::sync::LazyLock;

use crate::{
    learner::call::Profile,
    render::{CURRENT_SOURCE, Template, for_profile},
    wording::ListedWording,
};

/// The name of the wording that holds where nobody chose another.
pub const DEFAULT: &str = "default";

/// A wording that comes with Waymark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// What it is called.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Its template.
    pub text: &'static str,
}

/// All of them, the default first.
pub const ALL: [BuiltIn; 5] = [
    BuiltIn { name: DEFAULT, about: "Named blocks, each with a word on its purpose.", text: CURRENT_SOURCE },
    BuiltIn {
        name: "compact",
        about: "As few tokens as possible, for agents that need little guidance.",
        text: include_str!("built_in/compact.jinja"),
    },
    BuiltIn {
        name: "detailed",
        about: "Tells the agent at each step how to go about it.",
        text: include_str!("built_in/detailed.jinja"),
    },
    BuiltIn {
        name: "xml",
        about: "Everything in XML tags, for agents that are prompted with them.",
        text: include_str!("built_in/xml.jinja"),
    },
    BuiltIn {
        name: "markdown",
        about: "Headings and lists, easy to read for people too.",
        text: include_str!("built_in/markdown.jinja"),
    },
];

static TEMPLATES: LazyLock<Vec<[Template; 2]>> = LazyLock::new(|| {
    let compiled = |text: &str, profile| {
        Template::parse(&for_profile(text, profile)).expect("BUG: a built-in wording does not compile")
    };
    ALL.iter().map(|one| [Profile::Current, Profile::V1].map(|profile| compiled(one.text, profile))).collect()
});

/// The built-in wording with this name, however it is capitalized.
pub fn find(name: &str) -> Option<&'static BuiltIn> {
    ALL.iter().find(|one| one.name.eq_ignore_ascii_case(name))
}

/// Its template for the tools of a profile. The default is not compiled together with the others.
pub fn template(name: &str, profile: Profile) -> &'static Template {
    let place = ALL.iter().position(|one| one.name == name).unwrap_or_default();
    match (place, profile) {
        (0, _) => Template::built_in(profile),
        (_, Profile::Current) => &TEMPLATES[place][0],
        (_, Profile::V1) => &TEMPLATES[place][1],
    }
}

/// As they are listed.
pub fn listed() -> impl Iterator<Item = ListedWording> {
    ALL.iter().map(|one| ListedWording {
        name: one.name.to_owned(),
        about: one.about.to_owned(),
        text: one.text.to_owned(),
        is_built_in: true,
        changed_at: None,
    })
}
