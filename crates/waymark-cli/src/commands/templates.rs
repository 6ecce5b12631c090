//! `waymark template list`, `save` and `remove`: walkthroughs to begin others with.

use serde::Serialize;
use waymark_core::{error::Result, template::Template};
use waymark_library::templates::{self, SaveTemplate};

use crate::{
    Answer, args,
    context::{Context, ORIGIN},
    output::table,
};

#[derive(Serialize)]
struct Templates {
    templates: Vec<Template>,
}

#[derive(Serialize)]
struct Removed<'a> {
    name: &'a str,
}

/// Runs one of the three.
pub async fn run(context: &Context, command: args::templates::Template) -> Result<Answer> {
    let library = &context.app().await?.library;
    match command {
        args::templates::Template::List => {
            let value = Templates { templates: templates::list(library).await? };
            context.output.answer(&value, || columns(&value.templates))?;
        }
        args::templates::Template::Save { walkthrough, name, about } => {
            let walkthrough = context.find(&walkthrough).await?;
            let saved = templates::save(library, SaveTemplate { walkthrough, name, about }, ORIGIN).await?;
            context.output.answer(&saved, || format!("Saved {}", saved.name))?;
        }
        args::templates::Template::Remove { name } => {
            templates::remove(library, &name, ORIGIN).await?;
            context.output.answer(&Removed { name: &name }, || format!("Removed {name}"))?;
        }
    }
    Ok(Answer::Yes)
}

fn columns(templates: &[Template]) -> String {
    let row = |template: &Template| {
        let whose = if template.is_own { "yours" } else { "" };
        let steps = template.steps.to_string();
        vec![template.name.clone(), template.kind.to_string(), steps, whose.to_owned(), template.about.clone()]
    };
    table(&["name", "type", "steps", "", "about"], &templates.iter().map(row).collect::<Vec<_>>())
}
