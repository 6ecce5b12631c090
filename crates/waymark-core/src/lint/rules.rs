//! The rules by number. Numbers are stable: scripts and silenced findings name them.

use serde::Serialize;

use crate::lint::{Severity, style::Group};

/// A rule: what it is called, how bad a finding is, and why it exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Rule {
    /// The number, e.g. `L001`.
    pub id: &'static str,
    /// A short name.
    pub name: &'static str,
    /// How bad a finding is. What real files are known to contain is a warning.
    pub severity: Severity,
    /// Why it matters.
    pub explanation: &'static str,
    /// What the quick fix does, where a machine can mend it. A single finding may still need a person.
    pub fix: Option<&'static str>,
    /// With which others it is switched off, where it can be.
    pub group: Option<Group>,
    /// Whether a finding can be silenced with a reason.
    pub can_silence: bool,
}

/// The number of the rule that finds unknown words: its findings have suggestions and own words.
pub const UNKNOWN_WORD_ID: &str = "L050";

/// The rule with this number.
pub fn find(id: &str) -> Option<Rule> {
    RULES.iter().find(|rule| rule.id == id).copied()
}

/// Changes when what the rules find may change: what was counted before is counted anew then. Count `LOGIC` up where a rule
/// finds something else under the same name.
pub fn edition() -> String {
    const LOGIC: u32 = 1;
    let texts = RULES.iter().map(|rule| format!("{}{}", rule.id, rule.severity.name()));
    let digest = crate::hash::digest(&crate::json::FreeJson::of(&texts.collect::<String>()));
    format!("{LOGIC}.{}", digest.chars().take(8).collect::<String>())
}

macro_rules! rules {
    (@fix) => { None };
    (@fix $fix:literal) => { Some($fix) };
    (@group) => { None };
    (@group $group:ident) => { Some(Group::$group) };
    (@keep) => { true };
    (@keep $keep:literal) => { false };
    ($($name:ident = $id:literal $severity:ident $title:literal $(in $group:ident)? $(fix $fix:literal)? $(keep $keep:literal)?:
        $explanation:literal;)*) => {
        $(pub(crate) const $name: Rule = Rule {
            id: $id,
            name: $title,
            severity: Severity::$severity,
            explanation: $explanation,
            fix: rules!(@fix $($fix)?),
            group: rules!(@group $($group)?),
            can_silence: rules!(@keep $($keep)?),
        };)*

        /// All rules, by number.
        pub const RULES: &[Rule] = &[$($name),*];
    };
}

