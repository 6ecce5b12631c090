//! What a connection must have before it is kept.

use waymark_core::{
    connection::{self, Connection, TlsMode},
    error::{Error, Result},
    limits,
};

/// Characters in a name; it stands in menus and buttons.
const NAME_MAX: usize = 60;

/// The connection without white space around its texts, if it is complete.
pub(super) fn checked(mut connection: Connection) -> Result<Connection> {
    let texts = [
        ("name", "a name", "It stands in menus and on the command line.", &mut connection.name),
        ("host", "a host", "Give a host name, an address, or the folder of a Unix socket.", &mut connection.host),
        ("database", "a database", "Give the name of the database on that host.", &mut connection.database),
        ("user", "a user", "Give the role to log in as.", &mut connection.user),
        (
            "organization",
            "an organization",
            "Give the id of the organization whose walkthroughs these are.",
            &mut connection.organization.0,
        ),
    ];
    for (field, what, hint, text) in texts {
        *text = text.trim().to_owned();
        limits::check_text(field, "The connection", text)?;
        if text.is_empty() {
            return Err(Error::invalid(format!("The connection needs {what}.")).with_field(field).with_hint(hint));
        }
    }
    connection.ca_file = named_file(connection.ca_file);
    connection.client_certificate = named_file(connection.client_certificate);
    connection.client_key = named_file(connection.client_key);
    let asset_base_url = connection.asset_base_url.take().filter(|url| !url.trim().is_empty());
    connection.asset_base_url = asset_base_url.map(|url| connection::asset_base_url(&url)).transpose()?;
    check_values(&connection)?;
    Ok(connection)
}

fn named_file(path: Option<String>) -> Option<String> {
    path.map(|path| path.trim().to_owned()).filter(|path| !path.is_empty())
}

fn check_values(connection: &Connection) -> Result<()> {
    let length = connection.name.chars().count();
    if length > NAME_MAX {
        return Err(Error::invalid(format!("The connection's name is {length} characters long."))
            .with_field("name")
            .with_hint(format!("It may have up to {NAME_MAX}.")));
    }
    if connection.port == 0 {
        return Err(Error::invalid("The port is 0.").with_field("port").with_hint("Postgres listens on 5432 usually."));
    }
    if connection.tls == TlsMode::Disable && !connection.is_local() {
        return Err(Error::invalid(format!(
            "`{}` is not this machine, so TLS cannot be switched off.",
            connection.host
        ))
        .with_field("tls")
        .with_hint("Use `verify-full`, with a CA file if the certificate is not from a public authority."));
    }
    connection::check_client_certificate(connection)
}
