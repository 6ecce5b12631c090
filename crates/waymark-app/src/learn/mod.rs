//! One tool call of an agent, from what is stored to what it hears.
//!
//! Read, decide, render, write: the rule is `waymark_core::learner`'s, the text is `waymark_core::render`'s, and the
//! store is one of two. What is written was decided on the values seen, or it is read and decided again. Whoever calls a
//! call off before it is written finds nothing changed; a write that has begun is brought to its end.

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod crowd;
pub mod reading;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_reading;
pub mod watching;
#[cfg(test)]
mod wire;

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use waymark_core::{
    error::{Code, Error, Result},
    id::Random,
    learner::{
        self,
        call::{Call, Profile},
        heard::Heard,
        standing::{Scope, ServerSeen, Standing, StepContent},
        turn::{Answer, Delivery, Turn},
        words,
        writes::Written,
    },
    render::delivery,
    walkthrough::Millis,
    wording::chosen::Wordings,
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
    /// Production, in the wordings that its connection had when it was opened.
    Live(Platform, World, Wordings),
}

/// Clock and randomness of the learners' doors.
#[derive(Clone, Copy)]
pub struct World {
    /// The clock.
    pub now: fn() -> Millis,
    /// The randomness of ids and tokens.
    pub random: Random,
}

impl Learners {
    /// Clock and randomness.
    pub fn world(&self) -> World {
        match self {
            Learners::Preview(_, world) | Learners::Live(_, world, _) => *world,
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
            Learners::Live(platform, ..) => waymark_platform::learners::check(platform).await,
        }
    }

    /// What is known of a server before a call. `None` when there is no such server.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn server(&self, slug: &str) -> Result<Option<ServerSeen>> {
        match self {
            Learners::Preview(library, _) => waymark_library::learners::server(library, slug).await,
            Learners::Live(platform, ..) => waymark_platform::learners::server(platform, slug).await,
        }
    }

    /// Makes one call and answers it, unless it is called off before anything is written. All of its effects are
    /// written, or none.
    ///
    /// # Errors
    /// `Cancelled` when it was called off, and those of the store and of the template; nothing is written then, except
    /// with `OutcomeUnknown`.
    pub async fn call(&self, scope: &Scope, call: &Call, profile: Profile, stop: &CancellationToken) -> Result<Heard> {
        for _ in 0..ROUNDS_MAX {
            let decided = stop.run_until_cancelled(self.decide(scope, call, profile)).await;
            let Some((standing, turn, text)) = decided.filter(|_| !stop.is_cancelled()).ok_or_else(cancelled)?? else {
                continue;
            };
            if self.write(&standing, &turn, call.tool(profile), &text).await? == Written::Done {
                return Ok(Heard::of(&turn, text));
            }
        }
        Err(Error::new(Code::Conflict, "Too many calls of the same learner arrived at once.")
            .with_hint("Make the call again in a moment."))
    }

    /// Everything up to the write. `None` when the step to be delivered is gone by now.
    async fn decide(&self, scope: &Scope, call: &Call, profile: Profile) -> Result<Option<(Standing, Turn, String)>> {
        let now = (self.world().now)();
        let standing = self.read(scope, call, now).await?;
        let turn = learner::decide(&standing, call, now, self.world().random);
        Ok(self.text(&turn, profile).await?.map(|text| (standing, turn, text)))
    }

    async fn read(&self, scope: &Scope, call: &Call, now: Millis) -> Result<Standing> {
        match self {
            Learners::Preview(library, _) => waymark_library::learners::read(library, scope, call, now).await,
            Learners::Live(platform, ..) => waymark_platform::learners::read(platform, scope, call, now).await,
        }
    }

    async fn write(&self, standing: &Standing, turn: &Turn, tool: &str, text: &str) -> Result<Written> {
        match self {
            Learners::Preview(library, _) => {
                waymark_library::learners::write(library, standing, turn, tool, text).await
            }
            Learners::Live(platform, ..) => waymark_platform::learners::write(platform, standing, turn, tool).await,
        }
    }

    /// The turn's text. `None` when the step to be delivered is gone by now.
    async fn text(&self, turn: &Turn, profile: Profile) -> Result<Option<String>> {
        let Answer::Step(delivery) = &turn.answer else {
            return Ok(words::text(&turn.answer, profile));
        };
        let content = match self {
            Learners::Preview(library, _) => {
                let (walkthrough, step) = (&delivery.walkthrough.id, delivery.step());
                waymark_library::learners::content(library, walkthrough, step).await?.map(Arc::new)
            }
            Learners::Live(platform, ..) => waymark_platform::learners::content(platform, delivery).await?,
        };
        let Some(content) = content else { return Ok(None) };
        let wordings = match self {
            Learners::Preview(library, _) => waymark_library::wordings::at(library, None).await?,
            Learners::Live(_, _, wordings) => wordings.clone(),
        };
        in_words(wordings, profile, delivery, content).await.map(Some)
    }
}

/// A wording that runs in a process of its own keeps no async thread waiting.
async fn in_words(
    wordings: Wordings,
    profile: Profile,
    delivery: &Delivery,
    content: Arc<StepContent>,
) -> Result<String> {
    let kind = content.walkthrough.kind;
    let template = wordings.template(kind, profile);
    if !template.is_elsewhere() {
        return delivery::text(template, delivery, &content);
    }
    let delivery = delivery.clone();
    let render = move || delivery::text(wordings.template(kind, profile), &delivery, &content);
    let rendered = tokio::task::spawn_blocking(render).await;
    rendered.map_err(|panic| Error::bug("Rendering a step ended early.").with_source(panic))?
}

fn cancelled() -> Error {
    Error::new(Code::Cancelled, "The call was called off, and nothing was changed.")
}
