//! What is on the wall.

use crate::domain::ids::{MemberId, WallId};
use crate::domain::policy::LookAround;
use crate::domain::room::WALL_LIVES_S;
use crate::domain::time::Timestamp;
use crate::service::{Access, Cx, Reads, Request, Result};
use crate::store::contacts;
use crate::store::wall::{self, WallRow};

/// Most lines that are shown: far more than a month of visits brings.
const LINES_MAX: i64 = 300;
/// A visit that is taken up again within this many seconds is the same visit: an hour.
const SAME_VISIT_S: i64 = 60 * 60;

/// Asks for the wall: all lines of the last thirty days, the newest first.
#[derive(Clone, Copy, Debug)]
pub struct ReadWall;

/// The wall.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WallView {
    /// The lines, the newest first.
    pub lines: Vec<WallLine>,
    /// The line that the one who asks has written in this visit: the next one takes its place.
    pub this_visit: Option<WallId>,
}

/// A line on the wall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WallLine {
    /// Its id.
    pub id: WallId,
    /// Who wrote it.
    pub author_id: MemberId,
    /// Their handle.
    pub author: String,
    /// What it says: one clean line of at most 120 characters.
    pub text: String,
    /// When it was written.
    pub at: Timestamp,
    /// The one who asks wrote it.
    pub mine: bool,
}

impl Request for ReadWall {
    type Reply = WallView;
    type Access = Reads;
    const NAME: &'static str = "read wall";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<WallView> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let unseen = contacts::unseen(cx.conn(), me).await?;
        let lines = newest(cx, &unseen, LINES_MAX).await?;
        Ok(WallView { lines, this_visit: this_visit(cx, me).await? })
    }
}

/// The newest lines that are not by those whose words one does not want to see, for other requests that show some of
/// them too.
///
/// # Errors
/// For people at the door, and when they cannot be read.
pub(in crate::service) async fn newest<A: Access>(
    cx: &mut Cx<'_, A>,
    unseen: &[MemberId],
    limit: i64,
) -> Result<Vec<WallLine>> {
    cx.allow(&LookAround)?;
    let me = cx.actor.id();
    let since = cx.now.plus(-WALL_LIVES_S);
    let most = if unseen.is_empty() { limit } else { LINES_MAX };
    let mut rows = wall::list(cx.conn(), since, most).await?;
    rows.retain(|row| !unseen.contains(&row.author_id));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let line = |row: WallRow| WallLine {
        id: row.id,
        mine: Some(row.author_id) == me,
        author_id: row.author_id,
        author: row.author,
        text: row.body,
        at: row.written_at,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// The line that a member has written in this visit, if there is one.
pub(super) async fn this_visit<A: Access>(cx: &mut Cx<'_, A>, me: MemberId) -> Result<Option<WallId>> {
    let recent = cx.now.plus(-SAME_VISIT_S);
    let since = cx.presence().since(me).map_or(recent, |since| since.min(recent));
    Ok(wall::newest_of(cx.conn(), me, since).await?)
}
