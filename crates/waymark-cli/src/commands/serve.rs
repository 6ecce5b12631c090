//! `waymark serve`: MCP over standard input and output, or over HTTP until it is stopped.

use std::net::SocketAddr;

use serde::Serialize;
use waymark_app::{
    connections,
    learn::{Learners, World},
};
use waymark_core::error::{Error, Result};
use waymark_library::connections as saved;
use waymark_server::{Options, http, stdio};

use crate::{Answer, args::production::Serve, context::Context};

#[derive(Serialize)]
struct Listening<'a> {
    url: &'a str,
    token: Option<&'a str>,
}

/// Serves drafts or a connection until the client leaves or the person stops it.
pub async fn run(context: &Context, args: Serve) -> Result<Answer> {
    let address = args.http.as_deref().map(address).transpose()?;
    let app = context.app().await?;
    let world = World { now: app.env.now, random: app.env.random };
    let learners = match &args.connection {
        None => Learners::Preview(app.library.clone(), world),
        Some(name) => {
            let connection = saved::find(&app.library, name).await?;
            Learners::Live(connections::open(app, &connection).await?.for_serving(), world)
        }
    };
    let options =
        Options { profile: args.profile.into(), server: args.server, user: args.user, is_open: args.insecure_local };
    match address {
        None => tokio::select! {
            served = stdio::serve_stdio(learners, options) => served?,
            () = context.cancelled() => {}
        },
        Some(address) => serve_http(context, learners, address, options).await?,
    }
    Ok(Answer::Yes)
}

async fn serve_http(context: &Context, learners: Learners, address: SocketAddr, options: Options) -> Result<()> {
    let running = http::serve_http(learners, address, options).await?;
    let token = running.token.clone();
    let listening = Listening { url: &running.url, token: token.as_ref().map(|token| token.expose()) };
    let line = serde_json::to_string(&listening)
        .map_err(|error| Error::bug("The answer could not be written as JSON.").with_source(error))?;
    context.output.bytes(format!("{line}\n").as_bytes())?;
    let stopper = running.stopper();
    let waiting = running.wait();
    tokio::pin!(waiting);
    tokio::select! {
        stopped = &mut waiting => stopped,
        () = context.cancelled() => {
            stopper.cancel();
            waiting.await
        }
    }
}

/// `HOST:PORT`, where a host is an address or `localhost`, or a port alone.
fn address(text: &str) -> Result<SocketAddr> {
    let full = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None if text.parse::<u16>().is_ok() => format!("127.0.0.1:{text}"),
        None => text.to_owned(),
    };
    full.parse().map_err(|error| {
        Error::invalid(format!("`{text}` is no address to listen on."))
            .with_field("http")
            .with_hint("Write it as `127.0.0.1:8080`, or `127.0.0.1:0` for a free port.")
            .with_source(error)
    })
}
