//! OpenSSH user certificates (D10): which authorities are listed, and whether a certificate that somebody proved opens an
//! account. A pass in somebody's own hand, with no token and no third party. The transport has checked the two signatures
//! (the holder's, and the authority's over the certificate); everything else is decided here, in one function.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::accounts::KeyLine;
use super::{ProvedKey, Service};
use crate::domain::ids::MemberId;
use crate::domain::text::clean_line;
use crate::domain::time::Timestamp;
use crate::store::{keys, members};

/// Principals of one certificate that are looked up at the door.
const HANDLES_TRIED_MAX: usize = 8;

/// What stands before the key of an authority in an authorized_keys file.
const MARKER: &str = "cert-authority";

/// The authorities that are listed in `hob.toml`, and what is said about their certificates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authorities {
    /// Fingerprints of the authorities' keys, with their names.
    listed: BTreeMap<String, String>,
    /// Serial numbers that no longer count, whichever authority gave them.
    revoked: BTreeSet<u64>,
    /// Principals that stand for a handle other than themselves, both folded.
    principals: BTreeMap<String, String>,
}

impl Authorities {
    /// Reads the lines of the file of settings.
    ///
    /// # Errors
    /// The line that is no key, with the reason.
    pub fn parse(
        lines: &[String],
        revoked: &[u64],
        principals: &BTreeMap<String, String>,
    ) -> Result<Self, String> {
        let mut listed = BTreeMap::new();
        for line in lines {
            let line = line.trim();
            let bare = line.strip_prefix(MARKER).map_or(line, str::trim_start);
            let key = KeyLine::parse(bare).map_err(|why| {
                let shown: String = clean_line(line).chars().take(60).collect();
                format!("\"{shown}\" is no key of an authority: {why}")
            })?;
            let name = if key.comment.is_empty() { key.fingerprint.clone() } else { key.comment };
            listed.insert(key.fingerprint, name);
        }
        let fold = |text: &String| text.trim().to_ascii_lowercase();
        let principals = principals.iter().map(|(from, to)| (fold(from), fold(to))).collect();
        Ok(Self { listed, revoked: revoked.iter().copied().collect(), principals })
    }

    /// Whether any is listed: otherwise no certificate opens anything.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Whether a certificate that opened a session once is still one of a listed authority's, with a number that counts.
    /// When it ends was looked at when it opened, as in sshd: nobody is thrown out of the middle of a sentence by the hour.
    pub fn still_lists(&self, certificate: &Certificate) -> bool {
        self.listed.contains_key(&certificate.authority) && !self.revoked.contains(&certificate.serial)
    }

    /// The authorities: name and fingerprint.
    pub fn listed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.listed.iter().map(|(fingerprint, name)| (name.as_str(), fingerprint.as_str()))
    }

    /// The serial numbers that no longer count.
    pub fn revoked(&self) -> impl ExactSizeIterator<Item = u64> {
        self.revoked.iter().copied()
    }

    /// Principals that stand for a handle: which, and for which.
    pub fn principals(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.principals.iter().map(|(from, to)| (from.as_str(), to.as_str()))
    }

    /// Whether a certificate is good for this user name, from this address, now; the name of its authority if it is.
    ///
    /// # Errors
    /// The reason why it is not, for the log.
    pub fn judge(
        &self,
        certificate: &Certificate,
        user: &str,
        peer: IpAddr,
        now: Timestamp,
    ) -> Result<&str, Refusal> {
        let authority = self.listed.get(&certificate.authority).ok_or(Refusal::Authority)?;
        if !certificate.is_user {
            return Err(Refusal::NotUser);
        }
        if self.revoked.contains(&certificate.serial) {
            return Err(Refusal::Revoked);
        }
        let now = u64::try_from(now.0).unwrap_or(0);
        if now < certificate.valid_after || now >= certificate.valid_before {
            return Err(Refusal::Expired);
        }
        for (name, value) in &certificate.critical_options {
            match name.as_str() {
                "source-address" if is_from(value, peer) => {}
                "source-address" => return Err(Refusal::Address),
                // What is critical and not understood refuses (PROTOCOL.certkeys).
                _ => return Err(Refusal::Option),
            }
        }
        // One without principals is refused, as sshd does for listed authorities: it would be good for every name.
        let named = self.handles(certificate).any(|handle| handle.eq_ignore_ascii_case(user));
        if named { Ok(authority) } else { Err(Refusal::Principal) }
    }

    /// The handles that a certificate is for: its principals, or what stands for them here.
    fn handles<'a>(&'a self, certificate: &'a Certificate) -> impl Iterator<Item = &'a str> {
        certificate.principals.iter().map(|principal| {
            let mapped = self.principals.get(&principal.to_ascii_lowercase());
            mapped.map_or(principal.as_str(), String::as_str)
        })
    }
}

/// A certificate whose holder signed with its key, as far as the transport has checked it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The fingerprint of the authority's key.
    pub authority: String,
    /// For a person, and not for a host.
    pub is_user: bool,
    /// Its number.
    pub serial: u64,
    /// What the authority called it; for the log.
    pub key_id: String,
    /// The names it is good for.
    pub principals: Vec<String>,
    /// From when it is good, in UTC seconds.
    pub valid_after: u64,
    /// When it ends, in UTC seconds.
    pub valid_before: u64,
    /// Conditions that must be understood.
    pub critical_options: Vec<(String, String)>,
    /// The key that it is about.
    pub key: ProvedKey,
}

