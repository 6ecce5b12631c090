//! What joins the library with the organization's database, the keyring, processes and the network.
//!
//! Every operation is a plain function that takes the [`App`] first. Doors (window, command line, MCP) build one `App`
//! at their start and call; nothing here knows which door it serves. What needs the library alone, or Postgres alone,
//! lives in those crates and is called there.

use std::path::PathBuf;

use waymark_core::{id::Random, walkthrough::Millis};
use waymark_library::Library;

use crate::secrets::Secrets;

pub mod agent_run;
pub mod backup;
pub mod bundle;
pub mod clock;
pub mod connections;
pub mod conversations;
pub mod doctor;
pub mod drift;
pub mod examples;
pub mod export;
pub mod ghosts;
pub mod history;
pub mod import;
pub mod learn;
pub mod links;
pub mod logging;
pub mod merge;
pub mod paths;
pub mod publish;
pub mod pull;
pub mod release;
pub mod review;
pub mod sandbox;
pub mod secrets;
mod stop;
#[cfg(test)]
mod testing;
pub mod wordings;

/// Everything that an operation may touch. Cheap to clone: all clones share one library and one keyring session.
#[derive(Clone)]
pub struct App {
    /// The drafts.
    pub library: Library,
    /// The passwords.
    pub secrets: Secrets,
    /// Clock, randomness and places.
    pub env: Env,
}

impl App {
    /// The same, for work that nobody asked for: see [`Secrets::without_asking`].
    pub fn without_asking(&self) -> Self {
        Self { secrets: self.secrets.without_asking(), ..self.clone() }
    }
}

/// The world as the operations see it, passed in so that tests can fix it.
#[derive(Clone)]
pub struct Env {
    /// The clock.
    pub now: fn() -> Millis,
    /// The randomness of new ids.
    pub random: Random,
    /// The folder with the library, the logs and the sandbox.
    pub data_dir: PathBuf,
    /// Who writes: announced with every change, so that a window can tell its own from others'.
    pub origin: String,
}
