//! Reading a pasted `postgres://` URL into the fields of a connection. The password comes out apart.

use crate::{
    connection::{TlsMode, is_local_host, parameters},
    error::{Error, Result},
    secret::Secret,
};

/// What a URL says. There is no organization in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedUrl {
    /// Host name, address, or the directory of a Unix socket.
    pub host: String,
    /// 5432 where none is given.
    pub port: u16,
    /// The user's name where none is given, as everywhere in PostgreSQL.
    pub database: String,
    /// The role.
    pub user: String,
    /// From `sslmode`; `verify-full` where none is given, `disable` on this machine.
    pub tls: TlsMode,
    /// From `sslrootcert`.
    pub ca_file: Option<String>,
    /// From `sslcert`.
    pub client_certificate: Option<String>,
    /// From `sslkey`.
    pub client_key: Option<String>,
    /// From `pgbouncer=true`.
    pub is_pgbouncer: bool,
    /// The password: for the keyring, never for the connection.
    pub password: Option<Secret>,
    /// What was understood and has no effect, or was made safer, in sentences.
    pub notices: Vec<String>,
}

/// Reads a `postgres://` or `postgresql://` URL. Errors never repeat the URL, because there may be a password in it.
///
/// # Errors
/// `InvalidInput` on the field `url`: another scheme, no user, several hosts, bad escapes, an unknown `sslmode`,
/// encryption switched off for another machine, or a parameter that Waymark cannot honor.
pub fn parse_url(url: &str) -> Result<ParsedUrl> {
    let url = url.trim();
    let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://")).ok_or_else(|| {
        refused("This is not a `postgres://` URL.", "It looks like `postgres://user@db.example.com:5432/database`.")
    })?;
    let rest = rest.split('#').next().unwrap_or(rest);
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (login, address) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (user, password) = match login.split_once(':') {
        Some((user, password)) => (user, Some(decode(password, "password")?)),
        None => (login, None),
    };
    let (host, port) = split_address(address)?;
    let mut draft = Draft {
        host: decode(host, "host")?,
        port: port.map(str::to_owned),
        user: decode(user, "user")?,
        database: decode(path, "database name")?,
        password: password.map(Secret::new),
        ..Draft::default()
    };
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        draft.set(&decode(name, "parameter name")?, decode(value, "parameter")?)?;
    }
    draft.finish()
}

#[derive(Default)]
struct Draft {
    host: String,
    port: Option<String>,
    user: String,
    database: String,
    password: Option<Secret>,
    sslmode: Option<String>,
    ca_file: Option<String>,
    client_certificate: Option<String>,
    client_key: Option<String>,
    is_pgbouncer: bool,
    notices: Vec<String>,
}

impl Draft {
    fn set(&mut self, name: &str, value: String) -> Result<()> {
        match name {
            "host" | "hostaddr" => self.host = value,
            "port" => self.port = Some(value),
            "user" => self.user = value,
            "dbname" => self.database = value,
            "password" => self.password = Some(Secret::new(value)),
            "sslmode" => self.sslmode = Some(value),
            "sslrootcert" if value == "system" => {}
            "sslrootcert" => self.ca_file = Some(value),
            "pgbouncer" => self.is_pgbouncer = matches!(value.as_str(), "true" | "1" | "yes" | "on"),
            "sslcert" => self.client_certificate = Some(value).filter(|file| !file.is_empty()),
            "sslkey" => self.client_key = Some(value).filter(|file| !file.is_empty()),
            // As JDBC and others write it.
            "ssl" if value == "false" => self.sslmode = Some("disable".to_owned()),
            "ssl" if matches!(value.as_str(), "true" | "") => {}
            _ => self.notices.extend(parameters::judge(name, &value)?),
        }
        Ok(())
    }

