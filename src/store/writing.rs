//! Writing threads and posts. What belongs to one act goes to the database as one batch of statements, so that a
//! post costs little more than its own insert. Reading them back is `store::threads` and `store::posts`.
//!
//! In a batch every statement must use the parameters ?1 to ?k without a gap: the driver numbers a missing one as
//! if it were positional, and leaves later ones unbound.

use sqlx::SqliteConnection;

use crate::domain::board::{Audience, BoardFacts, ThreadFacts};
use crate::domain::ids::{BoardId, MemberId, PostId, PostNo, ThreadId};
use crate::domain::member::Origin;
use crate::domain::policy::{Action, DeletePost, EditPost, Grant, Reply, StartThread, UndeletePost};
use crate::domain::post::{PostFacts, PostState};
use crate::domain::time::Timestamp;
use crate::store::reading::{mark_joins, read_to_sql};

pub mod notes;
pub mod similar;
pub mod template;

#[cfg(test)]
mod tests;

/// What has to be known of a thread before something is written in it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ThreadForWriting {
    /// Its board.
    pub board_id: BoardId,
    /// The board's name.
    pub board: String,
    /// Its title.
    pub title: String,
    see: Audience,
    write: Audience,
    archived: bool,
    host_id: Option<MemberId>,
    circle: i64,
    author_id: MemberId,
    locked: bool,
    removed: bool,
    /// Slow mode: seconds between two posts of one member, 0 when off.
    pub slow_s: i64,
    /// Who wrote the post that is answered; `None` when nothing is answered or there is no such post.
    pub answered_author: Option<MemberId>,
}

impl ThreadForWriting {
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

    /// What the policy needs to know of the thread.
    pub fn facts(&self) -> ThreadFacts {
        ThreadFacts { locked: self.locked, removed: self.removed, author: self.author_id }
    }
}

/// What has to be known of a post before it is changed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PostForWriting {
    /// The post.
    pub id: PostId,
    /// Its text now.
    pub body: String,
    author_id: MemberId,
    state: PostState,
    /// When it was written.
    pub created_at: Timestamp,
    /// When its author deleted it.
    pub deleted_at: Option<Timestamp>,
    /// Who wrote the post that it answers.
    pub answered_author: Option<MemberId>,
}

impl PostForWriting {
    /// What the policy needs to know.
    pub fn facts(&self) -> PostFacts {
        PostFacts { author: self.author_id, state: self.state }
    }
}

/// A thread to start, with its first post.
#[derive(Clone, Copy, Debug)]
pub struct NewThread<'a> {
    /// Its board.
    pub board: BoardId,
    /// Who starts it.
    pub author: MemberId,
    /// Its title.
    pub title: &'a str,
    /// The text of its first post.
    pub body: &'a str,
    /// Where it came from.
    pub origin: Origin,
}

/// A post to add to a thread.
#[derive(Clone, Copy, Debug)]
pub struct NewPost<'a> {
    /// Its thread.
    pub thread: ThreadId,
    /// Who writes it.
    pub author: MemberId,
    /// The post that it answers.
    pub reply_to: Option<PostNo>,
    /// Its text.
    pub body: &'a str,
    /// Where it came from.
    pub origin: Origin,
}

/// A post that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Written {
    /// Its thread.
    pub thread_id: ThreadId,
    /// The post.
    pub post_id: PostId,
    /// Its number.
    pub no: PostNo,
}

/// What the policy and the limits need to know of a thread.
///
/// # Errors
/// When it cannot be read.
pub async fn thread(
    conn: &mut SqliteConnection,
    thread: ThreadId,
    answers: Option<PostNo>,
) -> sqlx::Result<Option<ThreadForWriting>> {
    sqlx::query_as(
        "SELECT thread.board_id, board.name AS board, thread.title, board.see, board.write, board.archived,
                board.host_id, board.circle, thread.author_id, thread.locked, thread.removed, thread.slow_s,
                (SELECT author_id FROM post WHERE thread_id = ?1 AND no = ?2) AS answered_author
           FROM thread JOIN board ON board.id = thread.board_id WHERE thread.id = ?1",
    )
    .bind(thread)
    .bind(answers)
    .fetch_optional(conn)
    .await
}

/// One post of a thread by its number.
///
/// # Errors
/// When it cannot be read.
pub async fn post(
    conn: &mut SqliteConnection,
    thread: ThreadId,
    no: PostNo,
) -> sqlx::Result<Option<PostForWriting>> {
    sqlx::query_as(
        "SELECT id, body, author_id, state, created_at, deleted_at,
                (SELECT parent.author_id FROM post AS parent
                  WHERE parent.thread_id = post.thread_id AND parent.no = post.reply_to_no) AS answered_author
           FROM post WHERE thread_id = ? AND no = ?",
    )
    .bind(thread)
    .bind(no)
    .fetch_optional(conn)
    .await
}

