//! A wire between a client and a server's Unix socket that counts round trips and can be cut.
//!
//! A round trip is a message that the client waits for: `Query` and `Sync` of the protocol, and the start of a
//! connection.

use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::Cluster;

/// Never cut.
const WHOLE: u32 = u32::MAX;
/// The longest message that is looked at whole; COPY and long texts pass in pieces of this size.
const PIECE: usize = 64 * 1024;
/// A slow wire lets something through this often.
const BEAT: Duration = Duration::from_millis(20);

/// Where a wire is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The server never sees the message.
    Before(u32),
    /// The server gets the message, the client never gets the answer.
    After(u32),
    /// The server never sees the message and neither do others from then on, but nothing is closed: it has fallen
    /// silent. [`Proxy::wake`] ends that for connections that come later.
    Silent(u32),
}

/// A folder with a socket, like a server's own.
#[derive(Debug)]
pub struct Proxy {
    dir: tempfile::TempDir,
    wire: Arc<Wire>,
}

#[derive(Debug)]
struct Wire {
    server: PathBuf,
    trips: AtomicU32,
    cut_before: AtomicU32,
    cut_after: AtomicU32,
    silent_from: AtomicU32,
    /// Bytes that answers may have in [`BEAT`].
    pace: AtomicUsize,
    open: Mutex<Vec<UnixStream>>,
}

impl Proxy {
    /// A wire to a server.
    ///
    /// # Errors
    /// When no socket can be made.
    pub fn start(cluster: &Cluster) -> io::Result<Self> {
        let socket = format!(".s.PGSQL.{}", cluster.port());
        let dir = tempfile::Builder::new().prefix("wm-wire-").tempdir()?;
        let listener = UnixListener::bind(dir.path().join(&socket))?;
        let wire = Arc::new(Wire {
            server: cluster.socket_dir().join(socket),
            trips: AtomicU32::new(0),
            cut_before: AtomicU32::new(WHOLE),
            cut_after: AtomicU32::new(WHOLE),
            silent_from: AtomicU32::new(WHOLE),
            pace: AtomicUsize::new(usize::MAX),
            open: Mutex::default(),
        });
        let accepting = Arc::clone(&wire);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let wire = Arc::clone(&accepting);
                thread::spawn(move || wire.carry(client));
            }
        });
        Ok(Self { dir, wire })
    }

    /// What clients take for the server's folder.
    pub fn socket_dir(&self) -> &Path {
        self.dir.path()
    }

    /// Round trips since the last time this was asked.
    pub fn take_trips(&self) -> u32 {
        self.wire.trips.swap(0, Ordering::SeqCst)
    }

    /// Cuts all connections once, at the n-th round trip from now (from 1). Later connections are whole again.
    pub fn cut(&self, cut: Cut) {
        self.wire.trips.store(0, Ordering::SeqCst);
        let (before, after, silent) = match cut {
            Cut::Before(trip) => (trip, WHOLE, WHOLE),
            Cut::After(trip) => (WHOLE, trip, WHOLE),
            Cut::Silent(trip) => (WHOLE, WHOLE, trip),
        };
        self.wire.silent_from.store(silent, Ordering::SeqCst);
        self.wire.cut_before.store(before, Ordering::SeqCst);
        self.wire.cut_after.store(after, Ordering::SeqCst);
    }

    /// Answers arrive no faster than this from now on, in bytes a second.
    pub fn slow_down(&self, rate: usize) {
        self.wire.pace.store((rate / 50).max(1), Ordering::SeqCst);
    }

    /// The server answers again, whoever comes from now on. Those who wait go on waiting.
    pub fn wake(&self) {
        self.wire.silent_from.store(WHOLE, Ordering::SeqCst);
    }

    /// Whether a cut that was asked for has happened.
    pub fn was_cut(&self) -> bool {
        self.wire.cut_before.load(Ordering::SeqCst) == WHOLE && self.wire.cut_after.load(Ordering::SeqCst) == WHOLE
    }
}

