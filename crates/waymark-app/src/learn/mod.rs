//! One tool call of an agent, from what is stored to what it hears.
//!
//! Read, decide, render, write: the rule is `waymark_core::learner`'s, the text is `waymark_core::render`'s, and the
//! store is one of two. What is written was decided on the values seen, or it is read and decided again.

pub mod reading;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_reading;
pub mod watching;

use waymark_core::{
    error::{Code, Error, Result},
    id::{Random, StepId},
    learner::{
        self,
        call::{Call, Profile},
        output::{self, ToolOutput},
        standing::{Scope, ServerSeen, Standing, StepContent},
        turn::{Answer, Delivery, Turn},
        words,
        writes::Written,
    },
    render::{self, Template},
    walkthrough::{Millis, Step, Walkthrough},
};
use waymark_library::Library;
use waymark_platform::connect::Platform;

/// How often a call is decided again before it gives up. Each round means that another call of the same learner was
/// written, so this is only reached by more calls at once than any agent makes.
const ROUNDS_MAX: usize = 64;

/// Where learners are: the drafts' own preview learners, or an organization's.
#[derive(Clone)]
pub enum Learners {
    /// The drafts.
    Preview(Library, World),
    /// Production.
    Live(Platform, World),
}

/// Clock and randomness of the learners' doors.
#[derive(Clone, Copy)]
pub struct World {
    /// The clock.
    pub now: fn() -> Millis,
    /// The randomness of ids and tokens.
    pub random: Random,
}

/// What an agent hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The text; of a step, exactly what `waymark render` prints.
    pub text: String,
    /// The same in structured form.
    pub output: ToolOutput,
    /// Whether the agent has to do something else first.
    pub is_error: bool,
}

impl Learners {
    /// Clock and randomness.
    pub fn world(&self) -> World {
        match self {
            Learners::Preview(_, world) | Learners::Live(_, world) => *world,
        }
    }

    /// Whether these are drafts, which nobody but the writer may see.
    pub fn are_drafts(&self) -> bool {
        matches!(self, Learners::Preview(..))
    }

    /// Refuses a store that learners cannot be served from, before anybody comes.
    ///
    /// # Errors
    /// `SchemaMismatch` or `NotFound` saying what is missing; `Unreachable`.
    pub async fn check(&self) -> Result<()> {
        match self {
            Learners::Preview(..) => Ok(()),
            Learners::Live(platform, _) => waymark_platform::learners::check(platform).await,
        }
    }

    /// What is known of a server before a call. `None` when there is no such server.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn server(&self, slug: &str) -> Result<Option<ServerSeen>> {
        match self {
            Learners::Preview(library, _) => waymark_library::learners::server(library, slug).await,
            Learners::Live(platform, _) => waymark_platform::learners::server(platform, slug).await,
        }
    }

    /// Makes one call and answers it. All of its effects are written, or none.
    ///
    /// # Errors
    /// Those of the store and of the template; nothing is written then, except with `OutcomeUnknown`.
    pub async fn call(&self, scope: &Scope, call: &Call, profile: Profile) -> Result<Heard> {
        for _ in 0..ROUNDS_MAX {
            let now = (self.world().now)();
            let standing = self.read(scope, call, now).await?;
            let turn = learner::decide(&standing, call, now, self.world().random);
            let Some(text) = self.text(&turn, profile).await? else {
                continue;
            };
            if self.write(&standing, &turn, call.tool(profile), &text).await? == Written::Done {
                let is_error = matches!(turn.answer, Answer::Trouble(_));
                return Ok(Heard { output: output::output(&turn, text.clone()), text, is_error });
            }
        }
        Err(Error::new(Code::Conflict, "Too many calls of the same learner arrived at once.")
            .with_hint("Make the call again in a moment."))
    }

    async fn read(&self, scope: &Scope, call: &Call, now: Millis) -> Result<Standing> {
        match self {
            Learners::Preview(library, _) => waymark_library::learners::read(library, scope, call, now).await,
            Learners::Live(platform, _) => waymark_platform::learners::read(platform, scope, call, now).await,
        }
    }

    async fn write(&self, standing: &Standing, turn: &Turn, tool: &str, text: &str) -> Result<Written> {
        match self {
            Learners::Preview(library, _) => {
                waymark_library::learners::write(library, standing, turn, tool, text).await
            }
            Learners::Live(platform, _) => waymark_platform::learners::write(platform, standing, turn, tool).await,
        }
    }

    /// The turn's text. `None` when the step to be delivered is gone by now.
    async fn text(&self, turn: &Turn, profile: Profile) -> Result<Option<String>> {
        let Answer::Step(delivery) = &turn.answer else {
            return Ok(words::text(&turn.answer, profile));
        };
        let (walkthrough, step) = (&delivery.walkthrough.id, delivery.step());
        let content = match self {
            Learners::Preview(library, _) => waymark_library::learners::content(library, walkthrough, step).await?,
            Learners::Live(platform, _) => waymark_platform::learners::content(platform, walkthrough, step).await?,
        };
        content.map(|content| render_delivery(delivery, content, profile)).transpose()
    }
}

/// Renders the one step that was read, at its place among those that were not.
fn render_delivery(delivery: &Delivery, content: StepContent, profile: Profile) -> Result<String> {
    let StepContent { walkthrough, step } = content;
    let empty = |id: &StepId| Step { display_order: 0, ..Step::new(id.clone(), String::new()) };
    let mut steps: Vec<Step> = delivery.order[..delivery.index].iter().map(empty).collect();
    steps.push(step);
    let walkthrough = Walkthrough { steps, ..walkthrough };
    render::render_text(Template::built_in(profile), &walkthrough, delivery.index, delivery.progress)
}
