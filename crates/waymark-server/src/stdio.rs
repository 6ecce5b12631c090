//! MCP over standard input and output. The process is the visit.

use rmcp::{ServiceExt, transport::IntoTransport};
use waymark_app::learn::Learners;
use waymark_core::{
    error::{Code, Error, Result},
    id::VisitId,
};

use crate::{
    Options,
    door::{Door, Place},
    no_server,
    notices::Notices,
};

/// Serves until the client closes its end.
///
/// # Errors
/// `InvalidInput` when the source needs a server or a user that the options do not name, `NotFound` for a server that
/// does not exist.
pub async fn serve_stdio(learners: Learners, options: Options) -> Result<()> {
    serve(learners, options, rmcp::transport::stdio()).await
}

/// Serves one client over any transport, in process.
///
/// # Errors
/// As [`serve_stdio`].
pub async fn serve<T, E, A>(learners: Learners, options: Options, transport: T) -> Result<()>
where
    T: IntoTransport<rmcp::RoleServer, E, A>,
    E: std::error::Error + Send + Sync + 'static,
{
    learners.check().await?;
    let place = place(&learners, &options).await?;
    let door = Door { learners, profile: options.profile, place: Some(place), notices: Notices::default() };
    let running = match door.serve(transport).await {
        Ok(running) => running,
        // A client that leaves before saying anything has not failed.
        Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
        Err(error) => {
            return Err(Error::invalid("The MCP client did not begin as the protocol says.")
                .with_hint("Start this command from an MCP client; `waymark render` shows a step without one.")
                .with_source(error));
        }
    };
    running
        .waiting()
        .await
        .map(drop)
        .map_err(|error| Error::new(Code::Bug, "The MCP connection ended with a fault.").with_source(error))
}

async fn place(learners: &Learners, options: &Options) -> Result<Place> {
    let mut place = match &options.server {
        None if learners.are_drafts() => Place::drafts(),
        None => {
            return Err(Error::invalid("It is not said which MCP server to serve.")
                .with_field("server")
                .with_hint("Name it with `--server SLUG`; `waymark connection test` lists the servers."));
        }
        Some(slug) => {
            let seen = learners.server(slug).await?.ok_or_else(|| no_server(slug))?;
            if seen.auth.is_oauth() && options.user.is_none() {
                return Err(Error::invalid(format!("The learners of `{slug}` sign in, and there is nobody to do so."))
                    .with_field("user")
                    .with_hint("Say whose progress it is with `--user ID` (the tracking id)."));
            }
            Place::server(&seen)
        }
    };
    place.tracking.clone_from(&options.user);
    place.session = Some(VisitId::mint(learners.world().random));
    Ok(place)
}