/// A post as the one who answers it sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AnsweredRow {
    /// Who wrote it.
    pub author: String,
    /// What it says.
    pub body: String,
    /// How it is shown.
    pub state: PostState,
    /// When it was written.
    pub created_at: Timestamp,
}

/// The post that is answered.
///
/// # Errors
/// When it cannot be read.
pub async fn answered(
    conn: &mut SqliteConnection,
    thread: ThreadId,
    no: PostNo,
) -> sqlx::Result<Option<AnsweredRow>> {
    sqlx::query_as(
        "SELECT member.handle AS author, post.body, post.state, post.created_at
           FROM post JOIN member ON member.id = post.author_id WHERE post.thread_id = ? AND post.no = ?",
    )
    .bind(thread)
    .bind(no)
    .fetch_optional(conn)
    .await
}

/// Handles of active members that begin with some letters, folded, in order.
///
/// # Errors
/// When they cannot be read.
pub async fn handles_from(
    conn: &mut SqliteConnection,
    prefix_fold: &str,
    limit: i64,
) -> sqlx::Result<Vec<String>> {
    // A range of the index; no handle holds a character beyond ASCII.
    sqlx::query_scalar(
        "SELECT handle FROM member
          WHERE standing = 'active' AND handle_fold >= ?1 AND handle_fold < ?1 || char(128)
          ORDER BY handle_fold LIMIT ?2",
    )
    .bind(prefix_fold)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Starts a thread with its first post.
///
/// # Errors
/// When it cannot be written.
pub async fn insert_thread(
    conn: &mut SqliteConnection,
    _grant: &Grant<StartThread>,
    now: Timestamp,
    new: NewThread<'_>,
) -> sqlx::Result<Written> {
    let thread = sqlx::query_scalar(
        "INSERT INTO thread (board_id, title, author_id, created_at, last_author_id, last_at, origin)
         VALUES (?1, ?2, ?3, ?4, ?3, ?4, ?5) RETURNING id",
    )
    .bind(new.board)
    .bind(new.title)
    .bind(new.author)
    .bind(now)
    .bind(new.origin)
    .fetch_one(&mut *conn)
    .await?;
    let first = NewPost { thread, author: new.author, reply_to: None, body: new.body, origin: new.origin };
    append(conn, now, first).await
}

/// Adds a post to a thread.
///
/// # Errors
/// When it cannot be written, or the thread is not there.
pub async fn insert_post(
    conn: &mut SqliteConnection,
    _grant: &Grant<Reply>,
    now: Timestamp,
    new: NewPost<'_>,
) -> sqlx::Result<Written> {
    append(conn, now, new).await
}

/// The post with the thread's next number, the thread's counters, the post's place in the search queue, and the
/// author's mark.
async fn append(conn: &mut SqliteConnection, now: Timestamp, new: NewPost<'_>) -> sqlx::Result<Written> {
    // After the first statement last_insert_rowid() is the post's: an UPDATE and a table without rowids leave it
    // alone, and the queue's key is the post's own id. The mark moves only when nothing unread lies before the new
    // post, for what was not shown is not read (R4).
    sqlx::query_as(concat!(
        "INSERT INTO post (author_id, thread_id, no, created_at, origin, reply_to_no, body)
              VALUES (?1, ?2, (SELECT post_count + 1 FROM thread WHERE id = ?2), ?3, ?4, ?5, ?6);
         UPDATE thread SET post_count = post_count + 1, last_post_id = last_insert_rowid(), last_author_id = ?1,
                last_at = ?3 WHERE id = ?2;
         INSERT INTO search_queue (post_id) VALUES (last_insert_rowid());
         INSERT INTO read_thread (member_id, thread_id, last_no)
              SELECT ?1, thread.id, thread.post_count FROM thread ",
        mark_joins!(),
        " WHERE thread.id = ?2 AND ",
        read_to_sql!(),
        " >= thread.post_count - 1
              ON CONFLICT (member_id, thread_id) DO UPDATE SET last_no = excluded.last_no, held = 0;
         SELECT thread_id, id AS post_id, no FROM post WHERE id = last_insert_rowid()"
    ))
    .bind(new.author)
    .bind(new.thread)
    .bind(now)
    .bind(new.origin)
    .bind(new.reply_to)
    .bind(new.body)
    .fetch_one(conn)
    .await
}

/// Says whom a new post speaks to: the author it answers, and the active members among the mentioned handles; never
/// its own author.
///
/// # Errors
/// When it cannot be written.
pub async fn address<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    post: PostId,
    answered: Option<MemberId>,
    mentioned_folds: &[String],
) -> sqlx::Result<()> {
    let folds = serde_json::Value::from(mentioned_folds.to_vec()).to_string();
    sqlx::query(
        "INSERT INTO post_address (member_id, post_id, kind)
              SELECT ?2, ?1, 'reply' FROM post WHERE id = ?1 AND author_id <> ?2;
         INSERT INTO post_address (member_id, post_id, kind)
              SELECT member.id, ?1, 'mention' FROM post, member
               WHERE post.id = ?1 AND member.id <> post.author_id AND member.id IS NOT ?2
                 AND member.standing = 'active' AND member.handle_fold IN (SELECT value FROM json_each(?3))",
    )
    .bind(post)
    .bind(answered)
    .bind(folds)
    .execute(conn)
    .await?;
    Ok(())
}

