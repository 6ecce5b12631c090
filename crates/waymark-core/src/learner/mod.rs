//! The learner engine: what one tool call does to one learner's progress, and what it answers.
//!
//! A store reads a [`Standing`], [`decide`] says what follows as a [`Turn`], and the store writes the turn's
//! [`writes::Writes`] if the values seen are still there. On a miss the caller reads and decides again. The rule exists
//! here and nowhere else: preview and production differ in the store alone.
//!
//! Invariants: progress is a set of step ids, so reordering, adding and removing steps loses nothing; a call repeated
//! with the same `currentStepId` changes nothing; a call never touches another learner's rows, because it only ever
//! sees one learner's.

pub mod arguments;
pub mod call;
mod decide;
mod describe;
pub mod ghosts;
pub mod heard;
pub mod identity;
pub mod output;
pub mod path;
mod progress_row;
pub mod standing;
pub mod target;
pub mod tools;
pub mod turn;
pub mod words;
pub(crate) mod world;
pub mod writes;

pub use decide::decide;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod scene;
#[cfg(test)]
mod tests;