    fn finish(self) -> Result<ParsedUrl> {
        if self.user.is_empty() {
            return Err(refused("The URL names no user.", "Put it before the host: `postgres://user@host/database`."));
        }
        if self.host.contains(',') || self.port.as_deref().is_some_and(|port| port.contains(',')) {
            return Err(refused(
                "The URL names several hosts.",
                "Publishing needs the one primary server. Give its host only, or the address that always leads to it.",
            ));
        }
        if self.host.is_empty() {
            return Err(refused("The URL names no host.", "Put it after the user: `postgres://user@host/database`."));
        }
        let port = match self.port.as_deref().filter(|port| !port.is_empty()) {
            Some(port) => port.parse().ok().filter(|port| *port > 0).ok_or_else(|| {
                refused("The port in the URL is not a number from 1 to 65535.", "PostgreSQL usually listens on 5432.")
            })?,
            None => 5432,
        };
        let mut notices = self.notices;
        let tls = tls_mode(&self.host, self.sslmode.as_deref(), &mut notices)?;
        Ok(ParsedUrl {
            database: if self.database.is_empty() { self.user.clone() } else { self.database },
            host: self.host,
            port,
            user: self.user,
            tls,
            ca_file: self.ca_file,
            client_certificate: self.client_certificate,
            client_key: self.client_key,
            is_pgbouncer: self.is_pgbouncer,
            password: self.password,
            notices,
        })
    }
}

fn tls_mode(host: &str, sslmode: Option<&str>, notices: &mut Vec<String>) -> Result<TlsMode> {
    let is_local = is_local_host(host);
    // Nobody can listen between a Unix socket's ends, and PostgreSQL does not encrypt there.
    if host.starts_with('/') {
        return Ok(TlsMode::Disable);
    }
    match sslmode {
        Some("verify-full") => Ok(TlsMode::VerifyFull),
        Some("verify-ca") => Ok(TlsMode::VerifyCa),
        Some("require") => Ok(TlsMode::Require),
        Some("disable") if is_local => Ok(TlsMode::Disable),
        Some("disable") => Err(refused(
            "The URL switches encryption off for another machine.",
            "Remove `sslmode=disable`. An unencrypted connection is possible on this machine only.",
        )),
        None | Some("allow" | "prefer") if is_local => Ok(TlsMode::Disable),
        None => Ok(TlsMode::VerifyFull),
        Some(weak @ ("allow" | "prefer")) => {
            notices.push(format!("`sslmode={weak}` may go unencrypted; `verify-full` is used instead."));
            Ok(TlsMode::VerifyFull)
        }
        Some(other) => Err(refused(
            &format!("The URL has the unknown `sslmode` `{}`.", shown(other)),
            "Use `verify-full`, `verify-ca`, `require`, or `disable` on this machine.",
        )),
    }
}

fn split_address(address: &str) -> Result<(&str, Option<&str>)> {
    if let Some(inside) = address.strip_prefix('[') {
        let (host, after) = inside.split_once(']').ok_or_else(|| {
            refused("The address in the URL begins with `[` and never ends.", "Write it as `[::1]:5432`.")
        })?;
        return Ok((host, after.strip_prefix(':')));
    }
    // A list of hosts has a colon for each; it is refused later, in words about lists.
    if address.contains(',') {
        return Ok((address, None));
    }
    Ok(address.split_once(':').map_or((address, None), |(host, port)| (host, Some(port))))
}

/// Resolves percent escapes.
fn decode(text: &str, what: &str) -> Result<String> {
    let bad = || {
        refused(
            &format!("The {what} in the URL has a `%` that is no valid escape."),
            "Write a percent sign as `%25`, an at sign as `%40`, a colon as `%3A`, a slash as `%2F`.",
        )
    };
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16)).ok_or_else(bad);
        bytes.push((digit(rest.next())? * 16 + digit(rest.next())?) as u8);
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text),
        _ => Err(bad()),
    }
}

/// A parameter for a message: short and of plain characters, in case a password slipped into it.
pub(super) fn shown(text: &str) -> String {
    text.chars()
        .take_while(|character| character.is_ascii_alphanumeric() || "_-.".contains(*character))
        .take(30)
        .collect()
}

