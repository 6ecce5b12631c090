//! MCP over Streamable HTTP: `/mcp` for the drafts, `/mcp/{slug}` for a server.

use std::{net::SocketAddr, sync::Arc};

use axum::{Router, middleware, routing::get};
use rmcp::transport::streamable_http_server::{
    StreamableHttpServerConfig, StreamableHttpService, session::local::LocalSessionManager,
};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use waymark_app::learn::Learners;
use waymark_core::{
    error::{Code, Error, Result},
    id::mint_text,
    secret::Secret,
};

use crate::{
    Options,
    door::Door,
    gate::{self, Gate},
    no_server,
};

/// The most bytes of one request: far above any tool call.
const BODY_MAX_BYTES: usize = 1024 * 1024;
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
    /// Stops listening, lets calls under way finish, and waits for that.
    ///
    /// # Errors
    /// `Bug` if the server had failed.
    pub async fn stop(self) -> Result<()> {
        self.stop.cancel();
        self.wait().await
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
/// `Refused` for drafts on an address that other machines reach; `SchemaMismatch` or `NotFound` for a database or a
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
    let listener = TcpListener::bind(address).await.map_err(|error| {
        Error::new(Code::EnvironmentMissing, format!("Cannot listen on `{address}`: {error}."))
            .with_hint("Choose another address, or port 0 for a free one.")
    })?;
    let bound = listener.local_addr().map_err(|error| Error::bug("A listener has no address.").with_source(error))?;
    let token = (!options.is_open).then(|| Secret::new(mint_text(learners.world().random, "", TOKEN_LENGTH)));
    let stop = CancellationToken::new();
    let router = router(learners, &options, token.clone(), hosts(bound), stop.child_token());
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
    hosts: Vec<String>,
    stop: CancellationToken,
) -> Router {
    let door = Door { learners: learners.clone(), profile: options.profile, place: None };
    let config = StreamableHttpServerConfig::default()
        .with_allowed_hosts(hosts)
        .enforce_origin_validation()
        .with_json_response(true)
        .with_max_request_body_bytes(BODY_MAX_BYTES)
        .with_cancellation_token(stop);
    let service =
        StreamableHttpService::new(move || Ok(door.clone()), Arc::new(LocalSessionManager::default()), config);
    let gate = Gate::new(learners, options.server.clone(), token);
    let guarded = Router::new()
        .route_service("/mcp", service.clone())
        .route_service("/mcp/{slug}", service)
        .route_layer(middleware::from_fn_with_state(gate.clone(), gate::pass));
    Router::new()
        .route("/.well-known/oauth-protected-resource/mcp/{slug}", get(gate::protected_resource))
        .with_state(gate)
        .merge(guarded)
}

/// The `Host` headers that are answered: a page on the web that resolves its own name to this machine is not.
fn hosts(bound: SocketAddr) -> Vec<String> {
    let mut hosts = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    if !bound.ip().is_unspecified() {
        hosts.push(bound.ip().to_string());
    }
    hosts
}