/// Why a certificate opens nothing: for the log; the client is only told that it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Its authority is not listed.
    #[error("its authority is not listed")]
    Authority,
    /// It is a host's.
    #[error("it is a host certificate")]
    NotUser,
    /// Its number was revoked.
    #[error("its serial number is revoked")]
    Revoked,
    /// Not yet, or no longer.
    #[error("it is not valid now")]
    Expired,
    /// It is for another name, or for none.
    #[error("none of its principals is the user name")]
    Principal,
    /// It is good from elsewhere only.
    #[error("it is not good from this address")]
    Address,
    /// It has a condition that hob does not know.
    #[error("it has a critical option that is not known")]
    Option,
    /// Its key was revoked by its owner.
    #[error("its owner revoked the key")]
    KeyRevoked,
    /// Nobody has its handle, but its key is somebody's: the key itself says whose.
    #[error("its key opens another account")]
    KeyKnown,
}

/// A certificate that is good for handles nobody had when it was shown: a pass for one of them (D10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassInHand {
    /// The authority's name.
    pub authority: String,
    /// What the authority called it.
    pub key_id: String,
    /// Its number.
    pub serial: u64,
    /// The fingerprint of the key that it is about.
    pub fingerprint: String,
    /// When it ends, in UTC seconds.
    pub valid_before: u64,
    /// The handle that its holder came for.
    pub handle: String,
    /// Every handle that it is good for, folded.
    handles: Vec<String>,
}

impl PassInHand {
    /// Whether it lets this handle in, now.
    pub fn is_for(&self, handle_fold: &str, now: Timestamp) -> bool {
        let now = u64::try_from(now.0).unwrap_or(0);
        now < self.valid_before && self.handles.iter().any(|handle| handle == handle_fold)
    }

    /// When it ends; none when it never does.
    pub fn valid_until(&self) -> Option<Timestamp> {
        i64::try_from(self.valid_before).ok().map(Timestamp)
    }
}

/// Where a certificate leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pass {
    /// To this member's account, which has these ways in (`Caller::ways`).
    Member(MemberId, i64),
    /// It is good, but nobody has that handle: to the door, where it is a pass.
    Stranger(PassInHand),
    /// Nowhere.
    Refused(Refusal),
}

impl Service {
    /// Where a certificate leads that was proved in this connection.
    ///
    /// # Errors
    /// When the database fails; the certificate then opens nothing.
    pub async fn pass_of(&self, certificate: &Certificate, user: &str, peer: IpAddr) -> super::Result<Pass> {
        let authorities = &self.settings().authorities;
        let authority = match authorities.judge(certificate, user, peer, self.now()) {
            Ok(authority) => authority.to_owned(),
            Err(why) => return Ok(Pass::Refused(why)),
        };
        let mut read = self.store().begin_read().await?;
        let Some(account) = members::by_fold(&mut read, &user.to_ascii_lowercase()).await? else {
            // A registered key opens its account under any name (D2).
            if keys::live(&mut read, &certificate.key.fingerprint).await?.is_some() {
                return Ok(Pass::Refused(Refusal::KeyKnown));
            }
            return Ok(Pass::Stranger(PassInHand {
                authority,
                key_id: clean_line(&certificate.key_id),
                serial: certificate.serial,
                fingerprint: certificate.key.fingerprint.clone(),
                valid_before: certificate.valid_before,
                handle: user.to_owned(),
                handles: authorities.handles(certificate).map(|handle| handle.to_ascii_lowercase()).collect(),
            }));
        };
        // A key that its owner revoked stays revoked, whoever signs it.
        if keys::was_revoked(&mut read, account.id, &certificate.key.fingerprint).await? {
            return Ok(Pass::Refused(Refusal::KeyRevoked));
        }
        Ok(Pass::Member(account.id, account.ways_no))
    }

    /// The same at the door, where the user name says nothing: a pass for the first of its handles that nobody has. It
    /// opens no account; for that its owner comes under their own name.
    ///
    /// # Errors
    /// When the database fails; the certificate then opens nothing.
    pub async fn pass_at_door(&self, certificate: &Certificate, peer: IpAddr) -> super::Result<Pass> {
        let handles: Vec<String> = self
            .settings()
            .authorities
            .handles(certificate)
            .take(HANDLES_TRIED_MAX)
            .map(str::to_owned)
            .collect();
        for handle in handles {
            match self.pass_of(certificate, &handle, peer).await? {
                Pass::Member(..) => {}
                other => return Ok(other),
            }
        }
        Ok(Pass::Refused(Refusal::Principal))
    }
}

/// Whether an address is in a list of addresses and networks, as `source-address` has it: `192.0.2.0/24,2001:db8::1`. A
/// list with anything in it that cannot be read holds nobody.
fn is_from(list: &str, peer: IpAddr) -> bool {
    let peer = peer.to_canonical();
    let mut found = false;
    for entry in list.split(',') {
        let (address, bits) = match entry.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (entry, None),
        };
        let Ok(network) = address.trim().parse::<IpAddr>() else { return false };
        let width = if network.is_ipv4() { 32 } else { 128 };
        let Ok(bits) = bits.map_or(Ok(width), |bits| bits.trim().parse::<u32>()) else { return false };
        if bits > width {
            return false;
        }
        found |= in_network(network, bits, peer);
    }
    found
}

fn in_network(network: IpAddr, bits: u32, peer: IpAddr) -> bool {
    match (network, peer) {
        (IpAddr::V4(network), IpAddr::V4(peer)) => {
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            network.to_bits() & mask == peer.to_bits() & mask
        }
        (IpAddr::V6(network), IpAddr::V6(peer)) => {
            let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
            network.to_bits() & mask == peer.to_bits() & mask
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