rules! {
    TITLE = "L001" Error "walkthrough title":
        "The platform's forms take 1 to 100 characters on one line.";
    TITLE_TAKEN = "L002" Error "duplicate title":
        "An agent starts a walkthrough by its title, which is unique in an organization.";
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
    SELF_LINK = "L008" Error "link to itself" fix "Remove the link":
        "A step that leads to itself never lets a learner go on.";
    DANGLING_LINK = "L009" Warning "dangling link" fix "Remove the link":
        "The link leads to a step that does not exist.";
    UNSTORABLE = "L010" Error "cannot be stored" fix "Delete the NUL characters" keep "always":
        "Postgres cannot store NUL characters, and far too long texts stall agents and databases.";
    TITLE_SPACE = "L011" Info "white space around a title" fix "Trim the title":
        "An agent starts a walkthrough by its exact title, and nobody sees a space at the end of it.";
    STEP_TITLE_TWICE = "L012" Info "duplicate step title":
        "Two steps with one title cannot be told apart in a list, by the learner or by the agent.";
    CYCLE = "L013" Warning "links go round in a circle" fix "Remove the link":
        "Whoever follows the links comes back to a step that is done, and never to the end.";
    UNREACHABLE = "L014" Warning "no link leads here":
        "The links jump over this step: whoever follows them meets it after the end, or not at all.";
    NO_DONE = "L015" Info "no definition of done":
        "An agent that is not told when a step is done goes on too early, or never.";
    OVER_BUDGET = "L016" Warning "over the token budget":
        "A long step crowds out the conversation, and agents skip parts of it. The budget is 2,000 tokens for each step, \
         or what `metadata.waymark.token_budget` of the walkthrough says.";
    DELIMITER = "L020" Warning "block delimiter in a field":
        "The delimiters tell an agent which text is for whom. Inside a field they blur that.";
    HIDDEN = "L021" Warning "hidden characters" fix "Delete the hidden characters":
        "Zero-width and bidirectional control characters make an agent read something else than a person sees.";
    COMMENT = "L022" Warning "HTML comment" fix "Delete the comment":
        "A user never sees it, an agent does.";
    BACKSLASH_N = "L023" Warning "literal backslash-n" fix "Replace with line breaks":
        "It was meant as a line break, and everybody reads it as two characters.";
    TEMPLATE_SYNTAX = "L024" Warning "template syntax left in":
        "A field's content is never evaluated, so that it reaches the user as it stands.";
    SECRET = "L025" Warning "looks like a secret":
        "Whoever can start the walkthrough can read it.";
    BARE_FENCE = "L026" Info "code without a language" fix "Mark it as plain text":
        "Clients color code by its language, and agents tell a command from its output by it.";
    HEADING_JUMP = "L027" Info "heading skips a level" fix "Close the gaps between levels":
        "Agents and screen readers take the levels of headings for the outline of the text.";
    RELATIVE_LINK = "L028" Warning "relative link":
        "Production has no place for files: the agent and the user get a link that leads nowhere.";
    PLACEHOLDER = "L029" Warning "leftover placeholder":
        "It says that something is still to be written. Markdown even hides `<your name>`, as if it were HTML.";
    LOCAL_FILE = "L039" Warning "file that is only in the library":
        "Production has no place for files. Put it where everybody can reach it and give that address before you publish.";
    REPEATED_WORD = "L040" Info "word twice in a row" in Wording fix "Delete the second":
        "It is a slip of the hand, and makes a reader wonder what is missing.";
    LONG_SENTENCE = "L041" Info "very long sentence" in Sentences:
        "Agents lose conditions in long sentences, and so do people.";
    LINK_TEXT = "L042" Info "link text that says nothing" in LinkTexts:
        "An agent reads links aloud or out of their sentence, where `here` leads nowhere.";
    SHOUTING = "L043" Info "shouting" in Tone:
        "Capitals do not make an agent more careful, and users feel shouted at.";
    VAGUE = "L044" Info "vague instruction" in Instructions:
        "What is left open in an operation, the agent decides anew each time.";
    PRONOUN = "L045" Info "instruction begins with a pointing word" in Instructions:
        "An agent takes points one by one: `It must be …` alone does not say what.";
    PASSIVE = "L046" Info "nobody is named" in Instructions:
        "An operation in the passive does not say whether the agent or the user is to do it.";
    WORDY = "L047" Info "wordy" in Wording fix "Use the short form":
        "The short form says the same in fewer tokens.";
    UNKNOWN_WORD = "L050" Info "unknown word" in Spelling:
        "It is not in the dictionary of the text's language, and not among your own words.";
    NO_DICTIONARY = "L051" Info "language without a dictionary" in Spelling:
        "Spelling is checked only where the language is known and there is a dictionary for it.";
    DEAD_LINK = "L055" Warning "link that does not work":
        "The address was asked for and is not there: the user is sent to nowhere.";
    MOVED_LINK = "L056" Info "link that has moved" fix "Use the new address":
        "The address leads to another one for good. The old one may stop to do so.";
    UNCHECKED_LINK = "L057" Info "link that could not be checked":
        "It was asked for, and the answer does not say whether it works.";
    QUIZ_UNREADABLE = "L060" Error "unreadable quiz":
        "Nobody can answer it, and a newer Waymark may have written it: it is kept as it is and read-only.";
    QUIZ_EMPTY = "L061" Error "quiz without questions":
        "There is nothing to pass, so that a learner can never pass it.";
    QUIZ_NO_PROMPT = "L062" Error "empty question":
        "A learner sees answers and not what they answer.";
    QUIZ_NO_RIGHT_ANSWER = "L063" Error "no right answer":
        "Whatever a learner answers is wrong. A question that takes one answer has exactly one right one.";
    QUIZ_EMPTY_OPTION = "L064" Error "too few or empty options":
        "There is nothing to choose from, or a choice that says nothing.";
    QUIZ_SAME_OPTION = "L065" Warning "duplicate options":
        "A learner cannot tell the two apart, and one of them may be wrong.";
    QUIZ_MARKS = "L066" Error "points or pass mark out of range":
        "A question is worth 1 to 1,000 points, and a quiz is passed at 1 to 100 %.";
    QUIZ_NAMED_TWICE = "L067" Error "two quizzes of one name":
        "Attempts are kept under the quiz's name, so that those of both would be mixed up.";
    CERTIFICATE = "L068" Warning "certificate settings":
        "Nobody could earn the certificate, or it would show a name in braces instead of what it stands for.";
}
