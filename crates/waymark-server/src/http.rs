//! MCP over Streamable HTTP: `/mcp` for the drafts, `/mcp/{slug}` for a server.

use std::{io::ErrorKind, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, middleware, routing::get};
use rmcp::transport::streamable_http_server::{
    StreamableHttpServerConfig, StreamableHttpService, session::local::LocalSessionManager,
};
use tokio::{net::TcpListener, sync::SetOnce, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use waymark_app::learn::Learners;
use waymark_core::{
    error::{Code, Error, Result},
    id::mint_text,
    secret::Secret,
};

use crate::{
    Options,
    door::{Door, Onto},
    gate::{self, Gate},
    hosts::{self, Hosts},
    no_server,
    notices::Notices,
};

/// The most bytes of one request: far above any tool call.
const BODY_MAX_BYTES: usize = 1024 * 1024;
/// How long stopping waits for calls under way: far longer than any takes.
const STOP_WITHIN: Duration = Duration::from_secs(3);
/// Characters of a token: more than 256 bits.
const TOKEN_LENGTH: usize = 44;

/// A server that listens. Dropping it leaves it running; see [`Running::stop`].
pub struct Running {
    /// Where it answers, without a path: `http://127.0.0.1:41234`.
    pub url: String,
    /// The token of this launch; `None` where none is asked for.
    pub token: Option<Secret>,
    stop: CancellationToken,
    task: JoinHandle<std::io::Result<()>>,
}

impl Running {
    /// Stops listening, and waits until the calls under way are finished: not for long, because a client may keep a request
    /// open for ever.
    ///
    /// # Errors
    /// `Bug` if the server had failed.
    pub async fn stop(self) -> Result<()> {
        self.stop.cancel();
        tokio::time::timeout(STOP_WITHIN, self.wait()).await.unwrap_or(Ok(()))
    }

    /// Whether it still listens.
    pub fn is_listening(&self) -> bool {
        !self.task.is_finished()
    }

    /// Something that stops it from elsewhere.
    pub fn stopper(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Waits until it is stopped.
    ///
    /// # Errors
    /// `Bug` if the server has failed.
    pub async fn wait(self) -> Result<()> {
        match self.task.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Error::bug("The MCP server stopped listening.").with_source(error)),
            Err(error) => Err(Error::bug("The MCP server stopped.").with_source(error)),
        }
    }
}

/// Listens at `address` (port 0 takes a free one) and answers from then on.
///
/// # Errors
/// `InvalidInput` for what is no host name; `Refused` for drafts on an address that other machines reach; `SchemaMismatch` or `NotFound` for a database or a
/// server that cannot be served; `EnvironmentMissing` when the address cannot be
/// listened on.
pub async fn serve_http(learners: Learners, address: SocketAddr, options: Options) -> Result<Running> {
    if !address.ip().is_loopback() && (learners.are_drafts() || options.is_open) {
        return Err(Error::new(Code::Refused, format!("`{address}` can be reached from other machines."))
            .with_field("http")
            .with_hint("Drafts are served on this machine only: use 127.0.0.1."));
    }
    learners.check().await?;
    if let Some(slug) = &options.server {
        learners.server(slug).await?.ok_or_else(|| no_server(slug))?;
    }
    let listener = TcpListener::bind(address).await.map_err(|error| cannot_listen(address, error))?;
    let bound = listener.local_addr().map_err(|error| Error::bug("A listener has no address.").with_source(error))?;
    let hosts = Hosts::of(bound, &options.hosts)?;
    let token = (!options.is_open).then(|| Secret::new(mint_text(learners.world().random, "", TOKEN_LENGTH)));
    let stop = CancellationToken::new();
    let router = router(learners, &options, token.clone(), hosts, stop.child_token());
    let until = stop.clone();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move { until.cancelled().await });
    let task = tokio::spawn(async move { serving.await });
    Ok(Running { url: format!("http://{bound}"), token, stop, task })
}

/// All routes.
pub(crate) fn router(
    learners: Learners,
    options: &Options,
    token: Option<Secret>,
    hosts: Hosts,
    stop: CancellationToken,
) -> Router {
    let (of_drafts, profile) = (learners.are_drafts(), options.profile);
    let onto = Arc::new(SetOnce::from(Onto { learners: learners.clone(), place: None }));
    let door = move || Door { onto: onto.clone(), of_drafts, profile, notices: Notices::default() };
    let config = StreamableHttpServerConfig::default()
        // `hosts::pass` is before all of it, and before what is not the protocol.
        .disable_allowed_hosts()
        .enforce_origin_validation()
        .with_json_response(true)
        .with_max_request_body_bytes(BODY_MAX_BYTES)
        .with_cancellation_token(stop);
    let service = StreamableHttpService::new(move || Ok(door()), Arc::new(LocalSessionManager::default()), config);
    let gate = Gate::new(learners, options.server.clone(), token);
    let guarded = Router::new()
        .route_service("/mcp", service.clone())
        .route_service("/mcp/{slug}", service)
        .route_layer(middleware::from_fn_with_state(gate.clone(), gate::pass));
    Router::new()
        .route("/.well-known/oauth-protected-resource/mcp/{slug}", get(gate::protected_resource))
        .with_state(gate)
        .merge(guarded)
        .layer(middleware::from_fn_with_state(hosts, hosts::pass))
}

fn cannot_listen(address: SocketAddr, error: std::io::Error) -> Error {
    let (port, host) = (address.port(), address.ip());
    let (message, hint) = match error.kind() {
        ErrorKind::AddrInUse => (
            format!("Port {port} of {host} is taken by another program."),
            "Choose another port, or 0 for a free one; or stop what listens there.".to_owned(),
        ),
        ErrorKind::PermissionDenied => (
            format!("You have no permission to listen on port {port} of {host}."),
            "Choose a port from 1024 upwards, or 0 for a free one.".to_owned(),
        ),
        ErrorKind::AddrNotAvailable => {
            (format!("This machine has no address {host}."), "Listen on 127.0.0.1.".to_owned())
        }
        _ => (format!("Cannot listen on `{address}`: {error}."), "Choose another address, or port 0.".to_owned()),
    };
    Error::new(Code::EnvironmentMissing, message).with_hint(hint).with_field("port").with_source(error)
}
