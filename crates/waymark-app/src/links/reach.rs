//! Which addresses of the internet may be connected to.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Where names are looked up.
#[derive(Debug, Clone)]
pub enum Lookup {
    /// As everything on this machine does.
    System,
    /// In a list: for tests.
    #[cfg_attr(not(test), expect(dead_code, reason = "only tests know addresses beforehand"))]
    Fixed(Arc<HashMap<String, Vec<IpAddr>>>),
}

/// What may be reached.
#[derive(Debug, Clone)]
pub struct Reach {
    lookup: Lookup,
    /// `host` or `host:port`, in lower case.
    allowed: Arc<[String]>,
}

/// What is said where a name only leads to private addresses.
pub const PRIVATE: &str = "leads into a private network";

impl Reach {
    pub fn new(lookup: Lookup, allowed: Vec<String>) -> Self {
        Self { lookup, allowed: allowed.into_iter().map(|host| host.trim().to_lowercase()).collect() }
    }

    /// Whether an address may be asked, as far as it says itself; a name is judged when it is looked up.
    pub fn may_ask(&self, url: &Url) -> bool {
        if self.is_allowed(url) {
            return true;
        }
        match url.host() {
            Some(Host::Ipv4(address)) => is_public(address.into()),
            Some(Host::Ipv6(address)) => is_public(address.into()),
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                name.contains('.')
                    && !name.ends_with(".localhost")
                    && !name.ends_with(".local")
                    && !name.ends_with(".internal")
            }
            None => false,
        }
    }

    /// Whether the host was allowed by name: then its addresses are not judged.
    pub fn is_allowed(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let host = host.to_lowercase();
        let with_port = format!("{host}:{}", url.port_or_known_default().unwrap_or_default());
        self.allowed.iter().any(|known| *known == host || *known == with_port)
    }

    /// Looks names up for requests whose host was not allowed: what is private is left out.
    pub fn public(&self) -> Arc<dyn Resolve> {
        Arc::new(Resolver { lookup: self.lookup.clone(), is_judged: true })
    }

    /// Looks names up for hosts that were allowed.
    pub fn any(&self) -> Arc<dyn Resolve> {
        Arc::new(Resolver { lookup: self.lookup.clone(), is_judged: false })
    }
}

struct Resolver {
    lookup: Lookup,
    is_judged: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, is_judged) = (self.lookup.clone(), self.is_judged);
        Box::pin(async move {
            let found: Vec<SocketAddr> = match lookup {
                Lookup::System => tokio::net::lookup_host((name.as_str(), 0)).await?.collect(),
                Lookup::Fixed(names) => {
                    let known = names.get(name.as_str()).into_iter().flatten();
                    known.map(|address| SocketAddr::new(*address, 0)).collect()
                }
            };
            let (had_any, left) =
                (!found.is_empty(), found.into_iter().filter(|found| !is_judged || is_public(found.ip())));
            let left: Vec<SocketAddr> = left.collect();
            if left.is_empty() {
                return Err(if had_any { PRIVATE.into() } else { "the name does not exist".into() });
            }
            Ok(Box::new(left.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is on the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
        || (a == 192 && b == 0 && c == 0);
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let parts = address.segments();
    let last = Ipv4Addr::from((u32::from(parts[6]) << 16) | u32::from(parts[7]));
    // Addresses that carry one of version 4: NAT64 at the end, 6to4 behind the prefix.
    if parts[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        return is_public_v4(last);
    }
    if parts[0] == 0x2002 {
        return is_public_v4(Ipv4Addr::from((u32::from(parts[1]) << 16) | u32::from(parts[2])));
    }
    // Only 2000::/3 is given out; of it not 2001::/23 (protocols) and 2001:db8::/32 (documentation).
    let is_global = parts[0] & 0xe000 == 0x2000;
    is_global && !(parts[0] == 0x2001 && (parts[1] < 0x200 || parts[1] == 0xdb8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_is_reached() {
        for address in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.2.1",
            "192.0.0.8",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "::127.0.0.1",
        ] {
            assert!(!is_public(address.parse().expect("an address")), "{address}");
        }
        for address in ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"] {
            assert!(is_public(address.parse().expect("an address")), "{address}");
        }
    }

    #[test]
    fn what_an_address_says_itself_is_judged_before_anything_is_looked_up() {
        let reach = Reach::new(Lookup::System, vec!["wiki.corp".to_owned(), "127.0.0.1:8080".to_owned()]);
        let may = |url: &str| reach.may_ask(&Url::parse(url).expect("a URL"));
        for url in [
            "http://localhost/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]/",
            "http://router/",
            "http://a.internal/",
            "http://127.0.0.1:8081/",
        ] {
            assert!(!may(url), "{url}");
        }
        for url in ["https://docs.rs/", "http://wiki.corp/x", "http://127.0.0.1:8080/"] {
            assert!(may(url), "{url}");
        }
    }
}
