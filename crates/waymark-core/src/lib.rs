//! The domain of Waymark: walkthroughs, edits, order, rendering, the learner engine, lint, formats and publish plans.
//!
//! Pure: no IO, no async, no clock, no randomness of its own. Whatever depends on the world is passed in.
//! Every rule lives here exactly once; stores and doors only translate.
#![warn(missing_docs)]

pub mod agent_run;
pub mod assignments;
pub mod attachment;
pub mod backup;
pub mod bulk;
pub mod calendar;
pub mod certificate;
pub mod compose;
pub mod connection;
pub mod content;
pub mod conversation;
pub mod diff;
pub mod edit;
pub mod error;
pub mod flow;
pub mod format;
pub mod hash;
pub mod history;
pub mod id;
pub mod json;
pub mod learner;
pub mod limits;
pub mod lint;
pub mod markdown;
pub mod merge;
pub mod metadata;
pub mod preview;
pub mod progress;
pub mod publish;
pub mod quiz;
pub mod rebase;
pub mod release;
pub mod render;
pub mod replace;
pub mod review;
pub mod search;
pub mod secret;
pub mod section;
pub mod snippet;
pub mod template;
pub mod texts;
pub mod tokens;
pub mod walkthrough;
pub mod wording;
