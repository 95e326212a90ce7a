//! Posts as they are read: a window of a thread, and what a post said before.

use futures_util::TryStreamExt;
use sqlx::SqliteConnection;

use crate::domain::ids::{MemberId, PostId, PostNo, ThreadId};
use crate::domain::member::{Level, Origin, Role};
use crate::domain::post::PostState;
use crate::domain::time::Timestamp;

/// A post with its author and its parent's.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PostRow {
    /// Its id, across all threads.
    pub id: PostId,
    /// Its number in the thread.
    pub no: PostNo,
    /// Who wrote it.
    pub author_id: MemberId,
    /// The author's handle.
    pub author: String,
    /// The author's level.
    pub level: Level,
    /// The author's role.
    pub role: Role,
    /// When.
    pub created_at: Timestamp,
    /// When it was last changed after the silent minutes.
    pub edited_at: Option<Timestamp>,
    /// How it is shown.
    pub state: PostState,
    /// Where it came from.
    pub origin: Origin,
    /// The number of the post that it answers.
    pub reply_to_no: Option<PostNo>,
    /// Who wrote that one.
    pub reply_to_author: Option<String>,
    /// It answers or mentions the reader.
    pub to_reader: bool,
    /// The reader does not want to see its author's words.
    pub muted: bool,
    /// The reader keeps it in their reading list.
    pub kept: bool,
    /// The reader gave thanks for it.
    pub thanked: bool,
    /// Who gave thanks for it, parted by spaces; only for its author.
    pub thanked_by: Option<String>,
    /// The text; empty for a tombstone, whatever the row still holds.
    pub body: String,
}

/// What a post said before an edit.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RevisionRow {
    /// The older text.
    pub body: String,
    /// When that text was written.
    pub written_at: Timestamp,
}

/// Which posts of a thread, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// From this one on, upwards.
    From(PostNo),
    /// Those before this one, nearest first kept.
    Before(PostNo),
}

/// SQL: a post as the reader `?1` sees it.
macro_rules! post_columns {
    () => {
        "post.id, post.no, post.author_id, author.handle AS author, author.level, author.role, post.created_at,
         post.edited_at, post.state, post.origin, post.reply_to_no,
         (SELECT handle FROM post AS parent JOIN member ON member.id = parent.author_id
           WHERE parent.thread_id = post.thread_id AND parent.no = post.reply_to_no) AS reply_to_author,
         EXISTS (SELECT 1 FROM post_address AS address
                  WHERE address.member_id = ?1 AND address.post_id = post.id)
             AND NOT EXISTS (SELECT 1 FROM kept_apart WHERE kept_apart.member_id = ?1
                                AND kept_apart.other_id = post.author_id) AS to_reader,
         EXISTS (SELECT 1 FROM unseen_by WHERE unseen_by.member_id = ?1
                    AND unseen_by.other_id = post.author_id) AS muted,
         EXISTS (SELECT 1 FROM bookmark
                  WHERE bookmark.member_id = ?1 AND bookmark.post_id = post.id) AS kept,
         EXISTS (SELECT 1 FROM thanks WHERE thanks.post_id = post.id AND thanks.giver_id = ?1) AS thanked,
         CASE WHEN post.author_id = ?1 THEN
              (SELECT group_concat(giver.handle, ' ' ORDER BY thanks.given_at, giver.handle_fold)
                 FROM thanks JOIN member AS giver ON giver.id = thanks.giver_id
                WHERE thanks.post_id = post.id) END AS thanked_by,
         CASE WHEN post.state IN ('removed', 'deleted') THEN '' ELSE post.body END AS body
         FROM post JOIN member AS author ON author.id = post.author_id"
    };
}

/// A window of a thread's posts in order: at most `count` of them, and no more once their texts together are longer
/// than `bytes_max`, so that a thread of the longest posts opens as fast as one of short ones. At least one, if
/// there is one.
///
/// # Errors
/// When they cannot be read.
pub async fn window(
    conn: &mut SqliteConnection,
    reader: Option<MemberId>,
    thread: ThreadId,
    window: Window,
    count: i64,
    bytes_max: usize,
) -> sqlx::Result<Vec<PostRow>> {
    let (query, no) = match window {
        Window::From(no) => (
            concat!(
                "SELECT ",
                post_columns!(),
                " WHERE post.thread_id = ?2 AND post.no >= ?3 ORDER BY post.no LIMIT ?4"
            ),
            no,
        ),
        Window::Before(no) => (
            concat!(
                "SELECT ",
                post_columns!(),
                " WHERE post.thread_id = ?2 AND post.no < ?3 ORDER BY post.no DESC LIMIT ?4"
            ),
            no,
        ),
    };
    let mut rows = sqlx::query_as::<_, PostRow>(query)
        .bind(reader.unwrap_or(MemberId(0)))
        .bind(thread)
        .bind(no)
        .bind(count)
        .fetch(conn);
    let mut posts: Vec<PostRow> = Vec::new();
    let mut bytes = 0;
    while let Some(row) = rows.try_next().await? {
        bytes += row.body.len();
        if bytes > bytes_max && !posts.is_empty() {
            break;
        }
        posts.push(row);
    }
    if matches!(window, Window::Before(_)) {
        posts.reverse();
    }
    Ok(posts)
}

/// What a post said before each of its edits, oldest first.
///
/// # Errors
/// When it cannot be read.
pub async fn history(
    conn: &mut SqliteConnection,
    thread: ThreadId,
    no: PostNo,
) -> sqlx::Result<Vec<RevisionRow>> {
    sqlx::query_as(
        "SELECT post_revision.body, post_revision.written_at
           FROM post JOIN post_revision ON post_revision.post_id = post.id
          WHERE post.thread_id = ? AND post.no = ?
            -- What was taken out does not stand in the history either, as long as it is out: each part by itself, for only
            -- the part that was taken out last can be put back.
            AND NOT EXISTS (SELECT 1 FROM redaction AS part
                             WHERE part.post_id = post.id AND part.takes = 1 AND part.at >= post_revision.written_at
                               AND coalesce((SELECT next.takes FROM redaction AS next
                                              WHERE next.post_id = post.id AND next.act_id > part.act_id
                                              ORDER BY next.act_id LIMIT 1), 1) = 1)
          ORDER BY post_revision.id",
    )
    .bind(thread)
    .bind(no)
    .fetch_all(conn)
    .await
}

#[cfg(test)]
#[path = "posts_tests.rs"]
mod tests;
