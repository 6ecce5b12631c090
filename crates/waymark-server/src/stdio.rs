//! MCP over standard input and output. The process is the visit.

use std::sync::Arc;

use rmcp::{ServiceExt, transport::IntoTransport};
use tokio::sync::SetOnce;
use waymark_app::learn::Learners;
use waymark_core::{
    error::{Code, Error, Result},
    id::VisitId,
};

use crate::{
    Options,
    door::{Door, Onto, Place},
    no_server,
    notices::Notices,
};

/// Serves until the client closes its end. The client is greeted at once; its calls wait until the learners are opened.
///
/// # Errors
/// Those of opening; `InvalidInput` when the source needs a server or a user that the options do not name, `NotFound` for
/// a server that does not exist.
pub async fn serve_stdio(opening: Opening<impl Future<Output = Result<Learners>>>, options: Options) -> Result<()> {
    serve(opening, options, rmcp::transport::stdio()).await
}

/// Learners that are still being opened.
pub struct Opening<F> {
    /// Whether they are the drafts'.
    pub of_drafts: bool,
    /// Gives them.
    pub learners: F,
}

/// Serves one client over any transport, in process.
///
/// # Errors
/// As [`serve_stdio`].
pub async fn serve<F, T, E, A>(opening: Opening<F>, options: Options, transport: T) -> Result<()>
where
    F: Future<Output = Result<Learners>>,
    T: IntoTransport<rmcp::RoleServer, E, A>,
    E: std::error::Error + Send + Sync + 'static,
{
    let onto = Arc::new(SetOnce::new());
    let (of_drafts, profile) = (opening.of_drafts, options.profile);
    let door = Door { onto: onto.clone(), of_drafts, profile, notices: Notices::default() };
    let opened = async {
        let learners = opening.learners.await?;
        learners.check().await?;
        let place = Some(place(&learners, &options).await?);
        // Nobody else sets it.
        let _ = onto.set(Onto { learners, place });
        Ok(())
    };
    tokio::try_join!(serve_at(door, transport), opened).map(drop)
}

async fn serve_at<T, E, A>(door: Door, transport: T) -> Result<()>
where
    T: IntoTransport<rmcp::RoleServer, E, A>,
    E: std::error::Error + Send + Sync + 'static,
{
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
