//! Templates that are not ours run in a process of their own. This is what goes there and what comes back: one JSON line
//! each way. The other side runs the same engine; who carries the lines is passed in.

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    render::{Engine, fault::Fault, values::Seen},
};

/// Carries a line to whoever runs templates, and brings the answer: it blocks until then.
///
/// # Errors
/// Those of the way there: whoever runs it took too long, or took too much.
pub type Carry = fn(&str) -> Result<String>;

#[derive(Serialize)]
struct Asked<'a> {
    source: &'a str,
    seen: Seen,
}

#[derive(Deserialize)]
struct Heard {
    source: String,
    seen: Seen,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Text(String),
    Fault(Fault),
}

/// Asks for the text of a template.
pub(super) fn ask(source: &str, name: Option<&str>, carry: Carry, seen: Seen) -> Result<String> {
    let line = serde_json::to_string(&Asked { source, seen });
    let line = line.map_err(|error| Error::bug("What a template sees is no JSON.").with_source(error))?;
    let answer = carry(&line)?;
    let answer = serde_json::from_str(&answer)
        .map_err(|error| Error::bug("Whoever runs templates gave another answer than one.").with_source(error))?;
    match answer {
        Answer::Text(text) => Ok(text),
        Answer::Fault(fault) => Err(fault.into_error(name)),
    }
}

/// Carries a line nowhere: the template runs in this process, within the limits that [`super::guard`] keeps it to.
///
/// # Errors
/// `Bug` for a line that [`ask`] does not write.
pub fn here(line: &str) -> Result<String> {
    Runner::default().answer(line)
}

/// Runs templates, one line after the other. The last template stays compiled.
#[derive(Default)]
pub struct Runner {
    last: Option<(String, Engine)>,
}

impl Runner {
    /// Answers a line with a line.
    ///
    /// # Errors
    /// `Bug` for a line that [`ask`] does not write.
    pub fn answer(&mut self, line: &str) -> Result<String> {
        let heard: Heard = serde_json::from_str(line)
            .map_err(|error| Error::bug("A line is nothing that a template can be run with.").with_source(error))?;
        let answer = self.run(heard).map_or_else(Answer::Fault, Answer::Text);
        serde_json::to_string(&answer).map_err(|error| Error::bug("A text is no JSON.").with_source(error))
    }

    fn run(&mut self, Heard { source, seen }: Heard) -> Result<String, Fault> {
        if self.last.as_ref().is_none_or(|(last, _)| *last != source) {
            self.last = None;
            let engine = Engine::new(&source)?;
            self.last = Some((source, engine));
        }
        match &self.last {
            Some((_, engine)) => engine.run(seen),
            None => Ok(String::new()),
        }
    }
}
