//! What stands between two members: blocks, choices, and whether they know each other.

use sqlx::SqliteConnection;

use crate::domain::conversation::{Contact, Reach};
use crate::domain::ids::{ConversationId, MemberId};
use crate::domain::member::Role;
use crate::domain::policy::{BlockMember, Grant, MuteMember};
use crate::domain::time::Timestamp;

/// Somebody to be written to, as the one who writes stands to them.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ContactRow {
    /// Who.
    pub id: MemberId,
    /// Their handle.
    pub handle: String,
    /// What they are trusted with.
    pub role: Role,
    blocked: bool,
    choice: Contact,
    known: bool,
}

impl ContactRow {
    /// What the policy asks.
    pub fn reach(&self) -> Reach {
        Reach { blocked: self.blocked, choice: self.choice, known: self.known }
    }
}

/// A name on one's own list of mutes and blocks.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BlockRow {
    /// Who is muted or blocked.
    pub member: MemberId,
    /// Their handle.
    pub handle: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Muted; else blocked.
    pub muted: bool,
}

/// An active member as `me` stands to them. `choice` names the setting that says whom they let begin: `messages` or
/// `nudges`. They know `me` when each has answered the other in a thread, or when they said something in a
/// conversation that both take, or took, part in.
///
/// # Errors
/// When it cannot be read.
pub async fn contact(
    conn: &mut SqliteConnection,
    me: MemberId,
    other: MemberId,
    choice: &str,
    now: Timestamp,
) -> sqlx::Result<Option<ContactRow>> {
    sqlx::query_as(
        "SELECT member.id, member.handle, member.role,
                EXISTS (SELECT 1 FROM member_block
                         WHERE (member_id = ?1 AND blocked_id = ?2) OR (member_id = ?2 AND blocked_id = ?1)) AS blocked,
                coalesce((SELECT value FROM setting WHERE member_id = ?2 AND name = ?3), 'everyone') AS choice,
                (EXISTS (SELECT 1 FROM post_address JOIN post ON post.id = post_address.post_id
                          WHERE post_address.member_id = ?1 AND post_address.kind = 'reply' AND post.author_id = ?2)
                 AND EXISTS (SELECT 1 FROM post_address JOIN post ON post.id = post_address.post_id
                          WHERE post_address.member_id = ?2 AND post_address.kind = 'reply' AND post.author_id = ?1))
                OR EXISTS (SELECT 1 FROM participant AS mine
                             JOIN participant AS theirs ON theirs.conversation_id = mine.conversation_id
                             JOIN message ON message.conversation_id = mine.conversation_id
                            WHERE mine.member_id = ?1 AND theirs.member_id = ?2 AND message.author_id = ?2
                              AND message.kind IN ('message', 'nudge')) AS known
           FROM member
          WHERE member.id = ?2
            AND (standing = 'active' OR (standing = 'suspended' AND suspended_until <= ?4))",
    )
    .bind(me)
    .bind(other)
    .bind(choice)
    .bind(now)
    .fetch_optional(conn)
    .await
}

/// Whether one of two members has blocked the other.
///
/// # Errors
/// When it cannot be read.
pub async fn is_blocked(conn: &mut SqliteConnection, one: MemberId, other: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM member_block
                         WHERE (member_id = ?1 AND blocked_id = ?2) OR (member_id = ?2 AND blocked_id = ?1))",
    )
    .bind(one)
    .bind(other)
    .fetch_one(conn)
    .await
}

/// Whether anybody who takes part in a conversation and this member have blocked each other.
///
/// # Errors
/// When it cannot be read.
pub async fn clashes(
    conn: &mut SqliteConnection,
    conversation: ConversationId,
    member: MemberId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM participant JOIN member_block
                            ON (member_block.member_id = participant.member_id AND blocked_id = ?2)
                            OR (member_block.member_id = ?2 AND blocked_id = participant.member_id)
                         WHERE participant.conversation_id = ?1 AND participant.left_at IS NULL)",
    )
    .bind(conversation)
    .bind(member)
    .fetch_one(conn)
    .await
}

/// Whether `me` has blocked somebody. The other way round is not to be asked for a screen: it is not announced.
///
/// # Errors
/// When it cannot be read.
pub async fn has_blocked(conn: &mut SqliteConnection, me: MemberId, other: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM member_block WHERE member_id = ? AND blocked_id = ?)")
        .bind(me)
        .bind(other)
        .fetch_one(conn)
        .await
}

