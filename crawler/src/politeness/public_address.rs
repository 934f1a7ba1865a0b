//! Which addresses may be connected to: public ones only (server-side request forgery).
//!
//! The blocks are those of the IANA special-purpose address registries (RFC 6890 and its
//! successors). Addresses that carry another address within them (mapped, NAT64, 6to4) are refused
//! altogether: nothing public needs them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether a crawler may connect there. `allow_loopback` is for tests and the demo.
pub(crate) fn may_connect(address: IpAddr, allow_loopback: bool) -> bool {
    (allow_loopback && address.is_loopback()) || is_public(address)
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    const BLOCKS: [([u8; 4], u32); 15] = [
        ([0, 0, 0, 0], 8),
        ([10, 0, 0, 0], 8),
        ([100, 64, 0, 0], 10),
        ([127, 0, 0, 0], 8),
        ([169, 254, 0, 0], 16),
        ([172, 16, 0, 0], 12),
        ([192, 0, 0, 0], 24),
        ([192, 0, 2, 0], 24),
        ([192, 88, 99, 0], 24),
        ([192, 168, 0, 0], 16),
        ([198, 18, 0, 0], 15),
        ([198, 51, 100, 0], 24),
        ([203, 0, 113, 0], 24),
        ([224, 0, 0, 0], 4),
        ([240, 0, 0, 0], 4),
    ];
    // Within 192.0.0.0/24 two anycast addresses are public (RFC 7723, RFC 8155).
    if matches!(address.octets(), [192, 0, 0, 9 | 10]) {
        return true;
    }
    let bits = u32::from(address);
    !BLOCKS
        .iter()
        .any(|(block, length)| bits >> (32 - length) == u32::from_be_bytes(*block) >> (32 - length))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let bits = u128::from(address);
    let within = |block: u128, length: u32| bits >> (128 - length) == block >> (128 - length);
    let of = |a: u128, b: u128| a << 112 | b << 96;
    // Only 2000::/3 is handed out for global unicast.
    if !within(of(0x2000, 0), 3) {
        return false;
    }
    // Parts of 2001::/23 that are public (RFC 7954, 7343, 9374 and the anycast addresses).
    let public_parts = [
        (of(0x2001, 1) | 1, 128),
        (of(0x2001, 1) | 2, 128),
        (of(0x2001, 3), 32),
        (of(0x2001, 4) | 0x0112 << 80, 48),
        (of(0x2001, 0x20), 28),
        (of(0x2001, 0x30), 28),
    ];
    if public_parts
        .iter()
        .any(|(block, length)| within(*block, *length))
    {
        return true;
    }
    let refused = [
        (of(0x2001, 0), 23),
        (of(0x2001, 0x0DB8), 32),
        (of(0x2002, 0), 16),
        (of(0x3FFF, 0), 20),
    ];
    !refused
        .iter()
        .any(|(block, length)| within(*block, *length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::shared;

    #[test]
    fn published_table() {
        let Some(text) = shared("crawler/ssrf/ip_cases.jsonl") else {
            return;
        };
        let mut stricter = Vec::new();
        let mut n_cases = 0;
        for line in String::from_utf8(text).unwrap().lines() {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            let written = case["ip"].as_str().unwrap();
            let expected = case["fetch_allowed"] == true && case["policy_block"].is_null();
            let found = may_connect(written.parse().unwrap(), false);
            n_cases += 1;
            assert!(!found || expected, "{written} must be refused");
            if expected && !found {
                stricter.push(written.to_owned());
            }
        }
        assert_eq!(n_cases, 140);
        assert_eq!(stricter, STRICTER);
    }

    /// Refused although the table has them as public: mapped forms of public addresses.
    const STRICTER: [&str; 1] = ["::ffff:8.8.8.8"];

    #[test]
    fn loopback_only_when_allowed() {
        for written in ["127.0.0.1", "127.3.2.1", "::1"] {
            let address: IpAddr = written.parse().unwrap();
            assert!(may_connect(address, true));
            assert!(!may_connect(address, false));
        }
        assert!(!may_connect("::ffff:127.0.0.1".parse().unwrap(), true));
        assert!(!may_connect("10.0.0.1".parse().unwrap(), true));
    }
}
