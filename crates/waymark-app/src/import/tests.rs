//! Importing into a real library.