/// Says anew whom a post speaks to, after it was edited.
///
/// # Errors
/// When it cannot be written.
pub async fn address_anew<A: Action>(
    conn: &mut SqliteConnection,
    grant: &Grant<A>,
    post: PostId,
    answered: Option<MemberId>,
    mentioned_folds: &[String],
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM post_address WHERE post_id = ?").bind(post).execute(&mut *conn).await?;
    address(conn, grant, post, answered, mentioned_folds).await
}

/// Gives a post another text. With `edited` the old text stays as a revision and the post shows when it was
/// edited; without it there is no trace.
///
/// # Errors
/// When it cannot be written.
pub async fn update_body(
    conn: &mut SqliteConnection,
    _grant: &Grant<EditPost>,
    post: PostId,
    body: &str,
    edited: Option<Timestamp>,
) -> sqlx::Result<()> {
    requeue(conn, post).await?;
    sqlx::query(
        "INSERT INTO post_revision (post_id, body, written_at)
              SELECT id, body, coalesce(edited_at, created_at) FROM post WHERE id = ?1 AND ?2 IS NOT NULL;
         UPDATE post SET edited_at = coalesce(?2, edited_at), body = ?3 WHERE id = ?1",
    )
    .bind(post)
    .bind(edited)
    .bind(body)
    .execute(conn)
    .await?;
    Ok(())
}

/// How many old texts of a post are kept that were written since a time.
///
/// # Errors
/// When they cannot be read.
pub async fn revisions_since(
    conn: &mut SqliteConnection,
    post: PostId,
    since: Timestamp,
) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM post_revision WHERE post_id = ? AND written_at > ?")
        .bind(post)
        .bind(since)
        .fetch_one(conn)
        .await
}

/// Turns a post into a tombstone. The text stays in the row until it is cleared away, for the undo.
///
/// # Errors
/// When it cannot be written.
pub async fn delete_post(
    conn: &mut SqliteConnection,
    _grant: &Grant<DeletePost>,
    now: Timestamp,
    post: PostId,
) -> sqlx::Result<()> {
    requeue(conn, post).await?;
    sqlx::query("UPDATE post SET deleted_from = state, state = 'deleted', deleted_at = ? WHERE id = ?")
        .bind(now)
        .bind(post)
        .execute(conn)
        .await?;
    Ok(())
}

/// Brings a post back that its author deleted.
///
/// # Errors
/// When it cannot be written.
pub async fn undelete_post(
    conn: &mut SqliteConnection,
    _grant: &Grant<UndeletePost>,
    post: PostId,
) -> sqlx::Result<()> {
    requeue(conn, post).await?;
    sqlx::query(
        "UPDATE post SET state = coalesce(deleted_from, 'shown'), deleted_from = NULL, deleted_at = NULL
          WHERE id = ? AND state = 'deleted'",
    )
    .bind(post)
    .execute(conn)
    .await?;
    Ok(())
}

/// SQL: queues those of some posts that the search index holds, before they change, as [`requeue`] does for one.
macro_rules! queue_indexed {
    ($posts:literal) => {
        concat!(
            "INSERT INTO search_queue (post_id, indexed_title, indexed_body)
             SELECT text.id, text.title, text.body
               FROM post_mark CROSS JOIN post_text AS text ON text.id = post_mark.post_id
              WHERE post_mark.post_id IN (",
            $posts,
            ") ON CONFLICT (post_id) DO NOTHING"
        )
    };
}

pub(super) use queue_indexed;

/// Queues a post for the search index before anything about it changes, its state too: with what the index holds for it
/// now, unless it waits there already. What the index holds has a mark, however the post is shown.
pub(super) async fn requeue(conn: &mut SqliteConnection, post: PostId) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO search_queue (post_id, indexed_title, indexed_body)
              SELECT text.id, CASE WHEN mark.post_id IS NOT NULL THEN text.title END,
                     CASE WHEN mark.post_id IS NOT NULL THEN text.body END
                FROM post_text AS text LEFT JOIN post_mark AS mark ON mark.post_id = text.id WHERE text.id = ?
              ON CONFLICT (post_id) DO NOTHING",
    )
    .bind(post)
    .execute(conn)
    .await?;
    Ok(())
}
