//! What a member logs in with: their own keys and password, seen and changed from within a session. One's own only;
//! finding out who somebody is stands in `login.rs`.

mod add;
mod change;
mod list;
mod password;

#[cfg(test)]
mod tests;

pub use add::{AddCallersKey, AddKey, ReplaceKey};
pub use change::{RenameKey, RevokeKey};
pub use list::{CameWith, KeyRing, ListKeys, OwnKey};
pub(super) use list::{is_outdated, refuse_outdated, refuse_revoked};
pub use password::{PresentPassword, SetPassword};

use super::{Error, Result};
use crate::domain::text::clean_line;

/// Longest name of a key, in characters.
pub const KEY_NAME_CHARS_MAX: usize = 60;

/// Most live keys of one member: one for each machine of somebody who has very many.
pub const KEYS_MAX: usize = 20;

/// A key's name as it is stored.
fn name(typed: &str) -> Result<String> {
    let name = clean_line(typed);
    let chars = name.chars().count();
    if chars > KEY_NAME_CHARS_MAX {
        return Err(Error::invalid(format!(
            "The name has {chars} characters; {KEY_NAME_CHARS_MAX} is the most. Shorten it."
        )));
    }
    Ok(name)
}
