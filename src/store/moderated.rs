//! Posts, threads and members as moderation sees them: where they stand, what staff may change about them, and how
//! an undo puts it back. What everybody else reads and writes of them is in `posts.rs`, `threads.rs`, `members.rs`.

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::{messages, reading};

use crate::domain::ids::{BoardId, MemberId, MessageId, PostId, PostNo, ThreadId};
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::{Grant, ModerateContent, MoveThread, Sanction, TidyBoard, UndoAct};
use crate::domain::post::PostState;
use crate::domain::time::Timestamp;

/// A post.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PostThing {
    /// Its id.
    pub id: PostId,
    /// Its number in its thread.
    pub no: PostNo,
    /// Its thread.
    pub thread_id: ThreadId,
    /// Who wrote it.
    pub author_id: MemberId,
    /// Their handle.
    pub author: String,
    /// What it says.
    pub body: String,
    /// How it is shown.
    pub state: PostState,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was edited, if that is shown.
    pub edited_at: Option<Timestamp>,
}

/// A thread.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ThreadThing {
    /// Its id.
    pub id: ThreadId,
    /// The board it is on.
    pub board_id: BoardId,
    /// Its title.
    pub title: String,
    /// Who started it.
    pub author_id: MemberId,
    /// Pinned.
    pub pinned: bool,
    /// Locked.
    pub locked: bool,
    /// Hidden.
    pub removed: bool,
    /// Seconds between two posts of one member; 0 without slow mode.
    pub slow_s: i64,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberThing {
    /// The account.
    pub id: MemberId,
    /// The handle.
    pub handle: String,
    /// Where it stands; a suspension whose time is over still reads as suspended here.
    pub standing: Standing,
    /// Until when, if suspended for a time.
    pub suspended_until: Option<Timestamp>,
    /// How well it is known.
    pub level: Level,
    /// What it is trusted with.
    pub role: Role,
    /// Who invited them.
    pub invited_by: Option<MemberId>,
    /// When they became a member.
    pub joined_at: Option<Timestamp>,
    /// What the profile says, line by line.
    pub profile: String,
}

impl MemberThing {
    /// Where the account stands at `now`: a suspension ends by itself.
    pub fn standing_at(&self, now: Timestamp) -> Standing {
        match self.suspended_until {
            Some(until) if self.standing == Standing::Suspended && until <= now => Standing::Active,
            _ => self.standing,
        }
    }
}

/// What an act changed, as it was before: exactly what the undo puts back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing that is kept with the thing.
    Nothing,
    /// How a post was shown.
    PostState(PostId, PostState),
    /// When a message was removed, if it was.
    Message(MessageId, Option<Timestamp>),
    /// Whether a thread was locked.
    Locked(ThreadId, bool),
    /// Whether a thread was pinned.
    Pinned(ThreadId, bool),
    /// How slow a thread was, in seconds.
    Slow(ThreadId, i64),
    /// Which board a thread was on, and whether it was pinned there.
    Board(ThreadId, BoardId, bool),
    /// Whether a thread was hidden.
    Removed(ThreadId, bool),
    /// How a member stood.
    Standing(MemberId, Standing, Option<Timestamp>),
}

/// How [`Before`] stands in its column. Words as they are in the schema.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct BeforeJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    /// When a message was removed; 0: it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    message_removed: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locked: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    board: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pinned: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slow: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
}

impl Before {
    /// As it stands in the column `mod_act.before`.
    pub(super) fn to_json(self) -> String {
        let mut json = BeforeJson::default();
        match self {
            Self::Nothing => {}
            Self::PostState(_, state) => json.state = Some(state.as_str().to_owned()),
            Self::Message(_, at) => json.message_removed = Some(at.map_or(0, |at| at.0)),
            Self::Locked(_, locked) => json.locked = Some(locked),
            Self::Pinned(_, pinned) => json.pinned = Some(pinned),
            Self::Slow(_, slow_s) => json.slow = Some(slow_s),
            Self::Board(_, board, pinned) => {
                json.board = Some(board.0);
                json.pinned = Some(pinned);
            }
            Self::Removed(_, removed) => json.removed = Some(removed),
            Self::Standing(_, standing, until) => {
                json.standing = Some(standing.as_str().to_owned());
                json.until = until.map(|until| until.0);
            }
        }
        // A struct of plain fields always has a form in JSON.
        serde_json::to_string(&json).unwrap_or_default()
    }

