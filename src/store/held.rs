//! Posts that wait for a moderator.

use sqlx::SqliteConnection;

use crate::domain::board::{Audience, BoardFacts};
use crate::domain::ids::{BoardId, HeldId, MemberId, PostId, PostNo, ThreadId};
use crate::domain::policy::{Action, Grant, HandleHeld, TakeBackHeld};
use crate::domain::prevention::{HeldState, HoldWhy};
use crate::domain::time::Timestamp;

/// A text to hold.
#[derive(Clone, Copy, Debug)]
pub struct NewHeld<'a> {
    /// Who wrote it.
    pub author: MemberId,
    /// Its board.
    pub board: BoardId,
    /// Its thread; none: it starts one.
    pub thread: Option<ThreadId>,
    /// The title of the thread that it starts.
    pub title: &'a str,
    /// The post that it answers.
    pub reply_to: Option<PostNo>,
    /// The text.
    pub body: &'a str,
    /// Why it waits.
    pub why: HoldWhy,
    /// More on that, for the staff.
    pub note: &'a str,
}

/// A held text.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HeldRow {
    /// Which.
    pub id: HeldId,
    /// Who wrote it.
    pub author_id: MemberId,
    /// Their handle.
    pub author: String,
    /// Its board.
    pub board_id: BoardId,
    /// The board's name.
    pub board: String,
    see: Audience,
    write: Audience,
    archived: bool,
    circle: i64,
    host_id: Option<MemberId>,
    /// Its thread; none: it starts one.
    pub thread_id: Option<ThreadId>,
    /// The thread's title, or that of the thread that it starts.
    pub title: String,
    /// The post that it answers.
    pub reply_to_no: Option<PostNo>,
    /// The text.
    pub body: String,
    /// Why it waits.
    pub why: HoldWhy,
    /// More on that, for the staff.
    pub note: String,
    /// Since when.
    pub held_at: Timestamp,
    /// Who has claimed it.
    pub claimed_by: Option<MemberId>,
    /// Their handle.
    pub claimer: Option<String>,
    /// When.
    pub claimed_at: Option<Timestamp>,
    /// How it stands.
    pub state: HeldState,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// The handle of who decided.
    pub decider: Option<String>,
    /// Kind words to the author.
    pub reason: String,
    /// The post that it became.
    pub post_id: Option<PostId>,
    inviter_id: Option<MemberId>,
    blocked: bool,
}

impl HeldRow {
    /// What the policy needs to know of the board.
    pub fn board_facts(&self) -> BoardFacts {
        BoardFacts {
            see: self.see,
            write: self.write,
            archived: self.archived,
            host: self.host_id,
            circle: self.circle,
        }
    }

    /// What the policy asks of the staff.
    pub fn facts(&self) -> HandleHeld {
        HandleHeld {
            author: self.author_id,
            inviter: self.inviter_id,
            blocked: self.blocked,
            board: self.board_facts(),
        }
    }
}

/// The columns of a [`HeldRow`] for the member `?1`, and what follows in a statement. Who has no contact with the author
/// stands aside as long as somebody else on the staff is there.
macro_rules! select_held {
    ($rest:literal) => {
        concat!(
            "SELECT held_post.id, held_post.author_id, author.handle AS author, held_post.board_id, board.name AS board,
                    board.see, board.write, board.archived, board.host_id, board.circle, held_post.thread_id,
                    coalesce(thread.title, held_post.title) AS title, held_post.reply_to_no, held_post.body,
                    held_post.why, held_post.note, held_post.held_at, held_post.claimed_by,
                    claimer.handle AS claimer, held_post.claimed_at, held_post.state, held_post.decided_at,
                    decider.handle AS decider, held_post.reason, held_post.post_id,
                    (SELECT inviter_id FROM member_aside WHERE member_id = held_post.author_id) AS inviter_id,
                    (EXISTS (SELECT 1 FROM member_block
                              WHERE (member_id = ?1 AND blocked_id = held_post.author_id)
                                 OR (member_id = held_post.author_id AND blocked_id = ?1))
                     AND EXISTS (SELECT 1 FROM member AS other
                                  WHERE other.role <> 'member' AND other.standing = 'active'
                                    AND other.id NOT IN (?1, held_post.author_id))) AS blocked
               FROM held_post
               JOIN member AS author ON author.id = held_post.author_id
               JOIN board ON board.id = held_post.board_id
               LEFT JOIN thread ON thread.id = held_post.thread_id
               LEFT JOIN member AS claimer ON claimer.id = held_post.claimed_by
               LEFT JOIN member AS decider ON decider.id = held_post.decided_by ",
            $rest
        )
    };
}

/// Whether a newcomer's next post is their first one: nothing of theirs was written since they became a member, for an
/// introduction was read with the application.
///
/// # Errors
/// When it cannot be read.
pub async fn is_first_post(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT NOT EXISTS (SELECT 1 FROM post JOIN member ON member.id = post.author_id
                             WHERE post.author_id = ?1 AND post.created_at > coalesce(member.joined_at, 0))",
    )
    .bind(member)
    .fetch_one(conn)
    .await
}

/// Whether somebody applied without an invite and without a pass.
///
/// # Errors
/// When it cannot be read.
pub async fn is_uninvited(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM application JOIN member ON member.id = application.member_id
                         WHERE member_id = ?1 AND invite_id IS NULL AND member.invited_by IS NULL
                           AND NOT EXISTS (SELECT 1 FROM pass WHERE pass.member_id = ?1))",
    )
    .bind(member)
    .fetch_one(conn)
    .await
}

