//! A window that is open on this library already: a second start shows it and ends.
//!
//! The bus says who has the library's name. It also says so of a window that was killed, for as long as the system takes to
//! clear it away, which can be a second: whoever starts again after a crash must get a window then, and not an error about
//! one that is gone. And a window that hangs must not make the next start hang with it.

#[cfg(target_os = "linux")]
use std::time::{Duration, Instant};

use waymark_core::error::Result;
#[cfg(target_os = "linux")]
use waymark_core::error::{Code, Error};
#[cfg(target_os = "linux")]
use zbus::{
    blocking::{Connection, connection::Builder, fdo::DBusProxy},
    names::BusName,
};

/// How long a window may take to come to the front.
#[cfg(target_os = "linux")]
const ANSWER_WITHIN: Duration = Duration::from_secs(8);
/// How long a window that has ended may stay on the bus.
#[cfg(target_os = "linux")]
const GONE_WITHIN: Duration = Duration::from_secs(20);
/// How often the bus is asked meanwhile.
#[cfg(target_os = "linux")]
const ASK_EVERY: Duration = Duration::from_millis(20);

/// Shows the window that is open on the library with this name, if there is one.
///
/// # Errors
/// `Conflict` where there is one that does not answer.
#[cfg(target_os = "linux")]
pub fn show(bus_name: &str) -> Result<bool> {
    match Builder::session().and_then(|bus| bus.method_timeout(ANSWER_WITHIN).build()) {
        Ok(bus) => show_on(&bus, bus_name),
        // Without a bus nobody knows of other windows.
        Err(_) => Ok(false),
    }
}

#[cfg(target_os = "linux")]
fn show_on(bus: &Connection, bus_name: &str) -> Result<bool> {
    let (name, path) = place(bus_name);
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let folder = std::env::current_dir().unwrap_or_default().to_string_lossy().into_owned();
    let began = Instant::now();
    loop {
        let Some(process) = owner(bus, &name) else { return Ok(false) };
        let interface = Some("org.SingleInstance.DBus");
        let call =
            bus.call_method(Some(name.as_str()), path.as_str(), interface, "ExecuteCallback", &(&arguments, &folder));
        match call {
            Ok(_) => return Ok(true),
            // It ended instead of answering, or is about to. That is seen by its name, which goes.
            Err(error) if !is_timeout(&error) && began.elapsed() < GONE_WITHIN => {
                tracing::info!(%error, process, "a window that was here has ended");
                std::thread::sleep(ASK_EVERY);
            }
            Err(error) => return Err(does_not_answer(process).with_source(error)),
        }
    }
}

/// The window's plugin does all of this there.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub fn show(_bus_name: &str) -> Result<bool> {
    Ok(false)
}

/// The name and the path of the plugin that takes the name for this window when there is no other.
#[cfg(target_os = "linux")]
fn place(bus_name: &str) -> (String, String) {
    let name = format!("{bus_name}.SingleInstance");
    let path = format!("/{}", name.replace('.', "/").replace('-', "_"));
    (name, path)
}

/// The process that has the name.
#[cfg(target_os = "linux")]
fn owner(bus: &Connection, name: &str) -> Option<u32> {
    let asked = DBusProxy::new(bus).ok()?;
    asked.get_connection_unix_process_id(BusName::try_from(name).ok()?).ok()
}

#[cfg(target_os = "linux")]
fn is_timeout(error: &zbus::Error) -> bool {
    matches!(error, zbus::Error::InputOutput(error) if error.kind() == std::io::ErrorKind::TimedOut)
}

#[cfg(target_os = "linux")]
fn does_not_answer(process: u32) -> Error {
    let message = format!("Waymark is open on this library already (process {process}) and does not answer.");
    Error::new(Code::Conflict, message)
        .with_hint("Wait a little and start it again. If it never answers, end that process: what was saved is safe.")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use waymark_testkit::session::{Keyring, Session};
    use zbus::{blocking::connection::Builder, fdo, interface};

    use super::*;

    const NAME: &str = "io.waymark.desktop.test";

    /// A window that comes to the front, or one that ends instead, and only then loses its name.
    struct Other {
        comes: bool,
    }

    #[interface(name = "org.SingleInstance.DBus")]
    impl Other {
        async fn execute_callback(
            &self,
            _arguments: Vec<String>,
            _folder: String,
            #[zbus(connection)] bus: &zbus::Connection,
        ) -> fdo::Result<()> {
            if self.comes {
                return Ok(());
            }
            bus.release_name(place(NAME).0).await.ok();
            Err(fdo::Error::NoReply("It has ended.".to_owned()))
        }
    }

    fn shown(session: &Session, other: Option<Other>) -> bool {
        let address = session.environment().into_iter().find(|(key, _)| *key == "DBUS_SESSION_BUS_ADDRESS");
        let address = address.and_then(|(_, value)| value.into_string().ok()).expect("a bus");
        let connect = || Builder::address(address.as_str()).expect("an address");
        let (name, path) = place(NAME);
        let _other = other.map(|other| {
            let bus = connect().name(name).and_then(|bus| bus.serve_at(path, other));
            bus.and_then(Builder::build).expect("another window")
        });
        show_on(&connect().build().expect("a connection"), NAME).expect("an answer")
    }

    #[test]
    fn a_window_that_is_open_comes_to_the_front_and_one_that_has_ended_is_none() {
        let session = Session::start(Keyring::Absent).expect("a bus");
        assert!(!shown(&session, None));
        assert!(shown(&session, Some(Other { comes: true })));
        assert!(!shown(&session, Some(Other { comes: false })));
    }
}
