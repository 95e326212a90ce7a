//! Making codes and hashing them. A code is 80 random bits, so a plain SHA-256 of it cannot be searched through as
//! one of a password could.

use sha2::{Digest, Sha256};

use crate::domain::invite::{INVITE_CODE_BYTES, InviteCode};
use crate::service::{Error, Result};

/// A code that nobody had before.
///
/// # Errors
/// When the host has no randomness.
pub(in crate::service) fn fresh_code() -> Result<InviteCode> {
    let mut bytes = [0_u8; INVITE_CODE_BYTES];
    getrandom::fill(&mut bytes)
        .map_err(|_| Error::invalid("The server has no randomness just now. Try again."))?;
    Ok(InviteCode::from_bytes(bytes))
}

/// What is stored instead of the code: SHA-256, hex.
pub(in crate::service) fn hash_of(code: &InviteCode) -> String {
    Sha256::digest(code.canonical().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
