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
        let user = user.to_ascii_lowercase();
        let named = certificate.principals.iter().any(|principal| {
            let principal = principal.to_ascii_lowercase();
            match self.principals.get(&principal) {
                Some(handle) => *handle == user,
                None => principal == user,
            }
        });
        if named { Ok(authority) } else { Err(Refusal::Principal) }
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
}

/// Where a certificate leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pass {
    /// To this member's account.
    Member(MemberId),
    /// It is good, but nobody has that handle: to the door.
    Stranger {
        /// The authority's name.
        authority: String,
    },
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
            return Ok(Pass::Stranger { authority });
        };
        // A key that its owner revoked stays revoked, whoever signs it.
        if keys::was_revoked(&mut read, account.id, &certificate.key.fingerprint).await? {
            return Ok(Pass::Refused(Refusal::KeyRevoked));
        }
        Ok(Pass::Member(account.id))
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
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::member::{Level, Role};
    use crate::service::keys::{AddCallersKey, RevokeKey};
    use crate::service::passwords::NewPassword;
    use crate::service::testing::{NOON, Place};

    const CA: &str = include_str!("../../tests/keys/ed25519.pub");
    const OTHER: &str = include_str!("../../tests/keys/ecdsa.pub");
    const PEER: &str = "192.0.2.7";

    fn authorities() -> Authorities {
        let mapped = BTreeMap::from([("Staff-Wren".to_owned(), "wren".to_owned())]);
        Authorities::parse(&[format!("cert-authority {CA}")], &[13], &mapped).unwrap()
    }

    fn good() -> Certificate {
        let now = u64::try_from(NOON.0).unwrap();
        Certificate {
            authority: KeyLine::parse(CA).unwrap().fingerprint,
            is_user: true,
            serial: 7,
            key_id: "wren at work".to_owned(),
            principals: vec!["other".to_owned(), "Wren".to_owned()],
            valid_after: now,
            valid_before: now + 60,
            critical_options: Vec::new(),
            key: ProvedKey {
                fingerprint: "SHA256:new".to_owned(),
                algorithm: "ssh-ed25519".to_owned(),
                public_key: "ssh-ed25519 new".to_owned(),
            },
        }
    }

    fn judge(change: impl FnOnce(&mut Certificate)) -> Result<String, Refusal> {
        let mut certificate = good();
        change(&mut certificate);
        authorities().judge(&certificate, "wren", PEER.parse().unwrap(), NOON).map(str::to_owned)
    }

    #[test]
    fn d10_a_certificate_is_good_for_its_names_in_its_time_from_its_authority() {
        let now = u64::try_from(NOON.0).unwrap();
        assert_eq!(judge(|_| {}), Ok("made for a test".to_owned()));
        assert!(judge(|c| c.principals = vec!["staff-wren".to_owned()]).is_ok());
        assert!(judge(|c| (c.valid_after, c.valid_before) = (0, u64::MAX)).is_ok());
        let other = KeyLine::parse(OTHER).unwrap().fingerprint;
        type Change = Box<dyn FnOnce(&mut Certificate)>;
        let refused: [(Refusal, Change); 10] = [
            (Refusal::Authority, Box::new(|c| c.authority = other)),
            (Refusal::NotUser, Box::new(|c| c.is_user = false)),
            (Refusal::Revoked, Box::new(|c| c.serial = 13)),
            (Refusal::Expired, Box::new(move |c| c.valid_before = now)),
            (Refusal::Expired, Box::new(move |c| c.valid_after = now + 1)),
            (Refusal::Principal, Box::new(|c| c.principals = Vec::new())),
            (Refusal::Principal, Box::new(|c| c.principals = vec!["wren2".to_owned(), String::new()])),
            // A mapped name stands for its handle alone.
            (Refusal::Principal, Box::new(|c| c.principals = vec!["staff".to_owned()])),
            (
                Refusal::Option,
                Box::new(|c| c.critical_options = vec![("force-command".to_owned(), "ls".to_owned())]),
            ),
            (
                Refusal::Option,
                Box::new(|c| c.critical_options = vec![("verify-required".to_owned(), String::new())]),
            ),
        ];
        for (why, change) in refused {
            assert_eq!(judge(change), Err(why));
        }
        assert!(Authorities::default().judge(&good(), "wren", PEER.parse().unwrap(), NOON).is_err());
    }

    #[test]
    fn d10_source_address_is_enforced_and_a_list_that_cannot_be_read_holds_nobody() {
        let from =
            |list: &str| judge(|c| c.critical_options = vec![("source-address".to_owned(), list.to_owned())]);
        for good in ["192.0.2.7", "198.51.100.1,192.0.2.0/24", "0.0.0.0/0", "192.0.2.7/32, 2001:db8::/32"] {
            assert!(from(good).is_ok(), "{good}");
        }
        for bad in
            ["", "192.0.2.8", "2001:db8::/32", "::/0", "192.0.2.0/33", "192.0.2.7,anywhere", "192.0.2.0/x"]
        {
            assert_eq!(from(bad), Err(Refusal::Address), "{bad}");
        }
        assert!(is_from("2001:db8:1::/48", "2001:db8:1:2::3".parse().unwrap()));
        assert!(!is_from("2001:db8:1::/48", "2001:db8:2::3".parse().unwrap()));
        assert!(is_from("192.0.2.7", "::ffff:192.0.2.7".parse().unwrap()));
    }

    #[test]
    fn what_is_no_authority_is_refused_with_its_line() {
        let read = |line: &str| Authorities::parse(&[line.to_owned()], &[], &BTreeMap::new());
        assert!(read(CA).is_ok());
        let why = read("cert-authority,no-pty ssh-ed25519 AAAA").unwrap_err();
        assert!(why.contains("is no key of an authority"), "{why}");
    }

    #[tokio::test]
    async fn d10_it_leads_to_the_member_to_the_door_or_nowhere() {
        let place = Place::with(|settings| settings.authorities = authorities()).await;
        let mut wren = place.member("Wren", Level::Regular, Role::Member).await;
        let peer = PEER.parse().unwrap();
        let pass = async |certificate: &Certificate, user: &str| {
            place.service.pass_of(certificate, user, peer).await.unwrap()
        };
        let super::super::Who::Member(member) = wren.who else { panic!("{wren:?}") };
        assert_eq!(pass(&good(), "wren").await, Pass::Member(member));
        assert_eq!(pass(&good(), "other").await, Pass::Stranger { authority: "made for a test".to_owned() });
        assert_eq!(pass(&good(), "mallory").await, Pass::Refused(Refusal::Principal));
        // A key that its owner revoked is not brought back by a signature.
        wren.key = Some(good().key);
        let key = place.call(&wren, AddCallersKey { name: String::new() }).await.unwrap();
        let password = NewPassword::parse("a password").unwrap();
        place.call(&wren, crate::service::keys::SetPassword::to(password, None)).await.unwrap();
        place.call(&wren, RevokeKey { key }).await.unwrap();
        assert_eq!(pass(&good(), "wren").await, Pass::Refused(Refusal::KeyRevoked));
    }
}
