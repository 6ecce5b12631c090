//! A certificate for `localhost` by a CA of its own, and another CA that signed nothing.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use waymark_cluster::Cluster;

/// Makes the files and gives the settings that use them. Only TLS connections with a password are let in over TCP.
pub fn create(dir: &Path, server: &Cluster) -> io::Result<Vec<(&'static str, String)>> {
    authority(dir, "ca", "Waymark test CA")?;
    authority(dir, "other-ca", "Another test CA")?;
    fs::write(dir.join("names"), "subjectAltName=DNS:localhost\n")?;
    openssl(
        dir,
        "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout server.key -out server.csr",
        &["-subj", "/CN=localhost"],
    )?;
    openssl(
        dir,
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile names -out server.pem",
        &[],
    )?;
    for file in ["server.key", "server.pem"] {
        server.account().own(&dir.join(file)).map_err(io::Error::other)?;
    }
    fs::set_permissions(dir.join("server.key"), fs::Permissions::from_mode(0o600))?;
    let access = "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n";
    server.write_file("pg_hba.conf", access).map_err(io::Error::other)?;
    let file = |name: &str| dir.join(name).display().to_string();
    Ok(vec![
        ("listen_addresses", "127.0.0.1".to_owned()),
        ("ssl", "on".to_owned()),
        ("ssl_cert_file", file("server.pem")),
        ("ssl_key_file", file("server.key")),
    ])
}

fn authority(dir: &Path, name: &str, subject: &str) -> io::Result<()> {
    let files = format!("-keyout {name}.key -out {name}.pem");
    let request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30";
    openssl(dir, &format!("{request} {files}"), &["-subj", &format!("/CN={subject}")])
}

fn openssl(dir: &Path, arguments: &str, last: &[&str]) -> io::Result<()> {
    let output = Command::new("openssl").args(arguments.split(' ')).args(last).current_dir(dir).output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("openssl failed: {}", String::from_utf8_lossy(&output.stderr))))
}
