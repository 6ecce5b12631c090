//! What the window may ask for: one adapter per operation, grouped as the interface's features are.
//!
//! An adapter reads its input, calls one operation and gives back its answer. No rule is decided here.

pub mod agent_runs;
pub mod agents;
pub mod app;
pub mod assignments;
pub mod attachments;
pub mod backups;
pub mod bulk;
pub mod connections;
pub mod conversation;
pub mod editing;
pub mod flow;
pub mod history;
pub mod import;
pub mod library;
pub mod lint;
pub mod preview;
pub mod publish;
pub mod quiz;
pub mod releases;
pub mod review;
pub mod sandbox;
pub mod snippets;
pub mod templates;
pub mod window;
pub mod wordings;
pub mod words;
