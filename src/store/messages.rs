//! Writing conversations: opening them, saying something, changing it, coming and going, what was read. Reading is
//! `store::conversations`.

use sqlx::SqliteConnection;

use crate::domain::conversation::MessageKind;
use crate::domain::ids::{ConversationId, MemberId, MessageId, MessageNo};
use crate::domain::policy::{
    Action, ArrangeConversation, DeleteMessage, EditMessage, Grant, KeepMarks, ModerateContent,
};
use crate::domain::time::Timestamp;

/// A line to add to a conversation.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// The conversation.
    pub conversation: ConversationId,
    /// Who says or does it.
    pub author: MemberId,
    /// What kind of line it is.
    pub kind: MessageKind,
    /// What is said; for hob's own lines the handle or the title.
    pub body: &'a str,
}

/// Opens a conversation without people.
///
/// # Errors
/// When it cannot be written.
pub async fn insert_conversation<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    opened_by: MemberId,
    title: &str,
    now: Timestamp,
) -> sqlx::Result<ConversationId> {
    sqlx::query_scalar(
        "INSERT INTO conversation (title, opened_by, created_at) VALUES (?, ?, ?) RETURNING id",
    )
    .bind(title)
    .bind(opened_by)
    .bind(now)
    .fetch_one(conn)
    .await
}

/// Lets a member take part from a number on; somebody who left comes back, and sees nothing of the time between.
///
/// # Errors
/// When it cannot be written.
pub async fn add_person<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    conversation: ConversationId,
    member: MemberId,
    from_no: MessageNo,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO participant (conversation_id, member_id, from_no, read_no, joined_at)
         VALUES (?1, ?2, ?3, ?3 - 1, ?4)
         ON CONFLICT (conversation_id, member_id) DO UPDATE
            SET from_no = excluded.from_no, read_no = excluded.read_no, joined_at = excluded.joined_at,
                left_at = NULL, muted = 0",
    )
    .bind(conversation)
    .bind(member)
    .bind(from_no)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Adds a line. Where its author had read everything, they have read this too.
///
/// # Errors
/// When it cannot be written.
pub async fn insert<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    new: NewMessage<'_>,
    now: Timestamp,
) -> sqlx::Result<(MessageId, MessageNo)> {
    let no: MessageNo = sqlx::query_scalar(
        "UPDATE conversation SET message_count = message_count + 1 WHERE id = ? RETURNING message_count",
    )
    .bind(new.conversation)
    .fetch_one(&mut *conn)
    .await?;
    let id = sqlx::query_scalar(
        "INSERT INTO message (conversation_id, no, author_id, kind, body, created_at)
         VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.conversation)
    .bind(no)
    .bind(new.author)
    .bind(new.kind)
    .bind(new.body)
    .bind(now)
    .fetch_one(&mut *conn)
    .await?;
    sqlx::query(
        "UPDATE participant SET read_no = ?3 WHERE conversation_id = ?1 AND member_id = ?2 AND read_no = ?3 - 1",
    )
    .bind(new.conversation)
    .bind(new.author)
    .bind(no)
    .execute(conn)
    .await?;
    Ok((id, no))
}

/// Gives a message another text.
///
/// # Errors
/// When it cannot be written.
pub async fn update_body(
    conn: &mut SqliteConnection,
    _grant: &Grant<EditMessage>,
    message: MessageId,
    body: &str,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE message SET body = ? WHERE id = ?").bind(body).bind(message).execute(conn).await?;
    Ok(())
}

/// Takes a message's words away; its place stays.
///
/// # Errors
/// When it cannot be written.
pub async fn delete(
    conn: &mut SqliteConnection,
    _grant: &Grant<DeleteMessage>,
    message: MessageId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE message SET body = '', deleted_at = ? WHERE id = ?")
        .bind(now)
        .bind(message)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes a reported message down, or brings it back. Its words are kept for that.
///
/// # Errors
/// When it cannot be written.
pub async fn set_removed(
    conn: &mut SqliteConnection,
    _grant: &Grant<ModerateContent>,
    message: MessageId,
    removed_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    write_removed(conn, message, removed_at).await
}

/// The same for an undo, which has its grant already.
pub(super) async fn write_removed(
    conn: &mut SqliteConnection,
    message: MessageId,
    removed_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE message SET removed_at = ? WHERE id = ?")
        .bind(removed_at)
        .bind(message)
        .execute(conn)
        .await?;
    Ok(())
}

/// Gives a conversation another title.
///
/// # Errors
/// When it cannot be written.
pub async fn rename(
    conn: &mut SqliteConnection,
    _grant: &Grant<ArrangeConversation>,
    conversation: ConversationId,
    title: &str,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE conversation SET title = ? WHERE id = ?")
        .bind(title)
        .bind(conversation)
        .execute(conn)
        .await?;
    Ok(())
}

/// Mutes a conversation for one member, or no longer.
///
/// # Errors
/// When it cannot be written.
pub async fn mute(
    conn: &mut SqliteConnection,
    _grant: &Grant<ArrangeConversation>,
    conversation: ConversationId,
    member: MemberId,
    muted: bool,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE participant SET muted = ? WHERE conversation_id = ? AND member_id = ?")
        .bind(muted)
        .bind(conversation)
        .bind(member)
        .execute(conn)
        .await?;
    Ok(())
}

/// Lets a member leave a conversation.
///
/// # Errors
/// When it cannot be written.
pub async fn leave(
    conn: &mut SqliteConnection,
    _grant: &Grant<ArrangeConversation>,
    conversation: ConversationId,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE participant SET left_at = ? WHERE conversation_id = ? AND member_id = ?")
        .bind(now)
        .bind(conversation)
        .bind(member)
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes that everything up to a number was shown to a member. A mark never goes back, nor beyond what there is.
/// True when it moved.
///
/// # Errors
/// When it cannot be written.
pub async fn mark_read(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    conversation: ConversationId,
    member: MemberId,
    upto: MessageNo,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE participant
            SET read_no = min(?3, (SELECT message_count FROM conversation WHERE id = ?1))
          WHERE conversation_id = ?1 AND member_id = ?2 AND left_at IS NULL
            AND read_no < min(?3, (SELECT message_count FROM conversation WHERE id = ?1))",
    )
    .bind(conversation)
    .bind(member)
    .bind(upto)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// How many lines of one kind a member has written since a time.
///
/// # Errors
/// When they cannot be counted.
pub async fn written_since(
    conn: &mut SqliteConnection,
    author: MemberId,
    kind: MessageKind,
    since: Timestamp,
) -> sqlx::Result<(i64, Option<Timestamp>)> {
    sqlx::query_as(
        "SELECT count(*), min(created_at) FROM message WHERE author_id = ? AND kind = ? AND created_at > ?",
    )
    .bind(author)
    .bind(kind)
    .bind(since)
    .fetch_one(conn)
    .await
}

/// How many conversations a member has opened since a time, and when the first of them was.
///
/// # Errors
/// When they cannot be counted.
pub async fn opened_since(
    conn: &mut SqliteConnection,
    member: MemberId,
    since: Timestamp,
) -> sqlx::Result<(i64, Option<Timestamp>)> {
    sqlx::query_as(
        "SELECT count(*), min(created_at) FROM conversation WHERE opened_by = ? AND created_at > ?",
    )
    .bind(member)
    .bind(since)
    .fetch_one(conn)
    .await
}