/// Holds a text.
///
/// # Errors
/// When it cannot be written.
pub async fn insert<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    now: Timestamp,
    new: NewHeld<'_>,
) -> sqlx::Result<HeldId> {
    sqlx::query_scalar(
        "INSERT INTO held_post (author_id, board_id, thread_id, title, reply_to_no, body, why, note, held_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.author)
    .bind(new.board)
    .bind(new.thread)
    .bind(new.title)
    .bind(new.reply_to)
    .bind(new.body)
    .bind(new.why)
    .bind(new.note)
    .bind(now)
    .fetch_one(conn)
    .await
}

/// One held text, as the member `me` stands to it.
///
/// # Errors
/// When it cannot be read.
pub async fn get(
    conn: &mut SqliteConnection,
    held: HeldId,
    me: Option<MemberId>,
) -> sqlx::Result<Option<HeldRow>> {
    sqlx::query_as(select_held!("WHERE held_post.id = ?2")).bind(me).bind(held).fetch_optional(conn).await
}

/// All that wait, the oldest first, as the member `me` stands to each. The caller asks the policy about each.
///
/// # Errors
/// When they cannot be read.
pub async fn waiting(
    conn: &mut SqliteConnection,
    me: Option<MemberId>,
    limit: i64,
) -> sqlx::Result<Vec<HeldRow>> {
    sqlx::query_as(select_held!("WHERE held_post.state = 'waiting' ORDER BY held_at, held_post.id LIMIT ?2"))
        .bind(me)
        .bind(limit)
        .fetch_all(conn)
        .await
}

/// A member's own that wait, and those that were declined since a time; the newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn of_author(
    conn: &mut SqliteConnection,
    author: MemberId,
    declined_since: Timestamp,
) -> sqlx::Result<Vec<HeldRow>> {
    sqlx::query_as(select_held!(
        "WHERE held_post.author_id = ?1
           AND (held_post.state = 'waiting' OR (held_post.state = 'declined' AND held_post.decided_at >= ?2))
         ORDER BY held_post.id DESC LIMIT 50"
    ))
    .bind(author)
    .bind(declined_since)
    .fetch_all(conn)
    .await
}

/// An author's own text that waits in a thread, as it is shown to them there.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct InPlace {
    /// Which.
    pub id: HeldId,
    /// The title of the thread that it starts.
    pub title: String,
    /// The text.
    pub body: String,
    /// Since when.
    pub held_at: Timestamp,
}

/// An author's own that wait in a thread, in order.
///
/// # Errors
/// When they cannot be read.
pub async fn in_thread(
    conn: &mut SqliteConnection,
    author: MemberId,
    thread: ThreadId,
) -> sqlx::Result<Vec<InPlace>> {
    sqlx::query_as(
        "SELECT id, title, body, held_at FROM held_post
          WHERE author_id = ? AND thread_id = ? AND state = 'waiting' ORDER BY id LIMIT 20",
    )
    .bind(author)
    .bind(thread)
    .fetch_all(conn)
    .await
}

/// An author's own threads that wait on a board, in order.
///
/// # Errors
/// When they cannot be read.
pub async fn on_board(
    conn: &mut SqliteConnection,
    author: MemberId,
    board: BoardId,
) -> sqlx::Result<Vec<InPlace>> {
    sqlx::query_as(
        "SELECT id, title, body, held_at FROM held_post
          WHERE author_id = ? AND board_id = ? AND thread_id IS NULL AND state = 'waiting' ORDER BY id LIMIT 20",
    )
    .bind(author)
    .bind(board)
    .fetch_all(conn)
    .await
}

/// Claims it, unless somebody else's claim is younger than `stale`. False when nothing was to be claimed.
///
/// # Errors
/// When it cannot be written.
pub async fn claim(
    conn: &mut SqliteConnection,
    _grant: &Grant<HandleHeld>,
    held: HeldId,
    by: MemberId,
    now: Timestamp,
    stale: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE held_post SET claimed_by = ?2, claimed_at = ?3
          WHERE id = ?1 AND state = 'waiting' AND (claimed_by IS NULL OR claimed_by = ?2 OR claimed_at <= ?4)",
    )
    .bind(held)
    .bind(by)
    .bind(now)
    .bind(stale)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Gives a claim of one's own back. False when there was none.
///
/// # Errors
/// When it cannot be written.
pub async fn release(
    conn: &mut SqliteConnection,
    _grant: &Grant<HandleHeld>,
    held: HeldId,
    by: MemberId,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE held_post SET claimed_by = NULL, claimed_at = NULL WHERE id = ? AND claimed_by = ?",
    )
    .bind(held)
    .bind(by)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Notes how it was decided. False when it no longer waits.
///
/// # Errors
/// When it cannot be written.
pub async fn decide(
    conn: &mut SqliteConnection,
    _grant: &Grant<HandleHeld>,
    held: HeldId,
    by: Option<MemberId>,
    now: Timestamp,
    reason: &str,
    post: Option<PostId>,
) -> sqlx::Result<bool> {
    let state = if post.is_some() { HeldState::Published } else { HeldState::Declined };
    let done = sqlx::query(
        "UPDATE held_post SET state = ?2, decided_by = ?3, decided_at = ?4, reason = ?5, post_id = ?6
          WHERE id = ?1 AND state = 'waiting'",
    )
    .bind(held)
    .bind(state)
    .bind(by)
    .bind(now)
    .bind(reason)
    .bind(post)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Takes it back for its author. False when it no longer waits.
///
/// # Errors
/// When it cannot be written.
pub async fn withdraw(
    conn: &mut SqliteConnection,
    _grant: &Grant<TakeBackHeld>,
    held: HeldId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE held_post SET state = 'withdrawn', decided_at = ?2 WHERE id = ?1 AND state = 'waiting'",
    )
    .bind(held)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}
