//! Asking a provider over HTTP: one answer, as it arrives, or the list of its models.
//!
//! **Invariant: the key goes to the host that the person named and nowhere else.** Redirects are not followed, plain
//! HTTP to another machine is refused unless it was allowed, and whatever a provider says is stripped of the key before
//! anybody sees it.

use std::{future::Future, time::Duration};

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header, redirect::Policy};
use tokio_util::sync::CancellationToken;
use url::Url;
use waymark_core::{
    agent_run::provider::{Provider, checked},
    error::{Error, Result},
    secret::Secret,
};

use super::{
    trouble::Trouble,
    wire::{self, Ask, Broken, Decoder, Piece, Reply, What},
};

const USER_AGENT: &str = concat!("Waymark/", env!("CARGO_PKG_VERSION"));
/// As much of a refusal is read.
const REFUSAL_MAX_BYTES: usize = 64 * 1024;
/// The most bytes of a list of models.
const LIST_MAX_BYTES: usize = 4 * 1024 * 1024;

/// How patient a run is.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For the beginning of an answer: a model on this machine may have to be loaded.
    pub first: Duration,
    /// For the next piece of an answer.
    pub between: Duration,
    /// For a provider that asks to wait; one that wants longer is not asked again.
    pub wait_max: Duration,
    /// Where it does not say how long: the first wait, which doubles.
    pub wait: Duration,
    /// How often a provider that asks to wait is asked again.
    pub tries: u32,
}

/// For people who look on.
pub const PATIENCE: Patience = Patience {
    connect: Duration::from_secs(10),
    first: Duration::from_secs(180),
    between: Duration::from_secs(90),
    wait_max: Duration::from_secs(60),
    wait: Duration::from_secs(2),
    tries: 4,
};

/// What is heard while an answer is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Something has arrived.
    Piece(Piece),
    /// The provider asks to wait.
    Waiting(Duration),
}

/// A provider that can be asked.
pub struct Line {
    client: Client,
    provider: Provider,
    url: Url,
    key: Option<Secret>,
    patience: Patience,
}

impl Line {
    /// To a provider, with its key if it has one.
    ///
    /// # Errors
    /// `InvalidInput` on `base_url`; `Bug` where this machine cannot make requests.
    pub fn new(provider: Provider, key: Option<Secret>, patience: Patience) -> Result<Self> {
        // What is kept was checked when it was saved; a library may come from elsewhere.
        let provider = checked(provider)?;
        let url = Url::parse(&provider.base_url).map_err(|error| {
            Error::invalid(format!("`{}` is not the address of a provider.", provider.base_url))
                .with_field("base_url")
                .with_source(error)
        })?;
        // Whoever was first has installed the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(patience.connect)
            .redirect(Policy::none())
            .referer(false);
        let client = if provider.is_local() { client.no_proxy() } else { client };
        let client = client.build().map_err(|error| Error::bug("No provider can be asked.").with_source(error))?;
        Ok(Self { client, provider, url, key: key.filter(|key| !key.is_empty()), patience })
    }

    /// Asks for an answer, which becomes turn `turn`, and tells what arrives. What has arrived is given also where the
    /// rest did not.
    pub async fn ask(
        &self,
        ask: &Ask<'_>,
        turn: u32,
        stop: &CancellationToken,
        heard: &(dyn Fn(Heard) + Send + Sync),
    ) -> (Reply, Result<()>) {
        let mut decoder = Decoder::new(self.provider.kind, turn);
        let body = wire::body(self.provider.kind, ask);
        let outcome = unless_stopped(stop, async {
            let response = self.answered(What::Answer, Some(&body), Some(ask.model), heard).await?;
            self.read(response, &mut decoder, heard).await
        });
        let outcome = outcome.await;
        (decoder.reply(), outcome.map_err(|trouble| self.error(trouble, Some(ask.model))))
    }

    /// The names of the provider's models: what a key is tried with, because it costs nothing.
    ///
    /// # Errors
    /// Those of a provider: not reachable, key refused, not the protocol.
    pub async fn models(&self, stop: &CancellationToken) -> Result<Vec<String>> {
        let asked = unless_stopped(stop, async {
            let response = self.answered(What::Models, None, None, &|_| {}).await?;
            let body = self.text(response, LIST_MAX_BYTES).await?;
            wire::models(self.provider.kind, &body).map_err(Trouble::Broken)
        });
        asked.await.map_err(|trouble| self.error(trouble, None))
    }

