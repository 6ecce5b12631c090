//! What a wording can use: variables, filters and tests, for completion, for checking, and for the documentation.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::render::values::camel;

/// Something that a wording can name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "WordingName")]
pub struct Name {
    /// The name; of a variable its dotted path.
    pub name: String,
    /// What it is.
    pub about: String,
}

/// Everything that a wording can name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "WordingNames")]
pub struct Names {
    /// Variables, in their snake_case spelling.
    pub variables: Vec<Name>,
    /// Filters.
    pub filters: Vec<Name>,
    /// Tests.
    pub tests: Vec<Name>,
}

/// The variables in their snake_case spelling, and what each is.
pub const VARIABLES: [(&str, &str); 21] = [
    ("walkthrough.id", "The walkthrough's id."),
    ("walkthrough.title", "Its title."),
    ("walkthrough.description", "Its description; undefined where there is none."),
    ("walkthrough.type", "`course`, `installer`, `troubleshooting`, `integration` or `quickstart`."),
    ("walkthrough.tags", "Its tags, a list."),
    ("walkthrough.estimated_duration_minutes", "How long it takes; undefined where nobody said."),
    ("walkthrough.metadata", "Its metadata, without what Waymark keeps there."),
    ("step.id", "The step's id."),
    ("step.title", "Its title."),
    ("step.number", "Its place among the steps, from 1."),
    ("step.display_order", "Its order as it is stored."),
    ("step.introduction_for_agent", "What the step is to achieve; undefined where it is blank."),
    ("step.context_for_agent", "Background for the agent; undefined where it is blank."),
    ("step.content_for_user", "What the user is told; undefined where it is blank."),
    ("step.operations_for_agent", "What the agent does; undefined where it is blank."),
    ("step.metadata", "Its metadata, without what Waymark keeps there."),
    ("progress.percent", "How far the learner is, 0 to 100."),
    ("progress.completed_steps", "Steps that are completed."),
    ("progress.total_steps", "Steps that there are."),
    ("progress.is_completed", "Whether all are completed."),
    ("loop.index", "Inside a loop: the round, from 1."),
];

/// The filters.
pub const FILTERS: [(&str, &str); 15] = [
    ("trim", "Without white space at both ends."),
    ("upper", "In capitals."),
    ("lower", "In small letters."),
    ("capitalize", "The first letter a capital, the others small."),
    ("length", "How many characters, items or members."),
    ("count", "The same as `length`."),
    ("default", "Something else where it is undefined: `default('none')`."),
    ("d", "The same as `default`."),
    ("first", "The first item."),
    ("last", "The last item."),
    ("int", "As a whole number."),
    ("lines", "A text as a list of its lines."),
    ("replace", "One text for another: `replace('a', 'b')`."),
    ("join", "A list as one text: `join(', ')`."),
    ("indent", "Lines after the first moved in, up to 40 spaces: `indent(2)`."),
];

/// The tests, which stand after `is`.
pub const TESTS: [(&str, &str); 15] = [
    ("defined", "Whether it is there."),
    ("undefined", "Whether it is not there."),
    ("none", "Whether it is nothing."),
    ("string", "Whether it is a text."),
    ("number", "Whether it is a number."),
    ("mapping", "Whether it has members."),
    ("sequence", "Whether it is a list."),
    ("odd", "Whether it is odd."),
    ("even", "Whether it is even."),
    ("eq", "Whether it is the same: `is eq(1)`."),
    ("equalto", "The same as `eq`."),
    ("ne", "Whether it is something else."),
    ("lt", "Whether it is less."),
    ("gt", "Whether it is more."),
    ("in", "Whether it is in a list."),
];

/// All of them.
pub fn all() -> Names {
    let named = |names: &[(&str, &str)]| {
        let name = |(name, about): &(&str, &str)| Name { name: (*name).to_owned(), about: (*about).to_owned() };
        names.iter().map(name).collect()
    };
    Names { variables: named(&VARIABLES), filters: named(&FILTERS), tests: named(&TESTS) }
}

/// The paths of the variables in both spellings, and the objects they belong to.
pub(super) fn paths() -> BTreeSet<String> {
    let spellings = VARIABLES.iter().filter_map(|(path, _)| {
        let (object, member) = path.split_once('.')?;
        Some([object.to_owned(), (*path).to_owned(), format!("{object}.{}", camel(member))])
    });
    spellings.flatten().collect()
}
