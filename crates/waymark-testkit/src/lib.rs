//! What the tests stand on: private login sessions and keyrings, private displays, the real window. Never shipped.
//!
//! Everything here is private to the value that started it, ends with it, and uses ports and sockets that were free.

pub mod content;
pub mod display;
pub mod postgres;
pub mod session;
#[cfg(feature = "window")]
pub mod window;
