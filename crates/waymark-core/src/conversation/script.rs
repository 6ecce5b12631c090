//! What happens in a conversation: a situation to begin in, and moves.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    learner::call::Profile,
    limits,
};

/// The most moves of one script: above any walkthrough.
pub const MOVES_MAX: usize = 2_000;

/// Everything that a conversation depends on besides the walkthroughs. Stored, so variants are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Script {
    /// The situation to begin in.
    pub scenario: Scenario,
    /// The tools that the agent has.
    pub profile: Profile,
    /// What happens then, in order.
    pub moves: Vec<Move>,
}

/// A situation: an opening that leads to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Scenario {
    /// A learner comes for the first time.
    #[default]
    FirstVisit,
    /// A learner left in the middle and comes back in a new visit.
    Resume,
    /// A learner in the middle begins again.
    Restart,
    /// The server offers several walkthroughs.
    Several,
    /// The author adds a step while a learner is in the middle.
    StepAdded,
    /// The author removes the step that a learner is at.
    StepRemoved,
    /// The author moves the last step to where a learner is.
    Reordered,
    /// The author renames the step that comes next.
    Renamed,
    /// A learner is at the last step.
    LastStep,
}

impl Scenario {
    /// All of them, in the order of menus.
    pub const ALL: [Scenario; 9] = [
        Scenario::FirstVisit,
        Scenario::Resume,
        Scenario::Restart,
        Scenario::Several,
        Scenario::StepAdded,
        Scenario::StepRemoved,
        Scenario::Reordered,
        Scenario::Renamed,
        Scenario::LastStep,
    ];

    /// The name as stored.
    pub fn name(self) -> &'static str {
        match self {
            Scenario::FirstVisit => "first_visit",
            Scenario::Resume => "resume",
            Scenario::Restart => "restart",
            Scenario::Several => "several",
            Scenario::StepAdded => "step_added",
            Scenario::StepRemoved => "step_removed",
            Scenario::Reordered => "reordered",
            Scenario::Renamed => "renamed",
            Scenario::LastStep => "last_step",
        }
    }
}

impl FromStr for Scenario {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let name = text.replace('-', "_");
        Scenario::ALL.into_iter().find(|scenario| scenario.name() == name).ok_or_else(|| {
            let all = Scenario::ALL.map(|scenario| format!("`{}`", scenario.name().replace('_', "-"))).join(", ");
            Error::invalid(format!("There is no scenario `{text}`.")).with_hint(format!("Use one of {all}."))
        })
    }
}

/// What comes next. The first group is what an agent does, the second what goes wrong, the third what others do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "move", rename_all = "snake_case")]
pub enum Move {
    /// A well-behaved agent completes the step it is at and asks for the next one, or does what the last answer asks.
    Next,
    /// The agent asks how far the learner is.
    Status,
    /// The learner wants all progress cleared, and the agent does it.
    Reset,
    /// The learner wants to begin again.
    Restart,
    /// The answer was lost: the same call again.
    Repeat,
    /// The agent passes the id of the step after the current one.
    Skip,
    /// The agent passes an id that is no step.
    WrongId,
    /// The learner comes back a day later, in a new visit.
    ComeBack,
    /// The agent goes on, and a second session of the same learner calls at the same time.
    OtherSession,
    /// The author changes the walkthrough.
    Edit {
        /// How.
        edit: AuthorEdit,
    },
}

/// What the author does to the walkthrough. Steps are named by the number that they have then, so that a script can be
/// played over another draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum AuthorEdit {
    /// A new step.
    AddStep {
        /// The number that it will have.
        number: u32,
        /// Its title.
        title: String,
    },
    /// A step goes.
    RemoveStep {
        /// Its number.
        number: u32,
    },
    /// A step moves.
    MoveStep {
        /// Its number.
        number: u32,
        /// The number that it will have.
        to: u32,
    },
    /// A step gets another title.
    RenameStep {
        /// Its number.
        number: u32,
        /// Its new title.
        title: String,
    },
}

/// The title of a step that is added where nobody gave one.
pub(super) const NEW_STEP: &str = "A new step";

impl FromStr for Move {
    type Err = Error;

    /// As the command line spells it: `next`, `wrong-id`, `remove:3`, `move:3:1`, `rename:3:New title`, `add:2:Title`.
    fn from_str(text: &str) -> Result<Self> {
        let (name, rest) = text.split_once(':').map_or((text, None), |(name, rest)| (name, Some(rest)));
        let plain = match name.replace('_', "-").as_str() {
            "next" => Some(Move::Next),
            "status" => Some(Move::Status),
            "reset" => Some(Move::Reset),
            "restart" => Some(Move::Restart),
            "repeat" => Some(Move::Repeat),
            "skip" => Some(Move::Skip),
            "wrong-id" => Some(Move::WrongId),
            "come-back" => Some(Move::ComeBack),
            "other-session" => Some(Move::OtherSession),
            _ => None,
        };
        match (plain, rest) {
            (Some(plain), None) => Ok(plain),
            (None, Some(rest)) => edit(name, rest).map(|edit| Move::Edit { edit }).ok_or_else(|| unknown(text)),
            _ => Err(unknown(text)),
        }
    }
}

fn edit(name: &str, rest: &str) -> Option<AuthorEdit> {
    let (number, more) = rest.split_once(':').map_or((rest, None), |(number, more)| (number, Some(more)));
    let number = number.parse().ok().filter(|number| *number > 0)?;
    match (name, more) {
        ("add", more) => Some(AuthorEdit::AddStep { number, title: more.unwrap_or(NEW_STEP).to_owned() }),
        ("remove", None) => Some(AuthorEdit::RemoveStep { number }),
        ("move", Some(to)) => {
            let to = to.parse().ok().filter(|to| *to > 0)?;
            Some(AuthorEdit::MoveStep { number, to })
        }
        ("rename", Some(title)) if !title.is_empty() => {
            Some(AuthorEdit::RenameStep { number, title: title.to_owned() })
        }
        _ => None,
    }
}

fn unknown(text: &str) -> Error {
    Error::invalid(format!("There is no move `{text}`.")).with_hint(
        "Moves are next, status, reset, restart, repeat, skip, wrong-id, come-back, other-session, and what the author \
         does: add:N, add:N:TITLE, remove:N, move:N:TO, rename:N:TITLE.",
    )
}

/// The most characters of a kept conversation's name.
pub const NAME_MAX: usize = 100;

/// The name of a conversation that is kept.
///
/// # Errors
/// `InvalidInput` on `name`: empty or too long.
pub fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    limits::check_line("name", "The conversation's name", name, NAME_MAX)?;
    Ok(name.to_owned())
}

/// Refuses a script that nobody meant.
///
/// # Errors
/// `InvalidInput` where it has more than [`MOVES_MAX`] moves.
pub fn check(script: &Script) -> Result<()> {
    if script.moves.len() > MOVES_MAX {
        return Err(Error::invalid(format!("The script has {} moves.", script.moves.len()))
            .with_field("moves")
            .with_hint(format!("A script may have up to {MOVES_MAX} moves.")));
    }
    Ok(())
}
