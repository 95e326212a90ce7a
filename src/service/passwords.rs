//! Hashing and checking passwords: Argon2id, off the async threads, a few at a time, in memory that is reused while
//! there is work and given back when there is none.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use argon2::{Algorithm, Argon2, Block, Params, Version, password_hash::phc};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

use super::login::PASSWORD_LEN_MAX;
use super::{Error, Result};

/// How many are computed at once: each takes the whole memory cost, and two cores are all a small host has.
const AT_ONCE: usize = 2;
/// Blocks of 1 KiB that a work area has room for at least: 33 MiB, of which only those in use are ever touched. glibc
/// maps what is larger than 32 MiB on its own and unmaps it when it is freed (mallopt(3), M_MMAP_THRESHOLD); smaller
/// areas it keeps for good once one has been freed.
const MAPPED_BLOCKS: usize = 33 * 1024;
/// Length of the stored hash, the Argon2 crate's own default.
const HASH_LEN: usize = 32;
/// Length of a fresh salt: RFC 9106 section 3.1 recommends 16 bytes.
const SALT_LEN: usize = 16;

/// The Argon2id cost, from the config.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
}

impl Default for Cost {
    /// OWASP's first choice for Argon2id (19 MiB, 2 passes, 1 lane), which is also the crate's default.
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2 }
    }
}

/// Fewest characters of a password: NIST SP 800-63B section 5.1.1.1. Guessing is slowed down by the login limits.
pub const PASSWORD_CHARS_MIN: usize = 8;

/// A password that somebody chose, on its way to its hash. Never shown and never logged.
pub struct NewPassword(Chosen);

enum Chosen {
    Typed(String),
    Hashed(String),
}

impl NewPassword {
    /// Checks a chosen password's length.
    ///
    /// # Errors
    /// When it is too short to keep or longer than any log-in would check.
    pub fn parse(text: &str) -> Result<Self> {
        let chars = text.chars().count();
        if chars < PASSWORD_CHARS_MIN {
            return Err(Error::invalid(format!(
                "A password has at least {PASSWORD_CHARS_MIN} characters, and this one has {chars}. A few words do well."
            )));
        }
        Self::from_host(text)
    }

    /// The same for a password that the host sets: how short it may be is for the sysop to answer for.
    ///
    /// # Errors
    /// When it is empty, holds what cannot be typed, or is longer than any log-in would check.
    pub fn from_host(text: &str) -> Result<Self> {
        if text.is_empty() {
            return Err(Error::invalid("A password has at least one character."));
        }
        if text.len() > PASSWORD_LEN_MAX {
            return Err(Error::invalid(format!(
                "A password has at most {PASSWORD_LEN_MAX} bytes. Shorten it."
            )));
        }
        if text.chars().any(char::is_control) {
            return Err(Error::invalid(
                "A password is one line of characters that can be typed. Choose another.",
            ));
        }
        Ok(Self(Chosen::Typed(text.to_owned())))
    }

    /// Hashes it: before the transaction, which it would hold for too long.
    ///
    /// # Errors
    /// When the host cannot.
    pub(in crate::service) async fn hash(&mut self, mill: &Passwords) -> Result<()> {
        if let Chosen::Typed(text) = &mut self.0 {
            self.0 = Chosen::Hashed(mill.hash(std::mem::take(text)).await?);
        }
        Ok(())
    }

    /// The PHC string to store.
    ///
    /// # Errors
    /// When it was not hashed before.
    pub(in crate::service) fn phc(&self) -> Result<&str> {
        match &self.0 {
            Chosen::Hashed(phc) => Ok(phc),
            Chosen::Typed(_) => Err(unusable("a password was to be stored before it was hashed")),
        }
    }
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

/// The password mill.
#[derive(Clone)]
pub struct Passwords {
    cost: Cost,
    turns: Arc<Semaphore>,
    areas: Arc<Mutex<Areas>>,
}

/// Work memory. It is reused as long as anybody waits for a turn, and given back after the last one: a place where
/// nobody logs in is small, and a flood of log-ins does not map memory anew for each.
#[derive(Default)]
struct Areas {
    spare: Vec<Vec<Block>>,
    /// Passwords that are computed, or wait for their turn.
    wanted: usize,
}

/// Somebody who wants a turn; counted until dropped.
struct Wanted(Arc<Mutex<Areas>>);

impl Wanted {
    fn new(areas: &Arc<Mutex<Areas>>) -> Self {
        lock(areas).wanted += 1;
        Self(Arc::clone(areas))
    }

    fn take(&self, blocks: usize) -> Vec<Block> {
        let spare = lock(&self.0).spare.pop();
        let mut area = spare.unwrap_or_else(|| Vec::with_capacity(blocks.max(MAPPED_BLOCKS)));
        area.resize(blocks, Block::default());
        area
    }

