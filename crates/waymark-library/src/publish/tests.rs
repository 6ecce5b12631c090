//! Attempts and what becomes of them.