impl Wire {
    fn carry(self: &Arc<Self>, client: UnixStream) {
        // Whoever knocks and leaves, and whoever is cut off, ends up here with an error that is nobody's business.
        let _ = self.try_to_carry(client);
    }

    fn try_to_carry(self: &Arc<Self>, mut client: UnixStream) -> io::Result<()> {
        let mut server = UnixStream::connect(&self.server)?;
        for end in [&client, &server] {
            self.open.lock().map_err(|_| io::ErrorKind::Other)?.push(end.try_clone()?);
        }
        let (mut answers, mut to) = (server.try_clone()?, client.try_clone()?);
        let wire = Arc::clone(self);
        thread::spawn(move || {
            let _ = wire.answer(&mut answers, &mut to);
            let _ = to.shutdown(Shutdown::Both);
        });
        let ended = self.forward(&mut client, &mut server);
        let _ = server.shutdown(Shutdown::Write);
        ended
    }

    /// Server to client, as fast as the wire is.
    fn answer(&self, server: &mut UnixStream, client: &mut UnixStream) -> io::Result<()> {
        let mut piece = vec![0; PIECE];
        loop {
            let pace = self.pace.load(Ordering::SeqCst);
            let read = server.read(&mut piece[..pace.min(PIECE)])?;
            if read == 0 {
                return Ok(());
            }
            client.write_all(&piece[..read])?;
            if pace != usize::MAX {
                thread::sleep(BEAT);
            }
        }
    }

    /// Client to server, message by message.
    fn forward(&self, client: &mut UnixStream, server: &mut UnixStream) -> io::Result<()> {
        let mut length = [0; 4];
        client.read_exact(&mut length)?;
        let trip = self.trips.fetch_add(1, Ordering::SeqCst) + 1;
        if self.is_silent(trip) {
            return swallow(client);
        }
        server.write_all(&length)?;
        pass(client, server, u32::from_be_bytes(length))?;
        loop {
            let mut head = [0; 5];
            client.read_exact(&mut head)?;
            let is_trip = matches!(head[0], b'Q' | b'S');
            let trip = if is_trip { self.trips.fetch_add(1, Ordering::SeqCst) + 1 } else { 0 };
            if is_trip && self.is_silent(trip) {
                return swallow(client);
            }
            if is_trip && self.cut_before.compare_exchange(trip, WHOLE, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
                return self.sever();
            }
            let cuts = is_trip && self.cut_after.load(Ordering::SeqCst) == trip;
            if cuts {
                // The answer must not slip through between the message and the cut.
                client.shutdown(Shutdown::Write)?;
            }
            server.write_all(&head)?;
            pass(client, server, u32::from_be_bytes([head[1], head[2], head[3], head[4]]))?;
            if cuts {
                self.cut_after.store(WHOLE, Ordering::SeqCst);
                return self.sever();
            }
        }
    }

    fn is_silent(&self, trip: u32) -> bool {
        self.silent_from.load(Ordering::SeqCst) <= trip
    }

    fn sever(&self) -> io::Result<()> {
        for end in self.open.lock().map_err(|_| io::ErrorKind::Other)?.drain(..) {
            let _ = end.shutdown(Shutdown::Both);
        }
        Ok(())
    }
}

/// Takes everything and says nothing, until the client gives up.
fn swallow(client: &mut UnixStream) -> io::Result<()> {
    io::copy(client, &mut io::sink()).map(drop)
}

/// The rest of a message whose length, its own four bytes included, is `length`.
fn pass(client: &mut UnixStream, server: &mut UnixStream, length: u32) -> io::Result<()> {
    let mut left = (length as usize).saturating_sub(4);
    let mut piece = vec![0; PIECE.min(left)];
    while left > 0 {
        let size = PIECE.min(left);
        client.read_exact(&mut piece[..size])?;
        server.write_all(&piece[..size])?;
        left -= size;
    }
    Ok(())
}
