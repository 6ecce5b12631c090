//! A certificate for `localhost` by a CA of its own, and another CA that signed nothing.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use waymark_cluster::Cluster;

use super::WITH_CERTIFICATE;

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
    for (name, signer) in [("client", "ca"), ("other-client", "other-ca")] {
        client(dir, name, signer)?;
    }
    let access = format!(
        "local all all trust\nhostssl all {WITH_CERTIFICATE} 127.0.0.1/32 scram-sha-256 clientcert=verify-full\n\
         hostssl all all 127.0.0.1/32 scram-sha-256\n"
    );
    let access = access.as_str();
    server.write_file("pg_hba.conf", access).map_err(io::Error::other)?;
    let file = |name: &str| dir.join(name).display().to_string();
    Ok(vec![
        ("listen_addresses", "127.0.0.1".to_owned()),
        ("ssl", "on".to_owned()),
        ("ssl_cert_file", file("server.pem")),
        ("ssl_key_file", file("server.key")),
        ("ssl_ca_file", file("ca.pem")),
    ])
}

fn authority(dir: &Path, name: &str, subject: &str) -> io::Result<()> {
    let files = format!("-keyout {name}.key -out {name}.pem");
    let request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30";
    openssl(dir, &format!("{request} {files}"), &["-subj", &format!("/CN={subject}")])
}

/// A certificate for the role [`WITH_CERTIFICATE`].
fn client(dir: &Path, name: &str, signer: &str) -> io::Result<()> {
    let request = "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    let subject = format!("/CN={WITH_CERTIFICATE}");
    openssl(dir, &format!("{request} -keyout {name}.key -out {name}.csr"), &["-subj", &subject])?;
    fs::write(dir.join("use"), "extendedKeyUsage=clientAuth\n")?;
    let sign = format!("x509 -req -in {name}.csr -CA {signer}.pem -CAkey {signer}.key -CAcreateserial -days 30");
    openssl(dir, &format!("{sign} -extfile use -out {name}.pem"), &[])
}

fn openssl(dir: &Path, arguments: &str, last: &[&str]) -> io::Result<()> {
    let output = Command::new("openssl").args(arguments.split(' ')).args(last).current_dir(dir).output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("openssl failed: {}", String::from_utf8_lossy(&output.stderr))))
}
