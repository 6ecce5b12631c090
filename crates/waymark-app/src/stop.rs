//! Being stopped: work that has written nothing yet ends at once.

use tokio_util::sync::CancellationToken;
use waymark_core::error::{Code, Error, Result};

/// Does the work unless somebody stops it, with these words.
///
/// # Errors
/// Those of the work, and `Cancelled`.
pub(crate) async fn unless_stopped<T>(
    stop: &CancellationToken,
    words: &str,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    tokio::select! {
        biased;
        () = stop.cancelled() => Err(Error::new(Code::Cancelled, words)),
        done = work => done,
    }
}
