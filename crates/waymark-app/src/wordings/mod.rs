//! Where the organization's wordings run: in a process that has nothing but the line it is handed.
//!
//! **Invariant.** No template that is not ours runs in the process that holds the library, the passwords or a window.
//! It runs in [`inside`], which [`helper`] starts, hands one line after the other, and ends when it takes too long.

pub mod file;
pub mod helper;
pub mod inside;
#[cfg(test)]
mod tests;
