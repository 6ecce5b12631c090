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
    /// Where it finds something.
    pub example: Example,
    /// What the quick fix does, where a machine can mend it. A single finding may still need a person.
    pub fix: Option<&'static str>,
    /// With which others it is switched off, where it can be.
    pub group: Option<Group>,
    /// Whether a finding can be silenced with a reason.
    pub can_silence: bool,
}

/// Something that a rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Example {
    /// A text, as it would stand in a step.
    Text(&'static str),
    /// A case, in words.
    Case(&'static str),
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
    const LOGIC: u32 = 2;
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
        $explanation:literal $kind:ident $example:literal;)*) => {
        $(pub(crate) const $name: Rule = Rule {
            id: $id,
            name: $title,
            severity: Severity::$severity,
            explanation: $explanation,
            example: Example::$kind($example),
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
        "The platform's forms take 1 to 100 characters on one line."
        Case "A title of 120 characters, or one with a line break in it.";
    TITLE_TAKEN = "L002" Error "duplicate title":
        "An agent starts a walkthrough by its title, which is unique in an organization."
        Case "Two walkthroughs are called `Install the agent`.";
    DESCRIPTION = "L003" Error "description too long":
        "The platform's forms take up to 500 characters."
        Case "A description of 700 characters.";
    NO_STEPS = "L004" Warning "no steps":
        "A learner who starts it gets nothing."
        Case "A walkthrough that has a title and nothing else.";
    STEP_TITLE = "L005" Error "step title":
        "The platform's forms take 1 to 200 characters on one line."
        Case "A step that is called nothing, or whose title has 250 characters.";
    REQUIRED = "L006" Error "required field is empty":
        "Each type of walkthrough has fields that the platform's forms require."
        Case "A tutorial's step with nothing under `Operations`.";
    UNKNOWN_VERSION = "L007" Warning "unknown content version":
        "Only version v1 can be edited and rendered; other content is kept as it is, and an agent gets none of it."
        Case "`{\"version\": \"v2\", …}` as the content of a step.";
    SELF_LINK = "L008" Error "link to itself" fix "Remove the link":
        "A step that leads to itself never lets a learner go on."
        Case "After step 3 comes step 3.";
    DANGLING_LINK = "L009" Warning "dangling link" fix "Remove the link":
        "The link leads to a step that does not exist."
        Case "After step 3 comes a step that was deleted.";
    UNSTORABLE = "L010" Error "cannot be stored" fix "Delete the NUL characters" keep "always":
        "Postgres cannot store NUL characters, and far too long texts stall agents and databases."
        Text "The end\0of it";
    TITLE_SPACE = "L011" Info "white space around a title" fix "Trim the title":
        "An agent starts a walkthrough by its exact title, and nobody sees a space at the end of it."
        Case "`Install the agent ` with a space at its end.";
    STEP_TITLE_TWICE = "L012" Info "duplicate step title":
        "Two steps with one title cannot be told apart in a list, by the learner or by the agent."
        Case "Two steps of a walkthrough are called `Verify`.";
    CYCLE = "L013" Warning "links go round in a circle" fix "Remove the link":
        "Whoever follows the links comes back to a step that is done, and never to the end."
        Case "Step 2 leads to step 3, and step 3 back to step 2.";
    UNREACHABLE = "L014" Warning "no way leads here":
        "No way from the first step leads to this one: whoever follows the links meets it after the end, or not at all."
        Case "Step 2 leads to step 4, and no step that is reached leads to step 3.";
    NO_DONE = "L015" Info "no definition of done":
        "An agent that is not told when a step is done goes on too early, or never."
        Case "An introduction without `Done when the service answers.` or words like it.";
    OVER_BUDGET = "L016" Warning "over the token budget":
        "A long step crowds out the conversation, and agents skip parts of it. The budget is 2,000 tokens for each step, \
         or what the walkthrough says in its details."
        Case "A step into which a whole log was pasted.";
    WALKTHROUGH_OVER_BUDGET = "L017" Warning "walkthrough over the token budget":
        "A learner who goes through all of it in one conversation fills what the agent can keep in mind. The budget is \
         50,000 tokens for the texts of all steps, or what the walkthrough says in its details."
        Case "A walkthrough of forty steps with 1,500 tokens each.";
    FIELD_OVER_BUDGET = "L018" Warning "field over the token budget":
        "One text that is far longer than the others is mostly two things. There is a budget only where the walkthrough \
         says one in its details."
        Case "A context of 900 tokens where a field may have 500.";
    DELIMITER = "L020" Warning "block delimiter in a field":
        "The delimiters tell an agent which text is for whom. Inside a field they blur that."
        Text "Close it with </content_for_user>.";
    HIDDEN = "L021" Warning "hidden characters" fix "Delete the hidden characters":
        "Zero-width and bidirectional control characters make an agent read something else than a person sees."
        Text "in\u{200B}visible";
    COMMENT = "L022" Warning "HTML comment" fix "Delete the comment":
        "A user never sees it, an agent does."
        Text "Open the file. <!-- check this with Ana -->";
    BACKSLASH_N = "L023" Warning "literal backslash-n" fix "Replace with line breaks":
        "It was meant as a line break, and everybody reads it as two characters."
        Text "# Title\\n\\nText";
    TEMPLATE_SYNTAX = "L024" Warning "template syntax left in":
        "A field's content is never evaluated, so that it reaches the user as it stands."
        Text "Welcome, {{ name }}!";
    SECRET = "L025" Warning "looks like a secret":
        "Whoever can start the walkthrough can read it."
        Text "postgres://app:Tr0ub4dor@db.internal/app";
    BARE_FENCE = "L026" Info "code without a language" fix "Mark it as plain text":
        "Clients color code by its language, and agents tell a command from its output by it."
        Text "```\nnpm install\n```";
    HEADING_JUMP = "L027" Info "heading skips a level" fix "Close the gaps between levels":
        "Agents and screen readers take the levels of headings for the outline of the text."
        Text "# Install\n\n### On Linux";
    RELATIVE_LINK = "L028" Warning "relative link":
        "Production has no place for files: the agent and the user get a link that leads nowhere."
        Text "See [the list](./list.md).";
    PLACEHOLDER = "L029" Warning "leftover placeholder":
        "It says that something is still to be written. Markdown even hides `<your name>`, as if it were HTML."
        Text "TODO: say which port.";
    LOCAL_FILE = "L039" Warning "file that is only in the library":
        "Production has no place for files. Put it where everybody can reach it and give that address before you publish."
        Case "`![Where to click](files/button.png)`, and the picture lies beside the walkthrough.";
    REPEATED_WORD = "L040" Info "word twice in a row" in Wording fix "Delete the second":
        "It is a slip of the hand, and makes a reader wonder what is missing."
        Text "Open the the file.";
    LONG_SENTENCE = "L041" Info "very long sentence" in Sentences:
        "Agents lose conditions in long sentences, and so do people."
        Case "A sentence of more than 45 words.";
    LINK_TEXT = "L042" Info "link text that says nothing" in LinkTexts:
        "An agent reads links aloud or out of their sentence, where `here` leads nowhere."
        Text "For more, click [here](https://acme.example/docs).";
    SHOUTING = "L043" Info "shouting" in Tone:
        "Capitals do not make an agent more careful, and users feel shouted at."
        Text "DO NOT CLOSE THE WINDOW.";
    VAGUE = "L044" Info "vague instruction" in Instructions:
        "What is left open in an operation, the agent decides anew each time."
        Text "Check the logs, the settings etc.";
    PRONOUN = "L045" Info "instruction begins with a pointing word" in Instructions:
        "An agent takes points one by one: `It must be …` alone does not say what."
        Text "- It must be running.";
    PASSIVE = "L046" Info "nobody is named" in Instructions:
        "An operation in the passive does not say whether the agent or the user is to do it."
        Text "The file must be created.";
    WORDY = "L047" Info "wordy" in Wording fix "Use the short form":
        "The short form says the same in fewer tokens."
        Text "Stop it in order to save power.";
    UNKNOWN_WORD = "L050" Info "unknown word" in Spelling:
        "It is not in the dictionary of the text's language, and not among your own words."
        Text "Open teh file.";
    NO_DICTIONARY = "L051" Info "language without a dictionary" in Spelling:
        "Spelling is checked only where the language is known and there is a dictionary for it."
        Case "`metadata.waymark.language` is `nl`, and nobody imported a Dutch dictionary.";
    DEAD_LINK = "L055" Warning "link that does not work":
        "The address was asked for and is not there: the user is sent to nowhere."
        Case "The server of `https://acme.example/old` answers `404 Not Found`.";
    MOVED_LINK = "L056" Info "link that has moved" fix "Use the new address":
        "The address leads to another one for good. The old one may stop to do so."
        Case "`http://acme.example` answers `301` and names `https://acme.example`.";
    UNCHECKED_LINK = "L057" Info "link that could not be checked":
        "It was asked for, and the answer does not say whether it works."
        Case "The server does not answer within ten seconds, or asks who is there.";
    QUIZ_UNREADABLE = "L060" Error "unreadable quiz":
        "Nobody can answer it, and a newer Waymark may have written it: it is kept as it is and read-only."
        Case "`{\"waymark\": {\"quiz\": 7}}` in the metadata of a step.";
    QUIZ_EMPTY = "L061" Error "quiz without questions":
        "There is nothing to pass, so that a learner can never pass it."
        Case "A quiz that has a pass mark and no question.";
    QUIZ_NO_PROMPT = "L062" Error "empty question":
        "A learner sees answers and not what they answer."
        Case "A question with four options and no words.";
    QUIZ_NO_RIGHT_ANSWER = "L063" Error "no right answer":
        "Whatever a learner answers is wrong. A question that takes one answer has exactly one right one."
        Case "A question with three options, none of them marked as right.";
    QUIZ_EMPTY_OPTION = "L064" Error "too few or empty options":
        "There is nothing to choose from, or a choice that says nothing."
        Case "A question with a single option, or with one that is blank.";
    QUIZ_SAME_OPTION = "L065" Warning "duplicate options":
        "A learner cannot tell the two apart, and one of them may be wrong."
        Case "Two options that both say `Yes`.";
    QUIZ_MARKS = "L066" Error "points or pass mark out of range":
        "A question is worth 1 to 1,000 points, and a quiz is passed at 1 to 100 %."
        Case "A pass mark of 0 %, or a question that is worth 5,000 points.";
    QUIZ_NAMED_TWICE = "L067" Error "two quizzes of one name":
        "Attempts are kept under the quiz's name, so that those of both would be mixed up."
        Case "Two steps whose quizzes are both named `basics`.";
    CERTIFICATE = "L068" Warning "certificate settings":
        "Nobody could earn the certificate, or it would show a name in braces instead of what it stands for."
        Case "`{grade}` in the text of a certificate, for which nothing stands.";
}
