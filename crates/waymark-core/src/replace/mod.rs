//! Find and replace, as values: what is looked for, where it stands, and the edits that put something else there.
//!
//! Nothing is found that could not be shown first: [`find`] and [`plan`] number the occurrences of a walkthrough in the
//! same way, so that each can be left out by its number. Content of an unknown version is never changed, only named.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{
    content::ContentFields,
    id::StepId,
    search::Part,
    section,
    texts::{self, Slot},
    walkthrough::{Step, Walkthrough},
};

mod find;
mod matcher;
mod plan;
pub mod snippets;
#[cfg(test)]
mod tests;

pub use find::find;
pub use matcher::Matcher;
pub use plan::{Planned, plan};

/// Where texts can be replaced. Tags and metadata are lists and JSON, and are not among them.
pub const PARTS: [Part; 9] = [
    Part::Title,
    Part::Description,
    Part::IntroductionForAgent,
    Part::ContextForAgent,
    Part::ContentForUser,
    Part::OperationsForAgent,
    Part::Section,
    Part::Quiz,
    Part::Certificate,
];

/// What to look for, and what to put there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct ReplacePattern {
    /// The text, or the regular expression.
    pub find: String,
    /// What stands there afterwards. For a regular expression `$1` and `${name}` are what a group found, `$$` is a dollar
    /// sign, `\n` and `\t` are a line break and a tab.
    pub replace: String,
    /// Whether `find` is a regular expression.
    pub is_regex: bool,
    /// Whether `A` and `a` are told apart.
    pub is_case_sensitive: bool,
    /// Whether only whole words are found.
    pub is_whole_word: bool,
}

/// A text in which something was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FoundPlace {
    /// The step; none for the walkthrough's own title and description.
    pub step: Option<FoundStep>,
    /// Which text.
    pub part: Part,
    /// Which text of the part, where it is no field.
    pub slot: Option<Slot>,
    /// What was found, in the order of the text. Of a text that cannot be changed nothing is listed.
    pub occurrences: Vec<Occurrence>,
    /// How many there are, listed or not.
    pub occurrences_total: u32,
    /// Why nothing is replaced here, if nothing is.
    pub refusal: Option<String>,
}

/// The step in which something was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FoundStep {
    /// Which.
    pub id: StepId,
    /// Its place, from 1.
    pub number: u32,
    /// Its title.
    pub title: String,
}

/// One place where the text would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Occurrence {
    /// Its number within the walkthrough, from 0: by this it can be left out.
    pub index: u32,
    /// The line it begins in, from 1.
    pub line: u32,
    /// What stands before it in its line, cut at the front where that is long.
    pub before: String,
    /// What was found.
    pub found: String,
    /// What would stand there.
    pub becomes: String,
    /// What stands behind it in its line, cut at the end where that is long.
    pub after: String,
}

/// A place that was not changed although something was found there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SkippedPlace {
    /// The step; none for the walkthrough's own title and description.
    pub step: Option<FoundStep>,
    /// Which text.
    pub part: Part,
    /// Which text of the part, where it is no field.
    pub slot: Option<Slot>,
    /// Why, in a sentence.
    pub message: String,
}

/// A text of a walkthrough that can be looked through.
struct Place<'a> {
    /// Its index, and the step.
    step: Option<(usize, &'a Step)>,
    part: Part,
    /// Which text of the part, where it is no field.
    slot: Option<Slot>,
    text: Text<'a>,
}

enum Text<'a> {
    Editable(Cow<'a, str>),
    /// Content that this Waymark does not understand, as JSON.
    ReadOnly(&'a str),
}

/// The texts of a walkthrough in the order of the editor, as far as they are asked for (none asked for is all).
fn places<'a>(walkthrough: &'a Walkthrough, parts: &'a [Part]) -> impl Iterator<Item = Place<'a>> {
    let is_wanted = move |part: Part| parts.is_empty() || parts.contains(&part);
    let own = texts::of_walkthrough(walkthrough).into_iter().map(|(slot, text)| in_slot(None, slot, text));
    let of_steps =
        walkthrough.steps.iter().enumerate().flat_map(move |(index, step)| of_step(walkthrough, index, step));
    own.chain(of_steps).filter(move |place| match place.text {
        Text::Editable(_) => is_wanted(place.part),
        Text::ReadOnly(_) => PARTS.into_iter().any(|part| part.field().is_some() && is_wanted(part)),
    })
}

fn in_slot<'a>(step: Option<(usize, &'a Step)>, slot: Slot, text: Cow<'a, str>) -> Place<'a> {
    Place { step, part: slot.part(), slot: Some(slot), text: Text::Editable(text) }
}

/// The name of a section is found where the section begins.
fn of_step<'a>(walkthrough: &Walkthrough, index: usize, step: &'a Step) -> Vec<Place<'a>> {
    let owner = Some((index, step));
    let own = texts::of_step(step).into_iter();
    let own = own.filter(|(slot, _)| *slot != Slot::Section || section::begins(walkthrough, index));
    let (quiz, mut places): (Vec<_>, Vec<_>) =
        own.map(|(slot, text)| in_slot(owner, slot, text)).partition(|place| place.part == Part::Quiz);
    let field = |part: Part| {
        let text = part.field().and_then(|field| step.content_fields.text(field))?;
        Some(Place { step: owner, part, slot: None, text: Text::Editable(Cow::Borrowed(text)) })
    };
    match &step.content_fields {
        ContentFields::Unknown { json } => {
            let text = Text::ReadOnly(json.as_str());
            places.push(Place { step: owner, part: Part::ContentForUser, slot: None, text });
        }
        ContentFields::V1(_) => places.extend(PARTS.into_iter().filter_map(field)),
    }
    places.extend(quiz);
    places
}

impl Place<'_> {
    fn step(&self) -> Option<FoundStep> {
        self.step.map(|(index, step)| FoundStep {
            id: step.id.clone(),
            number: index as u32 + 1,
            title: step.title.clone(),
        })
    }
}

const READ_ONLY: &str = "The content of this step has a version that this Waymark does not know. It is left as it is.";
