//! A real model that goes through a walkthrough with a user, and what can be checked about it afterwards.
//!
//! The model has the tools that the drafts' endpoint gives to every agent. What happens is taken down as a
//! [`transcript::Transcript`]; [`checks::check`] reads it and knows nothing else. A check never guesses: what a
//! transcript cannot show, it does not claim.

pub mod beside;
pub mod checks;
pub mod provider;
pub mod run;
pub mod script;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_providers;
pub mod transcript;
