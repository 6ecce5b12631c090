//! The organization's wordings, and which one holds where. Those that are built in are core's.
//!
//! A choice names a wording; it is renamed with it and goes with it. What is chosen and is not there any more is the
//! default, so that no choice can keep an agent from its text.

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::{Error, Result},
    id::{ConnectionId, StepId, WalkthroughId},
    learner::path::in_learner_order,
    walkthrough::{Walkthrough, WalkthroughType},
    wording::{
        self, ListedWording, Wording, built_in,
        chosen::{Choice, Wordings},
        look::{self, Look},
        no_such,
    },
};

use crate::{Library, changes::What, connections, drafts, lint::words, write::Write};

mod store;
#[cfg(test)]
mod tests;

/// A wording to keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SaveWording {
    /// As it should be.
    pub wording: Wording,
    /// What it was called, where it is one that is changed; `None` for a new one.
    pub was: Option<String>,
}

/// What a removed wording was, to be put back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RemovedWording {
    /// The wording.
    pub wording: Wording,
    /// Where it held.
    pub choices: Vec<Choice>,
}

/// A wording to be used somewhere, or none in particular.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ChooseWording {
    /// For this connection; `None` for the drafts.
    pub connection: Option<ConnectionId>,
    /// For this type of walkthrough; `None` for all.
    pub kind: Option<WalkthroughType>,
    /// The wording; `None` takes the choice back.
    pub wording: Option<String>,
}

/// A wording to look at, saved or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LookAtWording {
    /// The template.
    pub text: String,
    /// On which draft; `None` for a made-up one.
    pub walkthrough: Option<WalkthroughId>,
    /// On which of its steps; `None` for the first.
    pub step: Option<StepId>,
}

/// The built-in wordings, then the organization's by name.
///
/// # Errors
/// Those of the file.
pub async fn list(library: &Library) -> Result<Vec<ListedWording>> {
    let own = store::list(library).await?;
    Ok(built_in::listed().chain(own).collect())
}

/// The wording with this name. That of a built-in one may be capitalized in any way.
///
/// # Errors
/// `NotFound`.
pub async fn find(library: &Library, name: &str) -> Result<ListedWording> {
    let all = list(library).await?;
    let built_in = built_in::find(name).map(|one| one.name);
    let found = all.into_iter().find(|one| one.name == name || Some(one.name.as_str()) == built_in);
    found.ok_or_else(|| no_such(name))
}

/// Adds a wording, or changes the one that was called `was`. Choices follow its name.
///
/// # Errors
/// Those of [`wording::checked`]; `InvalidInput` on `name` where another has it, `NotFound` where `was` is gone.
pub async fn save(library: &Library, save: SaveWording, origin: &str) -> Result<Wording> {
    let kept = wording::checked(save.wording)?;
    let mut write = Write::begin(library).await?;
    if save.was.as_ref() != Some(&kept.name) && store::has(write.connection(), &kept.name).await? {
        return Err(Error::invalid(format!("There is a wording `{}` already.", kept.name))
            .with_field("name")
            .with_hint("Choose another name, or change that one."));
    }
    if let Some(was) = &save.was {
        if !store::delete(write.connection(), was).await? {
            return Err(no_such(was));
        }
        store::rename_choices(write.connection(), was, &kept.name).await?;
    }
    store::put(&mut write, &kept).await?;
    write.announce(What::Wording, &kept.name, origin).await?;
    write.commit().await?;
    Ok(kept)
}

/// Removes a wording with the choices of it, and gives what they were.
///
/// # Errors
/// `NotFound`; `Refused` for a built-in one.
pub async fn remove(library: &Library, name: &str, origin: &str) -> Result<RemovedWording> {
    let known = find(library, name).await?;
    if known.is_built_in {
        return Err(Error::new(
            waymark_core::error::Code::Refused,
            format!("The wording `{}` comes with Waymark and stays.", known.name),
        )
        .with_hint("Use another one instead."));
    }
    let mut write = Write::begin(library).await?;
    let choices = store::choices(write.connection()).await?.into_iter().filter(|choice| choice.wording == known.name);
    let choices: Vec<Choice> = choices.collect();
    for choice in &choices {
        store::forget(write.connection(), choice).await?;
    }
    if !store::delete(write.connection(), &known.name).await? {
        return Err(no_such(name));
    }
    write.announce(What::Wording, &known.name, origin).await?;
    write.commit().await?;
    let ListedWording { name, about, text, .. } = known;
    Ok(RemovedWording { wording: Wording { name, about, text }, choices })
}

