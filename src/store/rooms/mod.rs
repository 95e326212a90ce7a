//! Rooms (L2): which there are, what was said in them, up to where members have seen them, what is to be kept.

mod keeps;
mod lines;
mod marks;

pub use keeps::{
    AskRow, DueKeep, KeepRow, KeptLine, NewKeep, answer_keep, asked_of, due_keeps, insert_keep, keep,
    keep_answers, kept_lines, open_keeps, settle_keep,
};
pub use lines::{
    LineRow, NewLine, after, before, delete, find, forget, forgets_any, insert, last_of, newest, said_since,
    update,
};
pub use marks::{ignore, ignored, ignores, mark, read_to};

use sqlx::SqliteConnection;

use crate::domain::board::{Audience, BoardFacts};
use crate::domain::ids::{BoardId, MemberId, RoomId};
use crate::domain::policy::{Clearance, Grant, TidyBoard};
use crate::domain::time::Timestamp;

/// A room and its board.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RoomRow {
    /// Its id.
    pub id: RoomId,
    /// Its board; none for the hall.
    pub board_id: Option<BoardId>,
    /// Whether it is open.
    pub open: bool,
    /// The board's name.
    pub name: Option<String>,
    /// The board's name in commands.
    pub slug: Option<String>,
    see: Option<Audience>,
    write: Option<Audience>,
    archived: Option<bool>,
    host_id: Option<MemberId>,
    circle: Option<i64>,
}

impl RoomRow {
    /// What the policy needs of its board; none for the hall.
    pub fn board_facts(&self) -> Option<BoardFacts> {
        Some(BoardFacts {
            see: self.see?,
            write: self.write?,
            archived: self.archived?,
            host: self.host_id,
            circle: self.circle?,
        })
    }
}

/// A room in a member's list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedRoom {
    /// The room.
    #[sqlx(flatten)]
    pub row: RoomRow,
    /// How many lines of it the member has not seen.
    pub unread: i64,
}

macro_rules! select_room {
    ($rest:literal) => {
        select_room!("", $rest)
    };
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT room.id, room.board_id, room.open, board.name, board.slug, board.see, board.write,
                    board.archived, board.host_id, board.circle",
            $columns,
            " FROM room LEFT JOIN board ON board.id = room.board_id ",
            $rest
        )
    };
}

/// The open rooms that a clearance covers: the hall first, then in the order of the boards. Those of archived boards
/// are left out: nothing is said there any more. With how many lines since a time the member has not seen, counted up to
/// `limit`: those that [`after`] gives behind the mark, without the member's own and what staff removed.
///
/// # Errors
/// When they cannot be read.
pub async fn list(
    conn: &mut SqliteConnection,
    clearance: Clearance,
    member: MemberId,
    since: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<ListedRoom>> {
    sqlx::query_as(select_room!(
        ", (SELECT count(*) FROM (
                SELECT 1 FROM room_line AS line
                 WHERE line.room_id = room.id AND line.said_at >= ?3 AND line.author_id <> ?2 AND line.removed = 0
                   AND line.id > coalesce((SELECT last_line FROM room_mark
                                            WHERE member_id = ?2 AND room_id = room.id), 0)
                   AND NOT EXISTS (SELECT 1 FROM room_hidden WHERE member_id = ?2 AND other_id = line.author_id)
                 LIMIT ?4)) AS unread",
        "WHERE room.open = 1 AND (room.board_id IS NULL OR (board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1 AND board.archived = 0))
         ORDER BY room.board_id IS NOT NULL, board.position, room.id"
    ))
    .bind(clearance.rank())
    .bind(member)
    .bind(since)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// One room. Whether it may be seen is for the policy.
///
/// # Errors
/// When it cannot be read.
pub async fn get(conn: &mut SqliteConnection, room: RoomId) -> sqlx::Result<Option<RoomRow>> {
    sqlx::query_as(select_room!("WHERE room.id = ?")).bind(room).fetch_optional(conn).await
}

/// A board's room, open or not.
///
/// # Errors
/// When it cannot be read.
pub async fn of_board(conn: &mut SqliteConnection, board: BoardId) -> sqlx::Result<Option<RoomRow>> {
    sqlx::query_as(select_room!("WHERE room.board_id = ?")).bind(board).fetch_optional(conn).await
}

/// Opens or closes a board's room, which is made when it is opened for the first time.
///
/// # Errors
/// When it cannot be written.
pub async fn arrange(
    conn: &mut SqliteConnection,
    _grant: &Grant<TidyBoard>,
    board: BoardId,
    open: bool,
    now: Timestamp,
) -> sqlx::Result<RoomId> {
    sqlx::query_scalar(
        "INSERT INTO room (board_id, open, created_at) VALUES (?, ?, ?)
         ON CONFLICT (board_id) DO UPDATE SET open = excluded.open RETURNING id",
    )
    .bind(board)
    .bind(open)
    .bind(now)
    .fetch_one(conn)
    .await
}
