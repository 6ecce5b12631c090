//! The PEM files of a connection: read when they are used, and said by name where they cannot be. Their contents are
//! never repeated.

use waymark_core::error::{Error, Result};

const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----";

/// The certificate authority that signed the server's certificate.
pub(super) fn authority(file: &str) -> Result<Vec<u8>> {
    let pem = read(file, "CA file", "ca_file", "the certificate of the authority that signed the server's")?;
    has(&pem, CERTIFICATE).then_some(pem).ok_or_else(|| {
        unusable(
            file,
            "CA file",
            "ca_file",
            "it contains no PEM certificate",
            "the certificate of the authority that signed the server's",
        )
    })
}

/// Our own certificate.
pub(super) fn certificate(file: &str) -> Result<Vec<u8>> {
    const FIELD: &str = "client_certificate";
    let pem = read(file, "client certificate", FIELD, "the certificate that the server's owner signed for you")?;
    has(&pem, CERTIFICATE).then_some(pem).ok_or_else(|| {
        let hint = "the certificate that the server's owner signed for you";
        unusable(file, "client certificate", FIELD, "it contains no PEM certificate", hint)
    })
}

/// Its key.
pub(super) fn key(file: &str) -> Result<Vec<u8>> {
    const FIELD: &str = "client_key";
    const HINT: &str = "the private key of your certificate, without a passphrase";
    let pem = read(file, "client key", FIELD, HINT)?;
    if has(&pem, "ENCRYPTED") {
        return Err(unusable(file, "client key", FIELD, "it is locked with a passphrase", HINT));
    }
    let is_key = ["-----BEGIN PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN EC PRIVATE KEY-----"];
    match is_key.iter().any(|begin| has(&pem, begin)) {
        true => Ok(pem),
        false => Err(unusable(file, "client key", FIELD, "it contains no PEM private key", HINT)),
    }
}

fn read(file: &str, what: &str, field: &str, wanted: &str) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(|error| unusable(file, what, field, &error.to_string(), wanted))
}

fn has(pem: &[u8], text: &str) -> bool {
    pem.windows(text.len()).any(|window| window == text.as_bytes())
}

fn unusable(file: &str, what: &str, field: &str, reason: &str, wanted: &str) -> Error {
    Error::invalid(format!("The {what} `{file}` cannot be used: {reason}."))
        .with_field(field)
        .with_hint(format!("Choose the PEM file with {wanted}."))
}