/// Puts a removed wording back, and back to where it held unless another one was chosen there meanwhile.
///
/// # Errors
/// Those of [`save`].
pub async fn restore(library: &Library, removed: RemovedWording, origin: &str) -> Result<Wording> {
    let kept = wording::checked(removed.wording)?;
    let mut write = Write::begin(library).await?;
    if store::has(write.connection(), &kept.name).await? {
        return Err(Error::invalid(format!("There is a wording `{}` again by now.", kept.name))
            .with_field("name")
            .with_hint("Rename that one first."));
    }
    store::put(&mut write, &kept).await?;
    let now = store::choices(write.connection()).await?;
    let is_free =
        |choice: &Choice| !now.iter().any(|one| (&one.connection, one.kind) == (&choice.connection, choice.kind));
    for choice in removed.choices.iter().filter(|choice| choice.wording == kept.name && is_free(choice)) {
        store::choose(&mut write, choice).await?;
    }
    write.announce(What::Wording, &kept.name, origin).await?;
    write.commit().await?;
    Ok(kept)
}

/// Which wordings were chosen, and for what: connections by id, the drafts first.
///
/// # Errors
/// Those of the file.
pub async fn choices(library: &Library) -> Result<Vec<Choice>> {
    store::read_choices(library).await
}

/// Chooses a wording for a connection, a type, both or neither, or takes that choice back.
///
/// # Errors
/// `NotFound` for a wording or a connection that is not there.
pub async fn choose(library: &Library, choose: ChooseWording, origin: &str) -> Result<Vec<Choice>> {
    let ChooseWording { connection, kind, wording } = choose;
    if let Some(connection) = &connection {
        connections::find(library, connection.as_str()).await?;
    }
    let name = match wording {
        Some(name) => Some(find(library, &name).await?.name),
        None => None,
    };
    let mut write = Write::begin(library).await?;
    let choice = Choice { connection, kind, wording: name.clone().unwrap_or_default() };
    match &name {
        Some(_) => store::choose(&mut write, &choice).await?,
        None => store::forget(write.connection(), &choice).await?,
    }
    write.announce(What::Wording, &choice.wording, origin).await?;
    write.commit().await?;
    choices(library).await
}

/// The wordings that hold at a connection, or for the drafts: what every door renders with.
///
/// # Errors
/// Those of the file.
pub async fn at(library: &Library, connection: Option<&ConnectionId>) -> Result<Wordings> {
    let choices = choices(library).await?;
    let own = match choices.is_empty() {
        true => Vec::new(),
        false => store::list(library).await?,
    };
    let own: Vec<Wording> =
        own.into_iter().map(|ListedWording { name, about, text, .. }| Wording { name, about, text }).collect();
    Ok(Wordings::at(&choices, &own, connection, library.carry()))
}

/// What a wording makes of a step.
///
/// # Errors
/// `NotFound` for a draft or a step that is not there; a wording that fails is none, see [`look::look`].
pub async fn look_at(library: &Library, input: LookAtWording) -> Result<Look> {
    let LookAtWording { text, walkthrough, step } = input;
    let (walkthrough, index) = match walkthrough {
        None => (look::sample(), look::SAMPLE_INDEX),
        Some(id) => {
            let walkthrough = drafts::open(library, &id).await?.draft.walkthrough;
            let index = step_index(&walkthrough, step.as_ref())?;
            (walkthrough, index)
        }
    };
    let wordings = Wordings::own(&text, None, library.carry());
    let encoding = words::settings(library).await?.tokenizer;
    let looked = tokio::task::spawn_blocking(move || look::look(&text, &wordings, &walkthrough, index, encoding));
    looked.await.map_err(|panic| Error::bug("Looking at a wording ended early.").with_source(panic))?
}

fn step_index(walkthrough: &Walkthrough, step: Option<&StepId>) -> Result<usize> {
    let ordered = in_learner_order(walkthrough);
    match step {
        Some(step) => ordered.step_index(step),
        None if ordered.steps.is_empty() => Err(Error::not_found(format!("`{}` has no steps yet.", ordered.title))
            .with_hint("Choose another walkthrough, or add a step.")),
        None => Ok(0),
    }
}
