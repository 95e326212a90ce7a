//! Making an invite.

use super::{NOTE_CHARS_MAX, fresh_code, hash_of};
use crate::domain::ids::InviteId;
use crate::domain::invite::InviteCode;
use crate::domain::member::Role;
use crate::domain::policy;
use crate::domain::text::clean_line;
use crate::domain::time::Timestamp;
use crate::service::{Cx, Error, Request, Result, Writes};
use crate::store::invites::{self, NewInvite};

/// Makes an invite for a friend. Not for newcomers, and only a few may be open at once (D6).
#[derive(Clone, Debug)]
pub struct MakeInvite {
    /// A word to the friend, shown when the code is entered; may be empty.
    pub note: String,
}

/// A new invite. The code is shown this once and is not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeInvite {
    /// Its id.
    pub id: InviteId,
    /// What to give to the friend.
    pub code: InviteCode,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Request for MakeInvite {
    type Reply = MadeInvite;
    type Access = Writes;
    const NAME: &'static str = "make invite";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<MadeInvite> {
        let grant = cx.allow(&policy::MakeInvite)?;
        let me = cx.me()?;
        let now = cx.now;
        let note = clean_line(&self.note);
        if note.chars().count() > NOTE_CHARS_MAX {
            return Err(Error::invalid(format!(
                "The note has at most {NOTE_CHARS_MAX} characters. Shorten it."
            )));
        }
        let most = cx.settings().invites_open_max;
        if !cx.actor.is_sysop() && invites::open_count(cx.conn(), me, now).await? >= most {
            return Err(Error::invalid(format!(
                "You have {most} invites open, which is the most. Take one back, or wait until one is used."
            )));
        }
        let expires_at = now.plus(cx.settings().invite_ttl_s);
        let code = fresh_code()?;
        let new = NewInvite {
            code_hash: &hash_of(&code),
            role: Role::Member,
            created_by: Some(me),
            note: &note,
            expires_at,
        };
        let id = invites::insert(cx.conn(), &grant, now, &new).await?;
        Ok(MadeInvite { id, code, expires_at })
    }
}
