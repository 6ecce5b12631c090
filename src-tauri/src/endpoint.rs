//! The local MCP endpoint: off until somebody starts it, on this machine only, and gone with the window.
//!
//! Its token is of this launch and stays in this process: it leaves by the clipboard alone, when somebody asks for that.

use std::net::{Ipv4Addr, SocketAddr};

use serde::Serialize;
use tokio::sync::Mutex;
use waymark_app::learn::Learners;
use waymark_core::{
    error::{Code, Error, Result},
    secret::Secret,
};
use waymark_server::{
    Options,
    http::{self, Running},
};

/// The endpoint, running or not.
#[derive(Default)]
pub struct Endpoint(Mutex<Option<Running>>);

/// How the endpoint is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct EndpointStatus {
    /// Where it answers, path and all; `None` while it is off.
    pub url: Option<String>,
}

impl Endpoint {
    /// Begins to listen on a port of this machine; 0 takes a free one.
    ///
    /// # Errors
    /// `Refused` where it runs already, `EnvironmentMissing` where the port cannot be had.
    pub async fn start(&self, learners: Learners, port: u16) -> Result<EndpointStatus> {
        let mut running = self.0.lock().await;
        if let Some(url) = address(running.as_ref()) {
            return Err(Error::new(Code::Refused, format!("The endpoint runs already, at `{url}`."))
                .with_hint("Use it there, or stop it first."));
        }
        let listening = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        *running = Some(http::serve_http(learners, listening, Options::default()).await?);
        Ok(EndpointStatus { url: address(running.as_ref()) })
    }

    /// Stops listening. Calls under way are answered.
    ///
    /// # Errors
    /// `Bug` if it had failed.
    pub async fn stop(&self) -> Result<()> {
        match self.0.lock().await.take() {
            Some(running) => running.stop().await,
            None => Ok(()),
        }
    }

    /// How it is now.
    pub async fn status(&self) -> EndpointStatus {
        EndpointStatus { url: address(self.0.lock().await.as_ref()) }
    }

    /// Address and token, for the one who puts them where they belong.
    ///
    /// # Errors
    /// `Refused` while it is off.
    pub async fn access(&self) -> Result<(String, Secret)> {
        let running = self.0.lock().await;
        let token = running.as_ref().and_then(|running| running.token.clone());
        address(running.as_ref()).zip(token).ok_or_else(|| {
            Error::new(Code::Refused, "The endpoint is off, so that there is no token.").with_hint("Start it first.")
        })
    }
}

/// Where it answers, if it does.
fn address(running: Option<&Running>) -> Option<String> {
    running.filter(|running| running.is_listening()).map(|running| format!("{}/mcp", running.url))
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpStream,
    };

    use waymark_app::{clock, learn::World};
    use waymark_library::{Env, Library};

    use super::*;

    async fn learners(folder: &std::path::Path) -> Learners {
        let env = Env { now: clock::now, random: clock::random };
        let library = Library::open(folder, env).await.unwrap();
        Learners::Preview(library, World { now: clock::now, random: clock::random })
    }

    fn authority(url: &str) -> &str {
        url.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/mcp")).unwrap()
    }

    /// The first line of the answer to a request with this header.
    fn ask(url: &str, header: &str) -> String {
        let mut stream = TcpStream::connect(authority(url)).unwrap();
        let host = authority(url);
        let body = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
        write!(
            stream,
            "POST /mcp HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nAccept: application/json, \
             text/event-stream\r\nConnection: close\r\nContent-Length: {}\r\n{header}\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.lines().next().unwrap_or_default().to_owned()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn it_listens_on_this_machine_with_its_token_until_it_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let endpoint = Endpoint::default();
        assert_eq!(endpoint.status().await.url, None);
        assert_eq!(endpoint.access().await.unwrap_err().code, Code::Refused);
        endpoint.stop().await.unwrap();

        let learners = learners(folder.path()).await;
        let url = endpoint.start(learners.clone(), 0).await.unwrap().url.unwrap();
        assert!(url.starts_with("http://127.0.0.1:"), "{url}");
        assert_eq!(endpoint.status().await.url.as_deref(), Some(url.as_str()));
        let (known, token) = endpoint.access().await.unwrap();
        assert_eq!(known, url);
        assert!(ask(&url, "").contains("401"));
        let own = format!("Authorization: Bearer {}\r\n", token.expose());
        assert!(!ask(&url, &own).contains("401"));
        assert!(ask(&url, &format!("{own}Origin: https://evil.example\r\n")).contains("403"));

        let again = endpoint.start(learners.clone(), 0).await.unwrap_err();
        assert_eq!(again.code, Code::Refused);
        assert!(again.message.contains(&url), "{again}");
        endpoint.stop().await.unwrap();
        assert_eq!(endpoint.status().await.url, None);
        assert!(TcpStream::connect(authority(&url)).is_err());
        // The next launch has another token.
        endpoint.start(learners, 0).await.unwrap();
        assert_ne!(endpoint.access().await.unwrap().1, token);
        endpoint.stop().await.unwrap();
    }

    #[tokio::test]
    async fn a_port_that_is_taken_is_named_and_the_next_try_may_work() {
        let folder = tempfile::tempdir().unwrap();
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        let (endpoint, learners) = (Endpoint::default(), learners(folder.path()).await);
        let error = endpoint.start(learners.clone(), port).await.unwrap_err();
        assert_eq!((error.code, error.field.as_deref()), (Code::EnvironmentMissing, Some("port")));
        assert!(error.message.contains(&port.to_string()) && error.hint.is_some(), "{error}");
        drop(taken);
        assert!(endpoint.start(learners, port).await.unwrap().url.is_some());
        endpoint.stop().await.unwrap();
    }
}
