//! Who asks.

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
}

impl Caller {
    /// A person with a shell on the host.
    pub fn host() -> Self {
        Self { who: Who::Host, key: None, by_key: false }
    }
}
