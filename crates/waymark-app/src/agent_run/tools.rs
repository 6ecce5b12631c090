//! The tools of a run: the drafts' own, through the one engine, for a learner that is nobody else's.

use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;
use waymark_core::{
    agent_run::transcript::{Delivered, ToolAnswer, ToolCall},
    content::Field,
    error::Result,
    id::{AgentRunId, StepId, VisitId, WalkthroughId},
    learner::{
        arguments::{self, Asked, Unasked},
        call::Profile,
        heard::Heard,
        standing::Scope,
        tools::{self, Tool},
    },
};

use crate::{
    App,
    learn::{Learners, World},
};

/// What a model can call.
pub(super) struct Tools {
    app: App,
    learners: Learners,
    profile: Profile,
    scope: Scope,
    /// As every agent at the drafts sees them.
    pub(super) list: Vec<Tool>,
}

impl Tools {
    /// For a run: its learner is named by it, and its visit is its own.
    pub(super) fn new(app: &App, run: &AgentRunId, profile: Profile) -> Self {
        let world = World { now: app.env.now, random: app.env.random };
        let scope = Scope {
            server: None,
            handle: None,
            session: Some(VisitId::mint(app.env.random)),
            tracking: Some(format!("agent-run:{run}")),
        };
        let learners = Learners::Preview(app.library.clone(), world);
        Self { app: app.clone(), learners, profile, scope, list: tools::tools(profile, false) }
    }

    /// Makes a call. What the model did wrong is an answer; what failed here is an error.
    ///
    /// # Errors
    /// `Cancelled`, and those of the library and of the template.
    pub(super) async fn call(&self, call: &ToolCall, stop: &CancellationToken) -> Result<ToolAnswer> {
        let asked = match read(&call.arguments) {
            Ok(given) => arguments::parse(self.profile, &call.tool, given),
            Err(sentence) => Err(Unasked::Misfit(sentence)),
        };
        let Asked { call: asked, visit } = match asked {
            Ok(asked) => asked,
            Err(Unasked::UnknownTool) => return Ok(misfit(call, format!("There is no tool `{}`.", shown(&call.tool)))),
            Err(Unasked::Misfit(sentence)) => return Ok(misfit(call, sentence)),
        };
        let scope = Scope { handle: visit, ..self.scope.clone() };
        let heard = self.learners.call(&scope, &asked, self.profile, stop).await?;
        self.answer(call, heard).await
    }

    async fn answer(&self, call: &ToolCall, heard: Heard) -> Result<ToolAnswer> {
        let text = heard.blocks().join("\n\n");
        let Heard { output, is_error, .. } = heard;
        let walkthrough = output.walkthrough.map(|walkthrough| WalkthroughId::from(walkthrough.id));
        let mut step = None;
        if let (Some(walkthrough), Some(delivered)) = (&walkthrough, output.step) {
            let id = StepId::from(delivered.id);
            let content = waymark_library::learners::content(&self.app.library, walkthrough, &id).await?;
            let fields = content.map(|content| content.step.content_fields);
            let text = |field| fields.as_ref().and_then(|fields| fields.text(field)).map(str::to_owned);
            step = Some(Delivered {
                content_for_user: text(Field::ContentForUser),
                operations_for_agent: text(Field::OperationsForAgent),
                number: delivered.number,
                title: delivered.title,
                id,
            });
        }
        let (call, tool) = (call.id.clone(), call.tool.clone());
        Ok(ToolAnswer { call, tool, text, is_error, outcome: output.outcome, walkthrough, step })
    }
}

/// The arguments as a model wrote them; nothing at all is no arguments.
fn read(arguments: &str) -> Result<Option<Map<String, Value>>, String> {
    if arguments.trim().is_empty() {
        return Ok(None);
    }
    let sentence = || "The arguments are no JSON object. Nothing was changed. Call it again with one.".to_owned();
    serde_json::from_str::<Option<Map<String, Value>>>(arguments).map_err(|_| sentence())
}

fn misfit(call: &ToolCall, text: String) -> ToolAnswer {
    ToolAnswer {
        call: call.id.clone(),
        tool: call.tool.clone(),
        text,
        is_error: true,
        outcome: "error".to_owned(),
        walkthrough: None,
        step: None,
    }
}

fn shown(name: &str) -> String {
    name.chars().take(60).collect()
}
