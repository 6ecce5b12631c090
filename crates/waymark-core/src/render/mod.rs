//! The text that an agent receives for one step: a template over walkthrough, step and progress.
//!
//! The text depends on those and nothing else, so that it is the same from start, resume, next and `waymark render`.
//! A field's content is data: it is never evaluated, escaped or trimmed. The newline rule is Jinja's: one line break at
//! the end of the template's source is not part of the text, and everything else is byte for byte what the template
//! and the fields say.

pub mod delivery;
mod filters;
mod guard;
mod segments;
mod values;

#[cfg(test)]
mod tests;

use std::{io, sync::LazyLock};

use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, Value};

use crate::{
    error::{Error, Result},
    learner::call::Profile,
    preview::Segment,
    progress::Progress,
    render::values::Shown,
    walkthrough::Walkthrough,
};

/// The most bytes that one rendered step may have.
pub const OUTPUT_MAX_BYTES: usize = 8 * 1024 * 1024;
/// The most bytes that a template may have.
pub const TEMPLATE_MAX_BYTES: usize = 64 * 1024;

/// The names of the blocks in the built-in template, as they stand in its delimiters.
pub const BLOCK_NAMES: [&str; 4] =
    ["introduction_for_agent", "context_for_agent", "operations_for_agent", "content_for_user"];

const NAME: &str = "template";

static CURRENT: LazyLock<Template> =
    LazyLock::new(|| Template::parse(CURRENT_SOURCE).expect("BUG: the built-in template does not compile"));

static V1: LazyLock<Template> = LazyLock::new(|| {
    let (current, v1) = (Profile::Current, Profile::V1);
    let source = CURRENT_SOURCE
        .replace(current.next_tool(), v1.next_tool())
        .replace(current.next_argument(), v1.next_argument());
    Template::parse(&source).expect("BUG: the built-in template of v1 does not compile")
});

/// The source of the built-in template, to read or to start one's own from.
pub const CURRENT_SOURCE: &str = include_str!("current.jinja");

/// A compiled template.
pub struct Template {
    environment: Environment<'static>,
}

impl Template {
    /// The built-in template for the tools of the profile `current`.
    pub fn current() -> &'static Template {
        &CURRENT
    }

    /// The built-in template for the tools of a profile: the same but for the tool that it names at the end.
    pub fn built_in(profile: Profile) -> &'static Template {
        match profile {
            Profile::Current => &CURRENT,
            Profile::V1 => &V1,
        }
    }

    /// A template from its source (Jinja syntax).
    ///
    /// # Errors
    /// `InvalidInput` naming line and column.
    pub fn parse(source: &str) -> Result<Self> {
        if source.len() > TEMPLATE_MAX_BYTES {
            return Err(Error::invalid(format!("The template is {} bytes long.", source.len()))
                .with_field("template")
                .with_hint(format!("A template may have up to {TEMPLATE_MAX_BYTES} bytes.")));
        }
        let source = source.replace("\r\n", "\n");
        guard::check(&source)?;
        let mut environment = Environment::empty();
        environment.set_debug(true);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_undefined_behavior(UndefinedBehavior::Chainable);
        environment.set_fuel(Some(guard::fuel(&source)));
        environment.set_recursion_limit(50);
        environment.set_formatter(filters::write);
        filters::install(&mut environment);
        environment.add_template_owned(NAME, source.clone()).map_err(|error| explain(&source, &error))?;
        Ok(Self { environment })
    }

    fn run(&self, context: Value) -> Result<String> {
        let template = self.environment.get_template(NAME).map_err(|error| explain("", &error))?;
        let mut output = Capped(Vec::new());
        filters::reset_budget();
        template.render_captured_to(context, &mut output).map_err(|error| explain(template.source(), &error))?;
        String::from_utf8(output.0).map_err(|error| Error::bug("A template wrote half a character.").with_source(error))
    }
}

/// The text of the step at `index` (from 0).
///
/// # Errors
/// `NotFound` when there is no such step; `InvalidInput` with line and column when the template fails.
pub fn render_text(template: &Template, walkthrough: &Walkthrough, index: usize, progress: Progress) -> Result<String> {
    whole_text(template, &Shown::at(walkthrough, index, progress)?)
}

/// The text of the step at `index` (from 0), in stretches that say which field they show. Joined, they are the text
/// of [`render_text`] byte for byte.
///
/// # Errors
/// As [`render_text`].
pub fn render_step(
    template: &Template,
    walkthrough: &Walkthrough,
    index: usize,
    progress: Progress,
) -> Result<Vec<Segment>> {
    in_segments(template, &Shown::at(walkthrough, index, progress)?)
}

fn whole_text(template: &Template, shown: &Shown<'_>) -> Result<String> {
    template.run(shown.context(None))
}

fn in_segments(template: &Template, shown: &Shown<'_>) -> Result<Vec<Segment>> {
    let text = whole_text(template, shown)?;
    let marks = segments::Marks::absent_from(&text);
    let marked = template.run(shown.context(Some(&marks)));
    // A template that looks at a text's length may say something else about a marked one: then there are no colors.
    Ok(marked.ok().and_then(|marked| marks.split(&marked, &text)).unwrap_or_else(|| segments::whole(text)))
}

/// The segments as one text.
pub fn text(segments: &[Segment]) -> String {
    segments.iter().map(|segment| segment.text.as_str()).collect()
}

struct Capped(Vec<u8>);

impl io::Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > OUTPUT_MAX_BYTES {
            return Err(io::Error::other("the text is too long"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A template's error in our words, with its place.
fn explain(source: &str, error: &minijinja::Error) -> Error {
    let (line, column) = match error.range() {
        Some(range) => guard::place(source, range.start),
        None => (error.line().unwrap_or(1), 1),
    };
    let what = match error.kind() {
        ErrorKind::OutOfFuel => "it takes too many steps to run".to_owned(),
        ErrorKind::WriteFailure => format!("it writes more than {OUTPUT_MAX_BYTES} bytes"),
        kind => match error.detail() {
            Some(detail) => format!("{kind}: {detail}"),
            None => kind.to_string(),
        },
    };
    Error::invalid(format!("The template fails in line {line}, column {column}: {what}."))
        .with_field("template")
        .with_hint("Correct the template at that place.")
}
