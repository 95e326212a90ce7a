//! Posts, threads and members as moderation sees them: where they stand, what staff may change about them, and how
//! an undo puts it back. What everybody else reads and writes of them is in `posts.rs`, `threads.rs`, `members.rs`.

use sqlx::SqliteConnection;

use super::before::Before;
use super::writing::requeue;
use super::{curbs, cuts, loose, messages, reading, redactions};

use crate::domain::ids::{ActId, BoardId, MemberId, PostId, PostNo, ThreadId};
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
    act: ActId,
    before: Before,
) -> sqlx::Result<()> {
    match before {
        Before::Nothing => Ok(()),
        Before::Text(post) => redactions::put_back(conn, act, post).await,
        Before::Posts(_) => cuts::put_back(conn, act).await,
        Before::PostState(post, state) => write_post_state(conn, post, state).await,
        Before::Gone(thing, at) => loose::write_gone(conn, thing, at).await,
        Before::Message(message, at) => messages::write_removed(conn, message, at).await,
        Before::Locked(thread, locked) => write_locked(conn, thread, locked).await,
        Before::Pinned(thread, pinned) => write_pinned(conn, thread, pinned).await,
        Before::Slow(thread, slow_s) => write_slow(conn, thread, slow_s).await,
        Before::Removed(thread, removed) => write_removed(conn, thread, removed).await,
        Before::Standing(member, standing, until) => write_standing(conn, member, standing, until).await,
        Before::Curb(member, curb, term) => curbs::write(conn, member, curb, term).await,
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
    // What is taken down is not found any more, and what is shown again is.
    requeue(&mut *conn, post).await?;
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
