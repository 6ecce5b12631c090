//! Damage of every kind.
