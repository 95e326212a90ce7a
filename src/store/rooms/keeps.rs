//! Proposals to keep lines as a thread, and what those who are quoted say to it.

use sqlx::SqliteConnection;

use crate::domain::ids::{BoardId, KeepId, LineId, MemberId, RoomId, ThreadId};
use crate::domain::policy::{AnswerKeep, Grant, ProposeKeep, SettleKeep};
use crate::domain::room::LineKind;
use crate::domain::time::Timestamp;

/// A proposal to make.
#[derive(Clone, Copy, Debug)]
pub struct NewKeep<'a> {
    /// The room.
    pub room: RoomId,
    /// The board that the thread would be on.
    pub board: BoardId,
    /// Who proposes it: their own lines may be kept.
    pub by: MemberId,
    /// The thread's title.
    pub title: &'a str,
    /// When.
    pub at: Timestamp,
    /// Until when it can be answered.
    pub closes_at: Timestamp,
    /// The lines.
    pub lines: &'a [LineId],
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KeepRow {
    /// Its id.
    pub id: KeepId,
    /// The room.
    pub room_id: RoomId,
    /// The board.
    pub board_id: BoardId,
    /// The board's name.
    pub board: String,
    /// Who proposed it.
    pub proposed_by: MemberId,
    /// Their handle.
    pub proposer: String,
    /// The title.
    pub title: String,
    /// Until when it can be answered.
    pub closes_at: Timestamp,
    /// When it was settled.
    pub settled_at: Option<Timestamp>,
    /// The thread that it became.
    pub thread_id: Option<ThreadId>,
}

/// Somebody is asked whether their lines may be kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AskRow {
    /// The proposal.
    pub id: KeepId,
    /// The room.
    pub room_id: RoomId,
    /// Who proposed it.
    pub proposer: String,
    /// The title.
    pub title: String,
    /// The board's name.
    pub board: String,
    /// How many of their lines are in it.
    pub lines: i64,
    /// Until when they can answer.
    pub closes_at: Timestamp,
}

/// A proposal that can be settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DueKeep {
    /// The proposal.
    pub id: KeepId,
    /// Who proposed it.
    pub proposed_by: MemberId,
}

/// A line that may be kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KeptLine {
    /// Who said it.
    pub author: String,
    /// How.
    pub kind: LineKind,
    /// What.
    pub body: String,
    /// When.
    pub said_at: Timestamp,
}

macro_rules! select_keep {
    ($rest:literal) => {
        concat!(
            "SELECT keep.id, keep.room_id, keep.board_id, board.name AS board, keep.proposed_by,
                    member.handle AS proposer, keep.title, keep.closes_at, keep.settled_at, keep.thread_id
               FROM room_keep AS keep JOIN board ON board.id = keep.board_id
               JOIN member ON member.id = keep.proposed_by ",
            $rest
        )
    };
}

/// Makes a proposal, and asks everybody who is quoted; the one who proposes it agrees by doing so.
///
/// # Errors
/// When it cannot be written.
pub async fn insert_keep(
    conn: &mut SqliteConnection,
    _grant: &Grant<ProposeKeep>,
    new: NewKeep<'_>,
) -> sqlx::Result<KeepId> {
    let keep: KeepId = sqlx::query_scalar(
        "INSERT INTO room_keep (room_id, board_id, proposed_by, title, proposed_at, closes_at)
         VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.room)
    .bind(new.board)
    .bind(new.by)
    .bind(new.title)
    .bind(new.at)
    .bind(new.closes_at)
    .fetch_one(&mut *conn)
    .await?;
    for line in new.lines {
        sqlx::query("INSERT INTO room_keep_line (keep_id, line_id) VALUES (?, ?)")
            .bind(keep)
            .bind(line)
            .execute(&mut *conn)
            .await?;
    }
    sqlx::query(
        "INSERT INTO room_keep_answer (keep_id, member_id, agrees, answered_at)
         SELECT DISTINCT ?1, line.author_id, CASE WHEN line.author_id = ?2 THEN 1 END,
                CASE WHEN line.author_id = ?2 THEN ?3 END
           FROM room_keep_line JOIN room_line AS line ON line.id = room_keep_line.line_id
          WHERE room_keep_line.keep_id = ?1",
    )
    .bind(keep)
    .bind(new.by)
    .bind(new.at)
    .execute(conn)
    .await?;
    Ok(keep)
}

/// One proposal.
///
/// # Errors
/// When it cannot be read.
pub async fn keep(conn: &mut SqliteConnection, keep: KeepId) -> sqlx::Result<Option<KeepRow>> {
    sqlx::query_as(select_keep!("WHERE keep.id = ?")).bind(keep).fetch_optional(conn).await
}

