//! Everything that is unread, as a list.

use crate::domain::policy::LookAround;
use crate::service::home::UnreadThread;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::reading;

/// Most threads that are listed: after years away the first thousand are enough to begin with.
pub const UNREAD_LISTED_MAX: usize = 1_000;

/// Lists the threads with something unread, board by board, in each the oldest unread post first. Muted ones are not
/// in it: what is listed adds up to the counts of the boards, as long as there are at most [`UNREAD_LISTED_MAX`].
#[derive(Clone, Copy, Debug)]
pub struct ListUnread;

impl Request for ListUnread {
    type Reply = Vec<UnreadThread>;
    type Access = Reads;
    const NAME: &'static str = "list unread";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<UnreadThread>> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let clearance = cx.actor.clearance();
        let limit = i64::try_from(UNREAD_LISTED_MAX).unwrap_or(i64::MAX);
        Ok(reading::by_board(cx.conn(), me, clearance, limit).await?)
    }
}
