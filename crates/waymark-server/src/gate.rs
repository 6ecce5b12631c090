//! Who may come in, and as whom: the part of HTTP that is not the protocol.
//!
//! Drafts want the token of this launch. A server of an organization tells its learners apart by its `auth_type`; a
//! tracking id is believed only with the token, and never where learners sign in. What a server is like is looked up once
//! a second, so that not every call pays for it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::json;
use subtle::ConstantTimeEq;
use tokio::time::Instant;
use waymark_app::learn::Learners;
use waymark_core::{learner::standing::ServerSeen, secret::Secret};

use crate::door::Place;

/// The header that names a learner.
const USER_HEADER: &str = "x-waymark-user";
/// The most characters of a tracking id.
const USER_MAX: usize = 200;
/// How long what was found of a server of an organization counts.
const SEEN_FOR: Duration = Duration::from_secs(1);

/// What the gate knows.
#[derive(Clone)]
pub struct Gate {
    pub learners: Learners,
    /// The only server that is open, if there is but one.
    pub server: Option<String>,
    /// `None`: everybody on this machine may come in.
    pub token: Option<Arc<Secret>>,
    seen: Arc<Mutex<HashMap<String, (Instant, ServerSeen)>>>,
}

/// Lets a request through to the protocol with its [`Place`], or answers it.
pub async fn pass(State(gate): State<Gate>, slug: Option<Path<String>>, mut request: Request, next: Next) -> Response {
    let slug = slug.map(|Path(slug)| slug).or_else(|| gate.server.clone());
    match gate.place(slug.as_deref(), request.headers()).await {
        Ok(place) => {
            request.extensions_mut().insert(place);
            let is_farewell = request.method() == Method::DELETE;
            let mut response = next.run(request).await;
            // A session that has ended has ended: clients take "accepted" for a failure.
            if is_farewell && response.status() == StatusCode::ACCEPTED {
                *response.status_mut() = StatusCode::NO_CONTENT;
            }
            response
        }
        Err(refusal) => refusal.into_response(),
    }
}

/// RFC 9728: where a client finds out how to get a token for a server.
pub async fn protected_resource(State(gate): State<Gate>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    match gate.seen(&slug).await {
        Ok(seen) if seen.auth.is_oauth() => {
            let resource = format!("{}/mcp/{slug}", origin(&headers));
            axum::Json(json!({
                "resource": resource,
                "resource_name": seen.name,
                "bearer_methods_supported": ["header"],
            }))
            .into_response()
        }
        Ok(_) => Refusal::NotFound.into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

enum Refusal {
    NotFound,
    /// The token is missing or wrong.
    Token,
    /// The learner has to sign in; where the metadata is.
    SignIn(Option<String>),
    Unavailable,
}

impl Gate {
    pub fn new(learners: Learners, server: Option<String>, token: Option<Secret>) -> Self {
        Self { learners, server, token: token.map(Arc::new), seen: Arc::default() }
    }

    async fn place(&self, slug: Option<&str>, headers: &HeaderMap) -> Result<Place, Refusal> {
        if self.learners.are_drafts() {
            return self.draft_place(slug, headers).await;
        }
        let seen = self.seen(slug.ok_or(Refusal::NotFound)?).await?;
        if seen.auth.is_oauth() {
            // Tokens of an authorization server are not accepted yet, so that every request has to sign in.
            let metadata = format!("{}/.well-known/oauth-protected-resource/mcp/{}", origin(headers), seen.slug);
            return Err(Refusal::SignIn(Some(metadata)));
        }
        let is_own = self.is_own(headers)?;
        let tracking = user(headers).filter(|_| is_own);
        Ok(Place { tracking, ..Place::server(&seen) })
    }

    async fn draft_place(&self, slug: Option<&str>, headers: &HeaderMap) -> Result<Place, Refusal> {
        if !self.is_own(headers)? {
            return Err(Refusal::Token);
        }
        let place = match slug {
            None => Place::drafts(),
            Some(slug) => Place::server(&self.seen(slug).await?),
        };
        Ok(Place { tracking: user(headers), ..place })
    }

    async fn seen(&self, slug: &str) -> Result<ServerSeen, Refusal> {
        if self.server.as_deref().is_some_and(|only| only != slug) {
            return Err(Refusal::NotFound);
        }
        if slug.contains('\0') {
            // No database has such a name, and Postgres does not take it for a question.
            return Err(Refusal::NotFound);
        }
        if let Some(seen) = self.seen_lately(slug) {
            return Ok(seen);
        }
        let asked_at = Instant::now();
        match self.learners.server(slug).await {
            Ok(Some(seen)) => Ok(self.keep(asked_at, seen)),
            Ok(None) => Err(Refusal::NotFound),
            Err(error) => {
                tracing::error!(?error, "a server could not be looked up");
                Err(Refusal::Unavailable)
            }
        }
    }

    fn seen_lately(&self, slug: &str) -> Option<ServerSeen> {
        let all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (asked_at, seen) = all.get(slug)?;
        (asked_at.elapsed() < SEEN_FOR).then(|| seen.clone())
    }

    /// Drafts are of this machine: they are looked at each time.
    fn keep(&self, asked_at: Instant, seen: ServerSeen) -> ServerSeen {
        if !self.learners.are_drafts() {
            let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(seen.slug.clone(), (asked_at, seen.clone()));
        }
        seen
    }

    /// Whether a request comes from somebody who has the token, or none is asked for. A wrong one is refused: whoever
    /// sends it means to be known. The comparison takes a time that tells nothing about the token.
    fn is_own(&self, headers: &HeaderMap) -> Result<bool, Refusal> {
        let Some(token) = &self.token else {
            return Ok(true);
        };
        match bearer(headers) {
            None => Ok(false),
            Some(given) if token.expose().as_bytes().ct_eq(given.as_bytes()).into() => Ok(true),
            Some(_) => Err(Refusal::Token),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, message, challenge) = match self {
            Refusal::NotFound => (StatusCode::NOT_FOUND, "There is no such MCP endpoint here.", None),
            Refusal::Token => (
                StatusCode::UNAUTHORIZED,
                "The bearer token is missing or wrong. Use the token that `waymark serve` printed.",
                Some("Bearer".to_owned()),
            ),
            Refusal::SignIn(metadata) => (
                StatusCode::UNAUTHORIZED,
                "The learners of this server sign in.",
                Some(metadata.map_or("Bearer".to_owned(), |url| format!("Bearer resource_metadata=\"{url}\""))),
            ),
            Refusal::Unavailable => {
                (StatusCode::SERVICE_UNAVAILABLE, "The walkthroughs cannot be reached at present.", None)
            }
        };
        let body = json!({ "error": { "message": message } }).to_string();
        let mut response = Response::builder().status(status).header(header::CONTENT_TYPE, "application/json");
        if let Some(challenge) = challenge {
            response = response.header(header::WWW_AUTHENTICATE, challenge);
        }
        response.body(Body::from(body)).unwrap_or_else(|_| status.into_response())
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn user(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(USER_HEADER)?.to_str().ok()?.trim();
    (!value.is_empty() && value.len() <= USER_MAX).then(|| value.to_owned())
}

/// How the client reached this server.
fn origin(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = host.and_then(|host| host.parse::<Uri>().ok()).and_then(|uri| uri.authority().cloned());
    format!("http://{}", authority.map_or("localhost".to_owned(), |authority| authority.to_string()))
}
