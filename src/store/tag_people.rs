//! Tags as groups of people: who has joined which, the one shown by a handle, what a tag is for and who looks after it.

use sqlx::SqliteConnection;

use crate::domain::ids::{MemberId, TagId};
use crate::domain::policy::{Clearance, DescribeTag, Grant, JoinTag};
use crate::domain::time::Timestamp;

/// What is said of a tag, besides its threads.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TagHeadRow {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Who looks after it.
    pub champion_id: Option<MemberId>,
    /// The handle of that member.
    pub champion: Option<String>,
}

/// What is said of a tag.
///
/// # Errors
/// When it cannot be read.
pub async fn head(conn: &mut SqliteConnection, tag: TagId) -> sqlx::Result<Option<TagHeadRow>> {
    sqlx::query_as(
        "SELECT tag.name, tag.description, tag.champion_id, member.handle AS champion
           FROM tag LEFT JOIN member ON member.id = tag.champion_id AND member.standing = 'active'
          WHERE tag.id = ?",
    )
    .bind(tag)
    .fetch_optional(conn)
    .await
}

/// The names of the tags that a clearance may know of: they stand on a thread that it sees, or on none.
///
/// # Errors
/// When they cannot be read.
pub async fn known(conn: &mut SqliteConnection, clearance: Clearance) -> sqlx::Result<Vec<(TagId, String)>> {
    sqlx::query_as(
        "SELECT tag.id, tag.name FROM tag
          WHERE tag.removed_at IS NULL
            AND (NOT EXISTS (SELECT 1 FROM thread_tag WHERE thread_tag.tag_id = tag.id)
              OR EXISTS (SELECT 1 FROM thread_tag
                           JOIN thread ON thread.id = thread_tag.thread_id
                           JOIN board ON board.id = thread.board_id
                          WHERE thread_tag.tag_id = tag.id AND thread.removed = 0 AND board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1))
          ORDER BY tag.name",
    )
    .bind(clearance.rank())
    .fetch_all(conn)
    .await
}

/// The active people who have joined a tag, by handle.
///
/// # Errors
/// When they cannot be read.
pub async fn people(
    conn: &mut SqliteConnection,
    tag: TagId,
    now: Timestamp,
) -> sqlx::Result<Vec<(MemberId, String)>> {
    sqlx::query_as(
        "SELECT member.id, member.handle FROM member_tag JOIN member ON member.id = member_tag.member_id
          WHERE member_tag.tag_id = ?1
            AND (member.standing = 'active' OR (member.standing = 'suspended' AND member.suspended_until <= ?2))
          ORDER BY member.handle_fold",
    )
    .bind(tag)
    .bind(now)
    .fetch_all(conn)
    .await
}

/// Who has joined what: everybody, or one member.
///
/// # Errors
/// When it cannot be read.
pub async fn joined(
    conn: &mut SqliteConnection,
    member: Option<MemberId>,
) -> sqlx::Result<Vec<(MemberId, TagId)>> {
    sqlx::query_as("SELECT member_id, tag_id FROM member_tag WHERE ?1 IS NULL OR member_id = ?1")
        .bind(member)
        .fetch_all(conn)
        .await
}

/// The tag that stands by each handle, of those who chose one that they have joined.
///
/// # Errors
/// When they cannot be read.
pub async fn shown(
    conn: &mut SqliteConnection,
    member: Option<MemberId>,
) -> sqlx::Result<Vec<(MemberId, TagId)>> {
    sqlx::query_as(
        "SELECT member.id, member.shown_tag FROM member
           JOIN member_tag ON member_tag.member_id = member.id AND member_tag.tag_id = member.shown_tag
          WHERE ?1 IS NULL OR member.id = ?1",
    )
    .bind(member)
    .fetch_all(conn)
    .await
}

/// The tag that stands by the handle of each of these members, of those that a clearance may know of.
///
/// # Errors
/// When they cannot be read.
pub async fn shown_by(
    conn: &mut SqliteConnection,
    clearance: Clearance,
    members: &[MemberId],
) -> sqlx::Result<Vec<(MemberId, String)>> {
    let ids: Vec<String> = members.iter().map(ToString::to_string).collect();
    sqlx::query_as(
        "SELECT member.id, tag.name FROM member
           JOIN member_tag ON member_tag.member_id = member.id AND member_tag.tag_id = member.shown_tag
           JOIN tag ON tag.id = member.shown_tag
          WHERE member.id IN (SELECT value FROM json_each(?2)) AND tag.removed_at IS NULL
            AND (NOT EXISTS (SELECT 1 FROM thread_tag WHERE thread_tag.tag_id = tag.id)
              OR EXISTS (SELECT 1 FROM thread_tag
                           JOIN thread ON thread.id = thread_tag.thread_id
                           JOIN board ON board.id = thread.board_id
                          WHERE thread_tag.tag_id = tag.id AND thread.removed = 0 AND board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1))",
    )
    .bind(clearance.rank())
    .bind(format!("[{}]", ids.join(",")))
    .fetch_all(conn)
    .await
}

/// Lets the one who was granted it leave a tag. True when they were in it.
///
/// # Errors
/// When it cannot be written.
pub async fn leave(conn: &mut SqliteConnection, grant: &Grant<JoinTag>, tag: TagId) -> sqlx::Result<bool> {
    let done = sqlx::query("DELETE FROM member_tag WHERE member_id = ? AND tag_id = ?")
        .bind(grant.by())
        .bind(tag)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Lets a tag stand by the handle of the one who was granted it, or none.
///
/// # Errors
/// When it cannot be written.
pub async fn show(
    conn: &mut SqliteConnection,
    grant: &Grant<JoinTag>,
    tag: Option<TagId>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE member SET shown_tag = ? WHERE id = ?")
        .bind(tag)
        .bind(grant.by())
        .execute(conn)
        .await?;
    Ok(())
}

/// Says what a tag is for.
///
/// # Errors
/// When it cannot be written.
pub async fn describe(
    conn: &mut SqliteConnection,
    _grant: &Grant<DescribeTag>,
    tag: TagId,
    words: &str,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE tag SET description = ? WHERE id = ?").bind(words).bind(tag).execute(conn).await?;
    Ok(())
}

/// Whom a member has met: a reply of either to the other, or a conversation that both take part in.
///
/// # Errors
/// When it cannot be read.
pub async fn met(conn: &mut SqliteConnection, me: MemberId) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar(
        "SELECT post.author_id FROM post_address JOIN post ON post.id = post_address.post_id
          WHERE post_address.member_id = ?1 AND post_address.kind = 'reply'
          UNION
         SELECT post_address.member_id FROM post JOIN post_address ON post_address.post_id = post.id
          WHERE post.author_id = ?1 AND post_address.kind = 'reply'
          UNION
         SELECT theirs.member_id FROM participant AS mine
           JOIN participant AS theirs ON theirs.conversation_id = mine.conversation_id
          WHERE mine.member_id = ?1",
    )
    .bind(me)
    .fetch_all(conn)
    .await
}
