//! The doors for agents: MCP over standard input and output, and over Streamable HTTP.
//!
//! Adapters only: they find out who asks, parse a call, make it in one line, and put the answer on the wire. Both
//! generations of the protocol are served: with `initialize` (up to 2025-11-25), and without sessions (2026-07-28).
//! Authoring has no network door.

use waymark_core::{error::Error, learner::call::Profile};

mod answer;
pub mod clients;
mod completion;
mod door;
mod gate;
mod hosts;
pub mod http;
mod notices;
mod prompts;
mod resources;
pub mod stdio;
mod tools;

#[cfg(test)]
mod tests;

/// What a door is opened with.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which tools it offers.
    pub profile: Profile,
    /// Only this server's walkthroughs (for drafts: by the rule of production).
    pub server: Option<String>,
    /// The learner's tracking id, where the process stands for one learner (standard input and output).
    pub user: Option<String>,
    /// Drafts without a token, on a loopback address.
    pub is_open: bool,
    /// Names that clients know this machine by, beside its own, as `NAME` or `NAME:PORT` (HTTP).
    pub hosts: Vec<String>,
}

fn no_server(slug: &str) -> Error {
    Error::not_found(format!("There is no MCP server `{slug}`.")).with_hint("Check the slug.").with_field("server")
}
