//! The system's clock and randomness, handed to operations by the doors. Nothing else reads them.

use std::time::{SystemTime, UNIX_EPOCH};

use rand::RngCore;
use waymark_core::walkthrough::Millis;

/// Milliseconds since the epoch; 0 for a clock that is set before it.
pub fn now() -> Millis {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}

/// `count` bytes from a generator that the operating system seeded.
pub fn random(count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}
