//! Tags and which threads have them, and whether a question is solved. What a reader may know of a tag follows from
//! the threads they see: a tag that only hidden threads have is not listed.

use sqlx::SqliteConnection;

use super::reading::unread_threads;
use crate::domain::ids::{BoardId, MemberId, PostNo, TagId, ThreadId};
use crate::domain::policy::{Action, Clearance, Grant, JoinTag, SolveThread};
use crate::domain::time::Timestamp;

/// A tag with the threads that a reader sees.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TagRow {
    /// The tag.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// Threads with it.
    pub threads: i64,
}

/// What is unread in the threads of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct UnreadOfTag {
    /// The tag.
    pub tag_id: TagId,
    /// Threads with something unread.
    pub threads: i64,
    /// Unread posts in them.
    pub posts: i64,
}

/// What is said about a thread besides its posts.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ThreadLabels {
    /// The thread.
    pub thread_id: ThreadId,
    /// Its question has its answer.
    pub solved: bool,
    /// The names of its tags, with a space between two.
    pub tags: String,
}

/// The tags that stand on threads a clearance sees, and those that people have joined and no thread has yet, by name.
///
/// # Errors
/// When they cannot be read.
pub async fn list(conn: &mut SqliteConnection, clearance: Clearance) -> sqlx::Result<Vec<TagRow>> {
    sqlx::query_as(
        "SELECT tag.id, tag.name, count(*) AS threads
           FROM tag
           JOIN thread_tag ON thread_tag.tag_id = tag.id
           JOIN thread ON thread.id = thread_tag.thread_id
           JOIN board ON board.id = thread.board_id
          WHERE thread.removed = 0 AND board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1
          GROUP BY tag.id
          UNION ALL
         SELECT tag.id, tag.name, 0
           FROM tag
          WHERE NOT EXISTS (SELECT 1 FROM thread_tag WHERE thread_tag.tag_id = tag.id)
            AND EXISTS (SELECT 1 FROM member_tag WHERE member_tag.tag_id = tag.id)
          ORDER BY name",
    )
    .bind(clearance.rank())
    .fetch_all(conn)
    .await
}

/// One tag with the threads that a clearance sees; none where it sees none.
///
/// # Errors
/// When it cannot be read.
pub async fn get(
    conn: &mut SqliteConnection,
    clearance: Clearance,
    tag: TagId,
) -> sqlx::Result<Option<TagRow>> {
    sqlx::query_as(
        "SELECT tag.id, tag.name, count(*) AS threads
           FROM tag
           JOIN thread_tag ON thread_tag.tag_id = tag.id
           JOIN thread ON thread.id = thread_tag.thread_id
           JOIN board ON board.id = thread.board_id
          WHERE tag.id = ?2 AND thread.removed = 0 AND board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1
          GROUP BY tag.id
          UNION ALL
         SELECT tag.id, tag.name, 0
           FROM tag
          WHERE tag.id = ?2 AND NOT EXISTS (SELECT 1 FROM thread_tag WHERE thread_tag.tag_id = tag.id)
            AND EXISTS (SELECT 1 FROM member_tag WHERE member_tag.tag_id = tag.id)",
    )
    .bind(clearance.rank())
    .bind(tag)
    .fetch_optional(conn)
    .await
}

/// What of each tag a member has not read; muted threads and boards are left out.
///
/// # Errors
/// When they cannot be read.
pub async fn unread(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
) -> sqlx::Result<Vec<UnreadOfTag>> {
    sqlx::query_as(concat!(
        "SELECT thread_tag.tag_id, count(*) AS threads, sum(open.post_count - open.read_to) AS posts FROM (",
        unread_threads!("true"),
        ") AS open JOIN thread_tag ON thread_tag.thread_id = open.id GROUP BY thread_tag.tag_id"
    ))
    .bind(member)
    .bind(clearance.rank())
    .fetch_all(conn)
    .await
}

/// The tag of this name, and whether a clearance may know of it: it stands on a thread that is seen, or on none.
///
/// # Errors
/// When it cannot be read.
pub async fn find(
    conn: &mut SqliteConnection,
    clearance: Clearance,
    name: &str,
) -> sqlx::Result<Option<(TagId, bool)>> {
    sqlx::query_as(
        "SELECT tag.id,
                NOT EXISTS (SELECT 1 FROM thread_tag WHERE thread_tag.tag_id = tag.id)
                OR EXISTS (SELECT 1 FROM thread_tag
                             JOIN thread ON thread.id = thread_tag.thread_id
                             JOIN board ON board.id = thread.board_id
                            WHERE thread_tag.tag_id = tag.id AND thread.removed = 0 AND board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1)
           FROM tag WHERE tag.name = ?2",
    )
    .bind(clearance.rank())
    .bind(name)
    .fetch_optional(conn)
    .await
}

/// Who looks after the tag of this name.
///
/// # Errors
/// When it cannot be read.
pub async fn champion_of(conn: &mut SqliteConnection, name: &str) -> sqlx::Result<Option<MemberId>> {
    let found: Option<(Option<MemberId>,)> =
        sqlx::query_as("SELECT champion_id FROM tag WHERE name = ?").bind(name).fetch_optional(conn).await?;
    Ok(found.and_then(|(champion,)| champion))
}

/// Makes a tag.
///
/// # Errors
/// When it cannot be written; a name that is taken breaks a constraint.
pub async fn insert<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    by: MemberId,
    now: Timestamp,
    name: &str,
) -> sqlx::Result<TagId> {
    sqlx::query_scalar("INSERT INTO tag (name, made_by, made_at) VALUES (?, ?, ?) RETURNING id")
        .bind(name)
        .bind(by)
        .bind(now)
        .fetch_one(conn)
        .await
}