    /// Reads the column back; `id` is that of the thing. A damaged row is an error, never a guess.
    pub(super) fn from_json(text: &str, id: i64) -> sqlx::Result<Self> {
        let damaged = |cause: Box<dyn std::error::Error + Send + Sync>| sqlx::Error::Decode(cause);
        let json: BeforeJson = serde_json::from_str(text).map_err(|cause| damaged(cause.into()))?;
        let thread = ThreadId(id);
        Ok(if let Some(state) = json.state {
            Self::PostState(PostId(id), state.parse().map_err(|cause| damaged(Box::new(cause)))?)
        } else if let Some(at) = json.message_removed {
            Self::Message(MessageId(id), (at != 0).then_some(Timestamp(at)))
        } else if let Some(locked) = json.locked {
            Self::Locked(thread, locked)
        } else if let Some(board) = json.board {
            Self::Board(thread, BoardId(board), json.pinned.unwrap_or(false))
        } else if let Some(pinned) = json.pinned {
            Self::Pinned(thread, pinned)
        } else if let Some(slow_s) = json.slow {
            Self::Slow(thread, slow_s)
        } else if let Some(removed) = json.removed {
            Self::Removed(thread, removed)
        } else if let Some(standing) = json.standing {
            let standing = standing.parse().map_err(|cause| damaged(Box::new(cause)))?;
            Self::Standing(MemberId(id), standing, json.until.map(Timestamp))
        } else {
            Self::Nothing
        })
    }
}

/// A post.
///
/// # Errors
/// When it cannot be read.
pub async fn post(conn: &mut SqliteConnection, post: PostId) -> sqlx::Result<Option<PostThing>> {
    sqlx::query_as(
        "SELECT post.id, post.no, post.thread_id, post.author_id, member.handle AS author, post.body, post.state,
                post.created_at, post.edited_at
           FROM post JOIN member ON member.id = post.author_id WHERE post.id = ?",
    )
    .bind(post)
    .fetch_optional(conn)
    .await
}

/// The posts of a thread with numbers from `first` to `last`.
///
/// # Errors
/// When they cannot be read.
pub async fn posts_between(
    conn: &mut SqliteConnection,
    thread: ThreadId,
    first: PostNo,
    last: PostNo,
) -> sqlx::Result<Vec<PostThing>> {
    sqlx::query_as(
        "SELECT post.id, post.no, post.thread_id, post.author_id, member.handle AS author, post.body, post.state,
                post.created_at, post.edited_at
           FROM post JOIN member ON member.id = post.author_id
          WHERE post.thread_id = ? AND post.no BETWEEN ? AND ? ORDER BY post.no",
    )
    .bind(thread)
    .bind(first)
    .bind(last)
    .fetch_all(conn)
    .await
}

/// A thread.
///
/// # Errors
/// When it cannot be read.
pub async fn thread(conn: &mut SqliteConnection, thread: ThreadId) -> sqlx::Result<Option<ThreadThing>> {
    sqlx::query_as(
        "SELECT id, board_id, title, author_id, pinned, locked, removed, slow_s FROM thread WHERE id = ?",
    )
    .bind(thread)
    .fetch_optional(conn)
    .await
}

