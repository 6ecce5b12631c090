//! The real `waymark` command on libraries of its own; what needs a database is in `production`.

#[path = "../command/mod.rs"]
mod command;

mod agent_run;
mod backups;
mod bad_input;
mod bulk;
mod edit;
mod flow_and_quiz;
mod history;
mod journeys;
mod lint;
mod preview;
mod replace;
mod review;
mod serve;
mod snippets;
mod steps;
mod wordings;
