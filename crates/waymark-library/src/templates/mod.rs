//! Templates: walkthroughs to begin with, those that come with Waymark and people's own. A walkthrough keeps no tie to the
//! template that it was made from.

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::{Error, Result},
    id::WalkthroughId,
    limits,
    template::{self, Template},
    walkthrough::Walkthrough,
};

use crate::{
    Library,
    changes::What,
    drafts::{self, OpenDraft, new},
    write::Write,
};

mod store;
#[cfg(test)]
mod tests;

/// A walkthrough to make from a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FromTemplate {
    /// The template's name.
    pub template: String,
    /// 1 to 100 characters, not taken by another draft.
    pub title: String,
}

/// A walkthrough to keep as a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SaveTemplate {
    /// Which walkthrough.
    pub walkthrough: WalkthroughId,
    /// What the template is called. An own one with that name is replaced.
    pub name: String,
    /// What it is good for, in a sentence.
    pub about: String,
}

/// All templates: those that come with Waymark, then people's own by name.
///
/// # Errors
/// Those of the file.
pub async fn list(library: &Library) -> Result<Vec<Template>> {
    let mut templates = template::built_in(library.random())?;
    for row in store::list(library).await? {
        let walkthrough = template::read(&row.walkthrough, library.random())?;
        templates.push(template::listed(&row.name, &row.about, &walkthrough, true));
    }
    Ok(templates)
}

/// Makes a walkthrough from a template, with ids of its own.
///
/// # Errors
/// `NotFound` where there is no such template; `InvalidInput` on `title`: empty, too long, or taken.
pub async fn create(library: &Library, input: FromTemplate, origin: &str) -> Result<OpenDraft> {
    limits::check_title(&input.title)?;
    let source = match template::built_in_source(&input.template) {
        Some(source) => source.to_owned(),
        None => store::find(library, &input.template).await?.ok_or_else(|| no_such(&input.template))?,
    };
    let original = template::read(&source, library.random())?;
    let mut write = Write::begin(library).await?;
    let copy = new::copy(library, write.connection(), &original).await?;
    let walkthrough = Walkthrough { title: input.title, ..copy };
    new::refuse_taken_title(write.connection(), &walkthrough).await?;
    new::add(library, write, walkthrough, origin).await
}

/// Keeps a walkthrough as a template.
///
/// # Errors
/// Those of [`template::checked`]; `NotFound`.
pub async fn save(library: &Library, input: SaveTemplate, origin: &str) -> Result<Template> {
    let (name, about) = template::checked(&input.name, &input.about)?;
    let walkthrough = drafts::open(library, &input.walkthrough).await?.draft.walkthrough;
    let mut write = Write::begin(library).await?;
    let now = write.now();
    let source = template::write(&walkthrough, now);
    store::put(write.connection(), store::Row { name: name.clone(), about: about.clone(), walkthrough: source }, now)
        .await?;
    write.announce(What::Template, &name, origin).await?;
    write.commit().await?;
    Ok(template::listed(&name, &about, &walkthrough, true))
}

/// Removes one of people's own templates.
///
/// # Errors
/// `NotFound`; `InvalidInput` for one that comes with Waymark.
pub async fn remove(library: &Library, name: &str, origin: &str) -> Result<()> {
    if template::built_in_source(name).is_some() {
        return Err(Error::invalid(format!("`{name}` comes with Waymark and cannot be removed.")));
    }
    let mut write = Write::begin(library).await?;
    if !store::delete(write.connection(), name).await? {
        return Err(no_such(name));
    }
    write.announce(What::Template, name, origin).await?;
    write.commit().await
}

fn no_such(name: &str) -> Error {
    Error::not_found(format!("There is no template `{name}`.")).with_hint("`waymark template list` shows all of them.")
}