    fn give_back(&self, area: Vec<Block>) {
        lock(&self.0).spare.push(area);
    }
}

impl Drop for Wanted {
    fn drop(&mut self) {
        let mut areas = lock(&self.0);
        areas.wanted -= 1;
        if areas.wanted == 0 {
            areas.spare = Vec::new();
        }
    }
}

fn lock(areas: &Mutex<Areas>) -> MutexGuard<'_, Areas> {
    // A poisoned lock holds scratch memory only.
    areas.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Passwords {
    /// A mill with a cost.
    pub fn new(cost: &Cost) -> Self {
        Self { cost: *cost, turns: Arc::new(Semaphore::new(AT_ONCE)), areas: Arc::default() }
    }

    /// Hashes a new password into a PHC string.
    ///
    /// # Errors
    /// When the host has no randomness or the cost is not one that Argon2 knows.
    pub async fn hash(&self, password: String) -> Result<String> {
        let mut salt = [0_u8; SALT_LEN];
        getrandom::fill(&mut salt).map_err(|_| Error::invalid("The server has no randomness just now."))?;
        let params =
            Params::new(self.cost.memory_kib, self.cost.passes, 1, Some(HASH_LEN)).map_err(unusable)?;
        let hash = self.compute(password, salt.to_vec(), params.clone(), HASH_LEN).await?;
        let phc = phc::PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: (&params).try_into().map_err(unusable)?,
            salt: Some(phc::Salt::new(&salt).map_err(unusable)?),
            hash: Some(phc::Output::new(&hash).map_err(unusable)?),
        };
        Ok(phc.to_string())
    }

    /// Checks a password against a stored PHC string. With `None` it works just as long and says no.
    ///
    /// # Errors
    /// When the stored string is damaged.
    pub async fn check(&self, password: String, stored: Option<&str>) -> Result<bool> {
        let Some(stored) = stored else {
            self.hash(password).await?;
            return Ok(false);
        };
        let stored = phc::PasswordHash::new(stored).map_err(unusable)?;
        let (Some(salt), Some(expected)) = (&stored.salt, &stored.hash) else {
            return Err(unusable("no hash"));
        };
        let params = Params::try_from(&stored).map_err(unusable)?;
        let salt: &[u8] = salt.as_ref();
        let found = self.compute(password, salt.to_vec(), params, expected.as_bytes().len()).await?;
        Ok(found.ct_eq(expected.as_bytes()).into())
    }

    /// Whether a stored PHC string was made at another cost than passwords are hashed at today.
    pub fn is_outdated(&self, stored: &str) -> bool {
        let params = phc::PasswordHash::new(stored).ok().and_then(|stored| Params::try_from(&stored).ok());
        params.is_none_or(|made| (made.m_cost(), made.t_cost()) != (self.cost.memory_kib, self.cost.passes))
    }

    async fn compute(&self, password: String, salt: Vec<u8>, params: Params, len: usize) -> Result<Vec<u8>> {
        let wanted = Wanted::new(&self.areas);
        let _turn = self.turns.acquire().await.map_err(unusable)?;
        let work = move || {
            let mut area = wanted.take(params.block_count());
            let mut out = vec![0_u8; len];
            let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            let done = argon.hash_password_into_with_memory(password.as_bytes(), &salt, &mut out, &mut area);
            wanted.give_back(area);
            done.map(|()| out)
        };
        tokio::task::spawn_blocking(work).await.map_err(unusable)?.map_err(unusable)
    }
}

fn unusable(cause: impl std::fmt::Display) -> Error {
    tracing::error!(%cause, "a password could not be hashed or checked");
    Error::invalid("The server could not check a password just now. Try again in a moment.")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1 };

    #[tokio::test]
    async fn the_right_password_opens_and_no_other() {
        let mill = Passwords::new(&CHEAP);
        let stored = mill.hash("correct horse".to_owned()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{stored}");
        assert!(mill.check("correct horse".to_owned(), Some(&stored)).await.unwrap());
        assert!(!mill.check("correct horsf".to_owned(), Some(&stored)).await.unwrap());
        assert!(!mill.check("correct horse".to_owned(), None).await.unwrap());
    }

    /// SPEED.md, memory after a day of password log-ins.
    #[tokio::test]
    async fn work_memory_is_given_back_after_the_last_one() {
        let mill = Passwords::new(&CHEAP);
        let stored = mill.hash("correct horse".to_owned()).await.unwrap();
        let busy = Wanted::new(&mill.areas);
        assert!(mill.check("correct horse".to_owned(), Some(&stored)).await.unwrap());
        assert_eq!(lock(&mill.areas).spare.len(), 1, "somebody waits, so it is kept");
        drop(busy);
        let areas = lock(&mill.areas);
        assert_eq!((areas.spare.len(), areas.wanted), (0, 0));
    }

    #[tokio::test]
    async fn a_chosen_password_has_bounds_and_stays_out_of_logs() {
        assert!(NewPassword::parse("seven77").is_err());
        assert!(NewPassword::parse(&"x".repeat(PASSWORD_LEN_MAX + 1)).is_err());
        assert!(NewPassword::parse("tab\tin the middle").is_err());
        let mut chosen = NewPassword::parse("löffel 8").unwrap();
        assert_eq!(format!("{chosen:?}"), "NewPassword(…)");
        assert!(chosen.phc().is_err());
        let mill = Passwords::new(&CHEAP);
        chosen.hash(&mill).await.unwrap();
        chosen.hash(&mill).await.unwrap();
        assert!(mill.check("löffel 8".to_owned(), Some(chosen.phc().unwrap())).await.unwrap());
    }

    #[tokio::test]
    async fn the_same_password_has_two_hashes() {
        let mill = Passwords::new(&CHEAP);
        let first = mill.hash("a".to_owned()).await.unwrap();
        assert_ne!(first, mill.hash("a".to_owned()).await.unwrap());
    }

    #[tokio::test]
    async fn a_hash_made_at_another_cost_still_checks() {
        let stored = Passwords::new(&CHEAP).hash("pw".to_owned()).await.unwrap();
        let dearer = Passwords::new(&Cost { memory_kib: 128, passes: 2 });
        assert!(dearer.check("pw".to_owned(), Some(&stored)).await.unwrap());
    }
}
