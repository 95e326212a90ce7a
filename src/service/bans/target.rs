//! What can be put on the ban list: the fingerprint of a key, an address, a network.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::domain::prevention::BanKind;

/// The widest network that can be banned: 1/256 of all IPv4 addresses.
const V4_BITS_MIN: u8 = 8;
/// The same for IPv6: what a whole registry region hands out in pieces.
const V6_BITS_MIN: u8 = 16;
/// A network wider than this is asked about once more: a /16 is a provider.
const V4_BITS_WIDE: u8 = 16;
/// The same for IPv6: a /32 is a provider.
const V6_BITS_WIDE: u8 = 32;
/// What one IPv6 customer has to themselves: a narrower ban would be left with the next address.
const V6_BITS_MAX: u8 = 64;
/// Characters of a SHA-256 hash in base64 without padding.
const FINGERPRINT_CHARS: usize = 43;

/// Why something cannot be put on the list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BanError {
    /// Neither a fingerprint nor an address.
    #[error(
        "Give a fingerprint (SHA256:… as ssh-keygen -l prints it), an address (192.0.2.7) or a network (192.0.2.0/24)."
    )]
    Unreadable,
    /// It begins like a fingerprint and is none.
    #[error("A fingerprint is SHA256: and {FINGERPRINT_CHARS} letters, as ssh-keygen -l prints it.")]
    Fingerprint,
    /// It would hold a good part of everybody.
    #[error("That network is too wide. The widest are 192.0.2.0/{V4_BITS_MIN} and 2001:db8::/{V6_BITS_MIN}.")]
    Wide,
}

/// What is banned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BanTarget {
    /// A key, by its fingerprint.
    Key(String),
    /// An address or a network.
    Network(Network),
}

impl BanTarget {
    /// Reads a fingerprint, an address or a network.
    ///
    /// # Errors
    /// When it is none of them, or too wide a network.
    pub fn parse(text: &str) -> Result<Self, BanError> {
        let text = text.trim();
        let Some(hash) = text.strip_prefix("SHA256:") else { return Network::parse(text).map(Self::Network) };
        let plain = hash.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/'));
        if plain && hash.len() == FINGERPRINT_CHARS {
            Ok(Self::Key(text.to_owned()))
        } else {
            Err(BanError::Fingerprint)
        }
    }

    /// What kind it is.
    pub fn kind(&self) -> BanKind {
        match self {
            Self::Key(_) => BanKind::Key,
            Self::Network(_) => BanKind::Network,
        }
    }
}

impl fmt::Display for BanTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(fingerprint) => f.write_str(fingerprint),
            Self::Network(network) => network.fmt(f),
        }
    }
}

/// An address or a network. One of IPv6 is a /64 at least, as addresses are counted everywhere in hob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u8,
}

impl Network {
    /// Reads `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/48`. An IPv6 address, or one with more than 64 bits, becomes its
    /// /64; an IPv4 address written as IPv6 becomes itself.
    ///
    /// # Errors
    /// When it is none, or too wide.
    pub fn parse(text: &str) -> Result<Self, BanError> {
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text.trim(), None),
        };
        let address: IpAddr = address.parse().map_err(|_| BanError::Unreadable)?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            Some(bits) => bits.parse::<u8>().map_err(|_| BanError::Unreadable)?,
            None => width,
        };
        if bits > width {
            return Err(BanError::Unreadable);
        }
        let (address, bits) = match address.to_canonical() {
            IpAddr::V4(four) if width == 128 => (IpAddr::V4(four), bits.saturating_sub(96)),
            // Loopback has one address, and everybody who comes through a tunnel has that one.
            IpAddr::V6(six) if six == Ipv6Addr::LOCALHOST && bits == 128 => (IpAddr::V6(six), bits),
            IpAddr::V6(six) => (IpAddr::V6(six), bits.min(V6_BITS_MAX)),
            other => (other, bits),
        };
        let least = if address.is_ipv4() { V4_BITS_MIN } else { V6_BITS_MIN };
        if bits < least {
            return Err(BanError::Wide);
        }
        Ok(Self { first: masked(address, bits), bits })
    }

    /// Whether an address lies in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.first.is_ipv4() && masked(address, self.bits) == self.first
    }

    /// Whether the two have an address in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.contains(other.first) || other.contains(self.first)
    }

    /// Whether it holds an address of this machine itself, as tunnels and proxies have.
    pub fn holds_loopback(&self) -> bool {
        let loopback = Self { first: IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), bits: 8 };
        self.overlaps(&loopback) || self.contains(IpAddr::V6(Ipv6Addr::LOCALHOST))
    }

    /// Whether it is as wide as a provider.
    pub fn is_wide(&self) -> bool {
        let least = if self.first.is_ipv4() { V4_BITS_WIDE } else { V6_BITS_WIDE };
        self.bits < least
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = if self.first.is_ipv4() { 32 } else { 128 };
        match self.bits == whole {
            true => write!(f, "{}", self.first),
            false => write!(f, "{}/{}", self.first, self.bits),
        }
    }
}