pub(super) fn refused(message: &str, hint: &str) -> Error {
    Error::invalid(message).with_field("url").with_hint(hint)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(url: &str) -> ParsedUrl {
        parse_url(url).unwrap_or_else(|error| panic!("{url}: {error}"))
    }

    #[test]
    fn every_part_of_a_url_is_understood_and_decoded() {
        let url = parsed(
            "postgresql://writer%40corp:p%40ss%3Aw%2Frd@db.example.com:6543/walk%20throughs\
             ?sslmode=verify-ca&sslrootcert=/etc/ca%20s.pem&pgbouncer=true&application_name=x&connect_timeout=9",
        );
        assert_eq!((url.user.as_str(), url.host.as_str(), url.port), ("writer@corp", "db.example.com", 6543));
        assert_eq!(url.password.as_ref().map(Secret::expose), Some("p@ss:w/rd"));
        assert_eq!((url.database.as_str(), url.tls), ("walk throughs", TlsMode::VerifyCa));
        assert_eq!((url.ca_file.as_deref(), url.is_pgbouncer), (Some("/etc/ca s.pem"), true));
        assert_eq!(url.notices.len(), 2, "{:?}", url.notices);
        assert!(!format!("{url:?}").contains("p@ss"));
    }

    #[test]
    fn what_is_left_out_has_safe_defaults() {
        let url = parsed("postgres://writer@db.example.com");
        assert_eq!((url.port, url.database.as_str(), url.tls), (5432, "writer", TlsMode::VerifyFull));
        assert_eq!(url.password, None);
        assert_eq!(parsed("postgres://w@localhost/d").tls, TlsMode::Disable);
        assert_eq!(parsed("postgres://w@127.0.0.1/d?sslmode=verify-full").tls, TlsMode::VerifyFull);
        let weak = parsed("postgres://w@db.example.com/d?sslmode=prefer");
        assert_eq!((weak.tls, weak.notices.len()), (TlsMode::VerifyFull, 1));
    }

    #[test]
    fn sockets_and_numeric_addresses_are_understood() {
        let url = parsed("postgres://w@/d?host=/run/pg&port=5433");
        assert_eq!((url.host.as_str(), url.port, url.tls), ("/run/pg", 5433, TlsMode::Disable));
        assert_eq!(parsed("postgres://w@%2Frun%2Fpg:5433/d").host, "/run/pg");
        let url = parsed("postgres://w@[::1]:5433/d");
        assert_eq!((url.host.as_str(), url.port, url.tls), ("::1", 5433, TlsMode::Disable));
    }

    #[test]
    fn every_refusal_says_what_and_how_and_never_shows_the_password() {
        for (url, expected) in [
            ("mysql://u:hunter2@h/d", "not a `postgres://` URL"),
            ("host=h user=u password=hunter2", "not a `postgres://` URL"),
            ("postgres://:hunter2@h/d", "no user"),
            ("postgres://u:hunter2@/d", "no host"),
            ("postgres://u:hunter2@a,b/d", "several hosts"),
            ("postgres://u:hunter2@a:1,b:2/d", "several hosts"),
            ("postgres://u:hunter2@h:0/d", "port"),
            ("postgres://u:hunter2@h:port/d", "port"),
            ("postgres://u:hunter2@[::1/d", "begins with `[`"),
            ("postgres://u:hunter2%zz@h/d", "password in the URL has a `%`"),
            ("postgres://u:hunter2@h/d?sslmode=maybe", "unknown `sslmode` `maybe`"),
            ("postgres://u:hunter2@h/d?sslmode=disable", "switches encryption off"),
        ] {
            let error = parse_url(url).expect_err(url);
            assert!(error.message.contains(expected), "{url}: {error}");
            assert_eq!(error.field.as_deref(), Some("url"));
            assert!(error.hint.is_some() && !format!("{error:?}").contains("hunter2"), "{error:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_never_panics(text in "(postgres://)?.{0,60}") {
            let _ = parse_url(&text);
        }
    }
}
