//! How many archives there are at once: each lies in memory until its reader has all of it, and readers may be slow.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::ids::MemberId;
use crate::service::{Error, Result};

/// Archives that are made or fetched at once (SAFETY.md, Transport: memory has a bound).
const AT_ONCE: usize = 3;

/// Who has one just now.
#[derive(Clone, Debug, Default)]
pub(in crate::service) struct Turns(Arc<Mutex<HashSet<MemberId>>>);

impl Turns {
    fn lock(&self) -> MutexGuard<'_, HashSet<MemberId>> {
        // A poisoned lock holds names only.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A member's turn, until it is dropped.
    pub(super) fn take(&self, member: MemberId) -> Result<Turn> {
        let mut taken = self.lock();
        if taken.contains(&member) {
            return Err(Error::conflict(
                "Another archive of yours is on its way. Let it arrive, or end it, first.",
            ));
        }
        if taken.len() >= AT_ONCE {
            return Err(Error::conflict("Others fetch their archives just now. Try again in a few minutes."));
        }
        taken.insert(member);
        Ok(Turn { of: self.clone(), member })
    }
}

/// One member's turn.
#[derive(Debug)]
pub(super) struct Turn {
    of: Turns,
    member: MemberId,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.of.lock().remove(&self.member);
    }
}