/// An address with everything behind its first bits set to zero.
fn masked(address: IpAddr, bits: u8) -> IpAddr {
    let bits = u32::from(bits);
    match address {
        IpAddr::V4(four) => {
            let mask = u32::MAX.checked_shl(32 - bits.min(32)).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(four.to_bits() & mask))
        }
        IpAddr::V6(six) => {
            let mask = u128::MAX.checked_shl(128 - bits.min(128)).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & mask))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn network(text: &str) -> Network {
        Network::parse(text).unwrap()
    }

    #[test]
    fn m6_an_address_or_a_network_is_read_and_written_in_one_way() {
        for (written, shown) in [
            ("192.0.2.7", "192.0.2.7"),
            (" 192.0.2.7/24 ", "192.0.2.0/24"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:3::4/128", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::/48", "2001:db8:1::/48"),
            ("::1", "::1"),
        ] {
            assert_eq!(network(written).to_string(), shown, "{written}");
            assert_eq!(network(shown), network(written));
        }
        for wrong in ["", "192.0.2", "192.0.2.0/33", "192.0.2.0/x", "here", "2001:db8::/129"] {
            assert_eq!(Network::parse(wrong), Err(BanError::Unreadable), "{wrong}");
        }
        for wide in ["0.0.0.0/0", "10.0.0.0/7", "::/0", "2000::/3", "::ffff:10.0.0.0/96"] {
            assert_eq!(Network::parse(wide), Err(BanError::Wide), "{wide}");
        }
    }

    #[test]
    fn m6_a_fingerprint_is_whole_or_none() {
        let whole = format!("SHA256:{}", "a".repeat(43));
        assert_eq!(BanTarget::parse(&whole), Ok(BanTarget::Key(whole.clone())));
        for part in ["SHA256:", "SHA256:abc", &format!("{whole}a"), &whole.replace('a', "?")] {
            assert_eq!(BanTarget::parse(part), Err(BanError::Fingerprint), "{part}");
        }
        assert_eq!(BanTarget::parse("192.0.2.7").unwrap().kind(), BanKind::Network);
    }

    #[test]
    fn m6_loopback_and_wide_networks_are_known() {
        for loopback in ["127.0.0.1", "127.9.9.9/24", "::1", "::/16"] {
            assert!(network(loopback).holds_loopback(), "{loopback}");
        }
        assert!(!network("128.0.0.0/8").holds_loopback());
        assert!(network("10.0.0.0/15").is_wide() && !network("10.0.0.0/16").is_wide());
        assert!(network("2001::/31").is_wide() && !network("2001:db8::/32").is_wide());
        assert!(!network("192.0.2.0/24").contains("::1".parse().unwrap()));
    }

    proptest! {
        /// M6: a network holds exactly the addresses that share its first bits, whichever way they are written.
        #[test]
        fn m6_a_network_holds_what_shares_its_first_bits(first: u32, other: u32, bits in 8_u8..=32) {
            let held = network(&format!("{}/{bits}", Ipv4Addr::from_bits(first)));
            let shares = (first ^ other).leading_zeros() >= u32::from(bits);
            let address = Ipv4Addr::from_bits(other);
            prop_assert_eq!(held.contains(IpAddr::V4(address)), shares);
            prop_assert_eq!(held.contains(IpAddr::V6(address.to_ipv6_mapped())), shares);
        }
    }
}
