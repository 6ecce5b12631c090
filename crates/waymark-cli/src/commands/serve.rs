//! `waymark serve`: MCP over standard input and output, or over HTTP until it is stopped; and what a client is configured with
//! for it.

use std::net::{SocketAddr, ToSocketAddrs};

use serde::Serialize;
use waymark_app::{
    connections,
    learn::{Learners, World},
    paths,
};
use waymark_core::{
    error::{Error, Result},
    learner::call::Profile,
};
use waymark_library::{connections as saved, wordings};
use waymark_server::{
    Options,
    clients::{Client, TOKEN_PLACE, Way, configuration},
    http,
    stdio::{self, Opening},
};

use crate::{Answer, args::production::Serve, context::Context};

#[derive(Serialize)]
struct Listening<'a> {
    url: &'a str,
    token: Option<&'a str>,
}

/// Serves drafts or a connection until the client leaves or the person stops it.
pub async fn run(context: &Context, args: Serve) -> Result<Answer> {
    let address = args.http.as_deref().map(address).transpose()?;
    let named = args.http.as_deref().and_then(name).map(str::to_owned);
    if let Some(client) = args.print_config {
        print_config(context, &args, address, client.into())?;
        return Ok(Answer::Yes);
    }
    let of_drafts = args.connection.is_none();
    let learners = learners(context, args.connection);
    let options = Options {
        profile: args.profile.into(),
        server: args.server,
        user: args.user,
        is_open: args.insecure_local,
        hosts: args.host.into_iter().chain(named).collect(),
    };
    match address {
        None => tokio::select! {
            served = stdio::serve_stdio(Opening { of_drafts, learners }, options) => served?,
            () = context.cancelled() => {}
        },
        Some(address) => serve_http(context, learners.await?, address, options).await?,
    }
    Ok(Answer::Yes)
}

/// Those of the drafts, or of a connection.
async fn learners(context: &Context, connection: Option<String>) -> Result<Learners> {
    let app = context.app().await?;
    let world = World { now: app.env.now, random: app.env.random };
    let Some(name) = connection else {
        return Ok(Learners::Preview(app.library.clone(), world));
    };
    let connection = saved::find(&app.library, &name).await?;
    let wordings = wordings::at(&app.library, Some(&connection.id)).await?;
    Ok(Learners::Live(connections::open(app, &connection).await?.for_serving(), world, wordings))
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

/// Prints what goes into the client's configuration. Nothing is opened: the client will do that.
fn print_config(context: &Context, args: &Serve, address: Option<SocketAddr>, client: Client) -> Result<()> {
    let configuration = match address {
        None => {
            let program = std::env::current_exe()
                .map_err(|error| Error::bug("This program does not know where it is.").with_source(error))?;
            let mut arguments = paths::library_arguments(&context.env()?.data_dir);
            arguments.extend(stdio_arguments(args));
            let command = program.display().to_string();
            configuration(client, Way::Stdio { command: &command, arguments: &arguments })
        }
        Some(address) if address.port() == 0 => {
            return Err(Error::invalid("Which port will be free is not known before the server listens.")
                .with_field("http")
                .with_hint("Name a port, such as `--http 127.0.0.1:8080`, and serve with the same."));
        }
        Some(address) => {
            let server = args.server.as_deref().map(|slug| format!("/{slug}")).unwrap_or_default();
            let token = (!args.insecure_local).then_some(TOKEN_PLACE);
            let host = args.host.first().cloned().or_else(|| args.http.as_deref().and_then(name).map(str::to_owned));
            let host = host.map_or(address.to_string(), |host| match host.contains(':') {
                true => host,
                false => format!("{host}:{}", address.port()),
            });
            configuration(client, Way::Http { url: &format!("http://{host}/mcp{server}"), token })
        }
    };
    context.output.answer(&configuration, || configuration.text.clone())?;
    context.output.note(&configuration.place);
    if address.is_some() && !args.insecure_local {
        context.output.note(&format!(
            "Put the token that `waymark serve --http` prints in place of `{TOKEN_PLACE}`: it is new at each launch."
        ));
    }
    Ok(())
}

/// The same as was asked for, for the client to start.
fn stdio_arguments(args: &Serve) -> Vec<String> {
    let mut arguments = vec!["serve".to_owned(), "--stdio".to_owned()];
    match &args.connection {
        None => arguments.push("--drafts".to_owned()),
        Some(connection) => arguments.extend(["--connection".to_owned(), connection.clone()]),
    }
    let profile = Profile::from(args.profile);
    let is_other = profile != Profile::default();
    let options = [
        ("--server", args.server.as_deref()),
        ("--profile", is_other.then_some(profile.name())),
        ("--user", args.user.as_deref()),
    ];
    for (option, value) in options {
        arguments.extend(value.into_iter().flat_map(|value| [option.to_owned(), value.to_owned()]));
    }
    arguments
}

/// The name in `NAME:PORT`, where it is one and no address.
fn name(text: &str) -> Option<&str> {
    let (host, _) = text.rsplit_once(':')?;
    (host != "localhost" && text.parse::<SocketAddr>().is_err()).then_some(host)
}

/// `HOST:PORT`, where a host is an address or a name of this machine, or a port alone.
fn address(text: &str) -> Result<SocketAddr> {
    let port = text.strip_prefix("localhost:").or(Some(text).filter(|text| text.parse::<u16>().is_ok()));
    let full = port.map_or(text.to_owned(), |port| format!("127.0.0.1:{port}"));
    if let Ok(address) = full.parse() {
        return Ok(address);
    }
    let wrong = || {
        Error::invalid(format!("`{text}` is no address to listen on."))
            .with_field("http")
            .with_hint("Write it as `127.0.0.1:8080`, or `127.0.0.1:0` for a free port.")
    };
    let mut found = text.to_socket_addrs().map_err(|error| wrong().with_source(error))?;
    found.next().ok_or_else(wrong)
}
