//! Formats of files that walkthroughs come from and go to. Each loses nothing in either direction.

pub mod bundle;
pub mod json;