/// A member.
///
/// # Errors
/// When they cannot be read.
pub async fn member(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Option<MemberThing>> {
    sqlx::query_as(
        "SELECT id, handle, standing, suspended_until, level, role, invited_by, joined_at,
                handle || char(10) || pronouns || char(10) || plan || char(10) || about || char(10)
                       || can_help || char(10) || looking_for AS profile
           FROM member WHERE id = ?",
    )
    .bind(member)
    .fetch_optional(conn)
    .await
}

/// Who invited a member and leaves judging them to others: nobody where no other active member of the staff is free,
/// so that a place with one sysop can still be kept well (M4).
///
/// # Errors
/// When it cannot be read.
pub async fn inviter_aside(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Option<MemberId>> {
    sqlx::query_scalar("SELECT inviter_id FROM member_aside WHERE member_id = ?")
        .bind(member)
        .fetch_optional(conn)
        .await
}

/// How many threads of a board are pinned.
///
/// # Errors
/// When they cannot be counted.
pub async fn pinned_count(conn: &mut SqliteConnection, board: BoardId) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM thread WHERE board_id = ? AND pinned = 1 AND removed = 0")
        .bind(board)
        .fetch_one(conn)
        .await
}

/// Changes how a post is shown.
///
/// # Errors
/// When it cannot be written.
pub async fn set_post_state(
    conn: &mut SqliteConnection,
    _grant: &Grant<ModerateContent>,
    post: PostId,
    state: PostState,
) -> sqlx::Result<()> {
    write_post_state(conn, post, state).await
}

/// Hides a whole thread, or shows it again.
///
/// # Errors
/// When it cannot be written.
pub async fn set_removed(
    conn: &mut SqliteConnection,
    _grant: &Grant<ModerateContent>,
    thread: ThreadId,
    removed: bool,
) -> sqlx::Result<()> {
    write_removed(conn, thread, removed).await
}

/// Locks or unlocks a thread.
///
/// # Errors
/// When it cannot be written.
pub async fn set_locked(
    conn: &mut SqliteConnection,
    _grant: &Grant<TidyBoard>,
    thread: ThreadId,
    locked: bool,
) -> sqlx::Result<()> {
    write_locked(conn, thread, locked).await
}

/// Pins or unpins a thread.
///
/// # Errors
/// When it cannot be written.
pub async fn set_pinned(
    conn: &mut SqliteConnection,
    _grant: &Grant<TidyBoard>,
    thread: ThreadId,
    pinned: bool,
) -> sqlx::Result<()> {
    write_pinned(conn, thread, pinned).await
}

/// Makes a thread slow: so many seconds between two posts of one member; 0 ends that.
///
/// # Errors
/// When it cannot be written.
pub async fn set_slow(
    conn: &mut SqliteConnection,
    _grant: &Grant<TidyBoard>,
    thread: ThreadId,
    slow_s: i64,
) -> sqlx::Result<()> {
    write_slow(conn, thread, slow_s).await
}

/// Takes a thread to another board, unpinned, and keeps a trail so that old links lead on. Post numbers stay as they
/// are, and what is unread for everybody.
///
/// # Errors
/// When it cannot be written.
pub async fn move_thread(
    conn: &mut SqliteConnection,
    _grant: &Grant<MoveThread>,
    thread: &ThreadThing,
    to: BoardId,
    by: MemberId,
    now: Timestamp,
) -> sqlx::Result<()> {
    reading::keep_over_move(&mut *conn, thread.id, to).await?;
    sqlx::query(
        "INSERT INTO thread_trail (thread_id, from_board, to_board, moved_at, moved_by) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(thread.id)
    .bind(thread.board_id)
    .bind(to)
    .bind(now)
    .bind(by)
    .execute(&mut *conn)
    .await?;
    write_board(conn, thread.id, to, false).await
}

/// Suspends a member, or ends a suspension.
///
/// # Errors
/// When it cannot be written.
pub async fn set_standing(
    conn: &mut SqliteConnection,
    _grant: &Grant<Sanction>,
    member: MemberId,
    standing: Standing,
    until: Option<Timestamp>,
) -> sqlx::Result<()> {
    write_standing(conn, member, standing, until).await
}

/// Puts back what an act changed. A moved thread's last trail goes too: that move never was.
///
/// # Errors
/// When it cannot be written.
pub async fn put_back(
    conn: &mut SqliteConnection,
    _grant: &Grant<UndoAct>,
    before: Before,
) -> sqlx::Result<()> {
    match before {
        Before::Nothing => Ok(()),
        Before::PostState(post, state) => write_post_state(conn, post, state).await,
        Before::Message(message, at) => messages::write_removed(conn, message, at).await,
        Before::Locked(thread, locked) => write_locked(conn, thread, locked).await,
        Before::Pinned(thread, pinned) => write_pinned(conn, thread, pinned).await,
        Before::Slow(thread, slow_s) => write_slow(conn, thread, slow_s).await,
        Before::Removed(thread, removed) => write_removed(conn, thread, removed).await,
        Before::Standing(member, standing, until) => write_standing(conn, member, standing, until).await,
        Before::Board(thread, board, pinned) => {
            sqlx::query(
                "DELETE FROM thread_trail WHERE rowid = (SELECT max(rowid) FROM thread_trail WHERE thread_id = ?)",
            )
            .bind(thread)
            .execute(&mut *conn)
            .await?;
            reading::keep_over_move(&mut *conn, thread, board).await?;
            write_board(conn, thread, board, pinned).await
        }
    }
}

async fn write_post_state(conn: &mut SqliteConnection, post: PostId, state: PostState) -> sqlx::Result<()> {
    sqlx::query("UPDATE post SET state = ? WHERE id = ?").bind(state).bind(post).execute(conn).await?;
    Ok(())
}

async fn write_removed(conn: &mut SqliteConnection, thread: ThreadId, removed: bool) -> sqlx::Result<()> {
    sqlx::query("UPDATE thread SET removed = ? WHERE id = ?")
        .bind(removed)
        .bind(thread)
        .execute(conn)
        .await?;
    Ok(())
}

async fn write_locked(conn: &mut SqliteConnection, thread: ThreadId, locked: bool) -> sqlx::Result<()> {
    sqlx::query("UPDATE thread SET locked = ? WHERE id = ?").bind(locked).bind(thread).execute(conn).await?;
    Ok(())
}

async fn write_pinned(conn: &mut SqliteConnection, thread: ThreadId, pinned: bool) -> sqlx::Result<()> {
    sqlx::query("UPDATE thread SET pinned = ? WHERE id = ?").bind(pinned).bind(thread).execute(conn).await?;
    Ok(())
}

async fn write_slow(conn: &mut SqliteConnection, thread: ThreadId, slow_s: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE thread SET slow_s = ? WHERE id = ?").bind(slow_s).bind(thread).execute(conn).await?;
    Ok(())
}

async fn write_board(
    conn: &mut SqliteConnection,
    thread: ThreadId,
    board: BoardId,
    pinned: bool,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE thread SET board_id = ?, pinned = ? WHERE id = ?")
        .bind(board)
        .bind(pinned)
        .bind(thread)
        .execute(conn)
        .await?;
    Ok(())
}

async fn write_standing(
    conn: &mut SqliteConnection,
    member: MemberId,
    standing: Standing,
    until: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE member SET standing = ?, suspended_until = ? WHERE id = ?")
        .bind(standing)
        .bind(until)
        .bind(member)
        .execute(conn)
        .await?;
    Ok(())
}
