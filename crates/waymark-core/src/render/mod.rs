//! The text that an agent receives for one step: a template over walkthrough, step and progress.
//!
//! The text depends on those and nothing else, so that it is the same from start, resume, next and `waymark render`.
//! A field's content is data: it is never evaluated, escaped or trimmed. The newline rule is Jinja's: one line break at
//! the end of the template's source is not part of the text, and everything else is byte for byte what the template
//! and the fields say.

pub mod delivery;
pub mod elsewhere;
pub(crate) mod fault;
pub(crate) mod filters;
pub(crate) mod guard;
mod segments;
pub(crate) mod values;

#[cfg(test)]
mod tests;

use std::{borrow::Cow, collections::HashSet, fmt, io, sync::LazyLock};

use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};

use crate::{
    error::Result,
    learner::call::Profile,
    preview::Segment,
    progress::Progress,
    render::{
        elsewhere::Carry,
        fault::Fault,
        values::{Seen, Shown},
    },
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
    Template::parse(&for_profile(CURRENT_SOURCE, Profile::V1))
        .expect("BUG: the built-in template of v1 does not compile")
});

/// The source of the built-in template, to read or to start one's own from.
pub const CURRENT_SOURCE: &str = include_str!("current.jinja");

/// A template: compiled here, or one that runs elsewhere.
pub struct Template {
    runs: Runs,
}

enum Runs {
    Here(Box<Engine>),
    Elsewhere { source: String, name: Option<String>, carry: Carry },
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

    /// A template from its source (Jinja syntax), compiled to run in this process.
    ///
    /// # Errors
    /// `InvalidInput` naming line and column.
    pub fn parse(source: &str) -> Result<Self> {
        let engine = Engine::new(source).map_err(|fault| fault.into_error(None))?;
        Ok(Self { runs: Runs::Here(Box::new(engine)) })
    }

    /// A template that is not ours: it is compiled and run where `carry` leads to, and nowhere else. Its errors speak of
    /// the wording `name`, if it has one.
    pub fn elsewhere(source: impl Into<String>, name: Option<&str>, carry: Carry) -> Self {
        Self { runs: Runs::Elsewhere { source: source.into(), name: name.map(str::to_owned), carry } }
    }

    /// Whether it runs in another process, which an async thread should not wait for.
    pub fn is_elsewhere(&self) -> bool {
        matches!(self.runs, Runs::Elsewhere { .. })
    }

    fn run(&self, seen: Seen) -> Result<String> {
        match &self.runs {
            Runs::Here(engine) => engine.run(seen).map_err(|fault| fault.into_error(None)),
            Runs::Elsewhere { source, name, carry } => elsewhere::ask(source, name.as_deref(), *carry, seen),
        }
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Template").field("is_elsewhere", &self.is_elsewhere()).finish_non_exhaustive()
    }
}

/// The source of a template for the tools of a profile. Templates are written with the names of `current`.
pub fn for_profile(source: &str, profile: Profile) -> Cow<'_, str> {
    let current = Profile::Current;
    if profile == current {
        return Cow::Borrowed(source);
    }
    let renamed = source.replace(current.next_tool(), profile.next_tool());
    Cow::Owned(renamed.replace(current.next_argument(), profile.next_argument()))
}

/// A compiled template.
pub(crate) struct Engine {
    environment: Environment<'static>,
}

impl Engine {
    /// Compiles a source, without running it.
    pub(crate) fn new(source: &str) -> Result<Self, Fault> {
        if source.len() > TEMPLATE_MAX_BYTES {
            return Err(Fault {
                line: 1,
                column: 1,
                length: 0,
                what: format!("it is {} bytes long", source.len()),
                hint: format!("A template may have up to {TEMPLATE_MAX_BYTES} bytes."),
            });
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
        environment.add_template_owned(NAME, source.clone()).map_err(|error| Fault::of(&source, &error))?;
        Ok(Self { environment })
    }

    /// The variables that it reads and does not set itself, as dotted paths.
    pub(crate) fn variables(&self) -> HashSet<String> {
        self.environment.get_template(NAME).map(|template| template.undeclared_variables(true)).unwrap_or_default()
    }

    fn run(&self, seen: Seen) -> Result<String, Fault> {
        let template = self.environment.get_template(NAME).map_err(|error| Fault::of("", &error))?;
        let mut output = Capped(Vec::new());
        filters::reset_budget();
        let fault = |error: minijinja::Error| Fault::of(template.source(), &error);
        template.render_captured_to(seen.into_value(), &mut output).map_err(fault)?;
        String::from_utf8(output.0).map_err(|_| fault(ErrorKind::BadSerialization.into()))
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
    template.run(shown.seen(None))
}

fn in_segments(template: &Template, shown: &Shown<'_>) -> Result<Vec<Segment>> {
    let text = whole_text(template, shown)?;
    let marks = segments::Marks::absent_from(&text);
    let marked = template.run(shown.seen(Some(&marks)));
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
