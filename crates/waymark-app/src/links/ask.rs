//! One address: `HEAD`, then `GET` where a server does not like that; redirects one by one, each judged.

use std::{error::Error as _, time::Duration};

use reqwest::{Client, ClientBuilder, Method, Response, StatusCode, header, redirect::Policy};
use url::Url;
use waymark_core::{
    error::{Error, Result},
    lint::addresses::LinkAnswer,
};

use super::{
    Patience,
    reach::{PRIVATE, Reach},
};

const USER_AGENT: &str = concat!("Waymark/", env!("CARGO_PKG_VERSION"), " (link check)");

/// What is said of a name that nobody knows.
pub const NO_SERVER: &str = "names a server that does not exist";

/// Asks addresses.
pub struct Asker {
    reach: Reach,
    patience: Patience,
    /// For everybody.
    public: Client,
    /// For hosts that were allowed.
    allowed: Client,
}

impl Asker {
    pub fn new(reach: Reach, patience: Patience) -> Result<Self> {
        // Whoever was first has installed the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = || -> ClientBuilder {
            Client::builder()
                .user_agent(USER_AGENT)
                .timeout(patience.request)
                .redirect(Policy::none())
                .referer(false)
                // A proxy would look names up itself, and nobody could judge where it connects to.
                .no_proxy()
                .pool_max_idle_per_host(1)
        };
        let build = |builder: ClientBuilder| {
            builder.build().map_err(|error| Error::bug("Links cannot be checked on this machine.").with_source(error))
        };
        let public = build(client().dns_resolver(reach.public()))?;
        let allowed = build(client().dns_resolver(reach.any()))?;
        Ok(Self { reach, patience, public, allowed })
    }

    /// What an address gives.
    pub async fn ask(&self, address: &str) -> LinkAnswer {
        let Ok(start) = Url::parse(address) else {
            return dead("is no address");
        };
        let mut url = start;
        let mut moved: Option<Url> = None;
        let mut is_for_good = true;
        for hop in 0..=self.patience.hops {
            if !matches!(url.scheme(), "http" | "https") {
                return unclear(format!("leads on to `{}:`, which is not followed", url.scheme()));
            }
            if !self.reach.may_ask(&url) {
                return if hop == 0 { LinkAnswer::Private } else { unclear(PRIVATE) };
            }
            let response = match self.request(&url).await {
                Ok(response) => response,
                Err(answer) if hop > 0 && answer == LinkAnswer::Private => return unclear(PRIVATE),
                Err(answer) => return answer,
            };
            let status = response.status();
            let Some(next) = redirect(&response, &url) else {
                return judged(status, moved);
            };
            is_for_good &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            moved = is_for_good.then(|| next.clone());
            url = next;
        }
        dead("leads round in circles")
    }

    async fn request(&self, url: &Url) -> std::result::Result<Response, LinkAnswer> {
        let first = self.send(Method::HEAD, url).await;
        let is_answer = |response: &Response| response.status().is_success() || response.status().is_redirection();
        match first {
            Ok(response) if is_answer(&response) => return Ok(response),
            Ok(response) if response.status() == StatusCode::TOO_MANY_REQUESTS => {
                match wait(&response).filter(|wait| *wait <= self.patience.retry_max) {
                    Some(wait) => tokio::time::sleep(wait).await,
                    None => return Ok(response),
                }
            }
            // Some servers answer `HEAD` with anything, or hang up.
            Ok(_) => {}
            Err(error) if error.is_timeout() || error.is_connect() => return Err(failed(&error)),
            Err(_) => {}
        }
        // The body is not read: it ends with the answer.
        self.send(Method::GET, url).await.map_err(|error| failed(&error))
    }

    async fn send(&self, method: Method, url: &Url) -> reqwest::Result<Response> {
        let client = if self.reach.is_allowed(url) { &self.allowed } else { &self.public };
        client.request(method, url.clone()).send().await
    }
}

/// Where a redirect leads.
fn redirect(response: &Response, from: &Url) -> Option<Url> {
    if !response.status().is_redirection() {
        return None;
    }
    let place = response.headers().get(header::LOCATION)?.to_str().ok()?;
    from.join(place).ok()
}

fn wait(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn judged(status: StatusCode, moved: Option<Url>) -> LinkAnswer {
    match (status, moved) {
        (status, None) if status.is_success() => LinkAnswer::Works,
        (status, Some(to)) if status.is_success() => LinkAnswer::Moved { to: to.to_string() },
        (StatusCode::NOT_FOUND | StatusCode::GONE, _) => dead(&format!("answers `{status}`")),
        (StatusCode::TOO_MANY_REQUESTS, _) => unclear("asks to be left alone for a while (`429 Too Many Requests`)"),
        (status, _) => unclear(format!("answers `{status}`")),
    }
}

fn failed(error: &reqwest::Error) -> LinkAnswer {
    let mut cause = error.source();
    let mut last = String::new();
    while let Some(known) = cause {
        last = known.to_string();
        if last == PRIVATE {
            return LinkAnswer::Private;
        }
        cause = known.source();
    }
    if error.is_timeout() {
        return unclear("does not answer in time");
    }
    let name_is_gone = last.contains("not known") || last.contains("does not exist") || last.contains("No address");
    if error.is_connect() && name_is_gone {
        return dead(NO_SERVER);
    }
    let what = if error.is_connect() { "cannot be connected to" } else { "does not answer properly" };
    unclear(if last.is_empty() { what.to_owned() } else { format!("{what} ({})", last.trim_end_matches('.')) })
}

fn dead(why: &str) -> LinkAnswer {
    LinkAnswer::Dead { why: why.to_owned() }
}

fn unclear(why: impl Into<String>) -> LinkAnswer {
    LinkAnswer::Unclear { why: why.into() }
}
