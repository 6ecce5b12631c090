//! Parameters of a URL that are no part of a connection: honored already, without effect (and said so), or refused because
//! ignoring them would do something else than was asked for. None is passed over in silence.

use super::url::{refused, shown};
use crate::error::Result;

/// What to do with a parameter that wishes for something.
enum Verdict {
    /// Waymark does just this.
    Honored,
    /// It changes nothing that matters; the sentence says what is so instead.
    Without(&'static str),
    /// Waymark would do something else: why, and what to do.
    Refused(&'static str, &'static str),
}

use Verdict::{Honored, Refused, Without};

const REMOVE: &str = "Remove it from the URL.";
const FOR_THE_ROLE: &str = "Remove it from the URL, and set it for the role: `ALTER ROLE … SET …`. Behind PgBouncer it could not be set at all.";

/// The sentence to show about a parameter, if one is due.
///
/// # Errors
/// `InvalidInput` on the field `url` where the parameter cannot be honored, or is unknown.
pub(super) fn judge(name: &str, value: &str) -> Result<Option<String>> {
    match verdict(name, value) {
        Some(Honored) => Ok(None),
        Some(Without(instead)) => Ok(Some(format!("`{}` has no effect here: {instead}", shown(name)))),
        Some(Refused(why, hint)) => Err(refused(&format!("The URL has `{}`, and {why}.", written(name, value)), hint)),
        None => Err(refused(
            &format!("The URL has the parameter `{}`, which Waymark does not know.", shown(name)),
            "Remove it from the URL, or check its spelling.",
        )),
    }
}

/// With its value only where that is one of a few known words, in case a password slipped into it.
fn written(name: &str, value: &str) -> String {
    const WORDS: [&str; 12] = [
        "require",
        "direct",
        "random",
        "read-only",
        "standby",
        "prefer-standby",
        "database",
        "on",
        "true",
        "0",
        "1",
        "TLSv1.3",
    ];
    match WORDS.contains(&value) {
        true => format!("{}={value}", shown(name)),
        false => shown(name),
    }
}

fn verdict(name: &str, value: &str) -> Option<Verdict> {
    let is = |words: &[&str]| words.contains(&value);
    Some(match name {
        "application_name" | "fallback_application_name" => Without("the name is always `waymark`."),
        "connect_timeout" | "connection_timeout" | "connectTimeout" => {
            Without("Waymark waits 7.5 seconds for a connection and 8 for an answer.")
        }
        "keepalives" | "keepalives_idle" | "keepalives_interval" | "keepalives_count" | "tcp_user_timeout" => {
            Without("a database that says nothing is given up after 8 seconds.")
        }
        "connection_limit" | "pool_timeout" | "pool_size" | "max_connections" | "max_pool_size" | "pool" => {
            Without("Waymark opens up to four connections.")
        }
        "statement_cache_capacity" | "statement-cache-capacity" | "prepareThreshold" | "prepare_threshold" => {
            Without("`pgbouncer=true` is what makes Waymark prepare no statements.")
        }
        "target_session_attrs" if is(&["", "any", "read-write", "primary"]) => Honored,
        "target_session_attrs" => {
            Refused("publishing needs the primary server", "Remove it, or use `target_session_attrs=primary`.")
        }
        "load_balance_hosts" if is(&["", "disable"]) => Honored,
        "load_balance_hosts" => Refused("a connection leads to one server", REMOVE),
        "channel_binding" if is(&["", "disable", "prefer"]) => Honored,
        "channel_binding" => Refused(
            "Waymark cannot bind a login to its TLS channel",
            "Remove it and use `sslmode=verify-full`, which proves who the server is by its certificate.",
        ),
        "ssl" | "sslaccept" | "sslidentity" | "requiressl" => Refused(
            "how the server is trusted is said with `sslmode`",
            "Use `sslmode=verify-full`, `verify-ca` or `require`.",
        ),
        "sslpassword" => Refused(
            "a key with a passphrase cannot be used",
            "Give a key file without one, readable by you alone: `openssl pkey -in old.key -out new.key`.",
        ),
        "sslcrl" | "sslcrldir" => Refused("revocation lists are not read", REMOVE),
        "sslcertmode" if is(&["", "allow"]) => Honored,
        "sslcertmode" => Refused("a certificate is sent where one is given and the server asks for it", REMOVE),
        "sslnegotiation" if is(&["", "postgres"]) => Honored,
        "sslnegotiation" => Refused("encryption is negotiated the usual way", "Use `sslnegotiation=postgres`."),
        "sslsni" if is(&["", "1"]) => Honored,
        "sslsni" => Refused("the host's name is always sent", REMOVE),
        "sslcompression" if is(&["", "0"]) => Honored,
        "sslcompression" => Refused("nothing is compressed", REMOVE),
        "ssl_min_protocol_version" | "sslminprotocolversion" if is(&["", "TLSv1", "TLSv1.1", "TLSv1.2"]) => Honored,
        "ssl_max_protocol_version" | "sslmaxprotocolversion" if is(&["", "TLSv1.3"]) => Honored,
        "ssl_min_protocol_version" | "sslminprotocolversion" | "ssl_max_protocol_version" | "sslmaxprotocolversion" => {
            Refused("Waymark uses TLS 1.2 or 1.3, whichever the server can", REMOVE)
        }
        "gssencmode" if is(&["", "disable", "prefer"]) => Honored,
        "gssencmode" | "krbsrvname" | "gsslib" | "gssdelegation" => Refused("Waymark has no GSSAPI (Kerberos)", REMOVE),
        "require_auth" | "requirepeer" => Refused("the way to log in is the server's choice", REMOVE),
        "min_protocol_version" | "max_protocol_version" if is(&["", "3.0", "latest"]) => Honored,
        "min_protocol_version" | "max_protocol_version" => Refused("Waymark speaks protocol 3.0", REMOVE),
        "passfile" => Refused("passwords are kept in the keyring", "Remove it, and enter the password once."),
        "service" | "servicefile" => {
            Refused("service files are not read", "Write host, port, database and user into the URL.")
        }
        "client_encoding" | "encoding" if is(&["", "auto", "UTF8", "utf8", "UTF-8", "utf-8"]) => Honored,
        "client_encoding" | "encoding" => Refused("Waymark speaks UTF-8", REMOVE),
        "replication" if is(&["", "false", "0", "off", "no"]) => Honored,
        "replication" => Refused("publishing needs an ordinary connection", REMOVE),
        "schema" | "currentSchema" | "search_path" if is(&["", "public"]) => Honored,
        "options" if value.trim().is_empty() => Honored,
        "options" | "schema" | "currentSchema" | "search_path" | "statement_timeout" | "lock_timeout" => {
            Refused("settings of a session are not sent from here", FOR_THE_ROLE)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse_url;

    #[test]
    fn every_common_parameter_is_honored_said_to_have_no_effect_or_refused() {
        for (query, outcome) in [
            ("target_session_attrs=read-write", Ok(0)),
            ("target_session_attrs=primary&channel_binding=prefer&gssencmode=disable&sslsni=1", Ok(0)),
            ("ssl=true", Ok(0)),
            ("client_encoding=UTF8&schema=public&options=", Ok(0)),
            ("application_name=x&connect_timeout=9&keepalives=1", Ok(3)),
            ("connection_limit=5&pool_timeout=3", Ok(2)),
            ("target_session_attrs=standby", Err("`target_session_attrs=standby`, and publishing needs the primary")),
            ("channel_binding=require", Err("cannot bind")),
            ("options=-c%20search_path%3Dhunter2", Err("`options`, and settings of a session")),
            ("sslpassword=hunter2", Err("a key with a passphrase")),
            ("sslcrl=/etc/crl.pem", Err("revocation lists")),
            ("sslnegotiation=direct", Err("negotiated the usual way")),
            ("ssl_min_protocol_version=TLSv1.3", Err("TLS 1.2 or 1.3")),
            ("gssencmode=require", Err("GSSAPI")),
            ("service=acme", Err("service files")),
            ("replication=database", Err("ordinary connection")),
            ("client_encoding=LATIN1", Err("UTF-8")),
            ("load_balance_hosts=random", Err("one server")),
            ("sslmod=require", Err("the parameter `sslmod`, which Waymark does not know")),
            ("hunter2%20%60=hunter2", Err("does not know")),
        ] {
            let url = format!("postgres://w:hunter2@db.example.com/d?{query}");
            match (parse_url(&url), outcome) {
                (Ok(parsed), Ok(notices)) => assert_eq!(parsed.notices.len(), notices, "{query}: {:?}", parsed.notices),
                (Err(error), Err(words)) => {
                    assert!(error.message.contains(words) && error.hint.is_some(), "{query}: {error:?}");
                    assert_eq!(error.field.as_deref(), Some("url"));
                    let is_name = query.starts_with("hunter2");
                    assert!(is_name || !format!("{error:?}").contains("hunter2"), "{error:?}");
                }
                (got, _) => panic!("{query}: {got:?}"),
            }
        }
    }

    #[test]
    fn a_certificate_of_ones_own_is_read_off_the_url() {
        let url = parse_url("postgres://w@h/d?sslcert=/etc/w%20.pem&sslkey=/etc/w.key").expect("good");
        assert_eq!(url.client_certificate.as_deref(), Some("/etc/w .pem"));
        assert_eq!(url.client_key.as_deref(), Some("/etc/w.key"));
        assert_eq!(parse_url("postgres://w@h/d?sslcert=&sslkey=").expect("good").client_certificate, None);
    }
}
