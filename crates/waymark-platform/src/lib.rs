//! The organization's Postgres: connect, check, read, publish, learners, and the schema.
//!
//! **Invariants.** Every statement is scoped to the organization of the connection. Every statement runs inside an
//! explicit transaction (a [`session::Session`]), so that PgBouncer in transaction mode is hardly a special case; only a
//! learner's call, which is one statement that reads and one that writes, does without where there is no PgBouncer. A
//! database that has tables is never altered. Takes and returns the models of `waymark-core`; rows stay private.

pub mod check;
pub mod connect;
pub mod content;
pub mod db;
pub mod errors;
pub mod learners;
mod pool;
pub mod publish;
pub mod sandbox;
pub mod servers;
pub mod session;
#[cfg(test)]
mod testing;