/// The open proposals of a room.
///
/// # Errors
/// When they cannot be read.
pub async fn open_keeps(conn: &mut SqliteConnection, room: RoomId) -> sqlx::Result<Vec<KeepRow>> {
    sqlx::query_as(select_keep!("WHERE keep.room_id = ? AND keep.settled_at IS NULL ORDER BY keep.id"))
        .bind(room)
        .fetch_all(conn)
        .await
}

/// Who was asked, and what they said; none: nothing yet.
///
/// # Errors
/// When they cannot be read.
pub async fn keep_answers(
    conn: &mut SqliteConnection,
    keep: KeepId,
) -> sqlx::Result<Vec<(MemberId, Option<bool>)>> {
    sqlx::query_as("SELECT member_id, agrees FROM room_keep_answer WHERE keep_id = ? ORDER BY member_id")
        .bind(keep)
        .fetch_all(conn)
        .await
}

/// What a member is asked and has not answered, the oldest first.
///
/// # Errors
/// When it cannot be read.
pub async fn asked_of(
    conn: &mut SqliteConnection,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<Vec<AskRow>> {
    sqlx::query_as(
        "SELECT keep.id, keep.room_id, member.handle AS proposer, keep.title, board.name AS board, keep.closes_at,
                (SELECT count(*) FROM room_keep_line AS kept JOIN room_line AS line ON line.id = kept.line_id
                  WHERE kept.keep_id = keep.id AND line.author_id = ?1 AND line.removed = 0) AS lines
           FROM room_keep_answer AS answer JOIN room_keep AS keep ON keep.id = answer.keep_id
           JOIN board ON board.id = keep.board_id JOIN member ON member.id = keep.proposed_by
          WHERE answer.member_id = ?1 AND answer.agrees IS NULL AND keep.settled_at IS NULL AND keep.closes_at > ?2
          ORDER BY keep.id",
    )
    .bind(member)
    .bind(now)
    .fetch_all(conn)
    .await
}

/// Notes what a member says to a proposal; they may change their mind while it is open.
///
/// # Errors
/// When it cannot be written.
pub async fn answer_keep(
    conn: &mut SqliteConnection,
    _grant: &Grant<AnswerKeep>,
    keep: KeepId,
    member: MemberId,
    agrees: bool,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE room_keep_answer SET agrees = ?, answered_at = ? WHERE keep_id = ? AND member_id = ?",
    )
    .bind(agrees)
    .bind(now)
    .bind(keep)
    .bind(member)
    .execute(conn)
    .await?;
    Ok(())
}

/// The proposals that can be settled: everybody has answered, or the time is over.
///
/// # Errors
/// When they cannot be read.
pub async fn due_keeps(conn: &mut SqliteConnection, now: Timestamp) -> sqlx::Result<Vec<DueKeep>> {
    sqlx::query_as(
        "SELECT id, proposed_by FROM room_keep
          WHERE settled_at IS NULL AND (closes_at <= ? OR NOT EXISTS (
                SELECT 1 FROM room_keep_answer WHERE keep_id = room_keep.id AND agrees IS NULL))
          ORDER BY id",
    )
    .bind(now)
    .fetch_all(conn)
    .await
}

/// The lines of a proposal whose authors agreed, in order; what was removed since is left out.
///
/// # Errors
/// When they cannot be read.
pub async fn kept_lines(conn: &mut SqliteConnection, keep: KeepId) -> sqlx::Result<Vec<KeptLine>> {
    sqlx::query_as(
        "SELECT member.handle AS author, line.kind, line.body, line.said_at
           FROM room_keep_line AS kept JOIN room_line AS line ON line.id = kept.line_id
           JOIN member ON member.id = line.author_id
           JOIN room_keep_answer AS answer ON answer.keep_id = kept.keep_id AND answer.member_id = line.author_id
          WHERE kept.keep_id = ? AND answer.agrees = 1 AND line.removed = 0 ORDER BY line.id",
    )
    .bind(keep)
    .fetch_all(conn)
    .await
}

/// Settles a proposal, with the thread that it became, if it became one.
///
/// # Errors
/// When it cannot be written.
pub async fn settle_keep(
    conn: &mut SqliteConnection,
    _grant: &Grant<SettleKeep>,
    keep: KeepId,
    thread: Option<ThreadId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE room_keep SET settled_at = ?, thread_id = ? WHERE id = ?")
        .bind(now)
        .bind(thread)
        .bind(keep)
        .execute(conn)
        .await?;
    Ok(())
}
