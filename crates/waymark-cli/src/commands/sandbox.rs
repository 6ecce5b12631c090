//! `waymark sandbox up`, `url`, `down` and `reset`: a private Postgres that runs until it is stopped.

use serde::Serialize;
use waymark_app::sandbox::{self, Lifetime};
use waymark_core::error::Result;

use crate::{Answer, args::production::Sandbox, context::Context};

#[derive(Serialize)]
struct Url {
    url: String,
}

#[derive(Serialize)]
struct Stopped {
    is_running: bool,
}

/// Runs one of the four.
pub async fn run(context: &Context, command: Sandbox) -> Result<Answer> {
    match command {
        Sandbox::Up => {
            let app = context.app().await?;
            context.output.note("Starting the sandbox …");
            let (running, _hold) = sandbox::up(app, Lifetime::UntilDown).await?;
            context.output.answer(&running, || {
                let servers = running.servers.join(", ");
                format!(
                    "{}\nOrganization: {}\nMCP servers: {servers}\nConnection: {}",
                    running.url,
                    running.organization,
                    sandbox::CONNECTION
                )
            })?;
        }
        Sandbox::Url => {
            let url = Url { url: sandbox::url(&context.env()?).await? };
            context.output.answer(&url, || url.url.clone())?;
        }
        Sandbox::Down => {
            sandbox::down(&context.env()?).await?;
            context.output.answer(&Stopped { is_running: false }, || "Stopped.".to_owned())?;
        }
        Sandbox::Reset => {
            sandbox::reset(&context.env()?).await?;
            context
                .output
                .answer(&Stopped { is_running: false }, || "Stopped, and everything in it deleted.".to_owned())?;
        }
    }
    Ok(Answer::Yes)
}
