//! One file for each feature: arguments in, one operation, its value out.

pub mod assignments;
pub mod completions;
pub mod drafts;
pub mod lint;
pub mod render;
pub mod steps;
pub mod transfer;
