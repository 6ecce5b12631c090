//! The rules by number. Numbers are stable: scripts and silenced findings name them.

use crate::lint::Severity;

/// A rule: what it is called, how bad a finding is, and why it exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The number, e.g. `L001`.
    pub id: &'static str,
    /// A short name.
    pub name: &'static str,
    /// How bad a finding is. What real files are known to contain is a warning.
    pub severity: Severity,
    /// Why it matters.
    pub explanation: &'static str,
}

macro_rules! rules {
    ($($name:ident = $id:literal $severity:ident $title:literal: $explanation:literal;)*) => {
        $(pub(super) const $name: Rule =
            Rule { id: $id, name: $title, severity: Severity::$severity, explanation: $explanation };)*

        /// All rules, by number.
        pub const RULES: &[Rule] = &[$($name),*];
    };
}

rules! {
    TITLE = "L001" Error "walkthrough title":
        "The platform's forms take 1 to 100 characters on one line.";
    TITLE_TAKEN = "L002" Error "duplicate title":
        "An agent starts a walkthrough by its title, which is unique in an organisation.";
    DESCRIPTION = "L003" Error "description too long":
        "The platform's forms take up to 500 characters.";
    NO_STEPS = "L004" Warning "no steps":
        "A learner who starts it gets nothing.";
    STEP_TITLE = "L005" Error "step title":
        "The platform's forms take 1 to 200 characters on one line.";
    REQUIRED = "L006" Error "required field is empty":
        "Each type of walkthrough has fields that the platform's forms require.";
    UNKNOWN_VERSION = "L007" Warning "unknown content version":
        "Only version v1 can be edited and rendered; other content is kept as it is, and an agent gets none of it.";
    SELF_LINK = "L008" Error "link to itself":
        "A step that leads to itself never lets a learner go on.";
    DANGLING_LINK = "L009" Warning "dangling link":
        "The link leads to a step that does not exist.";
    UNSTORABLE = "L010" Error "cannot be stored":
        "Postgres cannot store NUL characters, and far too long texts stall agents and databases.";
    DELIMITER = "L020" Warning "block delimiter in a field":
        "The delimiters tell an agent which text is for whom. Inside a field they blur that.";
    HIDDEN = "L021" Warning "hidden characters":
        "Zero-width and bidirectional control characters make an agent read something else than a person sees.";
    COMMENT = "L022" Warning "HTML comment":
        "A user never sees it, an agent does.";
    BACKSLASH_N = "L023" Warning "literal backslash-n":
        "It was meant as a line break, and everybody reads it as two characters.";
    TEMPLATE_SYNTAX = "L024" Warning "template syntax left in":
        "A field's content is never evaluated, so that it reaches the user as it stands.";
    SECRET = "L025" Warning "looks like a secret":
        "Whoever can start the walkthrough can read it.";
}
