//! What there is to read without being led through it: the walkthroughs that a server shows, their steps, and a step's
//! text. Nothing is logged, and nobody's progress moves.

use waymark_core::{
    error::{Code, Result},
    id::{StepId, WalkthroughId},
    learner::{
        call::{Call, Profile},
        path::Path,
        standing::{Offer, Scope, Standing, StepSeen},
        turn::{Action, Answer, Delivery, Named, Turn},
        writes::Writes,
    },
    progress::Progress,
};

use super::Learners;

/// A walkthrough that a server shows, with its steps in the learner's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The walkthrough.
    pub offer: Offer,
    /// Its steps.
    pub steps: Vec<StepSeen>,
}

impl Learners {
    /// What a server shows, in its order; `None` is the drafts' own endpoint.
    ///
    /// # Errors
    /// `NotFound` when there is no such server; those of the store.
    pub async fn offers(&self, server: Option<&str>) -> Result<Vec<Offer>> {
        Ok(self.look(server, &Call::List).await?.visible)
    }

    /// A walkthrough with its steps. `None` where the server does not show it.
    ///
    /// # Errors
    /// As [`Learners::offers`].
    pub async fn offered(&self, server: Option<&str>, walkthrough: &WalkthroughId) -> Result<Option<Offered>> {
        let Standing { visible, steps, .. } = self.look(server, &by_id(walkthrough)).await?;
        let Some(offer) = visible.into_iter().find(|offer| offer.id == *walkthrough) else {
            return Ok(None);
        };
        let steps = Path::new(&offer, &steps).steps.into_iter().cloned().collect();
        Ok(Some(Offered { offer, steps }))
    }

    /// The text of a step as an agent gets it when the steps before it are completed: the bytes that `waymark render`
    /// prints. `None` where the server does not show it.
    ///
    /// # Errors
    /// As [`Learners::offers`], and those of the template.
    pub async fn step_text(
        &self,
        server: Option<&str>,
        walkthrough: &WalkthroughId,
        step: &StepId,
        profile: Profile,
    ) -> Result<Option<String>> {
        let Some(Offered { offer, steps }) = self.offered(server, walkthrough).await? else {
            return Ok(None);
        };
        let Some(index) = steps.iter().position(|known| known.id == *step) else {
            return Ok(None);
        };
        let delivery = Delivery {
            walkthrough: Named { id: offer.id, title: offer.title },
            index,
            title: steps[index].title.clone(),
            version: steps[index].version.clone(),
            progress: Progress::before(index, steps.len()),
            order: steps.into_iter().map(|step| step.id).collect(),
        };
        // The turn of nobody: what it would be answered by is all that is wanted of it.
        let answer = Answer::Step(delivery);
        let turn = Turn { action: Action::Status, answer, visit: None, writes: Writes::default() };
        match self.text(&turn, profile).await {
            // It was taken away between the two looks.
            Err(error) if error.code == Code::NotFound => Ok(None),
            text => text,
        }
    }

    /// What a call of nobody in particular would be decided on.
    async fn look(&self, server: Option<&str>, call: &Call) -> Result<Standing> {
        let scope = Scope { server: server.map(str::to_owned), ..Scope::default() };
        self.read(&scope, call, (self.world().now)()).await
    }
}

/// The call whose walkthrough is found by its id alone. It is never decided.
fn by_id(walkthrough: &WalkthroughId) -> Call {
    Call::Reset { walkthrough: walkthrough.clone(), confirm: false }
}