    /// A response that is an answer, after as many tries as the provider asks for.
    async fn answered(
        &self,
        what: What,
        body: Option<&str>,
        model: Option<&str>,
        heard: &(dyn Fn(Heard) + Send + Sync),
    ) -> Result<Response, Trouble> {
        let mut wait = self.patience.wait;
        for again in (0..=self.patience.tries).rev() {
            let response = self.send(self.request(what, body)).await?;
            let status = response.status();
            if status.is_success() {
                return Ok(response);
            }
            let is_busy = matches!(status.as_u16(), 429 | 503 | 529);
            let asked = retry_after(&response);
            let refusal = self.refused(response, model).await;
            let pause = asked.unwrap_or(wait);
            if !is_busy || again == 0 || pause > self.patience.wait_max || refusal.is_final() {
                return Err(refusal);
            }
            heard(Heard::Waiting(pause));
            tokio::time::sleep(pause).await;
            wait = wait.saturating_mul(2);
        }
        Err(Trouble::Broken(Broken::Cut))
    }

    fn request(&self, what: What, body: Option<&str>) -> RequestBuilder {
        let mut url = self.url.clone();
        url.set_path(&wire::path(self.provider.kind, self.url.path(), what));
        let method = if body.is_some() { Method::POST } else { Method::GET };
        let mut request = self.client.request(method, url);
        for (name, value) in wire::headers(self.provider.kind) {
            request = request.header(*name, *value);
        }
        if let Some(key) = &self.key {
            let (name, value) = wire::key_header(self.provider.kind, key.expose());
            // A key that is no header value was never a key: the provider says so.
            if let Ok(mut value) = header::HeaderValue::from_str(&value) {
                value.set_sensitive(true);
                request = request.header(name, value);
            }
        }
        match body {
            Some(body) => request.header(header::CONTENT_TYPE, "application/json").body(body.to_owned()),
            None => request,
        }
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, Trouble> {
        match tokio::time::timeout(self.patience.first, request.send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) if error.is_connect() => Err(Trouble::Unreachable(error)),
            Ok(Err(error)) if error.is_timeout() => Err(Trouble::Silent(self.patience.first)),
            Ok(Err(error)) => Err(Trouble::Interrupted(error)),
            Err(_) => Err(Trouble::Silent(self.patience.first)),
        }
    }

    async fn read(
        &self,
        mut response: Response,
        decoder: &mut Decoder,
        heard: &(dyn Fn(Heard) + Send + Sync),
    ) -> Result<(), Trouble> {
        let tell = |pieces: Vec<Piece>| pieces.into_iter().for_each(|piece| heard(Heard::Piece(piece)));
        while let Some(chunk) = self.chunk(&mut response).await? {
            tell(decoder.feed(&chunk).map_err(Trouble::Broken)?);
        }
        tell(decoder.end().map_err(Trouble::Broken)?);
        Ok(())
    }

    async fn chunk(&self, response: &mut Response) -> Result<Option<Vec<u8>>, Trouble> {
        match tokio::time::timeout(self.patience.between, response.chunk()).await {
            Ok(Ok(chunk)) => Ok(chunk.map(Into::into)),
            Ok(Err(error)) => Err(Trouble::Interrupted(error)),
            Err(_) => Err(Trouble::Stalled(self.patience.between)),
        }
    }

    /// A body that is read whole, or up to a limit.
    async fn text(&self, mut response: Response, max: usize) -> Result<String, Trouble> {
        let mut body = Vec::new();
        while let Some(chunk) = self.chunk(&mut response).await? {
            body.extend_from_slice(&chunk);
            if body.len() > max {
                return Err(Trouble::Broken(Broken::TooLong));
            }
        }
        Ok(String::from_utf8_lossy(&body).into_owned())
    }

    /// Why a response is no answer.
    async fn refused(&self, response: Response, model: Option<&str>) -> Trouble {
        let status = response.status();
        let after = retry_after(&response);
        let host = response.headers().get(header::LOCATION).and_then(|place| place.to_str().ok());
        let host = host.and_then(|place| self.url.join(place).ok()).and_then(|url| url.host_str().map(str::to_owned));
        let is_redirect = status.is_redirection();
        let said = self.text(response, REFUSAL_MAX_BYTES).await.ok().and_then(|body| wire::refusal(&body));
        match status {
            _ if is_redirect => Trouble::Redirected(host),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Trouble::KeyRefused(said),
            StatusCode::NOT_FOUND => Trouble::NotThere(said.filter(|_| model.is_some())),
            StatusCode::TOO_MANY_REQUESTS => Trouble::TooMany(after, said),
            status => Trouble::Status(status, said),
        }
    }

    fn error(&self, trouble: Trouble, model: Option<&str>) -> Error {
        trouble.error(&self.provider, model, self.key.as_ref())
    }
}

/// How long a provider asks to wait.
fn retry_after(response: &Response) -> Option<Duration> {
    let seconds: f64 = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

async fn unless_stopped<T>(
    stop: &CancellationToken,
    work: impl Future<Output = Result<T, Trouble>>,
) -> Result<T, Trouble> {
    tokio::select! {
        biased;
        () = stop.cancelled() => Err(Trouble::Stopped),
        done = work => done,
    }
}
