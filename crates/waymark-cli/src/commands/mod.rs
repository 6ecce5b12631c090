//! One file for each feature: arguments in, one operation, its value out.

pub mod assignments;
pub mod backup;
pub mod bulk;
pub mod completions;
pub mod connections;
pub mod db;
pub mod doctor;
pub mod drafts;
pub mod edit;
pub mod flow;
pub mod history;
pub mod lint;
pub mod merge;
pub mod preview;
pub mod publish;
pub mod quiz;
pub mod render;
pub mod replace;
pub mod sandbox;
pub mod search;
pub mod serve;
pub mod snippets;
pub mod steps;
pub mod tag;
pub mod templates;
pub mod transfer;
