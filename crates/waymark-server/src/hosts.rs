//! Under which names the HTTP door answers: a page on the web that has its own name resolve to this machine (DNS rebinding)
//! asks under that name and gets nothing.
//!
//! Names of this machine and the address that is listened on are always right, and whatever else somebody said. Where every
//! address of the machine is listened on, any address is right: a page cannot choose what its name would have to be.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::json;
use waymark_core::error::{Error, Result};

/// A name with the port that it is right with; any where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Host {
    name: String,
    port: Option<u16>,
}

/// The names that are answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosts {
    names: Vec<Host>,
    is_any_address: bool,
}

impl Hosts {
    /// Those of a listener, and others that it is known by.
    ///
    /// # Errors
    /// `InvalidInput` on `host` for what is no name.
    pub fn of(bound: SocketAddr, others: &[String]) -> Result<Self> {
        let own = ["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned(), bound.ip().to_string()];
        let mut names: Vec<Host> = own.into_iter().map(|name| Host { name, port: None }).collect();
        for other in others {
            names.push(parse(other)?);
        }
        Ok(Self { names, is_any_address: bound.ip().is_unspecified() })
    }

    fn admit(&self, headers: &HeaderMap) -> bool {
        let mut said = headers.get_all(header::HOST).into_iter();
        let (Some(host), None) = (said.next(), said.next()) else { return false };
        let Some(Host { name, port }) = host.to_str().ok().and_then(read) else { return false };
        let is_known = |known: &Host| known.name == name && (known.port.is_none() || known.port == port);
        self.names.iter().any(is_known) || self.is_any_address && name.parse::<IpAddr>().is_ok()
    }
}

/// Lets a request through that asks under a right name.
pub async fn pass(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    if hosts.admit(request.headers()) {
        return next.run(request).await;
    }
    let message = "This host name is not served here. `waymark serve --host NAME` adds one.";
    (StatusCode::FORBIDDEN, axum::Json(json!({ "error": { "message": message } }))).into_response()
}

/// A name as somebody gives it: `docs.example.com`, or with the port that clients use.
fn parse(text: &str) -> Result<Host> {
    let is_name = |host: &Host| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let has_parts = host.name.split('.').all(|part| !part.is_empty() && part.chars().all(is_part));
        host.name.len() <= 253 && (has_parts || host.name.parse::<IpAddr>().is_ok())
    };
    read(text.trim()).filter(is_name).ok_or_else(|| {
        Error::invalid(format!("`{text}` is not the name of a host."))
            .with_field("host")
            .with_hint("Give it without `http://` and without a path: `docs.example.com` or `docs.example.com:8443`.")
    })
}

/// What a `Host` header says. A name has no case, and a full stop at its end changes nothing.
fn read(text: &str) -> Option<Host> {
    let authority = text.parse::<Authority>().ok().filter(|authority| !authority.as_str().contains('@'))?;
    let bare = authority.host().trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
    let has_port = authority.as_str().len() > authority.host().len();
    // A port that is no number is no port of ours.
    if has_port && authority.port_u16().is_none() {
        return None;
    }
    Some(Host { name: bare.to_ascii_lowercase(), port: authority.port_u16() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bound: &str, others: &[&str], right: &[&str], wrong: &[&str]) {
        let others: Vec<String> = others.iter().map(|name| (*name).to_owned()).collect();
        let hosts = Hosts::of(bound.parse().expect("an address"), &others).expect("names");
        let admit = |host: &str| hosts.admit(&[(header::HOST, host.parse().expect("a header"))].into_iter().collect());
        for host in right {
            assert!(admit(host), "{host} at {bound}");
        }
        for host in wrong {
            assert!(!admit(host), "{host} at {bound}");
        }
    }

    #[test]
    fn a_listener_answers_to_its_address_to_this_machine_and_to_what_was_said() {
        let own = ["localhost", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]:8080"];
        let evil = ["evil.example", "localhost.evil.example", "evil.example:8080", "", "a b", "x@localhost"];
        check("127.0.0.1:8080", &[], &own, &evil);
        check("127.0.0.1:8080", &[], &[], &["10.0.0.7", "docs.example"]);
        check("10.0.0.7:8080", &[], &["10.0.0.7", "10.0.0.7:8080"], &["10.0.0.8", "evil.example"]);
        check("0.0.0.0:80", &[], &["10.0.0.7", "[fe80::1]:80", "localhost"], &evil);
        let said = ["docs.example", "other.example:8443"];
        let right = ["docs.example", "Docs.Example:80", "docs.example.:80", "other.example:8443"];
        check("0.0.0.0:80", &said, &right, &["other.example", "other.example:80", "docs.example.evil.example"]);
    }

    #[test]
    fn a_request_without_a_host_or_with_two_is_refused() {
        let hosts = Hosts::of("127.0.0.1:80".parse().expect("an address"), &[]).expect("names");
        assert!(!hosts.admit(&HeaderMap::new()));
        let mut two = HeaderMap::new();
        two.append(header::HOST, "localhost".parse().expect("a header"));
        two.append(header::HOST, "evil.example".parse().expect("a header"));
        assert!(!hosts.admit(&two));
    }

    #[test]
    fn what_is_no_name_is_refused_with_a_hint() {
        let bound = "0.0.0.0:80".parse().expect("an address");
        for wrong in
            ["http://docs.example", "docs.example/mcp", "*.example", "*", "", "a b", "me@docs.example", "a:port"]
        {
            let error = Hosts::of(bound, &[wrong.to_owned()]).expect_err(wrong);
            assert!(error.field.as_deref() == Some("host") && error.hint.is_some(), "{error}");
        }
    }
}
