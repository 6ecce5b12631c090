//! Journeys through the real window: the built app, a real X server, a real D-Bus session, a real keyring, a real Postgres.
//!
//! `scripts/e2e` runs them. They find things by what a person finds them by, and check what was done through other doors: the
//! command line, the Secret Service, an MCP client, the files on disk.

mod agents;
mod conversation;
mod dropped;
mod first_look;
mod flow_and_quiz;
mod history;
mod keyboard_only;
mod killed;
mod looks;
mod main_job;
mod merging;
mod no_keyring;
mod recovery;
mod replace_everywhere;
mod scene;
mod second_start;
mod steps_move;
mod text_tools;
mod writing;