/// Blocks a member. Nothing happens when that is so already.
///
/// # Errors
/// When it cannot be written.
pub async fn block(
    conn: &mut SqliteConnection,
    _grant: &Grant<BlockMember>,
    me: MemberId,
    other: MemberId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO member_block (member_id, blocked_id, created_at, after_message)
         VALUES (?, ?, ?, (SELECT coalesce(max(id), 0) FROM message))
         ON CONFLICT (member_id, blocked_id) DO NOTHING",
    )
    .bind(me)
    .bind(other)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes a block back.
///
/// # Errors
/// When it cannot be written.
pub async fn unblock(
    conn: &mut SqliteConnection,
    _grant: &Grant<BlockMember>,
    me: MemberId,
    other: MemberId,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM member_block WHERE member_id = ? AND blocked_id = ?")
        .bind(me)
        .bind(other)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whom a member has muted and blocked, by handle.
///
/// # Errors
/// When they cannot be read.
pub async fn blocks(conn: &mut SqliteConnection, me: MemberId) -> sqlx::Result<Vec<BlockRow>> {
    sqlx::query_as(
        "SELECT list.other_id AS member, member.handle, list.created_at, list.muted
           FROM (SELECT blocked_id AS other_id, created_at, false AS muted FROM member_block WHERE member_id = ?1
                 UNION ALL
                 SELECT muted_id, created_at, true FROM member_mute WHERE member_id = ?1) AS list
           JOIN member ON member.id = list.other_id
          ORDER BY member.handle_fold, list.muted",
    )
    .bind(me)
    .fetch_all(conn)
    .await
}

/// Mutes a member: what they do is no longer shown to `me`. Nothing happens when that is so already.
///
/// # Errors
/// When it cannot be written.
pub async fn mute(
    conn: &mut SqliteConnection,
    _grant: &Grant<MuteMember>,
    me: MemberId,
    other: MemberId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO member_mute (member_id, muted_id, created_at, after_message)
         VALUES (?, ?, ?, (SELECT coalesce(max(id), 0) FROM message))
         ON CONFLICT (member_id, muted_id) DO NOTHING",
    )
    .bind(me)
    .bind(other)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes a mute back.
///
/// # Errors
/// When it cannot be written.
pub async fn unmute(
    conn: &mut SqliteConnection,
    _grant: &Grant<MuteMember>,
    me: MemberId,
    other: MemberId,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM member_mute WHERE member_id = ? AND muted_id = ?")
        .bind(me)
        .bind(other)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether `me` has muted somebody.
///
/// # Errors
/// When it cannot be read.
pub async fn has_muted(conn: &mut SqliteConnection, me: MemberId, other: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM member_mute WHERE member_id = ? AND muted_id = ?)")
        .bind(me)
        .bind(other)
        .fetch_one(conn)
        .await
}

/// Whether what `other` does should not reach a member: muted by them, or a block either way.
///
/// # Errors
/// When it cannot be read.
pub async fn is_apart(conn: &mut SqliteConnection, member: MemberId, other: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM kept_apart WHERE member_id = ? AND other_id = ?)")
        .bind(member)
        .bind(other)
        .fetch_one(conn)
        .await
}

/// Everybody who does not reach a member, as in [`is_apart`].
///
/// # Errors
/// When they cannot be read.
pub async fn apart(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar("SELECT DISTINCT other_id FROM kept_apart WHERE member_id = ?")
        .bind(member)
        .fetch_all(conn)
        .await
}

/// Everybody whose words a member does not want to see: muted or blocked by them.
///
/// # Errors
/// When they cannot be read.
pub async fn unseen(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar("SELECT DISTINCT other_id FROM unseen_by WHERE member_id = ?")
        .bind(member)
        .fetch_all(conn)
        .await
}

/// All active staff, in order of handle.
///
/// # Errors
/// When they cannot be read.
pub async fn staff(conn: &mut SqliteConnection, now: Timestamp) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar(
        "SELECT id FROM member
          WHERE role <> 'member' AND (standing = 'active' OR (standing = 'suspended' AND suspended_until <= ?))
          ORDER BY handle_fold",
    )
    .bind(now)
    .fetch_all(conn)
    .await
}