/// Says what a tag is for that was just made.
///
/// # Errors
/// When it cannot be written.
pub async fn describe_new<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    tag: TagId,
    words: &str,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE tag SET description = ? WHERE id = ?").bind(words).bind(tag).execute(conn).await?;
    Ok(())
}

/// Whether staff took the tag of this name away: nobody uses it, and nobody makes it again.
///
/// # Errors
/// When it cannot be read.
pub async fn is_taken_away(conn: &mut SqliteConnection, name: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM tag WHERE name = ? AND removed_at IS NOT NULL)")
        .bind(name)
        .fetch_one(conn)
        .await
}

/// The tag of this name, whether anybody uses it or not; none for one that was taken away.
///
/// # Errors
/// When it cannot be read.
pub async fn id_of(conn: &mut SqliteConnection, name: &str) -> sqlx::Result<Option<TagId>> {
    sqlx::query_scalar("SELECT id FROM tag WHERE name = ? AND removed_at IS NULL")
        .bind(name)
        .fetch_optional(conn)
        .await
}

/// Lets the one who was granted it join a tag, unless they have joined as many as `most`. Joining twice changes nothing.
///
/// # Errors
/// When it cannot be written.
pub async fn join(
    conn: &mut SqliteConnection,
    grant: &Grant<JoinTag>,
    now: Timestamp,
    tag: TagId,
    most: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT OR IGNORE INTO member_tag (member_id, tag_id, joined_at)
         SELECT ?1, ?2, ?3 WHERE (SELECT count(*) FROM member_tag WHERE member_id = ?1) < ?4",
    )
    .bind(grant.by())
    .bind(tag)
    .bind(now)
    .bind(most)
    .execute(conn)
    .await?;
    Ok(())
}

/// The names of the tags that a member has joined.
///
/// # Errors
/// When they cannot be read.
pub async fn joined_by(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT tag.name FROM member_tag JOIN tag ON tag.id = member_tag.tag_id
          WHERE member_tag.member_id = ? ORDER BY tag.name",
    )
    .bind(member)
    .fetch_all(conn)
    .await
}

/// Gives a thread these tags and no others.
///
/// # Errors
/// When they cannot be written.
pub async fn set<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    thread: ThreadId,
    tags: &[TagId],
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM thread_tag WHERE thread_id = ?").bind(thread).execute(&mut *conn).await?;
    for tag in tags {
        sqlx::query("INSERT INTO thread_tag (thread_id, tag_id) VALUES (?, ?)")
            .bind(thread)
            .bind(tag)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Says whether a thread is solved, and by which post.
///
/// # Errors
/// When it cannot be written.
pub async fn set_solved(
    conn: &mut SqliteConnection,
    _grant: &Grant<SolveThread>,
    thread: ThreadId,
    solved: bool,
    by: Option<PostNo>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE thread SET solved = ?, solved_no = ? WHERE id = ?")
        .bind(solved)
        .bind(by.filter(|_| solved))
        .bind(thread)
        .execute(conn)
        .await?;
    Ok(())
}

/// Tags and solved of those of these threads that a clearance sees.
///
/// # Errors
/// When they cannot be read.
pub async fn labels(
    conn: &mut SqliteConnection,
    clearance: Clearance,
    threads: &[ThreadId],
) -> sqlx::Result<Vec<ThreadLabels>> {
    let ids: Vec<i64> = threads.iter().map(|thread| thread.0).collect();
    sqlx::query_as(
        "SELECT thread.id AS thread_id, thread.solved,
                (SELECT coalesce(group_concat(tag.name, ' ' ORDER BY tag.name), '')
                   FROM thread_tag JOIN tag ON tag.id = thread_tag.tag_id
                  WHERE thread_tag.thread_id = thread.id) AS tags
           FROM json_each(?2) AS asked
           JOIN thread ON thread.id = asked.value
           JOIN board ON board.id = thread.board_id
          WHERE thread.removed = 0 AND board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1",
    )
    .bind(clearance.rank())
    .bind(serde_json::Value::from(ids).to_string())
    .fetch_all(conn)
    .await
}

/// The tags of the threads of each board that a clearance sees, by name.
///
/// # Errors
/// When they cannot be read.
pub async fn of_boards(
    conn: &mut SqliteConnection,
    clearance: Clearance,
) -> sqlx::Result<Vec<(BoardId, String)>> {
    sqlx::query_as(
        "SELECT DISTINCT thread.board_id, tag.name
           FROM thread_tag
           JOIN tag ON tag.id = thread_tag.tag_id
           JOIN thread ON thread.id = thread_tag.thread_id
           JOIN board ON board.id = thread.board_id
          WHERE thread.removed = 0 AND board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1 ORDER BY thread.board_id, tag.name",
    )
    .bind(clearance.rank())
    .fetch_all(conn)
    .await
}

/// How many threads are solved on each board that a clearance sees; boards with none are left out.
///
/// # Errors
/// When they cannot be counted.
pub async fn solved_of_boards(
    conn: &mut SqliteConnection,
    clearance: Clearance,
) -> sqlx::Result<Vec<(BoardId, i64)>> {
    sqlx::query_as(
        "SELECT thread.board_id, count(*) FROM thread JOIN board ON board.id = thread.board_id
          WHERE thread.solved = 1 AND thread.removed = 0 AND board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1 GROUP BY thread.board_id",
    )
    .bind(clearance.rank())
    .fetch_all(conn)
    .await
}
