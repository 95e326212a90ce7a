//! One's own invites.

use crate::domain::ids::{InviteId, MemberId};
use crate::domain::policy::{Denied, LookAround, MakeInvite};
use crate::domain::time::Timestamp;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::invites::{self, InviteRow};

/// Most invites that are listed; older ones have been used or are over.
const LISTED_MAX: i64 = 200;

/// Lists the invites that the actor made, newest first.
#[derive(Clone, Copy, Debug)]
pub struct ListInvites;

/// The actor's invites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyInvites {
    /// Newest first.
    pub invites: Vec<InviteView>,
    /// Why the actor cannot make one; none when one can be made now.
    pub cannot: Option<String>,
    /// How many may be open at once; none for sysops, who have no limit.
    pub open_max: Option<i64>,
}

/// An invite of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteView {
    /// Its id.
    pub id: InviteId,
    /// A word to the friend.
    pub note: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// What became of it.
    pub state: InviteState,
}

/// What became of an invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InviteState {
    /// It can be used.
    Open,
    /// Somebody came with it.
    Used {
        /// Who.
        by: MemberId,
        /// Their handle.
        handle: String,
        /// When.
        at: Timestamp,
    },
    /// It was taken back.
    Revoked(Timestamp),
    /// Its time is over.
    Expired,
}

impl Request for ListInvites {
    type Reply = MyInvites;
    type Access = Reads;
    const NAME: &'static str = "list invites";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<MyInvites> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let now = cx.now;
        let rows = invites::made_by(cx.conn(), me, LISTED_MAX).await?;
        let invites: Vec<InviteView> = rows.into_iter().map(|row| view(row, now)).collect();
        let open = invites.iter().filter(|invite| invite.state == InviteState::Open).count();
        let open_max = (!cx.actor.is_sysop()).then_some(cx.settings().invites_open_max);
        let full = open_max.is_some_and(|most| i64::try_from(open).unwrap_or(i64::MAX) >= most);
        let cannot = match cx.allow(&MakeInvite) {
            Err(_) => Some(Denied::NotYet.to_string()),
            Ok(_) if full => Some("You have as many invites open as you may.".to_owned()),
            Ok(_) => None,
        };
        Ok(MyInvites { invites, cannot, open_max })
    }
}

fn view(row: InviteRow, now: Timestamp) -> InviteView {
    let state = match (row.used_by, row.used_at, row.revoked_at) {
        (Some(by), at, _) => InviteState::Used {
            by,
            handle: row.used_by_handle.unwrap_or_default(),
            at: at.unwrap_or(row.created_at),
        },
        (None, _, Some(at)) => InviteState::Revoked(at),
        (None, _, None) if row.expires_at <= now => InviteState::Expired,
        (None, _, None) => InviteState::Open,
    };
    InviteView { id: row.id, note: row.note, created_at: row.created_at, expires_at: row.expires_at, state }
}
