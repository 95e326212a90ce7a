//! Who asks.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::certificates::{Certificate, PassInHand};
use crate::domain::ids::MemberId;

/// A public key whose signature was checked, in this connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvedKey {
    /// `SHA256:…` as `ssh-keygen -l` prints it.
    pub fingerprint: String,
    /// The key's algorithm, `ssh-ed25519` for one.
    pub algorithm: String,
    /// `algorithm base64`, an authorized_keys line without its comment.
    pub public_key: String,
}

/// Who asks, as far as the transport can prove it. Standing, level and role are read afresh at every act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody we know: sees the door.
    Guest,
    /// An account, in whatever standing.
    Member(MemberId),
    /// A person with a shell on the host, or the program itself.
    Host,
}

/// A caller and how it proved itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who it is.
    pub who: Who,
    /// The key that was proved in this connection: the one a member logged in with, or a guest's own.
    pub key: Option<ProvedKey>,
    /// That key is what logged the member in: when it is revoked, the session ends.
    pub by_key: bool,
    /// Where the connection comes from, as [`network_of`] counts; none for the host. For a member it is kept for 30 days.
    pub network: Option<IpAddr>,
    /// Which ways in the account had at the log-in, where a password or a certificate opened it: once they were made
    /// anew (`member.ways_no`) by anybody but this session, it ends. None where nothing depends on it.
    pub ways: Option<Ways>,
    /// The certificate that opened a member's session: once its authority is listed no more, or its number is revoked, the
    /// session ends (D10).
    pub certificate: Option<Arc<Certificate>>,
    /// The certificate that a guest came with and that is a pass for a handle nobody has (D10).
    pub pass: Option<Arc<PassInHand>>,
}

/// The number of an account's ways in that a session knows. All that acts in the session has the same one.
#[derive(Clone, Debug)]
pub struct Ways(Arc<AtomicI64>);

impl Ways {
    /// As they were at the log-in.
    pub fn at(number: i64) -> Self {
        Self(Arc::new(AtomicI64::new(number)))
    }

    /// The number.
    pub fn number(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    /// Lets the session that made the ways in anew go on with them; gives the number before.
    pub(in crate::service) fn go_on_with(&self, number: i64) -> i64 {
        self.0.swap(number, Ordering::SeqCst)
    }
}

impl PartialEq for Ways {
    fn eq(&self, other: &Self) -> bool {
        self.number() == other.number()
    }
}

impl Eq for Ways {}

/// What connections are counted by: an IPv4 address, or the /64 that one IPv6 customer has to themselves.
pub fn network_of(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) if !address.is_loopback() => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64))
        }
        address => address,
    }
}

impl Caller {
    /// Somebody unknown, without a key, from nowhere in particular.
    pub const GUEST: Self = Self::bare(Who::Guest);

    /// A person with a shell on the host.
    pub const HOST: Self = Self::bare(Who::Host);

    /// Who it is, and nothing that would prove it.
    const fn bare(who: Who) -> Self {
        Self { who, key: None, by_key: false, network: None, ways: None, certificate: None, pass: None }
    }

    /// The same.
    pub fn host() -> Self {
        Self::HOST
    }

    /// The fingerprint of the key that opened this session, if one did.
    pub fn opener(&self) -> Option<&str> {
        self.key.as_ref().filter(|_| self.by_key).map(|key| key.fingerprint.as_str())
    }
}

/// A guest's new account: part of the answer to the request that made it, and nothing but that request makes one.
/// It is handed on unread to the session that asked, whose caller it becomes.
#[derive(Debug, PartialEq, Eq)]
pub struct NewIdentity {
    member: MemberId,
    by_key: bool,
    ways: i64,
}

impl NewIdentity {
    /// The account that was just made, or got back, for the caller of this very request. `by_key`: with the key it came
    /// with; `ways`: which ways in it has now.
    pub(in crate::service) fn new(member: MemberId, by_key: bool, ways: i64) -> Self {
        Self { member, by_key, ways }
    }
}

impl Caller {
    /// Goes on as the account that was just made. Only a guest can: nobody changes from one account to another.
    pub fn become_member(&mut self, identity: NewIdentity) {
        if self.who == Who::Guest {
            self.who = Who::Member(identity.member);
            self.by_key = identity.by_key;
            self.ways = Some(Ways::at(identity.ways));
            self.pass = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_customer_is_one_network() {
        let of = |peer: &str| network_of(peer.parse().expect("an address")).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(of("::1"), "::1");
    }

    #[test]
    fn a_guest_becomes_the_account_it_made_and_a_member_stays_who_it_is() {
        let mut guest = Caller::GUEST;
        guest.become_member(NewIdentity::new(MemberId(7), false, 0));
        assert_eq!(guest.who, Who::Member(MemberId(7)));
        guest.become_member(NewIdentity::new(MemberId(8), true, 0));
        assert_eq!((guest.who, guest.by_key), (Who::Member(MemberId(7)), false));
    }
}
