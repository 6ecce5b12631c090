//! `waymark snippet list`, `add` and `remove`: blocks of text that are put into a step by name.

use serde::Serialize;
use waymark_core::{error::Result, snippet::Snippet};
use waymark_library::snippets::{self, SaveSnippet};

use crate::{
    Answer,
    args::{self, snippets::SnippetAdd},
    context::{Context, ORIGIN},
    input,
    output::table,
};

/// What of a text is listed.
const SHOWN_MAX: usize = 60;

#[derive(Serialize)]
struct Snippets {
    snippets: Vec<Snippet>,
}

/// Runs one of the three.
pub async fn run(context: &Context, command: args::snippets::Snippet) -> Result<Answer> {
    match command {
        args::snippets::Snippet::List => list(context).await,
        args::snippets::Snippet::Add(args) => add(context, args).await,
        args::snippets::Snippet::Remove { name } => remove(context, &name).await,
    }
}

async fn list(context: &Context) -> Result<Answer> {
    let value = Snippets { snippets: snippets::list(&context.app().await?.library).await? };
    context.output.answer(&value, || columns(&value.snippets))?;
    if value.snippets.is_empty() && !context.output.is_json {
        context.output.note("No snippets. Add one with `waymark snippet add NAME --from FILE`.");
    }
    Ok(Answer::Yes)
}

fn columns(snippets: &[Snippet]) -> String {
    if snippets.is_empty() {
        return String::new();
    }
    let row = |snippet: &Snippet| vec![snippet.name.clone(), beginning(&snippet.text)];
    table(&["name", "text"], &snippets.iter().map(row).collect::<Vec<_>>())
}

fn beginning(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SHOWN_MAX) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words,
    }
}

async fn add(context: &Context, args: SnippetAdd) -> Result<Answer> {
    let text = input::read_text(&args.from)?;
    let library = &context.app().await?.library;
    let is_known = snippets::list(library).await?.iter().any(|known| known.name == args.name);
    let was = (args.update && is_known).then(|| args.name.clone());
    let save = SaveSnippet { snippet: Snippet { name: args.name, text }, was };
    let saved = snippets::save(library, save, ORIGIN).await?;
    context.output.answer(&saved, || format!("Saved {}", saved.name))?;
    Ok(Answer::Yes)
}

async fn remove(context: &Context, name: &str) -> Result<Answer> {
    let removed = snippets::remove(&context.app().await?.library, name, ORIGIN).await?;
    context.output.answer(&removed, || format!("Removed {}", removed.name))?;
    Ok(Answer::Yes)
}
